"""Fusion against copies: paired intervals, and only the pairs of a training set that training holds out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import fusion
from benchmarks.data import DataError
from summarizer.training.fuser_pairs import Pair
from summarizer.training.fuser_sets import is_held_out

N_GROUPS = 60


class Longest:
    """Copies the longest sentence."""

    name = "longest"

    def rewrite(self, clusters: Sequence[Sequence[str]], /) -> list[list[str]]:
        return [[max(cluster, key=len)] for cluster in clusters]


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


def rows() -> list[dict[str, object]]:
    """Two pairs of each of some articles; the longer sentence is the target of every other article."""
    made: list[dict[str, object]] = []
    for number in range(N_GROUPS):
        short = f"The harbour of town {number} was closed."
        long = f"The harbour of town {number} was closed on Friday because of a storm from the north."
        pair = {"cluster": f"c{number}", "inputs": [short, long], "target": long if number % 2 else short}
        made += [pair, pair]
    return made


def test_of_a_training_set_only_held_out_pairs_are_measured(tmp_path: Path) -> None:
    write(tmp_path, "fusion_auto_neus_train", rows())
    pairs, _, n_all = fusion.read_pairs(tmp_path, "fusion_auto_neus_train", 999, seed=0)
    groups = {f"c{number}" for number in range(N_GROUPS) if is_held_out(Pair((), "", "neus", group=f"c{number}"))}
    assert 0 < len(groups) < N_GROUPS
    assert {pair.group for pair in pairs} == groups
    assert n_all == 2 * len(groups)


def test_of_other_sets_all_pairs_are_measured(tmp_path: Path) -> None:
    write(tmp_path, "fusion_auto_neus_val", rows())
    assert fusion.read_pairs(tmp_path, "fusion_auto_neus_val", 999, seed=0)[2] == 2 * N_GROUPS
    assert len(fusion.read_pairs(tmp_path, "fusion_auto_neus_val", 10, seed=0)[0]) == 10
    with pytest.raises(DataError, match="fusion_other"):
        fusion.read_pairs(tmp_path, "fusion_other", 10, seed=0)


def test_differences_are_paired_and_pairs_of_one_article_drawn_together(tmp_path: Path) -> None:
    write(tmp_path, "fusion_auto_neus_val", rows()[:40])
    said: list[str] = []
    found = fusion.measure_fusion(tmp_path, Longest(), sets=["fusion_auto_neus_val"], tell=said.append)
    row = found["sets"]["fusion_auto_neus_val"]
    less = row["fuser_less"]
    assert less["longest"] == {"mean": 0.0, "low": 0.0, "high": 0.0, "pairs": 40, "groups": 20}
    two = {name: one["scores"]["rouge2"]["mean"] for name, one in row["systems"].items()}
    assert less["shortest"]["mean"] == pytest.approx(two["fuser"] - two["shortest"], abs=0.02)
    assert less["shortest"]["low"] <= less["shortest"]["mean"] <= less["shortest"]["high"]
    assert "each" not in row["systems"]["fuser"], "figures of single pairs are no part of the results"
    assert "fuser 78.6, less first +0.0" in said[0]
    assert fusion.missed(found) == [
        f"fusion_auto_neus_val: ROUGE-2 {two['fuser']:.2f} is below {two['longest'] + 2:.2f}"
    ]


class Shortest:
    """Copies the shortest sentence."""

    name = "shortest"

    def rewrite(self, clusters: Sequence[Sequence[str]], /) -> list[list[str]]:
        return [[min(cluster, key=len)] for cluster in clusters]


def test_a_fuser_told_the_aim_is_measured_beside_and_judged(tmp_path: Path) -> None:
    pairs = [row | {"target": row["inputs"][0]} for row in rows()[:40]]  # type: ignore[index]
    write(tmp_path, "fusion_auto_neus_val", pairs)
    write(tmp_path, "fusion_other", pairs)
    said: list[str] = []
    found = fusion.measure_fusion(
        tmp_path, Longest(), told={"gist": Shortest()}, sets=["fusion_auto_neus_val", "fusion_other"], tell=said.append
    )
    row = found["sets"]["fusion_auto_neus_val"]
    assert row["told"]["aim"] == "gist"
    assert set(row["told"]["systems"]) == {"fuser", "gated"}, "copies stand once"
    assert row["told"]["systems"]["fuser"]["scores"]["rouge2"]["mean"] == pytest.approx(100)
    assert row["systems"]["fuser"]["scores"]["rouge2"]["mean"] < 100
    assert "told gist: fuser 100.0, less first +0.0" in said[0]
    assert "told" not in found["sets"]["fusion_other"], "nobody knows what its people were after"
    assert "told" not in said[1]
    assert fusion.missed(found) == ["fusion_auto_neus_val: ROUGE-2 100.00 is below 102.00"]
