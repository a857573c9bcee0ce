"""The greedy oracle: what whole sentences could reach if the references were known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise


@lru_cache(maxsize=1)
def _stemmer():  # type: ignore[no-untyped-def]  # noqa: ANN202  nltk carries no types
    from rouge_score.tokenizers import porter

    return porter.PorterStemmer()


def _grams(text: str) -> Counter[tuple[str, ...]]:
    from rouge_score.tokenize import tokenize

    stems = tokenize(text, _stemmer())
    return Counter([(stem,) for stem in stems]) + Counter(pairwise(stems))


def greedy_oracle(sentences: Sequence[str], references: Sequence[str], max_words: int) -> list[int]:
    """Add the sentence that raises ROUGE-1 F plus ROUGE-2 F most, until none that fits raises it.

    Bigrams across sentences are not counted, so the result is a little below the best; with several references the
    scores are averaged. Nallapati, Zhai and Zhou (2017), doi:10.1609/aaai.v31i1.10958, chose labels so.

    :return: indices in document order. O(k n) evaluations.
    """
    wanted = [_grams(reference) for reference in references]
    held = [_grams(sentence) for sentence in sentences]
    words = [len(sentence.split()) for sentence in sentences]
    chosen: list[int] = []
    summary: Counter[tuple[str, ...]] = Counter()
    used, best = 0, 0.0
    while True:
        fits = [i for i in range(len(sentences)) if i not in chosen and used + words[i] <= max_words and held[i]]
        values = [_value(summary, held[i], wanted) for i in fits]
        if not values or max(values) <= best:
            return sorted(chosen)
        best = max(values)
        pick = fits[values.index(best)]
        chosen.append(pick)
        summary += held[pick]
        used += words[pick]


def _value(
    summary: Counter[tuple[str, ...]], more: Counter[tuple[str, ...]], wanted: Sequence[Counter[tuple[str, ...]]]
) -> float:
    total = 0.0
    together = summary + more
    for reference in wanted:
        for size in (1, 2):
            shared = sum(min(n, together[gram]) for gram, n in reference.items() if len(gram) == size)
            lengths = sum(n for side in (reference, together) for gram, n in side.items() if len(gram) == size)
            total += 2 * shared / lengths if lengths else 0.0
    return total
