"""The form of the start page: what was pasted, uploaded and listed, and the settings beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from summarizer.serving.bodies import check_media_type, chunks_of, in_time
from summarizer.serving.fields import COMPARE_SETTINGS, MAX_BUDGET, check_setting
from summarizer.serving.limits import ServeLimits, Slot
from summarizer.serving.orders import Format, Order, Task
from summarizer.serving.problems import Problem
from summarizer.serving.work import fetching_off

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request

_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_MAX_FIELDS: Final = 200
#: More characters than these, about as many as ten books, are not shown again: writing them into a page would keep
#: everybody waiting for a second.
_MAX_SHOWN: Final = 5_000_000
#: Longer addresses are none, and lists of them are not taken apart.
_LONGEST_ADDRESS: Final = 4_000
FORMATS: Final[tuple[Format, ...]] = ("html", "md", "json")


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form held, to be shown again when something is wrong with it.

    :param texts: of the fields for pasting, as they were.
    :param urls: the field of addresses, as it was.
    :param n_files: how many files were chosen: a page cannot choose them again.
    :param too_long: whether it held more than can be shown again.
    """

    texts: tuple[str, ...] = ("", "")
    urls: str = ""
    n_files: int = 0
    words: str = ""
    query: str = ""
    format: str = "html"
    too_long: bool = False

    @property
    def size(self) -> int:
        """Characters of all fields."""
        return sum(map(len, (*self.texts, self.urls, self.words, self.query)))


class BadForm(Problem):
    """Something is wrong with a form.

    :param filled: what it held.
    """

    def __init__(self, problem: Problem, filled: Filled) -> None:
        super().__init__(problem.status, problem.kind, problem.detail, errors=problem.errors)
        self.filled = filled


async def read_form(request: Request, limits: ServeLimits, slot: Slot, *, fetch: bool) -> tuple[Order, Format, Filled]:
    """Read a form that was sent.

    :param fetch: whether addresses are taken.
    :return: what to do, how the result is shown, and what the form held.
    :raises Problem: if it cannot be read at all; :class:`BadForm` if something in it is wrong.
    """
    check_media_type(request, ("multipart/form-data",))
    async with in_time(limits):
        data = await _parse(request, limits, slot)
    try:
        files = [upload for upload in data.getlist("files") if not isinstance(upload, str)]
        uploads = tuple([(one.filename or "upload", await one.read()) for one in files if one.filename or one.size])
    finally:
        await data.close()
    filled = Filled(
        tuple(_plain(text) for text in _texts(data, "text")) or ("", ""),
        "\n".join(_texts(data, "urls")),
        len(uploads),
        _first(data, "words").strip(),
        _first(data, "query").strip(),
        _first(data, "format", "html"),
    )
    try:
        return *_order(filled, uploads, _first(data, "task", "summarize"), limits, fetch=fetch), _shown(filled)
    except Problem as problem:
        raise BadForm(problem, _shown(filled)) from None


def _shown(filled: Filled) -> Filled:
    """Give what of a form is shown again."""
    if filled.size <= _MAX_SHOWN:
        return filled
    return Filled(n_files=filled.n_files, too_long=True)


def _order(
    filled: Filled, files: tuple[tuple[str, bytes], ...], task: str, limits: ServeLimits, *, fetch: bool
) -> tuple[Order, Format]:
    if task not in ("summarize", "compare") or filled.format not in FORMATS:
        raise Problem(422, "fields", "choose one of the forms that the page offers")
    format: Format = next(format for format in FORMATS if format == filled.format)
    texts = tuple(text for text in filled.texts if text.strip())  # taken apart by the worker: they may be long
    urls = _addresses(filled.urls, limits, fetch=fetch)
    if not (texts or files or urls):
        raise Problem(422, "no-article", "nothing was sent: paste an article, or choose a file")
    settings = _settings(filled)
    if task == "compare":
        settings = {name: value for name, value in settings.items() if name in COMPARE_SETTINGS}
    forms: tuple[Format, ...] = ("json", "md", "html")
    return Order(cast(Task, task), forms, None, settings, texts, files, urls), format


def _settings(filled: Filled) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if filled.words:
        digits = filled.words.isascii() and filled.words.isdigit() and len(filled.words) <= len(str(MAX_BUDGET))
        settings["max_words"] = int(filled.words) if digits else filled.words
    if filled.query:
        settings["query"] = filled.query
    for name, value in settings.items():
        if word := check_setting(name, value):
            raise Problem(422, "fields", f"{'words' if name == 'max_words' else name} {word}")
    return settings


def _addresses(text: str, limits: ServeLimits, *, fetch: bool) -> tuple[str, ...]:
    if text.strip() and not fetch:
        raise fetching_off()
    if len(text) > limits.max_urls * _LONGEST_ADDRESS:
        raise Problem(
            422, "fields", f"the list of addresses has {len(text)} characters: list at most {limits.max_urls}"
        )
    urls = tuple(dict.fromkeys(text.split()))
    if len(urls) > limits.max_urls:
        raise Problem(422, "fields", f"{len(urls)} addresses were listed, more than {limits.max_urls}: list fewer")
    wrong = [url for url in urls if not _ADDRESS.fullmatch(url)]
    if wrong:
        raise Problem(422, "fields", f"{wrong[0]!r:.200} is no address of the web: write https://… in full")
    return urls


async def _parse(request: Request, limits: ServeLimits, slot: Slot) -> FormData:
    """Take a form apart while it comes in; its files stay in memory, where the limit on the body holds them.

    :raises Problem: 400 if it is damaged; 413 if there are too many files.
    """
    from starlette.formparsers import MultiPartException, MultiPartParser

    class InMemory(MultiPartParser):
        spool_max_size = limits.max_body_bytes + 1

    parser = InMemory(
        request.headers,
        chunks_of(request, limits, slot),
        max_files=limits.max_files,
        max_fields=_MAX_FIELDS,
        max_part_size=limits.max_body_bytes,
    )
    try:
        return await parser.parse()
    except MultiPartException as error:
        if "Too many" in error.message:
            detail = f"the form holds more than {limits.max_files} files or {_MAX_FIELDS} fields: send fewer"
            raise Problem(413, "input-limit", detail) from None
        raise Problem(400, "bad-request", f"the form cannot be read: {error.message}") from None


def _texts(data: FormData, name: str) -> list[str]:
    return [value for value in data.getlist(name) if isinstance(value, str)]


def _first(data: FormData, name: str, default: str = "") -> str:
    return next(iter(_texts(data, name)), default)


def _plain(text: str) -> str:
    """Give a pasted text with its own line ends: browsers write them as two characters."""
    return text.replace("\r\n", "\n")
