"""Results as the commands had them when they showed them, made of their files: so that a report says the very same."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.compare.options import CompareOptions
from experiments.compare.variants import Worlds, read_worlds
from experiments.optimise.found import Candidate, Optimised
from experiments.optimise.mixes import Mixes
from experiments.shared.again import OF_FILES
from experiments.shared.reading import read_options
from sim.compared import Comparison, Variant
from sim.optimising.measuring import SPENDING
from sim.optimising.offers import offers_of
from sim.optimising.searching import Searched
from sim.optimising.spending import Answer
from sim.results import Replicate, Results
from sim.trials.analysis import Estimand
from sim.trials.study import Study
from sim.trials.trial import Finding, Trials
from sim.trials.truth import Reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.report.saved import Saved

    Values = NDArray[np.float64]

COLUMNS = {"value": "estimate", "error": "standard_error"}
"""Attribute of a finding → its column in ``estimates.parquet``, where that is called otherwise."""


def values_of(one: Mapping[str, Any], key: str = "values") -> Values:
    """Return the values of the replicates of a number, NaN where there is none, shape (replicates,)."""
    return np.array([math.nan if value is None else float(value) for value in one[key]])


def results_of(saved: Saved) -> Results:
    """Return the results of a run, without its days and its persons."""
    summary = saved.json("summary.json")
    outcomes = {name: values_of(one) for name, one in summary["outcomes"].items()}
    groups = {
        attribute: {group: {name: values_of(one) for name, one in measures.items()} for group, measures in inside.items()}
        for attribute, inside in summary["groups"].items()
    }
    runs = tuple(
        Replicate(
            {}, {name: float(values[number]) for name, values in outcomes.items()},
            {attribute: {group: {name: float(values[number]) for name, values in measures.items()} for group, measures in inside.items()}
             for attribute, inside in groups.items()},
        )
        for number in range(int(summary["replicates"]))
    )  # fmt: skip
    return Results(saved.scenario, int(summary["seed"]), len(runs), runs)


def worlds_of(saved: Saved) -> Worlds:
    """Return the scenarios that were compared, and what they are called."""
    plain = {OF_FILES.get(key, key): value for key, value in saved.config.items()}
    return read_worlds(plain, read_options(CompareOptions, plain), (), named=True)


def comparison_of(saved: Saved, worlds: Worlds) -> Comparison:
    """Return a comparison, without its days, its groups and its persons."""
    content = saved.json("comparison.json")
    seed, replicates = int(content["seed"]), int(content["replicates"])

    def results(scenario: Any, outcomes: Mapping[str, Any], key: str) -> Results:  # noqa: ANN401
        values = {name: values_of(one, key) for name, one in outcomes.items()}
        runs = tuple(Replicate({}, {name: float(of[number]) for name, of in values.items()}, {}) for number in range(replicates))
        return Results(scenario, seed, replicates, runs)

    variants = {
        name: Variant(
            results(worlds.variants[name], one["outcomes"], "variant_values"),
            {kind: {row: values_of(found) for row, found in rows.items()} for kind, rows in one["accounts"].items()},
            {part: values_of(found) for part, found in one["capital"].items()},
        )
        for name, one in content["variants"].items()
    }  # fmt: skip
    first = next(iter(content["variants"].values()))
    return Comparison(results(worlds.baseline, first["outcomes"], "baseline_values"), variants)


def trials_of(saved: Saved) -> Trials:
    """Return a study that was carried out, without its persons."""
    import pyarrow.parquet as pq

    content = saved.json("trial.json")
    study, replicates = Study.model_validate(content["study"]), int(content["replicates"])
    columns = {name: np.array(of, np.float64) for name, of in pq.read_table(saved.folder / "estimates.parquet").to_pydict().items()
               if name not in ("estimand", "arm", "saturation", "outcome")}  # fmt: skip
    lived = saved.scenario.behaviour_set.lived(replicates)
    findings = {}
    for number, one in enumerate(content["findings"]):
        rows = slice(number * replicates, (number + 1) * replicates)
        arm = 0 if one["arm"] is None else list(study.arms).index(one["arm"]) + 1
        estimand = Estimand(one["estimand"], arm, one["saturation"])
        parts = {field: columns[COLUMNS.get(field, field)][rows] for field in ("value", "error", "low", "high", "p", "truth", "people", "clusters")}
        findings[estimand.name, one["outcome"], one["day"]] = Finding(estimand, one["outcome"], one["day"], lived=lived, **parts)
    reach = {world: _reach(study, one, replicates) for world, one in content["everybody"].items()}
    take_up = {name: values_of(one) for name, one in content["take_up"].items()}
    return Trials(study, saved.scenario, content["markets"], replicates, content["seed"], findings, reach, values_of(content["enrolled"]), take_up)


def _reach(study: Study, content: Mapping[str, Any], replicates: int) -> tuple[Reach, ...]:
    admitted, spending = values_of(content["admitted"]), values_of(content["spending"])

    def part(name: str) -> Values:
        return np.array([[values_of(content["outcomes"][f"{outcome}.{day}"][name]) for day in study.followup_days] for outcome in study.outcomes])

    sums = {name: part(name) for name in ("on_admitted", "on_enrolled", "on_others")}
    return tuple(
        Reach(admitted=int(admitted[number]), spending=int(spending[number]), **{name: of[..., number] for name, of in sums.items()})
        for number in range(replicates)
    )  # fmt: skip


def optimised_of(saved: Saved) -> Optimised:
    """Return what a search for the best use of a budget found."""
    import pyarrow.parquet as pq

    content, tried = saved.json("optimum.json"), pq.read_table(saved.folder / "evaluations.parquet").to_pydict()
    mixes = _mixes_of(saved, content)
    bought = [offer.lever for offer in mixes.bought]
    candidates = tuple(
        Candidate(
            one["name"], None if one["meant"] is None else np.array([one["meant"][lever] for lever in bought]), one["sizes"], one["changes"],
            None if one["in_search"] is None else one["in_search"]["mix"] - 1,
        )
        for one in content["candidates"]
    )  # fmt: skip
    measured = [_measured(one) for one in content["candidates"]]
    names = [name for name in measured[0] if name in tried]
    fresh = np.array([np.column_stack([one[name] for name in names]) for one in measured])
    means = np.column_stack([np.array(tried[name], np.float64) for name in names])
    money = np.column_stack([np.array(tried[f"meant.{lever}"], np.float64) for lever in bought])
    searched = Searched(money, np.repeat(means[:, None, :], content["replicates"], axis=1))
    return Optimised(
        mixes, names, content["goal"], tuple(content["objectives"]), content["rule"], content["allowed"], searched,
        np.zeros((content["replicates"], len(names))), candidates, fresh, np.zeros(fresh.shape[1:]),
        saved.scenario.behaviour_set.lived(content["fresh"]), (content["seed"], content["fresh_seed"]), tuple(content["not_reachable"]),
    )  # fmt: skip


def _mixes_of(saved: Saved, content: Mapping[str, Any]) -> Mixes:
    """Return what may be mixed, for the same levers as then."""
    levers = saved.config["levers"]
    offers = offers_of(saved.scenario, levers, saved.config["most"])
    answers = {
        name: Answer(tuple(one["sizes"]), tuple(one["spent"]), tuple(one["units"]), one["why"])
        for name, one in content["levers"].items() if "sizes" in one
    }  # fmt: skip
    mixes = Mixes(saved.scenario, offers, answers, content["budget"], bool(levers))
    kinds = {kind: [offer for offer in offers if content["levers"][offer.lever]["kind"] == kind] for kind in ("bought", "free", "too_dear")}
    vars(mixes).update(  # as they were told apart then, by what was spent where nothing was bought
        bought=kinds["bought"], free=[offer.lever for offer in kinds["free"]], too_dear=[offer.lever for offer in kinds["too_dear"]],
    )  # fmt: skip
    return mixes


def _measured(one: Mapping[str, Any]) -> dict[str, Values]:
    """Return everything that was measured of a mix, net, by its name."""
    found = {SPENDING: values_of(one["spending"])}
    found |= {f"{SPENDING}.{lever}": values_of(of) for lever, of in one["spending_by_lever"].items()}
    return found | {name: values_of(of) for part in ("net", "capital") for name, of in one[part].items()}
