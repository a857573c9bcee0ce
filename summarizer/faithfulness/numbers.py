"""Numbers with their unit, head noun, bound and basis."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from summarizer.faithfulness.anchors import moved
from summarizer.faithfulness.dates import date_tokens
from summarizer.faithfulness.lexicon import CURRENCIES, NUMBER_WORDS, ORDINALS, SCALES, VAGUE
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading, read

#: What loosens a number, longest first; the words stand before it.
_BOUNDS: Final = tuple(
    (tuple(phrase.split()), name)
    for name, phrases in {
        "at most": ("no more than", "at most", "not more than", "up to", "as many as", "as much as", "a maximum of"),
        "at least": ("no fewer than", "no less than", "at least", "a minimum of", "not less than"),
        "over": ("more than", "greater than", "higher than", "just over", "well over", "over", "above", "exceeding",
                 "upwards of", "upward of", "larger than"),
        "under": ("less than", "fewer than", "lower than", "just under", "under", "below"),
        "nearly": ("close to", "nearly", "almost", "approaching", "just short of"),
        "about": ("an estimated", "about", "around", "roughly", "approximately", "some", "estimated", "circa"),
    }.items()
    for phrase in phrases
)  # fmt: skip
_BOUND_ENDS: Final = frozenset(phrase[-1] for phrase, _ in _BOUNDS)
_AFTER: Final = {"more": "at least", "so": "about", "less": "at most", "fewer": "at most"}
_SKIPPED: Final = frozenset(("a", "an", "the", "another", "$", "€", "£", "¥", "₹", "usa"))
_BASES: Final = (
    ("year", ("year on year", "year over year", "from a year earlier", "from a year ago", "than a year earlier",
              "than a year ago", "compared with a year", "annually", "per year", "a year")),
    ("month", ("month on month", "month over month", "from a month earlier", "from the previous month",
               "from the month before", "monthly", "per month", "a month")),
    ("quarter", ("quarter on quarter", "quarter over quarter", "from the previous quarter", "quarterly")),
    ("annualised", ("annualized", "annualised")),
    ("week", ("a week", "per week", "weekly")), ("day", ("a day", "per day", "daily")),
    ("head", ("per capita", "per head", "per person")), ("hour", ("an hour", "per hour", "hourly")),
)  # fmt: skip
_MOVES: Final = frozenset(("from", "to", "by"))
_GENERIC: Final = frozenset("people person other individual".split())
#: Stems of what is measured in: another of these is another measure, whatever follows.
_MEASURES: Final = frozenset(
    "year month week day hour minut second decad centuri mile kilometr kilomet km metr meter feet foot inch yard acr "
    "hectar ton tonn kilogram kilo pound barrel gallon litr liter degre mph point vote seat goal game time".split()
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, and all that must stay with it.

    :param value: what it says, as text: ``"12.7"``; vague ones by name, ``"dozens"``.
    :param kind: ``"count"``, ``"ordinal"``, ``"vague"``, ``"%"``, ``"point"`` or a currency.
    :param bound: ``"about"``, ``"at least"``, ``"range"`` … or nothing.
    :param heads: stems of the nouns that it counts.
    :param basis: per what, or against when: ``"year"``, ``"month"`` …
    :param move: ``from``, ``to`` or ``by`` where one stands before it.
    :param start: first token; ``end`` the one after the last.
    """

    value: str
    kind: str
    bound: str
    heads: tuple[str, ...]
    basis: frozenset[str]
    move: str
    start: int
    end: int

    def __str__(self) -> str:
        """Give it for a reason."""
        return " ".join(filter(None, (self.bound, self.value, "" if self.kind in _PLAIN else self.kind)))


_PLAIN: Final = frozenset(("count", "ordinal", "vague"))


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """Read the numbers of a sentence, dates left out. O(length)."""
    reading = read(text)
    found: list[Figure] = []
    at = 0
    taken = date_tokens(text)
    lows = reading.lows
    while at < len(lows):
        number = None if at in taken else _number(lows, at)
        if number is None:
            at += 1
            continue
        value, kind, end = number
        found.append(_figure(reading, value, kind, at, end))
        at = end
    return tuple(_ranges(lows, found))


def _number(lows: Sequence[str], at: int) -> tuple[str, str, int] | None:
    """Read a number: its value, whether it is sharp, and where it ends."""
    low = lows[at]
    if low in VAGUE:
        return low, "vague", at + 1
    if low in ORDINALS:
        return f"{ORDINALS[low]:g}", "ordinal", at + 1
    if low[0].isdecimal():
        return _digits(lows, at)
    if low not in NUMBER_WORDS or (low in SCALES and lows[at - 1 : at] not in (["a"], ["one"], ["per"])):
        return None
    return _words(lows, at)


def _digits(lows: Sequence[str], at: int) -> tuple[str, str, int]:
    low = lows[at].replace(",", "")
    end = at + 1
    after = lows[end] if end < len(lows) else ""
    if after in ("st", "nd", "rd", "th"):
        return low, "ordinal", end + 1
    if after == "-" and end + 1 < len(lows) and lows[end + 1] in SCALES and len(lows[end + 1]) > 2:
        after, end = lows[end + 1], end + 1
    if not low.replace(".", "", 1).isdecimal():
        return low, "count", end  # a time, a score, a version: compared as it is written
    if after in SCALES:
        return f"{float(low) * SCALES[after]:.12g}", "count", end + 1
    if "." in low:
        low = f"{float(low):.12g}"
    return low, "count", end


def _words(lows: Sequence[str], at: int) -> tuple[str, str, int] | None:
    """Read a number in words: "two hundred and thirty-one thousand"."""
    total, part, end = 0.0, 0.0, at
    place = at
    while place < len(lows):
        low = lows[place]
        if low in ("-", "and") and end == place and place + 1 < len(lows) and lows[place + 1] in NUMBER_WORDS:
            if low == "and" and lows[place - 1] != "hundred":
                break
            place += 1
            continue
        if low not in NUMBER_WORDS:
            break
        value = NUMBER_WORDS[low]
        if low in SCALES:
            part = max(part, 1.0) * value
            if value >= 1e3:
                total, part = total + part, 0.0
        elif part % 100 and not (part % 100 >= 20 and part % 10 == 0 and value < 10):
            break  # "two three": two numbers
        else:
            part += value
        place += 1
        end = place
    return f"{total + part:.12g}", "count", max(end, at + 1)


def _figure(reading: Reading, value: str, kind: str, start: int, end: int) -> Figure:
    lows = reading.lows
    before = lows[start - 1] if start else ""
    heads: list[str] = []
    unit = CURRENCIES.get(before, "")
    for place in range(end, min(end + 5, len(lows))):
        low = lows[place]
        if low in ("-", "or", "of", "the", "so") and not heads:
            continue
        if (
            not unit
            and not heads
            and (low in ("%", "percent", "pct") or (low == "per" and lows[place + 1 : place + 2] == ["cent"]))
        ):
            unit = "%"
        elif not unit and low in ("percentage", "basis"):
            unit = "point"
        elif not unit and not heads and low in CURRENCIES:
            unit = CURRENCIES[low]
        elif not (low[0].isalpha() and reading.stems[place]) or low in NUMBER_WORDS:
            if low not in _AFTER:
                break
        else:
            heads.append(reading.stems[place])
    move = next((low for low in lows[max(0, start - 2) : start] if low in _MOVES), "")
    return Figure(
        value, unit if unit and kind != "ordinal" else kind, _bound(lows, start, end), tuple(heads[:3]),
        _basis(lows, end), move, start, end,
    )  # fmt: skip


def _bound(lows: Sequence[str], start: int, end: int) -> str:
    if lows[end : end + 1] == ["or"] and end + 1 < len(lows) and lows[end + 1] in _AFTER:
        return _AFTER[lows[end + 1]]
    while start and lows[start - 1] in _SKIPPED:
        start -= 1
    if not start or lows[start - 1] not in _BOUND_ENDS:
        return ""
    for phrase, name in _BOUNDS:
        if tuple(lows[max(0, start - len(phrase)) : start]) == phrase:
            return name
    return ""


def _basis(lows: Sequence[str], end: int) -> frozenset[str]:
    text = " " + " ".join(low for low in lows[end : end + 12] if low != "-") + " "
    near = " " + " ".join(low for low in lows[end : end + 4] if low != "-") + " "
    return frozenset(
        name
        for name, phrases in _BASES
        if any(f" {phrase} " in (near if phrase[:2] in ("a ", "an") else text) for phrase in phrases)
    )


def _ranges(lows: Sequence[str], found: Sequence[Figure]) -> list[Figure]:
    """Mark both ends of "3 to 5" and "between 3 and 5"."""
    joined = set()
    for i, (a, b) in enumerate(itertools.pairwise(found)):
        link = lows[b.start - 1] if b.start - a.end == 1 else ""
        before = lows[a.start - 1] if a.start else ""
        if (link in ("to", "-", "–") and before not in ("from", "by")) or (link == "and" and before == "between"):
            joined |= {i, i + 1}
    return [
        Figure(f.value, f.kind, f.bound or "range", f.heads, f.basis, f.move, f.start, f.end) if i in joined else f
        for i, f in enumerate(found)
    ]


def check_numbers(pairing: Pairing) -> list[Objection]:
    """Object to numbers that no source has with the same unit, bound, basis and noun, or has elsewhere."""
    mine = figures(pairing.candidate.text)
    if not mine:
        return []
    theirs = [(source, figures(source.text)) for source in pairing.sources]
    found = [reason for figure in mine if (reason := _unsupported(figure, theirs, pairing))]
    if not found:
        pairs = {pair for source, those in theirs for pair in _pairs(source.lows, those)}
        found = [
            f"{a} to {b} is in no source"
            for a, b in _pairs(pairing.candidate.lows, mine)
            if (a, b) not in pairs and any((b, a) == pair or a == pair[0] or b == pair[1] for pair in pairs)
        ]
    if not found:
        anchors = [(source, _anchors(those)) for source, those in theirs]
        found = [f"{a} stands where the sources have {b}" for a, b in moved(pairing.candidate, _anchors(mine), anchors)]
    return [Objection("number", reason) for reason in found]


def _pairs(lows: Sequence[str], found: Sequence[Figure]) -> list[tuple[str, str]]:
    """Give figures joined by "to" or a dash: ranges, votes, scores."""
    return [
        (a.value, b.value)
        for a, b in itertools.pairwise(found)
        if b.start - a.end == 1 and lows[a.end] in ("to", "-", "–") and lows[max(0, a.start - 1)] != "from"
    ]


def _anchors(found: Sequence[Figure]) -> dict[str, list[tuple[int, int]]]:
    anchors: dict[str, list[tuple[int, int]]] = {}
    for figure in found:
        if figure.kind not in ("ordinal", "vague"):
            anchors.setdefault(figure.value, []).append((figure.start, figure.end))
    return anchors


def _unsupported(figure: Figure, theirs: Sequence[tuple[Reading, Sequence[Figure]]], pairing: Pairing) -> str:
    """Say what is wrong with a figure, or nothing."""
    same = [(source, other) for source, those in theirs for other in those if other.value == figure.value]
    if not same:
        return "" if _is_loose_one(figure, pairing) else f"{figure} is in no source"
    tests = (
        ("with this unit", lambda s, o: o.kind == figure.kind),
        ("with this bound", lambda s, o: o.bound == figure.bound),
        ("on this basis", lambda s, o: o.basis == figure.basis or (not figure.basis and o.kind != "%")),
        ("with this direction", lambda s, o: not (figure.move and o.move) or figure.move == o.move),
        ("counting " + " ".join(figure.heads), lambda s, o: _same_heads(figure, o, s)),
    )
    for words, test in tests:
        same = [(source, other) for source, other in same if test(source, other)]
        if not same:
            return f"{figure} is in no source {words}"
    return ""


def _is_loose_one(figure: Figure, pairing: Pairing) -> bool:
    """Tell whether "one" merely points: the sources have an article or a single of it."""
    return figure.value == "1" and figure.kind == "count" and bool(pairing.lows & {"a", "an", "single", "another"})


def _same_heads(figure: Figure, other: Figure, source: Reading) -> bool:
    """Tell whether both count the same: a noun in common, or none named."""
    if figure.kind not in ("count", "vague") or not figure.heads:
        return True
    if (
        other.heads
        and figure.heads[0] != other.heads[0]
        and not _MEASURES.isdisjoint((figure.heads[0], other.heads[0]))
    ):
        return False
    if not set(figure.heads).isdisjoint(other.heads):
        return True
    if not other.heads:
        return not set(figure.heads[:2]).isdisjoint(source.vocabulary | _GENERIC)
    return figure.heads[0] in _GENERIC
