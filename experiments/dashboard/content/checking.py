"""What is wrong with a draft, key by key; and of one that is right what is to be known before it is run."""

from __future__ import annotations

from typing import Any

from experiments.dashboard.content.asking import Asked, Find, ask
from experiments.dashboard.content.county import changes_of
from experiments.dashboard.content.drafts import PEOPLE, Draft, DraftError, read_draft
from experiments.dashboard.content.levers import plain_of
from experiments.dashboard.content.texts import Plain, problem, texts
from experiments.dashboard.content.words import without_keys
from experiments.shared.beforehand import levels_in_words, levels_out_of_range
from sim.bilingual import Sentence, message_of
from sim.configuration import ConfigurationError, available
from sim.own_file import NO_SET
from sim.parameters import ENTRY, declarations
from sim.scenario import Scenario, load_scenario
from sim.wording import unknown


def check(content: object, find: Find | None = None) -> Plain:
    """Check a draft.

    Args:
        content: What the page sent.
        find: Returns the path of the persons of a ledger by its handle.

    Returns:
        Whether it can be run, and what is wrong; then notes, people, seconds, digest, the values in force, the same as a command and in Python.
    """
    draft, wrong = read_draft(content)
    if draft is None:
        return _refused([problem(where, message) for message, where in wrong])
    problems = _problems(draft)
    if problems:
        return _refused(problems)
    try:
        asked = ask(draft, find)
    except DraftError as error:
        return _refused([problem(error.where, error)])
    return {
        "ok": True, "errors": [], "notes": texts(map(without_keys, notes_of(asked))), "people": asked.people,
        "seconds": asked.seconds, "digest": asked.digest,
        "values": values_of(main_of(asked)), "command": asked.command, "python": asked.python, "draft": draft.canonical(),
    }  # fmt: skip


def _refused(problems: list[Plain]) -> Plain:
    return {"ok": False, "errors": problems, "notes": [], "people": None, "seconds": None, "digest": None, "values": {}, "command": "", "python": "",
            "draft": ""}  # fmt: skip


def _problems(draft: Draft) -> list[Plain]:
    """Try each change by itself, so that every mistake is told with its key."""
    if draft.programme not in (known := available("programme")):
        return [problem("programme", unknown("programme", draft.programme, known))]
    try:
        place = changes_of(draft.county)[0] if draft.county is not None else {}
    except DraftError as error:
        return [problem(error.where, error)]
    try:
        base = load_scenario(draft.programme, place, behaviour=NO_SET)
    except ConfigurationError as error:
        return [problem("county", error)]
    found = _of_changes(base, draft.changes, "")
    for number, variant in enumerate(draft.variants):
        found += _of_changes(base, variant.changes, f"variants.{number}.")
    return found


def _of_changes(base: Scenario, changes: dict[str, Any], above: str) -> list[Plain]:
    """Return the changes that are wrong by themselves; of what only goes wrong together with others nothing is said here."""
    found = []
    for key, value in changes.items():
        if key == PEOPLE:
            continue
        try:
            base.with_({key: value})
        except ConfigurationError as error:
            message = message_of(error)
            if _is_of_it_alone(message, key):
                found.append(problem(f"{above}{key}", message))
    return found


def _is_of_it_alone(message: Sentence, key: str) -> bool:
    """Tell whether a message is about what a key itself says: its name, or its value."""
    return message.startswith((f"{key} is ", f"{key}.", f"{key}:", "unknown ")) or f"'{key}'" in message


def main_of(asked: Asked) -> Scenario:
    """Return the scenario of the main variant."""
    return next(iter(asked.worlds.variants.values()))


def notes_of(asked: Asked) -> list[Sentence]:
    """Return what is to be known before it is run: how it was put together, levels that are not plausible, changes that change nothing."""
    scenarios = [*asked.worlds.variants.values(), asked.scenario]
    keys = [*asked.draft.changes, *(key for variant in asked.draft.variants for key in variant.changes)]
    levels = levels_out_of_range(scenarios, keys)
    notes = dict.fromkeys(note for scenario in scenarios for note in scenario.notes)
    return [*notes, *([levels_in_words(levels)] if levels else []), *asked.worlds.idle]


def values_of(scenario: Scenario) -> Plain:
    """Return the values in force: dotted key → value."""
    return {leaf.key: plain_of(leaf.value) for leaf in declarations(scenario) if ENTRY not in leaf.key and leaf.key != PEOPLE}
