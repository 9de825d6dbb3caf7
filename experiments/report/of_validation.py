"""The report of a scorecard: how much of what is known the model matches, misses first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.report.document import Grid, blocks_of, section
from experiments.report.rebuilt_analyses import scorecard_of
from experiments.report.told import Told, in_words, said
from experiments.report.words import WORDS
from experiments.shared.tables import kept_instead
from experiments.validate.report import (
    caption_of,
    errors_in_words,
    head_of,
    left_targets_in_words,
    print_knobs,
    print_left_out,
    print_left_targets,
    print_table,
)
from experiments.validate.words import WORDS as OF_SCORECARD
from sim.bilingual import Sentence, in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from experiments.report.saved import Saved
    from experiments.validate.scorecard import Row

FARTHEST = 12
"""Misses that are told of before the appendix, the farthest first."""


def told_of_validation(saved: Saved, language: str) -> Told:
    """Return what the report of a scorecard says."""
    found = scorecard_of(saved)
    with kept_instead() as knobs:
        print_knobs(found.rows, language)
    with kept_instead() as left_targets:
        print_left_targets(found.left_targets, found.rows, language)
    with kept_instead() as left_out:
        print_left_out(found.left_out, language)
    missed, passed = ([_table(some, language)] if some else [] for some in (
        [row for row in found.rows if not row.passed], [row for row in found.rows if row.passed],
    ))  # fmt: skip
    note = in_language(said("farthest_missed", count=FARTHEST), language)
    farthest = [one._replace(rows=one.rows[:FARTHEST], note=note) if len(one.rows) > FARTHEST else one for one in missed]
    left = [left_targets_in_words(found.left_targets)] if found.left_targets else []
    errors = [errors_in_words(found.left_out)] if found.left_out else []
    alone = [OF_SCORECARD["one"]] if found.options.replicates == 1 else []

    def heading(key: str) -> str:
        return in_language(WORDS[key], language)

    return Told(
        title=WORDS["title_of_validation"], answer=[head_of(found.rows), *alone],
        against=[WORDS["baseline_of_validation"], caption_of(saved.scenario, found.options)],
        sections=[
            *section(heading("missed_first"), farthest),
            *section(heading("sure"), blocks_of(in_words([WORDS["sure_of_validation"], *left, *errors], language))),
            *section(heading("inputs"), blocks_of(knobs)),
        ],
        appendix=[
            *section(heading("missed_first"), missed if missed != farthest else []),
            *section(heading("passed"), passed),
            *section(heading("left_out"), blocks_of([*left_targets, *left_out])),
        ],
        method="validation_method", replicates=found.options.replicates, how=[WORDS["validation_method"]], compares_known=False,
    )  # fmt: skip


def _table(rows: Sequence[Row], language: str) -> Grid:
    """Return a table of rows, without the caption that stands elsewhere."""
    with kept_instead() as shown:
        print_table(rows, Sentence("", ""), language)
    grid = next(block for block in blocks_of(shown) if isinstance(block, Grid))
    return Grid(grid.rows[0][0], grid.heads, grid.rows[1:])  # its first row says which rows these are
