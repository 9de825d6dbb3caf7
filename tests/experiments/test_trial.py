"""``yizhan trial``: files, tables, figures, both languages, and what is refused."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

from sim.configuration import available
from tests.every import every, some

Command = Callable[..., Any]
TINY = ("study=casework_saturation", "population.graduates=300", "markets=10", "study.followup_days=[30,60]", "days=90", "seed=4")
FIGURES = ("estimates", "over_time", "saturation")


@dataclass(frozen=True)
class Done:
    folder: Path
    out: str

    @property
    def json(self) -> Any:
        return json.loads((self.folder / "trial.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def done(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Done:
    folder = tmp_path_factory.mktemp("trial")
    said = call(folder, "trial", *TINY, "replicates=3", "save_people=true", "output=out")
    assert said.status == 0, said.err
    return Done(folder / "out", said.out)


def test_the_files_of_a_trial(done: Done) -> None:
    files = {"config.yaml", "provenance.json", "summary.json", "trial.json", "estimates.parquet", "people.parquet", "figures"}
    assert {path.name for path in done.folder.iterdir()} == files
    assert {path.name for path in (done.folder / "figures").iterdir()} == {f"{name}.{kind}" for name in FIGURES for kind in ("png", "svg")}
    config = yaml.safe_load((done.folder / "config.yaml").read_text(encoding="utf-8"))
    assert config["study"]["followup_days"] == [30, 60]
    assert (config["markets"], config["replicates"], config["policy"]["casework"]["enabled"]) == (10, 3, True)


def test_the_summary_has_the_shape_of_every_summary(done: Done) -> None:
    summary = json.loads((done.folder / "summary.json").read_text(encoding="utf-8"))
    assert (summary["programme"], summary["seed"], summary["replicates"], summary["days"]) == ("none", 4, 3, 90)
    for name, outcome in some(summary["outcomes"].items()):
        assert set(outcome) == {"unit", "mean", "low", "high", "values"}, name
        assert len(outcome["values"]) == 3
    assert {"itt.1.works.60", "true.itt.1.works.60", "spillover.works.60"} <= set(summary["outcomes"])


def test_the_estimates_in_the_files_agree(done: Done) -> None:
    table = pq.read_table(done.folder / "estimates.parquet").to_pandas()
    found = done.json
    assert len(table) == 3 * len(found["findings"])
    one = next(entry for entry in found["findings"] if (entry["estimand"], entry["outcome"], entry["day"]) == ("itt", "works", 60))
    rows = table[(table.estimand == "itt") & (table.outcome == "works") & (table.day == 60)].sort_values("trial")
    assert rows.estimate.tolist() == one["estimate"]["values"]
    assert rows.truth.tolist() == one["truth"]["values"]
    assert one["bias"]["value"] == pytest.approx(float((rows.estimate - rows.truth).mean()))
    assert one["power"]["value"] == pytest.approx(float((rows.p < 0.05).mean()))
    assert found["primary"] == {"outcome": "works", "day": 60}


def test_the_people_let_others_do_the_analysis(done: Done) -> None:
    people = pq.read_table(done.folder / "people.parquet").to_pandas()
    found = done.json
    assert {"trial", "market", "cluster", "person", "arm", "saturation", "used_60", "education_at_enrolment", "works_60_if_nobody"} <= set(people)
    assert people.groupby("trial").size().tolist() == found["enrolled"]["values"]
    pure = people[people.saturation == 0]
    every(pure.arm == "control")
    np.testing.assert_array_equal(pure.works_60, pure.works_60_if_nobody)
    treated = people[people.arm == "casework"]
    one = next(entry for entry in found["findings"] if (entry["estimand"], entry["outcome"], entry["day"]) == ("itt", "works", 60))
    by_hand = (treated.works_60 - treated.works_60_if_nobody).groupby(treated.trial).mean()
    assert by_hand.tolist() == pytest.approx(one["truth"]["values"])


def test_what_is_printed_has_the_numbers_of_the_files(done: Done) -> None:
    assert "Saturation of job-search casework" in done.out
    assert "3 trials, each with people and luck of its own: two-stage randomised saturation in 10 separate labour markets of 300" in done.out
    for words in ("Primary outcome: Has work, anywhere, 60 days after enrolment", "The truth", "naive", "= net, on everybody", "pure control areas"):
        assert words in done.out
    take_up = 100 * done.json["take_up"]["casework"]["value"]
    assert f"casework {take_up:.0f} %" in done.out


def test_the_same_in_chinese(yizhan: Command) -> None:
    said = yizhan("trial", *TINY, "replicates=2", "language=zh", "study.design=individual", "markets=1")
    assert said.status == 0, said.err
    table = said.out
    assert "求职帮扶的饱和度试验" in table
    assert "个体随机" in table
    assert "真值" in table
    assert re.search(r"[A-Za-z]{4,}", re.sub(r"results/\S+|replicates=\d+|markets=|Result", "", table)) is None


def test_one_trial_says_what_it_cannot_show(yizhan: Command) -> None:
    said = yizhan("trial", *TINY, "replicates=1", "figures=false")
    assert said.status == 0, said.err
    assert "One trial shows no bias, coverage or power" in said.out
    assert "nan" not in said.out
    assert "1 trial, each" in said.out


def test_nobody_who_enrols_is_told(yizhan: Command) -> None:
    said = yizhan("trial", "study=job_fair", "population.graduates=200", "markets=1", "days=60", "study.followup_days=[30]", "replicates=2",
                  "study.eligible.activities=[founder]", "study.eligible.education=[master]", "study.eligible.places=[visiting]")  # fmt: skip
    assert said.status == 0, said.err
    assert "Nobody enrols" in said.out
    assert "used it: job fairs –" in said.out
    assert "0 %" not in said.out.replace("50 %", "")
    assert "nan" not in said.out
    assert "1 separate labour market of" in said.out
    assert not said.err.partition("Warning")[1]


def test_districts_that_share_a_market_are_no_pure_controls(yizhan: Command) -> None:
    said = yizhan("trial", *TINY, "markets=1", "study.design=clustered", "study.clusters=districts", "replicates=1", "figures=false")
    assert said.status == 0, said.err
    assert "control districts" in said.out
    assert "pure" not in said.out


def test_few_clusters_and_no_take_up_are_told(yizhan: Command) -> None:
    said = yizhan(
        "trial", "study=internship_subsidy", "population.graduates=200", "markets=4", "days=120", "study.followup_days=[20,50]", "replicates=1",
        "figures=false", "policy.internships.demand=0",
    )  # fmt: skip
    assert said.status == 0, said.err
    assert "Comparisons between clusters rest on fewer than 10 clusters, at the least 4" in said.out
    assert "Nobody admitted to paid place used it" in said.out


@pytest.mark.parametrize("study", available("study"))
def test_every_study_runs(study: str, yizhan: Command) -> None:
    markets = {"casework_saturation": 10, "internship_subsidy": 4}.get(study, 1)
    said = yizhan("trial", f"study={study}", "population.graduates=300", f"markets={markets}", "replicates=1", "days=110",
                  "study.followup_days=[20,50]", "figures=false", "output=out")  # fmt: skip
    assert said.status == 0, said.err
    assert "Primary outcome" in said.out
