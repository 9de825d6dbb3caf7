"""What a result is called: the place stands there where it is not the programme's home."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from experiments.cli import main
from experiments.trial.command import OneTrial
from sim.own_files import find_own, using
from sim.results import Replicate, Results
from sim.scenario import Scenario
from sim.titles import home_of, short_name_of, titles_of


def test_a_programme_at_home_has_its_title() -> None:
    for name in ("zibo", "chengyang", "none"):
        scenario = Scenario.load(name)
        assert titles_of(scenario) == {"en": scenario.title, "zh": scenario.title_zh}
        assert short_name_of(scenario) == name
    assert [home_of(name) for name in ("zibo", "none", "of nobody")] == ["zibo", "default", ""]


def test_a_programme_elsewhere_says_where() -> None:
    scenario = Scenario.load("zibo", {"place": "chengyang"})
    title = Results(scenario, 1, 1, (Replicate({}, {}, {}),)).title
    assert title == {"en": f"{scenario.title} in chengyang", "zh": f"{scenario.title_zh}（地方：城阳）"}
    assert short_name_of(scenario) == "zibo_in_chengyang"
    assert short_name_of(Scenario.load("none", {"place": "zibo"})) == "none_in_zibo"


def test_a_place_is_called_as_somebody_names_it() -> None:
    """A name that is nobody else's is its own; one that is another place's was inherited, and says nothing."""
    named = Scenario.load("zibo", {"place": "county", "region.name": "Yunxi", "region.name_zh": "云溪县"})
    assert titles_of(named) == {"en": f"{named.title} in Yunxi", "zh": f"{named.title_zh}（地方：云溪县）"}
    inherited = Scenario.load("zibo", {"place": "county", "region.name": "chengyang"})
    assert titles_of(inherited) == {"en": f"{named.title} in county", "zh": f"{named.title_zh}（地方：county）"}


def test_an_own_programme_in_its_own_place_is_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "county", "demo"]) == 0
    with using(find_own()):
        scenario = Scenario.load("demo")
        assert (home_of("demo"), short_name_of(scenario)) == ("demo", "demo")
        assert titles_of(scenario) == {"en": scenario.title, "zh": scenario.title_zh}
    assert titles_of(scenario) == {"en": scenario.title, "zh": scenario.title_zh}, "where the files are gone, too"


@pytest.mark.parametrize("verb", ["run", "compare"])
def test_the_table_and_the_folder_say_the_place(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    small = ("population.graduates=200", "days=5", "replicates=1", "workers=1", "figures=false")
    assert main([verb, "programme=zibo", "place=chengyang", *small]) == 0
    assert "in chengyang" in capsys.readouterr().out
    assert [folder.name[20:] for folder in (tmp_path / "results" / verb).iterdir()] == ["zibo_in_chengyang"]


def test_the_folder_of_a_trial_says_the_study() -> None:
    work: Any = OneTrial.__new__(OneTrial)
    work.scenario = Scenario.load("none")
    work.options = SimpleNamespace(study=SimpleNamespace(title="Invitations to job fairs"))
    for words, name in (
        (["study=demo"], "demo"), (["days=5", "study=own/demo.yaml"], "demo"), (["from=results/trial/earlier"], "job_fair"), ([], "job_fair"),
    ):  # fmt: skip
        work.words = words
        assert work.name == name
    work.options.study.title = "of nobody"
    assert work.name == "none"
