"""What was found in a ledger: persons, and a report of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

TAKEN, GUESSED, REFUSED, SKIPPED = "taken", "guessed", "refused", "skipped"
"""What became of a row: a person; a person with a guess; no person, for a reason; a row that is about nobody."""


@dataclass(frozen=True)
class Entry:
    """What became of one row. It holds nothing that stands in the ledger, but for what was understood.

    Attributes:
        sheet: Number of the sheet, from 1.
        row: Row, from 1.
        outcome: `TAKEN`, `GUESSED`, `REFUSED` or `SKIPPED`.
        identifier: Keyed hash of the person; empty where there is none.
        read: What was understood, name → value.
        guesses: What was guessed, name → key of the reason.
        missed: What stands there and was not understood or not believed, name → key of the reason.
        why: Key of the reason for refusing or skipping.
        other: Row that the reason refers to; 0: none.
    """

    sheet: int
    row: int
    outcome: str
    identifier: str = ""
    read: Mapping[str, str] = field(default_factory=dict)
    guesses: Mapping[str, str] = field(default_factory=dict)
    missed: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    other: int = 0


@dataclass(frozen=True)
class SheetRead:
    """How one sheet was understood.

    Attributes:
        number: Its number, from 1.
        heading_row: Row of the headings; 0: none were found, and nothing was read.
        columns: Letters of a column → what it says, and how that was found (`WORDS` of `experiments.ledger.words`).
    """

    number: int
    heading_row: int
    columns: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Found:
    """What a ledger comes to.

    Attributes:
        persons: Of each row that was taken, column → value, as a file of persons has it.
        entries: What became of each row.
        sheets: How each sheet was understood.
        as_of: Day on which the ledger was true.
        as_of_from: Key of where that day comes from.
    """

    persons: list[dict[str, str]]
    entries: list[Entry]
    sheets: list[SheetRead]
    as_of: date
    as_of_from: str

    @property
    def outcomes(self) -> Counter[str]:
        """How many rows became what."""
        return Counter(entry.outcome for entry in self.entries)

    def counted(self, what: str) -> Counter[tuple[str, str]]:
        """Count `guesses` or `missed`: (name, key of the reason) → rows."""
        return Counter(pair for entry in self.entries for pair in getattr(entry, what).items())

    @property
    def reasons(self) -> Counter[tuple[str, str]]:
        """(outcome, key of the reason) → rows that were refused or skipped."""
        return Counter((entry.outcome, entry.why) for entry in self.entries if entry.why)
