"""How large a file may be, kept before anything is read, and how small a text may be to count as an article."""

from __future__ import annotations

from typing import BinaryIO, Final, NoReturn

from summarizer.errors import ReadingError
from summarizer.reading.intake import Origin

#: Words from which the text of a page or an entry can be the source of a statement: short news sentences have as many.
_MIN_WORDS: Final = 8
#: As many letters stand for them in scripts that do not part words.
_MIN_LETTERS: Final = 24


def read_whole(stream: BinaryIO, size: int, limit: int, origin: Origin, setting: str, *, head: bytes = b"") -> bytes:
    """Read a file that is held whole; a larger one is refused by its size, before it is read.

    :param size: bytes of the file, the head included.
    :param setting: the name of the limit among the settings; empty where there is none.
    :param head: what was read of it already.
    :raises ReadingError: if it is over the limit.
    """
    data = head if size > limit else head + stream.read(limit + 1 - len(head))
    if max(size, len(data)) > limit:
        refuse_size(max(size, len(data)), limit, origin.name, setting)
    return data


def refuse_size(size: int, limit: int, name: str, setting: str) -> NoReturn:
    """Refuse what is too large.

    :raises ReadingError: always, naming limit and remedy.
    """
    remedy = "write it as JSONL, which is read line by line"
    if setting:
        remedy = f"split it, or raise {setting} (--{setting.replace('_', '-')})"
    raise ReadingError(name, f"holds {size} bytes, over the limit of {limit}: {remedy}")


def is_too_short(text: str) -> bool:
    """Tell whether a text is too short to be an article.

    O(n).
    """
    return len(text.split()) < _MIN_WORDS and sum(character > "\u2e7f" for character in text) < _MIN_LETTERS
