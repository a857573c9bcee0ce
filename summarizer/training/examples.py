"""What there is to learn of one cluster: the features of its sentences and concepts, and what its references kept.

Features are those that :func:`summarizer.salience.judge` sees at work, taken from it. A sentence is worth the share of
its word pairs that stand in a reference, plus half the share of its content words that do; a concept the share of the
references that hold it. Both are means over the references, by stems.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer import reading
from summarizer.concepts import PAIR
from summarizer.config import SummaryConfig
from summarizer.errors import InputError
from summarizer.features import CONCEPT_FEATURES, SENTENCE_FEATURES, Features
from summarizer.learned import SalienceModel, many_origins, short_budget
from summarizer.material import Material
from summarizer.preparation import compare_sentences, prepare_documents, silent, split_documents
from summarizer.salience import judge
from summarizer.terms import stem, tokenize
from summarizer.training.clusters import TrainingCluster, TrainingSet
from summarizer.trees import Trees

logger = logging.getLogger(__name__)

#: A content word of the references counts so much against a word pair: in references, pairs tell copied wording from
#: mere topic, and words alone are what is left of a paraphrase.
_WORD_SHARE: Final = 0.5
#: There is nothing to choose from fewer sentences.
_MIN_SENTENCES: Final = 2


@dataclass(frozen=True, slots=True)
class Example:
    """One cluster, reduced to what fitting needs; f sentence features, g concept features, k concepts.

    The sentences are there as moments, so that fitting adds up small matrices, whatever the number of sentences.

    :param place: of the cluster in its set.
    :param group: clusters of one group are held out together.
    :param context: shape (3,), what coefficients depend on: 1, many origins, short budget.
    :param moments: shape (f + 1, f + 1), mean of the products of 1 and the features over the sentences.
    :param products: shape (f + 1,), mean of the target times 1 and the features.
    :param square: mean of the squared target.
    :param n_sentences: how many sentences there are.
    :param concepts: shape (k, g), features of the concepts.
    :param held: shape (k,), share of the references that hold each, in [0, 1].
    """

    place: int
    group: str
    context: NDArray[np.float64]
    moments: NDArray[np.float64]
    products: NDArray[np.float64]
    square: float
    n_sentences: int
    concepts: NDArray[np.float32]
    held: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """Clusters that weigh together: a set, or one event of a set with events.

    :param name: of the set.
    :param weight: above 0, against the other parts.
    :param examples: at least one.
    """

    name: str
    weight: float
    examples: tuple[Example, ...]

    def without(self, groups: frozenset[str]) -> Part:
        """Leave out the examples of some groups; what is left weighs the same."""
        return Part(self.name, self.weight, tuple(one for one in self.examples if one.group not in groups))


def make_examples(training_set: TrainingSet) -> list[Example]:
    """Make an example of each cluster; those without two usable sentences are left out with a line in the log.

    O(total words) and about 30 ms a cluster of full articles.
    """
    made = []
    for place, cluster in enumerate(training_set.clusters):
        try:
            features = observe(cluster, training_set.budget)
        except InputError as error:
            logger.warning("%s: cluster %s is left out: %s", training_set.name, cluster.id, error)
            continue
        if len(features.words) < _MIN_SENTENCES:
            logger.warning("%s: cluster %s is left out: it has one usable sentence", training_set.name, cluster.id)
            continue
        made.append(_example(place, cluster, features))
    return made


def observe(cluster: TrainingCluster, budget: int) -> Features:
    """Give the features that judging the sentences of a cluster looks at, found without a fitted model.

    :param budget: length of the summary, in words.
    :raises InputError: if the documents hold no usable sentence.
    """
    observer = _Observer()
    judge(_compare(cluster, budget), budget=float(budget), model=observer)
    return observer.seen[0]


def config_for(cluster: TrainingCluster, budget: int, weights: str | None = None) -> SummaryConfig:
    """Give the settings with which a cluster is observed, and later summarized: no encoder, no limit on documents."""
    return SummaryConfig(
        max_words=budget, embedder="tfidf", salience_weights=weights, max_documents=max(len(cluster.documents), 1)
    )


def _compare(cluster: TrainingCluster, budget: int) -> Material:
    """Run the stages up to the point where sentences are judged."""
    config = config_for(cluster, budget)
    read = reading.collect(cluster.documents, config=config).documents
    prepared = prepare_documents(read, config, silent)
    return compare_sentences(prepared, split_documents(prepared, config, [], silent), config, None, silent)


class _Observer(SalienceModel):
    """Stands for a model before there is one: expects nothing, and keeps the features that it is shown."""

    def __init__(self) -> None:
        nothing = np.zeros(len(SENTENCE_FEATURES))
        trees = Trees(np.zeros((1, 1), dtype=np.int64), np.zeros((1, 1), dtype=np.float32), np.zeros((1, 2)), bias=0.0)
        super().__init__("none", nothing, nothing + 1, nothing, nothing, nothing, np.zeros(3), trees)
        object.__setattr__(self, "seen", [])

    seen: list[Features]

    def explain_merit(self, features: Features) -> tuple[tuple[str, ...], NDArray[np.float64]]:
        self.seen.append(features)
        return (), np.zeros((len(features.words), 0))

    def expect(self, features: Features) -> NDArray[np.float64]:
        return np.zeros(len(features.concepts.weights))


def _example(place: int, cluster: TrainingCluster, features: Features) -> Example:
    kept, held = find_targets(features, cluster.references)
    table = np.column_stack((np.ones(len(kept)), features.sentences))
    return Example(
        place=place,
        group=cluster.group,
        context=np.array([1.0, many_origins(features.n_origins), short_budget(features.budget)]),
        moments=table.T @ table / len(kept),
        products=kept @ table / len(kept),
        square=float((kept**2).mean()),
        n_sentences=len(kept),
        concepts=features.of_concepts.reshape(-1, len(CONCEPT_FEATURES)),
        held=held,
    )


def find_targets(features: Features, references: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find what the references kept.

    :return: shape (n,), what each sentence is worth, in [0, 1.5]; shape (k,), for each expected concept the share of
        the references that hold it. O(total words log total words) a reference.
    """
    material = features.material
    terms, size = material.terms, len(material.terms.vocabulary)
    stems, owner = _flatten(terms.rows)
    inside = owner[:-1] == owner[1:]
    pairs, pair_owner = (stems[:-1] * size + stems[1:])[inside], owner[:-1][inside]
    content = ~terms.is_stop[stems]
    words, word_owner = stems[content], owner[content]
    concepts, expected = features.concepts, features.expected
    is_pair = concepts.kinds[expected] == PAIR
    first = concepts.first_word[expected]
    wanted_pairs = first * size + concepts.second_word[expected]
    worth, held = np.zeros(len(terms.rows)), np.zeros(len(expected))
    number = {term: index for index, term in enumerate(terms.vocabulary)}
    language = _language(material)
    for reference in references:
        given = np.array([number.get(stem(token, language), -1) for token in tokenize(reference)], dtype=np.int64)
        known = (given[:-1] >= 0) & (given[1:] >= 0)
        given_pairs = (given[:-1] * size + given[1:])[known]
        worth += _share(np.isin(pairs, given_pairs), pair_owner, len(worth))
        worth += _WORD_SHARE * _share(np.isin(words, given), word_owner, len(worth))
        held += np.where(is_pair, np.isin(wanted_pairs, given_pairs), np.isin(first, given))
    return worth / len(references), held / len(references)


def _flatten(rows: Sequence[NDArray[np.int32]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give all stems in a row, and the sentence of each."""
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    return np.concatenate(rows).astype(np.int64), np.repeat(np.arange(len(rows)), lengths)


def _share(found: NDArray[np.bool_], owner: NDArray[np.int64], n: int) -> NDArray[np.float64]:
    """Give the share that was found of what each of n owners has; 0 for those that have nothing."""
    return np.bincount(owner, weights=found, minlength=n) / np.maximum(np.bincount(owner, minlength=n), 1)


def _language(material: Material) -> str:
    """Give the language of most documents, by which references are stemmed."""
    codes = [document.language or "en" for document in material.documents]
    return max(sorted(set(codes)), key=codes.count)


def make_parts(name: str, weight: float, examples: Iterable[Example], *, by_event: bool) -> list[Part]:
    """Give one part, or one for each event, which share the weight evenly."""
    if not by_event:
        return [Part(name, weight, tuple(examples))]
    ordered = sorted(examples, key=lambda example: example.group)  # stable: clusters keep their order
    events = [tuple(members) for _, members in groupby(ordered, key=lambda example: example.group)]
    return [Part(name, weight / len(events), members) for members in events]
