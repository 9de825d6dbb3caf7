"""Practical margins: which values matter, and the largest difference of each that does not.

A margin is declared as ``5%`` of the mean, as a number in the outcome's unit, or by ``spread``: the larger of 5 % and one and a half standard
deviations of the luck of a replicate, so that a rare event is not held to a precision that the replicates would not show. What is shown to differ is
another matter: on the same luck much less than a margin by spread can be shown, and counts from `ignored_of` on.

Source:
    Haidar et al. (2008), AAPS Journal 10(3): margins that grow with how much the reference itself varies.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np

from experiments.check.baseline import Kind, Margin, Sample, world_of
from experiments.check.persons import COLUMN, NAMES
from experiments.check.sampling import luck_of
from experiments.check.subjects import TRUE
from experiments.shared.errors import MistakeError
from experiments.shared.tables import MEASURES
from sim.account import ROWS
from sim.bilingual import sentence
from sim.comparison import KINDS
from sim.outcomes import OUTCOMES
from sim.results import GROUPS
from sim.wording import unknown

MARGIN = "margin"
SPREAD = "spread"
"""How a margin is declared unless told."""
USUAL_SHARE = 0.05
"""Share of the mean that does not matter, unless told."""
USUAL_SPREADS = 1.5
"""Standard deviations of the luck of one replicate that do not matter, unless told: measured, of 100 unchanged repeats of zibo 26 could not be told
with 1, 9 with 1.25, 7 with 1.5, of which 6 for outcomes without luck in one of the samples (which are not chosen for it)."""
IGNORED_SHARE, IGNORED_SPREADS = 0.01, 0.1
"""Share of the mean, and standard deviations of the luck of one replicate: a difference that is shown to be more than luck does not count below the
larger of the two where nobody declared a margin. An assumption of what is relevant: nobody decides by a hundredth of an outcome, nor by a tenth of
what one world of the same rules differs from another."""
OFTEN_DEFINED, OFTEN_THERE = 0.75, 0.5
"""Shares of the replicates in which an outcome has to be defined, and one of a service not zero, to be chosen where nobody chooses: what happens once
in a sample says nothing about how far the next one may be."""
ACCOUNT = "account.jobs.net_additional_jobs"
"""The row of a comparison's account that is chosen unless told."""


def split_margins(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Tell the words of margins from all others.

    Args:
        words: Such as ``margin=5%`` and ``margin.employed_in_region=20``.

    Returns:
        The other words; outcome → how its margin is declared, that of all others under an empty name.

    Raises:
        MistakeError: What declares no margin.
    """
    others, declared = [], {}
    for word in words:
        key, equals, value = word.lstrip("+").partition("=")
        root, _, name = key.partition(".")
        if root != MARGIN:
            others.append(word)
            continue
        value = value.strip("'\" ").replace("％", "%")
        is_number = re.fullmatch(r"\d+(\.\d+)?([eE][-+]?\d+)?%?", value) and 0.0 < float(value.rstrip("%")) < math.inf
        if not equals or not (value == SPREAD or is_number):
            raise MistakeError(sentence(
                "{word}: a margin is a share of the mean ({key}=5%), a number above zero in the outcome's unit ({key}=20) or {key}=spread",
                "{word}：界值可写均值的百分比（{key}=5%）、以指标单位计的大于零的数（{key}=20），或 {key}=spread", word=word, key=key or MARGIN,
            ))  # fmt: skip
        declared[name] = value
    return others, declared


def refuse_unknown(kind: Kind, names: Sequence[str]) -> None:
    """Refuse names of outcomes that nothing of a kind has, before anything is simulated; those that follow from a study itself are left to later.

    Raises:
        MistakeError: There is no such outcome.
    """
    known = ["enrolled"] if kind == "study" else [*OUTCOMES]
    if kind == "run":
        known += [f"group.{attribute}.{group}.{measure}" for attribute, groups in GROUPS.items() for group in groups
                  for measure in ("persons", *MEASURES)]  # fmt: skip
    if kind in ("run", "sweep"):
        known += sorted(NAMES)
    if kind == "comparison":
        known += [f"account.{account}.{row}" for account in KINDS for row in ROWS]
    for name in names:
        if name not in known and not (kind == "study" and "." in name):
            raise MistakeError(unknown("outcome", name, known))


def margins_of(sample: Sample, outcomes: Sequence[str], declared: Mapping[str, str]) -> dict[str, Margin]:
    """Return the margins of the chosen values.

    Args:
        sample: The replicates.
        outcomes: Names of outcomes that were chosen; none: the headline outcomes, and those of services that are there.
        declared: Outcome → how its margin is declared; that of all others under an empty name.

    Raises:
        MistakeError: A name that is not there, or one with a share of nothing as its margin.
    """
    known = {name: world_of(name)[1] for name in sample.at_end}
    asked = [*outcomes, *(name for name in declared if name)]
    for name in asked:
        if name not in known.values():
            raise MistakeError(unknown("outcome", name, list(dict.fromkeys(known.values()))))
    chosen = {name: outcome for name, outcome in known.items() if outcome in asked or (not outcomes and _is_usual(name, outcome, sample))}
    ways = {name: declared.get(outcome, declared.get("", SPREAD)) for name, outcome in chosen.items()}
    found = {name: Margin(_value_of(sample, name, how), how) for name, how in ways.items()}
    for name, margin in found.items():
        if chosen[name] in asked and not margin.value > 0:
            raise MistakeError(sentence(
                "margin of {name}: {declared} of what it is here ({mean:,.6g}) is nothing; give a number in its unit, such as margin.{outcome}=20",
                "{name} 的界值：{declared} 对其当前值（{mean:,.6g}）为零；请给出以其单位计的数，如 margin.{outcome}=20",
                name=name, declared=margin.declared, mean=float(np.nanmean(sample.at_end[name])) if _is_known(sample, name) else math.nan,
                outcome=chosen[name],
            ))  # fmt: skip
    return {name: margin for name, margin in found.items() if margin.value > 0}


def usual_margin(sample: Sample, name: str) -> float:
    """Return the margin that a value has unless told, to four digits: the larger of 5 % of its mean and `USUAL_SPREADS` of its luck."""
    return _larger_of(sample, name, USUAL_SHARE, USUAL_SPREADS)


def ignored_of(sample: Sample, name: str) -> float:
    """Return the difference of a value below which one that is shown does not count, to four digits."""
    return _larger_of(sample, name, IGNORED_SHARE, IGNORED_SPREADS)


def _larger_of(sample: Sample, name: str, share: float, spreads: float) -> float:
    """Return the larger of a share of a value's mean and some standard deviations of its luck."""
    if not _is_known(sample, name):
        return 0.0
    luck = luck_of(sample.at_end[name], sample.vectors)
    return float(f"{max(share * abs(float(np.nanmean(sample.at_end[name]))), 0.0 if math.isnan(luck) else spreads * luck):.4g}")


def declared_of(margins: Mapping[str, Margin]) -> tuple[list[str], dict[str, str]]:
    """Return the outcomes of some margins, and how each was declared: to make them anew of another sample."""
    outcomes = {world_of(name)[1]: margin.declared for name, margin in margins.items()}
    return list(outcomes), outcomes


def _is_usual(name: str, outcome: str, sample: Sample) -> bool:
    """Tell whether a value is chosen where nobody chooses."""
    if outcome not in OUTCOMES:
        return outcome == ACCOUNT or not (name.startswith(("group.", TRUE)) or outcome.startswith(("account.", COLUMN)))
    declared, values = OUTCOMES[outcome], sample.at_end[name]
    is_defined = float(np.mean(~np.isnan(values))) >= OFTEN_DEFINED
    varies = luck_of(values, sample.vectors) > 0  # without luck nothing says how far it goes
    return is_defined and varies and (declared.headline or (declared.service and float(np.mean(values != 0)) >= OFTEN_THERE))


def _is_known(sample: Sample, name: str) -> bool:
    return not bool(np.isnan(sample.at_end[name]).all())


def _value_of(sample: Sample, name: str, declared: str) -> float:
    """Return a margin in the outcome's unit, to four digits; zero where nothing says how much."""
    if not _is_known(sample, name):
        return 0.0
    values = sample.at_end[name]
    mean = abs(float(np.nanmean(values)))
    if declared == SPREAD:
        return usual_margin(sample, name)
    found = float(declared[:-1]) / 100.0 * mean if declared.endswith("%") else float(declared)
    return float(f"{found:.4g}")
