"""The stages in order: the only module that knows them all."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from summarizer import embedding, reading
from summarizer.config import PACKAGED_REWRITER, SummaryConfig
from summarizer.datatypes import ComparisonReport, Document, Statement, Summary
from summarizer.errors import BudgetError, ConfigError
from summarizer.exclusives import find_single_source
from summarizer.findings import Answer, Findings
from summarizer.learned import SalienceModel, load_salience
from summarizer.material import Material
from summarizer.preparation import Progress, compare_sentences, prepare_documents, silent, split_documents
from summarizer.protocols import Embedder, Entailment, Rewriter, TokenCounter
from summarizer.salience import Candidates, judge, narrow
from summarizer.selection import select
from summarizer.selection.budget import Knapsack, make_knapsack, measure
from summarizer.statements import make_clusters, make_statements, make_title
from summarizer.timeline import make_timeline

logger = logging.getLogger(__name__)

#: The signature holds so many characters of the name of a model.
_MAX_NAME = 120


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
    :param progress: told the stage and the share done.
    :param settings: fields of :class:`SummaryConfig`, such as ``max_words=150``, ``strategy="mmr"``, ``query="..."``.
    :return: the summary; never over its budget, never empty.
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
    settings_ = _merge(config, settings)
    read, warnings = _read(documents, settings_)
    return summarize_documents(
        read,
        settings_,
        embedder=embedder,
        token_counter=token_counter,
        rewriter=rewriter,
        entailment=entailment,
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
    settings_ = _merge(config, settings)
    read, warnings = _read(documents, settings_)
    return compare_documents(read, settings_, embedder=embedder, warnings=warnings, progress=progress)


def compare_documents(
    documents: Sequence[Document],
    config: SummaryConfig,
    *,
    embedder: Embedder | None = None,
    warnings: Sequence[str] = (),
    progress: Progress | None = None,
) -> ComparisonReport:
    """Compare documents that were read already; see :func:`compare`.

    :param documents: at least one with usable text.
    :param config: the settings.
    :param embedder: used in place of the one that ``config`` names.
    :param warnings: what reading had to say; kept in the report.
    :param progress: told the stage and the share done.
    """
    from summarizer.comparison import compare as compare_material

    tell, notes = progress or silent, list(warnings)
    prepared = prepare_documents(documents, config, tell)
    sentences = split_documents(prepared, config, notes, tell)
    material = compare_sentences(prepared, sentences, config, embedder, tell, notes)
    signature = config.comparison_signature(embedder=material.embedder, threshold=material.clustering.threshold)
    found = compare_material(material)
    return ComparisonReport(found, tuple(prepared), signature, tuple(dict.fromkeys(notes)))


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


def _merge(config: SummaryConfig | None, settings: dict[str, Any]) -> SummaryConfig:
    known = {spec.name for spec in fields(SummaryConfig)}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise ConfigError(f"unknown setting {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    return replace(config, **settings) if config else SummaryConfig(**settings)


def summarize_documents(
    documents: Sequence[Document],
    config: SummaryConfig,
    *,
    embedder: Embedder | None = None,
    token_counter: TokenCounter | None = None,
    rewriter: Rewriter | None = None,
    entailment: Entailment | None = None,
    warnings: Sequence[str] = (),
    progress: Progress | None = None,
) -> Summary:
    """Summarize documents that were read already; see :func:`summarize`.

    :param documents: at least one with usable text; the limits on their number and length are checked by reading.
    :param config: the settings.
    :param embedder: used in place of the one that ``config`` names.
    :param token_counter: counts tokens; the packaged tokenizer when None.
    :param rewriter: used in place of the one that ``config`` names.
    :param entailment: asked last about each rewrite; unused without a rewriter.
    :param warnings: what reading had to say; kept in the summary.
    :param progress: told the stage and the share done.
    """
    tell = progress or silent
    notes = list(warnings)
    budget = config.budget()
    counter_name, counter = _token_counter(config, token_counter)
    model, model_name = _salience(config)
    rewriter = rewriter or _rewriter(config)
    prepared = prepare_documents(documents, config, tell)
    sentences = split_documents(prepared, config, notes, tell)
    material = compare_sentences(prepared, sentences, config, embedder, tell, notes)
    tell("select", 0.0)
    texts = [sentence.text for sentence in material.sentences]
    knapsack = make_knapsack(texts, material.words, budget, counter)
    candidates = _eligible(material, config, knapsack, model, notes)
    chosen = select(config.strategy, material, candidates, knapsack, diversity=config.diversity)
    while measure([texts[index] for index in chosen], budget, counter) > budget.limit:
        chosen.pop()  # tokens of a joined text can be a few more than the sum of the parts
    statements = make_statements(material, candidates, chosen)
    answer = _answer(material, candidates, statements, notes)
    tell("select", 1.0)
    worded = None
    if rewriter is not None:
        from summarizer.wording import reword

        tell("rewrite", 0.0)
        worded = reword(
            statements,
            prepared,
            rewriter,
            name=_names(rewriter, entailment),
            fits=lambda texts: measure(texts, budget, counter) <= budget.limit,
            title=make_title(material),
            entailment=entailment,
        )
        statements, notes = worded.statements, [*notes, *worded.warnings]
        tell("rewrite", 1.0)
    return Summary(
        statements=statements,
        documents=tuple(prepared),
        clusters=make_clusters(material),
        budget=replace(budget, used=measure([statement.text for statement in statements], budget, counter)),
        signature=config.signature(
            embedder=material.embedder,
            threshold=material.clustering.threshold,
            salience=model_name,
            counter=counter_name,
            rewriter=worded.rewriting.rewriter if worded else None,
        ),
        title=worded.title if worded else make_title(material),
        query=config.query,
        warnings=tuple(dict.fromkeys(notes)),
        rewriting=worded.rewriting if worded else None,
        answer=answer,
        findings=Findings.later(partial(_find, material, candidates, statements)) if config.compare else Findings(),
    )


def _answer(
    material: Material, candidates: Candidates, statements: Sequence[Statement], notes: list[str]
) -> Answer | None:
    """Say whether the statements answer the query, if there is one; a note where they do not."""
    if not material.query:
        return None
    from summarizer.answering import answer_query

    answer = answer_query(material, statements, candidates.bearing)
    if answer.status == "not answered":
        notes.append(f"the sources do not answer the query, so the nearest sentences are shown: {answer.reason}")
    return answer


def _find(material: Material, candidates: Candidates, statements: Sequence[Statement]) -> Findings:
    """Find what a briefing says beside its statements."""
    from summarizer.comparison import compare as compare_material

    return Findings(
        compare_material(material),
        find_single_source(material, candidates, statements),
        make_timeline(statements, material.documents),
    )


def _token_counter(config: SummaryConfig, counter: TokenCounter | None) -> tuple[str | None, TokenCounter]:
    if config.max_tokens is None:
        return None, len
    if counter is not None:
        return getattr(counter, "__qualname__", type(counter).__name__), counter
    return embedding.load_token_counter()


def _salience(config: SummaryConfig) -> tuple[SalienceModel, str]:
    """Load the fitted salience, and name it: the user's own by its content too, for any file can bear any name."""
    model = load_salience(config.salience_weights)
    name = _plain(model.name, "-_.")
    if not config.salience_weights:
        return model, name
    digest = hashlib.sha256(Path(config.salience_weights).read_bytes()).hexdigest()
    return model, f"{name}@{digest[:8]}"


def _plain(name: str, marks: str) -> str:
    """Give a name that cannot be taken for another part of the signature."""
    return "".join(character if character.isalnum() or character in marks else "_" for character in name)


def _rewriter(config: SummaryConfig) -> Rewriter | None:
    """Load the rewriter that the settings name, if they name one; only then are its libraries imported."""
    if config.rewrite is None:
        return None
    from summarizer.rewriting import load_rewriter

    return load_rewriter(config.rewrite)


def _names(rewriter: Rewriter, entailment: Entailment | None) -> str:
    """Name the rewriter, and behind a plus sign the entailment model."""
    names = [rewriter.name] if entailment is None else [rewriter.name, entailment.name]
    return "+".join(_plain(str(name), "-_.:@,=/")[:_MAX_NAME] or "unnamed" for name in names)


def _eligible(
    material: Material, config: SummaryConfig, knapsack: Knapsack, model: SalienceModel, notes: list[str]
) -> Candidates:
    """Judge sentences, and let short ones and commentary in where there is nothing else.

    :raises BudgetError: if no eligible sentence fits the budget.
    """
    fits = knapsack.costs <= knapsack.limit
    judged = partial(judge, material, budget=_in_words(material, knapsack), model=model)
    candidates = judged(keep_opinion=config.keep_opinion)
    if not (candidates.eligible & fits).any():
        candidates = judged(keep_opinion=config.keep_opinion, min_words=1, keep_flawed=True)
    if not candidates.eligible.any():
        notes.append("every usable sentence lies in a passage marked as commentary; they were used all the same")
        candidates = judged(keep_opinion=True, min_words=1, keep_flawed=True)
    if not (candidates.eligible & fits).any():
        unit = config.budget().unit
        end = 1 if unit == "characters" else 0  # the line end that a knapsack counts with every sentence
        shortest, limit = int(knapsack.costs[candidates.eligible].min()) - end, knapsack.limit - end
        raise BudgetError(
            f"no sentence fits the budget of {limit} {unit}: the shortest has {shortest}; sentences are never cut, "
            f"so give at least max_{unit}={shortest}"
        )
    return narrow(candidates, material, fits)


def _in_words(material: Material, knapsack: Knapsack) -> float:
    """Give a budget of any unit in words, by the mean length of the sentences."""
    return knapsack.limit * int(material.words.sum()) / max(int(knapsack.costs.sum()), 1)
