"""The look of all figures: one font, one colour-blind-safe palette, no chart junk, and nothing of it from the environment."""

from __future__ import annotations

import logging
import os
import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from experiments.shared.fonts import FONT_FAMILY, font_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_INCHES = 8.0
"""Width of every figure: 1,200 pixels at 150 dots an inch."""
EDGE_INCHES, FOOT_INCHES = 0.08, 0.2
"""Between the edge of a figure and its words; height of the small line at its foot."""

TITLE_WIDTH, NOTE_WIDTH = 46.0, 64.0
"""Widest lines of a title and of a note, in widths of a Chinese character."""
SHORTEST_LINE = 0.3
"""Shortest last line of a title, in widths of the longest."""
LEFT = EDGE_INCHES / WIDTH_INCHES
_HAN = "\u3400-\u9fff"
BREAK = re.compile(rf"(?<=\s)(?=\S)|(?<![（“《\s])(?=[{_HAN}（“《])|(?<=[{_HAN}，。：；、）”》])(?![，。：；、）”》…\s])")
"""Where a line may end: after a space, and beside a Chinese character unless punctuation would be parted from its words."""

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Colours that stay apart with colour-blindness (Okabe and Ito 2008), without yellow and black."""

BLUE, VERMILION = PALETTE[:2]
GREY, PALE_GREY, SOFT = "#8A8A8A", "#F1F1F1", "#555555"
DARK, INK = "#333333", "#1A1A1A"
SEQUENTIAL = "cividis"
DIVERGING = "PuOr_r"

SETTINGS: dict[str, object] = {
    "font.family": [FONT_FAMILY],
    "font.size": 9.0,
    "text.parse_math": False,
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
    "axes.unicode_minus": True,
    "axes.formatter.use_mathtext": False,
    "axes.formatter.useoffset": False,
    "grid.color": "#E3E3E3",
    "grid.linewidth": 0.6,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": DARK,
    "ytick.labelcolor": DARK,
    "text.color": INK,
    "figure.titlesize": 12.0,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "legend.title_fontsize": 8.5,
    "lines.linewidth": 1.6,
    "svg.fonttype": "none",
    "svg.hashsalt": "yizhan",
    "timezone": "UTC",
    "savefig.facecolor": "white",
    "figure.facecolor": "white",
}
"""Settings of matplotlib while a figure is drawn or saved; all others are matplotlib's own."""
OF_THE_ENVIRONMENT = ("MPLBACKEND", "MATPLOTLIBRC", "SOURCE_DATE_EPOCH")
"""Variables that matplotlib reads when it is imported, or saves."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let matplotlib be deaf to the environment, and silent about what it finds there.

    Yields:
        Nothing.
    """
    kept = {name: os.environ.pop(name) for name in OF_THE_ENVIRONMENT if name in os.environ}
    remarks = logging.getLogger("matplotlib")
    before = remarks.level
    remarks.setLevel(logging.ERROR)
    try:
        yield
    finally:
        remarks.setLevel(before)
        os.environ.update(kept)


@cache
def register_font() -> None:
    """Tell matplotlib of the font shipped with this package, once a process."""
    from matplotlib.font_manager import fontManager

    fontManager.addfont(font_path())


@contextmanager
def styled() -> Iterator[None]:
    """Draw or save within the look of the project.

    The settings of matplotlib are as before when the block ends. They belong to the process, so draw in one thread at a time.

    Yields:
        Nothing.
    """
    with undisturbed():
        register_font()
        from matplotlib import rc_context, rcdefaults

        with rc_context(), warnings.catch_warnings():
            rcdefaults()
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # a box stands for it
            with rc_context(SETTINGS):  # type: ignore[arg-type]
                yield


def new_figure(height_inches: float, title: str, foot: str = "", says: str = "") -> Figure:
    """Make an empty figure without pyplot's global state.

    Args:
        height_inches: Height of all but the foot; the width is `WIDTH_INCHES`.
        title: What the figure shows, written at the top left, on two lines if it is long.
        foot: Where it comes from, written small at the bottom left.
        says: What the figure says, in a sentence, for those who cannot see it; the title goes before it.

    Returns:
        The figure, with a canvas of its own.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    lines = _folded_evenly(title, TITLE_WIDTH)
    figure = Figure(figsize=(WIDTH_INCHES, height_inches + FOOT_INCHES + 0.2 * (len(lines) - 1)), layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle("\n".join(lines), x=EDGE_INCHES / WIDTH_INCHES, ha="left", fontsize=12.0)
    figure.text(EDGE_INCHES / WIDTH_INCHES, 0.05 / figure.get_figheight(), foot, fontsize=6.5, color=GREY, gid="foot")
    figure.set_label(f"{title}\n{says}")
    _leave_below(figure, FOOT_INCHES)
    return figure


def put_below(figure: Figure, handles: Sequence[Any] = (), note: str = "", columns: int | None = None, labels: Sequence[str] = ()) -> None:
    """Write a legend at the bottom left, above the foot, and a note above the legend.

    Args:
        figure: The figure.
        handles: Artists with labels, or tuples of them that lie on one another.
        note: Words above them.
        columns: Entries in a row, which are read row by row; None: all.
        labels: Labels, where the handles have none.
    """
    columns = columns or max(1, len(handles))
    by_row = [place for column in range(columns) for place in range(column, len(handles), columns)]  # a legend is filled column by column
    corner = ((EDGE_INCHES - 0.035) / WIDTH_INCHES, FOOT_INCHES / figure.get_figheight())
    legend = figure.legend(
        handles=[handles[place] for place in by_row], loc="lower left", bbox_to_anchor=corner, borderaxespad=0.0, borderpad=0.3, ncols=columns,
        handlelength=1.6, columnspacing=1.6, title="\n".join(folded(note, NOTE_WIDTH)) or None, alignment="left",
        **({"labels": [labels[place] for place in by_row]} if labels else {}),
    )  # fmt: skip
    legend.set_in_layout(False)
    with styled():
        height = legend.get_window_extent(figure.canvas.get_renderer()).height / figure.dpi  # type: ignore[attr-defined]
    _leave_below(figure, FOOT_INCHES + height)


def _leave_below(figure: Figure, inches: float) -> None:
    """Keep the panels off the lowest part of the figure."""
    share = inches / figure.get_figheight()
    figure.get_layout_engine().set(rect=(LEFT, share, 1.0 - LEFT, 1.0 - share))  # type: ignore[union-attr, call-arg]


def folded(text: str, most: float) -> list[str]:
    """Break a text into lines, at spaces and beside Chinese characters.

    Args:
        text: The text; its own line breaks stay.
        most: Width of a line, in widths of a Chinese character.

    Returns:
        The lines.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        lines.append("")
        for piece in BREAK.split(paragraph):
            if lines[-1] and _width(lines[-1] + piece.rstrip()) > most:
                lines.append("")
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def _folded_evenly(text: str, most: float) -> list[str]:
    """Break a text into as few lines as fit, none of them a word alone."""
    lines = folded(text, most)
    narrower = most
    while len(lines) > 1 and _width(lines[-1]) < SHORTEST_LINE * most and narrower > SHORTEST_LINE * most:
        narrower -= 1.0
        again = folded(text, narrower)
        if len(again) > len(lines):
            break
        lines = again
    return lines


def _width(text: str) -> float:
    """Return about how wide a text is, in widths of a Chinese character."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.47 for character in text)


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
    """Return a lighter, opaque tone of a colour.

    Args:
        colour: A colour of matplotlib.
        lightness: 0 keeps the colour, 1 gives white.

    Returns:
        Red, green and blue, each between 0 and 1.
    """
    from matplotlib.colors import to_rgb

    red, green, blue = (part + (1.0 - part) * lightness for part in to_rgb(colour))
    return red, green, blue
