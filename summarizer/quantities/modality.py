"""Whether a figure is meant as a fact: estimates, forecasts, targets, possibilities, and what is denied."""

from __future__ import annotations

from typing import Final

from summarizer.quantities.frames import Frame
from summarizer.quantities.quantity import Span
from summarizer.quantities.scene import Scene
from summarizer.quantities.words import CLAUSE_WORDS, STOPS

_WORDS: Final = {
    word: name
    for name, words in {
        "forecast": "will 'll won't expected expects expect expecting projected projects projecting projection "
        "projections "
        "forecast forecasts forecasting predicted predicts predict predicting prediction anticipated anticipates "
        "anticipate outlook poised",
        "estimate": "estimated estimates estimate estimating believed thought reckons reckoned roughly-estimated",
        "target": "aims aim aimed aiming target targets targeting targeted goal goals pledge pledges pledged "
        "pledging plans plan "
        "planned planning wants want proposed proposes propose proposing proposal promised promises promise vowed vows "
        "seeks seek seeking intends intend hopes hope hoping requested requests request would-be",
        "possible": "may might could would possibly potentially perhaps possible potential if should can",
        "denied": "not n't never didn't doesn't don't hasn't haven't hadn't wasn't weren't isn't aren't cannot "
        "can't couldn't "
        "wouldn't denied denies denying neither without nor",
    }.items()
    for word in words.split()
}  # fmt: skip
#: What may follow the figure and still bear on it: "12 people may have died", "4 % growth is expected".
_AFTER: Final = frozenset(
    "may might could feared expected forecast projected predicted would will anticipated planned proposed "
    "believed thought "
    "estimated".split()
)
#: The month, when written so.
_NOT_ONLY: Final = frozenset("only just merely all as so".split())
#: Before a noun these are said of that alone: "the proposed format".
_ADJECTIVES: Final = frozenset(
    "proposed expected planned anticipated promised requested projected targeted pledged predicted".split()
)
_BESIDE: Final = 4
_BEFORE: Final = 12
_BEHIND: Final = 7


def read_modality(scene: Scene, index: int, frame: Frame) -> Span | None:
    """Find the word that makes a figure less than a fact, in its own clause; the nearest one, denial first.

    The level that a move starts from is a fact, whatever is expected of its end.
    """
    if frame.role == "from":
        return None
    first, end = scene.places[index]
    tokens = scene.tokens
    found: Span | None = None
    for at in range(first, end):
        name = _WORDS.get(scene.words[at])
        if name == "estimate" or (scene.words[at] == "up" and scene.word(at + 1) == "to"):
            found = scene.span(name or "possible", at, at + 1)
    # Of things counted and not said to do anything, only what stands beside the figure is sure to bear on it.
    reach = _BEFORE if frame.phrase.measure is not None or scene.quantities[index].family != "count" else _BESIDE
    floor = max(0, first - reach, frame.verb - reach if frame.verb >= 0 else 0)
    for at in range(first - 1, floor - 1, -1):
        word = scene.words[at]
        if word in STOPS or (word == "," and at < first - 1) or (scene.owner[at] >= 0 and word not in _WORDS):
            break
        name = _WORDS.get(word)
        near = first - at <= 3 or (frame.verb > at and first - at <= 7)
        if name == "denied" and scene.word(at + 1) not in _NOT_ONLY and near:
            return scene.span(name, at, at + 1)
        if name and name != "denied" and found is None and not _is_other(scene, at):
            found = scene.span(name, at, at + 1)
        if word in CLAUSE_WORDS and word not in ("and", "or", "if", "as", "that"):
            break
    if found is None:
        found = _behind(scene, end)
    return found if found is None or found.end <= tokens[-1].end else None


def _is_other(scene: Scene, at: int) -> bool:
    """Tell the month from the verb, and a noun with an owner from a verb: "May", "expectations"."""
    word, follows = scene.words[at], scene.word(at + 1)
    if word in _ADJECTIVES and follows != "to" and scene.owner[min(at + 1, len(scene.owner) - 1)] < 0:
        return scene.word(at - 1) not in ("is", "are", "was", "were", "been", "be")
    if scene.words[at] == "may" and scene.tokens[at].text == "May":
        return True
    return scene.words[at] in ("will", "plan", "plans", "proposal", "goals", "can") and scene.word(at + 1) in (
        "of",
        "'s",
        "for",
    )


def _behind(scene: Scene, end: int) -> Span | None:
    for at in range(end, min(end + _BEHIND, len(scene.words))):
        word = scene.words[at]
        if word in STOPS or word == "," or word in CLAUSE_WORDS or scene.owner[at] >= 0:
            return None
        if word in _AFTER and not _is_other(scene, at):
            return scene.span(_WORDS.get(word, "possible"), at, at + 1)
    return None
