"""Units of measure, in one base for each family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.quantities.quantity import Family


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    :param family: kind of unit.
    :param base: the unit that numbers are turned into, by its canonical name.
    :param factor: how many of the base one of it is.
    :param offset: added after the factor; Fahrenheit only.
    """

    family: Family
    base: str
    factor: float = 1.0
    offset: float = 0.0


#: Month and year by the mean length of the Gregorian calendar.
_YEAR: Final = 365.2425
_TABLE: Final[tuple[tuple[Family, str, dict[str, float]], ...]] = (
    ("duration", "day", {
        "second seconds sec secs": 1 / 86400, "minute minutes min mins": 1 / 1440, "hour hours hr hrs": 1 / 24,
        "day days": 1.0, "night nights": 1.0, "week weeks": 7.0, "fortnight fortnights": 14.0,
        "month months": _YEAR / 12, "quarter quarters": _YEAR / 4, "year years yr yrs": _YEAR,
        "decade decades": 10 * _YEAR, "century centuries": 100 * _YEAR, "weekend weekends": 2.0,
        "millisecond milliseconds": 1 / 86400e3,
    }),
    ("length", "m", {
        "mm millimeter millimeters millimetre millimetres": 1e-3, "cm centimeter centimeters centimetre centimetres":
        1e-2, "meter meters metre metres": 1.0, "km kms kilometer kilometers kilometre kilometres": 1e3,
        "inch inches": 0.0254, "foot feet ft": 0.3048, "yard yards yd yds": 0.9144, "mile miles": 1609.344,
        "light-year light-years": 9.4607e15, "nanometer nanometers": 1e-9, "micron microns": 1e-6,
    }),
    ("area", "m²", {
        "hectare hectares ha": 1e4, "sqm": 1.0, "dunam dunams dunum dunums": 1e3, "feddan feddans": 4200.0,
        "acre acres": 4046.8564, "km² km2": 1e6, "m²": 1.0, "sqft": 0.09290304,
    }),
    ("volume", "l", {
        "liter liters litre litres": 1.0, "ml milliliter milliliters millilitre millilitres": 1e-3,
        "gallon gallons": 3.785411784, "barrel barrels bbl": 158.987294928, "pint pints": 0.473176473,
        "m³": 1e3, "teu": 38510.0,
    }),
    ("mass", "kg", {
        "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes": 1.0, "gram grams gramme grammes": 1e-3,
        "mg milligram milligrams": 1e-6, "microgram micrograms": 1e-9,
        # A short ton is a tenth lighter and seldom said to be one.
        "tonne tonnes ton tons": 1e3, "kiloton kilotons": 1e6, "lb lbs": 0.45359237,
        "ounce ounces oz": 0.028349523125, "carat carats": 2e-4,
    }),
    ("speed", "km/h", {"mph": 1.609344, "kph kmh": 1.0, "knot knots": 1.852}),
    ("energy", "kWh", {
        "kwh": 1.0, "mwh": 1e3, "gwh": 1e6, "twh": 1e9, "joule joules": 1 / 3.6e6,
        "calorie calories kcal kilocalorie kilocalories": 1 / 860.0, "megajoule megajoules": 1 / 3.6,
    }),
    ("power", "W", {
        "watt watts": 1.0, "kw kilowatt kilowatts": 1e3, "mw megawatt megawatts": 1e6, "gw gigawatt gigawatts": 1e9,
        "tw terawatt terawatts": 1e12, "horsepower hp bhp": 745.7,
    }),
    ("data", "byte", {
        "byte bytes": 1.0, "kb kilobyte kilobytes": 1e3, "mb megabyte megabytes": 1e6, "gb gigabyte gigabytes": 1e9,
        "tb terabyte terabytes": 1e12, "petabyte petabytes": 1e15, "mbps": 125e3, "gbps": 125e6,
    }),
    ("percent", "%", {"%": 1.0, "percent": 1.0, "pct": 1.0, "per cent": 1.0, "percentage": 1.0}),
)  # fmt: skip
UNITS: Final = {
    form: Unit(family, base, factor)
    for family, base, forms in _TABLE
    for names, factor in forms.items()
    for form in (names.split() if names != "per cent" else (names,))
} | {"g": Unit("mass", "kg", 1e-3)}
YEAR: Final = _YEAR
#: Pounds, by what they turn out to be.
POUND_MASS: Final = Unit("mass", "kg", 0.45359237)
CELSIUS: Final = Unit("temperature", "°C")
FAHRENHEIT: Final = Unit("temperature", "°C", 5 / 9, -160 / 9)
#: Of an angle, of a scale that is not named, of latitude.
DEGREE: Final = Unit("temperature", "degree")
#: Points of a percentage; points of an index or a game are counted.
POINTS: Final = Unit("points", "percentage point")
BASIS_POINTS: Final = Unit("points", "percentage point", 0.01)
AGE: Final = Unit("duration", "year old")
METRES: Final = UNITS["metres"]
_LENGTH_FORMS: Final = {form: unit.factor for form, unit in UNITS.items() if unit.family == "length"} | {"m": 1.0}
_SQUARE: Final = {form: Unit("area", "m²", factor**2) for form, factor in _LENGTH_FORMS.items()}
_CUBIC: Final = {form: Unit("volume", "l", 1e3 * factor**3) for form, factor in _LENGTH_FORMS.items()}
#: "an hour", "per hour" after a length makes a speed.
_PER_HOUR: Final = frozenset(("hour", "h", "hr"))
_PER_SECOND: Final = frozenset(("second", "s", "sec"))
_WATTS: Final = {"kilowatt": "kwh", "megawatt": "mwh", "gigawatt": "gwh", "terawatt": "twh"}
#: Words after "m" close behind figures that make it metres, and after "k" kilometres.
LENGTHS: Final = frozenset(
    "wide tall high long deep away below above wave waves race sprint hurdles freestyle relay final backstroke "
    "breaststroke butterfly run dash tower yacht track pool boat from radius thick distance event medley tsunami air "
    "walk drop fall jump platform crater".split()
)


def read_unit(lows: Sequence[str], at: int, adjacent: bool) -> tuple[Unit, int] | None:
    """Read a unit of measure, money left out.

    :param lows: the tokens of a sentence, in lower case.
    :param at: the token after the number, or after its hyphen.
    :param adjacent: no space stands between; "g", "m" and "c" count only so.
    :return: the unit, and the token after it.
    """
    low = lows[at] if at < len(lows) else ""
    after = lows[at + 1] if at + 1 < len(lows) else ""
    if low in _LOOKED_UP:
        return _compound(lows, at, low, after, adjacent)
    unit = UNITS.get(low)
    if unit is None or (low == "g" and not adjacent) or (low in _NEVER_APART and not adjacent):
        if low == "m" and (after == ")" or after in LENGTHS or not _SIZES.isdisjoint(lows[max(0, at - 6) : at])):
            return METRES, at + 1  # "18,700 feet (5,700 m)", "a diameter of 410 m"
        close = {"m": METRES, "h": UNITS["hour"]}.get(low) if adjacent else None
        return (close, at + 1) if close else None
    if unit.family == "length":
        return _per_time(lows, at, unit)
    if low in ("percentage",):
        return (POINTS, _after_points(lows, at + 1)) if _after_points(lows, at + 1) else None
    if low in _WATTS or low.removesuffix("s") in _WATTS:
        dash = at + 2 if after == "-" else at + 1
        if lows[dash : dash + 1] in (["hours"], ["hour"]):
            return UNITS[_WATTS[low.removesuffix("s")]], dash + 1
    if low in _AGES and after in ("old", "-", "of"):
        old = at + 2 if after == "-" else at + 1
        if lows[old : old + 1] in (["old"], ["olds"], ["old's"]):
            return Unit("duration", "year old", unit.factor / YEAR), old + 1
        if lows[old : old + 2] == ["of", "age"]:
            return Unit("duration", "year old", unit.factor / YEAR), old + 2
    return unit, at + 1


#: Words before a figure that make the "m" apart from it metres.
_SIZES: Final = frozenset(
    "diameter height length depth width radius altitude elevation deep measures measuring".split()
)
_AGES: Final = frozenset("year years yr yrs month months week weeks".split())
_NEVER_APART: Final = frozenset(("kb", "mb", "tb"))
_AMERICAN: Final = frozenset("gallon gallons ton tons pint pints".split())
_LOOKED_UP: Final = frozenset(
    ("per", "basis", "bps", "square", "sq", "cubic", "nautical", "degree", "degrees", "°", "°c", "°f", "c", "f",
     "celsius", "fahrenheit", "light", "point", "points", "metric", "pp", "us", "u.s.")
)  # fmt: skip


def _after_points(lows: Sequence[str], at: int) -> int:
    """Give the token after "points", a hyphen before it allowed; 0 where there are none."""
    at += lows[at : at + 1] == ["-"]
    return at + 1 if lows[at : at + 1] in (["point"], ["points"], ["pts"]) else 0


def _compound(lows: Sequence[str], at: int, low: str, after: str, adjacent: bool) -> tuple[Unit, int] | None:
    """Read a unit of more words than one."""
    if low == "per":
        return (UNITS["per cent"], at + 2) if after in ("cent", "cents") else None
    if low == "pp":
        return POINTS, at + 1
    if low in ("basis", "bps"):
        end = at + 1 if low == "bps" else _after_points(lows, at + 1)
        return (BASIS_POINTS, end) if end else None
    if low in ("square", "sq", "cubic"):
        dot = at + 2 if after in (".", "-") else at + 1
        unit = (_CUBIC if low == "cubic" else _SQUARE).get(lows[dot] if dot < len(lows) else "")
        return (unit, dot + 1) if unit else None
    if low == "nautical":
        return (Unit("length", "m", 1852.0), at + 2) if after in ("mile", "miles") else None
    if low == "light":
        dash = at + 2 if after == "-" else at + 1
        return (UNITS["light-years"], dash + 1) if lows[dash : dash + 1] in (["years"], ["year"]) else None
    if low == "metric":
        return (UNITS["tonne"], at + 2) if after in ("ton", "tons", "tonne", "tonnes") else None
    if low in ("us", "u.s."):
        return (UNITS[after], at + 2) if after in _AMERICAN else None
    return _temperature(at, low, after, adjacent)


def _temperature(at: int, low: str, after: str, adjacent: bool) -> tuple[Unit, int] | None:
    if low in ("c", "celsius"):
        return (CELSIUS, at + 1) if low == "celsius" or adjacent else None
    if low in ("f", "fahrenheit"):
        return (FAHRENHEIT, at + 1) if low == "fahrenheit" or adjacent else None
    if low in ("degree", "degrees", "°"):
        if after in ("celsius", "c", "centigrade"):
            return CELSIUS, at + 2
        return (FAHRENHEIT, at + 2) if after in ("fahrenheit", "f") else (DEGREE, at + 1)
    return None


def _per_time(lows: Sequence[str], at: int, unit: Unit) -> tuple[Unit, int]:
    """Read a length, or the speed that "an hour" or "per second" makes of it."""
    link, time = [*lows[at + 1 : at + 3], "", ""][:2]
    if link in ("-", "/", "per", "an", "a"):
        end = at + 3
        if link == "-" and time in ("per", "an"):
            time, end = [*lows[at + 4 : at + 5], ""][0] if lows[at + 3 : at + 4] == ["-"] else "", at + 5
        if time in _PER_HOUR:
            return Unit("speed", "km/h", unit.factor * 1e-3), end
        if time in _PER_SECOND and link != "-":
            return Unit("speed", "km/h", unit.factor * 3.6), end
    return unit, at + 1
