"""``method=given``: what runs that are there say, of a finished sweep or beside a set of behaviours; nothing is run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.sensitivity.given_found import Reading
from experiments.sensitivity.options import SensitivityOptions
from experiments.sensitivity.sample import sample_of_set, sample_of_sweep
from experiments.sensitivity.words import BESIDE_GIVEN
from experiments.shared.application import Plain
from experiments.shared.beforehand import keys_of
from experiments.shared.errors import MistakeError
from experiments.shared.own_taken import blamed
from experiments.shared.work import Work
from sim.bilingual import Sentence, listed, sentence
from sim.scenario import Scenario
from sim.sensitivity.given import indices_of

if TYPE_CHECKING:
    from experiments.shared.drawing import Drawings
    from experiments.shared.results_folder import ResultFolder
    from sim.simulation import Progress

NOTHING_TO_DO = ("graduates", "replicates", "minutes", "trajectories", "groups", "n", "leading", "factors", "scheduler")
"""Keys of designs that are run."""


class OneReading(Work[SensitivityOptions, Reading]):
    """One reading of runs that are there."""

    verb = "sensitivity"
    days = 0

    def __init__(self, options: SensitivityOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:
        """Read the runs.

        Raises:
            MistakeError: There are none, or too few, or keys beside it that say how to run something.
        """
        super().__init__(options, scenario, plain, words)
        if others := [key for key in keys_of(words) if key in NOTHING_TO_DO]:
            raise MistakeError(sentence(BESIDE_GIVEN, BESIDE_GIVEN.zh, keys=listed(others)))
        with blamed("sweep"):
            if options.sweep is not None:
                self.sample = sample_of_sweep(options.sweep, options.over, options.outcome)
            else:
                self.sample = sample_of_set(scenario, options.over, options.outcome)

    @property
    def name(self) -> str:
        """What the default folder is named after."""
        return self.sample.name

    def foresee(self) -> list[Sentence]:
        """Nothing is run, so that nothing is to be said."""
        return []

    def find(self, folder: ResultFolder, progress: Progress) -> Reading:  # noqa: ARG002
        """Read what the runs say."""
        seed = self.options.seed
        return Reading(self.sample, [indices_of(self.sample.factors, column, seed) for column in self.sample.values.T], seed)

    def write(self, found: Reading, folder: ResultFolder) -> None:
        """Write what was found, and every point."""
        from experiments.sensitivity.given_files import write_reading

        write_reading(found, folder, self.scenario, self.options)

    def show(self, found: Reading) -> None:
        """Print the indices."""
        from experiments.sensitivity.given_report import print_reading

        print_reading(found, self.options.language)

    def drawings(self, found: Reading) -> Drawings:
        """Return the figures."""
        from experiments.sensitivity.figures.shares import drawings_of_reading

        return drawings_of_reading(found, self.options.language)
