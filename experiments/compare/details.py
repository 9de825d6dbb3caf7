"""What a comparison says on the terminal with ``detail=true``: differences, accounts, costs, spending, groups, pairing."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.table import Table

from experiments.compare.carried import print_carried
from experiments.compare.words import COLUMNS, WORDS, Names
from experiments.shared.money import money_within
from experiments.shared.tables import NARROW, make_console, make_table, show, show_fitting, show_lines
from experiments.shared.words import Speaker
from sim.account import ROW_KINDS, ROWS
from sim.bilingual import Sentence, in_language
from sim.compared import Comparison
from sim.comparison import KINDS, Precision
from sim.levers import LEVER_LABELS
from sim.numbers import (
    DASH,
    form_of,
    form_of_sum,
    mark_of_zero,
    money_form,
    write,
    write_estimate,
    write_exactly,
    write_parts,
)
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS, GROUPS

ALL_ACCOUNTS = Sentence("From gross to net", "从总数到净增")
COST_LABELS = {
    "jobs": Sentence("additional job", "净增就业"),
    "stays_6m": Sentence("additional stay of 6 months", "净增半年留居"),
    "businesses": Sentence("additional firm", "净增企业"),
}


def print_details(comparison: Comparison, names: Names, outcomes: Sequence[str], language: str, *, groups: bool = True) -> None:
    """Print, for each variant: differences, every account, costs, spending by lever, who gains and loses, and what pairing bought."""
    for name in comparison.variants:
        _print_differences(comparison, name, names, outcomes, language)
        _print_accounts(comparison, name, names, language)
        _print_costs(comparison, name, language)
        _print_spending(comparison, name, names, language)
        if groups:
            _print_groups(comparison, name, names, language)
        print_carried(comparison, name, names, language)
        _print_pairing(comparison, name, language)


def widest(comparison: Comparison, precision: Precision) -> float:
    """Return the widest half-interval of the outcome over the variants; NaN if any has none."""
    halves = [comparison.half_width(name, precision.outcome) for name in comparison.variants]
    return math.nan if any(math.isnan(half) for half in halves) else max(halves)


def _print_differences(comparison: Comparison, name: str, names: Names, outcomes: Sequence[str], language: str) -> None:
    narrow, text = make_console().width < NARROW, Speaker(language, WORDS).text
    rows, noted = [], False
    for outcome in (OUTCOMES[chosen] for chosen in outcomes):
        given = float(comparison.over(comparison.variants[name].results.outcomes[outcome.name]).mean)
        without = float(comparison.over(comparison.baseline.outcomes[outcome.name]).mean)
        estimate = comparison.difference(name, outcome.name)
        form = form_of(outcome, language, max(abs(given), abs(without)), difference=True)
        signed, bounds = write_parts(estimate, form, signed=True)
        nothing = mark_of_zero(float(estimate.low), float(estimate.high))
        noted = noted or bool(nothing)
        cells = [f"{signed} {nothing}".strip() + f"\n{bounds or DASH}"] if narrow else [signed, bounds or DASH, nothing]
        rows.append([text("label_unit", label=outcome.label, unit=form.unit), write(without, form), write(given, form), *cells])
    heads = ["outcome_unit", "baseline", "variant", *(["difference_paired"] if narrow else ["difference", "paired"])]
    _print_table(text("what_changes", name=names[name]), [*map(text, heads), *([] if narrow else [""])], rows, text("zero") if noted else "")


def _print_accounts(comparison: Comparison, name: str, names: Names, language: str) -> None:
    """Print the accounts side by side; where that is too wide, intervals under their means, and then fewer accounts beside one another."""
    accounts = comparison.variants[name].accounts
    kinds = [kind for kind in KINDS if any(accounts[kind][row].any() for row in ROWS)]
    if not kinds:
        return
    rows = [row for row in ROWS if row != "residual" or any(accounts[kind][row].any() for kind in kinds)]
    speaker = Speaker(language, WORDS)

    def table(shown: Sequence[str], between: str) -> Table:
        heads = [speaker.text("persons"), *(speaker.of(COLUMNS[kind]) for kind in shown)]
        estimates = {(row, kind): comparison.over(accounts[kind][row], ROW_KINDS[row]) for row in rows for kind in shown}
        labels = {row: speaker.of(names.row(row, of_jobs=False)) for row in rows}
        forms = {kind: form_of_sum(estimates["net_additional_jobs", kind]) for kind in shown}
        cells = [[labels[row], *(write_estimate(estimates[row, kind], forms[kind], between) for kind in shown)] for row in rows]
        return make_table(speaker.of(names.title(ALL_ACCOUNTS, name)), heads, cells)

    show_fitting(kinds, table, ((len(kinds), " "), (len(kinds), "\n"), (2, "\n"), (1, "\n")))


def _print_costs(comparison: Comparison, name: str, language: str) -> None:
    text = Speaker(language, WORDS).text
    for kind, label in COST_LABELS.items():
        if comparison.variants[name].accounts[kind]["net_additional_jobs"].any():
            show_lines([text("cost_per", what=label, cost=_cost(comparison, name, kind, language))], language)


def _cost(comparison: Comparison, name: str, kind: str, language: str) -> str:
    """Write the cost per net additional one with its interval, or why there is none."""
    ratio = comparison.cost_per(name, kind)
    if ratio.defined:
        return in_language(money_within(ratio[:3]), language)
    return Speaker(language, WORDS).text("one_pair" if comparison.baseline.replicates == 1 else "untold")


def _print_groups(comparison: Comparison, name: str, names: Names, language: str) -> None:
    """Print who gains and who loses: people of each group who work in the region at the end."""
    form, text = form_of(OUTCOMES["employed_in_region"], language), Speaker(language, WORDS).text
    rows, noted = [], False
    for attribute, groups in GROUPS.items():
        for group in groups:
            estimate = comparison.group_difference(name, attribute, group)
            without = float(comparison.over([run.groups[attribute][group]["employed_in_region"] for run in comparison.baseline.runs]).mean)
            nothing = mark_of_zero(float(estimate.low), float(estimate.high))
            noted = noted or bool(nothing)
            called = text("member", group=GROUP_LABELS[attribute], member=GROUP_LABELS[group])
            difference, bounds = write_parts(estimate, form, signed=True)
            rows.append([called, write(without, form), difference, bounds or DASH, nothing])
    if all(row[2:4] == ["0", DASH] for row in rows):
        return
    heads = [*map(text, ("group", "baseline", "difference", "paired")), ""]
    _print_table(text("who_gains", name=names[name]), heads, rows, text("zero") if noted else "", sections=True)


def _print_pairing(comparison: Comparison, name: str, language: str) -> None:
    """Say how much pairing buys for jobs, and how sure the additional jobs are, in persons."""
    values = comparison.variants[name].results.outcomes["employed_in_region"] - comparison.baseline.outcomes["employed_in_region"]
    if len(values) < 2 or not values.any():
        return
    text = Speaker(language, WORDS).text
    factor = comparison.variance_ratio(name, "employed_in_region")
    told = text("pairing", times=write_exactly(round(factor)) if math.isfinite(factor) else "∞")
    estimate = comparison.baseline.estimate(values)
    half = float(comparison.over(values).high) - float(values.mean()) if estimate is None else float(estimate.error)
    if half > 0:
        told = text("within", pairing=told, pairs=len(values), within=write(round(half) if half >= 1 else half))
    show_lines([text("ended", sentence=told)], language)


def _print_spending(comparison: Comparison, name: str, names: Names, language: str) -> None:
    """Print what each lever spends more or less."""
    found = {lever: comparison.difference(name, f"spending.{lever}") for lever in LEVER_LABELS}
    found = {lever: difference for lever, difference in found.items() if any(part != 0.0 for part in difference)}
    if found:
        speaker, form = Speaker(language, WORDS), money_form(max(abs(float(one.difference)) for one in found.values()), language)
        parts = {lever: write_parts(difference, form, signed=True) for lever, difference in found.items()}
        rows = [[speaker.of(LEVER_LABELS[lever]), value, bounds or DASH] for lever, (value, bounds) in parts.items()]
        heads = [speaker.text("lever"), speaker.text("more", unit=form.unit), speaker.text("paired")]
        _print_table(speaker.text("by_lever", name=names[name]), heads, rows)


def _print_table(title: str, heads: list[str], rows: list[list[str]], note: str = "", *, sections: bool = False) -> None:
    show(make_table(title, heads, rows, note, sections=sections))
