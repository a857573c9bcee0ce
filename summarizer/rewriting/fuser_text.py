"""Sentences as the fuser reads them: word pieces with their places, sentence numbers, support and letter case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

#: Most sentences, and most words of all of them, that the fuser reads; what is over is left out by whole sentences.
MAX_SENTENCES: Final = 5
MAX_WORDS: Final = 150
#: Most word pieces of one cluster; positions of the encoder end at 512, and 150 words rarely take more than 250.
MAX_PIECES: Final = 400

#: Pieces that name outlets in lower-cased text. They are only copied: people who sum news up write ", the AP reports"
#: behind what they tell, and a network learns to, whoever the sources are.
OUTLETS: Final = frozenset(
    "ap afp upi reuters cnn bbc nbc abc cbs npr msnbc guardian telegraph huffington globe times post journal herald "
    "tribune gazette newser vox tmz politico".split()
)

#: Kinds of letter case of a word: no statement (lower case, digits, the first word), capitalised, more capitals.
N_CASES: Final = 3
#: Support is counted up to this many other sentences.
MAX_SUPPORT: Final = 3

#: One quotation mark and one apostrophe for all, so that sources of several outlets can agree; one character stays
#: one character, so that places in the text stay true.
_CANONICAL: Final = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′`", "'") | {"–": "—", "−": "-", "‑": "-", "\u00a0": " "}
)


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """One cluster in word pieces.

    All arrays have shape (n,). Pieces start with [CLS], and every sentence ends with [SEP].
    """

    pieces: NDArray[np.int64]
    sentences: NDArray[np.int64]
    """Which sentence a piece belongs to, from 0."""
    support: NDArray[np.int64]
    """How many other sentences hold the same piece, at most :data:`MAX_SUPPORT`."""
    cases: NDArray[np.int64]
    """0 no statement, 1 a capital first letter, 2 more capitals."""
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    """Places in the text of the sentence; 0 and 0 for [CLS] and [SEP]."""
    texts: tuple[str, ...]
    """The sentences that were read."""


def canonical(text: str) -> str:
    """Write quotation marks, apostrophes and dashes one way; the length stays the same."""
    return text.replace("``", '" ').replace("''", '" ').translate(_CANONICAL)


def choose_sentences(
    sentences: Sequence[str], *, max_sentences: int = MAX_SENTENCES, max_words: int = MAX_WORDS
) -> list[str]:
    """Keep sentences from the front while they fit; the first is always kept."""
    kept: list[str] = []
    words = 0
    for sentence in sentences[:max_sentences]:
        words += len(sentence.split())
        if kept and words > max_words:
            break
        kept.append(sentence)
    return kept


def encode(tokenizer: Tokenizer, sentences: Sequence[str]) -> Encoded:
    """Cut sentences into word pieces.

    :param sentences: already chosen, see :func:`choose_sentences`.
    """
    cls, sep = special_piece(tokenizer, "[CLS]"), special_piece(tokenizer, "[SEP]")
    rows: list[tuple[int, int, int, int, int]] = [(cls, 0, 0, 0, 0)]
    for number, text in enumerate(sentences):
        coded = tokenizer.encode(canonical(text), add_special_tokens=False)
        words = coded.word_ids
        for place, (piece, (start, end)) in enumerate(zip(coded.ids, coded.offsets, strict=True)):
            first = start if place == 0 or words[place] != words[place - 1] else -1
            case = _case(text, start, end) if place and first >= 0 else (rows[-1][2] if first < 0 else 0)
            rows.append((piece, number, case, start, end))
        rows.append((sep, number, 0, 0, 0))
    del rows[MAX_PIECES:]
    table = np.array(rows, dtype=np.int64)
    return Encoded(
        pieces=table[:, 0],
        sentences=table[:, 1],
        support=_support(table[:, 0], table[:, 1], {cls, sep}),
        cases=table[:, 2],
        starts=table[:, 3],
        ends=table[:, 4],
        texts=tuple(sentences),
    )


def special_piece(tokenizer: Tokenizer, name: str) -> int:
    """Give the number of a piece that no text holds.

    :raises ModelError: if the vocabulary lacks it.
    """
    number = tokenizer.token_to_id(name)
    if number is None:
        raise ModelError(f"the vocabulary has no {name}: give the tokenizer of a BERT")
    return number


def _case(text: str, start: int, end: int) -> int:
    if not text[start].isupper():
        return 0
    while end < len(text) and text[end].isalnum():
        end += 1
    return 2 if any(letter.isupper() for letter in text[start + 1 : end]) else 1


def _support(pieces: NDArray[np.int64], sentences: NDArray[np.int64], special: set[int]) -> NDArray[np.int64]:
    holders: dict[int, set[int]] = {}
    for piece, sentence in zip(pieces.tolist(), sentences.tolist(), strict=True):
        holders.setdefault(piece, set()).add(sentence)
    return np.array(
        [0 if piece in special else min(len(holders[piece]) - 1, MAX_SUPPORT) for piece in pieces.tolist()],
        dtype=np.int64,
    )
