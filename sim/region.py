"""The region: a city or district, its districts, and the campuses whose graduates may work there."""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator, model_validator

from sim.bilingual import Sentence, sentence
from sim.calendar import YEAR_MONTHS
from sim.columns import MOST_ROWS
from sim.ledger.people_file import check_people, known_people
from sim.ledger.posts_file import check_posts
from sim.parameters import ParameterGroup, parameter
from sim.provinces import Nation
from sim.states import FIELDS

_FILE = "see the region's file"
MOST_WEIGHT = 1000.0
"""Largest weight: what matters of weights is their ratio."""
LEAST_WEIGHT = 0.001
"""Least that the largest of some weights must be."""
MOST_OF_ANCHORS = 0.9
"""Largest share of the jobs that anchor employers can have together."""


def check_weights(weights: tuple[float, ...], number: int) -> tuple[float, ...]:
    """Refuse weights that divide nothing, or that no computer can add up.

    Raises:
        ValueError: Another number of them, one that is negative or above `MOST_WEIGHT`, or none of at least `LEAST_WEIGHT`.
    """
    if len(weights) != number or min(weights) < 0 or max(weights) > MOST_WEIGHT or max(weights) < LEAST_WEIGHT:
        raise ValueError(sentence(
            "needs {number} weights from 0 to {most:g}, one of them at least {least:g}; only their ratio matters",
            "需要 {number} 个 0 到 {most:g} 之间的权重，至少一个不小于 {least:g}；只看相互比例",
            number=number, most=MOST_WEIGHT, least=LEAST_WEIGHT,
        ))  # fmt: skip
    return weights


class District(ParameterGroup):
    """A district of the region."""

    name: str = parameter(..., unit="-", source=_FILE, en="name in English", zh="英文名称")
    name_zh: str = parameter(..., unit="-", source=_FILE, en="name in Chinese", zh="中文名称")
    share: float = parameter(1.0, unit="weight", low=0, high=MOST_WEIGHT, source=_FILE, en="weight in employers and homes", zh="用人单位与居住权重")


class Campus(ParameterGroup):
    """A university or college, in the region or elsewhere."""

    name: str = parameter(..., unit="-", source=_FILE, en="name in English", zh="英文名称")
    name_zh: str = parameter(..., unit="-", source=_FILE, en="name in Chinese", zh="中文名称")
    outside: bool = parameter(default=False, unit="-", source=_FILE, en="outside the region", zh="是否市外高校")
    distance_km: float = parameter(0.0, unit="km", low=0, high=5000, source=_FILE, en="distance to the region", zh="到本地距离")
    share: float = parameter(1.0, unit="weight", low=0, high=MOST_WEIGHT, source=_FILE, en="weight among the graduates of the simulation", zh="毕业生权重")
    vocational: float = parameter(0.4, unit="share", low=0, high=1, source=_FILE, en="share of vocational graduates", zh="高职专科占比")
    master: float = parameter(0.05, unit="share", low=0, high=1, source=_FILE, en="share of master graduates", zh="硕士占比")
    interest: float = parameter(
        0.1, unit="share", low=0, high=1, prior=(0.02, 0.3), source="assumption", en="mean share of the search that goes to this region", zh="求职投向本地的平均份额"
    )
    locals_share: float = parameter(0.0, unit="share", low=0, high=1, source=_FILE, en="share of the students of a campus outside who grew up in the region: they live there in term time and have a home here; 1: the row stands for all campuses where locals study", zh="市外高校中本地生源占比（学期中在外，家在本地）；1 表示该行代表本地生源就读的各高校")
    fields: tuple[float, ...] = parameter(
        (0.32, 0.16, 0.22, 0.24, 0.06), unit="weight", source="assumption",
        en="weights of the fields of study: manufacturing, computing, business, services, agriculture", zh="各专业权重：制造、计算机、商科、服务、农业",
    )  # fmt: skip

    @field_validator("fields")
    @classmethod
    def _weights(cls, weights: tuple[float, ...]) -> tuple[float, ...]:
        return check_weights(weights, FIELDS)

    @model_validator(mode="after")
    def _check(self) -> Campus:
        if self.vocational + self.master > 1:
            message = Sentence("vocational and master are shares of one whole: their sum must not exceed 1", "vocational 与 master 是同一总体的占比，两者之和不能超过 1")
            raise ValueError(message)
        return self


class Anchor(ParameterGroup):
    """A large employer that the region is known for."""

    name: str = parameter(..., unit="-", source=_FILE, en="name in English", zh="英文名称")
    name_zh: str = parameter(..., unit="-", source=_FILE, en="name in Chinese", zh="中文名称")
    industry: int = parameter(0, unit="industry", low=0, high=FIELDS - 1, source=_FILE, en="industry: 0 manufacturing, 1 computing, 2 business, 3 services, 4 agriculture", zh="行业：0 制造，1 计算机，2 商业，3 服务，4 农业")
    share: float = parameter(..., unit="share", low=0, high=0.5, source=_FILE, en="of the young people employed in the region at the start, those who work there", zh="期初在本地受雇青年中在该单位工作的占比")
    pay: float = parameter(1.0, unit="ratio", low=0.3, high=3, source="assumption", en="pay relative to the usual pay of the region", zh="薪资与本地通常水平之比")


class Region(ParameterGroup):
    """One labour market with districts inside it and campuses inside and outside."""

    name: str = parameter("default", unit="-", source=_FILE, en="name in English", zh="英文名称")
    name_zh: str = parameter("默认地区", unit="-", source=_FILE, en="name in Chinese", zh="中文名称")
    districts: tuple[District, ...] = parameter((), unit="-", source=_FILE, en="districts", zh="区县")
    campuses: tuple[Campus, ...] = parameter((), unit="-", source=_FILE, en="universities and colleges, here and elsewhere", zh="本地与市外高校")
    jobs_by_field: tuple[float, ...] = parameter((0.36, 0.10, 0.20, 0.28, 0.06), unit="weight", source="assumption", en="weights of the industries of employers: manufacturing, computing, business, services, agriculture", zh="用人单位行业权重：制造、计算机、商业、服务、农业")
    anchors: tuple[Anchor, ...] = parameter((), unit="-", source=_FILE, en="large employers that there are for certain; schemes with partner firms go to them first, in this order", zh="骨干用人单位：期初必有；需要合作企业的项目按此顺序优先与之合作")
    wage_vocational: float = parameter(4250, unit="CNY/month", low=500, high=100_000, prior=(3500, 5500), source="assumption: order of the MyCOS surveys, class of 2020", en="usual entry pay, vocational", zh="高职起薪")
    wage_bachelor: float = parameter(5470, unit="CNY/month", low=500, high=100_000, prior=(4500, 7000), source="assumption: order of the MyCOS surveys, class of 2020", en="usual entry pay, bachelor", zh="本科起薪")
    wage_master: float = parameter(7500, unit="CNY/month", low=500, high=100_000, prior=(6000, 11_000), source="assumption", en="usual entry pay, master", zh="硕士起薪")
    living_cost: int = parameter(2200, unit="CNY/month", low=0, high=100_000, prior=(1500, 3500), source="assumption", en="living cost without rent", zh="生活费（不含房租）")
    rent: int = parameter(900, unit="CNY/month", low=0, high=100_000, prior=(500, 2500), source="assumption", en="rent of a room", zh="房租")
    rent_elsewhere: int = parameter(1000, unit="CNY/month", low=0, high=100_000, prior=(500, 3000), source="assumption: work elsewhere is in larger cities", en="rent of a room where work elsewhere is", zh="市外工作地房租")
    elsewhere_km: float = parameter(250, unit="km", low=0, high=5000, prior=(100, 600), source="assumption: the larger cities of the province and beyond", en="distance of the places where people live who studied here and have left", zh="在本地就读后离开者所在地到本地的距离")
    within_district_km: float = parameter(4.0, unit="km", low=0, high=200, prior=(1, 8), source="assumption: half of commuters in large cities have less than 5 km", en="way to work within a district", zh="区县内通勤距离")
    between_districts_km: float = parameter(12.0, unit="km", low=0, high=500, prior=(4, 40), source="assumption", en="way to work from one district to another", zh="跨区县通勤距离")
    hotel_night: int = parameter(130, unit="CNY/night", low=0, high=10_000, prior=(80, 250), source="assumption", en="price of a night in a budget hotel", zh="经济型酒店每晚价格")
    nation: Nation = Field(Nation(), description="Provinces between which people move, where the region is a nation.")

    @field_validator("districts", "campuses")
    @classmethod
    def _not_empty(cls, members: tuple[ParameterGroup, ...]) -> tuple[ParameterGroup, ...]:
        if not members:
            message = Sentence("needs at least one entry", "至少须有一项")
            raise ValueError(message)
        names = [member.name for member in members]  # type: ignore[attr-defined]
        if len(set(names)) < len(names):
            message = Sentence("names must differ", "名称不能重复")
            raise ValueError(message)
        if len(members) > MOST_ROWS:
            message = sentence("has more than {most:,} entries", "多于 {most:,} 项", most=MOST_ROWS)
            raise ValueError(message)
        check_weights(tuple(member.share for member in members), len(members))  # type: ignore[attr-defined]
        return members

    @field_validator("anchors")
    @classmethod
    def _leave_jobs_to_others(cls, anchors: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
        if len({anchor.name for anchor in anchors}) < len(anchors):
            message = Sentence("names must differ", "名称不能重复")
            raise ValueError(message)
        if sum(anchor.share for anchor in anchors) > MOST_OF_ANCHORS:
            raise ValueError(sentence(
                "together they have more than {most:g} of the jobs: make shares smaller", "合计占比超过 {most:g}，请减小 share", most=MOST_OF_ANCHORS,
            ))  # fmt: skip
        return anchors

    @field_validator("jobs_by_field")
    @classmethod
    def _weights(cls, weights: tuple[float, ...]) -> tuple[float, ...]:
        return check_weights(weights, FIELDS)


class Population(ParameterGroup):
    """Who is simulated."""

    graduates: int = parameter(10_000, unit="persons", low=1, high=20_000_000, source="choice", en="people at the start, one simulated person each: who may look for work here as a graduate, from the final year of study to some years after it; null: from inhabitants, or 10,000", zh="初始人数（一人对应一人）：从应届在校到毕业数年内、可能在本地求职的青年；null 表示由 inhabitants 推算，或为 10,000")
    inhabitants: int | None = parameter(None, unit="persons", low=1, high=2_000_000_000, source="choice", en="inhabitants of the place, as another way to say how many graduates: times graduates_per_inhabitant; null: graduates says it", zh="当地常住人口，用于推算 graduates：乘以 graduates_per_inhabitant；null 表示直接由 graduates 给出")
    graduates_per_inhabitant: float = parameter(0.038, unit="persons/inhabitant", low=0.0001, high=1, prior=(0.006, 0.06), source="evidence 65", en="people of the simulation for each inhabitant, where inhabitants is given; a place with many colleges has more", zh="每名常住人口对应的模拟人数（给出 inhabitants 时使用）；高校集中之地更高")
    people: str = parameter("", unit="-", source="choice", en="file of persons who are known, of yizhan import or of one's own: they are the first persons of the population, and all of it where graduates is not given with it; empty: everybody is drawn", zh="已知人员文件（yizhan import 生成或自备）：人口中最先的人就是他们；未同时给出 graduates 时人口即为他们；空表示全部由抽取产生")
    people_sha256: str = parameter("", unit="-", source="choice", en="digest of that file; empty: of none, or as it is now", zh="该文件的摘要，无文件或采用现有内容时为空")
    final_year_share: float = parameter(0.192, unit="share", low=0, high=1, prior=(0.12, 0.35), source="assumption: as many as an earlier class once had, those who went on to study included", en="share in the final year of study at the start", zh="应届在校生占比")
    recent_share: float = parameter(0.162, unit="share", low=0, high=1, prior=(0.12, 0.25), source="assumption: as one of four earlier classes", en="share of the class that graduated last", zh="上一届毕业生占比")
    cohort: int = parameter(0, unit="persons", low=0, high=20_000_000, source="assumption", en="size of each later class, entering at the end of its third year; 0: the final-year share of the population", zh="之后每届新生规模（0 表示沿用应届规模）")
    youth_years: int = parameter(5, unit="years", low=1, high=100, prior=(4, 9), source="assumption: as many classes as there are on the first morning", en="years after graduation in which people belong to the youth population", zh="毕业后计入青年人口的年数")
    entry_month: int = parameter(7, unit="month", low=1, high=12, source="assumption: Chinese academic year", en="month in which later classes enter: the end of their third year", zh="后续各届进入模拟的月份（大三结束）")
    entry_day: int = parameter(1, unit="day", low=1, high=28, source="assumption: Chinese academic year", en="day on which they enter", zh="后续各届进入模拟的日期")
    summer_days: int = parameter(62, unit="days", low=0, high=365, source="assumption: Chinese academic year", en="days from entering to the last school year: a summer in which nobody of the class begins to search", zh="进入模拟至末学年开学的天数（暑期，不求职）")
    graduation_month: int = parameter(6, unit="month", low=1, high=12, source="assumption: Chinese academic year", en="month of graduation", zh="毕业月份")
    graduation_day: int = parameter(22, unit="day", low=1, high=28, source="assumption: Chinese academic year", en="day of graduation, the middle of some weeks", zh="毕业日（各校毕业时段的中点）")
    graduation_spread_days: int = parameter(28, unit="days", low=0, high=100, prior=(14, 42), source="assumption: ceremonies from the end of May to the beginning of July", en="days around the day of graduation over which campuses graduate one after the other", zh="各校先后毕业的时段长度（以毕业日为中点）")
    age_vocational: float = parameter(21, unit="years", low=16, high=60, prior=(20.5, 22), source="assumption: school from six, twelve years and three of college", en="usual age at graduation, vocational: which classes stand for which ages", zh="高职毕业时的通常年龄（决定各届对应的年龄组）")
    age_bachelor: float = parameter(22, unit="years", low=16, high=60, prior=(21.5, 23), source="assumption: the same and four of university", en="the same, bachelor", zh="本科毕业时的通常年龄")
    age_master: float = parameter(25, unit="years", low=16, high=60, prior=(24.5, 26), source="assumption: three years more", en="the same, master", zh="硕士毕业时的通常年龄")
    female_share: float = parameter(0.52, unit="share", low=0, high=1, source="assumption", en="share of women", zh="女性占比")
    unemployed_recent: float = parameter(0.185, unit="share", low=0, high=1, prior=(0.1, 0.35), source="assumption, near what the model comes to by itself; level of target C1", en="share of residents of the class that graduated last who search at the start", zh="上一届毕业生（在本地者）初始求职占比")
    unemployed_earlier: float = parameter(0.065, unit="share", low=0, high=1, prior=(0.02, 0.12), source="assumption, near what the model comes to by itself", en="share towards which that of earlier classes falls, as the inverse of the classes since", zh="往届毕业生初始求职占比趋近的水平（随届数成反比下降）")
    founders_earlier: float = parameter(0.053, unit="share", low=0, high=1, prior=(0.02, 0.08), source="assumption, near what the model comes to by itself", en="share of residents of the earliest class who run a firm at the start", zh="最早一届毕业生（在本地者）初始创业占比")
    residents_from_elsewhere_share: float = parameter(0.445, unit="share", low=0, high=1, prior=(0.1, 0.5), source="assumption, near what the model comes to by itself", en="share of earlier graduates of outside campuses who live here some years after, at usual interest and skill", zh="往届市外高校毕业生数年后在本地居住者占比（意向与技能通常者）")
    locals_stayed_share: float = parameter(0.93, unit="share", low=0, high=1, prior=(0.6, 0.97), source="assumption, near what the model comes to by itself", en="share of earlier graduates of campuses here who live here at the start", zh="往届本地高校毕业生期初仍在本地居住者占比")
    locals_returned_share: float = parameter(0.78, unit="share", low=0, high=1, prior=(0.3, 0.85), source="assumption, near what the model comes to by itself; evidence 90", en="share of earlier graduates who grew up here and studied elsewhere who live here some years after", zh="往届外地就读的本地生源数年后返乡居住者占比")

    @model_validator(mode="before")
    @classmethod
    def _count_graduates(cls, given: Any) -> Any:  # noqa: ANN401
        """Take graduates from the inhabitants, from the file of known persons, or by default, where they are not given."""
        if not isinstance(given, dict) or given.get("graduates") is not None:
            return given
        found = {key: value for key, value in given.items() if key != "graduates"}
        if found.get("inhabitants") is None and isinstance(found.get("people"), str) and found["people"]:
            return {**found, "graduates": len(known_people(found["people"]))}
        people, rate = found.get("inhabitants"), found.get("graduates_per_inhabitant", cls.model_fields["graduates_per_inhabitant"].default)
        try:
            return found if people is None else {**found, "graduates": graduates_of(people, rate)}
        except (TypeError, ValueError, OverflowError):  # no numbers: refused by their own declarations
            return found

    @model_validator(mode="after")
    def _note_people(self) -> Population:
        known = check_people(self)
        object.__setattr__(self, "people_sha256", "" if known is None else known.digest)
        return self

    @model_validator(mode="after")
    def _check_inhabitants(self) -> Population:
        if self.inhabitants is not None and self.graduates != (counted := graduates_of(self.inhabitants, self.graduates_per_inhabitant)):
            raise ValueError(sentence(
                "graduates ({given:,}) and inhabitants ({inhabitants:,}, which makes {counted:,} graduates at {rate:g} each) are at odds; "
                "leave one of them out, or set it to null",
                "graduates（{given:,}）与 inhabitants（{inhabitants:,}，按每人 {rate:g} 推算为 {counted:,}）不一致；请删去其一，或设为 null",
                given=self.graduates, inhabitants=self.inhabitants, counted=counted, rate=self.graduates_per_inhabitant,
            ))  # fmt: skip
        return self

    @model_validator(mode="after")
    def _check(self) -> Population:
        if self.final_year_share + self.recent_share > 1:
            message = Sentence("final_year_share and recent_share are shares of one whole: their sum must not exceed 1", "final_year_share 与 recent_share 是同一总体的占比，两者之和不能超过 1")
            raise ValueError(message)
        if (self.entry_month, self.entry_day) == (self.graduation_month, self.graduation_day):
            message = Sentence("a class cannot enter on the day of its graduation; choose another entry_month or entry_day", "进入模拟的日期不能与毕业日相同，请改 entry_month 或 entry_day")
            raise ValueError(message)
        if self.cohort > self.graduates:
            message = sentence(
                "cohort ({cohort}) is larger than graduates ({graduates}); make it smaller, or 0 for the final-year share",
                "cohort（{cohort}）大于 graduates（{graduates}），请改小，或设为 0 以沿用应届规模", cohort=self.cohort, graduates=self.graduates,
            )  # fmt: skip
            raise ValueError(message)
        return self


def graduates_of(inhabitants: float, rate: float) -> int:
    """Return how many graduates a number of inhabitants stands for, at least one."""
    return max(1, round(float(inhabitants) * float(rate)))


class Market(ParameterGroup):
    """The labour market's demand side."""

    tightness: float = parameter(0.6, unit="posts/person", low=0, high=20, prior=(0.5, 1.1), source="assumption, level near evidence 2", en="open posts per unemployed person on the first morning, from which the posts a head follow; 0: employers plan no posts", zh="期初每名失业者对应的空缺岗位数，由此得出人均岗位数（0：单位不规划岗位）")
    posts: str = parameter("", unit="-", source="choice", en="file of posts that are open on the first morning, of yizhan import posts=FILE or of one's own: all of that morning, instead of tightness; empty: all are drawn", zh="期初在招岗位文件（yizhan import posts=文件 生成或自备）：即期初的全部岗位，取代 tightness；空表示全部由抽取产生")
    posts_sha256: str = parameter("", unit="-", source="choice", en="digest of that file; empty: of none, or as it is now", zh="该文件的摘要，无文件或采用现有内容时为空")
    planning_months: float = parameter(3.0, unit="months", low=0.5, high=24, prior=(0.5, 4), source="assumption", en="time in which employers plan the posts that the region lacks", zh="补足地区岗位缺口的规划时间")
    adjustment_months: float = parameter(24, unit="months", low=1, high=240, prior=(12, 48), source="assumption", en="time in which the number of posts answers to how soon they are filled", zh="岗位总数随招聘快慢调整的时间")
    filling_months: float = parameter(3, unit="months", low=0.1, high=60, prior=(1, 6), source="assumption", en="time over which employers remember how soon posts were filled", zh="用人单位记住近期招满快慢的时长")
    usual_filling: float = parameter(0.615, unit="1/month", low=0.01, high=30, prior=(0.4, 0.8), source="assumption, what comes out with the defaults; near evidence 14 and 15", en="open posts filled in a month where employers want neither more nor fewer posts", zh="岗位总数不增不减时在招岗位的月招满率")
    demand: float = parameter(1.0, unit="ratio", low=0, high=20, prior=(0.95, 1.05), source="choice: a demand shock", en="posts a head relative to usual", zh="用工需求冲击：人均岗位数与平常之比")
    employer_size: float = parameter(12.0, unit="persons", low=1, high=10_000, prior=(6, 30), source="assumption", en="mean number of young staff of an employer", zh="用人单位平均青年员工数")
    employer_size_spread: float = parameter(1.0, unit="log sd", low=0, high=2.5, source="assumption", en="spread of employers' size", zh="用人单位规模离散度")
    state_owned_share: float = parameter(0.12, unit="share", low=0, high=1, prior=(0.05, 0.25), source="assumption", en="share of state-owned employers", zh="国有单位占比")
    wage_spread: float = parameter(0.30, unit="log sd", low=0, high=2, prior=(0.2, 0.4), source="evidence 21, the part between employers", en="spread of pay between employers", zh="单位间工资离散度")
    output_per_pay: float = parameter(1.35, unit="ratio", low=0, high=20, prior=(1.2, 1.7), source="assumption: labour has three quarters of output", en="output of a filled post relative to usual pay, at an employer of usual pay", zh="通常工资水平单位的岗位产出与通常工资之比")
    output_by_pay: float = parameter(1.0, unit="ratio", low=-5, high=5, prior=(0.5, 1.5), source="assumption", en="rise of log output with the log pay level of employers", zh="岗位产出（对数）随单位工资水平（对数）的提升")
    output_spread: float = parameter(0.2, unit="log sd", low=0, high=2, prior=(0.1, 0.4), source="assumption", en="spread of output among employers of the same pay level", zh="同一工资水平单位间产出的离散度")
    queue_months: float = parameter(12, unit="months", low=0.1, high=240, prior=(6, 24), source="assumption", en="time over which employers remember how adverts of the region usually fare", zh="单位记住本地招聘通常情况的时长")
    entry_pay_months: float = parameter(6, unit="months", low=0.1, high=240, prior=(3, 12), source="assumption: longer than a season", en="time over which unemployment counts as that of late, for entry pay", zh="影响入职薪资的近期失业率的时长")
    usual_months: float = parameter(36, unit="months", low=1, high=1200, prior=(24, 120), source="assumption", en="time over which unemployment counts as usual, for entry pay", zh="失业率常态的记忆时长")
    vocational_posts: float = parameter(0.45, unit="share", low=0, high=1, prior=(0.3, 0.6), source="assumption", en="posts open to vocational graduates", zh="面向高职及以上的岗位占比")
    master_posts: float = parameter(0.05, unit="share", low=0, high=1, prior=(0, 0.1), source="assumption", en="posts that ask for a master", zh="要求硕士的岗位占比")
    slots_per_post: float = parameter(0.2, unit="slots/post", low=0.05, high=5, prior=(0.15, 0.6), source="assumption", en="places on the job boards per post", zh="每个岗位对应的招聘广告位")
    fewest_slots: int = parameter(2, unit="slots", low=1, high=1000, prior=(1, 3), source="assumption", en="fewest places on the job boards of an employer", zh="每家单位广告位下限")
    startup_slots: float = parameter(0.08, unit="ratio", low=0, high=5, prior=(0.03, 0.15), source="assumption", en="places on the job boards kept for start-ups, relative to those of established employers", zh="为初创企业保留的广告位与既有单位之比")
    fewest_startup_slots: int = parameter(4, unit="slots", low=1, high=10000, prior=(2, 10), source="assumption", en="fewest places kept for the start-ups of an industry", zh="每行业为初创企业保留广告位下限")
    startup_slot_looks: int = parameter(8, unit="slots", low=1, high=1000, prior=(4, 16), source="assumption", en="places that a start-up tries, to find a free one", zh="初创企业寻找空闲广告位的尝试次数")
    partner_candidates: int = parameter(16, unit="employers", low=1, high=1000, prior=(4, 40), source="assumption", en="employers asked at most for one partnership in a scheme", zh="每项合作最多询问的单位数")
    partner_opening_weight: int = parameter(5, unit="posts", low=0, high=1000, prior=(1, 20), source="assumption", en="posts of size that an opening outweighs when a partner is chosen: large firms order classes; who hires now, rather", zh="选择合作单位时一个空缺相当的规模（岗位数）")
    season_other: tuple[float, ...] = parameter((0.7, 0.8, 1.6, 1.6, 1.3, 1.0, 0.6, 0.6, 1.0, 1.1, 0.9, 0.8), unit="ratio", source="assumption: employers hire in spring and again in early autumn (金三银四, 金九银十)", en="how readily employers plan the posts that the region lacks, by month, January to December, relative to the year's mean", zh="各月用人单位补足岗位缺口的力度与全年均值之比（一月至十二月）")
    season_bachelor: tuple[float, ...] = parameter((0.4, 0.5, 1.6, 1.2, 0.6, 0.4, 0.3, 0.6, 1.8, 2.2, 1.6, 0.8), unit="ratio", source="evidence 95", en="posts planned for the coming class by month, January to December, relative to the year's mean: those that ask for a bachelor or a master", zh="各月为应届生新增岗位与全年均值之比（一月至十二月）：要求本科及以上")
    season_vocational: tuple[float, ...] = parameter((0.6, 0.8, 2.0, 2.0, 1.5, 0.8, 0.3, 0.4, 0.8, 1.0, 1.0, 0.8), unit="ratio", source="assumption: later than for bachelors, mostly in spring", en="the same, those open to vocational graduates", zh="同上：面向高职及以上")
    bonus_wait_share: float = parameter(0.3, unit="share", low=0, high=1, prior=(0.2, 0.8), source="evidence 94", en="who would leave a job shortly before the Spring Festival and waits for the year's bonus", zh="临近春节拟离职者中等到年终奖后再离职的占比")
    bonus_wait_days: int = parameter(42, unit="days", low=0, high=180, prior=(21, 60), source="assumption", en="days before the festival in which they wait, and by which they leave later", zh="春节前等待年终奖的天数（离职推迟同样天数）")

    @field_validator("season_other", "season_bachelor", "season_vocational")
    @classmethod
    def _months(cls, season: tuple[float, ...]) -> tuple[float, ...]:
        if len(season) != YEAR_MONTHS or min(season) < 0 or max(season) > YEAR_MONTHS:
            raise ValueError(sentence(
                "needs {months} ratios from 0 to {months}: {months} is a year whose openings all fall into one month",
                "需要 {months} 个 0 到 {months} 之间的比值（{months} 表示全年新增岗位都在同一个月）",
                months=YEAR_MONTHS,
            ))  # fmt: skip
        return season

    @model_validator(mode="after")
    def _note_posts(self) -> Market:
        known = check_posts(self)
        object.__setattr__(self, "posts_sha256", "" if known is None else known.digest)
        return self

    @model_validator(mode="after")
    def _check(self) -> Market:
        if self.vocational_posts + self.master_posts > 1:
            message = Sentence("vocational_posts and master_posts are shares of one whole: their sum must not exceed 1", "vocational_posts 与 master_posts 是同一总体的占比，两者之和不能超过 1")
            raise ValueError(message)
        return self
