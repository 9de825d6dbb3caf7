"""What a comparison leaves in files: ``comparison.json``, ``series.parquet`` and ``account_people.parquet``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.compare.carried import carried_json
from experiments.compare.unspent import unspent_json
from experiments.shared.json_numbers import estimate, number, ratio_of
from experiments.shared.results_folder import series_table
from sim.account import ROW_KINDS, Part
from sim.compared import Comparison
from sim.how_sure import about_intervals, told_over
from sim.outcomes import OUTCOMES
from sim.results import GROUPS, Results
from sim.statistics import mean_defined

if TYPE_CHECKING:
    import pyarrow as pa

MEASURES = ("persons", "employed_in_region", "first_jobs_here")
"""Measures of a group whose differences are kept."""
ALWAYS = ("employed_in_region", "unemployment_rate", "vacancies_per_seeker", "residents_from_elsewhere")
"""Outcomes that the page shows day by day in any case."""
IF_ANY = ("startups_alive", "startup_jobs", "station_guests", "spending")
"""Outcomes that it shows day by day where they are not zero throughout."""


def comparison_json(comparison: Comparison, baseline: str, programme: str) -> dict[str, Any]:
    """Return the content of ``comparison.json``.

    Args:
        comparison: The comparison.
        baseline: Name of the baseline.
        programme: Name of the programme whose variants were compared.
    """
    return {
        "baseline": baseline,
        "programme": programme,
        "seed": comparison.baseline.seed,
        "replicates": comparison.baseline.replicates,
        "days": comparison.baseline.days,
        **about_intervals(comparison.baseline.scenario.behaviour_set, comparison.baseline.lived),
        "variants": {name: _variant(comparison, name) for name in comparison.variants},
    }


def _variant(comparison: Comparison, name: str) -> dict[str, Any]:
    variant = comparison.variants[name]
    without, given = comparison.baseline.outcomes, variant.results.outcomes
    lived = comparison.baseline.lived
    outcomes = {}
    for outcome, values in given.items():
        (difference, low, high), more = told_over(values - without[outcome], lived)
        outcomes[outcome] = {
            "unit": OUTCOMES[outcome].unit["en"],
            "baseline": number(mean_defined(without[outcome])),
            "variant": number(mean_defined(values)),
            "difference": number(difference),
            "low": number(low),
            "high": number(high),
            "values": [number(value) for value in values - without[outcome]],
            "baseline_values": [number(value) for value in without[outcome]],
            "variant_values": [number(value) for value in values],
            **more,
        }
    spent = given["spending"] - without["spending"]
    accounts = {kind: {row: estimate(values, ROW_KINDS[row], lived) for row, values in rows.items()} for kind, rows in variant.accounts.items()}
    costs = {kind: ratio_of(comparison.cost_per(name, kind), comparison.cost_estimate(name, kind)) for kind in ("jobs", "stays_6m", "businesses")}
    return {
        "outcomes": outcomes,
        "account": accounts["jobs"],
        "accounts": accounts,
        "spending": estimate(spent, comparison.kind_of_money, lived),
        **unspent_json(comparison, name),
        "capital": {part: estimate(values, comparison.kind_of_money, lived) for part, values in variant.capital.items()},
        "cost_per_additional_job": costs["jobs"],
        "cost_per_additional_stay": costs["stays_6m"],
        "cost_per_additional_business": costs["businesses"],
        "carried_by": carried_json(comparison, name),
        "variance_ratio": number(comparison.variance_ratio(name, "employed_in_region")),
        "groups": {
            attribute: {group: {measure: _group(comparison, name, attribute, group, measure) for measure in MEASURES} for group in groups}
            for attribute, groups in GROUPS.items()
        },
    }


def _group(comparison: Comparison, name: str, attribute: str, group: str, measure: str) -> dict[str, Any]:
    (difference, low, high), more = told_over(comparison.group_values(name, attribute, group, measure), comparison.baseline.lived)
    both = (comparison.baseline, comparison.variants[name].results)
    without, given = ([number(run.groups[attribute][group][measure]) for run in results.runs] for results in both)
    return {
        "difference": number(difference), "low": number(low), "high": number(high), "baseline_values": without, "variant_values": given, **more,
    }  # fmt: skip


def series_of(comparison: Comparison, baseline: str, outcomes: Sequence[str]) -> pa.Table:
    """Return the daily values of some outcomes in long form: variant, replicate, day, date, outcome, value.

    Args:
        comparison: The comparison.
        baseline: Name of the baseline, a value of the column ``variant``.
        outcomes: Names of outcomes; those that are known only at the end are left out. What the page draws over time is kept in any case.
    """
    import pyarrow as pa

    arms: dict[str, Results] = {baseline: comparison.baseline} | {name: variant.results for name, variant in comparison.variants.items()}
    there = comparison.baseline.runs[0].series
    names = [name for name in dict.fromkeys((*outcomes, *ALWAYS, *IF_ANY)) if name in there]
    tables = []
    for place, results in enumerate(arms.values()):
        table = series_table(results, names)
        variant = pa.DictionaryArray.from_arrays(np.full(table.num_rows, place, np.int32), list(arms))
        tables.append(table.add_column(0, "variant", variant))
    return pa.concat_tables(tables)


def account_people_table(comparison: Comparison) -> pa.Table:
    """Return who stands in which part of which account: variant, replicate, person, kind, row.

    A line a person who is in some `Part`; the numbers of the account are sums and differences of the numbers of lines (docs/account.md).
    """
    import pyarrow as pa

    names = list(comparison.variants)
    kinds = list(next(iter(comparison.variants.values())).accounts)
    rows = [part.name.lower() for part in Part]
    columns: dict[str, list[Any]] = {"variant": [], "replicate": [], "person": [], "kind": [], "row": []}
    for place, name in enumerate(names):
        for replicate, found in enumerate(comparison.variants[name].parts):
            for kind, parts in found.items():
                persons = np.flatnonzero(parts)
                size = len(persons)
                numbers = (place, replicate, persons, kinds.index(kind), parts[persons])
                for column, value in zip(columns, numbers, strict=True):
                    columns[column].append(np.broadcast_to(np.asarray(value, np.int64), size))
    joined = {column: np.concatenate(values) for column, values in columns.items()}
    words = {"variant": names, "kind": kinds, "row": rows}
    return pa.table(
        {
            column: pa.DictionaryArray.from_arrays(values.astype(np.int32), words[column]) if column in words
            else values.astype(np.int32 if column == "replicate" else np.int64)
            for column, values in joined.items()
        }
    )  # fmt: skip
