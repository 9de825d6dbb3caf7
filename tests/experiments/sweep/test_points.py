"""All points of a sweep have one digest; shards have every point once; what is done is not asked again."""

from dataclasses import replace
from typing import Any

import pytest

from experiments.shared.batches.runs import Point
from experiments.sweep.designs import Design
from experiments.sweep.options import SweepOptions
from experiments.sweep.points import Plan, plan_of
from sim.scenario import Scenario

DESIGN = Design("grid", ("days",), tuple({"days": days} for days in range(1, 8)), 0, {"days": ["1"]})


def make_plan(**otherwise: Any) -> Plan:
    design = replace(DESIGN, **otherwise)
    scenario = Scenario.load("none")
    points = [Point(0, dict(point), 1) for point in design.points]
    return Plan(design, [scenario], points, [f"digest {point}" for point in design.points], [10.0] * len(points))


@pytest.mark.parametrize("otherwise", [{"kind": "sobol"}, {"axes": ("seed",)}, {"reference": 1}, {"points": DESIGN.points[:6]}])
def test_whatever_a_sweep_is_changes_its_digest(otherwise: dict[str, Any]) -> None:
    assert make_plan(**otherwise).digest != make_plan().digest
    assert make_plan().digest == make_plan().digest


@pytest.mark.parametrize("of", [1, 2, 3, 7])
def test_shards_have_every_point_once(of: int) -> None:
    plan = make_plan()
    shards = [list(plan.numbers(SweepOptions(shard=f"{number}/{of}"))) for number in range(1, of + 1)]
    assert sorted(number for shard in shards for number in shard) == list(range(7))
    assert max(map(len, shards)) - min(map(len, shards)) <= 1
    assert list(plan.numbers(SweepOptions())) == list(range(7))


def test_what_is_done_is_not_asked_again() -> None:
    plan, options = make_plan(), SweepOptions(replicates=3, first_replicate=4)
    blocks = [block for chunk in plan.chunks(options) for block in chunk.blocks]
    assert [(block.point, number) for block in blocks for number in range(block.first, block.first + block.runs)] == [
        (point, number) for point in range(7) for number in (4, 5, 6)
    ]
    done = blocks[::2]
    assert [block for chunk in plan.chunks(options, done) for block in chunk.blocks] == blocks[1::2]
    assert list(plan.chunks(options, blocks)) == []


def test_what_is_composed_and_the_seed_of_a_point_are_in_its_digest() -> None:
    points = tuple({"start": f"202{year}-01-01", "seed": seed} for year, seed in ((1, 1), (1, 2), (2, 1)))
    plan = plan_of([], replace(DESIGN, axes=("start", "seed"), points=points), SweepOptions(), Scenario.load("none"))
    assert len(set(plan.digests)) == 3
    assert [point.seed for point in plan.points] == [1, 2, 1]
