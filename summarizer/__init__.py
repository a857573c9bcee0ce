"""Briefings from many articles, in which every sentence shows who supports it."""

from summarizer.version import __version__

__all__ = ["__version__"]
