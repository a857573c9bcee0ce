"""What single words tell of a sentence: quotation marks, digits, capitals, a verb.

Most rules about sentences look for something that few sentences hold. Where a rule needs a certain word, or a mark that
stands in one, it is asked of the words first, and each word is read once: the next sentence that holds it, of this
input or another, finds what was read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.facts import hint
from summarizer.terms import ByPiece, count_words

#: A sentence holds a mark that may open a quotation; an apostrophe inside a word does not.
OPENING: Final = 1
#: ... a quotation mark or a bracket that must be paired.
PAIRED: Final = 2
#: ... one mark written as two.
DOUBLED: Final = 4
#: ... one of the marks that are counted as quotation marks.
QUOTATION: Final = 8
#: ... a question mark.
QUESTION: Final = 16
#: ... a colon that ends a word.
COLON: Final = 32
#: ... a digit.
DIGIT: Final = 64
#: ... a word that may be its verb.
VERB: Final = 128
#: ... "we", "my" and the like.
WE: Final = 256
#: ... "I", maybe as a numeral.
I_ALONE: Final = 512
#: ... what captions hold.
CAPTION: Final = 1024
#: A word begins with a capital of ASCII.
CAPITAL: Final = 2048
#: Behind so many bits stands what the guards may find in a sentence (:func:`summarizer.facts.hint`).
_HINT_BITS: Final = 12

#: Marks that are counted as quotation marks.
QUOTATION_MARKS: Final = '"“”„«»'
#: Signs that may stand behind the last mark of a sentence.
CLOSERS: Final = "\"”’'»›)]」』】）》“* "

_OPENING: Final = re.compile("[\"“„«「『]|(?<![\\w'’])['‘]")
_PAIRED: Final = re.compile('[„”“"«»「」()\\[\\]]')
_QUESTION: Final = ("?", "？", "؟")
_DIGIT: Final = re.compile(r"\d")
_I: Final = re.compile(r"I(?!\w)")
_CAPITAL: Final = re.compile(r"[A-Z]")
# The first letter before the word boundary: a search for letters is three times as fast as one for boundaries.
FIRST_PERSON: Final = re.compile(
    r"[MmWwOou](?<!\w[MmWwOou])(?:(?<=[Mm])y(?:self)?|(?<=[Ww])e|(?<=[Oo])ur(?:s|selves)?|(?<=m)e|(?<=u)s)\b(?!\.)"
)
_WE: Final = frozenset("my My myself Myself we We our Our ours Ours ourselves Ourselves me us".split())
#: A caption holds one of these; "in this photo" is no word.
CAPTION_HINTS: Final = (
    "left",
    "right",
    "center",
    "centre",
    "FILE",
    "photo",
    "image",
    "picture",
    "seen",
    "shown",
    "(",
    "/",
)
#: ... and as a word without any mark one of these.
_CAPTION_WORDS: Final = frozenset("left right center centre FILE FILES photo image picture seen shown pictured".split())
#: Words of sentences that may be their verb.
VERBS: Final = frozenset(
    """
    is are was were be been am isn aren wasn weren has have had do does did can could may might must shall should will
    would won won't can't cannot says said say goes went go gone gets got get came come comes became become saw see sees
    took take takes taken made make makes gave give gives given found find finds told tell tells left leave leaves kept
    keep held hold holds met meet meets led lead leads ran run runs began begin begins fell fall rose rise grew grow
    broke break broken brought bring bought buy sold sell built build sent send spent spend lost lose paid pay stood
    stand sat sit lay lie shot shoot struck strike sank sink drove drive flew fly wrote write read spoke speak swore
    threw throw won win caught catch fought fight felt feel thought think knew know taught teach heard hear hit hurt cut
    put set let cost shut quit beat bid burst split spread rode ride shook shake stole steal tore tear wore wear woke
    chose choose drew draw ate eat drank drink hid hide forgot swam sang rang sought seek swept sweep slid slide bent
    dealt deal meant mean slept dug stuck hung swung spun stung bit blew threw lit dove knelt laid led sped need want
    ask warn call agree announce appear arrest arrive allow back begin believe blame block call cause charge claim close
    confirm continue decide declare demand deny die end enter expect face fear flee follow force gather help hope host
    identify include increase interview investigate issue join kill launch look live marry move name offer open oppose
    order plan play plead prepare pull push question raid raise reach reject release remain reopen report rescue resign
    resume return reveal reverse sack sail save search seize serve shine show sign start stay step stop storm suffer
    suggest support surrender suspect suspend talk target threaten trap try turn urge visit vote vow wait walk watch
    welcome work worry
    """.split()
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What the words of n texts tell.

    :param held: shape (n,), the signs above that any word of a text has, added up.
    :param capitals: shape (n,), words that begin with a capital of ASCII, but for the first.
    :param words: shape (n,), words as a budget counts them.
    """

    held: NDArray[np.int64]
    capitals: NDArray[np.int64]
    words: NDArray[np.int64]

    @property
    def hints(self) -> NDArray[np.int64]:
        """What the guards may find in each text, shape (n,)."""
        return self.held >> _HINT_BITS


def read_signs(texts: Sequence[str]) -> Signs:
    """Read what the words of texts tell. O(characters)."""
    pieces = [text.split() for text in texts]
    lengths = np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces))
    flat = map(_SIGNS.__getitem__, chain.from_iterable(pieces))
    signs = np.fromiter(flat, dtype=np.int64, count=int(lengths.sum()))
    held, capitals = np.zeros(len(texts), dtype=np.int64), np.zeros(len(texts), dtype=np.int64)
    full = lengths > 0
    if full.any():
        starts = (np.cumsum(lengths) - lengths)[full]
        held[full] = np.bitwise_or.reduceat(signs, starts)
        begun = signs & CAPITAL != 0
        begun[starts] = False
        capitals[full] = np.add.reduceat(begun, starts, dtype=np.int64)
    words = lengths.copy()
    for index in [index for index, text in enumerate(texts) if not text.isascii()]:
        words[index] = count_words(texts[index])
    return Signs(held, capitals, words)


def _read(piece: str) -> int:
    """Give the signs of one word."""
    if piece.isalpha():  # as most are: what few signs there can be are seen at once
        return (
            VERB * (piece.lower() in VERBS)
            | WE * (piece in _WE)
            | I_ALONE * (piece[-1] == "I")
            | CAPTION * (piece in _CAPTION_WORDS)
            | CAPITAL * ("A" <= piece[0] <= "Z")
            | hint(piece) << _HINT_BITS
        )
    single = piece.replace("’’", "”").replace("''", '"').replace("``", '"')
    found = (
        OPENING * bool(_OPENING.search(single))
        | PAIRED * bool(_PAIRED.search(single))
        | DOUBLED * (single != piece)
        | QUOTATION * any(map(piece.__contains__, QUOTATION_MARKS))
        | QUESTION * any(map(piece.__contains__, _QUESTION))
        | COLON * piece.endswith(":")
        | DIGIT * bool(_DIGIT.search(piece))
        | VERB * (piece.lower() in VERBS)
        | WE * bool(FIRST_PERSON.search(piece))
        | I_ALONE * bool(_I.search(piece))
        | CAPTION * any(map(piece.__contains__, CAPTION_HINTS))
        | CAPITAL * bool(_CAPITAL.match(piece))
        | hint(piece) << _HINT_BITS
    )
    return int(found)


_SIGNS: Final = ByPiece(_read)
