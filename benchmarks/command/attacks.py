"""What breaks under input that no one would write, and whether tests notice mistakes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks import fuzz, hostile, mutants
from benchmarks.command import RESULTS, Parsers, chosen, say, verdict, write


def add(parsers: Parsers) -> None:
    """Add the commands of this file."""
    attack = parsers.commands.add_parser(
        "fuzz",
        parents=[parsers.out],
        help="bytes and words that no one would write, until something breaks (extra fuzz)",
    )
    attack.add_argument("--only", type=_fuzzed, default=fuzz.DEFAULT, help=f"comma-separated of {', '.join(fuzz.ALL)}")
    attack.add_argument("--seconds", type=int, default=600, help="for each (600)")
    attack.add_argument("--keep", type=Path, metavar="FOLDER", help="for what broke; by default a new one that is told")
    attack.add_argument(
        "--grow", action="store_true", help="keep what reached something new in tests/cases/fuzz/corpus"
    )
    attack.add_argument("--write", action="store_true", help="put the figures into fuzz.json")
    attack.set_defaults(function=_fuzz)

    wrong = parsers.commands.add_parser(
        "mutants", parents=[parsers.out], help="small mistakes on purpose, and whether tests notice"
    )
    wrong.add_argument(
        "--only", type=_mutated, default=tuple(mutants.SUBJECTS), help=f"of {', '.join(mutants.SUBJECTS)}"
    )
    wrong.add_argument("--limit", type=int, help="mistakes of each, spread evenly; by default all")
    wrong.add_argument("--write", action="store_true", help="put the figures into mutants.json")
    wrong.set_defaults(function=_mutants)

    cases = parsers.commands.add_parser(
        "hostile",
        parents=[parsers.out],
        help="every hostile case in its full number, and the table of docs/security.md",
    )
    cases.add_argument("--only", type=_hostile_rows, default=hostile.NAMES, help=f"of {', '.join(hostile.NAMES)}")
    cases.add_argument("--quick", action="store_true", help="few of each")
    cases.set_defaults(function=_hostile)


def _fuzz(args: argparse.Namespace) -> int:
    path = args.out / "fuzz.json"
    found = fuzz.measure(args.only, args.seconds, keep=args.keep, grow=args.grow, tell=say)
    say(fuzz.text(found))
    if args.write:
        write(fuzz.merge(json.loads(path.read_text("utf-8")) if path.exists() else {}, found), path)
    return verdict(fuzz.missed(found))


def _mutants(args: argparse.Namespace) -> int:
    path = args.out / "mutants.json"
    found = mutants.measure(args.only, args.limit, tell=say)
    say(mutants.text(found))
    if args.write:
        write(fuzz.merge(json.loads(path.read_text("utf-8")) if path.exists() else {}, found), path)
    return verdict(mutants.missed(found))


def _hostile(args: argparse.Namespace) -> int:
    def save(found: dict[str, Any]) -> None:
        write(found, args.out / "hostile.json", quiet=True)
        if args.out == RESULTS:  # rows that were run elsewhere are no rows of the page
            hostile.write_page(found)

    found = hostile.measure(args.only, args.out, quick=args.quick, tell=say, save=save)
    return verdict(hostile.missed(found))


def _hostile_rows(text: str) -> tuple[str, ...]:
    return chosen(text, hostile.NAMES)


def _fuzzed(text: str) -> tuple[str, ...]:
    return chosen(text, fuzz.ALL)


def _mutated(text: str) -> tuple[str, ...]:
    return chosen(text, tuple(mutants.SUBJECTS))
