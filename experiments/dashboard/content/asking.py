"""From a draft to what is simulated: the very words of ``yizhan compare``, composed as the command composes them; and the same in Python."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.compare.command import title_of
from experiments.compare.options import CompareOptions
from experiments.compare.variants import Worlds, read_worlds
from experiments.dashboard.content.county import GRADUATES, INHABITANTS, changes_of
from experiments.dashboard.content.drafts import PEOPLE, Changes, Draft, DraftError
from experiments.shared.beforehand import estimate
from experiments.shared.errors import MistakeError
from experiments.shared.given import quoted
from experiments.shared.reading import Plain, read_options, read_scenario
from sim.behaviour_set import DEFAULT_BEHAVIOUR, chosen
from sim.bilingual import Sentence, message_of
from sim.changing import dotted, tree_of
from sim.configuration import available, composed
from sim.elsewhere import settle
from sim.errors import ConfigurationError
from sim.own_files import current_own, using
from sim.parameters import ParameterGroup
from sim.scenario import Scenario, base_configuration, compose_home, known_keys, set_settled
from sim.sources import sources_digest
from sim.wording import unknown

MAIN, CHANGED = "programme", "changed"
"""Name of the main variant: against no programme, and against the programme as it is."""
NOTHING_CHANGED = Sentence("this variant changes nothing: change a lever in it, or leave it out", "此方案没有改动：请改动一项，或将其删去")
Find = Callable[[str], str | None]
"""Handle of a ledger → path of its persons; None: there is no such ledger."""


@dataclass(frozen=True)
class Asked:
    """What a draft asks for.

    Attributes:
        draft: The draft.
        words: The words after ``yizhan compare``.
        python: The same in Python.
        scenario: The programme, in its place, with what all worlds share.
        worlds: The baseline and the variants, and what they are called.
        options: The keys of the command.
        plain: The composed configuration.
        labels: Name of a variant → what the draft calls it, where it does.
        common: What all worlds have: dotted key → value, and the place.
    """

    draft: Draft
    words: tuple[str, ...]
    python: str
    scenario: Scenario
    worlds: Worlds
    options: CompareOptions
    plain: Plain
    labels: Mapping[str, str]
    common: Changes

    @property
    def command(self) -> str:
        """The command, as it is written in a shell."""
        return shlex.join(["yizhan", "compare", *self.words])

    @property
    def title(self) -> Sentence:
        """What is compared."""
        return title_of(self.scenario, self.worlds)

    @property
    def people(self) -> int:
        """Young people of each world."""
        return self.scenario.population.graduates

    @property
    def seconds(self) -> float:
        """About how long it takes, to an order of magnitude."""
        worlds = [(scenario, float(self.options.replicates * scenario.days)) for scenario in (self.worlds.baseline, *self.worlds.variants.values())]
        return estimate(worlds, self.options.replicates, self.options.workers).seconds

    @property
    def digest(self) -> str:
        """SHA-256 of all that its numbers and words depend on: what has the same digest is computed once."""
        scenarios = [scenario.model_dump_json() for scenario in (self.scenario, self.worlds.baseline, *self.worlds.variants.values())]
        names = {name: [str(called), called.zh] for name, called in self.worlds.names.called.items()}
        about = [scenarios, list(self.worlds.variants), names, self.options.replicates, self.options.seed, self.draft.budget, sources_digest()]
        return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


def ask(draft: Draft, find: Find | None = None) -> Asked:
    """Make everything that a draft asks for.

    Args:
        draft: The draft.
        find: Returns the path of the persons of a ledger by its handle; None: there are no ledgers.

    Raises:
        DraftError: With the key that is wrong.
    """
    _refuse_programme(draft.programme)
    place = changes_of(draft.county)[0] if draft.county is not None else {}
    changes = {**draft.changes, **_people(draft, find)}
    if {INHABITANTS, GRADUATES} & set(changes):  # said again, and the nearer word counts
        place = {key: value for key, value in place.items() if key not in (INHABITANTS, GRADUATES)}
    common, policy = _divided({**place, **changes}, whole=draft.against == "none")
    variants, labels = _variants(draft, policy)
    if draft.against == "programme" and not variants:
        raise DraftError(Sentence(
            "nothing is changed, so there is nothing to compare with the programme as it is: change a lever, or compare with no programme",
            "没有任何改动，无从与现行方案比较：请改动一项政策工具，或改为与“没有方案”比较",
        ), "against")  # fmt: skip
    named = bool(variants) and draft.against == "none"
    words = _words(draft, common, variants, labels, named=named)
    own = current_own()
    try:
        with using(own):
            plain = {**composed_for("compare", CompareOptions, draft, common), "replicates": draft.replicates}
            plain["comparison"]["labels"] |= {name: {"en": label, "zh": label} for name, label in labels.items()}
            options: CompareOptions = read_options(CompareOptions, plain)
            scenario = read_scenario(plain, CompareOptions)
            changed = [f"{_prefix(name)}{key}={written(value)}" for name, one in variants.items() for key, value in one.items()]
            worlds = read_worlds(plain, options, changed, named=named)
    except DraftError:
        raise
    except (MistakeError, ConfigurationError) as error:
        raise DraftError(message_of(error), _where(message_of(error), [*changes, *(key for one in variants.values() for key in one)])) from None
    return Asked(draft, tuple(words), _python(draft, common, variants), scenario, worlds, options, plain, labels, common)


def _refuse_programme(name: str) -> None:
    """Refuse what is no name of a programme, such as the path of a file.

    Raises:
        DraftError: It is none.
    """
    if name not in (known := available("programme")):
        raise DraftError(unknown("programme", name, known), "programme")


def _people(draft: Draft, find: Find | None) -> Changes:
    """Return the file of persons that the handle of a ledger stands for."""
    if PEOPLE not in draft.changes:
        return {}
    path = find(str(draft.changes[PEOPLE])) if find is not None else None
    if path is None:
        raise DraftError(Sentence(
            "the ledger is not here (any more): read it in again; nothing of it is kept after the page is closed",
            "此处（已）没有这份台账：请重新导入；页面关闭后不保留其内容",
        ), PEOPLE)  # fmt: skip
    return {PEOPLE: path}


def _divided(changes: Changes, *, whole: bool) -> tuple[Changes, Changes]:
    """Divide changes into those of all worlds and those of the levers that are compared."""
    policy = {} if whole else {key: value for key, value in changes.items() if key.startswith("policy.")}
    return {key: value for key, value in changes.items() if key not in policy}, policy


def _variants(draft: Draft, policy: Changes) -> tuple[dict[str, Changes], dict[str, str]]:
    """Return the variants that stand on the command line, by names that can stand there; and what those are called whose names cannot."""
    found: dict[str, Changes] = {CHANGED: dict(policy)} if policy else {}
    labels: dict[str, str] = {}
    for number, variant in enumerate(draft.variants, 2):
        if not variant.changes:
            raise DraftError(NOTHING_CHANGED, f"variants.{number - 2}")
        free = re.fullmatch(r"[A-Za-z]\w*", variant.label, re.ASCII) and variant.label not in {*_taken(), *found}
        name = variant.label if free else f"variant_{number}"
        found[name] = {**policy, **variant.changes}
        if name != variant.label:
            labels[name] = variant.label
    return found, labels


def _taken() -> set[str]:
    """Return names that mean something else on the command line."""
    return {"none", MAIN, CHANGED, *(key.partition(".")[0] for key in known_keys()), *(f"variant_{number}" for number in range(10))}


def _prefix(name: str) -> str:
    return "" if name == CHANGED else f"{name}."


def _words(draft: Draft, common: Changes, variants: Mapping[str, Changes], labels: Mapping[str, str], *, named: bool) -> list[str]:
    """Return the words of the command."""
    return [
        f"programme={quoted(draft.programme)}",
        *([] if draft.behaviour == DEFAULT_BEHAVIOUR else [f"behaviour={draft.behaviour}"]),
        *(f"{key}={written(value)}" for key, value in common.items()),
        *(["comparison=programme"] if named else []),
        *(f"change.{_prefix(name)}{key}={written(value)}" for name, one in variants.items() for key, value in one.items()),
        *(f"comparison.labels.{name}={written({'en': label, 'zh': label})}" for name, label in labels.items()),
        f"replicates={draft.replicates}", f"seed={draft.seed}",
    ]  # fmt: skip


def written(value: Any) -> str:  # noqa: ANN401
    """Write a value as a word of a command has it."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(written, value))}]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}:{written(one)}" for name, one in value.items()) + "}"
    return repr(value) if isinstance(value, (int, float)) else quoted(str(value))


def composed_for(verb: str, options: type[ParameterGroup], draft: Draft, common: Changes) -> Plain:
    """Compose the configuration of a command.

    Args:
        verb: The verb.
        options: Its keys.
        draft: The draft.
        common: What all worlds have: dotted key → value, and the place.
    """
    tree = tree_of(common)
    given = {"programme": draft.programme, **dotted(tree)}
    plain = composed(verb, given, known_keys(options.model_fields), {"schema": base_configuration}, current_own())
    plain = settle(plain, dotted(tree), lambda: compose_home(draft.programme))
    plain["behaviour_set"] = chosen(draft.behaviour)
    return {**set_settled(verb, plain, given), "seed": draft.seed}


def _where(message: Sentence, keys: Sequence[str]) -> str:
    """Return which of some keys a message is about; empty: of none for certain."""
    return next((key for key in sorted(keys, key=len, reverse=True) if key in message), "")


def _python(draft: Draft, common: Changes, variants: Mapping[str, Changes]) -> str:
    """Return the same comparison in Python."""
    loaded = [repr(draft.programme), *([repr(common)] if common else [])]
    behaviour = [] if draft.behaviour == DEFAULT_BEHAVIOUR else [f"behaviour={draft.behaviour!r}"]
    against_none = draft.against == "none"
    made = {**({MAIN: "programme"} if against_none else {}), **{name: f"programme.with_({one!r})" for name, one in variants.items()}}
    listing = ",\n".join(f"    {name!r}: {how}" for name, how in made.items())
    return (
        f"from yizhan import Scenario, compare{', without_programme' if against_none else ''}\n\n"
        f"programme = Scenario.load({', '.join([*loaded, *behaviour])})\n"
        f"variants = {{\n{listing},\n}}\n"
        f"baseline = {'without_programme(programme)' if against_none else 'programme'}\n"
        f"print(compare(baseline, variants, replicates={draft.replicates}, seed={draft.seed}))\n"
    )
