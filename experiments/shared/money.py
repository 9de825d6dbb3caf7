"""An amount of money in a sentence."""

from __future__ import annotations

import math

from sim.bilingual import Sentence


def money(amount: float, figures: int = 2) -> Sentence:
    """Write an amount of money without its sign, with as many figures as mean something: CNY, 元 and from 10,000 on 万元."""
    rounded = _rounded(abs(amount), figures)
    large = rounded >= 1e4
    in_chinese = f"{_plain(rounded / 1e4)} 万元" if large and rounded < 1e8 else f"{_plain(rounded / 1e8)} 亿元" if large else f"{_plain(rounded)} 元"
    in_english = f"{_plain(rounded / 1e6)} million CNY" if rounded >= 1e6 else f"{_plain(rounded)} CNY"
    return Sentence(in_english, in_chinese)


def _rounded(value: float, figures: int) -> float:
    return 0.0 if value == 0 else round(value, figures - 1 - math.floor(math.log10(value)))


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
