"""More ways in which a name can be wrong, beside the three of :mod:`benchmarks.faithfulness.mutations`.

They were made when the gate caught too few names of the same cluster, to see what else passes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Final

from benchmarks.faithfulness.mutations import Mutation, runs

_ACRONYM: Final = re.compile(r"(?<![\w.&-])[A-Z]{3,5}(?![\w&-])")
_TITLE: Final = re.compile(
    r"\b(?:President|Prime Minister|Senator|Sen\.|Governor|Gov\.|Mayor|Judge|Secretary|Rep\.|Chancellor|Chief|Dr\.|"
    r"Gen\.|King|Pope|Justice|Minister)(?= [A-Z][a-z])"
)
_TITLES: Final = ("President", "Prime Minister", "Senator", "Governor", "Mayor", "Judge", "General", "King", "Bishop")
_MARKED: Final = re.compile(
    r"(?<![\w'’-])(?:[A-Z][\w’']*-[A-Z]\w+|[A-Z]['’][A-Z]\w+|Ma?c[A-Z]\w+|\w*[À-ÖØ-öø-ɏ]\w*)(?![\w-])"
)
#: Names with marks, of people and places that no cluster is likely to have.
_ELSEWHERE: Final = (
    "Ødegård",
    "Łukasiewicz",
    "O’Hanrahan",
    "Nuñez-Ibarra",
    "Brontë",
    "MacGillivray",
    "Æbelø",
    "N'Diaye",
)
_OPENING: Final = re.compile(r"[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){1,2}(?= [a-z])")
_WORD: Final = re.compile(r"\w+")


def _inside(sources: Sequence[str]) -> list[str]:
    """Give the names of the cluster, in order of their letters."""
    return sorted({match.group() for source in sources for match in runs(source)})


def _put(text: str, match: re.Match[str], by: str) -> str:
    return text[: match.start()] + by + text[match.end() :]


def _strangers(names: Sequence[str], sources: Sequence[str]) -> list[str]:
    known = {word.casefold() for source in sources for word in _WORD.findall(source)}
    return [name for name in names if not {word.casefold() for word in _WORD.findall(name)} & known]


def first_name(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put the first name of another before a last name: of the cluster where it has one, else of elsewhere."""
    found = [match for match in runs(text) if " " in match.group()]
    if not found:
        return None
    match = rng.choice(found)
    first, rest = match.group().split(" ", 1)
    own = [name.split()[0] for name in _inside(sources) if " " in name and name.split()[0] not in match.group()]
    others = own or [name.split()[0] for name in _strangers(pool, sources)]
    if not others or any(re.search(rf"\b{re.escape(one)} {re.escape(rest)}", " ".join(sources)) for one in others):
        return None
    return _put(text, match, f"{rng.choice(others)} {rest}") if first else None


def acronym(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put another body's letters."""
    found = [match for match in _ACRONYM.finditer(text) if not text.isupper()]
    if not found:
        return None
    match = rng.choice(found)
    own = sorted({m.group() for source in sources for m in _ACRONYM.finditer(source)} - {match.group()})
    own = [one for one in own if one not in text]
    if not own:
        own = [one for one in ("FIFA", "OECD", "NASA", "IAEA", "BBC", "WTO") if one not in " ".join(sources)]
    return _put(text, match, rng.choice(own))


def title(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put another title before a name."""
    found = list(_TITLE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    everything = " ".join(sources).casefold()
    choices = [one for one in _TITLES if one.casefold() not in everything and one[:3] != match.group()[:3]]
    return _put(text, match, rng.choice(choices)) if choices else None


def opening(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put another name of the cluster where the sentence begins."""
    match = _OPENING.match(text)
    named = _inside(sources)
    if match is None or not any(match.group() in name or name in match.group() for name in named):
        return None
    words = set(_WORD.findall(text))
    choices = [name for name in named if " " in name and not set(_WORD.findall(name)) & words]
    return _put(text, match, rng.choice(choices)) if choices else None


def possessive(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put another owner."""
    found = [match for match in runs(text) if text[match.end() : match.end() + 2] in ("'s", "’s")]
    if not found:
        return None
    match = rng.choice(found)
    words = set(_WORD.findall(text))
    choices = [name for name in _inside(sources) if not set(_WORD.findall(name)) & words] or _strangers(pool, sources)
    return _put(text, match, rng.choice(choices)) if choices else None


def marked(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put another name for one that has a hyphen, an apostrophe or an accent."""
    found = list(_MARKED.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    words = set(_WORD.findall(text))
    own = {m.group() for source in sources for m in _MARKED.finditer(source)}
    choices = sorted(name for name in own if not set(_WORD.findall(name)) & words)
    return _put(text, match, rng.choice(choices or list(_ELSEWHERE)))


def lowered(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put a name that no source has, in lower case."""
    found = runs(text)
    others = _strangers(pool, sources)
    return _put(text, rng.choice(found), rng.choice(others).lower()) if found and others else None


#: Each a rule that puts one wrong name.
NAMES: Final[dict[str, Mutation]] = {
    "first name": first_name,
    "acronym": acronym,
    "title": title,
    "opening": opening,
    "possessive": possessive,
    "marked": marked,
    "lowered": lowered,
}
