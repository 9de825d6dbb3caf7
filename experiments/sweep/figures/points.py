"""The points of a parameter sweep: the levels of each axis, estimates in each cell, and which of them can be told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.naming import axis_label, is_rate, outcome_kind, write_level
from experiments.sweep.estimating import Estimating
from experiments.sweep.told import told_apart, told_from_average
from sim.statistics import LEVEL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.shared.words import Labels, Language
    from sim.uncertainty import Lived

    Values = NDArray[np.float64]

Points = Mapping[str, "NDArray[Any]"]
"""Column name → values, one row a (point, replicate)."""

REPLICATE = "replicate"
"""The column that says which rows share a seed."""
ALONE = "without_set"
"""The column that says which rows lived without a set of behaviours, though others had one; there is none where all are the same."""


@dataclass(frozen=True)
class Axis:
    """A varied parameter as figures show it.

    Attributes:
        label: What it is called.
        levels: Its distinct values, numbers ascending and words as they came.
        written: The same in words, rates as per cent.
    """

    label: str
    levels: list[Any]
    written: list[str]

    @property
    def heads(self) -> list[str]:
        """Each level with the name of the parameter."""
        return [f"{self.label} = {level}" for level in self.written]


@dataclass(frozen=True)
class Grid:
    """Estimates of an outcome on the grid of levels of one or more axes.

    Attributes:
        levels: For each axis its distinct values.
        mean: Means over replicates, of shape (levels of axis 1, levels of axis 2, ...); NaN where the sweep has no row.
        low: Lower ends of the 95 % intervals, same shape; over a set of behaviours those of what is not known.
        high: Upper ends, same shape.
        told: Of means: which cells can be told from the average of all of them; of differences: which can be told from zero; at 95 % together.
        outer: Of differences: ends of the intervals that hold for all cells together (Bonferroni).
    """

    levels: list[list[Any]]
    mean: Values
    low: Values
    high: Values
    told: NDArray[np.bool_]
    outer: tuple[Values, Values] | None = None

    def times(self, factor: float) -> Grid:
        """Return the same in another unit."""
        outer = None if self.outer is None else (factor * self.outer[0], factor * self.outer[1])
        return replace(self, mean=factor * self.mean, low=factor * self.low, high=factor * self.high, outer=outer)

    def at(self, places: Mapping[int, int]) -> Grid:
        """Return the part at given levels of some axes.

        Args:
            places: Number of an axis → number of its level.
        """
        index = tuple(places.get(axis, slice(None)) for axis in range(len(self.levels)))
        kept = [levels for axis, levels in enumerate(self.levels) if axis not in places]
        return Grid(kept, self.mean[index], self.low[index], self.high[index], self.told[index])


def axis_of(points: Points, name: str, language: Language, labels: Labels) -> Axis:
    """Return a varied parameter as figures show it.

    Args:
        points: The rows of the sweep.
        name: Its column.
        language: "zh" or "en".
        labels: Column name → language → label, and `unit`.
    """
    levels = levels_of(points[name])
    percent = is_rate(name, levels, labels)
    return Axis(axis_label(name, language, labels), levels, [write_level(level, language, percent=percent) for level in levels])


def levels_of(values: NDArray[Any]) -> list[Any]:
    """Return the distinct values of a varied parameter: numbers ascending, then none; words and truth values in the order in which they occur."""
    distinct = list(dict.fromkeys(values.tolist()))
    given = [level for level in distinct if level is not None]
    none = [None] if len(given) < len(distinct) else []
    return [*sorted(given), *none] if is_numeric(given) else distinct


def is_numeric(levels: Sequence[Any]) -> bool:
    """Tell whether the levels of an axis are numbers (truth values are none), so that distances between them mean something."""
    return all(isinstance(level, int | float) and not isinstance(level, bool) for level in levels)


def check_columns(points: Points, axes: Sequence[str], outcome: str) -> None:
    """Refuse a sweep that lacks a column.

    Args:
        points: The rows of the sweep.
        axes: Varied columns.
        outcome: Column of the outcome.

    Raises:
        ValueError: No axis was given.
        KeyError: A column is missing.
    """
    if not axes:
        message = "a sweep figure needs at least one varied parameter in 'axes', but got none."
        raise ValueError(message)
    for name in (*axes, outcome):
        if name not in points:
            message = f"the sweep has no column {name!r}; its columns are {', '.join(points)}."
            raise KeyError(message)


def estimate_grid(points: Points, axes: Sequence[str], outcome: str, factor: float = 1.0, lived: Lived | None = None) -> Grid:
    """Return mean and interval of an outcome at every point of a sweep.

    Args:
        points: The rows of the sweep.
        axes: Varied columns.
        outcome: Column of the outcome.
        factor: What to multiply the outcome by, such as 100 for per cent.
        lived: With which vectors of a set of behaviours the replicates lived.
    """
    check_columns(points, axes, outcome)
    values = by_cell(points, axes, outcome)
    kind, estimating = outcome_kind(outcome), _estimating(points, axes, lived)
    told = told_from_average(values, kind, estimating) if REPLICATE in points else np.zeros(values.shape[:-1], dtype=bool)
    return Grid(_levels(points, axes), *estimating.estimate(values, kind).interval.times(factor), told)


def difference_grid(
    points: Points, axes: Sequence[str], outcome: str, factor: float = 1.0, first: int = 0, lived: Lived | None = None,
) -> tuple[Grid, tuple[int, ...]]:  # fmt: skip
    """Return the mean difference of an outcome to the reference, paired by replicate, and the place of that point on the grid.

    Args:
        points: The rows of the sweep, with a column `replicate`.
        axes: Varied columns.
        outcome: Column of the outcome.
        factor: What to multiply the outcome by.
        first: A row of the reference.
        lived: With which vectors of a set of behaviours the replicates lived.

    Raises:
        ValueError: There is no column `replicate`, a point has a replicate twice (another varied parameter was left out of `axes`), or a replicate is
            missing at the reference point.
    """
    check_columns(points, axes, outcome)
    if REPLICATE not in points:
        message = "paired differences need the column 'replicate', which says what shares a seed."
        raise ValueError(message)
    replicates = points[REPLICATE].tolist()
    keys = list(zip(*(points[axis].tolist() for axis in axes), strict=True))
    if len(set(zip(keys, replicates, strict=True))) < len(keys):
        message = (
            f"a replicate occurs twice at one point of {', '.join(axes)}: another parameter varies. "
            "Add it to 'axes' or keep the rows of one of its values."
        )
        raise ValueError(message)
    missing = sorted(set(replicates) - {replicate for key, replicate in zip(keys, replicates, strict=True) if key == keys[first]})
    if missing:
        message = f"replicates {missing[:5]} are missing at the reference point {keys[first]}."
        raise ValueError(message)
    values = by_cell(points, axes, outcome)
    place = tuple(levels_of(points[axis]).index(value) for axis, value in zip(axes, keys[first], strict=True))
    differences = values - values[place]
    estimating = _estimating(points, axes, lived).paired(place)
    told = told_apart(differences, outcome_kind(outcome), estimating)
    grid = Grid(_levels(points, axes), *estimating.estimate(differences).interval.times(factor), told)
    asked = int(np.isfinite(grid.mean).sum()) - 1
    if asked > 1:
        together = estimating.estimate(differences, level=1.0 - (1.0 - LEVEL) / asked).interval.times(factor)
        grid = replace(grid, outer=(together.low, together.high))
    return grid, place


def by_cell(points: Points, axes: Sequence[str], outcome: str) -> Values:
    """Return an outcome, of shape (levels of axis 1, ..., replicates), NaN where there is none; without a column of replicates as they come."""
    values = np.asarray(points[outcome], dtype=np.float64)
    levels = [levels_of(points[axis]) for axis in axes]
    places = [np.array([of_axis.index(value) for value in points[axis].tolist()], dtype=np.int64) for axis, of_axis in zip(axes, levels, strict=True)]
    shape = tuple(map(len, levels))
    cells = np.ravel_multi_index(tuple(places), shape)
    if REPLICATE in points:
        known = {replicate: number for number, replicate in enumerate(sorted(set(points[REPLICATE].tolist())))}
        numbers = [known[replicate] for replicate in points[REPLICATE].tolist()]
    else:
        numbers = [int((cells[:row] == cell).sum()) for row, cell in enumerate(cells)]
    found = np.full((int(np.prod(shape)), max(numbers, default=0) + 1), np.nan)
    found[cells, numbers] = values
    return found.reshape(*shape, -1)


def _levels(points: Points, axes: Sequence[str]) -> list[list[Any]]:
    return [levels_of(points[axis]) for axis in axes]


def _estimating(points: Points, axes: Sequence[str], lived: Lived | None) -> Estimating:
    """Return how the cells are estimated."""
    alone = (by_cell(points, axes, ALONE) == 1.0).any(axis=-1) if ALONE in points else None
    return Estimating(lived, alone)
