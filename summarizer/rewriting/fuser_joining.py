"""For a union, two sentences that share little become one compound sentence: there is next to nothing to merge.

Joining is one of the ways in which people combine sentences, beside leaving out what is told twice (Jing and McKeown
2000, aclanthology.org/A00-2024). The fuser, a small network, mixes such sentences: on 96 unions and 500 pairs of
WikiSplit that it did not learn from its ROUGE-2 F x 100 is 79.6 and 82.0. With compounds where less than three in five
content words are shared it is 80.4 and 82.8; both sentences as they stand have 79.2 and 82.7. Where more is shared the
fuser is far better: 89 in place of 77 on unions. What is joined is as long as both, so the gate hardly ever lets it
into a briefing (:mod:`summarizer.faithfulness.form`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Final

from summarizer.rewriting.fuser_surface import is_name
from summarizer.signs import VERBS
from summarizer.terms import STOP_WORDS, stem, tokenize

#: From this share of the content words of the sentence with fewer on there is something to merge. From .45 to .6 unions
#: have 80.3 to 80.4, at .4 and .7 80.0 and 79.6; WikiSplit has 82.6 to 82.8.
MERGED: Final = 0.6

_CLOSING: Final = "\"'”’)]"
#: Of the last word, without what precedes a hyphen or an opening mark in it.
_ABBREVIATED: Final = re.compile(r"(?:[^\W\d_]\.){2,}|(?:Inc|Corp|Co|Ltd|Jr|Sr|St|No|vs|etc)\.")
_PART_OF_WORD: Final = re.compile(r"[^\w.]")
_ENDS: Final = ("?", "!", "…", "...", ":", ",", ";", "-", "–", "—")
#: Words behind which a second verb would be taken for what somebody says, thinks or asks.
_REPORTED: Final = frozenset(
    "that whether if because who which said says say told tells announced announces believes believe claimed claims "
    "added adds warned warns reported reports".split()
)
_QUOTED: Final = re.compile('["“”„«»]')
_PRONOUNS: Final = frozenset("he she it they we i".split())
_PERSONS: Final = ("He", "She")
_INSIDE_NAMES: Final = ("of", "de", "van", "von", "the")
#: Words that are no subject by themselves.
_ALONE: Final = frozenset("the a an this that these those his her its their our my there".split())


def find_compound(sentences: Sequence[str], common: Container[str]) -> str | None:
    """Give the compound of two sentences that share little.

    :param common: lower-case words that are no names, see :func:`summarizer.rewriting.fuser_surface.is_name`.
    :return: None where there are not two, where they share much, and where they cannot be joined.
    """
    if len(sentences) != 2:
        return None
    first, second = sentences
    return None if share(first, second) >= MERGED else join(first, second, common)


def share(first: str, second: str) -> float:
    """Give the part of the content words of the sentence with fewer that the other one holds, in [0, 1]."""
    one, other = ({stem(word) for word in tokenize(text) if word not in STOP_WORDS} for text in (first, second))
    return len(one & other) / max(1, min(len(one), len(other)))


def join(first: str, second: str, common: Container[str]) -> str | None:
    """Make a compound sentence of two; the subject of the second goes where the first begins with the same.

    >>> join("She was built in Spain.", "She saw service in the war.", frozenset())
    'She was built in Spain and saw service in the war.'

    :param common: as for :func:`find_compound`.
    :return: None where the first is no statement that another can follow: a question, a list that goes on.
    """
    stripped = _without_stop(first)
    if not stripped or not second:
        return None
    rest = _predicate(first, second, common)
    if rest is not None:
        return f"{stripped}{',' * (',' in stripped)} and {rest}"
    keeps = not second[:1].isupper() or is_name((first, second), 1, 0, common)
    return f"{stripped}; {second if keeps else second[0].lower() + second[1:]}"


def _without_stop(text: str) -> str:
    """Give a sentence without its full stop; nothing where it ends in another way."""
    text = text.rstrip()
    open_ended = text.rstrip(_CLOSING)
    bare = open_ended.removesuffix(".")
    if bare.endswith(_ENDS):
        return ""
    last_word = _PART_OF_WORD.split(open_ended.rsplit(maxsplit=1)[-1])[-1] if bare else ""
    if _ABBREVIATED.fullmatch(last_word):
        return text
    return bare + text[len(open_ended) :]


def _predicate(first: str, second: str, common: Container[str]) -> str | None:
    """Give the second sentence without its subject, if the first has the same one and no clause that would take it."""
    mine, theirs = first.split(), second.split()
    if _QUOTED.search(first) or any(word.strip(",.").lower() in _REPORTED for word in mine):
        return None
    same = 0
    while same < min(len(mine), len(theirs)) - 1 and mine[same] == theirs[same]:
        same += 1
    if not same:
        told = len(theirs) > 1 and theirs[0] in _PERSONS and theirs[1].islower() and _opens_with_name(first, common)
        return " ".join(theirs[1:]) if told else None
    if same == 1 and mine[0].lower() in _ALONE:
        return None
    pronoun = same == 1 and mine[0].lower() in _PRONOUNS
    if not all(word.islower() if pronoun else _is_verb(word) for word in (mine[same], theirs[same])):
        return None
    return " ".join(theirs[same:])


def _opens_with_name(text: str, common: Container[str]) -> bool:
    """Tell whether a sentence begins with a name and its verb, so that "he" of the next is who is named."""
    words = text.split()
    length = 0
    while length < len(words) and (words[length][0].isupper() or (length and words[length] in _INSIDE_NAMES)):
        length += 1
    if not length or length == len(words) or words[0].lower() in _ALONE:
        return False
    return _is_verb(words[length]) and is_name((text,), 0, 0, common)


def _is_verb(word: str) -> bool:
    return word in VERBS or (word.islower() and word.endswith("ed"))
