"""What a query asks for: its parts, the words that count in them, and what kind of thing would answer. English."""

from summarizer.questions.leaning import find_leaning
from summarizer.questions.reading import Asked, Kind, Part, read_query, split_query

__all__ = ["Asked", "Kind", "Part", "find_leaning", "read_query", "split_query"]
