"""What is said before anything runs: how the scenario was put together, levels that are not plausible, and what a costly run will cost."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from experiments.shared.terminal import put
from sim.agents.employer import APPLICATIONS, POSTS
from sim.bilingual import Sentence, in_language, sentence
from sim.parameters import Leaf
from sim.scenario import Scenario
from sim.simulation import available_cores
from sim.world import count_people

NANOSECONDS = ((1e4, 22.0), (1e5, 34.0), (1e6, 65.0))
"""People → processor nanoseconds per person and day of the market alone (benchmarks/README.md, "With an evening that looks at few")."""
ALL_LEVERS = 1.7
"""Times the market alone, with all twenty levers of a usual size (``yizhan bench parts=[levers]``)."""
LEVERS = 20
WORLD_NANOSECONDS, POST_NANOSECONDS, EVENT_NANOSECONDS = 2e7, 3600.0, 1e5
"""A small world; a post that levers may open on a day; a planned day of a lever. Measured on 2026-11-25 on the machine of that section with 300
people and 60 days: 20 ms in all; a million posts of campus trips 3.6 s; 20,000 lectures and talks 0.4 s, 60 fairs of 10,000 firms 20 to 60 ms."""
A_NATION = 2.6
"""Times a market with as many people as its markets have in the mean: 2.6 at the full size before large pages, by which 5 minutes are foretold that
take 4 min 56 s with them (docs/nation.md, "What it costs"), 2.2 to 3.3 in nations of 357,600 and 900,000 people, beside such a market in the same
minutes of a busy machine (2026-11-27)."""
PERSON_BYTES, PROCESS_BYTES = 880, 250_000_000
"""A row of a person, of 640 bytes, with all that hangs on it, and the process without a world. Measured on 2026-11-27: 880 a row in a nation of 13.8
million rows, 890 and 840 in those of 0.41 and 0.96 million, 810 in one market of 800,000."""
ROOM_OF_POSTS, ROOM_OF_APPLICATIONS = 4, 6
"""Rows for each post that levers may open on a day (`sim.world.make_world`), of posts, and of piles of applications."""
USUAL_REPLICATES, REPLICATES_OF_MANY, MANY_PEOPLE = 20, 12, 100_000
"""Replicates of a run where nobody says how many, and where there are more people than so many at the start: a first answer within minutes."""
CHANGE = "change."
"""Begins a key that is set in a variant alone."""
MOST_LEVELS = 8
"""Levels of a key that are named."""
Levels = dict[str, tuple[list[str], str]]
"""Key → levels as written, and the plausible range."""
LONG, LARGE = 60.0, 4e9
"""Seconds and bytes above which a run is announced."""


@dataclass(frozen=True)
class Cost:
    """What a run will cost, to an order of magnitude.

    Attributes:
        seconds: Seconds by the clock on the wall, once the model is compiled.
        memory: Bytes.
    """

    seconds: float
    memory: float

    @property
    def is_worth_a_word(self) -> bool:
        """Whether somebody may want to know before it begins."""
        return self.seconds > LONG or self.memory > LARGE


def estimate(scenarios: Iterable[tuple[Scenario, float]], replicates: int, workers: int | None) -> Cost:
    """Return what scenarios will cost.

    Args:
        scenarios: Each with the days to be simulated of it, over all worlds.
        replicates: Number of replicates.
        workers: Replicates that run at a time; None: one a core.
    """
    threads = workers or available_cores()
    seconds, memory = 0.0, 0.0
    for scenario, days in scenarios:
        is_nation = bool(scenario.region.nation.provinces)  # its markets live on threads, and its replicates one after the other
        at_a_time = max(1, min(replicates, threads))
        seconds += seconds_of_a_day(scenario) * days / min(threads if is_nation else at_a_time, available_cores())
        memory = max(memory, bytes_of(scenario) * (1 if is_nation else at_a_time))
    return Cost(seconds, PROCESS_BYTES + memory)


def foresee(scenarios: Sequence[tuple[Scenario, float]], words: Sequence[str], replicates: int, workers: int | None) -> list[Sentence]:
    """Return what is to be known before a run, a line each and each once."""
    changed = keys_of(words, CHANGE)
    found = levels_out_of_range([scenario for scenario, _ in scenarios], [*keys_of(words), *changed], changed)
    return lines_of([scenario for scenario, _ in scenarios], found, estimate(scenarios, replicates, workers))


def lines_of(scenarios: Iterable[Scenario], found: Levels, cost: Cost) -> list[Sentence]:
    """Put what is to be known before a run into lines.

    Args:
        scenarios: Those that will be run.
        found: Levels that are not plausible.
        cost: What it will cost.
    """
    notes = dict.fromkeys(note for scenario in scenarios for note in scenario.notes)
    return [*notes, *([levels_in_words(found)] if found else []), *([cost_in_words(cost)] if cost.is_worth_a_word else [])]


def usual_replicates(scenario: Scenario) -> int:
    """Return how many replicates there are where nobody says."""
    return REPLICATES_OF_MANY if scenario.population.graduates > MANY_PEOPLE else USUAL_REPLICATES


def replicates_in_words(scenario: Scenario) -> list[Sentence]:
    """Say that there are fewer replicates than usual, and how to have more; nothing where there are not."""
    if usual_replicates(scenario) == USUAL_REPLICATES:
        return []
    return [sentence(
        "{few} replicates, since there are {people:,} young people: replicates={usual} gives narrower intervals.",
        "青年人数为 {people:,}，默认只模拟 {few} 次；replicates={usual} 可使区间更窄。",
        few=REPLICATES_OF_MANY, people=scenario.population.graduates, usual=USUAL_REPLICATES,
    )]  # fmt: skip


def say_beforehand(lines: Iterable[Sentence], language: str) -> None:
    """Say on standard error what is to be known before a run."""
    for text in lines:
        put(in_language(text, language) + "\n", sys.stderr)


def keys_of(words: Sequence[str], prefix: str = "") -> list[str]:
    """Return the keys with a prefix that the words of a command set, without the prefix."""
    named = [word.partition("=")[0].lstrip("+~") for word in words if "=" in word and not word.startswith("-")]
    return [key.removeprefix(prefix) for key in named if key.startswith(prefix)]


def levels_out_of_range(scenarios: Sequence[Scenario], keys: Sequence[str], changed: Sequence[str] = ()) -> Levels:
    """Return which of some keys have levels outside their plausible range.

    Args:
        scenarios: The scenarios; the last is the programme as it is, where there are changed keys.
        keys: The keys that somebody set.
        changed: Those of them that are set in variants alone: what the programme itself has is nobody's.
    """
    found: Levels = {}
    own = {(leaf.key, leaf.value) for leaf in scenarios[-1].implausible(changed)} if changed else set()
    for scenario in scenarios:
        for leaf in scenario.implausible(keys) if keys else ():
            if (leaf.key, leaf.value) in own:
                continue
            values, _ = found.setdefault(leaf.key, ([], span_of(leaf)))
            if (value := f"{leaf.value:,.6g}") not in values:
                values.append(value)
    return found


def span_of(leaf: Leaf) -> str:
    """Write the plausible range of a parameter."""
    low, high = leaf.prior or (math.nan, math.nan)
    return f"{low:,.6g} … {high:,.6g}"


def levels_in_words(found: Levels) -> Sentence:
    """Say which levels are not plausible; of many, the first."""
    found = {key: ([*values[:MOST_LEVELS], *(["…"] if len(values) > MOST_LEVELS else [])], span) for key, (values, span) in found.items()}
    told = [(f"{key}={', '.join(values)}", span) for key, (values, span) in found.items()]
    listed = Sentence("; ".join(f"{level} ({span})" for level, span in told), "；".join(f"{level}（{span}）" for level, span in told))
    return sentence(
        "Outside what is plausible (range in brackets); it runs all the same: {listed}.", "超出合理区间（括号内），照常模拟：{listed}。",
        listed=listed,
    )  # fmt: skip


def cost_in_words(cost: Cost) -> Sentence:
    """Say what a run will cost."""
    return sentence(
        "This will take about {time} and {memory:,.1f} GB of memory (an order of magnitude). Fewer replicates, days or graduates take less.",
        "预计耗时约 {time}，内存约 {memory:,.1f} GB（仅为数量级）。减少 replicates、days 或 population.graduates 可缩短。",
        time=time_in_words(cost.seconds), memory=cost.memory / 1e9,
    )  # fmt: skip


def time_in_words(seconds: float) -> Sentence:
    """Write a duration with one digit that means something."""
    for size, en, zh in ((86_400.0, "days", "天"), (3600.0, "hours", "小时"), (60.0, "minutes", "分钟")):
        if seconds >= 1.5 * size:
            return Sentence(f"{_round(seconds / size)} {en}", f"{_round(seconds / size)} {zh}")
    written = _round(max(seconds, 1.0))
    return Sentence(f"{written} second{'' if written == '1' else 's'}", f"{written} 秒")


def _round(number: float) -> str:
    digits = max(0, math.floor(math.log10(number)))
    return f"{round(number, -digits if number >= 10 else 0):,.0f}"


def seconds_of_a_day(scenario: Scenario) -> float:
    """Return the processor seconds of a day of a world, with its part of the first morning."""
    people, levers = count_people(scenario), scenario.policy.levers
    offered = sum(scenario.is_offered(lever) for lever in levers.values())
    markets = len(scenario.region.nation.lived)
    each = A_NATION * _nanoseconds(people / markets) if markets else _nanoseconds(people)
    market = people * each * (1 + (ALL_LEVERS - 1) * offered / LEVERS)
    posts = sum(lever.most_posts_a_day for lever in levers.values())
    events = sum(len(scenario.events_of(lever)) for lever in levers.values())
    of_a_world = WORLD_NANOSECONDS + posts * POST_NANOSECONDS + events * EVENT_NANOSECONDS
    return 1e-9 * (market + of_a_world / scenario.days)


def _nanoseconds(people: float) -> float:
    """Interpolate between the sizes that were measured, by the logarithm of the number of people."""
    (least, first), *others = NANOSECONDS
    below, value = least, first
    for size, found in others:
        if people <= size:
            share = max(0.0, math.log(max(people, 1) / below) / math.log(size / below))
            return value + share * (found - value)
        below, value = size, found
    return value


def bytes_of(scenario: Scenario) -> float:
    """Return the memory of a world, in bytes."""
    posts = sum(lever.most_posts_a_day for lever in scenario.policy.levers.values())
    application, post = (sum(_width(column.dtype) for column in columns) for columns in (APPLICATIONS, POSTS))
    kept = scenario.behaviour.applications_kept
    rows = count_people(scenario) + (_rows_for_others(scenario) if scenario.region.nation.provinces else 0)
    return rows * PERSON_BYTES + posts * (ROOM_OF_APPLICATIONS * kept * application + ROOM_OF_POSTS * post)


def _rows_for_others(scenario: Scenario) -> int:
    """Return the rows that the markets of a nation have for people of others."""
    from sim.nation.rows import rooms_of

    return int(rooms_of(scenario, count_people(scenario)).sum())


def _width(dtype: str) -> int:
    import numpy as np

    return np.dtype(dtype).itemsize
