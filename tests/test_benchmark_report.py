"""The tables of the benchmark, from results files made here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import readme, report, tables
from benchmarks.data import DataError
from benchmarks.quality import write_results
from benchmarks.systems import DEFAULT_SYSTEM

METRICS = ("rouge1", "rouge2", "rougeL", "rougeLsum")


def results(
    system: str, f: float, *, n: int = 4, used: int | None = None, name: str = "neus_val", digest: str = "ab" * 32
) -> dict[str, Any]:
    """Results in which cluster i scores f + i / 100."""
    scores = [round(f + i / 100, 6) for i in range(n)][: used or n]
    part = {"mean": sum(scores) / len(scores), "low": f, "high": f + 0.1}
    return {
        "schema": 2,
        "system": system,
        "set": name,
        "data": {"sha256": digest, "clusters": n, "used": len(scores)},
        "budget": {"unit": "words", "limit": 65},
        "scores": {metric: dict.fromkeys(("precision", "recall", "fmeasure"), part) for metric in METRICS},
        "measures": {
            "words": 60.2,
            "support_rate": 0.25,
            "near_duplicate_summaries": 0.0,
            "near_duplicate_pairs": 0.0,
            "overlap": 0.14,
            "orphan_openers": 0.013,
            "unplaced": 0.0,
            "position_mean": 0.2,
            "position_sd": 0.3,
            "documents": 2.0,
            "document_share": 0.5,
            "entropy": 0.75,
            "coverage": 1.0,
            "density": 20.0,
            "seconds_median": 0.0042,
            "seconds_p95": 0.051,
            "peak_mb": 81.2,
            "failed": 0,
        },
        "clusters": [{"id": f"c{i}"} | {m: [score] * 3 for m in METRICS} for i, score in enumerate(scores)],
    }


def rows(text: str) -> list[list[str]]:
    """Cells of the table lines."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]


def column(text: str, name: str) -> list[str]:
    head, _, *body = rows(text)
    return [row[head.index(name)] for row in body]


def test_the_best_figure_is_bold_and_never_the_oracles() -> None:
    text = tables.quality_table([results("oracle", 0.6), results("random", 0.3), results("lead_first", 0.4)])
    assert column(text, "system") == ["lead_first", "random", "oracle"]
    assert column(text, "R2") == ["**41.50**", "31.50", "61.50"]
    assert column(text, "R2, 95 %") == ["40.0-50.0", "30.0-40.0", "60.0-70.0"]


def test_a_mean_over_fewer_clusters_is_not_bold() -> None:
    text = tables.quality_table([results("sumy_kl", 0.6, used=2), results("random", 0.3), results("lead_first", 0.4)])
    assert column(text, "R2") == ["**41.50**", "31.50", "60.50"]


def test_beside_rouge_and_cost_have_a_cell_for_each_measure() -> None:
    text = tables.beside_table([results("random", 0.3)])
    assert rows(text)[-1] == ["random", "25", "0.0", "0.0", "14", "1.3", "20 ± 30", "50", "0.75", "100", "20", "0"]
    assert rows(tables.cost_table([results("random", 0.3)]))[-1] == ["random", "4.2", "51", "81", "0"]


def test_older_results_leave_cells_empty() -> None:
    old = results("random", 0.3)
    for name in ("overlap", "unplaced", "position_mean", "position_sd", "entropy", "coverage", "density", "peak_mb"):
        del old["measures"][name]
    assert rows(tables.beside_table([old]))[-1][4:] == ["", "1.3", "", "50", "", "", "", ""]
    assert column(tables.cost_table([old]), "peak MB") == [""]


def test_fewer_clusters_are_said() -> None:
    text = tables.cost_table([results("sumy_kl", 0.3, used=2), results("lead_first", 0.4)])
    assert column(text, "system") == ["lead_first", "sumy_kl (2 clusters)"]


def test_the_default_is_compared_with_the_best_peer_first_and_always_with_the_known_ones() -> None:
    found = [
        results("oracle", 0.9),
        results(DEFAULT_SYSTEM, 0.5),
        results("crossbrief_mmr_tfidf", 0.8),
        results("lead_first", 0.4),
        results("greedy_centroid", 0.45),
        results("random", 0.46),
        results("sumy_lexrank", 0.3),
    ]
    text = tables.difference_table(found)
    assert rows(text)[0][0] == f"{DEFAULT_SYSTEM} minus"
    assert [row[0] for row in rows(text)[2:]] == ["random (best peer)", "sumy_lexrank", "greedy_centroid", "lead_first"]
    assert column(text, "R2") == [f"**{d}** [{d}, {d}]" for d in ("+4.00", "+20.00", "+5.00", "+10.00")]
    assert column(text, "units") == ["4"] * 4
    assert tables.difference_table(found[2:]) == tables.difference_table(found[1:2]) == ""


def test_a_peer_on_fewer_clusters_is_not_called_the_best() -> None:
    few, all_of_them = results("sumy_kl", 0.7, used=2), results("random", 0.3)
    assert tables.best_peer([results(DEFAULT_SYSTEM, 0.5), few, all_of_them]) == "random"
    assert tables.best_peer([results(DEFAULT_SYSTEM, 0.5, used=2), few, all_of_them]) == "sumy_kl"
    assert tables.best_peer([results(DEFAULT_SYSTEM, 0.5)]) is None


def test_two_versions_of_the_data_are_two_sections(tmp_path: Path) -> None:
    write_results(results("random", 0.3), tmp_path)
    write_results(results("lead_first", 0.3, digest="cd" * 32), tmp_path)
    text = report.render(tmp_path)
    assert text.count("### neus_val") == 2
    assert "data abababababab" in text
    assert "data cdcdcdcdcdcd" in text


def test_report_writes_between_the_markers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, page = tmp_path / "out", tmp_path / "R.md"
    for system in ("oracle", "lead_first", "random"):
        write_results(results(system, 0.4), out)
    page.write_text(f"before\n{report.START}\nold\n{report.END}\nafter\n", encoding="utf-8")
    arguments = ["report", "--results", str(out)]
    assert command.main([*arguments, "--into", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert (text[:7], text[-7:], "old" in text) == ("before\n", "\nafter\n", False)
    assert command.main([*arguments, "--into", str(page)]) == 0
    assert page.read_text(encoding="utf-8") == text
    capsys.readouterr()
    assert command.main(arguments) == 0
    assert "| lead_first |" in capsys.readouterr().out


def test_report_writes_both_readmes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_results(results("random", 0.4), tmp_path / "out")
    page = tmp_path / "R.md"
    page.write_text(f"{report.START}\n{report.END}\n", encoding="utf-8")
    monkeypatch.setattr(report, "README", page)
    refreshed: list[bool] = []
    monkeypatch.setattr(readme, "refresh_figures", lambda: refreshed.append(True))
    assert command.main(["report", "--results", str(tmp_path / "out"), "--write"]) == 0
    assert "| random |" in page.read_text(encoding="utf-8")
    assert refreshed == [True]


def test_figures_show_the_peers_that_were_measured(tmp_path: Path) -> None:
    for system, f in ((DEFAULT_SYSTEM, 0.5), ("lead_first", 0.4), ("concept_coverage_ilp", 0.45)):
        write_results(results(system, f), tmp_path)
    lines = rows(readme.figures_block(tmp_path))
    assert lines[0] == ["R1 / R2 / Lsum", "lead", "concept coverage", "crossbrief"]
    neus = [line for line in lines if line[0].startswith("NeuS")]
    assert neus[0][1:] == ["41.5 / 41.5 / 41.5", "46.5 / 46.5 / 46.5", "51.5 / 51.5 / 51.5"]
    assert neus[1][1:] == ["**+10.00** [+10.00, +10.00]", "**+5.00** [+5.00, +5.00]"]


def test_measures_of_stages_have_sections(tmp_path: Path) -> None:
    halves = {"ari": {"mean": 0.95, "low": 0.93, "high": 0.97}}
    old = {"held_out": halves, "all_groups_at_default": {"ari": 0.951, "v_measure": 0.99, "pair_f1": 0.952}}
    new = {**old, "all_groups_at_default": {**old["all_groups_at_default"], "cross_document_f1": 0.954}}
    found = {"clusters": {"tfidf": old, "encoder": new}}
    (tmp_path / "measure_clustering.json").write_text(json.dumps(found), encoding="utf-8")
    robust = {"planted": [], "many": {}, "target": {"max_shift": 0.2}}
    (tmp_path / "measure_robustness.json").write_text(json.dumps(robust), encoding="utf-8")
    text = report.render(tmp_path)
    assert "| without encoder | 0.951 | 0.990 | 0.952 |  |  |  | 0.950 [0.930, 0.970] |" in text
    assert "| with MiniLM | 0.951 | 0.990 | 0.952 |  |  | 0.954 |" in text
    assert "at most 0.2" in text


def test_report_needs_results_and_markers(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no results"):
        report.render(tmp_path)
    with pytest.raises(DataError, match="needs two lines"):
        report.write_between_markers(tmp_path / "none.md", "text")


def test_the_pages_have_their_markers_and_explain_every_column() -> None:
    text = report.README.read_text(encoding="utf-8")
    assert text.index(report.START) < text.index(report.END)
    explained = text[: text.index(report.START)]
    one = [results("random", 0.3)]
    for section in (tables.quality_table(one), tables.beside_table(one), tables.cost_table(one)):
        for name in rows(section)[0][1:]:
            assert f"**{name}**" in explained or name.endswith("95 %"), f"the column {name} is not explained"
