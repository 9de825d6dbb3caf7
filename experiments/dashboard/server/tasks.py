"""What a run does at its turn: some more pairs of worlds and the whole comparison so far, or a search; and what it leaves in its folder."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from experiments.dashboard.content.answer import answer_of
from experiments.dashboard.content.asking import Asked, ask
from experiments.dashboard.content.checking import main_of
from experiments.dashboard.content.comparing import keep
from experiments.dashboard.content.drafts import draft_of
from experiments.dashboard.content.mix import AskedMix, ask_mix, carry_out, mix_of
from experiments.dashboard.content.parts import ORDERS, AskedParts, ask_parts, parts_of
from experiments.dashboard.content.what_if import AskedWhatIf, ask_what_if, what_if_of
from experiments.dashboard.server.models import RunRequest
from sim.attribution import Dividing
from sim.comparison import Pairs, without_programme
from sim.simulation import available_cores

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.compared import Comparison
    from sim.kept_worlds import KeptWorlds
    from sim.scenario import Scenario
    from sim.simulation import Progress

Find = Callable[[str], str | None]
"""Handle of a ledger → file of its persons; None: there is no such ledger."""
OF_A_SEARCH = 1000
"""Parts of a search, of which its progress is told."""


class Task(ABC):
    """What was asked, carried out in turns.

    Attributes:
        lane: Which runs it takes turns with: a search keeps nobody waiting who compares.
        total: Turns' worth of work that is wanted: pairs of worlds.
        done: How much of it is there.
        worlds: Worlds of one part of it.
        days: Days of one part of it, over all its worlds.
        least: Parts that the first turn does.
        part_of: Digest of the comparison that it tells more of, and of which of its variants.
    """

    lane: ClassVar[str] = "comparisons"
    total: int
    done: int = 0
    worlds: int
    days: int
    least: int = 1
    part_of: tuple[str, str] | None = None

    def __init__(self, asked: Asked, scenarios: Mapping[str, Scenario], worlds: int = 0) -> None:
        self.asked = asked
        self.scenarios = scenarios
        self.total = asked.options.replicates
        self.worlds = worlds or len(scenarios)
        self.days = self.worlds * asked.scenario.days

    @property
    def digest(self) -> str:
        """Digest of all that its numbers and words depend on."""
        return self.asked.digest

    @property
    def seconds(self) -> float:
        """About how long it takes."""
        return self.asked.seconds * self.worlds / (1 + len(self.asked.worlds.variants))

    @property
    def is_whole(self) -> bool:
        """Whether everything is there."""
        return self.done >= self.total

    @abstractmethod
    def step(self, count: int, workers: int | None, progress: Progress, folder: Path) -> dict[str, Any]:
        """Do some more, and return what the page shows of all so far."""

    @abstractmethod
    def write(self, folder: Path) -> None:
        """Write the folder that the command would write, when everything is there."""


class _InPairs(Task):
    """A comparison on paired worlds, of which more and more are simulated."""

    _pairs: Pairs | None = None
    found: Comparison | None = None

    def __init__(self, asked: Asked, scenarios: Mapping[str, Scenario], kept: KeptWorlds | None) -> None:
        super().__init__(asked, scenarios)
        self._kept = kept

    def step(self, count: int, workers: int | None, progress: Progress, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """Simulate some more pairs."""
        if self._pairs is None:
            (_, baseline), *variants = self.scenarios.items()
            self._pairs = Pairs(baseline, dict(variants), self.asked.options.seed, kept=self._kept)
        self.found = self._pairs.more(count, workers, progress)
        self.done = self._pairs.done
        return self.shown(self.found)

    @abstractmethod
    def shown(self, found: Comparison) -> dict[str, Any]:
        """Return what the page shows."""


class Compare(_InPairs):
    """The comparison of a draft."""

    def __init__(self, asked: Asked, kept: KeptWorlds | None) -> None:
        super().__init__(asked, {"": asked.worlds.baseline, **asked.worlds.variants}, kept)

    def shown(self, found: Comparison) -> dict[str, Any]:
        """Return what the page shows of the comparison."""
        return answer_of(self.asked, found, preliminary=not self.is_whole)

    def write(self, folder: Path) -> None:
        """Write what ``yizhan compare`` would."""
        if self.found is not None:
            keep(self.asked, self.found, folder)


class WhatIf(_InPairs):
    """One lever at several sizes."""

    def __init__(self, asked: AskedWhatIf, kept: KeptWorlds | None) -> None:
        super().__init__(asked.asked, {"": without_programme(main_of(asked.asked)), **asked.variants}, kept)
        self.what_if = asked

    @property
    def digest(self) -> str:
        """Digest of draft, key and values."""
        return _with(self.asked.digest, self.what_if.about)

    def shown(self, found: Comparison) -> dict[str, Any]:
        """Return the curve."""
        about = {"preliminary": not self.is_whole, "replicates": self.done}
        return {**what_if_of(self.what_if, found, preliminary=not self.is_whole), **about}

    def write(self, folder: Path) -> None:
        """Write nothing: the curve is all there is."""


class Parts(Task):
    """What each lever of a variant contributes."""

    def __init__(self, asked: AskedParts) -> None:
        self.parts, self._scenario = asked, main_of(asked.asked)
        super().__init__(asked.asked, {"": self._scenario}, asked.worlds)
        self._dividing: Dividing | None = None
        self.least = min(available_cores(), self.total)  # a replicate lives its worlds one after the other
        self.part_of = (asked.whole.digest, asked.variant)

    @property
    def digest(self) -> str:
        """Digest of the variant, whatever it stands beside."""
        return _with(self.asked.digest, self.parts.about)

    def step(self, count: int, workers: int | None, progress: Progress, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """Live the worlds of some more replicates."""
        if self._dividing is None:
            self._dividing = Dividing(self._scenario, self.asked.options.seed, orders=ORDERS)
        found = self._dividing.more(count, workers, progress)
        self.done = found.replicates
        return parts_of(self.parts, found, preliminary=not self.is_whole)

    def write(self, folder: Path) -> None:
        """Write nothing: it becomes a part of what is shown of the comparison."""


class Mix(Task):
    """The search for the best use of a budget."""

    lane = "searches"

    def __init__(self, asked: AskedMix) -> None:
        super().__init__(asked.asked, {"": asked.work.scenario})
        self.mix, self.total, self.days = asked, 1, OF_A_SEARCH

    @property
    def digest(self) -> str:
        """Digest of draft and budget."""
        return _with(self.asked.digest, self.mix.about)

    @property
    def seconds(self) -> float:
        """About how long the search takes."""
        return self.mix.seconds

    def step(self, count: int, workers: int | None, progress: Progress, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """Search; the folder is written on the way."""
        told = 0

        def tell(done: int, total: int) -> None:
            nonlocal told
            now = OF_A_SEARCH * done // max(1, total)
            progress(now - told)
            told = now

        found = carry_out(self.mix, folder, tell)
        self.done = 1
        return {**mix_of(self.mix, found), "preliminary": False, "replicates": 1}

    def write(self, folder: Path) -> None:
        """Write nothing more."""


def task_of(request: RunRequest, find: Find, kept: KeptWorlds | None) -> Task:
    """Return what a request asks for.

    Args:
        request: The request.
        find: Returns the file of the persons of a ledger by its handle.
        kept: Worlds that were lived before; None: there are none.

    Raises:
        DraftError: It cannot be run.
    """
    draft = draft_of(request.draft)
    if request.kind == "what_if":
        key, values = ("", None) if request.what_if is None else (request.what_if.key, request.what_if.values)
        return WhatIf(ask_what_if(draft, key, values, find), kept)
    if request.kind == "parts":
        return Parts(ask_parts(draft, request.variant, find))
    if request.kind == "mix":
        return Mix(ask_mix(draft, request.budget, find))
    return Compare(ask(draft, find), kept)


def asked_of(request: RunRequest, find: Find) -> Asked:
    """Return what the draft of a request asks for by itself."""
    return ask(draft_of(request.draft), find)


def _with(digest: str, about: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps([digest, about], sort_keys=True).encode()).hexdigest()
