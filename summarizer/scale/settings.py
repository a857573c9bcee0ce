"""Settings of a run over an archive."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final

from summarizer.config import SummaryConfig, check_ranges, setting
from summarizer.version import __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleConfig:
    """What decides which articles are one event, and how much one task takes on.

    The number of workers is not among them: it changes no byte.

    :raises ConfigError: if a value is outside its range.
    """

    window_hours: int = setting(36, "Two articles of one event are at most so many hours apart.", 1, 24 * 31)
    min_origins: int = setting(2, "Events of fewer independent origins get no briefing.", 1)
    max_event_articles: int = setting(500, "Articles of one event that are briefed; the others are counted.", 2)
    repeated_days: int = setting(10, "Lines on so many days, in several events, are no article text; 0 keeps all.", 0)
    pages: int = setting(1_000, "Largest events that are listed in the index and get a page of their own.", 0)
    articles_per_task: int = setting(2_000, "Articles read by one task.", 1)
    events_per_task: int = setting(200, "Events briefed by one task.", 1)
    article_seconds: int = setting(60, "Longest time for one article, to read it and to describe it.", 1)
    brief_seconds: int = setting(120, "Longest time for the briefing of one event.", 1)

    def __post_init__(self) -> None:
        check_ranges(self)


#: What briefings of events are made with unless said otherwise: the encoder costs 12 ms a sentence, which for a hundred
#: thousand articles is hours, and is worth nothing in ROUGE on clusters of two or three articles (docs/salience.md).
EMBEDDER: Final = "tfidf"


@dataclass(frozen=True, slots=True)
class Settings:
    """All that decides the bytes of a run.

    :param scale: what decides the events.
    :param summary: how each is briefed, and the limits on what is read.
    """

    scale: ScaleConfig = field(default_factory=ScaleConfig)
    summary: SummaryConfig = field(default_factory=lambda: SummaryConfig(embedder=EMBEDDER))

    def signature(self) -> str:
        """Name the settings that are not the default, and what every run has, in one line."""
        scale, summary, usual = asdict(self.scale), asdict(self.summary), Settings()
        shown = {"window_hours", "min_origins", "embedder"}
        parts = [
            f"{name}:{value}"
            for given, known in ((scale, asdict(usual.scale)), (summary, asdict(usual.summary)))
            for name, value in given.items()
            if name in shown or value != known[name]
        ]
        return "|".join([*parts, f"v:{__version__}"])

    def to_dict(self) -> dict[str, Any]:
        """Give the settings as JSON values."""
        return {"version": __version__, "scale": asdict(self.scale), "summary": asdict(self.summary)}
