"""Luck for rules in Python: seeds as Mesa takes them, and draws by key, the same in every world."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from sim.bilingual import sentence
from sim.draws import own_number, philox
from sim.measures import World

SEEDS = 2**32
"""Seeds and replicates are below."""
_TO_UNIT = 2.0**-52
_HIGH, _LOW, _WORD = np.uint64(20), np.uint64(12), np.uint64(0xFFFFFFFF)
_PHILOX: Any = getattr(philox, "py_func", philox)


def seed_of(seed: Any = None, rng: Any = None) -> int:  # noqa: ANN401
    """Return the seed of a run from what Mesa's models are given.

    Args:
        seed: A whole number, or None.
        rng: The same, or a NumPy generator, from which a number is drawn, or whatever else `numpy.random.default_rng` takes.

    Returns:
        A whole number from 0 to 2**32 - 1; one of the operating system's where both are None.

    Raises:
        ValueError: Both are given, or a number is out of range.
        TypeError: No number and no generator.
    """
    if seed is not None and rng is not None:
        message = sentence("give seed or rng, not both", "seed 与 rng 只能给一个")
        raise ValueError(message)
    given = rng if seed is None else seed
    if isinstance(given, (bool, str, bytes)):
        message = sentence(
            "the seed is {given!r}; allowed is a whole number from 0 to 2**32 - 1, a numpy.random.Generator, or None",
            "随机种子是 {given!r}；应为 0 至 2**32 - 1 的整数、numpy.random.Generator 或 None", given=given,
        )  # fmt: skip
        raise TypeError(message)
    try:
        number = operator.index(int(given) if isinstance(given, (float, np.floating)) and float(given).is_integer() else given)
    except TypeError:
        return int(np.random.default_rng(given).integers(SEEDS))
    if not 0 <= number < SEEDS:
        message = sentence(
            "the seed is {number}; allowed is a whole number from 0 to 2**32 - 1", "随机种子是 {number}；应为 0 至 2**32 - 1 的整数", number=number,
        )  # fmt: skip
        raise ValueError(message)
    return number


def draw_by_key(world: World, name: str, day: int, identity: ArrayLike, partner: ArrayLike = 0) -> Any:  # noqa: ANN401
    """Draw uniform numbers in (0, 1) for a decision of one's own: a function of seed, replicate, name, day, identity and partner alone.

    Args:
        world: The world.
        name: Name of the decision.
        day: Day of the run.
        identity: Row of the one who decides, or of many.
        partner: Row of the other one, or the number of the attempt; one, or as many.

    Returns:
        A number, or an array of numbers where there are many.
    """
    decision = np.uint64(own_number(f"python:{name}"))
    who, other = np.broadcast_arrays(np.asarray(identity, np.uint64), np.asarray(partner, np.uint64))
    rules = world.rules[0]
    shape, who, other = who.shape, who.reshape(-1), other.reshape(-1)
    first, second, _, _ = _PHILOX(who, other, np.full(who.shape, day, np.uint64), np.full(who.shape, decision), rules.seed, rules.replicate)
    bits = (first << _HIGH) ^ (second >> _LOW)
    found = ((bits.astype(np.float64) + 0.5) * _TO_UNIT).reshape(shape)
    return found if shape else float(found)
