"""What went wrong, as a status, a kind and a sentence: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from summarizer.briefing.escaping import display
from summarizer.errors import (
    BudgetError,
    ConfigError,
    InputError,
    LimitError,
    MissingExtraError,
    ReadingError,
    SummarizerError,
)

if TYPE_CHECKING:
    from starlette.responses import Response

MEDIA_TYPE: Final = "application/problem+json"
_URN: Final = "urn:crossbrief:problem:"
#: Of one request; the rest would repeat them.
MAX_ERRORS: Final = 20
_MAX_CHARACTERS: Final = 2_000
#: How errors of the package name an article of a list, and the settings whose names no sentence holds by chance.
_PLACE: Final = re.compile(r"documents\[(\d+)\]")
_SETTING: Final = re.compile(r"\b(?:max_(?:words|sentences|characters|tokens)|(?:cluster|copy)_threshold|embedder)\b")

#: What each kind means, in words that stay the same.
TITLES: Final = {
    "bad-request": "The request cannot be read",
    "body-too-large": "The request is too large",
    "budget": "No sentence fits the budget",
    "busy": "Too much at once",
    "died": "The process that did the work ended",
    "encoded": "The request is compressed",
    "fetching-off": "This server fetches nothing",
    "fields": "Fields of the request are wrong",
    "foreign-host": "This server does not go by that name",
    "foreign-origin": "Another site sent this",
    "input-limit": "The input is over a limit",
    "media-type": "The request has the wrong media type",
    "method": "The method is not allowed here",
    "no-article": "No usable article was sent",
    "not-found": "There is nothing here",
    "setting": "A setting is wrong or cannot be had",
    "slow-body": "The request took too long to arrive",
    "stopping": "The server is stopping",
    "time-limit": "The summary took too long",
    "unexpected": "Something went wrong in the server",
    "waited": "No worker became free",
}


class Problem(Exception):  # noqa: N818  RFC 9457 calls it so
    """An answer that is not what was asked for.

    :param status: of HTTP.
    :param kind: of :data:`TITLES`.
    :param detail: what happened, the value that was met, and what to do.
    :param errors: fields that are wrong: a JSON pointer and what is wrong with it.
    :param headers: that the answer needs.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.kind, self.headers = status, kind, dict(headers or {})
        self.detail = display(detail)[:_MAX_CHARACTERS]
        self.errors = tuple((pointer, display(word)[:_MAX_CHARACTERS]) for pointer, word in errors[:MAX_ERRORS])

    @property
    def title(self) -> str:
        """What this kind of problem is, the same each time."""
        return TITLES[self.kind]

    def to_dict(self) -> dict[str, Any]:
        """Give the members of RFC 9457."""
        found: dict[str, Any] = {"type": _URN + self.kind, "title": self.title, "status": self.status}
        found["detail"] = self.detail
        if self.errors:
            found["errors"] = [{"pointer": pointer, "detail": word} for pointer, word in self.errors]
        return found


def problem_of(error: SummarizerError) -> Problem:
    """Give the problem that an error of the package is to a client."""
    known: tuple[tuple[type[Exception], int, str], ...] = (
        (BudgetError, 422, "budget"),
        (ConfigError, 422, "setting"),
        (MissingExtraError, 422, "setting"),
        (LimitError, 413, "input-limit"),
        (InputError, 422, "no-article"),
    )
    for kind, status, name in known:
        if isinstance(error, kind):
            return Problem(status, name, str(error), errors=pointers_of(error))
    return Problem(500, "unexpected", str(error))


def pointers_of(error: SummarizerError) -> list[tuple[str, str]]:
    """Say which fields of a request for JSON an error is about: a JSON pointer and what is wrong."""
    if isinstance(error, ReadingError):
        place = _PLACE.fullmatch(error.source)
        return [(f"/documents/{place[1]}/text", error.reason)] if place else []
    if isinstance(error, ConfigError | MissingExtraError):
        return [(f"/{name}", str(error)) for name in dict.fromkeys(_SETTING.findall(str(error)))]
    return [("/documents", str(error))] if isinstance(error, InputError) else []


def answer_problem(problem: Problem) -> Response:
    """Answer with a problem as JSON."""
    from starlette.responses import Response

    body = json.dumps(problem.to_dict(), ensure_ascii=True).encode()
    return Response(body, problem.status, problem.headers, MEDIA_TYPE)


def from_status(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    """Give the problem for a status that the routing of the server found: 404 or 405."""
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (headers or {}).get("Allow", "")
        return Problem(status, "method", f"use {allowed or 'another method'}; see /openapi.json", headers=headers)
    if status == HTTPStatus.NOT_FOUND:
        return Problem(status, "not-found", "check the address; /openapi.json lists what there is", headers=headers)
    return Problem(status, "bad-request", HTTPStatus(status).phrase, headers=headers)
