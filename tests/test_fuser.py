"""The packaged fuser: print from word pieces, search, and what it makes of news."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from tokenizers import Tokenizer

from summarizer.rewriting.fuser_surface import Written, align, to_text
from summarizer.rewriting.fuser_text import MAX_PIECES, canonical, choose_sentences, encode

MODELS = Path(__file__).resolve().parents[1] / "summarizer" / "models"
CASES = json.loads((Path(__file__).parent / "cases" / "fuser_surface.json").read_text("utf-8"))
COMMON = frozenset("police the in a it on he we they officials two sales protests".split())


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(MODELS / "minilm-l6-v2-int8" / "tokenizer.json"))
    made.no_truncation()
    return made


def print_pieces(tokenizer: Tokenizer, sources: list[str], output: str) -> str:
    encoded = encode(tokenizer, sources)
    pieces = tokenizer.encode(canonical(output), add_special_tokens=False).ids
    names = [tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())]
    places = align(pieces, encoded, [name.startswith("##") for name in names])
    return to_text([Written(names[one], place) for one, place in zip(pieces, places, strict=True)], encoded, COMMON)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_copied_pieces_are_printed_as_their_source_prints_them(tokenizer: Tokenizer, case: dict[str, Any]) -> None:
    assert print_pieces(tokenizer, **case["input"]) == case["expected"], case["comment"]


def test_support_counts_other_sentences_and_case_skips_the_first_word(tokenizer: Tokenizer) -> None:
    encoded = encode(tokenizer, ["Exports fell.", "In May NATO said exports fell.", "Exports rose."])
    names = [tokenizer.id_to_token(piece) for piece in encoded.pieces]
    assert names[:4] == ["[CLS]", "exports", "fell", "."]
    assert encoded.support[:5].tolist() == [0, 2, 1, 2, 0]
    assert encoded.cases[1] == 0, "the first word of a sentence has its capital from its place"
    assert encoded.cases[names.index("may")] == 1
    assert encoded.cases[names.index("nato")] == 2
    assert encoded.sentences[[0, 1, 4, 5]].tolist() == [0, 0, 0, 1]


def test_whole_sentences_are_left_out_from_the_end() -> None:
    long = " ".join(["word"] * 80)
    assert choose_sentences([long, long, "short"]) == [long]
    assert choose_sentences([" ".join(["word"] * 200)]) == [" ".join(["word"] * 200)], "the first is always kept"
    assert choose_sentences(list("abcdefg")) == list("abcde")


def test_a_giant_sentence_is_cut_where_the_positions_end(tokenizer: Tokenizer) -> None:
    assert len(encode(tokenizer, [" ".join(["word"] * 900)]).pieces) == MAX_PIECES


def test_places_point_into_the_text_as_given(tokenizer: Tokenizer) -> None:
    texts = ["``Zoë’s'' café — “on 5th”, said McConnell.", "\u00a0It’s 1,000.5 €."]
    encoded = encode(tokenizer, texts)
    for piece, sentence, start, end in zip(
        encoded.pieces, encoded.sentences, encoded.starts, encoded.ends, strict=True
    ):
        if end:
            plain = tokenizer.id_to_token(int(piece)).removeprefix("##")
            surface = texts[sentence][start:end]
            assert len(surface) == len(plain)
            assert not plain.isascii() or not surface.isascii() or plain in (surface.lower(), '"', "'")


# --- the network ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tiny() -> Any:
    import torch

    from summarizer.rewriting.fuser_layers import FuserConfig
    from summarizer.rewriting.fuser_model import FuserForConditionalGeneration

    torch.manual_seed(3)
    config = FuserConfig(
        hidden_size=32,
        num_attention_heads=4,
        intermediate_size=48,
        encoder_layers=2,
        decoder_layers=2,
        written=[102, 1996, 1998],
    )
    return FuserForConditionalGeneration(config).eval()


def test_runs_find_what_was_written_last_in_the_sources() -> None:
    import torch

    from summarizer.rewriting.fuser_model import match_runs

    pieces = torch.tensor([[101, 7, 8, 9, 102, 7, 8, 5, 102]])
    runs, copied = match_runs(torch.tensor([[101, 7, 8, 5]]), pieces)
    assert runs[0].tolist() == [
        [1, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 2, 0, 0, 0, 1, 0, 0, 0],
        [0, 0, 3, 0, 0, 0, 2, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 3, 0],
    ]
    assert copied[0, -1].tolist() == [1, 2, 3, 0, 0, 1, 2, 3, 0]


def test_writing_piece_by_piece_gives_what_all_at_once_does(tiny: Any, tokenizer: Tokenizer) -> None:
    import torch

    from summarizer.rewriting.fuser_model import match_runs

    encoded = encode(tokenizer, ["Police said exports fell in May.", "Exports fell."])
    rows = [torch.from_numpy(row)[None] for row in (encoded.pieces, encoded.sentences, encoded.support, encoded.cases)]
    written = torch.tensor([[101, 2610, 2056, 14338, 3062]])
    with torch.inference_mode():
        source = tiny.encode(*rows)
        runs, copied = match_runs(written, rows[0])
        whole = tiny.decode(written, runs, copied, source)
        past = None
        for step in range(written.shape[1]):
            cut = slice(step, step + 1)
            *alone, past = tiny.decode(written[:, cut], runs[:, cut], copied[:, cut], source, past)
            for one, other in zip(alone, whole, strict=False):
                torch.testing.assert_close(one[:, 0], other[:, step], atol=1e-5, rtol=1e-4)
        total = whole[0].exp().sum(-1) + whole[1].exp().sum(-1)
        torch.testing.assert_close(total, torch.ones_like(total))


def test_padding_changes_nothing(tiny: Any, tokenizer: Tokenizer) -> None:
    import torch

    encoded = encode(tokenizer, ["Police said exports fell in May.", "Exports fell."])
    rows = [torch.from_numpy(row)[None] for row in (encoded.pieces, encoded.sentences, encoded.support, encoded.cases)]
    labels = torch.tensor([[14338, 3062, 1012, 102]])
    padded = [torch.nn.functional.pad(row, (0, 9)) for row in rows]
    with torch.inference_mode():
        plain = tiny(*rows, labels)
        torch.testing.assert_close(tiny(*padded, torch.nn.functional.pad(labels, (0, 3))), plain, atol=1e-5, rtol=1e-5)


def test_no_outlet_is_named_that_no_source_names() -> None:
    from summarizer.rewriting.fuser_rewriter import load
    from summarizer.rewriting.fuser_text import OUTLETS

    loaded = load()
    barred = {
        loaded.pieces[piece]
        for piece, free in zip(loaded.model.config.written, loaded.writable, strict=True)
        if not free
    }
    assert {"ap", "cnn", "reuters"} <= barred <= OUTLETS


def test_what_no_source_holds_and_no_list_has_is_never_written(tiny: Any, tokenizer: Tokenizer) -> None:
    import torch

    from summarizer.rewriting.fuser_search import Search, search

    encoded = encode(tokenizer, ["Police said exports fell in May.", "Exports fell 12%."])
    begins = [True] * tokenizer.get_vocab_size()
    beams = search(tiny, encoded, torch.tensor([True, True, False]), begins, Search(beams=5, max_words=20))
    known = set(encoded.pieces.tolist()) | {1996}
    assert beams
    assert all(piece in known and piece not in (101, 102) for beam in beams for piece in beam.pieces)
    triples = [list(zip(beam.pieces, beam.pieces[1:], beam.pieces[2:], strict=False)) for beam in beams]
    assert all(len(set(one)) == len(one) for one in triples), "nothing comes three pieces long twice"
    assert all(len(beam.pieces) <= 20 for beam in beams)


def test_int8_rows_are_half_a_step_off_at_most(tiny: Any) -> None:
    import torch

    from summarizer.rewriting.fuser_store import dequantise, quantise

    weights = {"a": torch.randn(80, 90), "b": torch.randn(7), "c": torch.zeros(64, 64)}
    again = dequantise(quantise(weights))
    assert quantise(weights)["a"].dtype == torch.int8
    steps = weights["a"].abs().amax(1, keepdim=True) / 127
    assert bool(((again["a"] - weights["a"]).abs() <= steps * 0.5001).all())
    assert torch.equal(again["b"], weights["b"])
    assert torch.equal(again["c"], weights["c"])


def test_plain_transformers_saves_and_loads(tiny: Any, tmp_path: Path) -> None:
    import torch

    from summarizer.rewriting.fuser_model import FuserForConditionalGeneration

    tiny.save_pretrained(tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} <= {".json", ".safetensors"}, "no pickle"
    again = FuserForConditionalGeneration.from_pretrained(tmp_path)
    assert all(torch.equal(value, again.state_dict()[name]) for name, value in tiny.state_dict().items())


# --- the rewriter --------------------------------------------------------------------------------

CLUSTER = [
    "The central bank of Norland raised its key rate to 4.25% on Thursday, citing stubborn inflation.",
    "Norland's central bank lifted its key interest rate by a quarter point to 4.25% on Thursday.",
]
OTHER = ["Police said 12 people were hurt in the fire in Marseille.", "Twelve people were hurt, police said."]


@pytest.fixture(scope="module")
def rewriter() -> Any:
    from summarizer.rewriting.fuser_rewriter import FuserRewriter

    return FuserRewriter()


def test_the_packaged_fuser_keeps_the_facts(rewriter: Any) -> None:
    from summarizer.protocols import Rewriter

    assert isinstance(rewriter, Rewriter)
    assert rewriter.name.startswith("fuser-1@")
    assert rewriter.name.endswith(":beams6")
    best = rewriter.rewrite([CLUSTER])[0][0]
    assert "4.25%" in best
    assert "central bank" in best
    assert "Norland" in best
    assert "rate" in best
    assert best[0].isupper()
    assert best.endswith(".")
    assert len(best.split()) <= 30


def test_candidates_depend_on_their_cluster_alone(rewriter: Any) -> None:
    import torch

    alone = rewriter.rewrite([CLUSTER])[0]
    assert rewriter.rewrite([OTHER, CLUSTER, [CLUSTER[0]]])[1] == alone
    threads = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        assert rewriter.rewrite([CLUSTER])[0] == alone
        assert torch.get_num_threads() == 2, "the setting of the caller stays"
    finally:
        torch.set_num_threads(threads)
    assert 1 <= len(alone) <= 6
    assert len(set(alone)) == len(alone)


def test_the_limit_of_words_holds(rewriter: Any) -> None:
    from summarizer.rewriting.fuser_rewriter import FuserRewriter

    short = FuserRewriter(beams=2, max_words=14)
    assert short.name.endswith(":beams2:words14")
    assert all(len(text.split()) <= 14 for text in short.rewrite([CLUSTER])[0])


def test_odd_clusters(rewriter: Any) -> None:
    assert rewriter.rewrite([]) == []
    assert rewriter.rewrite([[], ["…"], [" "]]) == [[], [], []]
    assert rewriter.rewrite([["今日は雨です。", "\U0001f600 ok"]])[0] is not None
    single = rewriter.rewrite([[CLUSTER[0]]])[0]
    assert any("4.25%" in text for text in single)


def test_wrong_settings_and_damaged_folders_are_refused(tmp_path: Path) -> None:
    from summarizer.errors import ConfigError, ModelError
    from summarizer.rewriting.fuser_rewriter import FILES, PACKAGED, FuserRewriter

    with pytest.raises(ConfigError, match="beams must be at least 1"):
        FuserRewriter(beams=0)
    with pytest.raises(ModelError, match=r"model\.safetensors, config\.json"):
        FuserRewriter(tmp_path)
    for name in FILES:
        (tmp_path / name).write_bytes((MODELS / PACKAGED / name).read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"\x80\x04no weights")
    with pytest.raises(ModelError, match="cannot be read as weights"):
        FuserRewriter(tmp_path)


def test_closest_to_the_others_goes_first_and_faults_go_last() -> None:
    from summarizer.rewriting.fuser_rank import has_fault, rank

    outputs = [
        ("Rain fell on the town.", -0.1),
        ("Rain fell on the town of Ems on Monday.", -0.3),
        ("Rain fell on the town of Ems.", -0.3),
        ("Rain fell on the town of Ems.", -0.2),
        ('Rain "fell on the town of Ems.', -0.2),
    ]
    ranked = rank(outputs, ["Rain fell on Ems.", "On Monday rain fell on the town of Ems."])
    assert ranked[0] == "Rain fell on the town of Ems."
    assert ranked[-1] == 'Rain "fell on the town of Ems.'
    assert len(ranked) == 4
    assert has_fault("He said he said he said so.")
    assert has_fault("He went to the the town.")
    assert not has_fault("“He had had enough,” she said.")
