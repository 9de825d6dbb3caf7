"""Markets of one process: made, lived and exchanged on its threads. To markets of other processes they tell what these need, as copies.

What a step gives and takes is by number of the market, so that it can be sent wherever a market is; what it takes is read alone.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.calendar import MONTH_DAYS
from sim.capital import capital_of
from sim.compiled import NEVER, Rows
from sim.nation.account import Stands, stands_of
from sim.nation.arriving import LOOKS, MOVES, let_go, list_rows, take_in
from sim.nation.geography import drawn
from sim.nation.known import News, classmates_in, know_at_first, news_of, shares_at_first, spread_news, with_shares
from sim.nation.markets import scenarios_of, seed_of
from sim.nation.moves import OUTLOOK, list_movers, list_thinkers, outlook_of, weigh_services
from sim.nation.reading import Reading, read_market
from sim.nation.rows import Market, Persons, joined, rooms_of, settle_in, tell_of
from sim.scenario import Scenario
from sim.simulation import available_cores, warm_up
from sim.tables import Tables
from sim.world import count_people, make_world

Outlook = NDArray[np.float64]
Told = tuple[Outlook, News | None]
"""What a market tells in the morning of an exchange: its outlook, and what its people know of its services where it has a programme."""
Plan = tuple[Scenario, int, int, Sequence[str]]
"""The nation, the seed, the number of the replicate, and the provinces whose markets a process keeps."""
Gone = tuple[int, NDArray[np.int64], NDArray[np.int64]]
"""Who found no room, who went to look in each province, and who went to live there."""


SETTLE = "settle"
"""What a keeper is asked first."""


class Hosts(Protocol):
    """Processes that keep markets."""

    @property
    def threads(self) -> Sequence[int]:
        """Markets that each lives at a time."""
        ...

    def settle(self, plans: Sequence[Plan]) -> None:
        """Let each make its markets, the arguments of `Host` but its threads; those that it had are gone before."""
        ...

    def carry_out(self, step: str, given: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Let each carry out a step, a method of `Host`, with what is given to it; return what each answers."""
        ...


class Here:
    """This process alone.

    Args:
        workers: Markets that are lived at a time; None: one a core.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.threads = (workers or available_cores(),)
        self.hosts: list[Host] = []

    def settle(self, plans: Sequence[Plan]) -> None:
        """Make the markets (see `Hosts`)."""
        self.hosts.clear()
        self.hosts += [Host(*plan, threads) for plan, threads in zip(plans, self.threads, strict=True)]

    def carry_out(self, step: str, given: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Carry out a step (see `Hosts`)."""
        return [getattr(host, step)(*one) for host, one in zip(self.hosts, given, strict=True)]


class Keeper:
    """Markets of this process, kept for another one: what it is told and what it answers are bytes.

    Args:
        threads: Markets that are lived at a time.
    """

    def __init__(self, threads: int) -> None:
        self._here = Here(threads)

    def carry_out(self, letter: bytes) -> bytes:
        """Carry out what a letter asks, as `Afar` writes it."""
        step, given = pickle.loads(letter)  # noqa: S301 (of the process for which the markets are kept)
        if step == SETTLE:
            self._here.settle([given])
            return pickle.dumps(None)
        return pickle.dumps(self._here.carry_out(step, [given])[0])


class Afar:
    """Other processes, each with a `Keeper`.

    Args:
        threads: Markets that each lives at a time.
        send: Sends each keeper a letter, and returns what they answer.
    """

    def __init__(self, threads: Sequence[int], send: Callable[[Sequence[bytes]], Sequence[bytes]]) -> None:
        self.threads = threads
        self._send = send

    def settle(self, plans: Sequence[Plan]) -> None:
        """Let each make its markets (see `Hosts`)."""
        self._send([pickle.dumps((SETTLE, plan)) for plan in plans])

    def carry_out(self, step: str, given: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Let each carry out a step (see `Hosts`)."""
        return [pickle.loads(answer) for answer in self._send([pickle.dumps((step, one)) for one in given])]  # noqa: S301 (of own processes)


class Host:
    """Some markets of a nation in one process.

    Args:
        scenario: The nation, of one replicate.
        seed: Seed of all draws.
        replicate: Number of the replicate.
        names: Provinces whose markets are here.
        threads: Markets that are lived at a time.

    Attributes:
        markets: Number of a province → its market.
    """

    def __init__(self, scenario: Scenario, seed: int, replicate: int, names: Sequence[str], threads: int) -> None:
        self._threads = threads
        self.scenario, self._nation = scenario, scenario.region.nation
        scenarios = scenarios_of(scenario)
        warm_up(next(iter(scenarios.values())))
        provinces = [province.name for province in self._nation.provinces]
        self._drawn = drawn(scenario)
        self._drawn[:, [name not in self._nation.lived for name in provinces]] = 0.0
        self._programmes = programmes_of(scenario, scenarios)
        self._shares = {
            number: shares_at_first(scenarios[provinces[number]], self._nation.known_elsewhere) for number in self._programmes
        }  # fmt: skip
        self._classmates: dict[int, Rows] = {}
        self._tables: dict[int, Tables] = {}
        self._thinkers: dict[int, NDArray[np.int64]] = {}
        self._movers: dict[int, NDArray[np.int64]] = {}
        people = {name: count_people(one) for name, one in scenarios.items()}
        first_person = dict(zip(people, np.cumsum([0, *people.values()]).tolist(), strict=False))
        rooms = rooms_of(scenario, sum(people.values()))

        def make(name: str) -> Market:
            number = provinces.index(name)
            market = settle_in(
                name, number, make_world(scenarios[name], seed_of(seed, name), replicate), first_person[name], int(rooms[number]),
                lambda campus: np.asarray(campus).astype(np.int8), len(self._programmes), self._programmes.get(number, NEVER),
            )  # fmt: skip
            for other, place in self._programmes.items():
                if other != number:
                    know_at_first(market.world.together, other, self._shares[other], market.known[place])
            return market

        largest_first = sorted(names, key=lambda name: -people[name])  # each needs more while it is made
        with ThreadPoolExecutor(threads, thread_name_prefix="market") as pool:
            made = dict(zip(largest_first, pool.map(make, largest_first), strict=True))
        self.markets = {provinces.index(name): made[name] for name in names}

    def introduce(self) -> dict[int, Rows]:
        """Return who of each campus was in each market on the first morning."""
        return {number: classmates_in(market.world) for number, market in self.markets.items()}

    def meet(self, classmates: Mapping[int, Rows]) -> dict[int, None]:
        """Note who of each campus is in which market with a programme.

        Args:
            classmates: What all markets introduced.
        """
        self._classmates = {number: with_shares(classmates, number) for number in self._programmes}
        return {}

    def live(self, first: int, until: int) -> dict[int, None]:
        """Live the days first … until - 1."""
        self._tables.clear()
        return self._each(lambda market: market.world.advance(first, until, afresh=first == 0))

    def tell(self) -> dict[int, Told]:
        """Tell what everybody knows of each market, and what its people know of its services."""

        def told(market: Market) -> Told:
            outlook = np.zeros(OUTLOOK)
            outlook_of(self._tables_of(market), outlook)
            return outlook, news_of(market.world) if market.programme >= 0 else None

        return self._each(told)

    def think(self, day: int, told: Mapping[int, Told]) -> dict[int, Persons]:
        """Let people talk of services of other markets; list who thinks of where to look, and tell markets with a programme of them.

        Args:
            day: Today.
            told: What all markets tell.
        """
        days = min(self._nation.exchange_days, MONTH_DAYS)

        def think(market: Market) -> Persons | None:
            here = self._tables_of(market)
            for number, place in self._programmes.items():
                if number != market.number and (news := told[number][1]) is not None:
                    for ahead in range(days):
                        spread_news(here, day + ahead, number, self._classmates[number], news.entries, news.offered, market.known[place])
            rows = market.world.tables["people"].count
            thinkers = np.zeros((rows * days // MONTH_DAYS + MONTH_DAYS, 2), np.int64)
            found = list_thinkers(here, day, days, market.number, self._nation.look_months, market.lives, thinkers)
            self._thinkers[market.number] = thinkers[:found].copy()
            return tell_of(market, thinkers[:found, 0], thinkers[:found, 1]) if self._programmes else None

        return {number: persons for number, persons in self._each(think).items() if persons is not None}

    def weigh(self, day: int, thinkers: Mapping[int, Persons]) -> dict[int, dict[int, NDArray[np.float64]]]:
        """Weigh what the services of markets here would give to those who think of where to look, wherever they are.

        Args:
            day: Today.
            thinkers: Market in which they are → they.

        Returns:
            Market → market in which they are → CNY a month, shape (thinkers,).
        """

        def weigh(market: Market) -> dict[int, NDArray[np.float64]]:
            return {number: self._weigh(market, day, number, persons) for number, persons in thinkers.items()}

        return self._each(weigh, [number for number, market in self.markets.items() if market.programme >= 0])

    def _weigh(self, market: Market, day: int, origin: int, thinkers: Persons) -> NDArray[np.float64]:
        here, people = self._tables_of(market), market.world.tables["people"]
        persons = people.new_rows(len(thinkers.who))
        if origin == market.number:
            persons[:] = thinkers.rows
        else:
            rows = np.zeros(len(thinkers.who), np.int64)
            list_rows(here, market.first, market.room, market.person, thinkers.who, rows)
            persons[rows >= 0] = people.rows[rows[rows >= 0]]
        given = np.zeros(len(thinkers.who))
        weigh_services(
            here, day, market.number, origin == market.number, thinkers.usual, thinkers.rows, thinkers.lives, thinkers.home,
            np.ascontiguousarray(thinkers.known[:, market.programme]), persons, given,
        )  # fmt: skip
        return given

    def choose(self, day: int, told: Mapping[int, Told], given: Mapping[int, Mapping[int, NDArray[np.float64]]]) -> dict[int, dict[int, Persons]]:
        """Let those who think of it choose where to look.

        Args:
            day: Today.
            told: What all markets tell.
            given: Market in which they are → market with a programme → what its services would give them.

        Returns:
            Market that they leave → market into which they go → they.
        """
        outlook = np.zeros((len(self._drawn), OUTLOOK))
        for number, (one, _) in told.items():
            outlook[number] = one
        odds = (1.0 - self._nation.stay_share) / self._nation.stay_share

        def choose(market: Market) -> dict[int, Persons]:
            thinkers = self._thinkers.pop(market.number)
            of_services = np.zeros((len(thinkers), len(self._drawn)))
            for number, column in given.get(market.number, {}).items():
                of_services[:, number] = column
            movers = np.zeros((len(thinkers), 3), np.int64)
            found = list_movers(
                self._tables_of(market), day, market.number, outlook, self._drawn, odds, market.lives, market.home, thinkers, of_services, movers,
            )  # fmt: skip
            self._movers[market.number] = movers = movers[:found].copy()
            order = np.argsort(movers[:, 1], kind="stable")
            going = tell_of(market, movers[order, 0], movers[order, 2])
            numbers, firsts = np.unique(movers[order, 1], return_index=True)
            bounds = [*firsts.tolist(), len(order)]
            return {int(number): going.only(slice(*bounds[place : place + 2])) for place, number in enumerate(numbers)}

        return self._each(choose)

    def take_in(self, day: int, coming: Mapping[int, Mapping[int, Persons]]) -> dict[int, dict[int, NDArray[np.int64]]]:
        """Let people come in from other markets, in the order of these.

        Args:
            day: Today.
            coming: Market here → market from which they come → they.

        Returns:
            Market here → market from which they come → row of each, or NEVER for want of room.
        """

        def come(market: Market) -> dict[int, NDArray[np.int64]]:
            letters = coming[market.number]
            persons = joined(list(letters.values()))
            rows = np.full(len(persons.who), NEVER, np.int64)
            take_in(
                self._tables_of(market), day, market.number, market.first, market.room, market.person, market.present, market.lives, market.home,
                market.known, market.programme, persons.who, persons.rows, persons.lives, persons.home, persons.known, persons.usual, persons.how,
                rows,
            )  # fmt: skip
            ends = np.cumsum([len(some.who) for some in letters.values()])
            return dict(zip(letters, np.split(rows, ends[:-1]), strict=True))

        return self._each(come, coming)

    def let_go(self, day: int, taken: Mapping[int, Mapping[int, NDArray[np.int64]]]) -> dict[int, Gone]:
        """Let those leave their rows who have been taken in elsewhere.

        Args:
            day: Today.
            taken: Market here → market into which they went → row of each there, or NEVER.
        """

        def go(market: Market) -> Gone:
            movers = self._movers.pop(market.number)
            rows = np.full(len(movers), NEVER, np.int64)
            for number, found in taken[market.number].items():
                rows[movers[:, 1] == number] = found
            refused = int(let_go(self._tables_of(market), day, movers, rows, len(movers), market.present))
            came = movers[rows >= 0]
            looked, settled = (np.bincount(came[came[:, 2] == kind, 1], minlength=len(self._drawn)) for kind in (LOOKS, MOVES))
            return refused, looked, settled

        return self._each(go, taken)

    def close(self) -> dict[int, None]:
        """Give back the memory that living alone needs, a seventh: what is read of a nation at its end stays."""
        self._tables.clear()
        for market in self.markets.values():
            market.world.close()
        return {}

    def read(self) -> dict[int, Reading]:
        """Read what is kept of each market."""
        return self._each(read_market)

    def stand(self) -> dict[int, Stands]:
        """Tell where everybody of each market is at the end."""
        return self._each(lambda market: stands_of(market, self.scenario.days))

    def count_capital(self) -> dict[int, dict[str, int]]:
        """Return the capital of each market at the end."""
        return {number: capital_of(market.world) for number, market in self.markets.items()}

    def _tables_of(self, market: Market) -> Tables:
        """Return what rules take of a market, put together once an exchange: no table grows then."""
        if market.number not in self._tables:
            self._tables[market.number] = market.world.together
        return self._tables[market.number]

    def _each(self, function: Callable[[Market], Any], chosen: Iterable[int] | None = None) -> dict[int, Any]:
        """Apply a function to markets on threads, the largest first, so that in the end nobody waits long for the last."""
        numbers = list(self.markets if chosen is None else chosen)
        largest_first = sorted(numbers, key=lambda number: -self.markets[number].world.tables["people"].count)
        with ThreadPoolExecutor(self._threads, thread_name_prefix="market") as pool:
            found = dict(zip(largest_first, pool.map(lambda number: function(self.markets[number]), largest_first), strict=True))
        return {number: found[number] for number in numbers}


def programmes_of(scenario: Scenario, scenarios: Mapping[str, Scenario]) -> dict[int, int]:
    """Return number of the province → place among those whose market has a programme; none where nobody moves.

    Args:
        scenario: The nation.
        scenarios: Its markets, by the name of the province.
    """
    nation = scenario.region.nation
    if not nation.migration or len(scenarios) == 1:
        return {}
    names = [province.name for province in nation.provinces]
    offering = [names.index(name) for name, one in scenarios.items() if any(map(one.is_offered, one.policy.levers.values()))]
    return {number: place for place, number in enumerate(offering)}


def share_out(people: Mapping[str, int], threads: Sequence[int]) -> list[list[str]]:
    """Divide markets among processes: the largest first, each to where the fewest people are a thread then.

    Args:
        people: Name of a market → its people.
        threads: Threads of each process.

    Returns:
        Names of the markets of each, in the order of `people`.
    """
    load = [0] * len(threads)
    where = {}
    for name in sorted(people, key=lambda name: -people[name]):
        where[name] = min(range(len(threads)), key=lambda place: (load[place] + people[name]) / threads[place])
        load[where[name]] += people[name]
    return [[name for name in people if where[name] == place] for place in range(len(threads))]
