"""``python -m benchmarks COMMAND``; ``--help`` names the commands.

Exit codes: 0 done, 1 a target or floor missed, 2 cannot run (usage, or data or a library is missing).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.command import RESULTS, Parsers, attacks, cost, events, findings, quality, stages, wording
from benchmarks.data import DataError
from summarizer.errors import ConfigError, MissingExtraError, ModelError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the summarizer and its peers.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, help="folder of JSON lines ($SUMMARIZER_DATA, else ../shared/data)")
    out = argparse.ArgumentParser(add_help=False)
    out.add_argument("--out", type=Path, default=RESULTS, help="folder for results (benchmarks/results)")
    for part in (quality, cost, wording, findings, events, attacks, stages):
        part.add(Parsers(commands, data, out))
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    :return: the exit code.
    """
    args = _parser().parse_args(arguments)
    try:
        return int(args.function(args))
    except (DataError, ConfigError, MissingExtraError, ModelError) as error:
        sys.stderr.write(f"benchmarks: {error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
