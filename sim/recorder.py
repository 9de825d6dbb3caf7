"""The recorder: what is written down at the end of each day.

Flows are running counts (`Count`); stocks are counted anew from the tables every day, so that they cannot drift from them.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.rules.agenda import is_due, is_travelling
from sim.states import PLACES, Activity, Place, ServiceEntry, Stock
from sim.tables import Tables


@compiled
def record_day(world: Tables, day: int) -> None:
    """Write the running counts, count the stocks of one day, and list who has something planned for tomorrow: one pass over everybody."""
    world.flow_series[day, :] = world.counts
    stocks = world.stock_series[day]
    aware = stocks[Stock.AWARE :]
    middle = world.due.size // 2
    due_tomorrow = travellers = savings = employed = newcomers = pending = waiting = 0
    for identity in range(world.rows_in_use.people):
        person = world.people[identity]
        world.due[due_tomorrow] = identity
        due_tomorrow += is_due(day + 1, person)
        world.due[middle + travellers] = identity
        travellers += is_travelling(day + 1, person)
        stocks[person.activity * PLACES + person.place] += 1
        savings += person.savings
        resident = person.place == Place.RESIDENT
        signed = person.contract_day >= 0
        employed += (person.employer >= 0) & ((person.activity == Activity.EMPLOYED) | (person.activity == Activity.FOUNDER))
        newcomers += resident & (person.from_elsewhere == 1)
        pending += signed
        waiting += signed & resident & (person.activity == Activity.SEARCHING)
        if person.aware != 0:
            for lever in range(world.services.size):
                aware[lever] += (person.aware >> np.uint32(lever)) & np.uint32(1)
    world.rows_in_use.due = due_tomorrow
    world.rows_in_use.travellers = travellers
    world.rows_in_use.new_visitors = 0
    stocks[Stock.SAVINGS] = savings
    stocks[Stock.EMPLOYED_IN_REGION] = employed
    stocks[Stock.RESIDENTS_FROM_ELSEWHERE] = newcomers
    stocks[Stock.PENDING_CONTRACTS] = pending
    stocks[Stock.WAITING_TO_START] = waiting
    for row in range(world.rows_in_use.employers):
        employer = world.employers[row]
        stocks[Stock.VACANCIES_OPEN] += employer.open_posts
        if employer.founder >= 0 and employer.alive == 1:
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
