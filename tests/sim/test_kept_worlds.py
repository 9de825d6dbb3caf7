"""Worlds that are kept: not lived again, the same to the last bit, never another one's, never more than there is room for."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from experiments.compare.files import comparison_json
from sim import Scenario, simulation
from sim.comparison import Pairs, without_programme
from sim.kept_worlds import KeptWorlds
from sim.model import YouthEmploymentModel

pytestmark = pytest.mark.usefixtures("few_objects")

ROOM = 1e9
LODGING = {"enabled": True, "stations": 2, "rooms_per_station": 2, "beds_per_room": 2, "initial_awareness": 0.5}


@pytest.fixture(scope="module")
def nights(scenario_of: Callable[..., Scenario]) -> Callable[[int], Scenario]:
    def make(number: int) -> Scenario:
        found: Scenario = scenario_of(graduates=200, days=60, start="2021-03-01", policy={"lodging": {**LODGING, "free_nights": number}})
        return found

    return make


@pytest.fixture
def lived(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int, int]]]:
    """Programme, seed and replicate of every world that is made."""
    found: list[tuple[str, int, int]] = []
    make = simulation.make_world

    def noted(scenario: Scenario, seed: int, replicate: int) -> Any:
        if scenario.days > 1:  # which warming up lives
            name = str(scenario.policy.lodging.free_nights) if scenario.policy.lodging.enabled else "none"
            found.append((name, seed, replicate))
        return make(scenario, seed, replicate)

    monkeypatch.setattr(simulation, "make_world", noted)
    return found


def content(pairs: Pairs, count: int, progress: Any = None) -> str:
    return json.dumps(comparison_json(pairs.more(count, 1, progress), "none", "x"))


def test_after_a_change_only_the_changed_worlds_are_lived(nights: Callable[[int], Scenario], lived: list[tuple[str, int, int]]) -> None:
    none, three, five, kept = without_programme(nights(3)), nights(3), nights(5), KeptWorlds(ROOM)
    content(Pairs(none, {"three": three}, kept=kept), 2)
    assert sorted(lived) == sorted([("none", 1, 0), ("none", 1, 1), ("3", 1, 0), ("3", 1, 1)])
    lived.clear()
    days: list[int] = []
    found = content(Pairs(none, {"five": five, "three": three}, kept=kept), 3, days.append)
    assert sorted(lived) == sorted([("5", 1, 0), ("5", 1, 1), ("5", 1, 2), ("none", 1, 2), ("3", 1, 2)])
    assert sum(days) == 3 * 3 * none.days, "what need not be lived again counts as lived"
    assert found == content(Pairs(none, {"five": five, "three": three}), 3), "the same to the last bit"


def test_no_world_is_taken_for_another(nights: Callable[[int], Scenario], lived: list[tuple[str, int, int]]) -> None:
    none, kept = without_programme(nights(3)), KeptWorlds(ROOM)
    content(Pairs(none, {"three": nights(3)}, kept=kept), 1)
    lived.clear()
    longer = none.model_copy(update={"days": 61})
    content(Pairs(longer, {"same": longer}, kept=kept), 1)
    content(Pairs(none, {"three": nights(3)}, 2, kept=kept), 1)
    assert lived == [("none", 1, 0), ("none", 2, 0), ("3", 2, 0)]


def test_worlds_with_rules_of_ones_own_are_neither_kept_nor_taken(nights: Callable[[int], Scenario]) -> None:
    none, kept = without_programme(nights(3)), KeptWorlds(ROOM)
    short = none.model_copy(update={"days": 3})
    content(Pairs(short, {"own": short}, kept=kept, model={"own": YouthEmploymentModel}), 1)
    before = kept.bytes
    made: list[int] = []

    def own(scenario: Scenario, *, seed: int, replicate: int) -> YouthEmploymentModel:
        made.append(replicate)
        return YouthEmploymentModel(scenario, seed=seed, replicate=replicate)

    content(Pairs(short, {"own": short}, kept=kept, model=own), 1)
    assert made == [0, 0]
    assert kept.bytes == before


def test_they_take_no_more_room_than_there_is(nights: Callable[[int], Scenario], lived: list[tuple[str, int, int]]) -> None:
    none, kept = without_programme(nights(3)), KeptWorlds(ROOM)
    content(Pairs(none, {"three": nights(3)}, kept=kept), 1)
    one = kept.bytes / 2
    left = kept.get(none, 1, 0)
    assert left is not None
    assert left.size == one
    assert left.size > sum(array.nbytes for array in left.outcome.series.values())
    kept.most_bytes = 2.5 * one
    content(Pairs(none, {"five": nights(5)}, kept=kept), 1)  # uses the baseline, and five; three, used longest ago, goes
    assert kept.bytes == 2 * one
    assert [kept.get(scenario, 1, 0) is None for scenario in (none, nights(3), nights(5))] == [False, True, False]
    nothing = KeptWorlds(0)
    lived.clear()
    for _ in range(2):
        content(Pairs(none, {"three": nights(3)}, kept=nothing), 1)
    assert len(lived) == 4
    assert nothing.bytes == 0
