"""What a baseline keeps of persons in each replicate: quantiles of distributions, over those to whom they apply; and the mean of every column.

Outcomes count what a programme is asked for. Columns also hold what rules have done with persons and what persons have come to believe: a fault that
moves an outcome by a hundredth may move the column that its rule writes by a half.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.check.exact_text import Values
from sim.bilingual import Sentence
from sim.results import Results
from sim.schema import GRADUATES
from sim.states import Activity, Place

Columns = Mapping[str, NDArray[Any]]
Persons = dict[str, list[Values]]
"""Distribution → values over persons in each replicate."""
QUANTILES = 15
"""Quantiles of a distribution that are kept: the middles of as many equal parts."""
DIGITS = 5
"""Digits of a quantile that are kept."""
COLUMN = "person."
"""Begins the name of the mean of a column of persons."""
WITHOUT_MEAN = ("row", "bits")
"""Units of columns that name something: their mean says nothing."""
MEANT = tuple(
    column for column in GRADUATES if column.unit not in WITHOUT_MEAN and not (column.unit == "-" and column.dtype.startswith(("i", "u")))
)
"""Columns of persons that have a mean: all but references and named states."""
NAMES = frozenset(f"{COLUMN}{column.name}" for column in MEANT)
"""What their means are called."""


def _employed(people: Columns) -> NDArray[np.bool_]:
    return np.asarray((people["activity"] == Activity.EMPLOYED) & (people["employer"] >= 0))


def _resident(people: Columns) -> NDArray[np.bool_]:
    return np.asarray(people["place"] == Place.RESIDENT)


def _searching(people: Columns) -> NDArray[np.bool_]:
    return np.asarray(people["activity"] == Activity.SEARCHING)


def _began(people: Columns) -> NDArray[np.bool_]:
    return np.asarray(people["first_job_day"] >= 0)


def _all(people: Columns) -> NDArray[np.bool_]:
    return np.ones(len(people["wage"]), dtype=bool)


Who = Callable[[Columns], NDArray[np.bool_]]
DISTRIBUTIONS: dict[str, tuple[str, Who, Sentence]] = {
    "wage": ("wage", _employed, Sentence("Distribution of pay, employed in the region", "本地在岗者工资分布")),
    "first_job_day": ("first_job_day", _began, Sentence("Distribution of the day of the first job", "首份工作开始日分布")),
    "first_job_wage": ("first_job_wage", _began, Sentence("Distribution of the pay of the first job", "首份工作工资分布")),
    "savings": ("savings", _resident, Sentence("Distribution of savings, residents", "常住青年积蓄分布")),
    "applications": ("applications", _all, Sentence("Distribution of applications a person", "人均求职申请数分布")),
    "interviews": ("interviews", _all, Sentence("Distribution of interviews a person", "人均面试数分布")),
    "trips": ("trips", _all, Sentence("Distribution of trips a person", "人均来访次数分布")),
    "offer_belief": ("offer_belief", _searching, Sentence("Distribution of offers expected for an application, seekers", "求职者预期录用率分布")),
    "attachment": ("attachment", _all, Sentence("Distribution of ties to the region", "与本地联系程度分布")),
    "skill": ("skill", _all, Sentence("Distribution of skill", "技能分布")),
}
"""Distribution → column of persons, over whom, what it is called."""


def persons_of(results: Results) -> Persons:
    """Return the values over persons of results that kept them."""
    return {
        name: [np.asarray(run.people[column], np.float64)[who(run.people)] for run in results.runs]
        for name, (column, who, _) in DISTRIBUTIONS.items()
    }


def means_of(results: Results) -> dict[str, Values]:
    """Return the mean of each column over everybody in each replicate, of a day over those who have one; NaN where nobody has."""
    found = {}
    for column in MEANT:
        tables = [np.asarray(run.people[column.name], np.float64) for run in results.runs]
        kept = [values[values >= 0] for values in tables] if column.unit == "day" else tables
        found[f"{COLUMN}{column.name}"] = np.array([values.mean() if values.size else np.nan for values in kept])
    return found


def quantiles_of(values: list[Values]) -> Values:
    """Return quantiles of a distribution in each replicate.

    Args:
        values: Values over persons of each replicate.

    Returns:
        Shape (replicates, `QUANTILES`), to `DIGITS` digits; NaN where there is nobody.
    """
    places = (np.arange(QUANTILES) + 0.5) / QUANTILES
    found = [np.quantile(one, places) if one.size else np.full(QUANTILES, np.nan) for one in values]
    return rounded(np.stack(found), DIGITS)


def rounded(values: Values, digits: int) -> Values:
    """Round numbers to some digits that count."""
    return np.array([float(f"{value:.{digits}g}") for value in values.ravel().tolist()]).reshape(values.shape)
