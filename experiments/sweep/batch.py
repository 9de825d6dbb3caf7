"""Chunks of a sweep on their way: handed to whoever carries them out, kept as parts, put together into one table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.shared.batches.chunks import Block
from experiments.shared.batches.parts import DRAFT, Parts
from experiments.shared.batches.runs import OTHER_SOURCES, Chunk, Failure, Finding, maker, run_chunk
from experiments.shared.errors import FailedError
from experiments.sweep.table import NAME, POINT, REPLICATE, About, described
from sim.bilingual import in_language, sentence
from sim.outcomes import OUTCOMES

if TYPE_CHECKING:
    import pyarrow as pa

FAILED = ".failed.json"
"""Ends the name of a file beside the parts that tells which blocks of a chunk failed."""
Values = dict[str, Any]


@dataclass(frozen=True)
class Keeper:
    """Keeps what came of chunks, wherever they are carried out.

    Attributes:
        folder: Folder of the parts.
        about: What the sweep is.
        kinds: Varied key → kind of its column: ``int``, ``float``, ``bool`` or ``str``.
        names: Number of a point → what somebody named it; empty where nobody did.
    """

    folder: Path
    about: About
    kinds: dict[str, str]
    names: Mapping[int, str]

    def keep(self, chunk: Chunk, finding: Finding, values: dict[int, Values]) -> None:
        """Write what was found, and what failed.

        Args:
            chunk: The chunk.
            finding: What came of it.
            values: Number of a point → its value of each varied key.

        Raises:
            OSError: It cannot be written.
            FailedError: It was computed by other sources or libraries.
        """
        if finding.maker != maker():
            raise FailedError(OTHER_SOURCES)
        if finding.blocks:
            table = described(self._table(finding, values), self.about)
            Parts(self.folder).write(chunk.name, table, {"blocks": [list(block) for block in finding.blocks], "made_by": finding.maker})
        if finding.failures:
            text = json.dumps([_told(failure) for failure in finding.failures], ensure_ascii=False)
            draft = self.folder / f".{chunk.name}{DRAFT}"
            draft.write_text(text, encoding="utf-8")
            draft.replace(self.folder / f"{chunk.name}{FAILED}")  # whole or not at all: somebody may ask how far it is

    def _table(self, finding: Finding, values: dict[int, Values]) -> pa.Table:
        """Return the rows of a finding."""
        import numpy as np
        import pyarrow as pa

        runs = [(block.point, number) for block in finding.blocks for number in range(block.first, block.first + block.runs)]
        columns: dict[str, Any] = {POINT: pa.array([point for point, _ in runs], pa.int64())}
        if self.names:
            columns[NAME] = pa.array([self.names[point] for point, _ in runs], pa.string())
        for axis in self.about.axes:
            columns[axis] = column_of([values[point][axis] for point, _ in runs], self.kinds[axis])
        columns[REPLICATE] = pa.array([number for _, number in runs], pa.int64())
        found = np.array(finding.outcomes, dtype=np.float64)
        return pa.table(columns | {name: found[:, place] for place, name in enumerate(OUTCOMES)})


def column_of(values: Sequence[Any], kind: str) -> pa.Array:
    """Return a column of the values of a varied key; null where a value is None."""
    import pyarrow as pa

    types = {"int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "str": pa.string()}
    cast = {"int": int, "float": float, "bool": bool, "str": str}[kind]
    return pa.array([None if value is None else cast(value) for value in values], types[kind])


def kind_of_column(values: Sequence[Any]) -> str:
    """Return the kind of column that holds some values, apart from None."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known):
        return "bool"
    if known and all(isinstance(value, int) and not isinstance(value, bool) for value in known):
        return "int"
    if known and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
        return "float"
    return "str"


@dataclass(frozen=True)
class Batch:
    """The chunks that are to be done, as a task that any launcher of Hydra can carry out: job n is chunk n.

    Attributes:
        chunks: The chunks.
        values: Number of a point → its value of each varied key.
        keeper: Keeps what comes of them.
    """

    chunks: list[Chunk]
    values: dict[int, Values]
    keeper: Keeper

    def __call__(self, _composed: object) -> None:
        """Carry out the chunk of this job."""
        from hydra.core.hydra_config import HydraConfig

        chunk = self.chunks[int(HydraConfig.get().job.num)]
        self.keeper.keep(chunk, run_chunk(chunk), self.values)


def blocks_done(parts: Parts) -> list[Block]:
    """Return the blocks that the parts hold."""
    return [Block(*block) for _, holds in parts.contents() for block in holds["blocks"]]


def failures_in(folder: Path) -> list[dict[str, Any]]:
    """Return what failed, point by point."""
    found = [failure for path in sorted(folder.glob(f"*{FAILED}")) for failure in json.loads(path.read_text(encoding="utf-8"))]
    return sorted(found, key=lambda failure: (failure["point"], failure["first_replicate"]))


def forget_failures(folder: Path) -> None:
    """Forget what failed, so that it is tried again."""
    for path in folder.glob(f"*{FAILED}"):
        path.unlink(missing_ok=True)


def gather(parts: Parts, about: About) -> pa.Table:
    """Put all parts into one table: the points that have all their replicates, in order, each run once.

    Args:
        parts: The parts.
        about: What the sweep is.

    Raises:
        FailedError: No point is there whole.
    """
    import numpy as np
    import pyarrow as pa

    tables = parts.read()
    if not tables:
        raise FailedError(sentence("no point of the sweep has a result", "扫描中没有任何点有结果"))
    table = pa.concat_tables(tables).combine_chunks()
    point, replicate = (table[name].to_numpy() for name in (POINT, REPLICATE))
    order = np.lexsort((replicate, point))
    point, replicate = point[order], replicate[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (point[1:] != point[:-1]) | (replicate[1:] != replicate[:-1])
    order, point = order[first], point[first]
    _, place, runs = np.unique(point, return_inverse=True, return_counts=True)
    whole = table.take(order[runs[place] == about.replicates])
    if not len(whole):
        raise FailedError(sentence(
            "no point of the sweep has all of its {n:,} replicates", "扫描中没有任何点的 {n:,} 次模拟齐全", n=about.replicates,
        ))  # fmt: skip
    return described(whole.combine_chunks(), about)


def _told(failure: Failure) -> dict[str, Any]:
    block = failure.block
    return {
        "point": block.point, "first_replicate": block.first, "replicates": block.runs, "kind": failure.kind,
        "message": {language: in_language(failure.message, language) for language in ("en", "zh")},
    }  # fmt: skip
