"""Two numbers that are one quantity: ranges, shares such as "one in five", ratios and scores."""

from __future__ import annotations

import dataclasses
from typing import Final

from summarizer.quantities.draft import Draft, spell
from summarizer.quantities.lexicon import SCORES
from summarizer.quantities.line import HYPHENS, Line
from summarizer.quantities.quantity import Span

#: Before a range these make it a move from one level to another.
_MOVES: Final = frozenset(
    "rose rise rises risen rising fell fall falls fallen falling dropped drop drops dropping climbed climbs climbing "
    "up "
    "down increased increase increases increasing decreased decrease decreases grew grow grown growing shrank declined "
    "decline declining raised raise raises raising cut cuts cutting reduced reduce reducing lowered lower lowering "
    "jumped jumping surged surging slid slipped soared slowed slowing went going gone moved moving swelled dipped "
    "tumbled plunged plummeted hiked doubled tripled quadrupled expanded changed upgraded downgraded revised narrowed "
    "widened eased accelerated extended shifted improved boosted boosting trimmed "
    "boost shrunk slashed slashing lifting lifted edged".split()
)
_MOVE_REACH: Final = 8
#: About these the greater end is at most so many times the smaller one.
_WIDEST: Final = 100.0
_WIDEST_AFTER_MOVE: Final = 5.0
_SCORE_REACH: Final = 6
#: "31 votes to 18" is a score by its noun; of points, seats and runs the second number may be a level that was reached.
_TALLIED: Final = frozenset(("vote", "ballot", "goal", "set", "game", "frame"))
#: Between the two sides of a vote.
_SIDES: Final = (["to"], ["against"], ["for"], ["for", "and"], ["in", "favour", "and"], ["in", "favor", "and"])
_FAVOURING: Final = (["for"], ["in", "favour"], ["in", "favor"])
_MOST_POINTS: Final = 999
#: In "one in five" the greater number is small or round.
_ROUND: Final = frozenset((20.0, 25.0, 50.0, 100.0, 1e3, 1e4, 1e5, 1e6))
#: "One in five" is said of 18 to 22 %, and meant of 19.5 to 20.5.
_SHARE_SLACK: Final = 0.1
_SHARE_STEP: Final = 0.025
_BEFORE_SHARES: Final = frozenset("killed killing wounded injured and".split())


def join_pairs(line: Line, drafts: list[Draft]) -> list[Draft]:
    """Join ranges, shares, ratios and scores; what dashes join otherwise is no quantity."""
    found: list[Draft] = []
    broken = -1  # the token up to which digits are a chain of dashes
    for draft in drafts:
        last = found[-1] if found else None
        near = last is not None and 0 < draft.first - last.number_last <= 6
        if last is not None and near and last.low is None and (pair := _join(line, last, draft)):
            found[-1] = pair
            continue
        if _is_chained(line, draft):
            if last is not None and last.number_last == draft.number.first - 1:
                found.pop()
            broken = draft.number_last
            continue
        if broken == draft.number.first - 1 and line.low(broken) in HYPHENS:
            broken = draft.number_last
            continue
        found.append(draft)
    return found


def _is_chained(line: Line, draft: Draft) -> bool:
    """Tell whether a dash joins the digits to others with which they make no range and no score."""
    first = draft.number.first
    return (
        line.low(first - 1) in HYPHENS and line.joined(first) and line.joined(first - 1) and line.is_figure(first - 2)
    )


def _join(line: Line, a: Draft, b: Draft) -> Draft | None:
    link = line.lows[a.number_last : b.number.first]
    if link == [":"]:
        return _ratio(line, a, b) if line.joined(a.number_last) and line.joined(b.number.first) else None
    if "rank" in (a.family, b.family) or a.number.value is None or b.number.value is None:
        return None
    if link in (["in"], ["in", "every"], ["out", "of"], ["out", "of", "every"], ["of", "every"]):
        return _share(line, a, b, link)
    if len(link) == 1 and link[0] in HYPHENS and line.joined(b.number.first):
        return _score(line, a, b) or _range(line, a, b, "-")
    between = line.lows[a.last : b.first] if a.last <= b.first else link
    words = [word for word in between if word not in HYPHENS]
    if tally := _tally(line, a, b, words):
        return tally
    if words == ["to"]:
        return _votes(line, a, b) or _range(line, a, b, "to")
    if words == ["and"] and line.low(a.first - 1) in ("between", "anywhere"):
        return _range(line, a, b, "and")
    if words == ["or"] and b.number.value <= 2 * a.number.value and a.span.name == "":
        return _range(line, a, b, "or")
    if not words and len(between) == 1:
        return _range(line, a, b, "-")
    return None


def _range(line: Line, a: Draft, b: Draft, link: str) -> Draft | None:
    """Join "3 to 5 percent", "$3-5 million", "between 3 and 5"; not "rose from 3 to 5 percent"."""
    whole = inherit(a, b)
    if whole is None:
        return None
    low, high = whole.number.value or 0.0, b.number.value or 0.0
    before = a.first - 1
    moved = not _MOVES.isdisjoint(line.lows[max(0, before - _MOVE_REACH) : before + 1])
    is_from = line.low(before) == "from"
    widest = _WIDEST_AFTER_MOVE if moved else _WIDEST
    if not low < high or (low > 0 and high > low * widest) or (is_from and moved and link == "to"):
        return None
    if link == "to" and moved and a.unit is not None and line.low(before) not in ("by", "of", "$"):
        return None
    if link == "to" and is_from and whole.family == "count" and not b.span.name:
        return None
    if (
        link == "-"
        and whole.family == "count"
        and not b.span.name
        and line.low(before) not in ("of", "about", "between")
    ):
        return None
    first = before if line.low(before) in ("between", "from") else a.first
    number = dataclasses.replace(
        whole.number, last=b.number.last, slack=max(whole.number.slack, b.number.slack),
        step=max(whole.number.step, b.number.step),
    )  # fmt: skip
    span, unit, family = (b.span, b.unit, b.family) if b.unit or b.span.name else (a.span, a.unit, a.family)
    return Draft(
        number, first, max(b.last, a.last), family, span, unit, b.number_last, "range", False, low, high,
        f"{spell(low)}-{spell(high)}",
    )  # fmt: skip


def inherit(a: Draft, b: Draft) -> Draft | None:
    """Give the first end of a range or a move the scale and the unit of the second; None if they have different ones.

    "$3 to $5 million" is of millions, "$500 to $1 million" is not.
    """
    number, other = a.number, b.number
    if number.value is None or other.value is None:
        return None
    if a.unit and b.unit and (a.unit.base != b.unit.base or a.unit.factor != b.unit.factor):
        return None
    if (a.unit is not None and b.unit is None and b.span.name and b.family == "count") or (
        a.span.name and a.unit is None and a.span.name != b.span.name
    ):
        return None
    bare = other.value / other.scale
    if number.scale == 1.0 and other.scale > 1.0 and number.value < 1000 and number.value <= 20 * max(bare, 1.0):
        scale = other.scale
        number = dataclasses.replace(
            number, value=number.value * scale, step=number.step * scale, slack=number.slack * scale, scale=scale,
            low=number.low * scale, high=number.high * scale, rounded=other.rounded or number.rounded,
        )  # fmt: skip
    if a.unit or a.span.name:
        return dataclasses.replace(a, number=number)
    return dataclasses.replace(a, number=number, family=b.family, unit=b.unit, span=b.span)


def _share(line: Line, a: Draft, b: Draft, link: list[str]) -> Draft | None:
    """Read "one in five Americans", "two out of three"."""
    part, whole = a.number.value or 0.0, b.number.value or 0.0
    if not 0 < part < whole or a.unit or b.unit or (a.span.name and a.last <= b.first):
        return None
    if link == ["in"]:
        if part > 9 or (whole > 10 and whole not in _ROUND) or line.low(a.first - 1) in _BEFORE_SHARES:
            return None
        if a.number.form != b.number.form and whole < 20:
            return None
    return _paired(a, b, "ratio", Span("share", b.span.start, b.span.end), part / whole, f"{part:g} in {whole:.12g}")


def _paired(a: Draft, b: Draft, family: str, span: Span, value: float, name: str) -> Draft:
    number = dataclasses.replace(
        a.number,
        last=b.number.last,
        value=value,
        low=value,
        high=value,
        step=_SHARE_STEP * value,
        slack=_SHARE_SLACK * value,
        rounded=True,
    )
    last = b.number_last if family != "ratio" or not b.span.name else b.last
    draft = Draft(number, a.first, last, "ratio", span, None, b.number_last, name=name)
    return draft


def _ratio(line: Line, a: Draft, b: Draft) -> Draft | None:
    """Read "1:3"; clock times were left out before."""
    above, below = a.number.value, b.number.value
    if not above or not below:
        return None
    end = line.tokens[b.number_last - 1].end
    return _paired(a, b, "ratio", Span("ratio", end, end), above / below, f"{above:g}:{below:g}")


def _score(line: Line, a: Draft, b: Draft) -> Draft | None:
    """Read "3-1" and "a 52-48 vote"."""
    first, second = a.number.value or 0.0, b.number.value or 0.0
    plain = a.number.form == b.number.form == "digits" and not a.unit and not b.unit
    whole = first.is_integer() and second.is_integer() and max(first, second) <= _MOST_POINTS
    if not plain or not whole or (line.low(b.number_last) in HYPHENS and line.is_figure(b.number_last + 1)):
        return None
    if line.low(a.number.first - 1) in HYPHENS and line.is_figure(a.number.first - 2):
        return None
    around = line.lows[max(0, a.first - _SCORE_REACH) : a.first] + line.lows[b.number_last : b.number_last + 3]
    told = not SCORES.isdisjoint(around) or line.is_capital(a.first - 1)
    if (b.span.name and second > first) or not (told or (first >= second and not b.span.name)):
        return None
    return _scored(line, a, b)


def _votes(line: Line, a: Draft, b: Draft) -> Draft | None:
    """Read "voted 220 to 210", "won 3 to 1"."""
    first, second = a.number.value or 0.0, b.number.value or 0.0
    around = line.lows[max(0, a.first - 3) : a.first] + line.lows[b.number_last : b.number_last + 1]
    link = line.lows[a.number_last : b.number.first]
    close = [word for word in link if word not in HYPHENS] == ["to"]
    if not close or a.unit or b.unit or b.span.name not in ("", "vote") or SCORES.isdisjoint(around):
        return None
    return _scored(line, a, b) if max(first, second) <= _MOST_POINTS and "from" not in around else None


def _tally(line: Line, a: Draft, b: Draft, words: list[str]) -> Draft | None:
    """Read "31 votes to 18", "31 votes for and 18 against"; not "fell 31 votes to 18" and "31 votes to 18 parties"."""
    first, second = a.number.value or 0.0, b.number.value or 0.0
    words = [word for word in words if word != ","]
    noun = a.span.name in _TALLIED and a.last <= b.first
    against = line.low(b.last) == "against"
    if words in (["to"], ["against"]):
        fits = noun and b.span.name in ("", a.span.name)
    else:
        fits = against and (noun or not a.span.name) and (words in _FAVOURING or words[:-1] in _FAVOURING)
    if not fits or a.unit or b.unit or max(first, second) > _MOST_POINTS or not (first + second).is_integer():
        return None
    before = line.lows[max(0, a.first - 3) : a.first]
    if "from" in before or (words == ["to"] and not _MOVES.isdisjoint(before)):
        return None
    return _scored(line, a, b)


def _scored(line: Line, a: Draft, b: Draft) -> Draft:
    first, second = a.number.value or 0.0, b.number.value or 0.0
    end = line.tokens[b.number_last - 1].end
    number = dataclasses.replace(a.number, last=b.number.last)
    return Draft(
        number, a.first, b.number_last, "score", Span("score", end, end), None, b.number_last, "exact", False,
        min(first, second), max(first, second), f"{first:.12g}-{second:.12g}",
    )  # fmt: skip
