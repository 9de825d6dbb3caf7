"""Paired comparisons: nothing for nothing, the same bytes whatever the workers and batches, and less noise than unpaired ones."""

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from experiments.compare.files import comparison_json
from sim import Scenario, compare, simulate
from sim.account import ROWS
from sim.compared import Comparison
from sim.comparison import KINDS, NotComparableError, Precision, is_precise, without_programme
from sim.outcomes import OUTCOMES
from sim.results import GROUPS
from sim.statistics import Kind

SMALL = {"graduates": 400, "days": 120, "start": "2021-03-01"}


@pytest.fixture(scope="module")
def programme(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> Scenario:
    found: Scenario = scenario_of(**SMALL, policy=every_lever())
    return found


@pytest.fixture(scope="module")
def pair(programme: Scenario) -> Comparison:
    return compare(without_programme(programme), {"all": programme}, replicates=5, seed=7, workers=1, save_people=True)


def content(comparison: Comparison) -> str:
    return json.dumps(comparison_json(comparison, "none", "x"))


def test_nothing_against_nothing_is_nothing(programme: Scenario) -> None:
    none = without_programme(programme)
    comparison = compare(none, {"same": none}, replicates=3)
    for outcome in OUTCOMES:
        difference = comparison.variants["same"].results.outcomes[outcome] - comparison.baseline.outcomes[outcome]
        assert not np.nan_to_num(difference).any(), outcome
    for kind in KINDS:
        for row in ROWS:
            assert not comparison.variants["same"].accounts[kind][row].any(), (kind, row)
    assert not comparison.cost_per("same").defined
    assert math.isnan(comparison.cost_per("same").value)
    assert comparison.variance_ratio("same", "employed_in_region") == math.inf


def test_a_programme_against_itself_moves_nobody(programme: Scenario) -> None:
    comparison = compare(programme, {"same": programme}, replicates=2)
    for kind in KINDS:
        rows = comparison.variants["same"].accounts[kind]
        np.testing.assert_array_equal(rows["gross_placements"], rows["deadweight"])
        for row in set(ROWS) - {"gross_placements", "deadweight"}:
            assert not rows[row].any(), (kind, row)


def test_arms_exchanged_change_every_sign(programme: Scenario, pair: Comparison) -> None:
    back = compare(programme, {"none": without_programme(programme)}, replicates=5, seed=7)
    for outcome in OUTCOMES:
        there = pair.variants["all"].results.outcomes[outcome] - pair.baseline.outcomes[outcome]
        here = back.variants["none"].results.outcomes[outcome] - back.baseline.outcomes[outcome]
        np.testing.assert_array_equal(there, -here, err_msg=outcome)
    for kind in KINDS:
        one, other = pair.variants["all"].accounts[kind], back.variants["none"].accounts[kind]
        for row in ("net_on_participants", "net_additional_jobs"):
            np.testing.assert_array_equal(one[row], -other[row])
        for row, becomes in (("gross_placements", "deadweight"), ("displacement", "jobs_made"), ("reshuffled", "reshuffled")):
            np.testing.assert_array_equal(one[row], other[becomes])
            np.testing.assert_array_equal(other[row], one[becomes])


def test_an_arm_is_the_run_of_its_scenario(programme: Scenario, pair: Comparison) -> None:
    alone = simulate(programme, replicates=5, seed=7)
    assert json.dumps(alone.summary()) == json.dumps(pair.variants["all"].results.summary())


@pytest.mark.parametrize("workers", [2, 4])
def test_workers_do_not_matter(workers: int, programme: Scenario, pair: Comparison) -> None:
    other = compare(without_programme(programme), {"all": programme}, replicates=5, seed=7, workers=workers)
    assert content(other) == content(pair)


def test_batches_are_one_run(programme: Scenario, pair: Comparison) -> None:
    told: list[int] = []
    precision = Precision("wage_mean", 0.0, most=5)
    other = compare(
        without_programme(programme), {"all": programme}, replicates=2, seed=7, precision=precision, save_people=True,
        after_batch=lambda comparison: told.append(comparison.baseline.replicates),
    )  # fmt: skip
    assert told == [2, 4, 5]
    assert content(other) == content(pair)
    for one, two in zip(other.variants["all"].parts, pair.variants["all"].parts, strict=True):
        for kind in KINDS:
            np.testing.assert_array_equal(one[kind], two[kind])


def test_it_stops_when_it_is_precise_enough(programme: Scenario) -> None:
    arms: tuple[Any, Any] = (without_programme(programme), {"all": programme})
    wide = compare(*arms, replicates=5, seed=7, precision=Precision("employed_in_region", 1e6))
    assert wide.baseline.replicates == 5
    few = compare(*arms, replicates=2, seed=7, precision=Precision("employed_in_region", 1e6))
    assert few.baseline.replicates == 6  # two and four pairs are too few to know how precise they are
    half = compare(*arms, replicates=12, seed=7).half_width("all", "employed_in_region")
    told: list[Comparison] = []
    precision = Precision("employed_in_region", half, most=40)
    exact = compare(*arms, replicates=4, seed=7, precision=precision, after_batch=told.append)
    assert exact.baseline.replicates <= 12
    assert exact.half_width("all", "employed_in_region") <= half
    assert [is_precise(one, precision) for one in told] == [False] * (len(told) - 1) + [True]


def test_what_has_no_interval_is_never_precise(programme: Scenario) -> None:
    arms: tuple[Any, Any] = (without_programme(programme), {"all": programme})
    assert compare(*arms, replicates=1, precision=Precision("hires", 1e6, most=2)).baseline.replicates == 2
    with pytest.raises(ValueError, match="known outcome"):
        compare(*arms, precision=Precision("hire", 1.0))


def test_pairing_removes_noise_from_a_small_change(scenario_of: Callable[..., Scenario]) -> None:
    def nights(number: int) -> Scenario:
        lodging = {"enabled": True, "stations": 3, "rooms_per_station": 2, "beds_per_room": 2, "initial_awareness": 0.5, "free_nights": number}
        found: Scenario = scenario_of(graduates=1500, days=200, start="2021-01-01", policy={"lodging": lodging})
        return found

    comparison = compare(nights(6), {"seven": nights(7)}, replicates=8)
    assert comparison.variance_ratio("seven", "employed_in_region") > 5
    assert comparison.variance_ratio("seven", "hires") > 5


def test_groups_add_up(pair: Comparison) -> None:
    total = float(pair.difference("all", "employed_in_region").difference)
    for attribute, groups in GROUPS.items():
        parts = [float(pair.group_difference("all", attribute, group).difference) for group in groups]
        assert sum(parts) == pytest.approx(total), attribute


@pytest.mark.parametrize(
    ("part", "other"),
    [("days", {"days": 121}), ("start", {"start": "2021-03-02"}), ("population", {"graduates": 401}), ("region", {})],
)
def test_other_people_places_and_times_are_not_compared(part: str, other: dict[str, Any], programme: Scenario, scenario_of: Any) -> None:
    changed = scenario_of(**{**SMALL, **other})
    if part == "region":
        changed = changed.model_copy(update={"region": changed.region.model_copy(update={"hotel_night": 1 + changed.region.hotel_night})})
    with pytest.raises(NotComparableError, match=rf"variant odd has another {part} than the baseline"):
        compare(without_programme(programme), {"odd": changed}, replicates=1)


def test_nothing_to_compare_is_refused(programme: Scenario) -> None:
    with pytest.raises(ValueError, match="at least one variant"):
        compare(programme, {})
    with pytest.raises(ValueError, match="replicates must be at least 1"):
        compare(programme, {"same": programme}, replicates=0)


def test_money_beside_nothing_is_an_amount_and_beside_a_programme_a_difference(programme: Scenario) -> None:
    against_none = compare(without_programme(programme), {"all": programme}, replicates=2)
    assert against_none.kind_of_money is Kind.AMOUNT
    assert compare(programme, {"all": programme}, replicates=2).kind_of_money is Kind.FREE


@pytest.mark.parametrize("name", ["", " ", 3])
def test_a_variant_has_a_name(name: Any, programme: Scenario) -> None:
    with pytest.raises(ValueError, match="give each a name"):
        compare(without_programme(programme), {name: programme}, replicates=1)
