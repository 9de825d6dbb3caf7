"""``method=information`` and ``method=discovery``: the same runs as a comparison, files, both languages, and what is refused."""

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from experiments.compare.words import names_of
from experiments.sensitivity import discovery_found
from experiments.sensitivity.choice_runs import MEASURED, Choice
from experiments.sensitivity.discovery_files import discovery_json
from experiments.sensitivity.discovery_found import of_choice
from experiments.sensitivity.discovery_report import print_discovery
from experiments.sensitivity.figures.discovery import drawings_of
from experiments.sensitivity.information_found import inform, usual_groups
from experiments.sensitivity.information_report import answer, switches, trial
from experiments.sensitivity.information_trial import HandOver
from sim.behaviour_set import BehaviourSet
from sim.bilingual import in_language
from sim.comparison import without_programme
from sim.discovery.checking import discover
from sim.information.trial_size import Arm
from sim.scenario import Scenario
from sim.trials.study import Study, check_study

Command = Callable[..., Any]
KEYS = ("behaviour.posts_seen", "behaviour.answer_days", "market.tightness")
TINY = (
    "programme=none", "days=20", "behaviour=vectors.yaml", "against=none", "change.stations.policy.lodging.enabled=true",
    "change.stations.policy.lodging.stations=3",
)  # fmt: skip
PEOPLE, FEWER = "graduates=100", "population.graduates=100"
VECTORS, SAME = 8, ("information.json", "information.parquet", "study.yaml")


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def done(call: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    folder = tmp_path_factory.mktemp("choice")
    table = np.column_stack([np.linspace(10.0, 40.0, VECTORS), np.linspace(9.0, 2.0, VECTORS), np.tile([0.4, 0.8], VECTORS // 2)])
    BehaviourSet("vectors", "Eight", "八组", KEYS, table).write(folder / "vectors.yaml")
    said = call(folder, "sensitivity", "method=information", *TINY, PEOPLE, "output=out", "workers=1", "value_per_job=50000")
    assert said.status == 0, said.err
    return folder, said


@pytest.fixture(scope="module")
def compared(call: Command, done: tuple[Path, Any]) -> Path:
    folder, _ = done
    said = call(folder, "compare", *TINY, FEWER, f"replicates={2 * VECTORS}", "output=compared", "figures=false")
    assert said.status == 0, said.err
    return folder / "compared"


def test_it_says_the_cost_before_and_one_sentence_first(done: tuple[Path, Any]) -> None:
    folder, said = done
    assert "8 behaviours, 2 replicates each, 32 worlds" in said.err
    assert "levers keep their size" in said.err
    assert said.out.lstrip().startswith(("Knowing", "No single parameter", "Nothing about behaviour"))
    content = read(folder / "out" / "information.json")
    assert (content["baseline"], content["value_per_job"], content["behaviours"], content["replicates"]) == ("none", 50_000.0, VECTORS, 2 * VECTORS)
    assert set(content["variants"]) == {"stations"}
    whole = content["everything"]
    assert whole["yuan"]["low"] <= whole["yuan"]["value"] <= whole["yuan"]["high"]
    assert whole["jobs"]["value"] == pytest.approx(whole["yuan"]["value"] / 50_000.0)
    assert {one["key"] for one in content["parameters"]} == set(KEYS)
    assert {path.stem for path in (folder / "out" / "figures").glob("*.png")} == {"worths", "curve"}


def test_its_runs_are_those_of_a_comparison_and_a_finished_one_says_the_same(done: tuple[Path, Any], compared: Path, call: Command) -> None:
    folder, _ = done
    kept = read(compared / "comparison.json")["variants"]["stations"]
    table = pq.read_table(folder / "out" / "information.parquet")
    assert table["behaviour"].to_pylist() == np.repeat(np.arange(VECTORS), 2).tolist()
    assert table["stations.spending"].to_pylist() == kept["spending"]["values"]
    assert table["stations.net_additional_jobs"].to_pylist() == kept["account"]["net_additional_jobs"]["values"]
    said = call(folder, "sensitivity", "method=information", "result=compared", "value_per_job=50000", "output=read", "language=zh", "figures=false")
    assert said.status == 0, said.err
    assert "不再模拟" in said.err
    assert read(folder / "read" / "information.json") == read(folder / "out" / "information.json")
    assert pq.read_table(folder / "read" / "information.parquet").equals(table)


def test_the_bytes_are_the_same_for_two_workers_and_after_parts_are_lost(done: tuple[Path, Any], call: Command) -> None:
    folder, _ = done
    shutil.copytree(folder / "out", folder / "again")
    kept = sorted((folder / "again" / "parts").iterdir())
    kept[0].unlink()
    (folder / "again" / "information.json").unlink()
    said = call(folder, "sensitivity", "method=information", *TINY, PEOPLE, "output=again", "workers=2", "value_per_job=50000", "figures=false")
    assert said.status == 0, said.err
    for name in SAME:
        if (folder / "out" / name).exists():
            assert (folder / "out" / name).read_bytes() == (folder / "again" / name).read_bytes()


def test_discovery_reads_a_finished_comparison_and_a_sweep(
    done: tuple[Path, Any], compared: Path, call: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = done
    monkeypatch.setattr(discovery_found, "discover", partial(discover, halves=10, deals=24))
    said = call(folder, "sensitivity", "method=discovery", f"result={compared}", "pays=jobs", "threshold=1", "output=jobs")
    assert said.status == 0, said.err
    assert "Nothing to discover" in said.out
    assert [one["name"] for one in read(folder / "jobs" / "discovery.json")["looked_at"]] == ["stations"]
    rng = np.random.default_rng(1)
    points = rng.random((120, 2))
    hires = 100.0 + 50.0 * (points[:, 0] > 0.6)
    columns = {
        "point": np.repeat(np.arange(120), 2), "replicate": np.tile([0, 1], 120), "hires": np.repeat(hires, 2) + rng.standard_normal(240),
        **dict(zip(KEYS[:2], np.repeat(points, 2, axis=0).T, strict=True)),
    }  # fmt: skip
    about = json.dumps({"axes": list(KEYS[:2])}).encode()
    (folder / "swept").mkdir()
    pq.write_table(pa.table(columns).replace_schema_metadata({b"yizhan": about}), folder / "swept" / "sweep.parquet")
    said = call(folder, "sensitivity", "method=discovery", "sweep=swept", "outcome=hires", "threshold=120", "output=low", "language=zh")
    assert said.status == 0, said.err
    assert "多在" in said.out
    box = read(folder / "low" / "discovery.json")["looked_at"][0]["box"]
    assert [one["key"] for one in box["restrictions"]] == [KEYS[0]]
    assert box["restrictions"][0]["high"] == pytest.approx(0.6, abs=0.05)
    assert (folder / "low" / "figures" / "box_hires.png").exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("method=information", "programme=zibo", "behaviour=evidence"), "behaviour=evidence is one behaviour"),
        (("method=information", "programme=zibo", "comparison=nihgts"), "nights"),
        (("method=information", "result=nowhere"), "holds no finished comparison (config.yaml is missing)"),
        (("method=discovery", "programme=zibo", "pays=job"), "Did you mean 'jobs'"),
        (("method=discovery", "sweep=nowhere", "outcome=hires"), "holds no finished sweep"),
        (("method=morris", "programme=zibo", "comparison=nights"), "method=morris does not look at"),
        (("method=information", "programme=zibo", "change.policy.lodging.free_night=3"), "Did you mean"),
        (("method=information", "programme=zibo", "over=[behaviour.post_seen]"), "Did you mean 'behaviour.posts_seen'"),
    ],
)
def test_mistakes_end_in_a_sentence_and_nothing_is_written(tmp_path: Path, call: Command, words: tuple[str, ...], reason: str) -> None:
    said = call(tmp_path, "sensitivity", *words, "output=out")
    assert said.status == 2
    assert reason in said.err
    assert not (tmp_path / "out").exists()


def toy(luck: float = 5.0, vectors: int = 200) -> Choice:
    """Return a choice between two variants: additional jobs are 20 x the first parameter, less 8; the second variant adds half and costs a fifth."""
    rng = np.random.default_rng(1)
    table = rng.random((vectors, 3))
    rows = np.repeat(np.arange(vectors), 2)
    jobs = 20.0 * table[rows, 0] - 8.0 + luck * rng.standard_normal(len(rows))
    measured = np.zeros((len(rows), 2, len(MEASURED)))
    for place, (share, spent) in enumerate(((1.0, 100_000.0), (0.5, 20_000.0))):
        measured[:, place] = np.column_stack([share * jobs, np.full(len(rows), spent), np.full(len(rows), 100.0), np.full(len(rows), 40.0)])
    return Choice(("dear", "cheap"), measured, rows, KEYS, table)


def test_a_toy_is_told_in_one_sentence_in_both_languages() -> None:
    found = inform(toy(), 50_000.0, {}, 1)
    english, chinese = (in_language(answer(found)[0], language) for language in ("en", "zh"))
    assert english.startswith("Knowing ")
    assert "(behaviour.posts_seen) perfectly before choosing would be worth about" in english
    assert "nothing else is worth more than" in english
    assert "50,000 CNY" in english
    assert "若在选择之前查清" in chinese
    assert {one.name for one in found.parameters if one.is_told} == {KEYS[0]}
    jobs = 20.0 * toy().table[:, 0] - 8.0
    gains = np.column_stack([50_000.0 * jobs - 100_000.0, 25_000.0 * jobs - 20_000.0])
    truth = np.maximum(gains.max(axis=1), 0.0).mean() - max(0.0, gains.mean(axis=0).max())
    assert found.everything.value == pytest.approx(truth, rel=0.2)
    assert found.parameters[0].value == pytest.approx(truth, rel=0.2)


def test_the_choice_changes_where_straight_lines_cross() -> None:
    """Of 2 and 1 jobs for 100,000 and 20,000 yuan: the second pays from 20,000 a job on, the first is better from 80,000."""
    choice = toy(luck=0.0)
    found = inform(choice, 50_000.0, {}, 1)
    mean = float(choice.measured[:, 0, 0].mean())
    assert [one.value.value for one in found.switches] == pytest.approx([20_000.0 / (mean / 2.0), 80_000.0 / (mean / 2.0)])
    assert [(one.before, one.after) for one in found.switches] == [(0, 2), (2, 1)]
    names = names_of({}, "none", against_none=True)
    assert "below it no programme, above it cheap" in in_language(switches(found, names)[0], "en")
    assert "people tell its effect" in in_language(trial(found, names)[0], "en")


def test_groups_are_those_of_services_and_of_everything_else() -> None:
    groups = usual_groups((*KEYS, "behaviour.bid_news", "behaviour.talk_news", "exams.late_share"))
    assert groups == {"people_and_employers": KEYS[:2], "services": ("behaviour.bid_news", "behaviour.talk_news")}


def test_discovery_of_a_toy_finds_its_box_and_draws_it(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery_found, "discover", partial(discover, halves=10, deals=24))
    found = of_choice(toy(vectors=100), "cost", 50_000.0, 1.0, 1)
    scenario = Scenario.load("zibo", behaviour="evidence")
    content = discovery_json(found, scenario, {})["looked_at"][0]
    assert content["told"]
    assert content["box"]["restrictions"][0]["key"] == KEYS[0]
    assert content["box"]["restrictions"][0]["high"] == pytest.approx(0.5, abs=0.1)  # 20 x - 8 jobs at 50,000 are worth 100,000 from x = 0.5 on
    assert 0.0 < content["misplaced_by_luck"] < 0.3
    print_discovery(found, {}, "en")
    assert "Mostly where" in capsys.readouterr().out
    assert drawings_of(found, {}, scenario, 1, "zh")["box_dear"]() is not None


def test_the_study_that_is_handed_over_can_be_carried_out(tmp_path: Path) -> None:
    scenario = Scenario.load("dongbeitang", {"population.graduates": 300, "days": 120}, behaviour="evidence")
    one = inform(toy(), 50_000.0, {}, 1).trial
    assert one is not None
    assert one.arm == Arm(100.0, pytest.approx(one.arm.share), 0.4, pytest.approx(100.0 * (100_000.0, 20_000.0)[one.variant] / 50_000.0 / 1e4))
    study = HandOver("programme", scenario, without_programme(scenario), 1, one)
    assert study.services
    assert study.markets * study.per_market >= study.people
    study.write(tmp_path / "study.yaml")
    content = yaml.safe_load((tmp_path / "study.yaml").read_text(encoding="utf-8"))
    check_study(Study.model_validate(content["study"]), scenario.with_({"policy": content["policy"]}), content["markets"])
