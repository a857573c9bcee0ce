"""What text of an article may do to the page that shows it: nothing.

:func:`display` gives the words that a reader sees and takes away what only a machine sees; :func:`markdown` and
:func:`code_span` make of it Markdown that shows the same words and means nothing else.
"""

from __future__ import annotations

import re
from typing import Final

# Default-ignorable code points (Unicode 16, DerivedCoreProperties), the interlinear and the hieroglyphic format
# controls: bidi marks and overrides, zero-width characters, tags, fillers. The two joiners and the variation selectors
# are among them and have a rule each below.
_IGNORABLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff"
)
# Scripts in which a joiner changes the written word (Arabic to Sinhala, Burmese, Khmer, Mongolian), and pictographs,
# which joiners put together. Anywhere else a joiner only hides.
_JOINED: Final = re.compile(
    "[\u0600-\u0dff\u1000-\u109f\u1780-\u18af\u2600-\u27bf\ufb50-\ufdff\ufe70-\ufefc\ufe0f\U0001f000-\U0001faff]"
)
_JOINERS: Final = "\u200c\u200d"
_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SELECTOR: Final = re.compile(f"[{_SELECTORS}]")
# Runs are judged whole: what is left of one by taking its characters out one by one may hide as well.
_UNSEEN: Final = re.compile(f"[{_IGNORABLE}{_JOINERS}{_SELECTORS}]+")
# What is left of C0, C1 and DEL once white space is collapsed, and halves of surrogate pairs: shown as U+FFFD, because
# something stood there (mostly a quotation mark decoded with the wrong table).
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

# ASCII punctuation with a meaning anywhere in a line of CommonMark, GFM, or a common extension (math, highlight,
# superscript, template braces).
_SYNTAX: Final = re.compile(
    r"[\\`*_\[\]<>|~$^={}#]"
    r"|&(?=#?[^\W_]{1,40};)"  # character references
    r"|(?<=\S)\.(?=[^\W\d_]{2})"  # "example.com" and "€.com", which some renderers turn into links; not "U.S."
)
_BLOCK_START: Final = re.compile(r"[-+:]|\d{1,9}(?=[.)])")
_ADDRESS: Final = re.compile(r"//|@|www\.", re.IGNORECASE)
#: What opens a word, each with the selector of its glyph.
_OPENED: Final = re.compile(f"(?:[(\\[\"'“‘«„‹—–][{_SELECTORS}]?)+")
_CLOSING: Final = ")]\"'”’»›—–.,;:!?…"
#: Readers of tables look at one character before a pipe, whatever stands before that.
_PIPE: Final = re.compile(r"(?<!\\)\|")
_BACKTICKS: Final = re.compile("`+")
# Whatever ends a line in some program; HTML and CSS know one of them.
_LINE_END: Final = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL_IN_LINES: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
#: Soft hyphens, zero-width spaces, joiners: honest articles hold hundreds, and a name for each would hide the words.
_QUIET: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
#: Code points of a run that are named; a reader sees that something is hidden, and how much.
_MAX_NAMED: Final = 3
# An address that is shown as a link: no user info, no character that any renderer could read as the end of the link or
# as markup, no percent escape, which some renderers decode in the text that they show, and no character reference
# (&colon;), which makes another address of it; the rest is shown as code.
_LINKABLE: Final = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#](?:[A-Za-z0-9._~/?#!=+,:;-]|&(?!#|[A-Za-z0-9]{1,40};))*)?", re.ASCII
)


def display(text: str) -> str:
    r"""Give the words of a text on one line, without anything that is not seen.

    White space is collapsed. Bidi marks, zero-width and other invisible format characters are left out, save joiners
    inside scripts and pictographs that need them. Other control characters and lone surrogates become U+FFFD.

    >>> display("Exports  fell\n12.7%\u202e \x1b[31min May")
    'Exports fell 12.7% �[31min May'
    """
    return _CONTROL.sub("\ufffd", " ".join(_UNSEEN.sub(_staying, text).split()))


def _staying(found: re.Match[str]) -> str:
    """Give what stays of a run of characters that are not seen: a selector that chooses a glyph, a joiner of letters.

    One selector stays, behind a character; a row of them carries hidden bytes. A joiner stays if it is the only one and
    joins what needs it.
    """
    text, marks = found.string, found[0]
    before = text[found.start() - 1 : found.start()].strip()
    selector = (_SELECTOR.findall(marks) or [""])[0] if before else ""
    joiners = [mark for mark in marks if mark in _JOINERS]
    joined = _JOINED.match(selector or before) and _JOINED.match(text, found.end())
    return selector + joiners[0] if joined and len(joiners) == 1 else selector


def markdown(text: str) -> str:
    r"""Escape a text so that Markdown shows its words and finds no markup, block or link in it.

    Only characters with a meaning are escaped, so the source stays readable. Words that hold an address become code
    spans: no backslash keeps every renderer from linking them.

    :param text: any text; it is put through :func:`display` first.

    >>> markdown("*Shares* of $AB | see www.example.com.")
    '\\*Shares\\* of \\$AB \\| see `www.example.com`.'
    """
    words = display(text).split(" ")
    escaped = " ".join(_address(word) if _ADDRESS.search(word) else _SYNTAX.sub(r"\\\g<0>", word) for word in words)
    start = _BLOCK_START.match(escaped)
    if start is None:
        return escaped
    at = start.end() if start.group().isdigit() else 0
    return f"{escaped[:at]}\\{escaped[at:]}"


def table_cell(text: str) -> str:
    r"""Escape a text for a cell of a table, where a pipe ends the cell even within code.

    >>> table_cell("see http://a|b")
    'see `http://a\\|b`'
    """
    return _PIPE.sub(r"\\|", markdown(text))


def _address(word: str) -> str:
    opened = _OPENED.match(word)
    before = opened[0] if opened else ""
    core = word[len(before) :].rstrip(_CLOSING)
    after = word[len(before) + len(core) :]
    return "".join((_SYNTAX.sub(r"\\\g<0>", before), code_span(core), _SYNTAX.sub(r"\\\g<0>", after)))


def code_span(text: str) -> str:
    """Show a text as code; the fence is longer than any run of backticks inside.

    :param text: any text; it is put through :func:`display` first. Empty text gives an empty string.
    """
    text = display(text)
    if not text:
        return ""
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def is_linkable(url: str) -> bool:
    """Whether an address is plain http or https, such that nothing can read more into it than an address."""
    return _LINKABLE.fullmatch(url) is not None


def link(url: str) -> str:
    """Show an address: as a link whose text is the address if it is plain http or https, else as code."""
    return f"<{url}>" if is_linkable(url) else code_span(url)


def reveal(text: str) -> list[tuple[str, bool]]:
    r"""Give a text as it stands, with its line breaks, and what is not seen in it named.

    Bidi controls, tags and other invisible format characters become their code points, so that a reader sees that
    something is hidden; soft hyphens, zero-width spaces and lone joiners are left out. Other control characters and
    lone surrogates become U+FFFD.

    :return: pieces in order, each with whether it names what is not seen.

    >>> reveal("Exports\nfell\u202e by 12.7%.")
    [('Exports\nfell', False), ('U+202E', True), (' by 12.7%.', False)]
    """
    pieces: list[tuple[str, bool]] = []
    seen, hidden, at = "", "", 0

    def put_down() -> None:
        if seen:
            pieces.append((_CONTROL_IN_LINES.sub("\ufffd", _LINE_END.sub("\n", seen)), False))
        if hidden:
            names = " ".join(f"U+{ord(character):04X}" for character in hidden[:_MAX_NAMED])
            rest = len(hidden) - _MAX_NAMED
            pieces.append((f"{names} and {rest} more" if rest > 0 else names, True))

    for found in _UNSEEN.finditer(text):
        staying = _staying(found)
        if hidden:
            put_down()
            seen, hidden = "", ""
        seen += text[at : found.start()] + staying
        gone = found[0]
        for mark in staying:
            gone = gone.replace(mark, "", 1)
        hidden += "".join(mark for mark in gone if mark not in _QUIET)
        at = found.end()
    if hidden and text[at:]:
        put_down()
        seen, hidden = "", ""
    seen += text[at:]
    put_down()
    return pieces
