"""``yizhan sweep``: a grid over levers as a Hydra multirun; one tidy table and outcome plots at the end.

Hydra runs the points (its own launcher, or any other); each point runs its replicates and leaves one small file, so nothing is handed
between points and a launcher may run them anywhere. Replicate r has the same seed at every point, so differences between points are paired.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from experiments.application import Plain, launch, read_options, read_scenario
from experiments.errors import FailedError, MistakeError
from experiments.output import ResultFolder, write_table
from experiments.progress import announce_compilation
from experiments.run import RunOptions
from experiments.tables import print_rows, say, write
from sim.outcomes import OUTCOMES
from sim.parameters import leaves
from sim.scenario import Scenario
from sim.simulation import simulate
from sim.statistics import mean_interval

if TYPE_CHECKING:
    import pyarrow as pa

MOST_POINTS_IN_TABLE = 40
VERB_KEYS = tuple(RunOptions.model_fields)


class SweepOptions(RunOptions):
    """Keys of ``yizhan sweep``."""

    outcomes: tuple[str, ...] = Field(default=(), description="outcomes that are drawn and printed; every one is in the table")


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb."""
    if any(word in ("--help", "-h", "--hydra-help", "--cfg", "-c", "--info", "-i", "--version") for word in words):
        launch("sweep", lambda _plain: None, words)
        return
    axes = swept_keys(words)
    plain = compose_first(words, axes)
    options: SweepOptions = read_options(SweepOptions, plain)
    check_outcomes(options.outcomes)
    scenario = read_scenario(plain)
    with ResultFolder("sweep", scenario.programme, options.output, words) as folder:
        announce_compilation(options.language)
        points = [*words, f"hydra.sweep.dir={_quoted(folder.path / 'points')}"]
        launch("sweep", lambda point: run_point(point, list(axes)), points if "-m" in words or "--multirun" in words else ["-m", *points])
        table = gather(folder.path / "points")
        write_table(table, folder.path / "sweep.parquet")
        folder.write_provenance(scenario, options, options.seed)
        folder.write_json("summary.json", {"programme": scenario.programme, "seed": options.seed, "replicates": options.replicates, "axes": axes})
        chosen = [name for name in options.outcomes if _varies(table, name)] or list(options.outcomes)
        print_points(table, list(axes), chosen, options.language)
        if options.figures and axes:
            draw(table, list(axes), chosen, scenario, options, folder.path / "figures")
    say({"en": f"Result: {folder.final}", "zh": f"结果目录:{folder.final}"}, options.language)


def swept_keys(words: Sequence[str]) -> dict[str, list[str]]:
    """Return the keys with several values, each with its values as written.

    Raises:
        MistakeError: An override that Hydra cannot read, or nothing to sweep.
    """
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    given = [word for word in words if not word.startswith("-")]
    try:
        overrides = OverridesParser.create().parse_overrides(given)
    except HydraException as error:
        message = f"cannot read {' '.join(given)!r}: {str(error).splitlines()[0]} Write key=value, or key=value,value to sweep."
        raise MistakeError(message) from None
    found: dict[str, list[str]] = {}
    for override in overrides:
        if override.is_sweep_override():
            found[override.get_key_element().lstrip("+~")] = [str(value) for value in override.sweep_string_iterator()]
    if not found:
        message = "nothing to sweep: give at least one key several values, for example policy.lodging.free_nights=0,3,6,14"
        raise MistakeError(message)
    for key in found:
        if key in ("output", "language", "figures", "save_people", "outcomes", "replicates", "workers"):
            message = f"{key} cannot be swept; sweep a key of policy, population, market, behaviour or region, or programme, seed, days"
            raise MistakeError(message)
    return found


def compose_first(words: Sequence[str], axes: dict[str, list[str]]) -> Plain:
    """Compose and check every swept value beside the first of the others, before anything runs; return the first point."""
    kept: list[Plain] = []
    fixed = [word for word in words if "=" in word and word.split("=", 1)[0].lstrip("+~") not in axes]
    first = {key: values[0] for key, values in axes.items()}
    variants = [first] + [{**first, key: value} for key, values in axes.items() for value in values[1:]]

    def check(plain: Plain) -> None:
        read_scenario(plain)
        kept.append(plain)

    for variant in variants:
        launch("sweep", check, [*fixed, *(f"{key}={value}" for key, value in variant.items()), "hydra.mode=RUN"])
    return kept[0]


def check_outcomes(names: Sequence[str]) -> None:
    """Refuse unknown outcomes."""
    from sim.configuration import unknown

    for name in names:
        if name not in OUTCOMES:
            raise MistakeError(unknown("outcome", name, list(OUTCOMES)))


def run_point(plain: Plain, axes: list[str]) -> None:
    """Run one point of the grid and leave its rows in its own folder: one a replicate."""
    import pyarrow as pa
    from hydra.core.hydra_config import HydraConfig

    hydra = HydraConfig.get()
    options: SweepOptions = read_options(SweepOptions, plain)
    results = simulate(read_scenario(plain), options.replicates, options.seed, options.workers)
    columns: dict[str, Any] = {"point": [int(hydra.job.num)] * options.replicates}
    columns |= {axis: [_value_at(plain, axis, dict(hydra.runtime.choices))] * options.replicates for axis in axes}
    columns["replicate"] = list(range(options.replicates))
    columns |= results.outcomes
    write_table(pa.table(columns), Path(hydra.runtime.output_dir) / "point.parquet")
    mean = " ".join(f"{axis}={columns[axis][0]}" for axis in axes)
    say({"en": f"  point {hydra.job.num}: {mean}", "zh": f"  第 {hydra.job.num} 点:{mean}"}, options.language)


def gather(folder: Path) -> pa.Table:
    """Put the rows of all points into one table, in the order of the points, and drop the small files.

    Raises:
        FailedError: No point left its rows.
    """
    import shutil

    import pyarrow as pa
    import pyarrow.parquet as pq

    files = sorted(folder.glob("*/point.parquet"), key=lambda path: int(path.parent.name))
    if not files:
        message = "no point of the sweep left a result"
        raise FailedError(message)
    table = pa.concat_tables([pq.read_table(path) for path in files], promote_options="permissive")
    shutil.rmtree(folder)
    return table


def print_points(table: pa.Table, axes: list[str], outcomes: list[str], language: str) -> None:
    """Print each point's outcomes with their intervals."""
    import numpy as np

    columns = {name: np.asarray(table[name]) for name in ["point", *axes, *outcomes]}
    numbers = list(dict.fromkeys(columns["point"].tolist()))
    rows = []
    for number in numbers[:MOST_POINTS_IN_TABLE]:
        here = columns["point"] == number
        cells = [str(columns[axis][here][0]) for axis in axes]
        for name in outcomes:
            mean, low, high = (float(value) for value in mean_interval(columns[name][here].astype(float)))
            outcome = OUTCOMES[name]
            cells.append(f"{write(mean, outcome)}  [{write(low, outcome)}, {write(high, outcome)}]".replace("  [–, –]", ""))
        rows.append(cells)
    headings = [axis.rsplit(".", 1)[-1] for axis in axes] + [f"{OUTCOMES[name].label[language]} ({_unit(name, language)})" for name in outcomes]
    title = {"en": "Mean and 95 % interval of the mean, by point", "zh": "各点均值与95%置信区间"}[language]
    if len(numbers) > MOST_POINTS_IN_TABLE:
        title += {"en": f" (first {MOST_POINTS_IN_TABLE} of {len(numbers)})", "zh": f"(前 {MOST_POINTS_IN_TABLE} 点,共 {len(numbers)} 点)"}[language]
    print_rows(title, headings, rows)


def draw(table: pa.Table, axes: list[str], outcomes: list[str], scenario: Scenario, options: SweepOptions, folder: Path) -> None:
    """Draw each outcome over the grid, and for one or two axes its paired difference to the first point."""
    import numpy as np

    from experiments import figures

    points = {name: np.asarray(table[name]) for name in table.column_names}
    labels = {leaf.key: leaf.meaning for leaf in leaves(scenario)}
    for name in outcomes:
        if np.isnan(points[name].astype(float)).all():
            continue
        figures.save_figure(figures.draw_sweep(points, axes, name, options.language, labels), folder, name)
        if len(axes) <= 2 and options.replicates > 1:
            figure = figures.draw_sweep_difference(points, axes, name, options.language, labels)
            figures.save_figure(figure, folder, f"{name}_difference")


def _value_at(plain: Plain, key: str, choices: dict[str, Any]) -> Any:  # noqa: ANN401
    """Return the value of a dotted key in a composed configuration; for a group, the name of the file chosen."""
    value: Any = plain
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if value is None or isinstance(value, (dict, list)):
        value = choices.get(key, str(value))
    return value


def _varies(table: pa.Table, name: str) -> bool:
    return len(set(table[name].to_pylist())) > 1


def _unit(name: str, language: str) -> str:
    unit = OUTCOMES[name].unit
    return "%" if unit["en"] == "share" else unit[language]


def _quoted(path: Path) -> str:
    return "'" + str(path.resolve()).replace("'", "\\'") + "'"
