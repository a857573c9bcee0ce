"""The command ``python -m summarizer.training MODEL``: one subcommand a model.

A module named in :data:`MODELS` offers ``add_arguments(parser)`` and ``run(arguments) -> str``, which makes the model
and returns what to tell the user; it imports heavy libraries only inside functions.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from summarizer.errors import SummarizerError

#: Name of the subcommand -> the module that makes the model, and one line of help.
MODELS: Final = {
    "encoder": ("summarizer.training.encoder", "the sentence encoder: all-MiniLM-L6-v2 as int8 ONNX"),
    "salience": ("summarizer.training.salience", "the salience weights: fitted on clusters with human summaries"),
    "fuser": ("summarizer.training.fuser", "the fuser: one sentence of several that say the same"),
    "fuser-choice": ("summarizer.training.fuser_choice", "what has a say in the fuser's choice among candidates"),
    "measure": ("summarizer.training.measure", "the weights by which two figures count as of one measure"),
    "relation": ("summarizer.training.relation", "the network that reads how two figures stand to one another"),
    "wordnet": ("summarizer.training.wordnet", "the table of related words: made of WordNet"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make one model.

    :param arguments: of the command line; those of the process by default.
    :return: exit code: 0 done, 1 failure; argparse itself ends with 2 on wrong usage.
    """
    # Weights come from installed packages alone, so the same command gives the same bytes a year from now.
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    parser = argparse.ArgumentParser(
        prog="python -m summarizer.training", description="Make a model that the package ships, or your own; offline."
    )
    commands = parser.add_subparsers(dest="model", required=True, metavar="MODEL")
    modules = {name: import_module(module) for name, (module, _) in MODELS.items()}
    for name, (_, text) in MODELS.items():
        modules[name].add_arguments(commands.add_parser(name, help=text, description=modules[name].__doc__))
    parsed = parser.parse_args(arguments)
    try:
        report: str = modules[parsed.model].run(parsed)
    except SummarizerError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    sys.stdout.write(report + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
