"""Every regular expression of the package, and how long it takes over texts made to make it slow.

    python -m benchmarks.hostile.expressions [--quick]

All modules are imported in this process, with the compilation of expressions watched, so that none is missed: those in
tables and classes, those that functions make, and, by reading the source, those in modules whose libraries are heavy.
Each is used in the way in which the package uses it: matched at the beginning, matched whole, or searched for.
Time is that of the processor, since others may work beside this.
"""

from __future__ import annotations

import ast
import json
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final, TypeGuard, cast

from benchmarks.data import REPOSITORY
from benchmarks.hostile.attacks import N_ATTACKS, attacks

#: Characters of the attacks.
SIZES: Final = (1_000, 10_000, 100_000)
#: Ten times the text may take so many times as long, with :data:`GRAIN` to spare; and no text longer than so many
#: seconds.
MAX_GROWTH: Final = 15.0
MAX_SECONDS: Final = 1.0
#: Seconds that tell nothing about growth: the grain of the clock, and what the processor is kept from by others.
GRAIN: Final = 0.004
#: Characters of a quick run, and the seconds from which an expression is measured in full in one.
_QUICK: Final = (2_000, 0.006)
#: Imported nowhere here: they take seconds, and define networks.
_HEAVY: Final = ("torch", "transformers", "catboost", "onnx", "ray")
#: How often a time that seems too long is taken again.
_AGAIN: Final = 4
_SEARCHING: Final = frozenset({"search", "findall", "finditer", "sub", "subn", "split"})
_USES: Final = _SEARCHING | {"match", "fullmatch"}

Use = Callable[[re.Pattern[str], str], object]


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression and how it is used.

    :param where: module and line, relative to the package.
    :param uses: of ``search``, ``match`` and ``fullmatch``.
    :param most: characters of the longest text that the package gives it; 0 where there is no such limit.
    """

    where: str
    pattern: re.Pattern[str]
    uses: frozenset[str]
    most: int = 0


class _OverError(Exception):
    """The time for one text is over."""


def collect() -> list[Expression]:
    """Give every expression of the package, in the order of the modules."""
    for name in _HEAVY:
        cast("dict[str, object]", sys.modules).setdefault(name, None)  # an import of it fails
    seen: dict[tuple[str, int, str, int], re.Pattern[Any]] = {}
    package = REPOSITORY / "summarizer"
    original = re._compile  # type: ignore[attr-defined]

    def watched(pattern: Any, flags: int) -> re.Pattern[Any]:  # noqa: ANN401
        compiled: re.Pattern[Any] = original(pattern, flags)
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back  # type: ignore[assignment]
        while frame is not None and (parent := frame.f_back) and parent.f_code.co_filename == frame.f_code.co_filename:
            frame = parent  # where a function of the module is called that makes it
        if frame is not None and frame.f_code.co_filename.startswith(str(package)):
            file = Path(frame.f_code.co_filename).relative_to(package).as_posix()
            if isinstance(compiled.pattern, str):
                seen.setdefault((file, frame.f_lineno, compiled.pattern, compiled.flags), compiled)
        return compiled

    # What was imported before was not watched: the package is imported anew, and then put back.
    before = _forget_package()
    re._compile = watched  # type: ignore[attr-defined]
    try:
        _import_all()
        _exercise()
    finally:
        re._compile = original  # type: ignore[attr-defined]
        _forget_package()
        sys.modules.update(before)
    sources = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(package.rglob("*.py"))}
    for path, tree in sources.items():
        file = path.relative_to(package).as_posix()
        for line, compiled in _written(tree):
            if isinstance(compiled.pattern, str):
                seen.setdefault((file, line, compiled.pattern, compiled.flags), compiled)
    unique: dict[tuple[str, str, int], Expression] = {}
    for (file, line, text, flags), compiled in sorted(seen.items(), key=lambda entry: entry[0][:2]):
        if file == "boilerplate.py" and compiled.pattern.startswith("(?:"):
            expression = _of_boilerplate(f"{file}:{line}", compiled)
        else:
            expression = Expression(f"{file}:{line}", compiled, _uses(sources[package / file], line))
        unique.setdefault((file, text, flags), expression)
    return list(unique.values())


def _forget_package() -> dict[str, ModuleType]:
    """Let the next import of the package read all its modules; give those that were imported."""
    names = [name for name in sys.modules if name.partition(".")[0] == "summarizer"]
    return {name: sys.modules.pop(name) for name in names}


def _of_boilerplate(where: str, compiled: re.Pattern[str]) -> Expression:
    """Rules are used by ``matching``: those of openings at the beginning of a line, the others on short spans whole."""
    from summarizer.boilerplate import MAX_SPAN

    if compiled.pattern.endswith(r"\W{0,6}"):
        return Expression(where, compiled, frozenset({"fullmatch"}), MAX_SPAN)
    return Expression(where, compiled, frozenset({"match"}))


def _import_all() -> None:
    import summarizer

    for module in pkgutil.walk_packages(summarizer.__path__, "summarizer.", onerror=lambda name: None):
        if not module.name.endswith("__main__"):
            try:
                import_module(module.name)
            except ImportError:  # needs a library that is heavy or not installed: its source is read
                continue


def _exercise() -> None:
    """Call what makes expressions when it is first used."""
    from summarizer import openers, summarize
    from summarizer.boilerplate import RULES

    for rule in RULES:
        rule.pattern  # noqa: B018  compiled when it is first asked for
    for language in ("en", *openers._OTHERS, *openers._UNSPACED):
        openers.is_dangling("It rained.", language)
    texts = [path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "seeds").glob("*.txt"))]
    summary = summarize(texts, embedder="tfidf", query="Who leads the delegations, and what did exports do?")
    summary.to_html()
    summary.to_terminal()


def _written(tree: ast.AST) -> Iterator[tuple[int, re.Pattern[Any]]]:
    """Give the expressions that stand in the source as they are, with their lines."""
    for node in ast.walk(tree):
        if _is_call(node, "re", _USES | {"compile"}) and node.args and isinstance(node.args[0], ast.Constant):
            flags = 0
            for other in (*node.args[1:], *(keyword.value for keyword in node.keywords)):
                for part in ast.walk(other):
                    if isinstance(part, ast.Attribute) and part.attr.isupper() and hasattr(re, part.attr):
                        flags |= getattr(re, part.attr)
            yield node.lineno, re.compile(node.args[0].value, flags)


def _is_call(node: ast.AST, owner: str, names: frozenset[str]) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == owner
    )


def _uses(tree: ast.Module, line: int) -> frozenset[str]:
    """Tell how an expression that is made at a line is used: by its name, else as the module uses what has none."""
    for node in ast.walk(tree):
        if _is_call(node, "re", _USES) and node.lineno <= line <= (node.end_lineno or node.lineno):
            return _kinds({node.func.attr})  # type: ignore[attr-defined]
    named = {
        target.id: node
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    name = next((name for name, node in named.items() if node.lineno <= line <= (node.end_lineno or line)), "")
    calls = [
        (node.func.value, node.func.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _USES
    ]
    by_name = {method for owner, method in calls if isinstance(owner, ast.Name) and owner.id == name}
    handed_on = {
        child.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call | ast.Tuple | ast.List | ast.Dict | ast.comprehension | ast.For)
        for child in ast.iter_child_nodes(node)
        if isinstance(child, ast.Name)
    }
    if by_name and name not in handed_on:
        return _kinds(by_name)
    others = {
        method
        for owner, method in calls
        if method != "split" and not (isinstance(owner, ast.Name) and (owner.id in named or owner.id == "re"))
    }
    return _kinds(by_name | others) if others else _kinds({"search", "match", "fullmatch"})


def _kinds(methods: set[str]) -> frozenset[str]:
    return frozenset("search" if method in _SEARCHING else method for method in methods)


# --- time ------------------------------------------------------------------------------------------------------------


def seconds(expression: Expression, text: str, limit: float) -> float:
    """Give the time of the processor that the slowest use of an expression takes; a little over the limit at most."""

    def over(number: int, frame: object) -> None:
        raise _OverError

    previous = signal.signal(signal.SIGPROF, over)
    worst = 0.0
    try:
        for use in sorted(expression.uses):
            start = time.thread_time()
            try:
                signal.setitimer(signal.ITIMER_PROF, limit)
                try:
                    _run(expression.pattern, use, text)
                finally:
                    signal.setitimer(signal.ITIMER_PROF, 0)
            except _OverError:
                pass
            worst = max(worst, time.thread_time() - start)
    finally:
        signal.signal(signal.SIGPROF, previous)
    return worst


def _run(pattern: re.Pattern[str], use: str, text: str) -> None:
    if use == "search":
        for _ in pattern.finditer(text):
            pass
    elif use == "match":
        pattern.match(text)
    else:
        pattern.fullmatch(text)


def judge(expression: Expression, *, quick: bool = False) -> dict[str, Any]:
    """Measure one expression on all its attacks.

    :param quick: leave it at one small size if that takes next to no time.
    :return: the slowest time, the greatest growth, and what was found wrong; no text.
    """
    if quick:
        size, enough = min(_QUICK[0], expression.most or _QUICK[0]), _QUICK[1]
        worst = 0.0
        for text in attacks(expression.pattern, size):
            worst = max(worst, seconds(expression, text, MAX_SECONDS))
            if worst > enough:
                break
        else:
            return {"where": expression.where, "seconds": worst, "growth": 0.0, "fault": ""}
    worst, growth, fault = 0.0, 0.0, ""
    sizes = [*(size for size in SIZES if size < expression.most), expression.most] if expression.most else SIZES
    texts = [attacks(expression.pattern, size) for size in sizes]
    for number in range(N_ATTACKS):
        times: list[float] = []
        for sized in texts:
            took = seconds(expression, sized[number], 1.2 * MAX_SECONDS)
            for _ in range(_AGAIN if times and GRAIN < took <= MAX_SECONDS else 0):
                if took <= MAX_GROWTH * times[-1] + GRAIN:
                    break  # else once more, for others may have been in the way
                took = min(took, seconds(expression, sized[number], 1.5 * MAX_SECONDS))
            if times and took > GRAIN:
                growth = max(growth, (took - GRAIN) / max(times[-1], GRAIN / MAX_GROWTH))
            if times and took > MAX_GROWTH * times[-1] + GRAIN:
                fault = f"grows {took / max(times[-1], 1e-6):.0f} times at {len(sized[number])} characters"
            if took > MAX_SECONDS:
                fault = f"takes over {MAX_SECONDS:g} s for {len(sized[number])} characters"
            worst = max(worst, took)
            times.append(took)
            if fault:
                return {"where": expression.where, "seconds": worst, "growth": growth, "fault": fault, "attack": number}
    return {"where": expression.where, "seconds": worst, "growth": growth, "fault": fault}


def measure(*, quick: bool = False) -> dict[str, Any]:
    """Measure every expression.

    :return: how many there are, the slowest, the greatest growth, and the faults.
    """
    found = [judge(expression, quick=quick) for expression in collect()]
    slowest = max(found, key=lambda one: one["seconds"])
    return {
        "expressions": len(found),
        "attacks": N_ATTACKS,
        "sizes": [_QUICK[0]] if quick else list(SIZES),
        "slowest": {"where": slowest["where"], "seconds": round(slowest["seconds"], 3)},
        "growth": round(max(one["growth"] for one in found), 1),
        "faults": [one for one in found if one["fault"]],
    }


if __name__ == "__main__":
    json.dump(measure(quick="--quick" in sys.argv), sys.stdout, indent=2)
