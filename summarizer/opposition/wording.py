"""Words with their places, and what each is compared by: spelling, contraction, tense and number words put aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from summarizer.faithfulness.lexicon import IRREGULAR, NUMBER_WORDS
from summarizer.terms import STOP_WORDS, stem

#: Verbs by which a quotation is given to a speaker.
SAID: Final = frozenset(
    "said says say saying told tells added adds wrote writes tweeted asked asks explained continued declared insisted "
    "warned replied recalled stated argued testified announced noted claimed concluded posted responded remarked "
    "admitted acknowledged vowed joked read commented complained urged".split()
)
#: What a speaker puts between words, and reporters leave out.
_FILLERS: Final = frozenset("uh um ah er oh ahh ahhh well okay yeah gotta".split())
#: Function words that turn what is said: without them a sentence says something else.
TURNING: Final = frozenset("not no never none nothing nobody neither nor without all only few if unless".split())

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’.-][^\W\d_]+)*|[%\[…]|\.\.\.|\. \. \.|--")
#: Words that deny, of which one more or less turns an utterance; "no one" is read as "nobody".
NEGATING: Final = frozenset("not no never none nothing nobody neither nor without nowhere hardly".split())
_EVERYBODY: Final = {"everyone": "everybody", "anyone": "anybody", "someone": "somebody"}
#: Words that answer, with a comma behind them, and deny nothing of what follows.
_ANSWERS: Final = frozenset("no yes".split())
#: Function words that the list of them lacks.
_SMALL: Final = frozenset("per everybody anybody somebody".split())
_SHORTENED: Final = {
    "won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"), "shan't": ("will", "not"),
    "ain't": ("is", "not"), "shall": ("will",), "i'm": ("i", "am"), "let's": ("let", "us"), "gonna": ("go", "to"),
    "wanna": ("want", "to"), "gotta": ("got", "to"),
}  # fmt: skip
_TAILS_MEAN: Final = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'s": "is"}
_WITH_IS: Final = frozenset("it he she that there this what who where here how".split())
#: Marks of an editor: where one stands something was left out or put in.
CUTS: Final = frozenset(("[", "…", "...", ". . .", "--"))
_TAILS: Final = ("'s", "'re", "'ve", "'ll", "'d", "'m")
_ONE_WORD: Final = {
    "gonna": "go", "wanna": "want", "cent": "percent", "%": "percent", "pct": "percent",
    "programme": "program", "grey": "gray", "defence": "defense", "offence": "offense", "licence": "license",
}  # fmt: skip
#: Forms that the list shared with the gate does not have.
_MORE_FORMS: Final = {
    "upheld": "uphold", "withheld": "withhold", "withstood": "withstand", "forbade": "forbid", "forbidden": "forbid",
    "shrunk": "shrink", "overthrew": "overthrow", "overthrown": "overthrow", "overrode": "override",
    "overridden": "override",
    "struck": "strike", "shown": "show", "undid": "undo", "undone": "undo", "rebuilt": "rebuild", "slew": "slay",
    "froze": "freeze", "frozen": "freeze", "sped": "speed", "won": "win", "lay": "lie", "sank": "sink",
    "laid": "lay", "freed": "free", "fed": "feed", "lit": "light", "clung": "cling", "bled": "bleed", "spun": "spin",
    "dug": "dig", "stuck": "stick", "sued": "sue", "suing": "sue", "boycotted": "boycott", "boycotting": "boycott",
    "leapt": "leap", "burnt": "burn", "wept": "weep", "bent": "bend",
}  # fmt: skip
_PLURALS: Final = frozenset("men women children kids kid people persons pct".split())
IRREGULAR_FORMS: Final = {form: verb for form, verb in (IRREGULAR | _MORE_FORMS).items() if form not in _PLURALS}
#: British spellings, folded on both sides: what they make of a word need be no word.
_BRITISH: Final = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)\Z)"), "iz"),
    (re.compile(r"ys(?=(?:e|ed|es|er|ers|ing)\Z)"), "yz"),
    (re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|al|able|ful|hood|ite|ites|er|ers|ist|ists)?\Z)"), "or"),
    (re.compile(r"(?<=[tbg])re(?=s?\Z)"), "er"),
    (re.compile(r"ogue(?=s?\Z)"), "og"),
)
_MAYBE_BRITISH: Final = re.compile(r"[iy]s[aei]|our|[tbg]res?\Z|ogue")
#: Verbs of which only British spelling doubles the last letter; "shelled" has its two letters everywhere.
_DOUBLED: Final = re.compile(
    r"(?:trave|cance|counse|quarre|marve|channe|grove|shove|signa|tunne|labe|mode|fue|due|jewe|dia|riva|equa|libe|leve)"
    r"l(?=l(?:ed|ing|er|ers)\Z)"
)
_LONG: Final = 5


@dataclass(frozen=True, slots=True)
class Word:
    """One word that counts, or a mark of an editor.

    :param start: first character in the document.
    :param text: as it stands.
    :param key: what it is compared by; a mark of an editor keeps itself.
    """

    start: int
    text: str
    key: str


def read_words(text: str, offset: int) -> list[Word]:
    """Read the words that tell something, function words left out but those that turn what is said.

    :param text: a stretch of a document.
    :param offset: where it begins in the document.

    >>> [word.key for word in read_words("We won't organise 5,000 colours", 0)]
    ['not', 'organiz', '5000', 'color']
    """
    found = []
    for match in _WORD.finditer(text):
        for key in word_keys(match.group()):
            found.append(Word(offset + match.start(), match.group(), key))
    return found


@lru_cache(maxsize=1 << 15)
def word_keys(token: str) -> tuple[str, ...]:
    """Give what a token is compared by; nothing for a function word."""
    if token in CUTS:
        return (token,)
    low = token.lower().replace("’", "'")
    if low in ("not", "cannot") or low.endswith("n't"):
        return ("not",)
    for tail in _TAILS:
        low = low.removesuffix(tail)
    if low in TURNING:
        return (low,)
    if low == "us" and token.isupper():
        return ("usa",)
    if low == "won":  # a function word to those who cut "won't" in two
        return (word_key(low),)
    if low in STOP_WORDS or low in _FILLERS or low in _SMALL:
        return ()
    return tuple(filter(None, (word_key(part) for part in low.split("-") if part not in STOP_WORDS)))


def read_all_words(text: str, offset: int) -> list[Word]:
    """Read every word, contractions written out, function words as they are.

    >>> [word.key for word in read_all_words("It won't, no one’s told us", 0)]
    ['it', 'will', 'not', 'nobody', 'told', 'us']
    """
    found: list[Word] = []
    for match in _WORD.finditer(text):
        token = match.group()
        if text[match.end() : match.end() + 1] == "," and token.lower() in _ANSWERS:
            continue
        for key in _all_keys(token):
            if key == "1" and found and found[-1].key == "no" and token.lower().startswith("one"):
                found[-1] = Word(found[-1].start, f"{found[-1].text} {token}", "nobody")
            else:
                found.append(Word(offset + match.start(), token, key))
    return found


@lru_cache(maxsize=1 << 15)
def _all_keys(token: str) -> tuple[str, ...]:
    """Give the words that a token is; nothing for a filler."""
    if token in CUTS:
        return (token,)
    low = token.lower().replace("’", "'")
    low = _EVERYBODY.get(low, low)
    if low in _SHORTENED:
        return _SHORTENED[low]
    if low.endswith("n't"):
        return low[:-3], "not"
    for tail, meant in _TAILS_MEAN.items():
        if low.endswith(tail):
            low = low.removesuffix(tail)
            return (low, meant) if tail != "'s" or low in _WITH_IS else (word_key(low),)
    if low in _FILLERS:
        return ()
    if low in STOP_WORDS and low not in NUMBER_WORDS:
        return (low,)
    return tuple(filter(None, (word_key(part) for part in low.split("-"))))


@lru_cache(maxsize=1 << 15)
def word_key(low: str) -> str:
    """Give what a lower-cased word is compared by: numbers by value, words by stem, forms of a verb by the verb."""
    if low[:1].isdecimal():
        return low.replace(",", "")
    low = low.replace(".", "")
    if low in NUMBER_WORDS:
        return f"{NUMBER_WORDS[low]:g}"
    low = _ONE_WORD.get(low, low)
    low = _MORE_FORMS.get(low) or IRREGULAR.get(low, low)
    if len(low) >= _LONG:
        if _MAYBE_BRITISH.search(low):
            for pattern, folded in _BRITISH:
                low = pattern.sub(folded, low)
        if "ll" in low and (doubled := _DOUBLED.match(low)):
            low = doubled.group() + low[doubled.end() + 1 :]
    return stem(low)


#: Not, and those that make nobody or nothing of what they stand for.
NEGATORS: Final = frozenset("not never cannot".split())
NOBODY: Final = frozenset("nobody none nothing neither".split())
#: With "to" and a verb behind them they say that it was not done.
REFUSALS: Final = frozenset(map(word_key, "fail refuse decline neglect".split()))
#: With a clause behind them they say that it is not so.
DENIALS: Final = frozenset(map(word_key, "deny refute dispute dismiss reject".split()))
#: Nouns between a denial and the clause: "denied reports that".
HEARSAY: Final = frozenset(
    "report reports claim claims allegation allegations accusation accusations suggestion suggestions rumour rumours "
    "rumor rumors charge charges assertion assertions speculation notion idea".split()
)
#: Behind "not" or "no", these deny a part only, or a time only.
SOFTENERS: Final = frozenset(
    "only just merely simply necessarily least immediately yet fully entirely always all every everyone enough so more "
    "less fewer even exactly quite completely totally alone later sooner doubt wonder matter far directly initially "
    "originally specifically explicitly publicly formally officially personally clear known surprising surprised mere "
    "solely exclusively particularly especially really easily quickly alike unlike unusual uncommon".split()
)
#: Verb of an event that is told by its noun: "no injuries were reported".
NOMINAL: Final = {
    word_key(noun): word_key(verb)
    for noun, verb in {
        "injury": "injure", "injuries": "injure", "arrest": "arrest", "death": "die", "fatalities": "die",
        "survivor": "survive", "damage": "damage",
    }.items()
}  # fmt: skip
#: Verb of what is told by a noun that another verb carries: "had no knowledge of", "offers no protection against".
CARRIED: Final = {
    word_key(noun): word_key(verb)
    for noun, verb in {
        "knowledge": "know", "idea": "know", "protection": "protect", "apology": "apologise", "warning": "warn",
        "response": "respond", "explanation": "explain", "objection": "object", "permission": "permit",
        "resistance": "resist", "remorse": "regret", "decision": "decide",
    }.items()
}  # fmt: skip
