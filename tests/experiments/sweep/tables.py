"""Tables of sweeps made here, which say what they hold."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa

from experiments.sweep.table import About, described
from sim.own_file import NO_SET

NIGHTS, RATE, FAIRS = "policy.lodging.free_nights", "policy.loans.rate_per_year", "policy.job_fairs.fairs_per_year"
BUDGET, BEDS = "policy.lodging.budget", "policy.lodging.beds"
LABELS: dict[str, dict[str, str]] = {
    NIGHTS: {"en": "nights free of charge", "zh": "免费住宿晚数", "unit": "nights", "value": "3"},
    RATE: {"en": "yearly rate of interest", "zh": "年利率", "unit": "1/year", "value": "0.03"},
    FAIRS: {"en": "fairs a year", "zh": "每年招聘会场次", "unit": "1/year", "value": "12"},
    BUDGET: {"en": "most that is spent on lodging in a year", "zh": "全年住宿支出上限", "unit": "CNY", "value": "null"},
    BEDS: {"en": "beds", "zh": "床位数", "unit": "beds", "value": "100"},
}


def grid_of(levels: Mapping[str, Sequence[Any]]) -> list[tuple[Any, ...]]:
    return list(product(*levels.values()))


def make_about(axes: Sequence[str], points: int, **more: Any) -> About:
    settings: dict[str, Any] = {
        "axes": tuple(axes), "labels": {axis: LABELS[axis] for axis in axes if axis in LABELS}, "design": "grid", "reference": 0, "points": points,
        "programme": "zibo", "place": "zibo", "titles": {"en": "Zibo", "zh": "淄博“六大行动”"}, "seed": 7, "first_replicate": 0, "replicates": 6,
        "days": 365, "version": "0.1.0", "sources_sha256": "0" * 64, "configuration_sha256": "1" * 64,
    }  # fmt: skip
    settings["vectors_of_set"] = 0 if more.get("behaviour", NO_SET) == NO_SET else 128
    return About(**settings | more)


def make_table(
    axes: Sequence[str], points: Sequence[Sequence[Any]], effects: Mapping[str, Sequence[float]], *, replicates: int = 6, noise: float = 2.0,
    luck: float = 60.0, base: float = 600.0, missing: Sequence[int] = (), luck_number: int = 3, **more: Any,
) -> pa.Table:  # fmt: skip
    """Make a table: outcome = base + effect of the point + luck that all points share + noise."""
    generator = np.random.default_rng(luck_number)
    number = np.repeat(np.arange(len(points)), replicates)
    columns: dict[str, Any] = {"point": number}
    columns |= {axis: pa.array([point[place] for point in points for _ in range(replicates)]) for place, axis in enumerate(axes)}
    columns["replicate"] = np.tile(np.arange(replicates), len(points))
    for name, effect in effects.items():
        size = 1000.0 if name.startswith("spending") else 0.001 if name.endswith(("rate", "share")) else 1.0
        shared = np.tile(generator.normal(0, luck, replicates), len(points))
        columns[name] = size * (base + np.repeat(np.asarray(effect, float), replicates) + shared + generator.normal(0, noise, len(number)))
    table = pa.table(columns)
    return described(table.filter(pa.array(~np.isin(number, missing))), make_about(axes, len(points), replicates=replicates, **more))
