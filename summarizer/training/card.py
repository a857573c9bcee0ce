"""The card of fitted salience weights, for programs and for people: numbers, digests and warnings; no text, no date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

import numpy as np

from summarizer.features import CONCEPT_FEATURES, SENTENCE_FEATURES
from summarizer.training.boosting import MAX_CONCEPTS, TREES
from summarizer.training.clusters import TrainingSet
from summarizer.training.examples import Example, Part
from summarizer.training.files import sha256
from summarizer.training.fitting import RIDGE, Fit
from summarizer.version import __version__

#: Sets whose name starts so: where they are from, and under which licence.
_SOURCES: Final = {
    "multi_news": ("Multi-News (Fabbri et al. 2019)", "non-commercial research and education"),
    "neus": ("NeuS / AllSides (Lee et al. 2022)", "research; the articles belong to their publishers"),
    "background": ("background-summaries (Pratapa et al. 2023)", "CC BY-NC 4.0"),
}
_UNKNOWN: Final = ("named by whoever fitted", "not known to this command")
#: Clusters that are described, a set.
_FIRST: Final = 10
_LIBRARIES: Final = ("catboost", "numpy", "PyStemmer", "sentencex")

_WHAT: Final = (
    "which sentences of news articles on one event a summary is expected to keep: coefficients of named sentence "
    "features, and trees over features of words and word pairs"
)
_LICENSE: Final = (
    "Apache-2.0 for the coefficients; the texts they were fitted on have licences of their own, see data, and are not "
    "part of this package"
)
_LIMITS: Final = (
    "They say what summaries of such articles tend to keep. They are no evidence that a sentence is true, fair or "
    "important, and none about who said it.",
    "Fitted on English news, mostly of outlets in the United States: in another language or kind of text, compare with "
    "--strategy lexrank, or fit your own.",
    "Summaries written by people favour what many outlets say early: what one outlet alone found out ranks low.",
    "The data may be used for research only, and whether that binds coefficients is not settled: where it matters, fit "
    "your own on texts that you may use.",
    "Held-out figures are of the same sources as the data; other sources can differ by more than the intervals. The "
    "constants of the method were chosen on some of these sets, which flatters them a little.",
)
_OWN_LIMITS: Final = (
    _LIMITS[0],
    "How far they reach beyond the kind of clusters they were fitted on is not known.",
    "With few clusters the held-out figures say more than the fit: look at them first.",
)


def make_card(
    name: str, weights: bytes, fitted: Fit, sets: Sequence[TrainingSet], parts: Sequence[Part], *, seed: int
) -> dict[str, Any]:
    """Describe fitted weights.

    :param weights: content of the file.
    :param parts: that they were fitted on, of all sets.
    :param seed: of the fit.
    """
    data = [_describe(one, [part for part in parts if part.name == one.name]) for one in sets]
    known = all(one["source"] != _UNKNOWN[0] for one in data)
    return {
        "name": name,
        "what": _WHAT,
        "license": _LICENSE if known else "that of whoever fitted them",
        "made_by": "python -m summarizer.training salience --data DIR --sets "
        + " ".join(str(one.choice) for one in sets),
        "seed": seed,
        "data": data,
        "versions": {"crossbrief": __version__} | {library: version(library) for library in _LIBRARIES},
        "fit": {
            "sentence_features": len(SENTENCE_FEATURES),
            "sentences": fitted.n_sentences,
            "ridge": RIDGE,
            "explained_variance": round(fitted.explained, 3),
            "concept_features": len(CONCEPT_FEATURES),
            "concepts": fitted.n_concepts,
            "most_concepts": MAX_CONCEPTS,
            "trees": dict(TREES),
        },
        "files": {"weights.json": {"bytes": len(weights), "sha256": sha256(weights)}},
        "limits": list(_LIMITS if known else _OWN_LIMITS),
    }


def _describe(one: TrainingSet, parts: Sequence[Part]) -> dict[str, Any]:
    source, licence = next((found for start, found in _SOURCES.items() if one.name.startswith(start)), _UNKNOWN)
    used = sum(len(part.examples) for part in parts)
    return {
        "set": one.name,
        "source": source,
        "licence": licence,
        "sha256": one.sha256,
        "clusters": used,
        "left_out": len(one.clusters) - used,
        "events": len(parts) if one.has_events else None,
        "weight": one.choice.weight,
        "words": one.budget,
        "mean_words_of_references": round(one.mean_words, 1),
        "first_clusters": describe_first([example for part in parts for example in part.examples]),
    }


def describe_first(examples: Sequence[Example]) -> dict[str, Any]:
    """Give what the first few examples teach, by which a later version can be seen to look at something else.

    :return: how many there are, the mean worth of their sentences, and the mean of each feature.
    """
    first = sorted(examples, key=lambda example: example.place)[:_FIRST]
    means = np.mean([example.moments[0, 1:] for example in first], axis=0)
    return {
        "clusters": len(first),
        "worth": round(float(np.mean([example.products[0] for example in first])), 7),
        "features": {name: round(float(mean), 6) for name, mean in zip(SENTENCE_FEATURES, means, strict=True)},
    }


def to_markdown(card: Mapping[str, Any]) -> str:
    """Write the card for people."""
    fitted = card["fit"]
    data = [
        f"| `{one['set']}` | {one['source']} | {one['licence']} | {one['clusters']} | {one['events'] or '–'} "
        f"| {one['weight']:g} | {one['words']} | `{one['sha256'][:12]}` |"
        for one in card["data"]
    ]
    lines = [
        f"# {card['name']}",
        "",
        f"Salience weights of the summarizer: {card['what']}. What the features mean, and how to fit weights of your "
        "own, stands in docs/salience.md of the project.",
        "",
        f"Licence: {card['license']}.",
        "",
        "## Data",
        "",
        "| set | from | licence of the texts | clusters | events | weight | words | SHA-256 |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | --- |",
        *data,
        "",
        "*Words* is the budget of the summaries. The digest is that of the whole file, uncompressed.",
        "",
        "## Fit",
        "",
        f"- sentences: ridge regression (penalty {fitted['ridge']:g}) on {fitted['sentence_features']} features of "
        f"{fitted['sentences']:,} sentences; explains {fitted['explained_variance']:.3f} of the variance of how much "
        "of their wording references kept, on the data it was fitted on",
        f"- words and word pairs: {fitted['trees']['iterations']} oblivious trees of depth {fitted['trees']['depth']} "
        f"on {fitted['concept_features']} features of {fitted['concepts']:,} sampled concepts",
        f"- versions: {', '.join(f'{name} {number}' for name, number in card['versions'].items())}",
        "",
        f"    {card['made_by']} --seed {card['seed']}",
        "",
        *_validation_lines(card.get("cross_validation")),
        "## What they must not be used for, and limits",
        "",
        *(f"- {limit}" for limit in card["limits"]),
    ]
    return "\n".join(lines) + "\n"


def _validation_lines(validation: Mapping[str, Any] | None) -> list[str]:
    if validation is None:
        return ["## Held-out figures", "", "None were made: run the command with --cross-validate.", ""]
    lines = [
        "## Held-out figures",
        "",
        "ROUGE F x 100, every cluster summarized with weights fitted without it (sets without events: a quarter of the "
        "clusters held out at a time; sets with events: a whole event), no encoder, with 95 % bootstrap intervals by "
        "cluster or event.",
        "",
        "| set | clusters | | R1 | R2 | Lsum |",
        "| --- | ---: | --- | ---: | ---: | ---: |",
    ]
    for name, one in validation["sets"].items():
        for row in ("salience", "lead", "salience minus lead"):
            cells = " | ".join(f"{x['mean']:.2f} [{x['low']:.2f}, {x['high']:.2f}]" for x in one[row].values())
            lines.append(f"| `{name}` | {one['clusters']} of {one['of']} | {row} | {cells} |")
    return [*lines, ""]
