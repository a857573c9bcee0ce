"""Made inputs of the stages that judge and choose, with nothing guessed: sentences, clusters and origins as given."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer import Document, SummaryConfig, preparation
from summarizer.clustering import Clustering, default_bars
from summarizer.datatypes import Sentence
from summarizer.features import CONCEPT_FEATURES, SENTENCE_FEATURES, Features
from summarizer.learned import PACKAGED, SalienceModel
from summarizer.material import Material
from summarizer.salience import Candidates, judge
from summarizer.terms import index_terms
from summarizer.vectors import tfidf
from tests.conftest import ROOT

PACKAGED_FILE: Final = ROOT / "summarizer" / "models" / PACKAGED / "weights.json"
#: By what the parts of a merit are multiplied, in the order in which an explanation names it.
FACTORS: Final = (
    "tells what is expected",
    "stands alone",
    "is brief",
    "is about the event",
    "answers the query",
)


def material(
    *articles: Sequence[str],
    topics: Sequence[int] | None = None,
    labels: Sequence[int] | None = None,
    copies: Sequence[int | None] = (),
    titles: Sequence[str | None] = (),
    dates: Sequence[str | None] = (),
    language: str = "en",
    query: str | None = None,
) -> Material:
    """Make the material of articles given as lists of sentences.

    :param topics: of each sentence; by default its cluster.
    :param labels: cluster of each sentence; by default each is alone.
    :param copies: for each article the number of the one that it copies, or None.
    :param titles: of each article.
    :param dates: of each article.
    """
    documents, sentences = [], []
    for number, texts in enumerate(articles):
        copied = copies[number] if copies else None
        document = Document(
            " ".join(texts),
            id=f"d{number}",
            title=titles[number] if titles else None,
            published=dates[number] if dates else None,
            language=language,
            origin_id=f"d{number if copied is None else copied}",
            copy_of=None if copied is None else f"d{copied}",
        )
        documents.append(document)
        start = 0
        for position, text in enumerate(texts):
            sentences.append(Sentence(document.id, position, start, start + len(text), text))
            start += len(text) + 1
    texts = [sentence.text for sentence in sentences]
    owner = np.repeat(np.arange(len(articles)), [len(article) for article in articles])
    terms = index_terms(texts, language)
    lexical = tfidf(terms)
    of_label = np.array(range(len(texts)) if labels is None else labels, dtype=np.int64)
    of_topic = of_label if topics is None else np.array(topics, dtype=np.int64)
    origins = np.array([int(documents[index].origin_id[1:]) for index in owner], dtype=np.int64)
    bars = default_bars(encoder=False)
    clustering = Clustering(of_label, of_topic, tuple(texts), lexical, None, origins, bars)
    return Material(tuple(documents), tuple(sentences), owner, terms, lexical, clustering, "tfidf", query=query)


def compared(texts: Sequence[str], **settings: object) -> Material:
    """Give the material that the pipeline makes of articles; their ids are their numbers."""
    config = SummaryConfig(embedder="tfidf", **settings)  # type: ignore[arg-type]
    documents = [Document(text, id=f"{number:03}") for number, text in enumerate(texts)]
    prepared = preparation.prepare_documents(documents, config, preparation.silent)
    sentences = preparation.split_documents(prepared, config, [], preparation.silent)
    return preparation.compare_sentences(prepared, sentences, config, None, preparation.silent)


class _Onlooker:
    """Stands where the fitted salience stands, and keeps the features that it is shown."""

    features: Features

    def explain_merit(self, features: Features) -> tuple[tuple[str, ...], NDArray[np.float64]]:
        self.features = features
        return ("any sentence",), np.ones((len(features.words), 1))

    def expect(self, features: Features) -> NDArray[np.float64]:
        return np.zeros(len(features.concepts.weights))


def features(given: Material, budget: float = 100.0) -> Features:
    """Give the features that the fitted salience is shown."""
    onlooker = _Onlooker()
    judge(given, budget=budget, model=onlooker)  # type: ignore[arg-type]
    return onlooker.features


def given() -> dict[str, Any]:
    """The packaged weights as JSON values."""
    found: dict[str, Any] = json.loads(PACKAGED_FILE.read_text(encoding="utf-8"))
    return found


def made(name: str = "made", **coefficients: dict[str, float]) -> SalienceModel:
    """A model of features that count for nothing but those named, and of one tree: concepts of two origins or more."""
    row = {"mean": 0.0, "scale": 1.0, "base": 0.0, "many": 0.0, "short": 0.0}
    weights = given() | {
        "name": name,
        "sentences": {key: row | coefficients.get(key.replace(" ", "_"), {}) for key in SENTENCE_FEATURES},
        "intercept": [0.5, 0.0, 0.0],
        "trees": {
            "bias": 0.1,
            "features": [[CONCEPT_FEATURES.index("origins")]],
            "borders": [[1.5]],
            "leaves": [[0.0, 0.6]],
        },
    }
    return SalienceModel.from_dict(weights)


def explained(candidates: Candidates, index: int) -> float:
    """What the parts and factors of an explanation give."""
    why = candidates.explain(index)
    total = sum(value for name, value in why.items() if name not in FACTORS)
    return total * math.prod(why.get(name, 1.0) for name in FACTORS)
