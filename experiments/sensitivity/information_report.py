"""What an inquiry into the value of finding out says on the terminal: one sentence first, then the tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.compare.words import Names
from experiments.sensitivity.choice_words import DEFAULT_VALUE
from experiments.sensitivity.information_found import Information, Switch, Trial
from experiments.sensitivity.information_trial import MOST_MARKETS, Handed
from experiments.sensitivity.information_words import GROUPS, WORDS
from experiments.sensitivity.report import called
from experiments.shared.money import money
from experiments.shared.tables import make_table, show, show_lines
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, joined, sentence
from sim.information.value import Worth
from sim.numbers import money_form, write, write_estimate

if TYPE_CHECKING:
    from experiments.shared.words import Language

ROWS = 10
"""Parameters that are shown; all stand in the file."""
LARGE = 10_000_000.0


def print_information(found: Information, names: Names, handed: Handed | None, command: str, language: Language) -> None:
    """Print what is worth finding out.

    Args:
        found: What was found.
        names: What the variants are called.
        handed: How large the study is that is handed over; None where there is none.
        command: What carries it out.
        language: "zh" or "en".
    """
    show_lines([*answer(found), best_now(found, names)], language)
    show("")
    print_values(found, names, language)
    show_lines([*conclusions(found, names), *study_in_words(found, handed, command)], language)


def print_values(found: Information, names: Names, language: Language) -> None:
    """Print what each variant brings, and what it is worth to know each parameter."""
    say = Speaker(language, WORDS)
    _print_options(found, names, say)
    _print_worths(found, say)


def conclusions(found: Information, names: Names) -> list[Sentence]:
    """Say how far luck is left out, at which values of a job the choice changes, and how many people a trial would need."""
    say = Speaker("en", WORDS)
    lines = [say.sentence("luck") if found.gains.spare > 0.0 else say.sentence("upper_bound"), *switches(found, names)]
    if found.left_out:
        left = joined([group_called(name) for name in found.left_out], ", ")
        lines.append(say.sentence("left_out", names=left, vectors=len(found.gains.means)))
    return [*lines, *trial(found, names)]


def study_in_words(found: Information, handed: Handed | None, command: str) -> list[Sentence]:
    """Say which study would find out more, and how large it is."""
    say = Speaker("en", WORDS)
    if handed is not None:
        size = say.sentence("hand_over_size", enrolled=f"{handed.enrolled:,}", markets=handed.markets)
        return [say.sentence("hand_over", command=command), size]
    return [] if found.trial is None else [say.sentence("no_study", markets=MOST_MARKETS)]


def answer(found: Information) -> list[Sentence]:
    """Say in a sentence what is worth finding out, and what everything is worth."""
    say, value = Speaker("en", WORDS), money(found.value_per_job)
    told = [one for one in found.parameters if one.is_told]
    lines = []
    if told:
        first, *more = told
        others = [one for one in found.parameters if one not in told]
        most = max((one.high for one in others), default=math.nan)
        if math.isnan(most):
            rest = say.sentence("others_none")
        elif more:
            rest = say.sentence("others_told", names=joined([parameter_called(one.name) for one in more[:3]], ", "), most=money(most))
        else:
            rest = say.sentence("others_less", most=money(most))
        lines.append(say.sentence(
            "knowing", what=parameter_called(first.name), worth=money(first.value), low=money(first.low), high=money(first.high),
            jobs=in_jobs(first.value, found), value=value, others=rest,
        ))  # fmt: skip
    elif found.parameters and not any(one.high for one in found.parameters):
        lines.append(say.sentence("none_worth", value=value))
    elif found.parameters:
        lines.append(say.sentence("none_told", most=money(max(one.high for one in found.parameters)), value=value))
    whole = found.everything
    if whole.is_told:
        parts = {"worth": money(whole.value), "low": money(whole.low), "high": money(whole.high)}
        lines.append(say.sentence("everything_told", jobs=in_jobs(whole.value, found), **parts))
    else:
        lines.append(say.sentence("everything_untold", worth=money(whole.value), high=money(whole.high)))
    return lines


def best_now(found: Information, names: Names) -> Sentence:
    """Say what is the best choice now, and how often it is the best."""
    say = Speaker("en", WORDS)
    estimate = None if found.best == 0 else found.expected[found.best - 1]
    gain = Sentence("", "") if estimate is None else say.sentence("net", gain=signed(float(estimate.mean)), range=span(estimate.low, estimate.high))
    why = say.sentence("assumed" if found.value_per_job == DEFAULT_VALUE else "given")
    share = f"{100.0 * float(found.chances[found.best]):.0f}"
    return say.sentence("best", value=money(found.value_per_job), why=why, best=option_called(found, names, found.best), gain=gain,
                        chance=Sentence(f"{share} %", f"{share}%"), vectors=len(found.gains.means))  # fmt: skip


def switches(found: Information, names: Names) -> list[Sentence]:
    """Say at which values of a job the choice changes."""
    say = Speaker("en", WORDS)
    if not found.switches:
        return [say.sentence("no_switch", best=option_called(found, names, found.best))]
    return [say.sentence("switch", value=switch_value(one), before=option_called(found, names, one.before),
                         after=option_called(found, names, one.after)) for one in found.switches]  # fmt: skip


def switch_value(one: Switch) -> Sentence:
    """Write the value of a job at which the choice changes, with its interval."""
    ratio, at = one.value, money(max(one.value.value, 0.0), 3)
    if not ratio.defined:
        return sentence(WORDS["switch_untold"], WORDS["switch_untold"].zh, value=at)
    return sentence("{at} {range}", "{at} {range}", at=at, range=span(ratio.low, ratio.high))


def trial(found: Information, names: Names) -> list[Sentence]:
    """Say how many people a trial would need."""
    say, one = Speaker("en", WORDS), found.trial
    if one is None:
        return [say.sentence("no_trial")]
    tells = say.sentence(
        "trial", variant=option_called(found, names, 1 + one.variant), tells=people(one.tells), decides=people(one.decides),
        effect=f"{100.0 * one.arm.effect:+.1f}".replace("-", "−"), turning=f"{100.0 * one.arm.turning:+.1f}",
    )  # fmt: skip
    return [joined([tells, _worth_of(one, say)], ""), say.sentence("trial_means")]


def _worth_of(one: Trial, say: Speaker) -> Sentence:
    if max(one.worth) <= 0.0 or not math.isfinite(one.enough):
        return say.sentence("trial_worthless")
    return say.sentence("trial_worth", enough=people(one.enough))


def people(number: float) -> Sentence:
    """Write how many people; of more than can be, that there are not so many."""
    if number > LARGE:
        return Sentence("more than ten million", "一千万以上")
    rounded = round(number, 2 - len(str(int(number)))) if number >= 100 else number
    return Sentence(f"{rounded:,.0f}", f"{rounded:,.0f}")


def _print_options(found: Information, names: Names, say: Speaker) -> None:
    form = money_form(max(abs(float(one.mean)) for one in found.expected), say.language)
    rows = [[say.of(names.against), "0", f"{100.0 * float(found.chances[0]):.0f} %"]]
    for place in range(len(found.choice.names)):
        shown = write_estimate(found.expected[place].interval, form)
        rows.append([say.of(option_called(found, names, 1 + place)), shown, f"{100.0 * float(found.chances[1 + place]):.0f} %"])
    heads = [say.text("option"), say.text("benefit", unit=form.unit), say.text("chance")]
    show(make_table(say.text("options", value=money(found.value_per_job)), heads, rows))


def _print_worths(found: Information, say: Speaker) -> None:
    shown = [one for one in found.parameters if one.high > 0.0][:ROWS]
    hidden = found.parameters[len(shown) :]
    form = money_form(max(found.everything.value, found.everything.high), say.language)

    def row(label: str, one: Worth) -> list[str]:
        jobs = write_estimate([part / found.value_per_job for part in (one.value, one.low, one.high)]) if found.value_per_job > 0.0 else ""
        mark = "" if one.is_told else f"\n{say.text('untold')}"
        return [label, write_estimate((one.value, one.low, one.high), form) + mark, jobs]

    rows = [row(say.text("everything"), found.everything)]
    rows += [row(say.text("group", name=group_called(one.name), count=len(one.keys)), one) for one in found.groups]
    rows += [row(say.of(parameter_called(one.name)), one) for one in shown]
    note = say.text("note", count=len(hidden), most=money(max(one.high for one in hidden))) if hidden else ""
    heads = [say.text("what"), say.text("worth", unit=form.unit), say.text("in_jobs")]
    show(make_table(say.text("worths", value=money(found.value_per_job)), heads, rows, note))


def option_called(found: Information, names: Names, place: int) -> Sentence:
    """Return what a variant is called, of 0 the baseline."""
    return names.against if place == 0 else names[found.choice.names[place - 1]]


def parameter_called(key: str) -> Sentence:
    """Return what a parameter is called, with its key."""
    words = called().get(key, {})
    return Sentence(f"{words.get('en', key)} ({key})", f"{words.get('zh', key)}（{key}）")


def group_called(name: str) -> Sentence:
    """Return what a group is called."""
    return GROUPS.get(name, Sentence(name, name))


def in_jobs(amount: float, found: Information) -> str:
    """Write an amount of money as additional jobs."""
    return write(amount / found.value_per_job) if found.value_per_job > 0.0 else "–"


def signed(amount: float) -> Sentence:
    """Write an amount of money with its sign."""
    words = money(amount)
    return words if amount >= 0.0 else Sentence(f"−{words}", f"−{words.zh}")


def span(low: float, high: float) -> Sentence:
    """Write an interval of money."""
    ends = signed(float(low)), signed(float(high))
    return sentence("[{low} … {high}]", "[{low} … {high}]", low=ends[0], high=ends[1])
