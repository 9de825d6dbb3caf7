"""The report of a calibration: which targets the set of behaviours meets, what was learned, and what was not."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from experiments.calibrate.report import closing, how, met, print_parameters, print_targets, recovered
from experiments.report.document import blocks_of, section
from experiments.report.rebuilt_analyses import calibration_of
from experiments.report.told import Told, in_words, said
from experiments.report.words import WORDS
from experiments.shared.tables import kept_instead
from sim.bilingual import in_language, sentence
from sim.calibration.checks import LEARNED

if TYPE_CHECKING:
    from experiments.report.saved import Saved

FARTHEST = 12
"""Missed targets that are told of before the appendix, the farthest first."""


def told_of_calibration(saved: Saved, language: str) -> Told:
    """Return what the report of a calibration says."""
    found = calibration_of(saved)
    far = {one: abs(one.distance) if math.isfinite(one.distance) else math.inf for one in found.targets}
    missed = sorted((one for one in far if not one.is_met), key=lambda one: -far[one])
    with kept_instead() as targets:
        print_targets(found, language)
    with kept_instead() as farthest:
        print_targets(replace(found, targets=tuple(missed[:FARTHEST])), language)
    first = [said("farthest_missed", count=FARTHEST)] if len(missed) > FARTHEST else []
    with kept_instead() as parameters:
        print_parameters(found, language)
    told = sum(one.shrinkage >= LEARNED for one in found.parameters)

    def heading(key: str) -> str:
        return in_language(WORDS[key], language)

    others = [line for line in closing(found) if line not in (met(found), *recovered(found))]
    return Told(
        title=sentence("{title}: {targets}", "{title}：{targets}", title=WORDS["title_of_calibration"], targets=found.title),
        answer=[met(found), said("learned", told=told, all=len(found.parameters), share=f"{100 * LEARNED:.0f} %")],
        against=[said("baseline_of_calibration", vectors=found.vectors, targets=found.title), how(found)],
        sections=[
            *section(heading("missed_first"), blocks_of([*farthest, *in_words(first, language)]) if missed else []),
            *section(heading("sure"), blocks_of(in_words([*recovered(found), WORDS["sure_of_calibration"]], language))),
            *section(heading("not_learned"), blocks_of(in_words([*others, WORDS["use_of_calibration"]], language))),
        ],
        appendix=[*section(heading("targets_met"), blocks_of(targets)), *section(heading("of_parameters"), blocks_of(parameters))],
        method="calibration_method", replicates=found.runs, first_figure="targets", how=[how(found), WORDS["calibration_method"]],
        compares_known=False,
    )  # fmt: skip
