"""University and search in the NumPy reference; rules as in `experiments.bench.plain.people`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.bench.plain.posts import ADVERT, EMPLOYED, INACTIVE, KEPT, NEVER, REFERRAL, STUDYING
from experiments.bench.vectorised.people import (
    IMPRESSION,
    days_until,
    expect_answers,
    expected_output,
    kept_normal,
    value_here,
    value_wanted,
    worth_of_pay,
)
from experiments.bench.vectorised.sessions import begin_search, schedule_search, schedule_session
from sim.rules.applying import LOOK_STEP
from sim.states import Count

if TYPE_CHECKING:
    from experiments.bench.vectorised.known import VectorisedMarket

Array = Any


def search(market: VectorisedMarket, day: int) -> None:
    """Follow the academic year; hold a session of search if it is the day for one."""
    studying = market.activity == STUDYING
    back = market.return_day == day
    graduates = np.flatnonzero(studying & (market.graduation_day == day))
    begins = np.flatnonzero(studying & back & (market.graduation_day != day))
    rested = np.flatnonzero((market.activity == INACTIVE) & back)
    _graduate(market, day, graduates, back[graduates])
    market.return_day[begins] = NEVER
    schedule_search(market, day, begins)
    begin_search(market, day, rested)
    people = np.flatnonzero(market.next_search_day == day)
    _hold_sessions(market, day, people)
    schedule_session(market, day, people)


def _graduate(market: VectorisedMarket, day: int, people: Array, slow: Array) -> None:
    behaviour = market.rules.behaviour
    market.plan.heads += len(people)
    market.return_day[people] = NEVER
    signed = market.contract_day[people] >= 0
    begin_search(market, day, people[signed])
    people, slow = people[~signed], slow[~signed]
    market.activity[people] = INACTIVE
    market.next_search_day[people] = market.next_outside_day[people] = NEVER
    pause = np.where(slow, behaviour.slow_employment_days, behaviour.search_after_days)
    market.return_day[people] = day + days_until(market, pause, len(people))


def _hold_sessions(market: VectorisedMarket, day: int, people: Array) -> None:
    """Look through some advertising slots, and apply for what appeals, the best first, as many times as one session has time for."""
    behaviour = market.rules.behaviour
    whose, slots = _seen(market, people)
    passed_by = np.where(market.activity[people] == EMPLOYED, market.employer[people], market.refused_employer[people])[whose]
    employers = market.post_employer[slots]
    fits = (market.post_education[slots] <= market.education[people[whose]]) & (employers != passed_by)
    whose, slots, employers = whose[fits], slots[fits], employers[fits]
    seekers = people[whose]
    wanted = value_wanted(market, day, people, math.log(behaviour.wage_floor_seen))
    worth = value_here(market, seekers, worth_of_pay(market, day, seekers, slots), employers) - wanted[whose]
    appeals = (worth > 0.0) & ~(market.pile_person[slots] == seekers[:, None]).any(axis=1)
    whose, slots, worth = whose[appeals], slots[appeals], worth[appeals]
    order = np.lexsort((-worth, whose))
    whose, slots = whose[order], slots[order]
    rank = np.arange(len(whose)) - np.searchsorted(whose, whose)
    most = np.minimum(behaviour.applications_per_session, market.savings[people] // behaviour.application_cost)
    chosen = rank < most[whose]
    whose, slots = whose[chosen], slots[chosen]
    _apply(market, day, people[whose], slots)
    sent = np.bincount(whose, minlength=len(people))
    expect_answers(market, people, sent)
    market.savings[people] -= sent * behaviour.application_cost


def _seen(market: VectorisedMarket, people: Array) -> tuple[Array, Array]:
    """Return who (by place among the persons) sees which slot with a post: evenly spread over those of the own field or over all, each once."""
    behaviour, number = market.rules.behaviour, len(people)
    board = np.where(market.luck.random(number) < market.targeting[people], market.field[people], len(market.places_number) - 1)
    looks = (market.luck.random(number)[:, None] + LOOK_STEP * np.arange(behaviour.posts_seen)) % 1.0
    slots = market.places[market.places_begin[board][:, None] + (looks * market.places_number[board][:, None]).astype(np.int64)]
    whose = np.repeat(np.arange(number), behaviour.posts_seen)
    pairs = np.unique(whose * len(market.post_state) + slots.ravel())
    whose, seen = np.divmod(pairs, len(market.post_state))
    there = market.post_state[seen] >= 0
    return whose[there], seen[there]


def _apply(market: VectorisedMarket, day: int, people: Array, slots: Array) -> None:
    """Send applications; a peer at the employer makes one a referral; piles keep the best ten."""
    behaviour, employers = market.rules.behaviour, market.post_employer[slots]
    referred = (market.employer[market.peers[people]] == employers[:, None]).any(axis=1)
    channel = np.where(referred, REFERRAL, ADVERT)
    luck = kept_normal(market, IMPRESSION, people, employers)
    score = expected_output(market, day, people, slots, channel, behaviour.presentation_in_cv, behaviour.cv_noise, luck)
    market.counts[Count.APPLICATIONS_SENT] += len(people)
    order = np.lexsort((-score, slots))
    people, slots, channel, score = people[order], slots[order], channel[order], score[order]
    turn = np.arange(len(slots)) - np.searchsorted(slots, slots)
    for one in range(int(turn.max(initial=-1)) + 1):  # a post at most once a round, the best first
        now = np.flatnonzero(turn == one)
        pile = slots[now]
        free = market.pile_person[pile] < 0
        kept = np.where(market.pile_stage[pile] == KEPT, market.pile_score[pile], np.inf)
        place = np.where(free.any(axis=1), free.argmax(axis=1), kept.argmin(axis=1))
        goes_in = free.any(axis=1) | (score[now] > kept.min(axis=1))
        pile, place, now = pile[goes_in], place[goes_in], now[goes_in]
        market.pile_person[pile, place], market.pile_score[pile, place] = people[now], score[now]
        market.pile_channel[pile, place], market.pile_stage[pile, place] = channel[now], KEPT
