"""The words by which something is denied, and those that soften a denial. English."""

from __future__ import annotations

from typing import Final

from summarizer.opposition.wording import word_key

#: Not, and those that make nobody or nothing of what they stand for.
NEGATORS: Final = frozenset("not never cannot".split())
NOBODY: Final = frozenset("nobody none nothing neither".split())
#: With "to" and a verb behind them they say that it was not done.
REFUSALS: Final = frozenset(map(word_key, "fail refuse decline neglect".split()))
#: With a clause behind them they say that it is not so.
DENIALS: Final = frozenset(map(word_key, "deny refute dispute dismiss reject".split()))
#: Nouns between a denial and the clause: "denied reports that".
HEARSAY: Final = frozenset(
    "report reports claim claims allegation allegations accusation accusations suggestion suggestions rumour rumours "
    "rumor rumors charge charges assertion assertions speculation notion idea".split()
)
#: Behind "not" or "no", these deny a part only, or a time only.
SOFTENERS: Final = frozenset(
    "only just merely simply necessarily least immediately yet fully entirely always all every everyone enough so more "
    "less fewer even exactly quite completely totally alone later sooner doubt wonder matter far directly initially "
    "originally specifically explicitly publicly formally officially personally clear known surprising surprised mere "
    "solely exclusively particularly especially really easily quickly alike unlike unusual uncommon".split()
)
#: Verb of an event that is told by its noun: "no injuries were reported".
NOMINAL: Final = {
    word_key(noun): word_key(verb)
    for noun, verb in {
        "injury": "injure", "injuries": "injure", "arrest": "arrest", "death": "die", "fatalities": "die",
        "survivor": "survive", "damage": "damage",
    }.items()
}  # fmt: skip
