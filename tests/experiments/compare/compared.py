"""Comparisons with numbers made here, for tests of what is drawn of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.compare.figures.every import drawings_of
from experiments.compare.figures.shown import Shown
from experiments.compare.words import NONE, names_of
from sim.attribution import MEASURES, Attribution
from sim.levers import LEVER_LABELS
from sim.results import GROUPS
from sim.statistics import Kind, MeanInterval, RatioInterval, ratio_interval
from tests.experiments.figures import DAYS, Run

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Labels, Language

STOCKS = ("employed_in_region", "residents_from_elsewhere", "startups_alive", "startup_jobs")
LABELS = {f"variant_{place}": {"zh": f"{place} 晚", "en": f"{place} free nights"} for place in range(9)}


@dataclass(frozen=True)
class Kept:
    """The groups of one replicate."""

    groups: dict[str, dict[str, dict[str, float]]]


@dataclass(frozen=True)
class Arm(Run):
    """A run whose people are counted by group."""

    runs: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class Beside:
    """A variant."""

    results: Arm
    accounts: "dict[str, dict[str, NDArray[np.float64]]]"


@dataclass(frozen=True)
class Compared:
    """The part of `Comparison` that figures read, with numbers made here."""

    baseline: Arm
    variants: dict[str, Beside]

    def cost_per(self, name: str, kind: str = "jobs") -> RatioInterval:
        made = self.variants[name]
        jobs = made.accounts[kind]["net_additional_jobs"]
        return ratio_interval(made.results.outcomes["spending"], jobs)

    def over(self, values: Any, kind: Kind = Kind.FREE, axis: int = 0) -> MeanInterval:
        return self.baseline.over(values, kind, axis)


def make_comparison(variants: int = 1, replicates: int = 6, size: float = 1.0) -> Compared:
    """A baseline and variants whose effect is `size` times one that can be told."""
    generator = np.random.default_rng(8)

    def arm(effect: float) -> Arm:
        luck = generator.normal(scale=0.3 * size, size=(replicates, 1)) * (effect != 0)
        shift = np.linspace(-0.5, 0.5, replicates)
        both = (*STOCKS, "employment_rate", "arrivals")
        series = {name: 100.0 + np.zeros((replicates, DAYS)) + effect * np.linspace(0, 9, DAYS) + luck for name in both}
        series["spending.lodging"] = 1e6 * effect * np.linspace(0, 1, DAYS) + np.zeros((replicates, DAYS))
        outcomes = {"spending": 1e6 * effect * np.ones(replicates) + luck[:, 0]}
        runs = tuple(
            Kept({
                attribute: {
                    group: {"persons": 500.0, "employed_in_region": 200.0 + effect * (place + shift[row])}
                    for place, group in enumerate(groups)
                }
                for attribute, groups in GROUPS.items()
            })
            for row in range(replicates)
        )
        return Arm(series, outcomes, replicates=replicates, runs=runs)

    def account(effect: float) -> "dict[str, NDArray[np.float64]]":
        rows = {"gross_placements": 2100, "deadweight": 2060, "net_on_participants": 40, "displacement": 25, "jobs_made": 10,
                "net_additional_jobs": 25, "residual": 0, "reshuffled": 130}  # fmt: skip
        noise = np.linspace(-1.0, 1.0, replicates) if replicates > 1 else np.zeros(1)
        return {row: effect * (value + noise * (row != "residual")) for row, value in rows.items()}

    found = {f"variant_{place}": Beside(arm(size * (place + 1)), {"jobs": account(size * (place + 1))}) for place in range(variants)}
    return Compared(arm(0.0), found)


def draw_comparison(
    comparison: Any, outcomes: "Sequence[str]", language: "Language", labels: "Labels | None" = None, baseline: str = NONE,
) -> "dict[str, Figure]":  # fmt: skip
    """Every figure of a comparison that shows something."""
    drawn = {name: draw() for name, draw in drawings(comparison, outcomes, language, labels, baseline).items()}
    return {name: figure for name, figure in drawn.items() if figure is not None}


def drawings(
    comparison: Any, outcomes: "Sequence[str]" = STOCKS, language: "Language" = "en", labels: "Labels | None" = None, baseline: str = NONE,
) -> "dict[str, Callable[[], Any]]":  # fmt: skip
    """What draws each of them."""
    return dict(drawings_of(comparison, outcomes, language, names_of(labels or {}, baseline, against_none=baseline == NONE)))


def shown_of(comparison: Any, language: "Language") -> Shown:
    return Shown(comparison, names_of({}, NONE, against_none=True), language)


def make_attribution(
    levers: int, scales: tuple[float, ...] = (40.0, 9.0, 4.0, 20.0, 4e5), replicates: int = 8
) -> Attribution:
    """Contributions of the first levers: jobs, stays, firms and money of some size."""
    generator = np.random.default_rng(8)
    names = tuple(LEVER_LABELS)[:levers]
    sizes = dict(zip(MEASURES, (*scales, 0.0, 0.0)[: len(MEASURES)], strict=True))
    contributions = {
        lever: {
            measure: generator.normal(generator.normal(0.5), 1.0, replicates) * size
            for measure, size in sizes.items()
        }
        for lever in names
    }
    whole = {name: np.sum([of[name] for of in contributions.values()], axis=0) for name in sizes}
    return Attribution(names, contributions, whole, 1, 30 * replicates)
