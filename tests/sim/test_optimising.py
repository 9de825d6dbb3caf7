"""Dividing a budget: a toy whose front is known, through the search that the command uses; noise that flatters; budgets that are kept."""

import numpy as np
import numpy.typing as npt
import pytest

from sim.optimising.choosing import OverSet, Rule, over_set
from sim.optimising.fronts import finalists, unbeaten
from sim.optimising.offers import Offer, Part, offers_of
from sim.optimising.returns import divided, slopes_of
from sim.optimising.searching import Mixed, Sampler, equal_split, first_points, fitted, money_of, point_of, search
from sim.optimising.spending import ASKED, BOUND, BUDGET, IDLE, Tried, answers_of, filled
from sim.scenario import Scenario
from sim.uncertainty import Lived

Values = npt.NDArray[np.float64]
BUDGET_OF_TOY = 100.0
MOST, SCALE = np.array([60.0, 40.0, 20.0, 10.0]), np.array([50.0, 30.0, 60.0, 20.0])
CAPS = np.full(4, BUDGET_OF_TOY)


def jobs(money: Values) -> Values:
    """Decreasing returns: what is best follows from calculus."""
    return np.asarray((MOST * (1.0 - np.exp(-money / SCALE))).sum(axis=-1))


def best(budget: float) -> float:
    """Jobs where another yuan brings as much for each lever that has any."""
    low, high = 0.0, float((MOST / SCALE).max())
    for _ in range(60):
        price = (low + high) / 2.0
        money = SCALE * np.log(np.maximum(MOST / SCALE / price, 1.0))
        low, high = (price, high) if money.sum() > budget else (low, price)
    return float(jobs(money))


def searched(noise: float, seed: int = 1, rounds: int = 5) -> tuple[Values, Values]:
    """Return money and what was seen of the mixes that the search of the command tries."""
    luck = np.random.default_rng(seed)

    def measure(money: Values) -> Values:
        return np.column_stack([jobs(money) + luck.normal(0.0, noise, len(money)), money.sum(axis=1)])

    proposer = Mixed(Sampler(5, 2, seed, first_points(CAPS, BUDGET_OF_TOY, np.zeros(4))), CAPS, BUDGET_OF_TOY, 1, seed)
    found = search(proposer, measure, lambda seen: (np.column_stack([seen[:, 0], -seen[:, 1]]), seen[:, 1] - BUDGET_OF_TOY), CAPS, BUDGET_OF_TOY,
                   [16] * rounds)  # fmt: skip
    return found.money, found.found


def test_a_convex_toy_gives_its_front() -> None:
    money, seen = searched(0.0)
    assert (money.sum(axis=1) <= BUDGET_OF_TOY + 1e-9).all()
    front = np.flatnonzero(unbeaten(np.column_stack([seen[:, 0], -seen[:, 1]])))
    whole = max(seen[front, 0])
    assert whole >= 0.97 * best(BUDGET_OF_TOY)
    assert whole > 1.05 * jobs(equal_split(CAPS, BUDGET_OF_TOY))
    for budget in (50.0, 75.0):
        assert max(seen[place, 0] for place in front if seen[place, 1] <= budget) >= 0.85 * best(budget)
    assert all(seen[place, 0] <= best(float(seen[place, 1])) + 1e-6 for place in front), "no mix beats the true front"


def test_the_same_seed_asks_for_the_same_mixes() -> None:
    one, other, third = (searched(5.0, seed, 3)[0] for seed in (3, 3, 4))
    assert (one == other).all()
    assert (one != third).any()


def test_noise_flatters_what_is_chosen() -> None:
    """The winner's curse: of what the search takes for best, the value seen is above the true one, and an equal split is not flattered."""
    curse = []
    for seed in range(3):
        money, seen = searched(8.0, seed, 3)
        chosen = finalists(np.column_stack([seen[:, 0], -seen[:, 1]]), 5)
        curse.append(float((seen[chosen, 0] - jobs(money[chosen])).mean()))
    assert np.mean(curse) > 2.0
    assert all(value > 0 for value in curse)


def test_finalists_are_the_best_in_each_objective_and_far_apart() -> None:
    values = np.array([[0.0, 0.0], [10.0, -10.0], [5.0, -4.0], [5.1, -4.1], [2.0, -1.0], [1.0, -2.0], [10.0, -10.0]])
    assert unbeaten(values).tolist() == [True, True, True, True, True, False, True]
    assert finalists(values, 3) in ([1, 2, 0], [1, 3, 0])
    assert finalists(values, 20) == [1, 3, 2, 4, 0]
    assert finalists(np.empty((0, 2)), 3) == []


def test_a_budget_is_divided_within_the_caps() -> None:
    caps = np.array([10.0, 100.0, 100.0])
    assert filled(np.ones(3), caps, 90.0).tolist() == [10.0, 40.0, 40.0]
    assert filled(np.array([0.0, 1.0, 3.0]), caps, 80.0).tolist() == [0.0, 20.0, 60.0]
    assert filled(np.ones(3), caps, 1000.0).tolist() == caps.tolist()
    assert filled(np.zeros(3), caps, 90.0).tolist() == [0.0, 0.0, 0.0]
    money = np.array([5.0, 20.0, 0.0])
    assert money_of(point_of(money, 50.0)[None, :], caps, 50.0)[0] == pytest.approx(money)
    assert fitted(lambda budget: np.array([budget, budget]), 50.0, lambda money: 1.25 * float(money.sum()), 100.0).sum() == pytest.approx(80.0)


def test_the_steepest_ramps_are_paid_first() -> None:
    luck = np.random.default_rng(1)
    money = luck.random((60, 4)) * CAPS / 2
    slopes = slopes_of(money, jobs(money), CAPS)
    division = divided(slopes, CAPS, BUDGET_OF_TOY)
    assert division.sum() == pytest.approx(BUDGET_OF_TOY)
    assert jobs(division) >= 0.97 * best(BUDGET_OF_TOY)
    assert divided(np.zeros((4, 5)), CAPS, BUDGET_OF_TOY).sum() == 0.0, "what brings nothing is not paid"


def offer(name: str, *, largest: float = 1000.0, new: bool = False) -> Offer:
    return Offer(name, (Part(f"policy.{name}.n", 8.0, whole=True, high=8000.0),), new, largest)


def test_spending_answers_size_until_it_cannot() -> None:
    """Four levers: one that can spend anything, one that nobody asks more of, one that stands idle, one that may not grow."""
    does = {
        "endless": lambda size: Tried(30.0 * size, 3.0 * size), "asked": lambda size: Tried(min(10.0 * size, 25.0), min(size, 2.5)),
        "idle": lambda size: Tried(4.0 * size, min(size, 3.0)), "bound": lambda size: Tried(size, size), "free": lambda _: Tried(0.0, 5.0),
        "plenty": lambda size: Tried(50.0 * min(1.0, size / 0.1), min(1.0, size / 0.1)),
    }  # fmt: skip
    offers = [offer(name, largest=2.0 if name == "bound" else 1000.0, new=name == "asked") for name in does]
    answers = answers_of(offers, 100.0, lambda wave: [does[name](size) for name, size in wave])
    assert {name: answer.why for name, answer in answers.items() if name != "free"} == {
        "endless": BUDGET, "asked": ASKED, "idle": IDLE, "bound": BOUND, "plenty": ASKED,
    }  # fmt: skip
    assert answers["endless"].size(60.0) == pytest.approx(2.0)
    assert answers["asked"].most == 25.0
    assert answers["idle"].most == 16.0, "the first size at which it gives all that it can"
    assert answers["plenty"].size(50.0) <= 0.125, "smaller sizes are tried where the smallest gives all already"
    assert answers["free"].most == 0.0
    assert answers["bound"].most == 2.0


def test_what_money_buys_is_what_the_programme_has_or_the_least() -> None:
    scenario = Scenario.load("zibo", {"policy.hiring_subsidy.amount": 1000})
    found = {one.lever: one for one in offers_of(scenario)}
    assert "organisation" not in found, "the programme has volunteers, whom no money buys"
    assert found["lodging"].at(0.5) == {"policy.lodging.stations": 16}
    assert found["campus_recruitment"].at(2.0) == {f"policy.campus_recruitment.{key}": value for key, value in
                                                   (("trips", 10), ("firms", 442), ("posts", 10362))}  # fmt: skip
    assert (found["loans"].largest, found["loans"].at(0.0)) == (1.0, {"policy.loans.credit_line": 0})
    new, = offers_of(scenario, ["hiring_subsidy"])
    assert new.is_new
    assert new.at(3.0) == {"policy.hiring_subsidy.enabled": True, "policy.hiring_subsidy.places": 30}
    assert new.at(0.0)["policy.hiring_subsidy.enabled"] is False
    assert offers_of(scenario, ["lodging"], most=2.5)[0].largest == 2.5


def test_what_offers_nothing_at_any_size_is_refused() -> None:
    with pytest.raises(Exception, match="travel_vouchers offers nothing as it is configured"):
        offers_of(Scenario.load("none"), ["travel_vouchers"])
    with pytest.raises(Exception, match="lodgin"):
        offers_of(Scenario.load("none"), ["lodgin"])


def test_three_rules_choose_differently() -> None:
    """Four vectors with two replicates each: the mean, the largest regret and the share of vectors do not agree."""
    lived = Lived(np.repeat(np.arange(4), 2), 128)
    often = np.array([10.0, 10.0, 10.0, 0.0])
    even = np.array([9.0, 9.0, 9.0, 4.0])
    high = np.array([0.0, 0.0, 9.5, 30.0])
    noise = np.tile([1.0, -1.0], 4)
    over = over_set(np.array([np.repeat(one, 2) + noise for one in (often, even, high)]), lived)
    assert over.mean.tolist() == [7.5, 7.75, 9.875]
    assert over.share.tolist() == [0.75, 0.0, 0.25]
    assert over.largest.tolist() == [30.0, 26.0, 10.0]
    assert [over.best(rule, np.zeros(3)) for rule in ("mean", "regret", "share")] == [2, 2, 0]
    assert over_set(np.array([[1.0, 2.0], [1.0, 0.0]]), None).share.tolist() == [0.75, 0.25]


@pytest.mark.parametrize("rule", ["mean", "regret", "share"])
def test_of_mixes_that_bring_the_same_the_cheapest_is_chosen(rule: Rule) -> None:
    same = np.array([[0.1, 0.2, 0.3], [0.3, 0.1, 0.2], [0.2, 0.3, 0.1]])
    assert over_set(np.zeros((3, 4)), None).best(rule, np.array([73_290.0, 0.0, 0.0])) == 1
    assert OverSet(same.mean(axis=1), np.zeros(3), np.zeros(3), np.ones(3) / 3, 3).best(rule, np.array([3.0, 2.0, 1.0])) == 2
