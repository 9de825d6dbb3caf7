"""What is said of baselines that were tested for equivalence: a table of what is not equivalent, and a sentence for each."""

from __future__ import annotations

import math

from rich.markup import escape
from rich.table import Table

from experiments.check.equivalence import LEVEL, Judgement, Tested, Verdict
from experiments.check.labels import outcome_of
from experiments.check.margins import IGNORED_SHARE, IGNORED_SPREADS
from experiments.check.movements import Finding
from experiments.shared.tables import show
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, joined
from sim.numbers import DASH, form_of, write

MOST_TESTS = 12
"""Outcomes of a baseline that are printed."""
ORDER = (Verdict.DIFFERENT, Verdict.UNSURE, Verdict.UNDEFINED, Verdict.EQUIVALENT, Verdict.SAME)


def told(judgement: Judgement) -> list[Tested]:
    """Return the tests that are worth a row: what is different, then chosen outcomes by how near they come to their margin."""
    rows = [one for one in judgement.tests if one.chosen or one.verdict is Verdict.DIFFERENT]
    return sorted(rows, key=lambda one: (ORDER.index(one.verdict), one.p, -_share(one)))


def print_judgements(findings: list[Finding], say: Speaker) -> None:
    """Print the table of the tests of every baseline that moved."""
    tested = [(found, found.judgement) for found in findings if found.judgement is not None and found.judgement.tests]
    if not tested:
        return
    table = Table(title=say.text("tests"), title_justify="left", caption=_caption(say), caption_justify="left")
    for name in ("outcome", "difference", "margin", "verdict"):
        table.add_column(say.text(name), justify="left" if name in ("outcome", "verdict") else "right", overflow="fold")
    for found, judgement in tested:
        table.add_section()
        table.add_row(f"[bold]{escape(found.name)}[/bold]")
        rows = told(judgement)
        for one in rows[:MOST_TESTS]:
            table.add_row(*(escape(cell) for cell in cells_of(one, found, say)))
        if len(rows) > MOST_TESTS:
            table.add_row(escape(say.text("more_tests", n=len(rows) - MOST_TESTS)))
    show(table)


def _caption(say: Speaker) -> str:
    return say.text("tests_caption", level=round(100 * LEVEL), share=round(100 * IGNORED_SHARE), spreads=f"{IGNORED_SPREADS:g}")


def cells_of(one: Tested, found: Finding, say: Speaker) -> tuple[str, str, str, str]:
    """Write a test: outcome, difference with its interval, margin, verdict."""
    outcome = outcome_of(one.name, found.now, found.before)
    form = form_of(outcome, say.language, difference=True)
    label = say.of(outcome.label)
    if math.isnan(one.low):
        text = DASH if math.isnan(one.difference) else say.text("deviations", n=f"{one.difference:.3f}")
        return label, text, DASH if math.isnan(one.margin) else say.text("deviations", n=f"{one.margin:.2f}"), say.text(one.verdict)
    label = label if form.unit in ("-", "") else say.text("in_unit", label=label, unit=form.unit)
    ends = f"[{write(one.low, form, signed=True)} … {write(one.high, form, signed=True)}]" if math.isfinite(one.high) else ""
    difference = DASH if math.isnan(one.difference) else write(one.difference, form, signed=True)
    return label, f"{difference} {ends}".strip(), f"± {write(one.margin, form)}", say.text(one.verdict)


def sentence_of_judgement(found: Finding, judgement: Judgement, say: Speaker) -> Sentence:
    """Say what is to be thought of a baseline, and what could not be judged as it is not defined."""
    said = _sentence_of_all(found, judgement, say)
    undefined = [_label(one, found) for one in judgement.tests if one.chosen and one.verdict is Verdict.UNDEFINED]
    if not undefined:
        return said
    return joined([said, say.sentence("not_defined", names=joined(undefined, "; "))], " ")


def _sentence_of_all(found: Finding, judgement: Judgement, say: Speaker) -> Sentence:
    parts = {"name": found.name, "replicates": judgement.replicates, "looks": judgement.looks, "n": len(found.movements)}
    if judgement.verdict is Verdict.DIFFERENT:
        worst = [one for one in told(judgement) if one.verdict is Verdict.DIFFERENT]
        return say.sentence("is_different", count=len(worst), worst=_label(worst[0], found), **parts)
    if judgement.verdict is Verdict.UNSURE and not judgement.tests:
        return say.sentence("no_sample", needed=judgement.needed, **parts)
    if judgement.verdict is Verdict.UNSURE and all(one.verdict is Verdict.UNDEFINED for one in judgement.tests if one.chosen):
        return say.sentence("nothing_defined", **parts)
    if judgement.verdict is Verdict.UNSURE:
        left = [one for one in judgement.tests if one.chosen and one.verdict is Verdict.UNSURE]
        key = "is_unsure" if judgement.needed is not None else "is_unsure_whatever"
        return say.sentence(key, count=len(left), worst=_label(left[0], found) if left else DASH, needed=judgement.needed, **parts)
    return say.sentence("is_equivalent" if judgement.verdict is Verdict.EQUIVALENT else "is_same", **parts)


def _label(one: Tested, found: Finding) -> Sentence:
    label = outcome_of(one.name, found.now, found.before).label
    return Sentence(label["en"], label["zh"])


def _share(one: Tested) -> float:
    """Return how much of the margin the farther end of the interval takes."""
    far = max(abs(one.low), abs(one.high))
    return far / one.margin if one.margin and math.isfinite(far) else math.inf
