"""Pairs to train the fuser on: reading, filtering, making more of them.

A target that says a name or a number which no source holds teaches invention: such pairs are left out.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from summarizer.errors import InputError
from summarizer.rewriting.fuser_text import canonical, choose_sentences

#: Endings of a target that comes from a reader of other outlets, and openings that lean on a sentence before.
_ASIDE: Final = re.compile(
    r"\b(?:per|via|reports|notes|adds|quips|writes|according to)\b(?: \w+){0,3} ?[.\"]*$"
    r"|^(?:as for|per|click|but|and|so) ",
    re.IGNORECASE,
)
_ODD: Final = re.compile(r"https?:|www\.|[|{}<>@#]|\.\.\.|…|[\u0080-\u00a0]|\([^\w()]*\)")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DIGIT: Final = re.compile(r"\d")
_CLAUSE: Final = re.compile(r",|;| — | - | and | but | after | while | when | which | who ")

#: Words of a target, in the sense of _WORD.
MIN_TARGET: Final = 5
MAX_TARGET: Final = 75


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences, and the sentence to make of them."""

    inputs: tuple[str, ...]
    target: str
    kind: str
    weight: float = 1.0
    group: str = ""
    """Pairs of one group are held out together."""


def read_pairs(path: Path, kind: str) -> list[Pair]:
    """Read ``{"inputs": [...], "target": "..."}`` lines, gzip or not.

    :raises InputError: naming file and line.
    """
    pairs = []
    try:
        opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
        with opened as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    pairs.append(_parse(line, f"{path}:{number}", kind))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as pairs: {error}; it needs UTF-8 JSON lines") from error
    if not pairs:
        raise InputError(f'{path} holds no pair; each line is {{"inputs": ["...", "..."], "target": "..."}}')
    return pairs


def _parse(line: str, place: str, kind: str) -> Pair:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{place} is no JSON: {error}") from error
    inputs = row.get("inputs") if isinstance(row, dict) else None
    target = row.get("target") if isinstance(row, dict) else None
    if not isinstance(inputs, list) or not inputs or not all(isinstance(one, str) and one.strip() for one in inputs):
        raise InputError(f'{place}: "inputs" must be a list of sentences, got {inputs!r}')
    if not isinstance(target, str) or not target.strip():
        raise InputError(f'{place}: "target" must be a sentence, got {target!r}')
    return Pair(tuple(inputs), target.strip(), kind, group=str(row.get("cluster", row.get("id", place))))


def is_usable(pair: Pair) -> bool:
    """Say whether a target is a plain sentence whose names and numbers its sources hold."""
    words = _WORD.findall(pair.target)
    if not MIN_TARGET <= len(words) <= MAX_TARGET or _ODD.search(pair.target):
        return False
    source = canonical(" ".join(pair.inputs)).lower()
    known = set(_WORD.findall(source)) | set(re.findall(r"\w+", source))
    for place, word in enumerate(words):
        plain = canonical(word).lower()
        if plain in known or plain.removesuffix("'s") in known:
            continue
        if _DIGIT.search(word) or (place and word[0].isupper()):
            return False
    return True


def leans_on_others(pair: Pair) -> bool:
    """Say whether the target speaks of outlets, or goes on from a sentence before it."""
    return bool(_ASIDE.search(pair.target))


def copy_pairs(pairs: Sequence[Pair], n: int, random_: random.Random) -> list[Pair]:
    """Teach that one sentence alone, or the same twice, stays as it is."""
    made = []
    for pair in random_.sample(pairs, min(n, len(pairs))):
        sentence = random_.choice(pair.inputs)
        if len(sentence.split()) <= 45 and sentence.rstrip("\"'”’")[-1:] in ".!?":
            made.append(Pair((sentence,) * random_.choice((1, 1, 2)), sentence, "copy", 0.5, pair.group))
    return made


def split_pairs(pairs: Sequence[Pair], n: int, random_: random.Random) -> list[Pair]:
    """Cut one sentence into two that overlap: what only one of them holds must be kept."""
    made: list[Pair] = []
    for pair in random_.sample(pairs, min(3 * n, len(pairs))):
        sentence = pair.target
        cuts = [found.start() for found in _CLAUSE.finditer(sentence)]
        cuts = [cut for cut in cuts if 0.25 < cut / len(sentence) < 0.75]
        if not cuts or len(made) >= n or len(sentence.split()) < 14:
            continue
        cut = random_.choice(cuts)
        first, second = sentence[:cut].rstrip(" ,;") + ".", sentence
        words = sentence.split()
        start = max(1, len(sentence[:cut].split()) - random_.randint(2, 8))
        second = " ".join(words[start:])
        inputs = [first, second[:1].upper() + second[1:]]
        random_.shuffle(inputs)
        made.append(Pair(tuple(inputs), sentence, "split", 0.5, pair.group))
    return made


def vary(pair: Pair, others: Sequence[Pair], random_: random.Random) -> Pair:
    """Give the pair as one epoch shows it: in another order, now and then with a sentence of something else."""
    inputs = list(choose_sentences(pair.inputs))
    if pair.kind != "wikisplit" and len(inputs) > 1 and random_.random() < 0.5:
        random_.shuffle(inputs)
    if pair.kind not in ("copy", "split") and len(inputs) in (2, 3) and random_.random() < 0.04:
        inputs.insert(random_.randint(1, len(inputs)), random_.choice(random_.choice(others).inputs))
    if random_.random() < 0.1:
        inputs = [sentence.lower() for sentence in inputs]
    return replace(pair, inputs=tuple(inputs))


def choose_written(
    coded: Iterator[tuple[Sequence[int], Sequence[int]]], names: set[int], end: int, *, least: int, most: int
) -> list[int]:
    """Choose the pieces that may be written without a source.

    :param coded: pieces of sources and target of each pair.
    :param names: pieces of names and numbers, which never may.
    :param least: times that a piece must have been written so.
    :return: the end first, then the most frequent first.
    """
    counts: Counter[int] = Counter()
    for sources, target in coded:
        known = set(sources)
        counts.update(piece for piece in target if piece not in known)
    chosen = [piece for piece, count in counts.most_common() if count >= least and piece not in names and piece != end]
    return [end, *chosen[: most - 1]]
