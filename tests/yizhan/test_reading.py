"""Result folders read back: the same numbers as were written, and a clear word where there are none."""

import contextlib
import io
import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.cli import main
from sim.bilingual import in_language
from sim.comparison import compare, without_programme
from sim.configuration import ConfigurationError
from sim.results import Results
from sim.scenario import Scenario
from sim.simulation import simulate
from yizhan.reading import SavedResult, SavedRun, read_results

SMALL = ("population.graduates=200", "days=20", "replicates=2", "figures=false", "workers=1")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A result of each verb."""
    root = tmp_path_factory.mktemp("results")
    words = {
        "run": ("run", "programme=zibo", *SMALL, "save_people=true"),
        "compare": ("compare", "programme=zibo", *SMALL),
        "sweep": ("sweep", "-m", "programme=zibo", *SMALL, "policy.lodging.free_nights=0,6"),
        "trial": ("trial", "study=lodging_subsidy", *SMALL[:1], *SMALL[2:], "days=150", "markets=1", "study.followup_days=[30]"),
    }
    for verb, command in words.items():
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as err:
            assert main([*command, f"output={root / verb}"]) == 0, err.getvalue()
    return {verb: root / verb for verb in words}


def test_a_run_is_read_as_it_was(folders: dict[str, Path]) -> None:
    saved = read_results(folders["run"])
    assert isinstance(saved, SavedRun)
    assert isinstance(saved, Results)
    scenario = Scenario.load("zibo", {"population.graduates": 200, "days": 20})
    assert saved.scenario == scenario
    again = simulate(scenario, replicates=2, save_people=True)
    assert json.dumps(saved.summary()) == json.dumps(again.summary()) == json.dumps(json.loads((folders["run"] / "summary.json").read_text("utf-8")))
    for part in ("outcomes", "series", "groups", "people", "summary"):
        pd.testing.assert_frame_equal(saved.to_frame(part), again.to_frame(part), check_dtype=False)
    for one, other in zip(saved.runs, again.runs, strict=True):
        assert list(one.series) == list(other.series)
        for name, values in one.series.items():
            np.testing.assert_array_equal(values, other.series[name])
    assert saved.provenance["command"].startswith("yizhan run programme=zibo")
    assert repr(saved).startswith("<SavedRun of zibo: 2 replicates of 20 days, seed 1;")
    assert "Outcome" in saved._repr_html_()


def test_a_comparison_is_read(folders: dict[str, Path]) -> None:
    saved = read_results(str(folders["compare"]))
    assert isinstance(saved, SavedResult)
    assert (saved.kind, saved.scenario.programme) == ("compare", "zibo")
    frame = saved.to_frame()
    assert list(frame.columns) == ["variant", "replicate", "outcome", "value", "baseline", "difference", "unit"]
    zibo = Scenario.load("zibo", {"population.graduates": 200, "days": 20})
    made = compare(without_programme(zibo), dict.fromkeys(saved.content["variants"], zibo), replicates=2)
    for part in ("outcomes", "summary", "account", "account_summary"):
        mine, theirs = (one.to_frame(part) for one in (saved, made))
        keys = [key for key in ("variant", "kind", "row", "outcome", "replicate") if key in mine]
        sorted_ = [frame.sort_values(keys).reset_index(drop=True) for frame in (mine, theirs)]
        pd.testing.assert_frame_equal(*sorted_, check_dtype=False)
    assert list(saved.to_frame("series").columns) == list(made.to_frame("series").columns)
    name = next(iter(saved.content["variants"]))
    values = saved.content["variants"][name]["outcomes"]["spending"]["values"]
    assert frame[(frame.variant == name) & (frame.outcome == "spending")].difference.tolist() == values
    assert {"baseline_mean", "variant_mean", "difference"} <= set(saved.to_frame("summary").columns)
    assert "variant" in saved.to_frame("series").columns
    assert len(repr(saved)) < 400
    assert "净增" not in saved._repr_html_()
    assert name in saved._repr_html_()


def test_a_sweep_and_a_trial_are_read(folders: dict[str, Path]) -> None:
    sweep, trial = (read_results(folders[verb]) for verb in ("sweep", "trial"))
    points = sweep.to_frame()
    assert points["policy.lodging.free_nights"].tolist() == [0, 0, 6, 6]
    assert {"point", "replicate", "hires"} <= set(points.columns)
    assert set(trial.to_frame().columns) >= {"trial", "estimand", "estimate", "truth"}
    assert [sweep.kind, trial.kind] == ["sweep", "trial"]
    table = sweep._repr_html_()
    assert "policy.lodging.free_nights" in table
    assert table.count("<tr>") == 3
    assert "share" in table
    assert "2 points" in table
    study = trial.content["study"]
    assert study["title"] in repr(trial)
    assert "none" not in repr(trial)
    assert study["title_zh"] in trial._repr_html_()
    assert "<td" in trial._repr_html_()
    assert "No programme" not in trial._repr_html_()
    with pytest.raises(ValueError, match="there are: points"):
        sweep.to_frame("series")


def test_what_is_no_result_is_named(folders: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no folder"):
        read_results(tmp_path / "nothing")
    with pytest.raises(ConfigurationError, match=r"no result of yizhan: it has no config\.yaml") as caught:
        read_results(tmp_path)
    assert "不是 yizhan 的结果" in in_language(caught.value, "zh")
    broken = tmp_path / "broken"
    for name, content, words in (
        ("summary.json", "{", "cannot be read"),
        ("summary.json", '{"replicates": 2}', "cannot be read as a result of yizhan run: KeyError"),
        ("config.yaml", "days: none at all", "holds no scenario of this version"),
        ("config.yaml", "[", "holds no scenario of this version"),
        ("series.parquet", "no table", "cannot be read as a result of yizhan run"),
    ):
        shutil.copytree(folders["run"], broken)
        (broken / name).write_text(content, encoding="utf-8")
        with pytest.raises(ConfigurationError, match=words):
            read_results(broken)
        shutil.rmtree(broken)
