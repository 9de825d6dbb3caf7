"""``yizhan sensitivity``: files, both languages, the same bytes for any number of workers and after a kill, and what is refused."""

import json
import math
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.sensitivity import base
from experiments.sensitivity.command import work_of
from experiments.sensitivity.effects_found import Screening, Stage, floors_of, sizes_of
from experiments.sensitivity.figures.tornado import draw_bars
from experiments.sensitivity.options import SensitivityOptions
from experiments.sensitivity.plan import Plan, opened
from experiments.sensitivity.report import called, in_front_of, in_words
from experiments.sensitivity.report import conclusions as screening_conclusions
from experiments.sensitivity.shares_found import Decomposition
from experiments.sensitivity.shares_report import conclusions
from experiments.shared.errors import MistakeError
from experiments.sweep.table import About, described
from sim.scenario import Scenario
from sim.sensitivity.effects import STEP, trajectories
from sim.sensitivity.factors import factors_of
from sim.sensitivity.variance import design_of

Command = Callable[..., Any]
OVER = "over=[policy.lodging.free_nights:0:14,policy.lodging.cost_per_bed_month,behaviour.posts_seen,market.tightness]"
TINY = ("programme=zibo", OVER, "graduates=100", "days=20", "behaviour=evidence", "outcome=[spending,net_additional_jobs]")
MORRIS = (*TINY, "trajectories=4", "groups=3")
SAME = ("sensitivity.json", "sensitivity.parquet")


@pytest.fixture(scope="module")
def done(call: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    folder = tmp_path_factory.mktemp("sensitivity")
    said = call(folder, "sensitivity", *MORRIS, "output=out", "workers=1")
    assert said.status == 0, said.err
    return folder, said


def test_it_says_plan_and_cost_before_and_what_moves_what_after(done: tuple[Path, Any]) -> None:
    folder, said = done
    assert said.err.index("Morris: 4 factors") < said.err.index("This will take about")
    assert "surely in front: Lodging: cost of a bed that stands ready" in said.out
    content = json.loads((folder / "out" / "sensitivity.json").read_text(encoding="utf-8"))
    spending = content["outcomes"]["spending"]
    first = spending["factors"][0]
    assert (first["key"], first["told"], first["rank"]["value"]) == ("policy.lodging.cost_per_bed_month", True, 1)
    assert first["mu_star"]["low"] <= first["mu_star"]["value"] <= first["mu_star"]["high"]
    assert 1 in spending["sure_cuts"]
    assert not next(row for row in spending["factors"] if row["key"] == "behaviour.posts_seen")["told"]
    assert {path.stem for path in (folder / "out" / "figures").glob("*.png")} >= {"tornado_spending", "bars_spending"}


def test_every_point_is_in_the_table(done: tuple[Path, Any]) -> None:
    folder, _ = done
    content = json.loads((folder / "out" / "sensitivity.json").read_text(encoding="utf-8"))
    table = pq.read_table(folder / "out" / "sensitivity.parquet")
    assert table.num_rows == content["points"] == 6 * (3 + 3) + 4 * (4 + 3)
    assert {"stage", "trajectory", "step", "replicate", "policy.lodging.free_nights", "spending", "net_additional_jobs"} <= set(table.column_names)
    assert set(table["stage"].to_pylist()) == {1, 2}


def test_the_bytes_are_the_same_for_two_workers_after_parts_are_lost_and_in_chinese(done: tuple[Path, Any], call: Command) -> None:
    folder, _ = done
    shutil.copytree(folder / "out", folder / "again")
    kept = sorted((folder / "again" / "parts").iterdir())
    kept[0].unlink()
    for name in SAME:
        (folder / "again" / name).unlink()
    said = call(folder, "sensitivity", *MORRIS, "output=again", "workers=2", "language=zh", "figures=false")
    assert said.status == 0, said.err
    assert called()["policy.lodging.cost_per_bed_month"]["zh"][:4] in said.out
    assert "确定居前的是 青年驿站“每床月固定成本”" in said.out
    for name in SAME:
        assert (folder / "out" / name).read_bytes() == (folder / "again" / name).read_bytes()


KEYS = ("behaviour.taste_spread", "behaviour.taste_at_interview", "market.wage_spread")
ISHIGAMI = {KEYS[0]: (0.314, 0.558), KEYS[1]: (0.442, 0.442), KEYS[2]: (0.0, 0.244)}
"""Key → first-order and total index of the function of Ishigami."""
LUCK = 0.3


def ishigami(shares: Any) -> Any:
    one, two, three = (math.pi * (2.0 * share - 1.0) for share in shares)
    return np.sin(one) + 7.0 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


@cache
def ranges() -> list[tuple[float, float]]:
    found = {factor.key: (factor.low, factor.high) for factor in factors_of(Scenario.load("none"), KEYS)}
    return [found[key] for key in KEYS]


def toy(scenario: Scenario, seed: int, number: int, names: Any) -> list[float]:
    values = (scenario.behaviour.taste_spread, scenario.behaviour.taste_at_interview, scenario.market.wage_spread)
    value = ishigami([(value - low) / (high - low) for value, (low, high) in zip(values, ranges(), strict=True)])
    return [float(value) + LUCK * float(np.random.default_rng([seed, number]).normal())] * len(names)


@pytest.fixture(scope="module")
def toys(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toys")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "measure", toy)
        patch.setattr(base, "warm_up", lambda _: None)
        common = (f"over=[{','.join(sorted(KEYS))}]", "outcome=hires", "graduates=100", "days=10", "figures=false")
        assert call(folder, "sensitivity", *common, "trajectories=10", "output=morris").status == 0
        said = call(folder, "sensitivity", *common[1:4], "method=sobol", "leading=morris", "factors=3", "n=64", "output=sobol", "behaviour=evidence")
        assert said.status == 0, said.err
    return folder


def test_a_screening_tells_what_bends_and_what_acts_with_others(toys: Path) -> None:
    outcome = json.loads((toys / "morris" / "sensitivity.json").read_text(encoding="utf-8"))["outcomes"]["hires"]
    rows = {row["key"]: row for row in outcome["factors"]}
    assert set(rows) == set(KEYS)
    assert all(row["told"] for row in rows.values())
    assert all(row["sigma"]["value"] > abs(row["mu"]["value"]) for row in rows.values() if row["key"] != KEYS[0])


def test_ishigami_has_its_shares_and_luck_its_own(toys: Path) -> None:
    outcome = json.loads((toys / "sobol" / "sensitivity.json").read_text(encoding="utf-8"))["outcomes"]["hires"]
    for row in outcome["factors"]:
        alone, total = ISHIGAMI[row["key"]]
        assert row["alone"]["low"] - 0.05 <= alone <= row["alone"]["high"] + 0.05
        assert row["total"]["low"] - 0.05 <= total <= row["total"]["high"] + 0.05
        assert row["told"]
    assert outcome["luck"]["total"]["value"] == pytest.approx(LUCK**2 / 13.8, abs=0.01)
    assert "rest_of_the_set" not in outcome
    assert pq.read_table(toys / "sobol" / "sensitivity.parquet").num_rows == 64 * (3 + 1 + 2)


def decomposed(base_points: int) -> Decomposition:
    """Return the shares of a sum of two factors, one of which does three quarters of it."""
    factors = factors_of(Scenario.load("none"), KEYS[:2])
    design = design_of(3, base_points, [1])
    values = (design.shares @ np.array([3.0, 1.7, 0.1]))[:, :, None, None]
    numbers = np.zeros(values.shape[:2], np.int64)
    return Decomposition(factors, ("hires",), design.shares[:, :, :2], numbers, numbers, values, has_rest=False, seed=1)


def test_shares_have_their_sum_with_its_interval_or_are_too_few() -> None:
    enough, few = (conclusions(decomposed(count), "en")[-1] for count in (256, 8))
    assert re.search(r"account for 100\.0 \[8\d\.\d … 11\d\.\d\] %", enough), enough
    assert "too few base points (8)" in few
    assert "基础样本（8 个）太少" in few.zh


def screened(sizes: list[list[float]], luck: list[float], count: int) -> Stage:
    """Return a stage in which each group moves each outcome by so much, and other luck does so much.

    Args:
        sizes: Of each outcome, of each group.
        luck: Of each outcome.
        count: Number of trajectories.
    """
    groups = [(group,) for group in range(len(sizes[0]))]
    design = trajectories(groups, len(groups), count, [1])
    values = design.shares @ np.array(sizes).T
    more = values[:, [0, -1]] + np.array(luck) * STEP
    return Stage(design, tuple(groups), np.concatenate([values, more], axis=1)[:, :, None, :], np.zeros((count, len(groups) + 3), np.int64))


def test_the_group_that_stands_out_most_from_luck_is_opened_first_and_one_that_does_not_fit_hides_none() -> None:
    only_luck, told = [9.0, 8.0, 1.0, 0.0], [1.0, 0.0, 75.0, 60.0]
    stage = screened([only_luck, told], [10.0, 2.0], 6)
    sizes, floors = sizes_of(stage), floors_of(stage, 1)
    groups = ((0,), (1, 2, 3), (4, 5, 6), (7,))
    assert opened(groups, sizes, floors, 3) == (4, 5, 6)
    assert opened(groups, sizes, floors, 2) == (0, 7)  # the strongest does not fit; luck fills what is left
    both = screened([[9.0, 8.0, 1.0, 0.0], told], [0.1, 2.0], 6)
    assert opened(groups, sizes_of(both), floors_of(both, 1), 4) == (0, 4, 5, 6)  # in turn


def test_a_group_that_was_not_opened_and_moves_more_than_all_is_named_above_the_table() -> None:
    factors = factors_of(Scenario.load("none"), KEYS)
    first = screened([[1.0, 0.0, 75.0]], [0.5], 6)
    looked_at = replace(screened([[1.0, 0.0]], [0.5], 12), groups=((0,), (1,)))
    found = Screening(factors, ("hires",), Plan(3, first.groups, 6, 2, 12, 1.0), first, looked_at, 1)
    (line,) = in_front_of(found, 0, "en")
    assert factors[2].key in line
    assert "not opened moves it more" in line
    assert not any("surely in front" in said for said in screening_conclusions(found, "en"))
    assert not list(in_front_of(replace(found, screened=screened([[1.0, 0.0, 0.9]], [0.5], 6)), 0, "en"))
    assert "not opened" in draw_bars(found, 0, "zibo", "en").legends[0].get_title().get_text()


def sweep_of(folder: Path, design: str, points: int) -> None:
    """Write a finished sweep whose outcome is the function of Ishigami."""
    rng = np.random.default_rng(3)
    shares = rng.random((points, 3))
    columns = {"point": np.arange(points), **dict(zip(KEYS, shares.T, strict=True)), "programme": ["a", "b"] * (points // 2)}
    columns |= {"replicate": np.zeros(points, np.int64), "hires": ishigami(shares.T), "wage_mean": np.full(points, np.nan)}
    about = About(
        axes=(*KEYS, "programme"), labels={}, design=design, reference=0, points=points, programme="zibo", place="zibo", titles={}, seed=1,
        first_replicate=0, replicates=1, days=10, version="", sources_sha256="", configuration_sha256="", vectors_of_set=0,
    )  # fmt: skip
    folder.mkdir(parents=True)
    pq.write_table(described(pa.table(columns), about), folder / "sweep.parquet")


def test_a_sweep_that_is_there_is_read(tmp_path: Path, call: Command) -> None:
    sweep_of(tmp_path / "sweep", "latin_hypercube", 900)
    words = ("sensitivity", "method=given", "sweep=sweep", "outcome=[hires,wage_mean]")
    said = call(tmp_path, *words, "output=out")
    assert said.status == 0, said.err
    assert "Left out, being no numbers: programme" in said.out
    assert f"surely in front: {in_words(KEYS[1])}; {in_words(KEYS[0])}" in " ".join(said.out.split())
    content = json.loads((tmp_path / "out" / "sensitivity.json").read_text(encoding="utf-8"))
    assert content["points"] == 899  # without the programme as it is
    assert content["outcomes"]["wage_mean"]["factors"] is None
    for row in content["outcomes"]["hires"]["factors"]:
        assert row["alone"]["low"] - 0.02 <= ISHIGAMI[row["key"]][0] <= row["alone"]["high"] + 0.02
    assert (tmp_path / "out" / "figures" / "indices_hires.png").is_file()
    sweep_of(tmp_path / "small", "latin_hypercube", 100)
    said = call(tmp_path, *words[:2], "sweep=small", "outcome=hires", "output=zh", "language=zh", "figures=false")
    assert "不是数值，未计入" in said.out


def test_a_sweep_that_is_no_sample_is_refused(tmp_path: Path, call: Command) -> None:
    sweep_of(tmp_path / "few", "grid", 16)
    sweep_of(tmp_path / "half", "sobol", 128)
    manifest = {"state": "unfinished", "configuration_sha256": "", "command": ""}
    (tmp_path / "half" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (tmp_path / "other" / "parts").mkdir(parents=True)
    (tmp_path / "other" / "parts" / "0.parquet").touch()
    (tmp_path / "other" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for words, reason in (
        (("sweep=few",), "16 points"), (("sweep=half",), "is not finished"), (("sweep=none",), "there is no sweep"), (("minutes=3",), "mean nothing"),
        (("sweep=other",), "there is no sweep"), (("behaviour=calibrated", "outcome=vacancies_per_seekr"), "Did you mean 'vacancies_per_seeker'"),
        (("behaviour=evidence",), "beside behaviour=evidence"), (("behaviour=calibrated", "outcome=hires"), "was not measured"),
        (("behaviour=calibrated", "over=[exams.late]"), "does not vary it"),
    ):  # fmt: skip
        said = call(tmp_path, "sensitivity", "method=given", *words, "output=out")
        assert said.status == 2, said.err
        assert reason in said.err
        assert "unknown outcome" not in said.err
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("method=moris", "n=12"), "Did you mean 'morris'"),
        (("programme=zibo", "over=[policy.lodging.free_night]"), "Did you mean 'policy.lodging.free_nights'"),
        (("programme=zibo", "method=sobol"), "method=sobol looks at few factors"),
        (("-m", "programme=zibo,none"), "leave out -m"),
    ],
)
def test_mistakes_end_in_a_sentence_and_nothing_is_written(tmp_path: Path, call: Command, words: tuple[str, ...], reason: str) -> None:
    said = call(tmp_path, "sensitivity", *words, "output=out")
    assert said.status == 2
    assert reason in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"over": ["behaviour.posts_seen"]}, "yizhan sweep -m behaviour.posts_seen=A,B,C"),
        ({"outcome": "spendin"}, "Did you mean 'spending'"),
        ({"outcome": "net_additional_jobs"}, "no lever is offered"),
        ({"method": "sobol", "leading": "nothing"}, "yizhan sensitivity programme=none"),
        ({"method": "sobol", "leading": "nothing", "over": ["exams"]}, "leave one of them out"),
        ({"n": 12}, "n=16 or n=8"),
        ({"save_people": True}, "no people.parquet"),
        ({"method": "moris"}, "Did you mean 'morris'"),
    ],
)
def test_keys_that_do_not_go_are_told(keys: dict[str, Any], reason: str) -> None:
    with pytest.raises((MistakeError, ValueError), match=re.escape(reason)):
        work_of(SensitivityOptions(**keys), Scenario.load("none"), {}, ())
