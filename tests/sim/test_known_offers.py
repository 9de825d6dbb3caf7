"""Offers that leave days to answer, and a second round of interviews, in worlds whose answer is known.

The first of March 2021 is a Monday: an offer of day 7, the Monday after, is to be answered on day 14 where it leaves a week.
"""

import math
from collections.abc import Callable
from typing import Any

import numba
import pytest

from sim.compiled import NEVER
from sim.draws import Decision, normal
from sim.outcomes import OUTCOMES
from sim.rules.scoring import score_of_two
from sim.rules.working import sign_here
from sim.states import Activity, Count, Education, Place, PostState, Stage
from sim.tables import Tables
from sim.world import World
from tests.every import every
from tests.sim.tiny import SURE, advertise, ask_for, free_rooms, interviewed, move, seek

Make = Callable[..., World]
WEEK = {"answer_days": 7, "moving_effort": 0.0, "wait_discount": 0.0}
OFFERED, DUE = 7, 14
QUIET = {"next_search_day": NEVER, "expected_wage": 4000.0}


FOUNDING = SURE | {"monthly_revenue": 50_000, "capital_need": 30_000}


def offered(still_world: Make, *posts: tuple[int, int, dict[int, float]], days: int = 90, **behaviour: Any) -> tuple[World, list[int]]:
    """Return a world in which posts (pay, day of the first offer, scores of who was interviewed) are about to be offered, and the posts' rows."""
    world = still_world(days=days, **(WEEK | behaviour))
    rows = []
    for firm, (wage, day, scores) in enumerate(posts):
        for identity in scores:
            seek(world, identity, **QUIET)
        rows.append(advertise(world, firm, wage=wage))
        interviewed(world, rows[-1], scores, day)
    return world, rows


def state_of(world: World, number: int) -> tuple[int, int, int]:
    """Return the state of a post, its holder, and the day of its next offer or answer."""
    post = world.tables["posts"].rows[number]
    return int(post.state), int(post.holder), int(post.offer_day)


def in_hand(world: World, identity: int) -> int:
    return int(world.tables["people"].rows["offers_in_hand"][identity])


def counted(world: World) -> dict[str, int]:
    names = ("OFFERS_MADE", "CONTRACTS_SIGNED", "OFFERS_REFUSED", "OFFERS_WITHDRAWN")
    return {name.partition("_")[2].lower(): int(world.counts[Count[name]]) for name in names}


def test_an_offer_is_answered_when_its_time_is_up_and_blocks_the_post_until_then(still_world: Make) -> None:
    world, (number,) = offered(still_world, (6000, OFFERED, {7: 2.0, 8: 1.0}), days=DUE + 1)
    world.advance(0, OFFERED + 1)
    assert (state_of(world, number), in_hand(world, 7)) == ((PostState.OFFERING, 7, DUE), 1)
    assert world.tables["people"].rows["offer_worth"][7] == pytest.approx(math.log(6000))
    world.advance(OFFERED + 1, DUE)
    assert (state_of(world, number), in_hand(world, 7), in_hand(world, 8)) == ((PostState.OFFERING, 7, DUE), 1, 0), "nobody else is asked"
    world.advance(DUE, DUE + 1)
    post, person = world.tables["posts"].rows[number], world.tables["people"].rows[7]
    assert (post.state, post.holder, post.closed_day, person.contract_post) == (PostState.FILLED, 7, DUE, number)
    assert (in_hand(world, 7), counted(world)) == (0, {"made": 1, "signed": 1, "refused": 0, "withdrawn": 0})
    assert OUTCOMES["vacancy_days_mean"].at_end(world) == DUE


def test_where_no_time_is_left_an_offer_is_answered_at_once(still_world: Make) -> None:
    world, (number,) = offered(still_world, (6000, OFFERED, {7: 2.0}), answer_days=0)
    world.advance(0, OFFERED + 1)
    assert (state_of(world, number)[:2], in_hand(world, 7)) == ((PostState.FILLED, 7), 0)


def test_what_is_not_worth_what_is_wanted_is_refused_at_once_and_goes_to_the_next(still_world: Make) -> None:
    world, (number,) = offered(still_world, (6000, OFFERED, {7: 2.0, 8: 1.0}))
    move(world, 7, expected_wage=7000.0)
    world.advance(0, OFFERED + 1)
    assert (state_of(world, number), in_hand(world, 7)) == ((PostState.OFFERING, NEVER, OFFERED + 1), 0)
    world.advance(OFFERED + 1, OFFERED + 2)
    assert (state_of(world, number)[:2], in_hand(world, 8)) == ((PostState.OFFERING, 8), 1)
    assert world.tables["people"].rows["refused_employer"][7] == 0


@pytest.mark.parametrize(("later", "chosen"), [(6500, 1), (5500, 0)])
def test_the_best_in_hand_is_taken_when_the_first_has_to_be_answered(later: int, chosen: int, still_world: Make) -> None:
    """The second offer comes on day 10: the one not taken goes to the next candidate on day 15."""
    world, rows = offered(still_world, (6000, OFFERED, {7: 2.0, 8: 1.0}), (later, 10, {7: 2.0, 9: 1.0}))
    world.advance(0, DUE)
    assert (in_hand(world, 7), state_of(world, rows[1])[1:]) == (2, (7, 17))
    assert world.tables["people"].rows["offer_worth"][7] == pytest.approx(math.log(max(6000, later)))
    world.advance(DUE, DUE + 1)
    other = rows[1 - chosen]
    assert world.tables["people"].rows["contract_post"][7] == rows[chosen]
    assert (state_of(world, other), in_hand(world, 7)) == ((PostState.OFFERING, NEVER, DUE + 1), 0)
    world.advance(DUE + 1, DUE + 2)
    assert (state_of(world, other)[1], counted(world)["refused"]) == (9 if chosen == 0 else 8, 1)


@pytest.mark.parametrize(("wage", "comes"), [(6500, True), (5500, False)])
def test_who_has_an_offer_in_hand_comes_to_interviews_that_could_bring_a_better_one(wage: int, comes: bool, still_world: Make) -> None:
    world, _ = offered(still_world, (6000, OFFERED, {7: 2.0}))
    number = advertise(world, 1, wage=wage)
    interviewed(world, number, {7: 2.0}, NEVER)
    posts, pile = world.tables["posts"].rows, world.applications_of([number])
    posts["state"][number], posts["interview_day"][number], pile["stage"][0, 0] = PostState.INTERVIEWING, 9, Stage.CALLED
    world.applications_of([number], pile)
    world.advance(0, 10)
    people = world.tables["people"].rows
    assert (people.interviews[7], people.interviews_missed[7]) == (int(comes), int(not comes))


@pytest.mark.parametrize(("pay", "applies"), [(6100, 1), (5900, 0)])
def test_who_has_an_offer_in_hand_applies_for_better_ones_only(pay: int, applies: int, still_world: Make) -> None:
    world, _ = offered(still_world, (6000, OFFERED, {7: 2.0}), wage_floor_seen=1.0)
    advertise(world, 1, wage=pay)
    move(world, 7, next_search_day=9, targeting=0.0, expected_wage=4000.0)
    world.advance(0, DUE)
    assert world.tables["people"].rows["applications"][7] == applies


@pytest.mark.parametrize(("gain", "outside"), [(0.9, True), (1.1, False)])
def test_an_offer_from_elsewhere_is_weighed_with_those_from_here(gain: float, outside: bool, still_world: Make) -> None:
    """It comes on day 5 and has to be answered on day 12: the offer from here, of day 7, is answered then, too."""

    def world_of(wage: int) -> tuple[World, int]:
        world, (number,) = offered(still_world, (wage, OFFERED, {7: 2.0}))
        free_rooms(world)
        move(world, 7, from_elsewhere=1, place=Place.ELSEWHERE, expected_wage=1.0, region_interest=0.5, next_outside_day=5)
        return world, number

    world, _ = world_of(3000)
    world.advance(0, 6)
    person = world.tables["people"].rows[7]
    pay = int(person.outside_offer)
    assert pay > 1000
    assert (in_hand(world, 7), person.next_outside_day, person.contract_day) == (1, 12, NEVER)
    world, number = world_of(int(gain * pay))
    world.advance(0, 12)
    assert in_hand(world, 7) == 2
    world.advance(12, 13)
    person = world.tables["people"].rows[7]
    assert (person.contract_outside, person.contract_wage) == ((1, pay) if outside else (0, int(gain * pay)))
    assert (in_hand(world, 7), person.outside_offer, state_of(world, number)[0]) == (0, 0, PostState.OFFERING if outside else PostState.FILLED)


def test_an_employer_that_closes_withdraws_its_offer(still_world: Make) -> None:
    world, (first, second) = offered(still_world, (7000, OFFERED, {7: 2.0}), (6000, OFFERED, {7: 2.0}), exit_per_year=0)
    world.advance(0, 10)
    assert in_hand(world, 7) == 2
    firm = world.tables["employers"].rows[0]
    firm["alive"], firm["closed_day"], firm["founder"], firm["target_staff"] = 0, 9, 40, 0  # a start-up that closed last night
    world.advance(10, 11)
    assert (state_of(world, first)[:2], counted(world)["withdrawn"]) == ((PostState.LAPSED, NEVER), 1)
    assert (in_hand(world, 7), world.tables["people"].rows["offer_worth"][7]) == (1, pytest.approx(math.log(6000)))
    world.advance(11, DUE + 1)
    assert world.tables["people"].rows["contract_post"][7] == second


def test_who_leaves_the_region_says_no_to_offers_here(still_world: Make) -> None:
    world, (number,) = offered(still_world, (6000, OFFERED, {7: 2.0, 8: 1.0}), leave_per_month=100.0, leave_response=0.0)
    move(world, 7, from_elsewhere=1)
    left = next(day for day in range(OFFERED + 1, 60) if (day + 7) % 30 == 0)
    world.tables["posts"].rows["offer_day"][number] = left - 2
    world.advance(0, left)
    assert in_hand(world, 7) == 1
    world.advance(left, left + 1)
    assert (world.tables["people"].rows["place"][7], in_hand(world, 7), state_of(world, number)[1]) == (Place.ELSEWHERE, 0, NEVER)
    assert counted(world)["refused"] == 1


def test_who_founds_a_firm_says_no_to_all(still_world: Make) -> None:
    world, (number,) = offered(still_world, (6000, OFFERED, {7: 2.0}), **FOUNDING)
    move(world, 7, opportunity_day=9, credit_constrained=0, confidence=5.0, savings=1_000_000)
    world.advance(0, 9)
    assert in_hand(world, 7) == 1
    world.advance(9, 10)
    assert world.tables["people"].rows["activity"][7] == Activity.FOUNDER
    assert (in_hand(world, 7), state_of(world, number)[1], counted(world)["refused"]) == (0, NEVER, 1)


def test_who_has_an_offer_to_answer_ages_out_a_month_later(still_world: Make) -> None:
    def ages_on(offer_day: int) -> int:
        world, _ = offered(still_world, (6000, offer_day, {7: 2.0}))
        world.rules["population"]["youth_years"] = 5
        move(world, 7, graduation_day=-20 * 365)
        activities = []
        for day in range(80):
            world.advance(day, day + 1)
            activities.append(int(world.tables["people"].rows["activity"][7]))
            if in_hand(world, 7) == 1:
                move(world, 7, expected_wage=9000.0)  # to be refused in the end
        return activities.index(Activity.AGED_OUT)

    alone = ages_on(NEVER)
    offer_day = next(day for day in range(alone, alone - 7, -1) if day % 7 < 5)
    assert ages_on(offer_day) == alone + 30


def test_who_enters_a_course_keeps_the_offer_and_takes_it(still_world: Make) -> None:
    world, (number,) = offered(still_world, (6000, OFFERED, {7: 2.0}))
    world.advance(0, 9)
    move(world, 7, activity=Activity.TRAINING, return_day=60)
    world.advance(9, DUE + 1)
    assert world.tables["people"].rows["contract_post"][7] == number
    world.advance(DUE + 1, 60)
    assert world.tables["people"].rows["activity"][7] == Activity.EMPLOYED


def under_contract(world: World, identity: int, firm: int, wage: int, begins: int) -> int:
    """Let somebody have signed for a post. Returns its row."""
    number = advertise(world, firm, wage=wage)
    sign(world.together, 0, identity, number)
    move(world, identity, contract_day=begins, next_search_day=NEVER, next_outside_day=NEVER)
    return number


@numba.njit
def sign(world: Tables, day: int, identity: int, number: int) -> None:
    sign_here(world, day, identity, number, 0)


@pytest.mark.parametrize(("wage", "taken"), [(7000, True), (6500, False)])
def test_who_begins_work_answers_first(wage: int, taken: bool, still_world: Make) -> None:
    """A contract for 5,900 is broken for 15 % more; at 6,500 the offer is refused when it comes."""
    world, (number,) = offered(still_world, (wage, OFFERED, {7: 2.0}), break_gain=1.15)
    contract = under_contract(world, 7, 2, 5900, begins=10)
    world.advance(0, 10)
    assert in_hand(world, 7) == int(taken)
    world.advance(10, 11)
    person = world.tables["people"].rows[7]
    assert (person.contract_post, person.post) == ((number, NEVER) if taken else (NEVER, contract))
    assert (in_hand(world, 7), world.counts[Count.CONTRACTS_BROKEN]) == (0, int(taken))


def test_who_loses_a_job_with_a_contract_in_hand_goes_on_searching_when_its_start_is_far(still_world: Make) -> None:
    world = still_world(**WEEK)
    firm = world.tables["employers"].rows[0]
    for identity, begins in ((7, 40), (8, 80 + 400)):
        seek(world, identity, **QUIET)
        under_contract(world, identity, identity - 5, 6000, begins)
        firm["staff"], firm["wage_bill"], firm["target_staff"] = firm.staff + 1, firm.wage_bill + 5_000, firm.target_staff + 1
        move(world, identity, activity=Activity.EMPLOYED, employer=0, wage=5_000, separation_day=20, job_start_day=-50, effort=0.05)
    world.advance(0, 21)
    people = world.tables["people"].rows
    every(people.activity[7:9] == Activity.SEARCHING)
    assert people.next_search_day[8] > 20, "a contract that begins in a year and more"
    assert people.next_search_day[7] > people.next_search_day[8], "the same luck, and less to search for"


def test_an_employer_turned_down_is_passed_by(still_world: Make) -> None:
    world = still_world(**WEEK)
    posts = [advertise(world, firm, wage=6000, review_day=80) for firm in (0, 1)]
    seek(world, 7, expected_wage=5000.0, refused_employer=0)
    world.advance(0, 30)
    assert world.tables["posts"].rows["applications"][posts].tolist() == [0, 1]


def test_an_advert_stays_up_until_the_post_is_filled_and_who_is_called_keeps_the_place(still_world: Make) -> None:
    """Ten are called and interviewed; one who comes later waits for the next round and takes nobody's place, however good."""
    world, (number,) = offered(still_world, (6000, OFFERED, dict.fromkeys(range(10, 19), 0.0)))
    move(world, slice(10, 19), expected_wage=5000.0)
    for identity, skill in ((30, 3.0), (31, 2.0)):
        seek(world, identity, skill=skill, next_search_day=8)
    world.advance(0, 12)
    pile = world.applications_of([number])[0]
    assert world.tables["posts"].rows["applications"][number] >= 2
    assert pile["person"].tolist() == [*range(10, 19), 30]


# The second round

ROUNDS = {
    "second_round_share": 1.0, "second_round_called": 2, "second_round_days": 7, "answer_days": 0, "interviews_per_post": 3, "interview_days": 3,
}  # fmt: skip


@pytest.mark.parametrize(("education", "rounds"), [(Education.BACHELOR, 2), (Education.VOCATIONAL, 1)])
def test_the_best_are_called_again_where_a_post_asks_for_a_bachelor(education: int, rounds: int, still_world: Make) -> None:
    """Read on day 7, interviewed on 10, the best two called on 11 for day 18, the best hired on 21, after the weekend."""
    world = still_world(days=22, **(WEEK | ROUNDS))
    number = advertise(world, 0, review_day=7)
    ask_for(world, number, education)
    for identity, skill in ((7, 2.0), (8, 1.0), (9, 0.0)):
        seek(world, identity, skill=skill)
    world.advance(0, 12)
    people, post = world.tables["people"].rows, world.tables["posts"].rows[number]
    if rounds == 1:
        assert (post.state, post.holder) == (PostState.FILLED, 7)
        return
    assert (post.state, post.first_round_day, post.interview_day) == (PostState.INTERVIEWING, 10, 18)
    world.advance(12, 19)
    assert people.interviews[7:10].tolist() == [2, 2, 1]
    assert (world.counts[Count.INTERVIEWS_HELD], world.counts[Count.SECOND_INTERVIEWS], world.counts[Count.OFFERS_MADE]) == (5, 2, 0)
    world.advance(19, 22)
    assert (post.state, post.holder, post.closed_day) == (PostState.FILLED, 7, 21)
    assert OUTCOMES["offers_per_interview"].at_end(world) == pytest.approx(1 / 3), "people interviewed, each once"


def test_who_says_no_after_two_rounds_is_followed_by_who_was_not_called_again(still_world: Make) -> None:
    world = still_world(**(WEEK | ROUNDS))
    number = advertise(world, 0, review_day=7)
    ask_for(world, number, Education.BACHELOR)
    for identity, skill in ((7, 2.0), (8, 1.0), (9, 0.0)):
        seek(world, identity, skill=skill)
    world.advance(0, 20)
    move(world, slice(7, 9), expected_wage=9000.0)
    world.advance(20, 24)
    assert (state_of(world, number)[:2], counted(world)["refused"]) == ((PostState.FILLED, 9), 2)


@numba.njit
def both(world: Tables, first: int, day: int, identity: int, employer: int) -> tuple[float, float, float]:
    score = score_of_two(world, day, first, identity, employer, 0)
    return score, normal(world, 92, first, identity, employer), normal(world, 92, day, identity, employer)


def test_two_interviews_are_believed_more_than_one(still_world: Make) -> None:
    """Chance of both evens out: trust is 1 / (1 + presentation² + noise² / 2)."""
    world = still_world(interview_noise=0.8, presentation_in_interview=0.5)
    seek(world, 7, skill=1.5, interview_skill=0.4)
    score, first, second = both(world.together, 3, 11, 7, 0)
    assert int(Decision.INTERVIEW_SIGNAL) == 92
    trust = 1 / (1 + 0.25 + 0.64 / 2)
    assert score == pytest.approx(trust * (1.5 + 0.5 * 0.4 + 0.8 * (first + second) / 2))
    once = both(world.together, 11, 11, 7, 0)[0]
    assert once == pytest.approx((1.5 + 0.2 + 0.8 * second) / (1 + 0.25 + 0.64))


# What follows

@pytest.fixture(scope="module")
def slower(run_of: Make) -> list[World]:
    """Return the same market with offers answered at once, in a week, and in three."""
    return [run_of(graduates=1200, days=400, behaviour={"answer_days": days, "second_round_share": 0.0}) for days in (0, 7, 21)]


def test_the_longer_offers_wait_the_longer_posts_stand_open(slower: list[World]) -> None:
    days = [OUTCOMES["vacancy_days_mean"].at_end(world) for world in slower]
    assert days[0] + 4 < days[1] < days[2] - 8
    accepted = [OUTCOMES["offers_accepted_share"].at_end(world) for world in slower]
    assert accepted[0] > accepted[2], "who waits hears of better ones"


def test_a_second_round_lengthens_vacancies(run_of: Make, slower: list[World]) -> None:
    world = run_of(graduates=1200, days=400, behaviour={"answer_days": 7, "second_round_share": 1.0})
    assert OUTCOMES["vacancy_days_mean"].at_end(world) > OUTCOMES["vacancy_days_mean"].at_end(slower[1]) + 2
    assert 0 < world.counts[Count.SECOND_INTERVIEWS] < world.counts[Count.INTERVIEWS_HELD]
