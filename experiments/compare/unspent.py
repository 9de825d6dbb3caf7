"""What a variant has not spent of the money that it was given: the budgets of its levers are limits, which often do not bind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.shared.json_numbers import estimate
from sim.statistics import Kind

if TYPE_CHECKING:
    from sim.compared import Comparison, Values, Variant


class Unspent(NamedTuple):
    """Money given, and what is left of it in each replicate, CNY."""

    budget: int
    left: Values


def unspent_of(variant: Variant) -> Unspent | None:
    """Return what is left of the budgets of a variant's levers; None where none of them has a budget."""
    levers = variant.results.scenario.policy.levers
    budgets = {name: lever.budget for name, lever in levers.items() if lever.offers_something and lever.budget is not None}
    if not budgets:
        return None
    spent = np.sum([variant.results.outcomes[f"spending.{name}"] for name in budgets], axis=0)
    return Unspent(sum(budgets.values()), sum(budgets.values()) - spent)


def unspent_json(comparison: Comparison, name: str) -> dict[str, Any]:
    """Return the keys ``budget`` and ``not_spent`` of a variant in ``comparison.json``; nothing where no lever has a budget."""
    found = unspent_of(comparison.variants[name])
    return {} if found is None else {"budget": found.budget, "not_spent": estimate(found.left, Kind.AMOUNT, comparison.baseline.lived)}
