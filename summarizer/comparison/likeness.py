"""Whether two figures may be of one thing, and what tells them apart."""

from __future__ import annotations

from typing import Final

from summarizer.comparison.contrasts import find_contrast
from summarizer.comparison.figures import Figure, Figures
from summarizer.comparison.measures import ANYONE, exclude, grows, kind_of, same_heads
from summarizer.quantities import Quantity

#: Reports of one thing seldom differ by more than so many times.
_TIMES: Final = 5
#: Content words that two sentences must share, numbers masked, to be sure that they are about one thing.
_SHARED: Final = 3
#: Closeness from which one word fewer will do.
_SHORT: Final = 0.7
#: Closeness from which any difference of values may be one of reports.
_SURE: Final = 0.9


def same_unit(a: Quantity, b: Quantity) -> bool:
    """Tell whether two quantities can be compared as numbers; what they count is looked at elsewhere."""
    if {a.family, b.family} == {"percent", "ratio"}:
        return True
    return a.family == b.family and (a.family == "count" or _one_unit(a, b))


def _one_unit(a: Quantity, b: Quantity) -> bool:
    one, other = a.unit.name, b.unit.name
    if {one, other} == {"degree", "°C"}:  # where no scale is named, above it they are of Fahrenheit
        return abs((a if one == "degree" else b).low) <= _HOTTEST
    return one == other or "sum" in (one, other) or any(one in names and other in names for names in _NAMESAKES)


#: Degrees Celsius of the air.
_HOTTEST: Final = 55
#: Currencies of which an article may say but the name that they share: "crowns", "kroner", "rupees".
_NAMESAKES: Final = (
    *(frozenset((name, code)) for name in ("crown", "krone") for code in ("NOK", "DKK")),
    *(frozenset(("crown", code)) for code in ("CZK", "SEK", "ISK", "krone")),
    *(frozenset(("INR", code)) for code in ("LKR", "PKR", "NPR")),
)


def names_differ(a: Figure, b: Figure, mine: frozenset[str], theirs: frozenset[str], *, agree: bool) -> bool:
    """Tell whether each is of a name that the other's sentence lacks, or two names have changed their places.

    :param agree: whether the values agree; where they do not, the names of two speakers tell no two things apart.
    """
    if not agree:
        mine, theirs = mine | b.speakers, theirs | a.speakers
    if (a.before | a.behind) - theirs and (b.before | b.behind) - mine:
        return True
    if a.entity - theirs and b.entity - mine and not a.entity & b.entity:
        return True
    return names_swapped(a, b) and a.left[0] == b.left[0]


def names_swapped(a: Figure, b: Figure) -> bool:
    """Tell whether two names have changed their places: what one did to the other, and the other to the one."""
    swapped = a.before & b.behind and a.behind & b.before
    return bool(swapped) and not (a.before & b.before or a.behind & b.behind)


def things_apart(a: Figure, b: Figure) -> tuple[str, str] | None:
    """Give the nouns or kinds by which two figures are of different things."""
    if a.quantity.family == "count" and not same_heads(a.head, b.head):
        return a.quantity.unit.name, b.quantity.unit.name
    if exclude(a.kinds, b.kinds):
        return " and ".join(sorted(a.kinds)), " and ".join(sorted(b.kinds))
    return None


def words_apart(
    figures: Figures, a: Figure, b: Figure, mine: frozenset[str], theirs: frozenset[str]
) -> tuple[str, str] | None:
    """Give words by which two figures are of different things: each hangs on one that the other's sentence lacks."""
    contrast = marks_apart(figures, a, b)
    alike = not contrast and _alike_but_for_verbs(a, b, mine, theirs)
    for (key, word), (other, word_other) in ((a.left, b.left), (a.right, b.right), (a.next, b.next)):
        if key and other and key not in theirs and other not in mine and not (alike and _may_be_one(word, word_other)):
            return word, word_other
    if contrast or alike:
        return contrast
    mine_only, theirs_only = a.near - theirs, b.near - mine
    if len(mine_only) == len(theirs_only) == 1 and a.left[0] == b.left[0] and a.right[0] == b.right[0]:
        return min(mine_only), min(theirs_only)  # word for word the same but for one
    lacking, lacked = sorted(a.measure - theirs), sorted(b.measure - mine)
    return (lacking[0], lacked[0]) if lacking and lacked else None


def _alike_but_for_verbs(a: Figure, b: Figure, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether two figures count the same things by the same names, so that only what was done may differ.

    Reporters put many verbs for one another that no list pairs; another verb alone is weak evidence of another thing.
    """
    family = a.quantity.family
    if a.head != b.head or a.head in ANYONE or a.kinds != b.kinds or a.entity - theirs or b.entity - mine:
        return False
    names, names_other = a.before | a.behind, b.before | b.behind
    if not (a.head or family == "rank" or (family in _LASTING and len(names & theirs) > 1)):
        return False
    return bool(names & theirs and names_other & mine) and names <= theirs and names_other <= mine


def _may_be_one(word: str, other: str) -> bool:
    """Tell whether two words may be verbs of one act: by their endings, and no list holds both apart."""
    return not (kind_of(word) and kind_of(other)) and all(one.endswith(_VERBS) for one in (word, other))


_VERBS: Final = (
    "ed", "ing", "es", "de", "ld", "pt", "ew", "ok", "ve", "nt", "nk", "ne", "lost", "beat", "run", "ran", "back",
)  # fmt: skip
_LASTING: Final = frozenset(("length", "duration", "speed", "mass", "area", "temperature"))


def marks_apart(figures: Figures, a: Figure, b: Figure, *, acts: bool = True) -> tuple[str, str] | None:
    """Give words around two figures of which only one can be meant, each told by one sentence alone.

    :param acts: words for what was done count too, not only those that split what is counted.
    """
    return find_contrast(a.marks - figures.marks[b.sentence], b.marks - figures.marks[a.sentence], acts=acts)


def _foreign(a: Figure, b: Figure, figures: Figures, theirs: frozenset[str]) -> bool:
    """Tell whether one figure is by a name that the other's sentence lacks, and that sentence has one of its own."""
    if not (a.before | a.behind) - theirs:
        return False
    return bool(figures.names[b.sentence] - figures.words[a.sentence] - a.near)


def plausible(
    figures: Figures, a: Figure, b: Figure, closeness: float, mine: frozenset[str], theirs: frozenset[str]
) -> bool:
    """Tell whether two values may be reports of one thing.

    Not where the sentences share too little, one tells of a kind that the other does not know, one value is many times
    the other, or ages are not told of the same noun.
    """
    both = mine & theirs
    shared = len(both)
    if shared < _SHARED and not both & (a.before | a.behind | a.kinds | a.measure):
        return False
    if shared < _SHARED - (closeness >= _SHORT) or (a.kinds - theirs) or (b.kinds - mine):
        return False
    if _foreign(a, b, figures, theirs) or _foreign(b, a, figures, mine):
        return False
    if a.quantity.unit.name == "year old" and not may_be_one_age(a, b):
        return False
    small, great = sorted(abs(figure.quantity.value or figure.quantity.low) for figure in (a, b))
    return great <= _TIMES * small or closeness >= _SURE


def may_be_one_age(a: Figure, b: Figure) -> bool:
    """Tell whether two ages are told of the same noun, or of one person by the full name."""
    beside = {a.left[0], a.right[0]} & {b.left[0], b.right[0]}
    names = a.before | a.behind
    return any(beside) or (len(names) > 1 and names == b.before | b.behind)


def roles_agree(a: Figure, b: Figure) -> bool:
    """Tell whether both may be the same end of a move; what it started from is no level of now."""
    roles = {a.quantity.role, b.quantity.role}
    return roles != {"from", "to"} and roles != {"from", "level"}


def outdated(a: Figure, b: Figure) -> bool:
    """Tell whether one is what a growing count has risen from."""
    return (a.quantity.role == "from") != (b.quantity.role == "from") and grows(a.kinds | b.kinds, a.head or b.head)
