"""The look of all figures: one font, one colour-blind-safe palette, no chart junk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from experiments.shared.fonts import FONT_FAMILY, font_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_INCHES = 8.0
"""Width of every figure: 1,200 pixels at 150 dots an inch."""

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Colours that stay apart with colour-blindness (Okabe and Ito 2008), without yellow and black."""

BLUE, VERMILION = PALETTE[:2]
GREY = "#8A8A8A"
DARK = "#333333"
SEQUENTIAL = "cividis"
DIVERGING = "PuOr_r"

SETTINGS: dict[str, object] = {
    "font.family": [FONT_FAMILY],
    "font.size": 9.0,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.labelsize": 9.0,
    "axes.labelcolor": DARK,
    "axes.edgecolor": "#777777",
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.unicode_minus": False,
    "axes.formatter.use_mathtext": False,
    "axes.formatter.useoffset": False,
    "grid.color": "#E3E3E3",
    "grid.linewidth": 0.6,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "xtick.color": "#555555",
    "ytick.color": "#555555",
    "xtick.labelcolor": DARK,
    "ytick.labelcolor": DARK,
    "text.color": "#1A1A1A",
    "figure.titlesize": 12.0,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "lines.linewidth": 1.6,
    "svg.fonttype": "path",
    "svg.hashsalt": "yizhan",
    "savefig.facecolor": "white",
    "figure.facecolor": "white",
}
"""Settings of matplotlib while a figure is drawn or saved."""


@cache
def register_font() -> None:
    """Tell matplotlib of the font shipped with this package, once a process."""
    from matplotlib.font_manager import fontManager

    fontManager.addfont(font_path())


@contextmanager
def styled() -> Iterator[None]:
    """Draw or save within the look of the project.

    The settings of matplotlib are as before when the block ends. They belong to the process, so
    draw in one thread at a time.

    Yields:
        Nothing.
    """
    from matplotlib import rc_context

    register_font()
    with rc_context(SETTINGS):  # type: ignore[arg-type]
        yield


def new_figure(height_inches: float, title: str) -> Figure:
    """An empty figure without pyplot's global state.

    Args:
        height_inches: Height; the width is `WIDTH_INCHES`.
        title: What the figure shows, written at the top left.

    Returns:
        The figure, with a canvas of its own.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_INCHES, height_inches), layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(title, x=0.01, ha="left", fontsize=12.0)
    return figure


def use_date_axis(axes: Axes, most_ticks: int = 8) -> None:
    """Write dates as 2022-03 at the first of a month and as 03-15 within one.

    Args:
        axes: Axes whose x values are dates.
        most_ticks: The most labels that fit.
    """
    from datetime import datetime, timedelta

    from matplotlib.dates import AutoDateLocator, num2date
    from matplotlib.ticker import FuncFormatter

    def write(value: float, _position: int | None = None) -> str:
        moment: datetime = num2date(value)  # type: ignore[no-untyped-call]
        moment += timedelta(seconds=1)
        return moment.strftime("%Y-%m" if moment.day == 1 else "%m-%d")

    locator = AutoDateLocator(minticks=2, maxticks=most_ticks)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(FuncFormatter(write))


def shade_of(colour: str, lightness: float) -> tuple[float, float, float]:
    """A lighter, opaque tone of a colour.

    Args:
        colour: A colour of matplotlib.
        lightness: 0 keeps the colour, 1 gives white.

    Returns:
        Red, green and blue, each between 0 and 1.
    """
    from matplotlib.colors import to_rgb

    red, green, blue = (part + (1.0 - part) * lightness for part in to_rgb(colour))
    return red, green, blue
