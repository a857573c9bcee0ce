"""An archive of articles -> its events, a briefing each; on one machine or many, with the same bytes.

``archive -> articles -> lines -> days -> copies, neighbours -> events -> briefs -> events table, index, report``

Every stage is a list of tasks (:mod:`summarizer.scale.tasks`) that depend on nothing but what earlier stages wrote.
A task reads folders of the store, writes one folder of it, whole or not at all, and leaves a marker in it
(:mod:`summarizer.scale.store`). Who runs a task, and when, changes no byte; so going on after a run was cut off and
adding a day are the same thing: tasks whose marker names the same inputs are passed over.

=============  ================  =======================================================================================
stage          key of a task     what it writes
=============  ================  =======================================================================================
articles       ``3f9ac0…``       a piece of the input: articles read, described for comparison; what failed, and why
lines          ``g0001``         lines that the archive repeats, which are no text of articles
days           ``en-20260610``   the articles of one language and day, sorted; ``en-undated`` for those without a date
copies         ``en-20260610``   pairs (article of that day, article of the window before) that are copies
neighbours     ``en-20260610``   pairs (article of that day, article of the window before) that report one event
events         ``all``           which article belongs to which event, after weak links were cut
briefs         ``g0001-00003``   briefings of a few events
parts          ``g0001-202606…`` rows of the table: the events that were first told of one day
ledger         ``g0001``         which folder holds each part
=============  ================  =======================================================================================
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.scale.briefs import summarize_group
    from summarizer.scale.report import RunReport, StageReport
    from summarizer.scale.runner import run
    from summarizer.scale.settings import ScaleConfig, Settings

__all__ = ["RunReport", "ScaleConfig", "Settings", "StageReport", "run", "summarize_group"]

_HOMES = {
    "RunReport": "report", "ScaleConfig": "settings", "Settings": "settings", "StageReport": "report",
    "run": "runner", "summarize_group": "briefs",
}  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401
    # The command reads the settings for its help; that must not cost the import of the pipeline.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
