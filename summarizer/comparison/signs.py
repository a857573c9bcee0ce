"""What speaks for and against two figures being of one measure: few signs with names, each told by words and places.

A measure is a thing counted and what happened to it. Two reports name it in two wordings more often than in one, so no
single sign decides; how much each weighs was fitted, see :mod:`summarizer.comparison.sameness`. Signs speak of words
and of how they are placed, never of the values but for how far apart these are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import inf, log, log10
from typing import Final

from summarizer.comparison.figures import Figure, Figures
from summarizer.comparison.leaning import is_only, leans
from summarizer.comparison.likeness import marks_apart, plausible, words_apart
from summarizer.comparison.measures import ANYONE, exclude, key_of
from summarizer.comparison.moves import Moves, find_moves
from summarizer.wordnet import KIN, Kinship, kinship

#: Sentences that share so much of the shorter one's words are built alike: one other word there is meant.
_PARALLEL: Final = 0.6
#: Reports of one thing seldom differ by more than so many times.
_TIMES: Final = 2.5
_MOST: Final = 3.0
#: The same of values of which one is the other with its scale slipped: as of two reports that differ. No hand had
#: written such a pair among 23,500 cases; of 12 in one set of made pairs none was found, for they are ten times apart.
_SLIPPED: Final = log(1.5)
#: From here on values of one digit, round ones, are taken for slips, too, where the same word stands beside both.
_ROUND: Final = 100
_EXACTLY: Final = 1e-6
#: Share of the words of the shorter sentence that stand in one order in both, from which words between them that differ
#: stand for one another.
_ORDERED: Final = 0.6
#: The same, from which words that only one of them has were added to it.
_COPIED: Final = 0.85


#: People told apart by what they are, not by what befell them.
_PART: Final = frozenset(
    map(key_of, "woman child girl boy baby infant teenager pensioner foreigner local minor toddler".split())
)


@dataclass(frozen=True, eq=False)
class Facing:
    """Two figures of different origins, with what their sentences tell.

    :param mine: keys of the sentence of the first, :param theirs: of the second.
    """

    figures: Figures
    one: Figure
    other: Figure
    mine: frozenset[str]
    theirs: frozenset[str]

    @cached_property
    def lonely(self) -> tuple[list[str], list[str]]:
        """The words around each, no names, of which the other's sentence has neither the word nor one of its kin."""
        here, there = (
            [key for key in figure.near - held if key not in figure.before and key not in figure.behind]
            for figure, held in ((self.one, self.theirs), (self.other, self.mine))
        )
        alone, alone_other = self.theirs - self.mine, self.mine - self.theirs
        return (
            sorted(key for key in here if not any(kinship(key, word) in KIN for word in alone)),
            sorted(key for key in there if not any(kinship(key, word) in KIN for word in alone_other)),
        )

    @cached_property
    def held(self) -> tuple[float, float]:
        """The share of the words around each that the other's sentence tells, in its words or their kin."""
        found = []
        for figure, held, lonely in (
            (self.one, self.theirs, self.lonely[0]),
            (self.other, self.mine, self.lonely[1]),
        ):
            foreign = (figure.before | figure.behind) - held
            total = self.figures.weigh(figure.near)
            found.append(1 - self.figures.weigh({*lonely, *foreign}) / total if total else 0.0)
        return found[0], found[1]

    @cached_property
    def beside(self) -> list[Kinship | None]:
        """How the words next to the two are related, place by place; None where both sentences tell them."""
        found: list[Kinship | None] = []
        a, b = self.one, self.other
        for (key, _), (other, _) in ((a.left, b.left), (a.right, b.right), (a.next, b.next)):
            if key and other and (key == other or (key not in self.theirs and other not in self.mine)):
                found.append(kinship(key, other))
            else:
                found.append(None)
        return found

    @cached_property
    def is_swapped(self) -> bool:
        """Whether a word of the one stands in the place of another word of the other."""
        moved = self.moves.kept >= _ORDERED and bool(self.moves.swapped)
        heads = self.one.head, self.other.head
        unkin = all(heads) and heads[0] != heads[1] and kinship(*heads) not in KIN
        return moved or unkin or self.apart is not None

    @cached_property
    def apart(self) -> tuple[str, str] | None:
        """The words by which the two are of different things, see :func:`likeness.words_apart`."""
        return words_apart(self.figures, self.one, self.other, self.mine, self.theirs)

    @cached_property
    def is_plausible(self) -> bool:
        """Whether the two values may be reports of one thing, see :func:`likeness.plausible`."""
        return plausible(self.figures, self.one, self.other, sum(self.held) / 2, self.mine, self.theirs)

    @cached_property
    def leans(self) -> bool:
        """Whether nothing but the wording sets the two apart, see :func:`leaning.leans`."""
        return leans(self.figures, self.one, self.other)

    @property
    def shares_no_name(self) -> bool:
        """Whether both sentences hold names, and none of the one is told by the other."""
        names, others = self.figures.names[self.one.sentence], self.figures.names[self.other.sentence]
        return bool(names and others) and not names & self.theirs and not others & self.mine

    @cached_property
    def equal(self) -> int:
        """The places in which the same word stands next to both."""
        a, b = self.one, self.other
        return sum(bool(x[0]) and x[0] == y[0] for x, y in ((a.left, b.left), (a.right, b.right), (a.next, b.next)))

    @cached_property
    def unlike(self) -> int:
        """The places in which the words next to the two are neither the same nor kin."""
        return sum(kin is not None and kin not in KIN for kin in self.beside)

    @cached_property
    def moves(self) -> Moves:
        """How the one sentence turns into the other."""
        order = self.figures.order
        return find_moves(order[self.one.sentence], order[self.other.sentence])

    @cached_property
    def share(self) -> float:
        """The share of the words of the shorter sentence that the other holds too."""
        words = self.figures.words
        least = min(len(words[self.one.sentence]), len(words[self.other.sentence]))
        return len(self.mine & self.theirs) / max(1, least)

    @cached_property
    def ratio(self) -> float:
        """The logarithm of how many times the one value is the other, at most 3.

        Where one looks like the other with its point or its scale slipped ("4.2 million", "4.2 billion"), it is that of
        two reports of one thing.
        """
        if self.one.quantity.family in ("score", "rank"):
            return 0.0
        small, great = sorted(
            abs(figure.quantity.value or figure.quantity.low) * (100 if figure.quantity.family == "ratio" else 1)
            for figure in (self.one, self.other)
        )
        if not 0 < small or not great < inf:
            return _MOST
        return _SLIPPED if _is_slip(small, great, alike=self.equal > 0) else min(log(great / small), _MOST)


def _is_slip(small: float, great: float, *, alike: bool) -> bool:
    """Tell whether the digits of two values are the same, and their sizes are not.

    :param alike: whether the same word stands beside both: round and small numbers share digits by chance.
    """
    tens = log10(great / small)
    if tens < 0.5 or abs(tens - round(tens)) > _EXACTLY:
        return False
    digits = f"{small:.6g}".replace(".", "").strip("0").partition("e")[0].strip("0")
    return len(digits) > 1 or (alike and small >= _ROUND)


def _heads(f: Facing) -> Kinship:
    a, b = f.one.head, f.other.head
    return kinship(a, b) if a and b and a != b else ""


def _foreign(f: Facing) -> tuple[bool, bool]:
    a, b = f.one, f.other
    return bool((a.before | a.behind) - f.theirs), bool((b.before | b.behind) - f.mine)


def _specific(f: Facing) -> bool:
    return bool((f.one.head and f.one.head == f.other.head) or f.one.kinds & f.other.kinds)


def _any_kin(one: Iterable[str], other: Iterable[str], kind: Kinship) -> bool:
    words = list(other)
    return any(kinship(key, word) == kind for key in one for word in words)


#: Name of each sign and how it is read, in the order of the weights.
SIGNS: Final[dict[str, Callable[[Facing], float]]] = {
    "words around them that both sentences tell": lambda f: sum(f.held) / 2,
    "the same of the figure that shares fewer": lambda f: min(f.held),
    "all words around them are told by both": lambda f: min(f.held) >= 0.99,
    "words that the sentences share": lambda f: min(len(f.mine & f.theirs), 6) / 6,
    "sentences built alike": lambda f: f.share >= _PARALLEL,
    "a name that the other lacks": lambda f: sum(_foreign(f)) == 1,
    "the one counted noun": lambda f: bool(f.one.head) and f.one.head == f.other.head,
    "counted nouns that are kin": lambda f: _heads(f) in KIN,
    "counted nouns that are not kin": lambda f: (
        bool(f.one.head and f.other.head) and f.one.head != f.other.head and _heads(f) not in KIN
    ),
    "people, and some of them": lambda f: (f.one.head in ANYONE) != (f.other.head in ANYONE),
    "one counts no noun": lambda f: bool(f.one.head) != bool(f.other.head),
    "one fate or account": lambda f: bool(f.one.kinds & f.other.kinds),
    "two fates or accounts": lambda f: exclude(f.one.kinds, f.other.kinds),
    "only one tells a fate or account": lambda f: bool(f.one.kinds) != bool(f.other.kinds),
    "the same word beside": lambda f: f.equal,
    "kin beside": lambda f: sum(kin in KIN for kin in f.beside) - f.equal,
    "other words beside": lambda f: f.unlike,
    "siblings beside": lambda f: f.beside.count("beside"),
    "other words beside, built alike": lambda f: f.share >= _PARALLEL and f.unlike > 0,
    "the same word and another beside": lambda f: f.equal > 0 and f.unlike > 0,
    "the one counted noun, other words beside": lambda f: (
        bool(f.one.head) and f.one.head == f.other.head and f.unlike > 0
    ),
    "nothing alike beside": lambda f: not (f.equal or _specific(f) or _any_near(f)) and f.unlike > 0,
    "one order of words": lambda f: f.moves.kept,
    "words in the place of others, in one order": lambda f: f.moves.kept >= _ORDERED and bool(f.moves.swapped),
    "one word in the place of another, in one order": lambda f: f.moves.kept >= _ORDERED and len(f.moves.swapped) == 1,
    "words added, else the same": lambda f: f.moves.kept >= _COPIED and bool(f.moves.added) and not f.moves.swapped,
    "a part by age or sex": lambda f: (f.one.head in _PART) != (f.other.head in _PART),
    "opposites": lambda f: _any_kin(*f.lonely, "opposed"),
    "siblings": lambda f: _any_kin(*f.lonely, "beside"),
    "words of which one alone can be meant": lambda f: bool(marks_apart(f.figures, f.one, f.other)),
    "words of their own, the figure with fewer": lambda f: min(len(f.lonely[0]), len(f.lonely[1]), 4) / 4,
    "words of their own, the figure with more": lambda f: min(max(len(f.lonely[0]), len(f.lonely[1])), 5) / 5,
    "how far the values are apart": lambda f: f.ratio / _MOST,
    "values far apart": lambda f: f.ratio > log(_TIMES),
    "each alone of its kind in its sentence": lambda f: (
        is_only(f.figures, f.one, f.other) and is_only(f.figures, f.other, f.one)
    ),
    "both changes, or neither": lambda f: (f.one.quantity.role == "change") == (f.other.quantity.role == "change"),
    "another of the same": lambda f: f.one.shifted != f.other.shifted,
    "counts": lambda f: f.one.quantity.family == "count",
    "money": lambda f: f.one.quantity.family == "money",
    "per cent": lambda f: f.one.quantity.family in ("percent", "ratio"),
    "words set them apart": lambda f: f.apart is not None,
    "may be two reports of one": lambda f: f.is_plausible,
    "only the wording differs": lambda f: f.leans,
}


def _any_near(f: Facing) -> bool:
    return any(kin in KIN for kin in f.beside)


def read_signs(facing: Facing) -> tuple[float, ...]:
    """Read the signs, in the order of :data:`SIGNS`. O(words around the one times words of the other)."""
    return tuple(float(read(facing)) for read in SIGNS.values())
