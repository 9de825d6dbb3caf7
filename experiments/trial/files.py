"""What a study leaves in files: ``trial.json``, ``summary.json``, ``estimates.parquet`` and ``people.parquet``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.json_numbers import estimate, interval, ratio_of
from sim.how_sure import about_intervals
from sim.statistics import RatioInterval
from sim.trials.measures import MEASURES, Values
from sim.trials.study import Study
from sim.trials.trial import Finding, Trials
from sim.trials.worlds import WORLDS
from sim.uncertainty import ratio_interval_over

if TYPE_CHECKING:
    import pyarrow as pa

CONTROL_NAME = "control"
SUFFIXES = {"assigned": "", "nobody": "_if_nobody", "everybody": "_if_everybody"}


def trial_json(trials: Trials) -> dict[str, Any]:
    """Return the content of ``trial.json``."""
    study = trials.study
    outcome, day = study.primary
    return {
        "programme": trials.scenario.programme,
        "seed": trials.seed,
        "replicates": trials.replicates,
        "markets": trials.markets,
        "clusters": trials.clusters,
        **about_intervals(trials.scenario.behaviour_set, trials.lived),
        "study": study.model_dump(mode="json"),
        "primary": {"outcome": outcome, "day": day},
        "enrolled": estimate(trials.enrolled, lived=trials.lived),
        "take_up": {name: estimate(values, lived=trials.lived) for name, values in trials.take_up.items()},
        "findings": [_finding(study, finding) for finding in trials.findings.values()],
        "everybody": {world: _reach(trials, world) for world in trials.reach},
    }


def summary(trials: Trials) -> dict[str, Any]:
    """Return the content of ``summary.json``: estimates under ESTIMAND.OUTCOME.DAY, and the truth under true.ESTIMAND.OUTCOME.DAY."""
    outcomes = {}
    for (name, outcome, day), finding in trials.findings.items():
        unit = "CNY/month" if MEASURES[outcome].scale == 1 else "share"
        for key, values in ((f"{name}.{outcome}.{day}", finding.value), (f"true.{name}.{outcome}.{day}", finding.truth)):
            found = estimate(values, lived=trials.lived)
            outcomes[key] = {"unit": unit, "mean": found.pop("value"), **found}
    return {
        "programme": trials.scenario.programme, "seed": trials.seed, "replicates": trials.replicates, "days": trials.scenario.days,
        **about_intervals(trials.scenario.behaviour_set, trials.lived),
        "outcomes": outcomes,
    }  # fmt: skip


def estimates_table(trials: Trials) -> pa.Table:
    """Return a row for each trial, estimand, outcome and follow-up: what the analyst reports, and the truth."""
    import pyarrow as pa

    names = [CONTROL_NAME, *trials.study.arms]
    found = list(trials.findings.values())
    size = trials.replicates
    columns: dict[str, Any] = {
        "trial": np.tile(np.arange(size, dtype=np.int32), len(found)),
        "estimand": [finding.estimand.kind for finding in found for _ in range(size)],
        "arm": [names[finding.estimand.arm] if finding.estimand.arm else None for finding in found for _ in range(size)],
        "saturation": pa.array([finding.estimand.saturation for finding in found for _ in range(size)], pa.float64()),
        "outcome": [finding.outcome for finding in found for _ in range(size)],
        "day": np.repeat(np.array([finding.day for finding in found], np.int32), size),
    }
    called = {"value": "estimate", "error": "standard_error"}
    for name in ("value", "error", "low", "high", "p", "truth", "people", "clusters"):
        columns[called.get(name, name)] = np.concatenate([getattr(finding, name) for finding in found])
    return pa.table(columns)


def people_table(trials: Trials) -> pa.Table:
    """Return a row for each enrolled person of each trial: assignment, use, covariates, what was observed, and what would have been otherwise."""
    import pyarrow as pa

    study, samples = trials.study, trials.samples
    names = np.array([CONTROL_NAME, *study.arms])
    columns: dict[str, Any] = {"trial": np.repeat(np.arange(len(samples), dtype=np.int32), [sample.arm.size for sample in samples])}
    for name in ("market", "cluster", "person", "saturation"):
        columns[name] = np.concatenate([getattr(sample, name) for sample in samples])
    columns["arm"] = names[np.concatenate([sample.arm for sample in samples])]
    for name in study.covariates:
        columns[f"{name}_at_enrolment"] = np.concatenate([sample.covariates[name] for sample in samples])
    for place, day in enumerate(study.followup_days):
        columns[f"used_{day}"] = np.concatenate([sample.used[:, place] for sample in samples])
    for row, outcome in enumerate(study.outcomes):
        for place, day in enumerate(study.followup_days):
            for world in WORLDS:
                values = np.concatenate([sample.values[world][:, row, place] for sample in samples])
                columns[f"{outcome}_{day}{SUFFIXES[world]}"] = values
    return pa.table(columns)


def per_admitted(trials: Trials, world: str, part: str, outcome: str, day: int) -> Values:
    """Return a true sum of effects on a part of the people, per person admitted, shape (trials,)."""
    study = trials.study
    place = study.outcomes.index(outcome), study.followup_days.index(day)
    return np.array([float(getattr(reach, part)[place]) / reach.admitted if reach.admitted else math.nan for reach in trials.reach[world]])


def cost_per_additional(trials: Trials, world: str, outcome: str, day: int) -> RatioInterval:
    """Return money spent over the net effect on everybody, with Fieller's interval."""
    study = trials.study
    place = study.outcomes.index(outcome), study.followup_days.index(day)
    reach = trials.reach[world]
    return ratio_interval_over([one.spending for one in reach], [float(one.net[place]) for one in reach], trials.lived)


def _finding(study: Study, finding: Finding) -> dict[str, Any]:
    estimand = finding.estimand
    return {
        "estimand": estimand.kind,
        "arm": list(study.arms)[estimand.arm - 1] if estimand.arm else None,
        "saturation": estimand.saturation,
        "outcome": finding.outcome,
        "day": finding.day,
        "estimate": estimate(finding.value, lived=finding.lived),
        "truth": estimate(finding.truth, lived=finding.lived),
        "bias": interval(finding.bias),
        "standard_error": estimate(finding.error, lived=finding.lived),
        "coverage": interval(finding.coverage),
        "power": interval(finding.power(study.significance)),
    }


def _reach(trials: Trials, world: str) -> dict[str, Any]:
    study = trials.study
    found: dict[str, Any] = {
        "admitted": estimate([reach.admitted for reach in trials.reach[world]], lived=trials.lived),
        "spending": estimate([reach.spending for reach in trials.reach[world]], lived=trials.lived),
        "outcomes": {},
    }
    for row, outcome in enumerate(study.outcomes):
        for place, day in enumerate(study.followup_days):
            sums = {
                part: estimate([float(getattr(reach, part)[row, place]) for reach in trials.reach[world]], lived=trials.lived)
                for part in ("on_admitted", "on_enrolled", "on_others", "net")
            }  # fmt: skip
            found["outcomes"][f"{outcome}.{day}"] = {**sums, "cost_per_additional": ratio_of(cost_per_additional(trials, world, outcome, day))}
    return found
