"""Whether a briefing made for a query holds the sentence that answers it, and whether it says so rightly.

The cases of ``tests/cases/query.json`` are questions to seven stories: answerable ones with words of the sentences that
answer them, questions in two parts of which one is told, questions of another topic, and two hard kinds: details of
the story that no article tells, and names that do not occur. One half was read while the rules were made, the other
was not. A second set, of six more stories in other styles, was asked once before it was read, and is read now
(``tests/cases/query_second.json``). A third, of five stories, has about as many untold details as answerable questions,
all of the same people and things in another relation (``query_third.json``); it too was asked once, and is read.
Questions, stories and rules have one author. Beside them, headlines of news clusters are asked of their own cluster,
headlines taken off, and of another one.

    python -m benchmarks query [--data FOLDER]
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.cleaning import wilson
from benchmarks.data import REPOSITORY, load, spread
from summarizer import Summary, summarize
from summarizer.embedding import load_embedder
from summarizer.protocols import Embedder

CASES: Final = REPOSITORY / "tests" / "cases" / "query.json"
SECOND: Final = REPOSITORY / "tests" / "cases" / "query_second.json"
THIRD: Final = REPOSITORY / "tests" / "cases" / "query_third.json"
SEEDS: Final = REPOSITORY / "seeds"
HALVES: Final = ("dev", "held out")
#: The two halves, and the second and third set, which are read too.
SETS: Final = ("dev", "second", "third", "held out")
EMBEDDERS: Final = ("minilm", "tfidf")
WORDS: Final = 60
HEADLINES: Final = 100
#: With the encoder, on the half kept aside.
TARGETS: Final = {"answer_shown": 0.85, "other_topic": 0.95}
_NOT: Final = "not answered"


def measure(data: Path | None, *, limit: int = HEADLINES, show: Callable[[str], None] | None = None) -> dict[str, Any]:
    """Ask every case of its story, and headlines of clusters.

    :param data: folder with ``neus_val``; None for the cases alone.
    :param limit: clusters whose headlines are asked.
    :param show: told the cases of the half read while building that are not right.
    """
    stories, cases = read_cases()
    found: dict[str, Any] = {"words": WORDS, "cases": len(cases)}
    for name in EMBEDDERS:
        embedder = load_embedder(name) if name != "tfidf" else name
        found[name] = {
            half: _measure(stories, [case for case in cases if case["half"] == half], embedder, show) for half in SETS
        }
        if data is not None:
            found[name]["headlines"] = measure_headlines(data, embedder, limit)
    return found


def read_cases() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Give the stories by name, and the cases of all halves."""
    stories: dict[str, Any] = {}
    cases: list[dict[str, Any]] = []
    for path in (CASES, SECOND, THIRD):
        given = json.loads(path.read_text("utf-8"))
        stories |= given["stories"]
        cases += given["cases"]
    return stories, cases


def _measure(
    stories: dict[str, Any],
    cases: Sequence[dict[str, Any]],
    embedder: str | Embedder,
    show: Callable[[str], None] | None,
) -> dict[str, Any]:
    asked = [_ask(stories, case, embedder) for case in cases]
    shown: dict[str, list[bool]] = {}
    verdicts: Counter[tuple[str, str]] = Counter()
    for case, (summary, _) in zip(cases, asked, strict=True):
        expected, status = case["expected"], _status(summary)
        verdicts[expected["kind"], status] += 1
        if expected["answers"]:
            texts = [statement.text for statement in summary.statements]
            shown.setdefault(expected["kind"], []).append(
                any(words in text for words in expected["answers"] for text in texts)
            )
        if show and case["half"] != HALVES[-1] and status != expected["status"]:
            show(f"{case['label']}: {case['input']['query']} -> {status}: {summary.answer and summary.answer.reason}")
    pairs = [(case["expected"]["status"], _status(summary)) for case, (summary, _) in zip(cases, asked, strict=True)]
    told = [pair for pair in pairs if pair[1] == _NOT]
    silent = [pair for pair in pairs if pair[0] == _NOT]
    return {
        "questions": len(cases),
        "answer_shown": {kind: _share(hits) for kind, hits in shown.items()},
        "status_right": _share([wanted == given for wanted, given in pairs]),
        "by_kind": {
            kind: _share([wanted == given for case, (wanted, given) in zip(cases, pairs, strict=True)
                          if case["expected"]["kind"] == kind])
            for kind in ("answerable", "partly", "topic", "detail", "name")
        },
        "not_answered": {
            "precision": _share([wanted == _NOT for wanted, _ in told]),
            "recall": _share([given == _NOT for _, given in silent]),
        },
        "verdicts": {f"{kind} -> {status}": count for (kind, status), count in sorted(verdicts.items())},
        "words_used": round(sum(summary.budget.used for summary, _ in asked) / max(len(asked), 1), 1),
        "milliseconds": round(1000 * sorted(seconds for _, seconds in asked)[len(asked) // 2], 1),
    }  # fmt: skip


def _ask(stories: dict[str, Any], case: dict[str, Any], embedder: str | Embedder) -> tuple[Summary, float]:
    story, query = case["input"]["story"], case["input"]["query"]
    articles = SEEDS if story == "seeds" else stories[story]
    start = time.perf_counter()
    summary = summarize(articles, query=query, max_words=WORDS, embedder=embedder, compare=False)
    return summary, time.perf_counter() - start


def _status(summary: Summary) -> str:
    return summary.answer.status if summary.answer else ""


def measure_headlines(data: Path, embedder: str | Embedder, limit: int = HEADLINES) -> dict[str, Any]:
    """Ask the first headline of each cluster of its own articles, without headlines, and of the next cluster's."""
    clusters = [c for c in spread(load(data, "neus_val").clusters, limit) if c.documents[0].title]
    own: list[str] = []
    other: list[str] = []
    for place, cluster in enumerate(clusters):
        query = cluster.documents[0].title or ""
        for kept, asked in ((own, cluster), (other, clusters[(place + len(clusters) // 2) % len(clusters)])):
            texts = [{"text": document.text} for document in asked.documents]
            kept.append(_status(summarize(texts, query=query, max_words=WORDS, embedder=embedder, compare=False)))
    return {
        "clusters": len(clusters),
        "own_met": _share([status != _NOT for status in own]),
        "own_answered": _share([status == "answered" for status in own]),
        "other_not_answered": _share([status == _NOT for status in other]),
        "other_answered": _share([status == "answered" for status in other]),
    }


def _share(hits: Iterable[bool]) -> dict[str, Any]:
    """Give a share with its 95 % Wilson interval."""
    known = list(hits)
    low, high = wilson(sum(known), len(known))
    return {
        "hits": sum(known),
        "of": len(known),
        "share": round(sum(known) / max(len(known), 1), 3),
        "interval": [round(low, 3), round(high, 3)],
    }


def missed(found: dict[str, Any]) -> list[str]:
    """Name the targets that the half kept aside misses with the encoder."""
    half = found[EMBEDDERS[0]][HALVES[-1]]
    reached = {
        "answer_shown": half["answer_shown"]["answerable"]["share"],
        "other_topic": half["by_kind"]["topic"]["share"],
    }
    return [f"{name}: {reached[name]} < {least}" for name, least in TARGETS.items() if reached[name] < least]


def text(found: dict[str, Any]) -> str:
    """Render as a Markdown table."""
    columns = [(name, half) for name in EMBEDDERS for half in SETS]
    lines = [
        "| | " + " | ".join(f"{name}, {half}" for name, half in columns) + " |",
        "| --- |" + " ---: |" * len(columns),
    ]
    rows: list[tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]] = [
        ("answer shown, answerable", lambda half: half["answer_shown"]["answerable"]),
        ("answer shown, two parts", lambda half: half["answer_shown"].get("partly", _share(()))),
        ("status right", lambda half: half["status_right"]),
        ("answerable: answered", lambda half: half["by_kind"]["answerable"]),
        ("two parts: partly", lambda half: half["by_kind"]["partly"]),
        ("other topic: not answered", lambda half: half["by_kind"]["topic"]),
        ("untold detail: not answered", lambda half: half["by_kind"]["detail"]),
        ("unknown name: not answered", lambda half: half["by_kind"]["name"]),
        ("not answered, precision", lambda half: half["not_answered"]["precision"]),
        ("not answered, recall", lambda half: half["not_answered"]["recall"]),
    ]
    for label, pick in rows:
        lines.append(f"| {label} | " + " | ".join(_cell(pick(found[name][half])) for name, half in columns) + " |")
    for name in EMBEDDERS:
        if "headlines" in found[name]:
            shares = {key: value for key, value in found[name]["headlines"].items() if isinstance(value, dict)}
            lines += ["", f"headlines, {name}: " + "; ".join(f"{key} {_cell(value)}" for key, value in shares.items())]
    return "\n".join(lines)


def _cell(share: dict[str, Any]) -> str:
    if not share["of"]:
        return "none asked"
    low, high = share["interval"]
    return f"{100 * share['share']:.0f} % of {share['of']} [{100 * low:.0f}, {100 * high:.0f}]"
