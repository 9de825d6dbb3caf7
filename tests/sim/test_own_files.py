"""Own configuration is found by one rule, never hides a shipped file, and says where a mistake is."""

import os
from pathlib import Path

import pytest

from sim.configuration import ConfigurationError, available
from sim.own_files import Own, find_own
from sim.scenario import Scenario
from sim.trials.loading import load_study


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three folders with a programme of the same name each, and a working folder."""
    for name, days in (("flag", 11), ("variable", 12), ("toml", 13)):
        put(tmp_path / name / "programme" / "mine.yaml", f"days: {days}\n")
    put(tmp_path / "yizhan.toml", 'configs = ["toml"]\n')
    (tmp_path / "work" / "deeper").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work" / "deeper")
    monkeypatch.delenv("YIZHAN_CONFIGS", raising=False)
    return tmp_path


def test_only_the_first_that_is_found_counts(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Scenario.load("mine").days == 13
    monkeypatch.setenv("YIZHAN_CONFIGS", str(here / "variable"))
    assert Scenario.load("mine").days == 12
    assert Scenario.load("mine", folders=[here / "flag"]).days == 11
    assert "mine" in available("programme")
    assert find_own([here / "flag"]).names("programme") == ["mine"]
    with pytest.raises(ConfigurationError, match="unknown programme 'mine'"):
        Scenario.load("mine", folders=[])


def test_several_folders_of_the_variable(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here / "more" / "region" / "mine.yaml", "name: mine\nname_zh: 我县\n")
    monkeypatch.setenv("YIZHAN_CONFIGS", f"{here / 'variable'}:{here / 'more'}")
    assert (find_own().names("programme"), find_own().names("region")) == (["mine"], ["mine"])


def test_a_file_chooses_others_and_takes_its_name(here: Path) -> None:
    put(here / "toml" / "region" / "ours.yaml", "rent: 321\n")
    put(here / "toml" / "programme" / "two.yaml", "region: zibo\npopulation: small\ntitle_zh: 我县\npolicy: {loans: {budget: 100万}}\n")
    scenario = Scenario.load("two")
    assert (scenario.programme, scenario.region.name, scenario.population.graduates) == ("two", "zibo", 1000)
    assert scenario.policy.loans.budget == 1_000_000
    put(here / "toml" / "programme" / "three.yaml", "# @package _global_\ndefaults:\n  - override /region: zibo\nprogramme: other\n")
    assert Scenario.load("three").programme == "other"
    assert Scenario.load(str(here / "flag" / "programme" / "mine.yaml")).days == 11


def test_a_study_of_ones_own(here: Path) -> None:
    put(here / "toml" / "study" / "mine.yaml", "population: small\nmarkets: 3\nstudy: {title: Mine, arms: {fair: {services: [job_fairs]}}}\n")
    study, scenario, markets = load_study("mine")
    assert (study.title, scenario.population.graduates, markets) == ("Mine", 1000, 3)


REFUSED: list[tuple[str, str, list[str]]] = [
    ("programme/zibo.yaml", "days: 5\n", ["programme/zibo.yaml: zibo is the name of a shipped programme (", "configs/programme/zibo.yaml", "Rename"]),
    ("programme/a b.yaml", "days: 5\n", ["a name has letters, digits, - and _ only"]),
    ("programme/own.yaml", "days: 5\nplicy: {}\n", ["own.yaml:2: unknown key 'plicy'", "Did you mean 'policy'?"]),
    ("programme/own.yaml", "days: 5\npolicy:\n  lodging:\n    free_nigths: 4\n", ["own.yaml:4: unknown key 'policy.lodging.free_nigths'"]),
    ("programme/own.yaml", "title: x\npolicy:\n  lodging:\n    free_nights: 400\n", ["own.yaml:4: policy.lodging.free_nights is 400", "at most 365"]),
    ("programme/own.yaml", "policy:\n  lodging:\n    budget: 1,000,000\n", ["own.yaml:3: policy.lodging.budget is 1,000,000;", "write 1000000"]),
    ("programme/own.yaml", "programme_name: true\n", ["own.yaml:1: programme_name is true", "a name of letters"]),
    ("programme/own.yaml", "programme_name: a\nprogramme: b\n", ["own.yaml:2: programme and programme_name differ"]),
    ("programme/own.yaml", "# @package policy\ndays: 5\n", ["# @package policy: write # @package _global_"]),
    ("programme/own.yaml", "title: x\ndefaults:\n  - zibo\n", ["defaults: write - override /GROUP: NAME"]),
    ("programme/own.yaml", "title: x\nregion: nowhere\n", ["own.yaml:2: unknown region 'nowhere'"]),
    ("programme/own.yaml", "title: x\nplace: zibbo\n", ["own.yaml:2: unknown place 'zibbo'. Did you mean 'zibo'?"]),
    ("programme/own.yaml", "defaults:\n  - override /market: nope\n", ["own.yaml:2: unknown market 'nope'"]),
    ("programme/own.yaml", "hydra: {mode: RUN}\n", ["own.yaml:1: hydra is no key of a programme"]),
    ("programme/own.yaml", "policy:\n  lodging: {enabled: true\uff0cstations: 4}\n", ["own.yaml:2: the comma is full-width", "true, stations"]),
    ("programme/own.yaml", "policy:\n\u3000\u3000lodging: {}\n", ["own.yaml:2: a full-width space"]),
    ("programme/own.yaml", "days: ${nowhere}\n", ["nowhere"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "fragments"), REFUSED)
def test_a_mistake_is_refused_where_it_stands(here: Path, name: str, content: str, fragments: list[str]) -> None:
    put(here / "toml" / name, content)
    with pytest.raises(ConfigurationError) as refused:
        Scenario.load("own")
    assert [fragment for fragment in fragments if fragment not in str(refused.value)] == []
    assert len(str(refused.value).splitlines()) == 1


def test_a_value_of_the_caller_is_not_put_down_to_a_file(here: Path) -> None:
    put(here / "toml" / "programme" / "own.yaml", "policy:\n  lodging:\n    free_nights: 4\n")
    with pytest.raises(ConfigurationError) as refused:
        Scenario.load("own", {"policy.lodging.free_nights": 400})
    assert str(refused.value).startswith("policy.lodging.free_nights is 400")


def test_of_several_files_the_one_that_has_the_key_itself_is_named(here: Path) -> None:
    put(here / "toml" / "place" / "ours.yaml", "region: zibo\nmarket:\n  tightness: -5\n")
    put(here / "toml" / "programme" / "own.yaml", "place: ours\nmarket: {demand: 0.9}\n")
    with pytest.raises(ConfigurationError, match=r"place/ours\.yaml:3: market\.tightness is -5"):
        Scenario.load("own")


TOMLS = [
    ("configs = ]", "yizhan.toml:1"), ("", "write the folders"), ("config = ['toml']", "unknown key 'config'"), ("configs = 3", "write the folders"),
    ("configs = ['nowhere']", "which is no folder"), ("configs = ['work']", "which has none of the folders"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fragment"), TOMLS)
def test_a_mistake_in_the_toml_is_refused(here: Path, text: str, fragment: str) -> None:
    put(here / "yizhan.toml", text)
    with pytest.raises(ConfigurationError, match=r"yizhan\.toml") as refused:
        Scenario.load("none")
    assert fragment in str(refused.value)


def test_without_any_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("YIZHAN_CONFIGS", raising=False)
    own = find_own()
    assert isinstance(own, Own)
    assert (own.folders, own.files) == ((), {})


def test_a_folder_named_twice_is_one(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIZHAN_CONFIGS", f"{here / 'variable'}{os.pathsep}{here / 'variable'}")
    assert find_own().folders == (here / "variable",)


def test_a_link_to_nothing_is_named(here: Path) -> None:
    link = here / "flag" / "programme" / "lost.yaml"
    link.symlink_to(here / "nowhere.yaml")
    with pytest.raises(ConfigurationError, match=r"lost\.yaml: is a link to .*nowhere\.yaml, which is not there"):
        find_own([here / "flag"])
