"""A comparison as it lies in its folder, with its days and groups again, so that the page shows of it what it showed when it was made."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.bilingual import Sentence
from sim.compared import Comparison

if TYPE_CHECKING:
    from sim.results import Replicate, Results

MOST_ROWS, MOST_BYTES = 20_000_000, 500_000_000
"""Lines of the days of a result that are read, and bytes when they are unpacked."""


def with_groups(comparison: Comparison, content: Mapping[str, Any]) -> Comparison:
    """Return a comparison with its groups, out of ``comparison.json``; without them where an older version wrote it.

    Raises:
        KeyError, TypeError, ValueError: They are not as they are written.
    """
    first = next(iter(content["variants"].values()))["groups"]
    if any("baseline_values" not in one for groups in first.values() for measures in groups.values() for one in measures.values()):
        return comparison

    def of(number: int, name: str, key: str) -> Any:  # noqa: ANN401
        kept = content["variants"][name]["groups"]
        return {
            attribute: {group: {measure: float(one[key][number]) for measure, one in measures.items()} for group, measures in groups.items()}
            for attribute, groups in kept.items()
        }

    def changed(results: Results, name: str, key: str) -> Results:
        return _with(results, [replace(run, groups=of(number, name, key)) for number, run in enumerate(results.runs)])

    baseline = changed(comparison.baseline, next(iter(content["variants"])), "baseline_values")
    variants = {name: replace(one, results=changed(one.results, name, "variant_values")) for name, one in comparison.variants.items()}
    return Comparison(baseline, variants)


def with_days(comparison: Comparison, content: bytes, baseline: str) -> Comparison:
    """Return a comparison with its daily values, out of ``series.parquet``.

    Args:
        comparison: The comparison.
        content: The file.
        baseline: What the baseline is called there.

    Raises:
        ValueError: It is not as it is written, or holds more than is read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    message = Sentence("these are not the days of this result", "这不是此结果的逐日数据")
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        about = file.metadata
        size = sum(about.row_group(place).total_byte_size for place in range(about.num_row_groups))
        if about.num_rows > MOST_ROWS or size > MOST_BYTES:
            raise ValueError(message)
        table = file.read(["variant", "outcome", "value"])
        names = [table[column].unify_dictionaries().combine_chunks() for column in ("variant", "outcome")]
        of_variant, of_outcome = (list(one.dictionary.to_pylist()) for one in names)
        variant, outcome = (np.asarray(one.indices) for one in names)
        values = np.asarray(table["value"], np.float64)
    except (pa.ArrowException, KeyError, AttributeError, OSError) as error:
        raise ValueError(message) from error
    results = {baseline: comparison.baseline, **{name: one.results for name, one in comparison.variants.items()}}
    found: dict[str, list[Replicate]] = {}
    for name, one in results.items():
        own = variant == of_variant.index(name)
        rows = {called: values[own & (outcome == place)].reshape(one.replicates, one.days) for place, called in enumerate(of_outcome)}
        found[name] = [replace(run, series={called: row[number] for called, row in rows.items()}) for number, run in enumerate(one.runs)]
    variants = {name: replace(one, results=_with(one.results, found[name])) for name, one in comparison.variants.items()}
    return Comparison(_with(comparison.baseline, found[baseline]), variants)


def _with(results: Results, runs: list[Replicate]) -> Results:
    return replace(results, runs=tuple(runs))
