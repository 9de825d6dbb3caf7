"""Labels, units and numbers as the figures write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.text import say
from experiments.shared.numbers import PLAIN, form_of, write_exactly
from sim.statistics import Kind

if TYPE_CHECKING:
    from experiments.shared.words import Labels, Language

def outcome_label(name: str, language: Language, *more: Labels) -> str:
    """What an outcome is called.

    Args:
        name: Name of an outcome, such as `hires` or `spending.lodging`.
        language: "zh" or "en".
        *more: Labels of what may stand after the dot (levers, districts).

    Returns:
        The label; for a dotted name the label of the part before the dot and that of the part
        after it; the name itself where there is no label.
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


def outcome_scale(name: str, language: Language) -> tuple[float, str]:
    """How to write the values of an outcome.

    Args:
        name: Name of an outcome.
        language: "zh" or "en".

    Returns:
        What to multiply values by, and the unit then; shares become percentages.
    """
    from sim.outcomes import OUTCOMES

    form = form_of(OUTCOMES[name], language) if name in OUTCOMES else PLAIN
    return form.scale, form.unit


def outcome_kind(name: str) -> Kind:
    """What values an outcome can have.

    Args:
        name: Name of an outcome.

    Returns:
        Its kind; of a name that is none, any.
    """
    from sim.outcomes import OUTCOMES

    return OUTCOMES[name].kind if name in OUTCOMES else Kind.FREE


def outcome_title(name: str, language: Language, *more: Labels) -> str:
    """The label of an outcome with its unit, for a title or an axis.

    Args:
        name: Name of an outcome.
        language: "zh" or "en".
        *more: Labels of what may stand after the dot.

    Returns:
        Such as `Employment rate (%)`.
    """
    label = outcome_label(name, language, *more)
    unit = outcome_scale(name, language)[1]
    return say("unit", language, label=label, unit=unit) if unit else label


def axis_label(name: str, language: Language, labels: Labels) -> str:
    """What a varied parameter is called.

    Args:
        name: Its key, such as `policy.lodging.free_nights`.
        language: "zh" or "en".
        labels: Key → language → label.

    Returns:
        The label, or the key where there is none.
    """
    return labels.get(name, {}).get(language, name)


def write_level(value: object, language: Language) -> str:
    """A value of a varied parameter.

    Args:
        value: A number, a word or a truth value.
        language: "zh" or "en".

    Returns:
        Such as `14`, `0.045`, `yes`.
    """
    if isinstance(value, bool | np.bool_):
        return say("true" if value else "false", language)
    return write_exactly(float(value)) if isinstance(value, int | float | np.integer | np.floating) else str(value)
