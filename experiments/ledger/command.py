"""``yizhan import LEDGER``: a ledger of graduates, made into persons that the simulation knows; their names and numbers never leave the reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments.ledger.files import names_of, table_of, write_counts, write_csv, write_report, write_rows
from experiments.ledger.found import Found
from experiments.ledger.gains import by_group, by_person, read_gains
from experiments.ledger.headings import GRADUATES, POSTS, Headings
from experiments.ledger.identity import Keeper, keeper_of
from experiments.ledger.mapping import read_mapping
from experiments.ledger.options import ImportOptions, options_of
from experiments.ledger.posts import place_of, read_posts
from experiments.ledger.reading import Reader, headings_of, read_ledger, told_day
from experiments.ledger.report import in_words, print_found, print_gains
from experiments.ledger.sheets import Sheet, read_sheets
from experiments.ledger.template import write_template
from experiments.ledger.words import GAINS_HEADS, GROUP_HEADS, PERSON_HEADS, WORDS
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.results_folder import ResultFolder
from experiments.shared.words import Speaker, language_of, say
from experiments.shared.yaml_text import yaml_of
from sim.bilingual import in_language, message_of, sentence
from sim.errors import ConfigurationError
from sim.ledger.posts_file import COLUMNS
from sim.own_files import FLAG
from sim.scenario import Scenario

Sheets = list[tuple[Sheet, Headings | None]]


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: Words that say nothing to do, a ledger that cannot be read, or one without a person.
    """
    options = options_of(_without_flag(words), language_of(words))
    speak = Speaker(options.language, WORDS)
    if options.template is not None:
        speak("template", file=write_template(options.template, options.language))
    if options.gains is not None:
        _gains(options, options.gains, speak)
    elif options.ledger is not None or options.posts is not None:
        _import(options, speak)


def _without_flag(words: Sequence[str]) -> list[str]:
    """Return the words without those that name an own configuration."""
    rest, found = list(words), []
    while rest:
        word = rest.pop(0)
        if word in (FLAG, "-cd"):
            rest = rest[1:]
        elif not word.startswith((f"{FLAG}=", "-cd=")):
            found.append(word)
    return found


def _import(options: ImportOptions, speak: Speaker) -> None:
    """Read what there is to read, write it, and tell."""
    scenario = scenario_at(options.place)
    columns, values = read_mapping(options.mapping)
    places = names_of(scenario.region)
    with ResultFolder("import", "ledger", options.output, ()) as folder, telling_nothing():
        found: dict[str, Found] = {}
        if options.ledger is not None:
            sheets = headed(options.ledger, read_sheets(options.ledger), GRADUATES, columns)
            keeper, of_key = keeper_of(options.key, Path(options.ledger).expanduser(), folder.final)
            found["ledger"] = _weighted(read_rows(options.ledger, options.day, scenario, sheets, keeper, values), options.total)
            write_rows(folder.path / f"population.{options.format}", table_of(found["ledger"].persons))
            write_report(folder.path / "report.csv", found["ledger"].entries, options.language, places)
            write_counts(folder.path / "counts.csv", found["ledger"], options.language, places)
        if options.posts is not None:
            keeper, of_key = keeper_of(options.key, Path(options.posts).expanduser(), folder.final)
            found["posts"] = _posts(options.posts, scenario, headed(options.posts, read_sheets(options.posts), POSTS, columns), values, keeper)
            write_rows(folder.path / f"posts.{options.format}", table_of(_standing_for(found["posts"].persons, options.posts_total), COLUMNS))
            write_report(folder.path / "posts_report.csv", found["posts"].entries, options.language, places)
            _write_place(folder.path / "place.yaml", place_of(found["posts"], scenario, found.get("ledger")))
    if "place" not in options.model_fields_set:
        speak("no_place", place=options.place)
    for what, one in found.items():
        print_found(one, options.language, options.total if what == "ledger" else options.posts_total, posts=what == "posts")
    place = folder.final / "place.yaml" if "posts" in found else options.place
    command, report = f"yizhan run programme=none place={place}", "posts_report.csv"
    if "posts" in found:
        command += f" market.posts={folder.final / f'posts.{options.format}'}"
    if "ledger" in found:
        command += f" population.people={folder.final / f'population.{options.format}'} start={found['ledger'].as_of}"
        report = "report.csv"
    say(of_key, options.language)
    speak("private")
    speak("run", report=folder.final / report, command=command)


def _gains(options: ImportOptions, result: str, speak: Speaker) -> None:
    """Say who of a population would gain from the variants of a comparison: by group, and by person where the ledger and its key are there."""
    language = options.language
    with ResultFolder("import", "gains", options.output, ()) as folder, telling_nothing():
        gains = read_gains(result)
        groups = by_group(gains)
        heads = [in_language(GAINS_HEADS[head], language) for head in GROUP_HEADS]
        write_csv(folder.path / "gains.csv", [heads, *(in_words(line, language) for line in groups)])
        if options.persons and options.ledger is not None:
            columns, values = read_mapping(options.mapping)
            keeper, _ = keeper_of(options.key, Path(options.ledger).expanduser(), folder.final)
            scenario = scenario_at(options.place)
            sheets = headed(options.ledger, read_sheets(options.ledger), GRADUATES, columns)
            lines = by_person(gains, read_rows(options.ledger, options.day, scenario, sheets, keeper, values))
            warning = [in_language(WORDS["must_not"], language)]
            heads = [in_language(GAINS_HEADS[head], language) for head in PERSON_HEADS]
            write_csv(folder.path / "gains_by_person.csv", [warning, heads, *(in_words(line, language) for line in lines)])
    print_gains(groups, gains.pairs, language)
    speak("gains", folder=folder.final)
    if options.persons:
        speak("must_not")


def _write_place(path: Path, content: Mapping[str, Any]) -> None:
    """Write a place as an own file."""
    path.write_text(yaml_of(dict(content)), encoding="utf-8")


def _standing_for(posts: list[dict[str, str]], total: int | None) -> list[dict[str, str]]:
    """Return rows of posts, weighted to a total where one is given."""
    if total is None:
        return posts
    number = sum(int(row["number"]) for row in posts)
    return [{**row, "weight": repr(total / number)} for row in posts]


def _posts(named: str, scenario: Scenario, sheets: Sheets, values: dict[str, dict[str, str]], keeper: Keeper) -> Found:
    """Read the posts.

    Raises:
        MistakeError: No row is about one.
    """
    found = read_posts(sheets, scenario, values, keeper)
    if not found.persons:
        raise MistakeError(sentence(
            "{file}: none of its {rows:,} rows could be taken for a post", "{file}：{rows:,} 行中没有一行可作为岗位采用",
            file=named, rows=len(found.entries),
        ))  # fmt: skip
    return found


def scenario_at(place: str) -> Scenario:
    """Return a scenario in the place of the ledger.

    Raises:
        MistakeError: There is no such place.
    """
    try:
        return Scenario.load("none", {"place": place}, behaviour="evidence")
    except ConfigurationError as error:
        raise MistakeError(message_of(error)) from None


@contextmanager
def telling_nothing() -> Iterator[None]:
    """Let no fault of the program repeat what stands in a ledger: its own message could.

    Raises:
        FailedError: A fault, by its kind and its place alone.
    """
    try:
        yield
    except (MistakeError, FailedError, OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 (whatever it is, its message stays here)
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
        raise FailedError(sentence(
            "a fault of the program ({kind} in {where}); nothing was kept. What the ledger holds is not repeated here",
            "程序出错（{kind}，位于 {where}），未保留任何结果。此处不重复台账内容", kind=type(error).__name__, where=where,
        )) from None  # fmt: skip


def headed(named: str, sheets: Sequence[Sheet], known: dict[str, str], columns: dict[str, str]) -> Sheets:
    """Find the headings of the sheets of a file.

    Raises:
        MistakeError: No sheet has headings.
    """
    found = headings_of(sheets, known, {heading: field for heading, field in columns.items() if field in known})
    if not any(headings for _, headings in found):
        raise MistakeError(sentence(
            "{file}: no row of headings was found among the first rows of any sheet. There have to be two at least that are known, such as {some}; "
            "mapping=FILE says what others mean, and yizhan import template=ledger.xlsx writes a ledger with headings",
            "{file}：各工作表开头均未找到表头。至少须有两个可识别的列名，如 {some}；可用 mapping=文件 说明其他列名，"
            "或用 yizhan import template=ledger.xlsx 生成带表头的台账",
            file=named, some=", ".join(text.split()[0] for name, text in known.items() if name in ("graduated", "education", "status", "industry")),
        ))  # fmt: skip
    return found


def read_rows(named: str, given: dt.date | None, scenario: Scenario, sheets: Sheets, keeper: Keeper, values: dict[str, dict[str, str]]) -> Found:
    """Read every row.

    Args:
        named: What the file is called.
        given: Day on which the ledger was true; None: as its title says, else today.
        scenario: A scenario in the place of the ledger.
        sheets: Its sheets with their headings.
        keeper: Makes identifiers.
        values: What further words mean, column by column.

    Raises:
        MistakeError: No row is about a person.
    """
    told = told_day((sheet, headings) for sheet, headings in sheets if headings)
    as_of, source = (given, "given") if given else (told, "told") if told else (dt.datetime.now().astimezone().date(), "today")
    found = read_ledger(sheets, Reader(scenario, as_of, keeper, values), source)
    if not found.persons:
        raise MistakeError(sentence(
            "{file}: none of its {rows:,} rows could be taken for a person ({refused:,} refused); is date={day} right?",
            "{file}：{rows:,} 行中没有一行可采用（不采用 {refused:,} 行）；台账日期 date={day} 是否正确？",
            file=named, rows=len(found.entries), refused=found.outcomes["refused"], day=as_of,
        ))  # fmt: skip
    return found


def _weighted(found: Found, total: int | None) -> Found:
    """Return what was found with weights that come to a known total."""
    if total is None:
        return found
    weights = [float(person.get("weight", 1)) for person in found.persons]
    each = total / sum(weights)
    return replace(found, persons=[{**person, "weight": f"{weight * each:.9g}"} for person, weight in zip(found.persons, weights, strict=True)])
