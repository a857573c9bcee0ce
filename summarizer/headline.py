"""The headline above a briefing: the title of one of its documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import numpy as np

from summarizer.datatypes import Document
from summarizer.dates import is_overtaken
from summarizer.material import Material
from summarizer.terms import count_words, index_terms
from summarizer.vectors import distinct

#: Titles of fewer words name a section or an agency: "World", "AAP".
_MIN_TITLE_WORDS: Final = 3
#: From so many days between the first and the last article on, the headline is one of the last days.
_STORY_DAYS: Final = 2
#: ... of which another origin holds this share of the words.
_SUPPORTED: Final = 0.5


#: Titles that say what kind of page they head, and nothing of what happened: "What we know so far", "Live updates".
_TELLS_NOTHING: Final = re.compile(
    r"(?:here['’]?s )?(?:what|everything|all) (?:we|you) (?:know|need)\b|what to (?:know|watch|expect)\b"
    r"|(?:the )?(?:key|main|latest) (?:points|takeaways|updates|headlines)\b"
    r"|(?:\d+|two|three|four|five|six|seven|ten) (?:things|takeaways|questions|key)\b"
    r"|live(?: updates?| blog)?[:|]|live (?:updates?|blog)\b"
    r"|(?:watch|video|photos|podcast|quiz|explained|explainer|analysis|opinion|editorial|comment"
    r"|in (?:pictures|photos|numbers)) ?[:|]",
    re.IGNORECASE,
)


def make_title(material: Material) -> str | None:
    """Give the title whose words most documents' sentences share; None if no document has one that says something.

    Of a story of several days it is one of the last days: the fewest that hold a title of which two origins of these
    days tell at least half of the words. The last choice is a title of what was to come, at a time that is past, and
    one that tells nothing of what happened ("What we know so far").
    """
    numbers = [
        number
        for number, document in enumerate(material.documents)
        if count_words(document.title or "") >= _MIN_TITLE_WORDS and document.copy_of is None
    ]
    if not numbers:
        return None
    titles = _Titles(material)
    latest = material.latest
    fresh = [
        number
        for number in numbers
        if not _TELLS_NOTHING.match(material.documents[number].title or "")
        and not is_overtaken(material.documents[number].title or "", material.documents[number].published, latest)
    ]
    everything = frozenset(range(len(material.documents)))
    for recent in _last_days(material):
        known = [number for number in fresh if number in recent and titles.support(number, recent) >= _SUPPORTED]
        if known:
            return titles.best(known, recent)
    return titles.best(fresh or numbers, everything)


def _last_days(material: Material) -> Iterator[frozenset[int]]:
    """Give the documents of the last day, of the last two, and so on, without all of them; none of a story of a day or
    two, or where a document has no date.
    """
    days = [_day(document) for document in material.documents]
    known = sorted({day for day in days if day is not None})
    if None in days or not known or (known[-1] - known[0]).days < _STORY_DAYS:
        return
    for first in reversed(known[1:]):
        recent = frozenset(number for number, day in enumerate(days) if day is not None and day >= first)
        if len({material.documents[number].origin_id for number in recent}) > 1:
            yield recent


def _day(document: Document) -> date | None:
    try:
        return date.fromisoformat((document.published or "")[:10])
    except ValueError:
        return None


class _Titles:
    """The titles of documents against what the sentences of documents say."""

    def __init__(self, material: Material) -> None:
        terms, self._n = material.terms, len(material.documents)
        self._documents = material.documents
        self._numbers = {term: number for number, term in enumerate(terms.vocabulary)}
        self._held = distinct(terms.flat * self._n + material.owner[terms.owner])

    def best(self, numbers: Sequence[int], among: frozenset[int]) -> str | None:
        """Give the title of which most of some documents share the words, the first of equals."""

        def share(number: int) -> float:
            content = self._content(number)
            return round(sum(len(self._holders(term) & among) for term in content) / max(len(content), 3), 6)

        return self._documents[max(numbers, key=lambda number: (share(number), -number))].title

    def support(self, number: int, among: frozenset[int]) -> float:
        """Give the share of the words of a title that documents of another origin hold too."""
        own = self._documents[number].origin_id
        others = frozenset(one for one in among if self._documents[one].origin_id != own)
        content = self._content(number)
        return sum(not others.isdisjoint(self._holders(term)) for term in content) / max(len(content), 1)

    def _content(self, number: int) -> list[str]:
        document = self._documents[number]
        terms = index_terms([document.title or ""], document.language or "en")
        return [terms.vocabulary[term] for term in np.unique(terms.content(0))]

    def _holders(self, term: str) -> frozenset[int]:
        """Give the documents that hold a stem."""
        at = self._numbers.get(term)
        if at is None:
            return frozenset()
        first, last = np.searchsorted(self._held, (at * self._n, (at + 1) * self._n)).tolist()
        return frozenset((self._held[first:last] - at * self._n).tolist())
