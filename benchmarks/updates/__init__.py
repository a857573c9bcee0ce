"""How well new articles are told from what was known, on made streams and on real ones.

* paraphrases: of half of the MSRP groups one sentence is known; the others of the group, which say the same, arrive
  with sentences of the other groups, which are news.
* copies: articles arrive again with up to half of their sentences cut; none of it is new.
* planted: numbers and names that no article has are put into copies of known articles; each must be found, and its
  sentence be new.
* revised: one figure of a copied article reads otherwise; the correction must show both.
* days: dated updates of three events, a day at a time. Of what was called new a part was read by hand, of what was
  called known all; both are in ``results/update_labels.json`` under digests: "repeat" says what an earlier day said.

    python -m benchmarks updates --data FOLDER
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.data import REPOSITORY, load, read_lines, split_sentences
from benchmarks.updates.costs import measure_costs
from summarizer import Document, Summary, SummaryConfig, preparation
from summarizer.comparison import compare
from summarizer.datatypes import Budget
from summarizer.findings import Update
from summarizer.material import Material
from summarizer.updates import Novelty, State, find_new, make_state, make_update
from summarizer.updates.figures import read_figures

LABELS: Final = REPOSITORY / "benchmarks" / "results" / "update_labels.json"
FIRST: Final = (
    "Abelard Branimir Cordula Dragomir Eskil Fenna Gudrun Halvard Ilse Jorunn Kasimir Ludmila Magnhild Njord Ottilie "
    "Perpetua Quirin Ragnhild Sunniva Torvald".split()
)
LAST: Final = (
    "Aldgård Brzozowski Castellanos-Ruiz Dvorczak Enkhbayar Fjellheim Gyllensten Hrubesch Iyerangar Juodvalkis "
    "Krzeminska Lindqvisten Mbekwane Ngcobomi Oyarzabal Pwystlacek Qureshimov Rautavaaran Szczepanek "
    "Tvardovskaya".split()
)
_NAME: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]+(?= [a-z])")
_WHOLE: Final = re.compile(r"(?<![\w.,$£€-])\d{1,3}(?= [a-z]{4,})")

#: What the streams must reach; see :func:`missed`.
MAX_REPEATS: Final = 0.02


def measure(data: Path, *, n: int = 120, seed: int = 0, costs: bool = True) -> dict[str, Any]:
    """Measure all streams.

    :param data: folder with ``clusters_msrp``, ``multi_news_val`` and ``background_train``.
    :param n: articles that are copied and planted in.
    :param seed: of what is chosen and made.
    :param costs: whether to time runs too, a minute.
    """
    _, lines = read_lines(data, "clusters_msrp")
    groups = [json.loads(line)["sentences"] for line in lines.decode("utf-8").splitlines()]
    articles = [one.text for cluster in load(data, "multi_news_val").clusters for one in cluster.documents]
    articles = [text for text in articles if 120 <= len(text.split()) <= 900]
    chance = random.Random(seed)
    chosen = chance.sample(articles, n)
    found = {
        "paraphrases": measure_paraphrases(groups),
        "copies": measure_copies(chosen, chance),
        "planted": measure_planted(chosen, chance),
        "revised": measure_revised(chosen, chance),
        "days": measure_days(data),
    }
    return {**found, "costs": measure_costs(articles, seed=seed)} if costs else found


def read(texts: Iterable[str], day: str, name: str = "d") -> Material:
    """Give the material of articles of one day."""
    config = SummaryConfig(keep_other_events=True)
    documents = [Document(text, id=f"{name}{number:04}", published=day) for number, text in enumerate(texts)]
    prepared = preparation.prepare_documents(documents, config, preparation.silent)
    sentences = preparation.split_documents(prepared, config, [], preparation.silent)
    return preparation.compare_sentences(prepared, sentences, config, None, preparation.silent)


def remember(material: Material, earlier: State | None = None) -> State:
    """Make the state after a briefing without statements."""
    return make_state(Summary((), material.documents, (), Budget("words", 1), "benchmark"), material, earlier)


def measure_paraphrases(groups: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Count known sentences in other words that are called new, beside real news."""
    state = remember(read([group[0] for group in groups[::2]], "2025-06-09"))
    day = [text for group in groups[::2] for text in group[1:]]
    repeats = set(day)
    material = read([*day, *(group[0] for group in groups[1::2])], "2025-06-10", "n")
    novelty = find_new(material, state)
    pairs = list(zip((sentence.text for sentence in material.sentences), novelty.reasons, strict=True))
    told = Counter((text in repeats, reason) for text, reason in pairs)
    n_new = sum(count for (_, reason), count in told.items() if reason not in ("known", "slight"))
    return {
        "repeats": sum(count for (repeat, _), count in told.items() if repeat),
        "news": sum(count for (repeat, _), count in told.items() if not repeat),
        "repeats_with_new_figure_or_name": told[True, "figure"] + told[True, "name"],
        "repeats_called_new": told[True, "statement"],
        "news_called_known": told[False, "known"] + told[False, "slight"],
        "share_of_new_that_repeats": round(told[True, "statement"] / max(n_new, 1), 4),
    }


def measure_copies(texts: Sequence[str], chance: random.Random) -> dict[str, Any]:
    """Count the sentences of cut copies that are called new."""
    state = remember(read(texts, "2025-06-09"))
    cut = []
    for text in texts:
        sentences = split_sentences(text)
        kept = sorted(chance.sample(range(len(sentences)), max(3, round(len(sentences) * chance.uniform(0.5, 1)))))
        cut.append("\n".join(sentences[place] for place in kept if place < len(sentences)))
    novelty = find_new(read(cut, "2025-06-10", "n"), state)
    return {
        "copies": len(cut),
        "recognised": len(novelty.copies),
        "sentences": len(novelty.reasons),
        "called_new": int(novelty.eligible.sum()),
    }


def measure_planted(texts: Sequence[str], chance: random.Random) -> dict[str, Any]:
    """Count planted numbers and names that are found, and whether their sentences are new."""
    state = remember(read(texts, "2025-06-09"))
    held = " ".join(texts)
    planted: dict[str, list[str]] = {"numbers": [], "names": [], "surnames that open a sentence": []}
    changed = []
    for number, text in enumerate(texts):
        value = next(value for value in iter(lambda: str(chance.randint(101, 98_765)), "") if value not in held)
        name = f"{FIRST[number % len(FIRST)]} {LAST[(number * 7 + number // 20) % len(LAST)]}"
        lone = f"{LAST[number % len(LAST)].split('-')[0]}{chance.choice(['sen', 'ova', 'ic', 'ura', 'ez'])}"
        sentences = split_sentences(text)
        _change(sentences, _WHOLE, value, planted["numbers"], chance)
        _change(sentences, _NAME, name, planted["names"], chance)
        sentences.append(f"{lone} {chance.choice(['denied', 'welcomed', 'signed'])} the plan at the time.")
        planted["surnames that open a sentence"].append(lone)
        changed.append("\n".join(sentences))
    material = read(changed, "2025-06-10", "n")
    changes = update(material, state)
    listed = {"numbers": changes.figures, "names": changes.names, "surnames that open a sentence": changes.names}
    new = " ".join(place.text for place in changes.new)
    usable = " ".join(sentence.text for sentence in material.sentences)  # bylines and captions are left out
    return {
        kind: {
            "planted": sum(word in usable for word in words),
            "listed": sum(any(word in place.text for place in listed[kind]) for word in words),
            "in_new": sum(word in new for word in words),
        }
        for kind, words in planted.items()
    }


def measure_revised(texts: Sequence[str], chance: random.Random) -> dict[str, Any]:
    """Count revised figures that are found with both values, and corrections in unchanged copies."""
    state = remember(read(texts, "2025-06-09"))
    revised: list[tuple[str, str]] = []
    changed = []
    for text in texts:
        sentences = split_sentences(text)
        places = [(place, match) for place, one in enumerate(sentences) for match in _WHOLE.finditer(one)]
        if not places:
            continue
        place, match = chance.choice(places)
        old = match.group()
        value = str(round(int(old) * chance.choice([0.6, 1.4, 2.2])) + 3)
        one = sentences[place]
        quantity = next((f for f in read_figures(one) if f.start <= match.start() < f.end), None)
        if quantity is None or quantity.quantity is None or not quantity.quantity.unit.name:
            continue
        sentences[place] = one[: match.start()] + value + one[match.end() :]
        revised.append((old, value))
        changed.append("\n".join(sentences))
    corrected = update(read(changed, "2025-06-10", "n"), state).corrected
    shown = [
        ({value.place.text for value in one.sides[0].values}, {v.place.text for s in one.sides[1:] for v in s.values})
        for one in corrected
    ]
    hit = sum(any(_holds(before, old) and _holds(after, new) for before, after in shown) for old, new in revised)
    unchanged = update(read(texts, "2025-06-10", "n"), state)
    return {
        "revised": len(revised),
        "found": hit,
        "corrections": len(corrected),
        "in_unchanged_copies": len(unchanged.corrected),
    }


def _holds(places: Iterable[str], number: str) -> bool:
    return any(re.search(rf"\b{number}\b", place) for place in places)


def measure_days(data: Path) -> dict[str, Any]:
    """Follow three events day by day, and count by hand-read labels what is called new and repeats the old.

    The share that repeats is of all that is called new: what one rule or another called known was read whole ("near"),
    of the rest 100 sentences drawn by chance.
    """
    labels: dict[str, str] = json.loads(LABELS.read_text("utf-8")) if LABELS.is_file() else {}
    counts: Counter[str] = Counter()
    called_new: Counter[str] = Counter()
    called_known: Counter[str] = Counter()
    corrections = 0
    for novelty in follow_days(data):
        corrections += len(make_update(novelty, [1.0] * len(novelty.reasons), compare=compare).corrected)
        for sentence, reason in zip(novelty.material.sentences, novelty.reasons, strict=True):
            counts[reason] += 1
            label = labels.get(digest(sentence.text), "")
            (called_known if reason in ("known", "slight") else called_new)[label] += 1
    drawn = called_new["new"] + called_new["repeat"]
    near = called_new["near new"] + called_new["near repeat"]
    n = called_new.total()
    repeats = called_new["near repeat"] + called_new["repeat"] / max(drawn, 1) * (n - near)
    return {
        "sentences": dict(sorted(counts.items())),
        "called_new": n,
        "read_by_hand": {"drawn": drawn, "repeats": called_new["repeat"]},
        "near": {"called_new": near, "repeats": called_new["near repeat"]},
        "share_of_new_that_repeats": round(repeats / n, 4) if n else None,
        "called_known": {"repeats": called_known["near repeat"], "news": called_known["near new"]},
        "corrections": corrections,
    }


def follow_days(data: Path) -> Iterator[Novelty]:
    """Give what is new on each day but the first of three events."""
    events: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for cluster in load(data, "background_train").clusters:
        for article in cluster.documents:
            events[cluster.group][article.date or ""].add(article.text)
    for days in events.values():
        state: State | None = None
        for day, texts in sorted(days.items()):
            material = read(sorted(texts), day, day)
            if state is not None:
                yield find_new(material, state)
            state = remember(material, state)


def digest(text: str) -> str:
    """Give the name under which a sentence is labelled."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def update(material: Material, state: State) -> Update:
    """Give the update that new articles make."""
    novelty = find_new(material, state)
    return make_update(novelty, [1.0] * len(novelty.reasons), compare=compare)


def _change(
    sentences: list[str], pattern: re.Pattern[str], value: str, planted: list[str], chance: random.Random
) -> None:
    """Put a value in the place of one match, if there is any."""
    places = [(place, match) for place, one in enumerate(sentences) for match in pattern.finditer(one)]
    if places:
        place, match = chance.choice(places)
        sentences[place] = sentences[place][: match.start()] + value + sentences[place][match.end() :]
        planted.append(value)


def text(found: dict[str, Any]) -> str:
    """Tell the figures, one stream a line."""
    return "\n".join(f"{name}: {json.dumps(figures)}" for name, figures in found.items())


def missed(found: dict[str, Any]) -> list[str]:
    """Name the targets that were missed: at most 2 % repeats among what is new, every planted number and name found."""
    wrong = []
    for name in ("paraphrases", "days"):
        share = found[name]["share_of_new_that_repeats"]
        if share is not None and share > MAX_REPEATS:
            wrong.append(f"{name}: {share:.1%} of what is called new repeats the old, more than {MAX_REPEATS:.0%}")
    for kind in ("numbers", "names"):
        figures = found["planted"][kind]
        if min(figures["listed"], figures["in_new"]) < figures["planted"]:
            wrong.append(f"planted {kind}: {figures}")
    if found["revised"]["in_unchanged_copies"]:
        wrong.append("corrections were found in unchanged copies")
    return wrong
