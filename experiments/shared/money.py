"""An amount of money in a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from sim.bilingual import Sentence
from sim.numbers import money_form, write_estimate


def money(amount: float, figures: int = 2) -> Sentence:
    """Write an amount of money without its sign, with as many figures as mean something: CNY, 元 and from 10,000 on 万元."""
    rounded = _rounded(abs(amount), figures)
    large = rounded >= 1e4
    in_chinese = f"{_plain(rounded / 1e4)} 万元" if large and rounded < 1e8 else f"{_plain(rounded / 1e8)} 亿元" if large else f"{_plain(rounded)} 元"
    in_english = f"{_plain(rounded / 1e6)} million CNY" if rounded >= 1e6 else f"{_plain(rounded)} CNY"
    return Sentence(in_english, in_chinese)


def money_within(estimate: Iterable[Any]) -> Sentence:
    """Write an amount with its interval and its unit: 52.1 [51.9 … 52.4] million CNY, 5,210 [5,190 … 5,240] 万元.

    Args:
        estimate: The amount and the ends of its interval; NaN where there is none.
    """
    parts = [float(part) for part in estimate]
    in_english, in_chinese = (f"{write_estimate(parts, form)} {form.unit}" for form in (money_form(parts[0], "en"), money_form(parts[0], "zh")))
    return Sentence(in_english, in_chinese)


def _rounded(value: float, figures: int) -> float:
    return 0.0 if value == 0 else round(value, figures - 1 - math.floor(math.log10(value)))


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
