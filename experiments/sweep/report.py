"""What a sweep says on the terminal: for each outcome the paired differences to the reference, first, and the levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.sureness import halves_of, spans_of
from experiments.shared.tables import few, show_lines
from experiments.sweep.layout import Sheet, show_sheet
from experiments.sweep.swept import Compared, Swept
from experiments.sweep.words import WORDS, few_vectors, say
from sim.bilingual import Sentence, sentence, sentence_of
from sim.how_sure import LUCK_ALONE, of_which, sureness
from sim.numbers import DASH, form_of, mark_of_zero, write_estimate
from sim.outcomes import OUTCOMES

if TYPE_CHECKING:
    import pyarrow as pa

    from experiments.shared.words import Language

MOST_POINTS = 40
"""Points of a table; all are in the file."""
TOLD = "*"
"""Mark of what can be told from the reference, all points looked at together."""


def print_sweep(table: pa.Table, outcomes: Sequence[str], language: Language) -> None:
    """Print, for each outcome, the points with their paired differences to the reference and their means.

    Args:
        table: The table of the sweep, which says what it holds.
        outcomes: Outcomes that are printed.
        language: Language of the words.
    """
    if not outcomes:
        return
    swept = Swept.of(table)
    show_lines([_against(swept)], language)
    for name in outcomes:
        show_sheet(_sheet(swept, name, language))
        show_lines(_how_sure(swept, name), language)
    show_lines(_notes(swept), language)


def _against(swept: Swept) -> Sentence:
    """Say with which point the others are compared."""
    if swept.reference is None:
        return _said("no_reference", number=swept.about.reference)
    return _said("compared", point=Sentence(swept.name_of_reference("en"), swept.name_of_reference("zh")))


def _notes(swept: Swept) -> list[Sentence | None]:
    """Say how sure the numbers are, what the marks mean, and what is not in the table."""
    points = len(swept.numbers)
    notes: list[Sentence | None] = [few(swept.draws) if swept.lived is None else few_vectors(swept.draws)]
    if swept.draws > 1:
        notes.append(LUCK_ALONE if swept.lived is None else of_which(swept.about.chosen, swept.lived))
        notes.append(WORDS["some_without_set"] if swept.estimating.alone is not None else None)
    if swept.reference is not None and swept.draws > 1 and points > 1:
        notes.append(_said("marks", count=points - 1) if points > 2 else WORDS["mark_one"])
    if points > MOST_POINTS:
        key = "first_points" if swept.reference is None else "most_different"
        notes.append(_said(key, some=MOST_POINTS - (swept.reference is not None), all=points))
    if "seed" in swept.about.axes and swept.draws > 1:
        notes.append(WORDS["other_seeds"])
    if swept.has_short_names and swept.named is None:
        notes.append(_said("numbered", axes=len(swept.about.axes)))
    if swept.missing:
        notes.append(_said("missing", missing=swept.missing, points=swept.about.points))
    return notes


def _shown(swept: Swept, compared: Compared | None) -> list[int]:
    """Return the places of the points of a table, in order: of many those that differ most from the reference."""
    every = list(range(len(swept.numbers)))
    if compared is None or swept.reference is None or len(every) <= MOST_POINTS:
        return every[:MOST_POINTS]
    size = np.nan_to_num(np.abs(compared.estimate.mean), nan=-1.0)
    size[swept.reference] = np.inf
    return sorted(np.argsort(-size, kind="stable")[:MOST_POINTS].tolist())


def _said(key: str, **parts: object) -> Sentence:
    return sentence(WORDS[key], WORDS[key].zh, **parts)


def _sheet(swept: Swept, name: str, language: Language) -> Sheet:
    """Return the table of an outcome."""
    outcome = OUTCOMES[name]
    means, compared = swept.means(name), swept.compared(name)
    shown = _shown(swept, compared)
    most = float(np.nanmax(np.abs(means.mean), initial=0.0))
    form, points = form_of(outcome, language, most), form_of(outcome, language, most, difference=True)

    def difference(place: int, between: str) -> list[str]:
        if compared is None:
            return []
        if place == swept.reference:
            return [say("reference_cell", language)]
        value, low, high = (float(part[place]) for part in compared.estimate.interval)
        mark = TOLD if compared.told[place] else mark_of_zero(low, high)
        return [f"{write_estimate((value, low, high), points, between, signed=True)} {mark}".strip()] if np.isfinite(value) else [DASH]

    def cells(between: str) -> list[list[str]]:
        return [[*difference(place, between), write_estimate([part[place] for part in means.interval], form, between)] for place in shown]

    names = swept.names(language)
    columns = [names] if swept.has_short_names else [swept.written(axis, language) for axis in swept.about.axes]
    heads = [say("point_head", language)] if swept.has_short_names else [swept.called(axis, language) for axis in swept.about.axes]
    keys = ["mean"] if compared is None else ["difference", "mean"]
    of_set = "" if swept.lived is None else "_of_set"
    title = say("in_unit", language, what=outcome.label, unit=form.unit)
    return Sheet(
        title, heads, [[column[place] for column in columns] for place in shown],
        [names[place] for place in shown], [say(f"{key}_head{of_set}", language) for key in keys], [say(f"{key}_short", language) for key in keys],
        say("point_head", language), cells,
    )  # fmt: skip


def _how_sure(swept: Swept, name: str) -> list[Sentence]:
    """Say how sure the numbers of an outcome are, those of the surest point to those of the least sure; nothing without a set, or from one vector."""
    means, compared = swept.means(name), swept.compared(name)
    others = np.arange(len(swept.numbers)) != swept.reference
    known = [one for one in (halves_of(compared.estimate, others) if compared else None, halves_of(means)) if one is not None]
    if swept.lived is None or not known:
        return []
    most = float(np.nanmax(np.abs(means.mean), initial=0.0))
    forms = [form_of(OUTCOMES[name], language, most, difference=True) for language in ("en", "zh")]
    what = _said("how_sure_of", outcome=sentence_of(OUTCOMES[name].label), unit=Sentence(*(form.unit for form in forms)))
    spans = [spans_of(halves, forms) for halves in known]
    both = [_said("how_sure_parts", differences=one, means=other) for one, other in zip(*spans, strict=True)] if len(spans) > 1 else spans[0]
    return sureness(what, both, swept.lived)
