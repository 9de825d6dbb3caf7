"""The study file: what is refused before anything runs."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from sim.configuration import ConfigurationError
from sim.scenario import Scenario
from sim.trials.loading import load_study
from sim.trials.measures import MEASURES
from sim.trials.study import Study, StudyError, check_study

CASEWORK: dict[str, Any] = {"casework": {"services": ["casework"]}}
ON_OFFER = {"casework": {"enabled": True, "caseworkers": 1}}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"arms": {}}, "name at least one treatment arm"),
        ({"arms": {"control": {"services": ["casework"]}}}, "'control' is the name of those who get nothing"),
        ({"arms": {"a": {"services": []}}}, "services is empty"),
        ({"arms": {"a": {"services": ["casewrok"]}}}, "Did you mean 'casework'?"),
        ({"arms": {"a": {"services": ["skills_training.evening"]}}}, "skills_training has: contracted_classes, menu_courses"),
        ({"arms": {"a": {"services": ["equity"]}}}, "no person can be kept out of it"),
        ({"arms": {"a": {"services": ["casework"], "weight": 0}}}, "weight must be above 0"),
        ({"treated_share": 1.0}, "between 0 and 1"),
        ({"treated_share": 0.0, "design": "clustered"}, "between 0 and 1"),
        ({"design": "saturation", "saturations": [0.5, 1.0]}, "pure control areas"),
        ({"design": "saturation", "saturations": [0.0]}, "at least one share above 0"),
        ({"design": "saturation", "saturations": [0.0, 1.2]}, "shares from 0 to 1"),
        ({"design": "saturation", "saturations": [0.0, 0.5, 0.5]}, "each share stands once"),
        ({"design": "saturation", "saturations": []}, "shares from 0 to 1"),
        ({"design": "individual", "clusters": "districts"}, "an individual design has no clusters"),
        ({"followup_days": []}, "days from 1, rising"),
        ({"followup_days": [30, 30]}, "days from 1, rising"),
        ({"followup_days": [90, 30]}, "days from 1, rising"),
        ({"outcomes": []}, "name at least one"),
        ({"outcomes": ["works", "works"]}, "each once"),
        ({"outcomes": ["workz"]}, "Did you mean 'works'?"),
        ({"primary_day": 91}, r"one of followup_days, \[90, 180, 365\]"),
        ({"eligible": {"activities": []}}, "nobody is eligible"),
        ({"eligible": {"share": 0}}, "nobody takes part"),
    ],
)
def test_what_makes_no_trial_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Study.model_validate({"arms": CASEWORK, **changes})


def test_the_primary_outcome_is_the_first_at_the_last_follow_up() -> None:
    assert Study.model_validate({"arms": CASEWORK}).primary == ("works", 365)
    assert Study.model_validate({"arms": CASEWORK, "primary_day": 90, "outcomes": ["pay"]}).primary == ("pay", 90)


@pytest.mark.parametrize(
    ("changes", "days", "policy", "markets", "words"),
    [
        ({}, 394, ON_OFFER, 1, "set days=395"),
        ({}, 395, {}, 1, "policy.casework offers nothing"),
        ({"design": "clustered"}, 395, ON_OFFER, 3, "set markets=4"),
        ({"design": "saturation"}, 395, ON_OFFER, 9, "10 in all, but there are 9"),
    ],
)
def test_what_a_scenario_cannot_carry_is_refused(
    changes: dict[str, Any], days: int, policy: dict[str, Any], markets: int, words: str, scenario_of: Callable[..., Scenario]
) -> None:
    with pytest.raises(StudyError, match=words):
        check_study(Study.model_validate({"arms": CASEWORK, **changes}), scenario_of(days=days, policy=policy), markets)


def test_districts_count_as_clusters(scenario_of: Callable[..., Scenario]) -> None:
    scenario = scenario_of(days=395, policy=ON_OFFER)
    assert len(scenario.region.districts) == 3
    study = Study.model_validate({"arms": CASEWORK, "design": "clustered", "clusters": "districts"})
    check_study(study, scenario, 2)
    with pytest.raises(StudyError, match="but there are 3: set markets=2"):
        check_study(study, scenario, 1)


def test_a_shipped_study_is_loaded_in_python() -> None:
    study, scenario, markets = load_study("casework_saturation", {"study.design": "individual", "market.tightness": 0.5, "markets": 3})
    assert (study.design, study.primary, markets) == ("individual", ("works", 365), 3)
    assert scenario.market.tightness == 0.5
    assert scenario.policy.casework.enabled
    check_study(study, scenario, markets)


@pytest.mark.parametrize(
    ("name", "overrides", "words"),
    [
        ("casework", {}, "unknown study 'casework'"),
        ("job_fair", {"study.desing": "individual"}, "study.desing"),
        ("job_fair", {"study.treated_share": 3}, r"study\.treated_share is 3; allowed is a finite number"),
        ("job_fair", {"market.tightness": -1}, "market.tightness is -1"),
    ],
)
def test_a_study_that_cannot_be_loaded_is_refused(name: str, overrides: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        load_study(name, overrides)


def test_measures_are_labelled_in_both_languages() -> None:
    for measure in MEASURES.values():
        assert all(measure.label[language] and measure.unit[language] for language in ("en", "zh"))
