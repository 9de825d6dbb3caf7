"""What follows school: a job that is waiting, the search after some weeks, a pause, an exam, or more school."""

from __future__ import annotations

from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, days_until
from sim.rules.preparing import is_slow, later_intention, will_study
from sim.rules.searching import begin_search, end_search
from sim.states import Activity, Preparation
from sim.tables import Tables


@compiled
def pause(person: Row, until: int) -> None:
    """Do not search for now; NEVER: until an exam is over."""
    person.activity = Activity.INACTIVE
    end_search(person)
    person.return_day = until


@compiled
def leave_school(world: Tables, day: int, identity: int) -> None:
    """Leave school. Who has not signed looks for work after some weeks, or later ("slow employment"), or prepares for an exam."""
    person = world.people[identity]
    behaviour = world.rules.behaviour
    if person.contract_day >= 0 or will_study(person):
        begin_search(world, day, identity)  # which who is admitted does not
        return
    slow = is_slow(world, identity)
    if slow and person.preparing == Preparation.NONE:
        person.preparing = later_intention(world, identity)
    if person.preparing != Preparation.NONE:
        pause(person, NEVER)
    elif slow:
        pause(person, day + days_until(world, Decision.RETURN_TO_SEARCH, 0, identity, 0, behaviour.slow_employment_days))
    elif behaviour.search_after_days > 0:
        pause(person, day + days_until(world, Decision.RETURN_TO_SEARCH, 0, identity, 1, behaviour.search_after_days))
    else:
        begin_search(world, day, identity)
