"""What happens in each phase of a day, in both languages."""

from sim.bilingual import Sentence

PHASES: dict[str, Sentence] = {
    "enter_and_graduate": Sentence(
        "a class enters; exams are sat and told; students begin to search, graduate, pause or study on",
        "新一届进入；考试与放榜；学生开始求职、毕业、暂缓就业或升学",
    ),
    "spread_knowledge": Sentence("outreach makes contacts, peers talk, people forget", "宣传触达，同学交流，有人遗忘"),
    "provide_services": Sentence(
        "hours are divided; stations, advisers, caseworkers and meeting places receive people", "分配工时；驿站、指导、帮扶与会客厅接待"
    ),
    "open_and_close_posts": Sentence(
        "employers plan, advertise, shrink and close; growth founds others", "单位规划、发布、缩编、关闭；增长带来新单位"
    ),
    "send_applications": Sentence("sessions of search on the boards", "求职时段：浏览广告位并投递"),
    "hold_events": Sentence("what levers have planned for the day is held", "举办政策工具当日安排的活动"),
    "call_back": Sentence("employers read their piles and call the best", "单位筛选简历、通知面试"),
    "travel": Sentence("people elsewhere come, stay another night or go home", "外地青年到访、留宿或返回"),
    "interview_and_offer": Sentence("offers are answered; interviews are held, in one round or two; offers are made", "答复录用通知；进行初试与复试；发出录用通知"),
    "receive_outside_offers": Sentence("offers from elsewhere are weighed", "权衡外地录用通知"),
    "work": Sentence("contracts begin, jobs end", "入职与离职"),
    "train": Sentence("internships and courses begin and end", "实习与课程的开始和结束"),
    "found_firms": Sentence("ideas are weighed against work, money is raised, firms are registered", "权衡创业与就业、筹资、注册"),
    "run_firms": Sentence("start-ups close their month; loans fall due; firms borrow to grow", "初创企业月度结算；贷款到期还付；企业借款扩张"),
    "settle_or_leave": Sentence("residents stay or leave; locals come home", "居民留下或离开，本地青年返乡"),
    "settle_accounts": Sentence("pay, rent, living costs, stipends, accidents", "工资、房租、生活费、补贴与工伤"),
    "age_out": Sentence("people leave the youth population", "退出青年人口"),
    "record_day": Sentence("stocks and flows are written down; once a month the survey", "记录存量与流量；每月一次调查"),
}
"""Phase → what happens in it."""
