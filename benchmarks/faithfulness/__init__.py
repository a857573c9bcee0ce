"""What the gate of rewritten sentences catches, what it withholds wrongly, and how well its grade ranks.

Four measurements:

* mutations: true sentences of clusters, made false in one way each by :mod:`benchmarks.faithfulness.mutations`. A
  mutation counts as caught if :func:`summarizer.faithfulness.check` objects at all; beside it stands the share among
  those whose sentence passes before it is mutated, so that a gate that withholds everything gains nothing.
* faithful: true sentences in other words, by :mod:`benchmarks.faithfulness.paraphrases` and by the people who wrote
  the unions of two sentences.
* ranking: of two summary sentences the faithful one is to have the higher grade (``faithfulness_rank19``); grades of
  whole summaries against the share of people who call their sentences faithful (``faithfulness_qags_cnndm``).
* speed: milliseconds a candidate.

Clusters are put into two halves by a digest of their id: ``development`` was looked at while the gate was built,
``held_out`` was not.

    python -m benchmarks faithfulness --data FOLDER
"""

from __future__ import annotations

import hashlib
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any, Final

from benchmarks.data import read_lines
from benchmarks.faithfulness.mutations import MUTATIONS, Mutation, runs
from benchmarks.faithfulness.names import NAMES
from benchmarks.faithfulness.paraphrases import PARAPHRASES
from benchmarks.faithfulness.ranking import measure_correlation, measure_ranking
from summarizer.faithfulness import check
from summarizer.terms import count_words, tokenize

#: Sets that clusters are drawn from, and the share of their clusters.
SETS: Final = {
    "clusters_msrp": 1.0,
    "fusion_sentence_union_val": 1.0,
    "fusion_sentence_union_train": 0.5,
    "fusion_auto_neus_val": 1.0,
    "fusion_auto_neus_train": 0.5,
    "fusion_auto_multi_news_lower_val": 0.25,
}
HALVES: Final = ("development", "held_out")
#: Cases of one rule in one half.
MAX_CASES: Final = 160
#: Words of a sentence that is mutated or paraphrased: a whole one that the gate's length allows.
WORDS: Final = range(7, 46)
#: What is made false, with the rules for it. The last was added later, and is drawn apart, so that the cases of the
#: others stayed the same.
KINDS: Final[dict[str, dict[str, Mutation]]] = {**MUTATIONS, "name otherwise": NAMES}
#: What must be caught of a kind, and passed of the faithful; on the held-out half.
TARGETS: Final = {
    "number": 0.99,
    "name": 0.99,
    "date": 0.99,
    "quotation": 0.99,
    "negation": 0.9,
    "role": 0.7,
    "faithful": 0.8,
    "rank19": 0.75,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence to judge.

    :param kind: of mutation, or ``"faithful"``.
    :param rule: that made it.
    :param parent: the true sentence that it was made from.
    """

    half: str
    kind: str
    rule: str
    text: str
    parent: str
    sources: tuple[str, ...]


def half_of(identity: str) -> str:
    """Give the half of a cluster: by a digest, so that it never moves."""
    return HALVES[hashlib.sha256(identity.encode()).digest()[0] % 2]


def clusters(data: Path) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    """Give the id, the sentences, and the human union where there is one, of each cluster."""
    for name, share in SETS.items():
        for row in _rows(data, name):
            if hashlib.sha256(row["id"].encode()).digest()[1] >= 256 * share:
                continue
            sources = tuple(row.get("sentences") or row["inputs"])
            yield row["id"], sources, row["target"] if "sentence_union" in name else None


def _rows(data: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in read_lines(data, name)[1].decode("utf-8").splitlines() if line.strip()]


def make_cases(data: Path, *, seed: int = 1) -> list[Case]:
    """Make all cases, the same ones for the same data and seed; at most :data:`MAX_CASES` of a rule in a half."""
    drawn = sorted(clusters(data), key=lambda one: hashlib.sha256(f"{seed}{one[0]}".encode()).digest())
    pool = sorted(
        {
            match.group()
            for _, sources, _ in drawn[:400]
            for text in sources
            for match in runs(text)
            if " " in match.group()
        }
    )
    counts: Counter[tuple[str, str, str]] = Counter()
    cases = []
    for identity, sources, union in drawn:
        half, rng = half_of(identity), random.Random(f"{seed}{identity}")
        late = random.Random(f"{seed}{identity} late")
        found = (
            *_of_cluster(half, sources, union, pool, rng),
            *_mutated(half, "name otherwise", NAMES, sources, pool, late),
        )
        for case in found:
            place = (half, case.kind, case.rule)
            if counts[place] < MAX_CASES:
                counts[place] += 1
                cases.append(case)
    return cases


def _of_cluster(
    half: str, sources: tuple[str, ...], union: str | None, pool: Sequence[str], rng: random.Random
) -> Iterator[Case]:
    """Make one case of every rule that applies, of a sentence drawn for each."""
    supported = union is not None and _is_supported(union, sources)
    if union is not None and supported and is_whole(union):
        yield Case(half, "faithful", "human union", union, union, sources)
    for kind, rules in MUTATIONS.items():
        yield from _mutated(half, kind, rules, sources, pool, rng)
    whole = [text for text in sources if is_whole(text)]
    for rule, rephrase in PARAPHRASES.items():
        for parent in rng.sample(whole, len(whole)):
            text = rephrase(parent, sources, rng)
            if text and (text != parent or rule == "verbatim"):
                yield Case(half, "faithful", rule, text, parent, sources)
                break


def _mutated(
    half: str,
    kind: str,
    rules: Mapping[str, Mutation],
    sources: tuple[str, ...],
    pool: Sequence[str],
    rng: random.Random,
) -> Iterator[Case]:
    whole = [text for text in sources if is_whole(text)]
    for rule, mutate in rules.items():
        for parent in rng.sample(whole, len(whole)):
            text = mutate(parent, sources, pool, rng)
            if text and text not in sources and text != parent:
                yield Case(half, kind, rule, text, parent, sources)
                break


def is_whole(text: str) -> bool:
    """Tell whether a text is a sentence with a capital, an end, even quotation marks, and a length that may stand."""
    return (
        count_words(text) in WORDS
        and text[:1].isupper()
        and text[-1:] in ".!?"
        and text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
        and ". " not in text.replace("U.S. ", "")
    )


def _is_supported(union: str, sources: Sequence[str]) -> bool:
    """Tell whether every word of a human union is in a source."""
    return set(tokenize(union)) <= {word for source in sources for word in tokenize(source)}


# --- figures ---------------------------------------------------------------------------------------------------------


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927)."""
    if not n:
        return 0.0, 1.0
    z, share = 1.96, hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def share(hits: int, n: int) -> dict[str, Any]:
    """Give a share with its interval."""
    low, high = wilson(hits, n)
    return {"n": n, "share": round(hits / max(n, 1), 4), "low": round(low, 4), "high": round(high, 4)}


def judge(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Ask the gate of every case, and of the sentence that it was made from."""
    judged = []
    for case in cases:
        start = time.process_time()
        objections = check(case.text, case.sources)
        seconds = time.process_time() - start
        judged.append(
            {
                "case": case,
                "checks": [one.check for one in objections],
                "reasons": list(map(str, objections)),
                "seconds": seconds,
                "parent_passes": not check(case.parent, case.sources),
            }
        )
    return judged


def tabulate(judged: Sequence[dict[str, Any]], half: str) -> dict[str, Any]:
    """Give for one half what was caught of each kind and rule, what passed of the faithful, and what stopped it."""
    mine = [one for one in judged if one["case"].half == half]
    table: dict[str, Any] = {}
    for kind in (*KINDS, "faithful"):
        of_kind = [one for one in mine if one["case"].kind == kind]
        if kind == "faithful":
            table[kind] = _passed(of_kind) | {"by_rule": _by_rule(of_kind, _passed)}
            table[kind]["withheld_by"] = dict(
                Counter(check for one in of_kind for check in dict.fromkeys(one["checks"])).most_common()
            )
        else:
            table[kind] = _caught(of_kind) | {"by_rule": _by_rule(of_kind, _caught)}
    return table


def _caught(judged: Sequence[dict[str, Any]]) -> dict[str, Any]:
    passing = [one for one in judged if one["parent_passes"]]
    hits = sum(bool(one["checks"]) for one in passing)
    return share(sum(bool(one["checks"]) for one in judged), len(judged)) | {"true_before": share(hits, len(passing))}


def _passed(judged: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return share(sum(not one["checks"] for one in judged), len(judged))


def _by_rule(judged: Sequence[dict[str, Any]], figure: Any) -> dict[str, Any]:  # noqa: ANN401
    rules = dict.fromkeys(one["case"].rule for one in judged)
    return {rule: figure([one for one in judged if one["case"].rule == rule]) for rule in sorted(rules)}


def speed(judged: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Give milliseconds of processor time a candidate."""
    seconds = sorted(one["seconds"] for one in judged)
    return {
        "median_ms": round(1000 * statistics.median(seconds), 3),
        "p95_ms": round(1000 * seconds[int(0.95 * len(seconds))], 3),
    }


def measure(data: Path, *, seed: int = 1) -> dict[str, Any]:
    """Measure everything named above.

    :param data: folder with the files of :data:`SETS` and the two named ``faithfulness_*``.
    """
    judged = judge(make_cases(data, seed=seed))
    return {
        "seed": seed,
        "sets": SETS,
        "cases": Counter(f"{one['case'].half} {one['case'].kind}" for one in judged),
        **{half: tabulate(judged, half) for half in HALVES},
        "rank19": measure_ranking(data),
        "qags_cnndm": measure_correlation(data),
        "speed": speed(judged),
        "targets": TARGETS,
    }


def text(found: dict[str, Any]) -> str:
    """Give the figures as lines to read."""
    lines = []
    for half in HALVES:
        for kind, row in found[half].items():
            what = "passed" if kind == "faithful" else "caught"
            lines.append(
                f"{half} {kind}: {row['share']:.1%} of {row['n']} {what} [{row['low']:.1%}, {row['high']:.1%}]"
            )
    ranking, summaries = found["rank19"], found["qags_cnndm"]["summaries"]
    lines.append(f"rank19: {ranking['cross_validated']:.3f} cross-validated {ranking['interval']}")
    lines += [f"  {name}: {row['accuracy']:.3f} {row['interval']}" for name, row in ranking["baselines"].items()]
    lines += [
        f"qags_cnndm {name}: Pearson {row['pearson']:.3f}, Spearman {row['spearman']:.3f}"
        for name, row in summaries.items()
        if name != "n"
    ]
    lines.append(
        f"{found['speed']['median_ms']} ms a candidate in the median, {found['speed']['p95_ms']} at the 95th %"
    )
    return "\n".join(lines)


def missed(found: dict[str, Any]) -> list[str]:
    """Name the targets that the held-out half, or the ranking, does not reach."""
    reached = {kind: row["share"] for kind, row in found["held_out"].items()}
    reached["rank19"] = found["rank19"]["cross_validated"]
    return [
        f"{kind}: {reached[kind]:.4f}, wanted {target}" for kind, target in TARGETS.items() if reached[kind] < target
    ]
