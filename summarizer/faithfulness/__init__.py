"""The gate: whether a rewritten sentence may stand, judged against every sentence of its cluster. It fails closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summarizer.faithfulness.attribution import check_attribution
from summarizer.faithfulness.claims import check_modality, check_negation
from summarizer.faithfulness.conflicts import sources_differ
from summarizer.faithfulness.dates import check_dates
from summarizer.faithfulness.form import MAX_WORDS, check_form, check_length
from summarizer.faithfulness.names import check_names
from summarizer.faithfulness.novelty import check_links, check_novelty
from summarizer.faithfulness.numbers import check_numbers
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.orders import is_order
from summarizer.faithfulness.quotations import check_quotations
from summarizer.faithfulness.reversals import check_reversals
from summarizer.faithfulness.roles import check_roles
from summarizer.faithfulness.scoring import faithfulness_score
from summarizer.faithfulness.seams import check_seams, find_loose_seam
from summarizer.faithfulness.words import Pairing, read
from summarizer.protocols import Entailment
from summarizer.terms import count_words

__all__ = ["Objection", "check", "faithfulness_score", "find_loose_seam", "sources_differ"]

#: Probability that the sources imply the sentence, from which an entailment model lets it pass.
MIN_ENTAILMENT: Final = 0.5

#: A longer candidate is withheld, and a longer source supports nothing: 60 words have some 400.
MAX_CHARACTERS: Final = 2_000

_CHECKS: Final = (
    check_quotations,
    check_numbers,
    check_dates,
    check_names,
    check_novelty,
    check_negation,
    check_modality,
    check_attribution,
    check_links,
    check_seams,
    check_roles,
    check_reversals,
)


def check(
    candidate: str, sources: Sequence[str], *, entailment: Entailment | None = None, language: str = "en"
) -> tuple[Objection, ...]:
    """Say what speaks against a sentence that was made from others.

    It fails closed: what the gate cannot read, it objects to. The order of the sources does not matter. A source that
    gives orders to its reader supports nothing.

    :param candidate: the sentence that a rewriter gave.
    :param sources: every sentence of its cluster.
    :param entailment: a model that is asked last, when nothing else speaks against the sentence.
    :param language: ISO 639-1 code; in other languages than English nothing but a source, word for word, passes.
    :return: all objections, in the order of the checks; empty if the sentence may stand.

    O(length of all), about a millisecond.

    >>> [str(one) for one in check("Exports fell 14% in May.", ["Exports fell 12.7% in May."])]
    ['number: 14 % is in no source']
    """
    given = sorted({source.strip() for source in sources if source.strip()})
    texts = tuple(source for source in given if len(source) <= MAX_CHARACTERS and not is_order(source))
    if not texts:
        return (Objection("source", "all give orders or are too long" if given else "there is none to check against"),)
    if not candidate.strip():
        return (Objection("form", "it is empty"),)
    if len(candidate) > MAX_CHARACTERS:
        return (Objection("length", f"{len(candidate)} characters, at most {MAX_CHARACTERS} allowed"),)
    if language != "en":
        if candidate.strip() in texts:
            return ()
        return (Objection("language", f"the gate reads English, not {language!r}"),)
    if count_words(candidate) > MAX_WORDS:
        return tuple(check_length(candidate, texts))
    pairing = Pairing(read(candidate), [read(text) for text in texts])
    found = [*check_length(candidate, texts), *check_form(pairing, texts)]
    if is_order(candidate):
        found.append(Objection("order", "it gives orders"))
    for one in _CHECKS:
        found += one(pairing)
    if not found and entailment is not None:
        probability = entailment.entails(texts, candidate)
        if not probability >= MIN_ENTAILMENT:  # NaN fails
            found.append(Objection("entailment", f"{entailment.name} gives {probability:.2f}"))
    return tuple(found)
