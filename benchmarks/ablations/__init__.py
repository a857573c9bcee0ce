"""The parts of the default that can be taken out, one at a time, to see what each is worth.

The library has no switches for this. A part is a list of changes to names of its modules, made in this process while
:func:`without` is open and undone after it. A change names the module that *uses* the name: ``from x import f`` binds
``f`` again, and only the binding that is called matters. A name that is no longer there is an error, so that a rename
breaks a test here, and no part is ever measured with nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Final

import numpy as np

from benchmarks.data import DataError


@dataclass(frozen=True, slots=True)
class Change:
    """One name of the library, and what stands in its place.

    :param module: dotted name of the module that uses it.
    :param attribute: the name there, or ``Class.name``.
    :param make: gives the replacement for the present value.
    """

    module: str
    attribute: str
    make: Callable[[Any], Any]

    def owner(self) -> tuple[Any, str]:
        """Give the module or class that holds the name, and the name in it.

        :raises DataError: if there is no such name: the library has moved on, and the table below has to follow.
        """
        owner: Any = import_module(self.module)
        *path, name = self.attribute.split(".")
        for step in path:
            owner = getattr(owner, step, None)
        if owner is None or name not in vars(owner):
            raise DataError(
                f"{self.module} has no {self.attribute}: it was renamed or moved; change it in benchmarks/ablations.py"
            )
        return owner, name

    @contextmanager
    def made(self) -> Iterator[None]:
        """Make the change until the block ends."""
        owner, name = self.owner()
        # As the class holds it: getattr would call a property and bind a method.
        before = vars(owner)[name]
        setattr(owner, name, self.make(before))
        try:
            yield
        finally:
            setattr(owner, name, before)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the default.

    :param title: what is gone, for tables and pictures.
    :param what: what is done instead.
    :param changes: made together.
    :param readability: whether the part is there for readers and may cost ROUGE.
    """

    title: str
    what: str
    changes: tuple[Change, ...]
    readability: bool = False


def to(value: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    """Put a value in place of another, whatever that was."""
    return lambda before: value


def _tokens(concept: Any, origin: Any, size: int) -> Any:  # noqa: ANN401
    return np.bincount(concept, minlength=size)


def _tokens_of(group: Any, member: Any, n_members: int, n_groups: int) -> Any:  # noqa: ANN401
    return np.bincount(group, minlength=n_groups).astype(np.float64)


def _one_origin_suffices(before: Callable[..., Any]) -> Callable[..., Any]:
    def weights(concept: Any, owners: Any, kind: Any, *others: Any) -> Any:  # noqa: ANN401
        found = before(concept, owners, kind, *others)
        words_and_pairs = kind <= import_module("summarizer.concepts").WORD
        return np.where(words_and_pairs & (found == 0), 1.0, found)  # one origin to any power weighs one

    return weights


def _each_its_own_origin(documents: Sequence[Any], *, threshold: float) -> list[Any]:
    return [replace(document, origin_id=document.id, copy_of=None) for document in documents]


def _zeros(shape_of: str) -> Callable[[Any], Any]:
    return to(property(lambda self: np.zeros_like(getattr(self, shape_of))))


def _singletons(before: Callable[..., Any]) -> Callable[..., Any]:
    def cluster(sentences: Sequence[Any], *args: Any, **options: Any) -> Any:  # noqa: ANN401
        alone = np.arange(len(sentences), dtype=np.int64)
        return replace(before(sentences, *args, **options), labels=alone, topics=alone)

    return cluster


@dataclass(frozen=True, slots=True)
class _Unlearned:
    """The fitted salience with a part of it replaced by what needs no fitting.

    :param fitted: the model in use.
    :param merit: whether merit is still learned; else it is 1 for all.
    :param expectation: whether it is still learned what a summary holds; else concepts count by their support.
    """

    fitted: Any
    merit: bool = True
    expectation: bool = True

    @property
    def name(self) -> str:
        return str(self.fitted.name)

    def explain_merit(self, features: Any) -> Any:  # noqa: ANN401
        if self.merit:
            return self.fitted.explain_merit(features)
        return ("any sentence",), np.ones((len(features.words), 1))

    def expect(self, features: Any) -> Any:  # noqa: ANN401
        if self.expectation:
            return self.fitted.expect(features)
        weights = features.concepts.weights
        return weights / max(float(weights.max(initial=0.0)), 1e-9)


def _unlearned(**kept: bool) -> Callable[[Any], Any]:
    return lambda before: lambda path: _Unlearned(before(path), **kept)


def _by_salience(candidates: Any, budget: Any, follows: Any, **options: Any) -> list[int]:  # noqa: ANN401
    """Choose by the first gain alone, in place of what each sentence adds to those chosen."""
    gains = candidates.salience
    chosen: list[int] = []
    for index in np.argsort(-gains, kind="stable").tolist():
        if gains[index] > 0 and budget.fits(index, budget.used(chosen)) and options["allowed"](index, chosen):
            chosen.append(index)
    return chosen


def _apart(before: Callable[..., list[int]]) -> Callable[..., list[int]]:
    def coverage(candidates: Any, budget: Any, follows: Any, **options: Any) -> list[int]:  # noqa: ANN401
        return before(candidates, budget, np.zeros_like(follows), **options)

    return coverage


def _always(self: Any, index: int, chosen: Sequence[int]) -> bool:  # noqa: ANN401
    return True


_REPETITION: Final = (
    Change("summarizer.selection.redundancy", "Redundancy.allows", to(_always)),
    Change("summarizer.selection.redundancy", "Redundancy.allows_wording", to(_always)),
)
_COVERAGE: Final = Change("summarizer.selection", "coverage", to(_by_salience))
#: What words count against word pairs was chosen for what was learned, and means nothing without it.
_SUPPORT_ALONE: Final = Change("summarizer.salience", "_WORD_SHARE", to(1.0))

#: Name on the command line -> the part.
PARTS: Final[Mapping[str, Part]] = {
    "learned": Part(
        "learned salience",
        "every sentence has the same merit, and a summary is expected to hold concepts by the weight of their support",
        (Change("summarizer.pipeline", "load_salience", _unlearned(merit=False, expectation=False)), _SUPPORT_ALONE),
    ),
    "merit": Part(
        "learned merit",
        "every sentence has the same merit; what a summary is expected to hold is learned",
        (Change("summarizer.pipeline", "load_salience", _unlearned(merit=False)),),
    ),
    "expectation": Part(
        "learned expectation",
        "a summary is expected to hold concepts by the weight of their support; the merit of sentences is learned",
        (Change("summarizer.pipeline", "load_salience", _unlearned(expectation=False)), _SUPPORT_ALONE),
    ),
    "support": Part(
        "support counting",
        "a concept counts by how often it is said, not by how many origins say it, in its weight and in features",
        (
            Change("summarizer.concepts", "_count_origins", to(_tokens)),
            Change("summarizer.features", "_n_distinct", to(_tokens_of)),
        ),
    ),
    "two_origins": Part(
        "rule of two origins",
        "words and word pairs that only one origin holds weigh one, not nothing",
        (Change("summarizer.concepts", "_weights", _one_origin_suffices),),
    ),
    "folding": Part(
        "folding of copies",
        "every article is an origin of its own",
        (Change("summarizer.preparation", "fold_copies", to(_each_its_own_origin)),),
    ),
    "position": Part(
        "position",
        "every sentence counts as the first of its article, in salience, in ties and in the order of reading",
        (
            Change("summarizer.material", "Material.positions", _zeros("owner")),
            Change("summarizer.material", "Material.relative", _zeros("owner")),
        ),
    ),
    "redundancy": Part(
        "redundancy, all of it",
        "sentences are chosen by salience alone, whatever was said already",
        (*_REPETITION, _COVERAGE),
    ),
    "repetition_rule": Part(
        "rule against repetition",
        "only coverage keeps a summary from saying things twice",
        _REPETITION,
    ),
    "coverage": Part(
        "coverage",
        "sentences are chosen by salience; only the rule against repetition keeps them apart",
        (_COVERAGE,),
    ),
    "clustering": Part(
        "clusters and topics",
        "every sentence is a cluster and a topic of its own; support by similar sentences stays",
        (Change("summarizer.preparation", "cluster_sentences", _singletons),),
    ),
    "topics": Part(
        "weight of topics",
        "a topic that several origins speak of adds nothing to the words they share",
        (Change("summarizer.concepts", "_TOPIC_WEIGHT", to(0.0)),),
    ),
    "figures": Part(
        "figures",
        "a figure given for a topic adds nothing",
        (Change("summarizer.concepts", "_FIGURE_WEIGHT", to(0.0)),),
    ),
    "accounts": Part(
        "handful of accounts",
        "four to fifteen articles are summarized like any, by what was learned",
        (Change("summarizer.salience", "accounts", to(lambda n_origins: 0.0)),),
    ),
    "affinity": Part(
        "articles about something else",
        "an article that is far from the others counts like any, and none is left out",
        (
            Change("summarizer.salience", "_AFFINITY", to(1e-9)),
            Change("summarizer.preparation", "_other_events", to(lambda *given: (set(), []))),
        ),
    ),
    "brevity": Part(
        "brevity",
        "long sentences have the whole of their gain",
        (Change("summarizer.salience", "_LONG", to(10**9)),),
        readability=True,
    ),
    "said": Part(
        "share of what was said",
        "gains fall by the expected words and pairs that were told, not by the share of the supported ones",
        (Change("summarizer.selection.coverage", "_SAID_SHARE", to(0.0)),),
    ),
    "length": Part(
        "length prior",
        "salience and gain are not divided by a power of the length: long sentences win",
        (
            Change("summarizer.salience", "LENGTH_POWER", to(0.0)),
            Change("summarizer.selection.coverage", "LENGTH_POWER", to(0.0)),
        ),
    ),
    "encoder": Part(
        "encoder",
        "sentences are compared by TF-IDF alone",
        (Change("summarizer.embedding", "load_embedder", to(lambda name, cache=None: None)),),
    ),
    "cleaning": Part(
        "cleaning",
        "nothing is marked as boilerplate or opinion; titles and bylines in the text stay sentences",
        (Change("summarizer.preparation", "clean", to(lambda document: document)),),
        readability=True,
    ),
    "quotable": Part(
        "rules of what may be quoted",
        "fragments, captions, questions, the first person and quotations without a speaker are sentences like any",
        (Change("summarizer.salience", "find_flaws", to(lambda texts, *given: [None] * len(texts))),),
        readability=True,
    ),
    "dangling": Part(
        "factor of dangling openers",
        "a sentence that points at one before it, or does not say who speaks, keeps its salience",
        (Change("summarizer.salience", "_DANGLING_FACTOR", to(1.0)),),
        readability=True,
    ),
    "runs": Part(
        "runs of two",
        "a sentence that points at the one before it keeps its factor, even right behind that one",
        (Change("summarizer.selection", "coverage", _apart),),
        readability=True,
    ),
    "gaps": Part(
        "gaps in place of fillers",
        "coverage uses the last of the budget, whatever the gain",
        (Change("summarizer.selection", "_LEAST_GAIN", to(0.0)),),
        readability=True,
    ),
}


def find_part(name: str) -> Part:
    """Give a part by its name.

    :raises DataError: if it is unknown.
    """
    if name not in PARTS:
        raise DataError(f"unknown part {name!r}; choose from {', '.join(PARTS)}")
    return PARTS[name]


@contextmanager
def without(name: str) -> Iterator[Part]:
    """Take one part out of the library in this process until the block ends.

    :raises DataError: if the part is unknown, or names what the library no longer has; nothing is changed then.
    """
    part = find_part(name)
    with ExitStack() as stack:
        for change in part.changes:
            stack.enter_context(change.made())
        yield part
