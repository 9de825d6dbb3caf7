"""One step of a phase at a time, with the answer known: who talks to whom, when a post is read again, who hosts, teaches, dismisses."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest

from sim.behaviour import Behaviour
from sim.compiled import NEVER
from sim.levers import LEVERS, LeverId
from sim.meetings import has_used
from sim.participation import PARTICIPATION
from sim.rules.scoring import peer_of
from sim.states import Activity, Channel, Count, Money, Place, PostState, Stage
from sim.tables import Tables
from sim.world import World
from tests.every import every
from tests.sim.tiny import advertise, guests, know, move, seek

Make = Callable[..., World]


@numba.njit
def peer(world: Tables, identity: int, index: int) -> int:
    return peer_of(world, identity, index)


def knowing(world: World, lever: LeverId) -> set[int]:
    return set(np.flatnonzero(world.tables["people"].column("aware") >> np.uint32(lever) & 1).tolist())


def test_word_goes_from_each_to_one_peer_a_month_and_to_another_the_next(still_world: Make) -> None:
    """Person i talks on the days when i + day is a multiple of 30: to the first peer in the first month, to the second in the second."""
    casework = {"enabled": True, "caseworkers": 1, "demand": 0.0, "initial_awareness": 0.0}
    world = still_world(policy={"casework": casework}, days=150, talk_recall=1.0)
    know(world, LeverId.CASEWORK, 7)
    expected, new = {7}, 0
    for day in range(150):
        for one in range((30 - day % 30) % 30, 60, 30):
            if one in expected:
                told = int(peer(world.together, one, day // 30 % Behaviour().peers))
                new += told not in expected
                expected.add(told)
        world.advance(day, day + 1)
        assert knowing(world, LeverId.CASEWORK) == expected, day
    assert new > 4


@pytest.mark.parametrize(
    ("users", "recall", "used", "told"), [(0.0, 1.0, True, False), (0.0, 1.0, False, True), (100.0, 0.5, True, True), (100.0, 0.0, True, False)]
)
def test_who_has_used_a_service_tells_of_it_as_several_do_who_do_not(users: float, recall: float, used: bool, told: bool, still_world: Make) -> None:
    """Person 7 talks to one peer: who has had a case file tells as nobody who only knows of casework, or as a hundred."""
    casework = {"enabled": True, "caseworkers": 1, "demand": 0.0, "initial_awareness": 0.0}
    world = still_world(policy={"casework": casework}, days=30, talk_recall=recall, talk_of_users=users, forget_per_month=0.0)
    know(world, LeverId.CASEWORK, 7)
    world.tables["people"].rows.case_files[7] = int(used)
    world.advance(0, 30)
    assert knowing(world, LeverId.CASEWORK) == {7} | ({int(peer(world.together, 7, 0))} if told else set())


@numba.njit
def has_used_it(world: Tables, identity: int, lever: int) -> bool:
    return has_used(world.people[identity], lever)


def test_who_has_used_a_service_is_who_took_part_in_it(still_world: Make) -> None:
    """Every column by which the account knows who took part, alone: the person has used that lever, and no other."""
    world = still_world(days=1)
    people = world.tables["people"].rows
    for lever, columns in PARTICIPATION.items():
        for column in columns:
            people[column][3] = 1
            assert [other.name for row, other in enumerate(LEVERS) if has_used_it(world.together, 3, row)] == [lever], column
            people[column][3] = 0
    assert not any(has_used_it(world.together, 3, row) for row in range(len(LEVERS)))


@pytest.mark.parametrize(("forgets", "left"), [(0.0, {7, 8}), (1.0, set())])
def test_a_service_is_forgotten_on_the_day_of_the_talk(forgets: float, left: set[int], still_world: Make) -> None:
    world = still_world(policy={"casework": {"enabled": True, "caseworkers": 1, "demand": 0.0, "initial_awareness": 0.0}}, forget_per_month=forgets)
    know(world, LeverId.CASEWORK, 7, 8)
    world.advance(0, 22)
    assert knowing(world, LeverId.CASEWORK) == {7, 8}
    world.advance(22, 24)
    assert knowing(world, LeverId.CASEWORK) == left


def test_a_pile_without_anybody_for_the_post_is_read_again_after_a_week(still_world: Make) -> None:
    """The first of March 2021 is a Monday: day 4 is a Friday, and so is day 11; day 5 is no working day."""
    world = still_world()
    first, second = advertise(world, 0, review_day=4), advertise(world, 1, review_day=5)
    posts = world.tables["posts"].rows
    world.advance(0, 5)
    assert (posts["review_day"][first], posts["review_day"][second]) == (11, 5)
    world.advance(5, 8)
    assert (posts["review_day"][first], posts["review_day"][second]) == (11, 14)


@pytest.mark.parametrize("called", [1, 3])
def test_as_many_are_called_as_the_round_holds_and_a_failed_round_waits(called: int, still_world: Make) -> None:
    world = still_world(interviews_per_post=called, interview_days=3)
    number = advertise(world, 0, review_day=11)
    world.tables["employers"].rows["skill_bar"][0] = 1.0  # a CV shows half of the skill and is called from 0.6; an interview shows 0.8
    for identity in range(7, 13):
        seek(world, identity, skill=1.21)
    post, counts = world.tables["posts"].rows[number], world.counts
    world.advance(0, 12)
    assert (post.state, post.interview_day, counts[Count.INTERVIEWS_CALLED]) == (PostState.INTERVIEWING, 14, called)
    world.advance(12, 15)
    assert (post.state, counts[Count.INTERVIEWS_HELD]) == (PostState.OFFERING, called)
    world.advance(15, 16)
    assert (post.state, post.review_day, counts[Count.OFFERS_MADE]) == (PostState.OPEN, 25, 0)
    assert post.kept == 6 - called, "who was seen is off the pile"
    every(world.tables["people"].rows["interviews"][7:13] >= 0)
    assert world.tables["people"].rows["interviews"][7:13].sum() == called


def test_the_mark_of_the_first_open_post_moves_over_filled_ones(still_world: Make) -> None:
    world = still_world()
    first, second = advertise(world, 0, review_day=5), advertise(world, 1, review_day=80)
    seek(world, 7, skill=2.0)
    world.advance(0, 60)
    posts = world.tables["posts"].rows
    assert (posts["state"][first], posts["state"][second]) == (PostState.FILLED, PostState.OPEN)
    assert world.rows_in_use["first_open_post"][0] == second


@pytest.mark.parametrize(("voluntary", "dismissals"), [(0.0, 1), (1.0, 0)])
def test_a_job_ends_by_dismissal_or_by_leave(voluntary: float, dismissals: int, still_world: Make) -> None:
    world = still_world(voluntary_share=voluntary)
    seek(world, 7, next_search_day=NEVER)
    firm = world.tables["employers"].rows[0]
    firm["staff"], firm["wage_bill"], firm["target_staff"] = firm.staff + 1, firm.wage_bill + 7_000, firm.target_staff + 1
    staff = int(firm.staff)
    move(world, 7, activity=Activity.EMPLOYED, employer=0, wage=7_000, separation_day=20, job_start_day=-50, expected_wage=5_000.0)
    world.advance(0, 21)
    person, counts = world.tables["people"].rows[7], world.counts
    assert (counts[Count.SEPARATIONS], counts[Count.DISMISSALS], person.separations) == (1, dismissals, 1)
    assert (person.activity, person.employer, person.wage, person.searching_since) == (Activity.SEARCHING, NEVER, 0, 20)
    assert person.expected_wage == 5_000.0, "what is believed survives the job"
    assert (firm.staff, firm.target_staff) == (staff - 1, staff - 1)  # not filled again


@pytest.mark.parametrize(("staff", "hosted"), [(0, 1), (9, 1), (10, 2), (25, 3), (79, 8)])
def test_a_host_takes_one_intern_and_another_for_each_ten_of_staff(staff: int, hosted: int, still_world: Make) -> None:
    world = still_world()
    world.tables["slots"].rows["employer"] = 0
    firm = world.tables["employers"].rows[0]
    firm["staff"], firm["target_staff"], firm["interns"] = staff, staff, 0
    for identity in range(10, 20):
        seek(world, identity, activity=Activity.STUDYING, internship_day=10, graduation_day=80, next_search_day=NEVER, contract_day=NEVER)
    world.advance(0, 11)
    people = world.tables["people"].rows
    assert (firm.interns, world.counts[Count.INTERNS_STARTED], people.internships[10:20].sum()) == (hosted, hosted, hosted)
    every(people.return_day[10:20][people.internships[10:20] == 1] == 80, "to graduation, which comes before the 75 days are over")


def test_a_course_at_own_cost_is_considered_after_long_unemployment(still_world: Make) -> None:
    """Person 7 considers it on days 23, 53, 83; unemployed since the first day, 50 days are over on the second of them."""
    world = still_world(days=130, course_after_days=50, course_per_month=1.0, course_fee=3_000, course_days=20)
    people = world.tables["people"].rows
    for identity, savings in ((7, 100_000), (37, 2_999)):
        seek(world, identity, savings=savings, next_search_day=NEVER)
    world.advance(0, 53)
    assert world.ledger[Money.COURSE_FEES] == 0
    savings = int(people.savings[7])
    world.advance(53, 54)
    assert (people.activity[7], people.activity[37], people.return_day[7]) == (Activity.TRAINING, Activity.SEARCHING, 73)
    assert world.ledger[Money.COURSE_FEES] == -3_000
    assert people.savings[7] < savings
    world.advance(54, 74)
    assert (people.activity[7], world.counts[Count.TRAINED]) == (Activity.SEARCHING, 1)
    world.advance(74, 130)
    assert (world.ledger[Money.COURSE_FEES], people.courses_finished[7]) == (-3_000, 1), "nobody takes the same course again"


def test_who_comes_to_look_round_looks_for_posts_here(still_world: Make) -> None:
    world = still_world(explore_trip_value=100_000, nights_paid=5, trip_value_spread=0)
    guests(world, 5)
    move(world, 5, effort=5.0, next_search_day=NEVER)
    world.advance(0, 3)
    people = world.tables["people"].rows
    assert (people.place[5], people.trips[5]) == (Place.VISITING, 1)
    assert bool(people.next_search_day[5] > 2)


@pytest.mark.parametrize("interview_day", [NEVER, 4, 5])
def test_a_visitor_stays_another_night_for_an_interview_of_tomorrow(interview_day: int, still_world: Make) -> None:
    """A visit of one night from day 2 ends on day 3, or lasts until the interview of day 4; who is asked for day 5 travels again."""
    world = still_world(explore_trip_value=100_000, interview_trip_value=0, nights_paid=1, trip_value_spread=0)
    guests(world, 5)
    number = advertise(world, 0, review_day=80)
    post, pile = world.tables["posts"].rows[number], world.tables["applications"].rows
    if interview_day != NEVER:
        post["state"], post["interview_day"], post["kept"] = PostState.INTERVIEWING, interview_day, 1
        pile["person"][number * 10], pile["stage"][number * 10], pile["score"][number * 10] = 5, Stage.CALLED, 1.0
    people, where = world.tables["people"].rows, []
    for day in range(6):
        world.advance(day, day + 1)
        where.append(int(people.place[5]))
    away, here = int(Place.ELSEWHERE), int(Place.VISITING)
    assert where == ([away, away, here, here, here, away] if interview_day == 4 else [away, away, here, away, away, away])
    assert (people.interviews[5], people.interviews_missed[5]) == (int(interview_day == 4), int(interview_day == 5))
    assert people.trips[5] == 1


@pytest.mark.parametrize(("activity", "channel"), [(Activity.EMPLOYED, Channel.REFERRAL), (Activity.INTERN, Channel.ADVERT)])
def test_a_peer_who_works_there_refers_and_an_intern_does_not(activity: int, channel: int, still_world: Make) -> None:
    world = still_world()
    number = advertise(world, 0, review_day=80)
    seek(world, 7, skill=1.0)
    friend, *others = {int(peer(world.together, 7, index)) for index in range(Behaviour().peers)} - {7}
    seek(world, friend, activity=activity, employer=0, next_search_day=NEVER, return_day=NEVER)
    for other in others:  # who may have worked there
        seek(world, other, activity=Activity.INACTIVE, next_search_day=NEVER, return_day=NEVER)
    world.advance(0, 40)
    kept = world.tables["applications"].rows[number * 10]
    assert (kept.person, kept.channel) == (7, channel)


def leavers(still_world: Make, **columns: Any) -> list[int]:
    """Return who of many residents from elsewhere, employed and alike, leaves within a month."""
    world = still_world(graduates=300, leave_per_month=10.0, leave_response=2.0)
    people = world.tables["people"].rows
    for identity in range(300):
        seek(world, identity, from_elsewhere=1, activity=Activity.EMPLOYED, employer=0, wage=4_000, next_search_day=NEVER, separation_day=10_000)
        move(world, identity, **columns)
    world.advance(0, 30)
    left = np.flatnonzero(people.departures).tolist()
    assert world.counts[Count.LEFT_REGION] == len(left) == people.departures.sum()
    every(people.left_day[left] >= 0)
    return left


def test_help_with_the_rent_keeps_people_as_a_home_of_their_own_does(still_world: Make) -> None:
    none, half, all_of_it, more = (leavers(still_world, rent_help=amount) for amount in (0, 450, 900, 3_000))
    assert len(none) > len(half) > len(all_of_it) > len(more) > 10
    assert set(none) > set(half) > set(all_of_it) > set(more)
    assert leavers(still_world, home_owner=1) == all_of_it


def test_ties_keep_people(still_world: Make) -> None:
    none, some = (leavers(still_world, attachment=ties) for ties in (0.0, 0.5))
    assert set(none) > set(some)
    assert len(some) == pytest.approx(len(none) / np.e, rel=0.3)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_who_is_hired_searches_on_or_stops(share: float, still_world: Make) -> None:
    world = still_world(employed_search_share=share, employed_effort=5.0)
    number = advertise(world, 0, review_day=5)
    seek(world, 7, skill=1.0)
    world.advance(0, 60)
    person = world.tables["people"].rows[7]
    assert (person.activity, person.post, person.searches_on_the_job) == (Activity.EMPLOYED, number, int(share))
    assert bool(person.next_search_day >= 60) is (share == 1.0)


@pytest.mark.parametrize(("pausing", "mean"), [(1.0, 20.0), (1.0, 60.0), (0.0, 20.0)])
def test_graduates_pause_or_search(pausing: float, mean: float, still_world: Make) -> None:
    world = still_world(graduates=600, slow_employment_share=pausing, slow_employment_days=mean, search_after_days=0)
    world.rules["exams"]["late_share"] = 0
    for identity in range(600):
        seek(world, identity, activity=Activity.STUDYING, graduation_day=10, next_search_day=NEVER, return_day=NEVER, contract_day=NEVER)
    world.advance(0, 11)
    people = world.tables["people"].rows
    if pausing == 0.0:
        every(people.activity[:600] == Activity.SEARCHING)
        every(people.searching_since[:600] == 10)
    else:
        every(people.activity[:600] == Activity.INACTIVE)
        every(people.next_search_day[:600] == NEVER)
        assert (people.return_day[:600] - 10).mean() == pytest.approx(mean, rel=0.15)
        last = int(np.sort(people.return_day[:600])[100])
        world.advance(11, last + 1)
        back = people.return_day[:600] == NEVER
        every(people.activity[:600][back] == Activity.SEARCHING)
        assert back.sum() > 100
