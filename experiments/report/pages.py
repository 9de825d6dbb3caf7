"""A report as PDF, set by typst with a font that knows Chinese, without any program besides."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.report.document import Block, Grid, Lines, Picture, is_code

if TYPE_CHECKING:
    from experiments.report.document import Report, Section

WIDTH, HEIGHT = 16.6, 22.5
"""Width of the text on A4 and most height of a picture with its title, cm."""
FONTS = Path(__file__).resolve().parents[1] / "shared" / "fonts"
HEAD = """
#set page(paper: "a4", margin: 2.2cm, numbering: "1")
#set text(font: ("Libertinus Serif", "Yizhan Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC"), size: 10pt, lang: LANGUAGE)
#set par(justify: false, leading: 0.8em, spacing: 1em)
#set table(stroke: (x, y) => (bottom: 0.4pt + gray), align: (x, y) => if x == 0 { left } else { right })
#show table: set text(size: 8.5pt)
#show figure: set block(breakable: false)
#show heading: set block(above: 1.4em, below: 0.7em)
"""


def as_pdf(report: Report) -> bytes:
    """Return a report as PDF."""
    import typst

    with tempfile.TemporaryDirectory() as place:
        folder, number = Path(place), 0
        parts = [f"#set document(title: {_text(report.title)}, date: none)", HEAD.replace("LANGUAGE", _text(report.language))]
        parts.append(f'#text(size: 18pt, weight: "bold", {_text(report.title)})\n\n#text(fill: luma(40%), {_text(report.about)})')
        for level, sections in ((1, report.sections), (2, report.appendix)):
            if level > 1:
                parts.append(f"#pagebreak()\n#heading(level: 1, {_text(report.appendix_title)})")
            for section in sections:
                number = _set(section, level, parts, folder, number)
        source = folder / "report.typ"
        source.write_text("\n\n".join(parts), encoding="utf-8")
        made = dt.datetime.fromisoformat(report.made)
        return bytes(typst.compile(str(source), font_paths=[str(FONTS)], timestamp=int(made.timestamp())))


def _set(section: Section, level: int, parts: list[str], folder: Path, number: int) -> int:
    """Set a section; return how many pictures there are now."""
    parts.append(f"#heading(level: {level}, {_text(section.title)})")
    for block, following in zip_longest(section.blocks, section.blocks[1:]):
        if isinstance(block, Picture):
            number += 1
            (folder / f"{number}.png").write_bytes(block.data)
        made = _set_block(block, number)
        parts.append(f"#block(sticky: true)[{made}]" if is_code(following) and not is_code(block) else made)
    return number


def _set_block(block: Block, number: int) -> str:
    match block:
        case Lines(kind="items"):
            return "#list(" + ", ".join(f"text({_text(line)})" for line in block.lines) + ")"
        case Lines(kind="strong"):
            return "\n\n".join(f'#text(size: 12pt, weight: "bold", {_text(line)})' for line in block.lines)
        case Lines(kind="code"):
            return "\n\n".join(f"#raw({_text(line)}, block: true)" for line in block.lines)
        case Lines():
            return "\n\n".join(f"#text({_text(line)})" for line in block.lines)
        case Grid():
            return _set_table(block)
    image = f'image("{number}.png", alt: {_text(block.says)}, width: {block.width_within(WIDTH, HEIGHT):.2f}cm)'
    return f"#figure({image}, caption: text({_text(block.title)}), supplement: none, numbering: none)"


def _set_table(grid: Grid) -> str:
    columns = len(grid.heads)
    cells = [f"table.header({', '.join(f'strong(text({_text(head)}))' for head in grid.heads)})"]
    for row in grid.rows:
        if len(row) == 1:
            cells.append(f"table.cell(colspan: {columns}, strong(text({_text(row[0])})))")
        else:
            cells += [f"text({_text(cell)})" for cell in row]
    widths = ", ".join(["1fr", *["auto"] * (columns - 1)])
    title = f"#block(sticky: true, strong(text({_text(grid.title)})))\n\n" if grid.title else ""
    note = f"\n\n#text(size: 8.5pt, {_text(grid.note)})" if grid.note else ""
    return f"{title}#table(columns: ({widths}{',' if columns == 1 else ''}), {', '.join(cells)}){note}"


def _text(text: str) -> str:
    """Return a text as typst writes one: nothing in it is understood."""
    return json.dumps(text, ensure_ascii=False)
