"""The days of a nation: markets live side by side on threads, and exchange people on some mornings, the same for any number of threads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.bilingual import sentence
from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER
from sim.errors import ConfigurationError
from sim.nation.arriving import LOOKS, MOVES, let_go, list_rows, take_in
from sim.nation.geography import drawn
from sim.nation.known import classmates_in, know_at_first, shares_at_first, spread_news
from sim.nation.markets import is_nation, scenarios_of, seed_of
from sim.nation.moves import OUTLOOK, list_movers, list_thinkers, outlook_of, weigh_services
from sim.nation.rows import Market, rooms_of, settle_in
from sim.scenario import Scenario
from sim.simulation import available_cores
from sim.tables import Tables
from sim.world import World, count_people, make_world

OnThreads = Callable[[Callable[[Market], Any], Iterable[Market]], Iterable[Any]]


class NationWorld:
    """The worlds of the markets of a nation, and who is in which.

    Args:
        scenario: The scenario of the nation.
        seed: Seed of all draws.
        replicate: Number of the replicate.

    Raises:
        ConfigurationError: A region that is one market.

    Attributes:
        scenario: The scenario.
        markets: The markets that are simulated, in the order of the provinces.
        day: Day reached.
        moved: Who has gone to look for work in another market since the start, shape (from, to), int64.
        settled: Who has left one to live in another, shape (from, to), int64.
        refused: Who would have gone and found no room for a row.
        closed: Whether the nation is over.
    """

    def __init__(self, scenario: Scenario, seed: int, replicate: int) -> None:
        if not is_nation(scenario):
            raise ConfigurationError(sentence(
                "the region {name} is one market, and no nation: place=national is one", "地区 {name} 只是一个市场，不是全国；可用 place=national",
                name=scenario.region.name,
            ))  # fmt: skip
        self.scenario = scenario.of_replicate(replicate)
        nation = self.scenario.region.nation
        self.nation = nation
        names = [province.name for province in nation.provinces]
        self.moved = np.zeros((len(names), len(names)), np.int64)
        self.settled = np.zeros_like(self.moved)
        self.refused = 0
        self.day = 0
        self.closed = False
        scenarios = scenarios_of(self.scenario)
        self._drawn = drawn(self.scenario)
        self._drawn[:, [name not in nation.lived for name in names]] = 0.0
        self._outlook = np.zeros((len(names), OUTLOOK))
        exchanges = nation.migration and len(scenarios) > 1
        offering = [names.index(name) for name, one in scenarios.items() if any(map(one.is_offered, one.policy.levers.values()))]
        self._programmes = {number: place for place, number in enumerate(offering)} if exchanges else {}
        first_person, self.people, made = 0, 0, {}
        numbers = {}
        for name, one in scenarios.items():
            numbers[name] = first_person
            first_person += count_people(one)
        self.people = first_person
        rooms = rooms_of(self.scenario, self.people)
        for name in sorted(scenarios, key=lambda name: -count_people(scenarios[name])):  # the largest first: each needs more while it is made
            world = make_world(scenarios[name], seed_of(seed, name), replicate)
            made[name] = settle_in(
                name, names.index(name), world, numbers[name], int(rooms[names.index(name)]), lambda campus: np.asarray(campus).astype(np.int8),
                len(self._programmes),
            )  # fmt: skip
        self.markets = tuple(made[name] for name in scenarios)
        self._hear_at_first()

    def close(self) -> None:
        """Give back the memory that living alone needs, a seventh: what is read of a nation at its end stays. No day can be lived any more."""
        self.closed = True
        for world in self.worlds:
            world.close()

    def advance(self, last_day: int, threads: OnThreads) -> None:
        """Live the days from the one reached up to a day.

        Args:
            last_day: Day after the last.
            threads: Applies a function to each of some markets.

        Raises:
            ValueError: The nation is closed.
        """
        if self.closed:
            raise ValueError(sentence("a nation that is closed lives no further day", "已结束的全国模拟不能继续运行"))
        while self.day < last_day:
            until = last_day
            if len(self.markets) > 1 and self.nation.migration:
                if self.day and self.day % self.nation.exchange_days == 0:
                    self._exchange(threads)
                until = min(last_day, self.day - self.day % self.nation.exchange_days + self.nation.exchange_days)
            first = self.day

            def live(market: Market, first: int = first, until: int = until) -> None:
                market.world.advance(first, until, afresh=first == 0)

            for _ in threads(live, sorted(self.markets, key=lambda market: -market.world.tables["people"].count)):
                pass
            self.day = until

    def _exchange(self, threads: OnThreads) -> None:
        """Let people go from market to market: all choose, then all come in, then all leave their rows."""
        tables = {market.number: market.world.together for market in self.markets}  # made once: no table grows here, and there are pairs of markets
        for market in self.markets:
            outlook_of(tables[market.number], self._outlook[market.number])
        for _ in threads(lambda market: self._spread_news(market, tables), self.markets):
            pass
        movers = dict(zip(tables, threads(lambda market: self._list(market, tables), self.markets), strict=True))
        taken = {number: np.full(len(going), NEVER, np.int64) for number, going in movers.items()}

        def come(market: Market) -> None:
            for origin in self.markets:
                if origin is not market and len(movers[origin.number]):
                    self._take_in(market, origin, tables, movers[origin.number], taken[origin.number])

        def go(market: Market) -> int:
            going = movers[market.number]
            return int(let_go(tables[market.number], self.day, going, taken[market.number], len(going), market.present))

        for _ in threads(come, self.markets):
            pass
        self.refused += sum(threads(go, self.markets))
        for number, going in movers.items():
            came = going[taken[number] >= 0]
            for kind, counted in ((LOOKS, self.moved), (MOVES, self.settled)):
                counted[number] += np.bincount(came[came[:, 2] == kind, 1], minlength=len(counted))

    def _hear_at_first(self) -> None:
        """Let people know at the start of services of other markets; note which share of each campus is in which market with a programme."""
        by_number = {market.number: market for market in self.markets}
        self._classmates = {number: classmates_in(list(self.worlds), self.markets.index(by_number[number])) for number in self._programmes}
        for number, place in self._programmes.items():
            shares = shares_at_first(by_number[number].world.scenario, self.nation.known_elsewhere)
            for market in self.markets:
                if market.number != number:
                    know_at_first(market.world.together, number, shares, market.known[place])

    def _spread_news(self, market: Market, tables: dict[int, Tables]) -> None:
        """Let people of one market talk of the services of others."""
        days = min(self.nation.exchange_days, MONTH_DAYS)
        for number, place in self._programmes.items():
            if number != market.number:
                spread_news(tables[market.number], self.day, days, tables[number], number, self._classmates[number], market.known[place])

    def _list(self, market: Market, tables: dict[int, Tables]) -> NDArray[np.int64]:
        """Return who goes where from one market."""
        days, here = min(self.nation.exchange_days, MONTH_DAYS), tables[market.number]
        rows = market.world.tables["people"].count
        thinkers = np.zeros((rows * days // MONTH_DAYS + MONTH_DAYS, 2), np.int64)
        thinkers = thinkers[: list_thinkers(here, self.day, days, market.number, self.nation.look_months, market.lives, thinkers)]
        given = np.zeros((len(thinkers), len(self._drawn)))
        for other in self.markets:
            if other.number in self._programmes:
                self._weigh(other, market, tables, thinkers, given)
        movers = np.zeros((len(thinkers), 3), np.int64)
        odds = (1.0 - self.nation.stay_share) / self.nation.stay_share
        number = list_movers(
            here, self.day, market.number, self._outlook, self._drawn, odds, market.lives, market.home, thinkers, given, movers,
        )  # fmt: skip
        return movers[:number].copy()

    def _weigh(self, market: Market, origin: Market, tables: dict[int, Tables], thinkers: NDArray[np.int64], given: NDArray[np.float64]) -> None:
        """Weigh what the services of a market would give to those of another one, or of its own, who think of where to look."""
        rows = thinkers[:, 0].copy()
        if market is not origin:
            list_rows(tables[market.number], market.first, market.room, market.person, thinkers, origin.person, rows)
        people = market.world.tables["people"]
        persons = people.new_rows(len(rows))
        persons[rows >= 0] = people.rows[rows[rows >= 0]]
        weigh_services(
            tables[market.number], self.day, market.number, tables[origin.number], origin.number, thinkers,
            origin.known[self._programmes[market.number]], origin.lives, origin.home, persons, given,
        )  # fmt: skip

    def _take_in(self, market: Market, origin: Market, tables: dict[int, Tables], movers: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
        take_in(
            tables[market.number], self.day, tables[origin.number], market.number, market.first, market.room, movers, market.person, origin.person,
            market.present, market.lives, market.home, origin.lives, origin.home, market.known, origin.known,
            self._programmes.get(market.number, NEVER), self._programmes.get(origin.number, NEVER), rows,
        )  # fmt: skip

    @property
    def worlds(self) -> Iterator[World]:
        """The worlds of the markets."""
        return (market.world for market in self.markets)


@contextmanager
def on_threads(workers: int | None) -> Iterator[OnThreads]:
    """Give what applies a function to markets, on some threads.

    Args:
        workers: Number of threads; None: one a core.
    """
    with ThreadPoolExecutor(workers or available_cores(), thread_name_prefix="market") as pool:
        yield pool.map
