"""What a server that runs has to say: there is no result that could hold it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from summarizer.commands.console import say

# Warnings of uvicorn and of the SDK are of what clients sent; they could fill a log.
_LEVELS: Final = {
    "summarizer.serving": logging.WARNING,
    "summarizer.agents": logging.WARNING,
    "uvicorn.error": logging.ERROR,
    "asyncio": logging.ERROR,
    "mcp": logging.ERROR,
}


class _Said(logging.Handler):
    """Says what goes wrong in a server line by line on stderr, where nothing in it can steer a terminal."""

    def emit(self, record: logging.LogRecord) -> None:
        for line in self.format(record).splitlines():
            say(record.levelname.lower(), line)


@contextmanager
def log_to_stderr() -> Iterator[None]:
    """Show warnings and errors while a server runs."""
    handlers = {logging.getLogger(name): _Said(level) for name, level in _LEVELS.items()}
    for logger, handler in handlers.items():
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger, handler in handlers.items():
            logger.removeHandler(handler)
