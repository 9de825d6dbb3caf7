"""The report of a study: what a trial would find, what is true, and how good a single trial is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.report.document import Grid, blocks_of, section
from experiments.report.rebuilt import trials_of
from experiments.report.told import Told, in_words, said
from experiments.report.words import WORDS
from experiments.shared.tables import kept_instead
from experiments.trial.report import form_of_outcome, half_width, print_trials
from experiments.trial.words import design_of, estimand_label, outcome_label, title_of
from sim.bilingual import Sentence, in_language
from sim.how_sure import how_sure, of_which
from sim.numbers import write, write_estimate

if TYPE_CHECKING:
    from experiments.report.saved import Saved
    from sim.trials.analysis import Estimand
    from sim.trials.trial import Trials

ENOUGH = 0.8
"""Share of the trials that find an effect from which on a trial is taken to be large enough: the usual power."""


def told_of_trials(saved: Saved, language: str) -> Told:
    """Return what the report of a study says."""
    trials = trials_of(saved)
    with kept_instead() as shown:
        print_trials(trials, language, title=False)
    assigned = [estimand for estimand in trials.estimands if estimand.kind == "itt"] or list(trials.estimands[:1])
    question = Sentence(trials.study.question, trials.study.question_zh or trials.study.question)
    which = [of_which(trials.scenario.behaviour_set, trials.lived)] if trials.replicates > 1 else []
    blocks = blocks_of(shown)
    grids = [block for block in blocks if isinstance(block, Grid)]
    every = grids[1:-1]

    def heading(key: str) -> str:
        return in_language(WORDS[key], language)

    return Told(
        title=title_of(trials), answer=[line for estimand in assigned for line in _answer(trials, estimand)],
        against=[WORDS["baseline_of_trial"], *([question] if question else []), *design_of(trials)],
        sections=[
            *section(heading("sure"), blocks_of(in_words([*_sure(trials, assigned[0]), *which], language))),
            *section(heading("study"), [block for block in blocks if block not in every]),
        ],
        appendix=section(heading("details"), every), method="trial_method", replicates=trials.replicates, first_figure="estimates",
    )  # fmt: skip


def _answer(trials: Trials, estimand: Estimand) -> list[Sentence]:
    """Say what a trial would find of one comparison, what is true, and how good one trial is."""
    outcome, day = trials.study.primary
    finding, form = trials.finding(estimand), form_of_outcome(outcome)
    told = said(
        "answer_of_trial", who=estimand_label(trials.study, estimand), what=outcome_label(outcome, day),
        found=write_estimate(finding.mean, form), true=write_estimate(finding.mean_truth, form),
    )  # fmt: skip
    power = float(finding.power(trials.study.significance).mean)
    if trials.replicates == 1 or math.isnan(power):
        return [told]
    verdict = WORDS["strong"] if power >= ENOUGH else WORDS["weak"]
    return [told, said("one_trial", half=half_width(finding.half_width, form), power=f"{write(round(100 * power))} %", verdict=verdict)]


def _sure(trials: Trials, estimand: Estimand) -> list[Sentence]:
    """Say in three lines how many of a hundred one admission brings, where that is a share and there is a set of behaviours."""
    from sim.uncertainty import estimate_over

    outcome, day = trials.study.primary
    form = form_of_outcome(outcome)
    if trials.lived is None:
        return []
    estimate = estimate_over(form.scale * trials.finding(estimand).truth, trials.lived)
    return how_sure(outcome_label(outcome, day), estimate, trials.lived)
