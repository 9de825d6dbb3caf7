"""A command of many runs tries a smaller place, unless somebody says how many people there are."""

from __future__ import annotations

import pytest

from experiments.optimise.options import OptimiseOptions
from experiments.shared.so_many import of_so_many
from sim.scenario import Scenario

PLACE = Scenario.load("zibo", {"population.graduates": 5000})


@pytest.mark.parametrize(("words", "wanted", "people"), [
    (["programme=zibo"], 3000, 3000),
    (["programme=zibo", "population.graduates=5000"], 3000, 5000),
    (["programme=zibo", "population.inhabitants=200000"], 3000, 5000),
    (["programme=zibo", "population.graduates=5000", "graduates=4000"], 4000, 4000),
    (["programme=zibo"], 9000, 5000),
    (["programme=zibo", "graduates=9000"], 9000, 9000),
    (["programme=zibo"], None, 5000),
])  # fmt: skip
def test_a_number_that_somebody_gave_is_kept(words: list[str], wanted: int | None, people: int) -> None:
    scenario, options = of_so_many(PLACE, OptimiseOptions(graduates=wanted), words)
    assert scenario.population.graduates == people
    assert options.graduates in {None, people}
    again, _ = of_so_many(scenario, options, ["from=there"])  # as its result keeps both
    assert again.population.graduates == people
