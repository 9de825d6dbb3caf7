"""A ledger of graduates, row by row: what was read, what was guessed, what was refused, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from experiments.ledger.dates import Day, read_day
from experiments.ledger.found import GUESSED, REFUSED, SKIPPED, TAKEN, Entry, Found, SheetRead
from experiments.ledger.headings import GRADUATES, PRIVATE, Headings, find_headings, letters, simplified
from experiments.ledger.identity import Keeper
from experiments.ledger.places import is_elsewhere, province_of
from experiments.ledger.sheets import Cell, Sheet, text_of
from experiments.ledger.values import (
    EDUCATION,
    FIELD,
    LEFT,
    SEX,
    Value,
    by_rules,
    named_in,
    read_pay,
    read_status,
    read_truth,
    read_whole,
)  # fmt: skip
from sim.calendar import YEAR_DAYS
from sim.ledger.table_file import MOST_WEIGHT
from sim.scenario import Scenario

AHEAD_DAYS = 400
"""Days to graduation of the class that is in its final year, at most."""
ABOUT_NOBODY = re.compile(
    r"^(合计|总计|小计|共计|累计|注|备注|说明|填表|制表|审核|审批|负责人|单位[(（]?盖章|total|subtotal|sum|note|remark|prepared by)", re.IGNORECASE,
)
TELLING = ("graduated", "education", "status", "field", "campus")
"""Of a person at least one of these has to be known."""
AWAY = re.compile(r"(外地|省内市外|市外|省外|外省|县外|国外|境外|在外|elsewhere|away|abroad|outside).*")
ELSEWHERE = re.compile(r"市|县|自治区")
HERE = re.compile(r"^(本地|本市|本县|本区|本镇|本街道|本村|市内|县内|区内|在家|在本地|local|here|home)")
Mapped = Mapping[str, Mapping[str, str]]
"""What a column says → text in lower case → value, by a mapping file."""


@dataclass
class Row:
    """One row while it is read.

    Attributes:
        cells: What the columns say → cell.
        read: What was understood.
        guesses: What was guessed, and why.
        missed: What was not understood, and why.
    """

    cells: Mapping[str, Cell]
    read: dict[str, str] = field(default_factory=dict)
    guesses: dict[str, str] = field(default_factory=dict)
    missed: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, value: Value | None, source: str, why: str = "could_be_otherwise") -> None:
        """Take a value as it was understood, or note that it was not."""
        if value is None:
            if text_of(self.cells.get(source)) and name not in self.read:
                self.missed[source] = "not_understood"
            return
        self.read[name] = value.value
        if value.is_guess:
            self.guesses[name] = why


class Reader:
    """Reads the rows of a ledger.

    Args:
        scenario: A scenario in the place of the ledger: its region names districts and campuses.
        as_of: Day on which the ledger was true.
        keeper: Makes identifiers.
        mapped: What a mapping file says of values.
    """

    def __init__(self, scenario: Scenario, as_of: date, keeper: Keeper, mapped: Mapped) -> None:
        region = scenario.region
        self.campuses = [(campus.name, (campus.name, campus.name_zh)) for campus in region.campuses if campus.locals_share < 1]
        self.districts = [(district.name, (district.name, district.name_zh)) for district in region.districts]
        self.region = [(region.name, (region.name, region.name_zh))]
        self.province = province_of((region.name_zh,))
        self.oldest_days = YEAR_DAYS * scenario.population.youth_years
        self.graduation = (scenario.population.graduation_month, scenario.population.graduation_day)
        self.as_of, self.keeper, self.mapped = as_of, keeper, mapped
        self.seen: dict[str, int] = {}
        self.persons: list[dict[str, str]] = []

    def entries_of(self, sheet: Sheet, headings: Headings) -> Iterable[Entry]:
        """Yield what becomes of each row below the headings of a sheet, and keep the persons."""
        places = {name: place for name in GRADUATES if (place := headings.place_of(name)) is not None}
        last = max((number for number, cells in enumerate(sheet.rows, 1) if any(text_of(cell) for cell in cells)), default=0)
        for number, cells in enumerate(sheet.rows[:last], 1):
            if number > headings.row:
                about = Entry(sheet.number, number, SKIPPED, why=about_nobody(cells, headings))
                yield about if about.why else self._entry(sheet.number, number, Row({name: cells[place] for name, place in places.items()
                                                                                    if place < len(cells)}))  # fmt: skip

    def _entry(self, sheet: int, number: int, row: Row) -> Entry:
        """Read one row."""
        why = self._understand(row)
        private = {name: row.cells.get(name) for name in PRIVATE}
        who = self.keeper.identify(private, tuple(text_of(row.cells.get(name)) for name in ("school", "graduated", "education", "sex")))
        if who.sex and "sex" not in row.read:
            row.take("sex", Value(who.sex, is_guess=True), "sex", "by_identity_number")
            row.missed.pop("sex", None)
        first = self.seen.setdefault(who.identifier, number) if who.identifier else number
        if not why and first != number and who.is_certain:
            why = "same_person"
        elif first != number:
            row.guesses["id"] = "perhaps_same"
        outcome = REFUSED if why else GUESSED if row.guesses else TAKEN
        if not why:
            self.persons.append({"id": who.identifier, "as_of": self.as_of.isoformat(), **row.read})
        other = first if why == "same_person" or "id" in row.guesses else 0
        return Entry(sheet, number, outcome, who.identifier, row.read, row.guesses, row.missed, why, other)

    def _understand(self, row: Row) -> str:
        """Understand a row. Returns the key of the reason for refusing it; empty: it is taken."""
        cells = row.cells
        row.take("education", by_rules(cells.get("education"), EDUCATION, self.mapped.get("education")), "education", "nearest_tier")
        row.take("sex", by_rules(cells.get("sex"), SEX, self.mapped.get("sex")), "sex")
        row.take("field", by_rules(cells.get("major"), FIELD, self.mapped.get("major")), "major")
        row.take("campus", self._named("school", cells, self.campuses), "school")
        row.take("district", self._named("district", cells, self.districts), "district")
        self._place(row)
        self._weigh(row)
        status = self._status(row)
        graduated = read_day(cells.get("graduated"))
        why = self._graduate(row, graduated, status) or ("left" if status == LEFT else "")
        self._pay_and_search(row)
        return why or ("" if any(name in row.read for name in TELLING) else "nothing_known")

    def _named(self, source: str, cells: Mapping[str, Cell], names: Sequence[tuple[str, tuple[str, str]]]) -> Value | None:
        mapped = self.mapped.get(source, {}).get(text_of(cells.get(source)).lower())
        return Value(mapped) if mapped else named_in(cells.get(source), names)

    def _place(self, row: Row) -> None:
        """Understand where somebody lives and comes from: yes or no, here or away, or the name of a place."""
        for source, name, words in (("residence", "place", ("here", "away")), ("origin", "origin", ("local", "elsewhere"))):
            cell = row.cells.get(source)
            text, answer = text_of(cell), read_truth(cell)
            mapped = self.mapped.get(source, {}).get(text.lower())
            district = named_in(cell, self.districts)
            if mapped or answer is not None:
                row.take(name, Value(mapped or words[0 if answer else 1]), source)
            elif district or named_in(cell, self.region) or HERE.search(text.lower()):
                row.take(name, Value(words[0]), source)
                if district and name == "place" and "district" not in row.read:
                    row.take("district", district._replace(is_guess=True), source, "by_residence")
            else:
                is_away, is_named = AWAY.fullmatch(text.lower()), ELSEWHERE.search(text) or is_elsewhere(text, self.province)
                row.take(name, Value(words[1], is_guess=not is_away) if is_away or is_named else None, source, "another_place")

    def _weigh(self, row: Row) -> None:
        weight = read_whole(row.cells.get("weight"), int(MOST_WEIGHT))
        row.take("weight", None if weight is None else Value(str(weight)), "weight")

    def _status(self, row: Row) -> str:
        """Understand what somebody does, of whichever columns tell it."""
        cells = row.cells
        told = from_status = read_status(cells.get("status"), self.mapped.get("status"))
        answers = [answer if name == "employed" else not answer for name in ("employed", "unemployed")
                   if (answer := self._answer(cells.get(name), name)) is not None]  # fmt: skip
        for name in ("employed", "unemployed"):
            if text_of(cells.get(name)) and self._answer(cells.get(name), name) is None:
                row.missed[name] = "not_understood"
        works = text_of(cells.get("employer")).strip("无-—/ ").lower() not in ("", "none", "no", "n/a", "没有", "暂无")
        if told is None and answers:
            told = Value("employed" if answers[0] else "searching", is_guess=len(set(answers)) > 1)
        elif told is not None and answers and (told.value in ("employed", "founder")) != answers[0] and told.value in ("employed", "searching"):
            told = told._replace(is_guess=True)
        is_unread = from_status is None and bool(text_of(cells.get("status")))
        if told is None and works:
            row.take("status", Value("employed", is_guess=True), "status", "by_employer_alone" if is_unread else "by_employer")
        elif told is not None and told.value != LEFT:
            row.take("status", told, "status", "contradicts" if answers and told.is_guess else "could_be_otherwise")
        elif told is None:
            row.take("status", None, "status")
        if is_unread and (told is not None or works):
            row.missed["status"] = "told_elsewhere"
        return told.value if told else row.read.get("status", "")

    def _answer(self, cell: Cell, name: str) -> bool | None:
        """Return the answer to whether somebody is employed (or unemployed, by `name`): yes or no, or a status."""
        answer = read_truth(cell)
        status = read_status(cell) if answer is None else None
        if status is not None and status.value in ("employed", "founder", "searching", "inactive"):
            return (status.value in ("employed", "founder")) == (name == "employed")
        return answer

    def _graduate(self, row: Row, graduated: Day | None, status: str) -> str:
        """Understand when somebody has graduated, and whether that goes with the status. Returns the reason for refusing the row."""
        if graduated is None:
            row.take("graduated", None, "graduated")
            return ""
        row.take("graduated", Value(graduated.text, graduated.is_guess), "graduated", "only_the_year")
        month, day = self.graduation
        when = graduated.first if graduated.day else date(graduated.year, graduated.month or month, day)
        if (when - self.as_of).days > AHEAD_DAYS:
            return "later_class"
        if (self.as_of - when).days > self.oldest_days:
            return "too_long_ago"
        if when > self.as_of and status not in ("student", "", LEFT):
            row.take("status", Value("student", is_guess=True), "status", "before_graduation")
        if when <= self.as_of and status == "student":
            row.read.pop("status")
            row.guesses["status"] = "after_graduation"
        return ""

    def _pay_and_search(self, row: Row) -> None:
        cells, status = row.cells, row.read.get("status", "")
        row.take("expected_wage", read_pay(cells.get("expected_wage")), "expected_wage", "range")
        pay = read_pay(cells.get("wage"))
        if pay is not None and status not in ("employed", ""):
            row.missed["wage"] = "of_nobody_employed"
        else:
            row.take("wage", pay, "wage", "range")
        since = read_day(cells.get("searching_since"))
        if since is not None and not self.as_of - timedelta(days=self.oldest_days) <= since.first <= self.as_of:
            row.missed["searching_since"] = "not_before"
        else:
            row.take("searching_since", None if since is None else Value(since.text, since.is_guess), "searching_since", "only_the_year")


def about_nobody(cells: Sequence[Cell], headings: Headings) -> str:
    """Return the key of the reason why a row is about nobody; empty where it is about somebody."""
    texts = [text for cell in cells if (text := text_of(cell))]
    if not texts:
        return "blank"
    if tuple(simplified(cell) for cell in cells) == headings.signs:
        return "headings_again"
    told = any(column.field and column.place < len(cells) and text_of(cells[column.place]) for column in headings.columns)
    return "sum_or_note" if ABOUT_NOBODY.search(texts[0]) or not told else ""


def told_day(sheets: Iterable[tuple[Sheet, Headings]]) -> date | None:
    """Return the day that the rows above the headings tell, such as 截至2024年6月30日; None where they tell none."""
    for sheet, headings in sheets:
        for cells in sheet.rows[: headings.row - 1]:
            for cell in cells:
                for found in re.finditer(r"\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?", text_of(cell)):
                    day = read_day(found[0])
                    if day is not None and day.day:
                        return day.first
    return None


def read_ledger(sheets: Sequence[tuple[Sheet, Headings | None]], reader: Reader, as_of_from: str) -> Found:
    """Read every row of every sheet that has headings."""
    entries = [entry for sheet, headings in sheets if headings is not None for entry in reader.entries_of(sheet, headings)]
    about = [SheetRead(sheet.number, headings.row if headings else 0, columns_of(headings)) for sheet, headings in sheets]
    return Found(reader.persons, entries, about, reader.as_of, as_of_from)


def columns_of(headings: Headings | None) -> dict[str, tuple[str, str]]:
    """Return how the columns of a sheet were understood: letters → what it says, and how that was found."""
    found: dict[str, tuple[str, str]] = {}
    for column in headings.columns if headings else ():
        how = "column_again" if column.same_as is not None else "column_guessed" if column.is_guess else "column_read"
        if column.field in PRIVATE:
            how = "column_private"
        found[letters(column.place)] = (column.field, how if column.field else "column_not_read")
    return found


def headings_of(sheets: Iterable[Sheet], known: Mapping[str, str], mapped: Mapping[str, str]) -> list[tuple[Sheet, Headings | None]]:
    """Find the headings of each sheet."""
    return [(sheet, find_headings(sheet, known, mapped)) for sheet in sheets]
