"""Reading the quantities of a sentence."""

from __future__ import annotations

from summarizer.quantities.quantity import Quantity
from summarizer.quantities.quantity import Span as _Span
from summarizer.quantities.tokens import Token, tokenize


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Read the quantities of a sentence, in order of their places."""
    tokens = tokenize(text)
    found = _read(tokens)
    try:
        from summarizer.quantities.context import add_context
    except ImportError:
        return found
    return add_context(text, tokens, found)


def _read(tokens: tuple[Token, ...]) -> tuple[Quantity, ...]:
    found = []
    for at, token in enumerate(tokens):
        try:
            value = float(token.low.replace(",", ""))
        except ValueError:
            continue
        if not token.low[0].isdigit():
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        before = tokens[at - 1] if at else None
        start, end = token.start, token.end
        unit, family = _Span("", end, end), "count"
        if before and before.low == "$":
            unit, family, start = _Span("USD", before.start, before.end), "money", before.start
        elif after and after.low in ("%", "percent"):
            unit, family, end = _Span("%", after.start, after.end), "percent", after.end
        elif after and after.low.isalpha():
            unit, end = _Span(after.low.rstrip("s"), after.start, after.end), after.end
        found.append(
            Quantity(start, end, value, value, value, 0.5, "exact", family, unit,  # type: ignore[arg-type]
                     _Span(f"{value:.12g}", token.start, token.end))
        )  # fmt: skip
    return tuple(found)
