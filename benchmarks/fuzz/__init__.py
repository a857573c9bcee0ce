"""Fuzz what strangers' bytes and words go through: ``python -m benchmarks fuzz [--only NAMES] [--seconds 600]``.

atheris (extra ``fuzz``) changes inputs so that more and more lines of the package are reached, and
:mod:`benchmarks.fuzz.readers` and :mod:`benchmarks.fuzz.texts` say what has to hold of each: only documented errors,
offsets that give the words back, nothing over :data:`SECONDS_AN_INPUT` or :data:`MEGABYTES`. What breaks is shown with
a short input and left in the folder of ``--keep``; mend it, and put the input into ``tests/cases/fuzz/SUBJECT.json``
with a word on what it broke. ``--grow`` puts what reached something new into ``tests/cases/fuzz/corpus``, as few bytes
as reach all of it and at most :data:`CORPUS_BYTES` a subject; ``tests/test_fuzz_corpus.py`` runs both without atheris.

Exit code 1 if anything broke. One subject takes one core.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from benchmarks.fuzz.shrinking import AGAIN, shrink
from benchmarks.fuzz.targets import CORPUS, SUBJECTS, read_corpus, write_corpus
from summarizer.errors import MissingExtraError

#: Those that are run by default.
DEFAULT: Final = ("readers", "cleaner", "quantities")
ALL: Final = tuple(SUBJECTS)
#: One input may take as long: 200 times what the slowest of the corpus takes, and the machine may be busy.
SECONDS_AN_INPUT: Final = 20
#: The process may hold as much; it holds 250 without an input.
MEGABYTES: Final = 2_500
#: What is kept of the corpus of one subject, in bytes of its file.
CORPUS_BYTES: Final = 28_000

_PROGRESS: Final = re.compile(rb"^#(\d+)\s+\S+\s+cov: (\d+) ft: (\d+) corp: (\d+)", re.MULTILINE)
_FEATURES: Final = re.compile(r"^(STARTED|FT) (\d+) (.*)$", re.MULTILINE)
_ENDED_BY: Final = ("timeout-", "oom-", "crash-", "leak-")

Tell = Callable[[str], None]


def measure(
    names: Sequence[str], seconds: int, *, keep: Path | None = None, grow: bool = False, tell: Tell
) -> dict[str, Any]:
    """Fuzz subjects one after another.

    :param names: of :data:`benchmarks.fuzz.targets.SUBJECTS`.
    :param seconds: for each.
    :param keep: folder for the inputs that broke something; None for one that is told.
    :param grow: keep what reached something new.
    :return: for each subject how much was tried, what was reached, and what broke.
    :raises MissingExtraError: without atheris.
    """
    if find_spec("atheris") is None:
        raise MissingExtraError("fuzzing", "fuzz")
    keep = keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    return {"subjects": {name: fuzz(name, seconds, keep / name, grow=grow, tell=tell) for name in names}}


def fuzz(name: str, seconds: int, folder: Path, *, grow: bool, tell: Tell) -> dict[str, Any]:
    """Fuzz one subject; where an input ends the process, another one goes on."""
    inputs, findings = folder / "corpus", folder / "findings"
    for made in (inputs, findings):
        made.mkdir(parents=True, exist_ok=True)
    (folder / "words").write_text(SUBJECTS[name].dictionary(), "utf-8")
    kept = read_corpus(CORPUS / f"{name}.json")
    for number, data in enumerate(kept):
        (inputs / f"kept-{number}").write_bytes(data)
    executed, reached, end, started = 0, (0, 0), time.monotonic() + seconds, time.monotonic()
    while (left := int(end - time.monotonic())) > 0:
        log = _run(name, folder, left)
        progress = _PROGRESS.findall(log)
        executed += int(progress[-1][0]) if progress else 0
        reached = (
            max(reached, *((int(cov), int(features)) for _, cov, features, _ in progress)) if progress else reached
        )
        if left < seconds and not progress:
            break  # it dies as it starts: what it says is in the log
    spent = time.monotonic() - started
    broken = _broken(name, findings)
    found = {
        "seconds": round(spent),
        "executions": executed,
        "executions_per_second": round(executed / max(spent, 1), 1),
        "edges": reached[0],
        "features": reached[1],
        "broken": broken,
        "corpus_found": sum(1 for _ in inputs.iterdir()),
    }
    if grow and (chosen := _cover(name, folder)):
        write_corpus(chosen, CORPUS / f"{name}.json")
    kept = read_corpus(CORPUS / f"{name}.json")
    found.update(corpus_kept=len(kept), corpus_kept_bytes=sum(map(len, kept)))
    tell(
        f"{name}: {executed} inputs in {spent:.0f} s, {reached[0]} edges, {reached[1]} features, "
        f"{len(broken)} broken, {len(kept)} inputs kept"
    )
    for finding in broken:
        tell(f"  {finding['what']}: {finding['input']!r:.200} ({findings})")
    return found


def text(found: dict[str, Any]) -> str:
    """Show what was tried as a table."""
    lines = ["| subject | seconds | inputs | a second | edges | features | broken | kept |", "|---|" + "---:|" * 7]
    for name, row in found["subjects"].items():
        numbers = [row[key] for key in ("seconds", "executions", "executions_per_second", "edges", "features")]
        lines.append(f"| {name} | {' | '.join(map(str, numbers))} | {len(row['broken'])} | {row['corpus_kept']} |")
    return "\n".join(lines)


def missed(found: dict[str, Any]) -> list[str]:
    """Name what broke."""
    return [f"{name}: {one['what']}" for name, row in found["subjects"].items() for one in row["broken"]]


def merge(earlier: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Put new figures into those of an earlier run, whose list of what was mended stays."""
    subjects = {**earlier.get("subjects", {}), **found["subjects"]}
    return {**earlier, **found, "subjects": {name: subjects[name] for name in sorted(subjects)}}


def _run(name: str, folder: Path, seconds: int, *flags: str) -> bytes:
    """Run the fuzzer in a process of its own, and give what it says."""
    python = [sys.executable, "-m", "benchmarks.fuzz.one", name, str(folder / "findings")]
    again = folder / "again.sh"
    again.write_text(f'#!/bin/sh\nexec {shlex.join(python)} "$@"\n', "utf-8")
    again.chmod(0o755)
    command = [
        *python,
        *(f"-max_total_time={seconds}", f"-timeout={SECONDS_AN_INPUT}", f"-rss_limit_mb={MEGABYTES}"),
        *(f"-max_len={SUBJECTS[name].max_bytes}", f"-dict={folder / 'words'}", "-print_final_stats=1"),
        *(f"-artifact_prefix={folder / 'findings'}{os.sep}", *flags, str(folder / "corpus")),
    ]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0", AGAIN: str(again)}
    with open(folder / "log", "ab") as log:
        begin = log.tell()
        with suppress(subprocess.TimeoutExpired):  # what ignores its own limits is ended here
            subprocess.run(command, stdout=log, stderr=log, env=environment, timeout=seconds + 300, check=False)
    return (folder / "log").read_bytes()[begin:]


def _broken(name: str, findings: Path) -> list[dict[str, str]]:
    """Give what broke, each with a short input that shows it."""
    broken = []
    for path in sorted(findings.glob("*.txt")):
        what = path.read_text("utf-8").splitlines()[0]
        data = shrink(SUBJECTS[name].run, path.with_suffix(".input").read_bytes(), what)
        path.with_suffix(".input").write_bytes(data)
        broken.append({"what": what, "input": data.decode("latin-1")})
    for path in sorted(findings.iterdir()):
        if path.name.startswith(_ENDED_BY):
            what = "the process ended: " + path.name.partition("-")[0]
            broken.append({"what": what, "input": path.read_bytes()[:500].decode("latin-1")})
    return broken


def _cover(name: str, folder: Path) -> list[bytes]:
    """Choose inputs that reach much for their length, greedily, until the limit.

    The fuzzer tells what each input reaches when it merges folders; the one with the most that is new for its bytes
    comes next.
    """
    control = folder / "control"
    control.unlink(missing_ok=True)
    (folder / "merged").mkdir(exist_ok=True)
    _run(name, folder, 600, "-merge=1", f"-merge_control_file={control}", str(folder / "merged"))
    lines = control.read_text("utf-8", "replace").splitlines()
    n_files = int(lines[0])
    files = [Path(line) for line in lines[2 : 2 + n_files]]
    reached = {
        int(number): frozenset(features.split())
        for kind, number, features in _FEATURES.findall("\n".join(lines[2 + n_files :]))
        if kind == "FT"
    }
    sizes = {
        number: len(json.dumps(files[number].read_bytes().decode("latin-1"), ensure_ascii=False).encode()) + 2
        for number in reached
    }
    chosen: list[bytes] = []
    known: set[str] = set()
    left = CORPUS_BYTES
    while reached:
        best = max(reached, key=lambda number: (len(reached[number] - known) / sizes[number], -number))
        new = reached.pop(best) - known
        if not new:
            break
        if sizes[best] <= left:
            chosen.append(files[best].read_bytes())
            known |= new
            left -= sizes[best]
    return chosen
