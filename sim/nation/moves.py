"""Who looks for work in which market: what everybody knows of the markets, what services would give there to who knows of them, and the choice."""

from __future__ import annotations

import math

import numpy as np

from sim.calendar import MONTH_DAYS
from sim.compiled import Integers, Row, Rows, compiled, entry
from sim.draws import Decision, uniform
from sim.meetings import given_on_coming
from sim.nation.arriving import LOOKS, MOVES, RETURNS, carry_over
from sim.rules.beliefs import pay_expected
from sim.rules.moving import has_left_school
from sim.rules.posts import usual_wage
from sim.rules.preparing import will_study
from sim.rules.youth import first_of_day, was_young
from sim.states import Activity, Place, Stock
from sim.tables import Tables

PAY, RENT, LEAST, CHANCE = 0, 3, 4, 5
"""Columns of the outlook of a market: usual pay by tier, rent, what pay leaves at least, and the chance of work."""
OUTLOOK = 6


@entry
def outlook_of(world: Tables, outlook: Rows) -> None:
    """Write what everybody knows of a market: usual pay by tier, rent, what is left at least, and the share of who is in work."""
    for education in range(RENT):
        outlook[PAY + education] = usual_wage(world, education) * math.exp(world.plan.entry_pay)
    outlook[RENT] = world.rules.region.rent
    outlook[LEAST] = world.rules.living.least
    unemployed = world.standing[Stock.UNEMPLOYED_16_24] + world.standing[Stock.UNEMPLOYED_25_29]
    working = world.standing[Stock.WORKING_16_24] + world.standing[Stock.WORKING_25_29]
    outlook[CHANCE] = working / (working + unemployed) if working > 0 else 1.0


@compiled
def _is_unbound(day: int, person: Row) -> bool:
    """Tell whether nothing keeps a person who looks for work: no contract, offer, visit, course, place or claim, and nothing planned for today."""
    looks = (person.activity == Activity.SEARCHING) | ((person.activity == Activity.STUDYING) & (person.searching_since >= 0))
    looks &= (person.contract_day < 0) & (person.offers_in_hand == 0) & (person.home_owner == 0)
    looks &= (person.rent_months == 0) & (person.stipend_due == 0) & (person.hiring_claim == 0)
    looks &= (person.place != Place.VISITING) & (person.station < 0) & (person.course_host < 0) & (person.interview_day < day)
    looks &= (person.return_day != day) & (person.graduation_day != day) & (person.opportunity_day != day) & (person.internship_day != day)
    return bool(looks & ~will_study(person))


@compiled
def _left_of_pay(outlook: Rows, market: int, education: int, hopes: float, rent: float) -> float:
    """Return what a job of the pay that a person hopes for leaves in a market after rent, in log yuan a month, less for who may not find one."""
    pay = hopes * outlook[market, PAY + education]
    return math.log(max(outlook[market, LEAST], pay - rent)) + math.log(outlook[market, CHANCE])


@compiled
def _worth_of_market(world: Tables, outlook: Rows, given: float, person: Row, market: int, number: int, home: int) -> float:
    """Return what work in a market is worth to a person: pay, rent where one has no home less what services give, the chance of work, and ties."""
    hopes = pay_expected(world, person) / outlook[number, PAY + person.education]
    rent = (0.0 if market == home else outlook[market, RENT]) - given
    ties = 0.0
    if market == number:
        ties = min(world.rules.behaviour.ties_most, person.attachment)
    elif market == home:
        ties = world.rules.opening.attachment
    return _left_of_pay(outlook, market, person.education, hopes, rent) + ties


@compiled
def _odds_of(world: Tables, outlook: Rows, given: Rows, drawn: Rows, person: Row, market: int, number: int, lives: int, home: int) -> float:
    """Return the odds at which a person looks for work in another market against the one of the place where the person lives."""
    behaviour = world.rules.behaviour
    gain = _worth_of_market(world, outlook, given[market], person, market, number, home)
    gain -= _worth_of_market(world, outlook, given[lives], person, lives, number, home)
    return float(drawn[lives, market] * math.exp(behaviour.leave_response * (gain - behaviour.moving_effort - behaviour.leave_gain_usual)))


@entry
def list_thinkers(world: Tables, day: int, days: int, number: int, look_months: float, lives: Integers, thinkers: Integers) -> int:
    """List who thinks today of where to look: each is asked once a month, on the exchange before the own day of the month.

    Args:
        world: The world of a market.
        day: Today.
        days: Days until the next exchange.
        number: Number of the market.
        look_months: Mean months after which a person thinks again of where to look.
        lives: Where each person lives; who has settled here since is noted.
        thinkers: Receives row, and whether the person has left to live elsewhere, shape (…, 2).

    Returns:
        Number of thinkers, by row within a day of the month.
    """
    found = 0
    for ahead in range(days):
        for identity in range(first_of_day(world, day + ahead), world.rows_in_use.people, MONTH_DAYS):
            if not was_young(world, identity):
                continue
            person = world.people[identity]
            if person.place == Place.RESIDENT:
                lives[identity] = number
            if not _is_unbound(day, person):
                continue
            has_left = person.place == Place.ELSEWHERE and lives[identity] == number and has_left_school(day, person)
            if not has_left and uniform(world, Decision.THINKS_OF_WHERE, day, identity, 0) >= 1.0 / look_months:
                continue
            thinkers[found, 0] = identity
            thinkers[found, 1] = 1 if has_left else 0
            found += 1
    return found


@entry
def weigh_services(
    world: Tables, day: int, number: int, are_here: bool, usual: Rows, came: Rows, lives: Integers, home: Integers, known: Integers, persons: Rows,
    given: Rows,
) -> None:  # fmt: skip
    """Weigh what the services of a market would give to those of another one, or of its own, who think of where to look.

    Args:
        world: The world of the market with the programme.
        day: Today.
        number: Its number.
        are_here: Whether they are of its own.
        usual: Usual pay of the own tier where each is, shape (thinkers,).
        came: Their rows there, shape (thinkers,).
        lives: Where each lives, shape (thinkers,).
        home: Where each has a home, shape (thinkers,).
        known: What each knows of its services, bit sets, shape (thinkers,).
        persons: Their rows in the market with the programme, copied, an empty one for who has never been there, shape (thinkers,).
        given: Receives what its services would give, CNY a month, shape (thinkers,).
    """
    for index in range(persons.size):
        person = persons[index]
        if not are_here:
            carry_over(world, person, usual[index], came[index])
            person.aware = known[index]
            person.from_elsewhere = 0 if home[index] == number else 1
            person.place = Place.RESIDENT if lives[index] == number else Place.ELSEWHERE
        given[index] = given_on_coming(world, day, person)


@entry
def list_movers(
    world: Tables, day: int, number: int, outlook: Rows, drawn: Rows, elsewhere_odds: float, lives: Integers, home: Integers, thinkers: Integers,
    given: Rows, movers: Integers,
) -> int:  # fmt: skip
    """List who of those who think of it goes to which market.

    Args:
        world: The world of a market.
        day: Today.
        number: Number of the market.
        outlook: What everybody knows of the markets, shape (markets, OUTLOOK).
        drawn: How those who look elsewhere are spread, were work worth the same everywhere, shape (from, to).
        elsewhere_odds: Odds of looking elsewhere, were work worth as much more there as usual.
        lives: Where each person lives.
        home: Where each person has a home.
        thinkers: Row, and whether the person has left to live elsewhere, shape (thinkers, 2).
        given: What services of each market give to who thinks of it, CNY a month, shape (thinkers, markets).
        movers: Receives row, market, and how the person comes there, shape (thinkers, 3).

    Returns:
        Number of movers, in the order of `thinkers`.
    """
    found = 0
    odds = np.zeros(drawn.shape[0])
    for index in range(thinkers.shape[0]):
        identity, has_left = thinkers[index, 0], thinkers[index, 1] == 1
        person, living = world.people[identity], lives[identity]
        total = 0.0
        for market in range(odds.size):
            odds[market] = 0.0
            if market != living and drawn[living, market] > 0.0:
                odds[market] = elsewhere_odds * _odds_of(world, outlook, given[index], drawn, person, market, number, living, home[identity])
            elif market == living and not has_left:
                odds[market] = 1.0
            total += odds[market]
        chosen = _pick(uniform(world, Decision.WHERE_TO_LOOK, day, identity, 0) * total, odds)
        if chosen == number or total == 0.0:
            continue
        movers[found, 0] = identity
        movers[found, 1] = chosen
        movers[found, 2] = MOVES if has_left else RETURNS if chosen == living else LOOKS
        found += 1
    return found


@compiled
def _pick(reached: float, odds: Rows) -> int:
    """Return the market on which a draw falls."""
    last = 0
    for market in range(odds.size):
        if odds[market] > 0.0:
            last = market
            reached -= odds[market]
            if reached < 0.0:
                return market
    return last
