"""Where a parameter's value comes from, in Chinese as well. What is cited stays as it is written: numbers of `docs/evidence.md`, targets, names."""

from __future__ import annotations

import re

from sim.bilingual import Sentence

KINDS = {
    "choice of the planner": "由规划者选择", "choice of the study": "由研究方案选择", "choice": "自选", "assumption": "假定", "evidence": "证据",
    "see the region's file": "见地区文件", "see the programme's file": "见项目文件", "the programme's document": "项目依据文件",
    "programmes.md": "programmes.md", "estimated": "估计",
}  # fmt: skip
"""First words of a source → the same in Chinese."""
NOTES = {
    "about a year of a young graduate's pay": "约为青年毕业生一年的工资",
    "a demand shock": "需求冲击", "Chinese academic year": "中国学年", "second-class rail": "二等座",
    "peaks in spring and autumn (金三银四)": "春秋两季高峰（金三银四）", "order of the MyCOS surveys, class of 2020": "参照麦可思 2020 届调查的量级",
    "the one-year benchmark of 2021": "2021 年一年期 LPR", "the usual rule of two years": "通行的两年规则", "one year": "一年", "within": "不超出",
    "below": "低于", "from": "取自", "level from": "水平取自", "level near": "水平接近", "level of": "水平取自", "order of": "量级参照",
    "part of": "其中一部分：", "shape of": "形状取自", "no causal evidence": "尚无因果证据",
    "so that exits under casework are near": "使帮扶下的退出率接近",
    "so that applications per seeker are near": "使求职者投递数接近",
    "so that offers per interview are near": "使每次面试的录用通知数接近",
    "so that days to fill are near": "使岗位填补天数接近", "so that lapses are near": "使广告失效占比接近",
    "so that applications sent by graduation spread as in": "使毕业前投递数的离散度同", "one slot in two holds a post": "约半数广告位有岗位",
    "as one of four earlier classes": "与其余四届各届相同",
    "school from six, twelve years and three of college": "六岁入学，十二年加高职三年", "the same and four of university": "同上，本科四年",
    "three years more": "再加三年",
    "so that interviews rise as in": "使面试增幅同", "so that monthly exits are near": "使月退出率接近", "the long unemployed of": "长期失业者，",
    "the rest of": "其余部分（", "emerges as moves between jobs": "）表现为跳槽", "the part between employers": "单位之间的部分",
    "before the limit of free nights": "实行免费住宿上限之前", "note on loans": "关于贷款的说明",
    "notes on loans": "关于贷款的说明", "banks differ": "各银行不一", "has half of the founders within six months": "显示半数创业发生在六个月内",
    "education pays in business much as in a job": "学历在创业中的回报与就业相近", "a service": "服务业",
    "or trade net of the goods": "或扣除货款后的商贸", "about what savings earn": "约为储蓄收益", "as much as for a home": "与购房资助相同",
    "up to 3 years": "至多 3 年",
    "notes on firms' annual exit": "关于企业年退出率的说明", "stations elsewhere": "外地驿站", "as for advice": "同一对一指导",
    "as at a fair": "同招聘会", "over a search of three months": "按求职三个月计", "at least 3": "至少 3 个",
    "3 million CNY in 27 cases": "27 件共 300 万元",
    "Zibo": "淄博", "83.14 million CNY for 75 firms": "75 家企业共 8,314 万元", "bachelor and above": "本科及以上", "evidence": "证据",
    "near what the model comes to by itself": "接近模型自身达到的水平", "above": "高于", "near": "接近",
    "what comes out with the defaults": "取自默认参数下的结果", "as many classes as there are on the first morning": "与期初的届数相同",
    "target": "目标", "and": "与", "CNY": "元", "by hand": "人工设定", "unemployment near": "失业率接近", "as here": "同本地",
    "as the level moves slowly": "因总体水平变动缓慢",
    "a month of a match of two years": "两年在岗中的一个月", "in prices of the start year": "以起始年价格计",
    "work elsewhere is in larger cities": "外地工作多在大城市",
    "half of commuters in large cities have less than 5 km": "大城市半数通勤者不足 5 公里",
    "acceptance nearer to": "使录用接受率更接近",
    "somewhat less than is known before": "略低于事先所知", "are checks": "作为检验", "bus": "公交", "metro": "地铁",
    "Baidu's survey of 300 cities in 2014": "百度 2014 年 300 城市调查", "9.2 km in 28 minutes": "28 分钟 9.2 公里",
    "commuters value an hour at a third to a half of pay": "通勤者对一小时的估价为工资的三分之一至一半",
    "250 working days a year": "每年 250 个工作日",
    "one commuter in twelve comes from above 25 km": "十二分之一的通勤者来自 25 公里以外", "survey of 2024": "2024 年调查",
    "so that founding is near": "使创业比例接近", "about what the employed have with the defaults": "约为默认参数下在职者的水平",
    "about one in twelve who studied here lives elsewhere some years later": "使在本地就读者数年后约十二分之一在外居住",
    "so that the share who live here half a year after graduating elsewhere is near": "使外地毕业半年后在本地居住者占比接近",
    "the larger cities of the province and beyond": "本省及更远的较大城市",
    "recruiters come to campuses": "招聘单位进校园", "for": "为符合", "less than the young stay": "短于青年在岗时间",
    "so that posts of the spring seldom wait for students": "使春季岗位很少为学生保留",
    "of those who do not study on": "限不升学者", "from when many begin to search": "自多数人开始求职起计", "hours are few": "时间有限",
    "as many as an earlier class once had": "与往届当年人数相同", "those who went on to study included": "含升学者",
    "ceremonies from the end of May to the beginning of July": "毕业典礼在五月底至七月初", "provinces hold it from March to May": "各省三至五月举行",
    "after interviews": "面试之后", "provinces examine in March": "省考在三月", "in the summer after the results": "放榜后的夏季",
    "employers hire in spring": "单位春季招聘", "again in early autumn": "初秋再次招聘", "later than for bachelors": "晚于本科",
    "mostly in spring": "多在春季",
    "labour has three quarters of output": "劳动占产出四分之三", "longer than a season": "长于一季", "about what skill is paid": "约为技能的回报",
    "about what a seeker without work has with the defaults": "约为默认参数下无业求职者的水平", "sign of": "方向取自",
    "within what judgement says": "在经验判断范围内", "3 to 12": "3 至 12", "about what comes out": "约为模型结果",
    "little more than half of what is usual": "略高于通常水平的一半", "one a day": "每天一次",
    "once a month": "每月一次", "two seasons": "两个求职季", "a day's work": "一天的工作量", "is a check": "作为检验",
    "what a season costs in all is a check": "求职季总花费作为检验",
    "a first offer moves what is expected by a third, later ones by less": "首个录用通知使期望变动三分之一，其后较小",
    "with news of others, nearly as much": "加上他人消息，作用相近", "within it": "在其范围内",
    "trains at 120 km an hour": "火车时速 120 公里", "90 minutes to and from stations": "往返车站共 90 分钟",
    "two hours of an appointment in office hours": "办公时间内两小时的面试", "home between 6:30 and 23:00": "6:30 至 23:00 之间往返",
    "each in the city of its posts": "在岗位所在城市举行", "of students asked more mean to sit one": "受访学生中打算报考者更多",
    "half a day at eight minutes a talk": "半天、每人八分钟", "one recruiter": "一名招聘人员",
    "half start below expected pay": "约半数起薪低于期望", "is met": "达到", "so that": "使",
}  # fmt: skip
"""What else sources say → the same in Chinese."""
_KINDS = re.compile("|".join(map(re.escape, sorted(KINDS, key=len, reverse=True))))
_NOTES = re.compile("|".join(rf"(?<!\w){re.escape(note)}(?!\w)" for note in sorted(NOTES, key=len, reverse=True)))
_SIGNS = {", ": "，", ": ": "：", "; ": "；"}


def source_words(source: str) -> Sentence:
    """Return a source in each language; one of another package that says something else stays as it is."""
    kind = _KINDS.match(source)
    if kind is None:
        return Sentence(source, source)
    chinese = KINDS[kind[0]] + _NOTES.sub(lambda found: NOTES[found[0]], source[kind.end() :])
    for sign, full in _SIGNS.items():
        chinese = chinese.replace(sign, full)
    return Sentence(source, re.sub(r" ?([，：；（）]) ?|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", r"\1", chinese))
