"""Events to briefings: each by the public :func:`summarizer.summarize_documents`, and by nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from summarizer.config import SummaryConfig
from summarizer.datatypes import Document, Summary
from summarizer.errors import SummarizerError
from summarizer.pipeline import summarize_documents
from summarizer.scale.limits import TooLongError, at_most
from summarizer.scale.settings import Settings
from summarizer.scale.shelving import to_document
from summarizer.scale.store import Store, write_lines, write_table
from summarizer.scale.tasks import Done, Task, Work

if TYPE_CHECKING:
    from summarizer.updates import State

#: Tasks into which a short list of events is parted, and the fewest events of one.
_PARTS: Final = 8
_FEWEST: Final = 10
#: Longest reason that is kept of a failure, in characters.
_MAX_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Story:
    """An event to be briefed.

    :param event: its name, which it keeps from day to day.
    :param batches: ids of its articles, those briefed together in one batch, the earliest first; the last is new.
    :param n_articles: how many articles it has; more than the batches hold if it is over the limit.
    :param n_origins: how many origins they have.
    :param days: the folders in which its articles stand.
    :param has_page: whether it gets a page of its own.
    """

    event: str
    batches: tuple[tuple[str, ...], ...]
    n_articles: int
    n_origins: int
    days: tuple[str, ...]
    has_page: bool


def plan_briefs(stories: Sequence[Story], days: Mapping[str, Done], settings: Settings, generation: int) -> list[Task]:
    """Put events that share days into tasks.

    :param stories: in an order in which neighbours share days; cut into tasks as it stands.
    :param days: what each folder of a day holds, by its name.
    """
    # A short list is parted all the same, so that a day that is added has work for several workers; by its length
    # alone, since their number must change no byte.
    size = min(settings.scale.events_per_task, max(-(-len(stories) // _PARTS), _FEWEST))
    tasks = []
    for number, start in enumerate(range(0, len(stories), size)):
        some = stories[start : start + size]
        payload = {
            "generation": generation,
            "stories": [
                {
                    "event": one.event,
                    "batches": [list(ids) for ids in one.batches],
                    "articles": one.n_articles,
                    "origins": one.n_origins,
                    "page": one.has_page,
                }
                for one in some
            ],
        }
        reads = tuple(days[name].read for name in sorted({name for one in some for name in one.days}))
        tasks.append(Task("briefs", f"g{generation:04d}-{number:05d}", payload, reads))
    return tasks


def brief_events(work: Work) -> dict[str, int]:
    """Brief the events of a task; one that cannot be briefed is written down with the reason, and the others go on."""
    import pyarrow as pa

    stories = work.task.payload["stories"]
    documents = _load(work, {article for story in stories for batch in story["batches"] for article in batch})
    rows: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    few = 0
    for number, story in enumerate(stories):
        work.at(number)
        try:
            if number in work.skip:
                raise SummarizerError(
                    "it ended the process that worked on it, more than once, or took far longer than brief_seconds"
                )
            batches = [[documents[article] for article in batch] for batch in story["batches"]]
            with at_most(work.settings.scale.brief_seconds, "brief_seconds"):
                summary = brief_batches(batches, work.settings.summary)
                row = _row(story, work.task.payload["generation"], batches, summary)
                # What a copy is was told from sketches; now that the texts were compared, origins can be fewer.
                if row["origins"] < work.settings.scale.min_origins:
                    few += 1
                    continue
                if story["page"]:
                    _write_page(work, story["event"], summary)
                rows.append(row)
        except (Exception, TooLongError) as error:  # whatever one event does must not end the run
            reason = f"{type(error).__name__}: {error}"[:_MAX_REASON]
            failed.append({"stage": "briefs", "event": story["event"], "articles": story["articles"], "reason": reason})
    write_table(work.out, "briefs", pa.Table.from_pylist(rows, schema=schema()))
    write_lines(work.out, "failed", failed)
    counts = {"events": len(rows), "failed": len(failed), "few_origins": few}
    return {**counts, "articles": sum(row["articles"] for row in rows)}


def brief_batches(batches: Sequence[Sequence[Document]], config: SummaryConfig) -> Summary:
    """Brief articles that came in batches: with one a briefing, with more an update of what the earlier ones told.

    :param batches: at least one, each with at least one article.
    :raises SummarizerError: as :func:`summarizer.summarize_documents` does.
    """
    known: State | None = None
    for batch in batches[:-1]:
        known = summarize_documents(batch, config, known=known).memory.state()
    return summarize_documents(batches[-1], config, known=known)


def summarize_group(articles: Sequence[Mapping[str, Any]], config: SummaryConfig | None = None) -> dict[str, Any]:
    """Brief the articles of one event: rows in, JSON briefing out, and nothing else read or written.

    For engines that group rows themselves; ``docs/scale.md`` shows one.

    :param articles: rows with ``text`` and optional ``id``, ``title``, ``source``, ``url``, ``published``,
        ``language``; other columns do not count.
    :param config: the settings; by default those of a run over an archive.
    :return: the briefing as :func:`summarizer.briefing.to_dict` gives it.
    :raises SummarizerError: as :func:`summarizer.summarize` does.
    """
    from summarizer.briefing import to_dict
    from summarizer.calls import summarize

    names = ("id", "text", "title", "source", "url", "published", "language")
    rows = [{name: row[name] for name in names if row.get(name) is not None} for row in articles]
    return to_dict(summarize(rows, config=config or Settings().summary))


def schema() -> Any:  # noqa: ANN401  pyarrow has no types
    """Give the columns of briefings; ``batches`` and ``briefing`` are JSON."""
    import pyarrow as pa

    texts = ("event", "title", "language", "first", "last", "lead", "batches", "briefing")
    numbers = ("generation", "articles", "origins", "statements")
    return pa.schema([*((name, pa.string()) for name in texts), *((name, pa.int64()) for name in numbers)])


def page_name(event: str) -> str:
    """Give the name of the page of an event; ids may hold anything, names of files may not."""
    import hashlib

    return f"{hashlib.sha256(event.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.html"


def _load(work: Work, wanted: set[str]) -> dict[str, Document]:
    import pyarrow as pa

    store = Store(work.root)
    documents = {}
    for stage, key, _ in work.task.reads:
        table = store.read(stage, key, "articles")
        ids = table.column("id").to_pylist()
        places = [place for place, article in enumerate(ids) if article in wanted]
        for row in table.take(pa.array(places, pa.int64())).to_pylist():
            documents[row["id"]] = to_document(row)
    return documents


def _row(
    story: Mapping[str, Any], generation: int, batches: Sequence[Sequence[Document]], summary: Summary
) -> dict[str, Any]:
    from summarizer.briefing import to_json

    dates = sorted(document.published for batch in batches for document in batch if document.published)
    languages = sorted({document.language for document in summary.documents if document.language})
    compared = len({document.origin_id or document.id for document in summary.documents})
    return {
        "event": story["event"],
        "generation": generation,
        "title": summary.title,
        "language": languages[0] if len(languages) == 1 else None,
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "lead": summary.statements[0].text if summary.statements else "",
        "articles": story["articles"],
        "origins": min(story["origins"], compared) if len(batches) == 1 else story["origins"],
        "statements": len(summary.statements),
        "batches": json.dumps(story["batches"]),
        "briefing": to_json(summary, indent=None),
    }


def _write_page(work: Work, event: str, summary: Summary) -> None:
    from summarizer.briefing import to_html

    (work.out / page_name(event)).write_text(f"{to_html(summary)}\n", encoding="utf-8", errors="backslashreplace")
