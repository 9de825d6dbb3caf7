"""What a scorecard leaves in files: ``validation.json``, and pages in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.shared.json_numbers import number
from experiments.shared.words import Speaker
from experiments.validate.left_out import LeftOut
from experiments.validate.predictors import Prediction, mean_errors
from experiments.validate.report import (
    LEFT_HEADS,
    distance_of,
    errors_in_words,
    figure_of,
    head_of,
    knob_rows,
    knobs_of,
    left_out_rows,
    left_target_rows,
    left_targets_in_words,
    named,
    simulated_of,
)
from experiments.validate.scorecard import Row, misses_first
from experiments.validate.words import WORDS
from sim.bilingual import Sentence
from sim.numbers import DASH

COMMAND = "yizhan validate write=docs/validation.md"
MARK = f"<!-- Made by {COMMAND} -->"
"""First line of every page: only a page that begins like this is written over."""


def validation_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the content of ``validation.json``."""
    return [
        {
            "target": row.name,
            "group": row.group,
            "label": row.label,
            "words": {"en": str(row.words), "zh": row.words.zh},
            "unit": str(row.unit),
            "value": number(row.value),
            "tolerance": number(row.tolerance),
            "reason": {"en": str(row.reason), "zh": row.reason.zh},
            "median": number(row.median),
            "low": number(row.bounds[0]),
            "high": number(row.bounds[1]),
            "distance": number(row.distance),
            "pass": row.passed,
            "used_for_calibration": row.in_sample,
            "knobs": list(row.knobs),
            "plan": row.plan,
            "source": row.source,
            "note": {"en": str(row.note), "zh": row.note.zh},
            "values": [number(value) for value in row.values],
        }
        for row in rows
    ]


def predictions_json(found: Sequence[Prediction]) -> dict[str, Any]:
    """Return the content of ``left_out.json``: what is said of each programme when it is left out."""
    figures = [
        {"target": one.row.name, "reported": number(one.row.value), "model": number(one.model), "scaled": number(one.scaled),
         "planned": number(one.planned)} for one in found
    ]  # fmt: skip
    errors = {name: {"mean_log_error": number(error), "figures": count} for name, (error, count) in mean_errors(found).items()}
    return {"programmes": figures, "errors": errors}


def left_targets_json(found: Sequence[LeftOut]) -> list[dict[str, Any]]:
    """Return what is said of each target when it is left out."""
    return [
        {
            "target": one.target.name,
            "value": one.target.value,
            "tolerance": one.target.tolerance,
            "median": number(one.median),
            "low": number(one.low),
            "high": number(one.high),
            "distance": number(one.target.distance(one.median)),
            "pass": one.passed,
            "told_nothing": number(one.before),
        }
        for one in found
    ]


def page(rows: Sequence[Row], found: Sequence[Prediction], left: Sequence[LeftOut], caption: Sentence, language: str) -> str:
    """Return the scorecard as a page in Markdown, misses first."""
    speaker = Speaker(language, WORDS)
    ordered = misses_first(rows)
    lines = [MARK, f"# {speaker.text('title', n=len(rows))}", "", speaker.of(head_of(rows)), "", speaker.of(caption)]
    for key, wanted in (("misses", False), ("passes", True)):
        some = [row for row in ordered if row.passed == wanted]
        if some:
            lines += ["", f"## {speaker.text(key, n=len(some))}", "", *_table(some, speaker, with_note=not wanted)]
    if knobs := knob_rows(rows):
        heads = [speaker.text(key) for key in ("programme", "figures", "chosen", "free", "inputs")]
        lines += ["", f"## {speaker.text('knobs_title')}", "", *_markdown(heads, knobs)]
    if found:
        heads = [speaker.text(key).replace("\n", " ") for key in ("figure", "reported", "model", "scaled", "planned")]
        told = [speaker.of(errors_in_words(found)), speaker.text("no_fit")]
        lines += ["", f"## {speaker.text('left_out_title')}", "", *_markdown(heads, left_out_rows(found, speaker.language)), "", *told]
    if left:
        heads = [speaker.text(key).replace("\n", " ") for key in LEFT_HEADS]
        cells = left_target_rows(left, rows, speaker.language)
        lines += ["", f"## {speaker.text('targets_out_title')}", "", *_markdown(heads, cells), "", speaker.of(left_targets_in_words(left))]
    return "\n".join(lines) + "\n"


def _table(rows: Sequence[Row], speaker: Speaker, *, with_note: bool) -> list[str]:
    heads = [speaker.text(key).replace("\n", " ") for key in ("figure", "value", "simulated", "distance", "sample", "knobs")]
    heads += [speaker.text("note")] if with_note else []
    cells = []
    for row in rows:
        sample = speaker.text("in" if row.in_sample else "out") + (f" ({speaker.text('plan')})" if row.plan else "")
        knobs = ", ".join(f"`{knob}`" for knob in knobs_of(row)) or DASH
        cell = [speaker.of(named(row)), figure_of(row, speaker.language), simulated_of(row, speaker.language), distance_of(row), sample, knobs]
        cells.append([*cell, *([speaker.of(row.note) or DASH] if with_note else [])])
    return _markdown(heads, cells)


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(_escaped(cell) for cell in line)} |" for line in lines]


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
