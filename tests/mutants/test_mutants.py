"""Every declared fault has its place in the present sources, and the tests find nine of ten."""

import ast
from collections import Counter
from pathlib import Path

import numba
import pytest

from tests.mutants import switch
from tests.mutants.claims import GENERAL, claims_of
from tests.mutants.graft import graft, with_fault
from tests.mutants.mutant import DoesNotApplyError, Mutant, modules, place_of, read_table
from tests.mutants.report import write_page
from tests.mutants.run import findings_that_hold, run_all
from tests.mutants.switch import is_faulty
from tests.trees import tree_of

MUTANTS = read_table()
ENOUGH = 0.9


def test_a_mutant_applies_and_is_python() -> None:
    assert MUTANTS
    for mutant in MUTANTS:
        try:
            changed = ast.parse(with_fault(mutant, mutant.path().read_text(encoding="utf-8")))
            compile(changed, mutant.module, "exec")
        except (DoesNotApplyError, SyntaxError, ValueError) as error:
            pytest.fail(f"{mutant.name}: {error}")
        assert ast.dump(changed) != ast.dump(tree_of(mutant.path())), f"{mutant.name}: nothing is changed"


def test_all_faults_of_a_module_fit_into_one_text() -> None:
    for module in sorted({mutant.module for mutant in MUTANTS}):
        faults = [(number, mutant) for number, mutant in enumerate(MUTANTS) if mutant.module == module]
        source = faults[0][1].path().read_text(encoding="utf-8")
        written = graft(source, faults)
        compile(written, module, "exec")
        assert all(written.count(f"is_faulty({number})") >= 1 for number, _ in faults)


def test_every_module_of_rules_has_a_mutant_and_none_is_declared_twice() -> None:
    assert {mutant.module for mutant in MUTANTS} == set(modules())
    assert len(MUTANTS) >= 60
    assert [name for name, times in Counter(mutant.name for mutant in MUTANTS).items() if times > 1] == []
    assert len({mutant.kind for mutant in MUTANTS}) >= 8


def test_every_module_is_claimed_by_tests_of_its_own() -> None:
    for module in modules():
        assert set(claims_of(module)) - set(GENERAL), module


SOURCE = """
@compiled
def pay(world, day):
    if day > 3 and world.open:
        world.paid += 1
    return day + day > 3
"""


@pytest.mark.parametrize(
    ("expression", "replacement", "index", "reads"),
    [
        ("world.paid += 1", "pass", -1, "        pass"),
        ("day > 3 and world.open", "day > 3", -1, "    if day > 3:"),
        ("day + day", "day", -1, "    return day > 3"),
        ("day > 3", "day >= 3", 0, "    if day >= 3 and world.open:"),
    ],
)
def test_a_fault_is_found_by_its_text(expression: str, replacement: str, index: int, reads: str) -> None:
    assert reads in with_fault(Mutant("rules/x", "pay", "", expression, replacement, index), SOURCE).splitlines()


@pytest.mark.parametrize(
    ("function", "expression", "index"), [("pay", "day", -1), ("pay", "day", 4), ("pay", "night", -1), ("sleep", "day", 0), ("pay", "world.paid", -1)]
)
def test_what_has_no_place_or_several_is_an_error(function: str, expression: str, index: int) -> None:
    with pytest.raises(DoesNotApplyError):
        place_of(Mutant("rules/x", function, "", expression, "0", index), ast.parse(SOURCE))


def test_the_switch_is_the_same_for_compiled_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    @numba.njit
    def asked(number: int) -> bool:
        return is_faulty(number)

    for on in (-1, 3):
        monkeypatch.setattr(switch._chosen, "value", on)
        assert (is_faulty(3), is_faulty(4), bool(asked(3)), bool(asked(4))) == (on == 3, False, on == 3, False)


@pytest.mark.mutants
def test_nine_of_ten_are_killed() -> None:
    """Goes on where an interrupted run ended, and writes docs/mutants.md."""
    findings = run_all()
    write_page(MUTANTS, findings_that_hold(MUTANTS))
    killed = sum(finding.killed for finding in findings.values())
    assert killed >= ENOUGH * len(findings), [name for name, finding in findings.items() if not finding.killed]


def test_the_page_names_every_declared_mutant() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "mutants.md").read_text(encoding="utf-8")
    assert f"**{len(MUTANTS)} declared" in page, "the page is of another table: pytest -m mutants tests/mutants"
