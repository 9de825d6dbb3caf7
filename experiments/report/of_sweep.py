"""The report of a sweep: which points can be told from the reference, and by how much."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments.report.document import blocks_of, section
from experiments.report.told import Told, said
from experiments.report.words import WORDS
from experiments.shared.tables import kept_instead
from experiments.sweep.finished import read_table, shown
from experiments.sweep.report import print_sweep
from experiments.sweep.swept import Swept
from sim.bilingual import Sentence, in_language, listed, sentence_of
from sim.numbers import form_of, write_estimate
from sim.outcomes import OUTCOMES

if TYPE_CHECKING:
    from experiments.report.saved import Saved

FIRST = 3
"""Outcomes of which the report tells before its appendix."""


def told_of_sweep(saved: Saved, language: str) -> Told:
    """Return what the report of a sweep says."""
    table, _ = read_table(Path(saved.folder), str(saved.folder))
    swept, outcomes = Swept.of(table), shown(table, saved.config["outcomes"])
    titles = swept.about.titles
    first = [name for name in ("employed_in_region", *outcomes) if name in outcomes]
    first = list(dict.fromkeys(first))[:FIRST]
    blocks = []
    for some in (first, [name for name in outcomes if name not in first]):
        with kept_instead() as tables:
            print_sweep(table, some, language)  # type: ignore[arg-type]  # `options` has checked the language
        blocks.append(blocks_of(tables))
    return Told(
        title=Sentence(titles["en"] or swept.about.programme, titles["zh"] or swept.about.programme),
        answer=[_answer(swept, name) for name in first],
        against=[
            *([WORDS["no_reference"]] if swept.reference is None else [said("baseline_is", against=_reference(swept))]),
            said("points", points=len(swept.numbers), axes=listed(swept.about.axes), replicates=len(swept.replicates)),
        ],
        sections=section(in_language(WORDS["what_was_tried"], language), blocks[0]),
        appendix=section(in_language(WORDS["details"], language), blocks[1]),
        method="points_method", replicates=len(swept.replicates), first_figure=first[0] if first else "",
    )  # fmt: skip


def _reference(swept: Swept) -> Sentence:
    return Sentence(swept.name_of_reference("en"), swept.name_of_reference("zh"))


def _answer(swept: Swept, name: str) -> Sentence:
    """Say how many points can be told from the reference, and which is farthest from it."""
    outcome, compared = OUTCOMES[name], swept.compared(name)
    label, others = sentence_of(outcome.label), len(swept.numbers) - 1
    if compared is None or swept.reference is None:
        return WORDS["no_reference"]
    told = np.flatnonzero(compared.told)
    if not len(told):
        return said("answer_of_sweep_none", outcome=label, reference=_reference(swept), others=others)
    means = np.asarray(compared.estimate.mean)
    place = int(told[np.argmax(np.abs(means[told]))])
    parts = [float(part[place]) for part in compared.estimate.interval]
    forms = {language: form_of(outcome, language, abs(parts[0]), difference=True) for language in ("en", "zh")}
    difference = Sentence(*(write_estimate(parts, form, signed=True) for form in forms.values()))
    farthest = said(
        "farthest", point=Sentence(swept.names("en")[place], swept.names("zh")[place]), difference=difference,
        unit=Sentence(forms["en"].unit, forms["zh"].unit),
    )  # fmt: skip
    return said("answer_of_sweep", outcome=label, told=len(told), others=others, reference=_reference(swept), which=farthest)
