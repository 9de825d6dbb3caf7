"""One utility for applying, accepting, quitting, moving and leaving: what is left of pay, in logs, and what else a job is liked for.

    v = ln(pay - home - way to work) + ties to the region, less the effort of moving + field + state-owned employer + taste

Who has no home where the work is pays a rent, less the help with it that the person counts on: a yuan of help is a yuan less of rent. Who lives
near enough comes to work every day, where that costs less. The way to work costs fares and hours. What is left never falls below a part of the
living cost. Prospects are not weighed: pay rises alike with tenure everywhere, and the safety of a state-owned employer is part of the taste for it.
"""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.draws import Decision, bell, normal
from sim.rules.beliefs import pay_expected
from sim.rules.paying import worth_of_contract
from sim.rules.preparing import will_study
from sim.states import Activity, Place
from sim.tables import Tables

# Home and the way to work


@compiled
def has_home_here(person: Row) -> bool:
    """Tell whether a person has a home in the region: grew up or studied here, or has bought one."""
    return bool(person.from_elsewhere == 0 or person.home_owner == 1)


@compiled
def cost_of_renting(world: Tables, person: Row) -> int:
    """Return what a room near work and the way from it cost a month, CNY: rent, less the help with it that the person counts on."""
    return int(world.rules.region.rent - person.rent_help + world.rules.living.way_near)


@compiled
def comes_daily(world: Tables, person: Row) -> bool:
    """Tell whether who has no home here would come to work every day from a campus near the region: where that costs less than a room here."""
    way = world.campuses[person.campus].way
    return not has_home_here(person) and way >= 0 and way < cost_of_renting(world, person)


@compiled
def cost_here(world: Tables, person: Row, district: int) -> int:
    """Return what home and the way to work cost a month for who works in a district of the region, fares and hours, CNY."""
    if has_home_here(person):
        return int(world.rules.living.way_near if person.district == district else world.rules.living.way_far)
    way = world.campuses[person.campus].way
    renting = cost_of_renting(world, person)
    return int(way if way >= 0 and way < renting else renting)


@compiled
def paid_for_home(world: Tables, person: Row) -> int:
    """Return the rent and the fares to work that a person pays this month, CNY."""
    works = person.activity == Activity.EMPLOYED
    if person.place != Place.RESIDENT:
        return int(world.rules.region.rent_elsewhere if works else 0)
    if comes_daily(world, person):
        return int(world.campuses[person.campus].way_fare if works else 0)
    rent = 0 if has_home_here(person) else world.rules.region.rent
    if works and person.employer >= 0:
        far = has_home_here(person) and world.employers[person.employer].district != person.district
        rent += world.rules.living.fare_far if far else world.rules.living.fare_near
    return int(rent)


# What a job is worth


@compiled
def log_left(world: Tables, pay: float, cost: int) -> float:
    """Return the log of what is left of a month's pay after home and the way to work."""
    return math.log(max(world.rules.living.least, pay - cost))


@compiled
def pull_of_region(world: Tables, person: Row) -> float:
    """Return what ties to the region add to a job here, less the effort of moving for who would have to move, as log pay."""
    ties = min(world.rules.behaviour.ties_most, person.attachment)
    if person.place == Place.RESIDENT or comes_daily(world, person):
        return ties
    return ties - world.rules.behaviour.moving_effort


@compiled
def liking(world: Tables, identity: int, employer_row: int) -> float:
    """Return what a person likes at an employer before knowing it: field, ownership and taste, as log pay."""
    return liking_of(world, identity, employer_row, world.employers[employer_row])


@compiled
def liking_of(world: Tables, identity: int, employer_row: int, told: Row) -> float:
    """Return what `liking` returns, of the row that tells industry and ownership: the employer's, or its advert."""
    person = world.people[identity]
    behaviour = world.rules.behaviour
    liked = behaviour.taste_spread * bell(world, Decision.EMPLOYER_TASTE, 0, identity, employer_row)
    if person.field == told.industry:
        liked += behaviour.field_match_taste
    if person.prefers_state == 1 and told.state_owned == 1:
        liked += behaviour.state_taste
    return liked


@compiled
def seen_at_interview(world: Tables, identity: int, employer_row: int) -> float:
    """Return what somebody who has been there likes at an employer, beyond what is known before, as log pay."""
    return world.rules.behaviour.taste_at_interview * normal(world, Decision.TASTE_AT_INTERVIEW, 0, identity, employer_row)


@compiled
def value_here(world: Tables, identity: int, pay: float, employer_row: int) -> float:
    """Return what a job with an employer of the region is worth to who has not seen it, in log yuan a month."""
    person = world.people[identity]
    left = log_left(world, pay, cost_here(world, person, world.employers[employer_row].district))
    return left + pull_of_region(world, person) + liking(world, identity, employer_row)


@compiled
def value_elsewhere(world: Tables, person: Row, pay: float) -> float:
    """Return what a job elsewhere is worth, in log yuan a month: a rent there, and the effort of moving for who lives here."""
    effort = world.rules.behaviour.moving_effort if person.place == Place.RESIDENT else 0.0
    return log_left(world, pay, world.rules.region.rent_elsewhere) - effort


@compiled
def value_near_home(world: Tables, person: Row, pay: float) -> float:
    """Return what a job like any other is worth at some pay in the person's district of the region."""
    return log_left(world, pay, cost_here(world, person, person.district)) + pull_of_region(world, person)


@compiled
def cost_where_living(world: Tables, person: Row) -> int:
    """Return what home and the way to work cost a month in a job like any other where a person lives now, CNY."""
    return cost_here(world, person, person.district) if person.place == Place.RESIDENT else int(world.rules.region.rent_elsewhere)


@compiled
def left_where_living(world: Tables, person: Row, pay: float) -> float:
    """Return the log of what a job like any other leaves at some pay where a person lives now: near home, or elsewhere."""
    return log_left(world, pay, cost_where_living(world, person))


@compiled
def pull_where_living(world: Tables, person: Row) -> float:
    """Return what ties add to any job where a person lives now, as log pay."""
    return pull_of_region(world, person) if person.place == Place.RESIDENT else 0.0


@compiled
def value_where_living(world: Tables, person: Row, pay: float) -> float:
    """Return what a job like any other is worth at some pay where a person lives now, in log yuan a month."""
    return left_where_living(world, person, pay) + pull_where_living(world, person)


@compiled
def value_of_job(world: Tables, identity: int) -> float:
    """Return what the job that a person has is worth, in log yuan a month."""
    person = world.people[identity]
    if person.employer < 0:
        return value_elsewhere(world, person, float(person.wage))
    return value_here(world, identity, float(person.wage), person.employer) + seen_at_interview(world, identity, person.employer)


@compiled
def value_of_contract(world: Tables, day: int, identity: int) -> float:
    """Return what the job is worth for which a person has signed, in log yuan a month: less the further off its start is."""
    person = world.people[identity]
    pay = worth_of_contract(world, day, person)
    if person.contract_outside == 1:
        return value_elsewhere(world, person, pay)
    employer_row = world.posts[person.contract_post].employer
    return value_here(world, identity, pay, employer_row) + seen_at_interview(world, identity, employer_row)


# The reservation: what waiting for a better offer is worth


@compiled
def months_searched(day: int, person: Row) -> float:
    """Return the months of the present search, without work, so far."""
    return (day - person.searching_since) / MONTH_DAYS if person.activity == Activity.SEARCHING else 0.0


@compiled
def months_to_wait(world: Tables, day: int, person: Row) -> float:
    """Return the months for which a person can wait for better offers: no longer than people look ahead, or than savings and family last."""
    behaviour = world.rules.behaviour
    if person.graduation_day > day:
        return behaviour.search_horizon_months
    bridged = max(0.0, behaviour.family_months - months_searched(day, person))
    return min(behaviour.search_horizon_months, bridged + person.savings / (world.rules.living.month + paid_for_home(world, person)))


@compiled
def weight_of_waiting(world: Tables, day: int, person: Row) -> float:
    """Return the offers that a person reckons with as long as there is money to wait: at a usual number of applications for the own diligence."""
    a_month = person.offer_belief * world.rules.behaviour.applications_reckoned * person.effort
    return a_month * months_to_wait(world, day, person)


@compiled
def left_wanted(world: Tables, day: int, person: Row) -> float:
    """Return the log of what the reservation wage leaves where a person lives now: between idleness and what an offer is expected to leave.

    (idle + a x offer) / (1 + a), `a` being the offers reckoned with: it rises with the chance of an offer, the pay expected, and the money to wait.
    """
    offers = weight_of_waiting(world, day, person)
    return (world.rules.living.idle + offers * left_where_living(world, person, pay_expected(world, person))) / (1.0 + offers)


@compiled
def note_reservation(world: Tables, day: int, person: Row) -> None:
    """Note the reservation wage, CNY a month: what a job like any other has to pay, where the person lives now."""
    person.reservation_wage = math.exp(left_wanted(world, day, person)) + cost_where_living(world, person)


# What is decided by it


@compiled
def value_wanted(world: Tables, day: int, identity: int, below: float) -> float:
    """Return what a new job has to be worth to a person, in log yuan a month: what any would (`value_without_offers`), and the best offer in hand."""
    wanted = value_without_offers(world, day, identity, below)
    person = world.people[identity]
    return max(wanted, person.offer_worth) if person.offers_in_hand > 0 else wanted


@compiled
def value_without_offers(world: Tables, day: int, identity: int, below: float) -> float:
    """Return what a job has to be worth to a person, whatever offers are in hand, in log yuan a month.

    A gain over the contract in hand, or over the job; who has neither wants the reservation wage in a job where the person lives now.

    Args:
        world: The world.
        day: Day.
        identity: Row of the person.
        below: How far below the reservation the person goes, log pay.
    """
    person = world.people[identity]
    if person.contract_day >= 0:
        return value_of_contract(world, day, identity) + math.log(world.rules.behaviour.break_gain)
    if person.activity == Activity.EMPLOYED:
        return value_of_job(world, identity) + math.log(world.rules.behaviour.employed_gain_wanted)
    return left_wanted(world, day, person) + pull_where_living(world, person) + below


@compiled
def value_applied_for(world: Tables, day: int, identity: int) -> float:
    """Return the least that a post has to be worth, as far as it is known, to be applied for: the interview may show more of it."""
    return value_wanted(world, day, identity, math.log(world.rules.behaviour.wage_floor_seen))


@compiled
def appeal(world: Tables, identity: int, pay: float, employer_row: int, wanted: float) -> float:
    """Return by how much a post is worth more than what is wanted (`value_applied_for`), as log pay; it is applied for above 0 only."""
    return appeal_under(world, identity, pay, employer_row, pull_of_region(world, world.people[identity]), wanted)


@compiled
def appeal_under(world: Tables, identity: int, pay: float, employer_row: int, pull: float, wanted: float) -> float:
    """Return what `appeal` returns, of a pull of the region, which is the same for every post."""
    left = log_left(world, pay, cost_here(world, world.people[identity], world.employers[employer_row].district))
    return left + pull + liking(world, identity, employer_row) - wanted


@compiled
def value_of_offer(world: Tables, identity: int, pay: float, employer_row: int) -> float:
    """Return what an offer here is worth to a person after the interview, in log yuan a month."""
    return value_here(world, identity, pay, employer_row) + seen_at_interview(world, identity, employer_row)


@compiled
def offer_is_accepted(world: Tables, day: int, identity: int, pay: float, employer_row: int) -> bool:
    """Weigh an offer here that has to be answered at once against what is wanted: the offer, contract or job in hand, or the reservation wage."""
    person = world.people[identity]
    if person.activity in (Activity.FOUNDER, Activity.AGED_OUT) or will_study(person):
        return False
    return value_of_offer(world, identity, pay, employer_row) >= value_wanted(world, day, identity, 0.0)
