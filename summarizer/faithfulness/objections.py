"""What a check says against a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Objection:
    """One reason why a sentence may not stand.

    :param check: the name of the check, such as ``"number"``.
    :param reason: what is wrong, for a person to read.

    >>> str(Objection("number", "14 % is in no source"))
    'number: 14 % is in no source'
    """

    check: str
    reason: str

    def __str__(self) -> str:
        """Give ``check: reason``."""
        return f"{self.check}: {self.reason}"
