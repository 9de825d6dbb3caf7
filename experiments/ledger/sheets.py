"""The cells of a ledger, whatever the file is: XLSX, XLS, ODS, or CSV in UTF-8, GBK or UTF-16. No message repeats what stands in a cell."""

from __future__ import annotations

import csv
import io
import itertools
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NoReturn

from experiments.shared.errors import MistakeError
from experiments.shared.extras import how_to_install
from sim.bilingual import sentence
from sim.errors import why_of

Cell = str | float | int | bool | date | datetime | time | timedelta | None
LARGEST_FILE, LARGEST_UNPACKED, MOST_CELLS, MOST_COLUMNS = 200_000_000, 2_000_000_000, 50_000_000, 2000
"""Bytes of a file, of what it unpacks to, cells, and columns: more is no ledger."""
ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried one after the other, strictly; GB18030 is GBK and more."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ",\t;"
LOOKED_AT = 40
"""Rows at the beginning by which the delimiter is found."""
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
SHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXTS = (".csv", ".txt", ".tsv")


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        number: Its number, from 1.
        rows: Its cells; row i of the file, as people count them, is ``rows[i - 1]``.
    """

    number: int
    rows: list[list[Cell]]


def read_sheets(named: str) -> list[Sheet]:
    """Read every sheet of a file.

    Args:
        named: Path of the file.

    Raises:
        MistakeError: No file, one that cannot be read, or none of a known kind.
    """
    return sheets_of(named, _bytes_of(named))


def sheets_of(named: str, content: bytes) -> list[Sheet]:
    """Read every sheet of the content of a file.

    Args:
        named: What the file is called, with its ending.
        content: Its bytes.

    Raises:
        MistakeError: It cannot be read, or is of no known kind.
    """
    ending = Path(named).suffix.lower()
    if ending not in (*SHEETS, *TEXTS):
        _refuse(named, "is no XLSX, XLS, ODS or CSV by its ending; save it as one of these", "扩展名不是 XLSX、XLS、ODS 或 CSV；请另存为其中之一")
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        _refuse(named, "is empty", "是空文件")
    sheets = _of_text(named, content) if ending in TEXTS else _of_workbook(named, content)
    if sum(len(row) for sheet in sheets for row in sheet.rows) > MOST_CELLS:
        _refuse(named, "has more than {most:,} cells; that is no ledger", "单元格超过 {most:,} 个，不像台账", most=MOST_CELLS)
    if max((len(row) for sheet in sheets for row in sheet.rows), default=0) > MOST_COLUMNS:
        _refuse(named, "has more than {most:,} columns; that is no ledger", "超过 {most:,} 列，不像台账", most=MOST_COLUMNS)
    return sheets


def _refuse(named: str, en: str, zh: str, **parts: object) -> NoReturn:
    """Refuse a file.

    Raises:
        MistakeError: Always.
    """
    raise MistakeError(sentence("{file}: " + en, "{file}：" + zh, file=named, **parts)) from None


def _bytes_of(named: str) -> bytes:
    path = Path(named).expanduser()
    try:
        if not path.is_file():
            _refuse(named, "there is no such file", "没有这个文件")
        if path.stat().st_size > LARGEST_FILE:
            _refuse(named, "is larger than {most:,} MB; that is no ledger", "大于 {most:,} MB，不像台账", most=LARGEST_FILE // 10**6)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        _refuse(named, "cannot be read ({why})", "无法读取（{why}）", why=why_of(error))


def _of_text(named: str, content: bytes) -> list[Sheet]:
    """Read a CSV, whatever its encoding and its delimiter."""
    if content.startswith((OLE, ZIP)):
        _refuse(named, "is a workbook by its content; give it its ending, such as .xlsx", "内容是工作簿；请改回其扩展名，如 .xlsx")
    text = _decoded(named, content)
    if "\x00" in text:
        _refuse(named, "is no text; save the ledger as CSV once more", "不是文本文件；请将台账重新另存为 CSV")
    try:
        delimiter = max(DELIMITERS, key=lambda one: max(map(len, itertools.islice(_rows_of(text, one), LOOKED_AT)), default=0))
        rows: list[list[Cell]] = [[cell or None for cell in row] for row in _rows_of(text, delimiter, strict=True)]
    except csv.Error:
        _refuse(named, "is no CSV: a quotation mark is not closed, or a cell is very long", "不是有效的 CSV：引号未闭合，或单元格过长")
    return [Sheet(1, rows)]


def _rows_of(text: str, delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    """Return the rows of a CSV; strictly, an open quotation mark is an error and swallows no rows."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _decoded(named: str, content: bytes) -> str:
    for encoding in ("utf-16",) if content.startswith(UTF_16) else ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    _refuse(named, "is neither UTF-8 nor GBK; save it as one of these, or as XLSX", "编码既不是 UTF-8 也不是 GBK；请另存为其中之一，或存为 XLSX")


def _of_workbook(named: str, content: bytes) -> list[Sheet]:
    """Read a workbook; of cells that are merged downwards each has the value."""
    if content.lstrip()[:9].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        _refuse(named, "is a web page by its content; open it and save it as XLSX", "内容是网页；请打开后另存为 XLSX")
    if not content.startswith((OLE, ZIP)):
        _refuse(named, "is no workbook by its content; open it and save it as XLSX", "内容不是工作簿；请打开后另存为 XLSX")
    if content.startswith(ZIP) and _unpacked(content) > LARGEST_UNPACKED:
        _refuse(named, "unpacks to more than {most:,} MB; that is no ledger", "解压后大于 {most:,} MB，不像台账", most=LARGEST_UNPACKED // 10**6)
    calamine = _calamine()
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [Sheet(number, _cells(book.get_sheet_by_index(number - 1))) for number in range(1, len(book.sheet_names) + 1)]
    except calamine.PasswordError:
        _refuse(named, "is locked by a password; save it without", "设有密码；请取消密码后另存")
    except Exception:  # noqa: BLE001 (a damaged file makes any of them, and what they say may hold what stands in a cell)
        _refuse(named, "is damaged, or locked by a password: open it and save it as XLSX", "已损坏或设有密码；请打开后另存为 XLSX")


def _calamine() -> Any:  # noqa: ANN401
    try:
        import python_calamine
    except ImportError:
        raise MistakeError(sentence(
            "workbooks need the library python-calamine, which is not installed: {how}; or save the ledger as CSV",
            "读取工作簿需要 python-calamine，尚未安装：{how}；或将台账另存为 CSV", how=how_to_install("yizhan[ledger]"),
        )) from None  # fmt: skip
    return python_calamine


def _unpacked(content: bytes) -> int:
    try:
        return sum(inside.file_size for inside in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return 0  # told as damaged by who reads it


def _cells(sheet: Any) -> list[list[Cell]]:  # noqa: ANN401
    rows: list[list[Cell]] = [[None if cell == "" else cell for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1] if left == right else ():
            if left < len(row) and row[left] is None:
                row[left] = rows[top][left]
    return rows


def text_of(cell: Cell) -> str:
    """Return what stands in a cell as a text: ordinary signs for full-width ones, whole numbers without a point, nothing around it."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else ("yes" if cell else "no")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        cell = int(cell)
    return " ".join(unicodedata.normalize("NFKC", str(cell)).replace("\u200b", "").split())
