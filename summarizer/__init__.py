"""Briefings from many articles, in which every sentence shows who supports it.

>>> from summarizer import summarize
>>> summary = summarize(["Exports fell in May, officials said.", "Officials said that exports fell 3% in May."])
>>> summary.statements[0].origins
2
"""

from importlib.util import find_spec as _find_spec

if _find_spec("summarizer.summary_processor"):
    raise ImportError(
        "bert-extractive-summarizer is installed too, and its files lie in the same package 'summarizer': "
        "pip uninstall bert-extractive-summarizer, then pip install --force-reinstall crossbrief"
    )

from summarizer.calls import compare, summarize
from summarizer.compressing import Compressed, Excerpt, LeftOut, compress
from summarizer.config import SummaryConfig
from summarizer.datatypes import (
    Budget,
    Cluster,
    ComparisonReport,
    Document,
    Gate,
    Passage,
    Rewriting,
    Sentence,
    Statement,
    Summary,
    Support,
)
from summarizer.errors import (
    BudgetError,
    ConfigError,
    InputError,
    LimitError,
    MissingExtraError,
    ModelError,
    NoInputError,
    OutputError,
    ReadingError,
    SummarizerError,
    TaskError,
)
from summarizer.findings import (
    Answer,
    Comparison,
    Event,
    Findings,
    Repeated,
    Side,
    SingleSource,
    Snippet,
    Update,
    Value,
)
from summarizer.pipeline import compare_documents, summarize_documents
from summarizer.protocols import Embedder, Entailment, Rewriter, TokenCounter
from summarizer.version import __version__

__all__ = [
    "Answer",
    "Budget",
    "BudgetError",
    "Cluster",
    "Comparison",
    "ComparisonReport",
    "Compressed",
    "ConfigError",
    "Document",
    "Embedder",
    "Entailment",
    "Event",
    "Excerpt",
    "Findings",
    "Gate",
    "InputError",
    "LeftOut",
    "LimitError",
    "MissingExtraError",
    "ModelError",
    "NoInputError",
    "OutputError",
    "Passage",
    "ReadingError",
    "Repeated",
    "Rewriter",
    "Rewriting",
    "Sentence",
    "Side",
    "SingleSource",
    "Snippet",
    "Statement",
    "SummarizerError",
    "Summary",
    "SummaryConfig",
    "Support",
    "TaskError",
    "TokenCounter",
    "Update",
    "Value",
    "__version__",
    "compare",
    "compare_documents",
    "compress",
    "summarize",
    "summarize_documents",
]
