"""The commands of ``python -m benchmarks``, by what they are about; what they share is here."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.data import REPOSITORY

RESULTS: Final = REPOSITORY / "benchmarks" / "results"


@dataclass(frozen=True, slots=True)
class Parsers:
    """Where commands are added, and the options that many have.

    :param data: has ``--data``.
    :param out: has ``--out``.
    """

    commands: Any  # argparse does not name its type
    data: argparse.ArgumentParser
    out: argparse.ArgumentParser


def say(text: str) -> None:
    """Write a line to stdout at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def write(found: dict[str, Any], path: Path, *, quiet: bool = False) -> None:
    """Write results, and say where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if not quiet:
        say(f"written to {path}")


def verdict(problems: Sequence[str]) -> int:
    """Say which targets were missed, and give the exit code."""
    for problem in problems:
        say(f"MISSED {problem}")
    return 1 if problems else 0


def chosen(text: str, known: Sequence[str], what: str = "name") -> tuple[str, ...]:
    """Read names that are parted by commas.

    :raises ArgumentTypeError: if one is unknown, or there are none.
    """
    names = tuple(filter(None, text.split(",")))
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"unknown {what} {', '.join(unknown)}; choose from {', '.join(known)}")
    return names
