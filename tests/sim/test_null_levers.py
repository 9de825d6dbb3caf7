"""A lever that is switched on and offers nothing changes nothing, to the last bit; knowledge of what nobody can use changes nothing else."""

from collections.abc import Callable
from typing import Any

import pytest

from sim.levers import LeverId
from sim.world import World
from tests.levers import modules_of_levers

Snapshots = Callable[[World], dict[str, bytes]]
SETTING = {"graduates": 300, "days": 250, "start": "2021-01-01"}
"""From winter over graduation: every phase has something to do."""

EMPTY: dict[str, list[dict[str, Any]]] = {name: tests.EMPTY for name, tests in modules_of_levers().items()}
"""Settings that leave a lever enabled with nothing to give."""

CASES = [pytest.param(lever, nothing, id=f"{lever}-{'-'.join(nothing)}"[:60]) for lever, settings in EMPTY.items() for nothing in settings]


def strip(snapshot: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out the terms of a service, which are settings and no outcome."""
    return {key: content for key, content in snapshot.items() if key not in ("services.budget", "services.unit_cost")}


@pytest.fixture(scope="module")
def empty(every_lever: Callable[[], Any]) -> Callable[[str, dict[str, Any]], dict[str, Any]]:
    return lambda lever, nothing: every_lever()[lever] | nothing


@pytest.fixture(scope="module")
def untouched(run_of: Callable[..., World], snapshot_of: Snapshots, every_lever: Callable[[], Any]) -> Callable[[str | None], dict[str, bytes]]:
    """Return the snapshot of a run without levers (None), or with every lever but one."""
    known: dict[str | None, dict[str, bytes]] = {}

    def run(missing: str | None) -> dict[str, bytes]:
        if missing not in known:
            policy = {} if missing is None else {name: setting for name, setting in every_lever().items() if name != missing}
            known[missing] = strip(snapshot_of(run_of(**SETTING, policy=policy)))
        return known[missing]

    return run


@pytest.mark.parametrize(("lever", "nothing"), CASES)
def test_an_empty_lever_alone_changes_nothing(
    lever: str, nothing: dict[str, Any], empty: Any, untouched: Any, run_of: Callable[..., World], snapshot_of: Snapshots, difference_of: Any
) -> None:
    world = run_of(**SETTING, policy={lever: empty(lever, nothing)})
    assert difference_of(strip(snapshot_of(world)), untouched(None)) == []


@pytest.mark.parametrize(("lever", "nothing"), CASES)
def test_an_empty_lever_beside_all_others_changes_nothing(
    lever: str,
    nothing: dict[str, Any],
    empty: Any,
    untouched: Any,
    run_of: Callable[..., World],
    snapshot_of: Snapshots,
    difference_of: Any,
    every_lever: Callable[[], Any],
) -> None:
    world = run_of(**SETTING, policy=every_lever() | {lever: empty(lever, nothing)})
    assert difference_of(strip(snapshot_of(world)), untouched(lever)) == []


@pytest.mark.parametrize("lever", sorted(EMPTY))
def test_a_lever_that_offers_something_changes_people(
    lever: str, untouched: Any, run_of: Callable[..., World], snapshot_of: Snapshots, difference_of: Any, every_lever: Callable[[], Any]
) -> None:
    world = run_of(**SETTING, policy={lever: every_lever()[lever]})
    changed = difference_of(strip(snapshot_of(world)), untouched(None))
    assert "outcome spending" in changed
    assert any(name.startswith("people.") for name in changed)


def test_levers_that_are_switched_off_change_nothing_whatever_their_settings(
    untouched: Any, run_of: Callable[..., World], snapshot_of: Snapshots, difference_of: Any, every_lever: Callable[[], Any]
) -> None:
    policy = every_lever()
    policy["lodging"] |= {"newly_employed": True, "desk_staff_per_station": 3}
    policy["loans"] |= {"one_stop_registration": True, "leader_rate_cut": 1.0}
    off = {name: lever | {"enabled": False} for name, lever in policy.items()}
    assert difference_of(strip(snapshot_of(run_of(**SETTING, policy=off))), untouched(None)) == []


@pytest.mark.parametrize("nothing", [{"stations": 0}, {"free_nights": 0}, {"budget": 0}])
def test_an_empty_station_for_the_newly_employed_changes_nothing(
    nothing: dict[str, Any], empty: Any, untouched: Any, run_of: Callable[..., World], snapshot_of: Snapshots, difference_of: Any
) -> None:
    lodging = empty("lodging", nothing) | {"newly_employed": True, "desk_staff_per_station": 3, "walk_ins": False}
    assert difference_of(strip(snapshot_of(run_of(**SETTING, policy={"lodging": lodging}))), untouched(None)) == []


OUT_OF_REACH: dict[str, dict[str, Any]] = {
    "mentoring": {"demand": 0.0, "career_demand": 0.0},
    "casework": {"demand": 0.0},
    "labour_export": {"demand": 0.0},
    "job_fairs": {"attendance": 0.0, "cost_per_fair": 0},
}
"""Services that people hear of and that nobody can use during the run."""

OF_KNOWLEDGE = {"people.aware", "employers.aware", "people.travelled_aware", "stocks", "services", "counts", "flows"} | {
    f"services.{name}" for name in ("on_offer", "opening_day", "closing_day", "firm_awareness")
}


@pytest.mark.parametrize("lever", sorted(OUT_OF_REACH))
def test_knowing_of_what_nobody_can_use_changes_only_knowledge(
    lever: str, empty: Any, untouched: Any, run_of: Callable[..., World], snapshot_of: Snapshots, difference_of: Any
) -> None:
    world = run_of(**SETTING, policy={lever: empty(lever, OUT_OF_REACH[lever])})
    baseline = untouched(None)
    changed = set(difference_of(strip(snapshot_of(world)), baseline))
    starts = ("aware_share", "firms_aware", "lodging_")
    prefixes = (*(f"{kind} {name}" for kind in ("outcome", "series") for name in starts), "stations.", "mentors.", "events.", "lenders.")
    shown = {key for key in changed if key.startswith(prefixes)}
    assert "people.aware" in changed
    assert changed - shown - OF_KNOWLEDGE == set()
    assert int(world.services[-1, LeverId[lever.upper()], 0]) == 0
