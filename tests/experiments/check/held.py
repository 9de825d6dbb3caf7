"""Baselines held beside what is simulated: what tests of `yizhan check` share."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments.check.baseline import Baseline
from experiments.check.baselines import path_of, read_baseline, render

Command = Callable[..., Any]
COMMITTED = Path(__file__).resolve().parents[3] / "results" / "baselines"
GRADUATES = 150
SMALL = {"population.graduates": GRADUATES}
SIZE = f"graduates={GRADUATES}"
FEW = "sample=6"
BOTH = ("programmes=[none,zibo]", SIZE, FEW)
NONE = ("programmes=[none]", SIZE, FEW)
ZIBO = ("programmes=[zibo]", SIZE, FEW)


def without_progress(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(("simulated", "已模拟", "First run")))


def joined(text: str) -> str:
    """Return what a table says, without its frame and with folded cells of one column still apart."""
    return " ".join(text.replace("│", " ").split())


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rewrite(folder: Path, programme: str, **changes: Any) -> Baseline:
    """Write a baseline with some parts changed, as if the output had been so."""
    changed = replace(read_baseline(folder, programme), **changes)
    path_of(folder, programme).write_text(render(changed), encoding="utf-8")
    return changed


def series_with(baseline: Baseline, name: str, replicate: int, day: int, value: float) -> dict[str, Any]:
    values = baseline.daily[name].copy()
    values[replicate, day] = value
    return {**baseline.daily, name: values}
