"""Measures of the market: unemployment by month, posts and seekers, the way from an application to a filled post, and what pay goes with."""

from __future__ import annotations

import numpy as np

from sim.bilingual import Sentence
from sim.calendar import YEAR_DAYS, YEAR_MONTHS
from sim.states import Activity, PostState
from sim.targets.measure import Measure, Seen, Values, of_outcome
from sim.targets.moments import Moment

AGES = {"unemployment_16_24": "16-24", "unemployment_25_29": "25-29"}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
YOUNG = "unemployment_16_24"
JUNE, AUGUST, DECEMBER = 6, 8, 12
LOWEST_PERCENTILE = 1
"""Percentile of pay that stands for the lowest."""
FEWEST_POSTS = 100
"""Filled posts below which a slope tells too little: assumption."""


def in_month(seen: Seen, outcome: str, month: int) -> float:
    """Return unemployment of an age as the bureau counts it in a month of the second year, in per cent."""
    return 100 * float(seen.daily(outcome)[(seen.at(0, month + 1, 1) if month < YEAR_MONTHS else seen.at(1, 1, 1)) - 1])


def unemployment_of(outcome: str, month: int) -> Measure:
    """Declare unemployment of an age in a month."""
    age = AGES[outcome]
    words = Sentence(f"unemployment {age}, {MONTHS[month - 1]}", f"{age}岁失业率，{month}月")
    return Measure(f"{outcome}_month_{month:02d}", "%", Moment.END, words, lambda seen: in_month(seen, outcome, month))


def higher_in_august(name: str, month: int) -> Measure:
    """Declare by how much unemployment of the young is higher in August than in another month of the same year, in points."""
    words = Sentence(f"unemployment 16-24, August less {MONTHS[month - 1]}", f"16-24岁失业率，8月减{month}月")
    return Measure(name, "percentage points", Moment.END, words, lambda seen: in_month(seen, YOUNG, AUGUST) - in_month(seen, YOUNG, month))


def dispersion_of_pay(seen: Seen) -> float:
    """Return mean over lowest pay of the employed here."""
    wages = seen.column("wage")[(seen.column("activity") == Activity.EMPLOYED) & (seen.column("employer") >= 0)]
    return float(wages.mean() / np.percentile(wages, LOWEST_PERCENTILE)) if wages.size else float("nan")


def elasticity_of_duration(seen: Seen) -> float:
    """Return by how many per cent a post is filled later for each per cent of pay more, among filled posts that ask for the same education."""
    posts = seen.world.tables["posts"]
    filled = (posts.column("state") == PostState.FILLED) & (posts.column("closed_day") < seen.day) & (posts.column("wage") > 0)
    days = posts.column("closed_day")[filled] - posts.column("opened_day")[filled]
    long, education = days > 0, posts.column("education")[filled]
    return slope_within(np.log(posts.column("wage")[filled][long]), np.log(days[long]), education[long])


def slope_within(causes: Values, effects: Values, groups: Values) -> float:
    """Return the slope of effects on causes, after the means of groups are taken off; NaN of few, or where causes do not differ."""
    if causes.size < FEWEST_POSTS:
        return float("nan")
    cause, effect = causes.astype(float), effects.astype(float)
    for group in np.unique(groups):
        members = groups == group
        cause[members] -= cause[members].mean()
        effect[members] -= effect[members].mean()
    total = float(cause @ cause)
    return float(cause @ effect) / total if total > 0 else float("nan")


MARKET = (
    *(unemployment_of(outcome, month) for outcome in AGES for month in range(1, YEAR_MONTHS + 1)),
    higher_in_august("unemployment_16_24_summer_rise", JUNE),
    higher_in_august("unemployment_16_24_autumn_fall", DECEMBER),
    Measure(
        "vacancies_per_seeker", "ratio", Moment.END, Sentence("open posts per seeker, second and third year", "求职者人均在招岗位，第二、三年"),
        lambda seen: float(np.nanmean(seen.daily("vacancies_per_seeker")[YEAR_DAYS:])),
    ),
    of_outcome("applications_per_vacancy", "applications_per_vacancy", "ratio", "applications per advert", "每条招聘广告收到简历数"),
    of_outcome(
        "never_interviewed", "never_interviewed_share", "%",
        "graduated without an interview, of applicants", "投过简历者毕业时未获面试占比", 100,
    ),
    of_outcome(
        "applications_per_seeker", "applications_per_seeker", "applications/month",
        "applications per seeker, a month", "求职者月均投递简历数",
    ),
    of_outcome("interviews_per_application", "interviews_per_application", "ratio", "interviews per application", "每份简历获面试数"),
    of_outcome("offers_per_interview", "offers_per_interview", "ratio", "offers per interview", "每次面试获录用通知数"),
    of_outcome("offers_accepted", "offers_accepted_share", "ratio", "offers accepted", "录用通知接受率"),
    of_outcome("days_to_fill", "vacancy_days_mean", "days", "days to fill a post", "岗位填补天数"),
    of_outcome("adverts_lapsed", "vacancies_lapsed_share", "ratio", "adverts that lapse unfilled", "招聘广告失效占比"),
    Measure(
        "duration_by_pay", "ratio", Moment.END,
        Sentence(
            "change in days to fill a post for a change in its pay (elasticity), same education",
            "岗位填补天数对工资的弹性（同一学历要求）",
        ),
        elasticity_of_duration,
    ),
    Measure(
        "dispersion_of_pay", "ratio", Moment.END, Sentence("mean pay over its first percentile", "平均工资与第一百分位之比"), dispersion_of_pay,
    ),
)  # fmt: skip
"""Measures of the market."""
