"""Weights fitted without the cluster that is summarized, so that no figure of ours is measured on what it learned from.

The packaged salience was fitted on some of the sets measured here. ``python -m summarizer.training salience
--cross-validate --folds-out benchmarks/folds`` also fits it without a quarter of the clusters, or without one event, at
a time; a cluster of such a set is summarized with the weights that never saw it, nor its event.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Final

from benchmarks.data import REPOSITORY, DataError

FOLDS: Final = REPOSITORY / "benchmarks" / "folds"


def held_out_weights(cluster: str, folder: Path = FOLDS) -> str | None:
    """Find the weights that were fitted without a cluster.

    :param cluster: its id.
    :param folder: what ``--folds-out`` wrote.
    :return: path of a weights file; None for a cluster that the packaged weights were not fitted on.
    :raises DataError: if the folder lacks a file that its index names.
    """
    name = _index(folder).get(cluster)
    if name is None:
        return None
    path = folder / name
    if not path.is_file():
        raise DataError(
            f"{path} is missing; make the folds again: python -m summarizer.training salience --data DIR "
            "--cross-validate --folds-out benchmarks/folds"
        )
    return str(path)


@lru_cache(maxsize=4)
def _index(folder: Path) -> dict[str, str]:
    path = folder / "index.json"
    if not path.is_file():
        raise DataError(
            f"{path} is missing, so it is not known which clusters the weights were fitted on; make it with: "
            "python -m summarizer.training salience --data DIR --cross-validate --folds-out benchmarks/folds"
        )
    sets = json.loads(path.read_text(encoding="utf-8"))["clusters"]
    found: dict[str, str] = {}
    for clusters in sets.values():
        for cluster, name in clusters.items():
            if found.setdefault(cluster, name) != name:
                raise DataError(
                    f"{path} gives the id {cluster!r} to clusters of two folds; give clusters ids of their own"
                )
    return found
