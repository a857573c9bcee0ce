"""The formats of a briefing: what they say, and that articles cannot steer what shows them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import mistune
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len

from summarizer.briefing import display, load_schema, to_dict, to_json, to_markdown, to_terminal, to_text
from summarizer.briefing.escaping import code_span, link, markdown
from summarizer.datatypes import (
    Budget,
    Cluster,
    Document,
    Gate,
    Passage,
    Rewriting,
    Sentence,
    Statement,
    Summary,
    Support,
)
from tests.conftest import validator
from tests.timing import assert_grows

CASES = Path(__file__).parent / "cases"
SEEDS = Path(__file__).parent.parent / "seeds"


def cases(name: str) -> list[Any]:
    loaded = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case["input"], case["expected"], id=case["label"]) for case in loaded]


MARKDOWN_CASES = cases("briefing_markdown.json")
DISPLAY_CASES = cases("briefing_display.json")


def make_summary(
    texts: list[str],
    *,
    title: str | None = "Talks resume",
    warnings: tuple[str, ...] = (),
    query: str | None = None,
    **fields: Any,
) -> Summary:
    """Make a summary with one statement a text, each supported by its own document and the one after."""
    documents = tuple(
        Document(text=text, id=f"doc{i}", origin_id=f"o{i}", inferred=("title",), **fields)
        for i, text in enumerate(texts)
    )
    statements = []
    for i, text in enumerate(texts):
        support = [Support(f"doc{i}", 0, len(text), text, 1.0)]
        if i + 1 < len(texts):
            support.append(Support(f"doc{i + 1}", 0, len(texts[i + 1]), texts[i + 1], 0.7))
        statements.append(Statement(f"s{i + 1}", text, tuple(support), len(support), len(support), 0.5, {"lead": 0.5}))
    return Summary(
        tuple(statements), documents, (), Budget("words", 150, 100), "embed:tfidf|v:0", title, query, warnings
    )


@pytest.fixture(name="seeds")
def _seeds() -> Summary:
    """A summary of the seeds, made by hand: two statements, a copy, dropped and opinion passages, a cluster."""
    paths = sorted(SEEDS.glob("*.txt"))
    documents = [
        Document(text=p.read_text(encoding="utf-8"), id=p.stem, origin_id=f"o{i}") for i, p in enumerate(paths)
    ]
    documents[0] = replace(
        documents[0],
        title="Trade talks",
        source="Example Times",
        url="https://example.com/a?b=1&c=2",
        published="2025-06-10",
        inferred=("title", "published"),
        dropped=(Passage(0, 20, "heading"), Passage(30, 40, "cookie-notice"), Passage(50, 60, "heading")),
        opinion=(Passage(70, 90, "commentary"),),
    )
    documents[3] = replace(documents[3], origin_id="o1", copy_of=documents[1].id, dropped=(Passage(0, 9, "heading"),))

    def sentence(number: int, end: int) -> Sentence:
        document = documents[number]
        return Sentence(document.id, 0, 0, end, document.text[:end])

    def support(number: int, end: int, similarity: float) -> Support:
        s = sentence(number, end)
        return Support(s.document_id, s.start, s.end, s.text, similarity)

    first = (support(2, 169, 1.0), support(4, 100, 0.8123456789), support(0, 140, 0.7))
    second = (support(1, 120, 1.0), support(3, 100, 0.9))
    statements = (
        Statement("s1", first[0].text, first, 3, 3, 1.25, {"lead": 0.25, "support": 1.0}),
        Statement("s2", second[0].text, second, 1, 2, -0.0, {}),
    )
    members = (sentence(0, 140), sentence(2, 169), sentence(4, 100))
    cluster = Cluster(members, members[1], 3)
    return Summary(
        statements, tuple(documents), (cluster,), Budget("words", 150, 45), "embed:tfidf|v:0.1.0", warnings=("one",)
    )


# --- what is shown of a text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), DISPLAY_CASES)
def test_display(text: str, expected: str) -> None:
    assert display(text) == expected
    assert display(expected) == expected


def test_halves_of_a_pair_that_stand_apart_are_two() -> None:
    assert display("\ud83d" + "\ude00") == "\ufffd\ufffd"


def unsafe(text: str, allowed: str = "") -> list[str]:
    """List the characters of a text that steer a terminal or are not seen."""
    joiners = "\u200c\u200d"
    categories = ("Cc", "Cf", "Cs", "Zl", "Zp")
    visible_format = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    return [c for c in text if unicodedata.category(c) in categories and c not in joiners + visible_format + allowed]


any_text = st.text(alphabet=st.characters(), max_size=60)
hostile_text = st.text(
    alphabet=st.sampled_from("ab1 .:/@&;#*_`[]()<>!|~$^=+-{}\\\"'\n\t\x1b\u009b\u202e\u200b\u200d\ufe0f\ud800م東www"),
    max_size=40,
)


@settings(deadline=None, max_examples=200)
@given(st.one_of(any_text, hostile_text))
def test_display_is_one_safe_line_whatever_the_text(text: str) -> None:
    shown = display(text)
    assert unsafe(shown) == []
    assert shown == " ".join(shown.split())
    shown.encode("utf-8")


# --- Markdown --------------------------------------------------------------------------------------------------------


@cache
def commonmark() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def flatten(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flatten(token.children or [])


def shown_by_markdown_it(source: str) -> tuple[set[str], str]:
    """Parse and give the kinds of token, and the words a reader sees."""
    tokens = list(flatten(commonmark().parse(source)))
    kinds = {token.type for token in tokens} - {"inline", "text"}
    return kinds, " ".join("".join(t.content for t in tokens if t.type in ("text", "code_inline")).split())


@cache
def extended() -> Any:
    plugins = ["strikethrough", "table", "url", "footnotes", "task_lists", "def_list", "abbr", "math", "mark", "insert"]
    return mistune.create_markdown(renderer=None, plugins=[*plugins, "superscript", "subscript", "spoiler"])


def shown_by_mistune(source: str) -> tuple[set[str], str]:
    kinds, words = set(), []

    def walk(nodes: list[dict[str, Any]]) -> None:
        for node in nodes:
            kinds.add(node["type"])
            if "raw" in node and node["type"] in ("text", "codespan"):
                words.append(node["raw"])
            walk(node.get("children", []))

    walk(extended()(source))
    return kinds - {"text"}, " ".join("".join(words).split())


PARAGRAPH_IN_LIST = {"ordered_list_open", "ordered_list_close", "list_item_open", "list_item_close"} | {
    "paragraph_open",
    "paragraph_close",
}


@pytest.mark.parametrize(("text", "expected"), MARKDOWN_CASES)
def test_markdown_shows_the_words_and_nothing_else(text: str, expected: str) -> None:
    for prefix, suffix in (("", ""), ("1. ", " [1][2] (2 of 5 articles; 2 origins)"), ("- [1] ", " · `id`")):
        kinds, words = shown_by_markdown_it(prefix + markdown(text) + suffix)
        shown = f"{prefix.removeprefix('1. ').removeprefix('- ')}{expected}{suffix.replace('`', '')}"
        assert words == shown
        lists = {kind.replace("ordered", "bullet") for kind in PARAGRAPH_IN_LIST}
        assert kinds <= PARAGRAPH_IN_LIST | lists | {"code_inline"}
        kinds, words = shown_by_mistune(prefix + markdown(text) + suffix)
        assert words == shown
        assert kinds <= {"list", "list_item", "block_text", "paragraph", "codespan"}


@pytest.mark.parametrize(("text", "expected"), MARKDOWN_CASES)
def test_markdown_heading_keeps_the_words(text: str, expected: str) -> None:
    kinds, words = shown_by_markdown_it(f"# {markdown(text)}")
    assert words == expected
    assert kinds <= {"heading_open", "heading_close", "code_inline"}


@pytest.mark.parametrize(("text", "expected"), MARKDOWN_CASES)
def test_a_renderer_that_links_bare_names_finds_none(text: str, expected: str) -> None:
    pytest.importorskip("linkify_it")
    linking = MarkdownIt("gfm-like")
    tokens = list(flatten(linking.parse(f"1. {markdown(text)} [1]")))
    assert not [token for token in tokens if token.type in ("link_open", "image", "html_inline", "html_block")]
    shown = "".join(t.content for t in tokens if t.type in ("text", "text_special", "code_inline"))
    assert " ".join(shown.split()) == f"{expected} [1]".strip()


@pytest.mark.parametrize("opening", ["[", "(", "“", "[("])
def test_a_selector_behind_what_opens_an_address_stays(opening: str) -> None:
    text = f"{opening}\ufe0fpress@example.com"
    for _, words in (shown_by_markdown_it(markdown(text)), shown_by_mistune(markdown(text))):
        assert words == display(text) == text


@settings(deadline=None, max_examples=300)
@given(hostile_text)
def test_markdown_of_any_text(text: str) -> None:
    source = f"1. {markdown(text)} [1]"
    shown = f"{display(text)} [1]".strip()
    for kinds, words in (shown_by_markdown_it(source), shown_by_mistune(source)):
        assert not kinds & {"link_open", "link", "image", "html_inline", "html_block", "inline_html", "block_html"}
        assert not kinds & {"em_open", "strong_open", "emphasis", "strong", "heading_open", "heading", "fence"}
        assert words == shown


def test_prose_stays_readable_in_the_source() -> None:
    prose = "U.S. exports (12.7%) fell to 28.8bn – “very well,” said the Q&A, see p. 3, e.g. the EU's plan - 24/7."
    assert markdown(prose) == prose


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.com/2025/06/a-b_c.html?x=1&y=2#top", True),
        ("http://example.com", True),
        ("http://example.com:8080/", True),
        ("https://example.com@evil.example/", False),
        ("https://example.com/%E2%80%AEtxt.exe", False),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("https://example.com/>[x](javascript:alert(1))", False),
        ("https://example.com/ <b>", False),
        ("https://exаmple.com/", False),  # the "а" is Cyrillic
        ("https://example.com/\n# heading", False),
        ("file:///etc/passwd", False),
        ("//example.com/", False),
        ("", False),
    ],
)
def test_addresses_are_links_only_when_plain(url: str, linked: bool) -> None:
    tokens = list(flatten(commonmark().parse(f"- {link(url)}")))
    links = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert len(links) == linked
    assert "".join(t.content for t in tokens if t.type in ("text", "code_inline")) == display(url)


def test_code_spans_hold_any_run_of_backticks() -> None:
    for text in ("`", "``a`", "a```b", "x", "a` `b"):
        assert shown_by_markdown_it(code_span(text)) == ({"paragraph_open", "paragraph_close", "code_inline"}, text)
    assert code_span("\u200b") == ""


def hostile_summary(payload: str) -> Summary:
    """Put a payload into every field that comes from outside."""
    summary = make_summary(
        [f"{payload} {i}" for i in range(12)],
        title=payload,
        warnings=(payload,),
        query=payload,
        source=payload,
        url=payload,
        published=payload,
        language=payload,
        dropped=(Passage(0, 1, payload),),
        opinion=(Passage(0, 1, payload),),
    )
    renamed = tuple(replace(d, title=payload, copy_of=payload, inferred=(payload,)) for d in summary.documents)
    first, second, *rest = summary.statements
    judged = (
        replace(first, gate=Gate("failed", (payload, payload))),
        replace(second, gate=Gate("verbatim", (payload,))),
        *rest,
    )
    rewriting = Rewriting(
        payload, withheld=1, kept=1, single=10, objections={payload: 2}, title=Gate("failed", (payload,))
    )
    return replace(summary, statements=judged, documents=renamed, signature=f"query:{payload}", rewriting=rewriting)


@pytest.mark.parametrize(("text", "expected"), MARKDOWN_CASES)
def test_no_field_of_a_summary_writes_markdown(text: str, expected: str) -> None:
    source = to_markdown(hostile_summary(text))
    tokens = list(flatten(commonmark().parse(source)))
    forbidden = {"image", "html_inline", "html_block", "em_open", "strong_open", "table_open", "fence", "s_open", "hr"}
    assert not forbidden & {token.type for token in tokens}
    assert {t.attrs["href"] for t in tokens if t.type == "link_open"} <= {text}
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1"] + ["h2"] * 6
    assert sum(token.type == "ordered_list_open" for token in tokens) == 2
    kinds, _ = shown_by_mistune(source)
    assert not kinds & {"image", "inline_html", "block_html", "emphasis", "strong", "table", "block_code", "footnotes"}


def test_markdown_says_who_supports_what(seeds: Summary) -> None:
    source = to_markdown(seeds)
    lines = source.split("\n")
    first = seeds.statements[0].text
    assert lines[0] == "# Briefing of 5 articles"
    assert lines[2] == "5 articles from 4 independent origins; 45 of 150 words."
    assert f"1. {display(first)} [3][1][5] (3 of 5 articles; 3 origins)" in lines
    assert lines[lines.index("## Key facts") + 3].endswith(" [2][4] (2 of 5 articles; 1 origin)")
    assert "1. Quoted from [3], characters 0 to 169." in lines
    assert f"   - [5] characters 0 to 100, similarity 0.81: {seeds.statements[0].support[1].text}" in lines
    assert (
        "- [1] Trade talks · Example Times · 2025-06-10 · `000_7336c5210df801a8` · <https://example.com/a?b=1&c=2>"
        in lines
    )
    assert "- [4] `003_a44ccf034b124434` · copy of [2]" in lines
    assert [line for line in lines if " × " in line] == [
        "- 3 × heading, in [1][4]",
        "- 1 × cookie notice, in [1]",
        "- 1 × commentary, marked, in [1]",
        "- 1 × copy of another article, counted as one origin, in [4]",
    ]
    assert "## Warnings\n\n- one\n" in source
    assert f"[1] `{sha256(seeds.documents[0].text.encode()).hexdigest()[:12]}`, [2] `" in source
    assert "- Found in the text or file name, not declared: published of [1]" in lines
    assert lines[-1] == "- Signature: `embed:tfidf|v:0.1.0`"


def test_markdown_leaves_empty_sections_out() -> None:
    source = to_markdown(make_summary(["One."], title="A title"))
    assert [line for line in source.split("\n") if line.startswith("#")] == [
        "# A title", "## Key facts", "## Evidence", "## Sources", "## Method",
    ]  # fmt: skip
    assert "1. One. [1] (1 of 1 article; 1 origin)" in source


def test_a_rewrite_says_so_and_shows_every_sentence_it_rests_on() -> None:
    summary = make_summary(["One.", "Two."])
    rewrite = replace(summary.statements[0], text="Both.", kind="rewrite", gate=Gate("passed"))
    source = to_markdown(replace(summary, statements=(rewrite,)))
    assert "1. Both. [1][2] (2 of 2 articles; 2 origins; rewritten)" in source
    assert "1. Rewritten from [1], characters 0 to 4.\n   - [1] characters 0 to 4, similarity 1.00: One.\n" in source


def test_what_a_rewriter_did_is_told_in_every_format() -> None:
    summary = make_summary(["One.", "Two.", "Three.", "Four."])
    gates = (Gate("passed"), Gate("failed", ("number: 14 is in no source", "length: 3 words")), Gate(), Gate())
    gates = (*gates[:2], Gate("verbatim", ("sources differ: 12 against 14",)), gates[3])
    judged = [replace(s, gate=gate) for s, gate in zip(summary.statements, gates, strict=True)]
    judged[0] = replace(judged[0], text="Both.", kind="rewrite")
    found = Rewriting("fuser-1@1f3a:beams4", 1, 1, 1, 0, 1, {"number": 2, "sources differ": 1}, Gate("passed"))
    summary = replace(summary, statements=tuple(judged), rewriting=found)
    told = (
        "1 of 4 facts rewritten, 1 withheld, 1 not fused, 1 with nothing to fuse (number 2, sources differ 1); headline"
    )
    source = to_markdown(summary)
    assert f"- Rewriting by `fuser-1@1f3a:beams4`: {told} rewritten" in source
    assert "   - Rewrite withheld: number: 14 is in no source; length: 3 words\n" in source
    assert "   - Not fused: sources differ: 12 against 14\n" in source
    assert "A rewritten fact has words of its own" in source
    terminal = to_terminal(summary, width=200)
    assert f"Rewriting: {told} rewritten\n" in terminal
    assert terminal.count("; rewritten from [1][2]") == 1
    validator().validate(to_dict(summary))
    assert to_dict(summary)["rewriting"] == {
        "rewriter": "fuser-1@1f3a:beams4", "rewritten": 1, "withheld": 1, "kept": 1, "unchanged": 0, "single": 1,
        "objections": {"number": 2, "sources differ": 1}, "title": {"status": "passed", "reasons": []},
    }  # fmt: skip
    plain = replace(summary, rewriting=None)
    assert "rewriting" not in to_dict(plain)
    assert "Rewriting by" not in to_markdown(plain)


def test_evidence_of_a_tenth_statement_is_nested_in_it() -> None:
    source = to_markdown(make_summary([f"Sentence {i}." for i in range(12)]))
    assert "\n10. Quoted from [10], characters 0 to 11.\n    - [11] " in source
    tokens = commonmark().parse(source)
    evidence = [token for token in tokens if token.type == "bullet_list_open" and token.level == 2]
    assert len(evidence) == 11


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_json_meets_the_schema(seeds: Summary) -> None:
    validator().validate(json.loads(to_json(seeds)))
    validator().validate(json.loads(to_json(make_summary(["One.", "Two."], query="why?"))))
    validator().validate(json.loads(to_json(hostile_summary("[x](y)"))))
    assert json.loads(to_json(seeds)) == to_dict(seeds)
    assert json.loads(seeds.to_json(indent=None)) == seeds.to_dict()


def test_every_object_of_the_schema_is_strict() -> None:
    objects = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                objects.append(node)
            for value in node.values():
                walk(value)

    walk(load_schema())
    assert len(objects) >= 10
    for node in objects:
        if "properties" in node:
            assert node["additionalProperties"] is False
            # What a rewriter did, what changed and the answer to a query stand there only if they were asked for.
            optional = ["rewriting", "changes", "answer"] if "schema_version" in node["properties"] else []
            assert node["required"] + optional == list(node["properties"])


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("budget",),
        ("statements", 0),
        ("statements", 0, "support", 0),
        ("statements", 0, "gate"),
        ("documents", 0),
        ("documents", 0, "dropped", 0),
        ("clusters", 0),
        ("clusters", 0, "members", 0),
    ],
)
def test_the_schema_rejects_what_is_missing_or_unknown(path: tuple[str | int, ...], seeds: Summary) -> None:
    for change in ("unknown", "missing"):
        briefing: Any = to_dict(seeds)
        node = briefing
        for step in path:
            node = node[step]
        if change == "unknown":
            node["surprise"] = 1
        else:
            node.popitem()
        with pytest.raises(jsonschema.ValidationError):
            validator().validate(briefing)


def test_json_proves_every_sentence(seeds: Summary) -> None:
    briefing = to_dict(seeds)
    texts = {document.id: document.text for document in seeds.documents}
    places = [s for statement in briefing["statements"] for s in statement["support"]]
    places += [m for cluster in briefing["clusters"] for m in [*cluster["members"], cluster["representative"]]]
    for place in places:
        assert texts[place["document_id"]][place["start"] : place["end"]] == place["text"]
    assert [d["digest"] for d in briefing["documents"]] == [sha256(t.encode()).hexdigest() for t in texts.values()]
    assert briefing["documents"][0]["words"] == len(seeds.documents[0].text.split())
    assert briefing["documents"][0]["inferred"] == ["published", "title"]
    assert briefing["documents"][3]["copy_of"] == seeds.documents[1].id


def test_numbers_are_rounded_and_parts_sorted(seeds: Summary) -> None:
    first, second = to_dict(seeds)["statements"]
    assert first["support"][1]["similarity"] == 0.812346
    assert list(first["why"].items()) == [("support", 1.0), ("lead", 0.25)]
    assert '"salience": 0.0' in to_json(seeds)
    assert second["why"] == {}


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_json_cannot_hold_is_an_error(value: float, seeds: Summary) -> None:
    statement = replace(seeds.statements[0], salience=value)
    with pytest.raises(ValueError, match=r"salience of s1 is (nan|inf), not a finite number"):
        to_json(replace(seeds, statements=(statement,)))


@settings(deadline=None, max_examples=100)
@given(st.one_of(any_text, hostile_text))
def test_json_gives_any_text_back_and_steers_nothing(text: str) -> None:
    source = to_json(make_summary([f"x{text}"], title=text))
    assert unsafe(source, allowed="\n") == []
    source.encode("utf-8")
    briefing = json.loads(source)
    # Two escaped halves that stand side by side are one character to every JSON reader.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert briefing["title"] == whole
    assert briefing["statements"][0]["text"] == f"x{whole}"
    validator().validate(briefing)


def test_json_keeps_letters_and_offers_one_line() -> None:
    summary = make_summary(["Zürich 東京 “ok”"])
    assert "Zürich 東京 “ok”" in json.loads(to_json(summary))["statements"][0]["text"]
    assert "Zürich 東京" in to_json(summary)
    assert "\n" not in to_json(summary, indent=None)


def test_every_format_is_the_same_at_any_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_briefing import hostile_summary, to_json, to_markdown, to_terminal\n"
        "s = hostile_summary('a [b](c) \\u4e1c')\n"
        "sys.stdout.buffer.write('\\n'.join([to_json(s), to_markdown(s), to_terminal(s, width=70)]).encode())\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    }
    assert len(outputs) == 1


# --- terminal and text -----------------------------------------------------------------------------------------------


def test_terminal_shows_the_briefing(seeds: Summary) -> None:
    lines = to_terminal(seeds, width=72).split("\n")
    assert lines[0] == "Briefing of 5 articles"
    assert lines[3].startswith(" 1 The United States and China have resumed")
    assert "   ■■■□ 3 of 5 articles; 3 origins [3][1][5]" in lines
    assert "   ■□□□ 2 of 5 articles; 1 origin [2][4]" in lines
    assert " [4] 003_a44ccf034b124434 · copy of [2]" in lines
    assert " 3 × heading [1][4]" in lines
    assert " ! one" in lines
    assert lines[-1] == "embed:tfidf|v:0.1.0"


@pytest.mark.parametrize("width", [20, 37, 80, 200])
def test_terminal_keeps_the_width(width: int, seeds: Summary) -> None:
    wide = make_summary(["東京" * 60 + " " + "x" * 300, "👨\u200d👩\u200d👧 " * 30], title="t" * 250, query="q" * 250)
    for summary in (seeds, wide):
        for line in to_terminal(summary, width=width).split("\n"):
            assert cell_len(line) <= width
            assert line == line.rstrip()


def test_terminal_without_color_holds_no_escape(seeds: Summary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in to_terminal(seeds, width=80)
    monkeypatch.setenv("NO_COLOR", "1")
    colored = to_terminal(seeds, width=80, color=True)
    assert "\x1b[1mBriefing of 5 articles\x1b[0m" in colored


@pytest.mark.parametrize(
    "payload", ["[/]", "[bold]x[/bold]", "[link=https://e.example]x[/link]", ":smile:", "[red", "\\["]
)
def test_rich_markup_is_text(payload: str) -> None:
    summary = hostile_summary(payload)
    plain = to_terminal(summary, width=200)
    assert plain.count(payload) >= 12
    assert "\x1b" not in plain
    assert "\x1b]8" not in to_terminal(summary, width=200, color=True)


@settings(deadline=None, max_examples=60)
@given(st.one_of(any_text, hostile_text))
def test_nothing_of_a_text_steers_terminal_text_or_markdown(text: str) -> None:
    summary = hostile_summary(text)
    for output in (to_terminal(summary, width=40), to_text(summary), to_markdown(summary)):
        assert unsafe(output, allowed="\n") == []
    colored = to_terminal(summary, width=40, color=True)
    assert {c for c in unsafe(colored, allowed="\n")} <= {"\x1b"}
    assert colored.count("\x1b") == colored.count("\x1b[")


def test_many_articles_are_listed_only_when_cited() -> None:
    summary = make_summary([f"Sentence {i}." for i in range(50)])
    output = to_terminal(replace(summary, statements=summary.statements[:3]), width=80)
    assert " [4] doc3" in output
    assert "doc4" not in output
    assert "and 46 more articles not cited" in output


def test_the_bar_is_full_only_for_all_and_never_empty() -> None:
    summary = make_summary([f"Sentence {i}." for i in range(40)])
    for origins, bar in ((1, "■□□□□□□□□□"), (20, "■■■■■□□□□□"), (39, "■■■■■■■■■□"), (40, "■■■■■■■■■■")):
        statement = replace(summary.statements[0], origins=origins)
        assert f" {bar} " in to_terminal(replace(summary, statements=(statement,)), width=80)


def test_text_is_one_statement_a_line() -> None:
    assert to_text(make_summary(["One\n sentence.", "\x1b[31mTwo."])) == "One sentence.\n\ufffd[31mTwo."


def test_time_grows_with_the_text() -> None:
    """Ten times the text takes about ten times as long; a pattern that is not linear would take a hundred."""
    attacks = [
        "[",
        "`",
        "&",
        "&#",
        "*_",
        "\\",
        "www.",
        "@",
        "(",
        ".",
        ".aa",
        "a@",
        "\u200d",
        "\ufe0f",
        "  \n",
        "` ",
        "🔥\u200d",
    ]

    def write(text: str) -> None:
        markdown(text), code_span(text), link(f"https://{text}")

    for attack in attacks:
        assert_grows(lambda n, unit=attack: partial(write, (unit * n)[:n]), 4_000, 40_000, 30, name=attack)


def test_the_document_on_json_names_every_field() -> None:
    text = (Path(__file__).parent.parent / "docs" / "json.md").read_text(encoding="utf-8")
    names = set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            names.update(node.get("properties", {}))
            for value in node.values():
                walk(value)

    walk(load_schema())
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []
