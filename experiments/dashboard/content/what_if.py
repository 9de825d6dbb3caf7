"""What if one lever were smaller or larger: a curve on paired worlds, with the part of it that is flat named."""

from __future__ import annotations

import math
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from experiments.compare.answer import Effect
from experiments.compare.variants import shown
from experiments.dashboard.content.asking import Asked, ask, written
from experiments.dashboard.content.checking import main_of
from experiments.dashboard.content.comparing import NEVER
from experiments.dashboard.content.drafts import Draft, DraftError, refuse_key
from experiments.dashboard.content.sources import leaf_at
from experiments.dashboard.content.texts import Plain, mean_of, text, triple
from sim.bilingual import Sentence, message_of, sentence, sentence_of
from sim.comparison import Precision, compare, without_programme
from sim.errors import ConfigurationError
from sim.levers import LEVER_LABELS
from sim.parameters import ENTRY, declarations
from sim.simulation import Progress, available_cores
from sim.statistics import Kind
from sim.units import unit_words
from sim.wording import unknown

if TYPE_CHECKING:
    from experiments.dashboard.content.asking import Find
    from sim.compared import Comparison
    from sim.scenario import Scenario

FEWEST_VALUES, MOST_VALUES = 2, 9
"""Values of a curve: fewer are none, more take long and are not read."""
LIMITS = {"least": FEWEST_VALUES, "most": MOST_VALUES}
OF_LEVERS = "policy."


@dataclass(frozen=True)
class AskedWhatIf:
    """What is asked of one lever.

    Attributes:
        asked: What the draft asks, without more variants.
        key: The key that is varied.
        values: Its values with the one in force, the smallest first where they are numbers.
        variants: Name of a value → the scenario with it.
    """

    asked: Asked
    key: str
    values: tuple[Any, ...]
    variants: dict[str, Scenario]

    @property
    def command(self) -> str:
        """The same comparison on the command line."""
        words = [word for word in self.asked.words if not word.startswith(("change.", f"{self.key}="))]
        return shlex.join(["yizhan", "compare", *words, f"change.{self.key}={','.join(map(written, self.values))}", "against=none"])

    @property
    def days(self) -> int:
        """Days of all worlds, for the progress."""
        return (1 + len(self.variants)) * self.asked.options.replicates * self.asked.scenario.days

    @property
    def about(self) -> Plain:
        """What makes it another run than the comparison of its draft: for a digest."""
        return {"what_if": {"key": self.key, "values": list(self.values)}}


def ask_what_if(draft: Draft, key: str, values: object, find: Find | None = None) -> AskedWhatIf:
    """Check what is asked of one lever.

    Args:
        draft: The draft; its other variants play no part.
        key: A key of a lever.
        values: Its values.
        find: Returns the path of the persons of a ledger by its handle.

    Raises:
        DraftError: No key of a lever, or values that are not allowed.
    """
    asked = ask(draft.model_copy(update={"variants": (), "against": "none"}), find)
    main = main_of(asked)
    try:
        refuse_key(key)
    except ValueError as error:
        raise DraftError(message_of(error), "key") from None
    known = [leaf for leaf in _leaves(main) if leaf.startswith(OF_LEVERS)]
    if key not in known:
        raise DraftError(unknown("key", key, known), "key")
    if not isinstance(values, list) or not FEWEST_VALUES <= len(values) <= MOST_VALUES or any(isinstance(one, (list, dict)) for one in values):
        raise DraftError(sentence(
            "write {least} to {most} values, such as [0, 3, 6, 14]", "请写 {least} 至 {most} 个取值，如 [0, 3, 6, 14]", **LIMITS,
        ), "values")  # fmt: skip
    found: dict[str, Scenario] = {}
    for value in _with_today(values, leaf_at(main, key).value):
        try:
            scenario = main.with_({key: value})
        except ConfigurationError as error:
            raise DraftError(message_of(error), "values") from None
        name = shown(leaf_at(scenario, key).value)
        if name in found:
            raise DraftError(sentence("the value {value} is there twice", "取值 {value} 重复", value=name), "values")
        found[name] = scenario
    return AskedWhatIf(asked, key, tuple(leaf_at(one, key).value for one in found.values()), found)


def _leaves(scenario: Scenario) -> list[str]:
    return [leaf.key for leaf in declarations(scenario) if ENTRY not in leaf.key and not leaf.is_list]


def _with_today(values: Sequence[Any], now: Any) -> list[Any]:  # noqa: ANN401
    """Return values in order, the one in force among them where they are numbers, so that the curve can be read against today."""
    numbers = isinstance(now, (int, float)) and not isinstance(now, bool) and math.isfinite(now)
    return _sorted([*values, *([now] if numbers and not any(value == now for value in values) else [])])


def _sorted(values: Sequence[Any]) -> list[Any]:
    """Return values in order: numbers by size, anything else as it was given."""
    numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) and math.isfinite(one) for one in values)
    return sorted(values) if numbers else list(values)


def carry_out(
    what_if: AskedWhatIf, progress: Progress | None = None, after_batch: Callable[[Comparison], None] | None = None, workers: int | None = None,
) -> Comparison:  # fmt: skip
    """Simulate every value beside no programme, on the same people with the same luck."""
    options = what_if.asked.options
    wanted = Precision(options.precision_outcome, NEVER, options.replicates)
    batch = min(workers or available_cores(), options.replicates)
    baseline = without_programme(main_of(what_if.asked))
    return compare(baseline, what_if.variants, batch, options.seed, workers, progress, precision=wanted, after_batch=after_batch)


def what_if_of(what_if: AskedWhatIf, comparison: Comparison, *, preliminary: bool = False) -> Plain:
    """Return the curve.

    Args:
        what_if: What was asked.
        comparison: What was found, with as many pairs as there are by now.
        preliminary: Whether more pairs will come.
    """
    leaf, lived = leaf_at(main_of(what_if.asked), what_if.key), comparison.baseline.lived
    lever = what_if.key.split(".")[1]
    title = sentence("{lever}: {meaning}", "{lever}：{meaning}", lever=sentence_of(LEVER_LABELS[lever]), meaning=sentence_of(leaf.meaning))
    points = []
    for value, name in zip(what_if.values, what_if.variants, strict=True):
        accounts = comparison.variants[name].accounts
        jobs = mean_of(accounts["jobs"]["net_additional_jobs"], Kind.FREE, lived)
        stays = mean_of(accounts["stays_6m"]["net_additional_jobs"], Kind.FREE, lived)
        spent = mean_of(comparison.variants[name].results.outcomes["spending"], Kind.AMOUNT, lived)
        about = {"value": value, "name": name, "stays": triple(stays), "spending": triple(spent)}
        points.append({**about, **{"mean" if part == "value" else part: number for part, number in jobs.items()}})
    return {
        "preliminary": preliminary, "replicates": comparison.baseline.replicates, "wanted": what_if.asked.options.replicates, "key": what_if.key,
        "title": text(title), "unit": unit_words(leaf.unit), "now": shown(leaf.value), "points": points,
        "steps": _steps(comparison, list(what_if.variants)),
        "flat": flat_of(comparison, list(what_if.variants), sentence_of(unit_words(leaf.unit))),
        "command": what_if.command,
    }  # fmt: skip


def _jobs_between(comparison: Comparison, one: str, other: str) -> Effect:
    """Return how many more are at work with one value than with another, on paired worlds."""
    values = [comparison.variants[name].accounts["jobs"]["net_additional_jobs"] for name in (one, other)]
    return Effect(*map(float, comparison.over(values[0] - values[1])))


def _steps(comparison: Comparison, names: list[str]) -> list[Plain]:
    """Return what each step of the curve adds, paired, and whether that can be told."""
    found = []
    for before, after in pairwise(names):
        effect = _jobs_between(comparison, after, before)
        found.append({"from": before, "to": after, "value": effect.mean, "low": _or_none(effect.low), "high": _or_none(effect.high),
                      "told": effect.can_be_told})  # fmt: skip
    return found


def _or_none(number: float) -> float | None:
    return number if math.isfinite(number) else None


def flat_of(comparison: Comparison, names: list[str], unit: Sentence) -> Plain | None:
    """Name the end of the curve on which no value can be told from any other; None where there is none.

    Args:
        comparison: The comparison.
        names: Names of the values, in order.
        unit: Unit of the key.
    """
    def is_flat(first: int) -> bool:
        rest = names[first:]
        return not any(_jobs_between(comparison, two, one).can_be_told for place, one in enumerate(rest) for two in rest[place + 1 :])

    if comparison.baseline.replicates < FEWEST_VALUES or not _jobs_between(comparison, names[-1], names[-2]).is_known:
        return None
    first = next((place for place in range(len(names) - 1) if is_flat(place)), None)
    if first is None:
        return None
    shown_unit = Sentence("" if unit == "-" else f" {unit}", "" if unit == "-" else f" {unit.zh}")
    if first == 0:
        said = Sentence("Over all these values no difference in jobs can be told.", "在这些取值之间，看不出就业有差别。")
    else:
        parts = {"value": names[first], "unit": shown_unit}
        said = sentence("Beyond {value}{unit} nothing more can be told.", "超过 {value}{unit} 后，看不出还有变化。", **parts)
    return {"from": names[first], "place": first, **text(said)}
