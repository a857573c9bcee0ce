"""The server as people run it: a process with workers below it, asked over sockets, and stopped."""

from __future__ import annotations

import http.client
import json
import re
import signal
import sys
from collections.abc import Iterator

import pytest

pytest.importorskip("uvicorn", reason="the extra serve is not installed")

from benchmarks import serve
from benchmarks.serve import Running, descendants, open_files, running
from summarizer import compare, summarize
from tests.serving import JSON, PATIENCE, Asking, form, gone, slow_body, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


@pytest.fixture(name="live", scope="module")
def _live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    scratch = tmp_path_factory.mktemp("scratch")
    with running("--workers", "1", environment={"TMPDIR": str(scratch)}) as server:
        server.wait_ready()
        yield server
        assert server.stop() == 0
        assert server.said == [f"serving: {server.url} (Ctrl-C stops)"], "nothing else was said"
        assert list(scratch.iterdir()) == [], "nothing was left behind"


# --- what it gives ---------------------------------------------------------------------------------------------------


def test_the_api_gives_what_the_package_gives(live: Running, seeds: dict[str, str]) -> None:
    articles = [{"id": name, "text": text} for name, text in seeds.items()]
    status, headers, body = live.ask(
        "POST",
        "/api/summarize",
        json.dumps({"documents": articles, "max_words": 120, "query": "exports"}).encode(),
        JSON,
    )
    assert (status, headers["content-type"]) == (200, "application/json")
    assert body.decode() == summarize(articles, max_words=120, query="exports").to_json()
    status, _, body = live.ask("POST", "/api/compare", json.dumps({"documents": articles}).encode(), JSON)
    assert (status, body.decode()) == (200, compare(articles).to_json())


def test_a_browser_without_script_is_led_to_the_briefing(live: Running, seeds: dict[str, str]) -> None:
    texts = list(seeds.values())
    parts = [("text", None, "\r\n---\r\n".join(texts[:2]).encode()), ("files", "c.txt", texts[2].encode())]
    status, headers, _ = live.ask("POST", "/jobs", *form([*parts, ("words", None, b"80")]))
    assert status == 303
    page = headers["location"]
    shown = wait_for(lambda: (found := live.ask("GET", page)[2].decode()) and "<iframe" in found and found)
    assert f'href="{page}/briefing.md"' in shown
    briefing = json.loads(live.ask("GET", f"{page}/briefing.json")[2])
    assert (briefing["budget"]["limit"], [len(briefing["documents"]), briefing["warnings"]]) == (80, [3, []])
    assert live.ask("GET", f"{page}/briefing.html")[2].startswith(b"<!DOCTYPE html>")
    assert live.ask("POST", f"{page}/delete", *form([]))[0] == 303
    assert live.ask("GET", page)[0] == 404


def test_events_tell_every_stage_and_the_end(live: Running, seeds: dict[str, str]) -> None:
    parts = [("text", None, text.encode()) for text in seeds.values()]
    page = live.ask("POST", "/jobs", *form(parts))[1]["location"]
    status, headers, told = live.ask("GET", f"{page}/events")
    assert (status, headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    assert told.decode().endswith("event: done\ndata: {}\n\n")
    shares = [int(share) for share in re.findall(r'"whole": (\d+)', told.decode())]
    assert shares == sorted(shares)


def test_errors_of_the_package_are_problems(live: Running) -> None:
    two = [{"text": "Exports fell by 3% in May, officials said."}, {"text": "?"}]
    for request, status, kind in (
        ({"documents": two, "max_words": 1}, 422, "budget"),
        ({"documents": two[1:]}, 422, "no-article"),
        ({"documents": two, "max_words": 5, "max_tokens": 5}, 422, "setting"),
        ({"documents": two[:1] * 501}, 413, "input-limit"),
        ({"documents": two, "since": "/etc/passwd"}, 422, "fields"),
    ):
        found = live.post("/api/summarize", request)
        assert (found[0], found[1]["type"].rpartition(":")[2]) == (status, kind), found
    status, found_ = live.post("/api/summarize", {"documents": two, "max_words": 9})
    assert (status, len(found_["statements"])) == (200, 1)
    assert [warning for warning in found_["warnings"] if "documents[1]: holds no words" in warning]


def test_a_body_over_the_limit_is_refused_and_the_answer_arrives(live: Running) -> None:
    body = b'{"documents": [{"text": "' + b"x" * 20_000_000 + b'"}]}'
    status, _, answer = live.ask("POST", "/api/summarize", body[:20_000_001], JSON)
    assert (status, json.loads(answer)["type"]) == (413, "urn:crossbrief:problem:body-too-large")
    status, _, answer = live.ask("POST", "/api/summarize", b"{}", {**JSON, "Host": "evil.example"})
    assert status == 421


def test_work_for_a_client_that_left_is_called_off(live: Running) -> None:
    connection = http.client.HTTPConnection(live.place)
    connection.request("POST", "/api/summarize", slow_body(), JSON)
    wait_for(lambda: live.health()["at_work"] == 1)
    connection.close()
    wait_for(lambda: live.health()["inside"] == 0 and live.health()["at_work"] == 0)
    assert live.post("/api/summarize", {"documents": [{"text": "Exports fell by 3% in May."}]})[0] == 200


# --- how it ends ----------------------------------------------------------------------------------------------------


def test_a_server_that_stops_answers_first_and_leaves_no_process() -> None:
    with running("--workers", "1") as server:
        server.wait_ready()
        below = descendants(server.process.pid)
        watching = http.client.HTTPConnection(server.place)
        asking = [Asking(server, slow_body()) for _ in range(2)]
        wait_for(lambda: server.health()["inside"] >= 2)
        slow = server.ask("POST", "/jobs", *form([("text", None, slow_body())]))[1]["location"]
        watching.request("GET", f"{slow}/events")
        events = watching.getresponse()
        server.process.send_signal(signal.SIGINT)
        assert [one.problem() for one in asking] == [(503, "stopping")] * 2
        assert events.read().endswith(b"event: done\ndata: {}\n\n")
        watching.close()
        assert server.process.wait(PATIENCE) == 0
        wait_for(lambda: gone(below))
    assert server.said == [f"serving: {server.url} (Ctrl-C stops)"]


def test_a_port_that_is_taken_is_named(live: Running) -> None:
    port = live.place.rpartition(":")[2]
    with pytest.raises(serve.DataError, match=f"port {port}: .* choose another --port"):
        Running("--port", port)
    assert open_files(live.process.pid) < 64
