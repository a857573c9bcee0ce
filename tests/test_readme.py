"""The README and the docs are true: their code runs, their briefing and figures are what the project gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.readme import briefing_block, figures_block, replace_block

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_runs(page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    namespace: dict[str, object] = {}
    for code in re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
        exec(compile(code, page.name, "exec"), namespace)


def test_the_first_code_is_the_two_commands() -> None:
    first = re.search(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert first is not None
    assert re.findall(r"^make (\w+)", first.group(1), re.MULTILINE) == ["briefing", "test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("briefing", "test"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_briefing_is_what_the_command_prints() -> None:
    assert replace_block(README, "briefing", briefing_block()) == README, "make readme writes it anew"


def test_the_figures_come_from_the_results() -> None:
    assert replace_block(README, "figures", figures_block()) == README, "make readme writes them anew"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target
