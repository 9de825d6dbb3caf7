"""What a trial measures of a person on the day of a follow-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.account import LAST_SEEN, stays_here
from sim.states import Activity, Place

Values = NDArray[np.float64]
STABLE_DAYS = 90
"""Tenure from which a job counts as stable. Assumption: a quarter of a year."""
STAY_DAYS = 182
"""Time in the region from which a newcomer counts as having stayed: half a year, as in the account."""


@dataclass(frozen=True)
class Measure:
    """One measure of a person.

    Attributes:
        label: Language → label.
        unit: Language → unit of its mean.
        scale: What a mean is multiplied by for showing it: 100 for shares.
        read: (people, day) → value of each person, shape (people,).
        since_enrolment: What is read counts from the first day of the run: the value at enrolment is taken off.
    """

    label: dict[str, str]
    unit: dict[str, str]
    scale: float
    read: Callable[[Any, int], Values]
    since_enrolment: bool = False


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


def _works_or_place(people: Any, day: int) -> Values:  # noqa: ANN401
    in_place = _is(people, Activity.INTERN) & (people["graduation_day"] <= day)
    return np.asarray(_is(people, Activity.EMPLOYED, Activity.FOUNDER) | in_place, np.float64)


def _new_firm(people: Any, _day: int) -> Values:  # noqa: ANN401
    return np.asarray(_is(people, Activity.FOUNDER) & (people["firms_founded"] > 0), np.float64)


def _stayed(people: Any, day: int) -> Values:  # noqa: ANN401
    return np.asarray(stays_here(people, day, STAY_DAYS), np.float64)


def _column(name: str) -> Callable[[Any, int], Values]:
    return lambda people, _day: np.asarray(people[name], np.float64)


def _since_enrolment(name: str, en: str, zh: str, unit: dict[str, str], scale: float) -> Measure:
    return Measure({"en": en, "zh": zh}, unit, scale, _column(name), since_enrolment=True)


_NOW = (
    "activity", "place", "employer", "wage", "job_start_day", "graduation_day", "firms_founded", "from_elsewhere", "resident_since", "left_day",
)  # fmt: skip
_COUNTED = ("applications", "offers", "offers_refused", "trips")
READ = (*_NOW, *_COUNTED, "reservation_wage", *LAST_SEEN.values())
"""Columns of a person that are measured; who has aged out is measured as on the day of it."""
_POINTS = {"en": "per 100 people", "zh": "每百人"}
_TIMES = {"en": "a person", "zh": "人均"}
_PAY = {"en": "CNY/month", "zh": "元/月"}
MEASURES: dict[str, Measure] = {
    "works": Measure({"en": "Has work, anywhere", "zh": "已就业或创业（不限地区）"}, _POINTS, 100.0, _works),
    "works_here": Measure({"en": "Has work in the region", "zh": "在本地就业或创业"}, _POINTS, 100.0, _works_here),
    "stable_job": Measure({"en": "Three months or more in the present job", "zh": "现职已满三个月"}, _POINTS, 100.0, _stable_job),
    "pay": Measure({"en": "Pay a month, zero without a job", "zh": "月工资（无工作计为零）"}, _PAY, 1.0, _pay),
    "lives_here": Measure({"en": "Lives in the region", "zh": "居住在本地"}, _POINTS, 100.0, _lives_here),
    "runs_firm": Measure({"en": "Runs a firm", "zh": "经营企业"}, _POINTS, 100.0, _runs_firm),
    "works_or_place": Measure({"en": "Has work, or a graduate's paid place", "zh": "已就业、创业或在见习岗位"}, _POINTS, 100.0, _works_or_place),
    "firm_alive": Measure({"en": "Firm founded during the run in business", "zh": "期内创办的企业仍在经营"}, _POINTS, 100.0, _new_firm),
    "stays": Measure({"en": "Came from elsewhere, stayed six months", "zh": "外来并留居满半年"}, _POINTS, 100.0, _stayed),
    "reservation_wage": Measure({"en": "Pay wanted, as last reckoned", "zh": "保留工资（最近一次）"}, _PAY, 1.0, _column("reservation_wage")),
    "applications": _since_enrolment("applications", "Applications since enrolment", "入组后投递次数", _TIMES, 1.0),
    "offers": _since_enrolment("offers", "Offers since enrolment", "入组后录用通知数", _POINTS, 100.0),
    "offers_refused": _since_enrolment("offers_refused", "Offers turned down since enrolment", "入组后拒绝的录用通知数", _POINTS, 100.0),
    "trips": _since_enrolment("trips", "Trips to the region since enrolment", "入组后到访次数", _POINTS, 100.0),
}
"""Name → measure."""
