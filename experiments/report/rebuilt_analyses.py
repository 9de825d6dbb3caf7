"""Scorecards, calibrations and sensitivity analyses as the commands had them when they showed them, made of their files; nothing is run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.calibrate.learned import Learned, learned_of
from experiments.compare.words import Names
from experiments.report.rebuilt import values_of
from experiments.sensitivity.choice_runs import MEASURED, Choice
from experiments.sensitivity.discovery_found import Discovered, Looked
from experiments.sensitivity.effects_found import Screening
from experiments.sensitivity.given_found import Reading
from experiments.sensitivity.information import groups_of
from experiments.sensitivity.information_found import Information, inform
from experiments.sensitivity.information_trial import Handed
from experiments.sensitivity.morris import OneScreening
from experiments.sensitivity.options import SensitivityOptions
from experiments.sensitivity.sample import Sample
from experiments.sensitivity.shares_found import Decomposition
from experiments.sensitivity.sobol import OneDecomposition
from experiments.shared.reading import read_options
from experiments.validate.left_out import LeftOut
from experiments.validate.options import ValidateOptions
from experiments.validate.predictors import Prediction
from experiments.validate.scorecard import MARKET, Row
from sim.attribution import Attribution
from sim.bilingual import Sentence
from sim.discovery.checking import discover
from sim.outcomes import OUTCOMES
from sim.sensitivity.factors import Factor, Origin
from sim.sensitivity.given import indices_of
from sim.targets.target import Target
from sim.units import unit_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from experiments.report.saved import Saved
    from experiments.shared.batches.watching import Watch
    from sim.uncertainty import Lived

    Numbers = NDArray[np.float64]
    Columns = dict[str, NDArray[Any]]


class Scorecard(NamedTuple):
    """A scorecard: the keys of the command, its rows, and what is said of what is left out."""

    options: ValidateOptions
    rows: list[Row]
    left_out: list[Prediction]
    left_targets: list[LeftOut]


def attribution_of(content: Mapping[str, Any], lived: Lived | None) -> Attribution:
    """Return what each lever contributed.

    Args:
        content: ``attribution`` of ``comparison.json``.
        lived: With which vectors the replicates lived.
    """
    whole = {measure: values_of(one) for measure, one in content["whole"].items()}
    parts = {lever: {measure: values_of(one[measure]) for measure in whole} for lever, one in content["levers"].items()}
    return Attribution(tuple(parts), parts, whole, content["orders"], content["worlds"], lived)


def scorecard_of(saved: Saved) -> Scorecard:
    """Return a scorecard."""
    options = read_options(ValidateOptions, saved.config)
    rows, left = [_row_of(one) for one in saved.entries("validation.json")], saved.json("left_out.json")
    by_name = {row.name: row for row in rows}
    left_out = [Prediction(by_name[one["target"]], *(_plain(one[part]) for part in ("model", "scaled", "planned"))) for one in left["programmes"]]
    targets = [
        LeftOut(Target.model_construct(name=one["target"], value=one["value"], tolerance=one["tolerance"]),
                *(_plain(one[part]) for part in ("median", "low", "high", "told_nothing")))
        for one in left["targets"]
    ]  # fmt: skip
    return Scorecard(options, rows, left_out, targets)


def _row_of(one: Mapping[str, Any]) -> Row:
    words = unit_words(one["unit"]) if one["group"] == MARKET else OUTCOMES[one["target"].partition(".")[2]].unit
    row = Row(
        one["target"], one["group"], one["label"], _said(one["words"]), _plain(one["value"]), _plain(one["tolerance"]), _said(words),
        _said(one["reason"]), one["source"], values_of(one), one["used_for_calibration"], tuple(one["knobs"]), one["plan"], _said(one["note"]),
    )  # fmt: skip
    vars(row).update(bounds=(_plain(one["low"]), _plain(one["high"])))  # as it was, whatever set of behaviours there was
    return row


def calibration_of(saved: Saved) -> Learned:
    """Return what is said of a calibration."""
    return learned_of(saved.json("calibration.json"))


class Replayed:
    """Gives back the runs that a table keeps, in the order in which a method asks for them."""

    def __init__(self, columns: Columns, names: Sequence[str]) -> None:
        """Take the runs.

        Args:
            columns: Columns of the table.
            names: Names of what was measured.
        """
        self._values = np.column_stack([columns[name] for name in names]).astype(np.float64)
        self._next = 0

    def at(self, changes: Sequence[Mapping[str, Any]], watch: Watch, replicates: int = 1, firsts: Sequence[int] | None = None) -> Numbers:  # noqa: ARG002 (as `Evaluating` takes it)
        """Return what was measured at the next points, shape (points, replicates, names)."""
        size = len(changes) * replicates
        found = self._values[self._next : self._next + size]
        self._next += size
        return found.reshape(len(changes), replicates, -1)


def screening_of(saved: Saved) -> Screening:
    """Return what a screening found."""
    work = OneScreening(read_options(SensitivityOptions, saved.config), saved.scenario, saved.config, ())
    return work.analyse(Replayed(saved.columns("sensitivity.parquet"), work.outcomes), _nobody_watches)


def decomposition_of(saved: Saved) -> Decomposition:
    """Return what a decomposition of variance found."""
    factors = saved.json("sensitivity.json")["factors"]
    named = {"over": tuple(f"{one['key']}:{one['low']!r}:{one['high']!r}" for one in factors), "leading": None}  # a screening it rests on may be gone
    options = read_options(SensitivityOptions, saved.config).model_copy(update=named | {"n": saved.json("sensitivity.json")["base_points"]})
    work = OneDecomposition(options, saved.scenario, saved.config, ())
    found = work.analyse(Replayed(saved.columns("sensitivity.parquet"), work.outcomes), _nobody_watches)
    return replace(found, factors=tuple(_with_origin(factor, one) for factor, one in zip(found.factors, factors, strict=True)))


def _with_origin(factor: Factor, one: Mapping[str, Any]) -> Factor:
    return replace(factor, origin=Origin(one["range"]), value=one["value"])


def reading_of(saved: Saved) -> Reading:
    """Return what runs that were there said."""
    content, columns = saved.json("sensitivity.json"), saved.columns("sensitivity.parquet")
    keys, names = tuple(one["key"] for one in content["factors"]), tuple(content["outcomes"])
    factors, values = (np.column_stack([columns[name] for name in some]).astype(np.float64) for some in (keys, names))
    labels = {name: content["outcomes"][name]["label"] for name in names}
    name = content["source"].rstrip("/").rpartition("/")[2].removeprefix("behaviour=")
    sample = Sample(
        name, name, keys, factors, names, values, tuple(content["left_out"]), content["source"], content["source_sha256"], labels,
    )  # fmt: skip
    return Reading(sample, [indices_of(factors, column, content["seed"]) for column in values.T], content["seed"])


class Inquiry(NamedTuple):
    """An inquiry: what was found, what the variants are called, and the study that would find out more."""

    found: Information
    names: Names
    handed: Handed | None


def inquiry_of(saved: Saved) -> Inquiry:
    """Return what was found worth finding out."""
    content, columns = saved.json("information.json"), saved.columns("information.parquet")
    options, variants = read_options(SensitivityOptions, saved.config), tuple(content["variants"])
    measured = np.stack([np.column_stack([columns[f"{name}.{what}"] for what in MEASURED]) for name in variants], axis=1)
    names = {"behaviour", *(f"{name}.{what}" for name in variants for what in MEASURED)}
    keys, numbers = tuple(name for name in columns if name not in names), columns["behaviour"].astype(np.int64)
    table = np.full((content["vectors"], len(keys)), np.nan)
    table[numbers] = np.column_stack([columns[key] for key in keys])
    choice = Choice(variants, measured, numbers, keys, table)
    found = inform(choice, content["value_per_job"], groups_of(options.together, keys), options.seed)
    called = Names(content["baseline"], {name: _said(words) for name, words in content["called"].items()}, against_none=False)
    study = content["study"]
    return Inquiry(found, called, None if study is None else Handed(study["markets"], study["enrolled"]))


class Boxes(NamedTuple):
    """Where something does not pay, and what each of those is called that are looked at."""

    found: Discovered
    called: dict[str, Sentence]


def discovered_of(saved: Saved) -> Boxes:
    """Return where something does not pay, and what that is called."""
    content, columns = saved.json("discovery.json"), saved.columns("discovery.parquet")
    seed, looked = int(saved.config["seed"]), []
    for one in content["looked_at"]:
        rows = columns["name"] == one["name"]
        points = np.column_stack([columns[key][rows] for key in one["keys"]]).astype(np.float64)
        values, cases = columns["value"][rows].astype(np.float64), columns["case"][rows].astype(bool)
        looked.append(Looked(one["name"], one["pays"], one["threshold"], tuple(one["keys"]), points, values, content["replicates"],
                             _plain(one["misplaced_by_luck"]), one["least"], discover(points, cases, seed)))  # fmt: skip
    called = {one["name"]: _said(one["called"]) for one in content["looked_at"]}
    return Boxes(Discovered(tuple(looked), content["value_per_job"], content["replicates"]), called)


def _nobody_watches(*_: object) -> None:
    """Stand for the progress."""


def _said(words: Mapping[str, str]) -> Sentence:
    return Sentence(words["en"], words["zh"])


def _plain(value: float | None) -> float:
    return math.nan if value is None else float(value)
