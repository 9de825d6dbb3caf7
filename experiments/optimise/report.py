"""What is said of the best use of a budget: the answer first, then the mix, the front, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.optimise.found import Optimised
from experiments.optimise.words import KINDS, MORE_OF, NOUN_OF, RULES, WHY, WORDS, money_line
from experiments.shared.money import money, money_within
from experiments.shared.tables import make_table, show, show_lines
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, in_language, joined, sentence, sentence_of
from sim.how_sure import how_sure, of_which
from sim.levers import LEVER_LABELS
from sim.numbers import DASH, ZERO_NOTE, Form, mark_of_zero, money_form, write_estimate
from sim.optimising.measuring import SPENDING
from sim.optimising.spending import BUDGET
from sim.parameters import declarations
from sim.results import GROUP_LABELS
from sim.statistics import Kind, MeanInterval

NAMED = 3
"""Levers that the answer names, those that cost most."""
LEAST = 0.02
"""Part of the budget below which it does not name one."""
NEARLY = 0.9
"""Part of what a lever can take from which on it is said that it can take no more."""
FAR = 3.0
"""Times what the programme offers from which on a size is said to be far from what anybody has seen there."""
ZERO = "≈ 0"
NOTHING = Sentence("", "")
COMMA = Sentence(", ", "、")


def print_optimised(found: Optimised, language: str) -> None:
    """Print everything."""
    show_lines([answer(found)], language)
    show("")
    scenario = found.mixes.scenario
    show_lines([how(found), of_which(scenario.behaviour_set, found.lived)], language)
    print_mix(found, language)
    show_lines([*limits(found), capital(found)], language)
    print_rest(found, language)
    show_lines([against_today(found), flattered(found), *sure(found)], language)


def print_rest(found: Optimised, language: str) -> None:
    """Print the mixes that more money brings, and what the chosen one adds in each group."""
    say = Speaker(language, WORDS)
    _print_front(found, say)
    _print_groups(found, say)


class Told(NamedTuple):
    """A difference with its interval, in whole numbers, and whether it can be told from zero."""

    mean: float
    low: float
    high: float

    @property
    def can_be_told(self) -> bool:
        """Whether its interval leaves zero out."""
        return not math.isnan(self.low) and not self.low <= 0.0 <= self.high


def told(interval: MeanInterval) -> Told:
    """Return an interval as plain numbers."""
    return Told(*(float(part) for part in interval))


def answer(found: Optimised) -> Sentence:
    """Say on what the budget is best spent, what that adds, and how much more than an equal split."""
    budget = money_line(found.mixes.budget)
    net = told(found.interval(found.net(found.chosen, found.goal)))
    of = MORE_OF[found.goal]
    mix = mix_in_words(found)
    if not mix:
        return said("answer_nothing", budget=budget, what=NOUN_OF[found.goal])
    given = NOTHING if found.lived is None else WORDS["given"]
    if math.isnan(net.low):
        what = said("difference", number=written(net.mean), of=of, low=DASH, high=DASH)
        return said("answer", budget=budget, mix=mix, what=what, against=against_split(found))
    if not net.can_be_told:
        between = said("range", low=written(net.low), high=written(net.high))
        return said("no_effect", budget=budget, mix=mix, of=NOUN_OF[found.goal], range=between, given=given, against=against_split(found))
    what = said("adds", number=written(net.mean), of=of, low=written(net.low), high=written(net.high), given=given)
    return said("answer", budget=budget, mix=mix, what=what, against=against_split(found))


def said(key: str, **parts: object) -> Sentence:
    """Return a pattern of both languages, filled in."""
    return sentence(WORDS[key], WORDS[key].zh, **parts)


def written(number: float) -> str:
    """Write persons."""
    return f"{number:,.0f}".replace("-", "−") if round(number) else "0"


def mix_in_words(found: Optimised) -> Sentence:
    """Name the levers on which most is spent, each with its money; nothing where nothing is spent."""
    spent = {offer.lever: float(found.net(found.chosen, f"{SPENDING}.{offer.lever}").mean()) for offer in found.mixes.bought}
    whole = sum(spent.values())
    named = [lever for lever in sorted(spent, key=lambda one: -spent[one]) if spent[lever] > LEAST * max(whole, 1.0)]
    parts = [sentence("{lever} ({money})", "{lever}（{money}）", lever=label_of(lever), money=money(spent[lever])) for lever in named[:NAMED]]
    if len(named) > NAMED:
        rest = sum(spent[lever] for lever in named[NAMED:])
        parts.append(sentence("{n} others ({money})", "其余 {n} 项（{money}）", n=len(named) - NAMED, money=money(rest)))
    return joined(parts, COMMA)


def label_of(lever: str) -> Sentence:
    """Return what a lever is called within a sentence."""
    label = sentence_of(LEVER_LABELS[lever])
    return Sentence(str(label).lower(), label.zh)


def against_split(found: Optimised) -> Sentence:
    """Say how much more the chosen mix adds than an equal split."""
    equal = found.references[0]
    if equal == found.chosen:
        return WORDS["is_split"]
    more = told(found.interval(found.more_than(equal)))
    if math.isnan(more.low):
        return said("one_run", number=written(more.mean))
    key = "untold_split" if not more.can_be_told else "more_than_split" if more.mean > 0 else "fewer_than_split"
    low, high = (more.low, more.high) if more.mean > 0 or not more.can_be_told else (-more.high, -more.low)
    return said(key, number=written(abs(more.mean)), low=written(low), high=written(high))


def how(found: Optimised) -> Sentence:
    """Say what was tried, and on how many simulations."""
    scenario, lived = found.mixes.scenario, found.lived
    name = scenario.behaviour_set.name
    vectors = said("no_vectors", name=name) if lived is None else said("one_vector_each", of=lived.of, name=name)
    return said(
        "how", people=f"{scenario.population.graduates:,}", tried=len(found.searched.money), runs=found.searched.found.shape[1], vectors=vectors,
        again=len(found.candidates) - 2, fresh=found.fresh.shape[1], seed=found.seeds[0], other=found.seeds[1],
    )  # fmt: skip


def print_mix(found: Optimised, language: str) -> None:
    """Print what each lever gets, as size and as money."""
    say = Speaker(language, WORDS)
    candidate, today = found.candidates[found.chosen], found.references[1]
    levers = [*(offer.lever for offer in found.mixes.offers), *found.mixes.left_out]
    known = {offer.lever for offer in found.mixes.offers}
    of_chosen = {lever: found.net(found.chosen, f"{SPENDING}.{lever}") for lever in levers if lever in known}
    of_today = {lever: float(found.net(today, f"{SPENDING}.{lever}").mean()) for lever in levers if lever in known}
    form = money_form(max(float(values.mean()) for values in of_chosen.values()), say.language)
    rows = []
    for lever in sorted(known, key=lambda one: -float(of_chosen[one].mean())):
        spent = write_estimate(found.interval(of_chosen[lever], Kind.AMOUNT), form) if of_chosen[lever].any() else "0"
        rows.append([say.of(LEVER_LABELS[lever]), in_language(size_in_words(found, lever, candidate.changes), say.language), spent,
                     write_estimate((of_today[lever], math.nan, math.nan), form), _most(found, lever, form)])  # fmt: skip
    whole = found.net(found.chosen, SPENDING)
    others = whole - sum(of_chosen.values())
    if others.any():
        rows.append([say.text("others"), "", write_estimate(found.interval(others, Kind.AMOUNT), form), "", ""])
    today_whole = write_estimate((float(found.net(today, SPENDING).mean()), math.nan, math.nan), form)
    rows.append([say.text("total"), "", write_estimate(found.interval(whole, Kind.AMOUNT), form), today_whole, ""])
    rows.append([say.text("not_spent"), "", write_estimate(found.interval(found.mixes.budget - whole), form), "", ""])
    heads = [say.text("lever"), say.text("size"), say.text("spends", unit=form.unit), say.text("as_it_is", unit=form.unit),
             say.text("at_most", unit=form.unit)]  # fmt: skip
    show(make_table(say.text("mix"), heads, rows, say.text("at_most_note"), names=2))


def _most(found: Optimised, lever: str, form: Form) -> str:
    """Write what a lever can take at most; nothing where that is the whole budget."""
    known = found.mixes.answers[lever]
    return "" if known.why == BUDGET else write_estimate((known.most, math.nan, math.nan), form)


def size_in_words(found: Optimised, lever: str, changes: object) -> Sentence:
    """Say how large a lever is in a mix, and how large it is today: the number of everything that money buys of it."""
    offer = next(one for one in found.mixes.offers if one.lever == lever)
    policy = found.mixes.scenario.policy.levers[lever]
    meanings = {leaf.key: leaf.meaning for leaf in declarations(policy)}
    parts = []
    for part in offer.parts:
        name = part.key.rpartition(".")[2]
        meaning = meanings[name]
        now = 0 if offer.is_new else getattr(policy, name) or 0
        value = changes.get(part.key, now) if isinstance(changes, dict) else now
        parts.append(Sentence(f"{meaning['en']}: {_amount(value)} ({_amount(now)})", f"{meaning['zh']}：{_amount(value)}（{_amount(now)}）"))
    return joined(parts, Sentence("\n", "\n"))


def _amount(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3g}"


def limits(found: Optimised) -> list[Sentence]:
    """Say how far the mix is from today's programme, what stands in the way of spending more, and which levers are in no mix or in every one."""
    mixes = found.mixes
    lines = [*far_away(found), *_at_their_end(found)]
    for key, levers in (("free", mixes.free), ("too_dear", mixes.too_dear), ("left_out", mixes.left_out)):
        if levers:
            lines.append(said(key, levers=joined([sentence_of(LEVER_LABELS[lever]) for lever in levers], COMMA)))
    if found.dropped:
        lines.append(said("dropped", what=joined([KINDS[kind] for kind in found.dropped], COMMA), days=mixes.scenario.days))
    return lines


def far_away(found: Optimised) -> list[Sentence]:
    """Say which levers are many times as large as the programme offers them."""
    sizes = {offer.lever: found.candidates[found.chosen].sizes[offer.lever] for offer in found.mixes.bought if not offer.is_new}
    far = [lever for lever, size in sizes.items() if size > FAR]
    names = joined([sentence_of(LEVER_LABELS[lever]) for lever in far], COMMA)
    return [said("far", levers=names, times=f"{max(sizes[lever] for lever in far):,.0f}")] if far else []


def _at_their_end(found: Optimised) -> list[Sentence]:
    """Say of which levers the mix takes nearly all that there is, and why there is no more."""
    lines = []
    for offer in found.mixes.bought:
        known = found.mixes.answers[offer.lever]
        taken = float(found.net(found.chosen, f"{SPENDING}.{offer.lever}").mean())
        if known.why in WHY and known.most < found.mixes.budget and taken >= NEARLY * known.most:
            pattern = WHY[known.why]
            lines.append(sentence(pattern, pattern.zh, lever=label_of(offer.lever), most=money(known.most)))
    whole = joined(lines, Sentence("; ", "；"))
    return [sentence("{line}.", "{line}。", line=Sentence(str(whole)[:1].upper() + str(whole)[1:], whole.zh))] if lines else []


def capital(found: Optimised) -> Sentence | None:
    """Say what is lent and invested beside the budget, and what is lost of it, each with its interval."""
    total, lost = found.net(found.chosen, "lent") + found.net(found.chosen, "invested"), found.net(found.chosen, "lost")
    if not total.any():
        return None
    return said("capital", total=money_within(found.interval(total, Kind.AMOUNT)), lost=money_within(found.interval(lost, Kind.AMOUNT)))


def name_of(found: Optimised, place: int) -> Sentence:
    """Return what a mix that was run again is called."""
    name = found.candidates[place].name
    stem, _, number = name.partition("_")
    called = WORDS[name] if name in WORDS else said("mix_number", number=number) if stem == "mix" else Sentence(name, name)
    if place == found.chosen:
        return said("chosen_mark", name=called)
    return called if found.fits[place] else said("too_much", name=called)


def shown_in_order(found: Optimised) -> list[int]:
    """Return the mixes of the tables: the front, the cheapest first, then what is beaten or too dear among the two that all are compared with."""
    return [*found.front, *(place for place in found.references if place not in found.front)]


def _print_front(found: Optimised, say: Speaker) -> None:
    """Print what more money brings: spending, all that there is to be most of, what the search saw, regret."""
    order = shown_in_order(found)
    form = money_form(max(float(found.net(place, SPENDING).mean()) for place in order), say.language)
    shown = [name for name in found.objectives if name in KINDS]
    heads = [say.text("which"), say.text("spent", unit=form.unit), *(say.of(KINDS[name]) for name in shown), say.text("seen"), say.text("regret"),
             say.text("share")]  # fmt: skip
    rows = []
    for place in order:
        spent = write_estimate(found.interval(found.net(place, SPENDING), Kind.AMOUNT), form)
        rows.append([in_language(name_of(found, place), say.language), spent, *(_net(found, place, name) for name in shown),
                     _seen(found, place), *_over_set(found, place)])  # fmt: skip
    rule = RULES[found.rule]
    note = in_language(said("regret_note", of=KINDS[found.goal], vectors=found.over.vectors, rule=rule), say.language)
    show(make_table(say.text("front"), heads, rows, "\n".join(filter(None, [note, _zero_note(rows, say)]))))


def _net(found: Optimised, place: int, name: str) -> str:
    interval = found.interval(found.net(place, name))
    return f"{write_estimate(interval)} {mark_of_zero(float(interval.low), float(interval.high))}".strip()


def _zero_note(rows: Sequence[Sequence[str]], say: Speaker) -> str:
    """Explain the mark of zero where a table has it."""
    return say.of(ZERO_NOTE) if any(ZERO in cell for row in rows for cell in row) else ""


def _seen(found: Optimised, place: int) -> str:
    tried = found.candidates[place].place
    return DASH if tried is None else written(float(found.tried(found.goal)[tried]))


def _over_set(found: Optimised, place: int) -> tuple[str, str]:
    if place not in found.fitting:
        return DASH, DASH
    row, over = found.fitting.index(place), found.over
    return f"{written(float(over.regret[row]))} / {written(float(over.largest[row]))}", f"{100 * float(over.share[row]):.0f} %"


def _print_groups(found: Optimised, say: Speaker) -> None:
    """Print what the chosen mix adds in each group, and which mix adds most there."""
    groups = [name for name in found.objectives if "." in name]
    if not groups:
        return
    rows = []
    for name in groups:
        best = max(found.fitting, key=lambda place: float(found.net(place, name).mean()))
        most = f"{_net(found, best, name)}" if best != found.chosen else ""
        rows.append([say.of(GROUP_LABELS[name.partition(".")[2]]), _net(found, found.chosen, name),
                     f"{in_language(name_of(found, best), say.language)} {most}".strip()])  # fmt: skip
    show(make_table(say.text("groups"), [say.text("group"), say.of(KINDS[found.goal]), say.text("best_column")], rows, _zero_note(rows, say)))


def against_today(found: Optimised) -> Sentence | None:
    """Say how the chosen mix compares with the programme as it is; nothing where there is none."""
    today = found.references[1]
    if today == found.chosen or not found.net(today, SPENDING).any():
        return None
    more = told(found.interval(found.more_than(today)))
    key = "difference" if more.can_be_told or math.isnan(more.low) else "difference_untold"
    number = said("more" if more.mean >= 0 else "fewer", number=written(abs(more.mean)))
    low, high = (more.low, more.high) if more.mean >= 0 or key == "difference_untold" else (-more.high, -more.low)
    of = (MORE_OF if key == "difference" else NOUN_OF)[found.goal]
    difference = said(key, number=number, of=of, low=DASH if math.isnan(low) else written(low),
                      high=DASH if math.isnan(high) else written(high))  # fmt: skip
    return said("against_today", spent=money_within(found.interval(found.net(today, SPENDING), Kind.AMOUNT)), difference=difference)


def flattered(found: Optimised) -> Sentence | None:
    """Say by how much the search flattered what it chose: the winner's curse."""
    if found.curse is None:
        return None
    own, split = found.curse

    def shift(value: float) -> Sentence:
        return said("more" if value >= 0 else "fewer", number=written(abs(value)))

    beside = NOTHING if np.isnan(split) else said("curse_split", shift=shift(split))
    return said("curse", shift=shift(own), of=MORE_OF[found.goal], split=beside)


def sure(found: Optimised) -> list[Sentence]:
    """Say in three lines how sure the goal of the chosen mix is."""
    estimate = found.estimate(found.net(found.chosen, found.goal))
    return [] if estimate is None or found.lived is None else how_sure(KINDS[found.goal], estimate, found.lived)
