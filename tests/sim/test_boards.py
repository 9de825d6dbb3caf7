"""What an advertising slot says is what stands in the rows of post and employer, and no post is forgotten: every evening of a lively run."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.agents.employer import EMPLOYERS, SLOTS
from sim.scenario import Scenario
from sim.states import Count, PostState
from sim.world import World

BUSY = {"opportunity_per_year": 3.0, "internship_share": 0.8, "exit_per_year": 0.5, "answer_days": 2, "post_days": 20}
DAYS = 90
OF_EMPLOYER = {column.name for column in SLOTS} & {column.name for column in EMPLOYERS}
OF_POST = {column.name for column in SLOTS} - OF_EMPLOYER - {"post"}


def misprints(world: World) -> list[str]:
    """Name what adverts say otherwise than the rows of their posts and employers."""
    slots, posts, employers = (world.tables[name] for name in ("slots", "posts", "employers"))
    adverts = slots.rows[: slots.count][slots.column("post") >= 0]
    of_posts = posts.rows[adverts["post"]]
    of_employers = employers.rows[of_posts["employer"]]
    told = dict.fromkeys(OF_POST, of_posts) | dict.fromkeys(OF_EMPLOYER, of_employers)
    return [name for name, source in told.items() if not np.array_equal(adverts[name], source[name])]


def undone(world: World, day: int) -> dict[str, int]:
    """Count the posts with something to do on a day that is over which has not been done."""
    posts = world.tables["posts"]
    state, columns = posts.column("state"), {name: posts.column(name) for name in ("review_day", "interview_day", "offer_day")}
    reads = bool(world.calendar["working"][day])
    return {
        "not read": int(((state == PostState.OPEN) & (columns["review_day"] <= day)).sum()) if reads else 0,
        "not held": int(((state == PostState.INTERVIEWING) & (columns["interview_day"] <= day)).sum()),
        "not offered or answered": int(((state == PostState.OFFERING) & (columns["offer_day"] <= day)).sum()),
    }


@pytest.fixture(scope="module")
def lively(scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any]) -> Scenario:
    """Return a scenario with every lever and many posts that come and go, where applications at fairs and on visits are read the same day."""
    policy = every_lever()
    policy["job_fairs"]["reading_days"] = policy["travel_vouchers"]["reading_days"] = 0
    return scenario_of(graduates=400, days=DAYS, start="2021-05-01", policy=policy, behaviour=BUSY)


def test_every_evening_adverts_are_true_and_nothing_is_left_undone(lively: Scenario, world_of: Callable[..., World]) -> None:
    world = world_of(lively)
    for day in range(DAYS):
        world.advance(day, day + 1, afresh=day == 0)
        assert misprints(world) == [], f"day {day}"
        assert set(undone(world, day).values()) == {0}, f"day {day}: {undone(world, day)}"
        rows, posts = world.rows_in_use[0], world.tables["posts"]
        listed = world.posts_open[: rows.posts_open]
        assert np.array_equal(listed, np.unique(listed)), f"day {day}"
        assert rows.posts_taken_up == posts.count
        assert set(np.flatnonzero(posts.column("state") < PostState.FILLED)) <= set(listed.tolist()), f"day {day}"
    for count in (Count.POSTS_FILLED, Count.POSTS_LAPSED, Count.SECOND_INTERVIEWS, Count.FAIR_HIRES, Count.EMPLOYERS_CLOSED):
        assert world.counts[count] > 0, count.name


def test_adverts_say_what_python_has_made_of_a_post(lively: Scenario, world_of: Callable[..., World]) -> None:
    world = world_of(lively)
    world.advance(0, 2)
    number = int(world.tables["slots"].column("post").max())
    world.tables["posts"].rows["wage"][number] += 1000
    assert misprints(world) == ["wage"]
    world.advance_within(2, 4, 5)
    assert misprints(world) == []
