"""The scenario of each market of a nation: what `yizhan run` would be given to simulate that province by itself."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

from sim.bilingual import sentence
from sim.errors import ConfigurationError
from sim.nation.geography import distances, elsewhere, levels, looking
from sim.provinces import EVERYWHERE, Nation
from sim.region import Region
from sim.scenario import Policy, Scenario

CLOSED: dict[str, Any] = {
    "behaviour.outside_finding": 0.0, "behaviour.outside_finding_fresh": 0.0,
    "behaviour.local_interest": 1.0, "behaviour.locals_interest_away": 1.0,
    "opening.local_interest_spread": 0.0, "opening.interest_spread": 0.0,
    "population.residents_from_elsewhere_share": 1.0, "population.locals_stayed_share": 1.0, "population.locals_returned_share": 1.0,
}  # fmt: skip
"""What is true of each market where people move between them: no offers from nowhere, a search goes where the person is, nobody lives nowhere."""
WHOLE_INTEREST, USUAL_INTEREST = 1.0, 0.1
"""Mean share of the search of people of other campuses that goes to the market: all of it where whoever is in a market looks for work there."""


def is_nation(scenario: Scenario) -> bool:
    """Tell whether a scenario is of a nation, and not of one market."""
    return bool(scenario.region.nation.provinces)


def seed_of(seed: int, name: str) -> int:
    """Return the seed of the market of a province: two markets of a nation have different luck."""
    return (seed + zlib.crc32(name.encode())) % 2**32


def people_of(scenario: Scenario) -> dict[str, int]:
    """Return the people of each province on the first morning, who sum to those of the nation."""
    nation = scenario.region.nation
    students = np.array([province.students for province in nation.provinces])
    shares = students @ looking(scenario) / students.sum()
    cut = np.round(np.cumsum(shares) * scenario.population.graduates).astype(np.int64)
    return dict(zip((province.name for province in nation.provinces), np.diff(cut, prepend=0).tolist(), strict=True))


def scenarios_of(scenario: Scenario) -> dict[str, Scenario]:
    """Return the scenario of each market that is simulated, by the name of the province.

    Raises:
        ConfigurationError: A programme, and nothing says where; known persons; or a province with nobody in it.
    """
    nation = scenario.region.nation
    _check(scenario)
    people = people_of(scenario)
    closed = CLOSED if nation.migration else {}
    level = levels(scenario)
    premium = dict(zip(people, np.log(elsewhere(scenario, level) / level).tolist(), strict=True))
    found = {}
    for name in nation.lived:
        if people[name] < 1:
            raise ConfigurationError(sentence(
                "{name} has nobody in it: give the nation more than {graduates:,} people (population.graduates)",
                "{name} 没有人：请把 population.graduates 设为大于 {graduates:,}", name=name, graduates=scenario.population.graduates,
            ))  # fmt: skip
        has_programme = nation.policy_in in (name, EVERYWHERE)
        updates = {
            "region": _region_of(scenario, name), "population.graduates": people[name], "population.inhabitants": None,
            "population.cohort": round(scenario.population.cohort * people[name] / scenario.population.graduates),
            "behaviour.outside_wage_premium": premium[name], "reported": (), **closed,
        }  # fmt: skip
        if not has_programme:
            updates["policy"] = Policy()
        found[name] = scenario.model_copy(update=updates)
    return found


def _check(scenario: Scenario) -> None:
    nation = scenario.region.nation
    offered = [name for name, lever in scenario.policy.levers.items() if lever.offers_something]
    if offered and not nation.policy_in:
        raise ConfigurationError(sentence(
            "the programme has to be carried out somewhere: region.nation.policy_in=PROVINCE, such as {example}; or region.nation.policy_in=all",
            "须指明项目在哪个省实施：region.nation.policy_in=省份，例如 {example}；或 region.nation.policy_in=all", example=nation.lived[0],
        ))  # fmt: skip
    if scenario.population.people:
        raise ConfigurationError(sentence(
            "population.people names known persons, who live in one place; a nation draws everybody: leave it out",
            "population.people 指定的已知人员只属于一个地方；全国模拟的人员均由抽取产生，请删去",
        ))  # fmt: skip
    if scenario.market.posts:
        raise ConfigurationError(sentence(
            "market.posts names posts of one place; a nation draws those of all its markets: leave it out",
            "market.posts 指定的岗位只属于一个地方；全国模拟各市场的岗位均由抽取产生，请删去",
        ))  # fmt: skip


def _region_of(scenario: Scenario, name: str) -> Region:
    """Return a province as a region: its own campuses, those of the others, from where people come, and what there is elsewhere."""
    region, nation = scenario.region, scenario.region.nation
    names = [province.name for province in nation.provinces]
    here = names.index(name)
    away, level, share = distances(scenario), levels(scenario), looking(scenario)
    template = region.campuses[0].model_dump()
    weights = np.array([province.students for province in nation.provinces]) * share[:, here]
    weights *= 1.0 / weights.max()
    campuses = [
        {
            **template, "name": f"Campuses of {province.name}", "name_zh": f"{province.name_zh}高校", "outside": number != here,
            "distance_km": float(round(away[number, here])), "share": float(weights[number]),
            "interest": WHOLE_INTEREST if nation.migration else USUAL_INTEREST, "locals_share": template["locals_share"] if number != here else 0.0,
        }
        for number, province in enumerate(nation.provinces)
    ]  # fmt: skip
    own = float(level[here])
    return region.model_copy(update={
        "name": name, "name_zh": nation.provinces[here].name_zh, "campuses": campuses, "nation": Nation(),
        "wage_vocational": region.wage_vocational * own, "wage_bachelor": region.wage_bachelor * own, "wage_master": region.wage_master * own,
        "living_cost": round(region.living_cost * own), "rent": round(region.rent * own),
        "rent_elsewhere": round(region.rent * float(elsewhere(scenario, level)[here])),
        "elsewhere_km": float(round(elsewhere(scenario, away)[here])),
    })  # fmt: skip
