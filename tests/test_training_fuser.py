"""Training the fuser: what is read, what is left out, and that a resumed run is an unbroken one."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from tokenizers import Tokenizer

from summarizer.errors import InputError
from summarizer.training import fuser
from summarizer.training.__main__ import main
from summarizer.training.fuser_loop import Schedule, batches, collate, encode_pair, train
from summarizer.training.fuser_pairs import Pair, copy_pairs, is_usable, leans_on_others, read_pairs, split_pairs, vary
from summarizer.training.fuser_sets import choose_short_list, common_words, is_held_out, read_sets

MODELS = Path(__file__).resolve().parents[1] / "summarizer" / "models"
TOWNS = ("Ems", "Ulm", "Bonn", "Kiel", "Jena", "Trier", "Worms", "Essen")


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Work this small takes longer on several threads, and very much longer where they have to wait."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def make_pairs(n: int = 40) -> list[Pair]:
    rows = []
    for number in range(n):
        town, count = TOWNS[number % len(TOWNS)], 3 + number
        inputs = (
            f"Police in {town} said {count} people were hurt.",
            f"A fire hurt {count} people in {town} on Monday.",
        )
        target = f"A fire in {town} hurt {count} people on Monday, police said."
        rows.append(Pair(inputs, target, "own", group=str(number)))
    return rows


def write_pairs(path: Path, pairs: list[Pair]) -> Path:
    lines = [json.dumps({"inputs": pair.inputs, "target": pair.target}) for pair in pairs]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(MODELS / "minilm-l6-v2-int8" / "tokenizer.json"))
    made.no_truncation()
    return made


def tiny(written: list[int]) -> Any:
    import torch

    from summarizer.rewriting.fuser_layers import FuserConfig
    from summarizer.rewriting.fuser_model import FuserForConditionalGeneration

    torch.manual_seed(5)
    config = FuserConfig(
        hidden_size=32,
        num_attention_heads=4,
        intermediate_size=48,
        encoder_layers=1,
        decoder_layers=1,
        written=written,
    )
    return FuserForConditionalGeneration(config)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", r"pairs\.jsonl:2 is no JSON"),
        ("[]", r'pairs\.jsonl:2: "inputs" must be a list of sentences, got None'),
        ('{"inputs": [], "target": "x"}', r'pairs\.jsonl:2: "inputs" must be'),
        ('{"inputs": ["a", " "], "target": "x"}', r'pairs\.jsonl:2: "inputs" must be'),
        ('{"inputs": ["a"], "target": 3}', r'pairs\.jsonl:2: "target" must be a sentence, got 3'),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"inputs": ["a", "b"], "target": "c"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=complaint):
        read_pairs(path, "own")


def test_missing_empty_and_foreign_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.jsonl cannot be read as pairs"):
        read_pairs(tmp_path / "gone.jsonl", "own")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(InputError, match=r"empty\.jsonl holds no pair"):
        read_pairs(tmp_path / "empty.jsonl", "own")
    (tmp_path / "foreign.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match=r"foreign\.jsonl\.gz cannot be read as pairs"):
        read_pairs(tmp_path / "foreign.jsonl.gz", "own")


@pytest.mark.parametrize(
    ("target", "usable"),
    [
        ("A fire in Ems hurt 12 people, police said.", True),
        ("A fire in Ems's centre hurt 12 people.", True),
        ("A fire in Ems hurt 13 people, police said.", False),
        ("A fire in Ems hurt 12 people, CNN said.", False),
        ("Fire hurt people.", False),
        ("A fire in Ems hurt 12 people, see https: there.", False),
    ],
)
def test_targets_that_invent_are_left_out(target: str, usable: bool) -> None:
    assert is_usable(Pair(("Police said a fire in Ems hurt 12 people.",), target, "own")) is usable


def test_targets_that_speak_of_outlets_or_lean_are_marked() -> None:
    assert leans_on_others(Pair(("a",), "Five were hurt, reports the herald.", "own"))
    assert leans_on_others(Pair(("a",), "But five were hurt in it.", "own"))
    assert not leans_on_others(Pair(("a",), "Five were hurt, police said.", "own"))


def test_made_pairs_hold_what_their_target_says() -> None:
    pairs = [
        Pair(("x y z.",), "A fire in Ems hurt 12 people on Monday, and police closed two streets of the town.", "own")
    ] * 30
    split = split_pairs(pairs, 10, random.Random(1))
    assert split
    for pair in split:
        words = " ".join(pair.inputs).lower()
        assert all(word.strip(",.").lower() in words for word in pair.target.split())
        assert all(text != pair.target for text in pair.inputs)
    copies = copy_pairs(make_pairs(), 20, random.Random(1))
    assert copies
    assert all(set(pair.inputs) == {pair.target} for pair in copies)


def test_variation_keeps_the_sentences() -> None:
    pairs = make_pairs()
    random_ = random.Random(2)
    for pair in pairs:
        varied = vary(pair, pairs, random_)
        assert {text.lower() for text in pair.inputs} <= {text.lower() for text in varied.inputs}
        assert varied.target == pair.target


def test_a_group_is_held_out_whole_and_only_usable_pairs_are_trained_on(tmp_path: Path) -> None:
    from summarizer.training.fuser_sets import SetChoice

    rows = [
        {"inputs": pair.inputs, "target": pair.target, "cluster": str(n // 2)} for n, pair in enumerate(make_pairs(200))
    ]
    rows.append({"inputs": ["A fire hurt 3 people."], "target": "A fire hurt 999 people in the town.", "cluster": "x"})
    with gzip.open(tmp_path / "some.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(json.dumps(row) for row in rows))
    choice = SetChoice("some", "union", times=2)
    trained, held_out = read_sets(tmp_path, [choice])
    assert not {pair.group for pair in trained} & {pair.group for pair in held_out}
    assert held_out
    assert len(trained) + 2 * len(held_out) in (400, 402)
    assert all("999" not in pair.target for pair in trained)
    assert not any(is_held_out(pair) for pair in trained)
    with pytest.raises(InputError, match=r"holds no gone\.jsonl"):
        read_sets(tmp_path, [SetChoice("gone", "union")])


def test_the_short_list_has_the_end_first_and_no_names_or_numbers(tokenizer: Tokenizer) -> None:
    pairs = [
        Pair(("It burned in the town.",), f"Ems said three people and {number} others were hurt there.", "own")
        for number in range(10, 30)
    ]
    names = [tokenizer.id_to_token(piece) for piece in choose_short_list(tokenizer, pairs)]
    assert names[0] == "[SEP]"
    assert {"people", "and", "hurt"} <= set(names)
    assert "three" not in names
    assert not any(letter.isdigit() for name in names for letter in name)


def test_common_words_are_those_seen_small_inside_sentences() -> None:
    found = common_words(make_pairs())
    assert "people" in found
    assert "ems" not in found


def test_resuming_gives_what_an_unbroken_run_does(tokenizer: Tokenizer, tmp_path: Path) -> None:
    import torch

    pairs = make_pairs()
    written = choose_short_list(tokenizer, pairs)
    schedule = Schedule(steps=4, batch_pieces=200, warm_up=2)
    whole, broken, resumed = tiny(written), tiny(written), tiny(written)
    train(whole, tokenizer, pairs, schedule)
    place = tmp_path / "checkpoint.safetensors"
    with pytest.raises(KeyboardInterrupt):
        train(broken, tokenizer, pairs, schedule, checkpoint=place, every=2, after=_stop_at(3))
    train(resumed, tokenizer, pairs, schedule, checkpoint=place, every=2, resume=True)
    for name, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.safetensors"]


def _stop_at(step: int) -> Any:
    def stop(done: int) -> None:
        if done == step:
            raise KeyboardInterrupt

    return stop


def test_training_lowers_the_loss(tokenizer: Tokenizer) -> None:
    import torch

    pairs = make_pairs()
    model = tiny(choose_short_list(tokenizer, pairs))
    batch = collate([encode_pair(tokenizer, pair) for pair in pairs[:8]])
    model.eval()
    with torch.inference_mode():
        before = float(model(**batch))
    train(model, tokenizer, pairs, Schedule(steps=12, batch_pieces=400, warm_up=3, rate=5e-3, encoder_rate=5e-3))
    with torch.inference_mode():
        assert float(model(**batch)) < 0.8 * before


def test_an_epoch_shows_every_pair_once_and_is_the_same_again(tokenizer: Tokenizer) -> None:
    pairs = make_pairs()
    schedule = Schedule(steps=1, batch_pieces=300)
    first, again = (list(batches(pairs, tokenizer, schedule, 0)) for _ in range(2))
    assert sum(map(len, first)) == len(pairs)
    assert [[one.target for one in batch] for batch in first] == [[one.target for one in batch] for batch in again]
    assert [one.target for batch in first for one in batch] != [
        one.target for batch in batches(pairs, tokenizer, schedule, 1) for one in batch
    ]


def test_the_rate_rises_and_falls() -> None:
    schedule = Schedule(steps=100, warm_up=10)
    factors = [schedule.factor(step) for step in range(100)]
    assert factors[0] == pytest.approx(0.1)
    assert max(factors) == 1.0
    assert factors[-1] == pytest.approx(0.02)
    assert factors[20:] == sorted(factors[20:], reverse=True)


def test_the_command_writes_a_model_that_loads(
    tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from summarizer.rewriting.fuser_rewriter import FuserRewriter

    monkeypatch.setattr(
        fuser, "make_model", lambda tokenizer, pairs, seed, start: tiny(choose_short_list(tokenizer, pairs))
    )
    pairs = write_pairs(tmp_path / "own.jsonl", make_pairs())
    out = tmp_path / "made"
    command = ["fuser", "--pairs", str(pairs), "--out", str(out), "--name", "own-1", "--steps", "4", "--every", "2"]
    assert main(command) == 0
    assert "own-1" in capsys.readouterr().out
    card = json.loads((out / "card.json").read_text("utf-8"))
    assert card["data"][0]["pairs"] == len(make_pairs())
    assert card["files"]["model.safetensors"]["bytes"] == (out / "model.safetensors").stat().st_size
    assert "must not be used for" in (out / "card.md").read_text("utf-8")
    made = FuserRewriter(out, beams=2)
    assert made.name.startswith("own-1@")
    made.rewrite([["A fire hurt 3 people in Ems.", "Police in Ems said 3 people were hurt."]])
    assert main(command) == 1
    assert "give --force" in capsys.readouterr().err
    weights = (out / "model.safetensors").read_bytes()
    assert main([*command, "--force", "--resume"]) == 0, "nothing is left to do"
    assert (out / "model.safetensors").read_bytes() == weights


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "made")
    assert main(["fuser", "--out", out]) == 1
    assert "give --data DIR, --pairs FILE, or both" in capsys.readouterr().err
    assert main(["fuser", "--out", out, "--resume"]) == 1
    assert "is not there to resume from" in capsys.readouterr().err
    few = write_pairs(tmp_path / "few.jsonl", make_pairs(5))
    assert main(["fuser", "--out", out, "--pairs", str(few)]) == 1
    assert "5 usable pairs are too few" in capsys.readouterr().err
    assert main(["fuser", "--out", out, "--pairs", str(few), "--steps", "0"]) == 1
    assert "must be at least 1" in capsys.readouterr().err
