"""The two calls, :func:`summarize` and :func:`compare`: what is given is read and settled, then the pipeline runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer import reading
from summarizer.config import PACKAGED_REWRITER, SummaryConfig
from summarizer.datatypes import ComparisonReport, Document, Summary
from summarizer.errors import ConfigError
from summarizer.pipeline import compare_documents, summarize_documents
from summarizer.preparation import Progress
from summarizer.protocols import Embedder, Entailment, Rewriter, TokenCounter

if TYPE_CHECKING:
    from summarizer.updates import State

#: What :func:`summarize` and :func:`compare` take.
Articles = str | Path | Document | Mapping[str, Any] | Iterable[str | Path | Document | Mapping[str, Any]]


def summarize(
    documents: Articles,
    *,
    config: SummaryConfig | None = None,
    embedder: str | Embedder | None = None,
    token_counter: TokenCounter | None = None,
    rewrite: bool | str | Path | Rewriter | None = None,
    entailment: Entailment | None = None,
    since: str | Path | State | Summary | None = None,
    progress: Progress | None = None,
    **settings: Any,  # noqa: ANN401  the fields of SummaryConfig, which checks them
) -> Summary:
    """Summarize articles into a briefing whose every sentence shows its support.

    Sentences are taken verbatim, unless a rewriter is asked for: then sentences that say the same may be fused, and a
    fused one is printed only if it passes every check against all of them. The result depends on the set of documents,
    not on their order.

    :param documents: articles: texts (``str``), paths of files or folders (``Path``), mappings with ``text`` and
        optional ``title``, ``source``, ``url``, ``published``, or :class:`Document` objects; one or many.
    :param config: all settings in one; keyword settings override it.
    :param embedder: ``"minilm"`` (default; packaged, offline), ``"tfidf"`` (no model), ``"wordllama"`` (extra
        ``static``), or any object with ``encode``.
    :param token_counter: counts tokens for ``max_tokens``; the packaged tokenizer when None.
    :param rewrite: ``True`` for the packaged model; what :func:`summarizer.rewriting.load_rewriter` takes, such as a
        folder or a hub id; any object with ``name`` and ``rewrite``; ``False`` for none. By default what ``config``
        says, which is none by default.
    :param entailment: asked last whether the sources imply a rewrite; any object with ``name`` and ``entails``.
    :param since: an earlier briefing: itself, its state, or the file of either. Then only what is new is told, and
        :attr:`Summary.changes` says what is new, corrected and unchanged; with nothing new there are no statements.
    :param progress: told the stage and the share done.
    :param settings: fields of :class:`SummaryConfig`, such as ``max_words=150``, ``strategy="mmr"``, ``query="..."``.
    :return: the summary; never over its budget, never empty unless it is an update with nothing new.
    :raises ConfigError: if a setting is unknown or out of range; :class:`BudgetError` if no sentence fits the budget.
    :raises InputError: if nothing usable is left, or a limit is passed.

    >>> summary = summarize(["Exports fell in May, officials said.", "Officials said that exports fell 3% in May."])
    >>> summary.statements[0].origins
    2
    """
    if isinstance(embedder, str):
        settings["embedder"] = embedder
        embedder = None
    rewriter = _settle_rewriter(rewrite, settings)
    known = _settle_known(since, settings)
    settings_ = merge_settings(config, settings)
    read, warnings = _read(documents, settings_)
    return summarize_documents(
        read,
        settings_,
        embedder=embedder,
        token_counter=token_counter,
        rewriter=rewriter,
        entailment=entailment,
        known=known,
        warnings=warnings,
        progress=progress,
    )


def compare(
    documents: Articles,
    *,
    config: SummaryConfig | None = None,
    embedder: str | Embedder | None = None,
    progress: Progress | None = None,
    **settings: Any,  # noqa: ANN401  the fields of SummaryConfig, which checks them
) -> ComparisonReport:
    """Compare what articles say, without a summary: where they agree, where they differ and how.

    :param documents: as for :func:`summarize`.
    :param config: all settings in one; keyword settings override it. Budget, strategy and query play no part.
    :param embedder: as for :func:`summarize`.
    :param progress: told the stage and the share done.
    :param settings: fields of :class:`SummaryConfig`.
    :return: the comparisons, in the order in which they should be read; empty when no two origins speak of one matter.
    :raises ConfigError: if a setting is unknown or out of range.
    :raises InputError: if nothing usable is left, or a limit is passed.

    >>> report = compare(["The fire in Leeds killed 12 people.", "The fire in Leeds killed 15 people, police said."])
    >>> report.comparisons[0].relation
    'conflict'
    """
    if isinstance(embedder, str):
        settings["embedder"] = embedder
        embedder = None
    settings_ = merge_settings(config, settings)
    read, warnings = _read(documents, settings_)
    return compare_documents(read, settings_, embedder=embedder, warnings=warnings, progress=progress)


def _read(documents: Articles, config: SummaryConfig) -> tuple[Sequence[Document], list[str]]:
    """Read articles of any form, and give with them what there is to say of those that could not be read."""
    single = isinstance(documents, str | Path | Document | Mapping)
    read = reading.collect([documents] if single else documents, config=config)  # type: ignore[list-item,arg-type]
    if not read.documents and len(read.failures) == 1:
        raise read.failures[0]
    return read.documents, [*read.warnings, *(f"not used: {failure}" for failure in read.failures)]


def _settle_rewriter(rewrite: bool | str | Path | Rewriter | None, settings: dict[str, Any]) -> Rewriter | None:
    """Put the name of a rewriter into the settings, or give the object that is one."""
    if isinstance(rewrite, bool):
        settings["rewrite"] = PACKAGED_REWRITER if rewrite else None
    elif isinstance(rewrite, str):
        settings["rewrite"] = rewrite
    elif isinstance(rewrite, Path):
        settings["rewrite"] = str(rewrite.absolute())  # "a/b" could be taken for a hub id
    elif rewrite is not None and not isinstance(rewrite, Rewriter):
        raise ConfigError(
            f"rewrite must be True, a hub id, a folder, or an object with name and rewrite, not {rewrite!r}"
        )
    else:
        return rewrite
    return None


def _settle_known(since: str | Path | State | Summary | None, settings: dict[str, Any]) -> State | None:
    """Put the name of a file into the settings, or give the state of a briefing."""
    if since is None or isinstance(since, str | Path):
        if since is not None:
            settings["since"] = str(since)
        return None
    from summarizer.updates import State

    if isinstance(since, State):
        return since
    if not isinstance(since, Summary):
        raise ConfigError(f"since must be a briefing, its state, or the file of either, not {since!r}")
    state: State = since.memory.state()
    return state


def merge_settings(config: SummaryConfig | None, settings: dict[str, Any]) -> SummaryConfig:
    """Give the settings of a call: keyword settings over those of ``config``.

    :raises ConfigError: if a setting is unknown or out of range.
    """
    known = {spec.name for spec in fields(SummaryConfig)}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise ConfigError(f"unknown setting {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    return replace(config, **settings) if config else SummaryConfig(**settings)
