"""Outcomes: what is measured, with unit and label; and how each is read out of a world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from sim.bilingual import Sentence
from sim.calendar import YEAR_DAYS
from sim.funnel import FUNNEL
from sim.levers import LEVERS
from sim.measures import NO_COLUMN, OF_A_SHARE, OF_POSTS, Counts, Outcome, Series, flow, founders_of, of_service, outcome, ratio, row_of, stock
from sim.participation import COUNTED, participants
from sim.states import ACTIVITIES, PLACES, Activity, Count, Place, PostState, Preparation, ServiceEntry, Stock
from sim.world import World

HALF_YEAR = 182
NOBODY_LEFT_SCHOOL = Sentence("nobody here has left education and looks for work or has it", "本地没有已离校且就业或求职的青年")
NO_EMPLOYER = Sentence("no employer is in business at the end", "期末没有在营单位")
NOBODY_EMPLOYED = Sentence("nobody is employed here at the end", "期末本地无人受雇")
NO_GRADUATE = Sentence("nobody graduated in this period and began a job", "期内没有人毕业后就业")
NO_FIRST_JOB = Sentence("nobody began a first job in this period", "期内没有人开始首份工作")
NO_OLD_JOB = Sentence("no first job began at least 6 months before the end", "没有在期末前半年以上开始的首份工作")
NO_NEWCOMER = Sentence("nobody from elsewhere settled at least 6 months before the end", "没有在期末前半年以上迁入的外来青年")
NO_OLD_NEWCOMER = Sentence("nobody from elsewhere settled at least 12 months before the end", "没有在期末前一年以上迁入的外来青年")
NO_LOCAL = Sentence("no local has left school", "没有已离校的本地青年")
NO_POST_FILLED = Sentence("no post was filled", "没有岗位招到人")
"""Why an outcome has no value."""
_MONEY = Sentence("it is money spent on the service", "这是花在服务上的钱")


def _residents(world: World, *activities: Activity) -> Series:
    crosstab = world.stocks[:, : ACTIVITIES * PLACES].reshape(-1, ACTIVITIES, PLACES)
    chosen: Series = crosstab[:, list(activities), Place.RESIDENT].sum(axis=1).astype(np.float64)
    return chosen


def employment_rate(world: World) -> Series:
    """Employed and founders among residents who have left education, shape (days,)."""
    working = _residents(world, Activity.EMPLOYED, Activity.FOUNDER)
    return ratio(working, working + _residents(world, Activity.SEARCHING, Activity.TRAINING, Activity.INACTIVE))


def unemployment_rate(world: World) -> Series:
    """Searching among residents who have left education and work or search, shape (days,); who waits to start a job does neither."""
    searching = _residents(world, Activity.SEARCHING) - world.stocks[:, Stock.WAITING_TO_START]
    return ratio(searching, searching + _residents(world, Activity.EMPLOYED, Activity.FOUNDER))


def vacancy_days(world: World) -> Series:
    """Mean days from opening to signing over the posts filled so far, shape (days,)."""
    return ratio(world.flows[:, Count.VACANCY_DAYS].astype(float), world.flows[:, Count.POSTS_FILLED].astype(float))


def days_to_first_job(world: World) -> Counts:
    """Days from graduation to the first job, over those who graduated and began a job during the run."""
    people = world.tables["people"]
    first, graduated = people.column("first_job_day"), people.column("graduation_day")
    chosen = (first >= 0) & (graduated >= 0) & (graduated <= first)
    return np.asarray((first - graduated)[chosen], np.int64)


def wages(world: World) -> Counts:
    """Wages of those employed in the region at the end."""
    people = world.tables["people"]
    chosen = (people.column("activity") == Activity.EMPLOYED) & (people.column("employer") >= 0)
    return np.asarray(people.column("wage")[chosen], np.int64)


def below_expected_pay(world: World) -> Counts:
    """Whether the first jobs begun during the run pay less than the person expected before any search."""
    people = world.tables["people"]
    chosen = (people.column("first_job_day") >= 0) & (people.column("first_job_wage") > 0)
    return np.asarray((people.column("first_job_wage") < people.column("hoped_wage"))[chosen], np.int64)


def left_first_employer(world: World) -> Counts:
    """Who left within 182 days, over first jobs that began at least 182 days before the end."""
    people = world.tables["people"]
    first, left = people.column("first_job_day"), people.column("first_left_day")
    chosen = (first >= 0) & (first <= world.scenario.days - HALF_YEAR) & (people.column("first_job_wage") > 0)
    return np.asarray(((left >= 0) & (left - first <= HALF_YEAR))[chosen], np.int64)


def stayed(world: World, days: int = HALF_YEAR) -> Counts:
    """Who did not leave within some days, over people from elsewhere who settled during the run so long ago.

    A person counts whose whole window was seen: settled at least so many days before the end of the run, and did not age out within them, whether
    or not the person had left before. Who left within the window and came back has not stayed.
    """
    people = world.tables["people"]
    since, left, aged = people.column("resident_since"), people.column("left_day"), people.column("aged_out_day")
    seen_until = np.where(aged >= 0, aged, world.scenario.days)
    chosen = (people.column("from_elsewhere") == 1) & (since >= 0) & (seen_until - since >= days)
    return np.asarray(((left < 0) | (left - since >= days))[chosen], np.int64)


def locals_resident(world: World) -> Series:
    """Locals who live here among the locals who have left school, shape (days,)."""
    here, away = world.stocks[:, Stock.LOCALS_HERE].astype(float), world.stocks[:, Stock.LOCALS_AWAY].astype(float)
    return ratio(here, here + away)


def _locals_who_left(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray(people.column("departures") * (people.column("from_elsewhere") == 0), np.int64)


def _came_to_stay(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray((people.column("from_elsewhere") == 1) & (people.column("resident_since") >= 0), np.int64)


def _attracted(world: World) -> Counts:
    return np.asarray((_came_to_stay(world) > 0) | (world.tables["people"].column("returns") > 0), np.int64)


def _newcomers(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray(people.column("hires") * (people.column("from_elsewhere") == 1), np.int64)


def _employed(world: World) -> Counts:
    people = world.tables["people"]
    working = np.isin(people.column("activity"), (Activity.EMPLOYED, Activity.FOUNDER))
    return np.asarray(working & (people.column("employer") >= 0), np.int64)


def _settled(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray((people.column("place") == Place.RESIDENT) & (people.column("from_elsewhere") == 1), np.int64)


def _aged_out(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray((people.column("activity") == Activity.AGED_OUT) & (people.column("preparing") != Preparation.ADMITTED), np.int64)


def _studying_on(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray((people.column("activity") == Activity.AGED_OUT) & (people.column("preparing") == Preparation.ADMITTED), np.int64)


def preparing_share(world: World) -> Series:
    """Share of residents who have left education that do not work and prepare for an exam, as the bureau last counted, shape (days,)."""
    left = _residents(world, Activity.EMPLOYED, Activity.FOUNDER, Activity.SEARCHING, Activity.TRAINING, Activity.INACTIVE)
    return ratio(world.stocks[:, Stock.PREPARING].astype(np.float64), left)


def _helped(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray(participants({name: people.column(name) for name in COUNTED}), np.int64)


def _founders(world: World) -> Counts:
    return np.asarray(world.tables["people"].column("firms_founded") > 0, np.int64)


def _helped_into_work(world: World) -> Counts:
    people = world.tables["people"]
    began = (people.column("hires") > 0) | (people.column("firms_founded") > 0) | (people.column("placed_elsewhere") > 0)
    return np.asarray((_helped(world) > 0) & began, np.int64)


def _are_startups(world: World) -> Any:  # noqa: ANN401
    firms = world.tables["employers"]
    return (firms.column("founder") >= 0) & (firms.column("alive") == 1) & (firms.column("handed_on") == 0)


def _running(world: World) -> Counts:
    return founders_of(world, _are_startups(world))


def _in_startups(world: World) -> Counts:
    people, running = world.tables["people"], _are_startups(world)
    employer = people.column("employer")
    there = (employer >= 0) & np.isin(people.column("activity"), (Activity.EMPLOYED, Activity.FOUNDER))
    return np.asarray(there & running[np.maximum(employer, 0)], np.int64)


def _aware_share(lever: str) -> Callable[[World], Series]:
    def share(world: World) -> Series:
        people = world.stocks[:, : ACTIVITIES * PLACES].reshape(-1, ACTIVITIES, PLACES)
        young = people.sum(axis=(1, 2)) - people[:, Activity.AGED_OUT].sum(axis=1)
        return ratio(world.stocks[:, Stock.AWARE + row_of(world, lever)].astype(float), young.astype(float))

    return share


def _firms_aware(lever: str) -> Callable[[World], Counts]:
    def known(world: World) -> Counts:
        firms = world.tables["employers"]
        established = (firms.column("founder") < 0) & (firms.column("alive") == 1)
        return np.asarray((firms.column("aware")[established] >> np.uint32(row_of(world, lever))) & 1, np.int64)

    return known


def _signed_with_anchors(world: World) -> Counts:
    posts, anchors = world.tables["posts"], world.tables["anchors"].rows["employer"]
    filled = (posts.column("state") == PostState.FILLED) & (posts.column("holder") >= 0) & np.isin(posts.column("employer"), anchors)
    return np.minimum(1, np.bincount(posts.column("holder")[filled], minlength=world.tables["people"].count)).astype(np.int64)


def _of_levers() -> list[Outcome]:
    found = []
    for lever in LEVERS:
        name, label = lever.name, lever.label
        if lever.is_to_be_known():
            found.append(outcome(f"aware_share.{name}", "share", f"Know of: {label['en']}", f"知晓率：{label['zh']}", daily=_aware_share(name), untraced=OF_A_SHARE, lever=name))
        if lever.is_for_firms():
            words = ("established employers in business at the end", "期末在营的既有单位")
            found.append(
                outcome(
                    f"firms_aware.{name}", "share", f"Employers who know of: {label['en']}", f"单位知晓率：{label['zh']}", words,
                    sample=_firms_aware(name), undefined=NO_EMPLOYER, untraced=OF_A_SHARE, lever=name,
                )
            )  # fmt: skip
        for entry, en, zh in (
            (ServiceEntry.REACHED, "Reached", "触达"), (ServiceEntry.SERVED, "Served", "服务"), (ServiceEntry.TURNED_AWAY, "Turned away", "未能满足"),
        ):  # fmt: skip
            found.append(of_service(f"{entry.name.lower()}.{name}", "person-times", name, entry, f"{en}: {label['en']}", f"{zh}：{label['zh']}", lever=name))
        found.append(of_service(f"spending.{name}", "CNY", name, ServiceEntry.SPENT, f"Spending: {label['en']}", f"支出：{label['zh']}", untraced=_MONEY, lever=name))
    total = outcome(
        "spending", "CNY", "Spending, all levers", "总支出", daily=lambda world: world.services[:, :, ServiceEntry.SPENT].sum(axis=1).astype(np.float64), headline=True, untraced=_MONEY
    )
    return [*found, total]


_MARKET = [
    outcome("employment_rate", "share", "Employment rate", "就业率", ("employed and founders among residents who have left education", "已离校常住青年中就业与创业者占比"), daily=employment_rate, undefined=NOBODY_LEFT_SCHOOL, headline=True, untraced=OF_A_SHARE),
    outcome("unemployment_rate", "share", "Unemployment rate", "失业率", ("searching among residents who have left education and work or search", "已离校常住青年劳动力中求职者占比"), daily=unemployment_rate, undefined=NOBODY_LEFT_SCHOOL, headline=True, untraced=OF_A_SHARE),
    stock("employed_in_region", "persons", Stock.EMPLOYED_IN_REGION, "Employed in the region", "本地在岗人数", headline=True, persons=_employed),
    outcome("days_to_first_job", "days", "Days from graduation to first job", "毕业到首份工作天数", ("mean over those who graduated and began a job during the run", "运行期内毕业且就业者均值"), sample=days_to_first_job, undefined=NO_GRADUATE, headline=True, untraced=OF_A_SHARE),
    outcome("wage_mean", "CNY/month", "Mean wage", "平均工资", ("over those employed in the region at the end", "期末本地在岗者均值"), sample=wages, undefined=NOBODY_EMPLOYED, headline=True, untraced=OF_A_SHARE),
    outcome("below_expected_pay_share", "share", "First jobs below expected pay", "首份工作低于期望薪资占比", sample=below_expected_pay, undefined=NO_FIRST_JOB, headline=True, untraced=OF_A_SHARE),
    flow("posts_opened", "posts", Count.POSTS_OPENED, "Posts opened", "发布岗位数", headline=True, untraced=OF_POSTS),
    flow("applications_sent", "applications", Count.APPLICATIONS_SENT, "Applications sent", "投递简历数", headline=True),
    flow("interviews_held", "interviews", Count.INTERVIEWS_HELD, "Interviews held", "面试数", headline=True),
    flow("interviews_missed", "interviews", Count.INTERVIEWS_MISSED, "Interviews missed", "未赴面试数"),
    flow("offers_made", "offers", Count.OFFERS_MADE, "Offers made", "录用通知数", headline=True),
    flow("contracts_signed", "contracts", Count.CONTRACTS_SIGNED, "Contracts signed", "签约数", headline=True),
    flow("contracts_broken", "contracts", Count.CONTRACTS_BROKEN, "Contracts broken before the start", "入职前毁约数"),
    flow("hires", "persons", Count.HIRES, "Jobs begun in the region", "本地入职人数", headline=True),
    flow("hires_from_elsewhere", "persons", Count.HIRES_FROM_ELSEWHERE, "of these, people from elsewhere", "其中外来青年", headline=True, persons=_newcomers),
    outcome("anchor_hires", "persons", "Signed with an anchor employer", "与骨干用人单位签约人数", ("persons who signed with an anchor employer of the region, through a service or not, each counted once", "经由或未经由服务与本地骨干用人单位签约的人数（不重复计）"), final=lambda world: float(_signed_with_anchors(world).sum()), persons=_signed_with_anchors),
    flow("separations", "persons", Count.SEPARATIONS, "Separations", "离职人数", headline=True),
    outcome("left_first_employer_6m_share", "share", "Left the first employer within 6 months", "半年内离开首个单位占比", sample=left_first_employer, undefined=NO_OLD_JOB, headline=True, untraced=OF_A_SHARE),
    stock("vacancies_open", "posts", Stock.VACANCIES_OPEN, "Vacancies open", "在招岗位数", headline=True, untraced=OF_POSTS),
    flow("posts_lapsed", "posts", Count.POSTS_LAPSED, "Posts lapsed unfilled", "未招满撤销岗位数", untraced=OF_POSTS),
    outcome("vacancy_days_mean", "days", "Days to fill a post", "岗位填补天数", daily=vacancy_days, undefined=NO_POST_FILLED, headline=True, untraced=OF_A_SHARE),
    flow("arrivals", "person-times", Count.ARRIVALS, "Arrivals from elsewhere", "外来到访与迁入人次", headline=True),
    stock("residents_from_elsewhere", "persons", Stock.RESIDENTS_FROM_ELSEWHERE, "Residents from elsewhere", "外来常住青年", headline=True, persons=_settled),
    outcome("stayed_6m_share", "share", "Stayed for 6 months", "留居满半年占比", ("who did not leave within 6 months of settling, over people from elsewhere who settled at least 6 months before the end; who aged out within them is left out", "迁入后半年内未离开者占比（外来青年，迁入满半年；半年内退出青年人口者不计）"), sample=stayed, undefined=NO_NEWCOMER, headline=True, untraced=OF_A_SHARE),
    outcome("stayed_12m_share", "share", "Stayed for 12 months", "留居满一年占比", ("the same within 12 months", "口径同上，期限为一年"), sample=lambda world: stayed(world, YEAR_DAYS), undefined=NO_OLD_NEWCOMER, untraced=OF_A_SHARE),
    flow("newly_resident", "persons", Count.NEWLY_RESIDENT, "Newly resident", "新迁入外来青年", headline=True, persons=_came_to_stay),
    outcome("newly_attracted", "persons", "Newly attracted, natives who came home included", "新引进青年（含返乡）", ("people from elsewhere who settled and locals who came home to live here, each counted once", "新迁入的外来青年与返乡的本地青年（不重复计）"), final=lambda world: float(_attracted(world).sum()), persons=_attracted),
    outcome("locals_resident_share", "share", "Locals who live here", "本地青年留在或回到本地占比", ("of locals who have left school: who grew up or studied here", "占已离校的本地青年（本地生源或在本地就读）"), daily=locals_resident, undefined=NO_LOCAL, headline=True, untraced=OF_A_SHARE),
    flow("locals_left", "persons", Count.LOCALS_LEFT, "Locals who left", "本地青年离开人数", persons=_locals_who_left),
    flow("locals_returned", "persons", Count.LOCALS_RETURNED, "Locals who came home", "本地青年返乡人数"),
    flow("day_trips", "person-times", Count.DAY_TRIPS, "Trips without a bed, for the day or home", "当日往返或回家的来访人次"),
    flow("left_region", "persons", Count.LEFT_REGION, "Residents who left", "离开本地人数"),
    flow("gave_up", "person-times", Count.GAVE_UP, "Searches given up for a while", "一度放弃求职人次"),
    flow("aged_out", "persons", Count.AGED_OUT, "No longer counted among the young", "退出青年人口人数", persons=_aged_out),
    flow("exams_sat", "person-times", Count.EXAMS_SAT, "Exams sat, for further study or the civil service", "参加升学或公务员考试人次"),
    outcome("preparing_share", "share", "Prepare for an exam", "备考占比", ("without work, of residents who have left education; counted on the 10th of a month", "已离校常住青年中未就业而备考者，每月10日计数"), daily=preparing_share, undefined=NOBODY_LEFT_SCHOOL, untraced=OF_A_SHARE),
    flow("studying_on", "persons", Count.STUDYING_ON, "Went on to study", "升学人数", persons=_studying_on),
    flow("entered_service", "persons", Count.ENTERED_SERVICE, "Passed into the civil service", "考取公务员人数", untraced=NO_COLUMN),
    flow("interns_started", "persons", Count.INTERNS_STARTED, "Internships begun", "开始实习人数"),
    flow("interns_kept", "persons", Count.INTERNS_KEPT, "Interns put forward by their host", "实习单位推荐录用人数"),
    flow("trained", "persons", Count.TRAINED, "Courses finished", "完成培训人数"),
    flow("homes_bought", "persons", Count.HOMES_BOUGHT, "Homes bought by people from elsewhere", "外来青年购房人数"),
    flow("accidents", "persons", Count.ACCIDENTS, "Accidents at work", "工伤事故数"),
    flow("wages_unpaid", "persons", Count.ARREARS, "Wages not paid in time", "欠薪发生数", untraced=NO_COLUMN),
    flow("startup_disputes", "cases", Count.DISPUTES, "Disputes of start-ups", "初创企业纠纷数", untraced=NO_COLUMN),
    *FUNNEL,
]  # fmt: skip

_VENTURES = [
    outcome("founders", "persons", "Persons who founded a firm", "创业人数", final=lambda world: float(_founders(world).sum()), persons=_founders),
    flow("startups_founded", "firms", Count.STARTUPS_FOUNDED, "Firms founded", "新创企业数", headline=True),
    stock("startups_alive", "firms", Stock.STARTUPS_ALIVE, "Start-ups in business", "存续初创企业数", headline=True, persons=_running),
    stock("startup_jobs", "jobs", Stock.STARTUP_JOBS, "Jobs in start-ups, with the founder", "初创企业就业数", headline=True, persons=_in_startups),
]

_HELPED = outcome(
    "helped_persons", "persons", "Persons helped, each counted once", "受助人数（不重复计）",
    ("people who have received any service of any lever in person; who was only told of services is not among them, nor are firms", "亲自享受过任一政策工具服务的人数；仅被告知服务者与企业不计"),
    final=lambda world: float(_helped(world).sum()), persons=_helped, service=True, headline=True,
)  # fmt: skip

_HELPED_INTO_WORK = outcome(
    "helped_into_work", "persons", "of these, began a job or founded a firm", "其中就业或创业",
    ("people helped who began a job, here or through labour export, or founded a firm during the run: with or without the help, before it or after", "受助者中在运行期内就业（含经劳务输出）或创业的人数；不论是否因受助、在受助之前或之后"),
    final=lambda world: float(_helped_into_work(world).sum()), persons=_helped_into_work, service=True,
)  # fmt: skip

_SERVICES = [
    _HELPED,
    _HELPED_INTO_WORK,
    *(replace(declared, service=True) for declared in _VENTURES),
    *(replace(declared, service=True, lever=lever.name) for lever in LEVERS for declared in lever.outcomes),
]

OUTCOMES: dict[str, Outcome] = {declared.name: declared for declared in [*_MARKET, *_SERVICES, *_of_levers()]}
"""Every outcome, in the order of tables."""
