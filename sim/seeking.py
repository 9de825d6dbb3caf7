"""Seeking: what people believe of offers and pay, what searching costs them, and what they live on meanwhile (part of ``behaviour``)."""

from __future__ import annotations

from sim.parameters import ParameterGroup, parameter


class Seeking(ParameterGroup):
    """Parameters of search: hours, money and beliefs."""

    # Hours and money
    sessions_per_month: float = parameter(4.0, unit="1/month", low=0, high=200, prior=(2, 10), source="assumption, by hand, so that applications per seeker are near evidence 9", en="sessions of search of an average seeker without work, where what an application promises stands to its price as usual_gain says", zh="平均每月求职时段数（无业者，投递收益与代价之比等于 usual_gain 时）")
    sessions_most: float = parameter(30, unit="1/month", low=0.1, high=1000, prior=(20, 45), source="assumption: one a day", en="sessions of search for which a month of somebody without work has hours at most", zh="无业者每月时间最多容许的求职时段数")
    student_effort: float = parameter(1.6, unit="ratio", low=0, high=5, prior=(0.8, 2), source="assumption, by hand, for target C6: recruiters come to campuses", en="hours that a final-year student has for search, relative to somebody without work", zh="应届在校生可用于求职的时间与无业者之比")
    employed_effort: float = parameter(0.35, unit="ratio", low=0, high=5, prior=(0.2, 0.6), source="assumption", en="hours that somebody in work who searches has for it, relative to somebody without work", zh="在职求职者可用于求职的时间与无业者之比")
    intern_effort: float = parameter(0.4, unit="ratio", low=0, high=2, prior=(0.1, 0.8), source="assumption", en="hours for search during an internship or a course, relative to somebody without work", zh="实习或培训期间可用于求职的时间与无业者之比")
    visiting_effort: float = parameter(3.0, unit="ratio", low=0, high=20, prior=(1.5, 6), source="assumption", en="hours of a day on a visit that go to search here, relative to a day at home; none go to search elsewhere meanwhile", zh="到访期间每日用于本地求职的时间与在家时之比（其间不在市外求职）")
    signed_effort: float = parameter(0.1, unit="ratio", low=0, high=5, prior=(0, 0.3), source="assumption", en="sessions of search after signing, relative to before, where nothing could begin earlier or the start is near", zh="签约后继续投递强度（入职在即或无法更早入职时）")
    effort_convexity: float = parameter(2.0, unit="-", low=0.1, high=1e12, prior=(1, 5), source="assumption; evidence 27 is a check", en="how steeply hours become dearer the more one searches: twice the gain for the price is 2 to the power of its inverse as many sessions", zh="求职时间边际代价的递增程度：收益与代价之比加倍，求职时段变为 2 的（其倒数）次方倍")
    usual_gain: float = parameter(0.3, unit="ratio", low=1e-9, high=1e12, prior=(0.1, 0.6), source="assumption, by hand: about what a seeker without work has with the defaults", en="what an application promises (chance of an offer times the gain looked for, log wage) over its price (months of living cost) where people search as much as sessions_per_month says", zh="每月求职时段数等于 sessions_per_month 时一次投递的预期收益（录用概率×期望涨幅）与代价（月生活费）之比")
    application_cost: int = parameter(25, unit="CNY", low=0, high=100_000, prior=(5, 60), source="assumption; what a season costs in all is a check (evidence 26)", en="cost of an application: prints, copies, photographs, certificates", zh="每次投递的花费（打印、复印、照片、证明等）")
    interview_cost: int = parameter(120, unit="CNY", low=0, high=100_000, prior=(30, 300), source="assumption; what a season costs in all is a check (evidence 26)", en="cost of going to an interview in the region beside the fare: clothes, meals", zh="在本地参加一次面试的花费（服装、餐饮等，不含车费）")
    interviews_expected: float = parameter(0.2, unit="share", low=0, high=1, prior=(0.06, 0.25), source="assumption: about what comes out", en="interviews that seekers reckon with for each application", zh="求职者预计每次投递带来的面试数")
    hours_per_application: float = parameter(2.0, unit="hours", low=0, high=1000, prior=(1, 4), source="assumption", en="hours for an application, looking for the post included", zh="每次投递所需时间（含寻找岗位）")
    hours_per_interview: float = parameter(5.0, unit="hours", low=0, high=1000, prior=(2, 8), source="assumption", en="hours for an interview, with the way there", zh="每次面试所需时间（含路途）")
    # What one lives on meanwhile
    idle_worth: float = parameter(1.5, unit="ratio", low=0.01, high=1e12, prior=(0.8, 1.8), source="assumption, by hand: unemployment near target C1", en="what a month without work is worth, what it leaves to live on and its free time, relative to the living cost", zh="无工作一个月的价值（可支配生活与闲暇）与生活费之比")
    search_horizon_months: float = parameter(12, unit="months", low=0.1, high=1e12, prior=(6, 24), source="assumption", en="months that a seeker looks ahead at most, waiting for better offers", zh="求职者等待更好机会时最多展望的月数")
    family_months: float = parameter(9, unit="months", low=0, high=1e12, prior=(3, 12), source="assumption, within what judgement says: 3 to 12", en="months of a search that the family bridges, beside own savings", zh="家庭可支撑的求职月数（自有积蓄另计）")
    family_pocket: float = parameter(0.5, unit="share", low=0, high=100, prior=(0.2, 0.8), source="assumption", en="money at hand up to which the family adds every month while it bridges a search, relative to the living cost", zh="支撑期内家庭每月补足的手头零用与生活费之比")
    pocket_later: float = parameter(0.4, unit="ratio", low=0, high=1, prior=(0.1, 0.6), source="assumption", en="the same after these months, relative to before: who lives with the family is fed, and has little for search", zh="支撑期过后零用与此前之比（家庭仍供食宿，但求职花费所剩无几）")
    # Beliefs
    offers_expected: float = parameter(0.07, unit="share", low=1e-6, high=1, prior=(0.02, 0.12), source="assumption: about what comes out", en="offers that people expect for each application before they have tried, and that others tell them are usual", zh="未尝试前预期每次投递获得录用的概率（也是他人所说的通常水平）")
    offers_prior: float = parameter(20, unit="applications", low=0.01, high=1e12, prior=(5, 60), source="assumption", en="applications that this expectation counts for", zh="该预期相当于多少次投递的经验")
    offers_memory: float = parameter(80, unit="applications", low=0.01, high=1e12, prior=(40, 200), source="assumption: two seasons", en="applications that people remember at most", zh="最多记住的投递次数")
    pay_prior: float = parameter(2, unit="offers", low=0.01, high=1e12, prior=(1, 5), source="evidence 78: a first offer moves what is expected by a third, later ones by less", en="offers that the pay expected at first counts for", zh="最初期望薪资相当于多少个录用通知的经验")
    pay_memory: float = parameter(4, unit="offers", low=0.01, high=1e12, prior=(1, 12), source="evidence 78: with news of others, nearly as much", en="offers that people remember at most", zh="最多记住的录用通知数")
    pay_spread_expected: float = parameter(0.35, unit="log sd", low=0, high=2, prior=(0.25, 0.45), source="evidence 21", en="spread of pay among offers that seekers reckon with", zh="求职者预计的录用薪资离散度")
    applications_reckoned: float = parameter(6, unit="1/month", low=0, high=1e6, prior=(3, 12), source="assumption: about what comes out; evidence 9", en="applications a month by which an average seeker reckons how long an offer takes", zh="平均求职者估计等待录用时间所用的月投递数")
    peer_news: float = parameter(0.5, unit="offers", low=0, high=1e6, prior=(0, 1.5), source="assumption", en="what a peer tells once a month counts for: pay where the peer has found work, and how offers come", zh="每月一次同伴消息的分量（同伴入职的薪资与录用难易）")
    peer_news_days: int = parameter(365, unit="days", low=0, high=10_000, prior=(180, 730), source="assumption", en="time after it began for which a job of a peer is news of pay", zh="同伴入职多久之内其薪资仍算新消息")
    peer_posts: float = parameter(0.25, unit="share", low=0, high=1, prior=(0, 0.5), source="assumption: once a month", en="sessions of search in which a peer tells of the open posts at work", zh="同伴告知其单位在招岗位的求职时段占比")
    bid_news: float = parameter(0.1, unit="offers", low=0, high=1e6, prior=(0, 0.3), source="assumption, sign of evidence 37", en="what the pay of a post compared at a fair counts for", zh="招聘会上比较的每个岗位薪资的分量")
    contact_news: float = parameter(0.5, unit="offers", low=0, high=1e6, prior=(0, 1.5), source="assumption, sign of evidence 44", en="what the first contact of a search counts for, of how offers come", zh="求职期内首次触达（关于录用难易）的分量")
    lecture_news: float = parameter(0.5, unit="offers", low=0, high=1e6, prior=(0, 1.5), source="assumption, sign of evidence 38", en="what the first lecture of a search counts for, of pay and of how offers come", zh="求职期内首次讲座（关于薪资与录用难易）的分量")
    talk_news: float = parameter(0.5, unit="offers", low=0, high=1e6, prior=(0, 1.5), source="assumption", en="the same, a first talk by employed local youth", zh="求职期内首次分享会的分量")
    advice_news: float = parameter(1.0, unit="offers", low=0, high=1e6, prior=(0, 3), source="assumption", en="the same, one-to-one advice", zh="一对一指导的分量")
    plan_news: float = parameter(1.0, unit="offers", low=0, high=1e6, prior=(0, 3), source="assumption", en="the same, the plan of a case file", zh="帮扶计划的分量")
    mentor_news: float = parameter(3.0, unit="offers", low=0, high=1e6, prior=(1, 6), source="assumption, sign of evidence 43", en="the same, a career mentor", zh="职业导师的分量")
    plan_hours: float = parameter(0.3, unit="share", low=0, high=1, prior=(0, 0.6), source="assumption", en="hours of an application that the plan of a case file saves: suitable posts are picked out", zh="帮扶计划节省的投递时间占比（代为挑选合适岗位）")
    # Giving up, and coming back
    give_up_offers: float = parameter(0.04, unit="share", low=0, high=1, prior=(0.02, 0.055), source="assumption: little more than half of what is usual", en="offers expected for each application below which a seeker may give up", zh="预期每次投递录用概率低于此值者可能放弃求职")
    give_up_per_month: float = parameter(0.15, unit="1/month", low=0, high=1, prior=(0.05, 0.4), source="assumption", en="who then gives up, a month", zh="此类求职者月放弃率")
    give_up_days: float = parameter(120, unit="days", low=1, high=10_000, prior=(45, 240), source="assumption", en="mean time until they search again, with money for as long as they look ahead; less with less", zh="放弃者重新求职的平均间隔（积蓄足以支撑展望期时；积蓄越少越早）")
    hope_regained: float = parameter(0.5, unit="share", low=0, high=1, prior=(0.2, 1), source="assumption", en="part of the way back to what is usual that hope for offers has made after a pause", zh="停顿之后对录用机会的预期向通常水平恢复的比例")
