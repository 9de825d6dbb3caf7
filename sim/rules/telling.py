"""Telling people of the services: whom a channel meets, and what a contact leaves."""

from __future__ import annotations

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.draws import Decision, uniform
from sim.rules.help import help_search, tell_of_market
from sim.rules.services import can_pay, is_admitted, is_to_be_known, learn, pay
from sim.states import Activity, Help, OutreachChannel, Place
from sim.tables import Tables

CHANNELS_A_KEY = 16
"""Channels that the key of a contact's luck tells apart."""


@compiled
def is_concerned(channel: int, person: Row) -> bool:
    """Tell whether a person can be met through a channel."""
    resident = person.place == Place.RESIDENT
    student = person.activity == Activity.STUDYING
    if channel == OutreachChannel.JOB_BOARDS:
        return person.next_search_day >= 0
    if channel == OutreachChannel.CAMPUS_GROUPS:
        return student
    if channel == OutreachChannel.VISITS:
        return resident and (person.activity == Activity.SEARCHING or person.activity == Activity.INACTIVE)
    if channel == OutreachChannel.ONLINE_COMMUNITIES:
        return resident or student
    return resident


@compiled
def contact(world: Tables, day: int, channel: int, identity: int, by: int, quality: float) -> None:
    """Contact one person: each service on offer may become known; the lever `by` counts it, `quality` is that of who speaks."""
    person = world.people[identity]
    for lever in range(world.services.size):
        if is_to_be_known(world, lever):
            luck = uniform(world, Decision.CONTACT_RECALL, day, identity, lever * CHANNELS_A_KEY + channel)
            if luck < world.rules.behaviour.contact_recall * quality:
                learn(person, lever)
    if help_search(world, day, person, Help.CONTACT, 1.0, 0.0, 0.0, 0.0):
        tell_of_market(world, person, 0.0, world.rules.behaviour.contact_news)
    person.contacts += 1
    world.services[by].reached += 1
    world.services[by].served += 1


@compiled
def tell_visitor(world: Tables, day: int, identity: int) -> None:
    """Tell somebody at an event about the services, within the month's reach of that channel, or the organisation's hours for it.

    Args:
        world: The world.
        day: Day.
        identity: Row of the person.
    """
    person = world.people[identity]
    per_month = world.reach[OutreachChannel.RECRUITMENT_EVENTS] if is_admitted(person, world.rules.outreach.row) else 0
    open_for = day - world.services[world.rules.outreach.row].opening_day
    if per_month > 0 and world.event_contacts[0] < (open_for + MONTH_DAYS) * per_month // MONTH_DAYS and can_pay(world, world.rules.outreach.row, 1):
        pay(world, world.rules.outreach.row, 1)
        world.event_contacts[0] += 1
        contact(world, day, OutreachChannel.RECRUITMENT_EVENTS, identity, world.rules.outreach.row, 1.0)
    elif world.duties[0].talks > 0:
        world.duties[0].talks -= 1
        contact(world, day, OutreachChannel.RECRUITMENT_EVENTS, identity, world.rules.organisation.row, world.duties[0].quality)
