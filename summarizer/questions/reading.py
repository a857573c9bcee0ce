"""What a query asks for: its parts, the words that count in them, and what kind of thing would answer. English.

"How far did exports fall, and who leads the talks?" are two parts. Function words, question words and words such as
"say" and "happen" are not asked for. A capitalised word is a name, known by its key word
(:func:`summarizer.actors.name_key`), so that "America" is asked for where the sources write "US"; a headline, of which
most words are capitalised, names nobody for certain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from summarizer.actors import name_key
from summarizer.questions.families import find_family
from summarizer.terms import STOP_WORDS, stem, tokenize

#: What would answer: a name, a place, a date, a time of the clock, a reason, a sum of money, a share, a span of time,
#: an age, a length, what is measured and not counted, any other figure, a colour; None for whatever else ("what",
#: "how", a topic).
Kind = Literal[
    "who",
    "where",
    "when",
    "clock",
    "why",
    "money",
    "percent",
    "duration",
    "age",
    "length",
    "measure",
    "figure",
    "colour",
]
#: What can be looked for where a question holds nothing else: "How old was she?" asks for an age. A reason is no such
#: thing: half of all sentences may be one.
_BY_ITSELF: Final = frozenset(
    ("who", "where", "when", "clock", "money", "percent", "duration", "age", "length", "measure", "figure", "colour")
)

#: Names of more than one word that are written in other ways as often.
_LONG_NAMES: Final = (
    (re.compile(r"\bUnited States(?: of America)?\b"), "US"),
    (re.compile(r"\b(?:United Kingdom|Great Britain)\b"), "UK"),
    (re.compile(r"\bUnited Nations\b"), "UN"),
    (re.compile(r"\bEuropean Union\b"), "EU"),
)
_ASKING: Final = (
    r"who|whom|whose|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have|had|will|can|could|would"
)
#: Where the second of two questions begins. Not at every "and": "exports and imports" is one thing to ask for.
_NEXT_PART: Final = re.compile(
    rf"[?？;；\n]+\s*|(?:,|(?<!\s))\s++\b(?:and|or|but)\s+(?:also\s+)?(?=(?:{_ASKING})\b)", re.IGNORECASE
)
_QUESTION: Final = re.compile(rf"^\W*(?:(?:in|at|on|by|to|for|with|of|from)\s+)?(?:{_ASKING})\b", re.IGNORECASE)
_HOW_MANY: Final = re.compile(r"\bhow many\b", re.IGNORECASE)
_TOKEN: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
#: Words of questions that say nothing of the matter; by stem.
_EMPTY: Final = frozenset(
    "happen say said says tell told think thought call mean know take took taken give gave given get got make made "
    "go went come came let put name kind sort thing anything news story article report latest update please describe "
    "explain summarize tell about regarding concerning detail information exactly actually currently time year day "
    "amount number money find set part see saw seen role view opinion reason future plan".split()
)
#: What "how" asks for before these; they are not asked for themselves.
_HOW: Final[dict[str, Kind]] = {
    "many": "figure", "much": "measure", "often": "figure", "big": "figure", "large": "figure", "strong": "figure",
    "high": "measure", "low": "measure", "heavy": "measure", "fast": "measure", "hot": "measure", "cold": "measure",
    "old": "age", "long": "duration", "soon": "when", "tall": "length", "deep": "length", "wide": "length",
    "far": "figure", "badly": "figure",
}  # fmt: skip
_NO_FIGURE: Final = frozenset(("badly", "strong", "big", "large", "far"))
_ASKED: Final[dict[str, Kind]] = {
    "who": "who",
    "whom": "who",
    "whose": "who",
    "where": "where",
    "when": "when",
    "why": "why",
}
_MONEY: Final = frozenset("cost price pay paid salary earn spend spent worth money fine wage debt loss dollar".split())
_PRICES: Final = frozenset("price salary cost wage pay fee fine budget damage value prize".split())
_EARNED: Final = frozenset("earn cost worth paid".split())
#: "How much time?", "how much longer?"
_LASTING: Final = frozenset("time longer later earlier".split())
_BEING: Final = frozenset("is was are were will".split())
#: "Which company insured it?" asks for a name, "In which building?" for a place.
_NAMED: Final = frozenset(
    "company firm country nation party club team bank brand newspaper airline agency school university college "
    "hospital person man woman player actor celebrity politician judge minister official officials".split()
)
#: One adjective may stand before it: "Which American officials?"
_ADJECTIVES: Final = 2
#: "What time did it start?", "At what age?", "In which year?"
_TELLING: Final[dict[str, Kind]] = {
    "time": "clock", "age": "age", "year": "when", "month": "when", "day": "when", "date": "when",
}  # fmt: skip
_PLACES: Final = frozenset("building city town village street place state region".split())
_SHARE: Final = frozenset("share percentage percent proportion rate".split())
#: A query has at most so many parts; the last holds the rest.
_MOST_PARTS: Final = 8
#: From this share of capitalised words a query of four words and more is a headline.
_HEADLINE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a query asks for.

    :param text: its words in the query.
    :param kind: ``"name"``, ``"number"`` or ``"word"``.
    :param forms: by which it is known in the sources: key words of a name, the last one counting; the number; the stems
        of a word in the languages of the sources.
    """

    text: str
    kind: Literal["name", "number", "word"]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a query, or its topic.

    :param text: its words.
    :param asked: what it asks for, in order; empty where it holds function words only.
    :param kind: what kind of thing would answer.
    :param question: whether it is a question; else a topic.
    :param counted: what "how many" counts.
    """

    text: str
    asked: tuple[Asked, ...]
    kind: Kind | None
    question: bool
    counted: Asked | None = None

    @property
    def alone(self) -> bool:
        """Whether the kind of thing is all that is asked for: "How old was she?"."""
        return not self.asked and self.question and self.kind in _BY_ITSELF

    @property
    def open(self) -> bool:
        """Whether it asks for anything that can be looked for."""
        return bool(self.asked) or self.alone


def split_query(query: str) -> tuple[str, ...]:
    """Split a query into its questions.

    >>> split_query("How far did exports fall, and who leads the talks?")
    ('How far did exports fall', 'who leads the talks')
    """
    parts = [part.strip(" \t,.!?") for part in _NEXT_PART.split(query)]
    # "What did he say and do" has no second question: what is left must hold a word that is asked for.
    whole = [part for part in parts if part]
    if len(whole) > _MOST_PARTS:
        whole = [*whole[: _MOST_PARTS - 1], " ".join(whole[_MOST_PARTS - 1 :])]
    return tuple(whole) or (query.strip(),)


def read_query(query: str, languages: Sequence[str] = ("en",)) -> tuple[Part, ...]:
    """Read what a query asks for.

    :param query: any text.
    :param languages: ISO 639-1 codes of the sources, by which words are stemmed.
    :return: its parts in the order of :func:`split_query`, at least one.
    """
    names = not _is_headline(query)
    return tuple(_read_part(text, languages, names) for text in split_query(query))


def _is_headline(query: str) -> bool:
    words = [word for word in _TOKEN.findall(query) if word[0].isalpha() and word.lower() not in STOP_WORDS]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= _HEADLINE * len(words)


def _read_part(text: str, languages: Sequence[str], names: bool) -> Part:
    """Read one question."""
    written = text
    for pattern, short in _LONG_NAMES:
        written = pattern.sub(short, written)
    matches = list(_TOKEN.finditer(written))
    tokens = [match.group() for match in matches]
    kind, skipped = _kind([token.lower() for token in tokens])
    asked: list[Asked] = []
    run: list[str] = []
    for place, token in enumerate(tokens):
        named = names and (place > 0 or token.isupper()) and _is_name(token)
        if named:
            run.append(token)
        elif place not in skipped:
            asked += _common(token, languages)
        following = matches[place + 1] if place + 1 < len(matches) else None
        apart = following is None or written[matches[place].end() : following.start()] != " "
        # "Chinese" and "US" are a name of their own, whatever follows.
        if run and (apart or name_key(run[-1]) != run[-1].lower() or not _goes_on(names, following)):
            asked.append(Asked(" ".join(run), "name", tuple(name_key(word) for word in run)))
            run = []
    distinct = {item.forms: item for item in reversed(asked)}
    question = bool(_QUESTION.search(written))
    kept = tuple(item for item in asked if distinct.get(item.forms) is item)
    return Part(text, kept, kind, question, _counted(written, kept) if kind == "figure" else None)


def _counted(text: str, asked: Sequence[Asked]) -> Asked | None:
    """Give what "how many" counts: the first thing asked for behind it, if it is a word."""
    match = _HOW_MANY.search(text)
    behind = text[match.end() :] if match else ""
    first = next((item for item in asked if item.text in behind), None)
    return first if first and first.kind == "word" else None


@lru_cache(maxsize=1)
def _empty_stems() -> frozenset[str]:
    return frozenset(map(stem, _EMPTY))


def _is_name(token: str) -> bool:
    """Say whether a capitalised word names someone: not a title, and no word that stands for others, such as "TV"."""
    word = token.lower()
    return token[0].isupper() and bool(name_key(token)) and word not in _EMPTY and len(find_family(stem(word))) == 1


def _goes_on(names: bool, following: re.Match[str] | None) -> bool:
    """Say whether the name before a token goes on with it."""
    return names and following is not None and _is_name(following.group())


def _common(token: str, languages: Sequence[str]) -> list[Asked]:
    """Give what a token that is no name asks for: nothing for function words and empty ones."""
    if token[0].isdigit():
        return [Asked(token, "number", (token,))]
    found = []
    for word in tokenize(token):
        forms = tuple(dict.fromkeys(stem(word, language) for language in languages or ("en",)))
        if "en" in languages:
            forms = tuple(dict.fromkeys((*forms, *find_family(stem(word)))))
        if word in STOP_WORDS or stem(word) in _empty_stems():
            continue
        found.append(Asked(token if len(tokenize(token)) == 1 else word, "word", forms))
    return found


def _kind(words: Sequence[str]) -> tuple[Kind | None, frozenset[int]]:
    """Give what kind of thing is asked for, and the places of the words that only say so."""
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word == "how" and following in _HOW:
            kind: Kind | None = None if following in _NO_FIGURE else _HOW[following]
            # "How much more pay do they want?" may be told in per cent.
            if following == "much" and not _MONEY.isdisjoint(words) and "more" not in words[place:]:
                kind = "money"
            if following == "much" and not _LASTING.isdisjoint(words[place + 2 : place + 4]):
                kind = "duration"
            return kind, frozenset((place, place + 1))
        if word in ("what", "which"):
            return _kind_of_what(words[place + 1 :], place)
        if word in _ASKED:
            return _ASKED[word], frozenset((place,))
    return None, frozenset()


def _kind_of_what(behind: Sequence[str], place: int) -> tuple[Kind | None, frozenset[int]]:
    """Give what "what" or "which" asks for, by the word behind it."""
    following = behind[0] if behind else ""
    if following in _SHARE:
        return "percent", frozenset((place, place + 1))
    if following in _PLACES:
        return "where", frozenset((place,))
    if not _NAMED.isdisjoint(behind[:_ADJECTIVES]) and following not in _BEING:
        return "who", frozenset((place,))
    # "What is the name of the clerk?"; a ship has a name too, and a sentence with a name may give it.
    if following in ("name", "names") or (following in _BEING and behind[1:3] in (["the", "name"], ["the", "names"])):
        return "who", frozenset((place,))
    if following in _TELLING:
        return _TELLING[following], frozenset((place, place + 1))
    if following in ("colour", "color", "colours", "colors"):
        return "colour", frozenset((place, place + 1))
    # "What was the price of a ticket?", "What does a driver earn?", "What is it worth?"; not "What did he pay for?"
    asks = len(behind) > 2 and behind[0] in _BEING and behind[1] in ("the", "his", "her", "its", "their")
    if (
        following in _PRICES
        or (asks and behind[2] in _PRICES)
        or (behind and behind[-1] in _EARNED)
        or "cost" in behind[1:]
    ):
        return "money", frozenset((place,))
    return None, frozenset((place,))
