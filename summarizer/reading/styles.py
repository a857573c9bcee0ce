"""What the page's own style rules declare of an element, by the cascade.

No style engine: what :mod:`summarizer.reading.rules` does not read is passed over, and style sheets outside the page
are never fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from summarizer.reading.rules import Declarations, Marks, Rule, read_declarations, read_rules

#: Pages of one site hold the same rules: those of so many pages are kept, where they are not long.
_KEPT_PAGES: Final = 4
_MAX_KEPT_CHARACTERS: Final = 50_000

_read_kept = lru_cache(_KEPT_PAGES)(read_rules)


class _Known(NamedTuple):
    """What is known of all elements with the same marks.

    :param sure: rules that hold whatever lies above the element, in the order of the cascade.
    :param asking: rules that ask for something above it.
    :param values: what the sure ones come to.
    """

    marks: Marks
    sure: list[Rule]
    asking: list[Rule]
    values: Mapping[str, str]


class Styles:
    """The rules of the ``<style>`` elements of one page, whose elements must keep their marks while they are asked for.

    :param sheets: their texts, in the order of the page.
    """

    def __init__(self, sheets: Iterable[str]) -> None:
        texts = tuple(sheets)
        read = _read_kept if sum(map(len, texts)) <= _MAX_KEPT_CHARACTERS else read_rules
        self._rules = read(texts)
        self._known: dict[tuple[str | None, ...], _Known] = {}
        self._marks: dict[Any, Marks] = {}

    def declared(self, element: Any, inline: str | None) -> Mapping[str, str]:  # noqa: ANN401
        """Give what holds for an element by the cascade, its own ``style`` included."""
        if not self._rules:
            return _cascade([read_declarations(inline)]) if inline else {}
        known = self._know(element)
        rules = known.sure
        if known.asking:
            parent = element.getparent()
            near = frozenset() if parent is None else self._marks_of(parent).classes
            # Most rules ask for a class, and most of the time the parent has another: that is told without a call.
            asked = ((rule, rule.simples[1]) for rule in known.asking)
            likely = [rule for rule, simple in asked if not simple.near or simple.classes <= near]
            above = [rule for rule in likely if self._holds(rule, element)]
            rules = sorted([*rules, *above]) if above else rules
        if rules is known.sure and not inline:
            return known.values
        declarations = [rule.declarations for rule in rules]
        return _cascade([*declarations, read_declarations(inline)] if inline else declarations)

    def _know(self, element: Any) -> _Known:  # noqa: ANN401
        key = (element.tag, element.get("class"), element.get("id"), element.get("hidden"))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._look_up(_read_marks(element))
        self._marks[element] = known.marks
        return known

    def _look_up(self, marks: Marks) -> _Known:
        keys = [marks.tag, "*", *(f".{name}" for name in sorted(marks.classes))]
        keys += [f"#{marks.id}"] if marks.id else []
        rules = [rule for key in keys for rule in self._rules.get(key, ()) if rule.simples[0].matches(marks)]
        sure = sorted(rule for rule in rules if len(rule.simples) == 1)
        asking = [rule for rule in rules if len(rule.simples) > 1]
        return _Known(marks, sure, asking, _cascade([rule.declarations for rule in sure]))

    def _holds(self, rule: Rule, element: Any) -> bool:  # noqa: ANN401
        """Tell whether what a rule asks for lies above an element."""
        above = element.getparent()
        for simple in rule.simples[1:]:
            while above is not None and not simple.matches(self._marks_of(above)):
                if simple.near:
                    return False
                above = above.getparent()
            if above is None:
                return False
            above = above.getparent()
        return True

    def _marks_of(self, element: Any) -> Marks:  # noqa: ANN401
        marks = self._marks.get(element)
        if marks is None:
            marks = self._marks[element] = _read_marks(element)
        return marks


def _read_marks(element: Any) -> Marks:  # noqa: ANN401
    classes = frozenset((element.get("class") or "").split())
    return Marks(element.tag, classes, element.get("id"), element.get("hidden") is not None)


def _cascade(found: Iterable[Declarations]) -> dict[str, str]:
    """Give what holds of what was declared, the strongest being the last."""
    values: dict[str, str] = {}
    important: list[tuple[str, str]] = []
    for declarations in found:
        for name, (is_important, value) in declarations.items():
            if is_important:
                important.append((name, value))
            else:
                values.pop(name, None)
                values[name] = value
    for name, value in important:
        values.pop(name, None)
        values[name] = value
    return values
