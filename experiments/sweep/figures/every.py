"""Which figures a sweep has: made from its table alone, so they can be drawn again without running anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.naming import foot_of, origin_of, title_of
from experiments.sweep.figures.interaction import draw_interaction
from experiments.sweep.figures.outcomes import Origin, draw_sweep, draw_sweep_difference
from experiments.sweep.figures.panels import draw_panels
from experiments.sweep.figures.plane import SPENDING, draw_plane
from experiments.sweep.figures.points import ALONE
from experiments.sweep.swept import Swept
from experiments.sweep.words import few_vectors, say
from sim.bilingual import in_language
from sim.how_sure import of_which_in_figure
from sim.outcomes import OUTCOMES

if TYPE_CHECKING:
    import pyarrow as pa
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.drawing import Drawings
    from experiments.shared.words import Language
    from experiments.sweep.figures.points import Points

MOST_PANELS = 24
"""Panels of a figure of a grid; a larger grid is drawn key by key."""
TWO = 2
EMPLOYED = "employed_in_region"


def drawings_of(table: pa.Table, outcomes: Sequence[str], language: Language) -> Drawings:
    """Return the figures of a sweep: name of a file → what draws it.

    Args:
        table: The table of the sweep, which says what it holds.
        outcomes: Outcomes that are drawn.
        language: "zh" or "en".
    """
    swept = Swept.of(table)
    points = _points_of(swept, [name for name in (*outcomes, EMPLOYED, SPENDING) if name in table.column_names])
    origin = _origin(swept, language)
    found: dict[str, Callable[[], Figure | None]] = {}
    drawn = [name for name in outcomes if not np.isnan(swept.values(name)).all()]
    is_compared = swept.reference is not None and swept.draws > 1 and len(swept.numbers) > 1
    for name in drawn:
        found |= _of_outcome(swept, points, name, language, origin, is_compared=is_compared)
    if is_compared and SPENDING in table.column_names:
        others = [name for name in drawn if name != EMPLOYED and not OUTCOMES[name].unit["en"].startswith("CNY")]
        for name in [*([EMPLOYED] if EMPLOYED in table.column_names else []), *others[:1]]:
            if _varies(swept):
                found[f"{name}_plane"] = partial(draw_plane, swept, name, language, origin)
    return found


def _of_outcome(
    swept: Swept, points: Points, name: str, language: Language, origin: Origin, *, is_compared: bool,
) -> dict[str, Callable[[], Figure | None]]:  # fmt: skip
    """Return the figures of an outcome: its levels, its paired differences to the reference, and how two keys act together."""
    if not _is_grid(swept):
        kinds = (False, True) if is_compared else (False,)
        return {
            f"{name}_difference" if difference else name: partial(draw_panels, swept, name, language, origin, difference=difference)
            for difference in kinds
        }
    axes, labels = list(swept.about.axes), swept.labels
    found: dict[str, Callable[[], Figure | None]] = {name: partial(draw_sweep, points, axes, name, language, labels, origin)}
    if is_compared:
        first = points["point"].tolist().index(swept.about.reference)
        found[f"{name}_difference"] = partial(draw_sweep_difference, points, axes, name, language, labels, origin, first)
        if len(axes) == TWO:
            found[f"{name}_interaction"] = partial(draw_interaction, points, axes, name, language, labels, origin, first)
    return found


def _is_grid(swept: Swept) -> bool:
    """Tell whether a sweep is a grid that can be drawn cell by cell."""
    if swept.about.design != "grid":
        return False
    return prod(len(set(map(str, swept.levels(axis)))) for axis in swept.about.axes[TWO:]) <= MOST_PANELS


def _varies(swept: Swept) -> bool:
    """Tell whether spending differs from that of the reference anywhere."""
    differences = swept.differences(SPENDING)
    return differences is not None and bool(np.nanmax(np.abs(differences), initial=0.0) > 0.0)


def _points_of(swept: Swept, outcomes: Sequence[str]) -> Points:
    """Return the columns that figures of grids read."""
    found: dict[str, NDArray[np.generic]] = {name: np.asarray(swept.table[name].to_numpy()) for name in ("point", "replicate", *outcomes)}
    for axis in swept.about.axes:
        levels = np.empty(swept.table.num_rows, dtype=object)
        levels[:] = swept.table[axis].to_pylist()
        found[axis] = levels
    if swept.about.without_set:
        found[ALONE] = np.isin(found["point"], swept.about.without_set)
    return found


def _origin(swept: Swept, language: Language) -> Origin:
    """Return title and foot of every figure, what the points are compared with, and what is missing."""
    about = swept.about
    if "programme" in about.axes:
        programmes = list(dict.fromkeys(map(str, swept.levels("programme"))))
        title, where = "", ", ".join(programmes)
    else:
        title = title_of(about.titles, about.programme, language)
        where = about.programme if "place" in about.axes else origin_of(about.programme, about.place, language)
    notes = []
    if swept.reference is None:
        notes.append(say("no_reference", language, number=about.reference))
    if "seed" in about.axes:
        notes.append(say("other_seeds", language))
    if swept.missing:
        notes.append(say("missing", language, missing=swept.missing, points=about.points))
    against = say("compared", language, point=swept.name_of_reference(language)) if swept.reference is not None else ""
    lived = swept.lived
    if lived is not None:
        few = few_vectors(swept.draws)
        notes += [in_language(few, language)] if few else []
        notes += [say("over_a_set", language)] if swept.draws > 1 else []
        notes += [say("some_without_set", language)] if swept.estimating.alone is not None else []
    which = of_which_in_figure(lived)
    return Origin(title, foot_of(where, about.seed, about.replicates, language, which=which), tuple(notes), against, lived)
