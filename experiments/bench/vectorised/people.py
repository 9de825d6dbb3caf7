"""What persons of the NumPy reference reckon: worth of jobs, beliefs, effort. Rules as in `experiments.bench.plain`, for many persons at once.

Every function takes the market and the numbers of some persons, and returns an array of their length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtri

from experiments.bench.plain.posts import ELSEWHERE, EMPLOYED, MONTH, REFERRAL, RESIDENT, SEARCHING, STUDYING

if TYPE_CHECKING:
    from experiments.bench.vectorised.known import VectorisedMarket

Array = Any
TASTE, SEEN, IMPRESSION = 1, 2, 3
"""Kinds of luck that a person and an employer keep for each other."""
GOLDEN, FIRST, SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
"""Constants of splitmix64 (Steele, Lea and Flood 2014)."""
LEAST_VARIANCE = 1e-12


def kept_normal(market: VectorisedMarket, kind: int, people: Array, employers: Array) -> Array:
    """Return a standard normal that a person and an employer keep: a hash of both, so that nothing has to be remembered."""
    key = np.asarray(people, np.uint64) * np.uint64(2**20) + np.asarray(employers, np.uint64) + np.uint64(market.seed * 4 + kind) * np.uint64(2**44)
    mixed = key * GOLDEN
    mixed = (mixed ^ (mixed >> np.uint64(30))) * FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * SECOND
    return ndtri(((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) / 2**53 + 2.0**-54)


def days_until(market: VectorisedMarket, mean_days: Array, number: int) -> Array:
    """Draw waiting times in whole days, at least 1, exponential."""
    waits = np.ceil(-mean_days * np.log(1.0 - market.luck.random(number)))
    return np.clip(waits, 1, 100_000).astype(np.int64)


def _log_left(market: VectorisedMarket, pay: Array, cost: Array) -> Array:
    return np.log(np.maximum(market.rules.living.least, pay - cost))


def ties(market: VectorisedMarket, people: Array) -> Array:
    """Return what ties to the region are worth."""
    return np.minimum(market.rules.behaviour.ties_most, market.attachment[people])


def value_here(market: VectorisedMarket, people: Array, pay: Array, employers: Array) -> Array:
    """Return what jobs of the region are worth to who has not seen them."""
    behaviour, living = market.rules.behaviour, market.rules.living
    taste = behaviour.taste_spread * kept_normal(market, TASTE, people, employers)
    taste = taste + behaviour.field_match_taste * (market.industry[employers] == market.field[people])
    taste = taste + behaviour.state_taste * ((market.prefers_state[people] != 0) & (market.state_owned[employers] != 0))
    effort = np.where(market.place[people] == RESIDENT, 0.0, behaviour.moving_effort)
    cost = np.where(market.employer_district[employers] == market.district[people], living.way_near, living.way_far)
    return _log_left(market, pay, cost) + ties(market, people) - effort + taste


def value_elsewhere(market: VectorisedMarket, people: Array, pay: Array) -> Array:
    """Return what jobs elsewhere are worth."""
    rules = market.rules
    return _log_left(market, pay, rules.region.rent_elsewhere) - np.where(market.place[people] == RESIDENT, rules.behaviour.moving_effort, 0.0)


def left_where_living(market: VectorisedMarket, people: Array, pay: Array) -> Array:
    """Return the log of what jobs like any other leave where the persons live."""
    rules = market.rules
    return _log_left(market, pay, np.where(market.place[people] == RESIDENT, rules.living.way_near, rules.region.rent_elsewhere))


def value_with(market: VectorisedMarket, people: Array, pay: Array, employers: Array) -> Array:
    """Return what jobs are worth that the persons know, here or (no employer) elsewhere."""
    known = np.maximum(employers, 0)
    here = value_here(market, people, pay, known) + market.rules.behaviour.taste_at_interview * kept_normal(market, SEEN, people, known)
    return np.where(employers < 0, value_elsewhere(market, people, pay), here)


def value_without_offers(market: VectorisedMarket, day: int, people: Array, below: float) -> Array:
    """Return what a job has to be worth, whatever offers are in hand."""
    behaviour = market.rules.behaviour
    found = left_wanted(market, day, people) + np.where(market.place[people] == RESIDENT, ties(market, people), 0.0) + below
    signed = market.contract_day[people] >= 0
    if signed.any():
        some = people[signed]
        found[signed] = value_with(market, some, worth_of_contract(market, day, some), market.contract_employer[some]) + np.log(behaviour.break_gain)
    works = ~signed & (market.activity[people] == EMPLOYED)
    if works.any():
        some = people[works]
        found[works] = value_with(market, some, market.wage[some], market.employer[some]) + np.log(behaviour.employed_gain_wanted)
    return found


def value_wanted(market: VectorisedMarket, day: int, people: Array, below: float) -> Array:
    """Return what a new job has to be worth, with the best offer in hand."""
    wanted = np.maximum(value_without_offers(market, day, people, below), market.best_offer[people])
    return np.where(market.outside_offer[people] > 0, np.maximum(wanted, market.outside_worth[people]), wanted)


def is_engaged(market: VectorisedMarket, people: Array) -> Array:
    """Tell who has a contract or an offer in hand."""
    return (market.contract_day[people] >= 0) | (market.best_offer[people] > -np.inf) | (market.outside_offer[people] > 0)


def free_day(market: VectorisedMarket, day: int, people: Array) -> Array:
    """Return the day on which who signs today could usually begin."""
    behaviour, graduation = market.rules.behaviour, market.graduation_day[people]
    return np.where(graduation > day, np.maximum(day + behaviour.start_days, graduation + behaviour.free_after_days), day + behaviour.start_days)


def months_without_pay(market: VectorisedMarket, day: int, people: Array, begins: Array) -> Array:
    """Return the months for which persons without a job would wait for a start."""
    waits = np.maximum(0, begins - free_day(market, day, people)) / MONTH
    return np.where(market.activity[people] == EMPLOYED, 0.0, waits)


def pay_at(market: VectorisedMarket, people: Array, slots: Array) -> Array:
    """Return what posts would pay."""
    return (market.post_wage[slots] * np.exp(market.rules.behaviour.skill_return * market.skill[people])).astype(np.int64)


def worth_of_pay(market: VectorisedMarket, day: int, people: Array, slots: Array) -> Array:
    """Return what the pay of posts is worth: less where they begin later than the persons could."""
    waits = months_without_pay(market, day, people, market.wanted_day[slots])
    return pay_at(market, people, slots) * np.exp(-market.rules.behaviour.wait_discount * waits)


def worth_of_contract(market: VectorisedMarket, day: int, people: Array) -> Array:
    """Return what the pay of signed contracts is worth."""
    waits = months_without_pay(market, day, people, market.contract_day[people])
    return market.contract_wage[people] * np.exp(-market.rules.behaviour.wait_discount * waits)


def effort_after_signing(market: VectorisedMarket, day: int, people: Array) -> Array:
    """Return how much of a search goes on: all of it without a contract."""
    behaviour = market.rules.behaviour
    waits = months_without_pay(market, day, people, market.contract_day[people])
    left = 1.0 - (1.0 - behaviour.signed_effort) * np.exp(-waits / behaviour.signed_wait_months)
    return np.where(market.contract_day[people] >= 0, left, 1.0)


def expected_output(
    market: VectorisedMarket, day: int, people: Array, slots: Array, channel: Array, presentation: float, noise: Array, luck: Array,
) -> Array:  # fmt: skip
    """Return what employers expect of applicants, less what waiting for them costs."""
    behaviour, employers = market.rules.behaviour, market.post_employer[slots]
    shown = 1.0 / np.maximum(LEAST_VARIANCE, presentation * presentation + noise * noise)
    told = np.where(channel == REFERRAL, 1.0 / max(LEAST_VARIANCE, behaviour.referral_noise**2), 0.0)
    months = np.minimum(1.0, (day - market.searching_since[people]) / MONTH / behaviour.penalty_months)
    mean = -np.where(market.activity[people] == SEARCHING, behaviour.unemployment_penalty * months, 0.0)
    mean = mean - np.where(market.place[people] == ELSEWHERE, behaviour.remote_penalty, 0.0)
    skill = market.skill[people]
    signal = skill + presentation * market.interview_skill[people] + noise * luck
    expected = (mean + shown * signal + told * skill) / (1.0 + shown + told)
    expected = expected + behaviour.fit_output * (market.field[people] == market.industry[employers])
    late = np.maximum(0, free_day(market, day, people) - np.maximum(market.wanted_day[slots], day + behaviour.start_days)) / MONTH
    return expected - late / (behaviour.skill_output * behaviour.match_months)


def expect_answers(market: VectorisedMarket, people: Array, sent: Array) -> None:
    """Send applications: until an offer comes of them, they are silence."""
    for one in range(int(sent.max(initial=0))):
        some = people[sent > one]
        remembered = market.applications_weighed[some]
        market.offer_belief[some] *= remembered / (remembered + 1.0)
        market.applications_weighed[some] = np.minimum(market.rules.behaviour.offers_memory, remembered + 1.0)


def hear_of_pay(market: VectorisedMarket, people: Array, pay: Array, weight: float) -> None:
    """Move the pay expected towards pay seen or told; each person once."""
    moved = weight / (market.pay_signals[people] + weight)
    market.expected_wage[people] *= np.exp(moved * np.log(pay / market.expected_wage[people]))
    market.pay_signals[people] = np.minimum(market.rules.behaviour.pay_memory, market.pay_signals[people] + weight)


def months_to_wait(market: VectorisedMarket, day: int, people: Array) -> Array:
    """Return the months for which persons can wait for better offers."""
    behaviour, living = market.rules.behaviour, market.rules.living
    searched = np.where(market.activity[people] == SEARCHING, (day - market.searching_since[people]) / MONTH, 0.0)
    waits = np.minimum(behaviour.search_horizon_months, np.maximum(0.0, behaviour.family_months - searched) + market.savings[people] / living.month)
    return np.where(market.graduation_day[people] > day, behaviour.search_horizon_months, waits)


def offers_reckoned(market: VectorisedMarket, day: int, people: Array) -> Array:
    """Return the offers that persons reckon with as long as there is money to wait."""
    each = market.offer_belief[people] * market.rules.behaviour.applications_reckoned * market.effort[people]
    return each * months_to_wait(market, day, people)


def left_wanted(market: VectorisedMarket, day: int, people: Array) -> Array:
    """Return the log of what the reservation wage leaves where persons live now."""
    offers = offers_reckoned(market, day, people)
    return (market.rules.living.idle + offers * left_where_living(market, people, market.expected_wage[people])) / (1.0 + offers)


def effort_of(market: VectorisedMarket, day: int, people: Array) -> Array:
    """Return how much persons search with the hours there are, relative to the average seeker."""
    behaviour, living = market.rules.behaviour, market.rules.living
    over = (left_where_living(market, people, market.expected_wage[people]) - living.idle) / (1.0 + offers_reckoned(market, day, people))
    works = market.activity[people] == EMPLOYED
    if works.any():
        some = people[works]
        at_home = np.where(market.place[some] == RESIDENT, ties(market, some), 0.0)
        value = left_where_living(market, some, market.expected_wage[some]) + at_home
        over[works] = value - value_with(market, some, market.wage[some], market.employer[some]) - np.log(behaviour.employed_gain_wanted)
    gain = (over + np.sqrt(over * over + 2.0 / np.pi * behaviour.pay_spread_expected**2)) / 2.0
    fare = np.where(market.place[people] == RESIDENT, living.fare_interview, 2.0 * behaviour.fare_fixed)
    money = behaviour.application_cost + behaviour.interviews_expected * (behaviour.interview_cost + fare)
    hours = behaviour.hours_per_application + behaviour.interviews_expected * behaviour.hours_per_interview
    ratio = market.offer_belief[people] * gain / ((money / living.month + hours * behaviour.hour_worth) * behaviour.usual_gain)
    return market.effort[people] * ratio ** (1.0 / behaviour.effort_convexity)


def hours_free(market: VectorisedMarket, people: Array) -> Array:
    """Return the hours that persons have for search, relative to somebody without work."""
    behaviour, activity = market.rules.behaviour, market.activity[people]
    return np.where(activity == STUDYING, behaviour.student_effort, np.where(activity == EMPLOYED, behaviour.employed_effort, 1.0))
