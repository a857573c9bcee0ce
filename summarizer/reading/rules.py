"""The style rules of a page that can hide text, read from its ``<style>`` elements.

Of a selector the tag, classes, id, ``[hidden]`` and the combinators `` `` and ``>`` are read, and any other selector is
passed over; of what is declared, the properties that matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

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
_COMPOUND: Final = re.compile(r"([a-z][a-z0-9-]*|\*)?((?:[.#][\w-]++|\[hidden\])*+)", re.IGNORECASE)
_PART: Final = re.compile(r"[.#][\w-]+|\[hidden\]", re.IGNORECASE)
_PRINT: Final = re.compile(r"\b(?:print|speech|width|height|orientation|prefers|hover|pointer)\b", re.IGNORECASE)
_TO_BRACE: Final = re.compile(r"([^{}]*+)([{}])")

#: The pages of one site repeat their rules: kept apart from the text of long ones, which would fill memory.
_CACHED: Final = 4096
_MAX_CACHED_CHARACTERS: Final = 400

Declarations = Mapping[str, tuple[bool, str]]


class Marks(NamedTuple):
    """What selectors ask of an element."""

    tag: str
    classes: frozenset[str]
    id: str | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class Simple:
    """A compound selector.

    :param near: whether it is the parent that must match, rather than any element above.
    """

    tag: str
    classes: frozenset[str]
    id: str
    hidden: bool
    near: bool

    def matches(self, marks: Marks) -> bool:
        """Tell whether an element has what is asked for."""
        if not self.classes <= marks.classes:
            return False
        if self.tag and self.tag not in ("*", marks.tag):
            return False
        return not (self.id and marks.id != self.id) and (marks.hidden or not self.hidden)


class _Selector(NamedTuple):
    """A selector that was read.

    :param simples: its compounds, the last one first.
    :param weight: how many ids, classes and tags it names, as the cascade compares them.
    :param key: tag, class or id under which it is found.
    """

    simples: tuple[Simple, ...]
    weight: tuple[int, int, int]
    key: str


class Rule(NamedTuple):
    """A selector with what it declares.

    :param rank: weight and place, as the cascade compares them; no two rules of a page have the same.
    """

    rank: tuple[int, int, int, int]
    simples: tuple[Simple, ...]
    declarations: Declarations


def read_declarations(text: str) -> Declarations:
    """Read ``name: value; …``, with whether each is ``!important``; of the same name the last one counts.

    O(n).
    """
    return _read_short(text) if len(text) <= _MAX_CACHED_CHARACTERS else _read_all(text)


def _read_all(text: str) -> Declarations:
    declarations: dict[str, tuple[bool, str]] = {}
    for part in _without_comments(text).split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if colon and name in _READ:
            value = value.strip().lower()[:_MAX_VALUE]
            important = "!" in value and value.rsplit("!", 1)[1].strip() == "important"
            value = value.rsplit("!", 1)[0].strip() if important else value
            if important or not declarations.get(name, (False, ""))[0]:
                declarations.pop(name, None)
                declarations[name] = (important, value)
    return declarations


_read_short = lru_cache(_CACHED)(_read_all)


def _without_comments(text: str) -> str:
    return _COMMENT.sub("", text) if "/*" in text else text


def read_rules(sheets: Iterable[str]) -> Mapping[str, list[Rule]]:
    """Read the rules of a page, by a tag, class or id that an element must have for one to hold.

    :param sheets: the texts of its ``<style>`` elements, in the order of the page.

    O(n) in their characters.
    """
    by_key: defaultdict[str, list[Rule]] = defaultdict(list)
    n_rules = 0
    for sheet in sheets:
        for selectors, body in _blocks(_without_comments(sheet)):
            if n_rules >= _MAX_RULES:
                return by_key
            declarations = read_declarations(body)
            if not declarations:
                continue
            for text in selectors.split(","):
                selector = _parse_selector(text.strip()) if len(text) <= _MAX_SELECTOR else None
                if selector is not None:
                    n_rules += 1
                    rule = Rule((*selector.weight, n_rules), selector.simples, declarations)
                    by_key[selector.key].append(rule)
    return by_key


def _blocks(text: str) -> Iterable[tuple[str, str]]:
    """Give selectors and what they declare; blocks of ``@media`` for other readers than a screen are passed over."""
    place, skipped = 0, 0
    while found := _TO_BRACE.match(text, place):
        place = found.end()
        if found[2] == "}":
            skipped = max(0, skipped - 1)
            continue
        prelude = found[1].rsplit(";", 1)[-1].strip()
        if prelude.startswith("@"):
            conditional = prelude.lower().startswith(("@media", "@supports", "@layer", "@container"))
            if skipped or not conditional or _PRINT.search(prelude):
                skipped += 1
            continue
        end = text.find("}", place)
        end = end if end >= 0 else len(text)
        if not skipped:
            yield prelude, text[place:end]
        place = end + 1


@lru_cache(_CACHED)
def _parse_selector(text: str) -> _Selector | None:
    """Read a selector; None for one that is not read."""
    if not text:
        return None
    simples: list[Simple] = []
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
        simples.append(Simple((found[1] or "").lower(), classes, ids[0] if ids else "", "[hidden]" in names, near))
        near = False
    return _Selector(tuple(simples), _weigh(simples), _key(simples[0]))


def _weigh(simples: Iterable[Simple]) -> tuple[int, int, int]:
    ids = classes = tags = 0
    for simple in simples:
        ids += bool(simple.id)
        classes += len(simple.classes) + simple.hidden
        tags += simple.tag not in ("", "*")
    return ids, classes, tags


def _key(first: Simple) -> str:
    if first.id:
        return f"#{first.id}"
    return f".{min(first.classes)}" if first.classes else first.tag or "*"
