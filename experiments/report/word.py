"""A report as a document that officials open, change and pass on: headings, tables and pictures of Word, nothing drawn by hand."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from experiments.report.document import Block, Grid, Lines, Picture, is_code

if TYPE_CHECKING:
    from experiments.report.document import Report, Section

WIDTH, HEIGHT = 16.0, 22.0
"""Width of the text on A4 and most height of a picture with its title, cm."""
MOST_OF_A_HEAD, BOLD = 12, 1.15
"""Letters of a word of a heading that have room on a line in any case, and how much wider they are."""
LETTER, PADDING, NARROWEST = 0.19, 0.45, 4.0
"""Width of a letter of a table, of the margins of a cell, and what a first column has at least, cm."""
WESTERN, EASTERN = "Calibri", "Microsoft YaHei"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""When all files within the document were made: the same bytes for the same result."""
STYLES = {"items": "List Bullet", "strong": "Intense Quote", "code": "No Spacing", "plain": "Normal"}


def as_docx(report: Report) -> bytes:
    """Return a report as DOCX."""
    import docx
    from docx.shared import Cm, Pt

    document = docx.Document()
    for page in document.sections:
        page.page_width, page.page_height = Cm(21.0), Cm(29.7)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption", "Intense Quote"):
        _set_fonts(document.styles[name])
    document.styles["Normal"].font.size = Pt(10.5)
    _describe(document.core_properties, report)
    document.add_heading(report.title, 0)
    document.add_paragraph(report.about)
    for section in report.sections:
        _add_section(document, section, 1)
    document.add_page_break()
    document.add_heading(report.appendix_title, 1)
    for section in report.appendix:
        _add_section(document, section, 2)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_time(buffer.getvalue())


def _set_fonts(style: Any) -> None:  # noqa: ANN401 (python-docx has no types)
    """Give a style a font of either script."""
    from docx.oxml.ns import qn

    style.font.name = WESTERN
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), EASTERN)


def _describe(properties: Any, report: Report) -> None:  # noqa: ANN401
    """Write what the document is, with the time of the result for its own."""
    made = dt.datetime.fromisoformat(report.made).astimezone(dt.UTC).replace(tzinfo=None)
    properties.title, properties.author, properties.last_modified_by, properties.comments = report.title[:255], "Yizhan 驿站", "", ""
    properties.created = properties.modified = made
    properties.language = "zh-CN" if report.language == "zh" else "en"


def _add_section(document: Any, section: Section, level: int) -> None:  # noqa: ANN401
    document.add_heading(section.title, level)
    for block, following in zip_longest(section.blocks, section.blocks[1:]):
        _add_block(document, block, leads=is_code(following))


def _add_block(document: Any, block: Block, *, leads: bool) -> None:  # noqa: ANN401
    """Add a block; what leads to the next one stays on its page."""
    match block:
        case Lines():
            for line in block.lines:
                paragraph = document.add_paragraph(style=STYLES[block.kind])
                paragraph.paragraph_format.keep_with_next = block.kind == "plain" and leads
                run = paragraph.add_run(line)
                if block.kind == "code":
                    run.font.name = "Consolas"
        case Grid():
            _add_table(document, block)
        case Picture():
            _add_picture(document, block)


def _add_table(document: Any, grid: Grid) -> None:  # noqa: ANN401
    """Add a table whose head comes again on each page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    if grid.title:
        document.add_paragraph(grid.title, style="Caption").paragraph_format.keep_with_next = True
    table = document.add_table(rows=1 + len(grid.rows), cols=len(grid.heads), style="Table Grid")
    head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 (python-docx has no other way)
    head.append(OxmlElement("w:tblHeader"))
    for place, row in enumerate([grid.heads, *grid.rows]):
        cells = table.rows[place].cells
        if len(row) == 1 and len(cells) > 1:
            cells[0].merge(cells[-1])
        for number, text in enumerate(row):
            paragraph = cells[number].paragraphs[0]
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(9), place == 0 or len(row) == 1
            if number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table.autofit = False
    for column, width in zip(table.columns, widths_of(grid), strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    note = document.add_paragraph(grid.note)
    for run in note.runs:
        run.font.size = Pt(9)


def widths_of(grid: Grid) -> list[float]:
    """Return the widths of the columns of a table, cm: those with numbers as wide as they are, where there is room, the first with what is left."""
    rows = [row for row in grid.rows if len(row) > 1]
    if not rows:
        return [WIDTH / len(grid.heads)] * len(grid.heads)
    wanted, needed = [], []
    for head, *cells in list(zip(grid.heads, *rows, strict=True))[1:]:
        of_head = BOLD * min(MOST_OF_A_HEAD, max(map(letters_of, head.split()), default=0))
        wanted.append(PADDING + LETTER * max(of_head, *map(letters_of, cells)))
        needed.append(PADDING + LETTER * max(of_head, *(letters_of(word) for cell in cells for word in cell.split(" "))))
    room, more = WIDTH - NARROWEST - sum(needed), sum(wanted) - sum(needed)
    share = min(1.0, max(0.0, room) / more) if more else 1.0
    others = [need + share * (want - need) for want, need in zip(wanted, needed, strict=True)]
    return [max(1.0, WIDTH - sum(others)), *others]


def letters_of(text: str) -> int:
    """Return how many letters wide a text is: a Chinese one takes the room of two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _add_picture(document: Any, picture: Picture) -> None:  # noqa: ANN401
    """Add a picture with its words for those who cannot see it."""
    from docx.shared import Cm

    shape = document.add_picture(io.BytesIO(picture.data), width=Cm(picture.width_within(WIDTH, HEIGHT)))
    properties = shape._inline.docPr  # noqa: SLF001
    properties.set("descr", picture.says)
    properties.set("title", picture.title)
    document.add_paragraph(picture.title, style="Caption")


def _without_time(data: bytes) -> bytes:
    """Return the same archive with no time in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry.filename))
    return buffer.getvalue()
