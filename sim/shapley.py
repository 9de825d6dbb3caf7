"""Shapley values: what each player contributes to the value of all together, whatever the players and the values are.

Let the players join one after the other. What a player adds depends on who is there already; its contribution is the mean of what it adds over all
orders. The contributions sum to the value of all; who changes nothing contributes nothing; two who do the same contribute the same.

Sources:
    Shapley (1953), "A value for n-person games", Contributions to the Theory of Games II.
    Castro, Gómez and Tejada (2009), "Polynomial calculation of the Shapley value based on sampling", Computers & Operations Research 36(5): some
    orders, drawn by chance, in the place of all.
    Mitchell, Cooper, Frank and Holmes (2022), "Sampling permutations for Shapley value estimation", Journal of Machine Learning Research 23: each
    order drawn with its reverse.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Coalition = frozenset[str]
"""Players who are there."""
Order = tuple[str, ...]
"""Players in the order in which they join."""


def coalitions_among(players: Sequence[str]) -> list[Coalition]:
    """Return every coalition of some players, the smaller ones first."""
    return [frozenset(chosen) for size in range(len(players) + 1) for chosen in combinations(players, size)]


def coalitions_on(orders: Iterable[Order]) -> list[Coalition]:
    """Return the coalitions that come about on some orders, each once, in the order in which they do."""
    return list(dict.fromkeys(frozenset(order[:size]) for order in orders for size in range(len(order) + 1)))


def draw_orders(players: Sequence[str], orders: int, seed: int, replicate: int = 0) -> list[Order]:
    """Draw orders of some players, each followed by its reverse.

    Args:
        players: The players.
        orders: Orders to draw.
        seed: Seed, at least 0.
        replicate: Number of the replicate; each draws for itself.

    Returns:
        Twice as many orders, the same on every machine; the first of them are the same however many are drawn.
    """
    luck = np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(replicate,)))  # its raw numbers stay the same in every version of NumPy
    found: list[Order] = []
    for _ in range(orders):
        order = tuple(players[place] for place in np.argsort(luck.random_raw(len(players)), kind="stable"))
        found += [order, order[::-1]]
    return found


def divide_over_all_orders(players: Sequence[str], value: "Mapping[Coalition, NDArray[np.float64]]") -> "dict[str, NDArray[np.float64]]":
    """Divide the value of all players among them: the mean of what each adds, over all orders.

    Args:
        players: The players.
        value: Coalition → its values, in any shape and unit; every coalition of the players.

    Returns:
        Player → contribution, in the shape and unit of the values. Of whole numbers the sums are exact, and only the last division rounds.

    Source:
        Shapley (1953), "A value for n-person games", Contributions to the Theory of Games II.
    """
    found = {}
    for player in players:
        others = [other for other in players if other != player]
        added = np.zeros_like(value[frozenset()])
        for before in coalitions_among(others):
            orders = math.factorial(len(before)) * math.factorial(len(others) - len(before))  # in which these, and no others, come before
            added += float(orders) * (value[before | {player}] - value[before])
        found[player] = added / float(math.factorial(len(players)))
    return found


def divide_over_orders(orders: Sequence[Order], value: "Mapping[Coalition, NDArray[np.float64]]") -> "dict[str, NDArray[np.float64]]":
    """Divide the value of all players among them: the mean of what each adds, over some orders.

    Args:
        orders: Orders of the same players, at least one.
        value: Coalition → its values, in any shape and unit; every coalition that comes about on the orders.

    Returns:
        Player → contribution, in the shape and unit of the values. Over orders with their reverses it is the contribution over all orders wherever
        players act upon one another only two by two; elsewhere it is so in the mean over what may be drawn.
    """
    found = {player: np.zeros_like(value[frozenset()]) for player in orders[0]}
    for order in orders:
        for place, player in enumerate(order):
            found[player] += value[frozenset(order[: place + 1])] - value[frozenset(order[:place])]
    return {player: added / float(len(orders)) for player, added in found.items()}
