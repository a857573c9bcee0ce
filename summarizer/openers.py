"""Sentences that cannot stand alone: they open by pointing at the sentence before."""

from __future__ import annotations

import re
from typing import Final

# English openers that point to a sentence before: pronouns, demonstratives, connectives, and nouns that stand for
# someone named earlier. Followed by what makes them stand alone ("It is ... that", "Those who") they do not count.
_DANGLING: Final = re.compile(
    r"""["“'‘(\s]*(?:
        (?:he|she|they|it|its|his|their|them|him)\b(?!\s+(?:is|was|will\s+be|would\s+be)\s+\w+\s+(?:that|to)\b)
      | (?:this|that|these|those|such)\b(?!\s+(?:who|which|year|month|week|morning|spring|summer|autumn|fall|winter)\b)
      | (?:but|and|so|yet|or|nor|still|also|then|however|moreover|meanwhile|instead|nevertheless|nonetheless
         |furthermore|additionally|conversely|similarly|likewise|otherwise|therefore|thus|hence|consequently
         |ultimately|overall|indeed)\b
      | (?:in\s+(?:return|addition|contrast|turn|response)|as\s+a\s+result|for\s+(?:example|instance)
         |on\s+the\s+other\s+hand|at\s+the\s+same\s+time|after\s+(?:that|this)|since\s+then|by\s+then)\b
      | (?:both|the\s+two)\s+(?:sides|parties|countries|nations|leaders|governments|men|women|companies|resources)\b
      | (?:the\s+)?(?:former|latter)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LATE_CONNECTIVE: Final = re.compile(
    r"[^,.;]{1,40},\s*(?:however|though|meanwhile|too|therefore|moreover|in turn)\s*,", re.I
)


def is_dangling(text: str) -> bool:
    """Say whether an English sentence opens by pointing at a sentence before it.

    >>> is_dangling("He expressed hope."), is_dangling("It is vital that talks go on.")
    (True, False)
    """
    return bool(_DANGLING.match(text) or _LATE_CONNECTIVE.match(text))
