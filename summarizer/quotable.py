"""Sentences that should not be quoted while there are others: what is not whole, or not the article's own report.

A briefing quotes single sentences, so each must be one. Fragments, list entries, captions, questions, lines of a
transcript, quotations without a speaker and the writer's own "I" are not wrong, but they read badly alone; and what
stands inside quotation marks of its neighbours is somebody's word, not a fact. They stay in the material, count as
support, and are chosen when nothing else is there.

Rules are plain and English first; what they rest on, quotation marks and final punctuation, is known in other scripts.
On 60 clusters of full articles 79 % of the sentences pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

from summarizer.captions import is_caption
from summarizer.signs import (
    CLOSERS,
    COLON,
    DOUBLED,
    FIRST_PERSON,
    I_ALONE,
    OPENING,
    PAIRED,
    QUESTION,
    QUOTATION,
    QUOTATION_MARKS,
    VERB,
    VERBS,
    WE,
    Signs,
    read_signs,
)
from summarizer.terms import count_words

Flaw = Literal[
    "caption", "first person", "fragment", "label", "list", "question", "quoted", "speaker missing", "unbalanced"
]

#: Flaws of sentences that are whole, but do not say who speaks: they are chosen last, not only where all else fails.
SPOKEN: Final = frozenset[Flaw | None](("first person", "speaker missing"))

_FINAL: Final = frozenset(".!?…。！？।۔።؟։")
#: In this share of sentences and more, final punctuation (or a capital at the start) is the rule of the input, so that
#: one without it is no sentence. Some scripts, transcripts and lower-cased data sets have neither.
_RULE_SHARE: Final = 0.7

_LIST: Final = re.compile(r"[-*•·‣▪●■–—>|#]{1,6}\s|\(?\d{1,2}[.)]\s|\(?[a-hA-H]\)\s")
_LABEL: Final = re.compile(r"(?:Q|A|[A-Z]{2,15}(?:[ .'’-]{1,2}[A-Z]{1,15}){0,3})\s?:\s")
_STRAIGHT: Final = re.compile(r'"(?<!\d")')
_QUOTE: Final = re.compile("[\"“„«「『'‘]")
# A mark opens where a word follows and none stands before: „so“ and »so« as well as “so” and «so», « so ».
_OPENS: Final = re.compile(r"(?<![^\s(\[—–-])(?:[\"“”„»«](?=[\w'‘(\[$£€…])|«\s(?=\w))")
_SINGLY_QUOTED: Final = r"(?:[^'‘’]|(?<=\w)['’](?=\w)){2,400}['’](?!\w)"
# Every alternative begins with a character, which the search looks for before it tries any of them.
_QUOTED: Final = re.compile(
    r'"[^"]*"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」|『[^『』]*』'
    rf"|'(?<![\w'’]'){_SINGLY_QUOTED}|‘(?<![\w'’]‘){_SINGLY_QUOTED}"
)
# "he said", "she told the court": who spoke stands in the sentence before.
_SOMEBODY: Final = re.compile(
    r"\W*(?:(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\s(?:also\s)?(?:said|says|added|told|wrote|explained|continued|recalled|asked|noted"
    r"|tweeted)|(?:said|says|added)\s(?:he|she|they))\b[^A-Z]*\Z"
)
#: "Ann Cole charged on Sunday.": what she said stands in the sentence before.
_TAG: Final = re.compile(
    r"(?:[A-Z][\w.'’-]*\s){1,5}(?:said|says|added|charged|argued|warned|insisted|explained|noted|wrote|tweeted)"
    r"(?:\s(?:on|in)\s\w+)?\.\Z"
)
_LONGEST_TAG: Final = 80
_LETTERED: Final = re.compile(r"\b\w\)")
_MARKS: Final = re.compile(r"[^\w\s]")
_LOWER: Final = re.compile(r"[\"“‘'(\[«„]*[a-zà-ÿа-я](?![A-Z.])")
_ASKING: Final = ("?", "？", "؟")
_TRUNCATED: Final = ("...", "…", ":", ";", ",", "–", "—", "-")
# What may follow these: quotation marks, brackets and whatever is a blank to the re module.
_AFTER_TRUNCATION: Final = "\"”’')] \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)

#: After a small word or at the start, "I" is the writer; after a capitalised word it is a numeral.
_I: Final = re.compile(r"(?:^|[,;:(—–-]\s?|\b[a-z][\w'’-]{0,30},?\s)I(?:['’](?:m|ve|d|ll))?\s(?=[a-z])")
_I_ALONE: Final = re.compile(r"I['’\s]")

#: Words of sentences of up to so many words that may be their verb. Longer ones have one nearly always.
_SHORT: Final = 15
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CONTRACTED: Final = re.compile(
    r"\b(?:(?:it|that|he|she|there|what|who|here|how|where)['’]s\b|\w+['’]s\s(?:a|an|the|not|out|in|on|off|no|been|going)\b)",
    re.IGNORECASE,
)
_NO_VERB_ENDINGS: Final = ("ss", "us", "is", "ings", "ions", "ments", "ers", "ors", "ists", "'s", "’s")


def find_flaws(
    texts: Sequence[str],
    languages: Sequence[str],
    signs: Signs | None = None,
    follows: Callable[[int], bool] | None = None,
) -> list[Flaw | None]:
    """Say of every sentence of an input what speaks against quoting it alone.

    Whether a sentence must begin with a capital and end with punctuation is read off the input: some scripts have
    neither, and some articles were stripped of them.

    :param texts: n sentences.
    :param languages: n ISO 639-1 codes.
    :param signs: what their words tell, where it was read already.
    :param follows: says of a number whether that sentence stands in one paragraph with the one before; None where
        each stands alone.
    :return: n flaws, None for sentences that may be quoted. O(characters).

    >>> find_flaws(["Cole said: “It fell.", "We had no warning.", "None.”"], ["en"] * 3, follows=bool)
    ['unbalanced', 'quoted', 'unbalanced']
    """
    n = max(len(texts), 1)
    held = (signs or read_signs(texts)).held.tolist()
    punctuated = sum(map(_ends, texts)) >= _RULE_SHARE * n
    cased = sum(not _is_lower(text) for text in texts) >= _RULE_SHARE * n
    flaws = [_find_flaw(*given, punctuated, cased) for given in zip(texts, languages, held, strict=True)]
    if follows is not None:
        for at in _find_quoted(texts, held, follows):
            if flaws[at] is None or flaws[at] in SPOKEN:
                flaws[at] = "quoted"
    return flaws


def _find_quoted(texts: Sequence[str], held: Sequence[int], follows: Callable[[int], bool]) -> Iterator[int]:
    """Find the sentences without a quotation mark that follow one in which a quotation opens and does not close."""
    for opening, signs in enumerate(held):
        if signs & QUOTATION and leaves_open(texts[opening]):
            for at in range(opening + 1, len(texts)):
                if held[at] & QUOTATION or not follows(at):
                    break
                yield at


def leaves_open(text: str) -> bool:
    """Say whether a quotation opens in a text that does not close in it: whether its last quotation mark opens one.

    >>> leaves_open("Cole said: “It fell."), leaves_open("“It fell,” said Cole.")
    (True, False)
    """
    last = max(map(text.rfind, QUOTATION_MARKS))
    return last >= 0 and _OPENS.match(text, last) is not None


def find_flaw(text: str, language: str = "en", *, punctuated: bool = True, cased: bool = True) -> Flaw | None:
    """Say what speaks against quoting one sentence alone, or None.

    :param text: the sentence.
    :param language: ISO 639-1 code; captions, the first person and missing verbs are known in English only.
    :param punctuated: whether sentences of this input end with punctuation.
    :param cased: whether sentences of this input begin with a capital or a script without them.

    >>> find_flaw("“We had no warning.”"), find_flaw("“We had no warning,” said Ann Cole.")
    ('speaker missing', None)
    """
    return _find_flaw(text, language, int(read_signs([text]).held[0]), punctuated, cased)


def _find_flaw(text: str, language: str, held: int, punctuated: bool, cased: bool) -> Flaw | None:
    """Look for flaws where the words of the sentence allow them.

    :param held: the :class:`Signs` of the sentence.
    """
    if held & DOUBLED:
        text = text.replace("’’", "”").replace("''", '"').replace("``", '"')  # one mark written as two
    # Entries of lists begin with a sign, a digit, or a letter and a bracket.
    if (not text[:1].isalpha() or text[1:2] == ")") and _LIST.match(text):
        return "list"
    if held & COLON and _LABEL.match(text):
        return "label"
    if language == "en" and is_caption(text, held):
        return "caption"
    if _is_cut(text) or (punctuated and not _ends(text)) or (cased and _is_lower(text)):
        return "fragment"
    if held & PAIRED and not _is_balanced(text):
        return "unbalanced"
    if language == "en" and len(text) <= _LONGEST_TAG and _TAG.match(text):
        return "fragment"
    own = _QUOTED.sub(" ", text) if held & OPENING else text
    if own != text and count_words(_MARKS.sub(" ", own)) < 2:
        return "speaker missing"
    if held & QUESTION and own.rstrip(CLOSERS).endswith(_ASKING):
        return "question"
    if language != "en":
        return None
    if (held & WE and FIRST_PERSON.search(own)) or (held & I_ALONE and _I_ALONE.search(own) and _I.search(own)):
        return "first person"
    return None if held & VERB or _may_have_verb(text) else "fragment"


def is_said_by_pronoun(text: str) -> bool:
    """Say whether an English sentence is a quotation whose speaker is named in a sentence before it.

    These are quotable behind that sentence: leaving them out costs 0.1 ROUGE-1 on full articles.

    >>> is_said_by_pronoun("“We had no warning,” she said."), is_said_by_pronoun("“We had no warning,” Ann Cole said.")
    (True, False)
    """
    if not _QUOTE.search(text):
        return False
    own = _QUOTED.sub(" ", text)
    return own != text and _SOMEBODY.match(own) is not None


def _ends(text: str) -> bool:
    return text[-1:] in _FINAL or text.rstrip(CLOSERS)[-1:] in _FINAL


def _is_cut(text: str) -> bool:
    """Tell whether a sentence ends in the middle: in dots, a comma or a dash."""
    if text[-1:] == "." and text[-2:] != "..":
        return False  # as most do
    return text.rstrip(_AFTER_TRUNCATION).endswith(_TRUNCATED)


def _is_lower(text: str) -> bool:
    """Tell whether a sentence begins with a small letter."""
    return not "A" <= text[:1] <= "Z" and _LOWER.match(text) is not None


def _is_balanced(text: str) -> bool:
    """Tell whether every quotation mark and bracket that opens closes; inches and "1)" are neither."""
    low, high, opened = text.count("„"), text.count("”"), text.count("“")
    curly = low == opened + high if low else opened == high or (not opened and high % 2 == 0)
    return (
        curly
        and ('"' not in text or len(_STRAIGHT.findall(text)) % 2 == 0)
        and text.count("«") == text.count("»")
        and text.count("「") == text.count("」")
        and text.count("[") == text.count("]")
        and text.count("(") <= text.count(")")
        and (text.count("(") == text.count(")") or text.count("(") >= text.count(")") - len(_LETTERED.findall(text)))
    )


def _may_have_verb(text: str) -> bool:
    """Tell whether an English sentence has a word that may be its verb beside :data:`VERBS`; long ones always may."""
    if sum(map(str.isalpha, text.split())) > _SHORT:
        return True
    words = _WORD.findall(text)
    return (
        len(words) > _SHORT
        or any(
            word.lower() in VERBS
            or "n't" in word
            or "n’t" in word
            or (at > 0 and word[0].islower() and word.endswith("ed"))
            or (at > 0 and word[0].islower() and word.endswith("s") and not word.endswith(_NO_VERB_ENDINGS))
            or word.endswith(("'re", "’re", "'ve", "’ve", "'ll", "’ll", "'m", "’m"))
            for at, word in enumerate(words)
        )
        or bool(_CONTRACTED.search(text))
    )
