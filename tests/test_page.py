"""The page: what it says, what it marks, and how it looks and is used in a browser."""

from __future__ import annotations

import html as markup
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from summarizer import Summary
from summarizer.briefing import report_to_html, to_html
from summarizer.briefing.escaping import display, reveal
from summarizer.briefing.html_marks import Marks, cut
from summarizer.briefing.outline import headline, loose_phrase, scope_phrase, support_phrase
from summarizer.briefing.style import style_of
from summarizer.datatypes import Budget, Document, Passage
from summarizer.findings import Snippet
from tests.conftest import brief
from tests.pages import Browser, everything, open_browser, report_of
from tests.timing import assert_quick

CSS = (Path(__file__).parents[1] / "summarizer" / "briefing" / "colours.css").read_text(encoding="utf-8")


def tree_of(page: str) -> Any:
    return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))


@pytest.fixture(name="seed_brief", scope="module")
def _seed_brief() -> Summary:
    return brief(150, "minilm")


# --- marks -----------------------------------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("ab .\n\r\u202e\u00ad\ud800\U0001f468\u200d\x07\u2028<&"), max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)).map(sorted), max_size=8)


@given(TEXTS, SPANS, SPANS, SPANS)
@settings(deadline=None, max_examples=200)
def test_segments_are_the_text_and_marks_are_their_words(
    text: str, spans: list[list[int]], dropped: list[list[int]], opinion: list[list[int]]
) -> None:
    marks = Marks({"d": 1})
    keys = {f"f{n}": (start, end) for n, (start, end) in enumerate(spans)}
    anchors = [marks.add(Snippet("d", start, end, ""), key).anchor for key, (start, end) in keys.items()]
    passages = [tuple(Passage(start, end, "a-reason") for start, end in layer) for layer in (dropped, opinion)]
    document = Document(text, "d", dropped=passages[0], opinion=passages[1])
    segments = cut(document, marks.of("d"))
    bounds = {0, len(text)} | {min(e, len(text)) for layer in (spans, dropped, opinion) for s in layer for e in s}
    stretches = list(zip(sorted(bounds), sorted(bounds)[1:], strict=False))
    assert len(segments) == len(stretches)
    for segment, (start, end) in zip(segments, stretches, strict=True):
        shown = "".join(piece.text for piece in segment.pieces)
        assert shown == "".join(piece for piece, _ in reveal(text[start:end]))
        assert set(segment.keys) == {key for key, (low, high) in keys.items() if low <= start < high}
        assert segment.dropped == any(low <= start < high for low, high in dropped)
        assert segment.opinion == any(low <= start < high for low, high in opinion)
    placed = [anchor for segment in segments for anchor in segment.anchors]
    inside = [anchor for anchor, (low, _) in zip(anchors, keys.values(), strict=True) if low < len(text)]
    assert sorted(placed) == sorted(map(str, inside))
    depth = 0
    for segment in segments:
        depth += len(segment.anchors) - segment.closes
        assert depth >= 0
    assert depth == 0, "what is opened is closed"


def test_the_words_of_a_mark_are_around_those_within() -> None:
    marks = Marks({"d": 1})
    document = Document("Exports fell 12.7% in May. More.", "d")
    for key, start, end in (("f1", 0, 26), ("c1s1", 13, 18), ("o1", 19, 32)):
        marks.add(Snippet("d", start, end, ""), key)
    segments = cut(document, marks.of("d"))
    assert [("".join(p.text for p in s.pieces), len(s.anchors), s.closes) for s in segments] == [
        ("Exports fell ", 1, 0), ("12.7%", 1, 1), (" ", 0, 0), ("in May.", 1, 2), (" More.", 0, 0),
    ]  # fmt: skip
    assert [s.keys for s in segments[2:]] == [("f1",), ("f1", "o1"), ("o1",)], "crossing marks keep their keys"


def test_what_is_not_seen_is_named() -> None:
    assert reveal("a\u202eb\u200bc\u2066\u2067\u2068\u2069d") == [
        ("a", False), ("U+202E", True), ("bc", False), ("U+2066 U+2067 U+2068 and 1 more", True), ("d", False),
    ]  # fmt: skip
    assert reveal("a\r\nb\x07\ud800\u2028c") == [("a\nb\ufffd\ufffd\nc", False)]
    assert reveal("") == []
    page = to_html(everything())
    assert '<span class="unseen">U+202E</span>' in page
    assert not set("\u202e\x07\ud800") & set(page)


def test_an_article_that_is_not_at_hand_has_a_name_and_no_link() -> None:
    place = Marks({}).add(Snippet("gone\u202e", 0, 3, "3 %"), "k1s1")
    assert (place.name, place.anchor) == ("gone", None)


# --- what it says ----------------------------------------------------------------------------------------------------


def test_it_says_what_every_format_says() -> None:
    summary = everything()
    shown = " ".join(tree_of(to_html(summary)).text_content().split())
    for words in (
        headline(summary), scope_phrase(summary), loose_phrase(summary.comparisons[1:2]), *summary.warnings,
        *(display(statement.text) for statement in summary.statements),
        *(support_phrase(statement, summary) for statement in summary.statements),
        "The sources answer it in part: s1 speaks of talks", "Not spoken of in any source: “Mars", "Rewrite withheld:",
        "Where the sources differ", "other base", "from 12.7%", "customs", "Only one source reports",
        "From one source; others come near, and none says the same", "Where the sources agree", "2 origins",
        "2025-05", "reported 2025-06-01", "Corrected", "revision", "Earlier article gone",
        "Figures that are new: “12.7%”", "Names that are new: “Exports fell”", "1 article read before, skipped",
        "Unchanged", "Silent",
        "1 copy, counted with it as one origin", "copy of elsewhere", "1 × repeated lead", "title of [1][2][3][4]",
        "1 of 2 facts rewritten, 1 withheld", summary.signature, "copy of [1]",
    ):  # fmt: skip
        assert " ".join(words.split()) in shown, words


def test_claims_beyond_the_budget_are_listed_unless_all_that_is_new_is() -> None:
    assert "it names Reuters" not in to_html(everything())
    assert "it names Reuters" in to_html(replace(everything(), changes=None))


def test_a_comparison_without_a_summary_is_a_page_too() -> None:
    report = report_of(everything())
    page = report.to_html()
    assert page == report_to_html(report)
    shown = tree_of(page).text_content()
    assert "What the sources agree and differ on" in shown
    assert shown.count("Another month") == 2, "both, also the one that a briefing only counts"
    empty = replace(report, comparisons=())
    assert "Nothing was found on which two origins can be compared." in empty.to_html()


def test_nothing_is_said_of_what_is_not_there() -> None:
    page = to_html(Summary((), (), (), Budget("words", 150, 0), "embed:tfidf"))
    tree = tree_of(page)
    assert [h.text_content() for h in tree.iterfind(".//h2")] == ["Articles", "Method"]
    assert tree.find(".//h1").text_content() == "Nothing new"


@pytest.mark.parametrize("make", [everything, lambda: brief(150, "minilm")], ids=["everything", "seeds"])
def test_ids_are_unique_and_every_link_leads_somewhere(make: Any) -> None:
    tree = tree_of(to_html(make()))
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = [a.get("href")[1:] for a in tree.iterfind(".//a") if a.get("href").startswith("#")]
    assert set(targets) <= set(ids)
    for claim in tree.iterfind(".//a[@data-key]"):
        assert claim.get("data-key") in ids
        assert set(claim.get("data-places").split()) <= set(ids)
    for element in tree.iter():
        assert set((element.get("aria-labelledby") or "").split()) <= set(ids)


def test_marked_words_are_the_support(seed_brief: Summary) -> None:
    tree = tree_of(to_html(seed_brief))
    texts = {n: d.text for n, d in enumerate(seed_brief.documents, 1)}
    for number, text in texts.items():
        assert tree.find(f".//article[@id='d{number}']//div[@class='text']").text_content() == text
    by_text = {" ".join(a.text_content().split()): a for a in tree.iterfind(".//p[@class='says']/a")}
    for statement in seed_brief.statements:
        claim = by_text[display(statement.text)]
        words = ["".join(tree.get_element_by_id(i).itertext()) for i in claim.get("data-places").split()]
        assert sorted(words) == sorted(support.text for support in statement.support)


def test_headings_are_in_order_and_landmarks_are_there() -> None:
    tree = tree_of(to_html(everything()))
    levels = [int(element.tag[1]) for element in tree.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    for landmark in ("header", "nav", "main", "aside", "footer"):
        assert len(tree.findall(f".//{landmark}")) == 1
    assert tree.get("lang") == "en"
    assert tree.find(".//p[@role='status']").get("aria-live") == "polite"
    assert {t.get("lang") for t in tree.iterfind(".//div[@class='text']")} == {"en"}
    assert tree.find(".//body/a").get("href") == "#articles"


def test_the_matrix_shows_who_says_what() -> None:
    tree = tree_of(to_html(everything()))
    table = tree.find(".//table[@class='matrix']")
    heads = [th.text_content() for th in table.iterfind(".//thead//th")]
    assert heads == ["Fact", "[1]", "[2]", "[3]copy"]
    rows = [[td.text_content() for td in tr.iterfind("td")] for tr in table.iterfind(".//tbody/tr")]
    assert rows == [["quoted", "", "copy supports"], ["quoted", "", ""], ["", "supports", ""]]
    assert "1 more article without support for any fact." in tree.get_element_by_id("matrix").text_content()


def test_same_summary_same_bytes() -> None:
    assert to_html(everything()) == to_html(everything())
    code = "from hashlib import sha256; from tests.pages import everything; "
    code += "print(sha256(everything().to_html().encode()).hexdigest())"
    root = Path(__file__).parents[1]
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root, check=True, capture_output=True,
        ).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    assert len(digests) == 1


def test_notebooks_show_the_page_in_a_frame_of_its_own() -> None:
    summary = everything("\"'><script>")
    frame = html.fragment_fromstring(summary._repr_html_())
    assert (frame.tag, frame.get("srcdoc")) == ("iframe", summary.to_html())
    assert "allow-same-origin" not in frame.get("sandbox")
    assert "<script>" not in summary._repr_html_()
    assert markup.unescape(report_of(summary)._repr_html_()).count("<main>") == 1


def many(n: int, words: int = 600) -> Summary:
    """A briefing of many articles: those of the middle are cited, the others are not."""
    one = everything()
    text = "An honest sentence of eight words stands here. " * (words // 8)
    more = tuple(Document(f"{text}{i}", f"e{i:04d}", origin_id=f"e{i}") for i in range(n))
    return replace(one, documents=(*one.documents, *more))


def test_articles_that_are_not_cited_are_folded_and_kept() -> None:
    tree = tree_of(to_html(many(60, 16)))
    folds = tree.findall(".//article/details")
    assert [fold.get("open") is not None for fold in folds[:4]] == [True, True, True, False]
    assert not any(fold.get("open") is not None for fold in folds[4:])
    assert len(folds) == 64
    assert tree.get_element_by_id("d64").text_content().count("honest") == 2


def test_many_cited_articles_make_a_matrix_that_can_be_read() -> None:
    summary = many(60, 16)
    first = summary.statements[0]
    support = [
        replace(first.support[0], document_id=d.id, start=0, end=9, text=d.text[:9]) for d in summary.documents[4:]
    ]
    summary = replace(
        summary, statements=(replace(first, support=first.support + tuple(support)), *summary.statements[1:])
    )
    tree = tree_of(to_html(summary))
    assert len(tree.findall(".//table[@class='matrix']/thead/tr/th")) == 41
    assert "23 more articles named with the facts" in tree.get_element_by_id("matrix").text_content()
    assert sum(fold.get("open") is not None for fold in tree.iterfind(".//article/details")) == 40


def test_five_hundred_articles_make_a_page_of_their_own_size() -> None:
    summary = many(500)
    page = to_html(summary)
    text = sum(len(document.text) for document in summary.documents)
    assert len(page) < text + 500 * 1200 + 60_000
    # 25 pieces of work, as measured on one core.
    assert_quick(lambda: to_html(summary), 375)


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *((ink, ground) for ink in ("ink", "soft", "link") for ground in ("paper", "sheet", "chosen")),
    ("tint-ink", "tint"), ("link", "tint"), ("on-ink", "on"), ("dim", "sheet"), ("dim", "tint"), ("note-ink", "note"),
    ("tag-ink", "tag"), ("fair", "paper"), ("poor", "sheet"), ("poor", "note"), ("poor", "tint"), ("link", "note"),
]  # fmt: skip


def test_colours_have_one_source() -> None:
    """Outside of it a colour is named, in print aside, where all is black on white."""
    package = Path(__file__).parents[1] / "summarizer"
    sheets = [package / "briefing" / "page.css", package / "serving" / "app.css", package / "scale" / "index.css"]
    named = set(re.findall(r"--([a-z-]+):", CSS))
    for sheet in sheets:
        css = sheet.read_text(encoding="utf-8")
        shown, _, _ = css.partition("@media print")
        assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl|:root", shown), sheet.name
        assert set(re.findall(r"var\(--([a-z-]+)\)", css)) <= named, sheet.name
        assert style_of(f"summarizer.{sheet.parent.name}", sheet.name) == f"{CSS.strip()}\n\n{css.strip()}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_apart(scheme: str) -> None:
    """WCAG 2.2: 4.5 for text, 3 for what only marks."""
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[0]))
    if scheme == "dark":
        colours |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[1]))
    assert {name for pair in PAIRS for name in pair} <= set(colours)
    for ink, ground in PAIRS:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground, contrast(colours[ink], colours[ground]))
    for ground in ("on", "sheet", "chosen"):
        assert contrast(colours["on-rule"], colours[ground]) >= 3, (
            ground,
            contrast(colours["on-rule"], colours[ground]),
        )


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(name="browser", scope="module")
def _browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(name="page")
def _page(browser: Browser, seed_brief: Summary, tmp_path: Path) -> Browser:
    browser.look(prefers_reduced_motion="reduce")
    show(browser, seed_brief, tmp_path)
    return browser


def show(browser: Browser, summary: Summary, folder: Path, cut_out: str = "") -> None:
    page = summary.to_html()
    path = folder / "page.html"
    path.write_text(re.sub(cut_out, "", page, flags=re.DOTALL) if cut_out else page, encoding="utf-8")
    browser.driver.get(path.as_uri())


MARKED = """
const shown = {};
for (const article of document.querySelectorAll("article"))
  shown[article.id] = Array.from(article.querySelectorAll(".on"), (mark) => mark.textContent).join("");
return shown;
"""
SEEN = """
const box = arguments[0].getBoundingClientRect();
return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
"""


def claim_of(browser: Browser, summary: Summary, at: int) -> Any:
    text = summary.statements[at].text
    return next(c for c in browser.run("return Array.from(document.querySelectorAll('.says > a'))") if c.text == text)


def marked_for(summary: Summary, at: int) -> dict[str, str]:
    words = {f"d{n}": "" for n in range(1, len(summary.documents) + 1)}
    numbers = {document.id: f"d{n}" for n, document in enumerate(summary.documents, 1)}
    for support in sorted(summary.statements[at].support, key=lambda s: s.start):
        words[numbers[support.document_id]] += support.text
    return words


def test_choosing_a_statement_marks_its_support_and_shows_the_first(page: Browser, seed_brief: Summary) -> None:
    for at in range(len(seed_brief.statements)):
        claim = claim_of(page, seed_brief, at)
        page.run("arguments[0].scrollIntoView({block: 'center'})", claim)
        above = page.run("return arguments[0].getBoundingClientRect().top", claim)
        claim.click()
        assert page.run(MARKED) == marked_for(seed_brief, at)
        first = page.run("return document.querySelector('.at')")
        assert first.text.lstrip("0123456789") == seed_brief.statements[at].text
        assert page.run(SEEN, first), "the first place is in sight"
        assert page.run("return arguments[0].getBoundingClientRect().top", claim) == above, "the statement stays"
        number = page.run("return document.querySelector('.chosen').id")[1:]
        assert page.run("return document.getElementById('told').textContent").startswith(f"Fact {number}: ")
    assert page.errors() == []


def test_choosing_marked_words_goes_back(page: Browser) -> None:
    mark = page.run("return document.querySelector('#d1 a.mark')")
    key = page.run("return arguments[0].dataset.keys.split(' ')[0]", mark)
    mark.click()
    assert page.run("return document.activeElement.dataset.key") == key
    assert page.run("return document.querySelector('.chosen').id") == key
    assert page.run(SEEN, page.run("return document.activeElement"))


def test_keys_do_what_the_mouse_does(page: Browser, seed_brief: Summary) -> None:
    from selenium.webdriver import Keys

    page.press(Keys.TAB)
    assert page.run("return document.activeElement.className") == "skip"
    focused = "return document.activeElement.dataset.key"
    for _ in range(30):
        page.press(Keys.TAB)
        if page.run(focused):
            break
    first = page.run(focused)
    assert first == "f1"
    assert page.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.press(Keys.ARROW_DOWN)
    assert page.run(focused) == "f2"
    page.press(Keys.ARROW_UP, Keys.ENTER)
    assert (page.run(focused), page.run("return document.querySelectorAll('.on').length > 1")) == ("f1", True)
    before = page.run("return document.querySelector('.at').id")
    page.press(Keys.ARROW_RIGHT)
    assert page.run("return document.querySelector('.at').id") != before
    assert "at 2 of" in page.run("return document.getElementById('told').textContent")
    page.press(Keys.ARROW_LEFT)
    assert page.run("return document.querySelector('.at').id") == before
    page.press(Keys.ESCAPE)
    assert page.run("return [document.querySelectorAll('.on').length, document.getElementById('steps').hidden]") == [
        0,
        True,
    ]


def test_buttons_step_through_the_places(page: Browser, seed_brief: Summary) -> None:
    claim_of(page, seed_brief, 0).click()
    press = "document.querySelector(`[data-step='${arguments[0]}']`).click(); return document.querySelector('.at')?.id"
    places = page.run("return document.querySelector('.chosen a[data-key]').dataset.places.split(' ')")
    walked = [page.run(press, "1") for _ in places]
    assert walked == [*places[1:], places[0]]
    assert page.run(press, "-1") == places[-1]
    page.run(press, "back")
    assert page.run("return document.activeElement.dataset.key") == page.run(
        "return document.querySelector('.chosen').id"
    )
    assert page.run(press, "clear") is None


def test_a_place_in_a_folded_article_is_unfolded(page: Browser, seed_brief: Summary) -> None:
    page.run("document.querySelectorAll('article details').forEach((fold) => { fold.open = false; })")
    claim_of(page, seed_brief, 0).click()
    assert page.run("return document.querySelector('.at').closest('details').open")


def test_an_address_with_a_fact_chooses_it(page: Browser) -> None:
    page.run("location.hash = '#f2'")
    page.driver.get(page.driver.current_url)
    assert page.run("return document.querySelector('.chosen').id") == "f2"


@pytest.mark.parametrize("width", [1280, 1024, 1023, 390, 320])
@pytest.mark.parametrize("make", [lambda: everything("x" * 90), lambda: brief(150, "minilm")], ids=["long", "seeds"])
def test_nothing_scrolls_sideways(width: int, make: Any, browser: Browser, tmp_path: Path) -> None:
    browser.look(width)
    show(browser, make(), tmp_path)
    assert browser.run("return document.documentElement.scrollWidth") == width
    pane = "const p = document.getElementById('articles'); return p.scrollWidth - p.clientWidth"
    assert browser.run(pane) == 0
    wide = browser.run("const p = document.getElementById('articles').getBoundingClientRect(); return p.left > 300")
    assert wide == (width >= 1024)


def test_it_is_whole_without_script(browser: Browser, seed_brief: Summary, tmp_path: Path) -> None:
    browser.look()
    show(browser, seed_brief, tmp_path, r"<script>.*</script>|<meta http-equiv[^>]*>")
    assert browser.run("return [document.scripts.length, document.getElementById('steps').hidden]") == [0, True]
    claim_of(browser, seed_brief, 0).click()
    target = browser.run("return document.querySelector(':target')")
    assert target.text.lstrip("0123456789") == seed_brief.statements[0].text
    assert browser.run(SEEN, target)
    colours = "return Array.from(document.querySelectorAll(arguments[0]), (m) => getComputedStyle(m).backgroundColor)"
    patience = time.monotonic() + 30  # colours are worked out when the page is next drawn
    while len(set(browser.run(colours, "#d1 a.mark, :target a.mark"))) != 2 and time.monotonic() < patience:
        time.sleep(0.05)
    assert len(set(browser.run(colours, "#d1 a.mark, :target a.mark"))) == 2, "what an address leads to stands out"
    browser.run("document.querySelector(':target a.mark').click()")
    assert browser.run("return document.querySelector(':target').className") == "fact"


def test_dark_where_the_reader_wants_it_dark(browser: Browser, seed_brief: Summary, tmp_path: Path) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    browser.look(prefers_color_scheme="dark")
    show(browser, seed_brief, tmp_path)
    assert browser.run(ground) == "rgb(21, 24, 28)"
    browser.look(prefers_color_scheme="light")
    assert browser.run(ground) == "rgb(251, 250, 247)"


def test_print_shows_all_and_nothing_to_press(browser: Browser, tmp_path: Path) -> None:
    browser.look(794, 1123)
    show(browser, many(5, 16), tmp_path)
    browser.look(794, 1123, media="print")
    seen = (
        "return Array.from(document.querySelectorAll(arguments[0]), (e) => e.checkVisibility() && e.clientHeight > 0)"
    )
    assert all(browser.run(seen, "article .text")), "folded articles too"
    assert all(browser.run(seen, ".evidence ul"))
    assert not any(browser.run(seen, "nav, button, .skip"))
    assert browser.run("return getComputedStyle(document.getElementById('articles')).position") == "static"
    assert browser.run("return document.documentElement.scrollWidth") == 794
    assert len(browser.driver.execute_cdp_cmd("Page.printToPDF", {})["data"]) > 10_000


def test_links_lead_somewhere_in_the_frame_of_a_notebook(browser: Browser, seed_brief: Summary, tmp_path: Path) -> None:
    browser.look(prefers_reduced_motion="reduce")
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><title>notebook</title>{seed_brief._repr_html_()}", encoding="utf-8")
    browser.driver.get(path.as_uri())
    browser.driver.switch_to.frame(0)
    try:
        claim_of(browser, seed_brief, 0).click()
        assert browser.run(MARKED) == marked_for(seed_brief, 0)
        browser.driver.find_element("css selector", "nav a[href='#sources']").click()
        assert browser.run("return location.href") == "about:srcdoc"
        title = browser.run("return document.getElementById('sources-title')")
        patience = time.monotonic() + 30  # what the reader prefers is not emulated in frames: it moves smoothly
        while not browser.run(SEEN, title) and time.monotonic() < patience:
            time.sleep(0.05)
        assert browser.run(SEEN, title)
    finally:
        browser.driver.switch_to.default_content()
    assert browser.driver.current_url == path.as_uri()


def test_movement_only_for_those_who_want_it(page: Browser, seed_brief: Summary) -> None:
    moves = "return getComputedStyle(document.querySelector('.mark')).transitionDuration"
    assert page.run(moves) == "0s"
    page.look(prefers_reduced_motion="no-preference")
    assert page.run(moves) == "0.15s"


def test_the_pictures_of_the_docs_are_small() -> None:
    pictures = sorted((Path(__file__).parents[1] / "docs" / "pictures").glob("page-*.png"))
    assert [picture.stem for picture in pictures] == ["page-narrow", "page-wide"]
    assert all(picture.stat().st_size < 300_000 for picture in pictures)
