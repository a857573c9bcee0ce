"""Lines that an archive repeats: what is counted, what is dropped, what one story says again, and who counts."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="the extra scale is not installed")

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from summarizer import Document, InputError
from summarizer.scale import RunReport, run
from summarizer.scale import runner as runner_module
from summarizer.scale.counting import MAX_SAMPLE
from summarizer.scale.executors import Inline
from summarizer.scale.lines import digest_lines, split_lines
from summarizer.scale.marking import REASON, mark_document
from summarizer.scale.sketching import sketch_article
from summarizer.scale.store import Store
from tests.scale_archive import write_rows

FOOTER = "Readers of the harbour letter can leave a note under each piece until midnight."
STORY = "More than forty people have died since the dam of Velika broke in the first week of March."
QUOTE = "We will not rest until every one of them is home again."
WORDS = [
    "".join(random.Random(number).choices("bcdfgklmnprstv", k=1))
    + "".join(random.Random(f"{number} {part}").choice("aeiou") + random.Random(f"{part} {number}").choice("dklmnrst"))
    * 2
    + str(number % 10).translate(str.maketrans("0123456789", "bdfgklmnpr"))
    for part, number in enumerate(range(900))
]


def tell(chance: random.Random, words: Sequence[str], n: int = 4) -> str:
    """Make sentences of words."""
    return " ".join(f"The {' '.join(chance.choices(words, k=9))}." for _ in range(n))


def make_rows(days: int = 12, a_day: int = 5, *, first: int = 0) -> list[dict[str, Any]]:
    """Make articles of anything, two in five with a footer; of one story, with its sentence and a quotation."""
    rows = []
    for day in range(first, first + days):
        chance = random.Random(day)
        for number in range(a_day):
            text = tell(chance, chance.sample(WORDS, 60))
            if number < 2:
                text = f"{text}\n{FOOTER}"
            if number == 2:
                text = f"{text} No arrests were made. He said so."
            rows.append({"id": f"a{day:02d}-{number}", "text": text})
            rows[-1]["published"] = f"2026-03-{day + 1:02d}T{number + 6:02d}:00:00Z"
        story = f"{tell(chance, WORDS[:24])} {STORY} {QUOTE}"
        rows.append({"id": f"s{day:02d}", "text": story, "published": f"2026-03-{day + 1:02d}T20:00:00Z"})
    return [{**row, "language": "en", "source": f"outlet{number % 7}"} for number, row in enumerate(rows)]


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner_module, "LocalPool", lambda _workers: Inline())


def go(folder: Path, rows: Sequence[dict[str, Any]], **settings: Any) -> tuple[Path, RunReport]:
    """Run over rows, or go on with them; most tests need no briefings, so events need more origins than there are."""
    out = folder / "out"
    archive = write_rows(folder / f"{len(list(folder.glob('*.jsonl')))}.jsonl", rows)
    return out, run([archive], out, resume=out.exists(), **{"min_origins": 99, **settings})


def dropped(out: Path) -> dict[str, list[str]]:
    """Give what was dropped for being repeated, of each article."""
    store = Store(out)
    found = {}
    for path in sorted((out / "work" / "days").iterdir()):
        for row in store.read("days", path.name, "articles").to_pylist():
            passages = [one for one in row["dropped"] if one["reason"] == REASON]
            found[row["id"]] = [row["text"][one["start"] : one["end"]] for one in passages]
    return found


def digest(out: Path) -> str:
    """Digest the tables of all days, and what is published."""
    found = hashlib.sha256()
    for path in [*sorted((out / "work" / "days").rglob("*.parquet")), out / "events.jsonl"]:
        found.update(path.relative_to(out).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


@pytest.mark.usefixtures("inline")
def test_a_footer_is_dropped_and_what_one_story_repeats_stays(tmp_path: Path) -> None:
    out, report = go(tmp_path, make_rows())
    found = dropped(out)
    with_footer = {name for name in found if name[0] == "a" and name[-1] in "01"}
    assert {name for name, passages in found.items() if passages} == with_footer
    assert {text for passages in found.values() for text in passages} == {FOOTER}
    assert (report.repeated_lines, report.repeated_in) == (1, 24)
    assert [(one.text, one.language, one.articles) for one in report.repeated] == [(FOOTER, "en", 24)]
    assert list(report.to_dict()["repeated"]) == [{"text": FOOTER, "language": "en", "articles": 24}]
    rows = Store(out).read("lines", "g0001", "judged").to_pylist()
    kept = {row["text"]: row for row in rows if not row["dropped"]}
    assert set(kept) == {STORY, QUOTE}, "they stand on twelve days, too"
    assert all(row["events"] < 2 < 5 < max(row["events"] for row in rows) for row in kept.values())


@pytest.mark.usefixtures("inline")
def test_no_stage_uses_a_dropped_line(tmp_path: Path) -> None:
    out, _ = go(tmp_path, make_rows(), min_origins=2)
    without = [{**row, "text": row["text"].replace(f"\n{FOOTER}", "")} for row in make_rows()]
    (tmp_path / "plain").mkdir()
    plain, _ = go(tmp_path / "plain", without)
    store, other = Store(out), Store(plain)
    for path in sorted((out / "work" / "days").iterdir()):
        for name in ("sketches", "descriptions"):
            assert store.read("days", path.name, name).equals(other.read("days", path.name, name))
        assert store.read("neighbours", path.name, "pairs").equals(other.read("neighbours", path.name, "pairs"))
    lines = (out / "events.jsonl").read_text(encoding="utf-8")
    told = [json.loads(line)["briefing"]["statements"] for line in lines.splitlines()]
    assert told
    assert all(FOOTER not in one["text"] for some in told for one in some)


@pytest.mark.usefixtures("inline")
def test_fewer_days_drop_nothing_and_the_setting_says_how_many(tmp_path: Path) -> None:
    rows = make_rows(days=6, a_day=8)
    out, report = go(tmp_path, rows)
    assert (report.repeated_lines, report.repeated_in, report.repeated) == (0, 0, ())
    assert not any(dropped(out).values())
    (tmp_path / "six").mkdir()
    assert go(tmp_path / "six", rows, repeated_days=6)[1].repeated_lines == 1
    (tmp_path / "off").mkdir()
    assert go(tmp_path / "off", make_rows(), repeated_days=0)[1].repeated_in == 0


@pytest.mark.usefixtures("inline")
def test_a_line_that_becomes_one_later_leaves_earlier_days_as_they_are(tmp_path: Path) -> None:
    rows = make_rows(days=14)
    first = [row for row in rows if row["published"] < "2026-03-09T00"]
    out, report = go(tmp_path, first)
    assert report.repeated_lines == 0
    before = {path.name: path.stat().st_ino for path in (out / "work" / "days").iterdir()}
    _, report = go(tmp_path, [row for row in rows if "2026-03-09T00" <= row["published"] < "2026-03-14T00"])
    found = dropped(out)
    assert {name[1:3] for name, passages in found.items() if passages} == {"08", "09", "10", "11", "12"}
    assert report.repeated_in == 10
    after = {path.name: path.stat().st_ino for path in (out / "work" / "days").iterdir()}
    assert {name: after[name] for name in before} == before, "not written again"
    assert not (out / "work" / "lines" / "g0001" / "sample.parquet").exists(), "the next one went on from it"
    # A late article of an early day is read with what was known then.
    late = {**rows[0], "id": "late", "text": f"{rows[3]['text']} It came late.\n{FOOTER}"}
    go(tmp_path, [late, *(row for row in rows if row["published"] >= "2026-03-14T00")])
    found = dropped(out)
    assert (found["late"], found["a00-0"], found["a13-1"]) == ([], [], [FOOTER])


def test_workers_a_cut_off_run_and_one_process_give_the_same_bytes(tmp_path: Path) -> None:
    rows = make_rows()
    chance = random.Random(1)
    shuffled = chance.sample(rows, len(rows))
    results = []
    for name, workers in (("one", 1), ("two", 2)):
        (tmp_path / name).mkdir()
        out, _ = go(tmp_path / name, shuffled, workers=workers, articles_per_task=9, min_origins=2, pages=0)
        results.append(digest(out))
    archive, out = tmp_path / "one" / "0.jsonl", tmp_path / "cut"

    def stop(stage: str, finished: int, total: int, items: int) -> None:
        del total, items
        if stage == "days" and finished == 3:
            raise KeyboardInterrupt

    settings: dict[str, Any] = {"articles_per_task": 9, "min_origins": 2, "pages": 0}
    with pytest.raises(KeyboardInterrupt):
        run([archive], out, workers=1, progress=stop, **settings)
    run([], out, workers=2, resume=True, **settings)
    assert [*results, digest(out)] == [results[0]] * 3


@pytest.mark.usefixtures("inline")
def test_what_earlier_generations_left_cannot_be_made_again(tmp_path: Path) -> None:
    out, _ = go(tmp_path, make_rows(days=2))
    (out / "work" / "lines" / "g0001" / "done.json").unlink()
    with pytest.raises(InputError, match="put it back from a copy"):
        go(tmp_path, make_rows(days=1, first=2))


def test_lines_are_known_again_whatever_their_blanks_and_case() -> None:
    one = Document(f"{FOOTER} Second sentence with as many as seven words!")
    two = Document(f"A title\n\n  {FOOTER.upper()}\nSecond  sentence with as\tmany as seven words")
    assert digest_lines(one).tolist() == digest_lines(two).tolist()
    assert len(digest_lines(one)) == 2
    assert len(digest_lines(Document("No arrests have been made. He did not elaborate."))) == 0
    assert len(digest_lines(Document("毎週水曜日に最新の記事をメールでお届けします。短い文。"))) == 1
    many = Document(" ".join(f"Sentence number {number} of a long page of many." for number in range(900)))
    assert len(digest_lines(many)) == 256
    assert len(digest_lines(Document("." * 50_000 + "a"))) == 0


@hypothesis_settings(deadline=None, max_examples=60)
@given(st.text(alphabet='ab .!?\n"”)…İΣß。', max_size=200))
def test_places_and_digests_are_those_of_the_same_lines(text: str) -> None:
    document = Document(text)
    found = list(split_lines(document))
    assert {line for *_, line in found} == set(digest_lines(document).tolist())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end, _ in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


def test_no_sentence_is_cut() -> None:
    part = "Senate leader Jane Doe of the party (R-Ky."
    text = f"{part}) said on Tuesday that the bill was dead. {FOOTER} The vote is next week in the lower house."
    known = {line for one in (part, FOOTER) for *_, line in split_lines(Document(one))}
    found = mark_document(Document(text, language="en"), known)
    assert [text[one.start : one.end] for one in found.document.dropped] == [FOOTER]
    assert found.document.dropped[0].reason == REASON
    assert len(found.lines) == 1
    assert mark_document(Document(text, language="en"), frozenset()).lines == ()


def test_a_page_of_nothing_else_is_nobodys_copy() -> None:
    known = {line for *_, line in split_lines(Document(FOOTER))}
    found = mark_document(Document(FOOTER, language="en"), known)
    assert sketch_article(found.cleaned).words == 0
    assert len(sketch_article(found.cleaned).shingles) == 0


def test_the_sample_does_not_depend_on_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.scale.counting.MAX_SAMPLE", 40)
    monkeypatch.setattr(runner_module, "LocalPool", lambda _workers: Inline())
    rows = make_rows()
    found = []
    for name, some in (("a", rows), ("b", rows[::-1])):
        (tmp_path / name).mkdir()
        out, report = go(tmp_path / name, some, articles_per_task=7)
        sample = Store(out).read("lines", "g0001", "sample", ["print", "day"]).to_pylist()
        found.append((sample, report.repeated_lines))
        assert 10 < len(sample) <= 40 < MAX_SAMPLE
    assert found[0] == found[1]
