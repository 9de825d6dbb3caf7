"""`yizhan bench` measures what it says, prints ratios first, and writes them."""

import gc
import json
from pathlib import Path

import numpy as np
import pytest

from experiments.bench import growing, side_by_side, timing
from experiments.bench.found import Row, Times
from experiments.bench.options import PARTS, BenchOptions
from experiments.bench.parts_of_a_day import ALL, ALONE, levers, lived_by_phases
from experiments.bench.report import cells_of, heads_of, people_of_parts, summaries
from experiments.bench.settings import every_lever, full_scenario
from experiments.bench.starting import COMMAND
from experiments.bench.words import FIGURES, WORDS
from experiments.shared.words import Speaker
from sim.day import PHASES
from sim.levers import OWN
from sim.world import World, make_world
from tests.experiments.conftest import Command

QUICK = ("people=[80,60]", "days=2", "year=3", "repeat=1")


def test_a_quick_look_prints_writes_and_draws(yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "measured_apart", growing.measured_here)
    said = yizhan("bench", "parts=[market,phases,growth]", *QUICK, "output=o", "language=zh")
    assert said.status == 0, said.err
    told = " ".join(said.out.replace("│", " ").replace("┃", " ").split())
    told = told[told.index("纯 Mesa / 引擎") :]  # below what is said while it measures
    in_order = ("纯 Mesa / 引擎", "NumPy / 引擎", "引擎，纳秒", "随人数的增长与内存", "send_applications")
    assert sorted(in_order, key=told.index) == list(in_order)
    assert "80 人时每人每天的成本为 60 人时的" in told
    found = json.loads((tmp_path / "o" / "bench.json").read_text(encoding="utf-8"))
    assert set(found) == {"machine", "options", "provenance", "parts"}
    assert [(row["people"], row["days"]) for row in found["parts"]["market"]] == [(80, 2), (60, 2)]
    for row in found["parts"]["market"]:
        for side in ("plain_mesa", "numpy"):
            assert row[f"{side}_over_engine"]["median"] == pytest.approx(row[side]["median"] / row["engine"]["median"])
    assert {row["of"] for row in found["parts"]["phases"]} == set(PHASES)
    assert all(row["memory"]["median"] > row["world_memory"]["median"] >= 0 for row in found["parts"]["growth"])
    assert {path.name for path in (tmp_path / "o" / "figures").glob("*.svg")} == {"market.svg", "phases.svg", "growth.svg"}


@pytest.mark.slow
def test_growth_and_start_are_measured_in_processes_of_their_own(yizhan: Command, tmp_path: Path) -> None:
    """Two minutes: compiles once."""
    said = yizhan("bench", "parts=[growth,start]", *QUICK, "output=o", "figures=false")
    assert said.status == 0, said.err
    found = json.loads((tmp_path / "o" / "bench.json").read_text(encoding="utf-8"))["parts"]
    assert len(found["growth"]) == 2
    assert found["start"][0]["processor"]["median"] > found["start"][1]["processor"]["median"]


@pytest.mark.parametrize(("words", "told"), [
    (("parts=[markt]",), "parts"),
    (("people=[10]",), "people: a size of 10 cannot be measured; name sizes from 50 to 20000000"),
    (("people=[]",), "people"),
    (("days=300",), "days"),
    (("poeple=[100]",), "people"),
    (("-m", "people=100,200"), "leave out -m"),
    (("programme=zibo",), "programme"),
])  # fmt: skip
def test_what_cannot_be_measured_is_refused(yizhan: Command, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    said = yizhan("bench", *words)
    assert (said.status, said.out) == (2, "")
    assert told in said.err
    assert list(tmp_path.iterdir()) == []


def test_days_lived_by_phases_are_the_days_of_a_run() -> None:
    whole, apart = (make_world(full_scenario(300, 12), 1, 0) for _ in range(2))
    whole.advance(0, 12)
    assert len(lived_by_phases(apart, 12)) == len(PHASES)
    np.testing.assert_array_equal(apart.flows, whole.flows)
    np.testing.assert_array_equal(apart.stocks, whole.stocks)


def test_days_lived_in_turn_are_the_days_of_a_run_and_are_counted_for_whom_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, first, second = (make_world(full_scenario(300, 25), 1, 0) for _ in range(3))
    whole.advance(0, 25)
    turns: list[tuple[str, int, int]] = []
    monkeypatch.setattr(timing, "processor_seconds", lambda action: action())
    monkeypatch.setattr(timing, "gc", gc)

    def turn(name: str, world: World) -> timing.Live:
        def live(day: int, until: int) -> float:
            timing.living(world)(day, until)
            turns.append((name, day, until))
            return until - day if name == "first" else 0.5

        return live

    assert timing.in_turn({"first": turn("first", first), "second": turn("second", second)}, 100_000, 25) == {"first": 25, "second": 1.5}
    assert turns == [(name, day, min(25, day + 10)) for day in (0, 10, 20) for name in ("first", "second")]
    for world in (first, second):
        np.testing.assert_array_equal(world.flows, whole.flows)
        np.testing.assert_array_equal(world.stocks, whole.stocks)
    assert gc.get_freeze_count() == 0
    gc.freeze()


def test_sizes_are_measured_in_rounds_and_each_figure_is_of_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def measured(people: int, days: int) -> dict[str, float]:
        asked.append(people)
        return {"nanoseconds": people + days + 0.1 * len(asked)}

    monkeypatch.setattr(growing, "measured_apart", measured)
    rows = growing.grown([100, 900], 7, 2)
    assert asked == [100, 900, 100, 900]
    assert [(row.name, row.figures["nanoseconds"].values) for row in rows] == [
        ("100", pytest.approx((107.1, 107.3))), ("900", pytest.approx((907.2, 907.4))),
    ]  # fmt: skip


def test_every_lever_has_a_setting_and_a_row() -> None:
    names = {key.split(".")[1] for key in every_lever(1000)}
    assert len(names) == len(OWN)
    rows = levers(60, 2, 1)
    assert {row.name for row in rows} == {ALONE, ALL, *names}
    assert set(next(row for row in rows if row.name == ALONE).figures["over_alone"].values) == {1.0}


def test_ratios_are_of_pairs_and_medians_of_ratios() -> None:
    engine, other = Times((1.0, 2.0, 4.0)), Times((10.0, 60.0, 80.0))
    assert other.over(engine).values == (10.0, 30.0, 20.0)
    assert other.over(engine).plain() == {"median": 20.0, "lowest": 10.0, "highest": 30.0, "all": [10.0, 30.0, 20.0]}
    say = Speaker("en", WORDS)
    row = Row("1000", {"plain_mesa_over_engine": other.over(engine), "engine": engine}, {"people": 1000, "days": 30})
    assert heads_of("market", [row], say) == ["people", "days", "plain Mesa over engine", "engine, ns"]
    assert cells_of("market", row, say) == ["1,000", "30", "20.0 (10.0-30.0)", "2.0 (1.0-4.0)"]
    starts = [Row("cold", {"processor": Times((30.0,))}), Row("warm", {"processor": Times((2.0, 3.0, 4.0))})]
    assert summaries({"start": starts}, say) == ["A cold start takes 10.0 times a warm one (processor time)."]


def test_the_references_stay_within_what_they_claim() -> None:
    assert side_by_side.days_for(1_000_000, 120) == side_by_side.FEWEST_DAYS
    assert BenchOptions(parts=["levers", "market"]).measured == ("market", "levers")
    assert people_of_parts(BenchOptions()) == 100_000
    assert people_of_parts(BenchOptions(people=[2_000_000, 300_000])) == 300_000
    assert set(FIGURES) <= set(PARTS) <= set(WORDS)
    assert {f"{part}_note" for part in PARTS} <= set(WORDS)
    assert "days=2" in COMMAND
