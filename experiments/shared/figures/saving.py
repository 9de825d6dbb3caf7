"""Writing figures to disk, the same bytes every time."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.shared.figures.style import styled
from experiments.shared.fonts import FONT_FAMILY

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS_PER_INCH = 150
FAMILIES = (
    f"'{FONT_FAMILY}', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Source Han Sans CN', "
    "'Microsoft YaHei', 'PingFang SC', 'Hiragino Sans GB', 'WenQuanYi Micro Hei', sans-serif"
)
"""Fonts of the text in an SVG, the first that the reader has: ours, those that it is made from, and those of Windows, macOS and Linux."""


def save_figure(figure: Figure, folder: Path, name: str) -> tuple[Path, Path]:
    """Write a figure as PNG (150 dots an inch) and as SVG whose text is text, both with words for those who cannot see them.

    Neither file holds a date or the version of a library, so the same figure gives the same bytes.

    Args:
        figure: The figure; its label is its title, and on a second line what it says.
        folder: Where to write; made if missing.
        name: File name without its ending.

    Returns:
        The paths of the PNG and of the SVG.
    """
    folder.mkdir(parents=True, exist_ok=True)
    raster, vector = folder / f"{name}.png", folder / f"{name}.svg"
    title, _, says = str(figure.get_label()).partition("\n")
    with styled():
        _settle(figure)
        figure.savefig(raster, dpi=DOTS_PER_INCH, metadata={"Software": None, "Title": title, "Description": says or title})
        figure.savefig(vector, metadata={"Date": None, "Creator": None})
    drawn = vector.read_text(encoding="utf-8").replace(f"'{FONT_FAMILY}'", FAMILIES)
    head, start, rest = drawn.partition("<svg ")
    opening, end, rest = rest.partition(">")
    words = f"\n <title>{escape(title)}</title>\n <desc>{escape(says or title)}</desc>"
    vector.write_text(f'{head}{start}role="img" {opening}{end}{words}{rest}', encoding="utf-8", newline="\n")
    return raster, vector


def _settle(figure: Figure) -> None:
    """Lay the figure out once and round where its panels are: the last digits of the layout depend on where things lie in memory."""
    from matplotlib.ticker import FixedLocator

    engine = figure.get_layout_engine()
    if engine is not None and figure.axes:
        engine.execute(figure)
    figure.set_layout_engine(None)  # what "none" puts in its place has everything drawn once more before each saving
    for axes in figure.axes:
        left, bottom, width, height = (round(part, 6) for part in axes.get_position().bounds)
        axes.set_position((left, bottom, width, height))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(FixedLocator(axis.get_majorticklocs().tolist()))
