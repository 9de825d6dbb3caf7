"""What a screening says on the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from experiments.sensitivity.effects_found import Effects, Screening
from experiments.sensitivity.files import in_order
from experiments.sensitivity.outcomes import form_of_effects, label_of
from experiments.sensitivity.words import WORDS
from experiments.shared.tables import make_table, show, show_lines
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, joined, sentence, sentence_of
from sim.levers import LEVER_LABELS
from sim.numbers import Form, write, write_estimate
from sim.parameters import declarations
from sim.scenario import Scenario
from sim.sensitivity.factors import Factor, Origin
from sim.sensitivity.ranking import Measured, Ranking
from sim.titles import short_name_of
from sim.writing import DASH

if TYPE_CHECKING:
    from experiments.shared.words import Language

ROWS, LEAST_ROWS = 12, 4
"""Most factors that are shown of each outcome, if they can be told from luck, and fewest; all stand in the files."""
_UNCLOSED = re.compile(r"[(（][^)）]*$")
BETWEEN = Sentence("; ", "、")
NAMED = 8
"""Factors that are named in a sentence."""


def print_screening(found: Screening, scenario: Scenario, language: Language) -> None:
    """Print what moves what, a table for each outcome, and what can be told of it."""
    say = Speaker(language, WORDS)
    say("title", name=short_name_of(scenario))
    pairs = sum(stage.of_luck(0).size for stage in found.stages)
    ranges = {origin.value: sum(factor.origin is origin for factor in found.factors) for origin in Origin}
    show_lines([
        say.sentence("how", points=found.points, people=scenario.population.graduates, days=scenario.days, pairs=pairs),
        say.sentence("ranges", **ranges), found.plan.in_words,
    ], language)  # fmt: skip
    for place, name in enumerate(found.outcomes):
        effects = found.effects[place]
        if effects.is_defined:
            show_lines(list(in_front_of(found, place, language)), language)
            _print_table(found, effects, name, say, language)
    show_lines(conclusions(found, language), language)


def _print_table(found: Screening, effects: Effects, name: str, say: Speaker, language: Language) -> None:
    form = form_of_effects(name, float(np.nanmax(np.abs(effects.size.value))), language)
    heads = [say.text(head) for head in ("factor", "range", "mu_star", "mu", "sigma", "rank")]
    rows = []
    for factor, place in shown(found, effects):
        size = written(effects.size, place, form) + ("" if effects.told[place] else " ?")
        direction = write(effects.direction.value[place], form, signed=True)
        uneven, rank = write(effects.spread.value[place], form), ranks(effects.ranking, place)
        rows.append([named(factor.key, language), span_of(factor), size, direction, uneven, rank])
    title = say.text("table" if form.unit else "table_plain", outcome=label_of(name, language), unit=form.unit)
    show(make_table(title, heads, rows, say.text("floor", floor=write(effects.floor, form))))


def shown(found: Screening, effects: Effects) -> list[tuple[Factor, int]]:
    """Return the factors that are shown, with their places, the first in rank first."""
    return in_order(found.alone, effects.ranking)[: max(LEAST_ROWS, min(ROWS, int(effects.told.sum())))]


def in_front_of(found: Screening, place: int, language: Language) -> Iterator[Sentence]:
    """Say which group that was not opened moves an outcome more than every factor of its table, where one does."""
    group = found.in_front(place)
    if group is None or found.screened is None:
        return
    name, size, say = found.outcomes[place], found.effects_of_groups[place].size, Speaker(language, WORDS)
    form = form_of_effects(name, float(size.value[group]), language)
    keys = [found.factors[number].key for number in found.screened.groups[group]]
    which = keys[0] if len(keys) == 1 else say.sentence("group", first=keys[0], last=keys[-1], n=len(keys))
    head, measured = found.factors[found.screened.groups[group][0]].head, with_unit(written(size, group, form), form)
    yield say.sentence("in_front", outcome=label_of(name, language), group=which, size=measured, head=head)


def conclusions(found: Screening, language: Language) -> list[Sentence]:
    """Return what can be told of each outcome, and what cannot."""
    return [line for place in range(len(found.outcomes)) for line in concluded(found, place, language)]


def concluded(found: Screening, place: int, language: Language) -> Iterator[Sentence]:
    """Return what can be told of one outcome, and what cannot."""
    say, effects = Speaker(language, WORDS), found.effects[place]
    outcome = label_of(found.outcomes[place], language)
    if not effects.is_defined:
        yield say.sentence("undefined", outcome=outcome)
        return
    form = form_of_effects(found.outcomes[place], float(np.nanmax(np.abs(effects.size.value))), language)
    floor = with_unit(write(effects.floor, form), form)
    told = int(effects.told.sum())
    if told:
        yield say.sentence("told", outcome=outcome, told=told, count=len(found.alone))
        if found.in_front(place) is None:
            yield what_leads(effects.ranking, effects.told, [factor.key for factor in found.alone], outcome, say)
    else:
        yield say.sentence("none_told", outcome=outcome, count=len(found.alone), floor=floor)
    if found.unopened and found.screened is not None:
        sizes = found.effects_of_groups[place].size.value[found.unopened]
        count = sum(len(found.screened.groups[group]) for group in found.unopened)
        most = with_unit(write(float(np.nanmax(sizes)), form), form)
        yield say.sentence("unopened", outcome=outcome, count=count, groups=len(found.unopened), most=most)


def what_leads(ranking: Ranking, told: Sequence[bool] | np.ndarray, keys: Sequence[str], outcome: str, say: Speaker) -> Sentence:
    """Say which factors lead surely, and in which order if that is sure; else that a ranking cannot be told.

    Args:
        ranking: The ranking.
        told: Which of the factors can be told from luck.
        keys: Keys of the factors.
        outcome: What the outcome is called.
        say: Says it.
    """
    order = ranking.order
    within = [cut for cut in ranking.sure_cuts() if bool(np.asarray(told)[order[:cut]].all())]
    if within:
        cut = max([cut for cut in within if cut <= NAMED], default=within[0])
        names = [in_words(keys[place]) for place in order[:cut]]
        is_sure = all(one in within for one in range(1, cut))
        which = Sentence("", "") if cut == 1 else WORDS["in_this_order" if is_sure else "in_any_order"]
        return say.sentence("sure", outcome=outcome, factors=some(names, say), order=which)
    first = int(order[0])
    rivals = [first, *(int(place) for place in order[1:] if ranking.low[place] <= ranking.high[first])]
    return say.sentence("not_sure", outcome=outcome, factors=some([in_words(keys[place]) for place in rivals], say))


def some(names: Sequence[str | Sentence], say: Speaker) -> Sentence:
    """List some names, of many the first ones and how many others there are."""
    shown, others = joined([Sentence(name, getattr(name, "zh", name)) for name in names[:NAMED]], BETWEEN), len(names) - NAMED
    if others > 0:
        more = say.sentence("and_others", n=others)
        return Sentence(f"{shown} {more}", f"{shown.zh} {more.zh}")
    return shown


def written(measured: Measured, place: int, form: Form) -> str:
    """Write a measure of a factor with its interval."""
    return write_estimate((measured.value[place], measured.low[place], measured.high[place]), form)


def with_unit(number: str, form: Form) -> str:
    """Write a number with its unit."""
    return f"{number} {form.unit}".rstrip()


def ranks(ranking: Ranking, place: int) -> str:
    """Write the rank of a factor with its interval."""
    value, low, high = (int(column[place]) for column in (ranking.rank, ranking.low, ranking.high))
    return f"{value} [{low} … {high}]" if low < high else f"{value}"


def span_of(factor: Factor) -> str:
    """Write the range of a factor; a star where it is not as declared."""
    mark = {Origin.AROUND: "*", Origin.WIDENED: "+"}.get(factor.origin, "")
    return f"{factor.low:,.6g} … {factor.high:,.6g}{mark}" if np.isfinite(factor.low) else DASH


def named(key: str, language: Language) -> str:
    """Name a factor in a table: what it is called, and below it its key."""
    name = called().get(key, {}).get(language, "")
    return f"{name}\n{key}" if name else key


def in_words(key: str) -> Sentence:
    """Name a factor in a sentence: what it is called, after its lever; by its key where it is called nothing."""
    name = called().get(key)
    if name is None:
        return Sentence(key, key)
    group, _, rest = key.partition(".")
    label = LEVER_LABELS.get(rest.partition(".")[0]) if group == "policy" else None
    return sentence_of(name) if label is None else sentence("{lever}: {name}", "{lever}“{name}”", lever=sentence_of(label), name=sentence_of(name))


@cache
def called() -> dict[str, dict[str, str]]:
    """Return what each parameter is called in a figure: key → language → the first words of its meaning."""
    return {
        leaf.key: {language: _UNCLOSED.sub("", re.split("[;；:：]|[,，] ?null", words)[0]).strip() for language, words in leaf.meaning.items()}
        for leaf in declarations(Scenario) if leaf.meaning
    }  # fmt: skip
