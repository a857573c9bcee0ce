"""Escaping to the letter: each rule at its edges, written out, so that no part of it can change unseen."""

from __future__ import annotations

import json

import pytest

from summarizer.briefing.escaping import code_span, display, is_linkable, link, markdown, reveal, table_cell
from summarizer.briefing.html import _template
from summarizer.briefing.json_object import escape_unseen

# First and last of each run of what only a machine sees; one before and one after are seen, or are what is named.
UNSEEN = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFEFF, 0xFEFF)),
    *((0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A)),
    *((0xE0000, 0xE00FF), (0xE01F0, 0xE0FFF)),
)
#: Runs in which a joiner is part of the word.
JOINED = (
    *((0x600, 0xDFF), (0x1000, 0x109F), (0x1780, 0x18AF), (0x2600, 0x27BF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
    *((0x1F000, 0x1FAFF),),
)


@pytest.mark.parametrize("run", UNSEEN, ids=lambda run: f"{run[0]:X}")
def test_what_only_a_machine_sees_is_gone_and_its_neighbours_stay(run: tuple[int, int]) -> None:
    first, last = run
    assert display(f"a{chr(first)}b{chr(last)}c") == "abc"
    inside = {code for low, high in UNSEEN for code in range(low, high + 1)}
    beside = [code for code in (first - 1, last + 1) if code not in inside and chr(code) not in "\u200c\u200d"]
    for code in beside:
        if not chr(code).isspace() and not 0x7F <= code <= 0x9F and not 0xE0100 <= code <= 0xE01EF:
            assert display(f"a{chr(code)}b") == f"a{chr(code)}b", hex(code)


@pytest.mark.parametrize("run", JOINED, ids=lambda run: f"{run[0]:X}")
def test_joiners_stay_between_letters_that_need_them(run: tuple[int, int]) -> None:
    for code in run:
        if not 0x180B <= code <= 0x180F and not 0x17B4 <= code <= 0x17B5:
            letter = chr(code)
            assert display(f"{letter}\u200d{letter}") == f"{letter}\u200d{letter}", hex(code)
            assert display(f"{letter}\u200ca") == f"{letter}a"
            assert display(f"a\u200c{letter}") == f"a{letter}"
    for code in (run[0] - 1, run[1] + 1):
        if not any(low <= code <= high for low, high in JOINED) and code != 0xFE6F:
            letter = chr(code)
            if display(letter) == letter:
                assert display(f"{letter}\u200d{letter}") == f"{letter}{letter}", hex(code)


def test_one_selector_stays_where_it_chooses_a_glyph() -> None:
    assert display("a\ufe0fb") == "a\ufe0fb"
    assert display("a\ufe0f\ufe0eb") == "a\ufe0fb"
    assert display("a\ufe00\U000e0100b") == "a\ufe00b"
    assert display("a\U000e01ef\U000e01efb") == "a\U000e01efb"
    assert display("a \ufe0fb") == "a b"
    assert display("\ufe0fb") == "b"
    assert reveal("a\ufe01\ufe01b") == [("a\ufe01", False), ("U+FE01", True), ("b", False)]


def test_what_is_left_of_a_run_hides_nothing_either() -> None:
    for hidden in ("\u200b", "\u202e", "\ufeff", "\u200d", "\U000e0041"):
        assert display(f"{hidden}\ufe0fb") == "b"
        assert display(f"a\ufe00{hidden}\ufe01{hidden}\ufe02b") == "a\ufe00b"
        assert display(f"a{hidden}\ufe00b") == "a\ufe00b"
    assert display(" \ufe0f\u200d\U0001f525") == "\U0001f525"
    assert display("\u2764\ufe0f\u200d\U0001f525") == "\u2764\ufe0f\u200d\U0001f525"
    assert display("\u2764\u200d\u200d\U0001f525") == "\u2764\U0001f525"
    assert display("\u2764\ufe00\u200d\U0001f525") == "\u2764\ufe00\U0001f525"
    assert reveal("a\ufe00\u200b\ufe01b") == [("a\ufe00", False), ("U+FE01", True), ("b", False)]
    assert reveal("\ufe0fb") == [("U+FE0F", True), ("b", False)]


@pytest.mark.parametrize("code", [0x01, 0x07, 0x08, 0x0E, 0x1B, 0x7F, 0x80, 0x9F, 0xD800, 0xDFFF])
def test_controls_and_halves_are_marked(code: int) -> None:
    assert display(f"a{chr(code)}b") == "a\ufffdb"
    assert reveal(f"a{chr(code)}b") == [("a\ufffdb", False)]


@pytest.mark.parametrize("character", " !\"$%&'()*+,-./:;<=>?@[\\]^_`{|}~#\xa0\xa1\ue000\uffff"[1:])
def test_what_is_seen_is_shown(character: str) -> None:
    assert display(f"a{character}b") == (f"a{character}b" if character != "\xa0" else "a b")


MARKDOWN = [
    ("", ""),
    ("a b", "a b"),
    ("  a\n\tb ", "a b"),
    *((f"a{sign}b", f"a\\{sign}b") for sign in "\\`*_[]<>|~$^={}#"),
    *((f"a{sign}b", f"a{sign}b") for sign in "!\"%'()+,-/:;?"),
    ("&amp; &#60; &#x3c;", "\\&amp; \\&\\#60; \\&\\#x3c;"),
    ("& &; &a b; a&b", "& &; &a b; a&b"),
    (f"&{'a' * 40};", f"\\&{'a' * 40};"),
    (f"&{'a' * 41};", f"&{'a' * 41};"),
    ("&#;", "&\\#;"),
    ("example.com", "example\\.com"),
    ("a.b", "a.b"),
    ("a.bc", "a\\.bc"),
    ("a.12", "a.12"),
    (".com", ".com"),
    ("\ufffd.am", "\ufffd\\.am"),
    ("€.com a …com !.de", "€\\.com a …com !\\.de"),
    ("a .com", "a .com"),
    ("U.S. 12.7 e.g.", "U.S. 12.7 e.g."),
    ("- a", "\\- a"),
    ("+ a", "\\+ a"),
    (": a", "\\: a"),
    ("a - b", "a - b"),
    ("1. a", "1\\. a"),
    ("12) a", "12\\) a"),
    ("123456789. a", "123456789\\. a"),
    ("1234567890. a", "1234567890. a"),
    ("1 a", "1 a"),
    ("1a.", "1a."),
    ("www.example.com", "`www.example.com`"),
    ("WWW.a", "`WWW.a`"),
    ("a@b", "`a@b`"),
    ("//a", "`//a`"),
    ("a/b", "a/b"),
    ("see http://a.b, c_d", "see `http://a.b`, c\\_d"),
    ("(http://a.b)", "(`http://a.b`)"),
    ("[http://a.b].", "\\[`http://a.b`\\]."),
    ("“a@b.c”…", "“`a@b.c`”…"),
    ("([“‘«„‹—–a@b)]”’»›—–.,;:!?…", "(\\[“‘«„‹—–`a@b`)\\]”’»›—–.,;:!?…"),
    ("\"'a@b'\"", "\"'`a@b`'\""),
    ("*a@b*", "`*a@b*`"),
    ("`a@b`", "`` `a@b` ``"),
    ("a@b`", "`` a@b` ``"),
    ("``a@b", "``` ``a@b ```"),
    ("a@`b", "``a@`b``"),
    ("a@b|c", "`a@b|c`"),
    ("x@y example.com", "`x@y` example\\.com"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_markdown_to_the_letter(text: str, expected: str) -> None:
    assert markdown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b", "a\\|b"),
        ("a||b", "a\\|\\|b"),
        ("see http://a|b", "see `http://a\\|b`"),
        ("a@b|", "`a@b\\|`"),
        ("|a@b", "`\\|a@b`"),
        ("a@\\|b", "`a@\\|b`"),
        ("a b", "a b"),
    ],
)
def test_cells_to_the_letter(text: str, expected: str) -> None:
    assert table_cell(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \u200b ", ""),
        ("a", "`a`"),
        ("a  b", "`a b`"),
        ("`", "`` ` ``"),
        ("`a", "`` `a ``"),
        ("a`", "`` a` ``"),
        ("a`b", "``a`b``"),
        ("a``b`c", "```a``b`c```"),
        ("*", "`*`"),
    ],
)
def test_code_spans_to_the_letter(text: str, expected: str) -> None:
    assert code_span(text) == expected


@pytest.mark.parametrize(
    ("url", "linkable"),
    [
        ("http://a.example", True),
        ("https://a.example:8080/x?y=z#w", True),
        ("HTTPS://a.example/", True),
        ("https://a.example/%7Ex_(1)", False),
        ("https://a.example/a b", False),
        ("https://a.example/\n", False),
        ("https://a@b.example/", False),
        ("ftp://a.example/", False),
        ("https://ä.example/", False),
        ("xhttps://a.example/", False),
        ("https://a.example/ſ", False),
        ("https://a.example:\u0663/", False),
        ("https://a.example:1234567/", False),
        ("", False),
    ],
)
def test_links_to_the_letter(url: str, linkable: bool) -> None:
    if url == "HTTPS://a.example/":
        linkable = is_linkable(url)  # either is safe
    assert is_linkable(url) is linkable
    assert link(url) == (f"<{url}>" if linkable else code_span(url))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("plain", [("plain", False)]),
        ("a\r\nb\rc\u2028d\u0085e", [("a\nb\nc\nd\ne", False)]),
        ("a\tb  c", [("a\tb  c", False)]),
        ("a\u202eb", [("a", False), ("U+202E", True), ("b", False)]),
        ("\u202eb", [("U+202E", True), ("b", False)]),
        ("a\u202e", [("a", False), ("U+202E", True)]),
        ("\u202e", [("U+202E", True)]),
        ("\u202e\u2066", [("U+202E U+2066", True)]),
        ("a\u202e\u200bb", [("a", False), ("U+202E", True), ("b", False)]),
        ("a\u200bb\u00adc\u200cd", [("abcd", False)]),
        ("\u200b", []),
        ("\u200b\u202eb\u200bc\u2066d", [("U+202E", True), ("bc", False), ("U+2066", True), ("d", False)]),
        ("\u061cx", [("U+061C", True), ("x", False)]),
        ("a\U000e0041\U000e0042b", [("a", False), ("U+E0041 U+E0042", True), ("b", False)]),
        ("a\u202e\x1bb", [("a", False), ("U+202E", True), ("\ufffdb", False)]),
    ],
)  # fmt: skip
def test_what_is_revealed_to_the_letter(text: str, pieces: list[tuple[str, bool]]) -> None:
    assert reveal(text) == pieces


def test_a_row_of_hidden_characters_is_named_in_part() -> None:
    most = 3
    names = " ".join(["U+202E"] * most)
    assert reveal("\u202e" * most) == [(names, True)]
    assert reveal("\u202e" * (most + 1)) == [(f"{names} and 1 more", True)]
    assert reveal("\u202e" * (most + 12) + "a") == [(f"{names} and 12 more", True), ("a", False)]


@pytest.mark.parametrize("code", [0x7F, 0x9F, 0xAD, 0x200B, 0x202E, 0x2028, 0x2066, 0xD800, 0xFEFF, 0xE0041])
def test_json_names_what_is_not_seen(code: int) -> None:
    text = json.dumps(f'é"{chr(code)}東', ensure_ascii=False)
    written = escape_unseen(text)
    assert written == text.replace(chr(code), json.dumps(chr(code))[1:-1])
    assert chr(code) not in written
    assert json.loads(written) == f'é"{chr(code)}東'


def test_the_template_of_the_page_escapes_and_refuses_what_it_does_not_know() -> None:
    from jinja2 import UndefinedError

    _template.cache_clear()
    environment = _template().environment
    assert environment.from_string("{{ a }}").render(a="<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"
    assert environment.from_string("a\n  {% if true %}\nb\n  {% endif %}\n").render() == "a\nb\n"
    with pytest.raises(UndefinedError):
        environment.from_string("{{ nothing }}").render()
