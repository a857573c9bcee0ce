"""What may be fused into one sentence: for each statement the sentences that say the same, or why they stay apart.

One sentence of each origin, for a second one of the same account adds nothing that could be checked against another.
Nothing is fused that differs, that is commentary, or that is somebody's words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from summarizer.datatypes import Document, Statement, Support
from summarizer.faithfulness import Objection, sources_differ
from summarizer.openers import is_dangling
from summarizer.quotable import find_flaw, is_said_by_pronoun, leaves_open
from summarizer.terms import count_words

#: What is fused into one sentence: so many sentences and words at most, which is what fusion models are trained on.
MAX_SOURCES: Final = 5
MAX_SOURCE_WORDS: Final = 150
#: A headline is compressed to so many words; shorter ones are taken as they stand in an article.
MAX_TITLE_WORDS: Final = 14
#: Titles of fewer words name a section or an agency, and tell a rewriter nothing.
_MIN_TITLE_WORDS: Final = 3
#: The language in which a rewrite can be checked; in others every sentence stands as it is.
_READ: Final = "en"
#: Whether sources differ is asked of so many; the best support comes first.
_MAX_COMPARED: Final = 24
#: A sentence with no more words than this outside its quotation marks, and more inside, is a quotation.
_FRAME: Final = 4

_QUOTED: Final = re.compile(r'"[^"]*"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」')


@dataclass(frozen=True, slots=True)
class Task:
    """One statement: what it is fused from, and why not if it is not.

    :param sources: the representative first; none where there is nothing to fuse.
    :param kept: why it stands as it stands though two origins say the same.
    """

    sources: tuple[str, ...]
    language: str
    kept: Objection | None = None

    @property
    def is_open(self) -> bool:
        """Whether the rewriter is to be asked."""
        return bool(self.sources) and self.kept is None


def find_task(statements: Sequence[Statement], place: int, documents: Mapping[str, Document]) -> Task:
    """Say what a statement is fused from.

    A statement of two origins or more is fused from one sentence of each origin: its own, then the best support, at
    most :data:`MAX_SOURCES` sentences of :data:`MAX_SOURCE_WORDS` words together, none of them cut, and none that is a
    fragment, a caption or somebody's words. It stays as it is where it is commentary or a quotation, where its sources
    differ, where it is not English, and where the next statement leans on its words: "it" there means what this one
    names.

    :param statements: in reading order.
    :param place: of the one in question.
    :param documents: by id.
    """
    statement = statements[place]
    home = documents[statement.support[0].document_id]
    language = home.language or "en"
    own = statement.support[0]
    if statement.origins < 2 or _is_opinion(own, home) or _is_quotation(statement.text) or _is_spoken(own, home):
        return Task((), language)
    if language != _READ:
        return Task((), language, Objection("language", f"the gate reads English, not {language!r}"))
    support = _of_each_origin(statement, documents, language)
    sources = _within(support)
    if len(sources) < 2:
        return Task((), language)
    differing = sources_differ(support[:_MAX_COMPARED])
    if differing is not None:
        return Task(sources, language, replace(differing, check="sources differ"))
    if _is_leant_on(statements, place, language):
        return Task(sources, language, Objection("leaned on", "the next sentence points at the words of this one"))
    return Task(sources, language)


def _of_each_origin(statement: Statement, documents: Mapping[str, Document], language: str) -> list[str]:
    """Give the best sentence of each origin, the statement's own first, without repetitions.

    :param language: that of the statement; sentences in another one cannot be fused with it.
    """
    origins: set[str] = set()
    texts: list[str] = []
    for support in statement.support:
        document = documents[support.document_id]
        origin = document.origin_id or document.id
        readable = (document.language or "en") == language
        if origin in origins or not readable or _is_opinion(support, document):
            continue
        if texts and (find_flaw(support.text, language) or _is_spoken(support, document)):
            continue
        origins.add(origin)
        if support.text not in texts:
            texts.append(support.text)
    return texts


def _within(texts: Sequence[str]) -> tuple[str, ...]:
    """Take whole sentences, best first, as long as there are not too many words; a long one is passed over."""
    taken, words = list(texts[:1]), count_words(texts[0]) if texts else 0
    for text in texts[1:]:
        more = count_words(text)
        if len(taken) < MAX_SOURCES and words + more <= MAX_SOURCE_WORDS:
            taken.append(text)
            words += more
    return tuple(taken)


def _is_opinion(support: Support, document: Document) -> bool:
    return any(support.start < passage.end and passage.start < support.end for passage in document.opinion)


def _is_quotation(text: str) -> bool:
    """Say whether a sentence is what somebody said and little else: those words are not ours to fuse."""
    own = _QUOTED.sub(" ", text)
    outside = count_words(own)
    return own != text and outside <= _FRAME and count_words(text) > 2 * outside


def _is_spoken(support: Support, document: Document) -> bool:
    """Say whether a sentence stands inside quotation marks that open before it in its paragraph, or close behind it.

    Fused without these marks, somebody's words would become a fact.
    """
    start = document.text.rfind("\n", 0, support.start) + 1
    before = document.text[start : support.start + 1]  # a mark opens where a word follows
    return leaves_open(before) or leaves_open(support.text)


def _is_leant_on(statements: Sequence[Statement], place: int, language: str) -> bool:
    """Say whether the next statement stands behind this one in its article and opens by pointing at it."""
    if place + 1 >= len(statements):
        return False
    mine, following = statements[place].support[0], statements[place + 1]
    other = following.support[0]
    behind = other.document_id == mine.document_id and other.start >= mine.end
    return behind and (is_dangling(following.text, language) or is_said_by_pronoun(following.text))


def find_title_task(title: str | None, documents: Sequence[Document]) -> Task:
    """Give the titles to compress: that of the briefing first, and none if it is short enough."""
    if title is None or count_words(title) <= MAX_TITLE_WORDS:
        return Task((), "en")
    home = next((document for document in documents if document.title == title), None)
    language = (home.language if home else None) or "en"
    if language != _READ:
        return Task((), language)
    titles = [title] + [
        document.title
        for document in documents
        if document.title
        and document.copy_of is None
        and (document.language or "en") == language
        and count_words(document.title) >= _MIN_TITLE_WORDS
    ]
    sources = _within(list(dict.fromkeys(titles)))
    # One title can be compressed too; it need not agree with the others for that.
    return Task(sources if sources_differ(sources) is None else sources[:1], language)
