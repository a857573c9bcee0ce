"""Whether a date tells when the thing happened that a sentence reports, or belongs to something beside it."""

from __future__ import annotations

import re
from typing import Final, Literal

from summarizer.dates.mention import DateMention
from summarizer.dates.words import fold

#: ``"main"``: when it happened. ``"said"``: when it was said. ``"aside"``: when something else happened.
Bearing = Literal["main", "said", "aside"]

# A clause or phrase that starts with one of these tells of another time than the main clause. "When" and "as" do not:
# what they tell happens at the same time.
_BACKGROUND: Final = re.compile(
    r"^\s*(?:with|whether)\b|\b(?:which|who|whom|whose|where|since|until|till|after|before|because|although|though|if|unless|following"
    r"|(?<!more )(?<!less )(?<!fewer )than|(?:more|less|fewer) than(?! (?:about )?[$€£]?[0-9])"
    r"|^\s*as (?:it|he|she|they|we) (?:has|have|had|did|does|do)"
    r"|versus|amid|despite|instead of|ahead of|prior to|in the wake of|compared (?:with|to|against)|in response to"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )due to|due to (?:an?|the|its|his|her|their)"
    r"|except|besides|like|unlike|from (?:an? |[$€£]?[0-9])[^,]{0,30}(?:in|on|at)\b(?![^,]* to ))(?!\w)",
    re.IGNORECASE,
)
# A court or a committee is no time.
_BEFORE_JUDGES: Final = re.compile(r"\b(?:testif\w+|appear\w*|argu\w+|sp(?:oke|eak)\w*) before\b", re.IGNORECASE)
# "trailing Clinton's in 2016": what was hers then.
_ELLIPTIC: Final = re.compile(r"[a-z](?<!\bit)(?<!\bhe)(?<!\bthat)(?<!\bthere)['’]s (?:in|on|of|from) $", re.IGNORECASE)
# "Playboy's May 2018 Playmate"; "at Facebook's April 2016 F8 conference" it was said then.
_NAMED_BEHIND: Final = re.compile(r"^ [A-Z][\w-]+")
_OF_AN_OWNER: Final = re.compile(r"(?<!\bat )\b[A-Z][\w-]{1,30}['’]s $")
_AT_AN_EVENT: Final = re.compile(r"\b(?:at|during) (?:[^ ]{1,30} ){0,3}$")
# Behind a verb of saying, "that" opens what is said; behind a noun, a relative clause.
_THAT: Final = re.compile(r"(?:^|\b([\w’']+) )(?:([\w’']+) )?\bthat\b", re.IGNORECASE)
_SAYING: Final = re.compile(
    r"(?:sa(?:id|ys?|ying)|told|tells?|report(?:s|ed)?|add(?:s|ed)|announc(?:e|es|ed)|confirm(?:s|ed)?|show(?:s|ed|n)?|warn(?:s|ed)?"
    r"|claim(?:s|ed)?|believ(?:e|es|ed)|know[ns]?|knew|learn(?:ed|t)|reveal(?:s|ed)?|state[ds]?|find(?:s|ing)?|found|argu(?:e|es|ed)"
    r"|agree[ds]?|insist(?:s|ed)?|den(?:y|ies|ied)|suggest(?:s|ed)?|indicat(?:e|es|ed)|estimat(?:e|es|ed)|so|rul(?:es|ed)"
    r"|accus(?:es|ed)|acknowledg(?:es|ed)|admit(?:s|ted)|declar(?:es|ed)|notic(?:es|ed)|wr(?:ites|ote)|reporters|evidence)",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"\b(?:said|says|testified|told (?:\S+ ){1,5}?|tells (?:\S+ ){1,4}?|add(?:s|ed)|reported|wrote|tweeted|showed|shows"
    r"|according to (?:\S+ ){0,5}?(?:released|published|issued)) ?"
    r"(?:(?:in|at|during|to|on) (?:an?|the|his|her|its|their|Twitter|CNN) ?(?:\S+ ){0,3}?)?"
    r"(?:here |also |late |early |on |in |at |, )*$",
    re.IGNORECASE,
)
_BY_OR_FOR: Final = re.compile(
    r"\b(?:by|for|from|of|back to|dating|dated|with|to|over|about)(?: the| early| late)?"
    r"(?: (?:January|February|March|April|May|June|July|August|September|October|November|December) (?:and|or))? $",
    re.IGNORECASE,
)
# "accept the result of the election on Nov. 3", "investigating the crash on Nov. 3": the day of the noun. Of "on
# Monday" this is not known: "he spoke of the attack on Monday".
_EVENT: Final = re.compile(
    r"\b(?:of|for|about|over|into|investigat\w+|prob(?:ed?|es|ing)|condemn\w*|recall\w*|describ\w+|review\w*|recount\w*"
    r"|(?:urg|encourag|ask|call|plan|hop|promis|vow|prepar|threaten)\w* (?:[\w’'-]+ ){1,9}?in)"
    r" (?:the|an?|its|his|her|their|this|last|next)(?: [\w-]+)? (?:elections?|votes?|referendum|poll|ballot|attacks?"
    r"|crash|explosion|blast|bombing|shooting|massacre|killings?|accident|fire|raid|earthquake|quake|storm|coup|debate|primary"
    r"|protests?|riots?|rally|march|summit|meeting|hearing|trial|wedding|funeral|inauguration|deadline|game|match"
    r"|race) on $",
    re.IGNORECASE,
)
# "a premium of 28 % to the closing price on Friday": that of what it is measured against.
_MEASURED_AGAINST: Final = re.compile(
    r"\b(?:to|over|above|below|against|on|of|from) [^,;]{0,40}?(?:['’]s|\b(?:its|their|the))(?: last| previous)?"
    r" clos(?:e|ing)(?: share| market)?(?: prices?| levels?| values?)?(?: on| of| last)? $",
    re.IGNORECASE,
)
# "in the first days of May" and "on the night of May 3" are no "of" of another thing.
_OF_TIME: Final = re.compile(
    r"\b(?:\w*day|days|week|weeks|month|months|half|morning|afternoon|evening|night|hours|end|start|beginning|middle|summer"
    r"|autumn|fall|spring|winter|part|as|from) of(?: the)? $",
    re.IGNORECASE,
)
_DETERMINED: Final = re.compile(
    r"(?:\b(?:the|a|an|its|his|her|their|our|this|that|these)|['’]s?)(?: [\w-]+)? $", re.IGNORECASE
)
# ", founded in 1998," is a relative clause without its pronoun.
_REDUCED: Final = re.compile(
    r"\s*(?:\w+ly |first )?(?:having|[a-z]{2,}(?:ed|en)|born|known|made|held|built|set|sent|led|put)\b"
)
_NO_NOUN: Final = re.compile(
    r" (?:and|after|before|when|while|with|that|the|for|from|but|as|was|were|had|has|have|is|are|will|said|says|to|at"
    r"|amid|because|following|over|under|near|outside|inside|during|killing|leaving|saying|by|in|on|about)\b"
)
# "protesters killed in the raid", "a referendum due in": of a noun, where a verb of the clause stands before.
_PARTICIPLE: Final = re.compile(
    r"\b(?!(?:and|or|was|were|been|being|be|who|is|are|had|has|have|not|also|later|then|it|he|she|they|we|i|you|to|get|got"
    r"|currently|now|still|first|again|\w+ly) )[a-z’']+ (?:killed|accused|arrested|convicted|wounded|injured|shot|held"
    r"|jailed|born|bought|acquired|taken|signed|released|published|launched|announced|adopted|introduced|imposed|agreed"
    r"|built|founded|elected|formed|filed|caused|triggered|sparked|kidnapped|captured|detained|displaced|destroyed|damaged"
    r"|stolen|passed|written|made|established|appointed|submitted|collected|seen|found|due|scheduled|planned|expected|slated)"
    r" (?:in|on|by|of|with|for|at|from|during|when|under|to|last|earlier|this|$)",
    re.IGNORECASE,
)
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|may|might|can|could|should|said|says|told|met|held|began|led|sent|put"
    r"|took|did|does|made|found|left|became|\w{2,}ed)\b",
    re.IGNORECASE,
)
# "The firm's chief today announced", "Frommer's yesterday released".
_DID: Final = re.compile(r" (?:\w+ly )?\w{2,}ed\b")
_OWNED: Final = re.compile(r"(?:\b(?:its|his|her|their|our|my)|[a-z]['’]s) $", re.IGNORECASE)
#: Words before a date that stands with the subject: "The May 3 attack killed".
_SUBJECT_WORDS: Final = 1
_RELATIVE: Final = re.compile(r"[,–—] (?:who|which|whose|where)\b", re.IGNORECASE)
#: Characters before a bare "in" or "on" in which the clause that it ends may start.
_RELATIVE_REACH: Final = 80
#: Characters before the date that are looked at; sentences have at most 1,000.
_REACH: Final = 500
_MARKS: Final = re.compile(r"[,;:—–()]")
_QUOTES: Final = re.compile(r"[“”\"]")


def bearing(text: str, mention: DateMention) -> Bearing:
    """Say what a date of a sentence dates.

    The words from the last comma (or the like) to the date decide: a subordinator or a preposition of another time
    among them, a participle at their start, a bracket or a quotation around them put it aside; so do words that it only
    describes, as in "the 2008 crisis" and "talks over Monday's attack", unless they are the subject. Directly behind a
    verb of saying it is the time of saying. No parser: a clause without a comma before it that starts with a bare
    participle is not seen.

    O(length).
    """
    text = fold(text)
    before = text[max(0, mention.start - _REACH) : mention.start]
    mark = max((found.end() for found in _MARKS.finditer(before)), default=0)
    stretch = before[mark:]
    if before.rfind("(") > before.rfind(")") or _in_quotation(text, mention.start):
        return "aside"
    if _BACKGROUND.search(_BEFORE_JUDGES.sub("", stretch)) or _is_reduced(before, mark):
        return "aside"
    if _MEASURED_AGAINST.search(stretch) or _ELLIPTIC.search(stretch) or _is_issue(text, mention, stretch):
        return "aside"
    participle = _PARTICIPLE.search(stretch)
    if participle and _FINITE.search(stretch, 0, participle.start()):
        return "aside"
    if len(stretch.split()) <= 1 and _RELATIVE.search(before, max(0, mark - _RELATIVE_REACH), mark):
        return "aside"  # "who left Lyon, France, in 1990"
    event = _EVENT.search(stretch) if mention.kind in ("absolute", "partial") else None
    if event and _FINITE.search(stretch, 0, event.start() + 1):
        return "aside"
    if _opens_relative(stretch) or _describes(text, mention, stretch):
        return "aside"
    if _BY_OR_FOR.search(stretch) and not _OF_TIME.search(stretch) and not _is_span(mention):
        return "aside"
    return "said" if _SAID.search(stretch[-90:]) else "main"


def _is_issue(text: str, mention: DateMention, stretch: str) -> bool:
    """Tell the date of an issue or an edition: "Playboy's May 2018 Playmate"."""
    owner = _OF_AN_OWNER.search(stretch)
    named = _NAMED_BEHIND.match(text[mention.end : mention.end + 24])
    return bool(owner and named and not _AT_AN_EVENT.search(stretch, 0, owner.start()))


def _is_reduced(before: str, mark: int) -> bool:
    """Tell ", founded in 1998" from the verb of the sentence behind a closed apposition: "Ann, a nurse, pleaded"."""
    if not mark or before[mark - 1] not in ",—–" or not _REDUCED.match(before, mark):
        return False
    return before.count(",", 0, mark) < 2 or bool(_FINITE.search(before, 0, mark))


def _in_quotation(text: str, start: int) -> bool:
    marks = [found[0] for found in _QUOTES.finditer(text, max(0, start - _REACH), start)]
    if not marks:
        return False
    return marks[-1] == "“" or (marks[-1] == '"' and len(marks) % 2 == 1)


def _opens_relative(stretch: str) -> bool:
    """Tell whether the last "that" before the date opens a relative clause."""
    found = None
    for found in _THAT.finditer(stretch):  # noqa: B007
        pass
    if not found:
        return False
    return not any(word and _SAYING.fullmatch(word) for word in found.groups())


def _describes(text: str, mention: DateMention, stretch: str) -> bool:
    """Tell whether the date stands with a noun ("Monday's attack", "the 2008 crisis") that is not the subject."""
    after = text[mention.end : mention.end + 24]
    possessive = after[:2] in ("'s", "’s")
    if mention.name in ("today", "yesterday", "tonight") and _DID.match(after):
        return False
    named = mention.name[:1].isdigit() and len(mention.name) <= 5
    noun = re.match(r" [A-Za-z]{3,}" if named else r" [a-z]{3,}", after) and not _NO_NOUN.match(after)
    if not possessive and not ((noun or named) and _DETERMINED.search(stretch)):
        return False
    if named and not possessive and not noun:
        return bool(_OWNED.search(stretch))
    return named or len(text[: mention.start].split()) > _SUBJECT_WORDS or mention.name == "today"


def _is_span(mention: DateMention) -> bool:
    """Tell "over the past week" and "from May to June", which tell when by themselves."""
    return (
        " to " in mention.name
        or mention.name.startswith(("past ", "weekend", "last weekend"))
        or mention.name == "weekend"
    )
