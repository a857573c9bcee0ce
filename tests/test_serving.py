"""The app in this process: who is let in, what is refused and how, what pages say; its workers are stood in for."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("httpx", reason="starlette's test client needs httpx")

from starlette.testclient import TestClient
from typer.testing import CliRunner

from summarizer import SummaryConfig, cli, summarize
from summarizer.briefing import to_html
from summarizer.commands.options import SERVING
from summarizer.errors import (
    BudgetError,
    ConfigError,
    LimitError,
    MissingExtraError,
    ModelError,
    NoInputError,
    ReadingError,
    SummarizerError,
)
from summarizer.reading.formats import read_bytes
from summarizer.reading.intake import Intake
from summarizer.serving import bind, make_app, processes, warnings_of
from summarizer.serving.application import Server
from summarizer.serving.fields import COMPARE_SETTINGS, SETTINGS, check_setting, configure, read_request
from summarizer.serving.forms import FORMATS
from summarizer.serving.guard import names_of
from summarizer.serving.limits import Admission, ServeLimits, default_workers
from summarizer.serving.orders import Order, Result
from summarizer.serving.pages import STAGES, progress_of
from summarizer.serving.problems import MAX_ERRORS, TITLES, Problem, problem_of
from summarizer.serving.processes import WorkerDied
from summarizer.serving.work import perform
from tests.pages import everything
from tests.serving import wait_for
from tests.test_page_security import CASES

OURS = "http://127.0.0.1:8765"
JSON = {"Content-Type": "application/json"}
TWO = ("Exports fell by 3% in May, officials said.", "Officials said that exports fell by 3% in May.")
#: Settings that no client may choose and no flag of the server sets: files, folders, models.
NEVER = {"salience_weights", "embedding_cache", "since", "rewrite", "fetch_cache"}


class Work:
    """Stands in for the workers: it notes orders, and gives or raises what a test sets."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.outcome: Any = Result("A title", {"json": b"{}", "md": b"# A title", "html": b"<!DOCTYPE html>"})
        self.hold: asyncio.Event | None = None
        self.cancelled = 0

    async def run(self, order: Order, tell: Callable[[str, float], None]) -> Result:
        self.orders.append(order)
        tell("embed", 0.5)
        try:
            while self.hold is not None:
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if isinstance(self.outcome, Exception):
            raise self.outcome
        found: Result = self.outcome
        return found


@contextmanager
def app_of(work: Work, *, fetch: bool = False, host: str = "127.0.0.1", **limits: Any) -> Iterator[TestClient]:
    most = ServeLimits(workers=1, **limits)
    app = make_app(SummaryConfig(), most, fetch=fetch, host=host, allow_hosts=("news.example",))
    app.state.server.pool.open = lambda: None
    app.state.server.pool.run = work.run
    with TestClient(app, base_url=OURS, follow_redirects=False, raise_server_exceptions=False) as client:
        client.server = app.state.server  # type: ignore[attr-defined]
        yield client


@pytest.fixture(name="work")
def _work() -> Work:
    return Work()


@pytest.fixture(name="client")
def _client(work: Work) -> Iterator[TestClient]:
    with app_of(work) as client:
        yield client


def problem(answer: Any, status: int, kind: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert found["type"] == f"urn:crossbrief:problem:{kind}"
    assert (found["status"], found["title"]) == (status, TITLES[kind])
    return found


def send(client: TestClient, **parts: Any) -> Any:
    files = parts.pop("files", None) or [("text", (None, text)) for text in parts.pop("texts", ())]
    data = [(name, (None, str(value))) for name, value in parts.items()]
    return client.post("/jobs", files=[*files, *data], headers={"Origin": OURS})


# --- who is let in ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "let_in"),
    [
        ("127.0.0.1:8765", True), ("127.0.0.1", True), ("localhost:1", True), ("LOCALHOST", True), ("[::1]:8765", True),
        ("news.example", True), ("localhost.", True),
        ("evil.example", False), ("127.0.0.1.evil.example", False), ("127.0.0.2", False), ("", False),
        ("x@localhost", False), ("localhost/", False), ("localhost:port", False), ("[::1", False),
        ("2130706433", False),
    ],
)  # fmt: skip
def test_only_names_of_the_bound_host_are_answered(client: TestClient, host: str, let_in: bool) -> None:
    answer = client.get("/healthz", headers={"Host": host})
    if let_in:
        assert answer.status_code == 200
    else:
        assert "--allow-host" in problem(answer, 421, "foreign-host")["detail"]


def test_who_listens_everywhere_answers_to_addresses_and_no_other_names(work: Work) -> None:
    with app_of(work, host="0.0.0.0") as client:
        for host, status in (("192.168.1.7:80", 200), ("[fe80::1]", 200), ("evil.example", 421), ("news.example", 200)):
            assert client.get("/healthz", headers={"Host": host}).status_code == status
    assert "evil.example" not in names_of("::")


@pytest.mark.parametrize(
    ("headers", "let_in"),
    [
        ({}, True),
        ({"Origin": OURS}, True),
        ({"Origin": OURS, "Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://127.0.0.1:9999"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": OURS, "Sec-Fetch-Site": "cross-site"}, False),
    ],
)
def test_other_sites_may_not_send(client: TestClient, work: Work, headers: dict[str, str], let_in: bool) -> None:
    for path, kinds in (("/jobs", {"files": [("text", (None, TWO[0]))]}), ("/api/summarize", {"content": b"{}"})):
        before = len(work.orders)
        answer = client.post(path, headers={**headers, **({} if path == "/jobs" else JSON)}, **kinds)  # type: ignore[arg-type]
        if let_in:
            assert answer.status_code in (200, 303)
        else:
            problem(answer, 403, "foreign-origin")
            assert len(work.orders) == before


def test_no_other_origin_may_read(client: TestClient) -> None:
    stranger = {"Origin": "http://evil.example"}
    for answer in (
        client.get("/", headers=stranger),
        client.options("/api/summarize", headers={**stranger, "Access-Control-Request-Method": "POST"}),
        client.get("/nowhere"),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


# --- statuses --------------------------------------------------------------------------------------------------------


def test_what_is_not_there_and_what_is_not_allowed(client: TestClient) -> None:
    problem(client.get("/api/nothing"), 404, "not-found")
    found = client.get("/api/summarize")
    assert "POST" in problem(found, 405, "method")["detail"]
    assert found.headers["allow"] == "POST"
    assert "text/html" in client.get("/nowhere", headers={"Accept": "text/html"}).headers["content-type"]
    assert client.get("/nowhere", headers={"Accept": "text/html"}).status_code == 404
    assert client.head("/").status_code == 200


def test_another_kind_of_body_is_refused(client: TestClient, work: Work) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"):
        problem(client.post("/api/summarize", content=b"{}", headers={"Content-Type": kind}), 415, "media-type")
    answer = client.post("/api/summarize", content=b"{}", headers={**JSON, "Content-Encoding": "gzip"})
    problem(answer, 415, "encoded")
    problem(client.post("/jobs", data={"text": "a"}), 415, "media-type")
    assert client.post(
        "/api/summarize", content=b"{}", headers={"Content-Type": "Application/JSON; charset=utf-8"}
    ).is_success
    assert len(work.orders) == 1


def test_a_body_is_counted_while_it_comes_in() -> None:
    work = Work()
    with app_of(work, max_body_bytes=1_000) as client:
        told = client.post("/api/summarize", content=b"x" * 1_001, headers=JSON)
        assert "--max-body-bytes" in problem(told, 413, "body-too-large")["detail"]
        untold = client.post("/api/summarize", content=iter([b"x" * 600, b"x" * 600]), headers=JSON)
        problem(untold, 413, "body-too-large")
        assert client.post("/api/summarize", content=iter([b"x" * 500] * 2), headers=JSON).is_success
        problem(send(client, texts=["x" * 1_001]), 413, "body-too-large")
        server: Server = client.server  # type: ignore[attr-defined]
        assert (server.admission.n_inside, server.admission.n_bytes) == (0, 0)
    assert len(work.orders) == 1


def test_a_slow_body_is_refused(work: Work) -> None:
    app = make_app(SummaryConfig(), ServeLimits(workers=1, body_seconds=0.05))
    app.state.server.pool.open = lambda: None
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def deliver(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"content-type", b"application/json"), (b"content-length", b"0")]
    scope = {"type": "http", "method": "POST", "path": "/api/summarize", "headers": headers, "query_string": b""}
    asyncio.run(app({**scope, "server": ("localhost", 80), "scheme": "http"}, receive, deliver))
    assert sent[0]["status"] == 408
    assert "0.05 s" in json.loads(sent[1]["body"])["detail"]


def test_one_too_many_is_asked_to_come_back(work: Work) -> None:
    work.hold = asyncio.Event()
    with app_of(work, max_concurrent=2) as client:
        jobs = [send(client, texts=TWO).headers["location"] for _ in range(2)]
        for answer in (client.post("/api/summarize", content=b"{}", headers=JSON), send(client, texts=TWO)):
            assert "limit of this server" in problem(answer, 429, "busy")["detail"]
            assert 1 <= int(answer.headers["retry-after"]) <= 120
        assert client.get("/healthz").json()["inside"] == 2
        client.post(f"{jobs[0]}/delete", headers={"Origin": OURS})
        client.get("/healthz")
        assert work.cancelled == 1
        assert send(client, texts=TWO).status_code == 303


def test_all_bodies_together_are_limited() -> None:
    admission = Admission(ServeLimits(workers=1, max_held_bytes=100))
    first, second = admission.enter(), admission.enter()
    first.hold(60)
    with pytest.raises(Problem, match="as many bytes"):
        second.hold(60)
    second.leave()
    second.leave()
    first.hold(30)
    first.leave()
    assert (admission.n_inside, admission.n_bytes) == (0, 0)


def test_every_error_of_the_package_is_a_status() -> None:
    for error, status, kind in (
        (BudgetError("x"), 422, "budget"), (ConfigError("x"), 422, "setting"), (LimitError("x"), 413, "input-limit"),
        (MissingExtraError("x", "y"), 422, "setting"), (NoInputError("x"), 422, "no-article"),
        (ReadingError("a", "x"), 422, "no-article"), (ModelError("x"), 500, "unexpected"),
    ):  # fmt: skip
        assert (problem_of(error).status, problem_of(error).kind) == (status, kind)


def test_a_mistake_of_ours_says_so_and_no_more(client: TestClient, work: Work) -> None:
    work.outcome = RuntimeError("secret")
    answer = client.post("/api/summarize", content=b"{}", headers=JSON)
    assert "secret" not in problem(answer, 500, "unexpected")["detail"]


def test_a_server_that_stops_says_so(client: TestClient) -> None:
    client.server.pool.stop()  # type: ignore[attr-defined]
    answer = client.get("/healthz")
    problem(answer, 503, "stopping")
    assert int(answer.headers["retry-after"]) > 0


def test_a_problem_cannot_steer_a_terminal() -> None:
    found = Problem(422, "fields", "\x1b]0;owned\x07\u202e", errors=[("/a", "\x1b[31m")] * 50).to_dict()
    assert not set(json.dumps(found, ensure_ascii=False)) & set("\x1b\x07\u202e")
    assert len(found["errors"]) == MAX_ERRORS


def test_a_job_never_waits_for_ever(client: TestClient, work: Work) -> None:
    work.outcome = RuntimeError("secret")
    shown = words_of(client.get(send(client, texts=TWO).headers["location"]))
    assert "Something went wrong in the server" in shown
    assert "secret" not in shown


@pytest.mark.parametrize(
    ("body", "pointers", "word"),
    [
        ({"documents": [{"text": TWO[0]}], "max_words": 1}, ["/max_words"], "give at least max_words=8"),
        ({"documents": [{"text": "A"}], "max_words": 9, "max_tokens": 9}, ["/max_words", "/max_tokens"], "one budget"),
        ({"documents": [{"text": " "}]}, ["/documents/0/text"], "is empty"),
        ({"documents": [{"text": " "}, {"text": "?!"}]}, ["/documents/0/text", "/documents/1/text"], "no words"),
        ({"documents": [{"text": "Read more"}]}, ["/documents"], "whole sentences"),
        ({"documents": [{"text": "A. " * 9}] * 10}, ["/documents"], "more than 9 documents"),
    ],
)  # fmt: skip
def test_what_the_work_refuses_names_the_field_and_the_remedy(
    body: dict[str, Any], pointers: list[str], word: str
) -> None:
    with pytest.raises((Problem, SummarizerError)) as caught:
        perform_tfidf(Order("summarize", ("json",), json.dumps(body).encode()))
    error = caught.value
    found = error if isinstance(error, Problem) else problem_of(error)
    assert [pointer for pointer, _ in found.errors] == pointers
    assert word in found.detail


def test_a_byte_order_mark_is_passed_over_and_an_empty_body_told_what_to_send() -> None:
    body = json.dumps({"documents": [{"text": TWO[0]}]}).encode("utf-8-sig")
    assert perform_tfidf(Order("summarize", ("json",), body))[0].forms
    for body in (b"", b" \n"):
        with pytest.raises(Problem, match="send an object with documents"):
            perform_tfidf(Order("summarize", ("json",), body))


def test_a_worker_that_cannot_start_says_why(caplog: pytest.LogCaptureFixture) -> None:
    async def begin() -> None:
        await processes.start({"no_such_setting": 1}, fetch=False)

    with pytest.raises(WorkerDied, match=r"TypeError.*no_such_setting"):
        asyncio.run(begin())
    assert "Traceback" in caplog.text


def test_workers_that_do_not_start_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    async def start(*_: Any, **__: Any) -> Any:
        tries.append(1)
        raise WorkerDied("a worker did not start")

    monkeypatch.setattr("summarizer.serving.pool.start", start)
    app = make_app(SummaryConfig(), ServeLimits(workers=1))
    with TestClient(app, base_url=OURS) as client:
        while not tries:
            client.get("/healthz")
        assert client.get("/healthz").json()["status"] == "starting"
        answer = client.post("/api/summarize", content=b"{}", headers=JSON)
        assert "no worker starts (a worker did not start)" in problem(answer, 503, "waited")["detail"]
        assert answer.headers["retry-after"] == "30"


# --- what a request may hold -----------------------------------------------------------------------------------------


def test_each_setting_is_for_clients_or_for_the_server_or_for_nobody() -> None:
    names = {field.name for field in fields(SummaryConfig)}
    assert set(SETTINGS) | set(SERVING) | NEVER == names
    assert set(SETTINGS) & (set(SERVING) - {"embedder"}) == set()
    assert NEVER & (set(SETTINGS) | set(SERVING)) == set()
    assert set(COMPARE_SETTINGS) < set(SETTINGS)


@pytest.mark.parametrize(
    "name", sorted(NEVER | (set(SERVING) - {"embedder"}) | {"documents_", "urls", "__class__", "/~"})
)
def test_other_settings_are_refused_by_name(name: str) -> None:
    body = json.dumps({"documents": [{"text": "a"}], name: "x"}).encode()
    with pytest.raises(Problem, match="is no field of this request") as raised:
        read_request(body, "summarize")
    assert raised.value.status == 422
    assert raised.value.errors[0][0] == "/" + name.replace("~", "~0").replace("/", "~1").replace("/~1", "~1")


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"", 400, "not JSON"), (b"{", 400, "line 1, character 2"), (b"\xff\xfe{}", 400, "not UTF-8"),
        (b'{"documents": NaN}', 400, "NaN"), (b"[" * 100_000, 400, "nested too deep"),
        (b'{"max_words": ' + b"9" * 5_000 + b"}", 400, "not JSON"),
        (b"[]", 422, "must be an object"), (b"{}", 422, "/documents must be a list"),
        (b'{"documents": []}', 422, "at least one"),
        (b'{"documents": [1, {"text": 2}, {"text": "a", "id": 3}]}', 422, "(2 more)"),
        (b'{"documents": [{"text": "a", "path": "/etc/passwd"}]}', 422, "/documents/0/path is no field"),
        (b'{"documents": ["a"], "max_words": "9"}', 422, "1 more"),
        (b'{"documents": [{"text": "a"}], "max_words": 0}', 422, "at least 1 and at most 10000000 and is 0"),
        (b'{"documents": [{"text": "a"}], "max_words": 1e300}', 422, "at most 10000000"),
        (b'{"documents": [{"text": "a"}], "max_words": true}', 422, "must be a whole number and is true"),
        (b'{"documents": [{"text": "a"}], "max_words": 1.5}', 422, "whole number"),
        (b'{"documents": [{"text": "a"}], "strategy": null}', 422, "must be a text"),
        (b'{"documents": [{"text": "a"}], "strategy": ["mmr"]}', 422, "is a list"),
        (b'{"documents": [{"text": "a"}], "embedder": "/models/x"}', 422, "must be one of minilm"),
        (b'{"documents": [{"text": "a"}], "query": " "}', 422, "is blank"),
        (b'{"documents": [{"text": "a"}], "query": "\\ud800"}', 422, "lone surrogate"),
        (b'{"documents": [{"text": "a"}], "keep_opinion": 1}', 422, "true or false"),
        (b'{"documents": [{"text": "a"}], "diversity": 1e400}', 422, "at most 1"),
    ],
)  # fmt: skip
def test_a_request_that_cannot_be_read(body: bytes, status: int, words: str) -> None:
    with pytest.raises(Problem, match=re.escape(words)) as raised:
        read_request(body, "summarize")
    assert raised.value.status == status


def test_what_a_request_may_hold_arrives() -> None:
    given = {"max_words": 50.0, "query": "why?", "diversity": 0, "compare": False, "cluster_threshold": None}
    articles, chosen = read_request(
        json.dumps({"documents": [{"text": "a", "title": None}], **given}).encode(), "summarize"
    )
    assert articles == [{"text": "a", "title": None}]
    config = configure(chosen, SummaryConfig(embedder="tfidf", max_documents=3))
    assert config == SummaryConfig(
        embedder="tfidf", max_documents=3, max_words=50, query="why?", diversity=0, compare=False
    )
    with pytest.raises(Problem, match="give one budget"):
        configure({"max_words": 5, "max_tokens": 5}, SummaryConfig())
    with pytest.raises(Problem, match="is no field"):
        read_request(b'{"documents": [{"text": "a"}], "max_words": 5}', "compare")


@given(st.sampled_from(SETTINGS), st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9))
@settings(deadline=None, max_examples=300)
def test_a_setting_that_is_let_through_makes_a_configuration(name: str, value: Any) -> None:
    if check_setting(name, value) == "":
        configure({name: int(value) if isinstance(value, float) and "max_" in name else value}, SummaryConfig())


# --- what a worker does ----------------------------------------------------------------------------------------------


def perform_tfidf(order: Order, *, fetch: bool = False) -> tuple[Result, list[str]]:
    stages: list[str] = []
    base = SummaryConfig(embedder="tfidf", max_documents=9)
    return perform(order, base, lambda stage, _: stages.append(stage), fetch=fetch), stages


def test_the_answer_is_what_the_package_gives() -> None:
    articles = [{"text": text, "source": f"Outlet {n}"} for n, text in enumerate(TWO)]
    body = json.dumps({"documents": articles, "max_words": 60, "query": "exports"}).encode()
    result, stages = perform_tfidf(Order("summarize", ("json", "md", "html"), body))
    summary = summarize(articles, max_words=60, query="exports", embedder="tfidf", max_documents=9)
    assert result.forms == {
        "json": summary.to_json().encode(), "md": summary.to_markdown().encode(), "html": summary.to_html().encode(),
    }  # fmt: skip
    assert set(stages) <= set(STAGES), "each stage has a name on the page"
    compared, _ = perform_tfidf(Order("compare", ("json",), json.dumps({"documents": articles}).encode()))
    assert json.loads(compared.forms["json"])["comparisons"]


def test_progress_moves_while_meanings_are_compared() -> None:
    articles = [{"text": " ".join(f"Quay {letter} handled {n} ships in May." for n in range(60))} for letter in "ABC"]
    shown: list[float] = []

    def tell(stage: str, share: float) -> None:
        if stage == "embed":
            shown.append(progress_of(SimpleNamespace(stage=stage, share=share))[1])  # type: ignore[arg-type]

    body = json.dumps({"documents": articles}).encode()
    perform(Order("summarize", ("json",), body), SummaryConfig(), tell, fetch=False)
    assert len(set(shown)) == 7
    assert shown == sorted(shown)
    assert (shown[0], shown[-1]) == (0.25, 0.7)


def test_a_form_is_read_like_files(tmp_path: Path) -> None:
    page = f"<html><head><title>A title</title></head><body><p>{TWO[0]}</p><p>{TWO[1]}</p></body></html>"
    lines = json.dumps({"text": TWO[0]}) + "\n" + json.dumps({"text": TWO[1]})
    files = (("a.txt", TWO[0].encode()), ("b.HTML", page.encode()), ("c.jsonl", lines.encode()), ("d.csv", b"a,b"))
    order = Order("summarize", ("json",), texts=(f"Title: Told\nSource: Post\n\n{TWO[1]}",), files=files)
    found = json.loads(perform_tfidf(order)[0].forms["json"])
    assert [document["id"] for document in found["documents"]] == ["a", "b", "c:1", "c:2", "pasted-1"]
    assert found["documents"][4]["title"] == "Told"
    assert [warning for warning in found["warnings"] if warning.startswith("not used: d.csv")]


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (Order("summarize", texts=(" ", "---\n ---- \n")), "nothing was sent"),
        (Order("summarize", texts=("https://a.example/x",)), "this server fetches none: paste the text"),
        (Order("summarize", files=(("/etc/passwd", b""),)), "is empty"),
        (Order("summarize", files=(("/etc/passwd.warc", b"WARC/1.0"),)), "not taken over the network"),
        (Order("summarize", files=(("x", b"WARC/1.0\r\n"),)), "not taken over the network"),
        (Order("summarize", urls=("https://a.example/x",)), "--fetch"),
        (Order("summarize", texts=("..\n---\n\n---\n?!",)), "pasted text 2: holds no words"),
        (Order("summarize"), "nothing was sent"),
    ],
)
def test_a_form_without_an_article(order: Order, words: str) -> None:
    with pytest.raises((Problem, ReadingError, NoInputError), match=re.escape(words)):
        perform_tfidf(order)


def test_an_address_that_was_pasted_is_led_to_its_field_where_there_is_one() -> None:
    with pytest.raises(ReadingError, match="list it under addresses"):
        perform_tfidf(Order("summarize", texts=("https://a.example/x",)), fetch=True)


def test_pasted_articles_keep_their_order() -> None:
    """Who pasted them knows them by their place; ids of their content would shuffle them."""
    told = [f"On Monday the mayor of town number {n} said that the bridge of the town was shut." for n in range(9)]
    order = Order("summarize", texts=("\n---\n".join(told[:7]), *told[7:]))
    found = json.loads(perform_tfidf(order)[0].forms["json"])
    assert [one["id"] for one in found["documents"]] == [f"pasted-{n}" for n in range(1, 10)]


def test_a_long_form_is_taken_apart_by_the_worker(client: TestClient, work: Work) -> None:
    """On the loop millions of lines would keep everybody waiting."""
    text = "---\n" * 200
    send(client, texts=[text])
    assert work.orders[0].texts == (text,)


@pytest.mark.parametrize("url", ["/etc/passwd", "seeds", "file:///etc/passwd", "-", "~/.ssh", "ftp://a.example/"])
def test_no_address_is_a_path(url: str) -> None:
    with pytest.raises(ReadingError, match="is no address of the web"):
        perform_tfidf(Order("summarize", urls=(url,)), fetch=True)


def test_private_addresses_stay_out_of_reach_with_fetch() -> None:
    pytest.importorskip("httpcore", reason="the extra web is not installed")
    with pytest.raises(ReadingError, match=r"private|loopback|this computer"):
        perform_tfidf(Order("summarize", urls=("http://127.0.0.1:1/",)), fetch=True)


def test_the_name_of_an_upload_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("A secret of nine words stands in this file here.", encoding="utf-8")
    intake = Intake(SummaryConfig())
    read_bytes(str(tmp_path / "secret.txt"), TWO[0].encode(), intake)
    assert [document.text for document in intake.documents] == [TWO[0]]


def test_an_order_survives_the_pipe() -> None:
    order = Order("compare", ("md",), None, {"embedder": "tfidf"}, ("a\ud800",), (("n\u00e9.txt", b"\0\xff"),), ("u",))
    head, *blobs = order.to_messages()
    assert Order.from_messages(json.loads(head), blobs) == order
    order = Order("summarize", ("json",), b"{}")
    head, *blobs = order.to_messages()
    assert Order.from_messages(json.loads(head), blobs) == order


# --- jobs and pages --------------------------------------------------------------------------------------------------


def tree_of(answer: Any) -> Any:
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return html.document_fromstring(answer.content, parser=html.HTMLParser(encoding="utf-8"))


def words_of(answer: Any) -> str:
    return " ".join(tree_of(answer).text_content().split())


def test_a_form_becomes_a_page_of_its_own(client: TestClient, work: Work) -> None:
    files = [
        ("text", (None, "First article.\r\nIts second line.\r\n---\r\nSecond article.\r\n ---- \r\n\r\n")),
        ("text", (None, "")), ("text", (None, "Third — “article”.")),
        ("files", ("a.txt", b"An upload.")), ("files", ("", b"")),
    ]  # fmt: skip
    answer = send(client, files=files, words="90", query=" why? ", format="md")
    assert answer.status_code == 303
    page = answer.headers["location"]
    assert re.fullmatch(r"/jobs/[\w-]{24}", page)
    assert work.orders == [
        Order(
            "summarize", ("json", "md", "html"), None, {"max_words": 90, "query": "why?"},
            ("First article.\nIts second line.\n---\nSecond article.\n ---- \n\n", "Third — “article”."),
            (("a.txt", b"An upload."),),
        )
    ]  # fmt: skip
    assert "# A title" in words_of(client.get(page))
    for form, kind in (("md", "text/markdown"), ("json", "application/json"), ("html", "text/html")):
        found = client.get(f"{page}/briefing.{form}")
        assert found.content == work.outcome.forms[form]
        assert found.headers["content-type"].startswith(kind)
        assert f'filename="briefing.{form}"' in found.headers["content-disposition"]
    problem(client.get(f"{page}/briefing.exe"), 404, "not-found")


def test_progress_is_shown_and_told(work: Work) -> None:
    work.hold = asyncio.Event()
    with app_of(work) as client:
        page = send(client, texts=TWO).headers["location"]
        shown = client.get(page)
        assert "Comparing meanings" in words_of(shown)
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in shown.text
        assert 25 < int(tree_of(shown).find(".//progress").get("value")) < 70
        assert tree_of(shown).get_element_by_id("seconds").text == "0"
        problem(client.get(f"{page}/briefing.html"), 404, "not-found")
        work.hold = None
        told = client.get(f"{page}/events").text
        assert told.endswith("event: done\ndata: {}\n\n")
        assert "iframe" in client.get(page).text


def test_a_job_that_fails_says_why(client: TestClient, work: Work) -> None:
    work.outcome = Problem(422, "budget", "no sentence fits the budget of 1 words")
    page = send(client, texts=TWO, words=1).headers["location"]
    shown = client.get(page)
    assert "no sentence fits the budget of 1 words" in words_of(shown)
    assert shown.status_code == 200
    problem(client.get(f"{page}/briefing.md"), 422, "budget")


def test_a_job_that_fails_shows_its_form_again(client: TestClient, work: Work) -> None:
    work.outcome = Problem(422, "budget", "no sentence fits the budget")
    files = [("text", (None, TWO[0])), ("files", ("a.txt", b"x")), ("files", ("b.txt", b"y"))]
    page = tree_of(client.get(send(client, files=files, words="3", query="why?", format="md").headers["location"]))
    assert [area.text.strip() for area in page.findall(".//textarea")] == [TWO[0]]
    assert [page.get_element_by_id(name).get("value") for name in ("words", "query")] == ["3", "why?"]
    assert [one.get("value") for one in page.findall(".//option[@selected]")] == ["md"]
    assert "Choose the 2 files again" in " ".join(page.text_content().split())
    assert page.get_element_by_id("problem").get("role") == "alert"


def test_a_form_that_is_too_long_to_be_shown_again_says_so(client: TestClient, work: Work) -> None:
    work.outcome = Problem(422, "budget", "no sentence fits the budget")
    page = client.get(send(client, texts=["x" * 5_000_001]).headers["location"])
    assert len(page.content) < 20_000
    assert "too long to be shown again" in words_of(page)
    blank = send(client, texts=[" " * 5_000_001])
    assert (blank.status_code, len(blank.content) < 20_000) == (422, True)


def test_a_list_of_addresses_without_end_is_not_taken_apart(work: Work) -> None:
    with app_of(work, fetch=True) as client:
        answer = send(client, urls="a " * 200_000)
        assert answer.status_code == 422
        assert "list at most 50" in words_of(answer)


def test_what_a_form_held_is_kept_only_where_it_is_shown_again(work: Work) -> None:
    with app_of(work, max_kept_bytes=2_000) as client:
        send(client, texts=["x" * 10_000])
        jobs = client.app.state.server.jobs._jobs  # type: ignore[attr-defined]
        wait_for(lambda: all(job.done for job in jobs.values()))
        assert [job.filled for job in jobs.values()] == [None]
        work.outcome = Problem(422, "budget", "no sentence fits the budget")
        pages = [send(client, texts=["x" * 1_500]).headers["location"] for _ in range(2)]
        wait_for(lambda: len(jobs) == 1)
        assert f"/jobs/{next(iter(jobs))}" == pages[-1]


def test_a_job_can_be_deleted(client: TestClient) -> None:
    page = send(client, texts=TWO).headers["location"]
    assert client.get(page).is_success
    answer = client.post(f"{page}/delete", headers={"Origin": OURS})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    problem(client.get(page), 404, "not-found")
    problem(client.post(f"{page}/delete", headers={"Origin": OURS}), 404, "not-found")
    problem(client.get("/jobs/..%2f..%2fetc"), 404, "not-found")


def test_jobs_are_kept_up_to_a_number_a_size_and_an_age(work: Work) -> None:
    with app_of(work, max_jobs=2) as client:
        pages = [send(client, texts=TWO).headers["location"] for _ in range(3)]
        assert [client.get(page).status_code for page in pages] == [404, 200, 200]
        work.hold = asyncio.Event()
        for _ in range(2):
            send(client, texts=TWO)
        problem(send(client, texts=TWO), 429, "busy")
    work.hold = None
    with app_of(work, max_kept_bytes=work.outcome.size * 2) as client:
        pages = [send(client, texts=TWO).headers["location"] for _ in range(3)]
        assert [client.get(page).status_code for page in pages] == [404, 200, 200]
    with app_of(work, keep_seconds=0.05) as client:
        page = send(client, texts=TWO).headers["location"]
        for _ in range(200):
            if client.get(page).status_code == 404:
                break
        problem(client.get(page), 404, "not-found")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"texts": ["", " "]}, "nothing was sent"),
        ({"texts": ["a"], "words": "many"}, 'words must be a whole number and is "many"'),
        ({"texts": ["a"], "words": "0"}, "words must be at least 1"),
        ({"texts": ["a"], "words": "9" * 40}, "must be a whole number"),
        ({"texts": ["a"], "query": "x" * 1_001}, "query has 1001 characters"),
        ({"texts": ["a"], "urls": "https://a.example/"}, "--fetch"),
        ({"texts": ["a"], "format": "exe"}, "one of the forms"),
        ({"texts": ["a"], "task": "x"}, "one of the forms"),
    ],
)
def test_a_wrong_form_is_shown_again(client: TestClient, work: Work, parts: dict[str, Any], words: str) -> None:
    answer = send(client, **parts)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert [area.text.lstrip("\n") for area in tree_of(answer).iterfind(".//textarea[@name='text']")] == parts.get(
        "texts", ["", ""]
    )
    assert work.orders == []
    assert client.get("/healthz").json()["inside"] == 0


def test_addresses_with_fetch(work: Work) -> None:
    with app_of(work, fetch=True, max_urls=2) as client:
        assert "urls" in client.get("/").text
        assert send(client, urls="https://a.example/x\r\n http://b.example \r\n").status_code == 303
        assert work.orders[0].urls == ("https://a.example/x", "http://b.example")
        assert "no address of the web" in words_of(send(client, urls="file:///etc/passwd"))
        assert "more than 2" in words_of(send(client, urls="http://a http://b http://c"))


def test_damaged_forms(client: TestClient) -> None:
    for kind, body in (
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=a", b"--b\r\n"),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--\r\n"),
    ):
        problem(client.post("/jobs", content=body, headers={"Content-Type": kind}), 400, "bad-request")
    many = [("files", (f"{n}.txt", b"x")) for n in range(101)]
    problem(client.post("/jobs", files=many), 413, "input-limit")
    assert client.get("/healthz").json()["inside"] == 0


def test_nothing_of_a_form_goes_to_a_file(client: TestClient, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", lambda _: pytest.fail("an upload went to a file"))
    send(client, files=[("files", ("a.txt", b"x" * 5_000_000))])
    assert len(work.orders[0].files[0][1]) == 5_000_000


# --- pages are safe and whole ----------------------------------------------------------------------------------------


def pages_with(work: Work, payload: str) -> Iterator[Any]:
    """Every page, with a payload wherever something of others is shown."""
    with app_of(work, fetch=True) as client:
        yield send(client, texts=[payload, payload], urls=payload, query=payload, words=payload, format=payload)
        work.outcome = Result(payload, {"json": b"{}", "md": payload.encode("utf-8", "replace"), "html": b""})
        yield client.get(send(client, texts=["x"], format="md").headers["location"])
        yield client.get(send(client, texts=["x"]).headers["location"])
        work.outcome = Problem(422, "no-article", payload)
        yield client.get(send(client, texts=["x"]).headers["location"])
        yield client.get(f"/{quote(payload)}", headers={"Accept": "text/html"})


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: case["label"])
def test_no_text_is_markup(work: Work, case: dict[str, str]) -> None:
    harmless, hostile = (
        [[(e.tag, sorted(e.attrib)) for e in tree_of(page).iter()] for page in pages_with(Work(), payload)]
        for payload in ("harmless", case["input"].replace("\0", ""))
    )
    assert harmless == hostile


def test_the_policy_lets_in_these_very_bytes(client: TestClient, work: Work) -> None:
    for path in ("/", send(client, texts=TWO).headers["location"]):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        for name in ("style", "script"):
            inside = re.search(f"<{name}>(.*?)</{name}>", answer.text, re.DOTALL).group(1)  # type: ignore[union-attr]
            assert f"'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'" in policy
        rest = re.sub(r"<(style|script)>.*?</\1>", "", answer.text, flags=re.DOTALL)
        assert not re.search(r"\sstyle=|\son[a-z]+=|https?:", rest)


def test_the_briefing_is_a_stranger_to_the_server(client: TestClient, work: Work) -> None:
    work.outcome = Result("x", {"html": to_html(everything()).encode(), "md": b"", "json": b""})
    page = send(client, texts=TWO).headers["location"]
    answer = client.get(f"{page}/briefing.html")
    policy = answer.headers["content-security-policy"]
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy + client.get(page).text
    assert "frame-ancestors 'self'" in policy
    for name in ("style", "script"):
        inside = re.search(f"<{name}>(.*?)</{name}>", answer.text, re.DOTALL).group(1)  # type: ignore[union-attr]
        assert f"'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'" in policy


def test_every_field_has_a_label_and_every_page_its_landmarks(work: Work) -> None:
    with app_of(work, fetch=True) as client:
        tree = tree_of(client.get("/"))
    named = {label.get("for") for label in tree.iterfind(".//label")}
    controls = [one for one in tree.iter("input", "textarea", "select")]
    assert len(controls) == 7
    assert {one.get("id") for one in controls} == named
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert all(set((one.get("aria-describedby") or "").split()) <= set(ids) for one in controls)
    assert [option.get("value") for option in tree.iterfind(".//option")] == list(FORMATS)
    assert tree.get("lang") == "en"
    for page in pages_with(Work(), "x"):
        tree = tree_of(page)
        assert len(tree.findall(".//main")) == len(tree.findall(".//h1")) == 1
        assert tree.find(".//body/a").get("href") == "#main"


def test_progress_never_goes_back() -> None:
    told = [
        progress_of(SimpleNamespace(stage=stage, share=share))[1]  # type: ignore[arg-type]
        for stage in STAGES
        for share in (0.0, 0.5, 1.0)
    ]
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert progress_of(SimpleNamespace(stage="new", share=9.0))[1] <= 1  # type: ignore[arg-type]


# --- starting --------------------------------------------------------------------------------------------------------


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("starlette.applications", "python_multipart"):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, library, None)
            with pytest.raises(MissingExtraError, match=r"crossbrief\[serve\]"):
                make_app(SummaryConfig(), ServeLimits(workers=1))


def test_limits_are_above_zero() -> None:
    with pytest.raises(ConfigError, match="max_jobs must be above 0"):
        ServeLimits(workers=1, max_jobs=0)
    assert 1 <= default_workers() <= 4


def test_listening() -> None:
    bound = bind("localhost", 0)
    try:
        assert re.fullmatch(r"http://localhost:\d+/", bound.url)
        assert warnings_of(bound, fetch=True) == []
        assert len({one.getsockname()[1] for one in bound.sockets}) == 1
        with pytest.raises(ConfigError, match="choose another --port"):
            bind("127.0.0.1", bound.sockets[0].getsockname()[1])
    finally:
        for one in bound.sockets:
            one.close()
    with pytest.raises(ConfigError, match="no such host"):
        bind("no.such.host.invalid", 0)
    wide = bind("0.0.0.0", 0)
    for one in wide.sockets:
        one.close()


def test_a_warning_where_others_can_reach_it() -> None:
    class Socket:
        def getsockname(self) -> tuple[str, int]:
            return ("0.0.0.0", 1)

    bound: Any = SimpleNamespace(sockets=(Socket(),), host="0.0.0.0")
    (first,) = warnings_of(bound, fetch=False)
    assert "WHOEVER REACHES IT CAN USE IT" in first
    assert len(warnings_of(bound, fetch=True)) == 2
    assert "--root" in warnings_of(bound, fetch=False, files=True)[1]
    assert "--allow-private" in warnings_of(bound, fetch=True, private=True)[2]
    assert len(warnings_of(bound, fetch=False, private=True)) == 1, "nothing is fetched"


SAID = ["warning: first\ufffd[31m", "warning: second"]


def test_the_command_says_where_it_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def run(app: Any, bound: Any, *, max_concurrent: int, ready: Callable[[], None], stop: Any) -> None:
        given.update(server=app.state.server, max_concurrent=max_concurrent)
        assert stop == app.state.server.pool.stop
        ready()
        logging.getLogger("summarizer.serving.pool").warning("first\x1b[31m\nsecond")
        for one in bound.sockets:
            one.close()

    monkeypatch.setattr("summarizer.serving.run", run)
    arguments = ["serve", "--port", "0", "--host", "0.0.0.0", "--fetch", "--max-documents", "7", "--time-limit", "5"]
    result = CliRunner().invoke(cli.app, [*arguments, "--workers", "3", "--max-concurrent", "9"])
    assert result.exit_code == 0, result.stderr
    assert re.search(r"^serving: http://0\.0\.0\.0:\d+/ \(Ctrl-C stops\)$", result.stderr, re.MULTILINE)
    assert result.stderr.splitlines()[-2:] == SAID, "nothing steers the terminal"
    assert result.stderr.count("warning: ") == 4
    assert result.stdout == ""
    limits = given["server"]._limits
    assert (limits.workers, limits.max_concurrent, limits.job_seconds, given["max_concurrent"]) == (3, 9, 5, 9)
    assert given["server"].pool._settings["max_documents"] == 7
    quiet = CliRunner().invoke(cli.app, ["serve", "--port", "0", "--quiet"])
    assert (quiet.exit_code, quiet.stderr.splitlines()) == (0, SAID)
    assert CliRunner().invoke(cli.app, ["serve", "--max-documents", "0"]).exit_code == 2
