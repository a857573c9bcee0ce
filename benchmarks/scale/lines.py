"""Which repeated lines of an archive are found and dropped, which are not, and what it costs.

A made archive (:mod:`benchmarks.scale.archive`) has lines that its data have, and gets more:

* lines of outlets, made here: each stands below, or above, every article of one outlet of four hundred, or half;
* what must stay: a sentence of a long story (of the sets of dated updates) in most of its articles over the days of the
  archive, the same within three days, a quotation in them that names nothing of the story, an article that is read
  again day after day, and short sentences that come up anywhere;
* stock phrases of six words or more, which come up anywhere and are dropped: they are counted apart.

What the data have is told by where it stands: in articles of three clusters or more, or in those of fewer, which made
archives use again.

    python -m benchmarks measure scale_lines --data FOLDER
"""

from __future__ import annotations

import json
import random
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from benchmarks.data import NewsCluster, load, split_sentences
from benchmarks.scale.archive import START, Row, make_rows, read_clusters, write_archive
from benchmarks.tables import table
from summarizer.scale.days import plan_days
from summarizer.scale.executors import Inline
from summarizer.scale.lines import digest_lines, split_lines
from summarizer.scale.planning import plan_archive
from summarizer.scale.repeating import lists_of_days, plan_lines
from summarizer.scale.settings import Settings
from summarizer.scale.shelving import to_document
from summarizer.scale.store import Store
from summarizer.scale.tasks import Done

#: Lines of outlets, the number of the outlet in the place of {}.
FOOTERS: Final = (
    "Our newsroom in district {} answers every letter that reaches it before noon.",
    "This page belongs to house {} of the regional press and lives from its members.",
    "Wanda Orlik {} has walked the markets of this town with a notebook since 2009.",
    "Have you seen something that number {} should look into, then ring the bell below.",
    "The evening edition {} is set in type by hand and brought to your door at six.",
    "What you have just read was checked twice by desk {} before it went out.",
    "Readers of paper {} can leave a note under each piece until midnight.",
    "Pictures on this site {} may be shown elsewhere only with a line that names us.",
    "Three times a week the river letter {} tells you what the council left unsaid.",
    "Tell a friend about station {} and both of you hear the first month for nothing.",
    "Karel Brandt {} teaches, gardens and writes the Saturday column from the old mill.",
    "If this text {} stays blank on your screen, turn off what blocks it and load it again.",
)
STOCK: Final = (
    "The company did not immediately respond to a request for comment.",
    "The cause of the fire is under investigation, officials said.",
)
SHORT: Final = ("No arrests have been made.", "He did not elaborate.", "Nobody was hurt.")
QUOTE: Final = "We will not rest until every one of them is home again and somebody has told us why."
#: Sets of dated updates of long stories.
_STORIES: Final = ("background_train", "background_val")
_OUTLETS: Final = 400
_STOCK_SHARE: Final = 0.005
_FEWEST_WORDS: Final = 9
#: Clusters of the data from which on a line of theirs belongs to no article.
_CLUSTERS: Final = 3
_DAYS: Final = 25
_TIMED: Final = 2_000

Texts = dict[str, list[str]]


def measure(data: Path, *, articles: int = 10_000, seed: int = 0) -> dict[str, Any]:
    """Plant lines, have the archive read, and see what became of them.

    :param data: of :func:`benchmarks.data.data_folder`.
    :param articles: of the made archive, without what is put beside it.
    """
    chance = random.Random(seed)
    clusters = read_clusters(data)
    rows = list(make_rows(clusters, articles, days=_DAYS, seed=seed))
    planted = {"lines of outlets": _plant_footers(rows, chance), "stock phrases": _plant_stock(rows, chance, STOCK)}
    planted["short sentences"] = _plant_stock(rows, chance, SHORT)
    for name, some in _plant_stories(_read_stories(data), chance):
        planted.setdefault(name, []).extend(some)
    rows += (more := [row for some in planted.values() for one in some for row in one["rows"]])
    with tempfile.TemporaryDirectory(prefix="lines-") as folder:
        found = _run(write_archive(rows, Path(folder) / "archive"), Path(folder) / "out")
    kinds = {name: _judge_kind(some, found) for name, some in planted.items()}
    made = {text for some in planted.values() for one in some for text in one["digests"]}
    natural = _judge_natural(clusters, {line: row for line, row in found["judged"].items() if line not in made})
    return {"articles": len(rows), "added": len(more), "kinds": kinds, "natural": natural, "cost": found["cost"]}


def text(found: dict[str, Any]) -> str:
    """Give a table."""
    head = ("lines", "how many", "of ten days and articles", "dropped", "times planted", "times dropped")
    rows = [[name, *map(str, kind.values())] for name, kind in found["kinds"].items()]
    natural, cost = found["natural"], found["cost"]
    return (
        f"{found['articles']:,} articles\n\n{table(head, rows)}\n\n"
        f"Lines of the data of ten days and articles: {natural['lines']} of {_CLUSTERS} clusters or more, of which"
        f" {natural['lines_dropped']} dropped; {natural['sentences']} of fewer, of which"
        f" {natural['sentences_dropped']} dropped.\n"
        f"Marked were {found['cost']['marked']} articles. Milliseconds of the processor an article: reading"
        f" {cost['reading']:.3f}, of which digests {cost['digests']:.3f}; counting and judging {cost['lines']:.3f};"
        f" marking {cost['marking']:.3f}."
    )


def missed(found: dict[str, Any]) -> list[str]:
    """Name what should not be: a sentence of a story dropped, or a line of an outlet kept."""
    problems = []
    for name, kind in found["kinds"].items():
        if name == "lines of outlets" and kind["dropped"] < kind["repeated"]:
            problems.append(f"{kind['repeated'] - kind['dropped']} lines of outlets are kept")
        if name not in ("lines of outlets", "stock phrases") and kind["dropped"]:
            problems.append(f"{kind['dropped']} of {name} are dropped")
    if found["natural"]["sentences_dropped"]:
        problems.append(f"{found['natural']['sentences_dropped']} sentences of the data are dropped")
    return problems


def _plant_footers(rows: list[Row], chance: random.Random) -> list[dict[str, Any]]:
    """Give some outlets a line each."""
    planted = []
    for place, line in enumerate(FOOTERS):
        outlet = f"outlet-{place * 7}.example"
        told = line.format(place + 3)
        n_times = 0
        for row in rows:
            if row["source"] != outlet or (place % 3 == 2 and chance.random() < 0.5):
                continue
            row["text"] = f"{told}\n{row['text']}" if place % 4 == 3 else f"{row['text']}\n\n{told}"
            n_times += 1
        planted.append(_planted(told, n_times))
    return planted


def _plant_stock(rows: list[Row], chance: random.Random, lines: Sequence[str]) -> list[dict[str, Any]]:
    planted = []
    for line in lines:
        some = chance.sample(rows, max(round(_STOCK_SHARE * len(rows)), 20))
        for row in some:
            sentences = row["text"].split(". ")
            place = chance.randrange(len(sentences)) + 1
            row["text"] = ". ".join([*sentences[:place], line.removesuffix("."), *sentences[place:]])
        planted.append(_planted(line, len(some)))
    return planted


def _read_stories(data: Path) -> dict[str, list[str]]:
    """Give the updates of each long story, in the order of their dates."""
    stories: dict[str, dict[str, str]] = defaultdict(dict)
    for name in _STORIES:
        for cluster in load(data, name).clusters:
            for document in cluster.documents:
                stories[cluster.group].setdefault(document.text, document.date or "")
    return {
        name: [told for told, _ in sorted(texts.items(), key=lambda item: (item[1], item[0]))]
        for name, texts in sorted(stories.items())
    }


def _plant_stories(stories: Texts, chance: random.Random) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Give articles of stories with a sentence that most of them repeat."""
    for name, texts in stories.items():
        sentences = [one for told in texts for one in split_sentences(told) if one.count(" ") + 1 >= _FEWEST_WORDS]
        base = [one for one in sentences if re.search("[A-Z]", one[1:]) and one.endswith(".")]
        first, second = chance.sample(base, 2)
        yield "sentence of a story", [_story(f"{name}-long", texts, first, _DAYS, chance)]
        yield "sentence of a story in 3 days", [_story(f"{name}-short", texts, second, 3, chance)]
        yield "quotation in a story", [_story(f"{name}-quote", texts, QUOTE.replace("home", f"in {name}"), 20, chance)]
        again = chance.choice([told for told in texts if len(told.split()) > 40] or texts)
        longest = max(split_sentences(again), key=len)
        yield "article read again", [_planted(longest, 15, _again(name, again, chance))]


def _story(name: str, texts: Sequence[str], line: str, days: int, chance: random.Random) -> dict[str, Any]:
    rows = []
    for number in range(max(30, days)):
        told = texts[number % len(texts)]
        if number >= len(texts):  # told once more, on another day
            told = " ".join(chance.sample(parts := split_sentences(told), max(len(parts) - 1, 1)))
        at = START + timedelta(days=number * days // max(30, days), hours=chance.randrange(20))
        held = line not in told
        rows.append(_row(f"{name}-{number}", f"{told} {line}" if held else told, at, chance))
    return _planted(line, len(rows), rows)


def _again(name: str, told: str, chance: random.Random) -> list[Row]:
    return [_row(f"{name}-again-{day}", told, START + timedelta(days=day, hours=6), chance) for day in range(15)]


def _row(name: str, told: str, at: Any, chance: random.Random) -> Row:  # noqa: ANN401  a datetime
    source = f"outlet-{chance.randrange(_OUTLETS)}.example"
    return {"id": name, "title": "", "text": told, "source": source, "published": at.isoformat(timespec="seconds")}


def _planted(line: str, times: int, rows: Sequence[Row] = ()) -> dict[str, Any]:
    from summarizer.datatypes import Document

    digests = [digest for *_, digest in split_lines(Document(line))]
    return {"digests": digests, "times": times, "rows": list(rows)}


def _run(paths: Sequence[Path], out: Path) -> dict[str, Any]:
    """Read the archive, and give what became of its lines, and what that took."""
    settings, store, inline = Settings(), Store(out), Inline()
    articles, reading = _timed(lambda: inline.run(out, settings, plan_archive(list(map(str, paths)), settings, store)))
    lines, counting = _timed(lambda: inline.run(out, settings, [plan_lines(store, articles, 1)]))
    plain = _timed(lambda: inline.run(out, settings, plan_days(store, articles)))[1]
    days, marked = _timed(lambda: inline.run(out, settings, plan_days(store, articles, lists_of_days(store, 1))))
    times: dict[int, int] = defaultdict(int)
    for day in days:
        for row in map(json.loads, store.lines(day.stage, day.key, "marked") if day.counts["marked"] else ()):
            times[int(row["line"], 16)] += row["articles"]
    judged = {row["line"]: row for row in store.read("lines", lines[0].key, "judged").to_pylist()}
    n = sum(day.counts["articles"] for day in days)
    cost = {"reading": reading, "lines": counting, "marking": marked - plain}
    told = {name: round(1_000 * seconds / n, 4) for name, seconds in cost.items()}
    told["digests"] = _time_digests(store, days)
    return {"judged": judged, "times": times, "cost": {**told, "marked": sum(day.counts["marked"] for day in days)}}


def _timed(work: Callable[[], list[Done]]) -> tuple[list[Done], float]:
    start = time.process_time()
    return work(), time.process_time() - start


def _time_digests(store: Store, days: Sequence[Done]) -> float:
    """Give the milliseconds that the digests of an article take."""
    largest = max(days, key=lambda day: (day.counts["articles"], day.key))
    rows = store.read("days", largest.key, "articles").slice(0, _TIMED).to_pylist()
    documents = [to_document(row) for row in rows]
    start = time.process_time()
    for document in documents:
        digest_lines(document)
    return round(1_000 * (time.process_time() - start) / max(len(documents), 1), 4)


def _judge_kind(planted: Sequence[dict[str, Any]], found: dict[str, Any]) -> dict[str, int]:
    judged, times = found["judged"], found["times"]
    known = [[judged[one] for one in line["digests"] if one in judged] for line in planted]
    return {
        "lines": len(planted),
        "repeated": sum(any(rows) for rows in known),
        "dropped": sum(any(row["dropped"] for row in rows) for rows in known),
        "planted": sum(line["times"] for line in planted),
        "marked": sum(max((times[one] for one in line["digests"]), default=0) for line in planted),
    }


def _judge_natural(clusters: Sequence[NewsCluster], judged: dict[int, dict[str, Any]]) -> dict[str, int]:
    """Part the lines of the data by how many clusters they are from."""
    from summarizer.datatypes import Document

    held: dict[int, set[int]] = defaultdict(set)
    for number, cluster in enumerate(clusters):
        for document in cluster.documents:
            for *_, line in split_lines(Document(document.text)):
                if line in judged:
                    held[line].add(number)
    lines = [row["dropped"] for line, row in judged.items() if len(held[line]) >= _CLUSTERS]
    sentences = [row["dropped"] for line, row in judged.items() if 0 < len(held[line]) < _CLUSTERS]
    return {
        "lines": len(lines),
        "lines_dropped": sum(lines),
        "sentences": len(sentences),
        "sentences_dropped": sum(sentences),
    }
