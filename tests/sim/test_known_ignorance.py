"""A comparison whose numbers are drawn with a known ignorance and a known luck: what its intervals, its sentences and its precision say."""

import numpy as np
import pytest

from experiments.compare.answer import answer
from experiments.compare.command import what_replicates_leave
from experiments.compare.files import comparison_json
from experiments.compare.report import sure
from experiments.compare.words import names_of
from sim.account import ROWS
from sim.behaviour_set import BehaviourSet
from sim.bilingual import in_language
from sim.capital import CAPITAL
from sim.compared import Comparison, Variant
from sim.comparison import KINDS, Precision, is_precise, without_programme
from sim.results import GROUPS, Replicate, Results
from sim.scenario import Scenario

IGNORANCE, LUCK, EFFECT = 4.0, 6.0, 40.0
VECTORS = 200
NAMES = names_of({"programme": {"en": "the programme", "zh": "这套方案"}}, "none", against_none=True)
MEASURES = ("persons", "employed_in_region", "first_jobs_here")
NOBODY = {attribute: {group: dict.fromkeys(MEASURES, 1.0) for group in groups} for attribute, groups in GROUPS.items()}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    vectors = np.linspace(20.0, 40.0, VECTORS)[:, None]
    return Scenario.load("dongbeitang", behaviour=BehaviourSet("known", "Known", "已知", ("behaviour.posts_seen",), vectors))


def compared(scenario: Scenario, replicates: int, seed: int = 1) -> Comparison:
    """Return a comparison that adds `EFFECT` jobs, by a vector's own effect and by luck; each costs 50,000."""
    rng = np.random.default_rng(seed)
    jobs = EFFECT + np.repeat(IGNORANCE * rng.standard_normal(replicates), 2)[:replicates] + LUCK * rng.standard_normal(replicates)
    results = {}
    for of, more in ((without_programme(scenario), np.zeros(replicates)), (scenario, jobs)):
        runs = [Replicate({}, {"employed_in_region": 500.0 + number, "spending": 5e4 * EFFECT * (of is scenario)}, NOBODY) for number in more]
        results[of.programme] = Results(of, 1, replicates, tuple(runs))
    accounts = {kind: dict.fromkeys(ROWS, np.zeros(replicates)) | {"net_additional_jobs": jobs} for kind in KINDS}
    capital = dict.fromkeys(CAPITAL, np.zeros(replicates))
    return Comparison(results["none"], {"programme": Variant(results["dongbeitang"], accounts, capital)})


def test_more_replicates_narrow_the_error_and_nothing_else(scenario: Scenario) -> None:
    few, many = compared(scenario, 80), compared(scenario, 320, seed=2)
    widths, errors = [], []
    for comparison in (few, many):
        difference, low, high = comparison.difference("programme", "employed_in_region")
        assert low < EFFECT < high
        assert difference == pytest.approx(EFFECT, abs=3)
        widths.append(high - low)
        errors.append(comparison.half_width("programme", "employed_in_region"))
    assert widths == pytest.approx([2 * 1.97 * IGNORANCE] * 2, rel=0.3)
    assert errors[1] / errors[0] == pytest.approx(0.5, abs=0.15)


def test_precision_aims_at_the_error_and_says_what_more_pairs_leave(scenario: Scenario) -> None:
    wanted = Precision("employed_in_region", 1.5)
    assert not is_precise(compared(scenario, 20), wanted)
    known = compared(scenario, 320)
    assert is_precise(known, wanted), "though the interval of ignorance is much wider"
    assert known.difference("programme", "employed_in_region").high - EFFECT > 3 * wanted.half_width
    said = what_replicates_leave(known, "programme", "employed_in_region")
    assert "More replicates narrow the simulation error alone" in str(said)
    assert "只能缩小模拟误差" in in_language(said, "zh")
    whole = what_replicates_leave(compared(scenario, 2 * VECTORS), "programme", "employed_in_region")
    assert "nothing more is learned" in str(whole)
    assert "不会再增加了解" in in_language(whole, "zh")


def test_sentences_say_which_interval_they_have(scenario: Scenario) -> None:
    comparison = compared(scenario, 40)
    said = answer(comparison, "programme", NAMES)
    assert "given what is not known about behaviour" in str(said)
    assert "已计入对行为的了解不足" in in_language(said, "zh")
    assert str(said).endswith("CNY each.")
    head, error, ignorance, place = sure(comparison, "programme")
    assert "95 times in 100" in str(head)
    assert "more replicates would still remove: ± 2" in str(error)
    assert f"(from 20 of {VECTORS} vectors): ± " in str(ignorance)
    assert "one such place may see" in str(place)
    halves = [float(str(line).rpartition("± ")[2]) for line in (error, ignorance, place)]
    assert halves == sorted(halves)


def test_one_vector_tells_nothing_and_says_so(scenario: Scenario) -> None:
    comparison = compared(scenario, 2)
    assert np.isnan(comparison.difference("programme", "employed_in_region").low)
    assert sure(comparison, "programme") == []
    assert "one vector of the set of behaviours cannot tell" in str(answer(comparison, "programme", NAMES))


def test_the_cost_of_a_job_and_the_file(scenario: Scenario) -> None:
    comparison = compared(scenario, 40)
    cost, found = comparison.cost_per("programme"), comparison.cost_estimate("programme")
    assert found is not None
    assert found.ignorance == cost
    assert found.prediction.low < cost.low < cost.value < cost.high < found.prediction.high
    assert found.error < cost.value - cost.low
    content = comparison_json(comparison, "none", "dongbeitang")
    assert content["interval"] == {
        "of": "ignorance", "behaviour": "known", "sha256": scenario.behaviour_set.sha256, "vectors": 20, "vectors_of_set": VECTORS,
    }  # fmt: skip
    variant = content["variants"]["programme"]
    assert variant["cost_per_additional_job"]["intervals"] == {
        "ignorance": [cost.low, cost.high], "prediction": [found.prediction.low, found.prediction.high], "simulation_error": found.error,
    }  # fmt: skip
    group = variant["groups"]["sex"]["male"]["employed_in_region"]
    assert set(group) == {"difference", "low", "high", "intervals", "baseline_values", "variant_values"}
