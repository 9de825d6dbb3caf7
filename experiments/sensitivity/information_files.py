"""What an inquiry into the value of finding out leaves in files: ``information.json``, ``information.parquet`` and ``study.yaml``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.compare.words import Names
from experiments.sensitivity.choice_runs import MEASURED, Choice
from experiments.sensitivity.information_found import TRIAL_SIZES, Information, Point, Switch, Trial
from experiments.sensitivity.information_trial import FILE, Handed, HandOver
from experiments.sensitivity.options import SensitivityOptions
from experiments.shared.batches.parts import write_whole
from experiments.shared.batches.store import Store
from experiments.shared.json_numbers import interval, number
from sim.information.value import Worth
from sim.scenario import Scenario
from sim.uncertainty import Estimate

if TYPE_CHECKING:
    import pyarrow as pa

    from experiments.shared.results_folder import ResultFolder

JSON, TABLE = "information.json", "information.parquet"


def write_information(
    found: Information, folder: ResultFolder, options: SensitivityOptions, arms: Sequence[Scenario], names: Names,
) -> Handed | None:  # fmt: skip
    """Write configuration and provenance, what was found, every run, and a study that would find out more.

    Args:
        found: What was found.
        folder: The folder.
        options: The keys of the command.
        arms: The baseline and the variants.
        names: What they are called.

    Returns:
        How large the study is; None where there is none.
    """
    study = hand_over(found, arms, options.seed)
    handed = None if study is None else study.handed
    folder.write_provenance(arms[-1], options, options.seed, arms)
    write_whole(runs_of(found.choice), folder.path / TABLE)
    folder.write_json(JSON, information_json(found, arms, names, handed))
    if study is not None:
        study.write(folder.path / FILE)
    if isinstance(folder, Store):
        folder.finish()
    return handed


def hand_over(found: Information, arms: Sequence[Scenario], seed: int) -> HandOver | None:
    """Return the study of the variant that looks best; None where no trial of a size that ends would tell it."""
    if found.trial is None:
        return None
    study = HandOver(found.choice.names[found.trial.variant], arms[1 + found.trial.variant], arms[0], seed, found.trial)
    return study if study.markets else None


def information_json(found: Information, arms: Sequence[Scenario], names: Names, handed: Handed | None = None) -> dict[str, Any]:
    """Return the content of ``information.json``."""
    options = [names.baseline, *found.choice.names]
    return {
        "method": "information", "programme": arms[-1].programme, "place": arms[-1].place, "graduates": arms[-1].population.graduates,
        "days": arms[-1].days, "baseline": names.baseline, "value_per_job": found.value_per_job, "replicates": len(found.choice.measured),
        "behaviours": len(found.gains.means), "vectors": len(found.choice.table), "called": called_json(names, options),
        "best_now": options[found.best],
        "variants": {
            name: {"net_benefit": _estimate(found.expected[place]), "best_with": number(found.chances[1 + place])}
            for place, name in enumerate(found.choice.names)
        },
        "baseline_best_with": number(found.chances[0]), "luck_told": found.gains.spare > 0.0,
        "everything": _worth(found.everything, found.value_per_job),
        "parameters": [{"key": one.name, **_worth(one, found.value_per_job)} for one in found.parameters],
        "groups": [{"group": one.name, "keys": list(one.keys), **_worth(one, found.value_per_job)} for one in found.groups],
        "groups_left_out": list(found.left_out),
        "curve": [_point(point, options) for point in found.curve],
        "switches": [_switch(one, options) for one in found.switches],
        "trial": None if found.trial is None else _trial(found.trial, found.choice.names),
        "study": None if handed is None else {"file": FILE, **handed._asdict()},
    }  # fmt: skip


def called_json(names: Names, which: Sequence[str]) -> dict[str, Any]:
    """Return what some variants are called, in both languages."""
    return {name: {"en": str(names[name]), "zh": names[name].zh} for name in which}


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {**interval(estimate.interval), "intervals": {"ignorance": [number(estimate.low), number(estimate.high)],
            "prediction": [number(estimate.least), number(estimate.most)], "simulation_error": number(estimate.error)}}  # fmt: skip


def _worth(one: Worth, value_per_job: float) -> dict[str, Any]:
    """Return a worth in yuan and in additional jobs."""
    money = one.value, one.low, one.high
    jobs = [part / value_per_job if value_per_job > 0.0 else float("nan") for part in money]
    return {"yuan": interval(money), "jobs": interval(jobs), "told": one.is_told, "chance": number(one.chance)}


def _point(point: Point, options: Sequence[str]) -> dict[str, Any]:
    everything = point.everything
    return {"value_per_job": point.value_per_job, "best": options[point.best], **interval((everything.value, everything.low, everything.high))}


def _switch(one: Switch, options: Sequence[str]) -> dict[str, Any]:
    ratio = one.value
    return {**interval((ratio.value, ratio.low, ratio.high)), "defined": ratio.defined, "below": options[one.before], "above": options[one.after]}


def _trial(trial: Trial, names: Sequence[str]) -> dict[str, Any]:
    arm = trial.arm
    return {
        "variant": names[trial.variant], "served": arm.served, "share_without": arm.without, "share_with": arm.share, "effect": arm.effect,
        "turning": number(arm.turning), "people_to_tell_from_none": number(trial.tells), "people_to_tell_from_turning": number(trial.decides),
        "people_for_four_fifths": number(trial.enough),
        "worth": [{"people": people, "yuan": number(worth)} for people, worth in zip(TRIAL_SIZES, trial.worth, strict=True)],
    }  # fmt: skip


def runs_of(choice: Choice) -> pa.Table:
    """Return every run: the number of its behaviour, what is measured of each variant, and the values of what varies."""
    import pyarrow as pa

    columns: dict[str, Any] = {"behaviour": pa.array(choice.vector_of)}
    columns |= {f"{name}.{what}": choice.measured[:, place, column]
                for place, name in enumerate(choice.names) for column, what in enumerate(MEASURED)}  # fmt: skip
    return pa.table(columns | {key: choice.table[choice.vector_of, place] for place, key in enumerate(choice.keys)})
