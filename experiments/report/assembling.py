"""A report put together: the answer first, two pages of substance, the appendix after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from experiments.report.common import again_blocks, figure_notes, known_blocks, market_blocks, method_blocks, pictures_of, source_blocks
from experiments.report.document import Block, Grid, Lines, Picture, Report, Section, lines, plain, section
from experiments.report.of_calibration import told_of_calibration
from experiments.report.of_compare import told_of_comparison
from experiments.report.of_optimum import told_of_optimum
from experiments.report.of_run import told_of_run
from experiments.report.of_sensitivity import told_of_sensitivity
from experiments.report.of_sweep import told_of_sweep
from experiments.report.of_trial import told_of_trials
from experiments.report.of_validation import told_of_validation
from experiments.report.told import Told, in_words, said
from experiments.report.words import WORDS
from sim.bilingual import in_language

if TYPE_CHECKING:
    from experiments.report.saved import Saved

KINDS: dict[str, Callable[[Saved, str], Told]] = {
    "run": told_of_run, "compare": told_of_comparison, "trial": told_of_trials, "sweep": told_of_sweep, "optimise": told_of_optimum,
    "validate": told_of_validation, "calibrate": told_of_calibration, "sensitivity": told_of_sensitivity,
}  # fmt: skip
"""Verb → what the report of its results says."""


def report_of(saved: Saved, language: str) -> Report:
    """Return the report of a finished result.

    Args:
        saved: The result.
        language: Language of the words.
    """
    told = KINDS[saved.kind](saved, language)
    pictures = pictures_of(saved)
    first = next((name for name in pictures if told.first_figure and name.startswith(told.first_figure)), next(iter(pictures), ""))

    def heading(key: str) -> str:
        return in_language(WORDS[key], language)

    order = [picture for name, picture in pictures.items() if name == first] + [picture for name, picture in pictures.items() if name != first]
    numbered = [_numbered(picture, number, language) for number, picture in enumerate(order, 1)]
    sections = [
        *section(heading("answer"), [lines(in_words(told.answer, language), "strong")]),
        *section(heading("against"), [lines(in_words(told.against, language))]),
        *_with_figure(told.sections, numbered[:1]),
        *section(heading("known"), known_blocks(saved, language) if told.compares_known else []),
        *section(heading("how"), method_blocks(saved, told, language)),
        *section(heading("again"), again_blocks(saved, language)),
    ]
    appendix = [
        *told.appendix,
        *section(heading("known"), market_blocks(language) if told.compares_known else []),
        *section(heading("figures"), [lines(in_words(figure_notes(saved, pictures, language), language)), *numbered[1:]]),
        *section(heading("source"), source_blocks(saved, language)),
    ]
    made = str(saved.provenance["started"])
    about = in_language(said("about", verb=saved.kind, day=dt.datetime.fromisoformat(made).date()), language)
    title = plain(in_language(told.title, language))
    return Report(title, about, language, tuple(map(_clean, sections)), tuple(map(_clean, appendix)), heading("appendix"), made)


def _with_figure(sections: Sequence[Section], pictures: list[Picture]) -> list[Section]:
    """Return some sections, the first with a picture."""
    return [Section(one.title, (*one.blocks, *(pictures if place == 0 else ()))) for place, one in enumerate(sections)]


def _numbered(picture: Picture, number: int, language: str) -> Picture:
    return picture._replace(title=in_language(said("picture", number=number, title=picture.title), language))


def _clean(one: Section) -> Section:
    """Return a section without signs that are not seen, which no document may hold."""
    return Section(plain(one.title), tuple(map(_clean_block, one.blocks)))


def _clean_block(block: Block) -> Block:
    match block:
        case Lines():
            return Lines(tuple(map(plain, block.lines)), block.kind)
        case Grid():
            rows = tuple(tuple(map(plain, row)) for row in block.rows)
            return Grid(plain(block.title), tuple(map(plain, block.heads)), rows, plain(block.note))
    return Picture(block.data, plain(block.title), plain(block.says))
