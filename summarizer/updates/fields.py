"""Reading JSON that anyone may have written: every value is checked, and what is wrong names the file and the field."""

from __future__ import annotations

import base64
import binascii
import json
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import ReadingError

#: Largest file that is read: a state of 25,000 sentences with vectors has about 22 MB.
MAX_BYTES: Final = 100_000_000
_REMEDY: Final = "give a file that --state or --format json wrote, or start anew without it"


def load_object(path: str | Path) -> Fields:
    """Read a file that holds one JSON object.

    :raises ReadingError: if it cannot be read, is larger than :data:`MAX_BYTES`, or is not JSON with an object at the
        top; NaN and Infinity are not JSON.
    """
    name = str(path)
    try:
        status = Path(path).stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReadingError(name, f"is not a regular file: {_REMEDY}")
        if status.st_size > MAX_BYTES:
            raise ReadingError(
                name, f"has {status.st_size} bytes, more than the {MAX_BYTES} that are read: start anew without it"
            )
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: NUL in the name; a ReadingError is one, too
        if isinstance(error, ReadingError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadingError(name, f"cannot be read ({reason}): check the path, or start anew without it") from None
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except RecursionError:
        raise ReadingError(name, f"is nested too deeply: {_REMEDY}") from None
    except ValueError as error:  # not UTF-8, not JSON, a number of too many digits
        raise ReadingError(name, f"is not JSON ({str(error)[:200]}): {_REMEDY}") from None
    if not isinstance(value, dict):
        raise ReadingError(name, f"holds no JSON object: {_REMEDY}")
    return Fields(name, value)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


class Fields:
    """The fields of a JSON object, each asked for with the type it must have.

    :param source: the file, for errors.
    :param values: the object.
    :param path: of the object within the file, such as ``"articles[3]."``.
    """

    def __init__(self, source: str, values: Mapping[str, Any], path: str = "") -> None:
        self.source, self._values, self._path = source, values, path

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def fail(self, name: str, wrong: str) -> NoReturn:
        """Raise the error of a field."""
        raise ReadingError(self.source, f"{self._path}{name} {wrong}: {_REMEDY}")

    def text(self, name: str) -> str:
        """Give a text."""
        value = self._get(name)
        return value if isinstance(value, str) else self.fail(name, "is not a text")

    def optional(self, name: str) -> str | None:
        """Give a text or None; a field that is not there is None."""
        return None if self._values.get(name) is None else self.text(name)

    def count(self, name: str, most: int = 2**31 - 1) -> int:
        """Give a whole number from 0."""
        value = self._get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            self.fail(name, f"is not a whole number from 0 to {most}")
        return value

    def flag(self, name: str) -> bool:
        """Give true or false."""
        value = self._get(name)
        return value if isinstance(value, bool) else self.fail(name, "is neither true nor false")

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a list of texts."""
        value = self._get(name)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fail(name, "is not a list of texts")
        return tuple(value)

    def objects(self, name: str, *, optional: bool = False) -> list[Fields]:
        """Give a list of objects; none if it is ``optional`` and not there."""
        value = self._values.get(name, []) if optional else self._get(name)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fail(name, "is not a list of objects")
        return [Fields(self.source, one, f"{self._path}{name}[{place}].") for place, one in enumerate(value)]

    def object(self, name: str) -> Fields:
        """Give an object."""
        value = self._get(name)
        if not isinstance(value, dict):
            self.fail(name, "is not an object")
        return Fields(self.source, value, f"{self._path}{name}.")

    def data(self, name: str) -> bytes:
        """Give bytes that were written in base64."""
        try:
            return base64.b64decode(self.text(name), validate=True)
        except (binascii.Error, ValueError):
            self.fail(name, "is not base64")

    def numbers(self, name: str, kind: str) -> NDArray[Any]:
        """Give an array that was written in base64.

        :param kind: type of its numbers, little-endian, such as ``"<i4"``.
        """
        data = self.data(name)
        if len(data) % np.dtype(kind).itemsize:
            self.fail(name, "has half a number at its end")
        return np.frombuffer(data, dtype=kind)

    def _get(self, name: str) -> Any:  # noqa: ANN401  what JSON may hold
        if name not in self._values:
            self.fail(name, "is missing")
        return self._values[name]
