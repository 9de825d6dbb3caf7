"""What is looked at: outcomes of the world with the programme, and of what it adds to the same world without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from experiments.shared.errors import MistakeError
from experiments.shared.figures.naming import outcome_form, outcome_label
from sim.bilingual import Sentence, in_language, sentence
from sim.comparison import account_for, without_programme
from sim.numbers import Form
from sim.outcomes import OUTCOMES
from sim.participation import COUNTED
from sim.results import read_world
from sim.scenario import Scenario
from sim.wording import unknown
from sim.world import World, make_world

if TYPE_CHECKING:
    from experiments.shared.words import Language

ADDED = "added."
"""Before the name of an outcome: its paired difference to no programme."""
ROW = "net_additional_jobs"
"""Row of the account that says what a programme adds, of jobs as of stays and firms."""


class Net(NamedTuple):
    """What a programme adds, person by person: which account says it, and what it is called."""

    kind: str
    label: Sentence
    unit: Sentence = Sentence("persons", "人")


NET = {
    ROW: Net("jobs", Sentence("Net additional jobs", "净增就业")),
    "net_additional_stays": Net("stays_6m", Sentence("Net additional newcomers who stay for 6 months", "净增外来青年留居满半年")),
    "net_additional_firms": Net("businesses", Sentence("Net additional founders with a firm", "净增创业者")),
}
"""Name → what of the account it is."""
OF_A_PROGRAMME = (ROW, "employed_in_region", "newly_resident", "spending")
OF_A_MARKET = ("employed_in_region", "unemployment_rate", "days_to_first_job", "wage_mean")
"""Outcomes that are looked at where nobody says which."""


def names_of(asked: Sequence[str], scenario: Scenario) -> tuple[str, ...]:
    """Return the outcomes that are looked at, each once.

    Raises:
        MistakeError: One that there is not, or that needs a programme.
    """
    has_levers = any(scenario.is_offered(lever) for lever in scenario.policy.levers.values())
    for name in asked:
        if name not in NET and name.removeprefix(ADDED) not in OUTCOMES:
            raise MistakeError(sentence(
                "outcome={name}: {unknown} Further: {net}, and added.OUTCOME. yizhan list outcomes shows all.",
                "outcome={name}：{unknown}另有 {net} 与 added.指标。yizhan list outcomes 可列出全部指标。",
                name=name, unknown=unknown("outcome", name.removeprefix(ADDED), [*NET, *OUTCOMES]), net=", ".join(NET),
            ))  # fmt: skip
        if is_paired(name) and not has_levers:
            raise MistakeError(sentence(
                "outcome={name} is what a programme adds, and no lever is offered; name a programme, or another outcome",
                "outcome={name} 是方案所增加的部分，但没有开办任何政策工具；请指定项目，或另选指标", name=name,
            ))  # fmt: skip
    return tuple(dict.fromkeys(asked)) or (OF_A_PROGRAMME if has_levers else OF_A_MARKET)


def is_paired(name: str) -> bool:
    """Tell whether an outcome is known from a pair of worlds only."""
    return name in NET or name.startswith(ADDED)


def measure(scenario: Scenario, seed: int, number: int, names: Sequence[str]) -> list[float]:
    """Live one replicate, and the same without the programme where that is needed, and return some outcomes; NaN where one is not defined.

    Args:
        scenario: The scenario.
        seed: Seed of every draw.
        number: Number of the replicate.
        names: The outcomes.
    """
    world = _lived(scenario, seed, number)
    found = read_world(world, save_people=False).outcomes
    if not any(map(is_paired, names)):
        return [float(found[name]) for name in names]
    other = _lived(without_programme(scenario), seed, number)
    before = read_world(other, save_people=False).outcomes
    people = [{column: each.tables["people"].column(column) for column in COUNTED} for each in (other, world)]
    accounts, _ = account_for(people[0], people[1], scenario.days)
    values = {name: float(accounts[net.kind][ROW]) for name, net in NET.items()}
    values |= {f"{ADDED}{name}": float(found[name]) - float(before.get(name, float("nan"))) for name in found}
    return [values[name] if is_paired(name) else float(found[name]) for name in names]


def _lived(scenario: Scenario, seed: int, number: int) -> World:
    """Return the world of a replicate at its end."""
    world = make_world(scenario, seed, number)
    world.advance(0, scenario.days)
    return world


def label_of(name: str, language: Language) -> str:
    """Return what an outcome is called."""
    if name in NET:
        return in_language(NET[name].label, language)
    if not name.startswith(ADDED):
        return outcome_label(name, language)
    return in_language(Sentence("added: {label}", "增加：{label}"), language).format(label=outcome_label(name.removeprefix(ADDED), language))


def unit_of(name: str) -> dict[str, str]:
    """Return the unit of an outcome, language → unit."""
    if name in NET:
        return {"en": str(NET[name].unit), "zh": NET[name].unit.zh}
    return dict(OUTCOMES[name.removeprefix(ADDED)].unit)


def form_of_effects(name: str, most: float, language: Language) -> Form:
    """Return how effects on an outcome are written.

    Args:
        name: Name of the outcome.
        most: The largest of them.
        language: "zh" or "en".
    """
    if name in NET:
        return Form(in_language(NET[name].unit, language))
    return outcome_form(name.removeprefix(ADDED), language, most, difference=True)
