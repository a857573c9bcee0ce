"""``python -m benchmarks.pages``: what it takes to read heavy pages, beside summarizing the same articles as text.

The pages are made: 75 KB each, of which 36 KB are 800 style rules of their own, 60 links before an article of 600 words
and as many blocks behind it as fill the page. Times are those of the processor, the worker's included, so that what
else runs does not count; the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from summarizer import Document, summarize
from summarizer.reading import read_sources
from summarizer.reading.extraction import WORKER
from summarizer.reading.html import extract_page

_N_RULES: Final = 800
_N_BYTES: Final = 75_000
_WORDS: Final = (
    "council port harbour budget talks minister exports vote region storm boats crew report month week city plan trade "
    "officials year law court police company workers union bank rates growth prices fell rose said after before with"
).split()


def make_page(number: int) -> bytes:
    """Make a heavy page; another number gives other words and other rules."""
    made = random.Random(number)

    def words(least: int, most: int) -> str:
        return " ".join(made.choice(_WORDS) for _ in range(made.randint(least, most)))

    rules = "".join(_rule(n, number) for n in range(_N_RULES))
    head = f"<!DOCTYPE html><html lang='en'><head><title>{words(4, 6)}</title><style>{rules}</style>"
    links = "".join(f"<li class='y{n} m{n}'><a class='x{n % 37}' href='/{n}'>{words(2, 2)}</a></li>" for n in range(60))
    texts = "".join(
        f"<p class='m{n} w{n}' style='margin:0 {n}px;color:#222'>{_sentences(words)} <a class='x1' href='#'>{n}</a></p>"
        for n in range(12)
    )
    start = f"{head}</head><body><nav class='m1'><ul>{links}</ul></nav><main><article>{texts}</article></main><footer>"
    blocks: list[str] = []
    while len(start) + sum(map(len, blocks)) < _N_BYTES:
        n = len(blocks)
        blocks.append(
            f"<div class='m{n % 400} w{n % 800}'><ul><li class='y{n % 50}'><a class='x{n % 37}' href='/q{n}'>"
            f"<span>{words(3, 3)}</span></a></li></ul></div>"
        )
    return f"{start}{''.join(blocks)}</footer></body></html>".encode()


def _rule(n: int, number: int) -> str:
    if n % 3:
        return f".m{n % 400} .w{n} > a.x{n % 37}{{color:#{n:03d};margin:0 {number}px}}\n"
    return f"#n{n} li.y{n % 50}:hover,.z{n}{{display:{'block' if n % 7 else 'none'}}}\n"


def _sentences(words: Callable[[int, int], str]) -> str:
    return " ".join(f"{words(10, 24).capitalize()}." for _ in range(3))


def _processor(call: Callable[[], object]) -> float:
    """Give the seconds that the processor spends on a call, here and in the worker, which starts and ends with it."""
    WORKER.close()
    before = os.times()
    call()
    WORKER.close()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--embedder", default="tfidf", help="of the summary (default: %(default)s)")
    args = parser.parse_args(arguments)
    pages = [make_page(number) for number in range(args.pages)]
    extract_page(make_page(args.pages), "warm")
    texts = [Document(str(extract_page(page, "a")[0]["text"]), id=f"a{n}") for n, page in enumerate(pages)]
    alone, reading, summary, start = [], [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / f"a{n}.html" for n in range(len(pages))]
        for file, page in zip(files, pages, strict=True):
            file.write_bytes(page)
        for _ in range(args.rounds):
            alone.append(_processor(lambda: [extract_page(page, "a") for page in pages]))
            start.append(_processor(lambda: read_sources(files[:1])))
            reading.append(_processor(lambda: read_sources(files)))
            summary.append(_processor(lambda: summarize(texts, embedder=args.embedder)))
    page_ms = 1000 * min(alone) / len(pages)
    whole = min(reading) + min(summary)
    sys.stdout.write(
        f"{len(pages)} pages of {sum(map(len, pages)) / len(pages) / 1000:.0f} KB with {_N_RULES} rules each\n"
        f"extraction        {page_ms:7.1f} ms a page\n"
        f"worker and a page {min(start):7.2f} s once\n"
        f"all pages         {min(reading):7.2f} s\n"
        f"summary of texts  {min(summary):7.2f} s ({args.embedder})\n"
        f"pages and summary {whole:7.2f} s, {whole / min(summary):.1f} times the summary of the texts\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
