"""Importing the package brings in nothing heavy, and nothing from the network."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "torch", "transformers", "onnxruntime", "sklearn", "scipy", "nltk", "rouge_score", "tokenizers", "sentencex",
    "Stemmer", "rich", "typer", "charset_normalizer", "huggingface_hub", "wordllama", "py3langid",
)  # fmt: skip


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_import_is_light() -> None:
    code = f"import sys, summarizer; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert run(code).strip() == "[]"


def test_what_reads_queries_waits_for_one() -> None:
    """A twentieth of the time of the import."""
    given = "['Exports fell in May, officials said on Friday.'], embedder='tfidf'"
    seen = "print([name for name in ('summarizer.questions', 'summarizer.relevance') if name in sys.modules])"
    assert run(f"import sys; from summarizer import summarize; summarize({given}); {seen}").strip() == "[]"
    asked = run(f"import sys; from summarizer import summarize; summarize({given}, query='exports'); {seen}").strip()
    assert asked == "['summarizer.questions', 'summarizer.relevance']"


def test_tfidf_needs_no_model() -> None:
    code = (
        "import sys; from summarizer import summarize; "
        "summarize(['Exports fell in May, officials said on Friday.'], embedder='tfidf'); "
        "heavy = ('torch', 'transformers', 'onnxruntime', 'tokenizers', 'sklearn'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    assert run(code).strip() == "[]"


def test_the_default_needs_no_torch() -> None:
    code = (
        "import sys; from summarizer import summarize; "
        "summarize(['Exports fell in May, officials said on Friday.']); "
        "print([name for name in ('torch', 'transformers', 'sklearn') if name in sys.modules])"
    )
    assert run(code).strip() == "[]"


def test_no_socket_is_opened() -> None:
    code = (
        "import sys\n"
        "def audit(event, args):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'urllib.Request'):\n"
        "        raise SystemExit(f'network: {event} {args}')\n"
        "sys.addaudithook(audit)\n"
        "from summarizer import summarize\n"
        "print(summarize(['Exports fell in May, officials said on Friday.']).text)\n"
    )
    assert run(code).strip() == "Exports fell in May, officials said on Friday."
