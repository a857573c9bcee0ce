"""What a rewriter does to whole briefings: how much is rewritten or withheld and why, and what a reader has of it.

Each cluster is summarized once, with the rewriter. The briefing without it is known from the same summary, because the
first support of every statement is the sentence that was chosen, word for word: so all comparisons are in pairs, and
what differs is the wording alone.

    python -m benchmarks briefings --data FOLDER
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean, median
from time import perf_counter
from typing import Any, Final

from benchmarks.data import Article, DataSet, NewsCluster, load
from benchmarks.held_out import held_out_weights
from benchmarks.measures import Measures, measure_text
from benchmarks.significance import Difference, paired_bootstrap
from benchmarks.speed import describe_ratio, read_seeds, time_in_turn
from benchmarks.systems import versions
from summarizer import Summary, summarize
from summarizer.protocols import Entailment, Rewriter
from summarizer.rouge import METRICS, score
from summarizer.terms import count_words

SET: Final = "multi_news_val"
N_CLUSTERS: Final = 60
#: Seconds that the packaged rewriter may add to the briefing of the seeds, its model loaded.
MAX_ADDED: Final = 5.0
_OUTCOMES: Final = ("rewritten", "withheld", "kept", "unchanged", "single")
_SEED_WORDS: Final = 150
_VOWELS: Final = re.compile(r"[aeiouy]+")
_LETTERS: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")


@dataclass
class TimedRewriter:
    """A rewriter that adds up the time spent in it."""

    inner: Rewriter
    seconds: float = 0.0
    clusters: int = 0

    @property
    def name(self) -> str:
        """The name of the rewriter inside."""
        return self.inner.name

    def rewrite(self, clusters: Sequence[Sequence[str]], /) -> Sequence[Sequence[str]]:
        """Rewrite, and note how long it took."""
        begin = perf_counter()
        try:
            return [list(drafts) for drafts in self.inner.rewrite(clusters)]
        finally:
            self.seconds += perf_counter() - begin
            self.clusters += len(clusters)


class ShortestSource:
    """The rewriter to beat: it copies the shortest sentence of a cluster."""

    name = "shortest-source"

    def rewrite(self, clusters: Sequence[Sequence[str]], /) -> Sequence[Sequence[str]]:
        """Offer the shortest sentence of each cluster, the first of equals."""
        return [[min(cluster, key=count_words)] for cluster in clusters]


def flesch(sentences: Sequence[str]) -> float:
    """Give the reading ease of English sentences: about 0 is hard, 100 easy; news has 40 to 60.

    Syllables are runs of vowels, a silent last "e" left out.

    Flesch (1948), A new readability yardstick, doi:10.1037/h0057532
    """
    words = [word for sentence in sentences for word in _LETTERS.findall(sentence.lower().replace("’", "'"))]
    if not words:
        return 0.0
    syllables = sum(
        max(1, len(_VOWELS.findall(word)) - (word.endswith("e") and not word.endswith("le"))) for word in words
    )
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)


def measure_briefings(
    data: Path,
    rewriter: Rewriter,
    *,
    limit: int = N_CLUSTERS,
    seed: int = 0,
    repeats: int = 5,
    entailment: Entailment | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> dict[str, Any]:
    """Measure a rewriter on clusters of :data:`SET` and on the seeds.

    :param data: folder of :func:`benchmarks.data.data_folder`.
    :param rewriter: loaded already.
    :param limit: clusters, drawn by ``seed``.
    :param repeats: rounds of the timing on the seeds.
    :param entailment: asked last about each draft, if given.
    :param tell: told what is done.
    :return: numbers only, no texts.
    """
    whole = load(data, SET)
    drawn = random.Random(seed).sample(range(len(whole.clusters)), min(limit, len(whole.clusters)))
    news = replace(whole, clusters=tuple(whole.clusters[i] for i in sorted(drawn)))
    timed = TimedRewriter(rewriter)
    seeds = NewsCluster("seeds", tuple(map(Article, read_seeds())), ("",), "seeds")
    made = []
    for number, cluster in enumerate(news.clusters, 1):
        made.append(_brief(cluster, news.budget, timed, entailment))
        tell(f"{number} of {len(news.clusters)}")
    found = _compare(news.clusters, made, seed=seed) | _scores(news, made, seed=seed)
    of_news = {"set": SET, "sha256": whole.sha256, "drawn_by_seed": seed, "budget_words": whole.budget} | found
    of_news["rewriter_seconds"] = {
        "a_briefing": timed.seconds / max(len(made), 1),
        "a_cluster": timed.seconds / max(timed.clusters, 1),
        "clusters": timed.clusters,
    }
    summary = _brief(seeds, _SEED_WORDS, timed, entailment)
    of_seeds = {"budget_words": _SEED_WORDS} | _compare([seeds], [summary], seed=seed)
    of_seeds["title"] = summary.rewriting.title.status if summary.rewriting else None
    of_seeds["time"] = _time(seeds, rewriter, entailment, repeats)
    return {
        "rewriter": rewriter.name,
        "entailment": entailment.name if entailment else None,
        "versions": versions(),
        "multi_news": of_news,
        "seeds": of_seeds,
        "target": {"max_added_seconds": MAX_ADDED},
    }


def missed(found: Mapping[str, Any]) -> list[str]:
    """Name the targets that were not met."""
    added = found["seeds"]["time"]["added_seconds"]
    return (
        [f"{added:.1f} s added to the briefing of the seeds: at most {MAX_ADDED:g} wanted"] if added > MAX_ADDED else []
    )


def text(found: Mapping[str, Any]) -> str:
    """Say the most important of it in a few lines."""
    lines = [f"rewriter {found['rewriter']}"]
    for name in ("multi_news", "seeds"):
        part = found[name]
        shares = ", ".join(f"{outcome} {number}" for outcome, number in part["outcomes"].items())
        lines.append(f"{name}: {part['briefings']} briefings, {part['statements']} statements: {shares}")
        lines.append(f"  objections: {', '.join(f'{check} {n}' for check, n in part['objections'].items()) or 'none'}")
        for measure, row in (part["measures"] | part.get("rouge", {})).items():
            change = row["change"]
            interval = f" [{change['low']:+.4g}, {change['high']:+.4g}]" if "low" in change else ""
            lines.append(f"  {measure}: {row['before']:.4g} -> {row['after']:.4g} ({change['mean']:+.4g}{interval})")
    time = found["seeds"]["time"]
    lines.append(f"time of the seeds: {time['without_seconds']:.2f} s, with {time['with_seconds']:.2f} s")
    return "\n".join(lines)


def _brief(cluster: NewsCluster, words: int, rewriter: Rewriter | None, entailment: Entailment | None) -> Summary:
    return summarize(
        [document.as_input() for document in cluster.documents],
        max_words=words,
        salience_weights=held_out_weights(cluster.id),
        rewrite=rewriter,
        entailment=entailment,
    )


def _before(summary: Summary) -> list[str]:
    return [statement.support[0].text for statement in summary.statements]


def _after(summary: Summary) -> list[str]:
    return [statement.text for statement in summary.statements]


def _compare(clusters: Sequence[NewsCluster], made: Sequence[Summary], *, seed: int) -> dict[str, Any]:
    """Count outcomes and objections, and compare what is measured on the text alone."""
    outcomes: Counter[str] = Counter()
    objections: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    for summary in made:
        rewriting = summary.rewriting
        if rewriting is not None:
            outcomes.update({name: getattr(rewriting, name) for name in _OUTCOMES})
            objections.update(rewriting.objections)
            titles[rewriting.title.status] += 1
    rewritten = [statement for summary in made for statement in summary.statements if statement.kind == "rewrite"]
    total, open_ = sum(outcomes.values()), sum(outcomes[name] for name in ("rewritten", "withheld", "unchanged"))
    saved = sum(count_words(one.support[0].text) - count_words(one.text) for one in rewritten)
    before = [_measure(cluster, _before(summary)) for cluster, summary in zip(clusters, made, strict=True)]
    after = [_measure(cluster, _after(summary)) for cluster, summary in zip(clusters, made, strict=True)]
    return {
        "briefings": len(made),
        "statements": total,
        "outcomes": {name: outcomes[name] for name in _OUTCOMES},
        "rewritten_of_all": outcomes["rewritten"] / max(total, 1),
        "rewritten_of_asked": outcomes["rewritten"] / max(open_, 1),
        "copies_of_another_source": sum(_is_copy(one.text, one.support) for one in rewritten),
        "objections": dict(sorted(objections.items(), key=lambda row: (-row[1], row[0]))),
        "titles": dict(sorted(titles.items())),
        "failed_calls": sum(any("rewriter failed" in warning for warning in summary.warnings) for summary in made),
        "words_saved": {"all": saved, "a_rewrite": saved / max(len(rewritten), 1)},
        "measures": {
            name: _paired([row[name] for row in before], [row[name] for row in after], seed) for name in before[0]
        },
    }


def _is_copy(sentence: str, support: Sequence[Any]) -> bool:
    return any(sentence == place.text for place in support)


def _measure(cluster: NewsCluster, sentences: Sequence[str]) -> dict[str, float]:
    """Give what a reader has of a text: its length, its ease, and how much it repeats itself and points at nothing."""
    found: Measures = measure_text(cluster, sentences)
    return {
        "words": float(found.words),
        "words_a_sentence": found.words / max(found.sentences, 1),
        "flesch": flesch(sentences),
        "overlap": found.overlap,
        "near_duplicate_pairs": found.near_duplicates / max(found.pairs, 1),
        "orphan_openers": found.orphans / max(found.sentences, 1),
        "copied_words": found.coverage,
        "copied_run": found.density,
    }


def _paired(before: Sequence[float], after: Sequence[float], seed: int) -> dict[str, Any]:
    """Give both means and the mean difference, with its interval where there is more than one pair."""
    change: dict[str, float] = {"mean": fmean(after) - fmean(before)}
    if len(before) > 1:
        found: Difference = paired_bootstrap(after, before, seed=seed)
        change |= {"low": found.low, "high": found.high}
    return {"before": fmean(before), "after": fmean(after), "change": change}


def _scores(data: DataSet, made: Sequence[Summary], *, seed: int) -> dict[str, Any]:
    """Compare ROUGE against the references, in points."""
    references = [cluster.references for cluster in data.clusters]
    before, after = (score(["\n".join(texts(s)) for s in made], references, seed=seed) for texts in (_before, _after))
    pairs = {
        metric: [[100 * item[metric].fmeasure for item in report.items] for report in (before, after)]
        for metric in METRICS
    }
    return {
        "rouge_signature": before.signature,
        "rouge": {metric: _paired(old, new, seed) for metric, (old, new) in pairs.items()},
    }


def _time(cluster: NewsCluster, rewriter: Rewriter, entailment: Entailment | None, repeats: int) -> dict[str, Any]:
    """Time the briefing with and without, in turn, all models loaded."""

    def run(with_: Rewriter | None) -> Callable[[], object]:
        return lambda: _brief(cluster, _SEED_WORDS, with_, entailment)

    slow, fast = time_in_turn(run(rewriter), run(None), repeats)
    added = [a - b for a, b in zip(slow, fast, strict=True)]
    return {
        "repeats": repeats,
        "without_seconds": median(fast),
        "with_seconds": median(slow),
        "added_seconds": median(added),
        "ratio": describe_ratio(slow, fast),
    }
