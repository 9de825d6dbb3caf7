"""A programme of one province draws people through what it offers, and those alone who know of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.comparison import without_programme
from sim.levers import LeverId
from sim.nation.comparing import compare_nation
from sim.nation.living import NationWorld
from sim.nation.rows import Market
from sim.scenario import Scenario
from tests.sim.nation.test_nation import EAST, PROVINCES, counts_of, host_of, live, make, markets_of, nation_of, state_of, who_goes

RENT = {"policy.subsidies.enabled": True, "policy.subsidies.rent_per_month": 2_000, "policy.subsidies.initial_awareness": 0.0}
BEDS = {
    "policy.lodging.enabled": True, "policy.lodging.stations": 4, "policy.lodging.rooms_per_station": 50, "policy.lodging.free_nights": 30,
    "policy.lodging.initial_awareness": 0.0, "region.hotel_night": 500, "behaviour.home_horizon_months": 1.0,
}  # fmt: skip
FARES = {
    "policy.transport_support.enabled": True, "policy.transport_support.share": 1.0, "policy.transport_support.places": 10_000,
    "policy.transport_support.for_visitors": True, "policy.transport_support.initial_awareness": 0.0, "behaviour.home_horizon_months": 1.0,
    "policy.transport_support.ceiling": 100_000,
}  # fmt: skip
OTHERS = [number for number in range(len(PROVINCES)) if number != EAST]
RENT_BIT = np.uint32(1 << LeverId.SUBSIDIES)


def with_programme(policy: dict[str, Any], graduates: int = 600, days: int = 31, **nation: Any) -> Scenario:
    return nation_of(graduates, days, {"policy_in": "east", **nation}, **policy)


def goes(nation: NationWorld, known: int) -> np.ndarray:
    """Return who would go from where to where, were services known to everybody or to nobody: the same people, with the same luck."""
    for market in markets_of(nation):
        market.known[:] = known
    markets_of(nation)[EAST].world.tables["people"].rows["aware"] = known
    return counts_of(who_goes(nation))


@pytest.mark.parametrize("policy", [RENT, BEDS, FARES], ids=["rent", "beds", "fares"])
def test_what_services_give_draws_those_who_know_of_them(policy: dict[str, Any]) -> None:
    nation = live(with_programme(policy, graduates=1_500, exchange_days=30))
    unknown, known = goes(nation, 0), goes(nation, 0xFFFFFFFF)
    assert known[OTHERS, EAST].sum() > unknown[OTHERS, EAST].sum() > 10
    assert known[EAST, OTHERS].sum() <= unknown[EAST, OTHERS].sum()


def test_a_subsidy_draws_more_than_go_and_nobody_where_nobody_knows() -> None:
    rent = RENT | {"policy.subsidies.initial_awareness": 1.0}
    known, unknown = (with_programme(policy, graduates=2_400, days=210, known_elsewhere=1.0, exchange_days=15) for policy in (rent, RENT))
    found = compare_nation(without_programme(known), {"known": known, "unknown": unknown}, replicates=3)
    drawn, nobody = found.places["known"], found.places["unknown"]
    assert (drawn["drawn"] > drawn["gone"]).all()
    assert drawn["net_province"].sum() > 0 > drawn["net_elsewhere"].sum()
    for places in (drawn, nobody):
        assert not places["residual"].any()
    assert not any(values.any() for values in nobody.values())


def test_a_programme_that_gives_nothing_is_as_none() -> None:
    none, empty = nation_of(days=31), with_programme({**RENT, "policy.subsidies.rent_per_month": 0, "policy.subsidies.initial_awareness": 1.0})
    assert state_of(live(none)) == state_of(live(empty))


@pytest.fixture(scope="module")
def told() -> NationWorld:
    """Return a nation lived with a subsidy that everybody in its market knew of, and a third of the others."""
    return live(with_programme(RENT | {"policy.subsidies.initial_awareness": 1.0}, graduates=1_200, exchange_days=15, known_elsewhere=1 / 3))


def test_threads_change_no_byte_of_what_is_known(told: NationWorld) -> None:
    for threads in (1, 4):
        again = live(told.scenario, threads=threads)
        assert state_of(again) == state_of(told)
        assert [market.known.tobytes() for market in markets_of(again)] == [market.known.tobytes() for market in markets_of(told)]


def test_knowledge_goes_with_the_person_and_its_share_is_as_declared(told: NationWorld) -> None:
    at_first = markets_of(make(told.scenario))
    for number in OTHERS:
        market = at_first[number]
        share = (market.known[0][market.person >= 0] & RENT_BIT > 0).mean()
        assert share == pytest.approx(1 / 3, abs=0.05)
    markets, going = markets_of(told), who_goes(told)

    def known_in(market: Market) -> np.ndarray:
        known: np.ndarray = market.world.tables["people"].rows["aware"] if market.number == EAST else market.known[0]
        return known

    for origin, market in ((markets[0], markets[EAST]), (markets[EAST], markets[0]), (markets[0], markets[1])):
        movers = going[origin.number][market.number]
        knew = known_in(origin)[[int(np.flatnonzero(origin.person == who)[0]) for who in movers.who]]
        rows = host_of(told).take_in(told.day, {market.number: {origin.number: movers}})[market.number][origin.number]
        knows = known_in(market)[rows]
        assert len(rows) > 3
        assert knew.any()
        assert knows[rows >= 0].tolist() == knew[rows >= 0].tolist()


def test_news_come_by_talk_with_who_knows() -> None:
    """Nobody elsewhere knows at first: who talks with somebody of the own campus who is there hears, and nobody where nobody tells."""
    rent = RENT | {"policy.subsidies.initial_awareness": 1.0}

    def share(**behaviour: float) -> list[float]:
        changes = {f"behaviour.{name}": value for name, value in behaviour.items()}
        nation = make(with_programme({**rent, **changes}, known_elsewhere=0.0))
        host, markets = host_of(nation), markets_of(nation)
        assert not any(market.known.any() for market in markets)
        told = host.tell()
        for day in range(60):
            host.think(day, told)
        return [float((markets[number].known[0] > 0).mean()) for number in OTHERS]

    silent, heard, everything = share(talk_recall=0.0), share(), share(talk_recall=1.0, forget_per_month=0.0)
    assert silent == [0.0, 0.0]
    assert all(0.0 < some < most for some, most in zip(heard, everything, strict=True))
