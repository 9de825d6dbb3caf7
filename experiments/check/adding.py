"""``yizhan check add``: a baseline of any scenario, comparison, study or sweep, from the words of the command that would run it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from experiments.check.baseline import Kind, Settings, UnusableError
from experiments.check.baselines import path_of, read_baseline, render, write_baselines
from experiments.check.choosing import PLACE, folder_of, refuse_in_ci, refuse_unwritable
from experiments.check.composing import kind_of, subject_of
from experiments.check.margins import refuse_unknown, split_margins
from experiments.check.options import CheckOptions
from experiments.check.planning import COHORT, GRADUATES, Plan, completed, fewer_people
from experiments.check.report import say_added
from experiments.check.words import WORDS
from experiments.shared.application import Plain, launch, read_options
from experiments.shared.beforehand import estimate, lines_of, say_beforehand
from experiments.shared.errors import MistakeError
from experiments.shared.flags import split_words
from experiments.shared.given import options_and_overrides
from experiments.shared.progress import announce_compilation, showing_progress
from experiments.shared.signals import undisturbed
from experiments.shared.words import Speaker
from sim.bilingual import sentence

ADD = "add"
OWN = ("directory", "update_in_ci", "workers", "language", "replicates", "sample", "seed", "graduates", "name", "outcomes", "replace")
"""Keys of ``check add``; all others belong to the command whose words they are."""
OF_CHECK = ("mode", "update", "programmes", "junit", "markdown", "annotations", "fresh_seed", "output", "from")
"""Keys that mean nothing here."""
NAMED_AFTER: dict[Kind, tuple[str, ...]] = {
    "run": ("programme", "place"), "comparison": ("programme", "place", "comparison"), "study": ("study",), "sweep": ("programme", "place"),
}  # fmt: skip
"""Kind of a baseline → the keys whose values its name is made of, unless told."""


def add(words: Sequence[str]) -> None:
    """Make one baseline.

    Args:
        words: The words after ``check add``.

    Raises:
        MistakeError: Words that are not allowed, a name that is taken, or a folder that cannot be written.
    """
    others, declared = split_margins(words)
    own = [word for word in others if _key(word) in OWN]
    scenario_words = [word for word in others if word not in own]
    _refuse(scenario_words)
    composed: list[Plain] = []
    launch("check", composed.append, own, CheckOptions.model_fields)
    options: CheckOptions = read_options(CheckOptions, composed[0])
    say = Speaker(options.language, WORDS)
    kind = kind_of(scenario_words)
    refuse_unknown(kind, [*options.outcomes, *(outcome for outcome in declared if outcome)])
    name = _name_of(kind, scenario_words, options.name)
    folder = folder_of(options.directory) if options.directory else PLACE
    _refuse_taken(folder, name, options)
    settings = Settings(options.replicates, options.seed, {}, kind, tuple(scenario_words))
    subject = subject_of(settings, "")
    given = split_words(scenario_words)
    fewer = {} if GRADUATES in given else fewer_people(subject.scenario, options.graduates)
    if fewer:
        more = tuple(f"{key}={value}" for key, value in fewer.items() if key not in given or key == COHORT)
        settings = Settings(options.replicates, options.seed, {}, kind, (*scenario_words, *more))
        subject = subject_of(settings, "")
    refuse_unwritable(folder)
    plan = Plan(name, None, None, settings, subject, options.sample)
    replicates = (options.replicates, options.sample) if options.sample else (options.replicates,)
    days = sum(subject.days(number, options.seed) for number in replicates)
    say_beforehand(lines_of([subject.scenario], {}, estimate([(subject.scenario, days)], max(replicates), options.workers)), options.language)
    announce_compilation(options.language)
    with showing_progress(max(1, days), options.language) as progress:
        measured = subject.measure(options.replicates, options.seed, options.workers, progress)
        now = completed(plan, subject.baseline(name, settings, measured), options.workers, progress, (list(options.outcomes), declared))
    with undisturbed():
        write_baselines(folder, {name: render(now)})
        say_added(now, path_of(folder, name), options.directory, say)


def _key(word: str) -> str:
    return "" if word.startswith("-") else word.lstrip("+~").partition("=")[0]


def _refuse(words: Sequence[str]) -> None:
    """Refuse what makes no baseline.

    Raises:
        MistakeError: No scenario, or a key of a check.
    """
    for word in words:
        if _key(word) in OF_CHECK:
            raise MistakeError(sentence(
                "{key} is no key of yizhan check add; leave it out (name=, directory=, replicates=, sample=, seed=, graduates=, outcomes=, "
                "margin=, replace= are, and whatever the scenario, comparison, study or sweep takes)",
                "{key} 不是 yizhan check add 的键，请去掉（可用 name=、directory=、replicates=、sample=、seed=、graduates=、outcomes=、"
                "margin=、replace=，以及情景、比较、研究或扫描本身的键）", key=_key(word),
            ))  # fmt: skip
    if not options_and_overrides(words)[1]:
        raise MistakeError(sentence(
            "name what the baseline is of: programme=NAME or FILE, with comparison=NAME, study=NAME, or -m KEY=A,B,C for a sweep",
            "请指明基线的对象：programme=名称或文件，可加 comparison=名称，或 study=名称，扫描用 -m 键=A,B,C",
        ))  # fmt: skip


def _name_of(kind: Kind, words: Sequence[str], named: str | None) -> str:
    """Return the name of a baseline: as given, or after what it is of.

    Raises:
        MistakeError: No name for a file.
    """
    chosen = {key: Path(value.strip("'\"")).stem for key, value in split_words(words).items()}
    found = [chosen[key] for key in NAMED_AFTER[kind] if key in chosen] or ["none"]
    if kind == "sweep" or (kind == "comparison" and "comparison" not in chosen):
        found.append(kind)
    name = named if named is not None else "_".join(found)
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise MistakeError(sentence(
            "name={name}: a name has letters, digits, -, _ and dots only; give one with name=NAME",
            "name={name}：名称只能含字母、数字、-、_ 与点；请用 name=名称 给出", name=name,
        ))  # fmt: skip
    return name


def _refuse_taken(folder: Path, name: str, options: CheckOptions) -> None:
    """Refuse a name that is taken, unless a baseline may be replaced.

    Raises:
        MistakeError: It is taken.
    """
    path = path_of(folder, name)
    if not os.path.lexists(path):
        return
    try:
        read_baseline(folder, name)
    except UnusableError as error:
        if error.is_foreign:
            raise MistakeError(sentence(
                "{path} {why}; it was left alone. Give another name=NAME.", "{path} {why}，未作改动。请另取 name=名称。", path=path, why=error.reason,
            )) from None  # fmt: skip
    if not options.replace:
        raise MistakeError(sentence(
            "there is a baseline in {path} already; replace=true makes it anew, name=NAME makes another one",
            "{path} 中已有基线；replace=true 会重新生成，name=名称 则另存一个", path=path,
        ))  # fmt: skip
    refuse_in_ci(options, "replace=true")
