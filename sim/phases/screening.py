"""Phase 6, screening: employers read the applications they kept and call the best ones to an interview."""

from __future__ import annotations

from sim.compiled import NEVER, compiled
from sim.fetching import AHEAD, fetch
from sim.rules.posts import list_posts_due, pile_of
from sim.rules.preparing import is_looking
from sim.rules.telling import pass_on
from sim.states import Count, PostState, Stage
from sim.tables import Tables


@compiled
def call_back(world: Tables, day: int) -> None:
    """Review the posts whose day it is: call the best, or wait."""
    list_posts_due(world, day)
    for index in range(world.rows_in_use.posts_due):
        fetch(world.posts, world.posts_due[index + AHEAD], 0)
        number = world.posts_due[index]
        post = world.posts[number]
        if post.state != PostState.OPEN or post.review_day > day or world.calendar[day].working == 0:
            continue
        bar = world.employers[post.employer].skill_bar - world.rules.behaviour.call_margin
        called = 0
        interview_day = world.calendar[day + world.rules.behaviour.interview_days].next_working
        while called < world.rules.behaviour.interviews_per_post:
            best = NEVER
            for place in pile_of(world, number):
                application = world.applications[place]
                if application.stage == Stage.KEPT and application.score >= bar:
                    better = best < 0 or application.score > world.applications[best].score
                    if better and is_looking(world.people[application.person]):  # the row last: it is far away
                        best = place
            if best < 0:
                break
            world.applications[best].stage = Stage.CALLED
            called += 1
            if world.employers[post.employer].aware != 0:
                pass_on(world, day, post.employer, world.applications[best].person)
            world.counts[Count.INTERVIEWS_CALLED] += 1
        if called > 0:
            post.state = PostState.INTERVIEWING
            post.interview_day = interview_day
        else:
            post.review_day = day + world.rules.behaviour.review_wait_days
