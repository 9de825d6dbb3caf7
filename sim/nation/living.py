"""The days of a nation: its markets live side by side, and exchange people on some mornings, the same for any number of threads and processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.bilingual import sentence
from sim.errors import ConfigurationError
from sim.nation.account import Placed, put_together
from sim.nation.hosting import Hosts, programmes_of, share_out
from sim.nation.markets import is_nation, scenarios_of
from sim.nation.reading import Reading
from sim.scenario import Scenario
from sim.world import count_people


class NationWorld:
    """The markets of a nation, and who has gone from where to where.

    Args:
        scenario: The scenario of the nation.
        seed: Seed of all draws.
        replicate: Number of the replicate.
        hosts: The processes that keep its markets; those of a nation that they had are gone.

    Raises:
        ConfigurationError: A region that is one market.

    Attributes:
        scenario: The scenario.
        people: Persons, those of the classes that enter later included.
        day: Day reached.
        moved: Who has gone to look for work in another market since the start, shape (from, to), int64.
        settled: Who has left one to live in another, shape (from, to), int64.
        refused: Who would have gone and found no room for a row.
        closed: Whether the nation is over.
    """

    def __init__(self, scenario: Scenario, seed: int, replicate: int, hosts: Hosts) -> None:
        if not is_nation(scenario):
            raise ConfigurationError(sentence(
                "the region {name} is one market, and no nation: place=national is one", "地区 {name} 只是一个市场，不是全国；可用 place=national",
                name=scenario.region.name,
            ))  # fmt: skip
        self.scenario = scenario.of_replicate(replicate)
        self.nation = nation = self.scenario.region.nation
        provinces = [province.name for province in nation.provinces]
        self.moved = np.zeros((len(provinces), len(provinces)), np.int64)
        self.settled = np.zeros_like(self.moved)
        self.refused = 0
        self.day = 0
        self.closed = False
        scenarios = scenarios_of(self.scenario)
        people = {name: count_people(one) for name, one in scenarios.items()}
        self.people = sum(people.values())
        self._order = [provinces.index(name) for name in people]
        self._has_programmes = bool(programmes_of(self.scenario, scenarios))
        self._hosts = hosts
        shares = share_out(people, hosts.threads)
        self._kept = [[provinces.index(name) for name in share] for share in shares]
        hosts.settle([(self.scenario, seed, replicate, share) for share in shares])
        if self._has_programmes:
            self._all("meet", self._all("introduce"))

    def close(self) -> None:
        """Give back the memory that living alone needs: what is read of a nation at its end stays. No day can be lived any more."""
        self.closed = True
        self._all("close")

    def advance(self, last_day: int) -> None:
        """Live the days from the one reached up to a day.

        Args:
            last_day: Day after the last.

        Raises:
            ValueError: The nation is closed.
        """
        if self.closed:
            raise ValueError(sentence("a nation that is closed lives no further day", "已结束的全国模拟不能继续运行"))
        while self.day < last_day:
            until = last_day
            if len(self._order) > 1 and self.nation.migration:
                if self.day and self.day % self.nation.exchange_days == 0:
                    self._exchange()
                until = min(last_day, self.day - self.day % self.nation.exchange_days + self.nation.exchange_days)
            self._all("live", self.day, until)
            self.day = until

    def read(self) -> dict[int, Reading]:
        """Read what is kept of each market at the end."""
        return self._all("read")

    def place(self) -> Placed:
        """Tell where everybody is at the end, by the person's number."""
        return put_together(self.people, self._all("stand").values())

    def count_capital(self) -> dict[str, int]:
        """Return the capital of all markets at the end."""
        of_each = list(self._all("count_capital").values())
        return {part: sum(one[part] for one in of_each) for part in of_each[0]}

    def _exchange(self) -> None:
        """Let people go from market to market: all choose, then all come in, then all leave their rows."""
        told = self._all("tell")
        thinkers = self._all("think", self.day, told)
        given = turned(self._all("weigh", self.day, thinkers)) if self._has_programmes else {}
        going = turned(self._each("choose", given, self.day, told))
        taken = turned(self._each("take_in", going, self.day))
        for number, (refused, looked, settled) in self._each("let_go", taken, self.day).items():
            self.refused += refused
            self.moved[number] += looked
            self.settled[number] += settled

    def _all(self, step: str, *given: Any) -> dict[int, Any]:  # noqa: ANN401
        """Let every process carry out a step with the same; return what is answered of each market, in their order."""
        return self._in_order(self._hosts.carry_out(step, [given] * len(self._kept)))

    def _each(self, step: str, letters: Mapping[int, Any], *given: Any) -> dict[int, Any]:  # noqa: ANN401
        """Let every process carry out a step with the letters to its own markets; return what is answered of each market, in their order."""
        return self._in_order(self._hosts.carry_out(step, [
            (*given, {number: letters[number] for number in numbers if number in letters}) for numbers in self._kept
        ]))  # fmt: skip

    def _in_order(self, answers: list[dict[int, Any]]) -> dict[int, Any]:
        together = {number: answer for found in answers for number, answer in found.items()}
        return {number: together[number] for number in self._order if number in together}


def turned(letters: Mapping[int, Mapping[int, Any]]) -> dict[int, dict[int, Any]]:
    """Return letters by addressee and sender, from those by sender and addressee; senders keep their order."""
    found: dict[int, dict[int, Any]] = {}
    for sender, of_sender in letters.items():
        for addressee, letter in of_sender.items():
            found.setdefault(addressee, {})[sender] = letter
    return found
