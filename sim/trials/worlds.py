"""The worlds of one labour market: as assigned, with nobody treated, and with everybody treated; the same people and luck in each."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.account import as_last_seen
from sim.admission import admit_only, bits_at_stake, bits_of, levers_of
from sim.measures import row_of
from sim.participation import times_used
from sim.scenario import Scenario
from sim.simulation import Live
from sim.states import Activity, Education, Place
from sim.trials.assignment import Integers, Shares, assign, luck_of
from sim.trials.measures import MEASURES, READ, Values
from sim.trials.study import Eligibility, Study
from sim.world import World, make_world

WORLDS = ("assigned", "nobody", "everybody")
"""The trial as it was randomised; nobody admitted; every enrolled person admitted."""


@dataclass(frozen=True)
class Market:
    """What is kept of one labour market of one trial.

    Attributes:
        person: Row of each enrolled person, shape (enrolled,).
        cluster: Number of the cluster within the market: the district, or 0, shape (enrolled,).
        saturation: Share treated in that cluster, shape (enrolled,).
        arm: Arm, 0 for the controls, shape (enrolled,).
        used: Whether the person has used a service of the own arm by each follow-up, shape (enrolled, follow-ups).
        covariates: Name → value at enrolment, shape (enrolled,).
        values: World → measures of the enrolled, shape (enrolled, outcomes, follow-ups).
        totals: World → sums over everybody in the market, shape (outcomes, follow-ups).
        spending: World → money spent on the services of the study after enrolment, CNY.
    """

    person: Integers
    cluster: Integers
    saturation: Shares
    arm: Integers
    used: NDArray[np.bool_]
    covariates: dict[str, Values]
    values: dict[str, Values]
    totals: dict[str, Values]
    spending: dict[str, int]


def worlds_of(saturations: Shares) -> tuple[str, ...]:
    """Return the worlds to be simulated: where nobody or everybody is assigned to treatment, the assigned world is one of the others."""
    if np.all(saturations == 0.0) or np.all(saturations == 1.0):
        return WORLDS[1:]
    return WORLDS


def scenario_of_market(study: Study, scenario: Scenario, luck: np.random.Generator) -> Scenario:
    """Return the scenario of one market, which has its own tightness."""
    factor = math.exp(study.tightness_spread * luck.standard_normal())
    market = scenario.market.model_copy(update={"tightness": min(20.0, scenario.market.tightness * factor)})
    return scenario.model_copy(update={"market": market})


def run_market(study: Study, scenario: Scenario, seed: int, place: tuple[int, int, int], saturations: Shares, live: Live) -> Market:
    """Simulate one market in all its worlds.

    Args:
        study: The study.
        scenario: Scenario of all markets.
        seed: Seed of the run.
        place: Trial, market within it, and number of the replicate that gives the market its people and luck.
        saturations: Share treated in each cluster of the market, shape (clusters,).
        live: Simulates days.

    Returns:
        The market.
    """
    trial, market, replicate = place
    luck = luck_of(seed, trial, 1 + market)
    before = make_world(scenario_of_market(study, scenario.of_replicate(trial), luck), seed, replicate)
    people = before.tables["people"].rows
    admit_only(people, bits_at_stake(study.services), np.zeros(people.size, np.uint32))
    live(before, 0, study.enrolment_day)
    draws = luck.random((2, people.size))  # of every person, so that one more who is eligible moves nobody else
    person = enrol(study.eligible, before, study.enrolment_day, draws[0])
    cluster = people["district"][person].astype(np.int64) if study.clusters == "districts" else np.zeros(person.size, np.int64)
    assignment = assign(study, cluster, saturations, draws[1][person])
    spent = _spending(before, study)
    arms = {"assigned": assignment.arm, "nobody": np.zeros_like(assignment.arm), "everybody": assignment.if_treated}
    found, spending = {}, {}
    for name in worlds_of(saturations):
        world = _fork(before)
        _open(study, world, person, arms[name])
        found[name] = _follow_up(study, world, person, live)
        spending[name] = _spending(world, study) - spent
    if "assigned" not in found:
        same = "everybody" if bool(np.all(saturations == 1.0)) else "nobody"
        found["assigned"], spending["assigned"] = found[same], spending[same]
    used = _used(assignment.arm, found["assigned"].times - _times_used(study, people[person])[:, :, None])
    return Market(
        person, cluster, saturations[cluster], assignment.arm, used, _covariates(study, before, person),
        {name: one.values for name, one in found.items()}, {name: one.totals for name, one in found.items()}, spending,
    )  # fmt: skip


def enrol(eligible: Eligibility, world: World, day: int, luck: NDArray[np.float64]) -> Integers:
    """Return the rows of those who enrol, rising.

    Args:
        eligible: Who may.
        world: The world on the morning of enrolment.
        day: Day of enrolment.
        luck: A number from 0 to 1 for each person: those below the share that takes part do, shape (people,).
    """
    people = world.tables["people"].rows[: world.tables["people"].count]
    found = np.isin(people["activity"], [Activity[name.upper()] for name in eligible.activities])
    found &= np.isin(people["place"], [Place[name.upper()] for name in eligible.places])
    found &= np.isin(people["education"], [Education[name.upper()] for name in eligible.education])
    if eligible.origin != "any":
        found &= people["from_elsewhere"] == (eligible.origin == "elsewhere")
    searches = people["activity"] == Activity.SEARCHING
    found &= ~searches | (day - people["searching_since"] >= eligible.least_days_searching)
    if eligible.idea_within_days:
        found &= (people["opportunity_day"] >= day) & (people["opportunity_day"] < day + eligible.idea_within_days)
    if eligible.short_of_capital:
        found &= people["credit_constrained"] == 1
    found &= luck[: found.size] < eligible.share
    return np.flatnonzero(found)


def _fork(world: World) -> World:
    """Return a world of its own with the same past."""
    return copy.deepcopy(world, {id(world.scenario): world.scenario})


def _open(study: Study, world: World, person: Integers, arm: Integers) -> None:
    """Admit the people of each arm to its services, and tell them of these."""
    people = world.tables["people"].rows
    admitted = np.zeros(people.size, np.uint32)
    for number, one in enumerate(study.arms.values(), start=1):
        members = person[arm == number]
        admitted[members] = bits_of(one.services)
        if study.invite:
            for lever in levers_of(one.services):
                people["aware"][members] |= np.uint32(1 << row_of(world, lever))
    admit_only(people, bits_at_stake(study.services), admitted)


class _FollowUps(NamedTuple):
    """What is measured in one world.

    Attributes:
        values: Measures of the enrolled, shape (enrolled, outcomes, follow-ups).
        totals: Sums over everybody, shape (outcomes, follow-ups).
        times: How often each has received what each arm is admitted to, shape (arms, enrolled, follow-ups).
    """

    values: Values
    totals: Values
    times: Integers


def _follow_up(study: Study, world: World, person: Integers, live: Live) -> _FollowUps:
    """Live on from enrolment, and measure at each follow-up; who was admitted is not any more once the admission is over."""
    values = np.zeros((person.size, len(study.outcomes), len(study.followup_days)))
    totals = np.zeros((len(study.outcomes), len(study.followup_days)))
    times = np.zeros((len(study.arms), person.size, len(study.followup_days)), np.int64)
    day, before = study.enrolment_day, _counted_before(study, world)
    shut = None if study.admitted_days is None else day + study.admitted_days
    for place, after in enumerate(study.followup_days):
        until = study.enrolment_day + after
        if shut is not None and day <= shut < until:
            live(world, day, shut)
            day = shut
            _shut(study, world)
        live(world, day, until)
        day = until
        people = world.tables["people"].rows[: world.tables["people"].count]
        seen = as_last_seen({name: people[name] for name in READ})
        for number, name in enumerate(study.outcomes):
            measured = MEASURES[name].read(seen, day) - before[number, : world.tables["people"].count]
            values[:, number, place] = measured[person]
            totals[number, place] = measured.sum()
        times[:, :, place] = _times_used(study, people[person])
    return _FollowUps(values, totals, times)


def _shut(study: Study, world: World) -> None:
    """End all admissions: what has begun goes on, nothing new begins."""
    people = world.tables["people"].rows
    admit_only(people, bits_at_stake(study.services), np.zeros(people.size, np.uint32))


def _counted_before(study: Study, world: World) -> Values:
    """Return what was counted of each person before enrolment, of what is counted from then on, shape (outcomes, people)."""
    people = world.tables["people"].rows
    measures = [MEASURES[name] for name in study.outcomes]
    return np.stack([measure.read(people, study.enrolment_day) if measure.since_enrolment else np.zeros(people.size) for measure in measures])


def _spending(world: World, study: Study) -> int:
    spent = world.tables["services"].rows["spent"]
    return sum(int(spent[row_of(world, lever)]) for lever in levers_of(study.services))


def _times_used(study: Study, people: Any) -> Integers:  # noqa: ANN401
    """Return how often each person has received what each arm is admitted to, shape (arms, people)."""
    return np.stack([sum((times_used(people, lever) for lever in levers_of(one.services)), np.int64(0)) for one in study.arms.values()])


def _used(arm: Integers, times: Integers) -> NDArray[np.bool_]:
    """Tell who has used a service of the own arm by each follow-up, shape (enrolled, follow-ups).

    Args:
        arm: Arm of each, shape (enrolled,).
        times: How often each has used what each arm is admitted to since enrolment, shape (arms, enrolled, follow-ups).
    """
    found = np.zeros(times.shape[1:], np.bool_)
    for number, of_arm in enumerate(times, start=1):
        found |= (arm == number)[:, None] & (of_arm > 0)
    return np.logical_or.accumulate(found, axis=1)  # who broke a course off has used it


def _covariates(study: Study, world: World, person: Integers) -> dict[str, Values]:
    """Return what an analyst would have asked at enrolment."""
    people = world.tables["people"].rows[person]
    searches = people["activity"] == Activity.SEARCHING
    known = {
        "education": people["education"],
        "sex": people["sex"],
        "from_elsewhere": people["from_elsewhere"],
        "days_searching": np.where(searches, study.enrolment_day - people["searching_since"], 0),
        "reservation_wage": people["reservation_wage"],
        "works": np.isin(people["activity"], (Activity.EMPLOYED, Activity.FOUNDER)),
    }
    return {name: known[name].astype(np.float64) for name in study.covariates}


