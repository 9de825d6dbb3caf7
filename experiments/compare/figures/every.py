"""Every figure of a comparison: what changes over time, from gross to net, for whom, and at what cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from experiments.compare.figures.account import draw_account
from experiments.compare.figures.differences import draw_both_worlds, draw_differences
from experiments.compare.figures.groups import draw_groups
from experiments.compare.figures.shown import Shown
from experiments.compare.figures.variants import draw_variants
from experiments.shared.figures.spending import draw_spending

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.compare.words import Names
    from experiments.shared.drawing import Drawings
    from experiments.shared.words import Language
    from sim.attribution import Attribution
    from sim.compared import Comparison


def drawings_of(
    comparison: Comparison, outcomes: Sequence[str], language: Language, names: Names, order: Sequence[str] = (),
    attribution: Attribution | None = None,
) -> Drawings:  # fmt: skip
    """Return what draws each figure of a comparison, by the name of its file.

    Args:
        comparison: A baseline and its variants.
        outcomes: Outcomes asked for.
        language: "zh" or "en".
        names: What baseline and variants are called.
        order: Names of all variants of their file, the baseline too.
        attribution: What each lever contributes, if that was asked for.
    """
    from experiments.compare.figures.attribution import draw_attribution

    shown = Shown(comparison, names, language, order)
    drawings: dict[str, Callable[[], Figure | None]] = {
        "differences": partial(draw_differences, shown, outcomes),
        "with_and_without": partial(draw_both_worlds, shown),
        "groups": partial(draw_groups, shown),
    }
    several = len(shown.called) > 1
    if several:
        drawings["variants"] = partial(draw_variants, shown)
    for name, called in shown.called.items():
        suffix = f"_{name}" if several else ""
        drawings[f"account{suffix}"] = partial(draw_account, shown, name)
        drawings[f"spending{suffix}"] = partial(draw_spending, comparison.variants[name].results, language, called if several else "")
    if attribution is not None:
        drawings["attribution"] = partial(draw_attribution, attribution, shown)
    return drawings
