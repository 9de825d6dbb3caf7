"""Guidance: who comes is changed, once; seats, advisers and money are finite."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.levers.guidance import Guidance
from sim.states import Activity, Count
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every
from tests.sim.tiny import seek

BUSY: dict[str, Any] = {
    "enabled": True,
    "lectures": 8,
    "seats_per_lecture": 10,
    "talks": 4,
    "seats_per_talk": 10,
    "advisers": 1,
    "clients_per_adviser_month": 4,
    "initial_awareness": 0.6,
    "advice_demand": 0.3,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"lectures": 0, "talks": 0, "advisers": 0},
    {"seats_per_lecture": 0, "seats_per_talk": 0, "clients_per_adviser_month": 0},
    {"budget": 0},
]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "lectures": st.integers(0, 20),
        "seats_per_lecture": st.integers(0, 20),
        "talks": FEW,
        "advisers": FEW,
        "demand": st.floats(0, 1),
        "advice_demand": st.floats(0, 1),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING = {"graduates": 800, "days": 150, "start": "2021-01-01"}
OPEN = {"enabled": True, "initial_awareness": 0.7, "demand": 0.3}


def service(world: World) -> Any:
    return world.tables["services"].rows[LeverId.GUIDANCE]


def column(world: World, name: str) -> Any:
    return world.tables["people"].column(name)


def test_more_lectures_are_more_visitors(run_of: Run) -> None:
    served = [int(service(run_of(**SETTING, policy={"guidance": OPEN | {"lectures": lectures}})).served) for lectures in (0, 1, 3, 9)]
    assert served[0] == 0
    every(np.diff(served) > 0)


@pytest.mark.parametrize(("key", "values"), [("seats_per_lecture", (2, 6, 15, 1000)), ("clients_per_adviser_month", (1, 5, 20, 500))])
def test_more_seats_serve_more_and_turn_fewer_away(key: str, values: tuple[int, ...], run_of: Run) -> None:
    lever = OPEN | ({"lectures": 4} if key == "seats_per_lecture" else {"advisers": 1, "advice_demand": 0.5})
    found = [service(run_of(**SETTING, policy={"guidance": lever | {key: value}})) for value in values]
    every(np.diff([row.served for row in found]) > 0)
    every(np.diff([row.turned_away for row in found]) < 0)
    assert found[-1].turned_away == 0
    assert all(row.reached == row.served + row.turned_away for row in found)


@pytest.mark.parametrize("lever", [{"lectures": 4, "seats_per_lecture": 1000}, {"advisers": 100, "advice_demand": 0.5}])
def test_half_the_budget_serves_half(lever: dict[str, Any], run_of: Run) -> None:
    need = service(run_of(**SETTING, policy={"guidance": OPEN | lever}))
    half = service(run_of(**SETTING, policy={"guidance": OPEN | lever | {"budget": int(need.spent) // 2}}))
    assert need.spent == need.units * 20 > 0
    assert need.turned_away == 0
    assert half.spent == half.units * 20 <= need.spent // 2
    assert abs(int(half.served) - int(need.served) / 2) <= 1
    assert half.turned_away >= 0.9 * (need.served - half.served), "a lecture missed leaves some in work by the next, and others searching"


def test_the_first_lecture_and_advice_aim_the_search_of_exactly_who_had_them(run_of: Run) -> None:
    lever = OPEN | {"lectures": 6, "advisers": 1, "advice_demand": 0.3}
    effects = {"lecture_targeting": 0.03, "advice_targeting": 0.07, "help_half_life": 1e6}
    world = run_of(**SETTING, behaviour=effects, policy={"guidance": lever})
    came, advised = column(world, "lectures") > 0, column(world, "advised")
    assert (column(world, "lectures") > 1).any()
    assert 0 < advised.sum() == world.counts[Count.ADVICE_GIVEN]
    same_search = (column(world, "first_job_day") < 0) & (column(world, "activity") != Activity.EMPLOYED)
    expected = 0.03 * came + 0.07 * advised
    assert (expected[same_search] > 0.09).any()
    assert np.allclose(expected[same_search], column(world, "aim_help")[same_search], rtol=1e-3)


@pytest.mark.parametrize("kind", ["lecture", "talk"])
def test_lectures_and_talks_tell_what_is_usual_once_a_search(kind: str, still_world: Any) -> None:
    """Who has met silence gains hope, who believes what is usual learns nothing of offers; both learn of pay; a second one is no news."""
    lever = OPEN | {f"{kind}s": 2, f"seats_per_{kind}": 1000, "initial_awareness": 1.0, "demand": 1.0}
    news = {f"{kind}_news": 0.7, "pay_memory": 10.0, "offers_memory": 80.0}
    world = still_world(policy={"guidance": lever}, **news)
    for identity, hope in ((7, 0.02), (8, 0.07)):
        seek(world, identity, next_search_day=NEVER, offer_belief=hope, applications_weighed=20.0, pay_signals=2.1, aware=0xFFFF_FFFF)
    world.advance(0, 90)
    people, usual = world.tables["people"].rows, world.scenario.region.wage_bachelor
    assert people[f"{kind}s"][7:9].tolist() == [2, 2]
    assert people["offer_belief"][7:9].tolist() == pytest.approx([0.02 + 0.7 / (20 * 0.07 + 0.7) * 0.05, 0.07])
    assert people["expected_wage"][7:9].tolist() == pytest.approx([5_000 * (usual / 5_000) ** 0.25] * 2)


def test_who_comes_to_a_lecture_does_not_hang_on_what_others_plan(run_of: Run) -> None:
    """The row of an event moves with the fairs before it; the luck of its visitors does not."""
    lever = {"guidance": OPEN | {"lectures": 4}}
    fairs = {"job_fairs": {"enabled": True, "fairs_per_year": 24, "attendance": 0.0, "cost_per_fair": 0}}
    alone, beside = run_of(**SETTING, policy=lever), run_of(**SETTING, policy=lever | fairs)
    assert column(alone, "lectures").sum() > 0
    every(column(alone, "lectures") == column(beside, "lectures"))


def test_without_seats_or_advisers_nothing_is_offered() -> None:
    def offers(**settings: Any) -> bool:
        return Guidance(enabled=True, **settings).offers_something

    assert offers(lectures=1)
    assert offers(talks=1)
    assert offers(advisers=1)
    assert not offers()
    assert not offers(lectures=1, seats_per_lecture=0)
    assert not offers(advisers=1, clients_per_adviser_month=0)
    assert not offers(lectures=1, budget=0)
