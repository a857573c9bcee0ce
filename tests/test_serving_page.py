"""The app in a browser: two articles are pasted, the button is pressed, and the briefing comes with its marks."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("uvicorn", reason="the extra serve is not installed")

from benchmarks.serve import Running, running
from summarizer import Summary, summarize
from tests.pages import Browser, open_browser

PATIENCE = 60.0


@pytest.fixture(name="live", scope="module")
def _live(browser: Browser) -> Iterator[Running]:
    with running("--workers", "1", "--embedder", "tfidf") as server:
        yield server


@pytest.fixture(name="browser", scope="module")
def _browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


def find(browser: Browser, selector: str) -> Any:
    """Wait until an element is there."""
    end = time.monotonic() + PATIENCE
    while not (found := browser.driver.find_elements("css selector", selector)):
        assert time.monotonic() < end, f"no {selector} on {browser.driver.current_url}"
        time.sleep(0.05)
    return found[0]


def paste(browser: Browser, texts: list[str]) -> None:
    fields = browser.driver.find_elements("css selector", "textarea[name=text]")
    for field, text in zip(fields, texts, strict=True):
        browser.run("arguments[0].value = arguments[1]", field, text)


def look_at(browser: Browser, summary: Summary) -> None:
    """The frame shows the briefing, and choosing a fact marks its support in every article."""
    frame = find(browser, "iframe")
    browser.driver.switch_to.frame(frame)
    try:
        find(browser, "#f1 a.claim").click()
        assert find(browser, "h1").text == summary.title
        assert browser.run("return location.hash") == ""
        on = browser.run("return Array.from(document.querySelectorAll('.on'), (mark) => mark.textContent)")
        first = browser.run("return document.querySelector('#f1 .says').textContent")
        statement = next(one for one in summary.statements if one.text == first)
        assert len(on) == len({support.document_id for support in statement.support}) == 2
        assert browser.run("return document.querySelector('.at') !== null")
        # It is a stranger to the server: nothing of it is within reach.
        assert (
            browser.run("try { return parent.document.title } catch (error) { return error.name }") == "SecurityError"
        )
        assert browser.run("return self.origin") == "null"
    finally:
        browser.driver.switch_to.default_content()


def requests(browser: Browser) -> list[str]:
    sent: list[Any] = [json.loads(entry["message"])["message"] for entry in browser.driver.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    return [url for url in urls if not url.startswith(("data:", "chrome", "about:"))]


def test_two_articles_become_a_briefing_with_marks(browser: Browser, live: Running, seeds: dict[str, str]) -> None:
    texts = list(seeds.values())[:2]
    browser.look(1280, 860)
    requests(browser)
    browser.driver.get(live.url)
    paste(browser, texts)
    find(browser, "button[value=summarize]").click()
    look_at(browser, summarize(texts, embedder="tfidf"))
    job = browser.driver.current_url
    assert re.fullmatch(rf"{live.url}jobs/[\w-]{{24}}", job)
    for link in browser.driver.find_elements("css selector", "header.bar a[download]"):
        address = link.get_attribute("href").removeprefix(live.url.rstrip("/"))
        assert live.ask("GET", address)[0] == 200
    assert browser.driver.title == summarize(texts, embedder="tfidf").title
    find(browser, "header.bar button").click()
    find(browser, "#texts")  # the click does not wait for the page that follows
    assert browser.driver.current_url == live.url
    browser.driver.get(job)
    assert find(browser, "h1").text == "There is nothing here"
    assert [entry for entry in browser.errors() if "404" not in entry["message"]] == []
    assert {url.startswith(live.url) for url in requests(browser)} == {True}, "no request leaves"


def test_a_third_field_when_asked_for(browser: Browser, live: Running) -> None:
    browser.driver.get(live.url)
    find(browser, "#more button").click()
    labels = browser.run("return Array.from(document.querySelectorAll('#texts label'), (one) => one.textContent)")
    assert labels == ["Paste article 1", "Paste article 2", "Paste article 3"]
    assert browser.run("return document.activeElement.id") == "text3"
    find(browser, "button[value=summarize]").click()
    assert "nothing was sent" in find(browser, "#problem").text
    assert [entry for entry in browser.errors() if "422" not in entry["message"]] == []


def test_files_are_listed_and_too_much_is_said_before_it_is_sent(
    browser: Browser, live: Running, tmp_path: Path
) -> None:
    for name, size in (("a <b>.txt", 1_500), ("large.txt", 25_000_000)):
        (tmp_path / name).write_bytes(b"x" * size)
    browser.driver.get(live.url)
    find(browser, "#files").send_keys(str(tmp_path / "a <b>.txt"))
    assert find(browser, "#chosen").text.split("\n") == ["a <b>.txt", "2 KB"]
    find(browser, "#files").send_keys(str(tmp_path / "large.txt"))
    assert "25.0 MB are more than 20.0 MB: choose less." in find(browser, "#chosen").text
    find(browser, "button[value=summarize]").click()
    assert browser.driver.current_url == live.url, "nothing was sent"
    assert browser.errors() == []


def test_what_fails_leads_back_to_the_filled_form(browser: Browser, live: Running, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nobody came to the town hall on Monday, the mayor said.", encoding="utf-8")
    browser.driver.get(live.url)
    paste(browser, ["It rained on Monday, they said.", ""])
    find(browser, "#files").send_keys(str(tmp_path / "a.txt"))
    find(browser, "#words").send_keys("2")
    find(browser, "button[value=summarize]").click()
    assert "give at least max_words=6" in find(browser, "#problem").text
    assert "Choose the file again" in find(browser, "#problem").text
    assert browser.run("return document.getElementById('text1').value") == "It rained on Monday, they said."
    field = find(browser, "#words")
    field.clear()
    field.send_keys("6")
    find(browser, "button[value=summarize]").click()
    find(browser, "iframe")
    assert browser.errors() == []


def test_it_works_without_script(browser: Browser, live: Running) -> None:
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.driver.get(live.url)
        assert not find(browser, "#more button").is_displayed()
        find(browser, "#text1").send_keys(
            "One article of enough words stands here.\n---\nOne more stands here, of enough words."
        )
        find(browser, "#format option[value=md]").click()
        find(browser, "button[value=summarize]").click()
        shown = find(browser, "pre.shown").text  # the page asks again by itself
        assert "2 articles from 2 independent origins" in shown
        browser.driver.back()
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_scrolls_sideways(width: int, browser: Browser, live: Running) -> None:
    browser.look(width, 800)
    for path in ("", "nowhere" * 30):
        browser.driver.get(live.url + path)
        assert browser.run("return document.documentElement.scrollWidth") == width
    browser.errors()


def test_dark_where_the_reader_wants_it_dark(browser: Browser, live: Running) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    for scheme, colour in (("dark", "rgb(21, 24, 28)"), ("light", "rgb(251, 250, 247)")):
        browser.look(prefers_color_scheme=scheme)
        browser.driver.get(live.url)
        assert browser.run(ground) == colour


def test_words_stand_out_from_their_ground() -> None:
    """WCAG 2.2: 4.5 for words, 3 for the edges of fields, in both schemes."""
    css = (Path(__file__).parents[1] / "summarizer" / "briefing" / "colours.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w{6});", part)) for part in css.split("prefers-color-scheme: dark")[:2]
    )
    for colours in (light, {**light, **dark}):
        for ink, ground, least in (
            ("ink", "paper", 4.5), ("soft", "paper", 4.5), ("link", "paper", 4.5), ("ink", "sheet", 4.5),
            ("soft", "sheet", 4.5), ("on-link", "link", 4.5), ("note-ink", "note", 4.5),
            ("edge", "sheet", 3), ("edge", "paper", 3),
        ):  # fmt: skip
            one, other = sorted((_luminance(colours[ink]), _luminance(colours[ground])))
            assert (other + 0.05) / (one + 0.05) >= least, (ink, ground)


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_picture_of_the_docs_is_small() -> None:
    assert (Path(__file__).parents[1] / "docs" / "pictures" / "serve.png").stat().st_size < 300_000
