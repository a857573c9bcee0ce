"""What all pictures share: colours, marks, and files that do not change unless the numbers do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from benchmarks.data import DataError
from benchmarks.systems import DEFAULT_SYSTEM, OURS, SIMPLE, SUMY

#: An opaque card, so that the dark ink can be read on a dark page too.
BACKGROUND: Final = "#ffffff"
INK: Final = "#1f2328"
MUTED: Final = "#57606a"
GRID: Final = "#e4e8ec"


@dataclass(frozen=True, slots=True)
class Family:
    """Systems drawn alike.

    :param color: after Okabe and Ito, two of them darker, told apart with any colour blindness.
    :param marker: says it again.
    """

    label: str
    color: str
    marker: str

    @property
    def ink(self) -> str:
        """The colour of its labels: darker, as letters are thin."""
        parts = (int(self.color[i : i + 2], 16) for i in (1, 3, 5))
        return "#" + "".join(f"{round(0.72 * part):02x}" for part in parts)


DEFAULT: Final = Family("the default", "#d55e00", "*")
FAMILIES: Final = {
    "default": DEFAULT,
    "ours": Family("crossbrief, other settings", "#0072b2", "o"),
    "simple": Family("simple baselines", "#3b4148", "s"),
    "sumy": Family("sumy", "#009e73", "^"),
    "others": Family("other peers", "#b0508a", "D"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was drawn.

    :param name: of the files, without ending.
    :param text: says what it shows.
    """

    name: str
    figure: Any
    text: str


def family(system: str, default: str = DEFAULT_SYSTEM) -> Family:
    """Give the family of a system by its name."""
    if system == default:
        return DEFAULT
    kinds = {"ours": OURS, "simple": SIMPLE, "sumy": SUMY}
    kind = next((kind for kind, names in kinds.items() if system in names), "others")
    return FAMILIES["ours" if system.startswith("crossbrief_") else kind]


def short_name(system: str, default: str = DEFAULT_SYSTEM) -> str:
    """Give the label of a system; its colour says whose it is."""
    return "crossbrief (default)" if system == default else system.removeprefix("crossbrief_").replace("_", " ")


def import_matplotlib() -> Any:  # noqa: ANN401
    """Import matplotlib.

    :raises DataError: if it is not installed.
    """
    try:
        return import_module("matplotlib")
    except ImportError as error:
        raise DataError("pictures need matplotlib: pip install 'crossbrief[bench]'") from error


@contextmanager
def drawing() -> Iterator[None]:
    """Draw as every machine draws: matplotlib's defaults and ours, whatever the user's settings are."""
    import_matplotlib()
    ours = {
        "svg.hashsalt": "crossbrief",
        # Paths, not text: letters of another font would be of other widths, and labels would overlap.
        "svg.fonttype": "path",
        "font.family": ["DejaVu Sans"],
        "font.size": 9,
        "axes.titlesize": 10,
        "axes.titlelocation": "left",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": MUTED,
        "axes.labelcolor": INK,
        "axes.facecolor": BACKGROUND,
        "axes.axisbelow": True,
        "figure.facecolor": BACKGROUND,
        "savefig.facecolor": BACKGROUND,
        "grid.color": GRID,
        "grid.linewidth": 0.7,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
    }
    style: Any = import_module("matplotlib.style")
    with style.context(["default", ours]):
        yield


def new_figure(width: float, height: float) -> Any:  # noqa: ANN401
    """Make an empty figure, in inches, that can measure its texts."""
    figure = import_module("matplotlib.figure").Figure(figsize=(width, height))
    import_module("matplotlib.backends.backend_agg").FigureCanvasAgg(figure)
    return figure


def save(picture: Picture, folder: Path) -> None:
    """Write ``NAME.svg`` and ``NAME.png``; no dates, no versions."""
    with drawing():
        svg = {"Date": None, "Creator": None, "Format": None, "Type": None, "Title": picture.text}
        picture.figure.savefig(folder / f"{picture.name}.svg", format="svg", metadata=svg)
        picture.figure.savefig(folder / f"{picture.name}.png", format="png", dpi=160, metadata={"Software": None})
