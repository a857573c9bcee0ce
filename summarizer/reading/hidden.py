"""Takes out of a page what its readers do not see, before any text is taken from it.

Text that only a program reads is how instructions and false claims are slipped into a briefing. Hidden is what one of
these says of an element, by attribute, in its ``style`` or by a rule of the page's own ``<style>``:

- ``hidden``, ``aria-hidden="true"``, ``<template>``, ``<noscript>``, a ``<dialog>`` that is not open, comments
- ``display: none``, ``visibility: hidden`` or ``collapse``, ``content-visibility: hidden``, ``opacity`` up to 0.05
- a font size up to 1 px, ``zoom: 0``, ``transform: scale(0)``, ``scale: 0``, a rotation out of the plane by 90 degrees
- no width or height, or one of up to 1 px, where what overflows is hidden; ``clip``, ``clip-path`` of nothing
- ``text-indent``, an offset, margin or translation of at least 500 px or 50 em off the page
- text that is transparent, or of the colour of what lies behind it (white, where nothing is declared)
- characters without width or shape: zero-width spaces, direction marks, tag characters, runs of variation selectors

A closed ``<details>`` stays: readers can open it. ``<html>`` and ``<body>`` are never hidden: pages hide them until a
script has run. What a script or a style sheet outside the page hides is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from summarizer.reading.colours import Colour, close, read_colour
from summarizer.reading.styles import Styles
from summarizer.reading.visibility import FAR_PIXELS, font_size, hides, pixels

#: Elements whose content is never shown as text of the page.
_UNSHOWN: Final = frozenset(
    "script style template noscript head title object embed iframe applet audio video canvas svg math map datalist "
    "select option textarea button input meter progress noframes noembed frameset param source track link meta "
    "base".split()
)
_SMALLEST_FONT: Final = 1.0


@dataclass(frozen=True, slots=True)
class _State:
    """What an element hands down.

    :param behind: colour behind the text; None where a picture or an unknown colour lies there.
    :param see_through: whether the text colour is transparent.
    """

    invisible: bool = False
    tiny: bool = False
    indented: bool = False
    colour: Colour | None = (0, 0, 0)
    behind: Colour | None = (255, 255, 255)
    see_through: bool = False

    @property
    def hides(self) -> bool:
        if self.invisible or self.tiny or self.indented or self.see_through:
            return True
        return self.colour is not None and self.behind is not None and close(self.colour, self.behind)


def strip_hidden(tree: Any) -> None:  # noqa: ANN401
    """Take hidden text out of a page, in place.

    :param tree: the root element of an lxml tree.

    O(n) in the elements, times the rules that share a class, id or tag with each and ask for something above it.
    """
    styles = Styles(element.text or "" for element in tree.iter("style"))
    pending: list[tuple[Any, _State, bool]] = [(tree, _State(), False)]
    while pending:
        element, above, blank = pending.pop()
        if not isinstance(element.tag, str) or element.tag.lower() in _UNSHOWN:
            _remove(element)
            continue
        root = element is tree or element.tag in ("html", "body")
        declared = styles.declared(element, element.get("style"))
        if not root and (_is_hidden(element) or hides(declared)):
            _remove(element)
            continue
        state = _hand_down(element, declared, above, root=root)
        if state is not above:
            blank = state.hides
        if blank:
            element.text = None
        for child in element:
            if blank:
                child.tail = None
            pending.append((child, state, blank))


def _remove(element: Any) -> None:  # noqa: ANN401
    """Take an element out and leave the text behind it; a root is emptied."""
    parent = element.getparent()
    if parent is None:
        for child in list(element):
            element.remove(child)
        element.text = None
        return
    before, tail = element.getprevious(), element.tail
    parent.remove(element)
    if not tail:
        return
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail


def _is_hidden(element: Any) -> bool:  # noqa: ANN401
    """Tell whether an element is hidden by what it is or by an attribute."""
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").strip().lower() == "true":
        return True
    return bool(element.tag == "dialog" and element.get("open") is None)


def _hand_down(element: Any, declared: Mapping[str, str], above: _State, *, root: bool) -> _State:  # noqa: ANN401
    """Give the state of an element and of what is below it."""
    font = element.get("color") if element.tag == "font" else None
    backing = element.get("bgcolor") or element.get("background")
    if not declared and not font and not backing:
        return above
    state = above
    if not root and (visibility := declared.get("visibility")):
        state = replace(state, invisible=visibility in ("hidden", "collapse"))
    if (size := font_size(declared)) is not None:
        state = replace(state, tiny=size <= _SMALLEST_FONT)
    if (indent := pixels(declared.get("text-indent"))) is not None:
        state = replace(state, indented=abs(indent) >= FAR_PIXELS)
    return _paint(state, declared, backing, font)


def _paint(state: _State, declared: Mapping[str, str], backing: str | None, font: str | None) -> _State:
    """Give the colours of text and of what lies behind it."""
    for value in (backing, *(declared[name] for name in declared if name.startswith("background"))):
        if not value or value in ("none", "inherit", "initial", "unset", "text"):
            continue
        known, colour, alpha = read_colour(value)
        if re.search(r"url\(|gradient|/", value) or not known:
            state = replace(state, behind=None)
        elif alpha > 0:
            state = replace(state, behind=colour if alpha >= 1 else None)
    painted = "text" in (declared.get("background-clip"), declared.get("-webkit-background-clip"))
    for value in (font, declared.get("color"), declared.get("-webkit-text-fill-color")):
        if not value or value in ("inherit", "currentcolor"):
            continue
        known, colour, alpha = read_colour(value.strip().lower())
        state = replace(state, colour=colour if known else None, see_through=known and alpha <= 0.05 and not painted)
    return state
