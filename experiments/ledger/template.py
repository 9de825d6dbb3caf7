"""An empty ledger to fill in: headings that are understood, a choice where there is one, and what each means."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from experiments.shared.errors import MistakeError
from experiments.shared.extras import how_to_install
from experiments.shared.whole_files import write_all
from sim.bilingual import Sentence, in_language, sentence
from sim.errors import why_of

COLUMNS: tuple[tuple[Sentence, Sentence, tuple[Sentence, ...]], ...] = (
    (Sentence("Name", "姓名"), Sentence("never leaves the reader", "只在读取时使用，不写入任何文件"), ()),
    (Sentence("Identity number", "身份证号"), Sentence("never leaves the reader; as text, so that no digit is lost", "只在读取时使用，不写入任何文件；请用文本格式，以免丢失末位"), ()),
    (Sentence("Phone", "联系电话"), Sentence("never leaves the reader", "只在读取时使用，不写入任何文件"), ()),
    (Sentence("Sex", "性别"), Sentence("may be empty", "可不填"), (Sentence("female", "女"), Sentence("male", "男"))),
    (Sentence("Education", "学历"), Sentence("highest, finished or under way", "最高学历，含在读"),
     (Sentence("vocational", "大专"), Sentence("bachelor", "本科"), Sentence("master", "硕士"))),
    (Sentence("School", "毕业院校"), Sentence("full name", "写全称"), ()),
    (Sentence("Major", "专业"), Sentence("as on the diploma", "按毕业证书填写"), ()),
    (Sentence("Graduation date", "毕业时间"), Sentence("2024-06-30, or 2024-06", "2024年6月30日，或 2024年6月"), ()),
    (Sentence("Origin", "生源地"), Sentence("local: grew up here", "本地：在本地长大"), (Sentence("local", "本地"), Sentence("elsewhere", "外地"))),
    (Sentence("Residence", "现居住地"), Sentence("where the person lives now", "目前居住地"), (Sentence("here", "本地"), Sentence("away", "外地"))),
    (Sentence("District", "区县"), Sentence("district or county of home", "所属区县"), ()),
    (Sentence("Employment status", "就业状态"), Sentence("on the day of the ledger", "以台账日期为准"),
     (Sentence("employed", "已就业"), Sentence("unemployed", "未就业"), Sentence("founder", "创业"), Sentence("student", "在校"),
      Sentence("preparing for an exam", "备考"), Sentence("not looking", "暂无就业意愿"), Sentence("studying on", "升学"), Sentence("army", "参军入伍"))),
    (Sentence("Monthly wage", "月薪"), Sentence("CNY, of who is employed", "元，已就业者填写"), ()),
    (Sentence("Searching since", "求职登记时间"), Sentence("of who is unemployed", "未就业者填写"), ()),
    (Sentence("Expected wage", "期望薪资"), Sentence("CNY a month", "元/月"), ()),
)  # fmt: skip
"""Heading, what to know, choices."""
TITLE = Sentence("Ledger of graduates, as of: ", "青年就业服务台账    截至：")
SHEETS = Sentence("Ledger", "台账"), Sentence("How to fill it in", "填写说明")
ROWS = 5000
"""Rows for which there are choices."""
HEADING_ROW = 2


def write_template(named: str, language: str) -> Path:
    """Write an empty ledger.

    Args:
        named: Path of the file, an ``.xlsx`` that is not there yet.
        language: Language of its headings.

    Raises:
        MistakeError: The file is there, is called otherwise, or cannot be written.
    """
    path = Path(named).expanduser()
    if path.suffix.lower() != ".xlsx" or path.exists():
        raise MistakeError(sentence("template={file}: name an .xlsx that is not there yet", "template={file}：请指定一个尚不存在的 .xlsx 文件", file=named))
    content = template_of(language)
    try:
        write_all({path: content})
    except OSError as error:
        raise MistakeError(sentence("template={file} cannot be written ({why})", "template={file} 无法写入（{why}）", file=named,
                                    why=why_of(error))) from None  # fmt: skip
    return path


def template_of(language: str) -> bytes:
    """Return an empty ledger, as a workbook.

    Args:
        language: Language of its headings.

    Raises:
        MistakeError: The library that makes it is not there.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MistakeError(sentence("the template needs the library xlsxwriter, which is not installed: {how}",
                                    "生成模板需要 xlsxwriter，尚未安装：{how}", how=how_to_install("yizhan[ledger]"))) from None  # fmt: skip
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        _fill(book, language)
    return content.getvalue()


def _fill(book: Any, language: str) -> None:  # noqa: ANN401
    bold, text = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1}), book.add_format({"num_format": "@"})
    ledger, help_sheet = (book.add_worksheet(in_language(name, language)) for name in SHEETS)
    ledger.merge_range(0, 0, 0, len(COLUMNS) - 1, in_language(TITLE, language), book.add_format({"bold": True, "align": "center"}))
    for place, (heading, meaning, choices) in enumerate(COLUMNS):
        ledger.write_string(HEADING_ROW - 1, place, in_language(heading, language), bold)
        ledger.set_column(place, place, 16, text)
        help_sheet.write_string(place, 0, in_language(heading, language), bold)
        help_sheet.write_string(place, 1, in_language(meaning, language))
        help_sheet.write_string(place, 2, " / ".join(in_language(choice, language) for choice in choices))
        if choices:
            source = [in_language(choice, language) for choice in choices]
            ledger.data_validation(HEADING_ROW, place, ROWS, place, {"validate": "list", "source": source, "error_type": "warning"})
    help_sheet.set_column(0, 2, 40)
    ledger.freeze_panes(HEADING_ROW, 0)
