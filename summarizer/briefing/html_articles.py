"""The articles of a page in full text, with what is marked in them, and the list of sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.briefing.escaping import display, is_linkable
from summarizer.briefing.html_facts import language_of
from summarizer.briefing.html_marks import Marks, Segment, cut
from summarizer.briefing.outline import count, digest
from summarizer.datatypes import Document

#: So many articles stand open; the others are folded, as are those in which nothing is marked.
_MAX_OPEN: Final = 40


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the page shows it.

    :param number: as every format numbers it.
    :param title: its headline, or ``Article 3``.
    :param known: outlet and date, as far as they are known.
    :param id: its id.
    :param url: its address; empty if none.
    :param linked: whether the address is safe to link.
    :param language: as HTML names it.
    :param copy_of: number or id of the article that it copies; empty if none.
    :param copied: whether the article that it copies is at hand.
    :param is_open: whether its text is shown at once.
    :param segments: the text, cut at every mark; see :func:`summarizer.briefing.html_marks.cut`.
    :param size: in characters, with its noun.
    :param digest: SHA-256 of the text.
    """

    number: int
    title: str
    known: tuple[str, ...]
    id: str
    url: str
    linked: bool
    language: str | None
    copy_of: str
    copied: bool
    is_open: bool
    segments: tuple[Segment, ...]
    size: str
    digest: str


@dataclass(frozen=True, slots=True)
class Source:
    """An article in the list of sources, with its copies folded below it."""

    article: Article
    copies: tuple[Article, ...]


def article_views(documents: Sequence[Document], numbers: dict[str, int], marks: Marks) -> tuple[Article, ...]:
    """Make the articles; call this last, when everything that marks them has been made.

    :param numbers: of the documents, by id.
    """
    opened = [document.id for document in documents if marks.of(document.id)][:_MAX_OPEN]
    shown = frozenset(opened)
    return tuple(_article(document, numbers, marks, document.id in shown) for document in documents)


def _article(document: Document, numbers: dict[str, int], marks: Marks, is_open: bool) -> Article:
    number = numbers[document.id]
    original = document.copy_of
    copied = original is not None and original in numbers
    known = (display(value or "") for value in (document.source, document.published))
    return Article(
        number,
        display(document.title or "") or f"Article {number}",
        tuple(value for value in known if value),
        display(document.id),
        display(document.url or ""),
        is_linkable(document.url or ""),
        language_of(document),
        "" if original is None else str(numbers[original]) if copied else display(original),
        copied,
        is_open,
        cut(document, marks.of(document.id)),
        count(len(document.text), "character"),
        digest(document.text),
    )


def source_views(articles: Sequence[Article]) -> tuple[Source, ...]:
    """List the articles, each copy below the one that it copies; a copy of none at hand stands by itself.

    A copy of a copy stands below the copy's original, so that none is lost.
    """
    of = {str(article.number): article.copy_of for article in articles if article.copied}
    roots: dict[str, list[Article]] = {}
    for article in articles:
        root, met = str(article.number), set[str]()
        while root in of and root not in met:
            met.add(root)
            root = of[root]
        # Copies of one another, which no stage makes, stand each by itself.
        roots.setdefault(str(article.number) if root in met else root, []).append(article)
    return tuple(
        Source(article, tuple(one for one in roots[str(article.number)] if one is not article))
        for article in articles
        if str(article.number) in roots
    )
