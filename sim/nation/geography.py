"""Where provinces lie, and how much each draws from each: a gravity model of jobs, distance, pay and rent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.calendar import MONTH_DAYS
from sim.furnishing import costs_of_living
from sim.scenario import Scenario

Reals = NDArray[np.float64]

EARTH_KM = 6371.0
"""Mean radius of the earth."""
SEEKERS, SEASON_DAYS = 0.108, 90
"""Share of people who are free to think of where to look, as it comes out of a year of 31 provinces (arrivals in each are then 0.78 to 1.14 of what
is expected); and days that a run counts for more, as a class that graduates searches more than people do on average."""
UNIT_KM = 100.0
"""Distance at which the decay is one; it cancels out of shares."""


def distances(scenario: Scenario) -> Reals:
    """Return the distance between seats of government as the crow flies, km, shape (provinces, provinces)."""
    provinces = scenario.region.nation.provinces
    longitude = np.radians([province.longitude for province in provinces])
    latitude = np.radians([province.latitude for province in provinces])
    east, north = longitude[:, None] - longitude[None, :], latitude[:, None] - latitude[None, :]
    chord = np.sin(north / 2) ** 2 + np.cos(latitude)[:, None] * np.cos(latitude)[None, :] * np.sin(east / 2) ** 2
    found: Reals = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return found


def levels(scenario: Scenario) -> Reals:
    """Return entry pay and rents of each province relative to the nation's, shape (provinces,)."""
    nation = scenario.region.nation
    found: Reals = np.array([province.pay for province in nation.provinces]) ** nation.pay_passed_on
    return found


def drawn(scenario: Scenario) -> Reals:
    """Return how those who look elsewhere are spread, were work worth as much everywhere: by jobs and distance, shape (from, to); rows sum to one."""
    nation = scenario.region.nation
    away = distances(scenario)
    np.fill_diagonal(away, np.inf)
    weights = np.array([province.jobs for province in nation.provinces])[None, :] * (away / UNIT_KM) ** -nation.distance_decay
    if nation.distance_decay == 0.0:
        np.fill_diagonal(weights, 0.0)
    found: Reals = weights / weights.sum(axis=1, keepdims=True)
    return found


def worths(scenario: Scenario) -> Reals:
    """Return what is left of usual pay of a bachelor after a rent in each province, in log yuan a month, shape (provinces,)."""
    region, level = scenario.region, levels(scenario)
    least = costs_of_living(scenario)["least"]
    found: Reals = np.log(np.maximum(least, level * (region.wage_bachelor - region.rent)))
    return found


def _shares(scenario: Scenario, less: float, lived: NDArray[np.bool_]) -> Reals:
    """Return the share that chooses each province, by where one is, shape (from, to); a gain counts as far as it is above `less`, in log pay."""
    nation, behaviour = scenario.region.nation, scenario.behaviour
    gain = worths(scenario)[None, :] - worths(scenario)[:, None] - less
    odds = (1.0 - nation.stay_share) / nation.stay_share * drawn(scenario) * lived * np.exp(behaviour.leave_response * gain)
    np.fill_diagonal(odds, 1.0)
    found: Reals = odds / odds.sum(axis=1, keepdims=True)
    return found


def looking(scenario: Scenario) -> Reals:
    """Return where the graduates of each province's campuses look for work, shape (studied, look); rows sum to one."""
    return _shares(scenario, 0.0, np.ones(len(scenario.region.nation.provinces), np.bool_))


def arriving(scenario: Scenario, people: int) -> Reals:
    """Return how many persons are expected to come into each market over the run who have not been there before, shape (provinces,).

    So many as think of where to look go where the odds send them, each counted as new in any market but the one of the first morning.

    Args:
        scenario: The nation.
        people: Persons of the nation, with the classes that enter.
    """
    nation, behaviour = scenario.region.nation, scenario.behaviour
    students = np.array([province.students for province in nation.provinces])
    lived = np.array([province.name in nation.lived for province in nation.provinces])
    at_first = looking(scenario) * lived * (people * students / students.sum())[:, None]
    elsewhere_at_first = at_first.sum(axis=1, keepdims=True) - at_first
    thoughts = SEEKERS * (scenario.days + SEASON_DAYS) / MONTH_DAYS / nation.look_months
    chosen = _shares(scenario, behaviour.moving_effort + behaviour.leave_gain_usual, lived)
    found: Reals = lived * (np.minimum(1.0, thoughts * chosen) * elsewhere_at_first).sum(axis=0)
    return found


def elsewhere(scenario: Scenario, of_each: Reals) -> Reals:
    """Return the mean of something over the places where people of each province would go, shape (provinces,).

    Args:
        scenario: The nation.
        of_each: What there is of each province, shape (provinces,), or of each pair, shape (from, to).
    """
    share = looking(scenario)
    np.fill_diagonal(share, 0.0)
    found: Reals = (share * of_each).sum(axis=1) / share.sum(axis=1)
    return found
