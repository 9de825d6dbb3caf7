"""Who is looked at on which day, who is drawn, and what is liked: rules of a few operations, run as Python."""

from types import SimpleNamespace
from typing import Any

import pytest

from sim.compiled import NEVER
from sim.rules import utility, youth
from sim.rules.utility import liking
from sim.rules.youth import first_of_day, somebody
from sim.states import Activity
from tests.sim.test_known_rules import as_python


@pytest.mark.parametrize("first_young", [0, 7, 44])
def test_each_young_person_has_one_day_of_the_month(first_young: int) -> None:
    world: Any = SimpleNamespace(rows_in_use=SimpleNamespace(first_young=first_young))
    days = {day: set(range(as_python(first_of_day)(world, day), 200, 30)) for day in range(30, 60)}
    met = sorted(identity for found in days.values() for identity in found)
    assert met == list(range(first_young, 200)), "everybody once a month, and nobody who has aged out"
    assert days[30] == set(range(as_python(first_of_day)(world, 60), 200, 30)), "on the same day a month later"
    later: Any = SimpleNamespace(rows_in_use=SimpleNamespace(first_young=first_young + 1))
    assert set(range(as_python(first_of_day)(later, 31), 200, 30)) - {first_young} == days[31] - {first_young}, "whoever else ages out"


def test_somebody_is_young(monkeypatch: pytest.MonkeyPatch) -> None:
    draws = iter((0.15, 0.35, 0.55))
    monkeypatch.setattr(youth, "uniform", lambda *_key: next(draws))
    people = [SimpleNamespace(activity=Activity.AGED_OUT)] * 5 + [SimpleNamespace(activity=Activity.EMPLOYED)] * 5
    world: Any = SimpleNamespace(people=people, rows_in_use=SimpleNamespace(people=10))
    assert as_python(somebody)(world, 0, 1, 0, 0) == 5


@pytest.mark.parametrize(("prefers", "state", "liked"), [(1, 1, 0.5), (1, 0, 0.25), (0, 1, 0.25), (0, 0, 0.25)])
def test_only_who_prefers_the_state_likes_it(prefers: int, state: int, liked: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utility, "bell", lambda *_key: 1.0)
    monkeypatch.setattr(utility, "liking_of", as_python(utility.liking_of))
    behaviour = SimpleNamespace(taste_spread=0.25, field_match_taste=0.125, state_taste=0.25)
    person = SimpleNamespace(field=1, prefers_state=prefers, employer=NEVER)
    world: Any = SimpleNamespace(
        people=[person], employers=[SimpleNamespace(industry=2, state_owned=state)], rules=SimpleNamespace(behaviour=behaviour)
    )
    assert as_python(liking)(world, 0, 0) == liked
