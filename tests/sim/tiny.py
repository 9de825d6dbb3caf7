"""Tiny worlds made by hand: everybody is at rest until a test moves somebody, and the answer can be worked out on paper."""

from typing import Any

import numpy as np

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.states import Activity, Count, Education, Place, PostState, Stage
from sim.world import World

STILL: dict[str, float] = {
    "opportunity_per_year": 0,
    "growth_per_year": 0,
    "replacement_share": 0,
    "shrink_per_month": 0,
    "exit_per_year": 0,
    "separation_bachelor": 0,
    "separation_vocational": 0,
    "outside_finding": 0,
    "outside_finding_fresh": 0,
    "internship_share": 0,
    "course_per_month": 0,
    "employed_search_share": 0,
    "leave_per_month": 0,
    "ties_fade_per_year": 0,
    "explore_per_month": 0,
    "forget_per_month": 0,
    "talk_recall": 0,
    "skill_unused": 0,
}
"""Nobody quits, leaves, founds, learns, unlearns or hires by themselves."""

PLAIN: dict[str, float] = {
    "cv_noise": 0,
    "interview_noise": 0,
    "fit_output": 0,
    "referral_noise": 1_000_000,
    "training_months": 0,
    "unemployment_penalty": 0,
    "taste_spread": 0,
    "field_match_taste": 0,
    "state_taste": 0,
    "taste_at_interview": 0,
    "commute_fare_per_km": 0,
    "hour_worth": 0,
    "sessions_per_month": 200,
    "posts_seen": 100,
    "skill_bar_spread": 0,
    "online_interview_share": 0,
    "trip_value_spread": 0,
    "withdrawn_share": 0,
    "wage_floor_seen": 0.5,
    "remote_penalty": 0,
    "skill_return": 0,
    "skill_bar_by_pay": 0,
    "answer_days": 0,
    "second_round_share": 0,
    "pay_answer": 0,
    "entry_pay_slope": 0,
    "sessions_most": 1000,
    "effort_convexity": 1e12,
    "application_cost": 0,
    "interview_cost": 0,
    "search_horizon_months": 1e12,
    "family_months": 1e12,
    "pay_prior": 1e12,
    "pay_memory": 1e12,
    "offers_prior": 1e12,
    "offers_memory": 1e12,
    "give_up_per_month": 0,
    "peer_posts": 0,
}
"""No noise, no taste and no way to work: the best applicant is best, and sees every post soon. Search costs nothing and beliefs stand: who has time
without end wants what is expected."""


SURE: dict[str, Any] = {
    "idea_spread": 0,
    "idea_surprise": 0,
    "market_drift": 0,
    "second_thoughts": 0,
    "skill_in_business": 0,
    "education_in_business": 0,
    "revenue_noise": 0,
    "dispute_per_year": 0,
    "arrears_per_year": 0,
    "monthly_revenue": 9_002,
    "running_cost": 8_000,
    "sales_cost": 0,
    "revenue_per_staff": 10_000_000,
    "registration_days": 20,
    "capital_need": 1_000,
    "capital_need_spread": 0,
    "working_capital": 1,
    "resale_share": 0,
    "venture_months": 600,
}
"""Whoever has an idea founds a firm, whose months are all alike: 9,002 come in and 8,000 go out, and money put into it stays in cash."""
FOUNDED = 3
"""Day on which person 5 founds the firm (`founded` of `tests/sim/conftest.py`)."""


def move(world: World, identity: int, **columns: Any) -> None:
    """Set columns of one person."""
    for name, value in columns.items():
        world.tables["people"].rows[name][identity] = value


def free_rooms(world: World) -> None:
    """Let rooms here and elsewhere cost nothing."""
    world.rules["region"]["rent"] = world.rules["region"]["rent_elsewhere"] = 0


def seek(world: World, identity: int, **columns: Any) -> None:
    """Let a local bachelor search from the first day."""
    usual: dict[str, Any] = {
        "activity": Activity.SEARCHING,
        "place": Place.RESIDENT,
        "from_elsewhere": 0,
        "education": Education.BACHELOR,
        "proof": 0.0,
        "next_search_day": 0,
        "searching_since": 0,
        "region_interest": 1.0,
        "effort": 1.0,
        "targeting": 0.0,
        "expected_wage": 5000.0,
        "interview_skill": 0.0,
        "attachment": 0.0,
        "employer": NEVER,
        "wage": 0,
    }
    move(world, identity, **(usual | columns))


def advertise(world: World, employer: int, wage: int = 6000, review_day: int = 20, lapse_day: int = 80, wanted_day: int = 0) -> int:
    """Open one post by hand, for any education. Returns its row."""
    tables = world.tables
    posts, employers, slots = tables["posts"], tables["employers"].rows, tables["slots"].rows
    first, number = int(employers["first_slot"][employer]), posts.count
    slot = next(row for row in range(first, first + int(employers["slots"][employer])) if slots["post"][row] < 0)
    posts.count += 1
    content = {
        "employer": employer,
        "slot": slot,
        "state": PostState.OPEN,
        "field": employers["industry"][employer],
        "education": 0,
        "wage": wage,
        "wanted_day": wanted_day,
        "opened_day": 0,
        "closed_day": NEVER,
        "review_day": review_day,
        "lapse_day": lapse_day,
        "holder": NEVER,
        "applications": 0,
        "kept": 0,
    }
    for name, value in content.items():
        posts.rows[name][number] = value
    slots["post"][slot] = number
    employers["open_posts"][employer] += 1
    employers["target_staff"][employer] += 1
    employers["skill_bar"][employer] = -10.0
    world.counts[Count.POSTS_OPENED] += 1
    return number


def ask_for(world: World, number: int, education: int) -> None:
    """Let an advertised post ask for an education tier, on the boards as well."""
    post = world.tables["posts"].rows[number]
    post.education = education
    world.tables["slots"].rows["education"][post.slot] = education


def know(world: World, lever: LeverId, *identities: int) -> None:
    """Let some people, and nobody else, know of a service."""
    people = world.tables["people"].rows
    people["aware"] &= ~np.uint32(1 << lever)
    people["aware"][list(identities)] |= np.uint32(1 << lever)


def guests(world: World, *identities: int, day: int = 2) -> None:
    """Let some people from elsewhere, who know of the station and have the money, think of a trip on the same day."""
    for identity in identities:
        move(
            world,
            identity,
            activity=Activity.SEARCHING,
            place=Place.ELSEWHERE,
            from_elsewhere=1,
            campus=3,
            circle=int(world.tables["campuses"].rows["members"][3]),
            next_trip_day=day,
            savings=100_000,
            searching_since=0,
            employer=NEVER,
            wage=0,
        )
    know(world, LeverId.LODGING, *identities)


def firm_of(world: World) -> Any:
    """Return the row of the firm that person 5 runs."""
    return world.tables["employers"].rows[int(world.tables["people"].rows["employer"][5])]


def interviewed(world: World, number: int, scores: dict[int, float], offer_day: int) -> None:
    """Let a post make its first offer on a day to the best of some people, who have been interviewed."""
    posts = world.tables["posts"].rows
    posts["state"][number], posts["offer_day"][number], posts["kept"][number] = PostState.OFFERING, offer_day, len(scores)
    pile = world.applications_of([number])
    for place, (identity, score) in enumerate(scores.items()):
        pile["person"][0, place], pile["score"][0, place], pile["stage"][0, place] = identity, score, Stage.INTERVIEWED
    world.applications_of([number], pile)
