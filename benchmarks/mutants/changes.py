"""Small mistakes to make in a module on purpose: comparisons, numbers, conditions, texts, returns, arguments, steps.

The operators are those of mutmut 3, which itself does not serve here: it changes the bodies of functions alone, while
the tables of networks and the patterns of escaping stand at the level of the module, and it wants its settings in the
folder that it runs in. What is changed is the syntax tree, so a mutant is compiled without a file being written.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

_COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq},
    **{ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is},
}
_ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult},
    **{ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Pow: ast.Mult},
    **{ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitXor: ast.BitAnd},
}
#: Parts of a tree that do nothing when the program runs, or whose change says nothing about its tests.
_PASSED_OVER: Final = ("annotation", "returns", "decorator_list", "bases", "type_comment", "format_spec", "ctx")


@dataclass(frozen=True, slots=True)
class Change:
    """One mistake.

    :param line: where it is made.
    :param code: the line as it is.
    :param before: the code as it is.
    :param after: the code with the mistake; empty where it is taken away.
    :param site: number of the place in the order of :func:`_sites`.
    :param variant: number of the mistake among those of the place.
    """

    line: int
    code: str
    before: str
    after: str
    site: int
    variant: int

    @property
    def name(self) -> str:
        """The mistake in words."""
        return f"{self.before} -> {self.after or '(nothing)'}"


@dataclass(frozen=True, slots=True)
class _Site:
    """A place of a tree that may hold something else."""

    parent: ast.AST
    field: str
    index: int | None
    node: Any

    def put(self, node: ast.AST | None) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        elif node is None:
            del getattr(self.parent, self.field)[self.index]
        else:
            getattr(self.parent, self.field)[self.index] = node


def changes(source: str, functions: tuple[str, ...] = ()) -> list[Change]:
    """Give every mistake that can be made in a module.

    :param functions: names of the functions and classes of the module to change; all, and the rest of it, if empty.
    """
    tree, lines = ast.parse(source), source.splitlines()
    found = []
    for number, site in enumerate(_sites(tree)):
        if functions and not _within(tree, site.node, functions):
            continue
        for variant, new in enumerate(_variants(site)):
            before, after = _shown(site.node), "" if new is None else _shown(new)
            if before != after:
                line = _line(site)
                found.append(Change(line, lines[line - 1].strip(), before, after, number, variant))
    return found


def apply(source: str, change: Change) -> ast.Module:
    """Give the tree of a module with one mistake in it."""
    tree = ast.parse(source)
    site = next(site for number, site in enumerate(_sites(tree)) if number == change.site)
    new = next(new for variant, new in enumerate(_variants(site)) if variant == change.variant)
    if new is not None:
        ast.copy_location(new, site.node)
    site.put(new)
    return ast.fix_missing_locations(tree)


def _sites(tree: ast.Module) -> Iterator[_Site]:
    """Give the places of a tree in one order."""
    stack: list[ast.AST] = [tree]
    while stack:
        parent = stack.pop()
        if isinstance(parent, ast.Import | ast.ImportFrom | ast.Global | ast.Nonlocal | ast.JoinedStr):
            continue
        if isinstance(parent, ast.If) and "TYPE_CHECKING" in ast.unparse(parent.test):
            continue
        for field, value in ast.iter_fields(parent):
            if field in _PASSED_OVER:
                continue
            for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.AST) and not _is_docstring(node):
                    yield _Site(parent, field, index, node)
                    stack.append(node)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _within(tree: ast.Module, node: ast.AST, functions: tuple[str, ...]) -> bool:
    line = getattr(node, "lineno", 0)
    return any(
        part.lineno <= line <= (part.end_lineno or 0)
        for part in tree.body
        if isinstance(part, ast.FunctionDef | ast.ClassDef) and part.name in functions
    )


def _variants(site: _Site) -> Iterator[ast.AST | None]:
    """Give what may stand in a place instead."""
    node = site.node
    make = _MAKERS.get(type(node))
    if make is not None:
        yield from make(node)
    if site.field == "test":
        yield ast.UnaryOp(ast.Not(), copy.deepcopy(node))
    if site.field == "elts" and _is_table(site.parent):
        yield None


def _is_table(node: ast.AST) -> bool:
    """Tell whether one part of a display can go missing: of a pair, or of what is unpacked, none can."""
    elements = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else []
    return len(elements) > 2 and all(isinstance(element, ast.Constant | ast.JoinedStr) for element in elements)


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        new = copy.deepcopy(node)
        new.ops[index] = _COMPARISONS[type(operator)]()
        yield new


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield from (ast.Constant(value + 1), ast.Constant(value - 1))
    elif isinstance(value, float):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant("" if value else "XX")
    elif isinstance(value, bytes):
        yield ast.Constant(b"" if value else b"XX")


def _arithmetic(node: ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    if type(node.op) in _ARITHMETIC:
        new = copy.deepcopy(node)
        new.op = _ARITHMETIC[type(node.op)]()
        yield new


def _augmented(node: ast.AugAssign) -> Iterator[ast.AST]:
    yield from _arithmetic(node)
    yield ast.Pass()


def _and_or(node: ast.BoolOp) -> Iterator[ast.AST]:
    new = copy.deepcopy(node)
    new.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield new


def _not(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not | ast.USub | ast.Invert):
        yield copy.deepcopy(node.operand)


def _return(node: ast.Return) -> Iterator[ast.AST]:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield ast.Return(ast.Constant(None))


def _gone(node: ast.stmt) -> Iterator[ast.AST]:
    del node
    yield ast.Pass()


def _call(node: ast.Call) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "cast"):
        return
    for index in range(len(node.keywords)):
        new = copy.deepcopy(node)
        del new.keywords[index]
        yield new
    if len(node.args) > 1:
        new = copy.deepcopy(node)
        del new.args[-1]
        yield new


def _dict(node: ast.Dict) -> Iterator[ast.AST]:
    for index in range(len(node.keys)):
        new = copy.deepcopy(node)
        del new.keys[index], new.values[index]
        yield new


def _joined(node: ast.JoinedStr) -> Iterator[ast.AST]:
    del node
    yield ast.Constant("")


def _lambda(node: ast.Lambda) -> Iterator[ast.AST]:
    yield ast.Lambda(copy.deepcopy(node.args), ast.Constant(None))


_MAKERS: Final[dict[type[ast.AST], Callable[[Any], Iterator[ast.AST]]]] = {
    **{ast.Compare: _compare, ast.Constant: _constant, ast.BinOp: _arithmetic, ast.AugAssign: _augmented},
    **{ast.BoolOp: _and_or, ast.UnaryOp: _not, ast.Return: _return, ast.Expr: _gone, ast.Raise: _gone},
    **{ast.Call: _call, ast.Dict: _dict, ast.JoinedStr: _joined, ast.Lambda: _lambda},
    ast.Continue: lambda _: iter([ast.Break()]),
    ast.Break: lambda _: iter([ast.Continue()]),
}


def _line(site: _Site) -> int:
    return int(getattr(site.node, "lineno", getattr(site.parent, "lineno", 0)))


def _shown(node: ast.AST) -> str:
    return " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())
