"""Offers from elsewhere, work and pay in the NumPy reference; rules as in `experiments.bench.plain.people`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.bench.plain.posts import AGED_OUT, ELSEWHERE, EMPLOYED, INACTIVE, MONTH, NEVER, RESIDENT, SEARCHING, STUDYING, VOCATIONAL
from experiments.bench.vectorised.hiring import answer_offers, break_contracts
from experiments.bench.vectorised.people import (
    days_until,
    hear_of_pay,
    is_engaged,
    left_where_living,
    months_to_wait,
    ties,
    value_elsewhere,
    value_with,
    value_without_offers,
)
from experiments.bench.vectorised.sessions import begin_search, end_search, schedule_outside_offer, schedule_search
from sim.states import Count

if TYPE_CHECKING:
    from experiments.bench.vectorised.known import VectorisedMarket

Array = Any
YEAR_OF_HAZARD = 365.0


def work(market: VectorisedMarket, day: int, *, closing: bool) -> None:
    """Weigh offers from elsewhere, begin contracts, end jobs, once a month settle money."""
    due = np.flatnonzero(market.next_outside_day == day)
    waiting = due[market.outside_offer[due] > 0]
    answer_offers(market, day, waiting)
    _weigh_outside_offers(market, day, due[~np.isin(due, waiting)])
    schedule_outside_offer(market, day, due[market.next_outside_day[due] == day])
    _begin_contracts(market, day, np.flatnonzero(market.contract_day == day))
    works = (market.activity == EMPLOYED) & (market.employer >= 0)
    closed = works & ~market.alive[np.maximum(market.employer, 0)] if closing else np.zeros(len(works), bool)
    people = np.flatnonzero(closed | ((market.activity == EMPLOYED) & (day >= market.separation_day)))
    _separate(market, day, people, closed[people])
    turn = (day + np.arange(len(market.activity))) % MONTH
    _settle_month(market, day, np.flatnonzero((turn == 0) & (market.activity != AGED_OUT)))
    old = np.flatnonzero((turn == MONTH // 2) & (day >= market.youth_ends) & (market.activity != STUDYING) & (market.activity != AGED_OUT))
    _age_out(market, old[~is_engaged(market, old)])


def _weigh_outside_offers(market: VectorisedMarket, day: int, people: Array) -> None:
    behaviour, luck, number = market.rules.behaviour, market.luck, len(people)
    spread = 0.35 * luck.standard_normal(number) + behaviour.outside_skill_pay * market.skill[people]
    wage = (market.usual_wage[market.education[people]] * np.exp(behaviour.outside_wage_premium + spread)).astype(np.int64)
    worth = value_elsewhere(market, people, wage) + behaviour.taste_at_interview * luck.standard_normal(number)
    good = worth >= value_without_offers(market, day, people, 0.0)
    market.outside_offer[people[good]], market.outside_worth[people[good]] = wage[good], worth[good]
    market.next_outside_day[people[good]] = day + behaviour.answer_days
    hear_of_pay(market, people, wage, 1.0)


def _begin_contracts(market: VectorisedMarket, day: int, people: Array) -> None:
    here = market.contract_employer[people] >= 0
    gone = here & ~market.alive[np.maximum(market.contract_employer[people], 0)]
    broken = people[gone]
    break_contracts(market, broken)
    works = market.activity[broken] == EMPLOYED
    end_search(market, broken[works])
    schedule_search(market, day, broken[~works])
    people = people[~gone]
    answer_offers(market, day, people[(market.best_offer[people] > -np.inf) | (market.outside_offer[people] > 0)])
    people = people[market.contract_day[people] == day]
    leaving = people[market.activity[people] == EMPLOYED]
    _replace_leavers(market, market.employer[leaving])
    _leave_jobs(market, leaving)
    employers = market.contract_employer[people]
    market.activity[people], market.wage[people], market.employer[people] = EMPLOYED, market.contract_wage[people], employers
    market.return_day[people] = NEVER
    hired = employers[employers >= 0]
    np.subtract.at(market.pending, hired, 1)
    np.add.at(market.staff, hired, 1)
    market.counts[Count.HIRES] += len(hired)
    market.counts[Count.HIRES_OUTSIDE] += len(people) - len(hired)
    _move(market, people, np.where(employers >= 0, RESIDENT, ELSEWHERE))
    market.contract_employer[people], market.refused_employer[people] = -1, -1
    market.contract_day[people] = market.searching_since[people] = NEVER
    market.separation_day[people] = _separation_days(market, day, people)
    market.job_start_day[people] = day
    goes_on = market.luck.random(len(people)) < market.rules.behaviour.employed_search_share
    schedule_search(market, day, people[goes_on])
    end_search(market, people[~goes_on])


def _separation_days(market: VectorisedMarket, day: int, people: Array) -> Array:
    """Draw the last days of new jobs from a hazard that is high in the first year and low after it."""
    behaviour = market.rules.behaviour
    monthly = np.where(market.education[people] == VOCATIONAL, behaviour.separation_vocational, behaviour.separation_bachelor)
    usual = left_where_living(market, people, market.expected_wage[people])
    usual = usual + np.where(market.place[people] == RESIDENT, ties(market, people), 0.0)
    discontent = usual - value_with(market, people, market.wage[people], market.employer[people])
    strain = behaviour.discontent_quits * np.maximum(-behaviour.content_most, discontent)
    first = monthly * behaviour.separation_to_search_share / MONTH * np.exp(strain)
    life = -np.log(1.0 - market.luck.random(len(people)))
    later = YEAR_OF_HAZARD + (life - first * YEAR_OF_HAZARD) / np.maximum(1e-12, first * behaviour.separation_later)
    early = (life < first * YEAR_OF_HAZARD) | (behaviour.separation_later <= 0.0)
    wait = np.where(early, life / np.maximum(first, 1e-9), later)
    return day + np.minimum(100_000.0, wait).astype(np.int64) + 1


def _move(market: VectorisedMarket, people: Array, place: Array) -> None:
    """Live where the job is; of whoever moves, the search goes to the region more or less from then on."""
    behaviour, lived, interest = market.rules.behaviour, market.place[people], market.region_interest[people]
    interest = np.where((place == RESIDENT) & (lived != RESIDENT), np.maximum(interest, behaviour.local_interest), interest)
    away = (place == ELSEWHERE) & (lived == RESIDENT)
    market.region_interest[people] = np.where(away, np.minimum(interest, behaviour.locals_interest_away), interest)
    market.place[people] = place


def _replace_leavers(market: VectorisedMarket, employers: Array) -> None:
    """Decide whether left jobs will be filled again."""
    employers = employers[employers >= 0]
    gone = employers[market.luck.random(len(employers)) >= market.rules.behaviour.replacement_share]
    np.subtract.at(market.target_staff, gone, 1)
    market.target_staff[gone] = np.maximum(0, market.target_staff[gone])


def _leave_jobs(market: VectorisedMarket, people: Array) -> None:
    employers = market.employer[people]
    employers = employers[employers >= 0]
    np.subtract.at(market.staff, employers, 1)
    market.counts[Count.SEPARATIONS] += len(employers)
    market.employer[people], market.wage[people], market.separation_day[people] = -1, 0, NEVER


def _separate(market: VectorisedMarket, day: int, people: Array, closed: Array) -> None:
    dismissed = closed | (market.luck.random(len(people)) >= market.rules.behaviour.voluntary_share)
    market.counts[Count.DISMISSALS] += int(dismissed.sum())
    _replace_leavers(market, market.employer[people[~closed]])
    _leave_jobs(market, people)
    begin_search(market, day, people)


def _age_out(market: VectorisedMarket, people: Array) -> None:
    """Leave the youth population, with the posts held."""
    employers = market.employer[people]
    employers = employers[(employers >= 0) & (market.activity[people] == EMPLOYED)]
    np.subtract.at(market.staff, employers, 1)
    np.subtract.at(market.target_staff, employers, 1)
    market.target_staff[employers] = np.maximum(0, market.target_staff[employers])
    market.employer[people], market.wage[people] = -1, 0
    for planned in (market.separation_day, market.next_search_day, market.next_outside_day, market.return_day):
        planned[people] = NEVER
    market.activity[people], market.place[people] = AGED_OUT, ELSEWHERE
    market.plan.heads -= len(people)
    market.counts[Count.AGED_OUT] += len(people)


def _settle_month(market: VectorisedMarket, day: int, people: Array) -> None:
    """Receive pay, pay for living; the family covers what is missing, a pocket for the search included; hear from a peer, or give up."""
    rules, activity = market.rules, market.activity[people]
    behaviour = rules.behaviour
    pay = np.where(activity == EMPLOYED, market.wage[people], 0)
    balance = market.savings[people] - np.where(activity == STUDYING, 0, rules.region.living_cost) + pay
    later = (activity == SEARCHING) & ((day - market.searching_since[people]) / MONTH >= behaviour.family_months)
    pocket = (behaviour.family_pocket * np.where(later, behaviour.pocket_later, 1.0) * rules.living.month).astype(np.int64)
    market.savings[people] = np.maximum(np.where((activity == STUDYING) | (activity == SEARCHING), pocket, 0), balance)
    _hear_from_peers(market, day, people[(market.next_search_day[people] >= 0) & (activity != EMPLOYED)])
    tired = (activity == SEARCHING) & (market.offer_belief[people] < behaviour.give_up_offers) & ~is_engaged(market, people)
    gives_up = people[tired & (market.luck.random(len(people)) < behaviour.give_up_per_month)]
    part = months_to_wait(market, day, gives_up) / behaviour.search_horizon_months
    market.activity[gives_up] = INACTIVE
    end_search(market, gives_up)
    market.return_day[gives_up] = day + days_until(market, np.maximum(1.0, part * behaviour.give_up_days), len(gives_up))


def _hear_from_peers(market: VectorisedMarket, day: int, people: Array) -> None:
    """Hear once a month from a peer."""
    behaviour = market.rules.behaviour
    peers = market.peers[people, day // MONTH % market.peers.shape[1]]
    people, peers = people[(peers - people) % MONTH != 0], peers[(peers - people) % MONTH != 0]
    works = (market.activity[peers] == EMPLOYED) & (market.education[peers] == market.education[people])
    works &= day - market.job_start_day[peers] <= behaviour.peer_news_days
    hear_of_pay(market, people[works], market.wage[peers[works]], behaviour.peer_news)
    remembered = market.applications_weighed[people] * behaviour.offers_expected
    moved = behaviour.peer_news / (remembered + behaviour.peer_news)
    market.offer_belief[people] += moved * (market.offer_belief[peers] - market.offer_belief[people])
    weighed = market.applications_weighed[people] + behaviour.peer_news / behaviour.offers_expected
    market.applications_weighed[people] = np.minimum(behaviour.offers_memory, weighed)
