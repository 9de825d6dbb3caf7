"""What is to be done for each baseline: repeated as it was made, or made anew."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from experiments.check.baseline import Baseline, Settings, UnusableError, world_of
from experiments.check.baselines import path_of, read_baseline
from experiments.check.composing import subject_of
from experiments.check.margins import declared_of, margins_of
from experiments.check.movements import compare
from experiments.check.options import CheckOptions
from experiments.check.sampling import sample_of
from experiments.check.subjects import Subject
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.provenance import circumstances
from sim.bilingual import Sentence, message_of, sentence
from sim.configuration import ConfigurationError, available
from sim.scenario import Scenario
from sim.simulation import Progress

GRADUATES, COHORT = "population.graduates", "population.cohort"
MADE_WITH = ("numba", "numpy")
"""Libraries that a baseline says it was made with, besides Yizhan and Python."""


@dataclass(frozen=True)
class Plan:
    """What is to be done for one baseline.

    Attributes:
        name: Its name.
        before: The baseline; None where there is none that can be used.
        problem: Why it cannot be compared; None where it can.
        settings: How to make it.
        subject: What to simulate; None: nothing.
        sample: Replicates of a sample that the baseline is to have; 0: none.
    """

    name: str
    before: Baseline | None = None
    problem: Sentence | None = None
    settings: Settings | None = None
    subject: Subject | None = None
    sample: int = 0


def plan_check(folder: Path, name: str) -> Plan:
    """Plan to repeat a baseline as it was made."""
    try:
        before = read_baseline(folder, name)
    except UnusableError as error:
        return Plan(name, problem=error.reason)
    try:
        return Plan(name, before, None, before.settings, subject_of(before.settings, before.programme))
    except (ConfigurationError, MistakeError) as error:
        return Plan(name, before, sentence("cannot be repeated: {why}", "无法按原设置重跑：{why}", why=message_of(error)))


def plan_update(folder: Path, name: str, options: CheckOptions, asked: Collection[str]) -> Plan:
    """Plan to make a baseline anew: one of words as it was made, a programme's with the settings of the configuration.

    Args:
        folder: Folder of the baselines.
        name: Name of the baseline.
        options: The keys of the command.
        asked: Those that were given.

    Raises:
        MistakeError: Somebody else's file is in its place, or the words are not allowed.
        FailedError: The programme itself is not allowed.
    """
    before, problem = None, None
    try:
        before = read_baseline(folder, name)
    except UnusableError as error:
        if error.is_foreign:
            message = sentence(
                "{path} {why}; it was left alone. Move it away, or name another folder with directory=DIR.",
                "{path} {why}，未作改动。请将其移走，或用 directory=文件夹 另选位置。", path=path_of(folder, name), why=error.reason,
            )  # fmt: skip
            raise MistakeError(message) from None
        problem = error.reason
    if before is None and name not in available("programme"):
        raise MistakeError(sentence(
            "{path} {why}, and no programme is called {name}: how it was made is lost. Bring it back from version control, or delete it; "
            "nothing was written.",
            "{path} {why}，且没有名为 {name} 的项目，无从得知其生成方式。请从版本库恢复，或删除它；未写入任何文件。",
            path=path_of(folder, name), why=problem, name=name,
        ))  # fmt: skip
    if before is not None and before.settings.words:
        given = {key: getattr(options, key) for key in ("replicates", "seed") if key in asked}
        sampled = before.sample.replicates if before.sample else 0
        settings = replace(before.settings, **given)
        subject = _composed(path_of(folder, name), settings, before.programme)
        sample = options.sample if "sample" in asked else sampled
    else:
        settings, subject = _of_programme(name, options)
        sample = options.sample
    if before is not None and before.settings != settings:
        changed = changed_settings(before.settings, options.model_copy(update={"replicates": settings.replicates, "seed": settings.seed}))
        problem = sentence("was made with other settings ({changed})", "以其他设置生成（{changed}）", changed=changed)
    return Plan(name, before, problem, settings, subject, sample)


def _composed(path: Path, settings: Settings, programme: str) -> Subject:
    """Return what a baseline of words is of.

    Raises:
        MistakeError: The words are not allowed any more.
    """
    try:
        return subject_of(settings, programme)
    except (ConfigurationError, MistakeError) as error:
        raise MistakeError(sentence(
            "{path} cannot be made anew: {why}; nothing was written. Make another one with yizhan check add, or delete it.",
            "无法重新生成 {path}：{why}；未写入任何文件。请用 yizhan check add 另建，或删除它。", path=path, why=message_of(error),
        )) from None  # fmt: skip


def _of_programme(name: str, options: CheckOptions) -> tuple[Settings, Subject]:
    """Return how the baseline of a programme is made.

    Raises:
        FailedError: The programme itself is not allowed.
    """
    try:
        settings = settings_of(Scenario.load(name), options)
        return settings, subject_of(settings, name)
    except ConfigurationError as error:
        message = sentence("programme={programme}: {why}", "programme={programme}：{why}", programme=name, why=message_of(error))
        raise FailedError(message) from None


def settings_of(scenario: Scenario, options: CheckOptions) -> Settings:
    """Return how a baseline is made: fewer people where there are many, classes smaller in proportion, the set of behaviours by its name."""
    overrides: dict[str, Any] = {} if scenario.behaviour_set.found is None else {"behaviour": scenario.behaviour_set.name}
    return Settings(options.replicates, options.seed, overrides | fewer_people(scenario, options.graduates))


def fewer_people(scenario: Scenario, most: int) -> dict[str, int]:
    """Return the overrides that make a large population small, with classes in proportion; none where it is small."""
    people = scenario.population
    if people.graduates <= most:
        return {}
    classes = {COHORT: max(1, people.cohort * most // people.graduates)} if people.cohort else {}
    return {GRADUATES: most, **classes}


def changed_settings(held: Settings, options: CheckOptions) -> str:
    """Name the settings of a baseline that are not those of the configuration, such as ``replicates=3``."""
    pairs = [("replicates", held.replicates, options.replicates), ("seed", held.seed, options.seed)]
    if not held.words:
        pairs.append(("graduates", held.overrides.get(GRADUATES, options.graduates), options.graduates))
    return ", ".join(f"{key}={value}" for key, value, asked in pairs if value != asked)


def completed(
    plan: Plan, now: Baseline, workers: int | None, progress: Progress | None = None, chosen: tuple[list[str], dict[str, str]] | None = None,
) -> Baseline:  # fmt: skip
    """Return a baseline that is to be written: with the sample and the margins of what it replaces where nothing moved, else with new ones.

    A sample of an earlier version, which lacks columns of persons, is made anew as well.

    Args:
        plan: What is done.
        now: What is kept exactly.
        workers: Replicates at a time.
        progress: Called with the days simulated.
        chosen: Outcomes that were chosen, and how margins were declared; None: as those of what it replaces.
    """
    before, subject = plan.before, plan.subject
    assert subject is not None  # noqa: S101 (only what was simulated is written)
    sampled = before.sample.replicates if before is not None and before.sample is not None else 0
    is_whole = before is not None and before.sample is not None and subject.names_of_persons <= {world_of(name)[1] for name in before.sample.at_end}
    is_as_planned = before is not None and before.settings == now.settings and sampled == plan.sample and (is_whole or not sampled)
    if before is not None and chosen is None and is_as_planned and not compare(before, now):
        return replace(now, sample=before.sample, margins=before.margins, made_with=before.made_with or made_with())
    if not plan.sample:
        return replace(now, made_with=made_with())
    sample = sample_of(subject, subject.measure(plan.sample, now.settings.seed, workers, progress, persons=True), plan.sample)
    outcomes, declared = chosen or _still_there(before, set(sample.at_end))
    return replace(now, sample=sample, margins=margins_of(sample, outcomes, declared), made_with=made_with())


def made_with() -> dict[str, str]:
    """Return what makes a baseline: version of Yizhan, Python, libraries."""
    now = circumstances()
    return {"yizhan": now["yizhan"], "python": now["python"], **{name: str(now["libraries"].get(name)) for name in MADE_WITH}}


def _still_there(before: Baseline | None, known: set[str]) -> tuple[list[str], dict[str, str]]:
    """Return the chosen outcomes of a baseline that are still there; a programme's baseline chooses as usual."""
    if before is None or not before.settings.words:
        return [], {}
    return declared_of({name: margin for name, margin in before.margins.items() if name in known})
