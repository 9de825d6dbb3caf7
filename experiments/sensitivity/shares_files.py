"""What a decomposition of variance leaves in files: ``sensitivity.json`` and ``sensitivity.parquet``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.sensitivity.files import JSON, TABLE, about_outcome, factor_columns, factor_json, in_order, measured_json, rank_json
from experiments.sensitivity.options import SensitivityOptions
from experiments.sensitivity.shares_found import Decomposition
from experiments.shared.batches.parts import write_whole
from experiments.shared.batches.store import Store
from sim.scenario import Scenario
from sim.sensitivity.variance import Shares

if TYPE_CHECKING:
    import pyarrow as pa

    from experiments.shared.results_folder import ResultFolder


def write_decomposition(found: Decomposition, folder: ResultFolder, scenario: Scenario, options: SensitivityOptions) -> None:
    """Write configuration and provenance, what was found, and every point."""
    assert isinstance(folder, Store)  # noqa: S101 (made by the work)
    folder.write_provenance(scenario, options, options.seed)
    write_whole(points_of(found), folder.path / TABLE)
    folder.write_json(JSON, decomposition_json(found, scenario))
    folder.finish()


def decomposition_json(found: Decomposition, scenario: Scenario) -> dict[str, Any]:
    """Return the content of ``sensitivity.json`` of a decomposition."""
    return {
        "method": "sobol", "programme": scenario.programme, "place": scenario.place, "seed": found.seed, "graduates": scenario.population.graduates,
        "days": scenario.days, "points": found.points, "base_points": len(found.luck), "factors": [factor_json(factor) for factor in found.factors],
        "outcomes": {
            name: about_outcome(name) | ({"factors": None} if shares is None else _shares_json(found, shares))
            for name, shares in zip(found.outcomes, found.shares, strict=True)
        },
    }  # fmt: skip


def _shares_json(found: Decomposition, shares: Shares) -> dict[str, Any]:
    """Return what is said of an outcome."""
    told = found.told(shares)
    others = {"luck": found.of_luck, "rest_of_the_set": found.of_rest}
    return {
        "base_points": shares.base, "too_few": shares.too_few, "alone_together": measured_json(shares.together, 0),
        "sure_cuts": shares.ranking.sure_cuts(),
        "factors": [
            {"key": factor.key, **_share_json(shares, place), "rank": rank_json(shares.ranking, place), "told": bool(told[place])}
            for factor, place in in_order(found.factors, shares.ranking)
        ],
        **{name: _share_json(shares, column) for name, column in others.items() if column is not None},
    }  # fmt: skip


def _share_json(shares: Shares, column: int) -> dict[str, Any]:
    return {"alone": measured_json(shares.alone, column), "total": measured_json(shares.total, column)}


def points_of(found: Decomposition) -> pa.Table:
    """Return every run: base point, its place in it, number of its luck, vector of the set, value of each factor, each outcome."""
    import pyarrow as pa

    base, points, replicates, _ = found.values.shape
    luck = found.luck.reshape(-1)[:, None] * replicates + np.arange(replicates)
    places = np.repeat(found.places.reshape(-1, len(found.factors)), replicates, axis=0)
    columns: dict[str, Any] = {
        "base": pa.array(np.repeat(np.arange(base), points * replicates), pa.int32()),
        "place": pa.array(np.tile(np.repeat(np.arange(points), replicates), base), pa.int32()),
        "replicate": pa.array(luck.reshape(-1), pa.int64()),
        "vector": pa.array(np.repeat(found.vectors.reshape(-1), replicates), pa.int64()),
    }
    measured = found.values.reshape(len(places), -1)
    return pa.table(columns | factor_columns(found.factors, places) | {name: measured[:, place] for place, name in enumerate(found.outcomes)})
