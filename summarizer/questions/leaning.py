"""Questions that lean on one asked before: "Why did they?" English.

A query knows no earlier question. What "they" stands for must be named, or the nearest sentences are those of anybody.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.terms import STOP_WORDS

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PRONOUNS: Final = frozenset("he she they him her them his hers their theirs it its this that these those".split())
#: "What is it about?", "How is this news?", "Is it raining in Hull?": they stand for the matter, or for nothing.
_OF_THE_MATTER: Final = re.compile(
    r"^\W*(?:what(?:['’]s| is| was) (?:it|this|that|all this) (?:all )?about|(?:how|is|was|will) (?:it|that|this) "
    r"(?:\w+ly )?(?:news|rain\w*|snow\w*|true|possible|likely|clear|known|safe))\b",
    re.IGNORECASE,
)
#: "It" that only fills the place of the subject: "How long did it take to build the dam?", "How many was it that fell?"
_FILLS: Final = re.compile(
    r"\b(?:it (?:takes?|took|costs?|possible|likely|clear|true|known|safe|legal|illegal)\b.{0,60} (?:to|that|for)\b"
    r"|it that\b)",
    re.IGNORECASE,
)
#: "That" and "this" are pronouns at the end and before a verb: "Who said that?", "Why is this so?"
_POINTS: Final = re.compile(
    r"\b(this|that|these|those)(?=\W*$| (?:is|was|are|were|has|had|have|happen\w*|so|mean|means|meant|matter)\b)",
    re.IGNORECASE,
)
#: "Who sold them?": the verb alone stands before.
_OBJECT: Final = re.compile(r"^\W*(?:who|what|which)\s+\w+\s+(them|him|it)\b(?!\s+that\b)", re.IGNORECASE)
_POINTERS: Final = frozenset("this that these those".split())
#: Words that no pronoun stands for.
_EMPTY: Final = frozenset(
    "say said says tell told happen happened think thought do did does done mean meant time times much many long old "
    "far often exactly really still yet come came go went".split()
)


def find_leaning(question: str) -> str | None:
    """Give the pronoun of a question that nothing named before it in the question can be meant by.

    :param question: one question, see :func:`summarizer.questions.split_query`.
    :return: the pronoun as it is written; None where there is none, or where a word before it may be meant.

    >>> find_leaning("Why did they?")
    'they'
    >>> find_leaning("Why did the drivers say that they would strike?") is None
    True
    """
    if _OF_THE_MATTER.search(question) or _FILLS.search(question):
        return None
    if sold := _OBJECT.search(question):
        return sold[1]
    pointing = {match.start(1) for match in _POINTS.finditer(question)}
    for match in _WORD.finditer(question):
        word = match.group().lower()
        if word in _PRONOUNS:
            if word not in _POINTERS or match.start() in pointing:
                return match.group()
        elif word not in STOP_WORDS and word not in _EMPTY:
            return None
    return None
