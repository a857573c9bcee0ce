"""Where articles of different origins go against one another: opposed statements, and quotations that differ."""

from __future__ import annotations

from summarizer.findings import Comparison
from summarizer.material import Material
from summarizer.opposition.quotations import find_differing
from summarizer.opposition.statements import find_statements

__all__ = ["find_opposed"]


def find_opposed(material: Material) -> tuple[Comparison, ...]:
    """Find statements that deny one another and quotations that differ, between origins.

    English; sentences of documents in other languages are not read, and of commentary only quotations. Each comparison
    shows all places, copies included, and counts origins.

    :param material: sentences in canonical order.
    :return: comparisons of kind ``"statement"`` and ``"quotation"``, without id, in order of their first place.
    """
    english = [(document.language or "en") == "en" for document in material.documents]
    quoting = [english[owner] for owner in material.owner.tolist()]
    stating = [use and not sentence.opinion for use, sentence in zip(quoting, material.sentences, strict=True)]
    return (*find_statements(material, stating), *find_differing(material, quoting))
