"""Plausible ranges as a problem of SALib."""


import pytest

from sim.configuration import ConfigurationError
from sim.parameters import leaves
from sim.priors import priors
from sim.scenario import Scenario


@pytest.fixture(scope="module")
def zibo() -> Scenario:
    return Scenario.load("zibo")


def test_a_problem_has_every_declared_range(zibo: Scenario) -> None:
    problem = priors()
    wanted = {leaf.key: leaf.prior for leaf in leaves(zibo) if leaf.prior and leaf.key.split(".")[0] in ("behaviour", "exams", "opening", "market")}
    assert len(wanted) > 200
    assert problem["num_vars"] == len(problem["names"]) == len(problem["dists"]) == len(wanted)
    assert {name: tuple(bounds) for name, bounds in zip(problem["names"], problem["bounds"], strict=True)} == wanted
    assert set(problem["dists"]) == {"unif"}


def test_patterns_and_ranges_choose(zibo: Scenario) -> None:
    assert set(priors("market.*")["names"]) < set(priors()["names"])
    loans = priors("policy.loans.*", ranges={"policy.lodging.free_nights": (0, 14)})
    assert "policy.lodging.free_nights" in loans["names"]
    assert all(name.startswith("policy.lo") for name in loans["names"])
    assert priors(ranges={"policy.lodging.free_nights": (0, 14)})["names"] == ["policy.lodging.free_nights"]
    enabled = priors("policy.*", scenario=zibo)["names"]
    assert {name.split(".")[1] for name in enabled} <= {name for name, lever in zibo.policy.levers.items() if lever.enabled}
    assert len(enabled) < len(priors("policy.*")["names"])


def test_a_point_becomes_changes_that_a_scenario_takes(zibo: Scenario) -> None:
    problem = priors("behaviour.*", "market.*", ranges={"policy.lodging.free_nights": (0, 14)})
    for place in (0, 1):
        changes = problem.changes([bounds[place] for bounds in problem["bounds"]])
        changed = zibo.with_(changes)
        assert changed.policy.lodging.free_nights == (0, 14)[place]
    odd = problem.changes([low + 0.37 * (high - low) for low, high in problem["bounds"]])
    assert odd["policy.lodging.free_nights"] == 5
    assert isinstance(odd["behaviour.posts_seen"], int)
    zibo.with_(odd)
    with pytest.raises(ValueError, match="argument"):
        problem.changes([1.0])


@pytest.mark.parametrize(
    ("patterns", "ranges", "words"),
    [
        (("policy.lodging.stations",), {}, "has a plausible range; give it one"),
        (("behavior.*",), {}, "has a plausible range"),
        ((), {"policy.lodging.free_night": (0, 3)}, "Did you mean 'policy.lodging.free_nights'"),
        ((), {"policy.lodging.free_nights": (5, 3)}, "a lower and a higher number"),
        ((), {"market.tightness": (-1, 3)}, "the range of market.tightness is -1 to 3"),
    ],
)
def test_mistakes_are_named(patterns: tuple[str, ...], ranges: dict[str, tuple[float, float]], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        priors(*patterns, ranges=ranges)


def test_salib_takes_the_problem() -> None:
    from SALib.sample import sobol

    problem = priors("market.*")
    points = sobol.sample(problem, 2, calc_second_order=False)
    assert points.shape == (2 * (problem["num_vars"] + 2), problem["num_vars"])
