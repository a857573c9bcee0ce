"""What articles agree and differ on, what is new, what answers a query."""

from __future__ import annotations

import argparse

from benchmarks import comparison, query, updates
from benchmarks.command import Parsers, say, verdict, write
from benchmarks.comparison import clusters as comparison_clusters
from benchmarks.data import data_folder
from benchmarks.query import fit


def add(parsers: Parsers) -> None:
    """Add the commands of this file."""
    compared = parsers.commands.add_parser(
        "comparison", parents=[parsers.data, parsers.out], help="conflicts and other relations told apart"
    )
    compared.add_argument("--systems", nargs="+", choices=comparison.SYSTEMS, default=comparison.SYSTEMS)
    compared.add_argument("--half", choices=comparison.HALVES, help="by default both; only then are results written")
    compared.add_argument("--show", action="store_true", help="cases of the development half that are not right")
    compared.add_argument("--clusters", type=int, metavar="N", help="in place of cases: clusters to read (50)")
    compared.add_argument("--unread", action="store_true", help="show only what has no label yet")
    compared.add_argument("--seed", type=int, default=0, help="of the bootstrap, or of the choice of clusters")
    compared.set_defaults(function=_comparison)

    news = parsers.commands.add_parser(
        "updates", parents=[parsers.data, parsers.out], help="what is new and corrected since an earlier day"
    )
    news.add_argument("--articles", type=int, default=120, help="articles that are copied and planted in")
    news.add_argument("--seed", type=int, default=0)
    news.add_argument("--no-costs", action="store_true", help="time nothing, and write no results")
    news.set_defaults(function=_updates)

    sought = parsers.commands.add_parser(
        "query", parents=[parsers.data, parsers.out], help="whether queries are answered, and it is known"
    )
    sought.add_argument("--limit", type=int, default=query.HEADLINES, help=f"headlines ({query.HEADLINES})")
    sought.add_argument("--show", action="store_true", help="cases of the development half that are not right")
    sought.add_argument("--no-headlines", action="store_true", help="the cases alone, and write no results")
    sought.add_argument("--fit", action="store_true", help="fit what calls a statement an answer, and write no results")
    sought.set_defaults(function=_query)


def _comparison(args: argparse.Namespace) -> int:
    if args.clusters:
        labels = comparison_clusters.read_labels()
        read = comparison_clusters.measure(
            data_folder(args.data), args.clusters, labels, seed=args.seed, tell=say, unread_only=args.unread
        )
        say(comparison_clusters.text(read))
        write(read, args.out / "comparison_clusters.json")
        return verdict(comparison_clusters.missed(read))
    halves = (args.half,) if args.half else comparison.HALVES
    found = comparison.measure(args.systems, halves, seed=args.seed, show=say if args.show else None)
    say(comparison.text(found))
    if halves == comparison.HALVES and args.systems == comparison.SYSTEMS:
        write(found, args.out / "comparison.json")
    return verdict(comparison.missed(found))


def _updates(args: argparse.Namespace) -> int:
    found = updates.measure(data_folder(args.data), n=args.articles, seed=args.seed, costs=not args.no_costs)
    say(updates.text(found))
    if not args.no_costs:
        write(found, args.out / "updates.json")
    return verdict(updates.missed(found))


def _query(args: argparse.Namespace) -> int:
    if args.fit:
        say(fit.text(fit.measure()))
        return 0
    found = query.measure(
        None if args.no_headlines else data_folder(args.data), limit=args.limit, show=say if args.show else None
    )
    say(query.text(found))
    if not args.no_headlines:
        write(found, args.out / "query.json")
    return verdict(query.missed(found))
