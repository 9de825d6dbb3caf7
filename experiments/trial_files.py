"""What a study leaves in files: ``trial.json``, ``summary.json``, ``estimates.parquet`` and ``people.parquet``."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.statistics import RatioInterval, mean_interval, ratio_interval
from sim.trials.study import Study
from sim.trials.trial import Finding, Trials
from sim.trials.worlds import WORLDS

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
        "study": study.model_dump(mode="json"),
        "primary": {"outcome": outcome, "day": day},
        "enrolled": _estimate(trials.enrolled),
        "take_up": {name: _estimate(values) for name, values in trials.take_up.items()},
        "findings": [_finding(study, finding) for finding in trials.findings.values()],
        "everybody": {world: _reach(trials, world) for world in trials.reach},
    }


def summary(trials: Trials) -> dict[str, Any]:
    """Return the content of ``summary.json``: estimates under ESTIMAND.OUTCOME.DAY, and the truth under true.ESTIMAND.OUTCOME.DAY."""
    outcomes = {}
    for (name, outcome, day), finding in trials.findings.items():
        unit = "CNY/month" if outcome == "pay" else "share"
        outcomes[f"{name}.{outcome}.{day}"] = {"unit": unit, **_estimate(finding.value)}
        outcomes[f"true.{name}.{outcome}.{day}"] = {"unit": unit, **_estimate(finding.truth)}
    return {
        "programme": trials.scenario.programme, "seed": trials.seed, "replicates": trials.replicates, "days": trials.scenario.days,
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
        "saturation": np.repeat([finding.estimand.saturation for finding in found], size),
        "outcome": [finding.outcome for finding in found for _ in range(size)],
        "day": np.repeat(np.array([finding.day for finding in found], np.int32), size),
    }
    called = {"value": "estimate", "error": "standard_error"}
    for name in ("value", "error", "low", "high", "p", "truth", "people"):
        columns[called.get(name, name)] = np.concatenate([getattr(finding, name) for finding in found])
    return pa.table(columns)


def people_table(trials: Trials) -> pa.Table:
    """Return a row for each enrolled person of each trial: assignment, use, covariates, what was observed, and what would have been otherwise."""
    import pyarrow as pa

    study, samples = trials.study, trials.samples
    names = np.array([CONTROL_NAME, *study.arms])
    columns: dict[str, Any] = {"trial": np.repeat(np.arange(len(samples), dtype=np.int32), [sample.arm.size for sample in samples])}
    for name in ("market", "cluster", "person", "saturation", "used"):
        columns[name] = np.concatenate([getattr(sample, name) for sample in samples])
    columns["arm"] = names[np.concatenate([sample.arm for sample in samples])]
    for name in study.covariates:
        columns[f"{name}_at_enrolment"] = np.concatenate([sample.covariates[name] for sample in samples])
    for number, outcome in enumerate(study.outcomes):
        for place, day in enumerate(study.followup_days):
            for world in WORLDS:
                values = np.concatenate([sample.values[world][:, number, place] for sample in samples])
                columns[f"{outcome}_{day}{SUFFIXES[world]}"] = values
    return pa.table(columns)


def per_admitted(trials: Trials, world: str, part: str, outcome: str, day: int) -> Any:  # noqa: ANN401
    """Return a true sum of effects on a part of the people, per person admitted, shape (trials,)."""
    study = trials.study
    place = study.outcomes.index(outcome), study.followup_days.index(day)
    return np.array([float(getattr(reach, part)[place]) / reach.admitted if reach.admitted else math.nan for reach in trials.reach[world]])


def cost_per_additional(trials: Trials, world: str, outcome: str, day: int) -> RatioInterval:
    """Return money spent over the net effect on everybody, with Fieller's interval."""
    study = trials.study
    place = study.outcomes.index(outcome), study.followup_days.index(day)
    reach = trials.reach[world]
    return ratio_interval([one.spending for one in reach], [float(one.net[place]) for one in reach])


def _finding(study: Study, finding: Finding) -> dict[str, Any]:
    estimand = finding.estimand
    bias, low, high = finding.bias
    power = finding.power(study.significance)
    return {
        "estimand": estimand.kind,
        "arm": list(study.arms)[estimand.arm - 1] if estimand.arm else None,
        "saturation": _number(estimand.saturation),
        "outcome": finding.outcome,
        "day": finding.day,
        "estimate": _estimate(finding.value),
        "truth": _estimate(finding.truth),
        "bias": {"value": _number(bias), "low": _number(low), "high": _number(high)},
        "standard_error": _estimate(finding.error),
        "coverage": dict(zip(("value", "low", "high"), map(_number, finding.coverage), strict=True)),
        "power": dict(zip(("value", "low", "high"), map(_number, power), strict=True)),
    }


def _reach(trials: Trials, world: str) -> dict[str, Any]:
    study = trials.study
    found: dict[str, Any] = {
        "admitted": _estimate([reach.admitted for reach in trials.reach[world]]),
        "spending": _estimate([reach.spending for reach in trials.reach[world]]),
        "outcomes": {},
    }
    for number, outcome in enumerate(study.outcomes):
        for place, day in enumerate(study.followup_days):
            sums = {
                part: _estimate([float(getattr(reach, part)[number, place]) for reach in trials.reach[world]])
                for part in ("on_admitted", "on_enrolled", "on_others", "net")
            }  # fmt: skip
            ratio = cost_per_additional(trials, world, outcome, day)
            cost = {"value": _number(ratio.value), "low": _number(ratio.low), "high": _number(ratio.high), "defined": ratio.defined}
            found["outcomes"][f"{outcome}.{day}"] = {**sums, "cost_per_additional": cost}
    return found


def _estimate(values: Iterable[float]) -> dict[str, Any]:
    column = np.array(list(values), np.float64)
    mean, low, high = mean_interval(column)
    return {"mean": _number(mean), "low": _number(low), "high": _number(high), "values": [_number(value) for value in column]}


def _number(value: Any) -> float | None:  # noqa: ANN401
    return float(value) if math.isfinite(value) else None
