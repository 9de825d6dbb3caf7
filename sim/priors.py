"""Plausible ranges as a problem of SALib: what a sensitivity analysis or a calibration draws from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Any

from sim.bilingual import sentence
from sim.configuration import ConfigurationError
from sim.parameters import ENTRY, Leaf, declarations, inner_type
from sim.scenario import Scenario
from sim.wording import unknown

EVERYWHERE = ("behaviour.*", "exams.*", "opening.*", "market.*")
"""Groups whose parameters have plausible ranges of their own: what people and employers do, and where they begin."""


class Problem(dict[str, Any]):
    """A problem as SALib takes it: ``num_vars``, ``names``, ``bounds`` and ``dists``.

    Attributes:
        whole: Names of the parameters that are whole numbers.
    """

    def __init__(self, ranges: dict[str, tuple[float, float]], whole: Iterable[str]) -> None:
        names = list(ranges)
        super().__init__(num_vars=len(names), names=names, bounds=[list(ranges[name]) for name in names], dists=["unif"] * len(names))
        self.whole = frozenset(whole)

    def changes(self, point: Sequence[float]) -> dict[str, float | int]:
        """Return one sampled point as changes of a scenario, for `Scenario.with_`; whole numbers are rounded.

        Args:
            point: A value for each name.

        Raises:
            ValueError: Another number of values.
        """
        values = [float(value) for value in point]
        return {name: round(value) if name in self.whole else value for name, value in zip(self["names"], values, strict=True)}


def priors(*patterns: str, scenario: Scenario | None = None, ranges: dict[str, tuple[float, float]] | None = None) -> Problem:
    """Return the declared plausible ranges as a problem of SALib.

    Args:
        patterns: Patterns of keys, such as ``"behaviour.*"`` or ``"policy.loans.*"``; none: `EVERYWHERE`. Levers are what a planner chooses, so most
            of their parameters have no plausible range; give one in `ranges`.
        scenario: A scenario, of which only levers that are enabled count; None: all.
        ranges: Key → (lowest, highest), for what has no plausible range or is to have another; these keys are always among the names.

    Returns:
        ``num_vars``, ``names``, ``bounds`` and ``dists``, every parameter uniform over its range; `Problem.changes` turns a point into changes.

    Raises:
        ConfigurationError: A pattern that fits no key with a range, an unknown key, or a range beyond what is allowed.
    """
    own = dict(ranges or {})
    known = {leaf.key: leaf for leaf in declarations(scenario or Scenario) if leaf.is_number and inner_type(leaf.annotation) in (int, float)}
    known = {key: leaf for key, leaf in known.items() if ENTRY not in key}
    for key, (low, high) in own.items():
        _check(key, low, high, known)
    found: dict[str, tuple[float, float]] = {}
    for pattern in patterns or (() if own else EVERYWHERE):
        fits = [leaf for key, leaf in known.items() if fnmatchcase(key, pattern) and leaf.prior and _counts(leaf, scenario)]
        if not fits and not any(fnmatchcase(key, pattern) for key in own):
            message = sentence(
                "no key that fits {pattern!r} has a plausible range; give it one: ranges={{KEY: (lowest, highest)}}",
                "没有符合“{pattern}”且带有合理取值范围的参数；请给出范围：ranges={{参数: (最小, 最大)}}", pattern=pattern,
            )  # fmt: skip
            raise ConfigurationError(message)
        found |= {leaf.key: leaf.prior for leaf in fits if leaf.prior}
    found |= own
    return Problem(found, (key for key in found if inner_type(known[key].annotation) is int))


def _counts(leaf: Leaf, scenario: Scenario | None) -> bool:
    """Tell whether a parameter can matter: those of levers that are not enabled cannot."""
    group, _, rest = leaf.key.partition(".")
    return scenario is None or group != "policy" or bool(scenario.policy.levers[rest.partition(".")[0]].enabled)


def _check(key: str, low: float, high: float, known: dict[str, Leaf]) -> None:
    if key not in known:
        raise ConfigurationError(unknown("key", key, list(known)))
    leaf = known[key]
    lowest, highest = -float("inf") if leaf.low is None else leaf.low, float("inf") if leaf.high is None else leaf.high
    if not lowest <= low < high <= highest:
        message = sentence(
            "the range of {key} is {low} to {high}; allowed is a lower and a higher number between {lowest:g} and {highest:g}",
            "{key} 的范围为 {low} 至 {high}；应为 {lowest:g} 与 {highest:g} 之间由小到大的两个数",
            key=key, low=low, high=high, lowest=lowest, highest=highest,
        )  # fmt: skip
        raise ConfigurationError(message)
