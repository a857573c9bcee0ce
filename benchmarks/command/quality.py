"""Quality: systems run and scored, the floors, the parts of the default, tables and pictures."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from benchmarks import gate, hub, readme, report
from benchmarks.ablations import PARTS
from benchmarks.ablations.ablating import ablate, unchanged, write_ablation
from benchmarks.command import RESULTS, Parsers, chosen, say, verdict
from benchmarks.data import data_folder
from benchmarks.drawing import KINDS, PLOTS, draw_all
from benchmarks.drawing.quality import METRICS, NAMES
from benchmarks.floors import check_history
from benchmarks.quality import evaluate, write_results
from benchmarks.systems import DEFAULT_SYSTEM, OURS, SIMPLE, SYSTEMS
from benchmarks.systems.isolated import ISOLATED, make_environment

_DEFAULT_SYSTEMS: Final = (DEFAULT_SYSTEM, "crossbrief_coverage_tfidf", *SIMPLE, "sumy_lexrank")
_SET_HELP: Final = "file name without .jsonl or .jsonl.gz, or hub:ID:SPLIT, hub:FOLDER:SPLIT"


def add(parsers: Parsers) -> None:
    """Add the commands of this file."""
    run = parsers.commands.add_parser(
        "run", parents=[parsers.data, parsers.out], help="summarize a set with systems and score them"
    )
    run.add_argument("--set", required=True, metavar="NAME", help=_SET_HELP)
    run.add_argument("--systems", type=_names, default=_DEFAULT_SYSTEMS, help=f"comma-separated: {', '.join(SYSTEMS)}")
    run.add_argument("--limit", type=int, help="clusters, spread evenly over the set")
    run.add_argument("--budget", type=int, help="words; by default that of the set")
    run.add_argument("--seed", type=int, default=0)
    run.add_argument("--jobs", type=int, default=1, help="processes; times are only good with one")
    run.set_defaults(function=_run)

    copy = parsers.commands.add_parser(
        "fetch", help="write a set of the hub as JSON lines, for machines without a network"
    )
    copy.add_argument("--set", required=True, metavar="hub:ID:SPLIT")
    copy.add_argument("--into", type=Path, required=True, metavar="FOLDER")
    copy.set_defaults(function=_fetch)

    tables = parsers.commands.add_parser(
        "report", help="tables from results, on stdout or between the markers of files"
    )
    tables.add_argument("--results", type=Path, default=RESULTS)
    tables.add_argument("--into", type=Path, nargs="*", help="Markdown files with the two markers")
    tables.add_argument("--write", action="store_true", help="into benchmarks/README.md, and the figures of README.md")
    tables.set_defaults(function=_report)

    ratchet = parsers.commands.add_parser(
        "gate", parents=[parsers.data], help="fail if quality fell below the pinned floors"
    )
    ratchet.add_argument("--floors", type=Path, default=gate.FLOORS)
    ratchet.add_argument("--systems", type=_names, help="check the floors of these only, to be quick")
    ratchet.add_argument("--pin", action="store_true", help="write what is reached now, less a margin, as floors")
    ratchet.add_argument("--allow-lower", metavar="REASON", help="let --pin lower floors; the reason is recorded")
    ratchet.add_argument("--jobs", type=int, help="processes; by default all in this one")
    ratchet.set_defaults(function=_gate)

    parts = parsers.commands.add_parser(
        "ablate", parents=[parsers.data, parsers.out], help="the default without each of its parts"
    )
    parts.add_argument("--set", required=True, metavar="NAME", help=_SET_HELP)
    parts.add_argument("--parts", type=_parts, default=tuple(PARTS), help=f"comma-separated: {', '.join(PARTS)}")
    parts.add_argument("--system", choices=OURS, default=DEFAULT_SYSTEM, help=f"({DEFAULT_SYSTEM})")
    parts.add_argument("--limit", type=int, help="clusters, spread evenly over the set")
    parts.add_argument("--budget", type=int, help="words; by default that of the set")
    parts.add_argument("--copies", type=int, default=0, help="copies of the first article put into every cluster")
    parts.add_argument("--seed", type=int, default=0)
    parts.add_argument("--jobs", type=int, help="processes, a part each; by default all in this one")
    parts.set_defaults(function=_ablate)

    draw = parsers.commands.add_parser("plot", help="pictures of the results, as SVG and PNG")
    draw.add_argument("kinds", nargs="*", metavar="KIND", help=f"{', '.join(KINDS)}; by default all that were measured")
    draw.add_argument("--results", type=Path, default=RESULTS)
    draw.add_argument("--out", type=Path, default=PLOTS, help="folder for pictures (benchmarks/plots)")
    draw.add_argument("--metrics", nargs="+", choices=tuple(NAMES), default=METRICS, help="of quality")
    draw.set_defaults(function=_plot)

    alone = parsers.commands.add_parser(
        "environments", help="make the environments of systems that clash with this package"
    )
    alone.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(ISOLATED)}; by default all")
    alone.set_defaults(function=_environments)


def _run(args: argparse.Namespace) -> int:
    data = hub.open_set(args.set, args.data, budget=args.budget)
    for name in args.systems:
        results = evaluate(name, data, limit=args.limit, seed=args.seed, jobs=args.jobs)
        path = write_results(results, args.out)
        figures = "  ".join(f"{m} {100 * s['fmeasure']['mean']:.2f}" for m, s in results["scores"].items())
        measures = results["measures"]
        say(
            f"{name}: {figures}  words {measures['words']:.0f}  "
            f"{1000 * measures['seconds_median']:.1f} ms  -> {path.name}"
        )
    return 0


def _fetch(args: argparse.Namespace) -> int:
    say(f"written to {hub.fetch(hub.parse_place(args.set), args.into)}")
    return 0


def _report(args: argparse.Namespace) -> int:
    text = report.render(args.results)
    into = list(args.into or ())
    if args.write:
        into.append(report.README)
        readme.refresh_figures()
        say(f"written to {readme.README}")
    if not into:
        say(text)
    for path in into:
        report.write_between_markers(path, text)
        say(f"written to {path}")
    return 0


def _gate(args: argparse.Namespace) -> int:
    folder = data_folder(args.data)
    if args.pin:
        slices, systems = gate.SLICES, gate.SYSTEMS
    else:
        floors = gate.restrict(gate.read_floors(args.floors), args.systems)
        slices = {floor["set"]: floor["slice"] for floor in floors["floors"]}
        systems = tuple(dict.fromkeys(floor["system"] for floor in floors["floors"]))
    digests, reached = gate.measure_slices(folder, slices=slices, systems=systems, jobs=args.jobs)
    for figure in reached:
        say(f"{figure.set} {figure.slice} {figure.system} {figure.metric}: {figure.value:.2f}")
    if not args.pin:
        return verdict(
            [
                *gate.fallen(floors, digests, reached),
                *gate.unpinned(floors, args.systems),
                *check_history(args.floors),
            ]
        )
    refused = gate.pin(args.floors, digests, reached, allow_lower=args.allow_lower)
    if refused:
        say("not pinned, as these floors would be lowered or moved (--allow-lower REASON):")
    else:
        say(f"pinned in {args.floors}")
    return verdict(refused)


def _ablate(args: argparse.Namespace) -> int:
    data = hub.open_set(args.set, args.data, budget=args.budget)
    found = ablate(
        data,
        parts=args.parts,
        system=args.system,
        limit=args.limit,
        copies=args.copies,
        seed=args.seed,
        jobs=args.jobs,
        tell=say,
    )
    for name in unchanged(found):
        say(f"without {name} every summary stayed as it was")
    say(f"written to {write_ablation(found, args.out)}")
    return 0


def _plot(args: argparse.Namespace) -> int:
    draw_all(args.results, args.out, kinds=args.kinds, metrics=args.metrics, tell=say)
    return 0


def _environments(args: argparse.Namespace) -> int:
    for name in args.names or ISOLATED:
        say(f"made {make_environment(name)}")
    return 0


def _names(text: str) -> tuple[str, ...]:
    return chosen(text, tuple(SYSTEMS), "system")


def _parts(text: str) -> tuple[str, ...]:
    return chosen(text, tuple(PARTS), "part")
