"""What a worker does with an order: reads what was sent, summarizes or compares, writes the forms that are wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final

from summarizer import reading
from summarizer.briefing.outline import headline
from summarizer.config import SummaryConfig
from summarizer.datatypes import ComparisonReport, Summary
from summarizer.errors import ReadingError, SummarizerError
from summarizer.fetching import is_address
from summarizer.pipeline import compare_documents, summarize_documents
from summarizer.reading.formats import read_bytes
from summarizer.reading.intake import Intake, Origin, Reading, replace_surrogates
from summarizer.reading.text import add_text
from summarizer.reading.web import Web
from summarizer.serving.fields import configure, read_request
from summarizer.serving.orders import Order, Result
from summarizer.serving.problems import Problem, pointers_of

Progress = Callable[[str, float], None]

#: A line of hyphens parts two pasted articles.
_PARTING: Final = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)
_MAX_REASONS: Final = 5
_LONGEST_ADDRESS: Final = 10_000
_ADDRESS_FETCHED: Final = "is an address: list it under addresses, or paste the text of the page"
_ADDRESS_NOT_FETCHED: Final = "is an address, and this server fetches none: paste the text of the page, or upload it"
_COMPARED: Final = "What the sources agree and differ on"


def perform(order: Order, base: SummaryConfig, tell: Progress, *, fetch: bool) -> Result:
    """Carry an order out.

    :param base: the settings of the server; those of the order go over them.
    :param tell: told the stage and the share of it that is done.
    :param fetch: whether addresses may be fetched.
    :raises Problem: if the request cannot be read, or is refused.
    :raises SummarizerError: if nothing usable was sent, or no briefing can be made of it.
    """
    tell("read", 0.0)
    if order.body is not None:
        articles, settings = read_request(order.body, order.task)
        config = configure(settings, base)
        read = reading.collect(articles, config=config)
    else:
        config = configure(order.settings, base)
        read = _read_form(order, config, tell, fetch=fetch)
    warnings = [*read.warnings, *(f"not used: {failure}" for failure in read.failures)]
    if not read.documents:
        raise _nothing(read.failures)
    if order.task == "compare":
        report = compare_documents(read.documents, config, warnings=warnings, progress=tell)
        title, result = _COMPARED, _forms(report, order.formats, tell)
    else:
        summary = summarize_documents(read.documents, config, warnings=warnings, progress=tell)
        title, result = headline(summary), _forms(summary, order.formats, tell)
    return Result(title, result)


def warm_up(base: SummaryConfig) -> None:
    """Load what the first summary would otherwise wait for."""
    articles: list[Any] = ["Exports fell by 3% in May, officials said.", "Officials said that exports fell 3% in May."]
    read = reading.collect(articles)
    with suppress(SummarizerError):  # who runs the server chose what cannot be had: each order says so
        summarize_documents(read.documents, base).to_html()


def _read_form(order: Order, config: SummaryConfig, tell: Progress, *, fetch: bool) -> Reading:
    """Read what a form holds: pasted texts, files, addresses.

    :raises Problem: 422 if there are addresses in a server that does not fetch.
    """
    if order.urls and not fetch:
        raise fetching_off()
    intake = Intake(config)
    texts = list(_parts(order.texts))
    for number, text in enumerate(texts, 1):
        name = f"pasted text {number}"
        try:
            if len(text) <= _LONGEST_ADDRESS and is_address(text.strip()) and len(text.split()) == 1:
                raise ReadingError(name, _ADDRESS_FETCHED if fetch else _ADDRESS_NOT_FETCHED)
            # Named by their place, which is all that who pasted them knows them by; padded, as ids are sorted.
            add_text(text, Origin(name, f"pasted-{number:0{len(str(len(texts)))}}"), intake)
        except ReadingError as error:
            intake.fail(error)
    for name, data in order.files:
        read_bytes(replace_surrogates(name), data, intake)
    web = Web(order.urls, intake, tell)
    for url in order.urls:
        # Never read_sources: what is no address would be a path there.
        if not is_address(url) or not web.take(url):
            intake.fail(ReadingError(url, "is no address of the web: write https://… in full"))
    return intake.finish()


def _parts(texts: Sequence[str]) -> Iterator[str]:
    """Give the articles that were pasted, several of which may stand in one field."""
    for text in texts:
        for part in _PARTING.split(text):
            if part.strip():
                yield part.strip("\n")


def fetching_off() -> Problem:
    """Give the problem of addresses in a server that does not fetch."""
    return Problem(
        422, "fetching-off",
        "addresses are fetched only if the server was started with --fetch: paste the texts, or upload saved pages",
    )  # fmt: skip


def _nothing(failures: Sequence[ReadingError]) -> Exception:
    if len(failures) == 1:
        return failures[0]
    reasons = "; ".join(str(failure) for failure in failures[:_MAX_REASONS])
    more = f"; and {len(failures) - _MAX_REASONS} more" if len(failures) > _MAX_REASONS else ""
    detail = f"no usable article in what was sent: {reasons}{more}" if reasons else "nothing was sent"
    return Problem(422, "no-article", detail, errors=[one for failure in failures for one in pointers_of(failure)])


def _forms(made: Summary | ComparisonReport, formats: Sequence[str], tell: Progress) -> dict[str, bytes]:
    tell("write", 0.0)
    writers = {"json": made.to_json, "md": made.to_markdown, "html": made.to_html}
    forms = {}
    for number, name in enumerate(formats, 1):
        forms[name] = writers[name]().encode("utf-8", "backslashreplace")
        tell("write", number / len(formats))
    return forms
