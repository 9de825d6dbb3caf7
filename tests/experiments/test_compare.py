"""``yizhan compare``: files, tables, batches, the people of the account, and what is refused."""

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

from experiments.shared import work
from sim.account import ROW_KINDS, ROWS
from sim.comparison import KINDS
from sim.outcomes import OUTCOMES
from sim.results import GROUPS
from sim.scenario import Policy
from sim.states import Activity
from sim.statistics import mean_interval
from tests.every import some

Command = Callable[..., Any]
TINY = ("programme=zibo", "population.graduates=600", "days=90", "seed=3", "policy.equity.opening_date=null")
ACCOUNT = ("gross_placements", "deadweight", "net_on_participants", "displacement", "jobs_made", "net_additional_jobs", "residual")
FIGURES = ("account", "differences", "groups", "spending", "with_and_without")


@dataclass(frozen=True)
class Done:
    folder: Path
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads((self.folder / "comparison.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def done(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Done:
    folder = tmp_path_factory.mktemp("compare")
    said = call(folder, "compare", *TINY, "replicates=5", "save_people=true", "workers=1", "detail=true", "output=out")
    assert said.status == 0, said.err
    return Done(folder / "out", said.out, said.err)


def test_the_files_of_a_comparison(done: Done) -> None:
    files = {"config.yaml", "provenance.json", "summary.json", "comparison.json", "series.parquet", "account_people.parquet", "figures"}
    assert {path.name for path in done.folder.iterdir()} == files
    assert {path.name for path in (done.folder / "figures").iterdir()} == {f"{name}.{kind}" for name in FIGURES for kind in ("png", "svg")}
    config = yaml.safe_load((done.folder / "config.yaml").read_text(encoding="utf-8"))
    assert config["comparison"]["variants"] == {"programme": {}}
    assert (config["programme"], config["replicates"], config["policy"]["lodging"]["stations"]) == ("zibo", 5, 31)
    assert json.loads((done.folder / "summary.json").read_text(encoding="utf-8"))["programme"] == "zibo"


def test_comparison_json_has_the_names_of_the_contract(done: Done) -> None:
    found = done.json
    assert (found["baseline"], found["programme"], found["seed"], found["replicates"], found["days"]) == ("none", "zibo", 3, 5, 90)
    assert list(found["variants"]) == ["programme"]
    variant = found["variants"]["programme"]
    assert list(variant["outcomes"]) == list(OUTCOMES)
    for name, outcome in some(variant["outcomes"].items()):
        assert {"unit", "difference", "low", "high", "values"} <= set(outcome)
        assert outcome["unit"] == OUTCOMES[name].unit["en"]
        if None not in outcome["values"]:
            assert outcome["difference"] == pytest.approx(sum(outcome["values"]) / 5)
            assert outcome["low"] <= outcome["difference"] <= outcome["high"]
            assert outcome["variant"] - outcome["baseline"] == pytest.approx(outcome["difference"], abs=1e-6)
    assert set(ACCOUNT) <= set(variant["account"])
    assert variant["account"] == variant["accounts"]["jobs"]
    assert set(variant["accounts"]) == set(KINDS)
    for account in some(variant["accounts"].values()):
        assert list(account) == list(ROWS)
        for estimate in some(account.values()):
            assert {"value", "low", "high"} <= set(estimate)
        for row in ("gross_placements", "deadweight", "displacement", "jobs_made", "reshuffled"):  # counts, as in the table
            assert account[row]["low"] >= 0
            assert account[row]["high"] == mean_interval(account[row]["values"], kind=ROW_KINDS[row]).high
        assert account["residual"] == {"value": 0.0, "low": 0.0, "high": 0.0, "values": [0.0] * 5}
        value = {row: account[row]["value"] for row in ACCOUNT}
        assert value["gross_placements"] == pytest.approx(value["deadweight"] + value["net_on_participants"])
        net = value["net_on_participants"] - value["displacement"] + value["jobs_made"]
        assert value["net_additional_jobs"] == pytest.approx(net)
    for key in ("cost_per_additional_job", "cost_per_additional_stay", "cost_per_additional_business"):
        assert set(variant[key]) == {"value", "low", "high", "defined"}
    assert variant["spending"]["value"] == variant["outcomes"]["spending"]["difference"] > 0
    assert {attribute: list(groups) for attribute, groups in variant["groups"].items()} == {name: list(of) for name, of in GROUPS.items()}


def test_the_people_add_up_to_the_account(done: Done) -> None:
    table = pq.read_table(done.folder / "account_people.parquet")
    assert table.column_names == ["variant", "replicate", "person", "kind", "row"]
    columns = {name: np.array(table[name].to_pylist()) for name in table.column_names}
    assert set(columns["variant"]) == {"programme"}
    assert columns["person"].max() < 600
    keys = list(zip(*columns.values(), strict=True))
    assert len({key[:-1] for key in keys}) == len(keys), "a person is in one row of an account"
    for kind in KINDS:
        account = done.json["variants"]["programme"]["accounts"][kind]
        for replicate in range(5):
            here = (columns["kind"] == kind) & (columns["replicate"] == replicate)
            names = ("placed_anyway", "helped", "harmed", "lost_by_others", "gained_by_others")
            anyway, helped, harmed, lost, gained = (int((here & (columns["row"] == name)).sum()) for name in names)
            counted = {
                "gross_placements": anyway + helped,
                "deadweight": anyway + harmed,
                "net_on_participants": helped - harmed,
                "displacement": max(0, lost - gained),
                "jobs_made": max(0, gained - lost),
                "reshuffled": min(lost, gained),
                "net_additional_jobs": helped - harmed - lost + gained,
            }
            assert counted == {row: account[row]["values"][replicate] for row in counted}


def test_the_people_are_those_of_a_run(done: Done, yizhan: Command, tmp_path: Path) -> None:
    """Who was helped works in the programme's world and not in the other, by the files of two plain runs."""
    words = (*TINY[1:], "replicates=1", "save_people=true", "figures=false")
    assert yizhan("run", "programme=zibo", *words, "output=with").status == 0
    off = [f"policy.{lever}.enabled=false" for lever in Policy.model_fields]
    assert yizhan("run", "programme=zibo", *off, *words, "output=without").status == 0
    works = {}
    for world in ("with", "without"):
        people = pq.read_table(tmp_path / world / "people.parquet")
        grown_up = np.asarray(people["activity"]) == Activity.AGED_OUT  # as on the last day of youth
        activity, employer = (np.where(grown_up, np.asarray(people[f"last_{name}"]), np.asarray(people[name])) for name in ("activity", "employer"))
        works[world] = np.isin(activity, (Activity.EMPLOYED, Activity.FOUNDER)) & (employer >= 0)
    rows = pq.read_table(done.folder / "account_people.parquet").to_pylist()
    first = [row for row in rows if row["replicate"] == 0 and row["kind"] == "jobs"]
    assert first
    for row in some(first):
        expected = {"placed_anyway": (True, True), "helped": (False, True), "gained_by_others": (False, True)}.get(row["row"], (True, False))
        assert (works["without"][row["person"]], works["with"][row["person"]]) == expected


def test_daily_values_of_every_arm(done: Done) -> None:
    table = pq.read_table(done.folder / "series.parquet")
    assert table.column_names == ["variant", "replicate", "day", "date", "outcome", "value"]
    assert set(table["variant"].to_pylist()) == {"none", "programme"}
    last = [row for row in table.to_pylist() if row["day"] == 89 and row["outcome"] == "hires"]
    differences = [row["value"] for row in last if row["variant"] == "programme"]
    differences = [given - row["value"] for given, row in zip(differences, (row for row in last if row["variant"] == "none"), strict=True)]
    assert differences == done.json["variants"]["programme"]["outcomes"]["hires"]["values"]


def test_the_tables(done: Done) -> None:
    told = " ".join(done.out.split())
    for words in (
        "Zibo, six actions of 2021: the programme against no programme. 5 pairs of worlds, 90 days from 2020-11-01, 600 young people.",
        "What changes: the programme", "95 % interval, paired", "Spending, all levers, thousand CNY",
        "From gross to net additional jobs: the programme against no", "− placed anyway (deadweight)", "others who changed places, net zero",
        "= net additional", "Who gains, who loses", "Origin: elsewhere", "Field: computing", "Cost per additional job: ",
        "Spending by lever: the programme", "≈ 0: not distinguishable from zero", "Pairing: for the same certainty", "Result: out",
        "Money, mean [95 % interval]", "million CNY of loans and equity are not in the cost; none of it is lost by the end.",
    ):  # fmt: skip
        assert words in told, words
    assert "residual" not in done.out
    assert max(map(len, done.out.splitlines())) < 200


def test_the_answer_comes_first_and_what_is_not_asked_for_stays_away(yizhan: Command) -> None:
    said = yizhan("compare", *TINY, "replicates=2", "figures=false")
    assert said.status == 0, said.err
    assert re.match(r"The programme: (no difference in jobs that can be told \(|expected to add |very likely to take |the same people)", said.out)
    for words in ("What changes", "Who gains", "Pairing:", "Spending by lever"):
        assert words not in said.out, words
    for words in ("From gross to net additional jobs", "Money, mean", "detail=true", "2 pairs are too few"):
        assert words in said.out, words


def test_in_chinese(yizhan: Command) -> None:
    said = yizhan("compare", *TINY, "replicates=2", "comparison=nights", "language=zh", "figures=false", "detail=true")
    assert said.status == 0, said.err
    assert said.out.startswith("0 晚：")
    for words in ("驿站免费住宿晚数：4 个方案，对照：没有方案。", "2 对世界", "变化：3 晚", "从总数到净增：3 晚（对照：没有方案）",
                  "没有方案也会达到", "谁受益、谁受损", "各方案（对照：没有方案）", "只有 2 对世界，区间不可靠", "结果目录"):  # fmt: skip
        assert words in said.out, words
    assert not re.search(r"Outcome|Variant|Difference|persons|nights_|无谓", said.out)


def test_batches_until_precise_and_any_number_of_workers_are_the_same_bytes(done: Done, yizhan: Command, tmp_path: Path) -> None:
    words = ("replicates=2", "precision=0", "most_replicates=5", "save_people=true", "figures=false", "output=out")
    said = yizhan("compare", *TINY, *words, "workers=2", "precision_outcome=employed_in_region")
    assert said.status == 0, said.err
    assert [line.split(":")[0] for line in said.err.splitlines() if "pairs" in line] == ["2 pairs", "4 pairs", "5 pairs"]
    assert "Stopped after 5 pairs: most_replicates is reached; Employed in the region is known to ± " in said.out
    names = ["comparison.json", "summary.json", "series.parquet", "account_people.parquet"]  # the same figures of the same numbers: test_figures
    for name in some(names):
        assert (tmp_path / "out" / name).read_bytes() == (done.folder / name).read_bytes(), name


def test_it_says_why_it_stopped(yizhan: Command) -> None:
    words = (*TINY, "population.graduates=200", "days=40", "replicates=3", "figures=false")
    said = yizhan("compare", *words, "precision=1000")  # three pairs are too few to know how precise they are
    assert "Stopped after 6 pairs: Employed in the region is known to ± " in said.out
    assert "within the ± 1,000 wanted" in said.out
    said = yizhan("compare", *words, "precision=1", "precision_outcome=stayed_6m_share", "most_replicates=4", "language=zh")
    assert "共模拟 4 对后停止：已达 most_replicates" in said.out


def test_no_programme_against_none(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("compare", "programme=none", "population.graduates=300", "days=60", "replicates=3", "figures=false", "output=out")
    assert said.status == 0, said.err
    assert said.out.startswith("The programme: the same people work; at the same cost.")
    assert "per additional job" not in said.out
    variant = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))["variants"]["programme"]
    for outcome in some(variant["outcomes"].values()):
        assert set(outcome["values"]) <= {0.0, None}
    for account in some(variant["accounts"].values()):
        assert all(estimate["values"] == [0.0] * 3 for estimate in account.values())
    assert variant["cost_per_additional_job"] == {"value": None, "low": None, "high": None, "defined": False}


def test_one_pair_has_no_interval(yizhan: Command) -> None:
    said = yizhan("compare", *TINY, "replicates=1", "figures=false")
    assert said.status == 0, said.err
    assert ". One pair of worlds" in said.out
    assert "use replicates=20" in said.out
    assert "nan" not in said.out


def test_a_variant_of_one_s_own_and_another_baseline(yizhan: Command, tmp_path: Path) -> None:
    nested = "+comparison.variants.short={policy: {lodging: {free_nights: 1}}}"
    words = (nested, "comparison.baseline=programme", "outcomes=[station_nights]", "figures=false", "output=out")
    said = yizhan("compare", *TINY, "replicates=2", *words)
    assert said.status == 0, said.err
    found = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))
    assert (found["baseline"], list(found["variants"])) == ("programme", ["short"])
    nights = found["variants"]["short"]["outcomes"]["station_nights"]
    assert nights["difference"] < 0, "the rest of the lever is as in the programme"
    assert nights["baseline"] > 0


def test_cfg_job_and_help(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("compare", "--cfg", "job", "comparison=nights")
    assert list(yaml.safe_load(said.out)["comparison"]["variants"]) == ["nights_0", "nights_3", "nights_6", "nights_14"]
    said = yizhan("compare", "--help")
    for words in ("yizhan compare programme=zibo", "loan_rates, nights", "precision=10", "attribution=true", "docs/account.md"):
        assert words in said.out
    assert "yizhan compare programme=zibo" in yizhan("--help").out
    assert list(tmp_path.iterdir()) == []


def write_variant(monkeypatch: pytest.MonkeyPatch, **file: Any) -> None:
    """Let every comparison be this one, as if a file said so."""
    read = work.read_options

    def reading(options: Any, plain: Any) -> Any:
        return read(options, plain | {"comparison": {"title": "t", "title_zh": "题", **file}})

    monkeypatch.setattr(work, "read_options", reading)


@pytest.mark.parametrize(
    ("variants", "fragments"),
    [
        ({"x": {"policy.lodging.free_night": 3}}, ["comparison.variants.x: unknown key", "Did you mean 'policy.lodging.free_nights'?"]),
        ({"x": {"policy.lodging.free_nights": 400}}, ["comparison.variants.x: policy.lodging.free_nights is 400", "at most 365"]),
        ({"x": {"policy": {"lodging": {"free_night": 3}}}}, ["comparison.variants.x: ", "policy.lodging.free_night"]),
        ({"x": {"days": 30}}, ["comparison.variants: variant x has another days than", "same people, place and time", "on the command line"]),
        ({"x": {"start": "2021-01-01"}}, ["comparison.variants.x", "opening_date"]),
        ({"x": {"population.graduates": 10}}, ["variant x has another population"]),
        ({"x": {"region.hotel_night": 10}}, ["variant x has another region"]),
        ({"x": {"replicates": 3}}, ["comparison.variants.x: replicates belongs to the whole comparison"]),
        ({"x": {"programme": "none"}}, ["comparison.variants.x: a variant changes the programme that was chosen"]),
        ({"none": {}}, ["a variant cannot be called none"]),
        ({"a/b": {}}, ["variant 'a/b': a name has letters, digits, - and _ only"]),
        ({}, ["comparison: needs at least one entry under variants"]),
        ({"x": 3}, ["comparison.variants.x is 3"]),
    ],
)
def test_a_wrong_variant_is_refused_before_anything_runs(
    yizhan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variants: Any, fragments: list[str]
) -> None:
    write_variant(monkeypatch, variants=variants)
    said = yizhan("compare", *TINY)
    assert said.status == 2
    assert [fragment for fragment in fragments if fragment not in said.err] == [], said.err
    assert "simulated" not in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("variants", "baseline", "words"),
    [
        ({"early": {}, "late": {}}, "erly", "unknown baseline 'erly'. Did you mean 'early'?"),
        ({"early": {}, "late": {}}, "erly", "against= is none, programme (as it is), a variant (early, late) or the name of a programme"),
        ({"early": {}}, "early", "the only variant is the baseline"),
    ],
)
def test_a_wrong_baseline_is_refused(yizhan: Command, monkeypatch: pytest.MonkeyPatch, variants: Any, baseline: str, words: str) -> None:
    write_variant(monkeypatch, variants=variants, baseline=baseline)
    said = yizhan("compare", *TINY)
    assert (said.status, words in said.err) == (2, True)
