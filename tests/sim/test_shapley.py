"""Shapley values of toy values: efficiency, symmetry, players who change nothing, all orders, drawn orders."""

import math
from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.shapley import Coalition, coalitions_among, coalitions_on, divide_over_all_orders, divide_over_orders, draw_orders

Values = NDArray[np.float64]
MOST = 10_000


def random_value(number: int, players: str, shape: tuple[int, ...] = (3,)) -> dict[Coalition, Values]:
    """Make a value of whole numbers for every coalition, without any structure."""
    generator = np.random.default_rng(number)
    return {coalition: generator.integers(-MOST, MOST, shape).astype(np.float64) for coalition in coalitions_among(players)}


def pairwise_value(number: int, players: str) -> dict[Coalition, Values]:
    """Make a value in which players act for themselves and two by two."""
    generator = np.random.default_rng(number)
    alone = {player: generator.integers(-MOST, MOST) for player in players}
    together = {frozenset((one, other)): generator.integers(-MOST, MOST) for one in players for other in players if one < other}
    return {
        coalition: np.array([float(sum(alone[player] for player in coalition) + sum(gain for two, gain in together.items() if two <= coalition))])
        for coalition in coalitions_among(players)
    }


def test_coalitions() -> None:
    assert coalitions_among("ab") == [frozenset(), frozenset("a"), frozenset("b"), frozenset("ab")]
    assert len(coalitions_among("abcdef")) == 64
    assert coalitions_on([tuple("abc"), tuple("cba")]) == [frozenset(players) for players in ("", "a", "ab", "abc", "c", "bc")]
    assert coalitions_on([tuple("abc"), tuple("bac")]) == [frozenset(players) for players in ("", "a", "ab", "abc", "b")]


@given(number=st.integers(0, 10**6), size=st.integers(1, 6))
def test_contributions_sum_to_the_value_of_all(number: int, size: int) -> None:
    players = "abcdef"[:size]
    value = random_value(number, players)
    for divided in (divide_over_all_orders(players, value), divide_over_orders(draw_orders(players, 1, number), value)):
        np.testing.assert_allclose(sum(divided.values()), value[frozenset(players)] - value[frozenset()], rtol=0, atol=1e-9)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_it_is_the_mean_over_every_order(size: int) -> None:
    players = "abcde"[:size]
    value = random_value(size, players)
    exact, every = divide_over_all_orders(players, value), divide_over_orders(list(permutations(players)), value)
    for player in players:
        np.testing.assert_allclose(exact[player], every[player], rtol=0, atol=1e-9)


def test_who_changes_nothing_contributes_nothing() -> None:
    part = random_value(4, "abc")
    value = {coalition: part[coalition - {"z"}] for coalition in coalitions_among("azbc")}
    for divided in (divide_over_all_orders("azbc", value), divide_over_orders(draw_orders("azbc", 3, 1), value)):
        assert not divided["z"].any()
    np.testing.assert_allclose(divide_over_all_orders("azbc", value)["b"], divide_over_all_orders("abc", part)["b"], rtol=0, atol=1e-9)


def test_who_does_the_same_contributes_the_same() -> None:
    """One of a left glove and two right ones: a pair is worth 6, and the left one is scarce."""
    value = {coalition: np.array([6.0 * ("l" in coalition and len(coalition) > 1)]) for coalition in coalitions_among("lrs")}
    assert {player: float(found[0]) for player, found in divide_over_all_orders("lrs", value).items()} == {"l": 4.0, "r": 1.0, "s": 1.0}


@pytest.mark.parametrize("number", range(5))
def test_where_players_act_two_by_two_any_order_with_its_reverse_is_exact(number: int) -> None:
    """Among them values in which each player acts for itself."""
    players = "abcdefgh"
    value = pairwise_value(number, players)
    exact, drawn = divide_over_all_orders(players, value), divide_over_orders(draw_orders(players, 1, number), value)
    for player in players:
        np.testing.assert_allclose(drawn[player], exact[player], rtol=0, atol=1e-9)


def test_the_mean_over_all_that_may_be_drawn_is_exact() -> None:
    players, value = "abcd", random_value(9, "abcd")
    exact = divide_over_all_orders(players, value)
    draws = [divide_over_orders([order, order[::-1]], value) for order in permutations(players)]
    for player in players:
        np.testing.assert_allclose(np.mean([draw[player] for draw in draws], axis=0), exact[player], rtol=0, atol=1e-9)
    assert np.std([draw["a"] for draw in draws]) > 1, "a single draw is not"


def test_every_order_is_drawn_equally_often() -> None:
    number = 6000
    drawn = Counter(draw_orders("abc", 1, 5, replicate)[0] for replicate in range(number))
    assert set(drawn) == set(permutations("abc"))
    expected = number / math.factorial(3)
    assert sum((count - expected) ** 2 / expected for count in drawn.values()) < 20.5  # chi-square with 5 degrees of freedom: p = 0.001


def test_draws_are_the_same_everywhere_and_forever() -> None:
    assert ["".join(order) for order in draw_orders("abcdefgh", 2, seed=1, replicate=3)] == ["hadcgfbe", "ebfgcdah", "cfgbhdea", "aedhbgfc"]
    assert draw_orders("abcdefgh", 1, 1, 3) == draw_orders("abcdefgh", 2, 1, 3)[:2]
    assert draw_orders("abcdefgh", 1, 1, 4) != draw_orders("abcdefgh", 1, 1, 3) != draw_orders("abcdefgh", 1, 2, 3)
