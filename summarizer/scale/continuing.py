"""From day to day: which event of today is which of yesterday, and what of it was told.

After each run the ledger holds the events that were briefed, each with its articles in the batches in which they came.
When articles are added, an event goes on as the earlier one with which it shares most articles, keeps its name, and is
briefed only if it has new ones. What is not touched keeps its briefing, byte for byte.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from summarizer.scale.briefs import Story
from summarizer.scale.settings import ScaleConfig
from summarizer.scale.store import Store
from summarizer.scale.tasks import Done


@dataclass(frozen=True, slots=True)
class Member:
    """An article of an event.

    :param article: its id.
    :param origin: id of the first of its copies.
    :param day: the folder in which it stands.
    """

    article: str
    origin: str
    day: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event that was briefed.

    :param event: its name.
    :param batches: its articles, those briefed together in one batch.
    :param n_articles: how many it had.
    :param part: the part of the table in which it stands, see :mod:`summarizer.scale.parts`.
    """

    event: str
    batches: tuple[tuple[str, ...], ...]
    n_articles: int
    part: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """What there is to brief, and what stays as it is.

    :param stories: events with something new, by their first day.
    :param kept: names of events whose briefing stays.
    :param gone: earlier events that became part of others.
    :param few: how many events have fewer origins than are asked for.
    :param left_out: how many articles are over the limit of their event.
    """

    stories: tuple[Story, ...]
    kept: tuple[str, ...]
    gone: tuple[str, ...]
    few: int
    left_out: int


@dataclass(slots=True)
class _Event:
    name: str
    members: list[Member]
    earlier: set[str] = field(default_factory=set)


def read_members(store: Store, done: Done) -> dict[str, list[Member]]:
    """Read which articles each event has, in the order of their time."""
    table = store.read(done.stage, done.key, "members")
    events: dict[str, list[Member]] = defaultdict(list)
    columns = [table.column(name).to_pylist() for name in ("event", "article", "origin", "day")]
    for event, article, origin, day in zip(*columns, strict=True):
        events[event].append(Member(article, origin, day))
    return events


def make_agenda(
    events: Mapping[str, Sequence[Member]], told: Mapping[str, Told], settings: ScaleConfig, *, n_pages: int
) -> Agenda:
    """Say what is to be briefed.

    :param events: the articles of each event as they are found now.
    :param told: what was briefed before.
    :param n_pages: how many of the largest events get a page.
    """
    known = {article: one.event for one in told.values() for batch in one.batches for article in batch}
    large: list[_Event] = []
    few = 0
    for name, members in events.items():
        if len({member.origin for member in members}) < settings.min_origins:
            few += 1
        else:
            large.append(_Event(name, list(members)))
    _carry_names(large, known, set(told))
    sizes = sorted(((_n_origins(one), len(one.members), one.name) for one in large), key=lambda size: size[2])
    paged = {name for *_, name in sorted(sizes, key=lambda size: (-size[0], -size[1], size[2]))[:n_pages]}
    stories, kept, left_out = [], [], 0
    for one in large:
        batches, n_left_out = _batches(one, told, settings.max_event_articles)
        left_out += n_left_out
        if batches[-1]:
            days = tuple(sorted({member.day for member in one.members}))
            filled = tuple(batch for batch in batches if batch)
            stories.append(Story(one.name, filled, len(one.members), _n_origins(one), days, one.name in paged))
        else:
            kept.append(one.name)
    stories.sort(key=lambda story: (story.days[0], story.event))
    gone = tuple(sorted(set(told) - {one.name for one in large}))
    return Agenda(tuple(stories), tuple(sorted(kept)), gone, few, left_out)


def _n_origins(one: _Event) -> int:
    return len({member.origin for member in one.members})


def _carry_names(events: list[_Event], known: Mapping[str, str], taken: set[str]) -> None:
    """Let each event go on as the earlier one with which it shares most articles."""
    shared: list[tuple[int, str, int]] = []
    for place, one in enumerate(events):
        earlier = Counter(known[member.article] for member in one.members if member.article in known)
        one.earlier = set(earlier)
        shared += [(-count, name, place) for name, count in earlier.items()]
    named: set[int] = set()
    used: set[str] = set()
    for _, name, place in sorted(shared):
        if place not in named and name not in used:
            events[place].name = name
            named.add(place)
            used.add(name)
    for place, one in enumerate(events):
        if place not in named:
            # The name of an event is the id of an article that may have come to another one meanwhile.
            while one.name in taken or one.name in used:
                one.name += "+"
            used.add(one.name)


def _batches(one: _Event, told: Mapping[str, Told], most: int) -> tuple[list[tuple[str, ...]], int]:
    """Part the articles of an event into those told before, batch by batch, and the new ones, which come last.

    :return: the batches, of which any may be empty, and how many new articles are over the limit.
    """
    now = {member.article for member in one.members}
    # What broke off from an earlier event under a name of its own is told anew.
    earlier = [told[name].batches for name in sorted(one.earlier)] if one.name in told else []
    depth = max((len(batches) for batches in earlier), default=0)
    batches = [
        tuple(sorted(article for part in earlier if level < len(part) for article in part[level] if article in now))
        for level in range(depth)
    ]
    seen = {article for batch in batches for article in batch}
    new = [member for member in one.members if member.article not in seen]
    # Of a hot event each origin speaks once before any speaks again.
    turns: Counter[str] = Counter()
    ranked = []
    for place, member in enumerate(new):
        ranked.append((turns[member.origin], place, member.article))
        turns[member.origin] += 1
    room = max(most - len(seen), 0)
    kept = [article for *_, article in sorted(ranked)[:room]]
    return [*batches, tuple(sorted(kept))], len(new) - len(kept)
