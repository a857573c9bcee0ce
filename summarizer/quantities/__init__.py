"""Quantities in a sentence: numbers with unit, bound, measure, basis, period and who says so. English."""

from summarizer.quantities.quantity import Bound, Family, Quantity, Role, Span
from summarizer.quantities.reader import read_quantities
from summarizer.quantities.tokens import Token, tokenize

__all__ = ["Bound", "Family", "Quantity", "Role", "Span", "Token", "read_quantities", "tokenize"]
