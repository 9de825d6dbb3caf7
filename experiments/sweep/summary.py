"""What ``summary.json`` says of a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.shared.json_numbers import number
from experiments.sweep.swept import Swept
from experiments.sweep.table import About
from sim.how_sure import about_intervals, intervals_of
from sim.outcomes import OUTCOMES
from sim.uncertainty import Estimate

if TYPE_CHECKING:
    import pyarrow as pa


def summary_of(table: pa.Table, about: About, outcomes: Sequence[str]) -> dict[str, Any]:
    """Return what ``summary.json`` says of a sweep.

    Args:
        table: Its table.
        about: What it is.
        outcomes: Outcomes whose numbers are in it.
    """
    values = {axis: list(dict.fromkeys(table[axis].to_pylist())) for axis in about.axes}
    swept = Swept(table, about)
    return {
        "programme": about.programme, "seed": about.seed, "replicates": about.replicates, "first_replicate": about.first_replicate,
        **about_intervals(about.chosen, swept.lived),
        "design": about.design, "reference": about.reference, "points": about.points, "done": len(swept.numbers),
        "axes": {axis: [str(value) if value is not None else "null" for value in some] for axis, some in values.items()},
        "outcomes": {name: {"unit": OUTCOMES[name].unit["en"], "points": _points(swept, name)} for name in outcomes},
    }  # fmt: skip


def _points(swept: Swept, name: str) -> list[dict[str, Any]]:
    """Return for each point the mean of an outcome and its paired difference to the reference, each with its intervals."""
    means, compared = swept.means(name), swept.compared(name)
    found: list[dict[str, Any]] = []
    for place, point in enumerate(swept.numbers):
        mean, low, high, more = _number(swept, means, place)
        found.append({"point": point, "mean": mean, "low": low, "high": high, **more})
        if compared is not None and place != swept.reference:
            mean, low, high, more = _number(swept, compared.estimate, place)
            found[-1]["difference"] = {"value": mean, "low": low, "high": high, "told": bool(compared.told[place]), **more}
    return found


def _number(swept: Swept, estimate: Estimate, place: int) -> tuple[float | None, float | None, float | None, dict[str, Any]]:
    """Return the mean of a point, the ends of its interval, and the key ``intervals``, where it lived with a set of behaviours."""
    one = Estimate(*(part[place] for part in estimate))
    return number(one.mean), number(one.low), number(one.high), {} if swept.lived is None else intervals_of(one)
