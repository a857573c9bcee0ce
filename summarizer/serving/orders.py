"""What a worker is asked to do and what it answers, as messages on a pipe: JSON, then bytes beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

Task = Literal["summarize", "compare"]
Format = Literal["html", "md", "json"]


@dataclass(frozen=True, slots=True)
class Order:
    """One briefing or comparison to make.

    :param task: which.
    :param formats: in which forms the result is wanted.
    :param body: of a request for JSON, which is taken apart by the worker; None for a form.
    :param settings: of a form, checked already.
    :param texts: pasted articles of a form.
    :param files: uploaded files of a form: name and bytes.
    :param urls: addresses of a form, in a server that fetches.
    """

    task: Task
    formats: tuple[Format, ...] = ("json",)
    body: bytes | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    urls: tuple[str, ...] = ()

    def to_messages(self) -> list[bytes]:
        """Give the order as messages; the first says how many follow."""
        blobs = [] if self.body is None else [self.body]
        blobs += [text.encode("utf-8", "surrogatepass") for text in self.texts]
        blobs += [data for _, data in self.files]
        head = {
            "task": self.task,
            "formats": self.formats,
            "settings": self.settings,
            "urls": self.urls,
            "is_json": self.body is not None,
            "n_texts": len(self.texts),
            "names": [name for name, _ in self.files],
            "n_messages": len(blobs),
        }
        return [json.dumps(head).encode(), *blobs]

    @classmethod
    def from_messages(cls, head: dict[str, Any], blobs: list[bytes]) -> Order:
        """Read what :meth:`to_messages` gave."""
        left = iter(blobs)
        body = next(left) if head["is_json"] else None
        texts = tuple(next(left).decode("utf-8", "surrogatepass") for _ in range(head["n_texts"]))
        files = tuple((name, next(left)) for name in head["names"])
        return cls(head["task"], tuple(head["formats"]), body, head["settings"], texts, files, tuple(head["urls"]))


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an order.

    :param title: the headline.
    :param forms: the result in each form that was wanted, as UTF-8.
    """

    title: str
    forms: dict[str, bytes]

    @property
    def size(self) -> int:
        """Bytes of all forms."""
        return sum(map(len, self.forms.values()))
