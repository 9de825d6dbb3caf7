"""The end of a start-up: what it owes is paid as far as the money goes, and its founder searches for work."""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.levers.incubator import give_back_desk
from sim.rules.help import end_help
from sim.rules.lending import default_on_loan, pay_off
from sim.rules.searching import begin_search
from sim.states import Cash, Count, Money
from sim.tables import Tables


@compiled
def pay_founder(world: Tables, person: Row, amount: int) -> None:
    """Hand a founder money of the firm's, or (negative) take some."""
    person.savings += amount
    world.cashbook[Cash.PROFITS_TAKEN] -= amount
    world.ledger[Money.PROFITS] += amount


@compiled
def close_startup(world: Tables, day: int, row: int) -> None:
    """Close a start-up: its equipment is sold, debts are settled, the founder searches for work, the staff is let go at the next phase of work."""
    employer = world.employers[row]
    identity = employer.founder
    person = world.people[identity]
    fetched = int(world.rules.behaviour.resale_share * employer.capital)
    employer.cash += fetched
    employer.capital = 0
    world.cashbook[Cash.EQUIPMENT] += fetched
    _settle_debts(world, employer, person)
    give_back_desk(world, employer)
    if employer.mentor >= 0:
        world.mentors[employer.mentor].mentees -= 1
        employer.mentor = NEVER
    employer.alive = 0
    employer.closed_day = day
    employer.target_staff = 0
    person.employer = NEVER
    end_help(person)
    begin_search(world, day, identity)
    world.counts[Count.STARTUPS_CLOSED] += 1


@compiled
def _settle_debts(world: Tables, employer: Row, person: Row) -> None:
    """Pay the loan out of the firm, then out of savings, with which the founder is liable; what is left goes to the family and the founder."""
    paid = pay_off(world, employer, employer.cash)
    employer.cash -= paid
    own = pay_off(world, employer, person.savings)
    pay_founder(world, person, -own)
    world.cashbook[Cash.LOANS_REPAID] -= paid + own
    default_on_loan(world, employer)
    returned = max(0, min(employer.cash, employer.family))
    employer.family = 0
    employer.cash -= returned
    world.cashbook[Cash.FAMILY_REPAID] -= returned
    left = max(0, employer.cash)
    employer.cash -= left
    pay_founder(world, person, left)
    world.cashbook[Cash.CLOSED] -= employer.cash
    employer.cash = 0
