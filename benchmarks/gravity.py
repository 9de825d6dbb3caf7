"""Gravity check: how the first morning of a nation spreads people over provinces, beside published elasticities of moves between provinces.

    python -m benchmarks.gravity                     the shares by which everybody is spread on the first morning
    python -m benchmarks.gravity RESULT/flows.json   who works where at the end of a run

Flows between provinces are regressed, as Poisson pseudo-maximum likelihood, on the logs of students here and jobs there, on distance and on the log
of pay there, and set beside Gu, Lao, Wen and Zhao (2022), Acta Geographica Sinica 77(12), table 5, model 5 (all ages, 2015-2020): coefficients with
their standard errors, as seen at geog.com.cn. The unit of their distance was not seen; it is taken as 100 km. They hold earlier migrants fixed,
which takes a part of distance away.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.nation.geography import distances, looking
from sim.scenario import Scenario

Reals = NDArray[np.float64]

PUBLISHED = {"people here": (1.199, 0.073), "people there": (0.475, 0.063), "distance, 100 km": (-0.046, 0.006), "pay there": (1.749, 0.206)}
"""Coefficient → value and standard error; "people there" stands beside the jobs of this model."""
STEPS = 60
"""Steps of the fit, far more than it needs."""


def fitted(flows: Reals, columns: Reals) -> Reals:
    """Return the coefficients of a Poisson regression with a constant, by iteratively reweighted least squares."""
    x = np.column_stack([np.ones(len(flows)), columns])
    mean = flows + flows.mean()
    for _ in range(STEPS):
        working = np.log(mean) + (flows - mean) / mean
        found: Reals = np.linalg.solve(x.T @ (mean[:, None] * x), x.T @ (mean * working))
        mean = np.exp(np.clip(x @ found, -50.0, 50.0))
    return found


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
    for name, value in zip(PUBLISHED, fitted(flows[away], columns)[1:], strict=True):
        published, error = PUBLISHED[name]
        print(f"{name:18} {value:8.3f}   published {published:7.3f} (standard error {error:.3f})")
    print(f"in the province of the campus: {np.diag(flows).sum() / flows.sum():.3f} of all")
    centre = pay < pay.max() * 0.75
    print(f"the same, of the centre and the north-east: {np.diag(flows)[centre].sum() / flows[centre].sum():.3f}")


if __name__ == "__main__":
    main()
