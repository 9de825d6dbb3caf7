"""``yizhan list`` shows all there is, in both languages, at every width."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Literal

import pytest
from rich.cells import cell_len
from rich.console import Console

from experiments.calibrate.options import CalibrateOptions
from experiments.compare.options import CompareOptions, ComparisonFile
from experiments.help import VERBS
from experiments.list.catalogue import LISTS
from experiments.list.keys import OPTIONS
from experiments.list.layout import lay_out, pack
from experiments.list.listing import NOTHING, Column, Listing, Row, Section
from experiments.list.parameters import parameters
from experiments.list.sources import source_words
from experiments.list.summary import summarise
from experiments.optimise.options import OptimiseOptions
from experiments.sensitivity.options import SensitivityOptions
from experiments.shared.folding import fold, width_of
from experiments.shared.options import RunOptions
from experiments.sweep.options import SweepOptions
from experiments.trial.command import TrialOptions
from experiments.validate.options import ValidateOptions
from sim.bilingual import Sentence, in_language
from sim.configuration import available
from sim.day import PHASES
from sim.levers import LEVER_LABELS
from sim.outcomes import OUTCOMES
from sim.parameters import ParameterGroup, declarations, parameter
from sim.scenario import NAMES, Policy, base_configuration, known_keys, load_scenario
from sim.targets.loading import load_targets
from sim.trials.study import Study
from tests.every import some

Command = Callable[..., Any]
WIDTHS = (40, 80, 118, 120, 200, 260)
LONG = 300
"""Rows from which a list is laid out part by part."""
PARAMETERS = LISTS["parameters"]()


def text_of(listing: Listing, language: str, width: int) -> str:
    console = Console(width=width, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(lay_out(listing, language, width))
    return capture.get()


def part_of(listing: Listing, language: str, width: int) -> Listing:
    """Return a short list whole, and of a long one every sixth row: at each width and in each language others, all of them in the end."""
    if len(listing.rows) < LONG:
        return listing
    first = (WIDTHS.index(width) + (language == "zh") * 3) % len(WIDTHS)
    return Listing(listing.title, listing.columns, listing.rows[first :: len(WIDTHS)], listing.sections)


def is_table(text: str) -> bool:
    return "┃" in text


def bare(text: str) -> str:
    """Leave out what a text is folded and framed with."""
    return re.sub(r"[\s│·]", "", text)


def cells_of(key: str, language: str = "en") -> dict[str, str]:
    """Return heading → cell of the row of a parameter."""
    row = next(row for row in PARAMETERS.rows if row.cells[0] == key)
    return {str(column.heading): in_language(cell, language) for column, cell in zip(PARAMETERS.columns, row.cells, strict=True)}


def both(*texts: str) -> list[str]:
    """Return texts in English and Chinese."""
    return [in_language(text, language) for text in texts for language in ("en", "zh")]


# What is in the lists


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("topic", list(LISTS))
def test_lists_in_both_languages(yizhan: Command, topic: str, language: str) -> None:
    said = yizhan("list", topic, f"language={language}")
    assert (said.status, said.err) == (0, "")
    names, words = {
        "comparisons": (available("comparison"), Sentence("Up to a million on one thing", "至多一百万元，只做一件事")),
        "studies": (available("study"), Sentence("A start-up loan", "创业贷款试验")),
        "targets": (list(load_targets().by_name), Sentence("start-ups closed a month", "初创企业月关闭率")),
        "programmes": (available("programme"), Sentence("Zibo, six actions", "淄博“我为青年办实事”六大行动")),
        "places": (available("place"), Sentence("campus_link", "校地合作区")),
        "levers": (list(Policy.model_fields), Sentence("Job fairs", "招聘会")),
        "parameters": (["policy.lodging.free_nights", "market.tightness", "behaviour.targeting"], Sentence("assumption", "假定")),
        "keys": (["most_upload", "posts_total", "junit"], Sentence("Keys of every verb", "各命令的键")),
        "outcomes": (list(OUTCOMES), Sentence("Applications sent", "投递简历数")),
        "variables": (["people.activity", "plan.tilt", "counts.POSTS_OPENED"], Sentence("ties to the region", "归属感")),
        "phases": (list(PHASES), Sentence("offers from elsewhere are weighed", "权衡外地录用通知")),
    }[topic]
    assert [name for name in names if name not in said.out] == []
    assert bare(in_language(words, language)) in bare(said.out)


@pytest.mark.parametrize("topic", list(LISTS))
def test_no_cell_is_empty_in_any_language(topic: str) -> None:
    listing = LISTS[topic]()
    for row in some(listing.rows):
        assert len(row.cells) == len(listing.columns)
        for cell in row.cells:
            assert cell
            assert in_language(cell, "zh")
    for language in ("en", "zh"):
        assert len({in_language(column.heading, language) for column in listing.columns}) == len(listing.columns)


def test_no_verb_lacks_its_keys_in_the_reference() -> None:
    assert set(OPTIONS) == set(VERBS)
    listing = LISTS["keys"]()
    for verb, options in OPTIONS.items():
        listed = {row.cells[0] for row in listing.rows if row.section == verb}
        groups = {name for name, field in options.model_fields.items() if field.annotation in (ComparisonFile, Study)}  # in the list of parameters
        assert listed == {*options.model_fields} - groups, verb
        assert [row.cells[0] for row in listing.rows if row.section == verb and row.cells[1] == in_language(row.cells[1], "zh")] == [], verb


def keys_of(plain: Any, prefix: str = "") -> Iterator[str]:
    """Yield every key of a configuration that holds a value: lists too."""
    for key, value in plain.items():
        if isinstance(value, dict):
            yield from keys_of(value, f"{prefix}{key}.")
        else:
            yield prefix + key


def test_every_key_that_can_be_set_is_in_the_list_of_parameters() -> None:
    listed = [row.cells[0] for row in PARAMETERS.rows]
    assert len(set(listed)) == len(listed)
    plain = base_configuration()
    for key, written in NAMES.items():
        plain[key] = plain.pop(written)
    of_entries = {key for key in listed if "[]" in key}
    of_comparisons = {*CompareOptions.model_fields, *(f"comparison.{key}" for key in ComparisonFile.model_fields)} - {"comparison"}
    of_trials = {"markets", *(leaf.key for leaf in declarations(TrialOptions) if leaf.key.startswith("study."))}
    of_commands = (SweepOptions, ValidateOptions, CalibrateOptions, SensitivityOptions, OptimiseOptions)
    of_others = {*of_comparisons, *of_trials, *(key for options in of_commands for key in options.model_fields)} - {"comparison"}
    assert set(listed) - of_entries == {*keys_of(plain), *of_others}
    assert {"region.districts[].share", "region.campuses[].fields", "reported[].value"} <= of_entries
    assert {key for key in known_keys(RunOptions.model_fields) if "." not in key} <= {key.split(".")[0].split("[")[0] for key in listed}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("policy.loans.term_months", {"default": "36", "unit": "months", "allowed": "1, 2 … 240", "plausible": NOTHING}),
        ("policy.loans.credit_line", {"allowed": "0, 1 … 1,000,000,000,000", "source": "choice of the planner"}),
        ("policy.loans.rate_per_year", {"default": "0.0385", "unit": "1/year", "allowed": "0 … 1", "plausible": "0.02 … 0.06"}),
        ("policy.lodging.budget", {"default": "null", "unit": "CNY", "allowed": "null, 0, 1 … 1,000,000,000,000,000"}),
        ("policy.lodging.opening_date", {"default": "null", "unit": "date", "allowed": "null, YYYY-MM-DD", "source": "choice of the planner"}),
        ("policy.lodging.newly_employed", {"default": "false", "unit": "-", "allowed": "true, false", "source": "choice of the planner"}),
        ("policy.travel_vouchers.campuses", {"default": "[]", "unit": "-", "allowed": "[TEXT, …]", "source": "choice of the planner"}),
        ("region.jobs_by_field", {"default": "[0.36, 0.1, 0.2, 0.28, 0.06]", "unit": "weight", "allowed": "[NUMBER, …]", "source": "assumption"}),
        ("region.campuses[].name", {"default": f"{NOTHING} required", "allowed": "TEXT"}),
        ("region.districts[].share", {"default": "1", "unit": "weight", "allowed": "0 … 1,000"}),
        ("region.districts", {"allowed": "[{KEY: VALUE, …}, …]", "source": "see the region's file"}),
        ("programme", {"default": "none", "allowed": ", ".join(available("programme"))}),
        ("start", {"default": "2020-11-01", "unit": "date", "allowed": "YYYY-MM-DD"}),
        ("language", {"default": "en", "allowed": "en, zh"}),
        ("workers", {"default": "null", "allowed": "null, 1, 2 … 4,096"}),
        ("document", {"default": '""'}),
    ],
)
def test_a_parameter_has_default_unit_range_and_source(key: str, expected: dict[str, str]) -> None:
    found = cells_of(key)
    assert {heading: found[heading] for heading in expected} == expected


def test_defaults_are_those_of_a_run_without_further_words() -> None:
    assert cells_of("region.districts")["default"].startswith("[centre, east, ")
    assert "station_guests" in cells_of("outcomes")["default"]


def test_units_and_sources_are_said_in_chinese() -> None:
    found = cells_of("policy.loans.initial_awareness", "zh")
    assert (found["unit"], found["source"]) == ("占比", "证据 45")
    assert source_words("choice of the planner").zh == "由规划者选择"
    assert source_words("assumption, part of evidence 14").zh == "假定，其中一部分：证据 14"
    assert source_words("a letter").zh == source_words("a letter") == "a letter"


def test_every_source_of_ours_is_said_in_chinese() -> None:
    left = {re.sub(r"programmes\.md|LPR|C\d+", "", source_words(leaf.source).zh) for _, leaf in parameters()}
    assert [source for source in left if re.search("[A-Za-z]{2,}", source)] == []


class Sundry(ParameterGroup):
    mode: Literal["a", "b"] | None = None
    numbers: tuple[int, ...] | None = None
    reach: float = parameter(0.5, unit="-", source="x", en="x", zh="乙", high=2)
    free: float = parameter(0.5, unit="-", source="x", en="x", zh="乙")
    days: tuple[date, ...] = ()


def test_whatever_is_declared_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.list.parameters.parameters", lambda: [("scenario", leaf) for leaf in declarations(Sundry)])
    rows = LISTS["parameters"]().rows
    assert [(row.cells[0], row.cells[4]) for row in rows] == [
        ("mode", "null, a, b"),
        ("numbers", "null, [NUMBER, …]"),
        ("reach", "≤ 2"),
        ("free", NOTHING),
        ("days", "[YYYY-MM-DD, …]"),
    ]


def test_a_lever_says_what_it_changes_and_costs() -> None:
    rows = {row.cells[0]: row.cells for row in LISTS["levers"]().rows}
    assert list(rows) == list(Policy.model_fields)
    for name, (_, label, summary, number, _) in some(rows.items()):
        lever = getattr(Policy(), name)
        assert both(label, summary) == [*LEVER_LABELS[name].values(), *lever.summary.values()]
        assert int(number) == len(type(lever).model_fields) + (8 if name == "loans" else 0), "and those of a lender"
    assert both(rows["lodging"][4]) == [
        "cost_per_night 60 CNY/night, cost_per_desk_staff_month 4,000 CNY/month, cost_per_bed_month 300 CNY/month",
        "每客晚成本 60 元/晚、每名服务台人员月成本 4,000 元/月、每床月固定成本 300 元/月",
    ]


def test_a_programme_says_when_who_what_and_after_which_document() -> None:
    rows = {row.cells[0]: row.cells[1:] for row in LISTS["programmes"]().rows}
    assert list(rows["none"]) == ["No programme", "2020-11-01 … 2021-10-31 (365)", "10,000", NOTHING, "0", NOTHING]
    title, period, people, levers, figures, document = rows["zibo"]
    assert in_language(title, "zh").startswith("淄博")
    zibo = load_scenario("zibo", {})
    assert (period, people, figures) == ("2020-11-01 … 2021-06-04 (216)", f"{zibo.population.graduates:,}", str(len(zibo.reported)))
    assert levers.startswith("Lodging, Outreach, ")
    assert in_language(levers, "zh").startswith("青年驿站、宣传推广、")
    assert document.startswith("002_51cb347951d89224")


@pytest.mark.parametrize("name", [name for name in available("programme") if name != "none"])
def test_every_programme_names_its_document(name: str) -> None:
    assert re.match(r"\d{3}_[0-9a-f]{16}\b", load_scenario(name, {}).document), "document: the name of the source, as in docs/programmes.md"


def test_outcomes_say_whether_they_are_daily() -> None:
    rows = {row.cells[0]: row.cells for row in LISTS["outcomes"]().rows}
    assert list(rows) == list(OUTCOMES)
    for name, outcome in OUTCOMES.items():
        label, unit, known, meaning = rows[name][1:]
        assert both(label, unit, meaning) == [text for words in (outcome.label, outcome.unit, outcome.meaning) for text in words.values()]
        assert both(known) == (["every day", "每日"] if outcome.daily else ["at the end", "期末"])


# How they are laid out


@pytest.mark.parametrize("topic", list(LISTS))
def test_at_every_width_nothing_is_lost_no_line_is_too_long_and_from_80_columns_on_no_word_is_broken(topic: str) -> None:
    whole = LISTS[topic]()
    for language, width in product(("en", "zh"), WIDTHS):
        listing = part_of(whole, language, width)
        text = text_of(listing, language, width)
        where = f"{language}, {width} columns"
        assert max(cell_len(line) for line in text.splitlines()) <= width, where
        cells = [in_language(cell, language) for row in some(listing.rows) for cell in row.cells]
        if not is_table(text):
            joined = bare(text)
            assert [cell for cell in cells if cell != NOTHING and bare(cell) not in joined] == [], where
        if width >= 80:
            pieces = set(re.split(r"[\s│┃：（）]+", text))
            assert [word for cell in cells for word in cell.split() if word.isascii() and word not in pieces and word != NOTHING] == [], where


def is_few(row: Row) -> bool:
    """Tell whether a parameter is one of a lever or of the region: as many as make a list no table."""
    return row.cells[0].startswith(("policy.loans.", "region."))


def test_parameters_are_blocks_on_narrow_terminals_and_a_table_on_wide_ones() -> None:
    few = Listing(PARAMETERS.title, PARAMETERS.columns, [row for row in PARAMETERS.rows if is_few(row)], PARAMETERS.sections)
    for width, expected in ((40, False), (120, False), (240, True)):
        assert is_table(text_of(few, "en", width)) == expected
    english, chinese = text_of(few, "en", 80), text_of(few, "zh", 80)
    assert not is_table(english)
    block = english.partition("policy.loans.rate_per_year\n")[2].splitlines()[:3]
    assert block == [
        "    interest rate",
        "    default: 0.0385 · unit: 1/year · allowed: 0 … 1 · plausible: 0.02 … 0.06",
        "    source: assumption: the one-year benchmark of 2021",
    ]
    assert "── policy.loans · Loans ──" in english
    assert "── region · 区县、高校、工资与物价" in chinese


def test_a_table_leaves_no_room_unused_while_something_folds() -> None:
    listing = Listing("x", (Column("key", "key"), Column("what", "prose")), (Row(("a", "word " * 40)),), {})
    lines = text_of(listing, "en", 100).splitlines()
    assert max(map(len, lines)) == 100
    assert is_table("\n".join(lines))


def test_brackets_and_sections_are_printed_as_they_are() -> None:
    row = Row(("a[0]", "[bold] and [/bold]"), "part")
    listing = Listing("x", (Column("key", "key"), Column("what", "prose")), (row,), {"part": Section(Sentence("p", "部"), "c=[d]")})
    for width in (14, 100):
        text = bare(text_of(listing, "en", width))
        for needed in ("a[0]", "[bold]and[/bold]", "part", "p(c=[d])"):
            assert needed in text


def test_a_sentence_that_only_repeats_the_name_is_left_out_of_blocks() -> None:
    columns = (Column("key", "key"), Column("name", "name"), Column("meaning", "prose"))
    listing = Listing("x", columns, (Row(("hires", "Jobs begun here", "Jobs begun here")),), {})
    assert text_of(listing, "en", 30).count("Jobs begun here") == 1


def test_folding_breaks_at_spaces_and_between_chinese_characters() -> None:
    assert fold("one two three", 7) == ["one two", "three"]
    assert fold("one two", 3) == ["one", "two"]
    assert fold("青年驿站，免费住宿", 8) == ["青年驿", "站，免费", "住宿"]
    assert fold("在 Zibo 住", 4) == ["在", "Zibo", "住"]
    assert fold("abcdefgh", 3) == ["abc", "def", "gh"]
    assert fold("驿", 1) == ["驿"]
    assert fold("", 5) == []


def test_facts_stay_whole_while_they_fit() -> None:
    assert pack(["a: 1", "b: 22", "c: 333"], 12) == ["a: 1 · b: 22", "c: 333"]
    assert pack(["a: 1 2 3 4 5 6"], 8) == ["a: 1 2 3", "4 5 6"]


# The command


def test_a_lever_is_shown_with_its_parameters(yizhan: Command) -> None:
    said = yizhan("list", "levers", "loans")
    keys = re.findall(r"^(policy\.\S+)$", said.out, re.MULTILINE)
    assert [key for key in keys if "[]" not in key] == [f"policy.loans.{name}" for name in type(Policy().loans).model_fields]
    assert "policy.loans.lenders[].guarantee_share" in keys
    assert "Credit lets founders" in said.out
    assert "lodging" not in said.out
    both_levers = yizhan("list", "levers", "loans", "lodging", "match=cost_per")
    assert re.findall(r"^(policy\.\S+)$", both_levers.out, re.MULTILINE) == [
        "policy.lodging.cost_per_night", "policy.lodging.cost_per_desk_staff_month", "policy.lodging.cost_per_bed_month",
        "policy.loans.cost_per_loan",
    ]  # fmt: skip


def test_a_match_narrows_every_list(yizhan: Command) -> None:
    said = yizhan("list", "parameters", "match=LODGING")
    keys = re.findall(r"^([a-z_]+(?:\.[a-z_]+)+)$", said.out, re.MULTILINE)
    assert "policy.lodging.free_nights" in keys
    assert "market.tightness" not in keys
    assert "policy.lodging.free_nights" in yizhan("list", "parameters", "match=免费住宿晚数").out
    assert "Nothing matches 'nonsense'" in yizhan("list", "parameters", "match=nonsense").out
    assert "没有" in yizhan("list", "match=nonsense", "language=zh").out


def test_the_language_of_the_environment_is_that_of_lists(yizhan: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIZHAN_LANGUAGE", "zh")
    assert "招聘会" in yizhan("list", "levers").out
    assert "Job fairs" in yizhan("list", "levers", "language=en").out


@pytest.mark.parametrize(
    ("words", "fragments"),
    [
        (("outcome",), ["unknown list 'outcome'", "Did you mean 'outcomes'?"]),
        (("nonsense",), ["unknown list 'nonsense'", "places, comparisons, studies, targets, levers, parameters, keys, outcomes, variables"]),
        (("variable",), ["unknown list 'variable'", "Did you mean 'variables'?"]),
        (("phase",), ["unknown list 'phase'", "Did you mean 'phases'?"]),
        (("lodging",), ["unknown list 'lodging'", "Did you mean 'levers lodging'?"]),
        (("levers", "nonsense"), ["unknown lever 'nonsense'", "lodging, outreach"]),
        (("levers", "lodgin"), ["unknown lever 'lodgin'", "Did you mean 'lodging'?"]),
        (("levers", "outcomes", "loans"), ["unknown list 'loans'"]),
        (("langage=zh",), ["unknown key 'langage'", "Did you mean 'language'?"]),
        (("language=fr",), ["language is 'fr'", "en or zh"]),
        (("--everything",), ["unknown option '--everything'"]),
    ],
)
def test_a_list_that_is_not_there_is_refused(yizhan: Command, words: tuple[str, ...], fragments: list[str]) -> None:
    said = yizhan("list", *words)
    assert said.status == 2
    assert said.out == ""
    assert [fragment for fragment in fragments if fragment not in said.err] == []


@pytest.mark.parametrize("width", [80, 200])
def test_a_terminal_gets_what_fits_it(tmp_path: Path, width: int) -> None:
    person, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES", "NO_COLOR")} | {"TERM": "xterm"}
    command = [sys.executable, "-m", "experiments", "list", "parameters", "match=policy.loans"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=terminal, stdout=terminal, stderr=terminal, env=environment) as process:
        os.close(terminal)
        seen = b""
        while True:
            try:
                part = os.read(person, 65536)
            except OSError:  # the other end is closed
                break
            seen += part
        assert process.wait(timeout=60) == 0
    os.close(person)
    lines = [line.rstrip("\r") for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode()).splitlines()]
    assert max(map(cell_len, lines)) <= width
    assert is_table("\n".join(lines)) == (width == 200)
    assert "\x1b[1m" in seen.decode(), "keys stand out"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_alone_it_counts_and_says_how_to_go_on(yizhan: Command, language: str) -> None:
    said = yizhan("list", f"language={language}")
    assert said.status == 0
    assert len(said.out.splitlines()) <= 30
    for topic, make in LISTS.items():
        assert re.search(rf"^yizhan list {topic} +{len(make().rows)} ", said.out, re.MULTILINE), topic
    assert "casework_saturation" in said.out


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_summary_fits_the_width(width: int) -> None:
    assert max(width_of(line) for language in ("en", "zh") for line in summarise(language, width).splitlines()) <= width


def test_a_place_has_a_name_in_english_and_a_unit_cost_one_in_chinese(yizhan: Command) -> None:
    assert "campus_link  Campus link" in yizhan("list", "places", "language=en").out
    costs = yizhan("list", "levers", "match=lodging", "language=zh").out
    assert ("每客晚成本" in costs, "cost_per_night" in costs) == (True, False)
    assert "没有与“zzz”匹配的内容。" in yizhan("list", "levers", "match=zzz", "language=zh").out
