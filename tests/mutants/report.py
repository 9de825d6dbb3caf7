"""The page about mutants: what was declared, found, and not found."""

from collections import Counter
from typing import Protocol

from tests.mutants.mutant import ROOT, Mutant

PAGE = ROOT / "docs" / "mutants.md"

HEAD = """# Mutants: faults that the tests have to find

Written by `python -m tests.mutants.run`; do not edit. Each mutant is one small fault in a rule, a phase, a lever, the recorder or the opening
population. Their places are drawn from a seed (`python -m tests.mutants.draw`), some in every module, and kept in
[tests/mutants/mutants.toml](../tests/mutants/mutants.toml) by function and expression. `pytest -m mutants tests/mutants -n 0` runs the test files
that claim a module against each of its mutants, to the first test that fails. `yizhan check` is not among them: it sees that something
moved, not that it is wrong.

All faults are compiled at once, each behind a switch that the environment turns (`tests/mutants/switch.py`): compiling takes a minute for
all of them, and a mutant costs what its tests cost, some seconds where they find it. Results are kept as they come; a run that was
interrupted goes on. A fault whose function or expression is gone fails `tests/mutants/test_mutants.py`: `python -m tests.mutants.draw
--repair` keeps what still applies and draws for the rest. Draws are keyed by day, person and partner; other keys are other luck of the same
kind, so keys are not swapped.
"""


class Found(Protocol):
    """What is known of a mutant."""

    killed: bool
    by: str


def shown(text: str, longest: int = 110) -> str:
    """Write code into a cell."""
    line = " ".join(text.split()).replace("|", "\\|")
    return f"`{line if len(line) <= longest else line[: longest - 1] + '…'}`"


def write_page(mutants: list[Mutant], findings: dict[str, Found]) -> None:
    """Write the page from the table and the findings."""
    judged = [mutant for mutant in mutants if not mutant.equivalent and mutant.name in findings]
    killed = [mutant for mutant in judged if findings[mutant.name].killed]
    survivors = [mutant for mutant in judged if not findings[mutant.name].killed]
    same = [mutant for mutant in mutants if mutant.equivalent]
    untried = len(mutants) - len(judged) - len(same)
    said = f"**{len(mutants)} declared in {len({mutant.module for mutant in mutants})} modules; {len(same)} of them are no faults (below)."
    said += f" Of the other {len(judged) + untried}: {len(killed)} killed, {len(survivors)} survive"
    said += f", {untried} not tried yet.**" if untried else f" ({len(killed) / max(1, len(judged)):.0%} killed).**"
    lines = [HEAD, said, "", "## Survivors", ""]
    if survivors:
        lines += ["| module | function | fault | instead of | reads |", "|---|---|---|---|---|"]
        lines += [f"| {one.module} | {one.function} | {one.kind} | {shown(one.expression)} | {shown(one.replacement)} |" for one in survivors]
    else:
        lines.append("None.")
    if same:
        lines += ["", "## No faults", "", "What was drawn and changes nothing that anybody could see.", ""]
        lines += ["| module | function | instead of | reads | why |", "|---|---|---|---|---|"]
        lines += [f"| {one.module} | {one.function} | {shown(one.expression)} | {shown(one.replacement)} | {one.equivalent} |" for one in same]
    lines += ["", "## Kinds", "", "| fault | declared | killed |", "|---|---:|---:|"]
    declared, dead = (Counter(mutant.kind for mutant in group) for group in (judged, killed))
    lines += [f"| {kind} | {number} | {dead[kind]} |" for kind, number in sorted(declared.items())]
    lines += ["", "## Killed, and by which test", "", "| module | function | instead of | reads | killed by |", "|---|---|---|---|---|"]
    for one in killed:
        by = findings[one.name].by.removeprefix("tests/sim/").replace("|", "\\|")
        lines.append(f"| {one.module} | {one.function} | {shown(one.expression, 70)} | {shown(one.replacement, 70)} | {by} |")
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
