"""Every setting, once: its default, unit, range and meaning.

The keyword arguments of :func:`summarizer.summarize` and the flags of ``summarizer brief`` are the fields of
:class:`SummaryConfig`; a test compares the three.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import Any, Final

from summarizer.datatypes import Budget, BudgetUnit
from summarizer.errors import ConfigError
from summarizer.version import __version__

STRATEGIES: Final = ("coverage", "mmr", "lexrank", "centroid", "facility_location", "lead")
EMBEDDERS: Final = ("minilm", "tfidf", "wordllama")

#: Code of a language (ISO 639-1).
LANGUAGE: Final = re.compile("[a-z]{2}")

#: The packaged model, which is what ``rewrite=True`` and a bare ``--rewrite`` mean.
PACKAGED_REWRITER: Final = "fuser"

#: What a briefing holds when no budget is given: the length at which the design was judged.
DEFAULT_MAX_WORDS: Final = 150


def setting(default: Any, text: str, low: float | None = None, high: float | None = None) -> Any:  # noqa: ANN401
    """Declare a field with its meaning and inclusive range in the metadata, where the command line finds them."""
    return field(default=default, metadata={"help": text, "low": low, "high": high})


def check_ranges(config: Any) -> None:  # noqa: ANN401  any dataclass of settings
    """Check the numbers of a configuration made of :func:`setting`.

    :raises ConfigError: if one is no number, not whole where it must be, or outside its range.
    """
    for spec in fields(config):
        value, low, high = getattr(config, spec.name), spec.metadata["low"], spec.metadata["high"]
        if low is None or (value is None and spec.default is None):
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise ConfigError(f"{spec.name} must be a number, not {value!r}")
        is_count = isinstance(low, int) and (high is None or isinstance(spec.default, int))
        if is_count and not isinstance(value, int):
            raise ConfigError(f"{spec.name} must be a whole number, not {value!r}")
        if value < low or (high is not None and value > high):
            upper = f" and at most {high}" if high is not None else ""
            raise ConfigError(f"{spec.name} must be at least {low}{upper}, not {value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryConfig:
    """The settings of one summary; checked when made.

    :raises ConfigError: if a value is outside its range, a name is unknown, or two budgets are given.
    """

    max_words: int | None = setting(None, f"Budget in words ({DEFAULT_MAX_WORDS} when no budget is given).", 1)
    max_sentences: int | None = setting(None, "Budget in sentences, instead of words.", 1)
    max_characters: int | None = setting(None, "Budget in characters of the text, line ends included.", 1)
    max_tokens: int | None = setting(None, "Budget in tokens of the packaged tokenizer, or of token_counter.", 1)
    strategy: str = setting("coverage", f"How sentences are selected: {', '.join(STRATEGIES)}.")
    embedder: str = setting("minilm", f"How meaning is compared: {', '.join(EMBEDDERS)}.")
    salience_weights: str | None = setting(
        None,
        "File of fitted salience weights (default: packaged); made by python -m summarizer.training salience.",
    )
    embedding_cache: str | None = setting(None, "Folder that keeps sentence vectors between runs; moves no byte.")
    query: str | None = setting(None, "A question or topic that steers what is selected.")
    diversity: float = setting(0.5, "0 = salience only, 1 = diversity only; read by mmr and facility_location.", 0, 1)
    cluster_threshold: float | None = setting(
        None, "Similarity from which two sentences say the same (default: the measured one of the embedder).", 0, 1
    )
    copy_threshold: float = setting(
        0.5, "Share of the shorter article's word 5-grams from which two articles are copies.", 0, 1
    )
    keep_opinion: bool = setting(False, "Also select from passages marked as commentary.")
    keep_other_events: bool = setting(False, "Also use articles that seem to be about another event than most.")
    compare: bool = setting(
        True, "Also say where the sources agree and differ, what only one reports, and when things happened."
    )
    since: str | None = setting(
        None, "An earlier briefing as JSON, or its state: tell what is new, corrected and unchanged since."
    )
    rewrite: str | None = setting(
        None,
        "Fuse sentences that say the same, and check the result against them; alone with the packaged model, which "
        "boils them down (fuser:union keeps all), else a folder, hub id, smollm2, or ADDRESS#MODEL of a local server.",
    )
    fetch_cache: str | None = setting(
        None, "Folder that keeps fetched pages, used when their servers say that nothing has changed."
    )
    allow_private: bool = setting(
        False, "Also fetch from this computer and private networks, at any port, when addresses of them are given."
    )
    language: str | None = setting(None, "ISO 639-1 code of all documents; found for each document when not given.")
    max_documents: int = setting(500, "Most documents in one briefing.", 1)
    max_document_characters: int = setting(1_000_000, "Longest document, in characters; longer ones are skipped.", 1)
    max_input_sentences: int = setting(20_000, "Most sentences compared; later ones of each document go first.", 1)
    max_sentence_characters: int = setting(1_000, "Longest sentence that is considered, in characters.", 1)
    max_html_bytes: int = setting(10_000_000, "Largest page that is read, in bytes.", 1)
    max_pdf_bytes: int = setting(50_000_000, "Largest PDF file that is read, in bytes.", 1)
    max_pdf_pages: int = setting(200, "Most pages of a PDF file that is read.", 1)
    max_feed_bytes: int = setting(5_000_000, "Largest feed that is read, in bytes.", 1)
    max_feed_entries: int = setting(1_000, "Most entries read of one feed; later ones are left out.", 1)
    extraction_seconds: int = setting(10, "Longest time to get the text out of one page, entry or PDF file.", 1)
    max_redirects: int = setting(5, "Most redirects that are followed for one address.", 0)
    connect_seconds: int = setting(10, "Longest time to find a server, and again to connect to it.", 1)
    read_seconds: int = setting(10, "Longest time that a server may be silent.", 1)
    fetch_seconds: int = setting(30, "Longest time for one address in all, redirects included.", 1)
    max_received_bytes: int = setting(10_000_000, "Most bytes received for one address.", 1)
    max_unpacked_bytes: int = setting(20_000_000, "Most bytes of one address once they are decompressed.", 1)
    max_ratio: int = setting(100, "Most bytes that one compressed byte may become, of addresses and .gz files.", 1)

    def __post_init__(self) -> None:
        check_ranges(self)
        if self.rewrite is not None and (not isinstance(self.rewrite, str) or not self.rewrite.strip()):
            raise ConfigError(
                f"rewrite must be {PACKAGED_REWRITER!r}, a folder, a hub id or the address of a server, not "
                f"{self.rewrite!r}; leave it out for sentences word for word"
            )
        if self.query is not None and (not isinstance(self.query, str) or not self.query.strip()):
            raise ConfigError(
                f"query must be a question or a topic, not {self.query!r}; leave it out for a briefing of everything"
            )
        if self.language is not None and not (isinstance(self.language, str) and LANGUAGE.fullmatch(self.language)):
            raise ConfigError(
                f"language must be an ISO 639-1 code of two small letters, such as 'en', not {self.language!r:.40}; "
                "leave it out to have it found for each document"
            )
        for name, known in (("strategy", STRATEGIES), ("embedder", EMBEDDERS)):
            if getattr(self, name) not in known:
                raise ConfigError(f"unknown {name} {getattr(self, name)!r}; choose one of {', '.join(known)}")
        given = [name for name in _BUDGETS if getattr(self, name) is not None]
        if len(given) > 1:
            raise ConfigError(f"give one budget, not {len(given)}: {', '.join(given)}")

    def budget(self) -> Budget:
        """Give the one budget that holds."""
        for name, unit in _BUDGETS.items():
            limit = getattr(self, name)
            if limit is not None:
                return Budget(unit, limit)
        return Budget("words", DEFAULT_MAX_WORDS)

    def signature(
        self,
        *,
        embedder: str,
        threshold: float,
        salience: str,
        counter: str | None = None,
        rewriter: str | None = None,
        since: str | None = None,
    ) -> str:
        """Name every setting that moves the output in one line, after sacreBLEU.

        :param embedder: name of the embedder in use, with its version.
        :param threshold: the cluster threshold in use.
        :param salience: name of the fitted salience weights in use, with a digest if they are the user's own.
        :param counter: name of the token counter, when the budget is in tokens.
        :param rewriter: name of the rewriter in use, and of the entailment model behind it, if any.
        :param since: digest of what was known before, if anything was.
        """
        budget = self.budget()
        parts = [
            *self._comparing(embedder, threshold),
            f"select:{self.strategy}",
            f"salience:{salience}",
        ]
        if self.strategy in ("mmr", "facility_location"):
            parts.append(f"diversity:{self.diversity:g}")
        parts.append(f"{budget.unit}:{budget.limit}" + (f"@{counter}" if counter else ""))
        if self.query:
            parts.append(f"query:{self.query!r}")
        if self.keep_opinion:
            parts.append("opinion:kept")
        if self.keep_other_events:
            parts.append("other_events:kept")
        if since:
            parts.append(f"since:{since}")
        if not self.compare:
            parts.append("compare:off")
        if self.language:
            parts.append(f"language:{self.language}")
        parts += [*self._limits(), f"rewrite:{rewriter or 'none'}", f"v:{__version__}"]
        return "|".join(parts)

    def comparison_signature(self, *, embedder: str, threshold: float) -> str:
        """Name every setting that moves a comparison without a summary in one line.

        :param embedder: name of the embedder in use, with its version.
        :param threshold: the cluster threshold in use.
        """
        parts = self._comparing(embedder, threshold)
        if self.keep_other_events:
            parts.append("other_events:kept")
        if self.language:
            parts.append(f"language:{self.language}")
        return "|".join([*parts, *self._limits(), f"v:{__version__}"])

    def _comparing(self, embedder: str, threshold: float) -> list[str]:
        return [f"embed:{embedder}", f"cluster:complete@{threshold:g}", f"copies:{self.copy_threshold:g}"]

    def _limits(self) -> list[str]:
        """Name the limits that are not the default."""
        given = [name for name in _LIMITS if getattr(self, name) != getattr(_DEFAULTS, name)]
        return [f"{name}:{getattr(self, name)}" for name in given]


_BUDGETS: Final[dict[str, BudgetUnit]] = {
    "max_words": "words",
    "max_sentences": "sentences",
    "max_characters": "characters",
    "max_tokens": "tokens",
}
#: Limits on what is read, which show in the signature when they are not the default.
_LIMITS: Final = (
    *("max_documents", "max_document_characters", "max_input_sentences", "max_sentence_characters"),
    *("max_html_bytes", "max_pdf_bytes", "max_pdf_pages", "max_feed_bytes", "max_feed_entries", "extraction_seconds"),
    *("max_redirects", "connect_seconds", "read_seconds", "fetch_seconds"),
    *("max_received_bytes", "max_unpacked_bytes", "max_ratio"),
)
_DEFAULTS: Final = SummaryConfig()
