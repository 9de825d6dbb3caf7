"""Gravity check: how the first morning of a nation spreads people over provinces, beside published elasticities of moves between provinces.

    python -m benchmarks.gravity                     the shares by which everybody is spread on the first morning
    python -m benchmarks.gravity RESULT/flows.json   who works where at the end of a run

Flows between provinces are regressed, as Poisson pseudo-maximum likelihood (statsmodels), on the logs of students here and jobs there, on distance
and on the log of pay there. They are set beside Gu, Lao, Wen and Zhao (2022), Acta Geographica Sinica 77(12), table 5, model 5 (all ages, 2015-2020):
coefficients with their standard errors, as seen at geog.com.cn. The unit of their distance was not seen; it is taken as 100 km. They hold earlier
migrants fixed, which takes a part of distance away.

Pairs of provinces are no independent observations: those from one province share its students, those to one province its jobs and pay. So standard
errors are clustered: by the province of origin, and by both provinces at once (Cameron, Gelbach and Miller 2011, Journal of Business & Economic
Statistics 29(2)). They say how surely the regression describes these flows, not how surely the model describes the country: flows of the first
morning follow from parameters, without luck, and pay has but a few values. So each value of pay is left out in turn, and
the range of what comes out stands beside.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray

from sim.nation.geography import distances, looking
from sim.scenario import Scenario

Reals = NDArray[np.float64]

PUBLISHED = {"people here": (1.199, 0.073), "people there": (0.475, 0.063), "distance, 100 km": (-0.046, 0.006), "pay there": (1.749, 0.206)}
"""Coefficient → value and standard error; "people there" stands beside the jobs of this model."""


class Fitted(NamedTuple):
    """Coefficients with their standard errors: clustered by origin, and by origin and destination; arrays in the order of `PUBLISHED`."""

    value: Reals
    by_origin: Reals
    by_both: Reals


def fitted(flows: Reals, columns: Reals, here: NDArray[np.int64], there: NDArray[np.int64]) -> Fitted:
    """Return the coefficients of a Poisson regression with a constant, and how surely they are known.

    Args:
        flows: People a pair of provinces.
        columns: What they are regressed on, a row a pair.
        here: Province of origin of each pair.
        there: Province of destination of each pair.
    """
    model = sm.GLM(flows / flows.mean(), sm.add_constant(columns), family=sm.families.Poisson())
    of_origin, of_both = (model.fit(cov_type="cluster", cov_kwds={"groups": groups}) for groups in (here, np.column_stack([here, there])))
    return Fitted(of_origin.params[1:], of_origin.bse[1:], of_both.bse[1:])


def main() -> None:
    """Print the coefficients beside the published ones, and the share that works in the province of the campus."""
    scenario = Scenario.load("none", {"place": "national", "behaviour": "evidence"})
    provinces = scenario.region.nation.provinces
    students, jobs, pay = (np.array([getattr(province, name) for province in provinces]) for name in ("students", "jobs", "pay"))
    if len(sys.argv) > 1:
        flows = np.mean([replicate["works"] for replicate in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["replicates"]], axis=0)
    else:
        flows = students[:, None] * looking(scenario)
    away = ~np.eye(len(provinces), dtype=np.bool_)
    here, there = np.nonzero(away)
    columns = np.column_stack([np.log(students[here]), np.log(jobs[there]), distances(scenario)[away] / 100.0, np.log(pay[there])])
    found = fitted(flows[away], columns, here, there)
    kept = [(pay[here] != level) & (pay[there] != level) for level in np.unique(pay)]
    without = [fitted(flows[away][pairs], columns[pairs], here[pairs], there[pairs]).value for pairs in kept]
    low, high = np.min(without, axis=0), np.max(without, axis=0)
    print(f"coefficient (standard error by origin; by origin and destination) [without each of {len(kept)} levels of pay in turn]")
    for place, (name, (published, error)) in enumerate(PUBLISHED.items()):
        errors = f"({found.by_origin[place]:.3f}; {found.by_both[place]:.3f})"
        print(f"{name:18} {found.value[place]:7.3f} {errors} [{low[place]:.3f} … {high[place]:.3f}]   published {published:7.3f} ({error:.3f})")
    print(f"in the province of the campus: {np.diag(flows).sum() / flows.sum():.3f} of all")
    centre = pay < pay.max() * 0.75
    print(f"the same, of the centre and the north-east: {np.diag(flows)[centre].sum() / flows[centre].sum():.3f}")


if __name__ == "__main__":
    main()
