"""Legal aid: disputes and unpaid wages come without it; a lawyer wins more of them, while hours and money last."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.states import Cash, Count, Money
from sim.world import World
from tests.drawn import BUDGET, FEW, PEOPLE_HELPED
from tests.every import every

BUSY: dict[str, Any] = {
    "enabled": True,
    "lawyers": 1,
    "hours_per_lawyer_month": 20,
    "trainings": 3,
    "seats_per_training": 10,
    "initial_awareness": 0.8,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [{"lawyers": 0, "trainings": 0}, {"hours_per_lawyer_month": 0, "seats_per_training": 0}, {"budget": 0}]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "lawyers": FEW,
        "hours_per_case": st.integers(1, 20),
        "trainings": FEW,
        "seats_per_training": PEOPLE_HELPED,
        "training_demand": st.floats(0, 1),
        "cost_per_hour": st.integers(0, 500),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING: dict[str, Any] = {"graduates": 800, "days": 240, "start": "2021-01-01", "population": {"founders_earlier": 0.2}}
TROUBLE = {"dispute_per_year": 6.0, "arrears_per_year": 2.0, "arrears_quit_unpaid": 0.0, "arrears_quit_paid": 0.0, "forget_per_month": 0.0}
"""Much trouble, and nobody leaves because of it; who knows of help does not forget it."""
SOLVENT = {"monthly_revenue": 10**6, "revenue_per_staff": 10**7, "revenue_noise": 0.0, "opportunity_per_year": 0.0, "leave_per_month": 0.0}
WIDE = {"enabled": True, "lawyers": 1000, "initial_awareness": 1.0}


def service_of(world: World) -> Any:
    return world.tables["services"].rows[LeverId.LEGAL_AID]


@pytest.fixture(scope="module")
def court(run_of: Run) -> Run:
    """Return a runner of a world with much trouble, with legal aid or (None) without."""

    def run(lever: dict[str, Any] | None, *, replicate: int = 0, **behaviour: Any) -> World:
        return run_of(**SETTING, policy={} if lever is None else {"legal_aid": WIDE | lever}, behaviour=TROUBLE | behaviour, replicate=replicate)

    return run


def test_trouble_comes_without_lawyers_and_is_the_same_with_them(court: Run) -> None:
    without, with_lawyers = court(None, **SOLVENT, recovery_aided=0.35), court({}, **SOLVENT, recovery_aided=0.35)
    for number in (Count.DISPUTES, Count.ARREARS):
        assert without.counts[number] == with_lawyers.counts[number] > 50
    for column in ("activity", "employer", "savings", "arrears"):
        every(without.tables["people"].column(column) == with_lawyers.tables["people"].column(column), "a lawyer who wins no more changes nothing")
    assert with_lawyers.counts[Count.LEGAL_CASES] > 50
    assert without.counts[Count.LEGAL_CASES] == without.counts[Count.LEGAL_RECOVERED] == 0


@pytest.mark.parametrize(("aided", "unaided"), [(0.0, 0.0), (1.0, 0.0), (0.75, 0.35)])
def test_who_has_a_lawyer_gets_back_what_is_won(aided: float, unaided: float, court: Run) -> None:
    world = court({}, **SOLVENT, recovery_aided=aided, recovery_unaided=unaided)
    counts, people = world.counts, world.tables["people"]
    assert counts[Count.LEGAL_CASES] == people.column("legal_cases").sum() == service_of(world).served
    assert counts[Count.LEGAL_RECOVERED] == people.column("recovered").sum()
    lost = int(people.column("arrears").sum()) - int(world.cashbook[Cash.DISPUTES])
    assert lost / (lost + counts[Count.LEGAL_RECOVERED]) == pytest.approx(1 - aided, abs=0.1)
    assert 0 <= world.ledger[Money.ARREARS_RECOVERED] <= counts[Count.LEGAL_RECOVERED]


def test_more_lawyers_take_more_cases_and_turn_fewer_away(court: Run) -> None:
    costless = {"second_thoughts": 0, "family_months": 1e12, "application_cost": 0, "interview_cost": 0, "peer_news": 0}
    worlds = [court({"lawyers": number, "hours_per_lawyer_month": 20, "hours_per_case": 10}, **SOLVENT, **costless) for number in (0, 2, 6, 20, 1000)]
    cases = [int(world.counts[Count.LEGAL_CASES]) for world in worlds]
    refused = [int(service_of(world).turned_away) for world in worlds]
    losses = [int(world.tables["people"].column("arrears").sum()) - int(world.cashbook[Cash.DISPUTES]) for world in worlds]
    assert cases == sorted(set(cases))
    assert refused[1:4] == sorted(set(refused[1:4]), reverse=True)
    assert losses == sorted(set(losses), reverse=True)
    assert cases[1] <= 2 * 2 * 8, "two lawyers, two cases a month, eight months"
    disputed = [int(world.counts[Count.ARREARS] + world.counts[Count.DISPUTES]) for world in worlds]
    assert max(disputed) <= 1.01 * min(disputed), "hardly anybody's life is another for the money"
    asked = [cases[row] + refused[row] for row in range(1, 5)]
    assert max(asked) <= 1.01 * min(asked), "the same people ask"


def test_half_the_money_takes_half_of_the_cases(court: Run) -> None:
    need = int(service_of(court({}, **SOLVENT)).spent)
    whole, half = (service_of(court({"budget": money}, **SOLVENT)) for money in (need, need // 2))
    assert whole.spent == need == 1000 * whole.served
    assert half.served == need // 2 // 1000
    assert half.turned_away == whole.served - half.served
    assert half.spent == half.units * half.unit_cost <= need // 2


def test_the_lawyer_costs_the_hours_of_a_case(court: Run) -> None:
    service = service_of(court({"hours_per_case": 7, "cost_per_hour": 90, "training_seats_per_hour": 3}, **SOLVENT))
    assert service.spent == service.served * 7 * 90 > 0


def test_a_lawyer_keeps_firms_alive(court: Run) -> None:
    poor = {"dispute_loss": 60_000, "recovery_unaided": 0.1, "recovery_aided": 0.9, "arrears_per_year": 0.0}
    closed = np.array([[court(lever, replicate=replicate, **poor).counts[Count.STARTUPS_CLOSED] for lever in (None, {})] for replicate in range(4)])
    every(closed[:, 1] < closed[:, 0])


def test_who_is_not_paid_leaves_more_often(court: Run) -> None:
    calm = SOLVENT | {"separation_bachelor": 0.001, "separation_vocational": 0.001, "exit_per_year": 0.0, "employed_search_share": 0.0}
    quits = {"arrears_quit_unpaid": 0.6, "arrears_quit_paid": 0.05}
    never, unaided, aided = (
        int(court(lever, **calm | leave).counts[Count.SEPARATIONS])
        for lever, leave in ((None, {}), (None, quits), ({}, quits | {"recovery_aided": 1.0}))
    )
    assert never < aided < unaided


def test_state_owned_employers_and_those_elsewhere_pay(run_of: Run) -> None:
    world = run_of(**SETTING, market={"state_owned_share": 1.0}, behaviour=TROUBLE | {"opportunity_per_year": 0.0})
    at_startups = world.tables["employers"].column("founder") >= 0
    everywhere = np.isin(world.tables["people"].column("employer"), np.flatnonzero(at_startups))
    assert world.counts[Count.ARREARS] <= 24 * max(1, everywhere.sum())


def test_training_makes_the_service_known_and_disputes_rarer(court: Run) -> None:
    trainings = {"lawyers": 0, "trainings": 20, "seats_per_training": 500, "training_demand": 0.5, "initial_awareness": 0.0}
    wise = {"legal_knowledge": 3.0, "forget_per_month": 0.0}
    without, taught = court(None, **SOLVENT | wise), court(trainings, **SOLVENT | wise)
    people = taught.tables["people"]
    trained = people.column("legal_trained") == 1
    assert taught.counts[Count.DISPUTES] < 0.7 * without.counts[Count.DISPUTES]
    every(people.column("aware")[trained] >> np.uint32(LeverId.LEGAL_AID) & 1 == 1)
    assert taught.counts[Count.LEGAL_TRAINED] == service_of(taught).served >= trained.sum() > 0
    assert taught.tables["events"].column("taken").sum() == service_of(taught).served
    assert service_of(taught).spent == 20 * service_of(taught).served


def test_more_seats_turn_fewer_away(court: Run) -> None:
    base = {"lawyers": 0, "trainings": 5, "training_demand": 0.2}
    worlds = [service_of(court(base | {"seats_per_training": seats})) for seats in (0, 5, 20, 400)]
    assert worlds[0].served == worlds[0].reached == 0
    assert worlds[1].served < worlds[2].served < worlds[3].served
    assert worlds[1].turned_away > worlds[2].turned_away > worlds[3].turned_away == 0
