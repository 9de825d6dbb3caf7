"""What a calibration leaves in files: ``set.yaml``, ``runs.parquet``, ``reruns.parquet`` and ``calibration.json``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.calibrate.found import Calibrated
from experiments.calibrate.learned import RANGE, title_of, unit_of
from experiments.calibrate.options import CalibrateOptions
from experiments.shared.batches.parts import write_whole
from experiments.shared.json_numbers import number
from experiments.shared.provenance import provenance
from sim.behaviour_set import BehaviourSet
from sim.calibration.posterior import Runs, correlations
from sim.calibration.resting import AT_REST
from sim.scenario import Scenario
from sim.targets.loading import Targets

if TYPE_CHECKING:
    import pyarrow as pa

    from experiments.shared.results_folder import ResultFolder

DIGITS = 6
"""Significant digits of the values of a set."""


def provenance_of(command: str, started: dt.datetime, targets: Targets, options: CalibrateOptions, scenario: Scenario) -> dict[str, Any]:
    """Return where a set comes from."""
    made = provenance(command, started, options.seed, "")
    return {
        "command": command, "commit": made["commit"], "date": f"{started:%Y-%m-%d}", "yizhan": made["yizhan"],
        "sources_sha256": made["sources_sha256"],
        "target": targets.name, "target_sha256": targets.digest, "runs": options.runs, "seed": options.seed,
        "graduates": scenario.population.graduates, "place": scenario.place, "behaviour": scenario.behaviour_set.name,
        "method": "quadratic emulator, sequential Monte Carlo (docs/calibrating.md)",
    }  # fmt: skip


def set_of(found: Calibrated, about: Mapping[str, Any]) -> BehaviourSet:
    """Return the set."""
    posterior = found.posterior
    learned = {
        key: {"prior": [float(low), float(high)], "posterior": [float(f"{value:.4g}") for value in np.quantile(column, RANGE)],
              "shrinkage": round(float(shrunk), 2)}
        for key, (low, high), column, shrunk in zip(found.space.keys, found.space.bounds, posterior.values.T, posterior.shrinkage, strict=True)
    }  # fmt: skip
    whence = {
        **about, "calibrated": learned, "base": list(found.base), "untouched": list(found.untouched),
        "at_rest": [key for key in found.keys if key in AT_REST and key not in found.space.keys],
        "used": list(posterior.names), "cannot_be_met": {name: round(value, 1) for name, value in posterior.beyond.items()},
        "together": [[first, second, round(value, 2)] for first, second, value in correlations(posterior)],
    }  # fmt: skip
    rounded = np.array([[float(f"{value:.{DIGITS}g}") for value in row] for row in found.vectors])
    title, title_zh = f"Calibrated to {found.targets.title}", f"按“{found.targets.title.zh}”校准"
    return BehaviourSet("set", title, title_zh, found.keys, rounded, whence)


def write_calibrated(found: Calibrated, folder: ResultFolder) -> None:
    """Write every run and what was learned."""
    write_whole(table_of(found.runs, found.space.keys), folder.path / "runs.parquet")
    write_whole(table_of(found.reruns, found.told), folder.path / "reruns.parquet")
    folder.write_json("calibration.json", calibration_json(found))


def table_of(runs: Runs, keys: tuple[str, ...]) -> pa.Table:
    """Return runs as a table: a row a run, a column a parameter and a column a statistic, as 32-bit numbers."""
    import pyarrow as pa

    columns = {key: pa.array(column.astype(np.float32)) for key, column in zip(keys, runs.values.T, strict=True)}
    return pa.table(columns | {name: pa.array(column.astype(np.float32)) for name, column in zip(runs.names, runs.statistics.T, strict=True)})


def calibration_json(found: Calibrated) -> dict[str, Any]:
    """Return the content of ``calibration.json``."""
    posterior = found.posterior
    return {
        "title": {"en": str(found.targets.title), "zh": found.targets.title.zh},
        "counts": {"vectors": len(found.vectors), "runs": len(found.runs.values), "wide": found.wide, "people": found.people},
        "targets": [
            {"target": target.name, "label": target.label, "title": {"en": str(title_of(target)), "zh": title_of(target).zh},
             "unit": {"en": str(unit_of(target)), "zh": unit_of(target).zh}, "held_out": target.is_held_out, "value": target.value,
             "tolerance": target.tolerance, "used": target.name in posterior.names,
             **dict(zip(("median", "low", "high"), map(number, found.middle(target)), strict=True)), "distance": number(found.distance(target)),
             "cannot_be_met": target.name in posterior.beyond}
            for target in found.targets
        ],
        "parameters": [
            {"key": key, "prior": [float(low), float(high)], "posterior": [float(value) for value in np.quantile(column, RANGE)],
             "shrinkage": float(shrunk), "values": [float(value) for value in chosen]}
            for key, (low, high), column, shrunk, chosen in zip(
                found.space.keys, found.space.bounds, posterior.values.T, posterior.shrinkage, found.vectors.T, strict=False)
        ],
        "base": list(found.base),
        "at_rest": {key: list(map(float, found.vectors[:, found.keys.index(key)])) for key in found.at_rest},
        "untouched": list(found.untouched),
        "correlations": [{"first": first, "second": second, "correlation": value} for first, second, value in correlations(posterior)],
        "emulator": [{"target": name, "explained": float(share)} for name, share in zip(posterior.names, posterior.emulator.explained, strict=True)],
        "recovery": None if found.recovery is None else {
            "truths": len(found.recovery.ranks),
            "coverage": dict(zip(found.recovery.keys, map(float, found.recovery.coverage), strict=True)),
            "identifiable": [key for key, told in zip(found.recovery.keys, found.recovery.identifiable, strict=True) if told],
            "coverage_of_identifiable": number(found.recovery.overall),
        },
    }  # fmt: skip
