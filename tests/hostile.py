"""How many cases the hostile tests try: few in every run, the whole number where SUMMARIZER_HOSTILE is ``full``."""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T", int, float)

FULL = os.environ.get("SUMMARIZER_HOSTILE") == "full"


def many(full: T, quick: T) -> T:
    """Give the number of cases of this run."""
    return full if FULL else quick
