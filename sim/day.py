"""The day: the phases in their order, compiled into one function."""

from __future__ import annotations

from sim.compiled import compiled, entry
from sim.phases.accounts import settle_accounts
from sim.phases.awareness import spread_knowledge
from sim.phases.cohort import enter_and_graduate
from sim.phases.hiring import interview_and_offer, receive_outside_offers
from sim.phases.screening import call_back
from sim.phases.search import hold_events, send_applications
from sim.phases.services import provide_services
from sim.phases.settling import settle_or_leave
from sim.phases.training import train
from sim.phases.travel import travel
from sim.phases.vacancies import open_and_close_posts
from sim.phases.ventures import found_firms, run_firms
from sim.phases.work import work
from sim.recorder import open_record, record_day
from sim.tables import Tables


@compiled
def has_room(world: Tables) -> bool:
    """Tell whether the tables that grow surely have room for one more day."""
    return (
        world.posts.size - world.rows_in_use.posts > world.rows_in_use.posts_a_day
        and world.employers.size - world.rows_in_use.employers > world.rows_in_use.ventures_a_day
        and world.loans.size - world.rows_in_use.loans > world.rows_in_use.ventures_a_day
    )


@entry
def advance(world: Tables, first_day: int, last_day: int, afresh: bool) -> int:
    """Simulate the days first_day … last_day - 1.

    Args:
        world: The world.
        first_day: First day.
        last_day: Day after the last.
        afresh: Look at everybody first: Python may have changed somebody since the last call.

    Returns:
        The day reached: `last_day`, or an earlier one before which a table must be given more room.
    """
    if afresh:
        open_record(world, first_day)
    for day in range(first_day, last_day):
        if not has_room(world):
            return day
        enter_and_graduate(world, day)
        spread_knowledge(world, day)
        provide_services(world, day)
        open_and_close_posts(world, day)
        send_applications(world, day)
        hold_events(world, day)
        call_back(world, day)
        travel(world, day)
        interview_and_offer(world, day)
        receive_outside_offers(world, day)
        work(world, day)
        train(world, day)
        found_firms(world, day)
        run_firms(world, day)
        settle_or_leave(world, day)
        settle_accounts(world, day)
        record_day(world, day)
    return last_day
