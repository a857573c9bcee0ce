"""The lines of an article: which belong together, and which are headings.

A unit is what the writer ended with a line end: a paragraph, a heading, a list entry. In hard-wrapped text the lines of
a paragraph are joined into one unit. Some data sets join articles or paragraphs by the marks ``NEWLINE_CHAR`` and
``|||||``; these end a unit too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.terms import count_words

Span = tuple[int, int]

_MARKED_LINE_END: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+|NEWLINE_CHAR|\|{4,}")
_FOLDS: Final = (
    ("’", "'"), ("‘", "'"), ("‛", "'"), ("`", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("–", "-"),
    ("—", "-"), ("−", "-"), ("‐", "-"), ("‑", "-"), ("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\n", " "),
    ("\r", " "), ("\t", " "),
)  # fmt: skip
_FINAL: Final = frozenset(".!?…。！？।॥؟۔።։;:,，；：、\"”“’'»)]}›」』】）-–—|")
_BOUNDARY: Final = re.compile(
    r"[.!?…。！？।۔](?![.!?…。！？।۔])[\"'”’)\]»」』）]*+(?:\s++|(?<=[。！？।۔」』）]))(?=\S)"
)
_ABBREVIATIONS: Final = frozenset(
    """
    mr mrs ms dr st sr jr prof gen col lt sgt capt gov sen rep rev hon pres mt ft vs no nos jan feb mar
    apr jun jul aug sep sept oct nov dec u.s u.k u.n a.m p.m i.e e.g fig al calif fla ga ill ky la mass mich minn miss
    mo neb nev okla ore pa penn tenn tex va wash wis ariz ark colo conn del kan md bros ave blvd dept est etc op cf
    """.split()
)

#: Hard-wrapped text: lines of this length that stop in the middle of a sentence, in this share of the line pairs.
_WRAP_LENGTHS: Final = (40, 120)
_WRAP_SHARE: Final = 0.5
#: Headings are known only where at least this share of the characters stands in lines with final punctuation: in
#: transcripts, poems, lists and languages without full stops a short line is just a line.
PUNCTUATED_SHARE: Final = 0.7
MAX_HEADING_CHARACTERS: Final = 110
MAX_HEADING_WORDS: Final = 15
#: A headline may be longer than the headings below it.
MAX_TITLE_CHARACTERS: Final = 160
MAX_TITLE_WORDS: Final = 26
MIN_TITLE_WORDS: Final = 3
#: More unpunctuated lines than this in a row are a list, not headings.
MAX_HEADING_RUN: Final = 2
#: Summary lines above an article, as news sites write them: so many at least and at most, each of at most so long.
MIN_LEADS, MAX_LEADS, MAX_LEAD_CHARACTERS = 2, 8, 220

_LIST_ENTRY: Final = re.compile(r"[-*•·‣–+>]\s|\(?[\dA-Za-z]{1,2}[.)]\s")
_MARKDOWN_HEADING: Final = re.compile(r"#{1,6}[ \t]+(?=\S)")
_MARKUP: Final = "*_#= \t"


@dataclass(frozen=True, slots=True)
class Layout:
    """An article as units.

    :param text: the article.
    :param folded: as long as the text: lower case, straight quotes, "-" for dashes, blanks for line ends.
    :param units: first and one past the last character of each unit, without surrounding blanks; none is empty.
    :param apart: for each unit, whether a blank line stands above it.
    :param joints: marks that stand for a line end.
    """

    text: str
    folded: str
    units: tuple[Span, ...]
    apart: tuple[bool, ...]
    joints: tuple[Span, ...]


def fold(text: str) -> str:
    """Give the text in lower case with plain quotes, dashes and blanks; every character keeps its place."""
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    for old, new in _FOLDS:
        folded = folded.replace(old, new)
    return folded


def read_layout(text: str) -> Layout:
    """Split an article into units. O(n)."""
    units: list[Span] = []
    apart: list[bool] = []
    joints: list[Span] = []
    previous, blank = 0, True
    for start, end in _line_ends(text):
        if text[start] in "N|":
            joints.append((start, end))
        if span := strip_span(text, previous, start):
            units.append(span)
            apart.append(blank)
            blank = False
        blank = blank or not span or text.count("\n", start, end) > 1 or text.count("\r", start, end) > 1
        previous = end
    if span := strip_span(text, previous, len(text)):
        units.append(span)
        apart.append(blank)
    units, apart = _unwrap(text, units, apart)
    return Layout(text, fold(text), tuple(units), tuple(apart), tuple(joints))


def _line_ends(text: str) -> Iterator[Span]:
    """Give the runs of line ends; ``str.splitlines`` finds them ten times as fast as a pattern."""
    if "NEWLINE_CHAR" in text or "||||" in text:
        yield from (match.span() for match in _MARKED_LINE_END.finditer(text))
        return
    start = end = 0
    for line, ended in zip(text.splitlines(), text.splitlines(keepends=True), strict=True):
        if line:
            if start < end:
                yield start, end
            start = end + len(line)
        end += len(ended)
    if start < end:
        yield start, end


def strip_span(text: str, start: int, end: int) -> Span | None:
    """Leave out the blanks at both ends of a stretch; None if there is nothing else."""
    line = text[start:end]
    if not (stripped := line.strip()):
        return None
    start += len(line) - len(line.lstrip())
    return start, start + len(stripped)


def _unwrap(text: str, units: list[Span], apart: list[bool]) -> tuple[list[Span], list[bool]]:
    """Join the lines of hard-wrapped paragraphs; leave other text alone."""
    pairs = [index for index in range(1, len(units)) if not apart[index]]
    low, high = _WRAP_LENGTHS
    broken = [
        index
        for index in pairs
        if low <= units[index - 1][1] - units[index - 1][0] <= high and not is_punctuated(text, units[index - 1])
    ]
    if len(broken) < 3 or len(broken) < _WRAP_SHARE * len(pairs):
        return units, apart
    if sum(not text[units[index][0]].isupper() for index in broken) < 0.3 * len(broken):
        return units, apart
    widths = sorted(end - start for start, end in units)
    width = widths[len(widths) * 3 // 4]
    joined, gaps = [units[0]], [apart[0]]
    for index in range(1, len(units)):
        above = units[index - 1]
        if not apart[index] and above[1] - above[0] >= 0.7 * width:
            joined[-1] = (joined[-1][0], units[index][1])
        else:
            joined.append(units[index])
            gaps.append(apart[index])
    return joined, gaps


def is_punctuated(text: str, span: Span) -> bool:
    """Tell whether a unit ends in punctuation of any kind, a quote or a bracket."""
    return text[span[1] - 1] in _FINAL


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Split a unit roughly into sentences: at full stops, but not behind initials and common abbreviations.

    Only for comparing and for finding boilerplate; the sentences of a summary come from segmentation. O(n).
    """
    spans = []
    for match in _BOUNDARY.finditer(text, start, end):
        if text[match.end()].islower() or _is_abbreviation(text, start, match.start()):
            continue
        spans.append((start, match.start() + len(match.group().rstrip())))
        start = match.end()
    spans.append((start, end))
    return spans


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    if text[stop] != ".":
        return False
    words = text[max(start, stop - 12) : stop].split()
    word = words[-1].lstrip("(\"'“‘[") if words else ""
    return (len(word) == 1 and word.isalpha() and word != "I") or word.lower() in _ABBREVIATIONS


def _heading_body(text: str, span: Span) -> tuple[str, bool]:
    """Give a line without Markdown marks, and whether the marks make it a heading."""
    line = text[span[0] : span[1]]
    marked = bool(_MARKDOWN_HEADING.match(line))
    return line.strip(_MARKUP), marked


def _is_candidate(text: str, span: Span, max_characters: int, max_words: int) -> bool:
    start, end = span
    if end - start > max_characters or is_punctuated(text, span):
        return False
    first = text[start]
    cased = first.lower() != first.upper()
    if (cased and not first.isupper()) or _LIST_ENTRY.match(text, start):
        return False
    line = text[start:end]
    return any(character.isalpha() for character in line) and len(line.split()) <= max_words


def find_headings(layout: Layout, live: Sequence[int]) -> list[int]:
    """Find headings: short lines without final punctuation, between paragraphs that have it.

    Not at the end (a cut sentence, a list), not behind a colon or comma, not three in a row (a list), not before a line
    that goes on in lower case. Markdown headings are headings anywhere.

    :param live: units that are not boilerplate.
    :return: those of them that are headings, ascending. O(n).
    """
    text, units = layout.text, layout.units
    found = {index for index in live if _MARKDOWN_HEADING.match(text, units[index][0])}
    rest = [index for index in live if index not in found]
    total = sum(units[index][1] - units[index][0] for index in rest)
    ended = sum(units[index][1] - units[index][0] for index in rest if is_punctuated(text, units[index]))
    if not rest or ended < PUNCTUATED_SHARE * total:
        return sorted(found)
    run: list[int] = []
    for place, index in enumerate(rest):
        limits = (MAX_TITLE_CHARACTERS, MAX_TITLE_WORDS) if place == 0 else (MAX_HEADING_CHARACTERS, MAX_HEADING_WORDS)
        if _is_candidate(text, units[index], *limits):
            run.append(index)
            continue
        if run and _closes_run(layout, run, index, top=run[0] == rest[0]):
            above = rest[place - len(run) - 1] if place > len(run) else None
            if above is None or text[units[above][1] - 1] not in ":,;，：；、":
                found.update(run)
        run = []
    return sorted(found)


def _closes_run(layout: Layout, run: list[int], index: int, *, top: bool) -> bool:
    """Tell whether the unit below some short lines is a paragraph that they can be headings of."""
    text, (start, end) = layout.text, layout.units[index]
    longest = max(layout.units[entry][1] - layout.units[entry][0] for entry in run)
    return (
        len(run) <= MAX_HEADING_RUN + top
        and is_punctuated(text, (start, end))
        and end - start > min(longest, MAX_HEADING_CHARACTERS // 2)
        and not text[start].islower()
        and not _LIST_ENTRY.match(text, start)
    )


def count_leads(layout: Layout, live: Sequence[int], is_single: Callable[[int], bool]) -> int:
    """Count the summary lines at the top: single sentences, no blank line between them, one below.

    :param is_single: whether a unit is one sentence.
    """
    count = 0
    for place, index in enumerate(live[: MAX_LEADS + 1]):
        start, end = layout.units[index]
        if end - start > MAX_LEAD_CHARACTERS or (place and layout.apart[index]) or not is_single(index):
            break
        count += 1
    if not MIN_LEADS <= count <= MAX_LEADS or count == len(live):
        return 0
    return count if layout.apart[live[count]] else 0


def find_title(layout: Layout, live: Sequence[int], headings: Sequence[int], leads: int) -> int | None:
    """Find the unit that is the headline: a heading at the top, or behind the summary lines and a blank line.

    A heading of fewer than :data:`MIN_TITLE_WORDS` words there is a section or an agency: "AAP", "World/Europe".
    """
    if not live:
        return None
    for index in (live[0], live[leads]):
        if index in headings:
            return index if count_words(layout.text[slice(*layout.units[index])]) >= MIN_TITLE_WORDS else None
    return None


def heading_text(layout: Layout, index: int) -> str:
    """Give a heading without Markdown marks."""
    return _heading_body(layout.text, layout.units[index])[0]
