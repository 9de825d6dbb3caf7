"""Numbers that property tests of levers draw from."""

from hypothesis import strategies as st

FEW = st.integers(0, 4)
BUDGET = st.one_of(st.none(), st.sampled_from([0, 1, 100, 5_000, 100_000]))
PEOPLE_HELPED = st.integers(0, 40)
