"""Persons behind an answer: who gains, from contact to job, and where a service is at the end of its capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.compare.answer import Effect, told_of
from experiments.dashboard.content.texts import Plain, mean_of, text
from experiments.shared.funnels import FUNNELS, TITLES
from experiments.shared.words import OF_TABLES
from sim.bilingual import Sentence, joined, sentence, sentence_of
from sim.levers import LEVER_LABELS
from sim.numbers import write
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS, GROUPS
from sim.statistics import Kind

if TYPE_CHECKING:
    from sim.compared import Comparison
    from sim.results import Results

MEASURE = "employed_in_region"
LEAST_OF_A_GROUP = 30
"""Persons of a group in a place below which nothing is told of it: its differences are luck, and its members could be known. Assumption."""
OF_SERVICE = ("reached", "served", "turned_away")
"""What is counted of every lever."""
STEPS = {"reached": Sentence("reached", "触达"), "served": Sentence("served", "服务"), "turned_away": Sentence("turned away", "未能满足")}


def for_whom(comparison: Comparison, name: str) -> list[Plain]:
    """Return how many more of each group are at work here; of small groups nothing but that they are small.

    How many a group has is not told of any: a small one's number would follow from the others'.
    """
    runs = comparison.baseline.runs
    if not runs[0].groups:
        return []
    found: list[Plain] = []
    for attribute, groups in GROUPS.items():
        for group in groups:
            persons = float(np.mean([run.groups[attribute][group]["persons"] for run in runs]))
            called = {"group": sentence_of(GROUP_LABELS[attribute]), "member": sentence_of(GROUP_LABELS[group])}
            title = sentence(OF_TABLES["member"], OF_TABLES["member"].zh, **called)
            about = {"group": attribute, "member": group, "title": text(title)}
            if persons < LEAST_OF_A_GROUP:
                found.append({**about, "difference": None, "low": None, "high": None, "told": "untold", "hidden": True})
                continue
            effect = Effect(*map(float, comparison.group_difference(name, attribute, group, MEASURE)))
            one = mean_of(comparison.group_values(name, attribute, group, MEASURE), Kind.FREE, comparison.baseline.lived)
            found.append({**about, "difference": one.pop("value"), **one, "told": told_of(effect), "hidden": False})
    return found


def funnels_of(results: Results) -> list[Plain]:
    """Return the funnels of a run that have anybody in their first step, then what each other service on offer did."""
    found = []
    for name, steps in FUNNELS.items():
        stages = [_stage(results, step) for step in steps if step in results.outcomes]
        if stages and stages[0]["value"]:
            found.append({"lever": name, "title": text(TITLES[name]), "stages": stages})
    for lever, one in results.scenario.policy.levers.items():
        if one.offers_something:
            stages = [{**_stage(results, f"{step}.{lever}"), "title": text(STEPS[step])} for step in OF_SERVICE]
            if any(stage["value"] for stage in stages):
                found.append({"lever": lever, "title": text(LEVER_LABELS[lever]), "stages": stages})
    return found


def _stage(results: Results, outcome: str) -> Plain:
    declared = OUTCOMES[outcome]
    return {"outcome": outcome, "title": text(declared.label), "unit": dict(declared.unit),
            **mean_of(results.outcomes[outcome], declared.kind, results.lived)}  # fmt: skip


BEDS = "beds_per_station"
"""What a lever has that offers beds, and has desks beside them."""
AT_DESKS, AT_BEDS = "desk_turned_away", "station_turned_away"
"""Who is turned away where desks are busy, and where all beds are taken: of all that the lever turns away."""
NOT_MET = Sentence("{lever}: {n} requests turned away, {served} served.", "{lever}：未能满足 {n} 人次，服务 {served} 人次。")
BUSY = Sentence("{lever}: {n} visits to desks turned away, which were busy.", "{lever}：服务台忙不过来，未接待 {n} 人次。")
FULL = Sentence("Full at times: {n} requests turned away.", "有时满员：未接待 {n} 次。")


def capacity_of(results: Results) -> list[Plain]:
    """Return where a service is at the end of its capacity, or far from it: beds, desks, and other requests that are not met."""
    found = []
    for lever, one in results.scenario.policy.levers.items():
        if not one.offers_something:
            continue
        turned = results.outcomes[f"turned_away.{lever}"]
        if hasattr(one, BEDS):
            desks = results.outcomes[AT_DESKS]
            found += [_beds(results, lever, one), _turned(results, lever, BUSY, desks)]
            turned = turned - desks - results.outcomes[AT_BEDS]
        found.append(_turned(results, lever, NOT_MET, turned))
    return sorted((one for one in found if one is not None), key=lambda one: one["what"] != "beds")


def _turned(results: Results, lever: str, pattern: Sentence, values: Any) -> Plain | None:  # noqa: ANN401
    """Say how many are turned away; nothing where nobody is."""
    if not values.any():
        return None
    turned = mean_of(values, Kind.COUNT, results.lived)
    served = mean_of(results.outcomes[f"served.{lever}"], Kind.COUNT, results.lived)
    said = sentence(pattern, pattern.zh, lever=sentence_of(LEVER_LABELS[lever]), n=_about(turned), served=_about(served))
    return {"lever": lever, "what": "turned_away", **text(said), **turned, "bound": True}


def _about(one: Plain, times: float = 1.0) -> Sentence:
    """Write a number with its interval."""
    value, low, high = (None if one[part] is None else write(round(times * one[part])) for part in ("value", "low", "high"))
    if low is None or low == high:
        return Sentence(str(value), str(value))
    return sentence("{value} ({low} to {high})", "{value}（{low} 到 {high}）", value=value, low=low, high=high)


def _beds(results: Results, lever: str, given: Any) -> Plain | None:  # noqa: ANN401 (a lever with beds, whatever its other keys)
    """Say how many beds there are and how many of them are taken on average."""
    beds = given.stations * getattr(given, BEDS)
    use = mean_of(results.outcomes["station_bed_use"], Kind.SHARE, results.lived)
    if use["value"] is None or not beds:
        return None
    turned = results.outcomes[AT_BEDS]
    said = [sentence(
        "{stations} stations with {beds} beds, of which {used} are taken on average.", "{stations} 站 {beds} 床，平均用 {used} 床。",
        stations=given.stations, beds=f"{beds:,}", used=_about(use, beds),
    )]  # fmt: skip
    if turned.any():
        said.append(sentence(FULL, FULL.zh, n=_about(mean_of(turned, Kind.COUNT, results.lived))))
    return {"lever": lever, "what": "beds", **text(joined(said, Sentence(" ", ""))), **use, "beds": beds, "bound": bool(turned.any())}
