"""A nation of small provinces: nobody is lost or doubled, threads change nothing, and a market alone is the market by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.comparison import without_programme
from sim.errors import ConfigurationError
from sim.nation.comparing import compare_nation
from sim.nation.geography import arriving, looking
from sim.nation.hosting import Afar, Here, Host, Keeper, Told, share_out
from sim.nation.living import NationWorld, turned
from sim.nation.markets import people_of, scenarios_of, seed_of
from sim.nation.moves import CHANCE, PAY, RENT
from sim.nation.results import Flows, read_nation, simulate_nation
from sim.nation.rows import Market, Persons
from sim.provinces import Nation
from sim.scenario import Scenario
from sim.simulation import simulate
from sim.states import ACTIVITIES, PLACES, Activity, Money, Place, Stock
from sim.world import World, make_world
from tests.conftest import EVERY_LEVER

PROVINCES = [
    {"name": "south", "name_zh": "南", "longitude": 113.3, "latitude": 23.1, "students": 3, "jobs": 4, "pay": 1.2},
    {"name": "centre", "name_zh": "中", "longitude": 113.7, "latitude": 34.8, "students": 4, "jobs": 2, "pay": 0.8},
    {"name": "east", "name_zh": "东", "longitude": 121.5, "latitude": 31.2, "students": 1, "jobs": 2, "pay": 1.5},
]
CAMPUSES = [{"name": "campuses", "name_zh": "高校", "outside": True, "vocational": 0.5, "master": 0.1, "locals_share": 0.4}]
EAGER = {"look_months": 1.0, "stay_share": 0.4, "exchange_days": 1, "room": 3.0}
"""People who think of where to look all the time, and are exchanged every day."""
EAST = 2
DAYS = 45
FAIRS = {"policy.job_fairs.enabled": True, "policy.job_fairs.fairs_per_year": 12}


def nation_of(graduates: int = 600, days: int = DAYS, nation: dict[str, Any] | None = None, **changes: Any) -> Scenario:
    return Scenario.load("none", {
        "population.graduates": graduates, "days": days, "start": "2021-05-25", "region.campuses": CAMPUSES,
        "region.nation": {"provinces": PROVINCES, **EAGER, **(nation or {})}, **changes,
    })  # fmt: skip


def make(scenario: Scenario, threads: int = 2, seed: int = 1) -> NationWorld:
    return NationWorld(scenario, seed, 0, Here(threads))


def live(scenario: Scenario, threads: int = 2, seed: int = 1) -> NationWorld:
    nation = make(scenario, threads, seed)
    nation.advance(scenario.days)
    return nation


def host_of(nation: NationWorld) -> Host:
    """Return what keeps the markets of a nation that is in this process alone."""
    here = nation._hosts
    assert isinstance(here, Here)
    return here.hosts[0]


def markets_of(nation: NationWorld) -> list[Market]:
    return list(host_of(nation).markets.values())


def worlds_of(nation: NationWorld) -> list[World]:
    return [market.world for market in markets_of(nation)]


def state_of(nation: NationWorld) -> list[bytes]:
    found = [nation.moved.tobytes(), nation.settled.tobytes()]
    for market in markets_of(nation):
        world = market.world
        found += [market.person.tobytes(), market.present.tobytes(), market.lives.tobytes(), world.flows.tobytes(), world.stocks.tobytes()]
        found += [np.asarray(world.tables[name].rows[: world.tables[name].count]).tobytes() for name in ("people", "employers", "posts")]
    return found


def present(market: Market) -> np.ndarray:
    return market.person[: market.world.tables["people"].count][market.rows]


@pytest.fixture(scope="module")
def lived() -> NationWorld:
    return live(nation_of())


@pytest.fixture(scope="module")
def day_by_day() -> list[tuple[np.ndarray, list[int], list[int]]]:
    """Return the persons present, the stocks and the savings of each evening."""
    scenario, found = nation_of(), []
    nation = make(scenario, 1)
    for day in range(scenario.days):
        nation.advance(day + 1)
        markets, worlds = markets_of(nation), worlds_of(nation)
        everybody = np.concatenate([present(market) for market in markets])
        counted = sum(int(world.stocks[day, : ACTIVITIES * PLACES].sum()) for world in worlds)
        savings = sum(int(world.stocks[day, Stock.SAVINGS]) for world in worlds)
        held = sum(int(market.world.tables["people"].column("savings")[market.rows].sum()) for market in markets)
        found.append((everybody, [counted, len(everybody)], [savings, held]))
    return found


def test_people_are_conserved_over_all_markets_every_day(day_by_day: list[Any], lived: NationWorld) -> None:
    assert lived.moved.sum() > 50
    entered = [len(everybody) for everybody, _, _ in day_by_day]
    assert sorted(set(entered)) == [600, lived.people]  # a class enters within these weeks
    for everybody, counted, _ in day_by_day:
        assert len(np.unique(everybody)) == len(everybody)
        assert counted[0] == counted[1]
    before, after = day_by_day[0][0], day_by_day[-1][0]
    for everybody, _, _ in day_by_day:
        assert np.array_equal(np.sort(everybody), np.sort(before if len(everybody) == len(before) else after))


def test_everybody_is_the_same_person_in_the_end(lived: NationWorld) -> None:
    traits = ("effort", "confidence", "interview_skill", "sex", "field", "education")
    at_first: dict[int, tuple[float, ...]] = {}
    for market in markets_of(make(nation_of())):
        rows = market.world.tables["people"].rows
        for row in np.flatnonzero(market.person >= 0):
            at_first[int(market.person[row])] = tuple(float(rows[name][row]) for name in traits)
    seen = 0
    for market in markets_of(lived):
        rows = market.world.tables["people"].rows
        for row in np.flatnonzero(market.rows):
            is_there = at_first[int(market.person[row])]
            assert is_there == tuple(float(rows[name][row]) for name in traits)
            seen += market.first <= row < market.first + market.room
    assert seen > 10


def test_money_moves_with_people_and_none_is_made(day_by_day: list[Any], lived: NationWorld) -> None:
    assert [counted == held for _, _, (counted, held) in day_by_day] == [True] * DAYS
    brought = sum(int(world.ledger[Money.OPENING_SAVINGS]) for world in worlds_of(lived))
    at_first = markets_of(make(nation_of()))
    entered = sum(int(market.world.tables["people"].rows["savings"][market.first + market.room :].sum()) for market in at_first)
    assert brought == entered + sum(int(market.world.ledger[Money.OPENING_SAVINGS]) for market in at_first)


def test_threads_change_no_byte(lived: NationWorld) -> None:
    assert state_of(lived) == state_of(live(nation_of(), threads=1)) == state_of(live(nation_of(), threads=4))


@pytest.mark.parametrize("how", [{"markets": ["centre"]}, {"markets": ["centre"], "migration": False}, {"migration": False}])
def test_a_market_without_migration_is_the_market_by_itself(how: dict[str, Any]) -> None:
    scenario = nation_of(nation=how)
    market = next(market for market in markets_of(live(scenario)) if market.name == "centre")
    alone = make_world(scenarios_of(scenario)["centre"], seed_of(1, "centre"), 0)
    alone.advance(0, scenario.days)
    for name, table in alone.tables.items():
        assert np.asarray(table.rows[: table.count]).tobytes() == np.asarray(market.world.tables[name].rows[: table.count]).tobytes(), name
    for series in ("flows", "stocks", "services", "beds", "ledger"):
        assert getattr(alone, series).tobytes() == getattr(market.world, series).tobytes(), series


def test_results_of_a_market_alone_are_those_of_a_run_of_it() -> None:
    scenario = nation_of(nation={"markets": ["east"]}, days=20)
    inside = simulate_nation(scenario, replicates=2, seed=3, workers=1)
    alone = simulate(scenarios_of(scenario)["east"], replicates=2, seed=seed_of(3, "east"), workers=1)
    for one, other in zip(inside.markets["east"].runs, alone.runs, strict=True):
        np.testing.assert_equal(one.outcomes, other.outcomes)
        np.testing.assert_equal(one.groups, other.groups)


@pytest.fixture(scope="module")
def flows(lived: NationWorld) -> tuple[Any, Any, Flows]:
    return read_nation(lived)


def test_the_total_is_the_sum_of_the_markets(flows: tuple[Any, Any, Flows], lived: NationWorld) -> None:
    total, markets, went = flows
    for name in ("employed_in_region", "hires", "applications_sent", "spending"):
        assert total.outcomes[name] == sum(market.outcomes[name] for market in markets.values())
    assert total.groups["sex"]["male"]["persons"] + total.groups["sex"]["female"]["persons"] == lived.people
    assert went.works.sum() == total.outcomes["employed_in_region"]
    assert went.works[:, 0].sum() == markets["south"].outcomes["employed_in_region"]
    stocks = sum(world.stocks[-1, : ACTIVITIES * PLACES].reshape(ACTIVITIES, PLACES) for world in worlds_of(lived))
    anywhere = [Place.RESIDENT, Place.ELSEWHERE]
    waiting = sum(world.stocks[-1, Stock.WAITING_TO_START] for world in worlds_of(lived))
    searching = stocks[Activity.SEARCHING, anywhere].sum() - waiting
    working = stocks[[Activity.EMPLOYED, Activity.FOUNDER]][:, anywhere].sum()
    assert total.outcomes["unemployment_rate"] == pytest.approx(searching / (searching + working))


def test_the_evening_counts_as_a_full_count_would(lived: NationWorld) -> None:
    for market in markets_of(lived):
        people = market.world.tables["people"]
        cell = people.column("activity").astype(int) * PLACES + people.column("place")
        expected = np.bincount(cell[market.rows], minlength=ACTIVITIES * PLACES)
        assert market.world.stocks[-1, : ACTIVITIES * PLACES].tolist() == expected.tolist()


def test_a_person_has_one_row_in_each_market(lived: NationWorld) -> None:
    """Whoever comes back as a graduate finds the row that was taken as a student."""
    for market in markets_of(lived):
        held = market.person[market.person >= 0]
        assert len(np.unique(held)) == len(held)


def test_nobody_who_has_gone_does_anything(lived: NationWorld) -> None:
    for market in markets_of(lived):
        gone = market.world.tables["people"].rows[: market.world.tables["people"].count][~market.rows]
        assert (gone["activity"] == Activity.AGED_OUT).all()
        assert (gone["savings"] == 0).all()
        for column in ("next_search_day", "next_trip_day", "next_outside_day", "contract_day", "opportunity_day", "return_day", "employer"):
            assert (gone[column] < 0).all(), column


def test_somebody_takes_the_same_row_in_every_world(lived: NationWorld) -> None:
    other = live(nation_of(**{"market.demand": 1.1}))
    same = taken = 0
    for one, two in zip(markets_of(lived), markets_of(other), strict=True):
        rows = {int(who): row for row, who in enumerate(two.person[two.first : two.first + two.room]) if who >= 0}
        for row, who in enumerate(one.person[one.first : one.first + one.room]):
            if int(who) in rows:
                taken += 1
                same += rows[int(who)] == row
    assert taken > 50
    assert same > 0.8 * taken


def test_a_nation_that_is_closed_can_be_read_and_not_lived(lived: NationWorld, flows: tuple[Any, Any, Flows]) -> None:
    closed = live(nation_of())
    held = sum(len(world.queue) + len(world.peers) for world in worlds_of(closed))
    closed.close()
    assert held > 0 == sum(len(world.queue) + len(world.peers) + world.tables["applications"].capacity for world in worlds_of(closed))
    np.testing.assert_equal(read_nation(closed)[0].outcomes, flows[0].outcomes)
    assert closed.day == lived.day
    with pytest.raises(ValueError, match="closed"):
        closed.advance(closed.day + 1)


def test_room_is_for_those_who_come(lived: NationWorld) -> None:
    """More come where more are expected, and there is room for all of them, but not for many more."""
    expected = arriving(lived.scenario, lived.people)
    came = np.array([(market.person[market.first : market.first + market.room] >= 0).sum() for market in markets_of(lived)])
    rooms = [market.room for market in markets_of(lived)]
    assert lived.refused == 0
    assert np.array_equal(np.argsort(expected), np.argsort(rooms))
    assert (came < rooms).all()
    assert arriving(nation_of(nation={"markets": ["south", "east"]}), 600)[1] == 0.0
    assert arriving(nation_of(days=300), 600).sum() > 1.5 * arriving(nation_of(days=60), 600).sum()


@pytest.fixture(scope="module")
def informed() -> NationWorld:
    """Return a nation on the morning of an exchange, of which everybody knows the markets."""
    return live(nation_of(graduates=1500, days=30, nation={"exchange_days": 30}))


def who_goes(nation: NationWorld, told: dict[int, Told] | None = None) -> dict[int, dict[int, Persons]]:
    """Return who would go from where to where on a morning, as far as an exchange decides it; nobody goes."""
    host = host_of(nation)
    told = told or host.tell()
    given = turned(host.weigh(nation.day, host.think(nation.day, told)))
    return host.choose(nation.day, told, given)


def counts_of(going: dict[int, dict[int, Persons]]) -> np.ndarray:
    return np.array([[len(to[number].who) if number in to else 0 for number in range(len(PROVINCES))] for to in going.values()])


def test_rows_for_others_follow_from_who_comes_and_not_from_who_came_before(informed: NationWorld) -> None:
    """Whoever comes takes the same row in whatever order they come, but for a few who find it taken."""
    host, market = host_of(informed), markets_of(informed)[EAST]
    movers = who_goes(informed)[0][EAST]
    held, there = market.person.copy(), market.present.copy()

    def rows_of(order: np.ndarray) -> dict[int, int]:
        one = movers.only(order)
        rows = host.take_in(informed.day, {EAST: {0: one}})[EAST][0]
        market.person[:], market.present[:] = held, there
        return dict(zip(one.who.tolist(), rows.tolist(), strict=True))

    usual = np.arange(len(movers.who))
    one, other, alone = rows_of(usual), rows_of(usual[::-1]), rows_of(usual[-1:])
    assert len(set(one.values())) == len(usual) > 10
    assert sum(row == other[who] for who, row in one.items()) > 0.8 * len(usual)
    assert all(other[who] == row for who, row in alone.items())


def test_who_finds_no_room_stays_and_is_counted() -> None:
    crowded = live(nation_of(days=30, nation={"room": 0.02}))
    assert crowded.refused > 0
    everybody = np.concatenate([present(market) for market in markets_of(crowded)])
    assert len(np.unique(everybody)) == len(everybody) == 600
    for market in markets_of(crowded):
        taken = market.person[market.first : market.first + market.room]
        assert len(np.unique(taken)) == market.room  # each row has one person for good


def test_pay_distance_and_jobs_draw_people() -> None:
    def looks(**changes: Any) -> np.ndarray:
        provinces = [dict(province) for province in PROVINCES]
        provinces[2] |= changes
        return looking(nation_of(nation={"provinces": provinces}))

    usual = looks()
    assert np.allclose(usual.sum(axis=1), 1.0)
    assert looks(pay=2.0)[1, 2] > usual[1, 2]
    assert looks(jobs=4)[1, 2] > usual[1, 2]
    assert looks(longitude=130.0)[1, 2] < usual[1, 2]
    assert looks(pay=0.8)[2, 2] < usual[2, 2]


def test_who_looks_for_work_knows_of_pay_rent_and_chances_everywhere(informed: NationWorld) -> None:
    """A fifth more pay in one province draws people there, and fewer to the others: the same people at the same moment, with the same luck."""

    def goes(column: slice | int = PAY, factor: float = 1.0) -> np.ndarray:
        told = host_of(informed).tell()
        told[EAST][0][column] *= factor
        return counts_of(who_goes(informed, told))

    usual = goes()
    paid, cheap, hopeless = goes(slice(PAY, RENT), 1.2), goes(RENT, 0.5), goes(CHANCE, 0.5)
    others = [number for number in range(len(PROVINCES)) if number != EAST]
    assert paid[others, EAST].sum() > usual[others, EAST].sum() > 20
    assert paid[EAST, others].sum() < usual[EAST, others].sum()
    assert cheap[others, EAST].sum() > usual[others, EAST].sum() > hopeless[others, EAST].sum()


def test_people_of_the_provinces_sum_to_the_nation() -> None:
    assert sum(people_of(nation_of(graduates=601)).values()) == 601


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"policy_in": "north"}, "no province 'north'"), ({"markets": ["south", "south"]}, "twice"),
        ({"markets": ["south"], "policy_in": "east"}, "among"),
        ({"provinces": PROVINCES[:1]}, "two provinces"), ({"provinces": [PROVINCES[0], PROVINCES[0]]}, "differ"),
    ],
)
def test_mistakes_are_said(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        nation_of(nation=changes)


def in_bytes(*threads: int) -> Afar:
    """Return processes that are none, but are told everything in bytes."""
    keepers = [Keeper(number) for number in threads]
    return Afar(threads, lambda letters: [keeper.carry_out(letter) for keeper, letter in zip(keepers, letters, strict=True)])


def test_markets_that_see_bytes_alone_are_the_same_to_the_bit() -> None:
    """Four processes, one without a market, a programme of one province, and talk: what one process finds, of the nation, markets, and account."""
    scenario = nation_of(300, 45, {"policy_in": "south", "exchange_days": 5, "known_elsewhere": 0.5}).with_({"policy": EVERY_LEVER})
    four = in_bytes(1, 2, 1, 1)
    here, afar = (
        compare_nation(without_programme(scenario), {"programme": scenario}, replicates=1, workers=1, hosts=hosts) for hosts in (None, four)
    )
    for name, nation in here.nations.items():
        other = afar.nations[name]
        assert nation.flows[0].looked.sum() + nation.flows[0].settled.sum() > 20
        for one, two in zip((nation.total, *nation.markets.values()), (other.total, *other.markets.values()), strict=True):
            np.testing.assert_equal(one.runs[0].outcomes, two.runs[0].outcomes)
            np.testing.assert_equal(one.runs[0].series, two.runs[0].series)
            np.testing.assert_equal(one.runs[0].groups, two.runs[0].groups)
        np.testing.assert_equal(nation.flows[0].__dict__, other.flows[0].__dict__)
    np.testing.assert_equal(here.places, afar.places)
    np.testing.assert_equal(here.total.variants["programme"].accounts, afar.total.variants["programme"].accounts)


def test_markets_are_shared_out_by_people_a_thread() -> None:
    people = {"a": 5, "b": 9, "c": 4, "d": 3, "e": 1}
    assert share_out(people, (1,)) == [["a", "b", "c", "d", "e"]]
    assert share_out(people, (1, 1)) == [["b", "d"], ["a", "c", "e"]]
    assert share_out(people, (1, 3)) == [["c", "e"], ["a", "b", "d"]]
    assert share_out({"a": 1}, (1, 1, 1)) == [["a"], [], []]


def test_a_programme_needs_a_province() -> None:
    with pytest.raises(ConfigurationError, match="carried out somewhere"):
        scenarios_of(nation_of(**FAIRS))
    scenarios = scenarios_of(nation_of(nation={"policy_in": "east"}, **FAIRS))
    assert [scenario.policy.job_fairs.enabled for scenario in scenarios.values()] == [False, False, True]


def test_a_nation_is_no_market() -> None:
    with pytest.raises(ConfigurationError, match="nation of 3 markets"):
        make_world(nation_of(), 1, 0)
    assert Nation().lived == ()
