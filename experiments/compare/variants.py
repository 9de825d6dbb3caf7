"""Which worlds are compared: the baseline, the variants, what they are called, and what each changes."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.compare.changes import Changes, read_changes
from experiments.compare.options import CompareOptions, ComparisonFile
from experiments.compare.words import NONE, PROGRAMME, Names, names_of
from experiments.shared.application import Plain, put_value, read_scenario
from experiments.shared.errors import MistakeError
from experiments.shared.own_taken import blamed
from sim.behaviour_set import with_fixed
from sim.bilingual import Sentence, by_language, joined, message_of, sentence, sentence_of
from sim.comparison import NotComparableError, check_comparable, without_programme
from sim.configuration import available
from sim.elsewhere import date_in, keys_given, moved
from sim.levers import LEVER_LABELS
from sim.own_file import NAMED, SETS
from sim.own_files import own_in_use
from sim.parameters import Leaf, declarations
from sim.scenario import Policy, Scenario, compose_scenario
from sim.wording import unknown

LONGEST_MEANING = 40
"""Letters of a parameter's meaning that fit into the name of a variant."""


@dataclass(frozen=True)
class Worlds:
    """What is compared.

    Attributes:
        file: The comparison as it is carried out: with the changes of the command line and the baseline that was chosen.
        baseline: The baseline.
        variants: Name → variant, without the baseline.
        names: What they are called.
        changed: Name of a variant of the command line → what it changes, a line each.
        idle: Changes that change nothing, and why.
    """

    file: ComparisonFile
    baseline: Scenario
    variants: dict[str, Scenario]
    names: Names
    changed: dict[str, list[str]]
    idle: list[Sentence]


def read_worlds(plain: Plain, options: CompareOptions, changes: Sequence[str], *, named: bool) -> Worlds:
    """Make everything that is compared.

    Args:
        plain: The composed configuration of the programme.
        options: The keys of the command.
        changes: Changes of the command line, without ``change.``.
        named: Whether a comparison was chosen on the command line, so that its variants stand beside those of the changes.

    Raises:
        MistakeError: A variant with a key or a value that is not allowed, or with other people, place or time; no such baseline.
    """
    programme, given = read_scenario(plain, CompareOptions), read_changes(changes)
    file = _with_changes(options.comparison, given, named=named)
    wanted = options.against or (PROGRAMME if given.variants and not named else file.baseline)
    with blamed("comparison.baseline", "against"):
        file = _with_baseline(file, wanted, plain)
    found = {name: _variant(plain, name, overrides, file, given) for name, overrides in file.variants.items()}
    told = {name: differing(programme, found[name]) for name in given.variants}
    called = {name: _label(name, found[name], told[name], given) if name in told else Sentence(name, name) for name in found}
    labels = {name: by_language(label) for name, label in called.items()}
    labels |= {name: label for name, label in file.labels.items() if name in given.own_names or name not in given.variants}
    baseline = without_programme(programme) if wanted == NONE else found.get(wanted, programme)
    variants = {name: scenario for name, scenario in found.items() if name != wanted}
    _check_variants(baseline, variants, wanted, "change" if given.variants else "comparison.variants")
    against_none = not any(lever.offers_something for lever in baseline.policy.levers.values())
    return Worlds(
        file.model_copy(update={"baseline": wanted, "labels": labels}), baseline, variants, names_of(labels, wanted, against_none=against_none),
        {name: [f"{key}: {shown(old)} → {shown(new)}" for key, (_, old, new) in of.items()] for name, of in told.items()},
        [line for name, overrides in given.variants.items() for line in _idle(programme, found[name], overrides, told[name])],
    )  # fmt: skip


def differing(one: Scenario, other: Scenario) -> dict[str, tuple[Leaf, Any, Any]]:
    """Return every parameter that differs: dotted key → declaration, the one's value and the other's."""
    before = {leaf.key: leaf.value for leaf in declarations(one)}
    after = (leaf for leaf in declarations(other) if not leaf.key.startswith("behaviour_set."))
    return {leaf.key: (leaf, before[leaf.key], leaf.value) for leaf in after if before.get(leaf.key, leaf.value) != leaf.value}


def shown(value: Any) -> str:  # noqa: ANN401
    """Write a value as people do."""
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _with_changes(file: ComparisonFile, given: Changes, *, named: bool) -> ComparisonFile:
    """Put the changes of the command line into a comparison: beside its variants if it was named, else in their place."""
    if not given.variants:
        return file
    if not named:
        return ComparisonFile(baseline=PROGRAMME, variants=given.variants, labels=file.labels)
    if file.alone:
        raise MistakeError(sentence(
            "change: in this comparison a variant has only the levers that it names, so that there is nothing to change; leave out comparison=NAME",
            "change：此比较中各方案只含所列政策工具，无从改动；请去掉 comparison=名称",
        ))  # fmt: skip
    twice = sorted(set(file.variants) & set(given.variants))
    if twice:
        raise MistakeError(sentence(
            "change.{name}: the comparison has a variant of this name; choose another name",
            "change.{name}：比较文件中已有同名方案；请另取名称", name=twice[0],
        ))  # fmt: skip
    return file.model_copy(update={"variants": {**file.variants, **given.variants}})


def _with_baseline(file: ComparisonFile, wanted: str, plain: Plain) -> ComparisonFile:
    """Put the levers of another programme into a comparison as a variant, if that is to be the baseline.

    Raises:
        MistakeError: No such variant and no such programme.
    """
    if wanted in (NONE, PROGRAMME, *file.variants):
        return file
    programmes = available("programme")
    if wanted not in programmes:
        known = list(dict.fromkeys([NONE, PROGRAMME, *file.variants, *programmes]))
        raise MistakeError(joined([unknown("baseline", wanted, known), _choices(file)], " "))
    other = levers_of_programme(wanted, plain)
    label = {"en": str(other["title"]) or wanted, "zh": str(other["title_zh"]) or wanted}
    return file.model_copy(update={"variants": {**file.variants, wanted: {"policy": other["policy"]}}, "labels": {**file.labels, wanted: label}})


def levers_of_programme(name: str, plain: Plain) -> Plain:
    """Return another programme, its levers as they are in this place and time: dates move with the start, campuses of its home are left."""
    other = compose_scenario(name, {})
    then, now = date_in(other["start"]), date_in(plain["start"])
    campuses = {campus["name"] for campus in plain["region"]["campuses"]}
    levers = moved(other["policy"], (now - then).days if now and then else 0)
    for keys in levers.values():
        if not set(keys.get("campuses") or ()) <= campuses:
            keys["campuses"] = []
    return {**other, "policy": levers}


def _choices(file: ComparisonFile) -> Sentence:
    names = ", ".join(file.variants)
    return sentence(
        "against= is none, programme (as it is), a variant ({names}) or the name of a programme.",
        "against= 可为 none（没有方案）、programme（现行方案）、某一方案（{names}）或某一项目名。", names=names,
    )  # fmt: skip


def _variant(plain: Plain, name: str, overrides: Mapping[str, Any], file: ComparisonFile, given: Changes) -> Scenario:
    """Make one variant.

    Raises:
        MistakeError: A key or a value that is not allowed.
    """
    where = f"change.{name}" if name in given.own_names else "change" if name in given.variants else f"comparison.variants.{name}"
    changed = copy.deepcopy(plain)
    if file.alone:
        changed["policy"] = Policy().model_dump(mode="json")
    own, key = own_in_use(), ""
    before = set(own.given)
    try:
        for key, value in overrides.items():
            _check_key(key)
            put_value(changed, key, value)
        own.given |= set(overrides)
        return read_scenario(with_fixed(changed, keys_given(overrides), {}, own), CompareOptions)
    except MistakeError as error:
        said = sentence("{where}: {why}", "{where}：{why}", where=where, why=message_of(error))
        raise MistakeError(own.located(f"{where}.{key}" if own.given == before or len(overrides) == 1 else where, said)) from None
    finally:
        own.given = before


def _check_key(key: str) -> None:
    """Refuse the keys of the command itself, which a variant cannot have for itself.

    Raises:
        MistakeError: Such a key.
    """
    root = key.partition(".")[0]
    if root in NAMED:
        raise MistakeError(sentence(
            "a variant changes the programme that was chosen; {root}=NAME stands on the command line",
            "方案是对所选项目的改动；{root}=名称 写在命令行", root=root,
        ))  # fmt: skip
    if root == "behaviour_set" or key == SETS:
        raise MistakeError(sentence(
            "{key}: all worlds of a comparison have one set of behaviours; behaviour=NAME stands on the command line, and a variant may give single "
            "keys: behaviour.KEY=VALUE",
            "{key}：一项比较的各个模拟共用一个行为参数集；behaviour=名称 写在命令行，方案可给出单个键：behaviour.键=值", key=key,
        ))  # fmt: skip
    if root in CompareOptions.model_fields:
        raise MistakeError(sentence(
            "{key} belongs to the whole comparison; set it on the command line", "{key} 属于整个比较，请在命令行设置", key=key,
        ))  # fmt: skip


def _check_variants(baseline: Scenario, variants: Mapping[str, Scenario], wanted: str, where: str) -> None:
    """Refuse what cannot be compared.

    Raises:
        MistakeError: Nothing beside the baseline, or other people, place or time.
    """
    if not variants:
        raise MistakeError(sentence(
            "against={wanted}: the only variant is the baseline; add another one to compare with it, such as change.policy.lodging.free_nights=14",
            "against={wanted}：唯一的方案就是对照；请再加一个方案，如 change.policy.lodging.free_nights=14", wanted=wanted,
        ))  # fmt: skip
    try:
        check_comparable(baseline, variants)
    except NotComparableError as error:
        raise MistakeError(sentence(
            "{where}: {why}; set it for all on the command line", "{where}：{why}；请在命令行为所有方案统一设置", where=where, why=message_of(error),
        )) from None  # fmt: skip


def _label(name: str, variant: Scenario, told: Mapping[str, tuple[Leaf, Any, Any]], given: Changes) -> Sentence:
    """Say what a variant of the command line is called: by the name it was given, by the value that was varied, or by what it changes."""
    leaves = {leaf.key: leaf for leaf in declarations(variant)} if given.varied else {}
    if name in given.own_names or (given.varied and given.varied not in leaves):
        return Sentence(name, name)
    if given.varied:
        varied = leaves[given.varied]
        return sentence("{meaning} {value}", "{meaning} {value}", meaning=_meaning(varied), value=shown(varied.value))
    if len(told) != 1:
        return Sentence("the changed programme", "改动后的方案")
    leaf, old, new = next(iter(told.values()))
    meaning = _meaning(leaf)
    if leaf.key.endswith(".enabled"):
        return Sentence(f"{'with' if new else 'without'} {meaning.lower()}", f"{'加上' if new else '去掉'}{meaning.zh}")
    return sentence("{meaning} {new} instead of {old}", "{meaning}由 {old} 改为 {new}", meaning=meaning, new=shown(new), old=shown(old))


def _meaning(leaf: Leaf) -> Sentence:
    """Name a parameter with its lever; where its meaning is too long, by the end of its key."""
    root, _, rest = leaf.key.partition(".")
    label = LEVER_LABELS.get(rest.partition(".")[0]) if root == "policy" else None
    lever = sentence_of(label) if label else None
    if leaf.key.endswith(".enabled") and lever:
        return lever
    fits = len(leaf.meaning.get("en", "")) <= LONGEST_MEANING
    last = leaf.key.rpartition(".")[2]
    meaning = Sentence(*(leaf.meaning.get(language) or last if fits else last for language in ("en", "zh")))
    return sentence("{lever}, {meaning}", "{lever}{meaning}", lever=lever, meaning=meaning) if lever else meaning


def _idle(programme: Scenario, variant: Scenario, overrides: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Sentence]:
    """Say which changes change nothing, and why."""
    for key in overrides:
        lever = key.split(".")[1] if key.startswith("policy.") else ""
        levers = [one.policy.levers[lever] for one in (programme, variant) if lever in one.policy.levers]
        if not any(one == key or one.startswith(f"{key}.") for one in told):
            yield sentence(
                "change.{key} changes nothing: the programme has this value already.", "change.{key} 没有改变什么：现行方案已是此值。", key=key,
            )  # fmt: skip
        elif levers and not any(one.offers_something for one in levers):
            yield sentence(
                "change.{key} changes nothing: {lever} offers nothing in this programme (yizhan list levers {lever} says what it needs).",
                "change.{key} 没有改变什么：此方案中 {lever} 未提供任何服务（所需条件见 yizhan list levers {lever}）。", key=key, lever=lever,
            )  # fmt: skip
