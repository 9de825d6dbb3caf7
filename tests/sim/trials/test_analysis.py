"""The analyst's estimators on made-up people whose effects are known."""

import math
from typing import Any

import numpy as np
import pytest

from sim.statistics import mean_interval
from sim.trials.analysis import Estimand, estimands_of, estimate, groups_of
from sim.trials.sample import Sample
from sim.trials.study import Study
from sim.trials.truth import true_effect
from tests.every import some

EFFECT, SPILLOVER, TAKE_UP = 2.0, -0.5, 0.5
Rng = np.random.Generator


def study_of(design: str, arms: int = 1, **changes: Any) -> Study:
    names = {f"arm{number}": {"services": ["casework"]} for number in range(1, arms + 1)}
    return Study.model_validate({"design": design, "arms": names, "outcomes": ["pay"], "followup_days": [30], "covariates": [], **changes})


def sample_of(
    rng: Rng, saturations: list[float], size: int, *, noise: float = 1.0, between: float = 0.0, arms: int = 1, spill: bool = True
) -> Sample:
    """People whose effect is EFFECT if they are in arm 1 and take it up (2 EFFECT in arm 2), and who lose SPILLOVER times the share treated."""
    share = np.repeat(saturations, size)
    cluster = np.repeat(np.arange(len(saturations)), size)
    arm = np.concatenate([rng.permutation(np.resize([*range(1, arms + 1)], size) * (np.arange(size) < round(one * size))) for one in saturations])
    used = (arm > 0) & (rng.random(arm.size) < TAKE_UP)
    nobody = noise * rng.standard_normal(arm.size) + between * rng.standard_normal(len(saturations))[cluster]
    assigned = nobody + EFFECT * arm * used + (SPILLOVER * share if spill else 0.0)
    shaped = {world: values[:, None, None] for world, values in (("assigned", assigned), ("nobody", nobody), ("everybody", assigned))}
    return Sample(cluster, np.arange(arm.size), cluster, share, arm, used[:, None], {}, shaped)


def only(found: dict[tuple[str, int], Any]) -> Any:
    return found["pay", 30]


def test_what_is_estimated_in_each_design() -> None:
    kinds = {design: {one.name for one in estimands_of(study_of(design))} for design in ("individual", "clustered")}
    assert kinds == {"individual": {"itt.1", "tot.1"}, "clustered": {"itt.1", "tot.1"}}
    assert {one.name for one in estimands_of(study_of("saturation", saturations=[0, 0.5, 1]))} == {
        "itt.1", "tot.1", "itt_at.1.0.5", "itt_at.1.1", "spillover", "naive.1",
    }  # fmt: skip
    assert "contrast.2" in {one.name for one in estimands_of(study_of("individual", arms=2))}


def test_an_estimand_is_itself() -> None:
    """Also on Python 3.13, where a field that is not equal to itself makes a record unequal to itself."""
    for one in estimands_of(study_of("saturation", arms=2, saturations=[0, 0.5, 1])):
        values = [getattr(one, field) for field in ("kind", "arm", "saturation")]
        assert [value == value for value in values] == [True] * 3, one.name  # noqa: PLR0124


def test_a_difference_of_means_is_the_difference_of_means() -> None:
    rng = np.random.default_rng(1)
    sample, study = sample_of(rng, [0.5], 400), study_of("individual")
    found = only(estimate(study, sample, Estimand("itt", 1)))
    values, treated = sample.values["assigned"][:, 0, 0], sample.arm == 1
    first, second = values[treated], values[~treated]
    assert found.value == pytest.approx(first.mean() - second.mean())
    assert found.error == pytest.approx(math.sqrt(first.var(ddof=1) / first.size + second.var(ddof=1) / second.size))
    assert found.people == 400
    assert found.low < found.value < found.high


def test_clustered_errors_are_those_of_the_formula() -> None:
    rng = np.random.default_rng(2)
    sample, study = sample_of(rng, [0.0] * 6 + [1.0] * 6, 30, between=0.5), study_of("clustered")
    found = only(estimate(study, sample, Estimand("itt", 1)))
    values = sample.values["assigned"][:, 0, 0]
    design = np.column_stack([sample.arm == 1, np.ones(values.size)]).astype(float)
    bread = np.linalg.inv(design.T @ design)
    residual = values - design @ (bread @ design.T @ values)
    scores = np.array([design[sample.cluster == one].T @ residual[sample.cluster == one] for one in range(12)])
    correction = 12 / 11 * (values.size - 1) / (values.size - 2)
    assert found.error == pytest.approx(math.sqrt((correction * bread @ scores.T @ scores @ bread)[0, 0]))
    assert found.error > 1.5 * math.sqrt(values.var() * 4 / values.size), "people of a cluster are alike"


@pytest.mark.parametrize("design", ["individual", "clustered", "saturation"])
def test_without_interference_every_estimator_is_unbiased(design: str) -> None:
    rng, study = np.random.default_rng(3), study_of(design, arms=2, saturations=[0, 0.5, 1])
    saturations = {"individual": [0.5] * 4, "clustered": [0.0, 1.0] * 6, "saturation": [0.0, 0.5, 1.0] * 5}[design]
    errors: dict[str, list[float]] = {one.name: [] for one in estimands_of(study)}
    for _ in range(60):
        sample = sample_of(rng, saturations, 60, arms=2, spill=False)
        for one in estimands_of(study):
            errors[one.name].append(only(estimate(study, sample, one)).value - only(true_effect(study, sample, one)))
    for name, found in some(errors.items()):
        assert abs(np.mean(found)) < 4 * np.std(found) / math.sqrt(60), name


def test_with_interference_neighbours_mislead_and_pure_controls_do_not() -> None:
    rng, study = np.random.default_rng(4), study_of("saturation", saturations=[0, 0.5])
    sample = sample_of(rng, [0.0, 0.5] * 40, 100, noise=0.01)
    naive, honest, spill = (only(estimate(study, sample, Estimand(kind, arm))).value for kind, arm in (("naive", 1), ("itt", 1), ("spillover", 0)))
    truth = {kind: only(true_effect(study, sample, Estimand(kind, arm))) for kind, arm in (("naive", 1), ("itt", 1), ("spillover", 0))}
    assert truth["itt"] == pytest.approx(truth["naive"], abs=1e-9) == pytest.approx(EFFECT * TAKE_UP + SPILLOVER / 2, abs=0.1)
    assert honest == pytest.approx(truth["itt"], abs=0.01)
    assert spill == pytest.approx(SPILLOVER / 2, abs=0.01) == pytest.approx(truth["spillover"], abs=0.01)
    assert naive == pytest.approx(truth["naive"] - SPILLOVER / 2, abs=0.01)


def test_the_effect_on_takers_is_the_effect_over_take_up() -> None:
    rng, study = np.random.default_rng(5), study_of("individual")
    sample = sample_of(rng, [0.5] * 4, 200, spill=False)
    assigned, takers = (only(estimate(study, sample, Estimand(kind, 1))) for kind in ("itt", "tot"))
    taken = sample.used[sample.arm == 1].mean()
    assert takers.value == pytest.approx(assigned.value / taken)
    assert only(true_effect(study, sample, Estimand("tot", 1))) == pytest.approx(EFFECT, abs=1e-9)
    assert takers.low < EFFECT < takers.high
    assert takers.p == assigned.p


def test_takers_are_those_who_took_it_by_the_follow_up() -> None:
    study = study_of("individual", followup_days=[30, 60])
    once = sample_of(np.random.default_rng(5), [0.5] * 4, 200, spill=False)
    later = np.random.default_rng(6).random(800) < 0.5
    used = np.column_stack([once.used[:, 0], once.used[:, 0] | ((once.arm == 1) & later)])
    sample = Sample(**{**vars(once), "used": used, "values": {world: np.repeat(values, 2, axis=2) for world, values in once.values.items()}})
    assigned, takers, truth, true_takers = (
        found(study, sample, Estimand(kind, 1)) for found in (estimate, true_effect) for kind in ("itt", "tot")
    )  # fmt: skip
    for place, day in enumerate(study.followup_days):
        share = used[sample.arm == 1, place].mean()
        assert takers["pay", day].value == pytest.approx(assigned["pay", day].value / share)
        assert true_takers["pay", day] == pytest.approx(truth["pay", day] / share)


def test_where_take_up_cannot_be_told_from_none_the_interval_is_the_whole_line() -> None:
    sample = sample_of(np.random.default_rng(5), [0.5] * 4, 50, spill=False)
    used = np.zeros_like(sample.used)
    used[np.flatnonzero(sample.arm == 1)[0]] = True
    found = only(estimate(study_of("individual"), Sample(**{**vars(sample), "used": used}), Estimand("tot", 1)))
    assert (found.low, found.high) == (-math.inf, math.inf)
    assert math.isfinite(found.value)
    none = only(estimate(study_of("individual"), Sample(**{**vars(sample), "used": np.zeros_like(used)}), Estimand("tot", 1)))
    assert math.isnan(none.value)
    assert math.isnan(none.low)


def test_people_randomised_within_clusters_are_no_clusters() -> None:
    """Arms are drawn among the people of a treated cluster: their contrast has the error that an individual design gives it."""
    sample = sample_of(np.random.default_rng(8), [0.0, 1.0] * 3, 60, arms=2, between=1.0)
    first, second = (only(estimate(study_of(design, arms=2), sample, Estimand("contrast", 2))) for design in ("clustered", "individual"))
    assert first == second
    assert first.clusters == 0
    assert only(estimate(study_of("clustered", arms=2), sample, Estimand("itt", 2))).clusters == 6


def test_within_clusters_those_with_people_of_one_group_only_do_not_count() -> None:
    both = sample_of(np.random.default_rng(9), [0.5] * 4, 30)
    more = sample_of(np.random.default_rng(9), [0.5] * 4 + [0.0, 1.0, 1.0], 30)
    alone = np.flatnonzero(more.cluster != 5)[:-29]  # of the last cluster one person is left, whose own constant would have a leverage of one
    more = Sample(**{name: values[alone] if isinstance(values, np.ndarray) else values for name, values in vars(more).items() if name != "values"},
                  values={world: values[alone] for world, values in more.values.items()})  # fmt: skip
    study = study_of("individual")
    groups = groups_of(study, more, Estimand("itt", 1))
    assert set(more.cluster[groups.treated | groups.control]) == {0, 1, 2, 3}
    found = only(estimate(study, more, Estimand("itt", 1)))
    assert found.people == 120
    assert found.error > 0
    assert math.isfinite(only(true_effect(study, more, Estimand("itt", 1))))
    assert only(estimate(study, both, Estimand("itt", 1))).people == 120


def test_one_person_alone_is_no_group() -> None:
    """With a single person treated, the variance of that group is unknown, not zero."""
    sample = sample_of(np.random.default_rng(10), [0.05], 20)
    assert (sample.arm == 1).sum() == 1
    found = only(estimate(study_of("individual"), sample, Estimand("itt", 1)))
    assert math.isnan(found.error)
    assert math.isnan(found.p)


def test_covariates_make_an_estimate_more_precise() -> None:
    rng = np.random.default_rng(6)
    sample = sample_of(rng, [0.5], 400)
    known = Sample(**{**vars(sample), "covariates": {"x": sample.values["nobody"][:, 0, 0], "constant": np.ones(400)}})
    plain, adjusted = (only(estimate(study_of("individual"), one, Estimand("itt", 1))) for one in (sample, known))
    assert adjusted.error < 0.95 * plain.error


@pytest.mark.parametrize(
    ("design", "saturations"), [("individual", [0.0, 0.0]), ("individual", [1.0]), ("clustered", [0.0, 1.0, 1.0]), ("clustered", [0.0, 0.0])],
)  # fmt: skip
def test_where_there_is_nobody_to_compare_with_nothing_is_estimated(design: str, saturations: list[float]) -> None:
    sample = sample_of(np.random.default_rng(7), saturations, 10)
    assert math.isnan(only(estimate(study_of(design), sample, Estimand("itt", 1))).value)


def test_nobody_is_in_both_groups() -> None:
    study = study_of("saturation", arms=2, saturations=[0, 0.5, 1])
    sample = sample_of(np.random.default_rng(8), [0.0, 0.5, 1.0] * 2, 20, arms=2)
    for one in some(estimands_of(study)):
        groups = groups_of(study, sample, one)
        assert not (groups.treated & groups.control).any(), one.name


@pytest.mark.slow
@pytest.mark.parametrize(("design", "saturations"), [("individual", [0.5] * 4), ("clustered", [0.0, 1.0] * 15), ("saturation", [0.0, 0.5, 1.0] * 12)])
def test_intervals_hold_the_truth_in_95_of_100(design: str, saturations: list[float]) -> None:
    rng, study = np.random.default_rng(9), study_of(design, saturations=[0, 0.5, 1])
    held = []
    for _ in range(600):
        sample = sample_of(rng, saturations, 40, between=0.3 if design != "individual" else 0.0, spill=False)
        found = only(estimate(study, sample, Estimand("itt", 1)))
        held.append(found.low <= EFFECT * TAKE_UP <= found.high)
    assert 0.925 <= np.mean(held) <= 0.975
    assert mean_interval(held).mean == np.mean(held)
