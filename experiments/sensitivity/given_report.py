"""What a reading says on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.given_found import Reading
from experiments.sensitivity.report import ROWS, named, ranks, what_leads, written
from experiments.sensitivity.words import WORDS
from experiments.shared.tables import make_table, show, show_lines
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, listed
from sim.numbers import SHARE, Form, write
from sim.sensitivity.given import Indices

if TYPE_CHECKING:
    from experiments.shared.words import Language

DISTANCE = Form(decimals=2, fixed=True)
"""How a PAWN index is written."""


def print_reading(found: Reading, language: Language) -> None:
    """Print the indices of each outcome, and what can be told of them."""
    say, sample = Speaker(language, WORDS), found.sample
    say("title", name=sample.name)
    lines = [say.sentence("how_given", points=len(sample.factors), count=len(sample.keys), source=sample.source)]
    if sample.left_out:
        lines.append(say.sentence("no_numbers", keys=listed(sample.left_out)))
    show_lines(lines, language)
    for name, indices in zip(sample.outcomes, found.indices, strict=True):
        if indices is not None:
            _print_table(found, indices, name, say, language)
    show_lines(conclusions(found, language), language)


def _print_table(found: Reading, indices: Indices, name: str, say: Speaker, language: Language) -> None:
    rows = []
    for place in indices.ranking.order[:ROWS]:
        mark = "" if indices.told[place] else " ?"
        rows.append([named(found.sample.keys[place], language), written(indices.moved, place, DISTANCE) + mark, written(indices.alone, place, SHARE),
                     ranks(indices.ranking, place)])  # fmt: skip
    chance = {"moved": write(indices.moved_by_chance, DISTANCE), "alone": write(indices.alone_by_chance, SHARE)}
    heads = [say.text(head) for head in ("factor", "moved", "alone", "rank")]
    show(make_table(say.text("table_given", outcome=found.sample.called(name, language)), heads, rows, say.text("note_given", **chance)))


def conclusions(found: Reading, language: Language) -> list[Sentence]:
    """Return what can be told of each outcome, and what cannot."""
    return [line for place in range(len(found.indices)) for line in concluded(found, place, language)]


def concluded(found: Reading, place: int, language: Language) -> Iterator[Sentence]:
    """Return what can be told of one outcome, and what cannot."""
    say, indices, keys = Speaker(language, WORDS), found.indices[place], found.sample.keys
    outcome = found.sample.called(found.sample.outcomes[place], language)
    if indices is None:
        yield say.sentence("does_not_vary", outcome=outcome)
        return
    told = int(indices.told.sum())
    if told:
        yield say.sentence("told_given", outcome=outcome, told=told, count=len(keys))
        yield what_leads(indices.ranking, indices.told, keys, outcome, say)
    else:
        yield say.sentence("none_told_given", outcome=outcome, count=len(keys))
    alone = written(indices.together, 0, SHARE)
    if indices.too_few:
        most = write(float(np.nanmax(indices.alone.high)), SHARE)
        yield say.sentence("few_given", outcome=outcome, base=indices.points, alone=alone, most=most)
    else:
        yield say.sentence("sum_given", outcome=outcome, alone=alone)
