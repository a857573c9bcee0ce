"""The commands behind ``summarizer``, one a file; what they share is in ``running``, ``options`` and ``console``."""
