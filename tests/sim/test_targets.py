"""Targets are data: strictly read, measured on the days that their measures name, and each measure gives what is known where the answer is known."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.bilingual import in_language
from sim.calendar import MONTH_DAYS
from sim.configuration import ConfigurationError
from sim.scenario import Scenario
from sim.states import Activity, Education, Place
from sim.targets.careers import gone_since, left_early, one_employer, residents_of_the_first_class
from sim.targets.curves import begin_audit, callbacks_of_the_long_unemployed, callbacks_so_far, elasticity, monthly, slope_of_shifts
from sim.targets.loading import load_targets, target_files
from sim.targets.market import slope_within
from sim.targets.measure import Seen
from sim.targets.measuring import MEASURES, days_of, measure_targets
from sim.targets.moments import WORDS, Moment, day_at
from sim.units import CHINESE
from sim.world import World

Make = Callable[..., World]
SHIPPED = load_targets()
FILE = """title: Our city
title_zh: 我市
targets:
  ours:
    label: C1
    value: 12.5
    unit: "%"
    tolerance: 2
    reason: a guess
    reason_zh: 估计
    source: our bureau
    period: "2024-08"
    measure: unemployment_16_24_month_08
    use: calibration
"""
HELD = "use: held_out\n    use_reason: x\n    use_reason_zh: y"


def put(path: Path, text: str = FILE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# The shipped file


def test_the_shipped_file_has_every_target_and_holds_out_what_was_promised() -> None:
    labels = {target.label for target in SHIPPED}
    evidence = (9, 11, 12, 13, 14, 15, 16, 25, 53, 67, 68, 96)
    assert labels >= {f"C{number}" for number in range(1, 14)} | {"C1b"} | {f"E{number}" for number in evidence}
    held_out = {target.label for target in SHIPPED.held_out}
    assert held_out >= {"C9", "C12", "C13", "E1", "E68"}
    assert "C1" not in held_out
    assert len(SHIPPED) == len(SHIPPED.of_calibration) + len(SHIPPED.held_out)
    assert {label for target in SHIPPED for label in target.contradicts} == {"C1", "E67", "E96"}


def test_every_measure_says_what_it_is_in_both_languages_and_in_a_unit_that_has_words() -> None:
    for measure in MEASURES.values():
        assert str(measure.words) != measure.words.zh
        assert all(part in CHINESE for part in measure.unit.split("/"))
        assert str(WORDS[measure.moment])
    assert {target.measure for target in SHIPPED} <= set(MEASURES)


# When and for how long


@pytest.mark.parametrize(
    ("start", "april", "third"), [((2020, 11, 1), (2022, 4, 15), (2024, 7, 15)), ((2021, 1, 1), (2022, 4, 15), (2024, 7, 15)),
                                  ((2021, 9, 1), (2023, 4, 15), (2025, 7, 15))],
)  # fmt: skip
def test_moments_follow_one_another_whenever_a_world_begins(start: tuple[int, ...], april: tuple[int, ...], third: tuple[int, ...]) -> None:
    begins = date(*start)
    days = [day_at(begins, moment) for moment in Moment]
    assert days == sorted(days)
    assert day_at(begins, Moment.APRIL) == (date(*april) - begins).days
    assert day_at(begins, Moment.THIRD_YEAR) == (date(*third) - begins).days


def test_only_as_long_as_needed() -> None:
    scenario = Scenario.load("none", {"days": 30})
    assert days_of(scenario, SHIPPED.of_calibration) == 3 * 365
    april = [target for target in SHIPPED if target.name == "offered_in_april"]
    assert days_of(scenario, april) == day_at(scenario.start, Moment.APRIL)
    assert days_of(scenario, [target for target in SHIPPED if target.name == "beveridge_slope"]) == 2 * 3 * 365
    assert measure_targets(scenario, 1, 0, []) == {}


def test_what_is_measured_later_leaves_what_is_measured_before_alone(scenario_of: Callable[..., Scenario]) -> None:
    scenario = scenario_of(graduates=400)
    early = measure_targets(scenario, 1, 0, SHIPPED.of_calibration)
    everything = measure_targets(scenario, 1, 0, SHIPPED)
    assert list(everything) == [target.name for target in SHIPPED]
    assert {name: repr(everything[name]) for name in early} == {name: repr(value) for name, value in early.items()}
    assert 0 < early["unemployment_16_24_08"] < 60
    assert np.isfinite(everything["matching_elasticity"])


# Known answers


def test_an_elasticity_is_found_again() -> None:
    seekers, posts = np.array([100.0, 150, 130, 90, 210]), np.array([50.0, 40, 70, 65, 30])
    assert elasticity(0.2 * seekers**0.4 * posts**0.6, seekers, posts) == pytest.approx(0.4)
    assert np.isnan(elasticity(seekers, seekers, seekers)), "the two move as one"
    assert np.isnan(elasticity(seekers, 0 * seekers, posts))


def test_a_slope_of_shifts_goes_through_the_origin() -> None:
    assert slope_of_shifts(np.array([0.1, -0.2]), np.array([-0.2, 0.4])) == pytest.approx(-2)
    assert np.isnan(slope_of_shifts(np.zeros(3), np.ones(3)))


def test_a_slope_within_groups_does_not_see_their_means() -> None:
    groups = np.repeat([0, 1], 60)
    causes = np.tile(np.arange(60.0), 2) + 100 * groups
    assert slope_within(causes, -0.5 * causes + 1000 * groups, groups) == pytest.approx(-0.5)
    assert np.isnan(slope_within(causes[:5], causes[:5], groups[:5])), "too few"


def test_months_are_whole() -> None:
    assert monthly(np.arange(100), 10, 99).tolist() == [24.5, 54.5]
    assert len(monthly(np.arange(365), 0, 365)) == 365 // MONTH_DAYS


def test_careers_of_three_years_by_hand(still_world: Make) -> None:
    world = still_world(days=1400)
    people = world.tables["people"].rows
    people["education"], people["first_job_day"], people["first_left_day"], people["place"] = Education.MASTER, -1, -1, Place.RESIDENT
    seen = Seen(world, 1300)
    people["graduation_day"][:20] = seen.at(-1, 6, 20)
    people["first_job_day"][:20], people["first_job_wage"][:20] = 200, 5000
    people["education"][:8] = Education.VOCATIONAL
    people["first_left_day"][[0, 1, 10]] = 300, 600, 1200
    people["first_job_day"][19], people["first_job_wage"][19] = -1, 0
    assert one_employer(vocational=True)(seen) == pytest.approx(100 * 6 / 8)
    assert one_employer(vocational=False)(seen) == pytest.approx(100 * 10 / 11)
    assert left_early(vocational=True)(seen) == pytest.approx(100 * 1 / 8)
    people["education"][8:20] = Education.BACHELOR
    seen.noted["residents"] = residents_of_the_first_class(seen)
    assert seen.noted["residents"].sum() == 12
    people["place"][[0, 8, 9, 15]] = Place.ELSEWHERE
    people["activity"][15] = Activity.AGED_OUT
    assert gone_since(seen) == pytest.approx(100 * 2 / 11), "bachelors alone, and not who is no longer young"


@pytest.mark.parametrize(("penalty", "low", "high"), [(0.0, 0.75, 1.33), (5.0, 0.0, 0.3)])
def test_an_audit_sees_the_penalty_and_nothing_else(
    scenario_of: Callable[..., Scenario], world_of: Make, penalty: float, low: float, high: float,
) -> None:  # fmt: skip
    world = world_of(scenario_of(graduates=3000, days=61, start="2021-03-01", behaviour={"unemployment_penalty": penalty}), 1)
    world.advance(0, 1)
    seen = Seen(world, 1)
    seen.noted["audit"] = begin_audit(seen)
    world.advance(1, 21)
    seen.day, seen.noted["waited"] = 21, callbacks_so_far(seen)
    world.advance(21, 61)
    seen.day = 61
    assert low <= callbacks_of_the_long_unemployed(seen) <= high


# Files


def test_own_targets_are_found_as_own_places_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "own" / "targets" / "ours.yaml")
    for found in (load_targets("ours", folders=[tmp_path / "own"]), load_targets("我市", folders=[tmp_path / "own"]), load_targets(path)):
        assert [target.name for target in found] == ["ours"]
        assert (found.name, found.path, len(found.digest)) == ("ours", path, 64)
        target = found.by_name["ours"]
        assert (target.range, target.distance(14.5), target.words.zh) == ((10.5, 14.5), 1.0, "16-24岁失业率，8月")
    monkeypatch.setenv("YIZHAN_CONFIGS", str(tmp_path / "own"))
    assert target_files() == ["labour_market", "ours"]
    with pytest.raises(ConfigurationError, match=r"unknown targets 'our'.*Did you mean 'ours'"):
        load_targets("our")


@pytest.mark.parametrize(
    ("wrong", "line", "told", "zh"),
    [
        (("tolerance: 2", "tolerance: 0"), 8, "targets.ours.tolerance is 0; allowed is a finite number, at least 1e-09", "应为"),
        (("value: 12.5", "value: much"), 6, "targets.ours.value is 'much'; allowed is a finite number", "应为有限的数"),
        (('unit: "%"', "unit: days"), 7, "targets.ours.unit is days; unemployment_16_24_month_08 is measured in %", "的单位是"),
        (("month_08", "month_13"), 13, "unknown measure 'unemployment_16_24_month_13'. Did you mean 'unemployment_16_24_month_1", "测量项“"),
        (("use: calibration", "use: held_out"), 4, "use_reason and use_reason_zh are missing: say why it is held out", "请说明为何留作检验"),
        (("use: calibration", "use: both"), 14, "targets.ours.use is 'both'; allowed is calibration or held_out", "应为"),
        (("use: calibration", "use: calibration\n    contradicts: [C1]"), 4, "cannot be calibrated to beside them", "请写 use: held_out"),
        (("use: calibration", f"{HELD}\n    contradicts: [C2]"), 17, "names C2, which is no label here", "没有这一编号"),
        (("    reason: a guess\n", ""), 4, "targets.ours.reason is missing", "缺少 targets.ours.reason"),
        (("reason: a guess", "reasons: a guess"), 9, "unknown key 'targets.ours.reasons'. Did you mean 'targets.ours.reason", "不存在"),
        (("  ours:", "  Our s:"), 4, "'Our s' is no name of a target", "不能作目标名称"),
        (("label: C1", "label: C1\n    name: ours"), 6, "targets.ours.name: leave it out", "请删去"),
        ((FILE[FILE.index("targets:") :], "targets: {}\n"), 3, "needs at least one entry under targets", "至少须有一项"),
        (("period:", "period："), 12, "the colon is full-width", "全角"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_how_to_mend_it(tmp_path: Path, wrong: tuple[str, str], line: int, told: str, zh: str) -> None:
    path = put(tmp_path / "ours.yaml", FILE.replace(*wrong))
    with pytest.raises(ConfigurationError) as raised:
        load_targets(path)
    assert any(row.startswith(f"{path}:{line}: ") for row in str(raised.value).splitlines())
    assert told in str(raised.value)
    assert zh in in_language(raised.value, "zh")


@pytest.mark.parametrize("written", ["12.5%", "12.5 %", "１２.５％", "12.5"])
def test_numbers_are_read_as_people_write_them(tmp_path: Path, written: str) -> None:
    assert load_targets(put(tmp_path / "ours.yaml", FILE.replace("value: 12.5", f"value: {written}"))).by_name["ours"].value == 12.5
