"""The report of the best use of a budget: on what, what that adds, how sure, and how much better than an equal split."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.optimise.report import against_today, answer, capital, flattered, how, limits, print_mix, print_rest, sure
from experiments.report.document import blocks_of, section
from experiments.report.rebuilt import optimised_of
from experiments.report.told import Told, in_words
from experiments.report.words import WORDS
from experiments.shared.tables import kept_instead
from sim.bilingual import Sentence, in_language
from sim.how_sure import of_which
from sim.titles import titles_of

if TYPE_CHECKING:
    from experiments.report.saved import Saved


def told_of_optimum(saved: Saved, language: str) -> Told:
    """Return what the report of the best use of a budget says."""
    found, titles = optimised_of(saved), titles_of(saved.scenario)
    with kept_instead() as mix:
        print_mix(found, language)
    with kept_instead() as front:
        print_rest(found, language)
    which = of_which(saved.scenario.behaviour_set, found.lived)

    def heading(key: str) -> str:
        return in_language(WORDS[key], language)

    return Told(
        title=Sentence(titles["en"] or saved.scenario.programme, titles["zh"] or saved.scenario.programme), answer=[answer(found)],
        against=[WORDS["baseline_of_optimum"], against_today(found)],
        sections=[
            *section(heading("money"), blocks_of([*mix, *in_words([capital(found), *limits(found)], language)])),
            *section(heading("sure"), blocks_of(in_words([*sure(found), which, flattered(found)], language))),
            *section(heading("what_was_tried"), blocks_of([*in_words([how(found)], language), *front])),
        ],
        appendix=[], method="optimise_method", replicates=found.fresh.shape[1], first_figure="front",
    )  # fmt: skip
