"""The learned choice among candidates of the fuser: what it reads, when it speaks, and how it is fitted."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import ConfigError, ModelError
from summarizer.rewriting.fuser_choice import CHOICE, FEATURES, Choice, describe
from summarizer.rewriting.fuser_rank import AIMS, Aim, rank
from summarizer.training.__main__ import main
from summarizer.training.fuser_choice import MIN_PAIRS, fit, fold_of, make_examples
from summarizer.training.fuser_pairs import Pair

FUSER = Path(__file__).resolve().parents[1] / "summarizer" / "models" / "fuser-1"
SOURCES = [
    "Rain fell on Ems on Monday.",
    "On Monday heavy rain fell on the town of Ems, where the mayor closed the bridge.",
    "The bridge of Ems was closed after rain on Monday, the mayor said.",
]
OUTPUTS = [
    ("On Monday heavy rain fell on the town of Ems, where the mayor closed the bridge of Ems after rain.", -0.2),
    ("Heavy rain fell on the town of Ems on Monday.", -0.3),
]


@pytest.fixture(scope="module")
def choice() -> Choice:
    return Choice.from_json((FUSER / CHOICE).read_text("utf-8"))


class Wanting:
    """Expects most of one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def expect(self, candidates: list[str], sources: list[str]) -> list[float]:
        return [float(text == self.text) for text in candidates]


# --- what is read --------------------------------------------------------------------------------


def test_features_of_a_candidate_by_hand() -> None:
    sources = ["Storms hit Ems.", "Storms hit Ulm hard today.", "Ulm saw storms."]
    row = dict(zip(FEATURES, describe(["Storms hit Ulm."], sources)[0].tolist(), strict=True))
    assert row["words_of_all"] == 11
    assert row["words"] == 3
    assert row["to_shortest"] == 1
    assert row["to_longest"] == pytest.approx(3 / 5)
    assert row["distinct_to_mean_length"] == pytest.approx(7 * 3 / 11, abs=1e-4)
    assert row["to_distinct"] == pytest.approx(3 / 7, abs=1e-4)
    assert row["near_words_most"] == pytest.approx(2 * 3 / 8), "three words of the five of the second"
    assert row["near_pairs_median"] == pytest.approx(0.5), "1 of 2 and 2, 2 of 2 and 4, none of 2 and 2"
    assert row["telling_shared"] == 1, "'storms' alone has four letters, and all have it"
    assert row["telling_single"] == 0
    assert row["of_shared_telling"] == 1
    assert row["of_all_telling"] == pytest.approx(1 / 3, abs=1e-4), "storm, hard, today"
    assert row["pairs_shared"] == 0.5, "'storms hit' in two, 'hit Ulm' in one"


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.lists(st.text(max_size=40), max_size=4))
def test_any_text_has_features_and_order_of_candidates_changes_none(sources: list[str], texts: list[str]) -> None:
    table = describe(texts, sources)
    assert table.shape == (len(texts), len(FEATURES))
    assert table.dtype == np.float32
    assert np.isfinite(table).all()
    assert np.array_equal(describe(texts[::-1], sources), table[::-1])


def test_the_packaged_choice_is_written_as_it_was_read(choice: Choice) -> None:
    written = choice.to_json()
    assert json.loads(written) == json.loads((FUSER / CHOICE).read_text("utf-8"))
    texts = [text for text, _ in OUTPUTS]
    expected = choice.expect(texts, SOURCES)
    assert Choice.from_json(written).expect(texts, SOURCES) == expected
    assert all(abs(one) < 1 for one in expected)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[]", "no choice of format 1"),
        ('{"format": 2}', "no choice of format 1"),
        ('{"format": 1, "features": ["words"]}', "fitted on other features"),
        (json.dumps({"format": 1, "features": FEATURES}), "its trees cannot be read"),
        (json.dumps({"format": 1, "features": FEATURES, "trees": {"features": 3}}), "its trees cannot be read"),
    ],
)
def test_a_damaged_choice_is_refused(content: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Choice.from_json(content)


# --- when it speaks ------------------------------------------------------------------------------


@pytest.mark.parametrize(("aim", "n"), [(None, 3), ("gist", 3), ("gist", 2)])
def test_for_a_gist_the_choice_decides_and_a_source_may_go_first(aim: Aim | None, n: int) -> None:
    sources = SOURCES[:n]
    plain = rank(OUTPUTS, sources, aim=aim)
    assert set(plain) == {text for text, _ in OUTPUTS}
    wanted = rank(OUTPUTS, sources, aim=aim, choice=Wanting(sources[-1]), copies=sources)  # type: ignore[arg-type]
    assert wanted[0] == sources[-1]
    assert sorted(wanted) == sorted({*sources, *plain})
    assert [text for text in wanted if text in plain] == plain, "agreement decides between the others"


def test_what_no_editor_would_print_goes_last_whatever_the_trees_expect() -> None:
    open_quote = 'Heavy rain "fell on the town of Ems.'
    outputs = [*OUTPUTS, (open_quote, -0.1)]
    assert rank(outputs, SOURCES, choice=Wanting(open_quote))[-1] == open_quote  # type: ignore[arg-type]


def test_two_sources_are_neither_boiled_down_nor_joined_unless_it_is_said(choice: Choice) -> None:
    assert rank(OUTPUTS, SOURCES[:2], choice=choice, copies=SOURCES) == rank(OUTPUTS, SOURCES[:2])
    brief, full = OUTPUTS[1][0], OUTPUTS[0][0]
    outputs = [(brief, -0.2), (full, -0.2)]
    assert rank(outputs, SOURCES[1:], aim="union") == [full, brief]
    apart = ["The bridge of Ems was closed.", "The bridge was shut, the mayor of Ems said after a long debate."]
    mixed = [("The bridge of Ems was shut, the mayor said after a long debate.", -0.2), (apart[0], -0.2)]
    assert rank(mixed, apart, aim="gist")[0] == apart[0]
    assert rank(mixed, apart, aim="union")[0] == mixed[0][0]


def test_for_a_union_a_source_that_says_all_goes_first(choice: Choice) -> None:
    sources = ["The bridge was closed.", "On Monday the bridge of Ems was closed after heavy rain."]
    outputs = [("The bridge of Ems was closed.", -0.1), ("On Monday the bridge was closed.", -0.1)]
    ranked = rank(outputs, sources, aim="union", choice=choice, copies=sources)
    assert ranked[0] == sources[1]
    assert set(ranked) == {*sources, *(text for text, _ in outputs)}


def test_an_aim_is_checked_and_shown_in_the_name() -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from summarizer.rewriting import load_rewriter

    plain, gist = load_rewriter("fuser"), load_rewriter("fuser:gist")
    assert gist.name == f"{plain.name}:gist"
    assert load_rewriter("fuser", aim="gist") is load_rewriter("fuser:gist", aim="union") is gist
    with pytest.raises(ConfigError, match="aim must be 'union' or 'gist', or None, not 'short'"):
        load_rewriter("fuser:short")


@pytest.mark.parametrize(("given", "aim"), [("fuser", "gist"), ("fuser:union", "union")])
def test_a_briefing_asks_for_a_gist_unless_it_is_told_otherwise(given: str, aim: str) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from summarizer import summarize

    summary = summarize(["Rain fell on Ems on Monday."], embedder="tfidf", rewrite=given)
    assert f":{aim}|" in summary.signature


def test_the_aim_decides_what_becomes_of_two_sentences() -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from summarizer.rewriting.fuser_rewriter import FuserRewriter

    cluster = [
        "The council of Ems approved a budget of $12 million on Monday, after a debate of five hours.",
        "The council approved the budget of $12 million, which raises the tax on hotels, the mayor said.",
    ]
    ((union,), (gist,)) = ([one[0] for one in FuserRewriter(aim=aim).rewrite([cluster])] for aim in AIMS)
    assert len(gist.split()) < len(union.split())


def test_a_union_of_two_sentences_that_share_little_is_a_compound_within_the_limit() -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from summarizer.rewriting.fuser_rewriter import FuserRewriter

    cluster = ["The council of Ems approved its budget on Monday.", "The bridge over the Lahn stays closed until May."]
    compound = f"{cluster[0][:-1]}; the{cluster[1][3:]}"
    ((union, *others),) = FuserRewriter(aim="union", beams=3).rewrite([cluster])
    assert union == compound
    assert 1 <= len(others) <= 2
    for other in ({"aim": "union", "max_words": len(compound.split()) - 1}, {"aim": "gist"}, {}):
        assert compound not in FuserRewriter(beams=3, **other).rewrite([cluster])[0]  # type: ignore[arg-type]


def test_without_outputs_there_is_nothing_to_choose(choice: Choice) -> None:
    assert rank([], SOURCES, choice=choice, copies=SOURCES) == []


def test_a_source_that_is_an_output_stands_once(choice: Choice) -> None:
    ranked = rank([*OUTPUTS, (SOURCES[0], -0.1)], SOURCES, choice=choice, copies=[*SOURCES, SOURCES[0]])
    assert len(ranked) == len(set(ranked)) == 5


def test_the_packaged_fuser_offers_sources_within_the_limit_and_counts_the_choice_in_its_name(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from summarizer.rewriting.fuser_rewriter import FILES, FuserRewriter

    long = (
        "The mayor said that the bridge of Ems was closed on Monday after heavy rain fell on the town and on its roads."
    )
    cluster = [*SOURCES[:2], long]
    with_choice = FuserRewriter(beams=3, max_words=18)
    texts = with_choice.rewrite([cluster])[0]
    assert 1 <= len(texts) <= 3
    assert all(len(text.split()) <= 18 for text in texts), "longer sources do not compete"
    for name in FILES:
        (tmp_path / name).symlink_to(FUSER / name)
    without = FuserRewriter(tmp_path, beams=3, max_words=18)
    assert with_choice.name.split("@")[1] != without.name.split("@")[1]
    assert without.rewrite([cluster])[0] == rank(without.write(cluster), cluster)[:3], "no choice: agreement alone"
    choice = Choice.from_json((FUSER / CHOICE).read_text("utf-8"))
    assert texts == rank(without.write(cluster), cluster, choice=choice, copies=cluster[:2])[:3]
    assert with_choice.rewrite([cluster[:2]]) == without.rewrite([cluster[:2]])
    (tmp_path / CHOICE).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="no choice of format 1"):
        FuserRewriter(tmp_path)


def test_a_choice_that_is_the_chosen_sentence_counts_as_unchanged() -> None:
    from summarizer import summarize

    class Verbatim:
        name = "verbatim"

        def rewrite(self, clusters: Any) -> list[list[str]]:
            return [[cluster[0], "Never asked for."] for cluster in clusters]

    folder = Path(__file__).resolve().parents[1] / "seeds"
    summary = summarize(folder, embedder="tfidf", rewrite=Verbatim())
    told = summary.rewriting
    assert told is not None
    assert told.unchanged > 0
    assert told.rewritten == told.withheld == 0
    assert told.unchanged + told.kept + told.single == len(summary.statements)


# --- fitting -------------------------------------------------------------------------------------


def make_pairs(n: int, kind: str = "own") -> list[Pair]:
    """Make pairs whose target is the shortest of three."""
    random_ = random.Random(0)
    words = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november".split()
    pairs = []
    for number in range(n):
        drawn = random_.sample(words, 10)
        core, more, most = " ".join(drawn[:5]), " ".join(drawn[:8]), " ".join(drawn)
        inputs = (f"Today {most} fell.", f"{more} fell then.".capitalize(), f"{core} fell.".capitalize())
        pairs.append(Pair(inputs, inputs[2], kind, group=str(number)))
    return pairs


def test_pairs_of_two_sources_are_left_out() -> None:
    pair = make_pairs(1)[0]
    same = Pair((*pair.inputs[:2], pair.inputs[0]), pair.target, "own")
    examples = make_examples([Pair(pair.inputs[:2], pair.target, "own"), same, pair])
    assert [one.pair for one in examples] == [pair]
    assert examples[0].worth.sum() == pytest.approx(0)
    assert examples[0].worth.argmax() == 2


def test_folds_keep_an_article_together() -> None:
    pairs = make_pairs(200)
    assert {fold_of(pair) for pair in pairs} == set(range(5))
    assert fold_of(pairs[0]) == fold_of(Pair(("other",), "other", "own", group=pairs[0].group))


def test_it_learns_what_editors_take() -> None:
    pytest.importorskip("catboost", reason="the extra train is not installed")
    examples = make_examples(make_pairs(MIN_PAIRS + 50))
    fitted = fit(examples[:MIN_PAIRS])
    taken = [np.argmax(fitted.expect(one.sources, one.sources)) for one in examples[MIN_PAIRS:]]
    assert np.mean(np.array(taken) == 2) > 0.9
    assert fit(examples[:MIN_PAIRS]).to_json() == fitted.to_json(), "the same bytes again"
    with pytest.raises(ConfigError, match="99 pairs of 3 sources or more are too few, 100 are needed"):
        fit(examples[: MIN_PAIRS - 1])


def write_sets(folder: Path) -> Path:
    folder.mkdir()
    for name, kind in (("fusion_auto_neus_train", "neus"), ("fusion_auto_multi_news_lower_train", "multi_news")):
        rows = [
            json.dumps({"inputs": one.inputs, "target": one.target, "cluster": one.group})
            for one in make_pairs(80, kind)
        ]
        (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode(), mtime=0))
    return folder


def test_the_command_puts_it_beside_a_fuser_and_into_its_card(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("catboost", reason="the extra train is not installed")
    data, out = write_sets(tmp_path / "data"), tmp_path / "fuser"
    command = ["fuser-choice", "--data", str(data), "--out", str(out)]
    assert main(command) == 1
    assert "no card.json of a fuser" in capsys.readouterr().err
    out.mkdir()
    card = json.loads((FUSER / "card.json").read_text("utf-8"))
    del card["choice"], card["files"][CHOICE]
    (out / "card.json").write_text(json.dumps(card), encoding="utf-8")
    assert main(command) == 0
    assert "choice.json" in capsys.readouterr().out
    made = (out / CHOICE).read_bytes()
    Choice.from_json(made.decode())
    told = json.loads((out / "card.json").read_text("utf-8"))
    assert told["files"][CHOICE]["bytes"] == len(made)
    assert told["choice"]["pairs"] == sum(one["pairs"] for one in told["choice"]["data"])
    assert told["choice"]["pairs"] < 160, "pairs that training holds out are left out"
    assert "## Choice among candidates" in (out / "card.md").read_text("utf-8")
    assert main(command) == 1
    assert "give --force" in capsys.readouterr().err
    assert main([*command, "--force"]) == 0
    assert (out / CHOICE).read_bytes() == made


def test_nothing_to_learn_from_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pytest.importorskip("catboost", reason="the extra train is not installed")
    assert main(["fuser-choice", "--force"]) == 1
    assert "give --data DIR, --pairs FILE, or both" in capsys.readouterr().err
    assert main(["fuser-choice", "--force", "--data", str(tmp_path)]) == 1
    assert "holds no fusion_auto_neus_train.jsonl" in capsys.readouterr().err


def test_the_card_of_the_package_holds_what_is_shipped() -> None:
    card = json.loads((FUSER / "card.json").read_text("utf-8"))
    for name, told in card["files"].items():
        assert told["bytes"] == (FUSER / name).stat().st_size, name
    assert {kind: set(parts) for kind, parts in card["choice"]["figures"].items()} == {
        kind: {"two sources", "three sources or more", "all"} for kind in ("neus", "multi_news")
    }
    assert {one["set"] for one in card["choice"]["data"]} == {
        "fusion_auto_neus_train",
        "fusion_auto_multi_news_lower_train",
    }
