"""What one varied key does on average over the points of a design in which all of them vary at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Values = NDArray[np.float64]

DRAWS, SEED = 200, 1
"""Draws of the bootstrap, and where their luck begins: the same table gives the same figure."""
FRACTION = 2.0 / 3.0
"""Share of the points that a local regression looks at; the usual one of LOWESS."""
PLACES = 25
"""Places at which a curve is computed."""


class Smooth(NamedTuple):
    """A curve with its band.

    Attributes:
        places: Where it is known.
        mean: The curve.
        low: Lower end of the 95 % interval at each place.
        high: Upper end.
    """

    places: Values
    mean: Values
    low: Values
    high: Values

    @property
    def moves(self) -> float:
        """How far the curve moves."""
        return float(np.nanmax(self.mean) - np.nanmin(self.mean)) if np.isfinite(self.mean).any() else 0.0


def smooth(levels: Values, values: Values, errors: Values | None = None) -> Smooth:
    """Return a curve through points, by local regression, with a band from a bootstrap over points and replicates.

    Args:
        levels: Value of a varied key at each point, of shape (points,).
        values: What is measured, of shape (points, draws): replicates, or over a set of behaviours the means of its vectors.
        errors: Standard error of the mean of each point; None: of the mean over the draws.

    Source:
        Cleveland (1979), "Robust locally weighted regression and smoothing scatterplots", Journal of the American Statistical Association 74(368);
        Efron (1979), "Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1).
    """
    from statsmodels.nonparametric.smoothers_lowess import lowess

    places = np.linspace(levels.min(), levels.max(), PLACES)

    def curve(x: Values, y: Values) -> Values:
        if np.ptp(x) == 0.0:
            return np.full(PLACES, y.mean())
        found: Values = lowess(y, x, frac=FRACTION, it=0, xvals=places)
        return found

    return _banded(places, levels, values, errors, curve)


def average(levels: NDArray[Any], values: Values, errors: Values | None = None) -> Smooth:
    """Return the average of the points at each of a few levels, with intervals from the same bootstrap.

    Args:
        levels: Number of the level of each point, of shape (points,).
        values: What is measured, of shape (points, draws).
        errors: Standard error of the mean of each point; None: of the mean over the draws.
    """
    places = np.arange(int(levels.max()) + 1)

    def curve(x: Values, y: Values) -> Values:
        count = np.bincount(x.astype(int), minlength=len(places))
        with np.errstate(invalid="ignore"):
            found: Values = np.bincount(x.astype(int), y, minlength=len(places)) / count
        return found

    return _banded(places.astype(float), levels.astype(float), values, errors, curve)


def _banded(places: Values, levels: Values, values: Values, errors: Values | None, curve: Callable[[Values, Values], Values]) -> Smooth:
    known = np.isfinite(values).any(axis=1)
    levels, values = levels[known], values[known]
    drawn = []
    for x, y in _drawn(levels, values, None if errors is None else errors[known]):
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn.append(curve(x, y))
    low, high = np.nanquantile(np.array(drawn), (0.025, 0.975), axis=0)
    return Smooth(places, curve(levels, np.nanmean(values, axis=1)), low, high)


def _drawn(levels: Values, values: Values, errors: Values | None) -> Iterator[tuple[Values, Values]]:
    """Yield the points as other points and other luck might have been; draws are shared by the points, so each is drawn for all of them at once."""
    generator = np.random.default_rng(SEED)
    points, replicates = values.shape
    mean = np.nanmean(values, axis=1)
    wider: float | Values = np.sqrt(replicates / (replicates - 1)) if replicates > 1 else 0.0  # few that are drawn from themselves vary too little
    filled = np.where(np.isnan(values), mean[:, None], values)
    if errors is not None:
        spread = filled.std(axis=1)
        wider = np.divide(np.nan_to_num(errors) * np.sqrt(replicates), spread, out=np.zeros(points), where=spread > 0.0)
    for _ in range(DRAWS):
        luck = np.bincount(generator.integers(replicates, size=replicates), minlength=replicates) / replicates
        chosen = generator.integers(points, size=points)
        yield levels[chosen], (mean + wider * (filled @ luck - mean))[chosen]
