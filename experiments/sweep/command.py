"""``yizhan sweep``: a grid over levers as a Hydra multirun; one tidy table and outcome plots at the end.

Hydra runs the points (its own launcher, or any other); each point runs its replicates and leaves one small file, so nothing is handed
between points and a launcher may run them anywhere. Replicate r has the same seed at every point, so differences between points are paired.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.shared.again import AXES, FROM, earlier_of, split_from
from experiments.shared.application import (
    Plain,
    check_outcomes,
    is_multirun,
    launch,
    overrides_of,
    own_configuration,
    put_value,
    read_options,
    read_scenario,
    tidied_words,
)
from experiments.shared.drawing import Drawings
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.given import quoted
from experiments.shared.options import RunOptions
from experiments.shared.results_folder import ResultFolder, write_table
from experiments.shared.words import say
from experiments.shared.work import Work, carry_out
from experiments.sweep.report import print_points
from sim.bilingual import Sentence, sentence
from sim.configuration import GROUPS, explain
from sim.parameters import declarations, parameter
from sim.readings import Kind, annotation_at, kind_of, read_value
from sim.scenario import Scenario, known_keys
from sim.simulation import Progress, simulate

if TYPE_CHECKING:
    import pyarrow as pa
    from matplotlib.figure import Figure

    from experiments.shared.words import Labels

NOT_SWEPT = ("output", "language", "figures", "save_people", "outcomes", "replicates", "workers")
"""Keys that belong to the whole sweep."""
COMPOSED = (*GROUPS, "start")
"""Keys that decide what else a configuration holds."""


class SweepOptions(RunOptions):
    """Keys of ``yizhan sweep``."""

    outcomes: tuple[str, ...] = parameter(
        (), unit="-", source="choice", en="outcomes that are drawn and printed; every one is in the table", zh="绘图并打印的结果指标（数据表含全部）",
    )  # fmt: skip


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb."""
    asked, words = words, with_axes(words)
    given, named = split_from(words)
    with own_configuration(given):
        tidy = tidied_words("sweep", given, SweepOptions.model_fields)
        axes = swept_keys(overrides_of(tidy))
        others = [word for word in tidy if _key_of(word) not in axes] + ([f"{FROM}{named}"] if named else [])
        if any(word.partition("=")[0] in ("--help", "--hydra-help", "--cfg", "--info", "--version") for word in tidy):
            kept = [word for word in others if word != "--multirun"]
            launch("sweep", lambda _plain: None, [*kept, *(f"{key}={values[0]}" for key, values in axes.items())], SweepOptions.model_fields)
            return
        sweep([*others, *(f"{key}={','.join(values)}" for key, values in axes.items())], axes, words, asked)


def sweep(words: Sequence[str], axes: dict[str, list[str]], given: Sequence[str], asked: Sequence[str]) -> None:
    """Run a grid: check every point, run them, print, write.

    Args:
        words: The words as Hydra reads them.
        axes: Key → its values.
        given: The words as the user wrote them, with those of a sweep that is made again.
        asked: The words as the user wrote them.

    Raises:
        MistakeError: Nothing to sweep.
    """
    if not axes:
        message = Sentence(
            "nothing to sweep: give at least one key several values, for example policy.lodging.free_nights=0,3,6,14",
            "没有可扫描的键：请至少给一个键多个值，例如 policy.lodging.free_nights=0,3,6,14",
        )  # fmt: skip
        raise MistakeError(message)
    plain, scenarios = compose_points(words, axes)
    carry_out(OneSweep(read_options(SweepOptions, plain), scenarios, plain, given, words, axes, asked))


class OneSweep(Work[SweepOptions, "pa.Table"]):
    """A grid of points, each over its replicates."""

    verb = "sweep"
    days = 0

    def __init__(self, options: SweepOptions, scenarios: Sequence[Scenario], plain: Plain, given: Sequence[str], words: Sequence[str],
                 axes: dict[str, list[str]], asked: Sequence[str]) -> None:  # fmt: skip
        """Take what was read, the words as given and as Hydra reads them, and the keys that are varied, each with its values as written."""
        super().__init__(options, scenarios[0], plain, given)
        self.scenarios = scenarios
        self.tidied = words
        self.axes = axes
        self.earlier = earlier_of(asked, self.verb)

    @property
    def simulated(self) -> list[tuple[Scenario, float]]:
        """Every point, with the days of its replicates."""
        return [(scenario, scenario.days * self.options.replicates) for scenario in self.scenarios]

    def find(self, folder: ResultFolder, progress: Progress) -> pa.Table:  # noqa: ARG002
        """Let Hydra run the points, and gather what they leave."""
        points = [*self.tidied, f"hydra.sweep.dir={_quoted(folder.path / 'points')}"]
        given = points if is_multirun(self.tidied) else ["-m", *points]
        launch("sweep", lambda point: run_point(point, list(self.axes)), given, SweepOptions.model_fields)
        return gather(folder.path / "points", math.prod(len(values) for values in self.axes.values()))

    def write(self, found: pa.Table, folder: ResultFolder) -> None:
        """Write the table."""
        scenario, options = self.scenario, self.options
        write_table(found, folder.path / "sweep.parquet")
        folder.write_provenance(scenario, options, options.seed, more={AXES: self.axes})
        summary = {"programme": scenario.programme, "seed": options.seed, "replicates": options.replicates, "axes": self.axes}
        folder.write_json("summary.json", summary)

    def show(self, found: pa.Table) -> None:
        """Print the points."""
        print_points(found, list(self.axes), self._chosen(found), self.options.language, self._labels())

    def drawings(self, found: pa.Table) -> Drawings:
        """Return each outcome over the grid, and its paired difference to the first point."""
        import numpy as np

        from experiments.shared.figures.naming import foot_of, title_of
        from experiments.sweep.figures.outcomes import Origin, draw_sweep, draw_sweep_difference

        points = {name: np.asarray(found[name]) for name in found.column_names}
        labels = self._labels()
        axes, options, scenario, language = list(self.axes), self.options, self.scenario, self.options.language
        title = title_of({"en": scenario.title, "zh": scenario.title_zh}, scenario.programme, language)
        origin = Origin(title, foot_of(scenario.programme, options.seed, options.replicates, language))
        if "programme" in self.axes:
            origin = Origin("", foot_of(", ".join(self.axes["programme"]), options.seed, options.replicates, language))
        drawings: dict[str, Callable[[], Figure]] = {}
        for name in self._chosen(found):
            if np.isnan(points[name].astype(float)).all():
                continue
            drawings[name] = partial(draw_sweep, points, axes, name, language, labels, origin)
            if options.replicates > 1:
                drawings[f"{name}_difference"] = partial(draw_sweep_difference, points, axes, name, language, labels, origin)
        return drawings

    def _labels(self) -> Labels:
        """Return what the keys are called."""
        leaves = (leaf for group in (self.scenario, self.options) for leaf in declarations(group))
        return {leaf.key: leaf.meaning | {"unit": leaf.unit} for leaf in leaves if leaf.meaning}

    def _chosen(self, found: pa.Table) -> list[str]:
        """Return the outcomes that are printed and drawn: of those asked for those that vary, else all of them."""
        return [name for name in self.options.outcomes if _varies(found, name)] or list(self.options.outcomes)


def with_axes(words: Sequence[str]) -> list[str]:
    """Return the words with the axes of the sweep that ``from=`` names, but for those that are given anew.

    A sweep over files (programme, region …) is composed anew from the words that were recorded, since each of its points has other files.
    """
    earlier = earlier_of(words, "sweep")
    others, _ = split_from(words)
    given = {_key_of(word) for word in overrides_of(others)}
    if earlier is None:
        return list(words)
    if any(key in GROUPS for key in earlier.axes):
        recorded = [word for word in earlier.provenance.get("words") or () if _key_of(word) not in {*given, "output", "from"}]
        return [*recorded, *others]
    return [*words, *(f"{key}={','.join(values)}" for key, values in earlier.axes.items() if key not in given)]


def swept_keys(words: Sequence[str]) -> dict[str, list[str]]:
    """Return the keys with several values, each with its values as written.

    Raises:
        MistakeError: An override that Hydra cannot read, a key or a value given twice, or a key that cannot be swept.
    """
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.core.override_parser.types import ValueType
    from hydra.errors import HydraException

    try:
        overrides = OverridesParser.create().parse_overrides(list(words))
    except HydraException as error:
        raise MistakeError(explain(error, list(words), known_keys(SweepOptions.model_fields))) from None
    found: dict[str, list[str]] = {}
    keys = [override.get_key_element().lstrip("+~") for override in overrides]
    for key, override in zip(keys, overrides, strict=True):
        if not override.is_sweep_override():
            continue
        if key in NOT_SWEPT or key.startswith("hydra"):
            message = sentence(
                "{key} cannot be swept; sweep a key of policy, population, market, behaviour or region, or programme, seed, days",
                "{key} 不能取多个值；可扫描 policy、population、market、behaviour、region 下的键，以及 programme、seed、days", key=key,
            )  # fmt: skip
            raise MistakeError(message)
        if override.value_type is ValueType.GLOB_CHOICE_SWEEP or not override.is_discrete_sweep():
            message = sentence(
                "{key} has no list of values; write {key}=A,B,C, or {key}=range(FROM,TO,STEP) for numbers",
                "{key} 没有给出一列值；请写 {key}=A,B,C，数字也可写 {key}=range(a,b,step)", key=key,
            )  # fmt: skip
            raise MistakeError(message)
        if keys.count(key) > 1:
            message = sentence(
                "{key} is given {n} times; give it once, with all its values: {key}=A,B,C", "{key} 给了 {n} 次；请只给一次，写出所有值：{key}=A,B,C",
                key=key, n=keys.count(key),
            )  # fmt: skip
            raise MistakeError(message)
        found[key] = _values_of(key, override)
    return found


def _values_of(key: str, override: Any) -> list[str]:  # noqa: ANN401
    """Return the values of a key as Hydra reads them, each written in one way.

    Raises:
        MistakeError: A value given twice, in whatever spelling.
    """
    fields = {**Scenario.model_fields, **SweepOptions.model_fields}
    kind = kind_of(annotation_at(fields, key))
    found: dict[tuple[bool, Any], tuple[str, str]] = {}
    for element, text in zip(override.sweep_iterator(), override.sweep_string_iterator(), strict=True):
        value, shown = _one_value(key, getattr(element, "text", element), str(text), kind)
        if isinstance(value, float) and value == getattr(override.value(), "stop", None):  # reached by rounding: a range ends before it
            continue
        mark = (isinstance(value, bool), repr(value) if isinstance(value, (list, dict)) else value)
        if mark in found:
            first, written = found[mark]
            en, zh = "{key} is given the value {first} twice{how}; give each value once", "{key} 的取值 {first} 重复{how}；每个值只写一次"
            raise MistakeError(sentence(en, zh, key=key, first=first, how="" if written == str(text) else f" ({written}, {text})"))
        found[mark] = shown, str(text)
    return [shown for shown, _ in found.values()]


def _one_value(key: str, value: Any, text: str, kind: Kind) -> tuple[Any, str]:  # noqa: ANN401
    """Return a value of a sweep, and the one way in which it is written."""
    if isinstance(value, float) and "." in text:  # such as a step of a range: 0.7000000000000001
        step = float(f"{value:.12g}")
        return step, repr(step)
    if not isinstance(value, str):
        return value, text
    read = read_value(value, kind, key)
    if isinstance(read, str):
        return read, text if read == value else quoted(read)
    return read, str(read)


def compose_points(words: Sequence[str], axes: dict[str, list[str]]) -> tuple[Plain, list[Scenario]]:
    """Compose and check every point before anything runs; return the first as plain data, and the scenario of each.

    Files are composed once for each combination of what decides what else there is (programme, place …, and the start, with which dates move);
    other values are put in their places.

    Raises:
        MistakeError: A point that is not allowed.
    """
    kept: list[Plain] = []
    scenarios: list[Scenario] = []
    fixed = [word for word in overrides_of(words) if _key_of(word) not in axes]
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
    write_table(pa.table(columns), Path(hydra.runtime.output_dir) / "point.parquet")
    mean = " ".join(f"{axis}={columns[axis][0]}" for axis in axes)
    say(sentence("  point {n}: {values}", "  第 {n} 点：{values}", n=hydra.job.num, values=mean), options.language)


def gather(folder: Path, points: int) -> pa.Table:
    """Put the rows of all points into one table, in the order of the points, and drop the small files.

    Args:
        folder: Folder with one folder a point.
        points: Number of points of the grid.

    Raises:
        FailedError: A point did not leave its rows.
    """
    import shutil

    import pyarrow as pa
    import pyarrow.parquet as pq


    files = list(folder.rglob("point.parquet"))
    if len(files) < points:
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


def _key_of(word: str) -> str:
    return word.partition("=")[0].lstrip("+~")


def _read(text: str) -> Any:  # noqa: ANN401
    """Read a value as Hydra's grammar does."""
    from hydra.core.override_parser.overrides_parser import OverridesParser

    return OverridesParser.create().parse_override(f"key={text}").value()


def _varies(table: pa.Table, name: str) -> bool:
    return len(set(table[name].to_pylist())) > 1


def _quoted(path: Path) -> str:
    return "'" + str(path.resolve()).replace("'", "\\'") + "'"
