"""``yizhan calibrate``: files, both languages, the same bytes for any number of workers and after a kill, and what is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

from experiments.shared.calibrated_runs import read_runs
from sim.behaviour_set import BehaviourSet
from sim.calibration.resting import AT_REST

Command = Callable[..., Any]
TARGETS = """
title: Ours
title_zh: 本市
targets:
  spent:
    label: C5
    value: 600
    unit: CNY/person
    tolerance: 100
    reason: "assumption"
    reason_zh: "假定"
    source: "assumption"
    period: "2021"
    measure: cost_of_search
    use: calibration
  beyond:
    label: C6
    value: 900
    unit: CNY/person
    tolerance: 20
    reason: "assumption"
    reason_zh: "假定"
    source: "assumption"
    period: "2021"
    measure: cost_of_search
    use: held_out
    use_reason: "a check"
    use_reason_zh: "检验"
"""
FREE = "free=[behaviour.idle_worth,behaviour.interviews_per_post]"
TINY = ("target=ours.yaml", FREE, "graduates=120", "runs=16", "vectors=6", "truths=4", "services=false")
SAME = ("set.yaml", "runs.parquet", "reruns.parquet", "calibration.json")


@pytest.fixture(scope="module")
def done(call: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("calibrate")
    (folder / "ours.yaml").write_text(TARGETS, encoding="utf-8")
    said = call(folder, "calibrate", *TINY, "output=out", "set=sets/ours.yaml", "workers=1")
    assert said.status == 0, said.err
    return folder, said.out


def test_the_set_can_be_read_and_says_where_it_comes_from(done: tuple[Path, str]) -> None:
    folder, _ = done
    found = BehaviourSet.load(folder / "sets" / "ours.yaml")
    assert found.parameters == ("behaviour.idle_worth", "behaviour.interviews_per_post", *AT_REST)
    assert found.vectors.shape == (6, 4)
    assert np.ptp(found.vectors[:, 2]) > 0.01, "to each what its own market comes to"
    about = found.provenance
    assert about["at_rest"] == list(AT_REST)
    assert found.unknown == ("behaviour.idle_worth", "behaviour.interviews_per_post")
    assert {"command", "commit", "date", "yizhan", "sources_sha256", "target_sha256", "seed", "runs", "method"} <= set(about)
    assert about["calibrated"]["behaviour.idle_worth"]["prior"] == [0.8, 1.8]
    assert about["used"] == ["spent"]
    assert (folder / "out" / "set.yaml").read_bytes() == (folder / "sets" / "ours.yaml").read_bytes()


def test_the_files_say_what_was_found(done: tuple[Path, str]) -> None:
    folder, _ = done
    found = json.loads((folder / "out" / "calibration.json").read_text(encoding="utf-8"))
    spent, held = found["targets"]
    assert (spent["used"], held["used"], spent["value"]) == (True, False, 600)
    assert spent["low"] <= spent["median"] <= spent["high"]
    assert spent["distance"] == pytest.approx((spent["median"] - 600) / 100)
    assert {key: len(values) for key, values in found["at_rest"].items()} == dict.fromkeys(AT_REST, 6)
    assert [row["key"] for row in found["parameters"]] == ["behaviour.idle_worth", "behaviour.interviews_per_post"]
    assert set(found["recovery"]["coverage"]) == {"behaviour.idle_worth", "behaviour.interviews_per_post"}
    assert {path.name for path in (folder / "out" / "figures").glob("*.png")} == {"parameters.png", "targets.png", "correlations.png"}


def test_the_runs_beside_a_set_can_be_read_again(done: tuple[Path, str]) -> None:
    folder, _ = done
    space, runs = read_runs(folder / "sets" / "ours.parquet")
    assert space.keys == ("behaviour.idle_worth", "behaviour.interviews_per_post")
    assert runs.values.shape == (16, 2)
    assert (runs.values[:, 1] % 1 == 0).all()
    assert runs.names == ("spent",)
    assert pq.read_table(folder / "out" / "reruns.parquet").num_rows == 6
    assert read_runs(folder / "out" / "reruns.parquet")[1].names == ("spent", "beyond")


def test_it_tells_what_the_set_measures(done: tuple[Path, str]) -> None:
    _, out = done
    assert "A set of 6 plausible behaviours, calibrated to Ours" in out
    assert "held out" in out
    assert "behaviour.idle_worth" in out
    assert "of 2 targets are met" in out


def test_after_a_kill_it_goes_on_to_the_same_bytes(done: tuple[Path, str], call: Command) -> None:
    """In Chinese, on two workers: of what was kept nothing is computed again, and no byte differs but in the titles of the command."""
    folder, _ = done
    cut = folder / "cut"
    shutil.copytree(folder / "out", cut)
    for name in SAME:
        (cut / name).unlink()
    parts = sorted((cut / "parts").glob("*.parquet"))
    parts[0].unlink()
    said = call(folder, "calibrate", *TINY, "output=cut", "set=sets/ours.yaml", "workers=2", "language=zh", "figures=false")
    assert said.status == 0, said.err
    assert "组同样可信的行为参数" in said.out
    for name in SAME[1:]:
        assert (cut / name).read_bytes() == (folder / "out" / name).read_bytes(), name
    first, again = (yaml.safe_load((folder / name / "set.yaml").read_text(encoding="utf-8")) for name in ("out", "cut"))
    assert first["vectors"] == again["vectors"]


def test_vectors_of_another_set_live_on_beside_what_is_free(done: tuple[Path, str], call: Command) -> None:
    folder, _ = done
    words = ("free=behaviour.idle_worth", "behaviour=sets/ours.yaml", "target=ours.yaml", "graduates=100", "runs=16", "vectors=4", "truths=0",
             "services=false", "at_rest=false", "figures=false", "output=local")  # fmt: skip
    said = call(folder, "calibrate", *words)
    assert said.status == 0, said.err
    base, found = (BehaviourSet.load(folder / name) for name in ("sets/ours.yaml", "local/set.yaml"))
    assert found.parameters == base.parameters
    assert found.vectors[:, 1:].tolist() == base.vectors[:4, 1:].tolist()


def test_what_is_given_by_hand_is_not_measured(done: tuple[Path, str], call: Command) -> None:
    """It is the same in every run, and no column of the set, as with whatever else is given."""
    folder, _ = done
    words = ("free=behaviour.idle_worth", "market.usual_filling=0.5", "target=ours.yaml", "graduates=100", "runs=16", "vectors=4", "truths=0",
             "services=false", "figures=false", "output=given")  # fmt: skip
    said = call(folder, "calibrate", *words)
    assert said.status == 0, said.err
    assert BehaviourSet.load(folder / "given" / "set.yaml").parameters == ("behaviour.idle_worth",)


def test_it_is_learned_anew_from_runs_that_are_there(done: tuple[Path, str], call: Command) -> None:
    """With the targets of the same command: the same set, and none but the runs of the vectors is made."""
    folder, _ = done
    said = call(folder, "calibrate", *TINY, "runs_from=sets/ours.parquet", "set=sets/anew.yaml", "output=anew", "figures=false")
    assert said.status == 0, said.err
    first, anew = (BehaviourSet.load(folder / "sets" / name) for name in ("ours.yaml", "anew.yaml"))
    assert anew.vectors == pytest.approx(first.vectors, rel=1e-4)
    assert anew.provenance["runs"] == 16
    assert anew.provenance["runs_made"]["command"] == first.provenance["command"]
    assert (folder / "sets" / "anew.parquet").read_bytes() == (folder / "sets" / "ours.parquet").read_bytes()
    assert sum(pq.read_table(part).num_rows for part in (folder / "anew" / "parts").glob("*.parquet")) == 12


@pytest.mark.parametrize(("words", "said"), [
    (("runs_from=ours.yaml",), "cannot be read as runs"), (("runs_from=nowhere.parquet",), "nowhere.parquet"),
    (("free=[behaviour.idle_worth]", "runs_from=sets/ours.parquet"), "other free parameters (behaviour.idle_worth, behaviour.interviews_per_post)"),
    (("target=labour_market", "runs_from=sets/ours.parquet"), "has no unemployment_16_24_01"),
])  # fmt: skip
def test_runs_of_something_else_are_refused(done: tuple[Path, str], call: Command, words: tuple[str, ...], said: str) -> None:
    folder, _ = done
    answer = call(folder, "calibrate", *TINY, *words)
    assert answer.status == 2, answer.out
    assert said in answer.err


@pytest.mark.parametrize(("words", "said"), [
    (("target=nowhere",), "nowhere"), (("free=behaviour.nothing",), "behaviour.nothing"), (("set=here.txt",), "ends in .yaml"),
    (("set=/proc/yizhan/x.yaml",), "cannot write set=/proc/yizhan/x.yaml"),
    (("save_people=true",), "people.parquet"), (("-m",), "leave out -m"), (("runs=3",), "runs is 3"),
])  # fmt: skip
def test_what_is_wrong_is_said(yizhan: Command, words: tuple[str, ...], said: str) -> None:
    answer = yizhan("calibrate", *words)
    assert answer.status == 2
    assert said in answer.err
