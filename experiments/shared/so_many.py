"""Smaller places to try things in: how many young people the worlds of a command have that runs very many of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel

from experiments.shared.beforehand import keys_of
from sim.scenario import Scenario

KEY = "graduates"
OF_THE_PLACE = ("population.graduates", "population.inhabitants", "population.people")
"""Keys by which somebody says how many young people there are."""
Options = TypeVar("Options", bound=BaseModel)


def of_so_many(scenario: Scenario, options: Options, words: Sequence[str]) -> tuple[Scenario, Options]:
    """Return a scenario with as many young people as the key `graduates` says, and the options as they then are.

    The usual number of a command never makes a place larger, and gives way to a number, or a file of persons or posts, that somebody gave; the key
    itself, where it is given, does neither.

    Args:
        scenario: The scenario as its place has it.
        options: Options with a key `graduates`; None: as the place has it.
        words: The command's words.
    """
    wanted: int | None = getattr(options, KEY)
    given = {*keys_of(words)}
    if wanted is not None and scenario.population.graduates == wanted:
        return scenario, options
    is_known = bool(scenario.population.people or scenario.market.posts)
    own = given & {*OF_THE_PLACE} or is_known or (wanted is not None and scenario.population.graduates < wanted)
    if wanted is None or (KEY not in given and own):
        return scenario, options.model_copy(update={KEY: None})
    return scenario.with_({"population.graduates": wanted}), options
