"""A real ledger read on the page: its persons become a population, and nothing that says who they are leaves the reader.

Names, identity and telephone numbers are looked at within the reader alone; the file itself is never written anywhere. Identifiers are hashes with a
key that is thrown away at once. What is kept is the population, in the folder that the caller names, until the caller removes it.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from experiments.dashboard.content.drafts import LEDGER, DraftError
from experiments.dashboard.content.texts import Plain, text
from experiments.ledger.command import headed, read_rows, scenario_at, telling_nothing
from experiments.ledger.files import counts_of, hidden_counts, names_of, table_of, write_rows
from experiments.ledger.found import GUESSED, REFUSED, SKIPPED, TAKEN
from experiments.ledger.headings import GRADUATES
from experiments.ledger.hiding import BESIDE, FEW, LEAST_CELL
from experiments.ledger.identity import KEY_BYTES, Keeper
from experiments.ledger.sheets import SHEETS, TEXTS, sheets_of
from experiments.ledger.template import template_of
from experiments.ledger.words import BESIDE_IT, NAMES, OUTCOMES, REASONS, SMALL, SMALL_TOLD, VALUES, WORDS
from sim.bilingual import Sentence, sentence
from sim.configuration import available
from sim.wording import unknown

if TYPE_CHECKING:
    from experiments.ledger.found import Found
    from sim.scenario import Scenario

MOST_TOLD = 500
"""Rows that are told one by one; of more, how many there are."""
HANDLE_BYTES = 12
_HANDLE = re.compile(rf"{LEDGER}([A-Za-z0-9_-]{{16}})")
FORM = "parquet"

__all__ = ["find_in", "read_upload", "template_of"]


def read_upload(content: bytes, called: str, folder: Path, place: str = "default") -> Plain:
    """Read a ledger.

    Args:
        content: The bytes of the file.
        called: What the file is called: only its ending is looked at, for a name may name somebody.
        folder: Where populations are kept.
        place: Place of the ledger.

    Returns:
        The handle for ``population.people``, what became of the rows, and counts with small cells hidden.

    Raises:
        MistakeError: It is no ledger, or nobody in it could be taken for a person; its message repeats nothing of it.
        FailedError: A fault of the program, by its kind and its place alone.
    """
    if place not in (known := available("place")):
        raise DraftError(unknown("place", place, known), "place")
    ending = PurePath(called).suffix.lower()
    named = f"ledger{ending if ending in (*SHEETS, *TEXTS) else ''}"
    scenario = scenario_at(place)
    with telling_nothing():
        sheets = headed(named, sheets_of(named, content), GRADUATES, {})
        found = read_rows(named, None, scenario, sheets, Keeper(secrets.token_bytes(KEY_BYTES)), {})
        handle = secrets.token_urlsafe(HANDLE_BYTES)
        (folder / handle).mkdir(parents=True, mode=0o700)
        write_rows(folder / handle / f"population.{FORM}", table_of(found.persons))
    return {"handle": f"{LEDGER}{handle}", **_told(found, scenario)}


def find_in(folder: Path, handle: str) -> str | None:
    """Return the file of persons of a handle; None where there is none."""
    found = _HANDLE.fullmatch(handle)
    path = folder / found[1] / f"population.{FORM}" if found else None
    return str(path) if path is not None and path.is_file() else None


def _told(found: Found, scenario: Scenario) -> Plain:
    outcomes = found.outcomes
    refused = [entry for entry in found.entries if entry.outcome in (REFUSED, SKIPPED)]
    return {
        "rows": len(found.entries), "read": outcomes[TAKEN] + outcomes[GUESSED], "guessed": outcomes[GUESSED],
        "refused_rows": outcomes[REFUSED], "skipped_rows": outcomes[SKIPPED], "as_of": found.as_of.isoformat(),
        "as_of_from": text(WORDS[found.as_of_from]),
        "refused": [
            {"sheet": entry.sheet, "row": entry.row, "what": text(OUTCOMES[entry.outcome]), "why": text(_why(entry.why, entry.other))}
            for entry in refused[:MOST_TOLD]
        ],
        "guesses": [_counted(name, why, rows) for (name, why), rows in sorted(found.counted("guesses").items())],
        "missed": [_counted(name, why, rows) for (name, why), rows in sorted(found.counted("missed").items())],
        "columns": [
            {"sheet": sheet.number, "column": letters, "what": text(NAMES[name]) if name else None, "how": text(REASONS[how])}
            for sheet in found.sheets for letters, (name, how) in sheet.columns.items()
        ],
        "counts": _counts(found, scenario), "small": text(sentence(SMALL_TOLD, SMALL_TOLD.zh, least=LEAST_CELL)), "private": text(WORDS["private"]),
    }  # fmt: skip


def _why(reason: str, other: int) -> Sentence:
    beside = Sentence(f" (row {other})", f"（第 {other} 行）") if other else Sentence("", "")
    return sentence("{why}{beside}", "{why}{beside}", why=REASONS[reason], beside=beside)


def _counted(name: str, why: str, rows: int) -> Plain:
    return {"what": text(NAMES[name]), "why": text(REASONS[why]), "rows": rows}


def _counts(found: Found, scenario: Scenario) -> list[Plain]:
    """Return the counts; those with few persons, and those from which they could be had, have a mark and no number."""
    hidden, places = hidden_counts(found), names_of(scenario.region)
    marks = {FEW: sentence(SMALL, SMALL.zh, least=LEAST_CELL), BESIDE: BESIDE_IT}
    return [
        {"what": text(NAMES[name]), "value": text(places.get(name, {}).get(value) or VALUES.get(value, value)),
         "status": text(VALUES.get(status, status)),
         "persons": None if (name, value, status) in hidden else persons,
         "mark": text(marks[hidden[name, value, status]]) if (name, value, status) in hidden else None}
        for name, value, status, persons in counts_of(found)
    ]  # fmt: skip
