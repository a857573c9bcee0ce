"""How near articles are by the vectors of the encoder: what words cannot tell of two accounts in other words.

Asked for by ``--embedder minilm``, since it costs 7 ms an article, more than all else that finds events. On
eight tuning streams of 300 events a day it is worth +.025 of pairs' F1, on one of 1,000 a day +.13 (docs/scale.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.datatypes import Document, Passage
from summarizer.embedding import embed, load_embedder
from summarizer.scale.describing import kept_text
from summarizer.scale.store import Store
from summarizer.vectors import cosines

if TYPE_CHECKING:
    import pyarrow as pa

#: The embedder whose vectors the weights of :mod:`summarizer.scale.evidence` were fitted to, and the languages that it
#: was trained on.
EMBEDDER: Final = "minilm"
LANGUAGES: Final = frozenset({"en"})
#: Words of an article that are embedded, title included: what it is about. The time grows with their number.
WORDS: Final = 70
#: Characters read for them.
_CHARACTERS: Final = 1_500


def tells_meaning(key: str, embedder: str) -> bool:
    """Say whether articles of a day are compared by vectors.

    :param key: of the day, such as ``en-20260610``.
    :param embedder: of the settings.
    """
    return embedder == EMBEDDER and key.split("-")[0] in LANGUAGES


def compare_meaning(
    store: Store, keys: Sequence[str], ids: NDArray[np.object_], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Give the cosine of the vectors of the beginnings of both articles of each pair.

    :param keys: the days that the articles are of.
    :param ids: n articles.
    :param left: shape (m,), numbers of articles; ``right`` likewise.
    :return: shape (m,). A vector depends on its article alone, so neither do these depend on what else is compared.

    O(articles in pairs), 7 ms each.
    """
    wanted = np.unique(np.concatenate([left, right]))
    texts = _read_openings(store, keys, ids[wanted])
    vectors = embed(load_embedder(EMBEDDER), texts)
    return cosines(vectors, np.searchsorted(wanted, left), np.searchsorted(wanted, right))


def opening(document: Document) -> str:
    """Give the words of an article that are embedded: its title and the beginning of its text."""
    return " ".join(f"{document.title or ''} {kept_text(document, _CHARACTERS)}".split()[:WORDS])


def _read_openings(store: Store, keys: Sequence[str], ids: NDArray[np.object_]) -> list[str]:
    """Read the beginnings of some articles, in their order."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found: dict[str, str] = {}
    wanted = pa.array(ids, pa.string())
    for key in keys:
        table = store.read("days", key, "articles", ["id", "title", "text", "dropped"])
        found |= _openings(table.filter(pc.is_in(table.column("id"), value_set=wanted)))
    return [found[name] for name in ids.tolist()]


def _openings(table: pa.Table) -> dict[str, str]:
    """Give the id and the beginning of each article of a table."""
    found = {}
    for row in table.to_pylist():
        dropped = tuple(Passage(**passage) for passage in row["dropped"])
        found[row["id"]] = opening(Document(row["text"], title=row["title"], dropped=dropped))
    return found
