"""Sentences -> vectors: the packaged MiniLM, static WordLlama vectors, or any object of the Embedder protocol.

A vector depends on its sentence alone, bit for bit. An int8 model rounds activations by their range over everything in
a run, so in a batch sentences move each other's vectors; here a run holds one sentence, on one thread, and runs go side
by side. Neither the order of the articles, nor one article more, nor the number of threads changes anything. It costs
little: sentences of the seed articles (26 word pieces on average) a CPU-second, onnxruntime 1.31:

===========================================  =======  ===============================
int8, one sentence a run (this one)          610      independent
int8, batches of equal length                650      depends on the batch
int8, a scale for each word piece            405      independent
8-bit weights in blocks of 32 (MatMulNBits)  160      depends on the batch, slightly
float32, one a run / batches                 180/190  independent / slightly dependent
===========================================  =======  ===============================

Two threads embed 770 to 1,000 sentences a second as runs side by side, and about 500 when they share each run.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.embedding_cache import CachedEmbedder
from summarizer.errors import ConfigError, MissingExtraError, ModelError
from summarizer.graphs import import_onnxruntime, load_session, load_tokenizer, valid
from summarizer.protocols import Embedder, TellingEmbedder, TokenCounter

MODEL_NAME: Final = "minilm-l6-v2-int8"

#: Threads beyond this many gain little: memory is shared, and the tokenizer runs before them.
MAX_THREADS: Final = 4
#: Vectors kept for later calls: 4,096 x 384 float32 are 6 MB, about 200 articles.
MAX_KEPT: Final = 4096

#: Progress is told after so many sentences: about twenty times a second.
_TOLD_STEP: Final = 32

#: Different sentences of one input that are embedded. Up to here all are: 110 articles of news.
MAX_SENTENCES: Final = 3_000

_REMEDY: Final = (
    "pip install --force-reinstall crossbrief, or python -m summarizer.training encoder --force in a checkout"
)

logger = logging.getLogger(__name__)


def load_embedder(name: str, *, cache: str | Path | None = None) -> Embedder:
    """Give the embedder of a name; the same object each time, so its model is loaded once.

    :param name: ``"minilm"`` (packaged, offline) or ``"wordllama"`` (extra ``static``). ``"tfidf"`` compares words
        without an embedder.
    :param cache: folder in which vectors are kept between runs; read for ``"minilm"`` only: static vectors are faster
        looked up in the model. See :mod:`summarizer.embedding_cache`.
    :raises ConfigError: if there is no such embedder.
    :raises MissingExtraError: if the extra it needs is not installed.
    """
    if name not in _EMBEDDERS:
        raise ConfigError(
            f"no embedder {name!r}; choose one of {', '.join(_EMBEDDERS)}, or give an object with encode()"
        )
    embedder = _load(name)
    return CachedEmbedder(embedder, cache) if cache and isinstance(embedder, MiniLMEmbedder) else embedder


@cache
def _load(name: str) -> Embedder:
    return _EMBEDDERS[name]()


def embed(
    embedder: Embedder,
    texts: Sequence[str],
    wanted: NDArray[np.bool_] | None = None,
    tell: Callable[[float], None] | None = None,
) -> NDArray[np.float32]:
    """Embed texts and scale the vectors to unit length.

    Each different text is given to the embedder once, in sorted order, so that the order of the articles cannot reach
    the vectors even of an embedder whose batches move them a little.

    :param texts: n texts.
    :param wanted: shape (n,), which of them are embedded, at least one; None for all.
    :param tell: told the share of the sentences that are embedded, in (0, 1], by an embedder that can say it.
    :return: shape (n, d), unit rows; a zero vector stays zero, and what is not wanted has one; shape (0, 0) for no
        texts.
    :raises ModelError: if what the embedder returns is not n finite vectors of one width.
    """
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    if wanted is not None:
        places = np.flatnonzero(wanted)
        found = embed(embedder, [texts[place] for place in places.tolist()], tell=tell)
        vectors = np.zeros((len(texts), found.shape[1]), dtype=np.float32)
        vectors[places] = found
        return vectors
    name, unique = embedder_name(embedder), sorted(set(texts))
    if tell is not None and isinstance(embedder, TellingEmbedder):
        returned = embedder.encode_telling(unique, lambda n_done: tell(n_done / len(unique)))
    else:
        returned = embedder.encode(unique)
    try:
        vectors = np.asarray(returned, dtype=np.float64)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ModelError(f"the embedder {name} must return an array of shape (n, d), not {type(returned)}") from error
    if vectors.ndim != 2 or len(vectors) != len(unique) or vectors.shape[1] == 0:
        raise ModelError(f"the embedder {name} returned shape {vectors.shape} for {len(unique)} sentences, not (n, d)")
    if not np.isfinite(vectors).all():
        row = int(np.flatnonzero(~np.isfinite(vectors).all(axis=1))[0])
        raise ModelError(f"the embedder {name} returned a vector that is not finite for {unique[row][:80]!r}")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    place = {text: row for row, text in enumerate(unique)}
    return unit[[place[text] for text in texts]]


def embedder_name(embedder: Embedder) -> str:
    """Give the name for the signature: the attribute ``name``, else the name of the class; never a ``|`` or space."""
    name = getattr(embedder, "name", None)
    return re.sub(r"[|\s]+", "-", name if isinstance(name, str) and name.strip() else type(embedder).__name__)


def load_token_counter() -> tuple[str, TokenCounter]:
    """Give the packaged tokenizer as a counter, for budgets in tokens.

    :return: its name for the signature, and the function from a text to its number of word pieces, without the two
        marks that frame an input of the model.
    :raises ModelError: if the tokenizer is missing or damaged.
    """
    return "minilm-l6-v2-wordpiece", _token_counter()


@cache
def _token_counter() -> TokenCounter:
    tokenizer = load_tokenizer(model_folder(), _REMEDY)
    tokenizer.no_truncation()
    return lambda text: len(tokenizer.encode(valid(text), add_special_tokens=False).ids)


def model_folder() -> Traversable:
    """Give the folder of the packaged encoder."""
    return files("summarizer.models") / MODEL_NAME


def _processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def _processor() -> str:
    """Name the kind of processor: int8 kernels differ between them, by the last bits of a vector."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split("\n\n", 1)[0].split("\n")
    except OSError:
        lines = []
    telling = [" ".join(line.split()) for line in lines if line.startswith(("model name", "flags", "Features", "CPU"))]
    return "|".join((platform.machine(), platform.processor(), *telling))


class MiniLMEmbedder:
    """The packaged all-MiniLM-L6-v2, int8, by onnxruntime: 384 dimensions, English, lower-cased.

    The model is loaded on first use (0.1 s). A sentence is read up to 256 word pieces, about 190 words, the limit of
    the model; what follows does not count. The latest :data:`MAX_KEPT` vectors are kept for later calls. Objects may
    be shared between threads.

    :param folder: with model.onnx, tokenizer.json and the card.json that names their digests; the packaged one by
        default.
    :param threads: sentences embedded side by side; by default one a processor, at most :data:`MAX_THREADS`. It does
        not move the vectors.
    :param max_sentences: different sentences of one input that are embedded; of more, those that another article may
        repeat, see :mod:`summarizer.sparing`. None for all.
    :raises ConfigError: if ``threads`` or ``max_sentences`` is below 1.
    """

    name = MODEL_NAME

    def __init__(
        self, folder: Path | None = None, *, threads: int | None = None, max_sentences: int | None = MAX_SENTENCES
    ) -> None:
        for what, given in (("threads", threads), ("max_sentences", max_sentences)):
            if given is not None and given < 1:
                raise ConfigError(f"{what} must be at least 1, not {given}")
        self.max_sentences = max_sentences
        self._folder: Traversable = folder or model_folder()
        self._threads = threads or min(_processors(), MAX_THREADS)
        self._lock = Lock()
        self._model: tuple[Any, Any] | None = None
        self._kept: dict[str, NDArray[np.float32]] = {}

    def encode(self, sentences: Sequence[str], /) -> NDArray[np.float32]:
        """Embed sentences; equal ones are computed once.

        :param sentences: n texts; the empty one has a vector, too.
        :return: shape (n, 384), unit rows.
        :raises ModelError: if a file of the model is missing or damaged.
        """
        return self.encode_telling(sentences, _tell_nobody)

    def encode_telling(self, sentences: Sequence[str], tell: Callable[[int], None], /) -> NDArray[np.float32]:
        """Embed sentences as :meth:`encode` does, bit for bit, and say how far it is.

        :param tell: told how many sentences are done, in the thread of the caller; what it raises ends the work.
        """
        tokenizer, session = self._loaded()
        with self._lock:
            vectors = {text: self._kept[text] for text in sentences if text in self._kept}
        missing = list(dict.fromkeys(text for text in sentences if text not in vectors))

        def vector(text: str) -> NDArray[np.float32]:
            # One at a time here, too: a batch would start the tokenizer's own threads, which do not survive a fork.
            pieces = np.array(tokenizer.encode(valid(text)).ids, dtype=np.int64)
            found: NDArray[np.float32] = session.run(["vector"], {"word_pieces": pieces})[0]
            return found

        n_known = len(sentences) - len(missing)
        if self._threads == 1 or len(missing) < 2:
            computed = _gather(map(vector, missing), n_known, tell)
        else:
            threads = ThreadPoolExecutor(self._threads)
            try:
                computed = _gather(threads.map(vector, missing), n_known, tell)
            finally:  # who is told may end the work, as does Ctrl-C: then what has not begun is left
                threads.shutdown(cancel_futures=True)
        vectors.update(zip(missing, computed, strict=True))
        with self._lock:
            self._kept.update(zip(missing[-MAX_KEPT:], computed[-MAX_KEPT:], strict=True))
            for text in list(self._kept)[: max(0, len(self._kept) - MAX_KEPT)]:
                del self._kept[text]
        return np.stack([vectors[text] for text in sentences]) if vectors else np.zeros((0, 384), dtype=np.float32)

    def fingerprint(self) -> str:
        """Name what moves a vector beside its sentence: the model's files, the library and the kind of processor.

        :raises ModelError: if the model's card is missing or damaged.
        """
        onnxruntime = import_onnxruntime()
        try:
            card = json.loads((self._folder / "card.json").read_bytes())
            digests = [card["files"][name]["sha256"] for name in ("model.onnx", "tokenizer.json")]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"the model in {self._folder} is incomplete ({error!r}): {_REMEDY}") from error
        return "|".join((self.name, *digests, f"onnxruntime {onnxruntime.__version__}", _processor()))

    def _loaded(self) -> tuple[Any, Any]:
        """Give tokenizer and session, loaded once."""
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> tuple[Any, Any]:
        session = load_session(self._folder, _REMEDY)
        logger.debug("loaded %s for %d threads", self._folder, self._threads)
        return load_tokenizer(self._folder, _REMEDY), session


def _gather(found: Iterator[NDArray[np.float32]], n_known: int, tell: Callable[[int], None]) -> list[Any]:
    """Take vectors as they come, and tell now and then how many there are."""
    gathered = []
    for vector in found:
        gathered.append(vector)
        if len(gathered) % _TOLD_STEP == 0:
            tell(n_known + len(gathered))
    return gathered


def _tell_nobody(n_done: int) -> None:
    """Take no notice."""


class WordLlamaEmbedder:
    """Static word vectors, averaged: 256 dimensions, 30 times as fast as MiniLM, blind to word order.

    The vectors come from the package wordllama (MIT), which carries them; nothing is downloaded.

    :raises MissingExtraError: if the extra ``static`` is not installed.
    :raises ModelError: if the package is there without its vectors.
    """

    name = "wordllama-l2-supercat-256"

    def __init__(self) -> None:
        model = _load_wordllama()
        self._vectors: NDArray[np.float32] = model.embedding
        self._tokenizer = model.tokenizer
        # The package pads batches to the longest text: one long text would cost memory for all, and move their sums.
        self._tokenizer.no_padding()

    def encode(self, sentences: Sequence[str], /) -> NDArray[np.float32]:
        """Embed sentences.

        :param sentences: n texts.
        :return: shape (n, 256), rows of any length; zero for a text without words.
        """
        vectors = np.zeros((len(sentences), self._vectors.shape[1]), dtype=np.float32)
        for row, text in zip(vectors, sentences, strict=True):
            ids = self._tokenizer.encode(valid(text), add_special_tokens=False).ids
            if ids:
                row[:] = self._vectors[np.minimum(ids, len(self._vectors) - 1)].mean(axis=0)
        return vectors


def _load_wordllama() -> Any:  # noqa: ANN401
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        import wordllama
    except ImportError as error:
        raise MissingExtraError("the wordllama embedder", "static") from error
    finally:
        # Importing wordllama configures the root logger, which belongs to the application.
        root.handlers[:], root.level = handlers, level
    try:
        return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
    except (OSError, ValueError) as error:
        raise ModelError(f"wordllama lacks its vectors ({error}): pip install --force-reinstall wordllama") from error


_EMBEDDERS: Final[dict[str, Callable[[], Embedder]]] = {"minilm": MiniLMEmbedder, "wordllama": WordLlamaEmbedder}
