"""sumy's summarizers over all sentences joined, which is how several articles can be given to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

from benchmarks.data import DataError, NewsCluster, split_sentences
from benchmarks.systems.filling import RankedSystem, System

SUMY: Final = {
    "sumy_lexrank": ("lex_rank", "LexRankSummarizer"),
    "sumy_lsa": ("lsa", "LsaSummarizer"),
    "sumy_textrank": ("text_rank", "TextRankSummarizer"),
    "sumy_luhn": ("luhn", "LuhnSummarizer"),
    "sumy_sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "sumy_kl": ("kl", "KLSummarizer"),
}


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
    """Make one sumy document of sentences."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer = _SumyTokenizer()
    return ObjectDocumentModel([Paragraph([Sentence(sentence, tokenizer) for sentence in sentences])])


def make_sumy(name: str) -> System:
    """Make one of :data:`SUMY`.

    :raises DataError: if sumy is not installed.
    """
    summarizer = sumy_summarizer(name)
    return RankedSystem(partial(_rank, summarizer=summarizer), f"{name}|stem:english|sumy:{version('sumy')}")


def _rank(cluster: NewsCluster, sentences: Sequence[str], max_words: int, *, summarizer: Any) -> Iterable[int]:  # noqa: ANN401
    ranked: list[int] = []

    def take_all(infos: list[Any]) -> list[Any]:
        # sumy sorts what it returns by place; its ranking is seen only here.
        ranked.extend(info.order for info in infos)
        return infos

    summarizer(sumy_document(sentences), take_all)
    return ranked
