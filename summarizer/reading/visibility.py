"""Whether what is declared of an element hides it with all that is below it; lengths and shares as rules write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

_LENGTH: Final = re.compile(r"(-?(?:\d+(?:\.\d*)?|\.\d+))\s*([a-z%]*)")
_NUMBER: Final = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")
_FUNCTION: Final = re.compile(r"(?<![a-z0-9-])([a-z0-9-]+)\(([^()]{0,200})\)")
#: Pixels of one unit. A share of something unknown counts so that half of it, by which boxes are centred, is not far.
_UNITS: Final = {
    **{"": 1.0, "px": 1.0, "pt": 1.33, "pc": 16.0, "in": 96.0, "cm": 38.0, "mm": 3.8},
    **{"em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0},
    **{"%": 9.0, "vw": 9.0, "vh": 9.0, "vmin": 9.0, "vmax": 9.0},
}
#: From here on text is off the page; a hanging indent or a pulled-out quotation moves by a tenth of it.
FAR_PIXELS: Final = 500.0
_SMALLEST_BOX: Final = 1.0
_LEAST_OPACITY: Final = 0.05


def hides(declared: Mapping[str, str]) -> bool:
    """Tell whether what is declared hides an element with all that is below it."""
    return bool(declared) and _judge(tuple(declared.items()))


@lru_cache(4096)
def _judge(items: tuple[tuple[str, str], ...]) -> bool:
    declared = dict(items)
    if declared.get("display") == "none" or declared.get("content-visibility") == "hidden":
        return True
    if share(declared.get("opacity")) <= _LEAST_OPACITY or share(declared.get("zoom")) <= _LEAST_OPACITY:
        return True
    if any(name == "opacity" and share(value) <= _LEAST_OPACITY for name, value in _functions(declared, "filter")):
        return True
    return _has_no_box(declared) or _is_clipped(declared) or _is_far(declared) or _is_flattened(declared)


def _has_no_box(declared: Mapping[str, str]) -> bool:
    overflow = " ".join(declared.get(name, "") for name in ("overflow", "overflow-x", "overflow-y"))
    if not re.search(r"hidden|clip", overflow):
        return False
    sizes = [pixels(declared.get(name)) for name in ("height", "width", "max-height", "max-width")]
    return any(size is not None and 0 <= size <= _SMALLEST_BOX for size in sizes)


def _is_clipped(declared: Mapping[str, str]) -> bool:
    for name, value in _functions(declared, "clip"):
        edges = _known(value.replace(",", " ").split())
        if name == "rect" and len(edges) == 4 and (edges[2] - edges[0] <= 1 or edges[1] - edges[3] <= 1):
            return True
    for name, value in _functions(declared, "clip-path"):
        numbers = [float(number) for number in _NUMBER.findall(value)]
        if name == "inset" and numbers and "%" in value:
            opposite = numbers[2] if len(numbers) > 2 else numbers[0]
            sides = [*numbers[1:2], *(numbers[3:4] or numbers[1:2])] if len(numbers) > 1 else [numbers[0]] * 2
            if numbers[0] + opposite >= 100 or sum(sides) >= 100:
                return True
        if name in ("circle", "ellipse") and numbers and numbers[0] == 0:
            return True
        if name == "polygon" and numbers and not any(numbers):
            return True
    return False


def _is_far(declared: Mapping[str, str]) -> bool:
    """Tell whether something is moved off the page."""
    back = [declared.get("margin-left"), declared.get("margin-top")]
    forth = [declared.get("margin-left")]
    if declared.get("position") in ("absolute", "fixed", "relative", "sticky"):
        back += [declared.get(name) for name in ("left", "right", "top", "bottom")]
        # Not the top: pages made from print place every line of a long column by it.
        forth += [declared.get(name) for name in ("left", "right", "bottom")]
    for name, value in _functions(declared, "transform"):
        steps = value.split(",")[:2] if name.startswith("translate") else []
        back += steps
        forth += steps
    return any(moved <= -FAR_PIXELS for moved in _known(back)) or any(
        moved >= 10 * FAR_PIXELS for moved in _known(forth)
    )


def _known(lengths: Iterable[str | None]) -> list[float]:
    return [size for length in lengths if (size := pixels(length)) is not None]


def _is_flattened(declared: Mapping[str, str]) -> bool:
    """Tell whether something is scaled to nothing or turned so that its edge shows."""
    scales = declared.get("scale", "").split()
    if any(share(scale) <= _LEAST_OPACITY for scale in scales):
        return True
    for name, value in _functions(declared, "transform"):
        if name.startswith("scale") and any(share(part) <= _LEAST_OPACITY for part in value.split(",")[:2]):
            return True
        if name in ("rotatex", "rotatey") and value.strip() in ("90deg", "-90deg", "270deg", "0.25turn"):
            return True
    return False


def font_size(declared: Mapping[str, str]) -> float | None:
    """Give the font size in pixels, or None where none is declared in a unit that is known."""
    if (size := pixels(declared.get("font-size"))) is not None:
        return size
    lengths = [found for found in _LENGTH.finditer(declared.get("font", "").split("/")[0]) if found[2] in _UNITS]
    sizes = [float(found[1]) * _UNITS[found[2]] for found in lengths if found[2] or float(found[1]) == 0]
    return sizes[0] if sizes else None


def pixels(value: str | None) -> float | None:
    """Give a length in pixels, or None for one that is not known."""
    found = _LENGTH.fullmatch(value.strip()) if value else None
    return float(found[1]) * _UNITS[found[2]] if found and found[2] in _UNITS else None


def share(value: str | None) -> float:
    """Give a number or a percentage as a share; 1 for none."""
    text = (value or "").strip()
    if found := _LENGTH.fullmatch(text):
        return abs(float(found[1])) / (100 if found[2] == "%" else 1)
    return 1.0


def _functions(declared: Mapping[str, str], name: str) -> list[tuple[str, str]]:
    return _FUNCTION.findall(declared.get(name, ""))
