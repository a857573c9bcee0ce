"""Addresses among the sources: fetched first, then read like files of their kind."""

from __future__ import annotations

import dataclasses
import io
import os
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from summarizer.errors import ReadingError
from summarizer.reading.formats import READERS
from summarizer.reading.intake import Intake, Origin
from summarizer.reading.kinds import SNIFFED_BYTES, sniff
from summarizer.reading.pages import add_page, add_pdf
from summarizer.reading.signatures import MAGIC_BYTES, refuse_magic

if TYPE_CHECKING:
    from summarizer.fetching import Fetched, FetchFailure

#: Told the stage and the share of it that is done.
Progress = Callable[[str, float], None]

#: Kinds of which one file is one article: its address is the one that was fetched, whatever it declares.
_PAGES: Final = frozenset({".html", ".htm", ".pdf", ".txt", ".md"})
_MARKUP: Final = frozenset({".html", ".htm"})
#: Kinds that do not say their own encoding.
_TEXTS: Final = frozenset({".txt", ".md"})
_MARK: Final = "\ufeff"
# What is called Latin 1 or ASCII on the web is cp1252 (WHATWG Encoding).
_WESTERN: Final = re.compile(r"iso-?8859-?1|latin-?1|us-ascii|ascii")
#: Encodings of pages; Python knows others that are no encodings of pages, some of them slow.
_CHARSETS: Final = re.compile(
    r"(?:windows-|cp)125[0-8]|iso-?8859-?[0-9]{1,2}|koi8-[ru]|gbk|gb2312|gb18030|big5|shift[_-]jis|euc-(?:jp|kr)|"
    r"iso-2022-jp|windows-31j|windows-874|utf-16(?:le|be)?"
)
_MAX_ID_CHARACTERS: Final = 80


class Web:
    """The addresses among the sources of one reading.

    Nothing is fetched when there is none, and the modules that fetch are not even imported.

    :param sources: as they were given.
    :raises MissingExtraError: if there are addresses and the extra ``web`` is not installed.
    """

    def __init__(self, sources: Sequence[object], intake: Intake, progress: Progress | None) -> None:
        self._intake = intake
        self._given: dict[str, int] = {}
        self._answers: dict[str, Fetched | FetchFailure] = {}
        if not any(isinstance(source, str) and source[:4].lower() == "http" for source in sources):
            return
        from summarizer.fetching import fetch_all, is_address

        addresses = [source for source in sources if isinstance(source, str) and is_address(source)]
        answers = fetch_all(addresses, intake.config, progress)
        self._answers = dict(zip(addresses, answers, strict=True))

    def take(self, source: str) -> bool:
        """Read what an address gave into the intake; what gave nothing becomes a failure there.

        :return: whether the source is an address.
        :raises LimitError: if it holds one document too many.
        """
        answer = self._answers.get(source)
        if answer is None:
            return False
        self._given[source] = self._given.get(source, 0) + 1
        if self._given[source] == 2:
            self._intake.warn(f"{source}: was given twice and is read once")
        if self._given[source] > 1:
            return True
        from summarizer.fetching import FetchFailure

        if isinstance(answer, FetchFailure):
            self._intake.fail(ReadingError(answer.url, answer.reason))
        else:
            _read(answer, self._intake)
        return True


def _read(fetched: Fetched, intake: Intake) -> None:
    """Read fetched bytes; articles that declare no address or outlet get that of the answer.

    :raises LimitError: if it holds one document too many.
    """
    suffix, n_before = _suffix_of(fetched), len(intake.documents)
    try:
        _add(fetched, suffix, Origin(fetched.url, _id_of(fetched)), intake)
    except ReadingError as error:
        intake.fail(error)
    for index in range(n_before, len(intake.documents)):
        document = intake.documents[index]
        url = fetched.final if suffix in _PAGES else document.url or fetched.final
        intake.documents[index] = dataclasses.replace(document, url=url, source=document.source or fetched.host)


def _suffix_of(fetched: Fetched) -> str:
    """Give the suffix of what the server says that it sends; a feed that is called a page is a feed."""
    is_feed = fetched.suffix in _MARKUP and sniff(fetched.body[:SNIFFED_BYTES]) == "feed"
    return ".rss" if is_feed else fetched.suffix


def _add(fetched: Fetched, suffix: str, origin: Origin, intake: Intake) -> None:
    """Take the bytes in as a file with a suffix.

    :raises ReadingError: if they give nothing.
    """
    if suffix == ".pdf":
        add_pdf(fetched.body, origin, intake, url=fetched.final)
    elif suffix in _MARKUP:
        refuse_magic(fetched.body[:MAGIC_BYTES], origin.name)
        add_page(fetched.body, origin, intake, url=fetched.final, charset=fetched.charset)
    else:
        body = _marked(fetched) if suffix in _TEXTS else fetched.body
        READERS[suffix](io.BytesIO(body), len(body), origin, intake)


def _marked(fetched: Fetched) -> bytes:
    """Give the bytes of a text so that they are read in the encoding that the server names.

    What is valid UTF-8 is UTF-8 whatever servers say, as in files; what is not in the named encoding stays as it is.
    """
    if fetched.body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or _is_utf8(fetched.body):
        return fetched.body
    charset = "cp1252" if _WESTERN.fullmatch(fetched.charset) else fetched.charset
    if not _CHARSETS.fullmatch(charset):
        return fetched.body
    try:
        return (_MARK + fetched.body.decode(charset)).encode()
    except (LookupError, ValueError):
        return fetched.body


def _is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8, and not one of the encodings whose bytes are ASCII (UTF-16, ISO 2022) by chance."""
    if b"\0" in data or b"\x1b" in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _id_of(fetched: Fetched) -> str:
    """Name an article by the last part of its address, or by its host."""
    stem = os.path.splitext(unquote(urlsplit(fetched.final).path).rstrip("/").rpartition("/")[2])[0]
    name = "".join(character if character.isprintable() else "_" for character in stem).strip()
    return name[:_MAX_ID_CHARACTERS] or fetched.host
