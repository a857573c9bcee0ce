"""Sentences that give their fact on the word of a news outlet."""

from __future__ import annotations

import re
from typing import Final

from summarizer.independence.names import LEAD, WRITTEN
from summarizer.terms import ByPiece

#: Names that are persons too: that they said something is not looked at.
_PERSONS: Final = frozenset(("Bloomberg", "Forbes"))
#: Words between a word of telling and the outlet: "told state news agency Xinhua", "told Germany's Bild".
_KIND: Final = (
    r"(?:(?:[Tt]he|an?|its|commercial|main|leading|popular|state|state-[a-z]{2,12}|semi-official|official|news|agency,?|wire|service,?|broadcaster|newspaper"
    r"|paper|television|TV|radio|daily|weekly|tabloid|magazine|channel|network|cable|website|site|outlet|local|business"
    r"|public|private|sister|partner|[A-Z][a-z]{2,12}(?:an|ese|ish|i|ch),?|[A-Z]\w{1,20}['’]s) ){0,5}"
)
_CHARACTERS_BEFORE: Final = 90
#: The source that an outlet itself leans on comes first: in "he told the BBC, Reuters reported" the BBC is the origin.
_DEEP: Final = re.compile(
    r"\b(?:told|tells|telling|[Cc]it(?:ing|es|ed)|[Qq]uot(?:ing|es|ed by)|[Cc]redit(?:ing|s|ed)"
    r"|(?:[Ii]nterview(?:s|ed)?|[Ss]p(?:oke|oken|eaking|eaks)|[Tt]alk(?:s|ed|ing)|[Cc]omments|[Rr]emarks|[Ss]tatements?"
    r"|[Ee]-?mail(?:ed)?|said|saying|appear(?:ed|ing)|confirmed|admitted|wrote|writing)(?: \w+)?"
    r" (?:to|with|by|on|for|in)),? "
    rf"{_KIND}(?:(?:report|story|article|interview|account|reports)(?: \w+)? (?:by|in|from|on|with) )?{_KIND}\Z"
)
_BEFORE: Final = re.compile(
    r"(?:\b[Aa]ccording to (?:[a-z][\w’'-]{0,20} ){0,5}"
    r"|\b(?:[Pp]er|reports|reported|notes|writes|via|says) "
    r"|\b(?:[Rr]eport(?:s|ed|ing)?|stor(?:y|ies)|articles?|account|[Oo]btained|seen|viewed|reviewed|published|released"
    r"|conducted|printed|aired|broadcast|broken|revealed|provided|given|sent|leaked|shared|polls?|survey|investigation"
    r"|analysis|interview)(?: [\w-]{1,20}){0,2} (?:by|in|from|on|to|with|of|for) )"
    rf"{_KIND}\Z"
)
_QUALIFIED: Final = (
    r"(?:/\w{1,20})?(?:['’]s?(?: [A-Z][\w.'’-]{0,20}){1,3})?"
    r"(?: (?:news|agency|newspaper|magazine|website|television|TV|radio|network)){0,2}"
    r",?(?: (?:has|have|had|first|also|earlier|later|previously|now|still|separately|exclusively"
    r"|on [A-Z][a-z]{2,8}|[A-Z][a-z]{2,5}day))"
    r"{0,3} "
)
_REPORTS: Final = re.compile(
    _QUALIFIED + r"(?:report(?:s|ed|ing)?|confirm(?:s|ed)|learned|learnt|quot(?:es|ed|ing)|cit(?:es|ed|ing)|poll|survey"
    r"|investigation|analysis|tally|broke|published|obtained)\b"
)
_SAYS: Final = re.compile(_QUALIFIED + r"(?:said|says|writes|wrote|not(?:es|ed)|add(?:s|ed)|reveal(?:s|ed))\b")


def _holds_lead(piece: str) -> bool:
    return not WRITTEN.keys().isdisjoint(LEAD.findall(piece))


#: What stands between blanks -> whether a name of an outlet may begin in it.
_HOLDS_LEAD: Final = ByPiece(_holds_lead)


def find_relayed(text: str) -> str | None:
    """Name the outlet or agency on whose word a sentence gives its fact, None for most.

    Of several the one that the others lean on ("told", "citing"), else the first. Outlets named inside quotation marks
    are not looked at: they are what somebody speaks of.

    :param text: a sentence.
    :return: the name of :data:`summarizer.independence.outlets.OUTLETS` or of the agency. O(length).

    >>> find_relayed("Talks resumed on Monday, Agence France-Presse reported, citing two diplomats.")
    'AFP'
    >>> find_relayed("Reuters shares fell 3% on Monday.")
    """
    if not any(map(_HOLDS_LEAD.__getitem__, text.split())):
        return None
    first, text = None, " ".join(text.split())
    curly = straight = counted = 0
    for match in LEAD.finditer(text):
        for name, title in WRITTEN.get(match.group(), ()):
            start = match.start() - 4 * name.startswith("The ")
            end = start + len(name)
            if start < 0 or not text.startswith(name, start) or text[end : end + 1].isalnum():
                continue
            curly += text.count("“", counted, start) - text.count("”", counted, start)
            straight += text.count('"', counted, start)
            counted = start
            if curly > 0 or straight % 2:  # inside quotation marks
                break
            before = text[max(0, start - _CHARACTERS_BEFORE) : start]
            if _DEEP.search(before):
                return title
            verbs = (_REPORTS,) if name in _PERSONS else (_REPORTS, _SAYS)
            if first is None and (_BEFORE.search(before) or any(verb.match(text, end) for verb in verbs)):
                first = title
            break
    return first
