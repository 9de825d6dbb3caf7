"""What is said before a run: notes of the scenario, levels that are not plausible, and what a costly run will cost."""

from collections.abc import Callable
from typing import Any

import pytest

from experiments.shared.beforehand import (
    Cost,
    cost_in_words,
    estimate,
    foresee,
    keys_of,
    levels_out_of_range,
    replicates_in_words,
    say_beforehand,
    usual_replicates,
)  # fmt: skip
from sim.scenario import Scenario
from sim.simulation import available_cores

Command = Callable[..., Any]
TINY = ("population.graduates=100", "days=5", "replicates=1", "workers=1", "figures=false", "output=out")


@pytest.fixture(scope="module")
def none() -> Scenario:
    return Scenario.load("none")


def test_a_level_that_is_not_plausible_is_named_once_with_its_range(yizhan: Command) -> None:
    said = yizhan("run", "market.tightness=20", "policy.loans.rate_per_year=0.03", "region.rent=20000", *TINY)
    assert said.status == 0
    (line,) = [line for line in said.err.splitlines() if "plausible" in line]
    assert line.endswith("it runs all the same: region.rent=20,000 (500 … 2,500); market.tightness=20 (0.5 … 1.1).")


def test_in_chinese_and_for_every_point_of_a_sweep(yizhan: Command) -> None:
    said = yizhan("sweep", "-m", "market.tightness=0.7,5,20", "language=zh", *TINY)
    assert said.status == 0
    assert "超出合理区间（括号内），照常模拟：market.tightness=5, 20（0.5 … 1.1）。" in said.err


def test_a_variant_of_a_comparison_counts_and_files_and_defaults_do_not(yizhan: Command) -> None:
    said = yizhan("compare", "programme=youth_venture", "change.policy.loans.rate_per_year=0.9", *TINY)
    assert said.status == 0
    assert ": policy.loans.rate_per_year=0.9 (0.02 … 0.06)." in said.err
    assert "region." not in said.err
    assert "minutes" not in said.err


def test_notes_of_a_scenario_are_said_once(yizhan: Command) -> None:
    said = yizhan("sweep", "-m", "programme=zibo", "place=chengyang", "start=2027-11-01", "policy.lodging.free_nights=0,3", *TINY)
    assert said.status == 0
    assert said.err.count("campuses of its home") == said.err.count("No calendar of holidays is known for 2027") == 1


def test_keys_are_found_whatever_stands_before_them() -> None:
    words = ["-m", "+days=3", "change.policy.loans.budget=5", "market.tightness=1", "word"]
    assert keys_of(words, "change.") == ["policy.loans.budget"]
    assert {"days", "market.tightness"} <= set(keys_of(words))


def test_nothing_is_said_of_levels_that_nobody_set(none: Scenario) -> None:
    odd = none.with_({"market.tightness": 20})
    assert levels_out_of_range([odd], []) == {}
    assert levels_out_of_range([odd], ["days"]) == {}


def test_what_costs_much_is_said(none: Scenario, capsys: pytest.CaptureFixture[str]) -> None:
    say_beforehand(foresee([(none, none.days * 20)], [], 20, 2), "en")
    assert capsys.readouterr().err == ""
    large = none.with_({"population.graduates": 1_000_000})
    say_beforehand(foresee([(large, large.days * 20)], [], 20, 2), "zh")
    assert "预计耗时约" in capsys.readouterr().err
    cost = estimate([(large, large.days)], 1, 1)
    assert 10 < cost.seconds < 100, "benchmarks/README.md: 24 s"
    assert 0.8e9 < cost.memory < 3e9, "benchmarks/README.md: 1.2 GB"


def test_what_a_nation_costs_is_of_the_right_size() -> None:
    nation = Scenario.load("none", {"place": "national"})
    cost = estimate([(nation, nation.days)], 1, 2)
    assert 240 < cost.seconds * min(2, available_cores()) / 2 < 420, "docs/nation.md: 375 s on two cores, before large pages"
    assert 11.0e9 < cost.memory < 13.5e9, "docs/nation.md: 11.65 GiB"
    assert estimate([(nation, nation.days)], 1, 1).seconds > 2 * 240


def test_the_cost_grows_with_what_it_is_made_of(none: Scenario) -> None:
    once = estimate([(none, 365)], 1, 1).seconds
    assert estimate([(none, 3650)], 10, 1).seconds == pytest.approx(10 * once)
    assert estimate([(none, 365), (none, 365)], 1, 1).seconds == pytest.approx(2 * once)
    more = none.with_({"population.graduates": 100_000})
    assert estimate([(more, 365)], 1, 1).seconds > 10 * once
    trips = {"enabled": True, "trips": 1000, "firms": 100_000, "posts": 1_000_000}
    posts = none.with_({"policy.campus_recruitment": trips})
    assert estimate([(posts, 365)], 1, 1).seconds > 3 + once
    assert 0.8e9 < estimate([(posts, 365)], 1, 1).memory - estimate([(none, 365)], 1, 1).memory < 2e9, "1.2 GB were measured"


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [(3, "3 seconds", "3 秒"), (75, "80 seconds", "80 秒"), (432, "7 minutes", "7 分钟"), (40_000, "10 hours", "10 小时"), (1e6, "10 days", "10 天")],
)
def test_times_have_one_digit(seconds: float, en: str, zh: str) -> None:
    said = cost_in_words(Cost(seconds, 2.34e9))
    assert f"about {en} and 2.3 GB" in said
    assert f"约 {zh}，内存约 2.3 GB" in said.zh


def test_many_people_are_simulated_less_often_unless_somebody_says_so(none: Scenario, yizhan: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    many = none.with_({"population.graduates": 100_001})
    assert (usual_replicates(none), usual_replicates(many)) == (20, 12)
    assert replicates_in_words(none) == []
    monkeypatch.setattr("experiments.shared.beforehand.MANY_PEOPLE", 99)
    monkeypatch.setattr("experiments.shared.beforehand.REPLICATES_OF_MANY", 3)
    tiny = [word for word in TINY if not word.startswith("replicates")]
    said = yizhan("run", *tiny)
    assert "3 replicates, since there are 100 young people: replicates=20 gives narrower intervals." in said.err
    assert "Simulated over 3 replicates" in " ".join(said.out.split())
    said = yizhan("run", *tiny[:-1], "replicates=1", "output=other")
    assert "narrower" not in said.err
