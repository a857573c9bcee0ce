"""The tokens of a sentence, and what of them is asked again and again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summarizer.quantities.tokens import Token

#: Between the parts of one word.
JOINERS: Final = frozenset(("-", "‐", "‑"))
#: Between two numbers too.
HYPHENS: Final = frozenset(("-", "‐", "‑", "–", "—", "−"))


class Line:
    """The tokens of a sentence.

    :param tokens: as :func:`summarizer.quantities.tokens.tokenize` gives them.
    """

    __slots__ = ("lows", "size", "tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.lows = [token.low for token in tokens]
        self.size = len(self.lows)

    def low(self, at: int) -> str:
        """Give a token in lower case; nothing outside of the sentence."""
        return self.lows[at] if 0 <= at < self.size else ""

    def text(self, at: int) -> str:
        """Give a token as it stands; nothing outside of the sentence."""
        return self.tokens[at].text if 0 <= at < self.size else ""

    def joined(self, at: int) -> bool:
        """Tell whether no space stands between a token and the one before it."""
        return 0 < at < self.size and self.tokens[at - 1].end == self.tokens[at].start

    def is_figure(self, at: int) -> bool:
        """Tell whether a token is written in digits."""
        return 0 <= at < self.size and self.lows[at][-1].isdecimal()

    def is_capital(self, at: int) -> bool:
        """Tell whether a token begins with a capital letter."""
        return 0 <= at < self.size and self.tokens[at].text[0].isupper()

    def is_word(self, at: int) -> bool:
        """Tell whether a token begins with a letter."""
        return 0 <= at < self.size and self.lows[at][0].isalpha()
