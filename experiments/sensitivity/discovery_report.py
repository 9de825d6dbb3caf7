"""What scenario discovery says on the terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from experiments.sensitivity.discovery_found import DEAR, FEW_JOBS, LOW, Discovered, Looked
from experiments.sensitivity.discovery_words import WORDS
from experiments.sensitivity.information_report import parameter_called, signed
from experiments.shared.figures.naming import outcome_form
from experiments.shared.money import money
from experiments.shared.tables import make_table, show, show_lines
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, joined
from sim.numbers import write

if TYPE_CHECKING:
    from experiments.shared.words import Language
    from sim.discovery.checking import Found, Restriction

LEAST_CHANCE = 0.001
"""Chance below which no other is written."""


def print_discovery(found: Discovered, called: Mapping[str, Sentence], language: Language) -> None:
    """Print where each variant does not pay.

    Args:
        found: What was found.
        called: Name of a variant, or outcome → what it is called.
        language: "zh" or "en".
    """
    say = Speaker(language, WORDS)
    for one in found.looked:
        name = called.get(one.name, Sentence(one.name, one.name))
        show_lines(list(lines_of(one, name, found.value_per_job)), language)
        if one.found is not None and one.found.is_told:
            _print_box(one, one.found, name, say)
        show("")


def lines_of(one: Looked, name: Sentence, value_per_job: float) -> Iterator[Sentence]:
    """Say how often something does not pay, and where."""
    say, found = Speaker("en", WORDS), one.found
    cases, points = int(one.cases.sum()), len(one.values)
    how_often = "how_often_low" if one.pays == LOW else "how_often"
    first = say.sentence(how_often, name=capital(name), pays=way(one, value_per_job), cases=cases, points=points)
    luck = say.sentence("not_told_luck") if math.isnan(one.misplaced) else say.sentence("misplaced", share=share(one.misplaced))
    yield joined([first, luck], "")
    if found is None:
        yield say.sentence("few", cases=cases, points=points)
    elif not found.restrictions:
        yield say.sentence("no_restriction")
    elif not found.is_told:
        yield say.sentence("no_box", chance=f"{100.0 * found.chance:.0f}")
    else:
        where = joined([restriction_in_words(each, one.keys[each.place]) for each in found.restrictions], say.sentence("and"))
        yield say.sentence("box", where=where, density=share(found.fit.density), base=share(found.base), coverage=share(found.fit.coverage),
                           elsewhere=share(found.elsewhere))  # fmt: skip
        if unsteady := [parameter_called(one.keys[each.place]) for each in found.restrictions if not each.is_steady]:
            yield say.sentence("unsteady", names=joined(unsteady, ", "))


def way(one: Looked, value_per_job: float) -> Sentence:
    """Say what it means that something does not pay."""
    say = Speaker("en", WORDS)
    if one.pays == FEW_JOBS:
        return say.sentence("jobs", threshold=f"{one.threshold:,.6g}")
    if one.pays == DEAR:
        return say.sentence("cost", threshold=money(one.threshold, 3))
    if one.pays == LOW:
        forms = outcome_form(one.name, "en", one.threshold), outcome_form(one.name, "zh", one.threshold)
        return say.sentence("outcome", threshold=Sentence(*(f"{write(one.threshold, form)} {form.unit}".rstrip() for form in forms)))
    return say.sentence("net_benefit", threshold=signed(one.threshold), value=money(value_per_job))


def restriction_in_words(each: Restriction, key: str) -> Sentence:
    """Say what a box asks of one parameter."""
    kind = "below" if not math.isfinite(each.low) else "above" if not math.isfinite(each.high) else "between"
    return Speaker("en", WORDS).sentence(kind, what=parameter_called(key), low=f"{each.low:,.4g}", high=f"{each.high:,.4g}")


def share(number: float) -> Sentence:
    """Write a share."""
    return Sentence(f"{100.0 * number:.0f} %", f"{100.0 * number:.0f}%")


def capital(name: Sentence) -> Sentence:
    """Begin a sentence with a name."""
    return Sentence(name[:1].upper() + name[1:], name.zh)


def written_chance(chance: float) -> str:
    """Write how likely something is by chance; below a thousandth, that it is less."""
    return f"< {LEAST_CHANCE:g}" if chance < LEAST_CHANCE else f"{chance:.2g}"


def _print_box(one: Looked, found: Found, name: Sentence, say: Speaker) -> None:
    rows = []
    for each in found.restrictions:
        low, high = (f"{limit:,.4g}" if math.isfinite(limit) else "" for limit in (each.low, each.high))
        within, chance = f"{low} … {high}".strip(), written_chance(each.chance)
        rows.append([say.of(parameter_called(one.keys[each.place])), within, chance, say.of(share(each.again))])
    heads = [say.text(head) for head in ("parameter", "limits", "quasi", "again")]
    show(make_table(say.text("restrictions", name=name), heads, rows, say.text("note", chance=f"{found.chance:.2g}")))
