"""Whether a text is one whole sentence, of fitting length, and nothing but that."""

from __future__ import annotations

import re
from typing import Final

from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing
from summarizer.quotable import find_flaw
from summarizer.terms import STOP_WORDS, count_words

#: Words of a rewritten sentence. Of the unions that people wrote of two sentences 27 % have over 45, 7 % over 60.
MAX_WORDS: Final = 60
MIN_WORDS: Final = 4
#: Its length against the shortest source at least, against the longest at most, or against the two longest together.
#: Of 1,030 human fusions of news 5 % are under 0.33 of the longest source and 1 % under 0.19; unions that people wrote
#: of two sentences reach 1.63 of the longer at the 95th percentile, never more than both.
MIN_RATIO: Final = 0.25
MAX_RATIO: Final = 1.3
UNION_RATIO: Final = 0.95
#: An English sentence with more tokens has a function word.
_TERSE: Final = 8
_FINAL: Final = re.compile(r"[.!?…][\"”’')\]]{0,3}\Z")
_INSIDE_END: Final = re.compile(r"[a-z0-9”\")][.!?]\s+[\"“]?[A-Z][a-z]+\s")
_ABBREVIATION: Final = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Jr|Sr|No|vs|Inc|Corp|Co|Ltd|Prof|Rev|Jan|Feb|"
    r"Aug|Sept|Oct|Nov|Dec)\.\s"
)
_MARKUP: Final = re.compile(
    r"https?:|www\.|\]\(|<[^<>]{0,80}>|```|\*\*|__|^#|\{[^{}]{0,200}\}|\\[nu]|\[(?:INST|SYS|/)|&[a-z]{2,6};|={2,}|[|~^]"
)
_RESIDUE: Final = re.compile(
    r"\A\W*(?:sure\b|certainly\b|of course\b|here(?:'s| is| are)\b|as an? (?:ai|language|assistant)|i(?:'m| am) "
    r"(?:sorry|an? (?:ai|assistant|language))|"
    r"i can(?:not|'t)\b|summary\s*:|output\s*:|rewritten|ok(?:ay)?\b|note\s*:|assistant\s*:|system\s*:|user\s*:|"
    r"answer\s*:)"
    r"|\b(?:ignor\w+ (?:all |any |the )?(?:previous|prior|above|earlier)|previous instructions|system prompt|"
    r"as requested|as instructed|the (?:rewritten|fused|combined|merged) sentence)\b",
    re.IGNORECASE,
)
_EMPTY_QUOTATION: Final = re.compile(r"[“«„][\s.,;:!?]*[”»“]|(?:(?<=\s)|\A)\"[\s.,;:!?]*\"")
#: A single quotation mark that stands free, as of "called 'Both Shores', which" when its partner was left behind.
_FREE_MARK: Final = re.compile(r"\s['’‘](?=[\s,.;:!?])")
_DASH: Final = re.compile(r"\s(?:—|–|--)\s|\w—\w")
_DANGLING: Final = frozenset(
    "and or but the a an of to in on at for with by from as which who while because after before than is are was "
    "were be been has have had will would could might its his their about between into".split()
)


def check_form(pairing: Pairing, source_texts: tuple[str, ...]) -> list[Objection]:
    """Object to what is no single whole sentence, and to what only a machine that was told to would write."""
    text = pairing.candidate.text.strip()
    return [Objection("form", reason) for reason in _flaws(text, pairing, source_texts)]


def _flaws(text: str, pairing: Pairing, sources: tuple[str, ...]) -> list[str]:
    first = text.lstrip("\"“'‘([«")[:1]
    cased = any(source[:1].isupper() for source in sources)
    found = []
    if not (first.isupper() or first.isdecimal() or first in "$€£" or not cased) or not first:
        found.append("it does not begin like a sentence")
    if not _FINAL.search(text):
        found.append("it does not end like a sentence")
    flaw = find_flaw(text, punctuated=False, cased=False)
    if flaw in ("unbalanced", "fragment", "list", "label") and not any(
        find_flaw(one, punctuated=False, cased=False) == flaw for one in sources
    ):
        found.append({"unbalanced": "a quotation mark or bracket has no partner"}.get(flaw, f"it is a {flaw}"))
    if not any(low in STOP_WORDS for low in pairing.candidate.lows) and len(pairing.candidate.lows) > _TERSE:
        found.append("it does not read like English")
    found += _residue(text, sources)
    if _repeats(pairing.candidate.lows) and not any(_repeats(source.lows) for source in pairing.sources):
        found.append("it repeats itself")
    last = next((low for low in reversed(pairing.candidate.lows) if low[0].isalnum()), "")
    if last in _DANGLING and not any(last in source.lows[-3:] for source in pairing.sources):
        found.append(f"it breaks off after “{last}”")
    if _EMPTY_QUOTATION.search(text):
        found.append("a quotation has no words")
    if _FREE_MARK.search(text) and not any(map(_FREE_MARK.search, sources)):
        found.append("a quotation mark stands free")
    dashes = [n for n in (len(_DASH.findall(source)) for source in sources) if n]
    if len(_DASH.findall(text)) % 2 and dashes and not any(n % 2 for n in dashes):
        found.append("a dash has no partner")
    inner = _ABBREVIATION.sub("", text)
    if _INSIDE_END.search(inner) and not any(_INSIDE_END.search(_ABBREVIATION.sub("", one)) for one in sources):
        found.append("it is more than one sentence")
    return found


def _residue(text: str, sources: tuple[str, ...]) -> list[str]:
    found = []
    for match in _MARKUP.finditer(text):
        found.append(f"it holds markup: {match.group()[:20]}")
        break
    if _RESIDUE.search(text):
        found.append("it speaks of its task")
    odd = [char for char in text if not char.isprintable() and char != "\xa0"]
    if odd:
        found.append("it holds control characters")
    known = set("".join(sources))
    new = sorted(
        {char for char in text if ord(char) > 0x24F and char not in known and not 0x2010 <= ord(char) <= 0x203A}
    )
    if new:
        found.append(f"no source has the character {new[0]}")
    return found


def _repeats(lows: list[str]) -> bool:
    grams = [
        tuple(lows[at : at + 3]) for at in range(len(lows) - 2) if all(low[0].isalnum() for low in lows[at : at + 3])
    ]
    return len(grams) != len(set(grams))


def check_length(text: str, sources: tuple[str, ...]) -> list[Objection]:
    """Object to a sentence of another length than its sources'."""
    words = count_words(text)
    longest = max(map(count_words, sources))
    if words > MAX_WORDS:
        return [Objection("length", f"{words} words, at most {MAX_WORDS} allowed")]
    lengths = sorted(map(count_words, sources))
    most = max(MAX_RATIO * longest, UNION_RATIO * sum(lengths[-2:]))
    if words > most:
        return [Objection("length", f"{words} words, the longest source has {longest}")]
    if words < MIN_RATIO * lengths[0] or words < min(MIN_WORDS, longest):
        return [Objection("length", f"{words} words are left of {longest}")]
    return []
