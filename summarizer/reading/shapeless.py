"""Takes characters out of a text that have no width and no shape, by which words are hidden or parted."""

from __future__ import annotations

import re
from typing import Final

#: Zero-width and direction characters, tag characters, supplementary variation selectors.
_SHAPELESS: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]+"
)
#: Joiners shape letters of Arabic, Indic and Mongolian scripts and emoji; beside Latin letters they only hide.
_JOINER: Final = re.compile("(?<=[\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\u024f])|[\u200c\u200d]{2,}")
_SELECTORS: Final = re.compile("(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]+|(?<=[\x00-\u024f])[\ufe00-\ufe0e]+")


def strip_shapeless(text: str) -> str:
    """Take out characters that have no width and no shape, and leave those that shape a script or an emoji.

    O(n).
    """
    if text.isascii():
        return text
    return _SELECTORS.sub("", _JOINER.sub("", _SHAPELESS.sub("", text)))
