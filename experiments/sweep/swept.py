"""A table of a sweep as tables and pictures show it: its points, what each is called, and the paired differences to the reference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.shared.figures.naming import is_rate, outcome_kind, write_level
from experiments.sweep.estimating import Estimating
from experiments.sweep.table import NAME, POINT, REPLICATE, About, about_of
from experiments.sweep.told import told_apart
from experiments.sweep.words import OF_GROUPS, say
from sim.bilingual import in_language
from sim.lever import Lever
from sim.levers import LEVER_LABELS

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from experiments.shared.words import Labels, Language
    from sim.uncertainty import Estimate, Lived

    Values = NDArray[np.float64]
MOST_AXES = 5
"""Varied keys that a point is named after; with more of them it has its number."""
AS_IT_IS = "value"
"""Key of an axis' label under which stands its value in the programme as it is."""


class Compared(NamedTuple):
    """Paired differences to the reference.

    Attributes:
        estimate: Means, and how sure they are, of each point by itself.
        told: Which can be told from the reference, all looked at together.
    """

    estimate: Estimate
    told: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Swept:
    """A sweep that has run, or what there is of it.

    Attributes:
        table: Its table.
        about: What it says of itself.
    """

    table: pa.Table
    about: About

    @classmethod
    def of(cls, table: pa.Table) -> Swept:
        """Read a table of a sweep.

        Raises:
            KeyError: It is none.
        """
        return cls(table, about_of(table.schema))

    @cached_property
    def numbers(self) -> list[int]:
        """Numbers of the points that there are, in order."""
        return sorted(set(self.table[POINT].to_pylist()))

    @cached_property
    def draws(self) -> int:
        """Number of independent draws of a point: its replicates, or the vectors of behaviours that they lived with."""
        return len(self.replicates) if self.lived is None else self.lived.different

    @cached_property
    def replicates(self) -> list[int]:
        """Numbers of the replicates that there are, in order."""
        return sorted(set(self.table[REPLICATE].to_pylist()))

    @cached_property
    def lived(self) -> Lived | None:
        """With which vectors of a set of behaviours the replicates lived; None where there is no set."""
        return self.about.lived(self.replicates)

    @cached_property
    def estimating(self) -> Estimating:
        """How the numbers are estimated."""
        alone = np.isin(self.numbers, self.about.without_set)
        return Estimating(self.lived, alone if alone.any() else None)

    @cached_property
    def missing(self) -> int:
        """How many points are missing."""
        return max(0, self.about.points - len(self.numbers))

    @cached_property
    def reference(self) -> int | None:
        """Place of the point with which the others are compared; None where it is missing."""
        return self.numbers.index(self.about.reference) if self.about.reference in self.numbers else None

    @cached_property
    def _places(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each row the place of its point and of its replicate."""
        points = np.searchsorted(np.array(self.numbers), np.asarray(self.table[POINT]))
        _, replicates = np.unique(np.asarray(self.table[REPLICATE]), return_inverse=True)
        return points, replicates

    @cached_property
    def _rows(self) -> NDArray[np.int64]:
        """For each point its first row."""
        _, first = np.unique(self._places[0], return_index=True)
        return np.asarray(first, np.int64)

    def levels(self, axis: str) -> list[Any]:
        """Return the value of a varied key at each point."""
        return list(self.table[axis].take(self._rows).to_pylist())

    def written(self, axis: str, language: Language) -> list[str]:
        """Return the value of a varied key at each point as it is written."""
        levels = self.levels(axis)
        percent = is_rate(axis, levels, self.about.labels)
        return [write_level(level, language, percent=percent) for level in levels]

    def called(self, axis: str, language: Language) -> str:
        """Return what a varied key is called: the last part of it where it has no label; with its lever, where other keys are called the same."""
        found = self._called_alone(axis, language)
        group, _, rest = axis.partition(".")
        lever, _, last = rest.partition(".")
        same = [other for other in self.about.axes if self._called_alone(other, language) == found]
        if group != "policy" or lever not in LEVER_LABELS or (last not in Lever.model_fields and len(same) == 1):
            return found
        return say("of_lever", language, lever=LEVER_LABELS[lever], what=found)

    def _called_alone(self, axis: str, language: Language) -> str:
        """Return what a varied key is called, without the remarks behind its name."""
        if axis in OF_GROUPS:
            return in_language(OF_GROUPS[axis], language)
        label = re.split("[;；]|[,，] ?null", self.about.labels.get(axis, {}).get(language, ""))[0].strip()
        return label or axis.rsplit(".", 1)[-1].replace("_", " ")

    @property
    def labels(self) -> Labels:
        """What figures call the varied keys, and their units."""
        units = {axis: self.about.labels.get(axis, {}).get("unit", "") for axis in self.about.axes}
        return {axis: {"en": self.called(axis, "en"), "zh": self.called(axis, "zh"), "unit": unit} for axis, unit in units.items()}

    @cached_property
    def named(self) -> list[str] | None:
        """What somebody named each point; None where nobody did."""
        return self.table[NAME].take(self._rows).to_pylist() if NAME in self.table.column_names else None

    @property
    def has_short_names(self) -> bool:
        """Whether a point is called by its name, or by its number, since the values of what is varied would be too many."""
        return self.named is not None or len(self.about.axes) > MOST_AXES

    def names(self, language: Language) -> list[str]:
        """Return what each point is called: its name, its number where very many keys vary, else the values of what is varied."""
        if self.named is not None:
            return self.named
        if self.has_short_names:
            return [say("point_number", language, number=number) for number in self.numbers]
        columns = [[f"{self.called(axis, language)} {level}" for level in self.written(axis, language)] for axis in self.about.axes]
        return [say("between", language).join(parts) for parts in zip(*columns, strict=True)]

    def name_of_reference(self, language: Language) -> str:
        """Return the values of the point with which the others are compared, and whether it is the programme as it is; empty where it is missing."""
        if self.reference is None:
            return ""
        name = self.names(language)[self.reference]
        here = {axis: self.levels(axis)[self.reference] for axis in self.about.axes}
        is_as_it_is = all(AS_IT_IS in self.about.labels.get(axis, {}) and _same(self.about.labels[axis][AS_IT_IS], here[axis]) for axis in here)
        return say("as_it_is", language, point=name) if is_as_it_is else name

    def values(self, outcome: str) -> Values:
        """Return an outcome at each point and replicate, NaN where there is none, of shape (points, replicates)."""
        found = np.full((len(self.numbers), len(self.replicates)), np.nan)
        found[self._places] = np.asarray(self.table[outcome].to_numpy(), dtype=np.float64)
        return found

    def means(self, outcome: str) -> Estimate:
        """Return the mean of an outcome at each point, and how sure it is."""
        return self.estimating.estimate(self.values(outcome), outcome_kind(outcome))

    def differences(self, outcome: str) -> Values | None:
        """Return the paired differences to the reference at each point and replicate; None where that is missing."""
        if self.reference is None:
            return None
        values = self.values(outcome)
        differences: Values = values - values[self.reference]
        return differences

    def compared(self, outcome: str) -> Compared | None:
        """Return the paired differences to the reference, and which of them can be told; None where that is missing."""
        differences = self.differences(outcome)
        if differences is None or self.reference is None:
            return None
        estimating = self.estimating.paired(self.reference)
        return Compared(estimating.estimate(differences), told_apart(differences, outcome_kind(outcome), estimating))


def _same(written: str, level: object) -> bool:
    """Tell whether a value of a configuration is a level."""
    if level is None or isinstance(level, bool | str):
        return written.lower() == ("null" if level is None else str(level).lower())
    try:
        return float(written) == float(level)  # type: ignore[arg-type]
    except ValueError:
        return False
