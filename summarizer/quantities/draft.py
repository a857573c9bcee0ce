"""A quantity while it is read: number and unit, in tokens; offsets and intervals come last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarizer.quantities.line import Line
from summarizer.quantities.quantity import Bound, Family, Quantity, Span
from summarizer.quantities.scales import Number
from summarizer.quantities.units import Unit

#: What is measured, not counted: its last place is rounded even without decimals.
_CONTINUOUS: Final = frozenset(
    (
        "money",
        "percent",
        "points",
        "length",
        "area",
        "volume",
        "mass",
        "speed",
        "temperature",
        "energy",
        "power",
        "data",
    )
)
#: "About" and "nearly" reach a tenth, as far as :mod:`summarizer.amounts` lets them; "just over" and "just under" too.
_HEDGE: Final = 0.1
_INFINITE: Final = float("inf")


@dataclass(slots=True)
class Draft:
    """A quantity while it is read.

    :param number: the number, or the first of a pair.
    :param first: its first token, bound and currency included; ``last`` the one after it, unit included.
    :param family: kind of unit.
    :param span: the unit, named; its name is overruled by that of ``unit``.
    :param unit: the unit of measure; None for what is counted.
    :param bound: how sharply it is meant.
    :param near: the bound reaches a tenth only: "just over".
    :param low: least value of a pair; None for a single number.
    :param high: greatest value of a pair.
    :param number_last: the token after the number or pair.
    :param name: the number in one spelling, where it is not its value.
    """

    number: Number
    first: int
    last: int
    family: Family
    span: Span
    unit: Unit | None
    number_last: int
    bound: Bound = "exact"
    near: bool = False
    low: float | None = None
    high: float | None = None
    name: str = ""

    def value(self) -> float | None:
        """Give the number as written; None for a pair and for what is vague."""
        return None if self.low is not None else self.number.value

    def interval(self) -> tuple[float, float]:
        """Give the least and the greatest value meant, in the unit as written."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        number = self.number
        if number.value is None:
            return number.low, number.high
        loose = number.rounded or self.family in _CONTINUOUS or (self.family == "duration" and not self.is_age())
        step = number.step if loose else 0.0
        return _widen(number.value, step, self.bound, self.near)

    def is_age(self) -> bool:
        """Tell whether it is how old somebody is."""
        return self.unit is not None and self.unit.base == "year old"

    def finish(self, line: Line, text: str) -> Quantity | None:
        """Give the quantity; None where a number is beyond what a float holds."""
        unit = self.unit
        factor, offset = (unit.factor, unit.offset) if unit else (1.0, 0.0)
        low, high = (end * factor + offset for end in self.interval())
        value = self.value()
        slack = self.number.slack * factor
        if not (low <= high) or low == _INFINITE or high == -_INFINITE or not slack < _INFINITE:
            return None
        span = Span(unit.base, self.span.start, self.span.end) if unit else self.span
        start = line.tokens[self.first].start
        number_first, number_last = self.number.first, self.number_last
        name = self.name or (
            " ".join(line.lows[number_first:number_last]) if self.number.value is None else spell(self.number.value)
        )
        number = Span(name, line.tokens[number_first].start, line.tokens[number_last - 1].end)
        return Quantity(
            start, line.tokens[self.last - 1].end, low, high, None if value is None else value * factor + offset, slack,
            self.bound, self.family, span, number,
        )  # fmt: skip


def spell(value: float) -> str:
    """Give a number in one spelling, without an exponent while it is one that news would print."""
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e18 else f"{value:.12g}"


def _widen(value: float, step: float, bound: Bound, near: bool) -> tuple[float, float]:
    """Give the interval that a number with a bound means."""
    reach = abs(value) * _HEDGE
    if bound == "about":
        return value - max(reach, step), value + max(reach, step)
    if bound == "nearly":
        return value - max(reach, step), value
    if bound in ("at least", "more than"):
        return value, value + reach if near else _INFINITE
    if bound in ("at most", "less than"):
        return value - reach if near else -_INFINITE, value
    return value - step, value + step
