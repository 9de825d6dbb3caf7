"""What lived worlds have left, kept for who needs the same ones again: the baseline while one lever is changed, variants while another is added."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from sim.account import Flags
from sim.results import Replicate
from sim.scenario import Scenario

_BESIDE_ARRAYS = 100_000
"""Bytes of what a world leaves beside its arrays, about."""


@dataclass(frozen=True)
class Left:
    """What a comparison needs of one finished world, so that the world may go.

    Attributes:
        outcome: The outcomes.
        capital: Each of `sim.capital.CAPITAL` → CNY.
        placed: Kind → who is placed, shape (people,).
        took_part: Who received a service, shape (people,).
    """

    outcome: Replicate
    capital: Mapping[str, int]
    placed: Mapping[str, Flags]
    took_part: Flags

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        arrays = (*self.outcome.series.values(), *self.placed.values(), self.took_part)
        return _BESIDE_ARRAYS + sum(array.nbytes for array in arrays)


class KeptWorlds:
    """What worlds left, in memory, by all that decides them: scenario, seed, replicate. Those used longest ago go first. Safe for threads.

    Args:
        most_bytes: Bytes that they may take together.
    """

    def __init__(self, most_bytes: float) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._lock = threading.Lock()
        self._held: OrderedDict[bytes, Left] = OrderedDict()

    def get(self, scenario: Scenario, seed: int, replicate: int) -> Left | None:
        """Return what a world left; None: it is not kept."""
        name = _name_of(scenario, seed, replicate)
        with self._lock:
            if name in self._held:
                self._held.move_to_end(name)
            return self._held.get(name)

    def put(self, scenario: Scenario, seed: int, replicate: int, left: Left) -> None:
        """Keep what a world left."""
        name = _name_of(scenario, seed, replicate)
        with self._lock:
            if name not in self._held:
                self._held[name] = left
                self.bytes += left.size
            while self.bytes > self.most_bytes:
                self.bytes -= self._held.popitem(last=False)[1].size


def _name_of(scenario: Scenario, seed: int, replicate: int) -> bytes:
    return hashlib.sha256(f"{seed} {replicate} {scenario.model_dump_json()}".encode()).digest()
