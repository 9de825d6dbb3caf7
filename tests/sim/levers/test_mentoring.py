"""Mentoring: a mentor of the own field if there is one, an end after the months, and skill that fades."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.levers.mentoring import Mentoring, find_mentor
from sim.world import World
from tests.drawn import BUDGET, FEW

BUSY: dict[str, Any] = {
    "enabled": True,
    "mentors": 2,
    "mentees_per_mentor": 2,
    "career_mentors": 2,
    "mentees_per_career_mentor": 2,
    "months": 2,
    "demand": 0.9,
    "career_demand": 0.5,
    "initial_awareness": 0.8,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [{"mentors": 0, "career_mentors": 0}, {"mentees_per_mentor": 0, "mentees_per_career_mentor": 0}, {"budget": 0}]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "mentors": FEW,
        "mentees_per_mentor": FEW,
        "career_mentors": FEW,
        "mentees_per_career_mentor": FEW,
        "months": st.integers(1, 5),
        "demand": st.floats(0, 1),
        "career_demand": st.floats(0, 1),
    }
)
"""Any settings, for property tests."""

choose = getattr(find_mentor, "py_func", find_mentor)


@pytest.mark.parametrize(
    ("career", "field", "busy", "found"),
    [
        (0, 1, (), 1), (0, 1, (1,), 0), (0, 4, (), 0), (0, 0, (0,), 1), (0, 0, (0, 1), NEVER), (1, 2, (), 3), (1, 0, (), 2), (1, 3, (2, 3), NEVER),
    ],
)  # fmt: skip
def test_a_mentor_of_the_own_field_comes_first(career: int, field: int, busy: tuple[int, ...], found: int) -> None:
    mentors = np.zeros(4, [("career", "i1"), ("field", "i1"), ("mentees", "i8"), ("capacity", "i8")]).view(np.recarray)
    mentors["career"], mentors["field"], mentors["capacity"] = (0, 0, 1, 1), (0, 1, 1, 2), 2
    mentors["mentees"][list(busy)] = 2
    assert choose(SimpleNamespace(mentors=mentors), career, field) == found


CALM = {"revenue_noise": 0.0, "monthly_revenue": 100_000, "opportunity_per_year": 0, "forget_per_month": 0}


def test_mentoring_ends_after_its_months_and_the_skill_fades(run_of: Callable[..., World]) -> None:
    lever = {"enabled": True, "mentors": 50, "months": 3, "demand": 1.0, "initial_awareness": 1.0, "cost_per_mentee_month": 100}
    worlds = [
        run_of(graduates=400, days=days, policy={"mentoring": lever}, behaviour=CALM | {"mentor_skill": 0.3}, population={"founders_earlier": 0.2})
        for days in (60, 95, 130, 160, 400)
    ]
    learned = [world.tables["employers"].column("learned").sum() for world in worlds]
    taught = [int(world.tables["mentors"].column("mentees").sum()) for world in worlds]
    assert taught[0] > 3
    assert taught[-1] == 0
    assert learned[0] < learned[1]
    assert learned[2] > learned[3] > learned[4] > 0
    assert max(learned) <= 0.3 * taught[0] + 1e-9
    service = worlds[-1].tables["services"].rows[LeverId.MENTORING]
    assert service.spent == 100 * service.units
    assert service.units == 3 * service.served, "three months each"


def test_without_places_nothing_is_offered() -> None:
    def offers(**settings: Any) -> bool:
        return Mentoring(enabled=True, **settings).offers_something

    assert offers(mentors=1)
    assert offers(career_mentors=1)
    assert not offers()
    assert not offers(mentors=1, mentees_per_mentor=0)
    assert not offers(mentors=1, budget=0)
    assert offers(mentors=1, mentees_per_mentor=0, career_mentors=2)
    assert Mentoring(mentors=3, mentees_per_mentor=2, career_mentors=2, mentees_per_career_mentor=5).places == 16
