"""simulate(): the same bytes for any number of workers, luck of its own for each replicate, and an interruption that stops at once."""

import json
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim import Results, compare, simulate, simulation
from sim.outcomes import OUTCOMES
from sim.results import read_world
from sim.scenario import Scenario
from sim.simulation import available_cores, warm_up
from sim.world import World, make_world
from tests.every import some

DAYS_TO_GROW = 1400


@pytest.fixture(scope="module")
def scenario(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> Scenario:
    chosen: Scenario = scenario_of(graduates=300, days=90, policy=every_lever())
    return chosen


@pytest.fixture(scope="module")
def alone(scenario: Scenario) -> Results:
    return simulate(scenario, replicates=4, seed=3, workers=1, save_people=True)


def content(results: Results) -> dict[str, bytes]:
    """Return everything that is kept, as bytes."""
    found: dict[str, bytes] = {"summary": json.dumps(results.summary()).encode()}
    for number, run in enumerate(results.runs):
        found |= {f"{number} series {name}": values.tobytes() for name, values in run.series.items()}
        found |= {f"{number} outcome {name}": np.float64(value).tobytes() for name, value in run.outcomes.items()}
        found |= {f"{number} people {name}": values.tobytes() for name, values in run.people.items()}
        found[f"{number} groups"] = json.dumps(run.groups).encode()
    return found


@pytest.mark.parametrize("workers", [2, 3, 7, None])
def test_workers_do_not_matter(workers: int | None, scenario: Scenario, alone: Results, difference_of: Callable[..., list[str]]) -> None:
    assert difference_of(content(simulate(scenario, replicates=4, seed=3, workers=workers, save_people=True)), content(alone)) == []


def test_a_replicate_is_the_same_among_few_or_many(scenario: Scenario, alone: Results, difference_of: Callable[..., list[str]]) -> None:
    two = content(simulate(scenario, replicates=2, seed=3, save_people=True))
    first = {key: value for key, value in content(alone).items() if key.startswith(("0 ", "1 "))}
    assert difference_of(first, {key: value for key, value in two.items() if key != "summary"}) == []


def test_replicates_and_seeds_have_luck_of_their_own(scenario: Scenario, alone: Results) -> None:
    other = simulate(scenario, replicates=1, seed=4, save_people=True)
    skills = [run.people["skill"].tobytes() for run in (*alone.runs, *other.runs)]
    assert len(set(skills)) == 5
    assert len(set(alone.outcomes["applications_sent"].tolist())) > 1


def test_results_are_those_of_the_world(scenario: Scenario, alone: Results, world_of: Callable[..., World]) -> None:
    world = world_of(scenario, 3, 2)
    world.advance(0, scenario.days)
    run = read_world(world, save_people=True)
    assert {name: values.tobytes() for name, values in run.people.items()} == {
        name: values.tobytes() for name, values in alone.runs[2].people.items()
    }
    assert set(run.outcomes) == set(OUTCOMES) == set(alone.outcomes)
    for name, values in some(alone.series.items()):
        assert values.shape == (4, 90), name
    for name, outcome in OUTCOMES.items():
        if outcome.daily is not None and outcome.final is None:
            np.testing.assert_array_equal(alone.outcomes[name], alone.series[name][:, -1])


def test_people_are_kept_only_when_asked_for(scenario: Scenario, alone: Results) -> None:
    assert simulate(scenario, replicates=1, seed=3).runs[0].people == {}
    assert len(alone.runs[0].people["savings"]) == 300


def test_groups_add_up_to_everybody(alone: Results) -> None:
    for run in some(alone.runs):
        totals = {attribute: sum(group["employed_in_region"] for group in groups.values()) for attribute, groups in run.groups.items()}
        assert set(totals.values()) == {run.outcomes["employed_in_region"]}
        assert {sum(group["persons"] for group in groups.values()) for groups in run.groups.values()} == {300.0}


@pytest.mark.parametrize("workers", [1, 3])
def test_progress_sums_to_the_days_of_all_replicates(workers: int, scenario: Scenario) -> None:
    told: list[int] = []
    callers: set[str] = set()

    def progress(days: int) -> None:
        told.append(days)
        callers.add(threading.current_thread().name)

    simulate(scenario, replicates=5, workers=workers, progress=progress)
    assert sum(told) == 5 * scenario.days
    assert min(told) > 0
    assert callers == {threading.current_thread().name}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"replicates": 0}, "replicates must be at least 1, not 0"),
        ({"replicates": -3}, "replicates must be at least 1, not -3"),
        ({"workers": 0}, "workers must be at least 1, not 0"),
        ({"seed": -1}, "from 0 to"),
        ({"seed": 2**32}, "from 0 to"),
    ],
)
def test_impossible_requests_are_refused(settings: dict[str, int], words: str, scenario: Scenario) -> None:
    with pytest.raises(ValueError, match=words):
        simulate(scenario, **{"replicates": 1, **settings})


def threads_of_replicates() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("replicate")]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, RuntimeError])
def test_an_interruption_stops_at_once_and_leaves_no_thread(kind: type[BaseException], scenario_of: Callable[..., Scenario]) -> None:
    long = scenario_of(graduates=3000, days=3660)
    begun: list[int] = []

    def progress(days: int) -> None:
        begun.append(days)
        raise kind

    with pytest.raises(kind):
        simulate(long, replicates=8, workers=2, progress=progress)
    assert len(begun) == 1
    assert begun[0] < 8 * 3660 / 4, "stopped long before the end"
    assert threads_of_replicates() == []


def test_an_error_in_a_replicate_reaches_the_caller(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    original = World.advance

    def fail(world: World, first_day: int, last_day: int, *, afresh: bool = True) -> None:
        calls.append(first_day)
        if first_day <= 40 < last_day:
            message = "day 40 fails"
            raise RuntimeError(message)
        original(world, first_day, last_day, afresh=afresh)

    monkeypatch.setattr(World, "advance", fail)
    with pytest.raises(RuntimeError, match="day 40 fails"):
        simulate(scenario, replicates=3, workers=2)
    assert threads_of_replicates() == []


def test_a_world_stepped_in_any_way_is_the_same(
    scenario: Scenario, world_of: Callable[..., World], snapshot_of: Callable[[World], Any], difference_of: Callable[..., list[str]]
) -> None:
    whole, parts = world_of(scenario), world_of(scenario)
    whole.advance(0, 90)
    for first, last in ((0, 1), (1, 30), (30, 30), (30, 89), (89, 90)):
        parts.advance(first, last)
    assert difference_of(snapshot_of(whole), snapshot_of(parts)) == []


@pytest.mark.parametrize("lodging", [False, True])
def test_a_longer_run_begins_as_the_shorter_one(
    lodging: bool, scenario_of: Callable[..., Scenario], world_of: Callable[..., World], every_lever: Callable[[], Any]
) -> None:
    policy = {"lodging": every_lever()["lodging"]} if lodging else {}
    short, long = (world_of(scenario_of(graduates=1000, days=days, policy=policy)) for days in (330, 1200))
    short.advance(0, 330)
    long.advance(0, 330)
    assert int(short.tables["people"].count) == int(long.tables["people"].count) > 1000, "a class has entered"
    for name in ("flows", "stocks", "services", "beds"):
        assert np.array_equal(getattr(short, name), getattr(long, name)[:330]), name
    assert short.tables["people"].column("savings").tolist() == long.tables["people"].column("savings").tolist()


def test_tables_that_grow_are_as_if_they_had_been_large(
    scenario_of: Callable[..., Scenario], world_of: Callable[..., World], snapshot_of: Callable[[World], Any], difference_of: Callable[..., list[str]]
) -> None:
    behaviour = {
        "opportunity_per_year": 1.5,
        "monthly_revenue": 50_000,
        "growth_per_year": 1,
        "separation_vocational": 0.9,
        "bank_approval": 1,
        "business_return": 5,
        "constrained_share": 0.5,
    }
    scenario = scenario_of(graduates=800, days=DAYS_TO_GROW, behaviour=behaviour, market={"demand": 5})
    small, large = world_of(scenario), world_of(scenario)
    room = {name: small.tables[name].capacity for name in ("posts", "employers", "loans")}
    for name, capacity in room.items():
        large.tables[name].reserve(40 * capacity)
    large.reserve_piles(40 * int(large.rows_in_use["piles"][0]))
    small.advance(0, DAYS_TO_GROW)
    large.advance(0, DAYS_TO_GROW)
    assert [name for name, capacity in room.items() if small.tables[name].capacity > capacity] == ["posts", "employers", "loans"]
    assert difference_of(snapshot_of(small), snapshot_of(large)) == []


def test_no_day_founds_more_firms_than_there_is_room_for(scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> None:
    behaviour = {"opportunity_per_year": 20, "monthly_revenue": 50_000, "constrained_share": 0, "growth_per_year": 5}
    world = world_of(scenario_of(graduates=4000, days=30, behaviour=behaviour, population={"residents_from_elsewhere_share": 1}))
    margin = int(world.rows_in_use["ventures_a_day"][0])
    for day in range(30):
        before = [world.tables[name].count for name in ("employers", "loans")]
        world.advance(day, day + 1)
        after = [world.tables[name].count for name in ("employers", "loans")]
        assert max(late - early for early, late in zip(before, after, strict=True)) <= margin
        assert all(world.tables[name].count <= world.tables[name].capacity for name in ("employers", "loans", "posts"))
    assert world.tables["employers"].count > 1000, "so many that a margin for usual times would not do"


def test_cores_are_those_of_this_process() -> None:
    assert available_cores() >= 1


@pytest.mark.parametrize("settings", [{"replicates": True}, {"replicates": "2"}, {"replicates": 1.0}, {"seed": None}, {"workers": 1.5}])
def test_what_is_no_whole_number_is_refused(settings: dict[str, Any], scenario: Scenario) -> None:
    for run in (simulate, lambda one, **given: compare(one, {"same": one}, **given)):
        with pytest.raises(TypeError, match=f"{next(iter(settings))} must be a whole number, not"):
            run(scenario, **{"replicates": 1, "workers": 1} | settings)  # type: ignore[operator]


def test_what_this_process_has_is_not_warmed_up_again(scenario_of: Callable[..., Scenario], monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(simulation, "make_world", lambda *given, **named: made.append(given) or make_world(*given, **named))
    scenario = scenario_of(graduates=20, days=1)
    warm_up(scenario)
    assert simulation.is_loaded()
    made.clear()
    warm_up(scenario)
    assert made == []
    monkeypatch.setattr(simulation, "ENTRIES", (*simulation.ENTRIES, SimpleNamespace(overloads={})))
    assert not simulation.is_loaded()
    warm_up(scenario)
    assert len(made) == 1
