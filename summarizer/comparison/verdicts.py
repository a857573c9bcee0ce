"""How two figures of one matter stand to one another."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.findings import Relation


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two figures stand to one another.

    :param relation: the relation.
    :param reason: what decided it, in one sentence.
    :param later: which is the later of a revision: 1 or 2; 0 elsewhere.
    """

    relation: Relation
    reason: str
    later: int = 0
