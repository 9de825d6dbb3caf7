"""Beliefs, money for the search and effort of the plain reference (see `experiments.bench.plain.market`): who has which is in `Graduate`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.bench.plain.posts import EMPLOYED, MONTH, SEARCHING, STUDYING

if TYPE_CHECKING:
    from experiments.bench.plain.known import Graduate


def expect_answer(person: Graduate) -> None:
    """Send an application: until an offer comes of it, it is silence."""
    remembered = person.applications_weighed
    person.offer_belief *= remembered / (remembered + 1.0)
    person.applications_weighed = min(person.model.rules.behaviour.offers_memory, remembered + 1.0)


def hear_of_pay(person: Graduate, pay: float, weight: float) -> None:
    """Move the pay expected towards a pay seen or told."""
    moved = weight / (person.pay_signals + weight)
    person.expected_wage *= math.exp(moved * math.log(pay / person.expected_wage))
    person.pay_signals = min(person.model.rules.behaviour.pay_memory, person.pay_signals + weight)


def learn_from_offer(person: Graduate, pay: int) -> None:
    """Learn from an offer: of pay, and of how offers come."""
    person.offer_belief = min(1.0, person.offer_belief + 1.0 / person.applications_weighed)
    hear_of_pay(person, pay, 1.0)


def hear_from_peer(person: Graduate, day: int) -> None:
    """Hear once a month from a peer."""
    behaviour = person.model.rules.behaviour
    peer = person.peers[day // MONTH % len(person.peers)]
    if (peer.row - person.row) % MONTH == 0:
        return
    if peer.activity == EMPLOYED and peer.education == person.education and day - peer.job_start_day <= behaviour.peer_news_days:
        hear_of_pay(person, peer.wage, behaviour.peer_news)
    remembered = person.applications_weighed * behaviour.offers_expected
    person.offer_belief += behaviour.peer_news / (remembered + behaviour.peer_news) * (peer.offer_belief - person.offer_belief)
    person.applications_weighed = min(behaviour.offers_memory, person.applications_weighed + behaviour.peer_news / behaviour.offers_expected)


def months_to_wait(person: Graduate, day: int) -> float:
    """Return the months for which a person can wait for better offers."""
    behaviour, living = person.model.rules.behaviour, person.model.rules.living
    if person.graduation_day > day:
        return float(behaviour.search_horizon_months)
    searched = (day - person.searching_since) / MONTH if person.activity == SEARCHING else 0.0
    return float(min(behaviour.search_horizon_months, max(0.0, behaviour.family_months - searched) + person.savings / living.month))


def offers_reckoned(person: Graduate, day: int) -> float:
    """Return the offers that a person reckons with as long as there is money to wait."""
    return float(person.offer_belief * person.model.rules.behaviour.applications_reckoned * person.effort * months_to_wait(person, day))


def left_wanted(person: Graduate, day: int) -> float:
    """Return the log of what the reservation wage leaves where a person lives now."""
    offers = offers_reckoned(person, day)
    return float((person.model.rules.living.idle + offers * person.left_where_living(person.expected_wage)) / (1.0 + offers))


def effort_of(person: Graduate, day: int) -> float:
    """Return how much a person searches with the hours there are, relative to the average seeker."""
    behaviour, living = person.model.rules.behaviour, person.model.rules.living
    left = person.left_where_living(person.expected_wage)
    if person.activity == EMPLOYED:
        value = person.value_where_living(person.expected_wage)
        over = value - person.value_with(person.wage, person.employer) - math.log(behaviour.employed_gain_wanted)
    else:
        over = (left - living.idle) / (1.0 + offers_reckoned(person, day))
    gain = (over + math.sqrt(over * over + 2.0 / math.pi * behaviour.pay_spread_expected**2)) / 2.0
    fare = living.fare_interview if person.place == person.RESIDENT else 2.0 * behaviour.fare_fixed
    money = behaviour.application_cost + behaviour.interviews_expected * (behaviour.interview_cost + fare)
    hours = behaviour.hours_per_application + behaviour.interviews_expected * behaviour.hours_per_interview
    ratio = person.offer_belief * gain / ((money / living.month + hours * behaviour.hour_worth) * behaviour.usual_gain)
    return float(person.effort * ratio ** (1.0 / behaviour.effort_convexity))


def hours_free(person: Graduate) -> float:
    """Return the hours that a person has for search, relative to somebody without work."""
    behaviour = person.model.rules.behaviour
    if person.activity == STUDYING:
        return float(behaviour.student_effort)
    return float(behaviour.employed_effort) if person.activity == EMPLOYED else 1.0
