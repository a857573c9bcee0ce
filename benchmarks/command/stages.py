"""One stage at a time."""

from __future__ import annotations

import argparse
import json
from importlib import import_module
from typing import Any, Final

from benchmarks.command import Parsers, say, verdict, write
from benchmarks.data import DataError, data_folder

#: Modules of the package with ``measure(data: Path) -> dict``, one a stage.
MEASURES: Final = (
    *("cleaning", "segmentation", "origins", "encoder", "clustering", "robustness", "exclusives", "scale_copies"),
    *("scale_lines", "scale_neighbours", "sparing"),
)


def add(parsers: Parsers) -> None:
    """Add the commands of this file."""
    stage = parsers.commands.add_parser("measure", parents=[parsers.data, parsers.out], help="measure one stage")
    stage.add_argument("name", choices=MEASURES)
    stage.add_argument("--write", action="store_true", help="write measure_NAME.json beside the results")
    stage.set_defaults(function=_measure)


def module_of(name: str) -> str:
    """Name the module of a measure; those of archives stand in a folder."""
    return f"benchmarks.{name.replace('scale_', 'scale.')}"


def _measure(args: argparse.Namespace) -> int:
    try:
        module = import_module(module_of(args.name))
    except ModuleNotFoundError as error:
        raise DataError(f"cannot measure {args.name}: {error}") from error
    found: dict[str, Any] = module.measure(data_folder(args.data))
    say(module.text(found) if hasattr(module, "text") else json.dumps(found, indent=2, ensure_ascii=False))
    if args.write:
        write(found, args.out / f"measure_{args.name}.json")
    return verdict(module.missed(found) if hasattr(module, "missed") else ())
