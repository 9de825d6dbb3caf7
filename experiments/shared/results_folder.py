"""Result folders: written under a temporary name, renamed when complete."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from experiments.shared.drafts import ENDING, BusyError, Draft, sweep_leftovers
from experiments.shared.drawing import await_figures
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.kept import note, whole_in
from experiments.shared.provenance import provenance
from experiments.shared.signals import unbroken, undisturbed
from experiments.shared.yaml_text import yaml_of
from sim.behaviour_set import sets_of
from sim.bilingual import sentence
from sim.errors import why_of
from sim.own_file import SETS
from sim.own_files import own_in_use
from sim.parameters import ParameterGroup
from sim.results import Results
from sim.scenario import Scenario

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

CANNOT_WRITE = "cannot write output={folder}: {why}; name a folder that can be written", "无法写入 output={folder}：{why}；请指定可写的文件夹"
EXISTS = "output={folder} exists already; name another folder, or remove it first", "output={folder} 已存在，请换一个文件夹，或先将其删除"


class ResultFolder:
    """The folder of one result.

    Inside a ``with`` block, `path` is a temporary folder beside the final one; leaving the block renames it, or removes it if anything went
    wrong.

    Args:
        verb: The verb.
        name: Name of the programme or sweep, part of the default folder's name.
        output: Folder named by the user, or None.
        words: The command's words, for the record.
        awaits_figures: Whether figures are drawn into the folder when it has its name: until then it says that they are missing.

    Raises:
        MistakeError: The folder exists already, another run is writing it, or it cannot be made.
    """

    def __init__(self, verb: str, name: str, output: str | None, words: Sequence[str], *, awaits_figures: bool = False) -> None:
        self.command = shlex.join(["yizhan", verb, *words])
        self.verb, self.words = verb, list(words)
        self.started = dt.datetime.now(dt.UTC)
        stamp = f"{dt.datetime.now().astimezone():%Y-%m-%d_%H-%M-%S}_{name}"
        self.final = _folder_named(output) if output else Path("results") / verb / stamp
        self.is_named = output is not None
        self.awaits_figures = awaits_figures
        self.draft: Draft | None = None

    @property
    def path(self) -> Path:
        """The folder to write into until the result is complete."""
        return self.final.with_name(f".{self.final.name}{ENDING}")

    def __enter__(self) -> Self:
        try:
            with unbroken():
                if self.is_named:
                    self._take_name()
                else:
                    self._take_free_name()
                sweep_leftovers(self.final.parent)
            return self  # noqa: TRY300 (an interruption on the way out is one, too)
        except OSError as error:
            self._remove()
            message = sentence(*CANNOT_WRITE, folder=self.final, why=why_of(error))
            raise MistakeError(message) from None
        except KeyboardInterrupt:
            self._remove()
            raise

    def _take_name(self) -> None:
        """Make the folder under the name that the user gave."""
        if self.final.exists() and (not self.final.is_dir() or any(self.final.iterdir())):
            raise MistakeError(sentence(*EXISTS, folder=self.final))
        try:
            self.draft = Draft(self.path)
        except BusyError as error:
            message = sentence(
                "output={final}: another run (process {process}) is writing it; name another folder, or wait until that run has ended. "
                "If none is running, remove {draft}",
                "output={final}：另一次运行（进程 {process}）正在写入；请另选目录，或等其结束。若并无运行，请删除 {draft}",
                final=self.final, process=error.process, draft=self.path,
            )  # fmt: skip
            raise MistakeError(message) from None

    def _take_free_name(self) -> None:
        """Make the folder, under another number where a run of the same second has the name."""
        first, number = self.final, 2
        while True:
            with contextlib.suppress(BusyError):
                if not self.final.exists():
                    self.draft = Draft(self.path)
                    return
            self.final = first.with_name(f"{first.name}_{number}")
            number += 1

    def _remove(self) -> None:
        if self.draft is not None:
            with undisturbed():
                self.draft.remove()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None or self.draft is None:
            self._remove()
            return
        try:
            if self.awaits_figures:
                await_figures(self.path)
            with unbroken():
                self._take_final_name(self.draft)
                note(whole_in(self.final))
        except FailedError:
            raise
        except BaseException:
            self._remove()  # unless it has its name
            raise

    def _take_final_name(self, draft: Draft) -> None:
        """Give the folder its name.

        Raises:
            FailedError: It cannot be called that; the result is whole under the other name.
        """
        try:
            draft.rename(self.final)
        except OSError as problem:
            message = sentence(
                "the whole result is in {path}: it cannot be called {final} ({why})", "完整结果在 {path} 中，无法改名为 {final}（{why}）",
                path=self.path, final=self.final, why=why_of(problem),
            )  # fmt: skip
            raise FailedError(message) from None

    def write_results(self, results: Results, options: ParameterGroup) -> None:
        """Write configuration, provenance, summary, series and, if kept, people."""
        self.write_provenance(results.scenario, options, results.seed)
        self.write_json("summary.json", results.summary())
        write_table(series_table(results), self.path / "series.parquet")
        if results.runs[0].people:
            write_table(people_table(results), self.path / "people.parquet")

    def write_provenance(
        self, scenario: Scenario, options: ParameterGroup, seed: int, variants: Sequence[Scenario] = (), more: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Write ``config.yaml``, from which the result can be made again, copies of the sets of behaviours in use, and ``provenance.json``.

        Args:
            scenario: The scenario that was run, or whose variants were run.
            options: Keys of the command.
            seed: The seed.
            variants: Further scenarios that the digest of the configuration is to cover.
            more: Further keys of ``config.yaml``.
        """
        content = {**options.model_dump(mode="json"), **(more or {}), **scenario.model_dump(mode="json")}
        text = yaml_of(content)
        (self.path / "config.yaml").write_text(text, encoding="utf-8")
        digest = hashlib.sha256("".join(one.model_dump_json() for one in (scenario, *variants)).encode()).hexdigest()
        recorded: dict[str, Any] = {"verb": self.verb, "words": self.words, "config_sha256": hashlib.sha256(text.encode()).hexdigest(),
                                    "own_files": own_in_use().digests(), "behaviour_sets": {}}  # fmt: skip
        for found in sets_of(one.behaviour_set for one in (scenario, *variants)):
            (self.path / SETS).mkdir(exist_ok=True)
            found.write(self.path / SETS / f"{found.name}.yaml")
            recorded["behaviour_sets"][found.name] = {"sha256": found.digest, "vectors": len(found)}
        self.write_json("provenance.json", provenance(self.command, self.started, seed, digest) | recorded)

    def write_json(self, name: str, content: Any) -> None:  # noqa: ANN401
        """Write one JSON file."""
        text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
        (self.path / name).write_text(text + "\n", encoding="utf-8")


def series_table(results: Results, wanted: Sequence[str] = ()) -> pa.Table:
    """Return the daily values in long form: replicate, day, date, outcome, value.

    Args:
        results: The results.
        wanted: Names of series; none: all.
    """
    import numpy as np
    import pyarrow as pa

    names, replicates, days = list(wanted or results.runs[0].series), results.replicates, results.days
    values = np.stack([[run.series[name] for name in names] for run in results.runs])
    cells = replicates * len(names)
    texts = [name.encode() for name in names]
    ends = np.cumsum([0, *map(len, texts)], dtype=np.int32)
    return pa.table(
        {
            "replicate": column_of(np.repeat(np.arange(replicates, dtype=np.int32), len(names) * days)),
            "day": column_of(np.tile(np.arange(days, dtype=np.int32), cells)),
            "date": column_of(np.tile(results.dates, cells).astype(np.int32), pa.date32()),
            "outcome": pa.DictionaryArray.from_arrays(
                column_of(np.tile(np.repeat(np.arange(len(names), dtype=np.int32), days), replicates)),
                pa.StringArray.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer(b"".join(texts))),
            ),
            "value": column_of(values.reshape(-1)),
        }
    )


def column_of(numbers: np.ndarray[Any, Any], kind: pa.DataType | None = None) -> pa.Array:
    """Return numbers as a column of Arrow, without loading pandas (0.3 s) to be told that they are no Series, as `pyarrow.array` does.

    Args:
        numbers: Numbers, none of them missing, shape (rows,).
        kind: Their type in Arrow; None: that of NumPy.
    """
    import numpy as np
    import pyarrow as pa

    buffer = pa.py_buffer(np.ascontiguousarray(numbers))
    return pa.Array.from_buffers(kind or pa.from_numpy_dtype(numbers.dtype), len(numbers), [None, buffer])


def people_table(results: Results) -> pa.Table:
    """Return every person of every replicate: attributes, outcomes, services used."""
    import numpy as np
    import pyarrow as pa

    runs = results.runs
    size = len(next(iter(runs[0].people.values())))
    columns: dict[str, Any] = {
        "replicate": np.repeat(np.arange(len(runs), dtype=np.int32), size),
        "person": np.tile(np.arange(size, dtype=np.int64), len(runs)),
    }
    return pa.table(columns | {name: np.concatenate([run.people[name] for run in runs]) for name in runs[0].people})


def write_table(table: pa.Table, path: Path) -> None:
    """Write a Parquet file."""
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd")


def _folder_named(output: str) -> Path:
    """Return the folder that a user named."""
    try:
        folder = Path(output).expanduser()
        folder = folder.resolve() if folder.is_symlink() else folder
    except (OSError, RuntimeError) as error:
        message = sentence(*CANNOT_WRITE, folder=output, why=why_of(error))
        raise MistakeError(message) from None
    if folder.name in ("", ".."):
        message = sentence("output={folder}: name a folder of its own for the result", "output={folder}：请为结果另指定一个文件夹", folder=output)
        raise MistakeError(message)
    return folder
