"""Demand that answers: whom employers believe, what waiting costs, what posts pay, and where new posts go; with answers worked out on paper."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest

from sim.compiled import NEVER
from sim.rules.paying import cost_of_waiting, effort_after_signing, pay_at, worth_of_contract, worth_of_pay
from sim.rules.places import hold_opening
from sim.rules.posts import reopen_after_break
from sim.rules.scoring import cv_score, interview_score, prove
from sim.scenario import Scenario
from sim.states import PLACES, Activity, Channel, Count, Education, Place, PostState, Stock
from sim.tables import Tables
from sim.world import World
from tests.every import every
from tests.sim.tiny import advertise, ask_for, move, seek

Make = Callable[..., World]


@numba.njit
def read_cv(world: Tables, day: int, identity: int, channel: int) -> float:
    return cv_score(world, day, identity, 0, channel)


@numba.njit
def talk_to(world: Tables, day: int, identity: int, channel: int) -> float:
    return interview_score(world, 92, day, identity, 0, channel)


@numba.njit
def certify(world: Tables, identity: int, precision: float) -> None:
    prove(world, identity, 1, 0, precision)


@numba.njit
def weigh_post(world: Tables, day: int, identity: int, number: int) -> tuple[float, float, int, float, float]:
    person, post = world.people[identity], world.posts[number]
    return (
        cost_of_waiting(world, day, person, post.wanted_day), worth_of_pay(world, day, person, post), pay_at(world, person, post),
        worth_of_contract(world, day, person), effort_after_signing(world, day, person),
    )  # fmt: skip


@pytest.mark.parametrize("channel", [Channel.ADVERT, Channel.FAIR])
def test_a_signal_is_believed_as_far_as_it_is_worth(channel: int, still_world: Make) -> None:
    """Without other noise a CV misleads by how well skill is shown, weight 1: of a signal of variance 2, half is skill."""
    world = still_world(unemployment_penalty=0.4, penalty_months=8, remote_penalty=0.3, fit_output=0.25)
    industry = int(world.tables["employers"].rows["industry"][0])
    for skill, shown, months, place in ((1.5, -0.5, 4, Place.RESIDENT), (-1.0, 2.0, 20, Place.RESIDENT), (0.5, 0.0, 0, Place.ELSEWHERE)):
        seek(world, 7, skill=skill, interview_skill=shown, searching_since=0, place=place, field=(industry + 1) % 5)
        mean = -0.4 * min(1, months / 8) - 0.3 * (place == Place.ELSEWHERE)
        expected = (skill + shown + mean) / 2
        assert read_cv(world.together, 30 * months, 7, channel) == pytest.approx(expected)
        expected = 0.8 * (skill + 0.5 * shown) + 0.2 * mean
        assert talk_to(world.together, 30 * months, 7, channel) == pytest.approx(expected)
        move(world, 7, field=industry)
        assert talk_to(world.together, 30 * months, 7, channel) == pytest.approx(expected + 0.25)


def test_who_could_come_every_day_is_not_marked_down(still_world: Make) -> None:
    """A campus within the way to work is as good as here; of a CV with so much noise 1 part in 102 is believed, the rest is the mean of the group."""
    world = still_world(remote_penalty=0.3, cv_noise=10)
    read = []
    for way in (NEVER, 0, 400):
        seek(world, 7, skill=0.0, interview_skill=0.0, place=Place.ELSEWHERE, from_elsewhere=1, campus=3)
        world.tables["campuses"].rows["way"][3] = way
        read.append(read_cv(world.together, 0, 7, Channel.ADVERT))
    assert read[1:] == [pytest.approx(read[0] + 0.3 * 101 / 102)] * 2


@numba.njit
def hold(world: Tables, day: int, row: int) -> bool:
    return hold_opening(world, day, world.employers[row])


def test_an_advert_kept_for_a_trainee_has_not_lapsed(still_world: Make) -> None:
    """One without an application comes off the boards; if it was for the coming class, the class is short of it again."""
    world = still_world()
    world.tables["employers"].rows["target_staff"][0] = world.tables["employers"].rows["staff"][0]
    now, later = advertise(world, 0), advertise(world, 0, wanted_day=100)
    assert [hold(world.together, 0, 0) for _ in range(3)] == [True, True, False]
    assert world.tables["posts"].rows["state"][[now, later]].tolist() == [PostState.KEPT] * 2
    assert (world.counts[Count.POSTS_LAPSED], world.counts[Count.POSTS_KEPT]) == (0, 2)
    assert (world.tables["employers"].rows["held"][0], world.plan["class_posts"][0]) == (2, 1.0)


@numba.njit
def give_back(world: Tables, number: int) -> None:
    reopen_after_break(world, number)


@pytest.mark.parametrize(("alive", "class_day", "planned", "due"), [(1, 100, 1, 0.0), (0, 100, 0, 1.0), (1, 465, 0, 0.0), (0, 465, 0, 0.0)])
def test_a_post_is_for_the_class_again_until_it_graduates(alive: int, class_day: int, planned: int, due: float, still_world: Make) -> None:
    """A contract breaks: its employer opens it again, or, out of business, leaves it to others; after graduation it is not for the next class."""
    world = still_world()
    number = advertise(world, 0, wanted_day=100)
    world.plan["class_day"] = class_day
    employer, post = world.tables["employers"].rows[0], world.tables["posts"].rows[number]
    post["state"], post["closed_day"], post["holder"] = PostState.FILLED, 5, 7
    employer["alive"], employer["pending"] = alive, 1
    give_back(world.together, number)
    assert (employer["pending"], employer["planned_growth"], world.plan["class_posts"][0], post["holder"]) == (0, planned, due, NEVER)


def test_what_is_usual_is_what_has_been_seen(worlds: Callable[..., list[World]]) -> None:
    """Before three years have gone by, all mornings weigh alike; one that counts for ever kept entry pay low for years."""
    for world in worlds(growth_by_yield=0.0, creation_elasticity=0.0):
        stocks = world.stocks[:-1]
        searching = stocks[:, PLACES * Activity.SEARCHING + Place.RESIDENT]
        seen = searching / (searching + stocks[:, Stock.EMPLOYED_IN_REGION])
        assert world.plan["usual_unemployment"][0] == pytest.approx(seen.mean(), rel=0.003)


SEEN = {"referral_noise": Channel.REFERRAL, "introduction_noise": Channel.CASEWORK, "talk_noise": Channel.CAMPUS, "host_noise": Channel.PLACEMENT}


@pytest.mark.parametrize("channel", [*SEEN.values(), Channel.DESK])
def test_who_has_seen_a_person_knows_better_and_adds_no_points(channel: int, still_world: Make) -> None:
    """One observation more, of variance 1 (a host's, of two months: 1 / 2): the good gain, the weak lose, all of them nothing."""
    world = still_world(host_noise=1.0, referral_noise=1.0, introduction_noise=1.0, talk_noise=1.0)
    seen = 2.0 if channel == Channel.PLACEMENT else 1.0
    moved = []
    for skill in np.linspace(-2, 2, 9):
        for identity in range(60):
            seek(world, identity, skill=skill, interview_skill=0.0, host_days=60)
        for read, shown in ((read_cv, 1.0), (talk_to, 4.0)):
            found = np.array([read(world.together, 0, identity, channel) for identity in range(60)])
            assert found.mean() == pytest.approx(skill * (shown + seen) / (1 + shown + seen), abs=0.2)
            assert found.std() == pytest.approx(np.sqrt(seen) / (1 + shown + seen), rel=0.3)
            moved.append(found.mean() - read(world.together, 0, 0, Channel.ADVERT))
    gains = np.array(moved).reshape(9, 2)
    assert gains[8].min() > 0.0 > gains[0].max()
    assert np.abs(gains.mean(axis=0)).max() < 0.1


@pytest.mark.parametrize("name", SEEN)
def test_what_says_nothing_changes_nothing(name: str, still_world: Make) -> None:
    world = still_world(**{name: 1_000_000})
    for skill in (1.0, -1.0):
        seek(world, 7, skill=skill, interview_skill=0.5, host_days=400)
        for read in (read_cv, talk_to):
            assert read(world.together, 0, 7, SEEN[name]) == pytest.approx(read(world.together, 0, 7, Channel.ADVERT), abs=1e-5)


def test_a_host_knows_the_better_the_longer_and_saves_what_a_newcomer_costs(still_world: Make) -> None:
    """Half a month of 24, of which an sd of skill is worth a fifth each: 0.104 sd; nothing of it before the first day."""
    world = still_world(host_noise=1.0, training_months=0.5, skill_output=0.2, match_months=24)
    seek(world, 7, skill=1.0, interview_skill=0.0)
    errors = []
    for days, saved in ((0, 0.0), (3, 0.1 / 4.8), (30, 0.5 / 4.8), (300, 0.5 / 4.8)):
        move(world, 7, host_days=days)
        known = days / 30
        found = read_cv(world.together, 0, 7, Channel.PLACEMENT)
        errors.append((found - saved - (1 + known) / (2 + known)) * (2 + known) / max(1.0, np.sqrt(known)))
        assert read_cv(world.together, 0, 7, Channel.ADVERT) == pytest.approx(0.5)
    assert errors[0] == pytest.approx(0.0)
    assert errors[2] == pytest.approx(errors[3]), "one judgement, more certain"


def test_a_certificate_lifts_the_good_at_every_employer_and_lowers_the_weak(still_world: Make) -> None:
    """Of a CV of variance 1 and a certificate of variance 1/4, five sixths are believed; another adds to it, and one that shows nothing does not."""
    world = still_world()
    for skill in (1.0, -1.0):
        seek(world, 7, skill=skill, interview_skill=0.0, proof=0.0, proof_error=0.0)
        certify(world.together, 7, 0.0)
        assert read_cv(world.together, 0, 7, Channel.ADVERT) == pytest.approx(skill / 2)
        certify(world.together, 7, 4.0)
        error = world.tables["people"].rows.proof_error[7]
        assert 0.0 < abs(error) < 2.0
        assert read_cv(world.together, 0, 7, Channel.ADVERT) == pytest.approx((5 * skill + 4 * error) / 6)
        certify(world.together, 7, 4.0)
        assert world.tables["people"].rows.proof[7] == 8.0
        assert world.tables["people"].rows.proof_error[7] == pytest.approx(error), "the same certificate says the same"


@pytest.mark.parametrize(("wanted_day", "skill", "hired"), [(0, 2.0, 8), (0, 3.0, 7), (158, 2.0, 7)])
def test_a_post_that_wants_somebody_now_takes_who_can_start(wanted_day: int, skill: float, hired: int, still_world: Make) -> None:
    """A student who graduates on day 150 may begin on day 158.

    Interviewed on day 28, with 12 days to any start, that is 118 days late for a post of today: 0.82 sd, if a month costs 1 / (0.2 x 24) of an sd.
    After an interview 0.8 of the skill is believed: 1.6 less 0.82 is below 0.8, 2.4 less 0.82 is not. A post for that class takes the better one.
    """
    world = still_world(skill_output=0.2, match_months=24, start_days=12, free_after_days=8, wait_discount=0)
    number = advertise(world, 0, wanted_day=wanted_day)
    seek(world, 7, skill=skill, activity=Activity.STUDYING, graduation_day=150)
    seek(world, 8, skill=1.0)
    world.advance(0, 90)
    assert world.tables["posts"].rows[number].holder == hired


def test_below_the_bar_with_the_wait_there_is_no_offer(still_world: Make) -> None:
    for wanted_day, offers in ((0, 0), (158, 1)):
        world = still_world(skill_output=0.2, match_months=24)
        advertise(world, 0, wanted_day=wanted_day)
        world.tables["employers"].rows["skill_bar"][0] = 0.5
        seek(world, 7, skill=1.0, activity=Activity.STUDYING, graduation_day=150)
        world.advance(0, 60)
        assert world.counts[Count.OFFERS_MADE] == offers


def test_a_post_of_later_is_worth_less_to_who_needs_pay_now(still_world: Make) -> None:
    """Free after 12 days, the seeker would wait 90 days for a post of day 102; a student of that summer and somebody with a job lose nothing."""
    usual = {"start_days": 12, "free_after_days": 8, "break_gain": 1.2, "signed_effort": 0.1, "signed_wait_months": 2}
    world = still_world(wait_discount=0.05, skill_return=0.1, **usual)
    number = advertise(world, 0, wage=6000, wanted_day=102)
    seek(world, 7, skill=0.5, contract_day=102, contract_wage=5000)
    late, worth, pay, contract, effort = weigh_post(world.together, 0, 7, number)
    assert (late, pay) == (0.0, int(6000 * np.exp(0.05)))
    assert (worth, contract) == (pytest.approx(pay * np.exp(-0.15)), pytest.approx(5000 * np.exp(-0.15)))
    assert effort == pytest.approx(1 - 0.9 * np.exp(-1.5))
    for columns in ({"activity": Activity.EMPLOYED}, {"activity": Activity.STUDYING, "graduation_day": 94}):
        move(world, 7, **columns)
        assert weigh_post(world.together, 0, 7, number)[1:] == (pay, pay, 5000.0, pytest.approx(0.1))


def test_who_signs_for_later_goes_on_searching_and_takes_what_begins_sooner(still_world: Make) -> None:
    world = still_world(signed_effort=0.0, wait_discount=0.05, break_gain=1.05, days=200)
    later = advertise(world, 0, wage=6000, wanted_day=150)
    seek(world, 7, skill=1.0)
    world.advance(0, 40)
    person, posts = world.tables["people"].rows[7], world.tables["posts"].rows
    assert (posts[later].holder, person.contract_day, person.activity) == (7, 150, Activity.SEARCHING)
    sooner = advertise(world, 1, wage=6000, review_day=60, lapse_day=120)
    posts["opened_day"][sooner] = 40
    world.advance(40, 110)
    assert (posts[sooner].holder, person.activity, world.counts[Count.CONTRACTS_BROKEN]) == (7, Activity.EMPLOYED, 1)


def test_pay_follows_skill_where_a_person_is_hired(still_world: Make) -> None:
    world = still_world(skill_return=0.1)
    advertise(world, 0, wage=6000)
    seek(world, 7, skill=-1.5)
    world.advance(0, 90)
    assert world.tables["people"].rows["wage"][7] == int(6000 * np.exp(-0.15))


def test_posted_pay_answers_to_adverts_and_returns(still_world: Make) -> None:
    """Three adverts end: one is filled (there is nothing to compare with), one lapses, one is filled by far more applicants a day than is usual."""
    world = still_world(pay_answer=0.2, pay_return=0.1, given_up_share=1, graduates=200)
    employers, plan = world.tables["employers"].rows, world.plan
    slots = employers["slots"].astype(float)
    posts = [advertise(world, 0, review_day=20), advertise(world, 1, lapse_day=35, review_day=80)]
    ask_for(world, posts[1], Education.MASTER)
    seek(world, 7, skill=1.0)
    world.advance(0, 36)
    assert employers["pay_premium"][0] == 0.0
    world.advance(36, 37)
    premium = float(employers["pay_premium"][1])
    assert premium == pytest.approx(0.2 * 0.5 / slots[1], rel=0.01), "empty (1) beside a usual of 0 and 1"
    for identity in range(10, 60):
        seek(world, identity, skill=1.0, next_search_day=38)
    crowded = advertise(world, 2, review_day=40, lapse_day=150)
    world.tables["posts"].rows["opened_day"][crowded] = 37
    world.advance(37, 60)
    assert world.tables["posts"].rows["state"][crowded] == PostState.FILLED
    assert -0.2 * 1.0 / slots[2] < employers["pay_premium"][2] < -0.2 * 0.85 / slots[2], "as full as can be (-1) beside a usual of 0, 1 and itself"
    world.advance(60, 90)
    assert employers["pay_premium"][1] == pytest.approx(0.9 ** len([day for day in range(37, 90) if (day + 1) % 30 == 0]) * premium)
    assert plan.adverts[0] < 3.0


@pytest.mark.parametrize("slope", [0.0, 3.0])
def test_entry_pay_falls_by_so_much_for_a_point_of_unemployment(slope: float, scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """Unemployment jumps by a known share and stays; of late is the last three days, usual what has been seen since the first morning."""
    still = {"separation_bachelor": 0, "separation_vocational": 0, "sessions_per_month": 0, "outside_finding": 0, "outside_finding_fresh": 0}
    market = {"entry_pay_months": 0.1, "usual_months": 1200}
    world = world_of(scenario_of(graduates=1500, days=60, behaviour=still | {"entry_pay_slope": slope}, market=market, start="2021-01-10"))
    world.advance(0, 30)
    people = world.tables["people"].rows
    before = float(world.plan.usual_unemployment[0])
    here = np.flatnonzero((people["activity"] == Activity.EMPLOYED) & (people["employer"] >= 0))
    move(world, here[: len(here) // 4], activity=Activity.SEARCHING, employer=NEVER, next_search_day=NEVER, searching_since=0, wage=0)
    world.advance(30, 40)
    now = float(world.plan.unemployment[0])
    assert now > before + 0.15
    assert world.plan.entry_pay[0] == pytest.approx(-slope * 0.75 * (now - before), rel=0.05), "10 of 40 days are as now"


@pytest.fixture(scope="module")
def worlds(world_of: Make) -> Callable[..., list[World]]:
    """Return a function that runs the shipped region for two years without a programme."""
    found: dict[str, list[World]] = {}

    def run(**behaviour: float) -> list[World]:
        if (key := str(behaviour)) not in found:
            changes = {f"behaviour.{name}": value for name, value in behaviour.items()}
            scenario = Scenario.load("none", {"population.graduates": 2000, "days": 730, **changes})
            found[key] = [world_of(scenario, 1, replicate) for replicate in range(2)]
            for world in found[key]:
                world.advance(0, 730)
        return found[key]

    return run


def established(world: World, *names: str) -> list[Any]:
    employers = world.tables["employers"]
    chosen = employers.column("first_target") > 0
    return [employers.column(name)[chosen] for name in names]


def test_pay_follows_skill_and_bars_follow_pay(worlds: Callable[..., list[World]]) -> None:
    """Before pay answered to skill, 0.17 and 0.09 were seen."""
    for world in worlds(growth_by_yield=0.0, creation_elasticity=0.0):
        people = world.tables["people"]
        paid = (people.column("activity") == Activity.EMPLOYED) & (people.column("employer") >= 0)
        wage, skill, tier = (people.column(name)[paid] for name in ("wage", "skill", "education"))
        log_wage = np.log(wage)
        within = log_wage - np.array([log_wage[tier == one].mean() for one in range(3)])[tier]
        assert np.corrcoef(within, skill)[0, 1] > 0.25
        level, bar = established(world, "wage_level", "skill_bar")
        assert np.corrcoef(np.log(level), bar)[0, 1] > 0.3


def test_parts_of_growth_make_a_whole(worlds: Callable[..., list[World]]) -> None:
    for world in worlds(growth_by_yield=1.0, creation_elasticity=0.0):
        weight, size, expected = established(world, "growth_weight", "first_target", "post_yield")
        assert world.plan.shares[0] == pytest.approx(weight.sum())
        assert world.plan.sizes[0] == pytest.approx(size.sum())
        assert world.plan.yields[0] == pytest.approx((size * expected).sum())
        every(weight >= size * np.exp(-1.0) - 1e-9)
        every(weight <= size * np.exp(1.0) + 1e-9)


def test_new_posts_go_where_a_filled_post_yields_more_and_are_no_more_in_all(worlds: Callable[..., list[World]]) -> None:
    def grown(world: World) -> float:
        alive, target, size, expected = established(world, "alive", "target_staff", "first_target", "post_yield")
        high = expected > np.median(expected)
        return float(target[(alive == 1) & high].sum() / size[high].sum() - target[(alive == 1) & ~high].sum() / size[~high].sum())

    flat, sloped = (worlds(growth_by_yield=slope, creation_elasticity=0.0) for slope in (0.0, 1.0))
    assert np.mean([grown(world) for world in sloped]) > np.mean([grown(world) for world in flat]) + 0.1
    for total in ("wanted", "planned"):
        before, after = (np.mean([world.plan[total][0] for world in found]) for found in (flat, sloped))
        assert after == pytest.approx(before, rel=0.04)


def test_pay_that_answers_makes_no_posts(worlds: Callable[..., list[World]]) -> None:
    """With an elasticity of 0 there are so many posts a head, whatever is paid."""
    fixed, answering = (worlds(growth_by_yield=0.0, creation_elasticity=0.0, **answer) for answer in ({}, {"pay_answer": 0.1}))
    for total in ("wanted", "planned"):
        before, after = (np.mean([world.plan[total][0] for world in found]) for found in (fixed, answering))
        assert after == pytest.approx(before, rel=0.04)
    assert np.mean([np.abs(established(world, "pay_premium")[0]).mean() for world in answering]) > 0.02


def test_dearer_posts_fill_sooner(worlds: Callable[..., list[World]]) -> None:
    """Evidence 16: sign; of posts of one tier and one hiring bar."""
    rows = []
    for world in worlds(growth_by_yield=0.0, creation_elasticity=0.0):
        posts = world.tables["posts"].rows[: world.tables["posts"].count]
        filled = (posts["state"] == PostState.FILLED) & (posts["opened_day"] > 100) & (posts["closed_day"] > posts["opened_day"])
        tier, bar = posts["education"][filled], world.tables["employers"].rows["skill_bar"][posts["employer"][filled]]
        days = np.log(posts["closed_day"][filled] - posts["opened_day"][filled])
        rows.append(np.column_stack([days, np.log(posts["wage"][filled]), bar, tier == 0, tier == 1, tier == 2]))
    found = np.concatenate(rows)
    slopes, *_ = np.linalg.lstsq(found[:, 1:], found[:, 0], rcond=None)
    error = found[:, 0] - found[:, 1:] @ slopes
    reach = 1.96 * np.sqrt(error.var() * np.linalg.inv(found[:, 1:].T @ found[:, 1:])[0, 0])
    assert slopes[0] + reach < 0.0


def test_posts_for_the_class_go_to_the_class_and_those_of_today_to_who_can_start(worlds: Callable[..., list[World]]) -> None:
    for world in worlds(growth_by_yield=0.0, creation_elasticity=0.0):
        posts, people = world.tables["posts"].rows[: world.tables["posts"].count], world.tables["people"].rows
        behaviour, graduation = world.scenario.behaviour, world.calendar["graduation"]
        opened = posts[posts["opened_day"] > 0]
        for_class = opened["wanted_day"] > opened["opened_day"] + behaviour.start_days
        every(opened["wanted_day"][for_class] == graduation[opened["opened_day"][for_class]] + behaviour.free_after_days)
        every(opened["wanted_day"][~for_class] <= opened["opened_day"][~for_class] + behaviour.start_days)
        assert 0.1 < for_class.mean() < 0.5
        filled = opened["state"] == PostState.FILLED
        student = people["graduation_day"][opened["holder"]] > opened["closed_day"]
        assert student[filled & for_class].mean() > 0.4
        assert student[filled & ~for_class].mean() < 0.3
        assert world.plan.class_posts[0] < 0.1 * world.plan.planned[0], "due, and soon planned"
