"""How public sets of news clusters write a row, and what makes documents and a reference of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from benchmarks.data import DataError

#: Between the articles of a Multi-News row; the second stands in the release before it was cleaned.
_MULTI_NEWS: Final = re.compile(r"\|{5}|\bstory_separator_special_tag\b")
#: Between the articles of a WCEP-10 row that was joined for RoBERTa or for BERT.
_WCEP: Final = re.compile(r"</s>|\[SEP\]")
#: How a Multi-News summary begins.
_DASH: Final = re.compile(r"^\s*[–—]\s+")
#: Articles of a cluster in WCEP-10: the first ones of those that the full set has, up to a hundred.
_WCEP_10: Final = 10

Row = Mapping[str, Any]
Documents = list[dict[str, str]]


def _multi_news(row: Row) -> tuple[Documents, str]:
    parts = _MULTI_NEWS.split(row["document"].replace("NEWLINE_CHAR", "\n"))
    return [{"text": part.strip()} for part in parts], _DASH.sub("", row["summary"]).strip()


def _wcep(row: Row) -> tuple[Documents, str]:
    if "articles" not in row:
        found = row["document"]
        parts = _WCEP.split(found) if isinstance(found, str) else found
        return [{"text": part.strip()} for part in parts], row["summary"].strip()
    documents = []
    for article in row["articles"]:
        fields = {"text": article["text"], "title": article.get("title"), "date": article.get("time")}
        documents.append({name: _text(value) for name, value in fields.items() if name == "text" or value})
    return documents, row["summary"].strip()


def _text(value: Any) -> str:  # noqa: ANN401
    """Give a field as text; ``datasets`` makes a datetime of what looks like one."""
    return value.isoformat() if hasattr(value, "isoformat") else (value or "").strip()


def _wcep10(row: Row) -> tuple[Documents, str]:
    documents, reference = _wcep(row)
    return documents[:_WCEP_10], reference


def _cnn_dailymail(row: Row) -> tuple[Documents, str]:
    return [{"text": row["article"].strip()}], row["highlights"].strip()


#: What makes documents and a reference of a row.
SHAPES: Final[Mapping[str, Callable[[Row], tuple[Documents, str]]]] = {
    "multi_news": _multi_news,
    "wcep": _wcep,
    "wcep10": _wcep10,
    "cnn_dailymail": _cnn_dailymail,
}


def see_shape(rows: Sequence[Row], *, name: str) -> str:
    """Tell from the columns, and for joined articles from the separator, what shape the rows have.

    :param rows: some of the first; of joined articles, one with a separator must be among them.
    :param name: of the set, for the error.
    :raises DataError: if it cannot be told.
    """
    columns = set(rows[0]) if rows else set()
    if {"article", "highlights"} <= columns:
        return "cnn_dailymail"
    if {"articles", "summary"} <= columns:
        return "wcep"
    if {"document", "summary"} <= columns:
        documents = [row["document"] for row in rows]
        if any(isinstance(document, str) and _MULTI_NEWS.search(document) for document in documents):
            return "multi_news"
        if any(not isinstance(document, str) or _WCEP.search(document) for document in documents):
            return "wcep10"
    raise DataError(
        f"{name}: the shape of its rows is not known (columns {', '.join(sorted(columns)) or 'none'}); say it,"
        f" hub:SHAPE={name} with SHAPE of {', '.join(SHAPES)}, or write JSON lines as benchmarks/README.md describes"
    )
