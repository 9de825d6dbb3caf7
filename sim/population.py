"""Everybody who will ever enter: the people of the first morning, then those of later classes."""

from __future__ import annotations

import math

from sim.calendar import YEAR_DAYS
from sim.compiled import NEVER, Integers, Row, Rows, compiled, entry
from sim.draws import Decision, half_variance, normal, uniform
from sim.earlier_classes import place_graduates, remember_session
from sim.phases.exams import hear_result
from sim.rules.beliefs import begin_to_believe
from sim.rules.posts import usual_wage
from sim.rules.preparing import has_studied_on, intention_of, is_slow, will_study
from sim.rules.scoring import draw_peers
from sim.rules.searching import schedule_search
from sim.rules.services import learn
from sim.rules.utility import note_reservation
from sim.rules.youth import DRAWS_FOR_SOMEBODY
from sim.states import Activity, Education, Place, Preparation
from sim.tables import Tables


@compiled
def pick(draw: float, weights: Rows) -> int:
    """Return the index that a uniform draw falls on, given weights; the last index where rounding leaves it over."""
    total = 0.0
    for index in range(weights.size):
        total += weights[index]
    reached = 0.0
    for index in range(weights.size):
        reached += weights[index] / total
        if draw < reached:
            return index
    return int(weights.size) - 1


@entry
def make_people(
    world: Tables, campus_fields: Rows, first_graduation: int, cohort_size: int, cohort_entries: Integers, initial_awareness: Rows
) -> None:
    """Make every person that will ever enter: the population of the first morning, which has its place and activity, then the later classes.

    Args:
        world: The world.
        campus_fields: Share of each field of study by campus, shape (campuses, FIELDS).
        first_graduation: Day on which the class of the first morning graduates.
        cohort_size: Persons of a later class.
        cohort_entries: Entry and graduation day of the later classes, shape (classes, 2).
        initial_awareness: Share of people who know of each service, shape (levers,).
    """
    _make_everybody(world, campus_fields, first_graduation, cohort_size, cohort_entries, initial_awareness)
    _acquaint(world)
    place_graduates(world)


@entry
def acquaint(world: Tables) -> None:
    """List the people of each campus, and draw the peers of everybody among them, once more: somebody has another campus now."""
    for row in range(world.campuses.size):
        world.campuses[row].members = 0
    _acquaint(world)


@compiled
def _acquaint(world: Tables) -> None:
    """List the people of each campus, and draw the peers of everybody among them."""
    _list_members(world)
    for identity in range(world.rows_in_use.people):
        draw_peers(world, identity)


@compiled
def _make_everybody(
    world: Tables, campus_fields: Rows, first_graduation: int, cohort_size: int, cohort_entries: Integers, initial_awareness: Rows
) -> None:
    """Make the population of the first morning, then the later classes."""
    campus_weights = world.campuses["share"]
    district_weights = world.districts["share"]
    initial = world.rules.population.graduates
    for identity in range(world.rows_in_use.people):
        person = world.people[identity]
        earlier_class = _is_of_earlier_class(world, identity)
        _draw_campus_tier_and_skill(world, identity, campus_weights, earlier_class)
        campus = world.campuses[person.campus]
        local = campus.outside == 0 or uniform(world, Decision.LOCAL, 0, identity, 0) < campus.locals_share
        person.from_elsewhere = 0 if local else 1
        _draw_class(world, identity, first_graduation, cohort_size, cohort_entries)
        person.field = pick(uniform(world, Decision.FIELD, 0, identity, 0), campus_fields[person.campus])
        person.district = pick(uniform(world, Decision.HOME_DISTRICT, 0, identity, 0), district_weights)
        person.sex = 1 if uniform(world, Decision.SEX, 0, identity, 0) < world.rules.population.female_share else 0
        _make_person(world, identity, campus)
        for lever in range(world.services.size):
            if world.services[lever].opening_day >= 0:
                if uniform(world, Decision.INITIAL_AWARENESS, 0, identity, lever) < initial_awareness[lever]:
                    learn(person, lever)
        if earlier_class:
            continue
        person.preparing = intention_of(world, identity, 0)
        if identity >= initial:
            _plan_internship(world, identity)
        else:
            _begin_final_year(world, identity)


@compiled
def _is_of_earlier_class(world: Tables, identity: int) -> bool:
    """Tell whether a person has graduated before the first morning."""
    population = world.rules.population
    return bool(identity < population.graduates and uniform(world, Decision.COHORT, 0, identity, 0) >= population.final_year_share)


@compiled
def _draw_class(world: Tables, identity: int, first_graduation: int, cohort_size: int, cohort_entries: Integers) -> None:
    """Draw when a person enters and, some days around that of the class by campus, graduates."""
    person = world.people[identity]
    population = world.rules.population
    shift = world.campuses[person.campus].graduation_shift
    if identity >= population.graduates:
        later = (identity - population.graduates) // cohort_size
        person.entry_day = cohort_entries[later, 0]
        person.graduation_day = max(person.entry_day + 1, cohort_entries[later, 1] + shift)
        return
    earlier = world.rules.opening.earlier_classes
    draw = uniform(world, Decision.COHORT, 0, identity, 0)
    recent = population.final_year_share + population.recent_share
    if draw < population.final_year_share:
        person.graduation_day = max(0, first_graduation + shift)
        return
    years = 1
    if draw >= recent:
        years = 2 + int((draw - recent) / max(1e-9, 1.0 - recent) * earlier)
    person.graduation_day = min(-1, first_graduation - YEAR_DAYS * min(years, 1 + earlier) + shift)


@compiled
def _draw_campus_tier_and_skill(world: Tables, identity: int, campus_weights: Rows, earlier_class: bool) -> None:
    """Draw campus, tier and skill. In place of somebody of an earlier class who has gone on to study stands another who has not."""
    person = world.people[identity]
    for attempt in range(DRAWS_FOR_SOMEBODY):
        person.campus = pick(uniform(world, Decision.ORIGIN, 0, identity, attempt), campus_weights)
        campus = world.campuses[person.campus]
        draw = uniform(world, Decision.EDUCATION, 0, identity, attempt)
        person.education = Education.BACHELOR
        if draw < campus.vocational:
            person.education = Education.VOCATIONAL
        elif draw >= 1.0 - campus.master:
            person.education = Education.MASTER
        person.skill = normal(world, Decision.SKILL, 0, identity, attempt)
        if not earlier_class or not has_studied_on(world, identity, attempt):
            break


@compiled
def _make_person(world: Tables, identity: int, campus: Row) -> None:
    """Draw skill, wishes and means of one person."""
    person = world.people[identity]
    opening = world.rules.opening
    person.interview_skill = normal(world, Decision.INTERVIEW_SKILL, 0, identity, 0)
    person.confidence = normal(world, Decision.CONFIDENCE, 0, identity, 0)
    person.effort = math.exp(opening.effort_spread * normal(world, Decision.EFFORT, 0, identity, 0) - half_variance(opening.effort_spread))
    aim = world.rules.behaviour.targeting + opening.targeting_spread * normal(world, Decision.TARGETING, 0, identity, 0)
    person.targeting = min(1.0, max(0.0, aim))
    person.prefers_state = 1 if uniform(world, Decision.STATE_PREFERENCE, 0, identity, 0) < world.rules.behaviour.state_preference_share else 0
    person.credit_constrained = 1 if uniform(world, Decision.CREDIT_CONSTRAINT, 0, identity, 0) < world.rules.behaviour.constrained_share else 0
    hopes = world.rules.behaviour.expectation_spread * normal(world, Decision.EXPECTATION, 0, identity, 0) + opening.skill_in_hopes * person.skill
    begin_to_believe(world, person, usual_wage(world, person.education) * world.rules.behaviour.expected_over_offered * math.exp(hopes))
    person.savings = int(opening.savings * math.exp(opening.savings_spread * normal(world, Decision.SAVINGS, 0, identity, 0)))
    luck = normal(world, Decision.REGION_INTEREST, 0, identity, 0)
    if person.from_elsewhere == 1:
        person.region_interest = min(1.0, campus.interest * math.exp(opening.interest_spread * luck - half_variance(opening.interest_spread)))
        person.attachment = 0.0
    else:
        usual = world.rules.behaviour.locals_interest_away if campus.outside == 1 else world.rules.behaviour.local_interest
        person.region_interest = min(1.0, max(0.0, usual + opening.local_interest_spread * luck))
        person.attachment = max(0.0, opening.attachment + opening.attachment_spread * normal(world, Decision.ATTACHMENT, 0, identity, 0))
    person.place = Place.ELSEWHERE if campus.outside == 1 else Place.RESIDENT
    note_reservation(world, 0, person)


@compiled
def _begin_final_year(world: Tables, identity: int) -> None:
    """Put a student of the first class where the academic year has got to: many search already, the rest begin later."""
    person = world.people[identity]
    person.activity = Activity.STUDYING
    school_year_began = person.graduation_day - world.rules.opening.school_year_days
    begins = school_year_began + int(world.rules.behaviour.search_start_days * uniform(world, Decision.SEARCH_START, 0, identity, 0))
    _hear_of_exams_before(world, identity)
    if will_study(person) or is_slow(world, identity):
        person.return_day = person.graduation_day
    elif begins <= 0:
        person.searching_since = 0
        schedule_search(world, 0, identity)
        remember_session(world, identity, begins)
    else:
        person.return_day = min(begins, person.graduation_day)
    _plan_internship(world, identity)


@compiled
def _hear_of_exams_before(world: Tables, identity: int) -> None:
    """Let a student of the first class know the result of an exam that was told before the first morning."""
    person = world.people[identity]
    if person.preparing == Preparation.NONE or will_study(person) or person.graduation_day == 0:
        return
    for day in range(person.graduation_day):
        if world.calendar[day].results >> person.preparing & 1:
            return
    hear_result(world, 0, identity)


@compiled
def _plan_internship(world: Tables, identity: int) -> None:
    """Some students look for an internship in the spring before graduation."""
    person = world.people[identity]
    behaviour = world.rules.behaviour
    if uniform(world, Decision.INTERNSHIP, 0, identity, 0) < behaviour.internship_share:
        begins = int(behaviour.internship_spread_days * uniform(world, Decision.INTERNSHIP, 0, identity, 1))
        person.internship_day = person.graduation_day - behaviour.internship_lead_days + begins
        if person.internship_day < max(0, person.entry_day):
            person.internship_day = NEVER


@compiled
def _list_members(world: Tables) -> None:
    """List the people of each campus, in order of identity; a later class knows the earlier ones, and not the other way round."""
    for identity in range(world.rows_in_use.people):
        world.campuses[world.people[identity].campus].members += 1
    first = 0
    for row in range(world.campuses.size):
        world.campuses[row].first_member = first
        first += world.campuses[row].members
        world.campuses[row].members = 0
    first_of_class = 0
    for identity in range(world.rows_in_use.people):
        campus = world.campuses[world.people[identity].campus]
        world.members[campus.first_member + campus.members] = identity
        campus.members += 1
        if identity + 1 == world.rows_in_use.people or world.people[identity + 1].entry_day != world.people[identity].entry_day:
            for classmate in range(first_of_class, identity + 1):
                world.people[classmate].circle = world.campuses[world.people[classmate].campus].members
            first_of_class = identity + 1
        if identity + 1 == world.rules.population.graduates:
            for row in range(world.campuses.size):
                world.campuses[row].first_members = world.campuses[row].members
