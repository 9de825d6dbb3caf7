"""Designs, carried out: the table has the points, paired by seed, and a result gives the same points again without the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.simulation import simulate

Command = Callable[..., Any]
NIGHTS, RATE = "policy.lodging.free_nights", "policy.loans.rate_per_year"
TINY = ("population.graduates=60", "days=8", "replicates=2", "workers=1", "figures=false", "outcomes=[spending]")


def read(folder: Path) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = pq.read_table(folder / "sweep.parquet").to_pydict()
    return found


@pytest.mark.slow
def test_a_sobol_design_is_run_and_made_again(yizhan: Command, tmp_path: Path) -> None:
    words = (f"{NIGHTS}=interval(0,14)", "policy.loans.budget=null,1000", "over=[market.tightness]", "programme=zibo")
    said = yizhan("sweep", "-m", *words, *TINY, "design=sobol", "n=2", "output=one")
    assert said.status == 0, said.err
    found = read(tmp_path / "one")
    assert found["point"] == [0, 0, 1, 1, 2, 2]
    here = Scenario.load("zibo")
    assert found[NIGHTS][0] == here.policy.lodging.free_nights
    assert found["market.tightness"][0] == here.market.tightness
    assert sorted(map(str, found["policy.loans.budget"][2::2])) == ["1000", "None"]
    for number in (0, 2):
        keys = (NIGHTS, "policy.loans.budget", "market.tightness")
        scenario = Scenario.load("zibo", {"population.graduates": 60, "days": 8} | {key: found[key][2 * number] for key in keys})
        outcomes = simulate(scenario, replicates=2, seed=1).outcomes
        for name in OUTCOMES:
            np.testing.assert_array_equal(found[name][2 * number : 2 * number + 2], outcomes[name], err_msg=name)
    said = yizhan("sweep", "from=one", "output=two")
    assert said.status == 0, said.err
    assert (tmp_path / "two" / "sweep.parquet").read_bytes() == (tmp_path / "one" / "sweep.parquet").read_bytes()


def test_the_points_of_a_file_are_run_and_kept(yizhan: Command, tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text(f"name,{NIGHTS},programme\nnow,3,zibo\nnone,3,none\nmore,14,淄博\n", encoding="utf-8")
    said = yizhan("sweep", *TINY, "points=points.csv", "reference=none", "output=one")
    assert said.status == 0, said.err
    assert read(tmp_path / "one")["programme"][0::2] == ["zibo", "none", "zibo"]
    assert "Compared with: none (the programme as it is)." in said.out
    (tmp_path / "points.csv").unlink()
    said = yizhan("sweep", "from=one", "output=two")
    assert said.status == 0, said.err
    assert (tmp_path / "two" / "sweep.parquet").read_bytes() == (tmp_path / "one" / "sweep.parquet").read_bytes()
    axes = [yaml.safe_load((tmp_path / name / "config.yaml").read_text(encoding="utf-8"))["axes"] for name in ("one", "two")]
    assert axes[0] == axes[1] == {"name": ["now,none,more"], NIGHTS: ["3,3,14"], "programme": ["zibo,none,zibo"]}


def test_a_mistake_of_a_design_leaves_nothing(yizhan: Command, tmp_path: Path, files_in: Callable[[Path], set[str]]) -> None:
    (tmp_path / "points.csv").write_text(f"{NIGHTS}\n1\n-1\n", encoding="utf-8")
    for words, message in {
        ("points=points.csv",): "points.csv:3: policy.lodging.free_nights is -1",
        ("design=sobol", "n=6", f"{NIGHTS}=interval(0,14)"): "write n=8 (or n=4)",
        (f"{NIGHTS}=0,3", "reference=7"): "the numbers 0 to 1",
        ("design=lhs", "n=6", f"{NIGHTS}=0,1"): "design is 'lhs'",
    }.items():
        said = yizhan("sweep", "programme=zibo", *TINY, *words, "output=out")
        assert said.status == 2
        assert message in said.err
    assert files_in(tmp_path) == {"points.csv"}


def test_names_of_points_are_a_column(yizhan: Command, tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text(f"name,{NIGHTS}\ntoday,\nlonger,14\n", encoding="utf-8")
    said = yizhan("sweep", "-m", "programme=zibo", "points=points.csv", *TINY, "output=out")
    assert said.status == 0, said.err
    found = read(tmp_path / "out")
    assert list(found)[:3] == ["point", "name", NIGHTS]
    assert found["name"] == ["today", "today", "longer", "longer"]
    assert "Compared with: today" in said.out
