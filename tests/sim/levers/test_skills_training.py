"""Skills training: lock-in, then skill; a class to order keeps openings of its partner, if there are any."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.levers import LeverId
from sim.levers.skills_training import SkillsTraining
from sim.states import Activity, Channel, Count, Course, EventKind, Place
from sim.world import World
from tests.drawn import BUDGET, FEW
from tests.every import every
from tests.sim.tiny import seek

BUSY: dict[str, Any] = {
    "enabled": True,
    "menu_courses": 3,
    "seats_per_menu_course": 4,
    "contracted_classes": 3,
    "seats_per_contracted_class": 4,
    "contracted_days": 40,
    "demand": 0.2,
    "initial_awareness": 0.7,
}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [
    {"menu_courses": 0, "contracted_classes": 0},
    {"seats_per_menu_course": 0, "seats_per_contracted_class": 0},
    {"menu_courses": 0, "partner_firms": 0},
    {"budget": 0},
]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "menu_courses": FEW,
        "menu_days": st.integers(1, 100),
        "contracted_classes": FEW,
        "contracted_days": st.integers(1, 100),
        "partner_firms": FEW,
        "partner_industry": st.integers(-1, 4),
        "for_students": st.booleans(),
        "campuses": st.sampled_from(((), ("college",), ("college", "outside 0"))),
        "demand": st.floats(0, 1),
        "initial_awareness": st.floats(0, 1),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]
SETTING: dict[str, Any] = {"graduates": 1200, "days": 240, "start": "2021-01-01"}
OPEN = {"enabled": True, "initial_awareness": 1.0, "demand": 0.5}
MENU = OPEN | {"menu_courses": 3, "menu_days": 30}
CLASS = OPEN | {"contracted_classes": 3, "contracted_days": 40, "firm_awareness": 1.0}
NO_OPENINGS = {"market": {"tightness": 0.0}, "behaviour": {"replacement_share": 0.0, "growth_per_year": 0.0, "separation_bachelor": 0.0}}


def service(world: World) -> Any:
    return world.tables["services"].rows[LeverId.SKILLS_TRAINING]


def column(world: World, name: str) -> Any:
    return world.tables["people"].column(name)


@pytest.mark.parametrize(("lever", "key"), [(MENU, "seats_per_menu_course"), (CLASS, "seats_per_contracted_class")])
def test_more_seats_train_more_and_turn_fewer_away(lever: dict[str, Any], key: str, run_of: Run) -> None:
    found = [service(run_of(**SETTING, policy={"skills_training": lever | {key: seats}})) for seats in (1, 4, 16, 1000)]
    every(np.diff([row.served for row in found]) > 0)
    every(np.diff([row.turned_away for row in found]) < 0)
    assert found[-1].turned_away == 0
    assert all(row.reached == row.served + row.turned_away for row in found)


@pytest.mark.parametrize(("lever", "months"), [(MENU | {"seats_per_menu_course": 1000}, 1), (CLASS | {"seats_per_contracted_class": 1000}, 2)])
def test_half_the_budget_trains_half(lever: dict[str, Any], months: int, run_of: Run) -> None:
    need = service(run_of(**SETTING, policy={"skills_training": lever}))
    half = service(run_of(**SETTING, policy={"skills_training": lever | {"budget": int(need.spent) // 2}}))
    assert need.spent == 800 * need.units == 800 * months * need.served > 0
    assert half.spent == 800 * half.units <= need.spent // 2
    assert abs(int(half.served) - int(need.served) / 2) <= 1
    assert half.turned_away > 0.3 * need.served


def test_trainees_write_fewer_applications_and_work_later_but_better(run_of: Run) -> None:
    """Lock-in and then skill, on paired seeds: the same people, with and without one long course in the middle of the run."""
    lever = OPEN | {"menu_courses": 1, "menu_days": 60, "seats_per_menu_course": 10_000}
    behaviour = {"menu_skill": 1.0, "outside_finding": 0.0, "outside_finding_fresh": 0.0, "leave_per_month": 0.0}
    during, after, written = [], [], []
    for seed in range(1, 5):
        for days, gap in ((105, during), (330, after)):
            setting = SETTING | {"graduates": 4000, "days": days, "population": {"unemployed_recent": 0.5, "unemployed_earlier": 0.2}}
            null, world = (run_of(**setting, seed=seed, behaviour=behaviour, policy=policy) for policy in ({}, {"skills_training": lever}))
            enrolled = (column(world, "menu_courses") > 0) | (column(world, "course") == Course.MENU)
            works = [(column(one, "activity") == Activity.EMPLOYED)[enrolled].mean() for one in (world, null)]
            gap.append(works[0] - works[1])
            if days == 105:
                written.append(column(world, "applications")[enrolled].sum() / column(null, "applications")[enrolled].sum())
    assert max(during) < 0
    assert np.mean(after) > 0.02
    assert max(written) < 0.95


def test_a_certificate_is_earned_at_the_end(scenario_of: Any, world_of: Run) -> None:
    course = {"skills_training": CLASS | {"contracted_classes": 1, "partner_industry": 0}}
    world = world_of(scenario_of(**SETTING, policy=course, behaviour={"skill_unused": 0.0}))
    (first,) = world.tables["events"].column("day")
    world.advance(0, first + 39)
    trainees = column(world, "course") == Course.CONTRACTED
    assert trainees.sum() > 10
    every(column(world, "certificate") == -1)
    every(column(world, "course_industry")[trainees] == 0)
    skill = column(world, "skill").copy()
    world.advance(first + 39, first + 41)
    finished = column(world, "contracted_courses") == 1
    assert (finished == (trainees & (column(world, "activity") != Activity.EMPLOYED))).mean() > 0.99
    every(column(world, "certificate") == np.where(finished, 0, -1))
    assert np.allclose((column(world, "skill") - skill)[finished], 0.25, atol=0.006), "but for what fades on a pay day without work"


def test_a_class_holds_openings_of_its_partner_and_places_more_than_the_menu(scenario_of: Any, world_of: Run) -> None:
    """Paired: the same day, length, seats, skill; the class ends with offers of the partner, and the menu does not."""
    placed, kept = np.zeros(2), np.zeros(2)
    for seed in (1, 2, 3, 4, 5, 6, 7):
        for kind, lever in enumerate((OPEN | {"menu_courses": 1, "menu_days": 40}, CLASS | {"contracted_classes": 1})):
            behaviour = {"menu_skill": 0.1, "contracted_skill": 0.1}
            world = world_of(scenario_of(**SETTING, market={"tightness": 2.0}, behaviour=behaviour, policy={"skills_training": lever}), seed)
            (first,) = world.tables["events"].column("day")
            world.advance(0, first + 1)
            trainees = np.flatnonzero(column(world, "course"))
            held = world.tables["employers"].column("held")
            ordered = world.tables["employers"].column("ordered")
            assert held.sum() + ordered.sum() == (column(world, "course_host")[trainees] >= 0).sum()
            world.advance(first + 1, first + 30)
            kept[kind] += world.tables["employers"].column("held").sum()
            world.advance(first + 30, first + 65)
            placed[kind] += column(world, "hires")[trainees].astype(bool).mean()
            assert world.tables["employers"].column("held").sum() == 0, "nothing is held after the end"
            assert kind == 1 or world.counts[Count.TRAINING_HIRED] == 0
    assert kept[1] > kept[0] == 0
    assert placed[1] > 1.2 * placed[0]


def test_a_partner_without_openings_holds_none_and_hires_none(run_of: Run) -> None:
    world = run_of(**SETTING, **NO_OPENINGS, policy={"skills_training": CLASS})
    assert world.counts[Count.CONTRACTED_TRAINED] > 30
    posts = world.tables["posts"]
    assert (posts.column("channel")[posts.column("holder") >= 0] == Channel.CLASS).sum() == world.counts[Count.TRAINING_HIRED] == 0
    assert (column(world, "certificate") >= 0).sum() == (column(world, "contracted_courses") > 0).sum(), "only the certificate remains"


def test_a_held_opening_needs_no_slot_and_is_paid_like_others_of_the_tier(run_of: Run) -> None:
    behaviour = {"post_wage_noise": 0.0, "entry_pay_slope": 0.0, "pay_answer": 0.0}
    world = run_of(**SETTING, market={"tightness": 2.0}, behaviour=behaviour, policy={"skills_training": CLASS})
    posts, employers, region = world.tables["posts"], world.tables["employers"], world.scenario.region
    mine = (posts.column("channel") == Channel.CLASS) & (posts.column("holder") >= 0)
    assert mine.sum() > 5
    usual = np.array([region.wage_vocational, region.wage_bachelor, region.wage_master])[posts.column("education")[mine]]
    expected = usual * employers.column("wage_level")[posts.column("employer")[mine]]
    assert np.allclose(posts.column("wage")[mine], expected, atol=2)
    every(posts.column("education")[mine] == column(world, "education")[posts.column("holder")[mine]])


def test_a_search_from_before_the_run_goes_on_after_a_course(run_of: Run) -> None:
    setting = SETTING | {"days": 140}
    world = run_of(**setting, policy={"skills_training": MENU | {"menu_courses": 1, "seats_per_menu_course": 1000}})
    null = run_of(**setting)
    both = (column(world, "menu_courses") == 1) & (column(world, "activity") == Activity.SEARCHING) & (column(null, "activity") == Activity.SEARCHING)
    both &= (column(null, "searching_since") < -1) & (column(world, "hires") == 0) & (column(world, "left_day") < 0)
    assert both.sum() > 5
    every(column(world, "searching_since")[both] < 0)


def test_students_in_a_class_do_not_begin_to_search_earlier(scenario_of: Any, world_of: Run) -> None:
    lever = CLASS | {"contracted_classes": 4, "for_students": True}
    scenario = scenario_of(graduates=1500, days=120, start="2020-09-05", policy={"skills_training": lever})
    world = world_of(scenario)
    first = int(world.tables["events"].column("day")[0])
    world.advance(0, first)
    planned = np.where(column(world, "activity") == Activity.STUDYING, column(world, "return_day"), -1)
    world.advance(first, first + 1)
    inside = column(world, "course") == Course.CONTRACTED
    every(column(world, "activity")[inside] == Activity.INTERN)
    later = inside & (planned > first + 42)
    assert later.sum() > 3
    every(column(world, "next_search_day")[later] == -1)
    world.advance(first + 1, first + 42)
    every(column(world, "activity")[inside] == Activity.STUDYING)
    every(column(world, "return_day")[later] == planned[later])
    now = inside & (planned >= 0) & (planned < first + 40)
    every(column(world, "next_search_day")[now] >= 0)


def test_who_leaves_the_region_drops_out_and_gives_the_opening_back(scenario_of: Any, world_of: Run) -> None:
    setting = SETTING | {"behaviour": {"leave_per_month": 0.0}, "population": {"residents_from_elsewhere_share": 1.0, "unemployed_recent": 0.9}}
    world = world_of(scenario_of(**setting, market={"tightness": 2.0}, policy={"skills_training": CLASS | {"contracted_classes": 1}}), 1, 1)
    (first,) = world.tables["events"].column("day")
    world.advance(0, first + 1)
    trainees = np.flatnonzero(column(world, "course") == Course.CONTRACTED)
    world.rules["behaviour"]["leave_per_month"] = 100.0
    world.advance(first + 1, first + 39)
    left = trainees[column(world, "left_day")[trainees] > first]
    assert len(left) > 0
    every(column(world, "course")[left] == Course.OWN)
    every(column(world, "course_host")[left] == -1)
    assert (column(world, "place")[left] == Place.ELSEWHERE).any()
    world.advance(first + 39, first + 60)
    every(column(world, "contracted_courses")[left] == 0)


@pytest.mark.parametrize("industry", range(5))
def test_a_partner_of_the_industry_is_found_where_there_is_one(industry: int, run_of: Run) -> None:
    world = run_of(**SETTING, policy={"skills_training": CLASS | {"partner_industry": industry}})
    every(world.tables["events"].column("taken") > 20)
    assert set(column(world, "certificate").tolist()) == {-1, industry}


def test_a_class_without_a_partner_turns_everybody_away(run_of: Run, scenario_of: Any) -> None:
    region = {"region": scenario_of().region.model_copy(update={"jobs_by_field": (1.0, 1.0, 1.0, 1.0, 0.0)})}
    world = run_of(**SETTING, **region, policy={"skills_training": CLASS | {"partner_industry": 4}})
    assert (int(service(world).served), int(service(world).spent)) == (0, 0)
    assert service(world).turned_away == service(world).reached > 0


def test_classes_go_to_partners_in_turn_and_courses_that_outlast_the_run_stay_open(run_of: Run) -> None:
    world = run_of(**SETTING | {"days": 60}, policy={"skills_training": CLASS | {"contracted_classes": 5, "partner_firms": 2, "contracted_days": 90}})
    events = world.tables["events"]
    every(events.column("kind") == EventKind.CONTRACTED_CLASS)
    assert events.column("variant").tolist() == [0, 1, 0, 1, 0]
    assert world.counts[Count.CONTRACTED_TRAINED] == 0 < service(world).served


def test_without_seats_or_partners_nothing_is_offered() -> None:
    assert SkillsTraining.model_validate(MENU).offers_something
    assert SkillsTraining.model_validate(CLASS).offers_something
    assert not SkillsTraining.model_validate(CLASS | {"partner_firms": 0}).offers_something
    assert not SkillsTraining.model_validate(CLASS | {"seats_per_contracted_class": 0}).offers_something
    assert not SkillsTraining.model_validate(MENU | {"budget": 0}).offers_something


def test_a_class_to_order_takes_only_students_of_its_college(run_of: Run) -> None:
    """Colleges hold the classes in turn; without their names a class is open to all."""
    lever = CLASS | {"contracted_classes": 2, "seats_per_contracted_class": 1000, "for_students": True, "demand": 1.0, "partner_firms": 1}
    setting = SETTING | {"days": 120, "behaviour": {"internship_share": 0.0}}
    named, any_college = (run_of(**setting, policy={"skills_training": lever | more}) for more in ({"campuses": ("college", "outside 1")}, {}))
    begun = column(named, "courses_begun") > 0
    names = np.array([campus.name for campus in named.scenario.region.campuses])
    assert set(names[column(named, "campus")[begun]]) == {"college", "outside 1"}
    assert named.tables["events"].column("taken").tolist() == [
        int((names[column(named, "campus")[begun]] == name).sum()) for name in ("college", "outside 1")
    ]
    assert len(set(column(any_college, "campus")[column(any_college, "courses_begun") > 0])) > 4


@pytest.mark.parametrize(("skill", "signed"), [(2.0, 1), (-2.0, 0)])
def test_a_partner_offers_to_who_has_proved_good_enough(skill: float, signed: int, still_world: Run) -> None:
    """It has seen the trainee for the days of the class; who does not reach its bar leaves it an opening more."""
    world = still_world(host_noise=0.1, contracted_skill=0.0)
    employer = world.tables["employers"].rows[0:1]
    employer["skill_bar"], employer["held"], employer["target_staff"] = 0.0, 1, employer["staff"] + employer["pending"] + 1
    usual = {"next_search_day": -1, "expected_wage": 1.0, "graduation_day": -100, "course": Course.CONTRACTED, "course_host": 0, "host_days": 90}
    seek(world, 7, activity=Activity.TRAINING, skill=skill, return_day=5, **usual)
    world.advance(0, 6)
    assert (world.counts[Count.CONTRACTED_TRAINED], world.counts[Count.TRAINING_HIRED], employer["held"][0]) == (1, signed, 0)
    assert column(world, "course_host")[7] == -1


def test_a_class_has_no_partner_where_no_employer_has_heard_of_it(run_of: Run) -> None:
    unheard = CLASS | {"firm_awareness": 0.0}
    told = {"skills_training": unheard, "outreach": {"enabled": True, "firm_contacts": 300}}
    unknown, known = (run_of(**SETTING, policy=policy) for policy in ({"skills_training": unheard}, told))
    assert (int(service(unknown).served), int(service(unknown).spent)) == (0, 0)
    assert service(unknown).turned_away == service(unknown).reached > 0
    assert service(known).served > 0
