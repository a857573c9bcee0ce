"""Time and memory."""

from __future__ import annotations

import argparse

from benchmarks import compress, growth, report, scale, serve, speed
from benchmarks.command import Parsers, chosen, say, verdict, write
from benchmarks.data import DataError, data_folder
from benchmarks.scale import report as scale_report
from benchmarks.systems import SYSTEMS


def add(parsers: Parsers) -> None:
    """Add the commands of this file."""
    fast = parsers.commands.add_parser(
        "speed", parents=[parsers.data, parsers.out], help="time against sumy, beyond encoding, and of the import"
    )
    fast.add_argument("--repeats", type=int, default=15)
    fast.set_defaults(function=_speed)

    grow = parsers.commands.add_parser(
        "growth", parents=[parsers.data, parsers.out], help="time and memory from 5 to 500 articles"
    )
    grow.add_argument("--systems", type=_growing, default=growth.TARGETED, help="comma-separated, or: all")
    grow.add_argument("--sizes", type=int, nargs="+", default=growth.SIZES)
    grow.add_argument("--words", type=int, default=growth.WORDS, help=f"of an article ({growth.WORDS})")
    grow.add_argument("--time-limit", type=float, default=growth.TIME_LIMIT, metavar="SECONDS", help="of a process")
    grow.add_argument("--memory-limit", type=float, default=growth.MEMORY_LIMIT, metavar="MB", help="of a process")
    grow.add_argument("--seed", type=int, default=0)
    grow.set_defaults(function=_growth)

    archive = parsers.commands.add_parser(
        "scale", parents=[parsers.data, parsers.out], help="runs over archives: rates, memory, growth, an added day"
    )
    archive.add_argument("--sizes", type=int, nargs="+", default=scale.SIZES, help="articles, ascending")
    archive.add_argument("--days", type=int, default=scale.DAYS, help=f"over which they are spread ({scale.DAYS})")
    archive.add_argument("--workers", type=int, default=2)
    archive.add_argument("--middle", type=int, default=scale.MIDDLE, help=f"articles of the pairs ({scale.MIDDLE})")
    archive.add_argument("--added", type=int, default=scale.ADDED, help=f"articles before a day more ({scale.ADDED})")
    archive.add_argument("--pairs", type=int, default=3, help="runs with one worker and with two, in turn (3)")
    archive.add_argument("--no-write", action="store_true", help="write no results")
    archive.set_defaults(function=_scale)

    packed = parsers.commands.add_parser(
        "compress", parents=[parsers.data, parsers.out], help="what is left within a budget of tokens"
    )
    packed.add_argument("--limit", type=int, default=compress.CLUSTERS, help=f"clusters ({compress.CLUSTERS})")
    packed.add_argument("--no-clusters", action="store_true", help="the questions alone, and write no results")
    packed.set_defaults(function=_compress)

    load = parsers.commands.add_parser(
        "serve", parents=[parsers.out], help="many clients at once against the app: times, errors, leaks"
    )
    load.add_argument("--clients", type=int, default=serve.CLIENTS, help=f"({serve.CLIENTS})")
    load.add_argument("--requests", type=int, default=serve.REQUESTS, help=f"of each in a round ({serve.REQUESTS})")
    load.add_argument("--rounds", type=int, default=serve.ROUNDS, help=f"({serve.ROUNDS})")
    load.add_argument("--workers", type=int, help="by default one a processor, at most 4")
    load.add_argument("--seed", type=int, default=0, help="of what is asked for")
    load.set_defaults(function=_serve)


def _speed(args: argparse.Namespace) -> int:
    try:
        folder = data_folder(args.data)
    except DataError:
        if args.data is not None:
            raise
        folder = None  # the seeds are in the repository; the clusters of 75 sentences are not
    found = speed.measure_speed(folder, n=args.repeats)
    say(report.speed_section(found))
    write(found, args.out / "speed.json")
    return verdict(speed.missed(found))


def _growth(args: argparse.Namespace) -> int:
    found = growth.measure_growth(
        args.data,
        systems=args.systems,
        sizes=args.sizes,
        words=args.words,
        time_limit=args.time_limit,
        memory_limit=args.memory_limit,
        seed=args.seed,
        tell=say,
    )
    write(found, args.out / "growth.json")
    return verdict(growth.missed(found))


def _scale(args: argparse.Namespace) -> int:
    found = scale.measure(
        data_folder(args.data),
        sizes=args.sizes,
        days=args.days,
        workers=args.workers,
        middle=args.middle,
        pairs=args.pairs,
        tell=say,
    )
    say(scale_report.scale_section(found))
    if not args.no_write:
        write(found, args.out / "scale.json")
    return verdict(scale.missed(found))


def _compress(args: argparse.Namespace) -> int:
    found = compress.measure(None if args.no_clusters else data_folder(args.data), limit=args.limit, tell=say)
    say(compress.text(found))
    if not args.no_clusters:
        write(found, args.out / "compress.json")
    return verdict(compress.missed(found))


def _serve(args: argparse.Namespace) -> int:
    found = serve.measure(
        clients=args.clients, requests=args.requests, rounds=args.rounds, workers=args.workers, seed=args.seed, tell=say
    )
    say("\n".join(serve.text(found).splitlines()[-2:]))
    write(found, args.out / "serve.json")
    return verdict(serve.missed(found))


def _growing(text: str) -> tuple[str, ...]:
    return growth.measurable() if text == "all" else chosen(text, tuple(SYSTEMS), "system")
