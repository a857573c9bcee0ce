"""What an agent may have read: nothing but what it sends, unless folders or addresses were switched on."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from summarizer.errors import ConfigError, LimitError, ReadingError
from summarizer.reading.formats import READERS

#: Most files that one folder gives; a folder of more is a mistake or an archive.
MAX_FILES: Final = 2_000
_MAX_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Access:
    """The folders that may be read, and whether addresses may be fetched.

    :param roots: real paths of folders.
    :param fetch: whether addresses are fetched.
    """

    roots: tuple[Path, ...] = ()
    fetch: bool = False

    @classmethod
    def to(cls, roots: Sequence[str | Path], *, fetch: bool = False) -> Access:
        """Check the folders, and settle them: links in them are followed once, now.

        :raises ConfigError: if one is no folder.
        """
        settled = []
        for root in roots:
            try:
                real = Path(root).resolve(strict=True)
            except (OSError, ValueError, RuntimeError) as error:
                raise ConfigError(f"--root {str(root)!r} cannot be used ({error}): give a folder") from None
            if not real.is_dir():
                raise ConfigError(f"--root {str(root)!r} is no folder: give one")
            settled.append(real)
        return cls(tuple(dict.fromkeys(settled)), fetch)

    def files(self, given: str) -> list[Path]:
        """Give the real paths of the files that a path means: itself, or those of known kinds below a folder.

        A path is taken from each root in turn; ``~`` and patterns mean nothing. Links are followed and must end
        inside a root; hidden files and folders are not read. What lies outside gets one message, there or not.

        :raises ReadingError: if there is no such file inside the roots.
        :raises LimitError: if a folder holds too many files.
        """
        shown = given[:_MAX_SHOWN]
        outside = ReadingError(shown, "is not a file or folder inside the folders that may be read: list what is there")
        if not given or "\0" in given or len(given) > 4_096:
            raise outside
        for root in self.roots:
            real = _resolve(root, given)
            if real is None:
                continue
            if real.is_dir():
                return list(self._below(real, shown))
            if _is_regular(real):
                return [real]
        raise outside

    def _below(self, folder: Path, shown: str) -> Iterator[Path]:
        """Give the files of known kinds below a folder, by path; links that lead outside are passed over."""
        n_files = 0
        for place, folders, names in os.walk(folder, followlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                path = Path(place, name)
                real = self._settled(path) if name.lower().endswith(tuple(READERS)) else None
                if real is None:
                    continue
                n_files += 1
                if n_files > MAX_FILES:
                    raise LimitError(f"{shown}: holds more than {MAX_FILES} files: give a smaller folder")
                yield real
        if not n_files:
            raise ReadingError(
                shown, f"holds no file of a kind that is read ({' '.join(READERS)}): give another folder"
            )

    def _settled(self, path: Path) -> Path | None:
        """Give the real path of a regular file, None if it is none, is hidden, or lies outside."""
        for root in self.roots:
            if path.is_relative_to(root):
                real = _resolve(root, str(path))
                if real is not None and _is_regular(real):
                    return real
        return None

    def hide(self, text: str) -> str:
        """Take the places of the roots out of a message: the agent knows paths as it gave them."""
        for root in self.roots:
            text = text.replace(f"{root}{os.sep}", "").replace(str(root), "the folder")
        return text


def _resolve(root: Path, given: str) -> Path | None:
    """Give the real path of something inside a root, None if it lies outside, is hidden, or cannot be."""
    try:
        real = (root / given).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):  # not there, a loop of links, a name that no file can have
        return None
    if not real.is_relative_to(root):
        return None
    return None if any(part.startswith(".") for part in real.relative_to(root).parts) else real


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False
