"""The recipes of docs/compress.md run as they stand there, on the frameworks' own types."""

from __future__ import annotations

import re
from typing import Any

import pytest

from summarizer.embedding import load_token_counter
from tests.conftest import ROOT

TEXTS = (
    "The river burst its banks on Tuesday. Four people were killed, the fire brigade said. Schools are shut until May.",
    "The cup final was lost on penalties. It was the third final in a row that the club has lost.",
    "",
    "Four people were killed when the river burst its banks, the fire brigade said on Tuesday evening.",
)
QUERY = "How many people were killed?"
LIMIT = 32
SETTINGS = {"embedder": "tfidf", "fill": False}


def recipe(name: str) -> Any:
    """Execute a block of the page, and give the class that it defines."""
    page = (ROOT / "docs" / "compress.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"^```python {name}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 1
    namespace: dict[str, Any] = {"__name__": f"recipe_{name}"}
    exec(compile(blocks[0], f"docs/compress.md {name}", "exec", dont_inherit=True), namespace)
    return namespace["SentenceCompressor"]


def check(texts: list[str], spans: list[list[tuple[int, int]]], places: list[int]) -> None:
    """Check that what came back are sentences of what was given, within the budget, and that they answer."""
    count = load_token_counter()[1]
    assert sum(map(count, texts)) <= LIMIT
    assert places == [3]  # says what the first says, and when
    assert "Four people were killed" in texts[0]
    for text, found, place in zip(texts, spans, places, strict=True):
        assert found
        for start, end in found:
            assert TEXTS[place][start:end] in text


def test_langchain() -> None:
    pytest.importorskip("langchain_core", reason="the extra recipes is not installed")
    from langchain_core.documents import BaseDocumentCompressor, Document

    compressor = recipe("langchain")(max_tokens=LIMIT, settings=SETTINGS)
    assert isinstance(compressor, BaseDocumentCompressor)
    given = [Document(page_content=text, metadata={"place": place, "score": 0.5}) for place, text in enumerate(TEXTS)]
    found = compressor.compress_documents(given, QUERY)
    assert all(type(document) is Document for document in found)
    assert all(document.metadata["score"] == 0.5 for document in found)
    check(
        [document.page_content for document in found],
        [document.metadata["spans"] for document in found],
        [document.metadata["place"] for document in found],
    )
    assert given[3].page_content == TEXTS[3]
    assert "spans" not in given[3].metadata
    assert compressor.compress_documents([], QUERY) == []


def test_llama_index() -> None:
    pytest.importorskip("llama_index.core", reason="the extra recipes is not installed")
    from llama_index.core.postprocessor.types import BaseNodePostprocessor
    from llama_index.core.schema import MetadataMode, NodeWithScore, TextNode

    compressor = recipe("llamaindex")(max_tokens=LIMIT, settings=SETTINGS)
    assert isinstance(compressor, BaseNodePostprocessor)
    nodes = [
        NodeWithScore(node=TextNode(text=text, id_=f"n{place}", metadata={"place": place}), score=(9 - place) / 10)
        for place, text in enumerate(TEXTS)
    ]
    found = compressor.postprocess_nodes(nodes, query_str=QUERY)
    assert [(one.score, one.node.node_id) for one in found] == [(0.6, "n3")]
    check(
        [one.node.get_content() for one in found],
        [one.node.metadata["spans"] for one in found],
        [one.node.metadata["place"] for one in found],
    )
    assert "spans" not in found[0].node.get_content(metadata_mode=MetadataMode.LLM)
    assert nodes[3].node.get_content() == TEXTS[3]
    assert "spans" not in nodes[3].node.metadata
    assert compressor.postprocess_nodes([], query_str=QUERY) == []
    assert compressor.postprocess_nodes(nodes)  # without a query


def test_haystack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAYSTACK_TELEMETRY_ENABLED", "False")  # it is read when haystack is imported
    pytest.importorskip("haystack", reason="the extra recipes is not installed")
    from haystack import Document, Pipeline

    pipeline = Pipeline()
    pipeline.add_component("compressor", recipe("haystack")(max_tokens=LIMIT, settings=SETTINGS))
    given = [Document(content=text, meta={"place": place}, score=0.5) for place, text in enumerate(TEXTS)]
    found = pipeline.run({"compressor": {"documents": given, "query": QUERY}})["compressor"]["documents"]
    assert all(type(document) is Document for document in found)
    assert [(document.id, document.score) for document in found] == [(given[3].id, 0.5)]
    check(
        [document.content for document in found],
        [document.meta["spans"] for document in found],
        [document.meta["place"] for document in found],
    )
    assert given[3].content == TEXTS[3]
    nothing = pipeline.run({"compressor": {"documents": [Document(content=None)], "query": QUERY}})
    assert nothing["compressor"]["documents"] == []
