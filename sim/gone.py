"""Keys of earlier versions, and what to set instead."""

from __future__ import annotations

from sim.bilingual import Sentence


def _gone(key: str, instead: str, instead_zh: str) -> Sentence:
    return Sentence(f"{key} is gone: {instead}", f"{key} 已取消：{instead_zh}")


_RESERVATION = (
    "the reservation wage follows from beliefs and money: set behaviour.idle_worth (what a month without work is worth), behaviour.family_months or behaviour.expected_over_offered.",
    "保留工资由预期与积蓄决定：请改设 behaviour.idle_worth（无工作一个月的价值）、behaviour.family_months 或 behaviour.expected_over_offered。",
)
_COST = (
    "what a season of search costs is a result: set behaviour.application_cost and behaviour.interview_cost.",
    "求职季花费为模型结果：请改设 behaviour.application_cost 与 behaviour.interview_cost。",
)


def _news(name: str, more: str = "", more_zh: str = "") -> tuple[str, str]:
    return (
        f"services tell what work pays and how offers come, and people decide: set behaviour.{name}{more}.",
        f"服务只告知通常薪资与录用难易，由本人决定：请改设 behaviour.{name}{more_zh}。",
    )


_FOUNDING = (
    "who has an idea founds if it promises more than work: set behaviour.opportunity_per_year, behaviour.monthly_revenue or behaviour.idea_spread.",
    "有创业想法者在预期收益高于就业时创业：请改设 behaviour.opportunity_per_year、behaviour.monthly_revenue 或 behaviour.idea_spread。",
)


_TIME_OF_SEARCH = (
    "set opening.search_age_days and opening.search_age_rise (its rise with the time since graduation).",
    "请改设 opening.search_age_days 与 opening.search_age_rise（随毕业以来时间的增加）。",
)
_SAVINGS = (
    "who has a job has saved of its pay: set opening.savings_kept (savings besides).",
    "在职者积蓄来自工资：请改设 opening.savings_kept（此外的积蓄）。",
)


_INSTEAD: dict[str, tuple[str, str]] = {
    "market.growth_season": (
        "set market.season_bachelor and market.season_vocational, the seasons of posts for the coming class by tier.",
        "请改设 market.season_bachelor 与 market.season_vocational（按学历分的应届岗位月度分布）。",
    ),
    "policy.casework.employers_known": (
        "employers come to know by outreach: set policy.casework.firm_awareness, those who tell of their posts from the beginning.",
        "单位靠宣传知晓：请改设 policy.casework.firm_awareness（开业时即提供岗位需求的单位占比）。",
    ),
    "opening.search_age_recent": _TIME_OF_SEARCH,
    "opening.search_age_earlier": _TIME_OF_SEARCH,
    "opening.savings_recent": _SAVINGS,
    "opening.savings_earlier": _SAVINGS,
    "opening.interest_elsewhere": (
        "who looked more to the region rather lives here: set campus.interest of the region's file.",
        "意向高者更多在本地居住：请改设地区文件中各校的 interest。",
    ),
    "opening.tenure_days": (
        "set opening.tenure_share (tenure relative to the time since graduation).",
        "请改设 opening.tenure_share（任职时长与毕业以来时间之比）。",
    ),
    "behaviour.founding_bachelor": _FOUNDING,
    "behaviour.founding_vocational": _FOUNDING,
    "behaviour.founder_pay_expected": _FOUNDING,
    "behaviour.loan_part_enough": (
        "who is short of money begins smaller: set behaviour.capital_elasticity (how much smaller).",
        "资金不足者以较小规模起步：请改设 behaviour.capital_elasticity（其程度）。",
    ),
    "behaviour.staff_revenue_swing": (
        "staff serves what the firm can sell: set behaviour.revenue_per_staff (how much one person serves).",
        "员工完成企业可售出的部分：请改设 behaviour.revenue_per_staff（每人可完成的销售额）。",
    ),
    "behaviour.reservation_share": _RESERVATION,
    "behaviour.reservation_fall": _RESERVATION,
    "behaviour.reservation_floor": _RESERVATION,
    "behaviour.last_wage_wanted": _RESERVATION,
    "behaviour.search_cost": _COST,
    "behaviour.season_months": _COST,
    "behaviour.contact_optimism": _news("contact_news"),
    "behaviour.fair_effort": _news("bid_news"),
    "behaviour.fair_realism": _news("bid_news"),
    "behaviour.lecture_effort": _news("lecture_news"),
    "behaviour.talk_effort": _news("talk_news"),
    "behaviour.advice_realism": _news("advice_news"),
    "behaviour.plan_effort": _news("plan_news", " and behaviour.plan_hours (hours that a plan saves)", " 与 behaviour.plan_hours（帮扶计划节省的时间）"),
    "behaviour.plan_realism": _news("plan_news"),
    "behaviour.career_realism": _news("mentor_news"),
    "policy.guidance.long_unemployed_days": _news("lecture_news"),
    "policy.lodging.guests_per_desk_staff_day": (
        "guests and residents share the desk's time: set policy.lodging.visits_per_desk_staff_day (people helped in a day).",
        "住客与上门居民共用服务台：请改设 policy.lodging.visits_per_desk_staff_day（日接待人数）。",
    ),
    "policy.travel_vouchers.interest_gained": (
        "a group visit is for recruitment: set policy.travel_vouchers.firms (employers that a group meets) or applications_per_visitor.",
        "集体来访以现场招聘为主：请改设 policy.travel_vouchers.firms（对接单位数）或 applications_per_visitor（每人现场投递上限）。",
    ),
}

GONE = {key: _gone(key, *instead) for key, instead in _INSTEAD.items()} | {
    "behaviour.applications_per_month": Sentence(
        "behaviour.applications_per_month is gone: set behaviour.sessions_per_month (how often people search) and behaviour.applications_per_session "
        "(how many posts they apply for in one go at most); the applications that come out are the outcome applications_per_seeker.",
        "behaviour.applications_per_month 已取消：请改设 behaviour.sessions_per_month（每月求职时段数）与 behaviour.applications_per_session"
        "（每个求职时段最多投递数）；实际投递数见结果指标 applications_per_seeker。",
    ),
}
"""Key of an earlier version → what to set instead."""
