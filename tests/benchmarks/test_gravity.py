"""The gravity check: coefficients as they were put in, and errors that do not take pairs of one province for independent."""

import numpy as np
import pytest

from benchmarks.gravity import fitted


def test_pairs_that_go_together_do_not_count_as_many() -> None:
    luck = np.random.default_rng(1)
    here, there = np.nonzero(~np.eye(12, dtype=np.bool_))
    columns = np.column_stack([luck.normal(size=12)[here], luck.normal(size=len(here))])
    shared = 0.2 * (luck.normal(size=12)[here] + luck.normal(size=12)[there])
    flows = np.exp(0.8 * columns[:, 0] + 0.3 * columns[:, 1] + shared)
    once = fitted(flows, columns, here, there)
    twice = fitted(*(np.concatenate([each, each]) for each in (flows, columns, here, there)))
    assert once.value == pytest.approx([0.8, 0.3], abs=0.2)
    for found, again in ((once.by_origin, twice.by_origin), (once.by_both, twice.by_both)):
        assert again == pytest.approx(found, rel=0.02), "the same pairs a second time tell nothing"
