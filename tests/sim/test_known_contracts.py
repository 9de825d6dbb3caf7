"""A contract in hand against an offer from elsewhere, and tenures that end or raise on a known day."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from sim.compiled import NEVER
from sim.states import Activity, Count, Place
from sim.world import World
from tests.sim.tiny import advertise, free_rooms, move, seek

Make = Callable[..., World]
OFFER_DAY = 40
SEEDS = range(1, 5)
SURE = {"break_gain": 1.15, "signed_effort": 0.0, "moving_effort": 0.0, "wait_discount": 0.0}
"""Pay alone counts."""


def with_contract(still_world: Make, seed: int, wage: int, rent_elsewhere: int = 0, **behaviour: Any) -> World:
    """Return the world of a person from elsewhere, who has a contract here (wage 0: none) that begins after the offer from elsewhere comes."""
    world = still_world(seed, **(SURE | behaviour))
    free_rooms(world)
    world.rules["region"]["rent_elsewhere"] = rent_elsewhere
    seek(world, 7, from_elsewhere=1, place=Place.ELSEWHERE, expected_wage=1.0, next_search_day=NEVER, next_outside_day=OFFER_DAY)
    if wage > 0:
        number = advertise(world, 0, wage=wage)
        posts, employers = world.tables["posts"].rows, world.tables["employers"].rows
        posts["state"][number], posts["holder"][number] = 3, 7
        employers["open_posts"][0] -= 1
        employers["pending"][0] += 1
        world.tables["slots"].rows["post"][posts["slot"][number]] = NEVER
        move(world, 7, contract_day=OFFER_DAY + 100, contract_post=number, contract_wage=wage, contract_outside=0)
    world.advance(0, OFFER_DAY + 1)
    return world


def offer_of(still_world: Make, seed: int) -> int:
    """Return what is offered on that day, which somebody without a contract takes."""
    world = with_contract(still_world, seed, 0)
    person = world.tables["people"].rows[7]
    assert (person.contract_outside, world.counts[Count.CONTRACTS_BROKEN]) == (1, 0)
    assert person.contract_wage > 1000
    return int(person.contract_wage)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("gain", "broken"), [(1.0, 0), (1.12, 0), (1.16, 1), (2.0, 1)])
def test_an_offer_from_elsewhere_breaks_a_contract_for_much_better_pay_only(seed: int, gain: float, broken: int, still_world: Make) -> None:
    offer = offer_of(still_world, seed)
    wage = int(offer / gain)
    world = with_contract(still_world, seed, wage)
    person, firm = world.tables["people"].rows[7], world.tables["employers"].rows[0]
    assert (person.contract_outside, person.contract_wage) == ((1, offer) if broken else (0, wage))
    assert (world.counts[Count.CONTRACTS_BROKEN], person.contracts_broken, firm.pending) == (broken, broken, 1 - broken)


@pytest.mark.parametrize(("part", "broken"), [(0.98, 1), (1.02, 0)])
def test_the_gain_is_over_what_rent_and_moving_leave(part: float, broken: int, still_world: Make) -> None:
    """A room elsewhere costs 2,000, and who takes up the contract has to move, which weighs a tenth."""
    left = offer_of(still_world, 1) - 2_000
    wage = int(part * left / (1.15 * math.exp(-0.1)))
    assert with_contract(still_world, 1, wage, rent_elsewhere=2_000, moving_effort=0.1).counts[Count.CONTRACTS_BROKEN] == broken


@pytest.mark.parametrize(("attachment", "goes"), [(0.0, True), (0.2, False)])
def test_ties_speak_against_an_offer_from_elsewhere(attachment: float, goes: bool, still_world: Make) -> None:
    """A resident weighs the offer as if it paid exp(-(ties + 0.1)) of what it pays: 0.90 without ties, 0.74 with ties of 0.2."""
    offer = offer_of(still_world, 1)
    world = still_world(1, **(SURE | {"moving_effort": 0.1}))
    free_rooms(world)
    seek(world, 7, expected_wage=0.82 * offer, next_search_day=NEVER, next_outside_day=OFFER_DAY, searching_since=OFFER_DAY, attachment=attachment)
    move(world, 7, from_elsewhere=0, campus=int(world.tables["people"].rows["campus"][7]))
    world.advance(0, OFFER_DAY + 1)
    assert bool(world.tables["people"].rows["contract_outside"][7] == 1) is goes


@pytest.mark.parametrize("wage", [4_000, 6_000])
def test_who_has_a_job_wants_a_gain_from_elsewhere(wage: int, still_world: Make) -> None:
    offer = offer_of(still_world, 1)
    for gain, goes in ((1.07, False), (1.13, True)):
        world = still_world(1, **(SURE | {"employed_gain_wanted": 1.1}))
        free_rooms(world)
        seek(world, 7, from_elsewhere=1, place=Place.ELSEWHERE, next_search_day=NEVER, next_outside_day=OFFER_DAY)
        move(world, 7, activity=Activity.EMPLOYED, wage=int(offer / gain), expected_wage=float(wage), separation_day=10_000, job_start_day=0)
        world.advance(0, OFFER_DAY + 1)
        assert bool(world.tables["people"].rows["contract_outside"][7] == 1) is goes


def test_pay_and_skill_rise_once_a_year_in_a_job(still_world: Make) -> None:
    world = still_world(days=800, raise_per_year=0.1, learning_per_year=0.05, arrears_per_year=0, accident_manufacturing=0, accident_elsewhere=0)
    people, employers = world.tables["people"].rows, world.tables["employers"].rows
    row = next(row for row in range(len(people)) if people.activity[row] == Activity.EMPLOYED and people.employer[row] >= 0)
    firm, first = int(people.employer[row]), 30 - row % 30
    employers["wage_bill"][firm] += 5_000 - people.wage[row]
    move(world, row, wage=5_000, skill=0.0, job_start_day=first - 15)
    reached = 0
    for raises, day in enumerate((first + 360, first + 720)):
        world.advance(reached, day)  # paid every 30 days; the twelfth month is over for the first time on this one
        assert (people.wage[row], people.skill[row]) == ((5_000, 5_500)[raises], pytest.approx(0.05 * raises, abs=1e-6))
        world.advance(day, day + 1)
        reached = day + 1
        assert (people.wage[row], people.skill[row]) == ((5_500, 6_050)[raises], pytest.approx(0.05 * (raises + 1), abs=1e-6))
    assert employers["wage_bill"][firm] == people.wage[(people.employer == firm) & (people.activity == Activity.EMPLOYED)].sum()
