"""A series as text is the same to the last bit."""


import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from experiments.check.exact_text import decode, encode
from experiments.check.movements import first_difference


@given(st.lists(st.one_of(st.floats(width=64), st.integers(-5, 5).map(float), st.just(-0.0), st.just(float("nan"))), min_size=1, max_size=40))
def test_a_series_as_text_is_the_same_to_the_last_bit(values: list[float]) -> None:
    given_values = np.array(values)
    found = decode(encode(given_values))
    assert first_difference(given_values[np.newaxis], found[np.newaxis]) is None
    assert encode(found) == encode(given_values)


def test_what_is_no_number_is_written_alike_whatever_its_bits() -> None:
    other = np.array([0x7FF8000000000001], np.int64).view(np.float64)[0]
    assert encode(np.array([np.nan, other, -np.nan, 1.5])) == "= nan*3 3/2"


def test_a_series_as_text_is_short_and_readable() -> None:
    assert encode(np.array([0.0] * 14 + [3, 4, 4, 2])) == "+ 0*14 3 1 0 -2"
    assert encode(np.array([np.nan, np.nan, 2 / 3, 0.5, 1.0, -0.0])) == "= nan*2 2/3 1/2 1 -0.0"
