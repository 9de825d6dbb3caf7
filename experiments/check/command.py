"""``yizhan check``: small runs of every programme against the baselines in ``results/baselines``, exactly.

A check repeats each baseline as it was made (its own replicates, seed and overrides) and says what moved, in which programme, since which
day. ``update=true`` writes the baselines anew with the settings of ``configs/check.yaml``: all of them, or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator

from experiments.check.baselines import (
    Baseline,
    Settings,
    UnusableError,
    baseline_of,
    names_in,
    path_of,
    read_baseline,
    render,
    write_baselines,
)
from experiments.check.choosing import choose_programmes, folder_of, guarded, refuse_unwritable
from experiments.check.movements import Finding
from experiments.check.report import print_findings, say_settings, say_unguarded, say_update, say_verdict
from experiments.check.words import WORDS
from experiments.shared.application import Plain, is_multirun, launch, overrides_of, read_options
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.progress import announce_compilation, showing_progress
from experiments.shared.reading import say_own
from experiments.shared.results_folder import ResultFolder
from experiments.shared.signals import undisturbed
from experiments.shared.words import Language, Speaker, language_named
from sim.bilingual import Sentence, joined, message_of, sentence
from sim.configuration import ConfigurationError, available
from sim.parameters import ParameterGroup
from sim.scenario import Scenario
from sim.simulation import simulate
from sim.wording import did_you_mean, unknown

GRADUATES, COHORT = "population.graduates", "population.cohort"


class CheckOptions(ParameterGroup):
    """Keys of ``yizhan check``."""

    update: bool = Field(default=False, description="whether to write the baselines anew")
    programmes: tuple[str, ...] = Field(default=(), description="programmes to check; empty: all there are")
    directory: str | None = Field(default=None, min_length=1, description="folder of the baselines; null: of the project, else of the package")
    output: str | None = Field(default=None, min_length=1, description="folder for check.json, with everything that moved; null: none")
    workers: int | None = Field(default=None, ge=1, le=4096, description="replicates at a time; null: one a core")
    language: Language = Field(default="en", description="language of what is printed")
    replicates: int = Field(default=2, ge=1, le=1000, description="replicates of a new baseline")
    seed: int = Field(default=1, ge=0, lt=2**32, description="seed of a new baseline")
    graduates: int = Field(default=1500, ge=1, le=20_000_000, description="people of a new baseline; fewer where the programme has fewer")

    @field_validator("language", mode="before")
    @classmethod
    def _named(cls, language: object) -> object:
        return language_named(language)


@dataclass(frozen=True)
class Plan:
    """What is to be done for one programme.

    Attributes:
        programme: Name of the programme.
        before: Its baseline; None where there is none that can be used.
        problem: Why it cannot be compared; None where it can.
        settings: How to run the programme.
        scenario: The scenario to run; None: nothing to run.
    """

    programme: str
    before: Baseline | None = None
    problem: Sentence | None = None
    settings: Settings | None = None
    scenario: Scenario | None = None


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb."""
    refuse_other_words(words)
    composed: list[Plain] = []
    launch("check", composed.append, words, CheckOptions.model_fields)
    if composed:  # neither --help nor --cfg
        check(read_options(CheckOptions, composed[0]), words)


def check(options: CheckOptions, words: Sequence[str]) -> None:
    """Compare every baseline with what its programme gives now; print, and write the baselines anew if asked.

    Raises:
        MistakeError: A programme that does not exist, a folder or file that cannot be used, or nothing to check against.
        FailedError: Something moved, or cannot be repeated.
    """
    say = Speaker(options.language, WORDS)
    chosen, folder = choose_programmes(options.programmes), folder_of(options.directory, is_written=options.update)
    known = chosen if options.update else guarded(options.programmes, chosen, folder, options.directory)
    unguarded = [name for name in chosen if name not in known]
    orphans = [] if options.programmes else [name for name in names_in(folder) if name not in available("programme")]
    with ResultFolder("check", "check", options.output, words) if options.output else nullcontext() as result:
        if options.update:
            refuse_unwritable(folder)
        plans = [(plan_update if options.update else plan_check)(folder, name, options) for name in known]
        say_own(options.language)
        findings = carry_out(plans, options)
        if result is not None:
            programmes = {found.programme: found.plain() for found in findings}
            result.write_json("check.json", {"baselines": folder.as_posix(), "programmes": programmes, "unguarded": unguarded})
        print_findings(findings, str(result.final / "check.json") if result is not None else None, say)
    if result is not None:
        say("result", folder=result.final)
    if options.update:
        update(folder, findings, orphans, say)
        return
    for found in findings:
        if found.before is not None and found.now is not None:
            say_settings(found.programme, changed_settings(found.before.settings, options), say)
    say_unguarded(unguarded, options.directory, say)
    say_verdict(findings, orphans, folder, options.directory, say)


def refuse_other_words(words: Sequence[str]) -> None:
    """Refuse what is no key of this command: it takes no scenario.

    Raises:
        MistakeError: With the nearest key.
    """
    if is_multirun(words):
        message = Sentence(
            "check runs every programme by itself; leave out -m (programmes=[none,zibo] chooses some).",
            "check 会逐个运行项目，请去掉 -m（programmes=[none,zibo] 可只选几个）。",
        )  # fmt: skip
        raise MistakeError(message)
    for word in overrides_of(words):
        key, equals, value = word.lstrip("+~").partition("=")
        if key == "programmes" and "," in value and not value.startswith("["):
            message = sentence(
                "programmes is {value}; a list is written in brackets: programmes=[{value}].",
                "programmes 为 {value}；列表要写方括号：programmes=[{value}]。", value=value,
            )  # fmt: skip
            raise MistakeError(message)
        if not equals:
            hint = did_you_mean(f"programmes=[{word}]" if word in available("programme") else "")
            message = sentence(
                "cannot read {word!r}: write KEY=VALUE, for example update=true.{hint}", "无法读懂“{word}”：请写 键=值，例如 update=true。{hint}",
                word=word, hint=hint,
            )  # fmt: skip
            raise MistakeError(message)
        if key and key not in CheckOptions.model_fields and not key.startswith("hydra"):
            hint = sentence(" Write programmes=[{value}].", "请写 programmes=[{value}]。", value=value) if key == "programme" else ""
            raise MistakeError(joined([unknown("key", key, list(CheckOptions.model_fields)), hint], ""))


def plan_check(folder: Path, programme: str, _options: CheckOptions) -> Plan:
    """Plan to repeat a baseline as it was made."""
    try:
        before = read_baseline(folder, programme)
    except UnusableError as error:
        return Plan(programme, problem=error.reason)
    try:
        return Plan(programme, before, None, before.settings, Scenario.load(programme, before.settings.overrides))
    except ConfigurationError as error:
        return Plan(programme, before, sentence("cannot be repeated: {why}", "无法按原设置重跑：{why}", why=message_of(error)))


def plan_update(folder: Path, programme: str, options: CheckOptions) -> Plan:
    """Plan to make a baseline anew, with the settings of the configuration.

    Raises:
        MistakeError: Somebody else's file is in its place.
        FailedError: The programme itself is not allowed.
    """
    try:
        settings = settings_of(Scenario.load(programme), options)
        scenario = Scenario.load(programme, settings.overrides)
    except ConfigurationError as error:
        message = sentence("programme={programme}: {why}", "programme={programme}：{why}", programme=programme, why=message_of(error))
        raise FailedError(message) from None
    try:
        before = read_baseline(folder, programme)
    except UnusableError as error:
        if error.is_foreign:
            message = sentence(
                "{path} {why}; it was left alone. Move it away, or name another folder with directory=DIR.",
                "{path} {why}，未作改动。请将其移走，或用 directory=文件夹 另选位置。", path=path_of(folder, programme), why=error.reason,
            )  # fmt: skip
            raise MistakeError(message) from None
        return Plan(programme, None, error.reason, settings, scenario)
    changed = changed_settings(before.settings, options)
    if before.settings == settings:
        return Plan(programme, before, None, settings, scenario)
    return Plan(programme, before, sentence(
        "was made with other settings ({changed})", "以其他设置生成（{changed}）", changed=changed), settings, scenario,
    )  # fmt: skip


def settings_of(scenario: Scenario, options: CheckOptions) -> Settings:
    """Return how a baseline is made: fewer people where there are many, classes smaller in proportion, the set of behaviours by its name."""
    people = scenario.population
    overrides: dict[str, Any] = {} if scenario.behaviour_set.found is None else {"behaviour": scenario.behaviour_set.name}
    if people.graduates > options.graduates:
        overrides[GRADUATES] = options.graduates
        if people.cohort:
            overrides[COHORT] = max(1, people.cohort * options.graduates // people.graduates)
    return Settings(options.replicates, options.seed, overrides)


def changed_settings(held: Settings, options: CheckOptions) -> str:
    """Name the settings of a baseline that are not those of the configuration, such as ``replicates=3``."""
    pairs = [("replicates", held.replicates, options.replicates), ("seed", held.seed, options.seed)]
    pairs.append(("graduates", held.overrides.get(GRADUATES, options.graduates), options.graduates))
    return ", ".join(f"{key}={value}" for key, value, asked in pairs if value != asked)


def carry_out(plans: list[Plan], options: CheckOptions) -> list[Finding]:
    """Run what is planned."""
    total = sum(plan.scenario.days * plan.settings.replicates for plan in plans if plan.scenario and plan.settings)
    if total:
        announce_compilation(options.language)
    findings = []
    with showing_progress(max(1, total), options.language) as progress:
        for plan in plans:
            now = None
            if plan.scenario is not None and plan.settings is not None:
                results = simulate(plan.scenario, plan.settings.replicates, plan.settings.seed, options.workers, progress)
                now = baseline_of(results, plan.settings)
            findings.append(Finding(plan.programme, plan.before, now, plan.problem))
    return findings


def update(folder: Path, findings: list[Finding], orphans: list[str], say: Speaker) -> None:
    """Write the baselines whose content changed, all of them or none, and say which."""
    texts = {found.programme: render(found.now) for found in findings if found.now is not None}
    texts = {name: text for name, text in texts.items() if not _holds(path_of(folder, name), text)}
    with undisturbed():
        write_baselines(folder, texts)
        say_update([found for found in findings if found.programme in texts], orphans, folder, say)


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()
