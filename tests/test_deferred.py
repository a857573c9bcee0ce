from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Generic, TypeVar

import pytest

from summarizer import Statement, Summary, summarize
from summarizer.deferred import defers, later


@defers("parts", "members")
@dataclass(frozen=True, slots=True)
class Pair:
    name: str
    members: tuple[int, ...]
    parts: Mapping[str, int] = field(default_factory=dict)


Value = TypeVar("Value")


class Counted(Generic[Value]):
    """Gives a value, and counts how often it was asked."""

    def __init__(self, value: Value) -> None:
        self.value, self.n_asked = value, 0

    def __call__(self) -> Value:
        self.n_asked += 1
        return self.value


def pending() -> tuple[Pair, Counted[tuple[int, ...]], Counted[Mapping[str, int]]]:
    members: Counted[tuple[int, ...]] = Counted((1, 2))
    parts: Counted[Mapping[str, int]] = Counted({"a": 1})
    return Pair("x", later(members), later(parts)), members, parts


def test_a_value_is_made_when_it_is_first_asked_for() -> None:
    pair, members, parts = pending()
    assert (pair.name, members.n_asked, parts.n_asked) == ("x", 0, 0)
    assert pair.parts == {"a": 1}
    assert pair.parts is pair.parts
    assert (members.n_asked, parts.n_asked) == (0, 1)


def test_a_value_that_is_given_is_held() -> None:
    assert Pair("x", (3,)).parts == {}
    assert Pair("x", members=(3,), parts={"b": 2}) == Pair("x", (3,), {"b": 2})


def test_two_objects_share_what_is_made() -> None:
    members = Counted((1, 2))
    make = partial(Pair, members=later(members))
    assert make("x").members is make("y").members
    assert members.n_asked == 1


@pytest.mark.parametrize(
    "take",
    [
        lambda pair: pickle.loads(pickle.dumps(pair)),
        copy.copy,
        copy.deepcopy,
        replace,
        lambda pair: Pair(**asdict(pair)),
        lambda pair: Pair(*(getattr(pair, one.name) for one in fields(pair))),
    ],
    ids=["pickle", "copy", "deepcopy", "replace", "asdict", "fields"],
)
def test_whoever_takes_a_copy_finds_the_values(take: Callable[[Pair], Pair]) -> None:
    pair, _, _ = pending()
    assert take(pair) == Pair("x", (1, 2), {"a": 1}) == pair
    assert repr(take(pending()[0])) == "Pair(name='x', members=(1, 2), parts={'a': 1})"


def test_comparing_and_printing_find_the_values() -> None:
    assert pending()[0] == pending()[0]
    assert pending()[0] != Pair("x", (1, 2), {"a": 2})
    assert repr(pending()[0]) == repr(Pair("x", (1, 2), {"a": 1}))


def test_the_object_stays_frozen() -> None:
    pair, _, _ = pending()
    with pytest.raises(FrozenInstanceError):
        pair.parts = {}  # type: ignore[misc]
    assert pair.parts == {"a": 1}


def test_what_cannot_be_made_is_tried_again() -> None:
    tries = iter((True, False))

    def make() -> dict[str, int]:
        if next(tries):
            raise ValueError("not yet")
        return {"a": 1}

    pair = Pair("x", (), later(make))
    with pytest.raises(ValueError, match="not yet"):
        pair.parts  # noqa: B018
    assert pair.parts == {"a": 1}


def test_threads_that_ask_at_once_get_one_value() -> None:
    barrier = Barrier(8, timeout=30)

    def ask(pair: Pair) -> object:
        barrier.wait()
        return pair.parts, pair.members

    with ThreadPoolExecutor(8) as pool:
        for _ in range(50):
            pair, _, _ = pending()
            assert list(pool.map(ask, [pair] * 8)) == [({"a": 1}, (1, 2))] * 8


# --- in a briefing ---------------------------------------------------------------------------------------------------

ARTICLES = (
    "Exports fell 12.7% in May, officials said on Monday. The minister spoke of a hard year for the ports.",
    "Officials said on Monday that exports fell 12.7% in May. Farmers wait for rain in the north.",
)


def brief() -> Summary:
    return summarize(list(ARTICLES), embedder="tfidf", max_words=40)


def test_a_briefing_tells_the_same_whoever_asks_first() -> None:
    plain = brief()
    assert plain.text == brief().text
    asked = brief()
    assert asked.clusters
    assert asked.statements[0].why
    assert asked == plain == pickle.loads(pickle.dumps(brief())) == copy.deepcopy(brief())
    assert asked.to_json() == brief().to_json()


def test_why_is_a_plain_mapping() -> None:
    statement = brief().statements[0]
    assert type(statement.why) is dict
    assert json.loads(json.dumps(asdict(statement)))["why"] == statement.why
    assert Statement("s1", "", (), 1, 1, 0.0).why == {}


def test_the_memory_of_a_briefing_is_the_same_before_and_after_it_was_asked(tmp_path: Path) -> None:
    before, after = brief(), brief()
    assert after.clusters
    for name, summary in (("before", before), ("after", after)):
        summary.save_state(tmp_path / name)
    assert (tmp_path / "before").read_bytes() == (tmp_path / "after").read_bytes()
