"""The study file: everything about a trial that is decided before it begins."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import model_validator

from sim.admission import BY_EMPLOYER, SERVICES, levers_of
from sim.bilingual import Sentence, sentence
from sim.parameters import ParameterGroup, parameter
from sim.scenario import Scenario
from sim.trials.measures import MEASURES
from sim.wording import unknown

Design = Literal["individual", "clustered", "saturation"]
Cluster = Literal["markets", "districts"]
Status = Literal["studying", "searching", "training", "intern", "employed", "founder", "inactive"]
Whereabouts = Literal["elsewhere", "visiting", "resident"]
Tier = Literal["vocational", "bachelor", "master"]
Covariate = Literal["education", "sex", "from_elsewhere", "days_searching", "reservation_wage", "works"]

DESIGNS = {
    "individual": {"en": "individual randomisation", "zh": "个体随机"},
    "clustered": {"en": "clustered randomisation", "zh": "整群随机"},
    "saturation": {"en": "two-stage randomised saturation", "zh": "两阶段随机饱和度"},
}
_CHOICE = "choice of the study"


class StudyError(ValueError):
    """A study that cannot be carried out in this scenario."""


class Arm(ParameterGroup):
    """One treatment arm."""

    services: tuple[str, ...] = parameter(..., unit="-", source=_CHOICE, en="what the arm is admitted to: levers, or services of a lever", zh="该组可享受的政策工具或其中某项服务")
    weight: float = parameter(1.0, unit="weight", low=0, source=_CHOICE, en="weight among those treated", zh="在处理组中的权重")
    label: str = parameter("", unit="-", source=_CHOICE, en="what it is called in English", zh="英文名称")
    label_zh: str = parameter("", unit="-", source=_CHOICE, en="what it is called in Chinese", zh="中文名称")

    @model_validator(mode="after")
    def _check(self) -> Arm:
        if not self.services:
            message = Sentence("services is empty: an arm that gets nothing is the control group, which every trial has", "services 为空：什么也得不到的就是对照组，每项试验本来就有")
            raise ValueError(message)
        for service in self.services:
            if service in BY_EMPLOYER:
                message = sentence(
                    "services: {service} reaches employers or the other services, so that no person can be kept out of it; put it under policy for all",
                    "services：{service} 面向用人单位或其他服务，无法只对部分人开放；请放在 policy 下对所有人实施", service=service,
                )  # fmt: skip
                raise ValueError(message)
            if service not in SERVICES:
                raise ValueError(unknown("service", service, list(SERVICES)))
        return self


class Eligibility(ParameterGroup):
    """Who may enrol, as things stand on the day of enrolment."""

    activities: tuple[Status, ...] = parameter(("searching",), unit="-", source=_CHOICE, en="what they do", zh="当前状态")
    places: tuple[Whereabouts, ...] = parameter(("resident",), unit="-", source=_CHOICE, en="where they are", zh="所在地")
    education: tuple[Tier, ...] = parameter(get_args(Tier), unit="-", source=_CHOICE, en="education tiers", zh="学历")
    origin: Literal["any", "local", "elsewhere"] = parameter("any", unit="-", source=_CHOICE, en="where they come from", zh="来源地")
    least_days_searching: int = parameter(0, unit="days", low=0, high=3650, source=_CHOICE, en="shortest search of those who search", zh="最短求职天数")
    idea_within_days: int = parameter(0, unit="days", low=0, high=3650, source=_CHOICE, en="has a business idea to decide on within so many days; 0: does not matter", zh="多少天内有创业机会待决定；0 表示不限")
    short_of_capital: bool = parameter(default=False, unit="-", source=_CHOICE, en="only those whose family could not pay for a firm", zh="仅限家庭无力出资创业者")
    share: float = parameter(1.0, unit="share", low=0, high=1, source=_CHOICE, en="eligible people who take part in the study", zh="合格者中参加研究的比例")

    @model_validator(mode="after")
    def _check(self) -> Eligibility:
        for name in ("activities", "places", "education"):
            if not getattr(self, name):
                message = sentence("{name} is empty, so nobody is eligible", "{name} 为空，没有人符合条件", name=name)
                raise ValueError(message)
        if self.share == 0:
            message = Sentence("share is 0, so nobody takes part", "share 为 0，没有人参加")
            raise ValueError(message)
        return self


class Study(ParameterGroup):
    """A pre-specified trial: who, what, how it is randomised, what is measured, how it is analysed."""

    title: str = parameter("", unit="-", source=_CHOICE, en="title in English", zh="英文标题")
    title_zh: str = parameter("", unit="-", source=_CHOICE, en="title in Chinese", zh="中文标题")
    question: str = parameter("", unit="-", source=_CHOICE, en="what the trial asks, in English", zh="研究问题（英文）")
    question_zh: str = parameter("", unit="-", source=_CHOICE, en="what the trial asks, in Chinese", zh="研究问题（中文）")
    literature: str = parameter("", unit="-", source=_CHOICE, en="field experiments with this design", zh="同类实地试验")
    design: Design = parameter("individual", unit="-", source=_CHOICE, en="individual, clustered or saturation: how treatment is randomised", zh="随机方式：个体、整群或两阶段饱和度")
    clusters: Cluster = parameter("markets", unit="-", source=_CHOICE, en="what is a cluster: a separate labour market, or a district of one", zh="群组单位：独立劳动力市场或区县")
    treated_share: float = parameter(0.5, unit="share", low=0, high=1, source=_CHOICE, en="share treated: of the enrolled, or of the clusters; a saturation design has saturations instead", zh="处理比例（个体或群组）")
    saturations: tuple[float, ...] = parameter((0.0, 0.25, 0.5, 0.75, 1.0), unit="share", source=_CHOICE, en="shares of the enrolled treated in a cluster, in a saturation design", zh="各群组的处理饱和度")
    tightness_spread: float = parameter(0.1, unit="log sd", low=0, high=1, source="assumption", en="how much markets differ in graduate vacancies per seeker", zh="各市场岗位紧张度的离散度")
    arms: dict[str, Arm] = parameter({}, unit="-", source=_CHOICE, en="name of a treatment arm, and what it is admitted to", zh="处理组及其服务")
    eligible: Eligibility = Eligibility()
    enrolment_day: int = parameter(30, unit="day", low=1, high=3650, source=_CHOICE, en="day on which people enrol and are randomised; nobody is admitted before", zh="入组与随机分组日")
    invite: bool = parameter(default=True, unit="-", source=_CHOICE, en="whether those treated are told of what they are admitted to", zh="是否告知处理组")
    admitted_days: int | None = parameter(None, unit="days", low=1, high=3650, source=_CHOICE, en="days after enrolment for which the arms are admitted; then those treated are as those untreated; null: to the end", zh="处理期（入组后可享受服务的天数），期满后与未处理者相同；null 为直至结束")
    followup_days: tuple[int, ...] = parameter((90, 180, 365), unit="days", source=_CHOICE, en="days after enrolment on which everybody is asked", zh="随访日（入组后天数）")
    outcomes: tuple[str, ...] = parameter(("works", "works_here", "stable_job", "pay"), unit="-", source=_CHOICE, en="what is measured; the first is the primary outcome", zh="结果指标，首个为主要指标")
    primary_day: int | None = parameter(None, unit="days", low=1, high=3650, source=_CHOICE, en="follow-up of the primary outcome; null: the last", zh="主要指标的随访日，null 为最后一次")
    covariates: tuple[Covariate, ...] = parameter(("education", "days_searching"), unit="-", source=_CHOICE, en="what the regressions adjust for, as of enrolment", zh="回归控制变量（基线）")
    significance: float = parameter(0.05, unit="share", low=0.001, high=0.5, source=_CHOICE, en="level of the two-sided tests", zh="双侧检验水平")

    @model_validator(mode="after")
    def _check(self) -> Study:
        problem = self._wrong_design() or self._wrong_measurement()
        if problem:
            raise ValueError(problem)
        return self

    def _wrong_design(self) -> str | Sentence:
        if not self.arms:
            return Sentence("arms: name at least one treatment arm, such as arms: {casework: {services: [casework]}}", "arms：至少须有一个处理组，如 arms: {casework: {services: [casework]}}")
        if min(arm.weight for arm in self.arms.values()) <= 0:
            return Sentence("arms: a weight must be above 0; leave an arm out that nobody is in", "arms：权重须大于 0；没有人的组请删去")
        if "control" in self.arms:
            return Sentence("arms: 'control' is the name of those who get nothing; call the arm something else", "arms：control 专指对照组，请为处理组另取名称")
        if self.design == "saturation":
            if min(self.saturations, default=-1.0) < 0 or max(self.saturations) > 1:
                return sentence("saturations is {given}; allowed are shares from 0 to 1", "saturations 为 {given}，应为 0 到 1 之间的比例", given=list(self.saturations))
            if len(set(self.saturations)) < len(self.saturations):
                return sentence("saturations is {given}; each share stands once", "saturations 为 {given}，每个比例只写一次", given=list(self.saturations))
            if 0.0 not in self.saturations or len(self.saturations) < 2:
                return Sentence("saturations needs 0, the pure control areas, and at least one share above 0", "saturations 须含 0（纯对照区）及至少一个大于 0 的比例")
        elif not 0 < self.treated_share < 1:
            return sentence(
                "treated_share is {share:g}; a trial needs both treated and controls, so allowed is a share between 0 and 1",
                "treated_share 为 {share:g}；试验须既有处理组又有对照组，应在 0 与 1 之间", share=self.treated_share,
            )  # fmt: skip
        if self.design == "individual" and self.clusters == "districts":
            return Sentence(
                "clusters is districts, but an individual design has no clusters; use design=clustered or saturation, or clusters=markets",
                "clusters 为 districts，但个体随机没有群组；请用 design=clustered 或 saturation，或设 clusters=markets",
            )
        return ""

    def _wrong_measurement(self) -> str | Sentence:
        if not self.followup_days or min(self.followup_days) < 1 or list(self.followup_days) != sorted(set(self.followup_days)):
            return sentence("followup_days is {given}; allowed are days from 1, rising", "followup_days 为 {given}，应为从 1 起递增的天数", given=list(self.followup_days))
        if not self.outcomes or len(set(self.outcomes)) < len(self.outcomes):
            return Sentence("outcomes: name at least one, each once", "outcomes：至少一个，且不能重复")
        for name in self.outcomes:
            if name not in MEASURES:
                return unknown("outcome of a trial", name, list(MEASURES))
        if self.primary_day is not None and self.primary_day not in self.followup_days:
            return sentence(
                "primary_day is {day}; allowed is one of followup_days, {days}, or null for the last",
                "primary_day 为 {day}，应为 followup_days 之一（{days}），或 null（最后一次）", day=self.primary_day, days=list(self.followup_days),
            )  # fmt: skip
        return ""

    @property
    def primary(self) -> tuple[str, int]:
        """The primary outcome and its follow-up, in days after enrolment."""
        return self.outcomes[0], self.primary_day or self.followup_days[-1]

    @property
    def last_day(self) -> int:
        """Days that a run needs."""
        return self.enrolment_day + self.followup_days[-1]

    @property
    def services(self) -> tuple[str, ...]:
        """Everything that any arm is admitted to."""
        return tuple(dict.fromkeys(service for arm in self.arms.values() for service in arm.services))


def check_study(study: Study, scenario: Scenario, markets: int) -> None:
    """Refuse a study that this scenario cannot carry.

    Raises:
        StudyError: Too short a run, a service that is not on offer, or too few clusters.
    """
    if scenario.days < study.last_day:
        message = sentence(
            "days is {days}; the last follow-up of this study is on day {last}: set days={last}, or earlier followup_days",
            "days 为 {days}，而本研究最后一次随访在第 {last} 天；请设 days={last}，或提早 followup_days", days=scenario.days, last=study.last_day,
        )  # fmt: skip
        raise StudyError(message)
    for name in levers_of(study.services):
        if not scenario.policy.levers[name].offers_something:
            message = sentence(
                "an arm is admitted to {name}, but policy.{name} offers nothing: set policy.{name}.enabled=true and what it needs (yizhan list levers {name})",
                "有处理组可享受 {name}，但 policy.{name} 未提供任何服务；请设 policy.{name}.enabled=true 及所需各项（见 yizhan list levers {name}）", name=name,
            )  # fmt: skip
            raise StudyError(message)
    number = markets * (len(scenario.region.districts) if study.clusters == "districts" else 1)
    needed = {"individual": 1, "clustered": 4, "saturation": 2 * len(study.saturations)}[study.design]
    if number < needed:
        message = sentence(
            "a {design} design needs two clusters of each kind, {needed} in all, but there are {number}: set markets={enough} or more",
            "{design} 设计每类至少须有两个群组，共 {needed} 个，现有 {number} 个；请设 markets={enough} 或更多",
            design=study.design, needed=needed, number=number, enough=-(-needed * markets // number),
        )  # fmt: skip
        raise StudyError(message)
