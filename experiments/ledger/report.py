"""What the import of a ledger prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table

from experiments.ledger.files import hidden_counts
from experiments.ledger.found import GUESSED, REFUSED, SKIPPED, TAKEN, Found
from experiments.ledger.hiding import BESIDE, FEW, LEAST_CELL
from experiments.ledger.words import BESIDE_IT, GAINS_HEADS, HEADS, NAMES, OUTCOMES, REASONS, SMALL, SMALL_TOLD, VALUES, WORDS
from experiments.shared.tables import show, show_lines
from sim.bilingual import Sentence, in_language, sentence

SHOWN = ("student", "searching", "employed", "founder", "preparing", "inactive", "")
TIERS = ("vocational", "bachelor", "master", "")


def print_found(found: Found, language: str, total: int | None, posts: bool = False) -> None:  # noqa: FBT002
    """Print what became of the rows, and who the persons are."""
    outcomes = found.outcomes
    parts = {"all": len(found.entries), "guessed": outcomes[GUESSED], "refused": outcomes[REFUSED], "skipped": outcomes[SKIPPED]}
    lines: list[Sentence | None] = []
    if posts:
        number = sum(int(row["number"]) for row in found.persons)
        lines.append(sentence(WORDS["posts"], WORDS["posts"].zh, taken=outcomes[TAKEN] + outcomes[GUESSED], posts=number, **parts))
    else:
        lines.append(sentence(WORDS["rows"], WORDS["rows"].zh, persons=len(found.persons), day=found.as_of, source=WORDS[found.as_of_from], **parts))
    unread = [str(sheet.number) for sheet in found.sheets if not sheet.heading_row]
    lines.append(sentence(WORDS["unread"], WORDS["unread"].zh, sheets=", ".join(unread)) if unread else None)
    if total is not None and posts:
        each = total / sum(int(row["number"]) for row in found.persons)
        lines.append(sentence(WORDS["posts_weighted"], WORDS["posts_weighted"].zh, total=total, each=each))
    elif total is not None and found.persons:
        lines.append(sentence(WORDS["weighted"], WORDS["weighted"].zh, total=total, each=total / len(found.persons)))
    show_lines(lines, language)
    _print_columns(found, language)
    _print_reasons({(in_language(OUTCOMES[outcome], language), why): rows for (outcome, why), rows in found.reasons.items()}, "why", language)
    for what in ("guesses", "missed"):
        _print_reasons({(in_language(NAMES[name], language), why): rows for (name, why), rows in found.counted(what).items()}, what, language)
    if not posts:
        _print_counts(found, language)


def _print_reasons(counted: Mapping[tuple[str, str], int], title: str, language: str) -> None:
    """Print how often what happened for which reason."""
    if not counted:
        return
    table = Table("", in_language(HEADS["why"], language), title=in_language(WORDS[title], language), title_justify="left")
    table.add_column(in_language(HEADS["rows"], language), justify="right", no_wrap=True)
    for (what, why), rows in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        table.add_row(what, in_language(REASONS[why], language), f"{rows:,}")
    show(table)


def _print_columns(found: Found, language: str) -> None:
    """Print how the columns were understood; a column that is not read is called by its letters."""
    for sheet in found.sheets:
        if sheet.heading_row:
            table = Table(in_language(HEADS["column"], language), in_language(HEADS["what"], language), in_language(HEADS["outcome"], language),
                          title=in_language(WORDS["columns"], language), title_justify="left")  # fmt: skip
            for letters, (name, how) in sheet.columns.items():
                table.add_row(letters, in_language(NAMES[name], language) if name else "", in_language(REASONS[how], language))
            show(table)


def _print_counts(found: Found, language: str) -> None:
    """Print the persons by status and education; cells with few are marked."""
    cells = {(person.get("status", ""), person.get("education", "")) for person in found.persons}
    number = {cell: sum((person.get("status", ""), person.get("education", "")) == cell for person in found.persons) for cell in cells}
    marks = {why: in_language(text, language) for why, text in ((FEW, sentence(SMALL, SMALL.zh, least=LEAST_CELL)), (BESIDE, BESIDE_IT))}
    hidden = {cell[2:] + cell[1:2]: why for cell, why in hidden_counts(found).items() if cell[0] == "education"}
    table = Table(in_language(NAMES["status"], language), title=in_language(WORDS["counts"], language), title_justify="left")
    tiers = [tier for tier in TIERS if any(cell[1] == tier for cell in cells)]
    for tier in tiers:
        table.add_column(in_language(VALUES[tier], language), justify="right")
    for status in [status for status in SHOWN if any(cell[0] == status for cell in cells)]:
        row = [marks[hidden[status, tier]] if (status, tier) in hidden else f"{number.get((status, tier), 0):,}" for tier in tiers]
        table.add_row(in_language(VALUES[status], language), *row)
    show(table)
    if any(cell in number for cell in hidden):
        show_lines([sentence(SMALL_TOLD, SMALL_TOLD.zh, least=LEAST_CELL)], language)


def in_words(line: Sequence[object], language: str) -> list[object]:
    """Return a line of who gains with words for its keys."""
    known = {**GAINS_HEADS, **NAMES, **VALUES}
    return [in_language(known[cell], language) if isinstance(cell, str) and cell in known and cell else cell for cell in line]


def print_gains(groups: Sequence[Sequence[object]], pairs: int, language: str) -> None:
    """Print who gains, by status and by education; the file has the other groups."""
    title = in_language(sentence(WORDS["gains_title"], WORDS["gains_title"].zh, pairs=pairs), language)
    table = Table(*(in_language(GAINS_HEADS[head], language) for head in ("variant", "what", "value")), title=title, title_justify="left")
    for head in ("persons", "mean", "interval"):
        table.add_column(in_language(GAINS_HEADS[head], language), justify="right")
    for line in groups:
        if line[1] in ("all", "status", "education"):
            variant, what, value, persons, mean, low, high, _ = in_words(line, language)
            table.add_row(str(variant), str(what), str(value), str(persons), str(mean), f"\\[{low} … {high}]" if low != "" else "")
    show(table)
