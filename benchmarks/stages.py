"""Where the time of a summary goes: seconds a stage, taken at the borders between the modules."""

from __future__ import annotations

import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import Any, Final

from summarizer import pipeline, reading

#: What these do counts for the stage that calls them, unless that is the pipeline: calls are many and short.
_SERVANTS: Final = frozenset(
    ("actors", "amounts", "boilerplate", "datelines", "facts", "guards", "layout", "terms", "vectors")
)
_UNTIMED: Final = frozenset(("briefing", "cli", "console", "reading", "rouge", "rouge_files", "training"))


class _Clock:
    """Seconds a stage, without those of the stages it calls."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    def timed(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """Give the function, with its time noted."""

        def run(*args: Any, **settings: Any) -> Any:  # noqa: ANN401
            begin = perf_counter()
            self._inner.append(0.0)
            try:
                return function(*args, **settings)
            finally:
                taken = perf_counter() - begin
                self.seconds[stage] += taken - self._inner.pop()
                if self._inner:
                    self._inner[-1] += taken

        return run


def _stage(name: str) -> str:
    """Give the module of the package, or the folder, that a dotted name stands in."""
    parts = name.split(".")
    return parts[1] if parts[0] == "summarizer" and len(parts) > 1 else ""


@contextmanager
def _patched(clock: _Clock) -> Iterator[None]:
    """Time every function that one stage imports from another, as long as this lasts."""
    changed: list[tuple[Any, str, Any]] = []
    modules = [module for name, module in sys.modules.items() if _stage(name) and _stage(name) not in _UNTIMED]
    for module in modules:
        for name, function in list(vars(module).items()):
            stage = _stage(function.__module__) if inspect.isfunction(function) else ""
            own = stage == _stage(module.__name__)
            if stage and not own and (module is pipeline or stage not in _SERVANTS):
                changed.append((module, name, function))
    changed.append((reading, "collect", reading.collect))
    try:
        for module, name, function in changed:
            setattr(module, name, clock.timed(function, _stage(function.__module__)))
        yield
    finally:
        for module, name, function in changed:
            setattr(module, name, function)


def time_stages(runs: Sequence[Callable[[], object]], *, n: int = 5) -> dict[str, float]:
    """Time the stages of several summaries.

    :param runs: each makes one summary.
    :param n: how often each is made; of each stage the median counts.
    :return: milliseconds a summary by stage, longest first; the mean over the summaries, so that they add up.
    """
    totals: defaultdict[str, float] = defaultdict(float)
    for run in runs:
        rows = []
        for _ in range(n):
            clock = _Clock()
            with _patched(clock):
                clock.timed(run, "pipeline")()
            rows.append(clock.seconds)
        for stage in {stage for row in rows for stage in row}:
            totals[stage] += median(row[stage] for row in rows)
    return {
        stage: round(1000 * seconds / len(runs), 3)
        for stage, seconds in sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    }
