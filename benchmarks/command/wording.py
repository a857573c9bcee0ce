"""Rewritten sentences: how good they are, and what the gate lets pass."""

from __future__ import annotations

import argparse
from typing import Final

from benchmarks import briefings, faithfulness, fusion
from benchmarks.command import Parsers, say, verdict, write
from benchmarks.data import data_folder
from summarizer.config import PACKAGED_REWRITER
from summarizer.rewriting.fuser_rank import AIMS

#: Copies the shortest sentence of each cluster: what a model has to beat.
_SHORTEST: Final = "shortest"


def add(parsers: Parsers) -> None:
    """Add the commands of this file."""
    told = parsers.commands.add_parser(
        "briefings", parents=[parsers.data, parsers.out], help="whole briefings before and after a rewriter"
    )
    told.add_argument(
        "--rewriter", default=PACKAGED_REWRITER, help=f"as for --rewrite, or: {_SHORTEST} ({PACKAGED_REWRITER})"
    )
    told.add_argument("--limit", type=int, default=briefings.N_CLUSTERS, help=f"clusters ({briefings.N_CLUSTERS})")
    told.add_argument("--repeats", type=int, default=5, help="rounds of the timing on the seeds (5)")
    told.add_argument("--seed", type=int, default=0, help="of the choice of clusters")
    told.set_defaults(function=_briefings)

    fused = parsers.commands.add_parser(
        "fusion", parents=[parsers.data, parsers.out], help="pairs fused into one sentence, against copies"
    )
    fused.add_argument("--rewriter", default=PACKAGED_REWRITER, help=f"as for --rewrite ({PACKAGED_REWRITER})")
    fused.add_argument("--sets", nargs="+", default=tuple(fusion.SETS), metavar="NAME")
    fused.add_argument("--limit", type=int, help="pairs of a set, sampled; by default up to 349")
    fused.add_argument("--beams", type=int)
    fused.add_argument("--max-words", type=int, default=60)
    fused.add_argument("--seed", type=int, default=0, help="of the sample and the bootstrap")
    fused.set_defaults(function=_fusion)

    true = parsers.commands.add_parser(
        "faithfulness",
        parents=[parsers.data, parsers.out],
        help="what the gate of rewritten sentences catches, and what it lets pass",
    )
    true.add_argument("--seed", type=int, default=1, help="of the sentences made false")
    true.set_defaults(function=_faithfulness)


def _briefings(args: argparse.Namespace) -> int:
    from summarizer.rewriting import BRIEFING_AIM, load_rewriter

    plain = args.rewriter == _SHORTEST
    rewriter = briefings.ShortestSource() if plain else load_rewriter(args.rewriter, aim=BRIEFING_AIM)
    found = briefings.measure_briefings(
        data_folder(args.data), rewriter, limit=args.limit, seed=args.seed, repeats=args.repeats, tell=say
    )
    say(briefings.text(found))
    write(found, args.out / ("briefings_shortest.json" if plain else "briefings.json"))
    return verdict(briefings.missed(found))


def _fusion(args: argparse.Namespace) -> int:
    from summarizer.rewriting import load_rewriter

    settings = {"beams": args.beams, "max_words": args.max_words}
    rewriter = load_rewriter(args.rewriter, **settings)
    aims = AIMS if args.rewriter == PACKAGED_REWRITER else ()
    told = {aim: load_rewriter(f"{PACKAGED_REWRITER}:{aim}", **settings) for aim in aims}
    found = fusion.measure_fusion(
        data_folder(args.data), rewriter, told=told, sets=args.sets, limit=args.limit, seed=args.seed, tell=say
    )
    write(found, args.out / "fusion.json")
    return verdict(fusion.missed(found))


def _faithfulness(args: argparse.Namespace) -> int:
    found = faithfulness.measure(data_folder(args.data), seed=args.seed)
    say(faithfulness.text(found))
    write(found, args.out / "faithfulness.json")
    return verdict(faithfulness.missed(found))
