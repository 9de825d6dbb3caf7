"""What should be found out first, in both languages: what is told, what cannot be told and why, and the same as data."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console

from experiments.compare.carried import carried_json, carried_line, carried_lines, print_carried
from experiments.compare.report import sure_of_all
from experiments.compare.words import names_of
from experiments.shared import tables
from sim import Scenario
from sim.bilingual import in_language
from sim.carrying import Carrying, carrying
from sim.parameters import declarations
from sim.uncertainty import Lived, estimate_over

SCENARIO = Scenario.load("none")
KEYS = [leaf.key for leaf in declarations(SCENARIO) if leaf.key.startswith("behaviour.") and leaf.prior][:20]
NAMES = names_of({"mine": {"en": "my variant", "zh": "我的方案"}}, "none", against_none=True)


@dataclass(frozen=True)
class Found:
    """What is asked of a comparison."""

    carrying: Carrying | None
    baseline: Any = field(default_factory=lambda: SimpleNamespace(scenario=SCENARIO))

    def carried_by(self, _name: str, what: str = "jobs") -> Carrying | None:
        return self.carrying if what == "jobs" else None


def found(weights: tuple[float, ...], vectors: int = 60, noise: float = 0.3, kept: int = 128, seed: int = 1) -> Any:
    luck = np.random.default_rng(seed)
    table = luck.uniform(-1.0, 1.0, (kept, len(KEYS)))
    rows = np.repeat(np.arange(vectors), 2)
    values = (10.0 * table[:, : len(weights)] @ np.array(weights))[rows] + 10.0 * noise * luck.standard_normal(len(rows))
    return Found(carrying(values, rows, KEYS, table))


def told(comparison: Any) -> dict[str, str]:
    line = carried_line(comparison, "mine")
    assert line is not None
    return {language: in_language(line, language) for language in ("en", "zh")}


def test_what_is_to_be_found_out_first_is_named_with_its_share_and_source() -> None:
    said = told(found((1.0, 0.5)))
    first, second = ({leaf.key: leaf for leaf in declarations(SCENARIO)}[key] for key in KEYS[:2])
    for language, meaning in first.meaning.items():
        assert f"{meaning}" in said[language]
        assert said[language].index(KEYS[0]) < said[language].index(KEYS[1])
    assert second.meaning["zh"] in said["zh"]
    assert "assumption, no local evidence" in said["en"]
    assert "假定（无本地依据）" in said["zh"]
    assert "cannot be told" not in said["en"]
    assert "% [" in said["en"]
    faint = next(one for seed in range(50) if 0.0 < (one := found((1.0, 0.35), vectors=40, seed=seed)).carrying.carriers[1].low < 0.005)
    assert "% [1 … " in told(faint)["en"], "what is told does not look as if its interval held zero"
    several = told(found((1.0, 0.95, 0.9, 0.85)))
    assert several["en"].endswith("Which of these carries most cannot be told.")
    assert several["zh"].endswith("尚看不出。")
    assert several["en"].count("% [") == 3, "three are named, the others are in the table"


def test_what_cannot_be_told_is_said_with_the_replicates_that_would() -> None:
    few = told(found((1.0,), vectors=4))
    assert "replicates=20" in few["en"]
    assert "replicates=20" in few["zh"]
    ten = found((0.6, 0.6, 0.6, 0.6), vectors=10)
    assert ten.carrying.told == ()
    half = ten.carrying.replicates_to_tell(0.5)
    said = told(ten)
    assert f"about {half} replicates" in said["en"]
    assert f"{half} 次模拟" in said["zh"]
    assert "not with this set" in told(found((0.6, 0.6, 0.6, 0.6), vectors=10, kept=40))["en"]
    many = (found((0.1,), vectors=10, noise=3.0, seed=seed) for seed in range(20))
    noisy = next(one for one in many if one.carrying.ignorance == 0.0 and not one.carrying.told)
    assert "luck hides" in told(noisy)["en"]
    hidden = told(found((0.5,), vectors=20, noise=1.0))
    assert "nor can what is not known be told from luck yet" in hidden["en"]
    assert "也还分不出于运气" in hidden["zh"]
    assert carried_line(Found(None), "mine") is None, "no set"  # type: ignore[arg-type]
    assert carried_line(found((0.0,), noise=0.0), "mine") is None, "no difference"


def test_of_several_variants_each_has_a_line_and_what_is_the_same_is_said_once() -> None:
    one, same, other, none = found((1.0, 0.5)), found((0.1,), vectors=4), found((0.2,), vectors=4), Found(None)
    names = names_of({key: {"en": f"variant {key}", "zh": f"方案{key}"} for key in "abcd"}, "none", against_none=True)
    several = dict(zip("abcd", (same, one, other, none), strict=True))
    comparison: Any = SimpleNamespace(
        variants=several, carried_by=lambda name, what: several[name].carried_by(name, what), baseline=SimpleNamespace(scenario=SCENARIO),
    )  # fmt: skip
    lines = carried_lines(comparison, names)
    assert len(lines) == 2, "nothing is said of the variant without a set"
    assert lines[0].startswith("variant a, variant c: which assumption carries the answer cannot be told from 4 vectors")
    assert lines[0].zh.startswith("方案a、方案c：仅凭 4 组行为参数")
    assert lines[1] == f"variant b: to be found out first{str(carried_line(one, 'mine')).removeprefix('To be found out first')}"
    assert lines[1].zh == f"方案b：{carried_line(one, 'mine').zh}"  # type: ignore[union-attr]


def test_how_sure_the_additional_jobs_of_several_variants_are() -> None:
    lived, luck = Lived(np.arange(20) // 2, 128), np.random.default_rng(3)
    jobs = {name: 50.0 + spread * luck.standard_normal(20) for name, spread in (("a", 2.0), ("b", 90.0))}
    comparison: Any = SimpleNamespace(
        variants={name: SimpleNamespace(accounts={"jobs": {"net_additional_jobs": values}}) for name, values in jobs.items()},
        baseline=SimpleNamespace(lived=lived, estimate=lambda values: estimate_over(values, lived)),
    )  # fmt: skip
    said = sure_of_all(comparison)
    estimates = [estimate_over(values, lived) for values in jobs.values()]
    for line, halves in zip(said[1:], ([one.error for one in estimates], [(one.high - one.low) / 2 for one in estimates]), strict=False):
        assert line.endswith(f"± {halves[0]:.0f} to {halves[1]:.0f}")
        assert line.zh.endswith(f"± {halves[0]:.0f} 至 {halves[1]:.0f}")
    assert len(said) == 4
    comparison.baseline = SimpleNamespace(lived=None, estimate=lambda _values: None)
    assert sure_of_all(comparison) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 100])
def test_the_table_fits(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, language: str) -> None:
    monkeypatch.setattr(tables, "make_console", lambda: Console(width=width, color_system=None))
    print_carried(found((1.0, -0.5)), "mine", NAMES, language)
    out = capsys.readouterr().out
    assert max(map(cell_len, out.splitlines())) <= width
    between = {"en": " ", "zh": ""}[language]
    assert {"en": "18 more, of which nothing can be told", "zh": "另有18项"}[language] in between.join(out.split())
    print_carried(found((0.6, 0.6, 0.6, 0.6), vectors=10), "mine", NAMES, language)
    print_carried(Found(None), "mine", NAMES, language)  # type: ignore[arg-type]
    assert capsys.readouterr().out == ""


def test_as_data() -> None:
    content = carried_json(found((1.0, -0.5)), "mine")
    assert content is not None
    assert list(content) == ["jobs"]
    assert (content["jobs"]["vectors"], content["jobs"]["first_is_told"]) == (60, True)
    first, second, *others = content["jobs"]["parameters"]
    assert [first["key"], second["key"]] == KEYS[:2]
    assert first["low"] <= first["share"] <= first["high"]
    assert first["per_sd"] > 0 > second["per_sd"]
    assert first["source"].startswith("assumption")
    assert len(others) == len(KEYS) - 2
    hidden = next(one for seed in range(20) if (one := found((0.1,), vectors=10, noise=3.0, seed=seed)).carrying.ignorance == 0.0)
    assert carried_json(hidden, "mine")["jobs"]["parameters"][0]["share"] is None, "a share of nothing"  # type: ignore[index]
    assert carried_json(Found(None), "mine") is None  # type: ignore[arg-type]
