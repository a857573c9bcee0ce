"""The style of a page: the colours and letters that all pages share, then its own sheet, as one text to put into it."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources


@cache
def style_of(package: str, name: str) -> str:
    """Give the style of a page.

    :param package: the package that ships its sheet, as ``"summarizer.briefing"``.
    :param name: of the sheet, as ``"page.css"``.
    :return: ``colours.css``, then the sheet; it names nothing outside.
    """
    sheets = (("summarizer.briefing", "colours.css"), (package, name))
    return "\n\n".join(resources.files(one).joinpath(css).read_text(encoding="utf-8").strip() for one, css in sheets)


def digest_of(text: str) -> str:
    """Give what a Content-Security-Policy names a style or script by: its SHA-256 in Base64."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
