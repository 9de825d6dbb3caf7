"""Factors of a sensitivity analysis: which parameters are varied, and over which range."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import numpy as np

from sim.bilingual import Sentence, sentence
from sim.errors import ConfigurationError
from sim.parameters import ENTRY, Leaf, declarations, inner_type
from sim.priors import EVERYWHERE
from sim.scenario import Scenario
from sim.wording import unknown

if TYPE_CHECKING:
    from numpy.typing import NDArray

HALF = 0.5
"""Where no plausible range is declared: so much of the value less, and so much more."""
NO_AMOUNTS = ("month", "day", "tier")
"""Units of numbers that name a place in a calendar or in an order: half of them means nothing."""
LEVERS = "policy.*"
RANGE_SIGN = ":"
RANGE = ":LOWEST:HIGHEST"
"""How a range is written behind a key."""


class Origin(Enum):
    """Where the range of a factor comes from."""

    DECLARED = "declared"
    WIDENED = "widened"
    """Declared, and widened to hold the value of the scenario."""
    AROUND = "around"
    """`HALF` of the value less to `HALF` of it more, since none is declared."""
    GIVEN = "given"


@dataclass(frozen=True)
class Factor:
    """One parameter that is varied, uniformly over a range.

    Attributes:
        key: Its dotted key.
        low: Lowest value.
        high: Highest value.
        is_whole: Whether it is a whole number.
        origin: Where the range comes from.
        value: Its value in the scenario; None where it has none.
    """

    key: str
    low: float
    high: float
    is_whole: bool = False
    origin: Origin = Origin.DECLARED
    value: float | None = None

    def at(self, share: float) -> float | int:
        """Return the value at a share of the range, from 0 to 1; whole numbers are rounded."""
        value = self.low + float(share) * (self.high - self.low)
        return round(value) if self.is_whole else value

    @property
    def head(self) -> str:
        """What it is of: the first part of its key, of a lever also its name."""
        first, _, rest = self.key.partition(".")
        return f"{first}.{rest.partition('.')[0]}" if first == "policy" else first


def changes_of(factors: Sequence[Factor], shares: NDArray[np.float64]) -> dict[str, float | int]:
    """Return a point of the unit cube as changes of a scenario: dotted key → value."""
    return {factor.key: factor.at(share) for factor, share in zip(factors, shares.tolist(), strict=True)}


def settled(factors: Sequence[Factor], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shares of ranges that factors can have: whole numbers are rounded. The last axis is that of the factors."""
    low = np.array([factor.low for factor in factors])
    width = np.array([factor.high for factor in factors]) - low
    is_whole = np.array([factor.is_whole for factor in factors])
    return np.where(is_whole, (np.round(low + shares * width) - low) / width, shares)


def factors_of(scenario: Scenario, over: Sequence[str] = ()) -> tuple[Factor, ...]:
    """Return the factors of a scenario, in the order in which they are declared.

    Args:
        scenario: The scenario; of its levers only those count that are offered on some day.
        over: Keys, groups of keys, or patterns such as ``behaviour.*``; ``KEY:LOWEST:HIGHEST`` gives a range. None: whatever has a plausible range of
            behaviour, exams, opening and market, and the numbers of levers that are offered.

    Raises:
        ConfigurationError: A pattern that no factor fits, or a range that is not allowed.
    """
    known = {leaf.key: leaf for leaf in declarations(scenario) if leaf.is_number and inner_type(leaf.annotation) in (int, float)}
    known = {key: leaf for key, leaf in known.items() if ENTRY not in key}
    usual = {factor.key: factor for factor in _allowed(scenario, list(_usual(scenario, known.values())), known)}
    found: dict[str, Factor] = {}
    for pattern in over or (*EVERYWHERE, LEVERS):
        key, *ends = pattern.split(RANGE_SIGN)
        if ends:
            found[key] = _given(pattern, known)
            continue
        fitting = {name: factor for name, factor in usual.items() if name == key or name.startswith(f"{key}.") or fnmatchcase(name, key)}
        if not fitting and over:
            raise ConfigurationError(_nothing_fits(pattern, known))
        found = {**fitting, **found}
    return tuple(found[key] for key in known if key in found)


def _allowed(scenario: Scenario, factors: Sequence[Factor], known: Mapping[str, Leaf]) -> list[Factor]:
    """Leave out the shares of a lever that are parts of one whole: those around their value whose highest ends are not allowed together."""
    refused = set()
    for head in {factor.head for factor in factors if factor.origin is Origin.AROUND}:
        around = [factor for factor in factors if factor.head == head and factor.origin is Origin.AROUND]
        try:
            scenario.with_({factor.key: factor.at(1.0) for factor in around})
        except ConfigurationError:
            refused |= {factor.key for factor in around if known[factor.key].unit == "share"}
    return [factor for factor in factors if factor.key not in refused]


def _usual(scenario: Scenario, leaves: Iterable[Leaf]) -> Iterator[Factor]:
    """Yield every parameter that can matter, with its range."""
    for leaf in leaves:
        is_whole, value = inner_type(leaf.annotation) is int, None if leaf.value is None else float(leaf.value)
        if not any(fnmatchcase(leaf.key, pattern) for pattern in EVERYWHERE) and not _is_offered(leaf.key, scenario):
            continue
        if leaf.prior is not None:
            factor = Factor(leaf.key, float(leaf.prior[0]), float(leaf.prior[1]), is_whole, Origin.DECLARED, value)
            yield factor if value is None else _holding(factor, value)
        elif fnmatchcase(leaf.key, LEVERS) and value and leaf.unit not in NO_AMOUNTS and not leaf.is_optional:
            yield _around(leaf, value, is_whole=is_whole)


def _is_offered(key: str, scenario: Scenario) -> bool:
    """Tell whether a key belongs to a lever that is offered on some day."""
    group, _, rest = key.partition(".")
    return group == "policy" and scenario.is_offered(scenario.policy.levers[rest.partition(".")[0]])


def _holding(factor: Factor, value: float) -> Factor:
    """Return a factor whose range holds the value of the scenario."""
    if factor.low <= value <= factor.high:
        return factor
    return replace(factor, low=min(factor.low, value), high=max(factor.high, value), origin=Origin.WIDENED)


def _around(leaf: Leaf, value: float, *, is_whole: bool) -> Factor:
    """Return a factor whose range lies around its value, within what is allowed; of a whole number it holds the next one, too."""
    low, high = (1.0 - HALF) * value, (1.0 + HALF) * value
    if is_whole:
        low, high = math.ceil(low), max(math.floor(high), value + 1.0)
    low, high = max(low, -math.inf if leaf.low is None else leaf.low), min(high, math.inf if leaf.high is None else leaf.high)
    return Factor(leaf.key, float(low), float(high), is_whole, Origin.AROUND, value)


def _given(text: str, known: Mapping[str, Leaf]) -> Factor:
    """Return the factor that a text with a range says.

    Raises:
        ConfigurationError: An unknown key, or no range of it.
    """
    key, *ends = text.split(RANGE_SIGN)
    if key not in known:
        raise ConfigurationError(unknown("key", key, list(known)))
    leaf, is_whole = known[key], inner_type(known[key].annotation) is int
    lowest, highest = -math.inf if leaf.low is None else leaf.low, math.inf if leaf.high is None else leaf.high
    try:
        low, high = (float(end) for end in ends)
    except ValueError:
        low, high = math.nan, math.nan
    if not lowest <= low < high <= highest:
        raise ConfigurationError(sentence(
            "over={text}: write {wanted}, a lower and a higher number between {lowest:g} and {highest:g}",
            "over={text}：请写 {wanted}，即 {lowest:g} 与 {highest:g} 之间由小到大的两个数",
            text=text, wanted=f"{key}{RANGE}", lowest=lowest, highest=highest,
        ))  # fmt: skip
    return Factor(key, low, high, is_whole, Origin.GIVEN, None if leaf.value is None else float(leaf.value))


def _nothing_fits(pattern: str, known: Mapping[str, Leaf]) -> Sentence:
    """Say that no factor fits a pattern, and why."""
    if pattern in known:
        return sentence(
            "over={pattern}: it has no plausible range, and no value of its own to vary around, or is of a lever that is not offered; give a range: "
            "over=[{wanted}]",
            "over={pattern}：既没有合理区间，也没有可在其上下变动的取值，或属于未开办的政策工具；请给出范围：over=[{wanted}]",
            pattern=pattern, wanted=f"{pattern}{RANGE}",
        )  # fmt: skip
    if any(key.startswith(f"{pattern}.") or fnmatchcase(key, pattern) for key in known):
        return sentence(
            "over={pattern}: nothing in it can be varied: no plausible range, no number to vary around, or a lever that is not offered. Enable the "
            "lever, or give a range: over=[KEY:LOWEST:HIGHEST]",
            "over={pattern}：其中没有可变动的参数：没有合理区间，没有可在其上下变动的数值，或政策工具未开办。请启用该工具，或给出范围：over=[KEY:LOWEST:HIGHEST]",
            pattern=pattern,
        )  # fmt: skip
    return unknown("key", pattern, list(known))
