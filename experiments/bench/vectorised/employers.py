"""Employers of the NumPy reference: they plan, advertise, close; rules as in `experiments.bench.plain.employers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.bench.plain.posts import BACHELOR, LAPSED, MASTER, MONTH, NEVER, OPEN, VOCATIONAL
from experiments.bench.vectorised.people import days_until
from sim.states import Count

if TYPE_CHECKING:
    from experiments.bench.vectorised.known import VectorisedMarket

Array = Any
EMPTY = -1
"""State of a slot without a post."""


def recruit(market: VectorisedMarket, day: int) -> None:
    """Plan once a month; look at the staff once a week and open the posts that are missing."""
    turn = day + np.arange(len(market.alive))
    monthly = turn % MONTH == 0
    _plan(market, day, np.flatnonzero(monthly & market.alive))
    _succeed(market, np.flatnonzero(monthly & ~market.alive & (market.first_target > 0)))
    weekly = np.flatnonzero((turn % 7 == 0) & market.alive)
    market.paused[weekly] = np.clip(market.paused[weekly], 0, np.maximum(0, openings(market, weekly) + market.paused[weekly]))
    behaviour = market.rules.behaviour
    market.paused[weekly] -= market.luck.binomial(market.paused[weekly], min(1.0, behaviour.staff_review_days / behaviour.readvertise_days))
    _open_posts(market, day, weekly)


def openings(market: VectorisedMarket, rows: Array) -> Array:
    """Return the posts to be advertised."""
    return market.target_staff[rows] - market.staff[rows] - market.pending[rows] - market.open_posts[rows] - market.paused[rows]


def _growth(market: VectorisedMarket, rows: Array) -> Array:
    """Draw the posts planned this month: the part of those the region lacks that falls on these premises."""
    plan = market.plan
    part = market.first_target[rows] / max(1.0, plan.shares) * (plan.wanted - plan.planned) / market.rules.market.planning_months
    return market.luck.poisson(np.maximum(0.0, part))


def _for_class(market: VectorisedMarket, growth: Array) -> Array:
    """Draw how many of the posts planned are for the coming class."""
    chosen = market.luck.binomial(growth, market.plan.class_share)
    market.plan.class_posts -= int(chosen.sum())
    return chosen


def _succeed(market: VectorisedMarket, rows: Array) -> None:
    """Let growth of the region found new firms where some have closed."""
    growth = _growth(market, rows)
    rows, growth = rows[growth > 0], growth[growth > 0]
    rules, luck = market.rules, market.luck
    standing = luck.standard_normal(len(rows))
    market.alive[rows] = True
    market.wage_level[rows] = np.exp(rules.market.wage_spread * standing)
    bar = rules.behaviour.skill_bar_mean + rules.behaviour.skill_bar_by_pay * standing
    market.skill_bar[rows] = bar + rules.behaviour.skill_bar_spread * luck.standard_normal(len(rows))
    market.target_staff[rows] = growth
    market.planned_growth[rows] = _for_class(market, growth)


def _plan(market: VectorisedMarket, day: int, rows: Array) -> None:
    rules, plan, luck = market.rules, market.plan, market.luck
    growth = np.where(openings(market, rows) <= 0, _growth(market, rows), 0)
    market.target_staff[rows] += growth
    market.planned_growth[rows] += _for_class(market, growth)
    surplus = (plan.planned - plan.wanted) / rules.market.planning_months
    if surplus > 0.0:
        drawn = luck.poisson(market.target_staff[rows] / max(1.0, plan.planned) * surplus)
        cut = np.minimum(drawn, np.maximum(0, openings(market, rows)))
        market.target_staff[rows] -= cut
        for_class = np.minimum(cut, market.planned_growth[rows])
        market.planned_growth[rows] -= for_class
        plan.class_posts += int(for_class.sum())
    shrinks = luck.random(len(rows)) < rules.behaviour.shrink_per_month
    market.target_staff[rows] -= np.where(shrinks, (market.target_staff[rows] + 9) // 10, 0)
    chance = rules.behaviour.exit_per_year / 12.0 * np.minimum(1.0, rules.market.employer_size / np.maximum(1.0, market.staff[rows]))
    _close(market, day, rows[(market.state_owned[rows] == 0) & (luck.random(len(rows)) < chance)])


def _close(market: VectorisedMarket, day: int, rows: Array) -> None:
    if not len(rows):
        return
    market.alive[rows] = False
    market.target_staff[rows] = 0
    market.plan.class_posts += int(market.planned_growth[rows].sum())
    market.planned_growth[rows] = 0
    market.counts[Count.EMPLOYERS_CLOSED] += len(rows)
    lapse(market, day, np.flatnonzero((market.post_state != EMPTY) & np.isin(market.slot_owner, rows)))
    market.paused[rows] = 0


def _open_posts(market: VectorisedMarket, day: int, rows: Array) -> None:
    """Open the posts that are missing, on the first free slots of their employers."""
    missing = np.zeros(len(market.alive), np.int64)
    missing[rows] = np.maximum(0, openings(market, rows))
    free = np.flatnonzero((market.post_state == EMPTY) & (market.slot_owner >= 0))
    free = free[missing[market.slot_owner[free]] > 0]
    if not len(free):
        return
    owners = market.slot_owner[free]
    free = free[np.argsort(owners, kind="stable")]
    owners = market.slot_owner[free]
    rank = np.arange(len(free)) - np.searchsorted(owners, owners)
    slots = free[rank < missing[owners]]
    employers = market.slot_owner[slots]
    rules, luck, number = market.rules, market.luck, len(slots)
    draw = luck.random(number)
    education = np.where(draw < 0.45, VOCATIONAL, np.where(draw < 0.95, BACHELOR, MASTER))
    wage = market.usual_wage[education] * market.wage_level[employers] * np.exp(rules.behaviour.post_wage_noise * luck.standard_normal(number))
    longest = max(10.0, rules.behaviour.post_days)
    short = luck.random(number) < rules.behaviour.withdrawn_share
    days = np.where(short, 3 + (luck.random(number) * 0.6 * longest).astype(np.int64), ((0.5 + luck.random(number)) * longest).astype(np.int64))
    review = day + 5 + days_until(market, max(1.0, rules.behaviour.review_days - 5.0), number)
    rank = np.arange(number) - np.searchsorted(employers, employers)
    of_class = rank < market.planned_growth[employers]
    np.subtract.at(market.planned_growth, employers, of_class.astype(np.int64))
    wanted = np.where(of_class, market.graduation[day] + rules.behaviour.free_after_days, day + rules.behaviour.start_days)
    fill_board(market, slots, employers, education, wage.astype(np.int64), review, day + days, wanted)
    np.add.at(market.open_posts, employers, 1)
    market.counts[Count.POSTS_OPENED] += number


def fill_board(
    market: VectorisedMarket, slots: Array, employers: Array, education: Array, wage: Array, review: Array, lapses: Array, wanted: Array,
) -> None:  # fmt: skip
    """Put posts on their slots."""
    market.post_state[slots], market.post_employer[slots], market.post_education[slots] = OPEN, employers, education
    market.post_wage[slots], market.review_day[slots], market.lapse_day[slots], market.wanted_day[slots] = wage, review, lapses, wanted
    market.interview_day[slots] = market.offer_day[slots] = NEVER
    market.offered[slots], market.second_round[slots] = -1, False
    market.pile_person[slots] = -1


def lapse(market: VectorisedMarket, day: int, slots: Array) -> None:
    """Take unfilled posts off the board: they are advertised again after a pause, or left to other employers."""
    if not len(slots):
        return
    pending = slots[market.offered[slots] >= 0]
    people = market.pile_person[pending, market.offered[pending]]
    take_down(market, slots, LAPSED)
    refresh_offers(market, people)
    employers = market.post_employer[slots]
    for_class = market.wanted_day[slots] > day + market.rules.behaviour.start_days
    returns = openings(market, employers) > 0  # of several posts of one employer on one day, all or none
    given_up = returns & (market.luck.random(len(slots)) < market.rules.behaviour.given_up_share)
    np.subtract.at(market.target_staff, employers, given_up.astype(np.int64))
    returns &= ~given_up
    np.add.at(market.paused, employers, returns.astype(np.int64))
    np.add.at(market.planned_growth, employers, (returns & for_class).astype(np.int64))
    market.plan.class_posts += int((for_class & ~returns).sum())
    market.counts[Count.POSTS_LAPSED] += len(slots)


def take_down(market: VectorisedMarket, slots: Array, state: int) -> None:
    """Take posts off the board, filled or lapsed."""
    market.post_state[slots] = EMPTY
    market.offered[slots] = -1
    np.subtract.at(market.open_posts, market.post_employer[slots], 1)
    if state != LAPSED:
        market.counts[Count.POSTS_FILLED] += len(slots)


def refresh_offers(market: VectorisedMarket, people: Array) -> None:
    """Find anew the best offer that persons have in hand."""
    if len(people):
        market.best_offer[people] = -np.inf
        slots = np.flatnonzero(market.offered >= 0)
        places = market.offered[slots]
        holders = market.pile_person[slots, places]
        chosen = np.isin(holders, people)
        np.maximum.at(market.best_offer, holders[chosen], market.pile_worth[slots[chosen], places[chosen]])
