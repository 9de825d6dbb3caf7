"""The world of the first morning: who there is, what is planned, and that it does not depend on the policy."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.agents.employer import APPLICATIONS
from sim.behaviour import Behaviour
from sim.columns import Table
from sim.scenario import Scenario
from sim.states import ACTIVITIES, PLACES, Activity, Education, EventKind, FieldOfStudy, Place, PostState
from sim.world import World
from tests.every import every

Make = Callable[..., World]
LARGE = 20_000


@pytest.fixture(scope="module")
def large(scenario_of: Callable[..., Scenario], world_of: Make) -> World:
    return world_of(scenario_of(graduates=LARGE, days=400))

KEPT = Behaviour().applications_kept


def share(values: Any) -> float:
    return float(np.mean(values))


def test_the_population_is_the_one_asked_for(large: World) -> None:
    people, population = large.tables["people"], large.scenario.population
    graduation, activity = people.column("graduation_day"), people.column("activity")
    assert people.count == LARGE
    final, recent = graduation > 0, (graduation <= 0) & (graduation > -365)
    near = {"abs": 0.015}
    assert share(final) == pytest.approx(population.final_year_share, **near)
    assert share(recent) == pytest.approx(population.recent_share, **near)
    assert share(people.column("sex")) == pytest.approx(population.female_share, **near)
    assert set(activity[final].tolist()) == {Activity.STUDYING}
    campus = people.column("campus")
    assert [share(campus == row) for row in range(7)] == pytest.approx([0.3, 0.3, *[0.08] * 5], **near)
    assert set(people.column("education")[campus == 0].tolist()) == {Education.VOCATIONAL}
    assert share(people.column("education")[final & (campus == 1)] == Education.MASTER) == pytest.approx(0.1, abs=0.03)


def test_earlier_classes_stand_where_time_has_brought_them(large: World) -> None:
    """Fewer search from class to class; of people from elsewhere more live here, those rather who looked here; firms are run by the confident."""
    people, population = large.tables["people"], large.scenario.population
    activity, resident = people.column("activity"), people.column("place") == Place.RESIDENT
    since = -people.column("graduation_day") // 365
    guests = people.column("from_elsewhere") == 1
    classes = range(1 + large.scenario.opening.earlier_classes)
    low, more = population.unemployed_earlier, population.unemployed_recent - population.unemployed_earlier
    for k in classes:
        of_class = (since == k) & (people.column("graduation_day") < 0)
        assert share(activity[of_class & resident] == Activity.SEARCHING) == pytest.approx(low + more / (1 + k), abs=0.025)
    settled = [share(resident[guests & (since == k)]) for k in classes]
    assert all(0.01 < later - earlier < 0.15 for earlier, later in pairwise(settled[:-1]))
    skill, graduated = people.column("skill"), people.column("graduation_day") < 0
    assert skill[graduated & guests & resident].mean() > skill[graduated & guests & ~resident].mean() + 0.2
    founders = activity == Activity.FOUNDER
    assert people.column("confidence")[founders].mean() > 0.5
    tenure, age = -people.column("job_start_day"), -people.column("graduation_day")
    every(tenure[activity == Activity.EMPLOYED] <= age[activity == Activity.EMPLOYED])
    wages, far = people.column("wage"), (activity == Activity.EMPLOYED) & ~resident
    assert np.log(wages[far]).mean() > np.log(wages[(activity == Activity.EMPLOYED) & resident]).mean() + 0.1, "the better of two offers"


def test_earlier_classes_lack_who_has_gone_on_to_study(large: World) -> None:
    """Of every campus: a college from which many go on has fewer graduates here than students, so fewer are vocational in all."""
    region, people = large.scenario.region, large.tables["people"]
    weights = np.array([[campus.vocational, 1.0 - campus.vocational - campus.master, campus.master] for campus in region.campuses])
    weights *= np.array([campus.share for campus in region.campuses])[:, None] * (1.0 - np.array(large.scenario.exams.studying_on()))
    graduated = people.column("graduation_day") < 0
    for values, expected in (("education", weights.sum(axis=0)), ("campus", weights.sum(axis=1))):
        found = np.bincount(people.column(values)[graduated], minlength=len(expected)) / graduated.sum()
        assert found == pytest.approx(expected / expected.sum(), abs=0.009)


@pytest.mark.parametrize("everybody", [0.0, 1.0])
def test_a_share_of_nobody_or_everybody_leaves_nobody_out(scenario_of: Callable[..., Scenario], world_of: Make, everybody: float) -> None:
    names = ("locals_stayed_share", "locals_returned_share", "residents_from_elsewhere_share")
    people = world_of(scenario_of(graduates=300, days=2, population=dict.fromkeys(names, everybody))).tables["people"]
    graduated = people.column("graduation_day") < 0
    assert share(people.column("place")[graduated] == Place.RESIDENT) == everybody


def test_people_differ_as_declared(large: World) -> None:
    people, behaviour = large.tables["people"], large.scenario.behaviour
    students = people.column("graduation_day") > 0  # who has left has learned, and had internships
    for name in ("skill", "interview_skill", "confidence"):
        values = people.column(name)[students]
        assert (values.mean(), values.std()) == pytest.approx((0.0, 1.0), abs=0.05)
    assert share(people.column("effort")) == pytest.approx(1.0, abs=0.02)
    assert share(people.column("prefers_state")) == pytest.approx(behaviour.state_preference_share, abs=0.015)
    assert share(people.column("credit_constrained")) == pytest.approx(behaviour.constrained_share, abs=0.015)
    for name in ("targeting", "region_interest"):
        assert 0.0 <= people.column(name).min() <= people.column(name).max() <= 1.0
    assert people.column("savings").min() >= 0


def test_who_has_worked_has_learned_and_who_was_an_intern_has_what_it_gives(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """The same people, on the first morning, with and without what work and internships teach."""
    plain, learned = (
        world_of(scenario_of(graduates=600, days=2, behaviour=behaviour)).tables["people"]
        for behaviour in (
            {"learning_per_year": 0.0, "internship_skill": 0.0, "practice_noise": 1_000_000},
            {"learning_per_year": 1.0, "internship_skill": 0.25, "practice_noise": 2.0, "internship_share": 1.0},
        )
    )
    left = plain.column("graduation_day") < 0
    proof = learned.column("proof")
    assert proof[left] == pytest.approx(75 / 30 / 4), "75 days, of months of variance 4"
    assert proof[~left] == pytest.approx(0.0)
    skill = (learned.column("skill") - plain.column("skill"))[left]
    years = np.where(learned.column("activity") == Activity.EMPLOYED, -learned.column("job_start_day") // 365, 0)[left]
    assert skill == pytest.approx(0.25 + years)
    assert years.max() >= 3


def test_every_worker_has_an_employer_and_every_employer_a_field(large: World) -> None:
    people, employers, fields = large.tables["people"], large.tables["employers"], large.tables["fields"].rows
    working = (people.column("activity") == Activity.EMPLOYED) & (people.column("place") == Place.RESIDENT)
    every(people.column("employer")[working] >= 0)
    every(people.column("separation_day")[working] > 0)
    every(people.column("job_start_day")[working] <= 0)
    every(people.column("wage")[working] > 0)
    assert set(employers.column("industry").tolist()) == set(FieldOfStudy)
    established = employers.column("founder") < 0
    assert int(employers.column("slots")[established].sum()) == int(fields["slots"].sum()) == int(large.rows_in_use["regular_slots"][0])
    mean_size = large.scenario.market.employer_size
    assert int(working.sum()) / int(established.sum()) == pytest.approx(mean_size, rel=0.02)


def test_first_posts_are_open_and_advertised_and_of_some_age(large: World) -> None:
    posts = large.tables["posts"]
    assert posts.count > 100
    assert set(posts.column("state").tolist()) == {PostState.OPEN}
    assert posts.column("opened_day").min() < -20
    assert posts.column("lapse_day").min() >= 1
    assert posts.column("wage").min() > 1000


@pytest.mark.parametrize("seed", [1, 2])
def test_the_first_morning_does_not_depend_on_the_policy(
    seed: int, scenario_of: Callable[..., Scenario], world_of: Make, every_lever: Callable[[], Any]
) -> None:
    without, with_all = (world_of(scenario_of(policy=policy), seed) for policy in ({}, every_lever()))
    for name in ("people", "employers", "posts", "slots", "fields", "campuses", "loans"):
        columns = [column.name for column in without.tables[name].columns]
        changed = [column for column in columns if not np.array_equal(without.tables[name].column(column), with_all.tables[name].column(column))]
        assert changed == {"people": ["aware"], "employers": ["aware"]}.get(name, [])


def test_each_is_the_peer_of_a_campus(large: World) -> None:
    campuses, people = large.tables["campuses"].rows, large.tables["people"].rows
    for row, campus in enumerate(campuses):
        members = large.members[campus.first_member : campus.first_member + campus.members]
        assert set(people["campus"][members].tolist()) == {row}
        assert np.all(np.diff(members) > 0)
    assert sorted(large.members.tolist()) == list(range(len(people)))


def test_later_classes_enter_on_the_first_of_july(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    world = world_of(scenario_of(graduates=400, days=1100, population={"cohort": 50}))
    start, counts = world.scenario.start, []
    for day in range(1100):
        world.advance(day, day + 1)
        counts.append(world.tables["people"].count)
    entries = [start + timedelta(days=int(day)) for day in np.flatnonzero(np.diff([400, *counts]))]
    assert entries == [date(2021, 7, 1), date(2022, 7, 1), date(2023, 7, 1)]
    assert counts[-1] == 550
    people = world.tables["people"]
    later = np.arange(people.count) >= 400
    for year in (2022, 2023, 2024):
        middle = (date(year, 6, 22) - start).days
        of_class = later & (np.abs(people.column("graduation_day") - middle) < 100)
        assert of_class.sum() == 50
        shift = world.tables["campuses"].rows["graduation_shift"][people.column("campus")[of_class]]
        every(people.column("graduation_day")[of_class] == middle + shift)
        assert len(set(shift.tolist())) > 1
        every(np.abs(shift) <= 14)
    assert set(people.column("activity")[500:].tolist()) <= {Activity.STUDYING, Activity.INTERN}
    assert Activity.STUDYING not in people.column("activity")[:500].tolist()


def events(world: World, *kinds: EventKind) -> list[dict[str, int]]:
    rows = world.tables["events"].rows[: world.tables["events"].count]
    return [{name: int(row[name]) for name in rows.dtype.names} for row in rows if row.kind in kinds]


def test_fairs_are_held_as_often_as_planned_and_on_saturdays(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    fairs = {"enabled": True, "fairs_per_year": 40, "online_share": 0.25, "evening_share": 0.5, "visitors_per_fair": 7}
    world = world_of(scenario_of(days=365, policy={"job_fairs": fairs}))
    planned = events(world, EventKind.FAIR, EventKind.ONLINE_FAIR, EventKind.EVENING_FAIR)
    kinds = [event["kind"] for event in planned]
    assert len(planned) == 40
    assert kinds.count(EventKind.ONLINE_FAIR) == 10
    assert kinds.count(EventKind.EVENING_FAIR) > 5
    assert {(world.scenario.start + timedelta(days=event["day"])).weekday() for event in planned if event["kind"] == EventKind.FAIR} == {5}
    assert {event["places"] for event in planned} == {7}
    half = world_of(scenario_of(days=182, policy={"job_fairs": fairs}))
    assert len(events(half, EventKind.FAIR, EventKind.ONLINE_FAIR, EventKind.EVENING_FAIR)) == 20


def test_trips_share_firms_and_posts_and_go_to_the_campuses_in_turn(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    lever = {
        "enabled": True,
        "trips": 5,
        "firms": 23,
        "posts": 101,
        "campuses": ("university", "outside 2"),
        "first_date": "2021-03-01",
        "last_date": "2021-05-31",
    }
    world = world_of(scenario_of(days=365, policy={"campus_recruitment": lever}))
    planned = events(world, EventKind.CAMPUS_TRIP)
    assert (len(planned), sum(event["firms"] for event in planned), sum(event["posts"] for event in planned)) == (5, 23, 101)
    assert [event["campus"] for event in planned] == [1, 4, 1, 4, 1]
    days = [world.scenario.start + timedelta(days=event["day"]) for event in planned]
    assert days == sorted(days)
    assert date(2021, 3, 1) <= days[0]
    assert days[-1] <= date(2021, 5, 31)


def test_group_visits_share_the_places(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    lever = {"enabled": True, "amount": 1, "places": 10, "group_visits": 4}
    planned = events(world_of(scenario_of(days=100, policy={"travel_vouchers": lever})), EventKind.GROUP_VISIT)
    assert [event["places"] for event in planned] == [2, 3, 2, 3]
    assert [event["campus"] for event in planned] == [2, 3, 4, 5], "the campuses outside, in turn"


def test_stations_open_one_after_another_over_the_districts(run_of: Make) -> None:
    lodging = {"enabled": True, "stations": 6, "rooms_per_station": 1, "beds_per_room": 2, "opening_date": "2020-11-11", "opening_months": 2.0}
    world = run_of(graduates=50, days=120, policy={"lodging": lodging | {"cost_per_bed_month": 10, "initial_awareness": 0.0}})
    stations = world.tables["stations"]
    assert stations.column("opening_day").tolist() == [10, 20, 30, 40, 50, 60]
    assert stations.column("district").tolist() == [0, 1, 2, 0, 1, 2]
    open_beds = world.beds[:, :, 0].sum(axis=1)
    assert [int(open_beds[day]) for day in (9, 10, 19, 20, 59, 60, 119)] == [0, 2, 2, 4, 10, 12, 12]
    months = sum((119 - int(day)) // 30 + 1 for day in stations.column("opening_day"))
    assert world.services[-1, 0, 0] == months * 2 * 10  # each month in advance, for the beds that stand ready


def test_a_long_run_in_a_tiny_place_ends(run_of: Make) -> None:
    for graduates in (1, 2, 7):
        world = run_of(graduates=graduates, days=400)
        assert world.flows.shape[0] == 400
        assert world.stocks[-1, : ACTIVITIES * PLACES].sum() == world.tables["people"].count


def test_a_world_without_fields_of_one_kind_ends(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    region = scenario_of().region.model_copy(update={"jobs_by_field": (1.0, 0.0, 0.0, 0.0, 0.0)})
    world = world_of(scenario_of(graduates=300, days=200).model_copy(update={"region": region}))
    world.advance(0, 200)
    assert world.counts.sum() > 0
    assert set(world.tables["employers"].column("industry")[world.tables["employers"].column("founder") < 0].tolist()) == {0}


def test_piles_go_round_and_nobody_notices(
    scenario_of: Callable[..., Scenario], world_of: Callable[..., World], every_lever: Callable[[], Any],
    snapshot_of: Callable[..., Any], difference_of: Callable[..., list[str]],
) -> None:  # fmt: skip
    policy = {name: settings for name, settings in every_lever().items() if name != "campus_recruitment"}  # days of 600 posts want much room
    scenario = scenario_of(graduates=2000, days=500, policy=policy)
    kept = scenario.behaviour.applications_kept
    narrow, wide = world_of(scenario), world_of(scenario)
    narrow.tables["applications"] = Table("applications", APPLICATIONS, kept, narrow.rows_in_use)
    narrow.reserve_piles(1)
    wide.reserve_piles(10_000)
    narrow.advance(0, scenario.days)
    wide.advance(0, scenario.days)
    posts, piles = narrow.tables["posts"].count, narrow.tables["applications"].capacity // kept
    assert piles < posts < 10_000, "some piles have been used twice"
    assert difference_of(snapshot_of(narrow), snapshot_of(wide)) == []


def test_first_firms_are_run_by_residents_who_have_graduated(scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> None:
    people = world_of(scenario_of(graduates=2_000, population={"founders_earlier": 0.2})).tables["people"]
    founders = people.column("activity") == Activity.FOUNDER
    every(people.column("graduation_day")[founders] < 0)
    every(people.column("place")[founders] == Place.RESIDENT)
    last = (people.column("graduation_day") <= -4 * 365) & (people.column("place") == Place.RESIDENT)
    recent = (people.column("graduation_day") < 0) & (people.column("graduation_day") > -365) & (people.column("place") == Place.RESIDENT)
    assert share(founders[last]) == pytest.approx(0.2, abs=0.06)
    assert share(founders[recent]) == pytest.approx(0.08, abs=0.05)
