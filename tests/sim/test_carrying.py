"""Which parameter carries what is not known: known shares come out, luck carries nothing, and what is said to be certain is so."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import Scenario, compare
from sim.behaviour_set import BehaviourSet
from sim.carrying import FEWEST_VECTORS, Carrying, carrying
from sim.comparison import without_programme

Numbers = NDArray[np.float64]
PARAMETERS = tuple("abcdefghijkl")


def set_of(vectors: int, luck: np.random.Generator, together: float = 0.0) -> Numbers:
    """Make a set of even draws, in units of their own, in which the first two parameters go together as far as is said."""
    table = luck.uniform(-1.0, 1.0, (vectors, len(PARAMETERS)))
    table[:, 1] = together * table[:, 0] + np.sqrt(1.0 - together**2) * table[:, 1]
    return 5.0 + table * 10.0 ** np.arange(-5, 7)


def lived(
    table: Numbers, weights: Mapping[str, float], luck: np.random.Generator, noise: float, vectors: int, each: int = 2
) -> tuple[Numbers, NDArray[np.int64]]:
    """Return the difference of each replicate, a straight line in standardised parameters with luck, and the vector that it lived with."""
    standard = (table - table.mean(axis=0)) / table.std(axis=0)
    line = standard @ np.array([weights.get(name, 0.0) for name in PARAMETERS])
    rows = np.repeat(np.arange(vectors, dtype=np.int64), each)
    return 30.0 + line[rows] + noise * luck.standard_normal(len(rows)), rows


def found(weights: Mapping[str, float], seed: int = 3, noise: float = 0.5, vectors: int = 100, kept: int = 100, together: float = 0.0) -> Carrying:
    luck = np.random.default_rng(seed)
    table = set_of(kept, luck, together)
    return carrying(*lived(table, weights, luck, noise, vectors), PARAMETERS, table)


def test_known_shares_come_out_with_the_luck_taken_off() -> None:
    weights = {"a": 2.0, "b": -1.0}
    exact, noisy = found(weights, noise=0.0), found(weights, noise=2.0)
    for one, within in ((exact, 0.1), (noisy, 0.2)):
        shares = {carrier.key: carrier for carrier in one.carriers}
        assert [carrier.key for carrier in one.carriers[:2]] == ["a", "b"]
        assert shares["a"].share == pytest.approx(0.8, abs=within)
        assert shares["b"].share == pytest.approx(0.2, abs=within)
        assert shares["a"].low < 0.8 < shares["a"].high
        assert one.leads
        assert {carrier.key for carrier in one.told} == {"a", "b"}
        assert shares["a"].slope == pytest.approx(2.0, abs=0.6)
        assert shares["b"].slope < 0
        assert one.is_ignorance
    assert exact.luck == 0.0
    assert noisy.luck == pytest.approx(4.0, rel=0.3)
    assert noisy.ignorance == pytest.approx(5.0, rel=0.4)


def test_pure_luck_carries_nothing_and_small_differences_are_not_told() -> None:
    told = [found({}, seed, noise=1.0, vectors=vectors) for seed in range(150) for vectors in (10, 50)]
    assert np.mean([bool(one.told) for one in told]) <= 0.08, "of 300, 5 in 100 by chance"
    assert sum(one.leads for one in told) <= 3
    assert np.mean([one.is_ignorance for one in told]) < 0.06, "ignorance is told from luck in 2.5 of 100 by chance"
    few = found({"a": 1.0, "b": 0.9, "c": 0.9, "d": 0.8}, vectors=10, noise=1.0)
    assert few.told == ()
    assert few.replicates_to_tell(0.5) is not None


def test_a_parameter_that_goes_with_another_tells_of_it() -> None:
    one = found({"a": 1.0}, together=0.9, noise=0.3)
    shares = {carrier.key: carrier for carrier in one.carriers}
    assert shares["a"].share > 0.9
    assert shares["b"].share == pytest.approx(0.81, abs=0.12)
    assert found({"a": 1.0, "b": 1.0}, together=0.999, noise=0.3).leads is False


def test_intervals_hold_the_truth_together() -> None:
    """All twelve shares lie within their intervals in about 95 of 100 sets, with few vectors and with many, with little luck and with much."""
    weights = {"a": 1.0, "b": 0.7, "c": 0.5}
    square = sum(weight**2 for weight in weights.values())
    for vectors, noise in ((10, 1.0), (60, 1.0), (60, 3.0)):
        held = []
        for seed in range(200):
            one = found(weights, seed, noise=noise, vectors=vectors, kept=400)
            held.append(all(carrier.low <= weights.get(carrier.key, 0.0) ** 2 / square <= carrier.high for carrier in one.carriers))
        assert np.mean(held) >= 0.91


def test_what_chance_gives_any_parameter_is_taken_off() -> None:
    others = [carrier.share for seed in range(100) for carrier in found({"a": 1.0}, seed, vectors=10).carriers if carrier.key != "a"]
    assert np.mean(others) < 0.09, "a ninth would be chance"


def test_replicates_that_are_said_to_be_needed_suffice_four_times_in_five() -> None:
    weights = {"a": 1.0} | dict.fromkeys("bcdefg", 6.0**-0.5)
    needed = found(weights, noise=1.0).replicates_to_tell(0.5)
    assert needed is not None
    assert 40 < needed < 100
    told = [any(carrier.key == "a" for carrier in found(weights, seed, noise=1.0, vectors=needed // 2).told) for seed in range(150)]
    assert 0.65 < np.mean(told) < 0.93
    assert (found(weights, noise=1.0).replicates_to_tell(0.2) or 0) > 2 * needed
    small = found(weights, noise=1.0, vectors=12, kept=12)
    assert small.replicates_to_tell(0.2) is None, "a set of twelve never tells a fifth"


def test_where_nothing_can_be_said_nothing_is() -> None:
    table = np.arange(24.0).reshape(8, 3)
    rows = np.repeat(np.arange(8), 2)
    same = carrying(np.full(16, 7.0), rows, "abc", table)
    assert (same.carriers, same.told, same.ignorance) == ((), (), 0.0)
    few = carrying(np.arange(8.0), rows[:8], "abc", table)
    assert (few.vectors, few.carriers) == (FEWEST_VECTORS - 1, ())
    assert few.replicates_to_tell(0.5) is None
    assert carrying([1.0], [0], "abc", table).vectors == 1
    assert carrying([np.nan], [0], "abc", table).vectors == 0
    table[:, 1] = 3.0
    values = np.arange(16.0)
    values[:2] = np.nan
    one = carrying(values, rows, "abc", table)
    assert one.vectors == 7
    assert {carrier.key for carrier in one.carriers} == {"a", "c"}, "what is the same in every vector is no assumption between them"


def test_units_and_order_do_not_matter() -> None:
    luck = np.random.default_rng(1)
    table = set_of(30, luck)
    values, rows = lived(table, {"c": 1.0, "d": 0.5}, luck, 0.5, 30)
    one = carrying(values, rows, PARAMETERS, table)
    other = carrying(-1000.0 * values[::-1], rows[::-1], PARAMETERS[::-1], -3.0 * table[:, ::-1])
    for first, second in zip(one.carriers, other.carriers, strict=True):
        assert first.key == second.key
        np.testing.assert_allclose((first.share, first.low, first.high), (second.share, second.low, second.high), atol=1e-9)
        assert second.slope == pytest.approx(1000.0 * first.slope)


def test_a_comparison_knows_which_vector_each_pair_lived_with() -> None:
    keys = ("behaviour.posts_seen", "behaviour.targeting", "market.tightness")
    vectors = np.linspace([10.0, 0.1, 0.5], [30.0, 0.7, 1.0], 6) * np.array([[1.0, 1.0 + 0.1 * (row % 3), 1.0] for row in range(6)])
    six = BehaviourSet("six", "Six", "六", keys, vectors)
    small = {"population.graduates": 60, "days": 40}
    scenario = Scenario.load("zibo", small, behaviour=six)
    variants = {"programme": scenario, "fixed": scenario.with_({"market.tightness": 0.7})}
    comparison = compare(without_programme(scenario), variants, replicates=14, workers=1)
    outcome = comparison.variants["programme"].results.outcomes["applications_sent"] - comparison.baseline.outcomes["applications_sent"]
    one = comparison.carried_by("programme", "applications_sent")
    assert one == carrying(outcome, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 0, 0], keys, vectors)
    assert one is not None
    assert (one.vectors, len(one.carriers)) == (6, 3)
    jobs = comparison.variants["programme"].accounts["jobs"]["net_additional_jobs"]
    assert comparison.carried_by("programme") == carrying(jobs, np.repeat([0, 1, 2, 3, 4, 5, 0], 2), keys, vectors)
    still = comparison.carried_by("fixed", "applications_sent")
    assert still is not None
    assert len(still.carriers) == 3, "it is fixed in one world only"
    both = replace(comparison, baseline=replace(comparison.baseline, scenario=variants["fixed"]))
    left = both.carried_by("fixed", "applications_sent")
    assert left is not None
    assert {carrier.key for carrier in left.carriers} == set(keys[:2])
    plain = replace(comparison.baseline, scenario=Scenario.load("zibo", small, behaviour="evidence"))
    assert replace(comparison, baseline=plain).carried_by("programme") is None
    with pytest.raises(KeyError, match="programe"):
        comparison.carried_by("programe")
    with pytest.raises(KeyError, match="outcome 'job'"):
        comparison.carried_by("programme", "job")
