"""``yizhan compare attribution=true``: table, file and figure, both ways of dividing, and what is refused."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.compare.attribution import print_attribution
from experiments.compare.figures.attribution import draw_attribution
from experiments.compare.figures.shown import Shown
from experiments.compare.words import names_of
from sim.attribution import MEASURES, Attribution
from tests.every import some
from tests.experiments.compare.compared import make_comparison

Command = Callable[..., Any]
FEW = ("policy.job_fairs.enabled=true", "policy.job_fairs.fairs_per_year=24", "policy.casework.enabled=true", "policy.casework.caseworkers=2",
       "policy.outreach.enabled=true", "policy.outreach.job_boards=200")  # fmt: skip
SMALL = ("programme=none", "population.graduates=600", "days=90", "seed=3", "attribution=true", *FEW)
ZIBO = ("programme=zibo", "population.graduates=300", "days=60", "replicates=2", "attribution=true", "figures=false")


@dataclass(frozen=True)
class Done:
    folder: Path
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads((self.folder / "comparison.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def done(call_sketching: Command, tmp_path_factory: pytest.TempPathFactory) -> Done:
    folder = tmp_path_factory.mktemp("attribution")
    said = call_sketching(folder, "compare", *SMALL, "replicates=3", "workers=1", "output=out")
    assert said.status == 0, said.err
    return Done(folder / "out", said.out, said.err)


def made_up(replicates: int = 8) -> Attribution:
    """Make contributions: one lever that makes jobs, one that costs some, one whose jobs cannot be told from zero, one that does nothing."""
    noise = np.resize([1.0, -1.0], replicates)
    means = {"loans": (40.0, 90_000.0), "lodging": (-9.0, 800_000.0), "guidance": (0.0, 50_000.0), "equity": (0.0, 0.0)}
    contributions = {
        lever: {name: np.zeros(replicates) for name in MEASURES} | {"jobs": jobs + noise * (money > 0), "spending": money * (1.0 + 0.01 * noise)}
        for lever, (jobs, money) in means.items()
    }
    whole = {measure: np.sum([found[measure] for found in contributions.values()], axis=0) for measure in MEASURES}
    return Attribution(tuple(means), contributions, whole, 1, 30 * replicates)


def test_comparison_json_has_the_contributions(done: Done) -> None:
    found = done.json["attribution"]
    assert (found["method"], found["orders"], found["worlds"]) == ("exact", None, 3 * 8)
    assert list(found["levers"]) == ["outreach", "job_fairs", "casework"]
    variant = done.json["variants"]["programme"]
    for measure in MEASURES:
        values = variant["spending" if measure == "spending" else "accounts"]
        values = values if measure == "spending" else values[measure]["net_additional_jobs"]
        assert found["whole"][measure] == values
        total = np.sum([lever[measure]["values"] for lever in found["levers"].values()], axis=0)
        np.testing.assert_allclose(total, values["values"], rtol=1e-12, atol=1e-9)
    for lever in some(found["levers"].values()):
        assert set(lever) == {*MEASURES, "cost_per_additional_job", "cost_per_additional_stay", "cost_per_additional_business"}
        assert set(lever["jobs"]) == {"value", "low", "high", "values"}


def test_the_table(done: Done) -> None:
    for words in (
        "What each lever contributes: the programme", "Net additional jobs", "Spending, ", " per additional job", "Job fairs",
        "= all levers together", "Shapley value: what a lever adds, averaged over all orders", "Exact, from 8 worlds a replicate.",
    ):  # fmt: skip
        assert words in done.out, words
    assert "Newcomers ≥ 12 months" not in done.out[done.out.index("What each lever") :], "nobody can stay a year in 90 days"
    assert done.err.count("simulated 100 %") == 1, "one count of all worlds"
    assert {path.name for path in (done.folder / "figures").iterdir()} >= {"attribution.png", "attribution.svg"}


def test_any_number_of_workers_writes_the_same_bytes(done: Done, yizhan: Command, tmp_path: Path) -> None:
    assert yizhan("compare", *SMALL, "replicates=3", "workers=2", "figures=false", "output=out").status == 0
    assert (tmp_path / "out" / "comparison.json").read_bytes() == (done.folder / "comparison.json").read_bytes()


def test_without_it_nothing_else_changes(done: Done, yizhan: Command, tmp_path: Path) -> None:
    assert yizhan("compare", *SMALL, "replicates=3", "attribution=false", "figures=false", "output=out").status == 0
    found = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))
    assert found == {key: value for key, value in done.json.items() if key != "attribution"}


def test_a_whole_programme_in_chinese_until_precise(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("compare", *ZIBO, "precision=0", "most_replicates=2", "language=zh", "output=out")
    assert said.status == 0, said.err
    for words in ("各政策工具的贡献：这套方案", "净增就业", "支出（万元）", "= 合计", "沙普利值", "抽取 1 种顺序及其逆序，共 30 个世界", "青年驿站"):
        assert words in said.out, words
    assert not re.search(r"Lever|lever|Shapley|CNY", said.out)
    found = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))["attribution"]
    assert (found["method"], found["orders"], found["worlds"], len(found["levers"])) == ("sampled", 1, 60, 15)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_printed_of_each_lever(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_attribution(made_up(), language, "x")
    lines = capsys.readouterr().out.splitlines()
    names = {"en": ("Loans", "Lodging", "Guidance", "Equity"), "zh": ("创业贷款", "青年驿站", "职业指导", "股权投资")}[language]
    rows = [next(line for line in lines if f"│ {name} " in line).split("│")[2:5] for name in names]
    loans, lodging, guidance, equity = ([cell.strip() for cell in row] for row in rows)
    assert loans[0] == "40.0 [39.1 … 40.9]"
    assert re.fullmatch(r"2,2\d\d \[2,2\d\d … 2,2\d\d\]", loans[2])
    assert lodging[0] == "−9.0 [−9.9 … −8.1]"
    assert lodging[2] == {"en": "loses jobs", "zh": "减少就业"}[language]
    assert guidance[0] == "0 [−0.9 … 0.9] ≈ 0"
    assert guidance[2] == "–"
    assert equity == ["0", "0", "–"]


def test_one_pair_has_no_interval(capsys: pytest.CaptureFixture[str]) -> None:
    print_attribution(made_up(replicates=1), "en", "x")
    out = capsys.readouterr().out
    assert "nan" not in out
    assert "[" not in out.replace("[95 % interval]", "")
    assert "≈ 0" not in out


def shown() -> Shown:
    """Return what the figure needs of a comparison: its names and how many pairs there were."""
    return Shown(make_comparison(), names_of({}, "none", against_none=True), "en")


def test_bars_in_order_pale_where_nothing_can_be_told() -> None:
    figure = draw_attribution(made_up(), shown())
    assert figure is not None
    jobs, spending = figure.axes
    assert [label.get_text() for label in jobs.get_yticklabels()] == ["Loans", "Guidance", "Equity", "Lodging"]
    assert [float(bar.get_width()) for bar in jobs.patches] == [40.0, 0.0, 0.0, -9.0]  # type: ignore[attr-defined]
    assert jobs.patches[0].get_facecolor() == jobs.patches[3].get_facecolor() != jobs.patches[1].get_facecolor()
    assert spending.get_title("left").startswith("Spending (thousand CNY)\nin all 940")


def test_nothing_is_drawn_of_nothing() -> None:
    nothing = {measure: np.zeros(3) for measure in MEASURES}
    assert draw_attribution(Attribution(("loans",), {"loans": nothing}, nothing, None, 6), shown()) is None


REFUSED = [
    (("programme=none",), "no lever offers anything", "yizhan list levers"),
    (("programme=zibo", "comparison=nights"), "this comparison has 4 variants: nights_0, nights_3", "Leave out comparison=NAME"),
    (
        ("programme=zibo", "+comparison.variants.late={policy.lodging.opening_months:12}", "comparison.baseline=programme"),
        "the baseline of this comparison is programme", "comparison.baseline=none",
    ),
    (("programme=zibo", "attribution=perhaps"), "attribution is 'perhaps'", "true or false"),
    (("programme=zibo", "attribution_orders=0"), "attribution_orders is 0", "at least 1 and at most 1000"),
    (("programme=zibo", "attribution_order=2"), "unknown key 'attribution_order'", "Did you mean 'attribution_orders'?"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "what", "advice"), REFUSED, ids=[case[-1] for case, _, _ in REFUSED])
def test_what_cannot_be_divided_is_refused_before_anything_runs(yizhan: Command, tmp_path: Path, words: Any, what: str, advice: str) -> None:
    said = yizhan("compare", "attribution=true", *words) if not words[-1].startswith("attribution=") else yizhan("compare", *words)
    assert said.status == 2
    assert what in said.err, said.err
    assert advice in said.err
    assert "simulated" not in said.err
    assert list(tmp_path.iterdir()) == []
