"""Screening, interviews, offers and their answers in the NumPy reference; rules as in `experiments.bench.plain`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.bench.plain.posts import (
    AGED_OUT,
    BAR_FOR_CALL,
    CALLED,
    EMPLOYED,
    FILLED,
    INTERVIEWED,
    INTERVIEWING,
    KEPT,
    MISSED,
    NEVER,
    OFFERED,
    OFFERING,
    OPEN,
    REFUSED,
    RESIDENT,
    STUDYING,
    VOCATIONAL,
)
from experiments.bench.vectorised.employers import take_down
from experiments.bench.vectorised.people import (
    days_until,
    expected_output,
    hear_of_pay,
    is_engaged,
    pay_at,
    value_here,
    value_wanted,
    value_with,
    value_without_offers,
    worth_of_pay,
)
from experiments.bench.vectorised.sessions import end_search, schedule_outside_offer, schedule_search
from sim.states import Count

if TYPE_CHECKING:
    from experiments.bench.vectorised.known import VectorisedMarket

Array = Any


def rounds(keys: Array) -> Iterator[Array]:
    """Yield places of some keys in rounds, each key once a round."""
    left = np.arange(len(keys))
    while len(left):
        _, first = np.unique(keys[left], return_index=True)
        yield left[first]
        left = np.delete(left, first)


def interview_and_offer(market: VectorisedMarket, day: int) -> None:
    """Let employers read applications, hold interviews and make offers on the days set for each post."""
    state = market.post_state.copy()
    if market.working[day]:
        _read(market, day, np.flatnonzero((state == OPEN) & (market.review_day <= day)))
    _interview(market, day, np.flatnonzero((state == INTERVIEWING) & (market.interview_day == day)))
    _offer(market, day, np.flatnonzero((state == OFFERING) & (market.offer_day == day) & (market.offered < 0)))


def _best(market: VectorisedMarket, slots: Array, fit: Array, most: int) -> Array:
    """Return which applications are the best `most` of those that are fit, shape (slots, pile)."""
    order = np.argsort(np.where(fit, -market.pile_score[slots], np.inf), axis=1)
    chosen = np.zeros_like(fit)
    np.put_along_axis(chosen, order[:, :most], values=True, axis=1)
    return chosen & fit


def _read(market: VectorisedMarket, day: int, slots: Array) -> None:
    bar = market.skill_bar[market.post_employer[slots]] - BAR_FOR_CALL
    fit = (market.pile_person[slots] >= 0) & (market.pile_score[slots] >= bar[:, None])
    called = _best(market, slots, fit, market.rules.behaviour.interviews_per_post)
    none = ~called.any(axis=1)
    market.review_day[slots[none]] = day + 7
    market.pile_stage[slots] = np.where(called, CALLED, market.pile_stage[slots])
    market.counts[Count.INTERVIEWS_CALLED] += int(called.sum())
    market.post_state[slots[~none]] = INTERVIEWING
    market.interview_day[slots[~none]] = market.next_working[day + market.rules.behaviour.interview_days]


def _interview(market: VectorisedMarket, day: int, slots: Array) -> None:
    rules = market.rules
    row, place = np.nonzero((market.pile_person[slots] >= 0) & (market.pile_stage[slots] == CALLED))
    posts = slots[row]
    people = market.pile_person[posts, place]
    employers = market.post_employer[posts]
    late = value_here(market, people, worth_of_pay(market, day, people, posts), employers) < value_wanted(market, day, people, 0.0)
    absent = (market.activity[people] == AGED_OUT) | (is_engaged(market, people) & late)
    near = market.district[people] == market.employer_district[employers]
    cost = np.where(market.place[people] == RESIDENT, np.where(near, rules.living.trip_near, rules.living.trip_far), 0)
    absent |= (cost > 0) & (market.savings[people] < cost)
    market.pile_stage[posts[absent], place[absent]] = MISSED
    market.counts[Count.INTERVIEWS_MISSED] += int(absent.sum())
    posts, place, people, cost = posts[~absent], place[~absent], people[~absent], cost[~absent]
    np.subtract.at(market.savings, people, cost.astype(market.savings.dtype))
    luck, again = market.luck.standard_normal(len(posts)), market.second_round[posts]
    luck = np.where(again, (luck + market.pile_signal[posts, place]) / 2.0, luck)
    noise = np.where(again, rules.behaviour.interview_noise / math.sqrt(2.0), rules.behaviour.interview_noise)
    weight = rules.behaviour.presentation_in_interview
    market.pile_signal[posts, place] = luck
    market.pile_score[posts, place] = expected_output(market, day, people, posts, market.pile_channel[posts, place], weight, noise, luck)
    market.pile_stage[posts, place] = INTERVIEWED
    market.counts[Count.INTERVIEWS_HELD] += len(posts)
    market.post_state[slots] = OFFERING
    market.offer_day[slots] = market.next_working[day + 1]


def _offer(market: VectorisedMarket, day: int, slots: Array) -> None:
    rules = market.rules
    employers = market.post_employer[slots]
    good = (market.pile_person[slots] >= 0) & (market.pile_stage[slots] == INTERVIEWED) & (
        market.pile_score[slots] >= market.skill_bar[employers][:, None]
    )
    none = ~good.any(axis=1)
    again = ~none & market.two_rounds[employers] & (market.post_education[slots] > VOCATIONAL) & ~market.second_round[slots]
    failed = slots[none]
    market.pile_person[failed] = np.where(market.pile_stage[failed] == KEPT, market.pile_person[failed], -1)
    market.post_state[failed], market.second_round[failed], market.review_day[failed] = OPEN, False, day + 10
    called = _best(market, slots[again], good[again], rules.behaviour.second_round_called)
    market.pile_stage[slots[again]] = np.where(called, CALLED, market.pile_stage[slots[again]])
    market.counts[Count.INTERVIEWS_CALLED] += int(called.sum())
    market.second_round[slots[again]], market.post_state[slots[again]] = True, INTERVIEWING
    market.interview_day[slots[again]] = market.next_working[day + rules.behaviour.second_round_days]
    offers = ~none & ~again
    posts = slots[offers]
    place = np.argmax(np.where(good[offers], market.pile_score[posts], -np.inf), axis=1)
    people = market.pile_person[posts, place]
    market.counts[Count.OFFERS_MADE] += len(posts)
    worth = value_with(market, people, worth_of_pay(market, day, people, posts), market.post_employer[posts])
    market.pile_worth[posts, place] = worth
    refused = (market.activity[people] == AGED_OUT) | (worth < value_without_offers(market, day, people, 0.0))
    _hear_no(market, day, posts[refused], place[refused])
    taken = ~refused
    market.pile_stage[posts[taken], place[taken]] = OFFERED
    market.offered[posts[taken]] = place[taken]
    market.offer_day[posts[taken]] = market.next_working[day + rules.behaviour.answer_days]
    np.maximum.at(market.best_offer, people[taken], worth[taken])
    pay = pay_at(market, people, posts)
    for one in rounds(people):
        some = people[one]
        market.offer_belief[some] = np.minimum(1.0, market.offer_belief[some] + 1.0 / market.applications_weighed[some])
        hear_of_pay(market, some, pay[one], 1.0)


def _hear_no(market: VectorisedMarket, day: int, slots: Array, place: Array) -> None:
    """Let employers turn to the next candidate on the next office day."""
    market.pile_stage[slots, place] = REFUSED
    market.refused_employer[market.pile_person[slots, place]] = market.post_employer[slots]
    market.offered[slots] = -1
    market.offer_day[slots] = market.next_working[day + 1]


def let_answer(market: VectorisedMarket, day: int, slots: Array) -> None:
    """Let persons answer whose time to answer an offer is over."""
    if len(slots):
        answer_offers(market, day, np.unique(market.pile_person[slots, market.offered[slots]]))


def answer_offers(market: VectorisedMarket, day: int, people: Array) -> None:
    """Take the best offer in hand, where it is worth what is wanted; refuse the others."""
    wanted = value_without_offers(market, day, people, 0.0)
    accepts = market.best_offer[people] >= wanted
    wanted = np.where(accepts, market.best_offer[people], wanted)
    waited = market.outside_offer[people]
    leaves = (waited > 0) & (market.outside_worth[people] >= wanted)
    slots = np.flatnonzero(market.offered >= 0)
    holders = market.pile_person[slots, market.offered[slots]]
    slots, holders = slots[np.isin(holders, people)], holders[np.isin(holders, people)]
    place = market.offered[slots]
    ours = np.searchsorted(people, holders)
    takes = accepts[ours] & ~leaves[ours] & (market.pile_worth[slots, place] >= market.best_offer[holders])
    first = np.zeros_like(takes)
    first[np.flatnonzero(takes)[np.unique(holders[takes], return_index=True)[1]]] = True  # of two of the same worth, one
    _hear_no(market, day, slots[~first], place[~first])
    market.outside_offer[people] = 0
    market.best_offer[people] = -np.inf
    pay = pay_at(market, holders[first], slots[first])
    sign(market, day, people[leaves], np.full(int(leaves.sum()), -1), waited[leaves], None)
    sign(market, day, holders[first], market.post_employer[slots[first]], pay, slots[first])
    np.add.at(market.pending, market.post_employer[slots[first]], 1)
    market.counts[Count.CONTRACTS_SIGNED] += int(first.sum())
    end_search(market, holders[first][market.activity[holders[first]] == EMPLOYED])
    take_down(market, slots[first], FILLED)
    schedule_outside_offer(market, day, people[(waited > 0) & ~leaves & ~np.isin(people, holders[first])])


def sign(market: VectorisedMarket, day: int, people: Array, employers: Array, wage: Array, slots: Array | None) -> None:
    """Sign contracts, and break those that were signed before."""
    break_contracts(market, people[market.contract_day[people] >= 0])
    market.contract_employer[people], market.contract_wage[people], market.contract_for_class[people] = employers, wage, 0
    start = day + days_until(market, market.rules.behaviour.start_days, len(people))
    studies = (market.activity[people] == STUDYING) | (market.graduation_day[people] > day)
    start = np.where(studies, np.maximum(start, market.graduation_day[people] + 8), start)
    if slots is not None:
        market.contract_for_class[people] = market.wanted_day[slots] > day + market.rules.behaviour.start_days
        start = np.maximum(start, market.wanted_day[slots])
    market.contract_day[people] = start
    schedule_search(market, day, people)


def break_contracts(market: VectorisedMarket, people: Array) -> None:
    """Break contracts that were signed."""
    here = people[market.contract_employer[people] >= 0]
    np.subtract.at(market.pending, market.contract_employer[here], 1)
    np.add.at(market.planned_growth, market.contract_employer[here], market.contract_for_class[here])
    market.contract_employer[people], market.contract_day[people] = -1, NEVER
    market.counts[Count.CONTRACTS_BROKEN] += len(people)
