"""The calendar: real dates, holidays and make-up days of China, seasons, planned days."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from sim.calendar import MARGIN_DAYS, dates_of, day_of, make_calendar, next_date, planned_days
from sim.region import Market
from sim.scenario import Scenario
from sim.seasons import graduation_shifts
from sim.states import Preparation
from sim.world import World

START = date(2020, 11, 1)
BONUS_DAYS = 42


@pytest.mark.parametrize(
    ("when", "working"),
    [
        (date(2020, 11, 1), 0),  # a Sunday
        (date(2020, 11, 2), 1),
        (date(2021, 1, 1), 0),  # New Year
        (date(2021, 2, 7), 1),  # a Sunday worked for Spring Festival
        (date(2021, 2, 12), 0),  # Spring Festival, a Friday
        (date(2021, 2, 20), 1),  # a Saturday worked for Spring Festival
        (date(2021, 4, 5), 0),  # Qingming, a Monday
        (date(2021, 5, 3), 0),  # Labour Day holiday
        (date(2021, 6, 22), 1),
        (date(2021, 10, 1), 0),
    ],
)
def test_holidays_and_the_weekends_that_make_up_for_them(when: date, working: int) -> None:
    assert make_calendar(START, 365, BONUS_DAYS)[day_of(START, when)].working == working


def test_days_carry_their_date() -> None:
    days = make_calendar(START, 100, BONUS_DAYS)
    dates = [START + timedelta(days=day) for day in range(100 + MARGIN_DAYS)]
    assert len(days) == 100 + MARGIN_DAYS
    assert days.weekday.tolist() == [when.weekday() for when in dates]
    assert days.month.tolist() == [when.month for when in dates]
    assert dates_of(START, 100).tolist() == dates[:100]


def test_the_next_office_day_is_the_first() -> None:
    days = make_calendar(START, 365, BONUS_DAYS)
    for day in range(365):
        following = int(days[day].next_working)
        assert following >= day
        assert days[following].working == 1
        assert not days.working[day:following].any()


def test_the_days_of_the_year_are_those_of_the_calendar(world_of: Callable[..., World], scenario_of: Callable[..., Scenario]) -> None:
    scenario = scenario_of(graduates=100, days=1_500, start=date(2019, 11, 3), exams={"studies_begin": (9, 1), "civil_service_exam": (12, 24)})
    calendar, exams, start = world_of(scenario).calendar, scenario.exams, scenario.start
    last = int(graduation_shifts(scenario).max())
    for day, row in enumerate(np.asarray(calendar)):
        today, tomorrow = start + timedelta(days=day), start + timedelta(days=day + 1)
        assert row["studies"] == (next_date(tomorrow, *exams.studies_begin) - start).days
        assert row["service"] == (next_date(tomorrow, *exams.service_begins) - start).days
        population = scenario.population
        graduation = next_date(today - timedelta(days=last), population.graduation_month, population.graduation_day)
        assert row["graduation"] == (graduation - start).days
        held = {Preparation.POSTGRADUATE: (12, 24), Preparation.UPGRADE: exams.upgrade_exam, Preparation.CIVIL_SERVICE: (12, 24)}
        assert row["exams"] == sum(1 << kind for kind, when in held.items() if (today.month, today.day) == tuple(when))
        assert row["exam_here"] == ((today.month, today.day) == tuple(exams.regional_exam))


@pytest.mark.parametrize("season", ["season_other", "season_bachelor", "season_vocational"])
def test_seasons_move_openings_within_the_year_only(season: str) -> None:
    ratios = getattr(Market(), season)
    assert len(ratios) == 12
    assert np.mean(ratios) == pytest.approx(1.0)


def test_the_bonus_is_waited_for_in_the_days_before_the_festival() -> None:
    days = make_calendar(START, 365, BONUS_DAYS)
    waits = [START + timedelta(days=int(day)) for day in np.flatnonzero(days.before_festival)]
    festivals = (date(2021, 2, 12), date(2022, 2, 1))
    assert waits == [festival + timedelta(days=day) for festival in festivals for day in range(-BONUS_DAYS, 0)]


def test_a_leap_day_is_a_day() -> None:
    days = make_calendar(date(2024, 2, 28), 3, BONUS_DAYS)
    assert days.month[:3].tolist() == [2, 2, 3]


@pytest.mark.parametrize(
    ("after", "month", "day", "expected"),
    [
        (date(2020, 11, 1), 6, 22, date(2021, 6, 22)),
        (date(2021, 6, 22), 6, 22, date(2021, 6, 22)),
        (date(2021, 6, 23), 6, 22, date(2022, 6, 22)),
        (date(2021, 1, 1), 9, 1, date(2021, 9, 1)),
    ],
)
def test_the_next_date_of_a_kind(after: date, month: int, day: int, expected: date) -> None:
    assert next_date(after, month, day) == expected


def test_day_of_is_negative_before_the_start() -> None:
    assert (day_of(START, START), day_of(START, date(2020, 10, 31)), day_of(START, date(2021, 11, 1))) == (0, -1, 365)


@pytest.mark.parametrize(("first", "last", "number"), [(0, 99, 4), (10, 20, 1), (5, 5, 3), (0, 364, 365), (7, 3, 2), (0, 10, 0)])
def test_planned_days_are_spread_over_the_window(first: int, last: int, number: int) -> None:
    days = planned_days(first, last, number)
    assert len(days) == number
    assert days == sorted(days)
    assert all(first <= day <= max(first, last) for day in days)
    gaps = np.diff(days)
    if number > 1:
        assert gaps.max() - gaps.min() <= 1


def test_planned_days_are_symmetric_in_the_window() -> None:
    assert planned_days(0, 100, 1) == [50]
    assert planned_days(0, 100, 2) == [25, 75]
