"""How two figures stand to one another, as a cross-encoder reads it from their sentences.

Both sentences go through one transformer together (MPNet, fine-tuned on pairs written for the purpose, int8), so
that every word of the one can be held against every word of the other: "left little of 1,400 hectares" and "wiped out
900 hectares" are told to be of one thing, which neither shared words nor the cosine of two vectors tell. The value of
either figure is masked: whether two figures are of one measure must not be guessed from how far they are apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.graphs import load_session, load_tokenizer, valid

PACKAGED: Final = "relation-1"
#: Its word pieces are those of the sentence encoder.
_TOKENIZER: Final = "minilm-l6-v2-int8"
#: What the network tells apart, in the order of its outputs. ``"same"``: one measure of one thing, and nothing explains
#: another value; ``"apart"``: things that have nothing to do with one another.
CLASSES: Final = (
    "same", "other measure", "apart", "other period", "other base", "attribution", "revision", "unknown",
)  # fmt: skip
#: Word pieces of a sentence that are read: those around the figure.
WINDOW: Final = 90

#: Of BERT's vocabulary: the marks around a figure are two of its unused pieces.
_START, _END, _MASK, _OPEN, _CLOSE = 101, 102, 103, 1, 2
_REMEDY: Final = "pip install --force-reinstall crossbrief, or python -m summarizer.training relation in a checkout"
_DIGITS: Final = re.compile(r"\d(?:[\d.,:]*\d)?")
_NUMBER_WORDS: Final = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion"
    r"|trillion|dozen|half|quarter|first|second|third)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and the figure in it that is asked about.

    :param start: offset of its first character in the text, :param end: behind its last.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Two sentences as the network reads them.

    :param words: int64 (n,), word pieces.
    :param marks: int64 (3,), where the input and the two figures begin.
    """

    words: NDArray[np.int64]
    marks: NDArray[np.int64]


def in_order(one: Marked, other: Marked) -> tuple[Marked, Marked]:
    """Give two sentences in the order in which they are read: that of what stands around the figures."""

    def around(marked: Marked) -> tuple[str, str]:
        return marked.text[: marked.start], marked.text[marked.end :]

    return (other, one) if around(other) < around(one) else (one, other)


def take_apart(tokenizer: Any, one: Marked, other: Marked) -> Pieces:  # noqa: ANN401
    """Give the word pieces of two sentences, figures marked and their values masked.

    :param tokenizer: a ``tokenizers.Tokenizer`` with the vocabulary of BERT.
    """
    first, second = _pieces(tokenizer, one), _pieces(tokenizer, other)
    words = [_START, *first, _END, *second, _END]
    marks = [0, 1 + first.index(_OPEN), 2 + len(first) + second.index(_OPEN)]
    return Pieces(*(np.array(row, dtype=np.int64) for row in (words, marks)))


def wording_of(marked: Marked) -> tuple[str, str, str]:
    """Give what is read of a sentence: what stands before its figure, the figure with its numbers masked, the rest."""
    figure = marked.text[marked.start : marked.end]
    return marked.text[: marked.start], _numbers_in(figure).sub("#", figure), marked.text[marked.end :]


def _numbers_in(figure: str) -> re.Pattern[str]:
    return _DIGITS if _DIGITS.search(figure) else _NUMBER_WORDS


def _pieces(tokenizer: Any, marked: Marked) -> list[int]:  # noqa: ANN401
    def read(text: str) -> list[int]:
        return list(tokenizer.encode(valid(text), add_special_tokens=False).ids)

    text = marked.text
    before, behind = read(text[: marked.start]), read(text[marked.end :])
    figure = _masked(read, text[marked.start : marked.end])[: WINDOW // 2]
    room = WINDOW - len(figure) - 2
    left = min(len(before), max(room // 2, room - len(behind)))
    return [*before[len(before) - left :], _OPEN, *figure, _CLOSE, *behind[: room - left]]


def _masked(read: Any, figure: str) -> list[int]:  # noqa: ANN401
    """Give the pieces of a figure with each number as one mask."""
    found, at = [], 0
    for match in _numbers_in(figure).finditer(figure):
        found += [*read(figure[at : match.start()]), _MASK]
        at = match.end()
    return [*found, *read(figure[at:])]


class CrossEncoder:
    """The packaged network, loaded on first use (0.3 s, 81 MB); may be shared between threads.

    :param folder: with model.onnx and the card.json that names its digest; the packaged one by default.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        self._folder: Traversable = folder or files("summarizer.models") / PACKAGED
        self._lock = Lock()
        self._model: tuple[Any, Any] | None = None

    def read(self, one: Marked, other: Marked) -> NDArray[np.float64]:
        """Give how likely two figures stand in each of :data:`CLASSES`.

        :return: shape (8,), in [0, 1], summing to 1 but for rounding to four decimals: int8 kernels of two processors
            differ in the last bits. The same whichever is first, for they are read in the order of their texts: both
            orders together rank 442 pairs kept aside no better (.888 for .889 and .873) and take twice as long.
        :raises ModelError: if a file of the model is missing or damaged.
        """
        tokenizer, session = self._loaded()
        pieces = take_apart(tokenizer, *in_order(one, other))
        (odds,) = session.run(["odds"], {"word_pieces": pieces.words, "marks": pieces.marks})
        weights = np.exp(odds.astype(np.float64) - odds.max())
        return np.asarray(np.round(weights / weights.sum(), 4), dtype=np.float64)

    def _loaded(self) -> tuple[Any, Any]:
        with self._lock:
            if self._model is None:
                tokenizer = load_tokenizer(files("summarizer.models") / _TOKENIZER, _REMEDY)
                self._model = tokenizer, load_session(self._folder, _REMEDY)
            return self._model


@cache
def packaged() -> CrossEncoder:
    """Give the packaged cross-encoder; the same object each time."""
    return CrossEncoder()


def best_of(probabilities: Sequence[float], but: str = "") -> str:
    """Name the likeliest class, :param but: left out."""
    ranked = sorted(zip(probabilities, CLASSES, strict=True), key=lambda pair: -pair[0])
    return next(name for _, name in ranked if name != but)
