"""ROUGE of summaries against references, by Google's rouge-score, with intervals and a signature.

A thin layer: the numbers of one pair are rouge-score's, bit for bit. What it adds is what a figure needs before it can
be compared with another one: sentences split the same way on both sides for ROUGE-Lsum, several references, bootstrap
intervals, and one line that names every setting. Needs the extra ``rouge``.

What rouge-score counts as a word is a run of a-z and 0-9 after lower-casing; letters of other scripts, and letters with
accents, count as spaces. A reference in which it finds no word is an error here, not a silent zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import ConfigError, InputError, MissingExtraError
from summarizer.rouge_files import read_pairs
from summarizer.version import __version__

METRICS: Final = ("rouge1", "rouge2", "rougeL", "rougeLsum")

_KNOWN_METRIC: Final = re.compile(r"rouge([1-9]|L|Lsum)")
_COUNTED: Final = re.compile(r"[a-z0-9]")
#: Cells of one block of resampled counts: 1 M int64 are 8 MB.
_BLOCK_CELLS: Final = 1_000_000
_PARTS: Final = ("precision", "recall", "fmeasure")


@dataclass(frozen=True, slots=True)
class RougeScore:
    """Precision, recall and F of one prediction, each in [0, 1]; the mean over its references if it has several."""

    precision: float
    recall: float
    fmeasure: float


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean in [0, 1] with the percentile bootstrap interval around it."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MetricScores:
    """One metric over all predictions."""

    precision: Interval
    recall: Interval
    fmeasure: Interval


@dataclass(frozen=True, slots=True)
class RougeReport:
    """What :func:`score` found; ``report["rouge2"].fmeasure.mean`` is a number, ``str(report)`` a table.

    :param metrics: by name, in the order asked for.
    :param items: the scores of each prediction, in the order given.
    :param signature: one line that names every setting that moves the numbers, after sacreBLEU.
    :param confidence: of the intervals, in (0, 1).
    :param n_empty: predictions without a word that counts; they score 0.
    :param ids: names of the predictions, when they came from files that name them.
    """

    metrics: Mapping[str, MetricScores]
    items: tuple[Mapping[str, RougeScore], ...]
    signature: str
    confidence: float
    n_empty: int = 0
    ids: tuple[str, ...] = ()

    def __getitem__(self, metric: str) -> MetricScores:
        return self.metrics[metric]

    def __str__(self) -> str:
        return self.to_table()

    def to_table(self) -> str:
        """Give the means as a table in percent, F with its interval, the signature below."""
        width = max(len(name) for name in self.metrics)
        head = f"{'':{width}}  precision  recall  fmeasure  [{self.confidence * 100:g} %]"
        lines = [head]
        for name, metric in self.metrics.items():
            f = metric.fmeasure
            lines.append(
                f"{name:{width}}  {metric.precision.mean * 100:9.2f}  {metric.recall.mean * 100:6.2f}"
                f"  {f.mean * 100:8.2f}  [{f.low * 100:.2f}, {f.high * 100:.2f}]"
            )
        if self.n_empty:
            lines.append(f"{self.n_empty} of {len(self.items)} predictions are empty and score 0")
        return "\n".join([*lines, self.signature])

    def to_dict(self, *, items: bool = True) -> dict[str, Any]:
        """Give the report as plain numbers in [0, 1], ready for JSON.

        :param items: whether to include the scores of each prediction.
        """
        metrics = {
            name: {part: asdict(getattr(metric, part)) for part in _PARTS} for name, metric in self.metrics.items()
        }
        found: dict[str, Any] = {
            "signature": self.signature,
            "n": len(self.items),
            "n_empty": self.n_empty,
            "confidence": self.confidence,
            "metrics": metrics,
        }
        if items:
            found["items"] = [
                ({"id": self.ids[i]} if self.ids else {}) | {name: asdict(value) for name, value in item.items()}
                for i, item in enumerate(self.items)
            ]
        return found


def score(
    predictions: Sequence[str],
    references: Sequence[str | Sequence[str]],
    *,
    metrics: Sequence[str] = METRICS,
    stemmer: bool = True,
    split_sentences: bool = True,
    n_resamples: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
    groups: Sequence[Hashable] | None = None,
) -> RougeReport:
    """Score summaries against one or more references each.

    With several references the precision, the recall and the F of a prediction are each the mean over the references,
    not those of the best one: the mean does not grow with the number of references. rougeLsum compares sentences, which
    rouge-score finds at line ends; a text on one line is therefore split by sentencex first, on either side, as
    otherwise rougeLsum would silently be rougeL.

    An empty prediction scores 0 and is counted in the report. An empty reference is an error.

    :param predictions: n texts.
    :param references: n texts, or n sequences of texts.
    :param metrics: any of ``rouge1`` … ``rouge9``, ``rougeL``, ``rougeLsum``.
    :param stemmer: whether words of more than three letters are compared by their Porter stem.
    :param split_sentences: whether a text without a line end is split into sentences for rougeLsum.
    :param n_resamples: bootstrap samples behind the intervals, at least 1.
    :param seed: of the bootstrap.
    :param confidence: of the intervals, in (0, 1).
    :param groups: n labels; predictions with one label are resampled together, for example those of one event. Without
        them each prediction stands alone.
    :raises ConfigError: if a setting is outside its range.
    :raises InputError: if the lengths differ, nothing is given, or a reference is empty.
    :raises MissingExtraError: if rouge-score is not installed.

    O(n * words²) for rougeL and rougeLsum. Lin (2004), aclanthology.org/W04-1013
    """
    _check_settings(metrics, n_resamples, confidence)
    wanted = _aligned(predictions, references)
    if groups is not None and len(groups) != len(wanted):
        raise InputError(f"{len(wanted)} predictions but {len(groups)} groups: give one label a prediction")
    score_pair = _pair_scorer(tuple(metrics), stemmer)
    prepare = _one_sentence_a_line if split_sentences and "rougeLsum" in metrics else str
    items = tuple(
        _mean_scores([score_pair(prepare(reference), prepare(prediction)) for reference in several])
        for prediction, several in zip(predictions, wanted, strict=True)
    )
    values = np.array([[getattr(item[name], part) for name in metrics for part in _PARTS] for item in items])
    intervals = iter(_intervals(values, groups, n_resamples, seed, confidence))
    return RougeReport(
        metrics={name: MetricScores(next(intervals), next(intervals), next(intervals)) for name in metrics},
        items=items,
        signature=_signature(wanted, stemmer, split_sentences, n_resamples, seed, confidence, groups),
        confidence=confidence,
        n_empty=sum(not _COUNTED.search(prediction.lower()) for prediction in predictions),
    )


def score_files(
    predictions: Path,
    references: Sequence[Path],
    *,
    whole_files: bool = False,
    metrics: Sequence[str] = METRICS,
    stemmer: bool = True,
    split_sentences: bool = True,
    n_resamples: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
) -> RougeReport:
    """Score summaries in files against references in files.

    Three layouts, found by what the paths are, and free to differ between the two sides:

    - a folder: each file one text; files of equal name belong together, hidden files and subfolders are left out;
    - JSON lines (``.jsonl``, ``.jsonl.gz``): the text under ``prediction``, ``summary`` or ``text``, that of a
      reference under ``references`` (a list), ``reference``, ``summary`` or ``text``; rows are matched by ``id`` when
      all of both sides have one, else in order;
    - any other file: one text a line, matched in order; an empty line among the predictions is an empty prediction.

    :param predictions: file or folder.
    :param references: one or more files or folders; each adds references to every prediction.
    :param whole_files: whether a file in the third layout is one text instead of one a line.
    :raises ReadingError: if a file cannot be read, naming it and the line.
    :raises InputError: if the two sides do not fit together, naming what is missing.

    The other parameters are those of :func:`score`.
    """
    ids, texts, several = read_pairs(predictions, references, whole_files=whole_files)
    report = score(
        texts,
        several,
        metrics=metrics,
        stemmer=stemmer,
        split_sentences=split_sentences,
        n_resamples=n_resamples,
        seed=seed,
        confidence=confidence,
    )
    return replace(report, ids=ids)


def resample_means(
    values: NDArray[np.float64], *, groups: Sequence[Hashable] | None = None, n_resamples: int = 1000, seed: int = 0
) -> NDArray[np.float64]:
    """Draw bootstrap means: rows, or groups of rows, with replacement.

    :param values: shape (n, m), a row a prediction.
    :param groups: n labels; rows with one label are drawn together. None: each row alone.
    :param n_resamples: number of samples.
    :param seed: of the generator; the same seed draws the same rows whatever the values, so that systems can be paired.
    :return: shape (n_resamples, m). O(n_resamples * n * m), memory bounded. Efron (1979), doi:10.1214/aos/1176344552
    """
    labels: dict[Hashable, int] = {}
    owner = np.array([labels.setdefault(label, len(labels)) for label in (groups or range(len(values)))])
    n = len(labels)
    sums = np.stack([np.bincount(owner, weights=column, minlength=n) for column in values.T], axis=1)
    sizes = np.bincount(owner, minlength=n)
    generator = np.random.default_rng(seed)
    step = max(1, _BLOCK_CELLS // n)
    blocks = []
    for first in range(0, n_resamples, step):
        rows = min(step, n_resamples - first)
        drawn = generator.integers(n, size=(rows, n)) + np.arange(rows)[:, None] * n
        times = np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n)
        # einsum and not @: BLAS adds in an order that depends on the number of threads.
        blocks.append(np.einsum("rn,nm->rm", times.astype(float), sums) / (times @ sizes)[:, None])
    return np.concatenate(blocks)


def _intervals(
    values: NDArray[np.float64], groups: Sequence[Hashable] | None, n_resamples: int, seed: int, confidence: float
) -> list[Interval]:
    means = resample_means(values, groups=groups, n_resamples=n_resamples, seed=seed)
    low, high = np.quantile(means, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return [Interval(*map(float, triple)) for triple in zip(values.mean(axis=0), low, high, strict=True)]


def _check_settings(metrics: Sequence[str], n_resamples: int, confidence: float) -> None:
    if isinstance(metrics, str) or not metrics:
        raise ConfigError(f"metrics must be a sequence of names such as {METRICS}, not {metrics!r}")
    for name in metrics:
        if not _KNOWN_METRIC.fullmatch(name):
            raise ConfigError(f"unknown metric {name!r}; choose rouge1 to rouge9, rougeL or rougeLsum")
    if n_resamples < 1:
        raise ConfigError(f"n_resamples must be at least 1, not {n_resamples!r}")
    if not 0 < confidence < 1:
        raise ConfigError(f"confidence must lie between 0 and 1, both excluded, not {confidence!r}")


def _aligned(predictions: Sequence[str], references: Sequence[str | Sequence[str]]) -> list[list[str]]:
    """Check the two sides against each other and give the references as lists."""
    for name, side in (("predictions", predictions), ("references", references)):
        if isinstance(side, str):
            raise InputError(f"{name} must be a sequence of texts, not one text: put it in a list")
    if len(predictions) != len(references):
        raise InputError(
            f"{len(predictions)} predictions but {len(references)} references: give one entry a prediction"
        )
    if not predictions:
        raise InputError("there is nothing to score: no predictions were given")
    wanted = [[several] if isinstance(several, str) else list(several) for several in references]
    for i, several in enumerate(wanted):
        if not several:
            raise InputError(f"prediction {i} has no reference: remove it, or give at least one")
        for text in several:
            if not _COUNTED.search(text.lower()):
                raise InputError(
                    f"a reference of prediction {i} has no word that ROUGE counts (runs of a-z and 0-9): {text[:60]!r}"
                )
    return wanted


def _pair_scorer(metrics: tuple[str, ...], stemmer: bool) -> Callable[[str, str], Mapping[str, Any]]:
    try:
        from rouge_score.rouge_scorer import RougeScorer
        from rouge_score.tokenize import tokenize
        from rouge_score.tokenizers import porter
    except ImportError as error:
        raise MissingExtraError("scoring with ROUGE", "rouge") from error

    class Tokenizer:
        """rouge-score's own tokenizer; half of its time is stemming the same words again."""

        def __init__(self) -> None:
            self.stem = lru_cache(maxsize=100_000)(porter.PorterStemmer().stem)

        def tokenize(self, text: str) -> list[str]:
            return list(tokenize(text, self if stemmer else None))

    found: Callable[[str, str], Mapping[str, Any]] = RougeScorer(list(metrics), tokenizer=Tokenizer()).score
    return found


def _mean_scores(found: Sequence[Mapping[str, Any]]) -> Mapping[str, RougeScore]:
    return {
        name: RougeScore(*(float(sum(getattr(one[name], part) for one in found) / len(found)) for part in _PARTS))
        for name in found[0]
    }


def _one_sentence_a_line(text: str) -> str:
    if "\n" in text:
        return text
    from sentencex import segment

    # A lone surrogate cannot cross into sentencex, and is no letter to ROUGE either.
    return "\n".join(segment("en", text.encode("utf-8", "replace").decode("utf-8")))


def _signature(
    wanted: Sequence[Sequence[str]],
    stemmer: bool,
    split_sentences: bool,
    n_resamples: int,
    seed: int,
    confidence: float,
    groups: Sequence[Hashable] | None,
) -> str:
    fewest, most = min(map(len, wanted)), max(map(len, wanted))
    parts = [
        "rouge",
        f"stem:{'yes' if stemmer else 'no'}",
        "lsum:newline" + (f"+sentencex-{version('sentencex')}" if split_sentences else ""),
        f"refs:{'1' if most == 1 else f'mean@{most}' if fewest == most else f'mean@{fewest}-{most}'}",
        f"n:{len(wanted)}",
        *([f"groups:{len(set(groups))}"] if groups is not None else []),
        f"boot:{n_resamples}@{confidence * 100:g}",
        f"seed:{seed}",
        f"rouge-score:{version('rouge-score')}",
        f"v:{__version__}",
    ]
    return "|".join(parts)
