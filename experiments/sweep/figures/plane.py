"""The plane of spending and outcome: what a point costs more than the reference, and what it brings more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.bands import group_thousands
from experiments.shared.figures.naming import outcome_form, outcome_label
from experiments.shared.figures.style import BLUE, DARK, GREY, PALETTE, SOFT, new_figure, put_below, shade_of, styled
from experiments.sweep.words import say
from sim.statistics import LEVEL, MeanInterval

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from experiments.sweep.figures.outcomes import Origin
    from experiments.sweep.swept import Compared, Swept

    Values = NDArray[np.float64]
    Region = tuple[float, float, float]

SPENDING = "spending"
MOST_NAMED, MOST_LEVELS, MOST_REGIONS, MOST_DOTS = 6, 8, 60, 2000
"""Points that have a colour and a name each; values of a key that have one; points whose regions are drawn; replicates that are drawn."""
LINE_INCHES = 0.2
"""Height of a line of the legend."""
LONGEST_NAME, LONG = 62, 34
"""Characters of a name; and those from which on names stand one below the other."""
FEWEST = 3
"""Replicates from which on two means have a region."""
FLAT = 1e-10
"""Ratio of the axes of an ellipse below which it is a line."""


def draw_plane(swept: Swept, outcome: str, language: Language, origin: Origin) -> Figure | None:
    """Draw each point by its paired differences of spending and of an outcome to the reference; None where spending does not differ.

    Args:
        swept: The sweep.
        outcome: Name of the outcome.
        language: "zh" or "en".
        origin: Where it comes from.
    """
    spending, values, compared = swept.differences(SPENDING), swept.differences(outcome), swept.compared(outcome)
    if spending is None or values is None or compared is None or swept.reference is None:
        return None
    others = [place for place in range(len(swept.numbers)) if place != swept.reference and np.isfinite(spending[place] + values[place]).any()]
    if not others or not np.nanmax(np.abs(spending[others]), initial=0.0):
        return None
    across = outcome_form(SPENDING, language, float(np.nanmax(np.abs(spending[others]))), difference=True)
    upwards = outcome_form(outcome, language, float(np.nanmax(np.abs(values[others]))), difference=True)
    pairs = [_pairs(across.scale * spending[place], upwards.scale * values[place]) for place in others]
    dearer = swept.compared(SPENDING)
    assert dearer is not None  # noqa: S101 (there are differences)
    bounds = [(_at(dearer, place).times(across.scale), _at(compared, place).times(upwards.scale)) for place in others]
    colours, handles = _coloured(swept, others, language)
    name = outcome_label(outcome, language)
    means = np.array([pair.mean(axis=1) for pair in pairs])
    says = say("plane_says", language, count=len(others), more=int((means[:, 0] > 0).sum()), higher=int((means[:, 1] > 0).sum()))
    with_dots, with_regions = sum(pair.shape[1] for pair in pairs) <= MOST_DOTS, len(others) <= MOST_REGIONS
    regions = [region_of(pair) if with_regions and swept.lived is None else None for pair in pairs]
    handles += _handles(pairs, regions if with_regions else [], name, language, origin, dots=with_dots)
    columns = 1 if max(len(str(handle.get_label())) for handle in handles) > LONG else 2
    notes = [origin.said({"replicate": np.asarray(swept.table["replicate"])}, language, difference=True), say("plane_note", language)]
    notes.append("" if with_dots else say("plane_no_replicates", language))
    with styled():
        height = 4.6 + LINE_INCHES * -(-len(handles) // columns)
        figure = new_figure(height, origin.heading(say("plane", language, outcome=name), language), origin.foot, says)
        panel = figure.subplots()
        for place, pair, bound, region, colour in zip(others, pairs, bounds, regions, colours, strict=True):
            if with_regions:
                _draw_region(panel, pair, bound, region, colour)
            _draw_point(panel, pair, colour, told=bool(compared.told[place]), dots=with_dots, small=not with_regions)
        _draw_quadrants(panel, language)
        panel.set_xlabel(say("plane_spending", language, unit=across.unit))
        panel.set_ylabel(say("plane_outcome", language, outcome=name, unit=upwards.unit) if upwards.unit else name)
        put_below(figure, handles, "\n".join(filter(None, notes)), columns=columns)
        return figure


def _pairs(across: Values, upwards: Values) -> Values:
    """Return the replicates that have both numbers, of shape (2, replicates)."""
    both = np.vstack((across, upwards))
    return both[:, np.isfinite(both).all(axis=0)]


def _at(compared: Compared, place: int) -> MeanInterval:
    """Return the difference of one point."""
    return MeanInterval(*(part[place] for part in compared.estimate.interval))


def region_of(pair: Values) -> Region | None:
    """Return width, height and angle of the ellipse that holds the mean of both numbers 95 times in a hundred (Hotelling); None where there is none.

    Args:
        pair: The two numbers of each replicate, of shape (2, replicates).

    Source:
        Hotelling (1931), "The generalization of Student's ratio", Annals of Mathematical Statistics 2(3).
    """
    from scipy.special import fdtri

    count = pair.shape[1]
    if count < FEWEST:
        return None
    scale = np.ptp(pair, axis=1)
    if (scale == 0.0).any():
        return None
    variances, directions = np.linalg.eigh(np.cov(pair))
    if np.linalg.eigvalsh(np.corrcoef(pair))[0] < FLAT:
        return None
    radius = np.sqrt(2.0 * (count - 1) / (count - 2) * fdtri(2, count - 2, LEVEL) / count)
    half = radius * np.sqrt(variances)
    angle = float(np.degrees(np.arctan2(directions[1, 1], directions[0, 1])))
    return 2.0 * float(half[1]), 2.0 * float(half[0]), angle


def _draw_region(panel: Axes, pair: Values, bounds: tuple[MeanInterval, MeanInterval], region: Region | None, colour: str) -> None:
    """Draw where the mean of a point lies: an ellipse, or a cross where there is none, as over a set of behaviours."""
    from matplotlib.patches import Ellipse

    mean = pair.mean(axis=1)
    if region is not None:
        width, height, angle = region
        centre = (float(mean[0]), float(mean[1]))
        panel.add_patch(Ellipse(centre, width, height, angle=angle, facecolor=colour, alpha=0.16, linewidth=0, zorder=1.8, gid="region"))
        panel.add_patch(Ellipse(centre, width, height, angle=angle, fill=False, edgecolor=colour, linewidth=1.0, zorder=1.9))
    elif all(np.isfinite(one.low) for one in bounds):
        errors: dict[str, Any] = {f"{axis}err": [[one.mean - one.low], [one.high - one.mean]] for axis, one in zip("xy", bounds, strict=True)}
        panel.errorbar(float(mean[0]), float(mean[1]), fmt="none", ecolor=colour, elinewidth=1.2, zorder=2.0, **errors)


def _draw_point(panel: Axes, pair: Values, colour: str, *, told: bool, dots: bool, small: bool) -> None:
    """Draw the replicates of a point, and their mean."""
    if dots and pair.shape[1] > 1:
        panel.plot(*pair, "o", color=shade_of(colour, 0.5), markersize=3.0, alpha=0.5, markeredgewidth=0, zorder=1.6, gid="replicate")
    style: dict[str, Any] = {"color": colour} if told else {"markerfacecolor": "white", "markeredgecolor": colour}
    size, edge = (3.5, 0.8) if small else (6.0, 1.3)
    panel.plot(*pair.mean(axis=1), "o", markersize=size, markeredgewidth=edge, zorder=2.6, gid="told" if told else "untold", **style)


def _draw_quadrants(panel: Axes, language: Language) -> None:
    """Draw the reference in the middle, and say what each corner means."""
    panel.axhline(0.0, color=DARK, linewidth=0.9, zorder=1.4)
    panel.axvline(0.0, color=DARK, linewidth=0.9, zorder=1.4)
    for which in ("x", "y"):
        low, high = panel.get_xlim() if which == "x" else panel.get_ylim()
        reach = max(high - low, 1e-9)
        ends = min(low, -0.16 * reach), max(high, 0.16 * reach)
        panel.set_xlim(*ends) if which == "x" else panel.set_ylim(ends[0] - 0.1 * reach, ends[1] + 0.1 * reach)
        group_thousands(panel, which)
    corners = {"plane_dearer_more": (1, 1), "plane_dearer_less": (1, 0), "plane_cheaper_more": (0, 1), "plane_cheaper_less": (0, 0)}
    for key, (right, top) in corners.items():
        panel.annotate(
            say(key, language), (right, top), xycoords="axes fraction", xytext=(-6 if right else 6, -6 if top else 6), textcoords="offset points",
            ha="right" if right else "left", va="top" if top else "bottom", fontsize=8.0, color=SOFT, gid="quadrant", zorder=3,
        )  # fmt: skip


def _coloured(swept: Swept, others: Sequence[int], language: Language) -> tuple[list[str], list[Artist]]:
    """Return a colour for each point, and what the colours are: a few points each have their own, more that of their value of the first key."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    names = swept.names(language)
    if len(others) <= MOST_NAMED:
        colours = list(PALETTE[: len(others)])
        return colours, [_handle(colour, _short(names[place])) for place, colour in zip(others, colours, strict=True)]
    first = swept.about.axes[0]
    written = swept.written(first, language)
    levels = list(dict.fromkeys(written))
    if len(levels) > MOST_LEVELS or len(swept.about.axes) == 1:
        return [BLUE] * len(others), []
    shades = dict(zip(levels, (to_hex(colormaps["viridis"](float(place))) for place in np.linspace(0.0, 0.88, len(levels))), strict=True))
    called = swept.called(first, language)
    return [shades[written[place]] for place in others], [_handle(shade, _short(f"{called} = {level}")) for level, shade in shades.items()]


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _handle(colour: str, label: str) -> Artist:
    from matplotlib.lines import Line2D

    return Line2D([], [], color=colour, marker="o", linestyle="none", markersize=6.0, label=label)


def _handles(
    pairs: Sequence[Values], regions: Sequence[object], name: str, language: Language, origin: Origin, *, dots: bool,
) -> list[Artist]:  # fmt: skip
    """Return what ellipses, crosses and dots are."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    found: list[Artist] = []
    shapes = [region is not None for region in regions]
    if any(shapes):
        found.append(Patch(facecolor=shade_of(GREY, 0.6), edgecolor=GREY, label=say("plane_region", language)))
    if any(not shape for shape in shapes) and max(pair.shape[1] for pair in pairs) > 1:
        found.append(Line2D([], [], color=GREY, marker="+", linestyle="none", markersize=9.0, label=origin.interval("plane_cross", language)))
    if not shapes:
        found.append(Line2D([], [], color=BLUE, marker="o", linestyle="none", markersize=6.0, label=say("plane_means", language)))
    if dots and max(pair.shape[1] for pair in pairs) > 1:
        found.append(Line2D([], [], color=GREY, marker="o", linestyle="none", markersize=3.0, alpha=0.6, label=say("replicate", language)))
    hollow: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": DARK}
    label = say("plane_untold", language, outcome=name)
    found.append(Line2D([], [], marker="o", linestyle="none", markersize=6.0, label=label, **hollow))
    return found
