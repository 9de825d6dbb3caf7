"""The NumPy reference simulates the engine's market: same first morning, same rules, so the same numbers on average."""

import numpy as np
import pytest

from experiments.bench.settings import market_scenario
from experiments.bench.vectorised.hiring import rounds
from experiments.bench.vectorised.market import VectorisedMarket
from experiments.bench.vectorised.people import kept_normal
from sim.states import ACTIVITIES, PLACES, Count
from sim.world import World, make_world

PEOPLE, DAYS, SEEDS = 2_000, 120, range(3)
TOLERANCE = 0.10
COMPARED = (
    Count.APPLICATIONS_SENT, Count.INTERVIEWS_CALLED, Count.INTERVIEWS_HELD, Count.OFFERS_MADE, Count.CONTRACTS_SIGNED, Count.HIRES,
    Count.POSTS_OPENED, Count.SEPARATIONS,
)  # fmt: skip

Pairs = list[tuple[World, VectorisedMarket]]


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    """Engine and reference, run over the same days from the same first mornings."""
    scenario = market_scenario(PEOPLE, DAYS)
    found = []
    for seed in SEEDS:
        world = make_world(scenario, seed, 0)
        market = VectorisedMarket(world, seed)
        world.advance(0, DAYS)
        for _ in range(DAYS):
            market.step()
        found.append((world, market))
    return found


def test_counts_and_people_agree_with_the_engine(pairs: Pairs) -> None:
    for count in COMPARED:
        engine, reference = (np.mean([side.counts[count] for side in sides]) for sides in zip(*pairs, strict=True))
        assert engine > 0
        assert reference == pytest.approx(engine, rel=TOLERANCE), count.name
    engine = np.mean([world.stocks[DAYS - 1, : ACTIVITIES * PLACES].reshape(ACTIVITIES, PLACES) for world, _ in pairs], axis=0)
    stocks = np.mean([market.series[-1][0] for _, market in pairs], axis=0)
    np.testing.assert_allclose(stocks, engine[: len(stocks)], atol=0.01 * PEOPLE)


def test_staff_posts_and_offers_are_conserved(pairs: Pairs) -> None:
    for _, market in pairs:
        staff = np.bincount(market.employer[market.employer >= 0], minlength=len(market.staff))
        np.testing.assert_array_equal(market.staff, staff)
        signed = market.contract_employer[market.contract_day >= 0]
        np.testing.assert_array_equal(market.pending, np.bincount(signed[signed >= 0], minlength=len(market.staff)))
        on_board = np.bincount(market.post_employer[market.post_state >= 0], minlength=len(market.staff))
        np.testing.assert_array_equal(market.open_posts, on_board)
        counts = market.counts
        assert counts[Count.POSTS_OPENED] == counts[Count.POSTS_FILLED] + counts[Count.POSTS_LAPSED] + market.open_posts.sum()
        slots = np.flatnonzero(market.offered >= 0)
        holders = market.pile_person[slots, market.offered[slots]]
        assert set(holders.tolist()) == set(np.flatnonzero(market.best_offer > -np.inf).tolist())


def test_luck_of_a_pair_is_kept_and_normal(pairs: Pairs) -> None:
    market = pairs[0][1]
    people, employers = np.divmod(np.arange(40_000), 200)
    found = kept_normal(market, 1, people, employers)
    assert (found == kept_normal(market, 1, people, employers)).all()
    assert (found != kept_normal(market, 2, people, employers)).all()
    assert abs(found.mean()) < 0.03
    assert abs(found.std() - 1.0) < 0.03
    assert abs(np.corrcoef(found[:-1], found[1:])[0, 1]) < 0.03


def test_rounds_have_each_key_once() -> None:
    keys = np.array([3, 1, 3, 3, 2, 1])
    found = list(rounds(keys))
    assert [keys[one].tolist() for one in found] == [[1, 2, 3], [1, 3], [3]]
    assert sorted(np.concatenate(found).tolist()) == [0, 1, 2, 3, 4, 5]
