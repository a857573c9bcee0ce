"""What loosens a number: words before it and after it."""

from __future__ import annotations

from typing import Final

from summarizer.quantities.draft import Draft
from summarizer.quantities.line import HYPHENS, Line
from summarizer.quantities.quantity import Bound
from summarizer.quantities.units import AGE

_BOUNDS: Final[tuple[tuple[Bound, str], ...]] = (
        ("at most", "no more than|not more than|at most|at the most|up to|as many as|as much as|as high as|maximum of|"
                    "no higher than|no later than|no longer than|no greater than|not exceeding|≤|capped at|limit of"),
        ("at least", "no fewer than|no less than|not less than|not fewer than|at least|at the least|minimum of|"
                     "as few as|as little as|as low as|≥"),
        ("more than", "more than|greater than|higher than|larger than|bigger than|longer than|older than|just over|"
                      "well over|slightly over|a little over|over|above|exceeding|in excess of|upwards of|upward of|"
                      "north of|exceeded|exceeds|exceed|surpassed|surpasses|topped|tops|surpassing|topping|>|"
                      "just above|well above|heavier than|"
                      "just more than|slightly more than|beyond"),
        ("less than", "less than|fewer than|lower than|smaller than|shorter than|younger than|just under|well under|"
                      "slightly under|a little under|under|below|short of|just below|well below|south of|<|"
                      "just less than|slightly less than"),
        ("nearly", "close to|nearly|almost|approaching|nearing|just short of|just shy of|shy of|not quite|neared|"
                   "virtually|practically"),
        ("about", "about|around|roughly|approximately|approx|approx .|some|estimated|circa|ca|ca .|c .|~|≈|somewhere "
                  "around|in the region of|in the neighborhood of|on the order of|estimated at|round|or so|"
                  "average of|an average of|like|more or less"),
        ("exact", "exactly|precisely|only|just|total of"),
)  # fmt: skip
_PHRASES: Final = {phrase: bound for bound, phrases in _BOUNDS for phrase in phrases.split("|")}
_LAST_WORDS: Final = frozenset(phrase.split()[-1] for phrase in _PHRASES)
_BEFORE_ARTICLES: Final = _LAST_WORDS | {"more", "less"}
_LONGEST: Final = max(phrase.count(" ") + 1 for phrase in _PHRASES)
_UNSAID: Final = frozenset(("only", "just", "total of"))
_NEAR: Final = ("just ", "slightly ", "a little ")
_AFTER: Final[dict[tuple[str, ...], Bound]] = {
    ("or", "more"): "at least", ("or", "so"): "about", ("or", "less"): "at most", ("or", "fewer"): "at most",
    ("or", "higher"): "at least", ("or", "older"): "at least", ("or", "above"): "at least", ("or", "over"): "at least",
    ("or", "younger"): "at most", ("or", "under"): "at most", ("or", "below"): "at most", ("and", "over"): "at least",
    ("and", "older"): "at least", ("and", "above"): "at least", ("or", "longer"): "at least",
    ("or", "better"): "at least", ("or", "greater"): "at least", ("and", "up"): "at least",
    ("and", "counting"): "at least",
    ("or", "thereabouts"): "about", ("at", "least"): "at least", ("at", "most"): "at most",
    ("-", "plus"): "at least", ("-", "odd"): "about", ("-", "some"): "about", ("-", "ish"): "about",
    ("tops",): "at most", ("max",): "at most", ("give", "or", "take"): "about",
}  # fmt: skip
#: "Up to 30" after these is where something went, and no bound; "over 30" after others, what was gone through.
_MOVING: Final = frozenset(
    "went go goes going gone rose rise rises risen up moved moves moving climbed shot jumped brought brings bring "
    "pushed "
    "covered filled pushing pushes back adds added adding add ran ramped stepped".split()
)
#: "Over 30 years" is a stretch of time unless these stand before "over" too.
_BEFORE_OVER: Final = frozenset(
    "for just well little slightly took take takes after of with is was lasted spent".split()
)
#: "18 and over" is an age.
_AGES: Final = frozenset("older over younger up under".split())
#: "About 30" after these tells a topic.
_SKIPPED: Final = frozenset(("a", "an", "another", "additional", "the"))


def read_bound(line: Line, draft: Draft) -> None:
    """Find what loosens a number, and take it into the quantity. Words before it win over words after it."""
    if draft.bound != "exact" or draft.family in ("rank", "score"):
        return
    told = _before(line, draft)
    if draft.number.value is None:
        draft.bound = "vague"
    if told:
        return
    if draft.number.form == "dozen":
        draft.bound = "about"  # "a dozen" is seldom counted: those who count write 12
    _after(line, draft)


def _before(line: Line, draft: Draft) -> bool:
    at = draft.first
    while at > draft.first - 2 and line.low(at - 1) in _SKIPPED and line.low(at - 2) in _BEFORE_ARTICLES:
        at -= 1
    if line.low(at - 1) not in _LAST_WORDS:
        return False
    for length in range(min(_LONGEST, at), 0, -1):
        phrase = " ".join(line.lows[at - length : at])
        bound = _PHRASES.get(phrase)
        if bound is None or not _is_meant(line, at - length, phrase, draft):
            continue
        if phrase not in _UNSAID:
            draft.first = at - length
        if line.low(draft.first - 1) == "an" and phrase == "estimated":
            draft.first -= 1
        if bound != "exact":
            draft.bound, draft.near = bound, phrase.startswith(_NEAR)
            if draft.low is not None:
                draft.bound = "range"
            return True
        return False
    return False


def _is_meant(line: Line, at: int, phrase: str, draft: Draft) -> bool:
    """Tell whether words are a bound here: not "went up to 30", not "over 12 months", not "no longer than"."""
    before = line.low(at - 1)
    if phrase == "up to":
        return before not in _MOVING
    if phrase == "over" and draft.family == "duration" and not draft.is_age():
        return before in _BEFORE_OVER
    if phrase == "over" and (before in _SPREADING or line.low(at - 2) in _SPREADING):
        return False  # "spread over 2,700 square metres", "hand over 250 million crowns"
    if phrase == "under" and (before in _LYING or _is_of_a_heap(line, draft.last)):
        return False  # "buried under 95 cm of snow"
    if phrase in ("like", "short of", "beyond", "round", "c .", "ca .", "limit of"):
        return phrase in ("c .", "ca .", "short of")
    if phrase == "some":
        return draft.number.form != "vague"
    if phrase in ("average of", "an average of"):
        return False
    if phrase in ("tops", "topping", "below", "above", "under", "around"):
        return before not in ("from", "and") or phrase == "around"
    return True


def _is_of_a_heap(line: Line, at: int) -> bool:
    return line.low(at) == "of" and not _HEAPS.isdisjoint(line.lows[at + 1 : at + 3])


#: Of these "over" is the end; what follows is no bound.
_SPREADING: Final = frozenset(
    "spread spreads spreading extend extends extended extending stretch stretches stretched stretching scattered "
    "strewn distributed spaced hand hands handed handing turn turned turning made signed paid".split()
)
_HEAPS: Final = frozenset("snow ice water rubble earth mud sand soil ash rock debris concrete".split())
_LYING: Final = frozenset("buried trapped lies lay lying submerged hidden stuck covered disappeared vanished".split())


def _after(line: Line, draft: Draft) -> None:
    """Read "30 or more people", "30 people or more", "30+", "30-plus"."""
    for at in dict.fromkeys((draft.number_last, draft.last)):
        low = line.low(at)
        if low == "+" and line.joined(at):
            _take(line, draft, "at least", at + 1)
            return
        for length in (2, 1, 3):
            bound = _AFTER.get(tuple(line.lows[at : at + length]))
            if bound is None or (low in HYPHENS and not line.joined(at)):
                continue
            if low == "at" and at == draft.number_last and at != draft.last:
                continue
            _take(line, draft, bound, at + length)
            return


def _take(line: Line, draft: Draft, bound: Bound, last: int) -> None:
    draft.last = max(draft.last, last)
    if draft.family == "count" and not draft.span.name and line.low(last - 1) in _AGES:
        draft.family, draft.unit = "duration", AGE
    if draft.number.value is not None and draft.low is None:
        draft.bound = bound


def skip_bound(line: Line, at: int) -> int:
    """Give the token after "or more", "-plus" and "+", after which a unit may still stand."""
    if line.low(at) == "+" and line.joined(at):
        return at + 1
    pair = tuple(line.lows[at : at + 2])
    return at + 2 if pair in _AFTER and pair[0] in ("or", "-") else at
