"""Which pairs the packaged fuser learns from, and how often it sees them."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from summarizer.errors import InputError
from summarizer.rewriting.fuser_text import OUTLETS, canonical, special_piece
from summarizer.training.fuser_pairs import (
    Pair,
    choose_written,
    copy_pairs,
    is_usable,
    leans_on_others,
    read_pairs,
    split_pairs,
)

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class SetChoice:
    """A set to learn from."""

    name: str
    kind: str
    times: int = 1
    weight: float = 1.0


SETS: Final = (
    SetChoice("fusion_sentence_union_train", "union", 5),
    SetChoice("fusion_auto_neus_train", "neus", 4),
    SetChoice("fusion_auto_multi_news_lower_train", "multi_news", 1),
    SetChoice("fusion_wikisplit_train", "wikisplit", 1, 0.7),
)
#: Weight of a target that speaks of outlets or leans on a sentence before it.
_LEANING: Final = 0.3
#: One group in so many is held out to choose settings on.
_HELD_OUT: Final = {"union": 12, "neus": 10, "multi_news": 60, "wikisplit": 50}
_COPIES: Final = 1500
_SPLITS: Final = 3000
MAX_WRITTEN: Final = 2000
_MIN_WRITTEN: Final = 3
_NUMBERS: Final = frozenset(
    "three four five six seven eight nine ten eleven twelve dozen dozens twenty thirty forty fifty hundred hundreds "
    "thousand thousands million millions billion billions trillion half twice double triple third fourth fifth sixth "
    "today yesterday tonight tomorrow".split()
)
#: Words after a word: no capital of theirs comes from the start of a sentence.
_INSIDE: Final = re.compile(r"(?<=[a-z0-9,] )[^\W\d_]+(?:-[^\W\d_]+)*")


def is_held_out(pair: Pair) -> bool:
    """Say whether settings are chosen on the pair, so that it is not trained on."""
    digest = hashlib.sha256(f"{pair.kind}:{pair.group}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % _HELD_OUT.get(pair.kind, 50) == 0


def read_sets(data: Path, sets: Sequence[SetChoice] = SETS) -> tuple[list[Pair], list[Pair]]:
    """Read the sets of a folder.

    :return: pairs to train on, each set as often as it says, and pairs held out.
    :raises InputError: if a set is missing, or a line is no pair.
    """
    train: list[Pair] = []
    held_out: list[Pair] = []
    for choice in sets:
        for pair in read_pairs(find_set(data, choice.name), choice.kind):
            if is_held_out(pair):
                held_out.append(pair)
            elif is_usable(pair):
                weight = choice.weight * (_LEANING if leans_on_others(pair) else 1.0)
                train += [replace(pair, weight=weight)] * choice.times
    return train, held_out


def find_set(data: Path, name: str) -> Path:
    """Give the file of a set in a folder.

    :raises InputError: if it is missing.
    """
    for suffix in (".jsonl.gz", ".jsonl"):
        if (data / f"{name}{suffix}").is_file():
            return data / f"{name}{suffix}"
    raise InputError(f"{data} holds no {name}.jsonl or {name}.jsonl.gz; give the folder of the sets with --data")


def add_made(pairs: Sequence[Pair], seed: int) -> list[Pair]:
    """Add pairs made of those given: copies, and sentences cut in two."""
    random_ = random.Random(seed)  # noqa: S311 - an order, no secret
    distinct = list({(pair.inputs, pair.target): pair for pair in pairs}.values())
    cased = [pair for pair in distinct if pair.kind != "multi_news"]
    return [*pairs, *copy_pairs(distinct, _COPIES, random_), *split_pairs(cased, _SPLITS, random_)]


def choose_short_list(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> list[int]:
    """Choose the word pieces that need no source; see :func:`choose_written`."""
    end = special_piece(tokenizer, "[SEP]")
    seen: dict[int, int] = {}
    capital: dict[int, int] = {}
    coded = []
    for pair in {(pair.inputs, pair.target): pair for pair in pairs}.values():
        target = tokenizer.encode(canonical(pair.target), add_special_tokens=False)
        coded.append((tokenizer.encode(canonical(" ".join(pair.inputs)), add_special_tokens=False).ids, target.ids))
        if pair.kind == "multi_news":
            continue
        for place, (piece, (start, _)) in enumerate(zip(target.ids, target.offsets, strict=True)):
            seen[piece] = seen.get(piece, 0) + 1
            if place and pair.target[start].isupper():
                capital[piece] = capital.get(piece, 0) + 1
    names = {piece for piece, count in capital.items() if count > seen[piece] / 2}
    names |= {
        number
        for word, number in tokenizer.get_vocab().items()
        if word in _NUMBERS or word in OUTLETS or any(letter.isdigit() for letter in word)
    }
    return choose_written(iter(coded), names, end, least=_MIN_WRITTEN, most=MAX_WRITTEN)


def common_words(pairs: Sequence[Pair]) -> list[str]:
    """Give words that stand in lower case inside sentences: at the start of one, their capital is no part of them.

    :return: sorted words that were met so at least twice, and more often than with a capital.
    """
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in sorted({text for pair in pairs if pair.kind != "multi_news" for text in (*pair.inputs, pair.target)}):
        for word in _INSIDE.findall(text):
            (small if word[0].islower() else large)[word.lower()] += 1
    return sorted(word for word, count in small.items() if count >= 2 and count > large[word])
