"""What chunks found is put together into one table: points that are whole, each run once; what failed is tried again."""

from pathlib import Path

import pyarrow as pa
import pytest

from experiments.shared.batches.chunks import Block
from experiments.shared.batches.parts import Parts
from experiments.shared.batches.runs import Chunk, Failure, Finding, maker
from experiments.shared.errors import FailedError
from experiments.sweep.batch import Keeper, blocks_done, failures_in, forget_failures, gather
from experiments.sweep.table import About, about_of
from sim.bilingual import Sentence
from sim.outcomes import OUTCOMES

ABOUT = About(
    axes=("days",), labels={}, design="grid", reference=0, points=3, programme="none", place="default", titles={}, seed=1, first_replicate=0,
    replicates=2, days=1, version="1", sources_sha256="a", configuration_sha256="b", vectors_of_set=0,
)  # fmt: skip
VALUES = {0: {"days": 1}, 1: {"days": 2}, 2: {"days": 3}}


def keep(folder: Path, name: str, *blocks: Block, failed: tuple[Block, ...] = (), made_by: str | None = None) -> None:
    """Keep what a chunk found: of each run, its number as every outcome."""
    folder.mkdir(exist_ok=True)
    runs = [float(number) for block in blocks for number in range(block.first, block.first + block.runs)]
    failures = [Failure(block, "ArithmeticError", Sentence("of no use", "没用")) for block in failed]
    finding = Finding(made_by or maker(), list(blocks), [[run] * len(OUTCOMES) for run in runs], failures)
    Keeper(folder, ABOUT, {"days": "int"}, {}).keep(Chunk(name, blocks, {}, {}), finding, VALUES)


def test_points_that_are_whole_are_there_once_in_order(tmp_path: Path) -> None:
    keep(tmp_path / "parts", "a", Block(2, 1, 1), Block(0, 0, 2))
    keep(tmp_path / "parts", "b", Block(1, 0, 1), Block(2, 0, 1))
    keep(tmp_path / "parts", "c", Block(0, 0, 1), Block(0, 1, 1))
    table = gather(Parts(tmp_path / "parts"), ABOUT)
    assert table.select(["point", "days", "replicate", "hires"]).to_pydict() == {
        "point": [0, 0, 2, 2], "days": [1, 1, 3, 3], "replicate": [0, 1, 0, 1], "hires": [0, 1, 0, 1],
    }  # fmt: skip
    assert about_of(table.schema) == ABOUT


def test_where_no_point_is_whole_there_is_no_table(tmp_path: Path) -> None:
    parts = Parts(tmp_path / "parts")
    with pytest.raises(FailedError, match="no point of the sweep has a result"):
        gather(parts, ABOUT)
    keep(tmp_path / "parts", "a", Block(0, 0, 1), Block(1, 1, 1))
    with pytest.raises(FailedError, match="no point of the sweep has all of its 2 replicates"):
        gather(parts, ABOUT)


def test_what_failed_is_kept_beside_what_is_done_until_it_is_tried_again(tmp_path: Path) -> None:
    keep(tmp_path / "parts", "a", Block(0, 0, 2), failed=(Block(1, 0, 2),))
    assert blocks_done(Parts(tmp_path / "parts")) == [Block(0, 0, 2)]
    assert [(failure["point"], failure["message"]["zh"]) for failure in failures_in(tmp_path / "parts")] == [(1, "没用")]
    forget_failures(tmp_path / "parts")
    assert failures_in(tmp_path / "parts") == []
    assert blocks_done(Parts(tmp_path / "parts")) == [Block(0, 0, 2)]


def test_what_others_made_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="a worker has other sources"):
        keep(tmp_path / "parts", "a", Block(0, 0, 2), made_by="another")
    assert list((tmp_path / "parts").iterdir()) == []


def test_a_part_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    keep(tmp_path / "parts", "a", Block(0, 0, 2))
    (path,) = (tmp_path / "parts").iterdir()
    before = path.stat().st_ino
    keep(tmp_path / "parts", "a", Block(0, 0, 2))
    assert path.stat().st_ino == before
    assert isinstance(gather(Parts(tmp_path / "parts"), ABOUT), pa.Table)
