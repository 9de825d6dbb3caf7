"""What ``yizhan check`` says: what differs in the configuration, what moved, and what to do about it."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from experiments.check.baseline import Baseline
from experiments.check.baselines import MISSING, path_of
from experiments.check.labels import outcome_of
from experiments.check.movements import Finding, Movement
from experiments.check.verdicts import sentence_of_judgement
from experiments.shared.errors import FailedError, MistakeError
from experiments.shared.tables import NARROW, make_console, show
from experiments.shared.terminal import put
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, joined
from sim.configuration import available
from sim.measures import Outcome
from sim.numbers import DASH, Form, form_of, write
from sim.statistics import Kind, mean_interval

SEPARATE = (("since",), ("date",), ("outcome",), ("before",), ("now",), ("change",))
STACKED = (("since", "date"), ("outcome",), ("before", "now", "change"))
"""Columns of the table on a wide and on a narrow terminal: what stands in them."""
RELATIVE = Form("%", 100.0)
MOST_ROWS = 20
"""Outcomes of a baseline, and keys of its configuration, that are printed."""


def print_findings(findings: list[Finding], file: str | None, say: Speaker) -> None:
    """Print the keys of the configuration that differ, and the table of what moved.

    Args:
        findings: One a baseline.
        file: File with everything that moved, if one is written.
        say: Says it in the language of the reader.
    """
    moved = [found for found in findings if found.movements]
    if not moved:
        return
    where = say.text("in_file" if file else "no_file", file=file)
    if any(found.configuration for found in moved):
        show(_configuration_table(moved, where, say))
    table = Table(title=say.text("title"), title_justify="left", caption=say.text("caption"), caption_justify="left")
    columns = STACKED if make_console().width < NARROW else SEPARATE
    for names in columns:
        named = names == ("outcome",)
        head = "\n".join(say.text(name) for name in names)
        table.add_column(head, justify="left" if named else "right", no_wrap=not named, overflow="fold")
    place = columns.index(("outcome",))
    for found in moved:
        table.add_section()
        table.add_row(*[""] * place, f"[bold]{escape(found.name)}[/bold]")
        chosen = choose_rows(found.movements)
        for movement in chosen:
            cells = {name: escape(cell) for name, cell in cells_of_movement(movement, found, say).items()}
            table.add_row(*("\n".join(cells[name] for name in names if cells[name]) for names in columns))
        if len(chosen) < len(found.movements):
            table.add_row(*[""] * place, escape(say.text("more", n=len(found.movements) - len(chosen), where=where)))
    show(table)


def choose_rows(movements: list[Movement]) -> list[Movement]:
    """Return the rows to print, in their order: where there are many the earliest, then headline outcomes before others."""
    first = movements[:1]
    ranked = first + sorted(movements[1:], key=lambda movement: not movement.is_headline)
    kept = {movement.name for movement in ranked[:MOST_ROWS]}
    return [movement for movement in movements if movement.name in kept]


def say_added(made: Baseline, path: Path, directory: str | None, say: Speaker) -> None:
    """Say that a baseline was made, and how to check against it."""
    command = " ".join(["yizhan check", f"programmes=[{made.name}]", *([f"directory={directory}"] if directory else [])])
    say(
        "added", name=made.name, what=say.sentence(made.settings.kind), path=path, replicates=made.settings.replicates,
        sample=made.sample.replicates if made.sample else 0, chosen=len(made.margins), command=command,
    )  # fmt: skip
    if made.sample is None:
        say("no_margins", name=made.name)


def say_settings(name: str, settings: str, say: Speaker) -> None:
    """Say that a baseline was made with other settings than those of the configuration, if it was."""
    if settings:
        say("settings", name=name, settings=settings)


def update_command(names: list[str], directory: str | None) -> str:
    """Return the command that writes some baselines anew."""
    words = [f"programmes=[{','.join(names)}]", *([f"directory={directory}"] if directory else [])]
    return " ".join(["yizhan check update=true", *words])


def say_unguarded(names: list[str], directory: str | None, say: Speaker) -> None:
    """Say which programmes were not checked, as they have no baseline, if any."""
    if names:
        say("unguarded", names=", ".join(names), command=update_command(names, directory))


def say_verdict(findings: list[Finding], orphans: list[str], folder: Path, directory: str | None, say: Speaker) -> None:
    """Say that nothing moved, or end the command with what did.

    Args:
        findings: One a baseline.
        orphans: Programmes that are gone and have a baseline.
        folder: Folder of the baselines.
        directory: The folder as the user named it, or None.
        say: Says it in the language of the reader.

    Raises:
        FailedError: Something moved, cannot be repeated, or is gone.
        MistakeError: A baseline cannot be used.
    """
    equivalent = [found for found in findings if found.movements and found.judgement is not None and found.judgement.passes]
    moved = [found for found in findings if found.movements and found not in equivalent]
    lines = [said_of(found, say) for found in moved]
    for found in equivalent:
        put(say.of(said_of(found, say)) + "\n")
    if moved:
        lines.append(say.sentence("accept", command=update_command([found.name for found in moved], directory)))
    problems = [(found, found.problem) for found in findings if found.problem is not None]
    for found, problem in problems:
        path = folder / f"{found.name}.json"
        lines.append(say.sentence("problem", name=found.name, path=path, problem=problem))
    programmes = available("programme")
    lost = [found.name for found, _ in problems if found.before is None and found.name not in programmes]
    if lost:
        lines.append(say.sentence("mend_own", names=", ".join(str(path_of(folder, name)) for name in lost)))
    if others := [found.name for found, _ in problems if found.name not in lost]:
        lines.append(say.sentence("mend", command=update_command(others, directory)))
    lines += [say.sentence("orphan", name=name, path=folder / f"{name}.json") for name in orphans]
    for found in findings:
        if found.configuration and not found.movements:
            say("without_effect", name=found.name, n=len(found.configuration))
    if lines:
        if moved or orphans or any(found.before is not None for found, _ in problems):
            raise FailedError(joined(lines))
        raise MistakeError(joined(lines))
    if len(equivalent) < len(findings):
        say("nothing", names=", ".join(found.name for found in findings if found not in equivalent), folder=folder)


def say_update(written: list[Finding], orphans: list[str], folder: Path, say: Speaker) -> None:
    """Say which baselines were written and why, and what to put into the changelog."""
    if not written:
        say("unchanged", folder=folder)
    for found in written:
        if found.problem == MISSING:
            why = say.text("first")
        elif found.problem is not None:
            why = say.text("old_one", problem=found.problem)
        elif found.movements:
            why = say.text("outcomes_moved", n=len(found.movements), since=_since(found, say))
        else:
            why = say.text("only_configuration" if found.configuration else "only_form")
        say("written", name=found.name, why=why)
    moved = [f"{found.name} {_since(found, say)}" for found in written if found.movements]  # in English, as the changelog is
    unclear = [found.name for found in written if found.problem not in (None, MISSING)]
    for names, why in ((moved, "why"), (unclear, "why_if")):
        if names:
            say(why, names=", ".join(names))
            say("line", names=", ".join(names))
    for name in orphans:
        say("orphan", name=name, path=folder / f"{name}.json")


def cells_of_movement(movement: Movement, found: Finding, say: Speaker) -> dict[str, str]:
    """Write what moved: since when, what, its means then and now, and how much they differ."""
    outcome = outcome_of(movement.name, found.now, found.before)
    means = [math.nan if values is None else float(mean_interval(values).mean) for values in (movement.before, movement.now)]
    form = form_of(outcome, say.language)
    label = say.of(outcome.label) if form.unit == "-" else say.text("in_unit", label=outcome.label, unit=form.unit)
    since = str(movement.day) if movement.since == "day" else say.text(movement.since)
    date = "" if movement.date is None else movement.date.isoformat()
    before, now = ("" if values is None else write(mean, form) for values, mean in zip((movement.before, movement.now), means, strict=True))
    change = _change(means[0], means[1], outcome, say)
    return {"since": since, "date": date, "outcome": label, "before": before, "now": now, "change": change}


def _change(before: float, now: float, outcome: Outcome, say: Speaker) -> str:
    """Write the change of a mean relative to what it was; of a share in points, of what was nothing as it is."""
    if math.isnan(now - before):
        return ""
    if outcome.kind is Kind.SHARE or before == 0:
        form = form_of(outcome, say.language, difference=True)
        return f"{write(now - before, form, signed=True)} {form.unit}"
    return f"{write((now - before) / before, RELATIVE, signed=True)} %"


def _configuration_table(moved: list[Finding], where: str, say: Speaker) -> Table:
    """Return the table of the keys that differ, which may be what moved the outcomes."""
    table = Table(title=say.text("configuration"), title_justify="left")
    for name in ("key", "before", "now"):
        table.add_column(say.text(name), overflow="fold")
    for found in moved:
        if not found.configuration:
            continue
        table.add_section()
        table.add_row(f"[bold]{escape(found.name)}[/bold]")
        for key, pair in list(found.configuration.items())[:MOST_ROWS]:
            table.add_row(escape(key), *(DASH if value is None else escape(_yaml(value)) for value in pair))
        if len(found.configuration) > MOST_ROWS:
            table.add_row(escape(say.text("more", n=len(found.configuration) - MOST_ROWS, where=where)))
    return table


def _yaml(value: Any) -> str:  # noqa: ANN401
    """Write a value as configuration files do."""
    return json.dumps(value, ensure_ascii=False).strip('"')


def said_of(found: Finding, say: Speaker) -> Sentence:
    """Say in a sentence what came of a baseline that was compared."""
    if found.judgement is not None:
        return sentence_of_judgement(found, found.judgement, say)
    if not found.movements:
        return say.sentence("is_same", name=found.name)
    return say.sentence("moved", name=found.name, n=len(found.movements), since=_since(found, say))


def _since(found: Finding, say: Speaker) -> Sentence:
    """Say since when anything moved."""
    first = found.movements[0]
    return say.sentence("from_day", day=first.day, date=first.date) if first.since == "day" else say.sentence("at_end")

