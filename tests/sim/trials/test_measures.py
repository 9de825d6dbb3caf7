"""What a trial measures, of people made by hand."""

from typing import Any

import numpy as np
import pytest

from sim.account import as_last_seen
from sim.columns import row_dtype
from sim.compiled import NEVER
from sim.schema import GRADUATES
from sim.states import Activity, Place
from sim.trials.measures import MEASURES, READ

DAY = 400
USUAL: dict[str, Any] = {
    "activity": Activity.SEARCHING, "place": Place.RESIDENT, "employer": NEVER, "resident_since": NEVER, "left_day": NEVER, "graduation_day": 0,
}  # fmt: skip
HERE, ELSEWHERE = {"activity": Activity.EMPLOYED, "employer": 3}, {"activity": Activity.EMPLOYED, "place": Place.ELSEWHERE}
INTERN = {"activity": Activity.INTERN, "employer": 3}
FOUNDER = {"activity": Activity.FOUNDER, "employer": 7}
NEWCOMER = {"from_elsewhere": 1, "resident_since": DAY - 182}
GONE = {"activity": Activity.AGED_OUT, "last_activity": Activity.EMPLOYED, "last_place": Place.RESIDENT, "last_employer": 3, "last_wage": 4_000}


def read(name: str, **columns: Any) -> float:
    """Return a measure of one person."""
    people = np.zeros(1, row_dtype(GRADUATES))
    for column, value in (USUAL | columns).items():
        people[column] = value
    return float(MEASURES[name].read(as_last_seen({column: people[column] for column in READ}), DAY)[0])


@pytest.mark.parametrize(
    ("name", "person", "value"),
    [
        ("works", HERE, 1), ("works", ELSEWHERE, 1), ("works", FOUNDER, 1), ("works", INTERN, 0), ("works", {}, 0), ("works", GONE, 1),
        ("works_here", HERE, 1), ("works_here", ELSEWHERE, 0), ("works_here", GONE, 1),
        ("works_or_place", HERE, 1), ("works_or_place", FOUNDER, 1), ("works_or_place", INTERN, 1), ("works_or_place", {}, 0),
        ("works_or_place", INTERN | {"graduation_day": DAY + 1}, 0), ("works_or_place", {"activity": Activity.TRAINING}, 0),
        ("stable_job", HERE | {"job_start_day": DAY - 90}, 1), ("stable_job", HERE | {"job_start_day": DAY - 89}, 0),
        ("pay", HERE | {"wage": 5_000}, 5_000), ("pay", {"wage": 5_000}, 0), ("pay", GONE, 4_000),
        ("lives_here", {}, 1), ("lives_here", {"place": Place.VISITING}, 0),
        ("runs_firm", FOUNDER, 1), ("firm_alive", FOUNDER, 0), ("firm_alive", FOUNDER | {"firms_founded": 1}, 1),
        ("firm_alive", {"firms_founded": 1}, 0),
        ("stays", NEWCOMER, 1), ("stays", NEWCOMER | {"resident_since": DAY - 181}, 0), ("stays", NEWCOMER | {"left_day": 300}, 0),
        ("stays", NEWCOMER | {"place": Place.ELSEWHERE}, 0), ("stays", {}, 0),
        ("reservation_wage", {"reservation_wage": 4_321.5}, 4_321.5), ("applications", {"applications": 7}, 7), ("offers", {"offers": 2}, 2),
        ("offers_refused", {"offers_refused": 1}, 1), ("trips", {"trips": 3}, 3),
    ],
)  # fmt: skip
def test_what_is_measured(name: str, person: dict[str, Any], value: float) -> None:
    assert read(name, **person) == value


def test_what_is_counted_is_counted_since_enrolment() -> None:
    since = {name for name, measure in MEASURES.items() if measure.since_enrolment}
    assert since == {"applications", "offers", "offers_refused", "trips"}
