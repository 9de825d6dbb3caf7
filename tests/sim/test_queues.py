"""Where places are short, nobody is admitted for where he stands in a table, and nobody's turn hangs on who else asks or on what else is planned."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.calendar import MONTH_DAYS
from sim.compiled import NEVER
from sim.levers import LEVER_LABELS, LeverId
from sim.rules.queues import call_in, join_queue, open_queue
from sim.states import Activity, Education, Place, PostState, Stage
from sim.tables import Tables
from sim.world import World
from tests.sim.tiny import advertise

PEOPLE = 400
FAIRS = list(LEVER_LABELS).index("job_fairs")
SEEDS = range(4)
DECILES = 10
UNLIKELY = 33.72
"""Chi-square of nine degrees of freedom that luck alone exceeds once in 10,000 tests; drawn without replacement, less often."""

Make = Callable[..., World]
Columns = dict[str, Any]

SEEKERS: Columns = {"activity": Activity.SEARCHING, "place": Place.RESIDENT, "from_elsewhere": 0, "searching_since": 0, "next_search_day": 10_000}
WORKERS: Columns = {"activity": Activity.EMPLOYED, "place": Place.RESIDENT, "from_elsewhere": 0, "employer": 0, "wage": 5_000}
STUDENTS: Columns = {"activity": Activity.STUDYING, "place": Place.RESIDENT, "graduation_day": 300, "education": Education.BACHELOR}
AWAY: Columns = {"place": Place.ELSEWHERE, "from_elsewhere": 1, "savings": 10**6}
FOUNDING: Columns = SEEKERS | {"confidence": 50.0, "savings": 0, "credit_constrained": 1}
OWNERS: Columns = FOUNDING | {"opportunity_day": 2, "credit_constrained": 0}


class Short(NamedTuple):
    """A programme that cannot reach everybody.

    Attributes:
        who: Columns of everybody.
        lever: The lever that gives.
        settings: Its settings.
        column: What those have who were served.
        behaviour: Parameters of behaviour.
        days: Days of the run; after one day only those count who see to their affairs on the first day of a month.
        seeds: Worlds looked at.
    """

    who: Columns
    lever: str
    settings: dict[str, Any]
    column: str
    behaviour: Mapping[str, float] = MappingProxyType({})
    days: int = 60
    seeds: int = 4


HEARD = {"enabled": True, "initial_awareness": 1.0}
SHORT = {
    "fairs": Short(SEEKERS, "job_fairs", HEARD | {"fairs_per_year": 60, "visitors_per_fair": 8, "attendance": 0.4}, "fairs"),
    "campus trips": Short(
        STUDENTS | AWAY | {"next_search_day": 10_000}, "campus_recruitment",
        {
            "enabled": True, "trips": 1, "firms": 20, "posts": 100, "attendance": 0.5, "posts_noticed": 0.5, "delivery": 1.0, "cost_per_trip": 0,
            "budget": 100, "campuses": ["outside 0"],
        },
        "campus_cvs", days=90, seeds=12,
    ),
    "group visits": Short(
        STUDENTS | AWAY | {"next_search_day": 10_000}, "travel_vouchers",
        {"enabled": True, "amount": 90_000, "places": 40, "group_visits": 10, "invited_share": 0.9}, "voucher",
    ),
    "lectures": Short(SEEKERS, "guidance", HEARD | {"lectures": 8, "seats_per_lecture": 8, "demand": 0.4}, "lectures"),
    "advice": Short(SEEKERS, "guidance", HEARD | {"advisers": 1, "clients_per_adviser_month": 45, "advice_demand": 0.9}, "advised"),
    "legal trainings": Short(WORKERS, "legal_aid", HEARD | {"trainings": 8, "seats_per_training": 8, "training_demand": 0.4}, "legal_trained"),
    "lawyers": Short(WORKERS, "legal_aid", HEARD | {"lawyers": 10, "hours_per_lawyer_month": 45}, "legal_cases", {"arrears_per_year": 12}),
    "evenings": Short(SEEKERS, "integration", HEARD | {"social_events": 8, "seats_per_event": 8, "demand": 0.4}, "social_events"),
    "matchmaking": Short(WORKERS, "integration", HEARD | {"matchmaking_events": 8, "seats_per_matchmaking": 8, "demand": 0.6}, "social_events"),
    "parlours": Short(SEEKERS, "integration", HEARD | {"parlours": 1, "visitors_per_parlour_month": 45, "demand": 0.9}, "social_events"),
    "community": Short(SEEKERS, "integration", HEARD | {"community_members": 5, "demand": 1.0}, "community", days=1, seeds=16),
    "files": Short(SEEKERS, "casework", HEARD | {"caseworkers": 1, "clients_per_caseworker": 4, "demand": 1.0}, "case_files", days=1, seeds=16),
    "introductions": Short(
        SEEKERS, "labour_export", HEARD | {"staff": 1, "introductions_per_staff_month": 45, "demand": 0.9}, "introduced_elsewhere",
    ),
    "safety courses": Short(
        WORKERS, "safety_training", {"enabled": True, "courses": 8, "seats_per_course": 8, "demand": 0.4, "all_industries": True}, "safety_courses",
    ),
    "courses": Short(SEEKERS, "skills_training", HEARD | {"menu_courses": 4, "seats_per_menu_course": 15, "demand": 0.4}, "menu_courses", days=90),
    "start-up lectures": Short(SEEKERS, "startup_courses", HEARD | {"lectures": 8, "seats_per_lecture": 8, "demand": 0.4}, "startup_courses"),
    "book club": Short(SEEKERS, "startup_courses", HEARD | {"book_club_members": 5, "demand": 1.0}, "book_club", days=1, seeds=16),
    "graduate places": Short(SEEKERS, "internships", HEARD | {"graduate_places": 60, "intakes_per_year": 24, "demand": 0.4}, "placements"),
    "student places": Short(
        STUDENTS, "internships", HEARD | {"government_places": 60, "government_month": 4, "demand": 0.4}, "placements",
    ),
    "deputies": Short(STUDENTS, "organisation", {"enabled": True, "student_deputies": 60, "deputy_demand": 0.4}, "deputy", days=3),
    "leaders": Short(WORKERS, "organisation", {"enabled": True, "leaders": 60, "leader_demand": 0.4}, "leader", days=3),
    "career mentors": Short(
        SEEKERS, "mentoring", HEARD | {"career_mentors": 5, "mentees_per_career_mentor": 1, "career_demand": 1}, "mentored", days=1, seeds=16,
    ),
    "cards": Short(SEEKERS, "subsidies", HEARD | {"card_places": 5, "card_discount": 0.1, "card_demand": 1.0}, "card", days=1, seeds=16),
    "rent subsidies": Short(
        WORKERS | {"from_elsewhere": 1, "education": Education.BACHELOR}, "subsidies",
        HEARD | {"rent_per_month": 100, "rent_months": 1, "newcomers_only": False, "budget": 500}, "subsidies", days=1, seeds=16,
    ),
    "beds": Short(
        SEEKERS | AWAY | {"next_trip_day": 2}, "lodging", HEARD | {"stations": 6, "beds_per_room": 2}, "guest_stays", {"explore_trip_value": 10**5},
        days=4,
    ),
    "desks of stations": Short(
        SEEKERS | AWAY | {"next_trip_day": 2}, "lodging",
        HEARD | {"stations": 1, "rooms_per_station": 200, "free_nights": 3, "desk_staff_per_station": 5, "visits_per_desk_staff_day": 10},
        "desk_visits", {"explore_trip_value": 10**5, "nights_free": 30}, days=4,
    ),
    "walk-ins at desks": Short(
        SEEKERS, "lodging",
        HEARD | {
            "stations": 1, "rooms_per_station": 0, "desk_staff_per_station": 1, "visits_per_desk_staff_day": 2, "walk_ins": True,
            "walk_in_demand": 0.9,
        },
        "walk_ins",
    ),
    "loans": Short(
        FOUNDING | {"opportunity_day": 2}, "loans", HEARD | {"credit_line": 6_000_000, "ceiling": 100_000, "approval": 1.0}, "loans_granted",
        {"capital_need_spread": 0, "capital_need": 100_000, "business_return": 5, "bank_approval": 0}, days=4,
    ),
    "grants": Short(
        FOUNDING | {"opportunity_day": 2, "credit_constrained": 0, "education": Education.BACHELOR}, "subsidies",
        HEARD | {"startup_grant": 1_000, "budget": 60_000}, "subsidies", {"capital_need": 100_000}, days=4,
    ),
    "desks": Short(OWNERS, "incubator", HEARD | {"desks": 60, "demand": 0.9}, "incubated", {"capital_need": 10**6}, days=40),
    "business mentors": Short(
        OWNERS, "mentoring", HEARD | {"mentors": 60, "mentees_per_mentor": 1, "demand": 1}, "mentored", {"capital_need": 10**6}, days=40,
    ),
    "places on the boards": Short(OWNERS, "", {}, "slots", {"capital_need": 10**6}, days=70),
    "own internships": Short(STUDENTS | {"internship_day": 2, "from_elsewhere": 0}, "", {}, "internships", days=4),
    "openings kept": Short(
        SEEKERS | {"expected_wage": 1.0}, "skills_training",
        HEARD | {"contracted_classes": 1, "seats_per_contracted_class": 400, "contracted_days": 30, "partner_firms": 1, "demand": 1.0},
        "training_hires", days=90, seeds=11,
    ),
}  # fmt: skip
"""Each loop over rows in which something is given away that can run short."""


@pytest.fixture(scope="module")
def run_short(still_world: Make) -> Callable[..., World]:
    """Return a runner of a short programme."""

    def run(short: Short, seed: int, moved: Columns | None = None, more: Any = None, **settings: Any) -> World:
        policy = {short.lever: short.settings | settings} if short.lever else {}
        world = still_world(seed=seed, graduates=PEOPLE, days=90, policy=policy | (more or {}), **short.behaviour)
        people, employers = world.tables["people"].rows, world.tables["employers"].rows
        for name, value in short.who.items():
            people[name][:] = value
        employers["target_staff"][:] = employers["staff"] + 15 * (short.column == "training_hires")
        for name, (identity, value) in (moved or {}).items():
            people[name][identity] = value
        world.advance(0, short.days)
        return world

    return run


def eligible(short: Short, world: World) -> NDArray[np.bool_]:
    """Return who could be served: students of a campus are visited there, and on its first day a month begins for some."""
    campus = world.tables["people"].column("campus")[:PEOPLE]
    if short.lever == "campus_recruitment":
        return np.asarray(campus == np.flatnonzero(world.tables["campuses"].rows["outside"])[0])
    if short.lever == "travel_vouchers":
        return np.asarray(world.tables["campuses"].rows["outside"][campus] == 1)
    return np.asarray(np.arange(PEOPLE) % (MONTH_DAYS if short.days == 1 else 1) == 0)


def served(short: Short, world: World) -> NDArray[np.int64]:
    """Return how often each person was served."""
    if short.column == "slots":  # of start-ups, by founder
        firms = world.tables["employers"]
        hiring = (firms.column("founder") >= 0) & (firms.column("slots") > 0)
        slots: NDArray[np.int64] = np.bincount(firms.column("founder")[hiring], minlength=PEOPLE)
        return slots
    found = world.tables["people"].column(short.column)[:PEOPLE].astype(np.int64)
    return np.minimum(found, 1) if short.column == "subsidies" else found


def chi_square(counts: NDArray[np.int64], chances: NDArray[np.int64]) -> float:
    """Return chi-square of counts by decile, where so many could have been counted."""
    usual = counts.sum() * chances / chances.sum()
    return float(((counts - usual) ** 2 / usual).sum())


@pytest.mark.parametrize("case", SHORT)
def test_who_is_admitted_does_not_hang_on_the_row(case: str, run_short: Callable[..., World]) -> None:
    counts, chances = np.zeros((2, DECILES), np.int64)
    for seed in range(SHORT[case].seeds):
        world = run_short(SHORT[case], seed)
        could, was = eligible(SHORT[case], world), served(SHORT[case], world)
        assert was[~could].sum() == 0
        for decile, rows in enumerate(np.array_split(np.flatnonzero(could), DECILES)):
            counts[decile] += was[rows].sum()
            chances[decile] += len(rows)
    assert 60 <= counts.sum() <= 0.6 * chances.sum(), "too few to see anything, or no shortage"
    assert chi_square(counts, chances) < UNLIKELY, counts


def queue_up(world: Tables, rows: NDArray[np.int64], draws: NDArray[np.float64], expected: int) -> NDArray[np.int64]:
    """Let some rows join a queue, and return them in the order of their calls."""
    open_queue(world, expected)
    for index in range(rows.size):
        join_queue(world, rows[index], draws[index])
    found: NDArray[np.int64] = world.queue[: call_in(world)].copy()
    return found


lined_up = queue_up if numba.config.DISABLE_JIT else numba.njit(queue_up)


@pytest.fixture(scope="module")
def one_world(still_world: Make) -> World:
    """Return a world to queue up in, with the code at hand."""
    world = still_world()
    lined_up(world.together, np.zeros(1, np.int64), np.zeros(1), 1)
    return world


@given(st.lists(st.one_of(st.floats(0, 1, exclude_max=True), st.sampled_from([0.0, 0.5, 1 - 2.0**-53])), max_size=80), st.integers(0, 200))
def test_the_smallest_draw_is_called_first(one_world: World, draws: list[float], expected: int) -> None:
    rows = np.random.default_rng(len(draws)).permutation(len(draws)) + 5
    found = lined_up(one_world.together, rows, np.array(draws, np.float64), expected)
    numbers = (np.array(draws) * 2**32).astype(np.int64)
    assert found.tolist() == rows[np.lexsort((rows, numbers))].tolist()


def attending(world: World) -> set[int]:
    return set(np.flatnonzero(world.tables["people"].column("fairs")[:PEOPLE]).tolist())


FIRST_FAIR = SHORT["fairs"]._replace(settings=SHORT["fairs"].settings | {"fairs_per_year": 4}, days=90)
"""One fair within the run."""


@pytest.mark.parametrize("case", ["fairs", "lectures", "evenings"])
def test_turns_do_not_hang_on_what_else_is_planned(case: str, run_short: Callable[..., World]) -> None:
    still = {"lecture_news": 0, "talk_news": 0, "bid_news": 0}
    others = {SHORT[other].lever: SHORT[other].settings for other in ("fairs", "lectures", "evenings", "cards", "files", "book club")}
    del others[SHORT[case].lever]
    alone, among = (run_short(SHORT[case]._replace(behaviour=still), 1, more=more) for more in ({}, others))
    assert served(SHORT[case], alone).sum() >= 40
    assert served(SHORT[case], alone).tolist() == served(SHORT[case], among).tolist()
    assert sum(int(among.tables["people"].column(name).sum()) for name in ("fairs", "lectures", "social_events", "card")) > 150


@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_who_asks_displaces_only_the_last(seed: int, run_short: Callable[..., World]) -> None:
    displaced = set()
    for more in range(0, PEOPLE, 40):
        without = run_short(FIRST_FAIR, seed, moved={"activity": (more, Activity.INACTIVE), "next_search_day": (more, NEVER)})
        before, after = attending(without), attending(run_short(FIRST_FAIR, seed))
        assert after - before <= {more}
        assert len(before) == len(after) == 8
        displaced |= before - after
    assert len(displaced) <= 1, "the same one stands last in the queue, whoever comes"


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_who_asks_is_admitted_where_places_suffice(seed: int, run_short: Callable[..., World]) -> None:
    plenty = run_short(FIRST_FAIR, seed, visitors_per_fair=10_000)
    asked = int(plenty.tables["services"].rows["reached"][FAIRS])
    assert len(attending(plenty)) == asked > 100
    assert attending(run_short(FIRST_FAIR, seed, visitors_per_fair=asked)) == attending(plenty)
    short = run_short(FIRST_FAIR, seed)
    assert attending(short) < attending(plenty)
    assert int(short.tables["services"].rows["reached"][FAIRS]) == asked
    assert int(short.tables["services"].rows["turned_away"][FAIRS]) == asked - 8


def test_no_day_is_passed_over_every_month(run_short: Callable[..., World]) -> None:
    rare = SHORT["advice"]._replace(settings=HEARD | {"advisers": 1, "clients_per_adviser_month": 1, "advice_demand": 1.0}, days=90)
    days: list[int] = []
    for seed in range(8):
        advised = np.flatnonzero(served(rare, run_short(rare, seed)))
        assert len(advised) == 3, "one a month"
        days += (advised % MONTH_DAYS).tolist()
    assert len(set(days)) > 10


def test_firms_that_ask_for_a_loan_are_not_served_by_row(still_world: Make) -> None:
    counts, chances = np.zeros((2, DECILES), np.int64)
    scheme = HEARD | {"credit_line": 3_000_000, "firm_ceiling": 100_000, "approval": 1.0}
    for seed in range(8):
        projects = {"growth_need_spread": 0, "growth_need": 100_000, "business_return": 5, "bank_approval": 0}
        world = still_world(seed=seed, graduates=1500, policy={"loans": scheme}, **projects)
        firms = world.tables["employers"]
        firms.rows["growth_day"][: firms.count], firms.rows["aware"][: firms.count] = 1, np.uint32(1 << LeverId.LOANS)
        private = np.flatnonzero(firms.column("state_owned") == 0)
        firms.rows["growth_day"][np.flatnonzero(firms.column("state_owned") == 1)] = NEVER
        world.advance(0, 3)
        lent = firms.column("loan") >= 0
        scheme_loans = world.tables["loans"].column("scheme")[firms.column("loan")[lent]] == 1
        borrowers = np.flatnonzero(lent)[scheme_loans]
        assert len(borrowers) == 30 < len(private)
        for decile, rows in enumerate(np.array_split(private, DECILES)):
            counts[decile] += np.isin(rows, borrowers).sum()
            chances[decile] += len(rows)
    assert chi_square(counts, chances) < UNLIKELY, counts


def test_beds_for_interviews_are_not_given_by_row(still_world: Make) -> None:
    counts, chances = np.zeros((2, DECILES), np.int64)
    for seed in SEEDS:
        world = still_world(seed=seed, graduates=PEOPLE, policy={"lodging": HEARD | {"stations": 4, "beds_per_room": 2}})
        called = np.arange(0, PEOPLE, 4)
        for name, value in (SEEKERS | AWAY).items():
            world.tables["people"].rows[name][:] = value
        for first in range(0, len(called), 10):
            number = advertise(world, first // 10)
            post = world.tables["posts"].rows[number]
            post["state"], post["interview_day"], post["kept"] = PostState.INTERVIEWING, 2, 10
            pile = world.applications_of([number])
            pile["person"], pile["stage"] = called[first : first + 10], Stage.CALLED
            world.applications_of([number], pile)
        world.advance(0, 2)
        guests = world.tables["people"].column("guest_stays")[:PEOPLE]
        assert guests.sum() == 40
        for decile, rows in enumerate(np.array_split(called, DECILES)):
            counts[decile] += guests[rows].sum()
            chances[decile] += len(rows)
    assert chi_square(counts, chances) < UNLIKELY, counts
