"""``method=sobol``: shares of the variance of an outcome, of each factor alone and with all in which it takes part, for a few factors.

Luck is a column of the design like any factor, and so is the vector of the set of behaviours from which all comes that is not varied: each has a
share.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.base import Evaluates, OfRuns
from experiments.sensitivity.leading import leading_of
from experiments.sensitivity.shares_found import Decomposition
from experiments.sensitivity.words import NO_TIME, PLAN_SOBOL, TWICE
from experiments.shared.application import Plain
from experiments.shared.errors import MistakeError
from sim.bilingual import Sentence, sentence
from sim.scenario import Scenario
from sim.sensitivity.factors import Factor, settled
from sim.sensitivity.variance import FEWEST, design_of

if TYPE_CHECKING:
    from experiments.sensitivity.options import SensitivityOptions
    from experiments.shared.batches.watching import Watch
    from experiments.shared.drawing import Drawings
    from experiments.shared.results_folder import ResultFolder

MOST_BASE = 4096
"""Base points that are not exceeded unless asked for."""
LUCKS = 2
"""Numbers of luck of a base point: that of the first sample, and that of the second."""


class OneDecomposition(OfRuns[Decomposition]):
    """One decomposition of variance."""

    def __init__(self, options: SensitivityOptions, scenario: Scenario, plain: Plain, words: Sequence[str]) -> None:
        """See that the time suffices.

        Raises:
            MistakeError: It does not.
        """
        super().__init__(options, scenario, plain, words)
        if self.base_points < FEWEST:
            needed = FEWEST * (self.columns + 2) * self.seconds * options.replicates / (self.affordable * self.seconds * options.replicates)
            raise MistakeError(sentence(
                NO_TIME, NO_TIME.zh, count=len(self.factors), minutes=options.minutes, needed=round(needed * options.minutes + 0.05, 1),
            ))  # fmt: skip

    def chosen_factors(self) -> tuple[Factor, ...]:
        """Return the factors: those named, or the leading ones of a screening.

        Raises:
            MistakeError: Both, or a folder that holds no screening of this programme.
        """
        if self.options.leading is None:
            return super().chosen_factors()
        if self.options.over:
            raise MistakeError(sentence(TWICE, TWICE.zh))
        return leading_of(self.options.leading, self.options.factors, self.scenario, self.outcomes[0])

    @cached_property
    def has_rest(self) -> bool:
        """Whether the set of behaviours has parameters that are not varied."""
        return bool(set(self.scenario.behaviour_set.changes(0)) - {factor.key for factor in self.factors})

    @property
    def columns(self) -> int:
        """Columns of the design: the factors, luck, and the rest of the set where there is one."""
        return len(self.factors) + 1 + self.has_rest

    @cached_property
    def base_points(self) -> int:
        """Number of base points: as asked for, or the largest power of two that the time allows; 0 where it allows none."""
        if self.options.n is not None:
            return self.options.n
        most = min(self.affordable // (self.columns + 2), MOST_BASE)
        return 1 << (most.bit_length() - 1) if most else 0

    @property
    def points(self) -> int:
        """Number of points."""
        return self.base_points * (self.columns + 2)

    @property
    def plan_in_words(self) -> Sentence:
        """What will be done."""
        return sentence(PLAN_SOBOL, PLAN_SOBOL.zh, count=len(self.factors), base=self.base_points)

    def analyse(self, evaluating: Evaluates, watch: Watch) -> Decomposition:
        """Run the design."""
        options, count = self.options, len(self.factors)
        design = design_of(self.columns, self.base_points, [options.seed, count])
        shares = settled(self.factors, design.shares[..., :count])
        luck = LUCKS * np.arange(design.base)[:, None] + design.is_second(count)
        vectors = np.zeros_like(luck)
        if self.has_rest and (chosen := self.scenario.behaviour_set.found) is not None:
            vectors = (design.shares[..., -1] * len(chosen)).astype(np.int64)
        changes = [self.changes(row, int(vector)) for row, vector in zip(shares.reshape(-1, count), vectors.reshape(-1), strict=True)]
        found = evaluating.at(changes, watch, options.replicates, (luck.reshape(-1) * options.replicates).tolist())
        values = found.reshape(*luck.shape, options.replicates, -1)
        return Decomposition(self.factors, self.outcomes, shares, luck, vectors, values, self.has_rest, options.seed)

    def write(self, found: Decomposition, folder: ResultFolder) -> None:
        """Write what was found, and every point."""
        from experiments.sensitivity.shares_files import write_decomposition

        write_decomposition(found, folder, self.scenario, self.options)

    def show(self, found: Decomposition) -> None:
        """Print the shares."""
        from experiments.sensitivity.shares_report import print_decomposition

        print_decomposition(found, self.scenario, self.options.language)

    def drawings(self, found: Decomposition) -> Drawings:
        """Return the figures."""
        from experiments.sensitivity.figures.shares import drawings_of

        return drawings_of(found, self.origin, self.options.language)
