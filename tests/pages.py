"""A briefing with something in every field, a browser to open pages in, and a server that counts what they ask for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from summarizer.datatypes import (
    Budget,
    ComparisonReport,
    Document,
    Gate,
    Passage,
    Rewriting,
    Statement,
    Summary,
    Support,
)
from summarizer.findings import (
    Answer,
    Comparison,
    EarlierArticle,
    Event,
    Findings,
    Repeated,
    Side,
    SingleSource,
    Snippet,
    Update,
    Value,
)

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --disable-dev-shm-usage"
)


def everything(payload: str = "", *, url: str | None = None) -> Summary:
    """Make a briefing that has every section and every field, each with a payload in it."""
    p = payload
    texts = [
        f"Exports fell by 12.7% in May {p} officials said. A heading {p}\nThe talks {p} resume. It is a shame {p}",
        f"Exports fell 34.5% in May {p} year on year. \u202eHidden.",
        f"The talks {p} resume, as a copy. \x07",
        f"A second story of nothing {p}.",
    ]

    def words(number: int, start: str, end: str) -> Snippet:
        low = texts[number].index(start)
        high = texts[number].index(end, low) + len(end)
        return Snippet(f"d{number}{p}", low, high, texts[number][low:high])

    def passage(place: Snippet, reason: str) -> Passage:
        return Passage(place.start, place.end, reason)

    def support(place: Snippet, similarity: float) -> Support:
        return Support(place.document_id, place.start, place.end, place.text, similarity)

    down, yearly = words(0, "Exports", "said."), words(1, "Exports", "on year.")
    resume, copied = words(0, "The talks", "resume."), words(2, "The talks", "copy.")
    documents = [
        Document(
            text,
            id=f"d{n}{p}",
            title=f"Title {n} {p}",
            source=f"Outlet {p}",
            url=url or f"https://example.com/{n}{p}",
            published=f"2025-06-0{n + 1}{p}",
            language="en" if not p else p,
            inferred=("title", f"source{p}"),
            origin_id=f"o{n}",
        )
        for n, text in enumerate(texts)
    ]
    documents[0] = replace(
        documents[0],
        dropped=(passage(words(0, "A heading", "\n"), f"repeated-lead{p}"),),
        opinion=(passage(words(0, "It is", f"shame {p}"), "commentary"),),
    )
    documents[2] = replace(documents[2], copy_of=documents[0].id, origin_id="o0")
    documents[3] = replace(documents[3], copy_of=f"elsewhere {p}")

    def value(whole: Snippet, figure: str, **known: Any) -> Value:
        at = whole.start + whole.text.index(figure)
        place = Snippet(whole.document_id, at, at + len(figure), figure)
        return Value(place, whole, f"o{p}", f"{figure} {p}", 12.0, 13.0, "%", f"exports {p}", **known)

    monthly = value(down, "12.7%", period=f"May {p}", modality=f"estimate {p}", attribution=f"customs {p}")
    annual = value(yearly, "34.5%", basis=f"year on year {p}")
    gone = Value(Snippet(f"gone {p}", 0, 3, "3 %"), Snippet(f"gone {p}", 0, 3, f"3 % {p}"), "o", f"3 % {p}")
    sides = (Side(f"down 12.7 % {p}", (monthly,), 1, 1, (monthly,)), Side(f"down 34.5 % {p}", (annual,), 1, 1))
    differ = Comparison("c1", "quantity", f"exports · China {p}", "other base", f"Another month {p}.", sides)
    loose = replace(differ, id="c2", relation="unknown")
    agreed = Comparison("c3", "quantity", f"talks {p}", "agreement", f"Both {p}.", (replace(sides[0], origins=2),))
    revised = Comparison(
        "c1", "quantity", f"toll {p}", "revision", f"Later {p}.", (Side(f"3 {p}", (gone,), 1, 1), sides[1])
    )
    statements = (
        Statement("s1", resume.text, (support(resume, 1.0), support(copied, 0.9)), 2, 2, 0.5),
        Statement("s2", down.text, (support(down, 1.0),), 1, 1, 0.4, gate=Gate("failed", (f"numbers: {p}",))),
        Statement("s3", f"Reworded {p}", (support(yearly, 1.0),), 1, 1, 0.3, kind="rewrite", gate=Gate("passed")),
    )
    findings = Findings(
        (differ, loose, agreed),
        (
            SingleSource(down, 0.4, "s2"),
            SingleSource(yearly, 0.3, "s3", near=True),
            SingleSource(yearly, 0.2, None, relayed=f"Reuters {p}"),
        ),
        (
            Event("s1", "2025-05-01", "month", words(0, "in May", "in May"), f"the month nearest {p}"),
            Event("s2", None, None, None, f"no date {p}", reported=f"2025-06-01{p}"),
            Event("s3", None, None, None, f"no date {p}"),
        ),
    )
    changes = Update(
        f"since {p}",
        (yearly,),
        (revised,),
        (Repeated(f"Unchanged {p}.", (resume,)), Repeated(f"Silent {p}.")),
        (monthly.place,),
        (words(1, "Exports", "fell"),),
        (f"seen {p}",),
        (EarlierArticle(f"gone {p}", f"Earlier {p}", f"Outlet {p}", f"2025 {p}"),),
    )
    return Summary(
        statements,
        tuple(documents),
        (),
        Budget("words", 150, 20),
        f"embed:tfidf|query:{p}",
        f"Talks resume {p}",
        f"What of Mars? {p}",
        (f"a warning {p}", "another"),
        Rewriting(f"fuser {p}", 1, 1, objections={f"numbers {p}": 1}),
        findings,
        changes,
        Answer("partly", (f"talks {p}",), (f"Mars {p}",), ("s1",), f"s1 speaks of talks {p}"),
    )


def report_of(summary: Summary) -> ComparisonReport:
    """Make a comparison without a summary from the parts of a briefing."""
    return ComparisonReport(summary.comparisons, summary.documents, summary.signature, summary.warnings)


class Browser:
    """A headless Chromium that says what a page did."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def look(self, width: int = 1280, height: int = 900, *, media: str = "", **features: str) -> None:
        """Set the size of the window, the medium, and what the reader prefers."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        wanted = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": wanted})

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page, which its policy does not hold up."""
        return self.driver.execute_script(script, *arguments)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def errors(self) -> list[Any]:
        """Take what the console said since the last time."""
        found: list[Any] = self.driver.get_log("browser")
        return found

    def save(self, path: Path) -> None:
        """Save what is seen as a picture."""
        self.driver.save_screenshot(str(path))


@contextmanager
def open_browser(folder: Path) -> Iterator[Browser]:
    """Start a headless Chromium with an empty profile; the test is skipped where there is none."""
    selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed: pip install selenium")
    from selenium.webdriver.chrome.service import Service

    program = next((found for found in map(which, BROWSERS) if found), None)
    driver = which("chromedriver")
    if program is None or driver is None:
        pytest.skip(f"no {'Chromium' if program is None else 'chromedriver'} on this machine to open the page in")
    options = selenium.ChromeOptions()
    options.binary_location = program
    for flag in (
        *FLAGS.split(),
        f"--user-data-dir={folder}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = selenium.Chrome(options=options, service=Service(driver))
    # Without it a page that nobody looks at does not hold the focus reliably.
    started.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    try:
        yield Browser(started)
    finally:
        started.quit()


class Server:
    """Serves pages on this machine, and notes what else is asked for.

    :param address: where it is.
    :param pages: what it serves, by path.
    :param asked: other paths asked for.
    """

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = server.pages.get(self.path)
                if page is None:
                    server.asked.append(self.path)
                body = (page or "").encode()
                self.send_response(200 if page is not None else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def put(self, path: str, page: str) -> str:
        """Serve a page, and give its address."""
        self.pages[path] = page
        return self.address + path

    def close(self) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._http.server_close()
