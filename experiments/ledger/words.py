"""What the import of a ledger says, in both languages."""

from __future__ import annotations

from sim.bilingual import Sentence

NAMES: dict[str, Sentence] = {
    "id": Sentence("identifier", "编号"), "graduated": Sentence("graduation", "毕业时间"), "education": Sentence("education", "学历"),
    "field": Sentence("field of study", "专业类别"), "major": Sentence("major", "专业"), "school": Sentence("school", "毕业院校"),
    "campus": Sentence("campus", "高校"), "sex": Sentence("sex", "性别"), "status": Sentence("status", "就业状态"),
    "employed": Sentence("whether employed", "是否就业"), "unemployed": Sentence("whether unemployed", "是否未就业"), "wage": Sentence("pay", "月薪"),
    "expected_wage": Sentence("pay hoped for", "期望薪资"), "searching_since": Sentence("searching since", "求职开始时间"),
    "district": Sentence("district", "区县"), "residence": Sentence("residence", "现居住地"), "place": Sentence("where the person lives", "现居住地"),
    "origin": Sentence("origin", "生源地"), "weight": Sentence("weight", "权重"), "name": Sentence("name", "姓名"),
    "identity": Sentence("identity number", "身份证号"), "phone": Sentence("telephone", "电话"), "employer": Sentence("employer", "用人单位"),
    "industry": Sentence("industry", "行业"), "post": Sentence("post", "岗位"), "number": Sentence("number of posts", "岗位数"),
    "owner": Sentence("ownership", "单位性质"), "opened": Sentence("date", "发布时间"), "filled": Sentence("whether filled", "是否招满"),
}
"""What a column says → its name."""
REASONS: dict[str, Sentence] = {
    "blank": Sentence("blank", "空行"),
    "headings_again": Sentence("the headings once more", "重复的表头"),
    "sum_or_note": Sentence("a sum or a note", "合计或备注"),
    "later_class": Sentence("graduates more than a year from now: of a later class, which the simulation draws", "一年多以后才毕业：属于之后的届别，由模拟产生"),
    "too_long_ago": Sentence("graduated too long ago to count among the young (population.youth_years)", "毕业已久，不再计入青年人口（population.youth_years）"),
    "left": Sentence("has left the labour market: studies on, serves, or is abroad", "已离开劳动力市场：升学、参军或出国等"),
    "nothing_known": Sentence("none of graduation, education, status, field and campus is known", "毕业时间、学历、就业状态、专业、院校均未知"),
    "nothing_known_of_post": Sentence("none of industry, education and pay is known", "行业、学历要求、薪资均未知"),
    "same_person": Sentence("the same person as in another row", "与另一行是同一人"),
    "perhaps_same": Sentence("perhaps the same person as in another row: same name, school, graduation", "可能与另一行是同一人：姓名、院校、毕业时间相同"),
    "could_be_otherwise": Sentence("could be meant otherwise", "也可能另有所指"),
    "nearest_tier": Sentence("the nearest of the three tiers of the simulation", "取模拟中三档学历里最接近的一档"),
    "by_identity_number": Sentence("by the identity number", "依据身份证号"),
    "by_residence": Sentence("by the residence", "依据现居住地"),
    "by_employer": Sentence("an employer is named, and no status", "填有用人单位而未填就业状态"),
    "by_employer_alone": Sentence("an employer is named; what stands under status was not understood", "填有用人单位；就业状态栏的内容未能识别"),
    "contradicts": Sentence("two columns contradict one another; the status counts", "两列互相矛盾，以就业状态为准"),
    "another_place": Sentence("the name of a place that is not of this region", "地名不属于本地区"),
    "only_the_year": Sentence("the month is not certain; only the year was read", "月份不能确定，只读取年份"),
    "before_graduation": Sentence("before graduation: a student, as the simulation has no signed contracts on its first morning", "尚未毕业，按在校生处理：模拟期初没有已签约的学生"),
    "after_graduation": Sentence("a student after graduation: the status is drawn", "毕业后仍填在校：就业状态由抽取产生"),
    "range": Sentence("a range, or pay a year: the middle, a month", "范围或年薪：取中间值并折算为月薪"),
    "not_understood": Sentence("not understood; it is drawn", "未能识别，由抽取产生"),
    "told_elsewhere": Sentence("not understood; another column was followed", "未能识别，改依其他列判断"),
    "of_nobody_employed": Sentence("pay of somebody without a job; left out", "未就业者填有月薪，不采用"),
    "not_before": Sentence("not within the years before the day of the ledger; it is drawn", "不在台账日期之前的数年内，由抽取产生"),
    "filled": Sentence("filled or closed already", "已招满或已关闭"),
    "number_not_understood": Sentence("no number of posts; counted as one", "未写明岗位数，按一个计"),
    "column_read": Sentence("read", "已读取"), "column_guessed": Sentence("read; its heading only resembles one that is known", "已读取；表头只是近似"),
    "column_again": Sentence("not read: another column says the same", "未读取：另一列内容相同"),
    "column_private": Sentence("looked at within the reader, and written nowhere", "仅在读取时使用，不写入任何文件"),
    "column_not_read": Sentence("not read", "未读取"),
}
"""Key of a reason → what it says."""
OUTCOMES: dict[str, Sentence] = {
    "taken": Sentence("taken", "采用"), "guessed": Sentence("taken, with a guess", "采用（含推测）"), "refused": Sentence("refused", "不采用"),
    "skipped": Sentence("about nobody", "与人无关"),
}
HEADS: dict[str, Sentence] = {
    "sheet": Sentence("sheet", "工作表"), "row": Sentence("row", "行"), "outcome": Sentence("outcome", "结果"), "id": Sentence("identifier", "编号"),
    "read": Sentence("read", "读取内容"), "guessed": Sentence("guessed", "推测内容"), "missed": Sentence("not understood or not believed", "未识别或不采信"),
    "why": Sentence("why", "原因"), "rows": Sentence("rows", "行数"), "what": Sentence("what", "内容"), "column": Sentence("column", "列"),
    "persons": Sentence("persons", "人数"), "value": Sentence("value", "取值"), "mark": Sentence("mark", "标记"),
}
VALUES: dict[str, Sentence] = {
    "vocational": Sentence("vocational", "专科"), "bachelor": Sentence("bachelor", "本科"), "master": Sentence("master", "硕士及以上"),
    "student": Sentence("student in the final year", "应届在校"), "searching": Sentence("searching", "求职中"), "employed": Sentence("employed", "已就业"),
    "founder": Sentence("runs a firm", "创业"), "preparing": Sentence("prepares for an exam", "备考"), "inactive": Sentence("not looking", "暂不求职"),
    "male": Sentence("male", "男"), "female": Sentence("female", "女"), "here": Sentence("here", "本地"), "away": Sentence("elsewhere", "外地"),
    "local": Sentence("local", "本地生源"), "elsewhere": Sentence("from elsewhere", "外地生源"), "manufacturing": Sentence("manufacturing", "制造"),
    "computing": Sentence("computing", "计算机"), "business": Sentence("business", "商科"), "services": Sentence("services", "服务"),
    "agriculture": Sentence("agriculture", "农业"), "": Sentence("not known", "未知"), "unknown": Sentence("not known", "未知"), "state": Sentence("state-owned", "国有"),
    "private": Sentence("private", "民营等"), "all": Sentence("all", "合计"),
}
GAINS_HEADS: dict[str, Sentence] = {
    "beside": Sentence("hidden", "隐去"),
    "variant": Sentence("variant", "方案"), "what": Sentence("what", "内容"), "value": Sentence("value", "取值"), "persons": Sentence("persons", "人数"),
    "mean": Sentence("more at work here, for 100 of them", "每 100 人中增加的本地在岗人数"), "low": Sentence("low", "下限"), "high": Sentence("high", "上限"),
    "told": Sentence("can be told from zero", "能看出差别"), "sheet": Sentence("sheet", "工作表"), "row": Sentence("row", "行"),
    "id": Sentence("identifier", "编号"), "gained": Sentence("pairs with a gain", "受益的配对数"), "lost": Sentence("pairs with a loss", "受损的配对数"),
    "pairs": Sentence("pairs", "配对数"), "interval": Sentence("95 % interval", "95%区间"), "yes": Sentence("yes", "是"), "no": Sentence("no", "否"),
}
GROUP_HEADS = ("variant", "what", "value", "persons", "mean", "low", "high", "told")
PERSON_HEADS = ("sheet", "row", "id", "variant", "gained", "lost", "pairs", "mean", "low", "high", "told")
SMALL = Sentence("fewer than {least}", "不足 {least}")
BESIDE_IT = Sentence("hidden", "隐去")
SMALL_TOLD = Sentence(
    "Cells with fewer than {least} persons are marked and not told: they could say who somebody is. Others are hidden where those could be had from them by subtraction.",
    "不足 {least} 人的格子只作标记，不给出人数，以免被识别出个人；可据以相减推算出这些格子的其他格子一并隐去。",
)
WORDS: dict[str, Sentence] = {
    "no_place": Sentence(
        "No place= was named: districts, campuses and what is local are those of place={place}. place=NAME or place=FILE says whose ledger it is (yizhan list places).",
        "未指定 place=：区县、高校与“本地”均按 place={place} 判断。请用 place=名称 或 place=文件 说明是哪里的台账（yizhan list places）。",
    ),
    "rows": Sentence(
        "{all:,} rows: {persons:,} persons ({guessed:,} with a guess), {refused:,} refused, {skipped:,} about nobody. The ledger is of {day} ({source}).",
        "共 {all:,} 行：采用 {persons:,} 人（其中 {guessed:,} 人含推测），不采用 {refused:,} 行，与人无关 {skipped:,} 行。台账日期为 {day}（{source}）。",
    ),
    "given": Sentence("date=", "date="), "told": Sentence("as its title says", "据标题"), "today": Sentence("today; date=YYYY-MM-DD says otherwise", "今天；可用 date=年-月-日 指定"),
    "unread": Sentence("Sheets without headings that are known, not read: {sheets}.", "没有可识别表头、未读取的工作表：{sheets}。"),
    "weighted": Sentence("Weighted to {total:,} persons: each row stands for {each:.3g}.", "加权至 {total:,} 人：每行代表 {each:.3g} 人。"),
    "posts_weighted": Sentence("Weighted to {total:,} posts: each stands for {each:.3g}.", "加权至 {total:,} 个岗位：每个代表 {each:.3g} 个。"),
    "why": Sentence("Refused, or about nobody", "不采用或与人无关的行"), "guesses": Sentence("Guessed", "推测"),
    "missed": Sentence("Not understood, or not believed", "未识别或不采信"), "columns": Sentence("Columns", "各列"),
    "counts": Sentence("Persons", "人员"),
    "run": Sentence("Row by row: {report}. Run it:\n  {command}", "逐行说明见 {report}。运行：\n  {command}"),
    "posts": Sentence(
        "{all:,} rows: {taken:,} with {posts:,} posts ({guessed:,} with a guess), {refused:,} refused, {skipped:,} about nobody.",
        "共 {all:,} 行：采用 {taken:,} 行、{posts:,} 个岗位（其中 {guessed:,} 行含推测），不采用 {refused:,} 行，与招聘无关 {skipped:,} 行。",
    ),
    "private": Sentence(
        "Names of persons and employers, identity and telephone numbers were written nowhere. What is written is still about them: keep it as you keep the ledger.",
        "姓名、单位名称、身份证号、电话均未写入任何文件。写出的仍是关于个人和单位的数据，请按台账同样保管。",
    ),
    "gains": Sentence("Who would gain, by group: {folder}", "谁会受益（分组）：{folder}"),
    "gains_title": Sentence("Who would gain: more at work here for 100 of them, {pairs} pairs of worlds", "谁会受益：每 100 人中增加的本地在岗人数（{pairs} 对模拟）"),
    "must_not": Sentence(
        "What this must not be used for: to refuse somebody a service, to rank persons, or to tell anybody how he or she will fare. It says how persons who are alike in what the ledger knows fare in a model, "
        "and most lines cannot be told from zero. Use it to see whom a service may have missed, and talk with them.",
        "不得用于：拒绝向某人提供服务、给个人排名、或告诉某人其将来如何。它只说明模型中与台账所载情况相同的人怎样，且多数行看不出差别。可用于发现服务可能遗漏了谁，再与其本人沟通。",
    ),
    "template": Sentence("Written: {file}. Fill it in, then: yizhan import {file}", "已写入：{file}。填好后运行：yizhan import {file}"),
}
