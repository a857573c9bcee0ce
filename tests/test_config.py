"""Settings are checked when made, and the signature names what moves the output."""

from __future__ import annotations

import inspect
from dataclasses import fields

import pytest

from summarizer.config import EMBEDDERS, STRATEGIES, SummaryConfig
from summarizer.datatypes import Budget
from summarizer.errors import ConfigError


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"max_words": 0}, "max_words must be at least 1, not 0"),
        ({"max_words": -3}, "max_words must be at least 1, not -3"),
        ({"max_words": 1.5}, "max_words must be a whole number"),
        ({"max_words": True}, "max_words must be a number"),
        ({"max_words": "150"}, "max_words must be a number, not '150'"),
        ({"diversity": 1.1}, "diversity must be at least 0 and at most 1"),
        ({"diversity": float("nan")}, "diversity must be a number"),
        ({"copy_threshold": -0.1}, "copy_threshold must be at least 0"),
        ({"strategy": "best"}, "unknown strategy 'best'; choose one of coverage, mmr"),
        (
            {"language": "English"},
            "language must be an ISO 639-1 code of two small letters, .* not 'English'",
        ),
        ({"language": "en-GB"}, "language must be an ISO 639-1 code"),
        ({"language": ""}, "leave it out to have it found for each document"),
        ({"language": 1}, "language must be an ISO 639-1 code"),
        ({"embedder": "bert"}, "unknown embedder 'bert'; choose one of minilm"),
        ({"rewrite": True}, "rewrite must be 'fuser', a folder, a hub id or the address of a server, not True; leave"),
        ({"rewrite": " "}, "rewrite must be 'fuser', .*, not ' '"),
        ({"max_words": 5, "max_sentences": 1}, "give one budget, not 2: max_words, max_sentences"),
    ],
)
def test_bad_settings_are_refused(settings: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        SummaryConfig(**settings)  # type: ignore[arg-type]


def test_budgets() -> None:
    assert SummaryConfig().budget() == Budget("words", 150)
    assert SummaryConfig(max_sentences=3).budget() == Budget("sentences", 3)
    assert SummaryConfig(max_characters=280).budget() == Budget("characters", 280)
    assert SummaryConfig(max_tokens=64).budget() == Budget("tokens", 64)


# What moves the output, each with a value that is not the default.
CHANGES = {
    "max_words": 10, "max_sentences": 2, "max_characters": 99, "max_tokens": 99, "strategy": "mmr", "query": "tariffs",
    "copy_threshold": 0.9, "keep_opinion": True, "keep_other_events": True, "language": "de", "max_documents": 7,
    "max_document_characters": 7, "max_input_sentences": 7, "max_sentence_characters": 7, "compare": False,
    "max_html_bytes": 7, "max_pdf_bytes": 7, "max_pdf_pages": 7, "max_feed_bytes": 7, "max_feed_entries": 7,
    "extraction_seconds": 7, "max_redirects": 7, "connect_seconds": 7, "read_seconds": 7, "fetch_seconds": 7,
    "max_received_bytes": 7, "max_unpacked_bytes": 7, "max_ratio": 7,
}  # fmt: skip


def signature(**settings: object) -> str:
    return SummaryConfig(**settings).signature(embedder="tfidf", threshold=0.3, salience="made")  # type: ignore[arg-type]


def test_every_setting_shows_in_the_signature() -> None:
    plain = signature()
    for name, value in CHANGES.items():
        assert signature(**{name: value}) != plain, name
    assert signature(strategy="mmr", diversity=0.9) != signature(strategy="mmr")
    assert signature(embedding_cache="folder") == plain, "a cache moves no byte"
    # Embedder, threshold and the names of the weights and the rewriter are arguments of the signature.
    given = set(CHANGES) | {"diversity", "embedder", "cluster_threshold", "embedding_cache", "salience_weights"}
    # Where articles come from shows in the articles.
    given |= {"fetch_cache", "allow_private"}
    assert {spec.name for spec in fields(SummaryConfig)} == given | {"rewrite", "since"}
    named = {"embedder", "threshold", "salience", "rewriter", "since"}
    assert named <= set(inspect.signature(SummaryConfig.signature).parameters)


def test_the_signature_names_the_rewriter() -> None:
    config = SummaryConfig(rewrite="fuser")
    assert "|rewrite:none|" in signature(rewrite="fuser"), "its name comes from the model, not from the setting"
    named = config.signature(embedder="tfidf", threshold=0.3, salience="made", rewriter="fuser-1@1f3a:beams4")
    assert "|rewrite:fuser-1@1f3a:beams4|v:" in named


def test_the_signature_is_one_line_even_for_a_hostile_query() -> None:
    assert signature(query="a\nb\x1b[31m").isprintable()


def test_every_field_is_explained() -> None:
    for spec in fields(SummaryConfig):
        assert len(spec.metadata["help"]) > 20, spec.name
        assert spec.metadata["help"].endswith("."), spec.name


def test_names_are_complete() -> None:
    assert STRATEGIES == ("coverage", "mmr", "lexrank", "centroid", "facility_location", "lead")
    assert EMBEDDERS == ("minilm", "tfidf", "wordllama")
