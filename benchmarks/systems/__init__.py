"""The systems compared: ours, the simple ones, the oracle, textbook baselines, and the libraries people use.

Every system gets the same articles and the same budget in words, and returns whole sentences that stay within it. All
but ours get the same sentences and fill the budget the same way: best first, skipping what does not
fit, and read in the order of the articles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from benchmarks.data import DataError, NewsCluster
from benchmarks.systems.excerpt_peers import make_lede, make_trimwise
from benchmarks.systems.filling import Output, PeerError, System
from benchmarks.systems.graph_peers import (
    LexRankSystem,
    make_pytextrank,
    make_sentence_transformers_lexrank,
    make_summa,
)
from benchmarks.systems.isolated import ISOLATED, IsolatedSystem
from benchmarks.systems.ours import DEFAULT_SYSTEM, OURS, make_ours
from benchmarks.systems.simple import SIMPLE, make_simple
from benchmarks.systems.sumy_peers import SUMY, make_sumy, sumy_document, sumy_summarizer
from benchmarks.systems.textbook import TEXTBOOK, make_textbook

__all__ = [
    "DEFAULT_SYSTEM",
    "ISOLATED",
    "OURS",
    "PEERS",
    "SIMPLE",
    "SUMY",
    "SYSTEMS",
    "TEXTBOOK",
    "Output",
    "PeerError",
    "System",
    "give_corpus",
    "make_system",
    "sumy_document",
    "sumy_summarizer",
    "versions",
]

#: Libraries of the extra ``bench``, besides sumy.
PEERS: Final[dict[str, Callable[[], System]]] = {
    "lexrank": LexRankSystem,
    "summa": make_summa,
    "pytextrank": make_pytextrank,
    "trimwise": make_trimwise,
    "lede": make_lede,
    "sentence_transformers_lexrank": make_sentence_transformers_lexrank,
}
#: In the order of the tables.
SYSTEMS: Final = (*OURS, *SIMPLE, *TEXTBOOK, *SUMY, *PEERS, *ISOLATED)

#: Packages whose version moves a figure.
_PACKAGES: Final = (
    "crossbrief",
    "numpy",
    "onnxruntime",
    "sentencex",
    "snowballstemmer",
    "rouge-score",
    "nltk",
    "sumy",
    "scikit-learn",
    "scipy",
    "lexrank",
    "summa",
    "pytextrank",
    "spacy",
    "trimwise",
    "lede",
    "sentence-transformers",
    "torch",
)


def make_system(name: str, *, seed: int = 0) -> System:
    """Make a system by its name in :data:`SYSTEMS`.

    :param seed: of the random baseline.
    :raises DataError: if the name is unknown, or its library or environment is not installed; says what to run.
    """
    if name in SIMPLE:
        return make_simple(name, seed=seed)
    if name in SUMY:
        return make_sumy(name)
    if name in TEXTBOOK:
        return make_textbook(name)
    if name in PEERS:
        return PEERS[name]()
    if name in ISOLATED:
        return IsolatedSystem(name)
    if name in OURS:
        return make_ours(name)
    raise DataError(f"unknown system {name!r}; choose from {', '.join(SYSTEMS)}")


def give_corpus(system: System, clusters: Sequence[NewsCluster]) -> None:
    """Show a set to a system that weighs words by other articles than those it summarizes; others need nothing.

    Of each cluster it then uses the articles of clusters of other events, and never a reference.
    """
    read = getattr(system, "read_corpus", None)
    if read is not None:
        read(clusters)


def versions() -> dict[str, str]:
    """Give the versions of everything that moves a figure and is installed."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
