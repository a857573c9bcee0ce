"""Make the table of related words that the comparison of figures reads, from the database files of WordNet.

Of every word that the packaged encoder knows as a whole and WordNet as a noun or verb: the meanings that it may have,
with what they derive from and cause, what they are kinds of, and what they are opposed to. Words with one stem share a
row. Meanings are numbered, and those that no two words could share are left out. The same files give the same bytes.

The files are those of WordNet 3.0 (``data.noun``, ``index.noun``, ``noun.exc`` and their like), as in the Debian
package ``wordnet-base``, folder ``/usr/share/wordnet``.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from summarizer.errors import ReadingError
from summarizer.terms import stem
from summarizer.training.files import as_json, put, refuse_existing, sha256

NAME: Final = "wordnet-1"
_OUT: Final = Path(f"summarizer/models/{NAME}")
_PARTS: Final = {"noun": "n", "verb": "v", "adj": "a"}
#: The first meanings of a word, by part of speech: later ones are rare in news, and make unlike words alike.
_MEANINGS: Final = {"n": 3, "v": 4, "a": 2}
#: A meaning of which more are kinds says too little: "change", "move", "person".
_KINDS: Final = 60
#: Words of the encoder that are looked up, the most frequent first.
WORDS: Final = 21_360
_ENDINGS: Final = {
    "n": (("ies", "y"), ("men", "man"), ("es", ""), ("s", "")),
    "v": (("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"),
          ("ing", "")),
    "a": (),
}  # fmt: skip
_KIND_OF: Final = ("@", "@i")
#: Causes, is entailed by, is grouped with; opposed to; derived.
_LEADS: Final = (">", "*", "$", "&")
_OPPOSED: Final = "!"
_DERIVED: Final = "+"
_PERSON: Final = 18


@dataclass(frozen=True, slots=True)
class Meaning:
    """A set of synonyms.

    :param field: number of its field: 18 is of persons.
    :param words: the synonyms.
    :param links: symbol, meaning, and the numbers of the two words that are linked, 0 for all.
    """

    field: int
    words: tuple[str, ...]
    links: tuple[tuple[str, str, int, int], ...]


@dataclass(slots=True)
class Row:
    """What is known of the words with one stem."""

    own: set[str] = field(default_factory=set)
    above: set[str] = field(default_factory=set)
    opposed: set[str] = field(default_factory=set)
    person: bool = False


@dataclass(frozen=True, slots=True)
class Net:
    """WordNet: meanings by name, names by word and part of speech, irregular forms."""

    meanings: Mapping[str, Meaning]
    index: Mapping[tuple[str, str], tuple[str, ...]]
    irregular: Mapping[tuple[str, str], tuple[str, ...]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--wordnet", type=Path, required=True, metavar="DIR", help="folder of WordNet's database files")
    parser.add_argument(
        "--out", type=Path, default=_OUT, metavar="DIR", help="folder to write to (default: %(default)s)"
    )
    parser.add_argument("--force", action="store_true", help="replace files that are there")


def run(arguments: argparse.Namespace) -> str:
    """Make the table and its card.

    :raises ReadingError: if a file of WordNet is missing.
    """
    if not arguments.force:
        refuse_existing(arguments.out, ("relations.tsv.gz", "card.json"))
    table = make_table(read_net(arguments.wordnet), read_words())
    data = gzip.compress(table.encode("utf-8"), 9, mtime=0)
    put({"relations.tsv.gz": data, "card.json": as_json(_card(table, data))}, arguments.out)
    return f"{table.count(chr(10))} rows, {len(data):,} bytes, in {arguments.out}"


def read_net(folder: Path) -> Net:
    """Read the files for nouns, verbs and adjectives.

    :raises ReadingError: if one is missing.
    """
    meanings: dict[str, Meaning] = {}
    index: dict[tuple[str, str], tuple[str, ...]] = {}
    irregular: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, part in _PARTS.items():
        for line in _lines(folder / f"data.{name}"):
            fields = line.partition("|")[0].split()
            meanings[part + fields[0]] = _meaning(fields)
        for line in _lines(folder / f"index.{name}"):
            fields = line.split()
            count = int(fields[2])
            index[fields[0], part] = tuple(part + offset for offset in fields[-count:])
        for line in _lines(folder / f"{name}.exc"):
            form, *bases = line.split()
            irregular[form, part] = tuple(bases)
    return Net(meanings, index, irregular)


def _lines(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="latin-1")
    except OSError as error:
        raise ReadingError(
            str(path),
            f"it cannot be read: {error.strerror or error}; --wordnet wants the database files of WordNet 3.0, as the "
            "Debian package wordnet-base puts them into /usr/share/wordnet",
        ) from error
    return (line for line in text.splitlines() if not line.startswith("  "))


def _meaning(fields: list[str]) -> Meaning:
    n_words = int(fields[3], 16)
    words = tuple(word.partition("(")[0].lower() for word in fields[4 : 4 + 2 * n_words : 2])
    at = 4 + 2 * n_words
    links = []
    for number in range(int(fields[at])):
        symbol, offset, part, ends = fields[at + 1 + 4 * number : at + 5 + 4 * number]
        if part != "r":
            links.append((symbol, part.replace("s", "a") + offset, int(ends[:2], 16), int(ends[2:], 16)))
    return Meaning(int(fields[1]), words, tuple(links))


def read_words(limit: int = WORDS) -> list[str]:
    """Give the words that the packaged encoder knows as a whole, the most frequent first."""
    source = files("summarizer.models") / "minilm-l6-v2-int8" / "tokenizer.json"
    vocabulary: dict[str, int] = json.loads(source.read_text(encoding="utf-8"))["model"]["vocab"]
    words = [word for word, _ in sorted(vocabulary.items(), key=lambda one: one[1]) if word.isalpha() and len(word) > 2]
    return words[:limit]


def make_table(net: Net, words: list[str]) -> str:
    """Give the table: a line a stem; the numbers of what its words mean, are kinds of, are opposed to.

    A stem with a ``*`` has a word for persons.
    """
    n_kinds = Counter(link[1] for meaning in net.meanings.values() for link in meaning.links if link[0] in _KIND_OF)
    rows: dict[str, Row] = {}
    for word in words:
        bases = _bases(net, word)
        if any(part != "a" for _, part in bases):
            _add(net, bases, rows.setdefault(stem(word), Row()), n_kinds)
    own = Counter(name for row in rows.values() for name in row.own)
    held = own + Counter(name for row in rows.values() for name in row.above - row.own)
    opposed = {name for row in rows.values() for name in row.opposed}
    kept = {name for name, count in held.items() if count > 1 or name in opposed}
    numbers: dict[str, int] = {}
    lines = []
    for key, row in sorted(rows.items()):
        columns = [row.own & kept, (row.above - row.own) & kept, row.opposed & own.keys()]
        if any(columns) or row.person:
            told = (" ".join(str(numbers.setdefault(name, len(numbers))) for name in sorted(one)) for one in columns)
            lines.append("\t".join((key + "*" * row.person, *told)).rstrip() + "\n")
    return "".join(lines)


def _bases(net: Net, word: str) -> list[tuple[str, str]]:
    """Give the words of WordNet that a form may be of, each with its part of speech."""
    found: dict[tuple[str, str], None] = {}
    for part, endings in _ENDINGS.items():
        forms = [*net.irregular.get((word, part), ()), word]
        if len(forms) == 1:
            for ending, instead in endings:
                if word.endswith(ending):
                    cut = word[: -len(ending)]
                    forms += [cut + instead, cut[:-1]] if cut[-1:] == cut[-2:-1] else [cut + instead]
        found.update(dict.fromkeys((form, part) for form in forms if (form, part) in net.index))
    return list(found)


def _add(net: Net, bases: list[tuple[str, str]], row: Row, n_kinds: Mapping[str, int]) -> None:
    """Add what the words of WordNet mean to a row."""
    forms = {form for form, _ in bases}
    for form, part in bases:
        for number, name in enumerate(net.index[form, part][: _MEANINGS[part]]):
            meaning = net.meanings[name]
            row.own.add(name)
            row.person |= meaning.field == _PERSON and part == "n" and number == 0
            for symbol, target, mine, _ in meaning.links:
                if symbol in _LEADS or (symbol == _DERIVED and meaning.words[mine - 1] in forms):
                    row.own.add(target)
    for name in row.own:
        for symbol, target, mine, _ in net.meanings[name].links:
            if symbol in _KIND_OF and n_kinds[target] <= _KINDS:
                row.above.add(target)
            elif symbol == _OPPOSED and (not mine or net.meanings[name].words[mine - 1] in forms):
                row.opposed.add(target)


def _card(table: str, data: bytes) -> dict[str, Any]:
    return {
        "name": NAME,
        "what": "words that may tell one thing, a wider one or the opposite: meanings of WordNet by stem, numbered",
        "license": "WordNet 3.0 license, see LICENSE: use, copying and changes are free, the notice must stay",
        "from": "WordNet 3.0, Princeton University, database files of nouns, verbs and adjectives",
        "made_by": "python -m summarizer.training wordnet --wordnet /usr/share/wordnet",
        "rows": table.count("\n"),
        "sha256": {"relations.tsv.gz": sha256(data)},
    }
