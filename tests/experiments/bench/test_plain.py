"""The plain reference simulates the engine's market: same first morning, same rules, so the same numbers on average."""

from collections.abc import Iterator

import mesa
import numpy as np
import pytest

from experiments.bench.plain.employers import Employer
from experiments.bench.plain.market import LabourMarket
from experiments.bench.plain.people import Graduate
from experiments.bench.settings import market_scenario
from sim.states import ACTIVITIES, PLACES, Count
from sim.world import World, make_world
from tests.every import some

PEOPLE = 2_000
DAYS = 120
SEEDS = range(4)
TOLERANCE = 0.10
COMPARED = (
    Count.APPLICATIONS_SENT, Count.INTERVIEWS_CALLED, Count.INTERVIEWS_HELD, Count.OFFERS_MADE, Count.CONTRACTS_SIGNED, Count.HIRES,
    Count.POSTS_OPENED, Count.SEPARATIONS,
)  # fmt: skip


@pytest.fixture(scope="module")
def pairs() -> Iterator[list[tuple[World, LabourMarket]]]:
    """Engine and reference, run over the same days from the same first mornings."""
    scenario = market_scenario(PEOPLE, DAYS)
    found = []
    for seed in SEEDS:
        world = make_world(scenario, seed, 0)
        market = LabourMarket(world, seed)
        world.advance(0, DAYS)
        for _ in range(DAYS):
            market.step()
        found.append((world, market))
    yield found
    for _, market in found:
        getattr(mesa.Agent, "_ids", {}).pop(market, None)


@pytest.mark.parametrize("count", COMPARED, ids=lambda count: count.name.lower())
def test_counts_agree_with_the_engine(pairs: list[tuple[World, LabourMarket]], count: Count) -> None:
    engine = np.mean([world.counts[count] for world, _ in pairs])
    reference = np.mean([market.counts[count] for _, market in pairs])
    assert engine > 0
    assert reference == pytest.approx(engine, rel=TOLERANCE)


def test_people_end_up_alike(pairs: list[tuple[World, LabourMarket]]) -> None:
    engine = np.mean([world.stocks[DAYS - 1, : ACTIVITIES * PLACES].reshape(ACTIVITIES, PLACES) for world, _ in pairs], axis=0)
    reference = np.mean([market.series[-1][0] for _, market in pairs], axis=0)
    np.testing.assert_allclose(reference, engine, atol=0.01 * PEOPLE)


def test_first_morning_is_copied() -> None:
    world = make_world(market_scenario(500, 10), 3, 0)
    market = LabourMarket(world, 3)
    people, employers = market.agents_by_type[Graduate], market.agents_by_type[Employer]
    assert len(people) == world.tables["people"].count
    assert people.get("next_search_day") == world.tables["people"].column("next_search_day").tolist()
    assert employers.get("target_staff") == world.tables["employers"].column("target_staff").tolist()
    assert len(market.posts) == world.tables["posts"].count
    assert world.counts[Count.APPLICATIONS_SENT] == 0


def test_staff_and_posts_are_conserved(pairs: list[tuple[World, LabourMarket]]) -> None:
    for _, market in some(pairs):
        people, employers = market.agents_by_type[Graduate], market.agents_by_type[Employer]
        assert sum(employers.get("staff")) == sum(person.employer is not None for person in people)
        assert sum(employers.get("pending")) == sum(person.contract_post is not None for person in people)
        assert sum(employers.get("open_posts")) == sum(post is not None for post in market.board)
        counts = market.counts
        opened = counts[Count.POSTS_OPENED]
        assert opened == counts[Count.POSTS_FILLED] + counts[Count.POSTS_LAPSED] + sum(employers.get("open_posts"))


def test_later_classes_are_refused() -> None:
    world = make_world(market_scenario(100, 365), 1, 0)
    with pytest.raises(ValueError, match="no later classes"):
        LabourMarket(world, 1)
