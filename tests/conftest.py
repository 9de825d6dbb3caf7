"""Small worlds that every test can ask for, and what it means that two worlds are the same."""

import copy
import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from sim.outcomes import OUTCOMES
from sim.region import Campus, District, Region
from sim.scenario import Scenario
from sim.world import World, make_world

Policy = dict[str, dict[str, Any]]
Snapshot = dict[str, bytes]

REGION = Region(
    districts=tuple(District(name=f"district {row}", name_zh=f"{row} 区", share=share) for row, share in enumerate((0.5, 0.3, 0.2))),
    campuses=(
        Campus(name="college", name_zh="学院", share=3, vocational=1.0, master=0.0),
        Campus(name="university", name_zh="大学", share=3, vocational=0.0, master=0.1),
        *(
            Campus(name=f"outside {row}", name_zh=f"外地 {row}", outside=True, distance_km=100 + 80 * row, share=0.8, interest=0.3)
            for row in range(5)
        ),
    ),
)
"""Three districts, two campuses inside and five outside whose students look at the region a good deal."""

EVERY_LEVER: Policy = {
    "lodging": {
        "enabled": True,
        "stations": 2,
        "rooms_per_station": 1,
        "beds_per_room": 1,
        "free_nights": 6,
        "opening_months": 1.0,
        "initial_awareness": 0.5,
    },
    "outreach": {
        "enabled": True,
        "job_boards": 300,
        "recruitment_events": 100,
        "campus_groups": 300,
        "visits": 30,
        "kiosks": 30,
        "media": 30,
        "online_communities": 30,
    },
    "job_fairs": {"enabled": True, "fairs_per_year": 60, "visitors_per_fair": 12, "firms_per_fair": 8, "evening_share": 0.3},
    "campus_recruitment": {"enabled": True, "trips": 4, "firms": 30, "posts": 600, "posts_noticed": 0.05},
    "travel_vouchers": {"enabled": True, "amount": 500, "places": 6, "group_visits": 3, "lowest_education": 0, "invited_share": 0.8},
    "mentoring": {
        "enabled": True,
        "mentors": 2,
        "mentees_per_mentor": 2,
        "career_mentors": 2,
        "mentees_per_career_mentor": 2,
        "months": 2,
        "demand": 0.9,
        "career_demand": 0.5,
        "initial_awareness": 0.8,
    },
    "loans": {
        "enabled": True,
        "credit_line": 3_000_000,
        "initial_awareness": 0.9,
        "approval": 0.9,
        "one_stop_registration": True,
        "leader_rate_cut": 0.1,
        "lenders": [
            {"name": "village bank", "share": 0.5, "guarantee_share": 0.8, "firms": False},
            {"name": "savings bank", "share": 0.5, "guarantee_share": 0.2},
        ],
    },
    "guidance": {
        "enabled": True,
        "lectures": 8,
        "seats_per_lecture": 10,
        "talks": 4,
        "seats_per_talk": 10,
        "advisers": 1,
        "clients_per_adviser_month": 4,
        "initial_awareness": 0.6,
        "advice_demand": 0.3,
    },
    "skills_training": {
        "enabled": True,
        "menu_courses": 3,
        "seats_per_menu_course": 4,
        "contracted_classes": 3,
        "seats_per_contracted_class": 4,
        "contracted_days": 40,
        "demand": 0.2,
        "initial_awareness": 0.7,
    },
    "internships": {
        "enabled": True,
        "graduate_places": 12,
        "hosts": 3,
        "graduate_months": 3,
        "government_places": 5,
        "industry_places": 8,
        "summer_places": 5,
        "student_days": 40,
        "demand": 0.3,
        "intakes_per_year": 6,
        "initial_awareness": 0.7,
    },
    "startup_courses": {
        "enabled": True,
        "lectures": 4,
        "seats_per_lecture": 12,
        "camps": 2,
        "seats_per_camp": 5,
        "book_club_members": 6,
        "demand": 0.1,
        "initial_awareness": 0.6,
    },
    "equity": {"enabled": True, "amount": 8_000_000, "investments": 2, "hurdle": 0.05},
    "legal_aid": {
        "enabled": True,
        "lawyers": 1,
        "hours_per_lawyer_month": 20,
        "trainings": 3,
        "seats_per_training": 10,
        "initial_awareness": 0.8,
    },
    "incubator": {"enabled": True, "desks": 3, "months": 4, "demand": 0.9, "initial_awareness": 0.9},
    "subsidies": {
        "enabled": True,
        "rent_per_month": 500,
        "rent_months": 3,
        "home_purchase": 20_000,
        "startup_grant": 5_000,
        "newcomers_only": False,
        "card_discount": 0.05,
        "card_places": 30,
        "initial_awareness": 0.6,
    },
    "integration": {
        "enabled": True,
        "parlours": 1,
        "visitors_per_parlour_month": 8,
        "social_events": 3,
        "seats_per_event": 12,
        "matchmaking_events": 2,
        "seats_per_matchmaking": 10,
        "community_members": 20,
        "initial_awareness": 0.6,
    },
    "casework": {"enabled": True, "caseworkers": 1, "clients_per_caseworker": 8, "initial_awareness": 0.8, "demand": 0.6},
    "safety_training": {"enabled": True, "courses": 3, "seats_per_course": 8, "model_units": 3, "all_industries": True},
    "organisation": {
        "enabled": True,
        "staff": 1,
        "volunteers": 20,
        "cadres": 2,
        "student_deputies": 3,
        "leaders": 5,
        "other_duty_hours_month": 30,
        "seminars": 2,
    },
}
"""Each lever switched on, small enough that beds, places, mentors and credit run out in a population of some hundreds."""


def make_scenario(graduates: int = 600, days: int = 120, policy: Policy | None = None, **groups: Any) -> Scenario:
    """Make a small scenario; further groups are given like ``behaviour={...}``."""
    people = {"graduates": graduates, **groups.pop("population", {})}
    return Scenario.model_validate({"region": REGION, "population": people, "days": days, "policy": policy or {}, **groups})


def run_world(*, seed: int = 1, replicate: int = 0, **settings: Any) -> World:
    """Run a small scenario to its end: the arguments of `make_scenario`, and seed and replicate."""
    world = make_world(make_scenario(**settings), seed, replicate)
    world.advance(0, world.scenario.days)
    return world


def take_piles(world: World) -> Any:
    """Take down the applications of the posts from the first open one on; a place where nobody lies is empty, whatever lay there before."""
    posts = np.arange(int(world.rows_in_use["first_open_post"][0]), world.tables["posts"].count)
    piles = world.applications_of(posts).copy()
    piles[piles["person"] < 0] = 0
    return piles


def take_snapshot(world: World) -> Snapshot:
    """Take down every column of every table and every series of a world, as bytes."""
    found: Snapshot = {}
    for name, table in world.tables.items():
        rows = take_piles(world) if name == "applications" else table.rows[: table.count]
        for column in table.columns:
            found[f"{name}.{column.name}"] = np.ascontiguousarray(rows[column.name]).tobytes()
    for name in ("counts", "ledger", "cashbook", "flows", "stocks", "services", "beds"):
        found[name] = np.ascontiguousarray(getattr(world, name)).tobytes()
    for name, outcome in OUTCOMES.items():
        found[f"outcome {name}"] = np.float64(outcome.at_end(world)).tobytes()
        if outcome.daily is not None:
            found[f"series {name}"] = outcome.daily(world).tobytes()
    return found


def name_differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """Name what differs between two snapshots."""
    return sorted(key for key in first.keys() | second.keys() if first.get(key) != second.get(key))


def digest_snapshot(world: World) -> dict[str, str]:
    """Sum up each part of a snapshot in some letters."""
    return {key: hashlib.sha256(content).hexdigest()[:16] for key, content in take_snapshot(world).items()}


@pytest.fixture(scope="session")
def every_lever() -> Callable[[], Policy]:
    """Return a maker of settings in which every lever is on; what it makes may be changed."""
    return lambda: copy.deepcopy(EVERY_LEVER)


@pytest.fixture(scope="session")
def scenario_of() -> Callable[..., Scenario]:
    """Return `make_scenario`."""
    return make_scenario


@pytest.fixture(scope="session")
def world_of() -> Callable[..., World]:
    """Return a maker of the world of the first morning."""
    return lambda scenario, seed=1, replicate=0: make_world(scenario, seed, replicate)


@pytest.fixture(scope="session")
def run_of() -> Callable[..., World]:
    """Return `run_world`."""
    return run_world


@pytest.fixture(scope="session")
def snapshot_of() -> Callable[[World], Snapshot]:
    """Return `take_snapshot`."""
    return take_snapshot


@pytest.fixture(scope="session")
def difference_of() -> Callable[[Mapping[str, Any], Mapping[str, Any]], list[str]]:
    """Return `name_differences`."""
    return name_differences


@pytest.fixture(scope="session")
def digest_of() -> Callable[[World], dict[str, str]]:
    """Return `digest_snapshot`."""
    return digest_snapshot


if __name__ == "__main__":  # another interpreter runs this file to tell its digest of the scenario that comes in
    from sim.model import YouthEmploymentModel

    given = YouthEmploymentModel(Scenario.model_validate_json(sys.stdin.read()), rng=1)
    given.run_model()
    sys.stdout.write(json.dumps(digest_snapshot(given.world)))
