"""What a site asks of programs: ``robots.txt`` after RFC 9309, with the longest rule that fits.

The standard library's parser takes the first rule that fits and knows no ``*`` within a path, so it would fetch what
``Disallow: /*.pdf`` forbids and refuse what an ``Allow`` below a ``Disallow`` permits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from summarizer.fetching.limits import AGENT

#: Rules that are kept of one file; the longest ones known have some thousands.
MAX_RULES: Final = 10_000
_PRODUCT: Final = re.compile(r"[A-Za-z_-]+")
_UNRESERVED: Final = "/%=&?~#+!$,;'@()*:"


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows.

    :param rules: patterns of paths, each with whether it allows.
    :param delay: seconds between two requests that the site asks for.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allow(self, path: str) -> bool:
        """Tell whether a path, with its query, may be fetched.

        The longest pattern decides; of two of one length, the one that allows.

        O(rules x path).
        """
        if path == "/robots.txt":
            return True
        path = _normal(path)
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


@dataclass(slots=True)
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay: float = 0.0
    closed: bool = False


def parse_robots(data: bytes) -> Rules:
    """Read a ``robots.txt``; what is no rule is passed over.

    :return: the rules of all groups that name us; if none does, those for everyone.

    O(n).
    """
    groups: list[_Group] = []
    for line in data.decode("utf-8-sig", "replace").splitlines():
        name, separator, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not separator:
            continue
        if name == "user-agent":
            if not groups or groups[-1].closed:
                groups.append(_Group())
            product = _PRODUCT.match(value)
            groups[-1].agents.append("*" if value.startswith("*") else product[0].lower() if product else "")
        elif groups and name in ("allow", "disallow", "crawl-delay"):
            _add(groups[-1], name, value)
    ours = [group for group in groups if AGENT in group.agents] or [group for group in groups if "*" in group.agents]
    rules = [rule for group in ours for rule in group.rules]
    return Rules(tuple(rules[:MAX_RULES]), max((group.delay for group in ours), default=0.0))


def _add(group: _Group, name: str, value: str) -> None:
    group.closed = True
    if name == "crawl-delay":
        if re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,6})?", value):
            group.delay = float(value)
    elif value:
        group.rules.append((_normal(value), name == "allow"))


def _normal(path: str) -> str:
    """Spell a path in one way: what need not be encoded is not, the rest is, in capitals."""
    parts = re.split(r"(%[0-9A-Fa-f]{2})", path)
    spelled = []
    for index, part in enumerate(parts):
        if index % 2 == 0:
            spelled.append(quote(part, safe=_UNRESERVED))
            continue
        character = unquote_to_bytes(part).decode("latin-1")
        plain = character.isascii() and (character.isalnum() or character in "-._~")
        spelled.append(character if plain else part.upper())
    return "".join(spelled)


def _fits(pattern: str, path: str) -> bool:
    """Match the beginning of a path; ``*`` is any characters, and ``$`` at the end is the end.

    O(pattern x path) at worst, with no going back.
    """
    whole = pattern.endswith("$")
    pieces: Sequence[str] = pattern.removesuffix("$").split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    if len(pieces) == 1:
        return not whole or at == len(path)
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if whole:
        return len(path) - len(pieces[-1]) >= at and path.endswith(pieces[-1])
    return path.find(pieces[-1], at) >= 0
