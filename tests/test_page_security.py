"""What articles may do to the page that shows them: nothing. Cases: tests/cases/xss.json."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import html

from summarizer.briefing import display, report_to_html, to_html
from tests.pages import Browser, Server, everything, open_browser, report_of
from tests.test_briefing import hostile_text, unsafe

CASES = json.loads((Path(__file__).parent / "cases" / "xss.json").read_text(encoding="utf-8"))
PAYLOADS = [pytest.param(case["input"], id=case["label"]) for case in CASES]
NOWHERE = "http://127.0.0.1:9"

# Every element of the template with its attributes, and no other.
ANYWHERE = {"id", "class", "dir", "lang"}
OWN: dict[str, set[str]] = {
    "a": {"href", "rel", "target", "title", "tabindex"}
    | {f"data-{name}" for name in ("key", "keys", "places", "told", "choose", "no", "why", "opens")},
    "aside": {"aria-labelledby", "tabindex"},
    "article": {"aria-labelledby"},
    "button": {"type", "data-step"},
    "details": {"open"},
    "div": {"role", "aria-labelledby", "tabindex"},
    "li": {"value"},
    "link": {"rel", "href"},
    "meta": {"charset", "http-equiv", "content", "name"},
    "nav": {"aria-label"},
    "ol": {"role"},
    "p": {"role", "aria-live", "aria-hidden", "hidden"},
    "section": {"aria-labelledby"},
    "span": {"aria-hidden", "data-why", "data-opens"},
    "table": {"role"},
    "tbody": {"role"},
    "td": {"role", "data-label"},
    "th": {"role", "scope"},
    "thead": {"role"},
    "tr": {"role"},
    "ul": {"role"},
    **{name: set() for name in "html head title style script body header h1 h2 h3 main footer".split()},
    **{name: set() for name in "q dl dt dd code strong bdi summary".split()},
}


def strangers(page: str) -> list[str]:
    """List elements, attributes and addresses that are not the template's."""
    found = []
    for element in html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8")).iter():
        if not isinstance(element.tag, str):
            found.append(repr(element))
        elif element.tag not in OWN:
            found.append(f"<{element.tag}>")
        else:
            found += [f"{element.tag}.{name}" for name in element.attrib if name not in OWN[element.tag] | ANYWHERE]
            target = element.get("href", "#")
            safe = target.startswith("#") or re.fullmatch(
                r"https?://[A-Za-z0-9.-]+(:\d+)?(/[\w.~/?#!&=+,:;-]*)?", target
            )
            found += [] if safe or (element.tag, target) == ("link", "data:,") else [target]
    return found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_parser_finds_our_elements_and_no_other(payload: str) -> None:
    payload = payload.replace("{server}", NOWHERE)
    summary = everything(payload)
    page = to_html(summary)
    assert strangers(page) == []
    assert strangers(report_to_html(report_of(summary))) == []
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    assert [len(tree.findall(f".//{name}")) for name in ("script", "style", "title", "main")] == [1, 1, 1, 1]
    shown = display(f"a warning {payload}")
    assert shown in [item.text_content() for item in tree.iterfind(".//ul[@class='warnings']/li")]


@given(hostile_text)
@settings(deadline=None, max_examples=40)
def test_no_text_at_all_is_markup_or_hides_anything(payload: str) -> None:
    page = to_html(everything(payload))
    assert strangers(page) == []
    assert unsafe(page, allowed="\n\t") == []


def test_the_check_finds_what_is_not_ours() -> None:
    page = to_html(everything())
    assert strangers(page) == []
    for case in CASES:
        if case["label"] in (
            "img",
            "svg-onload",
            "iframe",
            "script-svg-href",
            "object",
            "base",
            "form",
            "marquee-onstart",
        ):
            assert strangers(page.replace("<main>", "<main>" + case["input"])), case["label"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["comment"].startswith("an address")], ids=lambda c: c["label"]
)
def test_an_address_that_is_more_than_one_is_not_linked(case: dict[str, str]) -> None:
    page = to_html(everything(url=case["input"].replace("{server}", "127.0.0.1:9")))
    assert 'rel="noopener noreferrer nofollow"' not in page
    assert strangers(page) == []


def test_a_plain_address_is_linked_and_tells_nobody() -> None:
    page = to_html(everything(url="https://example.com/a?b=1&c=2"))
    link = '<a href="https://example.com/a?b=1&amp;c=2" rel="noopener noreferrer nofollow" target="_blank">'
    assert link in page


def test_the_policy_lets_in_these_very_bytes() -> None:
    page = to_html(everything())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page).group(1)  # type: ignore[union-attr]
    assert policy.startswith("default-src &#39;none&#39;; ")
    for name in ("style", "script"):
        inside = re.search(f"<{name}>(.*?)</{name}>", page, re.DOTALL).group(1)  # type: ignore[union-attr]
        assert f"sha256-{base64.b64encode(sha256(inside.encode()).digest()).decode()}" in policy
    assert page.index("Content-Security-Policy") < page.index("<style>")
    assert not re.search(r"\sstyle=|\son[a-z]+=", re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL))


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(name="browser", scope="module")
def _browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("profile")) as browser:
        browser.look()
        yield browser


@pytest.fixture(name="server", scope="module")
def _server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def requests(browser: Browser) -> list[str]:
    """List the addresses that a page asked for since the last time, by the log of the browser."""
    sent: list[Any] = [json.loads(entry["message"])["message"] for entry in browser.driver.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    # What the browser shows before the first page is its own.
    return [url for url in urls if url != "data:," and not url.startswith("chrome")]


# Chooses a statement in each page, as its own script must not turn text into markup either, and says what is amiss.
PROBE = """
const amiss = [];
const paths = arguments[0];
for (const [page, path] of paths ? Array.from(frames, (page, at) => [page, paths[at]]) : [[window, null]]) {
  page.document.querySelector("[data-key]").click();
  if (page.document.querySelectorAll(".on").length < 2) amiss.push([path, "not marked"]);
  if (page.hit !== undefined || window.hit !== undefined) amiss.push([path, "a script ran"]);
  if (page.frames.length) amiss.push([path, "frames"]);
  if (path && page.location.pathname !== path) amiss.push([path, "moved to " + page.location]);
}
return amiss;
"""
AT_ONCE = 16


def test_no_script_runs_and_no_request_leaves(browser: Browser, server: Server) -> None:
    """Pages are opened side by side in frames of one page, those that a focus would set off each by itself."""
    browser.driver.get("about:blank")
    requests(browser)
    alone, together = [], []
    for case in CASES:
        page = to_html(everything(case["input"].replace("{server}", server.address)))
        server.put(f"/{case['label']}", page)
        (alone if "focus" in case["input"] else together).append(f"/{case['label']}")
    groups = [[path] for path in alone]
    groups += [together[at : at + AT_ONCE] for at in range(0, len(together), AT_ONCE)]
    for at, paths in enumerate(groups):
        frames = "".join(f"<iframe src={path}></iframe>" for path in paths)
        host = f"<!DOCTYPE html><link rel=icon href=data:,>{frames}"
        url = server.address + paths[0] if len(paths) == 1 else server.put(f"/group-{at}", host)
        browser.driver.get(url)
        assert browser.run(PROBE, paths if len(paths) > 1 else None) == [], paths
        assert browser.driver.current_url == url
        assert browser.errors() == [], paths
        assert sorted(requests(browser)) == sorted({url} | {server.address + path for path in paths})
    assert server.asked == []


STOPPED = (
    "script", "script-source", "script-module", "script-svg-href", "img-onerror", "svg-onload", "img", "iframe",
    "embed", "iframe-srcdoc", "object", "stylesheet", "style-import", "style-url", "base", "form", "details-ontoggle",
    "meta-policy",
)  # fmt: skip


def test_the_policy_alone_stops_what_escaping_would_let_through(browser: Browser, server: Server) -> None:
    page = to_html(everything())
    by_label = {case["label"]: case["input"] for case in CASES}
    for label in STOPPED:
        payload = by_label[label].replace("{server}", server.address)
        browser.driver.get(server.put(f"/hole-{label}", page.replace("<main>", f"<main>{payload}")))
        assert browser.run("return window.hit === undefined"), label
    assert server.asked == []
    browser.errors()
