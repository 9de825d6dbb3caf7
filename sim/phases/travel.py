"""Phase 7, travel: people elsewhere decide whether to come, take a bed, stay another night, or go home."""

from __future__ import annotations

import math

from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, normal, uniform
from sim.fetching import AHEAD, LINE_OF_INTERVIEWS, fetch
from sim.levers.travel_vouchers import sleeps_in_station
from sim.meetings import given_on_trip, offered_for_trip
from sim.phases.beds import ask_for_bed, ask_for_first_bed, check_in, check_out, lodge_with_group, nights_in, note_arrival, spend_night
from sim.rules.agenda import is_handled
from sim.rules.posts import pile_of, post_of
from sim.rules.queues import Queue, call_in, join_queue, open_queue
from sim.rules.searching import schedule_search, schedule_session, schedule_trip
from sim.rules.utility import has_home_here
from sim.rules.visiting import come_for_the_day, fare_of_trip, grow_ties, is_home_by_evening, pay_fare, worth_of_looking_round
from sim.states import Activity, Count, Money, Place, PostState, Stage, Trip
from sim.tables import Tables


@compiled
def travel(world: Tables, day: int) -> None:
    """Visitors spend the night or leave; then whoever thinks of a trip, or has an interview tomorrow, decides; all in drawn order."""
    _note_interviews(world, day)
    everybody = world.rows_in_use.new_visitors > 0  # somebody came with a group today and is on no list
    length = world.rows_in_use.people if everybody else world.rows_in_use.travellers
    open_queue(world, world.rows_in_use.travellers)
    for index in range(length):
        identity = index if everybody else world.travellers[index]
        person = world.people[identity]
        if (person.place == Place.VISITING or person.station >= 0) and (not everybody or is_handled(world, day, identity)):
            join_queue(world, identity, uniform(world, Decision.QUEUE_OF_DAY, day, identity, Queue.NIGHTS))
    for index in range(call_in(world)):
        _stay_or_leave(world, day, world.queue[index])
    open_queue(world, world.rows_in_use.travellers)
    for index in range(length):
        identity = index if everybody else world.travellers[index]
        person = world.people[identity]
        if person.next_trip_day == day and person.place != Place.VISITING:
            join_queue(world, identity, uniform(world, Decision.QUEUE_OF_DAY, day, identity, Queue.TRIPS))
    for index in range(call_in(world)):
        _go(world, day, world.queue[index])
    _come_to_interviews(world, day)


@compiled
def _go(world: Tables, day: int, identity: int) -> None:
    """The day on which somebody has planned to come: to live here, or to look round."""
    person = world.people[identity]
    if person.station >= 0:  # has begun to work here during the stay
        person.next_trip_day = day + 1
    elif person.place == Place.RESIDENT:
        _move_in(world, day, identity)
    elif person.contract_day < 0 and person.activity != Activity.EMPLOYED:
        district = person.district
        reason = Trip.EXPLORE
        if person.appointment_day == day + 1:
            reason = Trip.EXAM if person.appointment == Trip.EXAM else Trip.FAIR
        decide_trip(world, day, identity, reason, district)
    if person.place == Place.ELSEWHERE:
        person.next_trip_day = NEVER
        if person.next_search_day >= 0:
            schedule_trip(world, day, identity)


@compiled
def _come_to_interviews(world: Tables, day: int) -> None:
    """Let those decide who are called to an interview tomorrow for which they have to be here."""
    open_queue(world, world.rows_in_use.posts - world.rows_in_use.first_open_post)
    for index in range(world.rows_in_use.posts_due):
        fetch(world.posts, world.posts_due[index + AHEAD], 0)
        number = world.posts_due[index]
        post = world.posts[number]
        if post.state != PostState.INTERVIEWING or post.interview_day != day + 1 or interviews_online(world, post.employer):
            continue
        for place in pile_of(world, number):
            fetch(world.people, world.applications[place].person, 0)
        for place in pile_of(world, number):
            if world.applications[place].stage == Stage.CALLED:
                identity = world.applications[place].person
                if world.people[identity].place == Place.ELSEWHERE and world.people[identity].activity != Activity.AGED_OUT:
                    join_queue(world, place, uniform(world, Decision.QUEUE_OF_DAY, day, identity, Queue.INTERVIEWS + post.employer))
    for index in range(call_in(world)):
        identity = world.applications[world.queue[index]].person
        if world.people[identity].place == Place.ELSEWHERE:
            employer = world.employers[world.posts[post_of(world, world.queue[index])].employer]
            decide_trip(world, day, identity, Trip.INTERVIEW, employer.district)


@compiled
def _note_interviews(world: Tables, day: int) -> None:
    """Let people bear in mind the interviews of today and tomorrow for which they have to be here; tomorrow's decides about the night."""
    for index in range(world.rows_in_use.posts_due):
        fetch(world.posts, world.posts_due[index + AHEAD], 0)
        number = world.posts_due[index]
        post = world.posts[number]
        if post.state != PostState.INTERVIEWING or post.interview_day > day + 1 or interviews_online(world, post.employer):
            continue
        for place in pile_of(world, number):
            fetch(world.people, world.applications[place].person, LINE_OF_INTERVIEWS)
        for place in pile_of(world, number):
            if world.applications[place].stage == Stage.CALLED:
                person = world.people[world.applications[place].person]
                if post.interview_day == day + 1 or person.interview_day != day + 1:
                    person.interview_day = post.interview_day


@compiled
def interviews_online(world: Tables, employer_row: int) -> bool:
    """Tell whether an employer interviews people from elsewhere online."""
    return uniform(world, Decision.INTERVIEW_DAY, 0, employer_row, 0) < world.rules.behaviour.online_interview_share


@compiled
def nights_wanted(mean: float, luck: float) -> int:
    """Return the nights that a visitor wants, at least one: geometric with the given mean; grows with the mean for the same luck."""
    if mean <= 1.0:
        return 1
    return 1 + int(math.log(1.0 - luck) / math.log(1.0 - 1.0 / mean))


@compiled
def decide_trip(world: Tables, day: int, identity: int, reason: int, district: int) -> None:
    """Come or stay away: the worth of the trip against fare and nights, out of one's savings; with a free bed if there is one."""
    person = world.people[identity]
    near = world.campuses[person.campus].day_trip == 1 or has_home_here(person)
    if near or (reason == Trip.INTERVIEW and is_home_by_evening(world, day + 1, identity)):
        _plan_day(world, day, identity, reason)
        return
    luck = uniform(world, Decision.TRIP_NIGHTS, day, identity, reason)
    needed = nights_wanted(world.rules.behaviour.nights_paid, luck)
    station = ask_for_bed(world, day, person, district)
    free = min(nights_wanted(world.rules.behaviour.nights_free, luck), nights_in(world, person, station))
    paid = max(0, needed - free)
    if not _pays_for_trip(world, day, identity, reason, fare_of_trip(world, person) + paid * world.rules.region.hotel_night):
        return
    _arrive(world, person)
    person.visit_end = day + max(free, needed)
    person.paid_nights_left = 0
    if station >= 0:
        check_in(world, day, person, station)
        spend_night(world, day, person)
    else:
        _pay_night(world, person)
    grow_ties(world, person)
    if person.next_search_day >= 0 or reason != Trip.EXAM:
        schedule_session(world, day, identity)


@compiled
def _plan_day(world: Tables, day: int, identity: int, reason: int) -> None:
    """Come tomorrow for a fare and no night, from near the region or to one's home here: no arrival; a look round is a session of search here."""
    person = world.people[identity]
    if person.day_trip == day + 1 or not _pays_for_trip(world, day, identity, reason, fare_of_trip(world, person)):
        return
    come_for_the_day(world, day + 1, person)
    if reason == Trip.EXPLORE:
        person.next_search_day = day + 1


@compiled
def _pays_for_trip(world: Tables, day: int, identity: int, reason: int, cost: int) -> bool:
    """Decide on a trip: its worth against its cost, out of one's savings, less what services pay of it; book the fare of one that is made."""
    person = world.people[identity]
    worth = world.rules.behaviour.interview_trip_value
    if reason == Trip.EXPLORE or reason == Trip.FAIR:
        worth = worth_of_looking_round(world, person)
    worth *= math.exp(world.rules.behaviour.trip_value_spread * normal(world, Decision.TRIP_VALUE, day, identity, 0))
    own_cost = cost - int(offered_for_trip(world, day, identity, cost))
    if worth < own_cost or person.savings < own_cost:
        world.counts[Count.TRIPS_DECLINED] += 1
        return False
    given = int(given_on_trip(world, day, identity, cost))
    person.savings += given
    world.ledger[Money.SUBSIDIES] += given
    pay_fare(world, person)
    return True


@compiled
def _arrive(world: Tables, person: Row) -> None:
    """Arrive for some nights."""
    person.place = Place.VISITING
    person.arrivals += person.from_elsewhere
    world.counts[Count.ARRIVALS] += person.from_elsewhere
    note_arrival(world, person)


@compiled
def _pay_night(world: Tables, person: Row) -> None:
    price = min(person.savings, world.rules.region.hotel_night)
    person.savings -= price
    world.ledger[Money.PAID_NIGHTS] -= price


@compiled
def _stay_or_leave(world: Tables, day: int, identity: int) -> None:
    """One more evening: a night here while there is a bed or money for one, else home."""
    person = world.people[identity]
    if person.place == Place.ELSEWHERE:  # has left since last night, for a job elsewhere or for good
        check_out(world, person)
        person.visit_end = NEVER
        return
    if _has_a_bed_tonight(world, day, person):
        grow_ties(world, person)
        return
    settled = person.place == Place.RESIDENT
    if person.interview_day == day and not settled:
        return  # goes home after the interview: gone by tomorrow
    person.visit_end = NEVER
    person.paid_nights_left = 0
    if not settled:
        person.place = Place.ELSEWHERE
        if person.next_search_day >= 0:
            schedule_search(world, day, identity)


@compiled
def _has_a_bed_tonight(world: Tables, day: int, person: Row) -> bool:
    """Spend a night that is paid for in advance, else a free one while there are some, else one of one's own money while it is needed."""
    settled = person.place == Place.RESIDENT
    if person.paid_nights_left > 0 and not settled:
        person.paid_nights_left -= 1
        return True
    if person.interview_day == day + 1 and person.visit_end <= day:
        person.visit_end = day + 1
    stays = day < person.visit_end
    if sleeps_in_station(world, day, person):
        lodge_with_group(world, day, person)
    if person.station >= 0:
        if stays and spend_night(world, day, person):
            return True
        check_out(world, person)
    if not stays or settled:
        return bool(stays)
    if person.savings < world.rules.region.hotel_night:
        return False
    _pay_night(world, person)
    return True


@compiled
def _move_in(world: Tables, day: int, identity: int) -> None:
    """First nights of who came for a job and has no room yet: free ones in a station that takes the newly employed, then paid ones."""
    person = world.people[identity]
    person.next_trip_day = NEVER
    nights = nights_wanted(world.rules.behaviour.move_in_nights, uniform(world, Decision.MOVE_IN_NIGHTS, 0, identity, 0))
    station = ask_for_first_bed(world, day, person)
    if station >= 0:
        free = nights_in(world, person, station)
        check_in(world, day, person, station)
        person.visit_end = day + nights
        spend_night(world, day, person)
        nights = max(0, nights - free)
    price = min(person.savings, nights * world.rules.region.hotel_night)
    person.savings -= price
    world.ledger[Money.PAID_NIGHTS] -= price
