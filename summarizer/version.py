"""The one place that states the version; it is part of every signature."""

__version__ = "0.1.0"
