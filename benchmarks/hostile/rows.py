"""The hostile cases: what is aimed at, and what shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from benchmarks.data import REPOSITORY


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of hostile case.

    :param name: for ``--only``.
    :param case: what is tried, with its number.
    :param aim: what must hold.
    :param tests: arguments of pytest; none where figures alone tell.
    :param figures: the function of :mod:`benchmarks.hostile.figures` that measures or reads figures; empty for none.
    """

    name: str
    case: str
    aim: str
    tests: tuple[str, ...] = ()
    figures: str = ""


_CASES: Final = REPOSITORY / "tests" / "cases"


def _count(name: str) -> int:
    """Give how many cases a file holds, so that no number here can grow stale."""
    return len(json.loads((_CASES / f"{name}.json").read_text(encoding="utf-8")))


_ALL: Final = "tests/test_hostile.py"
_SHOWN: Final = "tests/test_hostile_shown.py"
_SOURCES: Final = "tests/test_hostile_sources.py"

ROWS: Final = (
    Row("texts", "any list of texts, 2,000 made by Hypothesis",
        "documented errors only; offsets exact; budget kept; every extract a substring", (f"{_ALL}::test_any_texts",)),
    Row("budgets", "4 budget units × {0, 1, 5, 17, 50, 200, 10⁶}",
        "used ≤ limit; at least 85 % used where the articles hold as much", (f"{_ALL}::test_budgets",)),
    Row("orders", "50 orders, with every finding and format; hash seeds 0 to 9, each with 1 and 2 threads",
        "one hash", (f"{_ALL}::test_orders", f"{_ALL}::test_hash_seeds_and_threads")),
    Row("copies", "300 made copies: byline, headline, 0 to 50 % cut, 0 to 30 % added",
        "one origin for 95 %; false merges at most 1 %; the seeds stay five",
        ("tests/test_origins.py::test_the_seeds_are_five_origins",
         "tests/test_origins.py::test_copies_of_the_seeds_are_found_and_the_seeds_stay_apart"), "copies"),
    Row("figures", f"{_count('comparison_made')} made pairs of figures (conflict, base, period, rounding, unit, "
        "million / billion, range, revision, attribution)",
        "F1 of conflict at least 0.85; the seeds' pair is “other base”",
        ("tests/test_story.py",), "conflicts"),
    Row("worded", "figures, statements and quotations as two outlets word them, kept aside",
        "F1 of conflict between figures at least 0.85", (), "worded"),
    Row("gate", "mutated true sentences and faithful paraphrases, held out",
        "caught: 99 % of numbers, names, dates, quotations, 90 % of negations; passed: 80 % of the faithful",
        (), "gate"),
    Row("boilerplate", "60 and more patterns at any place",
        "none in the output; under 1 % of true sentences dropped",
        ("tests/test_cleaning.py", "-k", "boilerplate or true_sentences"), "boilerplate"),
    Row("expressions", "every regular expression, 40 attacks each of 10³, 10⁴ and 10⁵ characters",
        "at most 15 times the time for 10 times the text; none over 1 s", (), "expressions"),
    Row("unicode", "NUL, lone surrogates, byte order marks, UTF-16, bidi, a token of 2 MB, empty, blank … through "
        "every function, format, file type and the state", "no crash; a true article beside them is briefed",
        (_ALL, "-k", "odd_text or two_megabytes")),
    Row("large", "500 articles of 2,000 words", "under 30 s and 1 GB", (), "large"),
    Row("html", f"HTML nested 50,000 deep; {_count('reading_hidden')} pages that hide text or seem to",
        "ended at the limit; nothing hidden is read", ("tests/test_reading_html.py", "tests/test_reading_worker.py")),
    Row("entities", "billion laughs, outside entities and document types, links, in feeds, pages, PDF, ninjs and WARC; "
        "a feed over 5 MB", "no file or socket opened; named error", (_SOURCES, "tests/test_reading_feeds.py")),
    Row("targets", f"{_count('ssrf')} addresses that lead inwards, and redirects, rebinding, proxies",
        "all blocked before connect", ("tests/test_fetching_guard.py", "tests/test_fetching.py", "-k",
         "target or redirect or changes or leads or lead or proxies or closed or public")),
    Row("bombs", "gzip that unfolds to 1 GB, in one layer and two; PDF streams, WARC and JSONL that grow; a slow body",
        "stopped at 20 MB, at the ratio, or at the time",
        ("tests/test_fetching.py", "tests/test_reading_warc.py", "tests/test_reading_pdf.py", "tests/test_limits.py",
         "-k", "bomb or slow or silence or endless or drip or ratio or growth or decompressed or limit")),
    Row("limits", "each limit of the table above, at it and one beyond", "a named error or a counted warning",
        ("tests/test_limits.py",)),
    Row("xss", f"{_count('xss')} payloads in every field, the page opened in headless Chromium",
        "no script runs; no request leaves", ("tests/test_page_security.py",)),
    Row("markdown", "160 payloads in every field, two parsers", "no link, image or HTML that is not ours",
        (_SHOWN, "-k", "markdown or not_ours")),
    Row("terminal", "ESC, OSC 8 and 52, bidi, `[/]` … in every field, error and name of a file",
        "none reaches the terminal", (_SHOWN, "-k", "steers or steering")),
    Row("paths", "folders, devices, links, pipes, loops, odd and long names, full disks for `-o`, `--state`, caches",
        "written whole or untouched; nothing left over", ("tests/test_hostile_paths.py",)),
    Row("injection", f"{_count('faithfulness_injection')} articles with orders, and a rewriter that obeys them",
        "none in the output", ("tests/test_faithfulness.py", "tests/test_wording.py", "-k", "inject or order or obey")),
    Row("models", "folders of models with pickles or code of their own", "refused",
        ("tests/test_rewriting.py", "-k", "pickle or code or own")),
    Row("fuzzing", "readers, cleaner, quantities and others under atheris", "nothing broken", (), "fuzzing"),
    Row("mutants", "mistakes made on purpose in budget, escaping and address checks", "90 % noticed", (), "mutants"),
)  # fmt: skip
