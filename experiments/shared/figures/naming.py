"""Labels, units and numbers as the figures write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.text import say

if TYPE_CHECKING:
    from experiments.shared.words import Labels, Language

SHARE_UNITS = frozenset({"share", "fraction", "proportion"})
"""English units of outcomes between 0 and 1, which figures write as per cent."""

SHARE_NAMES = ("employment_rate", "unemployment_rate", "station_bed_use")


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

    stem = name.partition(".")[0]
    outcome = OUTCOMES.get(name) or OUTCOMES.get(stem)
    if outcome is None:
        is_share = stem.endswith("_share") or stem in SHARE_NAMES
        return (100.0, "%") if is_share else (1.0, "")
    if outcome.unit["en"].strip().lower() in SHARE_UNITS:
        return 100.0, "%"
    return 1.0, outcome.unit[language]


def outcome_limits(name: str) -> tuple[float, float]:
    """Where the interval of an outcome is cut when it is drawn.

    Args:
        name: Name of an outcome.

    Returns:
        Smallest and largest value there can be, in the unit of the outcome: 0 and 1 for a share.
    """
    return (0.0, 1.0) if outcome_scale(name, "en")[1] == "%" else (-np.inf, np.inf)


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


def digits_of(value: float) -> int:
    """How many digits after the point keep about three that mean something.

    Args:
        value: A number.

    Returns:
        0 to 4.
    """
    size = abs(value)
    for least, digits in ((100.0, 0), (10.0, 1), (0.1, 2), (0.01, 3)):
        if size >= least:
            return digits
    return 4


def write_number(value: float) -> str:
    """A number with about three digits that mean something, and thousands separated.

    Args:
        value: The number.

    Returns:
        Such as `12,346`, `45.7`, `3.21`, `7`; an en dash for NaN.
    """
    if not np.isfinite(value):
        return "–"
    return f"{value:,.{0 if value == round(value) else digits_of(value)}f}"


def write_half_width(value: float, half_width: float) -> str:
    """The half width of an interval, with as many digits as its mean or two that mean something.

    Args:
        value: The mean.
        half_width: Half the width of its interval.

    Returns:
        Such as `± 1.2`; nothing for NaN.
    """
    if not np.isfinite(half_width):
        return ""
    if half_width == 0.0:
        return "± 0"
    digits = digits_of(value or half_width)
    if half_width > 0.0 and round(half_width, digits) < 10.0**-digits:
        return f"± {write_number(half_width)}"
    return f"± {half_width:,.{digits}f}"


def write_interval(value: float, low: float, high: float) -> str:
    """The interval of a mean: half its width, or its ends where it was cut on one side.

    Args:
        value: The mean.
        low: Lower end of the interval.
        high: Upper end.

    Returns:
        Such as `± 1.2` or `0–5.1`; nothing for NaN.
    """
    if not np.isfinite(low + high) or is_even(value, low, high):
        return write_half_width(value, (high - low) / 2.0)
    return f"{write_number(low)}–{write_number(high)}"


def is_even(value: float, low: float, high: float) -> bool:
    """Whether an interval reaches as far to both sides.

    Args:
        value: The mean.
        low: Lower end of the interval.
        high: Upper end.

    Returns:
        False where it was cut on one side.
    """
    return bool(np.isclose(high - value, value - low, rtol=1e-6, atol=1e-9 * max(1.0, abs(value))))


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
    if isinstance(value, int | np.integer):
        return f"{int(value):,}"
    if isinstance(value, float | np.floating):
        return f"{int(value):,}" if float(value).is_integer() else f"{float(value):g}"
    return str(value)


def money_unit(most: float, language: Language) -> tuple[float, str]:
    """The unit in which amounts of money are short.

    Args:
        most: The largest amount, in yuan.
        language: "zh" or "en".

    Returns:
        Yuan in one unit, and the name of the unit: 万元 and 亿元 in Chinese, thousand and million
        CNY in English.
    """
    if language == "zh":
        steps = ((1e9, 1e8, "yuan_hundred_million"), (1e5, 1e4, "yuan_ten_thousand"))
    else:
        steps = ((1e7, 1e6, "yuan_million"), (1e5, 1e3, "yuan_thousand"))
    for least, divisor, key in steps:
        if most >= least:
            return divisor, say(key, language)
    return 1.0, say("yuan", language)
