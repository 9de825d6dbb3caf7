"""Ledgers as people keep them, made for tests: with the names and numbers that must be found nowhere, and with faults that are known."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from pathlib import Path
from typing import Any

HEADINGS = (
    "序号", "姓名", "性别", "身份证号", "联系电话", "毕业院校", "所学专业", "学历", "毕业时间（年月）",
    "生源地", "现居住地", "所属区县", "就业状态",
    "就业单位", "月薪（元）", "期望薪资", "失业登记时间", "帮扶人",
)  # fmt: skip
FAMILY, GIVEN = "欧阳诸葛上官司徒", "璟霏懿骁钰堃翀彧"
DAY = date(2020, 11, 15)
ROWS = 800
FAULTS = 40


def name_of(number: int) -> str:
    """Return a name that stands nowhere else."""
    return FAMILY[number % 4 * 2 : number % 4 * 2 + 2] + GIVEN[number // 4 % 8] + GIVEN[number // 32 % 8] + chr(0x4E00 + 100 + number)


def person(number: int, luck: random.Random) -> dict[str, Any]:
    """Return one sound row."""
    status = luck.choices(["在校", "未就业", "已就业", "待业", "自主创业", "备考研究生", "暂无就业意愿", ""], [12, 20, 38, 10, 3, 5, 4, 8])[0]
    year = 2021 if status == "在校" else luck.choice([2020, 2019, 2018])
    graduated = luck.choice([f"{year}年6月", f"{year}.6", f"{year}-06-30", f"{year}0630", f"{year}届", f"{year}／６／３０", date(year, 6, 30)])
    works = status == "已就业"
    return {
        "序号": number + 1, "姓名": name_of(number), "性别": luck.choice("男女"), "身份证号": f"3703021998{number:04d}{luck.randrange(1000):03d}X",
        "联系电话": f"139{60000000 + number}", "毕业院校": luck.choice(["山东理工大学", "淄博职业学院", "青岛科技大学", "某某学院"]),
        "所学专业": luck.choice(["计算机科学与技术", "机械制造", "会计", "护理", "园林", "奇怪专业"]),
        "学历": luck.choice(["本科", "大专", "硕士研究生", "大学本科", "专科"]),
        "毕业时间（年月）": graduated, "生源地": luck.choice(["山东省淄博市", "本地", "江苏省南京市", ""]),
        "现居住地": luck.choice(["张店区", "在本地", "外地", ""]),
        "所属区县": luck.choice(["张店区", "临淄", "桓台县", ""]), "就业状态": status, "就业单位": f"{name_of(number)}公司" if works else "",
        "月薪（元）": luck.choice([4500, "５０００元", "0.5万", "4000-6000", "6k"]) if works else "", "期望薪资": luck.choice(["6000", "面议", ""]),
        "失业登记时间": "2020年8月" if status == "未就业" else "", "帮扶人": name_of(number + 5000),
    }  # fmt: skip


def faulty(rows: list[dict[str, Any]]) -> dict[str, list[int]]:
    """Put `FAULTS` faults into rows, in place; return kind → rows of the list."""
    faults: dict[str, list[int]] = {}
    kinds = {
        "same_person": {"身份证号": rows[0]["身份证号"]},
        "too_long_ago": {"毕业时间（年月）": "2009年6月", "就业状态": "已就业"},
        "later_class": {"毕业时间（年月）": "2024年6月", "就业状态": ""},
        "left": {"就业状态": "升学", "就业单位": ""},
        "nothing_known": dict.fromkeys(("毕业时间（年月）", "学历", "就业状态", "所学专业", "毕业院校", "就业单位"), ""),
        "not_understood": {"学历": "=HYPERLINK(1)", "毕业时间（年月）": "2020年13月", "就业状态": name_of(7000)},
        "swapped": {"学历": name_of(7001), "所学专业": "13960001234"},
        "formula": {"所学专业": "=cmd|' /C calc'!A0", "现居住地": "@SUM(1+1)"},
    }  # fmt: skip
    for place in range(FAULTS):
        kind = list(kinds)[place % len(kinds)]
        row = 15 + place * 19
        rows[row].update(kinds[kind])
        faults.setdefault(kind, []).append(row)
    return faults


def ledger(rows: int = ROWS, seed: int = 1) -> tuple[list[dict[str, Any]], dict[str, list[int]]]:
    """Return the rows of a ledger with faults, and where they are."""
    luck = random.Random(seed)  # noqa: S311
    found = [person(number, luck) for number in range(rows)]
    return found, faulty(found) if rows >= ROWS else {}


def as_text(value: Any) -> str:
    """Return a cell as a CSV has it."""
    return f"{value.year}/{value.month}/{value.day}" if isinstance(value, date) else str(value)


def write_csv(path: Path, rows: list[dict[str, Any]], encoding: str = "gbk", *, bom: bytes = b"") -> Path:
    """Write a ledger as CSV, with a title above the headings and a sum at the end."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["淄博市青年就业台账（截至2020年11月15日）", *[""] * (len(HEADINGS) - 1)])
    writer.writerow(HEADINGS)
    writer.writerows([as_text(row[heading]) for heading in HEADINGS] for row in rows)
    writer.writerow(["合计", len(rows), *[""] * (len(HEADINGS) - 2)])
    path.write_bytes(bom + text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write a ledger as a workbook: a merged title, two rows of headings merged downwards, dates of the workbook, a school merged over two rows."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("台账")
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "淄博市青年就业台账（截至2020年11月15日）")
        for place, heading in enumerate(HEADINGS):
            sheet.merge_range(1, place, 2, place, heading)
        for line, row in enumerate(rows, 3):
            for place, heading in enumerate(HEADINGS):
                value = row[heading]
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, day)
                elif isinstance(value, int):
                    sheet.write_number(line, place, value)
                else:
                    sheet.write_string(line, place, value)
        school = HEADINGS.index("毕业院校")
        sheet.merge_range(3, school, 4, school, "山东理工大学")
        sheet.write_string(len(rows) + 3, 0, "合计")
        book.add_worksheet("说明").write_string(0, 0, "填表说明")
    return path
