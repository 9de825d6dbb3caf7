"""Internships: places and months are counted to the last; hosts, homes, stipends and searches are as they should be."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.levers.internships import Internships
from sim.states import Activity, Channel, Count, Money, Place, Placement
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every

BUSY: dict[str, Any] = {
    "enabled": True,
    "graduate_places": 12,
    "hosts": 3,
    "graduate_months": 3,
    "government_places": 5,
    "industry_places": 8,
    "summer_places": 5,
    "practice_places": 4,
    "student_days": 40,
    "demand": 0.3,
    "intakes_per_year": 6,
    "initial_awareness": 0.7,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"graduate_places": 0, "government_places": 0, "industry_places": 0, "summer_places": 0, "practice_places": 0},
    {"budget": 0},
]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "graduate_places": st.integers(0, 30),
        "hosts": FEW,
        "graduate_months": st.integers(1, 4),
        "stipend": st.integers(0, 3_000),
        "government_places": st.integers(0, 10),
        "industry_places": st.integers(0, 10),
        "student_days": st.integers(5, 100),
        "summer_places": st.integers(0, 10),
        "summer_days": st.integers(5, 60),
        "practice_places": st.integers(0, 10),
        "practice_for_returners": st.booleans(),
        "demand": st.floats(0, 1),
        "intakes_per_year": st.integers(1, 52),
        "administration": st.integers(0, 300),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING: dict[str, Any] = {"graduates": 1200, "days": 300, "start": "2020-11-01"}
OPEN = {"enabled": True, "initial_awareness": 1.0, "demand": 0.5}
GRADUATES = OPEN | {"graduate_places": 40, "graduate_months": 3, "intakes_per_year": 4}
STUDENTS = OPEN | {"government_places": 20, "industry_places": 40, "summer_places": 15}
NO_OPENINGS = {"market": {"tightness": 0.0}, "behaviour": {"replacement_share": 0.0, "growth_per_year": 0.0}}
KEYS = ("graduate_places", "government_places", "industry_places", "summer_places", "practice_places")


def service(world: World) -> Any:
    return world.tables["services"].rows[LeverId.INTERNSHIPS]


def column(world: World, name: str) -> Any:
    return world.tables["people"].column(name)


@pytest.mark.parametrize("key", KEYS)
def test_more_places_are_more_interns_and_fewer_turned_away(key: str, run_of: Run) -> None:
    found = [run_of(**SETTING, policy={"internships": OPEN | {"graduate_months": 2, key: places}}) for places in (0, 4, 12, 24)]
    taken = [int(world.counts[Count.PLACEMENTS_STARTED]) for world in found]
    assert taken == [0, 4, 12, 24]
    every(np.diff([service(world).turned_away for world in found[1:]]) < 0)
    assert all(service(world).reached == service(world).served + service(world).turned_away for world in found)
    students = [int(world.counts[Count.STUDENT_PLACEMENTS]) for world in found]
    assert students == ([0, 0, 0, 0] if key == "graduate_places" else taken)


@pytest.mark.parametrize("lever", [GRADUATES, STUDENTS])
def test_half_the_budget_gives_half_the_places(lever: dict[str, Any], run_of: Run) -> None:
    need = service(run_of(**SETTING, policy={"internships": lever}))
    half = service(run_of(**SETTING, policy={"internships": lever | {"budget": int(need.spent + need.promised) // 2}}))
    assert need.spent == need.units > 0
    assert half.spent == half.units
    assert half.spent + half.promised <= (need.spent + need.promised) // 2
    assert 0.4 < half.served / need.served < 0.65, "who leaves early frees money for another"
    assert half.turned_away > need.turned_away
    assert half.promised >= 0


@pytest.mark.parametrize("lever", [GRADUATES | {"stipend": 1000}, STUDENTS | {"student_allowance": 1000}])
def test_stipends_are_for_exactly_the_months_served(lever: dict[str, Any], scenario_of: Any, world_of: Run) -> None:
    scenario = scenario_of(**SETTING, policy={"internships": lever | {"administration": 70, "student_days": 45}})
    world = world_of(scenario)
    days = np.zeros(world.tables["people"].capacity, int)
    for day in range(scenario.days):
        world.advance(day, day + 1)
        placed = (column(world, "activity") == Activity.INTERN) & (column(world, "placement") != Placement.OWN)
        days[: len(placed)] += placed
    days = days[: len(placed)]
    paid = column(world, "stipends") + column(world, "stipend_due")
    over = (column(world, "placements") == 1) & ~placed
    assert over.sum() > 15
    assert (days[over] % 30 != 0).any()
    every(paid[over] == 1000 * np.ceil(days[over] / 30))
    every(paid[column(world, "placements") == 0] == 0)
    assert world.ledger[Money.STIPENDS] == column(world, "stipends").sum()
    assert service(world).spent == paid.sum() // 1000 * 1070


def test_a_host_keeps_only_with_an_opening_and_above_its_bar(run_of: Run) -> None:
    loyal = {"intern_effort": 0.0, "outside_finding": 0.0, "outside_finding_fresh": 0.0, "skill_bar_spread": 0.0}
    market = {"tightness": 2.0, "wage_spread": 0.0}
    policy = {"internships": GRADUATES | {"demand": 1.0}}
    easy, hard = (run_of(**SETTING, market=market, behaviour=loyal | {"skill_bar_mean": bar}, policy=policy) for bar in (-5.0, 5.0))
    assert easy.counts[Count.PLACEMENTS_STARTED] > 30
    assert easy.counts[Count.PLACEMENTS_KEPT] > 0.2 * easy.counts[Count.PLACEMENTS_STARTED], "of all, half of whom leave for another job"
    assert hard.counts[Count.PLACEMENTS_ENDED] > 10
    assert hard.counts[Count.PLACEMENTS_KEPT] == 0
    closed = run_of(**SETTING, market=NO_OPENINGS["market"], behaviour=NO_OPENINGS["behaviour"] | loyal | {"skill_bar_mean": -5.0}, policy=policy)
    assert closed.counts[Count.PLACEMENTS_ENDED] > 10
    assert closed.counts[Count.PLACEMENTS_KEPT] == 0
    posts = closed.tables["posts"]
    assert not ((posts.column("channel") == Channel.PLACEMENT) & (posts.column("holder") >= 0)).any()


def test_graduate_interns_search_less_and_pay_their_living(scenario_of: Any, world_of: Run) -> None:
    world = world_of(scenario_of(**SETTING, policy={"internships": GRADUATES | {"stipend": 1000}}))
    first = int(world.tables["events"].column("day")[0])
    world.advance(0, first + 1)
    interns = np.flatnonzero((column(world, "placement") == Placement.GRADUATE) & (column(world, "from_elsewhere") == 0))
    assert len(interns) > 3
    since = column(world, "searching_since")[interns]
    world.tables["people"].rows["savings"][interns] = 50_000
    already, spent = column(world, "stipends")[interns], column(world, "search_costs")[interns].copy()
    world.advance(first + 1, first + 31)
    there = column(world, "activity")[interns] == Activity.INTERN
    cost = int(world.scenario.region.living_cost)
    received = column(world, "stipends")[interns] - already
    spent = column(world, "search_costs")[interns] - spent
    every(column(world, "savings")[interns][there] == 50_000 + received[there] - cost - spent[there])
    world.advance(first + 31, first + 91)
    back = (column(world, "activity")[interns] == Activity.SEARCHING) & (column(world, "internships")[interns] == 1)
    back &= column(world, "job_start_day")[interns] <= first  # has had no job meanwhile
    assert back.any()
    every(column(world, "searching_since")[interns][back] == since[back] + 90, "a place is no time without work")


def test_a_graduate_place_locks_in_and_pays_off_later(run_of: Run) -> None:
    """Paired: during the place fewer of the same people work than without it, a while after more do."""
    behaviour = {"graduate_place_skill": 1.0, "outside_finding": 0.0, "outside_finding_fresh": 0.0, "leave_per_month": 0.0}
    lever = OPEN | {"graduate_places": 10_000, "graduate_months": 4, "intakes_per_year": 1, "hosts": 20}
    gaps: dict[int, list[float]] = {200: [], 365: []}  # the intake is in the middle of the run
    for seed in range(1, 6):
        for days, gap in gaps.items():
            setting = SETTING | {"graduates": 4000, "days": days, "population": {"unemployed_recent": 0.5}}
            null, world = (run_of(**setting, seed=seed, behaviour=behaviour, policy=policy) for policy in ({}, {"internships": lever}))
            took = column(world, "placements") > 0
            works = [(column(one, "activity") == Activity.EMPLOYED)[took].mean() for one in (world, null)]
            gap.append(works[0] - works[1])
    assert np.mean(gaps[200]) < 0 > np.median(gaps[200])
    assert np.mean(gaps[365]) > 0 < np.median(gaps[365])


def test_a_graduate_intern_who_leaves_the_region_gives_the_place_up(run_of: Run) -> None:
    behaviour = {"leave_per_month": 30.0, "leave_unemployed": 0.1}
    setting = SETTING | {"behaviour": behaviour, "population": {"residents_from_elsewhere_share": 1.0, "unemployed_recent": 0.5}}
    world = run_of(**setting, policy={"internships": GRADUATES | {"graduate_months": 12}})
    gone = (column(world, "placements") > 0) & (column(world, "place") == Place.ELSEWHERE) & (column(world, "from_elsewhere") == 1)
    assert gone.any()
    every(column(world, "activity")[gone] != Activity.INTERN)
    every(column(world, "place_months")[gone] == 0)


def test_interns_of_government_have_no_host(scenario_of: Any, world_of: Run) -> None:
    world = world_of(scenario_of(**SETTING, policy={"internships": OPEN | {"government_places": 20}}, behaviour={"internship_share": 0.0}))
    (first,) = world.tables["events"].column("day")
    assert (world.scenario.start + timedelta(days=int(first))).month == 1
    world.advance(0, first + 1)
    interns = column(world, "activity") == Activity.INTERN
    assert interns.sum() == 20
    every(column(world, "employer")[interns] == -1)
    every(world.tables["employers"].column("interns") == 0)
    world.advance(first + 1, 300)
    assert world.counts[Count.PLACEMENTS_ENDED] == 20
    assert world.counts[Count.PLACEMENTS_KEPT] == 0


def test_students_from_outside_live_here_during_a_place_and_go_home(scenario_of: Any, world_of: Run) -> None:
    behaviour = {"internship_share": 0.0, "placement_attachment": 0.5}
    world = world_of(scenario_of(**SETTING, policy={"internships": OPEN | {"government_places": 40}}, behaviour=behaviour))
    (first,) = world.tables["events"].column("day")
    world.advance(0, first)
    attachment, interest = column(world, "attachment").copy(), column(world, "region_interest").copy()
    world.advance(first, first + 1)
    outside = (column(world, "activity") == Activity.INTERN) & (column(world, "from_elsewhere") == 1)
    assert outside.sum() > 5
    savings = column(world, "savings")[outside].sum()
    for day in range(first + 1, first + 45):
        world.advance(day, day + 1)
        every(column(world, "place")[outside] == Place.VISITING)
    assert column(world, "savings")[outside].sum() >= savings, "board and lodging come with the place"
    world.advance(first + 45, first + 46)
    every(column(world, "activity")[outside] == Activity.STUDYING)
    outside &= column(world, "interview_day") < first + 45  # who has an interview now stays for it
    assert outside.sum() > 5
    every(column(world, "place")[outside] == Place.ELSEWHERE)
    assert np.allclose(column(world, "attachment")[outside], attachment[outside] + 0.5), "the tie of a place, and none a night"
    assert np.allclose(column(world, "region_interest")[outside], np.minimum(1.0, interest[outside] + 0.05))


def test_practice_is_in_july_for_the_class_that_enters_then(scenario_of: Any, world_of: Run) -> None:
    world = world_of(scenario_of(**SETTING | {"days": 420}, policy={"internships": OPEN | {"summer_places": 15}}))
    (first,) = world.tables["events"].column("day")
    assert (world.scenario.start + timedelta(days=int(first))).month == 7
    world.advance(0, first)
    planned = column(world, "return_day").copy()
    world.advance(first, first + 1)
    interns = column(world, "placement") == Placement.SUMMER
    assert interns.sum() == 15
    entered = world.scenario.start + timedelta(days=int(column(world, "entry_day")[interns].min()))
    assert (entered.month, entered.year) == (7, 2021)
    every(column(world, "next_search_day")[interns] == -1, "a summer in which nobody of the class searches yet")
    world.advance(first + 1, first + 31)
    every(column(world, "activity")[interns] == Activity.STUDYING)
    every(column(world, "return_day")[interns] == planned[interns], "the search begins when it would have")
    world.advance(first + 31, 420)
    every(column(world, "searching_since")[interns & (planned < 420)] >= 0)
    assert world.counts[Count.PLACEMENTS_STARTED] == 15


def test_several_years_have_their_intakes(run_of: Run) -> None:
    world = run_of(**SETTING | {"graduates": 600, "days": 730}, policy={"internships": STUDENTS})
    assert world.tables["events"].count == 2 * 4
    assert world.counts[Count.STUDENT_PLACEMENTS] == world.tables["events"].column("taken").sum() == service(world).served


def test_without_places_nothing_is_offered() -> None:
    for key in KEYS:
        assert Internships.model_validate({"enabled": True, key: 1}).offers_something
        assert not Internships.model_validate({"enabled": True, key: 1, "budget": 0}).offers_something
    assert not Internships(enabled=True).offers_something
    assert not Internships(enabled=True, graduate_places=5, hosts=0).offers_something


def test_practice_in_villages_is_no_placement_and_for_who_comes_home(scenario_of: Any, world_of: Run) -> None:
    """It puts nobody on a pile, teaches no trade, shows a little of the skill, and ties natives who study elsewhere to their home."""
    lever = OPEN | {"practice_places": 1000, "practice_for_returners": True, "practice_days": 30, "practice_allowance": 100}
    behaviour = {"internship_share": 0.0, "practice_noise": 2.0, "placement_attachment": 0.25, "ties_fade_per_year": 0.0}
    summer = {"graduates": 4000, "start": "2021-06-25", "days": 60}
    world = world_of(scenario_of(**SETTING | summer, policy={"internships": lever}, behaviour=behaviour))
    (first,) = world.tables["events"].column("day")
    world.advance(0, first)
    before = {name: column(world, name).copy() for name in ("skill", "attachment", "region_interest", "proof")}
    world.advance(first, first + 1)
    away = (column(world, "placement") == Placement.PRACTICE).nonzero()[0]
    outside = world.tables["campuses"].rows["outside"][column(world, "campus")] == 1
    students = (column(world, "graduation_day") > first) & (column(world, "from_elsewhere") == 0) & outside
    assert 5 < len(away) < students.sum()
    every(students[away])
    every(column(world, "employer")[away] == -1)
    world.advance(first + 1, 60)
    every(column(world, "activity")[away] == Activity.STUDYING)
    every(column(world, "place")[away] == Place.ELSEWHERE, "back where they study")
    for name, gained in (("skill", 0.0), ("attachment", 0.25), ("region_interest", 0.0), ("proof", 0.25)):
        assert column(world, name)[away] == pytest.approx(before[name][away] + gained), name
    every(column(world, "stipends")[away] + column(world, "stipend_due")[away] == 100)
    assert world.counts[Count.PLACEMENTS_ENDED] == len(away)
    assert world.counts[Count.PLACEMENTS_KEPT] == 0
    piles = world.tables["applications"]
    assert not ((piles.column("channel") == Channel.PLACEMENT) & (piles.column("person") >= 0)).any()


@pytest.mark.parametrize("kind", ["graduate_places", "industry_places", "summer_places"])
def test_nobody_has_a_host_where_no_employer_has_heard_of_it(kind: str, run_of: Run) -> None:
    """Employers who are told become hosts; places of government need none."""
    setting = SETTING | {"graduates": 300, "days": 260, "start": "2020-12-01"}
    lever = OPEN | {kind: 20, "graduate_months": 2, "firm_awareness": 0.0}
    told = {"internships": lever, "outreach": {"enabled": True, "firm_contacts": 300}}
    unknown, known = (run_of(**setting, policy=policy) for policy in ({"internships": lever}, told))
    assert (int(service(unknown).served), int(service(unknown).spent)) == (0, 0)
    assert service(unknown).turned_away == service(unknown).reached > 0
    assert service(known).served > 0
    of_government = run_of(**setting | {"days": 60}, policy={"internships": OPEN | {"government_places": 5, "firm_awareness": 0.0}})
    assert of_government.counts[Count.PLACEMENTS_STARTED] == 5
