"""Safety training: accidents come without it; who has had a course, or works in a model unit, has fewer."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.outcomes import OUTCOMES
from sim.states import Activity, Count, FieldOfStudy
from sim.world import World
from tests.drawn import BUDGET, FEW, PEOPLE_HELPED
from tests.every import every, some

BUSY: dict[str, Any] = {
    "enabled": True,
    "courses": 3,
    "seats_per_course": 8,
    "model_units": 3,
    "all_industries": True,
    "certificate_courses": 2,
    "seats_per_certificate_course": 6,
    "certificate_demand": 0.3,
    "certificate_passed": 0.5,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"courses": 0, "model_units": 0, "certificate_courses": 0},
    {"seats_per_course": 0, "model_units": 0, "seats_per_certificate_course": 0},
    {"budget": 0},
]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "courses": FEW,
        "seats_per_course": PEOPLE_HELPED,
        "all_industries": st.booleans(),
        "model_units": PEOPLE_HELPED,
        "demand": st.floats(0, 1),
        "certificate_courses": FEW,
        "certificate_passed": st.floats(0, 1),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING: dict[str, Any] = {"graduates": 1200, "days": 240, "start": "2021-01-01"}
RISKY = {"accident_manufacturing": 2.0, "accident_elsewhere": 1.0, "accident_grave_share": 0.0}
COURSES = {"enabled": True, "courses": 6, "seats_per_course": 10_000, "demand": 0.3, "all_industries": True}


def service_of(world: World) -> Any:
    return world.tables["services"].rows[LeverId.SAFETY_TRAINING]


@pytest.fixture(scope="module")
def yard(run_of: Run) -> Run:
    """Return a runner of a world with many light accidents, with safety training or (None) without."""

    def run(lever: dict[str, Any] | None, *, replicate: int = 0, **behaviour: Any) -> World:
        return run_of(
            **SETTING, policy={} if lever is None else {"safety_training": COURSES | lever}, behaviour=RISKY | behaviour, replicate=replicate
        )

    return run


def test_accidents_come_without_the_lever_and_are_the_same_where_it_teaches_nothing(yard: Run) -> None:
    without, taught = yard(None), yard({}, safety_knowledge=0.0)
    every(without.tables["people"].column("accidents") == taught.tables["people"].column("accidents"))
    assert without.tables["people"].column("accidents").sum() == without.counts[Count.ACCIDENTS] > 100
    assert service_of(taught).served > 100


def test_more_is_learned_and_fewer_accidents_happen_to_the_taught(yard: Run) -> None:
    accidents = [int(yard({}, safety_knowledge=knowledge).counts[Count.ACCIDENTS]) for knowledge in (0.0, 0.5, 3.0)]
    assert accidents[0] > accidents[1] > accidents[2]
    without, taught = yard(None).tables["people"], yard({}, safety_knowledge=3.0).tables["people"]
    never = taught.column("safety_courses") == 0
    every(taught.column("accidents")[never] == without.column("accidents")[never], "light accidents touch nobody else")
    every(taught.column("accidents") <= without.column("accidents"))


def test_a_second_course_teaches_half_as_much(yard: Run) -> None:
    people = yard({}, safety_knowledge=0.2).tables["people"]
    courses = people.column("safety_courses")
    assert courses.max() >= 3
    harmonic = np.concatenate([[0.0], np.cumsum(1.0 / np.arange(1, courses.max() + 1))])
    assert people.column("safety") == pytest.approx(0.2 * harmonic[courses])


def test_more_seats_teach_more_and_turn_fewer_away(yard: Run) -> None:
    worlds = [yard({"seats_per_course": seats}) for seats in (0, 5, 30, 10_000)]
    trained = [int(world.counts[Count.SAFETY_TRAINED]) for world in worlds]
    refused = [int(service_of(world).turned_away) for world in worlds]
    assert trained[:3] == [0, 30, 180]
    assert trained[3] > 180
    assert refused[1] > refused[2] > refused[3] == 0
    for world in some(worlds[1:]):
        service = service_of(world)
        assert service.reached == service.served + service.turned_away
        assert service.spent == 150 * service.served
        assert service.served == world.tables["people"].column("safety_courses").sum() == world.tables["events"].column("taken").sum()


def test_half_the_money_teaches_half(yard: Run) -> None:
    need = int(service_of(yard({})).spent)
    service = service_of(yard({"budget": need // 2}))
    assert service.served == need // 2 // 150
    assert service.turned_away > 0.3 * service.reached


def test_a_course_for_manufacturing_takes_nobody_else(yard: Run) -> None:
    narrow = yard({"all_industries": False, "courses": 1}, employed_search_share=0.0, separation_bachelor=0.0, separation_vocational=0.0)
    people, employers = narrow.tables["people"], narrow.tables["employers"]
    taught = (people.column("safety_courses") > 0) & (people.column("employer") >= 0)
    assert taught.sum() > 5
    assert (employers.column("industry")[people.column("employer")[taught]] == FieldOfStudy.MANUFACTURING).mean() > 0.95


@pytest.mark.parametrize("units", [1, 5, 12])
def test_every_model_unit_is_another_employer(units: int, yard: Run) -> None:
    world = yard({"courses": 0, "model_units": units}, model_unit_safety=0.2)
    employers = world.tables["employers"]
    safer = employers.column("risk") < 1.0
    assert safer.sum() == employers.column("model_unit").sum() == service_of(world).served == units
    assert employers.column("risk")[safer] == pytest.approx(np.exp(-0.2))
    assert service_of(world).spent == units * 20 * 150


def test_more_model_units_than_employers_name_each_once(yard: Run) -> None:
    world = yard({"courses": 0, "model_units": 1000})
    named = world.tables["employers"].column("model_unit").sum()
    assert service_of(world).reached == service_of(world).served == named
    every(world.tables["employers"].column("risk") >= np.exp(-0.2) - 1e-12)


def test_model_units_have_fewer_accidents(yard: Run) -> None:
    few, many = (yard({"courses": 0, "model_units": units}, model_unit_safety=3.0).counts[Count.ACCIDENTS] for units in (1, 200))
    assert many < few <= yard(None).counts[Count.ACCIDENTS]


def test_a_grave_accident_ends_the_job_for_a_while(run_of: Run) -> None:
    grave = RISKY | {"accident_grave_share": 1.0, "accident_days": 30.0}
    light, hard = (run_of(**SETTING, behaviour=RISKY | {"accident_grave_share": share}) for share in (0.0, 1.0))
    assert hard.counts[Count.SEPARATIONS] > light.counts[Count.SEPARATIONS]
    people = run_of(**SETTING, behaviour=grave).tables["people"]
    away = (people.column("activity") == Activity.INACTIVE) & (people.column("accidents") > 0)
    assert away.sum() > 0
    every(people.column("return_day")[away] >= 240)
    back = (people.column("accidents") > 0) & (people.column("activity") == Activity.SEARCHING)
    assert back.sum() > 0


@pytest.mark.parametrize("passed", [0.0, 0.5, 1.0])
def test_who_prepares_learns_once_and_who_passes_has_a_certificate(passed: float, run_of: Run) -> None:
    lever = {"enabled": True, "certificate_courses": 2, "seats_per_certificate_course": 30, "certificate_demand": 1.0, "certificate_passed": passed}
    unlearned = {"learning_per_year": 0.0, "skill_unused": 0.0, "internship_share": 0.0, "course_per_month": 0.0}
    plain = unlearned | {"menu_skill": 0.125, "certificate_noise": 2.0}
    world, without = (run_of(**SETTING | {"days": 60}, policy=policy, behaviour=plain) for policy in ({"safety_training": lever}, {}))
    people, before = world.tables["people"], without.tables["people"]
    prepared, certified = people.column("safety_preparations") == 1, people.column("safety_certificate") == 1
    assert (OUTCOMES["safety_prepared"].at_end(world), service_of(world).served, prepared.sum()) == (60, 60, 60), "nobody prepares twice"
    assert OUTCOMES["safety_certified"].at_end(world) == certified.sum()
    assert certified.sum() / 60 == pytest.approx(passed, abs=0.2)
    assert not (certified & ~prepared).any()
    assert people.column("skill") - before.column("skill") == pytest.approx(0.125 * prepared)
    assert people.column("proof") - before.column("proof") == pytest.approx(0.25 * certified)
    assert set(people.column("certificate")[certified].tolist()) <= {FieldOfStudy.MANUFACTURING}
    assert service_of(world).spent == 60 * 150
