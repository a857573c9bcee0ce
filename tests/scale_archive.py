"""Made archives for tests of :mod:`summarizer.scale`: seeded, of recombined sentences of the seeds and made words.

``python -m tests.scale_archive ROOT ARCHIVE WORKERS`` runs the first four stages, so that a test can kill it.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer.scale.copies import plan_copies
from summarizer.scale.days import plan_days
from summarizer.scale.executors import Executor, Inline, LocalPool
from summarizer.scale.planning import plan_archive
from summarizer.scale.repeating import lists_of_days, plan_lines
from summarizer.scale.settings import ScaleConfig, Settings
from summarizer.scale.store import Store
from summarizer.scale.tasks import Done

SEEDS = Path(__file__).parents[1] / "seeds"
SETTINGS = Settings(scale=ScaleConfig(articles_per_task=150))
_SYLLABLES = "ba ko ri mu ten sal vor nim ga lo pe dra ste ul han".split()


def sentences() -> list[str]:
    """Give the sentences of the seeds, roughly."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return [part.strip() for text in texts for part in text.replace("\n", " ").split(". ") if 30 < len(part) < 250]


def make_rows(n: int, *, seed: int = 0, days: int = 6) -> list[dict[str, Any]]:
    """Make articles: one in ten a copy of another, cut; some without an id, a date or a time."""
    chance, known = random.Random(seed), sentences()
    names = ["".join(chance.choices(_SYLLABLES, k=3)).title() for _ in range(400)]
    rows: list[dict[str, Any]] = []
    for number in range(n):
        if number > 20 and chance.random() < 0.1:
            copied = chance.choice(rows[-20:])["text"].split(". ")
            parts = copied[: max(3, round(len(copied) * chance.uniform(0.7, 1)))]
        else:
            parts = [chance.choice(known)]
            parts += [f"In {' '.join(chance.choices(names, k=9))} it was said by {chance.choice(names)}" for _ in "12"]
            chance.shuffle(parts)
        at = f"2026-03-{1 + number * days // n:02d}T{chance.randrange(24):02d}:{chance.randrange(60):02d}:00Z"
        row = {"id": f"n{number}", "title": f"{chance.choice(names)} {number}", "text": ". ".join(parts) + "."}
        row |= {"published": at, "source": f"outlet{chance.randrange(40)}"}
        if number % 11 == 0:
            row["published"] = at[:10]
        if number % 97 == 0:
            del row["published"]
        if number % 13 == 0:
            del row["id"]
        rows.append(row)
    return rows


def write_rows(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    """Write JSON lines, packed if the name ends in ``.gz``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    data = text.encode()
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path


def write_archive(folder: Path, n: int = 2_100) -> Path:
    """Write an archive of several kinds of files, with some rows that are broken, double, or want one id."""
    rows = make_rows(n)
    third = n // 3
    write_rows(folder / "a.jsonl", rows[:third])
    write_rows(folder / "b.jsonl.gz", rows[third : 2 * third])
    for number in range(2 * third, n, 60):
        write_rows(folder / "more" / f"{number:05d}.jsonl", rows[number : number + 60])
    other = {**rows[5], "text": rows[8]["text"] + " More was said of it later in the day by others."}
    write_rows(folder / "z.jsonl", [rows[3], rows[4], other, {"id": "no text"}, {"text": "short"}])
    with (folder / "z.jsonl").open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    return folder


def run_stages(
    root: Path, sources: Sequence[Path], executor: Executor, settings: Settings = SETTINGS
) -> dict[str, list[Done]]:
    """Run the first four stages."""
    store = Store(root)
    articles = executor.run(root, settings, plan_archive(sources, settings, store))
    lines = executor.run(root, settings, [plan_lines(store, articles, 1)])
    days = executor.run(root, settings, plan_days(store, articles, lists_of_days(store, 1)))
    copies = executor.run(root, settings, plan_copies(days, settings))
    return {"articles": articles, "lines": lines, "days": days, "copies": copies}


def digests(done: dict[str, list[Done]]) -> list[tuple[str, str, str]]:
    """Name all that was written, by its content."""
    return [one.read for some in done.values() for one in some]


def total(done: Sequence[Done], name: str) -> int:
    """Sum a count."""
    return sum(one.counts[name] for one in done)


def main() -> None:
    """Run as a process of its own."""
    root, archive, workers = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    with LocalPool(workers) if workers > 1 else Inline() as executor:
        run_stages(root, [archive], executor)


if __name__ == "__main__":
    main()
