"""Which persons stand behind a count, and how often each counts: the sum over persons is the count, to the last unit.

An outcome that a column of the graduates counts is one line of `TRACED`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.outcomes import OUTCOMES
from sim.states import Activity, LeverId, Place
from sim.world import World

Counts = NDArray[np.int64]

TRACED: dict[str, str] = {
    "applications_sent": "applications",
    "interviews_held": "interviews",
    "interviews_missed": "interviews_missed",
    "offers_made": "offers",
    "contracts_signed": "contracts_signed",
    "contracts_broken": "contracts_broken",
    "hires": "hires",
    "separations": "separations",
    "arrivals": "arrivals",
    "left_region": "departures",
    "interns_started": "internships",
    "interns_kept": "internships_kept",
    "trained": "courses_finished",
    "homes_bought": "home_owner",
    "accidents": "accidents",
    "lodging_travelled": "travelled_aware",
    "station_guests": "guest_stays",
    "station_nights": "guest_nights",
    "station_guests_interviewed": "guest_interviewed",
    "station_guests_signed": "guest_signed",
    "station_guests_placed": "guest_placed",
    "desk_consultations": "desk_visits",
    "fair_attendances": "fairs",
    "fair_hires": "fair_hires",
    "campus_cvs": "campus_cvs",
    "campus_intents": "campus_intents",
    "campus_hires": "campus_hires",
    "vouchers_used": "voucher",
    "startups_founded": "firms_founded",
    "mentees": "mentored",
    "menu_trained": "menu_courses",
    "contracted_trained": "contracted_courses",
    "training_hired": "training_hires",
    "placements_started": "placements",
    "placements_kept": "placements_kept",
    "startup_courses_attended": "startup_courses",
    "legal_cases": "legal_cases",
    "legal_recovered": "recovered",
    "subsidies_paid": "subsidies",
    "events_attended": "social_events",
    "couples": "partner",
    "cases_opened": "case_files",
    "referrals": "referrals",
    "referrals_hired": "referral_hires",
    "safety_trained": "safety_courses",
    "served.lodging": "guest_stays",
    "served.job_fairs": "fairs",
    "served.campus_recruitment": "campus_cvs",
    "served.travel_vouchers": "voucher",
    "served.mentoring": "mentored",
    "served.internships": "placements",
    "served.integration": "social_events",
    "served.casework": "case_files",
}
"""Outcome → column of the table of graduates that counts the same, person by person."""


def _newcomers(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray(people.column("hires") * (people.column("from_elsewhere") == 1), np.int64)


def _with_open_file(world: World) -> Counts:
    return np.asarray(world.tables["people"].column("case_file") >= 0, np.int64)


def _employed(world: World) -> Counts:
    people = world.tables["people"]
    working = np.isin(people.column("activity"), (Activity.EMPLOYED, Activity.FOUNDER))
    return np.asarray(working & (people.column("employer") >= 0), np.int64)


def _settled(world: World) -> Counts:
    people = world.tables["people"]
    return np.asarray((people.column("place") == Place.RESIDENT) & (people.column("from_elsewhere") == 1), np.int64)


def _knowing(world: World) -> Counts:
    on_offer = int(world.tables["services"].rows["on_offer"][LeverId.LODGING])
    return np.asarray((world.tables["people"].column("aware") >> np.uint32(LeverId.LODGING)) & 1, np.int64) * on_offer


def _founders(world: World, firms: NDArray[np.bool_]) -> Counts:
    """Count each person's firms among those chosen."""
    founders = world.tables["employers"].column("founder")[firms]
    return np.bincount(founders, minlength=world.tables["people"].count).astype(np.int64)


def _running(world: World) -> Counts:
    firms = world.tables["employers"]
    return _founders(world, (firms.column("founder") >= 0) & (firms.column("alive") == 1))


def _at_a_desk(world: World) -> Counts:
    firms = world.tables["employers"]
    return _founders(world, (firms.column("founder") >= 0) & (firms.column("desk") == 1))


def _in_startups(world: World) -> Counts:
    people, firms = world.tables["people"], world.tables["employers"]
    running = (firms.column("founder") >= 0) & (firms.column("alive") == 1)
    employer = people.column("employer")
    there = (employer >= 0) & np.isin(people.column("activity"), (Activity.EMPLOYED, Activity.FOUNDER))
    return np.asarray(there & running[np.maximum(employer, 0)], np.int64)


STANDING: dict[str, Callable[[World], Counts]] = {
    "hires_from_elsewhere": _newcomers,
    "employed_in_region": _employed,
    "residents_from_elsewhere": _settled,
    "lodging_aware": _knowing,
    "station_persons": lambda world: np.asarray(world.tables["people"].column("guest_stays") > 0, np.int64),
    "startups_alive": _running,
    "startup_jobs": _in_startups,
    "incubator_desks_used": _at_a_desk,
    "cases_open": _with_open_file,
}
"""Outcome → how to find its persons in the world at the end of the run."""


def _defaulted(world: World) -> Counts:
    """Count each founder's loans of the programme in default."""
    loans, founders = world.tables["loans"], world.tables["employers"].column("founder")
    founder = founders[loans.column("employer")]
    chosen = (loans.column("scheme") == 1) & (loans.column("defaulted") == 1) & (founder >= 0)
    return np.bincount(founder[chosen], minlength=world.tables["people"].count).astype(np.int64)


def _column(name: str) -> Callable[[World], Counts]:
    return lambda world: world.tables["people"].column(name).astype(np.int64)


PARTLY: dict[str, Callable[[World], Counts]] = {
    "loans_applied": _column("loans_applied"),
    "loans_granted": _column("loans_granted"),
    "loan_amount_granted": _column("loan_amount"),
    "loans_defaulted": _defaulted,
    "served.loans": _column("loans_granted"),
}
"""Outcome → how to find the founders in it; the rest of the count belongs to established firms, behind which no person stands."""

_POSTS, _SHARE, _MONEY = "it counts posts, not persons", "it is a mean or a share, not a count of persons", "it is money spent on the service"
_NO_COLUMN = "no column of the persons counts it"
_ORGANISATION = "it counts what the organisation does, not persons"
_FIRMS = "it counts established firms, behind which no person stands"

UNTRACED: dict[str, str] = {
    "employment_rate": _SHARE, "unemployment_rate": _SHARE, "days_to_first_job": _SHARE, "wage_mean": _SHARE, "below_expected_pay_share": _SHARE,
    "left_first_employer_6m_share": _SHARE, "vacancy_days_mean": _SHARE, "stayed_6m_share": _SHARE, "station_bed_use": _SHARE,
    "posts_opened": _POSTS, "posts_lapsed": _POSTS, "vacancies_open": _POSTS, "campus_posts": _POSTS,
    "equity_invested": _FIRMS, "equity_firms": _FIRMS,
    "household_visits": _ORGANISATION, "volunteer_hours": _ORGANISATION, "other_duty_hours": _ORGANISATION,
    **dict.fromkeys(
        (
            "station_turned_away", "campus_interviews", "campus_contracts", "wages_unpaid", "startup_disputes", "desk_hires", "guidance_served",
            "student_placements", "legal_trained",
        ),
        _NO_COLUMN,
    ),
}  # fmt: skip
"""Outcome → why it cannot be traced to persons."""


class UntraceableError(ValueError):
    """An outcome that cannot be traced to persons; the message says why."""


def reason_against(name: str) -> str:
    """Return why an outcome cannot be traced to persons; an empty text where it can."""
    if name in TRACED or name in STANDING or name in PARTLY:
        return ""
    kind, _, lever = name.partition(".")
    if lever:
        return {"aware_share": _SHARE, "spending": _MONEY}.get(kind, _NO_COLUMN)
    return _MONEY if name == "spending" else UNTRACED.get(name, _NO_COLUMN)


def persons_behind(world: World, name: str) -> Counts:
    """Count how often each person counts in an outcome.

    Args:
        world: The world at the end of the run.
        name: Name of the outcome.

    Returns:
        A count for each person, shape (persons,); the sum is the outcome, but for what `PARTLY` leaves to firms.

    Raises:
        UntraceableError: The outcome has no persons behind it.
    """
    if name in TRACED:
        return world.tables["people"].column(TRACED[name]).astype(np.int64)
    find = STANDING.get(name) or PARTLY.get(name)
    if find is not None:
        return find(world)
    raise UntraceableError(reason_against(name))


def traceable() -> list[str]:
    """Return the outcomes that can be traced to persons, in the order of tables."""
    return [name for name in OUTCOMES if not reason_against(name)]
