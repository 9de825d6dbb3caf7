"""How far the model is from what is known: the kept scorecard, misses first; and what is assumed of behaviour, what data tell least of first."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from experiments.dashboard.content.sources import is_assumed, source_of
from experiments.dashboard.content.texts import Plain, text
from experiments.shared.json_numbers import number
from experiments.shared.words import OF_TABLES
from experiments.validate.kept import FILE, Kept, read_kept
from experiments.validate.scorecard import REPORTED_TOLERANCE
from experiments.validate.words import REPORTED_REASON
from sim.behaviour_set import DEFAULT_BEHAVIOUR, BehaviourSet
from sim.bilingual import Sentence, sentence
from sim.outcomes import OUTCOMES
from sim.own_file import NO_SET
from sim.parameters import declarations
from sim.scenario import load_scenario
from sim.targets.loading import load_targets
from sim.targets.target import HELD_OUT
from sim.titles import titles_of
from sim.units import unit_words

if TYPE_CHECKING:
    from collections.abc import Iterator

LOW, HIGH = 5, 95
"""Per cent of the vectors of a set that lie below the ends of the range that is told."""
MOST_ASSUMPTIONS = 30
OF_UNIFORM = math.sqrt(12.0)
"""Width of a uniform range over its standard deviation."""


def scorecard() -> Plain:
    """Return the kept scorecard of ``yizhan validate``: how many figures it meets, and a row a figure, misses first."""
    kept = read_kept(FILE)
    rows = sorted(_rows(kept), key=lambda row: (row["pass"], -abs(row["distance"] or 0.0))) if kept is not None else []
    passed, free = sum(row["pass"] for row in rows), [row for row in rows if not row["used_for_calibration"]]
    head = sentence(
        "{passed} of {all} known figures are met; of the {free} that nothing was chosen by, {met}. A figure that an operator reported is a count, "
        "not an effect. Made again by: yizhan validate.",
        "{all} 个已知数中，模型符合 {passed} 个；其中未参照其设定的 {free} 个，符合 {met} 个。上报数是总数，不是效果。重新计算：yizhan validate。",
        passed=passed, all=len(rows), free=len(free), met=sum(row["pass"] for row in free),
    )  # fmt: skip
    return {"head": text(head), "rows": rows, "settings": dict(kept.settings) if kept else {}}


def _rows(kept: Kept) -> Iterator[Plain]:
    """Yield a row a kept figure that is still declared."""
    targets = load_targets(kept.settings.get("target", "labour_market"))
    programmes = [name for name in kept.settings.get("programmes", "").split(",") if name]
    for target in targets:
        if target.name in kept.verdicts:
            yield {
                **_row(kept, target.name, target.value, target.tolerance), "title": text(target.words), "group": text(OF_TABLES["market"]),
                "unit": unit_words(target.unit), "used_for_calibration": target.use != HELD_OUT, "plan": False, "source": target.source,
                "why": text(Sentence(target.reason, target.reason_zh)),
            }  # fmt: skip
    for name in programmes:
        scenario = load_scenario(name, {}, behaviour=NO_SET)
        for figure in scenario.reported:
            key = f"{name}.{figure.outcome}"
            if key in kept.verdicts:
                yield {
                    **_row(kept, key, figure.value, REPORTED_TOLERANCE * abs(figure.value)),
                    "title": text(OUTCOMES[figure.outcome].label), "group": text(titles_of(scenario)),
                    "unit": dict(OUTCOMES[figure.outcome].unit),
                    "used_for_calibration": figure.chosen, "plan": figure.plan, "source": figure.source, "why": text(REPORTED_REASON),
                }  # fmt: skip


def _row(kept: Kept, name: str, value: float, tolerance: float) -> Plain:
    median, (low, high) = kept.medians[name], kept.bounds.get(name, (math.nan, math.nan))
    return {
        "target": name, "value": value, "tolerance": tolerance, "median": number(median), "low": number(low), "high": number(high),
        "distance": number((median - value) / tolerance) if tolerance else None, "pass": kept.verdicts[name],
    }  # fmt: skip


@cache
def assumptions() -> Plain:
    """Return the parameters of behaviour of which the data tell least: those whose range in the set is nearly as wide as it was plausible before."""
    found = BehaviourSet.load("calibrated" if DEFAULT_BEHAVIOUR == NO_SET else DEFAULT_BEHAVIOUR)
    leaves = {leaf.key: leaf for leaf in declarations(load_scenario("none", {}, behaviour=NO_SET))}
    rows: list[Plain] = []
    for place, key in enumerate(found.parameters):
        leaf, values = leaves[key], found.vectors[:, place]
        low, high = leaf.prior or (float(values.min()), float(values.max()))
        left = float(values.std() * OF_UNIFORM / (high - low)) if high > low else 0.0
        rows.append({
            "key": key, "title": text(leaf.meaning), "unit": unit_words(leaf.unit), "low": float(np.percentile(values, LOW)),
            "high": float(np.percentile(values, HIGH)), "median": float(np.median(values)), "usual": [low, high], "left": min(left, 1.0),
            "source": text(source_of(leaf)), "assumption": is_assumed(leaf),
        })  # fmt: skip
    rows.sort(key=lambda row: (not row["assumption"], -row["left"]))
    head = sentence(
        "{count} parameters of behaviour are free within what is plausible; {assumed} are assumptions without local evidence. Those come first of "
        "which the data tell least. Which of them carries an answer is said beside that answer.",
        "{count} 项行为参数在合理区间内取值，其中 {assumed} 项为假定（无本地依据）；数据约束最少的排在前面。哪一项左右某个结论，见该结论旁。",
        count=len(rows), assumed=sum(row["assumption"] for row in rows),
    )  # fmt: skip
    return {"head": text(head), "set": found.name, "rows": rows[:MOST_ASSUMPTIONS]}
