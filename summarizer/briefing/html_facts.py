"""The facts of a page with their support, and the matrix of who says what."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.briefing.escaping import display
from summarizer.briefing.html_marks import Marks, Place
from summarizer.briefing.outline import cited_numbers, count, describe, support_phrase, withheld_phrase
from summarizer.datatypes import Document, Statement, Summary

#: Columns of the matrix; a wider one is read by nobody, and each fact names its articles anyway.
_MAX_COLUMNS: Final = 40
#: Characters of a fact beside its row of the matrix.
_ROW_CHARACTERS: Final = 72


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that supports a fact.

    :param place: where.
    :param text: its words.
    :param quoted: whether the fact repeats them.
    :param similarity: to the fact, two decimals.
    """

    place: Place
    text: str
    quoted: bool
    similarity: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement as the page shows it.

    :param key: its id on the page, ``f1``.
    :param number: as every format numbers it.
    :param text: the words.
    :param language: of the article it is quoted from.
    :param cites: the first place in each article that supports it: the one quoted first, the others ascending.
    :param evidence: every place, in that order; the articles show the same.
    :param phrase: how many articles and origins.
    :param told: what is announced when it is chosen.
    :param rewritten: whether the words are a rewriter's.
    :param withheld: why it stands verbatim though there was something to fuse.
    """

    key: str
    number: int
    text: str
    language: str | None
    cites: tuple[Place, ...]
    evidence: tuple[Evidence, ...]
    phrase: str
    told: str
    rewritten: bool
    withheld: str

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place, in the order in which they are shown."""
        return tuple(one.place for one in self.evidence)


@dataclass(frozen=True, slots=True)
class Column:
    """An article as a column of the matrix."""

    number: int
    title: str
    copy: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What an article is to a fact: ``"quoted"``, ``"supports"``, ``"copy supports"`` or empty."""

    says: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Row:
    """A fact as a row of the matrix."""

    key: str
    number: int
    text: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who says what.

    :param columns: the articles that support any fact, ascending.
    :param rows: the facts in the order in which they are shown.
    :param note: how many articles have no column; empty if none.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str


def fact_views(
    statements: Sequence[Statement], summary: Summary, facts: dict[str, int], numbers: dict[str, int], marks: Marks
) -> tuple[Fact, ...]:
    """Make the facts of one section, and mark their support in the articles.

    :param facts: numbers of the statements, by id.
    :param numbers: of the documents, by id.
    :param marks: what they are marked in.
    """
    languages = {document.id: language_of(document) for document in summary.documents}
    return tuple(
        _fact(one, facts[one.id], languages[one.support[0].document_id], summary, numbers, marks) for one in statements
    )


def language_of(document: Document) -> str | None:
    """Give the language of a document as HTML names it, or None where it is unknown or no such name."""
    language = document.language or ""
    return language if language.isascii() and language.isalpha() and len(language) in (2, 3) else None


def _fact(
    statement: Statement, number: int, language: str | None, summary: Summary, numbers: dict[str, int], marks: Marks
) -> Fact:
    key = f"f{number}"
    order = {cited: position for position, cited in enumerate(cited_numbers(statement, numbers))}
    ranked = sorted(enumerate(statement.support), key=lambda one: (order[numbers[one[1].document_id]], one[0]))
    evidence = tuple(
        Evidence(
            marks.add(support, key, str(number)),
            display(support.text),
            rank == 0 and statement.kind == "extract",
            f"{support.similarity:.2f}",
        )
        for rank, support in ranked
    )
    cites = {one.place.name: one.place for one in reversed(evidence)}
    named = ", ".join(str(cited) for cited in order)
    articles = f"{'article' if len(order) == 1 else 'articles'} {named}"
    return Fact(
        key,
        number,
        display(statement.text),
        language,
        tuple(cites[str(cited)] for cited in order),
        evidence,
        support_phrase(statement, summary),
        f"Fact {number}: {count(len(evidence), 'place')} marked in {articles}",
        statement.kind == "rewrite",
        withheld_phrase(statement),
    )


def make_matrix(facts: Sequence[Fact], documents: Sequence[Document], numbers: dict[str, int]) -> Matrix | None:
    """Put the facts against the articles that support any of them; None where there is nothing to be seen.

    O(facts x columns).
    """
    cited = {place.name for fact in facts for place in fact.cites}
    supporting = [document for document in documents if str(numbers[document.id]) in cited]
    shown = supporting[:_MAX_COLUMNS]
    if not facts or len(documents) < 2:
        return None
    columns = tuple(
        Column(numbers[d.id], " · ".join(describe(d)) or display(d.id), d.copy_of is not None) for d in shown
    )
    rows = []
    for fact in facts:
        places = {place.name: place for place in fact.cites}
        quoted = next((one.place.name for one in fact.evidence if one.quoted), None)
        cells = tuple(_cell(column, places.get(str(column.number)), quoted) for column in columns)
        rows.append(Row(fact.key, fact.number, textwrap.shorten(fact.text, _ROW_CHARACTERS, placeholder=" …"), cells))
    return Matrix(columns, tuple(rows), _note(len(documents) - len(supporting), len(supporting) - len(shown)))


def _cell(column: Column, place: Place | None, quoted: str | None) -> Cell:
    if place is None:
        return Cell("", None)
    if place.name == quoted:
        return Cell("quoted", place)
    return Cell("copy supports" if column.copy else "supports", place)


def _note(silent: int, hidden: int) -> str:
    notes = [
        f"{count(hidden, 'more article')} named with the facts" if hidden else "",
        f"{count(silent, 'more article')} without support for any fact" if silent else "",
    ]
    return "; ".join(filter(None, notes))
