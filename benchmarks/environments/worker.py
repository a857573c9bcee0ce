"""Answers requests for a ranking in an environment of its own, where the package of this repository is not.

Run as ``python -I worker.py ADAPTER.py``. The adapter defines ``PACKAGES``, the distributions whose version moves a
figure, ``SIGNATURE``, and ``load()``, which gives ``rank(sentences, max_words) -> indices, best first``. Lines of JSON:

    <- {"ready": true, "signature": "...", "versions": {...}}
    -> {"id": 1, "sentences": ["...", ...], "max_words": 65}
    <- {"id": 1, "ranked": [3, 0], "seconds": 0.81, "peak_mb": 512.0}   or   {"id": 1, "error": "ValueError: ..."}

It ends when its input does. What a library prints goes to the error stream.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import sys
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any, TextIO


def _load(path: str) -> Any:  # noqa: ANN401  whatever file is given
    spec = importlib.util.spec_from_file_location("adapter", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _peak_mb() -> float:
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024


def _answer(rank: Any, request: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    begin = perf_counter()
    try:
        ranked = [int(i) for i in rank(request["sentences"], request["max_words"])]
    except Exception as error:
        # Other people's code: whatever it raises is a failure on this cluster.
        return {"error": f"{type(error).__name__}: {error}"}
    return {"ranked": ranked, "seconds": perf_counter() - begin, "peak_mb": _peak_mb()}


def _send(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def main() -> None:
    """Serve until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    adapter = _load(sys.argv[1])
    rank = adapter.load()
    ready = {"ready": True, "signature": adapter.SIGNATURE, "versions": {p: version(p) for p in adapter.PACKAGES}}
    _send(answers, ready)
    for line in sys.stdin:
        request = json.loads(line)
        _send(answers, {"id": request["id"], **_answer(rank, request)})


if __name__ == "__main__":
    main()
