"""The process that fuzzes one subject: ``python -m benchmarks.fuzz.one SUBJECT FINDINGS [FLAGS OF LIBFUZZER]``.

It is a process of its own because the fuzzer ends the one that it runs in. What breaks is written down and passed over,
so that one mistake does not hide the next; what hangs, takes too much memory or brings Python down ends the process,
and the fuzzer leaves the input behind.
"""

from __future__ import annotations

import hashlib
import os
import sys
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

from benchmarks.fuzz.shrinking import AGAIN, name_of

if TYPE_CHECKING:
    from collections.abc import Callable


def watched(run: Callable[[bytes], None], findings: Path) -> Callable[[bytes], None]:
    """Give a function that writes down what breaks, the shortest input of each name, and goes on."""
    sizes: dict[str, int] = {}

    def watch(data: bytes) -> None:
        try:
            run(data)
        except Exception as error:
            name = name_of(error)
            if len(data) < sizes.get(name, sys.maxsize):
                sizes[name] = len(data)
                path = findings / hashlib.sha256(name.encode()).hexdigest()[:12]
                path.with_suffix(".input").write_bytes(data)
                path.with_suffix(".txt").write_text(f"{name}\n\n{traceback.format_exc()}", "utf-8")

    return watch


def main() -> None:
    """Fuzz until the time that the flags give is over."""
    subject, findings, *flags = sys.argv[1:]
    warnings.simplefilter("ignore")
    with atheris.instrument_imports(include=["summarizer"]):
        from benchmarks.fuzz.targets import CORPUS, SUBJECTS, read_corpus

        run = SUBJECTS[subject].run
        # What is imported where it is used has to be imported here to be seen.
        for data in read_corpus(CORPUS / f"{subject}.json"):
            watched(run, Path(findings))(data)
    # To merge folders, the fuzzer starts itself again, by this name.
    atheris.Setup([os.environ.get(AGAIN, sys.argv[0]), *flags], watched(run, Path(findings)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
