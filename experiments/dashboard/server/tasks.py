"""What a run does at its turn: some more pairs of worlds, the whole comparison so far, and in the end the folder that the command would write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.dashboard.server.content import call
from sim.comparison import Pairs

if TYPE_CHECKING:
    from experiments.dashboard.content.asking import Asked
    from experiments.dashboard.server.models import RunRequest
    from sim.compared import Comparison
    from sim.simulation import Progress

Show = Callable[["Asked", "Comparison", bool], dict[str, Any]]
"""(what was asked, what was found, whether more will come) → what the page shows."""


@dataclass
class Task:
    """A comparison that is carried out in turns.

    Attributes:
        asked: What was asked.
        show: Says what was found.
        found: The comparison so far.
    """

    asked: Asked
    show: Show
    found: Comparison | None = None
    _pairs: Pairs | None = field(default=None, repr=False)

    @property
    def digest(self) -> str:
        """Digest of all that its numbers and words depend on."""
        return str(self.asked.digest)

    @property
    def total(self) -> int:
        """Pairs that are wanted."""
        return int(self.asked.options.replicates)

    @property
    def done(self) -> int:
        """Pairs that are there."""
        return 0 if self.found is None else self.found.baseline.replicates

    @property
    def worlds(self) -> int:
        """Worlds of a pair: the baseline and each variant."""
        return 1 + len(self.asked.worlds.variants)

    @property
    def days(self) -> int:
        """Days of a pair, over all its worlds."""
        return self.worlds * int(self.asked.worlds.baseline.days)

    def step(self, count: int, workers: int | None, progress: Progress) -> dict[str, Any]:
        """Simulate some more pairs, and return what the page shows of all so far."""
        if self._pairs is None:
            self._pairs = Pairs(self.asked.worlds.baseline, self.asked.worlds.variants, self.asked.options.seed)
        self.found = self._pairs.more(count, workers, progress)
        return self.show(self.asked, self.found, self.done < self.total)

    def write(self, path: Path) -> None:
        """Write the folder that ``yizhan compare`` would."""
        call("comparing", "keep", self.asked, self.found, path)


def shown_comparison(asked: Asked, comparison: Comparison, preliminary: bool) -> dict[str, Any]:
    """Return what the page shows of a comparison."""
    found: dict[str, Any] = call("answer", "answer_of", asked, comparison, preliminary=preliminary)
    return found


def task_of(asked: RunRequest, find: Callable[[str], str | None]) -> Task:
    """Return what a request asks for.

    Raises:
        DraftError: Its draft cannot be run.
    """
    found = call("asking", "ask", call("drafts", "draft_of", asked.draft), find)
    return Task(found, shown_comparison)
