"""The packaged rewriter: a small encoder-decoder of our own that fuses sentences offline."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock
from typing import Any, Final

from summarizer.errors import ConfigError, MissingExtraError, ModelError
from summarizer.rewriting.fuser_choice import CHOICE, Choice
from summarizer.rewriting.fuser_joining import find_compound
from summarizer.rewriting.fuser_rank import AIMS, Aim, rank
from summarizer.rewriting.fuser_surface import Written, align, to_text
from summarizer.rewriting.fuser_text import OUTLETS, choose_sentences, encode
from summarizer.terms import count_words

PACKAGED: Final = "fuser-1"
WEIGHTS: Final = "model.safetensors"
FILES: Final = (WEIGHTS, "config.json", "tokenizer.json", "common.txt")

#: A union of two sentences has 38 words on average, and one in four has over 45; at 45 ROUGE-2 on them falls by 1.5.
USUAL_WORDS: Final = 60

_REMEDY: Final = "pip install --force-reinstall crossbrief, or make it with python -m summarizer.training fuser"
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A fuser in memory."""

    name: str
    """Name and digest of the weights, with those of the choice, ``fuser-1@1f3a5b7c``."""
    model: Any
    tokenizer: Any
    pieces: tuple[str, ...]
    """The vocabulary."""
    continues: tuple[bool, ...]
    """Which pieces continue a word."""
    begins: tuple[bool, ...]
    """Which pieces begin a word, and are no mark."""
    common: frozenset[str]
    """Lower-case words that are no names."""
    writable: Any
    """Which pieces of the short list need no source."""
    choice: Choice | None
    """Orders the candidates for a gist."""


class FuserRewriter:
    """Fuses each cluster into one sentence; satisfies :class:`summarizer.protocols.Rewriter`.

    A cluster is read alone and on one thread, so its candidates depend on nothing but its sentences. At most 5
    sentences and 150 words are read; more are left out, whole and from the end. For a union each of them is a candidate
    as it stands, and so for a gist, if the folder holds a choice. Of two that share little a union is a compound
    sentence, see :mod:`summarizer.rewriting.fuser_joining`.

    :param path: folder that ``python -m summarizer.training fuser`` wrote; the packaged model by default.
    :param beams: width of the search; the most candidates that a cluster gets. Time grows with it.
    :param max_words: longest candidate, in words.
    :param aim: what is wanted of a cluster: ``"union"``, all that its sentences say, or ``"gist"``, what an editor who
        boils them down would take. None, the default, is a gist of three sentences or more, and of two what agrees best
        with both: two sentences do not show whether all of them is wanted, or little.
    :raises ConfigError: if a number is below 1 (beams) or 5 (max_words), or there is no such aim.
    :raises MissingExtraError: if torch, transformers, tokenizers or safetensors is not installed.
    :raises ModelError: if the model is missing or damaged.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        beams: int = 6,
        max_words: int = USUAL_WORDS,
        aim: Aim | None = None,
    ) -> None:
        if beams < 1 or max_words < 5:
            raise ConfigError(f"beams must be at least 1 and max_words at least 5, not {beams} and {max_words}")
        if aim is not None and aim not in AIMS:
            raise ConfigError(f"aim must be {' or '.join(map(repr, AIMS))}, or None, not {aim!r}")
        self._beams = beams
        self._max_words = max_words
        self._aim = aim
        self._loaded = load(path)

    @property
    def name(self) -> str:
        """Model, digest of the weights, beams, and longest candidate and aim where they are not the usual ones."""
        words = "" if self._max_words == USUAL_WORDS else f":words{self._max_words}"
        aim = f":{self._aim}" if self._aim else ""
        return f"{self._loaded.name}:beams{self._beams}{words}{aim}"

    def rewrite(self, clusters: Sequence[Sequence[str]], /) -> list[list[str]]:
        """Fuse each cluster.

        :param clusters: n clusters of sentences, the representative first.
        :return: n lists of at most ``beams`` candidates, best first; an empty list for a cluster without words.
        """
        import torch

        with _lock:
            threads = torch.get_num_threads()
            torch.set_num_threads(1)
            try:
                return [self._fuse(cluster) for cluster in clusters]
            finally:
                torch.set_num_threads(threads)

    def _fuse(self, cluster: Sequence[str]) -> list[str]:
        sentences = choose_sentences([text for text in cluster if any(letter.isalnum() for letter in text)])
        if not sentences:
            return []
        copies = [text for text in sentences if count_words(text) <= self._max_words]
        outputs = self.write(sentences)
        ranked = rank(outputs, sentences, aim=self._aim, choice=self._loaded.choice, copies=copies)
        compound = find_compound(sentences, self._loaded.common) if self._aim == "union" else None
        if compound and count_words(compound) <= self._max_words:
            ranked = list(dict.fromkeys([compound, *ranked]))
        return ranked[: self._beams]

    def write(self, sentences: Sequence[str]) -> list[tuple[str, float]]:
        """Give all that the search finishes for one cluster, before anything is chosen.

        :param sentences: at least one, chosen by :func:`summarizer.rewriting.fuser_text.choose_sentences`.
        :return: texts, and the mean log probability of the word pieces of each; likeliest first, with repetitions.
        """
        from summarizer.rewriting.fuser_search import Search, search

        held = self._loaded
        encoded = encode(held.tokenizer, sentences)
        settings = Search(beams=self._beams, max_words=self._max_words)
        outputs = []
        for beam in search(held.model, encoded, held.writable, held.begins, settings):
            places = align(beam.pieces, encoded, held.continues)
            written = [Written(held.pieces[piece], place) for piece, place in zip(beam.pieces, places, strict=True)]
            text = to_text(written, encoded, held.common)
            if text and count_words(text) <= self._max_words:
                outputs.append((text, beam.log_probability / (len(beam.pieces) + 1)))
        return outputs


def load(path: str | Path | None = None) -> Loaded:
    """Load a fuser, or give it as it was loaded before if its files have not changed.

    :param path: folder of the model; None for the packaged one.
    """
    try:
        import safetensors  # noqa: F401
        import tokenizers  # noqa: F401
        import torch  # noqa: F401
        import transformers  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("the fuser", "rewrite") from error
    if path is not None:
        return _from_folder(Path(path))
    with as_file(files("summarizer.models") / PACKAGED) as folder:
        return _from_folder(folder)


def _from_folder(folder: Path) -> Loaded:
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise ModelError(f"{folder} is no fuser: {', '.join(missing)} missing; {_REMEDY}")
    present = [name for name in (*FILES, CHOICE) if (folder / name).is_file()]
    state = tuple((name, (folder / name).stat().st_mtime_ns) for name in present)
    with _lock:
        return _load(folder.resolve(), state)


@lru_cache(maxsize=2)
def _load(folder: Path, state: tuple[tuple[str, int], ...]) -> Loaded:
    import torch
    from tokenizers import Tokenizer

    from summarizer.rewriting.fuser_model import FuserForConditionalGeneration

    try:
        model = FuserForConditionalGeneration.from_pretrained(folder)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        common = (folder / "common.txt").read_text(encoding="utf-8").split()
        chosen = (folder / CHOICE).read_bytes() if (folder / CHOICE).is_file() else b""
        choice = Choice.from_json(chosen.decode("utf-8")) if chosen else None
        digest = hashlib.sha256((folder / WEIGHTS).read_bytes() + chosen).hexdigest()[:8]
        name = _name(folder)
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(f"{folder} cannot be loaded as a fuser: {error}; {_REMEDY}") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pieces = tuple(str(tokenizer.id_to_token(number)) for number in range(tokenizer.get_vocab_size()))
    if len(pieces) != model.config.vocab_size:
        raise ModelError(
            f"{folder}: tokenizer.json has {len(pieces)} pieces, the model {model.config.vocab_size}; {_REMEDY}"
        )
    return Loaded(
        name=f"{name}@{digest}",
        model=model.eval(),
        tokenizer=tokenizer,
        pieces=pieces,
        continues=tuple(piece.startswith("##") for piece in pieces),
        begins=tuple(piece[0].isalnum() for piece in pieces),
        common=frozenset(common),
        writable=torch.tensor([pieces[piece] not in OUTLETS for piece in model.config.written]),
        choice=choice,
    )


def _name(folder: Path) -> str:
    card = folder / "card.json"
    return str(json.loads(card.read_text(encoding="utf-8"))["name"]) if card.is_file() else folder.name
