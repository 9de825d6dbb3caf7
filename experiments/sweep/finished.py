"""What is done with the table of a sweep that is there: read, printed, drawn, without running anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.shared.application import Plain, check_outcomes, launch, read_options
from experiments.shared.batches.parts import FOLDER, Parts, write_whole
from experiments.shared.batches.store import COMPLETE, Store, read_manifest
from experiments.shared.drawing import Undrawn, draw_into, refuse_undrawn
from experiments.shared.errors import MistakeError
from experiments.shared.unreadable import why_unreadable
from experiments.shared.words import Speaker
from experiments.shared.work import kept
from experiments.sweep.batch import gather
from experiments.sweep.formats import check_formats, write_formats
from experiments.sweep.options import SweepOptions
from experiments.sweep.summary import summary_of
from experiments.sweep.table import About, about_of
from sim.bilingual import sentence

if TYPE_CHECKING:
    import pyarrow as pa

SWEEP, FAILED = "sweep.parquet", "failed.json"


def options_from(words: Sequence[str]) -> SweepOptions:
    """Return the keys of the command that some words set, the others at their defaults."""
    composed: list[Plain] = []
    keys = [word for word in words if word not in ("-m", "--multirun")]
    launch("sweep", composed.append, [*keys, "hydra.mode=RUN"], SweepOptions.model_fields)
    options: SweepOptions = read_options(SweepOptions, composed[0])
    check_outcomes(options.outcomes)
    check_formats(options.format)
    return options


def read_table(folder: Path, given: str) -> tuple[pa.Table, bool]:
    """Read the table of a sweep; of one that is not finished, the points that are there.

    Args:
        folder: Its folder.
        given: How it was named, for the message.

    Returns:
        The table; whether it is complete.

    Raises:
        MistakeError: There is none.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    no_sweep = "{given}: there is no sweep; name the folder of one, such as results/sweep/DATE_TIME_NAME"
    no_sweep_zh = "{given}：其中没有扫描结果；请给出扫描结果目录，如 results/sweep/日期_时间_名称"
    manifest = read_manifest(folder)
    try:
        if (folder / SWEEP).is_file():
            table = pq.read_table(folder / SWEEP)
            about_of(table.schema)
            return table, manifest is None or manifest.get("state") == COMPLETE
        if manifest is not None and "about" in manifest and any((folder / FOLDER).glob("*.parquet")):
            return gather(Parts(folder / FOLDER), About.model_validate(manifest["about"])), False
    except (pa.ArrowInvalid, KeyError, ValueError, OSError) as error:
        raise MistakeError(sentence(
            "{given}: {file} cannot be read as the table of a sweep ({why}); run the sweep again",
            "{given}：无法将 {file} 作为扫描数据表读取（{why}）；请重新运行扫描",
            given=given, file=SWEEP, why=why_unreadable(error),
        )) from None  # fmt: skip
    raise MistakeError(sentence(no_sweep, no_sweep_zh, given=given))


def write_numbers(table: pa.Table, about: About, store: Store, options: SweepOptions, failed: Sequence[Mapping[str, Any]]) -> None:
    """Write what a sweep found, and what of it failed.

    Args:
        table: The table.
        about: What the sweep is.
        store: Its folder.
        options: Further formats of the table, and the outcomes of the summary.
        failed: What failed, block by block.

    Raises:
        OSError: It cannot be written.
    """
    write_whole(table, store.path / SWEEP)
    write_formats(table, store.path, options.format)
    store.write_json("summary.json", summary_of(table, about, options.outcomes))
    if failed:
        store.write_json(FAILED, failed)
    else:
        (store.path / FAILED).unlink(missing_ok=True)


def present(table: pa.Table, options: SweepOptions, folder: Path) -> None:
    """Print and draw a table of a sweep whose numbers are safe.

    Args:
        table: The table.
        options: Which outcomes, in which language, with figures or not.
        folder: Where the figures go.

    Raises:
        FailedError: A figure could not be drawn.
    """
    from experiments.sweep.figures.every import drawings_of
    from experiments.sweep.report import print_sweep

    undrawn: Undrawn = {}
    outcomes = shown(table, options.outcomes)
    with kept(folder):
        print_sweep(table, outcomes, options.language)
        if options.figures:
            undrawn = draw_into(folder, lambda: drawings_of(table, outcomes, options.language), options.language)
        Speaker(options.language)("result", folder=folder)
    refuse_undrawn(undrawn, folder)


def shown(table: pa.Table, outcomes: Sequence[str]) -> list[str]:
    """Return the outcomes that are printed and drawn: of those asked for those that vary, else all of them."""
    return [name for name in outcomes if len(set(table[name].to_pylist())) > 1] or list(outcomes)
