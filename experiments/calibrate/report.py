"""What a calibration says on the terminal."""

from __future__ import annotations

import numpy as np

from experiments.calibrate.found import Calibrated
from experiments.calibrate.words import WORDS
from experiments.shared.tables import make_table, show, show_lines
from experiments.shared.words import Speaker
from sim.bilingual import Sentence
from sim.calibration.posterior import correlations
from sim.numbers import DASH
from sim.targets.target import Target

MOST_PAIRS = 6
FIGURES = 3
"""Significant digits."""


def print_calibrated(found: Calibrated, language: str) -> None:
    """Print what the set measures, what was learned, and whether the ranges can be trusted."""
    say = Speaker(language, WORDS)
    say("title", n=len(found.vectors), targets=found.targets.title)
    counts = {"wide": found.wide, "free": len(found.space.keys), "used": len(found.posterior.names)}
    show_lines([say.sentence("how", runs=len(found.runs.values), people=found.people, **counts)], language)
    _print_targets(found, say)
    _print_parameters(found, say)
    show_lines(closing(found, say), language)


def _print_targets(found: Calibrated, say: Speaker) -> None:
    heads = [say.text(head) for head in ("target", "wanted", "median", "distance", "use")]
    rows = [[say.of(title(target)), f"{written(target.value)} ± {written(target.tolerance)}", in_brackets(*found.middle(target)),
             distance_in_words(found.distance(target)), say.text(use_of(found, target))] for target in found.targets]  # fmt: skip
    show(make_table(say.text("targets"), heads, rows))


def _print_parameters(found: Calibrated, say: Speaker) -> None:
    heads = [say.text(head) for head in ("parameter", "plausible", "posterior", "learned")]
    rows = []
    for place in np.argsort(-found.posterior.shrinkage, kind="stable"):
        low, middle, high = np.quantile(found.posterior.values[:, place], (0.025, 0.5, 0.975))
        span = " … ".join(map(written, found.space.bounds[place]))
        shrunk = max(0.0, float(found.posterior.shrinkage[place]))
        rows.append([found.space.keys[place], span, in_brackets(middle, low, high), f"{100 * shrunk:.0f} %"])
    show(make_table(say.text("parameters"), heads, rows, say.text("shrinkage_note")))


def closing(found: Calibrated, say: Speaker) -> list[Sentence]:
    """Return what is said below the tables."""
    lines: list[Sentence] = []
    if pairs := correlations(found.posterior)[:MOST_PAIRS]:
        lines.append(say.sentence("together", pairs=", ".join(f"{first} – {second} {value:+.1f}" for first, second, value in pairs)))
    if found.untouched:
        lines.append(say.sentence("untouched", n=len(found.untouched)))
    held = [target for target in found.targets if target.is_held_out]
    lines.append(say.sentence(
        "met", met=sum(is_met(found, target) for target in found.targets), of=len(found.targets),
        met_out=sum(is_met(found, target) for target in held), out=len(held),
    ))  # fmt: skip
    if found.recovery is not None and found.recovery.identifiable.any():
        lines.append(say.sentence(
            "recovery", n=len(found.recovery.ranks), share=f"{100 * found.recovery.overall:.0f}", identifiable=int(found.recovery.identifiable.sum()),
        ))  # fmt: skip
    return lines


def is_met(found: Calibrated, target: Target) -> bool:
    """Tell whether the median of the set is within the tolerance of a target."""
    return bool(abs(found.distance(target)) <= 1.0)


def use_of(found: Calibrated, target: Target) -> str:
    """Return the word for what a target was used for."""
    if target.name in found.posterior.beyond:
        return "beyond"
    return "used" if target.name in found.posterior.names else "held_out"


def title(target: Target) -> Sentence:
    """Return what a target is called, with its label."""
    return Sentence(f"{target.label} {target.words}", f"{target.label} {target.words.zh}")


def written(value: float) -> str:
    """Write a number with three significant digits."""
    return DASH if not np.isfinite(value) else f"{float(f'{value:.{FIGURES}g}'):,.10g}".replace("-", "−")


def in_brackets(middle: float, low: float, high: float) -> str:
    """Write a median with its range."""
    return f"{written(middle)} [{written(low)}, {written(high)}]" if np.isfinite(middle) else DASH


def distance_in_words(distance: float) -> str:
    """Write a distance in tolerances."""
    return DASH if not np.isfinite(distance) else f"{distance:+.1f}".replace("-", "−")
