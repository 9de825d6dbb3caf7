"""The report of a comparison: what the variants add, at what cost, for whom, how sure, and which assumptions carry that."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.compare.answer import answer, compared, few_pairs
from experiments.compare.attribution import print_attribution
from experiments.compare.carried import carried_line, carried_lines, print_carried
from experiments.compare.command import title_of
from experiments.compare.details import print_details
from experiments.compare.report import besides, print_account, print_money, print_overview, sure, sure_of_all
from experiments.compare.variants import differing, shown
from experiments.report.document import Block, Grid, blocks_of, lines, section
from experiments.report.rebuilt import comparison_of, worlds_of
from experiments.report.rebuilt_analyses import attribution_of
from experiments.report.told import Told, in_words, said
from experiments.report.words import WORDS
from experiments.shared.tables import kept_instead
from experiments.shared.words import OF_TABLES, Speaker
from sim.bilingual import Sentence, in_language
from sim.how_sure import of_which
from sim.numbers import DASH, form_of, mark_of_zero, write_estimate
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS, GROUPS

if TYPE_CHECKING:
    from experiments.compare.variants import Worlds
    from experiments.report.saved import Saved

FEW_CHANGES = 8
"""Changes of a variant that are named; of one with more it is said how many they are."""
WORKING = "employed_in_region"
NOTHING = mark_of_zero(-1.0, 1.0)
"""Mark of what cannot be told from zero."""


def told_of_comparison(saved: Saved, language: str) -> Told:
    """Return what the report of a comparison says."""
    worlds = worlds_of(saved)
    comparison, names = comparison_of(saved, worlds), worlds.names
    content, variants = saved.json("comparison.json"), list(comparison.variants)
    alone = variants[0] if len(variants) == 1 else None
    baseline = comparison.baseline

    def heading(key: str) -> str:
        return in_language(WORDS[key], language)

    with kept_instead() as account:
        for name in variants:
            print_account(comparison, name, names, language)
    with kept_instead() as money:
        for name in variants if alone else ():
            print_money(comparison, name, names, language)
        if not alone:
            print_overview(comparison, names, language)
    with kept_instead() as levers:
        for name in variants if "attribution" in content else ():
            print_attribution(attribution_of(content["attribution"], baseline.lived), language, names[name])
    with kept_instead() as carried:
        for name in variants:
            print_carried(comparison, name, names, language)
    with kept_instead() as details:
        print_details(comparison, names, saved.config["outcomes"], language, groups=False)
    found = [_groups(content["variants"][name], names.title(WORDS["for_whom"], name), language) for name in variants]
    groups = [table for table in found if table is not None]
    which = of_which(baseline.scenario.behaviour_set, baseline.lived)
    how_sure = [*(sure(comparison, alone) if alone else sure_of_all(comparison)), which, few_pairs(baseline.replicates)]
    carriers = [carried_line(comparison, alone)] if alone else carried_lines(comparison, names)
    return Told(
        title=title_of(saved.scenario, worlds), answer=[answer(comparison, name, names) for name in variants],
        against=[said("baseline_is", against=names.against), compared(comparison, title_of(saved.scenario, worlds), names), *_changes(saved, worlds)],
        sections=[
            *section(heading("account"), blocks_of([*account, *in_words([besides(comparison, alone)] if alone else [], language)])),
            *section(heading("by_lever"), blocks_of(levers)),
            *section(heading("sure"), blocks_of(in_words(how_sure, language))),
            *section(heading("money"), blocks_of(money)),
            *section(heading("assumed"), blocks_of([*in_words(carriers, language), *carried])),
            *section(heading("for_whom"), [block for table in groups for block in _told_apart(table, language)]),
        ],
        appendix=[*section(heading("for_whom"), groups), *section(heading("details"), blocks_of(details))],
        method="pairs", replicates=baseline.replicates, first_figure="account",
    )  # fmt: skip


def _changes(saved: Saved, worlds: Worlds) -> list[Sentence]:
    """Say in what each variant, and a baseline with levers, differs from the programme."""
    found = []
    scenarios = dict(worlds.variants)
    if worlds.file.baseline in worlds.file.variants:
        scenarios[worlds.file.baseline] = worlds.baseline
    for name, scenario in scenarios.items():
        changes = [f"{key}: {shown(old)} → {shown(new)}" for key, (_, old, new) in differing(saved.scenario, scenario).items()]
        if len(changes) > FEW_CHANGES:
            found.append(said("differs_much", name=worlds.names[name], count=len(changes)))
        elif changes:
            found.append(said("differs", name=worlds.names[name], changes=Sentence("; ".join(changes), "；".join(changes))))
    return found


def _told_apart(table: Grid, language: str) -> list[Block | None]:
    """Return the groups of which a difference can be told, or say that there is none."""
    rows = tuple(row for row in table.rows if not row[1].endswith(NOTHING) and row[1] not in ("0", DASH))
    if not rows:
        return [lines([in_language(said("nobody_apart", title=table.title), language)])]
    return [Grid(table.title, table.heads, rows, in_language(WORDS["told_groups"], language))]


def _groups(variant: Mapping[str, Any], title: Sentence, language: str) -> Grid | None:
    """Return who gains and who loses; None where nobody does in any group."""
    speaker, form, rows = Speaker(language, {**OF_TABLES, **WORDS}), form_of(OUTCOMES[WORKING], language), []
    for attribute, groups in GROUPS.items():
        for group in groups:
            one = variant["groups"][attribute][group][WORKING]
            parts = [math.nan if one[part] is None else float(one[part]) for part in ("difference", "low", "high")]
            called = speaker.text("member", group=GROUP_LABELS[attribute], member=GROUP_LABELS[group])
            rows.append((called, f"{write_estimate(parts, form, signed=True)} {mark_of_zero(*parts[1:])}".strip()))
    if all(row[1] in ("0", DASH) for row in rows):
        return None
    return Grid(speaker.of(title), (speaker.text("group"), " ".join(speaker.text("more_at_work").split())), tuple(rows), speaker.text("few_in_group"))
