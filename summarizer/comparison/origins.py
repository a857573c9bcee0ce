"""Which independent origins stand behind figures that are compared."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.comparison.figures import Figure
from summarizer.independence import origin_keys
from summarizer.material import Material


def name_origins(figures: Sequence[Figure], material: Material) -> dict[int, str]:
    """Give each figure of one matter its independent origin: copies, publishers, agencies and relays are folded.

    :param figures: of one matter; the more, the more may turn out to rest on one origin.
    :param material: their sentences.
    :return: by number of the sentence.
    """
    sentences = sorted({figure.sentence for figure in figures})
    places = [(material.documents[material.owner[number]], material.sentences[number].text) for number in sentences]
    return dict(zip(sentences, origin_keys(places), strict=True))
