"""A report as one HTML file that asks nobody for anything: its pictures and its looks are in it."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from experiments.report.document import Grid, Lines
from experiments.shared.fonts import FONT_FAMILY, font_path

if TYPE_CHECKING:
    from experiments.report.document import Report

STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.6 "FAMILY", system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1a1a1a; background: #fff;
  max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .2rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .4rem; border-bottom: 1px solid #999; }
.about, figcaption, caption, .note { color: #444; font-size: .9rem; }
.strong { font-size: 1.15rem; font-weight: 600; border-left: .3rem solid #0072b2; padding-left: .8rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .6rem 0; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border-bottom: 1px solid #ccc; padding: .25rem .5rem; text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; }
tbody th:first-child { min-width: 9rem; overflow-wrap: anywhere; }
tr.part th { text-align: left; background: #eee; }
.wide { overflow-x: auto; }
figure { margin: 1rem 0; break-inside: avoid; }
img { max-width: 100%; height: auto; }
pre { background: #f3f3f3; padding: .6rem; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print {
  body { font-size: 10.5pt; max-width: none; padding: 0; }
  .appendix { break-before: page; } tr { break-inside: avoid; } }
"""
FACE = """@font-face {{ font-family: "{family}"; src: url(data:font/otf;base64,{data}) format("opentype"); unicode-range: U+2E80-FFFF; }}
"""
FIRST_OF_OURS = 0x2E80
"""First sign for which the font is brought along: Chinese ones, which not every machine has."""
TEMPLATE = """<!DOCTYPE html>
<html lang="{{ 'zh-CN' if report.language == 'zh' else 'en' }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:">
<title>{{ report.title }}</title>
<style>{{ style|safe }}</style>
</head>
<body>
{%- macro show(section) %}
<section>
<h2>{{ section.title }}</h2>
{%- for block in section.blocks %}
{%- if is_lines(block) and block.kind == 'items' %}
<ul>{% for line in block.lines %}<li>{{ line }}</li>{% endfor %}</ul>
{%- elif is_lines(block) and block.kind == 'code' %}
{% for line in block.lines %}<pre>{{ line }}</pre>{% endfor %}
{%- elif is_lines(block) %}
{% for line in block.lines %}<p{% if block.kind == 'strong' %} class="strong"{% endif %}>{{ line }}</p>
{% endfor %}
{%- elif is_grid(block) %}
<div class="wide"><table>
{% if block.title %}<caption>{{ block.title }}</caption>{% endif %}
<thead><tr>{% for head in block.heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead>
<tbody>
{%- for row in block.rows %}
{%- if row|length == 1 %}
<tr class="part"><th scope="colgroup" colspan="{{ block.heads|length }}">{{ row[0] }}</th></tr>
{%- else %}
<tr><th scope="row">{{ row[0] }}</th>{% for cell in row[1:] %}<td>{{ cell }}</td>{% endfor %}</tr>
{%- endif %}
{%- endfor %}
</tbody></table></div>
{% if block.note %}<p class="note">{{ block.note }}</p>{% endif %}
{%- else %}
<figure><img src="data:image/png;base64,{{ inside(block.data) }}" alt="{{ block.says }}"><figcaption>{{ block.title }}</figcaption></figure>
{%- endif %}
{%- endfor %}
</section>
{%- endmacro %}
<header><h1>{{ report.title }}</h1><p class="about">{{ report.about }}</p></header>
<main>
{%- for one in report.sections %}{{ show(one) }}{% endfor %}
<div class="appendix">
<h1>{{ report.appendix_title }}</h1>
{%- for one in report.appendix %}{{ show(one) }}{% endfor %}
</div>
</main>
</body>
</html>
"""


def as_html(report: Report) -> str:
    """Return a report as HTML."""
    from jinja2 import Environment

    letters = "".join(sorted({sign for text in _texts_of(report) for sign in text if ord(sign) >= FIRST_OF_OURS}))
    style = STYLE.replace("FAMILY", FONT_FAMILY) + (FACE.format(family=FONT_FAMILY, data=_font_of(letters)) if letters else "")
    template = Environment(autoescape=True).from_string(TEMPLATE)
    return template.render(
        report=report, style=style, is_lines=lambda block: isinstance(block, Lines), is_grid=lambda block: isinstance(block, Grid),
        inside=_inside,
    ) + "\n"  # fmt: skip


def _texts_of(report: Report) -> Iterator[str]:
    """Yield every text of a report."""
    yield from (report.title, report.about, report.appendix_title)
    for section in (*report.sections, *report.appendix):
        yield section.title
        for block in section.blocks:
            match block:
                case Lines():
                    yield from block.lines
                case Grid():
                    yield from (block.title, block.note, *block.heads, *(cell for row in block.rows for cell in row))
                case _:
                    yield block.title


def _font_of(letters: str) -> str:
    """Return the font of the figures with these letters alone, so that they show on a machine that has none of its own."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(notdef_outline=True, hinting=False, layout_features=[], name_IDs=[0, 1, 2, 13])
    with TTFont(font_path(), recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(font)
        buffer = io.BytesIO()
        font.save(buffer)
    return _inside(buffer.getvalue())


def _inside(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
