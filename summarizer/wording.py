"""How statements are worded: where origins say the same, one sentence fused from theirs, or the one that was chosen.

The rewriter is not trusted. Every draft is judged by :mod:`summarizer.faithfulness` against the sentences it was made
from, and here for what it does to the briefing: it may not break the budget, nor repeat another statement, nor be a
worse sentence than the one it replaces. The first draft that passes becomes the text; without one the chosen sentence
stands verbatim, with the reasons. Support never changes, so the sentence that a rewrite stands for is always its first.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final, Literal

import numpy as np

from summarizer.datatypes import Document, Gate, Rewriting, Statement
from summarizer.drafting import MAX_CHARACTERS, ask, find_garbage
from summarizer.faithfulness import Objection, check, find_loose_seam
from summarizer.fusion import MAX_TITLE_WORDS, Task, find_task, find_title_task
from summarizer.openers import is_dangling
from summarizer.protocols import Entailment, Rewriter
from summarizer.quotable import find_flaw
from summarizer.selection.redundancy import Redundancy
from summarizer.terms import count_words, index_terms

logger = logging.getLogger(__name__)

#: A gate names so many reasons, each of so many characters.
_MAX_REASONS: Final = 4
_MAX_REASON: Final = 200
#: Least share of the content words of a draft that stand in the sentence it replaces, or in two sources. It withholds
#: 8 % of 349 unions of sentences that people wrote and 1 % of 116 pairs of news; a half would withhold 23 and 12 %.
_COMMON: Final = 1 / 3
#: The same of a draft that is the sentence of another source, word for word. Of 62 such drafts of news, read by hand,
#: it withholds 42, of which half told something else than the sentence that was chosen.
_COMMON_COPIED: Final = 3 / 4
#: Shorter words carry no message.
_TELLING: Final = 4
_WORD: Final = re.compile(r"\w+")
#: Opens with somebody named before, or with a reader who is spoken to; or says so behind a quotation.
_PRONOUN: Final = re.compile(r"[\"“(\s]*(?:he|she|they|it|his|her|their|its|you|your|we|our|i|my)\b", re.IGNORECASE)
_BEHIND: Final = re.compile(r"[\"”]\s(?:he|she|they|it)\s", re.IGNORECASE)

#: Whether texts, printed as a briefing, keep its budget.
Fits = Callable[[Sequence[str]], bool]
_Outcome = Literal["rewritten", "withheld", "kept", "unchanged", "single"]


@dataclass(frozen=True, slots=True)
class Worded:
    """Statements and headline as they are to be printed.

    :param rewriting: what became of them, in numbers.
    :param warnings: what went wrong, for the reader.
    """

    statements: tuple[Statement, ...]
    title: str | None
    rewriting: Rewriting
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    """Counts, as they grow."""

    outcomes: Counter[str] = field(default_factory=Counter)
    objections: Counter[str] = field(default_factory=Counter)


def reword(
    statements: Sequence[Statement],
    documents: Sequence[Document],
    rewriter: Rewriter,
    *,
    name: str,
    fits: Fits,
    title: str | None = None,
    entailment: Entailment | None = None,
) -> Worded:
    """Fuse what supports each statement into one sentence, where a draft passes every check.

    What a statement is fused from, if anything, is said by :func:`summarizer.fusion.find_task`. Drafts are judged in
    reading order, so that what comes first has the first claim on the budget.

    :param statements: in reading order, all verbatim.
    :param documents: that support them.
    :param rewriter: asked once, for all statements together.
    :param name: what the signature says of it.
    :param fits: whether texts keep the budget; statements as they are given do.
    :param title: the headline so far; one of more than :data:`MAX_TITLE_WORDS` words, or none, may give way to a
        shorter one that passed the gate.
    :param entailment: asked last about each draft.
    :return: as many statements, with the same ids, support and order.

    O(statements · drafts · (words of the sources + words of the briefing)) beside the rewriter.
    """
    by_id = {document.id: document for document in documents}
    tasks = [find_task(statements, place, by_id) for place in range(len(statements))]
    headline = find_title_task(title, documents)
    open_ = [task for task in (*tasks, headline) if task.is_open]
    drafts = ask(rewriter, [task.sources for task in open_])
    offered = {id(task): offer for task, offer in zip(open_, drafts.offered, strict=True)}
    tally, worded = _Tally(), list(statements)
    for place, task in enumerate(tasks):
        worded[place] = _word(worded, place, task, offered.get(id(task), ()), fits, entailment, tally)
    if title is None:
        best = _best_supported(worded, tasks)
        headline, offer = (tasks[best], offered[id(tasks[best])]) if best is not None else (headline, ())
    else:
        offer = offered.get(id(headline), ())
    shorter, verdict = _headline(headline, offer, entailment)
    counted: dict[str, int] = dict(sorted(tally.objections.items(), key=lambda row: (-row[1], row[0])))
    rewriting = Rewriting(name, **tally.outcomes, objections=counted, title=verdict)
    logger.info("rewriting by %s: %s; objections: %s; title: %s", name, dict(tally.outcomes), counted, verdict.status)
    return Worded(tuple(worded), shorter or title, rewriting, (drafts.warning,) if drafts.warning else ())


def _word(
    worded: Sequence[Statement],
    place: int,
    task: Task,
    drafts: Sequence[str | None],
    fits: Fits,
    entailment: Entailment | None,
    tally: _Tally,
) -> Statement:
    """Give one statement with the first draft that passes, or as it is, with the reasons; and count it."""
    statement = worded[place]

    def end(outcome: _Outcome, **changes: object) -> Statement:
        tally.outcomes[outcome] += 1
        return replace(statement, **changes) if changes else statement  # type: ignore[arg-type]

    if task.kept is not None:
        tally.objections[task.kept.check] += 1
        return end("kept", gate=Gate("verbatim", _reasons([task.kept])))
    if not task.is_open:
        return end("single")
    texts = [other.text for other in worded]
    objections: list[Objection] = []
    for draft in map(_trim, drafts):
        if _is_same(draft, statement.text, task.language):
            return end("unchanged")
        objection = (
            _flaw(draft, statement.text, task.language)
            or _unfaithful(draft or "", task, entailment)
            or _misfit(draft or "", place, texts, fits, task.language)
            or _seam(draft or "", task)
        )
        if objection is None:
            return end("rewritten", text=draft, kind="rewrite", gate=Gate("passed"))
        objections.append(objection)
        tally.objections[objection.check] += 1
    if not objections:
        return end("unchanged")
    return end("withheld", gate=Gate("failed", _reasons(objections)))


def _trim(draft: str | None) -> str | None:
    """Take blanks from the ends and doubled spaces from the middle; nothing else of a draft is repaired."""
    return draft if draft is None else " ".join(part for part in draft.strip().split(" ") if part)


def _is_same(draft: str | None, chosen: str, language: str) -> bool:
    """Say whether a draft has the content words of the chosen sentence, in order: then nothing is gained."""
    if draft is None or len(draft) > MAX_CHARACTERS:
        return False
    terms = index_terms([draft, chosen], language)
    return bool(np.array_equal(terms.content(0), terms.content(1)))


def _flaw(draft: str | None, replaced: str, language: str) -> Objection | None:
    """Say why a draft is not a sentence that could stand where the other one stands."""
    garbage = find_garbage(draft, language)
    if garbage is not None:
        return Objection("form", garbage)
    flaw = find_flaw(draft or "", language)
    if flaw is not None and flaw != find_flaw(replaced, language):
        return Objection("form", f"reads as: {flaw}")
    for points in (is_dangling, _is_of_pronoun):
        if points(draft or "", language) and not points(replaced, language):
            return Objection("form", "points at a sentence before it")
    return None


def _is_of_pronoun(text: str, language: str) -> bool:
    """Say whether an English sentence tells by a pronoun whom it speaks of, or who speaks."""
    return language == "en" and bool(_PRONOUN.match(text) or _BEHIND.search(text))


def _misfit(draft: str, place: int, texts: Sequence[str], fits: Fits, language: str) -> Objection | None:
    """Say what a draft would do to the briefing: to its budget and its other statements."""
    others = [*texts[:place], *texts[place + 1 :]]
    if not fits([*texts[:place], draft, *texts[place + 1 :]]):
        return Objection("budget", "the briefing would be over its budget")
    if _repeats(draft, texts[place], others, language):
        return Objection("repetition", "another statement says it already")
    return None


def _repeats(draft: str, replaced: str, others: Sequence[str], language: str) -> bool:
    """Say whether a draft shares more words with another statement than selection allows and the old wording did."""
    terms = index_terms([*others, replaced, draft], language)
    numbers = np.arange(len(terms.rows))
    redundancy = Redundancy(numbers, terms, numbers, np.ones(len(numbers), dtype=np.bool_))
    said, old, new = list(range(len(others))), len(others), len(others) + 1
    rules = (redundancy.allows, redundancy.allows_wording)
    return any(allows(old, said) and not allows(new, said) for allows in rules)


def _strays(draft: str, task: Task) -> bool:
    """Say whether a draft rests on one source nearly alone, and not the one it stands for.

    What one source says in passing, an order to a machine among it, must not appear under the names of all.
    """
    terms = index_terms([draft, *task.sources], task.language)
    said = set(terms.content(0).tolist())
    holders = Counter(chain.from_iterable(set(terms.content(n + 1).tolist()) for n in range(len(task.sources))))
    own = set(terms.content(1).tolist())
    common = sum(term in own or holders[term] > 1 for term in said)
    copied = any(np.array_equal(terms.content(0), terms.content(n + 1)) for n in range(1, len(task.sources)))
    return common < (_COMMON_COPIED if copied else _COMMON) * len(said)


def _unfaithful(draft: str, task: Task, entailment: Entailment | None) -> Objection | None:
    """Give the first objection of the gate; one that cannot judge withholds."""
    if len(task.sources) > 1 and _strays(draft, task):
        return Objection("common ground", "too much of it stands in one source alone")
    try:
        objections = check(draft, task.sources, entailment=entailment, language=task.language)
    except Exception as error:  # an entailment model is outside code, and no error of it may let a draft through
        logger.warning("a rewrite could not be checked", exc_info=True)
        return Objection("gate", f"could not be checked ({type(error).__name__})")
    return _veil(objections[0], draft, task.sources) if objections else None


def _seam(draft: str, task: Task) -> Objection | None:
    """Say where words of two sources run into each other: what is printed must read well beside being true."""
    objection = find_loose_seam(draft, task.sources)
    return _veil(objection, draft, task.sources) if objection else None


def _veil(objection: Objection, draft: str, sources: Sequence[str]) -> Objection:
    """Take words that only the draft has out of a reason: what was withheld must not be printed as a reason either.

    Numbers stay, for they tell most and carry no message.
    """
    logger.debug("withheld %r: %s", draft, objection)
    known = {word.casefold() for source in sources for word in _WORD.findall(source)}
    own = {word.casefold() for word in _WORD.findall(draft)} - known
    hidden = {word for word in own if len(word) >= _TELLING and not word.isdigit()}
    reason = _WORD.sub(lambda match: "…" if match.group().casefold() in hidden else match.group(), objection.reason)
    return replace(objection, reason=reason)


def _reasons(objections: Iterable[Objection]) -> tuple[str, ...]:
    """Give each reason once, in the order of the drafts."""
    reasons = (" ".join(f"{objection.check}: {objection.reason}".split()) for objection in objections)
    return tuple(dict.fromkeys(reason[:_MAX_REASON] for reason in reasons))[:_MAX_REASONS]


def _best_supported(statements: Sequence[Statement], tasks: Sequence[Task]) -> int | None:
    """Give the place of the statement of most origins that was given to the rewriter; the first of equals."""
    places = [place for place, task in enumerate(tasks) if task.is_open]
    return max(places, key=lambda place: (statements[place].origins, -place), default=None)


def _headline(task: Task, drafts: Sequence[str | None], entailment: Entailment | None) -> tuple[str | None, Gate]:
    """Give the first draft that is short enough for a headline and passes the gate, without its full stop."""
    objections: list[Objection] = []
    for draft in map(_trim, drafts):
        sentence = f"{draft}." if draft and draft[-1].isalnum() else draft
        words = count_words(draft or "")
        objection = (
            Objection("length", f"{words} words are too many for a headline") if words > MAX_TITLE_WORDS else None
        )
        # Beside nothing, a fragment is no flaw: many headlines have no verb.
        objection = objection or _flaw(sentence, "", task.language) or _unfaithful(sentence or "", task, entailment)
        if objection is None:
            return (sentence or "").removesuffix("."), Gate("passed")
        objections.append(objection)
    return None, Gate("failed", _reasons(objections)) if objections else Gate()
