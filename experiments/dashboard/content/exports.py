"""What a planner takes along: a workbook, a CSV, JSON, a programme file, and the report; no cell can be taken for a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from experiments.compare.attribution import OF_ATTRIBUTION
from experiments.compare.words import COLUMNS
from experiments.dashboard.content.checking import main_of
from experiments.dashboard.content.texts import Plain
from experiments.ledger.files import safe
from experiments.optimise.programme import content_of
from experiments.report.assembling import report_of
from experiments.report.command import refuse_missing, writer_of
from experiments.report.options import FORMATS
from experiments.report.saved import opened
from experiments.shared.errors import MistakeError
from experiments.shared.extras import how_to_install
from sim.bilingual import Sentence, in_language, sentence
from sim.numbers import POINTS
from sim.titles import titles_of

if TYPE_CHECKING:
    from experiments.dashboard.content.asking import Asked

SECTIONS: dict[str, Sentence] = {
    "answer": Sentence("Answer", "结论"), "account": Sentence("Gross to net", "从总数到净增"), "sure": Sentence("How sure", "有多确定"),
    "money": Sentence("Money", "资金"),
    "parts": Sentence("Each lever's part", "各措施的贡献"), "for_whom": Sentence("For whom", "分群体"), "outcomes": Sentence("What changes", "变化"),
    "carries": Sentence("Assumptions", "假定"), "reported": Sentence("Reported figures", "上报数"), "curves": Sentence("Over time", "逐日"),
    "again": Sentence("How to repeat it", "如何重做"),
}  # fmt: skip
"""Sheets of the workbook, in order, and sections of the CSV."""
HEADS = {
    "section": Sentence("section", "部分"), "variant": Sentence("variant", "方案"), "what": Sentence("what", "内容"),
    "unit": Sentence("unit", "单位"),
    "value": Sentence("value", "数值"), "low": Sentence("low, 95 %", "下限（95%）"), "high": Sentence("high, 95 %", "上限（95%）"),
    "note": Sentence("note", "说明"),
}  # fmt: skip
PERSONS, YUAN = Sentence("persons", "人"), Sentence("CNY", "元")
MONEY = {
    "spending": Sentence("spent", "支出"), "more": Sentence("spent more than the baseline", "比对照多支出"),
    "lent": Sentence("lent, not in the cost", "放贷（未计入成本）"), "invested": Sentence("invested, not in the cost", "股权投资（未计入成本）"),
    "lost": Sentence("lost of it", "其中损失"),
}  # fmt: skip
PARTS = {
    "jobs": (COLUMNS["jobs"], PERSONS), "stays": (COLUMNS["stays_6m"], PERSONS), "firms": (COLUMNS["businesses"], PERSONS),
    "spending": (MONEY["spending"], YUAN),
}  # fmt: skip
"""What is divided among levers → its name and unit."""
TOGETHER = OF_ATTRIBUTION["all_levers"]
COST = Sentence("CNY per additional job", "每净增就业成本（元）")
CANNOT_BE_TOLD = Sentence("cannot be told", "无法确定")
KINDS_OF_ACCOUNT = {"account": COLUMNS["jobs"], "stays": COLUMNS["stays_6m"], "firms": COLUMNS["businesses"]}
HIDDEN = Sentence("hidden: few persons", "隐去：人数过少")
PRELIMINARY = Sentence("preliminary: more pairs will come", "初步：仍在计算")
MISS = Sentence("missed", "不符")
WIDTHS = (20, 48, 12, 14, 14, 14, 60)


class Line(NamedTuple):
    """A line of a table: what is told, of which variant, its number with its interval, a note."""

    section: str
    variant: str
    what: str
    unit: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


def lines_of(result: Plain, language: str) -> Iterator[Line]:
    """Yield every line of a result, in one language.

    Args:
        result: The answer of a comparison, as `experiments.dashboard.content.answer.answer_of` returns it.
        language: Language of the words.
    """
    labels = {name: str(label[language]) for name, label in result["labels"].items()}

    def word(text: Sentence) -> str:
        return in_language(text, language)

    yield Line("answer", "", result["compared"][language], note=word(PRELIMINARY) if result["preliminary"] else "")
    for one in result["answer"]:
        yield Line("answer", labels[one["variant"]], one["sentence"][language])
    for note in result["notes"]:
        yield Line("answer", "", note[language])
    for name, label in labels.items():
        for kind in ("account", "stays", "firms"):
            for row in result[kind][name]:
                note = word(KINDS_OF_ACCOUNT[kind])
                yield Line("account", label, row["title"][language], word(PERSONS), row["value"], row["low"], row["high"], note)
        for said in result["how_sure"][name]["sentences"]:
            yield Line("sure", label, said[language])
        money = result["money"][name]
        for part, called in MONEY.items():
            yield Line("money", label, word(called), word(YUAN), *money[part])
        cost = result["cost"][name]
        if cost["defined"]:
            yield Line("money", label, cost["sentence"][language], word(YUAN), cost["value"], cost["low"], cost["high"])
        for lever in money["by_lever"]:
            yield Line("money", label, lever["title"][language], word(YUAN), lever["value"], lever["low"], lever["high"])
        yield from _parts(result.get("parts", {}).get(name), label, language)
        for group in result["for_whom"][name]:
            note = word(HIDDEN) if group["hidden"] else ""
            yield Line("for_whom", label, group["title"][language], word(PERSONS), group["difference"], group["low"], group["high"], note)
        for outcome in result["outcomes"][name]:
            unit = POINTS[language] if outcome["unit"]["en"] == "share" else outcome["unit"][language]
            scale = 100.0 if outcome["unit"]["en"] == "share" else 1.0
            value, low, high = (None if outcome[part] is None else scale * outcome[part] for part in ("difference", "low", "high"))
            yield Line("outcomes", label, outcome["title"][language], unit, value, low, high)
        carried = result["carries"][name]
        if carried["sentence"]:
            yield Line("carries", label, carried["sentence"][language])
        for row in carried["rows"]:
            yield Line("carries", label, row["title"][language], "", row["share"], row["low"], row["high"], row["source"][language])
    for figure in result["reported"]:
        note = f"{word(MISS)}; {figure['why'][language]}" if figure["miss"] else figure["why"][language]
        yield Line("reported", "", figure["title"][language], figure["unit"][language], figure["reported"], note=note)
        yield Line("reported", "", figure["title"][language], figure["unit"][language], *figure["simulated"])


def _parts(parts: Plain | None, label: str, language: str) -> Iterator[Line]:
    """Yield what each lever contributes, where somebody asked for it: what it is, then a line a lever and measure."""
    if parts is None:
        return
    for said in (parts["what"], *parts["notes"]):
        yield Line("parts", label, said[language])
    together = {"title": {key: in_language(TOGETHER, key) for key in ("en", "zh")}, **parts["whole"]}
    for one in (*parts["levers"], together):
        for name, (called, unit) in PARTS.items():
            note = "" if one[name]["told"] in ("more", "fewer", "same") else in_language(CANNOT_BE_TOLD, language)
            what = f"{one['title'][language]} · {in_language(called, language)}"
            yield Line("parts", label, what, in_language(unit, language), one[name]["value"], one[name]["low"], one[name]["high"], note)
        if "cost" in one and one["cost"]["defined"] and not one["cost"]["loses"]:
            what = f"{one['title'][language]} · {in_language(COST, language)}"
            yield Line("parts", label, what, in_language(YUAN, language), one["cost"]["value"], one["cost"]["low"], one["cost"]["high"])


def _curves(result: Plain, language: str) -> Iterator[Line]:
    """Yield the differences over time: a line a day."""
    labels = {name: str(label[language]) for name, label in result["labels"].items()}
    for curve in result["curves"].values():
        for name, band in curve["difference"].items():
            for day, mean, low, high in zip(curve["days"], band["mean"], band["low"], band["high"], strict=True):
                yield Line("curves", labels[name], curve["title"][language], curve["unit"][language], mean, low, high, day)


def _again(asked: Asked) -> Iterator[Line]:
    yield Line("again", "", asked.command)
    for line in asked.python.splitlines():
        yield Line("again", "", line)


def as_csv(asked: Asked, result: Plain, language: str) -> bytes:
    """Return a result as one table, with the right signs for workbooks; what begins like a formula gets an apostrophe."""
    text = io.StringIO(newline="")
    heads = [in_language(head, language) for head in HEADS.values()]
    lines = (*lines_of(result, language), *_curves(result, language), *_again(asked))
    rows = [[in_language(SECTIONS[line.section], language), *line[1:]] for line in lines]
    csv.writer(text).writerows([heads, *([safe("" if cell is None else str(cell)) for cell in row] for row in rows)])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(asked: Asked, result: Plain, language: str) -> bytes:
    """Return a result as a workbook, a sheet a section: texts as texts, numbers as numbers, nothing as a formula or a link.

    Raises:
        MistakeError: The library that makes it is not there.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MistakeError(sentence(
            "a workbook needs the library xlsxwriter, which is not installed: {how}", "生成工作簿需要 xlsxwriter，尚未安装：{how}",
            how=how_to_install("yizhan[excel]"),
        )) from None  # fmt: skip
    content, lines = io.BytesIO(), [*lines_of(result, language), *_curves(result, language), *_again(asked)]
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}) as book:
        bold, wrapped = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1}), book.add_format({"text_wrap": True, "valign": "top"})
        for section, title in SECTIONS.items():
            own = [line for line in lines if line.section == section]
            if not own:
                continue
            sheet = book.add_worksheet(in_language(title, language)[:31].replace(":", "").replace("：", " "))
            for place, (head, width) in enumerate(zip(list(HEADS.values())[1:], WIDTHS, strict=True)):
                sheet.write_string(0, place, in_language(head, language), bold)
                sheet.set_column(place, place, width)
            for number, line in enumerate(own, 1):
                for place, cell in enumerate(line[1:]):
                    if isinstance(cell, str):
                        sheet.write_string(number, place, cell, wrapped)
                    elif cell is not None:
                        sheet.write_number(number, place, cell)
            sheet.freeze_panes(1, 0)
    return content.getvalue()


def as_json(asked: Asked, result: Plain) -> bytes:
    """Return a result with the draft that made it, and how to make it again."""
    again = {"draft": json.loads(asked.draft.canonical()), "digest": asked.digest, "command": asked.command, "python": asked.python}
    content = {**again, "result": result}
    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def as_programme(asked: Asked) -> bytes:
    """Return the main variant as a programme file that every command accepts."""
    import yaml

    chosen = main_of(asked)
    titles = titles_of(asked.scenario)
    title = sentence("{title}, as on the page", "{title}（页面方案）", title=Sentence(titles["en"], titles["zh"]))
    content = content_of(chosen, f"my_{asked.scenario.programme}", title)
    head = "".join(f"# {' '.join(line.split())}\n" for line in (asked.title, asked.title.zh, asked.command))  # a line each, whatever is in it
    return (head + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)).encode()


def as_report(folder: Path, form: str, language: str) -> bytes:
    """Return the report of a result that is kept, as ``yizhan report`` makes it.

    Args:
        folder: The folder of the result.
        form: ``html``, ``docx`` or ``pdf``.
        language: Language of the words.

    Raises:
        MistakeError: No such form, or the library that writes it is not there.
    """
    if form not in FORMATS:
        raise MistakeError(sentence("format={form}: allowed is {forms}", "format={form}：应为 {forms}", form=form, forms=", ".join(FORMATS)))
    refuse_missing([form])
    with opened(str(folder)) as saved:
        written = writer_of(form)(report_of(saved, language))
    return written.encode() if isinstance(written, str) else written
