"""What is read of an archive, and how it comes to its days: the same however it is packed, cut and told."""

from __future__ import annotations

import dataclasses
import io
import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from fastwarc.warc import WarcRecordType  # noqa: F401  the extra is needed here
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from summarizer.config import SummaryConfig
from summarizer.errors import InputError, NoInputError
from summarizer.reading.discovery import Found
from summarizer.scale import pieces
from summarizer.scale.days import plan_days
from summarizer.scale.executors import Inline
from summarizer.scale.moments import day_of, moment_of
from summarizer.scale.pieces import cut_file
from summarizer.scale.planning import plan_archive
from summarizer.scale.settings import ScaleConfig, Settings
from summarizer.scale.store import Store
from summarizer.scale.tasks import Done
from tests.scale_archive import make_rows, write_rows

SMALL = Settings(scale=ScaleConfig(articles_per_task=7))


def read(
    root: Path, sources: list[Path], given: Settings = SMALL
) -> tuple[list[Done], dict[str, list[dict[str, Any]]], list[dict[str, str]]]:
    """Read an archive, and give what reading left, the articles of each day, and what failed."""
    store, inline = Store(root), Inline()
    articles = inline.run(root, given, plan_archive(sources, given, store))
    days = inline.run(root, given, plan_days(store, articles))
    tables = {one.key: store.read("days", one.key, "articles").to_pylist() for one in days}
    return articles, tables, lines(store, articles, "failed")


def lines(store: Store, done: list[Done], name: str) -> list[dict[str, str]]:
    paths = [store.folder(one.stage, one.key) / f"{name}.jsonl" for one in done]
    return [json.loads(line) for path in paths if path.exists() for line in path.read_text("utf-8").splitlines()]


def write_table(path: Path, rows: list[dict[str, Any]], *, group: int = 10) -> Path:
    names = sorted({name for row in rows for name in row})
    table = pa.table({name: [row.get(name) for row in rows] for name in names})
    vectors = pa.array([[0.5, 0.25]] * len(rows), pa.list_(pa.float32()))
    parquet.write_table(table.append_column("vector", vectors), path, row_group_size=group)
    return path


def test_lines_packed_lines_and_tables_give_the_same(tmp_path: Path) -> None:
    rows = make_rows(25)
    paths = [
        write_rows(tmp_path / "plain.jsonl", rows),
        write_rows(tmp_path / "packed.jsonl.gz", rows),
        write_table(tmp_path / "table.parquet", rows),
        tmp_path / "wide.jsonl",
    ]
    paths[-1].write_bytes("".join(json.dumps(row) + "\r\n" for row in rows).encode("utf-16"))
    found = [read(tmp_path / f"out{k}", [path]) for k, path in enumerate(paths)]
    assert sum(map(len, found[0][1].values())) == 25
    for articles, tables, failed in found:
        assert len(articles) == 4
        assert tables == found[0][1]
        assert failed == []
    together = read(tmp_path / "together", paths)[1]
    assert together == found[0][1]


def test_days_do_not_depend_on_how_an_archive_is_cut(tmp_path: Path) -> None:
    rows = make_rows(30)
    rows[20] = {**rows[4], "source": "another"}
    rows[21] = {**rows[4], "text": rows[22]["text"], "published": "2026-03-09"}
    path = write_rows(tmp_path / "a.jsonl", [*rows, rows[6]])
    found = [
        read(tmp_path / f"{size}", [path], Settings(scale=ScaleConfig(articles_per_task=size)))[1]
        for size in (1, 4, 31)
    ]
    assert found[0] == found[1] == found[2]
    ids = [row["id"] for day in found[0].values() for row in day]
    assert len(ids) == len(set(ids)) == 29
    (renamed,) = [name for name in ids if name.startswith("n4-")]
    assert len(renamed) == len("n4-") + 8
    assert {row["id"] for row in found[0]["en-20260309"]} == {renamed}


def test_rows_that_give_no_article_are_named_with_their_place_and_reason(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", make_rows(3))
    with path.open("ab") as file:
        file.write(b'\n{"text": \n[1]\n{"id": "x"}\n{"text": "Too short."}\n\xff\xfe\x00\n')
        file.write(json.dumps({"text": "long " * 300}).encode() + b"\n")
    given = dataclasses.replace(SMALL, summary=SummaryConfig(max_document_characters=1_000))
    articles, _, failed = read(tmp_path / "out", [path, tmp_path / "missing.jsonl"], given)
    assert sum(one.counts["articles"] for one in articles) == 3
    assert sum(one.counts["failed"] for one in articles) == len(failed) == 7
    places = [one["place"].removeprefix(str(tmp_path)) for one in failed]
    assert places == [*(f"/a.jsonl line {number}" for number in range(5, 11)), "/missing.jsonl"]
    reasons = [one["reason"] for one in failed]
    assert reasons[0].startswith("is not JSON (Expecting value")
    assert reasons[1].startswith("is not a JSON object")
    assert reasons[2].startswith("has no text: name the field 'text'")
    assert reasons[3] == "has not enough text to be an article: give the whole text"
    assert reasons[5].startswith("holds 1500 characters, over the limit of 1000")
    assert reasons[6] == "does not exist: check the path"


def test_rows_of_tables_that_cannot_be_read_harm_no_other(tmp_path: Path) -> None:
    text = "The harbour was closed on Monday after a storm broke two of its cranes."
    columns = {
        "text": pa.array([text.encode(), b"\xff\xfe broken", text.encode()]).view(pa.string()),
        "published": pa.array([1_780_000_000_000_000_001, 0, None], pa.timestamp("ns", "UTC")),
    }
    parquet.write_table(pa.table(columns), tmp_path / "a.parquet")
    _, tables, failed = read(tmp_path / "out", [tmp_path / "a.parquet"])
    assert [one["place"] for one in failed] == [f"{tmp_path}/a.parquet row 2"]
    assert [row["published"] for row in tables["en-20260528"]] == ["2026-05-28T20:26:40+00:00"]
    assert [row["text"] for row in tables["en-undated"]] == [text]


def page(number: int) -> bytes:
    text = " ".join(row["text"] for row in make_rows(3, seed=number))
    html = f"<html><head><title>Page {number}</title></head><body><article><p>{text}</p></article></body></html>"
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}".encode()


def write_warc(path: Path, bodies: list[bytes]) -> Path:
    stream = io.BytesIO()
    for number, body in enumerate(bodies):
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n"
            f"WARC-Date: 2026-03-0{number + 1}T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        stream.write(head.encode() + body + b"\r\n\r\n")
    path.write_bytes(stream.getvalue())
    return path


def test_a_web_archive_is_read_in_shares_and_each_bad_record_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body></body></html>"
    path = write_warc(tmp_path / "a.warc", [page(1), empty, page(2), page(3)])
    whole = read(tmp_path / "whole", [path])
    monkeypatch.setattr(pieces, "ARCHIVE_BYTES", path.stat().st_size // 2 + 1)
    halves = read(tmp_path / "halves", [path])
    assert (len(whole[0]), len(halves[0])) == (1, 2)
    assert whole[1] == halves[1]
    assert sorted(whole[1]) == ["en-20260301", "en-20260303", "en-20260304"]
    assert [one["place"] for one in whole[2]] == [f"{path} record 2 (https://news.example/1)"]
    assert whole[2] == halves[2]


def test_small_files_are_read_together_and_an_added_one_changes_few_tasks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where groups end depends on the names as given
    folder = Path("small")
    folder.mkdir()
    rows = make_rows(120)
    for number, row in enumerate(rows):
        (folder / f"{number:03d}.txt").write_text(f"Title: {row['title']}\n\n{row['text']}", encoding="utf-8")
    given = Settings(scale=ScaleConfig(articles_per_task=16))
    before = plan_archive([folder], given, Store(tmp_path / "out"))
    assert 8 <= len(before) < 60
    (folder / "050a.txt").write_text(rows[0]["text"], encoding="utf-8")
    after = plan_archive([folder], given, Store(tmp_path / "out"))
    new = {task.key for task in after} - {task.key for task in before}
    assert 1 <= len(new) <= 4
    articles = Inline().run(tmp_path / "out", given, after[:2])
    assert [one["note"] for one in lines(Store(tmp_path / "out"), articles, "notes")] == []
    assert sum(one.counts["articles"] for one in articles) == sum(len(task.payload["pieces"]) for task in after[:2])


def test_a_file_that_grew_gives_its_old_pieces_again_and_is_not_read_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = make_rows(40)
    path = write_rows(tmp_path / "a.jsonl", rows[:30])
    os.utime(path, (1e9, 1e9))
    store = Store(tmp_path / "out")
    before = plan_archive([path], SMALL, store)
    with monkeypatch.context() as context:
        context.setattr("summarizer.scale.planning.cut_file", None)  # what was cut is known
        assert plan_archive([path], SMALL, store) == before
    write_rows(path, rows)
    after = plan_archive([path], SMALL, store)
    assert [task.key for task in after[:4]] == [task.key for task in before[:4]]
    assert [task.payload["pieces"][0]["rows"] for task in after] == [7] * 5 + [5]


def test_sources_that_no_run_can_go_on_with_are_refused(tmp_path: Path) -> None:
    store = Store(tmp_path / "out")
    for source, words in (("-", "save it to a file"), ("https://news.example/a.jsonl", "archives are not fetched")):
        with pytest.raises(InputError, match=words):
            plan_archive([source], SMALL, store)
    with pytest.raises(InputError, match="sources must be a list"):
        plan_archive("a.jsonl", SMALL, store)
    for name, data in (("a.jsonl", b""), ("b.parquet", b"PAR1"), ("c.jsonl.gz", b"\x1f\x8b\x08 cut")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(NoInputError, match=f"there is no file to read: .*{name}: "):
            plan_archive([tmp_path / name], SMALL, store)


@settings(deadline=None, max_examples=60)
@given(st.text("ab\n", min_size=1, max_size=300).map(str.encode), st.integers(1, 9), st.integers(2, 40))
def test_pieces_of_lines_are_the_file(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, rows: int, block: int
) -> None:
    path = tmp_path_factory.mktemp("cut") / "a.jsonl"
    path.write_bytes(b"{" + data)  # not the mark of another format
    with pytest.MonkeyPatch.context() as context:
        context.setattr(pieces, "_BLOCK", block)
        cut, broken = cut_file(Found(str(path), len(data) + 1), rows, SummaryConfig())
        context.setattr(pieces, "MAX_BYTES", 1)
        every, _ = cut_file(Found(str(path), len(data) + 1), rows, SummaryConfig())
    assert broken is None
    content = path.read_bytes()
    assert b"".join(content[piece.start : piece.stop] for piece in cut) == content
    assert [piece.first for piece in cut] == [rows * k for k in range(len(cut))]
    assert sum(piece.rows for piece in cut) == len(content.removesuffix(b"\n").split(b"\n"))
    assert all(content[piece.stop - 1 : piece.stop] == b"\n" for piece in cut[:-1])
    assert [piece.rows for piece in every] == [1] * len(every)
    assert [content[piece.start : piece.stop] for piece in every] == content.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2026-06-10", "en-20260610"),
        ("2026-06-10T23:30:00-05:00", "en-20260611"),
        ("2026-06-10T00:30:00", "en-20260610"),
        ("0987-01-02", "en-09870102"),
        ("9999-12-31T23:00:00-05:00", "en-undated"),
        ("yesterday", "en-undated"),
        (None, "en-undated"),
    ],
)
def test_days_are_those_of_utc(published: str | None, day: str) -> None:
    assert day_of("en", moment_of(published)) == day


def test_a_date_without_a_time_is_noon() -> None:
    assert moment_of("2026-06-10") == moment_of("2026-06-10T12:00:00Z")
