"""What can be fuzzed: a function for each subject, words that its inputs are made of, and the corpus kept of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.data import REPOSITORY
from benchmarks.fuzz import readers as fuzz_readers
from benchmarks.fuzz import texts as fuzz_texts

#: Small inputs that reach much, of each subject; a test runs them all.
CORPUS: Final = REPOSITORY / "tests" / "cases" / "fuzz" / "corpus"
#: Inputs that once broke something, of each subject.
CASES: Final = REPOSITORY / "tests" / "cases" / "fuzz"


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to fuzz.

    :param run: takes any bytes; raises only if something is wrong.
    :param words: what inputs are made of, for the fuzzer to try; separated by blanks, and lines by line ends.
    :param max_bytes: longest input.
    """

    run: Callable[[bytes], None]
    words: str
    max_bytes: int = 2_048

    def dictionary(self) -> str:
        """Give the words as a dictionary of libFuzzer."""
        words = dict.fromkeys(word for line in self.words.splitlines() for word in line.split())
        return "\n".join(f'"{_quoted(word)}"' for word in words) + "\n"


def _quoted(word: str) -> str:
    return "".join(
        chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\' else f"\\x{byte:02x}" for byte in word.encode()
    )


_MARKUP: Final = r"""
<p> </p> <div <span hidden style="display:none" visibility:hidden font-size:0 aria-hidden="true" <table> <td> <br>
<h1> <article> <script> <style> </style> <!-- --> <![CDATA[ ]]> &#8203; &amp; &#x1F; &nbsp; <meta charset="utf-16"
<title> <script type="application/ld+json"> "datePublished": "headline": "publisher": <base href= http:// <svg>
<template> <noscript> <details> <img alt= color:#fff;background:#fff position:absolute;left:-9999px opacity:0
.a{display:none} class="a" <rss><channel> <item> <title> <description> <content:encoded> <pubDate> <source <feed
<entry> <updated> <summary type="html"> {"text": "body_html": "content_html": "bodies": "contenttype": "items":
"date": "articles": "lang": %PDF-1.4 obj endobj stream endstream /Length /Filter /FlateDecode /Type/Page /Kids BT ET
Tj Tf xref trailer startxref /Root WARC/1.0 WARC-Type: response Content-Length: Content-Type: application/http
HTTP/1.1 text/html WARC-Target-URI: Title: Source: Date: URL: Language: 2024-05-03T10:00:00Z \ud800 \u0000 1e999 NaN
"""
_NEWS: Final = """
$ £ € ¥ % per cent percent points billion million trillion bn m thousand dozen dozens hundred half third two-thirds
one in five more than at least up to nearly about between and from to by fell rose exports Reuters said said.
year-on-year compared with a year earlier in May first quarter 2024 2024/25 3-1 1:3 50th kilometres km/h degrees C
tons barrels people soldiers houses killed injured last week next Monday yesterday tomorrow two days ago the following
day every May 3, since early 2020s century Q1 H1 fiscal year per head annualised estimate forecast not no none zero
minus −½ 1,000.5 ⅔ ² ٣ aged 34 a and a half -year-old US$ A$ Rs 10-year basis-point 12:30 p.m. GMT "would “quoted” ’ —
– …
"""
_ARTICLE: Final = """
(Reuters) - LONDON, AP) — By Read more Advertisement Sign up Subscribe All rights reserved. Copyright © 2024 Photo:
(Photo by Getty Images) Share this Updated: Published Source: Opinion Editorial: Q: A: * • 1. --- *** ### | U.S. Mr.
Dr. e.g. No. p.m. Inc. “ ” ‘ ’ « » „ 。 ！ ؟ । . ? ! : ; .. … cookies newsletter Related: More on this Editing by
Reporting by Contact: Follow us on Twitter Video: Watch Listen comments Click here
"""

#: What is fuzzed, by name.
SUBJECTS: Final[dict[str, Subject]] = {
    "readers": Subject(fuzz_readers.read, _MARKUP, 4_096),
    "cleaner": Subject(fuzz_texts.clean_and_segment, _ARTICLE),
    "quantities": Subject(fuzz_texts.read_figures_and_dates, _NEWS, 512),
    "query": Subject(fuzz_texts.read_question, _NEWS + "who when where why how many much which did and ?", 512),
    "escaping": Subject(
        fuzz_texts.escape,
        "* _ ` ~~ | [ ] ( ) <http:// www. mailto: @ $ ^ == ![ ]: [^1] - + 1. # > &amp; &#x; \\ // :// {{ }}  "
        "\u202e \u200b \u200d \ufe0f <b> --> ``` --- === .com a@b.c https://a.b ftp:// javascript: \x1b[31m",
        512,
    ),
    "addresses": Subject(
        fuzz_texts.read_address,
        "http:// https:// @ :80 :443 :0 # ? % %2e %00 \\ [::1] [::ffff:127.0.0.1] 127.0.0.1 0x7f 2130706433 localhost "
        ".local xn-- 。 ． ß K ／ // ../ ;jsessionid= user:pass@ 0177.1 :65536 &",
        256,
    ),
    "states": Subject(
        fuzz_texts.read_state_file,
        '{"state_version":1 "schema_version": "articles": "sentences": "owner": "texts": "stems": "vectors": "start": '
        '"end": "statements": "names": "figures": "embedder": null "digest": "shingles": "sketch": -1 1e9 NaN [] '
        "{} true",
        8_192,
    ),
}


def read_corpus(path: Path) -> list[bytes]:
    """Read the inputs of a corpus file: a JSON array of texts, each character a byte; none if there is no file."""
    if not path.exists():
        return []
    return [text.encode("latin-1") for text in json.loads(path.read_text("utf-8"))]


def write_corpus(inputs: Iterable[bytes], path: Path) -> None:
    """Write the inputs of a corpus file, a line each, shortest first."""
    lines = [
        json.dumps(data.decode("latin-1"), ensure_ascii=False)
        for data in sorted(set(inputs), key=lambda d: (len(d), d))
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", "utf-8")
