"""Which columns of a person a case file tells of, and in what words: one line a column.

A column of `WATCHED` tells its own story: whenever it rises (or falls), the case file has a moment of that name and the story has its sentence.
Columns that need more than their own change to be told (an application and its employer) are told by `sim/observers`; the rest is left out, with
the reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.columns import Column


@dataclass(frozen=True)
class Watched:
    """A column that tells its own story.

    A sentence is what follows "She …" or "He …" in English, and a clause without a subject in Chinese. ``{n}`` is by how much the column rose (in
    English ``{n:a fair|{n} fairs}`` chooses between one and more, ``{n:times}`` writes nothing, " twice", " 3 times"). Empty: not told.

    Attributes:
        column: Column of the table of graduates, and name of the moment.
        en: Sentence in English when the column rises.
        zh: Sentence in Chinese when the column rises.
        lever: Lever from which this was received; empty: none. The story's last lines list what came from levers.
        told: Moment that tells the rise as it happens, with more than a number; the sentence then serves the last lines only.
        saved: What the column rises by (CNY) goes into the person's savings.
        falls_en: Sentence in English when the column falls.
        falls_zh: Sentence in Chinese when the column falls.
    """

    column: str
    en: str
    zh: str
    lever: str = ""
    told: str = ""
    saved: bool = False
    falls_en: str = ""
    falls_zh: str = ""

    def sentence(self, language: str, *, falls: bool = False) -> str:
        """Return the sentence in a language."""
        sentences = {"en": (self.en, self.falls_en), "zh": (self.zh, self.falls_zh)}
        return sentences[language][falls]


_WATCHED = (
    Watched("contacts", "was told of the services{n:times}", "收到服务宣传{n}次", "outreach"),
    Watched("fairs", "went to {n:a job fair|{n} job fairs}", "参加招聘会{n}场", "job_fairs"),
    Watched("campus_cvs", "handed in {n:a CV|{n} CVs} on a campus trip", "在进校招聘中投递简历{n}份", "campus_recruitment"),
    Watched("campus_intents", "found {n:an employer|{n} employers} there with an interest", "与{n}家单位达成初步意向", "campus_recruitment"),
    Watched("guest_nights", "slept {n:one night|{n} nights} free of charge in a station{where}", "在{where}青年驿站免费住宿{n}晚", "lodging"),
    Watched("desk_visits", "asked for help at the station's desk{n:times}", "在驿站服务台咨询{n}次", "lodging"),
    Watched("voucher", "used a travel voucher", "使用了一张体验券", "travel_vouchers"),
    Watched("lectures", "went to {n:a lecture|{n} lectures} on finding work", "听职业指导讲座{n}场", "guidance"),
    Watched("talks", "heard {n:a talk|{n} talks} by young people at work nearby", "听身边榜样分享{n}场", "guidance"),
    Watched("advised", "had one-to-one advice", "接受一对一职业指导", "guidance"),
    Watched("case_files", "had {n:a case file|{n} case files} opened", "建立青春台账{n}次", "casework"),
    Watched("case_contacts", "talked with the caseworker{n:times}", "与帮扶专员联系{n}次", "casework"),
    Watched("referrals", "was referred to {n:a post|{n} posts} by the caseworker", "获专员推荐岗位{n}个", "casework"),
    Watched("case_file", "", "", falls_en="had the case file closed", falls_zh="台账销号"),
    Watched("menu_courses", "took {n:a course|{n} courses} from the menu", "完成菜单式培训{n}期", "skills_training", told="course_ended"),
    Watched("contracted_courses", "took {n:a class|{n} classes} to order", "完成订单班培训{n}期", "skills_training", told="course_ended"),
    Watched("placements", "had {n:an internship place|{n} internship places}", "获实习见习名额{n}个", "internships", told="internship_began"),
    Watched("stipends", "received {n} CNY of stipend", "领取实习见习补贴{n}元", "internships", saved=True),
    Watched("mentored", "was taken on by a mentor", "有导师开始一对一指导", "mentoring"),
    Watched("mentor_refused", "asked for a mentor, but all were busy", "申请导师指导，但名额已满"),
    Watched("mentor", "", "", falls_en="finished the time with the mentor", falls_zh="导师指导期结束"),
    Watched("startup_courses", "went to {n:a start-up course|{n} start-up courses}", "参加创业课程{n}场", "startup_courses"),
    Watched(
        "book_club", "joined the book club", "加入创业读书会", "startup_courses", falls_en="left the book club", falls_zh="退出创业读书会",
    ),
    Watched("incubated", "got a desk in the incubator", "入驻孵化工位", "incubator", told="firm_desk"),
    Watched("loans_applied", "applied for a loan of the programme{n:times}", "申请项目创业贷款{n}次"),
    Watched("loan_amount", "borrowed {n} CNY", "获创业贷款{n}元", "loans", told="borrowed"),
    Watched("legal_trained", "had legal training", "参加普法培训", "legal_aid"),
    Watched("legal_cases", "had a lawyer's help{n:times}", "获法律援助{n}次", "legal_aid"),
    Watched("recovered", "got {n} CNY back with a lawyer", "经法律援助挽回{n}元", "legal_aid"),
    Watched("arrears", "was not paid {n} CNY of wages", "被拖欠工资{n}元"),
    Watched("safety_courses", "had {n:a safety course|{n} safety courses}", "参加安全培训{n}次", "safety_training"),
    Watched("accidents", "had {n:an accident|{n} accidents} at work", "发生工伤{n}次"),
    Watched("rent_granted", "applied for the rent subsidy", "申请租房补贴"),
    Watched("subsidies", "received {n} CNY of subsidies", "领取补贴{n}元", "subsidies"),
    Watched("card", "took the discount card", "领取优惠卡", "subsidies"),
    Watched("home_owner", "bought a home in the region", "在本地购房"),
    Watched("social_events", "went to {n:a social evening|{n} social evenings}", "参加青年活动{n}次", "integration"),
    Watched(
        "community", "joined an online community", "加入青年社群", "integration",
        falls_en="left the online community", falls_zh="退出青年社群",
    ),
    Watched("partner", "found a partner at a matchmaking event", "在交友活动中脱单", "integration"),
    Watched(
        "leader", "became a youth leader in touch with the organisation", "成为青年带头人", "organisation",
        falls_en="was a youth leader no longer", falls_zh="不再担任青年带头人",
    ),
    Watched("deputy", "served as a student deputy", "担任学生兼职副书记", "organisation"),
)  # fmt: skip

WATCHED: dict[str, Watched] = {watched.column: watched for watched in _WATCHED}
"""Column → how it is told, in the order in which a story lists what happened and what was received."""

TOLD: dict[str, str] = {
    "applications": "applied",
    "interviews": "interviewed",
    "interviews_missed": "missed",
    "offers": "offered",
    "contract_outside": "signed",
    "contracts_signed": "signed",
    "contracts_broken": "contract_broken",
    "hires": "job_began",
    "separations": "job_left",
    "trips": "trip",
    "arrivals": "trip",
    "departures": "left_region",
    "guest_stays": "trip",
    "internships": "internship_began",
    "internships_kept": "internship_ended",
    "placements_kept": "internship_ended",
    "courses_finished": "course_ended",
    "firms_founded": "founded",
    "loans_granted": "borrowed",
}
"""Column → the moment of `sim/observers` that tells its changes with more than a number."""

LEFT_OUT: dict[str, str] = {
    "savings": "told month by month, with where the money came from and went",
    "from_elsewhere": "who the person is: in the portrait",
    "sex": "who the person is: in the portrait",
    "prefers_state": "who the person is, and never changes",
    "credit_constrained": "who the person is, and never changes",
    "searches_on_the_job": "a state of mind: the applications that follow from it are told",
    "free_nights_left": "a plan: the nights are told when they are slept",
    "paid_nights_left": "a plan: the nights are told when they are slept",
    "place_months": "a plan: the stipend is told when it is received",
    "rent_months": "a plan: the subsidy is told when it is received",
    "stipend_due": "not received yet: the stipend is told when it is",
    "guest_interviewed": "marks a guest for the headline count: the interview is told",
    "guest_signed": "marks a guest for the headline count: the contract is told",
    "guest_placed": "marks a guest for the headline count: the job is told",
    "travelled_aware": "marks a traveller for the headline count: the trip and what the person knows are told",
    "first_job_here": "repeats a job that is told",
    "fair_hires": "repeats a job that is told",
    "campus_hires": "repeats a job that is told",
    "referral_hires": "repeats a job that is told",
    "training_hires": "repeats a contract that is told",
}
"""Counts, flags and sums of money that no moment tells, with the reason."""

UNITS_LEFT_OUT: dict[str, str] = {
    "-": "a named state (activity, place) or a taste: told by the observers or in the portrait",
    "row": "a reference: what it leads to is told",
    "day": "a plan or a date: what happens on the day is told",
    "bits": "services known: told by name",
    "sd": "a trait",
    "share": "a trait",
    "ratio": "a trait",
    "log hazard": "a trait",
    "log revenue": "a trait",
    "persons": "a trait",
    "CNY/month": "pay: told with offers, contracts, jobs and raises",
}
"""Units of columns that need no line of their own, with the reason."""


def needs_telling(column: Column) -> bool:
    """Tell whether a column counts, marks or sums up something that happened to a person, so that it must stand in one of the tables above."""
    return column.unit not in UNITS_LEFT_OUT
