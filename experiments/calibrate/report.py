"""What a calibration says on the terminal."""

from __future__ import annotations

import numpy as np

from experiments.calibrate.learned import Learned
from experiments.calibrate.words import WORDS
from experiments.shared.tables import make_table, show, show_lines
from experiments.shared.words import Speaker
from sim.bilingual import Sentence
from sim.numbers import DASH, Form, form_within, write, write_estimate, write_exactly

MOST_PAIRS = 6
POSTERIOR = Form(figures=2, level=True)
"""How what is left of the range of a parameter is written."""


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
    rows = []
    for one in found.targets:
        form = form_within(one.value, one.tolerance)
        figure = f"{write(one.value, form)} ± {write(one.tolerance, form)}"
        called = say.text("in_unit", label=one.title, unit=one.unit) if one.unit else say.of(one.title)
        rows.append([called, figure, write_estimate(one.measured, form), distance_in_words(one.distance), say.text(one.use)])
    show(make_table(say.text("targets"), heads, rows))


def print_parameters(found: Learned, language: str) -> None:
    """Print what was learned of the parameters."""
    say = Speaker(language, WORDS)
    heads = [say.text(head) for head in ("parameter", "plausible", "posterior", "learned")]
    rows = []
    for one in found.ranked:
        low, middle, high = one.posterior
        span = " … ".join(map(write_exactly, one.plausible))
        rows.append([one.key, span, write_estimate((middle, low, high), POSTERIOR), f"{100 * max(0.0, one.shrinkage):.0f} %"])
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


def distance_in_words(distance: float) -> str:
    """Write a distance in tolerances."""
    return DASH if not np.isfinite(distance) else f"{distance:+.1f}".replace("-", "−")
