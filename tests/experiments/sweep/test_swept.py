"""Replicates that lived with one vector of behaviours are one draw: two that are the same make nothing surer."""

import numpy as np
import pyarrow as pa
import pytest

from experiments.sweep.figures.every import drawings_of
from experiments.sweep.report import print_sweep
from experiments.sweep.swept import Swept
from experiments.sweep.table import about_of
from tests.experiments.sweep.tables import make_table

AXIS, JOBS = "policy.lodging.free_nights", "employed_in_region"


def swept(replicates: int, behaviour: str) -> pa.Table:
    return make_table([AXIS], [(0,), (6,)], {JOBS: [0.0, 5.0]}, replicates=replicates, behaviour=behaviour)


def twice(table: pa.Table) -> pa.Table:
    """Every replicate once more, as the second that lived with its vector."""
    frame = table.to_pandas().loc[lambda frame: frame.index.repeat(2)].reset_index(drop=True)
    frame["replicate"] = 2 * frame["replicate"] + np.arange(len(frame)) % 2
    return pa.Table.from_pandas(frame, table.schema, preserve_index=False)


def test_a_second_replicate_that_says_the_same_makes_nothing_surer() -> None:
    once = Swept.of(swept(6, "evidence")).compared(JOBS)
    doubled = Swept.of(twice(swept(6, "calibrated"))).compared(JOBS)
    assert once is not None
    assert doubled is not None
    for one, other in zip(once.estimate, doubled.estimate, strict=True):
        np.testing.assert_allclose(one, other)
    assert doubled.told.tolist() == once.told.tolist()


def test_levels_and_numbers_stay_and_a_missing_value_is_no_loss() -> None:
    table = swept(7, "calibrated")
    values = table[JOBS].to_numpy().copy()
    values[0] = np.nan  # of the first point the first replicate
    held = Swept.of(table.set_column(table.column_names.index(JOBS), table.schema.field(JOBS), pa.array(values)))
    assert (held.draws, held.numbers, held.levels(AXIS), held.about) == (4, [0, 1], [0, 6], about_of(table.schema))
    assert held.values(JOBS)[0, 0] == values[1]
    assert held.values(JOBS)[1, 3] == values[13], "the last vector has one replicate"


@pytest.mark.parametrize(("replicates", "words"), [(2, "One vector of the set"), (4, "2 vectors of the set"), (20, "from the 10 of its vectors")])
def test_how_many_vectors_is_said(capsys: pytest.CaptureFixture[str], replicates: int, words: str) -> None:
    print_sweep(swept(replicates, "calibrated"), [JOBS], "en")
    assert words in " ".join(capsys.readouterr().out.split())
    for name, draw in drawings_of(swept(replicates, "calibrated"), [JOBS], "en").items():
        assert draw() is not None, name
