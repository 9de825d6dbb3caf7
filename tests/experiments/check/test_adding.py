"""`yizhan check add` makes a baseline of whatever can be simulated, and a check repeats it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.check import baselines
from experiments.check.baseline import Margin, Sample
from experiments.check.baselines import parse, path_of, read_baseline, render
from experiments.check.choosing import choose
from experiments.check.composing import kind_of
from experiments.check.exact_text import CODES, decode, encode_codes
from experiments.check.margins import margins_of, refuse_unknown, split_margins
from experiments.check.options import CheckOptions
from experiments.check.sampling import in_units, luck_of
from experiments.check.subjects import codes_of
from experiments.shared.errors import MistakeError
from tests.every import every, some
from tests.experiments.check.held import NONE, Command, joined, rewrite, without_progress

TINY = ("population.graduates=120", "days=40", "sample=4", "directory=b", "workers=1")
OWN = "title: Mine\ntitle_zh: 自己的\n\nmarket:\n  tightness: 0.7\n"
KINDS = {
    "mine": ("programme=mine.yaml", "margin=10%", "margin.hires=3"),
    "pair": ("programme=zibo", "change.policy.lodging.free_nights=9", "name=pair"),
    "grid": ("-m", "programme=none", "market.tightness=0.4,0.6", "name=grid", "outcomes=[hires]"),
}
STUDY = ("study=lodging_subsidy", "study.enrolment_day=5", "study.followup_days=[20]", "name=trial")


@pytest.fixture(scope="module")
def made_of_words(call: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a baseline of each kind, one of a file of one's own."""
    here = tmp_path_factory.mktemp("added")
    (here / "mine.yaml").write_text(OWN, encoding="utf-8")
    for name, words in KINDS.items():
        said = call(here, "check", "add", *words, *TINY)
        assert said.status == 0, said.err
        assert f"{name}: baseline of " in said.out
    return here


@pytest.fixture
def added(made_of_words: Path, tmp_path: Path) -> Path:
    """Return baselines that a test may spoil, in the test's folder."""
    shutil.copytree(made_of_words, tmp_path, dirs_exist_ok=True)
    return tmp_path / "b"


def test_anybodys_baselines_are_repeated_from_their_words(yizhan: Command, added: Path) -> None:
    said = yizhan("check", "directory=b", "workers=1")
    assert said.status == 0, said.err
    assert said.out.endswith("Nothing moved: grid, mine, pair (b).\n")
    assert "Unguarded" not in said.out  # a folder of one's own answers for what lies in it
    kinds = {name: json.loads((added / f"{name}.json").read_bytes())["kind"] for name in KINDS}
    assert kinds == {"mine": "run", "pair": "comparison", "grid": "sweep"}


def test_a_baseline_of_words_says_what_it_was_made_with_and_no_path(added: Path) -> None:
    for name in KINDS:
        written = (added / f"{name}.json").read_text(encoding="utf-8")
        assert len(written) < 120_000
        assert str(added.parent) not in written
        assert set(json.loads(written)["made_with"]) == {"yizhan", "python", "numba", "numpy"}
    mine, grid = read_baseline(added, "mine"), read_baseline(added, "grid")
    assert mine.settings.words == ("programme=mine.yaml", *TINY[:2])
    assert mine.margins["hires"] == Margin(3.0, "3")
    assert mine.margins["employed_in_region"].declared == "10%"
    assert mine.margins["employed_in_region"].value == pytest.approx(mine.sample.at_end["employed_in_region"].mean() / 10, rel=1e-3)
    assert list(grid.margins) == ["point_0/hires", "point_1/hires"]
    assert set(grid.daily) == {"point_0/every_outcome", "point_1/every_outcome"}
    assert read_baseline(added, "pair").at_end["changed/account.jobs.net_additional_jobs"].shape == (2,)


def test_another_file_of_ones_own_is_told_with_its_key(yizhan: Command, added: Path) -> None:
    file = added.parent / "mine.yaml"
    file.write_text(OWN.replace("0.7", "0.2"), encoding="utf-8")
    said = yizhan("check", "programmes=[mine]", "directory=b", "workers=1", "language=zh")
    assert said.status == 1
    assert "market.tightness 0.7 0.2" in joined(said.out)
    assert "项结果变动，始于第" in said.err
    file.unlink()
    said = yizhan("check", "programmes=[mine]", "directory=b", "workers=1")
    assert said.status == 1
    assert "mine: b/mine.json cannot be repeated: " in said.err
    said = yizhan("check", "update=true", "programmes=[mine]", "directory=b", "workers=1")
    assert said.status == 2
    assert "b/mine.json cannot be made anew: " in said.err


def test_what_moved_is_told_for_every_kind(yizhan: Command, added: Path) -> None:
    pair = read_baseline(added, "pair")
    codes = pair.daily["changed/every_outcome"].copy()
    codes[0, 7] = (codes[0, 7] + 1) % CODES
    rewrite(added, "pair", daily={**pair.daily, "changed/every_outcome": codes})
    held = read_baseline(added, "grid")
    rewrite(added, "grid", at_end={**held.at_end, "point_1/hires": held.at_end["point_1/hires"] + 1})
    said = yizhan("check", "programmes=[pair,grid]", "directory=b", "workers=1")
    assert said.status == 1
    assert "pair: 1 outcomes moved, since day 7 (2020-11-08)" in said.err
    assert "grid: 1 outcomes moved, at the end" in said.err
    assert "changed: Any outcome" in joined(said.out)
    assert "point_1: Jobs begun" in joined(said.out)
    said = yizhan("check", "update=true", "programmes=[grid]", "directory=b", "workers=1")
    assert said.status == 0
    assert "grid: baseline written; 1 outcomes moved" in said.out
    assert read_baseline(added, "grid").settings == held.settings
    assert set(read_baseline(added, "grid").margins) == set(held.margins)
    choice = choose(CheckOptions(update=True), added)
    assert choice.names == ["grid", "mine", "pair"]  # and none of programmes that nobody guards here


@pytest.mark.slow
def test_a_study_is_repeated_and_what_moved_is_told(yizhan: Command, tmp_path: Path) -> None:
    assert yizhan("check", "add", *STUDY, *TINY).status == 0
    assert yizhan("check", "directory=b", "workers=1").status == 0
    held = read_baseline(tmp_path / "b", "trial")
    assert held.settings.kind == "study"
    rewrite(tmp_path / "b", "trial", at_end={**held.at_end, "enrolled": held.at_end["enrolled"] + 1})
    said = yizhan("check", "directory=b", "workers=1")
    assert said.status == 1
    assert "trial: 1 outcomes moved, at the end" in said.err


def test_a_name_that_is_taken_is_refused_unless_it_may_be_replaced(yizhan: Command, added: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (added / "mine.json").read_bytes()
    said = yizhan("check", "add", *KINDS["mine"], *TINY)
    assert (said.status, said.out) == (2, "")
    assert "there is a baseline in b/mine.json already; replace=true" in said.err
    monkeypatch.setenv("CI", "true")
    assert "replace=true with CI=true" in yizhan("check", "add", *KINDS["mine"], *TINY, "replace=true").err
    monkeypatch.delenv("CI")
    assert yizhan("check", "add", *KINDS["mine"], *TINY, "replace=true").status == 0
    assert (added / "mine.json").read_bytes() == before
    (added / "mine.json").write_text("years of work", encoding="utf-8")
    said = yizhan("check", "add", *KINDS["mine"], *TINY, "replace=true")
    assert said.status == 2
    assert "it was left alone" in said.err


def test_an_update_is_refused_where_nobody_looks(yizhan: Command, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in kept.iterdir()}
    monkeypatch.setenv("CI", "true")
    said = yizhan("check", "update=true", *NONE, "directory=b")
    assert (said.status, said.out) == (2, "")
    assert "update=true with CI=true" in without_progress(said.err)
    assert "update_in_ci=true" in yizhan("check", "update=true", *NONE, "directory=b", "language=zh").err
    assert yizhan("check", "update=true", *NONE, "directory=b", "update_in_ci=true").status == 0
    monkeypatch.setenv("CI", "false")
    assert yizhan("check", "update=true", *NONE, "directory=b").status == 0
    assert {path: path.read_bytes() for path in kept.iterdir()} == before


@pytest.mark.parametrize(("words", "told"), [
    ((), "name what the baseline is of"),
    (("programme=zibbo",), "Did you mean 'zibo'?"),
    (("programme=zibo", "mode=equivalence"), "mode is no key of yizhan check add"),
    (("programme=zibo", "margin.hires=much"), "a margin is a share of the mean"),
    (("programme=zibo", "population.gradates=3"), "population.graduates"),
    (("programme=zibo", "outcomes=[hire]"), "unknown outcome 'hire'"),
    (("programme=zibo", "margin.hire=3"), "unknown outcome 'hire'"),
    (("programme=zibo", "comparison=nights", "outcomes=[group.sex.male.wage_mean]"), "unknown outcome 'group.sex.male.wage_mean'"),
    (("programme=zibo", "comparison=nights", "outcomes=[account.jobs.net_aditional_jobs]"), "Did you mean 'account.jobs.net_additional_jobs'?"),
    (("programme=zibo", "name=a/b"), "a name has letters"),
    (("programme=zibo", "directory=/proc/yizhan/b"), "cannot write directory="),
    (("-m", "programme=none", "market.tightness=range(0.1,2,0.01)"), "a baseline holds up to 64 points"),
])  # fmt: skip
def test_what_makes_no_baseline_is_refused_before_anything_runs(yizhan: Command, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    said = yizhan("check", "add", *words)
    assert (said.status, said.out) == (2, "")
    assert told in said.err
    assert "simulated" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_the_kind_of_words() -> None:
    assert kind_of(("programme=zibo",)) == "run"
    assert kind_of(("programme=zibo", "comparison=nights")) == "comparison"
    assert kind_of(("study=job_fair", "-m")) == "study"
    assert kind_of(("programme=zibo", "design=sobol", "n=4")) == "sweep"


@pytest.mark.parametrize("value", ["0", "0%", "0.0", "1e999", "1e999%", "nan", "-5%"])
def test_a_margin_within_which_nothing_or_everything_lies_is_refused(value: str) -> None:
    with pytest.raises(MistakeError, match="above zero"):
        split_margins([f"margin.hires={value}"])


def test_margins() -> None:
    import numpy as np

    values = np.array([10.0, 12.0, 30.0, 32.0])
    sample = Sample(4, {"hires": values, "left_region": values * 0}, {}, np.array([0.0, 0, 1, 1]))
    assert luck_of(values, sample.vectors) == pytest.approx(2**0.5)
    assert luck_of(values, np.arange(4.0)) == pytest.approx(np.std(values, ddof=1))
    assert in_units(values, sample.vectors).tolist() == [11, 31]
    assert split_margins(["margin=5%", "days=3", "margin.hires=2"]) == (["days=3"], {"": "5%", "hires": "2"})
    rare = Sample(4, {"station_guests": np.array([0.0, 0, 0, 9]), "wage_mean": values, "hires": np.array([np.nan, np.nan, 1, 2])}, {}, sample.vectors)
    assert list(margins_of(rare, [], {})) == ["wage_mean"]
    fixed = Sample(4, {"hires": values * 0 + 7, "wage_mean": values}, {}, sample.vectors)
    assert list(margins_of(fixed, [], {})) == ["wage_mean"]  # what has no luck does not say how far it may be off
    assert margins_of(sample, ["hires"], {"": "10%"}) == {"hires": Margin(2.1, "10%")}
    assert margins_of(sample, ["hires"], {}) == {"hires": Margin(2.121, "spread")}  # one and a half standard deviations of luck
    with pytest.raises(MistakeError, match="is nothing; give a number"):
        margins_of(sample, [], {"left_region": "5%"})
    with pytest.raises(MistakeError, match="unknown outcome 'hire'"):
        margins_of(sample, ["hire"], {})


def test_codes_of_days_read_as_they_were_written() -> None:
    import numpy as np

    codes = np.array([5.0, 5, 5, 5, 5, CODES - 1, 0, 0])
    assert encode_codes(codes) == "# (AF*5)__AAAA"
    assert decode(encode_codes(codes)).tolist() == codes.tolist()
    for broken in ("# A", "# (AB)", "# (AB*)", "# A!", "# (AB*999999)"):
        with pytest.raises(ValueError, match="days"):
            decode(broken)
    days = np.arange(12.0).reshape(2, 6)
    one, other = codes_of([days, days]), codes_of([days, days + np.where(np.arange(6) == 4, 1e-9, 0)])
    assert np.flatnonzero(one[0] != other[0]).tolist() == [4]


def test_a_baseline_of_the_first_format_is_read(made: Path) -> None:
    content = json.loads(path_of(made, "none").read_bytes())
    kept = {key: content[key] for key in ("programme", "replicates", "seed", "overrides", "configuration", "at_end", "daily")}
    old = {"yizhan_baseline": 1, **kept}
    old["sha256"] = baselines._digest(old)
    held, read = read_baseline(made, "none"), parse(json.dumps(old).encode(), "none")
    assert render(read) == render(replace(held, margins={}, sample=None, made_with={}))
    every([held.at_end[name].tobytes() == values.tobytes() for name, values in some(read.at_end.items())])


@pytest.mark.parametrize("rest", ["", "{bad"])
def test_a_baseline_that_is_destroyed_is_not_passed_over(yizhan: Command, tmp_path: Path, rest: str) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "mine.json").write_text(rest, encoding="utf-8")
    (tmp_path / "b" / "notes.json").write_text('{"somebody": "else"}', encoding="utf-8")
    for words in (("directory=b",), ("directory=b", "update=true", "programmes=[mine]")):
        said = yizhan("check", *words)
        assert (said.status, said.out.count("Nothing moved")) == (2, 0)
        assert "b/mine.json is " in said.err
        assert "from version control" in joined(said.err) or "left alone" in said.err
        assert "notes" not in said.err
    assert (tmp_path / "b" / "mine.json").read_text(encoding="utf-8") == rest


def test_outcomes_that_can_be_chosen_are_those_that_a_run_has(added: Path) -> None:
    held = read_baseline(added, "mine").sample.at_end
    refuse_unknown("run", list(held))
    refuse_unknown("comparison", ["account.jobs.net_additional_jobs", "hires"])
