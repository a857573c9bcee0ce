"""Events to briefings, and from day to day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="the extra scale is not installed")

from summarizer import SummarizerError, summarize  # noqa: E402
from summarizer.briefing import to_dict  # noqa: E402
from summarizer.scale import ScaleConfig, Settings, briefs, schemas, summarize_group  # noqa: E402
from summarizer.scale.briefs import Story, brief_events, page_name, plan_briefs  # noqa: E402
from summarizer.scale.continuing import Agenda, Member, Told, make_agenda  # noqa: E402
from summarizer.scale.parts import plan_ledger, plan_parts, read_told  # noqa: E402
from summarizer.scale.publishing import Index, publish, publish_failures, render_index  # noqa: E402
from summarizer.scale.store import Store, write_lines, write_table  # noqa: E402
from summarizer.scale.tasks import Done, Work  # noqa: E402

SEEDS = sorted((Path(__file__).resolve().parents[1] / "seeds").glob("*.txt"))
DAY = "en-20250609"


def article(name: str, text: str, published: str = "2025-06-09T08:00:00") -> dict[str, Any]:
    empty = dict.fromkeys(schemas.articles().names)
    return {**empty, "id": name, "text": text, "published": published, "language": "en", "day": DAY, "at": 0}


def fill(root: Path, stage: str, key: str, tables: Mapping[str, Any]) -> Done:
    """Put tables where a task would have put them."""
    store = Store(root)
    folder = store.folder(stage, key)
    folder.mkdir(parents=True)
    for name, table in tables.items():
        write_table(folder, name, table)
    return Done(stage, key, "task", "content", {}, 0.0)


def day(root: Path, articles: Sequence[Mapping[str, Any]]) -> Done:
    return fill(root, "days", DAY, {"articles": pa.Table.from_pylist(list(articles), schema=schemas.articles())})


def seeds() -> list[dict[str, Any]]:
    return [article(path.stem, path.read_text(encoding="utf-8")) for path in SEEDS]


def work(root: Path, stories: Sequence[Story], found: Done, settings: Settings, **more: Any) -> Work:
    task = plan_briefs(stories, {DAY: found}, settings, 1)[0]
    out = root / "out"
    out.mkdir(exist_ok=True)
    return Work(root, task, settings, out, **more)


def told(out: Path) -> list[dict[str, Any]]:
    return Store(out.parent).read("..", "out", "briefs").to_pylist()


def story(event: str, *batches: Sequence[str], page: bool = True, origins: int = 2) -> Story:
    n = sum(map(len, batches))
    return Story(event, tuple(map(tuple, batches)), n, max(origins, n), (DAY,), page)


def test_a_briefing_is_that_of_summarize(tmp_path: Path) -> None:
    articles, settings = seeds(), Settings()
    ids = tuple(one["id"] for one in articles)
    counts = brief_events(work(tmp_path, [story("talks", ids)], day(tmp_path, articles), settings))
    assert counts == {"events": 1, "failed": 0, "few_origins": 0, "articles": 5}
    row = told(tmp_path / "out")[0]
    names = ("id", "text", "published", "language")
    alone = summarize([{name: one[name] for name in names} for one in articles], config=settings.summary)
    assert json.loads(row["briefing"])["statements"] == to_dict(alone)["statements"]
    assert row["title"] == alone.title
    assert row["origins"] == 5
    assert (tmp_path / "out" / page_name("talks")).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_group_of_rows_gives_the_same_and_needs_no_store() -> None:
    articles = seeds()
    found = summarize_group([{**one, "a column of the user's": 1} for one in articles])
    names = ("id", "text", "published", "language")
    same = summarize([{name: one[name] for name in names} for one in articles], embedder="tfidf")
    assert found == to_dict(same)


def test_an_event_that_fails_is_written_down_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = seeds()
    first, second = [tuple(one["id"] for one in some) for some in (articles[:2], articles[2:])]
    real = briefs.brief_batches

    def break_down(batches: Any, config: Any) -> Any:
        if len(batches[0]) == 2:
            raise ZeroDivisionError("one of no articles")
        return real(batches, config)

    monkeypatch.setattr(briefs, "brief_batches", break_down)
    stories = [story("broken", first), story("whole", second)]
    counts = brief_events(work(tmp_path, stories, day(tmp_path, articles), Settings()))
    assert (counts["events"], counts["failed"]) == (1, 1)
    failed = json.loads((tmp_path / "out" / "failed.jsonl").read_text(encoding="utf-8"))
    assert failed == {
        "stage": "briefs",
        "event": "broken",
        "articles": 2,
        "reason": "ZeroDivisionError: one of no articles",
    }


def test_an_event_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(batches: Any, config: Any) -> Any:
        while True:
            try:
                sum(range(1000))
            except Exception:  # such handlers stand in many libraries
                pass

    monkeypatch.setattr(briefs, "brief_batches", hang)
    articles = seeds()
    settings = Settings(ScaleConfig(brief_seconds=1))
    some = story("slow", [one["id"] for one in articles])
    assert brief_events(work(tmp_path, [some], day(tmp_path, articles), settings))["failed"] == 1
    assert "longer than 1 seconds" in (tmp_path / "out" / "failed.jsonl").read_text(encoding="utf-8")


def test_an_event_that_ended_its_worker_is_passed_over(tmp_path: Path) -> None:
    articles = seeds()
    begun: list[int] = []
    stories = [story("deadly", [one["id"] for one in articles[:3]]), story("fine", [one["id"] for one in articles[2:]])]
    given = work(tmp_path, stories, day(tmp_path, articles), Settings(), skip=frozenset({0}), at=begun.append)
    assert brief_events(given)["failed"] == 1
    assert begun == [0, 1]
    assert [row["event"] for row in told(tmp_path / "out")] == ["fine"]


def test_copies_that_only_the_texts_show_are_no_second_origin(tmp_path: Path) -> None:
    text = SEEDS[0].read_text(encoding="utf-8")
    articles = [article("a", text), article("b", f"{text}\nMore news in the evening.")]
    counts = brief_events(work(tmp_path, [story("one", ["a", "b"])], day(tmp_path, articles), Settings()))
    assert (counts["events"], counts["few_origins"]) == (0, 1)


def test_later_articles_give_an_update(tmp_path: Path) -> None:
    articles = seeds()
    ids = [one["id"] for one in articles]
    brief_events(work(tmp_path, [story("talks", ids[:3], ids[3:])], day(tmp_path, articles), Settings()))
    briefing = json.loads(told(tmp_path / "out")[0]["briefing"])
    assert {support["document_id"] for one in briefing["statements"] for support in one["support"]} <= set(ids[3:])
    assert briefing["changes"]["unchanged"], "what the earlier articles told is said to stand"


def test_a_group_without_text_is_refused() -> None:
    with pytest.raises(SummarizerError):
        summarize_group([])


def members(*articles: str, event: str = "", copies: Mapping[str, str] | None = None) -> list[Member]:
    return [Member(name, (copies or {}).get(name, name), DAY) for name in articles]


def agenda(
    events: Mapping[str, list[Member]], told: Mapping[str, tuple[tuple[str, ...], ...]] | None = None, **settings: int
) -> Agenda:
    pages = settings.pop("n_pages", 10)
    earlier = {name: Told(name, batches, sum(map(len, batches)), "20250609") for name, batches in (told or {}).items()}
    return make_agenda(events, earlier, ScaleConfig(**settings), n_pages=pages)


def test_events_of_too_few_origins_are_counted() -> None:
    found = agenda({"a": members("a", "b", copies={"b": "a"}), "c": members("c", "d")})
    assert [one.event for one in found.stories] == ["c"]
    assert found.few == 1


def test_an_event_keeps_its_name_and_tells_what_is_new() -> None:
    # An earlier article came to light, so the event is found under another name.
    found = agenda({"z": members("z", "a", "b", "c")}, {"a": (("a", "b"),)})
    assert [(one.event, one.batches) for one in found.stories] == [("a", (("a", "b"), ("c", "z")))]
    assert not found.kept
    assert not found.gone


def test_an_event_without_new_articles_stays_as_it_is() -> None:
    found = agenda({"a": members("a", "b")}, {"a": (("a", "b"),)})
    assert not found.stories
    assert found.kept == ("a",)


def test_merged_events_go_on_as_the_larger() -> None:
    found = agenda({"a": members("a", "b", "c", "d", "e")}, {"a": (("a", "b"),), "c": (("c", "d", "e"),)})
    assert found.gone == ("a",)
    assert found.kept == ("c",), "nothing in it is new"


def test_what_breaks_off_is_told_anew_under_another_name() -> None:
    found = agenda({"a": members("a", "b", "c"), "d": members("d", "e")}, {"a": (("a", "b", "c", "d", "e"),)})
    assert found.kept == ("a",)
    assert [(one.event, one.batches) for one in found.stories] == [("d", (("d", "e"),))]


def test_a_name_that_is_taken_gets_a_mark() -> None:
    # The article that named the event went to another one, and begins a new one itself.
    found = agenda({"a": members("a", "x"), "b": members("b", "c", "d")}, {"a": (("a", "b", "c", "d"),)})
    assert [one.event for one in found.stories] == ["a+"]
    assert found.kept == ("a",)


def test_of_a_hot_event_each_origin_speaks_once_before_any_speaks_again() -> None:
    copies = {"b": "a", "c": "a", "d": "a"}
    found = agenda({"a": members("a", "b", "c", "d", "e", "f", copies=copies)}, max_event_articles=3)
    assert found.stories[0].batches == (("a", "e", "f"),)
    assert found.stories[0].n_articles == 6
    assert found.left_out == 3


def test_the_largest_events_get_a_page() -> None:
    events = {"a": members("a", "b"), "c": members("c", "d", "e"), "f": members("f", "g")}
    assert [one.event for one in agenda(events, n_pages=2).stories if one.has_page] == ["a", "c"]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Two events of which the smaller has no page, and what failed."""
    articles, settings = seeds(), Settings()
    ids = [one["id"] for one in articles]
    stories = [story("talks", ids[:3]), story("trade", ids[3:], page=False)]
    given = work(tmp_path, stories, day(tmp_path, articles), settings)
    brief_events(given)
    write_lines(given.out, "failed", [{"stage": "briefs", "event": "x", "reason": "y"}])
    store = Store(tmp_path)
    given.out.rename(store.folder("days", "..") / "briefs-out")
    folder = store.folder("briefs", given.task.key)
    folder.parent.mkdir(parents=True)
    (tmp_path / "work" / "briefs-out").rename(folder)
    done = Done("briefs", given.task.key, "", "", {}, 0.0)
    found = agenda({"talks": members(*ids[:3]), "trade": members(*ids[3:])})
    parts = [store.perform(task, settings) for task in plan_parts(store, [done], None, {}, found, 1)]
    assert [one.counts for one in parts] == [{"events": 2, "gone": 0}]
    ledger = store.perform(plan_ledger(parts, {}, 1), settings)
    assert ledger.counts == {"parts": 1, "events": 2}
    assert {one.part for one in read_told(store, ledger).values()} == {"20250609"}
    results = tmp_path / "results"
    results.mkdir()
    n_failed = publish_failures(store, results, [done])
    counts = {"articles": 5, "failed": n_failed, "repeated": 1}
    assert publish(store, results, ledger, counts, n_pages=5, signature="v:1", generation=1) == 2
    return results


def test_the_results_hold_every_event_once(published: Path) -> None:
    from pyarrow import parquet

    rows = [json.loads(line) for line in (published / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["event"] for row in rows] == ["talks", "trade"]
    assert all(row["briefing"]["statements"] for row in rows)
    table = parquet.read_table(published / "events.parquet").to_pylist()
    assert [{**row, "briefing": json.loads(row["briefing"])} for row in table] == rows
    assert sorted(path.name for path in (published / "briefings").iterdir()) == [page_name("talks")]
    assert (published / "failed" / "briefs.jsonl").read_text(encoding="utf-8").count("\n") == 1
    assert not list(published.rglob("*.partial"))


def test_the_index_lists_the_largest_first_and_links_pages_that_are_there(published: Path) -> None:
    page = (published / "index.html").read_text(encoding="utf-8")
    assert page.index("3 origins") < page.index("2 origins")
    assert page.count("<a href=") == 1
    assert f'href="briefings/{page_name("talks")}"' in page
    assert "1 could not be used" in page
    assert "Lines that the archive repeats were left out of 1 article: see" in page
    assert "default-src 'none'" in unescape(page)


def test_the_index_says_when_there_is_no_event() -> None:
    page = render_index(Index((), 0, 3, 0, 0, "v:1"))
    assert "0 events" in page
    assert "No event was reported by enough" in page


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\x1b]8;;x\x07", "\u202e"]
)
def test_titles_are_text_in_the_index(payload: str) -> None:
    from summarizer.scale.publishing import _entry

    row = {"event": payload, "title": payload, "lead": payload, "origins": 1, "articles": 1, "first": None}
    more = {"last": None, "language": payload, "generation": 1, "batches": "[]"}
    page = render_index(Index((_entry(1, {**row, **more}, True, 1),), 1, 1, 0, 1, "v:1"))
    assert "<script" not in page
    assert "<img" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
