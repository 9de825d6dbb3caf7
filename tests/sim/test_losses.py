"""Who loses where some are helped, when, and in which market: it comes out of finite posts, bars and days on which a post wants somebody.

Pairs of worlds with the same luck: in one of them some of those who search are helped on a day in December. The help is a search twice as hard and
a better way of showing what one can; it adds no post. Jobs are counted person by person and day by day.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.calendar import dates_of
from sim.scenario import Scenario
from sim.states import Activity, Place
from sim.world import World

Make = Callable[..., World]
Series = NDArray[np.float64]
STEP = 10
"""Days between two looks at who works."""
YEAR, HALF, QUARTER = 36, 18, 9
"""Steps."""
DRAWS = 4000
"""Draws of the bootstrap."""


class Effect(NamedTuple):
    """Days of work that the helped gain and the others lose, cumulated over each step from the day of the help, shape (worlds, steps)."""

    gain: Series
    loss: Series
    helped: int

    def resampled(self, steps: int) -> tuple[Series, Series]:
        """Return loss over gain, and gain a head, after some steps: of all worlds, then of worlds drawn anew, shape (1 + DRAWS,).

        Two effects are drawn over the same luck.
        """
        worlds = len(self.gain)
        luck = np.concatenate([np.arange(worlds)[None], np.random.default_rng(1).integers(worlds, size=(DRAWS, worlds))])
        gain, loss = (values[:, steps - 1][luck].sum(axis=1) for values in (self.gain, self.loss))
        return loss / gain, gain / self.helped


def interval(values: Series) -> tuple[float, float]:
    """95 % interval by the bootstrap."""
    low, high = np.quantile(values[1:], [0.025, 0.975])
    return float(low), float(high)


def at_work(world: World) -> NDArray[np.bool_]:
    return np.asarray(np.isin(world.tables["people"].column("activity"), (Activity.EMPLOYED, Activity.FOUNDER)))


def help_some(world: World, share: float) -> NDArray[np.intp]:
    """Help a share of the residents who search without a contract, keyed by person; returns their rows."""
    people = world.tables["people"].rows
    searching = (people["activity"] == Activity.SEARCHING) & (people["place"] == Place.RESIDENT) & (people["contract_day"] < 0)
    chosen = np.flatnonzero(searching & (np.arange(len(people)) * 0.6180339887 % 1.0 < share))
    people["effort"][chosen] *= 2.0
    people["interview_skill"][chosen] += 1.0
    return chosen


def effect_of(world_of: Make, replicates: int, graduates: int, share: float, tightness: float = 0.7, steps: int = YEAR) -> Effect:
    scenario = Scenario.load("none", {"population.graduates": graduates, "days": 420, "market.tightness": tightness})
    december = int(np.flatnonzero(dates_of(scenario.start, 420).astype(str) == "2020-12-05")[0])
    gain, loss, helped = np.zeros((replicates, steps)), np.zeros((replicates, steps)), 0
    for replicate in range(replicates):
        pair: list[Any] = []
        for treat in (False, True):
            world = world_of(scenario, 1, replicate)
            world.advance(0, december)
            chosen = help_some(world, share if treat else 0.0)
            days = np.zeros((steps, world.tables["people"].capacity))
            for step in range(steps):
                world.advance(december + STEP * step, december + STEP * (step + 1))
                working = at_work(world)
                days[step, : len(working)] = STEP * working
            pair.append(days.cumsum(axis=0))
        change = pair[1] - pair[0]
        mine = np.isin(np.arange(change.shape[1]), chosen)
        gain[replicate], loss[replicate] = change[:, mine].sum(axis=1), -change[:, ~mine].sum(axis=1)
        helped += len(chosen)
    return Effect(gain, loss, helped)


@pytest.mark.slow
def test_others_lose_when_the_helped_gain(world_of: Make) -> None:
    """Losses of others stand beside the gain from the first months: nobody takes a post that then waits for half a year, at nobody's loss."""
    effect = effect_of(world_of, 60, 3000, 0.3)
    early, year = (effect.resampled(steps)[0] for steps in (QUARTER, YEAR))
    assert interval(early)[0] > 0.15
    assert early[0] > 0.7 * year[0]


@pytest.mark.slow
def test_a_gain_is_more_of_a_loss_in_a_slack_market(world_of: Make) -> None:
    """In half a year, in a slump with 0.3 and in a boom with 1.5 open posts for each who searches.

    480 pairs know the difference of the two shares, 0.16 over 960 pairs of other luck, to a standard error of 0.04; 240 to 0.055, which misses it one
    time in five.
    """
    slack, tight = (effect_of(world_of, 480, 3000, 0.3, tightness, steps=HALF).resampled(HALF)[0] for tightness in (0.3, 1.5))
    assert interval(slack - tight)[0] > 0.0


@pytest.mark.slow
def test_help_for_all_gains_less_a_head_than_for_few(world_of: Make) -> None:
    few, everybody = (effect_of(world_of, 60, 3000, share, steps=QUARTER).resampled(QUARTER)[1] for share in (0.1, 1.0))
    assert interval(few - everybody)[0] > 0.0
