"""Dates in a sentence, each with its place and one name, and the days that they mean for an article of a given date.

English, by own rules.
"""

from summarizer.dates.clauses import Bearing, bearing
from summarizer.dates.mention import DateMention, Kind, Precision, Resolved
from summarizer.dates.reading import read_dates
from summarizer.dates.resolving import resolve

__all__ = ["Bearing", "DateMention", "Kind", "Precision", "Resolved", "bearing", "read_dates", "resolve"]
