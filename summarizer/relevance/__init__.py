"""How near each sentence is to the query, and which of them bear on it."""

from summarizer.relevance.bearing import Bearing, bear_on_query, find_bearing, mix
from summarizer.relevance.index import Held
from summarizer.relevance.kinds import grade_kind

__all__ = ["Bearing", "Held", "bear_on_query", "find_bearing", "grade_kind", "mix"]
