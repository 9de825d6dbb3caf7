"""Phase 7, travel: people elsewhere decide whether to come, take a bed, stay another night, or go home."""

from __future__ import annotations

import math

from sim.agents.employer import KEPT_APPLICATIONS
from sim.compiled import NEVER, Integers, Row, Rows, compiled
from sim.draws import Decision, normal, uniform
from sim.policies.lodging import ALL_FULL, check_in, check_out, find_station, spend_night, turn_away, use_desk
from sim.rules.searching import schedule_application, schedule_search, schedule_trip
from sim.rules.services import knows
from sim.states import Activity, Count, LeverId, Money, Place, PostState, Stage, Trip


@compiled
def travel(
    rules: Row, day: int, people: Rows, employers: Rows, posts: Rows, applications: Rows, slots: Rows, fields: Rows, stations: Rows,
    districts: Rows, campuses: Rows, services: Rows, ledger: Integers, due: Integers, tables: Row, counts: Integers,
) -> None:  # fmt: skip
    """Visitors spend the night or leave; then whoever has an interview tomorrow, or thinks of a trip, decides whether to come."""
    _note_interviews(rules, day, people, posts, applications, tables)
    everybody = tables.new_visitors > 0  # somebody came with a group today and is on no list
    for index in range(tables.people if everybody else tables.travellers):
        identity = index if everybody else due[due.size // 2 + index]
        person = people[identity]
        if person.place == Place.VISITING or person.station >= 0:
            _stay_or_leave(rules, day, identity, person, stations, districts, services, ledger, counts)
            if person.station >= 0 and rules.lodging_desk_staff_per_station > 0:
                use_desk(rules, day, identity, people, employers, posts, applications, slots, fields, stations, tables, counts)
            if person.place == Place.RESIDENT and person.next_trip_day == day:  # has begun to work here during the stay
                if person.station >= 0:
                    person.next_trip_day = day + 1
                else:
                    _move_in(rules, day, identity, person, stations, districts, services, ledger, counts)
        elif person.next_trip_day == day:
            if person.place == Place.RESIDENT:
                _move_in(rules, day, identity, person, stations, districts, services, ledger, counts)
            elif person.contract_day < 0 and person.activity != Activity.EMPLOYED:
                district = person.district
                decide_trip(rules, day, identity, person, Trip.EXPLORE, district, stations, districts, campuses, services, ledger, counts)
            if person.place == Place.ELSEWHERE:
                schedule_trip(rules, day, identity, person)
    for number in range(tables.first_open_post, tables.posts):
        post = posts[number]
        if post.state != PostState.INTERVIEWING or post.interview_day != day + 1:
            continue
        employer = employers[post.employer]
        if interviews_online(rules, post.employer):
            continue
        for place in range(number * KEPT_APPLICATIONS, number * KEPT_APPLICATIONS + post.kept):
            if applications[place].stage != Stage.CALLED:
                continue
            identity = applications[place].person
            person = people[identity]
            if person.place == Place.ELSEWHERE:
                decide_trip(
                    rules, day, identity, person, Trip.INTERVIEW, employer.district, stations, districts, campuses, services, ledger, counts
                )


@compiled
def _note_interviews(rules: Row, day: int, people: Rows, posts: Rows, applications: Rows, tables: Row) -> None:
    """Let people bear in mind the interviews of today and tomorrow for which they have to be here; tomorrow's decides about the night."""
    for number in range(tables.first_open_post, tables.posts):
        post = posts[number]
        if post.state != PostState.INTERVIEWING or post.interview_day > day + 1 or interviews_online(rules, post.employer):
            continue
        for place in range(number * KEPT_APPLICATIONS, number * KEPT_APPLICATIONS + post.kept):
            if applications[place].stage == Stage.CALLED:
                person = people[applications[place].person]
                if post.interview_day == day + 1 or person.interview_day != day + 1:
                    person.interview_day = post.interview_day


@compiled
def interviews_online(rules: Row, employer_row: int) -> bool:
    """Tell whether an employer interviews people from elsewhere online."""
    return uniform(rules, Decision.INTERVIEW_DAY, 0, employer_row, 0) < rules.online_interview_share


@compiled
def nights_wanted(mean: float, luck: float) -> int:
    """Return the nights that a visitor wants, at least one: geometric with the given mean; grows with the mean for the same luck."""
    if mean <= 1.0:
        return 1
    return 1 + int(math.log(1.0 - luck) / math.log(1.0 - 1.0 / mean))


@compiled
def decide_trip(
    rules: Row, day: int, identity: int, person: Row, reason: int, district: int, stations: Rows, districts: Rows, campuses: Rows,
    services: Rows, ledger: Integers, counts: Integers,
) -> None:  # fmt: skip
    """Come or stay away: the worth of the trip against fare and nights, out of one's savings; with a free bed if there is one."""
    fare = 2 * campuses[person.campus].fare
    luck = uniform(rules, Decision.TRIP_NIGHTS, day, identity, reason)
    needed = nights_wanted(rules.nights_paid, luck)
    station = find_station(day, person, district, stations, services)
    if station == ALL_FULL:
        turn_away(services)
        counts[Count.STATION_TURNED_AWAY] += 1
    free = 0
    if station >= 0:
        free = min(nights_wanted(rules.nights_free, luck), rules.lodging_free_nights)
    paid = max(0, needed - free)
    cost = fare + paid * rules.region_hotel_night
    worth = rules.interview_trip_value if reason == Trip.INTERVIEW else rules.explore_trip_value * (0.5 + 5.0 * person.region_interest)
    worth *= math.exp(rules.trip_value_spread * normal(rules, Decision.TRIP_VALUE, day, identity, 0))
    if worth < cost or person.savings < cost:
        counts[Count.TRIPS_DECLINED] += 1
        return
    person.savings -= fare
    ledger[Money.FARES] -= fare
    person.trips += 1
    person.arrivals += person.from_elsewhere
    person.place = Place.VISITING
    person.visit_end = day + max(free, needed)
    person.paid_nights_left = 0
    counts[Count.ARRIVALS] += person.from_elsewhere
    if knows(person, services, LeverId.LODGING) and person.travelled_aware == 0:
        person.travelled_aware = 1
        counts[Count.LODGING_TRAVELLED] += 1
    if station >= 0:
        check_in(rules, day, person, station, stations, districts, services)
        counts[Count.STATION_GUESTS] += 1
        if spend_night(person, stations, services):
            counts[Count.STATION_NIGHTS] += 1
    else:
        _pay_night(rules, person, ledger)
    schedule_application(rules, day, identity, person)


@compiled
def _pay_night(rules: Row, person: Row, ledger: Integers) -> None:
    price = min(person.savings, rules.region_hotel_night)
    person.savings -= price
    ledger[Money.PAID_NIGHTS] -= price


@compiled
def _stay_or_leave(
    rules: Row, day: int, identity: int, person: Row, stations: Rows, districts: Rows, services: Rows, ledger: Integers, counts: Integers,
) -> None:  # fmt: skip
    """One more evening: a free night while there are some, a paid one while it is needed, else home."""
    if person.place == Place.ELSEWHERE:  # has left since last night, for a job elsewhere or for good
        check_out(person, stations, districts)
        person.visit_end = NEVER
        return
    settled = person.place == Place.RESIDENT
    if person.paid_nights_left > 0 and not settled:
        person.paid_nights_left -= 1
        return
    if person.interview_day == day + 1 and person.visit_end <= day:
        person.visit_end = day + 1
    if day < person.visit_end:
        if person.station >= 0:
            if spend_night(person, stations, services):
                counts[Count.STATION_NIGHTS] += 1
                return
            check_out(person, stations, districts)
        if settled or person.savings >= rules.region_hotel_night:
            if not settled:
                _pay_night(rules, person, ledger)
            return
    elif person.station >= 0:
        check_out(person, stations, districts)
    if person.interview_day == day and not settled:
        return  # goes home after the interview: gone by tomorrow
    person.visit_end = NEVER
    person.paid_nights_left = 0
    if not settled:
        person.place = Place.ELSEWHERE
        person.attachment += rules.visit_attachment
        if person.next_search_day >= 0:
            schedule_search(rules, day, identity, person)


@compiled
def _move_in(
    rules: Row, day: int, identity: int, person: Row, stations: Rows, districts: Rows, services: Rows, ledger: Integers, counts: Integers,
) -> None:  # fmt: skip
    """First nights of who came for a job and has no room yet: free ones in a station that takes the newly employed, then paid ones."""
    person.next_trip_day = NEVER
    nights = nights_wanted(rules.move_in_nights, uniform(rules, Decision.MOVE_IN_NIGHTS, 0, identity, 0))
    if rules.lodging_newly_employed == 1:
        station = find_station(day, person, person.district, stations, services)
        if station == ALL_FULL:
            turn_away(services)
            counts[Count.STATION_TURNED_AWAY] += 1
        if station >= 0:
            check_in(rules, day, person, station, stations, districts, services)
            counts[Count.STATION_GUESTS] += 1
            person.visit_end = day + nights
            if spend_night(person, stations, services):
                counts[Count.STATION_NIGHTS] += 1
            nights = max(0, nights - rules.lodging_free_nights)
    price = min(person.savings, nights * rules.region_hotel_night)
    person.savings -= price
    ledger[Money.PAID_NIGHTS] -= price
