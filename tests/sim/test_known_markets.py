"""Markets so small that the answer is known: one post and two applicants, one bed and three guests, one loan and two borrowers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.scenario import Scenario
from sim.states import Activity, Count, Education, Money, Place, PostState
from sim.world import World
from tests.every import every
from tests.sim.tiny import STILL, advertise, ask_for, guests, know, move, seek

Make = Callable[..., World]
SEEDS = range(1, 6)


def test_nothing_moves_in_a_world_at_rest(still_world: Make) -> None:
    world = still_world()
    world.advance(0, 90)
    moved = [count.name for count in Count if world.counts[count] != 0]
    assert moved == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("first_skill", "second_skill", "hired"), [(1.0, 2.0, 8), (2.0, 1.0, 7)])
def test_of_two_applicants_the_better_gets_the_one_post(seed: int, first_skill: float, second_skill: float, hired: int, still_world: Make) -> None:
    world = still_world(seed)
    number = advertise(world, 0)
    seek(world, 7, skill=first_skill)
    seek(world, 8, skill=second_skill)
    world.advance(0, 90)
    post = world.tables["posts"].rows[number]
    counts, people = world.counts, world.tables["people"].rows
    assert (post.applications, counts[Count.INTERVIEWS_HELD], counts[Count.OFFERS_MADE]) == (2, 2, 1)
    assert (post.state, post.holder) == (PostState.FILLED, hired)
    assert (counts[Count.HIRES], people.employer[hired], people.wage[hired], people.post[hired]) == (1, 0, 6000, number)
    assert people.activity[15 - hired] == Activity.SEARCHING


@pytest.mark.parametrize(("order", "kept"), [(1, 10), (-1, 10), (1, 4), (-1, 13)])
def test_a_full_pile_keeps_the_best(order: int, kept: int, still_world: Make) -> None:
    world = still_world(**({} if kept == 10 else {"applications_kept": kept}))
    number = advertise(world, 0)
    applicants = list(range(7, 21))
    for place, identity in enumerate(applicants):
        seek(world, identity, skill=0.1 * place * order)
    world.advance(0, 20)
    pile = world.applications_of(number)["person"]
    best = applicants[-kept:] if order == 1 else applicants[:kept]
    assert sorted(pile.tolist()) == best
    assert world.tables["posts"].rows["kept"][number] == kept
    assert world.counts[Count.CVS_NOT_KEPT] >= len(applicants) - kept
    world.advance(20, 90)
    assert world.tables["posts"].rows["holder"][number] == (applicants[-1] if order == 1 else applicants[0])


def test_who_is_refused_by_the_best_asks_the_second(still_world: Make) -> None:
    world = still_world()
    number = advertise(world, 0)
    seek(world, 7, skill=2.0, expected_wage=8000.0)
    seek(world, 8, skill=1.0)
    world.advance(0, 90)
    post = world.tables["posts"].rows[number]
    assert (post.holder, world.counts[Count.OFFERS_MADE], world.counts[Count.HIRES]) == (8, 2, 1)


def test_nobody_below_the_bar_is_hired(still_world: Make) -> None:
    world = still_world()
    number = advertise(world, 0)
    world.tables["employers"].rows["skill_bar"][0] = 2.0
    seek(world, 7, skill=2.0)  # 0.8 of it shows in an interview, half of it in a CV
    world.advance(0, 90)
    assert world.counts[Count.APPLICATIONS_SENT] >= 1
    assert (world.counts[Count.OFFERS_MADE], world.counts[Count.POSTS_LAPSED]) == (0, 1)
    assert world.tables["posts"].rows["state"][number] == PostState.LAPSED


@pytest.mark.parametrize("seed", SEEDS)
def test_of_two_posts_the_better_paid_is_applied_for(seed: int, still_world: Make) -> None:
    world = still_world(seed, sessions_per_month=0.001, applications_per_session=1)
    employer = int(np.argmax(world.tables["employers"].column("slots")))
    low, high = advertise(world, employer, wage=6000), advertise(world, employer, wage=7000)
    seek(world, 7, skill=1.0, targeting=1.0)
    fields = world.tables["fields"].rows  # a board of these two posts
    fields["first_slot"], fields["slots"], fields["startup_slots"] = world.tables["posts"].rows["slot"][low], 2, 0
    world.advance(0, 90)
    people, posts = world.tables["people"].rows, world.tables["posts"].rows
    assert (posts.applications[low], posts.applications[high]) == (0, 1)
    assert (people.employer[7], people.wage[7], posts.holder[high], posts.holder[low]) == (employer, 7000, 7, NEVER)
    assert (world.counts[Count.HIRES], world.counts[Count.POSTS_LAPSED]) == (1, 1)


@pytest.mark.parametrize(
    ("limit", "floor", "applied"),
    [(1, 5000, [7000]), (2, 5000, [6500, 7000]), (6, 5000, [5500, 6000, 6500, 7000]), (6, 6200, [6500, 7000])],
)
def test_a_session_applies_for_the_best_of_what_appeals_up_to_a_limit(limit: int, floor: float, applied: list[int], still_world: Make) -> None:
    """One session on a board of four posts, all seen; the next session would be years away."""
    world = still_world(sessions_per_month=0.001, applications_per_session=limit, wage_floor_seen=1.0)
    employer = int(np.argmax(world.tables["employers"].column("slots")))
    posts = [advertise(world, employer, wage=wage, review_day=60) for wage in (5500, 7000, 6000, 6500)]
    seek(world, 7, targeting=1.0, expected_wage=floor)
    fields = world.tables["fields"].rows
    fields["first_slot"], fields["slots"], fields["startup_slots"] = world.tables["posts"].rows["slot"][posts[0]], 4, 0
    world.advance(0, 40)
    rows, person = world.tables["posts"].rows, world.tables["people"].rows[7]
    assert sorted(int(rows.wage[number]) for number in posts if rows.applications[number] == 1) == applied
    assert (person.applications, person.last_session_day) == (len(applied), 0)
    assert world.counts[Count.APPLICATIONS_OF_SEEKERS] == len(applied)


def test_nobody_applies_twice_to_the_pile_on_which_one_is(still_world: Make) -> None:
    world = still_world(sessions_per_month=60)
    number = advertise(world, 0, review_day=60)
    seek(world, 7)
    world.advance(0, 40)
    assert world.tables["people"].rows["last_session_day"][7] > 20
    assert (world.counts[Count.APPLICATIONS_SENT], world.tables["posts"].rows["applications"][number]) == (1, 1)


def test_a_contract_is_broken_for_much_better_pay_only(still_world: Make) -> None:
    for better, broken in ((1.14, 0), (1.16, 1)):
        world = still_world(break_gain=1.15, signed_effort=1)
        advertise(world, 0, wage=6000, review_day=5)
        seek(world, 7, skill=1.0)
        move(world, 7, graduation_day=400)  # works from then on
        world.advance(0, 30)
        assert world.tables["people"].rows["contract_wage"][7] == 6000
        advertise(world, 1, wage=int(6000 * better), review_day=40)
        world.advance(30, 90)
        assert (world.counts[Count.CONTRACTS_SIGNED], world.counts[Count.CONTRACTS_BROKEN]) == (1 + broken, broken)
        assert world.tables["employers"].rows["pending"][0] == 1 - broken


def test_a_post_asks_for_its_education(still_world: Make) -> None:
    world = still_world()
    number = advertise(world, 0)
    ask_for(world, number, Education.MASTER)
    seek(world, 7, skill=2.0)
    seek(world, 8, skill=0.0, education=Education.MASTER)
    world.advance(0, 90)
    post = world.tables["posts"].rows[number]
    assert (post.applications, post.holder) == (1, 8)


def test_without_posts_nobody_is_hired(run_of: Make) -> None:
    still = {key: STILL[key] for key in ("opportunity_per_year", "growth_per_year", "replacement_share")}
    world = run_of(
        graduates=800,
        days=300,
        behaviour=still,
        market={"tightness": 0},
        population={"founders_earlier": 0},
        policy={
            "job_fairs": {"enabled": True, "fairs_per_year": 50},
            "campus_recruitment": {"enabled": True, "trips": 5, "firms": 20, "posts": 500},
        },
    )
    counts = world.counts
    assert [int(counts[count]) for count in (Count.POSTS_OPENED, Count.INTERVIEWS_CALLED, Count.CONTRACTS_SIGNED, Count.HIRES)] == [0, 0, 0, 0]
    assert counts[Count.CAMPUS_CVS] > 0  # a trip brings talk of posts, and adds none
    assert counts[Count.FAIR_ATTENDANCES] > 0


@pytest.mark.parametrize(("idle", "applies"), [(1e12, False), (1.5, True)])
def test_nobody_applies_below_the_reservation_wage(idle: float, applies: bool, scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    behaviour = {key: value for key, value in STILL.items() if key != "replacement_share"}
    behaviour |= {"idle_worth": idle, "search_horizon_months": 0.1}
    behaviour |= {"skill_bar_mean": 10, "arrears_per_year": 0, "accident_manufacturing": 0, "accident_elsewhere": 0}
    no_firms = {"founders_earlier": 0}  # whoever loses a firm or a job asks for less again
    world = world_of(scenario_of(graduates=500, days=250, behaviour=behaviour, population=no_firms))
    world.advance(0, 250)
    assert world.counts[Count.POSTS_OPENED] > 10
    assert bool(world.counts[Count.APPLICATIONS_SENT] > 0) is applies


LODGING = {"lodging": {"enabled": True, "stations": 1, "rooms_per_station": 1, "beds_per_room": 1, "free_nights": 3, "initial_awareness": 0.0}}


def test_of_three_guests_one_gets_the_one_bed(still_world: Make) -> None:
    world = still_world(policy=LODGING, explore_trip_value=100_000, nights_free=60)
    guests(world, 5, 6, 7)
    world.advance(0, 3)
    people, counts = world.tables["people"].rows, world.counts
    assert [int(counts[count]) for count in (Count.STATION_GUESTS, Count.STATION_TURNED_AWAY, Count.ARRIVALS)] == [1, 2, 3]
    assert sorted(people.station[5:8].tolist()) == [NEVER, NEVER, 0]
    guest = 5 + int(np.argmax(people.station[5:8]))
    assert people.place[5:8].tolist() == [Place.VISITING] * 3
    world.advance(3, 60)
    assert (people.guest_nights[guest], counts[Count.STATION_NIGHTS], people.station[guest]) == (3, 3, NEVER)
    assert world.tables["stations"].rows["beds_used"].tolist() == [0]
    assert people.place[5:8].tolist() == [Place.ELSEWHERE] * 3


def test_a_bed_given_back_serves_the_next_guest(still_world: Make) -> None:
    world = still_world(policy=LODGING, explore_trip_value=100_000, nights_free=60)
    guests(world, 5)
    guests(world, 6, day=20)
    know(world, LeverId.LODGING, 5, 6)
    world.advance(0, 40)
    assert (world.counts[Count.STATION_GUESTS], world.counts[Count.STATION_TURNED_AWAY], world.counts[Count.STATION_NIGHTS]) == (2, 0, 6)


def test_a_budget_for_two_nights_pays_two_nights(still_world: Make) -> None:
    policy = {"lodging": LODGING["lodging"] | {"cost_per_night": 60, "cost_per_bed_month": 0, "budget": 150, "rooms_per_station": 5}}
    world = still_world(policy=policy, explore_trip_value=100_000, nights_free=60)
    guests(world, 5, 6, 7)
    world.advance(0, 30)
    service = world.tables["services"].rows[LeverId.LODGING]
    assert (world.counts[Count.STATION_NIGHTS], service.spent, service.budget) == (2, 120, 150)


def test_who_has_begun_a_job_elsewhere_gives_the_bed_back(still_world: Make) -> None:
    world = still_world(policy={"lodging": LODGING["lodging"] | {"free_nights": 60}}, explore_trip_value=100_000, nights_free=60)
    guests(world, 5)
    world.advance(0, 3)
    people = world.tables["people"].rows
    assert people.station[5] == 0
    people.visit_end[5] = 60
    move(world, 5, contract_day=4, contract_outside=1, contract_wage=6000)
    world.advance(3, 7)
    assert (people.activity[5], people.place[5], people.station[5]) == (Activity.EMPLOYED, Place.ELSEWHERE, NEVER)
    assert world.tables["stations"].rows["beds_used"].tolist() == [0]


def test_a_trip_that_costs_more_than_it_is_worth_is_not_made(still_world: Make) -> None:
    world = still_world(policy=LODGING, explore_trip_value=0)
    guests(world, 5, 6)
    world.advance(0, 30)
    assert (world.counts[Count.ARRIVALS], world.counts[Count.TRIPS_DECLINED], world.counts[Count.STATION_GUESTS]) == (0, 2, 0)


LOANS: dict[str, Any] = {
    "enabled": True,
    "ceiling": 50_000,
    "firm_ceiling": 50_000,
    "rate_per_year": 0.0,
    "approval": 1.0,
    "initial_awareness": 0.0,
    "term_months": 5,
}
PROFITABLE = {"business_return": 5, "loan_hassle": 0, "bank_approval": 0, "growth_need": 100_000_000, "capital_need": 10_000_000}


@pytest.mark.parametrize(("credit_line", "granted"), [(49_999, 0), (99_999, 1), (100_000, 2)])
def test_the_credit_line_ends_after_the_loans_it_holds(credit_line: int, granted: int, still_world: Make) -> None:
    world = still_world(policy={"loans": LOANS | {"credit_line": credit_line}}, **PROFITABLE, capital_per_post=25_000)
    employers = world.tables["employers"].rows
    employers["growth_day"][:2] = 3
    employers["aware"][:] = 0
    employers["aware"][:2] = 1 << LeverId.LOANS
    before = employers["target_staff"].copy()
    world.advance(0, 4)
    counts, service = world.counts, world.tables["services"].rows[LeverId.LOANS]
    assert (counts[Count.LOANS_APPLIED], counts[Count.LOANS_GRANTED], counts[Count.LOAN_AMOUNT_GRANTED]) == (2, granted, granted * 50_000)
    assert (service.served, service.turned_away) == (granted, 2 - granted)
    more = (employers["target_staff"] - before)[:3].tolist()
    assert (sorted(more[:2]), more[2]) == ([2 * (granted > 1), 2 * (granted > 0)], 0)
    world.advance(4, 90)
    assert counts[Count.LOAN_AMOUNT_REPAID] == granted * 2 * 10_000  # two months of five


def test_two_founders_and_one_loan(still_world: Make) -> None:
    world = still_world(policy={"loans": LOANS | {"credit_line": 60_000}}, **PROFITABLE, monthly_revenue=1_000_000, working_capital=0.25)
    for identity in (5, 6):
        seek(world, identity, opportunity_day=3, credit_constrained=1, savings=40_000, confidence=0.0, next_search_day=NEVER)
    know(world, LeverId.LOANS, 5, 6)
    world.advance(0, 4)
    people, employers, counts = world.tables["people"].rows, world.tables["employers"], world.counts
    assert (counts[Count.LOANS_APPLIED], counts[Count.LOANS_GRANTED], counts[Count.STARTUPS_FOUNDED]) == (2, 1, 2)
    firms = employers.rows[people.employer[5:7]]
    assert sorted(firms.capital.tolist()) == [20_000, 70_000], "who gets none begins smaller"
    assert [firm.cash * 4 for firm in firms] == firms.capital.tolist()
    assert people.savings[5:7].tolist() == [20_000, 20_000]
    assert world.ledger[Money.CAPITAL_INVESTED] == -40_000


def test_one_place_with_a_mentor_and_many_founders(still_world: Make) -> None:
    mentoring = {"enabled": True, "mentors": 1, "mentees_per_mentor": 1, "demand": 1.0, "initial_awareness": 1.0, "months": 6}
    world = still_world(policy={"mentoring": mentoring}, graduates=200, founders=0.3, monthly_revenue=1_000_000)
    employers = world.tables["employers"]
    founders = int((employers.column("founder") >= 0).sum())
    world.advance(0, 45)
    service = world.tables["services"].rows[LeverId.MENTORING]
    assert founders > 2
    assert (world.counts[Count.MENTEES], service.served, service.turned_away, service.reached) == (1, 1, founders - 1, founders)
    assert int((employers.column("mentor") == 0).sum()) == 1


def test_two_seekers_and_one_career_mentor(still_world: Make) -> None:
    mentoring = {"enabled": True, "career_mentors": 1, "mentees_per_career_mentor": 1, "career_demand": 1.0, "initial_awareness": 0.0, "months": 6}
    world = still_world(policy={"mentoring": mentoring}, mentor_news=3.0, pay_prior=3.0, pay_memory=10.0, career_targeting=0.25)
    for identity in (5, 6):
        seek(world, identity, targeting=0.5, next_search_day=NEVER, pay_signals=3.0)
    know(world, LeverId.MENTORING, 5, 6)
    world.advance(0, 35)
    people, service = world.tables["people"].rows, world.tables["services"].rows[LeverId.MENTORING]
    assert (service.served, service.turned_away) == (1, 1)
    usual = world.scenario.region.wage_bachelor  # of whom the mentor tells: half as much weight as all that was known
    assert sorted(people.expected_wage[5:7].tolist()) == pytest.approx([5_000, np.sqrt(5_000 * usual)])
    assert sorted(people.aim_help[5:7].tolist()) == pytest.approx([0.0, 0.25])


@pytest.mark.parametrize(("amount", "own_share"), [(200, True), (5000, False)])
def test_two_vouchers_and_many_students(amount: int, own_share: bool, still_world: Make) -> None:
    vouchers = {
        "enabled": True,
        "amount": amount,
        "places": 2,
        "group_visits": 1,
        "campuses": ("outside 1",),
        "invited_share": 1.0,
        "lowest_education": 0,
        "nights": 2,
    }
    world = still_world(policy={"travel_vouchers": vouchers}, graduates=300, explore_trip_value=100_000)
    people = world.tables["people"].rows
    day = int(world.tables["events"].rows["day"][0])
    invited = np.flatnonzero((people.campus == 3) & (people.activity == Activity.STUDYING))
    people["savings"] = 10_000
    people["region_interest"] = 0.5
    people["next_search_day"][invited] = 89
    world.ledger[Money.OPENING_SAVINGS] = people.savings.sum()
    cost = 2 * int(world.tables["campuses"].rows["fare"][3]) + 2 * world.scenario.region.hotel_night
    assert len(invited) > 4
    world.advance(0, day + 1)
    came = np.flatnonzero(people.place == Place.VISITING)
    service = world.tables["services"].rows[LeverId.TRAVEL_VOUCHERS]
    assert len(came) == 2
    every(np.isin(came, invited))
    assert (service.reached, service.served, service.turned_away) == (len(invited), 2, len(invited) - 2)
    world.advance(day + 1, day + 10)
    every(people.place[came] == Place.ELSEWHERE)
    assert people.region_interest[came].tolist() == [0.5, 0.5]
    paid = cost - amount if own_share else 0
    assert people.savings[came].tolist() == [10_000 - paid] * 2  # fares and both nights once, less the voucher
    assert world.ledger[Money.VOUCHERS] == 2 * amount
    assert people.savings.sum() == world.ledger.sum()


def test_a_full_fair_turns_the_rest_away(still_world: Make) -> None:
    fairs = {
        "enabled": True,
        "fairs_per_year": 4,
        "visitors_per_fair": 3,
        "attendance": 1.0,
        "online_share": 0.0,
        "initial_awareness": 0.0,
        "firms_per_fair": 50,
    }
    world = still_world(policy={"job_fairs": fairs}, sessions_per_month=0.001, pay_memory=100.0, bid_news=0.5)
    day = int(world.tables["events"].rows["day"][0])
    number = advertise(world, 0, review_day=89)
    for identity in range(10, 17):
        seek(world, identity, next_search_day=89, effort=5.0, expected_wage=4000.0, pay_signals=6.0)
    know(world, LeverId.JOB_FAIRS, *range(10, 17))
    world.advance(0, day + 1)
    people, service = world.tables["people"].rows, world.tables["services"].rows[LeverId.JOB_FAIRS]
    assert (world.scenario.start.toordinal() + day) % 7 == 6  # a Saturday
    assert sorted(people.fairs[10:17].tolist()) == [0, 0, 0, 0, 1, 1, 1]
    assert (service.served, service.turned_away, service.spent) == (3, 4, 20_000 + 3 * 5)
    came = people.fairs[10:17].astype(bool)
    looks = 3 * 4 * 0.5  # posts compared before each application, each a piece of news: of one post, as often as it is seen
    assert people.expected_wage[10:17].tolist() == pytest.approx(np.where(came, np.sqrt(4_000 * 6_000), 4_000).tolist())
    assert people.pay_signals[10:17].tolist() == pytest.approx(np.where(came, 6 + looks, 6).tolist())
    assert people.helped_day[10:17].tolist() == np.where(came, day, NEVER).tolist()
    post = world.tables["posts"].rows[number]
    assert (post.applications, post.review_day) == (3, day + 3)  # read at once, not in a pile two weeks later


def test_a_campus_trip_takes_at_most_the_cvs_a_student_may_hand_in(still_world: Make) -> None:
    trip = {
        "enabled": True,
        "trips": 1,
        "firms": 5,
        "posts": 200,
        "campuses": ("outside 1",),
        "attendance": 1.0,
        "posts_noticed": 0.9,
        "cvs_per_student": 2,
    }
    world = still_world(policy={"campus_recruitment": trip}, graduates=300, skill_bar_mean=-10)
    people = world.tables["people"].rows
    students = np.flatnonzero((people.campus == 3) & (people.activity == Activity.STUDYING))
    people["region_interest"] = 1.0
    people["expected_wage"] = 100.0
    people["effort"], people["next_search_day"] = 5.0, 10_000
    world.advance(0, 90)
    counts = world.counts
    sent = people.applications[students]
    assert len(students) > 4
    assert sent.tolist() == [2] * len(students)
    assert counts[Count.CAMPUS_CVS] == counts[Count.CAMPUS_INTERVIEWS] == counts[Count.CAMPUS_INTENTS] == 2 * len(students)
    assert counts[Count.HIRES] == counts[Count.POSTS_OPENED] == 0  # no firm's plan holds a post


def test_a_closed_start_up_takes_its_post_off_the_boards(still_world: Make) -> None:
    world = still_world(graduates=200, founders=0.3)
    employers = world.tables["employers"].rows
    firm = int(np.flatnonzero(employers["founder"] >= 0)[0])
    free = int(world.tables["fields"].rows["first_startup_slot"][employers["industry"][firm]])
    world.tables["slots"].rows["employer"][free] = firm
    employers["first_slot"][firm], employers["slots"][firm] = free, 1
    number = advertise(world, firm, review_day=85)
    slot = int(employers["first_slot"][firm])
    employers["cash"][firm] = -10_000_000
    world.advance(0, 40)
    posts, slots = world.tables["posts"].rows, world.tables["slots"].rows
    assert (employers["alive"][firm], employers["open_posts"][firm], posts["state"][number]) == (0, 0, PostState.LAPSED)
    assert (slots["employer"][slot], slots["post"][slot]) == (NEVER, NEVER)
