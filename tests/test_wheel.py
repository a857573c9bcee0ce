"""The wheel, built and installed in an environment of its own: prompts, weights and schema are in it, tests are not."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

CHECK = """
import importlib.resources, json, sys
import summarizer
assert sys.prefix in summarizer.__file__, summarizer.__file__
files = importlib.resources.files
assert files("summarizer.prompts").joinpath("fuse_t5.txt").read_text()
assert files("summarizer.briefing").joinpath("schema-1.json").read_text()
summary = summarizer.summarize(["Exports fell in May, officials said.", "Officials said that exports fell 3% in May."])
assert summary.signature.startswith("embed:minilm-l6-v2-int8"), summary.signature
assert json.loads(summary.to_json())["statements"][0]["origins"] == 2
assert summary.to_html().startswith("<!DOCTYPE html>")
print(summary.text)
"""


#: Endings of files beside the code that it reads.
DATA = {".json", ".j2", ".css", ".js", ".txt", ".html"}


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV"))}
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [str(part) for part in command], capture_output=True, text=True, env=environment, **options
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT)
    if built.returncode and "No matching distribution" in built.stdout + built.stderr:
        pytest.skip("the build backend cannot be fetched: no package index is reachable")
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("crossbrief-*.whl"))


def test_the_wheel_holds_what_it_should(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "summarizer/py.typed",
        "summarizer/prompts/fuse_t5.txt",
        "summarizer/models/minilm-l6-v2-int8/model.onnx",
        "summarizer/models/minilm-l6-v2-int8/tokenizer.json",
        "summarizer/models/minilm-l6-v2-int8/LICENSE",
        "summarizer/models/minilm-l6-v2-int8/card.json",
        "summarizer/models/salience-1/weights.json",
        *(path.relative_to(ROOT).as_posix() for path in (ROOT / "summarizer" / "models").glob("[!_]*/*.*")),
        *(path.relative_to(ROOT).as_posix() for path in (ROOT / "summarizer").rglob("*") if path.suffix in DATA),
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "seeds/", "docs/"))]
    size = wheel.stat().st_size
    assert size < 100_000_000, "what an index takes: an encoder of 21 MB, a cross-encoder of 46 and a fuser of 30"


def test_the_wheel_works_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    # The pip of these tests serves the new environment; one of its own takes longer to set up than all that it brings.
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "env", check=True)
    python = next((tmp_path / "env").glob("*/python"))
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    installed = run(*pip, "install", "--quiet", "--no-compile", wheel)
    if installed.returncode and "No matching distribution" in installed.stderr:
        pytest.skip("dependencies cannot be fetched: no package index is reachable")
    assert installed.returncode == 0, installed.stderr
    done = run(python, "-c", CHECK, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(("Exports fell", "Officials said"))
    heavy = run(*pip, "list", "--format=freeze").stdout.lower()
    assert not [name for name in ("torch", "transformers", "scipy", "scikit-learn") if f"\n{name}==" in heavy]
    command = run(python.parent / "summarizer", "brief", ROOT / "seeds", "--max-words", "60", "--format", "text")
    assert command.returncode == 0, command.stderr
    assert "London" in command.stdout


def test_every_folder_of_code_is_named_as_a_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "summarizer").rglob("__init__.py")}
    named = {".".join(folder.parts) for folder in folders}
    assert set(settings["packages"]) - {"summarizer.prompts"} == named
