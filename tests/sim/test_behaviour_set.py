"""Sets of behaviours: read strictly, below whatever is said, one vector for two replicates, kept with what they were used for."""

import json
import pickle
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from experiments.compare.command import main as compare_by_words
from experiments.run.command import main as run
from experiments.shared.errors import MistakeError
from experiments.sweep.command import main as sweep
from sim.behaviour_set import DEFAULT_BEHAVIOUR, BehaviourSet
from sim.bilingual import in_language, message_of
from sim.comparison import NotComparableError, compare, without_programme
from sim.configuration import ConfigurationError
from sim.how_sure import intervals_of
from sim.model import YouthEmploymentModel
from sim.scenario import Scenario
from sim.simulation import simulate
from sim.uncertainty import Lived, estimate_over
from sim.world import make_world
from yizhan import read_results

SEEN, TARGETING, TIGHTNESS = "behaviour.posts_seen", "behaviour.targeting", "market.tightness"
VECTORS = [[20.0, 0.5, 0.5], [32.4, 0.6, 0.7], [45.0, 0.8, 0.9]]
SMALL: dict[str, Any] = {"population.graduates": 60, "days": 9}
WORDS = ["days=9", "population.graduates=60", "figures=false", "workers=1"]


@pytest.fixture
def three() -> BehaviourSet:
    return BehaviourSet("three", "Three", "三", (SEEN, TARGETING, TIGHTNESS), np.array(VECTORS), {"seed": 1})


@pytest.fixture
def file(three: BehaviourSet, tmp_path: Path) -> Path:
    (tmp_path / "sets").mkdir()
    path = tmp_path / "sets" / "three.yaml"
    three.write(path)
    return path


def test_what_is_written_is_read_again(three: BehaviourSet, file: Path) -> None:
    found = BehaviourSet.load(file)
    assert found == three
    assert (found.name, found.title, found.title_zh, found.parameters, found.provenance) == ("three", "Three", "三", three.parameters, {"seed": 1})
    np.testing.assert_array_equal(found.vectors, three.vectors)
    assert found.digest == three.digest
    three.vectors[0, 0] += 1
    assert found != three


def test_without_a_set_everything_is_as_it_was() -> None:
    scenario = Scenario.load("zibo", SMALL, behaviour="evidence")
    assert scenario.behaviour_set.found is None
    assert scenario.of_replicate(3) is scenario
    assert DEFAULT_BEHAVIOUR != "evidence" or scenario == Scenario.load("zibo", SMALL)


def test_two_replicates_live_with_one_vector_whatever_shares_the_luck(three: BehaviourSet) -> None:
    scenario = Scenario.load("none", SMALL, behaviour=three)
    lived = [make_world(scenario, 1, number).scenario for number in range(8)]
    assert [world.behaviour.posts_seen for world in lived] == [20, 20, 32, 32, 45, 45, 20, 20], "whole numbers are rounded"
    assert [world.market.tightness for world in lived[:6:2]] == [0.5, 0.7, 0.9]
    assert all(world.behaviour_set.found is None for world in lived)
    assert YouthEmploymentModel(scenario, seed=1, replicate=2).configuration == scenario.of_replicate(2) == lived[2]


def test_each_replicate_is_that_of_its_own_scenario_for_any_number_of_workers(three: BehaviourSet) -> None:
    scenario = Scenario.load("dongbeitang", SMALL, behaviour=three)
    one, two = (simulate(scenario, replicates=4, seed=3, workers=workers) for workers in (1, 2))
    alone = simulate(scenario.of_replicate(3), replicates=4, seed=3, workers=1)
    for name, values in one.outcomes.items():
        np.testing.assert_array_equal(values, two.outcomes[name])
        np.testing.assert_array_equal(values[2:], alone.outcomes[name][2:])
    assert any((values[0] != alone.series[name][0]).any() for name, values in one.series.items())


def test_a_set_lies_below_whatever_is_said(three: BehaviourSet, tmp_path: Path) -> None:
    place = tmp_path / "place" / "mine.yaml"
    place.parent.mkdir()
    place.write_text("behaviour:\n  targeting: 0.65\n", encoding="utf-8")  # the value that is declared: said all the same
    bare = Scenario.load("none", behaviour=three)
    assert bare.behaviour_set.fixed == (), "files called default say nothing"
    by_place = Scenario.load("none", {"place": "mine"}, [tmp_path], three)
    assert by_place.behaviour_set.fixed == (TARGETING,)
    by_market = Scenario.load("none", {"market": "tight"}, behaviour=three)
    assert by_market.behaviour_set.fixed == (TIGHTNESS,)
    by_hand = Scenario.load("none", {"place": "mine", SEEN: 40}, [tmp_path], three)
    assert by_hand.behaviour_set.fixed == (SEEN, TARGETING)
    fixed = [by_hand.of_replicate(number) for number in (0, 2, 4)]
    lived = [(one.behaviour.posts_seen, one.behaviour.targeting, one.market.tightness) for one in fixed]
    assert lived == [(40, 0.65, number) for number in (0.5, 0.7, 0.9)]
    (note,) = by_hand.notes
    for language in ("en", "zh"):
        assert f"{SEEN}=40" in in_language(note, language)
        assert TARGETING not in in_language(note, language), "a file has said it, not a hand"
    assert by_place.notes == ()


def test_a_key_that_is_changed_later_is_fixed(three: BehaviourSet) -> None:
    scenario = Scenario.load("none", SMALL, behaviour=three)
    changed = scenario.with_({SEEN: 50})
    assert changed.behaviour_set.fixed == (SEEN,)
    assert changed.with_(market={"tightness": 0.6}).behaviour_set.fixed == (SEEN, TIGHTNESS)
    assert scenario.with_(behaviour=scenario.behaviour).behaviour_set.fixed == (SEEN, TARGETING)
    assert scenario.model_copy(update={"market": scenario.market}).behaviour_set.fixed == (TIGHTNESS,)
    assert scenario.with_({"days": 4}).behaviour_set == scenario.behaviour_set
    assert [changed.of_replicate(number).behaviour.posts_seen for number in (0, 4)] == [50, 50]
    for change in ({"behaviour": "evidence"}, {"behaviour_set": {"name": "evidence"}}):
        with pytest.raises(ConfigurationError, match="cannot be changed in a scenario"):
            scenario.with_(change)


def test_a_scenario_keeps_its_set_on_every_way(three: BehaviourSet) -> None:
    scenario = Scenario.load("none", {**SMALL, SEEN: 40}, behaviour=three)
    again = pickle.loads(pickle.dumps(scenario))  # noqa: S301 (our own)
    assert again == scenario
    assert again.of_replicate(4) == scenario.of_replicate(4)
    plain = scenario.model_dump(mode="json")
    assert plain["behaviour_set"] == {"name": "three", "sha256": three.digest, "fixed": [SEEN], "by_hand": [SEEN]}
    assert Scenario.model_validate(plain).of_replicate(4) == scenario.of_replicate(4)
    other = Scenario.load("none", {**SMALL, SEEN: 40}, behaviour="evidence")
    assert scenario != other
    assert scenario.model_dump_json() != other.model_dump_json()


def test_worlds_of_different_sets_are_no_pairs(three: BehaviourSet) -> None:
    scenario = Scenario.load("dongbeitang", SMALL, behaviour=three)
    assert without_programme(scenario).behaviour_set == scenario.behaviour_set
    with pytest.raises(NotComparableError, match="behaviour set"):
        compare(without_programme(scenario), {"other": Scenario.load("dongbeitang", SMALL, behaviour="evidence")}, replicates=1)


def wrong(content: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {key: value for key, value in {**content, **changes}.items() if value is not Ellipsis}


@pytest.mark.parametrize(
    ("changes", "en", "zh"),
    [
        ({"vectors": ...}, "vectors is missing", "缺少 vectors"),
        ({"extra": 1}, "extra is no key of a behaviour set", "行为参数集没有键 extra"),
        ({"provenance": [1]}, "provenance is no table", "provenance 应为一组键"),
        ({"parameters": "x"}, "parameters is a list of keys", "parameters 应为键的列表"),
        ({"parameters": [SEEN, "behaviour.targetting", TIGHTNESS]}, "Did you mean 'behaviour.targeting'", "behaviour.targeting"),
        ({"parameters": [SEEN, "policy.lodging.free_nights", TIGHTNESS]}, "declared with a plausible range", "合理区间"),
        ({"parameters": [SEEN, SEEN, TIGHTNESS]}, f"{SEEN} is there twice", f"{SEEN} 重复"),
        ({"vectors": VECTORS[:1]}, "at least 2 lists", "至少 2 组"),
        ({"vectors": 5}, "at least 2 lists", "至少 2 组"),
        ({"vectors": [*VECTORS, [20, 0.5]]}, "vector 4 has 2 values; there are 3 parameters", "第 4 组有 2 个值，而参数有 3 个"),
        ({"vectors": [*VECTORS, 7]}, "vector 4 has 0 values", "第 4 组有 0 个值"),
        ({"vectors": [*VECTORS, [20, 1.5, 0.5]]}, "vector 4: behaviour.targeting is 1.5; allowed is a number from 0", "第 4 组"),
        ({"vectors": [*VECTORS, [20, "much", 0.5]]}, "behaviour.targeting is 'much'", "behaviour.targeting 为 'much'"),
        ({"vectors": [*VECTORS, [20, True, 0.5]]}, "behaviour.targeting is true", "behaviour.targeting 为 true"),
        ({"vectors": [*VECTORS, [20, float("nan"), 0.5]]}, "behaviour.targeting is", "behaviour.targeting 为"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_set_is_refused(file: Path, changes: dict[str, Any], en: str, zh: str) -> None:
    file.write_text(yaml.safe_dump(wrong(yaml.safe_load(file.read_text(encoding="utf-8")), **changes)), encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        BehaviourSet.load(file)
    said = message_of(error.value)
    assert en in in_language(said, "en")
    assert zh in in_language(said, "zh")
    assert str(file) in in_language(said, "en")


@pytest.mark.parametrize(
    ("given", "said"),
    [("thre", "unknown behaviour"), ("no.yaml", "no such file"), (3, "allowed is the name of a set"), ("evidence.yaml", "rename the file")],
)
def test_a_set_that_is_not_there_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch, given: Any, said: str) -> None:
    monkeypatch.chdir(file.parent)
    file.with_name("evidence.yaml").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said):
        Scenario.load("none", behaviour=given)


def test_a_result_runs_again_after_its_set_has_changed(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run([*WORDS, "replicates=3", f"behaviour={file}", f"{SEEN}=40", f"output={tmp_path / 'one'}"])
    assert f"fixed in every vector, since it was given: {SEEN}=40" in capsys.readouterr().err
    provenance = json.loads((tmp_path / "one" / "provenance.json").read_text(encoding="utf-8"))
    digest = BehaviourSet.load(file).digest
    assert provenance["behaviour_sets"] == {"three": {"sha256": digest, "vectors": 3}}
    file.write_text(file.read_text(encoding="utf-8").replace("0.5, 0.5", "0.4, 0.4"), encoding="utf-8")
    run([f"from={tmp_path / 'one'}", f"output={tmp_path / 'two'}"])
    assert re.search("same", capsys.readouterr().out + capsys.readouterr().err)
    assert (tmp_path / "one" / "series.parquet").read_bytes() == (tmp_path / "two" / "series.parquet").read_bytes()
    hires = json.loads((tmp_path / "two" / "summary.json").read_text(encoding="utf-8"))["outcomes"]["employed_in_region"]
    assert hires["intervals"]["ignorance"] == [hires["low"], hires["high"]]
    run([f"from={tmp_path / 'one'}", f"{TARGETING}=0.6", f"output={tmp_path / 'three'}"])
    assert read_results(tmp_path / "three").scenario.behaviour_set.fixed == (SEEN, TARGETING)
    saved = read_results(tmp_path / "two").scenario
    assert saved.behaviour_set.sha256 == digest
    assert saved.of_replicate(0).behaviour.targeting == 0.5


def test_a_sweep_varies_sets_and_the_replicates_keep_their_vectors(file: Path, tmp_path: Path) -> None:
    words = ["-m", *WORDS, f"behaviour=evidence,{file}", f"{TARGETING}=0.5,0.7"]
    sweep([*words, "replicates=2", "first_replicate=2", f"output={tmp_path / 'swept'}"])
    saved = read_results(tmp_path / "swept").to_frame("points")  # type: ignore[union-attr]
    assert set(zip(saved["behaviour"], saved[TARGETING], strict=True)) == {(name, value) for name in ("evidence", "three") for value in (0.5, 0.7)}
    for name, behaviour in (("evidence", "evidence"), ("three", str(file))):
        scenario = Scenario.load("none", {**SMALL, TARGETING: 0.7}, behaviour=behaviour)
        values = simulate(scenario, replicates=4, workers=1).outcomes["vacancies_open"][2:]
        point = saved[(saved["behaviour"] == name) & (saved[TARGETING] == 0.7)].sort_values("replicate")
        np.testing.assert_array_equal(point["vacancies_open"], values)
    file.write_text(file.read_text(encoding="utf-8").replace("32.4", "42.4"), encoding="utf-8")
    sweep([f"from={tmp_path / 'swept'}", f"output={tmp_path / 'again'}"])
    assert (tmp_path / "again" / "sweep.parquet").read_bytes() == (tmp_path / "swept" / "sweep.parquet").read_bytes()


def test_a_comparison_over_a_set_says_which_intervals_it_has(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [*WORDS[1:], "programme=dongbeitang", "days=30", f"behaviour={file}", "replicates=5"]
    compare_by_words([*words, f"change.{SEEN}=90", f"output={tmp_path / 'compared'}"])
    said = capsys.readouterr()
    assert re.search(f"fixed in every vector, since it was given: .*{SEEN}=90", said.err)
    assert "Intervals: where the expected number lies, given what is not known about behaviour; from 3 of the 3" in " ".join(said.out.split())
    content = json.loads((tmp_path / "compared" / "comparison.json").read_text(encoding="utf-8"))
    assert content["interval"] == {
        "of": "ignorance", "behaviour": "three", "sha256": BehaviourSet.load(file).digest, "vectors": 3, "vectors_of_set": 3,
    }  # fmt: skip
    (variant,) = content["variants"].values()
    assert any(value for one in variant["outcomes"].values() for value in one["values"])
    told = [*variant["outcomes"].values(), *variant["account"].values(), variant["spending"], variant["cost_per_additional_job"]]
    for one in told:
        assert set(one["intervals"]) == {"ignorance", "prediction", "simulation_error"}
        assert one["intervals"]["ignorance"] == [one["low"], one["high"]]
    applied = variant["outcomes"]["applications_sent"]
    found = estimate_over(applied["values"], Lived(np.array([0, 0, 1, 1, 2]), 3))
    assert applied["intervals"] == intervals_of(found)["intervals"]
    compare_by_words([*words, f"change.{SEEN}=90", "workers=2", f"output={tmp_path / 'twice'}"])
    for name in ("comparison.json", "series.parquet", "summary.json"):
        assert (tmp_path / "compared" / name).read_bytes() == (tmp_path / "twice" / name).read_bytes()
    with pytest.raises(MistakeError, match="one set of behaviours"):
        compare_by_words([*words, "change.behaviour=evidence"])
