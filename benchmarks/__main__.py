"""``python -m benchmarks COMMAND``: run, fetch, report, gate, speed, growth, ablate, briefings, fusion, faithfulness,
comparison, updates, query, fuzz, mutants, plot, environments, and ``measure STAGE``.

Exit codes: 0 done, 1 a target or floor missed, 2 cannot run (usage, or data or a library is missing).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from benchmarks import (
    briefings,
    comparison,
    comparison_clusters,
    compress,
    faithfulness,
    fusion,
    fuzz,
    gate,
    growth,
    hub,
    mutants,
    query,
    readme,
    report,
    speed,
    updates,
)
from benchmarks.ablate import ablate, unchanged, write_ablation
from benchmarks.ablations import PARTS
from benchmarks.data import REPOSITORY, DataError, data_folder
from benchmarks.drawing import KINDS, PLOTS, draw_all
from benchmarks.drawing.quality import METRICS, NAMES
from benchmarks.floors import check_history
from benchmarks.quality import evaluate, write_results
from benchmarks.systems import DEFAULT_SYSTEM, OURS, SIMPLE, SYSTEMS
from benchmarks.systems.isolated import ISOLATED, make_environment
from summarizer.config import PACKAGED_REWRITER
from summarizer.errors import ConfigError, MissingExtraError, ModelError

RESULTS: Final = REPOSITORY / "benchmarks" / "results"
#: Modules of this package with ``measure(data: Path) -> dict``, one a stage.
MEASURES: Final = (
    *("cleaning", "segmentation", "origins", "encoder", "clustering", "robustness", "exclusives", "scale_copies"),
)
_DEFAULT_SYSTEMS: Final = (DEFAULT_SYSTEM, "crossbrief_coverage_tfidf", *SIMPLE, "sumy_lexrank")
#: Copies the shortest sentence of each cluster: what a model has to beat.
_SHORTEST: Final = "shortest"
_SET_HELP: Final = "file name without .jsonl or .jsonl.gz, or hub:ID:SPLIT, hub:FOLDER:SPLIT"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _write(found: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    _say(f"written to {path}")


def _verdict(problems: Sequence[str]) -> int:
    for problem in problems:
        _say(f"MISSED {problem}")
    return 1 if problems else 0


def _run(args: argparse.Namespace) -> int:
    data = hub.open_set(args.set, args.data, budget=args.budget)
    for name in args.systems:
        results = evaluate(name, data, limit=args.limit, seed=args.seed, jobs=args.jobs)
        path = write_results(results, args.out)
        figures = "  ".join(f"{m} {100 * s['fmeasure']['mean']:.2f}" for m, s in results["scores"].items())
        measures = results["measures"]
        _say(
            f"{name}: {figures}  words {measures['words']:.0f}  "
            f"{1000 * measures['seconds_median']:.1f} ms  -> {path.name}"
        )
    return 0


def _fetch(args: argparse.Namespace) -> int:
    _say(f"written to {hub.fetch(hub.parse_place(args.set), args.into)}")
    return 0


def _report(args: argparse.Namespace) -> int:
    text = report.render(args.results)
    into = list(args.into or ())
    if args.write:
        into.append(report.README)
        readme.refresh_figures()
        _say(f"written to {readme.README}")
    if not into:
        _say(text)
    for path in into:
        report.write_between_markers(path, text)
        _say(f"written to {path}")
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
        _say(f"{figure.set} {figure.slice} {figure.system} {figure.metric}: {figure.value:.2f}")
    if not args.pin:
        return _verdict(
            [
                *gate.fallen(floors, digests, reached),
                *gate.unpinned(floors, args.systems),
                *check_history(args.floors),
            ]
        )
    refused = gate.pin(args.floors, digests, reached, allow_lower=args.allow_lower)
    if refused:
        _say("not pinned, as these floors would be lowered or moved (--allow-lower REASON):")
    else:
        _say(f"pinned in {args.floors}")
    return _verdict(refused)


def _speed(args: argparse.Namespace) -> int:
    try:
        folder = data_folder(args.data)
    except DataError:
        if args.data is not None:
            raise
        folder = None  # the seeds are in the repository; the clusters of 75 sentences are not
    found = speed.measure_speed(folder, n=args.repeats)
    _say(report.speed_section(found))
    _write(found, args.out / "speed.json")
    return _verdict(speed.missed(found))


def _growth(args: argparse.Namespace) -> int:
    found = growth.measure_growth(
        args.data,
        systems=args.systems,
        sizes=args.sizes,
        words=args.words,
        time_limit=args.time_limit,
        memory_limit=args.memory_limit,
        seed=args.seed,
        tell=_say,
    )
    _write(found, args.out / "growth.json")
    return _verdict(growth.missed(found))


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
        tell=_say,
    )
    for name in unchanged(found):
        _say(f"without {name} every summary stayed as it was")
    _say(f"written to {write_ablation(found, args.out)}")
    return 0


def _briefings(args: argparse.Namespace) -> int:
    from summarizer.rewriting import load_rewriter

    plain = args.rewriter == _SHORTEST
    rewriter = briefings.ShortestSource() if plain else load_rewriter(args.rewriter)
    found = briefings.measure_briefings(
        data_folder(args.data), rewriter, limit=args.limit, seed=args.seed, repeats=args.repeats, tell=_say
    )
    _say(briefings.text(found))
    _write(found, args.out / ("briefings_shortest.json" if plain else "briefings.json"))
    return _verdict(briefings.missed(found))


def _fusion(args: argparse.Namespace) -> int:
    from summarizer.rewriting import load_rewriter

    rewriter = load_rewriter(args.rewriter, beams=args.beams, max_words=args.max_words)
    found = fusion.measure_fusion(
        data_folder(args.data), rewriter, sets=args.sets, limit=args.limit, seed=args.seed, tell=_say
    )
    _write(found, args.out / "fusion.json")
    return _verdict(fusion.missed(found))


def _faithfulness(args: argparse.Namespace) -> int:
    found = faithfulness.measure(data_folder(args.data), seed=args.seed)
    _say(faithfulness.text(found))
    _write(found, args.out / "faithfulness.json")
    return _verdict(faithfulness.missed(found))


def _comparison(args: argparse.Namespace) -> int:
    if args.clusters:
        labels = comparison_clusters.read_labels()
        read = comparison_clusters.measure(
            data_folder(args.data), args.clusters, labels, seed=args.seed, tell=_say, unread_only=args.unread
        )
        _say(comparison_clusters.text(read))
        _write(read, args.out / "comparison_clusters.json")
        return _verdict(comparison_clusters.missed(read))
    halves = (args.half,) if args.half else comparison.HALVES
    found = comparison.measure(args.systems, halves, seed=args.seed, show=_say if args.show else None)
    _say(comparison.text(found))
    if halves == comparison.HALVES and args.systems == comparison.SYSTEMS:
        _write(found, args.out / "comparison.json")
    return _verdict(comparison.missed(found))


def _updates(args: argparse.Namespace) -> int:
    found = updates.measure(data_folder(args.data), n=args.articles, seed=args.seed, costs=not args.no_costs)
    _say(updates.text(found))
    if not args.no_costs:
        _write(found, args.out / "updates.json")
    return _verdict(updates.missed(found))


def _query(args: argparse.Namespace) -> int:
    found = query.measure(
        None if args.no_headlines else data_folder(args.data), limit=args.limit, show=_say if args.show else None
    )
    _say(query.text(found))
    if not args.no_headlines:
        _write(found, args.out / "query.json")
    return _verdict(query.missed(found))


def _fuzz(args: argparse.Namespace) -> int:
    path = args.out / "fuzz.json"
    found = fuzz.measure(args.only, args.seconds, keep=args.keep, grow=args.grow, tell=_say)
    _say(fuzz.text(found))
    if args.write:
        _write(fuzz.merge(json.loads(path.read_text("utf-8")) if path.exists() else {}, found), path)
    return _verdict(fuzz.missed(found))


def _mutants(args: argparse.Namespace) -> int:
    path = args.out / "mutants.json"
    found = mutants.measure(args.only, args.limit, tell=_say)
    _say(mutants.text(found))
    if args.write:
        _write(fuzz.merge(json.loads(path.read_text("utf-8")) if path.exists() else {}, found), path)
    return _verdict(mutants.missed(found))


def _compress(args: argparse.Namespace) -> int:
    found = compress.measure(None if args.no_clusters else data_folder(args.data), limit=args.limit, tell=_say)
    _say(compress.text(found))
    if not args.no_clusters:
        _write(found, args.out / "compress.json")
    return _verdict(compress.missed(found))


def _plot(args: argparse.Namespace) -> int:
    draw_all(args.results, args.out, kinds=args.kinds, metrics=args.metrics, tell=_say)
    return 0


def _environments(args: argparse.Namespace) -> int:
    for name in args.names or ISOLATED:
        _say(f"made {make_environment(name)}")
    return 0


def _measure(args: argparse.Namespace) -> int:
    try:
        module = import_module(f"benchmarks.{args.name}")
    except ModuleNotFoundError as error:
        raise DataError(f"cannot measure {args.name}: {error}") from error
    found: dict[str, Any] = module.measure(data_folder(args.data))
    _say(module.text(found) if hasattr(module, "text") else json.dumps(found, indent=2, ensure_ascii=False))
    if args.write:
        _write(found, args.out / f"measure_{args.name}.json")
    return _verdict(module.missed(found) if hasattr(module, "missed") else ())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the summarizer and its peers.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, help="folder of JSON lines ($SUMMARIZER_DATA, else ../shared/data)")
    out = argparse.ArgumentParser(add_help=False)
    out.add_argument("--out", type=Path, default=RESULTS, help="folder for results (benchmarks/results)")

    run = commands.add_parser("run", parents=[data, out], help="summarize a set with systems and score them")
    run.add_argument("--set", required=True, metavar="NAME", help=_SET_HELP)
    run.add_argument("--systems", type=_names, default=_DEFAULT_SYSTEMS, help=f"comma-separated: {', '.join(SYSTEMS)}")
    run.add_argument("--limit", type=int, help="clusters, spread evenly over the set")
    run.add_argument("--budget", type=int, help="words; by default that of the set")
    run.add_argument("--seed", type=int, default=0)
    run.add_argument("--jobs", type=int, default=1, help="processes; times are only good with one")
    run.set_defaults(function=_run)

    copy = commands.add_parser("fetch", help="write a set of the hub as JSON lines, for machines without a network")
    copy.add_argument("--set", required=True, metavar="hub:ID:SPLIT")
    copy.add_argument("--into", type=Path, required=True, metavar="FOLDER")
    copy.set_defaults(function=_fetch)

    tables = commands.add_parser("report", help="tables from results, on stdout or between the markers of files")
    tables.add_argument("--results", type=Path, default=RESULTS)
    tables.add_argument("--into", type=Path, nargs="*", help="Markdown files with the two markers")
    tables.add_argument("--write", action="store_true", help="into benchmarks/README.md, and the figures of README.md")
    tables.set_defaults(function=_report)

    ratchet = commands.add_parser("gate", parents=[data], help="fail if quality fell below the pinned floors")
    ratchet.add_argument("--floors", type=Path, default=gate.FLOORS)
    ratchet.add_argument("--systems", type=_names, help="check the floors of these only, to be quick")
    ratchet.add_argument("--pin", action="store_true", help="write what is reached now, less a margin, as floors")
    ratchet.add_argument("--allow-lower", metavar="REASON", help="let --pin lower floors; the reason is recorded")
    ratchet.add_argument("--jobs", type=int, help="processes; by default all in this one")
    ratchet.set_defaults(function=_gate)

    fast = commands.add_parser(
        "speed", parents=[data, out], help="time against sumy, beyond encoding, and of the import"
    )
    fast.add_argument("--repeats", type=int, default=15)
    fast.set_defaults(function=_speed)

    grow = commands.add_parser("growth", parents=[data, out], help="time and memory from 5 to 500 articles")
    grow.add_argument("--systems", type=_growing, default=growth.TARGETED, help="comma-separated, or: all")
    grow.add_argument("--sizes", type=int, nargs="+", default=growth.SIZES)
    grow.add_argument("--words", type=int, default=growth.WORDS, help=f"of an article ({growth.WORDS})")
    grow.add_argument("--time-limit", type=float, default=growth.TIME_LIMIT, metavar="SECONDS", help="of a process")
    grow.add_argument("--memory-limit", type=float, default=growth.MEMORY_LIMIT, metavar="MB", help="of a process")
    grow.add_argument("--seed", type=int, default=0)
    grow.set_defaults(function=_growth)

    parts = commands.add_parser("ablate", parents=[data, out], help="the default without each of its parts")
    parts.add_argument("--set", required=True, metavar="NAME", help=_SET_HELP)
    parts.add_argument("--parts", type=_parts, default=tuple(PARTS), help=f"comma-separated: {', '.join(PARTS)}")
    parts.add_argument("--system", choices=OURS, default=DEFAULT_SYSTEM, help=f"({DEFAULT_SYSTEM})")
    parts.add_argument("--limit", type=int, help="clusters, spread evenly over the set")
    parts.add_argument("--budget", type=int, help="words; by default that of the set")
    parts.add_argument("--copies", type=int, default=0, help="copies of the first article put into every cluster")
    parts.add_argument("--seed", type=int, default=0)
    parts.add_argument("--jobs", type=int, help="processes, a part each; by default all in this one")
    parts.set_defaults(function=_ablate)

    told = commands.add_parser("briefings", parents=[data, out], help="whole briefings before and after a rewriter")
    told.add_argument(
        "--rewriter", default=PACKAGED_REWRITER, help=f"as for --rewrite, or: {_SHORTEST} ({PACKAGED_REWRITER})"
    )
    told.add_argument("--limit", type=int, default=briefings.N_CLUSTERS, help=f"clusters ({briefings.N_CLUSTERS})")
    told.add_argument("--repeats", type=int, default=5, help="rounds of the timing on the seeds (5)")
    told.add_argument("--seed", type=int, default=0, help="of the choice of clusters")
    told.set_defaults(function=_briefings)

    fused = commands.add_parser("fusion", parents=[data, out], help="pairs fused into one sentence, against copies")
    fused.add_argument("--rewriter", default=PACKAGED_REWRITER, help=f"as for --rewrite ({PACKAGED_REWRITER})")
    fused.add_argument("--sets", nargs="+", default=tuple(fusion.SETS), metavar="NAME")
    fused.add_argument("--limit", type=int, help="pairs of a set, sampled; by default up to 349")
    fused.add_argument("--beams", type=int)
    fused.add_argument("--max-words", type=int, default=60)
    fused.add_argument("--seed", type=int, default=0, help="of the sample and the bootstrap")
    fused.set_defaults(function=_fusion)

    true = commands.add_parser(
        "faithfulness", parents=[data, out], help="what the gate of rewritten sentences catches, and what it lets pass"
    )
    true.add_argument("--seed", type=int, default=1, help="of the sentences made false")
    true.set_defaults(function=_faithfulness)

    compared = commands.add_parser("comparison", parents=[data, out], help="conflicts and other relations told apart")
    compared.add_argument("--systems", nargs="+", choices=comparison.SYSTEMS, default=comparison.SYSTEMS)
    compared.add_argument("--half", choices=comparison.HALVES, help="by default both; only then are results written")
    compared.add_argument("--show", action="store_true", help="cases of the development half that are not right")
    compared.add_argument("--clusters", type=int, metavar="N", help="in place of cases: clusters to read (50)")
    compared.add_argument("--unread", action="store_true", help="show only what has no label yet")
    compared.add_argument("--seed", type=int, default=0, help="of the bootstrap, or of the choice of clusters")
    compared.set_defaults(function=_comparison)

    news = commands.add_parser("updates", parents=[data, out], help="what is new and corrected since an earlier day")
    news.add_argument("--articles", type=int, default=120, help="articles that are copied and planted in")
    news.add_argument("--seed", type=int, default=0)
    news.add_argument("--no-costs", action="store_true", help="time nothing, and write no results")
    news.set_defaults(function=_updates)

    sought = commands.add_parser("query", parents=[data, out], help="whether queries are answered, and it is known")
    sought.add_argument("--limit", type=int, default=query.HEADLINES, help=f"headlines ({query.HEADLINES})")
    sought.add_argument("--show", action="store_true", help="cases of the development half that are not right")
    sought.add_argument("--no-headlines", action="store_true", help="the cases alone, and write no results")
    sought.set_defaults(function=_query)

    attack = commands.add_parser(
        "fuzz", parents=[out], help="bytes and words that no one would write, until something breaks (extra fuzz)"
    )
    attack.add_argument("--only", type=_fuzzed, default=fuzz.DEFAULT, help=f"comma-separated of {', '.join(fuzz.ALL)}")
    attack.add_argument("--seconds", type=int, default=600, help="for each (600)")
    attack.add_argument("--keep", type=Path, metavar="FOLDER", help="for what broke; by default a new one that is told")
    attack.add_argument(
        "--grow", action="store_true", help="keep what reached something new in tests/cases/fuzz/corpus"
    )
    attack.add_argument("--write", action="store_true", help="put the figures into fuzz.json")
    attack.set_defaults(function=_fuzz)

    wrong = commands.add_parser("mutants", parents=[out], help="small mistakes on purpose, and whether tests notice")
    wrong.add_argument(
        "--only", type=_mutated, default=tuple(mutants.SUBJECTS), help=f"of {', '.join(mutants.SUBJECTS)}"
    )
    wrong.add_argument("--limit", type=int, help="mistakes of each, spread evenly; by default all")
    wrong.add_argument("--write", action="store_true", help="put the figures into mutants.json")
    wrong.set_defaults(function=_mutants)

    packed = commands.add_parser("compress", parents=[data, out], help="what is left within a budget of tokens")
    packed.add_argument("--limit", type=int, default=compress.CLUSTERS, help=f"clusters ({compress.CLUSTERS})")
    packed.add_argument("--no-clusters", action="store_true", help="the questions alone, and write no results")
    packed.set_defaults(function=_compress)

    draw = commands.add_parser("plot", help="pictures of the results, as SVG and PNG")
    draw.add_argument("kinds", nargs="*", metavar="KIND", help=f"{', '.join(KINDS)}; by default all that were measured")
    draw.add_argument("--results", type=Path, default=RESULTS)
    draw.add_argument("--out", type=Path, default=PLOTS, help="folder for pictures (benchmarks/plots)")
    draw.add_argument("--metrics", nargs="+", choices=tuple(NAMES), default=METRICS, help="of quality")
    draw.set_defaults(function=_plot)

    alone = commands.add_parser("environments", help="make the environments of systems that clash with this package")
    alone.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(ISOLATED)}; by default all")
    alone.set_defaults(function=_environments)

    stage = commands.add_parser("measure", parents=[data, out], help="measure one stage")
    stage.add_argument("name", choices=MEASURES)
    stage.add_argument("--write", action="store_true", help="write measure_NAME.json beside the results")
    stage.set_defaults(function=_measure)
    return parser


def _names(text: str) -> tuple[str, ...]:
    names = tuple(filter(None, text.split(",")))
    unknown = [name for name in names if name not in SYSTEMS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"unknown system {', '.join(unknown)}; choose from {', '.join(SYSTEMS)}")
    return names


def _fuzzed(text: str) -> tuple[str, ...]:
    return _chosen(text, fuzz.ALL)


def _mutated(text: str) -> tuple[str, ...]:
    return _chosen(text, tuple(mutants.SUBJECTS))


def _chosen(text: str, known: Sequence[str]) -> tuple[str, ...]:
    names = tuple(filter(None, text.split(",")))
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; choose from {', '.join(known)}")
    return names


def _growing(text: str) -> tuple[str, ...]:
    return growth.measurable() if text == "all" else _names(text)


def _parts(text: str) -> tuple[str, ...]:
    names = tuple(filter(None, text.split(",")))
    unknown = [name for name in names if name not in PARTS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"unknown part {', '.join(unknown)}; choose from {', '.join(PARTS)}")
    return names


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
