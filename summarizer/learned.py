"""The fitted salience: its weights as JSON, read and applied; :mod:`summarizer.training.salience` fits it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import ModelError
from summarizer.features import CONCEPT_FEATURES, SENTENCE_FEATURES, Features
from summarizer.trees import Trees

FORMAT: Final = 1
#: Folder of the packaged weights below ``summarizer/models``.
PACKAGED: Final = "salience-1"


@dataclass(frozen=True, slots=True)
class SalienceModel:
    """What was learned of sentences and of concepts.

    The coefficient of a feature is ``base + many * m + short * s``, where m grows from 0 for four origins to 1 for
    sixty (:func:`many_origins`) and s from 0 for long summaries to 1 for short ones (:func:`short_budget`).

    :param name: for the signature.
    :param mean: shape (f,), subtracted from features.
    :param scale: shape (f,), divides them.
    :param base: shape (f,), coefficients of the scaled features.
    :param many: shape (f,), added for many origins.
    :param short: shape (f,), added for short budgets.
    :param intercept: shape (3,): constant, times m, times s.
    :param trees: give the expectation of a concept.
    """

    name: str
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    base: NDArray[np.float64]
    many: NDArray[np.float64]
    short: NDArray[np.float64]
    intercept: NDArray[np.float64]
    trees: Trees

    def explain_merit(self, features: Features) -> tuple[tuple[str, ...], NDArray[np.float64]]:
        """Give what each feature adds to the merit of each sentence.

        :return: names, and shape (n, len(names)); rows sum to the share of the wording that is expected to be kept.
        """
        many, short = many_origins(features.n_origins), short_budget(features.budget)
        scaled = (features.sentences - self.mean) / self.scale
        parts = scaled * (self.base + many * self.many + short * self.short)
        constant = float(self.intercept @ [1.0, many, short])
        # Rounded so that every processor chooses alike; sums of columns keep their order.
        columns = np.column_stack((np.full(len(parts), constant), parts))
        return ("any sentence", *SENTENCE_FEATURES), np.round(columns, 7)

    def expect(self, features: Features) -> NDArray[np.float64]:
        """Give for each concept the share of summaries expected to hold it; 0 for topics and figures, shape (m,)."""
        found = np.zeros(len(features.concepts.weights))
        found[features.expected] = np.maximum(np.round(self.trees.predict(features.of_concepts), 6), 0)
        return found

    def to_json(self) -> str:
        """Give the weights as JSON, features with their names."""
        rows = zip(SENTENCE_FEATURES, self.mean, self.scale, self.base, self.many, self.short, strict=True)
        linear = {
            name: dict(
                zip(("mean", "scale", "base", "many", "short"), (round(float(v), 7) for v in values), strict=True)
            )
            for name, *values in rows
        }
        given = {
            "format": FORMAT,
            "name": self.name,
            "sentences": linear,
            "intercept": [round(float(value), 7) for value in self.intercept],
            "concepts": list(CONCEPT_FEATURES),
            "trees": self.trees.to_dict(),
        }
        return json.dumps(given, ensure_ascii=False, separators=(",", ":")).replace('},"', '},\n"') + "\n"

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> SalienceModel:
        """Read weights.

        :raises ValueError: if they were fitted for other features, or have another shape.
        """
        if given.get("format") != FORMAT:
            raise ValueError(f"format {given.get('format')!r} is not {FORMAT}")
        if tuple(given["sentences"]) != SENTENCE_FEATURES or tuple(given["concepts"]) != CONCEPT_FEATURES:
            raise ValueError("they were fitted for other features")
        rows = given["sentences"].values()
        mean, scale, base, many, short = (
            np.array([row[key] for row in rows], dtype=np.float64) for key in ("mean", "scale", "base", "many", "short")
        )
        if not (scale > 0).all():
            raise ValueError("every scale must be above 0")
        intercept = np.array(given["intercept"], dtype=np.float64)
        if intercept.shape != (3,):
            raise ValueError("the intercept must have three values")
        trees = Trees.from_dict(given["trees"], len(CONCEPT_FEATURES))
        return cls(str(given["name"]), mean, scale, base, many, short, intercept, trees)


def many_origins(n_origins: int) -> float:
    """Give 0 for up to four origins, growing with the logarithm to 1 for sixty and more."""
    return float(np.clip(np.log(max(n_origins, 1) / 4) / np.log(15), 0, 1))


def short_budget(words: float) -> float:
    """Give exp(-words / 60): .61 for 30 words, .34 for 65, .08 for 150."""
    return float(np.exp(-words / 60))


@lru_cache(maxsize=16)
def _parse(text: str) -> SalienceModel:
    """Read weights; by content, so that a file written anew is read anew."""
    return SalienceModel.from_dict(json.loads(text))


def load_salience(path: str | None = None) -> SalienceModel:
    """Load fitted weights.

    :param path: a file that ``python -m summarizer.training salience`` wrote; None for the packaged one.
    :raises ModelError: if the file is missing or holds something else.
    """
    return _read(path) if path else _packaged()


@cache
def _packaged() -> SalienceModel:
    """Read the packaged weights, which nobody writes anew while the program runs, once."""
    return _read(None)


def _read(path: str | None) -> SalienceModel:
    source = Path(path) if path else files("summarizer.models") / PACKAGED / "weights.json"
    where = path or f"the packaged weights {PACKAGED}"
    try:
        return _parse(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(
            f"{where} cannot be read: {error.strerror or error}; "
            "weights are written by python -m summarizer.training salience"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{where} holds no salience weights ({error}); make them with: python -m summarizer.training salience"
        ) from error
