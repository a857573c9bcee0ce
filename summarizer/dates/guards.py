"""What looks like a date and is none: verbs, names, counts."""

from __future__ import annotations

import re
from typing import Final

#: Characters on either side in which a person of the name, or capitals, are looked for.
_AROUND: Final = 200
# "May" and "March" by themselves are months only behind one of these; other words leave them verb, name or march.
_BEFORE_MONTH: Final = re.compile(
    r"(?:\b(?:in|since|last|this|next|until|till|early|late|mid|during|through|than|every|each|end of|start of"
    r"|beginning of|half of|part of|month of|middle of|week of|by late|by early|previous)|\bmid-|\bend-)[ ]?$",
    re.IGNORECASE,
)
# Prepositions that a person can stand behind as well ("voted for May").
_LOOSE_BEFORE: Final = re.compile(r"\b(?:from|of|by|for|to|before|after|and|or|the|between)[ ]$", re.IGNORECASE)
_PERSON: Final = re.compile(
    r"\b(?:Theresa|Mrs\.?|Ms\.?|Mr\.?|Minister|PM|Brian|Elaine|James|Robert|Peter|Cory|Trevor) May\b|\bMay['’]s\b"
    r"|\bMay (?:has|had|is|was|said|says|told|will|would)\b"
)
_MARCH: Final = re.compile(r"\b(?:the|a|women['’]s|protest|peace|long|death|million \w{1,6}) $", re.IGNORECASE)
_MARCH_AFTER: Final = re.compile(r"(?:on|for|of|against|through|across|madness|to) \b", re.IGNORECASE)
_NAME_AFTER: Final = re.compile(r" [A-Z][a-z]{2,}")
_COUNTED_AFTER: Final = re.compile(r" (?:million|billion|people|percent|per cent|[a-z]{3,}s\b)")
_UNITS_AFTER: Final = re.compile(
    r"\s?(?:%|°)|[ -](?:people|percent|per cent|dollars|pounds|euros|yen|years?|days?|hours?|minutes?|seconds|weeks?"
    r"|months?|miles|kilomet\w{2,4}|km|met(?:er|re)s?|feet|foot|ft|acres|tons|tonnes|million|billion|hundred|degrees|points"
    r"|others|men|women|children|troops|soldiers|votes|jobs|deaths|cases|homes|square|mph|pm|am|gmt|calories|members"
    r"|residents|employees|workers|copies|times)\b",
    re.IGNORECASE,
)
_YEAR_BEFORE: Final = re.compile(
    r"(?:^|\b(?:in|since|until|till|from|by|during|before|after|early|late|mid|through|between|and|or|the|of|for|to|than"
    r"|its|his|her|their|our|this|that|year|circa|around|back in|as of|like|a|an|on|season|spring|summer|autumn|fall"
    r"|winter|easter|christmas|november|december|january)[ ]|[a-z]['’]s?[ ]|[(\[,;–—-][ ]?|[ ][-–—][ ])$",
    re.IGNORECASE,
)
_LOOSE_YEAR: Final = re.compile(
    r"\b(?:of|for|to|than|and|or|by|a|an|on|around|from|after|this|that|like)[ ]$", re.IGNORECASE
)
_PAIRED: Final = re.compile(r"\b(?:1[5-9]|20)[0-9][0-9](?:,| to| and| or|, and)[ ]$", re.IGNORECASE)
_YEAR_NOUN: Final = re.compile(
    r" (?:election|elections|campaign|presidential|census|season|budget|report|study|olympic|olympics|world|games"
    r"|edition|film|movie|hit|album|deal|accord|agreement|law|act|war|coup|crisis|recession|attack|attacks|earthquake|tsunami"
    r"|race|primary|midterm|midterms|referendum|survey|interview|speech|book|novel|song|model|version|vote|ruling"
    r"|decision|invasion|revolution|convention|bombing|shooting|massacre|uprising|level|levels|figures|results"
    r"|financial|federal|supreme|super|draft|cup|tour|summer|winter|democratic|republican)\b",
    re.IGNORECASE,
)
_PLURAL_AFTER: Final = re.compile(r" (?:[a-z]+-)?(?:new )?[a-z]{3,}s\b(?<!\bwas)(?<!\bhas)(?<!\bdoes)(?<!\bsays)")
_START_VERB: Final = re.compile(r" (?:was|is|saw|will|has|had|marks|marked|brought|began|ended|could|may)\b")
_EVENT_NAME: Final = re.compile(
    r",? (?:(?:20[0-9][0-9]|terrorist|terror|capitol) )?(?:attacks?|riots?|insurrection|committee|hijack\w{0,6}|panel"
    r"|terrorists?|movement|commission)\b",
    re.IGNORECASE,
)
_FAMOUS: Final = re.compile(r"(?:sept(?:ember|\.)? 11|11 september|jan(?:uary|\.)? 6|6 january)(?:th)?$", re.IGNORECASE)
_SINCE_FAMOUS: Final = re.compile(r"\b(?:of|since|after|before|post|pre)[ -](?:the )?sept\S* 11(?:th)?$", re.IGNORECASE)
_NAMES_BEFORE: Final = re.compile(
    r"\b(?:Black|Good|Cyber|[Ss]uper|Giving|Bloody|Ash|Palm|Easter|Holy|Maundy|Shrove|Ruby|Joe|Sheffield|Mail on|Casual"
    r"|Freaky|Fat|Spy|Manic|Blue|Happy|Gloomy) $"
)
_NAMES_AFTER: Final = re.compile(
    r" (?:Night (?:Lights|Football|Live|Fever|Raw)|Times|Telegraph|Mirror|Express|Sport|Herald|Mail|World|People|Post"
    r"|Independent|Review|Addams|Today|Morning Herald)\b"
)


def is_month(text: str, start: int, end: int, *, day: re.Match[str] | None = None, dated: bool = False) -> bool:
    """Tell a month from a verb, a march or a person of the name.

    :param text: the sentence.
    :param start: where the name of the month starts.
    :param end: where it ends.
    :param day: the match where a day stands with it.
    :param dated: whether a year or a second month does.
    """
    word = text[start:end].rstrip(".").lower()
    cased = text[start].isupper()
    if (
        not cased
        and not text[max(0, start - _AROUND) : end + _AROUND].islower()
        and word in ("may", "march", "mar", "august", "jan", "dec", "apr", "sep")
    ):
        return False
    if start and (text[start - 1] in "-–" and start > 1 and text[start - 2].isalpha()) and word == "may":
        return text[max(0, start - 4) : start].lower() in ("mid-", "end-")
    before = text[max(0, start - 24) : start]
    if day is not None:
        counted = day.end() == day.end("day") and _COUNTED_AFTER.match(text, day.end())
        if counted and (not cased or (before.lower().endswith("in ") and day.start() == start)):
            return False  # "in May 30 people died"
        return True
    if dated:
        return cased or word not in ("may", "march") or bool(_BEFORE_MONTH.search(before))
    if len(word) <= 4 and word not in ("may", "june", "july"):
        return bool(_BEFORE_MONTH.search(before)) and word not in ("mar", "jan")
    if word in ("may", "march"):
        return _is_ambiguous_month(text, word, before, start, end)
    if not cased and word == "august":
        return bool(_BEFORE_MONTH.search(before))
    # "April Jones" and "August Wilson" are people, "In April Jones said" is none.
    return bool(_BEFORE_MONTH.search(before) or _LOOSE_BEFORE.search(before)) or not (
        cased and _NAME_AFTER.match(text, end)
    )


def _is_ambiguous_month(text: str, word: str, before: str, start: int, end: int) -> bool:
    if word == "may" and _PERSON.search(text, max(0, start - _AROUND), end + _AROUND):
        return bool(re.search(r"\b(?:in|since|last|early|late) $", before, re.IGNORECASE))
    if word == "march" and (
        (_MARCH.search(before) and not re.search(r"\bthe $", before)) or _MARCH_AFTER.match(text, end + 1)
    ):
        return bool(re.search(r"\b(?:in|since|last) $", before, re.IGNORECASE))
    if _BEFORE_MONTH.search(before):
        return True
    if not text[start].isupper():
        return False
    if re.search(r"\b(?:from|of|before|after) $", before, re.IGNORECASE):
        return not re.match(r" [A-Z]|['’]s", text[end : end + 2])
    return bool(re.search(r"\b(?:January|February|March|April|June|July)(?:,| and| or| to|-|–) ?$", before))


def is_year(text: str, start: int, end: int, *, several: bool) -> bool:
    """Tell a year from a count, a price, a flight or a model.

    :param several: whether it is the first of a range, which counts seldom are.
    """
    after = text[end : end + 24]
    if start and (text[start - 1] in "$€£¥₹#.,/:@&©" or text[start - 1].isalnum()):
        return False
    if (
        after[:1].isalnum()
        or (after[:1] in ".,:/" and after[1:2].isdigit())
        or after[:1] in "%°"
        or _UNITS_AFTER.match(after)
    ):
        return False
    before = text[max(0, start - 24) : start]
    if before.endswith(("© ", "(c) ")):
        return False
    found = _YEAR_BEFORE.search(before) if start <= 24 or before else None
    if not found and start:
        if before[-2:-1].islower() and before.split()[-1:] and before.split()[-1][0].isupper():
            return False  # "Tokyo 2020 Olympics"
        return bool(_YEAR_NOUN.match(after)) and not before.rstrip()[-1:].isdigit()
    if not start:
        return bool(_START_VERB.match(after)) or several or bool(_YEAR_NOUN.match(after))
    if _PAIRED.search(before) or _YEAR_NOUN.match(after):
        return True
    if _LOOSE_YEAR.search(before):
        return (
            several
            or not re.match(r" ?[\w-]", after)
            or bool(re.match(r" (?:and|to|by|in|or|as|the|with|when|after|for|on)\b", after))
        )
    return several or not _PLURAL_AFTER.match(after)


def is_event_name(text: str, end: int) -> bool:
    """Tell the "Sept. 11 attacks" and the "Jan. 6 riot", which name an event of a year that all know."""
    if not _FAMOUS.search(text[max(0, end - 14) : end]):
        return False
    return bool(_EVENT_NAME.match(text, end) or _SINCE_FAMOUS.search(text[max(0, end - 36) : end]))


def is_weekday_name(text: str, start: int, end: int) -> bool:
    """Tell papers, shows and feast days that carry the name of a day."""
    before = text[max(0, start - 12) : start]
    if text[end : end + 1] in ("”", '"') and before.endswith("News "):
        return True
    return bool(_NAMES_BEFORE.search(before) or _NAMES_AFTER.match(text, end))
