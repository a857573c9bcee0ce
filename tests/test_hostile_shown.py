"""What articles may do to Markdown and to a terminal: nothing, in any field of a briefing and in any error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import mistune
import pytest
from markdown_it import MarkdownIt
from typer.testing import CliRunner

from summarizer import Summary, cli, errors
from summarizer.briefing import report_to_markdown, report_to_terminal, to_markdown, to_terminal, to_text
from summarizer.errors import SummarizerError
from tests.hostile import FULL, many
from tests.pages import everything, report_of
from tests.test_briefing import flatten, unsafe
from tests.test_cli import Stages, _stages, invoke, make_summary

__all__ = ["_stages"]

XSS = json.loads((Path(__file__).parent / "cases" / "xss.json").read_text(encoding="utf-8"))
EVIL = "evil.example"
MARKUP = [
    f"[link](http://{EVIL})", f"![image](http://{EVIL}/x.png)", f"<http://{EVIL}>", f"http://{EVIL}/x", f"www.{EVIL}",
    f"someone@{EVIL}", f"<someone@{EVIL}>", f"[link][r]\n\n[r]: http://{EVIL}", f"[r]: http://{EVIL} 'r'", "[r]",
    "[a](<javascript:alert(1)> 'x')", "[a](javascript:alert(1))", f"[![i](//{EVIL}/i)](//{EVIL})", "[1]", "[^1]",
    f"[^1]: http://{EVIL}", "# heading", "\n# heading", "\n---\n", "===\n", "> quotation", "- item", "1. item",
    "    code", "```\ncode", "~~~", "`code", "``", "|a|b|\n|-|-|\n|c|d|", "*a*", "**b**", "__c__", "~~d~~", "<b>x</b>",
    f"<img src=//{EVIL}>", "<!-- hidden", "<?php", "<![CDATA[", "&lt;b&gt;", "&#60;b&#62;", "\\[a\\](b)", "\\", "$x$",
    f"https://example.com/)[a](http://{EVIL}", f"a](http://{EVIL}) [b", f"] ![c](//{EVIL}", "[[wiki]]", ":smile:",
    f"ftp://{EVIL}", f"mailto:a@{EVIL}", f"xmpp:a@{EVIL}", f"HTTPS://{EVIL.upper()}", f"http:\\\\{EVIL}", "\r\n# x",
]  # fmt: skip
CONTROLS = [
    "\x1b[31mred", "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "\x1b]52;c;ZXZpbA==\x07", "\x1b]0;title\x07",
    "\x1b[2J\x1b[H", "\x1b[?1049h", "\x1bP+q\x1b\\", "\x9b31m", "\x9d52;c;eA==\x9c", "\x07", "\x08\x08\x08", "\rover",
    "\x0b\x0c", "\x7f", "\u202eabc", "\u2066x\u2069", "\u200e\u200f\u061c", "\u200b\u2060\ufeff", "\U000e0041", "[/]",
    "[bold]x[/bold]", "[link=http://evil.example]x[/link]", "[/nothing]", "\\[red]", ":smile:", "\x00", "\ud800",
    "\ufff9",
]  # fmt: skip


#: In one run of every day, all of them at once.
SHOWN = CONTROLS if FULL else [" ".join(CONTROLS)]


def links(source: str) -> Iterator[tuple[str, str]]:
    """Give every link, image and piece of HTML that two parsers find, with where it leads."""
    for name in ("commonmark", "gfm-like"):
        for token in flatten(MarkdownIt(name).parse(source)):
            if token.type in ("link_open", "image", "html_inline", "html_block"):
                target = token.attrs.get("href") or token.attrs.get("src") or token.content
                yield token.type.removesuffix("_open"), str(target)

    def walk(nodes: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
        for node in nodes:
            if node["type"] in ("link", "image", "inline_html", "block_html"):
                yield node["type"], str(node.get("attrs", {}).get("url") or node.get("raw"))
            yield from walk(node.get("children", []))

    plugins = ["strikethrough", "table", "url", "footnotes", "task_lists", "def_list", "abbr", "math", "mark"]
    yield from walk(mistune.create_markdown(renderer=None, plugins=plugins)(source))  # type: ignore[arg-type]


def _ours(summary: Summary) -> set[str]:
    return {document.url for document in summary.documents if document.url}


PAYLOADS = [*MARKUP, *(case["input"].replace("{server}", EVIL) for case in XSS)]


@pytest.mark.parametrize("payload", PAYLOADS if FULL else PAYLOADS[::16], ids=ascii)
def test_markdown_holds_no_link_or_image_that_is_not_ours(payload: str) -> None:
    """In every field of a briefing, and where an address is as it should be too."""
    for summary in (everything(payload), everything(payload, url="https://example.com/story")):
        for source in (to_markdown(summary), report_to_markdown(report_of(summary))):
            for kind, target in links(source):
                assert kind == "link", (kind, target)
                assert target.startswith("#") or target in _ours(summary), target
                assert target.startswith("#") or urlsplit(target).hostname == "example.com"


def test_the_check_finds_what_is_not_ours() -> None:
    source = to_markdown(everything(url="https://example.com/story"))
    assert {("link", "https://example.com/story")} == {found for found in links(source) if found[1][0] != "#"}
    for payload in MARKUP[:4]:
        assert any(EVIL in target for _, target in links(f"{source}\n\n{payload}\n"))


@pytest.mark.parametrize("payload", CONTROLS, ids=ascii)
def test_no_field_steers_a_terminal(payload: str) -> None:
    summary = everything(payload)
    for shown in (
        to_terminal(summary, width=60),
        report_to_terminal(report_of(summary), width=60),
        to_text(summary),
        to_markdown(summary),
        report_to_markdown(report_of(summary)),
    ):
        assert unsafe(shown, allowed="\n") == []
    colored = to_terminal(summary, width=60, color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored).count("\x1b") == 0, "our own colours alone"


KINDS = sorted(
    {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, SummarizerError)},
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", [*KINDS, ValueError, OSError, RuntimeError, UnicodeError], ids=lambda k: k.__name__)
def test_no_error_steers_a_terminal(kind: type[Exception], stages: Stages) -> None:
    for payload in SHOWN:
        error: Exception
        try:
            error = kind(f"a.txt {payload}: what is wrong {payload}")
        except TypeError:  # takes a source and a reason
            error = kind(f"a.txt {payload}", f"what is wrong {payload}")
        for part in ("reading", "summary"):
            before = getattr(stages, part)
            setattr(stages, part, error)
            result = invoke("brief", f"a.txt {payload}".replace("\0", ""))
            setattr(stages, part, before)
            assert result.exit_code in (1, 2, 3)
            assert unsafe(result.stderr, allowed="\n") == [], ascii(payload)
            assert result.stderr.count("\n") <= 2


@pytest.mark.parametrize(
    "payload", [one for one in CONTROLS if not set(one) & set("\0/\ud800")][:: many(1, 4)], ids=ascii
)
def test_no_name_of_a_file_steers_a_terminal(payload: str, tmp_path: Path) -> None:
    """Names of files that are read, refused, given as an output or a state, and values of flags."""
    name = tmp_path / f"{payload}.txt"
    name.write_text("Exports fell by 3% in May, the ministry said.", encoding="utf-8")
    (tmp_path / f"{payload}.pdf").write_bytes(b"no PDF file")
    for arguments in (
        [str(tmp_path)],
        [str(tmp_path / f"{payload}missing")],
        [str(name), "-o", str(tmp_path / payload / "b.md")],
        [str(name), "--since", str(name)],
        [str(name), "--embedder", payload],
        [str(name), f"--{payload}"],
        [str(name), "--salience-weights", str(tmp_path / payload)],
        [f"http://{payload}/"],
    ):
        result = CliRunner().invoke(cli.app, ["brief", "--embedder", "tfidf", *arguments])
        assert unsafe(result.stderr, allowed="\n") == [], arguments
        assert unsafe(result.stdout, allowed="\n") == [], arguments
        assert "unexpected" not in result.stderr


def test_warnings_of_a_summary_are_shown_without_steering(stages: Stages) -> None:
    for payload in SHOWN:
        stages.summary = make_summary("Exports fell.", [f"a warning {payload}"])
        for shown in ("terminal", "md", "text"):
            result = invoke("brief", "a.txt", "--format", shown)
            assert unsafe(result.stdout + result.stderr, allowed="\n") == []
