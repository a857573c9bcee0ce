"""Paths, folders and patterns to the files that they mean, each once."""

from __future__ import annotations

import fnmatch
import glob
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.errors import ReadingError
from summarizer.reading.intake import Intake

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file to read.

    :param path: where it is, as the user gave it.
    :param size: in bytes.
    """

    path: str
    size: int


class Discovery:
    """Finds the files that sources mean, and gives no file twice.

    :param intake: takes warnings about what was passed over and failures about what is not there.
    :param suffixes: of the files that a folder gives; lower case, with the dot.
    """

    def __init__(self, intake: Intake, suffixes: Sequence[str]) -> None:
        self._intake, self._suffixes = intake, tuple(suffixes)
        self._files: dict[Identity, str] = {}
        self._folders: set[Identity] = set()

    def find(self, source: str) -> Iterator[Found]:
        """Give the files that one source means, in the order of their paths.

        :param source: a file, a folder (all files of known kinds below it, hidden ones left out), or a pattern with
            ``*``, ``?``, ``[…]`` or ``**``, if no file has that very name.
        """
        repeated: list[tuple[str, str]] = []
        self._folders.clear()
        try:
            for path, status in self._expand(source):
                identity = (status.st_dev, status.st_ino)
                if identity in self._files:
                    repeated.append((path, self._files[identity]))
                    continue
                self._files[identity] = path
                yield Found(path, status.st_size)
        except ReadingError as error:
            self._intake.fail(error)
        if len(repeated) == 1:
            path, before = repeated[0]
            other = "twice" if path == before else f"also as {before}"
            self._intake.warn(f"{path}: was given {other} and is read once")
        elif repeated:
            self._intake.warn(f"{source}: {len(repeated)} of its files were given before, and each is read once")

    def _expand(self, source: str) -> Iterator[tuple[str, os.stat_result]]:
        """Give regular files; failures of single entries are kept, and one of the source itself is raised."""
        if not source:
            raise ReadingError("''", "is no path: give a file, a folder, a pattern or '-'")
        if _ADDRESS.match(source):
            raise ReadingError(source, "only http:// and https:// are fetched: check it, or save the file and give it")
        if glob.has_magic(source) and not os.path.lexists(source):
            yield from self._match(source)
            return
        status = look(source)
        if stat.S_ISDIR(status.st_mode):
            n_found = 0
            for found in self._walk(source, status):
                n_found += 1
                yield found
            if not n_found:
                kinds = " ".join(self._suffixes)
                raise ReadingError(source, f"gave no file of a kind that is read ({kinds}): give another folder")
            return
        yield source, require_regular(source, status)

    def _match(self, pattern: str) -> Iterator[tuple[str, os.stat_result]]:
        """Expand a pattern that the shell has left alone; folders that match give their files."""
        n_found = 0
        if "**" in pattern:
            base, parts = _split_pattern(pattern)
            folder = base or os.curdir
            for path, status in self._walk(folder, look(folder), parts) if os.path.isdir(folder) else ():
                n_found += 1
                yield path if base else os.path.relpath(path), status
        else:
            for path in sorted(glob.glob(pattern)):
                n_found += 1
                yield from self._settle(path)
        if not n_found:
            raise ReadingError(pattern, "no file matches this pattern: check the spelling and the folder")

    def _settle(self, path: str) -> Iterator[tuple[str, os.stat_result]]:
        """Give one match of a pattern: a file, or the files of a folder."""
        try:
            status = look(path)
            if stat.S_ISDIR(status.st_mode):
                yield from self._walk(path, status)
            else:
                yield path, require_regular(path, status)
        except ReadingError as error:
            self._intake.fail(error)

    def _walk(
        self, folder: str, status: os.stat_result, pattern: Sequence[str] | None = None
    ) -> Iterator[tuple[str, os.stat_result]]:
        """Give the files below a folder, sorted, without recursion and without following a loop.

        :param pattern: parts that the path below the folder must match; None for all files of known kinds.
        """
        others: Counter[str] = Counter()
        any_kind = pattern is not None and "." in pattern[-1]
        pending = [(folder, "", status, frozenset[Identity]())]
        while pending:
            path, below, status, above = pending.pop()
            if not stat.S_ISDIR(status.st_mode):
                if pattern is not None and not _matches(below.split("/"), pattern):
                    continue
                if not any_kind and not path.lower().endswith(self._suffixes):
                    others[os.path.splitext(path)[1].lower() or "no suffix"] += 1
                    continue
                try:
                    yield path, require_regular(path, status)
                except ReadingError as error:
                    self._intake.fail(error)
                continue
            identity = (status.st_dev, status.st_ino)
            if identity in above:
                self._intake.fail(ReadingError(path, "is a link back to a folder above it: remove the link"))
            elif self._enter(path, identity):
                pending += self._list(path, below, above | {identity})
        if others:
            kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(others.items())[:5])
            self._intake.warn(f"{folder}: {others.total()} files of other kinds were left out ({kinds})")

    def _enter(self, path: str, identity: Identity) -> bool:
        """Note that a folder is read; tell whether it was not before."""
        if identity in self._folders:
            self._intake.warn(f"{path}: is a folder that was given before, and is read once")
            return False
        self._folders.add(identity)
        return True

    def _list(
        self, folder: str, below: str, above: frozenset[Identity]
    ) -> list[tuple[str, str, os.stat_result, frozenset[Identity]]]:
        """Give the entries of a folder, the last one first; hidden ones are left out."""
        try:
            names = sorted((name for name in os.listdir(folder) if not name.startswith(".")), reverse=True)
        except OSError as error:
            self._intake.fail(ReadingError(folder, explain(folder, error)))
            return []
        entries = []
        for name in names:
            path = os.path.join(folder, name)
            try:
                entries.append((path, f"{below}/{name}" if below else name, look(path), above))
            except ReadingError as error:
                if path.lower().endswith(self._suffixes):
                    self._intake.fail(error)
        return entries


def look(path: str) -> os.stat_result:
    """Look up what is at a path, following links.

    :raises ReadingError: if nothing is there or it may not be looked at.
    """
    try:
        return os.stat(path)
    except (OSError, ValueError) as error:
        raise ReadingError(path, explain(path, error)) from None


def require_regular(path: str, status: os.stat_result) -> os.stat_result:
    """Refuse what could block or never end, before it is opened.

    :raises ReadingError: if it is a pipe, a socket or a device.
    """
    kinds = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"))
    if stat.S_ISREG(status.st_mode):
        return status
    kind = next((kind for test, kind in kinds if test(status.st_mode)), "a special file")
    raise ReadingError(path, f"is {kind}, not a file: give a file, or send the text to standard input and give '-'")


def explain(path: str, error: OSError | ValueError) -> str:
    """Say in words why a path cannot be read, and what to do."""
    if isinstance(error, FileNotFoundError) and os.path.islink(path):
        return "is a link to something that does not exist: mend or remove the link"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "does not exist: check the path"
    if isinstance(error, PermissionError):
        return "may not be read: check its permissions"
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror or error}): check the path and the disk"
    return "is no path (it holds a NUL character): check it"


def _split_pattern(pattern: str) -> tuple[str, list[str]]:
    """Part a pattern into the folder before the first wildcard and the parts below it."""
    parts = pattern.replace(os.sep, "/").split("/")
    first = next(index for index, part in enumerate(parts) if glob.has_magic(part))
    base = "/".join(parts[:first])
    return base or ("/" if pattern.startswith("/") else ""), parts[first:]


def _matches(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Match a path against a pattern by parts, ``**`` being any number of them.

    O(names x parts).
    """
    # reached[j]: the names so far match the first j parts.
    reached = [True] + [False] * len(pattern)
    for j, part in enumerate(pattern):
        reached[j + 1] = reached[j] and part == "**"
    for name in names:
        following = [False] * (len(pattern) + 1)
        for j, part in enumerate(pattern):
            if part == "**":
                following[j + 1] = reached[j + 1] or following[j]
            else:
                following[j + 1] = reached[j] and fnmatch.fnmatchcase(name, part)
        reached = following
    return reached[-1]
