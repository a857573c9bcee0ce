"""A measure of time that a slow or busy machine does not move."""

from __future__ import annotations

import time


def work() -> float:
    """Give the seconds that a fixed piece of Python takes here and now, about 8 ms on a core of 2020.

    Bounds in tests are multiples of it: a hang still fails them, a slow machine does not.
    """
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        sum(number * number for number in range(100_000))
        best = min(best, time.perf_counter() - start)
    return best
