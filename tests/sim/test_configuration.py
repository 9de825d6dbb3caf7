"""What is wrong in a configuration is refused before anything runs: with the key, what was given, what is allowed, and the nearest key."""

from datetime import date
from typing import Any

import pytest

from sim.configuration import ConfigurationError, available
from sim.parameters import leaves
from sim.scenario import Policy, Scenario, base_configuration, check_scenario, known_keys


def refusal(programme: str, overrides: dict[str, Any]) -> str:
    with pytest.raises(ConfigurationError) as refused:
        Scenario.load(programme, overrides)
    return str(refused.value)


OUT_OF_RANGE: list[tuple[str, Any, str]] = [
    ("population.graduates", 0, "at least 1"),
    ("population.graduates", -5, "at least 1"),
    ("population.graduates", 20_000_001, "at most 20000000"),
    ("days", 0, "at least 1"),
    ("days", 3661, "at most 3660"),
    ("population.final_year_share", 1.2, "at most 1"),
    ("population.female_share", -0.1, "at least 0"),
    ("population.cohort", -1, "at least 0"),
    ("population.graduation_month", 13, "at most 12"),
    ("population.graduation_day", 31, "at most 28"),
    ("population.unemployed_recent", 1.01, "at most 1"),
    ("market.tightness", -1, "at least 0"),
    ("market.tightness", 20.5, "at most 20"),
    ("market.slots_per_post", 0, "at least 0.05"),
    ("market.employer_size", 0.5, "at least 1"),
    ("market.state_owned_share", 2, "at most 1"),
    ("behaviour.targeting", 1.5, "at most 1"),
    ("behaviour.posts_seen", 0, "at least 1"),
    ("behaviour.interview_days", 61, "at most 60"),
    ("behaviour.interviews_per_post", 0, "at least 1"),
    ("behaviour.skill_output", -70, "at least 0.001"),
    ("behaviour.break_gain", 0.9, "at least 1"),
    ("behaviour.mentor_fade_months", 0, "at least 0.1"),
    ("region.living_cost", -1, "at least 0"),
    ("region.wage_bachelor", 100, "at least 500"),
    ("region.hotel_night", 10_001, "at most 10000"),
    ("policy.lodging.stations", -1, "at least 0"),
    ("policy.lodging.free_nights", 400, "at most 365"),
    ("policy.lodging.budget", -1, "at least 0"),
    ("policy.lodging.initial_awareness", 1.1, "at most 1"),
    ("policy.outreach.job_boards", -3, "at least 0"),
    ("policy.job_fairs.fairs_per_year", 366, "at most 365"),
    ("policy.job_fairs.online_share", -0.5, "at least 0"),
    ("policy.campus_recruitment.trips", 1001, "at most 1000"),
    ("policy.travel_vouchers.lowest_education", 3, "at most 2"),
    ("policy.travel_vouchers.nights", 0, "at least 1"),
    ("policy.mentoring.months", 0, "at least 1"),
    ("policy.loans.rate_per_year", 1.5, "at most 1"),
    ("policy.loans.term_months", 0, "at least 1"),
    ("policy.loans.credit_line", 10**12 + 1, "at most 1000000000000"),
    ("policy.loans.guarantee_share", 1.2, "at most 1"),
]
"""Key, value given, what is allowed."""

WRONG_TYPE: list[tuple[str, Any, str]] = [
    ("population.graduates", "many", "integer"),
    ("population.graduates", 1.5, "integer"),
    ("days", "x", "integer"),
    ("start", "yesterday", "date"),
    ("start", "2020-13-01", "1-12"),
    ("market.tightness", "tight", "number"),
    ("market.tightness", "nan", "finite"),
    ("market.tightness", "inf", "finite"),
    ("behaviour.posts_seen", 2.5, "integer"),
    ("policy.lodging.enabled", "maybe", "bool"),
    ("policy.lodging.opening_date", "soon", "date"),
    ("policy.loans.rate_per_year", "4 pm", "number"),
    ("policy.lodging", True, "a dictionary of its keys"),
    ("market", 3, "a dictionary of its keys"),
]


@pytest.mark.parametrize(("key", "given", "allowed"), [*OUT_OF_RANGE, *WRONG_TYPE])
def test_a_value_that_is_not_allowed_is_refused_by_name(key: str, given: Any, allowed: str) -> None:
    message = refusal("none", {key: given})
    assert message.startswith(f"{key} is ")
    assert (str(given).lower() if isinstance(given, bool) else str(given)) in message
    assert allowed in message.partition("allowed is")[2]
    assert len(message.splitlines()) == 1


UNKNOWN: list[tuple[str, str]] = [
    ("policy.lodging.free_night", "policy.lodging.free_nights"),
    ("policy.lodgin.stations", "policy.lodging.stations"),
    ("polcy.lodging.stations", "policy.lodging.stations"),
    ("policy.loan.credit_line", "policy.loans.credit_line"),
    ("policy.job_fairs.fairs_a_year", "policy.job_fairs.fairs_per_year"),
    ("policy.mentoring.mentor", "policy.mentoring.mentors"),
    ("behaviour.interviw_cost", "behaviour.interview_cost"),
    ("behavior.interview_cost", "behaviour.interview_cost"),
    ("populaton.graduates", "population.graduates"),
    ("population.gradautes", "population.graduates"),
    ("market.tightnes", "market.tightness"),
    ("region.rents", "region.rent"),
    ("day", "days"),
]


@pytest.mark.parametrize(("given", "nearest"), UNKNOWN)
def test_an_unknown_key_is_refused_with_the_nearest(given: str, nearest: str) -> None:
    message = refusal("none", {given: 3})
    assert message.startswith("unknown ")
    assert repr(given) in message
    assert f"Did you mean {nearest!r}?" in message
    assert nearest in known_keys()


@pytest.mark.parametrize(
    ("group", "given", "nearest"),
    [
        ("region", "zibbo", "zibo"), ("market", "slak", "slack"), ("population", "smal", "small"), ("region", "dong", "dongbeitang"),
        ("region", "x", None),
    ],
)
def test_an_unknown_file_is_refused_with_those_there_are(group: str, given: str, nearest: str | None) -> None:
    message = refusal("none", {group: given})
    assert f"unknown {group} {given!r}" in message
    assert all(name in message for name in available(group))
    assert nearest is None or f"Did you mean {nearest!r}?" in message


def test_an_unknown_programme_is_refused_with_the_nearest() -> None:
    message = refusal("zibbo", {})
    assert "unknown programme 'zibbo'" in message
    assert "Did you mean 'zibo'?" in message


CONTRADICTIONS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("none", {"population.graduates": 100, "population.cohort": 101}, ["population", "cohort (101)", "graduates (100)", "smaller"]),
    ("none", {"population.entry_month": 6, "population.entry_day": 22}, ["population", "on the day of its graduation", "entry_month"]),
    ("none", {"population.final_year_share": 0.7, "population.recent_share": 0.5}, ["final_year_share", "recent_share", "must not exceed 1"]),
    (
        "none",
        {"policy.lodging.opening_date": "2020-01-01"},
        ["policy.lodging.opening_date", "2020-01-01", "before the start", "2020-11-01", "later date"],
    ),
    (
        "zibo",
        {"start": "2021-06-01", "policy.lodging.opening_date": "2020-11-01"},
        ["policy.lodging.opening_date", "2020-11-01", "before the start", "2021-06-01"],
    ),
    (
        "none",
        {"policy.campus_recruitment.first_date": "2021-03-01", "policy.campus_recruitment.last_date": "2021-02-01"},
        ["policy.campus_recruitment.first_date", "after", "policy.campus_recruitment.last_date"],
    ),
    (
        "none",
        {"policy.travel_vouchers.first_date": "2021-03-01", "policy.travel_vouchers.last_date": "2021-02-01"},
        ["policy.travel_vouchers.first_date", "after", "policy.travel_vouchers.last_date"],
    ),
    ("none", {"policy.travel_vouchers.campuses": ["Nowhere"]}, ["policy.travel_vouchers.campuses", "'Nowhere'", "city_university"]),
    ("zibo", {"place": "default", "policy.travel_vouchers.campuses": ["Nowhere"]}, ["travel_vouchers.campuses", "'Nowhere'", "city_university"]),
    ("none", {"region.districts": []}, ["region.districts", "at least one"]),
    ("none", {"region.campuses": []}, ["region.campuses", "at least one"]),
    ("none", {"region.jobs_by_field": [1, 2]}, ["region.jobs_by_field", "5 weights"]),
    ("none", {"region.jobs_by_field": [0, 0, 0, 0, 0]}, ["region.jobs_by_field", "one of them at least 0.001"]),
    ("none", {"region.jobs_by_field": [1, 1, 1, 1, -1]}, ["region.jobs_by_field", "5 weights from 0 to 1000"]),
    ("none", {"region.jobs_by_field": [1e308, 1e308, 1e308, 0, 0]}, ["region.jobs_by_field", "5 weights from 0 to 1000"]),
    ("none", {"market.season_other": [1, 1]}, ["market.season_other", "12 ratios from 0 to 12"]),
    ("none", {"market.season_bachelor": [0] * 11 + [1e300]}, ["market.season_bachelor", "12 ratios from 0 to 12"]),
    ("none", {"market.growth_season": [1] * 12}, ["market.growth_season is gone", "market.season_bachelor"]),
    ("none", {"exams.postgraduate_exam": [12, 31]}, ["exams.postgraduate_exam", "a day from 1 to 28"]),
    ("none", {"exams.studies_begin": [9]}, ["exams.studies_begin", "a month from 1 to 12"]),
]


@pytest.mark.parametrize(("programme", "overrides", "fragments"), CONTRADICTIONS)
def test_contradictory_settings_are_refused(programme: str, overrides: dict[str, Any], fragments: list[str]) -> None:
    message = refusal(programme, overrides)
    assert [fragment for fragment in fragments if fragment not in message] == []


def campus(**settings: Any) -> dict[str, Any]:
    return {"name": "inside", "name_zh": "本地", **settings}


@pytest.mark.parametrize(
    ("campuses", "policy", "fragments"),
    [
        ([campus(), campus()], {}, ["region.campuses", "names must differ"]),
        ([campus(share=0)], {}, ["region.campuses", "one of them at least 0.001"]),
        ([campus(share=1e300)], {}, ["region.campuses.0.share", "at most 1000"]),
        ([campus(fields=[1e308, 1e308, 0, 0, 0])], {}, ["region.campuses.0", "5 weights from 0 to 1000"]),
        ([campus(vocational=0.7, master=0.4)], {}, ["region.campuses.0", "vocational and master", "must not exceed 1"]),
        ([campus(fields=[1, 2])], {}, ["region.campuses.0", "5 weights"]),
        ([campus(interest=1.5)], {}, ["region.campuses.0.interest", "1.5", "at most 1"]),
        (
            [campus()],
            {"campus_recruitment": {"enabled": True, "trips": 1, "firms": 1, "posts": 1}},
            ["policy.campus_recruitment", "no campus outside"],
        ),
        (
            [campus()],
            {"travel_vouchers": {"enabled": True, "amount": 1, "places": 1, "group_visits": 1}},
            ["policy.travel_vouchers", "no campus outside"],
        ),
    ],
)
def test_impossible_regions_are_refused(campuses: Any, policy: Any, fragments: list[str]) -> None:
    plain = base_configuration()
    plain["region"] |= {"campuses": campuses, "districts": [{"name": "one", "name_zh": "一"}]}
    for lever, settings in policy.items():
        plain["policy"][lever] |= settings
    with pytest.raises(ConfigurationError) as refused:
        check_scenario(plain)
    assert [fragment for fragment in fragments if fragment not in str(refused.value)] == []


def test_every_mistake_has_its_line() -> None:
    lines = refusal("none", {"policy.lodging.stations": -1, "policy.lodging.free_nights": 400, "days": 0}).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["days", "policy.lodging.stations", "policy.lodging.free_nights"]


@pytest.mark.parametrize(
    ("key", "given", "read"),
    [
        ("policy.lodging.free_nights", 14, 14),
        ("policy.lodging.budget", None, None),
        ("policy.lodging.budget", 5000, 5000),
        ("policy.lodging.enabled", True, True),
        ("policy.lodging.opening_date", "2021-03-01", date(2021, 3, 1)),
        ("policy.lodging.opening_date", date(2021, 3, 1), date(2021, 3, 1)),
        ("policy.loans.rate_per_year", 0.03, 0.03),
        ("policy.travel_vouchers.campuses", ["coastal_university", "normal_university"], ("coastal_university", "normal_university")),
        ("behaviour.targeting", 0.5, 0.5),
        ("population.graduates", 123, 123),
        ("start", "2022-02-01", date(2022, 2, 1)),
        ("days", 10, 10),
        ("market", "slack", None),
    ],
)
def test_overrides_reach_the_scenario(key: str, given: Any, read: Any) -> None:
    found: Any = Scenario.load("none", {key: given})
    if key == "market":
        assert found.market.tightness < Scenario.load("none").market.tightness
        return
    for part in key.split("."):
        found = getattr(found, part)
    assert found == read
    assert type(found) is type(read)


@pytest.mark.parametrize("programme", available("programme"))
def test_shipped_programmes_load_and_survive_a_round_trip(programme: str) -> None:
    scenario = Scenario.load(programme)
    assert scenario.programme == programme
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario
    assert (programme == "none") == (not any(lever.offers_something for lever in scenario.policy.levers.values()))


def test_none_is_the_declared_defaults() -> None:
    scenario = Scenario.load("none")
    assert scenario.policy == Policy()
    changed = [leaf.key for leaf in leaves(scenario.behaviour) if leaf.value != leaf.default]
    assert changed == []


def test_a_scenario_cannot_be_changed_behind_the_checks() -> None:
    scenario = Scenario.load("none")
    with pytest.raises(ValueError, match="cannot be set"):
        scenario.days = 0  # type: ignore[misc]
