"""What a study says on the terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

from rich.table import Table

from experiments.shared.tables import NARROW, make_console, make_table, show, show_fitting, show_lines
from experiments.shared.words import Speaker
from experiments.trial.files import cost_per_additional, per_admitted
from experiments.trial.words import WORDS, arm_label, design_of, estimand_label, measure_label, outcome_label, title_of
from sim.bilingual import Sentence
from sim.how_sure import of_which
from sim.numbers import DASH, Form, mark_of_zero, money_form, write, write_estimate, write_parts
from sim.statistics import FEW_VALUES, DifferenceInterval, MeanInterval
from sim.trials.analysis import FEWEST_CLUSTERS, Estimand
from sim.trials.measures import MEASURES
from sim.trials.trial import Trials
from sim.uncertainty import interval_over

PARTS = ("on_admitted", "on_enrolled", "on_others", "net")
"""Of whom the true effects are summed."""


def print_trials(trials: Trials, language: str, *, title: bool = True) -> None:
    """Print the design, the primary outcome, every other outcome, and what treatment does to everybody.

    Args:
        trials: The study.
        language: Language of the words.
        title: Whether to say first what the study is, and how its intervals are meant.
    """
    study, say = trials.study, Speaker(language, WORDS)
    if title:
        say("title", title=title_of(trials))
        question = Sentence(study.question, study.question_zh)
        which = [of_which(trials.scenario.behaviour_set, trials.lived)] if trials.replicates > 1 else []
        show_lines([*([question] if say.of(question) else []), *design_of(trials), *which], language)
    _print_primary(trials, say)
    _print_outcomes(trials, say)
    _print_everybody(trials, say)
    _print_warnings(trials, say)


def _print_primary(trials: Trials, say: Speaker) -> None:
    """Print every estimand of the primary outcome: what the trials find, the truth, and how good a single trial is."""
    outcome, day = trials.study.primary
    form = form_of_outcome(outcome)
    heads = [say.text(head) for head in ("who", "found", "true", "bias", "half", "coverage", "power")]
    cells, biased_by_none = {}, False
    for estimand in trials.estimands:
        finding = trials.finding(estimand)
        biased_by_none = biased_by_none or _is_no_bias(finding.bias)
        cells[say.of(estimand_label(trials.study, estimand))] = dict(zip(heads[1:], (
            write_estimate(finding.mean, form, "\n"), write_estimate(finding.mean_truth, form, "\n"), _bias(finding.bias, form),
            half_width(finding.half_width, form), _share(finding.coverage, trials.replicates, say),
            _share(finding.power(trials.study.significance), trials.replicates, say),
        ), strict=True))  # fmt: skip
    title = say.text("primary", label=outcome_label(outcome, day))

    def table(shown: Sequence[str], _between: str) -> Table:
        return make_table(title, [heads[0], *shown], [[name, *(row[head] for head in shown)] for name, row in cells.items()])

    show_fitting(heads[1:], table, ((6, "\n"), (3, "\n"), (2, "\n"), (1, "\n")))
    naive = any(estimand.kind == "naive" for estimand in trials.estimands)
    notes = {"truth_note": True, "naive_note": naive, "bias_note": biased_by_none}
    show_lines([WORDS[note] for note, wanted in notes.items() if wanted], say.language)


def _print_outcomes(trials: Trials, say: Speaker) -> None:
    """Print the intention to treat on every outcome and follow-up."""
    study = trials.study
    heads = [say.text(head) for head in ("outcome", "days", "found", "true", "power")]
    for estimand in (one for one in trials.estimands if one.kind == "itt"):
        title = say.text("every", label=estimand_label(study, estimand))

        def table(shown: Sequence[str], between: str, estimand: Estimand = estimand, title: str = title) -> Table:
            rows = []
            for outcome, day in product(study.outcomes, study.followup_days):
                finding = trials.finding(estimand, outcome, day)
                form = form_of_outcome(outcome)
                found = (
                    write_estimate(finding.mean, form, between), write_estimate(finding.mean_truth, form, between),
                    _share(finding.power(study.significance), trials.replicates, say),
                )  # fmt: skip
                cells = dict(zip(heads[2:], found, strict=True))
                rows.append([say.of(measure_label(outcome)), str(day), *(cells[head] for head in shown)])
            return make_table(title, [*heads[:2], *shown], rows)

        show_fitting(heads[2:], table, ((3, " "), (3, "\n"), (2, "\n"), (1, "\n")))


def _print_everybody(trials: Trials, say: Speaker) -> None:
    """Print whom treatment helps and whom it costs, over everybody in the markets."""
    outcome, day = trials.study.primary
    measure, language = MEASURES[outcome], say.language
    rows = []
    for part in PARTS:
        values = [interval_over(per_admitted(trials, world, part, outcome, day), trials.lived) for world in trials.reach]
        rows.append([say.text(part), *(write_estimate(one, form_of_outcome(outcome), _between()) for one in values)])
    costs = [cost_per_additional(trials, world, outcome, day) for world in trials.reach]
    if measure.scale > 1 and any(cost.defined for cost in costs):
        money = money_form(min(cost.value for cost in costs if cost.defined), language)
        cells = [write_estimate(cost[:3], money, _between()) if cost.defined else DASH for cost in costs]
        rows.append([say.text("cost", unit=money.unit), *cells])
    each = say.text("per_hundred") if measure.scale > 1 else say.text("per_person", unit=measure.unit)
    title = say.text("for_everybody", each=each, what=outcome_label(outcome, day, with_unit=False))
    show(make_table(title, [say.text(head) for head in ("whom", *trials.reach)], rows))


def _print_warnings(trials: Trials, say: Speaker) -> None:
    """Say what makes a study a poor one: nobody in it, nobody treated in fact, few clusters, one trial."""
    if not trials.enrolled.any():
        show_lines([WORDS["nobody"]], say.language)
        return
    warnings: list[Sentence] = []
    fewest = [clusters for estimand in trials.estimands if (clusters := int(trials.finding(estimand).clusters.min())) > 0]
    few = [clusters for clusters in fewest if clusters < FEWEST_CLUSTERS]
    if few:
        which = say.sentence("few_of", few=len(few), all=len(fewest)) if len(few) < len(fewest) else WORDS["few"]
        warnings.append(say.sentence("too_narrow", which=which, enough=FEWEST_CLUSTERS, least=min(few)))
    for number, name in enumerate(trials.study.arms, start=1):
        if not bool((trials.take_up[name] > 0).any()):
            warnings.append(say.sentence("unused", arm=arm_label(trials.study, number)))
    if trials.replicates == 1:
        warnings.append(WORDS["one"])
    elif trials.replicates < FEW_VALUES:
        warnings.append(say.sentence("few_trials", n=trials.replicates))
    show_lines(warnings, say.language)


def form_of_outcome(outcome: str) -> Form:
    """Return how the numbers of a measure are written; of a share per hundred persons."""
    scale = MEASURES[outcome].scale
    return Form(scale=scale, decimals=1) if scale > 1 else Form(figures=2)


def _between() -> str:
    """Return what stands between a mean and its interval."""
    return "\n" if make_console().width < NARROW else " "


def half_width(value: float, form: Form) -> str:
    """Write how far a single trial may be from what it estimates."""
    return DASH if math.isnan(value) else f"± {write_parts((0.0, -value, value), form)[1].rpartition(' ')[2].rstrip(']')}"


def _is_no_bias(bias: DifferenceInterval) -> bool:
    return bool(mark_of_zero(float(bias.low), float(bias.high)))


def _bias(bias: DifferenceInterval, form: Form) -> str:
    """Write a bias with its interval, one that may be none as such; one trial has an error, and shows no bias."""
    if math.isnan(bias.low):
        return DASH
    value, bounds = write_parts(bias, form, signed=True)
    return "\n".join(("≈ 0" if _is_no_bias(bias) else value, bounds)).strip()


def _share(share: MeanInterval, trials: int, say: Speaker) -> str:
    """Write a share of the trials; of one trial, whether it is so."""
    if math.isnan(float(share.mean)):
        return DASH
    if trials == 1:
        return say.text("yes" if share.mean else "no")
    return f"{write(round(100 * float(share.mean)))} %"
