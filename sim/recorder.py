"""The recorder: what is written down at the end of each day.

Flows are running counts (`Count`). Stocks of persons move with those who were changed or had something planned today (`sim/marked.py`); a full
count gives the same every day (``tests/sim/test_recorder.py``). Stocks of employers and services are counted anew.
"""

from __future__ import annotations

import numpy as np

from sim.columns import Column
from sim.compiled import LONG_AGO, NEVER, Row, compiled
from sim.fetching import AHEAD, LINE_OF_SEARCH, fetch
from sim.marked import CHANGED, INTERPRETED
from sim.rules.agenda import is_due, is_handled, is_travelling, next_day
from sim.rules.bureau import SEARCH_DAYS, survey
from sim.rules.moving import has_left_school
from sim.rules.searching import is_without_work
from sim.rules.youth import workplace_of
from sim.states import PLACES, Activity, Origin, Place, ServiceEntry, Stock
from sim.tables import Tables

COUNTED = (
    Column("savings", "i8", "CNY", "money at hand"),
    Column("aware", "u4", "bits", "services known of"),
    Column("cell", "i1", "-", "entry of the table by activity and place, or none: not counted yet", NEVER),
    Column("employed", "i1", "0/1", "employed in the region"),
    Column("origin", "i1", "-", "as what the person is counted by origin"),
    Column("signed", "i1", "0/1", "has signed a contract that has not begun"),
    Column("session", "i4", "day", "day of the last session of search of somebody without work in the region, else long ago", LONG_AGO),
)
"""Of each person, what `standing` counts. Take it away, look again, add: so stocks move with persons and are never counted anew."""
_NONE, _FROM_ELSEWHERE, _LOCAL_HERE, _LOCAL_AWAY = map(int, Origin)
_WAITING = int(Activity.SEARCHING) * PLACES + int(Place.RESIDENT)


@compiled
def open_record(world: Tables, day: int) -> None:
    """Look at everybody before the first day of a call: whatever Python has changed since the last one is seen, and who is new."""
    for identity in range(world.rows_in_use.people):
        if _has_changed(world, day, identity):
            world.planned[identity] = CHANGED
    _look_again(world, day - 1)


@compiled
def _has_changed(world: Tables, day: int, identity: int) -> bool:
    """Tell whether a person is not where it was counted, or what is planned from a day on is not what was noted."""
    person = world.people[identity]
    counted = world.counted[identity]
    moved = (person.activity * PLACES + person.place != counted.cell) | (workplace_of(person) != world.workplaces[identity])
    moved |= (person.savings != counted.savings) | (person.aware != counted.aware) | ((person.contract_day >= 0) != (counted.signed == 1))
    moved |= _origin_of(day - 1, person) != counted.origin
    moved |= _session_of(person) != counted.session
    return bool(moved | (next_day(day, person) != world.planned[identity]))


@compiled
def _look_again(world: Tables, day: int) -> None:
    """Look at those who were changed or had something planned today: count them, plan for them, and list who is due and who travels tomorrow.

    The first pass reads four bytes a person, has no branches, and uses the list of travellers for whom it finds.
    """
    tomorrow = day + 1
    found = 0
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        world.travellers[found] = identity
        found += INTERPRETED | (world.planned[identity] <= tomorrow)
    due = travellers = 0
    for index in range(found):
        fetch(world.people, world.travellers[index + AHEAD], 0)
        fetch(world.people, world.travellers[index + AHEAD], LINE_OF_SEARCH)
        fetch(world.counted, world.travellers[index + AHEAD], 0)
        identity = world.travellers[index]
        person = world.people[identity]
        if is_handled(world, day, identity):
            count_again(world, day, identity)
            count_seeker(world, day, identity)
            world.workplaces[identity] = workplace_of(person)
            world.planned[identity] = next_day(tomorrow, person)
        world.due[due] = identity
        due += is_due(tomorrow, person)
        world.travellers[travellers] = identity
        travellers += is_travelling(tomorrow, person)
    world.rows_in_use.due = due
    world.rows_in_use.travellers = travellers
    world.rows_in_use.new_visitors = 0


@compiled
def count_again(world: Tables, day: int, identity: int) -> None:
    """Move a person from where it was counted to where it belongs now."""
    person = world.people[identity]
    counted = world.counted[identity]
    standing = world.standing
    cell = person.activity * PLACES + person.place
    employed = int((person.employer >= 0) & ((person.activity == Activity.EMPLOYED) | (person.activity == Activity.FOUNDER)))
    origin = _origin_of(day, person)
    signed = int(person.contract_day >= 0)
    standing[cell] += 1
    standing[Stock.SAVINGS] += person.savings - counted.savings
    standing[Stock.EMPLOYED_IN_REGION] += employed - counted.employed
    if origin != counted.origin:
        _count_origin(world, counted.origin, -1)
        _count_origin(world, origin, 1)
    standing[Stock.PENDING_CONTRACTS] += signed - counted.signed
    standing[Stock.WAITING_TO_START] += signed * int(cell == _WAITING)
    if counted.cell >= 0:
        standing[counted.cell] -= 1
        standing[Stock.WAITING_TO_START] -= counted.signed * int(counted.cell == _WAITING)
    if person.aware != counted.aware:
        for lever in range(world.services.size):
            bit = np.uint32(lever)
            standing[Stock.AWARE + lever] += int((person.aware >> bit) & np.uint32(1)) - int((counted.aware >> bit) & np.uint32(1))
    counted.savings = person.savings
    counted.aware = person.aware
    counted.cell = cell
    counted.employed = employed
    counted.origin = origin
    counted.signed = signed


@compiled
def _origin_of(day: int, person: Row) -> int:
    """Return as what a person is counted by origin: a local who has left school, here or away, a resident from elsewhere, or none of them."""
    here = person.place == Place.RESIDENT
    if person.from_elsewhere == 1:
        return _FROM_ELSEWHERE if here else _NONE
    if person.activity == Activity.AGED_OUT or not has_left_school(day, person):
        return _NONE
    return _LOCAL_HERE if here else _LOCAL_AWAY


@compiled
def _count_origin(world: Tables, origin: int, number: int) -> None:
    """Count people of an origin, or take them away."""
    if origin == _FROM_ELSEWHERE:
        world.standing[Stock.RESIDENTS_FROM_ELSEWHERE] += number
    elif origin == _LOCAL_HERE:
        world.standing[Stock.LOCALS_HERE] += number
    elif origin == _LOCAL_AWAY:
        world.standing[Stock.LOCALS_AWAY] += number


@compiled
def _session_of(person: Row) -> int:
    """Return the day of the last session of search of who is without work in the region, long ago of everybody else."""
    return int(person.last_session_day) if is_without_work(person) else LONG_AGO


@compiled
def count_seeker(world: Tables, day: int, identity: int) -> None:
    """Move a person from the day of search under which it was counted to that under which it belongs now."""
    counted = world.counted[identity]
    session = _session_of(world.people[identity])
    if session != counted.session:
        _add_seekers(world, day, counted.session, -1)
        _add_seekers(world, day, session, 1)
        counted.session = session


@compiled
def _add_seekers(world: Tables, day: int, session: int, number: int) -> None:
    """Add seekers who last searched on a day, unless it is so long ago that they count no more."""
    if session > day - SEARCH_DAYS:
        world.searched[session % SEARCH_DAYS] += number
        world.standing[Stock.SEEKERS] += number


@compiled
def _forget_seekers(world: Tables, day: int) -> None:
    """Let those be seekers no more who last searched `SEARCH_DAYS` ago."""
    world.standing[Stock.SEEKERS] -= world.searched[day % SEARCH_DAYS]
    world.searched[day % SEARCH_DAYS] = 0


@compiled
def record_day(world: Tables, day: int) -> None:
    """Write the running counts and the stocks of one day, and list who has something planned for tomorrow."""
    _forget_seekers(world, day)
    _look_again(world, day)
    if world.calendar[day].surveyed == 1:
        survey(world, day)
    stocks = world.stock_series[day]
    aware = stocks[Stock.AWARE :]
    for entry in range(world.counts.size):
        world.flow_series[day, entry] = world.counts[entry]
    for entry in range(world.standing.size):
        stocks[entry] = world.standing[entry]
    row = 0
    while row < world.rows_in_use.employers:
        fetch(world.employers, row + AHEAD, 0)
        employer = world.employers[row]
        row += 1 + employer.gone_behind
        stocks[Stock.VACANCIES_OPEN] += employer.open_posts
        if employer.founder >= 0 and employer.alive == 1 and employer.handed_on == 0:
            stocks[Stock.STARTUPS_ALIVE] += 1
            stocks[Stock.STARTUP_JOBS] += 1 + employer.staff
            stocks[Stock.STARTUP_CASH] += employer.cash
    for lever in range(world.services.size):
        service = world.services[lever]
        aware[lever] *= service.on_offer
        world.service_series[day, lever, ServiceEntry.SPENT] = service.spent
        world.service_series[day, lever, ServiceEntry.REACHED] = service.reached
        world.service_series[day, lever, ServiceEntry.SERVED] = service.served
        world.service_series[day, lever, ServiceEntry.TURNED_AWAY] = service.turned_away
        world.service_series[day, lever, ServiceEntry.IN_USE] = service.in_use
    for district in range(world.districts.size):
        world.district_series[day, district, 0] = world.districts[district].beds
        world.district_series[day, district, 1] = world.districts[district].beds_used
