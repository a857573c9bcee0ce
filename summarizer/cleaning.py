"""Mark what is not article text, and what is opinion, without changing the text.

In order: boilerplate by the rules of :mod:`summarizer.boilerplate`, bylines, datelines and wire marks, headings and the
title, repeated leads and lines, sections of opinion. All of it depends on the text and the declared title alone, never
on marks that an earlier cleaning made, so cleaning twice gives what cleaning once gives. Notes that correct a fact are
kept. A section called "Analysis" is kept as news, since agencies file reported background under that name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from summarizer.boilerplate import MAX_SHORT, RULES
from summarizer.datatypes import OTHER_EVENT, Document, Passage
from summarizer.datelines import (
    byline_outlet,
    find_dateline,
    find_wire_tail,
    is_byline,
    names_speakers,
    published_date,
    source_outlet,
)
from summarizer.layout import (
    Layout,
    Span,
    count_leads,
    find_headings,
    find_title,
    heading_text,
    is_punctuated,
    read_layout,
    strip_span,
)
from summarizer.matching import EDGE, find_boilerplate, split_unit
from summarizer.releases import find_release_end
from summarizer.terms import STOP_WORDS, tokenize

_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
#: The time above or before each entry of a live blog: "09:30 Police say that …".
_ENTRY_TIME: Final = re.compile(
    r"(?:[01]?\d|2[0-3]):[0-5]\d(?: ?(?:[ap]\.?m\.?|[AP]M|GMT|UTC|BST|CES?T|E[SD]?T|P[SD]?T))?(?: ?[-–—|:·])? +"
    r"(?=[\"“'‘]?[^\W\d_a-z])"
)
_STEM: Final = 4  # letters by which the words of summary lines are compared: "restrict" is in "restrictions"

#: Share of a summary line's words that another summary line, or a sentence below, must have for the line to be a
#: repetition; and the same for the first sentences of an article without summary lines.
LEAD_CONTAINMENT: Final = 0.5
BODY_CONTAINMENT: Final = 0.6
SENTENCE_CONTAINMENT: Final = 0.85
#: Sentences from the top among which a repeated lead is sought, and sentences it is compared with.
LEAD_SENTENCES, NEAR_SENTENCES = 3, 12
MIN_SHARED_WORDS: Final = 5
#: Fewest words of a line or sentence whose exact repetition is dropped: shorter ones are list entries and refrains.
MIN_REPEATED_WORDS: Final = 5

_OPINION: Final = re.compile(
    r"(?:commentary|opinions?|op-?ed|editorials?|viewpoint|our view|my view|the view|column|comment|"
    r"comment and analysis|opinion and analysis|analysis and opinion|analysis and commentary|"
    r"guest (?:column|essay|commentary|opinion)|"
    r"perspectives?|letters? to the editor|letters)(?: section| piece| desk)?\W{0,3}"
)
_OPINION_LABEL: Final = re.compile(
    r"(?:commentary|opinion|op-?ed|editorial|viewpoint|our view|column|guest (?:column|essay|commentary))"
    r"(?:\s?[:|]| - | by )\s?\S.*"
)
_NEWS: Final = re.compile(
    r"(?:the )?(?:news|in other news|latest|latest news|other news|background|key facts|facts|timeline|what happened|"
    r"developments|latest developments|what we know|what we know so far|in brief|market reaction|reactions?)\W{0,3}"
)
#: Shortest paragraph below a heading that opens a section of opinion, in characters.
_MIN_PARAGRAPH: Final = 30
#: Lines from the top in which the speakers of an interview are sought.
_SPEAKER_UNITS: Final = 12
#: Lines from the top and from the bottom in which a source line names the outlet.
_TOP, _BOTTOM = 6, 3


def clean(document: Document) -> Document:
    """Mark boilerplate, headings, repetitions and opinion, and fill in title, source and date where they stand.

    :param document: any document; passages already dropped by reading stay, and what they cover is not looked at.
    :return: the same text, with ``dropped`` and ``opinion`` each sorted, disjoint and inside the text; fields that were
        found in the text are named in ``inferred``.

    O(n) in the length of the text.
    """
    # About which event most articles are is asked anew of each input.
    document = replace(document, dropped=tuple(one for one in document.dropped if one.reason != OTHER_EVENT))
    layout, times = _entry_times(read_layout(document.text))
    given = [passage for passage in document.dropped if passage.reason not in _OWN_REASONS]
    covered = _Cover(given)
    outside = [index for index, span in enumerate(layout.units) if not covered.holds(layout.text, *span)]
    splits: dict[Span, list[Span]] = {}
    found = [*times, *_separators(layout), *find_boilerplate(layout, outside, splits), *_credits(layout, outside)]
    found += _release_end(layout, outside)
    covered = _Cover([*given, *found])
    live = [index for index in outside if not covered.holds(layout.text, *layout.units[index])]
    parts = {index: _sentences(layout, covered, splits, index) for index in live}
    leads = count_leads(layout, live, lambda index: len(parts[index]) == 1)
    headings = find_headings(layout, live)
    title_unit = find_title(layout, live, headings, leads)
    title = document.title
    if title is None and title_unit is not None:
        title = heading_text(layout, title_unit)
    titles = _title_units(layout, live, leads, title)
    found += [Passage(*layout.units[index], "title") for index in titles]
    found += [Passage(*layout.units[index], "heading") for index in headings if index not in titles]
    marked = {*titles, *headings}
    body = [index for index in live if index not in marked]
    found += _repetitions(layout, body, parts, sum(index not in marked for index in live[:leads]))
    opinion = _opinion(layout, outside, marked, title)
    inferred = {"title": title, "source": _source(layout, outside), "published": _published(layout, found)}
    return _finish(document, found, opinion, inferred)


def _finish(
    document: Document, found: Iterable[Passage], opinion: Iterable[Passage], inferred: Mapping[str, str | None]
) -> Document:
    names = [name for name, value in inferred.items() if value and not getattr(document, name)]
    return replace(
        document,
        title=document.title or inferred["title"],
        source=document.source or inferred["source"],
        published=document.published or inferred["published"],
        inferred=(*document.inferred, *(name for name in names if name not in document.inferred)),
        dropped=_merge(document.text, document.dropped, found),
        opinion=_merge(document.text, document.opinion, opinion),
    )


def _merge(text: str, old: Iterable[Passage], new: Iterable[Passage]) -> tuple[Passage, ...]:
    """Join passages: the old stay as they are, and of the new the earlier and longer wins where they overlap."""
    taken: list[Passage] = []
    for group in (old, new):
        cover, last = _Cover(taken), 0
        for passage in sorted(group, key=lambda p: (p.start, -p.end, p.reason)):
            whole = (passage.start, passage.end)
            for start, end in cover.gaps(max(passage.start, last), min(passage.end, len(text))):
                if (start, end) == whole or any(character.isalnum() for character in text[start:end]):
                    taken.append(Passage(start, end, passage.reason))
            last = max(last, passage.end)
    return tuple(sorted(taken, key=lambda p: (p.start, p.end)))


class _Cover:
    """What passages cover, as disjoint stretches."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((passage.start, passage.end) for passage in passages):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def meets(self, start: int, end: int) -> bool:
        """Tell whether anything between two places is covered."""
        index = bisect_right(self._ends, start)
        return index < len(self._starts) and self._starts[index] < end

    def gaps(self, start: int, end: int) -> Iterator[Span]:
        """Give what is not covered between two places."""
        index = bisect_right(self._ends, start)
        while start < end and index < len(self._starts) and self._starts[index] < end:
            if start < self._starts[index]:
                yield start, self._starts[index]
            start = self._ends[index]
            index += 1
        if start < end:
            yield start, end

    def holds(self, text: str, start: int, end: int) -> bool:
        """Tell whether no letter or digit is left uncovered."""
        if text[start].isalnum() and not self.meets(start, start + 1):
            return False  # as nearly always
        return not any(any(map(str.isalnum, text[low:high])) for low, high in self.gaps(start, end))


_OWN_REASONS: Final = frozenset(rule.name for rule in RULES) | {
    "byline", "dateline", "heading", "release-boilerplate", "repeated-lead", "repeated-line", "repeated-sentence",
    "separator", "title", "wire-mark",
}  # fmt: skip


def _entry_times(layout: Layout) -> tuple[Layout, list[Passage]]:
    """Part the units of a live blog from the time that each begins with."""
    text, units = layout.text, list(layout.units)
    times = []
    for index, (start, end) in enumerate(units):
        if text[start].isdigit() and (time := _ENTRY_TIME.match(text, start, end)):
            times.append(Passage(start, time.end(), "timestamp"))
            units[index] = (time.end(), end)
    return (replace(layout, units=tuple(units)) if times else layout), times


def _separators(layout: Layout) -> Iterator[Passage]:
    """Find lines without a letter or digit, and marks that stand for a line end."""
    for start, end in layout.units:
        if not any(map(str.isalnum, layout.text[start:end])):
            yield Passage(start, end, "separator")
    for start, end in layout.joints:
        yield Passage(start, end, "separator")


def _credits(layout: Layout, units: Sequence[int]) -> Iterator[Passage]:
    """Find bylines, datelines and the marks of wire services."""
    text = layout.text
    tops = [layout.units[index][0] for index in units[:_SPEAKER_UNITS]]
    speakers = names_speakers(text[start : start + MAX_SHORT] for start in tops)
    for place, index in enumerate(units):
        start, end = layout.units[index]
        if is_byline(text[start:end]):
            yield Passage(start, end, "byline")
            continue
        if (body := find_dateline(text, start, end, place, speakers=speakers)) > start:
            yield Passage(start, body, "dateline")
        if (tail := find_wire_tail(text, start, end)) < end:
            yield Passage(tail, end, "wire-mark")


def _release_end(layout: Layout, units: Sequence[int]) -> Iterator[Passage]:
    """Find what stands below the news of a press release."""
    first = find_release_end([layout.text[slice(*layout.units[index])] for index in units])
    for index in units[first:] if first is not None else ():
        yield Passage(*layout.units[index], "release-boilerplate")


def _sentences(layout: Layout, cover: _Cover, splits: dict[Span, list[Span]], index: int) -> list[Span]:
    """Split what is left of a unit into sentences."""
    unit = layout.units[index]
    if not cover.meets(*unit):
        return split_unit(layout, splits, unit)
    gaps = [span for gap in cover.gaps(*unit) if (span := strip_span(layout.text, *gap))]
    gaps = [gap for gap in gaps if any(map(str.isalnum, layout.text[slice(*gap)]))]
    return [span for gap in gaps for span in split_unit(layout, splits, gap)]


def _words(text: str) -> tuple[str, ...]:
    return tuple(tokenize(text))


def _title_units(layout: Layout, live: Sequence[int], leads: int, title: str | None) -> list[int]:
    """Find the lines at the top that say the title and nothing else."""
    wanted = _words(title) if title else ()
    top = [
        index
        for index in live[: leads + 3]
        if layout.units[index][1] - layout.units[index][0] <= 2 * len(title or "") + 20
    ]
    lines = {index: layout.text[slice(*layout.units[index])] for index in top}
    # A line with a full stop is a sentence even where the headline repeats it word for word.
    return [index for index, line in lines.items() if wanted and line[-1] != "." and _words(line) == wanted]


def _repetitions(layout: Layout, body: Sequence[int], parts: Mapping[int, Sequence[Span]], leads: int) -> list[Passage]:
    """Find lines and sentences said before, word for word, and leads that another sentence nearby says more fully."""
    folded = layout.folded
    found = []
    seen: set[str] = set()
    for index in body:
        whole = folded[slice(*layout.units[index])]
        if whole in seen and whole.count(" ") + 1 >= MIN_REPEATED_WORDS:
            found.append(Passage(*layout.units[index], "repeated-line"))
            continue
        seen.add(whole)
        for start, end in parts[index] if len(parts[index]) > 1 else ():
            sentence = folded[start:end]
            if sentence in seen and sentence.count(" ") + 1 >= MIN_REPEATED_WORDS and sentence.count('"') % 2 == 0:
                found.append(Passage(start, end, "repeated-sentence"))
            seen.add(sentence)
    cover = _Cover(found)
    kept = [span for index in body for span in parts[index] if not cover.holds(layout.text, *span)]
    return found + _repeated_leads(folded, kept, leads)


def _repeated_leads(folded: str, spans: Sequence[Span], leads: int) -> list[Passage]:
    """Find leads that are said again: of two that say the same the one with fewer words goes.

    Summary lines are compared by the first letters of their words. A sentence is not repeated by one that lacks one of
    its numbers.
    """
    n_leads = leads or LEAD_SENTENCES
    spans = spans[: n_leads + (2 * NEAR_SENTENCES if leads else NEAR_SENTENCES)]
    texts = [folded[start:end] for start, end in spans]
    gone: set[int] = set()
    for place, lead in enumerate(texts[:n_leads]):
        words = _content(lead, leads)
        for other, text in enumerate(texts):
            if other == place or other in gone:
                continue
            limit = SENTENCE_CONTAINMENT if not leads else LEAD_CONTAINMENT if other < leads else BODY_CONTAINMENT
            least = max(MIN_SHARED_WORDS, limit * len(words))
            if _holds(text, words, least) and _says_more(words, _content(text, leads), least, other < place):
                gone.add(place)
                break
    return [Passage(*spans[place], "repeated-lead") for place in sorted(gone)]


def _holds(text: str, words: set[str], least: float) -> bool:
    """Tell whether enough words occur as strings: a cheap first look, which most sentences fail after a few words."""
    missing = len(words) - least
    for word in words:
        if word not in text:
            missing -= 1
            if missing < 0:
                return False
    return True


def _content(sentence: str, leads: int) -> set[str]:
    words = set(_TOKEN.findall(sentence)) - STOP_WORDS
    return {word[:_STEM] for word in words} if leads else words


def _says_more(words: set[str], more: set[str], least: float, earlier: bool) -> bool:
    fuller = len(more) > len(words) or (len(more) == len(words) and earlier)
    return fuller and len(words & more) >= least and not any(word[0].isdigit() for word in words - more)


def _opinion(layout: Layout, units: Sequence[int], headings: Set[int], title: str | None) -> list[Passage]:
    """Find sections of opinion: from a heading that says so to one that returns to the news, or to the end.

    An article whose title says so is opinion as a whole.
    """
    ends = layout.units[-1][1] if layout.units else 0
    label = " ".join((title or "").lower().split())
    if units and (_OPINION_LABEL.fullmatch(label) or _OPINION.fullmatch(label)):
        return [Passage(layout.units[units[0]][0], ends, "commentary")]
    found, opened = [], None
    for place, index in enumerate(units):
        start, end = layout.units[index]
        if end - start > MAX_SHORT:
            continue
        line = layout.folded[start:end].strip(" *_#=[]")
        if opened is None and _names_opinion(line, place == 0, index in headings) and _heads_text(layout, units, place):
            opened = start
        elif opened is not None and _NEWS.fullmatch(line):
            found.append(Passage(opened, start, "commentary"))
            opened = None
    if opened is not None:
        found.append(Passage(opened, ends, "commentary"))
    return found


def _names_opinion(line: str, first: bool, heading: bool) -> bool:
    if _OPINION.fullmatch(line):
        # "Comment" is most often a button; it opens a section only between paragraphs, see below.
        return not (first and line.startswith("comment") and len(line) <= len("comment:"))
    # "Opinion: …" in the middle of a page is most often a link to another article; elsewhere a label is a heading.
    return bool(_OPINION_LABEL.fullmatch(line)) and (first or (heading and not line.startswith("opinion")))


def _heads_text(layout: Layout, units: Sequence[int], place: int) -> bool:
    """Tell whether a paragraph stands below, and one above, within two lines: in a menu none does."""
    above = [layout.units[index] for index in units[max(0, place - 2) : place]]
    below = [layout.units[index] for index in units[place + 1 : place + 3]]
    return any(end - start >= _MIN_PARAGRAPH and is_punctuated(layout.text, (start, end)) for start, end in below) and (
        not above or any(is_punctuated(layout.text, span) for span in above)
    )


def _source(layout: Layout, units: Sequence[int]) -> str | None:
    """Find the outlet in a byline or source line at the top, or a source line at the bottom."""
    ends = set(units[-_BOTTOM:])
    for place, index in enumerate(units):
        if place >= _TOP and index not in ends:
            continue
        line = layout.text[slice(*layout.units[index])]
        outlet = byline_outlet(line) if place < _TOP and is_byline(line) else None
        if outlet := outlet or (source_outlet(line) if len(line) <= MAX_SHORT else None):
            return outlet
    return None


def _published(layout: Layout, found: Iterable[Passage]) -> str | None:
    for passage in sorted(found, key=lambda p: p.start):
        if date := published_date(layout.folded[passage.start : passage.end].strip(EDGE)):
            return date
    return None
