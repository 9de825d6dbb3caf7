"""Carrying out a study: many trials of it, each with people and luck of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.frames import frame_of, parts_of_trials
from sim.scenario import Scenario, check_scenario_given
from sim.showing import counted, few_note, html_table, with_interval
from sim.simulation import Live, Progress, check_count, run_in_parallel, warm_up
from sim.statistics import DifferenceInterval, MeanInterval
from sim.trials.analysis import Estimand, Estimate, estimands_of, estimate
from sim.trials.assignment import Shares, draw_saturations, luck_of
from sim.trials.measures import Values
from sim.trials.sample import Sample, pool
from sim.trials.study import Study, check_study
from sim.trials.truth import Reach, reach_of, true_effect
from sim.trials.worlds import Market, run_market, worlds_of
from sim.uncertainty import Lived, interval_over

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Finding:
    """One estimand on one outcome at one follow-up, over the trials; each array has shape (trials,).

    Attributes:
        estimand: What is estimated.
        outcome: Name of the outcome.
        day: Follow-up, days after enrolment.
        value: Estimates.
        error: Their standard errors.
        low: Lower bounds of their 95 % intervals.
        high: Upper bounds.
        p: p-values against zero.
        truth: True effects in the people of each trial.
        people: People in each regression.
        clusters: Clusters of its clustered standard error; 0 where people were randomised.
        lived: With which vectors of a set of behaviours the trials lived; None where there is no set.
    """

    estimand: Estimand
    outcome: str
    day: int
    value: Values
    error: Values
    low: Values
    high: Values
    p: Values
    truth: Values
    people: Values
    clusters: Values
    lived: Lived | None = None

    @property
    def mean(self) -> MeanInterval:
        """Mean estimate over the trials, with the interval of that mean."""
        return interval_over(self.value, self.lived)

    @property
    def mean_truth(self) -> MeanInterval:
        """Mean true effect over the trials, with the interval of that mean."""
        return interval_over(self.truth, self.lived)

    @property
    def bias(self) -> DifferenceInterval:
        """Mean of estimate less truth, trial by trial, with its interval."""
        return DifferenceInterval(*interval_over(self.value - self.truth, self.lived))

    @property
    def coverage(self) -> MeanInterval:
        """Share of the trials with an interval in which it holds the truth, with Wilson's interval."""
        known = ~np.isnan(self.low + self.truth)
        return share_interval((self.low <= self.truth)[known] & (self.truth <= self.high)[known])

    def power(self, significance: float) -> MeanInterval:
        """Return the share of the trials with a test that find an effect at some level of significance, with Wilson's interval."""
        return share_interval(self.p[~np.isnan(self.p)] < significance)

    @property
    def half_width(self) -> float:
        """Half the width of one trial's interval, in the median over the trials that have one; infinite where it is not bounded."""
        widths = (self.high - self.low)[~np.isnan(self.high - self.low)]
        return float(np.median(widths)) / 2.0 if widths.size else math.nan


@dataclass(frozen=True)
class Trials:
    """A study carried out many times.

    Attributes:
        study: The study.
        scenario: What all markets have in common.
        markets: Labour markets of each trial.
        replicates: Trials.
        seed: Seed of every draw.
        findings: (name of estimand, outcome, follow-up) → finding.
        reach: World (``assigned``, ``everybody``) → what treatment does to everybody, one a trial.
        enrolled: People enrolled in each trial, shape (trials,).
        take_up: Arm → share of those admitted who used a service by the last follow-up, shape (trials,); NaN where nobody is admitted.
        samples: The people of each trial; empty unless asked for.
    """

    study: Study
    scenario: Scenario
    markets: int
    replicates: int
    seed: int
    findings: dict[tuple[str, str, int], Finding]
    reach: dict[str, tuple[Reach, ...]]
    enrolled: Values
    take_up: dict[str, Values]
    samples: tuple[Sample, ...] = ()

    @property
    def estimands(self) -> tuple[Estimand, ...]:
        """What is estimated, in order."""
        return estimands_of(self.study)

    @property
    def lived(self) -> Lived | None:
        """With which vectors of a set of behaviours the trials lived; None where there is no set."""
        return self.scenario.behaviour_set.lived(self.replicates)

    @property
    def clusters(self) -> int:
        """Clusters of a trial."""
        return self.markets * clusters_of(self.study, self.scenario)

    def to_frame(self, part: str = "estimates") -> pd.DataFrame:
        """Return a tidy pandas frame, a line an estimate.

        Args:
            part: ``"estimates"`` (trial, estimand, arm, saturation, outcome, day, estimate, standard_error, low, high, p, truth) or ``"summary"``
                (over the trials: estimate with the interval of its mean, truth, bias).

        Raises:
            ValueError: There is no such part.
        """
        return frame_of(part, parts_of_trials(self))

    def __repr__(self) -> str:
        outcome, day = self.study.primary
        shown = "; ".join(
            f"{finding.estimand.name}: {with_interval(finding.mean)}, true {with_interval(finding.mean_truth)}"
            for finding in self.findings.values() if (finding.outcome, finding.day) == (outcome, day)
        )  # fmt: skip
        named = f"{self.study.title}, " if self.study.title else ""
        return f"<Trials: {named}{self.replicates} of {counted(self.markets, 'market')}, seed {self.seed}; {outcome} on day {day}: {shown}>"

    def _repr_html_(self) -> str:
        rows = [
            (f"{finding.estimand.name} · {finding.outcome} · {finding.day}", with_interval(finding.mean), with_interval(finding.mean_truth),
             with_interval(finding.coverage, "share"), with_interval(finding.power(self.study.significance), "share"))
            for finding in self.findings.values()
        ]  # fmt: skip
        luck = f"{counted(self.replicates, 'trial')} of {counted(self.markets, 'market')}, seed {self.seed}"
        named = " ".join(title for title in (self.study.title, self.study.title_zh) if title)
        caption = f"{named}{' · ' if named else ''}{luck} · mean [95 % interval]{few_note(self.replicates, 'trial')}"
        headings = ("Estimand · outcome · day", "Estimate 估计", "Truth 真值", "Coverage 覆盖率", "Power 检验效能")
        return html_table(caption, headings, rows)

    def finding(self, estimand: Estimand, outcome: str = "", day: int = 0) -> Finding:
        """Return a finding; of the primary outcome unless told."""
        primary, primary_day = self.study.primary
        return self.findings[estimand.name, outcome or primary, day or primary_day]


def run_trials(
    study: Study, scenario: Scenario, markets: int = 1, replicates: int = 20, seed: int = 1, workers: int | None = None,
    progress: Progress | None = None, *, save_people: bool = False,
) -> Trials:  # fmt: skip
    """Carry out a study many times.

    Args:
        study: The study.
        scenario: What all markets have in common; its policy has the services of the study on offer.
        markets: Separate labour markets of each trial: regions with people, employers and luck of their own.
        replicates: Trials, at least 1.
        seed: Seed of every draw.
        workers: Markets simulated at a time; None: one a core.
        progress: Called now and then with the days simulated since the last call.
        save_people: Whether to keep the people of every trial.

    Returns:
        The trials, the same to the last bit for any number of workers.

    Raises:
        StudyError: A study that this scenario cannot carry.
        ValueError: No replicates, no workers, or a seed out of range.
        KeyboardInterrupt: Interrupted; nothing is kept.
    """
    check_scenario_given(scenario)
    check_count("replicates", replicates)
    check_study(study, scenario, markets)
    warm_up(scenario)
    saturations = [_saturations(study, scenario, markets, seed, trial) for trial in range(replicates)]

    def task(number: int, live: Live) -> Market:
        trial, market = divmod(number, markets)
        return run_market(study, scenario, seed, (trial, market, number), saturations[trial][market], live)

    found = run_in_parallel(task, replicates * markets, workers, progress)
    trials = [found[start : start + markets] for start in range(0, len(found), markets)]
    samples = [pool(one, clusters_of(study, scenario)) for one in trials]
    take_up = {
        name: np.array([float(sample.used[sample.arm == number, -1].mean()) if (sample.arm == number).any() else np.nan for sample in samples])
        for number, name in enumerate(study.arms, start=1)
    }
    return Trials(
        study, scenario, markets, replicates, seed, _analyse(study, samples, scenario.behaviour_set.lived(replicates)),
        {world: tuple(reach_of(one, world) for one in trials) for world in ("assigned", "everybody")},
        np.array([sample.arm.size for sample in samples], np.float64), take_up, tuple(samples) if save_people else (),
    )  # fmt: skip


def clusters_of(study: Study, scenario: Scenario) -> int:
    """Return the clusters of one market."""
    return len(scenario.region.districts) if study.clusters == "districts" else 1


def days_to_simulate(study: Study, scenario: Scenario, markets: int, replicates: int, seed: int) -> int:
    """Return the days that `run_trials` will simulate over all worlds, for a progress bar."""
    days = 0
    for trial in range(replicates):
        for saturations in _saturations(study, scenario, markets, seed, trial):
            days += study.enrolment_day + len(worlds_of(saturations)) * study.followup_days[-1]
    return days


def share_interval(found: NDArray[np.bool_]) -> MeanInterval:
    """Return a share of trials with Wilson's 95 % interval.

    Args:
        found: Whether each trial did, shape (trials,).

    Returns:
        The share and its interval; NaN without trials.

    Source:
        Wilson (1927), Journal of the American Statistical Association 22(158).
    """
    from statsmodels.stats.proportion import proportion_confint

    if not found.size:
        return MeanInterval(*(np.asarray(math.nan) for _ in range(3)))
    low, high = proportion_confint(int(np.sum(found)), len(found), alpha=0.05, method="wilson")
    return MeanInterval(*(np.asarray(part, np.float64) for part in (found.mean(), low, high)))


def _saturations(study: Study, scenario: Scenario, markets: int, seed: int, trial: int) -> Shares:
    """Return the share treated in each cluster of a trial, shape (markets, clusters of a market)."""
    clusters = clusters_of(study, scenario)
    return draw_saturations(study, markets * clusters, luck_of(seed, trial, 0)).reshape(markets, clusters)


def _analyse(study: Study, samples: list[Sample], lived: Lived | None) -> dict[tuple[str, str, int], Finding]:
    """Estimate everything in every trial, beside the truth; on one thread, since linear algebra on several may differ in the last bit."""
    from threadpoolctl import threadpool_limits

    found = {}
    with threadpool_limits(1):
        estimates = {estimand: [estimate(study, sample, estimand) for sample in samples] for estimand in estimands_of(study)}
    for estimand in estimands_of(study):
        truths = [true_effect(study, sample, estimand) for sample in samples]
        for outcome, day in truths[0]:
            columns = {
                name: np.array([getattr(one[outcome, day], name) for one in estimates[estimand]], np.float64)
                for name in Estimate._fields
            }  # fmt: skip
            truth = np.array([one[outcome, day] for one in truths])
            found[estimand.name, outcome, day] = Finding(estimand, outcome, day, truth=truth, lived=lived, **columns)
    return found
