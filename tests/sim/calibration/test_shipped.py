"""The shipped set: as much as a set has to hold, within what is plausible, and calibrated to nothing that is held out."""

import numpy as np
import pytest

from experiments.shared.calibrated_runs import read_runs
from sim.behaviour_set import BehaviourSet
from sim.calibration.emulator import fit_emulator
from sim.calibration.free import SERVICES, USUAL
from sim.calibration.resting import AT_REST
from sim.calibration.space import Space
from sim.own_files import shipped
from sim.scenario import Scenario
from sim.targets.loading import load_targets

FEWEST_VECTORS = 100
LEAST_RISE = 3.0
"""Points by which unemployment at 16-24 is at least higher in August than in June."""


@pytest.fixture(scope="module")
def calibrated() -> BehaviourSet:
    return BehaviourSet.load("calibrated")


def test_it_has_vectors_enough_and_every_parameter(calibrated: BehaviourSet) -> None:
    assert len(calibrated) >= FEWEST_VECTORS
    assert calibrated.unknown == (*USUAL, *SERVICES)
    assert set(calibrated.parameters) - set(calibrated.unknown) <= set(AT_REST), "which follow from these"
    assert {"command", "commit", "date", "target", "target_sha256", "seed", "runs", "graduates", "method", "calibrated"} <= set(calibrated.provenance)
    assert set(calibrated.provenance["calibrated"]) == set(USUAL)


def test_every_value_is_plausible(calibrated: BehaviourSet) -> None:
    """Of what is not known; what follows from it may lie beyond what would be plausible by itself."""
    bounds = Space.of(Scenario.load("none", behaviour="evidence"), calibrated.unknown).bounds
    values = calibrated.vectors[:, [calibrated.parameters.index(key) for key in calibrated.unknown]]
    unit = (values - bounds[:, 0]) / np.ptp(bounds, axis=1)
    assert (unit >= -1e-5).all()
    assert (unit <= 1.0 + 1e-5).all()
    services = unit[:, len(USUAL) :]
    assert services.mean(axis=0) == pytest.approx(0.5, abs=0.06)  # evenly over their ranges, but for rounding


def test_what_is_held_out_was_not_used(calibrated: BehaviourSet) -> None:
    allowed = {target.name for target in load_targets(calibrated.provenance["target"]).of_calibration}
    assert set(calibrated.provenance["used"]) <= allowed


def test_the_runs_behind_it_are_kept(calibrated: BehaviourSet) -> None:
    space, runs = read_runs(shipped("behaviour")["calibrated"].with_suffix(".parquet"))
    assert space.keys == USUAL
    assert len(runs.values) == calibrated.provenance["runs"]
    assert set(calibrated.provenance["used"]) <= set(runs.names)


def test_august_stands_out_in_the_year(calibrated: BehaviourSet) -> None:
    """C1: 18.8 % in August 2024, 13.2 in June, 15.7 in December. By the emulator of the kept runs, which foretells what reruns give."""
    space, runs = read_runs(shipped("behaviour")["calibrated"].with_suffix(".parquet"))
    used = runs.of(("unemployment_16_24_rise", "unemployment_16_24_fall"))
    emulator = fit_emulator(space.unit(used.values), used.statistics)
    rise, fall = emulator.at(space.unit(calibrated.vectors[:, : len(USUAL)])).T
    assert np.median(rise) >= LEAST_RISE
    assert (rise >= LEAST_RISE).mean() > 0.5
    assert (fall > 0).all()


def test_the_order_says_nothing(calibrated: BehaviourSet) -> None:
    """The first vectors of a set are used by few replicates: they are like the others."""
    middle, spread = calibrated.vectors.mean(axis=0), calibrated.vectors.std(axis=0)
    first = calibrated.vectors[: len(calibrated) // 4].mean(axis=0)
    assert (np.abs(first - middle) / spread).max() < 4.0 / np.sqrt(len(calibrated) // 4)
