"""Public sets as the hub stores them: small files in their formats, read by the real library."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import hub
from benchmarks.data import DataError, load
from benchmarks.shapes import SHAPES, see_shape

os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

needs_datasets = pytest.mark.skipif(
    importlib.util.find_spec("datasets") is None, reason="the optional library datasets is not installed (extra 'hub')"
)

MULTI_NEWS = [
    {
        "document": "The ferry sank. NEWLINE_CHAR Two were saved. ||||| A ferry sank on Sunday.\n\nNobody died. |||||",
        "summary": "– A ferry sank on Sunday; two people were saved.",
    },
    {"document": "One article alone.", "summary": "One – and only one – article."},
    {"document": " ||||| ", "summary": "Nothing to read."},
]
WCEP = [
    {
        "id": 71,
        "date": "2019-05-01",
        "summary": "An emperor abdicates.",
        "articles": [
            {"id": "a", "title": f"Report {i}", "text": f"The emperor abdicated, report {i} says.", "time": time}
            for i, time in enumerate(["2019-04-30 10:00:00", None, *["2019-05-01 08:30:00"] * 10])
        ],
    },
    {
        "id": 72,
        "date": None,
        "summary": "A vote.",
        "articles": [{"id": "b", "title": None, "text": "They voted.", "time": None}],
    },
]
WCEP_10 = [
    {"document": ["First report.", "Second report."], "summary": "Reports."},
    {"document": ["Third report."], "summary": "One."},
]
CNN = [{"article": "(CNN) A long story.", "highlights": "A story .\nIt is long .", "id": "f001"}]


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def write_parquet(path: Path, rows: list[dict[str, Any]]) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def texts(name: str) -> list[list[str]]:
    return [[d.text for d in cluster.documents] for cluster in hub.open_set(name, None).clusters]


# --- names


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("hub:alexfabbri/multi_news:test", hub.Place("alexfabbri/multi_news", "test")),
        ("hub:alexfabbri/multi_news", hub.Place("alexfabbri/multi_news", "test")),
        ("hub:ccdv/WCEP-10@abc123:val", hub.Place("ccdv/WCEP-10", "validation", revision="abc123")),
        ("hub:wcep10=/data/w:train", hub.Place("/data/w", "train", shape="wcep10")),
        (r"hub:C:\data\w:dev", hub.Place(r"C:\data\w", "validation")),
        (r"hub:C:\data\w", hub.Place(r"C:\data\w", "test")),
    ],
)
def test_names_say_place_split_shape_and_revision(name: str, place: hub.Place) -> None:
    assert hub.parse_place(name) == place


@pytest.mark.parametrize(
    ("name", "message"), [("hub:news=x:test", "choose from multi_news, wcep"), ("hub:", "no place")]
)
def test_bad_names_are_named(name: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        hub.parse_place(name)


def test_other_names_are_files_of_the_folder(tmp_path: Path) -> None:
    row = {"documents": [{"text": "A."}], "references": ["A."]}
    write_jsonl(tmp_path / "wcep_mine.jsonl", [row])
    data = hub.open_set("wcep_mine", tmp_path)
    assert (data.name, data.budget) == ("wcep_mine", 40)


# --- shapes


def test_multi_news_is_split_and_cleaned_of_its_marks() -> None:
    documents, reference = SHAPES["multi_news"](MULTI_NEWS[0])
    assert [d["text"] for d in documents] == [
        "The ferry sank. \n Two were saved.",
        "A ferry sank on Sunday.\n\nNobody died.",
        "",
    ]
    assert reference == "A ferry sank on Sunday; two people were saved."
    assert SHAPES["multi_news"](MULTI_NEWS[1])[1] == "One – and only one – article."
    joined = {"document": "One. story_separator_special_tag Two.", "summary": "s"}
    assert [d["text"] for d in SHAPES["multi_news"](joined)[0]] == ["One.", "Two."]


@pytest.mark.parametrize("document", ["One.</s>Two.", "One. [SEP] Two.", ["One.", "Two."]])
def test_wcep_10_is_read_in_all_its_joins(document: Any) -> None:
    row = {"document": document, "summary": " S. "}
    assert SHAPES["wcep10"](row) == ([{"text": "One."}, {"text": "Two."}], "S.")
    assert see_shape([row], name="x") == "wcep10"


def test_the_shape_is_seen_from_columns_and_separators() -> None:
    assert see_shape(MULTI_NEWS[1:], name="x") == "multi_news"
    assert see_shape(CNN, name="x") == "cnn_dailymail"
    assert see_shape(WCEP, name="x") == "wcep"
    with pytest.raises(
        DataError, match=r"columns document, summary\); say it, hub:SHAPE=x:test with SHAPE of multi_news"
    ):
        see_shape(MULTI_NEWS[1:2], name="x:test")
    with pytest.raises(DataError, match="columns none"):
        see_shape([], name="x")


# --- files


@needs_datasets
@pytest.mark.parametrize("file", ["test-00000-of-00001.parquet", "test.jsonl"])
def test_multi_news_from_files(tmp_path: Path, file: str, caplog: pytest.LogCaptureFixture) -> None:
    (write_parquet if file.endswith("parquet") else write_jsonl)(tmp_path / file, MULTI_NEWS)
    data = hub.open_set(f"hub:{tmp_path}:test", None)
    assert (data.name, data.budget, [c.id for c in data.clusters]) == ("multi_news_test", 225, ["0", "1"])
    assert data.clusters[0].documents[1].text == "A ferry sank on Sunday.\n\nNobody died."
    assert "1 of 3 rows have no text or no summary" in caplog.text


@needs_datasets
def test_the_digest_does_not_depend_on_the_storage(tmp_path: Path) -> None:
    digests = set()
    for i, file in enumerate(("test.parquet", "test.jsonl", "test.jsonl.gz")):
        folder = tmp_path / str(i)
        folder.mkdir()
        (write_parquet if file.endswith("parquet") else write_jsonl)(folder / file, WCEP_10)
        digests.add(hub.open_set(f"hub:{folder}", None).sha256)
        path = hub.fetch(hub.parse_place(f"hub:{folder}"), tmp_path / "fetched")
        digests.add(load(tmp_path / "fetched", "wcep10_test").sha256)
        assert path.name == "wcep10_test.jsonl.gz"
    assert len(digests) == 1


@needs_datasets
def test_wcep_as_its_authors_store_it(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "val.jsonl.gz", WCEP)
    data = hub.open_set(f"hub:{tmp_path}:val", None)
    assert (data.name, data.budget, [c.id for c in data.clusters]) == ("wcep_validation", 40, ["71", "72"])
    assert [len(c.documents) for c in data.clusters] == [12, 1]
    assert data.clusters[0].documents[0].title == "Report 0"
    assert str(data.clusters[0].documents[0].date).startswith("2019-04-30")
    assert data.clusters[0].documents[1].date is None
    assert [len(texts) for texts in texts(f"hub:wcep10={tmp_path}:val")] == [10, 1]


@needs_datasets
def test_cnn_dailymail_has_one_document(tmp_path: Path) -> None:
    write_parquet(tmp_path / "test.parquet", CNN)
    data = hub.open_set(f"hub:{tmp_path}", None, budget=None)
    assert (data.name, data.budget, data.clusters[0].id) == ("cnn_dailymail_test", 60, "f001")
    assert data.clusters[0].references == ("A story .\nIt is long .",)
    assert texts(f"hub:{tmp_path}") == [["(CNN) A long story."]]


@needs_datasets
def test_run_takes_a_set_of_the_hub(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "wcep"
    folder.mkdir()
    write_jsonl(folder / "test.jsonl", WCEP_10)
    out = tmp_path / "out"
    name = f"hub:{folder}"
    assert command.main(["run", "--set", name, "--systems", "lead_first", "--out", str(out)]) == 0
    assert json.loads((out / "wcep10_test__lead_first.json").read_text(encoding="utf-8"))["budget"]["limit"] == 40
    assert command.main(["fetch", "--set", name, "--into", str(tmp_path / "lines")]) == 0
    assert "wcep10_test.jsonl.gz" in capsys.readouterr().out


# --- what goes wrong


@needs_datasets
def test_a_folder_without_the_split_says_what_it_holds_and_needs(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "train.jsonl", WCEP_10)
    with pytest.raises(
        DataError, match=r"the split 'test' could not be read .* it holds train\.jsonl, and needs test\.parq"
    ):
        hub.open_set(f"hub:{tmp_path}", None)
    with pytest.raises(DataError, match=r"/nowhere is not a folder"):
        hub.open_set("hub:/nowhere", None)


@needs_datasets
@pytest.mark.parametrize("shape", ["multi_news", "cnn_dailymail"])
def test_rows_of_another_shape_are_named(tmp_path: Path, shape: str) -> None:
    write_jsonl(tmp_path / "test.jsonl", WCEP)
    with pytest.raises(DataError, match=rf"row 0 is not of the shape {shape} \(KeyError"):
        hub.open_set(f"hub:{shape}={tmp_path}", None)


@needs_datasets
@pytest.mark.parametrize("place", [*hub.KNOWN, "someone/else"])
def test_without_a_network_the_error_says_what_to_download(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import datasets
    import huggingface_hub.constants

    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    # What was downloaded on this machine before would be found.
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    assert command.main(["run", "--set", f"hub:{place}:val"]) == 2
    message = capsys.readouterr().err
    assert f"{place} could not be loaded: " in message
    assert "FOLDER/validation" in message or "into FOLDER" in message
    assert "--set hub:FOLDER:validation" in message


@needs_datasets
def test_a_script_is_never_run(tmp_path: Path) -> None:
    folder = tmp_path / "scripted"
    folder.mkdir()
    marker = tmp_path / "ran"
    (folder / "scripted.py").write_text(f"open({str(marker)!r}, 'w')\n", encoding="utf-8")
    with pytest.raises(DataError, match="could not be read"):
        hub.open_set(f"hub:{folder}", None)
    assert not marker.exists()


def test_without_the_library_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(hub, "import_module", absent)
    with pytest.raises(DataError, match=r"pip install 'crossbrief\[hub\]'"):
        hub.open_set("hub:alexfabbri/multi_news:test", None)
