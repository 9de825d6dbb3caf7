"""The points of a sweep: grids, Latin hypercubes, Sobol designs, files; the same points every time, and again from what was recorded."""

import time
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.shared.errors import MistakeError
from experiments.sweep.axes import Axis, Interval
from experiments.sweep.designs import Design, read_design
from experiments.sweep.options import SweepOptions
from experiments.sweep.sampling import draw, latin_hypercube, sobol, spread
from sim.parameters import declarations
from sim.scenario import Scenario, compose_scenario

NIGHTS, RATE, BUDGET = "policy.lodging.free_nights", "policy.loans.rate_per_year", "policy.loans.budget"
PEERS, TIGHTNESS = "behaviour.peers", "market.tightness"


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    """Return Zibo's programme as it is, with the keys of the command."""
    return {**SweepOptions().model_dump(mode="json"), **compose_scenario("zibo", {})}


def made(plain: dict[str, Any], /, *words: str, params: dict[str, str] | None = None, **options: Any) -> Design:
    return read_design(words, params or {}, SweepOptions.model_validate(options), plain)


def values(design: Design) -> list[tuple[Any, ...]]:
    assert all(tuple(point) == design.axes for point in design.points)
    return [tuple(point.values()) for point in design.points]


def again(plain: dict[str, Any], design: Design, /, **options: Any) -> Design:
    """Make a design from what was recorded of it."""
    return made(plain, *(f"{key}={','.join(texts)}" for key, texts in design.recorded.items()), reference=design.reference, **options)


def told(plain: dict[str, Any], /, *words: str, **options: Any) -> str:
    with pytest.raises(MistakeError) as error:
        made(plain, *words, **options)
    assert error.value.args[0].zh != str(error.value)
    return str(error.value)


def test_a_grid_is_every_combination_the_last_key_changing_first(plain: dict[str, Any]) -> None:
    design = made(plain, f"{NIGHTS}=0,14,6", "programme=zibo", f"{RATE}=0,0.03")
    assert design.axes == (NIGHTS, RATE)
    assert values(design) == list(product((0, 14, 6), (0.0, 0.03)))
    assert all(isinstance(point[RATE], float) for point in design.points)
    assert again(plain, design) == design


def test_the_reference_of_a_grid_is_the_programme_as_it_is_where_it_is_among_the_points(plain: dict[str, Any]) -> None:
    nights, rate = plain["policy"]["lodging"]["free_nights"], plain["policy"]["loans"]["rate_per_year"]
    assert made(plain, f"{NIGHTS}=0,{nights},14", f"{RATE}=0.9,0.8,{rate}").reference == 5
    assert made(plain, f"{NIGHTS}=0,{nights}", f"{RATE}=0.9,0.8").reference == 0
    assert made(plain, "programme=none,zibo").reference == 0
    assert made(plain, "programme=zibo,none").reference == 1
    assert made(plain, "region=default,zibo", "programme=zibo").reference == 1
    assert made(plain, "region=default,zibo", "programme=zibo", "place=chengyang").reference == 0


def test_null_and_numbers_stay_what_they_are(plain: dict[str, Any]) -> None:
    assert values(made(plain, f"{BUDGET}=null,1000")) == [(None,), (1000,)]
    assert values(made(plain, f"{RATE}=0,1,0.5")) == [(0.0,), (1.0,), (0.5,)]
    assert values(made(plain, "policy.loans.enabled=true,false", "seed=1,2")) == [(True, 1), (True, 2), (False, 1), (False, 2)]


@settings(deadline=None, max_examples=25)
@given(n=st.integers(1, 40), dimensions=st.integers(1, 5), seed=st.integers(0, 2**32 - 1))
def test_each_part_of_a_latin_hypercube_has_one_point_in_every_axis(n: int, dimensions: int, seed: int) -> None:
    shares = latin_hypercube(n, dimensions, seed)
    for column in shares.T:
        assert sorted(np.floor(column * n).astype(int)) == list(range(n))
    assert np.array_equal(shares, latin_hypercube(n, dimensions, seed))


@settings(deadline=None, max_examples=25)
@given(power=st.integers(0, 7), dimensions=st.integers(1, 6), seed=st.integers(0, 2**32 - 1))
def test_a_sobol_design_is_balanced(power: int, dimensions: int, seed: int) -> None:
    shares, n = sobol(2**power, dimensions, seed), 2**power
    for column in shares.T:
        assert sorted(np.floor(column * n).astype(int)) == list(range(n))
    if dimensions > 1 and n >= 4:  # a quarter of the points in each quarter of the first two axes
        quarters = np.floor(shares[:, :2] * 2).astype(int) @ [2, 1]
        assert np.bincount(quarters, minlength=4).tolist() == [n // 4] * 4


@settings(deadline=None, max_examples=25)
@given(low=st.integers(-50, 50), more=st.integers(1, 12), times=st.integers(1, 9))
def test_every_whole_number_has_the_same_chance(low: int, more: int, times: int) -> None:
    n = (more + 1) * times
    shares = (np.arange(n) + 0.5) / n
    found = spread(Interval("days", low, low + more, is_whole=True), shares)
    assert all(type(value) is int for value in found)
    assert [found.count(value) for value in range(low, low + more + 1)] == [times] * (more + 1)
    assert spread(Interval("days", low, low + more, is_whole=True), np.array([0.0, np.nextafter(1, 0)])) == [low, low + more]


@settings(deadline=None, max_examples=25)
@given(low=st.floats(-1e6, 1e6), width=st.floats(1e-3, 1e6), seed=st.integers(0, 999))
def test_values_stay_in_their_interval_and_its_parts(low: float, width: float, seed: int) -> None:
    interval = Interval(RATE, low, low + width)
    (found,) = draw("latin_hypercube", 16, [interval], seed)
    assert all(interval.low <= value <= interval.high for value in found)
    parts = np.floor((np.array(found) - low) / (interval.high - interval.low) * 16 + 1e-6)
    assert sorted(np.minimum(parts, 15)) == list(range(16))


def test_a_logarithm_gives_equal_ratios_equal_shares() -> None:
    shares = (np.arange(300) + 0.5) / 300
    found = np.array(spread(Interval(TIGHTNESS, 0.1, 100, is_log=True), shares))
    assert [int(((found >= low) & (found < 10 * low)).sum()) for low in (0.1, 1, 10)] == [100] * 3
    whole = spread(Interval("days", 1, 3, is_whole=True, is_log=True), shares)
    assert [whole.count(value) for value in (1, 2, 3)] == [150, 88, 62]  # log 2, log 3/2, log 4/3 of log 4


@settings(deadline=None, max_examples=25)
@given(values=st.lists(st.integers(), min_size=1, max_size=7, unique=True), times=st.integers(1, 5))
def test_a_list_has_equal_parts(values: list[int], times: int) -> None:
    n = len(values) * times
    found = spread(Axis("seed", tuple(values), tuple(map(str, values))), (np.arange(n) + 0.5) / n)
    assert [found.count(value) for value in values] == [times] * len(values)


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_a_design_begins_with_the_programme_as_it_is(plain: dict[str, Any], kind: str) -> None:
    words = (f"{RATE}=interval(0.01,0.1)", f"{NIGHTS}=interval(0,14)", "policy.loans.enabled=true,false", "programme=zibo")
    design = made(plain, *words, design=kind, n=8)
    assert len(design.points) == 9
    assert design.reference == 0
    assert design.points[0] == {RATE: plain["policy"]["loans"]["rate_per_year"], NIGHTS: plain["policy"]["lodging"]["free_nights"],
                                "policy.loans.enabled": plain["policy"]["loans"]["enabled"]}  # fmt: skip
    columns = [list(column) for column in zip(*values(design)[1:], strict=True)]
    assert sorted(int((rate - 0.01) / 0.09 * 8) for rate in columns[0]) == list(range(8))
    assert all(type(nights) is int and 0 <= nights <= 14 for nights in columns[1])
    assert columns[2].count(True) == 4
    assert again(plain, design, design=kind, n=8) == design
    assert made(plain, *words, design=kind, n=8) == design
    assert made(plain, *words, design=kind, n=8, seed=2) != design


def test_the_seed_may_vary_in_any_design(plain: dict[str, Any]) -> None:
    assert values(made(plain, "seed=range(1,4)")) == [(1,), (2,), (3,)]
    for kind in ("latin_hypercube", "sobol"):
        design = made(plain, "seed=7,8", f"{RATE}=interval(0.01,0.1)", design=kind, n=8)
        assert design.points[0]["seed"] == 1
        assert sorted(point["seed"] for point in design.points[1:]) == [7] * 4 + [8] * 4
        assert again(plain, design, design=kind, n=8) == design


def test_over_takes_the_plausible_ranges_that_are_declared(plain: dict[str, Any]) -> None:
    with_prior = {leaf.key: leaf for leaf in declarations(Scenario) if leaf.prior and leaf.key.startswith("behaviour.")}
    design = made(plain, f"{PEERS}=3,4", design="latin_hypercube", n=16, over=["behaviour"])
    assert design.axes == (PEERS, *(key for key in with_prior if key != PEERS))
    for key, leaf in with_prior.items():
        if key != PEERS:
            low, high = leaf.prior or (0, 0)
            assert all(low <= point[key] <= high for point in design.points[1:])
    assert again(plain, design, design="latin_hypercube", n=16, over=["behaviour"]) == design
    one = made(plain, design="sobol", n=4, over=["policy.lodging.initial_awareness", "behaviour.peers"])
    assert one.axes == ("policy.lodging.initial_awareness", PEERS)
    changed = {key: [text.replace("int(interval(2,10))", "int(interval(3,9))") for text in texts] for key, texts in one.recorded.items()}
    kept = made(plain, *(f"{key}={texts[0]}" for key, texts in changed.items()), design="sobol", n=4, over=["behaviour"])
    assert kept.axes == one.axes  # what was recorded counts, whatever is declared today
    assert max(point[PEERS] for point in kept.points) <= 9


def test_over_leaves_out_levers_that_are_not_enabled(plain: dict[str, Any]) -> None:
    enabled = {lever for lever, of in plain["policy"].items() if of["enabled"]}
    design = made(plain, design="latin_hypercube", n=4, over=["policy"])
    assert {key.split(".")[1] for key in design.axes} <= enabled
    off = next(lever for lever in plain["policy"] if lever not in enabled)
    assert "not enabled" in told(plain, design="latin_hypercube", n=4, over=[f"policy.{off}"])


@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_what_is_recorded_makes_the_same_points_again(data: st.DataObject) -> None:
    plain = {"seed": 1, "days": 30, "market": {"tightness": 0.5}, "policy": {"loans": {"budget": None}}}
    whole = st.lists(st.integers(1, 10**9), min_size=1, max_size=4, unique=True)
    real = st.lists(st.floats(0.01, 3).map(lambda value: float(f"{value:.12g}")), min_size=2, max_size=4, unique=True)
    words = [f"seed={','.join(map(str, [0, *data.draw(whole)]))}", f"market.tightness={','.join(map(repr, data.draw(real)))}",
             f"policy.loans.budget={','.join(['null', *map(str, data.draw(whole))])}"]  # fmt: skip
    design = made(plain, *words)
    assert again(plain, design) == design
    kind = data.draw(st.sampled_from(["latin_hypercube", "sobol"]))
    low = data.draw(st.floats(0.01, 1))
    options: dict[str, Any] = {"design": kind, "n": 2 ** data.draw(st.integers(0, 4)), "seed": data.draw(st.integers(0, 99))}
    interval = data.draw(st.sampled_from(["interval({low!r},{high!r})", "tag(log,interval({low!r},{high!r}))"])).format(low=low, high=low + 1)
    drawn = made(plain, words[0], f"market.tightness={interval}", **options)
    assert again(plain, drawn, **options) == drawn


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        ((), {}, "nothing to sweep"),
        ((f"{RATE}=interval(0,1)",), {}, "an interval needs design="),
        (("days=5,6",), {"n": 4}, "n belongs to design="),
        (("days=5,6",), {"over": "behaviour"}, "over belongs to design="),
        (("days=5,6",), {"design": "sobol"}, "design=sobol needs the number of points: n=64"),
        ((), {"design": "sobol", "n": 4}, "nothing to sweep: design=sobol"),
        ((f"{RATE}=interval(0,1)",), {"design": "sobol", "n": 100}, "write n=128 (or n=64)"),
        ((f"{RATE}=interval(0.5,0.1)",), {"design": "sobol", "n": 4}, "is 0.5 to 0.1"),
        ((f"{RATE}=interval(0,inf)",), {"design": "sobol", "n": 4}, "is 0.0 to inf"),
        ((f"{RATE}=interval(-1,1)",), {"design": "sobol", "n": 4}, "a lower and a higher number between 0 and"),
        ((f"{RATE}=tag(log,interval(0,0.1))",), {"design": "sobol", "n": 4}, "a logarithm needs a range above 0"),
        ((f"{NIGHTS}=interval(0.2,0.8)",), {"design": "sobol", "n": 4}, "is 0.2 to 0.8"),
        (("policy.loans.enabled=interval(0,1)",), {"design": "sobol", "n": 4}, "is no number"),
        (("policy.loans.rate_per_yea=interval(0,1)",), {"design": "sobol", "n": 4}, "Did you mean 'policy.loans.rate_per_year'?"),
        (("policy.loans.rate_per_yea=0,1",), {}, "Did you mean 'policy.loans.rate_per_year'?"),
        ((), {"design": "sobol", "n": 4, "over": ["behavior"]}, "Did you mean 'behaviour'?"),
        ((), {"design": "sobol", "n": 4, "over": [NIGHTS]}, f"give one: {NIGHTS}=interval"),
        ((), {"design": "sobol", "n": 4, "over": ["replicates"]}, "replicates cannot be swept"),
        (("seed=range(2000)", "days=range(1,2000)"), {}, "more than 1,000,000 points"),
    ],
)
def test_what_makes_no_design_is_refused(plain: dict[str, Any], words: tuple[str, ...], options: dict[str, Any], message: str) -> None:
    assert message in told(plain, *words, **options)


def test_another_point_is_the_reference_where_it_is_asked_for(plain: dict[str, Any]) -> None:
    words = (f"{NIGHTS}=0,14,6", f"{BUDGET}=null,5e5", "programme=zibo,none")
    assert made(plain, *words, reference=11).reference == 11
    assert made(plain, *words, reference={NIGHTS: 14, BUDGET: None, "programme": "none"}).reference == 5
    assert made(plain, f"{RATE}=0.03,0.05", reference={RATE: "5%"}).reference == 1
    assert made(plain, f"{RATE}=interval(0,1)", design="sobol", n=4, reference=3).reference == 3


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (4, "the numbers 0 to 3"),
        (-1, "the numbers 0 to 3"),
        (True, "reference is true"),
        (1.5, "reference is 1.5"),
        ({}, "reference is"),
        ([1], "reference is"),
        ("best", "the points have no names"),
        ({NIGHTS: 3}, "2 points have these values; name a value of days, too"),
        ({NIGHTS: 4}, "there is policy.lodging.free_nights: 0, 3"),
        ({RATE: 0}, f"{RATE} does not vary; the points differ in {NIGHTS}, days"),
    ],
)
def test_a_reference_that_is_no_point_is_refused(plain: dict[str, Any], reference: object, message: str) -> None:
    assert message in told(plain, f"{NIGHTS}=0,3", "days=5,6", reference=reference)


def test_a_hundred_thousand_points_take_a_moment(plain: dict[str, Any]) -> None:
    start = time.process_time()
    assert len(made(plain, "seed=range(0,50000)", "days=5,6").points) == 100_000
    assert len(made(plain, f"{RATE}=interval(0,1)", f"{NIGHTS}=interval(0,14)", design="sobol", n=2**17).points) == 2**17 + 1
    assert time.process_time() - start < 6
