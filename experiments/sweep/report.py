"""What a sweep says on the terminal: a table an outcome, with the paired difference of each point to the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.table import Table
from rich.text import Text

from experiments.shared.figures.naming import is_rate, write_level
from experiments.shared.tables import few, make_table, show, show_fitting
from sim.bilingual import Sentence, in_language, sentence
from sim.numbers import DASH, ZERO_NOTE, form_of, mark_of_zero, write_estimate
from sim.outcomes import OUTCOMES
from sim.statistics import mean_interval

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from experiments.shared.words import Labels, Language

MOST_POINTS = 40
"""Points of a table; all are in the file."""
MEAN, DIFFERENCE = "mean", "difference"
HEADS = {
    MEAN: Sentence("Mean and\n95 % interval", "均值与\n95%区间"),
    DIFFERENCE: Sentence("Difference to the first\nand 95 % interval, paired", "与首个点之差\n及配对95%区间"),
}
FIRST = Sentence("first", "首个点")
OF_GROUPS = {
    "programme": Sentence("programme", "项目"), "region": Sentence("region", "地方"), "population": Sentence("population", "人口"),
    "place": Sentence("place", "地方"), "market": Sentence("market", "市场"), "behaviour": Sentence("behaviour", "行为参数"),
}  # fmt: skip
"""What keys are called that choose a file."""


def print_points(table: pa.Table, axes: Sequence[str], outcomes: Sequence[str], language: Language, labels: Labels | None = None) -> None:
    """Print, for each outcome, the points with their means and their differences to the first, paired by replicate.

    Args:
        table: The rows of the sweep: one a point and replicate.
        axes: The varied keys.
        outcomes: Outcomes that are printed.
        language: Language of the words.
        labels: Key → language → what it is called; the last part of the key where there is none.
    """
    columns = {name: np.asarray(table[name]) for name in ["point", *axes, *outcomes]}
    numbers = list(dict.fromkeys(columns["point"].tolist()))
    here = {number: columns["point"] == number for number in numbers}
    percent = {axis: is_rate(axis, columns[axis].tolist(), labels or {}) for axis in axes}
    levels = {number: [write_level(columns[axis][here[number]][0], language, percent=percent[axis]) for axis in axes] for number in numbers}
    called = [_called(axis, labels or {}, language) for axis in axes]
    replicates = int(here[numbers[0]].sum())
    for name in outcomes:
        values = columns[name].astype(float)
        _print_outcome(name, {number: values[rows] for number, rows in here.items()}, levels, called, language)
    notes: list[Sentence | None] = [few(replicates)]
    if replicates > 1 and len(numbers) > 1 and outcomes:
        notes.append(Sentence(f"{ZERO_NOTE['en']}.", f"{ZERO_NOTE['zh']}。"))
    if len(numbers) > MOST_POINTS:
        notes.append(sentence("The first {some} of {all} points; all are in sweep.parquet.", "前 {some} 点，共 {all} 点；全部数据见 sweep.parquet。",
                              some=MOST_POINTS, all=len(numbers)))  # fmt: skip
    show(*(Text(in_language(note, language)) for note in notes if note is not None))


def _print_outcome(name: str, found: Mapping[int, NDArray[Any]], levels: Mapping[int, list[str]], called: list[str], language: Language) -> None:
    outcome = OUTCOMES[name]
    every = np.concatenate(list(found.values()))
    most = float(np.nanmax(np.abs(every), initial=0.0))
    form, points = form_of(outcome, language, most), form_of(outcome, language, most, difference=True)
    first, label = next(iter(found)), Sentence(outcome.label["en"], outcome.label["zh"])
    title = in_language(sentence("{what}, {unit}", "{what}（{unit}）", what=label, unit=form.unit), language)

    def cell(number: int, column: str, between: str) -> str:
        if column == MEAN:
            return write_estimate(mean_interval(found[number], kind=outcome.kind), form, between)
        if number == first:
            return in_language(FIRST, language)
        if len(found[number]) != len(found[first]):
            return DASH
        estimate = mean_interval(found[number] - found[first])
        mark = mark_of_zero(float(estimate.low), float(estimate.high))
        return f"{write_estimate(estimate, points, between, signed=True)} {mark}".strip()

    def table(shown: Sequence[str], between: str) -> Table:
        rows = [[*levels[number], *(cell(number, column, between) for column in shown)] for number in list(found)[:MOST_POINTS]]
        return make_table(title, [*called, *(in_language(HEADS[column], language) for column in shown)], rows, names=len(called))

    show_fitting([MEAN, DIFFERENCE], table, ((2, " "), (2, "\n"), (1, "\n")))


def _called(axis: str, labels: Labels, language: Language) -> str:
    """Return what a varied key is called."""
    if axis in OF_GROUPS:
        return in_language(OF_GROUPS[axis], language)
    return labels.get(axis, {}).get(language) or axis.rsplit(".", 1)[-1].replace("_", " ")
