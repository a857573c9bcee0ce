"""Pictures of the results files, as SVG and PNG: quality against time, growth, ablations.

The same numbers give the same bytes. Each picture has a text that says what it shows, for people who do not see it, in
``pictures.json`` beside the files.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.ablations.ablating import read_ablations
from benchmarks.data import REPOSITORY, DataError
from benchmarks.drawing.ablation import draw_ablation
from benchmarks.drawing.growth import draw_growth
from benchmarks.drawing.quality import METRICS, draw_quality
from benchmarks.drawing.scale import draw_scale
from benchmarks.drawing.style import Picture, import_matplotlib, save
from benchmarks.quality import read_results

PLOTS: Final = REPOSITORY / "benchmarks" / "plots"
#: Name on the command line -> what measures it.
KINDS: Final = {
    "quality": "python -m benchmarks run --set NAME",
    "growth": "python -m benchmarks growth",
    "scale": "python -m benchmarks scale --data FOLDER",
    "ablation": "python -m benchmarks ablate --set NAME",
}
_INDEX: Final = "pictures.json"


def draw_all(
    results: Path,
    out: Path = PLOTS,
    *,
    kinds: Sequence[str] = (),
    metrics: Sequence[str] = METRICS,
    tell: Callable[[str], None] = lambda line: None,
) -> dict[str, str]:
    """Draw what the results files of a folder hold.

    :param results: folder of the JSON files; nothing else is read.
    :param out: folder of the pictures, and of ``pictures.json``: name -> text for people who do not see it.
    :param kinds: names in :data:`KINDS` that must be there; none for all that are there.
    :param metrics: of the pictures of quality.
    :param tell: told a line a picture.
    :return: what ``pictures.json`` holds now; pictures drawn before and not now stay in it.
    :raises DataError: if matplotlib is not installed, or there are no results to draw; says what to run.
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise DataError(f"unknown kind of picture {', '.join(unknown)}; choose from {', '.join(KINDS)}")
    import_matplotlib()
    found = {kind: list(_pictures(kind, results, metrics)) for kind in (kinds or KINDS)}
    empty = [kind for kind in found if not found[kind]]
    if (kinds and empty) or len(empty) == len(found):
        commands = "\n".join(f"  {KINDS[kind]}" for kind in empty)
        raise DataError(f"{results} holds no results of {', '.join(empty)}; measure them first:\n{commands}")
    out.mkdir(parents=True, exist_ok=True)
    texts = read_texts(out)
    for picture in (picture for pictures in found.values() for picture in pictures):
        save(picture, out)
        texts[picture.name] = picture.text
        tell(f"drawn {out / picture.name}.svg and .png")
    texts = dict(sorted(texts.items()))
    (out / _INDEX).write_text(json.dumps(texts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return texts


def _pictures(kind: str, folder: Path, metrics: Sequence[str]) -> Iterator[Picture]:
    if kind == "quality":
        for name, results in _by_set(folder).items():
            yield from (draw_quality(results, metric, name=name) for metric in metrics)
    elif kind == "growth":
        path = folder / "growth.json"
        if path.is_file():
            yield draw_growth(_of_this_shape(path))
    elif kind == "scale":
        path = folder / "scale.json"
        if path.is_file():
            yield draw_scale(json.loads(path.read_text(encoding="utf-8")))
    else:
        yield from map(draw_ablation, read_ablations(folder))


def _of_this_shape(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if "curves" not in found:
        raise DataError(f"{path} was written by an older version; measure again:\n  {KINDS['growth']}")
    return found


def _by_set(folder: Path) -> dict[str, list[Mapping[str, Any]]]:
    """Give the results of each set; what was measured on other data or another budget stands apart, by its name."""
    groups: dict[tuple[str, str, int], list[Mapping[str, Any]]] = {}
    for result in read_results(folder):
        key = result["set"], result["data"]["sha256"], result["budget"]["limit"]
        groups.setdefault(key, []).append(result)
    names = [name for name, _, _ in groups]
    return {
        name if names.count(name) == 1 else f"{name}_{digest[:8]}_{limit}": results
        for (name, digest, limit), results in groups.items()
    }


def read_texts(folder: Path = PLOTS) -> dict[str, str]:
    """Read what each picture of a folder shows; nothing where none was drawn."""
    path = folder / _INDEX
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def picture_markdown(name: str, page: Path, folder: Path = PLOTS) -> str:
    """Give the line of Markdown that shows a picture on a page, with its text.

    :param page: the file that the line will stand in; the link is relative to it.
    :raises DataError: if the picture was not drawn.
    """
    texts = read_texts(folder)
    if name not in texts:
        raise DataError(f"{folder} has no picture {name}; run python -m benchmarks plot first")
    link = os.path.relpath(folder / f"{name}.svg", page.parent).replace(os.sep, "/")
    return f"![{texts[name].replace('[', '(').replace(']', ')')}]({link})"
