"""Where nobody is asked about services of which none has begun: no service that people meet there is behind a gate that it does not open."""

import ast
import inspect
from collections.abc import Callable
from typing import Any

import numba
import pytest

from sim.levers import OWN
from sim.meetings import anybody_in_month, anybody_on_pay_day
from sim.phases import accounts, services
from sim.tables import Tables
from sim.world import World

Make = Callable[..., World]
OPENING, CLOSING = 9, 19
WINDOW = {"opening_date": "2021-05-10", "closing_date": "2021-05-20"}


@numba.njit
def open_today(world: Tables, day: int) -> tuple[bool, bool]:
    return anybody_on_pay_day(world, day), anybody_in_month(world, day)


@pytest.fixture(scope="module")
def lever_of(every_lever: Callable[[], Any]) -> Callable[[str], Any]:
    """Return a function that gives the settings of one lever alone, open for some days in May."""
    settings = every_lever()
    return lambda name: {name: settings[name] | WINDOW}


@pytest.mark.parametrize("lever", OWN, ids=lambda lever: lever.name)
def test_a_lever_opens_the_gates_of_the_places_where_it_is_met(lever: Any, lever_of: Callable[[str], Any], world_of: Make, scenario_of: Make) -> None:
    """From its first day on, and after its last, when what it has begun goes on."""
    world = world_of(scenario_of(graduates=30, days=30, start="2021-05-01", policy=lever_of(lever.name)))
    met = ("pay_day" in lever.met(), "month" in lever.met())
    for day, expected in ((OPENING - 1, (False, False)), (OPENING, met), (CLOSING, met), (CLOSING + 5, met)):
        assert open_today(world.together, day) == expected, day


def levers_called(module: Any, within: ast.AST) -> set[str]:
    """Return the levers of which a function of a phase calls rules."""
    tree = ast.parse(inspect.getsource(module))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and str(node.module).startswith("sim.levers.")]
    of = {name.name: str(node.module).rpartition(".")[2] for node in imports for name in node.names}
    calls = [node.func.id for node in ast.walk(within) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return {of[name] for name in calls if name in of}


def levers_named(within: ast.AST) -> set[str]:
    """Return the levers that an expression names as `rules.LEVER.row`."""
    attributes = [node for node in ast.walk(within) if isinstance(node, ast.Attribute)]
    return {node.value.attr for node in attributes if node.attr == "row" and isinstance(node.value, ast.Attribute)}


def function(module: Any, name: str) -> ast.FunctionDef:
    tree = ast.parse(inspect.getsource(module))
    return next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name)


def assigned(within: ast.AST, name: str) -> list[ast.expr]:
    """Return what a name is set to, and what is added to it."""
    plain = [node.value for node in ast.walk(within) if isinstance(node, ast.Assign) and [ast.unparse(one) for one in node.targets] == [name]]
    return plain + [node.value for node in ast.walk(within) if isinstance(node, ast.AugAssign) and ast.unparse(node.target) == name]


def test_every_service_of_a_pay_day_opens_its_gate() -> None:
    called = levers_called(accounts, function(accounts, "_meet_services"))
    asks = [value for name in ("drawn", "met") for value in assigned(function(accounts, "settle_accounts"), name)]
    assert called == {"mentoring", "internships", "subsidies"}
    assert called <= set().union(*map(levers_named, asks))


def test_every_service_of_the_month_opens_its_gate() -> None:
    """Each stands behind a flag of its own; the gate asks for all these flags."""
    provide = function(services, "provide_services")
    loop = next(node for node in provide.body if isinstance(node, ast.For))
    flags = {node.test.id: node for node in loop.body if isinstance(node, ast.If) and isinstance(node.test, ast.Name)}
    (gate,) = assigned(provide, "drawn")
    assert {node.id for node in ast.walk(gate) if isinstance(node, ast.Name)} == {*flags, "OTHERS"}
    assert set().union(*(levers_called(services, node) for node in flags.values())) == levers_called(services, loop)
    for flag, node in flags.items():
        (value,) = assigned(provide, flag)
        assert levers_named(value) == levers_called(services, node), flag

