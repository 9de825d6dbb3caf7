"""A sample that is there: the points of a finished sweep, or the runs of a calibration beside its set of behaviours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.outcomes import label_of
from experiments.sensitivity.report import some
from experiments.sensitivity.words import WORDS
from experiments.shared.calibrated_runs import read_runs
from experiments.shared.errors import MistakeError
from experiments.shared.figures.naming import origin_of
from experiments.shared.words import Speaker
from experiments.sweep.finished import SWEEP, read_table
from experiments.sweep.table import POINT, about_of
from sim.bilingual import in_language, sentence
from sim.outcomes import OUTCOMES
from sim.own_file import SETS
from sim.own_files import own_in_use, shipped
from sim.scenario import Scenario
from sim.sensitivity.given import FEWEST_POINTS
from sim.targets.loading import USUAL, load_targets
from sim.targets.target import Target
from sim.wording import did_you_mean, unknown

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from experiments.shared.words import Language

    Numbers = NDArray[np.float64]

USUAL_OUTCOMES = ("employed_in_region", "newly_resident", "unemployment_rate", "spending")
"""Outcomes of a sweep that are looked at where nobody says which."""
USUAL_TARGETS = ("unemployment_16_24_08", "vacancies_per_seeker", "days_to_first_job", "placed_by_winter")
"""The same of the runs beside a set."""
DRAWN = ("latin_hypercube", "sobol")
"""Designs whose first point is the programme as it is, and no draw."""
ALL_OVER = 3
"""Quarters of the runs of a calibration, the first ones, that are spread over the plausible ranges: in the last one parameters go together."""


@dataclass(frozen=True)
class Sample:
    """A sample.

    Attributes:
        name: What the default folder of the result is called.
        origin: Of what it is, for a figure.
        keys: Keys of the factors.
        factors: Their values, shape (points, factors).
        outcomes: Names of the outcomes.
        values: The outcomes, the mean over the replicates of a point, shape (points, outcomes); NaN where one is not defined.
        left_out: Varied keys that are no numbers.
        source: Where it is.
        sha256: Digest of the file.
        labels: Outcome → language → what it is called, where it is none of a run's.
    """

    name: str
    origin: str
    keys: tuple[str, ...]
    factors: Numbers
    outcomes: tuple[str, ...]
    values: Numbers
    left_out: tuple[str, ...]
    source: str
    sha256: str
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def called(self, outcome: str, language: Language) -> str:
        """Return what an outcome is called."""
        return self.labels[outcome][language] if outcome in self.labels else label_of(outcome, language)


def sample_of_sweep(given: str, over: Sequence[str], asked: Sequence[str]) -> Sample:
    """Return the sample that a finished sweep is.

    Args:
        given: Its folder.
        over: Keys, groups or patterns of varied keys; none: all that are numbers.
        asked: Outcomes; none: the usual ones that vary.

    Raises:
        MistakeError: There is none, it is not finished, has too few points, varies no number, or has no such outcome.
    """
    folder = Path(given)
    table, is_complete = read_table(folder, given)
    about = about_of(table.schema)
    if not is_complete:
        raise MistakeError(sentence(
            "sweep={given} is not finished: yizhan sweep status {given} says how far it is; the command that began it goes on with it",
            "sweep={given} 尚未完成：yizhan sweep status {given} 可查看进度；再次执行原命令即可继续", given=given,
        ))  # fmt: skip
    numbers = [axis for axis in about.axes if _is_number(table, axis)]
    keys = _fitting(over, numbers, given)
    names = _named(asked, [name for name in OUTCOMES if name in table.column_names], USUAL_OUTCOMES)
    points, first, which = np.unique(np.asarray(table[POINT]), return_index=True, return_inverse=True)
    factors = np.stack([np.asarray(table[key].to_numpy(zero_copy_only=False), np.float64)[first] for key in keys], axis=1)
    values = np.stack([_means(np.asarray(table[name].to_numpy(zero_copy_only=False), np.float64), which, len(points)) for name in names], axis=1)
    if about.design in DRAWN:
        factors, values = factors[points != 0], values[points != 0]
    if len(factors) < FEWEST_POINTS:
        raise MistakeError(sentence(
            "sweep={given} has {count} points that can be read as a sample; it takes {least} or more to tell anything: sweep again with "
            "design=sobol n=128, or design=latin_hypercube",
            "sweep={given} 中可作为样本的点只有 {count} 个，至少需要 {least} 个；请用 design=sobol n=128 或 design=latin_hypercube 重新扫描",
            given=given, count=len(factors), least=FEWEST_POINTS,
        ))  # fmt: skip
    left_out = tuple(axis for axis in about.axes if axis not in numbers)
    origin = origin_of(about.programme, about.place, "en")
    return Sample(folder.resolve().name, origin, keys, factors, names, values, left_out, given, _digest(folder / SWEEP))


def sample_of_set(scenario: Scenario, over: Sequence[str], asked: Sequence[str]) -> Sample:
    """Return the runs of a calibration that are kept beside the set of behaviours of a scenario.

    Args:
        scenario: The scenario.
        over: Keys, groups or patterns of free parameters; none: all.
        asked: Targets that were measured; none: the usual ones.

    Raises:
        MistakeError: There is no set, or it has no runs.
    """
    chosen, name = scenario.behaviour_set.found, scenario.behaviour_set.name
    path = own_in_use().files.get(SETS, {}).get(name) or shipped(SETS).get(name)
    beside = path.with_suffix(".parquet") if path is not None else None
    if chosen is None or beside is None or not beside.is_file():
        raise MistakeError(sentence(
            "method=given reads runs that are there, and beside behaviour={name} there are none; name a finished sweep (sweep=FOLDER), or a set "
            "that was made with its runs (yizhan calibrate set=FILE.yaml)",
            "method=given 利用已有的模拟，而 behaviour={name} 未附模拟；请指定已完成的扫描（sweep=目录），或连同模拟一起生成的参数集"
            "（yizhan calibrate set=FILE.yaml）",
            name=name,
        ))  # fmt: skip
    space, runs = read_runs(beside)
    wide = len(runs.values) * ALL_OVER // (ALL_OVER + 1)
    keys = _fitting(over, list(space.keys), str(beside.name))
    names = _named(asked, list(runs.names), USUAL_TARGETS)
    factors = runs.values[:wide, [space.keys.index(key) for key in keys]]
    values = runs.statistics[:wide, [runs.names.index(each) for each in names]]
    known = {target.name: target for target in load_targets(USUAL)}
    labels = {each: _label(known[each]) if each in known else {"en": each, "zh": each} for each in names}
    return Sample(name, name, keys, factors, names, values, (), f"behaviour={name}", _digest(beside), labels)


def _label(target: Target) -> dict[str, str]:
    """Return what a target is called, language → label."""
    return {language: f"{target.label} {in_language(target.words, language)}" for language in ("en", "zh")}


def _is_number(table: pa.Table, axis: str) -> bool:
    """Tell whether a varied key is a number, true and false being none, with more than one value."""
    from pyarrow import types

    kind = table[axis].type
    return bool(types.is_integer(kind) or types.is_floating(kind)) and len(set(table[axis].to_pylist())) > 1


def _fitting(over: Sequence[str], keys: Sequence[str], where: str) -> tuple[str, ...]:
    """Return the keys that fit some patterns.

    Raises:
        MistakeError: None fits.
    """
    if not keys:
        raise MistakeError(sentence(
            "{where} varies no number, so there is nothing to rank; sweep over numbers: over=[behaviour] design=sobol n=128",
            "{where} 中没有变动数值型的键，无从排序；请扫描数值型的键：over=[behaviour] design=sobol n=128", where=where,
        ))  # fmt: skip
    for pattern in over:
        if not any(_fits(pattern, key) for key in keys):
            raise MistakeError(sentence(
                "over={pattern}: {where} does not vary it. {unknown}", "over={pattern}：{where} 中未变动该键。{unknown}",
                pattern=pattern, where=where, unknown=unknown("key", pattern, list(keys)),
            ))  # fmt: skip
    return tuple(key for key in keys if not over or any(_fits(pattern, key) for pattern in over))


def _fits(pattern: str, key: str) -> bool:
    return key == pattern or key.startswith(f"{pattern}.") or fnmatchcase(key, pattern)


def _named(asked: Sequence[str], known: Sequence[str], usual: Iterable[str]) -> tuple[str, ...]:
    """Return the outcomes that were asked for, each once, else the usual ones that there are.

    Raises:
        MistakeError: One that there is not.
    """
    for name in asked:
        if name not in known:
            close = next(iter(get_close_matches(name, known, 1)), "")
            raise MistakeError(sentence(
                "outcome={name} was not measured in these runs.{hint} Measured: {known}.",
                "这些模拟中没有测量 outcome={name}。{hint}已测量的有：{known}。",
                name=name, hint=did_you_mean(close), known=some(known, Speaker("en", WORDS)),
            ))  # fmt: skip
    return tuple(dict.fromkeys(asked)) or tuple(name for name in usual if name in known) or tuple(known[:1])


def _means(values: Numbers, which: NDArray[np.int64], points: int) -> Numbers:
    """Return the mean of what is defined of each point."""
    is_known = np.isfinite(values)
    count = np.bincount(which, is_known, points)
    found: Numbers = np.where(count > 0, np.bincount(which, np.where(is_known, values, 0.0), points) / np.maximum(count, 1), np.nan)
    return found


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
