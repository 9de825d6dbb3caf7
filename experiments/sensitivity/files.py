"""What a screening leaves in files: ``sensitivity.json`` and ``sensitivity.parquet``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.sensitivity.effects_found import Effects, Screening, Stage
from experiments.sensitivity.options import SensitivityOptions
from experiments.sensitivity.outcomes import label_of, unit_of
from experiments.shared.batches.parts import write_whole
from experiments.shared.batches.store import Store
from experiments.shared.json_numbers import number
from sim.scenario import Scenario
from sim.sensitivity.factors import Factor
from sim.sensitivity.ranking import Measured, Ranking

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from experiments.shared.results_folder import ResultFolder

    Numbers = NDArray[np.float64]

JSON, TABLE = "sensitivity.json", "sensitivity.parquet"


def write_screening(found: Screening, folder: ResultFolder, scenario: Scenario, options: SensitivityOptions) -> None:
    """Write configuration and provenance, what was found, and every point."""
    assert isinstance(folder, Store)  # noqa: S101 (made by the work)
    folder.write_provenance(scenario, options, options.seed)
    write_whole(points_of(found), folder.path / TABLE)
    folder.write_json(JSON, screening_json(found, scenario))
    folder.finish()


def screening_json(found: Screening, scenario: Scenario) -> dict[str, Any]:
    """Return the content of ``sensitivity.json`` of a screening."""
    plan = found.plan
    return {
        "method": "morris", "programme": scenario.programme, "place": scenario.place, "seed": found.seed, "graduates": scenario.population.graduates,
        "days": scenario.days, "points": found.points, "trajectories": plan.trajectories,
        "screening": {"trajectories": plan.screening, "groups": len(plan.groups)} if plan.groups else None,
        "factors": [factor_json(factor) for factor in found.factors],
        "outcomes": {
            name: about_outcome(name) | {
                "luck": number(effects.floor), "sure_cuts": effects.ranking.sure_cuts(),
                "factors": [
                    {"key": factor.key, **effect_json(effects, place)} for factor, place in in_order(found.alone, effects.ranking)
                ],
                "unopened": [_group_json(found, outcome, group) for group in found.unopened],
            }
            for outcome, (name, effects) in enumerate(zip(found.outcomes, found.effects, strict=True))
        },
    }  # fmt: skip


def about_outcome(name: str) -> dict[str, Any]:
    """Return what an outcome is called, and its unit, in both languages."""
    return {"label": {"en": label_of(name, "en"), "zh": label_of(name, "zh")}, "unit": unit_of(name)}


def factor_json(factor: Factor) -> dict[str, Any]:
    """Return what is to be known of a factor."""
    value = None if factor.value is None else number(factor.value)
    return {"key": factor.key, "low": factor.low, "high": factor.high, "value": value, "range": factor.origin.value}


def in_order(factors: tuple[Factor, ...], ranking: Ranking) -> list[tuple[Factor, int]]:
    """Return factors with their places, the first in rank first."""
    return [(factors[place], int(place)) for place in ranking.order]


def effect_json(effects: Effects, place: int) -> dict[str, Any]:
    """Return what is said of a factor."""
    return {
        "mu_star": measured_json(effects.size, place), "mu": measured_json(effects.direction, place), "sigma": measured_json(effects.spread, place),
        "rank": rank_json(effects.ranking, place), "told": bool(effects.told[place]),
    }  # fmt: skip


def measured_json(measured: Measured, place: int) -> dict[str, float | None]:
    """Return a measure of one factor with its interval."""
    return {"value": number(measured.value[place]), "low": number(measured.low[place]), "high": number(measured.high[place])}


def rank_json(ranking: Ranking, place: int) -> dict[str, int]:
    """Return the rank of one factor with its interval."""
    return {"value": int(ranking.rank[place]), "low": int(ranking.low[place]), "high": int(ranking.high[place])}


def _group_json(found: Screening, outcome: int, group: int) -> dict[str, Any]:
    """Return what is said of a group that was not opened."""
    assert found.screened is not None  # noqa: S101 (it is one of its groups)
    keys = [found.factors[number].key for number in found.screened.groups[group]]
    return {"keys": keys, "mu_star": measured_json(found.effects_of_groups[outcome].size, group)}


def points_of(found: Screening) -> pa.Table:
    """Return every run: stage, trajectory, step, number of its luck, value of each factor, each outcome."""
    import pyarrow as pa

    return pa.concat_tables([_points(stage, found, place) for place, stage in enumerate(found.stages, 1)])


def _points(stage: Stage, found: Screening, number_of_stage: int) -> pa.Table:
    import pyarrow as pa

    trajectories, points, replicates, _ = stage.values.shape
    shares = np.concatenate([stage.design.shares, stage.design.shares[:, [0, -1]]], axis=1).reshape(-1, len(found.factors))
    shares = np.repeat(shares, replicates, axis=0)
    steps = [*range(points - 2), 0, points - 3]
    luck = stage.luck.reshape(-1)[:, None] * replicates + np.arange(replicates)
    columns: dict[str, Any] = {
        "stage": pa.array(np.full(len(shares), number_of_stage), pa.int8()),
        "trajectory": pa.array(np.repeat(np.arange(trajectories), points * replicates), pa.int32()),
        "step": pa.array(np.tile(np.repeat(steps, replicates), trajectories), pa.int32()),
        "replicate": pa.array(luck.reshape(-1), pa.int64()),
    }
    measured = stage.values.reshape(len(shares), -1)
    return pa.table(columns | factor_columns(found.factors, shares) | {name: measured[:, place] for place, name in enumerate(found.outcomes)})


def factor_columns(factors: tuple[Factor, ...], shares: Numbers) -> dict[str, Any]:
    """Return the value of each factor at each point, as a column of a table.

    Args:
        factors: The factors.
        shares: The points, as shares of the ranges, shape (points, factors).
    """
    values = {factor.key: factor.low + column * (factor.high - factor.low) for factor, column in zip(factors, shares.T, strict=True)}
    return {factor.key: np.round(values[factor.key]).astype(np.int64) if factor.is_whole else values[factor.key] for factor in factors}
