"""Asking a rewriter: whatever it does, what comes back is a few drafts for each cluster, or a warning.

A rewriter is outside code around a model, and a model can be steered by the articles it reads. So nothing it gives is
believed here: it runs in a thread of its own under a time limit, its errors become one warning, and only what could be
a sentence at all is handed on to :mod:`summarizer.wording`, which judges what the drafts say.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from summarizer.datatypes import Document
from summarizer.protocols import Rewriter
from summarizer.segmentation import segment

logger = logging.getLogger(__name__)

#: Drafts of one cluster that are looked at; beams of more are rarely worth the time of the gate.
MAX_DRAFTS: Final = 8
#: A draft of more characters is no sentence: the longest sentence that a document may have by default.
MAX_CHARACTERS: Final = 1_000
#: How long to wait for an answer, in seconds: at all, and for each cluster. A model of 250 million parameters needs
#: about three seconds a cluster on one old core.
_PATIENCE: Final = 60.0
_PATIENCE_EACH: Final = 30.0
#: An error of a rewriter is quoted up to so many characters.
_MAX_QUOTED: Final = 200

# Controls, line ends, halves of surrogate pairs, bidi marks, zero-width characters, tags, private use: none of them
# is part of a sentence that an article would print, and each can hide or steer something.
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufeff"
    "\uffa0\ufff0-\uffff\U000e0000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Drafts:
    """What a rewriter offered.

    :param offered: for each cluster its drafts, best first; None stands for one that is no text. Without an answer each
        cluster has none.
    :param warning: why there is no answer, or None.
    """

    offered: tuple[tuple[str | None, ...], ...]
    warning: str | None = None


def ask(rewriter: Rewriter, clusters: Sequence[Sequence[str]]) -> Drafts:
    """Ask a rewriter for drafts of all clusters in one call.

    The time limit, a minute and half a minute a cluster, is far above what any model needs that is worth waiting for:
    it is there so that one that hangs costs a warning and not the briefing. Its thread cannot be killed and ends with
    the process.

    :param clusters: n clusters, the representative of each first.
    :return: n lists of at most :data:`MAX_DRAFTS` drafts; none and a warning if the rewriter raised, gave another
        number of lists, or did not answer in time.
    """
    if not clusters:
        return Drafts(())
    given = tuple(tuple(cluster) for cluster in clusters)
    answers: list[tuple[tuple[str | None, ...], ...]] = []
    problems: list[str] = []

    def run() -> None:
        try:
            answers.append(_collect(rewriter, given))
        except BaseException as error:  # SystemExit too must not end the thread unseen
            logger.info("the rewriter failed", exc_info=True)
            problems.append(_quote(error))

    limit = _PATIENCE + _PATIENCE_EACH * len(given)
    thread = threading.Thread(target=run, name="rewriter", daemon=True)
    thread.start()
    thread.join(limit)
    # Copied once: a rewriter that answers late must not change what was decided without it.
    answer, problem = answers[:1], problems[:1]
    if answer:
        return Drafts(answer[0])
    reason = problem[0] if problem else f"no answer in {limit:g} seconds"
    warning = f"nothing was rewritten: the rewriter failed ({reason}); every sentence is verbatim"
    return Drafts(((),) * len(given), warning)


def _collect(rewriter: Rewriter, clusters: tuple[tuple[str, ...], ...]) -> tuple[tuple[str | None, ...], ...]:
    offered = list(islice(rewriter.rewrite(clusters), len(clusters) + 1))
    if len(offered) != len(clusters):
        number = f"more than {len(clusters)}" if len(offered) > len(clusters) else str(len(offered))
        raise ValueError(f"{number} lists of drafts for {len(clusters)} clusters")
    return tuple(_drafts(drafts) for drafts in offered)


def _drafts(offered: object) -> tuple[str | None, ...]:
    """Give the first drafts as plain strings; a string in place of a list is garbage, not a list of letters."""
    if isinstance(offered, str) or not isinstance(offered, Iterable):
        return (None,)
    return tuple(str.__str__(draft) if isinstance(draft, str) else None for draft in islice(offered, MAX_DRAFTS))


def _quote(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:
        text = "no message"
    return f"{type(error).__name__}: {text[:_MAX_QUOTED]}"


def find_garbage(draft: str | None, language: str) -> str | None:
    """Say why a draft cannot be one sentence, whatever it says; None if it can.

    :param draft: without blanks at its ends.
    :param language: ISO 639-1; chooses the rules by which sentences end.

    >>> find_garbage("Exports fell. Imports rose.", "en")
    '2 sentences in place of one'
    """
    if draft is None:
        return "not a text"
    if not draft:
        return "empty"
    if len(draft) > MAX_CHARACTERS:
        return f"longer than {MAX_CHARACTERS} characters"
    if _UNSEEN.search(draft):
        return "holds a line end or characters that are not seen"
    sentences, _ = segment(Document(draft, language=language), max_characters=MAX_CHARACTERS)
    if len(sentences) != 1:
        return f"{len(sentences)} sentences in place of one" if sentences else "no words"
    return None
