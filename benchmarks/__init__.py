"""Measurements of the summarizer and of what people use instead: ``python -m benchmarks``."""
