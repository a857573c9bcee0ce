"""The promises of ``summarize``: verbatim, within budget, whatever the order, and errors that say what to do."""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer import (
    BudgetError,
    Document,
    LimitError,
    NoInputError,
    ReadingError,
    SummarizerError,
    Summary,
    SummaryConfig,
    compare,
    summarize,
)
from summarizer.config import STRATEGIES
from summarizer.terms import count_words

ROOT = Path(__file__).resolve().parents[1]
PAIR = ["Exports fell in May, officials said.", "Officials said that exports fell 3% in May."]


def check(summary: Summary) -> None:
    """Everything that holds for any summary."""
    texts = {document.id: document.text for document in summary.documents}
    assert summary.statements
    assert 0 < summary.budget.used <= summary.budget.limit
    for number, statement in enumerate(summary.statements, start=1):
        assert statement.id == f"s{number}"
        assert statement.support
        assert statement.support[0].text == statement.text
        assert 1 <= statement.origins <= statement.articles == len(statement.support)
        assert len({support.document_id for support in statement.support}) == len(statement.support)
        for support in statement.support:
            assert texts[support.document_id][support.start : support.end] == support.text
            assert 0 <= support.similarity <= 1
    for cluster in summary.clusters:
        assert cluster.representative in cluster.members
        assert cluster.origins >= 2
    summary.to_json()
    summary.to_markdown()
    summary.to_terminal()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_every_strategy_keeps_the_promises(strategy: str, seeds: dict[str, str]) -> None:
    summary = summarize(list(seeds.values()), max_words=150, strategy=strategy, embedder="tfidf")
    check(summary)
    assert summary.budget.used >= 0.85 * 150
    assert f"select:{strategy}" in summary.signature


@pytest.mark.parametrize("unit", ["words", "sentences", "characters", "tokens"])
@pytest.mark.parametrize("limit", [1, 5, 17, 50, 200, 10**6])
def test_budgets_are_exact(unit: str, limit: int, seeds: dict[str, str]) -> None:
    setting = {f"max_{unit}": limit}
    documents = [Document(text, id=name) for name, text in seeds.items()]
    too_small = {"words": 5, "characters": 17, "tokens": 5}.get(unit, 0)
    if limit <= too_small:
        with pytest.raises(BudgetError, match=f"budget of {limit} {unit}"):
            summarize(documents, embedder="tfidf", **setting)
        return
    summary = summarize(documents, embedder="tfidf", **setting)
    check(summary)
    used = {
        "words": sum(count_words(statement.text) for statement in summary.statements),
        "sentences": len(summary.statements),
        "characters": len(summary.text),
    }
    assert summary.budget.used == used.get(unit, summary.budget.used)
    if limit < 10**6 and (unit, limit) != ("sentences", 200):  # more than the articles hold
        assert summary.budget.used >= 0.85 * limit


def test_tokens_are_counted_by_the_counter_given(seeds: dict[str, str]) -> None:
    def three(text: str) -> int:
        return -(-len(text) // 3)

    summary = summarize(list(seeds.values()), max_tokens=100, token_counter=three, embedder="tfidf")
    assert summary.budget.used == three(summary.text) <= 100
    assert "tokens:100@" in summary.signature


def test_a_budget_too_small_names_what_would_do() -> None:
    with pytest.raises(BudgetError, match=r"budget of 2 words: the shortest has 6; .* give at least max_words=6"):
        summarize(PAIR, max_words=2, embedder="tfidf")
    assert summarize(PAIR, max_words=6, embedder="tfidf").text == PAIR[0]


def test_short_sentences_are_used_when_nothing_else_fits() -> None:
    assert summarize(["It rained. Nobody expected the rain to last for three days."], max_words=2).text == "It rained."


@pytest.mark.parametrize("embedder", ["tfidf", "minilm"])
@pytest.mark.no_cover  # twice as quick
def test_the_order_of_the_documents_changes_no_byte(embedder: str, seeds: dict[str, str]) -> None:
    documents = [Document(text, id=name) for name, text in seeds.items()]
    orders = list(itertools.permutations(documents))
    random.Random(0).shuffle(orders)
    n = 50 if embedder == "tfidf" else 4
    assert len({summarize(order, embedder=embedder).to_json() for order in orders[:n]}) == 1


def test_texts_without_ids_keep_their_identity_in_any_order(seeds: dict[str, str]) -> None:
    texts = list(seeds.values())
    assert summarize(texts, embedder="tfidf").to_json() == summarize(texts[::-1], embedder="tfidf").to_json()


def test_hash_seed_and_threads_change_no_byte() -> None:
    code = (
        "import sys; from pathlib import Path; from summarizer import summarize; "
        "sys.stdout.buffer.write(summarize(Path('seeds')).to_json().encode())"
    )
    digests = set()
    for seed, threads in (("0", "1"), ("1", "2"), ("9", "1")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT, env=environment)
        digests.add(hashlib.sha256(done.stdout).hexdigest())
    assert len(digests) == 1


def test_copies_are_one_origin(seeds: dict[str, str]) -> None:
    texts = list(seeds.values())
    alone = summarize(texts, embedder="tfidf")
    copied = summarize([*texts, *(f"By A Reporter\n\n{texts[0]}" for _ in range(4))], embedder="tfidf")
    assert copied.text == alone.text
    assert max(statement.origins for statement in copied.statements) <= 5
    assert sum(document.copy_of is not None for document in copied.documents) == 4


def test_one_article_alone() -> None:
    summary = summarize((ROOT / "seeds" / "004_77807e8808288ccb.txt"), max_words=60, embedder="tfidf")
    check(summary)
    assert all(statement.origins == 1 for statement in summary.statements)


def test_the_same_article_twice_is_one_origin(seeds: dict[str, str]) -> None:
    text = next(iter(seeds.values()))
    summary = summarize([text, text], max_words=80, embedder="tfidf")
    check(summary)
    assert {statement.origins for statement in summary.statements} == {1}
    assert {statement.articles for statement in summary.statements} == {2}


def test_a_query_steers(seeds: dict[str, str]) -> None:
    for query, word in (("student visas", "student"), ("green channel for the EU", "green channel")):
        for embedder in ("tfidf", "minilm"):
            summary = summarize(list(seeds.values()), max_words=60, query=query, embedder=embedder)
            check(summary)
            assert word in summary.text, (query, embedder)
            assert word not in summarize(list(seeds.values()), max_words=60, embedder=embedder).text
            assert summary.answer is not None
            assert summary.answer.status == "answered"


def test_commentary_is_left_out_until_asked_for() -> None:
    news = "Exports fell by 3% in May, the ministry said. The minister blamed the drought."
    document = Document(f"{news}\n\nCommentary\n\nExports matter to everyone who works for a living.", id="a")
    assert "Exports matter" not in summarize(document, embedder="tfidf").text
    assert "Exports matter" in summarize(document, embedder="tfidf", keep_opinion=True).text


def test_commentary_alone_is_used_with_a_warning() -> None:
    document = Document("Opinion: Why exports matter\n\nExports matter to everyone who works for a living.", id="a")
    summary = summarize(document, embedder="tfidf")
    check(summary)
    assert any("commentary" in warning for warning in summary.warnings)


@pytest.mark.parametrize("documents", [[], [""], ["  \n "], ["\u200b"], ["***\n---"]])
def test_nothing_usable_is_an_error(documents: list[str]) -> None:
    with pytest.raises((NoInputError, ReadingError)):
        summarize(documents, embedder="tfidf")


def test_what_was_skipped_is_named_when_nothing_is_left() -> None:
    with pytest.raises(NoInputError, match=r"no usable sentence in 1 documents.*skipped 5000 characters"):
        summarize(["x" * 5000], embedder="tfidf")


def test_documents_in_several_languages_are_named() -> None:
    english = "The ferry with 84 people ran aground in the fog, the police said. Three of them were slightly hurt."
    german = "Die Fähre ist mit 84 Menschen im Nebel auf Grund gelaufen. Drei von ihnen wurden leicht verletzt."
    other = "The ferry that ran aground will be towed to a yard in the north, and it is to be out of service."
    for told in (summarize, compare):
        (warning,) = [line for line in told([german, english, other], embedder="tfidf").warnings if "languages" in line]
        assert warning.startswith("the documents are in 2 languages (2 en, 1 de): ")
        assert not told([english, other], embedder="tfidf").warnings
    unknown = Document("Kvak kvak brekeke ujuj in lorem ipsum dolor.", id="u")
    assert not any("languages" in line for line in summarize([english, unknown], embedder="tfidf").warnings)


def test_limits_are_named() -> None:
    with pytest.raises(LimitError, match=r"more than 2 documents, .* raise max_documents"):
        summarize(["One text here.", "Two texts here.", "Three texts here."], max_documents=2, embedder="tfidf")
    long = " ".join(f"Sentence number {n} says that item {n} was sold to buyer {n}." for n in range(40))
    summary = summarize([long, PAIR[0]], max_input_sentences=11, embedder="tfidf")
    assert any("only the first 10 sentences" in warning for warning in summary.warnings)
    summary = summarize([long, PAIR[0]], max_input_sentences=1, embedder="tfidf")
    assert any("only the first sentence of each document was" in warning for warning in summary.warnings)
    skipped = summarize([Document(long, id="long"), Document(PAIR[0], id="a")], max_document_characters=500)
    assert any(warning.startswith("not used:") for warning in skipped.warnings)
    assert skipped.text == PAIR[0]


def test_an_embedder_of_ones_own() -> None:
    class Letters:
        name = "letters-26"

        def encode(self, sentences: list[str]) -> np.ndarray:
            return np.array([[text.lower().count(chr(97 + k)) for k in range(26)] for text in sentences], np.float32)

    summary = summarize(PAIR, embedder=Letters())
    check(summary)
    assert summary.signature.startswith("embed:letters-26|")


def test_settings_and_config_combine() -> None:
    config = SummaryConfig(strategy="lead", embedder="tfidf")
    summary = summarize(PAIR, config=config, max_sentences=1)
    assert "select:lead" in summary.signature
    assert len(summary.statements) == 1


def test_progress_is_told() -> None:
    told: list[tuple[str, float]] = []
    summarize(PAIR, embedder="tfidf", progress=lambda stage, share: told.append((stage, share)))
    assert {stage for stage, _ in told} >= {"clean", "segment", "cluster", "select"}
    assert all(0 <= share <= 1 for _, share in told)


def test_progress_moves_while_meanings_are_compared() -> None:
    told: list[tuple[str, float]] = []
    articles = [" ".join(f"Port {letter} handled {n} ships in May." for n in range(60)) for letter in "ABC"]
    shown = summarize(articles, progress=lambda stage, share: told.append((stage, share)))
    shares = [share for stage, share in told if stage == "embed"]
    assert shares == [0.0, *(n / 180 for n in range(32, 180, 32)), 1.0]
    assert shown.to_json() == summarize(articles).to_json()


NASTY = st.text(alphabet=st.characters(codec=None), max_size=60)
SENTENCES = st.sampled_from(
    [
        "Exports fell by 3% in May, the ministry said.",
        "He disagreed.",
        "“No,” said the minister.",
        "中国出口下降。",
        "\x1b[31m red",
        "a" * 1200,
        "U.S. exports rose. \n\nHEADING\n\n",
        "[/] [bold]x",
        "\u202eabc",
        "\x00",
        "Subscribe to our newsletter.",
    ]
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(NASTY, st.lists(SENTENCES, max_size=5).map(" ".join)), max_size=5),
    st.sampled_from(STRATEGIES),
    st.integers(1, 60),
)
def test_any_texts_give_a_sound_summary_or_a_named_error(texts: list[str], strategy: str, max_words: int) -> None:
    try:
        summary = summarize(texts, max_words=max_words, strategy=strategy, embedder="tfidf")
    except SummarizerError:
        return
    check(summary)


def test_a_pronoun_stands_behind_its_own_article() -> None:
    tram = "The city council of Leeds approved a new tram line on Monday. Opponents said that buses need the money."
    frog = "Scientists in Chile found a new species of frog in the Andes. It is smaller than a coin."
    texts = [statement.text for statement in summarize([tram, frog], embedder="tfidf", max_words=60).statements]
    assert texts.index("It is smaller than a coin.") == texts.index(frog.split(". ")[0] + ".") + 1


def test_short_sentences_fill_what_is_left() -> None:
    text = "The minister resigned on Monday. Voters cheered loudly. It rained. The opposition demanded new elections."
    summary = summarize([text], max_words=150, embedder="tfidf")
    assert summary.budget.used == len(text.split())
    assert "It rained." not in summarize([text], max_words=10, embedder="tfidf").text
