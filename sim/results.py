"""Results of a scenario over replicates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.calendar import dates_of
from sim.frames import frame_of, parts_of_results
from sim.how_sure import about_intervals, of_which, told_over
from sim.levers import LEVER_LABELS
from sim.measures import mean_over
from sim.outcomes import OUTCOMES
from sim.reported import ReportedFigure, legend_of
from sim.scenario import Scenario
from sim.showing import SHOWN, counted, few_note, html_table, label_of, shown_outcomes, with_interval, written
from sim.states import Activity, Education, FieldOfStudy, Place
from sim.statistics import Kind, MeanInterval
from sim.titles import short_name_of, titles_of
from sim.uncertainty import Estimate, Lived, estimate_over, interval_over
from sim.wording import check_known
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

Values = NDArray[np.float64]

GROUPS: dict[str, dict[str, tuple[str, int]]] = {
    "origin": {"local": ("from_elsewhere", 0), "elsewhere": ("from_elsewhere", 1)},
    "education": {tier.name.lower(): ("education", int(tier)) for tier in Education},
    "sex": {"male": ("sex", 0), "female": ("sex", 1)},
    "field": {field.name.lower(): ("field", int(field)) for field in FieldOfStudy},
}
"""Attribute → group → (column of graduates, value)."""

GROUP_LABELS: dict[str, dict[str, str]] = {
    "origin": {"en": "Origin", "zh": "来源"},
    "local": {"en": "local", "zh": "本地"},
    "elsewhere": {"en": "elsewhere", "zh": "外地"},
    "education": {"en": "Education", "zh": "学历"},
    "vocational": {"en": "vocational", "zh": "高职专科"},
    "bachelor": {"en": "bachelor", "zh": "本科"},
    "master": {"en": "master", "zh": "硕士"},
    "sex": {"en": "Sex", "zh": "性别"},
    "male": {"en": "men", "zh": "男"},
    "female": {"en": "women", "zh": "女"},
    "field": {"en": "Field", "zh": "专业"},
    "manufacturing": {"en": "manufacturing", "zh": "制造"},
    "computing": {"en": "computing", "zh": "计算机"},
    "business": {"en": "business", "zh": "商科"},
    "services": {"en": "services", "zh": "服务"},
    "agriculture": {"en": "agriculture", "zh": "农业"},
}
"""Attribute or group → language → label."""


@dataclass(frozen=True)
class Replicate:
    """What is kept of one replicate.

    Attributes:
        series: Outcome → daily values, shape (days,); and ``station_beds_open.DISTRICT``, ``station_beds_used.DISTRICT``.
        outcomes: Outcome → value at the end of the run, NaN where not defined.
        groups: Attribute → group → measure → value at the end of the run.
        people: Column → values, one a person, if they were asked for.
        persons: Outcome → over how many persons it is a share or a mean, where it is one of persons.
    """

    series: dict[str, Values]
    outcomes: dict[str, float]
    groups: dict[str, dict[str, dict[str, float]]]
    people: dict[str, NDArray[Any]] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Replicate: {len(self.outcomes)} outcomes, {len(self.series)} series>"


@dataclass(frozen=True)
class Results:
    """Results of one scenario over its replicates.

    Attributes:
        scenario: The scenario.
        seed: The seed.
        replicates: Number of replicates.
        runs: What is kept of each replicate, in order.
    """

    scenario: Scenario
    seed: int
    replicates: int
    runs: tuple[Replicate, ...]

    @property
    def name(self) -> str:
        """Name of the programme."""
        return self.scenario.programme

    @property
    def title(self) -> dict[str, str]:
        """Language → title of the programme, with the place where that is not the programme's home."""
        return titles_of(self.scenario)

    @property
    def days(self) -> int:
        """Length of the run in days."""
        return self.scenario.days

    @property
    def dates(self) -> NDArray[np.datetime64]:
        """Dates, shape (days,)."""
        return dates_of(self.scenario.start, self.scenario.days)

    @property
    def series(self) -> dict[str, Values]:
        """Name → daily values, shape (replicates, days)."""
        return {name: np.stack([run.series[name] for run in self.runs]) for name in self.runs[0].series}

    @cached_property
    def outcomes(self) -> dict[str, Values]:
        """Name → value at the end of each replicate, shape (replicates,); NaN where not defined."""
        return {name: np.array([run.outcomes[name] for run in self.runs]) for name in self.runs[0].outcomes}

    @property
    def reported(self) -> dict[str, float]:
        """Outcome → what the operator reported."""
        return {figure.outcome: figure.value for figure in self.scenario.reported}

    @property
    def reported_figures(self) -> dict[str, ReportedFigure]:
        """Outcome → the figure itself, which knows whether it was a plan, or an input was chosen by it."""
        return {figure.outcome: figure for figure in self.scenario.reported}

    @property
    def district_labels(self) -> dict[str, dict[str, str]]:
        """District → language → name."""
        return {district.name: {"en": district.name, "zh": district.name_zh} for district in self.scenario.region.districts}

    @property
    def lever_labels(self) -> dict[str, dict[str, str]]:
        """Lever → language → name."""
        return LEVER_LABELS

    @cached_property
    def lived(self) -> Lived | None:
        """With which vectors of a set of behaviours the replicates lived; None where there is no set."""
        return self.scenario.behaviour_set.lived(self.replicates)

    def over(self, values: Any, kind: Kind = Kind.FREE, axis: int = 0) -> MeanInterval:  # noqa: ANN401
        """Return the mean of some values of the replicates with the 95 % interval that stands beside it.

        Args:
            values: Numbers of shape (replicates, ...).
            kind: What values there can be.
            axis: The axis of the replicates.

        Returns:
            Over a set of behaviours with the interval of what is not known, else with that of the mean over replicates.
        """
        return interval_over(values, self.lived, kind, axis)

    def estimate(self, values: Any, kind: Kind = Kind.FREE) -> Estimate | None:  # noqa: ANN401
        """Return the mean of some values of the replicates with all three of its intervals; None where there is no set of behaviours."""
        return None if self.lived is None else estimate_over(values, self.lived, kind)

    def interval(self, name: str) -> MeanInterval:
        """Return the mean of an outcome over the replicates with its 95 % interval; what a lever brings that is not there is zero for certain."""
        check_known("outcome", name, self.runs[0].outcomes)
        return self.over([run.outcomes[name] for run in self.runs], self.kind_of(name))

    def kind_of(self, name: str) -> Kind:
        """Return what values an outcome can have here."""
        outcome = OUTCOMES.get(name)
        known = outcome and (outcome.lever not in LEVER_LABELS or self.scenario.policy.levers[outcome.lever].offers_something)
        return outcome.kind if outcome and known else Kind.FREE

    def group_interval(self, attribute: str, group: str, measure: str) -> MeanInterval:
        """Return the mean of a measure of a group over the replicates with its 95 % interval."""
        return self.over([run.groups[attribute][group][measure] for run in self.runs], _kind_of(measure))

    def summary(self) -> dict[str, Any]:
        """Return the content of ``summary.json``: every outcome with unit, mean, interval and the value of each replicate."""
        return {
            "programme": self.name,
            "seed": self.seed,
            "replicates": self.replicates,
            "days": self.days,
            **about_intervals(self.scenario.behaviour_set, self.lived),
            "outcomes": {
                name: {"unit": self.unit_of(name), **self._told(values, self.kind_of(name))} | self._reported(name)
                for name, values in self.outcomes.items()
            },
            "groups": {
                attribute: {
                    group: {
                        measure: self._told(np.array([run.groups[attribute][group][measure] for run in self.runs]), _kind_of(measure))
                        for measure in self.runs[0].groups[attribute][group]
                    }
                    for group in groups
                }
                for attribute, groups in GROUPS.items()
            },
        }

    def _told(self, values: Values, kind: Kind) -> dict[str, Any]:
        """Return a mean with its intervals and the value of each replicate."""
        found, more = told_over(values, self.lived, kind)
        return {**_plain(found, values), **more}

    def unit_of(self, name: str) -> str:
        """Return the unit of an outcome, in English; an empty text where it is not known."""
        return OUTCOMES[name].unit["en"] if name in OUTCOMES else ""

    def to_frame(self, part: str = "outcomes") -> pd.DataFrame:
        """Return a tidy pandas frame, a line a value.

        Args:
            part: ``"outcomes"`` (replicate, outcome, value, unit), ``"summary"`` (outcome, mean, low, high, unit), ``"series"`` (replicate, day,
                date, outcome, value), ``"groups"`` (replicate, attribute, group, measure, value), or ``"people"`` if they were kept.

        Raises:
            ValueError: There is no such part.
        """
        return frame_of(part, parts_of_results(self))

    def __repr__(self) -> str:
        values = self.outcomes
        shown = ", ".join(f"{name} {with_interval(self.interval(name), self.unit_of(name))}" for name in SHOWN if name in values)
        luck = f"{counted(self.replicates, 'replicate')} of {counted(self.days, 'day')}, seed {self.seed}"
        return f"<{type(self).__name__} of {short_name_of(self.scenario)}: {luck}; {shown}>"

    def _repr_html_(self) -> str:
        values, reported = self.outcomes, self.reported_figures
        rows = [
            (*label_of(name), with_interval(self.interval(name), self.unit_of(name)), self.unit_of(name).replace("share", ""),
             str(reported[name].written(written(reported[name].value, self.unit_of(name)))) if name in reported else "")
            for name in values if name in reported or name in shown_outcomes(values)
        ]  # fmt: skip
        luck = f"{counted(self.replicates, 'replicate')} of {counted(self.days, 'day')}, seed {self.seed}"
        caption = f"{self.title['en']} {self.title['zh']} · {luck} · mean [95 % interval]{few_note(self.replicates, 'replicate')}"
        said = (*legend_of(self.scenario.reported), of_which(self.scenario.behaviour_set, self.lived))
        caption += "".join(f" · {words} {words.zh}" for words in said)
        return html_table(caption, ("Outcome", "指标", "Mean 均值", "Unit", "Reported 上报数"), rows)

    def _reported(self, name: str) -> dict[str, Any]:
        figure = self.reported_figures.get(name)
        return {} if figure is None else {"reported": figure.value} | dict.fromkeys((f"reported_{why}" for why in figure.apart), True)


def read_world(world: World, *, save_people: bool, samples: Mapping[str, NDArray[Any]] | None = None) -> Replicate:
    """Read everything that is kept out of a finished world.

    Args:
        world: The world at the end of the run.
        save_people: Whether to keep the table of people.
        samples: Outcome that is a mean over persons → their values, where they have been read.
    """
    series = {name: outcome.daily(world) for name, outcome in OUTCOMES.items() if outcome.daily is not None}
    for row, district in enumerate(world.scenario.region.districts):
        series[f"station_beds_open.{district.name}"] = world.beds[:, row, 0].astype(np.float64)
        series[f"station_beds_used.{district.name}"] = world.beds[:, row, 1].astype(np.float64)
    samples = read_samples(world) if samples is None else samples
    outcomes = {
        name: mean_over(samples[name]) if name in samples else outcome.at_end(world) if outcome.final is not None else float(series[name][-1])
        for name, outcome in OUTCOMES.items()
    }
    people = world.tables["people"]
    kept = {column.name: people.column(column.name).astype(column.dtype) for column in people.columns} if save_people else {}
    return Replicate(series, outcomes, measure_groups(count_groups(world)), kept, {name: sample.size for name, sample in samples.items()})


def read_samples(world: World) -> dict[str, NDArray[Any]]:
    """Return outcome that is a mean over persons → their values, at the end of a run."""
    return {name: outcome.sample(world) for name, outcome in OUTCOMES.items() if outcome.sample is not None}


GroupCounts = dict[str, dict[str, dict[str, int]]]
"""Attribute → group → what is counted of it → persons, or CNY a month."""


def count_groups(world: World, *, everywhere: bool = False) -> GroupCounts:
    """Count people, work and pay by group at the end of a run; of who has left education, residents.

    Args:
        world: The world at its end.
        everywhere: Count who lives elsewhere as a resident: of a nation there is no elsewhere.
    """
    people = world.tables["people"]
    activity, employer, wage = people.column("activity"), people.column("employer"), people.column("wage")
    resident = (people.column("place") == Place.RESIDENT) | everywhere
    working = np.isin(activity, (Activity.EMPLOYED, Activity.FOUNDER))
    out_of_school = resident & (working | np.isin(activity, (Activity.SEARCHING, Activity.TRAINING, Activity.INACTIVE)))
    paid = (activity == Activity.EMPLOYED) & (employer >= 0)
    first_jobs_here = people.column("first_job_here") == 1
    found: GroupCounts = {}
    for attribute, groups in GROUPS.items():
        found[attribute] = {}
        for group, (column, value) in groups.items():
            member = people.column(column) == value
            found[attribute][group] = {
                "persons": int(member.sum()), "employed_in_region": int((working & (employer >= 0) & member).sum()),
                "residents": int((out_of_school & member).sum()), "working": int((out_of_school & working & member).sum()),
                "earners": int((paid & member).sum()), "pay": int(wage[paid & member].sum()),
                "first_jobs_here": int((first_jobs_here & member).sum()),
            }  # fmt: skip
    return found


def measure_groups(counted: GroupCounts) -> dict[str, dict[str, dict[str, float]]]:
    """Return what is measured of each group, from what was counted."""
    return {attribute: {group: _measures(counts) for group, counts in groups.items()} for attribute, groups in counted.items()}


def _measures(counts: dict[str, int]) -> dict[str, float]:
    return {
        "persons": float(counts["persons"]),
        "employed_in_region": float(counts["employed_in_region"]),
        "employment_rate": counts["working"] / counts["residents"] if counts["residents"] else float("nan"),
        "wage_mean": counts["pay"] / counts["earners"] if counts["earners"] else float("nan"),
        "first_jobs_here": float(counts["first_jobs_here"]),
    }


def _kind_of(measure: str) -> Kind:
    return OUTCOMES[measure].kind if measure in OUTCOMES else Kind.COUNT


def _plain(interval: MeanInterval, values: Values) -> dict[str, Any]:
    mean, low, high = (_number(float(value)) for value in interval)
    return {"mean": mean, "low": low, "high": high, "values": [_number(float(value)) for value in values]}


def _number(value: float) -> float | None:
    """Return a plain number for JSON, None for NaN."""
    return None if np.isnan(value) else float(value)
