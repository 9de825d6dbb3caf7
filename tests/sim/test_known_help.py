"""Help with a search: it fades, ends with the search, is had once a search; skill and certificates stay."""

import math
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest

from sim.compiled import NEVER
from sim.rules.help import aim_of, end_help, help_search, hours_needed, shown_skill_of
from sim.scenario import Scenario
from sim.states import Activity, Help, Place
from sim.tables import Tables
from sim.world import World
from tests.every import every
from tests.sim.tiny import move, seek

Make = Callable[..., World]


@numba.njit
def give(world: Tables, day: int, identity: int, kind: int, hours: float, aim: float, signal: float) -> None:
    if kind < 0:
        end_help(world.people[identity])
    else:
        help_search(world, day, world.people[identity], kind, 1.0, hours, aim, signal)


@numba.njit  # type: ignore[untyped-decorator]
def read(world: Tables, day: int, identity: int) -> tuple[float, float, float]:
    person = world.people[identity]
    return hours_needed(world, day, person), aim_of(world, day, person), shown_skill_of(world, day, person)


def reading(world: World, day: int, identity: int = 7) -> tuple[float, float, float]:
    """Return hours needed, aim and shown skill of a person on a day."""
    found: tuple[float, float, float] = read(world.together, day, identity)
    return found


def searcher(still_world: Make, **behaviour: float) -> World:
    world = still_world(**behaviour)
    seek(world, 7, targeting=0.4, interview_skill=0.3)
    return world


@pytest.mark.parametrize(("half_life", "day", "left"), [(2.0, 10, 1.0), (2.0, 70, 0.5), (2.0, 130, 0.25), (6.0, 370, 0.25), (1e6, 3_660, 1.0)])
def test_help_halves_in_its_half_life_and_the_own_traits_stay(half_life: float, day: int, left: float, still_world: Make) -> None:
    world = searcher(still_world, help_half_life=half_life)
    assert reading(world, day) == (1.0, 0.4, 0.3), "never helped: read as it is, to the last bit"
    give(world.together, 10, 7, Help.PLAN, 0.5, 0.2, 0.4)
    expected = (1.0 - 0.5 * left, 0.4 + 0.2 * left, 0.3 + 0.4 * left)
    assert reading(world, day) == pytest.approx(expected, rel=1e-2 if half_life > 100 else 1e-9)
    assert reading(world, 100_000)[0] == pytest.approx(1.0) or half_life > 100
    person = world.tables["people"].rows[7]
    assert (person.effort, person.targeting, person.interview_skill) == (1.0, 0.4, 0.3)


def test_helps_add_up_in_any_order_once_a_kind_and_search(still_world: Make) -> None:
    plan, fair = (Help.PLAN, 0.5, 0.2, 0.4), (Help.FAIR, 0.1, 0.1, 0.0)
    worlds = [searcher(still_world, help_half_life=2.0) for _ in range(2)]
    for world, order in zip(worlds, [(plan, fair, plan), (fair, plan, fair)], strict=True):
        for one in order:
            give(world.together, 10, 7, *one)
    first, second = (reading(world, 40) for world in worlds)
    assert first == pytest.approx(second, rel=1e-12)
    half = 0.5 ** (30 / 60)
    assert first == pytest.approx((1.0 - 0.6 * half, 0.4 + 0.3 * half, 0.3 + 0.4 * half))
    world = worlds[0]
    give(world.together, 70, 7, Help.TALK, 0.1, 0.0, 0.0)
    assert reading(world, 70)[0] == pytest.approx(1.0 - 0.6 * 0.5 - 0.1), "what is left of the old and the new"
    give(world.together, 70, 7, *plan)
    assert reading(world, 70)[0] == pytest.approx(0.6), "no second helping in the same search"
    give(world.together, 70, 7, NEVER, 0.0, 0.0, 0.0)
    assert reading(world, 70) == (1.0, 0.4, 0.3)
    give(world.together, 80, 7, *plan)
    assert reading(world, 80)[0] == pytest.approx(0.5), "a new search may be helped again"


def test_aim_is_a_share(still_world: Make) -> None:
    world = searcher(still_world)
    give(world.together, 0, 7, Help.ADVICE, 0.0, 0.9, 0.0)
    assert reading(world, 0)[1] == 1.0


def test_who_is_saved_hours_searches_more_and_ever_less_so(still_world: Make) -> None:
    """Sessions of 200 who search without a post to be had, a tenth a day: 1 / (1 - 0.75 x 2^(-t/2)) times as many, t months after help."""
    for half_life, saved in ((2.0, 0.75), (1e6, 0.75), (2.0, 0.0)):
        free = {"effort_convexity": 1.0, "usual_gain": 1.0, "hour_worth": 0.01, "interviews_expected": 0.0, "pay_spread_expected": 0.35}
        free |= {"hours_per_application": 0.35 / math.sqrt(2 * math.pi) * 100 * 0.07}  # gain and price of an application are alike
        world = still_world(graduates=200, days=400, help_half_life=half_life, sessions_per_month=3, **free)
        people = world.tables["people"].rows
        for identity in range(200):
            seek(world, identity)
            move(world, identity, helped=1, helped_day=0, time_help=saved)
        days, sessions = np.arange(390), np.zeros(390)
        for day in range(390):
            sessions[day] = (people.next_search_day[:200] == day).sum()
            world.advance(day, day + 1)
        expected = 200 * -np.expm1(-0.1 / (1 - saved * 0.5 ** (days / 30 / half_life)))
        for when in (slice(1, 31), slice(60, 120), slice(300, 390)):
            assert sessions[when].sum() == pytest.approx(expected[when].sum(), rel=0.1), (half_life, saved, when)


def test_help_ends_with_the_search_not_with_school_a_pause_or_a_course(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    behaviour = {"slow_employment_share": 0.5, "slow_employment_days": 40, "course_per_month": 0.5, "course_after_days": 30, "internship_share": 0.8}
    world = world_of(scenario_of(graduates=1500, days=240, start="2021-03-01", behaviour=behaviour))
    people = world.tables["people"]
    before = people.column("activity").copy()
    people.rows["helped_day"], people.rows["time_help"], people.rows["helped"] = 0, 0.5, 1
    paused = np.zeros(len(before), bool)
    for day in range(0, 240, 10):
        world.advance(day, day + 10)
        paused |= (people.column("activity") == Activity.INACTIVE)[: len(before)]
    now, column = people.column("activity")[: len(before)], {name: people.column(name)[: len(before)] for name in people.rows.dtype.names}
    in_search = (before != Activity.EMPLOYED) & (before != Activity.FOUNDER)
    worked = (column["first_job_day"] >= 0) | (column["firms_founded"] > 0)
    kept = in_search & ~worked
    every(column["helped_day"][kept] == 0)
    every(column["time_help"][kept] == 0.5)
    graduated, seeks = (column["graduation_day"] > 0) & (column["graduation_day"] < 240), now == Activity.SEARCHING
    for group in (graduated & seeks, paused & seeks, (column["courses_finished"] > 0) & seeks, (column["internships"] > 0) & seeks):
        assert (kept & group).sum() > 3
    begun, left = column["first_job_day"] >= 0, column["separations"] > 0
    assert (in_search & begun & left & seeks).any()
    for ended in (in_search & begun, ~in_search & left):
        every(column["helped_day"][ended] == NEVER)
        every((column["time_help"][ended] == 0.0) & (column["helped"][ended] == 0))


def test_help_gives_work_at_first_and_nothing_at_last(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """Paired: the same people and luck, and a much better presentation once given to every other one who searches here."""
    soon, late = [], []
    for replicate in range(3):
        found = {}
        for name, half_life, gift in (("none", 1.0, 0.0), ("fading", 1.0, 2.0), ("lasting", 1e6, 2.0)):
            setting: dict[str, Any] = {"graduates": 8000, "days": 360, "behaviour": {"help_half_life": half_life, "search_start_days": 30}}
            world = world_of(scenario_of(**setting | {"population": {"unemployed_earlier": 0.2, "unemployed_recent": 0.4}}), replicate=replicate)
            people = world.tables["people"]
            helped = (people.column("activity") == Activity.SEARCHING) & (people.column("place") == Place.RESIDENT)
            helped &= np.arange(people.count) % 2 == 0
            people.rows["signal_help"][: people.count][helped] = gift
            people.rows["helped"][: people.count][helped], people.rows["helped_day"][: people.count][helped] = 1, 0
            world.advance(0, 360)
            first = people.column("first_job_day")[: helped.size][helped]
            found[name] = np.where(first < 0, 10_000, first)
        soon.append([(found[name] < 90).mean() for name in ("none", "fading", "lasting")])
        waiting = np.min(list(found.values()), axis=0) >= 240  # eight half-lives on, in every world
        late.append([(found[name][waiting] < 360).mean() for name in ("none", "fading", "lasting")])
    none, fading, lasting = np.mean(soon, axis=0)
    assert fading > none + 0.02
    assert lasting > none + 0.02
    none, fading, lasting = np.mean(late, axis=0)
    assert lasting - none > 0.05
    assert abs(fading - none) < 0.3 * (lasting - none)


def test_skill_unused_fades_and_used_skill_does_not(still_world: Make) -> None:
    world = still_world(skill_unused=0.01, learning_per_year=0.0)
    for identity, activity in enumerate((Activity.SEARCHING, Activity.INACTIVE, Activity.EMPLOYED, Activity.STUDYING, Activity.TRAINING)):
        seek(world, identity, activity=activity, skill=0.5, next_search_day=NEVER, wage=5_000, graduation_day=-100, separation_day=NEVER)
    world.advance(0, 90)
    assert world.tables["people"].rows.skill[:5].tolist() == pytest.approx([0.47, 0.47, 0.5, 0.5, 0.5])


@pytest.mark.parametrize("lever", [{"menu_courses": 6, "menu_days": 10}, {"contracted_classes": 6, "contracted_days": 10, "partner_firms": 1}])
def test_a_course_and_its_certificate_are_had_once(lever: dict[str, int], scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    policy = {"skills_training": {"enabled": True, "demand": 1.0, "initial_awareness": 1.0, **lever}}
    plain = {"learning_per_year": 0.0, "skill_unused": 0.0, "course_per_month": 0.0, "internship_share": 0.0}
    world = world_of(scenario_of(graduates=300, days=180, policy=policy, behaviour=plain))
    people = world.tables["people"]
    skill, shown, proof = (people.column(name).copy() for name in ("skill", "interview_skill", "proof"))
    world.advance(0, 180)
    finished = people.column("menu_courses") + people.column("contracted_courses")
    taught = world.scenario.behaviour.menu_skill if "menu_courses" in lever else world.scenario.behaviour.contracted_skill
    assert finished.sum() > 20
    assert set(finished.tolist()) == {0, 1}
    assert np.allclose((people.column("skill") - skill)[: len(skill)], taught * finished)
    assert np.allclose((people.column("proof") - proof)[: len(skill)], finished / world.scenario.behaviour.certificate_noise**2)
    assert (people.column("interview_skill")[: len(skill)] == shown).all(), "no points for having been there"
