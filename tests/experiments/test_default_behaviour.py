"""Where nobody chooses a set of behaviours the shipped one holds, in every command (all other tests stand on the values of the tables)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim import Scenario
from sim.behaviour_set import BehaviourSet
from tests.conftest import SHIPPED_BEHAVIOUR

SMALL = ("population.graduates=300", "days=30", "figures=false", "output=out")
ROOT = Path(__file__).resolve().parents[2]
PARTS = ["ignorance", "prediction", "simulation_error"]


def result_of(folder: Path, *words: str) -> dict[str, Any]:
    """Run a command in a process of its own, which knows nothing of the tests."""
    command = [sys.executable, "-m", "experiments", *words, *SMALL]
    sources = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=sources, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    kept = BehaviourSet.load(folder / "out" / "behaviour" / f"{SHIPPED_BEHAVIOUR}.yaml")
    assert kept.digest == BehaviourSet.load(SHIPPED_BEHAVIOUR).digest
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (folder / "out").glob("*.json")}


@pytest.mark.parametrize(("verb", "words"), [("run", ("programme=zibo", "replicates=4")), ("compare", ("programme=zibo", "replicates=4"))])
def test_a_result_says_what_is_not_known(tmp_path: Path, verb: str, words: tuple[str, ...]) -> None:
    result = result_of(tmp_path, verb, *words)
    hires = result["summary"]["outcomes"]["hires"]
    assert sorted(hires["intervals"]) == PARTS
    assert [hires["low"], hires["high"]] == hires["intervals"]["ignorance"]
    interval = result["summary"]["interval"]
    assert (interval["of"], interval["behaviour"], interval["vectors"]) == ("ignorance", SHIPPED_BEHAVIOUR, 2)
    if verb == "compare":
        account = result["comparison"]["variants"]["programme"]["account"]
        assert [sorted(row["intervals"]) for name, row in account.items() if name != "residual"] == [PARTS] * (len(account) - 1)


def test_the_shipped_set_is_one() -> None:
    shipped = Scenario.load("none", behaviour=SHIPPED_BEHAVIOUR).behaviour_set.found
    assert shipped is not None
    assert len(shipped) >= 100
