"""Articles planted into clusters: copies of their own, and articles on other events."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from benchmarks.data import Article, NewsCluster
from benchmarks.origins import MIN_WORDS, make_copy
from benchmarks.running import Outcome

#: Copies planted, and articles that ``hundred_copies`` fills up to.
N_COPIES: Final = 3
N_MANY: Final = 100

#: Cluster, some other cluster, chance -> articles to plant.
Planter = Callable[[NewsCluster, NewsCluster, random.Random], list[Article]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way to make input worse.

    :param sets: where it is tried.
    :param min_documents: clusters with fewer articles are left out. Where as many articles are on another event as on
        its own, nothing says which one is asked for.
    :param is_large: whether the input gets a hundred articles.
    :param has_target: whether ROUGE must not move: all that is planted stands in the cluster already, and there are
        clusters enough to tell.
    """

    name: str
    planter: Planter
    sets: tuple[str, ...] = ("multi_news_val",)
    min_documents: int = 1
    is_large: bool = False
    has_target: bool = False


def _copies(cluster: NewsCluster, other: NewsCluster, chance: random.Random, *, added: bool) -> list[Article]:
    long = [d.text for d in cluster.documents if len(d.text.split()) >= MIN_WORDS]
    text = chance.choice(long or [max((d.text for d in cluster.documents), key=len)])
    foreign = other.documents[0].text if added else ""
    return [Article(make_copy(text, foreign, chance)) for _ in range(N_COPIES)]


def _off_topic(cluster: NewsCluster, other: NewsCluster, chance: random.Random, *, n: int) -> list[Article]:
    return list(other.documents[:n])


def _fill(cluster: NewsCluster, other: NewsCluster, chance: random.Random) -> list[Article]:
    texts = [d.text for d in cluster.documents]
    return [Article(make_copy(texts[i % len(texts)], "", chance)) for i in range(N_MANY - len(texts))]


SCENARIOS: Final = (
    Scenario("copies", partial(_copies, added=False), has_target=True),
    Scenario("copies_added", partial(_copies, added=True)),
    # Most clusters of Multi-News have two articles, of NeuS three, of the updates dozens.
    Scenario("off_topic_1", partial(_off_topic, n=1), ("multi_news_val", "neus_val"), min_documents=3),
    Scenario("off_topic_2", partial(_off_topic, n=2), ("multi_news_val", "background_val"), min_documents=4),
    Scenario("hundred_copies", _fill, is_large=True),
)


_NONE: Final = NewsCluster("", (Article(""),), ("",), "")


def plant(clusters: Sequence[NewsCluster], planter: Planter, seed: int) -> list[NewsCluster]:
    """Give each cluster with planted articles behind its own.

    The other cluster is the next one of the sequence that is of another event and has two articles or more, so that two
    can be taken of it. Where all are of one event there is none: an empty article stands for it.
    """
    found = []
    for i, cluster in enumerate(clusters):
        others = (clusters[(i + k) % len(clusters)] for k in range(1, len(clusters) + 1))
        other = next((one for one in others if len(one.documents) > 1 and one.group != cluster.group), None)
        chance = random.Random(f"{seed}:{cluster.id}")
        found.append(replace(cluster, documents=(*cluster.documents, *planter(cluster, other or _NONE, chance))))
    return found


def from_planted(clusters: Sequence[NewsCluster], changed: Sequence[NewsCluster], outcomes: Sequence[Outcome]) -> float:
    """Give the share of the sentences that stand in a planted article and in none of the cluster's own."""
    planted = total = 0
    for old, new, outcome in zip(clusters, changed, outcomes, strict=True):
        own, others = (
            [" ".join(d.text.split()) for d in documents]
            for documents in (old.documents, new.documents[len(old.documents) :])
        )
        for sentence in outcome.output.sentences:
            flat = " ".join(sentence.split())
            total += 1
            planted += any(flat in text for text in others) and not any(flat in text for text in own)
    return round(planted / max(total, 1), 4)
