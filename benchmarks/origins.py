"""How many made copies are folded into one origin, and how many independent articles are.

* copies: articles get another headline and a byline, lose up to half of their sentences (from the end, or here and
  there) and gain up to 30 % of sentences from articles on other events.
* wire: two stories that share 30 to 45 % of their sentences, with the mark of one agency in both, and without.
* false merges: pairs of articles of one event that end with one origin. News clusters do hold real reprints; the pairs
  found were read by hand and are in ``results/reprints.json`` under digests of the two texts. A "reprint" is not
  counted as false; "independent" is, be it two reports of one press release, or a post and the article that quotes it.
* publishers: two articles of one event get the name or the address of one publisher, or of one family, each in another
  spelling; or of two publishers, and then must stay two origins.
* relays: sentences of two articles of one event get an attribution to one outlet, each in other words, or one of them
  the outlet itself for a publisher; or to two outlets, or to police and officials, and then must stay two origins.

    python -m benchmarks measure origins --data FOLDER
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from benchmarks.data import NewsCluster, load, split_sentences
from summarizer.datatypes import Document
from summarizer.independence import count_independent, find_relayed, independent_origins
from summarizer.independence.outlets import FAMILIES, OUTLETS
from summarizer.independence.publishers import find_dateline
from summarizer.origins import find_wires, fold_copies

#: Pairs of articles of one event with one origin, read by hand: digest of the pair to "reprint" or "independent".
LABELS: Final = Path(__file__).parent / "results" / "reprints.json"
SETS: Final = ("neus_val", "multi_news_val")
#: Shorter articles are left out of the made copies: half of one is a short document, which has a rule of its own.
MIN_WORDS: Final = 120
#: How a name and an address are written: what collections of articles hold, and nothing that the rules were made from.
SPELLINGS: Final = ("{}", "{}", "The {}", "{} Online", "{} - World", "{} | Politics", "{} (UK)")
ADDRESSES: Final = (
    "https://www.{}/2025/06/talks", "http://{}/a/1?ref=rss", "https://m.{}/story", "{}", "www.{}", "https://amp.{}:443/x",
)  # fmt: skip
#: Attributions of a sentence to an outlet, as news prose words them.
RELAYS: Final = (
    "{s}, according to {n}.", "{s}, {n} reported.", "{s}, {n} reported on Monday.", "{n} reported that {l}.",
    "According to a report by {n}, {l}.", "According to {n}, {l}.", "{s}, a person briefed on the matter told {n}.",
    "{s}, {n} said, citing two officials.", "{s}, as first reported by {n}.", "Citing {n}, the paper said that {l}.",
    "In an interview with {n}, a lawyer said that {l}.", "{s}, according to documents seen by {n}.",
    "{n} has reported that {l}.", "{s}, {n} said late on Tuesday.", "Speaking to {n}, a neighbour said that {l}.",
    "{s}, {n} first reported.",
)  # fmt: skip
OFFICIALS: Final = (
    "{s}, police said.", "{s}, according to the ministry.", "Officials said that {l}.",
    "{s}, a spokeswoman told reporters.", "According to court documents, {l}.",
    "{s}, the White House said on Monday.", "{s}, a witness told local media.",
)  # fmt: skip
_FAMILY_OF: Final = {title: family for family, titles in FAMILIES.items() for title in titles.split("|")}


def measure(data: Path, *, copies: int = 300, seed: int = 0, threshold: float = 0.5) -> dict[str, Any]:
    """Measure made copies and false merges.

    :param data: folder with ``neus_val`` and ``multi_news_val``.
    :param copies: number of copies made.
    :param seed: of the choice of articles and of what is cut and added.
    :param threshold: of :func:`summarizer.origins.fold_copies`.
    """
    articles = [
        document.text
        for cluster in load(data, "multi_news_val").clusters
        for document in cluster.documents
        if len(document.text.split()) >= MIN_WORDS
    ]
    result: dict[str, Any] = {
        "threshold": threshold,
        "copies": measure_copies(articles, copies=copies, seed=seed, threshold=threshold),
        "wire": measure_wire(articles, pairs=copies // 3, seed=seed, threshold=threshold),
    }
    pairs = independent_pairs(load(data, "multi_news_val").clusters)
    result["publishers"] = measure_publishers(pairs, count=copies, seed=seed)
    result["relays"] = measure_relays(pairs, count=copies, seed=seed)
    labels = json.loads(LABELS.read_text("utf-8")) if LABELS.is_file() else {}
    for name in SETS:
        result[name] = measure_merges(load(data, name).clusters, labels, threshold=threshold)
    return result


def measure_copies(texts: Sequence[str], *, copies: int, seed: int = 0, threshold: float = 0.5) -> dict[str, Any]:
    """Make copies of articles and count those that share the origin of the article, and of that alone.

    All articles chosen and all copies are folded together, so that a copy can also go to a wrong origin.

    :param texts: articles to draw from; the longer ones give better copies.
    """
    chance = random.Random(seed)
    chosen = chance.sample(range(len(texts)), min(copies, len(texts)))
    originals, made = [], []
    for number in range(copies):
        text = texts[chosen[number % len(chosen)]]
        other = texts[chosen[(number + 1) % len(chosen)]]
        originals.append(Document(text, id=f"{number:04d}-a", published="2025-06-09"))
        made.append(Document(make_copy(text, other, chance), id=f"{number:04d}-b", published="2025-06-10"))
    start = time.perf_counter()
    folded = fold_copies([*originals, *made], threshold=threshold)
    seconds = time.perf_counter() - start
    pairs = list(zip(folded[:copies], folded[copies:], strict=True))
    return {
        "copies": copies,
        "one_origin": sum(a.origin_id == b.origin_id for a, b in pairs) / copies,
        "missed": [a.id for a, b in pairs if a.origin_id != b.origin_id],
        "seconds": round(seconds, 3),
    }


def measure_wire(texts: Sequence[str], *, pairs: int, seed: int = 0, threshold: float = 0.5) -> dict[str, float]:
    """Fold pairs of stories that share a good third of their text, with and without the mark of an agency.

    :param texts: articles to draw from.
    """
    chance = random.Random(seed)
    found = {"marked": 0, "unmarked": 0}
    for number in range(pairs):
        shared, one, two = (split_sentences(text) for text in chance.sample(list(texts), 3))
        shared = shared[: max(3, round(chance.uniform(0.3, 0.45) * min(len(shared), len(one), len(two))))]
        rest = round(len(shared) * 1.6)
        for kind, dateline in (("marked", "OSLO (AP) — "), ("unmarked", "")):
            stories = [dateline + " ".join([*shared, *own[:rest]]) for own in (one, two)]
            folded = fold_copies(
                [Document(text, id=f"{number}-{n}") for n, text in enumerate(stories)], threshold=threshold
            )
            found[kind] += folded[0].origin_id == folded[1].origin_id
    return {kind: count / pairs for kind, count in found.items()}


def independent_pairs(clusters: Sequence[NewsCluster]) -> list[tuple[str, str]]:
    """Give pairs of articles of one event that are no copies, and of which neither names an agency or an outlet."""
    pairs = []
    for cluster in clusters:
        texts = [document.text for document in cluster.documents]
        folded = fold_copies([Document(text, id=f"{n:02d}") for n, text in enumerate(texts)])
        free = [not find_wires(document) and find_dateline(document) is None for document in folded]
        pairs += [
            (texts[i], texts[j])
            for i, j in combinations(range(len(texts)), 2)
            if free[i] and free[j] and folded[i].origin_id != folded[j].origin_id
        ]
    return pairs


def measure_publishers(pairs: Sequence[tuple[str, str]], *, count: int, seed: int = 0) -> dict[str, Any]:
    """Give articles of one event one publisher, or two, and count the origins."""
    chance = random.Random(seed)
    titles = sorted(title for title, (_, _, hosts) in OUTLETS.items() if hosts)
    joined = apart = 0
    missed, merged = [], []
    for number in range(count):
        texts = chance.choice(list(pairs))
        title, other = chance.sample(titles, 2)
        family = _FAMILY_OF.get(title, title)
        relatives = [name for name in titles if _FAMILY_OF.get(name) == family]
        of_one = [_published(texts[k], chance.choice(relatives or [title]), k, chance) for k in (0, 1)]
        joined += count_independent(of_one) == 1
        missed += [f"{number}: {_named(of_one)}"] * (count_independent(of_one) != 1)
        if family != _FAMILY_OF.get(other, other):
            of_two = [
                _published(text, name, k, chance)
                for k, (text, name) in enumerate(zip(texts, (title, other), strict=True))
            ]
            apart += 1
            merged += [f"{number}: {_named(of_two)}"] * (count_independent(of_two) != 2)
    return {
        "pairs": count,
        "one_origin": joined / count,
        "missed": missed,
        "independent_pairs": apart,
        "false_merges": len(merged) / max(apart, 1),
        "false": merged,
    }


def _published(text: str, title: str, number: int, chance: random.Random) -> Document:
    """Give an article a declared source, an address, or both."""
    in_text, declared, hosts = (list(filter(None, part.split("|"))) for part in OUTLETS[title])
    address = chance.choice(ADDRESSES).format(chance.choice(hosts))
    names = [name.removeprefix("The ") for name in [*in_text, *declared] if "'" not in name] or [title]
    source = chance.choice(SPELLINGS).format(chance.choice(names))
    kind = chance.choice(("source", "address", "both", "carrier"))
    if kind == "carrier":
        address = "https://www.msn.com/en-us/news/1"
    own = f"d{number}"
    return Document(
        text,
        id=own,
        origin_id=own,
        source=None if kind == "address" else source,
        url=None if kind == "source" else address,
    )


def _named(documents: Sequence[Document]) -> str:
    return " + ".join(f"{document.source} at {document.url}" for document in documents)


def measure_relays(pairs: Sequence[tuple[str, str]], *, count: int, seed: int = 0) -> dict[str, Any]:
    """Attribute sentences of two articles to one outlet, to two, or to officials, and count the origins."""
    chance = random.Random(seed)
    names = sorted((name, title) for title, (in_text, _, _) in OUTLETS.items() for name in in_text.split("|") if name)
    titles = [(name, title) for name, title in names if not name.startswith("The ")]
    joined = apart = 0
    missed, merged = [], []
    for number in range(count):
        texts = chance.choice(list(pairs))
        plain = [_plain_sentence(text) for text in texts]
        (name, title), (other, second) = chance.sample(titles, 2)
        documents = [Document(text, id=f"d{k}", origin_id=f"d{k}") for k, text in enumerate(texts)]
        relayed = [_attributed(sentence, name, RELAYS, chance) for sentence in plain]
        outlet = Document(texts[1], id="d1", origin_id="d1", source=title)
        same = [(documents[0], relayed[0]), chance.choice([(documents[1], relayed[1]), (outlet, plain[1] + ".")])]
        found = independent_origins(same)
        joined += found == 1
        missed += [f"{number}: {name}: {relayed[0][:40]} … {relayed[0][-60:]}"] * (found != 1)
        apart += 1
        if _FAMILY_OF.get(title, title) != _FAMILY_OF.get(second, second):
            apart += 1
            two = [relayed[0], _attributed(plain[1], other, RELAYS, chance)]
            merged += [f"{number}: {name}, {other}"] * (independent_origins(zip(documents, two, strict=True)) != 2)
        said = [_attributed(sentence, "", OFFICIALS, chance) for sentence in plain]
        merged += [f"{number}: officials"] * (independent_origins(zip(documents, said, strict=True)) != 2)
    return {
        "pairs": count,
        "one_origin": joined / count,
        "missed": missed,
        "independent_pairs": apart,
        "false_merges": len(merged) / max(apart, 1),
        "false": merged,
    }


def _plain_sentence(text: str) -> str:
    """Give the first sentence of an article that names no outlet as its source, without its full stop."""
    for sentence in split_sentences(text):
        if len(sentence.split()) >= 8 and find_relayed(sentence) is None and not set(sentence) & set('"“”'):
            return " ".join(sentence.split()).rstrip(".!? ")
    return "The talks went on until late in the evening"


def _attributed(sentence: str, name: str, shapes: Sequence[str], chance: random.Random) -> str:
    article = chance.choice(("", "the ")) if name and not name.isupper() else ""
    shape = chance.choice(shapes)
    said = shape.format(s=sentence, l=sentence[:1].lower() + sentence[1:], n=article + name)
    return said[:1].upper() + said[1:]


def make_copy(text: str, other: str, chance: random.Random) -> str:
    """Rework an article as a local paper does: headline, byline, 0-50 % cut, 0-30 % added from another article."""
    sentences = split_sentences(text)
    keep = max(3, round(len(sentences) * chance.uniform(0.5, 1)))
    if chance.random() < 0.5:
        kept = sentences[:keep]
    else:
        kept = [sentences[index] for index in sorted(chance.sample(range(len(sentences)), min(keep, len(sentences))))]
    local = split_sentences(other)
    added = local[: round(len(kept) * chance.uniform(0, 0.3))]
    place = chance.choice([0, len(kept) // 2, len(kept)])
    headline = f"Local view: {' '.join(reversed(sentences[0].split()[:8]))}"
    byline = f"By {chance.choice(['Ann Marsh', 'J. K. Olsen', 'Sam Reyes'])}, Staff Writer"
    return "\n".join([headline, byline, " ".join([*kept[:place], *added, *kept[place:]])])


def measure_merges(
    clusters: Sequence[NewsCluster], labels: dict[str, str], *, threshold: float = 0.5
) -> dict[str, Any]:
    """Fold each cluster and count the pairs with one origin, real reprints apart.

    :param labels: ``"reprint"`` or ``"independent"`` by :func:`pair_digest`.
    """
    pairs = reprints = 0
    merged: list[str] = []
    for cluster in clusters:
        texts = [document.text for document in cluster.documents]
        folded = fold_copies([Document(text, id=f"{n:02d}") for n, text in enumerate(texts)], threshold=threshold)
        for i, j in combinations(range(len(texts)), 2):
            pairs += 1
            if folded[i].origin_id != folded[j].origin_id:
                continue
            digest = pair_digest(texts[i], texts[j])
            reprints += labels.get(digest) == "reprint"
            if labels.get(digest) != "reprint":
                merged.append(f"{cluster.id} {i}-{j} {digest} {labels.get(digest, 'not read')}")
    return {
        "pairs": pairs,
        "one_origin": len(merged) + reprints,
        "reprints": reprints,
        "false_merges": len(merged) / max(pairs, 1),
        "false": merged,
    }


def pair_digest(first: str, second: str) -> str:
    """Name a pair of texts, in either order, without giving their words."""
    parts = sorted(hashlib.sha256(text.encode("utf-8")).hexdigest() for text in (first, second))
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]
