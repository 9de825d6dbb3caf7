"""``yizhan sensitivity``: what moves what, and how surely that is known. A method is a class of work of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from experiments.compare.changes import CHANGE, split_changes
from experiments.sensitivity.choice_words import WITHOUT_CHOICE
from experiments.sensitivity.options import METHODS, OF_A_CHOICE, SensitivityOptions
from experiments.sensitivity.words import NO_MULTIRUN
from experiments.shared.application import Plain, is_multirun
from experiments.shared.errors import MistakeError
from experiments.shared.work import Work, begin
from sim.bilingual import sentence
from sim.scenario import Scenario


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: A multirun.
    """
    if is_multirun(words):
        raise MistakeError(NO_MULTIRUN)

    def work(options: SensitivityOptions, scenario: Scenario, plain: Plain, _kept: Sequence[str]) -> Work[SensitivityOptions, Any]:
        return work_of(options, scenario, plain, words)

    begin(work, "sensitivity", SensitivityOptions, split_changes(words)[0])


def work_of(options: SensitivityOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> Work[SensitivityOptions, Any]:
    """Return the work of the method that was chosen.

    Raises:
        MistakeError: Variants for a method that looks at no choice.
    """
    named = [word.partition("=")[0].lstrip("+") for word in words if word.lstrip("+").startswith(("comparison", CHANGE, "against=", "result="))]
    if named and options.method not in OF_A_CHOICE:
        raise MistakeError(sentence(WITHOUT_CHOICE, WITHOUT_CHOICE.zh, key=named[0], method=options.method))
    module, name = METHODS[options.method].split(":")
    made: Callable[..., Work[SensitivityOptions, Any]] = getattr(import_module(module), name)
    return made(options, scenario, plain, words)
