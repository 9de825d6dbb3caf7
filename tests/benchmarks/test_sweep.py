"""The benchmark of sweeps compares the same runs on each side, reads the progress, and tells ratios."""

import math
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmarks.sweep import PROGRAMME, PROGRESS, axes_of, points_of, tell, words_of
from benchmarks.sweep_sides import PHASES, bare, stock, whole
from experiments.bench.timing import SEED
from experiments.shared.batches.watching import Tally
from sim.bilingual import in_language
from sim.outcomes import OUTCOMES

COMMON = {"population.graduates": 60, "days": 3}
AXES = axes_of(3)


def test_grid_has_so_many_points() -> None:
    assert [len(points_of(axes_of(points))) for points in (1, 4, 20, 1000, 1009)] == [1, 4, 20, 1000, 1000]
    assert "policy.loans.rate_per_year=0.02,0.05" in words_of(axes_of(20), COMMON)


def test_progress_of_a_sweep_is_read() -> None:
    tally = Tally(2000, 0)
    tally.add(1000, 0)
    told = PROGRESS.match(in_language(tally.in_words(), "en"))
    assert told is not None
    assert told.groups() == ("1,000", "2,000")


def test_sides_run_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = words_of(AXES, COMMON)
    alone = bare(PROGRAMME, COMMON, points_of(AXES), SEED)
    swept = whole([*words, "workers=1", "figures=false", "language=en", f"output={tmp_path / 'swept'}"], time.time())
    jobs = stock([*words_of(axes_of(2), COMMON), f"hydra.sweep.dir={tmp_path / 'multirun'}"])
    table = pq.read_table(tmp_path / "swept" / "sweep.parquet")
    for name in OUTCOMES:
        for here, there in zip(alone["outcomes"], table[name].to_pylist(), strict=True):
            assert here[name] == there or math.isnan(here[name])
    assert swept["status"] == 0
    assert (alone["jobs"], jobs["jobs"]) == (3, 2)
    assert all(swept[name] >= 0 for name in ("start", *PHASES))
    capsys.readouterr()
    tell(alone, swept | {"processor": 2 * alone["processor"], "memory": {0.5: 300.0}, "parts": 1}, jobs)
    said = capsys.readouterr().out
    assert "2.00" in said
    assert "300 MB at 50%" in said
