"""The figure of shares or indices: two bars a factor, with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from experiments.sensitivity.outcomes import label_of
from experiments.sensitivity.report import called
from experiments.sensitivity.words import OVER_BASE_POINTS, OVER_HALVES, WORDS
from experiments.shared.figures.naming import foot_of
from experiments.shared.figures.style import BLUE, DARK, PALETTE, folded, new_figure, put_below, styled
from experiments.shared.words import Speaker

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.sensitivity.given_found import Reading
    from experiments.sensitivity.shares_found import Decomposition
    from experiments.shared.words import Language
    from sim.bilingual import Sentence
    from sim.sensitivity.ranking import Measured

ROWS = 14
"""Factors that are drawn."""
ROW_INCHES, LABEL_WIDTH = 0.4, 20.0
GREEN = PALETTE[2]


class Bars(NamedTuple):
    """What is drawn of each row: a measure, its colour, the key of its words."""

    measured: Measured
    colour: str
    word: str


def drawings_of(found: Decomposition, origin: str, language: Language) -> dict[str, Callable[[], Figure | None]]:
    """Return what draws the shares of each outcome that varies."""
    drawings: dict[str, Callable[[], Figure | None]] = {}
    for name, shares in zip(found.outcomes, found.shares, strict=True):
        if shares is None:
            continue
        order = [int(place) for place in shares.ranking.order][:ROWS]
        rows = [*((called().get(found.factors[place].key, {}).get(language, ""), found.factors[place].key) for place in order)]
        say = Speaker(language, WORDS)
        more = [(word, column) for word, column in (("luck", found.of_luck), ("rest", found.of_rest)) if column is not None]
        rows += [(say.text(word), "") for word, _ in more]
        places = [*order, *(column for _, column in more)]
        bars = [Bars(shares.total, BLUE, "legend_total"), Bars(shares.alone, GREEN, "legend_alone")]
        foot = foot_of(origin, found.seed, found.points, language, "points", OVER_BASE_POINTS)
        drawings[f"shares_{name}"] = partial(draw, rows, places, bars, say.text("figure_shares", outcome=label_of(name, language)), foot, language)
    return drawings


def drawings_of_reading(found: Reading, language: Language) -> dict[str, Callable[[], Figure | None]]:
    """Return what draws the indices of each outcome that varies."""
    drawings: dict[str, Callable[[], Figure | None]] = {}
    say = Speaker(language, WORDS)
    for name, indices in zip(found.sample.outcomes, found.indices, strict=True):
        if indices is None:
            continue
        order = [int(place) for place in indices.ranking.order][:ROWS]
        keys = [found.sample.keys[place] for place in order]
        rows = [(called().get(key, {}).get(language, ""), key) for key in keys]
        bars = [Bars(indices.moved, BLUE, "legend_moved"), Bars(indices.alone, GREEN, "legend_alone")]
        foot = foot_of(found.sample.origin, found.seed, indices.points, language, "points", OVER_HALVES)
        title = say.text("figure_shares", outcome=found.sample.called(name, language))
        drawings[f"indices_{name}"] = partial(draw, rows, order, bars, title, foot, language)
    return drawings


def draw(
    rows: Sequence[tuple[str, str]], places: Sequence[int], bars: Sequence[Bars], title: str, foot: str, language: Language,
    notes: Sequence[Sentence] = (),
) -> Figure:  # fmt: skip
    """Draw two bars a row, each with its interval.

    Args:
        rows: What each row is called, and its key.
        places: Place of each row in the measures.
        bars: The measures.
        title: Title of the figure.
        foot: Where it comes from.
        language: "zh" or "en".
        notes: Further words below.
    """
    say, at = Speaker(language, WORDS), np.arange(len(rows))
    with styled():
        figure = new_figure(1.3 + ROW_INCHES * len(rows), title, foot, title)
        axes = figure.subplots()
        for bar, shift in zip(bars, (-0.18, 0.18), strict=True):
            value, low, high = (part[list(places)] for part in (bar.measured.value, bar.measured.low, bar.measured.high))
            axes.barh(at + shift, np.maximum(value, 0.0), height=0.34, color=bar.colour, zorder=2.0, label=say.text(bar.word))
            axes.hlines(at + shift, np.maximum(low, 0.0), np.maximum(high, 0.0), color=DARK, linewidth=1.0, zorder=2.5)
        labels = ["\n".join([*folded(name, LABEL_WIDTH)[:2], *([key] if key else [])]) for name, key in rows]
        axes.set_yticks(at, labels, fontsize=6.0)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.grid(visible=False, axis="y")
        axes.set_xlim(left=0.0)
        axes.set_xlabel(say.text("axis_share"))
        put_below(figure, axes.get_legend_handles_labels()[0], "".join(say.of(note) for note in notes), columns=1)
        return figure
