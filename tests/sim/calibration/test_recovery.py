"""Values of known runs of the model itself are recovered as often as the ranges say."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from sim.calibration.checks import recover
from sim.calibration.posterior import Runs, Wanted
from sim.calibration.space import Space
from sim.scenario import Scenario
from sim.simulation import available_cores, warm_up
from sim.targets.loading import load_targets
from sim.targets.measuring import measure_targets

FREE = (
    "behaviour.idle_worth", "behaviour.expected_over_offered", "behaviour.skill_bar_mean", "behaviour.separation_bachelor", "behaviour.posts_seen",
    "market.wage_spread", "exams.upgrade_share", "exams.postgraduate_share",
)  # fmt: skip
RUNS, TRUTHS = 400, 60


@pytest.mark.slow
def test_ranges_hold_the_values_of_known_runs() -> None:
    """Eight parameters, 400 runs of 1,500 people, 60 of them reality one after another: 90 % ranges hold nine in ten, and ranks are even."""
    scenario = Scenario.load("none", {"population.graduates": 1500}, behaviour="evidence")
    space, targets = Space.of(scenario, FREE), load_targets().of_calibration
    warm_up(scenario)

    def run(place: int) -> list[float]:
        found = measure_targets(scenario.with_(space.problem.changes(values[place])), 1, place, targets)
        return [found[target.name] for target in targets]

    values = space.sample(RUNS, 1)
    with ThreadPoolExecutor(available_cores()) as pool:
        statistics = np.array(list(pool.map(run, range(RUNS))))
    wanted = {target.name: Wanted(target.value, target.error) for target in targets}
    found = recover(space, Runs(values, tuple(target.name for target in targets), statistics), wanted, TRUTHS, seed=2)
    assert found.identifiable.sum() >= 6
    assert 0.84 <= found.overall <= 0.96
    assert (found.evenness > 1e-4).all()
