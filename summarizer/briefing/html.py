"""A briefing as one page of HTML that needs nothing beside it: the briefing on one side, its articles on the other.

The template says where things stand; what is said is made here and in the modules beside it, from the same phrases as
every other format. Styles and script stand in the page, and its policy lets run these very bytes and nothing else:
what an article holds is text, and the browser is told so twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Final

from summarizer.briefing.escaping import display
from summarizer.briefing.html_articles import Article, Source, article_views, source_views
from summarizer.briefing.html_facts import Fact, Matrix, fact_views, make_matrix
from summarizer.briefing.html_findings import (
    NO_AGREEMENTS,
    Agreements,
    Changes,
    Claim,
    Difference,
    Moment,
    agreement_views,
    change_views,
    difference_views,
    further_views,
    timeline_views,
)
from summarizer.briefing.html_marks import Marks
from summarizer.briefing.outline import (
    LeftOut,
    answer_phrase,
    count,
    count_articles,
    count_origins,
    headline,
    inferred_fields,
    left_out,
    loose_phrase,
    number_documents,
    number_statements,
    part_loose,
    part_statements,
    rewriting_phrase,
    scope_phrase,
)
from summarizer.briefing.style import digest_of, style_of
from summarizer.datatypes import ComparisonReport, Summary
from summarizer.version import __version__

if TYPE_CHECKING:
    from jinja2 import Template

#: Hexadecimal digits of a digest in the list of the method; each article shows all 64.
_DIGEST_DIGITS: Final = 12
#: What a page may load: nothing. Styles and script are let in by their bytes; scripts may write no markup.
_POLICY: Final = (
    "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


@dataclass(frozen=True, slots=True)
class Method:
    """How a briefing was made.

    :param signature: names every setting that moves the output.
    :param digests: number and the first digits of the digest of each article.
    :param inferred: fields found rather than declared, each with the numbers of the articles.
    :param rewriting: who rewrote, and what became of the facts; empty if no one did.
    """

    signature: str
    digests: tuple[tuple[int, str], ...]
    inferred: tuple[tuple[str, tuple[int, ...]], ...]
    rewriting: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template shows; what is empty has no section."""

    title: str
    scope: str
    articles: tuple[Article, ...]
    sources: tuple[Source, ...]
    method: Method
    query: str = ""
    answer: str = ""
    answer_status: str = ""
    missing: tuple[str, ...] = ()
    notice: str = ""
    facts_title: str = ""
    facts: tuple[Fact, ...] = ()
    changes: Changes | None = None
    differences: tuple[Difference, ...] = ()
    loose: str = ""
    single: tuple[Fact, ...] = ()
    further: tuple[Claim, ...] = ()
    near: tuple[Fact, ...] = ()
    agreements: Agreements = NO_AGREEMENTS
    matrix: Matrix | None = None
    timeline: tuple[Moment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    generator: str = f"crossbrief {__version__}"


def to_html(summary: Summary) -> str:
    """Give a briefing as a page that can be kept, sent and printed: one file, no request, readable without script.

    Choosing a statement marks its support in every article and shows the first; choosing marked words goes back. No
    field of an article comes out as markup; addresses are linked only if plain http or https.

    :return: no line end after the last line. Same summary, same bytes. O(length of the articles + number of marks).
    """
    numbers, facts = number_documents(summary), number_statements(summary)
    marks = Marks(numbers)
    parts = part_statements(summary)
    shared, single, near = (
        fact_views(part, summary, facts, numbers, marks) for part in (parts.shared, parts.single, parts.near)
    )
    shown, loose = part_loose(summary.comparisons)
    answer, updates = summary.answer, summary.changes
    differences, further = difference_views(shown, marks), further_views(summary, marks)
    agreements = agreement_views(summary.comparisons, marks)
    changes = change_views(updates, marks) if updates else None
    articles = article_views(summary.documents, numbers, marks)
    page = Page(
        title=headline(summary),
        scope=scope_phrase(summary),
        articles=articles,
        sources=source_views(articles),
        method=_method(summary, articles),
        query=display(summary.query or ""),
        answer=answer_phrase(answer, facts) if answer else "",
        answer_status=answer.status.replace(" ", "-") if answer else "",
        missing=tuple(display(word) for word in answer.missing) if answer else (),
        notice="Nothing new since the earlier briefing." if updates and not summary.statements else "",
        facts_title="Key facts" if updates is None else "New",
        facts=shared,
        changes=changes,
        differences=differences,
        loose=loose_phrase(loose) if loose else "",
        single=single,
        further=further,
        near=near,
        agreements=agreements,
        matrix=make_matrix((*shared, *single, *near), summary.documents, numbers),
        timeline=timeline_views(summary, facts),
        left_out=tuple(left_out(summary)),
        warnings=tuple(display(warning) for warning in summary.warnings),
    )
    return _render(page)


def report_to_html(report: ComparisonReport) -> str:
    """Give a comparison of articles as a page; see :func:`to_html`."""
    marks = Marks(number_documents(report))
    differences, agreements = difference_views(report.comparisons, marks), agreement_views(report.comparisons, marks)
    articles = article_views(report.documents, number_documents(report), marks)
    scope = f"{count_articles(report)} from {count(count_origins(report), 'independent origin')}"
    page = Page(
        title="What the sources agree and differ on",
        scope=f"{scope}; {count(len(report), 'matter')} compared",
        articles=articles,
        sources=source_views(articles),
        method=Method(display(report.signature), _digests(articles), ()),
        notice="" if report.comparisons else "Nothing was found on which two origins can be compared.",
        differences=differences,
        agreements=agreements,
        warnings=tuple(display(warning) for warning in report.warnings),
    )
    return _render(page)


def to_frame(page: str) -> str:
    """Put a page into a frame, in which notebooks show it: apart from their own styles, scripts and cookies.

    :param page: as :func:`to_html` gives it.
    """
    # Not allow-same-origin: the page runs as a stranger to the notebook.
    allowed = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    style = "width: 100%; height: 80vh; min-height: 24em; border: 1px solid #8886"
    return f'<iframe title="Briefing" sandbox="{allowed}" srcdoc="{escape(page)}" style="{style}"></iframe>'


def _digests(articles: tuple[Article, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((article.number, article.digest[:_DIGEST_DIGITS]) for article in articles)


def _method(summary: Summary, articles: tuple[Article, ...]) -> Method:
    rewriting = ""
    if summary.rewriting is not None:
        rewriting = f"{display(summary.rewriting.rewriter)}: {rewriting_phrase(summary.rewriting)}"
    inferred = tuple((name, tuple(where)) for name, where in inferred_fields(summary))
    return Method(display(summary.signature), _digests(articles), inferred, rewriting)


@cache
def _part(name: str) -> str:
    return resources.files("summarizer.briefing").joinpath(name).read_text(encoding="utf-8").strip()


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_part("page.html.j2"))


def _render(page: Page) -> str:
    style, script = style_of("summarizer.briefing", "page.css"), _part("page.js")
    policy = _POLICY.format(style=digest_of(style), script=digest_of(script))
    return _template().render(page=page, style=style, script=script, policy=policy)
