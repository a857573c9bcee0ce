"""Pictures: what they show, labels that do not overlap, the same bytes for the same numbers, colours."""

from __future__ import annotations

import json
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import __main__ as command
from benchmarks.data import DataError
from benchmarks.drawing import draw_all, picture_markdown, read_texts
from benchmarks.drawing.labels import Label, label_points, spread
from benchmarks.drawing.style import BACKGROUND, FAMILIES, INK, MUTED, drawing, family, new_figure, short_name
from benchmarks.systems import DEFAULT_SYSTEM, SYSTEMS

pytest.importorskip("matplotlib")

SETTINGS = {"metrics": ("rouge2",)}


def result(system: str, mean: float, ms: float, *, used: int = 30, sha: str = "a" * 64) -> dict[str, Any]:
    score = {"fmeasure": {"mean": mean, "low": mean - 0.02, "high": mean + 0.02}}
    return {
        "schema": 1,
        "system": system,
        "set": "news",
        "data": {"sha256": sha, "clusters": 40, "used": used},
        "budget": {"unit": "words", "limit": 100},
        "scores": {"rouge1": score, "rouge2": score},
        "measures": {"seconds_median": ms / 1000},
    }


def growth_results() -> dict[str, Any]:
    def row(n: int, k: float) -> dict[str, Any]:
        return {"articles": n, "cpu_seconds": n * k, "peak_mb": 50 + n * k}

    stopped = {"articles": 50, "stopped": "time", "why": "took more than 60 s"}
    return {
        "words_an_article": 560,
        "limits": {"seconds": 60.0, "mb": 4096.0},
        "default": DEFAULT_SYSTEM,
        "curves": {
            DEFAULT_SYSTEM: [row(5, 0.1), row(10, 0.1), row(50, 0.1)],
            "lead_first": [row(5, 0), row(10, 0), row(50, 0)],
            "sumy_lexrank": [row(5, 1), row(10, 2), stopped],
            "summa": [
                {"articles": 5, "stopped": "failed", "why": "not installed"},
                {"articles": 10, "stopped": "not tried", "why": "failed at 5 articles"},
                {"articles": 50, "stopped": "not tried", "why": "failed at 5 articles"},
            ],
        },
    }


def ablation_results(copies: int = 0) -> dict[str, Any]:
    def part(title: str, mean: float, readability: bool) -> dict[str, Any]:
        difference = {"mean": mean, "low": mean - 0.005, "high": mean + 0.005}
        keys = ("rouge1", "rouge2", "rougeLsum")
        return {"title": title, "readability": readability, "difference": dict.fromkeys(keys, difference)}

    return {
        "set": "news",
        "system": DEFAULT_SYSTEM,
        "planted_copies": copies,
        "data": {"used": 30},
        "parts": {
            "support": part("support counting", -0.01, False),
            "encoder": part("encoder", 0.001, False),
            "cleaning": part("cleaning", 0.02, True),
        },
    }


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    folder.mkdir()
    rows = [
        result(DEFAULT_SYSTEM, 0.2, 40),
        result("lead_first", 0.18, 0),
        result("sumy_lexrank", 0.17, 20.4, used=10),
        result("oracle", 0.4, 9),
    ]
    for row in rows:
        (folder / f"news__{row['system']}.json").write_text(json.dumps(row), encoding="utf-8")
    (folder / "growth.json").write_text(json.dumps(growth_results()), encoding="utf-8")
    (folder / "ablation__news.json").write_text(json.dumps(ablation_results()), encoding="utf-8")
    return folder


# --- the command


def test_everything_measured_is_drawn_and_described(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "plots"
    assert command.main(["plot", "--results", str(results), "--out", str(out), "--metrics", "rouge2"]) == 0
    texts = read_texts(out)
    assert list(texts) == ["ablation_news", "growth", "quality_news_rouge2"]
    assert {path.name for path in out.iterdir()} == {"pictures.json"} | {
        f"{name}.{kind}" for name in texts for kind in ("svg", "png")
    }
    quality = texts["quality_news_rouge2"]
    assert f"The default, {DEFAULT_SYSTEM}: 20.0 (18.0 to 22.0) at 40 ms." in quality
    assert "Best of 2 peers and baselines, lead_first: 18.0" in quality
    assert "Not in the picture, oracle: 40.0" in quality
    assert "takes 5.0 s and 55 MB at 50 articles. 2 of 4 reach 50 articles." in texts["growth"]
    assert "sumy_lexrank: time at 50. summa: failed at 5." in texts["growth"]
    assert "ROUGE-1, clearly other than zero without: support counting -1.00, cleaning +2.00." in texts["ablation_news"]


def test_the_same_numbers_give_the_same_bytes_whatever_the_user_has_set(results: Path, tmp_path: Path) -> None:
    import matplotlib as mpl

    draw_all(results, tmp_path / "a", **SETTINGS)
    with mpl.rc_context({"lines.linewidth": 9, "axes.facecolor": "black", "font.size": 20, "svg.hashsalt": "other"}):
        draw_all(results, tmp_path / "b", **SETTINGS)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(files) == 7
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file
    svg = (tmp_path / "a" / "growth.svg").read_text(encoding="utf-8")
    assert "<dc:date>" not in svg
    assert "Matplotlib v" not in svg
    # The card is opaque, so a dark page does not shine through.
    assert f"fill: {BACKGROUND}" in svg
    pixels = mpl.image.imread(tmp_path / "a" / "growth.png")
    assert pixels.shape[2] == 3 or pixels[..., 3].min() == 1
    text = json.loads((tmp_path / "a" / "pictures.json").read_text(encoding="utf-8"))["growth"]
    assert picture_markdown("growth", tmp_path / "README.md", tmp_path / "a") == f"![{text}](a/growth.svg)"
    with pytest.raises(DataError, match="run python -m benchmarks plot first"):
        picture_markdown("other", tmp_path / "README.md", tmp_path / "a")


def test_missing_results_name_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["plot", "--results", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "python -m benchmarks run --set NAME" in said
    assert "python -m benchmarks growth" in said
    (tmp_path / "ablation__news__copies3.json").write_text(json.dumps(ablation_results(3)), encoding="utf-8")
    drawn = draw_all(tmp_path, tmp_path / "plots")
    assert list(drawn) == ["ablation_news_copies3"]
    assert "news with 3 planted copies" in drawn["ablation_news_copies3"]
    with pytest.raises(DataError, match="no results of growth; measure them first:\n  python -m benchmarks growth"):
        draw_all(tmp_path, tmp_path / "plots", kinds=["growth", "ablation"])
    with pytest.raises(DataError, match="unknown kind of picture pie"):
        draw_all(tmp_path, tmp_path / "plots", kinds=["pie"])


def test_results_of_an_older_shape_name_the_command(tmp_path: Path) -> None:
    (tmp_path / "growth.json").write_text('{"curve": []}', encoding="utf-8")
    with pytest.raises(DataError, match="older version; measure again"):
        draw_all(tmp_path, tmp_path / "plots")


def test_a_missing_matplotlib_says_what_to_install(
    results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert command.main(["plot", "--results", str(results)]) == 2
    assert "pip install 'crossbrief[bench]'" in capsys.readouterr().err


def test_one_set_on_two_versions_of_its_data_is_two_pictures(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = result("random", 0.1, 1, sha="b" * 64)
    (results / "news__random.json").write_text(json.dumps(other), encoding="utf-8")
    monkeypatch.setattr("benchmarks.drawing.save", lambda picture, folder: None)
    drawn = draw_all(results, tmp_path / "plots", kinds=["quality"], **SETTINGS)
    assert list(drawn) == ["quality_news_aaaaaaaa_100_rouge2", "quality_news_bbbbbbbb_100_rouge2"]


# --- labels


def extents(axes: Any, texts: list[Any]) -> list[Any]:
    renderer = axes.figure.canvas.get_renderer()
    return [text.get_window_extent(renderer) for text in texts]


@pytest.mark.parametrize("seed", range(3))
def test_labels_of_a_crowd_do_not_overlap(seed: int) -> None:
    chance = np.random.default_rng(seed)
    xs, ys = 10 ** chance.normal(1.5, 0.35, 30), chance.normal(18, 0.7, 30)
    labels = [
        Label(x, y, y - 2, y + 2, f"{name} {i}", "black", bold=i == 0)
        for i, (x, y, name) in enumerate(zip(xs, ys, [*SYSTEMS, *SYSTEMS], strict=False))
    ]
    with drawing():
        figure = new_figure(9, 5.8)
        axes = figure.add_axes((0.07, 0.1, 0.915, 0.78))
        axes.set_xscale("log")
        axes.set_xlim(0.1, 1000)
        axes.set_ylim(14, 22)
        boxes = extents(axes, label_points(axes, labels))
        frame = axes.get_window_extent()
    assert not [pair for pair in combinations(range(30), 2) if boxes[pair[0]].overlaps(boxes[pair[1]])]
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)
    marks = axes.transData.transform(np.column_stack([xs, ys]))
    assert not [1 for box in boxes for x, y in marks if box.contains(x, y)]


def test_spread_keeps_order_range_and_distance() -> None:
    placed = spread([0.5, 0.5, 0.52, 0.0, 1.0], 0.1, 0.0, 1.0)
    assert placed[0] == 0.5
    assert sorted(range(5), key=lambda i: placed[i]) == [3, 0, 1, 2, 4]
    assert min(np.diff(sorted(placed))) >= 0.1 - 1e-9
    crowded = spread([0.99, 0.98, 0.97], 0.2, 0.0, 1.0)
    assert max(crowded) <= 1
    assert min(np.diff(sorted(crowded))) >= 0.2 - 1e-9


# --- colours


def rgb(color: str) -> np.ndarray:
    return np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def linear(color: np.ndarray) -> np.ndarray:
    return np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)


def contrast(color: str, other: str) -> float:
    light = sorted(float(linear(rgb(c)) @ [0.2126, 0.7152, 0.0722]) + 0.05 for c in (color, other))
    return light[1] / light[0]


def lab(color: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(to_xyz @ color / [0.9505, 1.0, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


#: Machado, Oliveira and Fernandes (2009), severity 1: protanopia, deuteranopia, tritanopia.
BLINDNESS = (
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
)


def test_ink_can_be_read() -> None:
    assert contrast(INK, BACKGROUND) > 7
    assert contrast(MUTED, BACKGROUND) > 4.5
    assert all(contrast(kind.color, BACKGROUND) > 3 for kind in FAMILIES.values())
    assert all(contrast(kind.ink, BACKGROUND) > 4.5 for kind in FAMILIES.values())


@pytest.mark.parametrize("matrix", BLINDNESS, ids=["protanopia", "deuteranopia", "tritanopia"])
def test_families_differ_with_any_colour_blindness(matrix: list[list[float]]) -> None:
    colors = [lab(np.clip(np.array(matrix) @ linear(rgb(kind.color)), 0, 1)) for kind in FAMILIES.values()]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(colors, 2)) > 12
    assert len({kind.marker for kind in FAMILIES.values()}) == len(FAMILIES)


def test_every_system_has_a_family_and_a_name_of_its_own() -> None:
    assert family(DEFAULT_SYSTEM) is FAMILIES["default"]
    assert family("crossbrief_lead_tfidf") is FAMILIES["ours"]
    assert family("summa") is FAMILIES["others"]
    assert len({short_name(name) for name in SYSTEMS}) == len(SYSTEMS)
