"""Whether the articles of a repeated line tell of several events, or of one long story.

What an agency puts below every report of one war stands on many days, and so does a quotation that everybody knows; the
articles around it then speak of the same. A footer stands in articles of anything. So articles of the line are compared
by the words that no repeated line holds, the rare weighing more, and it is asked of how many events they are as unlike
one another: n articles, of which p ordered pairs are alike (each with itself, too), are of n²/p.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from summarizer.datatypes import Document, Passage
from summarizer.scale import schemas
from summarizer.scale.counting import Candidate
from summarizer.scale.describing import Description, describe
from summarizer.scale.marking import REASON, mark_document
from summarizer.scale.moments import language_of
from summarizer.scale.shelving import to_document
from summarizer.scale.store import Store

if TYPE_CHECKING:
    import pyarrow as pa

#: Articles that are looked at for a line, each of another day while there are days, and how many of them are compared.
_MAX_LOOKED_AT: Final = 48
_MAX_COMPARED: Final = 32
#: Share of them in which the line must be whole sentences: a part of one is left by an abbreviation.
_WHOLE: Final = 0.5
#: Fewest terms that an article must have beside repeated lines to be compared: pages without an article have fewer.
_MIN_TERMS: Final = 8
#: Two articles whose cosine is this or more are alike, and a line of fewer events than this is one story's.
ALIKE: Final = 0.08
MIN_EVENTS: Final = 5.0
#: Articles of a language by which is told how common a word is.
_MAX_COMMON: Final = 512


def judge(
    store: Store, sample: pa.Table, candidates: Sequence[Candidate], words: pa.Table
) -> tuple[list[dict[str, Any]], pa.Table]:
    """Judge lines.

    :param sample: the columns of :func:`summarizer.scale.schemas.sampled`.
    :param words: how common words were found to be before.
    :return: rows of :func:`summarizer.scale.schemas.judged`; ``words``, and those of languages that were new.

    Reads the texts of up to 64 articles a line, each once.
    """
    if not candidates:
        return [], words
    import pyarrow as pa

    words = pa.concat_tables([words, *_count_words(store, sample, candidates, words)])
    common = _common(words)
    repeated: dict[str, set[int]] = defaultdict(set)
    for one in candidates:
        repeated[one.language].add(one.line)
    wanted = sorted({holder for one in candidates for holder in one.spread(_MAX_LOOKED_AT)})
    days = sample.column("day").to_pylist()
    texts: dict[int, str] = {}
    pages = {
        holder: _look_at(document, repeated[language_of(days[holder])], texts)
        for holder, document in _read(store, sample, wanted)
    }
    rows = []
    for one in candidates:
        looked_at = [pages[holder] for holder in one.spread(_MAX_LOOKED_AT)]
        told = [page.beside for page in looked_at if len(page.beside.terms) >= _MIN_TERMS][:_MAX_COMPARED]
        events = round(count_events(told, *common[one.language]), 1)
        whole = sum(one.line in page.whole for page in looked_at) >= _WHOLE * len(looked_at)
        told_as = {"text": texts.get(one.line, ""), "articles": one.articles, "days": one.n_days, "events": events}
        rows.append({"language": one.language, "line": one.line, **told_as, "dropped": whole and events >= MIN_EVENTS})
    return rows, words


@dataclass(frozen=True, slots=True)
class _Page:
    """An article that holds repeated lines.

    :param beside: what it says beside them.
    :param whole: which of them are sentences of it, and no parts of one.
    """

    beside: Description
    whole: frozenset[int]


def _look_at(document: Document, repeated: Set[int], texts: dict[int, str]) -> _Page:
    """Part an article from its repeated lines, and take down how these are written."""
    found = mark_document(document, repeated)
    for start, end, line in found.parts:
        # Of several ways to write it that of the first article.
        texts.setdefault(line, " ".join(document.text[start:end].split()))
    parts = [Passage(start, end, REASON) for start, end, _ in found.parts]
    return _Page(describe(replace(found.cleaned, dropped=(*found.cleaned.dropped, *parts))), frozenset(found.lines))


def count_events(told: Sequence[Description], counts: Mapping[int, int], n_counted: int) -> float:
    """Say of how many events articles are as unlike one another; 0 for none.

    :param counts: in how many of ``n_counted`` articles each term is that is in two or more.
    """
    columns: dict[int, int] = {}
    for one in told:
        for term in one.terms.tolist():
            columns.setdefault(term, len(columns))
    matrix = np.zeros((len(told), len(columns)))
    for row, one in enumerate(told):
        places = [columns[term] for term in one.terms.tolist()]
        rarity = [np.log((n_counted + 2) / (counts.get(term, 1) + 1)) for term in one.terms.tolist()]
        matrix[row, places] = one.weights * np.array(rarity)
        matrix[row] /= max(float(np.linalg.norm(matrix[row])), 1e-9)
    # Rounded, so that the order in which products are summed decides nothing.
    alike = np.round(matrix @ matrix.T, 6) >= ALIKE
    return float(len(told) ** 2 / alike.sum()) if len(told) else 0.0


def _read(store: Store, sample: pa.Table, wanted: Sequence[int]) -> list[tuple[int, Document]]:
    """Read articles of the sample, each row group once, in the order of their places in it."""
    found = {}
    for (key, group), holders in _by_group(sample, wanted).items():
        table = store.read("articles", key, "articles", groups=[group])
        rows = table.take([row for row, _ in holders]).to_pylist()
        for (_, holder), row in zip(holders, rows, strict=True):
            found[holder] = to_document(row)
    return sorted(found.items())


def _by_group(sample: pa.Table, wanted: Sequence[int]) -> dict[tuple[str, int], list[tuple[int, int]]]:
    columns = [sample.column(name).take(list(wanted)).to_pylist() for name in ("key", "group", "row")]
    groups: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for holder, key, group, row in zip(wanted, *columns, strict=True):
        groups[key, group].append((row, holder))
    return groups


def _count_words(store: Store, sample: pa.Table, candidates: Sequence[Candidate], words: pa.Table) -> list[pa.Table]:
    """Count how common words are in languages of which that is not known yet."""
    import pyarrow as pa

    days = sample.column("day").to_pylist()
    known = set(words.column("language").to_pylist())
    tables = []
    for language in sorted({one.language for one in candidates} - known):
        rows = [row for row, day in enumerate(days) if language_of(day) == language][:_MAX_COMMON]
        lists = []
        for (key, group), holders in _by_group(sample, rows).items():
            column = store.read("articles", key, "descriptions", ["terms"], groups=[group]).column("terms")
            lists += column.take([row for row, _ in holders]).to_pylist()
        counts = Counter(term for terms in lists for term in terms)
        told = sorted((term, count) for term, count in counts.items() if count > 1) or [(0, 0)]
        columns = {
            "language": [language] * len(told),
            "term": [term for term, _ in told],
            "articles": [count for _, count in told],
            "of": [len(rows)] * len(told),
        }
        tables.append(pa.table(columns, schema=schemas.words()))
    return tables


def _common(words: pa.Table) -> dict[str, tuple[dict[int, int], int]]:
    found: dict[str, tuple[dict[int, int], int]] = {}
    columns = [words.column(name).to_pylist() for name in ("language", "term", "articles", "of")]
    for language, term, articles, of in zip(*columns, strict=True):
        found.setdefault(language, ({}, of))[0][term] = articles
    return found
