"""What figures beside one another, and signs before them, say of each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from summarizer.quantities.changes import CHANGE_FAMILIES
from summarizer.quantities.frames import Frame
from summarizer.quantities.quantity import Quantity
from summarizer.quantities.scene import Scene

_SIGNS: Final = frozenset("-−–")


def moves(scene: Scene, index: int, frames: list[Frame]) -> bool:
    """Tell "from $600 to $2,000" by these words alone, whatever verb comes before."""
    before, after = scene.quantities[index - 1], scene.quantities[index]
    between = scene.words[scene.places[index - 1][1] : scene.places[index][0]]
    return (
        frames[index - 1].role == frames[index].role == "level"
        and before.family == after.family
        and before.unit.name == after.unit.name
        and scene.word(scene.places[index - 1][0] - 1) == "from"
        and between[-1:] == ["to"]
        and len(between) <= 6
        and "," not in between
    )


def shares_fate(scene: Scene, index: int, frames: list[Frame]) -> bool:
    """Tell "thirteen passengers and two pilots were killed", whose fate is that of both."""
    before, after = scene.quantities[index - 1], scene.quantities[index]
    measure = frames[index].phrase.measure
    between = scene.words[scene.places[index - 1][1] : scene.places[index][0]]
    return (
        before.family == after.family == "count"
        and frames[index - 1].phrase.measure is None
        and measure is not None
        and measure.start >= after.end
        and between in (["and"], [","], [",", "and"], ["or"])
    )


def signed(scene: Scene, index: int, frame: Frame) -> Frame:
    """Read a minus sign before a percentage as a fall: "-3 %"."""
    quantity: Quantity = scene.quantities[index]
    number = quantity.number
    first = scene.places[index][0]
    if frame.direction is not None or quantity.family not in CHANGE_FAMILIES or first >= len(scene.tokens):
        return frame
    for at in (first - 1, first):
        if 0 <= at < len(scene.tokens):
            token = scene.tokens[at]
            if (
                token.text in _SIGNS
                and token.end == number.start
                and (at == 0 or scene.tokens[at - 1].end < token.start)
            ):
                return replace(
                    frame,
                    direction=scene.span("down", at, at + 1),
                    role="change" if frame.role == "level" else frame.role,
                )
    return frame
