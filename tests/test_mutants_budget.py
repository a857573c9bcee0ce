"""The budget against plain rules written a second time: any slip in the quick ones shows as another choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from summarizer import BudgetError, SummaryConfig, pipeline
from summarizer.datatypes import Budget
from summarizer.selection import _open
from summarizer.selection.budget import Knapsack, add, fill, make_knapsack, measure
from summarizer.terms import count_words

ENOUGH, WORTHY = 0.85, 0.3


@dataclass(frozen=True)
class Rule:
    """What excludes what: pairs that may never stand together, and pairs that only a relaxed rule lets through."""

    never: frozenset[tuple[int, int]] = frozenset()
    rarely: frozenset[tuple[int, int]] = frozenset()

    def allows(self, index: int, chosen: Sequence[int]) -> bool:
        return self.allows_wording(index, chosen) and not any((index, other) in self.rarely for other in chosen)

    def allows_wording(self, index: int, chosen: Sequence[int]) -> bool:
        return not any((index, other) in self.never for other in chosen)


def plainly_add(result: list[int], order: Sequence[int], costs: list[int], limit: int, allowed: Any) -> None:
    for index in order:
        if index not in result and sum(costs[i] for i in result) + costs[index] <= limit and allowed(index, result):
            result.append(index)


def plainly_exchange(
    result: list[int], order: Sequence[int], worth: list[float], costs: list[int], limit: int, allowed: Any
) -> None:
    for place in reversed(range(len(result))):
        others = result[:place] + result[place + 1 :]
        used = sum(costs[index] for index in others)
        for index in order:
            enough = ENOUGH * limit - used <= costs[index] <= limit - used
            if index in result or not enough or worth[index] < WORTHY * worth[result[place]]:
                continue
            if allowed(index, others):
                result[place] = index
                return


def plainly_fill(
    chosen: Sequence[int], order: Sequence[int], worth: list[float], costs: list[int], limit: int, rule: Rule
) -> list[int]:
    result = list(chosen)

    def short() -> bool:
        return sum(costs[index] for index in result) < ENOUGH * limit

    ranked = sorted(worth[index] for index in result)
    middle = (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2 if ranked else 0.0
    plainly_add(result, [index for index in order if worth[index] >= WORTHY * middle], costs, limit, rule.allows)
    for allowed in (rule.allows, rule.allows_wording):
        if short():
            plainly_add(result, order, costs, limit, allowed)
        if short():
            plainly_exchange(result, order, worth, costs, limit, allowed)
    return result


def drawn(seed: int) -> tuple[list[int], list[int], list[float], list[int], int, Rule]:
    """Draw sentences, some chosen, with small whole numbers, so that what just fits or is just worth it is frequent."""
    generator = np.random.default_rng(seed)
    n = int(generator.integers(1, 9))
    costs = generator.integers(1, 13, n).tolist()
    limit = int(generator.choice([10, 20, 20, 40]))
    worth = [float(value) for value in generator.choice([0.0, 1.0, 2.9, 3.0, 3.1, 6.0, 10.0], n)]
    order = generator.permutation(n).tolist()
    chosen: list[int] = []
    for index in generator.permutation(n)[: int(generator.integers(0, 4))].tolist():
        if sum(costs[other] for other in chosen) + costs[index] <= limit:
            chosen.append(index)

    def pairs(share: float) -> frozenset[tuple[int, int]]:
        found = [(a, b) for a in range(n) for b in range(n) if a < b and generator.random() < share]
        return frozenset(pair for a, b in found for pair in ((a, b), (b, a)))

    return chosen, order, worth, costs, limit, Rule(pairs(0.2), pairs(0.3))


@pytest.mark.parametrize("start", range(0, 3000, 250))
def test_filling_is_the_plain_rule(start: int) -> None:
    for seed in range(start, start + 250):
        chosen, order, worth, costs, limit, rule = drawn(seed)
        given = list(chosen)
        found = fill(chosen, order, np.array(worth), Knapsack(np.array(costs), limit), rule)  # type: ignore[arg-type]
        assert found == plainly_fill(chosen, order, worth, costs, limit, rule), seed
        assert chosen == given
        assert sum(costs[index] for index in found) <= limit


@pytest.mark.parametrize("start", range(0, 1000, 250))
def test_adding_is_the_plain_rule(start: int) -> None:
    for seed in range(start, start + 250):
        chosen, order, _, costs, limit, rule = drawn(seed)
        plain, quick = list(chosen), list(chosen)
        plainly_add(plain, order, costs, limit, rule.allows)
        add(quick, order, Knapsack(np.array(costs), limit), rule.allows)
        assert quick == plain, seed


def everything(index: int, chosen: Sequence[int]) -> bool:
    return True


def test_what_fits_to_the_last_word_is_added_and_one_more_is_not() -> None:
    one = Knapsack(np.array([3, 1, 1]), 5)
    result = [0]
    add(result, [1, 2, 0], one, everything)
    assert result == [0, 1, 2]
    assert one.used(result) == 5
    assert one.used([]) == 0
    assert one.fits(1, 4)
    assert not one.fits(1, 5)
    result = [0]
    add(result, [1, 2], Knapsack(np.array([3, 1, 1]), 4), everything)
    assert result == [0, 1]


def test_what_is_preferred_twice_is_added_once() -> None:
    result = [2]
    add(result, [1, 2, 1, 0, 1], Knapsack(np.array([1, 1, 1]), 9), everything)
    assert result == [2, 1, 0]


def test_nothing_to_choose_from_is_no_error() -> None:
    nothing = Knapsack(np.zeros(0, dtype=np.int64), 5)
    result: list[int] = []
    add(result, [], nothing, everything)
    assert result == []
    assert fill([], [], np.zeros(0), nothing, Rule()) == []  # type: ignore[arg-type]


def test_part_of_a_knapsack_keeps_the_limit() -> None:
    part = Knapsack(np.array([7, 8, 9]), 20).take(np.array([2, 0]))
    assert part.costs.tolist() == [9, 7]
    assert part.limit == 20


def test_only_what_is_open_fits() -> None:
    opened = _open(Knapsack(np.array([1, 2, 20]), 20), np.array([True, False, True]))
    assert opened.costs.tolist() == [1, 21, 20]
    assert opened.limit == 20
    assert [opened.fits(index, 0) for index in range(3)] == [True, False, True]


TEXTS = ["One two.", "", "Three four five."]


@pytest.mark.parametrize(
    ("unit", "used", "costs", "limit"),
    [
        ("sentences", 3, [1, 1, 1], 50),
        ("words", 5, [2, 7, 3], 50),  # the words are those that it is told
        ("characters", 26, [9, 1, 17], 51),
        ("tokens", 26, [8, 1, 16], 50),
    ],
)
def test_each_unit_counts_what_is_printed(unit: Any, used: int, costs: list[int], limit: int) -> None:
    budget = Budget(unit, 50)
    assert measure(TEXTS, budget, len) == used
    knapsack = make_knapsack(TEXTS, np.array([2, 7, 3]), budget, len)
    assert knapsack.costs.dtype == make_knapsack([], np.zeros(0, np.int64), budget, len).costs.dtype == np.int64
    assert knapsack.costs.tolist() == costs
    assert knapsack.limit == limit


def test_tokens_are_those_of_the_counter_and_nothing_costs_none() -> None:
    budget = Budget("tokens", 50)

    def count(text: str) -> int:
        return 5 * text.count(" ")

    assert make_knapsack(TEXTS, np.zeros(3, dtype=np.int64), budget, count).costs.tolist() == [5, 1, 10]
    assert measure(TEXTS, budget, count) == 15


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("   ", 0),
        ("Exports fell 12.7% in May.", 5),
        ("Café — “naïve”", 3),
        ("出口", 2),
        ("出口 fell", 3),
        ("fell出口fell", 4),
        ("。", 1),
        ("ᄀ one", 2),
        ("ภาษา two", 5),
        ("出", 1),
        ("a 。 b", 3),
        ("\U00020000\U0003fffd", 2),
        ("\u0e00\u0eff\u1000\u109f\u1780\u17ff\u3040\u30ff\u3400\u4dbf\u4e00\u9fff\uf900\ufaff", 14),
        ("\u0dff \u0f00 \u10a0 \u303f \u3100 \ua000 \ufb00", 7),
        ("\u0dff\u0f00\u10a0\u303f\u3100\ua000\ufb00", 1),
    ],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert count_words(text) == words


@dataclass(frozen=True)
class Judged:
    """As much of what :func:`summarizer.salience.judge` gives as the budget looks at."""

    eligible: NDArray[np.bool_]
    spare: NDArray[np.bool_]


class Judge:
    """Answers with what the settings ask for, and remembers them.

    :param answers: which sentences are eligible: by default, with short and flawed ones, with commentary.
    """

    def __init__(self, *answers: Sequence[int]) -> None:
        self.answers = answers
        self.asked: list[dict[str, Any]] = []

    def __call__(self, material: Any, *, budget: float, model: Any, **settings: Any) -> Judged:
        self.asked.append({"budget": budget, "model": model, **settings})
        relaxed = settings.get("min_words") == 1 and settings.get("keep_flawed", False)
        level = 2 if settings["keep_opinion"] else 1 if relaxed else 0
        if level == 2 and "min_words" in settings and not relaxed:
            level = 0
        found = np.array(self.answers[level], dtype=np.bool_)
        return Judged(found, np.ones(len(found), dtype=np.bool_))


@pytest.fixture(name="eligible")
def _eligible(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Any, Judge, list[str]]]:
    def run(
        answers: Sequence[Sequence[int]], costs: Sequence[int], limit: int, new: Any = None, **settings: Any
    ) -> tuple[Any, Judge, list[str]]:
        judge, notes = Judge(*answers), list[str]()
        monkeypatch.setattr(pipeline, "judge", judge)
        monkeypatch.setattr(pipeline, "narrow", lambda candidates, material, fits: (candidates, fits.tolist()))
        knapsack = Knapsack(np.array(costs), limit)
        material = SimpleNamespace(words=np.array(costs))
        found = pipeline._eligible(material, SummaryConfig(**settings), knapsack, "model", notes, new)  # type: ignore[arg-type]
        return found, judge, notes

    return run


def test_what_is_judged_well_and_fits_is_enough(eligible: Any) -> None:
    (candidates, fits), judge, notes = eligible([[1, 0, 1], [1, 1, 1], [1, 1, 1]], [4, 2, 5], 4)
    assert candidates.eligible.tolist() == [True, False, True]
    assert fits == [True, True, False]
    assert judge.asked == [{"budget": 4.0, "model": "model", "keep_opinion": False}]
    assert not notes


def test_short_ones_come_in_where_nothing_else_fits(eligible: Any) -> None:
    (candidates, fits), judge, notes = eligible([[1, 0], [1, 1], [1, 1]], [5, 2], 4)
    assert candidates.eligible.tolist() == [True, True]
    assert fits == [False, True]
    assert judge.asked[1:] == [
        {"budget": 4.0, "model": "model", "keep_opinion": False, "min_words": 1, "keep_flawed": True}
    ]
    assert not notes


def test_commentary_comes_in_where_there_is_nothing_else(eligible: Any) -> None:
    (candidates, _), judge, notes = eligible([[0, 0], [0, 0], [0, 1]], [5, 2], 4)
    assert candidates.eligible.tolist() == [False, True]
    assert len(judge.asked) == 3
    assert judge.asked[2] == {
        "budget": 4.0, "model": "model", "keep_opinion": True, "min_words": 1, "keep_flawed": True
    }  # fmt: skip
    assert notes == ["every usable sentence lies in a passage marked as commentary; they were used all the same"]


def test_commentary_that_is_wanted_is_judged_at_once(eligible: Any) -> None:
    (candidates, _), judge, notes = eligible([[0, 0], [0, 0], [0, 1]], [5, 2], 4, keep_opinion=True)
    assert candidates.eligible.tolist() == [False, True]
    assert len(judge.asked) == 1
    assert not notes


def test_only_what_is_new_may_be_chosen(eligible: Any) -> None:
    (candidates, _), judge, _ = eligible([[1, 1, 0]] * 3, [1, 2, 3], 4, np.array([False, True, True]))
    assert candidates.eligible.tolist() == [False, True, False]
    assert candidates.spare.tolist() == [False, True, True]
    assert len(judge.asked) == 1


def test_nothing_new_is_no_error_and_no_reason_to_take_commentary(eligible: Any) -> None:
    candidates, judge, notes = eligible([[1, 1], [1, 1], [1, 1]], [1, 2], 4, np.array([False, False]))
    assert candidates.eligible.tolist() == [False, False]
    assert all(not asked["keep_opinion"] for asked in judge.asked)
    assert not notes


def test_news_too_long_for_the_budget_is_an_error(eligible: Any) -> None:
    with pytest.raises(BudgetError, match=r"budget of 3 words: the shortest has 5;"):
        eligible([[1, 1], [1, 1], [1, 1]], [4, 5], 3, np.array([False, True]), max_words=3)


@pytest.mark.parametrize(
    ("settings", "costs", "limit", "words"),
    [
        ({"max_words": 3}, [9, 4, 2], 3, "budget of 3 words: the shortest has 4; sentences are never cut, so give at "
         "least max_words=4"),
        ({"max_characters": 3}, [9, 5, 2], 4, "budget of 3 characters: the shortest has 4; sentences are never cut, so "
         "give at least max_characters=4"),
        ({"max_tokens": 3}, [9, 4, 2], 3, "budget of 3 tokens: the shortest has 4; sentences are never cut, so give at "
         "least max_tokens=4"),
    ],
)  # fmt: skip
def test_a_budget_that_nothing_fits_is_an_error_with_the_one_that_would_do(
    eligible: Any, settings: dict[str, int], costs: list[int], limit: int, words: str
) -> None:
    with pytest.raises(BudgetError) as error:
        eligible([[1, 1, 0]] * 3, costs, limit, **settings)
    assert str(error.value) == f"no sentence fits the {words}"


def test_a_budget_is_told_in_words_by_the_mean_sentence() -> None:
    def in_words(words: Sequence[int], costs: Sequence[int], limit: int) -> float:
        return pipeline._in_words(SimpleNamespace(words=np.array(words)), Knapsack(np.array(costs), limit))  # type: ignore[arg-type]

    assert in_words([4, 6], [20, 30], 100) == 20.0
    assert in_words([4, 6], [1, 1], 2) == 10.0
    assert in_words([], [], 7) == 0.0
    assert in_words([1], [1], 7) == 7.0
