"""The opening: what people and employers bring with them, and how far things have come on the first morning. Nothing is burnt in."""

from __future__ import annotations

from sim.parameters import ParameterGroup, parameter


class Opening(ParameterGroup):
    """What is drawn for a person before anything happens, classes that enter later included, and the state of things on the first morning."""

    # Traits and means of a person
    effort_spread: float = parameter(0.9, unit="log sd", low=0, high=2, prior=(0.5, 1.2), source="assumption, by hand, so that applications sent by graduation spread as in target C4", en="spread of search effort between people", zh="求职强度的个体离散度")
    targeting_spread: float = parameter(0.15, unit="share", low=0, high=1, prior=(0.05, 0.25), source="assumption", en="spread of targeting between people", zh="对口搜索占比的个体离散度")
    skill_in_hopes: float = parameter(0.08, unit="log wage/sd", low=-1, high=1, prior=(0, 0.2), source="assumption: about what skill is paid", en="rise of expected pay with skill", zh="期望薪资随技能的提升")
    savings: float = parameter(3000, unit="CNY", low=0, high=10_000_000, prior=(1000, 10_000), source="assumption", en="median savings of a student", zh="在校生积蓄中位数")
    savings_spread: float = parameter(0.8, unit="log sd", low=0, high=3, prior=(0.5, 1.2), source="assumption", en="spread of savings", zh="积蓄离散度")
    savings_recent: float = parameter(2.0, unit="ratio", low=0, high=100, prior=(1, 4), source="assumption", en="savings of the class that graduated last, relative to a student's", zh="上一届毕业生积蓄与在校生之比")
    savings_earlier: float = parameter(6.0, unit="ratio", low=0, high=100, prior=(2, 12), source="assumption", en="savings of earlier classes, relative to a student's", zh="往届毕业生积蓄与在校生之比")
    interest_spread: float = parameter(0.8, unit="log sd", low=0, high=3, prior=(0.4, 1.2), source="assumption", en="spread of the share of the search that goes to the region, people from outside campuses", zh="市外高校学生求职意向份额的离散度")
    local_interest_spread: float = parameter(0.1, unit="share", low=0, high=1, prior=(0.03, 0.2), source="assumption", en="the same, locals", zh="本地人求职留本地份额的离散度")
    attachment: float = parameter(0.15, unit="-", low=0, high=5, prior=(0, 0.5), source="assumption", en="mean ties of locals to the region", zh="本地人归属感均值")
    attachment_spread: float = parameter(0.1, unit="-", low=0, high=5, prior=(0, 0.3), source="assumption", en="spread of these ties", zh="本地人归属感离散度")
    # How far people have come
    earlier_classes: int = parameter(4, unit="classes", low=1, high=40, prior=(3, 6), source="assumption", en="classes before the one that graduated last", zh="更早毕业的届数")
    school_year_days: int = parameter(290, unit="days", low=0, high=400, prior=(270, 300), source="assumption: Chinese academic year", en="days from the beginning of the last school year to graduation, for the class that is in it", zh="末学年开学至毕业天数（初始应届）")
    paused_recent: float = parameter(0.05, unit="share", low=0, high=1, prior=(0.02, 0.1), source="assumption", en="share of the class that graduated last which pauses (slow employment)", zh="上一届毕业生中慢就业占比")
    preparing_recent: float = parameter(0.06, unit="share", low=0, high=1, prior=(0.02, 0.08), source="evidence 96", en="share of the class that graduated last which prepares for an exam", zh="上一届毕业生中备考占比")
    vocational_seekers: float = parameter(3.0, unit="ratio", low=0.01, high=100, prior=(1, 4), source="assumption, near what the model comes to by itself", en="share of vocational graduates who search, relative to that of others", zh="高职毕业生初始求职占比与其他毕业生之比")
    skill_of_seekers: float = parameter(0.6, unit="1/sd", low=0, high=3, prior=(0.2, 0.9), source="assumption, near what the model comes to by itself", en="fall of the log share who search with skill", zh="初始求职占比（对数）随技能下降的幅度")
    search_age_days: float = parameter(250, unit="days", low=0, high=2000, prior=(60, 350), source="assumption, near what the model comes to by itself", en="mean time for which seekers have searched", zh="求职者已求职时长均值")
    search_age_recent: float = parameter(180, unit="days", low=1, high=2000, prior=(120, 300), source="assumption", en="longest such time in the class that graduated last", zh="上一届毕业生已求职时长上限")
    search_age_earlier: float = parameter(800, unit="days", low=1, high=2000, prior=(200, 1600), source="assumption, near what the model comes to by itself", en="longest such time in earlier classes", zh="往届毕业生已求职时长上限")
    hope_of_seekers: float = parameter(0.7, unit="ratio", low=0, high=10, prior=(0.3, 1), source="assumption, near what the model comes to by itself", en="chance of an offer that seekers expect, relative to those who have not tried", zh="求职者预期的录用概率与未求职者之比")
    newcomer_attachment: float = parameter(0.1, unit="-", low=0, high=5, prior=(0, 0.3), source="assumption", en="ties of graduates of outside campuses who live here already", zh="已在本地居住的市外高校毕业生归属感")
    interest_elsewhere: float = parameter(0.3, unit="ratio", low=0, high=1, prior=(0.1, 0.6), source="assumption", en="share of the search that goes to the region, of those who live elsewhere, relative to when they studied", zh="在外毕业生求职意向份额与在校时之比")
    tenure_days: float = parameter(1400, unit="days", low=0, high=20_000, prior=(700, 2100), source="assumption, near what the model comes to by itself", en="mean tenure of the employed", zh="在职者任职时长均值")
    own_field_share: float = parameter(0.86, unit="share", low=0, high=1, prior=(0.65, 0.95), source="assumption, near what the model comes to by itself", en="least share of the employed with a job in their field: the rest takes a job in any", zh="在职者中专业对口的最低占比（其余不限行业）")
    better_job_share: float = parameter(0.8, unit="share", low=0, high=1, prior=(0.5, 1), source="assumption, near what the model comes to by itself", en="share of the employed who have had the choice of two employers and work for the one that pays more", zh="在职者中曾在两家单位间选择、并留在工资较高一家者占比")
    wage_noise: float = parameter(0.2, unit="log sd", low=0, high=2, prior=(0.1, 0.3), source="assumption", en="spread of pay between the employed of an employer", zh="同一单位在职者工资离散度")
    # Firms and posts
    firm_age_days: float = parameter(3650, unit="days", low=0, high=40_000, prior=(1800, 7300), source="assumption", en="age of the oldest established employer", zh="既有用人单位最长成立时间")
    startup_age_days: float = parameter(1000, unit="days", low=0, high=20_000, prior=(500, 1500), source="assumption", en="age of the oldest start-up", zh="既有初创企业最长成立时间")
    slots_filled: float = parameter(0.9, unit="share", low=0, high=1, prior=(0.7, 1), source="assumption", en="advertising slots that hold a post at most", zh="初始招聘广告位最高占用比例")
    post_age_days: float = parameter(30, unit="days", low=0, high=400, prior=(10, 45), source="assumption", en="age of the oldest open post", zh="初始在招岗位最长已开放天数")
    days_to_fill: float = parameter(40, unit="days", low=1, high=1000, prior=(25, 60), source="evidence 14", en="time that employers expect a post to take to fill", zh="用人单位预期的岗位填补天数")
