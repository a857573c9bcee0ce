"""A task as bytes for another process, and what is made of that process's end.

A worker writes the number of each item into a file before it begins it. When it is killed in the middle, by the system
for want of memory, by what an article does to a library, or by itself for the time that it takes, the file tells at
which item. The task is tried again; an item that has ended two workers is passed over.
"""

from __future__ import annotations

import struct
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from summarizer import errors
from summarizer.config import SummaryConfig
from summarizer.errors import InputError, SummarizerError, TaskError
from summarizer.scale.limits import end_after, end_never
from summarizer.scale.settings import ScaleConfig, Settings
from summarizer.scale.store import Store
from summarizer.scale.tasks import Done, Task

#: So many workers that end at an item end for it: one may have been killed by chance.
_ENOUGH: Final = 2
#: Workers that may end at other places, or at none that is known, before the task is given up.
_MOST: Final = 5
_NUMBER: Final = struct.Struct("<q")
_NOWHERE: Final = -(2**63)

Request = dict[str, Any]
Answer = dict[str, Any]


def to_request(
    root: Path, settings: Settings, task: Task, skip: frozenset[int], item_file: Path, prepare: str
) -> Request:
    """Give as JSON values what :func:`answer` needs.

    :param item_file: where the worker writes at which item it is.
    :param prepare: function that a worker calls before its first task, as ``module:name``; empty for none.
    """
    told = settings.to_dict()
    return {
        "root": str(root.absolute()),
        "settings": {"scale": told["scale"], "summary": told["summary"]},
        "task": asdict(task),
        "skip": sorted(skip),
        "item_file": str(item_file),
        "prepare": prepare,
    }


def answer(request: Request) -> Answer:
    """Do the task of a request.

    :return: what it left under ``done``, or why it could not be done under ``error``.
    :raises MemoryError: if there is not enough; the process should end then, and another try.
    """
    _prepare(request["prepare"])
    settings = Settings(ScaleConfig(**request["settings"]["scale"]), SummaryConfig(**request["settings"]["summary"]))
    fields = request["task"]
    reads = tuple((stage, key, digest) for stage, key, digest in fields["reads"])
    task = Task(fields["stage"], fields["key"], fields["payload"], reads)
    try:
        with _telling(Path(request["item_file"]), _limit(task.stage, settings.scale)) as at:
            done = Store(Path(request["root"])).perform(task, settings, skip=frozenset(request["skip"]), at=at)
        return {"done": asdict(done)}
    except MemoryError:
        raise
    except Exception as error:  # told to the process that asked
        trace = "".join(traceback.format_exception(error)[-3:])
        return {"error": type(error).__name__, "message": str(error), "trace": trace}


_prepared: set[str] = set()


def _prepare(name: str) -> None:
    if name and name not in _prepared:
        module, _, function = name.partition(":")
        getattr(import_module(module), function)()
        _prepared.add(name)


def _limit(stage: str, settings: ScaleConfig) -> int | None:
    """Give how many seconds one item may take; None for stages without items."""
    return {"articles": settings.article_seconds, "briefs": settings.brief_seconds}.get(stage)


@contextmanager
def _telling(path: Path, seconds: int | None) -> Iterator[Callable[[int], None]]:
    """Give what writes the number of an item into the file, which is there whatever becomes of this process.

    An item, which is none below 0, that takes far longer than it may ends this process.
    """
    with path.open("wb", buffering=0) as file:

        def at(number: int) -> None:
            file.seek(0)
            file.write(_NUMBER.pack(number))
            if number >= 0 and seconds is not None:
                end_after(seconds)
            else:
                end_never()

        at(_NOWHERE)
        try:
            yield at
        finally:
            end_never()


def take(answer: Answer, task: Task) -> Done:
    """Give what a task left.

    :raises SummarizerError: if it could not be done: of the class that the worker met, if that is one of ours.
    """
    if "done" in answer:
        return Done(**answer["done"])
    known = getattr(errors, answer["error"], None)
    if known is errors.ReadingError or known is errors.MissingExtraError:
        raise InputError(answer["message"])
    if isinstance(known, type) and issubclass(known, SummarizerError):
        raise known(answer["message"])
    raise TaskError(f"{task.stage} {task.key}: {answer['error']}: {answer['message'][:300]}\n{answer['trace']}")


@dataclass(slots=True)
class Deaths:
    """The workers that ended while they were at one task.

    :param task: the task.
    :param skip: the items that are passed over from now on.
    """

    task: Task
    skip: frozenset[int] = frozenset()
    _at: Counter[int] = field(default_factory=Counter)

    def add(self, item_file: Path) -> None:
        """Count one.

        :param item_file: what that worker wrote.
        :raises TaskError: if the task cannot be done, whatever is passed over.
        """
        try:
            (number,) = _NUMBER.unpack(item_file.read_bytes())
        except (OSError, struct.error):  # it ended before it began
            number = _NOWHERE
        self._at[number] += 1
        if number != _NOWHERE and self._at[number] >= _ENOUGH:
            self.skip |= {number}
        elsewhere = sum(count for item, count in self._at.items() if item not in self.skip)
        if elsewhere >= _MOST:
            raise TaskError(
                f"{self.task.stage} {self.task.key}: ended {self._at.total()} worker processes, and no article alone "
                "is to blame: likely they need more memory than there is; use fewer workers, or a smaller "
                "articles_per_task, and go on with --resume"
            )
