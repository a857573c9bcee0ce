"""The measures of time themselves: what is quadratic fails, and a machine that stumbles does not."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.timing import TRIES, assert_grows, assert_quick, cost, work


def steps(n: int) -> int:
    return sum(number & 1 for number in range(n))


def linear(n: int) -> Callable[[], object]:
    return partial(steps, 20 * n)


def quadratic(n: int) -> Callable[[], object]:
    return partial(steps, n * n // 50)


def test_what_is_linear_passes() -> None:
    assert_grows(linear, 1_000, 10_000, 15, spare=0)


def test_what_is_quadratic_fails() -> None:
    with pytest.raises(AssertionError, match=r"10000 takes \d\.\d{3} s, \d{2,3} times as long as 1000; 15 times"):
        assert_grows(quadratic, 1_000, 10_000, 15)


def test_what_is_quadratic_fails_where_results_are_kept() -> None:
    """Each try has a size of its own: a text that was read before is no proof."""
    kept: dict[int, object] = {}

    def prepare(n: int) -> Callable[[], object]:
        return lambda: kept.get(n) or kept.setdefault(n, quadratic(n)())

    with pytest.raises(AssertionError):
        assert_grows(prepare, 1_000, 10_000, 15)
    assert len(kept) == 11 * TRIES


def test_bounds_in_pieces_of_work() -> None:
    assert_quick(partial(steps, 100_000), 3)
    with pytest.raises(AssertionError, match=r"took \d\.\d pieces of work at best, \d\.\d{3} s; 0\.5 are allowed"):
        assert_quick(partial(steps, 200_000), 0.5)


def stumbling(delays: Iterator[float]) -> Callable[[], float]:
    """Give a clock of which every second reading is late by what comes next."""
    late = iter(delays)
    now = 0.0
    odd = False

    def clock() -> float:
        nonlocal now, odd
        now += next(late) if odd else 0.0
        odd = not odd
        return now

    return clock


def test_a_machine_that_stumbles_is_measured_again() -> None:
    second = 1_000 * work()
    # Ten runs of the smaller and one of the larger: the larger is slow by accident three times.
    tries = [[second] * 10 + [late * second] for late in (90, 70, 20, 10)]
    assert_grows(linear, 1, 10, 15, clock=stumbling(late for readings in tries for late in readings))
    assert_quick(linear(1), 1_500, clock=stumbling(iter([9 * second, 5 * second, second / 9])))


def test_a_machine_that_stumbles_early_does_not_excuse_squares() -> None:
    second = 1_000 * work()
    # Four of ten runs of the smaller are slow by accident.
    with pytest.raises(AssertionError):
        assert_grows(
            linear, 1, 10, 15, clock=stumbling(iter(([90 * second] * 4 + [second] * 6 + [100 * second]) * TRIES))
        )


def test_waiting_and_the_work_of_others_cost_nothing() -> None:
    done = threading.Event()

    def spin() -> None:
        while not done.is_set():
            steps(1_000)

    other = threading.Thread(target=spin)
    other.start()
    try:
        assert cost(partial(time.sleep, 0.2)) < 0.1
    finally:
        done.set()
        other.join()


def test_the_garbage_collector_rests_meanwhile() -> None:
    seen: list[bool] = []
    assert gc.isenabled()
    cost(lambda: seen.append(gc.isenabled()))
    assert (seen, gc.isenabled()) == ([False], True)
    with pytest.raises(ZeroDivisionError):
        cost(lambda: 1 / 0)
    assert gc.isenabled()
