"""Exams and going on to study: who prepares for which exam, when it is sat and told, how many pass, and when study or service begins."""

from __future__ import annotations

from pydantic import field_validator

from sim.bilingual import sentence
from sim.calendar import YEAR_MONTHS
from sim.parameters import ParameterGroup, parameter

LAST_DAY = 28
"""Latest day of a month that every year has."""


class Exams(ParameterGroup):
    """Exams for postgraduate study, from a vocational college into a bachelor's course, and for the civil service."""

    # Who prepares, and with what success
    exempt_share: float = parameter(0.05, unit="share", low=0, high=1, prior=(0.02, 0.08), source="assumption, by hand, for evidence 67", en="bachelors of a class who are admitted to postgraduate study without the exam: rather the able", zh="本科生推荐免试读研占比（择优）")
    postgraduate_share: float = parameter(0.45, unit="share", low=0, high=1, prior=(0.3, 0.6), source="assumption, by hand, for evidence 67", en="other bachelors who prepare for the postgraduate exam in their final year", zh="其余本科应届生备考研究生占比")
    postgraduate_success: float = parameter(0.25, unit="share", low=0, high=1, prior=(0.2, 0.33), source="evidence 66", en="who passes it, of those who sit it", zh="研究生考试录取率")
    upgrade_share: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.1, 0.5), source="assumption, by hand, for evidence 67", en="vocational students who prepare in their final year for the exam into a bachelor's course (专升本)", zh="高职应届生备考专升本占比")
    upgrade_success: float = parameter(0.5, unit="share", low=0, high=1, prior=(0.3, 0.7), source="assumption", en="who passes it, of those who sit it", zh="专升本录取率")
    civil_service_share: float = parameter(0.15, unit="share", low=0, high=1, prior=(0.05, 0.3), source="evidence 93", en="students of the final year who prepare for the civil-service exam, of those who do not mean to study on", zh="不升学的应届生中备考公务员占比")
    civil_service_success: float = parameter(0.02, unit="share", low=0, high=1, prior=(0.01, 0.03), source="evidence 93", en="who passes it, of those who sit it", zh="公务员考试录用率")
    skill_weight: float = parameter(0.7, unit="ratio", low=0, high=10, prior=(0.3, 1.5), source="assumption", en="weight of skill in an exam, relative to the luck of the day", zh="技能相对于临场运气在考试中的权重")
    preparing_effort: float = parameter(0.4, unit="ratio", low=0, high=1, prior=(0, 0.6), source="assumption: hours are few", en="search of a student who prepares for an exam, relative to one who does not, until its result is known", zh="备考学生在成绩公布前的求职强度与不备考者之比")
    again_share: float = parameter(0.3, unit="share", low=0, high=1, prior=(0.1, 0.5), source="assumption", en="graduates without work who fail an exam and prepare for the next one; the rest searches", zh="未就业毕业生落榜后继续备考占比（其余转入求职）")
    late_share: float = parameter(0.15, unit="share", low=0, high=1, prior=(0.05, 0.3), source="assumption, by hand, for evidence 96", en="graduates in a pause after graduation who begin to prepare for an exam only then", zh="毕业后暂缓就业者中此时才开始备考的占比")
    # The calendar: month and day
    postgraduate_exam: tuple[int, ...] = parameter((12, 24), unit="month, day", source="evidence 66", en="day of the postgraduate exam", zh="研究生考试日期")
    postgraduate_results: tuple[int, ...] = parameter((2, 26), unit="month, day", source="evidence 66", en="day on which its results are known", zh="研究生考试成绩公布日期")
    upgrade_exam: tuple[int, ...] = parameter((4, 15), unit="month, day", source="assumption: provinces hold it from March to May", en="day of the exam into a bachelor's course", zh="专升本考试日期")
    upgrade_results: tuple[int, ...] = parameter((5, 20), unit="month, day", source="assumption", en="day on which its results are known", zh="专升本录取结果公布日期")
    civil_service_exam: tuple[int, ...] = parameter((11, 28), unit="month, day", source="evidence 93", en="day of the civil-service exam", zh="公务员考试日期")
    civil_service_results: tuple[int, ...] = parameter((3, 20), unit="month, day", source="assumption: after interviews; provinces examine in March", en="day on which its results are known", zh="公务员录用结果公布日期")
    studies_begin: tuple[int, ...] = parameter((9, 1), unit="month, day", source="evidence 66", en="day on which those admitted go on to study", zh="升学者入学日期")
    service_begins: tuple[int, ...] = parameter((7, 15), unit="month, day", source="assumption: in the summer after the results", en="day on which the civil service takes on those who passed", zh="公务员入职日期")

    regional_exam: tuple[int, ...] = parameter((3, 27), unit="month, day", source="assumption: provinces examine in March, each in the city of its posts", en="day of the exam for public posts of the region, held in the region", zh="本地公职（省考、事业单位）笔试日期（在本地举行）")
    regional_share: float = parameter(0.3, unit="share", low=0, high=1, prior=(0.1, 0.5), source="assumption: of students asked more mean to sit one (evidence 113)", en="bachelors and masters without work or contract who sit such an exam somewhere: here in the part of the search that they give to the region", zh="未就业、未签约的本科及以上青年参加公职笔试的比例（按求职投向本地的份额在本地应考）")

    @field_validator(
        "postgraduate_exam", "postgraduate_results", "upgrade_exam", "upgrade_results", "civil_service_exam", "civil_service_results",
        "studies_begin", "service_begins", "regional_exam",
    )  # fmt: skip
    @classmethod
    def _date(cls, when: tuple[int, ...]) -> tuple[int, ...]:
        if len(when) != 2 or not 1 <= when[0] <= YEAR_MONTHS or not 1 <= when[1] <= LAST_DAY:
            raise ValueError(sentence(
                "needs a month from 1 to {months} and a day from 1 to {last}", "需要月份（1 至 {months}）与日期（1 至 {last}）",
                months=YEAR_MONTHS, last=LAST_DAY,
            ))  # fmt: skip
        return when

    def studying_on(self) -> tuple[float, float, float]:
        """Return the share of a class expected to go on to study, by tier: vocational, bachelor, master."""
        bachelor = self.exempt_share + (1.0 - self.exempt_share) * self.postgraduate_share * self.postgraduate_success
        return self.upgrade_share * self.upgrade_success, bachelor, 0.0
