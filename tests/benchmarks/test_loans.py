"""The curve of what a loan does to young firms has both signs."""

import numpy as np
import pytest

from benchmarks.loans import effects, follow, scenario_of
from sim.statistics import mean_interval

REPLICATES = 10


@pytest.mark.slow
def test_a_loan_that_is_needed_keeps_firms_alive_and_one_that_is_large_and_dear_sinks_them() -> None:
    scenario = scenario_of(3_000)
    plain = [follow(scenario, replicate, 0, 0.0) for replicate in range(REPLICATES)]
    helped, sunk = (mean_interval(effects(scenario, REPLICATES, amount, rate, plain)) for amount, rate in ((60_000, 0.04), (240_000, 0.15)))
    assert helped[1][0] > 0, "three years, firms short of money"
    assert np.all(sunk[2] < 0), "three and five years, firms short of money or not"
