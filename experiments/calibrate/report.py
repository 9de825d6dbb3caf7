"""What a calibration says on the terminal."""

from __future__ import annotations

import numpy as np

from experiments.calibrate.learned import Learned
from experiments.calibrate.words import WORDS
from experiments.shared.tables import make_table, show, show_lines
from experiments.shared.words import Speaker
from sim.bilingual import Sentence
from sim.numbers import DASH

MOST_PAIRS = 6
FIGURES = 3
"""Significant digits."""


def print_calibrated(found: Learned, language: str) -> None:
    """Print what the set measures, what was learned, and whether the ranges can be trusted."""
    say = Speaker(language, WORDS)
    say("title", n=found.vectors, targets=found.title)
    show_lines([how(found)], language)
    print_targets(found, language)
    print_parameters(found, language)
    show_lines(closing(found), language)


def how(found: Learned) -> Sentence:
    """Say how many runs there were, and where."""
    counts = {"wide": found.wide, "free": len(found.parameters), "used": found.used}
    return Speaker("en", WORDS).sentence("how", runs=found.runs, people=found.people, **counts)


def print_targets(found: Learned, language: str) -> None:
    """Print what the set measures beside the targets."""
    say = Speaker(language, WORDS)
    heads = [say.text(head) for head in ("target", "wanted", "median", "distance", "use")]
    rows = [[say.of(one.title), f"{written(one.value)} ± {written(one.tolerance)}", in_brackets(*one.measured), distance_in_words(one.distance),
             say.text(one.use)] for one in found.targets]  # fmt: skip
    show(make_table(say.text("targets"), heads, rows))


def print_parameters(found: Learned, language: str) -> None:
    """Print what was learned of the parameters."""
    say = Speaker(language, WORDS)
    heads = [say.text(head) for head in ("parameter", "plausible", "posterior", "learned")]
    rows = []
    for one in found.ranked:
        low, middle, high = one.posterior
        span = " … ".join(map(written, one.plausible))
        rows.append([one.key, span, in_brackets(middle, low, high), f"{100 * max(0.0, one.shrinkage):.0f} %"])
    show(make_table(say.text("parameters"), heads, rows, say.text("shrinkage_note")))


def closing(found: Learned) -> list[Sentence]:
    """Return what is said below the tables."""
    say, lines = Speaker("en", WORDS), []
    if pairs := found.together[:MOST_PAIRS]:
        lines.append(say.sentence("together", pairs=", ".join(f"{first} – {second} {value:+.1f}" for first, second, value in pairs)))
    if found.untouched:
        lines.append(say.sentence("untouched", n=found.untouched))
    return [*lines, met(found), *recovered(found)]


def met(found: Learned) -> Sentence:
    """Say how many targets the set meets, and how many of those that were held out."""
    held = [one for one in found.targets if one.is_held_out]
    counts = {"met": sum(one.is_met for one in found.targets), "of": len(found.targets)}
    return Speaker("en", WORDS).sentence("met", **counts, met_out=sum(one.is_met for one in held), out=len(held))


def recovered(found: Learned) -> list[Sentence]:
    """Say how often the stated ranges hold values that are known."""
    checked = found.recovery
    if checked is None or not checked.identifiable:
        return []
    share = f"{100 * checked.overall:.0f}"
    return [Speaker("en", WORDS).sentence("recovery", n=checked.truths, share=share, identifiable=checked.identifiable)]


def written(value: float) -> str:
    """Write a number with three significant digits."""
    return DASH if not np.isfinite(value) else f"{float(f'{value:.{FIGURES}g}'):,.10g}".replace("-", "−")


def in_brackets(middle: float, low: float, high: float) -> str:
    """Write a median with its range."""
    return f"{written(middle)} [{written(low)}, {written(high)}]" if np.isfinite(middle) else DASH


def distance_in_words(distance: float) -> str:
    """Write a distance in tolerances."""
    return DASH if not np.isfinite(distance) else f"{distance:+.1f}".replace("-", "−")
