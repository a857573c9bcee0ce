"""Words of a text: what is counted, compared and stemmed.

Two things are called a word. :func:`count_words` is what a budget counts: what stands between spaces, and each Chinese,
Japanese or Thai character on its own. :func:`tokenize` gives what is compared: lower-cased, without punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain, count, groupby, pairwise, repeat
from operator import itemgetter
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

# Scripts written without spaces: kana, Han, Thai, Lao, Khmer, Burmese; a character is the unit there.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
# Characters of two ranges that hold all of those: what is no quotation mark, dash or letter with an accent.
_FAR_CHARACTER: Final = re.compile("[\u0e00-\u1dff\u2e80-\U0003fffd]")
_UNSPACED_CHARACTER: Final = re.compile(f"[{_UNSPACED}]")
# Letters first: most words are of them, and no letter here is a digit or of an unspaced script. A Thai digit is both.
_WORD: Final = re.compile(rf"[^\W\d_{_UNSPACED}]+(?:'[^\W\d_{_UNSPACED}]+)?|[{_UNSPACED}]|\d+(?:[.,]\d+)*")
#: Signs around a word that are part of none.
_EDGES: Final = ".,:;!?\"'()[]“”‘’–—…-$%*/"
_POSSESSIVES: Final = ("'s", "’s")
_ACRONYM: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# "US" is a country and "us" a pronoun; lower-casing would make a stop word of the most frequent actor in the news.
_STATES: Final = ("US", "USA")
_UNITED_STATES: Final = re.compile(r"\b(?:U\.S\.A\.|U\.S\.|USA|US)(?![\w])")

#: Marks of news beside ASCII that part words.
_MARKS: Final = "“”‘–—…\xa0"
#: Every acronym holds an initial between full stops.
_INITIAL: Final = re.compile(r"\.[^\W\d_]\.")
#: Blanks for whatever is part of no token: all but small letters, digits, and what may stand inside a word or number.
_LETTERS: Final = bytes(code if chr(code).isalnum() or chr(code) in ".,'" else 32 for code in range(128)) + bytes(128)

#: English function words (articles, pronouns, prepositions, conjunctions, auxiliaries and a few adverbs), written for
#: this project by going through the closed word classes.
STOP_WORDS: Final = frozenset(
    """
    a an the this that these those such same other another each every either neither both all any some no none few many
    much more most several own
    i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
    herself it its itself they them their theirs themselves one ones who whom whose which what whoever whatever
    someone anyone everyone nobody something anything everything nothing
    about above across after against along amid among around as at before behind below beneath beside besides between
    beyond by despite down during except for from in inside into like near of off on onto out outside over past per
    since through throughout till to toward towards under until up upon via with within without
    and but or nor so yet if then than because while whereas although though unless whether when where why how once
    am is are was were be been being do does did doing done have has had having can could may might must shall should
    will would ought cannot
    not n't also too very just only even still again ever never always already here there now however thus therefore
    s t d ll m re ve don doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn
    """.split()
)


def count_words(text: str) -> int:
    """Count words as a budget does: runs between spaces, and each character of a script written without spaces.

    Never less than ``len(text.split())``.

    >>> count_words("Exports fell 12.7% in May.")
    5
    """
    words = len(text.split())
    if text.isascii() or not _FAR_CHARACTER.search(text):
        return words
    apart, unspaced = _UNSPACED_CHARACTER.subn(" ", text)
    return max(len(apart.split()) + unspaced, words)


def tokenize(text: str) -> list[str]:
    """Split into lower-cased words, numbers kept whole, acronyms joined, possessives dropped.

    >>> tokenize("The U.S. team's rare-earth plan: 12.7%")
    ['the', 'usa', 'team', 'rare', 'earth', 'plan', '12.7']
    """
    plain = text
    if not text.isascii():
        for mark in _MARKS:
            plain = plain.replace(mark, " ")
        plain = plain.replace("’", "'")
    if not plain.isascii() or "US" in plain or _INITIAL.search(plain):
        return list(chain.from_iterable(map(_PIECES.__getitem__, text.split())))
    # What is left are runs of plain letters, but for numbers and apostrophes, which are read on their own.
    letters = f"{plain.lower()} ".encode().translate(_LETTERS).replace(b". ", b" ").replace(b", ", b" ")
    words = letters.decode().split()
    tokens: list[str] = []
    last = 0
    for place in [place for place, word in enumerate(words) if not word.isalpha()]:
        tokens += words[last:place]
        tokens += _PIECES[words[place]]
        last = place + 1
    return tokens + words[last:] if last else words


Kept = TypeVar("Kept")


class ByPiece(dict[str, Kept]):
    """What stands between blanks -> what a function reads in it; most was met before, in this input or another."""

    #: Pieces kept, of at most so many characters. Where words are written without spaces, pieces are sentences.
    MOST: Final = 40_000
    LONGEST: Final = 24

    def __init__(self, read: Callable[[str], Kept]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, piece: str) -> Kept:
        found = self._read(piece)
        if len(piece) <= self.LONGEST:
            if len(self) >= self.MOST:
                self.clear()
            self[piece] = found
        return found


def _read_tokens(piece: str) -> tuple[str, ...]:
    """Give the tokens of what stands between blanks: no token reaches over one.

    Each word is one object: "The", "the" and "the," share it, so it is found sooner wherever it is looked up.
    """
    word = piece if piece.isalpha() else piece.strip(_EDGES)
    if word[-2:] in _POSSESSIVES:
        word = word[:-2]
    if word.isalpha() and word.isascii():  # most are one word, with signs around it
        tokens: tuple[str, ...] = ("usa",) if word in _STATES else (word.lower(),)
    else:
        tokens = _find_tokens(piece)
    if len(piece) > ByPiece.LONGEST:
        return tokens
    if len(_WORDS) >= ByPiece.MOST:
        _WORDS.clear()
    return tuple(map(_WORDS.setdefault, tokens, tokens))


#: Words, each as one object.
_WORDS: Final[dict[str, str]] = {}
#: 10 MB at most.
_PIECES: Final = ByPiece(_read_tokens)


def _find_tokens(text: str) -> tuple[str, ...]:
    """Give the tokens of any text."""
    text = _ACRONYM.sub(lambda match: match.group().replace(".", ""), _UNITED_STATES.sub("usa", text))
    return tuple(token.removesuffix("'s") for token in _WORD.findall(text.lower().replace("’", "'")))


_STEMMER_NAMES: Final = {
    "ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hi": "hindi", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


def stem(word: str, language: str = "en") -> str:
    """Reduce a lower-cased word to its Snowball stem; unknown languages keep the word.

    :param word: one token of :func:`tokenize`.
    :param language: ISO 639-1 code.
    """
    return _stems(language)[word]


class _Stems(dict[str, str]):
    """Words of one language -> their stems. Most words of an input were met before, in this input or in another."""

    #: Words kept: 4 MB.
    MOST: Final = 30_000

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> str:
        form = _stemmer(self._language)([word])[0] if word.isalpha() else word
        if len(self) >= self.MOST:
            self.clear()
        self[word] = form
        return form


@lru_cache(maxsize=32)
def _stems(language: str) -> _Stems:
    """Give the stems of the words of a language."""
    return _Stems(language)


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Callable[[Sequence[str]], Sequence[str]]:
    """Give the Snowball stemmer of a language; PyStemmer is 25 times as fast as the Python one."""
    import Stemmer

    name = _STEMMER_NAMES.get(language)
    return Stemmer.Stemmer(name).stemWords if name in Stemmer.algorithms() else list


@dataclass(frozen=True)
class Terms:
    """The stems of n texts as numbers.

    :param rows: for each text its stems in order, stop words included, as indices into ``vocabulary``.
    :param vocabulary: the distinct stems.
    :param is_stop: shape (len(vocabulary),), which of them are function words.
    """

    rows: tuple[NDArray[np.int32], ...]
    vocabulary: tuple[str, ...]
    is_stop: NDArray[np.bool_]

    def content(self, index: int) -> NDArray[np.int32]:
        """Give the stems of one text without function words, in order."""
        row = self.rows[index]
        return row[~self.is_stop[row]]

    @cached_property
    def flat(self) -> NDArray[np.int64]:
        """The stems of all texts, one after the other, shape (total words,)."""
        return np.concatenate(self.rows).astype(np.int64) if self.rows else np.zeros(0, dtype=np.int64)

    @cached_property
    def owner(self) -> NDArray[np.int64]:
        """The text of each of :attr:`flat`."""
        lengths = np.fromiter(map(len, self.rows), dtype=np.int64, count=len(self.rows))
        return np.repeat(np.arange(len(self.rows)), lengths)


def index_terms(texts: Sequence[str], languages: Iterable[str | None] | str = "en") -> Terms:
    """Tokenize, stem and number the words of texts.

    :param texts: n texts.
    :param languages: one ISO 639-1 code for all, or one (or None, no stemming) a text.
    :return: n rows. O(total words); each distinct word is stemmed once.
    """
    codes = [languages] * len(texts) if isinstance(languages, str) else list(languages)
    tokens = list(map(tokenize, texts))
    index = _Index()
    numbers: list[Iterable[int]] = []
    # Texts of one language side by side, as those of an article are, are numbered together.
    for code, run in groupby(zip(codes, tokens, strict=True), key=itemgetter(0)):
        numbers.append(index.number(list(chain.from_iterable(map(itemgetter(1), run))), code or ""))
    lengths = list(map(len, tokens))
    flat = np.fromiter(chain.from_iterable(numbers), dtype=np.int32, count=sum(lengths))
    ends = accumulate(lengths, initial=0)
    rows = tuple(flat[start:end] for start, end in pairwise(ends))
    return Terms(rows, tuple(index.vocabulary), np.array(index.stops, dtype=np.bool_))


class _Index:
    """The vocabulary as it grows, and the stem number of every word met, by language."""

    def __init__(self) -> None:
        self.vocabulary: dict[str, int] = {}
        self.stops: list[bool] = []
        self._numbers: dict[str, dict[str, int]] = {}

    def number(self, words: Sequence[str], language: str) -> Iterable[int]:
        """Give the stem number of each word, new stems in the order in which they are met.

        No step is taken word by word in Python: that was two thirds of the time.
        """
        numbers, vocabulary = self._numbers.setdefault(language, {}), self.vocabulary
        distinct = dict.fromkeys(words)
        new = [word for word in distinct if word not in numbers] if numbers else list(distinct)
        forms = list(map(_stems(language).__getitem__, new))
        known = len(vocabulary)
        fresh = [form for form in dict.fromkeys(forms) if form not in vocabulary]
        vocabulary.update(zip(fresh, count(known)))
        numbers.update(zip(new, map(vocabulary.__getitem__, forms), strict=True))
        if language == "en":
            # The first word of a stem says whether it is a function word.
            first = dict(zip(reversed(forms), reversed(new), strict=True))
            self.stops += map(STOP_WORDS.__contains__, map(first.__getitem__, fresh))
        else:
            self.stops += repeat(False, len(fresh))
        return map(numbers.__getitem__, words)
