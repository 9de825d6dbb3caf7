"""Results of earlier versions: whoever reads them says in a sentence what is other now, and which version reads them. No traceback, nothing left.

`older/run` was written by commit ad0eeb9 of 22 November 2026, of its summary three outcomes; its sweep had a table that did not say what it holds.
"""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.configuration import ConfigurationError
from tests.experiments.conftest import call_in
from tests.experiments.forked import contents
from yizhan import read_results

OLDER = Path(__file__).parent / "older"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    shutil.copytree(OLDER / "run", tmp_path / "run")
    (tmp_path / "sweep").mkdir()
    pq.write_table(pa.table({"point": [0], "replicate": [0], "hires": [1.0]}), tmp_path / "sweep" / "sweep.parquet")
    return tmp_path


@pytest.mark.parametrize(("words", "told"), [
    (("report", "run", "format=html"), "make it again with this version, or use the one in its provenance.json"),
    (("run", "from=run"), "policy.lodging.guests_per_desk_staff_day is gone"),
    (("sweep", "plot=sweep"), "it does not say what it holds: an early version of Yizhan wrote it"),
    (("sensitivity", "method=given", "sweep=sweep", "outcome=hires"), "an early version of Yizhan wrote it"),
    (("sweep", "status", "sweep"), "there is no manifest.json"),
])  # fmt: skip
def test_an_older_result_is_told_as_one(here: Path, words: tuple[str, ...], told: str) -> None:
    before = contents(here)
    said = call_in(here, *words)
    assert said.status == 2
    assert told in said.err
    assert said.err.startswith("yizhan: ")
    assert contents(here) == before


def test_python_names_the_key_that_is_gone(here: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"unknown key 'market\.recruitment_months'.*provenance\.json"):
        read_results(here / "run")
