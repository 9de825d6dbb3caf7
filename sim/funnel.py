"""Outcomes of the search: vacancies and seekers, unemployment as the bureau counts it, and the way from an application to a filled post.

Of whatever run, applications a vacancy x interviews an application x offers an interview x offers accepted = the share of adverts that end filled.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.bilingual import Sentence
from sim.calendar import MONTH_DAYS
from sim.measures import OF_A_SHARE, Outcome, Series, World, outcome, ratio
from sim.states import Count, Stock

NO_SURVEY = Sentence("the bureau, which counts on the 10th of a month, has counted nobody of this age who works or searches", "统计调查（每月10日）尚未计入该年龄段就业或求职者")
NO_SEEKER = Sentence("nobody searched here", "没有人在本地求职")
NO_ADVERT_CLOSED = Sentence("no advert was filled or lapsed", "没有招满或失效的招聘广告")
NO_APPLICATION = Sentence("nobody applied", "没有人投递简历")
NO_INTERVIEW = Sentence("no interview was held", "没有举行面试")
NO_OFFER = Sentence("no offer was made", "没有发出录用通知")
NO_APPLICANT_GRADUATED = Sentence("nobody who had applied graduated here in this period", "期内没有投过简历的本地应届生毕业")
"""Why an outcome has no value."""


def flow_of(world: World, *counts: Count) -> Series:
    """Return running counts, added up, shape (days,)."""
    return np.asarray(world.flows[:, list(counts)].sum(axis=1), np.float64)


def _per(*counts: Count, top: Count) -> Callable[[World], Series]:
    """Return what divides a running count by others, added up."""
    return lambda world: ratio(flow_of(world, top), flow_of(world, *counts))


def people_interviewed(world: World) -> Series:
    """Return the first interviews held since the start, shape (days,): who comes to a second round is interviewed once."""
    return flow_of(world, Count.INTERVIEWS_HELD) - flow_of(world, Count.SECOND_INTERVIEWS)


def _unemployment(unemployed: Stock, working: Stock) -> Callable[[World], Series]:
    """Return what reads an unemployment rate as it was last counted."""

    def rate(world: World) -> Series:
        without = world.stocks[:, unemployed].astype(np.float64)
        return ratio(without, without + world.stocks[:, working])

    return rate


def vacancies_per_seeker(world: World) -> Series:
    """Open posts by people in the region without job or contract who have searched within 30 days, shape (days,)."""
    return ratio(world.stocks[:, Stock.VACANCIES_OPEN].astype(np.float64), world.stocks[:, Stock.SEEKERS].astype(np.float64))


def applications_per_seeker(world: World) -> Series:
    """Applications of these people a month of theirs, since the start, shape (days,)."""
    months = np.cumsum(world.stocks[:, Stock.SEEKERS]) / MONTH_DAYS
    return ratio(flow_of(world, Count.APPLICATIONS_OF_SEEKERS), months)


FUNNEL: list[Outcome] = [
    outcome(
        "unemployment_16_24", "share", "Unemployment rate, 16-24", "16-24岁失业率",
        ("as the bureau counts it on the 10th of a month, the classes that stand for these ages: residents who have left education; unemployed have no job, searched within three months and can start within two weeks", "按统计调查口径（每月10日），以相应届次代表该年龄段：已离校常住青年；失业指无工作、三个月内求过职、两周内可到岗"),
        daily=_unemployment(Stock.UNEMPLOYED_16_24, Stock.WORKING_16_24), undefined=NO_SURVEY, headline=True, untraced=OF_A_SHARE,
    ),
    outcome(
        "unemployment_25_29", "share", "Unemployment rate, 25-29", "25-29岁失业率",
        ("the same of the classes that stand for these ages", "口径同上，以相应届次代表该年龄段"),
        daily=_unemployment(Stock.UNEMPLOYED_25_29, Stock.WORKING_25_29), undefined=NO_SURVEY, headline=True, untraced=OF_A_SHARE,
    ),
    outcome(
        "vacancies_per_seeker", "posts/person", "Vacancies per seeker", "求职者人均在招岗位",
        ("open posts over people in the region without job or contract who have searched here within 30 days, students included", "在招岗位数与30天内在本地求过职、无工作也未签约的在本地青年（含在校生）之比"),
        daily=vacancies_per_seeker, undefined=NO_SEEKER, headline=True, untraced=OF_A_SHARE,
    ),
    outcome(
        "applications_per_seeker", "applications/month", "Applications per seeker", "求职者月均投递简历数",
        ("a month, of these people, since the start", "同一人群，期初以来月均"),
        daily=applications_per_seeker, undefined=NO_SEEKER, headline=True, untraced=OF_A_SHARE,
    ),
    outcome(
        "applications_per_vacancy", "applications/post", "Applications per vacancy", "每个岗位收到简历数",
        ("applications sent over adverts filled or lapsed, since the start", "期初以来投递简历数与已招满或失效的招聘广告数之比"),
        daily=_per(Count.POSTS_FILLED, Count.POSTS_LAPSED, top=Count.APPLICATIONS_SENT), undefined=NO_ADVERT_CLOSED, untraced=OF_A_SHARE,
    ),
    outcome(
        "interviews_per_application", "ratio", "Interviews per application", "每份简历获面试数", ("first interviews held over applications sent, since the start; a second round is not counted again", "期初以来首轮面试数与投递简历数之比（复试不重复计数）"),
        daily=lambda world: ratio(people_interviewed(world), flow_of(world, Count.APPLICATIONS_SENT)), undefined=NO_APPLICATION, untraced=OF_A_SHARE,
    ),
    outcome(
        "offers_per_interview", "ratio", "Offers per interview", "每次面试获录用通知数", ("offers made over first interviews held, since the start; a second round is not counted again", "期初以来录用通知数与首轮面试数之比（复试不重复计数）"),
        daily=lambda world: ratio(flow_of(world, Count.OFFERS_MADE), people_interviewed(world)), undefined=NO_INTERVIEW, untraced=OF_A_SHARE,
    ),
    outcome(
        "offers_accepted_share", "share", "Offers accepted", "录用通知接受率", ("contracts signed over offers made, since the start", "期初以来签约数与录用通知数之比"),
        daily=_per(Count.OFFERS_MADE, top=Count.CONTRACTS_SIGNED), undefined=NO_OFFER, untraced=OF_A_SHARE,
    ),
    outcome(
        "vacancies_lapsed_share", "share", "Adverts that lapsed unfilled", "招聘广告失效占比", ("of the adverts filled or lapsed since the start", "占期初以来已招满或失效的招聘广告"),
        daily=_per(Count.POSTS_FILLED, Count.POSTS_LAPSED, top=Count.POSTS_LAPSED), undefined=NO_ADVERT_CLOSED, untraced=OF_A_SHARE,
    ),
    outcome(
        "never_interviewed_share", "share", "Graduated without an interview", "毕业时未获面试占比",
        ("of graduates of campuses here during the run who had applied for a post here", "占期内毕业、投过本地岗位的本地高校应届生"),
        daily=_per(Count.APPLICANTS_GRADUATED, top=Count.GRADUATED_UNINTERVIEWED), undefined=NO_APPLICANT_GRADUATED, untraced=OF_A_SHARE,
    ),
]  # fmt: skip
