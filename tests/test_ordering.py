"""The order of reading: support first, related statements together, then by date and position."""

from __future__ import annotations

import itertools

import numpy as np

from summarizer.ordering import Place, order_statements


def place(
    number: int, *, origins: int = 1, relative: float = 0.5, published: str | None = None, dangling: bool = False
) -> Place:
    return Place(origins, relative, published, dangling, (number,))


def test_the_first_has_the_most_support() -> None:
    places = [place(0, relative=0.0), place(1, origins=3, relative=0.9), place(2, origins=2)]
    assert order_statements(places, np.eye(3, dtype=np.float32))[0] == 1


def test_the_first_does_not_dangle_even_with_more_support() -> None:
    places = [place(0, origins=5, dangling=True), place(1, origins=1, relative=0.9)]
    assert order_statements(places, np.eye(2, dtype=np.float32)) == [1, 0]


def test_the_rest_follows_by_relative_position() -> None:
    places = [place(0, origins=5), place(1, relative=0.8), place(2, relative=0.2), place(3, relative=0.5)]
    assert order_statements(places, np.eye(4, dtype=np.float32)) == [0, 2, 3, 1]


def test_dates_come_before_positions_where_all_are_known() -> None:
    places = [
        place(0, origins=5, published="2025-06-09"),
        place(1, relative=0.1, published="2025-06-11"),
        place(2, relative=0.9, published="2025-06-10"),
    ]
    assert order_statements(places, np.eye(3, dtype=np.float32)) == [0, 2, 1]


def test_related_statements_stay_together() -> None:
    places = [place(0, origins=5), place(1, relative=0.1), place(2, relative=0.2), place(3, relative=0.9)]
    similarity = np.eye(4, dtype=np.float32)
    similarity[1, 3] = similarity[3, 1] = 0.8
    assert order_statements(places, similarity) == [0, 2, 1, 3]


def test_every_order_of_the_input_reads_the_same() -> None:
    places = [place(i, origins=1 + i % 2, relative=(i * 7 % 5) / 5) for i in range(5)]
    rng = np.random.default_rng(3)
    rows = rng.random((5, 3))
    similarity = (rows @ rows.T / 3).astype(np.float32)
    readings = set()
    for permutation in itertools.permutations(range(5)):
        chosen = list(permutation)
        order = order_statements([places[i] for i in chosen], similarity[np.ix_(chosen, chosen)])
        readings.add(tuple(chosen[i] for i in order))
    assert len(readings) == 1


def test_nothing_and_one() -> None:
    assert order_statements([], np.zeros((0, 0), dtype=np.float32)) == []
    assert order_statements([place(0)], np.eye(1, dtype=np.float32)) == [0]


def test_a_long_briefing_is_ordered_without_blocks() -> None:
    places = [place(i, relative=1 - i / 1000, origins=2 if i == 7 else 1) for i in range(500)]
    order = order_statements(places, np.ones((500, 500), dtype=np.float32))
    assert order[0] == 7
    assert order[1:] == sorted(set(range(500)) - {7}, reverse=True)


def test_the_first_introduces_what_happened() -> None:
    leads = Place(3, 0.2, None, dangling=False, key=(0,), leads=3)
    told_late = Place(4, 0.1, None, dangling=False, key=(1,))
    leaning = Place(5, 0.0, None, dangling=False, key=(2,), leads=5, leaning=True)
    assert order_statements([told_late, leaning, leads], np.eye(3, dtype=np.float32))[0] == 2


def test_what_points_back_follows_what_it_points_at() -> None:
    places = [
        Place(5, 0.0, None, dangling=False, key=(0, 0)),
        Place(1, 0.5, None, dangling=True, key=(1, 1), after=3),
        Place(1, 0.1, None, dangling=False, key=(0, 3)),
        Place(1, 0.9, None, dangling=False, key=(1, 0)),
        Place(1, 0.2, None, dangling=True, key=(1, 4), after=1),
    ]
    assert order_statements(places, np.eye(5, dtype=np.float32)) == [0, 2, 3, 1, 4]


def test_what_was_to_come_and_is_past_does_not_lead() -> None:
    places = [Place(5, 0.0, None, False, (0,), leads=5, past=True), place(1, relative=0.9)]
    assert order_statements(places, np.eye(2, dtype=np.float32)) == [1, 0]
    points = [Place(5, 0.0, None, False, (0,), past=True), place(1, dangling=True)]
    assert order_statements(points, np.eye(2, dtype=np.float32)) == [0, 1], "what points at nothing is worse"
