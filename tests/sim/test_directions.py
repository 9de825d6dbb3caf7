"""Each lever moves what it touches in the right direction, on paired seeds. No lever is assumed to move the total of jobs one way."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.levers import LeverId
from sim.states import Activity, Count
from sim.world import World
from tests.every import every

REPLICATES = 2
"""As many as show a direction whichever they are: each of three pairs does."""
MORE = 4
"""Where two do not always."""
SETTING = {"graduates": 1500, "days": 240, "start": "2021-01-01", "behaviour": {"explore_per_month": 0.5}}
LODGING = {"enabled": True, "stations": 3, "rooms_per_station": 2, "beds_per_room": 2, "free_nights": 3, "initial_awareness": 0.5}
FAIRS = {"enabled": True, "fairs_per_year": 24, "firms_per_fair": 20, "visitors_per_fair": 40}
CAMPUS = {"enabled": True, "trips": 4, "firms": 20, "posts": 400, "posts_noticed": 0.2, "attendance": 1.0}
VOUCHERS = {"enabled": True, "amount": 500, "places": 20, "group_visits": 4, "lowest_education": 0, "invited_share": 0.8}
MENTORING = {
    "enabled": True,
    "mentors": 2,
    "mentees_per_mentor": 2,
    "career_mentors": 3,
    "mentees_per_career_mentor": 2,
    "career_demand": 0.5,
    "demand": 0.9,
}
LOANS = {"enabled": True, "credit_line": 10_000_000, "initial_awareness": 0.8}
OUTREACH = {"enabled": True, "job_boards": 300}

Measure = Callable[[World], float]


def count(number: Count) -> Measure:
    return lambda world: float(world.counts[number])


def service(lever: LeverId, column: str) -> Measure:
    return lambda world: float(world.tables["services"].rows[column][lever])


def aware(lever: LeverId) -> Measure:
    return lambda world: float((world.tables["people"].column("aware") >> np.uint32(lever) & np.uint32(1)).sum())


def column_mean(name: str) -> Measure:
    return lambda world: float(world.tables["people"].column(name).mean())


@pytest.fixture(scope="module")
def means_of(run_of: Callable[..., World]) -> Callable[..., NDArray[np.float64]]:
    """Return a function that gives the mean of measures over replicates, one row a setting of the lever."""

    def run(policies: list[dict[str, Any]], *measures: Measure, replicates: int = REPLICATES, **behaviour: float) -> NDArray[np.float64]:
        setting = SETTING | {"behaviour": {**SETTING["behaviour"], **behaviour}}  # type: ignore[dict-item]
        rows = []
        for policy in policies:
            worlds = [run_of(**setting, policy=policy, replicate=replicate) for replicate in range(replicates)]
            rows.append([float(np.mean([measure(world) for world in worlds])) for measure in measures])
        return np.array(rows)

    return run


def rises(values: NDArray[np.float64]) -> bool:
    return bool((np.diff(values) > 0).all())


def never_falls(values: NDArray[np.float64]) -> bool:
    return bool((np.diff(values) >= 0).all() and values[-1] > values[0])


def vary(lever: str, base: dict[str, Any], key: str, values: list[Any], others: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    return [{**(others or {}), lever: base | {key: value}} for value in values]


def test_more_free_nights_are_more_nights_for_no_fewer_guests(means_of: Any) -> None:
    wide = LODGING | {"rooms_per_station": 40}  # beds do not bind
    policies = vary("lodging", wide, "free_nights", [0, 1, 2, 4, 8])
    nights, guests, arrivals = means_of(policies, count(Count.STATION_NIGHTS), count(Count.STATION_GUESTS), count(Count.ARRIVALS)).T
    assert rises(nights)
    assert rises(guests[[0, 1, 3]])  # beyond the nights wanted, longer stays leave a little less time for a second trip
    assert guests[4] > 0.95 * guests[3]
    assert arrivals[0] < arrivals[-1]


def test_more_beds_are_more_guests_and_fewer_turned_away(means_of: Any) -> None:
    scarce = LODGING | {"stations": 1, "rooms_per_station": 1, "free_nights": 6, "initial_awareness": 1.0}
    policies = vary("lodging", scarce, "beds_per_room", [1, 2, 3, 4, 6])
    turned_away, guests = means_of(policies, count(Count.STATION_TURNED_AWAY), count(Count.STATION_GUESTS)).T
    assert rises(-turned_away)
    assert rises(guests)


def test_more_stations_are_more_guests(means_of: Any) -> None:
    scarce = LODGING | {"rooms_per_station": 1, "beds_per_room": 1, "free_nights": 6, "initial_awareness": 1.0}
    turned_away, guests = means_of(vary("lodging", scarce, "stations", [1, 2, 4, 8]), count(Count.STATION_TURNED_AWAY), count(Count.STATION_GUESTS)).T
    assert rises(-turned_away)
    assert rises(guests)


def test_more_knowledge_of_stations_is_more_guests(means_of: Any) -> None:
    wide = LODGING | {"rooms_per_station": 40}
    guests, arrivals = means_of(
        vary("lodging", wide, "initial_awareness", [0.0, 0.3, 0.6, 1.0]), count(Count.STATION_GUESTS), count(Count.ARRIVALS)
    ).T
    assert rises(guests)
    assert arrivals[0] < arrivals[-1]


@pytest.mark.parametrize("channel", ["job_boards", "campus_groups", "visits", "kiosks", "media", "online_communities"])
def test_more_outreach_makes_more_people_aware(channel: str, means_of: Any) -> None:
    others = {"lodging": LODGING | {"initial_awareness": 0.05}}
    policies = vary("outreach", {"enabled": True}, channel, [0, 300, 1500], others)
    known, contacts, spent = means_of(policies, aware(LeverId.LODGING), service(LeverId.OUTREACH, "served"), service(LeverId.OUTREACH, "spent")).T
    assert rises(known)
    assert rises(contacts)
    assert spent.tolist() == [0, 240 * 300 // 30 * 2, 240 * 1500 // 30 * 2]  # who is not concerned is paid for all the same


def test_outreach_at_events_needs_events(means_of: Any) -> None:
    others = {"lodging": LODGING | {"initial_awareness": 0.05}}
    policies = [
        others | {"outreach": {"enabled": True, "recruitment_events": 200}},
        others | {"outreach": {"enabled": True, "recruitment_events": 200}, "job_fairs": FAIRS},
    ]
    contacts = means_of(policies, service(LeverId.OUTREACH, "served"))[:, 0]
    assert contacts[0] == 0 < contacts[1]


def hope_of_seekers(world: World) -> float:
    people = world.tables["people"]
    return float(people.column("offer_belief")[people.column("activity") == Activity.SEARCHING].mean())


def test_a_first_contact_gives_hope_of_offers_and_a_first_fair_tells_of_pay(means_of: Any) -> None:
    quiet, told = means_of([{}, {"outreach": OUTREACH | {"campus_groups": 3000}}], hope_of_seekers, replicates=MORE)[:, 0]
    assert told > quiet, "those who search have met silence"
    alone, taught = means_of([{}, {"job_fairs": FAIRS | {"visitors_per_fair": 500}}], column_mean("expected_wage"), replicates=MORE)[:, 0]
    assert taught < alone, "students expect too much"


def test_more_fairs_are_more_attendances(means_of: Any) -> None:
    attendances, refused, spent = means_of(
        vary("job_fairs", FAIRS, "fairs_per_year", [0, 6, 12, 24, 48]),
        count(Count.FAIR_ATTENDANCES),
        service(LeverId.JOB_FAIRS, "turned_away"),
        service(LeverId.JOB_FAIRS, "spent"),
    ).T
    assert rises(attendances)
    assert rises(spent)
    assert refused[0] == 0


def test_larger_fairs_turn_fewer_away(means_of: Any) -> None:
    policies = vary("job_fairs", FAIRS, "visitors_per_fair", [5, 10, 20, 40])
    attendances, refused = means_of(policies, count(Count.FAIR_ATTENDANCES), service(LeverId.JOB_FAIRS, "turned_away")).T
    assert rises(attendances)
    assert rises(-refused)


def test_more_firms_at_fairs_are_more_hires_through_fairs(means_of: Any) -> None:
    hires = means_of(vary("job_fairs", FAIRS, "firms_per_fair", [1, 8, 60]), count(Count.FAIR_HIRES))[:, 0]
    assert rises(hires)


def test_more_campus_posts_are_more_cvs(means_of: Any) -> None:
    posts, cvs, intents = means_of(
        vary("campus_recruitment", CAMPUS, "posts", [0, 20, 100, 500]),
        count(Count.CAMPUS_POSTS),
        count(Count.CAMPUS_CVS),
        count(Count.CAMPUS_INTENTS),
    ).T
    assert posts.tolist() == [0, 20, 100, 500]
    assert rises(cvs)
    assert rises(intents)
    every(intents <= cvs)


def test_more_campus_trips_reach_more_students(means_of: Any) -> None:
    reached, spent = means_of(
        vary("campus_recruitment", CAMPUS, "trips", [0, 2, 5, 10]),
        service(LeverId.CAMPUS_RECRUITMENT, "reached"),
        service(LeverId.CAMPUS_RECRUITMENT, "fixed_spent"),
    ).T
    assert rises(reached)
    assert spent.tolist() == [0, 100_000, 250_000, 500_000]


def test_more_voucher_places_are_more_vouchers_used(means_of: Any) -> None:
    used, refused = means_of(
        vary("travel_vouchers", VOUCHERS, "places", [0, 4, 12, 40]), count(Count.VOUCHERS_USED), service(LeverId.TRAVEL_VOUCHERS, "turned_away")
    ).T
    assert rises(used)
    every(used <= [0, 4, 12, 40])
    assert refused[1] > refused[3]


def test_larger_vouchers_bring_more_students(means_of: Any) -> None:
    wide = VOUCHERS | {"places": 1000}
    policies = vary("travel_vouchers", wide, "amount", [0, 100, 300, 600])
    used, trips = means_of(policies, count(Count.VOUCHERS_USED), column_mean("trips"), replicates=MORE).T
    assert rises(used)
    assert rises(trips)


@pytest.mark.parametrize(("key", "others"), [("mentors", {"career_mentors": 0}), ("career_mentors", {"mentors": 0})])
def test_more_mentors_are_more_mentees(key: str, others: dict[str, Any], means_of: Any) -> None:
    policies = vary("mentoring", MENTORING | {"initial_awareness": 0.8} | others, key, [0, 1, 3, 12])
    mentees, refused = means_of(policies, count(Count.MENTEES), service(LeverId.MENTORING, "turned_away")).T
    assert rises(mentees)
    assert refused[1] > refused[3]


def test_business_mentors_raise_profits(means_of: Any) -> None:
    profits = means_of(
        vary("mentoring", MENTORING | {"initial_awareness": 1.0, "career_mentors": 0, "demand": 1.0}, "mentors", [0, 30]),
        lambda world: float(world.cashbook[2]),
        mentor_skill=0.5,
    )[:, 0]
    assert rises(profits)


def test_cheaper_loans_are_asked_for_more_often(means_of: Any) -> None:
    policies = vary("loans", LOANS, "rate_per_year", [0.3, 0.15, 0.06, 0.0])
    applied, granted = means_of(policies, count(Count.LOANS_APPLIED), count(Count.LOANS_GRANTED), growth_per_year=1.0).T
    assert rises(applied)
    assert never_falls(granted)


def test_a_longer_credit_line_grants_more(means_of: Any) -> None:
    policies = vary("loans", LOANS, "credit_line", [0, 2_000_000, 8_000_000, 100_000_000])
    amount, refused = means_of(policies, count(Count.LOAN_AMOUNT_GRANTED), service(LeverId.LOANS, "turned_away"), growth_per_year=1.0).T
    assert rises(amount)
    assert refused[1] > refused[3]


def test_loans_let_more_firms_begin(means_of: Any) -> None:
    founded = means_of(
        vary("loans", LOANS | {"credit_line": 10**9, "initial_awareness": 1.0}, "approval", [0.0, 1.0]),
        count(Count.STARTUPS_FOUNDED),
        opportunity_per_year=3.0,
        constrained_share=1.0,
    )[:, 0]
    assert rises(founded)


@pytest.mark.parametrize(
    ("lever", "base", "served"),
    [
        ("lodging", LODGING | {"cost_per_bed_month": 0}, LeverId.LODGING),
        ("outreach", OUTREACH, LeverId.OUTREACH),
        ("job_fairs", FAIRS, LeverId.JOB_FAIRS),
        ("campus_recruitment", CAMPUS | {"cost_per_trip": 100}, LeverId.CAMPUS_RECRUITMENT),
        ("travel_vouchers", VOUCHERS, LeverId.TRAVEL_VOUCHERS),
        ("mentoring", MENTORING, LeverId.MENTORING),
        ("loans", LOANS, LeverId.LOANS),
    ],
)
def test_an_empty_purse_stops_a_service(lever: str, base: dict[str, Any], served: LeverId, means_of: Any) -> None:
    spent, units = means_of([{lever: base}], service(served, "spent"), service(served, "served"), replicates=MORE)[0]
    third = int(spent) // 3
    less_spent, fewer, limit = means_of(
        [{lever: base | {"budget": third}}], service(served, "spent"), service(served, "served"), service(served, "budget"), replicates=MORE
    )[0]
    assert limit == third
    assert 0 <= less_spent <= third
    assert fewer < units
