"""When persons of the NumPy reference search, and when offers come from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.bench.plain.posts import INACTIVE, MONTH, NEVER, SEARCHING
from experiments.bench.vectorised.people import days_until, effort_after_signing, effort_of, hours_free

if TYPE_CHECKING:
    from experiments.bench.vectorised.known import VectorisedMarket

Array = Any
SELDOM = 1e-6
"""Rate a day below which nothing is planned."""


def begin_search(market: VectorisedMarket, day: int, people: Array) -> None:
    """Begin to search for work, unemployed; after a pause, with some hope again."""
    behaviour = market.rules.behaviour
    rested = people[market.activity[people] == INACTIVE]
    market.offer_belief[rested] += behaviour.hope_regained * np.maximum(0.0, behaviour.offers_expected - market.offer_belief[rested])
    market.activity[people], market.searching_since[people], market.return_day[people] = SEARCHING, day, NEVER
    schedule_search(market, day, people)


def schedule_search(market: VectorisedMarket, day: int, people: Array) -> None:
    """Draw the next day of a session of search and the next day of an offer from elsewhere."""
    schedule_session(market, day, people)
    schedule_outside_offer(market, day, people)


def schedule_session(market: VectorisedMarket, day: int, people: Array) -> None:
    """Draw the day of the next session of search."""
    behaviour = market.rules.behaviour
    wanted = np.minimum(behaviour.sessions_most, behaviour.sessions_per_month * effort_of(market, day, people))
    rate = wanted * hours_free(market, people) / MONTH * market.region_interest[people] * effort_after_signing(market, day, people)
    market.next_search_day[people] = _planned(market, day, rate)


def schedule_outside_offer(market: VectorisedMarket, day: int, people: Array) -> None:
    """Draw the next day on which an offer from elsewhere comes, unless one waits for an answer."""
    people = people[market.outside_offer[people] == 0]
    behaviour = market.rules.behaviour
    fresh = day - market.graduation_day[people] < behaviour.fresh_days
    rate = np.where(fresh, behaviour.outside_finding_fresh, behaviour.outside_finding) / MONTH * effort_of(market, day, people)
    rate = rate * hours_free(market, people) * (1.0 - market.region_interest[people]) * effort_after_signing(market, day, people)
    market.next_outside_day[people] = _planned(market, day, rate)


def _planned(market: VectorisedMarket, day: int, rate: Array) -> Array:
    waits = days_until(market, 1.0 / np.maximum(SELDOM, rate), len(rate))
    return np.where(rate >= SELDOM, day + waits, NEVER)


def end_search(market: VectorisedMarket, people: Array) -> None:
    """Search no more."""
    market.next_search_day[people] = market.next_outside_day[people] = NEVER
    market.outside_offer[people] = 0
