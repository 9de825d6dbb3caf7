"""What `benchmarks.guarding` measures is drawn as it says, and the promises of `yizhan check` hold at the shipped size."""

import ast
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmarks.guarding import DRIFTING, DRIFTS, _value, drawn, read, write
from benchmarks.guarding_faults import BASELINES, DRAWN, REFACTORINGS, checked_of, drawn_by_lot, is_found, loud_refactorings
from benchmarks.guarding_worker import EVERY_LEVER
from experiments.check.baseline import Sample
from experiments.check.baselines import read_baseline
from sim.levers import LEVERS
from sim.scenario import Scenario
from tests.conftest import SHIPPED_BEHAVIOUR
from tests.mutants.graft import with_fault
from tests.mutants.mutant import ROOT, read_table
from tests.mutants.refactorings import draw_refactorings, refactorings_of

FOUND_OF_20 = 18


def test_refactorings_apply_each_in_a_module_of_its_own() -> None:
    found = draw_refactorings(REFACTORINGS, DRAWN)
    assert len({one.module for one in found}) == REFACTORINGS
    assert len({one.kind for one in found}) == 5
    for one in found:
        source = one.path().read_text(encoding="utf-8")
        assert ast.dump(ast.parse(with_fault(one, source))) != ast.dump(ast.parse(source))


def test_what_has_an_effect_is_no_refactoring() -> None:
    text = "@compiled\ndef pay(world, day):\n    return draw(day) + world.paid, world.paid - day, day + world.paid\n"
    assert [(one.expression, one.replacement) for one in refactorings_of("rules/x", text)] == [("day + world.paid", "(world.paid) + (day)")]


def test_a_lot_is_the_beginning_of_a_larger_one_and_holds_faults_alone() -> None:
    assert drawn_by_lot(40, 1)[:20] == drawn_by_lot(20, 1) != drawn_by_lot(20, 2)
    assert len(drawn_by_lot(1000, 1)) == sum(not one.equivalent for one in read_table())


def test_two_samples_of_a_pool_share_no_world_and_are_kept_whole(tmp_path: Path) -> None:
    pool = [Sample(6, {"hires": np.arange(6.0) + 10 * seed}, {"wage": np.full((6, 3), float(seed))}, np.arange(6.0) // 2) for seed in range(3)]
    before, now = drawn(pool, random.Random(1))  # noqa: S311
    for sample in (before, now):
        assert (sample.at_end["hires"] % 10).tolist() == [0, 1, 2, 3, 4, 5]
        assert (sample.persons["wage"][:, 0] == sample.at_end["hires"] // 10).all()
    assert (before.at_end["hires"] != now.at_end["hires"]).all()
    write(tmp_path / "one.npz", before)
    assert read(tmp_path / "one.npz").at_end["hires"].tolist() == before.at_end["hires"].tolist()
    assert [path.name for path in tmp_path.iterdir()] == ["one.npz"]


def test_a_drift_is_of_a_number_that_no_vector_of_the_set_has_for_itself(scenario_of: Callable[..., Scenario]) -> None:
    of_the_set = (ROOT / "configs" / "behaviour" / f"{SHIPPED_BEHAVIOUR}.yaml").read_text(encoding="utf-8")
    assert "behaviour.idle_worth" in of_the_set
    scenario = scenario_of()
    for key in DRIFTING:
        assert key not in of_the_set
        assert scenario.with_({key: _value(scenario, key) * (1 + DRIFTS[0])}) != scenario


def test_the_baseline_of_every_lever_has_every_lever() -> None:
    configuration = read_baseline(ROOT / BASELINES, EVERY_LEVER).configuration
    assert {lever.name for lever in LEVERS if configuration[f"policy.{lever.name}.enabled"] is not True} == set()


@pytest.mark.mutants
def test_refactorings_stay_silent_and_faults_are_found() -> None:
    """Minutes: `python -m benchmarks.guarding refactorings faults` says which. Goes on where it was interrupted."""
    assert loud_refactorings() == []
    found = [one for _, one in checked_of(drawn_by_lot(20, DRAWN))]
    assert {mode: sum(is_found(one, mode) for one in found) >= FOUND_OF_20 for mode in ("exact", "own")} == {"exact": True, "own": True}
