"""The day: the phases in their order, compiled into one function."""

from __future__ import annotations

from sim.compiled import compiled, entry
from sim.phases.accounts import settle_accounts
from sim.phases.ageing import age_out
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
from sim.rules.posts import list_posts_due, put_all_up
from sim.tables import Tables


@compiled
def has_room(world: Tables) -> bool:
    """Tell whether the tables that grow surely have room for one more day: rows, and a pile for each post from the first open one on."""
    piles_in_use = world.rows_in_use.posts - world.rows_in_use.first_open_post
    return (
        world.posts.size - world.rows_in_use.posts > world.rows_in_use.posts_a_day
        and world.rows_in_use.piles - piles_in_use > world.rows_in_use.posts_a_day
        and world.employers.size - world.rows_in_use.employers > world.rows_in_use.ventures_a_day
        and world.loans.size - world.rows_in_use.loans > world.rows_in_use.ventures_a_day + world.rows_in_use.startups
    )


PHASES = (
    "enter_and_graduate", "spread_knowledge", "provide_services", "open_and_close_posts", "send_applications", "hold_events", "call_back", "travel",
    "interview_and_offer", "receive_outside_offers", "work", "train", "found_firms", "run_firms", "settle_or_leave", "settle_accounts",
    "age_out", "record_day",
)  # fmt: skip
"""The phases of a day, in their order; `advance` counts them from 0."""


@entry
def advance(world: Tables, first_day: int, last_day: int, afresh: bool, first_phase: int, last_phase: int) -> int:
    """Simulate the days first_day … last_day - 1, or some phases of them.

    Args:
        world: The world.
        first_day: First day.
        last_day: Day after the last.
        afresh: Look at everybody first: Python may have changed somebody since the last call.
        first_phase: First phase of each day, by its place among `PHASES`.
        last_phase: Phase after the last.

    Returns:
        The day reached: `last_day`, or an earlier one before which a table must be given more room.
    """
    if afresh:
        open_record(world, first_day)
    if not has_room(world):
        return first_day
    put_all_up(world)
    list_posts_due(world, first_day)
    for day in range(first_day, last_day):
        if not has_room(world):
            return day
        if first_phase <= 0 < last_phase:
            enter_and_graduate(world, day)
        if first_phase <= 1 < last_phase:
            spread_knowledge(world, day)
        if first_phase <= 2 < last_phase:
            provide_services(world, day)
        if first_phase <= 3 < last_phase:
            open_and_close_posts(world, day)
        if first_phase <= 4 < last_phase:
            send_applications(world, day)
        if first_phase <= 5 < last_phase:
            hold_events(world, day)
        if first_phase <= 6 < last_phase:
            call_back(world, day)
        if first_phase <= 7 < last_phase:
            travel(world, day)
        if first_phase <= 8 < last_phase:
            interview_and_offer(world, day)
        if first_phase <= 9 < last_phase:
            receive_outside_offers(world, day)
        if first_phase <= 10 < last_phase:
            work(world, day)
        if first_phase <= 11 < last_phase:
            train(world, day)
        if first_phase <= 12 < last_phase:
            found_firms(world, day)
        if first_phase <= 13 < last_phase:
            run_firms(world, day)
        if first_phase <= 14 < last_phase:
            settle_or_leave(world, day)
        if first_phase <= 15 < last_phase:
            settle_accounts(world, day)
        if first_phase <= 16 < last_phase:
            age_out(world, day)
        if first_phase <= 17 < last_phase:
            record_day(world, day)
    return last_day
