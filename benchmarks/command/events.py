"""Which articles of a stream are one event."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks import events
from benchmarks.command import Parsers, say, verdict, write
from benchmarks.data import data_folder
from summarizer.training.files import put


def add(parsers: Parsers) -> None:
    """Add the commands of this file."""
    stories = parsers.commands.add_parser(
        "events", parents=[parsers.data, parsers.out], help="events found in a stream of dated articles"
    )
    stories.add_argument("--seed", type=int, default=0, help="of the stream and the bootstrap")
    stories.add_argument("--no-peers", action="store_true", help="leave the other systems out")
    stories.add_argument("--fit", action="store_true", help="fit the weights on the sets for training, and say them")
    stories.add_argument("--fit-trees", metavar="DIR", type=Path, help="fit the trees there, score them, write them")
    stories.add_argument("--write", action="store_true", help="write the results")
    stories.set_defaults(function=_events)


def _events(args: argparse.Namespace) -> int:
    if args.fit:
        say(json.dumps(events.fit(data_folder(args.data), seed=args.seed), indent=2))
        return 0
    if args.fit_trees:
        from benchmarks.events.trees import fit_trees

        scores, files = fit_trees(data_folder(args.data))
        say(json.dumps(scores, indent=2))
        put(files, args.fit_trees)
        return 0
    found = events.measure(data_folder(args.data), seed=args.seed, peers=not args.no_peers)
    say(events.text(found))
    if args.write:
        write(found, args.out / "events.json")
    return verdict(events.missed(found))
