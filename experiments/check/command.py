"""``yizhan check``: small runs against baselines, exactly or by tests of equivalence.

A check repeats each baseline as it was made (its own words, replicates, seed and overrides) and says what moved, in which baseline, since which
day. ``update=true`` writes the baselines anew: all of them, or none. ``yizhan check add`` makes one of whatever can be simulated.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from experiments.check.adding import ADD, add
from experiments.check.baselines import path_of, render, write_baselines
from experiments.check.choosing import choose, folder_of, refuse_in_ci, refuse_unwritable
from experiments.check.continuous import refuse_unwritable_files, write_reports
from experiments.check.judging import judgement_of
from experiments.check.movements import Finding
from experiments.check.options import CheckOptions
from experiments.check.planning import Plan, changed_settings, completed, plan_check, plan_update
from experiments.check.report import print_findings, say_settings, say_unguarded, say_update, say_verdict
from experiments.check.shown import drawings_of_findings
from experiments.check.verdicts import print_judgements
from experiments.check.words import WORDS
from experiments.shared.application import Plain, is_multirun, launch, overrides_of, read_options
from experiments.shared.beforehand import keys_of
from experiments.shared.drawing import draw_into, refuse_undrawn
from experiments.shared.errors import MistakeError
from experiments.shared.progress import announce_compilation, showing_progress
from experiments.shared.reading import say_own
from experiments.shared.results_folder import ResultFolder
from experiments.shared.signals import undisturbed
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, joined, sentence
from sim.configuration import available
from sim.wording import did_you_mean, unknown


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb."""
    if words and words[0] == ADD:
        add(words[1:])
        return
    refuse_other_words(words)
    composed: list[Plain] = []
    launch("check", composed.append, words, CheckOptions.model_fields)
    if composed:  # neither --help nor --cfg
        check(read_options(CheckOptions, composed[0]), words)


def check(options: CheckOptions, words: Sequence[str]) -> None:
    """Compare every baseline with what it gives now; print, and write the baselines anew if asked.

    Raises:
        MistakeError: A name that there is not, a folder or file that cannot be used, or nothing to check against.
        FailedError: Something moved, or cannot be repeated.
    """
    say = Speaker(options.language, WORDS)
    if options.update:
        refuse_in_ci(options, "update=true")
    refuse_of_mode(options)
    refuse_unwritable_files(options)
    folder = folder_of(options.directory, is_written=options.update)
    choice = choose(options, folder)
    with ResultFolder("check", "check", options.output, words) if options.output else nullcontext() as result:
        if options.update:
            refuse_unwritable(folder)
        asked = keys_of(words)
        plans = [plan_update(folder, name, options, asked) if options.update else plan_check(folder, name) for name in choice.names]
        say_own(options.language)
        findings = carry_out(plans, options)
        if options.mode == "equivalence" and not options.update:
            findings = [replace(found, judgement=judgement_of(found, plan.subject, options)) for found, plan in zip(findings, plans, strict=True)]
        if result is not None:
            found = {finding.name: finding.plain() for finding in findings}
            result.write_json("check.json", {"baselines": folder.as_posix(), "programmes": found, "unguarded": choice.unguarded})
        print_findings(findings, str(result.final / "check.json") if result is not None else None, say)
        print_judgements(findings, say)
        if not options.update:
            write_reports(findings, choice, folder, options, say)
    if result is not None:
        undrawn = draw_into(result.final, lambda: drawings_of_findings(findings, options.language), options.language)
        say("result", folder=result.final)
        refuse_undrawn(undrawn, result.final)
    if options.update:
        update(folder, findings, choice.orphans, say)
        return
    for finding in findings:
        if finding.before is not None and finding.now is not None and not finding.before.settings.words:
            say_settings(finding.name, changed_settings(finding.before.settings, options), say)
    say_unguarded(choice.unguarded, options.directory, say)
    say_verdict(findings, choice.orphans, folder, options.directory, say)


def refuse_of_mode(options: CheckOptions) -> None:
    """Refuse keys that do not go together.

    Raises:
        MistakeError: There are such keys.
    """
    if options.fresh_seed is not None and options.mode != "equivalence":
        raise MistakeError(Sentence(
            "fresh_seed belongs to mode=equivalence: with other luck no bit is the same; add mode=equivalence, or leave it out",
            "fresh_seed 须与 mode=equivalence 同用：换了随机数便不可能逐位相同；请加 mode=equivalence，或去掉它",
        ))  # fmt: skip
    reports = [key for key in ("junit", "markdown") if getattr(options, key) is not None]
    if options.update and (reports or options.mode == "equivalence"):
        raise MistakeError(sentence(
            "update=true checks nothing, so that there is nothing to report or to test; leave {keys} out",
            "update=true 不作检查，无可报告或检验；请去掉 {keys}", keys=", ".join([*reports, *(["mode"] if options.mode == "equivalence" else [])]),
        ))  # fmt: skip


def refuse_other_words(words: Sequence[str]) -> None:
    """Refuse what is no key of this command: it takes no scenario.

    Raises:
        MistakeError: With the nearest key.
    """
    if is_multirun(words):
        message = Sentence(
            "check runs every baseline by itself; leave out -m (programmes=[none,zibo] chooses some; yizhan check add -m … makes one of a sweep).",
            "check 会逐个检查基线，请去掉 -m（programmes=[none,zibo] 可只选几个；为扫描建立基线用 yizhan check add -m …）。",
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
            hint = sentence(
                " Write programmes=[{value}], or yizhan check add programme={value} to make a baseline.",
                "请写 programmes=[{value}]；建立基线用 yizhan check add programme={value}。", value=value,
            ) if key == "programme" else ""  # fmt: skip
            raise MistakeError(joined([unknown("key", key, list(CheckOptions.model_fields)), hint], ""))


def carry_out(plans: list[Plan], options: CheckOptions) -> list[Finding]:
    """Run what is planned."""
    of_plans = [(plan, plan.subject, plan.settings) for plan in plans]
    total = sum(subject.days(settings.replicates, settings.seed) for _, subject, settings in of_plans if subject and settings)
    if total:
        announce_compilation(options.language)
    findings = []
    with showing_progress(max(1, total), options.language) as progress:
        for plan, subject, settings in of_plans:
            now = None
            if subject is not None and settings is not None:
                now = subject.baseline(plan.name, settings, subject.measure(settings.replicates, settings.seed, options.workers, progress))
                if options.update:
                    now = completed(plan, now, options.workers)
            findings.append(Finding(plan.name, plan.before, now, plan.problem))
    return findings


def update(folder: Path, findings: list[Finding], orphans: list[str], say: Speaker) -> None:
    """Write the baselines whose content changed, all of them or none, and say which."""
    texts = {found.name: render(found.now) for found in findings if found.now is not None}
    texts = {name: text for name, text in texts.items() if not _holds(path_of(folder, name), text)}
    with undisturbed():
        write_baselines(folder, texts)
        say_update([found for found in findings if found.name in texts], orphans, folder, say)


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()
