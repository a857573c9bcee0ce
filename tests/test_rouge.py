"""ROUGE: parity with rouge-score, golden numbers of the paper, several references, intervals, files."""

from __future__ import annotations

import builtins
import gzip
import json
import random
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import errors
from summarizer.errors import InputError, MissingExtraError, NoInputError, ReadingError
from summarizer.rouge import METRICS, RougeReport, resample_means, score, score_files

CASES = Path(__file__).parent / "cases"
SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["label"]) for case in json.loads((CASES / name).read_text("utf-8"))]


def values(report: RougeReport, metric: str, item: int = 0) -> tuple[float, float, float]:
    found = report.items[item][metric]
    return found.precision, found.recall, found.fmeasure


@pytest.mark.parametrize("case", cases("rouge.json"))
def test_golden(case: dict[str, Any]) -> None:
    given_ = case["input"]
    report = score([given_["prediction"]], [given_["references"]], stemmer=given_["stemmer"], n_resamples=1)
    for metric, expected in case["expected"].items():
        assert values(report, metric) == pytest.approx(expected, abs=1e-12), metric


@pytest.mark.parametrize("case", cases("rouge_errors.json"))
def test_errors(case: dict[str, Any]) -> None:
    kind, message = case["expected"]
    with pytest.raises(getattr(errors, kind), match=message):
        score(**case["input"])


def pairs() -> list[tuple[str, str]]:
    """72 pairs: openings of the seeds against each other, and made texts with odd characters."""
    texts = [path.read_text("utf-8")[:280] for path in SEEDS]
    found = [(a, b) for a in texts for b in texts[:2]]
    generator = random.Random(1)
    words = (
        "talks exports fell fallen falling 12.7% U.S. rare-earth naïve Zürich agreed, agreement 北京 $28.8bn".split()
    )
    for _ in range(50):
        sides = []
        for _ in range(2):
            lines = [
                " ".join(generator.choices(words, k=generator.randint(1, 9))) for _ in range(generator.randint(1, 4))
            ]
            sides.append("\n".join(lines))
        found.append((sides[0], sides[1]))
    hand_made = ["a", "the the the", "one\n\ntwo", "Tab\tand\r\nreturn", "ends with a line end\n", "I İ ß ﬁ x"]
    return (
        found
        + [(a, b) for a, b in zip(hand_made, hand_made[1:] + hand_made[:1], strict=True)]
        + [(a, a) for a in hand_made]
    )


@pytest.mark.parametrize("stemmer", [True, False])
def test_parity_with_rouge_score_bit_for_bit(stemmer: bool) -> None:
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer([*METRICS, "rouge3"], use_stemmer=stemmer)
    given_ = pairs()
    assert len(given_) >= 70
    report = score(
        [p for p, _ in given_],
        [r for _, r in given_],
        metrics=[*METRICS, "rouge3"],
        stemmer=stemmer,
        split_sentences=False,
        n_resamples=1,
    )
    for i, (prediction, reference) in enumerate(given_):
        expected = scorer.score(reference, prediction)
        for metric in (*METRICS, "rouge3"):
            assert values(report, metric, i) == tuple(expected[metric]), (i, metric)


@settings(deadline=None, max_examples=25)
@given(
    st.text(max_size=80), st.text(alphabet="ab .\n", min_size=1, max_size=40).filter(lambda text: text.strip(" .\n"))
)
def test_any_text_scores_within_bounds(prediction: str, reference: str) -> None:
    report = score([prediction], [reference], n_resamples=2)
    for metric in METRICS:
        assert all(0 <= value <= 1 for value in values(report, metric))
    same = score([reference], [reference], n_resamples=1, metrics=["rouge1", "rougeL", "rougeLsum"])
    for metric in same.metrics:
        assert values(same, metric) == (1, 1, 1)


def test_a_lone_surrogate_does_not_break_the_splitter() -> None:
    report = score(["One \ud800 fell. Two rose."], ["Two rose. One fell."], n_resamples=1)
    assert values(report, "rougeLsum") == (1, 1, 1)


def test_a_reference_given_as_text_or_in_a_list_is_the_same() -> None:
    assert score(["a b"], ["a c"]).items == score(["a b"], [["a c"]]).items


def test_means_lie_inside_intervals_and_intervals_are_seeded() -> None:
    texts = [path.read_text("utf-8")[:400] for path in SEEDS]
    first = score(texts, texts[1:] + texts[:1], metrics=["rouge1"], seed=3)
    again = score(texts, texts[1:] + texts[:1], metrics=["rouge1"], seed=3)
    other = score(texts, texts[1:] + texts[:1], metrics=["rouge1"], seed=4, n_resamples=50)
    assert first == again
    for part in ("precision", "recall", "fmeasure"):
        interval = getattr(first["rouge1"], part)
        assert interval.low < interval.mean < interval.high
        assert interval.mean == pytest.approx(np.mean([getattr(item["rouge1"], part) for item in first.items]))
        assert getattr(other["rouge1"], part).mean == interval.mean
    assert other["rouge1"].fmeasure != first["rouge1"].fmeasure


def test_a_wider_confidence_gives_a_wider_interval() -> None:
    predictions, references = ["a b", "a c", "d e", "a"] * 5, ["a b", "a b", "a b", "a b"] * 5
    narrow = score(predictions, references, confidence=0.5)["rouge1"].fmeasure
    wide = score(predictions, references, confidence=0.99)["rouge1"].fmeasure
    assert wide.low < narrow.low < narrow.high < wide.high


def test_resampled_means_have_the_spread_that_theory_gives() -> None:
    sample = np.random.default_rng(0).normal(size=(400, 1))
    means = resample_means(sample, n_resamples=4000, seed=1)
    assert means.shape == (4000, 1)
    assert means.std() == pytest.approx(sample.std() / 20, rel=0.05)
    assert means.mean() == pytest.approx(sample.mean(), abs=0.005)


def test_resampling_by_group_draws_whole_groups() -> None:
    sample = np.array([[0.0], [0.0], [0.0], [1.0]])
    means = resample_means(sample, groups=["x", "x", "x", "y"], n_resamples=200)
    # Two draws of two groups: only x, only y, or three zeros and a one.
    assert set(np.round(means.ravel(), 6)) == {0.0, 0.25, 1.0}


def test_groups_of_one_change_nothing() -> None:
    sample = np.arange(12.0).reshape(6, 2)
    np.testing.assert_array_equal(resample_means(sample, groups=list("abcdef")), resample_means(sample))


def test_the_same_seed_draws_the_same_rows_for_other_values() -> None:
    sample = np.arange(10.0).reshape(5, 2)
    np.testing.assert_allclose(resample_means(sample * 2 + 1, seed=5), resample_means(sample, seed=5) * 2 + 1)


def test_signature_names_every_setting() -> None:
    plain = score(["a b"] * 2, ["a"] * 2).signature
    assert plain == (
        f"rouge|stem:yes|lsum:newline+sentencex-{version('sentencex')}|refs:1|n:2|boot:1000@95|seed:0"
        f"|rouge-score:{version('rouge-score')}|v:{version_of_package()}"
    )
    other = score(
        ["a b"] * 2, [["a", "b"], ["a"]], stemmer=False, split_sentences=False, n_resamples=9, seed=7, confidence=0.9,
        groups=["x", "x"],
    ).signature  # fmt: skip
    for part in ("stem:no", "lsum:newline|", "refs:mean@1-2", "groups:1", "boot:9@90", "seed:7"):
        assert part in other
    assert "refs:mean@2" in score(["a"], [["a", "b"]]).signature


def version_of_package() -> str:
    from summarizer import __version__

    return __version__


def test_table_and_dict() -> None:
    report = score(["alpha beta", ""], ["alpha", "beta"], metrics=["rouge1", "rougeLsum"])
    table = str(report).splitlines()
    assert table[0].split() == ["precision", "recall", "fmeasure", "[95", "%]"]
    assert table[1].split()[:4] == ["rouge1", "25.00", "50.00", "33.33"]
    assert table[3] == "1 of 2 predictions are empty and score 0"
    assert table[4] == report.signature
    found = json.loads(json.dumps(report.to_dict()))
    assert found["metrics"]["rouge1"]["recall"]["mean"] == 0.5
    assert set(found["metrics"]["rouge1"]["recall"]) == {"mean", "low", "high"}
    assert found["items"][1]["rouge1"] == {"precision": 0, "recall": 0, "fmeasure": 0}
    assert (found["n"], found["n_empty"]) == (2, 1)
    assert "items" not in report.to_dict(items=False)


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("rouge_score"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(MissingExtraError, match=r"crossbrief\[rouge\]"):
        score(["a"], ["a"])


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_files_line_by_line(tmp_path: Path) -> None:
    system = write(tmp_path / "system.txt", "alpha beta\r\n\r\nline \u2028 separator\x0c inside\r\n")
    first = write(tmp_path / "first.txt", "\ufeffalpha\nbeta\ngamma\n")
    second = write(tmp_path / "second.txt", "alpha beta\nbeta\nline")
    report = score_files(system, [first, second], metrics=["rouge1"])
    assert [item["rouge1"].recall for item in report.items] == [1.0, 0.0, 0.5]
    assert report.n_empty == 1
    assert "refs:mean@2" in report.signature
    assert report.ids == ("1", "2", "3")


def test_files_as_json_lines_match_by_id(tmp_path: Path) -> None:
    system = write(tmp_path / "s.jsonl", '{"id": "b", "summary": "beta"}\n\n{"id": "a", "summary": "alpha"}\n')
    rows = '{"id": "a", "documents": [], "references": ["alpha", "delta"]}\n{"id": "b", "references": ["beta"]}\n'
    gold = tmp_path / "gold.jsonl.gz"
    gold.write_bytes(gzip.compress(rows.encode()))
    report = score_files(system, [gold], metrics=["rouge1"])
    assert report.ids == ("b", "a")
    assert [item["rouge1"].fmeasure for item in report.items] == [1.0, 0.5]


def test_files_as_json_lines_without_ids_match_by_place(tmp_path: Path) -> None:
    system = write(tmp_path / "s.jsonl", '{"text": "alpha"}\n{"prediction": "beta"}\n')
    plain = write(tmp_path / "r.txt", "alpha\nbeta\n")
    assert [item["rouge1"].fmeasure for item in score_files(system, [plain]).items] == [1.0, 1.0]


def test_folders_match_by_name(tmp_path: Path) -> None:
    for side in ("system", "gold"):
        (tmp_path / side).mkdir()
        write(tmp_path / side / "x.txt", "alpha beta.\nSecond line.")
        write(tmp_path / side / "y.txt", "gamma")
    write(tmp_path / "gold" / ".hidden", "left out")
    report = score_files(tmp_path / "system", [tmp_path / "gold"])
    assert report.ids == ("x.txt", "y.txt")
    assert report["rougeLsum"].fmeasure.mean == 1


def test_whole_files(tmp_path: Path) -> None:
    system, gold = (
        write(tmp_path / "s.txt", "One fell.\nTwo rose."),
        write(tmp_path / "r.txt", "Two rose.\nOne fell.\n"),
    )
    report = score_files(system, [gold], whole_files=True)
    assert (len(report.items), report["rougeLsum"].fmeasure.mean) == (1, 1)


def test_file_mismatches_are_named(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one.txt", "a\n"), write(tmp_path / "two.txt", "a\nb\n")
    with pytest.raises(InputError, match=r"one\.txt holds 1 but .*two\.txt holds 2 texts: .* add --whole-files"):
        score_files(one, [two])
    for side, names in (("system", "ab"), ("gold", "bc")):
        (tmp_path / side).mkdir()
        for name in names:
            write(tmp_path / side / f"{name}.txt", "a")
    with pytest.raises(InputError, match=r"gold has no 'a\.txt', .* give both sides the same names"):
        score_files(tmp_path / "system", [tmp_path / "gold"])
    for name in "vwxyz":
        write(tmp_path / "gold" / f"{name}.txt", "a")
    write(tmp_path / "gold" / "a.txt", "a")
    with pytest.raises(InputError, match=r"system has no 'c\.txt', 'v\.txt', 'w\.txt' and 3 more"):
        score_files(tmp_path / "system", [tmp_path / "gold"])
    with pytest.raises(InputError, match="at least one file"):
        score_files(one, [])
    for name in ("empty.txt", "empty.jsonl"):
        empty = write(tmp_path / name, "")
        with pytest.raises(NoInputError, match=rf"{name}: is empty: it holds no predictions"):
            score_files(empty, [one])
        with pytest.raises(NoInputError, match=rf"{name}: is empty: it holds no references"):
            score_files(one, [one, empty])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.txt", None, "cannot be read"),
        ("latin.txt", b"caf\xe9\n", "not UTF-8"),
        ("cut.jsonl.gz", gzip.compress(b'{"text": "a"}\n' * 50, mtime=0)[:-9], "cannot be read"),
        ("plain.jsonl.gz", b"not gzip", "cannot be read"),
        ("broken.jsonl", b'{"text": "a"}\n{"text"\n', r"broken\.jsonl:2: is not JSON"),
        ("deep.jsonl", b"[" * 100_000, "is not JSON"),
        ("keys.jsonl", b'{"headline": "a"}\n', "no text under 'prediction' or 'summary' or 'text'"),
        ("list.jsonl", b'["a"]\n', "no text under"),
        ("null.jsonl", b'{"text": null}\n', "no text under"),
        ("twice.jsonl", b'{"id": 1, "text": "a"}\n{"id": 1, "text": "b"}\n', "'1' occurs more than once"),
        ("many.jsonl", b'{"text": ["a", "b"]}\n', "holds 2 predictions"),
    ],
)
def test_unreadable_files_are_named(tmp_path: Path, name: str, data: bytes | None, message: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ReadingError, match=message) as caught:
        score_files(path, [write(tmp_path / "gold.txt", "a\n")])
    assert name in str(caught.value)
