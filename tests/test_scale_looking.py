"""Links looked at again: what the other links say, worked out by hand, and the trees that weigh it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from summarizer.scale import looking
from summarizer.scale.evidence import MEASURES, Measured
from summarizer.scale.looking import (
    LEAST_LIKELY,
    PACKAGED,
    TOLD,
    TOLD_WITH_MEANING,
    Look,
    from_dict,
    look,
    look_again,
    look_first,
    packaged,
    to_json,
)
from summarizer.scale.others import OTHERS, Weighed, measure_others
from summarizer.scale.weighing import by_rarity, weigh
from summarizer.trees import Trees
from summarizer.vectors import cosines
from tests.test_scale_events import Run, account, row

SECONDS = 36 * 3_600
FOLDER = Path(str(files("summarizer.models") / PACKAGED))


def others(
    *told: tuple[int, int, float], n: int = 4, at: tuple[int, ...] = (), hot: tuple[int, ...] = ()
) -> list[dict[str, float]]:
    """Measure what other links say of each link, by name."""
    left, right, likely = (np.array(column) for column in zip(*told, strict=True))
    flags = np.zeros(n, dtype=np.bool_)
    flags[list(hot)] = True
    moments = np.array(at or [0] * n, dtype=np.int64)
    found = measure_others(Weighed(left, right, likely.astype(np.float64), moments, flags, SECONDS))
    return [dict(zip(OTHERS, map(float, one), strict=True)) for one in found]


def test_a_third_account_of_both_ends_speaks_for_a_link() -> None:
    told = others((0, 1, 0.5), (0, 2, 0.8), (1, 2, 0.6))[0]
    assert told["both_most"] == 0.6
    assert told["both_sum"] == pytest.approx(np.log1p(0.48), abs=1e-6)
    # Of 0 the other link is .8, of which .4 has none to 1; of 1 it is .6, of which .2 has none to 0.
    assert told["against_most_higher"] == pytest.approx(0.8 * 0.4)
    assert told["against_most_lower"] == pytest.approx(0.6 * 0.2)
    assert told["share_higher"] == pytest.approx(0.48 / (0.6 + 0.3), abs=1e-6)
    assert told["share_lower"] == pytest.approx(0.48 / (0.8 + 0.3), abs=1e-6)
    assert told["share_all"] == pytest.approx(0.96 / (1.4 + 0.3), abs=1e-6)
    assert told["links_higher"] == pytest.approx(np.log1p(0.8), abs=1e-6)
    assert told["links_lower"] == pytest.approx(np.log1p(0.6), abs=1e-6)


def test_a_likelier_partner_of_one_end_alone_speaks_against_a_link() -> None:
    told = others((0, 1, 0.5), (0, 2, 0.8))[0]
    assert (told["against_most_higher"], told["against_most_lower"]) == (0.8, 0.0)
    assert (told["likelier_higher"], told["likelier_lower"]) == (1.0, 0.0)
    assert told["both_most"] == told["share_all"] == 0


def test_what_could_have_no_link_to_the_other_end_says_nothing() -> None:
    # 2 came so late that it was never compared with 1.
    late = others((0, 1, 0.5), (0, 2, 0.8), at=(0, -1, SECONDS, 0))[0]
    # Of two hot articles not all links are kept.
    hot = others((0, 1, 0.5), (0, 2, 0.8), hot=(1, 2))[0]
    for told in (late, hot):
        assert told["against_most_higher"] == told["against_sum_higher"] == told["likelier_higher"] == 0


def test_a_likelier_partner_that_is_near_to_both_hardly_speaks_against_a_link() -> None:
    # Of an event of thirty every link but the best has a likelier partner.
    pairs = [(a, b, 0.9 - 0.01 * ((a + b) % 5)) for a in range(30) for b in range(a + 1, 30)]
    for told in others(*pairs, n=30):
        assert told["against_most_higher"] < 0.15
        assert told["share_lower"] > 0.8


def measured(n: int, pairs: list[tuple[int, int]], cosines: list[float], *, meaning: float = np.nan) -> Measured:
    """Make links that differ in their cosine alone."""
    measures = np.zeros((len(pairs), len(MEASURES)))
    measures[:, MEASURES.index("cosine")] = np.log(cosines)
    measures[:, MEASURES.index("usual")] = np.log(0.3)
    measures[:, MEASURES.index("common")] = 0.4
    measures[:, [MEASURES.index("shorter"), MEASURES.index("longer")]] = np.log1p(80)
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    every = np.ones(len(pairs), dtype=np.bool_)
    near = np.full(len(pairs), meaning)
    return Measured(left, right, np.zeros(n, dtype=np.bool_), every, measures, np.zeros(len(pairs)), near)


def test_links_that_cannot_join_are_not_likely_and_no_third_account() -> None:
    told = measured(3, [(0, 1), (0, 2), (1, 2)], [0.4, 0.4, 0.4])
    told.counts[1] = False
    likely = look(told, np.zeros(3, dtype=np.int64), SECONDS, packaged())
    assert likely[1] == 0
    assert likely[0] == likely[2] > 0


def test_no_links_and_only_faint_ones_are_looked_at_without_trees() -> None:
    none = measured(1, [], [])
    assert len(look(none, np.zeros(1, dtype=np.int64), SECONDS, packaged())) == 0
    faint = measured(2, [(0, 1)], [0.01])
    assert look_first(faint)[0] < LEAST_LIKELY
    assert look(faint, np.zeros(2, dtype=np.int64), SECONDS, packaged()).tolist() == [0]


def constant(value: float) -> Trees:
    return Trees(np.zeros((0, 0), dtype=np.int64), np.zeros((0, 0), dtype=np.float32), np.zeros((0, 1)), value)


def test_links_between_articles_with_vectors_have_trees_of_their_own() -> None:
    told = measured(4, [(0, 1), (2, 3)], [0.4, 0.4], meaning=0.1)
    told.nearer[1] = np.nan
    trees = Look(constant(-1.0), constant(1.0))
    likely = look_again(told, look_first(told), np.zeros(4, dtype=np.int64), SECONDS, trees)
    np.testing.assert_allclose(likely, [1 / (1 + np.exp(-1)), 1 / (1 + np.exp(1))], atol=1e-6)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_look_gives_probabilities_and_hangs_on_no_numbering(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 8))
    pairs = sorted({(a, b) for a in range(n) for b in range(a + 1, n) if data.draw(st.booleans())})
    values = [data.draw(st.sampled_from([0.1, 0.2, 0.4, 0.7])) for _ in pairs]
    told, at = measured(n, pairs, values), np.arange(n, dtype=np.int64) * 20_000
    likely = look(told, at, SECONDS, packaged())
    assert ((likely >= 0) & (likely <= 1)).all()
    turned = sorted(
        ((n - 1 - b, n - 1 - a), value, place) for place, ((a, b), value) in enumerate(zip(pairs, values, strict=True))
    )
    other = look(measured(n, [one[0] for one in turned], [one[1] for one in turned]), at[::-1], SECONDS, packaged())
    # Sums in another order may differ in the last of six decimals.
    np.testing.assert_allclose(other, likely[[one[2] for one in turned]], atol=1e-4)


def test_more_of_what_speaks_for_a_link_makes_none_less_likely() -> None:
    chance = np.random.default_rng(0)
    for trees, names in ((one.words, TOLD) for one in packaged()):
        rows = chance.uniform(-3, 3, (300, len(names))).astype(np.float32)
        for name, sign in (("cosine", 1), ("odds", 1), ("both_most", 1), ("apart", -1), ("against_most_higher", -1)):
            more = rows.copy()
            more[:, names.index(name)] += 1
            assert (sign * (trees.predict(more) - trees.predict(rows)) >= -1e-4).all(), name


def test_looks_are_read_as_they_were_written_and_others_refused() -> None:
    written = json.loads(to_json(packaged()))
    assert json.loads(to_json(from_dict(written))) == written
    assert written["told"] == list(TOLD_WITH_MEANING)
    with pytest.raises(ValueError, match="other measures"):
        from_dict({**written, "told": written["told"][1:]})
    with pytest.raises(ValueError, match="other measures"):
        from_dict({**written, "format": looking.FORMAT + 1})


def test_the_card_is_that_of_the_trees() -> None:
    card: Mapping[str, Any] = json.loads((FOLDER / "card.json").read_text(encoding="utf-8"))
    weights = (FOLDER / "weights.json").read_bytes()
    assert card["name"] == PACKAGED
    assert card["files"]["weights.json"] == {"bytes": len(weights), "sha256": hashlib.sha256(weights).hexdigest()}
    assert card["trees"]["looks"] == len(packaged())
    for scores in (card["cross_validation"][name] for name in ("words", "meaning")):
        for kind, one in scores.items():
            assert one["look 2"] > one["as before"] - 0.01, kind


def test_words_that_few_others_have_count_more() -> None:
    # 0 and 1 share the words 5, which nobody else has, and 7, which another has too.
    terms = np.array([5, 7, 5, 7, 7, 9], dtype=np.uint32)
    rows: NDArray[np.float64] = cosines(
        by_rarity(weigh(terms, np.ones(6, dtype=np.float32), np.array([2, 2, 2]))), np.array([0, 0]), np.array([1, 2])
    )
    np.testing.assert_allclose(rows, [1 + 1 / 2, 1 / 2], atol=1e-5)


def test_a_large_event_over_days_stays_whole(tmp_path: Path) -> None:
    rows = [row(f"a{n:02d}", account("a", n), 4 * n) for n in range(30)]
    rows += [row(f"{event}{n}", account(event, n, sentences=9), 11 * n) for event in "bcdef" for n in range(8)]
    rows += [row(f"x{n}", account(f"x{n}", 0), 3 * n) for n in range(20)]
    groups = Run(tmp_path, rows).groups
    assert [f"a{n:02d}" for n in range(30)] in groups
    assert [[f"{event}{n}" for n in range(8)] for event in "bcdef"] == [g for g in groups if g[0][0] in "bcdef"]
    assert sum(len(names) == 1 for names in groups) == 20
