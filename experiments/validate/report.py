"""What a scorecard says on the terminal: how much is near, misses first, free inputs beside figures, one programme left out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table

from experiments.shared.tables import make_table, show, show_fitting, show_lines
from experiments.shared.words import Speaker
from experiments.validate.left_out import LeftOut, mean_distance
from experiments.validate.predictors import Prediction, mean_errors
from experiments.validate.scorecard import MARKET, Row, misses_first, tally
from experiments.validate.words import MARKET_TITLE, WORDS
from sim.bilingual import Sentence, in_language, joined, sentence
from sim.numbers import DASH, SHARE, YUAN, Form, form_within, money_form, write, write_estimate

if TYPE_CHECKING:
    from experiments.validate.options import ValidateOptions
    from sim.scenario import Scenario

SAYS_NOTHING = "ratio"
NO_UNIT = Sentence("", "")
COLUMNS = ("value", "simulated", "distance", "sample")


def form_of_row(row: Row, language: str) -> Form:
    """Return how the numbers of a row are written, all in the places of its figure: money in short units, shares in per cent."""
    unit = str(row.unit)
    form = SHARE if unit == "share" else money_form(row.value, language) if unit == YUAN["en"] else Form(in_language(row.unit, language))
    return form_within(row.value, row.tolerance if row.group == MARKET else None, form)


def figure_of(row: Row, language: str) -> str:
    """Write the figure of a row with its tolerance."""
    form = form_of_row(row, language)
    return f"{write(row.value, form)} ± {write(row.tolerance, form)}"


def simulated_of(row: Row, language: str, between: str = " ") -> str:
    """Write what is simulated of a row, with its interval."""
    return write_estimate((row.median, *row.bounds), form_of_row(row, language), between)


def distance_of(row: Row) -> str:
    """Write a distance in tolerances, with its sign."""
    return signed(row.distance)


def signed(distance: float) -> str:
    """Write a distance with its sign."""
    return f"{'−' if distance < 0 else '+'}{abs(distance):.1f}" if math.isfinite(distance) else DASH


def named(row: Row) -> Sentence:
    """Return what a row is called: its label or programme, its words, and its unit where that says something."""
    units = [form_of_row(row, language).unit for language in ("en", "zh")]
    unit = NO_UNIT if units[0] == SAYS_NOTHING else Sentence(f", {units[0]}", f"，{units[1]}")
    return sentence("{head}: {words}{unit}", "{head}：{words}{unit}", head=row.label or row.group, words=row.words, unit=unit)


def knobs_of(row: Row) -> list[str]:
    """Return what served a row, short: keys of levers without the part that all have."""
    return [knob.removeprefix("policy.") for knob in row.knobs]


def caption_of(scenario: Scenario, options: ValidateOptions) -> Sentence:
    """Return what is to be known of the rows.

    Args:
        scenario: The scenario in whose worlds targets are measured.
        options: The keys of the command.
    """
    pattern, small = WORDS["caption"], WORDS["small"]
    size = NO_UNIT if options.programme_people is None else sentence(small, small.zh, people=f"{options.programme_people:,}")
    people = f"{scenario.population.graduates:,}"
    rows = sentence(pattern, pattern.zh, market=options.replicates, people=people, programmes=options.programme_replicates, size=size)
    lived, chosen = scenario.behaviour_set.lived(options.replicates), scenario.behaviour_set
    said = WORDS["without_set"] if lived is None else sentence(
        WORDS["with_set"], WORDS["with_set"].zh, name=chosen.name, vectors=lived.different, all=lived.of, digest=chosen.sha256[:12],
    )  # fmt: skip
    return joined([rows, said], Sentence(" ", ""))


def head_of(rows: Sequence[Row]) -> Sentence:
    """Say how many figures are within tolerance."""
    every, inside, outside = tally(rows), tally(row for row in rows if row.in_sample), tally(row for row in rows if not row.in_sample)
    pattern, counts = WORDS["head"], {"passed": every.passed, "all": every.of}
    counts |= {"in_passed": inside.passed, "in_all": inside.of, "out_passed": outside.passed, "out_all": outside.of}
    return sentence(pattern, pattern.zh, **counts)


def print_scorecard(rows: Sequence[Row], caption: Sentence, language: str) -> None:
    """Print the rows, misses first, and how many are near."""
    print_table(rows, caption, language)
    show_lines([head_of(rows)], language)


def print_table(rows: Sequence[Row], caption: Sentence, language: str) -> None:
    """Print the rows, misses first."""
    speaker = Speaker(language, WORDS)
    ordered = misses_first(rows)
    parts = {key: [row for row in ordered if row.passed == (key == "passes")] for key in ("misses", "passes")}
    heads = [speaker.text(column) for column in COLUMNS]

    def table(shown: Sequence[str], between: str) -> Table:
        places = [COLUMNS.index(column) for column in shown]
        lines: list[list[str]] = []
        for key, some in parts.items():
            if some:
                lines.append([speaker.text(key, n=len(some))])
            lines += [[speaker.of(named(row)), *(_cells(row, speaker, between)[place] for place in places)] for row in some]
        title = speaker.text("title", n=len(rows))
        return make_table(title, [speaker.text("figure"), *(heads[place] for place in places)], lines, in_language(caption, language))

    show_fitting(COLUMNS, table, ((len(COLUMNS), " "), (len(COLUMNS), "\n"), (2, "\n"), (1, "\n")))


def _cells(row: Row, speaker: Speaker, between: str) -> list[str]:
    language = speaker.language
    return [figure_of(row, language), simulated_of(row, language, between), distance_of(row), _served(row, speaker)]


def _served(row: Row, speaker: Speaker) -> str:
    """Say in short whether the model was told of a figure: by calibration, or by how many inputs."""
    if not row.in_sample:
        return speaker.text("out")
    return speaker.text("by_calibration" if row.group == MARKET else "by_a_plan" if row.plan else "by_inputs", n=len(row.knobs))


def print_knobs(rows: Sequence[Row], language: str) -> None:
    """Print how many inputs of each programme were chosen with figures in view, beside how many figures there are."""
    speaker, lines = Speaker(language, WORDS), knob_rows(rows)
    if lines:
        show(make_table(speaker.text("knobs_title"), [speaker.text(key) for key in ("programme", "figures", "chosen", "free", "inputs")], lines))


def knob_rows(rows: Sequence[Row]) -> list[list[str]]:
    """Return a line a programme: figures, those that inputs were chosen by, those left to test, and how many inputs."""
    found = []
    for programme in dict.fromkeys(row.group for row in rows if row.group != MARKET):
        own = [row for row in rows if row.group == programme]
        chosen = sum(row.in_sample for row in own)
        found.append([programme, str(len(own)), str(chosen), str(len(own) - chosen), str(len({knob for row in own for knob in row.knobs}))])
    return found


def print_left_out(found: Sequence[Prediction], language: str) -> None:
    """Print what is said of each figure by which nothing was chosen."""
    if not found:
        return
    speaker = Speaker(language, WORDS)
    lines = left_out_rows(found, language)
    heads = [speaker.text(key) for key in ("figure", "reported", "model", "scaled", "planned")]
    show(make_table(speaker.text("left_out_title"), heads, lines))
    show_lines([errors_in_words(found), WORDS["no_fit"]], language)


def left_out_rows(found: Sequence[Prediction], language: str) -> list[list[str]]:
    """Return a line a figure by which nothing was chosen: what was reported, and what is said of it."""
    lines = []
    for one in found:
        form = form_of_row(one.row, language)
        lines.append([in_language(named(one.row), language), *(write(value, form) for value in (one.row.value, one.model, one.scaled, one.planned))])
    return lines


def left_target_rows(found: Sequence[LeftOut], rows: Sequence[Row], language: str, between: str = " ") -> list[list[str]]:
    """Return a line a target that was left out: told all, told the others with its interval and distance, told nothing."""
    told = {row.name: row for row in rows}
    lines = []
    for one in found:
        row = told[one.target.name]
        form = form_of_row(row, language)
        unseen = write_estimate((one.median, one.low, one.high), form, between)
        lines.append([
            in_language(named(row), language), write(row.value, form), write(row.median, form), unseen,
            signed(one.target.distance(one.median)), write(one.before, form),
        ])  # fmt: skip
    return lines


LEFT_HEADS = ("figure", "value_alone", "seen", "unseen", "unseen_distance", "before")


def print_left_targets(found: Sequence[LeftOut], rows: Sequence[Row], language: str) -> None:
    """Print what is said of each target when it is left out."""
    if not found:
        return
    speaker = Speaker(language, WORDS)
    lines = left_target_rows(found, rows, language, "\n")
    show(make_table(speaker.text("targets_out_title"), [speaker.text(key) for key in LEFT_HEADS], lines))
    show_lines([left_targets_in_words(found)], language)


def left_targets_in_words(found: Sequence[LeftOut]) -> Sentence:
    """Say how near targets come that are left out."""
    pattern = WORDS["targets_out"]
    return sentence(
        pattern, pattern.zh, passed=sum(one.passed for one in found), n=len(found), mean=write(mean_distance(found)),
        before=write(mean_distance(found, before=True)), nearer=sum(one.is_nearer for one in found),
    )  # fmt: skip


def errors_in_words(found: Sequence[Prediction]) -> Sentence:
    """Say how far off the model and the simple rules are."""
    errors, pattern = mean_errors(found), WORDS["errors"]
    factors = {name: write(math.exp(error)) if count else DASH for name, (error, count) in errors.items()}
    return sentence(pattern, pattern.zh, n=errors["model"][1], m=errors["scaled"][1], p=errors["planned"][1], **factors)


def group_title(group: str) -> Sentence:
    """Return what a group of rows is called."""
    return MARKET_TITLE if group == MARKET else Sentence(group, group)
