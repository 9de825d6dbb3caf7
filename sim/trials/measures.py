"""What a trial measures of a person on the day of a follow-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.account import LAST_SEEN
from sim.states import Activity, Place

Values = NDArray[np.float64]
STABLE_DAYS = 90
"""Tenure from which a job counts as stable. Assumption: a quarter of a year."""


@dataclass(frozen=True)
class Measure:
    """One measure of a person.

    Attributes:
        label: Language → label.
        unit: Language → unit of its mean.
        scale: What a mean is multiplied by for showing it: 100 for shares.
        read: (people, day) → value of each person, shape (people,).
    """

    label: dict[str, str]
    unit: dict[str, str]
    scale: float
    read: Callable[[Any, int], Values]


def _is(people: Any, *activities: Activity) -> NDArray[np.bool_]:  # noqa: ANN401
    return np.asarray(np.isin(people["activity"], activities))


def _works(people: Any, _day: int) -> Values:  # noqa: ANN401
    return np.asarray(_is(people, Activity.EMPLOYED, Activity.FOUNDER), np.float64)


def _works_here(people: Any, _day: int) -> Values:  # noqa: ANN401
    return np.asarray(_is(people, Activity.EMPLOYED, Activity.FOUNDER) & (people["employer"] >= 0), np.float64)


def _stable_job(people: Any, day: int) -> Values:  # noqa: ANN401
    return np.asarray(_is(people, Activity.EMPLOYED) & (day - people["job_start_day"] >= STABLE_DAYS), np.float64)


def _pay(people: Any, _day: int) -> Values:  # noqa: ANN401
    return np.asarray(np.where(_is(people, Activity.EMPLOYED), people["wage"], 0), np.float64)


def _lives_here(people: Any, _day: int) -> Values:  # noqa: ANN401
    return np.asarray(people["place"] == Place.RESIDENT, np.float64)


def _runs_firm(people: Any, _day: int) -> Values:  # noqa: ANN401
    return np.asarray(_is(people, Activity.FOUNDER), np.float64)


READ = ("activity", "place", "employer", "wage", "job_start_day", *LAST_SEEN.values())
"""Columns of a person that are measured; who has aged out is measured as on the day of it."""
_POINTS = {"en": "per 100 people", "zh": "每百人"}
MEASURES: dict[str, Measure] = {
    "works": Measure({"en": "Has work, anywhere", "zh": "已就业或创业（不限地区）"}, _POINTS, 100.0, _works),
    "works_here": Measure({"en": "Has work in the region", "zh": "在本地就业或创业"}, _POINTS, 100.0, _works_here),
    "stable_job": Measure({"en": "Three months or more in the present job", "zh": "现职已满三个月"}, _POINTS, 100.0, _stable_job),
    "pay": Measure({"en": "Pay a month, zero without a job", "zh": "月工资（无工作计为零）"}, {"en": "CNY/month", "zh": "元/月"}, 1.0, _pay),
    "lives_here": Measure({"en": "Lives in the region", "zh": "居住在本地"}, _POINTS, 100.0, _lives_here),
    "runs_firm": Measure({"en": "Runs a firm", "zh": "经营企业"}, _POINTS, 100.0, _runs_firm),
}
"""Name → measure."""
