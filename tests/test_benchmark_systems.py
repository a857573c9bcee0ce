"""The systems of the benchmark: budgets, determinism, what is missing, and workers in environments of their own."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks import __main__ as command
from benchmarks.data import Article, DataError, NewsCluster
from benchmarks.running import run_system
from benchmarks.systems import ISOLATED, PEERS, SYSTEMS, TEXTBOOK, Output, PeerError, give_corpus, isolated, make_system
from benchmarks.systems.filling import RankedSystem, fill, import_peer, sentences_by_document
from benchmarks.systems.graph_peers import best_first, rank_by_embeddings
from benchmarks.systems.isolated import IsolatedSystem, Worker, environment_python, make_environment
from benchmarks.systems.textbook import rank_by_centroid, rank_by_concepts

TEXTS = (
    "The harbour of Aldport was closed on Monday after a crane fell. Nobody was hurt, the port said.\n\n"
    "He said that repairs would take a week. Ships were sent to Norhaven.",
    "A crane fell in Aldport harbour on Monday and the harbour was closed. Ships wait outside.\n\nThe owner of the"
    " crane gave no comment. Insurers expect claims of 12 million.",
    "Norhaven takes the ships that Aldport harbour cannot. It has three free berths. The mayor welcomed them.",
)
#: What a peer needs besides what `pip install -e .[dev]` brings.
NEEDS = {
    "greedy_centroid": "sklearn",
    "concept_coverage_ilp": "scipy",
    "lexrank": "lexrank",
    "summa": "summa",
    "pytextrank": "pytextrank",
    "trimwise": "trimwise",
    "lede": "lede",
    "sentence_transformers_lexrank": "sentence_transformers",
}
#: These load a model for seconds.
HEAVY = ("pytextrank", "sentence_transformers_lexrank", *ISOLATED)
with_models = pytest.mark.skipif(
    not os.environ.get("BENCHMARK_MODELS"), reason="loads models for seconds: set BENCHMARK_MODELS=1"
)


def made(*texts: str, name: str = "c", group: str = "g") -> NewsCluster:
    return NewsCluster(name, tuple(map(Article, texts)), ("A crane fell in Aldport.",), group)


CRANE = made(*TEXTS)


def flat(cluster: NewsCluster) -> list[str]:
    return [sentence for document in sentences_by_document(cluster) for sentence in document]


# --- the registry


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=with_models if name in HEAVY else ()) for name in (*TEXTBOOK, *PEERS)]
)
def test_a_peer_keeps_the_budget_and_is_deterministic(name: str) -> None:
    pytest.importorskip(NEEDS[name], reason=f"{name} is compared only with the extra 'bench'")
    system, again = make_system(name), make_system(name) if name not in HEAVY else None
    known = flat(CRANE)
    for budget in (4, 25, 1000):
        output = system(CRANE, budget)
        assert sum(len(sentence.split()) for sentence in output.sentences) <= budget
        assert list(output.sentences) == [sentence for sentence in known if sentence in output.sentences]
        assert output == (again or system)(CRANE, budget)
        assert output.signature.startswith(name)
    assert len(system(CRANE, 40).sentences) > 1
    # A text without words, and one sentence alone.
    for odd in (made("...", "!"), made("Ships wait.")):
        with suppress(PeerError):
            assert len(system(odd, 25).sentences) <= 2


@pytest.mark.parametrize("name", [pytest.param(name, marks=with_models if name in HEAVY else ()) for name in SYSTEMS])
def test_every_name_makes_a_system_or_says_what_to_run(name: str) -> None:
    try:
        system = make_system(name)
    except DataError as error:
        said = str(error)
    else:
        said = "callable" if callable(system) else ""
        getattr(system, "close", lambda: None)()
    assert said == "callable" or "pip install" in said or f"python -m benchmarks environments {name}" in said


def test_a_missing_package_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lede", None)
    monkeypatch.setitem(sys.modules, "lede.coverage", None)
    with pytest.raises(DataError, match=r"lede is not installed: pip install .* '\.\[bench\]'"):
        make_system("lede")
    with pytest.raises(DataError, match="scikit-learn is not installed"):
        import_peer("no_such_module", "scikit-learn")


def test_what_a_peer_raises_is_a_failure_of_that_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(cluster: NewsCluster, sentences: object, budget: int) -> list[int]:
        if cluster.id == "bad":
            raise ZeroDivisionError("division by zero")
        return [0]

    monkeypatch.setattr("benchmarks.running.make_system", lambda name, seed: RankedSystem(breaks))
    found = run_system("any", [made(*TEXTS, name="bad"), CRANE], 30)
    assert [outcome.error for outcome in found] == ["PeerError: bad: ZeroDivisionError: division by zero", ""]
    assert [len(outcome.output.sentences) for outcome in found] == [0, 1]


def test_fill_takes_each_sentence_once_and_skips_what_does_not_fit() -> None:
    assert fill(["a b", "c d e", "f"], [1, 1, 0, 2], 4) == ("c d e", "f")
    assert fill(["a b"], [], 4) == ()


# --- baselines of our own


def test_centroid_prefers_what_all_articles_say_and_does_not_say_it_twice() -> None:
    pytest.importorskip("sklearn")
    sentences = flat(CRANE)
    ranked = list(rank_by_centroid(CRANE, sentences, 30))
    assert {sentences.index(s) for s in sentences if "closed on Monday" in s or "harbour was closed" in s} & {ranked[0]}
    assert sum(len(sentences[i].split()) for i in ranked) <= 30
    assert len(ranked) == len(set(ranked))
    assert list(rank_by_centroid(CRANE, ["...", "!"], 30)) == []


def test_concepts_are_covered_exactly() -> None:
    pytest.importorskip("scipy")
    shared = "red fox", "blue owl"
    cluster = made(
        f"{shared[0]} and {shared[1]} met here today.\n\nOthers.",
        f"{shared[0]}.\n\n{shared[1]}.\n\ngrey cat",
        "grey cat",
    )
    sentences = flat(cluster)
    chosen = list(rank_by_concepts(cluster, sentences, 6))[:3]
    # Greedy by weight would take the long sentence, which leaves no room for the third concept.
    assert sorted(sentences[i] for i in chosen) == ["blue owl.", "grey cat", "red fox."]
    assert set(rank_by_concepts(cluster, sentences, 6)) == set(range(len(sentences)))


def test_without_shared_concepts_articles_lead() -> None:
    pytest.importorskip("scipy")
    cluster = made("Alpha one.\n\nBeta two.", "Gamma three.\n\nDelta four.")
    assert list(rank_by_concepts(cluster, flat(cluster), 4)) == [0, 2, 1, 3]


# --- peers


def test_lexrank_weighs_words_by_articles_of_other_events() -> None:
    pytest.importorskip("lexrank", reason="lexrank is compared only with the extra 'bench'")
    system = make_system("lexrank")
    assert "idf:own articles" in system(CRANE, 30).signature
    other = made("Parliament voted on the budget.", "Voters were in Aldport.", group="other")
    give_corpus(system, [CRANE, made("Same event.", group="g"), other])
    assert "idf:articles of other events" in system(CRANE, 30).signature
    idf = system._ranker.idf_score  # type: ignore[attr-defined]
    assert idf["aldport"] == pytest.approx(np.log(2))
    assert idf["crane"] == pytest.approx(np.log(3))


def test_only_systems_that_ask_for_it_are_shown_a_corpus() -> None:
    give_corpus(make_system("lead_first"), [CRANE])


def test_walk_over_embeddings_ranks_the_middle_first() -> None:
    vectors = np.array([[1, 0.1], [1, 1], [0.1, 1]])
    assert rank_by_embeddings(CRANE, ["a", "b", "c"], 9, encode=lambda s: vectors)[0] == 1  # type: ignore[index]
    turned = rank_by_embeddings(CRANE, ["a", "b", "c"], 9, encode=lambda s: np.array([[1, 0], [1, 0], [-1, 0]]))
    assert list(turned) == [0, 1, 2]
    assert best_first([1.0, 2.0, 2.0 + 1e-12]) == [1, 2, 0]


# --- environments of their own

ADAPTER = """
import os, sys, time
PACKAGES = ("numpy",)
SIGNATURE = "fake"
print("loading says something")
def load():
    def rank(sentences, max_words):
        print("so does ranking")
        text = " ".join(sentences)
        if "HANG" in text: time.sleep(60)
        if "CRASH" in text: sys.stderr.write("out of luck\\n"); sys.stderr.flush(); os._exit(7)
        if "RAISE" in text: raise ValueError("not this one")
        if "OUTSIDE" in text: return [99]
        assert "summarizer" not in sys.modules
        return range(len(sentences) - 1, -1, -1)
    return rank
"""


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    path = tmp_path / "fake.py"
    path.write_text(ADAPTER, encoding="utf-8")
    return path


def test_a_worker_ranks_crashes_hangs_and_is_started_again(adapter: Path) -> None:
    starts: list[Worker] = []

    def start() -> Worker:
        starts.append(Worker(Path(sys.executable), adapter, seconds=1.0))
        return starts[-1]

    system = IsolatedSystem("fake", start)
    sentences = flat(CRANE)
    output = system(CRANE, len(sentences[-1].split()))
    assert output.sentences == (sentences[-1],)
    assert output.signature == f"fake|numpy:{np.__version__}"
    assert output.seconds is not None
    assert 0 <= output.seconds < 1
    assert output.peak_mb is not None
    assert output.peak_mb > 1
    with pytest.raises(PeerError, match="ValueError: not this one"):
        system(made("RAISE."), 9)
    with pytest.raises(PeerError, match="the worker answered"):
        system(made("OUTSIDE."), 9)
    assert len(starts) == 1
    with pytest.raises(PeerError, match=r"the worker ended \(exit code 7\); it said: out of luck"):
        system(made("CRASH."), 9)
    assert system(CRANE, 30).sentences
    assert len(starts) == 2
    with pytest.raises(PeerError, match="gave no answer in 1 s"):
        system(made("HANG."), 9)
    assert starts[1]._process.returncode is not None
    with pytest.raises(PeerError, match="the worker"):
        starts[1].ask({"id": "x"})
    system.close()


def test_the_time_and_memory_of_a_worker_are_reported(adapter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fixed = Output(("Ships wait.",), seconds=12.5, peak_mb=99.0)
    monkeypatch.setattr("benchmarks.running.make_system", lambda name, seed: lambda cluster, budget: fixed)
    assert run_system("any", [CRANE], 30)[0].seconds == 12.5


def test_a_worker_that_does_not_start_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("import no_such_library\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"the worker for broken did not start: .*no_such_library"):
        Worker(Path(sys.executable), broken)
    with pytest.raises(DataError, match="cannot be run"):
        Worker(tmp_path / "no-python", broken)


def test_an_absent_or_stale_environment_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (name,) = ISOLATED
    with pytest.raises(DataError, match=f"needs an environment of its own: python -m benchmarks environments {name}"):
        environment_python(name, tmp_path)
    commands: list[list[str]] = []

    def run(command: list[str], *, check: bool) -> SimpleNamespace:
        commands.append(command)
        (tmp_path / f".venv-{name}").mkdir(exist_ok=True)
        return SimpleNamespace(returncode=0)

    home = make_environment(name, tmp_path, run)
    assert [command[1:3] for command in commands] == [["-m", "venv"], ["-m", "pip"]]
    assert environment_python(name, tmp_path).parent.parent == home
    (home / "requirements.sha256").write_text("0" * 64, encoding="ascii")
    with pytest.raises(DataError, match=f"made of other requirements: python -m benchmarks environments {name}"):
        environment_python(name, tmp_path)
    with pytest.raises(DataError, match="failed"):
        make_environment(name, tmp_path, lambda command, check: SimpleNamespace(returncode=1))
    with pytest.raises(DataError, match="needs an environment"):
        environment_python(name, tmp_path)
    monkeypatch.setattr(isolated, "ENVIRONMENTS", tmp_path)
    assert command.main(["environments", "nothing"]) == 2


@pytest.mark.parametrize("name", ISOLATED)
def test_an_environment_is_pinned_and_has_its_adapter(name: str) -> None:
    lines = (isolated.RECIPES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(line.count("==") == 1 for line in pins)
    assert "torch==2.13.0" in pins
    assert (isolated.RECIPES / f"{name}.py").is_file()


def load_adapter(name: str) -> SimpleNamespace:
    found: dict[str, object] = {}
    exec(compile((isolated.RECIPES / f"{name}.py").read_text(encoding="utf-8"), f"{name}.py", "exec"), found)
    return SimpleNamespace(**found)


def test_bert_extractive_is_asked_for_as_many_sentences_as_fit() -> None:
    search = load_adapter("bert_extractive")._most_that_fit
    sentences = [f"{word} " * n + "x" * 40 for word, n in (("a", 9), ("b", 1), ("c", 4), ("d", 2))]
    asked: list[int] = []

    def ask(k: int) -> list[str]:
        asked.append(k)
        return sentences[:k]

    lengths = [len(sentence.split()) for sentence in sentences]
    for budget in range(8, 30):
        ranked = search(ask, sentences, budget)
        fits = max((k for k in range(1, 5) if sum(lengths[:k]) <= budget), default=1)
        assert list(dict.fromkeys(ranked))[:fits] == list(range(fits))
    assert search(ask, ["too short"], 10) == []
    assert max(asked) <= len(sentences)


@with_models
def test_bert_extractive_runs_where_its_environment_is() -> None:
    try:
        environment_python("bert_extractive")
    except DataError as error:
        pytest.skip(str(error))
    system = make_system("bert_extractive")
    try:
        output = system(CRANE, 40)
    finally:
        system.close()  # type: ignore[attr-defined]
    assert 0 < sum(len(sentence.split()) for sentence in output.sentences) <= 40
    assert "transformers:4.57" in output.signature


def test_requests_and_answers_are_lines_of_json(adapter: Path) -> None:
    worker = Worker(Path(sys.executable), adapter)
    assert worker.ready == {"ready": True, "signature": "fake", "versions": {"numpy": np.__version__}}
    answer = worker.ask({"id": "é", "sentences": ["Zwei Wörter.", "„So\nund so“"], "max_words": 9})
    assert (answer["id"], answer["ranked"]) == ("é", [1, 0])
    assert json.loads(json.dumps(answer)) == answer
    worker.close()
    assert worker._process.returncode is not None
