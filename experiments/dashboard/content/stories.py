"""Persons behind a bar of the account, and the story of one of them: a replicate lived again. Nobody of a real ledger is ever told of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.dashboard.content.asking import Asked
from experiments.dashboard.content.drafts import DraftError
from experiments.dashboard.content.texts import Plain, text
from experiments.story.narrator import describe, tell
from sim.account import Part
from sim.bilingual import Sentence, sentence
from sim.comparison import KINDS, account_for
from sim.history import portrait_of, relive
from sim.ledger.people_file import known_people
from sim.observers.sight import Sight
from sim.participation import COUNTED
from sim.wording import unknown
from sim.world import World, make_world

if TYPE_CHECKING:
    from sim.scenario import Scenario

MOST_PERSONS = 10
"""Case files behind a bar."""
OF_ROWS: dict[str, tuple[Part, ...]] = {
    "gross_placements": (Part.PLACED_ANYWAY, Part.HELPED), "deadweight": (Part.PLACED_ANYWAY,), "net_on_participants": (Part.HELPED, Part.HARMED),
    "displacement": (Part.LOST_BY_OTHERS,), "jobs_made": (Part.GAINED_BY_OTHERS,), "net_additional_jobs": (Part.HELPED, Part.GAINED_BY_OTHERS),
    "reshuffled": (Part.LOST_BY_OTHERS, Part.GAINED_BY_OTHERS),
}  # fmt: skip
"""Row of an account → parts in which the persons behind it stand."""
BECAME: dict[Part, Sentence] = {
    Part.PLACED_ANYWAY: Sentence("placed in both worlds", "两个世界里都在岗"),
    Part.HELPED: Sentence("placed with the programme only", "只有在方案下才在岗"),
    Part.HARMED: Sentence("placed without the programme only", "只有没有方案时才在岗"),
    Part.LOST_BY_OTHERS: Sentence("took no part; placed without the programme only", "未参加；只有没有方案时才在岗"),
    Part.GAINED_BY_OTHERS: Sentence("took no part; placed with the programme only", "未参加；只有在方案下才在岗"),
}  # fmt: skip
"""Part → what became of a person of it."""
PRIVATE = Sentence(
    "The people of this run are those of a ledger: nobody's life is made up and told.", "此次模拟的人来自真实台账：不编造、也不讲述任何真人的经历。",
)


def persons_behind(asked: Asked, variant: str, row: str, kind: str = "jobs", replicate: int = 0) -> Plain:
    """Return up to ten case files behind a bar of an account, and how many there are in all.

    Args:
        asked: What was asked.
        variant: Name of the variant.
        row: Row of the account.
        kind: What is accounted for.
        replicate: Number of the replicate that is lived again.

    Raises:
        DraftError: No such variant, row or replicate; or persons of a ledger.
    """
    scenario = _variant(asked, variant, replicate)
    if row not in OF_ROWS:
        raise DraftError(unknown("key", row, list(OF_ROWS)), "row")
    if kind not in KINDS:
        raise DraftError(unknown("key", kind, list(KINDS)), "kind")
    seed = asked.options.seed
    before, after = (_lived(one, seed, replicate) for one in (asked.worlds.baseline, scenario))
    columns = [{name: world.tables["people"].column(name) for name in COUNTED} for world in (before, after)]
    _, parts = account_for(columns[0], columns[1], scenario.days)
    found = np.flatnonzero(np.isin(parts[kind], OF_ROWS[row]))
    chosen = _spread(found)
    people, last = after.tables["people"].rows, scenario.days - 1
    told = []
    for person in chosen:
        portrait = portrait_of(after, Sight(people[person], {}), last)
        line = Sentence(*(describe(portrait, scenario, language) for language in ("en", "zh")))
        told.append({"person": person, "one_line": text(line), "became": text(BECAME[Part(int(parts[kind][person]))])})
    return {"variant": variant, "row": row, "kind": kind, "replicate": replicate, "count": len(found), "persons": told}


def _spread(found: Any) -> list[int]:  # noqa: ANN401
    """Return a few of many, evenly from the first to the last, so that nobody chooses whom."""
    if len(found) <= MOST_PERSONS:
        return [int(one) for one in found]
    return [int(found[place]) for place in np.linspace(0, len(found) - 1, MOST_PERSONS).round().astype(int)]


def _lived(scenario: Scenario, seed: int, replicate: int) -> World:
    world = make_world(scenario, seed, replicate)
    world.advance(0, scenario.days)
    return world


def _variant(asked: Asked, variant: str, replicate: int) -> Scenario:
    if variant not in asked.worlds.variants:
        raise DraftError(unknown("variant", variant, list(asked.worlds.variants)), "variant")
    if not 0 <= replicate < asked.options.replicates:
        raise DraftError(sentence("replicate is {n}; allowed is 0 to {last}", "replicate 为 {n}，应为 0 至 {last}", n=replicate,
                                  last=asked.options.replicates - 1), "replicate")  # fmt: skip
    scenario = asked.worlds.variants[variant]
    if scenario.population.people and len(known_people(scenario.population.people)):
        raise DraftError(PRIVATE, "person")
    return scenario


def story(asked: Asked, variant: str, person: int, replicate: int = 0) -> Plain:
    """Return the story of one person, in both languages.

    Raises:
        DraftError: No such variant, replicate or person; or persons of a ledger.
    """
    scenario = _variant(asked, variant, replicate)
    try:
        history = relive(scenario, asked.options.seed, replicate, person)
    except IndexError as error:
        raise DraftError(error.args[0], "person") from None
    english, chinese = map(partial(tell, history, scenario), ("en", "zh"))

    def both(one: str, other: str) -> dict[str, str]:
        return text(Sentence(one, other))

    return {
        "person": person, "replicate": replicate, "variant": variant, "title": both(english.title, chinese.title),
        "subtitle": both(english.subtitle, chinese.subtitle),
        "portrait": [both(*pair) for pair in zip(english.portrait, chinese.portrait, strict=True)],
        "sentences": [{"when": both(one[0], two[0]), "what": both(one[1], two[1])} for one, two in zip(english.lines, chinese.lines, strict=True)],
        "ending": [both(*pair) for pair in zip(english.ending, chinese.ending, strict=True)],
        "months": [[both(*cells) for cells in zip(*rows, strict=True)] for rows in zip(english.months, chinese.months, strict=True)],
    }  # fmt: skip
