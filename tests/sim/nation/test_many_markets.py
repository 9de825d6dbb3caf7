"""Many small markets: as many as a nation may have. Slow: ``pytest -m slow -n 0 tests/sim/nation/test_many_markets.py``."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.errors import ConfigurationError
from sim.provinces import MOST_PROVINCES
from sim.scenario import Scenario
from tests.sim.nation.test_nation import live, markets_of, nation_of, present, state_of

EACH = 300
"""People of a market."""


def many(count: int, days: int = 36) -> Scenario:
    """Return a nation of made-up provinces on a grid, of different pay, students and jobs."""
    provinces: list[dict[str, Any]] = [
        {
            "name": f"province {number}", "name_zh": f"省{number}", "longitude": 100.0 + number % 12, "latitude": 25.0 + number // 12,
            "students": 1 + number % 3, "jobs": 1 + number % 4, "pay": 0.8 + 0.1 * (number % 5),
        } for number in range(count)
    ]  # fmt: skip
    return nation_of(count * EACH, days, {"provinces": provinces, "exchange_days": 7})


@pytest.mark.slow
def test_sixty_markets_are_the_same_for_any_number_of_threads_and_lose_nobody() -> None:
    nation = live(many(60))
    everybody = np.sort(np.concatenate([present(market) for market in markets_of(nation)]))
    assert np.array_equal(everybody, np.arange(nation.people))
    assert nation.moved.sum() > 1_000
    assert (nation.moved.sum(axis=0) > 0).all()
    assert nation.refused == 0
    assert state_of(nation) == state_of(live(nation.scenario, threads=1)) == state_of(live(nation.scenario, threads=4))


@pytest.mark.slow
def test_as_many_markets_as_there_may_be() -> None:
    nation = live(many(MOST_PROVINCES, days=15))
    everybody = np.concatenate([present(market) for market in markets_of(nation)])
    assert len(np.unique(everybody)) == len(everybody) == nation.scenario.population.graduates
    assert nation.moved[MOST_PROVINCES - 1].sum() > 0 < nation.moved[:, MOST_PROVINCES - 1].sum()
    assert max(int(market.lives.max()) for market in markets_of(nation)) == MOST_PROVINCES - 1


def test_more_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="at most 127"):
        many(MOST_PROVINCES + 1)
