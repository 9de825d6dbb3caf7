"""Who looks for work in which market, leaving the row in one and taking it in another.

The rules here are a phase before the others on the morning of an exchange: what they plan is for a later day.
"""

from __future__ import annotations

import math

import numpy as np

from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.compiled import NEVER, Integers, Row, Rows, compiled, entry
from sim.draws import Decision, normal, philox, uniform
from sim.nation.rows import GONE_CELL, NOBODY
from sim.phases.ageing import step_out
from sim.population import pick
from sim.recorder import count_again, count_seeker
from sim.rules.agenda import FAR
from sim.rules.beliefs import pay_expected
from sim.rules.moving import come_to_live, has_left_school
from sim.rules.posts import usual_wage
from sim.rules.preparing import is_slow, will_study
from sim.rules.scoring import draw_peers
from sim.rules.searching import schedule_search
from sim.rules.youth import OUT, first_of_day, was_young
from sim.states import Activity, Money, Place, Preparation, Stock
from sim.tables import Tables

LOOKS, RETURNS, MOVES = 0, 1, 2
"""How somebody comes into a market: to look for work there while living elsewhere, back to where the person lives, or to live there."""
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
    """Return what a job of the pay that a person hopes for leaves in a market, in log yuan a month, less for who may not find one."""
    pay = hopes * outlook[market, PAY + education]
    return math.log(max(outlook[market, LEAST], pay - rent)) + math.log(outlook[market, CHANCE])


@compiled
def _worth_of_market(world: Tables, outlook: Rows, person: Row, market: int, number: int, home: int) -> float:
    """Return what work in a market is worth to a person: pay, rent where one has no home, the chance of work, and ties."""
    hopes = pay_expected(world, person) / outlook[number, PAY + person.education]
    rent = 0.0 if market == home else outlook[market, RENT]
    ties = 0.0
    if market == number:
        ties = min(world.rules.behaviour.ties_most, person.attachment)
    elif market == home:
        ties = world.rules.opening.attachment
    return _left_of_pay(outlook, market, person.education, hopes, rent) + ties


@compiled
def _odds_of(world: Tables, outlook: Rows, drawn: Rows, person: Row, market: int, number: int, lives: int, home: int) -> float:
    """Return the odds at which a person looks for work in another market against the one of the place where the person lives."""
    behaviour = world.rules.behaviour
    gain = _worth_of_market(world, outlook, person, market, number, home) - _worth_of_market(world, outlook, person, lives, number, home)
    return float(drawn[lives, market] * math.exp(behaviour.leave_response * (gain - behaviour.moving_effort - behaviour.leave_gain_usual)))


@entry
def list_movers(
    world: Tables, day: int, days: int, number: int, outlook: Rows, drawn: Rows, elsewhere_odds: float, look_months: float,
    lives: Integers, home: Integers, movers: Integers,
) -> int:  # fmt: skip
    """List who goes to which market today: each is asked once a month, on the exchange before the own day of the month.

    Args:
        world: The world of a market.
        day: Today.
        days: Days until the next exchange.
        number: Number of the market.
        outlook: What everybody knows of the markets, shape (markets, OUTLOOK).
        drawn: How those who look elsewhere are spread, were work worth the same everywhere, shape (from, to).
        elsewhere_odds: Odds of looking elsewhere, were work worth as much more there as usual.
        look_months: Mean months after which a person thinks again of where to look.
        lives: Where each person lives; who has settled here since is noted.
        home: Where each person has a home.
        movers: Receives row, market, and how the person comes there, shape (…, 3).

    Returns:
        Number of movers, by row within a day of the month.
    """
    found = 0
    odds = np.zeros(drawn.shape[0])
    for ahead in range(days):
        for identity in range(first_of_day(world, day + ahead), world.rows_in_use.people, MONTH_DAYS):
            if not was_young(world, identity):
                continue
            person = world.people[identity]
            if person.place == Place.RESIDENT:
                lives[identity] = number
            if not _is_unbound(day, person):
                continue
            living = lives[identity]
            has_left = person.place == Place.ELSEWHERE and living == number and has_left_school(day, person)
            if not has_left and uniform(world, Decision.THINKS_OF_WHERE, day, identity, 0) >= 1.0 / look_months:
                continue
            total = 0.0
            for market in range(odds.size):
                odds[market] = 0.0
                if market != living and drawn[living, market] > 0.0:
                    odds[market] = elsewhere_odds * _odds_of(world, outlook, drawn, person, market, number, living, home[identity])
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


@compiled
def find_row(world: Tables, first: int, room: int, holders: Integers, who: int, is_student: bool) -> int:
    """Find the row of a person in a market of which the person is not: the own one, or a free one at a place that follows from the number.

    A student takes no row whose luck says that its person does not look for work around graduation: who comes to look for work does.

    Returns:
        The row; NEVER where all are taken.
    """
    if room == 0:
        return NEVER
    none = np.uint64(0)
    word, _, _, _ = philox(np.uint64(who & 0xFFFFFFFF), np.uint64(who >> 32), none, np.uint64(Decision.ROW_IN_MARKET), none, none)
    place: int = np.int64(word) % room  # type: ignore[assignment]
    for _ in range(room):
        holder = holders[first + place]
        if holder == who or (holder == NOBODY and not (is_student and is_slow(world, first + place))):
            return first + place
        place = place + 1 if place + 1 < room else 0
    return NEVER


@entry
def take_in(
    world: Tables, day: int, origin: Tables, number: int, first: int, room: int, movers: Integers, start: int, stop: int, own_first: int,
    holders: Integers, whose: Integers, present: Integers, lives: Integers, home: Integers, origin_lives: Integers, origin_home: Integers,
    first_person: int, rows: Integers,
) -> None:  # fmt: skip
    """Let movers from one market into another; their rows there stay as they were.

    Args:
        world: The world that they come into.
        day: Today.
        origin: The world that they come from.
        number: Number of the market that they come into.
        first: First row for people of other markets there.
        room: Rows for them.
        movers: Row in `origin`, market, and how they come, shape (…, 3).
        start: First of `movers` that are considered.
        stop: Last of them, and one more.
        own_first: People of the first morning of the market that they come into.
        holders: Number of the person in each row of `world`.
        whose: Number of the person in each row of `origin`.
        present: Whether the person of each row of `world` is there.
        lives: Where the person of each row of `world` lives.
        home: Where the person of each row of `world` has a home.
        origin_lives: Where the person of each row of `origin` lives.
        origin_home: Where the person of each row of `origin` has a home.
        first_person: Number of the first person of the market that they come into.
        rows: Receives the row that each has taken, or NEVER for want of room.
    """
    own = holders.size - room
    for place in range(start, stop):
        if movers[place, 1] != number:
            continue
        identity = movers[place, 0]
        who = whose[identity]
        came = origin.people[identity]
        if first_person <= who < first_person + own:
            row = who - first_person
            row += room if row >= own_first else 0
        else:
            row = find_row(world, first, room, holders, who, came.activity == Activity.STUDYING)
        rows[place] = row
        if row < 0:
            continue
        is_new = holders[row] == NOBODY
        holders[row] = who
        present[row] = 1
        home[row] = origin_home[identity]
        lives[row] = number if movers[place, 2] == MOVES else origin_lives[identity]
        _carry_over(world, origin, row, identity)
        _arrive(world, day, row, movers[place, 2], is_new, home[row] == number)


@compiled
def _carry_over(world: Tables, origin: Tables, row: int, identity: int) -> None:
    """Write into a row what a person brings: who the person is, money, what has been learnt, beliefs, plans, and the first job."""
    person, came = world.people[row], origin.people[identity]
    person.sex = came.sex
    person.field = came.field
    person.education = came.education
    person.campus = came.campus
    person.prefers_state = came.prefers_state
    person.credit_constrained = came.credit_constrained
    person.certificate = came.certificate
    person.skill = came.skill
    person.interview_skill = came.interview_skill
    person.confidence = came.confidence
    person.effort = came.effort
    person.targeting = came.targeting
    person.safety = came.safety
    person.proof = came.proof
    person.proof_error = came.proof_error
    person.savings = came.savings
    person.offer_belief = came.offer_belief
    person.applications_weighed = came.applications_weighed
    person.pay_signals = came.pay_signals
    level = usual_wage(world, came.education) / usual_wage(origin, came.education)
    person.expected_wage = came.expected_wage * level
    person.hoped_wage = came.hoped_wage * level
    person.activity = came.activity
    person.preparing = came.preparing
    person.entry_day = came.entry_day
    person.graduation_day = came.graduation_day
    person.return_day = came.return_day
    person.opportunity_day = came.opportunity_day
    person.internship_day = came.internship_day
    person.searching_since = came.searching_since
    person.first_job_day = came.first_job_day
    person.first_job_wage = came.first_job_wage
    person.first_job_here = 0
    person.first_left_day = came.first_left_day


@compiled
def _arrive(world: Tables, day: int, row: int, how: int, is_new: bool, is_home: bool) -> None:
    """Begin in a market, to live there or to look for work from elsewhere: with ties that have faded since, or none, and classmates who are there."""
    person = world.people[row]
    opening = world.rules.opening
    person.from_elsewhere = 0 if is_home else 1
    if is_new:
        ties = max(0.0, opening.attachment + opening.attachment_spread * normal(world, Decision.ATTACHMENT, 0, row, 0))
        person.attachment = ties if is_home else 0.0
        person.district = pick(uniform(world, Decision.HOME_DISTRICT, 0, row, 0), world.districts["share"])
        _meet_classmates(world, row)
    elif person.aged_out_day >= 0:
        years = (day - person.aged_out_day) / YEAR_DAYS
        person.attachment *= math.exp(-world.rules.behaviour.ties_fade_per_year * years)
    person.aged_out_day = NEVER
    person.region_interest = 1.0
    person.place = Place.ELSEWHERE
    if how == MOVES:
        come_to_live(world, day, person)
    elif how == RETURNS:
        person.place = Place.RESIDENT
    world.counted[row].cell = NEVER
    world.workplaces[row] = NEVER
    world.ledger[Money.OPENING_SAVINGS] += person.savings
    schedule_search(world, day, row)


@compiled
def _meet_classmates(world: Tables, row: int) -> None:
    """Know people of the own campus who were in the market on the first morning; nobody where there were none."""
    campus = world.campuses[world.people[row].campus]
    if campus.first_members > 0:
        world.people[row].circle = campus.first_members
        draw_peers(world, row)
    else:
        for index in range(world.rules.behaviour.peers):
            world.peers[row * world.rules.behaviour.peers + index] = row


@entry
def let_go(world: Tables, day: int, movers: Integers, rows: Integers, number: int, present: Integers) -> int:
    """Let those go who have been taken in elsewhere: their rows are empty from now on, and are counted no more.

    Returns:
        Number of movers for whom there was no room.
    """
    refused = 0
    for place in range(number):
        if rows[place] < 0:
            refused += 1
            continue
        identity = movers[place, 0]
        person = world.people[identity]
        present[identity] = 0
        world.ledger[Money.OPENING_SAVINGS] -= person.savings
        person.savings = 0
        person.last_activity = person.activity
        person.last_place = Place.ELSEWHERE
        person.last_employer = NEVER
        step_out(world, day, identity)
        person.preparing = Preparation.ADMITTED
        person.graduation_day = min(person.graduation_day, NEVER)
        person.first_job_day = NEVER
        person.first_job_wage = 0
        person.first_left_day = NEVER
        count_again(world, day - 1, identity)
        count_seeker(world, day - 1, identity)
        world.standing[GONE_CELL] -= 1
        world.workplaces[identity] = OUT
        world.planned[identity] = FAR
    return refused
