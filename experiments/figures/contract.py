"""What the figures need to know of a run: the part of `sim.results.Results` they read."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.statistics import RatioInterval

Language = Literal["zh", "en"]
"""The language of a figure: simplified Chinese or English."""

Labels = Mapping[str, Mapping[str, str]]
"""Name → language → label."""


class ResultsLike(Protocol):
    """A run over replicates, as the figures see it."""

    @property
    def name(self) -> str:
        """Name of the programme."""

    @property
    def title(self) -> Mapping[str, str]:
        """Language → title of the programme."""

    @property
    def replicates(self) -> int:
        """Number of replicates."""

    @property
    def days(self) -> int:
        """Number of days."""

    @property
    def dates(self) -> "NDArray[np.datetime64]":
        """Dates of shape (days,)."""

    @property
    def series(self) -> "Mapping[str, NDArray[np.float64]]":
        """Name → end-of-day values of shape (replicates, days); flows are cumulative."""

    @property
    def outcomes(self) -> "Mapping[str, NDArray[np.float64]]":
        """Name → values at the end of the run, of shape (replicates,); NaN if not defined."""

    @property
    def reported(self) -> Mapping[str, float]:
        """Outcome → figure reported by the operator of the programme."""

    @property
    def district_labels(self) -> Labels:
        """District → language → label."""

    @property
    def lever_labels(self) -> Labels:
        """Lever → language → label."""


class GroupsLike(Protocol):
    """What is kept of one replicate, as the figures see it."""

    @property
    def groups(self) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
        """Attribute → group → measure → value at the end of the run."""


class PairedResultsLike(ResultsLike, Protocol):
    """A run over replicates that is paired with another."""

    @property
    def runs(self) -> "Sequence[GroupsLike]":
        """What is kept of each replicate, in order."""


class VariantLike(Protocol):
    """One variant of a comparison."""

    @property
    def results(self) -> PairedResultsLike:
        """Its results, replicate by replicate paired with the baseline's."""

    @property
    def accounts(self) -> "Mapping[str, Mapping[str, NDArray[np.float64]]]":
        """Kind → row → persons in each replicate, shape (replicates,)."""


class ComparisonLike(Protocol):
    """The part of `sim.comparison.Comparison` that figures read."""

    @property
    def baseline(self) -> PairedResultsLike:
        """Results of the baseline."""

    @property
    def variants(self) -> Mapping[str, VariantLike]:
        """Name → variant."""

    def cost_per(self, name: str, kind: str = "jobs") -> "RatioInterval":
        """Additional spending over net additional jobs."""


class AttributionLike(Protocol):
    """The part of `sim.attribution.Attribution` that figures read."""

    @property
    def ranked(self) -> "Sequence[str]":
        """The levers, those first that contribute the most jobs."""

    @property
    def contributions(self) -> "Mapping[str, Mapping[str, NDArray[np.float64]]]":
        """Lever → measure → its contribution in each replicate, shape (replicates,)."""

    @property
    def whole(self) -> "Mapping[str, NDArray[np.float64]]":
        """Measure → effect of the whole bundle in each replicate, shape (replicates,)."""

    @property
    def orders(self) -> int | None:
        """Orders drawn in each replicate; None: all."""

    @property
    def replicates(self) -> int:
        """Number of replicates."""

    def matters(self, measure: str) -> bool:
        """Whether any lever changes a measure."""
