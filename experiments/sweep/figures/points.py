"""The points of a parameter sweep: levels of each axis and estimates in each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.figures.naming import outcome_kind
from sim.statistics import Kind, mean_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

Points = Mapping[str, "NDArray[Any]"]
"""Column name → values, one row a (point, replicate)."""

REPLICATE = "replicate"
"""The column that says which rows share a seed."""


@dataclass(frozen=True)
class Grid:
    """Estimates of an outcome on the grid of levels of one or more axes.

    Attributes:
        levels: For each axis its distinct values, numbers ascending and words as they came.
        mean: Means over replicates, of shape (levels of axis 1, levels of axis 2, ...); NaN where
            the sweep has no row.
        low: Lower ends of the 95 % intervals, same shape.
        high: Upper ends, same shape.
    """

    levels: list[list[Any]]
    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def levels_of(values: NDArray[Any]) -> list[Any]:
    """The distinct values of a varied parameter.

    Args:
        values: One value a row.

    Returns:
        Numbers ascending; words and truth values in the order in which they first occur.
    """
    distinct = list(dict.fromkeys(values.tolist()))
    return sorted(distinct) if is_numeric(distinct) else distinct


def is_numeric(levels: Sequence[Any]) -> bool:
    """Whether the levels of an axis are numbers, so that distances between them mean something.

    Args:
        levels: Distinct values.

    Returns:
        True if every one is a number and none is a truth value.
    """
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


def estimate_grid(points: Points, axes: Sequence[str], outcome: str, factor: float = 1.0) -> Grid:
    """Mean and interval of an outcome at every point of a sweep.

    Args:
        points: The rows of the sweep.
        axes: Varied columns.
        outcome: Column of the outcome.
        factor: What to multiply the outcome by, such as 100 for per cent.

    Returns:
        The estimates on the grid.
    """
    check_columns(points, axes, outcome)
    return _estimate(points, axes, np.asarray(points[outcome], dtype=np.float64), factor, outcome_kind(outcome))


def difference_grid(points: Points, axes: Sequence[str], outcome: str, factor: float = 1.0) -> tuple[Grid, tuple[int, ...]]:
    """Mean difference of an outcome to the first point, paired by replicate.

    Args:
        points: The rows of the sweep, with a column `replicate`; the first row is of the
            reference point.
        axes: Varied columns.
        outcome: Column of the outcome.
        factor: What to multiply the outcome by.

    Returns:
        The differences on the grid, and the place of the reference point on it.

    Raises:
        ValueError: There is no column `replicate`, a point has a replicate twice (another varied
            parameter was left out of `axes`), or a replicate is missing at the reference point.
    """
    check_columns(points, axes, outcome)
    if REPLICATE not in points:
        message = "paired differences need the column 'replicate', which says what shares a seed."
        raise ValueError(message)
    values = np.asarray(points[outcome], dtype=np.float64)
    replicates = points[REPLICATE].tolist()
    keys = list(zip(*(points[axis].tolist() for axis in axes), strict=True))
    if len(set(zip(keys, replicates, strict=True))) < len(keys):
        message = (
            f"a replicate occurs twice at one point of {', '.join(axes)}: another parameter "
            "varies. Add it to 'axes' or keep the rows of one of its values."
        )
        raise ValueError(message)
    reference = {replicate: value for key, replicate, value in zip(keys, replicates, values, strict=True) if key == keys[0]}
    missing = sorted(set(replicates) - set(reference))
    if missing:
        message = f"replicates {missing[:5]} are missing at the reference point {keys[0]}."
        raise ValueError(message)
    base = np.array([reference[replicate] for replicate in replicates])
    grid = _estimate(points, axes, values - base, factor)
    place = tuple(levels.index(value) for levels, value in zip(grid.levels, keys[0], strict=True))
    return grid, place


def _estimate(points: Points, axes: Sequence[str], values: NDArray[np.float64], factor: float, kind: Kind = Kind.FREE) -> Grid:
    """Group the values by point and estimate each group."""
    levels = [levels_of(points[axis]) for axis in axes]
    shape = tuple(len(of_axis) for of_axis in levels)
    places = [np.array([of_axis.index(value) for value in points[axis].tolist()], dtype=np.int64) for axis, of_axis in zip(axes, levels, strict=True)]
    cells = np.ravel_multi_index(tuple(places), shape)
    estimates = np.full((3, int(np.prod(shape))), np.nan)
    for cell in np.unique(cells):
        estimates[:, cell] = mean_interval(values[cells == cell], kind=kind).times(factor)
    mean, low, high = estimates.reshape(3, *shape)
    return Grid(levels, mean, low, high)


def keep_rows(points: Points, wanted: Mapping[str, object]) -> dict[str, NDArray[Any]]:
    """The rows of a sweep at given values of some of its columns.

    Args:
        points: The rows of the sweep.
        wanted: Column → value.

    Returns:
        The same columns with the rows that agree.
    """
    lengths = {len(values) for values in points.values()}
    kept = np.ones(lengths.pop(), dtype=np.bool_)
    for name, value in wanted.items():
        kept &= np.array([entry == value for entry in points[name].tolist()], dtype=np.bool_)
    return {name: np.asarray(values)[kept] for name, values in points.items()}
