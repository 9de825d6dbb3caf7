"""Trials in simulated markets: the truth, the estimators, and the same bytes for any number of workers."""

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from experiments.trial.files import trial_json
from sim.scenario import Scenario
from sim.trials.analysis import Estimand
from sim.trials.study import Study, StudyError
from sim.trials.trial import Finding, Trials, days_to_simulate, run_trials, share_interval
from tests.every import every, some

Make = Callable[..., Any]
STILL = {
    "leave_per_month": 25, "leave_response": 3, "home_horizon_months": 12, "outside_finding": 0, "outside_finding_fresh": 0,
    "replacement_share": 0, "talk_recall": 0, "entry_pay_slope": 0,
    "opportunity_per_year": 0, "growth_per_year": 0, "course_per_month": 0,
}  # fmt: skip
"""People with work leave the region for dear housing, nobody else comes to anything: what one gets is nobody's loss."""
FEW_POSTS = {
    "opportunity_per_year": 0, "growth_per_year": 0, "replacement_share": 0, "shrink_per_month": 0, "exit_per_year": 0, "separation_bachelor": 0,
    "separation_vocational": 0, "outside_finding": 0, "outside_finding_fresh": 0, "employed_search_share": 0, "leave_per_month": 0,
    "creation_elasticity": 0,
}  # fmt: skip
MUCH = {"casework": {"enabled": True, "caseworkers": 20, "demand": 0.9, "referral_share": 1, "firm_awareness": 1, "contact_interval_days": 5}}
RENT = {"subsidies": {"enabled": True, "rent_per_month": 6000, "rent_months": 12, "within_years": 10, "newcomers_only": False}}


@pytest.fixture(scope="module")
def trials(casework_study: Make, casework_market: Make) -> Trials:
    study = casework_study(design="saturation", saturations=[0, 0.5, 1])
    return run_trials(study, casework_market(), markets=6, replicates=3, seed=3, workers=2, save_people=True)


@pytest.fixture(scope="module")
def without_interference(scenario_of: Callable[..., Scenario]) -> Callable[[int], Trials]:
    """Return a maker of trials of a rent subsidy where nobody's gain is another's loss."""
    study = Study.model_validate({
        "arms": {"rent": {"services": ["subsidies"]}}, "eligible": {"activities": ["employed"], "origin": "elsewhere"}, "covariates": ["education"],
        "outcomes": ["lives_here"], "enrolment_day": 10, "followup_days": [150],
    })  # fmt: skip
    no_firms = {"founders_earlier": 0}  # start-ups would hire
    scenario = scenario_of(graduates=1000, days=160, market={"tightness": 0}, behaviour=STILL, policy=RENT, population=no_firms)
    return lambda replicates: run_trials(study, scenario, markets=1, replicates=replicates, seed=1)


def test_everything_is_estimated_on_every_outcome(trials: Trials) -> None:
    names = {one.name for one in trials.estimands}
    assert set(trials.findings) == {(name, outcome, day) for name in names for outcome in ("works", "pay") for day in (40, 120)}
    for finding in some(trials.findings.values()):
        assert finding.value.shape == finding.truth.shape == (3,)
        assert not np.isnan(finding.value).any()
    every(trials.enrolled > 100)
    every(trials.take_up["casework"] > 0.5)


def test_people_are_not_moved_before_enrolment_or_without_treatment(trials: Trials) -> None:
    for sample in some(trials.samples):
        pure = sample.saturation == 0
        assert pure.any()
        np.testing.assert_array_equal(sample.values["assigned"][pure], sample.values["nobody"][pure])


def test_the_truth_adds_up_to_what_happens_to_everybody(trials: Trials) -> None:
    itt = next(one for one in trials.estimands if one.kind == "itt")
    for place, reach in enumerate(trials.reach["assigned"]):
        truth = trials.finding(itt, "works", 120).truth[place]
        assert truth == pytest.approx(reach.on_admitted[0, 1] / reach.admitted)
        assert reach.net[0, 1] == pytest.approx(reach.on_admitted[0, 1] + reach.on_enrolled[0, 1] + reach.on_others[0, 1])
        assert reach.spending > 0
    for reach in some(trials.reach["everybody"]):
        assert not reach.on_enrolled.any()


def test_help_to_some_costs_others(casework_study: Make, casework_market: Make) -> None:
    """Posts are few and nobody leaves one: what seekers with a caseworker gain, others lose in part."""
    study = casework_study(design="individual", outcomes=["works_here"], followup_days=[200])
    found = run_trials(study, casework_market(graduates=2000, days=220, market={"tightness": 0.1}, behaviour=FEW_POSTS, policy=MUCH), 1, 24, 5)
    reaches = found.reach["assigned"]
    assert sum(float(reach.on_admitted[0, 0]) for reach in reaches) > 0
    assert sum(float(reach.on_enrolled[0, 0]) for reach in reaches) < 0
    assert sum(float(reach.net[0, 0] - reach.on_admitted[0, 0]) for reach in reaches) < 0


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_do_not_matter(workers: int, trials: Trials) -> None:
    again = run_trials(trials.study, trials.scenario, 6, 3, 3, workers)
    assert json.dumps(trial_json(again)) == json.dumps(trial_json(trials))


def test_fewer_trials_are_the_first_ones(trials: Trials) -> None:
    fewer = run_trials(trials.study, trials.scenario, 6, 2, 3)
    for key, finding in fewer.findings.items():
        np.testing.assert_array_equal(finding.value, trials.findings[key].value[:2])


def test_progress_tells_every_day(casework_study: Make, casework_market: Make) -> None:
    study, days = casework_study(design="saturation", saturations=[0, 1]), []
    run_trials(study, casework_market(graduates=200), markets=4, replicates=1, progress=days.append)
    assert sum(days) == days_to_simulate(study, casework_market(graduates=200), 4, 1, 1) == 4 * (20 + 2 * 120)


def test_a_service_without_effect_has_none(casework_study: Make, casework_market: Make) -> None:
    """Talks that change neither aim nor effort nor hope, and no referral: the truth is zero for everybody, to the last bit."""
    idle = {"plan_targeting": 0, "plan_hours": 0, "plan_news": 0, "trouble_settled": 0}
    market = casework_market(behaviour=idle, policy={"casework": {"enabled": True, "caseworkers": 4, "demand": 0.9, "referral_share": 0}})
    found = run_trials(casework_study(), market, markets=2, replicates=2)
    every(found.take_up["casework"] > 0.5)
    for finding in some(found.findings.values()):
        assert not finding.truth.any()
    for reaches in some(found.reach.values()):
        assert not any(reach.net.any() or reach.on_admitted.any() for reach in reaches)


def test_without_interference_the_estimator_is_unbiased(without_interference: Callable[[int], Trials]) -> None:
    found = without_interference(20)
    finding = found.finding(found.estimands[0])
    assert finding.truth.mean() > 0.1
    assert not any(reach.on_enrolled.any() or reach.on_others.any() for reach in found.reach["assigned"])
    error = finding.value - finding.truth
    assert abs(error.mean()) < 3.5 * error.std(ddof=1) / np.sqrt(error.size)


@pytest.mark.slow
def test_without_interference_intervals_hold_the_truth(without_interference: Callable[[int], Trials]) -> None:
    """Of 300 trials, 93 in 100 or more: the truth is that of the very people of each trial, so intervals are a little wide."""
    found = without_interference(300)
    assert float(found.finding(found.estimands[0]).coverage.mean) >= 0.93


def test_districts_as_clusters(casework_study: Make, casework_market: Make) -> None:
    found = run_trials(casework_study(design="clustered", clusters="districts"), casework_market(), markets=2, replicates=1, save_people=True)
    sample = found.samples[0]
    assert found.clusters == 2 * len(found.scenario.region.districts)
    assert set(np.unique(sample.cluster)) <= set(range(found.clusters))
    for cluster in np.unique(sample.cluster):
        assert np.unique(sample.arm[sample.cluster == cluster]).size == 1


def test_what_cannot_be_carried_out_is_refused(casework_study: Make, casework_market: Make) -> None:
    with pytest.raises(StudyError, match="set days=140"):
        run_trials(casework_study(), casework_market(days=100))


def finding_of(low: list[float], high: list[float], p: list[float]) -> Finding:
    zero = np.zeros(len(p))
    return Finding(Estimand("itt", 1), "works", 30, zero, zero, *map(np.array, (low, high, p)), truth=zero, people=zero, clusters=zero)


def test_shares_are_those_of_the_trials_that_have_an_estimate() -> None:
    unknown = math.nan
    found = finding_of([-1.0, 0.5, unknown, -math.inf], [1.0, 1.5, unknown, math.inf], [0.5, 0.01, unknown, 0.2])
    assert float(found.coverage.mean) == pytest.approx(2 / 3)
    assert float(found.power(0.05).mean) == pytest.approx(1 / 3)
    assert found.half_width == 1.0
    nothing = finding_of([unknown], [unknown], [unknown])
    assert math.isnan(float(nothing.coverage.mean))
    assert math.isnan(float(nothing.power(0.05).mean))
    assert math.isnan(nothing.half_width)
    assert math.isinf(finding_of([-math.inf], [math.inf], [0.5]).half_width)


def test_the_interval_of_a_share_stays_between_none_and_all() -> None:
    for found in ([False] * 5, [True] * 5, [True, False]):
        share = share_interval(np.array(found))
        assert 0 <= share.low <= share.mean <= share.high <= 1
