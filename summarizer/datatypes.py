"""The types that flow through the stages, in one direction.

``Document -> Sentence -> Cluster -> Statement -> Summary``. All are immutable; a stage that changes something returns a
new object. Offsets count characters (code points) of ``Document.text``, which no stage ever changes: cleaning marks
passages instead of cutting them, so every offset points into the text that was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from summarizer.deferred import defers
from summarizer.findings import Answer, Comparison, Event, Findings, Memory, SingleSource, Update

BudgetUnit = Literal["words", "sentences", "characters", "tokens"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document and the reason it was marked.

    :param start: first character.
    :param end: one past the last character.
    :param reason: a short machine-readable name, such as ``"cookie-notice"``.
    """

    start: int
    end: int
    reason: str


#: The reason why a whole article was left out: it is about another event than most.
OTHER_EVENT: Final = "another-event"


@dataclass(frozen=True, slots=True)
class Document:
    """One article.

    :param text: the article as it was given; offsets point into it.
    :param id: unique within one input; assigned from the file name or the content when empty.
    :param title: headline, if one was declared or stands above the text.
    :param source: the outlet.
    :param url: where it was published.
    :param published: date or time of publication, ISO 8601.
    :param language: ISO 639-1 code.
    :param inferred: names of the fields above that were found in the text or file name rather than declared.
    :param dropped: passages that are not article text (boilerplate, headings, repeated leads), with the reason.
    :param opinion: passages marked as commentary: kept, not chosen by default.
    :param origin_id: documents that are copies of one another share it; empty before folding.
    :param copy_of: id of the document that this one copies, if any.
    """

    text: str
    id: str = ""
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    inferred: tuple[str, ...] = ()
    dropped: tuple[Passage, ...] = ()
    opinion: tuple[Passage, ...] = ()
    origin_id: str = ""
    copy_of: str | None = None

    @property
    def is_used(self) -> bool:
        """Whether it counts among the articles of a briefing: it was not left out as being about another event."""
        return all(passage.reason != OTHER_EVENT for passage in self.dropped)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, with the place it stands at: ``document.text[start:end] == text``, always.

    :param document_id: the document it belongs to.
    :param position: its index among the sentences of the document, from 0.
    :param start: first character.
    :param end: one past the last character.
    :param text: the sentence, exactly as it stands.
    :param opinion: whether it lies in a passage marked as commentary.
    """

    document_id: str
    position: int
    start: int
    end: int
    text: str
    opinion: bool = False


@dataclass(frozen=True, slots=True)
class Cluster:
    """Sentences of different documents that say the same.

    :param members: the sentences, in canonical order; at least one.
    :param representative: the member closest to all the others.
    :param origins: number of independent origins among the members; copies count once.
    """

    members: tuple[Sentence, ...]
    representative: Sentence
    origins: int


@dataclass(frozen=True, slots=True)
class Support:
    """One place in one document that says what a statement says.

    :param document_id: the document.
    :param start: first character.
    :param end: one past the last character.
    :param text: the supporting sentence, exactly as it stands.
    :param similarity: to the statement, in [0, 1]; 1 for the sentence itself.
    """

    document_id: str
    start: int
    end: int
    text: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Gate:
    """The verdict on the wording of a statement.

    :param status: ``"verbatim"`` for an extract of which no other wording was judged, ``"passed"`` for a rewrite,
        ``"failed"`` for an extract that stands because every rewrite of it was withheld.
    :param reasons: why rewrites were withheld, each as ``"check: reason"``; with ``"verbatim"`` why none was tried
        though two origins say the same, such as ``"sources differ: ..."``; empty otherwise.
    """

    status: Literal["verbatim", "passed", "failed"] = "verbatim"
    reasons: tuple[str, ...] = ()


@defers("support", "origins", "why")
@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the briefing, with everything needed to defend it.

    :param id: ``s1``, ``s2`` … in reading order.
    :param text: what is printed; for an extract, exactly the text of the first support.
    :param support: where it stands, best first; never empty; the first is the sentence itself for an extract, and the
        sentence that was chosen, word for word, for a rewrite.
    :param origins: number of independent origins that support it; copies count once.
    :param articles: number of documents that support it, copies included.
    :param salience: how much it matters, higher is more; comparable within one summary.
    :param why: what the salience is made of: named parts, those that weigh most first, whose sum is the merit of the
        sentence, and behind them the factors ("tells what is expected", "stands alone", "is brief",
        "is about the event", "answers the query") by which that sum is multiplied; factors of 1 are left out. Like
        ``support`` and ``origins``, found when it is first asked for.
    :param kind: ``"extract"``, or ``"rewrite"`` for words of a rewriter that passed the gate.
    :param gate: the verdict of the faithfulness gate.
    """

    id: str
    text: str
    support: tuple[Support, ...]
    origins: int
    articles: int
    salience: float
    why: Mapping[str, float] = field(default_factory=dict)
    kind: Literal["extract", "rewrite"] = "extract"
    gate: Gate = Gate()


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit on the length of a summary, and how much of it was used.

    :param unit: what is counted.
    :param limit: the most there may be; never exceeded.
    :param used: how much there is.
    """

    unit: BudgetUnit
    limit: int
    used: int = 0


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What became of the statements when a rewriter was asked; the first five add up to their number.

    :param rewriter: its name, as in the signature.
    :param rewritten: statements whose words are the rewriter's.
    :param withheld: statements for which every draft failed the gate: they stand verbatim.
    :param kept: statements not given to the rewriter though two origins say the same: their sources differ, or the
        next sentence leans on their words.
    :param unchanged: statements for which the rewriter offered nothing, or the sentence as it stands.
    :param single: statements that rest on one origin, or are commentary or a quotation: nothing to fuse.
    :param objections: how many drafts each check withheld, and under ``"sources differ"`` and ``"leaned on"`` how many
        statements were kept; most first.
    :param title: the verdict on the headline; verbatim where none was tried.
    """

    rewriter: str
    rewritten: int = 0
    withheld: int = 0
    kept: int = 0
    unchanged: int = 0
    single: int = 0
    objections: Mapping[str, int] = field(default_factory=dict)
    title: Gate = Gate()


@defers("clusters")
@dataclass(frozen=True, slots=True)
class Summary:
    """A briefing: statements in reading order, and all that is needed to check them.

    ``str(summary)`` and :attr:`text` give the statements, one a line; :meth:`to_markdown`, :meth:`to_json` and
    :meth:`to_terminal` give the whole briefing.

    :param statements: the sentences of the briefing, in reading order.
    :param documents: every document used, in canonical order, with what was dropped from it and its origin.
    :param clusters: sentences that say the same, across documents; those of two or more origins, most origins first;
        found when first asked for.
    :param budget: unit, limit and use.
    :param title: a headline taken from the documents, or None; with a rewriter it may be a shorter wording that passed
        the gate.
    :param query: the question that steered salience, if any.
    :param warnings: what a reader must know about the input, in words.
    :param signature: one line that names every setting that moves the output.
    :param rewriting: what a rewriter did; None when none was asked for.
    :param findings: what is said beside the statements: :attr:`comparisons`, :attr:`single_source`, :attr:`timeline`;
        found when first asked for.
    :param changes: what is new, corrected and unchanged since an earlier briefing; None when none was given.
    :param answer: whether the sources answer the query; None without one.
    :param memory: what :meth:`update` and :meth:`save_state` go on from.
    """

    statements: tuple[Statement, ...]
    documents: tuple[Document, ...]
    clusters: tuple[Cluster, ...]
    budget: Budget
    signature: str
    title: str | None = None
    query: str | None = None
    warnings: tuple[str, ...] = ()
    rewriting: Rewriting | None = None
    findings: Findings = Findings()  # noqa: RUF009  never changed: nothing is found later in it
    changes: Update | None = None
    answer: Answer | None = None
    memory: Memory = field(default_factory=Memory, repr=False, compare=False)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Where origins agree and where they differ, in the order in which they are shown."""
        return self.findings.comparisons

    @property
    def single_source(self) -> tuple[SingleSource, ...]:
        """Salient claims that rest on one origin, those of the statements first."""
        return self.findings.single_source

    @property
    def timeline(self) -> tuple[Event, ...]:
        """The statements by the time that they tell of, those of unknown time last."""
        return self.findings.timeline

    @property
    def text(self) -> str:
        """The statements, one a line; each extract exactly as it stands in its article."""
        return "\n".join(statement.text for statement in self.statements)

    def __str__(self) -> str:
        return self.text

    def update(self, documents: Any, **settings: Any) -> Summary:  # noqa: ANN401  those of summarize
        """Say what later articles add: what is new, corrected and unchanged; the result can be updated in turn.

        :param documents: the later articles, as :func:`summarizer.summarize` takes them; those seen before are skipped.
        :param settings: as for :func:`summarizer.summarize`.
        :raises InputError: if this briefing was pickled; see :meth:`save_state`.

        >>> from summarizer import summarize
        >>> first = summarize(["Exports fell in May, officials said."])
        >>> first.update(["Officials said on Friday that Norway signed the treaty."]).changes.new[0].text
        'Officials said on Friday that Norway signed the treaty.'
        """
        from summarizer.calls import summarize

        return summarize(documents, since=self, **settings)

    def save_state(self, path: str | Path) -> None:
        """Write what is known after this briefing to a file, whole or not at all; a later run takes it as ``since``.

        :param path: the file; replaced if it exists.
        :raises OutputError: if it cannot be written.
        :raises InputError: if this briefing was pickled.
        """
        from summarizer.updates import write_state

        write_state(path, self.memory.state())

    def to_markdown(self) -> str:
        """Give the briefing as Markdown: statements with sources, list of sources, method."""
        from summarizer.briefing import to_markdown

        return to_markdown(self)

    def to_json(self, *, indent: int | None = 2) -> str:
        """Give the briefing as JSON, version 1 of the schema that ships as ``summarizer/briefing/schema-1.json``.

        :param indent: spaces a level; None for one line.
        """
        from summarizer.briefing import to_json

        return to_json(self, indent=indent)

    def to_dict(self) -> dict[str, Any]:
        """Give the briefing as the object that :meth:`to_json` writes."""
        from summarizer.briefing import to_dict

        return to_dict(self)

    def to_terminal(self, *, width: int | None = None, color: bool = False) -> str:
        """Give the briefing as text for a terminal; control characters of the articles never reach it.

        :param width: columns; None for the width of the terminal.
        :param color: whether to style with ANSI escapes.
        """
        from summarizer.briefing import to_terminal

        return to_terminal(self, width=width, color=color)

    def to_html(self) -> str:
        """Give the briefing as one self-contained page, its articles beside it; choosing a statement marks its support.

        The page loads nothing and can be read without script.
        """
        from summarizer.briefing import to_html

        return to_html(self)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        from summarizer.briefing import to_frame

        return to_frame(self.to_html())


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """What articles agree and differ on, without a summary; iterating gives the comparisons.

    :param comparisons: in the order in which they are shown.
    :param documents: every document used, in canonical order.
    :param signature: one line that names every setting that moves the output.
    :param warnings: what a reader must know about the input, in words.
    """

    comparisons: tuple[Comparison, ...]
    documents: tuple[Document, ...]
    signature: str
    warnings: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Comparison]:
        return iter(self.comparisons)

    def __len__(self) -> int:
        return len(self.comparisons)

    def to_markdown(self) -> str:
        """Give a table of each matter on which the articles differ, what they agree on, and the sources."""
        from summarizer.briefing import report_to_markdown

        return report_to_markdown(self)

    def to_json(self, *, indent: int | None = 2) -> str:
        """Give the report as JSON: ``comparisons``, ``documents`` and ``warnings`` as in a briefing.

        :param indent: spaces a level; None for one line.
        """
        from summarizer.briefing import report_to_json

        return report_to_json(self, indent=indent)

    def to_terminal(self, *, width: int | None = None, color: bool = False) -> str:
        """Give the report as text for a terminal.

        :param width: columns; None for the width of the terminal.
        :param color: whether to style with ANSI escapes.
        """
        from summarizer.briefing import report_to_terminal

        return report_to_terminal(self, width=width, color=color)

    def to_html(self) -> str:
        """Give the report as one self-contained page, its articles beside it."""
        from summarizer.briefing import report_to_html

        return report_to_html(self)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        from summarizer.briefing import to_frame

        return to_frame(self.to_html())
