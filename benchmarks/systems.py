"""The systems compared: ours, the simple ones, the oracle, and sumy's.

Every system gets the same articles and the same budget in words, and returns whole sentences that stay within it. All
but ours get the same sentences and fill the budget the same way: best first, skipping what does not
fit, and read in the order of the articles.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import zip_longest
from typing import Any, Final

from benchmarks.data import DataError, NewsCluster, split_sentences
from benchmarks.oracle import greedy_oracle
from summarizer.config import STRATEGIES


@dataclass(frozen=True, slots=True)
class Output:
    """What a system made of one cluster.

    :param sentences: in reading order.
    :param stated_support: how many of them two or more origins support, by the system's own account, if it gives one.
    :param signature: the settings as the system itself states them, if it does.
    """

    sentences: tuple[str, ...]
    stated_support: int | None = None
    signature: str = ""


#: Cluster and budget in words -> output.
System = Callable[[NewsCluster, int], Output]
#: Cluster, its sentences in document order, and budget in words -> indices, best first.
_Ranker = Callable[[NewsCluster, Sequence[str], int], Iterable[int]]


def _fill(ranker: _Ranker, cluster: NewsCluster, max_words: int) -> Output:
    sentences = [sentence for document in cluster.documents for sentence in split_sentences(document.text)]
    kept, used = [], 0
    for i in ranker(cluster, sentences, max_words):
        words = len(sentences[i].split())
        if used + words <= max_words:
            kept.append(i)
            used += words
    return Output(tuple(sentences[i] for i in sorted(kept)))


def _lead_first(cluster: NewsCluster, sentences: Sequence[str], max_words: int) -> Iterable[int]:
    return range(len(sentences))


def _lead_interleaved(cluster: NewsCluster, sentences: Sequence[str], max_words: int) -> Iterable[int]:
    rows, first = [], 0
    for document in cluster.documents:
        n = len(split_sentences(document.text))
        rows.append(range(first, first + n))
        first += n
    return (i for row in zip_longest(*rows) for i in row if i is not None)


def _random(cluster: NewsCluster, sentences: Sequence[str], max_words: int, *, seed: int) -> Iterable[int]:
    order = list(range(len(sentences)))
    random.Random(f"{seed}:{cluster.id}").shuffle(order)
    return order


def _oracle(cluster: NewsCluster, sentences: Sequence[str], max_words: int) -> Iterable[int]:
    return greedy_oracle(sentences, cluster.references, max_words)


class _SumyTokenizer:
    """What sumy's own tokenizer does, given our sentences: its sentence splitter needs data that no package brings."""

    def __init__(self) -> None:
        self._nltk: Any = import_module("nltk")
        self._word: Any = import_module("sumy.nlp.tokenizers").Tokenizer._WORD_PATTERN

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return tuple(split_sentences(paragraph))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        words = self._nltk.word_tokenize(sentence, preserve_line=True)
        return tuple(word for word in words if self._word.match(word))


SUMY: Final = {
    "sumy_lexrank": ("lex_rank", "LexRankSummarizer"),
    "sumy_lsa": ("lsa", "LsaSummarizer"),
    "sumy_textrank": ("text_rank", "TextRankSummarizer"),
    "sumy_luhn": ("luhn", "LuhnSummarizer"),
    "sumy_sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "sumy_kl": ("kl", "KLSummarizer"),
}


def sumy_summarizer(name: str) -> Any:  # noqa: ANN401  sumy carries no types
    """Make one of sumy's summarizers with its English stemmer and stop words, as its README does.

    :raises DataError: if sumy is not installed.
    """
    try:
        from sumy.nlp.stemmers import Stemmer
        from sumy.utils import get_stop_words
    except ImportError as error:
        raise DataError(f"{name} needs the extra 'bench': pip install 'crossbrief[bench]'") from error
    module, kind = SUMY[name]
    made = getattr(import_module(f"sumy.summarizers.{module}"), kind)(Stemmer("english"))
    made.stop_words = get_stop_words("english")
    return made


def sumy_document(sentences: Sequence[str]) -> Any:  # noqa: ANN401
    """Make one sumy document of sentences, which is how several articles can be given to it."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer = _SumyTokenizer()
    return ObjectDocumentModel([Paragraph([Sentence(sentence, tokenizer) for sentence in sentences])])


def _sumy(cluster: NewsCluster, sentences: Sequence[str], max_words: int, *, summarizer: Any) -> Iterable[int]:  # noqa: ANN401
    ranked: list[int] = []

    def take_all(infos: list[Any]) -> list[Any]:
        # sumy sorts what it returns by place; its ranking is seen only here.
        ranked.extend(info.order for info in infos)
        return infos

    summarizer(sumy_document(sentences), take_all)
    return ranked


def _ours(cluster: NewsCluster, max_words: int, *, strategy: str, embedder: str) -> Output:
    from summarizer import summarize

    summary = summarize(
        [document.as_input() for document in cluster.documents],
        max_words=max_words,
        strategy=strategy,
        embedder=embedder,
    )
    return Output(
        tuple(statement.text for statement in summary.statements),
        sum(statement.origins >= 2 for statement in summary.statements),
        summary.signature,
    )


#: The name under which :func:`summarizer.summarize` runs with its defaults.
DEFAULT_SYSTEM: Final = "crossbrief_coverage_minilm"
OURS: Final = tuple(f"crossbrief_{strategy}_{embedder}" for embedder in ("tfidf", "minilm") for strategy in STRATEGIES)
SIMPLE: Final = ("lead_first", "lead_interleaved", "random", "oracle")
SYSTEMS: Final = (*OURS, *SIMPLE, *SUMY)


def make_system(name: str, *, seed: int = 0) -> System:
    """Make a system by its name in :data:`SYSTEMS`.

    :param seed: of the random baseline.
    :raises DataError: if the name is unknown or its library is not installed.
    """
    simple: dict[str, _Ranker] = {
        "lead_first": _lead_first,
        "lead_interleaved": _lead_interleaved,
        "random": partial(_random, seed=seed),
        "oracle": _oracle,
    }
    if name in simple:
        return partial(_fill, simple[name])
    if name in SUMY:
        return partial(_fill, partial(_sumy, summarizer=sumy_summarizer(name)))
    if name in OURS:
        strategy, _, embedder = name.removeprefix("crossbrief_").rpartition("_")
        return partial(_ours, strategy=strategy, embedder=embedder)
    raise DataError(f"unknown system {name!r}; choose from {', '.join(SYSTEMS)}")


def versions() -> dict[str, str]:
    """Give the versions of everything that moves a figure and is installed."""
    found = {}
    for package in (
        "crossbrief",
        "numpy",
        "onnxruntime",
        "sentencex",
        "snowballstemmer",
        "rouge-score",
        "nltk",
        "sumy",
    ):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
