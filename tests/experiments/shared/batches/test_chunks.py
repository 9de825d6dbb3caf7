"""Runs are cut into chunks that follow from the runs alone, and hold each of them once."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.shared.batches.chunks import LEAST_SECONDS, MOST_RUNS, MOST_SECONDS, Block, cut

SECONDS = st.lists(st.one_of(st.floats(1e-4, 30.0), st.just(0.0)), min_size=1, max_size=60)


@settings(max_examples=200, deadline=None)
@given(seconds=SECONDS, first=st.integers(0, 1000), replicates=st.integers(1, 1500))
def test_every_run_is_in_one_chunk(seconds: list[float], first: int, replicates: int) -> None:
    chunks = list(cut(enumerate(seconds), first, replicates))
    runs = [(block.point, number) for chunk in chunks for block in chunk for number in range(block.first, block.first + block.runs)]
    assert runs == [(point, number) for point in range(len(seconds)) for number in range(first, first + replicates)]
    for chunk in chunks:
        assert sum(block.runs for block in chunk) <= MOST_RUNS
        for block in chunk:
            assert block.runs == 1 or block.runs * seconds[block.point] <= MOST_SECONDS
    for chunk, following in pairwise(chunks):
        is_full = sum(block.runs for block in (*chunk, following[0])) > MOST_RUNS
        assert is_full or sum(block.runs * seconds[block.point] for block in chunk) >= LEAST_SECONDS, "a chunk is some work"


def test_replicates_of_a_point_stay_together_unless_they_are_much_work() -> None:
    assert list(cut([(0, 0.1), (1, 0.1)], 5, 20)) == [[Block(0, 5, 20)], [Block(1, 5, 20)]]
    assert list(cut([(7, 3.0)], 0, 5)) == [[Block(7, 0, 2)], [Block(7, 2, 2)], [Block(7, 4, 1)]]
    assert list(cut([(0, 0.01), (1, 0.01)], 0, 2)) == [[Block(0, 0, 2), Block(1, 0, 2)]]
