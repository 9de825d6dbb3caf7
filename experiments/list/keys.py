"""The list of keys: those of every verb, read from the declarations by which it checks them."""

from __future__ import annotations

from experiments.bench.options import BenchOptions
from experiments.calibrate.options import CalibrateOptions
from experiments.check.options import CheckOptions
from experiments.compare.options import CompareOptions
from experiments.dashboard.options import DashboardOptions
from experiments.help import VERBS
from experiments.ledger.options import ImportOptions
from experiments.list.listing import Column, Listing, Row, Section
from experiments.list.options import ListOptions
from experiments.list.parameters import allowed, value_of
from experiments.new.options import NewOptions
from experiments.optimise.options import OptimiseOptions
from experiments.report.options import ReportOptions
from experiments.run.command import OneRunOptions
from experiments.sensitivity.options import SensitivityOptions
from experiments.sweep.options import SweepOptions
from experiments.trial.command import TrialOptions
from experiments.validate.options import ValidateOptions
from sim.bilingual import Sentence, sentence_of
from sim.parameters import ParameterGroup, declarations
from sim.units import unit_words

OPTIONS: dict[str, type[ParameterGroup]] = {
    "run": OneRunOptions, "compare": CompareOptions, "sweep": SweepOptions, "trial": TrialOptions, "optimise": OptimiseOptions,
    "calibrate": CalibrateOptions, "sensitivity": SensitivityOptions, "validate": ValidateOptions, "check": CheckOptions, "bench": BenchOptions,
    "import": ImportOptions, "report": ReportOptions, "dashboard": DashboardOptions, "new": NewOptions, "list": ListOptions,
}  # fmt: skip
"""Verb → its keys."""


def list_keys() -> Listing:
    """List the keys of every verb, besides those of the scenario (`experiments.list.parameters`)."""
    rows = [
        Row((leaf.key, sentence_of(leaf.meaning), value_of(leaf), sentence_of(unit_words(leaf.unit)), allowed(leaf)), verb)
        for verb, options in OPTIONS.items() for leaf in declarations(options) if "." not in leaf.key
    ]  # fmt: skip
    columns = (
        Column(Sentence("key", "键"), "key"),
        Column(Sentence("meaning", "含义"), "prose", "split"),
        Column(Sentence("default", "默认值")),
        Column(Sentence("unit", "单位")),
        Column(Sentence("allowed", "允许范围")),
    )
    sections = {verb: Section(VERBS[verb][0]) for verb in OPTIONS}
    return Listing(Sentence("Keys of every verb, besides those of the scenario", "各命令的键（情景的键见参数）"), columns, tuple(rows), sections)
