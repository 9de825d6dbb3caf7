"""All money is in prices of the start year: twice every price, wage, opening saving and amount of a lever leaves every decision as it is."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pydantic
import pytest

from sim.parameters import ParameterGroup
from sim.scenario import Scenario
from sim.states import Count
from sim.world import World

Make = Callable[..., World]
MANY = 2**12
"""Yuan of so many parts: what is rounded is then small beside any pay, and decisions that hang on a yuan are not met."""
AMOUNTS = (
    Count.LOAN_AMOUNT_GRANTED, Count.LOAN_AMOUNT_DEFAULTED, Count.LOAN_AMOUNT_REPAID, Count.EQUITY_INVESTED, Count.LEGAL_RECOVERED,
    Count.SUBSIDIES_PAID, Count.STARTUP_GRANTS, Count.EQUITY_LOST,
)  # fmt: skip
"""Counts of money."""


def units_of(group: ParameterGroup) -> Iterator[tuple[str, str]]:
    for name, field in type(group).model_fields.items():
        extra = field.json_schema_extra
        yield name, str(extra.get("unit", "")) if isinstance(extra, dict) else ""


def scaled(value: Any, factor: int) -> Any:
    """Return a group of parameters with every amount of money times a factor, whatever limits are set for it."""
    if isinstance(value, tuple):
        return tuple(scaled(member, factor) for member in value)
    if isinstance(value, dict):
        return {name: scaled(member, factor) for name, member in value.items()}
    if not isinstance(value, pydantic.BaseModel):
        return value
    update = {}
    units = dict(units_of(value)) if isinstance(value, ParameterGroup) else {}
    for name in type(value).model_fields:
        content = getattr(value, name)
        is_money = units.get(name, "").startswith("CNY") and content is not None
        update[name] = content * factor if is_money else scaled(content, factor)
    return pydantic.BaseModel.model_copy(value, update=update)


@pytest.fixture(scope="module")
def worlds(scenario_of: Callable[..., Scenario], world_of: Make, every_lever: Callable[[], Any]) -> Callable[[int], World]:
    """Return a function that runs a small world in which every lever is on, with every amount of money times a factor."""

    def run(factor: int) -> World:
        scenario = scenario_of(graduates=500, days=400, policy=every_lever())
        world = world_of(scaled(scenario, factor))
        world.advance(0, 400)
        return world

    return run


def test_no_unit_hides_money(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> None:
    """Money is found by its unit, so it is always CNY for something, never something for CNY."""
    found: list[str] = []

    def look(group: pydantic.BaseModel) -> None:
        for name, unit in units_of(group) if isinstance(group, ParameterGroup) else ():
            if "CNY" in unit:
                found.append(name)
                assert unit.startswith("CNY"), name
        for name in type(group).model_fields:
            content = getattr(group, name)
            for member in content.values() if isinstance(content, dict) else (content,):
                if isinstance(member, pydantic.BaseModel):
                    look(member)

    look(scenario_of(policy=every_lever()))
    assert {"wage_bachelor", "rent", "savings", "budget", "fare_per_km", "capital_need"} <= set(found)


def test_twice_of_all_money_changes_no_decision(worlds: Callable[[int], World]) -> None:
    """Every count is the same, and every amount is doubled, where yuan are so many that none is missed."""
    once, twice = worlds(MANY), worlds(2 * MANY)
    money = np.isin(np.arange(len(once.counts)), AMOUNTS)
    for name in ("counts", "flows"):
        first, second = getattr(once, name), getattr(twice, name)
        np.testing.assert_array_equal(second[..., ~money], first[..., ~money])
        np.testing.assert_allclose(second[..., money], 2 * first[..., money], rtol=1e-4, atol=1)
    assert once.counts[Count.HIRES] > 100
    np.testing.assert_allclose(twice.ledger, 2 * once.ledger, rtol=1e-4, atol=1)
    for column in ("activity", "place", "employer", "applications", "interviews", "offers", "trips", "hires", "firms_founded"):
        np.testing.assert_array_equal(twice.tables["people"].column(column), once.tables["people"].column(column))


def test_yuan_themselves_matter_little(worlds: Callable[[int], World]) -> None:
    """As things are, only the rounding of yuan is in between: it turns few decisions, and these bring other luck to a world so small."""
    once, twice = worlds(1), worlds(2)
    for count in (Count.HIRES, Count.APPLICATIONS_SENT, Count.CONTRACTS_SIGNED, Count.INTERVIEWS_HELD):
        assert twice.counts[count] == pytest.approx(once.counts[count], rel=0.15)
