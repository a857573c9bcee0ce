"""Whether a sentence tells only of what was to come, at a time that is past by now."""

from __future__ import annotations

import re
from typing import Final

from summarizer.dates.clauses import bearing
from summarizer.dates.mention import DateMention
from summarizer.dates.reading import read_dates
from summarizer.dates.resolving import resolve
from summarizer.dates.words import fold

#: What says by itself that something is to come. "Would", "may" and "could" do not: "shots could be heard on Monday".
_TO_COME: Final = re.compile(
    r"(?<!\bthe )(?<!\bhis )(?<!\bher )(?<!\bits )(?<!\btheir )(?<!\bfree )\b(?:will|won't|shall)\b(?! (?:have|of)\b)"
    r"|'ll\b(?! have\b)"
    r"|\b(?:is|are|remains?)(?: now| also| still)? "
    r"(?:due|set|scheduled|slated|expected|planned|likely|poised|to|going to|supposed|preparing to|hoping to)\b"
    # "His plan to cut" and "new hope to millions" are no verbs.
    r"|\bintends? to\b|(?<!\bthe )(?<!\bits )(?<!\bhis )(?<!\bher )(?<!\bof )(?<!\bout )(?<!\bnew )"
    r"\b(?:plans|hopes|aims|expects|prepares) to\b",
    re.IGNORECASE,
)
#: Verbs that tell of something done, beside those of saying: with one of them the sentence holds news that stays true.
_DONE: Final = re.compile(
    r"\b(?:was|were|had|has|have|did|began|came|took|fell|rose|went|became|showed|spoke|saw|gave|broke|grew|ran|met|held"
    r"|found|made|won|lost|left|struck|hit|got|sent|shot|led|paid|sold|put|brought|laid|caught|fled|fought)\b"
    r"|\b(?!(?:said|told|added|announced|confirmed|reported|tweeted|noted|insisted|warned|promised|vowed|pledged|stated"
    r"|declared|indicated|stressed|predicted|need|indeed|hundred|unit|bed|red)\b)[a-z]{2,}ed\b",
    re.IGNORECASE,
)
#: "The stranded boys", "is expected", "to be held": no verb of its own.
_NO_VERB: Final = re.compile(
    r"\b(?:the|an?|its|his|her|their|our|this|these|those|some|all|is|are|be|being|remains?|[0-9]+)"
    r"(?: (?:also|now|still|not|first|last|remaining|other|newly|long-[a-z]+))? $",
    re.IGNORECASE,
)
_SUBORDINATE: Final = re.compile(
    r"\b(?:who|whom|whose|which|where|that|after|before|since|because|although|though|if|unless|when|as|until|than)\b",
    re.IGNORECASE,
)
#: Behind one of these the time is that of saying so: "it announced today".
_SAID: Final = re.compile(
    r"\b(?:said|says|told|added|announced?s?|confirmed|reported|tweeted|noted|insisted|warned|promised|vowed|pledged|stated"
    r"|declared|indicated|stressed|predicted|wrote)\b",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"[,;:—–]|\b(?:and|but|while)\b", re.IGNORECASE)
#: Before a time they make it the end or the length of what is to come.
_TERMS: Final = (" by ", " until ", " till ", " through ", " from ", " for ")
#: Characters before a time in which a verb of saying makes it the time of saying.
_NEAR: Final = 16
#: What is said to be to come is past as well; a quotation would put its dates aside.
_QUOTES: Final = str.maketrans(dict.fromkeys('“”"„«»', " "))


def is_overtaken(text: str, published: str | None, latest: str | None) -> bool:
    """Say whether a sentence tells only of what was to come, and when the time for it is past.

    "Divers will try again tonight", of an article of Tuesday, once an article of Wednesday is there; not "Six boys were
    saved, and divers will try again tonight", which stays true in part, nor "The court will rule", of which nothing
    tells when.

    :param text: one English sentence.
    :param published: date or time of its article, ISO 8601; without one nothing is overtaken.
    :param latest: that of the latest article that is known.

    O(length).
    """
    if not published or not latest or not published[:10] < latest[:10]:
        return False
    text = fold(text).translate(_QUOTES)
    cue = _TO_COME.search(text)
    if cue is None or _tells_of_done(text, cue):
        return False
    times = [(mention, resolve(mention, published)) for mention in read_dates(text)]
    coming = [
        days for mention, days in times if days and days.last >= published[:10] and _is_its_time(text, mention, cue)
    ]
    return bool(coming) and all(days.last < latest[:10] for days in coming)


def _is_its_time(text: str, mention: DateMention, cue: re.Match[str]) -> bool:
    """Tell the time of what is to come from that of saying so and of something beside it; "by Monday" is the former."""
    between = text[cue.end() : mention.start] if mention.start > cue.start() else text[mention.end : cue.start()]
    if (
        mention.tense == "past"
        or _SAID.search(between)
        or _SAID.search(text, max(0, mention.start - _NEAR), mention.start)
    ):
        return False
    return bearing(text, mention) == "main" or text[: mention.start].lower().endswith(_TERMS)


def _tells_of_done(text: str, cue: re.Match[str]) -> bool:
    """Tell whether a main clause before or behind the cue tells of something done."""
    for found in _DONE.finditer(text):
        if cue.start() <= found.start() < cue.end() or _NO_VERB.search(text, 0, found.start()):
            continue
        clause = max((one.end() for one in _JOINED.finditer(text, 0, found.start())), default=0)
        if found.start() > cue.end() and clause <= cue.end():
            continue  # "will try again after the first attempt failed", "will be needed"
        if not _SUBORDINATE.search(text, clause, found.start()):
            return True
    return False
