"""Levers in tiny worlds: whom exactly they reach, and what exactly they give."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.levers.campus_recruitment import firm_of_trip
from sim.states import Activity, Channel, Count, Course, EventKind, Place, Placement, PostState
from sim.tables import Tables
from sim.world import World
from tests.every import every
from tests.sim.tiny import advertise, guests, know, move, seek

Make = Callable[..., World]


def day_of_event(world: World, number: int = 0) -> int:
    return int(world.tables["events"].rows["day"][number])


FUND = {"enabled": True, "amount": 3_500_001, "investments": 1, "hurdle": 0.01}


@pytest.mark.parametrize(
    ("column", "value", "invested"), [("equity", 0, 1), ("equity", 5, 0), ("loan", 0, 0), ("state_owned", 1, 0), ("alive", 0, 0)]
)
def test_a_fund_looks_at_private_firms_without_loan_or_fund(column: str, value: int, invested: int, still_world: Make) -> None:
    world = still_world(policy={"equity": FUND}, business_return=5, equity_per_post=1_000_000)
    employers, day = world.tables["employers"].rows, day_of_event(world)
    employers["growth_day"], employers["state_owned"] = day + 10, 0
    employers[column] = value
    before = employers["target_staff"].copy()
    world.advance(0, day + 1)
    chosen = np.flatnonzero(employers["growth_day"] > day + 10)
    assert (world.counts[Count.EQUITY_FIRMS], len(chosen)) == (invested, invested)
    if invested:
        firm = employers[int(chosen[0])]
        assert (firm.equity, firm.growth_day, firm.target_staff - before[int(chosen[0])]) == (3_500_001, day + 365, 4)
        assert world.counts[Count.EQUITY_INVESTED] == 3_500_001


@pytest.mark.parametrize(("skill", "kept"), [(0.5, True), (-2.0, False)])
def test_a_host_puts_a_good_intern_on_its_pile_as_it_has_seen_the_work(skill: float, kept: bool, still_world: Make) -> None:
    """A host that is never wrong expects of a former intern what is there, but half a year of waiting costs more than an sd."""
    world = still_world(host_noise=0.0, internship_skill=0.1, skill_output=0.2, match_months=24)
    number = advertise(world, 0, review_day=80)
    world.tables["employers"].rows["skill_bar"][0] = 0.0
    world.tables["employers"].rows["interns"][0] = 1
    usual = {"next_search_day": NEVER, "employer": 0, "course": Course.OWN, "placement": 0, "graduation_day": 85, "host_days": 30}
    seek(world, 7, activity=Activity.INTERN, skill=skill, return_day=10, **usual)
    world.advance(0, 11)
    person, post = world.tables["people"].rows[7], world.tables["posts"].rows[number]
    application = world.tables["applications"].rows[number * world.scenario.behaviour.applications_kept]
    assert (world.counts[Count.INTERNS_KEPT], post.kept, post.applications, person.applications) == (kept,) * 4
    assert person.skill == pytest.approx(skill + 0.1, abs=1e-6)
    assert (person.activity, world.tables["employers"].rows["interns"][0]) == (Activity.STUDYING, 0)
    if kept:
        late = (85 + 8 - (10 + 12)) / 30  # months from any start to 8 days after graduation
        assert (application.person, application.channel) == (7, Channel.PLACEMENT)
        assert application.score == pytest.approx(skill + 0.1 - late / (0.2 * 24), abs=1e-6)


@pytest.mark.parametrize("post_state", [PostState.OPEN, PostState.INTERVIEWING])
def test_a_recruiter_on_campus_puts_students_on_the_pile_of_an_open_post_only(post_state: int, still_world: Make) -> None:
    trip = {"enabled": True, "trips": 1, "firms": 5, "posts": 200, "campuses": ("outside 1",), "attendance": 1.0, "posts_noticed": 0.9}
    world = still_world(policy={"campus_recruitment": trip}, graduates=300, skill_bar_mean=-10)
    people, posts = world.tables["people"].rows, world.tables["posts"]
    people["region_interest"], people["expected_wage"], people["next_search_day"] = 1.0, 100.0, 89
    for firm in range(world.tables["employers"].count):
        posts.rows["state"][advertise(world, firm, review_day=88)] = post_state
    posts.rows["interview_day"][: posts.count] = 89
    world.advance(0, day_of_event(world) + 1)
    assert world.counts[Count.CAMPUS_INTENTS] > 4
    assert bool(posts.column("applications").sum() > 0) is (post_state == PostState.OPEN)


def test_legal_training_is_for_the_employed_and_for_founders(still_world: Make) -> None:
    training = {"enabled": True, "trainings": 1, "seats_per_training": 1_000, "training_demand": 1.0, "initial_awareness": 0.0}
    world = still_world(policy={"legal_aid": training}, graduates=200, founders=0.2, monthly_revenue=10**6)
    people, day = world.tables["people"], day_of_event(world)
    world.advance(0, day)
    works = np.isin(people.column("activity"), (Activity.EMPLOYED, Activity.FOUNDER)) & (people.column("place") == Place.RESIDENT)
    founders = people.column("activity") == Activity.FOUNDER
    world.advance(day, day + 1)
    every(people.column("legal_trained")[founders] == 1)
    assert people.column("legal_trained").tolist() == works.astype(int).tolist()
    assert world.counts[Count.LEGAL_TRAINED] == works.sum()


def test_safety_courses_are_for_the_employed_of_the_region(still_world: Make) -> None:
    courses = {"enabled": True, "courses": 1, "seats_per_course": 1_000, "demand": 1.0, "all_industries": True}
    world = still_world(policy={"safety_training": courses}, graduates=200, founders=0.2, monthly_revenue=10**6, accident_grave_share=0)
    people, day = world.tables["people"], day_of_event(world)
    world.advance(0, day)
    employed = (people.column("activity") == Activity.EMPLOYED) & (people.column("employer") >= 0)
    every(people.column("employer")[people.column("activity") == Activity.FOUNDER] >= 0)
    world.advance(day, day + 1)
    assert people.column("safety_courses").tolist() == employed.astype(int).tolist()
    every(people.column("safety")[employed] > 0)


def test_the_first_contact_gives_hope_once_a_search(still_world: Make) -> None:
    outreach = {"enabled": True, "visits": 600, "cost_per_contact": 0}
    world = still_world(policy={"outreach": outreach}, contact_news=0.6, sessions_per_month=0.001, offers_memory=80.0)
    people = world.tables["people"].rows
    for identity in range(60):
        seek(world, identity, next_search_day=NEVER, searching_since=0, offer_belief=0.02, applications_weighed=20.0)
    world.advance(0, 3)
    met = people.contacts > 0
    assert 10 < met.sum() < 60
    assert people.contacts.max() > 1
    assert people.contacts.sum() == 60 == world.tables["services"].rows[LeverId.OUTREACH].served
    assert people.offer_belief[met].tolist() == pytest.approx([0.02 + 0.6 / 2.0 * 0.05] * int(met.sum()))
    every(people.offer_belief[~met] == 0.02)


@pytest.mark.parametrize(("means", "low", "high"), [(1_000, 0.0, 0.02), (100_000, 0.4, 0.6), (10_000_000, 0.98, 1.0)])
def test_half_of_the_families_can_pay_a_home_that_costs_their_means(means: float, low: float, high: float, still_world: Make) -> None:
    """Everybody thinks of a home within the month, without savings: prices and means are spread alike round their medians."""
    costs = {"home_considered_per_year": 12.0, "home_down_payment": 100_000.0, "home_family_means": means}
    world = still_world(graduates=600, raise_per_year=0, accident_grave_share=0, arrears_per_year=0, **costs)
    for identity in range(600):
        seek(world, identity, from_elsewhere=1, activity=Activity.EMPLOYED, wage=1, savings=0, next_search_day=NEVER, separation_day=10_000)
    world.advance(0, 30)
    assert low <= world.counts[Count.HOMES_BOUGHT] / 600 <= high
    assert world.tables["people"].column("home_owner").sum() == world.counts[Count.HOMES_BOUGHT]


def test_a_mentor_of_seekers_is_none_of_founders(still_world: Make) -> None:
    mentoring = {"enabled": True, "mentors": 0, "career_mentors": 5, "mentees_per_career_mentor": 5, "career_demand": 1.0, "initial_awareness": 0.0}
    world = still_world(policy={"mentoring": mentoring | {"demand": 1.0}}, graduates=200, founders=0.2, monthly_revenue=10**6)
    people = world.tables["people"]
    founders = np.flatnonzero(people.column("activity") == Activity.FOUNDER)
    seek(world, 7, next_search_day=NEVER)
    know(world, LeverId.MENTORING, 7, *founders.tolist())
    world.advance(0, 40)
    every(people.column("mentored")[founders] == 0)
    assert (people.column("mentored")[7], world.tables["services"].rows[LeverId.MENTORING].served) == (1, 1)


def test_advice_is_given_once_and_changes_what_it_says(still_world: Make) -> None:
    guidance = {"enabled": True, "advisers": 1, "clients_per_adviser_month": 30, "advice_demand": 1.0, "initial_awareness": 0.0}
    world = still_world(policy={"guidance": guidance}, advice_targeting=0.1, advice_signal=0.2, advice_news=1.0, pay_memory=10.0, help_half_life=1e6)
    for identity in (7, 8):
        seek(world, identity, next_search_day=NEVER, targeting=0.5, pay_signals=1.0)
    know(world, LeverId.GUIDANCE, 7)
    world.advance(0, 60)
    people = world.tables["people"].rows
    assert people.advised[7:9].tolist() == [1, 0]
    assert people.aim_help[7:9].tolist() == pytest.approx([0.1, 0.0], abs=1e-6)
    assert people.signal_help[7:9].tolist() == pytest.approx([0.2, 0.0], abs=1e-6)
    assert people.expected_wage[7:9].tolist() == pytest.approx([np.sqrt(5_000 * world.scenario.region.wage_bachelor), 5_000])
    assert world.counts[Count.ADVICE_GIVEN] == 1


def test_leaders_are_residents_in_work(still_world: Make) -> None:
    organisation = {"enabled": True, "leaders": 1_000, "staff": 1, "cost_per_staff_hour": 0}
    world = still_world(policy={"organisation": organisation}, graduates=200, founders=0.2, monthly_revenue=10**6)
    people = world.tables["people"]
    move(world, 0, activity=Activity.INACTIVE, employer=NEVER, leader=0)
    events = world.tables["events"]
    day = int(events.column("day").min())
    world.advance(0, day)
    activity, place = people.column("activity").copy(), people.column("place").copy()
    world.advance(day, day + 1)
    leaders = people.column("leader") == 1
    every(np.isin(activity[leaders], (Activity.EMPLOYED, Activity.FOUNDER)))
    every(place[leaders] == Place.RESIDENT)
    every(leaders[(activity == Activity.FOUNDER) & (place == Place.RESIDENT)])


CARD: dict[str, Any] = {"enabled": True, "card_discount": 0.1, "card_places": 2, "card_demand": 1.0, "card_cost": 7, "initial_awareness": 0.0}


def test_a_card_saves_a_tenth_of_the_living_cost_of_who_has_one(still_world: Make) -> None:
    world = still_world(policy={"subsidies": CARD})
    know(world, LeverId.SUBSIDIES, 7, 8, 9)
    for identity in (7, 8, 9, 10):
        seek(world, identity, next_search_day=NEVER, savings=50_000)
    world.advance(0, 60)
    people, service = world.tables["people"].rows, world.tables["services"].rows[LeverId.SUBSIDIES]
    living = world.scenario.region.living_cost
    spent = 50_000 - people.savings[7:11]
    assert people.card[7:11].tolist() == [0, 1, 1, 0], "two cards for three who ask: pay days are 23, 22, 21"
    assert (spent[0] - spent[1:]).tolist() == [2 * (living // 10), 2 * (living // 10), 0]
    assert (service.in_use, service.served, service.turned_away, service.spent) == (2, 2, 2, 14)


def test_two_events_on_one_evening_draw_their_visitors_apart(still_world: Make) -> None:
    integration = {"enabled": True, "social_events": 2, "seats_per_event": 1_000, "demand": 0.5, "initial_awareness": 1.0}
    world = still_world(policy={"integration": integration}, graduates=400, event_attachment=0.3)
    people, day = world.tables["people"], day_of_event(world)
    world.tables["events"].rows["day"][:2] = day
    people.rows["attachment"] = 0.0
    residents = int((people.column("place") == Place.RESIDENT).sum())
    world.advance(0, day + 1)
    evenings = people.column("social_events")
    shares = [float((evenings == number).sum()) / residents for number in (1, 2)]
    assert shares == pytest.approx([0.5, 0.25], abs=0.1)
    assert evenings.sum() == world.counts[Count.EVENTS_ATTENDED] == world.tables["events"].column("taken").sum()
    for number, ties in ((0, 0.0), (1, 0.3), (2, 0.45)):
        assert people.column("attachment")[evenings == number] == pytest.approx(ties, abs=1e-6)


@numba.njit  # type: ignore[untyped-decorator]
def share_of_trips(world: Tables, trips: int, firm: int) -> float:
    """Return the share of places, of an event of many, that goes to a firm."""
    found = 0
    for index in range(trips):
        found += firm_of_trip(world, 0, index, 10_000) == firm
    return found / trips


def test_a_trip_asks_four_firms_for_one_that_hires(still_world: Make) -> None:
    """With one firm in hiring, of a share s of the slots, a place goes to it in 1 - (1 - s)^4 of the cases."""
    world = still_world(graduates=200)
    employers = world.tables["employers"].rows
    count, slots = world.tables["employers"].count, world.tables["slots"].rows["employer"]
    employers["staff"][:count] = employers["target_staff"][:count] = 10
    employers["pending"][:count] = employers["held"][:count] = 0
    share = float((slots[: int(world.rows_in_use["regular_slots"][0])] == 1).mean())
    for pending, staff, hiring in ((0, 9, True), (1, 9, False), (0, 10, False), (9, 0, True)):
        employers["staff"][1], employers["pending"][1] = staff, pending
        found = share_of_trips(world.together, 3_000, 1)
        assert found == pytest.approx(1 - (1 - share) ** 4 if hiring else share, abs=0.04)


def test_a_guest_is_helped_at_the_desk_to_a_post_of_the_own_field(still_world: Make) -> None:
    """Of all people only the guest wants little enough, and only in the guest's field is there a post."""
    station = {"stations": 1, "rooms_per_station": 1, "beds_per_room": 1, "free_nights": 3, "desk_staff_per_station": 1, "initial_awareness": 0.0}
    policy: dict[str, Any] = {"lodging": {"enabled": True, **station}}
    world = still_world(policy=policy, explore_trip_value=100_000, nights_free=60, referral_looks=200, sessions_per_month=0.001)
    people, employers = world.tables["people"].rows, world.tables["employers"].rows
    people["expected_wage"], people["field"] = 1e9, (employers["industry"][0] + 1) % 5
    number = advertise(world, 0, wage=6000, review_day=89)
    guests(world, 5)
    move(world, 5, field=employers["industry"][0], expected_wage=5_000.0, education=1, targeting=0.0, next_search_day=88)
    world.advance(0, 6)
    pile = world.tables["applications"].rows[number * 10]
    assert (people.desk_visits[5], world.counts[Count.DESK_CONSULTATIONS]) == (people.desk_visits.sum(), people.desk_visits.sum())
    assert (pile.person, pile.channel, people.applications[5]) == (5, Channel.DESK, 1)


def test_the_organisation_talks_to_as_many_at_an_event_as_its_hours_carry(still_world: Make) -> None:
    """Thirty hours a month are one talk a day; what has not been used yet is there on the day of the fair."""
    hours = {"volunteers": 3, "volunteer_hours_month": 10, "staff": 0, "cadres": 0, "hours_per_talk": 1.0, "other_duty_hours_month": 0}
    shares = {"events_share": 1.0, "visits_share": 0.0, "casework_share": 0.0}
    fairs = {"enabled": True, "fairs_per_year": 4, "visitors_per_fair": 1_000, "attendance": 1.0, "online_share": 0.0, "initial_awareness": 0.0}
    world = still_world(policy={"organisation": {"enabled": True, **hours, **shares}, "job_fairs": fairs}, graduates=100)
    for identity in range(100):
        seek(world, identity, next_search_day=89)
    know(world, LeverId.JOB_FAIRS, *range(100))
    events, day = world.tables["events"], 12
    events.rows["day"][int(np.flatnonzero(events.column("kind") == EventKind.FAIR)[0])] = day
    world.advance(0, day)
    assert world.tables["duties"].rows["talks"][0] == day
    world.advance(day, day + 1)
    people = world.tables["people"]
    assert people.column("fairs")[:100].sum() > 50
    assert people.column("contacts").sum() == world.tables["services"].rows[LeverId.ORGANISATION].served == day + 1
    assert world.tables["duties"].rows["talks"][0] == 0


@pytest.mark.parametrize(("place", "until", "paid"), [(Place.RESIDENT, 0, 7), (Place.RESIDENT, 90, 0), (Place.ELSEWHERE, 0, 0)])
def test_a_membership_is_renewed_in_time_by_who_lives_here(place: int, until: int, paid: int, still_world: Make) -> None:
    club = {"startup_courses": {"enabled": True, "book_club_members": 9, "cost_per_seat": 7, "initial_awareness": 0.0}}
    world = still_world(policy=club)
    move(world, 5, activity=Activity.INACTIVE, place=place, book_club=1, book_club_until=until)
    world.tables["services"].rows["in_use"][LeverId.STARTUP_COURSES] = 1
    world.advance(0, 30)
    stays = int(place == Place.RESIDENT)
    service = world.tables["services"].rows[LeverId.STARTUP_COURSES]
    assert (service.spent, service.in_use, world.tables["people"].rows["book_club"][5]) == (paid, stays, stays)


@pytest.mark.parametrize(("skill", "other", "kept", "outside"), [(2.0, 1.0, 1, 0), (-2.0, 1.0, 0, 1), (2.0, 30.0, 0, 1)])
def test_a_host_answers_an_offer_that_would_take_its_intern_away(skill: float, other: float, kept: int, outside: int, still_world: Make) -> None:
    """After some months it is sure enough of a good one; it lets a poor one go, and one for whom the other offer is worth more."""
    world = still_world(host_noise=0.1, outside_wage_spread=0)
    employer = world.tables["employers"].rows[0:1]
    employer["skill_bar"], employer["held"], employer["interns"] = 0.0, 1, 1
    employer["target_staff"] = employer["staff"] + employer["pending"] + 1
    place = {"placement": Placement.GRADUATE, "course": Course.OWN, "course_host": 0, "employer": 0, "return_day": 300, "graduation_day": -100}
    offer = {"outside_offer": 6_000, "offers_in_hand": 1, "offer_worth": other, "next_outside_day": 5, "next_search_day": NEVER}
    seek(world, 7, activity=Activity.INTERN, skill=skill, expected_wage=1.0, **place, **offer)
    world.advance(0, 6)
    person = world.tables["people"].rows[7]
    assert (person.placements_kept, person.contract_outside, world.counts[Count.PLACEMENTS_KEPT]) == (kept, outside, kept)
    assert (person.host_days, employer["pending"][0]) == (360 - 295, kept)
    assert person.contract_day > 5
    if kept:
        assert world.tables["posts"].rows["channel"][person.contract_post] == Channel.PLACEMENT
