"""Anchor employers: they have their part of the jobs, which there are not more of, and schemes go to them first."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.region import Region
from sim.scenario import Scenario
from sim.states import Activity, Placement
from sim.world import World
from tests.conftest import REGION
from tests.every import every

ANCHORS = (
    {"name": "works", "name_zh": "大厂", "industry": 0, "share": 0.3, "pay": 1.25},
    {"name": "mill", "name_zh": "纺织厂", "industry": 0, "share": 0.05},
    {"name": "store", "name_zh": "商场", "industry": 2, "share": 0.1},
)
SHARES = [anchor["share"] for anchor in ANCHORS]


@pytest.fixture(scope="module")
def make(scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> Callable[..., World]:
    """Return a maker of worlds with the anchors, or others."""

    def world(anchors: Any = ANCHORS, **settings: Any) -> World:
        region = Region.model_validate(REGION.model_dump() | {"anchors": anchors})
        return world_of(scenario_of(region=region, graduates=2000, **settings), 3)

    return world


def jobs_of(world: World) -> int:
    people = world.tables["people"]
    return int(((people.column("activity") == Activity.EMPLOYED) & (people.column("employer") >= 0)).sum())


def established(world: World) -> Any:
    employers = world.tables["employers"]
    return employers.rows[: employers.count][employers.column("founder") < 0]


def test_they_have_their_part_of_the_jobs_and_the_others_the_rest(make: Callable[..., World]) -> None:
    world, without = make(), make(())
    firms, anchors = established(world), world.tables["anchors"].rows
    jobs = jobs_of(world)
    assert jobs == jobs_of(without)
    assert anchors["staff"].tolist() == [int(share * jobs) for share in SHARES]
    chosen = firms[anchors["employer"]]
    assert chosen["staff"].tolist() == anchors["staff"].tolist()
    assert chosen["industry"].tolist() == [0, 0, 2]
    assert np.allclose(chosen["wage_level"], [1.25, 1.0, 1.0])
    assert firms["staff"].sum() == established(without)["staff"].sum() == jobs
    fewer = len(established(without)) + len(ANCHORS) - len(firms)
    assert fewer == pytest.approx(sum(SHARES) * len(established(without)), abs=2)
    for industry in (0, 2):
        before, now = (found[found["industry"] == industry]["slots"].sum() for found in (established(without), firms))
        assert now == pytest.approx(before, rel=0.3)


def test_partner_firms_are_the_anchors_of_the_industry_in_their_order(make: Callable[..., World]) -> None:
    policy = {"skills_training": {
        "enabled": True, "contracted_classes": 4, "seats_per_contracted_class": 10, "partner_firms": 2, "partner_industry": 0, "initial_awareness": 1,
        "firm_awareness": 1, "demand": 1,
    }}  # fmt: skip
    world = make(policy=policy, days=40)
    world.advance(0, 40)
    hosts = world.tables["people"].column("course_host")
    assert set(hosts[hosts >= 0]) == set(world.tables["anchors"].rows["employer"][:2])


def test_hosts_of_many_places_are_large(make: Callable[..., World]) -> None:
    policy = {"internships": {"enabled": True, "graduate_places": 60, "hosts": 3, "initial_awareness": 1, "firm_awareness": 1, "demand": 1}}
    world = make(policy=policy, days=60)
    world.advance(0, 60)
    people, anchors = world.tables["people"], world.tables["anchors"].rows
    placed = (people.column("placement") == Placement.GRADUATE) & (people.column("activity") == Activity.INTERN)
    assert placed.sum() > 3
    every(np.isin(people.column("employer")[placed], anchors["employer"]))


def test_a_fair_is_attended_by_the_anchors_that_it_names(make: Callable[..., World]) -> None:
    policy = {"job_fairs": {
        "enabled": True, "fairs_per_year": 100, "firms_per_fair": 1, "anchor_firms": 1, "posts_per_firm": 50, "initial_awareness": 1, "attendance": 1,
        "online_share": 1, "firm_awareness": 1,
    }}  # fmt: skip
    world = make(policy=policy, days=60)
    world.advance(0, 60)
    shown = world.scratch[world.scratch > 0]
    first = world.tables["anchors"].rows["employer"][0]
    every(world.tables["posts"].column("employer")[shown] == first)


def test_anchors_cannot_have_nearly_all_jobs() -> None:
    anchors = [{"name": str(row), "name_zh": str(row), "share": 0.5} for row in range(2)]
    with pytest.raises(ValueError, match=r"more than 0\.9 of the jobs"):
        Region.model_validate(REGION.model_dump() | {"anchors": anchors})
    with pytest.raises(ValueError, match="names must differ"):
        Region.model_validate(REGION.model_dump() | {"anchors": [anchors[0] | {"share": 0.1}, anchors[0] | {"share": 0.1}]})
