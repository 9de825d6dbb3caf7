"""Results at a glance: one line where Python prints an object, a small table in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from sim.numbers import SHARE, form_in, write, write_estimate
from sim.outcomes import OUTCOMES
from sim.statistics import FEW_VALUES

SHOWN = ("employment_rate", "employed_in_region", "spending")
"""Outcomes of a line."""
POINTS = "points"
"""Unit of a difference of shares, in hundredths."""
_CELL = "padding:2px 10px;text-align:{side};vertical-align:top"


def written(value: float, unit: str = "") -> str:
    """Write a number; shares as percent, their differences as points."""
    return f"{write(value, form_in(unit))}{_sign(unit)}"


def with_interval(interval: Iterable[Any], unit: str = "") -> str:
    """Write a value with its interval; without one where there is none."""
    return f"{write_estimate(interval, form_in(unit))}{_sign(unit)}"


def _sign(unit: str) -> str:
    return f" {SHARE.unit}" if unit == "share" else ""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def few_note(number: int, noun: str) -> str:
    """Return what a caption says of intervals over so few that they say little; an empty text where there are enough."""
    return f" · only {counted(number, noun)}: intervals are wide or missing 次数太少，区间很宽或无法给出" if number < FEW_VALUES else ""


def shown_outcomes(names: Iterable[str]) -> list[str]:
    """Return those outcomes that a small table shows: the headlines."""
    return [name for name in names if name in OUTCOMES and OUTCOMES[name].headline]


def label_of(name: str) -> tuple[str, str]:
    """Return what an outcome is called in English and Chinese; its name where it is not known here."""
    if name not in OUTCOMES:
        return name, name
    return OUTCOMES[name].label["en"], OUTCOMES[name].label["zh"]


def unit_of_difference(unit: str) -> str:
    """Return the unit of a difference: those of shares are points."""
    return POINTS if unit == "share" else unit


def html_table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table for a notebook; every text is escaped.

    Args:
        caption: What stands above it.
        headings: Headings of the columns.
        rows: Cells; the first column is a name, the others are numbers.
    """

    def cell(kind: str, text: str, place: int) -> str:
        return f'<{kind} style="{_CELL.format(side="left" if place == 0 else "right")}">{escape(text)}</{kind}>'

    head = "".join(cell("th", heading, place) for place, heading in enumerate(headings))
    body = "".join("<tr>" + "".join(cell("td", text, place) for place, text in enumerate(row)) + "</tr>" for row in rows)
    top = f'<caption style="text-align:left;caption-side:top">{escape(caption)}</caption>'
    return f"<table>{top}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
