"""``yizhan sensitivity``: files, both languages, the same bytes for any number of workers and after a kill, and what is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

Command = Callable[..., Any]
OVER = "over=[policy.lodging.free_nights:0:14,policy.lodging.cost_per_bed_month,behaviour.posts_seen,market.tightness]"
TINY = ("programme=zibo", OVER, "graduates=100", "days=20", "behaviour=evidence", "outcome=[spending,net_additional_jobs]")
MORRIS = (*TINY, "trajectories=4", "groups=3")
SAME = ("sensitivity.json", "sensitivity.parquet")


@pytest.fixture(scope="module")
def done(call: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    folder = tmp_path_factory.mktemp("sensitivity")
    said = call(folder, "sensitivity", *MORRIS, "output=out", "workers=1")
    assert said.status == 0, said.err
    return folder, said


def test_it_says_plan_and_cost_before_and_what_moves_what_after(done: tuple[Path, Any]) -> None:
    folder, said = done
    assert said.err.index("Morris: 4 factors") < said.err.index("This will take about")
    assert "surely in front: policy.lodging.cost_per_bed_month" in said.out
    content = json.loads((folder / "out" / "sensitivity.json").read_text(encoding="utf-8"))
    spending = content["outcomes"]["spending"]
    first = spending["factors"][0]
    assert (first["key"], first["told"], first["rank"]["value"]) == ("policy.lodging.cost_per_bed_month", True, 1)
    assert first["mu_star"]["low"] <= first["mu_star"]["value"] <= first["mu_star"]["high"]
    assert 1 in spending["sure_cuts"]
    assert not next(row for row in spending["factors"] if row["key"] == "behaviour.posts_seen")["told"]
    assert {path.stem for path in (folder / "out" / "figures").glob("*.png")} >= {"tornado_spending", "bars_spending"}


def test_every_point_is_in_the_table(done: tuple[Path, Any]) -> None:
    folder, _ = done
    content = json.loads((folder / "out" / "sensitivity.json").read_text(encoding="utf-8"))
    table = pq.read_table(folder / "out" / "sensitivity.parquet")
    assert table.num_rows == content["points"] == 6 * (3 + 3) + 4 * (4 + 3)
    assert {"stage", "trajectory", "step", "replicate", "policy.lodging.free_nights", "spending", "net_additional_jobs"} <= set(table.column_names)
    assert set(table["stage"].to_pylist()) == {1, 2}


def test_the_bytes_are_the_same_for_two_workers_after_parts_are_lost_and_in_chinese(done: tuple[Path, Any], call: Command) -> None:
    folder, _ = done
    shutil.copytree(folder / "out", folder / "again")
    kept = sorted((folder / "again" / "parts").iterdir())
    kept[0].unlink()
    for name in SAME:
        (folder / "again" / name).unlink()
    said = call(folder, "sensitivity", *MORRIS, "output=again", "workers=2", "language=zh", "figures=false")
    assert said.status == 0, said.err
    assert "确定居前的是 policy.lodging.cost_per_bed_month" in said.out
    for name in SAME:
        assert (folder / "out" / name).read_bytes() == (folder / "again" / name).read_bytes()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("method=moris",), "Did you mean 'morris'"),
        (("programme=zibo", "over=[policy.lodging.free_night]"), "Did you mean 'policy.lodging.free_nights'"),
        (("over=[behaviour.posts_seen]",), "yizhan sweep -m behaviour.posts_seen=A,B,C"),
        (("outcome=spendin",), "Did you mean 'spending'"),
        (("outcome=net_additional_jobs",), "no lever is offered"),
        (("programme=zibo", "n=12"), "n=16 or n=8"),
        (("-m", "programme=zibo,none"), "leave out -m"),
        (("save_people=true",), "no people.parquet"),
    ],
)
def test_mistakes_end_in_a_sentence_and_nothing_is_written(tmp_path: Path, call: Command, words: tuple[str, ...], reason: str) -> None:
    said = call(tmp_path, "sensitivity", *words, "output=out")
    assert said.status == 2
    assert reason in said.err
    assert not (tmp_path / "out").exists()
