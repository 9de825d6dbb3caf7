"""The organisation: hours are counted to the last, other duties come first, and what is left is divided."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.levers import LeverId
from sim.levers.organisation import Organisation
from sim.outcomes import OUTCOMES
from sim.rules.services import share_of_day
from sim.states import Activity, Count, Place
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every

BUSY: dict[str, Any] = {
    "enabled": True,
    "staff": 1,
    "volunteers": 20,
    "cadres": 2,
    "student_deputies": 3,
    "leaders": 5,
    "other_duty_hours_month": 30,
    "seminars": 2,
    "visits_share": 0.4,
    "firms_share": 0.1,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"staff": 0, "volunteers": 0, "cadres": 0, "student_deputies": 0, "leaders": 0},
    {"staff_hours_month": 0, "volunteer_hours_month": 0, "cadre_hours_month": 0, "student_deputies": 0, "leaders": 0},
    {"budget": 0},
]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "staff": FEW,
        "volunteers": st.integers(0, 200),
        "student_deputies": FEW,
        "leaders": FEW,
        "other_duty_hours_month": st.integers(0, 500),
        "seminars": FEW,
        "casework_share": st.floats(0, 0.2),
        "firms_share": st.floats(0, 0.1),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING: dict[str, Any] = {"graduates": 800, "days": 120, "start": "2021-01-01"}
VOLUNTEERS = {"enabled": True, "volunteers": 100}
GUIDANCE = {"enabled": True, "advisers": 1, "advice_demand": 0.0, "initial_awareness": 0.1}
share = getattr(share_of_day, "py_func", share_of_day)


def service(world: World) -> Any:
    return world.tables["services"].rows[LeverId.ORGANISATION]


def column(world: World, name: str) -> Any:
    return world.tables["people"].column(name)


def duty(world: World) -> Any:
    return world.tables["duties"].rows[0]


@pytest.mark.parametrize("per_month", [0, 1, 7, 30, 1_234, 10**9])
def test_the_days_of_a_month_share_its_hours_exactly(per_month: int) -> None:
    parts = [share(per_month, day) for day in range(60)]
    assert sum(parts[:30]) == sum(parts[30:]) == per_month
    assert max(parts) - min(parts) <= 1


@pytest.mark.parametrize(("key", "hours"), [("staff", 120), ("volunteers", 4), ("cadres", 20)])
def test_more_people_are_more_hours_and_more_visits(key: str, hours: int, run_of: Run) -> None:
    worlds = [run_of(**SETTING, policy={"organisation": {"enabled": True, key: number}}) for number in (0, 5, 20, 80)]
    visits = [int(world.counts[Count.HOUSEHOLD_VISITS]) for world in worlds]
    assert visits[0] == 0
    every(np.diff(visits) > 0)
    assert visits[-1] in (4 * 80 * hours // 2 - 1, 4 * 80 * hours // 2)
    given = 4 * 80 * hours
    paid = given if key == "staff" else 0
    assert (int(service(worlds[-1]).spent), int(worlds[-1].counts[Count.VOLUNTEER_HOURS])) == (35 * paid, given - paid)


def test_other_duties_lower_visits_files_and_talks(run_of: Run) -> None:
    worlds = [run_of(**SETTING, policy={"organisation": VOLUNTEERS | {"other_duty_hours_month": hours}}) for hours in (0, 100, 200, 300, 400, 900)]
    visits = [int(world.counts[Count.HOUSEHOLD_VISITS]) for world in worlds]
    every(np.diff(visits[:5]) < 0)
    assert [int(duty(world).clients) for world in worlds] == [80, 60, 40, 20, 0, 0]
    assert [int(duty(world).talks) for world in worlds] == [400, 300, 200, 100, 0, 0]
    assert [int(world.counts[Count.OTHER_DUTY_HOURS]) for world in worlds] == [0, 400, 800, 1200, 1600, 1600]
    assert visits[4:] == [0, 0]
    assert {int(world.counts[Count.VOLUNTEER_HOURS]) for world in worlds} == {1600}


def test_other_duties_touch_nothing_else(run_of: Run, snapshot_of: Any, difference_of: Any) -> None:
    """When a contact teaches nothing and tells no news, hours change the count of contacts and of visits, and nobody's life: a help of nothing."""
    setting = SETTING | {"behaviour": {"contact_recall": 0.0, "contact_news": 0.0}}
    first, second = (
        run_of(**setting, policy={"organisation": VOLUNTEERS | {"other_duty_hours_month": hours}, "guidance": GUIDANCE}) for hours in (0, 300)
    )
    assert first.counts[Count.HOUSEHOLD_VISITS] > second.counts[Count.HOUSEHOLD_VISITS]
    assert column(first, "contacts").sum() > column(second, "contacts").sum()
    found = difference_of(snapshot_of(first), snapshot_of(second))
    shown = ("services", "duties.", "outcome", "series", "counts", "flows", "people.contacts", "people.helped")
    assert [name for name in found if not name.startswith(shown)] == []
    assert np.flatnonzero(first.counts != second.counts).tolist() == [Count.OTHER_DUTY_HOURS, Count.HOUSEHOLD_VISITS]


def test_few_hours_carry_the_same_files_every_day_and_keep_their_talks(scenario_of: Any, world_of: Run) -> None:
    world = world_of(scenario_of(**SETTING, policy={"organisation": {"enabled": True, "volunteers": 5}}))
    found = []
    for day in range(60):
        world.advance(day, day + 1)
        found.append((int(duty(world).clients), int(duty(world).talks)))
    assert {clients for clients, _ in found} == {4}, "20 hours a month, although some days have none"
    every(np.diff([talks for _, talks in found]) >= 0)
    assert found[-1][1] == 20


def test_visits_make_services_known_to_who_is_without_work(run_of: Run) -> None:
    def known(world: World) -> int:
        return int((column(world, "aware") >> np.uint32(LeverId.GUIDANCE) & np.uint32(1)).sum())

    worlds = [run_of(**SETTING, policy={"guidance": GUIDANCE, "organisation": VOLUNTEERS | {"volunteers": number}}) for number in (0, 100, 1000)]
    every(np.diff([known(world) for world in worlds]) > 0)
    assert all(column(world, "contacts").sum() == service(world).served == service(world).reached for world in worlds)


def test_half_the_budget_pays_half_the_hours_and_the_other_visits_are_turned_away(run_of: Run) -> None:
    lever = {"enabled": True, "staff": 10, "visits_share": 1.0, "casework_share": 0.0, "events_share": 0.0}
    need = run_of(**SETTING, policy={"organisation": lever})
    half = run_of(**SETTING, policy={"organisation": lever | {"budget": int(service(need).spent) // 2}})
    assert service(need).spent == 35 * service(need).units == 35 * 4800
    assert service(half).spent == 35 * 2400
    assert need.counts[Count.HOUSEHOLD_VISITS] == 4800
    assert half.counts[Count.HOUSEHOLD_VISITS] == 2400 == service(half).turned_away


def test_seminars_raise_quality_towards_a_ceiling(run_of: Run) -> None:
    quality = [float(duty(run_of(**SETTING, policy={"organisation": VOLUNTEERS | {"seminars": number}})).quality) for number in (0, 1, 2, 4, 100)]
    assert quality[0] == 1.0
    every(np.diff(quality) > 0)
    assert quality[1] == pytest.approx(1.0 + 0.1 * (Organisation().best_quality - 1.0))
    assert quality[2] - quality[1] < quality[1] - quality[0]
    assert quality[-1] < Organisation().best_quality


def test_deputies_serve_until_the_next_are_chosen(scenario_of: Any, world_of: Run) -> None:
    scenario = scenario_of(graduates=3000, days=420, start="2020-11-01", policy={"organisation": {"enabled": True, "student_deputies": 5}})
    world = world_of(scenario)
    world.advance(0, 1)
    deputies = column(world, "deputy") == 1
    assert deputies.sum() == duty(world).deputies == 5
    every(column(world, "activity")[deputies] == Activity.STUDYING)
    world.advance(1, 341)
    assert column(world, "deputy").sum() == duty(world).deputies == 5
    assert duty(world).hours == 2, "5 deputies give 12 hours a month each"
    world.advance(341, 420)
    assert (column(world, "deputy") == 1).sum() == 10
    assert duty(world).deputies == 5
    new = np.flatnonzero(column(world, "deputy") == 1)[5:]
    every(column(world, "graduation_day")[new] > 341, "of the class that entered meanwhile")


def test_a_deputy_comes_to_know_and_like_the_place(run_of: Run) -> None:
    setting = SETTING | {"graduates": 3000, "days": 2, "behaviour": {"deputy_attachment": 0.5, "placement_interest": 0.2, "ties_fade_per_year": 0.0}}
    null, world = run_of(**setting), run_of(**setting, policy={"organisation": {"enabled": True, "student_deputies": 30}})
    deputy, outside = column(world, "deputy"), world.tables["campuses"].rows["outside"][column(world, "campus")]
    assert (deputy & outside).any()
    assert (deputy & ~outside).any()
    assert np.allclose(column(world, "attachment"), column(null, "attachment") + 0.5 * deputy)
    assert np.allclose(column(world, "region_interest"), np.minimum(1.0, column(null, "region_interest") + 0.2 * deputy * outside))
    behaviour = world.scenario.behaviour
    shown = behaviour.internship_days / 30 / behaviour.practice_noise**2
    assert np.allclose(column(world, "proof"), column(null, "proof") + shown * deputy), "as much as an internship"


def test_leaders_are_informed_month_after_month(run_of: Run) -> None:
    setting = SETTING | {"behaviour": {"forget_per_month": 0.0, "talk_recall": 0.0, "contact_recall": 0.5}}
    world = run_of(**setting, policy={"guidance": GUIDANCE, "organisation": {"enabled": True, "leaders": 20}})
    leader = column(world, "leader") == 1
    known = column(world, "aware") >> np.uint32(LeverId.GUIDANCE) & np.uint32(1)
    assert 10 < leader.sum() <= 20
    assert known[leader].mean() > 0.8
    assert known[~leader].mean() < 0.2


def test_leaders_who_leave_the_region_are_followed_by_others(scenario_of: Any, world_of: Run) -> None:
    people = {"residents_from_elsewhere_share": 1.0, "founders_earlier": 0}
    setting = SETTING | {"days": 361, "behaviour": {"leave_per_month": 20.0}, "population": people}
    world = world_of(scenario_of(**setting, policy={"organisation": {"enabled": True, "leaders": 10}}))
    ever: set[int] = set()
    for day in range(361):
        world.advance(day, day + 1)
        now = np.flatnonzero(column(world, "leader"))
        ever.update(now.tolist())
    assert len(now) == 10, "day 360 is the day of a round"
    assert (column(world, "place")[now] == Place.RESIDENT).sum() >= 9, "somebody may leave that evening"
    assert len(ever) > 10


def test_shares_are_of_one_whole() -> None:
    with pytest.raises(ValidationError, match="must not exceed 1"):
        Organisation(visits_share=0.6, casework_share=0.3, events_share=0.2)
    assert Organisation(enabled=True, leaders=1).offers_something
    assert not Organisation(enabled=True, seminars=5).offers_something


def test_hours_carry_visits_to_employers_who_learn_by_quality(run_of: Run) -> None:
    loans = {"enabled": True, "credit_line": 10**9, "firm_awareness": 0.0}
    hours = {"enabled": True, "volunteers": 60, "visits_share": 0.5, "casework_share": 0.0, "events_share": 0.0, "firms_share": 0.5}
    found = [run_of(**SETTING, policy={"loans": loans, "organisation": hours | {"firms_share": share}}) for share in (0.0, 0.1, 0.5)]
    assert [int(OUTCOMES["employer_visits"].at_end(world)) for world in found] == [0, 48, 240], "two hours each, of 240 a month"
    assert len({int(world.counts[Count.HOUSEHOLD_VISITS]) for world in found}) == 1
    every(np.diff([OUTCOMES["firms_aware.loans"].at_end(world) for world in found]) > 0)
    taught = run_of(**SETTING, policy={"loans": loans, "organisation": hours | {"seminars": 10}}, behaviour={"seminar_quality": 1.0})
    assert OUTCOMES["firms_aware.loans"].at_end(taught) > OUTCOMES["firms_aware.loans"].at_end(found[-1])


def test_talks_end_with_the_closing_day(scenario_of: Any, world_of: Run) -> None:
    """Fairs go on after it, and nobody is told of anything there any more."""
    policy = {
        "organisation": VOLUNTEERS | {"visits_share": 0.0, "casework_share": 0.0, "events_share": 1.0, "closing_date": "2021-02-28"},
        "job_fairs": {"enabled": True, "fairs_per_year": 100, "initial_awareness": 1.0, "attendance": 1.0, "firm_awareness": 1.0},
    }
    world = world_of(scenario_of(**SETTING | {"graduates": 300}, policy=policy))
    world.advance(0, 59)
    before, visitors = int(service(world).reached), int(world.counts[Count.FAIR_ATTENDANCES])
    assert before > 0
    assert duty(world).talks > 0
    world.advance(59, 120)
    assert world.counts[Count.FAIR_ATTENDANCES] > visitors
    assert (int(duty(world).talks), int(service(world).reached)) == (0, before)
