"""Fields of frozen dataclasses that are computed when they are first asked for.

Most callers print the text of a briefing: why each sentence was chosen, and which others say the same, is found for
those who ask. Whoever reads such a field, compares, copies, pickles or prints the object finds the value, as if it had
been there from the start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

Value = TypeVar("Value")
Class = TypeVar("Class", bound=type)

_NOTHING: Final = object()


class _Pending:
    """A value that may be computed: once, by whoever asks first; objects may share it.

    Two threads that ask at one moment may both compute it, and get equal values.
    """

    __slots__ = ("_make", "_value")

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make: Callable[[], Any] | None = make
        self._value: Any = _NOTHING

    def value(self) -> Any:  # noqa: ANN401  whatever the field holds
        make = self._make  # before the value is looked at: it is let go of only once that is there
        if self._value is _NOTHING and make is not None:
            self._value = make()
            self._make = None
        return self._value


class _Field:
    """A slot whose value may be pending."""

    def __init__(self, slot: Any) -> None:  # noqa: ANN401  the descriptor of a slot
        self._slot = slot

    def __get__(self, instance: object | None, owner: type | None = None) -> Any:  # noqa: ANN401
        if instance is None:
            return self
        value = self._slot.__get__(instance, owner)
        if type(value) is _Pending:
            value = value.value()
            self._slot.__set__(instance, value)
        return value

    def __set__(self, instance: object, value: object) -> None:
        self._slot.__set__(instance, value)


def defers(*names: str) -> Callable[[Class], Class]:
    """Let fields of a class with slots hold what :func:`later` gives; above ``@dataclass(slots=True)``.

    :param names: the fields; those without a default, or with a factory.
    """

    def prepare(given: Class) -> Class:
        for name in names:
            setattr(given, name, _Field(given.__dict__[name]))
        return given

    return prepare


def later(make: Callable[[], Value]) -> Value:
    """Give a value for a field that was prepared by :func:`defers`, to be computed when it is first read.

    What ``make`` holds on to is let go of once the value is there.

    :param make: gives the same value whenever it is called.
    """
    return cast("Value", _Pending(make))
