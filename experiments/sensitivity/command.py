"""``yizhan sensitivity``: what moves what, and how surely that is known. A method is a class of work of its own."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from experiments.sensitivity.options import METHODS, SensitivityOptions
from experiments.sensitivity.words import NO_MULTIRUN
from experiments.shared.application import Plain, is_multirun
from experiments.shared.errors import MistakeError
from experiments.shared.work import Work, begin
from sim.scenario import Scenario


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: A multirun.
    """
    if is_multirun(words):
        raise MistakeError(NO_MULTIRUN)
    begin(work_of, "sensitivity", SensitivityOptions, words)


def work_of(options: SensitivityOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> Work[SensitivityOptions, Any]:
    """Return the work of the method that was chosen."""
    module, name = METHODS[options.method].split(":")
    work: type[Work[SensitivityOptions, Any]] = getattr(import_module(module), name)
    return work(options, scenario, plain, words)
