"""Measures of a class: its search before graduation, and what it does half a year after."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.bilingual import Sentence
from sim.calendar import YEAR_DAYS
from sim.outcomes import OUTCOMES
from sim.states import Activity, Education, Preparation
from sim.targets.measure import Flags, Measure, Seen, share
from sim.targets.moments import Moment

QUARTER = 91
WEEKS_OF_GRADUATION = 14
"""Days: who has graduated within them is of the class that graduates now."""


def just_graduated(seen: Seen) -> Flags:
    """Tell who has graduated within a fortnight."""
    graduated = seen.column("graduation_day")
    return np.asarray((graduated > seen.day - WEEKS_OF_GRADUATION) & (graduated <= seen.day))


def offered_in_april(seen: Seen) -> float:
    """Return the share with an offer, of students who search."""
    searches = (seen.column("graduation_day") > seen.day) & (seen.column("applications") > 0) & (seen.column("preparing") == Preparation.NONE)
    return share((seen.column("offers") > 0) | (seen.column("contract_day") >= 0), searches)


def slow_to_search(seen: Seen) -> float:
    """Return the share that has not searched for a quarter of a year and does not study on, of those who have just graduated."""
    waits = (seen.column("activity") == Activity.INACTIVE) & (seen.column("preparing") != Preparation.ADMITTED)
    return share(waits & (seen.column("last_session_day") < seen.day - QUARTER), just_graduated(seen))


def counted(column: str, least: int, most: int) -> Callable[[Seen], float]:
    """Return what finds the share with a count from `least` to `most`, of those who have just graduated and have applied here."""

    def read(seen: Seen) -> float:
        values = seen.column(column)
        return share((values >= least) & (values <= most), just_graduated(seen) & (seen.column("applications") > 0))

    return read


def graduates_of_the_year(seen: Seen) -> Flags:
    """Tell who graduated in the last summer."""
    graduated = seen.column("graduation_day")
    return np.asarray((graduated > seen.day - YEAR_DAYS * 2 // 3) & (graduated <= seen.day))


def prepares(seen: Seen) -> Flags:
    """Tell who prepares for an exam without work."""
    plans = seen.column("preparing")
    return np.asarray((seen.column("activity") == Activity.INACTIVE) & (plans > Preparation.NONE) & (plans < Preparation.ADMITTED))


def studies(seen: Seen) -> Flags:
    """Tell who studies on."""
    return np.asarray(seen.column("preparing") == Preparation.ADMITTED)


def prepares_to_study(seen: Seen) -> Flags:
    """Tell who prepares for further study without work."""
    return np.asarray(prepares(seen) & (seen.column("preparing") != Preparation.CIVIL_SERVICE))


DESTINATIONS: dict[str, tuple[Sentence, Callable[[Seen], Flags]]] = {
    "employed": (Sentence("employed", "受雇就业"), lambda seen: np.isin(seen.column("activity"), (Activity.EMPLOYED, Activity.INTERN))),
    "own_business": (Sentence("own business", "自主创业"), lambda seen: np.asarray(seen.column("activity") == Activity.FOUNDER)),
    "studying": (Sentence("studying on", "升学"), studies),
    "preparing": (Sentence("preparing to study on", "备考升学"), prepares_to_study),
    "searching": (
        Sentence(
            "still searching",
            "仍在求职",
        ),
        lambda seen: np.isin(seen.column("activity"), (Activity.SEARCHING, Activity.TRAINING)) & ~studies(seen),
    ),
    "neither": (
        Sentence("none of these", "以上皆非"),
        lambda seen: np.asarray((seen.column("activity") == Activity.INACTIVE) & ~studies(seen) & ~prepares_to_study(seen)),
    ),
}  # fmt: skip
"""What a class does half a year after graduation."""


def destination(name: str) -> Measure:
    """Declare the share of a class with one destination."""
    words, finds = DESTINATIONS[name]
    told = Sentence(f"half a year after graduation: {words}", f"毕业半年后：{words.zh}")
    return Measure(f"destination_{name}", "%", Moment.WINTER, told, lambda seen: share(finds(seen), graduates_of_the_year(seen)))


def studying_on(*tiers: Education) -> Callable[[Seen], float]:
    """Return what finds the share of some tiers that studies on."""
    return lambda seen: share(studies(seen), graduates_of_the_year(seen) & np.isin(seen.column("education"), tiers))


def preparing_bachelors(seen: Seen) -> float:
    """Return the share of bachelors who prepare for postgraduate study without work."""
    bachelors = graduates_of_the_year(seen) & (seen.column("education") == Education.BACHELOR)
    return share(prepares(seen) & (seen.column("preparing") == Preparation.POSTGRADUATE), bachelors)


def cost_of_search(seen: Seen) -> float:
    """Return what the first class has paid for its search, a person who applied."""
    searched = seen.first_class() & (seen.column("applications") > 0)
    return float(seen.column("search_costs")[searched].mean()) if searched.any() else float("nan")


CLASSES = (
    Measure(
        "offered_in_april", "%", Moment.APRIL,
        Sentence("students who search, with an offer in mid-April", "4月中旬已获录用通知的求职毕业生占比"),
        offered_in_april,
    ),
    Measure(
        "slow_employment", "%", Moment.SUMMER,
        Sentence("neither studying on nor searching at graduation", "毕业时既不升学也不求职占比"),
        slow_to_search,
    ),
    Measure(
        "sent_11_to_30", "%", Moment.SUMMER,
        Sentence("sent 11 to 30 applications by graduation, of applicants", "毕业前投递11—30份简历者占比"),
        counted("applications", 11, 30),
    ),
    Measure(
        "sent_over_50", "%", Moment.SUMMER,
        Sentence("sent more than 50 applications by graduation, of applicants", "毕业前投递50份以上者占比"),
        counted("applications", 51, 1_000_000),
    ),
    Measure(
        "interviewed_1_to_3", "%", Moment.SUMMER,
        Sentence("had 1 to 3 interviews by graduation, of applicants", "毕业前面试1—3次者占比"),
        counted("interviews", 1, 3),
    ),
    Measure(
        "days_to_first_job", "days", Moment.END, Sentence("days from graduation to the first job", "毕业到首份工作天数"),
        lambda seen: OUTCOMES["days_to_first_job"].at_end(seen.world),
    ),
    Measure(
        "cost_of_search", "CNY/person", Moment.HALF_YEAR_AFTER,
        Sentence("paid for the search by half a year after graduation", "毕业半年内求职花费"),
        cost_of_search,
    ),
    *(destination(name) for name in DESTINATIONS),
    Measure("bachelors_studying_on", "%", Moment.WINTER, Sentence("bachelors who study on", "本科毕业生升学占比"), studying_on(Education.BACHELOR)),
    Measure(
        "vocational_studying_on", "%", Moment.WINTER,
        Sentence("vocational graduates who study on", "高职毕业生升学占比"),
        studying_on(Education.VOCATIONAL),
    ),
    Measure(
        "bachelors_preparing", "%", Moment.WINTER,
        Sentence(
            "bachelors preparing for postgraduate study without work, half a year after graduation",
            "本科毕业半年后未就业备考研究生占比",
        ),
        preparing_bachelors,
    ),
    Measure(
        "prepared_before", "%", Moment.WINTER,
        Sentence("tried before, of those who prepare without work half a year after graduation", "毕业半年后未就业备考者中此前已考过占比"),
        lambda seen: share(seen.column("exams") > 1, graduates_of_the_year(seen) & prepares(seen)),
    ),
)  # fmt: skip
"""Measures of a class."""
