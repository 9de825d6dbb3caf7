"""Phase 3, organisation: the hours of the day are divided; houses open; caseworkers, advisers and meeting places receive people."""

from __future__ import annotations

from sim.calendar import MONTH_DAYS
from sim.compiled import compiled
from sim.fetching import AHEAD, LINE_OF_SERVICES, fetch
from sim.levers.casework import keep_in_touch, open_file
from sim.levers.guidance import advise
from sim.levers.integration import meet_online, visit_parlour
from sim.levers.labour_export import introduce
from sim.levers.organisation import divide_hours, visit_households
from sim.levers.startup_courses import meet_at_book_club
from sim.meetings import OTHERS, anybody_in_month, meet_at_services, meet_in_month
from sim.phases.desks import open_desks
from sim.rules.queues import Queue, call_in_today
from sim.rules.services import has_begun
from sim.tables import Tables


@compiled
def provide_services(world: Tables, day: int) -> None:
    """Open the houses whose day has come, divide the hours, make visits and contacts; each person looks for help on one day a month."""
    if day % MONTH_DAYS == 0:
        for lever in range(world.services.size):
            world.services[lever].this_month = 0
    divide_hours(world, day)
    visit_households(world, day)
    keep_in_touch(world, day, world.duties[0])
    meet_at_services(world, day)
    open_desks(world, day)
    guidance = world.services[world.rules.guidance.row].on_offer == 1
    integration = has_begun(world, day, world.rules.integration.row)
    casework = world.services[world.rules.casework.row].on_offer == 1
    export = world.services[world.rules.labour_export.row].on_offer == 1
    courses = has_begun(world, day, world.rules.startup_courses.row)
    drawn = guidance or integration or casework or export or courses or OTHERS
    if not drawn and not anybody_in_month(world, day):
        return
    for index in range(call_in_today(world, day, Queue.HELP, drawn)):
        fetch(world.people, world.queue[index + AHEAD], 0)
        fetch(world.people, world.queue[index + AHEAD], LINE_OF_SERVICES)
        identity = world.queue[index]
        if guidance:
            advise(world, day, identity)
        if integration:
            visit_parlour(world, day, identity)
            meet_online(world, day, identity)
        if casework:
            open_file(world, day, identity, world.duties[0])
        if courses:
            meet_at_book_club(world, day, identity)
        if export:
            introduce(world, day, identity)
        meet_in_month(world, day, identity)
