"""What a run says on the terminal: every outcome with its interval, and who works, by group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.table import Table

from experiments.shared.tables import MEASURES, NARROW, few, make_console, make_table, show, show_fitting, show_lines
from experiments.shared.words import OF_TABLES, Speaker
from sim.bilingual import Sentence, in_language, sentence, sentence_of
from sim.how_sure import HEAD, of_which
from sim.levers import LEVER_LABELS
from sim.numbers import DASH, PLAIN, form_of, write, write_estimate, write_exactly, write_parts
from sim.outcomes import OUTCOMES
from sim.reported import legend_of
from sim.results import GROUP_LABELS, GROUPS, Results

if TYPE_CHECKING:
    from sim.measures import Outcome

BOUNDS = 2
"""Place of the intervals among the cells of a row of a wide table."""
FEW_PERSONS = 10
"""Persons below which a share or a mean over them is said to rest on few."""


def print_outcomes(results: Results, language: str) -> None:
    """Print each outcome that matters for this scenario, with its interval, unit and, where there is one, the reported figure."""
    narrow, text = make_console().width < NARROW, Speaker(language, OF_TABLES).text
    most = float(results.interval("spending").mean)
    market = [outcome for outcome in OUTCOMES.values() if outcome.headline]
    services = [outcome for outcome in OUTCOMES.values() if not outcome.headline and _matters(outcome, results)]
    rows: list[list[str]] = []
    for section, outcomes in (("market", market), ("services", services)):
        if outcomes:
            rows.append([text(section)])
        rows += [_cells(results, outcome, most, language, narrow=narrow) for outcome in outcomes]
    has_intervals = narrow or any(row[BOUNDS] for row in rows if len(row) > 1)
    if not has_intervals:  # of one replicate, or of one vector of a set, as is said below
        rows = [row[:BOUNDS] + row[BOUNDS + 1 :] for row in rows]
    bounds = text("interval") if results.lived is None else in_language(HEAD, language)
    if few(results.replicates) and results.replicates > 1:
        bounds += "\n" + text("unsure", n=results.replicates)
    heads = [text("outcome"), *([f"{text('mean')}\n{bounds}"] if narrow else [text("mean"), *([bounds] if has_intervals else []), text("unit")])]
    heads += [text("reported")] if results.reported else []
    people = write_exactly(results.scenario.population.graduates)
    key = "caption" if results.replicates > 1 else "caption_once"
    caption = text(key, n=results.replicates, days=results.days, start=results.scenario.start, people=people)
    caption += text("not_effects") if results.reported else ""
    between = "" if language == "zh" else " "
    caption += "".join(between + in_language(words, language) for words in legend_of(results.scenario.reported))
    table = make_table(results.title[language] or results.name, heads, rows, caption)
    table.title_justify = "center"
    if not narrow:
        table.columns[BOUNDS + has_intervals].justify = "left"
    notes = [note for outcome in [*market, *services] if (note := note_of(results, outcome)) is not None]
    show(table)
    which = [of_which(results.scenario.behaviour_set, results.lived)] if results.replicates > 1 else []
    unsure = few(results.replicates) if results.replicates == 1 or results.lived is None or results.lived.different > 1 else None
    show_lines([*which, unsure, *notes], language)


def _cells(results: Results, outcome: Outcome, most: float, language: str, *, narrow: bool) -> list[str]:
    form = form_of(outcome, language, most)
    mean, bounds = write_parts(results.interval(outcome.name), form)
    speaker = Speaker(language, OF_TABLES)
    if narrow:
        cells = [speaker.text("label_unit", label=outcome.label, unit=form.unit), f"{mean}\n{bounds}".strip()]
    else:
        cells = [speaker.of(outcome.label), mean, bounds, form.unit]
    if results.reported:
        figure = results.reported_figures.get(outcome.name)
        cells.append(speaker.of(figure.written(write(figure.value, form))) if figure else "")
    return cells


def note_of(results: Results, outcome: Outcome) -> Sentence | None:
    """Say why an outcome is not defined, or over how few persons it is; None where there is nothing to say."""
    values = np.array([run.outcomes[outcome.name] for run in results.runs])
    defined = int((~np.isnan(values)).sum())
    label = sentence_of(outcome.label)
    if not defined:
        return sentence("{dash} {label}: {why}.", "{dash} {label}：{why}。", dash=DASH, label=label, why=outcome.undefined)
    if defined < len(values):
        return sentence(
            "{label}: over {some} of {all} replicates; in the others {why}.", "{label}：{all} 次模拟中有 {some} 次有值；其余{why}。",
            label=label, some=defined, all=len(values), why=outcome.undefined,
        )  # fmt: skip
    persons = [run.persons[outcome.name] for run in results.runs if outcome.name in run.persons]
    if persons and np.mean(persons) < FEW_PERSONS:
        return sentence(
            "{label}: over only {n} persons a replicate.", "{label}：平均每次模拟仅涉及 {n} 人。", label=label, n=write(float(np.mean(persons))),
        )  # fmt: skip
    return None


def print_groups(results: Results, language: str) -> None:
    """Print who works and what they earn at the end, by group; of a group of few, how many they are."""
    forms = {measure: form_of(OUTCOMES[measure], language) if measure in OUTCOMES else PLAIN._replace(level=True) for measure in MEASURES}
    groups = [(attribute, group) for attribute, members in GROUPS.items() for group in members]
    speaker = Speaker(language, OF_TABLES)

    def table(shown: Sequence[str], between: str) -> Table:
        rows = [[_group(results, *one, language), *(_measure(results, *one, measure, forms, between) for measure in shown)] for one in groups]
        heads = [speaker.text("group"), *(speaker.of(MEASURES[measure]) for measure in shown)]
        return make_table(speaker.text("groups"), heads, rows, sections=True)

    show_fitting(list(MEASURES), table, ((len(MEASURES), " "), (len(MEASURES), "\n"), (2, "\n"), (1, "\n")))


def _measure(results: Results, attribute: str, group: str, measure: str, forms: dict[str, Any], between: str) -> str:
    return write_estimate(results.group_interval(attribute, group, measure), forms[measure], between)


def _group(results: Results, attribute: str, group: str, language: str) -> str:
    text = Speaker(language, OF_TABLES).text
    label = text("member", group=GROUP_LABELS[attribute], member=GROUP_LABELS[group])
    persons = float(results.group_interval(attribute, group, "persons").mean)
    return label if persons >= FEW_PERSONS else text("few_persons", group=label, n=write(persons))


def _matters(outcome: Outcome, results: Results) -> bool:
    """Tell whether a row belongs into the table: reported, or of a service and not zero throughout."""
    if outcome.name in results.reported:
        return True
    kind, _, lever = outcome.name.partition(".")
    happened = any(run.outcomes[outcome.name] > 0 for run in results.runs)
    if lever in LEVER_LABELS:
        return happened and kind in ("spending", "turned_away")
    return happened and outcome.service
