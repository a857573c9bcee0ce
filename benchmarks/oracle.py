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


def _grams(text: str) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    from rouge_score.tokenize import tokenize

    stems = tokenize(text, _stemmer())
    return Counter((stem,) for stem in stems), Counter(pairwise(stems))


def greedy_oracle(sentences: Sequence[str], references: Sequence[str], max_words: int) -> list[int]:
    """Add the sentence that raises ROUGE-1 F plus ROUGE-2 F most, until none that fits raises it.

    Bigrams across sentences are not counted, so the result is a little below the best; with several references the
    scores are averaged. Nallapati, Zhai and Zhou (2017), doi:10.1609/aaai.v31i1.10958, chose labels so.

    :return: indices in document order. O(k n) evaluations.
    """
    wanted = [_Wanted(grams) for reference in references for grams in _grams(reference)]
    held = [_grams(sentence) for sentence in sentences]
    words = [len(sentence.split()) for sentence in sentences]
    chosen: list[int] = []
    used, best = 0, 0.0
    while True:
        fits = [i for i in range(len(sentences)) if i not in chosen and used + words[i] <= max_words and held[i][0]]
        values = [sum(part.value(held[i][k % 2]) for k, part in enumerate(wanted)) for i in fits]
        if not values or max(values) <= best:
            return sorted(chosen)
        best = max(values)
        pick = fits[values.index(best)]
        chosen.append(pick)
        used += words[pick]
        for k, part in enumerate(wanted):
            part.add(held[pick][k % 2])


class _Wanted:
    """The n-grams of one size of one reference, and how far a growing summary covers them."""

    def __init__(self, grams: Counter[tuple[str, ...]]) -> None:
        self.lacking = Counter(grams)
        self.shared = 0
        self.lengths = grams.total()

    def value(self, more: Counter[tuple[str, ...]]) -> float:
        """Give ROUGE F if these n-grams were added."""
        lengths = self.lengths + more.total()
        return 2 * (self.shared + self._gain(more)) / lengths if lengths else 0.0

    def add(self, more: Counter[tuple[str, ...]]) -> None:
        self.shared += self._gain(more)
        self.lengths += more.total()
        self.lacking -= more

    def _gain(self, more: Counter[tuple[str, ...]]) -> int:
        lacking = self.lacking
        return sum(min(n, lacking[gram]) for gram, n in more.items() if gram in lacking)
