"""What the cells of a ledger mean: education, status, sex, field, pay; by words in Chinese and in English, in the order in which they are tried.

A reading is a value, and whether it is a guess: another reading would be possible. What is not understood is None; it is never repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from experiments.ledger.sheets import Cell, text_of

LEFT = "left"
"""Status of who is not on the labour market any more."""
LEAST_PAY, MOST_PAY = 500, 200_000
"""Pay that is believed, CNY a month."""
BELOW_ZERO = re.compile(r"^[^\d]*[-\u2010-\u2015\u2212\ufe63\uff0d]\s*[^\d\s]?\s*\.?\d|^[^\d]*负\s*\d|^\([\d.]+\)$")
"""Pay with a minus before it, or in brackets as accountants write it."""
TEN_THOUSAND, THOUSAND, MONTHS = 10_000, 1000, 12
LEAST_A_YEAR = 30_000
"""Pay "a year" below which it would be no pay for a year."""


class Value(NamedTuple):
    """What a cell means.

    Attributes:
        value: The value, as a file of persons has it.
        is_guess: Whether it could mean something else.
    """

    value: str
    is_guess: bool = False


Rules = tuple[tuple[str, str, bool], ...]
"""Pattern, value, whether that is a guess; the first that is found in the text counts."""
EDUCATION: Rules = (
    (r"博士|phd|doctor", "master", True),
    (r"专升本", "bachelor", False),
    (r"硕士|研究生|master|msc|mba|postgraduate", "master", False),
    (r"本科|学士|bachelor|undergraduate|^(ba|bsc|beng)$", "bachelor", False),
    (r"大专|专科|高职|高专|associate|vocational college|junior college|higher vocational|^(vocational|diploma)$", "vocational", False),
    (r"中专|中职|职高|职业高中|技校|技师|技工|高中|初中|小学|中学|secondary|high school|middle school|primary", "vocational", True),
    (r"大学|university", "bachelor", True),
    ("college", "vocational", True),
)  # fmt: skip
SEX: Rules = (
    (r"^(女|女性|女生|女士|女孩|f|female|woman|girl|w)$", "female", False), (r"^(男|男性|男生|男士|男孩|m|male|man|boy)$", "male", False),
    ("^1$", "male", True), ("^[2]$", "female", True),
)  # fmt: skip
STATUS: Rules = (
    (r"考取|已录取|考上|被录取|升学成功|已升学|admitted", LEFT, False),
    (r"备考|考研|考公|考编|拟升学|准备升学|计划升学|拟继续升学|preparing|exam", "preparing", False),
    (r"升学|读研|深造|出国|出境|留学|参军|入伍|服兵役|应征|死亡|去世|further study|studying on|abroad|army|military|deceased", LEFT, False),
    (r"在校|在读|未毕业|still studying|student|enrolled", "student", False),
    (r"(拟|想|准备|有意|计划|意向|意愿).{0,4}创业|创业.{0,2}(意|想)", "searching", True),
    (r"创业|个体|开店|自营|网店|founder|start-?up|entrepreneur|own business", "founder", False),
    (r"无就业意|没有就业意|不愿|不想就业|暂不就业|暂无就业|慢就业|不就业|休养|因病|养病|生病|待产|怀孕|哺乳|带孩子|家务|家庭主妇|inactive|not looking|no intention",
     "inactive", False),
    (r"见习|实习|培训|trainee|intern|training", "searching", True),
    (r"未就业|没就业|待业|失业|无业|求职|找工作|未落实|待就业|待落实|未上岗|没有工作|没工作|无工作|离职|辞职|待安置|not employed|unemployed|jobless|out of work|"
     "seeking|searching|looking for|no job|without (a )?(job|work)|not working", "searching", False),
    (r"灵活就业|自由职业|零工|兼职|临时|freelance|part-?time|gig|self-?employed", "employed", True),
    (r"签约|签订|协议|待入职|signed", "employed", True),
    (r"就业|在职|在岗|上班|入职|工作|落实|国企|民企|公务员|事业单位|事业编|三支一扶|西部计划|特岗|公益性?岗|劳务派遣|employed|working|works|has a job|in work|hired",
     "employed", False),
    (r"无", "searching", True),
)  # fmt: skip
YES, NO = r"^(是|有|已|对|√|✓|✔|yes|y|true|t|1|v)$", r"^(否|无|没|没有|未|不是|×|✗|no|n|false|f|0|x)$"
FIELD: Rules = (
    (r"农学|农业|农林|林业|林学|园林|园艺|畜牧|兽医|动物|水产|植物|种子|茶|蚕|草业|agri|forest|veterinar|horticult|animal|crop", "agriculture", False),
    (r"计算机|软件|程序|开发|信息|网络|数据|人工智能|物联网|通信|电子信息|数字媒体技术|区块链|云计算|comput|software|informat|data|network|artificial intel|internet",
     "computing", False),
    (r"护理|护士|医|药|临床|口腔|康复|教育|师范|学前|旅游|酒店|航空服务|餐饮|烹饪|家政|养老|社会工作|社工|法律|法学|法务|汉语|中文|文学|英语|日语|翻译|新闻|传媒|播音|"
     r"艺术|美术|音乐|舞蹈|体育|设计|动漫|心理|历史|哲学|思想政治|公共|行政|文秘|图书|美容|nurs|medic|pharm|educat|teach|touris|hotel|law|english|language|"
     "art|music|design|journalis|sport|social|psycholog|history|public", "services", False),
    (r"会计|财务|审计|销售|采购|文员|客服|金融|经济|工商|市场|营销|贸易|物流|管理|人力|商务|商科|税|保险|统计|投资|account|financ|econom|business|market|management|trade|logistic|"
     "human resource|commerce|statistic", "business", False),
    (r"机械|制造|操作工|工人|普工|技工|电工|焊工|质检|机电|自动化|电气|材料|化工|化学|土木|建筑|工程|车辆|汽车|能源|动力|冶金|陶瓷|纺织|服装|模具|数控|焊接|测控|测绘|环境|矿|石油|生物|食品|电子|"
     r"轨道|船舶|铁道|道路|造价|物理|数学|工学|engineer|mechani|manufactur|electri|material|chemi|civil|construct|automat|biolog|food|physic|energy",
     "manufacturing", False),
)  # fmt: skip
INDUSTRY: Rules = (
    (r"农|林|牧|渔|agri|forest|fish|farm", "agriculture", False),
    (r"信息|软件|互联网|计算机|通信|it$|科技推广|comput|software|internet|information", "computing", False),
    (r"制造|工业|采矿|电力|热力|燃气|水生产|建筑|生产|加工|机械|化工|医药制造|manufactur|industr|construct|mining|energy|utilit", "manufacturing", False),
    (r"批发|零售|金融|保险|房地产|租赁|商务|贸易|物流|仓储|交通|运输|商业|销售|财务|wholesale|retail|financ|bank|insur|estate|trade|logistic|transport|commerce|business",
     "business", False),
    (r"住宿|餐饮|酒店|旅游|教育|培训|卫生|医疗|医院|社会|文化|体育|娱乐|居民服务|公共|服务|家政|传媒|hotel|restaurant|catering|touris|educat|health|cultur|"
     "sport|public|service", "services", False),
)  # fmt: skip
STATE: Rules = ((r"国有|国企|央企|事业|机关|state|public", "state", False), (r"民营|私营|私企|外资|合资|个体|股份|有限|private|foreign|joint", "private", False))
CLOSED: Rules = ((r"招满|已满|关闭|停招|撤销|结束|失效|filled|closed|expired|^(否|no)$", "filled", False),)
SEX_DIGIT = -2
"""Place in an identity number of the digit that is odd for men."""


def by_rules(cell: Cell, rules: Rules, mapped: Mapping[str, str] | None = None) -> Value | None:
    """Return what a cell means by some rules, or by a mapping file, which comes first; None where nobody knows."""
    text = text_of(cell).lower()
    if mapped and text in mapped:
        return Value(mapped[text])
    return next((Value(value, is_guess) for pattern, value, is_guess in rules if re.search(pattern, text)), None) if text else None


def read_status(cell: Cell, mapped: Mapping[str, str] | None = None) -> Value | None:
    """Return a status; 应届 alone tells none."""
    return by_rules(cell, STATUS, mapped)


def read_truth(cell: Cell) -> bool | None:
    """Return whether a cell says yes; None where it says neither."""
    text = text_of(cell).lower()
    return True if re.search(YES, text) else False if re.search(NO, text) else None


def read_pay(cell: Cell) -> Value | None:
    """Return pay in CNY a month: 4500, 4,500元/月, 0.5万, 5k, 4000-6000 (the middle, a guess), 6万/年 (a twelfth, a guess); less than nothing is none."""
    text = text_of(cell).lower().replace(",", "").replace("，", "")
    numbers = [(float(number), unit) for number, unit in re.findall(r"(\d{1,9}(?:\.\d{1,4})?)\s*(万|w|千|k)?", text)]
    if not numbers or len(numbers) > 2 or BELOW_ZERO.search(text) or re.search(r"[.\d]{12,}|:|日|天|小时|/h", text):
        return None
    shared = next((unit for _, unit in reversed(numbers) if unit), "")
    factor = {"万": TEN_THOUSAND, "w": TEN_THOUSAND, "千": THOUSAND, "k": THOUSAND}
    amounts = [number * factor.get(unit or shared, 1) for number, unit in numbers]
    pay, is_guess = sum(amounts) / len(amounts), len(amounts) > 1
    if re.search(r"年|year|annual|/y", text):
        if pay < LEAST_A_YEAR:
            return None
        pay, is_guess = pay / MONTHS, True
    return Value(str(round(pay)), is_guess) if LEAST_PAY <= pay <= MOST_PAY else None


def read_whole(cell: Cell, most: int) -> int | None:
    """Return a whole number from 1: 3, 3人, 3-5人 (the larger is not believed: the smaller); 若干 is none."""
    found = re.match(r"(\d{1,6})(?:\.0+)?(?!\d)", text_of(cell).replace(",", ""))
    return int(found[1]) if found and 1 <= int(found[1]) <= most else None


def named_in(cell: Cell, names: Iterable[tuple[str, Iterable[str]]]) -> Value | None:
    """Return the first of some names that stands in a cell: by its whole writing, else (a guess for short ones) by its stem.

    Args:
        cell: The cell.
        names: Name as it is written → writings of it.
    """
    text = _stripped(text_of(cell))
    if not text:
        return None
    written = [(name, _stripped(way)) for name, ways in names for way in ways]
    whole = next((name for name, way in written if way == text), None)
    if whole is not None:
        return Value(whole)
    inside = max(((len(way), name) for name, way in written if len(way) > 1 and way in text), default=None)
    if inside is not None:
        return Value(inside[1], is_guess=False)
    stems = [(name, re.sub(r"(区|县|市|街道|镇|乡|社区|村)$", "", way)) for name, way in written]
    stem = max(((len(way), name) for name, way in stems if len(way) > 1 and not way.isascii() and way in text), default=None)
    return Value(stem[1], is_guess=True) if stem else None


def _stripped(text: str) -> str:
    """Return a name without brackets, spaces and signs."""
    return re.sub(r"\(.*?\)|[\W_]+", "", text.lower())
