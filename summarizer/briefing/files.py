"""Put a finished briefing into a file: whole, or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from summarizer.errors import OutputError

#: Format by the end of a file name.
FORMAT_OF_SUFFIX: Final = {
    ".md": "md",
    ".markdown": "md",
    ".json": "json",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
}

#: What a new file may be, before the umask.
_NEW_FILE_MODE: Final = 0o666


def check_target(path: Path, *, force: bool) -> Path:
    """Check that a file can be put at a path, before the work is done.

    :param path: where the result shall stand; a symbolic link is followed.
    :param force: whether an existing file may be replaced.
    :return: the path with symbolic links resolved.
    :raises OutputError: if the path is a folder or a device, its folder is missing, or a file is there without force.
    """
    try:
        target = Path(os.path.realpath(path))
        mode = target.stat().st_mode if target.exists() else None
    except (OSError, ValueError) as error:  # ValueError: NUL in the name
        raise OutputError(f"{path}: cannot be written to: {_reason(error)}") from error
    if mode is not None and stat.S_ISDIR(mode):
        raise OutputError(f"{path}: is a folder; name a file in it")
    if mode is not None and not stat.S_ISREG(mode):
        raise OutputError(f"{path}: is not a regular file; leave -o out and redirect the output")
    if mode is not None and not force:
        raise OutputError(f"{path}: exists already; choose another name, or replace it with --force")
    if not target.parent.is_dir():
        raise OutputError(f"{path}: the folder {target.parent} does not exist; make it first")
    return target


def write_file(path: Path, text: str, *, force: bool = False) -> None:
    """Write a text as UTF-8 through a temporary file in the same folder, so that nobody ever sees half of it.

    A file that is replaced passes its permissions on.

    :param path: as for :func:`check_target`, which is called first.
    :param text: what to write.
    :param force: whether an existing file may be replaced. Without it a file that another process makes meanwhile is
        left alone too, where the file system knows hard links.
    :raises OutputError: if it cannot be written; what was there before is untouched.
    """
    target = check_target(path, force=force)
    try:
        handle, name = tempfile.mkstemp(prefix=".briefing-", suffix=".tmp", dir=target.parent)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {_reason(error)}") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(target))
        _put(temporary, target, force)
    except FileExistsError as error:
        raise OutputError(f"{path}: was made by another process meanwhile; replace it with --force") from error
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {_reason(error)}") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _put(temporary: Path, target: Path, force: bool) -> None:
    if not force:
        try:
            # Unlike a rename, a hard link fails when the name is taken.
            os.link(temporary, target)
            return
        except FileExistsError:
            raise
        except OSError:  # no hard links here
            pass
    os.replace(temporary, target)


def _mode(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return _NEW_FILE_MODE & ~umask


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
