"""How often a claim that is listed as reported by one source is indeed in no other article.

Clusters of ``multi_news_val`` whose articles all have 150 words or more, the same ones each time, are summarized to 225
words; every listed claim was read by hand against the nearest sentences of the other articles, and where that left a
doubt against the articles. "yes": no other article reports it;
"relay": another one does, on the word of the same outlet, so that there is one origin all the same; "no": another
article reports it, or its main part, in whatever words. Of the clusters on which the bars were chosen, more sentences
were read than are listed, which tells how many of those that no other article reports are found. That was asked again
of 15 short clusters that nobody had looked at: of each, every sentence that could be listed was read. The labels are in
``results/exclusive_labels.json`` under
digests of cluster and claim. A claim without a label counts as wrong.

    python -m benchmarks measure exclusives --data FOLDER
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.data import NewsCluster, load
from summarizer.config import SummaryConfig
from summarizer.datatypes import Document, Statement
from summarizer.exclusives import find_single_source, further
from summarizer.findings import SingleSource
from summarizer.material import Material
from summarizer.preparation import compare_sentences, prepare_documents, silent, split_documents
from summarizer.salience import Candidates, judge
from summarizer.selection import select
from summarizer.selection.budget import make_knapsack
from summarizer.statements import make_statements

LABELS: Final = Path(__file__).parent / "results" / "exclusive_labels.json"
CLUSTERS: Final = 30
UNSEEN: Final = 16
MIN_WORDS: Final = 150
#: Clusters nobody had looked at, of two or three articles and fewer words than this together, of which every sentence
#: that could be listed was read.
READ_WHOLE: Final = 15
MOST_WORDS: Final = 1100
#: The time is the least of so many runs: other work on the machine only adds to it.
RUNS: Final = 5


def measure(data: Path, *, clusters: int = CLUSTERS, unseen: int = UNSEEN, seed: int = 0) -> dict[str, Any]:
    """Measure the precision of the claims listed, and the time it takes.

    :param data: folder with ``multi_news_val``.
    :param clusters: number of clusters drawn, on which the bars were chosen.
    :param unseen: half the number of clusters drawn again; those known by then are left out.
    :param seed: of the draw.
    """
    labels = json.loads(LABELS.read_text("utf-8"))["labels"] if LABELS.is_file() else {}
    drawn = load(data, "multi_news_val").clusters
    chosen = draw(drawn, clusters, seed)
    # The bars were chosen on the first draw, and moved once after reading the second.
    known = {cluster.id for cluster in [*chosen, *draw(drawn, unseen, seed + 7)]}
    fresh = [cluster for cluster in draw(drawn, 2 * unseen, seed + 21) if cluster.id not in known]
    unseen_found = _measure(fresh, labels)
    del unseen_found["exclusive_and_listed"]  # of these clusters nothing was read but what was listed
    known |= {cluster.id for cluster in fresh}
    short = [one for one in draw(drawn, len(drawn), seed + 77) if one.id not in known and _is_short(one)]
    return {
        "chosen_on": _measure(chosen, labels),
        "unseen": unseen_found,
        "read_whole": _measure(short[:READ_WHOLE], labels),
    }


def _is_short(cluster: NewsCluster) -> bool:
    return len(cluster.documents) <= 3 and sum(len(one.text.split()) for one in cluster.documents) < MOST_WORDS


def _measure(clusters: Sequence[NewsCluster], labels: dict[str, str]) -> dict[str, Any]:
    counts = {kind: {"claims": 0, "yes": 0, "relay": 0} for kind in ("statements", "further")}
    unread: list[str] = []
    exclusive, listed = 0, 0
    milliseconds = []
    for cluster in clusters:
        made = make(cluster)
        found, seconds = _timed(*made)
        milliseconds.append(1000 * seconds * 75 / max(len(made[0].sentences), 75))
        own = {name for name in _candidates(cluster, *made) if labels.get(name) == "yes"}
        exclusive += len(own)
        listed += len(own & {digest(cluster, claim) for claim in found})
        for claim in found:
            kind = counts["statements" if claim.statement_id else "further"]
            name = digest(cluster, claim)
            kind["claims"] += 1
            label = labels.get(name, "unread")
            if label in kind:
                kind[label] += 1
            unread += [name] * (label == "unread")
    claims, only, relayed = (sum(count[name] for count in counts.values()) for name in ("claims", "yes", "relay"))
    return {
        "clusters": len(clusters),
        **counts,
        "claims": claims,
        "one_origin": round((only + relayed) / max(claims, 1), 3),
        "one_article": round(only / max(claims, 1), 3),
        "exclusive_and_listed": f"{listed} of {exclusive} claims read that no other article reports",
        "unread": unread,
        "milliseconds_per_75_sentences": round(sorted(milliseconds)[len(milliseconds) // 2], 2) if milliseconds else 0,
    }


def draw(clusters: Sequence[NewsCluster], count: int, seed: int) -> list[NewsCluster]:
    """Draw clusters of whole articles: scraped notices beside an article would make every claim of it exclusive."""
    whole = [c for c in clusters if all(len(document.text.split()) >= MIN_WORDS for document in c.documents)]
    return random.Random(seed).sample(whole, min(count, len(whole)))


def make(cluster: NewsCluster, max_words: int = 225) -> tuple[Material, Candidates, tuple[Statement, ...]]:
    """Give what the pipeline knows of a cluster once its statements are made."""
    config = SummaryConfig(max_words=max_words)
    given = [Document(document.text, id=f"{number:02d}") for number, document in enumerate(cluster.documents)]
    prepared = prepare_documents(given, config, silent)
    sentences = split_documents(prepared, config, [], silent)
    material = compare_sentences(prepared, sentences, config, None, silent, [])
    candidates = judge(material, budget=max_words)
    knapsack = make_knapsack([sentence.text for sentence in material.sentences], material.words, config.budget(), len)
    chosen = select(config.strategy, material, candidates, knapsack, diversity=config.diversity)
    return material, candidates, make_statements(material, candidates, chosen)


def _candidates(
    cluster: NewsCluster, material: Material, candidates: Candidates, statements: Sequence[Statement]
) -> set[str]:
    """Name the claims that could be listed: statements of one origin, and the salient sentences beyond them."""
    place_of = {(s.document_id, s.start): index for index, s in enumerate(material.sentences)}
    told = [place_of[first.document_id, first.start] for first in (found.support[0] for found in statements)]
    numbers = {*told, *further(material, candidates, told)}
    return {_name(cluster, material.sentences[index].text) for index in sorted(numbers)}


def digest(cluster: NewsCluster, claim: SingleSource) -> str:
    """Name a claim without giving its words."""
    return _name(cluster, claim.place.text)


def _name(cluster: NewsCluster, text: str) -> str:
    return hashlib.sha256(f"{cluster.id}\n{text}".encode()).hexdigest()[:16]


def _timed(
    material: Material, candidates: Candidates, statements: Sequence[Statement]
) -> tuple[tuple[SingleSource, ...], float]:
    least = float("inf")
    found: tuple[SingleSource, ...] = ()
    for _ in range(RUNS):
        start = time.perf_counter()
        found = tuple(claim for claim in find_single_source(material, candidates, statements) if not claim.near)
        least = min(least, time.perf_counter() - start)
    return found, least
