"""Mistakes made on purpose: each operator, what is passed over, and how what came of them is told."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import mutants
from benchmarks.data import REPOSITORY, DataError
from benchmarks.mutants import SUBJECTS, Subject
from benchmarks.mutants.changes import apply, changes
from benchmarks.mutants.running import Known


def mistakes(source: str, *functions: str) -> set[str]:
    return {ast.unparse(apply(source, change)) for change in changes(source, functions)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", {"a <= b"}),
        ("a >= b != c", {"a > b != c", "a >= b == c"}),
        ("a in b is c", {"a not in b is c", "a in b is not c"}),
        ("x = 3", {"x = 4", "x = 2"}),
        ("x = 0.5", {"x = 1.5"}),
        ("x = True", {"x = False"}),
        ("x = 'a'", {"x = ''"}),
        ("x = ''", {"x = 'XX'"}),
        ("x = b'a'", {"x = b''"}),
        ("x = f'{a} b'", {"x = ''"}),
        ("a and b", {"a or b"}),
        ("not a", {"a"}),
        ("a + b", {"a - b"}),
        ("a += b", {"a -= b", "pass"}),
        ("f(a, b)", {"f(a)"}),
        ("f(a, b=c)", {"f(a)"}),
        ("isinstance(a, b)", set()),
        ("x = {a: b, c: d}", {"x = {c: d}", "x = {a: b}"}),
        ("x = (1, 2)", {"x = (2, 2)", "x = (0, 2)", "x = (1, 3)", "x = (1, 1)"}),
        ("x = ('a', 'b', 'c')", {"x = ('', 'b', 'c')", "x = ('a', '', 'c')", "x = ('a', 'b', '')"}
         | {"x = ('b', 'c')", "x = ('a', 'c')", "x = ('a', 'b')"}),
        ("x = (a, b, c)", set()),
        ("x = lambda: a", {"x = lambda: None"}),
        ("raise a", {"pass"}),
        ("import a\nfrom b import c", set()),
    ],
)  # fmt: skip
def test_each_operator(source: str, expected: set[str]) -> None:
    found = mistakes(source)
    statements = {"pass"} if isinstance(ast.parse(source).body[0], ast.Expr) else set()
    assert found == expected | statements


def test_conditions_returns_and_steps() -> None:
    source = (
        "def f(a):\n    '''Words.'''\n    for b in a:\n        if b:\n            continue\n        g()\n    return a\n"
    )
    found = mistakes(source)
    assert len(found) == 4
    assert any("if not b" in text for text in found)
    assert any("break" in text for text in found)
    assert any("return None" in text for text in found)
    assert any("pass" in text for text in found)
    assert all("Words." in text for text in found)


def test_what_says_nothing_about_tests_is_passed_over() -> None:
    assert not mistakes("def f(a: 'A') -> 'B':\n    '''Words.'''\n    return None")
    assert not mistakes("@cache\nclass A(B):\n    a: Final[1]")
    assert not mistakes("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    x = 1")


def test_parts_of_a_module_by_name() -> None:
    source = "x = 1\ndef f():\n    return 2\nclass A:\n    y = 3\n"
    assert {change.line for change in changes(source)} == {1, 3, 5}
    assert {change.line for change in changes(source, ("f",))} == {3}
    assert {change.line for change in changes(source, ("f", "A"))} == {3, 5}


@pytest.mark.parametrize("file", sorted({file for subject in SUBJECTS.values() for file in subject.code}))
def test_every_mistake_in_what_is_guarded_is_python(file: str) -> None:
    source = (REPOSITORY / file).read_text("utf-8")
    before = ast.unparse(ast.parse(source))
    found = changes(source, next(subject.code[file] for subject in SUBJECTS.values() if file in subject.code))
    assert found
    for change in found[:: max(1, len(found) // 10)]:
        tree = apply(source, change)
        compile(tree, file, "exec")
        assert ast.unparse(tree) != before, change
        assert change.line


def test_what_is_named_is_there() -> None:
    for subject in SUBJECTS.values():
        assert all((REPOSITORY / test).exists() for test in subject.tests)
        for file, parts in subject.code.items():
            names = {getattr(part, "name", "") for part in ast.parse((REPOSITORY / file).read_text("utf-8")).body}
            assert set(parts) <= names


def test_what_is_called_alike_is_made_and_has_its_reason() -> None:
    entries = json.loads(mutants.ALIKE.read_text("utf-8"))
    for subject in SUBJECTS.values():
        made = {
            mutants._named((file, change))
            for file, parts in subject.code.items()
            for change in changes((REPOSITORY / file).read_text("utf-8"), parts)
        }
        mutants._alike(made, subject)
    for entry in entries:
        assert set(entry) == {"file", "code", "change", "reason"}
        assert len(entry["reason"]) > 20


def test_an_excuse_for_a_mistake_that_is_not_made_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "alike.json"
    path.write_text(json.dumps([{"file": "a.py", "code": "x = 1", "change": "1 -> 2", "reason": "none"}]))
    monkeypatch.setattr(mutants, "ALIKE", path)
    subject = Subject({"a.py": ()}, ())
    assert mutants._alike({("a.py", "x = 1", "1 -> 2")}, subject) == {("a.py", "x = 1", "1 -> 2")}
    assert mutants._alike(set(), Subject({"b.py": ()}, ())) == set()
    with pytest.raises(DataError, match="not made any more"):
        mutants._alike({("a.py", "x = 1", "1 -> 3")}, subject)


def test_the_tests_of_a_line_come_shortest_first() -> None:
    known = Known({"a": 3.0, "b": 1.0, "c": 2.0}, {"x.py": {1: ["a", "b"], 2: ["c"]}})
    assert known.tests("x.py", 1) == ["b", "a", "c"]
    assert known.tests("x.py", 2) == ["c", "b", "a"]
    assert known.tests("x.py", 9) == ["b", "c", "a"], "what runs at import may be noticed by all that use the file"
    assert known.tests("y.py", 1) == ["b", "c", "a"]


def test_the_table_and_the_verdict() -> None:
    row: dict[str, Any] = {"run": 10, "noticed": 8, "share": 0.8, "alike": 1, "tests": 5}
    found = {"subjects": {"budget": row}}
    assert mutants.text(found).splitlines()[-1] == "| budget | 10 | 8 | 80.0 % | 1 | 5 |"
    assert mutants.missed(found) == ["budget: 80.0 % of the mistakes noticed, aim 90 %"]
    row.update(noticed=9, share=0.9)
    assert mutants.missed(found) == []
