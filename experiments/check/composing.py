"""From the words that a baseline keeps to what is simulated: composed as the command composes them whose words they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from experiments.check.baseline import Kind, Settings
from experiments.check.subjects import Paired, Points, Single, Studied, Subject
from experiments.compare.changes import CHANGE, split_changes
from experiments.compare.options import CompareOptions
from experiments.compare.variants import read_worlds
from experiments.run.command import OneRunOptions
from experiments.shared.application import Plain, is_multirun, launch, overrides_of, read_options, read_scenario, tidied_words
from experiments.shared.errors import MistakeError
from experiments.shared.given import options_and_overrides, own_of
from experiments.sweep.axes import fixed_words, with_axes
from experiments.sweep.designs import read_design
from experiments.sweep.hydra_words import with_params
from experiments.sweep.options import SweepOptions
from experiments.sweep.points import plan_of
from experiments.trial.command import TrialOptions
from sim.bilingual import message_of, sentence
from sim.own_files import FLAG, own_in_use, using
from sim.parameters import declarations
from sim.scenario import Scenario
from sim.trials.loading import register_study
from sim.trials.study import StudyError, check_study

OF_SWEEPS = ("design", "points", "over", "n")
"""Keys that only a sweep has."""
MOST_POINTS = 64
"""Points of a sweep that one baseline holds."""


def kind_of(words: Sequence[str]) -> Kind:
    """Return what the words of a command would make."""
    keys = {word.lstrip("+").partition("=")[0] for word in words if not word.startswith("-")}
    if "study" in keys or any(key.startswith("study.") for key in keys):
        return "study"
    if is_multirun(words) or keys & set(OF_SWEEPS):
        return "sweep"
    if "comparison" in keys or "against" in keys or any(key.startswith(CHANGE) for key in keys):
        return "comparison"
    return "run"


def subject_of(settings: Settings, programme: str) -> Subject:
    """Return what a baseline is of, composed as things are now.

    Args:
        settings: How it is made.
        programme: Name of the programme, where there are no words.

    Raises:
        ConfigurationError: The configuration does not allow it.
        MistakeError: Neither do the words.
    """
    if not settings.words:
        return Single(Scenario.load(programme, settings.overrides))
    words = list(settings.words)
    with own_of_words(words):
        return {"run": _single, "comparison": _paired, "study": _studied, "sweep": _points}[settings.kind](words)


@contextmanager
def own_of_words(words: Sequence[str]) -> Iterator[None]:
    """Let the own configuration that some words name, or else that of the command, be the one in use; nothing is said twice."""
    of_command = own_in_use()
    if not any(name == FLAG for name, _ in options_and_overrides(words)[0]):
        own = of_command
        given, own.given = own.given, set()
        try:
            yield
        finally:
            own.given = given
        return
    own = own_of(words)
    own.is_of_command, own.told = True, of_command.told
    with using(own):
        yield


def _composed(verb: str, words: Sequence[str], fields: Any, keys: Sequence[str] = ()) -> Plain:  # noqa: ANN401
    """Compose the configuration of a verb."""
    found: list[Plain] = []
    launch(verb, found.append, words, keys or fields, fields)
    return found[0]


def _single(words: Sequence[str]) -> Subject:
    return Single(read_scenario(_composed("run", words, OneRunOptions.model_fields), OneRunOptions))


def _paired(words: Sequence[str]) -> Subject:
    kept, changes = split_changes(words)
    plain = _composed("compare", kept, CompareOptions.model_fields)
    options = read_options(CompareOptions, plain)
    named = any(word.lstrip("+").startswith(("comparison=", "comparison.variants")) for word in kept)
    worlds = read_worlds(plain, options, changes, named=named)
    return Paired(worlds.baseline, worlds.file.baseline, worlds.variants)


def _studied(words: Sequence[str]) -> Subject:
    register_study()
    plain = _composed("trial", words, TrialOptions.model_fields, [leaf.key for leaf in declarations(TrialOptions)] + ["study"])
    options, scenario = read_options(TrialOptions, plain), read_scenario(plain, TrialOptions)
    try:
        check_study(options.study, scenario, options.markets)
    except StudyError as error:
        raise MistakeError(sentence("study: {why}", "study：{why}", why=message_of(error))) from None
    return Studied(scenario, options.study, options.markets)


def _points(given: Sequence[str]) -> Subject:
    tidy = tidied_words("sweep", with_axes([with_params(word) for word in given]), SweepOptions.model_fields)
    overrides = overrides_of(tidy)
    fixed = [*(word for word in tidy if word not in overrides and word != "--multirun"), *fixed_words(overrides)]
    plain = _composed("sweep", [*fixed, "hydra.mode=RUN"], SweepOptions.model_fields)
    options = read_options(SweepOptions, plain)
    design = read_design(overrides, {}, options, plain)
    if len(design.points) > MOST_POINTS:
        raise MistakeError(sentence(
            "a baseline holds up to {most} points of a sweep, and these words make {n:,}; give fewer values, or n={most}",
            "一个基线最多含扫描的 {most} 个点，而这里有 {n:,} 个；请减少取值，或用 n={most}", most=MOST_POINTS, n=len(design.points),
        ))  # fmt: skip
    plan = plan_of(fixed, design, options, read_scenario(plain, SweepOptions))
    worlds = {}
    for number, point in enumerate(plan.points):
        base = plan.bases[point.base]
        own = point.seed if "seed" in design.axes else None
        label = design.names[number] if design.names else f"point_{number}"
        worlds[label] = (base.with_(point.changes) if point.changes else base, own)
    return Points(worlds)
