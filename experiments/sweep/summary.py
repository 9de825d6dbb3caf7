"""What ``summary.json`` says of a sweep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experiments.sweep.table import POINT, About
from sim.how_sure import OF_MEAN

if TYPE_CHECKING:
    import pyarrow as pa


def summary_of(table: pa.Table, about: About) -> dict[str, Any]:
    """Return what ``summary.json`` says of a sweep.

    Args:
        table: Its table.
        about: What it is.
    """
    values = {axis: list(dict.fromkeys(table[axis].to_pylist())) for axis in about.axes}
    return {
        "programme": about.programme, "seed": about.seed, "replicates": about.replicates, "first_replicate": about.first_replicate,
        "interval": {"of": OF_MEAN, "behaviour": about.behaviour},
        "design": about.design, "reference": about.reference, "points": about.points, "done": len(set(table[POINT].to_pylist())),
        "axes": {axis: [str(value) if value is not None else "null" for value in some] for axis, some in values.items()},
    }  # fmt: skip
