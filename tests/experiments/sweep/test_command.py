"""A sweep runs every point of its grid, with the same luck, and leaves one table and the pictures."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

from experiments.sweep.swept import Swept
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.simulation import simulate

Command = Callable[..., Any]
NIGHTS, RATE = "policy.lodging.free_nights", "policy.loans.rate_per_year"
TINY = ("population.graduates=200", "days=30", "replicates=2", "workers=2", "output=out")
SIZE = {"population.graduates": 200, "days": 30}
VISITED = {"policy.lodging.initial_awareness": 1.0, "behaviour.explore_per_month": 10, "behaviour.explore_trip_value": 30_000}
"""So that a station has guests in so small a place and so short a time."""
VISITING = tuple(f"{key}={value}" for key, value in VISITED.items())


def read(folder: Path) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = pq.read_table(folder / "out" / "sweep.parquet").to_pydict()
    return found


def check_points(found: dict[str, list[Any]], axes: list[str], points: list[tuple[Any, ...]], more: dict[str, Any] | None = None) -> None:
    """Check the columns of a table of two replicates, and that each point is what `simulate` gives for its values."""
    assert list(found) == ["point", *axes, "replicate", *OUTCOMES]
    assert found["point"] == [number for number in range(len(points)) for _ in range(2)]
    assert found["replicate"] == [0, 1] * len(points)
    assert list(zip(*(found[axis] for axis in axes), strict=True)) == [point for point in points for _ in range(2)]
    for number, point in enumerate(points):
        settings = dict(zip(axes, point, strict=True))
        scenario = Scenario.load(settings.pop("programme", "zibo"), {**SIZE, **(more or {}), **settings})
        results = simulate(scenario, replicates=2, seed=1)
        for name in OUTCOMES:
            np.testing.assert_array_equal(found[name][2 * number : 2 * number + 2], results.outcomes[name], err_msg=f"{name} at {settings}")


@pytest.fixture(scope="module")
def one_axis(call: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Sweep the free nights, without saying -m."""
    here = tmp_path_factory.mktemp("sweep")
    words = (f"{NIGHTS}=0,14,2", "outcomes=[station_guests,spending,loans_defaulted]", *VISITING)
    said = call(here, "sweep", "programme=zibo", *TINY, *words)
    assert said.status == 0, said.err
    return here, said


def test_one_axis_is_what_simulate_gives(one_axis: tuple[Path, Any]) -> None:
    found = read(one_axis[0])
    assert found[NIGHTS] == [0, 0, 14, 14, 2, 2]
    for number, nights in enumerate((0, 14, 2)):
        scenario = Scenario.load("zibo", {**SIZE, NIGHTS: nights, **VISITED})
        outcomes = simulate(scenario, replicates=2, seed=1).outcomes
        for name in OUTCOMES:
            np.testing.assert_array_equal(found[name][2 * number : 2 * number + 2], outcomes[name], err_msg=name)
    assert found["station_nights"][:2] == [0, 0]
    assert max(found["station_nights"]) > 0


def test_a_sweep_leaves_one_table_the_pictures_and_nothing_else(one_axis: tuple[Path, Any], files_in: Callable[[Path], set[str]]) -> None:
    chosen = ("station_guests", "spending")  # loans_defaulted is the same everywhere
    pictures = {f"figures/{name}{kind}.{ending}" for name in chosen for kind in ("", "_difference") for ending in ("png", "svg")}
    pictures |= {f"figures/{name}_plane.{ending}" for name in ("employed_in_region", "station_guests") for ending in ("png", "svg")}
    files = {"sweep.parquet", "summary.json", "config.yaml", "provenance.json", "manifest.json", "parts", "figures"} | pictures
    (part,) = (one_axis[0] / "out" / "parts").iterdir()
    assert files_in(one_axis[0]) == {"out", f"out/parts/{part.name}"} | {f"out/{name}" for name in files}


def test_the_summary_names_the_axes(one_axis: tuple[Path, Any]) -> None:
    summary = json.loads((one_axis[0] / "out" / "summary.json").read_text(encoding="utf-8"))
    outcomes = summary.pop("outcomes")
    assert summary == {
        "programme": "zibo", "seed": 1, "replicates": 2, "first_replicate": 0, "design": "grid", "reference": 2, "points": 3, "done": 3,
        "axes": {NIGHTS: ["0", "14", "2"]}, "interval": {"of": "mean", "behaviour": "evidence"},
    }  # fmt: skip
    found = Swept.of(pq.read_table(one_axis[0] / "out" / "sweep.parquet"))
    assert [point["mean"] for point in outcomes["station_guests"]["points"]] == found.means("station_guests").mean.tolist()
    assert "intervals" not in str(outcomes), "there is no set"
    plain = yaml.safe_load((one_axis[0] / "out" / "config.yaml").read_text(encoding="utf-8"))
    assert list(outcomes) == plain["outcomes"]
    assert plain["policy"]["lodging"]["free_nights"] == Scenario.load("zibo").policy.lodging.free_nights
    assert plain["axes"] == {NIGHTS: ["0", "14", "2"]}


def test_the_table_shows_every_point(one_axis: tuple[Path, Any]) -> None:
    out = one_axis[1].out
    assert "Compared with: free nights a stay 2 (the programme as it is)." in out
    for nights in (0, 14, 2):
        assert f"│ {nights} " in out
    assert "Mean and" in out
    assert "Difference and" in out
    assert "Station guests" in out
    assert "Loans in default" not in out
    assert out.rstrip().endswith("Result: out")


def test_two_axes(yizhan_sketching: Command, tmp_path: Path) -> None:
    said = yizhan_sketching("sweep", "-m", "programme=zibo", *TINY, *VISITING, f"{NIGHTS}=0,14", f"{RATE}=0.03,0.06", "outcomes=[station_guests]")
    assert said.status == 0, said.err
    check_points(read(tmp_path), [NIGHTS, RATE], [(0, 0.03), (0, 0.06), (14, 0.03), (14, 0.06)], VISITED)
    assert {path.name for path in (tmp_path / "out" / "figures").glob("*.png")} == {
        "employed_in_region_plane.png", *(f"station_guests{kind}.png" for kind in ("", "_difference", "_interaction", "_plane")),
    }  # fmt: skip


def test_a_programme_as_an_axis(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("sweep", "programme=none,zibo", *TINY, "figures=false")
    assert said.status == 0, said.err
    found = read(tmp_path)
    check_points(found, ["programme"], [("none",), ("zibo",)])
    assert found["spending"][:2] == [0, 0]
    assert min(found["spending"][2:]) > 0
    assert not (tmp_path / "out" / "figures").exists()


def test_three_axes(yizhan_sketching: Command, tmp_path: Path) -> None:
    axes = {NIGHTS: (0, 6), RATE: (0.03, 0.05), "market.tightness": (0.5, 1.0)}
    given = [f"{key}={','.join(map(str, values))}" for key, values in axes.items()]
    said = yizhan_sketching("sweep", "programme=zibo", *TINY, *VISITING, *given, "outcomes=[hires]", "language=zh")
    assert said.status == 0, said.err
    check_points(read(tmp_path), list(axes), [(a, b, c) for a in (0, 6) for b in (0.03, 0.05) for c in (0.5, 1.0)], VISITED)
    drawn = {"hires.svg", "hires_difference.svg", "employed_in_region_plane.svg", "hires_plane.svg"}
    assert {path.name for path in (tmp_path / "out" / "figures").glob("*.svg")} == drawn
    assert "差异与" in said.out


def test_a_limit_and_none(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("sweep", "programme=zibo", *TINY, "policy.lodging.budget=null,1000", "outcomes=[spending]", "figures=false")
    assert said.status == 0, said.err
    found = read(tmp_path)
    assert found["policy.lodging.budget"] == [None, None, 1000, 1000]
    assert max(found["spending.lodging"][2:]) <= 1000 < min(found["spending.lodging"][:2])


def test_seeds_and_ranges_can_be_swept(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("sweep", *TINY, "seed=range(1,4)", "figures=false")
    assert said.status == 0, said.err
    found = read(tmp_path)
    assert found["seed"] == [1, 1, 2, 2, 3, 3]
    assert len(set(found["applications_sent"])) > 2


def test_a_lever_that_is_off_changes_nothing(yizhan: Command, tmp_path: Path) -> None:
    assert yizhan("sweep", "programme=none", *TINY, f"{NIGHTS}=0,3,6", "figures=false").status == 0
    found = read(tmp_path)
    for name in OUTCOMES:
        values = np.array(found[name], dtype=float).reshape(3, 2)
        np.testing.assert_array_equal(values[0], values[1], err_msg=name)
        np.testing.assert_array_equal(values[0], values[2], err_msg=name)


def test_hydra_overrides_work_and_the_default_folder_is_clean(yizhan: Command, tmp_path: Path, files_in: Callable[[Path], set[str]]) -> None:
    words = ("population.graduates=100", "days=3,4", "replicates=1", "figures=false")
    said = yizhan("sweep", "-m", *words, "hydra/launcher=basic", "hydra.sweep.subdir=p${hydra.job.num}", "hydra.job.name=mine")
    assert said.status == 0, said.err
    (folder,) = (tmp_path / "results" / "sweep").iterdir()
    files = {"sweep.parquet", "summary.json", "config.yaml", "provenance.json", "manifest.json", "parts"}
    (part,) = (folder / "parts").iterdir()
    assert files_in(folder) == {*files, f"parts/{part.name}"}
    assert {path.name for path in tmp_path.iterdir()} == {"results"}
    assert pq.read_table(folder / "sweep.parquet")["days"].to_pylist() == [3, 4]


def test_axes_among_the_parameters_of_hydra(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("sweep", "-m", "programme=zibo", *TINY, f'hydra.sweeper.params={{{NIGHTS}:"0,14"}}', "figures=false")
    assert said.status == 0, said.err
    assert read(tmp_path)[NIGHTS] == [0, 0, 14, 14]
    for word in (f'+hydra.sweeper.params={{{NIGHTS}:"0,14,3"}}', f"hydra.sweeper.params.{NIGHTS}=0,14,3", f"+hydra.sweeper.params.{NIGHTS}='0,14,3'"):
        said = yizhan("sweep", "-m", "programme=zibo", word, "shard=7/9")
        assert (said.status, "shard=7/9: the sweep has 3 points" in said.err) == (2, True), said.err
