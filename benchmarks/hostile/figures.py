"""Figures of hostile cases: measured here, or read from what other commands have measured.

Each function gives what it found, in words and whether the aim is met; None where nothing was measured yet.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from benchmarks.data import REPOSITORY, DataError
from benchmarks.hostile.expressions import MAX_GROWTH, MAX_SECONDS

Found = tuple[str, bool] | None

_MAX_SECONDS: Final = 30.0
_MAX_MB: Final = 1_000.0


def _read(folder: Path, name: str) -> dict[str, Any] | None:
    path = folder / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _run(module: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], capture_output=True, text=True, cwd=REPOSITORY, check=False
    )
    if done.returncode:
        raise DataError(f"{module} broke down: {done.stderr.strip().splitlines()[-1:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def expressions(folder: Path) -> Found:
    """Time every expression; some minutes."""
    found = _run("benchmarks.hostile.expressions")
    slow, growth = found["slowest"]["seconds"], found["growth"]
    told = f"{found['expressions']} expressions; slowest {slow:.2f} s, steepest {growth:.0f} times"
    faults = [f"{fault['where']} {fault['fault']}" for fault in found["faults"]]
    met = not faults and slow <= MAX_SECONDS and growth <= MAX_GROWTH + 1
    return "; ".join([told, *faults]), met


def large(folder: Path) -> Found:
    """Summarize the largest input, with words alone and with the encoder."""
    told, met = [], True
    for embedder in ("tfidf", "minilm"):
        found = _run("benchmarks.hostile.large", embedder)
        seconds = found["cpu_seconds"] + found["findings_cpu_seconds"]
        told.append(
            f"{embedder}: summary {found['cpu_seconds']:.0f} s of the processor, all findings "
            f"{found['findings_cpu_seconds']:.0f} s more, {found['peak_mb']:.0f} MB"
        )
        met = met and seconds <= _MAX_SECONDS and found["peak_mb"] <= _MAX_MB
    return "; ".join(told), met


def copies(folder: Path) -> Found:
    """Read what ``measure origins`` found."""
    found = _read(folder, "measure_origins.json")
    if found is None:
        return None
    made = found["copies"]
    false = max(found[name]["false_merges"] for name in ("publishers", "relays", "neus_val", "multi_news_val"))
    told = f"{made['copies']} copies: {100 * made['one_origin']:.0f} % one origin; false merges {100 * false:.1f} %"
    return told, made["one_origin"] >= 0.95 and false <= 0.01


def conflicts(folder: Path) -> Found:
    """Read what ``comparison`` found in the pairs that were made for this row, by hands that saw no others."""
    return _conflicts(folder, "made")


def worded(folder: Path) -> Found:
    """Read what ``comparison`` found in the cases that nothing was tuned on."""
    return _conflicts(folder, "held_out")


def _conflicts(folder: Path, file: str) -> Found:
    found = _read(folder, "comparison.json")
    if found is None or file not in found["systems"]["tfidf"]:
        return None
    told = []
    worst = 1.0
    for system in ("tfidf", "minilm"):
        part = found["systems"][system][file]
        mean = part["classes"]["conflict"]["fmeasure"]["mean"]
        worst = min(worst, mean)
        told.append(f"{system} {mean:.2f} of {part['cases']} cases")
    return f"F1 {', '.join(told)}", worst >= 0.85


def gate(folder: Path) -> Found:
    """Read what ``faithfulness`` found in the half that nothing was tuned on."""
    found = _read(folder, "faithfulness.json")
    if found is None:
        return None
    part = found["held_out"]
    aims = {"number": 0.99, "name": 0.99, "date": 0.99, "quotation": 0.99, "negation": 0.90, "faithful": 0.80}
    n = sum(part[name]["n"] for name in aims if name != "faithful")
    told = ", ".join(f"{name} {100 * part[name]['share']:.1f} %" for name in aims)
    met = all(part[name]["share"] >= aim for name, aim in aims.items())
    return f"{n} mutated, {part['faithful']['n']} faithful: {told}", met


def boilerplate(folder: Path) -> Found:
    """Read what ``measure cleaning`` found."""
    found = _read(folder, "measure_cleaning.json")
    if found is None:
        return None
    return f"{100 * found['true_share']:.2f} % of true sentences dropped", found["true_share"] < 0.01


def fuzzing(folder: Path) -> Found:
    """Read what ``fuzz`` found."""
    found = _read(folder, "fuzz.json")
    if found is None:
        return None
    subjects = found["subjects"]
    told = ", ".join(f"{name} {one['executions']:,} in {one['seconds']} s" for name, one in sorted(subjects.items()))
    broken = {name: len(one["broken"]) for name, one in sorted(subjects.items()) if one["broken"]}
    return told + "".join(f"; {name}: {n} broken" for name, n in broken.items()), not broken


def mutants(folder: Path) -> Found:
    """Read what ``mutants`` found."""
    found = _read(folder, "mutants.json")
    if found is None:
        return None
    shares = {name: one.get("share", one.get("noticed_share", 0.0)) for name, one in sorted(found["subjects"].items())}
    return ", ".join(f"{name} {100 * share:.0f} %" for name, share in shares.items()), min(shares.values()) >= 0.9
