"""Where nobody chooses a set of behaviours the shipped one holds, in every command (all other tests stand on the values of the tables)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim import Scenario
from sim.behaviour_set import BehaviourSet
from tests.conftest import SHIPPED_BEHAVIOUR

SMALL = ("programme=zibo", "replicates=4", "population.graduates=300", "days=30", "figures=false")
VERBS = ("run", "compare")
ALL = "import json, sys; from experiments.cli import main; sys.exit(max(main(words) for words in json.load(sys.stdin)))"
ROOT = Path(__file__).resolve().parents[2]
PARTS = ["ignorance", "prediction", "simulation_error"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the commands in a process of their own, which knows nothing of the tests."""
    here = tmp_path_factory.mktemp("default")
    commands = json.dumps([[verb, *SMALL, f"output={verb}"] for verb in VERBS])
    sources = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-c", ALL]
    done = subprocess.run(words, cwd=here, env=sources, input=commands, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return here


@pytest.mark.parametrize("verb", VERBS)
def test_a_result_says_what_is_not_known(folder: Path, verb: str) -> None:
    kept = BehaviourSet.load(folder / verb / "behaviour" / f"{SHIPPED_BEHAVIOUR}.yaml")
    assert kept.digest == BehaviourSet.load(SHIPPED_BEHAVIOUR).digest
    result = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (folder / verb).glob("*.json")}
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
