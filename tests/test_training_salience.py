"""The command that fits the salience: it learns what references keep, gives the same bytes again, has clear errors."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from summarizer import summarize
from summarizer.cli import app
from summarizer.errors import ConfigError, InputError, ReadingError
from summarizer.features import SENTENCE_FEATURES
from summarizer.learned import PACKAGED, SalienceModel, load_salience
from summarizer.rouge import score
from summarizer.training import examples, fitting, salience, validation
from summarizer.training.__main__ import main
from summarizer.training.card import describe_first, to_markdown
from summarizer.training.clusters import SetChoice, TrainingCluster, TrainingSet, read_set
from summarizer.training.files import sha256

catboost = pytest.importorskip("catboost", reason="the extra train is not installed (no catboost): nothing was fitted")

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(str(files("summarizer.models") / PACKAGED))
TOWNS = (
    "Arden Bexley Corwen Dunmore Elland Farnley Gosport Halden Irvine Jarrow Kelso Ludlow Malton Newlyn Oakham Penrith"
).split()
THINGS = (
    "bridge harbour library market museum railway school stadium theatre tunnel hospital airport quarry reservoir "
    "cathedral lighthouse"
).split()


FILLERS = (
    (
        "It rained all morning, and people with umbrellas waited near the gates.",
        "Vendors sold tea and cakes to visitors who had come by bus.",
        "A local band played songs that everyone knew.",
        "Some had brought folding chairs, and nobody was in a hurry.",
    ),
    (
        "Under grey skies a crowd with umbrellas stood in the square.",
        "Children danced on the wet grass while their parents watched from benches.",
        "Tea was sold out before noon, as it is every year.",
        "Several shops had stayed open longer than usual.",
    ),
    (
        "Traffic was slow again early in the day because of the rain.",
        "Two choirs from nearby villages sang under a tent.",
        "Many photographs were taken, most of them of dogs with umbrellas.",
        "By evening the square was nearly empty and the lamps were lit.",
    ),
)


def article(number: int, outlet: int) -> dict[str, str]:
    """An article that ends with what happened, as all do; one of them says early on what it will cost."""
    town, thing = TOWNS[number % len(TOWNS)], THINGS[(5 * number + 3) % len(THINGS)]
    ending = (
        f"The council of {town} voted to close the {thing} after engineers found cracks in its walls.",
        f"Engineers found cracks in the walls of the {thing}, so the council of {town} voted to close it.",
        f"Because of cracks in its walls, the {thing} will close, the council of {town} voted.",
    )
    first, *others = FILLERS[outlet]
    if outlet == 1:
        others.insert(0, f"New walls for the {thing} would cost {number + 3} million pounds, a report for {town} says.")
    return {"text": " ".join((first, *others, ending[outlet]))}


def cluster(number: int) -> dict[str, Any]:
    """Three articles on one decision; its readers want to know the cost, which one outlet alone gives."""
    town, thing = TOWNS[number % len(TOWNS)], THINGS[(5 * number + 3) % len(THINGS)]
    return {
        "id": f"made-up-{number}",
        "documents": [article(number, outlet) for outlet in range(3)],
        "references": [f"New walls for the {thing} of {town} would cost {number + 3} million pounds, says a report."],
    }


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write(folder / "closings.jsonl", [cluster(number) for number in range(14)])
    events = [cluster(number) | {"event": f"event {number % 3}"} for number in range(6)]
    with gzip.open(folder / "events.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in events)
    return folder


@pytest.fixture(scope="module")
def fitted(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "closings-1"
    assert main(["salience", "--data", str(data), "--sets", "closings:words=17", "--out", str(out)]) == 0
    return out


def test_a_fit_changes_the_summary(fitted: Path, tmp_path: Path) -> None:
    unseen = cluster(15)
    documents = [document["text"] for document in unseen["documents"]]
    weights = str(fitted / "weights.json")
    default = summarize(documents, max_words=17, embedder="tfidf")
    own = summarize(documents, max_words=17, embedder="tfidf", salience_weights=weights)
    assert "voted" in default.text
    assert "million pounds" not in default.text
    assert "million pounds" in own.text
    before, after = (
        score([summary.text], unseen["references"], metrics=["rouge2"])["rouge2"].fmeasure.mean
        for summary in (default, own)
    )
    assert after > before
    assert "closings-1" in own.signature

    for number, text in enumerate(documents):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    command = ["brief", str(tmp_path), "--max-words", "17", "--embedder", "tfidf", "--format", "text"]
    printed = CliRunner().invoke(app, [*command, "--salience-weights", weights])
    assert printed.exit_code == 0
    assert own.statements[0].text in " ".join(printed.stdout.split())


def test_the_same_command_gives_the_same_bytes(fitted: Path, data: Path, tmp_path: Path) -> None:
    again = tmp_path / "closings-1"
    assert main(["salience", "--data", str(data), "--sets", "closings:words=17", "--out", str(again)]) == 0
    for name in salience.FILES:
        assert (again / name).read_bytes() == (fitted / name).read_bytes()
    assert sorted(path.name for path in again.iterdir()) == sorted(salience.FILES)


def test_the_card_tells_and_quotes_nothing(fitted: Path, data: Path) -> None:
    card = json.loads((fitted / "card.json").read_bytes())
    weights = (fitted / "weights.json").read_bytes()
    assert card["files"]["weights.json"]["bytes"] == len(weights)
    (described,) = card["data"]
    assert described["clusters"] == 14
    assert described["words"] == 17
    assert described["sha256"] == salience.read_set(data, SetChoice("closings")).sha256
    assert 0 < card["fit"]["explained_variance"] <= 1
    assert card["fit"]["sentences"] == 14 * 16
    assert described["first_clusters"]["clusters"] == 10
    assert described["first_clusters"]["features"]["article length"] == pytest.approx((5 * 5 + 6 * 6 + 5 * 5) / 16)
    text = (fitted / "card.md").read_text(encoding="utf-8")
    assert "None were made" in text
    assert "no evidence" in text
    for word in ("council", "Ludlow", "umbrellas"):
        assert word not in text
        assert word not in weights.decode()


def test_what_was_written_is_read_back_byte_for_byte(fitted: Path) -> None:
    for path in (fitted / "weights.json", PACKAGE / "weights.json"):
        text = path.read_text(encoding="utf-8")
        assert SalienceModel.from_dict(json.loads(text)).to_json() == text


def packaged_card() -> dict[str, Any]:
    if not (PACKAGE / "card.json").exists():
        pytest.skip("no card.json: the packaged weights were not made by the command")
    card: dict[str, Any] = json.loads((PACKAGE / "card.json").read_bytes())
    return card


def test_the_packaged_card_is_that_of_the_packaged_weights() -> None:
    card = packaged_card()
    assert card["files"]["weights.json"]["sha256"] == sha256((PACKAGE / "weights.json").read_bytes())
    assert card["name"] == load_salience().name == PACKAGED
    assert card["cross_validation"]["sets"]
    assert (PACKAGE / "card.md").read_text(encoding="utf-8") == to_markdown(card)


def test_the_packaged_weights_were_fitted_on_what_the_code_sees() -> None:
    """Where the data are there: features and targets of the first clusters of each set are those that were fitted on.

    All of them take a minute; what follows from features and targets is compared with the textbook below.
    """
    folder = Path(os.environ.get("SUMMARIZER_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"the data that the weights were fitted on are not there ({folder})")
    for described in packaged_card()["data"]:
        expected = described["first_clusters"]
        choice = SetChoice(described["set"], 1.0, described["words"], expected["clusters"])
        one = read_set(folder, choice)
        assert one.sha256 == described["sha256"]
        found = describe_first(examples.make_examples(one))
        assert found["worth"] == pytest.approx(expected["worth"], abs=1e-6)
        assert found["features"] == pytest.approx(expected["features"], abs=1e-5)


def test_every_cluster_is_held_out_once_and_events_whole(data: Path) -> None:
    sets = [read_set(data, SetChoice("closings")), read_set(data, SetChoice("events"))]
    folds = validation.make_folds(sets)
    members = [member for fold in folds for member in fold.members]
    assert len(members) == len(set(members)) == 20
    assert [fold.held_out for fold in folds if "event" in fold.held_out] == [f"the event event {n}" for n in range(3)]
    for fold in folds:
        for one in sets:
            for held in one.clusters:
                if (one.name, held.id) in fold.members:
                    assert held.group in fold.groups


def test_cross_validation_measures_held_out_clusters(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folds, out = tmp_path / "folds", tmp_path / "model"
    command = ["salience", "--data", str(data), "--sets", "closings:words=17", "events:weight=0.5", "--out", str(out)]
    assert main([*command, "--cross-validate", "--folds-out", str(folds)]) == 0
    found = json.loads((out / "card.json").read_bytes())["cross_validation"]
    assert list(found["sets"]) == ["closings", "events"]
    closings = found["sets"]["closings"]
    assert closings["clusters"] == closings["of"] == closings["resampled"] == 14
    assert found["sets"]["events"]["resampled"] == 3
    for name in validation.METRICS:
        ours, lead, difference = (closings[key][name] for key in ("salience", "lead", "salience minus lead"))
        assert ours["low"] <= ours["mean"] <= ours["high"]
        assert difference["mean"] == pytest.approx(ours["mean"] - lead["mean"], abs=0.011)
    assert closings["salience minus lead"]["rouge2"]["low"] > 0
    assert "salience minus lead" in capsys.readouterr().out

    index = json.loads((folds / validation.INDEX).read_bytes())
    assert len(index["clusters"]["closings"]) == 14
    assert set(index["folds"]) == {path.name for path in folds.iterdir()} - {validation.INDEX}
    assert len({SalienceModel.from_dict(json.loads((folds / name).read_bytes())).name for name in index["folds"]}) == 7
    assert main([*command, "--force"]) == 0
    assert "cross_validation" not in json.loads((out / "card.json").read_bytes())


def test_targets_are_what_references_keep() -> None:
    given = {
        "text": "The council closed the old bridge on Monday. Rain fell over the hills for most of the long morning."
    }
    one = TrainingCluster("a", (given,), ("The council closed the old bridge.", "Nothing of it is here."), "a")
    features = examples.observe(one, 20)
    worth, held = examples.find_targets(features, one.references)
    # "the council closed the old bridge on monday": of 7 pairs the first reference has 5, of 5 content words 4.
    assert worth[0] == pytest.approx((5 / 7 + 0.5 * 4 / 5) / 2)
    assert worth[1] < 0.2
    concepts = features.concepts
    word = {index: features.material.terms.vocabulary[concepts.first_word[index]] for index in features.expected}
    shares = {
        word[index]: share
        for index, share in zip(features.expected, held, strict=True)
        if not concepts.kinds[index] == 0
    }
    assert shares["bridg"] == 0.5
    assert shares["rain"] == 0


def example(context: tuple[float, float], table: np.ndarray, worth: np.ndarray) -> examples.Example:
    columns = np.column_stack((np.ones(len(table)), table))
    return examples.Example(
        place=0,
        group="made up",
        context=np.array([1.0, *context]),
        moments=columns.T @ columns / len(table),
        products=worth @ columns / len(table),
        square=float((worth**2).mean()),
        n_sentences=len(table),
        concepts=np.zeros((0, 1), dtype=np.float32),
        held=np.zeros(0),
    )


def test_the_regression_is_that_of_the_textbook() -> None:
    """Fitting by moments gives what weighted ridge regression on all rows gives, for features that vary."""
    generator = np.random.default_rng(0)
    n_features = len(SENTENCE_FEATURES)
    clusters = []
    for _ in range(60):
        table = generator.normal(3, 2, size=(int(generator.integers(20, 60)), n_features))
        table[:, 4] = 7.5  # never varies
        many, short = generator.random(2)
        clusters.append(((many, short), table, table[:, 0] * (1 + short) - 2 * table[:, 1] * many + 1))
    part = examples.Part("made up", 1.0, tuple(example(*one) for one in clusters))
    linear = fitting.fit_sentences([part])
    assert linear.explained > 0.9
    assert linear.base[4] == linear.many[4] == linear.short[4] == 0
    assert linear.scale[4] == 1

    rows = np.concatenate([table for _, table, _ in clusters])
    weight = np.concatenate([np.full(len(table), 1 / len(table) / len(clusters)) for _, table, _ in clusters])
    context = np.concatenate([np.tile(context, (len(table), 1)) for context, table, _ in clusters])
    goal = np.concatenate([worth for _, _, worth in clusters])
    scaled = (rows - linear.mean) / linear.scale
    columns = np.column_stack((scaled, scaled * context[:, :1], scaled * context[:, 1:], context))
    centred = columns - weight @ columns
    deviation = np.sqrt(weight @ centred**2)
    unit = centred / np.where(deviation > 1e-9, deviation, np.inf)
    solved = np.linalg.solve(
        unit.T @ (unit * weight[:, None]) + fitting.RIDGE * np.eye(unit.shape[1]), unit.T @ (weight * goal)
    )
    expected = unit @ solved + weight @ goal
    slopes = linear.base + context[:, :1] * linear.many + context[:, 1:] * linear.short
    found = (scaled * slopes).sum(axis=1) + linear.intercept @ np.column_stack((np.ones(len(rows)), context)).T
    assert np.abs(found - expected).max() < 1e-9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", SetChoice("a")),
        ("a:weight=0.5,words=65,first=3", SetChoice("a", 0.5, 65, 3)),
        ("a:words=65", SetChoice("a", 1.0, 65)),
    ],
)
def test_sets_are_chosen_by_name_and_options(text: str, expected: SetChoice) -> None:
    assert SetChoice.parse(text) == expected
    assert SetChoice.parse(str(expected)) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:weight=0", "weight must be a number above 0, not '0'"),
        ("a:weight=nan", "weight must be a number above 0, not 'nan'"),
        ("a:words=1.5", "words must be a whole number above 0"),
        ("a:0.5", "'0.5' is no option of a set; the shape is NAME"),
        (":words=3", "the name of the set is missing"),
    ],
)
def test_sets_chosen_wrongly(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        SetChoice.parse(text)


DOCUMENT = '{"id": "a", "documents": [{"text": "Exports fell."}], "references": ["Exports fell."]}'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"a\.jsonl, line 2: is no cluster .*the shape is"),
        ("[]", "line 2: is no cluster"),
        ('{"documents": [{"text": "A"}], "references": "A"}', "line 2: references must be a list of texts"),
        ('{"documents": [{"text": " "}], "references": ["A"]}', "line 2: needs at least a document with text; remove"),
        ('{"documents": [{"text": "A"}], "references": []}', "line 2: needs at least a reference with text"),
        ('{"documents": [{"text": "A", "date": 3}], "references": ["A"]}', "published of a document is no text"),
        (DOCUMENT, "line 2: a second cluster 'a'; give ids once"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{DOCUMENT}\n{line}\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=message):
        read_set(tmp_path, SetChoice("a"))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"put lines .* there"):
        read_set(tmp_path, SetChoice("a"))
    (tmp_path / "b.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"neither a\.jsonl nor a\.jsonl\.gz; it has b: name those"):
        read_set(tmp_path, SetChoice("a"))
    with pytest.raises(ReadingError, match="holds no cluster"):
        read_set(tmp_path, SetChoice("b"))
    whole = gzip.compress((DOCUMENT * 50).encode())
    (tmp_path / "c.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ReadingError, match=r"c\.jsonl\.gz: cannot be read"):
        read_set(tmp_path, SetChoice("c"))


def test_budget_and_first(data: Path) -> None:
    one = read_set(data, SetChoice("closings", first=3))
    assert [len(one.clusters), one.budget] == [3, 15]
    assert one.sha256 == read_set(data, SetChoice("closings")).sha256
    assert not one.has_events
    assert read_set(data, SetChoice("events")).has_events


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--sets", "closings", "closings"], "names a set twice"),
        (["--sets", "closings", "--folds-out", "x"], "give both"),
        (["--sets", "closings", "--seed", "-1"], "--seed must be at least 0"),
        ([], "has neither multi_news_val.jsonl nor multi_news_val.jsonl.gz; it has closings, events"),
        (["--sets", "closings:first=0"], "first must be a whole number above 0"),
    ],
)
def test_wrong_commands(
    options: list[str], message: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["salience", "--data", str(data), "--out", str(tmp_path / "out"), *options]) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_weights_are_not_replaced_unasked(fitted: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (fitted / "weights.json").read_bytes()
    assert main(["salience", "--data", str(data), "--sets", "events", "--out", str(fitted)]) == 1
    assert "already holds weights.json, card.md, card.json; give --force" in capsys.readouterr().err
    assert (fitted / "weights.json").read_bytes() == before


def test_references_that_share_nothing_teach_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "a.jsonl", [cluster(number) | {"references": ["Zzz."]} for number in range(3)])
    assert main(["salience", "--data", str(tmp_path), "--sets", "a", "--out", str(tmp_path / "out")]) == 1
    assert "nothing can be learned" in capsys.readouterr().err


def test_a_cluster_that_cannot_be_used_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    clusters = tuple(
        TrainingCluster(name, ({"text": text},), ("Exports fell.",), name)
        for name, text in (("short", "Exports fell in May, officials said."), ("empty", "…"))
    )
    assert examples.make_examples(TrainingSet(SetChoice("a"), "", clusters)) == []
    assert "cluster short is left out: it has one usable sentence" in caplog.text
    assert "cluster empty is left out" in caplog.text


@pytest.mark.parametrize(("library", "options"), [("catboost", []), ("rouge_score", ["--cross-validate"])])
def test_the_extra_is_named_when_missing(
    library: str,
    options: list[str],
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == library else real(name))
    command = ["salience", "--data", str(data), "--sets", "closings", "--out", str(tmp_path / "out"), *options]
    assert main(command) == 1
    extra = {"catboost": "train", "rouge_score": "rouge"}[library]
    assert f"pip install 'crossbrief[{extra}]'" in capsys.readouterr().err
