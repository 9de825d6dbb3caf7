"""The runs of a calibration, as they are kept beside a set: a row a run, a column a parameter and a column a statistic."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.calibration.posterior import Runs
from sim.calibration.space import Space, Values
from sim.scenario import Scenario


def read_runs(path: str | Path, scenario: Scenario | None = None) -> tuple[Space, Runs]:
    """Read the runs of a calibration.

    Args:
        path: The file ``runs.parquet`` of a result, or the ``.parquet`` beside a set.
        scenario: The scenario whose declared ranges count; None: without a programme.

    Returns:
        The free parameters, and what was measured at their values.

    Raises:
        OSError: It cannot be read.
    """
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    keys = [name for name in table.column_names if "." in name]
    names = [name for name in table.column_names if "." not in name]
    space = Space.of(scenario or Scenario.load("none"), keys)

    def columns(wanted: list[str]) -> Values:
        return np.column_stack([table[name].to_numpy().astype(np.float64) for name in wanted])

    return space, Runs(columns(list(space.keys)), tuple(names), columns(names))
