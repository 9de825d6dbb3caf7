"""The page of effects names every parameter that was set with a published effect in view, and says how."""

import re
from pathlib import Path

import pytest

from benchmarks.effects import TRIALS
from benchmarks.in_view import EFFECTS, Use, figures, page, rows_named, table, use_of, uses, verdict
from sim.levers import LEVER_LABELS
from sim.parameters import declarations
from sim.scenario import load_scenario

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_not_stale() -> None:
    assert (ROOT / "docs" / "effects.md").read_text(encoding="utf-8") == page(), "python -m benchmarks.in_view write=docs/effects.md"


def test_every_parameter_that_names_an_effect_is_listed_with_its_use() -> None:
    rows = {effect.row: line for effect, line in zip(EFFECTS, list(table())[2:], strict=True)}
    named = [(row, leaf) for leaf in declarations(load_scenario("none", {})) for row in rows_named(leaf.source) if row in rows]
    assert len(named) > 15
    for row, leaf in named:
        assert f"`{leaf.key}` ({use_of(row, leaf.source).name.lower()})" in rows[row], "a source names the effect"  # type: ignore[union-attr]
    listed = {(row, key) for row, line in rows.items() for key in re.findall(r"`((?:behaviour|policy|market|opening|exams)[\w.]+)`", line)}
    assert listed == {(row, leaf.key) for row, leaf in named}


def test_how_a_figure_was_used_is_read_from_the_source() -> None:
    assert use_of(39, "assumption, so that interviews rise as in evidence 39") == Use.SIZE
    assert use_of(66, "assumption, by hand, for evidence 66 and 67") == Use.SIZE
    assert use_of(59, "evidence 59") == use_of(60, "evidence 59 and 60, a note") == Use.INPUT
    assert use_of(48, "assumption, order of evidence 48") == Use.ORDER
    assert use_of(63, "assumption within evidence 63: no causal evidence") == use_of(43, "assumption, sign of evidence 43") == Use.SIGN
    assert use_of(20, "assumption: less; evidence 13 and 20 are checks") == use_of(42, "assumption; evidence 42 is a check") == Use.CHECK
    assert use_of(4, "evidence 40") is None
    with pytest.raises(ValueError, match="does not say how"):
        use_of(40, "assumption, like evidence 40")
    assert set(uses(39).values()) == {Use.SIZE}
    assert uses(40) == {}
    assert verdict([])[0] == verdict([Use.CHECK])[0] != verdict([Use.SIGN, Use.SIZE])[0]


def test_effects_are_rows_of_levers_that_there_are() -> None:
    known = figures()
    assert len({effect.row for effect in EFFECTS}) == len(EFFECTS)
    for effect in EFFECTS:
        assert effect.row in known
        assert effect.lever in ("", *LEVER_LABELS)
        assert effect.measured in ("", "yizhan compare") or (ROOT / f"{effect.measured.replace('.', '/')}.py").is_file()
    measured = {effect.row: effect.lever for effect in EFFECTS if effect.measured == "benchmarks.effects"}
    assert {trial.row: trial.lever for trial in TRIALS} == measured
