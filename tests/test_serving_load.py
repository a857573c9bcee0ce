"""The server under load and under attack: fifty clients at once, work that never ends, processes that are killed."""

from __future__ import annotations

import json
import os
import signal
import sys

import pytest

pytest.importorskip("uvicorn", reason="the extra serve is not installed")

from benchmarks import serve
from benchmarks.data import REPOSITORY
from benchmarks.serve import descendants, running
from summarizer import SummaryConfig
from tests.serving import Asking, gone, slow_body, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


def test_fifty_clients_at_once() -> None:
    found = serve.measure(clients=50, requests=1, rounds=2, workers=2, arguments=("--embedder", "tfidf"))
    assert found["errors"] == 0, found["rounds"]
    assert [one["requests"] for one in found["rounds"]] == [50, 50]
    assert found["rounds"][0]["health_p50_seconds"] < found["rounds"][0]["p50_seconds"], "the loop is never blocked"
    assert serve.missed(found) == []
    assert serve.text(found).endswith("0 errors")
    assert serve.missed(
        {**found, "errors": 1, "growth_mb": 999, "growth_files": 1, "processes_after": 3, "exit_code": 1}
    )


def test_work_is_ended_at_the_time_limit_and_workers_that_die_are_replaced() -> None:
    with running("--workers", "1", "--time-limit", "1") as server:
        server.wait_ready()
        first = descendants(server.process.pid)
        asking = Asking(server, slow_body())
        while asking.is_alive():
            assert server.health()["status"] in ("ready", "starting"), "it answers whatever is being made"
        assert asking.problem() == (504, "time-limit")
        server.wait_ready()
        second = descendants(server.process.pid)
        assert gone(first)
        assert set(second).isdisjoint(first)
        asking = Asking(server, slow_body())
        wait_for(lambda: server.health()["at_work"] == 1)
        os.kill(second[0], signal.SIGKILL)
        assert asking.problem() == (500, "died")
        server.wait_ready()
        third = descendants(server.process.pid)
        assert set(third).isdisjoint([*first, *second])
        server.process.kill()
        wait_for(lambda: gone(third))  # whoever kills a server leaves no process behind


def test_requests_of_the_benchmark_differ_and_can_be_made_again(seeds: dict[str, str]) -> None:
    texts = list(seeds.values())
    made = serve.make_requests(texts, 40, 1)
    assert len(set(made)) > 30
    assert made == serve.make_requests(texts, 40, 1)
    assert all(60 <= json.loads(one)["max_words"] < 260 for one in made)
    assert SummaryConfig().max_input_sentences >= 16_000, "the slow body is slow"


def test_the_figures_of_the_docs_come_from_the_results() -> None:
    found = json.loads((REPOSITORY / "benchmarks" / "results" / "serve.json").read_text(encoding="utf-8"))
    page = (REPOSITORY / "docs" / "serving.md").read_text(encoding="utf-8")
    assert f"serve -->\n```text\n{serve.text(found)}\n```\n" in page, (
        "put the lines of python -m benchmarks serve there"
    )
    assert serve.missed(found) == []
    assert (found["clients"], found["requests_a_client"], len(found["rounds"])) == (50, 4, 3)
