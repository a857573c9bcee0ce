"""How well the sources cover a sentence, as a number: for ranking candidates, not for letting them pass."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.faithfulness.words import Reading, read


def faithfulness_score(candidate: str, sources: Sequence[str]) -> float:
    """Grade a sentence by its sources, 0 (nothing of it is there) to 1 (all of it, in their words and order).

    :param candidate: the sentence.
    :param sources: what it should be drawn from.
    :return: in [0, 1]; higher is better.
    """
    mine = read(candidate)
    theirs = [read(source) for source in sources]
    return sum(_coverage(mine, theirs, n) for n in (1, 2, 3)) / 3


def _grams(reading: Reading, n: int) -> list[tuple[str, ...]]:
    words = [low for low in reading.lows if low[0].isalnum()]
    return [tuple(words[at : at + n]) for at in range(len(words) - n + 1)]


def _coverage(mine: Reading, theirs: Sequence[Reading], n: int) -> float:
    wanted = _grams(mine, n)
    held = {gram for source in theirs for gram in _grams(source, n)}
    return sum(gram in held for gram in wanted) / len(wanted) if wanted else 0.0
