"""What a comparison found: the results of a baseline and of its variants, replicate by replicate in pairs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.account import ROW_KINDS, Parts
from sim.carrying import Carrying, carrying
from sim.frames import frame_of, parts_of_comparison
from sim.how_sure import of_which
from sim.results import Results
from sim.showing import counted, few_note, html_table, label_of, shown_outcomes, unit_of_difference, with_interval
from sim.statistics import DifferenceInterval, Kind, MeanInterval, RatioInterval
from sim.uncertainty import RatioEstimate, ratio_interval_over, ratio_over
from sim.wording import check_known

if TYPE_CHECKING:
    import pandas as pd

Values = NDArray[np.float64]

FEWEST_PAIRS = 2


@dataclass(frozen=True)
class Variant:
    """One variant beside the baseline.

    Attributes:
        results: Its results, replicate by replicate paired with the baseline's.
        accounts: Kind → row → persons in each replicate, shape (replicates,).
        capital: Each of `sim.capital.CAPITAL` → CNY beyond the baseline's in each replicate, shape (replicates,).
        parts: For each replicate kind → `sim.account.Part` of each person, shape (people,); empty unless people were asked for.
    """

    results: Results
    accounts: dict[str, dict[str, Values]]
    capital: dict[str, Values] = field(default_factory=dict)
    parts: tuple[dict[str, Parts], ...] = ()

    def __repr__(self) -> str:
        return f"<Variant: {self.results!r}>"


@dataclass(frozen=True)
class Comparison:
    """A baseline and its variants.

    Attributes:
        baseline: Results of the baseline.
        variants: Name → variant.
    """

    baseline: Results
    variants: dict[str, Variant] = field(default_factory=dict)

    def difference(self, name: str, outcome: str) -> DifferenceInterval:
        """Return the paired difference of an outcome, variant minus baseline, with its 95 % interval."""
        check_known("variant", name, self.variants)
        check_known("outcome", outcome, self.baseline.runs[0].outcomes)
        return DifferenceInterval(*self.baseline.over(self.differences(name, outcome)))

    def differences(self, name: str, outcome: str) -> Values:
        """Return the paired differences of an outcome, variant minus baseline, shape (replicates,)."""
        return self.variants[name].results.outcomes[outcome] - self.baseline.outcomes[outcome]

    def group_difference(self, name: str, attribute: str, group: str, measure: str = "employed_in_region") -> DifferenceInterval:
        """Return the paired difference of a measure within a group, variant minus baseline, with its 95 % interval.

        Args:
            name: Name of the variant.
            attribute: Attribute of persons, a key of `sim.results.GROUPS`.
            group: Group of that attribute.
            measure: What is measured in each group.
        """
        return DifferenceInterval(*self.baseline.over(self.group_values(name, attribute, group, measure)))

    def group_values(self, name: str, attribute: str, group: str, measure: str) -> Values:
        """Return the paired differences of a measure within a group (see `group_difference`), shape (replicates,)."""
        given, without = (
            np.array([run.groups[attribute][group][measure] for run in results.runs], np.float64)
            for results in (self.variants[name].results, self.baseline)
        )
        return given - without

    def half_width(self, name: str, outcome: str) -> float:
        """Return half the width of what more pairs would narrow: without a set of behaviours the interval of a paired difference; NaN without one."""
        estimate = self.baseline.estimate(self.differences(name, outcome))
        if estimate is not None:
            return float(estimate.error)
        _, low, high = self.difference(name, outcome)
        return float(high - low) / 2.0

    @property
    def kind_of_money(self) -> Kind:
        """Kind of what is spent, lent or invested more than in the baseline: an amount where the baseline spends nothing."""
        return Kind.FREE if self.baseline.outcomes["spending"].any() else Kind.AMOUNT

    def cost_per(self, name: str, kind: str = "jobs") -> RatioInterval:
        """Return additional spending over net additional jobs (stays, businesses), with Fieller's interval."""
        return ratio_interval_over(*self._cost_of(name, kind), self.baseline.lived)

    def cost_estimate(self, name: str, kind: str = "jobs") -> RatioEstimate | None:
        """Return the same with all three of its intervals; None where there is no set of behaviours."""
        return None if self.baseline.lived is None else ratio_over(*self._cost_of(name, kind), self.baseline.lived)

    def _cost_of(self, name: str, kind: str) -> tuple[Values, Values]:
        return self.differences(name, "spending"), self.variants[name].accounts[kind]["net_additional_jobs"]

    def carried_by(self, name: str, what: str = "jobs") -> Carrying | None:
        """Return how much of what is not known of a difference each parameter of the behaviour set carries; None without a set.

        Args:
            name: Name of the variant.
            what: A kind of the account, whose net additional number is meant, or an outcome.
        """
        check_known("variant", name, self.variants)
        variant = self.variants[name]
        check_known("outcome", what, [*variant.accounts, *self.baseline.runs[0].outcomes])
        chosen, other = self.baseline.scenario.behaviour_set, variant.results.scenario.behaviour_set
        if chosen.found is None:
            return None
        values = variant.accounts[what]["net_additional_jobs"] if what in variant.accounts else (
            variant.results.outcomes[what] - self.baseline.outcomes[what]
        )  # fmt: skip
        keys = [key for key in chosen.found.unknown if key not in chosen.fixed or key not in other.fixed]
        table = chosen.found.vectors[:, [chosen.found.parameters.index(key) for key in keys]]
        return carrying(values, [chosen.found.number_of(number) for number in range(len(values))], keys, table)

    def variance_ratio(self, name: str, outcome: str) -> float:
        """Return how many times the variance of an unpaired difference is that of the paired one.

        Returns:
            Infinite where every pair differs by the same; NaN for a single pair.
        """
        given, without = self.variants[name].results.outcomes[outcome], self.baseline.outcomes[outcome]
        if len(given) < FEWEST_PAIRS:
            return math.nan
        paired = float(np.var(given - without, ddof=1))
        unpaired = float(np.var(given, ddof=1) + np.var(without, ddof=1))
        return unpaired / paired if paired > 0 else math.inf

    def to_frame(self, part: str = "outcomes") -> pd.DataFrame:
        """Return a tidy pandas frame, a line a value.

        Args:
            part: ``"outcomes"`` (variant, replicate, outcome, value, baseline, difference, unit), ``"summary"`` (variant, outcome,
                baseline_mean, variant_mean, difference, low, high, unit), ``"account"`` (variant, kind, row, replicate, persons),
                ``"account_summary"`` (variant, kind, row, value, low, high), or ``"series"`` (variant, replicate, day, date, outcome, value),
                in which the baseline is a variant, too.

        Raises:
            ValueError: There is no such part.
        """
        return frame_of(part, parts_of_comparison(self, ROW_KINDS))

    def over(self, values: Any, kind: Kind = Kind.FREE, axis: int = 0) -> MeanInterval:  # noqa: ANN401
        """Return the mean of some values of the pairs with the 95 % interval that stands beside it (see `Results.over`)."""
        return self.baseline.over(values, kind, axis)

    def __repr__(self) -> str:
        shown = "; ".join(
            f"{name}: {with_interval(self.over(variant.accounts['jobs']['net_additional_jobs']))} net additional jobs"
            for name, variant in self.variants.items()
        )
        baseline = self.baseline
        luck = f"{counted(baseline.replicates, 'pair')} of {counted(baseline.days, 'day')}, seed {baseline.seed}"
        return f"<Comparison with {baseline.name}: {luck}; {shown}>"

    def _repr_html_(self) -> str:
        outcomes = shown_outcomes(self.baseline.outcomes)
        rows = [
            (*label_of(name), *(with_interval(self.difference(variant, name), unit) for variant in self.variants), unit)
            for name in outcomes for unit in [unit_of_difference(self.baseline.unit_of(name))]
        ]  # fmt: skip
        net = [with_interval(self.over(variant.accounts["jobs"]["net_additional_jobs"])) for variant in self.variants.values()]
        cost = [with_interval(self.cost_per(name)[:3]) if self.cost_per(name).defined else "–" for name in self.variants]
        rows += [("Net additional jobs", "净增就业", *net, "persons"), ("Cost per additional job", "每净增一个就业的支出", *cost, "CNY")]
        baseline = self.baseline
        caption = (
            f"Difference to {baseline.title['en']} 对照方案：{baseline.title['zh']} · {counted(baseline.replicates, 'pair')} of "
            f"{counted(baseline.days, 'day')}, seed {baseline.seed} · mean [95 % interval]{few_note(baseline.replicates, 'pair')}"
        )
        which = of_which(baseline.scenario.behaviour_set, baseline.lived)
        return html_table(f"{caption} · {which} {which.zh}", ("Outcome", "指标", *self.variants, "Unit"), rows)
