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
    savings_kept: float = parameter(0.5, unit="ratio", low=0, high=100, prior=(0.2, 1), source="assumption, near what the model comes to by itself", en="savings besides those from the present job, relative to a student's: of the class that graduated last; as much more for each class since", zh="现职积蓄以外的积蓄与在校生之比（上一届；此前每早一届再加同样一份）")
    interest_spread: float = parameter(0.8, unit="log sd", low=0, high=3, prior=(0.4, 1.2), source="assumption", en="spread of the share of the search that goes to the region, people from outside campuses", zh="市外高校学生求职意向份额的离散度")
    local_interest_spread: float = parameter(0.1, unit="share", low=0, high=1, prior=(0.03, 0.2), source="assumption", en="the same, locals", zh="本地人求职留本地份额的离散度")
    attachment: float = parameter(0.15, unit="-", low=0, high=5, prior=(0, 0.5), source="assumption", en="mean ties of locals to the region", zh="本地人归属感均值")
    attachment_spread: float = parameter(0.1, unit="-", low=0, high=5, prior=(0, 0.3), source="assumption", en="spread of these ties", zh="本地人归属感离散度")
    # How far people have come
    earlier_classes: int = parameter(4, unit="classes", low=1, high=40, prior=(3, 6), source="assumption", en="classes before the one that graduated last", zh="更早毕业的届数")
    school_year_days: int = parameter(290, unit="days", low=0, high=400, prior=(270, 300), source="assumption: Chinese academic year", en="days from the beginning of the last school year to graduation, for the class that is in it", zh="末学年开学至毕业天数（初始应届）")
    paused_recent: float = parameter(0.01, unit="share", low=0, high=1, prior=(0.003, 0.03), source="assumption, near what the model comes to by itself", en="share of the class that graduated last which pauses (slow employment); of earlier ones less, with the square of the classes since", zh="上一届毕业生中慢就业占比（更早各届按届数平方递减）")
    preparing_recent: float = parameter(0.085, unit="share", low=0, high=1, prior=(0.03, 0.12), source="assumption, near what the model comes to by itself; evidence 96", en="share of the class that graduated last which prepares for an exam; of earlier ones less, in the same way", zh="上一届毕业生中备考占比（更早各届同样递减）")
    vocational_seekers: float = parameter(3.0, unit="ratio", low=0.01, high=100, prior=(1, 4), source="assumption, near what the model comes to by itself", en="share of vocational graduates who search, relative to that of others", zh="高职毕业生初始求职占比与其他毕业生之比")
    skill_of_seekers: float = parameter(0.7, unit="1/sd", low=0, high=3, prior=(0.2, 0.9), source="assumption, near what the model comes to by itself", en="fall of the log share who search with skill", zh="初始求职占比（对数）随技能下降的幅度")
    effort_of_seekers: float = parameter(0.35, unit="-", low=0, high=3, prior=(0.1, 0.6), source="assumption, near what the model comes to by itself", en="fall of the log share who search with the log of diligence: who searches less finds later", zh="初始求职占比（对数）随求职强度（对数）下降的幅度")
    seekers_elsewhere: float = parameter(2.6, unit="ratio", low=0, high=100, prior=(1, 4), source="assumption, near what the model comes to by itself", en="share who search, and the time for which they have searched, of people from elsewhere who live there, relative to who lives here", zh="非本地生源在外者求职占比与已求职时长，与在本地者之比")
    locals_elsewhere: float = parameter(1.5, unit="ratio", low=0, high=100, prior=(1, 2.5), source="assumption, near what the model comes to by itself", en="the same, of locals who live elsewhere: without work many come home", zh="同上：在外本地生源（失业者多返乡）")
    search_age_days: float = parameter(180, unit="days", low=0, high=2000, prior=(60, 350), source="assumption, near what the model comes to by itself", en="mean time for which seekers have searched, never longer than since graduation", zh="求职者已求职时长均值（不超过毕业以来的时间）")
    search_age_rise: float = parameter(0.14, unit="ratio", low=0, high=10, prior=(0, 0.3), source="assumption, near what the model comes to by itself", en="rise of that time with the time since graduation", zh="该时长随毕业以来时间的增加")
    hope_of_seekers: float = parameter(0.95, unit="ratio", low=0, high=10, prior=(0.5, 1.2), source="assumption, near what the model comes to by itself", en="chance of an offer that seekers expect, relative to those who have not tried", zh="求职者预期的录用概率与未求职者之比")
    newcomer_attachment: float = parameter(0.085, unit="1/year", low=0, high=5, prior=(0, 0.3), source="assumption, near what the model comes to by itself", en="ties of graduates of outside campuses who live here already: for each year since graduation, and for having come", zh="已在本地居住的市外高校毕业生归属感（毕业以来每年一份，另加来此一份）")
    settled_at_once: float = parameter(0.15, unit="share", low=0, high=1, prior=(0, 0.3), source="assumption, near what the model comes to by itself", en="of graduates of outside campuses who come to live here, those who do so on graduation", zh="来本地定居的市外高校毕业生（含本地生源）中毕业即来者占比")
    settling_years: float = parameter(2.5, unit="years", low=0.01, high=100, prior=(0.5, 3), source="assumption, near what the model comes to by itself", en="time in which graduates of outside campuses come to live here, locals among them", zh="市外高校毕业生（含本地生源）来本地定居的时间尺度")
    skill_of_residents: float = parameter(0.4, unit="1/sd", low=-3, high=3, prior=(0, 0.8), source="assumption, near what the model comes to by itself", en="rise of the log odds to live here with skill: jobs here are chosen, and choose", zh="居住本地的对数几率随技能的提升")
    tenure_share: float = parameter(0.8, unit="ratio", low=0, high=100, prior=(0.4, 2), source="assumption, near what the model comes to by itself", en="mean tenure of the employed, cut off at graduation, relative to the time since", zh="在职者任职时长均值与毕业以来时间之比（截断于毕业日）")
    on_the_job_share: float = parameter(0.75, unit="ratio", low=0, high=4, prior=(0.4, 1), source="assumption, near what the model comes to by itself", en="share of the employed who look for a better job, relative to that of jobs just begun: who looks moves on", zh="在职者中寻找更好工作者占比与新入职者之比（求变者已先离开）")
    own_field_share: float = parameter(0.84, unit="share", low=0, high=1, prior=(0.65, 0.95), source="assumption, near what the model comes to by itself", en="least share of the employed with a job in their field: the rest takes a job in any", zh="在职者中专业对口的最低占比（其余不限行业）")
    better_job_share: float = parameter(0.8, unit="share", low=0, high=1, prior=(0.5, 1), source="assumption, near what the model comes to by itself", en="share of the employed who have had the choice of two employers and work for the one that pays more", zh="在职者中曾在两家单位间选择、并留在工资较高一家者占比")
    wage_noise: float = parameter(0.12, unit="log sd", low=0, high=2, prior=(0.05, 0.2), source="assumption, near what the model comes to by itself", en="spread of pay between the employed of an employer", zh="同一单位在职者工资离散度")
    # Firms and posts
    firm_age_days: float = parameter(3650, unit="days", low=0, high=40_000, prior=(1800, 7300), source="assumption", en="age of the oldest established employer", zh="既有用人单位最长成立时间")
    startup_age_days: float = parameter(1400, unit="days", low=0, high=20_000, prior=(700, 2000), source="assumption, near what the model comes to by itself", en="age of the oldest start-up, never older than since the founder's graduation", zh="既有初创企业最长成立时间（不早于创业者毕业）")
    founders_recent: float = parameter(0.4, unit="ratio", low=0, high=1, prior=(0.1, 0.8), source="assumption, near what the model comes to by itself", en="share of founders in the class that graduated last, relative to founders_earlier; those between rise evenly", zh="上一届毕业生创业占比与 founders_earlier 之比（其间各届均匀递增）")
    confidence_of_founders: float = parameter(0.75, unit="1/sd", low=0, high=3, prior=(0.3, 1.2), source="assumption, near what the model comes to by itself", en="rise of the log share of founders with confidence", zh="创业占比（对数）随创业信心的提升")
    slots_filled: float = parameter(0.9, unit="share", low=0, high=1, prior=(0.7, 1), source="assumption", en="advertising slots that hold a post at most", zh="初始招聘广告位最高占用比例")
    post_age_days: float = parameter(60, unit="days", low=0, high=400, prior=(20, 90), source="assumption, near what the model comes to by itself", en="age of the oldest open post", zh="初始在招岗位最长已开放天数")
    posts_underway: float = parameter(0.08, unit="ratio", low=0, high=1, prior=(0, 0.2), source="assumption, near what the model comes to by itself", en="posts planned or signed for, neither worked in nor advertised, relative to those worked in", zh="已规划或已签约、既未在岗也未发布招聘的岗位，与在岗岗位之比")
    days_to_fill: float = parameter(40, unit="days", low=1, high=1000, prior=(25, 60), source="evidence 14", en="time that employers expect a post to take to fill", zh="用人单位预期的岗位填补天数")
