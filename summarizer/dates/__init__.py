"""Dates in a sentence, each with its place and one name, and the days that they mean for an article of a given date.

Own rules, for English. The search of dateparser 1.5 took 3.6 ms a sentence where these take 0.03 ms, on 2,570 news
sentences; it gives no offsets, and it guesses: "may" and "20 years" are dates to it, "in 1990" is a day of that year,
"on Wednesday" a day without a word on why. What is not certain is not read here, or not resolved: a wrong date in a
timeline costs more than a missing one.

Not read: times of the clock, feast days ("Christmas", "Black Friday"), "Sept. 11" as the name of what happened,
numbers whose order is open ("05/06/2024"), other languages. Names that carry the name of a day are known by a short
list ("Sunday Times", "Friday Night Lights"), people by the words around ("Theresa May").
"""

from summarizer.dates.clauses import Bearing, bearing
from summarizer.dates.mention import DateMention, Kind, Precision, Resolved
from summarizer.dates.overtaken import is_overtaken
from summarizer.dates.reading import read_dates
from summarizer.dates.resolving import published_day, resolve

__all__ = [
    "Bearing",
    "DateMention",
    "Kind",
    "Precision",
    "Resolved",
    "bearing",
    "is_overtaken",
    "published_day",
    "read_dates",
    "resolve",
]
