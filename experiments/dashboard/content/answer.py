"""The answer of a comparison, partial or whole, as the page shows it: in the words of ``yizhan compare``, with every interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experiments.compare.answer import Effect, answer, compared, few_pairs, told
from experiments.compare.carried import JOBS, carried_json, carried_line, leaves_of, source_in_words
from experiments.compare.report import LOST, UNTOLD, besides, sure, untold
from experiments.compare.words import COLUMNS
from experiments.dashboard.content.beside import beside_first
from experiments.dashboard.content.curves import curves_of
from experiments.dashboard.content.money import money_of
from experiments.dashboard.content.people import capacity_of, for_whom, funnels_of
from experiments.dashboard.content.sources import is_assumed
from experiments.dashboard.content.texts import Plain, mean_of, text, texts
from experiments.shared.json_numbers import number, ratio_of
from experiments.shared.money import money
from experiments.validate.scorecard import misses_first, rows_of_programme
from sim.account import ROW_KINDS, ROWS
from sim.bilingual import Sentence, sentence, sentence_of
from sim.how_sure import intervals_of, of_which
from sim.numbers import write
from sim.outcomes import OUTCOMES
from sim.reported import LEGENDS
from sim.statistics import Kind

if TYPE_CHECKING:
    from experiments.compare.words import Names
    from experiments.dashboard.content.asking import Asked
    from sim.compared import Comparison, Variant
    from sim.results import Results

STAYS, FIRMS = "stays_6m", "businesses"
"""Kinds of the account that stand beside jobs."""
STEPS: dict[str, Sentence] = {
    "gross_placements": Sentence("Of those who were served, at work at the end: {n}.", "服务过的人中，期末在岗 {n}。"),
    "deadweight": Sentence("Of them at work anyway, without the programme: {n}.", "其中没有方案也会在岗 {n}。"),
    "net_on_participants": Sentence("At work because of the programme: {n}.", "真正因方案而在岗 {n}。"),
    "displacement": Sentence("Others at work less for it: {n}.", "别人因此减少 {n}。"),
    "jobs_made": Sentence("Others at work more for it: {n}.", "别人因此增加 {n}。"),
    "net_additional_jobs": Sentence("More at work in the whole place: {n}.", "全地区净增就业 {n}。"),
    "reshuffled": Sentence("Others who changed places, which adds nothing: {n}.", "别人之间互换岗位（不增不减）{n}。"),
}
"""Row of the account of jobs → what it says, in words of people."""
ANYWAY = Sentence("Of them at work under the baseline, too ({against}): {n}.", "其中对照方案（{against}）下也会在岗 {n}。")
"""The same of the second row, where the baseline has levers."""
OUTSIDE = Sentence("what one such place may show does not hold the reported figure", "同样的地方会看到的范围里，不含上报数")
INSIDE = Sentence("what one such place may show holds the reported figure", "上报数在同样的地方会看到的范围之内")


def answer_of(asked: Asked, comparison: Comparison, *, preliminary: bool = False) -> Plain:
    """Return the answer of a comparison.

    Args:
        asked: What was asked.
        comparison: What was found, with as many pairs as there are by now.
        preliminary: Whether more pairs will come.
    """
    names, variants = asked.worlds.names, comparison.variants
    baseline = comparison.baseline
    return {
        "preliminary": preliminary, "replicates": baseline.replicates, "wanted": asked.options.replicates, "people": asked.people,
        "days": baseline.days, "programme": asked.scenario.programme, "title": text(asked.title), "against": text(names.against),
        "labels": {name: text(_label(asked, names, name)) for name in variants},
        "answer": [_answer(asked, comparison, name, names) for name in variants],
        "compared": text(compared(comparison, asked.title, names)),
        "notes": texts([few_pairs(baseline.replicates), of_which(baseline.scenario.behaviour_set, baseline.lived), *asked.worlds.idle]),
        "changed": {name: [text(line) for line in lines] for name, lines in asked.worlds.changed.items()},
        "how_sure": {name: _how_sure(comparison, name) for name in variants},
        "account": {name: account_of(comparison, name, names, "jobs") for name in variants},
        "stays": {name: account_of(comparison, name, names, STAYS) for name in variants},
        "firms": {name: account_of(comparison, name, names, FIRMS) for name in variants},
        "besides": {name: text(line) if (line := besides(comparison, name)) else None for name in variants},
        "cost": {name: cost_of(comparison, name) for name in variants},
        "money": {name: money_of(comparison, name, names, asked.draft.budget) for name in variants},
        "curves": curves_of(comparison, names),
        "funnels": {name: funnels_of(variant.results) for name, variant in variants.items()},
        "for_whom": {name: for_whom(comparison, name) for name in variants},
        "capacity": {name: capacity_of(variant.results) for name, variant in variants.items()},
        "carries": {name: carries(comparison, name) for name in variants},
        "reported": reported_of(next(iter(variants.values()))),
        "beside": beside_first(comparison, names),
        "outcomes": {name: outcomes_of(comparison, name, asked.options.outcomes, every=not preliminary) for name in variants},
    }  # fmt: skip


def _label(asked: Asked, names: Names, name: str) -> Sentence:
    given = asked.labels.get(name)
    return Sentence(given, given) if given else names[name]


def _answer(asked: Asked, comparison: Comparison, name: str, names: Names) -> Plain:
    said = answer(comparison, name, names)
    return {"variant": name, "label": text(_label(asked, names, name)), "told": told(comparison, name), "sentence": text(said)}


def _how_sure(comparison: Comparison, name: str) -> Plain:
    """Return the three intervals of the additional jobs, and what they are intervals of."""
    jobs = comparison.variants[name].accounts[JOBS]["net_additional_jobs"]
    found = intervals_of(comparison.baseline.estimate(jobs)).get("intervals") or {"ignorance": None, "prediction": None, "simulation_error": None}
    return {**found, "sentences": texts(sure(comparison, name)), "what": text(COLUMNS[JOBS]),
            "of": text(of_which(comparison.baseline.scenario.behaviour_set, comparison.baseline.lived))}  # fmt: skip


def account_of(comparison: Comparison, name: str, names: Names, kind: str) -> list[Plain]:
    """Return the rows of an account, from gross to net.

    Args:
        comparison: The comparison.
        name: Name of the variant.
        names: What the worlds are called.
        kind: What is accounted for, one of `sim.comparison.KINDS`.
    """
    account, lived = comparison.variants[name].accounts[kind], comparison.baseline.lived
    found = []
    for row in ROWS:
        if row == "residual" and not account[row].any():
            continue
        one = mean_of(account[row], ROW_KINDS[row], lived)
        says = _says(row, one, names) if kind == JOBS else None
        found.append({"row": row, "title": text(names.row(row, of_jobs=kind == JOBS)), **one, "says": says})
    return found


def _says(row: str, one: Plain, names: Names) -> Plain | None:
    pattern = ANYWAY if row == "deadweight" and not names.against_none else STEPS.get(row)
    if pattern is None or one["value"] is None:
        return None
    return text(sentence(pattern, pattern.zh, n=people(one), against=names.against))


def people(one: Plain) -> Sentence:
    """Write a number of persons with its interval, in words."""
    value, low, high = (None if one[part] is None else write(round(one[part])) for part in ("value", "low", "high"))
    if low is None or low == high:
        return sentence("{value}", "{value} 人", value=value)
    return sentence("{value} (roughly {low} to {high})", "{value} 人（大致在 {low} 到 {high} 之间）", value=value, low=low, high=high)


def cost_of(comparison: Comparison, name: str, kind: str = JOBS) -> Plain:
    """Return what an additional job costs, in a sentence, too."""
    ratio = comparison.cost_per(name, kind)
    found = ratio_of(ratio, comparison.cost_estimate(name, kind))
    loses = bool(comparison.variants[name].accounts[kind]["net_additional_jobs"].mean() < 0)
    if ratio.defined and not loses:
        low, high = (money(float(part)) for part in (ratio.low, ratio.high))
        said = sentence(
            "About {each} for each additional job (roughly {low} to {high}).", "每多一人就业约 {each}（大致在 {low} 到 {high} 之间）。",
            each=money(float(ratio.value)), low=low, high=high,
        )  # fmt: skip
    elif ratio.defined:
        said = sentence("{what}.", "{what}。", what=Sentence(LOST.capitalize(), LOST.zh))
    else:
        said = untold(comparison, name) if comparison.baseline.replicates > 1 else sentence("{what}.", "{what}。", what=UNTOLD)
    return {**found, "loses": loses, "sentence": text(said)}


def carries(comparison: Comparison, name: str) -> Plain:
    """Return which assumption carries what is not known of the additional jobs."""
    said = carried_line(comparison, name)
    found = (carried_json(comparison, name) or {}).get(JOBS)
    leaves = leaves_of(comparison) if found else {}
    return {
        "sentence": text(said) if said else None,
        "rows": [
            {"key": one["key"], "title": text(leaves[one["key"]].meaning), "share": one["share"], "low": one["low"], "high": one["high"],
             "told": one["told"], "source": text(source_in_words(leaves[one["key"]])), "assumption": is_assumed(leaves[one["key"]])}
            for one in found["parameters"]
        ] if found else [],
    }  # fmt: skip


def reported_of(variant: Variant) -> list[Plain]:
    """Return the figures that the operator reported beside the simulated ones, misses first."""
    results: Results = variant.results
    return [
        {
            "outcome": row.name.partition(".")[2], "title": text(row.words), "unit": text(row.unit), "reported": number(row.value),
            "simulated": [number(row.median), *map(number, row.bounds)], "miss": not row.passed, "distance": number(row.distance),
            "chosen": row.in_sample, "plan": row.plan, "why": text(_why(row)), "note": text(row.note),
        }
        for row in misses_first(rows_of_programme(results))
    ]  # fmt: skip


def _why(row: Any) -> Sentence:  # noqa: ANN401
    """Say in one line what nearness or distance shows."""
    if row.plan:
        return LEGENDS["plan"]
    if row.in_sample:
        return LEGENDS["chosen"]
    low, high = row.bounds
    return INSIDE if low <= row.value <= high else OUTSIDE


def outcomes_of(comparison: Comparison, name: str, outcomes: tuple[str, ...], *, every: bool = True) -> list[Plain]:
    """Return the differences of some outcomes, and of all others that differ, if these are wanted, too."""
    given, without, lived = comparison.variants[name].results.outcomes, comparison.baseline.outcomes, comparison.baseline.lived
    differing = [outcome for outcome in given if every and (given[outcome] != without[outcome]).any()]
    found = []
    for outcome in dict.fromkeys((*outcomes, *differing)):
        declared = OUTCOMES[outcome]
        of_baseline, of_variant = comparison.over(without[outcome]), comparison.over(given[outcome])
        one = mean_of(given[outcome] - without[outcome], comparison.kind_of_money if outcome == "spending" else Kind.FREE, lived)
        effect = Effect(*(float("nan") if one[part] is None else one[part] for part in ("value", "low", "high")))
        found.append({
            "outcome": outcome, "title": text(sentence_of(declared.label)), "unit": dict(declared.unit), "baseline": number(of_baseline.mean),
            "variant": number(of_variant.mean), "difference": one["value"], "low": one["low"], "high": one["high"], "told": effect.can_be_told,
            "main": outcome in outcomes, **({"intervals": one["intervals"]} if "intervals" in one else {}),
        })  # fmt: skip
    return found
