"""Imports point one way, and a stage does not know its neighbours."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "summarizer"

GROUND = {"errors", "version", "datatypes", "deferred", "findings"}
SETTINGS = GROUND | {"protocols", "config"}
WORDS = SETTINGS | {"terms", "vectors"}

# What each module may import from the package; a folder counts as one module, and may import itself.
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "version": set(),
    "findings": {"errors"},
    "deferred": set(),
    # All but the first two inside methods of Summary only.
    "datatypes": {"deferred", "findings", "briefing", "calls", "updates"},
    "protocols": set(),
    "config": GROUND,
    "terms": set(),
    "vectors": {"terms"},
    "openers": set(),
    "signs": {"facts", "terms"},
    "captions": {"signs"},
    "quotable": {"captions", "signs", "terms"},
    "fetching": SETTINGS,
    "reading": SETTINGS | {"fetching"},
    "boilerplate": set(),
    "releases": set(),
    "datelines": SETTINGS | {"releases"},
    "layout": SETTINGS | {"terms"},
    "matching": SETTINGS | {"boilerplate", "datelines", "layout", "terms"},
    "cleaning": SETTINGS | {"matching", "boilerplate", "datelines", "layout", "releases", "terms"},
    "boundaries": set(),
    "language": {"terms"},
    "segmentation": SETTINGS | {"boundaries"},
    "origins": WORDS,
    "independence": GROUND | {"origins", "terms"},
    "affinity": {"terms", "vectors"},
    "graphs": {"errors"},
    "embedding": SETTINGS | {"embedding_cache", "graphs"},
    "embedding_cache": SETTINGS,
    "amounts": {"terms"},
    "quantities": {"actors", "dates", "terms"},
    "dates": {"terms"},
    "opposition": WORDS | {"actors", "amounts", "clustering", "faithfulness", "material"},
    "wordnet": {"terms"},
    "comparison": WORDS
    | {"actors", "clustering", "dates", "graphs", "independence", "material", "opposition", "quantities", "wordnet"},
    "timeline": SETTINGS | {"dates"},
    "actors": {"amounts", "terms"},
    "facts": {"actors", "amounts", "terms"},
    "guards": {"facts"},
    "faithfulness": SETTINGS | {"guards", "quotable", "terms"},
    "grouping": {"vectors"},
    "similarity": {"vectors"},
    "clustering": WORDS | {"facts", "grouping", "guards", "similarity"},
    "sparing": {"vectors"},
    "material": WORDS | {"clustering", "dates", "signs"},
    "concepts": {"terms", "vectors"},
    "features": {"concepts", "material", "signs", "terms", "vectors"},
    "trees": set(),
    "learned": GROUND | {"features", "trees"},
    "preparation": WORDS
    | {
        "affinity",
        "cleaning",
        "clustering",
        "embedding",
        "language",
        "material",
        "origins",
        "questions",
        "reading",
        "sparing",
    }
    | {"segmentation", "signs", "similarity"},
    "questions": {"actors", "terms"},
    "relevance": WORDS | {"actors", "dates", "material", "quantities", "questions", "wordnet"},
    "answering": WORDS | {"material", "questions", "relevance"},
    "salience": WORDS | {"concepts", "features", "learned", "material", "openers", "quotable", "relevance"},
    "selection": WORDS | {"clustering", "concepts", "material", "quotable", "salience"},
    "ordering": set(),
    "drafting": SETTINGS | {"segmentation"},
    "rewriting": SETTINGS | {"boundaries", "models", "signs", "terms", "trees"},
    "fusion": WORDS | {"faithfulness", "openers", "quotable"},
    "wording": WORDS | {"drafting", "faithfulness", "fusion", "openers", "quotable", "selection"},
    "statements": WORDS
    | {"clustering", "dates", "independence", "material", "openers", "ordering", "quotable", "salience"},
    "headline": WORDS | {"dates", "material"},
    "exclusives": WORDS | {"clustering", "independence", "material", "openers", "quotable", "salience"},
    "updates": WORDS
    | {"actors", "briefing", "clustering", "dates", "facts", "guards", "language", "material", "quantities"},
    "briefing": GROUND | {"independence", "openers", "quotable", "terms"},
    "serving": SETTINGS | {"briefing", "fetching", "pipeline", "reading"},
    "rouge": SETTINGS | {"rouge_files"},
    "rouge_files": SETTINGS | {"reading"},
    "models": set(),
    # Salience is learned from what preparation shows of a cluster, and judged by whole summaries.
    "training": WORDS
    | {
        "comparison",
        "concepts",
        "embedding",
        "features",
        "graphs",
        "learned",
        "material",
        "calls",
        "models",
        "preparation",
        "reading",
        "rewriting",
        "rouge",
    }
    | {"salience", "selection", "trees"},
}
EVERYTHING = {"__init__", "__main__", "agents", "calls", "cli", "commands", "compressing", "pipeline", "scale"}

# Imported only where they are used, so that importing the package stays light.
HEAVY = {
    "accelerate", "catboost", "charset_normalizer", "fastwarc", "feedparser", "gguf", "huggingface_hub",
    "httpcore", "httpx",
    "jinja2", "jsonschema", "lxml", "mcp", "nltk", "onnx", "pyarrow", "pypdf", "python_multipart", "ray", "starlette",
    "trafilatura", "uvicorn",
    "onnxruntime", "py3langid", "rich", "rouge_score", "safetensors", "sentencepiece", "sentencex", "Stemmer",
    "sklearn", "tokenizers", "torch", "transformers", "typer", "wordllama",
}  # fmt: skip
# Classes of a network need torch where they are defined, so these count as heavy themselves.
NETWORKS = {f"summarizer.rewriting.fuser_{name}" for name in ("layers", "model", "search")}


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> list[tuple[str, bool]]:
    """Dotted names imported, and whether the import runs when the module is imported."""
    found: list[tuple[str, bool]] = []

    def visit(node: ast.AST, top: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                found.extend((alias.name, top) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                found.extend((f"{child.module}.{alias.name}", top) for alias in child.names)
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            typing_only = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
            visit(child, top and not inside and not typing_only)

    visit(tree, True)
    return found


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    module = module_of(path)
    if module in EVERYTHING:
        return
    known = ALLOWED[module] | {module}
    for name, top in imports(ast.parse(path.read_text(encoding="utf-8"))):
        parts = name.split(".")
        if parts[0] == "summarizer" and len(parts) > 1:
            assert parts[1] in known, f"{module} must not import {name}"
            light = module != "datatypes" or not top or parts[1] in {"deferred", "findings"}
            assert light, "datatypes imports deferred, findings and nothing else of the package when imported"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_where_used(path: Path) -> None:
    dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    if module_of(path) in {"cli", "commands", "__main__"} or dotted in NETWORKS:
        return
    for name, top in imports(ast.parse(path.read_text(encoding="utf-8"))):
        heavy = name.split(".")[0] in HEAVY or (name.rsplit(".", 1)[0] in NETWORKS and module_of(path) != "training")
        assert not (top and heavy), f"{path.name} imports {name} at the top"


def test_every_module_has_its_place() -> None:
    assert {module_of(path) for path in FILES} == set(ALLOWED) | EVERYTHING


def test_no_drawers() -> None:
    for path in FILES:
        assert path.stem not in {"utils", "helpers", "common", "base", "core", "misc", "select"}


def test_only_the_command_prints() -> None:
    for path in FILES:
        if module_of(path) in {"cli", "commands", "training"}:
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"], path


def test_the_map_names_every_module() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for module in sorted(set(ALLOWED) | EVERYTHING - {"__init__"}):
        assert module in text, f"docs/architecture.md does not name {module}"
