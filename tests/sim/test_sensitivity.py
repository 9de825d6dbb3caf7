"""What moves what, on toys whose answer is known: effects, groups, ranks and luck."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.errors import ConfigurationError
from sim.scenario import Scenario
from sim.sensitivity.effects import STEP, Trajectories, groups_of, trajectories
from sim.sensitivity.factors import Factor, Origin, changes_of, factors_of, settled
from sim.sensitivity.given import indices_of, pawn, slices_of
from sim.sensitivity.ranking import Measured, directed, luck_floor, mean, mean_size, rank, resampled, resampling, spread
from sim.sensitivity.variance import design_of, shares_of

Numbers = NDArray[np.float64]


def alone(factors: int) -> list[tuple[int, ...]]:
    return [(number,) for number in range(factors)]


def toy(shares: Numbers) -> Numbers:
    """Linear in 0, bent in 1, 2 and 3 only together, nothing in 4."""
    one, two, three, four = (shares[..., place] for place in range(4))
    return 3.0 * one + 4.0 * (two - 0.5) ** 2 + 5.0 * (three - 0.5) * (four - 0.5)


def test_linear_effects_are_even_and_others_are_not() -> None:
    design = trajectories(alone(5), 5, 40, [1])
    effects = design.effects(toy(design.shares))
    assert mean(effects)[0] == pytest.approx(3.0)
    assert mean_size(effects)[0] == pytest.approx(3.0)
    assert spread(effects)[0] == pytest.approx(0.0, abs=1e-9)
    assert spread(effects)[1] > 0.5 * mean_size(effects)[1] > 0.0
    assert np.all(spread(effects)[2:4] > np.abs(mean(effects)[2:4]))
    assert mean_size(effects)[4] == 0.0


def test_measures_are_those_of_salib() -> None:
    from SALib.analyze import morris

    design = trajectories(alone(5), 5, 20, [3])
    problem = {"num_vars": 5, "names": list("abcde"), "bounds": [[0.0, 1.0]] * 5}
    found = morris.analyze(problem, design.shares.reshape(-1, 5), toy(design.shares).reshape(-1), num_resamples=2, seed=1)
    effects = design.effects(toy(design.shares))
    for name, measure in (("mu", mean), ("mu_star", mean_size), ("sigma", spread)):
        assert np.asarray(found[name], dtype=float) == pytest.approx(measure(effects))


def test_a_group_moves_together_and_what_is_in_none_stays() -> None:
    design = trajectories([(0, 2), (3,)], 5, 8, [1])
    moves = np.abs(np.diff(design.shares, axis=1)) > 0.1
    for trajectory in range(8):
        for step in range(2):
            group = (0, 2) if design.moved[trajectory, step] == 0 else (3,)
            assert tuple(np.flatnonzero(moves[trajectory, step])) == group
    assert len(set(design.shares[:, 0, 1])) > 1  # somewhere else in each trajectory
    weak = mean_size(design.effects(toy(design.shares)))
    assert weak[0] > weak[1]


def test_an_effect_of_a_whole_number_is_over_its_whole_range() -> None:
    factors = [Factor("a", 1.0, 2.0, is_whole=True), Factor("b", 0.0, 1.0)]
    design = trajectories(alone(2), 2, 6, [1], lambda shares: settled(factors, shares))
    values = np.array([[changes_of(factors, row)["a"] for row in rows] for rows in design.shares], dtype=float)
    assert design.effects(values)[:, 0] == pytest.approx(1.0)
    assert design.effects(values)[:, 1] == pytest.approx(0.0)


def test_groups_stay_within_heads_and_are_no_more_than_asked() -> None:
    heads = ["behaviour"] * 30 + ["policy.loans"] * 4
    groups = groups_of(heads, 8)
    assert len(groups) <= 8
    assert sorted(number for group in groups for number in group) == list(range(34))
    assert all(len({heads[number] for number in group}) == 1 for group in groups)
    assert len(groups_of(heads, 1)) == 2


def _ranked(weights: list[float], noise: float, seed: int, count: int = 20):  # noqa: ANN202
    design = trajectories(alone(len(weights)), len(weights), count, [seed])
    rng = np.random.default_rng(seed)
    values = design.shares @ np.array(weights) + noise * rng.normal(size=design.shares.shape[:2])
    effects = design.effects(values)
    sizes = resampled(effects, resampling(count, seed), mean_size)
    floor = luck_floor(noise * np.sqrt(2.0) * rng.normal(size=60) / STEP, count, seed)
    return Measured.of(mean_size(effects), sizes), rank(mean_size(effects), sizes), floor


def test_a_ranking_is_told_where_there_is_one() -> None:
    _, ranking, _ = _ranked([1.0, 9.0, 4.0, 0.0], 0.2, 1)
    assert list(ranking.order) == [1, 2, 0, 3]
    assert ranking.sure_cuts() == [1, 2, 3]


def test_of_two_equal_factors_the_first_cannot_be_told() -> None:
    for noise in (0.0, 0.3):
        _, ranking, _ = _ranked([5.0, 5.0, 1.0], noise, 2)
        assert ranking.sure_cuts() == [2]
        assert list(ranking.low[:2]) == [1, 1]
        assert list(ranking.high[:2]) == [2, 2]


def test_a_factor_without_effect_lies_below_what_luck_does() -> None:
    told = [measured.low > floor for seed in range(20) for measured, _, floor in [_ranked([6.0, 0.0, 0.0], 1.0, seed)]]
    assert np.mean([row[0] for row in told]) == 1.0
    assert np.mean([row[1:] for row in told]) <= 0.05


def test_an_effect_of_one_direction_is_told_within_much_luck() -> None:
    rng = np.random.default_rng(4)
    found = [directed(rng.normal(size=(12, 30)) + np.array([3.0, *[0.0] * 29])) for _ in range(200)]
    assert np.mean([row[0] for row in found]) > 0.95
    assert np.mean([row[1:].any() for row in found]) <= 0.09
    assert list(directed(np.array([[2.0, 0.0, np.nan]] * 5))) == [True, False, False]


def test_what_is_not_defined_is_left_out() -> None:
    effects = np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan]])
    assert mean_size(effects)[0] == 2.0
    assert np.isnan(mean_size(effects)[1])
    sizes = resampled(effects, resampling(3, 1, 50), mean_size)
    measured = Measured.of(mean_size(effects), sizes)
    assert measured.low[0] <= 2.0 <= measured.high[0]
    assert np.isnan(measured.low[1])
    assert rank(mean_size(effects), sizes).rank[0] == 1


def test_factors_have_ranges_and_say_where_they_come_from() -> None:
    zibo = Scenario.load("zibo")
    found = {factor.key: factor for factor in factors_of(zibo)}
    assert found["behaviour.posts_seen"].origin is Origin.DECLARED
    nights, awareness = found["policy.lodging.free_nights"], found["policy.lodging.initial_awareness"]
    assert (nights.low, nights.high, nights.origin) == (1.0, 3.0, Origin.AROUND)
    assert (awareness.low, awareness.origin) == (0.0, Origin.WIDENED)
    assert "policy.casework.caseworkers" not in found  # not offered there
    assert "policy.internships.industry_month" not in found  # a place in the calendar
    given = factors_of(zibo, ["policy.lodging.free_nights:0:14", "exams"])
    assert given[-1] == Factor("policy.lodging.free_nights", 0.0, 14.0, is_whole=True, origin=Origin.GIVEN, value=2.0)
    assert {factor.head for factor in given} == {"exams", "policy.lodging"}


def test_shares_of_one_whole_are_left_out() -> None:
    street = Scenario.load("dongbeitang")
    found = factors_of(street)
    assert not {factor.key for factor in found} & {"policy.organisation.visits_share", "policy.organisation.casework_share"}
    street.with_(changes_of(found, np.ones(len(found))))


@pytest.mark.parametrize(
    ("over", "words"),
    [
        (["policy.lodging.free_night"], "Did you mean 'policy.lodging.free_nights'"),
        (["policy.casework"], "a lever that is not offered"),
        (["policy.lodging.budget"], "give a range: over="),
        (["behaviour.posts_seen:60:15"], "a lower and a higher number between 1 and 100"),
        (["behaviour.posts_seen:60"], "a lower and a higher number"),
        (["behaviour.post_seen:1:2"], "behaviour.posts_seen"),
    ],
)
def test_mistakes_are_named(over: list[str], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        factors_of(Scenario.load("zibo"), over)


def test_a_design_is_the_same_for_the_same_seed() -> None:
    one, same, other = (trajectories(alone(4), 4, 5, [seed]) for seed in (1, 1, 2))
    assert isinstance(one, Trajectories)
    assert np.array_equal(one.shares, same.shares)
    assert not np.array_equal(one.shares, other.shares)


def test_the_distance_of_distributions_is_that_of_salib() -> None:
    from SALib.analyze import pawn as of_salib

    factors = np.random.default_rng(1).random((500, 3))
    outcome = 2.0 * factors[:, 0] + factors[:, 1] ** 4
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0.0, 1.0]] * 3}
    assert pawn(factors, outcome) == pytest.approx(of_salib.analyze(problem, factors, outcome)["mean"], abs=0.01)


def test_levels_of_a_grid_are_slices_of_their_own() -> None:
    column = np.repeat([1.0, 2.0, 5.0], 40)
    assert list(np.unique(slices_of(column))) == [0, 1, 2]
    found = indices_of(np.stack([column, np.random.default_rng(1).random(120)], axis=1), column**2, 1)
    assert found is not None
    assert list(found.told) == [True, False]
    assert found.alone.value[0] > 0.8


def test_a_factor_without_effect_is_not_told_from_a_sample() -> None:
    told = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        factors = rng.random((200, 4))
        found = indices_of(factors, factors[:, 0] + 0.3 * rng.normal(size=200), seed)
        assert found is not None
        told.append(found.told)
    assert np.mean(told, axis=0)[0] == 1.0
    assert np.mean([row[1:] for row in told]) <= 0.06


def test_what_does_not_vary_has_no_shares() -> None:
    design = design_of(3, 16, [1])
    assert design.shares.shape == (16, 5, 3)
    assert shares_of(np.ones((16, 5)), 1) is None
    assert shares_of(np.full((16, 5), np.nan), 1) is None
    assert indices_of(np.random.default_rng(1).random((100, 2)), np.ones(100), 1) is None
    second = design.is_second(2)
    assert list(second) == [False, False, False, True, True]
    assert np.all(design.shares[:, second, 2] == design.shares[:, -1:, 2])
    assert np.all(design.shares[:, ~second, 2] == design.shares[:, :1, 2])
