"""The tools over streamable HTTP: the SDK's own client, and whoever else finds the port."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra mcp is not installed")
pytest.importorskip("uvicorn", reason="the extra serve is not installed")

import anyio
import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp import Client
from typer.testing import CliRunner

from benchmarks.serve import Running, running
from summarizer.agents import wire
from summarizer.agents.access import Access
from summarizer.agents.http import MAX_BODY_BYTES, MAX_CONCURRENT, MAX_VALUES, make_http_app, read_place
from summarizer.agents.server import _call, make_server
from summarizer.agents.work import Result, Work
from summarizer.cli import app
from summarizer.config import SummaryConfig
from summarizer.errors import ConfigError
from tests.conftest import ROOT
from tests.serving import wait_for
from tests.test_agents import ARTICLES, LATER
from tests.timing import TRIES, cost

HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
HANDSHAKE = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}  # fmt: skip


@pytest.fixture(name="live", scope="module")
def _live() -> Iterator[Running]:
    start = ("mcp", "--http", "0", "--embedder", "tfidf", "--max-body-bytes", "100000", "--max-concurrent", "2")
    with running(start=start) as server:
        yield server


@pytest.fixture(name="portal", scope="module")
def _portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as portal:
        yield portal


@pytest.mark.parametrize("mode", ["auto", "legacy"], ids=["newest protocol", "with a session"])
def test_the_client_of_the_sdk_calls_every_tool(mode: Any, live: Running, portal: BlockingPortal) -> None:
    told: list[tuple[float, str | None]] = []

    async def listen(progress: float, total: float | None, message: str | None) -> None:
        told.append((progress, message))

    client = Client(live.url, mode=mode)
    with portal.wrap_async_context_manager(client):
        tools = portal.call(client.list_tools).tools
        assert [(tool.name, tool.annotations.read_only_hint) for tool in tools if tool.annotations] == [
            ("summarize", True), ("compare", True), ("update", True),
        ]  # fmt: skip
        first = portal.call(
            lambda: client.call_tool("summarize", {"documents": ARTICLES, "max_words": 20}, progress_callback=listen)
        )
        assert first.structured_content["statements"][0]["origins"] == 2
        known = first.meta["crossbrief/briefing"]
        later = portal.call(lambda: client.call_tool("update", {"documents": LATER, "since": known}))
        assert later.structured_content["changes"]["new"]
        compared = portal.call(lambda: client.call_tool("compare", {"documents": [*ARTICLES, *LATER]}))
        assert [one["topic"] for one in compared.structured_content["comparisons"]]
        wrong = portal.call(lambda: client.call_tool("summarize", {"documents": "One text."}))
        assert wrong.is_error
        assert "documents must be a list" in wrong.content[0].text
    wait_for(lambda: told and told[-1] == (1.0, "done"))
    assert [share for share, _ in told] == sorted({share for share, _ in told})


def test_the_result_is_that_of_the_package(live: Running, portal: BlockingPortal) -> None:
    work = Work(Access(), SummaryConfig(embedder="tfidf"))
    expected = work.call("summarize", {"documents": ARTICLES}, lambda stage, share: None)
    client = Client(live.url)
    with portal.wrap_async_context_manager(client):
        found = portal.call(lambda: client.call_tool("summarize", {"documents": ARTICLES}))
    assert found.structured_content == expected.structured
    assert found.content[0].text == expected.text


def ask(
    server: Running, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    given = {**HEADERS, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return server.ask(method, path, body, given)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "kind"),
    [
        ("POST", "/mcp", {"Host": "evil.example"}, 421, "foreign-host"),
        ("GET", "/mcp", {"Host": "evil.example"}, 421, "foreign-host"),
        ("POST", "/mcp", {"Origin": "http://evil.example"}, 403, "foreign-origin"),
        ("GET", "/mcp", {"Origin": "http://evil.example"}, 403, "foreign-origin"),
        ("DELETE", "/mcp", {"Origin": "null"}, 403, "foreign-origin"),
        ("POST", "/mcp", {"Sec-Fetch-Site": "same-site"}, 403, "foreign-origin"),
        ("POST", "/mcp", {"Content-Type": "text/plain"}, 415, "media-type"),
        ("POST", "/mcp", {"Content-Encoding": "gzip"}, 415, "encoded"),
        ("GET", "/", {}, 404, "not-found"),
        ("POST", "/mcpx", {}, 404, "not-found"),
    ],
)
def test_strangers_are_refused(
    method: str, path: str, headers: dict[str, str], status: int, kind: str, live: Running
) -> None:
    answer = ask(live, method, path, b"{}" if method == "POST" else None, **headers)
    assert answer[0] == status
    assert json.loads(answer[2])["type"].rpartition(":")[2] == kind
    assert answer[1]["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer[1]


def test_bodies_are_counted_while_they_come_in(live: Running) -> None:
    assert ask(live, "POST", "/mcp", b" " * 100_001)[0] == 413
    connection = http.client.HTTPConnection(live.place, timeout=30)
    connection.request("POST", "/mcp", (b" " * 20_000 for _ in range(6)), HEADERS, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_one_request_too_many_is_told_when_to_come_back(live: Running) -> None:
    held = [http.client.HTTPConnection(live.place, timeout=30) for _ in range(2)]
    for connection in held:
        connection.putrequest("POST", "/mcp")
        for name, value in {**HEADERS, "Content-Length": "10"}.items():
            connection.putheader(name, value)
        connection.endheaders(b"{")
    try:
        answer = wait_for(lambda: (found := ask(live, "POST", "/mcp", b"{}"))[0] == 429 and found)
        assert int(answer[1]["retry-after"]) >= 1
    finally:
        for connection in held:
            connection.close()
    wait_for(lambda: ask(live, "POST", "/mcp", b"{}")[0] != 429)


def test_half_a_character_in_a_request_is_no_error(live: Running) -> None:
    call = {
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "summarize", "arguments": {"documents": [{"text": ARTICLES[0]["text"] + " \ud800"}]}},
    }  # fmt: skip
    opened = ask(live, "POST", "/mcp", json.dumps(HANDSHAKE).encode())
    assert opened[0] == 200
    session = opened[1]["mcp-session-id"]
    answer = ask(live, "POST", "/mcp", json.dumps(call).encode(), mcp_session_id=session)
    assert answer[0] == 200
    assert b"Exports fell by 3% in May" in answer[2]
    assert ask(live, "DELETE", "/mcp", mcp_session_id=session)[0] == 200
    assert ask(live, "POST", "/mcp", json.dumps(call).encode(), mcp_session_id=session)[0] == 404


def test_it_stops_with_a_stream_open(portal: BlockingPortal) -> None:
    with running(start=("mcp", "--http", "127.0.0.1:0", "--embedder", "tfidf")) as server:
        assert server.said == [f"serving: {server.url} (Ctrl-C stops)"]
        session = ask(server, "POST", "/mcp", json.dumps(HANDSHAKE).encode())[1]["mcp-session-id"]
        stream = http.client.HTTPConnection(server.place, timeout=60)
        stream.request("GET", "/mcp", headers={**HEADERS, "Mcp-Session-Id": session})
        assert stream.getresponse().status == 200
        assert server.stop() == 0
        stream.close()
        assert server.said[1:] == [], "nothing went wrong"


async def longest_hold(app: Any, bodies: list[bytes]) -> tuple[float, list[int], int]:
    """Post bodies one after the other, ask for something else all the while, and watch the loop.

    :return: the longest time of the processor in which no other was answered, the statuses, and how many others were.
    """
    longest, n_answered, done = 0.0, 0, False
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1", timeout=120, headers=HEADERS
    ) as client:

        async def ask_meanwhile() -> None:
            nonlocal longest, n_answered
            while not done:
                start = time.thread_time()
                await anyio.sleep(0)  # the loop goes round once
                assert (await client.get("/elsewhere")).status_code == 404
                longest, n_answered = max(longest, time.thread_time() - start), n_answered + 1

        statuses = []
        async with anyio.create_task_group() as group:
            group.start_soon(ask_meanwhile)
            for body in bodies:
                statuses.append((await client.post("/mcp", content=body)).status_code)
            done = True
    return longest, statuses, n_answered


def test_others_are_answered_while_a_large_body_is_looked_at() -> None:
    """Of small values it may hold so many; of text, as much as a body may hold, for that is quick to take apart."""
    call = b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":[%s]}}'
    many = call % b",".join([b"[]"] * 6_300_000)
    most = call % b",".join([b"[]"] * (MAX_VALUES // 2 - 4))
    text = call % (b'"' + b"A storm closed the airport. " * 678_000 + b'"')
    assert max(len(many), len(text)) < MAX_BODY_BYTES

    async def main() -> tuple[float, list[int], int]:
        app = make_http_app(make_server(Access(), SummaryConfig(embedder="tfidf")))
        async with app._app.router.lifespan_context(app._app):  # type: ignore[attr-defined]
            return await longest_hold(app, [many, most, text])

    whole = min(cost(lambda: json.loads(many)) for _ in range(2))
    for _ in range(TRIES):
        longest, statuses, n_answered = anyio.run(main)
        assert statuses == [413, 400, 400], "the second and third are taken apart, and are no call"
        if longest < whole / 2 and n_answered > 20:
            return
    raise AssertionError(f"held up for {longest:.3f} s; to take the first apart takes {whole:.3f} s; {n_answered=}")


async def post(app: Any, body: bytes) -> httpx.Response:
    async with (
        app._app.router.lifespan_context(app._app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client,
    ):
        return await client.post("/mcp", content=body, headers=HEADERS)


def test_too_many_values_are_refused_with_what_to_do() -> None:
    for n_more, status in ((0, 400), (1, 413)):
        app = make_http_app(make_server(), max_body_bytes=MAX_VALUES * 3)
        answer = anyio.run(post, app, b"[" + b"," * (MAX_VALUES - 1 + n_more) + b"]")
        assert answer.status_code == status
    assert answer.json()["type"].rpartition(":")[2] == "input-limit"
    assert f"over the limit of {MAX_VALUES}: give fewer documents or fields" in answer.json()["detail"]


JSON_VALUES = st.recursive(
    st.text(alphabet='\\",[]{}:aé\n', max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(alphabet='\\",[{', max_size=3), inner, max_size=4)
    ),
)


def values_of(found: Any) -> int:
    if isinstance(found, str):
        return 0
    inner = found.values() if isinstance(found, dict) else found
    return 1 + max(0, len(found) - 1) + sum(map(values_of, inner))


@given(JSON_VALUES, st.booleans(), st.sampled_from([1, 2, 3, 7, 1 << 18]))
@settings(deadline=None, max_examples=200)
def test_values_are_counted_outside_of_texts(found: Any, ascii_only: bool, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "_PIECE", piece)
        assert wire.count_values(json.dumps(found, ensure_ascii=ascii_only).encode()) == values_of(found)


class Slow(Work):
    """Calls that last until they are let go."""

    def __init__(self) -> None:
        super().__init__(Access(), SummaryConfig(embedder="tfidf"))
        self.begun, self.go_on = threading.Semaphore(0), threading.Event()

    def call(self, tool: str, arguments: Any, tell: Any, abandoned: Callable[[], bool] = lambda: False) -> Result:
        self.begun.release()
        for step in range(1, 300):
            tell("embed", step / 300)
        assert self.go_on.wait(60)
        return Result({}, "done")


class Deaf:
    """A client that never takes what it is told."""

    async def report_progress(self, *_: Any) -> None:
        await anyio.sleep_forever()


class Gone:
    """A client whose connection broke."""

    async def report_progress(self, *_: Any) -> None:
        raise anyio.BrokenResourceError


def test_who_does_not_listen_or_waits_holds_up_nobody() -> None:
    work = Slow()

    async def main() -> None:
        turn = anyio.Lock()
        found: list[Any] = []

        async def one(session: Any, seconds: float) -> None:
            found.append(await _call(work, turn, "summarize", {}, session, seconds))

        async with anyio.create_task_group() as group:
            group.start_soon(one, Deaf(), 60.0)
            await anyio.to_thread.run_sync(work.begun.acquire)
            # Waiting is not counted: this one has less time than the first takes.
            group.start_soon(one, Gone(), 30.0)
            work.go_on.set()
            await anyio.to_thread.run_sync(work.begun.acquire)
            while not found:
                await anyio.sleep(0.01)
            assert [one.is_error for one in found] == [False]
            group.cancel_scope.cancel()

    anyio.run(main)


def test_where_to_listen() -> None:
    assert read_place("8766") == ("127.0.0.1", 8766)
    assert read_place("0.0.0.0:1") == ("0.0.0.0", 1)
    assert read_place("[::1]:65535") == ("[::1]", 65_535)
    for wrong in ("", "x", "-1", "65536", ":80", "::1:80", "a:b", "1:2:3", "²", "127.0.0.1"):
        with pytest.raises(ConfigError, match="must be a port or HOST:PORT"):
            read_place(wrong)


def test_the_flags_are_those_of_the_docs_and_wrong_ones_are_usage() -> None:
    result = CliRunner().invoke(app, ["mcp", "--http", "nowhere:port"])
    assert result.exit_code == 2
    assert "--http must be a port" in result.stderr
    page = (ROOT / "docs" / "agents.md").read_text(encoding="utf-8")
    for said in (
        "--http 8766",
        "127.0.0.1:8766/mcp",
        f"({MAX_BODY_BYTES // 1_000_000} MB)",
        f"({MAX_CONCURRENT} requests",
        f"{MAX_VALUES:,} values",
    ):
        assert said in page
