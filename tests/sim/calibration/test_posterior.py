"""The method of calibration, on models whose answer is known."""

import numpy as np
import pytest

from sim.calibration.checks import recover
from sim.calibration.choosing import choose
from sim.calibration.emulator import fit_emulator, terms_of
from sim.calibration.free import LOCAL, SAME, SERVICES, USUAL
from sim.calibration.posterior import Posterior, Runs, Wanted, correlations, fit
from sim.calibration.space import Space, Values
from sim.priors import Problem
from sim.scenario import Scenario
from sim.simulation import outcomes_of

NOISE = 0.02


def space_of(count: int, whole: tuple[str, ...] = ()) -> Space:
    return Space(Problem({f"p{place}": (0.0, 1.0) for place in range(count)}, whole))


def runs_of(space: Space, model: Values, count: int = 300, noise: float = NOISE) -> Runs:
    """Statistics that are linear in the parameters, with luck."""
    values = space.sample(count, 1)
    luck = noise * np.random.default_rng(2).standard_normal((count, len(model)))
    return Runs(values, tuple(f"s{place}" for place in range(len(model))), values @ model.T + luck)


def mean_and_spread(posterior: Posterior) -> tuple[Values, Values]:
    return posterior.values.mean(axis=0), posterior.values.std(axis=0)


def test_a_parameter_that_is_measured_is_known_as_well_as_it_is_measured() -> None:
    """The known answer: a normal about the target, its variance that of the error and of the luck of a run."""
    space = space_of(2)
    found = fit(space, runs_of(space, np.eye(2)), {"s0": Wanted(0.5, 0.03), "s1": Wanted(0.4, 0.06)}, seed=1)
    mean, spread = mean_and_spread(found)
    assert mean == pytest.approx([0.5, 0.4], abs=0.006)
    assert spread == pytest.approx(np.hypot([0.03, 0.06], NOISE), rel=0.1)
    assert found.beyond == {}


def test_what_is_not_measured_stays_as_plausible_as_it_was() -> None:
    space = space_of(2)
    found = fit(space, runs_of(space, np.array([[1.0, 0.0]])), {"s0": Wanted(0.5, 0.03)}, seed=1)
    assert found.shrinkage[0] > 0.8
    assert abs(found.shrinkage[1]) < 0.06
    assert np.quantile(found.values[:, 1], [0.05, 0.5, 0.95]) == pytest.approx([0.05, 0.5, 0.95], abs=0.05)


def test_parameters_that_do_the_same_are_told_together_only() -> None:
    space = space_of(2)
    found = fit(space, runs_of(space, np.array([[1.0, 1.0]])), {"s0": Wanted(1.0, 0.02)}, seed=1)
    (first, second, correlation), *_ = correlations(found)
    assert {first, second} == {"p0", "p1"}
    assert correlation < -0.9
    assert (found.values.sum(axis=1)).std() < 0.04


def test_a_target_that_cannot_be_met_is_named_and_drags_no_other() -> None:
    space = space_of(1)
    wanted = {"s0": Wanted(0.3, 0.02), "s1": Wanted(2.0, 0.02)}  # both measure p0, which is at most 1
    found = fit(space, runs_of(space, np.array([[1.0], [1.0]])), wanted, seed=1)
    assert set(found.beyond) == {"s1"}
    assert found.values.mean() == pytest.approx(0.3, abs=0.08)


def test_a_statistic_that_many_runs_lack_is_left_out() -> None:
    space = space_of(1)
    runs = runs_of(space, np.array([[1.0], [1.0]]))
    runs.statistics[::5, 1] = np.nan
    runs.statistics[7, 0] = np.nan
    assert fit(space, runs, {"s0": Wanted(0.3, 0.1), "s1": Wanted(0.3, 0.1), "unknown": Wanted(1.0, 1.0)}, seed=1, particles=50).names == ("s0",)


def test_each_run_is_foretold_by_the_others() -> None:
    """What the emulator says that it misses is what it misses where a run is left out and all is fitted anew."""
    rng = np.random.default_rng(3)
    unit = rng.random((60, 2))
    statistics = np.column_stack([np.sin(3 * unit[:, 0]) + unit[:, 1] ** 2, unit[:, 0]]) + 0.1 * rng.standard_normal((60, 2))
    whole = fit_emulator(unit, statistics)
    left_out = np.array([statistics[place] - fit_emulator(np.delete(unit, place, 0), np.delete(statistics, place, 0)).at(unit[place][None])[0]
                         for place in range(60)])  # fmt: skip
    assert np.corrcoef(left_out.ravel(), whole.misses.ravel())[0, 1] > 0.98
    assert left_out.std() == pytest.approx(whole.misses.std(), rel=0.05)
    assert terms_of(unit).shape == (60, 6)


def test_a_curve_is_foretold_where_no_run_was_made() -> None:
    space = space_of(2)
    values = space.sample(200, 1)
    emulator = fit_emulator(values, (values[:, :1] - 0.3) ** 2 + values[:, :1] * values[:, 1:])
    assert emulator.at(np.array([[0.3, 0.5], [0.8, 0.2]]))[:, 0] == pytest.approx([0.15, 0.41], abs=0.003)
    assert emulator.explained[0] > 0.99


def test_ranges_hold_known_values_as_often_as_they_say() -> None:
    space = space_of(3)
    model = np.array([[1.0, 0.5, 0.0], [0.0, 1.0, 0.0], [0.3, 0.3, 0.0]])
    wanted = {f"s{place}": Wanted(0.5, 0.15) for place in range(3)}
    found = recover(space, runs_of(space, model, 500, noise=0.1), wanted, truths=80, seed=4, particles=150)
    assert found.identifiable.tolist() == [True, True, False]
    assert 0.84 <= found.overall <= 0.96
    assert (found.evenness > 0.001).all()


def test_whole_numbers_are_held_as_often() -> None:
    """A parameter of three values: at the ends of its range no draw lies beyond the truth, and yet the range holds it."""
    space = Space(Problem({"p0": (0.0, 1.0), "p1": (0.0, 2.0)}, ("p1",)))
    model = np.array([[1.0, 0.2], [0.2, 0.3]])
    wanted = {f"s{place}": Wanted(0.5, 0.3) for place in range(2)}
    found = recover(space, runs_of(space, model, 500, noise=0.1), wanted, truths=100, seed=4, particles=150)
    assert 0.83 <= found.coverage[1] <= 0.97
    assert found.evenness[1] > 0.001


def test_the_same_seed_draws_the_same() -> None:
    space = space_of(2, whole=("p1",))
    runs = runs_of(space, np.eye(2))
    found = [fit(space, runs, {"s0": Wanted(0.5, 0.1)}, seed, particles=100) for seed in (1, 1, 2)]
    assert np.array_equal(found[0].normal, found[1].normal)
    assert not np.array_equal(found[0].normal, found[2].normal)
    assert set(found[0].values[:, 1]) == {0.0, 1.0}


def test_what_no_target_speaks_of_lies_evenly_over_its_range() -> None:
    space, others = space_of(1), space_of(2)
    posterior = fit(space, runs_of(space, np.eye(1)), {"s0": Wanted(0.5, 0.1)}, seed=1, particles=200)
    vectors = choose(posterior, np.empty((50, 0)), others, 50, seed=1)
    assert vectors.shape == (50, 3)
    for column in vectors.T[1:]:
        assert sorted(np.floor(column * 50)) == list(range(50))
    assert set(vectors[:, 0]) <= set(posterior.values[:, 0])
    assert not (np.diff(vectors[:, 0]) > 0).all()
    assert choose(posterior, np.full((50, 1), 7.0), None, 50, seed=1)[:, 1].tolist() == [7.0] * 50


def test_what_is_free_is_declared_and_nothing_is_free_twice() -> None:
    scenario = Scenario.load("none")
    for keys in (USUAL, LOCAL, SERVICES):
        assert Space.of(scenario, keys).keys == keys
    assert set(SERVICES) & {*USUAL, *LOCAL} == set()
    assert set(SAME) & set(USUAL) == set()
    assert set(SAME.values()) <= set(USUAL)


def test_services_change_nothing_where_there_are_none() -> None:
    """To the bit, whatever the values: so no target without a programme can speak of them."""
    scenario = Scenario.load("none", {"population.graduates": 400, "days": 500})
    space = Space.of(scenario, SERVICES)
    usual = outcomes_of(scenario, 1, 0)
    for end in (0, 1):
        changed = outcomes_of(scenario.with_(space.problem.changes(space.bounds[:, end])), 1, 0)
        assert [name for name, value in usual.items() if not np.array_equal(value, changed[name], equal_nan=True)] == []
