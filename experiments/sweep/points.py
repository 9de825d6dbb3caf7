"""The points of a sweep: checked before anything runs, run one by one, gathered into one table."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.shared.application import Plain, check_outcomes, launch, overrides_of, put_value, read_options, read_scenario
from experiments.shared.errors import FailedError
from experiments.shared.results_folder import write_table
from experiments.shared.words import say
from experiments.sweep.axes import key_of
from experiments.sweep.options import SweepOptions
from sim.bilingual import sentence
from sim.configuration import GROUPS
from sim.scenario import Scenario
from sim.simulation import simulate

if TYPE_CHECKING:
    import pyarrow as pa

POINT = "point.parquet"
"""What a point leaves in its folder."""
COMPOSED = (*GROUPS, "start")
"""Keys that decide what else a configuration holds."""


def compose_points(words: Sequence[str], axes: dict[str, list[str]]) -> tuple[Plain, list[Scenario]]:
    """Compose and check every point before anything runs; return the first as plain data, and the scenario of each.

    Files are composed once for each combination of what decides what else there is (programme, place …, and the start, with which dates move);
    other values are put in their places.

    Raises:
        MistakeError: A point that is not allowed.
    """
    kept: list[Plain] = []
    scenarios: list[Scenario] = []
    fixed = [word for word in overrides_of(words) if key_of(word) not in axes]
    groups = {key: values for key, values in axes.items() if key in COMPOSED}
    others = {key: values for key, values in axes.items() if key not in COMPOSED}

    def check(plain: Plain) -> None:
        for values in product(*others.values()):
            point = copy.deepcopy(plain)
            for key, value in zip(others, values, strict=True):
                put_value(point, key, _read(value))
            options: SweepOptions = read_options(SweepOptions, point)
            check_outcomes(options.outcomes)
            scenarios.append(read_scenario(point, SweepOptions))
            kept[:] = kept or [point]

    start = [f"{key}={values[0]}" for key, values in others.items()]
    for choice in product(*groups.values()):
        chosen = [f"{key}={value}" for key, value in zip(groups, choice, strict=True)]
        launch("sweep", check, [*fixed, *chosen, *start, "hydra.mode=RUN"], SweepOptions.model_fields)
    return kept[0], scenarios


def run_point(plain: Plain, axes: list[str]) -> None:
    """Run one point of the grid and leave its rows in its own folder: one a replicate."""
    import pyarrow as pa
    from hydra.core.hydra_config import HydraConfig

    hydra = HydraConfig.get()
    options: SweepOptions = read_options(SweepOptions, plain)
    results = simulate(read_scenario(plain, SweepOptions), options.replicates, options.seed, options.workers)
    columns: dict[str, Any] = {"point": [int(hydra.job.num)] * options.replicates}
    columns |= {axis: [_value_at(plain, axis, dict(hydra.runtime.choices))] * options.replicates for axis in axes}
    columns["replicate"] = list(range(options.replicates))
    columns |= results.outcomes
    write_table(pa.table(columns), Path(hydra.runtime.output_dir) / POINT)
    mean = " ".join(f"{axis}={columns[axis][0]}" for axis in axes)
    say(sentence("  point {n}: {values}", "  第 {n} 点：{values}", n=hydra.job.num, values=mean), options.language)


def finished(folder: Path) -> list[Path]:
    """Return what the points that are done have left."""
    return list(folder.rglob(POINT))


def gather(folder: Path, points: int, *, partly: bool = False) -> pa.Table:
    """Put the rows of all points into one table, in the order of the points, and drop the small files.

    Args:
        folder: Folder with one folder a point.
        points: Number of points of the grid.
        partly: Whether some of them may be missing.

    Raises:
        FailedError: A point did not leave its rows.
    """
    import shutil

    import pyarrow as pa
    import pyarrow.parquet as pq

    files = finished(folder)
    if len(files) < points and not partly:
        message = sentence(
            "{missing} of the {points} points of the sweep left no result; nothing was kept",
            "{points} 个点中有 {missing} 个没有结果，未保留任何结果", missing=points - len(files), points=points,
        )  # fmt: skip
        raise FailedError(message)
    tables = sorted((pq.read_table(path) for path in files), key=lambda table: int(table["point"][0].as_py()))
    for name in {field.name for table in tables for field in table.schema if pa.types.is_string(field.type)}:  # such as null and 1000
        tables = [table.set_column(table.column_names.index(name), name, table[name].cast(pa.string())) for table in tables]
    table = pa.concat_tables(tables, promote_options="permissive")
    shutil.rmtree(folder)
    return table


def _value_at(plain: Plain, key: str, choices: dict[str, Any]) -> Any:  # noqa: ANN401
    """Return the value of a dotted key in a composed configuration; for a group, the name of the file chosen."""
    value: Any = plain
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if value is None or isinstance(value, (dict, list)):
        value = choices.get(key, "null" if value is None else str(value))
    return value


def _read(text: str) -> Any:  # noqa: ANN401
    """Read a value as Hydra's grammar does."""
    from hydra.core.override_parser.overrides_parser import OverridesParser

    return OverridesParser.create().parse_override(f"key={text}").value()
