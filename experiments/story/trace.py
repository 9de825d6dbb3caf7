"""``yizhan run trace=…``: the story of one person, or the persons behind a count."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.shared.application import is_multirun
from experiments.shared.errors import MistakeError
from experiments.shared.folding import fold, width_of
from experiments.shared.tables import print_rows
from experiments.shared.terminal import columns, put
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, listed, sentence
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario
from sim.wording import unknown
from sim.world import World, count_people, make_world

if TYPE_CHECKING:
    from experiments.story.narrator import Story
    from sim.measures import Counts

FEWEST_COLUMNS = 20
"""Columns that what happened has beside its date, however narrow the terminal."""
MOST_SHOWN = 20
"""Persons behind a count that are printed; all of them are written."""
WORDS: dict[str, Sentence] = {
    "again": Sentence("living replicate {replicate} again, day by day …", "正在逐日重现第{replicate}次模拟……"),
    "behind": Sentence(
        "{label}, replicate {replicate}: {total} {unit}; the persons behind it: {persons}",
        "{label}（第{replicate}次模拟）：共{total}{unit}，涉及{persons}人",
    ),
    "count": Sentence("count", "数量"),
    "person": Sentence("person", "编号"),
    "who": Sentence("who", "身份"),
    "more": Sentence("… and {n} more persons, all in persons.csv.", "……另有{n}人，全部见 persons.csv。"),
    "firms": Sentence("{rest} {unit} belong to established firms, behind which no person stands.", "其余{rest}{unit}属于既有企业，不对应个人。"),
    "hint": Sentence(
        "The story of one of them: trace={person} trace_replicate={replicate}.", "查看其中一人的经历：trace={person} trace_replicate={replicate}。",
    ),
    "nobody": Sentence("Nobody.", "没有人。"),
}


@dataclass(frozen=True)
class Trace:
    """What is to be traced: a person, or the persons behind an outcome, in one replicate."""

    person: int | None
    outcome: str
    replicate: int


def refuse_several(words: Sequence[str]) -> None:
    """Refuse to trace several persons, or through several runs, at once.

    Raises:
        MistakeError: A list of things to trace, or a multirun.
    """
    for word in words:
        key, _, value = word.partition("=")
        if key == "trace" and is_multirun(words):
            message = Sentence("trace tells of one run: leave out -m", "trace 只用于单次运行，请去掉 -m")
            raise MistakeError(message)
        if key in ("trace", "trace_replicate") and "," in value:
            message = sentence(
                "{word}: one person or outcome, of one replicate, is traced at a time.", "{word}：一次只能追踪一次模拟中的一个人或一项指标。",
                word=word,
            )  # fmt: skip
            raise MistakeError(message)


def read_trace(trace: Any, replicate: int, replicates: int, scenario: Scenario) -> Trace | None:  # noqa: ANN401
    """Check what is to be traced.

    Args:
        trace: A person, the name of an outcome, or None.
        replicate: The replicate.
        replicates: How many there are.
        scenario: The scenario.

    Raises:
        MistakeError: No such person, outcome or replicate, or an outcome without persons behind it.
    """
    if replicate >= replicates:
        message = sentence(
            "trace_replicate is {n}; allowed is a replicate of this run: 0 … {last}.",
            "trace_replicate 为 {n}，应为本次运行的模拟序号 0 至 {last}。", n=replicate, last=replicates - 1,
        )  # fmt: skip
        raise MistakeError(message)
    if trace is None:
        if replicate:
            message = sentence(
                "trace_replicate={n} says where to look; trace=PERSON or trace=OUTCOME says for whom.",
                "trace_replicate={n} 只说明查看哪次模拟；还须用 trace=编号 或 trace=指标 说明查看谁。", n=replicate,
            )  # fmt: skip
            raise MistakeError(message)
        return None
    last = count_people(scenario) - 1
    person = int(trace) if isinstance(trace, str) and trace.isascii() and trace.isdigit() else trace
    if isinstance(person, int) and not isinstance(person, bool) and 0 <= person <= last:
        return Trace(person, "", replicate)
    if isinstance(person, str) and person:
        _check_outcome(person)
        return Trace(None, person, replicate)
    message = sentence(
        "trace is {trace!r}; allowed is a person, 0 … {last}, or the name of an outcome, such as trace=station_guests.",
        "trace 为 {trace!r}，应为个人编号 0 至 {last}，或指标名，如 trace=station_guests。", trace=trace, last=last,
    )  # fmt: skip
    raise MistakeError(message)


def _check_outcome(name: str) -> None:
    from sim.tracing import reason_against, traceable

    if name not in OUTCOMES:
        message = sentence(
            "{unknown} yizhan list outcomes shows all; a person is given by number.",
            "{unknown}yizhan list outcomes 可列出全部指标；个人以编号表示。", unknown=unknown("outcome", name, list(OUTCOMES)),
        )  # fmt: skip
        raise MistakeError(message)
    reason = reason_against(name)
    if reason:
        message = sentence(
            "trace={name}: {reason}. Traced to persons can be: {names}.", "trace={name}：{reason}。可追踪到个人的指标有：{names}。", name=name,
            reason=reason, names=listed(traceable()),
        )  # fmt: skip
        raise MistakeError(message)


@dataclass(frozen=True)
class Traced:
    """What was traced.

    Attributes:
        files: Name of a file → its bytes: ``story.md`` and ``story.json``, or ``persons.csv``.
        show: Prints it.
    """

    files: dict[str, bytes]
    show: Callable[[], None]

    def write(self, folder: Path) -> None:
        """Write the files into a folder."""
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


def live_again(trace: Trace, scenario: Scenario, seed: int, language: str) -> Traced:
    """Live the replicate again and return what was asked for.

    Args:
        trace: What is traced.
        scenario: The scenario.
        seed: Seed of the run.
        language: Language of the words.
    """
    put(Speaker(language, WORDS).text("again", replicate=trace.replicate) + "\n", sys.stderr)
    if trace.person is None:
        return _find_persons(trace, scenario, seed, language)
    from experiments.story.narrator import tell
    from sim.history import relive

    history = relive(scenario, seed, trace.replicate, trace.person)
    story = tell(history, scenario, language)
    text = json.dumps({"programme": scenario.programme, **history.as_plain()}, ensure_ascii=False, indent=1, allow_nan=False)
    return Traced({"story.md": story.as_markdown().encode(), "story.json": f"{text}\n".encode()}, lambda: print_story(story))


def print_story(story: Story) -> None:
    """Print a story: who, then when and what, then the end."""
    width = columns()
    dates = 2 + max((width_of(when) for when, _ in story.lines), default=0)
    told = [
        [*fold(story.title, width), *fold(story.subtitle, width)],
        [line for paragraph in story.portrait for line in fold(paragraph, width)],
        [line for when, what in story.lines for line in _beside(when, fold(what, max(width - dates, FEWEST_COLUMNS)), dates)],
        [line for paragraph in story.ending for line in fold(paragraph, width)],
    ]
    put("\n\n".join("\n".join(part) for part in told if part) + "\n\n")


def _beside(when: str, lines: list[str], place: int) -> list[str]:
    """Put a date before lines that hang beside it."""
    dated = [when, *[""] * (len(lines) - 1)]
    return [date + " " * (place - width_of(date)) + line for date, line in zip(dated, lines, strict=True)]


def _find_persons(trace: Trace, scenario: Scenario, seed: int, language: str) -> Traced:
    from sim.tracing import persons_behind

    world = make_world(scenario, seed, trace.replicate)
    world.advance(0, scenario.days)
    outcome = OUTCOMES[trace.outcome]
    counts = persons_behind(world, trace.outcome)
    total, unit = int(outcome.at_end(world)), outcome.unit
    rest = total - int(counts.sum())
    order: list[int] = np.lexsort((np.arange(counts.size), -counts))[: int((counts > 0).sum())].tolist()
    say = Speaker(language, WORDS)
    heads = [say.text(head) for head in ("person", "count", "who")]
    rows = _rows(world, counts, order, language)
    table = io.StringIO(newline="")
    csv.writer(table).writerows([heads, *rows])

    def show_persons() -> None:
        say("behind", label=outcome.label, replicate=trace.replicate, total=f"{total:,}", unit=unit, persons=f"{len(rows):,}")
        if rows:
            print_rows("", heads, rows[:MOST_SHOWN])
        if len(rows) > MOST_SHOWN:
            say("more", n=f"{len(rows) - MOST_SHOWN:,}")
        if rest:
            say("firms", rest=f"{rest:,}", unit=unit)
        say("hint" if rows else "nobody", person=rows[0][0] if rows else "", replicate=trace.replicate)

    return Traced({"persons.csv": table.getvalue().encode("utf-8-sig")}, show_persons)


def _rows(world: World, counts: Counts, order: Sequence[int], language: str) -> list[list[str]]:
    """Return a line a person: number, count, who."""
    from experiments.story.narrator import describe
    from sim.history import portrait_of
    from sim.observers.sight import Sight

    people, last = world.tables["people"].rows, world.scenario.days - 1
    return [
        [str(person), str(int(counts[person])), describe(portrait_of(world, Sight(people[person], {}), last), world.scenario, language)]
        for person in order
    ]
