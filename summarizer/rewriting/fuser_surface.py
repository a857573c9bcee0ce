"""From word pieces without case back to print: what was copied appears in the very characters of its source.

The vocabulary knows no case, no accents and no spaces. Each piece that was written is looked up in the sources, where
the longest run that goes on from it wins; a run is printed as its source prints it, spaces and all. Where two runs
meet, and where a piece has no source, the rules of newspaper English decide on spaces, case and quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.rewriting.fuser_text import Encoded

_NO_SPACE_BEFORE: Final = frozenset(",.;:?!)]}%…")
_NO_SPACE_AFTER: Final = frozenset("([{$£€¥#@")
_TIGHT: Final = frozenset("-/")
_CONTRACTED: Final = frozenset({"s", "t", "re", "ve", "ll", "d", "m"})
_ENDS: Final = (".", "!", "?", "…")
_CLOSING: Final = "\"'”’)]"
_NO_PLACE: Final = -1
_SPACES: Final = re.compile(r"\s+")
#: A mark of a sentence behind another; three points stay.
_DOUBLED: Final = re.compile(r"(?<!\.)([.,;:])(?: ?[.,;:])(?!\.)")


@dataclass(frozen=True, slots=True)
class Written:
    """One piece of the output."""

    piece: str
    """As the vocabulary has it; a leading ``##`` continues the word before."""
    place: int
    """In the sources, or -1."""


def align(output: Sequence[int], source: Encoded, continues: Sequence[bool]) -> list[int]:
    """Find the place in the sources that each piece of the output was taken from.

    A run that began goes on while it can; else the place wins from which most pieces match, then one where the word
    ends as it does in the output, then the first.

    :param output: pieces.
    :param continues: of each piece of the vocabulary: whether it continues a word.
    :return: places; -1 for pieces that no source holds. O(len(output) len(source)) in practice.
    """
    pieces = source.pieces.tolist()
    places_of: dict[int, list[int]] = {}
    for place, piece in enumerate(pieces):
        if source.ends[place]:
            places_of.setdefault(piece, []).append(place)
    found: list[int] = []
    for at, piece in enumerate(output):
        follows = found[-1] + 1 if found and found[-1] >= 0 else _NO_PLACE
        starts = places_of.get(piece, ())
        if not starts:
            found.append(_NO_PLACE)
        elif follows in starts and (continues[piece] or _run(output, at, pieces, follows, continues) > 0):
            found.append(follows)
        else:
            found.append(max(starts, key=lambda place: (_run(output, at, pieces, place, continues), -place)))
    return found


def _run(output: Sequence[int], at: int, pieces: Sequence[int], place: int, continues: Sequence[bool]) -> int:
    """Count pieces that match from here on; 0 if not even the word at the start ends the same way."""
    length = 0
    while at + length < len(output) and place + length < len(pieces) and output[at + length] == pieces[place + length]:
        length += 1
    end_here = at + length >= len(output) or not continues[output[at + length]]
    end_there = place + length >= len(pieces) or not continues[pieces[place + length]]
    if end_here and end_there:
        return length
    whole = length - 1
    while whole > 0 and continues[output[at + whole]]:
        whole -= 1
    return max(whole, 0)


def to_text(written: Sequence[Written], source: Encoded, common: Container[str]) -> str:
    """Print the output.

    :param written: pieces and where they are from.
    :param common: lower-case words that are no names, for words whose capital may come from their place alone.
    :return: one sentence, with a capital and a full stop where the sources have them.
    """
    text = ""
    quotes = _Quotes("“" if any("“" in one for one in source.texts) else '"')
    for number, one in enumerate(written):
        before = written[number - 1] if number else None
        after = written[number + 1] if number + 1 < len(written) else None
        surface = _surface(one, before, source, common)
        if one.piece in ('"', "'") and not _is_apostrophe(before, one, after, source, quotes):
            surface, gap = quotes.next(one.piece, surface, text)
        else:
            gap = "" if quotes.just_opened else _gap(before, one, after, source)
            quotes.just_opened = False
        text += gap + surface
    return _finish(text, source)


class _Quotes:
    """Which quotation mark comes next: opening and closing take turns, whatever the sources have at that place."""

    def __init__(self, double: str) -> None:
        self._double = double
        self._open: set[str] = set()
        self.just_opened = False

    def is_open(self, mark: str) -> bool:
        """Say whether the mark would close."""
        return mark in self._open

    def next(self, mark: str, surface: str, text: str) -> tuple[str, str]:
        """Give the mark to print, and what stands before it."""
        closes = mark in self._open
        self._open ^= {mark}
        if mark == '"' and surface in "\"“”„‟`'":
            surface = ('"' if self._double == '"' else "”") if closes else self._double
        gap = "" if closes or self.just_opened or not text or text[-1] in _NO_SPACE_AFTER else " "
        self.just_opened = not closes
        return surface, gap


def _is_apostrophe(
    before: Written | None, one: Written, after: Written | None, source: Encoded, quotes: _Quotes
) -> bool:
    """Tell the mark of "don't" and "workers' rights" from a quotation mark."""
    if one.piece != "'" or before is None or not before.piece[-1].isalnum():
        return False
    if after is not None and after.piece in _CONTRACTED:
        return True
    return not quotes.is_open("'") and _follows(before, one, source) and not _between(before, one, source)


def _follows(before: Written | None, one: Written, source: Encoded) -> bool:
    return (
        before is not None
        and before.place >= 0
        and one.place == before.place + 1
        and bool(source.sentences[one.place] == source.sentences[before.place])
    )


def _between(before: Written, one: Written, source: Encoded) -> str:
    text = source.texts[source.sentences[one.place]]
    between = text[source.ends[before.place] : source.starts[one.place]]
    # The second half of a mark that a typewriter makes of two.
    return _SPACES.sub(" ", between.lstrip("`'") if before.piece == '"' else between)


def _gap(before: Written | None, one: Written, after: Written | None, source: Encoded) -> str:
    """Give what stands between a piece and the one before it."""
    if before is None or one.piece.startswith("##"):
        return ""
    if _follows(before, one, source):
        return _between(before, one, source)
    first, last = one.piece[0], before.piece[-1]
    if first in _NO_SPACE_BEFORE or last in _NO_SPACE_AFTER or first in _TIGHT or last in _TIGHT:
        return ""
    contracted = after is not None and after.piece in _CONTRACTED
    if (first == "'" and contracted) or (last == "'" and one.piece in _CONTRACTED):
        return ""
    return " "


def _surface(one: Written, before: Written | None, source: Encoded, common: Container[str]) -> str:
    """Give the characters of a piece; what continues a word from elsewhere is in lower case."""
    plain = one.piece.removeprefix("##")
    if one.place < 0:
        return "I" if plain == "i" and not one.piece.startswith("##") else plain
    if one.piece.startswith("##") and not _follows(before, one, source):
        return plain
    number = int(source.sentences[one.place])
    text, start, end = source.texts[number], int(source.starts[one.place]), int(source.ends[one.place])
    surface = text[start:end]
    opens = before is None or before.piece == ":"
    if opens or not surface[:1].isupper() or not _opens_sentence(text, start):
        return surface
    if _follows(before, one, source) and source.ends[one.place - 1]:
        return surface
    return surface if is_name(source.texts, number, start, common) else surface[0].lower() + surface[1:]


def _opens_sentence(text: str, start: int) -> bool:
    return not any(letter.isalnum() for letter in text[:start])


def _word_at(text: str, start: int) -> str:
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] in "'’-" or text[end : end + 1] == "."):
        end += 1
    return text[start:end].rstrip(".'’-")


def is_name(texts: Sequence[str], number: int, start: int, common: Container[str]) -> bool:
    """Say whether a word at the start of a sentence has its capital for itself.

    :param texts: sentences of one matter, in which the word may stand elsewhere.
    :param number: that of the sentence.
    :param start: where the word begins in it.
    :param common: lower-case words that are no names.
    """
    text = texts[number]
    word = _word_at(text, start)
    if not word:
        return False
    if len(word) > 1 and not word[1:].islower() and any(letter.isupper() for letter in word[1:]):
        return True
    if word == "I" or word.startswith(("I'", "I’")):
        return True
    inside = re.compile(rf"(?<=[\w,;:] ){re.escape(word)}\b", re.IGNORECASE)
    seen = [found[0] for one in texts for found in inside.finditer(one)]
    if seen:
        return sum(one[0].isupper() for one in seen) * 2 >= len(seen)
    return word.split("'")[0].split("’")[0].lower() not in common


def _finish(text: str, source: Encoded) -> str:
    text = _DOUBLED.sub(r"\1", _SPACES.sub(" ", text)).strip().lstrip(",;:.-— ").rstrip(",;:-— ")
    bare = text.rstrip(_CLOSING + " ")
    stops = any(one.rstrip(_CLOSING + " ").endswith(_ENDS) for one in source.texts)
    if text and stops and not bare.endswith(_ENDS):
        text += "."
    return _capitalise(text)


def _capitalise(text: str) -> str:
    for place, letter in enumerate(text):
        if letter.isalnum():
            rest = re.match(r"\w+", text[place:])
            keeps = letter.islower() and rest is not None and any(one.isupper() for one in rest[0])
            return text if keeps else text[:place] + letter.upper() + text[place + 1 :]
    return text
