"""Measures that need more than a look: matching over months, the Beveridge curve under shocks to demand, and an audit of callbacks."""

from __future__ import annotations

import numpy as np

from sim.bilingual import Sentence
from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.luck import draw_by_key
from sim.states import ACTIVITIES, PLACES, Activity, Count, Place, Stock
from sim.targets.measure import Advance, Measure, Note, Seen, Values
from sim.targets.moments import Moment
from sim.world import World

SHOCK = 0.03
"""By how much shocks move the posts that employers want: assumption, small enough that the curve is straight."""
FIRST_DAY = YEAR_DAYS
LONG_UNEMPLOYED_DAYS = 240
"""Days of unemployment that one half of the audited is given: eight months, after which callbacks are said to fall no further."""
HALF = 0.5
PATIENT_MONTHS = 1e12
"""For so long a family helps during the audit: nobody gives up for want of money."""
FEWEST_APPLICATIONS = 100
"""Applications of either half below which a share of callbacks tells too little: assumption."""


def monthly(values: Values, first: int, last: int) -> Values:
    """Return the means of whole months between two days."""
    months = (last - first) // MONTH_DAYS
    found: Values = np.asarray(values[first : first + months * MONTH_DAYS], float).reshape(months, MONTH_DAYS).mean(axis=1)
    return found


def unemployed(world: World) -> Values:
    """Return residents who search, day by day."""
    counts = world.stocks[:, : ACTIVITIES * PLACES].reshape(-1, ACTIVITIES, PLACES)
    return np.asarray(counts[:, Activity.SEARCHING, Place.RESIDENT], float)


def elasticity(matches: Values, seekers: Values, posts: Values) -> float:
    """Return the elasticity of matches with respect to seekers, at given posts, by least squares in logs; NaN where the two move as one."""
    if min(matches.min(), seekers.min(), posts.min()) <= 0:
        return float("nan")
    causes = np.column_stack([np.ones(len(matches)), np.log(seekers), np.log(posts)])
    found, _, rank, _ = np.linalg.lstsq(causes, np.log(matches), rcond=None)
    return float(found[1]) if rank == causes.shape[1] else float("nan")


def matching_elasticity(seen: Seen) -> float:
    """Return the elasticity of contracts signed with respect to the unemployed, over the months of the second and third year."""
    world, span = seen.world, (FIRST_DAY, seen.day)
    signed = np.diff(world.flows[: seen.day, Count.CONTRACTS_SIGNED], prepend=0)
    return elasticity(monthly(signed, *span), monthly(unemployed(world), *span), monthly(world.stocks[:, Stock.VACANCIES_OPEN], *span))


def slope_of_shifts(causes: Values, effects: Values) -> float:
    """Return the slope of one set of shifts on another, through the origin; NaN where nothing shifts."""
    total = float(causes @ causes)
    return float(causes @ effects) / total if total > 0 else float("nan")


def shifts(seen: Seen, read: str) -> Values:
    """Return by how much shocks move the log of a stock, month by month."""
    if seen.shocked is None:
        message = "the world under shocks was not lived"
        raise TypeError(message)
    found = []
    for world in (seen.shocked, seen.world):
        values = unemployed(world) if read == "unemployed" else np.asarray(world.stocks[:, Stock.VACANCIES_OPEN], float)
        found.append(np.log(np.maximum(1.0, monthly(values, FIRST_DAY, seen.day))))
    return np.asarray(found[0] - found[1])


def beveridge_slope(seen: Seen) -> float:
    """Return by how many per cent posts move with each per cent of the unemployed, where demand alone is shocked."""
    return slope_of_shifts(shifts(seen, "unemployed"), shifts(seen, "posts"))


def live_under_shocks(world: World, advance: Advance) -> None:
    """Live three years in which employers want fewer posts in the second year, and more in the third."""
    for year, change in enumerate((0.0, -SHOCK, SHOCK)):
        world.rules["market"]["demand"] = world.scenario.market.demand * (1 + change)
        advance(world, year * YEAR_DAYS, (year + 1) * YEAR_DAYS)


def callbacks_so_far(seen: Seen) -> dict[str, Values]:
    """Return what everybody has applied for and been called to so far."""
    people = seen.world.tables["people"]
    return {"applied": people.column("applications").copy(), "called": people.column("interviews") + people.column("interviews_missed")}


def begin_audit(seen: Seen) -> dict[str, Values]:
    """Let half of the seekers look newly unemployed and the others long so, whatever they are; whose money would run out does not matter meanwhile.

    Returns:
        Who is audited, of whom long unemployed, and `callbacks_so_far`.
    """
    world = seen.world
    people = world.tables["people"].rows
    audited = np.flatnonzero((people["activity"] == Activity.SEARCHING) & (people["place"] == Place.RESIDENT))
    long = draw_by_key(world, "targets.audit", seen.day, audited) < HALF
    people["searching_since"][audited] = seen.day - np.where(long, LONG_UNEMPLOYED_DAYS, 1)
    world.rules["behaviour"]["family_months"] = PATIENT_MONTHS
    return {"audited": audited, "long": long, **callbacks_so_far(seen)}


def callbacks_of_the_long_unemployed(seen: Seen) -> float:
    """Return the callbacks of the long unemployed for each application, relative to those of the newly unemployed, otherwise equal."""
    begun, waited = seen.noted["audit"], seen.noted["waited"]
    now = callbacks_so_far(seen)
    applied, called = ((now[name][begun["audited"]] - then[name][begun["audited"]]) for name, then in (("applied", begun), ("called", waited)))
    rates = [called[group].sum() / applied[group].sum() for group in (begun["long"], ~begun["long"]) if applied[group].sum() >= FEWEST_APPLICATIONS]
    return float(rates[0] / rates[1]) if len(rates) == len(("long", "new")) and rates[1] > 0 else float("nan")


CURVES = (
    Measure(
        "matching_elasticity", "ratio", Moment.END,
        Sentence(
            "elasticity of contracts with respect to the unemployed, over months, at given posts",
            "签约数对失业人数的弹性（按月，给定岗位数）",
        ),
        matching_elasticity,
    ),
    Measure(
        "beveridge_slope", "ratio", Moment.END,
        Sentence("change in posts for a change in the unemployed (elasticity), under shocks to demand alone", "仅需求冲击下岗位数对失业人数的弹性"),
        beveridge_slope, needs_shocks=True,
    ),
    Measure(
        "callbacks_long_unemployed", "ratio", Moment.AUDITED,
        Sentence(
            "callbacks after eight months without work, relative to none, otherwise equal applicants",
            "失业八个月者与新失业者（其他条件相同）的面试通知率之比",
        ),
        callbacks_of_the_long_unemployed,
        notes=(Note(Moment.THIRD_YEAR, "audit", begin_audit), Note(Moment.AUDIT_WAITED, "waited", callbacks_so_far)),
    ),
)  # fmt: skip
"""Measures that need more than a look."""
