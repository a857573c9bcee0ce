"""What a run knows of itself between two starts, and that no other run works in its folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from summarizer.errors import ConfigError, OutputError
from summarizer.scale.settings import Settings
from summarizer.scale.store import write_whole
from summarizer.scale.tasks import Task

JOURNAL: Final = "run.json"
LOCK: Final = ".lock"
WORK: Final = "work"


class Journal:
    """What a run knows of itself between two starts: settings, generation, the tasks of its archive."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._path = path
        self._settings = settings
        self.generation = 1
        self.finished = False
        self.tasks: dict[str, Task] = {}

    @classmethod
    def open(cls, root: Path, settings: Settings, *, resume: bool) -> Journal:
        """Begin a journal, or read the one that is there.

        :raises OutputError: if the folder holds a run and ``resume`` does not hold, or holds something else.
        :raises ConfigError: if the run that is there has other settings.
        """
        journal = cls(root / JOURNAL, settings)
        try:
            fields_ = json.loads(journal._path.read_text(encoding="utf-8"))
            earlier, tasks = fields_["settings"], fields_["articles"]
            journal.generation, journal.finished = int(fields_["generation"]), bool(fields_["finished"])
            known = [Task("articles", str(key), dict(payload)) for key, payload in tasks]
            earlier = {"version": earlier["version"], **{part: dict(earlier[part]) for part in ("scale", "summary")}}
        except FileNotFoundError:
            if not all(map(_is_begun, root.iterdir())):
                raise OutputError(f"{root}: is not empty, and holds no run: choose an empty folder") from None
            return journal
        except (ValueError, TypeError, KeyError) as error:
            raise OutputError(f"{journal._path}: is damaged: choose another folder") from error
        except OSError as error:
            raise OutputError(f"{journal._path}: cannot be read: {error.strerror}: see that it can") from error
        if not resume:
            raise OutputError(f"{root}: holds a run: go on with it by --resume, or choose another folder")
        _check_same(earlier, json.loads(json.dumps(settings.to_dict())), root)
        journal.add(iter(known))
        return journal

    def add(self, tasks: Iterator[Task]) -> bool:
        """Take tasks in; say whether there was a new one."""
        before = len(self.tasks)
        for task in tasks:
            self.tasks.setdefault(task.key, task)
        return len(self.tasks) > before

    def save(self) -> None:
        """Write the journal, whole or not at all."""
        told = {
            "schema_version": 1,
            "settings": self._settings.to_dict(),
            "generation": self.generation,
            "finished": self.finished,
            "articles": [[key, dict(task.payload)] for key, task in sorted(self.tasks.items())],
        }
        write_whole(self._path, [json.dumps(told, indent=1, sort_keys=True).encode()])


def _is_begun(path: Path) -> bool:
    """Tell whether a file is what a run leaves that ended before it had a journal."""
    if path.name == WORK:
        return all(one.name.lstrip(".").startswith("pieces.jsonl") for one in path.iterdir())
    return path.name == LOCK or path.name.startswith(f".{JOURNAL}.")


def _check_same(earlier: dict[str, Any], now: dict[str, Any], root: Path) -> None:
    """Refuse to go on with a run under other settings.

    :raises ConfigError: naming each setting that differs.
    """
    if earlier == now:
        return
    different = [
        f"{name} {earlier.get(part, {}).get(name)!r}, now {now[part].get(name)!r}"
        for part in ("scale", "summary")
        for name in sorted({*earlier.get(part, {}), *now[part]})
        if earlier.get(part, {}).get(name) != now[part].get(name)
    ] or [f"version {earlier.get('version')}, now {now['version']}"]
    raise ConfigError(f"{root}: was made with other settings ({'; '.join(different)}): use those, or another folder")


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep other runs out of the folder while the block runs; where it ends without a journal, leave nothing there.

    :raises OutputError: if it cannot be made, or another run is at work in it.
    """
    try:
        missing = [folder for folder in (root, *root.parents) if not folder.exists()]
        root.mkdir(parents=True, exist_ok=True)
        had_lock, had_work = (root / LOCK).exists(), (root / WORK).exists()
        handle = _lock(root)
    except (OSError, ValueError) as error:
        raise OutputError(f"{root}: cannot be written to: {error}") from error
    try:
        yield
    finally:
        begun = (root / JOURNAL).exists()
        with suppress(OSError):
            if not begun and not had_work and _is_begun(root / WORK):
                shutil.rmtree(root / WORK)
        if begun or had_lock:
            os.close(handle)
        else:
            _unlock(handle, root, missing)


def _lock(root: Path) -> int:
    """Open and lock the file that says that a run is at work.

    A run that found nothing to do takes the file away with it, so whoever waited for that one asks again.

    :raises OutputError: if another run is at work.
    """
    while True:
        handle = os.open(root / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            import fcntl
        except ImportError:  # on Windows
            return handle
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise OutputError(f"{root}: another run is at work in it: wait for its end") from error
        with suppress(OSError):
            if os.path.samestat(os.fstat(handle), os.stat(root / LOCK)):
                return handle
        os.close(handle)


def _unlock(handle: int, root: Path, made: Sequence[Path]) -> None:
    """Take the lock away, and the folders that were made for it, the innermost first, as far as they are empty."""
    try:
        (root / LOCK).unlink()
        os.close(handle)
    except OSError:  # Windows takes no open file away
        os.close(handle)
        with suppress(OSError):
            (root / LOCK).unlink()
    with suppress(OSError):
        for folder in made:
            folder.rmdir()
