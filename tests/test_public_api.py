"""What the package promises to export."""

from __future__ import annotations

import dataclasses
import inspect
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import summarizer
from summarizer import errors


def test_all_is_importable_and_complete() -> None:
    public = {name for name, thing in vars(summarizer).items() if not name.startswith("_")}
    modules = {name for name in public if inspect.ismodule(getattr(summarizer, name))}
    assert set(summarizer.__all__) == public - modules | {"__version__"}
    for name in summarizer.__all__:
        assert getattr(summarizer, name) is not None


def test_public_objects_are_documented() -> None:
    for name in summarizer.__all__:
        thing = getattr(summarizer, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert len(thing.__doc__ or "") > 20, name


def test_data_is_immutable() -> None:
    for name in summarizer.__all__:
        thing = getattr(summarizer, name)
        if dataclasses.is_dataclass(thing):
            assert thing.__dataclass_params__.frozen, name  # type: ignore[union-attr]


def test_every_error_is_of_one_tree() -> None:
    for name, thing in vars(errors).items():
        if inspect.isclass(thing) and issubclass(thing, Exception):
            assert issubclass(thing, errors.SummarizerError), name
            assert name in (errors.__doc__ or ""), f"the tree does not draw {name}"
            assert name in summarizer.__all__


def test_errors_are_also_what_python_programmers_catch() -> None:
    assert issubclass(errors.ConfigError, ValueError)
    assert issubclass(errors.ModelError, RuntimeError)
    assert issubclass(errors.MissingExtraError, ImportError)
    assert issubclass(errors.OutputError, OSError)


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(summarizer.ConfigError, match="unknown setting max_word; known are allow_private"):
        summarizer.summarize(["A text."], max_word=5)


def test_a_second_owner_of_the_name_is_reported(tmp_path: Path) -> None:
    """bert-extractive-summarizer puts its files into the same package folder."""
    package = Path(summarizer.__file__).parent
    shutil.copytree(package, tmp_path / "summarizer", ignore=shutil.ignore_patterns("models", "__pycache__"))
    (tmp_path / "summarizer" / "summary_processor.py").touch()
    done = subprocess.run([sys.executable, "-c", "import summarizer"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "pip uninstall bert-extractive-summarizer" in done.stderr
