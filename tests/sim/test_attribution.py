"""Attribution over levers: it sums to the whole, gives nothing for nothing, and is the same whatever the workers and the order of things."""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from sim import Scenario, attribute, compare, simulate
from sim.attribution import MEASURES, Attribution, count_worlds, is_exact, levers_of, with_levers
from sim.comparison import KINDS, without_programme
from sim.shapley import coalitions_among, coalitions_on, divide_over_orders, draw_orders
from tests.every import every

SMALL = {"graduates": 300, "days": 90, "start": "2021-03-01"}
FEW = ("outreach", "job_fairs", "casework", "organisation")
"""Outreach and organisation work through the others only."""
MANY = ("lodging", "outreach", "job_fairs", "campus_recruitment", "loans", "internships", "casework", "organisation")
"""Too many for every coalition."""


@pytest.fixture(scope="module")
def few(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> Scenario:
    found: Scenario = scenario_of(**SMALL, policy={name: every_lever()[name] for name in FEW})
    return found


@pytest.fixture(scope="module")
def many(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> Scenario:
    found: Scenario = scenario_of(**SMALL, policy={name: every_lever()[name] for name in MANY})
    return found


@pytest.fixture(scope="module")
def exact(few: Scenario) -> Attribution:
    return attribute(few, replicates=2, seed=7, workers=1)


@pytest.fixture(scope="module")
def sampled(many: Scenario) -> Attribution:
    return attribute(many, replicates=2, seed=7, workers=1)


def assert_same(one: Attribution, other: Attribution) -> None:
    assert (one.levers, one.orders, one.worlds) == (other.levers, other.orders, other.worlds)
    for measure in MEASURES:
        assert one.whole[measure].tobytes() == other.whole[measure].tobytes()
        for lever in one.levers:
            assert one.contributions[lever][measure].tobytes() == other.contributions[lever][measure].tobytes(), (lever, measure)


def test_what_is_lived(exact: Attribution, sampled: Attribution, few: Scenario, many: Scenario) -> None:
    assert (exact.levers, exact.orders, exact.worlds, exact.replicates) == (FEW, None, 2 * 16, 2)
    assert exact.worlds == count_worlds(few, 2)
    assert (sampled.levers, sampled.orders, sampled.worlds) == (MANY, 1, 2 * 16)
    assert sampled.worlds == count_worlds(many, 2, seed=7)
    assert count_worlds(many, 1, orders=5) == len(coalitions_on(draw_orders(levers_of(many), 5, 1))) < 2 + 5 * 14, "what occurs twice is lived once"


def test_when_it_is_exact() -> None:
    assert is_exact("abcdef", 1)
    assert not is_exact("abcdefg", 10)
    assert is_exact("abcdefg", 11), "so many orders would take as many worlds as there are"


@pytest.mark.parametrize("method", ["exact", "sampled"])
def test_contributions_sum_to_the_whole(method: str, request: pytest.FixtureRequest) -> None:
    attribution: Attribution = request.getfixturevalue(method)
    assert attribution.whole["jobs"].any()
    for measure in MEASURES:
        total = np.sum([attribution.contributions[lever][measure] for lever in attribution.levers], axis=0)
        np.testing.assert_allclose(total, attribution.whole[measure], rtol=1e-12, atol=1e-9, err_msg=measure)


@pytest.mark.parametrize("method", ["exact", "sampled"])
def test_the_whole_is_that_of_the_comparison(method: str, request: pytest.FixtureRequest) -> None:
    attribution: Attribution = request.getfixturevalue(method)
    scenario = request.getfixturevalue({"exact": "few", "sampled": "many"}[method])
    comparison = compare(without_programme(scenario), {"all": scenario}, attribution.replicates, seed=7)
    for kind in KINDS:
        np.testing.assert_array_equal(attribution.whole[kind], comparison.variants["all"].accounts[kind]["net_additional_jobs"])
    for measure, outcome in (("spending", "spending"), ("jobs", "employed_in_region")):
        difference = comparison.variants["all"].results.outcomes[outcome] - comparison.baseline.outcomes[outcome]
        np.testing.assert_array_equal(attribution.whole[measure], difference)


def test_it_is_the_mean_over_every_order_of_worlds(few: Scenario, exact: Attribution) -> None:
    """The worlds are lived here by themselves, and the orders gone through one by one."""
    measured = {}
    for coalition in coalitions_among(FEW):
        outcomes = simulate(with_levers(few, coalition), replicates=2, seed=7).outcomes
        measured[coalition] = np.stack([outcomes["employed_in_region"], outcomes["spending"]])
    every = divide_over_orders(list(permutations(FEW)), measured)
    for lever in FEW:
        for row, measure in enumerate(("jobs", "spending")):
            np.testing.assert_allclose(exact.contributions[lever][measure], every[lever][row], rtol=1e-12, atol=1e-9)


def test_a_coalition_has_its_levers_and_no_other(few: Scenario) -> None:
    alone = with_levers(few, ["job_fairs"])
    assert levers_of(alone) == ("job_fairs",)
    assert alone.policy.job_fairs == few.policy.job_fairs
    assert with_levers(few, ()) == without_programme(few)
    assert with_levers(few, FEW).policy == few.policy


def test_a_lever_that_offers_nothing_is_no_player(exact: Attribution, scenario_of: Any, every_lever: Any) -> None:
    nothing = {"lodging": {"enabled": True, "stations": 0}, "loans": every_lever()["loans"] | {"budget": 0}}
    scenario = scenario_of(**SMALL, policy={name: every_lever()[name] for name in FEW} | nothing)
    assert_same(attribute(scenario, replicates=2, seed=7), exact)


def test_a_lever_that_changes_nothing_contributes_exactly_nothing(scenario_of: Any, every_lever: Any) -> None:
    """Stations that open after the end of the run."""
    late = {"lodging": every_lever()["lodging"] | {"opening_date": "2022-01-01"}}
    scenario = scenario_of(**SMALL, policy={name: every_lever()[name] for name in ("job_fairs", "casework")} | late)
    attribution = attribute(scenario, replicates=2, seed=7)
    assert attribution.levers == ("lodging", "job_fairs", "casework")
    assert not any(values.any() for values in attribution.contributions["lodging"].values())
    every(attribution.contributions["job_fairs"]["spending"] > 0)


def test_one_lever_contributes_everything(scenario_of: Any, every_lever: Any) -> None:
    attribution = attribute(scenario_of(**SMALL, policy={"job_fairs": every_lever()["job_fairs"]}), replicates=2)
    assert (attribution.levers, attribution.worlds) == (("job_fairs",), 4)
    for measure in MEASURES:
        np.testing.assert_array_equal(attribution.contributions["job_fairs"][measure], attribution.whole[measure])


def test_many_orders_come_near_to_all(few: Scenario, exact: Attribution, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.attribution.is_exact", lambda *_: False)
    drawn = attribute(few, replicates=1, seed=7, orders=1000)
    assert (drawn.orders, drawn.worlds) == (1000, 16)
    for lever in FEW:
        assert drawn.contributions[lever]["jobs"] == pytest.approx(exact.contributions[lever]["jobs"][:1], abs=0.5)


@pytest.mark.parametrize("method", ["exact", "sampled"])
def test_workers_do_not_matter(method: str, request: pytest.FixtureRequest) -> None:
    attribution: Attribution = request.getfixturevalue(method)
    scenario = request.getfixturevalue({"exact": "few", "sampled": "many"}[method])
    assert_same(attribute(scenario, attribution.replicates, seed=7, workers=2), attribution)


def test_further_replicates_change_no_earlier_one(many: Scenario, sampled: Attribution) -> None:
    first = attribute(many, replicates=1, seed=7)
    for lever in MANY:
        assert first.contributions[lever]["jobs"] == sampled.contributions[lever]["jobs"][:1]


def test_intervals_and_costs(exact: Attribution) -> None:
    for lever in FEW:
        mean, low, high = exact.interval(lever)
        assert low <= mean <= high
        spending = float(exact.interval(lever, "spending").mean)
        assert exact.cost_per(lever).value == pytest.approx(spending / float(mean) if mean else np.nan, nan_ok=True)
    assert sorted(exact.ranked) == sorted(FEW)
    means = [float(exact.interval(lever).mean) for lever in exact.ranked]
    assert means == sorted(means, reverse=True)
    assert exact.matters("spending")
    assert not exact.matters("stays_12m"), "a run of 90 days"


def test_progress_covers_every_world(few: Scenario) -> None:
    days: list[int] = []
    attribute(few, replicates=1, progress=days.append)
    assert sum(days) == count_worlds(few, 1) * few.days


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"replicates": 0}, "replicates must be at least 1"),
        ({"workers": 0}, "workers must be at least 1"),
        ({"orders": 0}, "orders must be at least 1"),
        ({"seed": -1}, "the seed from 0 to"),
        ({"seed": 2**32}, "the seed from 0 to"),
    ],
)
def test_what_cannot_be_is_refused(few: Scenario, settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        attribute(few, **settings)
    with pytest.raises(ValueError, match="no lever offers anything"):
        attribute(without_programme(few))
