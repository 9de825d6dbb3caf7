"""Attribution: what each lever of a bundle contributes to the effect of the whole, by Shapley value over paired worlds.

Levers help and hinder one another, so the effect of a bundle is not the sum of the effects of its levers, each tried alone. Here the players are the
levers that offer something, a coalition is a world in which the others are off, and its value is what is counted there at the end. With few levers
every coalition is lived. With many, orders are drawn, anew in every replicate, so that the interval over replicates contains what the drawing leaves
open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.bilingual import Sentence, sentence
from sim.comparison import KINDS, placements, without_programme
from sim.frames import frame_of, parts_of_attribution
from sim.levers import LEVER_LABELS
from sim.outcomes import OUTCOMES
from sim.participation import COUNTED
from sim.scenario import Policy, Scenario, check_scenario_given
from sim.shapley import Coalition, coalitions_among, coalitions_on, divide_over_all_orders, divide_over_orders, draw_orders
from sim.showing import counted, few_note, html_table, with_interval
from sim.simulation import Live, Progress, check_count, run_in_parallel, warm_up
from sim.statistics import Kind, MeanInterval, RatioInterval
from sim.uncertainty import Lived, interval_over, ratio_interval_over
from sim.world import World, make_world

if TYPE_CHECKING:
    import pandas as pd

Values = NDArray[np.float64]

MEASURES = (*KINDS, "spending")
"""What is divided among the levers: the net additional number of each kind of placement, in persons, and additional spending, in CNY."""
HEADS = {
    "jobs": "Jobs 净增就业 · persons", "stays_6m": "Stays of 6 months 留住满 6 个月 · persons",
    "stays_12m": "Stays of 12 months 留住满 12 个月 · persons",
    "businesses": "Businesses 企业 · firms", "spending": "Spending 支出 · CNY",
}  # fmt: skip
"""Measure → head of its column in a notebook."""
MOST_EXACT = 6
"""Levers up to which every coalition is lived: 64 worlds a replicate."""


@dataclass(frozen=True)
class Attribution:
    """The contribution of each lever to the effect of a bundle.

    Attributes:
        levers: The levers that offer something, as they are declared.
        contributions: Lever → measure → its contribution in each replicate, shape (replicates,).
        whole: Measure → effect of the whole bundle in each replicate, shape (replicates,): the sum of the contributions.
        orders: Orders drawn in each replicate, each with its reverse; None: exact, over all orders.
        worlds: Worlds lived, over all replicates.
        lived: With which vectors of a set of behaviours the replicates lived; None where there is no set.
    """

    levers: tuple[str, ...]
    contributions: dict[str, dict[str, Values]]
    whole: dict[str, Values]
    orders: int | None
    worlds: int
    lived: Lived | None = None

    @property
    def replicates(self) -> int:
        """Number of replicates."""
        return len(self.whole["jobs"])

    def interval(self, lever: str, measure: str = "jobs") -> MeanInterval:
        """Return the mean contribution of a lever to a measure with its 95 % interval."""
        return self.over(self.contributions[lever][measure])

    def cost_per(self, lever: str, kind: str = "jobs") -> RatioInterval:
        """Return a lever's contribution to spending over that to net additional jobs (stays, businesses), with Fieller's interval."""
        return ratio_interval_over(self.contributions[lever]["spending"], self.contributions[lever][kind], self.lived)

    def over(self, values: Values, kind: Kind = Kind.FREE) -> MeanInterval:
        """Return the mean of some values of the replicates with the 95 % interval that stands beside it (see `Results.over`)."""
        return interval_over(values, self.lived, kind)

    def matters(self, measure: str) -> bool:
        """Tell whether any lever changes a measure in any replicate."""
        return any(bool(contributions[measure].any()) for contributions in self.contributions.values())

    def to_frame(self, part: str = "contributions") -> pd.DataFrame:
        """Return a tidy pandas frame, a line a value.

        Args:
            part: ``"contributions"`` (lever, measure, replicate, contribution) or ``"summary"`` (lever, measure, contribution, low, high).

        Raises:
            ValueError: There is no such part.
        """
        return frame_of(part, parts_of_attribution(self))

    def __repr__(self) -> str:
        shown = "; ".join(f"{lever} {with_interval(self.interval(lever))}" for lever in self.ranked[:3])
        return f"<Attribution of {with_interval(self.over(self.whole['jobs']))} jobs among {len(self.levers)} levers: {shown} …>"

    def _repr_html_(self) -> str:
        rows = [
            (LEVER_LABELS[lever]["en"], LEVER_LABELS[lever]["zh"], *(with_interval(self.interval(lever, measure)) for measure in MEASURES))
            for lever in self.ranked
        ]
        rows.append(("All together", "合计", *(with_interval(self.over(self.whole[measure])) for measure in MEASURES)))
        luck = f"{counted(self.replicates, 'replicate')} · mean [95 % interval]{few_note(self.replicates, 'replicate')}"
        heads = ("Lever", "政策工具", *(HEADS[measure] for measure in MEASURES))
        return html_table(f"Contribution of each lever 各政策工具的贡献 · {luck}", heads, rows)

    @property
    def ranked(self) -> list[str]:
        """The levers, those first that contribute the most jobs."""
        return sorted(self.levers, key=lambda lever: -float(self.interval(lever).mean))


def levers_of(scenario: Scenario) -> tuple[str, ...]:
    """Return the levers that offer something, as they are declared."""
    return tuple(name for name, lever in scenario.policy.levers.items() if lever.offers_something)


def with_levers(scenario: Scenario, coalition: Iterable[str]) -> Scenario:
    """Return the same people, place and time with some of the levers, and the others off."""
    levers = scenario.policy.levers
    policy = Policy().model_copy(update={name: levers[name] for name in coalition})
    return without_programme(scenario).model_copy(update={"policy": policy})


def is_exact(levers: Sequence[str], orders: int) -> bool:
    """Tell whether every coalition is lived: there are few of them, or no more than on the orders."""
    return bool(2 ** len(levers) <= max(2**MOST_EXACT, 2 + 2 * orders * (len(levers) - 1)))


def count_worlds(scenario: Scenario, replicates: int, seed: int = 1, orders: int = 1) -> int:
    """Return how many worlds `attribute` lives, over all replicates."""
    levers = levers_of(scenario)
    if is_exact(levers, orders):
        return replicates * len(coalitions_among(levers))
    return sum(len(coalitions_on(draw_orders(levers, orders, seed, number))) for number in range(replicates))


def attribute(
    scenario: Scenario, replicates: int = 20, seed: int = 1, workers: int | None = None, progress: Progress | None = None, *, orders: int = 1,
) -> Attribution:  # fmt: skip
    """Divide the effect of a scenario's levers, compared with the same world without any, among these levers.

    Args:
        scenario: A scenario with a lever that offers something.
        replicates: Replicates, at least 1. Replicate r is the same people with the same luck in every coalition, and in `sim.comparison.compare`.
        seed: Seed of every draw.
        workers: Replicates that run at a time; None: one a core.
        progress: Called now and then with the days simulated since the last call, over all worlds.
        orders: Orders drawn in each replicate, each with its reverse, at least 1; of no matter where every coalition is lived (`is_exact`).

    Returns:
        The contributions, the same to the last bit for any number of workers.

    Raises:
        ValueError: No lever that offers something, no orders, no replicates, no workers, or a seed out of range.
        KeyboardInterrupt: Interrupted; nothing is kept.
    """
    return Dividing(scenario, seed, orders=orders).more(replicates, workers, progress)


class Dividing:
    """An attribution that grows: replicate r is the same worlds however many were lived before it.

    Args:
        scenario: A scenario with a lever that offers something.
        seed: Seed of every draw.
        orders: Orders drawn in each replicate, see `attribute`.

    Raises:
        ValueError: No lever that offers something, no orders, or a seed out of range.
    """

    def __init__(self, scenario: Scenario, seed: int = 1, *, orders: int = 1) -> None:
        check_scenario_given(scenario)
        self.levers = levers_of(scenario)
        if not self.levers:
            message = Sentence("nothing to divide: no lever offers anything", "没有可分解的效果：没有启用任何政策工具")
            raise ValueError(message)
        if orders < 1 or not 0 <= seed < 2**32:
            message = sentence(
                "orders must be at least 1 and the seed from 0 to 2**32 - 1, not {orders} and {seed}",
                "orders 至少为 1，seed 应在 0 至 2**32 - 1 之间，而不是 {orders} 与 {seed}", orders=orders, seed=seed,
            )  # fmt: skip
            raise ValueError(message)
        self._scenario, self._seed = scenario, seed
        self._orders = None if is_exact(self.levers, orders) else orders
        self._runs: list[tuple[dict[str, Values], Values, int]] = []

    @property
    def done(self) -> int:
        """Replicates that are there."""
        return len(self._runs)

    def more(self, replicates: int, workers: int | None = None, progress: Progress | None = None) -> Attribution:
        """Live the worlds of some more replicates.

        Args:
            replicates: How many, at least 1.
            workers: Replicates that run at a time; None: one a core.
            progress: Called now and then with the days simulated since the last call, over all worlds; what it raises ends it all.

        Returns:
            The contributions over all replicates so far, the same to the last bit for any number of workers.

        Raises:
            ValueError: No replicates, or no workers.
            KeyboardInterrupt: Interrupted; these replicates are not kept.
        """
        check_count("replicates", replicates)
        warm_up(self._scenario)
        begun = self.done
        self._runs += run_in_parallel(lambda number, live: self._run(begun + number, live), replicates, workers, progress)
        contributions = {lever: _by_measure([divided[lever] for divided, _, _ in self._runs]) for lever in self.levers}
        whole = _by_measure([effect for _, effect, _ in self._runs])
        worlds, lived = sum(worlds for _, _, worlds in self._runs), self._scenario.behaviour_set.lived(self.done)
        return Attribution(self.levers, contributions, whole, self._orders, worlds, lived)

    def _run(self, number: int, live: Live) -> tuple[dict[str, Values], Values, int]:
        """Live the coalitions of one replicate. Returns the contributions, the effect of all together, and the worlds that were lived."""
        def value_of(coalition: Coalition) -> Values:
            world = make_world(with_levers(self._scenario, coalition), self._seed, number)  # without a Mesa model around it, it is freed at once
            live(world)
            return measure(world)

        levers, exact = self.levers, self._orders is None
        drawn = [] if self._orders is None else draw_orders(levers, self._orders, self._seed, number)
        value = {coalition: value_of(coalition) for coalition in (coalitions_among(levers) if exact else coalitions_on(drawn))}
        divided = divide_over_all_orders(levers, value) if exact else divide_over_orders(drawn, value)
        return divided, value[frozenset(levers)] - value[frozenset()], len(value)


def measure(world: World) -> Values:
    """Count what is divided, at the end of a world: persons placed, by kind, and spending; shape (measures,)."""
    table = world.tables["people"]
    people = {name: table.column(name) for name in COUNTED}
    placed = placements(people, world.scenario.days)
    return np.array([*(int(placed[kind].sum()) for kind in KINDS), OUTCOMES["spending"].at_end(world)], np.float64)


def _by_measure(rows: Sequence[Values]) -> dict[str, Values]:
    """Turn values of shape (measures,) in each replicate into measure → values of shape (replicates,)."""
    return {name: np.array([row[place] for row in rows]) for place, name in enumerate(MEASURES)}
