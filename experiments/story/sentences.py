"""The words of a story: a sentence in each language for every clause, and the names of states, fields and accounts.

An English sentence is what follows "She …" or "He …"; a Chinese one is a clause without a subject. ``{n:one|many}`` chooses between one and more,
``{n:times}`` writes nothing, " twice", " 3 times". Sentences of columns that tell their own story stand in `sim/watched.py`.
"""

from __future__ import annotations

from typing import Self

SENTENCES: dict[str, tuple[str, str]] = {
    "entered": ("came into the final year of study", "升入毕业年级"),
    "aged_out": ("is no longer counted among the young, and goes on with life as it was", "不再计入青年人口，生活照常"),
    "studies_on": ("went on to study, and is no longer counted among the young who look for work", "升学，不再计入求职青年"),
    "admitted": ("was admitted to further study from the autumn", "获录取，秋季升学"),
    "search_began.student": ("began to look for work while still studying", "在校期间开始求职"),
    "search_began.pause": ("began to look for work after a pause", "结束休整，开始求职"),
    "search_began.exam": ("began to look for work after an exam that did not go well", "考试落榜，开始求职"),
    "graduated.search": ("graduated and went on looking for work", "毕业，继续求职"),
    "graduated.signed": ("graduated, with a contract in hand", "毕业，此前已签约"),
    "graduated.busy": ("graduated, still in training", "毕业，实习培训尚未结束"),
    "graduated.pause": ("graduated and took a pause before looking for work", "毕业，暂缓就业"),
    "graduated.study": ("graduated and waited for further study to begin", "毕业，等待升学"),
    "graduated.exam": ("graduated and prepared for an exam", "毕业，备考"),
    "learned": ("learned of {levers}", "得知{levers}"),
    "forgot": ("forgot about {levers}", "淡忘了{levers}"),
    "applied": ("sent {n} applications{among}", "投递简历{n}份{among}"),
    "applied.one": ("applied to {employer}{way}, for {wage} CNY a month", "{way}向{employer}投递简历，岗位月薪{wage}元"),
    "applied.lost": ("sent an application{way} that nobody kept", "{way}投递简历1份，未被留存"),
    "called": ("was called to {n} interviews", "收到面试邀请{n}次"),
    "called.more": ("was called to {n:one more interview|{n} more interviews}", "另收到面试邀请{n}次"),
    "called.one": ("was called to an interview by {employer}", "收到{employer}的面试邀请"),
    "interviewed": ("had {n} interviews", "参加面试{n}次"),
    "interviewed.one": ("was interviewed by {employer}", "参加{employer}面试"),
    "missed.away": ("missed {n:an interview|{n} interviews} for want of a trip", "因未成行错过面试{n}次"),
    "missed.engaged": ("let {n:an interview|{n} interviews} go, being better placed already", "因已有更好去向放弃面试{n}次"),
    "missed.short": ("missed {n:an interview|{n} interviews} for want of money", "因缺钱错过面试{n}次"),
    "missed.founder": ("let {n:an interview|{n} interviews} go for the firm", "因创业放弃面试{n}次"),
    "offered": ("was offered a job by {employer}: {wage} CNY a month, to be answered by {by}", "获{employer}录用通知，月薪{wage}元，须于{by}前答复"),
    "offered_outside": (
        "was offered a job outside the region: {wage} CNY a month, to be answered by {by}", "获外地单位录用通知，月薪{wage}元，须于{by}前答复",
    ),
    "offer_withdrawn": ("lost the offer of {employer}, which withdrew it", "{employer}撤回录用通知"),
    "declined.preferred": (
        "turned down {employer}, which offered {wage} CNY a month, for {preferred}", "谢绝{employer}的录用（月薪{wage}元），选择{preferred}",
    ),
    "declined.host": ("turned down an offer of the host", "谢绝培养单位的录用"),
    "declined": ("turned down {n} offers", "谢绝录用{n}次"),
    "declined.one": ("turned down {employer}, which offered {wage} CNY a month", "谢绝{employer}的录用，月薪{wage}元"),
    "turned_down": ("was not chosen after {n:the interview|{n} interviews}", "面试后未获录用{n}次"),
    "signed.here": ("was offered a job by {employer} and signed: {wage} CNY a month{start}", "获{employer}录用并签约，月薪{wage}元{start}"),
    "signed.thought_over": ("took the offer of {employer}: {wage} CNY a month{start}", "接受{employer}的录用并签约，月薪{wage}元{start}"),
    "signed.elsewhere": ("signed with an employer outside the region: {wage} CNY a month{start}", "与外地单位签约，月薪{wage}元{start}"),
    "contract_broken.better": ("gave up the contract with {employer} for a better one", "为更好的去向放弃与{employer}的合约"),
    "contract_broken.closed": ("lost the contract with {employer}, which had closed", "{employer}关闭，合约落空"),
    "contract_broken.own_firm": ("gave up the contract with {employer} for a firm of {own}", "为自主创业放弃与{employer}的合约"),
    "contract_broken.left_region": ("gave up the contract with {employer} on leaving the region", "离开本地，放弃与{employer}的合约"),
    "contract_broken.other": ("did not take up the contract with {employer}", "未履行与{employer}的合约"),
    "job_left.new_job": ("left {employer}{after} for a new job", "{after}离开{employer}，另谋新职"),
    "job_left.own_firm": ("left {employer}{after} to start a business", "{after}从{employer}离职，自主创业"),
    "job_left.closed": ("lost the job{after}: {employer} closed", "{employer}关闭，{after}失去工作"),
    "job_left.accident": ("lost the job with {employer}{after}, through an accident", "{after}因工伤从{employer}离职"),
    "job_left.left_region": ("gave up the job with {employer}{after}", "{after}从{employer}离职"),
    "job_left.ended": ("parted from {employer}{after}", "{after}从{employer}离职"),
    "job_began.here": ("began work with {employer} for {wage} CNY a month", "入职{employer}，月薪{wage}元"),
    "job_began.elsewhere": ("began work outside the region for {wage} CNY a month", "在外地入职，月薪{wage}元"),
    "raise": ("had a raise to {wage} CNY a month", "月薪涨至{wage}元"),
    "internship_began.own": ("began an internship with {employer}", "开始在{employer}实习"),
    "internship_began.graduate": ("took up a paid place with {employer}, until {until}", "到{employer}见习，至{until}"),
    "internship_began.government": ("took up a student place in government, until {until}", "参加政务实习，至{until}"),
    "internship_began.industry": ("took up a student place with {employer}, until {until}", "到{employer}产业实习，至{until}"),
    "internship_began.summer": ("took up summer practice with {employer}, until {until}", "到{employer}暑期实践，至{until}"),
    "internship_began.practice": ("took part in practice in villages, until {until}", "参加乡村社会实践，至{until}"),
    "internship_ended.finished": ("finished the internship{kept}", "实习期满{kept}"),
    "internship_ended.dropped": ("gave up the internship", "中断实习"),
    "internship_ended.left": ("left the internship for a job", "提前结束实习去就业"),
    "course_began.own": ("began a course at {own} cost ({fee} CNY)", "自费参加培训（{fee}元）"),
    "course_began.menu": ("began a course from the menu, until {until}", "参加菜单式培训，至{until}"),
    "course_began.contracted": ("began a class to order{host}, until {until}", "参加{host}订单班，至{until}"),
    "course_ended.finished": ("finished the course", "培训结业"),
    "course_ended.dropped": ("gave up the course", "中断培训"),
    "course_ended.left": ("left the course for a job", "中止培训去就业"),
    "trip": ("came to the region {n} times{among}; fares {fare} CNY in all", "{n}次来本地{among}，路费共{fare}元"),
    "trip.interview": ("came to the region for an interview (fare {fare} CNY there and back)", "来本地面试（往返路费{fare}元）"),
    "trip.explore": ("came to the region to look round (fare {fare} CNY there and back)", "来本地考察（往返路费{fare}元）"),
    "trip.fair": ("came to the region for a job fair (fare {fare} CNY there and back)", "来本地参加招聘会（往返路费{fare}元）"),
    "trip.place": ("came to the region for a student place, with board and lodging", "来本地实习，食宿有保障"),
    "trip.group_visit": ("came to see the region with a group of students", "随高校学生团来本地走访"),
    "paid_night": ("paid for {n:a night|{n} nights} ({cost} CNY)", "自费住宿{n}晚（{cost}元）"),
    "went_home": ("went home", "返程"),
    "moved_in.job": ("moved to the region", "迁入本地"),
    "moved_in.home": ("came back to the region", "回到本地"),
    "left_region.job": ("moved away for it", "因此迁离本地"),
    "left_region.left": ("left the region", "离开本地"),
    "founded": ("founded {employer} with {funds}", "创办{employer}，投入{funds}"),
    "borrowed.scheme": ("borrowed {amount} CNY from the loan scheme at {rate} %", "获创业贷款{amount}元，年利率{rate}%"),
    "borrowed.bank": ("borrowed {amount} CNY from a bank at {rate} %", "向银行贷款{amount}元，年利率{rate}%"),
    "firm_staff.hired": ("hired {n:somebody|{n} people}", "招用员工{n}人"),
    "firm_staff.left": ("lost {n:an employee|{n} employees}", "{n}名员工离开"),
    "firm_desk.got": ("got a desk in the incubator", "入驻孵化工位"),
    "firm_desk.left": ("left the desk in the incubator", "退出孵化工位"),
    "firm_mentor_ended": ("finished the time with the mentor", "导师指导期结束"),
    "loan_repaid": ("paid the loan back", "还清贷款"),
    "firm_closed": ("had to close the firm{after}{owed}", "{after}企业关闭{owed}"),
    "received.vouchers": ("had {amount} CNY from a travel voucher", "使用体验券{amount}元"),
}
"""Clause → sentence in English and in Chinese."""

PHRASES: dict[str, tuple[str, str]] = {
    "title": ("The story of person {person}", "第{person}号青年的经历"),
    "subtitle": ("{programme}: replicate {replicate}, seed {seed}", "{programme}：第{replicate}次模拟，随机种子{seed}"),
    "man": ("a man", "男"),
    "woman": ("a woman", "女"),
    "from_here": ("of the region, at home in {district}", "本地青年，家住{district}"),
    "from_elsewhere": ("from elsewhere, drawn to {district}", "外地青年，意向地{district}"),
    "student": ("Studies for {education} in {field} at {campus}{distance}, class of {year}", "{campus}{distance}{field}{education}在读，{year}届"),
    "graduate": ("Has {education} in {field} from {campus}{distance}, class of {year}", "{campus}{distance}{field}{education}，{year}届毕业"),
    "distance": (" ({km} km away)", "（距本地{km}公里）"),
    "wishes.student": (
        "Skill {skill}; expects {expected} CNY a month and would take {least} or more.",
        "能力{skill}；期望月薪{expected}元，{least}元以上可接受。",
    ),
    "wishes.graduate": (
        "Skill {skill}; expected {expected} CNY a month at graduation and would now take {least} or more.",
        "能力{skill}；毕业时期望月薪{expected}元，现{least}元以上可接受。",
    ),
    "on": ("{date}: {state}", "{date}：{state}"),
    "knows": ("; knows of {levers}", "；知晓{levers}"),
    "money_at_hand": ("{n} CNY at hand", "手头{n}元"),
    "from_programme": ("Through the programme {pronoun} {list}.", "通过项目：{list}。"),
    "from_programme.nothing": ("Nothing came from the programme.", "没有得到项目的服务或资金。"),
    "she": ("she", "她"),
    "he": ("he", "他"),
    "money": (
        "Money: {opening} CNY at first; in: {income}; out: {spent}; {closing} CNY at the end.",
        "收支：期初{opening}元；收入：{income}；支出：{spent}；期末{closing}元。",
    ),
    "flow": ("{account} {n}", "{account}{n}元"),
    "nothing": ("nothing", "无"),
    "studying": ("studying, not looking for work yet", "在校，尚未求职"),
    "studying.searching": ("studying and looking for work", "在校求职"),
    "studying.signed": ("studying, signed with {employer} for {wage} CNY a month{start}", "在校，已与{employer}签约，月薪{wage}元{start}"),
    "searching": ("looking for work", "求职中"),
    "searching.signed": ("waiting to begin with {employer} for {wage} CNY a month{start}", "等待入职{employer}，月薪{wage}元{start}"),
    "training": ("in a course", "参加培训"),
    "intern": ("interning with {employer}", "在{employer}实习"),
    "employed": ("working with {employer} for {wage} CNY a month", "在{employer}工作，月薪{wage}元"),
    "founder": ("running {employer}{staff}{owed}", "经营{employer}{staff}{owed}"),
    "inactive": ("not looking for work", "未就业，暂未求职"),
    "aged_out": ("no longer counted among the young", "不再计入青年人口"),
    "absent": ("still at school", "尚未升入毕业年级"),
    "resident": ("living in the region", "住在本地"),
    "visiting": ("visiting the region", "在本地短住"),
    "elsewhere": ("away from the region", "人在外地"),
    "staff": (" with {n:one employee|{n} employees}", "，雇用{n}人"),
    "owed": (", {n} CNY of the loan to be repaid", "，贷款尚欠{n}元"),
    "unpaid": (" and left {n} CNY of the loan unpaid", "，贷款尚欠{n}元"),
    "start": (", from {date}", "，{date}入职"),
    "after": (" after {time}", "工作{time}后"),
    "after_firm": (" after {time}", "经营{time}后"),
    "funds.own": ("{n} CNY of savings", "积蓄{n}元"),
    "funds.family": ("{n} CNY from the family", "家庭支持{n}元"),
    "funds.grant": ("a grant of {n} CNY", "创业补贴{n}元"),
    "kept": (" and was put forward by the host", "，获实习单位推荐或录用"),
    "host": (" for {employer}", "{employer}"),
    "services": ("{n} of the services", "{n}项服务"),
    "outside": ("an employer outside the region", "外地单位"),
    "the_outside": ("the employer outside the region", "外地单位"),
    "employer": ("employer {row}", "{row}号单位"),
    "state_owned": ("state-owned employer {row}", "{row}号国有单位"),
    "startup": ("start-up {row}", "{row}号初创企业"),
    "where": ("{name} ({industry}, {district})", "{name}({district}，{industry})"),
    "in_district": (" in {district}", "{district}"),
    "way.fair": (" at a fair", "在招聘会上"),
    "way.campus": (" on a campus trip", "在进校招聘中"),
    "way.casework": (" through the caseworker", "经专员推荐"),
    "way.desk": (" at a station's desk", "经驿站服务台"),
    "way.referral": (" through a friend", "经熟人推荐"),
    "among": (" ({list})", "({list})"),
    "among.fair": ("{n} at {n:a fair|fairs}", "招聘会{n}份"),
    "among.campus": ("{n} on {n:a campus trip|campus trips}", "进校招聘{n}份"),
    "among.casework": ("{n} through the caseworker", "专员推荐{n}份"),
    "among.desk": ("{n} at a station's desk", "驿站服务台{n}份"),
    "among.referral": ("{n} through {n:a friend|friends}", "熟人推荐{n}份"),
    "among.lost": ("{n} not kept", "{n}份未被留存"),
    "among.interviews": (", {n:once|{n} times} for an interview", "，其中赴面试{n}次"),
    "among.all_interviews": (" for interviews", "面试"),
    "days": ("{n:a day|{n} days}", "{n}天"),
    "months": ("{n:a month|{n} months}", "{n}个月"),
    "years": ("{n:a year|{n} years}", "{n}年"),
}
"""Parts of sentences, headings and portraits, in English and in Chinese."""

NAMES: dict[str, tuple[str, str]] = {
    "vocational": ("a vocational diploma", "高职"),
    "bachelor": ("a bachelor's degree", "本科"),
    "master": ("a master's degree", "硕士"),
    "study.manufacturing": ("manufacturing", "制造类"),
    "study.computing": ("computing", "计算机类"),
    "study.business": ("business", "经管类"),
    "study.services": ("services", "服务类"),
    "study.agriculture": ("agriculture", "农业类"),
    "industry.manufacturing": ("manufacturing", "制造业"),
    "industry.computing": ("computing", "信息技术业"),
    "industry.business": ("business", "商贸业"),
    "industry.services": ("services", "服务业"),
    "industry.agriculture": ("agriculture", "农业"),
    "wages": ("wages", "工资"),
    "family_support": ("family", "家庭支持"),
    "living_costs": ("living", "生活费"),
    "search_costs": ("job search", "求职费用"),
    "fares": ("fares", "路费"),
    "paid_nights": ("nights", "住宿费"),
    "vouchers": ("vouchers", "体验券"),
    "course_fees": ("course", "培训费"),
    "capital_invested": ("own firm", "创业投入"),
    "profits": ("profits", "经营所得"),
    "stipends": ("stipends", "实习见习补贴"),
    "subsidies": ("subsidies", "租房补贴"),
    "homes": ("home", "购房支出"),
    "arrears_recovered": ("wages recovered", "追回欠薪"),
    "other": ("other", "其他"),
    "month": ("Month", "月份"),
    "savings": ("At hand", "月末结余"),
}
"""Names of education, fields, industries and accounts, in English and in Chinese."""

SKILLS: tuple[tuple[float, str, str], ...] = (
    (-1.5, "far below average", "偏弱"), (-0.5, "below average", "中下"), (0.5, "about average", "中等"),
    (1.5, "above average", "中上"), (float("inf"), "far above average", "突出"),
)  # fmt: skip
"""Upper bound (sd) → words; skill is standard normal at graduation."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LANGUAGES = ("en", "zh")


class Number(int):
    """A whole number that sentences write as people do.

    Args:
        value: The number.
        language: Language of the sentence.
    """

    language: str

    def __new__(cls, value: float, language: str) -> Self:  # noqa: D102 (see the class)
        number = super().__new__(cls, value)
        number.language = language
        return number

    def __format__(self, spec: str) -> str:
        """Write the number; ``one|many`` chooses, ``times`` counts."""
        if spec == "times":
            return "" if self == 1 else " twice" if self == 2 else f" {int(self):,} times"
        if "|" in spec:
            return spec.split("|")[self != 1]
        return f"{int(self):,}" if self.language == "en" or abs(self) >= 10_000 else str(int(self))
