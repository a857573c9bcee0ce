"""The fitted salience: its file, what it makes of features, and how a judged sentence explains itself."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarizer import Document, ModelError, SummaryConfig, pipeline, summarize
from summarizer.concepts import PAIR, WORD
from summarizer.features import SENTENCE_FEATURES
from summarizer.learned import PACKAGED, SalienceModel, load_salience, many_origins, short_budget
from summarizer.material import Material
from summarizer.salience import judge
from tests.conftest import ROOT, brief
from tests.materials import FACTORS, PACKAGED_FILE, compared, explained, features, given, made, material

ARTICLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]


# --- the file --------------------------------------------------------------------------------------------------------


def test_the_packaged_weights_come_back_as_they_were_written() -> None:
    model = load_salience()
    assert model.name == PACKAGED
    again = SalienceModel.from_dict(json.loads(model.to_json()))
    assert again.to_json() == model.to_json() == PACKAGED_FILE.read_text(encoding="utf-8")


def test_a_file_of_ones_own_is_the_packaged_one_when_it_holds_the_same(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_bytes(PACKAGED_FILE.read_bytes())
    own = summarize(ROOT / "seeds", embedder="tfidf", salience_weights=str(path))
    assert own.statements == brief(150, "tfidf").statements


def broken(change: Callable[[dict[str, Any]], object]) -> str:
    weights = given()
    change(weights)
    return json.dumps(weights)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Expecting value"),
        ("{", "Expecting property name"),
        ("[1, 2]", "'list' object has no attribute"),
        ("{}", "format None is not 1"),
        (broken(lambda w: w.update(format=2)), "format 2 is not 1"),
        (broken(lambda w: w["sentences"].pop("digits")), "fitted for other features"),
        (broken(lambda w: w["sentences"].update(other={})), "fitted for other features"),
        (broken(lambda w: w["concepts"].reverse()), "fitted for other features"),
        (broken(lambda w: w["sentences"]["digits"].pop("base")), "'base'"),
        (broken(lambda w: w["sentences"]["digits"].update(scale=0)), "every scale must be above 0"),
        (broken(lambda w: w.update(intercept=[1.0])), "the intercept must have three values"),
        (broken(lambda w: w["trees"]["leaves"].pop()), "tables of the trees do not fit"),
        (broken(lambda w: w["trees"]["features"][0].__setitem__(0, 99)), "a tree asks about a feature"),
        (broken(lambda w: w.pop("trees")), "'trees'"),
    ],
)
def test_what_is_no_weights_is_an_error_with_the_file_and_the_remedy(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "own weights.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=re.escape(reason)) as error:
        load_salience(str(path))
    assert str(path) in str(error.value)
    assert "python -m summarizer.training salience" in str(error.value)


def test_weights_that_are_no_text_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelError, match="holds no salience weights"):
        load_salience(str(path))


def test_a_missing_file_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(ModelError, match=re.escape(f"{path} cannot be read: ")):
            summarize(["Exports fell in May, officials said."], embedder="tfidf", salience_weights=str(path))


def test_the_signature_names_the_weights(tmp_path: Path) -> None:
    def part(**settings: Any) -> str:
        signature = summarize("Exports fell in May, officials said.", embedder="tfidf", **settings).signature
        return next(one for one in signature.split("|") if one.startswith("salience:"))

    assert part() == f"salience:{PACKAGED}"
    path, renamed, other = tmp_path / "own.json", tmp_path / "renamed.json", tmp_path / "other.json"
    path.write_text(made(name="a|b\nc").to_json(), encoding="utf-8")
    renamed.write_bytes(path.read_bytes())
    other.write_text(made(name="a|b\nc", digits={"base": 1.0}).to_json(), encoding="utf-8")
    assert re.fullmatch(r"salience:a_b_c@[0-9a-f]{8}", part(salience_weights=str(path)))
    assert part(salience_weights=str(renamed)) == part(salience_weights=str(path))
    assert part(salience_weights=str(other)) != part(salience_weights=str(path))
    assert part(salience_weights=str(path), strategy="lead").startswith("salience:a_b_c@")


# --- what it makes of features ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "expected"), [(0, 0), (1, 0), (4, 0), (60, 1), (500, 1), (8, math.log(2) / math.log(15))]
)
def test_many_origins(n: int, expected: float) -> None:
    assert many_origins(n) == pytest.approx(expected)


@pytest.mark.parametrize(("words", "expected"), [(0, 1), (30, 0.607), (65, 0.338), (150, 0.082), (10**9, 0)])
def test_short_budgets(words: float, expected: float) -> None:
    assert short_budget(words) == pytest.approx(expected, abs=1e-3)


def test_merit_is_a_sum_of_scaled_features() -> None:
    model = made(length={"mean": 3.0, "scale": 2.0, "base": 0.1, "short": 0.2}, digits={"base": -0.25})
    seen = features(material(["Exports fell 3% in May.", "Ministers met."]), budget=60)
    names, parts = model.explain_merit(seen)
    assert names == ("any sentence", *SENTENCE_FEATURES)
    short = math.exp(-1)
    expected = {"any sentence": [0.5, 0.5], "digits": [-0.25, 0]}
    expected["length"] = [(5 - 3) / 2 * (0.1 + 0.2 * short), (2 - 3) / 2 * (0.1 + 0.2 * short)]
    for number, name in enumerate(names):
        assert parts[:, number] == pytest.approx(expected.get(name, [0, 0]), abs=1e-6), name
    assert (np.round(parts, 7) == parts).all()


def test_many_origins_change_what_a_feature_counts() -> None:
    model = made(digits={"base": 0.1, "many": 0.3})
    articles = [[f"Exports fell {number}% in May."] for number in range(60)]
    parts = [model.explain_merit(features(material(*articles[:n])))[1] for n in (4, 60)]
    number = 1 + SENTENCE_FEATURES.index("digits")
    assert [float(part[0, number]) for part in parts] == pytest.approx([0.1, 0.4])


def test_expectation_is_of_words_and_pairs_alone() -> None:
    seen = features(material(["Exports fell 3%."], ["Exports fell 4%."], topics=[0, 0]))
    found, kinds = made().expect(seen), seen.concepts.kinds
    held_by_both = seen.concepts.origins >= 2
    assert found[(kinds <= WORD) & held_by_both] == pytest.approx(0.7)
    assert found[(kinds <= WORD) & ~held_by_both] == pytest.approx(0.1)
    assert (found[kinds > WORD] == 0).all()


def test_expectation_is_never_below_0() -> None:
    model = made()
    model.trees.leaves[:] = -5
    seen = features(material(["Exports fell."]))
    assert (model.expect(seen) == 0).all()


# --- salience, and why -----------------------------------------------------------------------------------------------


def test_salience_by_hand() -> None:
    judged = judge(material(["Exports fell."], ["Exports rose."]), model=made())
    # Two words and a pair; only "exports" is in both: 0.7, the other word and the pair 0.1 each; words count half.
    merit, told = 0.5, (0.7 / 2 + 0.1 / 2 + 0.1) / 2**0.7
    assert judged.merit == pytest.approx([merit, merit])
    assert judged.salience == pytest.approx([merit * told] * 2, abs=1e-8)
    assert judged.explain(0) == {"any sentence": round(merit, 6), "tells what is expected": round(told, 6)}
    assert judged.expected.max() == pytest.approx(0.35)
    assert {int(kind) for kind in judged.concepts.kinds[judged.expected > 0]} == {PAIR, WORD}


@pytest.mark.parametrize("query", [None, "rare earths"])
@pytest.mark.parametrize("budget", [30, 150, 1000])
def test_parts_sum_to_the_salience_after_factors(query: str | None, budget: int) -> None:
    judged = judge(compared(ARTICLES, query=query), budget=budget)
    assert (judged.merit > 0).all()
    assert (judged.salience > 0).any()
    explained_any = 0
    for index in np.flatnonzero(judged.eligible).tolist():
        if judged.parts[1][index].sum() > 1e-3:
            assert explained(judged, index) == pytest.approx(float(judged.salience[index]), abs=1e-3, rel=1e-3)
            explained_any += 1
    assert explained_any > 50


def test_why_is_in_order_and_names_what_the_docs_name() -> None:
    named = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    for name in ("any sentence", *SENTENCE_FEATURES, *FACTORS):
        assert f"`{name}`" in named, name
    for statement in brief(150, "tfidf").statements:
        parts = [value for name, value in statement.why.items() if name not in FACTORS]
        assert [abs(value) for value in parts] == sorted((abs(value) for value in parts), reverse=True)
        assert list(statement.why)[len(parts) :] == [name for name in statement.why if name in FACTORS]
        assert "any sentence" in statement.why
        assert set(statement.why) <= {"any sentence", *SENTENCE_FEATURES, *FACTORS}


def test_a_sentence_of_no_merit_is_still_a_candidate() -> None:
    model = made(digits={"base": -3.0})
    judged = judge(material(["Exports fell by 3% in May."]), model=model)
    assert (judged.merit > 0).all()
    assert summarize_with(model, ["Exports fell by 3% in May."]) == ["Exports fell by 3% in May."]


def summarize_with(model: SalienceModel, texts: list[str]) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "load_salience", lambda path: model)
        return [statement.text for statement in summarize(texts, embedder="tfidf").statements]


def test_the_weights_decide() -> None:
    text = "Exports fell by 3% in May, officials said. The minister blamed the drought for the losses of the year."
    for sign, first in ((1.0, "Exports"), (-1.0, "The minister")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipeline, "load_salience", lambda path, s=sign: made(digits={"base": 0.4 * s}))
            assert summarize(text, embedder="tfidf", max_sentences=1).text.startswith(first)


def test_a_dangling_sentence_counts_a_quarter() -> None:
    alone, leaning = "The exports of the port fell by a third in May.", "It said exports of the port fell by a third."
    judged = judge(material([alone, leaning]))
    assert judged.standing.tolist() == [1.0, 0.25]
    assert judged.explain(1)["stands alone"] == 0.25
    assert "stands alone" not in judged.explain(0)
    assert judged.factors.tolist() == [1.0, 0.25]


def test_a_query_lowers_what_does_not_answer_it() -> None:
    judged = judge(material(["Exports of steel fell in May."], ["Dogs barked in the streets."], query="steel exports"))
    assert judged.relevance.tolist() == [1.0, 0.05]
    assert judged.explain(1)["answers the query"] == 0.05
    assert "answers the query" not in judged.explain(0)


def test_an_article_about_something_else_counts_little() -> None:
    texts = ["Exports of steel fell in May.", "Steel exports fell in May.", "Dogs barked in the streets."]
    judged = judge(material(*([text] for text in texts)))
    assert judged.affinity.tolist() == [1.0, 1.0, 0.001]
    assert judged.explain(2)["is about the event"] == 0.001
    assert "is about the event" not in judged.explain(0)
    # Of two, nothing says which one is.
    assert judge(material(texts[1:2], texts[2:])).affinity.tolist() == [1.0, 1.0]


def test_what_a_copy_repeats_is_no_candidate() -> None:
    text = "Exports of steel fell in May."
    judged = judge(material([text], [text], labels=[0, 0], copies=[None, 0]))
    assert judged.eligible.tolist() == [True, False]
    assert not judged.spare[1]


@pytest.mark.parametrize("unit", ["sentences", "characters", "tokens", "words"])
def test_a_budget_of_any_unit_is_told_in_words(unit: str) -> None:
    seen: list[float] = []
    texts = ["One two three four five six.", "Seven eight nine ten eleven twelve thirteen fourteen."]  # 14 words
    limits: dict[str, Any] = {"sentences": 2, "characters": sum(map(len, texts)) + 1, "tokens": 28, "words": 14}

    class Listening:
        def __init__(self, model: SalienceModel) -> None:
            self.model, self.name = model, model.name

        def explain_merit(self, found: Any) -> Any:
            seen.append(found.budget)
            return self.model.explain_merit(found)

        def expect(self, found: Any) -> Any:
            return self.model.expect(found)

    model = Listening(load_salience())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "load_salience", lambda path: model)
        summarize(
            texts, embedder="tfidf", token_counter=lambda text: 2 * len(text.split()), **{f"max_{unit}": limits[unit]}
        )
    assert seen
    assert seen[0] == pytest.approx(14)


# --- little, odd and foreign input -----------------------------------------------------------------------------------

ODD = {
    "one sentence": ["Exports fell in May, officials said."],
    "two sentences": ["Exports fell in May, officials said. Ministers met on Friday in Vienna."],
    "one wording, two origins": ["Exports fell in May, officials said.", "Exports fell in May, officials said!"],
    "German": [
        "Die Ausfuhren sind im Mai um drei Prozent gefallen, teilte das Ministerium mit. Es regnete den ganzen Tag.",
        "Im Mai sind die Ausfuhren gefallen, sagte der Minister am Freitag in Wien. Die Opposition war empört.",
    ],
    "Chinese": ["中国五月份出口下降。外交部长周五访问维也纳。", "五月份中国出口下降了百分之三。"],
    "Arabic": ["انخفضت الصادرات في مايو، قال المسؤولون يوم الجمعة في فيينا."],
    "function words": ["She was there and so were you."],
}


@pytest.mark.parametrize("texts", ODD.values(), ids=ODD)
@pytest.mark.parametrize("settings", [{"max_words": 30}, {"max_words": 10**6}, {"max_sentences": 1}], ids=str)
def test_odd_input_is_summarized(texts: list[str], settings: dict[str, Any]) -> None:
    summary = summarize(texts, embedder="tfidf", **settings)
    assert summary.statements
    for statement in summary.statements:
        assert math.isfinite(statement.salience)
        assert statement.salience >= 0
        assert all(map(math.isfinite, statement.why.values()))


def test_titles_may_be_empty() -> None:
    texts = ["Exports fell in May, officials said.", "Officials said that exports fell 3% in May."]
    for title in (None, "", " ", "…", "Exports"):
        documents = [Document(text, id=str(number), title=title) for number, text in enumerate(texts)]
        assert len(summarize(documents, embedder="tfidf").statements) == 1


def test_very_short_and_very_long_budgets_choose_differently() -> None:
    given_: Material = compared(ARTICLES)
    short, long = judge(given_, budget=10), judge(given_, budget=10**6)
    assert (short.merit != long.merit).any()
    for judged in (short, long):
        assert np.isfinite(judged.salience).all()
        assert (judged.salience >= 0).all()
    assert SummaryConfig().budget().limit == 150
