"""The gross-to-net account: known answers by hand, known markets, and an identity that closes for whatever is tried."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.account import HALF_YEAR, LAST_SEEN, ROWS, YEAR, Part, as_last_seen, count_parts, divide, runs_a_firm, stays_here, works_here
from sim.comparison import KINDS, account_for, compare, without_programme
from sim.compiled import NEVER
from sim.configuration import available
from sim.day import PHASES
from sim.levers import LeverId
from sim.outcomes import OUTCOMES
from sim.participation import COUNTED, PARTICIPATION, participants, took_part
from sim.scenario import Policy, Scenario
from sim.schema import GRADUATES
from sim.states import Activity, Place
from sim.world import World
from tests.every import every, some
from tests.sim.tiny import PLAIN, STILL, advertise, know, move, seek

WITHOUT_PARTICIPANTS = ("outreach", "equity")
"""Levers that serve nobody in person: word of services, and money for firms."""


def flags(text: str) -> NDArray[np.bool_]:
    return np.array([letter == "1" for letter in text.replace(" ", "")])


def account_of(without: Any, given: Any, served: Any) -> dict[str, int]:
    return count_parts(divide(without, given, served), int(given.sum()) - int(without.sum()))


@pytest.mark.parametrize(
    ("without", "with_it", "served", "expected"),
    [
        # rows: gross, deadweight, net, displacement, made, additional, residual, reshuffled
        ("0000", "0000", "1100", (0, 0, 0, 0, 0, 0, 0, 0)),
        ("1111", "1111", "1100", (2, 2, 0, 0, 0, 0, 0, 0)),  # all would have been placed anyway
        ("0000", "1100", "1100", (2, 0, 2, 0, 0, 2, 0, 0)),  # all is the programme's doing
        ("1000", "1100", "1100", (2, 1, 1, 0, 0, 1, 0, 0)),
        ("0011", "1100", "1100", (2, 0, 2, 2, 0, 0, 0, 0)),  # the served took the places of others
        ("0010", "1101", "1100", (2, 0, 2, 0, 0, 2, 0, 1)),  # among others one took the place of one
        ("0000", "1011", "1100", (1, 0, 1, 0, 2, 3, 0, 0)),  # posts were made that others filled
        ("1100", "0000", "1100", (0, 2, -2, 0, 0, -2, 0, 0)),  # the service cost its clients their places
        ("1100", "0110", "1100", (1, 2, -1, 0, 1, 0, 0, 0)),
        ("0111", "1001", "1000", (1, 0, 1, 2, 0, -1, 0, 0)),
        ("0101", "1010", "0000", (0, 0, 0, 0, 0, 0, 0, 2)),  # nobody took part
    ],
)
def test_known_answers(without: str, with_it: str, served: str, expected: tuple[int, ...]) -> None:
    assert tuple(account_of(flags(without), flags(with_it), flags(served)).values()) == expected
    assert len(expected) == len(ROWS)


def test_every_case_of_a_person_has_its_part() -> None:
    without, with_it, served = flags("0 1 0 1 0 1 0 1"), flags("0 0 1 1 0 0 1 1"), flags("1 1 1 1 0 0 0 0")
    expected = [Part.NONE, Part.HARMED, Part.HELPED, Part.PLACED_ANYWAY, Part.NONE, Part.LOST_BY_OTHERS, Part.GAINED_BY_OTHERS, Part.NONE]
    assert divide(without, with_it, served).tolist() == expected


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=40))
def test_the_identities_hold_for_any_people(people: list[tuple[bool, bool, bool]]) -> None:
    without, with_it, served = np.array(people, np.bool_).reshape(-1, 3).T
    account = account_of(without, with_it, served)
    assert account["residual"] == 0
    assert account["gross_placements"] == int((with_it & served).sum()) == account["deadweight"] + account["net_on_participants"]
    assert account["deadweight"] == int((without & served).sum())
    net = account["net_on_participants"] - account["displacement"] + account["jobs_made"]
    assert account["net_additional_jobs"] == int(with_it.sum()) - int(without.sum()) == net
    assert min(account["displacement"], account["jobs_made"]) == 0
    back = account_of(with_it, without, served)
    assert (back["gross_placements"], back["deadweight"]) == (account["deadweight"], account["gross_placements"])
    assert (back["displacement"], back["jobs_made"]) == (account["jobs_made"], account["displacement"])
    assert (back["net_additional_jobs"], back["reshuffled"]) == (-account["net_additional_jobs"], account["reshuffled"])


def test_who_counts_as_placed() -> None:
    people = {
        "activity": np.array([Activity.EMPLOYED, Activity.EMPLOYED, Activity.FOUNDER, Activity.INTERN, Activity.SEARCHING]),
        "employer": np.array([3, -1, 4, 3, -1]),
    }
    assert works_here(people).tolist() == [True, False, True, False, False], "not the one employed elsewhere, nor an intern"
    assert runs_a_firm(people).tolist() == [False, False, True, False, False]


def test_who_counts_as_staying() -> None:
    days = 400
    people = {
        "from_elsewhere": np.array([1, 1, 1, 0, 1, 1, 1]),
        "resident_since": np.array([days - HALF_YEAR, days - HALF_YEAR + 1, days - YEAR, 10, 10, 10, -1]),
        "place": np.array([Place.RESIDENT] * 5 + [Place.ELSEWHERE, Place.RESIDENT]),
        "left_day": np.array([-1, -1, -1, -1, 200, -1, -1]),
    }
    assert stays_here(people, days, HALF_YEAR).tolist() == [True, False, True, False, False, False, False]
    assert stays_here(people, days, YEAR).tolist() == [False, False, True, False, False, False, False]


def test_every_lever_is_asked_for_its_participants_and_every_column_exists() -> None:
    columns = {column.name for column in GRADUATES}
    assert set(COUNTED) <= columns
    assert set(PARTICIPATION) == set(Policy.model_fields) - set(WITHOUT_PARTICIPANTS)


def test_whoever_is_served_is_a_participant_for_good(
    scenario_of: Callable[..., Scenario], world_of: Callable[..., World], every_lever: Callable[[], Any]
) -> None:
    world = world_of(scenario_of(graduates=800, days=300, start="2021-01-01", policy=every_lever()))
    table = world.tables["people"]
    before = {lever: np.zeros(table.capacity, np.bool_) for lever in PARTICIPATION}
    for day in range(0, 300, 30):
        world.advance(day, day + 30)
        people = {name: table.column(name) for name in COUNTED}
        for lever, members in before.items():
            now = took_part(people, lever)
            assert now[members[: now.size]].all(), lever
            members[: now.size] = now
    served = {lever.name.lower(): int(world.tables["services"].rows["served"][lever]) for lever in LeverId}
    for lever in PARTICIPATION:
        number = int(took_part(people, lever).sum())
        assert 0 < number < table.count, lever
        assert served[lever] > 0, lever
    for lever in WITHOUT_PARTICIPANTS:
        assert took_part(people, lever).sum() == 0
    for member, joined in {"book_club": "memberships", "leader": "leaderships", "community": "social_events"}.items():
        every(table.column(joined)[table.column(member) == 1] > 0, joined)
    assert int(participants(people).sum()) >= max(int(took_part(people, lever).sum()) for lever in PARTICIPATION)
    assert participants(people).sum() == OUTCOMES["helped_persons"].at_end(world) < sum(served.values())


def test_who_was_helped_twice_counts_once(still_world: Callable[..., World]) -> None:
    """Of every kind of service: a bed, a case file, a talk; a membership that is over; word of services helps nobody."""
    world = still_world()
    had = {3: {"guest_stays": 4, "case_files": 1}, 5: {"talks": 1}, 6: {"memberships": 1, "book_club": 0}, 9: {"contacts": 3}}
    for identity, columns in had.items():
        move(world, identity, **columns)
    helped = OUTCOMES["helped_persons"]
    assert helped.at_end(world) == 3
    assert helped.persons is not None
    assert np.flatnonzero(helped.persons(world)).tolist() == [3, 5, 6]


def test_who_ages_out_is_seen_as_on_that_day(scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> None:
    """A job, a place or a firm goes on out of sight; nobody else is seen otherwise than they are."""
    world = world_of(scenario_of(graduates=300, days=60, population={"youth_years": 1, "founders_earlier": 0.2}))
    table = world.tables["people"]
    last = PHASES.index("age_out")
    seen = 0
    for day in range(60):
        world.advance_within(day, 0, last)
        before = {name: table.column(name).copy() for name in COUNTED}
        world.advance_within(day, last, len(PHASES))
        after = {name: table.column(name) for name in COUNTED}
        then = as_last_seen(after)
        gone = after["activity"] == Activity.AGED_OUT
        now = gone & (before["activity"] != Activity.AGED_OUT)
        seen += int(now.sum())
        for name in LAST_SEEN:
            if name in COUNTED:
                np.testing.assert_array_equal(then[name][now], before[name][now])
                np.testing.assert_array_equal(then[name][~gone], after[name][~gone])
        assert works_here(then)[now].sum() == works_here(before)[now].sum()
        assert works_here(then)[gone].sum() >= works_here(before)[now].sum()
        assert not works_here(after)[gone].any()
    assert seen > 60
    assert works_here(then)[gone].mean() > 0.5
    assert runs_a_firm(then)[gone].any()


def check_closes(comparison: Any, *, outcome: bool = True) -> None:
    for name, variant in some(comparison.variants.items()):
        for kind in KINDS:
            rows = variant.accounts[kind]
            assert not rows["residual"].any()
            np.testing.assert_array_equal(rows["gross_placements"], rows["deadweight"] + rows["net_on_participants"])
            closing = rows["net_on_participants"] - rows["displacement"] + rows["jobs_made"]
            np.testing.assert_array_equal(rows["net_additional_jobs"], closing)
        if not outcome:
            continue
        outcomes = variant.results.outcomes["employed_in_region"] - comparison.baseline.outcomes["employed_in_region"]
        np.testing.assert_array_equal(variant.accounts["jobs"]["net_additional_jobs"], outcomes, err_msg=name)


@pytest.mark.parametrize("programme", available("programme"))
def test_it_closes_for_every_programme(programme: str) -> None:
    """Nobody ages out, so that those who work here are the outcome's."""
    scenario = Scenario.load(programme, {"population.graduates": 1000, "population.youth_years": 100})
    comparison = compare(without_programme(scenario), {"programme": scenario}, replicates=2)
    check_closes(comparison)
    assert comparison.variants["programme"].accounts["jobs"]["gross_placements"].any() == (programme != "none")


@pytest.mark.slow
@pytest.mark.parametrize("programme", [name for name in available("programme") if name != "none"])
def test_it_closes_for_every_programme_at_a_tenth_of_its_city(programme: str) -> None:
    """Twenty pairs over the whole period; who ages out counts in the account, and not in the outcome."""
    scenario = Scenario.load(programme)
    tenth = scenario.with_({"population.graduates": scenario.population.graduates // 10})
    comparison = compare(without_programme(tenth), {"programme": tenth}, replicates=20)
    assert comparison.variants["programme"].accounts["jobs"]["residual"].shape == (20,)
    assert comparison.variants["programme"].accounts["jobs"]["gross_placements"].all()
    check_closes(comparison, outcome=False)


LEVERS = st.sets(st.sampled_from(sorted(Policy.model_fields)), min_size=1, max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(levers=LEVERS, seed=st.integers(0, 2**32 - 1), days=st.integers(20, 250))
def test_it_closes_for_any_levers(levers: set[str], seed: int, days: int, scenario_of: Callable[..., Scenario], every_lever: Any) -> None:
    policy = {name: setting for name, setting in every_lever().items() if name in levers}
    scenario = scenario_of(graduates=200, days=days, start="2021-01-01", policy=policy)
    check_closes(compare(without_programme(scenario), {"some": scenario}, replicates=1, seed=seed, workers=1))


CASEWORK: dict[str, Any] = {
    "enabled": True, "caseworkers": 20, "clients_per_caseworker": 30, "initial_awareness": 0.0, "demand": 1.0, "referral_share": 1.0,
    "firm_awareness": 1.0, "contact_interval_days": 3,
}  # fmt: skip
"""Many referrals: a lever that speeds up whoever knows of it, and changes nothing else."""


@dataclass(frozen=True)
class Hall:
    """A market at rest but for some identical seekers and some posts, made by hand."""

    posts: int
    seekers: int
    people: int
    days: int
    applications: float

    def run(self, policy: Any, seed: int, scenario_of: Callable[..., Scenario], world_of: Callable[..., World]) -> dict[str, NDArray[Any]]:
        """Run it; every other seeker knows of casework."""
        scenario = scenario_of(
            graduates=self.people, days=self.days, start="2021-03-01", policy=policy, market={"tightness": 0, "slots_per_post": 1.2},
            behaviour=STILL | PLAIN | {"sessions_per_month": self.applications, "applications_per_session": 1, "posts_seen": 8},
            population={"founders_earlier": 0, "final_year_share": 0.4, "locals_stayed_share": 1.0},
        )  # fmt: skip
        world = world_of(scenario, seed)
        table = world.tables["people"]
        for column in ("next_search_day", "next_outside_day", "next_trip_day", "return_day", "graduation_day"):
            table.rows[column] = NEVER
        table.rows["activity"][table.rows["activity"] == Activity.SEARCHING] = Activity.INACTIVE
        slots = world.tables["employers"].rows["slots"]
        places = np.repeat(np.arange(world.tables["employers"].count), slots[: world.tables["employers"].count])
        np.random.default_rng(0).shuffle(places)
        assert len(places) >= self.posts
        for employer in places[: self.posts].tolist():
            advertise(world, employer, review_day=10, lapse_day=self.days + 50)
        seekers = range(100, 100 + self.seekers)
        for identity in seekers:
            seek(world, identity, skill=1.0, next_search_day=identity % 30, field=identity % 5)
        know(world, LeverId.CASEWORK, *seekers[::2])
        world.advance(0, self.days)
        return {name: table.column(name).copy() for name in COUNTED}

    def account(self, seeds: range, *makers: Any) -> dict[str, int]:
        """Count the account of jobs, summed over seeds."""
        found = []
        for seed in seeds:
            without, given = (self.run(policy, seed, *makers) for policy in ({}, {"casework": CASEWORK}))
            assert int((given["case_files"] > 0).sum()) > self.seekers / 4
            found.append(account_for(without, given, self.days)[0]["jobs"])
        return {row: sum(account[row] for account in found) for row in ROWS}


def test_where_posts_are_fixed_a_head_start_is_another_s_loss(scenario_of: Any, world_of: Any) -> None:
    account = Hall(posts=15, seekers=60, people=400, days=120, applications=6.0).account(range(1, 9), scenario_of, world_of)
    assert account["net_on_participants"] >= 8, "they are helped, seen alone"
    assert abs(account["net_additional_jobs"]) <= 0.2 * account["net_on_participants"]
    assert account["displacement"] >= 0.8 * account["net_on_participants"]


def test_where_posts_abound_nobody_loses(scenario_of: Any, world_of: Any) -> None:
    account = Hall(posts=800, seekers=60, people=2500, days=40, applications=1.5).account(range(1, 25), scenario_of, world_of)
    assert account["net_on_participants"] >= 8
    assert account["displacement"] <= 0.15 * account["net_on_participants"]
    assert account["net_additional_jobs"] >= 0.85 * account["net_on_participants"]
