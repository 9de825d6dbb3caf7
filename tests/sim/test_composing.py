"""Python puts files and overrides together as Hydra does, in any thread and from any folder."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from omegaconf import OmegaConf

from experiments.cli import main
from sim.composing import read_yaml
from sim.configuration import ConfigurationError, available
from sim.own_files import SHIPPED
from sim.scenario import Scenario, compose_scenario, register_schema
from sim.trials.loading import load_study, register_study


def by_hydra(name: str, *words: str) -> dict[str, Any]:
    register_schema()
    register_study()
    try:
        with initialize_config_dir(str(SHIPPED), version_base="1.3"):
            found: Any = OmegaConf.to_container(compose(name, list(words)), resolve=True)
    finally:
        GlobalHydra.instance().clear()
    return dict(found)


@pytest.mark.parametrize("programme", available("programme"))
def test_it_is_what_hydra_composes(programme: str) -> None:
    assert compose_scenario(programme, {}) == by_hydra("scenario", f"programme={programme}")


def test_files_and_values_of_the_caller_come_last() -> None:
    words = ("programme=chengyang", "market=slack", "population=small", "policy.lodging.free_nights=3")
    overrides = {"market": "slack", "population": "small", "policy.lodging.free_nights": 3}
    assert compose_scenario("chengyang", overrides) == by_hydra("scenario", *words)


def test_a_study_brings_its_scenario() -> None:
    plain = by_hydra("trial", "study=casework_saturation", "market.tightness=0.4")
    study, scenario, markets = load_study("casework_saturation", {"market.tightness": 0.4})
    assert markets == plain["markets"] == 20
    assert study.design == plain["study"]["design"]
    assert (scenario.market.tightness, scenario.days) == (plain["market"]["tightness"], plain["days"]) == (0.4, 395)


def test_threads_do_not_disturb_each_other() -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda number: Scenario.load("zibo", {"days": number}).days, range(1, 41)))
    assert found == list(range(1, 41))


def test_a_folder_with_configs_of_its_own_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "configs" / "programme").mkdir(parents=True)
    (tmp_path / "configs" / "programme" / "zibo.yaml").write_text("days: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    assert Scenario.load("zibo").days == 216


@pytest.mark.parametrize(
    ("overrides", "fragment"),
    [({"title": "true"}, ""), ({"title": "a, 'b' [c"}, ""), ({"policy.lodging": {"budget": 5}}, ""), ({"policy.lodging": {"bugdet": 5}}, "bugdet"),
     ({"+foo": 3}, "unknown key 'foo'")],
)  # fmt: skip
def test_values_need_no_quotes(overrides: dict[str, Any], fragment: str) -> None:
    if fragment:
        with pytest.raises(ConfigurationError, match=fragment):
            Scenario.load("none", overrides)
        return
    scenario: Any = Scenario.load("none", overrides)
    assert overrides.get("title", scenario.title) == scenario.title
    assert scenario.policy.lodging.budget == (5 if "policy.lodging" in overrides else None)


@pytest.mark.parametrize("written", ["zibo", " zibo ", "ｚｉｂｏ", "淄博", "\u3000淄博", "淄博“我为青年办实事”六大行动"])
def test_a_name_is_read_as_people_write_it(written: str) -> None:
    assert Scenario.load(written).programme == "zibo"


def test_a_place_is_found_by_its_title_and_so_is_a_region() -> None:
    scenario = Scenario.load("none", {"place": "淄博", "region": "城阳"})
    assert (scenario.place, scenario.region.name) == ("zibo", "chengyang")


@pytest.mark.parametrize(
    ("written", "said"),
    [("年", "programme=年 may be dongbeitang, youth_venture, zibo; write one of them"), ("拉萨", "unknown programme '拉萨'. Known: campus_link, "),
     ("", "unknown programme ''. Known: campus_link"), ("ｎｏｎｅ.yaml", "there is no such file")],
)  # fmt: skip
def test_a_title_of_several_and_of_none_is_refused_alike_by_the_commands(written: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Scenario.load(written)
    assert said in str(refused.value)
    assert main(["run", f'programme="{written}"', "--cfg", "job"]) == 2
    assert capsys.readouterr().err == f"yizhan: {refused.value}\n"


def test_a_title_that_is_the_text_comes_before_one_that_holds_it(tmp_path: Path) -> None:
    for name, title in (("east", "我县东部"), ("ours", "我县")):
        (tmp_path / "programme").mkdir(exist_ok=True)
        (tmp_path / "programme" / f"{name}.yaml").write_text(f"title_zh: {title}\n", encoding="utf-8")
    assert Scenario.load("我县", folders=[tmp_path]).programme == "ours"
    assert Scenario.load("东部", folders=[tmp_path]).programme == "east"


def test_a_study_is_found_by_its_title() -> None:
    title = read_yaml("study", "casework_saturation")["study"]["title_zh"]
    assert load_study(title)[0].title == load_study("casework_saturation")[0].title
