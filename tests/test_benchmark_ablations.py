"""Ablations: every part still names what the library has, does something and is undone; what each is worth."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import report
from benchmarks.ablations import PARTS, Change, find_part, to, without
from benchmarks.ablations.ablating import ablate, compare_rates, plant_copies, read_ablations, write_ablation
from benchmarks.ablations.report import ablation_section
from benchmarks.data import Article, DataError, NewsCluster, load
from benchmarks.measures import measure_text
from benchmarks.running import Outcome
from benchmarks.speed import read_seeds
from benchmarks.systems import Output
from summarizer import SummaryConfig, summarize
from summarizer.salience import judge
from tests.materials import material

TFIDF = "crossbrief_coverage_tfidf"
#: A caption, an opener that points back, an opinion, and a long sentence, which rules for readers are about.
PAGE = """FILE - Ann Cole speaks at the port of Hull, Monday, June 9, 2025. (AP Photo/Joe Bloggs)

The port of Hull was closed on Monday after 40 ships left the harbour, officials said.

Meanwhile, the port of Hull closed its harbour to 40 ships, the officials of the port of Hull said on Monday.

Read more: ten ships of Hull that left the harbour on Monday

Officials said on Monday that the port of Hull, which was opened in 1778, was closed after 40 ships left its harbour,
that the ships would be sent to other ports of the north, that the port would be open in a week, and that the harbour
of Hull would then be as it was before the ships left.
"""
OTHER = """The port of Hull was closed by officials, and 40 ships left the harbour on Monday.

Who closed the port of Hull to ships on Monday?

It will open in a week, officials said.
"""


#: Articles and budgets, such that each part makes a difference somewhere.
LOCAL = [PAGE, OTHER, f"Evening edition\n\n{PAGE}", f"Late edition\n\n{PAGE}"]
QUESTIONS = [
    "Did officials close the harbour of Hull to forty ships? Rain fell on Hull all day. Officials said nothing.",
    "Will officials close the harbour of Hull to forty ships? Snow fell on Hull. Officials were silent today.",
]
FIGURES = [
    "Exports of the country fell 3.5% in May, the ministry said on Monday. Port workers of the north went home early.",
    "Exports of the country fell 4.1% in May, the ministry said on Monday. Port workers went home early in the north.",
]
#: Figures that five origins report: a handful of accounts. Beside them stands what is said by more of them.
ACCOUNTS = [f"{text} Talks of the ministry and the port workers went on for a day." for text in FIGURES] + [
    f"The ministry spoke of exports on Monday. Exports of the country fell {number}% in May."
    for number in (3.1, 3.3, 3.9)
]
#: The second sentence points at the first, and tells what both report.
RUN = [
    "Ministers of the north met in Vienna on Friday. They closed the port of Hull to forty ships after the storm. "
    "Fog lay on the roofs of the old town for days.",
    "Ministers of the north met in Vienna for talks. They closed the port of Hull to ships of the south after storms. "
    "Thick fog lay on the roofs of the town.",
]
INPUTS = [
    (RUN, 21),
    (QUESTIONS, 11),
    (ACCOUNTS, 15),
    (ACCOUNTS, 30),
    (FIGURES, 40),
    (LOCAL, 60),
    (LOCAL, 200),
    *((read_seeds(), words) for words in (30, 60, 90, 150, 225, 300, 600)),
    *((read_seeds()[:3], words) for words in (90, 150, 300)),
]


def held(change: Change) -> Any:
    owner, name = change.owner()
    return vars(owner)[name]


@pytest.mark.parametrize("name", PARTS)
def test_a_part_names_what_the_library_has_and_is_undone(name: str) -> None:
    part = find_part(name)
    before = [held(change) for change in part.changes]
    assert part.changes
    with without(name):
        assert all(held(change) is not old for change, old in zip(part.changes, before, strict=True))
    assert all(held(change) is old for change, old in zip(part.changes, before, strict=True))


def test_every_constant_of_salience_and_every_step_of_coverage_has_a_part() -> None:
    """What counts for a handful of accounts goes with the part of that name, and each of it alone too."""
    named = {change.attribute for part in PARTS.values() for change in part.changes}
    assert {"accounts", "_AFFINITY", "_LONG", "_SAID_SHARE"} <= named
    assert {"_DANGLING_FACTOR", "LENGTH_POWER", "_LEAST_GAIN", "coverage"} <= named
    with without("accounts"):
        judged = judge(material(*([text] for text in ACCOUNTS), topics=[0] * len(ACCOUNTS)))
    assert (judged.brevity == 1).all()
    assert judged.accounts == 0


def test_a_part_is_undone_when_the_block_fails() -> None:
    before = [held(change) for change in PARTS["redundancy"].changes]
    with pytest.raises(RuntimeError), without("redundancy"):
        raise RuntimeError
    assert [held(change) for change in PARTS["redundancy"].changes] == before


def test_a_rename_is_an_error_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Change("summarizer.salience", "NO_SUCH_NAME", to(0))
    part = replace(PARTS["gaps"], changes=(*PARTS["gaps"].changes, gone))
    monkeypatch.setattr("benchmarks.ablations.PARTS", {"gaps": part})
    before = held(part.changes[0])
    with pytest.raises(DataError, match=r"summarizer\.salience has no NO_SUCH_NAME"), without("gaps"):
        pass
    assert held(part.changes[0]) is before
    with pytest.raises(DataError, match=r"has no Nobody\.name"):
        Change("summarizer.salience", "Nobody.name", to(0)).owner()
    with pytest.raises(DataError, match="unknown part 'other'"):
        find_part("other")


@cache
def default(embedder: str, number: int) -> str:
    return briefing(embedder, number)


def briefing(embedder: str, number: int) -> str:
    articles, max_words = INPUTS[number]
    summary = summarize(articles, config=SummaryConfig(max_words=max_words, embedder=embedder))
    return "\n".join(f"{s.text} {s.salience:.4f} {s.origins}" for s in summary.statements)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_does_something(name: str) -> None:
    embedder = "minilm" if name == "encoder" else "tfidf"
    for number in range(len(INPUTS)):
        with without(name):
            changed = briefing(embedder, number)
        if changed != default(embedder, number):
            return
    pytest.fail(f"no summary changes without {name}")


# --- measuring


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    reference = "The port of Hull was closed on Monday after ships left its harbour."
    rows = [
        {"id": "a", "documents": [{"text": PAGE}, {"text": OTHER}], "references": [reference]},
        {"id": "b", "documents": [{"text": text} for text in read_seeds()], "references": ["Talks resumed in London."]},
        {"id": "c", "documents": [{"text": text} for text in FIGURES], "references": ["Exports fell in May."]},
    ]
    text = "\n".join(json.dumps(row) for row in rows)
    (folder / "made.jsonl").write_text(text + "\n", encoding="utf-8")
    return folder


def test_the_default_is_measured_without_each_part(folder: Path, tmp_path: Path) -> None:
    told: list[str] = []
    found = ablate(load(folder, "made", budget=60), parts=["redundancy", "figures"], system=TFIDF, tell=told.append)
    assert [line.split(":")[0] for line in told] == ["the default", "without redundancy", "without figures"]
    assert list(found["parts"]) == ["redundancy", "figures"]
    assert (found["set"], found["units"], found["planted_copies"]) == ("made", 3, 0)
    assert "embed:tfidf" in found["signature"]
    for part in found["parts"].values():
        assert 0 <= part["changed"] <= 3
        for metric in ("rouge1", "rouge2", "rougeLsum", "support_rate", "near_duplicate_summaries"):
            difference = part["difference"][metric]
            mean = (
                {**part["scores"], **part["measures"]}[metric],
                {**found["default"]["scores"], **found["default"]["measures"]}[metric],
            )
            a, b = (one["mean"] if isinstance(one, dict) else one for one in mean)
            assert difference["mean"] == pytest.approx(a - b, abs=3e-6)
            assert difference["low"] <= difference["mean"] <= difference["high"]
    assert found["parts"]["redundancy"]["changed"] > 0
    write_ablation(found, tmp_path)
    assert [one["set"] for one in read_ablations(tmp_path)] == ["made"]
    assert "### Ablation, made\n" in report.render(tmp_path)


def test_processes_give_the_same_figures(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["ablate", "--data", str(folder), "--set", "made", "--budget", "60", "--system", TFIDF]
    arguments += ["--parts", "encoder,redundancy", "--copies", "2"]
    for name, jobs in (("a", []), ("b", ["--jobs", "1"])):
        assert command.main([*arguments, *jobs, "--out", str(tmp_path / name)]) == 0
    assert "without encoder every summary stayed as it was" in capsys.readouterr().out
    file = "ablation__made__copies2.json"
    assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["ablate", "--set", "made", "--parts", "support,nobody"])
    assert "unknown part nobody; choose from learned" in capsys.readouterr().err


def test_copies_are_planted() -> None:
    cluster = NewsCluster("x", (Article("One."), Article("Two.")), ("One.",), "x")
    planted = plant_copies(cluster, 2)
    assert [document.text for document in planted.documents] == [
        "One.",
        "Two.",
        "Edition 1.\n\nOne.",
        "Edition 2.\n\nOne.",
    ]
    assert plant_copies(cluster, 0) == cluster


def test_rates_are_ratios_of_sums() -> None:
    cluster = NewsCluster("x", (Article("One sentence here."),), ("One.",), "x")
    measures = measure_text(cluster, ["One sentence here."])

    def outcome(supported: int, sentences: int) -> Outcome:
        counted = replace(measures, supported=supported, sentences=sentences)
        return Outcome(Output(()), counted, 0.1)

    first, second = [outcome(2, 2), outcome(0, 8)], [outcome(0, 5), outcome(1, 5)]
    found = compare_rates(first, second, "support_rate", ["a", "b"])
    assert found.mean == pytest.approx(2 / 10 - 1 / 10)
    assert found.low == pytest.approx(-0.2)
    assert found.high == pytest.approx(1.0)
    assert found.n_groups == 2


def test_the_section_marks_what_is_clear() -> None:
    def part(title: str, mean: float, readability: bool) -> dict[str, Any]:
        keys = ("rouge1", "rouge2", "rougeLsum", "support_rate", "near_duplicate_summaries")
        difference = {"mean": mean, "low": mean - 0.005, "high": mean + 0.005}
        return {
            "title": title,
            "what": f"{title} is gone",
            "readability": readability,
            "changed": 7,
            "difference": dict.fromkeys(keys, difference),
        }

    section = ablation_section(
        {
            "set": "news",
            "planted_copies": 1,
            "system": TFIDF,
            "units": 9,
            "data": {"used": 9, "clusters": 20},
            "budget": {"limit": 100},
            "default": {"scores": {key: {"mean": 0.4} for key in ("rouge1", "rouge2", "rougeLsum")}},
            "parts": {
                "x": part("cleaning", -0.02, True),
                "y": part("encoder", 0.001, False),
                "z": part("support", -0.01, False),
            },
        }
    )
    assert section.startswith("### Ablation, news with 1 planted copy\n")
    rows = re.findall(r"^\| (support|encoder|cleaning)[^|]*\| ([^|]*) \|", section, re.MULTILINE)
    assert rows == [
        ("support", "**-1.00** [-1.50, -0.50]"),
        ("encoder", "+0.10 [-0.40, +0.60]"),
        ("cleaning", "**-2.00** [-2.50, -1.50]"),
    ]
    assert "- encoder: encoder is gone." in section
