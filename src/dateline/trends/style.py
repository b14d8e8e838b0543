"""How pictures look: one palette that people with colour-blindness can tell apart, light paper, words beside what they name.

Matplotlib is used without pyplot and without a display, and writes the same bytes for the same figures.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito, "Color Universal Design" (2008)
BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
INK, QUIET, FAINT, PAPER, SHADE = "#22252a", "#6b7076", "#dfe1e4", "#ffffff", "#f4ead2"
FORMATS = ("svg", "png")

_RC: Any = {
    "svg.hashsalt": "dateline",  # else the ids in an SVG are random
    "svg.fonttype": "none",  # words stay words: found, read aloud, translated
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.edgecolor": FAINT,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "text.color": INK,
    "axes.labelcolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "text.parse_math": False,  # a name may hold a dollar sign
}


@contextmanager
def drawing() -> Iterator[None]:
    """Draw within it: the settings hold here alone, and letters that the font lacks are no reason to complain."""
    import matplotlib

    with matplotlib.rc_context(_RC), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield


def saved(figure: "Figure", format_: str) -> bytes:
    """The picture as SVG or PNG, with no date and no version in it."""
    stream = BytesIO()
    metadata = {"Date": None, "Creator": "Dateline"} if format_ == "svg" else {"Software": None}
    figure.savefig(stream, format=format_, dpi=160, metadata=metadata)
    return stream.getvalue()


def head(figure: "Figure", title: str, under: str, left: float) -> None:
    """The title, and a line below it that says how to read the picture."""
    height = figure.get_size_inches()[1]
    figure.text(left, 1 - 0.22 / height, shortened(title, 95), fontsize=13, fontweight="bold", va="top")
    figure.text(left, 1 - 0.5 / height, under, fontsize=8.5, color=QUIET, va="top")


def foot(figure: "Figure", notes: list[str], left: float) -> None:
    """Notes at the bottom: what is not drawn, and what to be careful about."""
    height = figure.get_size_inches()[1]
    for n, note in enumerate(reversed(notes)):
        figure.text(left, (0.12 + 0.17 * n) / height, shortened(note, 150), fontsize=8, color=QUIET, va="bottom")


def shortened(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def name(axes: "Axes", words: str, colour: str, aside: str = "") -> None:
    """What a panel shows, above its left end, in the colour of its line."""
    axes.annotate(
        words, (0, 1), xycoords="axes fraction", xytext=(0, 5), textcoords="offset points", color=colour, fontweight="bold"
    )
    if aside:
        axes.annotate(
            aside,
            (1, 1),
            xycoords="axes fraction",
            xytext=(0, 5),
            textcoords="offset points",
            color=QUIET,
            fontsize=8,
            ha="right",
        )


def no_data(axes: "Axes", words: str) -> None:
    """Words in the place of a picture: axes without data would show days and numbers that nobody told."""
    axes.set_xticks([])
    axes.set_yticks([])
    axes.annotate(words, (0.5, 0.5), xycoords="axes fraction", color=QUIET, ha="center", va="center")


def dates_below(axes: "Axes") -> None:
    """Dates as short as they can be read."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def x_of(day: date) -> int:
    """Where a day stands: Matplotlib counts days from 1970."""
    return (day - date(1970, 1, 1)).days


def few_numbers(axes: "Axes") -> None:
    """Three or four whole numbers at the side, from 0."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
