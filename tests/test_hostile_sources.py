"""What files of strangers may make this package open: nothing. Parsed in a process that notes every file and socket."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_reading_feeds import TEXT, item, rss
from tests.test_reading_pdf import LINES, make
from tests.test_reading_warc import record

#: Takes every source apart in this process, after one harmless source of each kind has loaded what is loaded once.
PROBE = """
import json, sys
from importlib import import_module
from pathlib import Path

sources = json.loads(Path(sys.argv[1]).read_text())
MODULES = {"page": "html", "fragment": "html", "feed": "feeds", "pdf": "pdf"}
opened, watching = [], []
names = ("open", "os.open", "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname",
         "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "urllib.Request", "ctypes.dlopen", "os.listdir")

def audit(event, arguments):
    if watching and event in names:
        opened.append((watching[0], event, str(arguments[0])[:100]))

sys.addaudithook(audit)
for harmless in (True, False):
    for kind, name, harm, data in sources:
        if harm is harmless:
            continue
        run = getattr(import_module("summarizer.reading." + MODULES[kind]), "run_" + kind)
        request = {"name": name, "seconds": 20, "max_entries": 100, "max_pages": 100, "url": None, "charset": ""}
        if not harmless:
            watching.append(name)
        try:
            found = list(run(data.encode("latin-1"), request))
        except Exception as error:
            found = [str(error)]
        watching.clear()
        sys.stdout.write(json.dumps([name, found]) + "\\n")
sys.stdout.write(json.dumps(["opened", opened]) + "\\n")
"""

SECRET = "zebras won the election"
LAUGHS = "<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
DOCTYPES = {
    "file": "<!DOCTYPE {root} [<!ENTITY x SYSTEM 'file://{secret}'>]>",
    "path": "<!DOCTYPE {root} [<!ENTITY x SYSTEM '{secret}'>]>",
    "address": "<!DOCTYPE {root} [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]>",
    "document type": "<!DOCTYPE {root} SYSTEM 'http://127.0.0.1:9/x.dtd'>",
    "public": "<!DOCTYPE {root} PUBLIC '-//A//B' 'file://{secret}'>",
    "parameter": "<!DOCTYPE {root} [<!ENTITY % p SYSTEM 'file://{secret}'> %p; <!ENTITY x 'x'>]>",
    "laughs": f"<!DOCTYPE {{root}} [{LAUGHS}<!ENTITY x '&l9;'>]>",
    "quadratic": "<!DOCTYPE {root} [<!ENTITY x '" + "a" * 50_000 + "'>]>",
}
PAGE = f"<html><head><title>Talks</title></head><body><article><p>{TEXT} &x;</p></article></body></html>"
LINKS = (
    "<base href='file://{secret}'><link rel=stylesheet href='file://{secret}'><img src='http://127.0.0.1:9/i'>"
    "<iframe src='file://{secret}'></iframe><object data='file://{secret}'></object>"
    "<xi:include href='{secret}' parse='text'/>"
    "<style>@import url('http://127.0.0.1:9/c')</style><script src='http://127.0.0.1:9/s'></script>"
    "<meta http-equiv=refresh content='0;url=file://{secret}'><embed src='file://{secret}'>"
)


def _sources(secret: Path) -> list[tuple[str, str, bool, str]]:
    feed = rss(item())
    found = [("feed", "feed", False, feed), ("page", "page", False, PAGE.replace("&x;", ""))]
    found += [("pdf", "pdf", False, make(LINES).decode("latin-1")), ("fragment", "ninjs", False, json.dumps([PAGE]))]
    for name, doctype in DOCTYPES.items():
        repeat = 1_000 if name == "quadratic" else 1
        filled = doctype.replace("{secret}", str(secret))
        hostile = feed.replace("?><rss", f"?>{filled.replace('{root}', 'rss')}<rss").replace(
            TEXT, TEXT + " &x;" * repeat
        )
        found.append(("feed", f"feed, {name}", True, hostile))
        declared = f"<?xml version='1.0'?>{filled.replace('{root}', 'html')}"
        found.append(("page", f"page, {name}", True, declared + PAGE.replace("&x;", "&x;" * repeat)))
        found.append(("fragment", f"ninjs, {name}", True, json.dumps([declared + PAGE])))
    linked = PAGE.replace("<article>", LINKS.replace("{secret}", str(secret)) + "<article>")
    found += [("page", "page, links", True, linked), ("fragment", "ninjs, links", True, json.dumps([linked]))]
    found.append(("feed", "feed, links", True, rss(item(linked, f"<enclosure url='file://{secret}'/>"))))
    found += [
        ("feed", f"feed, {text}", True, text) for text in (str(secret), f"file://{secret}", "http://127.0.0.1:9/")
    ]
    plain = make(LINES).decode("latin-1")
    for name, action in (
        ("open", "/OpenAction << /S /GoToR /F ({secret}) >>"),
        ("launch", "/OpenAction << /S /Launch /F (/bin/true) >>"),
        ("address", "/OpenAction << /S /URI /URI (http://127.0.0.1:9/) >>"),
        ("script", "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        ("stream", "/Metadata << /F ({secret}) /Length 0 >>"),
    ):
        filled = action.replace("{secret}", str(secret))
        found.append(("pdf", f"pdf, {name}", True, plain.replace("/Type /Catalog", f"/Type /Catalog {filled}")))
    return found


def test_no_file_and_no_socket_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    (tmp_path / "sources.json").write_text(json.dumps(_sources(secret)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(tmp_path / "sources.json")],
        capture_output=True, text=True, cwd=ROOT, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    assert SECRET not in done.stdout
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers.pop() == ["opened", []]
    assert len(answers) == len(_sources(secret)) >= 30
    assert len(done.stdout) < 2_000_000, "no entity was expanded"
    for name, found in answers[:4]:
        assert "in London on Tuesday" in json.dumps(found), name


def test_the_probe_sees_what_is_opened(tmp_path: Path) -> None:
    """A reader that opens what it is told to is noticed."""
    code = PROBE.replace("run = getattr", "run = lambda data, request: open(sys.argv[1]) or []; getattr")
    (tmp_path / "sources.json").write_text(json.dumps(_sources(tmp_path / "x")[:6]), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "sources.json")], capture_output=True, text=True, cwd=ROOT
    )
    assert '"open"' in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("name", ["w.warc", "w.warc.gz"])
def test_a_web_archive_leads_nowhere(name: str, tmp_path: Path) -> None:
    """Its addresses are not fetched, and entities in its pages stay closed."""
    import gzip

    from summarizer.reading import read_sources

    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    pages = [
        DOCTYPES[kind].replace("{root}", "html").replace("{secret}", str(secret)) + PAGE for kind in ("file", "laughs")
    ]
    data = b"".join(record(page.encode(), url=f"file://{secret}") for page in pages)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    reading = read_sources([tmp_path / name])
    assert SECRET not in repr(reading)
    assert len(repr(reading)) < 10_000
