"""Vectors kept on disk between runs, by the content of the sentence and everything that moves its vector.

One SQLite file: a transaction is whole or not there, several processes may share it, and it is read without loading it
all. A vector depends on its sentence alone, so a summary made with the cache has the bytes of one made without. A cache
that cannot be used is never an error: a warning is logged, and vectors are computed.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Final, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

FILE_NAME: Final = "embeddings-1.sqlite3"
#: Sentences kept; with 384 dimensions 1.6 KB each, 330 MB in all. The oldest go first.
MAX_CACHED: Final = 200_000
#: Seconds to wait for another process that writes.
_PATIENCE: Final = 5.0
#: Parameters of one query; SQLite's oldest limit is 999.
_STEP: Final = 500
#: "CBEV": marks the file as ours, so that another program's database is left alone.
_APPLICATION: Final = 0x43424556
_TABLE: Final = """
    CREATE TABLE IF NOT EXISTS vectors (number INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB UNIQUE NOT NULL,
    vector BLOB NOT NULL)
"""


class Cacheable(Protocol):
    """An embedder whose vectors depend on the sentence and the fingerprint alone."""

    @property
    def name(self) -> str:
        """Name for the signature."""

    def fingerprint(self) -> str:
        """Name everything beside the sentence that moves a vector: files, library, processor."""

    def encode(self, sentences: Sequence[str], /) -> NDArray[np.float32]:
        """Embed sentences."""

    def encode_telling(self, sentences: Sequence[str], tell: Callable[[int], None], /) -> NDArray[np.float32]:
        """Embed sentences, and say how many are done."""


class _ForeignFileError(Exception):
    """The file is a database of another program."""


class CachedEmbedder:
    """An embedder that looks its vectors up in a folder first, and keeps there what it had to compute.

    :param inner: what computes vectors.
    :param folder: made when there is something to keep.
    """

    def __init__(self, inner: Cacheable, folder: str | Path) -> None:
        self._inner = inner
        self._folder = Path(folder)
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The name of the embedder inside: the cache does not show in the signature."""
        return self._inner.name

    @property
    def max_sentences(self) -> int | None:
        """That of the embedder inside: which sentences it embeds must not hang on what is kept."""
        return getattr(self._inner, "max_sentences", None)

    def encode(self, sentences: Sequence[str], /) -> NDArray[np.float32]:
        """Embed sentences; those met before are read.

        :param sentences: n texts.
        :return: shape (n, d), as the embedder inside gives them, bit for bit.
        """
        return self.encode_telling(sentences, _tell_nobody)

    def encode_telling(self, sentences: Sequence[str], tell: Callable[[int], None], /) -> NDArray[np.float32]:
        """Embed sentences as :meth:`encode` does, and say how many are done; those met before are at once."""
        fingerprint = self._inner.fingerprint().encode()
        keys = {text: _key(fingerprint, text) for text in sentences}
        with self._lock:
            known = self._read(list(keys.values()))
            missing = [text for text, key in keys.items() if key not in known]
            if missing:
                n_known = len(sentences) - len(missing)
                vectors = self._inner.encode_telling(missing, lambda n_done: tell(n_known + n_done))
                computed = dict(zip((keys[text] for text in missing), vectors, strict=True))
                self._write(computed)
                known |= computed
        if len({len(vector) for vector in known.values()}) > 1:  # no file that this wrote holds two widths
            return self._inner.encode(sentences)
        return np.stack([known[keys[text]] for text in sentences]) if keys else self._inner.encode(sentences)

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        found: dict[bytes, NDArray[np.float32]] = {}

        def read(connection: sqlite3.Connection) -> None:
            for start in range(0, len(keys), _STEP):
                step = keys[start : start + _STEP]
                marks = ",".join("?" * len(step))
                query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608  marks only
                for key, packed in connection.execute(query, step):
                    vector = _unpack(packed)
                    if vector is None:
                        logger.warning("%s holds a damaged vector, which is computed anew", self._folder / FILE_NAME)
                    else:
                        found[key] = vector

        if _is_file(self._folder / FILE_NAME):
            self._open("read", read)
        return found

    def _write(self, vectors: dict[bytes, NDArray[np.float32]]) -> None:
        rows = [(key, _pack(vector)) for key, vector in vectors.items()]

        def write(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO vectors (key, vector) VALUES (?, ?)", rows)
                last = "SELECT max(number) FROM vectors"
                connection.execute(f"DELETE FROM vectors WHERE number <= ({last}) - ?", (MAX_CACHED,))  # noqa: S608

        self._open("write", write)

    def _open(self, purpose: str, use: Callable[[sqlite3.Connection], None]) -> None:
        """Use the file, and go on without it if it cannot be used."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._folder / FILE_NAME, timeout=_PATIENCE)) as connection:
                _claim(connection)
                use(connection)
        except (sqlite3.Error, OSError, _ForeignFileError) as error:
            logger.warning(
                "cannot %s the embedding cache in %s (%s); going on without it", purpose, self._folder, error
            )


def _tell_nobody(n_done: int) -> None:
    """Take no notice."""


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have; writing will say so
        return False


def _claim(connection: sqlite3.Connection) -> None:
    """Mark a new file as ours.

    :raises _ForeignFileError: if it belongs to another program.
    """
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if owner == _APPLICATION:
        return
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if owner or tables:
        raise _ForeignFileError("it is the database of another program")
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_TABLE)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")


def _key(fingerprint: bytes, text: str) -> bytes:
    return hashlib.sha256(fingerprint + b"\0" + text.encode("utf-8", "surrogatepass")).digest()


def _pack(vector: NDArray[np.float32]) -> bytes:
    data = np.asarray(vector, dtype="<f4").tobytes()
    return crc32(data).to_bytes(4, "little") + data


def _unpack(packed: object) -> NDArray[np.float32] | None:
    """Give the vector back; None if it is damaged."""
    if not isinstance(packed, bytes) or len(packed) < 8 or len(packed) % 4:
        return None
    data = packed[4:]
    if crc32(data).to_bytes(4, "little") != packed[:4]:
        return None
    return np.frombuffer(data, dtype="<f4").astype(np.float32)
