"""The worlds of one market: one past, and nothing but treatment between them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.scenario import Policy, Scenario
from sim.states import Activity, Education, Place
from sim.trials.measures import MEASURES
from sim.trials.study import Eligibility, Study
from sim.trials.worlds import enrol, run_market, worlds_of
from sim.world import World
from tests.every import every

Make = Callable[..., Any]
PLACE = (0, 0, 5)
"""Trial 0, market 0, replicate 5."""


def live(world: World, first: int = 0, last: int | None = None) -> None:
    world.advance(first, world.scenario.days if last is None else last)


def test_nobody_treated_is_the_world_without_the_service(casework_study: Make, casework_market: Make, world_of: Make) -> None:
    study, scenario = casework_study(tightness_spread=0), casework_market()
    market = run_market(study, scenario, 1, PLACE, np.array([0.5]), live)
    without = world_of(scenario.model_copy(update={"policy": Policy()}), 1, PLACE[2])
    without.advance(0, 140)
    people = without.tables["people"].rows
    for number, name in enumerate(study.outcomes):
        np.testing.assert_array_equal(market.values["nobody"][:, number, -1], MEASURES[name].read(people, 140)[market.person])
        assert market.totals["nobody"][number, -1] == MEASURES[name].read(people, 140).sum()
    assert market.spending["nobody"] == 0 < market.spending["assigned"] < market.spending["everybody"]


@pytest.mark.parametrize(("saturation", "same"), [(0.0, "nobody"), (1.0, "everybody")])
def test_the_ends_of_saturation_are_the_other_worlds(saturation: float, same: str, casework_study: Make, casework_market: Make) -> None:
    market = run_market(casework_study(), casework_market(), 1, PLACE, np.array([saturation]), live)
    assert market.values["assigned"] is market.values[same]
    every(market.arm == saturation)
    assert market.used.any() == (saturation > 0)
    part = run_market(casework_study(), casework_market(), 1, PLACE, np.array([0.5]), live)
    np.testing.assert_array_equal(part.values[same], market.values[same])
    np.testing.assert_array_equal(part.person, market.person)
    assert worlds_of(np.array([0.0, 1.0])) == worlds_of(np.array([0.5]))


def test_only_those_admitted_use_it(casework_study: Make, casework_market: Make) -> None:
    market = run_market(casework_study(), casework_market(), 1, PLACE, np.array([0.5]), live)
    assert market.used[market.arm == 0].sum() == 0
    assert market.used[market.arm == 1].mean() > 0.5
    assert abs(2 * int((market.arm == 1).sum()) - market.arm.size) <= 1


def test_who_has_used_it_is_known_at_each_follow_up(casework_study: Make, casework_market: Make) -> None:
    market = run_market(casework_study(followup_days=[10, 120]), casework_market(), 1, PLACE, np.array([0.5]), live)
    assert market.used.shape == (market.person.size, 2)
    every(market.used[:, 0] <= market.used[:, 1])
    assert 0 < market.used[:, 0].sum() < market.used[:, 1].sum()


@pytest.mark.parametrize(("part", "other"), [("menu_courses", "contracted_courses"), ("contracted_classes", "menu_courses")])
def test_an_arm_gets_nothing_of_its_lever_but_its_own_service(part: str, other: str, casework_study: Make, casework_market: Make) -> None:
    """The other service of the lever is on offer, and in no arm: it is closed to everybody."""
    study = casework_study(arms={"course": {"services": [f"skills_training.{part}"]}})
    on_offer = {"skills_training": {"enabled": True, "menu_courses": 12, "contracted_classes": 12, "demand": 0.5}}
    worlds = []

    def watched(world: World, first: int = 0, last: int | None = None) -> None:
        live(world, first, last)
        worlds.append(world)

    market = run_market(study, casework_market(policy=on_offer), 1, PLACE, np.array([0.5]), watched)
    assert market.used.any()
    assert not any(world.tables["people"].rows[other].any() for world in worlds)


def test_an_admission_ends(casework_study: Make, casework_market: Make) -> None:
    """Files are opened for twenty days; up to then, and for who was never admitted, all is as without an end."""
    worlds: list[Any] = []

    def watched(world: World, first: int = 0, last: int | None = None) -> None:
        live(world, first, last)
        worlds.append((world.tables["people"].rows["case_files"].sum(), world.tables["people"].rows["last_case_day"].max()))

    setting = {"followup_days": [20, 120], "outcomes": ["works", "applications"]}
    whole = run_market(casework_study(**setting), casework_market(), 1, PLACE, np.array([0.5]), live)
    ended = run_market(casework_study(**setting, admitted_days=20), casework_market(), 1, PLACE, np.array([0.5]), watched)
    for world in ("assigned", "nobody", "everybody"):
        np.testing.assert_array_equal(ended.values[world][:, :, 0], whole.values[world][:, :, 0])
    np.testing.assert_array_equal(ended.values["nobody"], whole.values["nobody"])
    assert not np.array_equal(ended.values["assigned"], whole.values["assigned"])
    every(ended.used[:, 1] == ended.used[:, 0])
    assert whole.used[:, 1].sum() > whole.used[:, 0].sum() > 0
    files, latest = zip(*worlds, strict=True)
    assert max(files) > 0
    assert 20 < max(latest) < 40
    every(ended.values["assigned"][:, 1, 0] >= 0)
    assert 0 < ended.values["assigned"][:, 1, 0].sum() < ended.values["assigned"][:, 1, 1].sum()


def test_without_an_invitation_fewer_come(casework_study: Make, casework_market: Make) -> None:
    told, untold = (run_market(casework_study(invite=invite), casework_market(), 1, PLACE, np.array([0.5]), live) for invite in (True, False))
    np.testing.assert_array_equal(told.arm, untold.arm)
    assert 0 < untold.used.sum() < told.used.sum()


def test_markets_differ_in_tightness(casework_study: Make, casework_market: Make) -> None:
    alike, apart = (run_market(casework_study(tightness_spread=spread), casework_market(), 1, PLACE, np.array([0.0]), live) for spread in (0.0, 0.8))
    assert not np.array_equal(alike.totals["nobody"], apart.totals["nobody"])


def seekers(people: Any) -> Any:
    return people["activity"] == Activity.SEARCHING


def residents(people: Any) -> Any:
    return people["place"] == Place.RESIDENT


def workers(people: Any) -> Any:
    return np.isin(people["activity"], (Activity.EMPLOYED, Activity.FOUNDER))


@pytest.mark.parametrize(
    ("eligible", "who"),
    [
        ({}, lambda people: seekers(people) & residents(people)),
        ({"activities": ["employed", "founder"]}, lambda people: workers(people) & residents(people)),
        ({"education": ["master"]}, lambda people: seekers(people) & residents(people) & (people["education"] == Education.MASTER)),
        ({"places": ["elsewhere"]}, lambda people: seekers(people) & (people["place"] == Place.ELSEWHERE)),
        ({"origin": "elsewhere"}, lambda people: seekers(people) & residents(people) & (people["from_elsewhere"] == 1)),
        ({"idea_within_days": 90}, lambda people: seekers(people) & residents(people) & np.isin(people["opportunity_day"], np.arange(20, 110))),
        ({"short_of_capital": True}, lambda people: seekers(people) & residents(people) & (people["credit_constrained"] == 1)),
        ({"least_days_searching": 60}, lambda people: seekers(people) & residents(people) & (people["searching_since"] <= -40)),
    ],
    ids=["usual", "workers", "masters", "elsewhere", "newcomers", "ideas", "poor", "long"],
)
def test_who_enrols(eligible: dict[str, Any], who: Callable[[Any], Any], casework_market: Make, world_of: Make) -> None:
    world = world_of(casework_market())
    world.advance(0, 20)
    people = world.tables["people"].rows[: world.tables["people"].count]
    found = enrol(Eligibility.model_validate(eligible), world, 20, np.zeros(world.tables["people"].capacity))
    np.testing.assert_array_equal(found, np.flatnonzero(who(people)))
    assert found.size > 0


def test_a_share_of_the_eligible_takes_part(casework_market: Make, world_of: Make) -> None:
    world = world_of(casework_market())
    world.advance(0, 20)
    luck = np.random.default_rng(0).random(world.tables["people"].capacity)
    everybody, half = (enrol(Eligibility(share=share), world, 20, luck) for share in (1.0, 0.5))
    assert set(half) < set(everybody)
    assert 0.3 < half.size / everybody.size < 0.7


def test_a_study_does_not_touch_the_scenario(casework_study: Callable[..., Study], casework_market: Callable[..., Scenario]) -> None:
    scenario = casework_market()
    before = scenario.model_dump_json()
    run_market(casework_study(), scenario, 1, PLACE, np.array([0.5]), live)
    assert scenario.model_dump_json() == before
