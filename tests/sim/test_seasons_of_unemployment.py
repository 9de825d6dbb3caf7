"""Unemployment over the year without a programme, year after year; exams and their traces by month."""

from collections.abc import Callable

import numpy as np
import pytest

from sim.calendar import dates_of
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.states import Count
from sim.world import World

REPLICATES = 7
DAYS = 1_530
"""From November 2020 to the beginning of 2025: four whole years."""
YEARS = (2022, 2023, 2024)
"""The second to the fourth."""


@pytest.fixture(scope="module")
def worlds(world_of: Callable[..., World]) -> list[World]:
    scenario = Scenario.load("none", {"population.graduates": 7_000, "days": DAYS})
    found = [world_of(scenario, 1, replicate) for replicate in range(REPLICATES)]
    for world in found:
        world.advance(0, DAYS)
    return found


def in_month(worlds: list[World], outcome: str, year: int, month: int) -> float:
    """Mean over worlds of what the bureau counted in a month."""
    read = OUTCOMES[outcome].daily
    assert read is not None
    dates = dates_of(worlds[0].scenario.start, DAYS).astype("datetime64[M]")
    day = np.flatnonzero(dates == np.datetime64(f"{year}-{month:02d}"))[-1]
    return float(np.mean([read(world)[day] for world in worlds]))


@pytest.mark.parametrize("year", YEARS)
def test_unemployment_jumps_in_summer_and_falls_by_december(worlds: list[World], year: int) -> None:
    """C1: 13.2 % in June 2024, 18.8 % in August, 15.7 % in December."""
    june, august, december = (in_month(worlds, "unemployment_16_24", year, month) for month in (6, 8, 12))
    assert august > june + 0.02
    assert december < august - 0.01


@pytest.mark.parametrize("year", YEARS)
def test_those_who_prepare_are_many_in_winter_and_few_in_spring(worlds: list[World], year: int) -> None:
    winter, spring, autumn = (in_month(worlds, "preparing_share", year, month) for month in (1, 5, 10))
    assert winter > 2 * spring
    assert autumn > 2 * spring


def test_exams_are_sat_on_their_days(worlds: list[World]) -> None:
    dates = dates_of(worlds[0].scenario.start, DAYS)
    sat = np.sum([np.diff(world.flows[:, Count.EXAMS_SAT], prepend=0) for world in worlds], axis=0)
    months = dates.astype("datetime64[M]").astype(int) % 12 + 1
    assert set(months[sat > 0].tolist()) == {4, 11, 12}, "into a bachelor's course, civil service, postgraduate"
    assert sat[months == 12].sum() > 2 * sat[months == 11].sum()
    assert (sat > 0).sum() == 5 + 5 + 4, "one day each in every year"


def test_those_who_study_on_leave_in_september(worlds: list[World]) -> None:
    dates = dates_of(worlds[0].scenario.start, DAYS)
    left = np.sum([np.diff(world.flows[:, Count.STUDYING_ON], prepend=0) for world in worlds], axis=0)
    months = dates.astype("datetime64[M]").astype(int) % 12 + 1
    assert left[months == 9].sum() > 0.97 * left.sum()
    of_class = left[months == 9].sum() / 4 / REPLICATES / (7_000 * 0.195)
    assert of_class == pytest.approx(0.17, abs=0.03)
