"""The analyst's part: regressions on what a trial observes, as field experiments do them.

Ordinary least squares with statsmodels; clustered standard errors where clusters were randomised, HC2 where people were. The effect on those who
took the treatment up divides two such regressions, with the interval of Anderson and Rubin, which holds with weak take-up, too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.statistics import fieller
from sim.trials.measures import Values
from sim.trials.sample import Sample
from sim.trials.study import Study

Flags = NDArray[np.bool_]
Kind = Literal["itt", "itt_at", "tot", "spillover", "spillover_at", "naive", "contrast"]
FEWEST_CLUSTERS = 10
"""Clusters below which a table warns. Assumption; why few make too narrow intervals: Cameron and Miller (2015), J. of Human Resources 50(2)."""


@dataclass(frozen=True)
class Estimand:
    """What is estimated.

    Attributes:
        kind: ``itt``: assigned to treatment against controls (pure control clusters, if clusters were randomised); ``itt_at``: the same at one
            saturation; ``tot``: on those who took it up; ``spillover``: untreated people among treated ones against pure controls, ``spillover_at``
            one saturation; ``naive``: treated against untreated of the same cluster, as if they did not affect one another; ``contrast``: one arm
            against the first.
        arm: Number of the arm; 0 where the arm does not matter.
        saturation: The saturation; None where it does not matter.
    """

    kind: Kind
    arm: int = 0
    saturation: float | None = None

    @property
    def name(self) -> str:
        """Name in files: kind, arm and saturation."""
        parts = [self.kind, *([str(self.arm)] if self.arm else []), *([] if self.saturation is None else [f"{self.saturation:g}"])]
        return ".".join(parts)


class Estimate(NamedTuple):
    """One estimate: value, standard error, 95 % interval, p-value against zero; people in the regression, and clusters of its error (0: none)."""

    value: float
    error: float
    low: float
    high: float
    p: float
    people: int
    clusters: int


NOTHING = Estimate(math.nan, math.nan, math.nan, math.nan, math.nan, 0, 0)


class Groups(NamedTuple):
    """The two groups of a comparison, shape (enrolled,) each, and whether they are compared within clusters."""

    treated: Flags
    control: Flags
    within: bool


class _Fit(NamedTuple):
    """Coefficient of treatment, its variance and degrees of freedom; people and clusters of the regression."""

    value: float
    variance: float
    freedom: float
    people: int
    clusters: int


def estimands_of(study: Study) -> tuple[Estimand, ...]:
    """List what is estimated in a study, the intention to treat of each arm first."""
    arms = range(1, len(study.arms) + 1)
    found = [Estimand(kind, arm) for kind in ("itt", "tot") for arm in arms]
    found += [Estimand("contrast", arm) for arm in arms if arm > 1]
    if study.design == "saturation":
        positive = sorted(share for share in study.saturations if share > 0)
        partial = [share for share in positive if share < 1]
        found += [Estimand("itt_at", arm, share) for arm in arms for share in positive] if len(positive) > 1 else []
        found += [Estimand("spillover")] if partial else []
        found += [Estimand("spillover_at", 0, share) for share in partial] if len(partial) > 1 else []
        found += [Estimand("naive", arm) for arm in arms] if partial else []
    return tuple(found)


def groups_of(study: Study, sample: Sample, estimand: Estimand) -> Groups:
    """Return who is compared with whom; within clusters, in those alone that have people of both groups."""
    arm, saturation = sample.arm, sample.saturation
    treated = arm == estimand.arm
    mixed = (saturation > 0) & (saturation < 1)
    if estimand.kind == "contrast":
        return _within_clusters(sample, treated, arm == 1)
    if study.design == "individual":
        return _within_clusters(sample, treated, arm == 0)
    if estimand.kind == "naive":
        return _within_clusters(sample, treated & mixed, (arm == 0) & mixed)
    if estimand.kind in ("spillover", "spillover_at"):
        treated = (arm == 0) & (saturation > 0)
    if estimand.kind in ("itt_at", "spillover_at"):
        treated &= saturation == estimand.saturation
    return Groups(treated, (arm == 0) & (saturation == 0), within=False)


def _within_clusters(sample: Sample, treated: Flags, control: Flags) -> Groups:
    size = int(sample.cluster.max(initial=-1)) + 1
    both = np.logical_and(*(np.bincount(sample.cluster[group], minlength=size) > 0 for group in (treated, control)))[sample.cluster]
    return Groups(treated & both, control & both, within=True)


def estimate(study: Study, sample: Sample, estimand: Estimand) -> dict[tuple[str, int], Estimate]:
    """Estimate one effect on every outcome at every follow-up.

    Args:
        study: The study.
        sample: What the trial observes.
        estimand: What is estimated.

    Returns:
        (outcome, follow-up in days) → estimate; all NaN where a group is empty, has one cluster only, leaves no degree of freedom, or where the
        outcome of one person alone decides a coefficient.
    """
    groups = groups_of(study, sample, estimand)
    members = groups.treated | groups.control
    clusters = None if groups.within else sample.cluster[members]  # people were randomised within clusters, or clusters were
    design = _design(sample, groups) if _is_possible(sample, groups) else None
    found = {}
    for number, outcome in enumerate(study.outcomes):
        for place, day in enumerate(study.followup_days):
            found[outcome, day] = NOTHING
            if design is None:
                continue
            values = sample.values["assigned"][members, number, place]
            reduced = _regress(values, design, clusters)
            if estimand.kind == "tot":
                found[outcome, day] = _per_taker(values, sample.used[members, place].astype(np.float64), reduced, design, clusters)
            else:
                found[outcome, day] = _with_interval(reduced)
    return found


def _is_possible(sample: Sample, groups: Groups) -> bool:
    """Tell whether both groups have people and, where clusters were randomised, each at least two clusters: one alone has no variance."""
    if groups.within:
        return bool(groups.treated.any() and groups.control.any())
    return all(np.unique(sample.cluster[group]).size > 1 for group in (groups.treated, groups.control))


def _design(sample: Sample, groups: Groups) -> Values | None:
    """Return the regressors: treatment; a constant, or one a cluster; covariates that vary.

    Returns:
        Shape (people, regressors); None without a degree of freedom, where treatment cannot be told from the other regressors, or where people are
        compared and one of them has a leverage of one, so that there is no HC2.
    """
    members = groups.treated | groups.control
    columns = [groups.treated[members].astype(np.float64)]
    if groups.within:
        _, cluster = np.unique(sample.cluster[members], return_inverse=True)
        columns += list(np.eye(int(cluster.max()) + 1)[cluster].T)
    else:
        columns.append(np.ones(columns[0].size))
    for values in sample.covariates.values():
        column = values[members]
        if column.std() > 0:
            columns.append((column - column.mean()) / column.std())
    design = np.column_stack(columns)
    people, regressors = design.shape
    if people <= regressors or np.linalg.matrix_rank(design.T @ design) < regressors:
        return None
    leverage = (np.linalg.qr(design).Q ** 2).sum(axis=1)
    return None if groups.within and leverage.max() > 1.0 - 1e-9 else design


def _regress(outcome: Values, design: Values, clusters: NDArray[np.int64] | None) -> _Fit:
    from statsmodels.regression.linear_model import OLS

    model = OLS(outcome, design)
    if clusters is None:
        fitted = model.fit(cov_type="HC2", use_t=True)
        freedom, number = float(fitted.df_resid), 0
    else:
        fitted = model.fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)
        number = np.unique(clusters).size
        freedom = number - 1.0
    return _Fit(float(fitted.params[0]), float(fitted.cov_params()[0, 0]), freedom, outcome.size, number)


def _with_interval(fit: _Fit) -> Estimate:
    from scipy.special import stdtr, stdtrit

    error = math.sqrt(max(0.0, fit.variance))
    half = float(stdtrit(fit.freedom, 0.975)) * error
    p = 2.0 * float(stdtr(fit.freedom, -abs(fit.value) / error)) if error > 0 else float(fit.value == 0.0)
    return Estimate(fit.value, error, fit.value - half, fit.value + half, p, fit.people, fit.clusters)


def _per_taker(outcome: Values, used: Values, reduced: _Fit, design: Values, clusters: NDArray[np.int64] | None) -> Estimate:
    """Divide the effect of being assigned by its effect on take-up; the covariance of the two comes from the regression of their sum.

    Where take-up cannot be told from none, the interval of Anderson and Rubin is the whole line, or all of it but a part: written as the whole line.
    """
    first, both = _regress(used, design, clusters), _regress(outcome + used, design, clusters)
    if not used.any() or first.value == 0.0:
        return NOTHING
    covariance = (both.variance - reduced.variance - first.variance) / 2.0
    ratio = fieller(reduced.value, first.value, reduced.variance, covariance, first.variance, reduced.freedom)
    variance = reduced.variance - 2.0 * ratio.value * covariance + ratio.value**2 * first.variance
    error = math.sqrt(max(0.0, variance)) / abs(first.value)
    low, high = (ratio.low, ratio.high) if ratio.defined else (-math.inf, math.inf)
    return Estimate(ratio.value, error, low, high, _with_interval(reduced).p, reduced.people, reduced.clusters)
