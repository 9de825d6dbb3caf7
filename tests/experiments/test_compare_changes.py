"""``yizhan compare … change.KEY=VALUE against=…``: variants of the command line, the baseline that is chosen, and what is refused."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from experiments.compare.changes import read_changes, split_changes
from experiments.compare.options import CompareOptions
from experiments.compare.variants import levers_of_programme, read_worlds
from experiments.shared.application import launch, read_options
from experiments.shared.errors import MistakeError
from sim import Scenario
from sim.configuration import available

Command = Callable[..., Any]
TINY = ("programme=zibo", "population.graduates=100", "days=40", "replicates=2", "workers=1", "figures=false", "output=out")
NIGHTS = "policy.lodging.free_nights"


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    """Return the composed configuration of a comparison of Zibo."""
    kept: list[dict[str, Any]] = []
    launch("compare", kept.append, TINY, CompareOptions.model_fields)
    return kept[0]


def found_in(folder: Path) -> Any:
    return json.loads((folder / "out" / "comparison.json").read_text(encoding="utf-8"))


def test_words_of_changes_are_told_from_others() -> None:
    words = ["programme=zibo", f"change.{NIGHTS}=14", f"+change.more.{NIGHTS}=3", "seed=2"]
    assert split_changes(words) == (["programme=zibo", "seed=2"], [f"{NIGHTS}=14", f"more.{NIGHTS}=3"])


def test_changes_without_a_name_belong_together_and_names_tell_variants_apart() -> None:
    assert read_changes([f"{NIGHTS}=14", "policy.loans.rate_per_year=0.03"]).variants == {"changed": {NIGHTS: 14, "policy.loans.rate_per_year": 0.03}}
    changes = read_changes([f"more.{NIGHTS}=14", f"less.{NIGHTS}=0", "less.policy.loans={enabled: false}"])
    assert changes.variants == {"more": {NIGHTS: 14}, "less": {NIGHTS: 0, "policy.loans": {"enabled": False}}}
    assert changes.own_names == {"more", "less"}


def test_several_values_make_a_variant_of_each() -> None:
    changes = read_changes([f"{NIGHTS}=0,3,14", "policy.loans.rate_per_year=0.03"])
    assert changes.variants == {f"free_nights_{nights}": {"policy.loans.rate_per_year": 0.03, NIGHTS: nights} for nights in (0, 3, 14)}
    assert (changes.varied, set(changes.own_names)) == (NIGHTS, set())


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        (["polcy.lodging.free_nights=3"], "Did you mean 'policy.lodging.free_nights'?"),
        (["more.polcy.lodging.free_nights=3"], "Did you mean"),
        ([f"{NIGHTS}=3", f"{NIGHTS}=4"], f"change.{NIGHTS} is given twice"),
        ([f"{NIGHTS}=3,4", "policy.loans.rate_per_year=0.03,0.04"], "several values make a variant of each, for one key and without names"),
        ([f"more.{NIGHTS}=3,4"], "change.NAME.KEY=VALUE"),
        ([NIGHTS], "cannot read 'policy.lodging.free_nights'"),
        ([f"none.{NIGHTS}=3"], "change.none: a variant cannot be called none, which is the world without any lever"),
        ([f"{NIGHTS}=3,5,3"], f"change.{NIGHTS} is given the value 3 twice; give each value once"),
        ([f"{NIGHTS}=3,3.0"], f"change.{NIGHTS} is given the value 3.0 twice"),
        (["policy.lodging.budget=null,null"], "change.policy.lodging.budget is given the value null twice"),
    ],
)
def test_what_cannot_be_read_is_refused(changes: list[str], what: str) -> None:
    with pytest.raises(MistakeError) as refusal:
        read_changes(changes)
    assert what in str(refusal.value)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("change.policy.lodging.free_night=3",), "change: unknown key 'policy.lodging.free_night'. Did you mean 'policy.lodging.free_nights'?"),
        (("change.free_nights=3",), "Did you mean 'policy.lodging.free_nights'?"),
        ((f"change.{NIGHTS}=400",), f"change: {NIGHTS} is 400; allowed is an integer, at least 0 and at most 365"),
        ((f"change.long.{NIGHTS}=400",), f"change.long: {NIGHTS} is 400"),
        (("change.days=30",), "change: variant changed has another days than the baseline"),
        (("change.population.graduates=30",), "variant changed has another population"),
        (("change.region.hotel_night=10",), "variant changed has another region"),
        (("change.programme=none",), "programme=NAME stands on the command line"),
        (("change.place=chengyang",), "a variant changes the programme that was chosen; place=NAME stands on the command line"),
        (("change.seed=3",), "seed belongs to the whole comparison"),
        (("against=programme",), "against=programme: the only variant is the baseline; add another one"),
        (("against=zib",), "unknown baseline 'zib'. Did you mean 'zibo'?"),
        (("against=nights_6", f"change.{NIGHTS}=3"), "unknown baseline 'nights_6'"),
    ],
)
def test_what_is_not_allowed_is_refused(plain: dict[str, Any], words: tuple[str, ...], what: str) -> None:
    others, changes = split_changes(words)
    options = read_options(CompareOptions, plain | dict(word.split("=") for word in others))
    with pytest.raises(MistakeError) as refusal:
        read_worlds(plain, options, changes, named=False)
    assert what in str(refusal.value)


def test_changes_beside_a_comparison(plain: dict[str, Any]) -> None:
    file = {"baseline": "none", "variants": {"nights_3": {NIGHTS: 3}}}
    options = read_options(CompareOptions, plain | {"comparison": file})
    worlds = read_worlds(plain, options, [f"week.{NIGHTS}=7"], named=True)
    assert (worlds.file.baseline, list(worlds.variants)) == ("none", ["nights_3", "week"])
    with pytest.raises(MistakeError, match="has a variant of this name"):
        read_worlds(plain, options, [f"nights_3.{NIGHTS}=7"], named=True)
    with pytest.raises(MistakeError, match="leave out comparison=NAME"):
        read_worlds(plain, read_options(CompareOptions, plain | {"comparison": file | {"alone": True}}), [f"{NIGHTS}=7"], named=True)


def test_a_change_is_compared_with_the_programme_as_it_is(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("compare", *TINY, f"change.{NIGHTS}=14", "change.policy.mentoring.mentees_per_mentor=3")
    assert said.status == 0, said.err
    assert said.out.startswith("The changed programme, against the programme as it is: ")
    for words in (f"{NIGHTS}: 2 → 14", "policy.mentoring.mentees_per_mentor: ", "the changed programme against the programme as it is. 2 pairs"):
        assert words in said.out
    assert "deadweight" not in said.out
    found = found_in(tmp_path)
    assert (found["baseline"], list(found["variants"])) == ("programme", ["changed"])
    assert found["variants"]["changed"]["outcomes"]["spending"]["baseline"] > 0
    config = yaml.safe_load((tmp_path / "out" / "config.yaml").read_text(encoding="utf-8"))
    assert config["comparison"]["variants"] == {"changed": {NIGHTS: 14, "policy.mentoring.mentees_per_mentor": 3}}
    assert (config["comparison"]["baseline"], config["against"]) == ("programme", None)


def test_a_change_that_changes_nothing_is_said(yizhan: Command) -> None:
    said = yizhan("compare", *TINY, f"change.same.{NIGHTS}=2", "change.same.policy.casework.caseworkers=3", f"change.less.{NIGHTS}=0")
    assert said.status == 0, said.err
    told = " ".join(said.out.split())
    assert "Same, against the programme as it is: the same people work; at the same cost." in told
    assert f"change.{NIGHTS} changes nothing: the programme has this value already." in told
    assert "change.policy.casework.caseworkers changes nothing: casework offers nothing in this programme" in told
    assert told.count("changes nothing") == 2, "no night at all is a change, though the lever then offers nothing"


def test_a_comparison_against_the_programme_and_against_one_of_its_variants(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("compare", *TINY, "comparison=nights", "against=nights_6", "language=zh")
    assert said.status == 0, said.err
    assert said.out.startswith("0 晚（对照：6 晚）：")
    found = found_in(tmp_path)
    assert (found["baseline"], list(found["variants"])) == ("nights_6", ["nights_0", "nights_3", "nights_14"])
    words = [word.replace("output=out", "output=other") for word in TINY]
    said = yizhan("compare", *words, "comparison=nights", "against=programme", f"change.week.{NIGHTS}=7")
    assert said.status == 0, said.err
    other = json.loads((tmp_path / "other" / "comparison.json").read_text(encoding="utf-8"))
    assert (other["baseline"], list(other["variants"])) == ("programme", ["nights_0", "nights_3", "nights_6", "nights_14", "week"])
    mine, theirs = (one["variants"]["nights_14"]["outcomes"] for one in (found, other))
    assert mine == theirs, "six nights are what the programme has"


def test_changes_of_a_programme_against_none(plain: dict[str, Any]) -> None:
    options = read_options(CompareOptions, plain | {"against": "none"})
    worlds = read_worlds(plain, options, [f"{NIGHTS}=0,14"], named=False)
    assert (worlds.names.against_none, list(worlds.variants)) == (True, ["free_nights_0", "free_nights_14"])
    assert worlds.names["free_nights_0"] == "Lodging, free nights a stay 0"
    assert worlds.variants["free_nights_0"].policy.mentoring.offers_something, "the other levers are still on"
    assert not any(lever.offers_something for lever in worlds.baseline.policy.levers.values())


def test_what_a_change_is_called(plain: dict[str, Any]) -> None:
    options = read_options(CompareOptions, plain)
    called = {change: read_worlds(plain, options, [change], named=False).names["changed"]
              for change in (f"{NIGHTS}=14", "policy.mentoring.enabled=false", "policy.loans={rate_per_year: 0.1, term_months: 12}")}  # fmt: skip
    assert list(called.values()) == ["Lodging, free nights a stay 14 instead of 2", "without mentoring", "the changed programme"]
    assert [name.zh for name in called.values()][:2] == ["青年驿站每次免费住宿晚数由 2 改为 14", "去掉导师辅导"]


def test_a_label_is_of_a_name_that_was_given(plain: dict[str, Any]) -> None:
    labels = {name: {"en": "old", "zh": "旧"} for name in ("changed", "more", "nights_3")}
    file = {"variants": {"nights_3": {NIGHTS: 3}}, "labels": labels}
    options = read_options(CompareOptions, plain | {"comparison": file})
    names = read_worlds(plain, options, [f"{NIGHTS}=14", f"more.{NIGHTS}=3"], named=True).names
    assert [str(names[name]) for name in labels] == ["Lodging, free nights a stay 14 instead of 2", "old", "old"]


def test_the_levers_of_another_programme_as_the_baseline(plain: dict[str, Any]) -> None:
    """They stand in this place and time: dates move with the start, and campuses that are not of this region are left."""
    worlds = read_worlds(plain, read_options(CompareOptions, plain | {"against": "chengyang"}), (), named=False)
    chengyang, here = Scenario.load("chengyang"), worlds.baseline
    assert (list(worlds.variants), worlds.names.against, worlds.names.against_none) == (["programme"], chengyang.title, False)
    assert (here.start, here.days, here.region) == (worlds.variants["programme"].start, 40, worlds.variants["programme"].region)
    assert here.policy.loans.credit_line == chengyang.policy.loans.credit_line > 0
    opening, at_home = here.policy.loans.opening_date, chengyang.policy.loans.opening_date
    assert opening is None or opening - here.start == at_home - chengyang.start
    again = read_worlds(plain, read_options(CompareOptions, plain | {"comparison": worlds.file.model_dump()}), (), named=False)
    assert (again.baseline, again.variants, again.names) == (here, worlds.variants, worlds.names), "what config.yaml says gives the same"
    for name in available("programme"):
        if name != "zibo":
            read_worlds(plain, read_options(CompareOptions, plain | {"against": name}), (), named=False)


def test_dates_of_another_programme_move_with_the_start(plain: dict[str, Any]) -> None:
    home = Scenario.load("campus_link")
    last = date.fromisoformat(levers_of_programme("campus_link", plain)["policy"]["campus_recruitment"]["last_date"])
    assert last - date.fromisoformat(plain["start"]) == home.policy.campus_recruitment.last_date - home.start
    assert home.start.isoformat() != plain["start"]
