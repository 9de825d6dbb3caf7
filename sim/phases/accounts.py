"""Phase 13, accounts: pay days, monthly mentoring of seekers, news from peers, search given up, skill that is not used, accidents at work."""

from __future__ import annotations

from sim.compiled import compiled
from sim.draws import Decision, days_until, uniform
from sim.fetching import AHEAD, LINE_OF_SERVICES, LINES_OF_A_PAY_DAY, LINES_OF_A_SESSION, SOON, fetch, fetch_person
from sim.levers.internships import receive_stipend
from sim.levers.legal_aid import wage_paid
from sim.levers.mentoring import mentor_seeker
from sim.levers.safety_training import has_accident
from sim.levers.subsidies import consider_home, count_on_money, living_cost_with_card, pay_rent_subsidy
from sim.meetings import OTHERS, anybody_on_pay_day, meet_on_pay_day
from sim.phases.vacancies import replace_leaver
from sim.rules.expenses import pocket_of
from sim.rules.peers import hear_from_peer, peer_of_month
from sim.rules.queues import Queue, call_in_today
from sim.rules.searching import end_search, may_give_up
from sim.rules.services import has_begun
from sim.rules.utility import paid_for_home
from sim.rules.working import leave_job, raise_pay
from sim.states import Activity, Count, Money
from sim.tables import Tables


@compiled
def settle_accounts(world: Tables, day: int) -> None:
    """Once a month, on a day of one's own: wage, living costs, rent; the family covers what is missing; news from a peer; skill unused fades."""
    rules = world.rules
    drawn = OTHERS or has_begun(world, day, rules.mentoring.row)
    drawn |= has_begun(world, day, rules.subsidies.row) or has_begun(world, day, rules.legal_aid.row)
    met = drawn or anybody_on_pay_day(world, day) or has_begun(world, day, rules.internships.row)
    for index in range(call_in_today(world, day, Queue.PAY_DAY, drawn)):
        identity = world.queue[index]
        fetch_person(world, world.queue[index + AHEAD], LINES_OF_A_PAY_DAY)
        fetch(world.peers, world.queue[index + AHEAD] * world.rules.behaviour.peers, 0)
        if met:
            fetch(world.people, world.queue[index + AHEAD], LINE_OF_SERVICES)
        _fetch_others(world, day, world.queue[index + SOON])
        person = world.people[identity]
        if met:
            _meet_services(world, day, identity)
        consider_home(world, day, identity)
        if person.next_search_day >= 0 and person.activity != Activity.EMPLOYED:
            hear_from_peer(world, day, identity)
        balance = person.savings
        if person.activity == Activity.EMPLOYED:
            raise_pay(world, day, person)
            wage = wage_paid(world, day, identity)
            balance += wage
            world.ledger[Money.WAGES] += wage
        living = living_cost_with_card(world, day, identity, world.rules.region.living_cost)
        living += paid_for_home(world, person)
        student = person.activity == Activity.STUDYING or (person.activity == Activity.INTERN and person.graduation_day > day)
        if student:
            living = int(world.rules.behaviour.student_living * living)
        balance -= living
        world.ledger[Money.LIVING_COSTS] -= living
        if person.activity in (Activity.SEARCHING, Activity.INACTIVE):
            person.skill -= world.rules.behaviour.skill_unused
        kept = pocket_of(world, day, person) if student or person.activity == Activity.SEARCHING else 0
        allowance = living if student else 0
        allowance += max(0, kept - balance - allowance)
        balance += allowance
        world.ledger[Money.FAMILY_SUPPORT] += allowance
        person.savings = balance
        if person.activity == Activity.SEARCHING:
            may_give_up(world, day, identity)
        if person.activity == Activity.EMPLOYED and person.employer >= 0 and has_accident(world, day, identity):
            _recover_from_accident(world, day, identity)


@compiled
def _meet_services(world: Tables, day: int, identity: int) -> None:
    """Let a person meet the services that have business on a pay day, once one of them has begun."""
    person = world.people[identity]
    meet_on_pay_day(world, day, identity)
    mentor_seeker(world, day, identity)
    receive_stipend(world, day, person)
    pay_rent_subsidy(world, day, person)
    count_on_money(world, day, person)


@compiled
def _fetch_others(world: Tables, day: int, identity: int) -> None:
    """Ask for the rows that the pay day of a person, asked for before, looks at: of the employer, and of the peer from whom a seeker hears."""
    if identity < 0:
        return
    person = world.people[identity]
    if person.activity == Activity.EMPLOYED:
        fetch(world.employers, person.employer, 0)
        fetch(world.employers, person.employer, 1)
    elif person.next_search_day >= 0:
        fetch_person(world, peer_of_month(world, day, identity), LINES_OF_A_SESSION)


@compiled
def _recover_from_accident(world: Tables, day: int, identity: int) -> None:
    """An accident at work: a light one is over by tomorrow, a grave one ends the job and keeps the person at home for a while."""
    person = world.people[identity]
    person.accidents += 1
    world.counts[Count.ACCIDENTS] += 1
    grave = uniform(world, Decision.ACCIDENT_SEVERITY, day, identity, 0) < world.rules.behaviour.accident_grave_share
    if not grave or person.contract_day >= 0:
        return
    replace_leaver(world, day, identity, world.employers[person.employer])
    leave_job(world, day, person)
    person.activity = Activity.INACTIVE
    end_search(person)
    person.return_day = day + days_until(world, Decision.ACCIDENT_SEVERITY, day, identity, 1, world.rules.behaviour.accident_days)
