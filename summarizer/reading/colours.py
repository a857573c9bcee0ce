"""Colours as style rules write them, as far as it must be known whether a text shows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from summarizer.reading.visibility import pixels, share

#: Steps of 255 by which each channel must differ for text to show.
_SAME_COLOUR: Final = 12

_COLOURS: Final = {
    "white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255), "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240), "red": (255, 0, 0),
    "green": (0, 128, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0), "gray": (128, 128, 128),
    "grey": (128, 128, 128), "silver": (192, 192, 192), "navy": (0, 0, 128), "lime": (0, 255, 0),
    "aqua": (0, 255, 255), "cyan": (0, 255, 255), "orange": (255, 165, 0), "maroon": (128, 0, 0),
    "purple": (128, 0, 128), "teal": (0, 128, 128), "fuchsia": (255, 0, 255), "magenta": (255, 0, 255),
    "olive": (128, 128, 0), "mintcream": (245, 255, 250), "azure": (240, 255, 255), "aliceblue": (240, 248, 255),
}  # fmt: skip
_HEX: Final = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB: Final = re.compile(r"rgba?\(([^()]{1,60})\)")
_HSL: Final = re.compile(r"hsla?\([^()%]{1,30}%[ ,]+(\d{1,3})%")

Colour = tuple[int, int, int]


@lru_cache(4096)
def read_colour(value: str) -> tuple[bool, Colour, float]:
    """Give whether a colour is known, its channels, and how opaque it is."""
    value = value.strip().lower()
    if value == "transparent":
        return True, (0, 0, 0), 0.0
    if value in _COLOURS:
        return True, _COLOURS[value], 1.0
    if found := _HEX.fullmatch(value):
        digits = found[1] if len(found[1]) > 4 else "".join(2 * digit for digit in found[1])
        channels = [int(digits[place : place + 2], 16) for place in range(0, len(digits), 2)]
        return True, (channels[0], channels[1], channels[2]), channels[3] / 255 if len(channels) > 3 else 1.0
    if found := _RGB.fullmatch(value):
        parts = found[1].replace(",", " ").replace("/", " ").split()
        numbers = [pixels(part) for part in parts]
        if len(parts) in (3, 4) and all(number is not None for number in numbers):
            scaled = [_channel(part) for part in parts[:3]]
            return True, (scaled[0], scaled[1], scaled[2]), share(parts[3]) if len(parts) == 4 else 1.0
    if found := _HSL.match(value):
        light = int(found[1])
        if light in (0, 100):
            return True, (255, 255, 255) if light else (0, 0, 0), 1.0
    return False, (0, 0, 0), 1.0


def _channel(part: str) -> int:
    return round(share(part) * 255) if part.endswith("%") else min(255, round(share(part)))


def close(first: Colour, second: Colour) -> bool:
    """Tell whether two colours are so alike that text in one does not show on the other."""
    return all(abs(a - b) <= _SAME_COLOUR for a, b in zip(first, second, strict=True))
