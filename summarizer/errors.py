"""What can go wrong, as one tree.

Every error this package raises on purpose is a :class:`SummarizerError`::

    SummarizerError
    ├── ConfigError (also ValueError)      a setting outside its range, or two that exclude each other
    │   └── BudgetError                    no sentence fits the budget
    ├── InputError (also ValueError)       what was given cannot be read or used
    │   ├── ReadingError                   one source: names it and the remedy
    │   ├── LimitError                     one source or the whole input is over a limit
    │   └── NoInputError                   nothing usable was left
    ├── ModelError (also RuntimeError)     a model, its files or its server are missing, refused or do not fit
    ├── MissingExtraError (also ImportError)  a library of an optional extra is not installed
    ├── TaskError (also RuntimeError)      a part of a run over an archive could not be done
    └── OutputError (also OSError)         the result could not be written

Messages say what happened, the value that was met, and what to do about it.
"""

from __future__ import annotations


class SummarizerError(Exception):
    """Any error that this package raises on purpose."""


class ConfigError(SummarizerError, ValueError):
    """A setting is outside its range, or two settings exclude each other."""


class BudgetError(ConfigError):
    """No sentence of the input fits the budget: nothing is cut short, and nothing empty is returned."""


class InputError(SummarizerError, ValueError):
    """What was given cannot be read or used."""


class ReadingError(InputError):
    """One source could not be read.

    :param source: the path, or another name by which the user knows the source.
    :param reason: what is wrong, and what to do.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class LimitError(InputError):
    """A source, or the input as a whole, is over a limit of :class:`summarizer.SummaryConfig`."""


class NoInputError(InputError):
    """Nothing usable was left to summarize."""


class ModelError(SummarizerError, RuntimeError):
    """A model, one of its files or its server is missing, damaged, refused, or does not fit."""


class MissingExtraError(SummarizerError, ImportError):
    """A library of an optional extra is not installed.

    :param what: what was asked for, for example ``"the wordllama embedder"``.
    :param extra: the extra that brings it.
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the extra {extra!r}: pip install 'crossbrief[{extra}]'")
        self.extra = extra


class TaskError(SummarizerError, RuntimeError):
    """A part of a run over an archive could not be done; what other parts did stays, and a later run goes on."""


class OutputError(SummarizerError, OSError):
    """The result could not be written; what was there before is untouched."""
