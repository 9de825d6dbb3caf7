"""What money buys of a lever: its size, one number that moves the parameters that go up and down together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.bilingual import sentence
from sim.errors import ConfigurationError
from sim.lever import Lever
from sim.parameters import Leaf, declarations, inner_type
from sim.scenario import Scenario
from sim.wording import unknown

USUAL = 1.0
"""Size of what a programme offers; of a lever that it has not, of the smallest offer."""


@dataclass(frozen=True)
class Part:
    """One parameter that money buys.

    Attributes:
        key: Dotted key.
        amount: How much of it there is at size 1.
        whole: Whether it is a whole number.
        high: Largest value allowed.
    """

    key: str
    amount: float
    whole: bool
    high: float

    def at(self, size: float) -> int | float:
        """Return the value at a size; whole numbers are rounded, halves upwards."""
        value = min(self.amount * size, self.high)
        return math.floor(value + 0.5) if self.whole else value


@dataclass(frozen=True)
class Offer:
    """What money buys of one lever.

    Attributes:
        lever: Name of the lever.
        parts: What is bought, in a fixed proportion.
        is_new: Whether the programme has nothing of it, so that size 1 is the smallest offer.
        largest: Largest size.
    """

    lever: str
    parts: tuple[Part, ...]
    is_new: bool
    largest: float

    def at(self, size: float) -> dict[str, Any]:
        """Return dotted key → value at a size; 0: nothing of what money buys."""
        values: dict[str, Any] = {part.key: part.at(size) for part in self.parts}
        return {f"policy.{self.lever}.enabled": any(values.values()), **values} if self.is_new else values


def offers_of(scenario: Scenario, names: Iterable[str] = (), most: float | None = None) -> tuple[Offer, ...]:
    """Return what money buys of levers.

    Args:
        scenario: The programme in its place.
        names: Names of levers; none: those that the programme offers.
        most: Largest size, in times what the programme offers; None: as far as parameters go, capital no further than the programme offers.

    Raises:
        ConfigurationError: No such lever, one of which money buys nothing, or one that offers nothing at any size.
    """
    levers = scenario.policy.levers
    wanted = list(dict.fromkeys(names))
    for name in wanted:
        if name not in levers:
            raise ConfigurationError(unknown("lever", name, sorted(levers)))
        if not levers[name].bought:
            raise ConfigurationError(sentence(
                "{name} does not say what money buys of it (bought); leave it out", "{name} 未说明资金可购买什么（bought）；请去掉", name=name,
            ))  # fmt: skip
    chosen = wanted or [name for name, lever in levers.items() if scenario.is_offered(lever) and any(_now(lever).values())]
    return tuple(_offer(scenario, levers[name], most) for name in chosen)


def _now(lever: Lever) -> dict[str, float]:
    """Return how much the programme has of what money buys; nothing where there is no limit."""
    return {name: float(getattr(lever, name) or 0) for name in lever.bought} if lever.enabled else {}


def _offer(scenario: Scenario, lever: Lever, most: float | None) -> Offer:
    now = _now(lever)
    is_new = not any(now.values())
    amounts: Mapping[str, float] = lever.bought if is_new else now
    leaves = {leaf.key: leaf for leaf in declarations(lever)}
    parts = tuple(
        Part(f"policy.{lever.name}.{name}", amount, inner_type(leaves[name].annotation) is int, _most_of(leaves[name]))
        for name, amount in amounts.items() if amount > 0
    )
    largest = min(part.high / part.amount for part in parts)
    if most is not None:
        largest = min(largest, most)
    elif lever.is_capital and not is_new:
        largest = USUAL
    offer = Offer(lever.name, parts, is_new, largest)
    if is_new:
        _refuse_nothing(scenario, offer)
    return offer


def _most_of(leaf: Leaf) -> float:
    return math.inf if leaf.high is None else leaf.high


def _refuse_nothing(scenario: Scenario, offer: Offer) -> None:
    """Refuse a lever that the programme has not and that offers nothing even where it is bought.

    Raises:
        ConfigurationError: It is one, with what to do.
    """
    tried = scenario.with_(offer.at(USUAL))
    if not tried.is_offered(tried.policy.levers[offer.lever]):
        raise ConfigurationError(sentence(
            "{name} offers nothing as it is configured, whatever is bought of it ({keys}); give what else it needs on the command line, as "
            "policy.{name}.KEY=VALUE (yizhan list levers {name} lists its keys), or leave it out",
            "按现有配置，{name} 无论购买多少（{keys}）都不提供任何服务；请在命令行给出所需的其他键 policy.{name}.键=值"
            "（yizhan list levers {name} 列出各键），或去掉它",
            name=offer.lever, keys=", ".join(part.key.rpartition(".")[2] for part in offer.parts),
        ))  # fmt: skip


def nothing_bought(scenario: Scenario) -> dict[str, Any]:
    """Return the changes that leave no lever: no programme."""
    return {f"policy.{name}.enabled": False for name, lever in scenario.policy.levers.items() if lever.enabled}
