"""How spending answers the size of a lever, and which size a sum of money buys.

Spending is what the simulation spends, not a price list: more mentors than anybody wants spend no more than those who are busy. So each lever is
tried at doubling sizes, the others as the programme has them, until it spends the whole budget, is as large as it may be, or gives nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.optimising.offers import USUAL, Offer

SMALLER = (0.125, 0.25, 0.5)
"""Sizes below what the programme offers that are tried first."""
SAME = 0.02
"""Twice the size that spends, or gives, no more than so much more, in parts of one, brings nothing more."""
MOST_DOUBLINGS = 16
LEAST = 1 / 1024
"""No size below this is tried."""
BUDGET, BOUND, ASKED, IDLE = "budget", "bound", "asked", "idle"
"""Why a lever is tried no larger: it spends the budget; it may not be larger; nobody asks for more, so that it spends no more; what is more stands
idle, so that it spends more and gives no more."""


class Tried(NamedTuple):
    """What a lever did at a size: money spent, CNY, and units of service given (nights, contacts, places: what its unit cost is the price of)."""

    spent: float
    units: float


Try = Callable[[Sequence[tuple[str, float]]], list[Tried]]
"""Lever and size, several times → what that lever does there, the others as the programme has them."""


@dataclass(frozen=True)
class Answer:
    """How the spending of a lever answers its size.

    Attributes:
        sizes: Sizes, rising, the first 0.
        spent: Money spent at each, never falling, CNY.
        units: Units of service given at each, never falling.
        why: Why it is tried no larger.
    """

    sizes: tuple[float, ...]
    spent: tuple[float, ...]
    units: tuple[float, ...]
    why: str

    @property
    def most(self) -> float:
        """Money that can be spent on it, CNY."""
        return self.spent[-1]

    def size(self, money: float) -> float:
        """Return the smallest size that spends so much, between what was tried along a straight line."""
        spent, first = np.unique(np.array(self.spent), return_index=True)
        return float(np.interp(money, spent, np.array(self.sizes)[first]))


def answers_of(offers: Sequence[Offer], budget: float, ask: Try) -> dict[str, Answer]:
    """Learn how spending answers size.

    Args:
        offers: What money buys of each lever.
        budget: The budget, CNY: what spends more is of no use.
        ask: Tries levers at sizes.

    Returns:
        Lever → answer. One that costs nothing at any size spends 0 at all of them.
    """
    found: dict[str, dict[float, Tried]] = {offer.lever: {0.0: Tried(0.0, 0.0)} for offer in offers}
    ends: dict[str, str] = {}
    wave = [(offer.lever, size) for offer in offers for size in _first_sizes(offer)]
    by_name = {offer.lever: offer for offer in offers}
    for _ in range(MOST_DOUBLINGS):
        for (lever, size), tried in zip(wave, ask(wave), strict=True):
            found[lever][size] = tried
        wave = []
        for lever, offer in by_name.items():
            if lever not in ends and (end := _end(found[lever], offer, budget)):
                ends[lever] = end
            if lever not in ends:
                wave.append((lever, min(2.0 * max(found[lever]), offer.largest)))
            if not offer.is_new and (smaller := _smaller(found[lever], budget)):
                wave.append((lever, smaller))
        if not wave:
            break
    return {lever: _answer(tried, ends.get(lever, BOUND)) for lever, tried in found.items()}


def _first_sizes(offer: Offer) -> list[float]:
    return [size for size in (*(() if offer.is_new else SMALLER), USUAL) if size < offer.largest] or [offer.largest]


def _end(tried: Mapping[float, Tried], offer: Offer, budget: float) -> str:
    """Return why a lever is tried no larger; an empty text where it is."""
    *_, before, last = sorted(tried)
    if tried[last].spent >= budget:
        return BUDGET
    if last >= offer.largest:
        return BOUND
    if before == 0.0:
        return ""
    if tried[last].spent <= (1.0 + SAME) * tried[before].spent:
        return ASKED
    return IDLE if 0.0 < tried[last].units <= (1.0 + SAME) * tried[before].units else ""


def _smaller(tried: Mapping[float, Tried], budget: float) -> float:
    """Return half the smallest size where that still gives as much as any, or spends more than the budget; 0 where it does not."""
    _, least, *_, last = (*sorted(tried), max(tried))
    full = tried[least].spent > 0 and tried[least].spent * (1.0 + SAME) >= tried[last].spent
    return least / 2.0 if least > LEAST and (full or tried[least].spent > budget) else 0.0


def _answer(tried: Mapping[float, Tried], why: str) -> Answer:
    """Put together what was tried, as far as more is given."""
    sizes = sorted(tried)
    units = np.maximum.accumulate([tried[size].units for size in sizes])
    spent = np.maximum.accumulate([tried[size].spent for size in sizes])
    last = len(sizes) - 1
    if units[-1] > 0:
        last = int(np.flatnonzero(units >= units[-1] / (1.0 + SAME))[0])
        if last < len(sizes) - 1 and spent[-1] > spent[last]:
            why = ASKED if spent[-1] <= (1.0 + SAME) * spent[last] else IDLE
    kept = slice(0, last + 1)
    return Answer(tuple(sizes[kept]), tuple(map(float, spent[kept])), tuple(map(float, units[kept])), why)


def filled(wanted: npt.NDArray[np.float64], caps: npt.NDArray[np.float64], budget: float) -> npt.NDArray[np.float64]:
    """Divide a budget in some proportion, nothing beyond its cap; what is over goes to the others in the same proportion.

    Args:
        wanted: Proportions, none below zero.
        caps: Most that each can take, CNY.
        budget: Money to divide, CNY; more than all caps together is left over.

    Returns:
        Money of each, CNY.
    """
    money = np.zeros(len(wanted))
    free = wanted > 0
    while free.any() and budget - money.sum() > 0:
        share = np.where(free, wanted, 0.0)
        more = (budget - money.sum()) * share / share.sum()
        full = free & (money + more >= caps)
        if not full.any():
            return np.asarray(money + more)
        money[full] = caps[full]
        free &= ~full
    return np.asarray(money)
