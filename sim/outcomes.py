"""Outcomes: what is measured, with unit and label; and how each is read out of a world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.recorder import ACTIVITIES, PLACES, ServiceEntry, Stock
from sim.states import Activity, Count, LeverId, Place
from sim.units import unit_words
from sim.world import World

Series = NDArray[np.float64]
HALF_YEAR = 182

LEVER_LABELS: dict[str, dict[str, str]] = {
    "lodging": {"en": "Lodging", "zh": "青年驿站"},
    "outreach": {"en": "Outreach", "zh": "宣传推广"},
    "job_fairs": {"en": "Job fairs", "zh": "招聘会"},
    "campus_recruitment": {"en": "Campus recruitment", "zh": "进校招聘"},
    "travel_vouchers": {"en": "Travel vouchers", "zh": "体验券"},
    "mentoring": {"en": "Mentoring", "zh": "导师辅导"},
    "loans": {"en": "Loans", "zh": "创业贷款"},
    "guidance": {"en": "Guidance", "zh": "职业指导"},
    "skills_training": {"en": "Skills training", "zh": "技能培训"},
    "internships": {"en": "Internships", "zh": "实习见习"},
    "startup_courses": {"en": "Start-up courses", "zh": "创业课程"},
    "equity": {"en": "Equity", "zh": "股权投资"},
    "legal_aid": {"en": "Legal aid", "zh": "法律援助"},
    "incubator": {"en": "Incubator", "zh": "创业孵化"},
    "subsidies": {"en": "Subsidies", "zh": "补贴与优惠卡"},
    "integration": {"en": "Integration", "zh": "青年融入"},
    "casework": {"en": "Casework", "zh": "青春台账帮扶"},
    "safety_training": {"en": "Safety training", "zh": "安全培训"},
    "organisation": {"en": "Organisation", "zh": "组织力"},
}


@dataclass(frozen=True)
class Outcome:
    """One outcome.

    Attributes:
        name: Name, part of every result.
        label: Language → label.
        unit: Language → unit.
        meaning: Language → definition.
        daily: World → value at the end of each day, shape (days,); None for what is only known at the end.
        final: World → value at the end of the run; None: the last daily value.
        headline: Shown in the table at the end of every run.
        service: Belongs to a service; shown where it is not zero.
    """

    name: str
    label: dict[str, str]
    unit: dict[str, str]
    meaning: dict[str, str]
    daily: Callable[[World], Series] | None = None
    final: Callable[[World], float] | None = None
    headline: bool = False
    service: bool = False

    @property
    def limits(self) -> tuple[float, float]:
        """Smallest and largest value there can be: a share lies between 0 and 1."""
        return (0.0, 1.0) if self.unit["en"] == "share" else (-np.inf, np.inf)

    def at_end(self, world: World) -> float:
        """Return the value at the end of the run; NaN where it is not defined."""
        if self.final is not None:
            return self.final(world)
        if self.daily is None:
            message = f"outcome {self.name} has neither a daily nor a final value"
            raise ValueError(message)
        return float(self.daily(world)[-1])


def _outcome(
    name: str, unit: str, en: str, zh: str, meaning: tuple[str, str] = ("", ""), *, daily: Callable[[World], Series] | None = None,
    final: Callable[[World], float] | None = None, headline: bool = False,
) -> Outcome:  # fmt: skip
    return Outcome(
        name, {"en": en, "zh": zh}, unit_words(unit), {"en": meaning[0] or en, "zh": meaning[1] or zh}, daily, final, headline
    )


def _flow(name: str, unit: str, count: Count, en: str, zh: str, *, headline: bool = False) -> Outcome:
    """Make the outcome of a running count."""
    meaning = (f"{en}, since the start", f"{zh}(累计)")
    return _outcome(name, unit, en, zh, meaning, daily=lambda world: world.flows[:, count].astype(np.float64), headline=headline)


def _stock(name: str, unit: str, stock: Stock, en: str, zh: str, *, headline: bool = False) -> Outcome:
    return _outcome(name, unit, en, zh, daily=lambda world: world.stocks[:, stock].astype(np.float64), headline=headline)


def _ratio(top: Series, bottom: Series) -> Series:
    """Divide, with NaN where the bottom is zero."""
    result = np.full(np.shape(top), np.nan)
    np.divide(top, bottom, out=result, where=bottom > 0)
    return result


def _residents(world: World, *activities: Activity) -> Series:
    crosstab = world.stocks[:, : ACTIVITIES * PLACES].reshape(-1, ACTIVITIES, PLACES)
    chosen: Series = crosstab[:, list(activities), Place.RESIDENT].sum(axis=1).astype(np.float64)
    return chosen


def employment_rate(world: World) -> Series:
    """Employed and founders among residents who have left education, shape (days,)."""
    working = _residents(world, Activity.EMPLOYED, Activity.FOUNDER)
    return _ratio(working, working + _residents(world, Activity.SEARCHING, Activity.TRAINING, Activity.INACTIVE))


def unemployment_rate(world: World) -> Series:
    """Searching among residents who have left education and work or search, shape (days,); who waits to start a job does neither."""
    searching = _residents(world, Activity.SEARCHING) - world.stocks[:, Stock.WAITING_TO_START]
    return _ratio(searching, searching + _residents(world, Activity.EMPLOYED, Activity.FOUNDER))


def vacancy_days(world: World) -> Series:
    """Mean days from opening to signing over the posts filled so far, shape (days,)."""
    return _ratio(world.flows[:, Count.VACANCY_DAYS].astype(float), world.flows[:, Count.POSTS_FILLED].astype(float))


def bed_use(world: World) -> Series:
    """Beds taken over beds open, shape (days,)."""
    return _ratio(world.beds[:, :, 1].sum(axis=1).astype(float), world.beds[:, :, 0].sum(axis=1).astype(float))


def _station_persons(world: World) -> float:
    return float(int((world.tables["people"].column("guest_stays") > 0).sum()))


def _bed_use_over_run(world: World) -> float:
    open_beds = int(world.beds[:, :, 0].sum())
    return int(world.beds[:, :, 1].sum()) / open_beds if open_beds else float("nan")


def _mean(values: NDArray[np.generic]) -> float:
    return float(int(values.astype(np.int64).sum()) / values.size) if values.size else float("nan")


def days_to_first_job(world: World) -> float:
    """Mean days from graduation to the first job, over those who graduated and began a job during the run."""
    people = world.tables["people"]
    first, graduated = people.column("first_job_day"), people.column("graduation_day")
    chosen = (first >= 0) & (graduated >= 0) & (graduated <= first)
    return _mean((first - graduated)[chosen])


def wage_mean(world: World) -> float:
    """Mean wage of those employed in the region at the end."""
    people = world.tables["people"]
    chosen = (people.column("activity") == Activity.EMPLOYED) & (people.column("employer") >= 0)
    return _mean(people.column("wage")[chosen])


def below_expected_pay_share(world: World) -> float:
    """Share of the first jobs begun during the run that pay less than the person expected at graduation."""
    people = world.tables["people"]
    chosen = (people.column("first_job_day") >= 0) & (people.column("first_job_wage") > 0)
    return _mean((people.column("first_job_wage") < people.column("expected_wage"))[chosen])


def left_first_employer_share(world: World) -> float:
    """Share who left within 182 days, over first jobs that began at least 182 days before the end."""
    people = world.tables["people"]
    first, left = people.column("first_job_day"), people.column("first_left_day")
    chosen = (first >= 0) & (first <= world.scenario.days - HALF_YEAR) & (people.column("first_job_wage") > 0)
    return _mean(((left >= 0) & (left - first <= HALF_YEAR))[chosen])


def stayed_share(world: World) -> float:
    """Share still there after 182 days, over people from elsewhere who settled during the run, at least 182 days before the end."""
    people = world.tables["people"]
    since, left = people.column("resident_since"), people.column("left_day")
    chosen = (people.column("from_elsewhere") == 1) & (since >= 0) & (since <= world.scenario.days - HALF_YEAR)
    return _mean(((left < 0) | (left - since > HALF_YEAR))[chosen])


def _service(lever: LeverId, entry: ServiceEntry) -> Callable[[World], Series]:
    return lambda world: world.services[:, lever, entry].astype(np.float64)


def _aware_share(lever: LeverId) -> Callable[[World], Series]:
    def share(world: World) -> Series:
        everybody = world.stocks[:, : ACTIVITIES * PLACES].sum(axis=1).astype(float)
        return _ratio(world.stocks[:, Stock.AWARE + lever].astype(float), everybody)

    return share


NOT_TO_BE_KNOWN = (LeverId.OUTREACH, LeverId.ORGANISATION, LeverId.EQUITY, LeverId.SAFETY_TRAINING, LeverId.CAMPUS_RECRUITMENT, LeverId.TRAVEL_VOUCHERS)
"""Services that nobody has to know of to be reached: they come to people, or are for employers."""


def _of_levers() -> list[Outcome]:
    found = []
    for lever in LeverId:
        name = lever.name.lower()
        label = LEVER_LABELS[name]
        if lever not in NOT_TO_BE_KNOWN:
            found.append(_outcome(f"aware_share.{name}", "share", f"Know of: {label['en']}", f"知晓率:{label['zh']}", daily=_aware_share(lever)))
        for entry, en, zh in (
            (ServiceEntry.REACHED, "Reached", "触达"), (ServiceEntry.SERVED, "Served", "服务"), (ServiceEntry.TURNED_AWAY, "Turned away", "未能满足"),
        ):  # fmt: skip
            found.append(
                _outcome(f"{entry.name.lower()}.{name}", "person-times", f"{en}: {label['en']}", f"{zh}:{label['zh']}", daily=_service(lever, entry))
            )
        found.append(
            _outcome(f"spending.{name}", "CNY", f"Spending: {label['en']}", f"支出:{label['zh']}", daily=_service(lever, ServiceEntry.SPENT))
        )
    total = _outcome(
        "spending", "CNY", "Spending, all levers", "总支出", daily=lambda world: world.services[:, :, ServiceEntry.SPENT].sum(axis=1).astype(np.float64), headline=True
    )
    return [*found, total]


_MARKET = [
    _outcome("employment_rate", "share", "Employment rate", "就业率", ("employed and founders among residents who have left education", "已离校常住青年中就业与创业者占比"), daily=employment_rate, headline=True),
    _outcome("unemployment_rate", "share", "Unemployment rate", "失业率", ("searching among residents who have left education and work or search", "已离校常住青年劳动力中求职者占比"), daily=unemployment_rate, headline=True),
    _stock("employed_in_region", "persons", Stock.EMPLOYED_IN_REGION, "Employed in the region", "本地在岗人数", headline=True),
    _outcome("days_to_first_job", "days", "Days from graduation to first job", "毕业到首份工作天数", ("mean over those who graduated and began a job during the run", "运行期内毕业且就业者均值"), final=days_to_first_job, headline=True),
    _outcome("wage_mean", "CNY/month", "Mean wage", "平均工资", ("over those employed in the region at the end", "期末本地在岗者均值"), final=wage_mean, headline=True),
    _outcome("below_expected_pay_share", "share", "First jobs below expected pay", "首份工作低于期望薪资占比", final=below_expected_pay_share, headline=True),
    _flow("posts_opened", "posts", Count.POSTS_OPENED, "Posts opened", "发布岗位数", headline=True),
    _flow("applications_sent", "applications", Count.APPLICATIONS_SENT, "Applications sent", "投递简历数", headline=True),
    _flow("interviews_held", "interviews", Count.INTERVIEWS_HELD, "Interviews held", "面试数", headline=True),
    _flow("interviews_missed", "interviews", Count.INTERVIEWS_MISSED, "Interviews missed", "未赴面试数"),
    _flow("offers_made", "offers", Count.OFFERS_MADE, "Offers made", "录用通知数", headline=True),
    _flow("contracts_signed", "contracts", Count.CONTRACTS_SIGNED, "Contracts signed", "签约数", headline=True),
    _flow("contracts_broken", "contracts", Count.CONTRACTS_BROKEN, "Contracts broken before the start", "入职前毁约数"),
    _flow("hires", "persons", Count.HIRES, "Jobs begun in the region", "本地入职人数", headline=True),
    _flow("hires_from_elsewhere", "persons", Count.HIRES_FROM_ELSEWHERE, "of these, people from elsewhere", "其中外来青年", headline=True),
    _flow("separations", "persons", Count.SEPARATIONS, "Separations", "离职人数", headline=True),
    _outcome("left_first_employer_6m_share", "share", "Left the first employer within 6 months", "半年内离开首个单位占比", final=left_first_employer_share, headline=True),
    _stock("vacancies_open", "posts", Stock.VACANCIES_OPEN, "Vacancies open", "在招岗位数", headline=True),
    _flow("posts_lapsed", "posts", Count.POSTS_LAPSED, "Posts lapsed unfilled", "未招满撤销岗位数"),
    _outcome("vacancy_days_mean", "days", "Days to fill a post", "岗位填补天数", daily=vacancy_days, headline=True),
    _flow("arrivals", "person-times", Count.ARRIVALS, "Arrivals from elsewhere", "外来到访与迁入人次", headline=True),
    _stock("residents_from_elsewhere", "persons", Stock.RESIDENTS_FROM_ELSEWHERE, "Residents from elsewhere", "外来常住青年", headline=True),
    _outcome("stayed_6m_share", "share", "Stayed for 6 months", "留居满半年占比", ("over people from elsewhere who settled at least 6 months before the end", "期末前半年以上迁入的外来青年"), final=stayed_share, headline=True),
    _flow("left_region", "persons", Count.LEFT_REGION, "Residents who left", "离开本地人数"),
    _flow("interns_started", "persons", Count.INTERNS_STARTED, "Internships begun", "开始实习人数"),
    _flow("interns_kept", "persons", Count.INTERNS_KEPT, "Interns put forward by their host", "实习单位推荐录用人数"),
    _flow("trained", "persons", Count.TRAINED, "Courses finished", "完成培训人数"),
    _flow("homes_bought", "persons", Count.HOMES_BOUGHT, "Homes bought by people from elsewhere", "外来青年购房人数"),
    _flow("accidents", "persons", Count.ACCIDENTS, "Accidents at work", "工伤事故数"),
    _flow("wages_unpaid", "persons", Count.ARREARS, "Wages not paid in time", "欠薪发生数"),
    _flow("startup_disputes", "cases", Count.DISPUTES, "Disputes of start-ups", "初创企业纠纷数"),
]  # fmt: skip

_SERVICES = [
    _stock("lodging_aware", "persons", Stock.AWARE, "Know of the stations", "知晓驿站人数"),
    _flow("lodging_travelled", "persons", Count.LODGING_TRAVELLED, "of these, came to the region", "知晓者中到访人数"),
    _flow("station_guests", "stays", Count.STATION_GUESTS, "Station guests", "驿站入住人次"),
    _outcome("station_persons", "persons", "Station guests, each counted once", "驿站住客人数(不重复计)", final=_station_persons),
    _flow("station_nights", "nights", Count.STATION_NIGHTS, "Station nights", "驿站住宿晚数"),
    _outcome("station_bed_use", "share", "Bed use of the stations", "驿站床位使用率", ("beds taken over beds open, over the run", "全程占用床位与开放床位之比"), daily=bed_use, final=_bed_use_over_run),
    _flow("station_turned_away", "requests", Count.STATION_TURNED_AWAY, "Turned away by full stations", "驿站满员未接待次数"),
    _flow("station_guests_interviewed", "persons", Count.GUESTS_INTERVIEWED, "Station guests interviewed", "驿站住客参加面试人数"),
    _flow("station_guests_signed", "persons", Count.GUESTS_SIGNED, "Station guests who signed here", "驿站住客签约人数"),
    _flow("station_guests_placed", "persons", Count.GUESTS_PLACED, "Station guests who began a job here", "驿站住客入职人数"),
    _flow("fair_attendances", "person-times", Count.FAIR_ATTENDANCES, "Visitors of job fairs", "招聘会到场人次"),
    _flow("fair_hires", "persons", Count.FAIR_HIRES, "Hires through job fairs", "招聘会促成入职人数"),
    _flow("campus_posts", "posts", Count.CAMPUS_POSTS, "Posts brought to campuses", "进校提供岗位数"),
    _flow("campus_cvs", "CVs", Count.CAMPUS_CVS, "CVs handed in on campus", "校园收到简历数"),
    _flow("campus_interviews", "interviews", Count.CAMPUS_INTERVIEWS, "Interviews on campus", "校园面谈数"),
    _flow("campus_intents", "intents", Count.CAMPUS_INTENTS, "Preliminary intents", "初步就业意向数"),
    _flow("campus_contracts", "contracts", Count.CAMPUS_CONTRACTS, "Contracts through campus trips", "进校招聘签约数"),
    _flow("campus_hires", "persons", Count.CAMPUS_HIRES, "Jobs begun through campus trips", "进校招聘入职人数"),
    _flow("vouchers_used", "persons", Count.VOUCHERS_USED, "Travel vouchers used", "体验券使用人数"),
    _flow("startups_founded", "firms", Count.STARTUPS_FOUNDED, "Firms founded", "新创企业数", headline=True),
    _stock("startups_alive", "firms", Stock.STARTUPS_ALIVE, "Start-ups in business", "存续初创企业数", headline=True),
    _stock("startup_jobs", "jobs", Stock.STARTUP_JOBS, "Jobs in start-ups, with the founder", "初创企业就业数", headline=True),
    _flow("loans_applied", "loans", Count.LOANS_APPLIED, "Loans applied for", "贷款申请数"),
    _flow("loans_granted", "loans", Count.LOANS_GRANTED, "Loans granted", "发放贷款数"),
    _flow("loan_amount_granted", "CNY", Count.LOAN_AMOUNT_GRANTED, "Amount of loans granted", "发放贷款金额"),
    _flow("loans_defaulted", "loans", Count.LOANS_DEFAULTED, "Loans in default", "违约贷款数"),
    _flow("mentees", "persons", Count.MENTEES, "Mentees", "受导师指导人数"),
    _flow("desk_consultations", "person-times", Count.DESK_CONSULTATIONS, "Consultations at the desks of stations", "驿站服务台咨询人次"),
    _flow("desk_hires", "persons", Count.DESK_HIRES, "Hires through the desks of stations", "驿站服务台推荐入职人数"),
    _outcome("guidance_served", "person-times", "People in lectures, talks and advice", "职业指导服务人次", daily=lambda world: world.services[:, LeverId.GUIDANCE, ServiceEntry.SERVED].astype(np.float64)),
    _flow("menu_trained", "persons", Count.MENU_TRAINED, "Menu courses finished", "菜单式培训结业人数"),
    _flow("contracted_trained", "persons", Count.CONTRACTED_TRAINED, "Classes to order finished", "订单班结业人数"),
    _flow("training_hired", "persons", Count.TRAINING_HIRED, "Signed at the partner firm after a class to order", "订单班结业签约人数"),
    _flow("placements_started", "persons", Count.PLACEMENTS_STARTED, "Places of the programme taken", "项目实习见习人数"),
    _flow("student_placements", "persons", Count.STUDENT_PLACEMENTS, "of these, by students", "其中在校生"),
    _flow("placements_kept", "persons", Count.PLACEMENTS_KEPT, "Hired or put forward by the host after a place", "实习见习后被录用或推荐人数"),
    _flow("startup_courses_attended", "person-times", Count.STARTUP_COURSES_ATTENDED, "Visitors of start-up lectures and camps", "创业课程参加人次"),
    _flow("equity_invested", "CNY", Count.EQUITY_INVESTED, "Equity invested", "股权投资金额"),
    _flow("equity_firms", "firms", Count.EQUITY_FIRMS, "Firms with equity", "获股权投资企业数"),
    _flow("legal_cases", "cases", Count.LEGAL_CASES, "Cases of legal aid", "法律援助案件数"),
    _flow("legal_recovered", "CNY", Count.LEGAL_RECOVERED, "Money recovered with legal aid", "法律援助挽回金额"),
    _flow("legal_trained", "person-times", Count.LEGAL_TRAINED, "Visitors of legal trainings", "普法培训人次"),
    _outcome("incubator_desks_used", "desks", "Desks of the incubator in use", "孵化工位使用数", daily=lambda world: world.services[:, LeverId.INCUBATOR, ServiceEntry.IN_USE].astype(np.float64)),
    _flow("subsidies_paid", "CNY", Count.SUBSIDIES_PAID, "Subsidies paid to persons", "发放补贴金额"),
    _flow("events_attended", "person-times", Count.EVENTS_ATTENDED, "Visitors of social events and parlours", "融入活动参加人次"),
    _flow("couples", "persons", Count.COUPLES, "Found a partner at a matchmaking event", "婚恋活动脱单人数"),
    _flow("cases_opened", "persons", Count.CASES_OPENED, "Case files opened", "建立青春台账人数"),
    _outcome("cases_open", "persons", "Case files open", "在册帮扶人数", daily=lambda world: world.services[:, LeverId.CASEWORK, ServiceEntry.IN_USE].astype(np.float64)),
    _flow("referrals", "applications", Count.REFERRALS, "Matched referrals by caseworkers", "专员推荐岗位人次"),
    _flow("referrals_hired", "persons", Count.REFERRALS_HIRED, "Hires through referrals by caseworkers", "专员推荐入职人数"),
    _flow("safety_trained", "person-times", Count.SAFETY_TRAINED, "Visitors of safety courses", "安全培训人次"),
    _flow("household_visits", "visits", Count.HOUSEHOLD_VISITS, "Household visits by the organisation", "入户走访次数"),
    _flow("volunteer_hours", "hours", Count.VOLUNTEER_HOURS, "Hours of volunteers, cadres and deputies", "志愿服务小时数"),
    _flow("other_duty_hours", "hours", Count.OTHER_DUTY_HOURS, "Hours taken by other duties", "其他任务占用小时数"),
]  # fmt: skip

OUTCOMES: dict[str, Outcome] = {
    outcome.name: outcome for outcome in [*_MARKET, *(replace(outcome, service=True) for outcome in _SERVICES), *_of_levers()]
}
"""Every outcome, in the order of tables."""
