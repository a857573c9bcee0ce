"""What stands at the end of a press release: who the firm is, what it does not promise, whom to call.

A release is known by the mark of the service that sends it, or by two of these three parts. From the first of them to
the end nothing is news: firms put all of it there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: Services that send releases, in the brackets or slashes of a dateline.
SERVICES: Final = (
    r"(?:BUSINESS WIRE|Business Wire|PRNewswire|PR Newswire|PRNEWSWIRE|GLOBE NEWSWIRE|GlobeNewswire|ACCESSWIRE|"
    r"ACCESS Newswire|Newsfile Corp\.|Newsfile|NEWSFILE|Marketwired|EIN Presswire|PRWEB|PRWeb|BUSINESSWIRE)"
)
_MARK: Final = re.compile(rf"[(/]\s?{SERVICES}(?:[-/ ][\w -]{{1,20}})?\s?[)/]")
_FIRM: Final = r"(?:[A-Z0-9][\w&.'’-]*)(?: (?:[A-Z0-9&][\w&.'’-]*|[a-z]{2,3})){0,6}"
_ABOUT: Final = re.compile(rf"(?:About|ABOUT) (?:the )?{_FIRM}(?:: .*|:?)", re.DOTALL)
_FORWARD: Final = re.compile(
    r"(?:cautionary (?:note|statement)s? (?:regarding|on|concerning|about) |(?:disclosure|information) regarding )?"
    r"forward[- ]looking (?:statements?|information)(?::.*|\W*)"
    r"|(?:this|certain statements in this) (?:press |news )?(?:release|announcement|communication)s? (?:may )?"
    r"(?:contains?|includes?|constitutes?|are)\b.{0,60}forward[- ]looking\b.*",
    re.IGNORECASE | re.DOTALL,
)
_CONTACT: Final = re.compile(
    r"(?:(?:for )?(?:media|press|investors?|analysts?)(?: (?:and|&) (?:media|press|investors?|analysts?))?"
    r"(?: relations)?(?: (?:contacts?|inquiries|enquiries|queries))?|contacts?)(?::.*|\W*)",
    re.IGNORECASE | re.DOTALL,
)
#: Units from the top in which the service is named, and in which no such part is looked for: they are the news.
_TOP: Final = 6
_NEWS: Final = 2


def find_release_end(texts: Sequence[str]) -> int | None:
    """Find where the news of a press release ends.

    :param texts: the units of an article, in order.
    :return: number of the first unit that is no news, as are all behind it; None for what is no release. O(length).

    >>> find_release_end(["OSLO--(BUSINESS WIRE)--Nord bought Fisk.", "It paid $2m.", "About Nord", "Nord makes nets."])
    2
    """
    found: dict[re.Pattern[str], int] = {}
    for number, text in enumerate(texts[_NEWS:], _NEWS):
        stripped = text.strip(" *_#=[]\n")
        for pattern in (_ABOUT, _FORWARD, _CONTACT):
            if pattern not in found and pattern.fullmatch(stripped):
                found[pattern] = number
    if not found or not (len(found) > 1 or any(map(_MARK.search, texts[:_TOP]))):
        return None
    return min(found.values())
