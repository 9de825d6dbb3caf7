"""A programme in another place and at another time; a place without a programme."""

from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any

import pytest

from sim.comparison import without_programme
from sim.configuration import ConfigurationError, available
from sim.elsewhere import keys_given, moved
from sim.parameters import declarations
from sim.results import Results
from sim.scenario import Scenario
from sim.simulation import simulate

PROGRAMMES = [name for name in available("programme") if name != "none"]
PLACES = available("place")
OF_PROGRAMMES = [name for name in PLACES if name not in ("county", "national")]
TINY = {"population.graduates": 200, "days": 25}


def dates_of(scenario: Scenario) -> dict[str, date]:
    return {leaf.key: leaf.value for leaf in declarations(scenario.policy) if isinstance(leaf.value, date)}


@cache
def at_home(name: str) -> Scenario:
    return Scenario.load(name)


def same(one: Results, other: Results) -> bool:
    return repr(one.summary()["outcomes"]) == repr(other.summary()["outcomes"])


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_place_without_its_programme_is_the_baseline_of_a_comparison_to_the_bit(name: str) -> None:
    programme = Scenario.load(name, TINY)
    alone = Scenario.load("none", {"place": name, **TINY})
    assert alone == without_programme(programme)
    assert (alone.place, programme.place) == (name, name)
    assert same(simulate(alone, replicates=2, workers=1), simulate(without_programme(programme), replicates=2, workers=1))


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_place_stands_in_the_period_of_the_programme_at_home_there(name: str) -> None:
    programme, place = at_home(name), Scenario.load("none", {"place": name})
    assert (place.start, place.days) == (programme.start, programme.days)
    assert programme.notes == place.notes == ()


def test_a_place_brings_its_market_and_each_part_of_it_can_be_exchanged() -> None:
    assert Scenario.load("none", {"place": "chengyang"}).market.tightness == 1.1
    assert Scenario.load("none", {"place": "chengyang", "market": "slack"}).market.tightness == 0.5
    assert Scenario.load("dongbeitang", {"market": "slack"}).market.tightness == 0.5
    small = Scenario.load("zibo", {"place": "chengyang", "population": "small"})
    assert (small.population.graduates, small.region.name, small.place) == (1000, "chengyang", "chengyang")
    old = Scenario.load("none", {"place": "youth_venture"})
    assert (old.behaviour.interview_cost, old.start.year) == (38, 2009)


def test_a_region_that_was_chosen_alone_is_told_in_whose_market_it_stands() -> None:
    (note,) = Scenario.load("none", {"region": "chengyang", "population": "chengyang"}).notes
    assert "market, behaviour" in note
    assert "population," not in note
    assert "place default" in note
    assert "地方 default" in note.zh


def carried_out(programme: str, place: str) -> Scenario:
    scenario = Scenario.load(programme, {"place": place, **TINY})
    assert (scenario.programme, scenario.place) == (programme, place)
    assert simulate(scenario, replicates=1, workers=1).outcomes["employed_in_region"][0] > 0
    return scenario


@pytest.mark.parametrize(("programme", "place"), list(zip(PROGRAMMES, OF_PROGRAMMES[-1:] + OF_PROGRAMMES[:-2], strict=True)))
def test_a_programme_runs_elsewhere(programme: str, place: str) -> None:
    home, away = at_home(programme), carried_out(programme, place)
    assert programme != place
    assert away.reported == ()
    assert away.start == home.start
    for name, lever in home.policy.levers.items():
        there = getattr(away.policy, name)
        assert there.model_copy(update={"campuses": ()} if hasattr(lever, "campuses") else {}) == lever.model_copy(
            update={"campuses": ()} if hasattr(lever, "campuses") else {}
        )


@pytest.mark.slow
@pytest.mark.parametrize(("programme", "place"), list(product(PROGRAMMES, PLACES)))
def test_any_programme_runs_in_any_place(programme: str, place: str) -> None:
    carried_out(programme, place)


def test_elsewhere_a_lever_goes_to_every_campus_outside_unless_told_otherwise() -> None:
    away = Scenario.load("zibo", {"place": "chengyang"})
    assert away.policy.campus_recruitment.campuses == ()
    (note,) = away.notes
    assert away.with_(days=100).notes == away.notes
    assert "policy.campus_recruitment, policy.travel_vouchers" in note
    assert "市外高校" in note.zh
    told = Scenario.load("zibo", {"place": "chengyang", "policy.campus_recruitment.campuses": ["Weifang University"]})
    assert told.policy.campus_recruitment.campuses == ("Weifang University",)
    assert "campus_recruitment" not in told.notes[0]
    with pytest.raises(ConfigurationError, match="'Nowhere', which the region does not have"):
        Scenario.load("zibo", {"place": "chengyang", "policy.campus_recruitment.campuses": ["Nowhere"]})
    with pytest.raises(ConfigurationError, match="which the region does not have"):  # those of its home too, where they were given
        Scenario.load("zibo", {"place": "chengyang", "policy.campus_recruitment.campuses": list(at_home("zibo").policy.campus_recruitment.campuses)})
    with pytest.raises(ConfigurationError, match="'Nowhere', which the region does not have"):
        Scenario.load("zibo", {"policy.campus_recruitment.campuses": ["Nowhere"]})


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_date_moves_with_the_start(name: str) -> None:
    before, after = at_home(name), Scenario.load(name, {"start": "2024-11-01"})
    days = after.start - before.start
    assert dates_of(after) == {key: when + days for key, when in dates_of(before).items()}
    assert len(dates_of(before)) == {"zibo": 15, "chengyang": 1, "campus_link": 2}.get(name, 0)
    assert (after.days, after.region, after.notes) == (before.days, before.region, ())
    assert before.reported
    assert after.reported == ()
    assert Scenario.load(name, {"start": before.start.isoformat()}) == before


def test_a_date_that_was_given_stays() -> None:
    key = "policy.campus_recruitment.first_date"
    scenario = Scenario.load("zibo", {"start": "2025-11-01", key: "2026-03-01"})
    assert scenario.policy.campus_recruitment.first_date == date(2026, 3, 1)
    assert scenario.policy.campus_recruitment.last_date == date(2021, 5, 31) + timedelta(1826)
    assert key in scenario.notes[0]


def test_a_date_that_was_given_as_it_is_at_home_stays_too() -> None:
    at_home = Scenario.load("zibo").policy.campus_recruitment
    scenario = Scenario.load("zibo", {"start": "2020-10-01", "policy.campus_recruitment.first_date": at_home.first_date.isoformat()})
    found = scenario.policy.campus_recruitment
    assert (found.first_date, found.last_date) == (at_home.first_date, at_home.last_date - timedelta(31))


def test_dates_in_lists_and_tables_move_and_what_is_no_date_does_not() -> None:
    inner = {"name": "2021-13-01", "number": 3, "none": None}
    policy: dict[str, Any] = {"own": {"held": ["2021-01-31", "2020-02-29"], "inner": {"when": "2021-01-01", **inner}}}
    assert moved(policy, 1) == {"own": {"held": ["2021-02-01", "2020-03-01"], "inner": {"when": "2021-01-02", **inner}}}
    assert moved(policy, 1, lambda path: path == ("own", "held", 0))["own"]["held"] == ["2021-01-31", "2020-03-01"]
    assert keys_given({"days": 3, "policy": {"loans": {"budget": 5}}, "policy.equity": {"enabled": True}}) == [
        "days", "policy.loans.budget", "policy.equity.enabled",
    ]  # fmt: skip


def test_a_scenario_is_changed_as_it_is_loaded() -> None:
    changes = {"start": "2025-11-01", "policy.lodging.free_nights": 3, "policy.travel_vouchers.first_date": "2026-03-01"}
    assert at_home("zibo").with_(changes).model_dump() == Scenario.load("zibo", changes).model_dump()
    county = at_home("zibo").with_({"population.inhabitants": 600_000})
    assert county == Scenario.load("zibo", {"population.inhabitants": 600_000})
    assert county.with_({"population.graduates": 300}).population.inhabitants is None
    with pytest.raises(ConfigurationError, match="place cannot be changed"):
        at_home("zibo").with_(place="chengyang")


def test_years_without_a_calendar_of_holidays_are_named() -> None:
    assert Scenario.load("zibo", {"start": "2025-11-01"}).notes == ()
    (note,) = Scenario.load("zibo", {"start": "2027-11-01"}).notes
    assert "2027, 2028" in note
    assert "2027, 2028 年" in note.zh


def test_inhabitants_say_how_many_graduates_there_are() -> None:
    county = Scenario.load("zibo", {"population.inhabitants": 600_000})
    assert county.population.graduates == 22_800
    assert Scenario.model_validate(county.model_dump()) == county
    rate = Scenario.load("none", {"population.inhabitants": 600_000, "population.graduates_per_inhabitant": 0.01})
    assert rate.population.graduates == 6000
    assert Scenario.load("none", {"population.inhabitants": 600_000, "population.graduates": 22_800}).population.graduates == 22_800
    with pytest.raises(ConfigurationError, match=r"graduates \(3\) and inhabitants \(600,000, which makes 22,800 .* leave one of them out"):
        Scenario.load("none", {"population.inhabitants": 600_000, "population.graduates": 3})


def test_levels_outside_the_plausible_range_are_found_where_they_were_set() -> None:
    scenario = Scenario.load("youth_venture", {"market.tightness": 20, "policy.loans.rate_per_year": 0.03})
    assert [leaf.key for leaf in scenario.implausible(["market.tightness", "policy.loans.rate_per_year"])] == ["market.tightness"]
    assert [leaf.key for leaf in scenario.implausible(["market"])] == ["market.tightness", "market.vocational_posts"]
    assert scenario.implausible([]) == []
    assert {"market.tightness", "region.wage_bachelor"} <= {leaf.key for leaf in scenario.implausible()}
    leaf = scenario.implausible(["market"])[0]
    assert (leaf.value, leaf.prior) == (20, (0.5, 1.1))
