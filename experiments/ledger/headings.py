"""Which column of a ledger says what: headings in Chinese and in English, by common synonyms, or by a mapping file.

Headings that are not recognised are never repeated: where a ledger has no headings, they are the first person of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from experiments.ledger.sheets import Cell, Sheet, text_of

GRADUATES: dict[str, str] = {
    "graduated": "毕业时间 毕业日期 毕业年月 毕业年份 毕业年度 毕业年 毕业届别 届别 届次 毕业届次 预计毕业时间 拟毕业时间 离校时间 graduated graduation graduationdate "
                 "dateofgraduation graduationyear yearofgraduation class classof",
    "education": "学历 学历层次 最高学历 文化程度 文化水平 教育程度 学历学位 培养层次 学位 学历情况 education educationlevel levelofeducation highesteducation "
                 "degree qualification",
    "major": "专业 所学专业 毕业专业 专业名称 主修专业 学科 所学专业名称 专业类别 专业方向 major fieldofstudy field subject discipline specialty course",
    "school": "毕业院校 毕业学校 院校 学校 学校名称 就读院校 就读学校 毕业院校名称 高校 所在院校 school college university institution campus almamater",
    "sex": "性别 sex gender",
    "status": "就业状态 就业情况 就业状况 目前状态 当前状态 状态 就业现状 去向 毕业去向 就业去向 就业创业情况 目前就业情况 当前就业状态 就失业状态 就业失业状态 现状 "
              "就业形式 就业类型 status employmentstatus employment currentstatus destination workstatus",
    "employed": "是否就业 是否已就业 已就业 是否在岗 是否落实就业 就业与否 isemployed employedyesno hasajob hasjob working",
    "unemployed": "是否未就业 未就业 是否失业 是否待业 失业 是否登记失业 isunemployed unemployed jobless",
    "wage": "月薪 工资 月工资 薪资 薪酬 现工资 目前薪资 当前月薪 月收入 薪资水平 就业薪资 wage salary pay monthlypay monthlywage monthlysalary income",
    "expected_wage": "期望薪资 期望月薪 期望工资 意向薪资 薪资期望 薪资要求 期望薪酬 期望待遇 就业意向薪资 expectedwage expectedpay expectedsalary desiredsalary "
                     "desiredpay reservationwage",
    "searching_since": "失业时间 失业登记时间 登记失业时间 失业登记日期 失业日期 求职登记时间 求职登记日期 求职开始时间 开始求职时间 登记求职时间 searchingsince "
                       "unemployedsince jobseekingsince registeredunemployed dateofregistration",
    "district": "区县 所属区县 县区 所在区县 区 街道 所属街道 乡镇 乡镇街道 镇街 所属镇街 社区 所属社区 村社区 村 所在社区 district county town street community "
                "neighbourhood neighborhood",
    "residence": "现居住地 常住地 现住地 居住地 目前所在地 现所在地 所在地 现在所在城市 所在城市 是否在本地 是否在本市 是否在家 residence livesin "
                 "currentresidence location city liveshere",
    "origin": "生源地 户籍 户籍地 户籍所在地 户口所在地 籍贯 是否本地生源 是否本地户籍 是否本市户籍 生源地区 origin hometown hukou domicile placeoforigin",
    "weight": "权重 人数 代表人数 weight persons count",
    "name": "姓名 名字 学生姓名 毕业生姓名 青年姓名 name fullname surname firstname lastname",
    "identity": "身份证号 身份证号码 身份证 证件号 证件号码 公民身份号码 居民身份证号 idnumber idcard identitynumber identity nationalid",
    "phone": "联系电话 电话 手机 手机号 手机号码 联系方式 本人电话 联系号码 电话号码 phone phonenumber mobile mobilephone telephone tel contact",
    "employer": "就业单位 单位 工作单位 用人单位 单位名称 就业单位名称 签约单位 所在单位 就业企业 employer company workplace organisation organization",
    "exact": "备注 说明 民族 政治面貌 出生日期 出生年月 年龄 家庭住址 详细地址 地址 住址 邮箱 电子邮箱 微信 微信号 qq qq号 家长姓名 家长电话 监护人 序号 编号 "
             "联系人 帮扶人 帮扶责任人 走访人 走访时间 求职意向 就业意向 意向岗位 意向行业 意向地区 帮扶措施 技能等级 职业资格 remarks notes note comment age birthday "
             "dateofbirth address email wechat no number serial id ethnicity",
}  # fmt: skip
"""What a ledger of graduates may say → its headings, without spaces and signs; those of `exact` are not read."""
POSTS: dict[str, str] = {
    "industry": "行业 所属行业 行业类别 单位行业 产业 industry sector",
    "post": "岗位 岗位名称 招聘岗位 职位 职位名称 工种 需求岗位 招聘职位 post job jobtitle position title vacancy",
    "education": "学历 学历要求 要求学历 文化程度 学历条件 最低学历 education educationrequired requirededucation degree qualification",
    "major": "专业 专业要求 所需专业 要求专业 需求专业 major fieldofstudy majorrequired",
    "wage": "月薪 工资 薪资 薪酬 薪资待遇 工资待遇 待遇 月工资 薪资范围 薪资水平 月薪范围 wage salary pay monthlypay wages paid",
    "number": "人数 招聘人数 需求人数 岗位数 招聘数量 需求数量 数量 拟招人数 number posts vacancies openings headcount places",
    "district": "区县 所属区县 县区 工作地点 工作地 所在区县 地点 街道 乡镇 镇街 district county location workplace town",
    "owner": "单位性质 企业性质 单位类型 企业类型 经济类型 性质 ownership ownershiptype typeofemployer kind",
    "opened": "发布时间 发布日期 登记时间 登记日期 招聘时间 报送时间 opened posted dateposted date",
    "filled": "是否招满 招聘状态 岗位状态 状态 是否有效 status filled open",
    "employer": "用人单位 单位 单位名称 企业 企业名称 招聘单位 公司 公司名称 employer company firm organisation organization",
    "exact": "备注 说明 序号 编号 联系人 联系电话 电话 手机 邮箱 地址 岗位职责 任职要求 福利待遇 remarks notes contact phone telephone email address no id",
}  # fmt: skip
"""The same of a list of employers' posts."""
PRIVATE = ("name", "identity", "phone", "employer")
"""What is looked at within the reader alone."""
NOT_READ = "exact"
EXCLUDED = ("原因", "计划", "措施", "需求", "意向", "意愿", "父", "母", "家长", "监护", "帮扶", "走访", "紧急", "配偶", "reason", "plan", "father", "mother", "parent")
"""A heading with one of these is not taken for the heading that it resembles."""
LOOKED_AT, LEAST_RECOGNISED = 40, 2
"""Rows at the beginning among which the headings are sought, and how many of them have to be recognised."""
SHORTEST_RESEMBLING = 2


class Column(NamedTuple):
    """One column.

    Attributes:
        place: Its place, from 0.
        field: What it says; empty: it is not read.
        is_guess: Whether its heading only resembles one that is known.
        same_as: Place of an earlier column that says the same, which is read instead.
    """

    place: int
    field: str = ""
    is_guess: bool = False
    same_as: int | None = None


class Headings(NamedTuple):
    """The headings of a sheet.

    Attributes:
        row: Their row, from 1.
        columns: Its columns.
        signs: What stands in them, to know them where they come again.
    """

    row: int
    columns: tuple[Column, ...]
    signs: tuple[str, ...]

    def place_of(self, field: str) -> int | None:
        """Return the place of the column that says something; None where none does."""
        return next((column.place for column in self.columns if column.field == field and column.same_as is None), None)


def letters(place: int) -> str:
    """Return the letters by which a workbook calls a column (from 0)."""
    name, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def simplified(heading: Cell) -> str:
    """Return a heading without what writers add to it: brackets with what is in them, spaces, signs, capitals."""
    text = re.sub(r"[(（\[【<][^)）\]】>]*[)）\]】>]", "", text_of(heading).lower())
    return re.sub(r"[\W_]+|^\d+(?=\D)", "", text)


def find_headings(sheet: Sheet, known: Mapping[str, str], mapped: Mapping[str, str]) -> Headings | None:
    """Find the row of headings in a sheet: that of the first rows in which most are recognised; of rows alike the last.

    Args:
        sheet: The sheet.
        known: What there may be → headings.
        mapped: Heading → what it says, by a mapping file.

    Returns:
        The headings; None where there are none.
    """
    best, most = None, LEAST_RECOGNISED if not mapped else 1
    for row, cells in enumerate(sheet.rows[:LOOKED_AT], 1):
        columns = _columns(cells, known, {simplified(heading): field for heading, field in mapped.items()})
        recognised = len({column.field for column in columns if column.field and not column.is_guess})
        if recognised >= most and recognised:
            best, most = Headings(row, tuple(columns), tuple(simplified(cell) for cell in cells)), recognised
    return best


def _columns(cells: list[Cell], known: Mapping[str, str], mapped: Mapping[str, str]) -> list[Column]:
    words = {word: field for field, headings in known.items() for word in headings.split()} | dict(mapped)
    found = [_column(place, simplified(cell), words, known) for place, cell in enumerate(cells)]
    first: dict[str, int] = {}
    for column in sorted(found, key=lambda column: column.is_guess):
        if column.field and column.field not in PRIVATE:
            first.setdefault(column.field, column.place)
    return [column._replace(same_as=first[column.field]) if first.get(column.field, column.place) != column.place else column for column in found]


def _column(place: int, heading: str, words: Mapping[str, str], known: Mapping[str, str]) -> Column:
    if heading in words:
        field = words[heading]
        return Column(place, "" if field == NOT_READ else field)
    if not heading or any(word in heading for word in EXCLUDED):
        return Column(place)
    longest = max((word for word in words if len(word) >= SHORTEST_RESEMBLING and not word.isascii() and
                   (heading.startswith(word) or heading.endswith(word))), key=len, default="")  # fmt: skip
    field = words.get(longest, "")
    return Column(place, field, is_guess=True) if field in known and field != NOT_READ else Column(place)
