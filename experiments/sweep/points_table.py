"""A table of points as it stands in a file: CSV, Parquet, or the ``config.yaml`` of a sweep whose points came from a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.shared.again import CONFIGURATION, read_earlier
from experiments.shared.errors import MistakeError
from experiments.sweep.values import MOST_POINTS, too_many
from sim.bilingual import Sentence, message_of, sentence
from sim.configuration import ConfigurationError
from sim.errors import why_of
from sim.yaml_files import at_line, decode


@dataclass
class Table:
    """What stands in a file of points.

    Attributes:
        path: The file.
        heads: Its header.
        rows: Its cells, row by row.
        lines: Where each row stands.
        of_rows: Whether rows are counted instead of lines.
    """

    path: Path
    heads: list[str]
    rows: Sequence[Sequence[Any]]
    lines: Sequence[int]
    of_rows: bool = False

    @property
    def unit(self) -> Sentence:
        """What a point stands in."""
        return Sentence("row" if self.of_rows else "line", "行")

    def mistake(self, line: int | None, en: str, zh: str, **parts: object) -> MistakeError:
        """Return an error about a line."""
        message = sentence(en, zh, **parts)
        if self.of_rows and line:
            return MistakeError(sentence("{path}, row {row}: {message}", "{path} 第 {row} 行：{message}", path=self.path, row=line, message=message))
        return MistakeError(at_line(self.path, line, message))


def read_table(path: Path, named: str) -> Table:
    """Read the cells of a file.

    Raises:
        MistakeError: It is not there, or is no table.
    """
    nothing = Table(path, [], [], [])
    if not path.is_file():
        why = Sentence("it is a folder", "是目录") if path.is_dir() else Sentence("there is no such file", "没有这个文件")
        en, zh = "points={named}: {why}; name a .csv or .parquet file", "points={named}：{why}；请指定 .csv 或 .parquet 文件"
        raise MistakeError(sentence(en, zh, named=named, why=why))
    try:
        if path.name == CONFIGURATION:
            return _of_result(path)
        if path.suffix.lower() == ".parquet":
            return _of_parquet(path)
        if path.suffix.lower() == ".csv":
            return _of_csv(path)
    except ConfigurationError as error:
        raise MistakeError(message_of(error)) from None
    except OSError as error:
        raise nothing.mistake(None, "cannot be read ({why})", "无法读取（{why}）", why=why_of(error)) from None
    raise nothing.mistake(None, "points are read from .csv and .parquet; save it as CSV (UTF-8)", "只能读取 .csv 与 .parquet；请另存为 CSV（UTF-8）")


def _of_csv(path: Path) -> Table:
    reader = csv.reader(io.StringIO(decode(path, path.read_bytes()), newline=""), strict=True)
    table = Table(path, [], rows := [], lines := [])
    try:
        for cells in reader:
            if not cells:
                continue
            if not table.heads:
                table.heads = [cell.strip() for cell in cells]
                continue
            if len(cells) != len(table.heads):
                en, zh = "has {n} cells, the header has {heads}", "有 {n} 格，表头有 {heads} 格"
                raise table.mistake(reader.line_num, en, zh, n=len(cells), heads=len(table.heads))
            rows.append(cells)
            lines.append(reader.line_num)
            if len(lines) > MOST_POINTS:
                raise MistakeError(too_many(str(path)))
    except csv.Error as error:
        raise table.mistake(reader.line_num, "is no CSV ({why})", "不是 CSV（{why}）", why=error) from None
    if len(table.heads) == 1 and (found := re.search(r"[;\t，；]", table.heads[0])):
        raise table.mistake(1, "columns are separated by commas, not by {sign!r}", "各列应以半角逗号分隔，而不是 {sign!r}", sign=found[0])
    return table


def _of_parquet(path: Path) -> Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        content = pq.ParquetFile(path).read()
    except (pa.ArrowException, OSError) as error:
        first = (str(error).splitlines() or [""])[0]
        raise Table(path, [], [], []).mistake(None, "is no Parquet file ({why})", "不是 Parquet 文件（{why}）", why=first) from None
    if content.num_rows > MOST_POINTS:
        raise MistakeError(too_many(str(path)))
    rows = list(zip(*(column.to_pylist() for column in content.columns), strict=True))
    return Table(path, content.column_names, rows, range(1, len(rows) + 1), of_rows=True)


def _of_result(path: Path) -> Table:
    axes = read_earlier(str(path)).axes
    columns = {key: next(csv.reader(texts)) for key, texts in axes.items() if len(texts) == 1}
    table = Table(path, list(columns), [], [], of_rows=True)
    if not axes or len(columns) < len(axes) or len({len(cells) for cells in columns.values()}) > 1:
        en, zh = "holds no points that came from a file; name a .csv or .parquet file", "其中没有取自文件的点；请指定 .csv 或 .parquet 文件"
        raise table.mistake(None, en, zh)
    table.rows = list(zip(*columns.values(), strict=True))
    table.lines = range(1, len(table.rows) + 1)
    return table
