"""True sentences put in other words by plain rules, to see how often the gate withholds what it should let pass."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Final

Paraphrase = Callable[[str, Sequence[str], random.Random], str | None]

_DAYS: Final = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_BRACKETS: Final = re.compile(r" \([^()]{2,80}\)(?=[ ,.])")
_WHO: Final = re.compile(r", (?:who|which|whose|where) [^,\"“”]{5,90}, ")
_APPOSITION: Final = re.compile(r"(?<=[a-z]), (?:an?|the|its|his|her) [^,\"“”]{5,70}, (?=[a-z])")
_DAY_OPENS: Final = re.compile(rf"\AOn (?P<day>{_DAYS}), (?P<rest>[^\"“”]+)\.\Z")
_DAY_ENDS: Final = re.compile(rf"\A(?P<rest>[A-Z][^\"“”,]+) on (?P<day>{_DAYS})\.\Z")
_ADVERB: Final = re.compile(
    r"\A(?:Meanwhile|However|Also|Earlier|Later|Still|Instead|In addition|Moreover|But|And),? (?=\w)"
)
_TRAILING: Final = re.compile(r", (?:which|who|where|while|as) [^,\"“”]{8,120}\.\Z")
_PARTICIPLE: Final = re.compile(
    r", (?:adding|according|including|making|leaving|following|bringing|citing) [^\"“”]{8,120}\.\Z"
)
_SAID_LAST: Final = re.compile(
    rf"\A(?P<what>[A-Z][^\"“”]{{20,220}}), (?P<who>(?:[A-Za-z.'’-]+ ){{1,5}})(?P<verb>said)(?P<when>(?: (?:on "
    rf")?(?:{_DAYS}))?)\.\Z"
)
_SAID_FIRST: Final = re.compile(
    rf"\A(?P<who>[A-Z](?:[\w.'’-]+ ){{1,5}})said(?P<when>(?: (?:on )?(?:{_DAYS}))?) (?:that )?(?P<what>(?:the|a|"
    rf"an|there|two|three|some|more|at least) [^\"“”]{{15,220}})\.\Z"
)
_PASSIVE: Final = re.compile(
    r"\A(?P<a>(?:The |A |An )?[A-Z]?[\w'’-]+(?: [\w'’-]+){0,3}) (?P<be>was|were) (?P<verb>[a-z]{3,}ed|shot|hit|"
    r"struck|found|held|led|won|built) by "
    r"(?P<b>(?:the |a |an )?[\w'’-]+(?: [\w'’-]+){0,2})(?P<rest>(?: (?:in|on|at|after|during) [^,\"“”]{2,80})?)\.\Z"
)
_ACTIVE: Final = re.compile(
    r"\A(?P<a>(?:The |A |An )?[A-Z]?[\w'’-]+(?: [A-Z][\w'’-]+){0,2}) (?P<verb>arrested|killed|rejected|approved|"
    r"attacked|accused|"
    r"defeated|criticized|charged|sued|praised|ordered|signed|passed|condemned|rescued|banned|launched|ruled|"
    r"backed|opened) "
    r"(?P<b>(?:the |a |an )[\w'’-]+(?: [\w'’-]+){0,2})(?P<rest>(?: (?:in|on|at|after|during|for|over) "
    r"[^,\"“”]{2,80})?)\.\Z"
)
_SYNONYMS: Final = {
    "began": "started", "started": "began", "said that": "said", "killed": "left dead", "show": "reveal",
    "bought": "purchased", "purchased": "bought", "help": "assist", "nearly": "almost", "however": "though",
    "approximately": "about", "about": "around", "more than": "over", "over": "more than", "children": "kids",
    "ended": "finished", "large": "big", "attempt": "try", "require": "need", "received": "got",
    "occurred": "happened", "told reporters": "said", "stated": "said", "permitted": "allowed", "said": "stated",
}  # fmt: skip
_SYNONYM: Final = re.compile(rf"\b(?:{'|'.join(sorted(_SYNONYMS, key=len, reverse=True))})\b")
_NUMERIC: Final = frozenset("approximately about over".split())
_WORDED: Final = dict(
    zip("two three four five six seven eight nine ten eleven twelve".split(), range(2, 13), strict=True)
)
_FORMATS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"(?<![\d,.])(\d{1,3}),(\d{3})(?![\d,])"), lambda m: m[1] + m[2]),
    (re.compile(r"(?<=\d) percent\b"), lambda m: "%"),
    (re.compile(r"(?<=\d)%"), lambda m: " percent"),
    (re.compile(r"\$(\d+(?:\.\d+)?) million\b"), lambda m: f"${m[1]}m"),
    (re.compile(r"\$(\d+(?:\.\d+)?) billion\b"), lambda m: f"${m[1]}bn"),
    (re.compile(rf"\b({'|'.join(_WORDED)}) (?=[a-z]+s\b)"), lambda m: f"{_WORDED[m[1]]} "),
)  # fmt: skip


_FINITE: Final = re.compile(r"[a-z]{3,}(?:ed|id)|was|were|has|is|will|fell|rose|had|won|lost|took|made|held|left")


def _sentence(text: str) -> str:
    text = re.sub(r"  +", " ", text).strip()
    return text[:1].upper() + text[1:]


def verbatim(text: str, sources: Sequence[str], rng: random.Random) -> str | None:
    """Leave it."""
    return text


def part_dropped(text: str, sources: Sequence[str], rng: random.Random) -> str | None:
    """Leave out brackets, an apposition, a relative clause, an opening adverb, or a trailing clause."""
    for pattern, by in (
        (_BRACKETS, ""),
        (_WHO, ", "),
        (_APPOSITION, " "),
        (_ADVERB, ""),
        (_TRAILING, "."),
        (_PARTICIPLE, "."),
    ):
        match = pattern.search(text)
        if (
            match
            and not re.search(r"\baccording\b|\bsa(?:id|ys?)\b|\breport", match.group())
            and not (pattern is _ADVERB and match.group().startswith("But"))
        ):
            return _sentence(text[: match.start()] + by + text[match.end() :])
    return None


def day_moved(text: str, sources: Sequence[str], rng: random.Random) -> str | None:
    """Put "On Monday," at the end, or the day at the start."""
    match = _DAY_OPENS.match(text)
    if match:
        return _sentence(f"{match['rest']} on {match['day']}.")
    match = _DAY_ENDS.match(text)
    if match and not re.search(rf"\b(?:said|that|{_DAYS})\b", match["rest"]):
        rest, first = match["rest"], match["rest"].split()[0]
        kept = first.istitle() and first not in ("The", "A", "An")
        return f"On {match['day']}, {rest if kept else rest[:1].lower() + rest[1:]}."
    return None


def speech_turned(text: str, sources: Sequence[str], rng: random.Random) -> str | None:
    """Turn "P, X said" into "X said P", and the reverse."""
    match = _SAID_LAST.match(text)
    if match and ", " not in match["what"][-40:]:
        what = match["what"]
        first = what.split()[0]
        what = (
            what[:1].lower() + what[1:]
            if first in ("The", "A", "An", "It", "They", "There", "Some", "At", "More")
            else what
        )
        return _sentence(f"{match['who']}said{match['when']} that {what}.")
    match = _SAID_FIRST.match(text)
    if match:
        common = match["who"].startswith(("The ", "A ", "Police ", "Officials ", "Authorities "))
        who = match["who"][:1].lower() + match["who"][1:] if common else match["who"]
        if re.search(r"\b(?:said|that)\b", match["what"]) or ", and " in match["what"]:
            return None
        return _sentence(f"{match['what']}, {who}said{match['when']}.")
    return None


def voice_turned(text: str, sources: Sequence[str], rng: random.Random) -> str | None:
    """Turn the passive into the active, and the reverse."""
    match = _PASSIVE.match(text)
    if match:
        a = match["a"] if not match["a"].startswith(("The ", "A ", "An ")) else match["a"][:1].lower() + match["a"][1:]
        return _sentence(f"{match['b']} {match['verb']} {a}{match['rest']}.")
    match = _ACTIVE.match(text)
    if match:
        a = match["a"] if not match["a"].startswith(("The ", "A ", "An ")) else match["a"][:1].lower() + match["a"][1:]
        return _sentence(
            f"{match['b']} {'were' if match['b'].endswith('s') else 'was'} {match['verb']} by {a}{match['rest']}."
        )
    return None


def synonym(text: str, sources: Sequence[str], rng: random.Random) -> str | None:
    """Put a plain synonym for one word."""
    found = []
    for match in _SYNONYM.finditer(text):
        word = match.group()
        number = bool(re.match(r" \$?\d", text[match.end() :]))
        if word in ("about", "over", "more than", "approximately", "nearly") and not number:
            continue
        if word in ("said", "stated") and not re.match(r" (?:that|the|on|in)\b|\.", text[match.end() :]):
            continue
        if word in ("killed", "show", "help", "however", "require"):
            continue
        found.append(match)
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + _SYNONYMS[match.group()] + text[match.end() :]


def number_rewritten(text: str, sources: Sequence[str], rng: random.Random) -> str | None:
    """Write a number another way: 1,000 and 1000, % and percent, two and 2."""
    hidden = re.sub(r'"[^"]*"|“[^”]*”', lambda m: "#" * len(m.group()), text)
    for pattern, write in _FORMATS:
        match = pattern.search(hidden)
        if match:
            return text[: match.start()] + write(match) + text[match.end() :]
    return None


def merged(text: str, sources: Sequence[str], rng: random.Random) -> str | None:
    """Join what two sources say of one subject: "A did this and did that"."""
    if '"' in text or "“" in text:
        return None
    for other in sources:
        if other == text or '"' in other or "“" in other or other[-1:] != "." or ", " in text:
            continue
        a, b = text.split(), other.split()
        same = next((at for at, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), 0)
        if not 1 <= same < len(b) or not _FINITE.fullmatch(b[same]) or not _FINITE.fullmatch(a[same]):
            continue
        told = set(map(str.lower, a))
        if len(a) + len(b) <= 44 and sum(word.lower() in told for word in b[same:]) <= 0.4 * len(b[same:]):
            return f"{text.rstrip('.')} and {' '.join(b[same:])}"
    return None


PARAPHRASES: Final[dict[str, Paraphrase]] = {
    "verbatim": verbatim, "part dropped": part_dropped, "day moved": day_moved, "speech turned": speech_turned,
    "voice turned": voice_turned, "synonym": synonym, "number rewritten": number_rewritten, "merged": merged,
}  # fmt: skip
