"""Quantities in a sentence: numbers with unit, bound, measure, basis, period and who says so. English."""

from summarizer.quantities.quantity import Bound, Family, Quantity, Role, Span

__all__ = ["Bound", "Family", "Quantity", "Role", "Span"]
