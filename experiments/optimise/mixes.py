"""A mix as a scenario: money of each lever → its size → what is changed in the programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.optimising.offers import USUAL, Offer
from sim.optimising.searching import Values
from sim.optimising.spending import Answer
from sim.scenario import Scenario


@dataclass(frozen=True)
class Mixes:
    """What may be mixed.

    Attributes:
        scenario: The programme as it is.
        offers: What money buys of each lever.
        answers: Lever → how its spending answers its size.
        budget: The budget, CNY.
        named: Whether the levers were named, so that all others are off; else these stay as the programme has them.
        stays: What is spent where nothing is bought, CNY: by what stays.
    """

    scenario: Scenario
    offers: tuple[Offer, ...]
    answers: Mapping[str, Answer]
    budget: float
    named: bool
    stays: float = 0.0

    @property
    def free_budget(self) -> float:
        """What is left to divide, CNY."""
        return max(0.0, self.budget - self.stays)

    @cached_property
    def bought(self) -> list[Offer]:
        """The levers that cost something, of which the budget can buy at least the least."""
        return [offer for offer in self.offers if self.answers[offer.lever].most > 0 and not self._is_too_dear(offer)]

    @cached_property
    def free(self) -> list[str]:
        """Levers that cost nothing: in every mix as the programme has them."""
        return [offer.lever for offer in self.offers if self.answers[offer.lever].most <= 0]

    @cached_property
    def too_dear(self) -> list[str]:
        """Levers of which the whole budget buys nothing: in no mix."""
        return [offer.lever for offer in self.offers if self.answers[offer.lever].most > 0 and self._is_too_dear(offer)]

    @cached_property
    def caps(self) -> Values:
        """Most that each lever that is bought can spend, CNY."""
        return np.array([min(self.answers[offer.lever].most, self.free_budget) for offer in self.bought])

    @cached_property
    def today(self) -> Values:
        """What each of them spends at its size in the programme, CNY; nothing of what is new."""
        return np.array([0.0 if offer.is_new else self._spent_today(self.answers[offer.lever]) for offer in self.bought])

    @cached_property
    def _fixed(self) -> dict[str, Any]:
        """Changes that every mix has: levers that are not chosen are off, those that cost nothing as they are, those that are too dear gone."""
        off = dict(self._alone)
        for offer in self.offers:
            if offer.lever in self.free and offer.is_new:
                off |= offer.at(USUAL)
            elif offer.lever in self.too_dear:
                off |= offer.at(0.0)
        return off

    @property
    def left_out(self) -> list[str]:
        """Levers of the programme that are off in every mix, because others were named."""
        if not self.named:
            return []
        chosen = {offer.lever for offer in self.offers}
        return [name for name, lever in self.scenario.policy.levers.items() if self.scenario.is_offered(lever) and name not in chosen]

    def sizes(self, money: Values) -> list[float]:
        """Return the size of each lever that is bought with so much money."""
        return [self.answers[offer.lever].size(float(sum_)) for offer, sum_ in zip(self.bought, money, strict=True)]

    def changes(self, money: Values) -> dict[str, Any]:
        """Return what a mix changes in the programme: dotted key → value."""
        found = dict(self._fixed)
        for offer, size in zip(self.bought, self.sizes(money), strict=True):
            found |= offer.at(size)
        return found

    def without(self) -> dict[str, Any]:
        """Return what is changed where nothing is bought."""
        return self._alone | {key: value for offer in self.offers for key, value in offer.at(0.0).items()}

    def around(self, lever: str, size: float) -> dict[str, Any]:
        """Return what is changed where one lever is tried at a size: the other chosen ones are as the programme has them, or the smallest offers."""
        return self._alone | {key: value for offer in self.offers for key, value in offer.at(size if offer.lever == lever else USUAL).items()}

    @cached_property
    def _alone(self) -> dict[str, Any]:
        return {f"policy.{name}.enabled": False for name in self.left_out}

    def _is_too_dear(self, offer: Offer) -> bool:
        return min(spent for spent in self.answers[offer.lever].spent if spent > 0) > self.free_budget

    @staticmethod
    def _spent_today(answer: Answer) -> float:
        return float(np.interp(USUAL, answer.sizes, answer.spent))
