"""Libraries that cut a text to a length, for prompts: trimwise and lede."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any, Final

from benchmarks.data import NewsCluster
from benchmarks.systems.filling import RankedSystem, System, import_peer, sentences_by_document

#: lede counts characters, so it is asked for more than the budget, and what does not fit is skipped: +0.5 R1 on
#: ``multi_news_val`` and +1.6 on ``neus_train`` (40 and 60 clusters).
LEDE_OVER: Final = 1.15

_WORD: Final = re.compile(r"\w+")


class WordEncoding:
    """Stands in for the tokenizer that trimwise fetches over the network to compare passages: a number a word."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def encode(self, text: str, *, disallowed_special: object = ()) -> list[int]:
        """Give the number of each word."""
        return [self._numbers.setdefault(word, len(self._numbers)) for word in _WORD.findall(text.lower())]


def make_trimwise() -> System:
    """Make trimwise's shared budget over several sources, without a question: its strategy "structural".

    :raises DataError: if it is not installed.
    """
    trimwise = import_peer("trimwise")
    name = "words-without-download"
    import_peer("tiktoken.registry", "tiktoken").ENCODINGS[name] = WordEncoding()
    trimmer = trimwise.Trimmer(trimwise.TrimConfig(token_encoding=name))
    signature = f"trimwise|unit:words|strategy:structural|terms:words|trimwise:{version('trimwise')}"
    return RankedSystem(partial(_rank_trimwise, trimmer=trimmer, source=trimwise.ContextSource), signature)


def _rank_trimwise(
    cluster: NewsCluster,
    sentences: Sequence[str],
    max_words: int,
    *,
    trimmer: Any,  # noqa: ANN401
    source: Any,  # noqa: ANN401
) -> Iterable[int]:
    """Give the sentences that stand whole in the spans it keeps."""
    texts = [article.text for article in cluster.documents]
    found = trimmer.trim_context([source(text) for text in texts], limit=max_words, unit="words", strategy="structural")
    return [
        i
        for i, home, start, end in _places(texts, sentences_by_document(cluster))
        if any(span.start <= start and end <= span.end for span in found.sources[home].spans)
    ]


def _places(texts: Sequence[str], documents: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, int, int]]:
    """Give each sentence's index, article and offsets."""
    i = 0
    for home, (text, sentences) in enumerate(zip(texts, documents, strict=True)):
        end = 0
        for sentence in sentences:
            start = text.index(sentence, end)
            end = start + len(sentence)
            yield i, home, start, end
            i += 1


def make_lede() -> System:
    """Make lede in its mode "coverage", which takes a sentence from as many paragraphs as it can.

    :raises DataError: if it is not installed.
    """
    steps = SimpleNamespace(select=import_peer("lede.coverage", "lede").select_coverage_indices)
    signature = f"lede|mode:coverage|asked:{LEDE_OVER:g} of the budget|lede:{version('lede')}"
    return RankedSystem(partial(_rank_lede, select=steps.select), signature)


def _rank_lede(cluster: NewsCluster, sentences: Sequence[str], max_words: int, *, select: Any) -> Iterable[int]:  # noqa: ANN401
    """Give our sentences that are, or stand in, the ones it takes: it splits the text by itself."""
    text = "\n\n".join(article.text for article in cluster.documents)
    length = int(max_words * LEDE_OVER * len(text) / max(1, len(text.split())))
    taken, indices = select(text, length) or ([], [])
    flat = [" ".join(sentence.split()) for sentence in sentences]
    ranked: list[int] = []
    for wanted in (" ".join(taken[i].split()) for i in indices):
        ranked.extend(i for i, sentence in enumerate(flat) if sentence in wanted)
    return ranked
