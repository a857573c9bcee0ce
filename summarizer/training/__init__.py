"""Making what :mod:`summarizer.models` ships: ``python -m summarizer.training MODEL``; needs the extra ``train``."""
