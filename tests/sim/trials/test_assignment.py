"""Who is treated: exact shares, nested over saturations, the same for the same luck."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.trials.assignment import assign, draw_saturations, luck_of
from sim.trials.study import Study
from tests.every import every


def study_of(**changes: Any) -> Study:
    arms = {name: {"services": ["casework"], "weight": weight} for name, weight in changes.pop("weights", {"a": 1.0}).items()}
    return Study.model_validate({"arms": arms, **changes})


@given(clusters=st.integers(10, 60), seed=st.integers(0, 1000))
def test_saturations_are_balanced_over_clusters(clusters: int, seed: int) -> None:
    study = study_of(design="saturation")
    drawn = draw_saturations(study, clusters, luck_of(seed, 0, 0))
    counts = [int((drawn == share).sum()) for share in study.saturations]
    assert sum(counts) == clusters
    assert max(counts) - min(counts) <= 1


@given(clusters=st.integers(4, 60), share=st.floats(0.01, 0.99), seed=st.integers(0, 1000))
def test_clusters_are_treated_whole(clusters: int, share: float, seed: int) -> None:
    drawn = draw_saturations(study_of(design="clustered", treated_share=share), clusters, luck_of(seed, 0, 0))
    assert set(drawn) == {0.0, 1.0}
    assert abs(drawn.sum() - share * clusters) <= 2


@given(
    size=st.integers(0, 120), share=st.floats(0.0, 1.0), more=st.floats(0.0, 1.0), seed=st.integers(0, 1000),
    weights=st.lists(st.floats(0.1, 5.0), min_size=1, max_size=4),
)  # fmt: skip
def test_people_are_treated_in_exact_shares_and_nested(size: int, share: float, more: float, seed: int, weights: list[float]) -> None:
    study = study_of(weights={f"arm{number}": weight for number, weight in enumerate(weights)})
    luck = np.random.default_rng(seed).random(size)
    cluster = np.zeros(size, np.int64)
    lower, higher = sorted((share, more))
    few, many = (assign(study, cluster, np.array([one]), luck) for one in (lower, higher))
    for one, found in ((lower, few), (higher, many)):
        treated = int((found.arm > 0).sum())
        assert abs(treated - one * size) <= 0.5 + 1e-9
        for number, weight in enumerate(weights, start=1):
            assert abs((found.arm == number).sum() - treated * weight / sum(weights)) < len(weights)
    np.testing.assert_array_equal(few.arm[few.arm > 0], many.arm[few.arm > 0])
    np.testing.assert_array_equal(few.if_treated, many.if_treated)
    if size > 0:
        every(few.if_treated > 0)


def test_each_cluster_has_its_own_share() -> None:
    cluster = np.repeat([0, 1, 2], 8)
    found = assign(study_of(), cluster, np.array([0.0, 0.25, 1.0]), np.random.default_rng(3).random(24))
    assert [int((found.arm[cluster == number] > 0).sum()) for number in range(3)] == [0, 2, 8]


def test_luck_is_that_of_its_place() -> None:
    assert luck_of(1, 2, 3).random() == luck_of(1, 2, 3).random()
    assert len({luck_of(*place).random() for place in ((1, 2, 3), (1, 3, 2), (2, 2, 3), (1, 2, 4))}) == 4
