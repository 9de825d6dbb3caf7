"""Results as tidy pandas frames: a line a value, with what it is a value of. pandas is loaded when a frame is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.bilingual import sentence
from sim.statistics import Kind

if TYPE_CHECKING:
    import pandas as pd

Makers = Mapping[str, Callable[[], dict[str, Any]]]
"""Name of a part → what gives its columns."""


def frame_of(part: str, makers: Makers) -> pd.DataFrame:
    """Make the frame of one part.

    Args:
        part: Name of the part.
        makers: The parts that there are.

    Raises:
        ValueError: There is no such part.
    """
    if part not in makers:
        message = sentence(
            "there is no frame of {part!r} here; there are: {known}", "这里没有“{part}”这张表；有：{known}", part=part, known=", ".join(makers),
        )  # fmt: skip
        raise ValueError(message)
    import pandas as pd

    return pd.DataFrame(makers[part]())


def parts_of_results(results: Any) -> Makers:  # noqa: ANN401
    """Return the frames of `sim.results.Results`."""
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "outcomes": lambda: _outcomes(results),
        "summary": lambda: summary_columns({name: results.interval(name) for name in results.outcomes}, results.unit_of),
        "series": lambda: _series(results),
        "groups": lambda: _groups(results),
    }
    return parts | ({"people": lambda: _people(results)} if results.runs[0].people else {})


def parts_of_comparison(comparison: Any, kind_of_row: Mapping[str, Kind]) -> Makers:  # noqa: ANN401
    """Return the frames of `sim.compared.Comparison`; `kind_of_row` says what each row of an account can be."""
    arms = {name: variant.results for name, variant in comparison.variants.items()}
    unit_of = comparison.baseline.unit_of

    def summary() -> dict[str, Any]:
        found = []
        for name, results in arms.items():
            differences = {outcome: comparison.difference(name, outcome) for outcome in results.outcomes}
            columns = summary_columns(differences, unit_of, "difference")
            outcome = columns.pop("outcome")
            means = {f"{called}_mean": [float(arm.over(arm.outcomes[one]).mean) for one in outcome]
                     for called, arm in (("baseline", comparison.baseline), ("variant", results))}  # fmt: skip
            found.append(_with("variant", name, {"outcome": outcome, **means, **columns}))
        return _stacked(found)

    return {
        "outcomes": lambda: _stacked([_with("variant", name, _pairs(comparison.baseline, results)) for name, results in arms.items()]),
        "summary": summary,
        "account": lambda: _stacked([_with("variant", name, _accounts(variant)) for name, variant in comparison.variants.items()]),
        "account_summary": lambda: _stacked(
            [_with("variant", name, _account_summary(comparison, variant, kind_of_row)) for name, variant in comparison.variants.items()]
        ),
        "series": lambda: _stacked([_with("variant", name, _series(results)) for name, results in {"baseline": comparison.baseline, **arms}.items()]),
    }


def parts_of_attribution(attribution: Any) -> Makers:  # noqa: ANN401
    """Return the frames of `sim.attribution.Attribution`."""
    replicates = np.arange(attribution.replicates)

    def contributions() -> dict[str, Any]:
        found = [
            {"lever": lever, "measure": measure, "replicate": replicates, "contribution": values}
            for lever, measures in attribution.contributions.items() for measure, values in measures.items()
        ]  # fmt: skip
        return _stacked(found)

    def summary() -> dict[str, Any]:
        found = [
            {"lever": [lever], "measure": measure, **_interval_columns(attribution.over(values), "contribution")}
            for lever, measures in attribution.contributions.items() for measure, values in measures.items()
        ]  # fmt: skip
        return _stacked(found)

    return {"contributions": contributions, "summary": summary}


def parts_of_trials(trials: Any) -> Makers:  # noqa: ANN401
    """Return the frames of `sim.trials.trial.Trials`."""
    arms = ["control", *trials.study.arms]
    called = {"value": "estimate", "error": "standard_error", "low": "low", "high": "high", "p": "p", "truth": "truth"}

    def about(finding: Any) -> dict[str, Any]:  # noqa: ANN401
        estimand = finding.estimand
        where = {"arm": arms[estimand.arm] if estimand.arm else None, "saturation": estimand.saturation}
        return {"estimand": estimand.kind, **where, "outcome": finding.outcome, "day": finding.day}

    def estimates() -> dict[str, Any]:
        found = [
            {"trial": np.arange(trials.replicates), **about(finding), **{name: getattr(finding, kept) for kept, name in called.items()}}
            for finding in trials.findings.values()
        ]
        return _stacked(found)

    def summary() -> dict[str, Any]:
        found = [
            {"estimand": [about(finding).pop("estimand")], **{name: value for name, value in about(finding).items() if name != "estimand"},
             **_interval_columns(finding.mean, "estimate"), "truth": float(finding.mean_truth.mean), "bias": float(finding.bias[0])}
            for finding in trials.findings.values()
        ]  # fmt: skip
        return _stacked(found)

    return {"estimates": estimates, "summary": summary}


def summary_columns(intervals: Mapping[str, Any], unit_of: Callable[[str], str], called: str = "mean") -> dict[str, Any]:
    """Return columns of outcomes with their intervals.

    Args:
        intervals: Outcome → value, low, high.
        unit_of: Gives the unit of an outcome.
        called: Name of the column of values.
    """
    rows = [[float(part) for part in interval] for interval in intervals.values()]
    middle, low, high = zip(*rows, strict=True)
    return {"outcome": list(intervals), called: middle, "low": low, "high": high, "unit": [unit_of(name) for name in intervals]}


def _interval_columns(interval: Any, called: str) -> dict[str, Any]:  # noqa: ANN401
    middle, low, high = (float(part) for part in interval)
    return {called: middle, "low": low, "high": high}


def _outcomes(results: Any) -> dict[str, Any]:  # noqa: ANN401
    names, replicates = list(results.outcomes), results.replicates
    return {
        "replicate": np.repeat(np.arange(replicates), len(names)),
        "outcome": np.tile(np.array(names, object), replicates),
        "value": np.array([[run.outcomes[name] for name in names] for run in results.runs]).reshape(-1),
        "unit": np.tile(np.array([results.unit_of(name) for name in names], object), replicates),
    }


def _pairs(baseline: Any, results: Any) -> dict[str, Any]:  # noqa: ANN401
    columns = _outcomes(results)
    without = _outcomes(baseline)["value"]
    unit = columns.pop("unit")
    return {**columns, "baseline": without, "difference": columns["value"] - without, "unit": unit}


def _series(results: Any) -> dict[str, Any]:  # noqa: ANN401
    names, replicates, days = list(results.runs[0].series), results.replicates, results.days
    cells = replicates * len(names)
    return {
        "replicate": np.repeat(np.arange(replicates), len(names) * days),
        "day": np.tile(np.arange(days), cells),
        "date": np.tile(results.dates, cells),
        "outcome": np.tile(np.repeat(np.array(names, object), days), replicates),
        "value": np.concatenate([run.series[name] for run in results.runs for name in names]),
    }


def _groups(results: Any) -> dict[str, Any]:  # noqa: ANN401
    rows = [
        (replicate, attribute, group, measure, value)
        for replicate, run in enumerate(results.runs) for attribute, groups in run.groups.items()
        for group, measures in groups.items() for measure, value in measures.items()
    ]  # fmt: skip
    return dict(zip(("replicate", "attribute", "group", "measure", "value"), zip(*rows, strict=True), strict=True))


def _people(results: Any) -> dict[str, Any]:  # noqa: ANN401
    size = len(next(iter(results.runs[0].people.values())))
    numbers = {"replicate": np.repeat(np.arange(results.replicates), size), "person": np.tile(np.arange(size), results.replicates)}
    return numbers | {name: np.concatenate([run.people[name] for run in results.runs]) for name in results.runs[0].people}


def _accounts(variant: Any) -> dict[str, Any]:  # noqa: ANN401
    found = [
        {"kind": kind, "row": row, "replicate": np.arange(len(values)), "persons": values}
        for kind, rows in variant.accounts.items() for row, values in rows.items()
    ]  # fmt: skip
    return _stacked(found)


def _account_summary(comparison: Any, variant: Any, kind_of_row: Mapping[str, Kind]) -> dict[str, Any]:  # noqa: ANN401
    found = [
        {"kind": [kind], "row": row, **_interval_columns(comparison.over(values, kind_of_row[row]), "value")}
        for kind, rows in variant.accounts.items() for row, values in rows.items()
    ]  # fmt: skip
    return _stacked(found)


def _with(name: str, value: str, columns: dict[str, Any]) -> dict[str, Any]:
    return {name: value, **columns}


def _stacked(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Put columns of several parts below one another; what is one value of a part is repeated."""
    sizes = [max(len(value) for value in part.values() if not isinstance(value, str) and hasattr(value, "__len__")) for part in parts]
    found: dict[str, Any] = {}
    for name in parts[0]:
        columns = []
        for part, size in zip(parts, sizes, strict=True):
            value = part[name]
            single = isinstance(value, str) or not hasattr(value, "__len__")
            columns.append(np.full(size, value, object if isinstance(value, str) or value is None else None) if single else np.asarray(value))
        found[name] = np.concatenate(columns)
    return found
