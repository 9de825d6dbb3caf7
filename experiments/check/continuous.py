"""What continuous integration reads: a JUnit report, a summary in Markdown for the page of a job, annotations of GitHub."""

from __future__ import annotations

import os
import re
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path

from experiments.check.choosing import Choice
from experiments.check.movements import Finding
from experiments.check.options import CheckOptions
from experiments.check.report import cells_of_movement, choose_rows, said_of
from experiments.check.verdicts import MOST_TESTS, cells_of, told
from experiments.shared.errors import MistakeError
from experiments.shared.terminal import put
from experiments.shared.whole_files import write_all
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, sentence
from sim.errors import why_of

ACTIONS = "GITHUB_ACTIONS"
"""Variable that GitHub sets in its jobs."""
SUITE = "yizhan check"
PASSED, FAILED, ERROR = "passed", "failed", "error"
"""What came of a baseline."""
TESTED, MOVED = ("outcome", "difference", "margin", "verdict"), ("since", "outcome", "before", "now", "change")
"""Columns of what was tested, and of what moved."""
UNTOLD = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""Letters that XML does not know, such as a half of a pair: a name of a file may hold them."""
SIGNS = {PASSED: "✅", FAILED: "❌", ERROR: "⚠️"}


def state_of(found: Finding) -> str:
    """Return what came of a baseline."""
    if found.problem is not None:
        return FAILED if found.before is not None else ERROR
    if found.judgement is not None:
        return PASSED if found.judgement.passes else FAILED
    return FAILED if found.movements else PASSED


def told_of(found: Finding, folder: Path, say: Speaker) -> Sentence:
    """Say in a sentence what came of a baseline."""
    if found.problem is not None:
        return say.sentence("problem", name=found.name, path=folder / f"{found.name}.json", problem=found.problem)
    return said_of(found, say)


def refuse_unwritable_files(options: CheckOptions) -> None:
    """Refuse files that cannot be written, before anything runs.

    Raises:
        MistakeError: With the reason.
    """
    for key in ("junit", "markdown"):
        named = getattr(options, key)
        if named is None:
            continue
        path = Path(named).expanduser()
        try:
            if path.is_dir():
                why: object = Sentence("it is a folder", "它是文件夹")
            else:
                with tempfile.TemporaryFile(dir=path.parent):
                    continue
        except OSError as error:
            why = why_of(error)
        raise MistakeError(sentence(
            "cannot write {key}={path}: {why}; name a file in a folder that is there and can be written.",
            "无法写入 {key}={path}：{why}；请指定已有且可写的文件夹中的文件。", key=key, path=named, why=why,
        ))  # fmt: skip


def write_reports(findings: Sequence[Finding], choice: Choice, folder: Path, options: CheckOptions, say: Speaker) -> None:
    """Write what was asked for, and print annotations where a job of GitHub runs."""
    texts = {}
    if options.junit is not None:
        texts[Path(options.junit).expanduser()] = junit(findings, choice, folder, say)
    if options.markdown is not None:
        texts[Path(options.markdown).expanduser()] = markdown(findings, choice, folder, say)
    write_all(texts)
    wanted = options.annotations if options.annotations is not None else os.environ.get(ACTIONS, "").lower() == "true"
    for line in annotations_of(findings, choice, folder, say) if wanted else ():
        put(line + "\n")


def junit(findings: Sequence[Finding], choice: Choice, folder: Path, say: Speaker) -> str:
    """Return a JUnit report: a case a baseline; what is unguarded is skipped."""
    states = [state_of(found) for found in findings]
    gone, skipped = len(choice.orphans), len(choice.unguarded)
    counts = {"tests": len(findings) + skipped + gone, "failures": states.count(FAILED) + gone, "errors": states.count(ERROR), "skipped": skipped}
    given = {key: str(value) for key, value in counts.items()}
    root = ET.Element("testsuites", given)
    suite = ET.SubElement(root, "testsuite", {"name": SUITE, **given})
    for found, state in zip(findings, states, strict=True):
        case = ET.SubElement(suite, "testcase", {"classname": SUITE, "name": _clean(found.name)})
        said = _clean(say.of(told_of(found, folder, say)))
        if state == PASSED:
            ET.SubElement(case, "system-out").text = said
            continue
        problem = ET.SubElement(case, "failure" if state == FAILED else "error", {"message": said})
        problem.text = _clean("\n".join([said, *(" | ".join(cells) for cells in _rows(found, say))]))
    for name in choice.orphans:
        case = ET.SubElement(suite, "testcase", {"classname": SUITE, "name": _clean(name)})
        ET.SubElement(case, "failure", {"message": _clean(say.text("orphan", name=name, path=folder / f"{name}.json"))})
    for name in choice.unguarded:
        case = ET.SubElement(suite, "testcase", {"classname": SUITE, "name": _clean(name)})
        ET.SubElement(case, "skipped", {"message": say.text("no_baseline", name=name)})
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def markdown(findings: Sequence[Finding], choice: Choice, folder: Path, say: Speaker) -> str:
    """Return a summary for the page of a job: a row a baseline, and a table of what moved."""
    lines = [f"## {SUITE}", "", f"| | {say.text('baseline')} | |", "|---|---|---|"]
    lines += [f"| {SIGNS[state_of(found)]} | `{_cell(found.name)}` | {_cell(say.of(told_of(found, folder, say)))} |" for found in findings]
    gone = {name: say.text("orphan", name=name, path=folder / f"{name}.json") for name in choice.orphans}
    lines += [f"| {SIGNS[FAILED]} | `{_cell(name)}` | {_cell(said)} |" for name, said in gone.items()]
    for found in findings:
        rows = list(_rows(found, say))
        if not rows:
            continue
        heads = TESTED if found.judgement and found.judgement.tests else MOVED
        lines += ["", f"### {_cell(found.name)}", "", "| " + " | ".join(say.text(head) for head in heads) + " |", "|" + "---|" * len(heads)]
        lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
        if found.configuration:
            keys = ", ".join(f"`{key}`" for key in list(found.configuration)[:MOST_TESTS])
            lines += ["", f"{say.text('configuration')}: {keys}" + (" …" if len(found.configuration) > MOST_TESTS else "")]
    if choice.unguarded:
        lines += ["", say.text("unguarded_short", names=", ".join(choice.unguarded))]
    return _clean("\n".join(lines) + "\n")


def annotations_of(findings: Sequence[Finding], choice: Choice, folder: Path, say: Speaker) -> Iterator[str]:
    """Yield commands of GitHub's workflows: an error a baseline that does not pass, a notice of what is unguarded."""
    for found in findings:
        if state_of(found) != PASSED:
            yield _annotation("error", folder / f"{found.name}.json", say.of(told_of(found, folder, say)))
    for name in choice.orphans:
        yield _annotation("error", folder / f"{name}.json", say.text("orphan", name=name, path=folder / f"{name}.json"))
    if choice.unguarded:
        yield f"::notice title={SUITE}::{_escaped(say.text('unguarded_short', names=', '.join(choice.unguarded)))}"


def _annotation(kind: str, path: Path, text: str) -> str:
    where = _escaped(path.as_posix()).replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} file={where},title={SUITE}::{_escaped(text)}"


def _rows(found: Finding, say: Speaker) -> Iterator[tuple[str, ...]]:
    """Yield the rows that are told of a baseline: its tests, or what moved."""
    if found.judgement is not None and found.judgement.tests:
        yield from (cells_of(one, found, say) for one in told(found.judgement)[:MOST_TESTS])
        return
    for movement in choose_rows(found.movements):
        cells = cells_of_movement(movement, found, say)
        yield tuple(cells[name] for name in MOVED)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _clean(text: str) -> str:
    """Put a sign for what neither XML nor a file of text can hold."""
    return UNTOLD.sub("\ufffd", text)
