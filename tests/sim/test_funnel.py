"""What is measured of the search, in worlds whose answer is known: who seeks, who is unemployed for the bureau, and the way to a filled post."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.compiled import NEVER
from sim.errors import ConfigurationError
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.states import Activity, Count, Education, Place, Stock
from sim.world import World
from tests.sim.tiny import advertise, move, seek

Make = Callable[..., World]
SURVEYED = 9
"""The 10th of March, in a world that begins on the 1st."""
QUIET = {"next_search_day": NEVER, "last_session_day": -1}


def daily(world: World, name: str) -> Any:
    read = OUTCOMES[name].daily
    assert read is not None
    return read(world)


def test_seekers_are_those_in_the_region_without_work_who_have_searched_within_30_days(still_world: Make) -> None:
    world = still_world()
    advertise(world, 0)
    seek(world, 7, **QUIET | {"last_session_day": -10})
    seek(world, 8, **QUIET | {"last_session_day": -25, "activity": Activity.STUDYING, "graduation_day": 300})
    seek(world, 9, **QUIET | {"place": Place.ELSEWHERE})
    seek(world, 10, **QUIET | {"place": Place.VISITING, "visit_end": 200, "paid_nights_left": 200})
    seek(world, 11, **QUIET | {"contract_day": 89})
    seek(world, 12, **QUIET | {"activity": Activity.EMPLOYED})
    seek(world, 13, next_search_day=22)
    world.advance(0, 32)
    seekers = world.stocks[:32, Stock.SEEKERS].tolist()
    assert seekers == [3] * 5 + [2] * 15 + [1] * 2 + [2] * 7 + [1] * 3
    assert daily(world, "vacancies_per_seeker")[:6].tolist() == pytest.approx([1 / 3] * 5 + [1 / 2])
    assert daily(world, "applications_per_seeker")[22] == pytest.approx(1 / (sum(seekers[:23]) / 30))


def test_unemployment_is_counted_as_the_bureau_does_once_a_month(still_world: Make) -> None:
    world = still_world()
    move(world, slice(0, 60), place=Place.ELSEWHERE)
    a_year, long = {"graduation_day": -365}, {"graduation_day": -5 * 365}
    seek(world, 1, **QUIET | a_year)
    seek(world, 2, **QUIET | a_year | {"activity": Activity.EMPLOYED})
    seek(world, 3, **QUIET | a_year | {"activity": Activity.INTERN, "return_day": 80})
    seek(world, 4, **QUIET | a_year | {"last_session_day": SURVEYED - 91})  # has not searched for three months
    seek(world, 5, **QUIET | a_year | {"activity": Activity.INACTIVE, "return_day": SURVEYED + 15})  # cannot start within two weeks
    seek(world, 6, **QUIET | a_year | {"activity": Activity.INACTIVE, "return_day": SURVEYED + 14})
    seek(world, 7, **QUIET | {"activity": Activity.STUDYING, "graduation_day": 100})
    seek(world, 8, **QUIET | long | {"education": Education.VOCATIONAL})  # 26 years old
    seek(world, 9, **QUIET | long | {"activity": Activity.FOUNDER, "employer": NEVER})  # 27
    seek(world, 10, **QUIET | a_year | {"education": Education.MASTER, "activity": Activity.EMPLOYED})  # 26
    seek(world, 11, **QUIET | long | {"education": Education.MASTER})  # 30
    world.advance(0, SURVEYED + 1)
    move(world, 2, place=Place.ELSEWHERE)
    world.advance(SURVEYED + 1, 50)
    young, older = daily(world, "unemployment_16_24"), daily(world, "unemployment_25_29")
    assert np.isnan(young[:SURVEYED]).all()
    assert np.isnan(older[:SURVEYED]).all()
    next_month = SURVEYED + 31
    assert set(young[SURVEYED:next_month].tolist()) == {2 / 4}
    assert set(older[SURVEYED:next_month].tolist()) == {1 / 3}
    assert young[next_month] == 3 / 4, "the 10th of April: one is gone, and two have begun to search again"


@pytest.fixture(scope="module")
def paced(run_of: Make) -> dict[float, World]:
    """Return the same market with few and with many sessions of search."""
    return {pace: run_of(graduates=1500, days=300, behaviour={"sessions_per_month": pace}) for pace in (2.0, 6.0)}


def test_the_way_to_a_filled_post_multiplies_out(paced: dict[float, World]) -> None:
    names = ("applications_per_vacancy", "interviews_per_application", "offers_per_interview", "offers_accepted_share")
    for world in paced.values():
        filled = np.prod([OUTCOMES[name].at_end(world) for name in names])
        assert filled == pytest.approx(1.0 - OUTCOMES["vacancies_lapsed_share"].at_end(world))
        assert 0.0 < filled < 1.0
        never, graduated = (int(world.counts[count]) for count in (Count.GRADUATED_UNINTERVIEWED, Count.APPLICANTS_GRADUATED))
        people = world.tables["people"]
        here = (people.column("from_elsewhere") == 0) & (people.column("graduation_day") >= 0) & (people.column("graduation_day") < 300)
        assert 0 < never < graduated <= here.sum()
        newly = (people.column("from_elsewhere") == 1) & (people.column("resident_since") >= 0)
        assert OUTCOMES["newly_resident"].at_end(world) == newly.sum() > 0


def test_who_searches_more_often_applies_more(paced: dict[float, World]) -> None:
    few, many = ({name: OUTCOMES[name].at_end(world) for name in ("applications_per_seeker", "applications_per_vacancy")}
                 for world in paced.values())  # fmt: skip
    assert many["applications_per_seeker"] > 1.5 * few["applications_per_seeker"]
    assert many["applications_per_vacancy"] > 1.3 * few["applications_per_vacancy"]


def test_where_nothing_happens_nothing_is_defined(still_world: Make) -> None:
    world = still_world()
    world.advance(0, 5)
    for name in ("vacancies_per_seeker", "applications_per_seeker", "applications_per_vacancy", "interviews_per_application", "offers_per_interview"):
        assert np.isnan(daily(world, name)[:5]).all()
        assert OUTCOMES[name].undefined


def test_the_key_of_an_earlier_version_is_named_with_what_to_set_instead() -> None:
    with pytest.raises(ConfigurationError, match=r"behaviour\.applications_per_month is gone: set behaviour\.sessions_per_month"):
        Scenario.load("none", {"behaviour.applications_per_month": 8})
