"""Carrying out what a draft asks: pair by pair with an answer after each batch, and kept as ``yizhan compare`` keeps it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.compare.command import Compared, OneComparison
from experiments.shared.results_folder import ResultFolder
from sim.comparison import Precision, compare
from sim.simulation import Progress, available_cores

if TYPE_CHECKING:
    from experiments.dashboard.content.asking import Asked
    from sim.compared import Comparison

NEVER = -1.0
"""A half-width that no difference reaches: all the pairs that were asked for are simulated."""


def carry_out(
    asked: Asked, progress: Progress | None = None, after_batch: Callable[[Comparison], None] | None = None, workers: int | None = None,
) -> Comparison:  # fmt: skip
    """Simulate what was asked.

    Args:
        asked: What was asked.
        progress: Called now and then with the days simulated since the last call; what it raises ends the run.
        after_batch: Called with the comparison so far after every few pairs.
        workers: Pairs at a time; None: one a core.

    Returns:
        The comparison, the same to the last bit as ``yizhan compare`` finds it.
    """
    options, worlds = asked.options, asked.worlds
    batch = min(workers or available_cores(), options.replicates)
    wanted = Precision(options.precision_outcome, NEVER, options.replicates)
    return compare(worlds.baseline, worlds.variants, batch, options.seed, workers, progress, precision=wanted, after_batch=after_batch)


def keep(asked: Asked, comparison: Comparison, folder: Path) -> None:
    """Write the result as the command writes it, whole or not at all.

    Args:
        asked: What was asked.
        comparison: What was found.
        folder: The folder of the result, which must not be there yet.

    Raises:
        MistakeError: It is there, or cannot be written.
    """
    words = list(asked.words)
    work = OneComparison(asked.options, asked.scenario, asked.worlds, asked.plain, words)
    with ResultFolder("compare", work.name, str(folder), words) as made:
        work.write(Compared(comparison, None), made)
