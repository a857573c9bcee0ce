"""Measures of time that a slow or busy machine does not move.

Time is that of the processor, so that what else runs does not count. The garbage collector is off, since its rounds
grow with all that was ever made, and so is coverage, which slows Python but not what is written in C. What seems too
slow is measured again before it fails, and the best counts, for a processor that is shared runs at half its speed now
and then. A bound is a multiple of :func:`work`, or of the time that a smaller input takes: a hang or a quadratic rule
misses it in every try.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from statistics import median

Call = Callable[[], object]
Clock = Callable[[], float]

#: How often a time is taken before it counts as missed. Of 300 linear functions held to 1.2 times their due,
#: beside four busy processes on two cores, one needed a second try and none a third.
TRIES = 5

_WORK: list[float] = []


def cost(call: Call, clock: Clock = time.thread_time) -> float:
    """Give the seconds of one call; neither the collector nor coverage counts.

    :param clock: ``time.process_time`` where threads of this process do the work, as those of numpy may.
    """
    collecting, tracer = gc.isenabled(), sys.gettrace()
    gc.disable()
    sys.settrace(None)
    try:
        start = clock()
        call()
        return clock() - start
    finally:
        sys.settrace(tracer)
        if collecting:
            gc.enable()


def work(*, again: bool = False) -> float:
    """Give the seconds that a fixed piece of Python takes here, about 8 ms on a core of 2020.

    :param again: measure it now; else the last measure counts, if there is one.
    """
    if again or not _WORK:
        _WORK[:] = [min(cost(_piece) for _ in range(3))]
    return _WORK[0]


def _piece() -> int:
    return sum(number * number for number in range(100_000))


def assert_quick(call: Call, pieces: float, name: str = "", *, clock: Clock = time.thread_time) -> None:
    """Fail where every try of a call takes longer than so many pieces of :func:`work`.

    A call that keeps its result needs another input in each try, or the second is free.
    """
    best = float("inf")
    for attempt in range(TRIES):
        best = min(best, cost(call, clock))
        if best <= pieces * work(again=attempt > 0):
            return
    said = f"took {best / work():.1f} pieces of work at best, {best:.3f} s; {pieces:g} are allowed"
    raise AssertionError(f"{name}: {said}" if name else said)


def assert_grows(
    prepare: Callable[[int], Call],
    small: int,
    large: int,
    times: float,
    *,
    spare: float = 3,
    name: str = "",
    clock: Clock = time.thread_time,
) -> None:
    """Fail where the larger input takes more than so many times the time of the smaller.

    :param prepare: gives the call for a size; making its input is not measured. Each run asks for a size of its own,
        one more than the last, so that nothing kept of an input speeds up the next.
    :param times: how much longer the larger one may take: 15 for ten times the size has room for noise, not squares.
    :param spare: pieces of :func:`work` granted beside, for times that are near the grain of the clock.
    """
    few: list[float] = []
    many = float("inf")
    # As many runs of the smaller as take about as long as one of the larger: what slows one for long slows the other.
    # Their median counts, which a stumble does not move, against the best of the larger.
    runs = max(large // small, 3)
    for attempt in range(TRIES):
        few += [cost(prepare(small + runs * attempt + run), clock) for run in range(runs)]
        many = min(many, cost(prepare(large + attempt), clock))
        if many <= times * median(few) + spare * work(again=attempt > 0):
            return
    said = (
        f"{large} takes {many:.3f} s, {many / max(median(few), 1e-9):.0f} times as long as {small}; "
        f"{times:g} times and {spare:g} pieces of work of {work():.4f} s are allowed"
    )
    raise AssertionError(f"{name}: {said}" if name else said)
