"""Money of a variant: what is spent, by lever and against a budget; what is lent and invested stands apart, in no cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.compare.report import capital_line
from experiments.compare.unspent import unspent_of
from experiments.dashboard.content.texts import Plain, mean_of, text, triple
from experiments.shared.money import money
from sim.bilingual import Sentence, sentence
from sim.levers import LEVER_LABELS
from sim.statistics import Kind

if TYPE_CHECKING:
    from experiments.compare.words import Names
    from sim.compared import Comparison

OF_LEVER = "spending."


def money_of(comparison: Comparison, name: str, names: Names, budget: int | None) -> Plain:
    """Return the money of a variant.

    Args:
        comparison: The comparison.
        name: Name of the variant.
        names: What the worlds are called.
        budget: What may be spent, CNY; None: nobody said.
    """
    variant, lived = comparison.variants[name], comparison.baseline.lived
    spent = mean_of(variant.results.outcomes["spending"], Kind.AMOUNT, lived)
    more = mean_of(comparison.differences(name, "spending"), comparison.kind_of_money, lived)
    capital = {part: mean_of(values, comparison.kind_of_money, lived) for part, values in variant.capital.items()}
    line = capital_line(comparison, name, names)
    unspent = unspent_of(variant)
    return {
        "spending": triple(spent), "more": triple(more), **{part: triple(one) for part, one in capital.items()},
        "capital": text(line) if line else None, "by_lever": _by_lever(comparison, name), "budget": budget,
        "left": None if budget is None else [None if one is None else budget - one for one in (spent["value"], spent["high"], spent["low"])],
        "against_budget": text(against_budget(spent, budget)) if budget is not None else None,
        "over": None if budget is None or spent["value"] is None else spent["value"] > budget,
        "levers_budget": None if unspent is None else {
            "given": unspent.budget, "left": triple(mean_of(unspent.left, Kind.AMOUNT, lived)),
        },
    }  # fmt: skip


def against_budget(spent: Plain, budget: int) -> Sentence:
    """Say how what is spent stands to a budget, given how sure it is."""
    value, low, high = spent["value"], spent["low"], spent["high"]
    sure_low, sure_high = (value if one is None else one for one in (low, high))
    parts = {"spent": money(value), "budget": money(budget, 3), "rest": money(abs(budget - value))}
    if sure_low > budget:
        return sentence("About {spent} spent, {rest} over the budget of {budget}.", "约支出 {spent}，超出预算（{budget}）{rest}。", **parts)
    if sure_high > budget:
        return sentence(
            "About {spent} spent of {budget}; whether the budget is kept cannot be told.", "约支出 {spent}，预算 {budget}；看不出是否超出。", **parts,
        )  # fmt: skip
    return sentence("About {spent} spent, {rest} of the budget of {budget} left.", "约支出 {spent}，预算 {budget} 还余 {rest}。", **parts)


def _by_lever(comparison: Comparison, name: str) -> list[Plain]:
    """Return what each lever spends, and how much more than in the baseline, the largest first."""
    variant, lived = comparison.variants[name], comparison.baseline.lived
    found = []
    for lever, label in LEVER_LABELS.items():
        values, more = variant.results.outcomes[OF_LEVER + lever], comparison.differences(name, OF_LEVER + lever)
        if values.any() or more.any():
            of_more = triple(mean_of(more, Kind.FREE, lived))
            found.append({"lever": lever, "title": text(label), **mean_of(values, Kind.AMOUNT, lived), "more": of_more})
    return sorted(found, key=lambda one: -(one["value"] or 0.0))
