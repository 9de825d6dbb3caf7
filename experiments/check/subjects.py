"""What a baseline is of, and how it is simulated: one world or several, a comparison on paired worlds, a study."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from experiments.check.baseline import BETWEEN, EVERY, Baseline, Settings
from experiments.check.baselines import configuration_of, groups_at_end
from experiments.check.exact_text import CODES, Values
from experiments.check.persons import NAMES, Persons, means_of, persons_of
from sim.comparison import compare
from sim.outcomes import OUTCOMES
from sim.results import Results
from sim.scenario import Scenario
from sim.simulation import Progress, simulate
from sim.trials.study import Study
from sim.trials.trial import Trials, days_to_simulate, run_trials

TRUE = "true."
"""Begins the name of what an estimate of a study would be without error."""


@dataclass(frozen=True)
class Measured:
    """What came of a subject.

    Attributes:
        at_end: Name → value at the end of each replicate, shape (replicates,); with persons also the means of their columns.
        daily: Name → daily values, shape (replicates, days), or their codes, shape (1, days).
        persons: Distribution → values over persons in each replicate; empty unless asked for.
    """

    at_end: dict[str, Values]
    daily: dict[str, Values]
    persons: Persons = field(default_factory=dict)


class Subject(ABC):
    """What a baseline is of.

    Attributes:
        scenario: The scenario, of several the first.
        names_of_persons: Names of the means of columns of persons that a sample holds, in each world.
    """

    scenario: Scenario
    names_of_persons: ClassVar[frozenset[str]] = frozenset()

    @property
    @abstractmethod
    def configuration(self) -> dict[str, Any]:
        """Dotted key → value of everything that the numbers depend on."""

    @abstractmethod
    def days(self, replicates: int, seed: int) -> int:
        """Return the days to simulate over all worlds."""

    @abstractmethod
    def measure(self, replicates: int, seed: int, workers: int | None, progress: Progress | None, *, persons: bool = False) -> Measured:
        """Simulate.

        Args:
            replicates: Number of replicates, from number 0.
            seed: Seed of every draw.
            workers: Replicates at a time; None: one a core.
            progress: Called with the days simulated.
            persons: Whether distributions over persons are wanted, too.
        """

    def lived(self, replicates: int) -> Values:
        """Return with which vector of a set each replicate lives, shape (replicates,); where there is no set, its own number."""
        lived = self.scenario.behaviour_set.lived(replicates)
        return np.arange(replicates, dtype=np.float64) if lived is None else lived.vectors.astype(np.float64)

    def baseline(self, name: str, settings: Settings, measured: Measured) -> Baseline:
        """Return what is kept exactly."""
        return Baseline(name, settings, self.configuration, measured.at_end, measured.daily, self.scenario.programme)


@dataclass(frozen=True)
class Single(Subject):
    """A run of one scenario."""

    scenario: Scenario
    names_of_persons: ClassVar[frozenset[str]] = NAMES

    @property
    def configuration(self) -> dict[str, Any]:
        """Its keys."""
        return configuration_of(self.scenario)

    def days(self, replicates: int, seed: int) -> int:  # noqa: ARG002
        """Return the days of every replicate."""
        return self.scenario.days * replicates

    def measure(self, replicates: int, seed: int, workers: int | None, progress: Progress | None, *, persons: bool = False) -> Measured:
        """Simulate; daily values are kept as they are."""
        results = simulate(self.scenario, replicates, seed, workers, progress, save_people=persons)
        of_persons = (means_of(results), persons_of(results)) if persons else ({}, {})
        return Measured({**results.outcomes, **groups_at_end(results), **of_persons[0]}, results.series, of_persons[1])


@dataclass(frozen=True)
class Points(Subject):
    """The points of a sweep.

    Attributes:
        worlds: Label of a point → its scenario, and its own seed, None where it has none.
    """

    worlds: Mapping[str, tuple[Scenario, int | None]]
    names_of_persons: ClassVar[frozenset[str]] = NAMES

    @property
    def scenario(self) -> Scenario:  # type: ignore[override]
        """The scenario of the first point."""
        return next(iter(self.worlds.values()))[0]

    @property
    def configuration(self) -> dict[str, Any]:
        """The keys of the first point, and of the others what is different."""
        return configuration_of_all({label: scenario for label, (scenario, _) in self.worlds.items()})

    def days(self, replicates: int, seed: int) -> int:  # noqa: ARG002
        """Return the days of every point."""
        return sum(scenario.days for scenario, _ in self.worlds.values()) * replicates

    def measure(self, replicates: int, seed: int, workers: int | None, progress: Progress | None, *, persons: bool = False) -> Measured:
        """Simulate one point after the other."""
        at_end: dict[str, Values] = {}
        daily: dict[str, Values] = {}
        found: Persons = {}
        for label, (scenario, own) in self.worlds.items():
            results = simulate(scenario, replicates, seed if own is None else own, workers, progress, save_people=persons)
            means = means_of(results) if persons else {}
            at_end |= {f"{label}{BETWEEN}{name}": values for name, values in (results.outcomes | means).items()}
            daily[f"{label}{BETWEEN}{EVERY}"] = codes_of(list(results.series.values()))
            found |= {f"{label}{BETWEEN}{name}": values for name, values in persons_of(results).items()} if persons else {}
        return Measured(at_end, daily, found)


@dataclass(frozen=True)
class Paired(Subject):
    """A comparison on paired worlds.

    Attributes:
        scenario: The baseline of the comparison.
        name: What it is called.
        variants: Name → variant.
    """

    scenario: Scenario
    name: str
    variants: Mapping[str, Scenario]

    @property
    def configuration(self) -> dict[str, Any]:
        """The keys of the baseline, and of the variants what is different."""
        return configuration_of_all({self.name: self.scenario, **self.variants})

    def days(self, replicates: int, seed: int) -> int:  # noqa: ARG002
        """Return the days of every world."""
        return (1 + len(self.variants)) * self.scenario.days * replicates

    def measure(self, replicates: int, seed: int, workers: int | None, progress: Progress | None, *, persons: bool = False) -> Measured:  # noqa: ARG002
        """Simulate; outcomes of every world, and the account of every variant."""
        comparison = compare(self.scenario, self.variants, replicates, seed, workers, progress)
        at_end: dict[str, Values] = {}
        daily: dict[str, Values] = {}
        worlds: dict[str, Results] = {self.name: comparison.baseline} | {name: variant.results for name, variant in comparison.variants.items()}
        for label, results in worlds.items():
            at_end |= {f"{label}{BETWEEN}{name}": values for name, values in results.outcomes.items()}
            series = results.series
            shown = {name: [values] for name, values in series.items() if name in OUTCOMES and OUTCOMES[name].headline}
            daily |= {f"{label}{BETWEEN}{name}": codes_of(of) for name, of in ({EVERY: list(series.values())} | shown).items()}
        for label, variant in comparison.variants.items():
            for kind, rows in variant.accounts.items():
                at_end |= {f"{label}{BETWEEN}account.{kind}.{row}": np.asarray(values, np.float64) for row, values in rows.items()}
        return Measured(at_end, daily)


@dataclass(frozen=True)
class Studied(Subject):
    """A study, carried out many times.

    Attributes:
        scenario: What all markets have in common.
        study: The study.
        markets: Labour markets of each trial.
    """

    scenario: Scenario
    study: Study
    markets: int

    @property
    def configuration(self) -> dict[str, Any]:
        """The keys of the scenario and of the study."""
        from experiments.check.baselines import leaves

        return configuration_of(self.scenario) | dict(leaves("study", self.study.model_dump(mode="json"))) | {"markets": self.markets}

    def days(self, replicates: int, seed: int) -> int:
        """Return the days of every world of every trial."""
        return days_to_simulate(self.study, self.scenario, self.markets, replicates, seed)

    def measure(self, replicates: int, seed: int, workers: int | None, progress: Progress | None, *, persons: bool = False) -> Measured:  # noqa: ARG002
        """Carry the trials out: what each reports, and the truth."""
        trials: Trials = run_trials(self.study, self.scenario, self.markets, replicates, seed, workers, progress)
        at_end: dict[str, Values] = {"enrolled": trials.enrolled} | {f"take_up.{arm}": values for arm, values in trials.take_up.items()}
        for (estimand, outcome, day), finding in trials.findings.items():
            at_end |= {f"{estimand}.{outcome}.{day}": finding.value, f"{TRUE}{estimand}.{outcome}.{day}": finding.truth}
        return Measured(at_end, {})


def configuration_of_all(worlds: Mapping[str, Scenario]) -> dict[str, Any]:
    """Return the keys of the first world, and of each other one, as ``WORLD/KEY``, those that are different."""
    (_, first), *others = worlds.items()
    known = configuration_of(first)
    found = dict(known)
    for label, scenario in others:
        found |= {f"{label}{BETWEEN}{key}": value for key, value in configuration_of(scenario).items() if known.get(key, found) != value}
    return found


def codes_of(series: Sequence[Values]) -> Values:
    """Return a code for each day of some series, shape (1, days): another one where any value of any replicate differs, but for chance.

    Args:
        series: Daily values, each of shape (replicates, days).
    """
    together = np.concatenate(series)
    days = np.ascontiguousarray(np.where(np.isnan(together), np.nan, together).T)
    codes = [int.from_bytes(hashlib.blake2b(day.tobytes(), digest_size=4).digest(), "big") % CODES for day in days]
    return np.array([codes], dtype=np.float64)
