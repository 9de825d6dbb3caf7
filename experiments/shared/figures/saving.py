"""Writing a figure to disk, the same bytes every time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from experiments.shared.figures.style import styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS_PER_INCH = 150


def save_figure(figure: Figure, folder: Path, name: str) -> tuple[Path, Path]:
    """Write a figure as PNG (150 dots an inch) and as SVG (text as outlines).

    Neither file holds a date or a version, so the same figure gives the same bytes.

    Args:
        figure: The figure.
        folder: Where to write; made if missing.
        name: File name without its ending.

    Returns:
        The paths of the PNG and of the SVG.
    """
    folder.mkdir(parents=True, exist_ok=True)
    raster, vector = folder / f"{name}.png", folder / f"{name}.svg"
    with styled():
        figure.savefig(raster, dpi=DOTS_PER_INCH, metadata={"Software": None})
        figure.savefig(vector, metadata={"Date": None, "Creator": None})
    return raster, vector
