"""Which articles of an archive are one event: described, compared and joined, on made articles."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Document
from summarizer.datatypes import Passage
from summarizer.scale import schemas
from summarizer.scale.copies import plan_copies
from summarizer.scale.days import plan_days
from summarizer.scale.describing import describe, hash_of
from summarizer.scale.evidence import (
    LEAST_COSINE,
    LONG_TERMS,
    MEASURES,
    USUALLY_APART,
    WEIGHTS,
    Measured,
    likelihood,
    measure_links,
)
from summarizer.scale.joining import Links, join
from summarizer.scale.linking import plan_events
from summarizer.scale.neighbours import MAX_NEIGHBOURS, plan_neighbours
from summarizer.scale.planning import plan_archive
from summarizer.scale.settings import ScaleConfig, Settings
from summarizer.scale.store import Store
from summarizer.scale.tasks import Done
from summarizer.scale.weighing import components, find_weekdays, weigh

START = datetime(2026, 6, 10, 6, tzinfo=UTC)
_SYLLABLES = "ba ko ri mu ten sal vor nim ga lo pe dra ste ul han zi wo fer".split()
_COMMON = "the of in and a after on for with said by from it at this".split()


def made_words(seed: object, n: int) -> list[str]:
    chance = random.Random(f"words {seed}")
    return ["".join(chance.choices(_SYLLABLES, k=4)) for _ in range(n)]


def account(event: object, outlet: int, *, share: float = 0.5, lower: bool = False, sentences: int = 14) -> str:
    """Write one account of an event: words and names of it, words that all news have, and some of its own."""
    chance = random.Random(f"{event} {outlet}")
    own, news = made_words(event, 40), made_words("news", 400)
    names = [word.title() for word in made_words(f"names {event}", 6)]
    told = []
    for _ in range(sentences):
        words = [
            chance.choice(own if chance.random() < share else news) if place % 2 else chance.choice(_COMMON)
            for place in range(14)
        ]
        words[6] = chance.choice(names)
        told.append(" ".join(words).capitalize().replace(words[6].lower(), words[6]) + ".")
    text = " ".join(told)
    return text.lower() if lower else text


def row(name: str, text: str, hours: float | None = 0, **more: Any) -> dict[str, Any]:
    at = {} if hours is None else {"published": (START + timedelta(hours=hours)).isoformat()}
    return {"id": name, "text": text, "language": "en", **at, **more}


class Run:
    """The stages up to events over some rows."""

    def __init__(self, root: Path, rows: list[dict[str, Any]], *, hours: int = 36) -> None:
        root.mkdir(parents=True, exist_ok=True)
        source = root / "articles.jsonl"
        source.write_text("".join(f"{json.dumps(one)}\n" for one in rows), encoding="utf-8")
        self.settings, self.store = Settings(ScaleConfig(window_hours=hours)), Store(root / "run")
        articles = [self._do(task) for task in plan_archive([source], self.settings, self.store)]
        self.days = [self._do(task) for task in plan_days(self.store, articles)]
        copies = [self._do(task) for task in plan_copies(self.days, self.settings)]
        near = plan_neighbours(self.days, copies, self.settings)
        self.neighbours = [self._do(task) for task in near]
        (self.events,) = [self._do(task) for task in plan_events(self.days, copies, self.neighbours)]

    def _do(self, task: Any) -> Done:
        return self.store.perform(task, self.settings)

    @property
    def members(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.store.read("events", "all", "members").to_pylist()
        return rows

    @property
    def groups(self) -> list[list[str]]:
        found = defaultdict(list)
        for member in self.members:
            found[member["event"]].append(member["article"])
        return sorted(sorted(names) for names in found.values())


def two_events() -> list[dict[str, Any]]:
    return [row(f"{event}{outlet}", account(event, outlet), outlet * 2) for event in "ab" for outlet in range(5)]


def test_five_rewrites_are_one_event(tmp_path: Path) -> None:
    alone = [row(f"x{number}", account(f"x{number}", 0), number) for number in range(6)]
    run = Run(tmp_path, two_events() + alone)
    assert run.groups == sorted(
        [[f"{event}{outlet}" for outlet in range(5)] for event in "ab"] + [[f"x{number}"] for number in range(6)]
    )
    assert {member["event"] for member in run.members if member["article"] in ("a3", "b4")} == {"a0", "b0"}
    assert run.events.counts["events"] == 8
    assert run.events.counts["events_of_1"] == 6
    assert run.events.counts["events_of_5"] == 2
    assert run.events.counts["links"] >= 20


def test_members_stand_in_the_order_of_event_time_and_name(tmp_path: Path) -> None:
    members = Run(tmp_path, two_events()[::-1]).members
    assert members == sorted(members, key=lambda one: (one["event"], one["at"], one["article"]))
    assert {one["day"] for one in members} == {"en-20260610"}


def test_the_order_of_the_input_is_irrelevant_and_bytes_are_the_same(tmp_path: Path) -> None:
    rows = two_events() + [row(f"late{n}", account("a", n + 9), 26 + n) for n in range(2)]
    shuffled = random.Random(3).sample(rows, len(rows))
    runs = [Run(tmp_path / str(number), some) for number, some in enumerate((rows, rows, shuffled))]
    for stage in ("neighbours", "events"):
        contents = {tuple(done.content for done in (*run.neighbours, run.events)) for run in runs}
        assert len(contents) == 1, stage


def test_lower_case_text_has_no_names_and_is_linked_by_its_words(tmp_path: Path) -> None:
    rows = [row(f"{event}{n}", account(event, n, lower=True), n) for event in "ab" for n in range(4)]
    assert not len(describe(Document(rows[0]["text"], language="en")).names)
    assert Run(tmp_path, rows).groups == [[f"{event}{n}" for n in range(4)] for event in "ab"]


def test_an_unknown_language_is_linked_by_its_words(tmp_path: Path) -> None:
    rows = [row(f"{event}{n}", account(event, n), n, language="xx") for event in "ab" for n in range(4)]
    assert Run(tmp_path, rows).groups == [[f"{event}{n}" for n in range(4)] for event in "ab"]


def test_articles_further_apart_than_the_window_are_not_neighbours(tmp_path: Path) -> None:
    rows = [row(f"a{n}", account("a", n), hours) for n, hours in enumerate((0, 1, 2, 40, 41, 42))]
    others = [row(f"b{n}", account("b", n), 10 + n) for n in range(4)]
    run = Run(tmp_path / "short", rows + others)
    assert run.groups == [["a0", "a1", "a2"], ["a3", "a4", "a5"], ["b0", "b1", "b2", "b3"]]
    assert Run(tmp_path / "long", rows + others, hours=48).groups[0] == [f"a{n}" for n in range(6)]
    pairs = run.store.read("neighbours", "en-20260611", "pairs").to_pylist()
    assert pairs
    assert {pair["left"][0] for pair in pairs} == {"a"}


def test_an_event_goes_on_over_days_within_the_window(tmp_path: Path) -> None:
    rows = [row(f"a{n}", account("a", n), 12 * n) for n in range(7)]
    others = [row(f"b{n}", account("b", n), 9 * n) for n in range(7)]
    assert Run(tmp_path, rows + others).groups == [[f"{event}{n}" for n in range(7)] for event in "ab"]


def test_a_chain_is_cut(tmp_path: Path) -> None:
    # Three events, and between each two an article half on one and half on the other.
    rows = [row(f"{event}{n}", account(event, n), n) for event in "abc" for n in range(5)]
    for first, second in ("ab", "bc"):
        half = account(first, 90, sentences=7) + " " + account(second, 91, sentences=7)
        rows.append(row(f"{first}{second}", half, 3))
    run = Run(tmp_path, rows)
    groups = [{name for name in names if len(name) == 2 and name[1].isdigit()} for names in run.groups]
    for event in "abc":
        assert {f"{event}{n}" for n in range(5)} in groups
    assert run.events.counts["cut"] > 0


def test_a_hot_event_is_capped_counted_and_stays_one(tmp_path: Path) -> None:
    rows = [row(f"h{n:03d}", account("hot", n), n / 10) for n in range(90)]
    rows += [row(f"{event}{n}", account(event, n), n) for event in "abcdef" for n in range(3)]
    run = Run(tmp_path, rows)
    (day,) = run.neighbours
    assert day.counts["hot"] >= 80
    assert day.counts["over_limit"] > 0
    assert day.counts["pairs"] <= MAX_NEIGHBOURS * len(rows)
    assert max(len([name for name in names if name[0] == "h"]) for names in run.groups) >= 85
    assert all(len({name[0] for name in names}) == 1 for names in run.groups)


def test_copies_are_one_origin_and_one_article_when_neighbours_are_sought(tmp_path: Path) -> None:
    rows = two_events()
    rows += [row(f"copy{n}", f"By Ann Marsh, Staff Writer\n{rows[0]['text']}", 3 + n) for n in range(30)]
    run = Run(tmp_path, rows)
    of = {member["article"]: member for member in run.members}
    assert {of[f"copy{n}"]["origin"] for n in range(30)} == {"a0"}
    assert {of[f"copy{n}"]["event"] for n in range(30)} == {of["a3"]["event"]}
    assert of["b0"]["event"] != of["a0"]["event"]
    assert run.neighbours[0].counts["compared"] == 10
    assert run.events.counts["origins"] == 10


def test_a_copy_days_later_is_of_the_same_event(tmp_path: Path) -> None:
    rows = [row("a0", account("a", 0), 0), row("a1", account("a", 0), 30), row("b0", account("b", 0), 31)]
    run = Run(tmp_path, rows)
    assert run.groups == [["a0", "a1"], ["b0"]]


def test_one_article_and_articles_without_a_date(tmp_path: Path) -> None:
    run = Run(tmp_path / "one", [row("a0", account("a", 0))])
    assert run.groups == [["a0"]]
    assert run.events.counts["links"] == 0
    rows = [row(f"{event}{n}", account(event, n), None) for event in "ab" for n in range(4)]
    undated = Run(tmp_path / "undated", [*rows, row("a9", account("a", 9), 0)])
    assert undated.groups == [["a0", "a1", "a2", "a3"], ["a9"], ["b0", "b1", "b2", "b3"]]
    assert all(member["at"] is None for member in undated.members if member["day"] == "en-undated")


def test_articles_without_a_date_are_compared_in_their_language(tmp_path: Path) -> None:
    rows = [
        row(f"{language}-{event}{n}", account(event, n), None, language=language)
        for language in ("de", "en")
        for event in "ab"
        for n in range(4)
    ]
    run = Run(tmp_path, rows)
    assert run.groups == [[f"{language}-{event}{n}" for n in range(4)] for language in ("de", "en") for event in "ab"]
    assert {member["day"] for member in run.members} == {"de-undated", "en-undated"}


def test_a_day_added_keeps_the_names_of_events(tmp_path: Path) -> None:
    rows = two_events()
    before = {one["article"]: one["event"] for one in Run(tmp_path / "before", rows).members}
    more = rows + [row(f"{event}9", account(event, 9), 30) for event in "ab"]
    run = Run(tmp_path / "after", more)
    after = {one["article"]: one["event"] for one in run.members}
    assert {name: after[name] for name in before} == before
    assert after["a9"] == after["a0"]
    # The earlier day is not looked at again.
    assert [key for _, key, _ in plan_neighbours(run.days, [], run.settings)[0].reads] == ["en-20260610"]


def test_hashes_are_the_same_in_every_process() -> None:
    text = account("a", 0)
    code = (
        "import sys, zlib; from summarizer import Document; from summarizer.scale.describing import describe;"
        "d = describe(Document(sys.argv[1], language='en'));"
        "print(zlib.crc32(d.terms.tobytes() + d.weights.tobytes() + d.names.tobytes()))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, text],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    told = describe(Document(text, language="en"))
    assert int(other.stdout) == crc32(told.terms.tobytes() + told.weights.tobytes() + told.names.tobytes())


def test_a_description_counts_words_of_the_title_and_none_that_were_dropped() -> None:
    text = "Subscribe to our newsletter.\nThe ferry Marlin sank off Oslo, where Ann Marsh lives."
    dropped = describe(Document(text, language="en", dropped=(Passage(0, 28, "promotion"),)))
    assert hash_of("newslett") not in dropped.terms
    assert hash_of("newslett") in describe(Document(text, language="en")).terms
    assert hash_of("marsh") in dropped.names
    assert hash_of("ann marsh") in dropped.names
    assert hash_of("ferri") not in dropped.names
    titled = describe(Document(text, language="en", title="Rescuers search"))
    assert hash_of("rescuer") in titled.terms
    assert np.array_equal(dropped.terms, np.sort(dropped.terms))
    assert hash_of("the") not in dropped.terms


@pytest.mark.parametrize("text", ["", " \n", "\ud800", "—", "東京で地震が発生した", "ประเทศไทย", "a" * 100_000])
def test_any_text_is_described(text: str) -> None:
    told = describe(Document(text, language="ja"))
    assert len(told.terms) == len(told.weights)
    assert told.terms.dtype == np.uint32
    assert told.weights.dtype == np.float32


def test_words_without_spaces_are_pairs_of_characters() -> None:
    told = describe(Document("東京で地震", language="ja"))
    assert set(told.terms.tolist()) == {hash_of(pair) for pair in ("東京", "京で", "で地", "地震")}


def test_weighing_counts_rare_terms_more() -> None:
    rows = weigh(np.array([5, 9, 5, 7], dtype=np.uint32), np.ones(4, dtype=np.float32), np.array([2, 2, 0]))
    assert rows.indices.tolist() == [0, 2, 0, 1]
    # Of three articles two have the first term: 1 + log(3 / 2) against 1 + log(3).
    expected = np.array([1 + np.log(1.5), 1 + np.log(3)])
    np.testing.assert_allclose(rows.values[:2], expected / np.linalg.norm(expected), rtol=1e-6)
    assert rows.indptr.tolist() == [0, 2, 4, 4]


def test_the_days_of_the_week_that_articles_name_are_known() -> None:
    told = [
        describe(Document(text, language="en")) for text in ("On Monday and Sunday it rained.", "", "Tuesday's vote")
    ]
    terms = np.concatenate([one.terms for one in told])
    assert find_weekdays(terms, np.array([len(one.terms) for one in told])).tolist() == [0b1000001, 0, 0b10]


def test_what_is_known_of_neighbours_is_told(tmp_path: Path) -> None:
    rows = [row("a0", account("a", 0) + " It was on Monday.", 0), row("a1", account("a", 1, sentences=6), 9)]
    rows.append(row("a2", account("a", 2) + " It was on Friday.", 12))
    run = Run(tmp_path / "dated", rows)
    pairs = {
        (one["right"], one["left"]): one for one in run.store.read("neighbours", "en-20260610", "pairs").to_pylist()
    }
    pairs |= {(one["left"], one["right"]): one for one in pairs.values()}
    near, far = pairs["a0", "a1"], pairs["a0", "a2"]
    assert (near["apart"], near["other_days"]) == (0.25, False)
    assert near["shorter"] < near["longer"]
    assert near["shorter"] < far["shorter"]
    assert far["other_days"]
    undated = Run(tmp_path / "undated", [row(one["id"], one["text"], None) for one in rows])
    (pair, *_) = undated.store.read("neighbours", "en-undated", "pairs").to_pylist()
    assert pair["apart"] is None


def told_links(**columns: Any) -> Measured:
    """Measure a link of two articles, which have two neighbours each."""
    one = {"similarity": 0.4, "names": 0.2, "apart": 0.1, "shorter": 80, "longer": 120, "other_days": False}
    others = [("0", "2"), ("1", "2"), ("0", "3"), ("1", "3")]
    rows = [{"left": "0", "right": "1", **one, **columns}]
    rows += [{"left": left, "right": right, **one, "similarity": 0.2} for left, right in others]
    table = pa.Table.from_pylist(rows, schema=schemas.neighbours())
    return measure_links(np.array(["0", "1", "2", "3"], dtype=np.object_), np.arange(4), [table])


@pytest.mark.parametrize(
    ("column", "less", "more"),
    [
        ("similarity", 0.3, 0.5),
        ("apart", 0.9, 0.0),
        ("shorter", 40, 100),
        ("longer", 110, 80),
        ("other_days", True, False),
    ],
)
def test_each_measure_speaks_for_one_event_or_against_it(column: str, less: Any, more: Any) -> None:
    first, second = (likelihood(told_links(**{column: value}).measures, WEIGHTS)[0] for value in (less, more))
    assert first < second


def test_a_link_without_times_counts_as_usual_and_one_without_names_in_common_not_at_all() -> None:
    assert told_links(apart=None).measures[0, MEASURES.index("apart")] == USUALLY_APART
    assert told_links(names=None).counts.all()
    assert told_links(names=0.0).counts.tolist() == [False, True, True, True, True]


def test_a_faint_link_counts_between_short_articles_alone() -> None:
    faint = {"similarity": LEAST_COSINE - 0.01, "longer": 300}
    assert not told_links(**faint, shorter=LONG_TERMS).counts[0]
    assert told_links(**faint, shorter=LONG_TERMS - 1).counts[0]
    assert told_links(**{**faint, "similarity": LEAST_COSINE}, shorter=LONG_TERMS).counts[0]


def links(*told: tuple[int, int, float], n: int, hot: tuple[int, ...] = ()) -> Links:
    left, right, closeness = (np.array(column) for column in zip(*told, strict=True))
    flags = np.zeros(n, dtype=np.bool_)
    flags[list(hot)] = True
    return Links(left, right, closeness.astype(np.float64), flags)


def joined(told: Links, n: int, *, at: list[int] | None = None, least: float = 0.5) -> list[int]:
    moments = np.array(at or [0] * n, dtype=np.int64)
    found: list[int] = join(told, moments, np.arange(n), least=least, seconds=10).tolist()
    return found


def test_groups_are_joined_by_the_mean_of_all_pairs() -> None:
    # 0-1 and 2-3 first; between them .8 of four pairs, which is .2.
    chain = links((0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.9), n=4)
    assert joined(chain, 4) == [0, 0, 2, 2]
    assert joined(chain, 4, least=0.2) == [0, 0, 0, 0]
    # Joined in the order .9, .8; the third has (.8 + 0) / 2 to both.
    assert joined(links((0, 1, 0.9), (1, 2, 0.8), n=3), 3, least=0.4) == [0, 0, 0]
    assert joined(links((0, 1, 0.9), (1, 2, 0.8), n=3), 3, least=0.41) == [0, 0, 2]


def test_pairs_too_far_apart_in_time_do_not_count() -> None:
    told = links((0, 1, 0.9), (1, 2, 0.8), n=3)
    assert joined(told, 3, at=[0, 8, 16]) == [0, 0, 0]
    assert joined(told, 3, at=[0, 8, 10]) == [0, 0, 2]


def test_pairs_of_hot_origins_without_a_link_hardly_count() -> None:
    told = links((0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.9), n=4, hot=(0, 1, 2, 3))
    assert joined(told, 4) == [0, 0, 0, 0]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_joining_is_the_same_for_links_in_any_order_and_never_joins_what_hangs_not_together(
    data: st.DataObject,
) -> None:
    n = data.draw(st.integers(2, 12))
    pairs = data.draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), min_size=1, max_size=30))
    told = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    if not told:
        return
    values = [data.draw(st.sampled_from([0.2, 0.5, 0.7, 0.9])) for _ in told]
    ordered = links(*((*pair, value) for pair, value in zip(told, values, strict=True)), n=n)
    found = joined(ordered, n)
    turn = np.random.default_rng(0).permutation(len(told))
    assert found == joined(Links(ordered.left[turn], ordered.right[turn], ordered.closeness[turn], ordered.hot), n)
    whole = components(n, ordered.left, ordered.right)
    for number, place in enumerate(found):
        assert place <= number
        assert found[place] == place
        assert whole[number] == whole[place]


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40))
def test_components_are_named_by_their_lowest_number(n: int, pairs: list[tuple[int, int]]) -> None:
    kept = [(a, b) for a, b in pairs if a < n and b < n]
    expected = list(range(n))
    for _ in range(n):
        for a, b in kept:
            expected[a] = expected[b] = min(expected[a], expected[b])
    left, right = (np.array([pair[side] for pair in kept], dtype=np.int64) for side in (0, 1))
    assert components(n, left, right).tolist() == expected
