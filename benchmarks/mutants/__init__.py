"""Whether the tests notice mistakes: ``python -m benchmarks mutants [--only NAMES] [--limit N] [--show]``.

Small mistakes are made on purpose in the code that guards something, one at a time, see
:mod:`benchmarks.mutants.changes`, and the tests of the subject are run, those first that noticed most before. A mistake
that no test notices *survives*: it is named by file, line and change, and says which test is missing. What hangs or
dies counts as noticed. Mistakes that change nothing anyone can see are left out with the reason that is written in
``benchmarks/mutants/alike.json``; an entry there that fits no mistake is an error.

Exit code 1 if less than :data:`LEAST` of the mistakes of a subject are noticed.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.data import REPOSITORY, DataError
from benchmarks.mutants.changes import Change, apply, changes
from benchmarks.mutants.running import Child, Known, explore, prepare

#: Share of the mistakes that have to be noticed.
LEAST: Final = 0.9
#: Mistakes that change nothing, each with the reason.
ALIKE: Final = REPOSITORY / "benchmarks" / "mutants/alike.json"
#: Children at a time.
_AT_ONCE: Final = 2
_OVER: Final = 5
_FREE: Final = 20.0
#: What pytest says where no test ran.
_NO_TESTS: Final = 5

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Subject:
    """Code that guards something, and the tests of it.

    :param code: files, and which of their functions and classes; all of a file if none are named.
    :param tests: files of tests.
    :param chosen: an expression of ``pytest -k``: what needs a browser or minutes is left out.
    """

    code: dict[str, tuple[str, ...]]
    tests: tuple[str, ...]
    chosen: str = ""


SUBJECTS: Final[dict[str, Subject]] = {
    "budget": Subject(
        {
            "summarizer/selection/budget.py": (),
            "summarizer/selection/__init__.py": ("_open",),
            "summarizer/terms.py": ("count_words",),
            "summarizer/pipeline.py": ("_eligible", "_in_words"),
        },
        ("tests/test_selection.py", "tests/test_mutants_budget.py"),
    ),
    "escaping": Subject(
        {
            "summarizer/briefing/escaping.py": (),
            "summarizer/briefing/json_object.py": ("escape_unseen",),
            "summarizer/briefing/html.py": ("_template",),
        },
        ("tests/test_briefing.py", "tests/test_page_security.py", "tests/test_mutants_escaping.py"),
        "(display or halves or markdown or renderer or prose or addresses_are_links or code_spans or more_than_one or "
        "mutants) and not field and not says_who and not empty_sections and not steers",
    ),
    "addresses": Subject(
        {
            "summarizer/fetching/targets.py": (),
            "summarizer/fetching/networks.py": (),
            "summarizer/fetching/connecting.py": ("Guard", "GuardedBackend", "TimedStream", "resolve", "dial"),
        },
        ("tests/test_fetching_guard.py", "tests/test_mutants_addresses.py"),
    ),
}


@dataclass(slots=True)
class _Count:
    """What became of the mistakes of one subject."""

    noticed: int = 0
    hung: int = 0
    alike: int = 0
    survivors: list[dict[str, Any]] = field(default_factory=list)


def measure(names: Sequence[str], limit: int | None = None, *, tell: Tell) -> dict[str, Any]:
    """Make mistakes in subjects, one after another.

    :param names: of :data:`SUBJECTS`.
    :param limit: mistakes of each subject, spread evenly; None for all.
    :return: for each subject how many were noticed, and those that were not.
    :raises DataError: where processes cannot fork, if the tests fail as things are, or what is called alike is not
        there.
    """
    if not hasattr(os, "fork"):
        raise DataError("mutants run in processes that fork, which this system does not have: use Linux or macOS")
    prepare()
    return {"subjects": {name: _measure(SUBJECTS[name], name, limit, tell) for name in names}}


def _measure(subject: Subject, name: str, limit: int | None, tell: Tell) -> dict[str, Any]:
    sources = {file: (REPOSITORY / file).read_text("utf-8") for file in subject.code}
    made = [(file, change) for file, parts in subject.code.items() for change in changes(sources[file], parts)]
    alike = _alike({_named(mistake) for mistake in made}, subject)
    try:
        known = explore([test for test in subject.tests if (REPOSITORY / test).exists()], sources, subject.chosen)
    except RuntimeError as error:
        raise DataError(f"mutants of {name}: {error}") from None
    chosen = [mistake for mistake in made if _named(mistake) not in alike]
    n_alike = len(made) - len(chosen)
    if limit is not None and limit < len(chosen):
        chosen = [chosen[index * len(chosen) // limit] for index in range(limit)]
    started = time.monotonic()
    count = _run(chosen, sources, known, tell)
    total = count.noticed + len(count.survivors)
    tell(f"{name}: {count.noticed} of {total} noticed ({count.hung} hung), {n_alike} alike left out")
    return {
        "made": len(made),
        "alike": n_alike,
        "run": total,
        "noticed": count.noticed,
        "hung": count.hung,
        "share": round(count.noticed / max(total, 1), 4),
        "tests": len(known.seconds),
        "seconds": round(time.monotonic() - started),
        "files": {file: sum(1 for other, _ in chosen if other == file) for file in sources},
        "survivors": sorted(count.survivors, key=lambda one: (one["file"], one["line"], one["change"])),
    }


def _named(mistake: tuple[str, Change]) -> tuple[str, str, str]:
    file, change = mistake
    return file, change.code, change.name


def _alike(made: set[tuple[str, str, str]], subject: Subject) -> set[tuple[str, str, str]]:
    """Read which mistakes change nothing.

    :raises DataError: if one is named that is not made.
    """
    entries = json.loads(ALIKE.read_text("utf-8")) if ALIKE.exists() else []
    named = {(entry["file"], entry["code"], entry["change"]) for entry in entries if entry["file"] in subject.code}
    gone = sorted(named - made)
    if gone:
        raise DataError(f"{ALIKE.name} names a mistake that is not made any more: {gone[0]}: take it out")
    return named


def _run(chosen: Sequence[tuple[str, Change]], sources: dict[str, str], known: Known, tell: Tell) -> _Count:
    """Run the tests against each mistake, some at a time."""
    count, killers = _Count(), Counter[str]()
    waiting, running = list(reversed(chosen)), list[tuple[str, Change, Child]]()
    with tempfile.TemporaryDirectory() as folder:
        while waiting or running:
            if waiting and len(running) < _AT_ONCE:
                file, change = waiting.pop()
                tests = sorted(known.tests(file, change.line), key=lambda test: -killers[test])
                seconds = _FREE + _OVER * sum(known.seconds[test] for test in tests)
                own = Path(folder, str(len(waiting)))
                own.mkdir()
                child = Child(file, apply(sources[file], change), tests, tests, own, seconds)
                running.append((file, change, child))
                continue
            time.sleep(0.02)
            for entry in [entry for entry in running if entry[2].poll()]:
                running.remove(entry)
                _note(entry, count, killers, tell)
    return count


def _note(entry: tuple[str, Change, Child], count: _Count, killers: Counter[str], tell: Tell) -> None:
    file, change, child = entry
    if child.code in (0, _NO_TESTS):
        count.survivors.append({"file": file, "line": change.line, "code": change.code, "change": change.name})
        tell(f"  survived {file}:{change.line}: {change.name:.150}")
        return
    count.noticed += 1
    count.hung += child.hung
    killers.update(child.result()["failed"][:1])


def text(found: dict[str, Any]) -> str:
    """Show how many mistakes were noticed as a table."""
    lines = ["| subject | mistakes | noticed | share | left out as alike | tests |", "|---|" + "---:|" * 5]
    for name, row in found["subjects"].items():
        lines.append(
            f"| {name} | {row['run']} | {row['noticed']} | {100 * row['share']:.1f} % | {row['alike']} "
            f"| {row['tests']} |"
        )
    return "\n".join(lines)


def missed(found: dict[str, Any]) -> list[str]:
    """Name the subjects of which too much survived."""
    return [
        f"{name}: {100 * row['share']:.1f} % of the mistakes noticed, aim {100 * LEAST:.0f} %"
        for name, row in found["subjects"].items()
        if row["share"] < LEAST
    ]
