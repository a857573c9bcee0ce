"""The stages in order: the only module that knows them all."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from summarizer import embedding
from summarizer.config import SummaryConfig
from summarizer.datatypes import ComparisonReport, Document, Statement, Summary
from summarizer.deferred import later
from summarizer.errors import BudgetError
from summarizer.findings import Answer, Findings, Memory, Update
from summarizer.headline import make_title
from summarizer.learned import SalienceModel, load_salience
from summarizer.material import Material
from summarizer.preparation import (
    Progress,
    compare_sentences,
    mark_left_out,
    prepare_documents,
    silent,
    split_documents,
)
from summarizer.protocols import Embedder, Entailment, Rewriter, TokenCounter
from summarizer.salience import Candidates, judge, narrow
from summarizer.selection import select
from summarizer.selection.budget import Knapsack, make_knapsack, measure
from summarizer.statements import make_clusters, make_statements

if TYPE_CHECKING:
    from summarizer.updates import Novelty, State

logger = logging.getLogger(__name__)

#: The signature holds so many characters of the name of a model.
_MAX_NAME = 120


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
    return ComparisonReport(found, mark_left_out(prepared, material), signature, tuple(dict.fromkeys(notes)))


def summarize_documents(
    documents: Sequence[Document],
    config: SummaryConfig,
    *,
    embedder: Embedder | None = None,
    token_counter: TokenCounter | None = None,
    rewriter: Rewriter | None = None,
    entailment: Entailment | None = None,
    known: State | None = None,
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
    :param known: what was known before, in place of what the settings name; then only what is new is chosen.
    :param warnings: what reading had to say; kept in the summary.
    :param progress: told the stage and the share done.
    """
    tell = progress or silent
    notes = list(warnings)
    budget = config.budget()
    counter_name, counter = _token_counter(config, token_counter)
    model, model_name = _salience(config)
    rewriter = rewriter or _rewriter(config)
    known = known or _known(config)
    seen: tuple[str, ...] = ()
    if known is not None:
        from summarizer.updates import skip_seen

        notes += known.warnings
        documents, seen = skip_seen(documents, known)
        if not documents:
            return _nothing_new(known, seen, config, notes)
    prepared = prepare_documents(documents, config, tell)
    sentences = split_documents(prepared, config, notes, tell)
    material = compare_sentences(prepared, sentences, config, embedder, tell, notes, complete=known is not None)
    tell("select", 0.0)
    texts = [sentence.text for sentence in material.sentences]
    knapsack = make_knapsack(texts, material.words, budget, counter)
    novelty = None
    if known is not None:
        from summarizer.updates import find_new

        encode = partial(_encode, config, embedder)
        novelty = find_new(material, known, encode=encode, copy_threshold=config.copy_threshold)
        notes += novelty.warnings
    candidates = _eligible(material, config, knapsack, model, notes, novelty.eligible if novelty else None)
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
    make = partial(
        Summary,
        statements=statements,
        documents=mark_left_out(prepared, material),
        clusters=later(partial(make_clusters, material)),
        budget=replace(budget, used=measure([statement.text for statement in statements], budget, counter)),
        signature=config.signature(
            embedder=material.embedder,
            threshold=material.clustering.threshold,
            salience=model_name,
            counter=counter_name,
            rewriter=worded.rewriting.rewriter if worded else None,
            since=known.digest if known else None,
        ),
        title=worded.title if worded else make_title(material),
        query=config.query,
        warnings=tuple(dict.fromkeys(notes)),
        rewriting=worded.rewriting if worded else None,
        answer=answer,
        findings=Findings.later(partial(_find, material, candidates, statements)) if config.compare else Findings(),
        changes=_changes(novelty, candidates, seen, config) if novelty else None,
    )
    return make(memory=Memory(partial(_remember, make, material, known)))


def _known(config: SummaryConfig) -> State | None:
    """Read what was known before, if the settings name a file of it."""
    if not config.since:
        return None
    from summarizer.updates import read_state

    return read_state(config.since)


def _remember(make: Callable[[], Summary], material: Material, known: State | None) -> State:
    from summarizer.updates import make_state

    return make_state(make(), material, known)


def _encode(config: SummaryConfig, embedder: Embedder | None, texts: Sequence[str]) -> NDArray[np.float32]:
    """Embed known sentences of which no vectors were kept."""
    model = embedder or embedding.load_embedder(config.embedder, cache=config.embedding_cache)
    return embedding.embed(model, texts)


def _changes(novelty: Novelty, candidates: Candidates, seen: Sequence[str], config: SummaryConfig) -> Update:
    """Say what is new, corrected and unchanged; corrections need the comparison."""
    from summarizer.comparison import compare as compare_material
    from summarizer.updates import make_update

    return make_update(
        novelty, candidates.salience.tolist(), seen=seen, compare=compare_material if config.compare else None
    )


def _nothing_new(known: State, seen: Sequence[str], config: SummaryConfig, notes: Sequence[str]) -> Summary:
    """Give the briefing of a run that brought no article that was not read before."""
    from summarizer.updates import nothing_new

    return Summary(
        statements=(),
        documents=(),
        clusters=(),
        budget=config.budget(),
        signature=known.signature,
        query=config.query,
        warnings=tuple(dict.fromkeys(notes)),
        changes=nothing_new(known, seen),
        memory=Memory(lambda: known),
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
        notes.append(f"the query is not answered; the statements are the nearest there are: {answer.reason}")
    return answer


def _find(material: Material, candidates: Candidates, statements: Sequence[Statement]) -> Findings:
    """Find what a briefing says beside its statements."""
    from summarizer.comparison import compare as compare_material
    from summarizer.exclusives import find_single_source
    from summarizer.timeline import make_timeline

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
    from summarizer.rewriting import BRIEFING_AIM, load_rewriter

    return load_rewriter(config.rewrite, aim=BRIEFING_AIM)


def _names(rewriter: Rewriter, entailment: Entailment | None) -> str:
    """Name the rewriter, and behind a plus sign the entailment model."""
    names = [rewriter.name] if entailment is None else [rewriter.name, entailment.name]
    return "+".join(_plain(str(name), "-_.:@,=/")[:_MAX_NAME] or "unnamed" for name in names)


def _eligible(
    material: Material,
    config: SummaryConfig,
    knapsack: Knapsack,
    model: SalienceModel,
    notes: list[str],
    new: NDArray[np.bool_] | None = None,
) -> Candidates:
    """Judge sentences, and let short ones and commentary in where there is nothing else.

    :param new: shape (n,), the only ones that may be chosen, if any may be; None for all.
    :raises BudgetError: if no eligible sentence fits the budget.
    """
    fits = knapsack.costs <= knapsack.limit
    only = np.ones(len(fits), dtype=np.bool_) if new is None else new

    def judged(**settings: Any) -> Candidates:  # noqa: ANN401  those of judge
        found = judge(material, budget=_in_words(material, knapsack), model=model, **settings)
        return found if new is None else replace(found, eligible=found.eligible & only, spare=found.spare & only)

    candidates = judged(keep_opinion=config.keep_opinion)
    if not (candidates.eligible & fits).any():
        candidates = judged(keep_opinion=config.keep_opinion, min_words=1, keep_flawed=True)
    if not candidates.eligible.any() and only.any():
        notes.append("every usable sentence lies in a passage marked as commentary; they were used all the same")
        candidates = judged(keep_opinion=True, min_words=1, keep_flawed=True)
    if new is not None and not candidates.eligible.any():
        return candidates  # nothing new is an outcome, too
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
