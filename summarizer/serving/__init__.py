"""The app behind ``summarizer serve``: pages for people, JSON for programs, and processes that do the work.

- **The loop never works.** What is sent is counted while it comes in and handed to a process as bytes; it is taken
  apart there, where a time limit can end it. A process that dies or is ended is replaced.
- **Nobody else is served.** Only names of the bound host are answered (a page elsewhere cannot rebind its name to this
  machine), forms are taken from this origin only, no other origin may read an answer, and nothing is fetched unless
  the server was started with ``--fetch``.
- **Nothing is kept.** Jobs live in memory, under names that cannot be guessed, for a time and up to a size.
"""

from __future__ import annotations

from summarizer.serving.application import make_app
from summarizer.serving.limits import ServeLimits
from summarizer.serving.problems import Problem
from summarizer.serving.server import Bound, bind, run, warnings_of

__all__ = ["Bound", "Problem", "ServeLimits", "bind", "make_app", "run", "warnings_of"]
