"""``method=discovery``: where among what is not known a variant does not pay (docs/discovery.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.sensitivity.choice import OfChoice
from experiments.sensitivity.choice_runs import Choice
from experiments.sensitivity.choice_words import FROM_RESULT
from experiments.sensitivity.discovery_found import LOW, Discovered, look, of_choice
from experiments.sensitivity.discovery_words import NO_NUMBERS, NO_OUTCOME, NO_SWEEP
from experiments.sensitivity.options import SensitivityOptions
from experiments.shared.application import Plain
from experiments.shared.errors import MistakeError
from experiments.shared.unreadable import why_unreadable
from experiments.shared.work import Work
from sim.bilingual import Sentence, sentence, sentence_of
from sim.information.gains import Gains
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.simulation import Progress

if TYPE_CHECKING:
    from experiments.shared.drawing import Drawings
    from experiments.shared.results_folder import ResultFolder

TABLE, ABOUT = "sweep.parquet", b"yizhan"


def one_discovery(options: SensitivityOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> Work[SensitivityOptions, Discovered]:
    """Return the work: of a finished sweep, or of a choice."""
    return OfSweep(options, scenario, plain, words) if options.sweep is not None else OneDiscovery(options, scenario, plain, words)


class OneDiscovery(OfChoice[Discovered]):
    """Scenario discovery over a choice."""

    @property
    def asked(self) -> list[object]:
        """Keys on which the files depend besides the runs."""
        options = self.options
        return [options.method, options.value_per_job, options.pays, options.threshold]

    def analyse(self, choice: Choice) -> Discovered:
        """Look for boxes."""
        options = self.options
        return of_choice(choice, options.pays, options.threshold, options.value_per_job, options.seed)

    def write(self, found: Discovered, folder: ResultFolder) -> None:
        """Write what was found, and every point."""
        from experiments.sensitivity.discovery_files import write_discovery

        write_discovery(found, folder, self.arms, self.options, self.worlds.names.called)

    def show(self, found: Discovered) -> None:
        """Print where it does not pay."""
        from experiments.sensitivity.discovery_report import print_discovery

        print_discovery(found, self.worlds.names.called, self.options.language)

    def drawings(self, found: Discovered) -> Drawings:
        """Return the figures."""
        from experiments.sensitivity.figures.discovery import drawings_of

        return drawings_of(found, self.worlds.names.called, self.arms[-1], self.options.seed, self.options.language)


class OfSweep(Work[SensitivityOptions, Discovered]):
    """Scenario discovery over the points of a finished sweep."""

    verb = "sensitivity"
    days = 0

    def __init__(self, options: SensitivityOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:
        """Read the sweep.

        Raises:
            MistakeError: There is none, or it has no such outcome.
        """
        super().__init__(options, scenario, plain, words)
        self.path = Path(str(options.sweep)) / TABLE
        self.table, self.axes = _read(self.path)
        self.outcome = options.outcome[0] if options.outcome else ""
        if self.outcome not in self.table or self.outcome not in OUTCOMES:
            raise MistakeError(sentence(NO_OUTCOME, NO_OUTCOME.zh, folder=options.sweep))
        self.called = {self.outcome: sentence_of(OUTCOMES[self.outcome].label)}

    def foresee(self) -> list[Sentence]:
        """Say that nothing is run."""
        return [sentence(FROM_RESULT, FROM_RESULT.zh, folder=self.path.parent)]

    def find(self, folder: ResultFolder, progress: Progress) -> Discovered:  # noqa: ARG002
        """Look for a box."""
        numbers, values = np.asarray(self.table["point"], np.int64), np.asarray(self.table[self.outcome], np.float64)
        known = np.isfinite(values)
        gains = Gains.of(values[known, None], numbers[known])
        first = [int(np.flatnonzero(numbers == row)[0]) for row in gains.rows]
        points = np.column_stack([np.asarray(self.table[key], np.float64)[first] for key in self.axes])
        limit = float(gains.means.mean()) if self.options.threshold is None else self.options.threshold
        looked = look(self.outcome, LOW, limit, self.axes, points, gains, limit, self.options.seed)
        return Discovered((looked,), self.options.value_per_job, int(known.sum()))

    def write(self, found: Discovered, folder: ResultFolder) -> None:
        """Write what was found, and every point."""
        from experiments.sensitivity.discovery_files import write_discovery

        write_discovery(found, folder, (self.scenario,), self.options, self.called)

    def show(self, found: Discovered) -> None:
        """Print where it is low."""
        from experiments.sensitivity.discovery_report import print_discovery

        print_discovery(found, self.called, self.options.language)

    def drawings(self, found: Discovered) -> Drawings:
        """Return the figures."""
        from experiments.sensitivity.figures.discovery import drawings_of

        return drawings_of(found, self.called, self.scenario, self.options.seed, self.options.language)


def _read(path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the columns of a sweep, and those of its axes that are numbers and vary.

    Raises:
        MistakeError: There is no sweep.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
        about = json.loads((table.schema.metadata or {})[ABOUT])
        axes = [key for key in about["axes"] if pa.types.is_integer(table[key].type) or pa.types.is_floating(table[key].type)]
    except (OSError, KeyError, ValueError, pa.ArrowException) as error:
        raise MistakeError(sentence(NO_SWEEP, NO_SWEEP.zh, folder=path.parent, why=why_unreadable(error))) from None
    columns = {name: table[name].to_numpy() for name in table.column_names if name not in about["axes"] or name in axes}
    varying = tuple(key for key in axes if np.isfinite(columns[key].astype(np.float64)).all() and np.ptp(columns[key].astype(np.float64)) > 0.0)
    if not varying:
        raise MistakeError(sentence(NO_NUMBERS, NO_NUMBERS.zh, folder=path.parent))
    return columns, varying
