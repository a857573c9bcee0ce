"""What the cross-encoder is given, and what must never move what it reads."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Document, SummaryConfig, compare
from summarizer.comparison import cross_encoder, judging
from summarizer.comparison.cross_encoder import CLASSES, WINDOW, CrossEncoder, Marked, packaged, take_apart
from summarizer.embedding import model_folder
from summarizer.errors import ModelError
from summarizer.graphs import load_tokenizer

TOKENIZER = load_tokenizer(model_folder(), "")
LOST = Marked("A late frost wiped out 900 hectares of cherry orchards around Malden.", 23, 35)
LEFT = Marked("Growers around Malden say that Friday's frost destroyed 1,400 hectares of cherries.", 56, 70)


def figure(text: str, words: str) -> Marked:
    return Marked(text, text.index(words), text.index(words) + len(words))


def words_of(one: Marked, other: Marked) -> list[str]:
    return [TOKENIZER.id_to_token(piece) for piece in take_apart(TOKENIZER, one, other).words.tolist()]


def test_marks_stand_before_the_figures_and_the_values_are_masked() -> None:
    pieces = take_apart(TOKENIZER, LOST, LEFT)
    words = words_of(LOST, LEFT)
    assert [words[place] for place in pieces.marks] == ["[CLS]", "[unused0]", "[unused0]"]
    assert "900" not in words
    assert "1" not in words
    assert words.count("[MASK]") == 2
    assert words.count("hectares") == 2
    assert words.count("[SEP]") == 2


@pytest.mark.parametrize(
    ("text", "words", "masks"),
    [
        ("It lost twelve ships at sea.", "twelve ships", 1),
        ("It lost twenty-five ships at sea.", "twenty-five ships", 2),
        ("Prices rose by 12.7 % in May.", "12.7 %", 1),
        ("It cost 1,400.50 euros in May.", "1,400.50 euros", 1),
        ("Between 10 and 20 people came.", "10 and 20 people", 2),
        ("Dozens of people came.", "Dozens of people", 1),
    ],
)
def test_every_number_of_a_figure_is_one_mask(text: str, words: str, masks: int) -> None:
    assert words_of(figure(text, words), LEFT).count("[MASK]") == masks + 1


def test_other_numbers_stay() -> None:
    text = "The storm killed 12 people and hurt 30."
    assert "30" in words_of(figure(text, "12 people"), LEFT)


def test_a_long_sentence_is_read_around_its_figure() -> None:
    text = "far " * 400 + "it lost 12 ships " + "away " * 400
    pieces = take_apart(TOKENIZER, figure(text, "12 ships"), figure(text, "12 ships"))
    assert len(pieces.words) == 2 * WINDOW + 3
    assert "ships" in words_of(figure(text, "12 ships"), LEFT)


def test_what_is_read_does_not_depend_on_the_order_or_on_the_values() -> None:
    read = packaged().read(LOST, LEFT)
    assert np.array_equal(read, packaged().read(LEFT, LOST))
    other = Marked(LOST.text.replace("900", "7"), LOST.start, LOST.end - 2)
    assert np.array_equal(read, packaged().read(other, LEFT))
    led = [figure(f"{count} ships were lost off Malden on Monday.", f"{count} ships") for count in (1, 9)]
    after = figure("5 ships went down near Malden.", "5 ships")
    assert np.array_equal(packaged().read(led[0], after), packaged().read(led[1], after))
    assert read.shape == (len(CLASSES),)
    assert read.sum() == pytest.approx(1, abs=1e-3)


def test_one_measure_in_two_wordings_is_likelier_than_another_measure() -> None:
    planted = figure("Growers around Malden planted 1,400 hectares of new trees last year.", "1,400 hectares")
    assert packaged().read(LOST, LEFT)[0] > packaged().read(LOST, planted)[0]


def test_threads_share_it() -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: packaged().read(LOST, LEFT).tolist(), range(8)))
    assert all(one == found[0] for one in found)


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=80), st.text(min_size=1, max_size=12), st.text(max_size=80))
def test_any_text_is_read(before: str, inside: str, behind: str) -> None:
    one = Marked(before + inside + behind, len(before), len(before) + len(inside))
    pieces = take_apart(TOKENIZER, one, LEFT)
    assert len(pieces.words) <= 2 * WINDOW + 3
    assert np.isfinite(packaged().read(one, LEFT)).all()


def test_a_damaged_model_is_named_with_the_remedy(tmp_path: Path) -> None:
    source = Path(str(cross_encoder.files("summarizer.models") / cross_encoder.PACKAGED))
    with pytest.raises(ModelError, match="incomplete"):
        CrossEncoder(tmp_path).read(LOST, LEFT)
    shutil.copy(source / "card.json", tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"none")
    with pytest.raises(ModelError, match=r"model\.onnx is damaged.*summarizer\.training relation"):
        CrossEncoder(tmp_path).read(LOST, LEFT)


def test_the_card_names_what_was_learned_and_kept_aside() -> None:
    card = json.loads((cross_encoder.files("summarizer.models") / cross_encoder.PACKAGED / "card.json").read_text())
    assert card["classes"] == list(CLASSES)
    kept = card["kept_aside"]
    assert card["data"]["kept_aside"] == sum(one["pairs"] for one in kept.values()) > 100
    assert min(one["ranked_right"] for name, one in kept.items() if name != "figures_of_news.json") > 0.75
    assert kept["figures_of_news.json"]["ranked_right"] > 0.7


def test_only_so_many_pairs_of_an_input_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        f"The storm in Malden killed {10 + n} people, hurt {70 + n} people and destroyed {300 + n} houses on Monday."
        for n in range(4)
    ]
    documents = [Document(text, id=f"d{n}") for n, text in enumerate(texts)]
    asked: list[Marked] = []

    class Counting:
        def read(self, one: Marked, other: Marked) -> np.ndarray:
            asked.append(one)
            return packaged().read(one, other)

    monkeypatch.setattr(judging, "packaged", Counting)
    monkeypatch.setattr(judging, "MAX_READ", 3)
    config = SummaryConfig(embedder="tfidf", keep_other_events=True)
    assert compare(documents, config=config).comparisons
    assert len(asked) == 3
