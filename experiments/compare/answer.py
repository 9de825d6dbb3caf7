"""The answer of a comparison in one sentence a variant: how many more at work, how sure, at what cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from experiments.shared.money import money
from sim.bilingual import Sentence, sentence
from sim.statistics import FEW_VALUES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from experiments.compare.words import Names
    from sim.compared import Comparison


NOTHING_KNOWN, GIVEN_WHAT_IS_NOT_KNOWN = Sentence("", ""), Sentence(", given what is not known about behaviour", "，已计入对行为的了解不足")
"""What a sentence says of its interval: nothing, where it is of the luck of the simulation alone, which is said below."""


NET = "net_additional_jobs"
"""Row of an account that holds the net number."""
Told = Literal["more", "fewer", "untold", "same", "unknown"]
"""What can be told of a number of jobs: more, fewer, no difference that can be told, the same in every pair, nothing without an interval."""


class Effect(NamedTuple):
    """A mean with its interval; NaN bounds where there is none."""

    mean: float
    low: float
    high: float

    @property
    def is_known(self) -> bool:
        """Whether there is an interval."""
        return not math.isnan(self.low)

    @property
    def is_nothing(self) -> bool:
        """Whether it is zero in every pair."""
        return self.mean == self.low == self.high == 0.0

    @property
    def can_be_told(self) -> bool:
        """Whether it can be told from zero."""
        return self.is_known and not self.low <= 0.0 <= self.high


def answer(comparison: Comparison, name: str, names: Names) -> Sentence:
    """Say what a variant does: additional people at work with their interval, and the cost.

    Args:
        comparison: The comparison.
        name: Name of the variant.
        names: What the worlds are called.
    """
    variant, jobs = comparison.variants[name], _jobs(comparison, name)
    more = variant.results.outcomes["spending"] - comparison.baseline.outcomes["spending"]
    spent = Effect(*(float(part) for part in comparison.over(more, comparison.kind_of_money)))
    cost = comparison.cost_per(name)
    each = cost.value if cost.defined and spent.can_be_told and spent.mean > 0 and jobs.mean > 0 else math.nan
    what = _what(jobs, spent, each, NOTHING_KNOWN if comparison.baseline.lived is None else GIVEN_WHAT_IS_NOT_KNOWN)
    return sentence("{who}: {what}.", "{who}：{what}。", who=_who(name, names), what=what)


def answer_beside(comparison: Comparison, name: str, other: str, names: Names) -> tuple[Sentence, Told]:
    """Say what a variant does beside another one, on the same worlds, and what can be told of that in a word.

    Args:
        comparison: The comparison.
        name: Name of the variant.
        other: Name of the variant beside which it stands.
        names: What the worlds are called.
    """
    jobs = Effect(*(float(part) for part in comparison.over(more_than(comparison, name, other, "jobs"))))
    spent = Effect(*(float(part) for part in comparison.over(comparison.differences(name, "spending") - comparison.differences(other, "spending"))))
    what = _what(jobs, spent, math.nan, NOTHING_KNOWN if comparison.baseline.lived is None else GIVEN_WHAT_IS_NOT_KNOWN)
    return sentence("{who}: {what}.", "{who}：{what}。", who=_beside(name, names[other], names), what=what), told_of(jobs)


def more_than(comparison: Comparison, name: str, other: str, kind: str) -> NDArray[np.float64]:
    """Return how many more net additional jobs (stays, firms) one variant makes than another, pair by pair, shape (replicates,)."""
    found: NDArray[np.float64] = comparison.variants[name].accounts[kind][NET] - comparison.variants[other].accounts[kind][NET]
    return found


def told(comparison: Comparison, name: str) -> Told:
    """Return what can be told of the additional jobs of a variant, in a word: by which the sentence of `answer` is chosen."""
    return told_of(_jobs(comparison, name))


def told_of(jobs: Effect) -> Told:
    """Return what can be told of a number, in a word."""
    if jobs.is_nothing:
        return "same"
    if not jobs.is_known:
        return "unknown"
    return "untold" if not jobs.can_be_told else "more" if jobs.mean > 0 else "fewer"


def _jobs(comparison: Comparison, name: str) -> Effect:
    return Effect(*(float(part) for part in comparison.over(comparison.variants[name].accounts["jobs"]["net_additional_jobs"])))


def _who(name: str, names: Names) -> Sentence:
    """Name the variant at the beginning of a sentence, and the baseline unless it is no programme."""
    return _capital(names[name]) if names.against_none else _beside(name, names.against, names)


def _beside(name: str, against: Sentence, names: Names) -> Sentence:
    return sentence("{called}, against {against}", "{called}（对照：{against}）", called=_capital(names[name]), against=against)


def _capital(called: Sentence) -> Sentence:
    return Sentence(called[:1].upper() + called[1:], called.zh)


def _what(jobs: Effect, spent: Effect, each: float, given: Sentence) -> Sentence:
    if jobs.is_nothing:
        return sentence("the same people work; {money}", "就业一人不变；{money}", money=_more_money(spent))
    if not jobs.is_known and given:
        return sentence(
            "one vector of the set of behaviours cannot tell; with it {number} at work, {money}",
            "参数集中只用了一组参数，无法判断；这一组下就业{number}，{money}", number=_signed(jobs.mean), money=_more_money(spent),
        )  # fmt: skip
    if not jobs.is_known:
        return sentence(
            "one pair of worlds cannot tell; in this one {number} at work, {money}",
            "只有一对世界，无法判断；这一对中就业{number}，{money}",
            number=_signed(jobs.mean), money=_more_money(spent),
        )  # fmt: skip
    if not jobs.can_be_told:
        return sentence(
            "no difference in jobs that can be told ({range}{given}), {money}", "看不出就业有变化（{range}{given}），{money}",
            range=_from_to(jobs), given=given, money=_more_money(spent),
        )  # fmt: skip
    people, low, high = (_people(abs(part)) for part in jobs)
    if jobs.mean < 0:
        return sentence(
            "very likely to take away the jobs of {people} (roughly {low} to {high}{given}), {money}",
            "很可能减少{people}人就业（大致在{low}到{high}之间{given}），{money}", given=given,
            people=_counted(people), low=high, high=low, money=_more_money(spent),
        )  # fmt: skip
    price = _more_money(spent) if math.isnan(each) else sentence("about {money} each", "每多一人约 {money}", money=money(each))
    return sentence(
        "expected to add {people} at work (roughly {low} to {high}{given}), {price}",
        "预计多增加{people}人就业（大致在{low}到{high}之间{given}），{price}", given=given,
        people=_counted(people), low=low, high=high, price=price,
    )  # fmt: skip


def _people(number: float) -> Sentence:
    """Write whole persons; in Chinese with the spaces that stand around figures."""
    whole = f"{number:,.0f}"
    return Sentence("less than 1", "不到 1 ") if whole == "0" and number > 0 else Sentence(whole, f" {whole} ")


def _counted(people: Sentence) -> Sentence:
    one = people in ("1", "less than 1")
    return Sentence(f"{people} {'person' if one else 'people'}", people.zh)


def _from_to(jobs: Effect) -> Sentence:
    """Say between what the difference lies, where its interval holds zero."""
    fewer, more = (f"{abs(part):,.0f}" for part in (jobs.low, jobs.high))
    if fewer == more == "0":
        return Sentence("less than one person either way", "上下不到 1 人")
    if fewer == "0":
        return sentence("between none and {more} more", "可能不变，也可能多 {more} 人", more=more)
    if more == "0":
        return sentence("between {fewer} fewer and none", "可能少 {fewer} 人，也可能不变", fewer=fewer)
    return sentence("between {fewer} fewer and {more} more", "可能少 {fewer} 人，也可能多 {more} 人", fewer=fewer, more=more)


def _signed(number: float) -> Sentence:
    people = f"{abs(number):,.0f}"
    if people == "0":
        return Sentence("nobody more or less", "不变")
    return sentence("{people} more", "多 {people} 人", people=people) if number > 0 else sentence("{people} fewer", "少 {people} 人", people=people)


def _more_money(spent: Effect) -> Sentence:
    """Say how much more or less is spent."""
    if spent.mean == 0.0:
        return Sentence("at the same cost", "支出不变")
    if spent.is_known and not spent.can_be_told:
        return Sentence("spending about the same", "看不出支出有变化")
    amount = money(spent.mean)
    return sentence("about {amount} more spent", "多花约 {amount}", amount=amount) if spent.mean > 0 else sentence(
        "about {amount} less spent", "少花约 {amount}", amount=amount,
    )  # fmt: skip


def few_pairs(replicates: int) -> Sentence | None:
    """Say that so few pairs say little; None where there are enough."""
    if replicates == 1:
        return Sentence("One pair has no interval: use replicates=20.", "只有一对世界，无法给出区间；请用 replicates=20。")
    if replicates < FEW_VALUES:
        return sentence(
            "{count} pairs are too few to rely on the intervals: use replicates=20.",
            "只有 {count} 对世界，区间不可靠；请用 replicates=20。", count=replicates,
        )  # fmt: skip
    return None


def compared(comparison: Comparison, title: Sentence, names: Names) -> Sentence:
    """Say what was compared with what, over how many pairs, how long, for how many people."""
    scenario = comparison.baseline.scenario
    variants = list(comparison.variants)
    which = names[variants[0]] if len(variants) == 1 else sentence("{count} variants", "{count} 个方案", count=len(variants))
    return sentence(
        "{title}: {which} against {against}. {pairs}, {days} days from {start}, {people} young people.",
        "{title}：{which}，对照：{against}。{pairs}，自 {start} 起 {days} 天，{people} 名青年。",
        title=title, which=which, against=names.against, days=scenario.days, start=scenario.start,
        pairs=_pairs(comparison.baseline.replicates), people=f"{scenario.population.graduates:,}",
    )  # fmt: skip


def _pairs(count: int) -> Sentence:
    return Sentence("One pair of worlds", "一对世界") if count == 1 else Sentence(f"{count} pairs of worlds", f"{count} 对世界")
