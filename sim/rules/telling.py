"""Telling people and employers of the services: whom a channel meets, and what a contact leaves."""

from __future__ import annotations

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.draws import Decision, uniform
from sim.rules.help import help_search, tell_of_market
from sim.rules.services import can_pay, firm_knows, is_admitted, is_for_firms, is_to_be_known, learn, pay
from sim.rules.youth import some_resident, somebody
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
def is_local(channel: int) -> bool:
    """Tell whether a channel meets only who lives here: doors, kiosks, the newspapers and stations of the place. Others reach whom they reach."""
    return channel == OutreachChannel.VISITS or channel == OutreachChannel.KIOSKS or channel == OutreachChannel.MEDIA


@compiled
def met_by(world: Tables, decision: int, day: int, index: int, channel: int) -> int:
    """Draw whom one contact of a channel meets, concerned or not; NEVER: nobody."""
    if is_local(channel):
        return some_resident(world, decision, day, index, channel)
    return somebody(world, decision, day, index, channel)


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
    if channel == OutreachChannel.VISITS or channel == OutreachChannel.ONLINE_COMMUNITIES:
        put_on_record(world, day, person)
    person.contacts += 1
    world.services[by].reached += 1
    world.services[by].served += 1


@compiled
def put_on_record(world: Tables, day: int, person: Row) -> None:
    """Enter a resident without work, who has left education, in the ledger of casework: a record, from which caseworkers take up whom they can."""
    idle = person.activity == Activity.SEARCHING or person.activity == Activity.INACTIVE
    casework = world.rules.casework.row
    if world.services[casework].on_offer == 0 or not idle or person.place != Place.RESIDENT or not is_admitted(person, casework):
        return
    if not is_on_record(person):
        person.records += 1
        world.counts[world.rules.casework.counts.records] += 1
        person.record_day = day


@compiled
def is_on_record(person: Row) -> bool:
    """Tell whether a person stands in the ledger of casework, for the time without work that lasts."""
    return bool(person.record_day >= 0 and person.record_day >= person.job_start_day)


@compiled
def tell_employer(world: Tables, day: int, index: int, key: int, quality: float) -> None:
    """Meet an employer, larger ones likelier, or an empty place: of each service on offer that is for employers, it may come to know.

    Args:
        world: The world.
        day: Day.
        index: Which of the day's contacts.
        key: Who makes it, below `CHANNELS_A_KEY`.
        quality: Quality of who speaks.
    """
    row = int(world.slots[int(uniform(world, Decision.FIRM_CONTACT, day, index, key) * world.rows_in_use.advertising_slots)].employer)
    if row < 0 or world.employers[row].alive == 0:
        return
    employer = world.employers[row]
    for lever in range(world.services.size):
        if is_for_firms(world, lever):
            luck = uniform(world, Decision.FIRM_RECALL, day, row, lever * CHANNELS_A_KEY + key)
            if luck < world.rules.behaviour.contact_recall * quality:
                learn(employer, lever)
                if employer.founder >= 0 and is_to_be_known(world, lever):
                    learn(world.people[employer.founder], lever)


@compiled
def pass_on(world: Tables, day: int, row: int, identity: int) -> None:
    """Let an employer tell somebody whom it calls to an interview of what it knows that helps to come."""
    employer = world.employers[row]
    for lever in range(world.services.size):
        if world.services[lever].passed_on == 1 and firm_knows(world, employer, lever):
            if uniform(world, Decision.PASSED_ON, day, identity, lever) < world.rules.behaviour.contact_recall:
                learn(world.people[identity], lever)


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
