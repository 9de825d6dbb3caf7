"""What is written in figures: labels, levels of parameters, and where a figure comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.text import say
from sim.bilingual import Sentence, in_language
from sim.how_sure import FIGURE_LUCK, of_which_in_figure
from sim.numbers import PLAIN, Form, form_of, write_exactly
from sim.statistics import Kind

if TYPE_CHECKING:
    from experiments.shared.words import Labels, Language
    from sim.results import Results


def outcome_label(name: str, language: Language, *more: Labels) -> str:
    """Return what an outcome is called.

    Args:
        name: Name of an outcome, such as `hires` or `spending.lodging`.
        language: "zh" or "en".
        *more: Labels of what may stand after the dot (levers, districts).

    Returns:
        The label; for a dotted name the label of the part before the dot and that of the part after it; the name itself where there is no label.
    """
    from sim.outcomes import OUTCOMES

    if name in OUTCOMES:
        return OUTCOMES[name].label[language]
    stem, dot, suffix = name.partition(".")
    if not dot or stem not in OUTCOMES:
        return name
    found = next((labels[suffix][language] for labels in more if suffix in labels), suffix)
    separator = "：" if language == "zh" else ": "
    return f"{OUTCOMES[stem].label[language]}{separator}{found}"


def outcome_form(name: str, language: Language, most: float = 0.0, *, difference: bool = False) -> Form:
    """Return how the numbers of an outcome are written; those of an unknown one plainly.

    Args:
        name: Name of an outcome.
        language: "zh" or "en".
        most: Largest amount of money that is shown.
        difference: Whether they are differences.
    """
    from sim.outcomes import OUTCOMES

    return form_of(OUTCOMES[name], language, most, difference=difference) if name in OUTCOMES else PLAIN


def outcome_kind(name: str) -> Kind:
    """Return what values an outcome can have; an unknown one any."""
    from sim.outcomes import OUTCOMES

    return OUTCOMES[name].kind if name in OUTCOMES else Kind.FREE


def with_unit(label: str, unit: str, language: Language) -> str:
    """Return a label with its unit, such as `Employment rate (%)`."""
    return say("unit", language, label=label, unit=unit) if unit else label


def axis_label(name: str, language: Language, labels: Labels) -> str:
    """Return what a varied parameter is called, or its key.

    Args:
        name: Its key, such as `policy.lodging.free_nights`.
        language: "zh" or "en".
        labels: Key → language → label.
    """
    return labels.get(name, {}).get(language, name)


def write_level(value: object, language: Language, *, percent: bool = False) -> str:
    """Write a value of a varied parameter, such as `14`, `4.5 %`, `yes`.

    Args:
        value: A number, a word or a truth value; a number that came as a word is one; None where there is none, such as no limit.
        language: "zh" or "en".
        percent: Whether it is a share or a rate.
    """
    if value is None:
        return say("none", language)
    if isinstance(value, bool | np.bool_):
        return say("true" if value else "false", language)
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return str(value)
    if not np.isfinite(number):
        return str(value)
    return per_cent(write_exactly(round(100.0 * number, 9)), language) if percent else write_exactly(number)


def is_rate(name: str, levels: Sequence[object], labels: Labels) -> bool:
    """Tell whether the levels of a parameter are shares or rates, to be written as per cent."""
    unit = labels.get(name, {}).get("unit", "")
    small = all(isinstance(level, float) and abs(level) <= 1.0 for level in levels if level is not None)
    return unit == "share" or (unit in ("1/year", "1/month") and small)


def per_cent(number: str, language: Language) -> str:
    """Write a number as per cent: 3 % in English, 3% in Chinese."""
    return f"{number}%" if language == "zh" else f"{number} %"


def origin_of(programme: str, place: str, language: Language, called: str = "") -> str:
    """Say of which programme a figure is, and in which place unless it is the home of the programme.

    Args:
        programme: Name of the programme.
        place: Name of the place.
        language: "zh" or "en".
        called: What is named in the place of the programme, such as a study.
    """
    home = "default" if programme == "none" else programme
    return (called or programme) if place == home else say("elsewhere", language, programme=called or programme, place=place)


def foot_of(
    programme: str, seed: int, replicates: int, language: Language, counted: str = "replicates", which: Sentence | None = None,
) -> str:  # fmt: skip
    """Say where a figure comes from, and which intervals it shows: programme, seed, replicates, what the intervals bound, and version.

    Args:
        programme: Name of the programme, or `origin_of` it.
        seed: The seed.
        replicates: Their number.
        language: "zh" or "en".
        counted: What they are: `replicates`, `pairs` or `trials`.
        which: What the intervals bound; None: the luck of the simulation alone.
    """
    import sim

    count = say(f"one_{counted}" if replicates == 1 else counted, language, count=replicates)
    count += f" · {in_language(which or FIGURE_LUCK, language)}" if replicates > 1 else ""
    return say("foot", language, programme=programme, seed=seed, count=count, version=sim.__version__)


def foot_of_run(results: Results, language: Language) -> str:
    """Say the same of a figure of one run."""
    origin = origin_of(results.name, results.scenario.place, language)
    return foot_of(origin, results.seed, results.replicates, language, which=of_which_in_figure(results.lived))


def title_of(title: Mapping[str, str], programme: str, language: Language) -> str:
    """Return the title of a programme, or its name."""
    return title.get(language) or programme
