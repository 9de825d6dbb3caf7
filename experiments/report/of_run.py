"""The report of a run: what happens in one scenario; it adds nothing, since nothing is compared."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.report.document import Block, Grid, blocks_of, section
from experiments.report.rebuilt import results_of
from experiments.report.told import Told, said
from experiments.report.words import WORDS
from experiments.run.report import print_groups, print_outcomes
from experiments.shared.money import money
from experiments.shared.tables import kept_instead
from sim.bilingual import Sentence, in_language, sentence_of
from sim.how_sure import how_sure
from sim.outcomes import OUTCOMES

if TYPE_CHECKING:
    from experiments.report.saved import Saved
    from sim.results import Results

WORKING = "employed_in_region"


def told_of_run(saved: Saved, language: str) -> Told:
    """Return what the report of a run says."""
    results = results_of(saved)
    estimate = results.estimate(results.outcomes[WORKING])
    sure = how_sure(sentence_of(OUTCOMES[WORKING].label), estimate, results.lived) if estimate is not None and results.lived is not None else []
    with kept_instead() as outcomes:
        print_outcomes(results, language)
    with kept_instead() as groups:
        print_groups(results, language)
    market, services = _divided(blocks_of(outcomes), reported=bool(results.reported))
    return Told(
        title=_title(results), answer=[_answer(results), said("no_effect_of_run", command=f"yizhan compare programme={results.name}")],
        against=[WORDS["nobody_baseline"]],
        sections=[
            *section(in_language(WORDS["sure"], language), blocks_of([in_language(line, language) for line in sure])),
            *section(in_language(WORDS["outcomes"], language), market),
        ],
        appendix=[
            *section(in_language(WORDS["for_whom"], language), blocks_of(groups)),
            *section(in_language(WORDS["details"], language), services),
        ],
        method="run_method", replicates=results.replicates,
    )  # fmt: skip


def _divided(blocks: list[Block], *, reported: bool) -> tuple[list[Block], list[Block]]:
    """Divide the outcomes: those of the labour market and those that stand beside a reported figure; all of the services."""
    grid = next(block for block in blocks if isinstance(block, Grid))
    heads = [place for place, row in enumerate(grid.rows) if len(row) == 1]
    end = heads[1] if len(heads) > 1 else len(grid.rows)
    services = grid.rows[end:]
    beside = tuple(row for row in services if len(row) == 1 or (reported and row[-1]))
    short = Grid(grid.title, grid.heads, grid.rows[:end] + (beside if len(beside) > 1 else ()), grid.note)
    rest: list[Block] = [Grid(grid.title, grid.heads, services)] if len(services) > 1 else []
    return [short if block is grid else block for block in blocks], rest


def _title(results: Results) -> Sentence:
    titles = results.title
    return Sentence(titles["en"] or results.name, titles["zh"] or results.name)


def _answer(results: Results) -> Sentence:
    """Say how many work here at the end, and what was spent."""
    mean, low, high = (float(part) for part in results.interval(WORKING))
    people, spent = f"{results.scenario.population.graduates:,}", money(float(results.outcomes["spending"].mean()))
    parts = {"title": _title(results), "working": f"{mean:,.0f}", "people": people, "money": spent}
    if not math.isfinite(low):
        return said("answer_of_run_once", **parts)
    return said("answer_of_run", low=f"{low:,.0f}", high=f"{high:,.0f}", **parts)
