"""What varies, as the words of a sweep say it: Hydra's grammar in full, the same every time."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from experiments.shared.errors import MistakeError
from experiments.shared.given import tidied
from experiments.sweep.axes import Axis, Interval, fixed_words, read_axes, with_axes
from experiments.sweep.values import fields_of_sweep, keys_of_sweep
from sim.configuration import available
from sim.own_files import own_in_use

NIGHTS, BUDGET, RATE = "policy.lodging.free_nights", "policy.loans.budget", "policy.loans.rate_per_year"


def values(word: str) -> tuple[Any, ...]:
    (axis,) = read_axes(tidied([word], fields_of_sweep(), keys_of_sweep(), own_in_use(), sweep=True))
    assert isinstance(axis, Axis)
    assert len(axis.values) == len(axis.texts)
    return axis.values


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        (f"{NIGHTS}=0,3,14", (0, 3, 14)),
        (f"{NIGHTS}=3.0,4", (3, 4)),  # a whole number is one in any spelling
        (f"{BUDGET}=null,1000", (None, 1000)),
        (f"{BUDGET}=100万,5e5", (1_000_000, 500_000)),
        ("policy.loans.rate_per_year=range(0,1,0.1)", (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)),
        ("market.tightness=range(0,1.1,0.1)", (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)),  # Hydra reaches 1.1 by rounding
        ("market.tightness=range(1,0.8,-0.1)", (1.0, 0.9)),
        ("policy.loans.rate_per_year=3%,0.05", (0.03, 0.05)),
        ("seed=range(3)", (0, 1, 2)),
        ("seed=sort(range(3),reverse=true)", (2, 1, 0)),
        ("days=sort(30,10,20)", (10, 20, 30)),
        ("days=choice(5)", (5,)),
        ("days=tag(long,short,choice(5,6))", (5, 6)),
        ("policy.loans.enabled=true,false", (True, False)),
        (f"{BUDGET}=sort(choice（100万，5），reverse=true)", (1_000_000, 5)),
        (f"{RATE}=sort(10%,5%,0.07)", (0.05, 0.07, 0.1)),
        (f"{BUDGET}=choice（100万，5）", (1_000_000, 5)),
        ("programme=choice(淄博,none)", ("zibo", "none")),
        ("policy.campus_recruitment.campuses=choice([a],[淄博 b])", (["a"], ["淄博 b"])),
        ("title=choice(淄博)", ("淄博",)),
        ("start=2020-11-01,2021-1-1", ("2020-11-01", "2021-01-01")),
        ("policy.campus_recruitment.campuses=[a],[b,'c d']", (["a"], ["b", "c d"])),
        ("programme=zibo,none", ("zibo", "none")),
        ("programme=choice(zibo,none)", ("zibo", "none")),
        ("programme=glob([z*,c*],exclude=campus*)", ("chengyang", "zibo")),
    ],
)
def test_values_are_read_as_what_they_are(word: str, wanted: tuple[Any, ...]) -> None:
    found = values(word)
    assert found == wanted
    assert [type(value) for value in found] == [type(value) for value in wanted]


def test_a_glob_of_everything_is_every_file_in_order() -> None:
    assert list(values("programme=glob(*)")) == sorted(available("programme"))


@pytest.mark.parametrize(
    ("word", "interval", "text"),
    [
        ("policy.loans.rate_per_year=interval(0.01,0.1)", Interval("policy.loans.rate_per_year", 0.01, 0.1), "interval(0.01,0.1)"),
        (f"{NIGHTS}=interval(0,14)", Interval(NIGHTS, 0, 14, is_whole=True), "int(interval(0,14))"),
        ("market.tightness=tag(log,interval(0.1,2))", Interval("market.tightness", 0.1, 2, is_log=True), "tag(log,interval(0.1,2.0))"),
        ("market.tightness=int(interval(1,2))", Interval("market.tightness", 1, 2, is_whole=True), "int(interval(1,2))"),
        ("market.tightness=tag(over,log,interval(1,2))", Interval("market.tightness", 1, 2, is_log=True, is_of_over=True),
         "tag(log,over,interval(1.0,2.0))"),
    ],
)  # fmt: skip
def test_an_interval_is_read_and_written_back(word: str, interval: Interval, text: str) -> None:
    assert read_axes([word]) == [interval]
    assert interval.text == text
    assert read_axes([f"{interval.key}={text}"]) == [interval]


def test_what_is_written_is_read_as_the_same_again() -> None:
    words = [f"{BUDGET}=null,1000,1e6", "start=2020-11-01,2021/3/1", "programme=zibo,none", "policy.campus_recruitment.campuses=[],[a,'b c']"]
    for axis in read_axes(words):
        assert isinstance(axis, Axis)
        again = read_axes([f"{axis.key}={','.join(axis.texts)}"])
        assert again == [axis]


def test_words_win_over_the_parameters_of_the_sweeper() -> None:
    axes = read_axes([f"{NIGHTS}=0,3", "days=30"], {"seed": "range(2)", NIGHTS: "7,8", "days": "1,2", "market": {"tightness": 0.5}})
    assert [(axis.key, axis.values) for axis in axes if isinstance(axis, Axis)] == [("seed", (0, 1)), ("market.tightness", (0.5,)), (NIGHTS, (0, 3))]


def test_fixed_words_are_those_that_vary_nothing() -> None:
    words = ["programme=zibo", f"{NIGHTS}=0,3", "days=range(3)", "seed=interval(0,1)", "region=glob(*)", "outcomes=[a,b]", "hydra.job.name=x"]
    fixed = ["programme=zibo", "outcomes=[a,b]", "hydra.job.name=x"]
    assert fixed_words(["--multirun", *words, "--config-dir=x"]) == ["--multirun", *fixed, "--config-dir=x"]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("days=shuffle(1,2,3)", "shuffle(...) would give another order every time"),
        ("days=shuffle(range(9))", "shuffle(...) would give another order every time"),
        ("days=glob(*)", "glob(...) is for names of files"),
        ("programme=glob(nothing*)", "no name fits; there is: campus_link"),
        ("programme=zibo,nothing", "unknown programme 'nothing'"),
        ("programme=3,4", "unknown programme '3'"),
        ("days=range(5,5)", "the range is empty"),
        ("days=range(0,5,0)", "cannot read"),
        ("days=range(0,1e12)", "more than 1,000,000 points"),
        ("days=5,5.0", "is given the value 5 twice (5, 5.0)"),
        (f"{BUDGET}=null,1e6,1_000_000", "twice"),
        ("policy.loans.rate_per_year=5%,0.05", "twice"),
        ("replicates=1,2", "replicates cannot be swept"),
        ("over=behaviour,market", "write it in brackets: over=[A,B]"),
        ("outcomes=hires,spending", "write it in brackets: outcomes=[A,B]"),
        ("output=a,b", "output cannot be swept"),
        ("design=grid,sobol", "design cannot be swept"),
        ("hydra.job.name=a,b", "cannot be swept"),
        ("days=1,", "cannot read"),
    ],
)
def test_what_cannot_be_swept_is_refused(word: str, told: str) -> None:
    with pytest.raises(MistakeError) as error:
        read_axes([word])
    assert told in str(error.value)
    assert error.value.args[0].zh != str(error.value)


def test_a_key_is_given_once() -> None:
    with pytest.raises(MistakeError, match="given 2 times"):
        read_axes([f"{NIGHTS}=0,3", f"{NIGHTS}=4"])


Recorded = Callable[..., str]


@pytest.fixture
def result(tmp_path: Path) -> Recorded:
    """Return a writer of what a sweep leaves; it gives the word that names it."""

    def write(axes: dict[str, list[str]], words: Sequence[str] = (), **content: Any) -> str:
        (tmp_path / "config.yaml").write_text(yaml.safe_dump({"days": 30, **content, "axes": axes}, sort_keys=False), encoding="utf-8")
        (tmp_path / "provenance.json").write_text(json.dumps({"verb": "sweep", "words": list(words)}), encoding="utf-8")
        return f"from={tmp_path}"

    return write


def test_a_sweep_made_again_has_its_axes_but_for_those_given_anew(result: Recorded) -> None:
    word = result({NIGHTS: ["0", "3"], "seed": ["4"], RATE: ["interval(0.01,0.1)"]})
    again = f"{NIGHTS}=0,3", "seed=choice(4)", f"{RATE}=interval(0.01,0.1)"
    assert with_axes([word]) == [word, *again]
    assert with_axes([word, "seed=1,2"]) == [word, "seed=1,2", again[0], again[2], "reference=null"]
    assert with_axes([word, "days=5", "reference=1"]) == [word, "days=5", "reference=1", *again]
    assert with_axes([word, "points=new.csv"]) == [word, "points=new.csv", "reference=null"]
    assert with_axes(["days=5,6"]) == ["days=5,6"]


def test_ranges_that_over_found_are_kept_unless_it_is_given_anew(result: Recorded) -> None:
    rate, seed = "tag(log,over,interval(0.01,0.1))", "tag(over,int(interval(1,9)))"
    word = result({NIGHTS: ["int(interval(0,3))"], RATE: [rate], "seed": [seed]}, over=["market"])
    assert with_axes([word]) == [word, f"{NIGHTS}=int(interval(0,3))", f"{RATE}={rate}", f"seed={seed}"]
    assert with_axes([word, "over=[behaviour]"]) == [word, "over=[behaviour]", f"{NIGHTS}=int(interval(0,3))", "reference=null"]


def test_points_of_a_file_are_read_from_the_result(result: Recorded, tmp_path: Path) -> None:
    word = result({NIGHTS: ["0,3,3"], "seed": ["1,1,2"]}, points="gone.csv")
    assert with_axes([word]) == [word, f"points='{tmp_path / 'config.yaml'}'"]
    assert with_axes([word, "points=new.csv"]) == [word, "points=new.csv", "reference=null"]


def test_a_sweep_over_files_is_composed_anew(result: Recorded, tmp_path: Path) -> None:
    words = ("-m", "programme=glob(*)", "days=30", "output=x", f"{NIGHTS}=0,3", "from=y")
    word = result({"programme": ["none", "zibo"], NIGHTS: ["0", "3"]}, words)
    assert with_axes([word, "days=5"]) == ["-m", "days=5", "programme=none,zibo", f"{NIGHTS}=0,3"]
    word = result({"programme": ["none,zibo"]}, ["points=gone.csv", "days=30"], points="gone.csv")
    assert with_axes([word]) == ["days=30", f"points='{tmp_path / 'config.yaml'}'"]
