"""What a decomposition of variance says on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.files import in_order
from experiments.sensitivity.outcomes import label_of
from experiments.sensitivity.report import named, ranks, span_of, what_leads, written
from experiments.sensitivity.shares_found import Decomposition
from experiments.sensitivity.words import WORDS
from experiments.shared.tables import make_table, show, show_lines
from experiments.shared.words import Speaker
from sim.bilingual import Sentence
from sim.numbers import SHARE, write
from sim.scenario import Scenario
from sim.sensitivity.variance import Shares
from sim.titles import short_name_of

if TYPE_CHECKING:
    from experiments.shared.words import Language


def print_decomposition(found: Decomposition, scenario: Scenario, language: Language) -> None:
    """Print the shares of each outcome, and what can be told of them."""
    say = Speaker(language, WORDS)
    say("title", name=short_name_of(scenario))
    counts = {"points": found.points, "base": len(found.luck), "people": scenario.population.graduates, "days": scenario.days}
    show_lines([say.sentence("how_sobol", **counts)], language)
    for name, shares in zip(found.outcomes, found.shares, strict=True):
        if shares is not None:
            _print_table(found, shares, name, say, language)
    show_lines(conclusions(found, language), language)


def _print_table(found: Decomposition, shares: Shares, name: str, say: Speaker, language: Language) -> None:
    told, rows = found.told(shares), []
    for factor, place in in_order(found.factors, shares.ranking):
        mark = "" if told[place] else " ?"
        rows.append([named(factor.key, language), span_of(factor), written(shares.alone, place, SHARE), written(shares.total, place, SHARE) + mark,
                     ranks(shares.ranking, place)])  # fmt: skip
    for word, column in (("luck", found.of_luck), ("rest", found.of_rest)):
        if column is not None:
            rows.append([say.text(word), "", written(shares.alone, column, SHARE), written(shares.total, column, SHARE), ""])
    heads = [say.text(head) for head in ("factor", "range", "alone", "total", "rank")]
    show(make_table(say.text("table_sobol", outcome=label_of(name, language)), heads, rows, say.text("note_sobol")))


def conclusions(found: Decomposition, language: Language) -> list[Sentence]:
    """Return what can be told of each outcome, and what cannot."""
    return [line for place in range(len(found.outcomes)) for line in concluded(found, place, language)]


def concluded(found: Decomposition, place: int, language: Language) -> Iterator[Sentence]:
    """Return what can be told of one outcome, and what cannot."""
    say, shares = Speaker(language, WORDS), found.shares[place]
    outcome = label_of(found.outcomes[place], language)
    if shares is None:
        yield say.sentence("does_not_vary", outcome=outcome)
        return
    told = found.told(shares)
    if told.any():
        yield what_leads(shares.ranking, told, [factor.key for factor in found.factors], outcome, say)
    else:
        yield say.sentence("none_told_sobol", outcome=outcome)
    alone = written(shares.together, 0, SHARE)
    if shares.too_few:
        most = write(float(np.nanmax([shares.alone.high, shares.total.high])), SHARE)
        yield say.sentence("few_sobol", outcome=outcome, base=shares.base, alone=alone, most=most)
    else:
        yield say.sentence("sum_sobol", outcome=outcome, alone=alone, luck=written(shares.total, found.of_luck, SHARE))
