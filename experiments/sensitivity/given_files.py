"""What a reading leaves in files: ``sensitivity.json`` and ``sensitivity.parquet``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experiments.sensitivity.files import JSON, TABLE, measured_json, rank_json
from experiments.sensitivity.given_found import Reading
from experiments.sensitivity.options import SensitivityOptions
from experiments.shared.batches.parts import write_whole
from experiments.shared.json_numbers import number
from sim.scenario import Scenario
from sim.sensitivity.given import Indices

if TYPE_CHECKING:
    from experiments.shared.results_folder import ResultFolder


def write_reading(found: Reading, folder: ResultFolder, scenario: Scenario, options: SensitivityOptions) -> None:
    """Write configuration and provenance, what was found, and every point."""
    import pyarrow as pa

    folder.write_provenance(scenario, options, options.seed)
    sample = found.sample
    columns = dict(zip(sample.keys, sample.factors.T, strict=True)) | dict(zip(sample.outcomes, sample.values.T, strict=True))
    write_whole(pa.table(columns), folder.path / TABLE)
    folder.write_json(JSON, reading_json(found))


def reading_json(found: Reading) -> dict[str, Any]:
    """Return the content of ``sensitivity.json`` of a reading."""
    sample = found.sample
    return {
        "method": "given", "source": sample.source, "source_sha256": sample.sha256, "seed": found.seed, "points": len(sample.factors),
        "factors": [
            {"key": key, "low": float(column.min()), "high": float(column.max()), "range": "given"}
            for key, column in zip(sample.keys, sample.factors.T, strict=True)
        ],
        "left_out": list(sample.left_out),
        "outcomes": {
            name: {"label": {"en": sample.called(name, "en"), "zh": sample.called(name, "zh")}}
            | ({"factors": None} if indices is None else _indices_json(found, indices))
            for name, indices in zip(sample.outcomes, found.indices, strict=True)
        },
    }  # fmt: skip


def _indices_json(found: Reading, indices: Indices) -> dict[str, Any]:
    """Return what is said of an outcome."""
    return {
        "points": indices.points, "too_few": indices.too_few, "alone_together": measured_json(indices.together, 0),
        "sure_cuts": indices.ranking.sure_cuts(),
        "by_chance": {"pawn": number(indices.moved_by_chance), "alone": number(indices.alone_by_chance)},
        "factors": [
            {"key": found.sample.keys[place], "pawn": measured_json(indices.moved, place), "alone": measured_json(indices.alone, place),
             "rank": rank_json(indices.ranking, place), "told": bool(indices.told[place])}
            for place in map(int, indices.ranking.order)
        ],
    }  # fmt: skip
