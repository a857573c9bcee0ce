"""Who and what is named in a sentence, with places, and the keys by which a name is known again. English.

A name is a run of capitalised words; titles, days and months are none, and a country and its people are one
(:mod:`summarizer.actors`). A name is known if every word of it is, and if words that follow one another were named
together before: John Kerry and Adam Smith do not make John Smith known. A lone capital that opens a sentence may be
any word; it is marked as not sure, and who asks has to know the words of the story to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from summarizer.actors import name_key
from summarizer.terms import STOP_WORDS

_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][^\W_]*(?:[’'\-][^\W_]+)*")
#: Between two words of one name: a blank, the full stop of an initial or a title, or a small word.
_INSIDE: Final = re.compile(r"\.? |-|(?: (?:of|de|da|del|della|der|den|di|du|la|van|von|bin|ibn|the)){1,2} ")
_SHORTENED: Final = frozenset("mr mrs ms dr st mt gen col sgt capt lt sen rep gov rev hon prof jr sr".split())
#: Words that name nothing alone but are part of the name that follows.
_PARTS: Final = frozenset("new north south east west northern southern eastern western san santa los las".split())
#: How ordinary words that open sentences end: "Rescuers", "Speaking", "Earlier", "Negotiations".
_ORDINARY: Final = re.compile(r"(?:s|ing|ly|ed|ment|tion|sion|ness|less|ful|able|ible|ous|ward|wise|body|thing)$")
#: Common words that open sentences and do not end so.
_OPENERS: Final = frozenset(
    "people police congress parliament government company today yesterday tomorrow tonight two three four five six "
    "seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty "
    "forty fifty sixty seventy eighty ninety hundred thousand million dozen half third last next "
    "part back asked given amid amidst aside apart overall instead perhaps maybe later earlier soon please let say "
    "see look take get go come make think know try keep even well yes oh hello thank good great little big old young "
    "full high low late long early short right left best better worse bad sorry sure true real clear free open hard "
    "men man women woman child children mother father son daughter wife husband family friend former current former "
    "local state federal national public private foreign human social unlike like plus versus moreover meantime "
    "thousands hundreds dozens millions scores senior top fresh chief leading veteran outgoing incoming several many "
    "meanwhile within inside outside upon whatever whoever neither either such once twice together then".split()
)
#: "Twenty-one", "Twenty-one-year-old", "Six-year-old".
_NUMBER: Final = re.compile(
    r"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty-)?(?:one|two|three|four|five|six|seven|eight|nine|ten)"
    r"(?:-(?:year|month|week|day|hour)s?(?:-old)?)?"
)
#: Names of one country that do not begin alike. A capital is a name of its own here: "Paris" is more than "France".
_SAME: Final = frozenset(
    "us u.s. usa u.s.a. america american americans uk u.k. britain british britons english un u.n. nations eu e.u. "
    "europe european dutch".split()
)
#: From this share of capitalised words on, capitals tell nothing: a headline.
_HEADLINE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Name:
    """Something named in a sentence.

    :param start: first character within the sentence.
    :param end: one past the last.
    :param words: its key words, in order; at least one.
    :param pairs: those that follow one another, each pair in one string.
    :param sure: whether it is a name by its capitals, and not perhaps by its place.
    """

    start: int
    end: int
    words: tuple[str, ...]
    pairs: tuple[str, ...] = ()
    sure: bool = True


@lru_cache(maxsize=1 << 14)
def read_names(text: str) -> tuple[Name, ...]:
    """Read what a sentence names, in order of their places. O(length)."""
    words = list(_WORD.finditer(text))
    capital = [match.group() != match.group().lower() for match in words]
    told = [place for place, match in enumerate(words) if match.group().lower() not in STOP_WORDS]
    headline = len(told) > 4 and sum(capital[place] for place in told) >= _HEADLINE * len(told)
    found: list[Name] = []
    for run in _runs(text, words, capital, apart=headline):
        name = _name(run, opens=_opens(text, run[0].start()), headline=headline)
        if name is not None:
            found.append(name)
    return tuple(found)


def name_keys(names: Iterable[Name]) -> frozenset[str]:
    """Give the key words of names, and the pairs of them that stand together."""
    return frozenset(key for name in names for key in (*name.words, *name.pairs))


def _runs(
    text: str, words: Sequence[re.Match[str]], capital: Sequence[bool], *, apart: bool
) -> Iterable[list[re.Match[str]]]:
    """Give the runs of capitalised words, small words left out; each word alone where they stand ``apart``."""
    run: list[re.Match[str]] = []
    for match, is_capital in zip(words, capital, strict=True):
        if not is_capital:
            continue
        if run and not apart and _continues(text, run[-1], match):
            run.append(match)
            continue
        if run:
            yield run
        run = [match]
    if run:
        yield run


def _continues(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    between = text[before.end() : after.start()]
    if not _INSIDE.fullmatch(between) or before.group().endswith(("'s", "’s")):
        return False
    return between[0] != "." or len(before.group()) == 1 or before.group().lower() in _SHORTENED


def _opens(text: str, start: int) -> bool:
    """Tell whether a word opens a sentence, a quotation or what follows a colon or a dash."""
    before = text[max(start - 3, 0) : start].rstrip()
    return not before or not (before[-1].isalnum() or before[-1] in ",&%'’)")


def _name(run: list[re.Match[str]], *, opens: bool, headline: bool) -> Name | None:
    """Make a name of a run, without what opens the sentence and is none; None if nothing is left."""
    if opens and len(run) > 1 and _is_common(run[0].group()):
        run, opens = run[1:], False
    while run and not _key(run[0].group()) and run[0].group().lower() not in _PARTS:
        run = run[1:]
    keys = _join_parts(run)
    if not any(keys):
        return None
    token = run[0].group()
    lone = opens and len(run) == 1
    sure = not headline and not (lone and token[1:] == token[1:].lower() and not token.endswith(("'s", "’s")))
    word = token.lower()
    if lone and (_NUMBER.fullmatch(word) or (not sure and (word in _OPENERS or _ORDINARY.search(token)))):
        return None
    # "Seattle of the American Society" is two names: words that a small word parts are no pair.
    close = [before.end() + 2 >= after.start() for before, after in pairwise(run)]
    pairs = tuple(f"{a} {b}" for (a, b), near in zip(pairwise(keys), close, strict=True) if near and a and b)
    end = run[-1].end() - 2 * run[-1].group().endswith(("'s", "’s"))
    return Name(run[0].start(), end, tuple(filter(None, keys)), pairs, sure)


def _join_parts(run: list[re.Match[str]]) -> list[str]:
    """Give the key of each word, nothing for titles; "New" and the like go with the word behind them."""
    keys, part = [], ""
    for match in run:
        word, key = match.group().lower(), _key(match.group())
        is_part = word in _PARTS
        keys.append("" if is_part or len(key) == 1 else part + key if key == word else key)
        part = f"{word} " if is_part else ""
    return keys


def _is_common(token: str) -> bool:
    word = token.lower()
    if _NUMBER.fullmatch(word):
        return True
    return word in STOP_WORDS or word in _OPENERS or word.endswith(("ing", "ly"))


def _key(token: str) -> str:
    """Give the word by which a name is known; nothing for titles, days and function words."""
    word = token.lower().replace("’", "'").removesuffix("'s")
    if word.partition("'")[0] in STOP_WORDS:  # "I've", "Couldn't"
        return ""
    key = name_key(token)
    alike = key[:3] == word[:3] or word in _SAME or token == "US"  # noqa: S105  the country, not a secret
    return key if not key or alike else word
