"""Which of the fuser's outputs goes first: the one that the others, and the sources, agree with most.

The likeliest sentence need not be the best one: a mean over word pieces favours copies of one source, a sum short ones.
Minimum Bayes risk takes the output that is closest, on average, to what else might have been right (Kumar and Byrne
2004, aclanthology.org/N04-1022). On 386 held-out pairs and 4 beams, ROUGE-2 F x 100 of the likeliest, of the closest to
the outputs, of the closest to outputs and sources, and with a word for brevity where there are three sources or more:
union 76.7, 77.8, 78.4, 78.4; WikiSplit 80.9, 81.7, 82.3, 82.3; NeuS 32.2, 32.4, 33.3, 34.7; Multi-News 35.5, 36.1,
36.8, 37.1. Ridge regressions on 14, 35 and 63 features, and a prior on the length from the lengths of the sources,
gained nothing more: what one set gains another loses, for some want all of two sentences and some little, and the
sentences do not show which. Who knows can say so (:data:`AIMS`; Marsi and Krahmer 2005, aclanthology.org/W05-1612, part
the union of two sentences from what they share). For a gist boosted trees choose, see
:mod:`summarizer.rewriting.fuser_choice`; for a union the share of the sources' word pairs counts; sources as they stand
compete for both. The best output of each pair would give 86.6 on the union, 43.0 on NeuS and 45.1 on Multi-News.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from summarizer.terms import stem, tokenize

if TYPE_CHECKING:
    from summarizer.rewriting.fuser_choice import Choice

#: What a sentence is for: all that its sources say, or what an editor who boils them down would take.
Aim = Literal["union", "gist"]
AIMS: Final[tuple[Aim, ...]] = get_args(Aim)
#: Taken off the worth, in [0, 1], of an output that no editor would print.
_FAULT: Final = 0.5
#: Worth of closeness to the sources against closeness to the other outputs; 0.4 to 2 differ little on held-out pairs.
_SOURCES: Final = 0.8
#: Taken off for e times the words of a gist. Alike from 0.2 to 0.4.
_BREVITY: Final = 0.25
#: Worth of all word pairs of the sources, for a union. On 135 held-out unions 0.4, 0.8 and 1.2 gain 1.0, 0.7 and 1.5
#: points of ROUGE-2, and change the 240 pairs of WikiSplit by less than 0.2.
_COVERED: Final = 1.2
#: Worth of ROUGE F, in [0, 1], that a learned choice expects of a gist of two. On 204 pairs of NeuS 4 to 12 lead the
#: shortest source by 0.9 to 1.3 points of ROUGE-2, give or take 2, and agreement alone does by 0.8; on 303 of
#: Multi-News 4 leads by 5.6, 6 by 4.5, 12 by 3.7. Of three or more the choice alone decides: by 4.3 on 241 of NeuS.
_EXPECTED: Final = 6.0
#: Fewest sources of which a gist is wanted where nobody says: two are joined by some people and boiled down by others.
LEAST_MANY: Final = 3


class Grams:
    """Stems of a text, and pairs of neighbours, counted."""

    __slots__ = ("pairs", "singles")

    def __init__(self, text: str) -> None:
        stems = [stem(word) for word in tokenize(text)]
        self.singles: Counter[Any] = Counter(stems)
        self.pairs: Counter[Any] = Counter(pairwise(stems))


def overlap(one: Counter[Any], other: Counter[Any]) -> float:
    """Give the F measure of two counts, in [0, 1]."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def rank(
    outputs: Sequence[tuple[str, float]],
    sources: Sequence[str],
    *,
    aim: Aim | None = None,
    choice: Choice | None = None,
    copies: Sequence[str] = (),
) -> list[str]:
    """Order outputs by minimum Bayes risk and by what a learned choice expects, best first.

    :param outputs: text, and mean log probability of its word pieces.
    :param sources: that they were made from.
    :param aim: what is wanted; None for a gist of three sources or more, and for what agrees best with the outputs and
        both sources where there are two.
    :param choice: what has a say in a gist, and orders candidates for one of three sources or more, where agreement
        parts those of which it expects the same.
    :param copies: sources that compete for a union, and where there is a choice for a gist, as they stand. Outputs
        alone say what else might have been right.
    :return: distinct texts; none without outputs.
    """
    best: dict[str, float] = {}
    for text, log_probability in outputs:
        best[text] = max(log_probability, best.get(text, -math.inf))
    if not best:
        return []
    texts = list(best)
    gist = aim == "gist" or (aim is None and len(sources) >= LEAST_MANY)
    chosen = choice if gist else None
    candidates = list(dict.fromkeys([*texts, *copies])) if chosen is not None or aim == "union" else texts
    expected = [0.0] * len(candidates) if chosen is None else chosen.expect(candidates, sources)
    grams = {text: Grams(text) for text in candidates}
    read = [Grams(source).pairs for source in sources]
    covered = {pair for pairs in read for pair in pairs}
    top = max(best.values())
    weights = [math.exp(best[text] - top) for text in texts]

    def worth(text: str) -> float:
        one = grams[text]
        near = [overlap(one.singles, grams[other].singles) + overlap(one.pairs, grams[other].pairs) for other in texts]
        closeness = sum(weight * value for weight, value in zip(weights, near, strict=True)) / (2 * sum(weights))
        drawn = sum(overlap(one.pairs, source) for source in read) / max(1, len(read))
        wanted = 0.0
        if gist:
            wanted = -_BREVITY * math.log(1 + one.singles.total())
        elif aim == "union":
            wanted = _COVERED * len(covered & one.pairs.keys()) / max(1, len(covered))
        return closeness + _SOURCES * drawn + wanted - _FAULT * has_fault(text)

    alone = chosen is not None and len(sources) >= LEAST_MANY
    # What has a fault goes last even if trees, which read no marks, expect much of it.
    keys = {
        text: (alone and has_fault(text), -value if alone else 0.0, -worth(text) - _EXPECTED * value, text)
        for text, value in zip(candidates, expected, strict=True)
    }
    return sorted(candidates, key=keys.__getitem__)


def has_fault(text: str) -> bool:
    """Say whether a quotation is left open, a word stands twice in a row, or three words come again."""
    words = text.lower().split()
    bare = [word.strip("\"“”‘’'.,;:!?()") for word in words]
    if any(one == other and one not in ("", "had", "that") for one, other in pairwise(bare)):
        return True
    if text.count('"') % 2 or text.count("“") != text.count("”") or text.count("(") != text.count(")"):
        return True
    triples = list(zip(bare, bare[1:], bare[2:], strict=False))
    return len(set(triples)) < len(triples)
