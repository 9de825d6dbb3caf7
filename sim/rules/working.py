"""Signing, starting and leaving jobs."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS, YEAR_DAYS, YEAR_MONTHS
from sim.columns import MOST_PAY
from sim.compiled import NEVER, Row, compiled
from sim.draws import LONGEST_WAIT, Decision, days_until, uniform
from sim.rules.beliefs import pay_expected
from sim.rules.help import end_help
from sim.rules.moving import come_to_live, move_away
from sim.rules.offers import refuse_offers
from sim.rules.paying import pay_at
from sim.rules.planning import learn_from_advert
from sim.rules.posts import close_post, reopen_after_break
from sim.rules.searching import end_search, schedule_search
from sim.rules.subsidised import lose_claim
from sim.rules.utility import value_of_job, value_where_living
from sim.states import Activity, Channel, Count, Education, Place, PostState
from sim.tables import Tables


@compiled
def draw_separation_day(world: Tables, day: int, identity: int, tenure: int) -> int:
    """Draw the day on which a job ends, from a hazard that is high in the first year and low after it, and rises with discontent.

    Discontent is by how much the job falls short of what the person expected: the expected pay in a job like any other, where the person lives.

    Args:
        world: The world.
        day: Today.
        identity: Row of the person.
        tenure: Days in the job so far.

    Returns:
        A day after today.
    """
    person = world.people[identity]
    monthly = world.rules.behaviour.separation_vocational if person.education == Education.VOCATIONAL else world.rules.behaviour.separation_bachelor
    discontent = value_where_living(world, person, pay_expected(world, person)) - value_of_job(world, identity)
    strain = world.rules.behaviour.discontent_quits * max(-world.rules.behaviour.content_most, discontent)
    first = monthly * world.rules.behaviour.separation_to_search_share / MONTH_DAYS * math.exp(strain)
    later = first * world.rules.behaviour.separation_later
    life = -math.log(uniform(world, Decision.SEPARATION, day, identity, 0))
    first_year_left = max(0.0, YEAR_DAYS - tenure)
    wait = life / max(first, 1e-9)
    if wait > first_year_left and later > 0.0:
        wait = first_year_left + (life - first * first_year_left) / later
    return _after_bonus(world, day, identity, day + int(min(float(LONGEST_WAIT), wait)) + 1)


@compiled
def _after_bonus(world: Tables, day: int, identity: int, last: int) -> int:
    """Return when a job ends that would end on a day: later where that is shortly before the Spring Festival and the year's bonus is waited for."""
    market = world.rules.market
    if last < world.calendar.size and world.calendar[last].before_festival == 1:
        if uniform(world, Decision.BONUS, day, identity, 0) < market.bonus_wait_share:
            return int(last + market.bonus_wait_days)
    return last


@compiled
def break_contract(world: Tables, person: Row) -> None:
    """Break a signed contract before it begins."""
    if person.contract_outside == 0:
        reopen_after_break(world, person.contract_post)
        person.contracts_broken += 1
        world.counts[Count.CONTRACTS_BROKEN] += 1
    person.contract_post = NEVER
    person.contract_day = NEVER
    person.contract_outside = 0


@compiled
def start_day_of(world: Tables, day: int, identity: int, wanted_day: int) -> int:
    """Return the day on which a contract signed today begins: some days ahead, after graduation, and not before the post wants somebody."""
    person = world.people[identity]
    start = day + days_until(world, Decision.START_DELAY, day, identity, 0, float(world.rules.behaviour.start_days))
    if person.activity == Activity.STUDYING or person.graduation_day > day:
        start = max(start, person.graduation_day + world.rules.behaviour.free_after_days)
    return max(start, wanted_day)


@compiled
def lodged_before(person: Row, day: int) -> bool:
    """Tell whether a person slept in a station, on the latest stay, the night before a day."""
    return bool(0 <= person.stay_day < day <= person.night_day + 1)


@compiled
def sign_here(world: Tables, day: int, identity: int, number: int, channel: int) -> None:
    """Sign a contract with an employer of the region: the post is filled, and other offers are refused."""
    person = world.people[identity]
    post = world.posts[number]
    if person.contract_day >= 0:
        break_contract(world, person)
    interview_day, first_round_day = post.interview_day, post.first_round_day
    close_post(world, day, post, PostState.FILLED)
    refuse_offers(world, day, identity)
    post.holder = identity
    post.channel = channel
    world.employers[post.employer].pending += 1
    person.contract_post = number
    learn_from_advert(world, day, post, filled=True)
    person.contract_wage = min(MOST_PAY, pay_at(world, person, post))
    person.contract_outside = 0
    person.contract_day = start_day_of(world, day, identity, post.wanted_day)
    person.contracts_signed += 1
    world.counts[Count.CONTRACTS_SIGNED] += 1
    world.counts[Count.POSTS_FILLED] += 1
    world.counts[Count.VACANCY_DAYS] += day - post.opened_day
    if channel == Channel.CAMPUS:
        world.counts[Count.CAMPUS_CONTRACTS] += 1
    if channel == Channel.VISIT:
        world.counts[world.rules.travel_vouchers.counts.signed] += 1
        person.visit_signed += 1
    if person.guest_signed == 0 and person.guest_stays > 0 and day - person.stay_day <= world.rules.lodging.stay_counts_days:
        person.guest_signed = 1
        world.counts[Count.GUESTS_SIGNED] += 1
    if person.guest_stay_signed == 0 and (lodged_before(person, interview_day) or lodged_before(person, first_round_day)):
        person.guest_stay_signed = 1
        world.counts[world.rules.lodging.counts.stay_signed] += 1
    if person.user_signed == 0 and person.station_day >= 0 and day - person.station_day <= world.rules.lodging.stay_counts_days:
        person.user_signed = 1
        world.counts[world.rules.lodging.counts.users_signed] += 1
    schedule_search(world, day, identity)
    if person.activity == Activity.EMPLOYED:
        end_search(person)


@compiled
def sign_outside(world: Tables, day: int, identity: int, wage: int) -> None:
    """Sign a contract with an employer elsewhere; other offers are refused."""
    person = world.people[identity]
    refuse_offers(world, day, identity)
    if person.contract_day >= 0:
        break_contract(world, person)
    person.contract_outside = 1
    person.contract_wage = min(MOST_PAY, wage)
    person.contract_day = start_day_of(world, day, identity, day)
    schedule_search(world, day, identity)
    if person.activity == Activity.EMPLOYED:
        end_search(person)


@compiled
def leave_job(world: Tables, day: int, person: Row) -> None:
    """Leave the present job. What the person does next is set by the caller."""
    lose_claim(world, person)
    if person.employer >= 0:
        employer = world.employers[person.employer]
        employer.staff -= 1
        employer.wage_bill -= person.wage
        person.separations += 1
        world.counts[Count.SEPARATIONS] += 1
    if person.first_job_day >= 0 and person.first_left_day < 0:
        person.first_left_day = day
    person.employer = NEVER
    person.post = NEVER
    person.wage = 0
    person.separation_day = NEVER
    end_help(person)


@compiled
def has_trouble(world: Tables, day: int, identity: int) -> bool:
    """Tell whether a trouble is there that would end the present job.

    Of the jobs that end in their first year, those in excess of the hazard of later years end by such a trouble, which comes up some time before.
    """
    person = world.people[identity]
    ends = int(person.separation_day)
    if ends <= day or ends - person.job_start_day > YEAR_DAYS:
        return False
    if uniform(world, Decision.TROUBLE, ends, identity, 0) < world.rules.behaviour.separation_later:
        return False
    return ends - days_until(world, Decision.TROUBLE_COMES_UP, ends, identity, 0, world.rules.behaviour.trouble_days) <= day


@compiled
def talk_trouble_over(world: Tables, day: int, identity: int, settled: float) -> None:
    """Talk a trouble over, if there is one: settled, it does not end the job, which lasts beyond that day until something else ends it.

    Args:
        world: The world.
        day: Today.
        identity: Row of the person, who has a job.
        settled: Chance that the talk settles it.
    """
    if not has_trouble(world, day, identity) or uniform(world, Decision.TROUBLE_SETTLED, day, identity, 0) >= settled:
        return
    person = world.people[identity]
    person.troubles_settled += 1
    ends = int(person.separation_day)
    person.separation_day = draw_separation_day(world, ends, identity, ends - int(person.job_start_day))


@compiled
def begin_job(world: Tables, day: int, identity: int) -> None:
    """Begin the job of the signed contract."""
    person = world.people[identity]
    if person.activity == Activity.EMPLOYED:
        leave_job(world, day, person)
    here = person.contract_outside == 0
    person.activity = Activity.EMPLOYED
    person.wage = person.contract_wage
    person.job_start_day = day
    person.return_day = NEVER
    if here:
        number = person.contract_post
        row = world.posts[number].employer
        employer = world.employers[row]
        employer.pending -= 1
        employer.staff += 1
        employer.wage_bill += person.wage
        person.employer = row
        person.post = number
        _count_hire(world, person, world.posts[number].channel)
        if person.place != Place.RESIDENT:
            if person.place == Place.ELSEWHERE:
                world.counts[Count.ARRIVALS] += person.from_elsewhere
                person.arrivals += person.from_elsewhere
            come_to_live(world, day, person)
    else:
        person.employer = NEVER
        world.counts[Count.HIRES_OUTSIDE] += 1
        if person.place == Place.RESIDENT:
            move_away(world, day, person)
        person.place = Place.ELSEWHERE
    if person.first_job_day < 0:
        person.first_job_day = day
        person.first_job_wage = person.wage
        person.first_job_here = 1 if here else 0
    person.contract_post = NEVER
    person.contract_day = NEVER
    person.contract_outside = 0
    person.refused_employer = NEVER
    person.searching_since = NEVER
    end_help(person)
    person.separation_day = draw_separation_day(world, day, identity, 0)
    luck = uniform(world, Decision.ON_THE_JOB_SEARCH, day, identity, 0)
    person.searches_on_the_job = 1 if luck < world.rules.behaviour.employed_search_share else 0
    if person.searches_on_the_job == 1:
        schedule_search(world, day, identity)
    else:
        end_search(person)
    if here and person.from_elsewhere == 1 and person.resident_since == day and world.campuses[person.campus].day_trip == 0:
        person.next_trip_day = day + 1  # the first evening here: a place to sleep is needed


@compiled
def _count_hire(world: Tables, person: Row, channel: int) -> None:
    world.counts[Count.HIRES] += 1
    person.hires += 1
    world.counts[Count.HIRES_FROM_ELSEWHERE] += person.from_elsewhere
    if channel == Channel.FAIR:
        world.counts[Count.FAIR_HIRES] += 1
        person.fair_hires += 1
    if channel == Channel.CAMPUS:
        world.counts[Count.CAMPUS_HIRES] += 1
        person.campus_hires += 1
    if channel == Channel.CASEWORK:
        world.counts[Count.REFERRALS_HIRED] += 1
        person.referral_hires += 1
    if channel == Channel.DESK:
        world.counts[Count.DESK_HIRES] += 1
        person.desk_hires += 1
    if person.guest_signed == 1 and person.guest_placed == 0:
        person.guest_placed = 1
        world.counts[Count.GUESTS_PLACED] += 1
    if person.user_signed == 1 and person.user_placed == 0:
        person.user_placed = 1
        world.counts[world.rules.lodging.counts.users_placed] += 1


@compiled
def raise_pay(world: Tables, day: int, person: Row) -> None:
    """Once a year in the same job, pay rises and the person has learned."""
    months = (day - person.job_start_day) // MONTH_DAYS
    if months == 0 or months % YEAR_MONTHS != 0:
        return
    more = min(MOST_PAY - person.wage, int(person.wage * world.rules.behaviour.raise_per_year))
    person.wage += more
    person.skill += world.rules.behaviour.learning_per_year
    if person.employer >= 0:
        world.employers[person.employer].wage_bill += more
