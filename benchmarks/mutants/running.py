"""Runs the tests of a subject against a mutant: in a process that forks off, with the one module changed in memory.

Nothing is written to the tree, so runs do not meet and nothing has to be put back. What the tests need from elsewhere
(numpy, pytest, parsers of Markdown) is imported before the fork; the package, its tests and this program are imported
anew by every child, so that no mutant meets code that another one made.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final

from benchmarks.data import REPOSITORY

#: Imported once, for all children.
_SHARED: Final = (
    *("numpy", "pytest", "_pytest.assertion.rewrite", "hypothesis", "hypothesis.strategies", "coverage", "jinja2"),
    *("markdown_it", "mistune", "linkify_it", "httpcore", "h11", "idna", "rich.console", "typer", "jsonschema", "lxml"),
)
_OURS: Final = ("summarizer", "tests", "benchmarks")
#: Seconds of the processor that a child may use over five times what its tests take without a mistake.
_SECONDS: Final = 20
#: So many times that may pass on the clock: the machine does other things, too.
_PATIENCE: Final = 8
_MEMORY: Final = 4 * 2**30
_LEFT: Final = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What the tests do without a mistake.

    :param seconds: how long each takes, by its id.
    :param covering: ids of the tests that run a line, by file and line.
    """

    seconds: dict[str, float]
    covering: dict[str, dict[int, list[str]]]

    def tests(self, file: str, line: int) -> list[str]:
        """Give the tests that can notice a mistake in a line: those that run it, then the others of its file.

        The others count too: what is kept from one call to the next runs in one test and shows in others, and what runs
        at import, in none. The shortest come first.
        """
        lines = self.covering.get(file, {})
        groups = (lines.get(line, []), [test for tests in lines.values() for test in tests], list(self.seconds))
        ranked = [sorted(set(tests), key=lambda test: (self.seconds[test], test)) for tests in groups]
        return list(dict.fromkeys([*ranked[0], *(ranked[1] or ranked[2])]))


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module from a tree in memory."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self._name, self._path, self._code = name, path, code

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:  # noqa: ANN401
        if fullname != self._name:
            return None
        spec = importlib.machinery.ModuleSpec(fullname, self, origin=str(self._path))
        spec.has_location = True
        return spec

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)


class _Plugin:
    """Runs some of the tests in an order, and notes how long each takes and what it runs."""

    def __init__(self, order: Sequence[str] | None, trace: Any) -> None:  # noqa: ANN401
        self._order, self._trace = order, trace
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []

    def pytest_configure(self, config: Any) -> None:  # noqa: ANN401
        config.addinivalue_line("markers", "no_cover: known to a plugin that is not loaded here")

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        if self._order is not None:
            rank = {test: place for place, test in enumerate(self._order)}
            items[:] = sorted((item for item in items if item.nodeid in rank), key=lambda item: rank[item.nodeid])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        if self._trace is not None:
            self._trace.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:  # noqa: ANN401
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration
        if report.failed:
            self.failed.append(report.nodeid)


def prepare() -> None:
    """Import what every child needs."""
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", PYTHONHASHSEED="0")
    for name in _SHARED:
        with suppress(ImportError):
            import_module(name)


def explore(tests: Sequence[str], files: Iterable[str], skip: str) -> Known:
    """Run the tests without a mistake.

    :param tests: files of tests, from the root of the repository.
    :param files: files whose lines are watched.
    :param skip: an expression of ``pytest -k`` for the tests that run.
    :raises RuntimeError: if one fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        child = Child(None, None, [*tests], None, Path(folder), 600.0, watched=tuple(files), chosen=skip)
        child.wait()
        found = child.result()
    if child.code or found["failed"]:
        raise RuntimeError(f"the tests fail without any mistake: {found['failed'][:3]} {found['said'][-2000:]}")
    covering = {
        file: {int(line): [test for test in ids if test] for line, ids in lines.items()}
        for file, lines in found["covering"].items()
    }
    return Known(found["seconds"], covering)


class Child:
    """A process that runs tests.

    :param file: the module with the mistake, from the root of the repository; None for none.
    :param tree: its tree.
    :param tests: files, or ids in their order if ``order`` is given.
    :param order: ids of the tests to run, in their order.
    :param folder: for what the child has to say.
    :param seconds: of the processor that it may use.
    """

    def __init__(
        self,
        file: str | None,
        tree: ast.Module | None,
        tests: Sequence[str],
        order: Sequence[str] | None,
        folder: Path,
        seconds: float,
        *,
        watched: Sequence[str] = (),
        chosen: str = "",
    ) -> None:
        self._path, self.code, self.hung = folder / "result.json", 0, False
        self._end = time.monotonic() + _PATIENCE * seconds
        self._pid = os.fork()
        if self._pid == 0:
            code = 70
            try:
                os.setsid()
                code = _be_child(file, tree, tests, order, self._path, seconds, watched, chosen)
            except BaseException:
                traceback.print_exc()
                sys.stderr.flush()
            finally:
                os._exit(code)

    def poll(self) -> bool:
        """Tell whether it has ended; one that takes too long is ended here."""
        ended, status = os.waitpid(self._pid, os.WNOHANG)
        if not ended:
            if time.monotonic() < self._end:
                return False
            with suppress(ProcessLookupError):
                os.killpg(self._pid, signal.SIGKILL)
            _, status = os.waitpid(self._pid, 0)
            self.hung = True
        self.code = os.waitstatus_to_exitcode(status)
        self.hung = self.hung or -self.code in (signal.SIGXCPU, signal.SIGKILL)
        return True

    def wait(self) -> None:
        """Wait until it has ended."""
        while not self.poll():
            time.sleep(0.02)

    def result(self) -> dict[str, Any]:
        """Give what it had to say; nothing if it died first."""
        try:
            found: dict[str, Any] = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            said = self._path.with_suffix(".log")
            words = said.read_text("utf-8", "replace") if said.exists() else ""
            return {"seconds": {}, "failed": [], "covering": {}, "said": words}
        return found


def _be_child(
    file: str | None,
    tree: ast.Module | None,
    tests: Sequence[str],
    order: Sequence[str] | None,
    path: Path,
    seconds: float,
    watched: Sequence[str],
    chosen: str,
) -> int:
    import resource

    import pytest

    said = os.open(path.with_suffix(".log"), os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(said, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for name in [name for name in sys.modules if name.partition(".")[0] in _OURS]:
        del sys.modules[name]
    _settle_hypothesis()
    trace = None
    if watched:
        import coverage

        trace = coverage.Coverage(
            include=[str(REPOSITORY / name) for name in watched], data_file=None, config_file=False
        )
        trace.start()
    if file is not None and tree is not None:
        name = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        sys.meta_path.insert(0, _Finder(name, REPOSITORY / file, compile(tree, file, "exec")))
    plugin = _Plugin(order, trace)
    # Plugins that happen to be installed would be imported by every child.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    flags = ["-x", "-q", "-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin", f"--rootdir={REPOSITORY}"]
    flags += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    code = int(pytest.main([*flags, "-k", chosen, *(str(REPOSITORY / name) for name in files)], plugins=[plugin]))
    covering: dict[str, dict[int, list[str]]] = {}
    if trace is not None:
        trace.stop()
        data = trace.get_data()
        covering = {name: data.contexts_by_lineno(str(REPOSITORY / name)) for name in watched}
    sys.stdout.flush()
    words = path.with_suffix(".log").read_text("utf-8", "replace")[-4000:] if code else ""
    found = {"seconds": plugin.seconds, "failed": plugin.failed[:_LEFT], "covering": covering, "said": words}
    path.write_text(json.dumps(found), "utf-8")
    return code


def _settle_hypothesis() -> None:
    """Have property tests find the same each time, keep nothing, and stop at the first example that fails."""
    try:
        from hypothesis import HealthCheck, Phase, settings
    except ImportError:
        return
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile(
        "mutants",
        database=None,
        deadline=None,
        derandomize=True,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")
