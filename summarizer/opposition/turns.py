"""Words of a quotation that may stand for one another, and words that turn it into its opposite. English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from summarizer.faithfulness.lexicon import OPPOSITES, SYNONYMS
from summarizer.opposition.antonyms import opposed_poles
from summarizer.opposition.wording import word_key
from summarizer.terms import STOP_WORDS

#: Opposites that reporters do not report by, but speakers speak by.
_TURNS: Final = (
    "everybody nobody", "everybody none", "everything nothing", "all nobody", "all none", "all few",
    "some none", "many few", "many none",
    "most few", "always never", "often never", "often rarely", "for against", "with without", "before after",
    "he she", "his her", "him her", "more fewer", "more less", "most least", "over under", "above below", "up down",
    "in out", "on off", "good bad", "better worse", "best worst", "war peace", "right wrong", "true false",
    "can must",
    "innocent guilty", "hot cold", "rich poor", "easy hard", "possible impossible", "hope fear", "proud ashamed",
    "love hate", "victory defeat", "friend enemy", "friends enemies", "yes no", "now never", "happy sad",
    "happy unhappy",
    "success failure", "optimistic pessimistic", "weak strong", "ready unready", "day night", "today tomorrow",
    "sooner later", "early late", "left right", "alone together", "nothing everything", "beginning end",
    "light dark", "clean dirty", "full empty", "near far", "cheap expensive", "calm angry", "black white",
)  # fmt: skip
#: Words of one meaning where one utterance was put into English twice, or smoothed.
_LIKE: Final = (
    "occur happen", "big large great huge", "begin start commence", "accord agreement deal pact", "penalty sentence",
    "use exercise", "gift present", "organization company firm business group", "kid child youngster", "mom mum mother",
    "dad father", "truck lorry", "elevator lift", "gas gasoline petrol", "apartment flat", "vacation holiday",
    "movie film", "autumn fall", "soccer football", "attorney lawyer", "plane airplane aeroplane aircraft jet",
    "bad terrible awful horrible dreadful", "scared afraid frightened terrified", "folk people", "fix repair mend",
    "speak talk", "say tell", "shout yell", "assist help aid", "ill sick", "quick fast rapid", "near close",
    "maybe perhaps", "sure certain", "correct right", "wrong incorrect", "entire whole", "answer reply response",
    "home house", "incident event accident", "cop police officer", "guy man fellow", "ask request", "demand call",
    "try attempt", "tragedy disaster catastrophe", "murder kill", "worry concern", "job work", "road street",
    "brave courageous", "strange odd weird", "fight battle struggle", "path way road", "look seem appear",
    "sad saddened", "glad happy pleased", "evil wicked", "tell inform", "ensure guarantee", "country nation",
    "state country", "war conflict", "crazy insane mad", "stupid foolish", "shall will", "must should", "can may could",
    "would will", "these those", "this that", "which that", "each every", "toward towards", "among amongst",
    "while whilst", "until till", "have get", "believe think", "want wish desire", "important significant crucial",
)  # fmt: skip


def _key(low: str) -> str:
    return low if low in STOP_WORDS else word_key(low)


def _pairs(groups: Iterable[Sequence[str]]) -> frozenset[tuple[str, str]]:
    keys = [[_key(word) for word in group] for group in groups]
    return frozenset((a, b) for group in keys for a in group for b in group if a != b)


@cache
def _like() -> frozenset[tuple[str, str]]:
    return _pairs(group.split() for group in (*_LIKE, *SYNONYMS))


@cache
def _turned() -> frozenset[tuple[str, str]]:
    return _pairs((*(group.split() for group in _TURNS), *OPPOSITES))


def is_like(a: str, b: str) -> bool:
    """Tell whether two words, by their keys, may be two renderings of one."""
    return (a, b) in _like()


def is_turned(a: str, b: str) -> bool:
    """Tell whether two words, by their keys, say the opposite."""
    return (a, b) in _turned() or opposed_poles(a, b) is not None
