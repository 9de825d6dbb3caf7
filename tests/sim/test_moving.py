"""Who stays, leaves and comes home: stays of 6 and 12 months, locals who leave and return, and locals who study elsewhere."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.outcomes import OUTCOMES, stayed
from sim.region import Region
from sim.scenario import Scenario
from sim.states import Activity, Count, Education, EventKind, Money, Place, PostState, Preparation, Stock
from sim.world import World
from tests.conftest import REGION
from tests.every import every
from tests.sim.tiny import PLAIN, STILL, advertise, know, move, seek

Make = Callable[..., World]
Flags = NDArray[np.bool_]
NEVER = -1
MONTH = 30


def column(world: World, name: str) -> Any:
    return world.tables["people"].column(name)


# Stays


@pytest.mark.parametrize(
    ("settled", "left", "aged_out", "half_year", "year"),
    [
        (10, NEVER, NEVER, True, True),
        (10, 191, NEVER, False, False),
        (10, 192, NEVER, True, False),
        (10, 374, NEVER, True, False),
        (10, 375, NEVER, True, True),
        (36, NEVER, NEVER, True, None),
        (218, NEVER, NEVER, True, None),
        (219, NEVER, NEVER, None, None),
        (10, NEVER, 191, None, None),
        (10, NEVER, 192, True, None),
        (10, 40, 300, False, None),
        (NEVER, NEVER, NEVER, None, None),
        (-200, 20, NEVER, None, None),
    ],
)
def test_stays_are_counted_over_whole_windows(
    settled: int, left: int, aged_out: int, half_year: bool | None, year: bool | None, long_run: World
) -> None:
    """A run of 400 days: 182 and 365 days from settling have to be seen; who aged out within them is left out, whether gone before or not."""
    move(long_run, 7, from_elsewhere=1, resident_since=settled, left_day=left, aged_out_day=aged_out)
    for days, stays in ((182, half_year), (365, year)):
        assert stayed(long_run, days).tolist() == ([] if stays is None else [int(stays)]), days


@pytest.fixture(scope="module")
def long_run(still_world: Make) -> World:
    world = still_world(days=400)
    world.tables["people"].rows["resident_since"] = NEVER
    return world


def test_locals_are_no_newcomers_who_stayed(still_world: Make) -> None:
    world = still_world(days=400)
    world.tables["people"].rows["from_elsewhere"] = 0
    assert stayed(world, 182).size == 0


# Leaving


LEAVE = {"leave_per_month": 100.0, "leave_response": 0.0, "leave_unemployed": 1.0, "ties_fade_per_year": 0.0}


def of_campus(world: World, campus: int) -> dict[str, int]:
    """Return what somebody has who studied on a campus; everybody there is known."""
    return {"campus": campus, "circle": int(world.tables["campuses"].rows["members"][campus])}


def lives(world: World, identity: int, activity: Activity, place: Place, **columns: Any) -> None:
    """Let somebody rest in a place; a local, unless told."""
    usual = {"from_elsewhere": 0, "employer": NEVER, "wage": 0, "contract_day": NEVER, "separation_day": NEVER, **of_campus(world, 0)}
    move(world, identity, **(usual | {"activity": activity, "place": place, "resident_since": NEVER, "departures": 0, "left_day": NEVER} | columns))


def test_a_local_leaves_a_job_and_keeps_some_interest(still_world: Make) -> None:
    world = still_world(**LEAVE, locals_interest_away=0.25)
    lives(world, 7, Activity.EMPLOYED, Place.RESIDENT, employer=0, wage=5_000, separation_day=10_000, region_interest=0.9, attachment=0.4)
    world.tables["employers"].rows["staff"][0] += 1
    world.tables["employers"].rows["wage_bill"][0] += 5_000
    world.advance(0, MONTH)
    people = world.tables["people"].rows
    assert (people.place[7], people.activity[7], people.departures[7], people.returns[7]) == (Place.ELSEWHERE, Activity.SEARCHING, 1, 0)
    assert (people.region_interest[7], people.attachment[7]) == (0.25, 0.4)
    assert 0 <= people.left_day[7] < MONTH
    assert world.counts[Count.LOCALS_LEFT] == (column(world, "departures") * (column(world, "from_elsewhere") == 0)).sum() > 0


@pytest.mark.parametrize(
    ("activity", "columns", "leaves"),
    [
        (Activity.SEARCHING, {}, True),
        (Activity.INACTIVE, {}, False),
        (Activity.INACTIVE, {"from_elsewhere": 1}, True),
        (Activity.STUDYING, {"graduation_day": 80}, False),
        (Activity.INTERN, {"graduation_day": 80, "employer": 0, "return_day": 80}, False),
        (Activity.FOUNDER, {}, False),
    ],
)
def test_who_leaves(activity: Activity, columns: Any, leaves: bool, still_world: Make) -> None:
    """With a chance of one a month, everybody but founders, students, and locals who pause at home."""
    world = still_world(**LEAVE)
    lives(world, 7, activity, Place.RESIDENT, **columns)
    world.advance(0, MONTH)
    assert (column(world, "place")[7] == Place.ELSEWHERE) == leaves


@pytest.mark.parametrize(("from_elsewhere", "home_owner", "leaves"), [(1, 0, True), (1, 1, False), (0, 0, False)])
def test_without_work_only_who_has_no_home_here_leaves_sooner(from_elsewhere: int, home_owner: int, leaves: bool, still_world: Make) -> None:
    world = still_world(**LEAVE | {"leave_per_month": 1.0, "leave_unemployed": 100.0})
    lives(world, 7, Activity.SEARCHING, Place.RESIDENT, from_elsewhere=from_elsewhere, home_owner=home_owner)
    world.advance(0, MONTH)
    assert (column(world, "place")[7] == Place.ELSEWHERE) == leaves


# Coming home


@pytest.mark.parametrize(
    ("activity", "columns", "home"),
    [
        (Activity.SEARCHING, {}, True),
        (Activity.INACTIVE, {}, True),
        (Activity.EMPLOYED, {"wage": 5_000, "separation_day": 10_000}, False),
        (Activity.SEARCHING, {"from_elsewhere": 1}, False),
        (Activity.STUDYING, {"graduation_day": 80}, False),
        (Activity.SEARCHING, {"contract_day": 80, "contract_outside": 1}, False),
    ],
)
def test_a_local_without_work_elsewhere_comes_home(activity: Activity, columns: Any, home: bool, still_world: Make) -> None:
    world = still_world(**LEAVE)
    lives(world, 7, activity, Place.ELSEWHERE, region_interest=0.2, **columns)
    move(world, 7, returns=0)
    before = int(world.counts[Count.LOCALS_RETURNED])
    world.tables["people"].rows["place"][np.arange(60) != 7] = Place.ELSEWHERE
    world.tables["people"].rows["from_elsewhere"][np.arange(60) != 7] = 1
    world.advance(0, MONTH)
    people = world.tables["people"].rows
    assert (people.place[7] == Place.RESIDENT, people.returns[7], world.counts[Count.LOCALS_RETURNED] - before) == (home, home, home)
    assert world.counts[Count.NEWLY_RESIDENT] == 0, "a local is no newcomer"
    assert people.region_interest[7] == pytest.approx(0.75 if home else 0.2), "most of the search goes to the region again"


def test_ties_fade_with_absence(still_world: Make) -> None:
    world = still_world(**LEAVE | {"leave_per_month": 0.0, "ties_fade_per_year": 0.6})
    lives(world, 7, Activity.EMPLOYED, Place.ELSEWHERE, wage=5_000, separation_day=10_000, attachment=1.0)
    lives(world, 8, Activity.INACTIVE, Place.RESIDENT, attachment=1.0)
    world.advance(0, 2 * MONTH)
    assert column(world, "attachment")[[7, 8]] == pytest.approx([0.95**2, 1.0])


# Studying elsewhere


def with_locals(share: float = 3.0, *, near_km: float = 300.0) -> Region:
    """Return the region of the tests with one more row: locals who study elsewhere."""
    elsewhere = REGION.campuses[-1].model_copy(
        update={"name": "elsewhere", "name_zh": "外地", "share": share, "locals_share": 1.0, "distance_km": near_km, "interest": 0.0}
    )
    return REGION.model_copy(update={"campuses": (*REGION.campuses, elsewhere), "elsewhere_km": 400.0})


def test_a_declared_share_comes_home_from_school(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """Of those who graduate elsewhere without a contract, as large a part comes home as the part of the search that goes to the region."""
    still = {"leave_per_month": 0, "sessions_per_month": 0, "outside_finding": 0, "outside_finding_fresh": 0, "search_start_days": 0}
    for share in (0.2, 0.5):
        scenario = scenario_of(
            graduates=3_000, days=40, start="2021-06-01", region=with_locals(), behaviour=still | {"locals_interest_away": share},
            population={"final_year_share": 0.6},
        )  # fmt: skip
        world = world_of(scenario)
        campus = column(world, "campus") == len(scenario.region.campuses) - 1
        students = campus & (column(world, "activity") == Activity.STUDYING)
        assert students.sum() > 300
        every(column(world, "from_elsewhere")[campus] == 0)
        every(column(world, "place")[students] == Place.ELSEWHERE)
        world.advance(0, 40)
        students = np.flatnonzero(students)
        home = (column(world, "place")[students] == Place.RESIDENT).mean()
        assert abs(home - share) < 3.5 * np.sqrt(share * (1 - share) / students.size)
        every((column(world, "returns")[students] == 1) == (column(world, "place")[students] == Place.RESIDENT))


def test_a_row_of_locals_is_no_campus_to_go_to(scenario_of: Callable[..., Scenario]) -> None:
    policy = {"campus_recruitment": {"enabled": True, "trips": 6, "firms": 6, "posts": 6}}
    scenario = scenario_of(graduates=100, days=60, region=with_locals(), policy=policy)
    assert scenario.horizon(scenario.policy.levers["campus_recruitment"]).campuses == (2, 3, 4, 5, 6)


@pytest.mark.parametrize(("inside", "savings", "comes"), [(True, 100_000, True), (False, 100_000, True), (True, 100, False)])
def test_a_local_away_pays_the_way_to_an_interview_and_sleeps_at_home(inside: bool, savings: int, comes: bool, locals_world: Make) -> None:
    """From where those live who have left, or from the campus elsewhere: a fare, no bed and no arrival, though stations are known."""
    stations = {"lodging": {"enabled": True, "stations": 2, "initial_awareness": 1.0}}
    world = locals_world(policy=stations, interview_trip_value=10_000, family_pocket=0.0)
    campus = 0 if inside else len(world.tables["campuses"].rows) - 1
    number = advertise(world, 0, wage=20_000, review_day=5)
    seek(world, 7, place=Place.ELSEWHERE, savings=savings, skill=1.0, reservation_wage=4_000.0, **of_campus(world, campus))
    world.ledger[Money.OPENING_SAVINGS] = column(world, "savings").sum()
    world.advance(0, 29)
    fare = round(25 + 0.35 * (400 if inside else 300))
    people = world.tables["people"].rows
    assert (people.interviews[7], people.interviews_missed[7], people.trips[7], people.day_trips[7]) == (comes, not comes, comes, comes)
    assert world.ledger[Money.FARES] == -2 * fare * comes
    assert (people.arrivals[7], people.guest_stays[7], world.ledger[Money.PAID_NIGHTS]) == (0, 0, 0)
    world.advance(29, 80)
    posts = world.tables["posts"].rows
    filled = posts.state[number] == PostState.FILLED and posts.holder[number] == 7
    assert (people.place[7] == Place.RESIDENT, people.returns[7], filled) == (comes, comes, comes)


@pytest.fixture(scope="module")
def locals_world(scenario_of: Callable[..., Scenario], world_of: Make) -> Make:
    """Return a maker of worlds at rest with a row of locals who study elsewhere."""
    def make(policy: Any = None, near_km: float = 300.0, days: int = 90, exams: Any = None, **behaviour: float) -> World:
        scenario = scenario_of(
            graduates=60, days=days, start="2021-03-01", policy=policy, behaviour=STILL | PLAIN | behaviour, region=with_locals(near_km=near_km),
            market={"tightness": 0}, population={"founders_earlier": 0, "final_year_share": 0.4}, exams=exams or {"regional_share": 0.0},
        )  # fmt: skip
        world = world_of(scenario)
        people = world.tables["people"].rows
        for name in ("next_search_day", "next_outside_day", "next_trip_day", "return_day", "graduation_day"):
            people[name] = NEVER
        people["activity"][people["activity"] == Activity.SEARCHING] = Activity.INACTIVE
        return world

    return make


@pytest.mark.parametrize(
    ("near_km", "same_day_km", "savings", "interest", "comes"),
    [(30, 0, 1_000, 1.0, True), (30, 0, 10, 1.0, False), (30, 0, 1_000, 0.0, False), (200, 0, 1_000, 1.0, False), (200, 1e6, 1_000, 1.0, True)],
)
def test_who_lives_near_comes_to_fairs_for_the_day(
    near_km: float, same_day_km: float, savings: int, interest: float, comes: bool, locals_world: Make
) -> None:
    """And who is home in the evening all the same; a night is worth nothing here."""
    policy = {"job_fairs": FAIRS}
    world = locals_world(policy=policy, near_km=near_km, sessions_per_month=0.0, same_day_km=same_day_km, explore_trip_value=0.0)
    campus = len(world.tables["campuses"].rows) - 1
    day = day_of_fair(world)
    seek(world, 7, place=Place.ELSEWHERE, savings=savings, next_search_day=80, region_interest=interest, **of_campus(world, campus))
    know(world, int(world.rules["job_fairs"]["row"][0]), 7)
    world.advance(0, day + 1)
    people = world.tables["people"].rows
    assert (people.fairs[7], people.day_trips[7], people.place[7]) == (comes, comes, Place.ELSEWHERE)
    assert world.ledger[Money.FARES] == -2 * round(25 + 0.35 * near_km) * comes


FAIRS: dict[str, Any] = {"enabled": True, "fairs_per_year": 12, "online_share": 0.0, "attendance": 1.0, "initial_awareness": 0.0}


def day_of_fair(world: World) -> int:
    """Return the day of the first fair, two days after its invitation."""
    events = world.tables["events"].rows
    day = int(events["day"][events["kind"] == EventKind.FAIR].min())
    assert int(events["day"][events["kind"] == EventKind.FAIR_INVITATION].min()) == day - 2
    return day


@pytest.mark.parametrize(("beds", "worth", "comes"), [(True, 10_000, True), (False, 10_000, True), (True, 0, False)])
def test_who_lives_far_comes_to_a_fair_the_evening_before(beds: bool, worth: float, comes: bool, locals_world: Make) -> None:
    """In a bed that is free, or paid; the trip is weighed as one to look round."""
    stations = {"enabled": True, "stations": 1, "initial_awareness": 0.0, "free_nights": 2, "thoughts_per_month": 0.0}
    world = locals_world(policy={"job_fairs": FAIRS, "lodging": stations}, sessions_per_month=0.01, same_day_km=0.0, explore_trip_value=worth)
    day = day_of_fair(world)
    elsewhere = of_campus(world, len(world.tables["campuses"].rows) - 1) | {"from_elsewhere": 1}
    seek(world, 7, place=Place.ELSEWHERE, savings=1_000, next_search_day=80, region_interest=1.0, **elsewhere)
    know(world, int(world.rules["job_fairs"]["row"][0]), 7)
    if beds:
        know(world, int(world.rules["lodging"]["row"][0]), 7)
    world.advance(0, day)
    people = world.tables["people"].rows
    assert (people.arrivals[7], people.guest_stays[7], people.place[7]) == (comes, comes and beds, Place.VISITING if comes else Place.ELSEWHERE)
    world.advance(day, day + 1)
    assert (people.fairs[7], people.day_trips[7]) == (comes, 0)


@pytest.mark.parametrize(
    ("who", "comes"),
    [({}, True), ({"next_search_day": NEVER, "preparing": Preparation.CIVIL_SERVICE}, True), ({"next_search_day": NEVER}, False),
     ({"education": Education.VOCATIONAL}, False), ({"region_interest": 0.0}, False), ({"contract_day": 80, "contract_outside": 1}, False)],
)  # fmt: skip
def test_who_sits_the_exam_here_sleeps_here_before(who: dict[str, Any], comes: bool, locals_world: Make) -> None:
    """From 27 March on, day 26: the evening of the 25th; who only prepares does not begin to search on the trip, and goes home."""
    stations = {"enabled": True, "stations": 1, "initial_awareness": 0.0, "free_nights": 1, "thoughts_per_month": 0.0}
    exams = {"regional_share": 1.0, "civil_service_results": (12, 1)}
    world = locals_world(policy={"lodging": stations}, sessions_per_month=0.01, interview_trip_value=10_000, exams=exams)
    usual: dict[str, Any] = of_campus(world, len(world.tables["campuses"].rows) - 1)
    usual |= {"from_elsewhere": 1, "next_search_day": 80, "region_interest": 1.0}
    seek(world, 7, place=Place.ELSEWHERE, savings=1_000, **usual | who)
    know(world, int(world.rules["lodging"]["row"][0]), 7)
    world.advance(0, 26)
    people = world.tables["people"].rows
    assert (people.guest_stays[7], people.arrivals[7]) == (comes, comes)
    world.advance(26, 40)
    assert (people.place[7], people.next_search_day[7] >= 0) == (Place.ELSEWHERE, "next_search_day" not in who)


@pytest.mark.parametrize(("same_day_km", "guest"), [(0.0, True), (1e6, False)])
def test_who_is_home_in_the_evening_needs_no_bed_for_an_interview(same_day_km: float, guest: bool, locals_world: Make) -> None:
    """And a contract is one of the stay where the interview was held during it."""
    stations = {"enabled": True, "stations": 1, "initial_awareness": 0.0, "free_nights": 2, "thoughts_per_month": 0.0}
    world = locals_world(policy={"lodging": stations}, interview_trip_value=10_000, same_day_km=same_day_km)
    advertise(world, 0, wage=20_000, review_day=5)
    elsewhere = of_campus(world, len(world.tables["campuses"].rows) - 1) | {"from_elsewhere": 1}
    seek(world, 7, place=Place.ELSEWHERE, savings=100_000, skill=1.0, reservation_wage=4_000.0, region_interest=0.9, **elsewhere)
    know(world, int(world.rules["lodging"]["row"][0]), 7)
    world.advance(0, 40)
    people = world.tables["people"].rows
    assert (people.interviews[7], people.contracts_signed[7]) == (1, 1)
    assert (people.guest_stays[7], people.day_trips[7]) == (guest, not guest)
    assert (people.guest_signed[7], people.guest_stay_signed[7]) == (guest, guest)


def test_a_contract_of_an_interview_after_the_stay_is_none_of_the_stay(locals_world: Make) -> None:
    world = locals_world(policy={"lodging": {"enabled": True, "stations": 1}}, interview_trip_value=10_000, same_day_km=1e6)
    advertise(world, 0, wage=20_000, review_day=5)
    elsewhere = of_campus(world, len(world.tables["campuses"].rows) - 1) | {"from_elsewhere": 1, "guest_stays": 1, "stay_day": 0, "night_day": 1}
    seek(world, 7, place=Place.ELSEWHERE, savings=100_000, skill=1.0, reservation_wage=4_000.0, region_interest=0.9, **elsewhere)
    world.advance(0, 40)
    people = world.tables["people"].rows
    assert (people.contracts_signed[7], people.guest_signed[7], people.guest_stay_signed[7]) == (1, 1, 0)


def test_summer_practice_can_be_for_locals_only(run_of: Make) -> None:
    places = {"enabled": True, "summer_places": 60, "demand": 1.0, "initial_awareness": 1.0}
    taken = []
    for only in (False, True):
        policy = {"internships": places | {"summer_for_locals": only}}
        world = run_of(graduates=600, days=30, start="2021-07-01", region=with_locals(), policy=policy)
        taken.append(column(world, "from_elsewhere")[column(world, "placements") > 0])
        campus = len(REGION.campuses)
        assert ((column(world, "campus") == campus) & (column(world, "placements") > 0)).any(), "who studies elsewhere comes for it"
    assert taken[0].any()
    assert not taken[1].any()
    assert taken[1].size == 60


# Everybody is somewhere


def test_locals_are_where_their_moves_have_taken_them(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    lively = {"leave_per_month": 3.0, "outside_finding": 0.5, "outside_finding_fresh": 0.5}
    scenario = scenario_of(graduates=800, days=460, start="2021-05-01", region=with_locals(), behaviour=lively)
    world = world_of(scenario)
    people = world.tables["people"]
    at_first = (people.rows["place"] == Place.RESIDENT) & (np.arange(people.capacity) < people.count)
    world.advance(0, 460)
    inside = world.tables["campuses"].rows["outside"][column(world, "campus")] == 0
    began_here = np.where(np.arange(people.count) < scenario.population.graduates, at_first[: people.count], inside)
    local = (column(world, "from_elsewhere") == 0) & (column(world, "activity") != Activity.AGED_OUT)
    moves = column(world, "returns").astype(int) - column(world, "departures")
    every(((column(world, "place") == Place.RESIDENT) == began_here + moves)[local])
    assert world.counts[Count.LOCALS_LEFT] > 20
    assert world.counts[Count.LOCALS_RETURNED] > 20
    here, away = world.stocks[-1, Stock.LOCALS_HERE], world.stocks[-1, Stock.LOCALS_AWAY]
    assert OUTCOMES["locals_resident_share"].at_end(world) == pytest.approx(here / (here + away))
    assert OUTCOMES["locals_left"].persons is not None
    assert OUTCOMES["locals_left"].persons(world).sum() == OUTCOMES["locals_left"].at_end(world)


@pytest.mark.slow
def test_about_half_of_those_who_study_elsewhere_live_here_half_a_year_later(world_of: Make) -> None:
    """Evidence 90: 0.47 of all provinces, 0.24 to 0.59 by part of the country; and a higher interest brings more home."""
    found: dict[float, list[float]] = {0.2: [], 0.5: []}
    for replicate in range(3):
        for interest, shares in found.items():
            scenario = Scenario.load("none", {"population.graduates": 6_000, "days": 480, "behaviour.locals_interest_away": interest})
            world = world_of(scenario, 1, replicate)
            graduation = int(column(world, "graduation_day").max())
            world.advance(0, min(480, graduation + 183))
            outside = world.tables["campuses"].rows["outside"][column(world, "campus")] == 1
            chosen = outside & (column(world, "from_elsewhere") == 0) & (column(world, "graduation_day") == graduation)
            shares.append(float((column(world, "place")[chosen] == Place.RESIDENT).mean()))
    usual, more = np.mean(found[0.2]), np.mean(found[0.5])
    assert 0.40 < usual < 0.65
    assert more > usual + 0.05
