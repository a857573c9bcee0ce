"""Made streams for fitting what tells links of one event: events that are larger and longer than those of the sets.

Without them trees learn that an account with many likelier partners is of another event, and an event of thirty comes
apart. They are no picture of news, so they weigh little.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from benchmarks.events.stream import FIRST, Cluster, Told

#: Accounts that are rewritten of one cluster, and hours within which those of a large event appear.
_ACCOUNTS: Final = (4, 6, 9, 14, 24, 40)
_HOURS: Final = (24, 60, 100, 150)
_DAYS: Final = 9
_MOST_EVENTS: Final = 420
_SYLLABLES: Final = "ne qua tor bi shu lem ox fa dri pen go yar tho cu mel wis ank ro".split()
_COMMON: Final = "the of in and a after on for with said by from it at this were has".split()


def rewrite_large(clusters: Sequence[Cluster], seed: object) -> list[Told]:
    """Make a stream in which half of the clusters of three articles or more become large events of up to 50 accounts.

    Accounts are made of sentences of one article and a few of the others, with every fifth word left out, so that they
    are no copies, and the beginning of another article behind some.
    """
    chance = random.Random(f"large {seed}")
    stream: list[Told] = []
    for number, (event, rows) in enumerate(clusters[:_MOST_EVENTS]):
        texts = [row["text"] for row in rows if not row.get("noise")]
        start = FIRST + timedelta(seconds=chance.randrange(_DAYS * 86_400))
        large = len(texts) >= 3 and chance.random() < 0.45
        hours = chance.choice(_HOURS) if large else chance.choice(_HOURS[:2])
        if large:
            sources = list(texts)
            for _ in range(chance.choice(_ACCOUNTS)):
                words = _rewrite(sources, chance)
                words += chance.choice(clusters)[1][0]["text"].split()[: chance.randrange(0, 25)]
                if chance.random() < 0.4:
                    words = words[: chance.randrange(30, 70)]
                texts.append(" ".join(words))
        elif chance.random() < 0.25:
            texts = texts[:1]
        for place, text in enumerate(texts):
            at = start + timedelta(seconds=chance.randrange(hours * 3_600))
            stream.append(Told(f"{number:05d}-{place}", event, "article", None, text, at))
    chance.shuffle(stream)
    return stream


def _rewrite(texts: Sequence[str], chance: random.Random) -> list[str]:
    """Give the words of an account made of one of the texts, and some sentences of the others."""
    base = chance.choice(texts)
    own = _sentences(base)
    others = [sentence for text in texts if text is not base for sentence in _sentences(text)]
    kept = [sentence for sentence in own if chance.random() < chance.uniform(0.35, 0.8)] or own[:1]
    kept += chance.sample(others, min(len(others), chance.randrange(0, 4)))
    chance.shuffle(kept)
    return [word for word in " ".join(kept).split() if chance.random() > 0.2]


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?]) ", text) if len(part.split()) > 3]


def make_archive(seed: int) -> list[Told]:
    """Make a small archive of words that nobody uses: a few events, each over hours or days."""
    chance = random.Random(f"archive {seed}")
    news = _words(f"news {seed}", chance.choice((200, 400, 800)))
    n_events, days = chance.choice((3, 6, 12, 30)), chance.choice((1, 2, 6))
    stream = [
        told for number in range(n_events) for told in _make_event(f"{seed} {number}", number, news, days, chance)
    ]
    chance.shuffle(stream)
    return stream


def _make_event(name: str, number: int, news: Sequence[str], days: int, chance: random.Random) -> list[Told]:
    """Make the accounts of one event: of its own words and names, and of those that all news has."""
    words: dict[str, Any] = {"own": _words(name, 40), "names": [word.title() for word in _words(f"names {name}", 6)]}
    n = chance.choice((1, 2, 3, 4, 5, 7, 10, 16, 30))
    hours = chance.choice((2, 12, 36, 72, 120)) if n > 2 else 24
    hours = 24 if hours / n > 24 else hours
    start, share = chance.random() * days * 24, chance.choice((0.35, 0.5, 0.5, 0.65))
    lower, even = chance.random() < 0.2, chance.random() < 0.5
    told = []
    for place in range(n):
        sentences = [_sentence(words, news, share, chance) for _ in range(chance.choice((5, 9, 14, 14, 20)))]
        text = " ".join(sentences).lower() if lower else " ".join(sentences)
        later = start + (place * hours / n if even else chance.random() * hours)
        moment = FIRST + timedelta(hours=later)
        told.append(Told(f"{name.replace(' ', '-')}-{place}-{number}", name, "article", None, text, moment))
    return told


def _sentence(words: dict[str, Any], news: Sequence[str], share: float, chance: random.Random) -> str:
    told = [
        chance.choice(words["own"] if chance.random() < share else news) if place % 2 else chance.choice(_COMMON)
        for place in range(14)
    ]
    told[6] = chance.choice(words["names"])
    return " ".join(told).capitalize().replace(told[6].lower(), told[6]) + "."


def _words(seed: str, n: int) -> list[str]:
    chance = random.Random(f"made {seed}")
    return ["".join(chance.choices(_SYLLABLES, k=4)) for _ in range(n)]
