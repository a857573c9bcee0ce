"""The few style rules of a page that can hide text: simple selectors, the cascade, the properties that matter.

No style engine: of a selector the tag, classes, id, ``[hidden]`` and the combinators `` `` and ``>`` are read, and any
other selector is passed over. Style sheets outside the page are never fetched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

#: Properties by which text is hidden, or shown again below what hides it.
_READ: Final = frozenset(
    "display visibility opacity font-size font color background background-color background-image overflow overflow-x "
    "overflow-y height width max-height max-width clip clip-path text-indent position left right top bottom "
    "margin-left margin-top transform scale zoom content-visibility filter -webkit-text-fill-color background-clip "
    "-webkit-background-clip".split()
)
#: Rules of one page that are read; more than any page that people wrote holds within itself.
_MAX_RULES: Final = 20_000
_MAX_SELECTOR: Final = 200
#: Characters of a value that are looked at: the patterns that read it take a time that grows with its square.
_MAX_VALUE: Final = 300
_COMMENT: Final = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)")  # one that is not closed goes to the end
_COMPOUND: Final = re.compile(r"([a-z][a-z0-9-]*|\*)?((?:[.#][\w-]+|\[hidden\])*)", re.IGNORECASE)
_PART: Final = re.compile(r"[.#][\w-]+|\[hidden\]", re.IGNORECASE)
_PRINT: Final = re.compile(r"\b(?:print|speech|width|height|orientation|prefers|hover|pointer)\b", re.IGNORECASE)

#: The pages of one site repeat their rules: kept apart from the text of long ones, which would fill memory.
_CACHED: Final = 4096
_MAX_CACHED_CHARACTERS: Final = 400

Declarations = Mapping[str, tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class _Simple:
    """A compound selector.

    :param near: whether it is the parent that must match, rather than any element above.
    """

    tag: str
    classes: frozenset[str]
    id: str
    hidden: bool
    near: bool

    def matches(self, element: Any) -> bool:  # noqa: ANN401
        if self.tag not in ("", "*", element.tag):
            return False
        if self.id and element.get("id") != self.id:
            return False
        if self.hidden and element.get("hidden") is None:
            return False
        return not self.classes or self.classes <= set((element.get("class") or "").split())


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector, last compound first, with what it declares.

    :param rank: specificity and place, as the cascade compares them.
    """

    selector: tuple[_Simple, ...]
    rank: tuple[int, int, int, int]
    declarations: Declarations

    def matches(self, element: Any) -> bool:  # noqa: ANN401
        if not self.selector[0].matches(element):
            return False
        above = element.getparent()
        for simple in self.selector[1:]:
            while above is not None and not simple.matches(above):
                if simple.near:
                    return False
                above = above.getparent()
            if above is None:
                return False
            above = above.getparent()
        return True


def read_declarations(text: str) -> Declarations:
    """Read ``name: value; …``, with whether each is ``!important``; of the same name the last one counts.

    O(n).
    """
    return _read_short(text) if len(text) <= _MAX_CACHED_CHARACTERS else _read_all(text)


def _read_all(text: str) -> Declarations:
    declarations: dict[str, tuple[bool, str]] = {}
    for part in _COMMENT.sub("", text).split(";"):
        name, colon, value = part.partition(":")
        name, value = name.strip().lower(), value.strip().lower()[:_MAX_VALUE]
        if colon and name in _READ:
            important = "!" in value and value.rsplit("!", 1)[1].strip() == "important"
            value = value.rsplit("!", 1)[0].strip() if important else value
            if important or not declarations.get(name, (False, ""))[0]:
                declarations.pop(name, None)
                declarations[name] = (important, value)
    return declarations


_read_short = lru_cache(_CACHED)(_read_all)


class Styles:
    """The rules of the ``<style>`` elements of a page.

    :param sheets: their texts, in the order of the page.
    """

    def __init__(self, sheets: Iterable[str]) -> None:
        self._by_key: defaultdict[str, list[_Rule]] = defaultdict(list)
        self._n_rules = 0
        for sheet in sheets:
            self._read(_COMMENT.sub("", sheet))

    def declared(self, element: Any, inline: str | None) -> Mapping[str, str]:  # noqa: ANN401
        """Give what holds for an element by the cascade, its own ``style`` included."""
        found: list[tuple[tuple[int, ...], Declarations]] = []
        if self._n_rules:
            keys = [element.tag, "*"]
            keys += [f".{name}" for name in sorted(set((element.get("class") or "").split()))]
            keys += [f"#{element.get('id')}"] if element.get("id") else []
            rules = (rule for key in keys for rule in self._by_key.get(key, ()))
            found = [(rule.rank, rule.declarations) for rule in rules if rule.matches(element)]
            found.sort(key=lambda entry: entry[0])
        if inline:
            found.append(((9,), read_declarations(inline)))
        values: dict[str, str] = {}
        for wanted in (False, True):
            for _, declarations in found:
                for name, (important, value) in declarations.items():
                    if important is wanted:
                        values.pop(name, None)
                        values[name] = value
        return values

    def _read(self, text: str) -> None:
        """Read rules in one pass; blocks of ``@media`` for other readers than a screen are passed over."""
        place, skipped = 0, 0
        while place < len(text) and self._n_rules < _MAX_RULES:
            opened, closed = text.find("{", place), text.find("}", place)
            if closed >= 0 and (opened < 0 or closed < opened):
                skipped, place = max(0, skipped - 1), closed + 1
                continue
            if opened < 0:
                return
            prelude = text[place:opened].rsplit(";", 1)[-1].strip()
            place = opened + 1
            if prelude.startswith("@"):
                conditional = prelude.lower().startswith(("@media", "@supports", "@layer", "@container"))
                if skipped or not conditional or _PRINT.search(prelude):
                    skipped += 1
                continue
            end = text.find("}", place)
            body = text[place : end if end >= 0 else len(text)]
            if not skipped:
                self._add(prelude, body)
            place = end + 1 if end >= 0 else len(text)

    def _add(self, selectors: str, body: str) -> None:
        declarations = read_declarations(body)
        if not declarations:
            return
        for selector in selectors.split(","):
            parsed = _parse_selector(selector.strip()) if len(selector) <= _MAX_SELECTOR else None
            if parsed is None:
                continue
            self._n_rules += 1
            n_ids = sum(bool(simple.id) for simple in parsed)
            n_classes = sum(len(simple.classes) + simple.hidden for simple in parsed)
            n_tags = sum(simple.tag not in ("", "*") for simple in parsed)
            first = parsed[0]
            key = f"#{first.id}" if first.id else f".{min(first.classes)}" if first.classes else first.tag or "*"
            self._by_key[key].append(_Rule(parsed, (n_ids, n_classes, n_tags, self._n_rules), declarations))


@lru_cache(_CACHED)
def _parse_selector(text: str) -> tuple[_Simple, ...] | None:
    """Read a selector, last compound first; None for one that is not read."""
    if not text:
        return None
    simples: list[_Simple] = []
    near = False
    for part in reversed(text.replace(">", " > ").split()):
        if part == ">":
            near = True
            continue
        found = _COMPOUND.fullmatch(part)
        if found is None:
            return None
        names = _PART.findall(found[2])
        classes = frozenset(name[1:] for name in names if name[0] == ".")
        ids = [name[1:] for name in names if name[0] == "#"]
        simples.append(_Simple((found[1] or "").lower(), classes, ids[0] if ids else "", "[hidden]" in names, near))
        near = False
    return tuple(simples)
