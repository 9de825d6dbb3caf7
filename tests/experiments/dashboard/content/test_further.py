"""What a planner asks next: what if, the best mix, who that is, how good the model is; and what is taken along."""

from __future__ import annotations

import copy
import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from experiments.dashboard.content import mix, stories, what_if
from experiments.dashboard.content.answer import answer_of
from experiments.dashboard.content.asking import Asked, ask
from experiments.dashboard.content.comparing import carry_out, keep
from experiments.dashboard.content.county import changes_of, picture
from experiments.dashboard.content.drafts import DraftError, draft_of
from experiments.dashboard.content.exports import SECTIONS, as_csv, as_json, as_programme, as_report, as_xlsx, lines_of
from experiments.dashboard.content.scorecard import assumptions, scorecard
from experiments.shared.errors import MistakeError
from experiments.validate.kept import FILE, read_kept
from sim.account import Part
from sim.compared import Comparison
from sim.comparison import compare
from sim.scenario import Scenario

SMALL = {"population.graduates": 300, "days": 40}
FORMULA = "=cmd|x"


@pytest.fixture(scope="module")
def asked() -> Asked:
    return ask(draft_of({
        "programme": "dongbeitang", "replicates": 2, "behaviour": "calibrated", "changes": SMALL,
        "variants": [{"label": FORMULA, "changes": {"policy.lodging.free_nights": 1}}],
    }))  # fmt: skip


@pytest.fixture(scope="module")
def comparison(asked: Asked) -> Comparison:
    return carry_out(asked)


@pytest.fixture(scope="module")
def result(asked: Asked, comparison: Comparison) -> dict[str, Any]:
    return answer_of(asked, comparison)


def test_a_curve_has_a_point_a_value_in_order_and_names_its_flat_part() -> None:
    draft = draft_of({"programme": "dongbeitang", "changes": {**SMALL, "policy.lodging.free_nights": 5}, "replicates": 4})
    found = what_if.ask_what_if(draft, "policy.lodging.free_nights", [14, 0, 3])
    assert "change.policy.lodging.free_nights=0,3,5,14 against=none" in found.command, "the value in force is among them"
    assert " policy.lodging.free_nights=5" not in found.command
    curve = what_if.what_if_of(found, what_if.carry_out(found, workers=2))
    assert [point["value"] for point in curve["points"]] == [0, 3, 5, 14]
    assert (curve["now"], len(curve["steps"]), curve["title"]["zh"]) == ("5", 3, "青年驿站：每次免费住宿晚数")
    assert all({"low", "high"} <= set(point) and len(point["spending"]) == 3 for point in curve["points"])
    assert curve["flat"]["from"] in ("0", "3", "5")
    assert json.dumps(curve, allow_nan=False)


def test_the_flat_part_begins_where_nothing_later_can_be_told() -> None:
    import numpy as np

    class Told:
        """Jobs of each value in four pairs."""

        def __init__(self, **jobs: list[float]) -> None:
            self.variants = {name: type("V", (), {"accounts": {"jobs": {"net_additional_jobs": np.array(values)}}}) for name, values in jobs.items()}
            self.baseline = type("B", (), {"replicates": 4})
            self.over = Comparison.over.__get__(self)
            self.baseline.over = staticmethod(lambda values, *_: (values.mean(), values.mean() - 2 * values.std(), values.mean() + 2 * values.std()))

    from sim.bilingual import Sentence

    rising = Told(a=[0, 1, 0, 1], b=[10, 11, 10, 11], c=[10, 11, 11, 10], d=[11, 10, 10, 11])
    flat = what_if.flat_of(rising, ["a", "b", "c", "d"], Sentence("nights", "晚"))  # type: ignore[arg-type]
    assert flat is not None
    assert (flat["from"], flat["en"]) == ("b", "Beyond b nights nothing more can be told.")
    steep = Told(a=[0, 1, 0, 1], b=[10, 11, 10, 11], c=[20, 21, 20, 21])
    assert what_if.flat_of(steep, ["a", "b", "c"], Sentence("-", "-")) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "values", "where"),
    [
        ("policy.lodging.free_nights", [1], "values"), ("policy.lodging.free_nights", list(range(10)), "values"),
        ("policy.lodging.free_nights", [1, -5], "values"), ("policy.lodging.free_nights", [1, 1.0], "values"),
        ("policy.lodging.free_night", [1, 2], "key"), ("population.graduates", [1, 2], "key"), ("output", [1, 2], "key"),
    ],
)  # fmt: skip
def test_a_curve_that_makes_no_sense_is_refused(key: str, values: list[object], where: str) -> None:
    with pytest.raises(DraftError) as error:
        what_if.ask_what_if(draft_of({"programme": "dongbeitang", "changes": SMALL}), key, values)
    assert error.value.where == where


def test_a_budget_becomes_three_proposals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny = {"evaluations": 4, "batch": 4, "replicates": 2, "finalists": 2, "fresh": 2, "pilot": 1, "graduates": 150}
    monkeypatch.setattr(mix, "SMALL", tiny)
    levers = {f"policy.{name}.enabled": False for name in Scenario.load("dongbeitang").policy.levers if name not in ("job_fairs", "casework")}
    draft = draft_of({"programme": "dongbeitang", "changes": {"population.graduates": 150, "days": 190, **levers}})
    found = mix.ask_mix(draft, 100_000)
    seen: list[tuple[int, int]] = []
    optimised = mix.carry_out(found, tmp_path / "mix", lambda done, total: seen.append((done, total)))
    told = mix.mix_of(found, optimised)
    assert [one["kind"] for one in told["proposals"]] == ["jobs", "stays", "robust"]
    assert "budget=100000" in found.command
    assert "most=3" in found.command, "no lever becomes larger than three times what there is, with the longer search neither"
    assert found.work.options.most == 3
    assert "evaluations=" not in found.command
    assert seen
    assert all(done <= total for done, total in seen)
    for one in told["proposals"]:
        assert one["sentence"]["zh"].startswith("10 万元：")
        assert {"mean", "largest", "best_share", "vectors", "en", "zh"} <= set(one["regret"])
        Scenario.load("dongbeitang", levers).with_(one["changes"])
    assert (tmp_path / "mix" / "optimum.json").is_file()
    assert json.dumps(told, allow_nan=False)
    with pytest.raises(DraftError, match="whole CNY"):
        mix.ask_mix(draft, "3 million")
    with pytest.raises(DraftError) as error:
        mix.ask_mix(draft_of({"programme": "none"}), 5)
    assert error.value.where == "budget"


def test_behind_a_bar_stand_persons_of_that_part(asked: Asked) -> None:
    again = compare(asked.worlds.baseline, asked.worlds.variants, 1, asked.options.seed, 1, save_people=True)
    parts = again.variants["programme"].parts[0]["jobs"]
    for row, wanted in (("deadweight", {Part.PLACED_ANYWAY}), ("net_additional_jobs", {Part.HELPED, Part.GAINED_BY_OTHERS})):
        found = stories.persons_behind(asked, "programme", row)
        assert len(found["persons"]) == min(found["count"], 10), "ten, as the page says"
        assert found["count"] == sum(Part(int(part)) in wanted for part in parts)
        assert all(Part(int(parts[one["person"]])) in wanted for one in found["persons"])
        assert all(one["one_line"]["zh"] and one["became"]["en"] for one in found["persons"])


def test_a_story_is_told_in_both_languages(asked: Asked) -> None:
    found = stories.story(asked, "programme", 3)
    assert found["title"] == {"en": "The story of person 3", "zh": "第3号青年的经历"}
    assert found["portrait"]
    assert found["ending"]
    assert json.dumps(found, allow_nan=False)
    for what, wrong in (("variant", ("nobody", 3, 0)), ("replicate", ("programme", 3, 9)), ("person", ("programme", 10**6, 0))):
        with pytest.raises(DraftError) as error:
            stories.story(asked, *wrong)
        assert error.value.where == what
    with pytest.raises(DraftError, match="unknown key 'deadweigth'"):
        stories.persons_behind(asked, "programme", "deadweigth")


def test_the_scorecard_is_the_kept_one_with_misses_first() -> None:
    found, kept = scorecard(), read_kept(FILE)
    assert kept is not None
    assert {row["target"] for row in found["rows"]} == set(kept.verdicts)
    assert [row["pass"] for row in found["rows"]] == sorted(row["pass"] for row in found["rows"])
    assert sum(row["pass"] for row in found["rows"]) == sum(kept.verdicts.values())
    assert all(row["title"]["zh"] and row["why"]["zh"] and row["unit"]["zh"] for row in found["rows"])
    assert all(row["low"] <= row["median"] <= row["high"] for row in found["rows"])
    assert json.dumps(found, allow_nan=False)


def test_assumptions_come_before_what_has_evidence() -> None:
    found = assumptions()
    assert found["set"] == "calibrated"
    flags = [row["assumption"] for row in found["rows"]]
    assert flags == sorted(flags, reverse=True)
    assert all(0 <= row["left"] <= 1 and row["low"] <= row["median"] <= row["high"] for row in found["rows"])


def test_a_small_picture_says_what_the_place_is_like() -> None:
    found = picture(changes_of({"kind": "county", "graduates": 200})[0])
    assert (found["pictured"], len(found["months"])) == (200, 12)
    assert all(len(found[name]) == 12 for name in ("unemployment_16_24", "unemployment_rate", "vacancies_per_seeker"))
    assert 0 <= found["left"] < 1
    assert json.dumps(found, allow_nan=False)


def test_no_cell_of_a_csv_or_a_workbook_is_a_formula(asked: Asked, result: dict[str, Any]) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(asked, result, "zh").decode("utf-8-sig"))))
    assert any(FORMULA in cell for row in rows for cell in row)
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+@\t\r|%")]
    assert len({len(row) for row in rows}) == 1
    book = zipfile.ZipFile(io.BytesIO(as_xlsx(asked, result, "zh")))
    inside = "".join(book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels")))
    assert "<f>" not in inside
    assert "hyperlink" not in inside.replace("hyperlinkBase", "")
    assert "externalLink" not in inside
    assert inside.count("<sheet ") >= len(SECTIONS) - 2


def test_files_say_what_is_preliminary_and_hidden_and_write_shares_in_points(result: dict[str, Any]) -> None:
    one = copy.deepcopy(result)
    one["preliminary"] = True
    one["for_whom"]["programme"][0] |= {"difference": None, "low": None, "high": None, "hidden": True}
    share = {"en": "share", "zh": "占比"}
    told = {"title": {"en": "unemployed", "zh": "失业率"}, "unit": share, "difference": 0.02, "low": 0.01, "high": 0.03}
    one["outcomes"]["programme"] = [told]
    one["cost"]["programme"] |= {"defined": False, "value": 77.0, "low": 7.0, "high": 777.0}
    lines = list(lines_of(one, "en"))
    assert 77.0 not in [line.value for line in lines], "no cost where none can be told"
    assert lines[0].note == "preliminary: more pairs will come"
    hidden = next(line for line in lines if line.section == "for_whom" and line.value is None)
    assert hidden.note == "hidden: few persons"
    (points,) = (line for line in lines if line.section == "outcomes" and line.what == "unemployed")
    assert (points.value, points.low, points.high) == pytest.approx((2.0, 1.0, 3.0))
    assert points.unit != "share"


def test_what_is_taken_along_makes_the_same_again(asked: Asked, comparison: Comparison, result: dict[str, Any], tmp_path: Path) -> None:
    content = json.loads(as_json(asked, result))
    assert ask(draft_of(content["draft"])).digest == content["digest"] == asked.digest
    (tmp_path / "mine.yaml").write_bytes(as_programme(asked))
    mine = Scenario.load(str(tmp_path / "mine.yaml"), {}, behaviour="calibrated")
    for part in ("region", "population", "market", "behaviour", "policy", "start", "days"):
        assert getattr(mine, part) == getattr(asked.scenario, part), part
    keep(asked, comparison, tmp_path / "kept")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").rglob("*")}
    report = as_report(tmp_path / "kept", "html", "zh").decode()
    assert result["answer"][0]["sentence"]["zh"] in report
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").rglob("*")}
    with pytest.raises(MistakeError, match="allowed is"):
        as_report(tmp_path / "kept", "exe", "zh")


def test_what_a_name_holds_does_not_leave_the_head_of_a_programme_file() -> None:
    named = ask(draft_of({"programme": "dongbeitang", "changes": {**SMALL, "region.name_zh": "a\npolicy: 3"}, "county": {"kind": "street"}}))
    text = as_programme(named).decode()
    assert all(line.startswith("#") for line in text.splitlines()[:3])
    assert "\npolicy: 3" not in text
