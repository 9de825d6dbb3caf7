"""A report as one HTML file that asks nobody for anything: its pictures and its looks are in it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from experiments.report.document import Grid, Lines

if TYPE_CHECKING:
    from experiments.report.document import Report

STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1a1a1a; background: #fff;
  max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .2rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .4rem; border-bottom: 1px solid #999; }
.about, figcaption, caption, .note { color: #444; font-size: .9rem; }
.strong { font-size: 1.15rem; font-weight: 600; border-left: .3rem solid #0072b2; padding-left: .8rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .6rem 0; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border-bottom: 1px solid #ccc; padding: .25rem .5rem; text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; }
tr.part th { text-align: left; background: #eee; }
.wide { overflow-x: auto; }
figure { margin: 1rem 0; break-inside: avoid; }
img { max-width: 100%; height: auto; }
pre { background: #f3f3f3; padding: .6rem; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { body { font-size: 10.5pt; max-width: none; padding: 0; } .appendix { break-before: page; } tr { break-inside: avoid; } }
"""
TEMPLATE = """<!DOCTYPE html>
<html lang="{{ 'zh-CN' if report.language == 'zh' else 'en' }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
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

    template = Environment(autoescape=True).from_string(TEMPLATE)
    return template.render(
        report=report, style=STYLE, is_lines=lambda block: isinstance(block, Lines), is_grid=lambda block: isinstance(block, Grid),
        inside=_inside,
    ) + "\n"  # fmt: skip


def _inside(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
