"""What the guards compare in a sentence: its amounts, what it denies, who acts, who is named.

Read once a sentence, by plain rules for English, each when it is first asked for; :mod:`summarizer.guards` judges pairs
of what was read. Most sentences have nothing of the kind, which their words tell before they are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from summarizer.actors import find_entities, find_subject, is_decided, name_key, opens_without_name
from summarizer.amounts import MONTHS, NUMBERS_IN_WORDS, Amount, is_content, read_amounts
from summarizer.terms import ByPiece, stem

# A word of two letters or more is first: most tokens are one, and nothing else that is listed begins like it.
_TOKEN: Final = re.compile(
    r"[^\W\d_]{2,}(?:'[^\W\d_]+)?"
    r"|[$€£¥₹]"
    r"|\d+(?:,\d{3})*(?:\.\d+)?|(?<![\w.])\.\d+"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_](?:'[^\W\d_]+)?"
    r"|%|[^\w\s]"
)
#: Behind a word of two letters or more, these are tokens of their own.
_MARKS_BEHIND: Final = frozenset(',.;:?!"”)')
_UNION_NAMES: Final = {"States": "US", "Kingdom": "UK", "Nations": "UN"}
_UNIONS: Final = re.compile(r"\bUnited (States|Kingdom|Nations)\b")

_NEGATORS: Final = frozenset("not no never without neither nor cannot nobody nothing none".split())
#: With "to" after them, they deny what follows.
_REFUSALS: Final = frozenset(
    "fail fails failed failing refuse refuses refused refusing decline declines declined unable".split()
)
_DENIERS: Final = _NEGATORS | _REFUSALS
#: Negative without a scope that can be read: they keep the guard silent on the sentence that holds them.
_LACKS: Final = frozenset(
    "unless failure failures failed failing refusal refused declined declines missed missing incapable denied denies "
    "deny denying rejected rejects lack lacks lacked lost ruled little hardly barely dont wont didnt doesnt havent "
    "hasnt isnt wasnt despite instead halted stopped cancelled canceled avoid avoided prevent prevented overturned "
    "dropped".split()
)
#: Verbs that undo what follows: who lifts a ban does not impose it.
_REVERSALS: Final = frozenset(
    "block blocks blocked blocking lift lifts lifted lifting overturn overturns overturned overturning repeal repeals "
    "repealed revoke revokes revoked scrap scraps scrapped suspend suspends suspended suspending cancel cancels "
    "cancelled canceled reverse reverses reversed rescind rescinds rescinded withdraw withdraws withdrew "
    "withdrawn abandon abandons abandoned".split()
)
_NEGATIVE: Final = _LACKS | _REVERSALS
#: Content words after such a verb that it is taken to undo, up to the end of the clause.
_UNDONE: Final = 6
#: Stems of verbs of saying.
_SAYING: Final = frozenset("accord announc report said say tell told".split())
#: After "not" or "no", these undo or soften the denial.
_SOFTENERS: Final = frozenset("only just least merely necessarily doubt matter more later less".split())
#: Content words after a negator that it is taken to deny, up to the end of the clause.
_SCOPE: Final = 2
#: Words after a negator in which they are looked for.
_WINDOW: Final = 8
# Finite forms only: "a streak of gains" and "the yen's rise" tell no direction of the sentence.
_RISES: Final = frozenset("rose rises climbed climbs jumped surged soared gained advanced increased rallied".split())
_FALLS: Final = frozenset("fell falls dropped slipped slid plunged plummeted tumbled dipped decreased shrank".split())
#: Of these, most sentences hold none.
_TELLING: Final = _DENIERS | _NEGATIVE | _RISES | _FALLS


#: A sentence may give an amount: one of its words holds a digit, or a number in words.
COUNTING: Final = 1
#: It may deny something, or move up or down.
TELLING: Final = 2
#: Pieces at the start of a sentence in which its subject is looked for first.
_HEAD: Final = 8


def hint(piece: str) -> int:
    """Say what stands between blanks may give: :data:`COUNTING`, :data:`TELLING` or both; no token reaches further."""
    words = [piece.lower()] if piece.isalpha() else list(map(str.lower, _tokenize(piece.replace("’", "'"))))
    counting = any(word in NUMBERS_IN_WORDS or any(map(str.isdecimal, word)) for word in words)
    telling = any(word in _TELLING or "n't" in word for word in words)
    return COUNTING * counting | TELLING * telling


class Facts:
    """What the guards read in one sentence, each part when it is first asked for: most pairs need little.

    :param text: the sentence. O(length).
    :param hints: what its words may give, as :func:`hint` says of each; all where that is not known.
    """

    def __init__(self, text: str, hints: int = COUNTING | TELLING) -> None:
        self._raw = text
        #: Whether there may be an amount.
        self.may_count = bool(hints & COUNTING)
        #: Whether there may be a negation or a direction.
        self.may_tell = bool(hints & TELLING)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Numbers with units; dates, years, clock times and ordinals are not among them."""
        return read_amounts(self._raw, *self._split) if self.may_count else ()

    @property
    def negative(self) -> bool:
        """Whether there is any negation, or a word of refusal or lack."""
        return self._told_of[1]

    @property
    def direction(self) -> int:
        """1 if things only rise, -1 if they only fall, 0 if neither or both."""
        return self._told_of[2]

    @cached_property
    def denied(self) -> frozenset[str]:
        """Stems that stand in the scope of a negation."""
        return frozenset(self._content[place] for place in self._told_of[0])

    @cached_property
    def undone(self) -> frozenset[str]:
        """Stems of what the sentence says is blocked, lifted or withdrawn."""
        return frozenset(_undone(self._split[1], self._content))

    @cached_property
    def stems(self) -> frozenset[str]:
        """All stems of content words."""
        return frozenset(filter(None, self._content))

    @property
    def subject(self) -> frozenset[str]:
        """Key words of the named actor that opens the sentence; empty if none is sure."""
        return self._subject[0]

    @cached_property
    def names(self) -> frozenset[str]:
        """Key words of everything named."""
        return frozenset(filter(None, self._capitals))

    @cached_property
    def entities(self) -> frozenset[str]:
        """One key word, the last, of each name: a run of capitalised words."""
        return find_entities(self._split[0], self._capitals)

    @cached_property
    def predicate(self) -> frozenset[str]:
        """Stems of content words after the subject."""
        return frozenset(filter(None, self._content[self._subject[1] :]))

    @cached_property
    def told(self) -> frozenset[str]:
        """Stems of content words that are no names and no verbs of saying."""
        content = self._content
        parts = zip(content, *self._split, strict=True)
        told = {form for form, token, word in parts if form and token == word}
        return frozenset((told | set(filter(None, content[:1]))) - _SAYING)

    @cached_property
    def _split(self) -> tuple[list[str], list[str]]:
        """The tokens, as they stand and in lower case."""
        tokens = _tokenize(_plain(self._raw))
        return tokens, list(map(str.lower, tokens))

    @cached_property
    def _told_of(self) -> tuple[list[int], bool, int]:
        """Content words that are denied, whether there is any negation, and the direction."""
        if not self.may_tell:
            return [], False, 0
        words = self._split[1]
        telling = _TELLING.intersection(words)
        denied, negates = _denied(words, telling)
        return denied, negates or not _NEGATIVE.isdisjoint(telling), _direction(telling) if telling else 0

    @cached_property
    def _content(self) -> list[str]:
        """The stem of each content word, and nothing for other tokens."""
        return list(map(_CONTENT.__getitem__, self._split[1]))

    @cached_property
    def _capitals(self) -> list[str]:
        """The key word of each capitalised token, and nothing for others."""
        return list(map(_KEYS.__getitem__, self._split[0]))

    @cached_property
    def _subject(self) -> tuple[frozenset[str], int]:
        if "_split" in self.__dict__:
            return find_subject(*self._split)
        # The first few words decide it nearly always, and the first alone mostly.
        pieces = self._raw.split(None, _HEAD)
        if pieces and opens_without_name(pieces[0]):
            return frozenset(), 0
        head = _tokenize(_plain(" ".join(pieces[:_HEAD])))
        words = list(map(str.lower, head))
        found = find_subject(head, words)
        return found if is_decided(head, words, found[1]) else find_subject(*self._split)


def read_facts(text: str) -> Facts:
    """Read what the guards compare in one sentence. O(length)."""
    return Facts(text)


class FactsOf(dict[str, Facts]):
    """The facts of sentences by their text, each read when it is first asked for.

    :param hints: what the words of sentences may give, by their text, where it was read already.
    """

    def __init__(self, hints: Mapping[str, int] | None = None) -> None:
        super().__init__()
        self._hints = hints or {}

    def __missing__(self, text: str) -> Facts:
        facts = self[text] = Facts(text, self._hints.get(text, COUNTING | TELLING))
        return facts


def _plain(text: str) -> str:
    """Write the names of unions short, and apostrophes straight."""
    if "United" in text:
        text = _UNIONS.sub(lambda match: _UNION_NAMES[match.group(1)], text)
    return text.replace("’", "'")


def _tokenize(text: str) -> list[str]:
    """Give what :data:`_TOKEN` finds; no token holds a blank.

    Most pieces between blanks are a word, or one with a mark behind it: the pattern is tried on the others only, which
    takes a third of the time. Remembering the tokens of each piece takes longer: the memory is far from the processor.
    """
    tokens: list[str] = []
    for piece in text.split():
        if piece.isalpha():
            tokens.append(piece)
        elif piece[-1] in _MARKS_BEHIND and len(piece) > 2 and piece[:-1].isalpha():
            tokens += (piece[:-1], piece[-1])
        else:
            tokens += _TOKEN.findall(piece)
    return tokens


def _read_content(word: str) -> str:
    return stem(word.removesuffix("'s")) if is_content(word) else ""


#: Words -> the stem of a content word, and nothing for others.
_CONTENT: Final = ByPiece(_read_content)
#: Tokens -> the key word of a capitalised one, and nothing for others.
_KEYS: Final = ByPiece(name_key)


def _undone(words: list[str], content: list[str]) -> list[str]:
    """Find the stems of what is blocked, lifted or withdrawn: the content words that follow."""
    found: list[str] = []
    if _REVERSALS.isdisjoint(words):
        return found
    for at in [at for at, word in enumerate(words) if word in _REVERSALS]:
        scope = 0
        for word, form in zip(words[at + 1 : at + 16], content[at + 1 : at + 16], strict=True):
            if scope == _UNDONE or not (word[0].isalnum() or word in "-'’"):
                break
            if form:
                found.append(form)
                scope += 1
    return found


def _denied(words: list[str], telling: frozenset[str]) -> tuple[list[int], bool]:
    """Find the content words in the scope of negators, and whether there is any negator."""
    found: list[int] = []
    negates = False
    if _DENIERS.isdisjoint(telling) and "n't" not in " ".join(words):
        return found, negates
    for at in [at for at, word in enumerate(words) if word in _DENIERS or word[-3:] == "n't"]:
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) else ""
        if word in _REFUSALS and after != "to":
            continue
        if after in _SOFTENERS or after == "." or (at and words[at - 1] == "or"):
            continue
        negates = True
        scope = 0
        for i in range(at + 1, min(at + 1 + _WINDOW, len(words))):
            if scope == _SCOPE or not (words[i][0].isalnum() or words[i] == "-") or words[i] == "but":
                break
            if is_content(words[i]) and words[i] not in MONTHS:
                found.append(i)
                scope += 1
    return found, negates


def _direction(words: frozenset[str]) -> int:
    rises, falls = not _RISES.isdisjoint(words), not _FALLS.isdisjoint(words)
    return int(rises) - int(falls)
