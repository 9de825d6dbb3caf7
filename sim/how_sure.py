"""Which interval stands beside a number, in words: of the mean over replicates, or of what is not known about behaviour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from sim.bilingual import Sentence, sentence
from sim.numbers import write
from sim.statistics import Kind, MeanInterval
from sim.uncertainty import estimate_over, interval_over

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from sim.uncertainty import Estimate, Lived

OF_MEAN, OF_IGNORANCE = "mean", "ignorance"
"""What ``low`` and ``high`` bound in files."""
LUCK_ALONE = Sentence(
    "Intervals: of the mean over replicates, so of the luck of the simulation alone; nothing of what is not known about behaviour.",
    "区间：多次模拟均值的区间，只反映模拟的运气，不含对行为的了解不足。",
)
FIGURE_LUCK = Sentence("intervals: luck of the simulation alone", "区间只含模拟的运气")
HEAD = Sentence("95 % interval,\nwhat is not known", "95%区间\n（了解不足）")


class Called(Protocol):
    """What a set of behaviours is called, and its digest."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def sha256(self) -> str:
        """Its digest."""


def of_which(chosen: Called, lived: Lived | None) -> Sentence:
    """Say what the intervals of some results bound, and from how many vectors that is known.

    Args:
        chosen: The set of behaviours of their scenario.
        lived: With which vectors of it the replicates lived; None: there is no set.
    """
    if lived is None:
        return LUCK_ALONE
    if lived.different == 1:
        return sentence(
            "Intervals: none, since all replicates live with one of the {of} vectors of {name}, which tells nothing of what is not known about "
            "behaviour: use replicates=20.",
            "区间：无。全部模拟只用了参数集 {name} 的 {of} 组参数中的一组，无从得知对行为的了解不足有多大影响；请用 replicates=20。",
            name=chosen.name, of=lived.of,
        )  # fmt: skip
    found = sentence(
        "Intervals: where the expected number lies, given what is not known about behaviour; from {different} of the {of} vectors of {name}, with "
        "the luck of the simulation taken off as far as they tell.",
        "区间：在对行为了解不足的情况下，期望值所在的范围；依据参数集 {name} 的 {of} 组参数中的 {different} 组，模拟的运气已尽量扣除。",
        different=lived.different, of=lived.of, name=chosen.name,
    )  # fmt: skip
    if not lived.is_whole:
        return found
    whole = Sentence(
        "Every vector was lived with twice: more replicates tell nothing more of what is not known.", "每组参数均已模拟两次：再多模拟也不会增加了解。"
    )
    return sentence("{found} {whole}", "{found}{whole}", found=found, whole=whole)


def of_which_in_figure(lived: Lived | None) -> Sentence:
    """Say the same as few words of a figure."""
    if lived is None:
        return FIGURE_LUCK
    return sentence(
        "intervals: what is not known, from {different} of {of} vectors", "区间：了解不足，依据 {of} 组参数中的 {different} 组",
        different=lived.different, of=lived.of,
    )  # fmt: skip


def intervals_of(estimate: Estimate | None) -> dict[str, Any]:
    """Return the key ``intervals`` of a number in a file; nothing without a set."""
    if estimate is None:
        return {}
    low, high, least, most, error = (float(part) if math.isfinite(part) else None for part in estimate[1:])
    return {"intervals": {"ignorance": [low, high], "prediction": [least, most], "simulation_error": error}}


def told_over(values: ArrayLike, lived: Lived | None, kind: Kind = Kind.FREE) -> tuple[MeanInterval, dict[str, Any]]:
    """Return the mean of a number of each replicate with the interval that stands beside it, and its key ``intervals`` (`intervals_of`)."""
    if lived is None:
        return interval_over(values, lived, kind), {}
    estimate = estimate_over(values, lived, kind)
    return estimate.interval, intervals_of(estimate)


def about_intervals(chosen: Called, lived: Lived | None) -> dict[str, Any]:
    """Return the key ``interval`` of a file: what ``low`` and ``high`` bound, and from how many vectors."""
    if lived is None:
        return {"interval": {"of": OF_MEAN, "behaviour": chosen.name}}
    about = {"of": OF_IGNORANCE, "behaviour": chosen.name, "sha256": chosen.sha256, "vectors": lived.different, "vectors_of_set": lived.of}
    return {"interval": about}


def how_sure(what: Sentence, estimate: Estimate, lived: Lived) -> list[Sentence]:
    """Say in three lines how sure a number of persons is.

    Args:
        what: What it is a number of.
        estimate: The number.
        lived: With which vectors the replicates lived.
    """
    if not math.isfinite(estimate.low):
        return []
    halves = (estimate.error, (estimate.high - estimate.low) / 2.0, (estimate.most - estimate.least) / 2.0)
    return sureness(what, [_written(float(half)) for half in halves], lived)


def sureness(what: Sentence, halves: Sequence[str | Sentence], lived: Lived) -> list[Sentence]:
    """Say in a line each what more replicates would remove, what is not known, and what one place may see in one period.

    Args:
        what: What is spoken of.
        halves: Half the widths of the three intervals, in words.
        lived: With which vectors the replicates lived.
    """
    error, unknown, seen = halves
    return [
        sentence("How sure, {what}, 95 times in 100:", "有多确定（{what}，100 次中约 95 次）：", what=what),
        sentence("- what more replicates would still remove: ± {error}", "- 再多算几遍能消除的误差：± {error}", error=error),
        sentence(
            "- what is not known about behaviour (from {different} of {of} vectors): ± {half}",
            "- 对青年行为了解不足（依据 {of} 组参数中的 {different} 组）：± {half}",
            half=unknown, different=lived.different, of=lived.of,
        ),
        sentence("- what one such place may see in one such period: ± {half}", "- 同样的地方、同样的时期，也会有的起落：± {half}", half=seen),
    ]  # fmt: skip


def _written(half: float) -> str:
    return write(half) if half < 1 else write(round(half))
