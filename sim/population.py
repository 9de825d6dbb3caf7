"""From a scenario to the tables of the first morning: people, employers, posts, stations, mentors, events."""

from __future__ import annotations

import math

from sim.compiled import NEVER, Integers, Row, Rows, compiled, entry
from sim.draws import Decision, days_until, exponential, normal, uniform
from sim.phases.vacancies import schedule_growth
from sim.rules.posts import open_post, usual_wage
from sim.rules.searching import begin_search, schedule_search
from sim.rules.services import learn
from sim.rules.ventures import schedule_opportunity
from sim.rules.working import draw_separation_day
from sim.states import FIELDS, Activity, Education, LeverId, Money, Place

EARLIER_CLASSES = 4


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
    rules: Row, people: Rows, tables: Row, campuses: Rows, campus_fields: Rows, districts: Rows, first_graduation: int,
    cohort_size: int, cohort_entries: Integers, initial_awareness: Rows, services: Rows,
) -> None:  # fmt: skip
    """Make every person that will ever enter: the population of the first morning, then the later classes."""
    campus_weights = campuses["share"]
    district_weights = districts["share"]
    initial = rules.population_graduates
    for identity in range(tables.people):
        person = people[identity]
        person.campus = pick(uniform(rules, Decision.ORIGIN, 0, identity, 0), campus_weights)
        campus = campuses[person.campus]
        person.from_elsewhere = campus.outside
        draw = uniform(rules, Decision.EDUCATION, 0, identity, 0)
        person.education = Education.BACHELOR
        if draw < campus.vocational:
            person.education = Education.VOCATIONAL
        elif draw >= 1.0 - campus.master:
            person.education = Education.MASTER
        person.field = pick(uniform(rules, Decision.FIELD, 0, identity, 0), campus_fields[person.campus])
        person.district = pick(uniform(rules, Decision.HOME_DISTRICT, 0, identity, 0), district_weights)
        person.sex = 1 if uniform(rules, Decision.SEX, 0, identity, 0) < rules.population_female_share else 0
        _make_person(rules, identity, person, campus)
        for lever in range(services.size):
            if services[lever].on_offer == 1:
                if uniform(rules, Decision.INITIAL_AWARENESS, 0, identity, lever) < initial_awareness[lever]:
                    learn(person, lever)
        if identity >= initial:
            later = (identity - initial) // cohort_size
            person.entry_day = cohort_entries[later, 0]
            person.graduation_day = cohort_entries[later, 1]
            _plan_internship(rules, identity, person)
            continue
        draw = uniform(rules, Decision.COHORT, 0, identity, 0)
        recent = rules.population_final_year_share + rules.population_recent_share
        if draw < rules.population_final_year_share:
            person.graduation_day = first_graduation
            _begin_final_year(rules, identity, person)
        elif draw < recent:
            person.graduation_day = first_graduation - 365
        else:
            years = 2 + int((draw - recent) / max(1e-9, 1.0 - recent) * EARLIER_CLASSES)
            person.graduation_day = first_graduation - 365 * min(years, 1 + EARLIER_CLASSES)


@compiled
def _make_person(rules: Row, identity: int, person: Row, campus: Row) -> None:
    """Draw skill, wishes and means of one person."""
    person.skill = normal(rules, Decision.SKILL, 0, identity, 0)
    person.interview_skill = normal(rules, Decision.INTERVIEW_SKILL, 0, identity, 0)
    person.confidence = normal(rules, Decision.CONFIDENCE, 0, identity, 0)
    person.effort = math.exp(0.4 * normal(rules, Decision.EFFORT, 0, identity, 0) - 0.08)
    person.targeting = min(1.0, max(0.0, rules.targeting + 0.15 * normal(rules, Decision.TARGETING, 0, identity, 0)))
    person.prefers_state = 1 if uniform(rules, Decision.STATE_PREFERENCE, 0, identity, 0) < rules.state_preference_share else 0
    person.credit_constrained = 1 if uniform(rules, Decision.CREDIT_CONSTRAINT, 0, identity, 0) < rules.constrained_share else 0
    hopes = rules.expectation_spread * normal(rules, Decision.EXPECTATION, 0, identity, 0) + 0.1 * person.skill
    person.expected_wage = usual_wage(rules, person.education) * rules.expected_over_offered * math.exp(hopes)
    person.reservation_wage = rules.reservation_share * person.expected_wage
    person.savings = int(3000.0 * math.exp(0.8 * normal(rules, Decision.SAVINGS, 0, identity, 0)))
    luck = normal(rules, Decision.REGION_INTEREST, 0, identity, 0)
    if person.from_elsewhere == 1:
        person.region_interest = min(1.0, campus.interest * math.exp(0.8 * luck - 0.32))
        person.attachment = 0.0
    else:
        person.region_interest = min(1.0, max(0.0, rules.local_interest + 0.1 * luck))
        person.attachment = max(0.0, 0.15 + 0.1 * normal(rules, Decision.ATTACHMENT, 0, identity, 0))
    person.place = Place.ELSEWHERE if person.from_elsewhere == 1 else Place.RESIDENT


@compiled
def _begin_final_year(rules: Row, identity: int, person: Row) -> None:
    """Put a student of the first class where the academic year has got to: many search already, the rest begin later."""
    person.activity = Activity.STUDYING
    school_year_began = person.graduation_day - 290
    begins = school_year_began + int(180.0 * uniform(rules, Decision.SEARCH_START, 0, identity, 0))
    if begins <= 0:
        person.searching_since = 0
        schedule_search(rules, 0, identity, person)
    else:
        person.return_day = begins
    _plan_internship(rules, identity, person)


@compiled
def _plan_internship(rules: Row, identity: int, person: Row) -> None:
    """Some students look for an internship in the spring before graduation."""
    if uniform(rules, Decision.INTERNSHIP, 0, identity, 0) < rules.internship_share:
        person.internship_day = person.graduation_day - 130 + int(60.0 * uniform(rules, Decision.INTERNSHIP, 0, identity, 1))
        if person.internship_day < max(0, person.entry_day):
            person.internship_day = NEVER


@entry
def place_graduates(rules: Row, people: Rows) -> float:
    """Decide what the graduates of earlier classes do on the first morning, before anybody has an employer.

    Returns:
        Sum over seekers and final-year students of the share of their search that goes to the region.
    """
    seekers = 0.0
    for identity in range(rules.population_graduates):
        person = people[identity]
        if person.activity == Activity.STUDYING:
            seekers += person.region_interest
            continue
        recent = person.graduation_day > -365
        person.savings *= 2 if recent else 6
        if person.from_elsewhere == 1:
            if uniform(rules, Decision.INITIAL_PLACE, 0, identity, 0) < rules.population_residents_from_elsewhere_share:
                person.place = Place.RESIDENT
                person.region_interest = rules.local_interest
                person.attachment = 0.1
                person.resident_since = min(-1, person.graduation_day + 8)
            else:
                person.region_interest *= 0.3
        schedule_opportunity(rules, 0, identity, person)
        draw = uniform(rules, Decision.INITIAL_ACTIVITY, 0, identity, 0)
        searching = rules.population_unemployed_recent if recent else rules.population_unemployed_earlier
        if draw < searching:
            begin_search(rules, 0, identity, person)
            longest = 180.0 if recent else 400.0
            age = min(longest, 90.0 * exponential(rules, Decision.INITIAL_TENURE, 0, identity, 0))
            person.searching_since = -int(min(age, max(1.0, -float(person.graduation_day))))
            seekers += person.region_interest
        elif recent and draw < searching + 0.05:
            person.activity = Activity.INACTIVE
            person.return_day = days_until(rules, Decision.RETURN_TO_SEARCH, 0, identity, 0, rules.slow_employment_days)
        elif not recent and person.place == Place.RESIDENT and draw < searching + rules.population_founders_earlier:
            person.activity = Activity.FOUNDER
        else:
            person.activity = Activity.EMPLOYED
    return seekers


@entry
def make_employers(rules: Row, employers: Rows, tables: Row, fields: Rows, job_weights: Rows, districts: Rows, services: Rows) -> int:
    """Make the established employers, sorted by industry. Returns the number of advertising slots they need."""
    total = 0.0
    for field in range(FIELDS):
        total += job_weights[field]
    slot = 0
    row = 0
    reached = 0.0
    district_weights = districts["share"]
    for field in range(FIELDS):
        reached += job_weights[field] / total
        fields[field].first_slot = slot
        while row < tables.employers and (row + 0.5) / tables.employers < reached + 1e-12:
            employer = employers[row]
            employer.alive = 1
            employer.industry = field
            employer.district = pick(uniform(rules, Decision.EMPLOYER_DISTRICT, 0, row, 0), district_weights)
            employer.state_owned = 1 if uniform(rules, Decision.EMPLOYER_STATE, 0, row, 0) < rules.market_state_owned_share else 0
            spread = rules.market_employer_size_spread
            size = rules.market_employer_size * math.exp(spread * normal(rules, Decision.EMPLOYER_SIZE, 0, row, 0) - 0.5 * spread * spread)
            employer.wage_level = math.exp(rules.market_wage_spread * normal(rules, Decision.EMPLOYER_WAGE, 0, row, 0))
            employer.skill_bar = rules.skill_bar_mean + rules.skill_bar_spread * normal(rules, Decision.EMPLOYER_BAR, 0, row, 0)
            employer.founded_day = -1 - int(3650.0 * uniform(rules, Decision.EMPLOYER_AGE, 0, row, 0))
            if services[LeverId.LOANS].on_offer == 1 and uniform(rules, Decision.FIRM_AWARENESS, 0, row, 0) < rules.loans_initial_awareness:
                employer.aware_of_loans = 1
            employer.first_slot = slot
            employer.slots = max(2, int(size * rules.market_slots_per_post + 0.5))
            slot += employer.slots
            schedule_growth(rules, 0, row, employer)
            row += 1
        fields[field].slots = slot - fields[field].first_slot
    return slot


@entry
def assign_jobs(rules: Row, people: Rows, employers: Rows, slots: Rows, fields: Rows, tables: Row) -> None:
    """Give the employed an employer (larger ones are likelier, as they have more slots), a wage and a tenure."""
    for row in range(tables.employers):
        employer = employers[row]
        for slot in range(employer.first_slot, employer.first_slot + employer.slots):
            slots[slot].employer = row
    for identity in range(rules.population_graduates):
        person = people[identity]
        if person.activity != Activity.EMPLOYED:
            continue
        years = max(1.0, -float(person.graduation_day))
        tenure = int(min(years, 400.0 * exponential(rules, Decision.INITIAL_TENURE, 0, identity, 0)))
        person.job_start_day = -tenure
        noise = 0.2 * normal(rules, Decision.INITIAL_WAGE, 0, identity, 0) + rules.raise_per_year * years / 365.0
        if person.place != Place.RESIDENT:
            person.wage = int(usual_wage(rules, person.education) * math.exp(rules.outside_wage_premium + noise))
            person.separation_day = draw_separation_day(rules, 0, identity, person, tenure, mismatched=False)
            continue
        draw = uniform(rules, Decision.INITIAL_EMPLOYER, 0, identity, 0)
        field = fields[person.field]
        if uniform(rules, Decision.INITIAL_EMPLOYER, 0, identity, 1) < 0.65 and field.slots > 0:
            slot = field.first_slot + int(draw * field.slots)
        else:
            slot = int(draw * tables.regular_slots)
        person.employer = slots[slot].employer
        employer = employers[person.employer]
        person.wage = int(usual_wage(rules, person.education) * employer.wage_level * math.exp(noise))
        employer.staff += 1
        employer.wage_bill += person.wage
        mismatched = employer.industry != person.field
        person.separation_day = draw_separation_day(rules, 0, identity, person, tenure, mismatched)
        person.reservation_wage = max(person.reservation_wage, float(person.wage))
        if uniform(rules, Decision.ON_THE_JOB_SEARCH, 0, identity, 0) < rules.employed_search_share:
            person.searches_on_the_job = 1
            schedule_search(rules, 0, identity, person)
    for row in range(tables.employers):
        employer = employers[row]
        employer.first_target = max(1, employer.staff)
        employer.target_staff = employer.staff


@entry
def found_earlier_startups(rules: Row, people: Rows, employers: Rows, tables: Row) -> None:
    """Make the firms of those who run one already."""
    for identity in range(rules.population_graduates):
        person = people[identity]
        if person.activity != Activity.FOUNDER:
            continue
        row = tables.employers
        tables.employers += 1
        employer = employers[row]
        employer.alive = 1
        employer.district = person.district
        employer.industry = person.field
        employer.wage_level = 0.95
        employer.skill_bar = rules.skill_bar_mean - 0.3
        employer.founder = identity
        employer.founded_day = -1 - int(1000.0 * uniform(rules, Decision.INITIAL_STARTUP, 0, identity, 0))
        employer.opening_day = employer.founded_day + int(rules.registration_days)
        employer.business_skill = 0.1 * person.skill
        employer.productivity = math.exp(rules.idea_spread * abs(normal(rules, Decision.REVENUE, 0, identity, 1)))
        employer.cash = int(rules.capital_need)
        person.employer = row
        person.next_search_day = NEVER


@entry
def open_first_posts(rules: Row, share: float, employers: Rows, posts: Rows, slots: Rows, tables: Row, counts: Integers) -> None:
    """Open the posts of the first morning, some of them already for a while."""
    for row in range(tables.employers):
        employer = employers[row]
        for slot in range(employer.first_slot, employer.first_slot + employer.slots):
            if employer.founder >= 0 or uniform(rules, Decision.INITIAL_VACANCY, 0, slot, 0) >= share:
                continue
            age = int(30.0 * uniform(rules, Decision.INITIAL_VACANCY, 0, slot, 1))
            employer.target_staff += 1
            post = posts[open_post(rules, 0, row, slot, employers, posts, slots, tables, counts)]
            post.for_graduates = 1 if uniform(rules, Decision.INITIAL_VACANCY, 0, slot, 2) < 0.5 else 0
            post.opened_day -= age
            post.review_day = max(1, post.review_day - age)
            post.lapse_day = max(1, post.lapse_day - age)


@entry
def total_savings(people: Rows, tables: Row, ledger: Integers, employers: Rows, cashbook: Integers) -> None:
    """Open the books: savings of people and cash of start-ups on the first morning."""
    for identity in range(tables.people):
        ledger[Money.OPENING_SAVINGS] += people[identity].savings
    for row in range(tables.employers):
        cashbook[0] += employers[row].cash


@entry
def list_members(people: Rows, tables: Row, campuses: Rows, members: Integers) -> None:
    """List the people of each campus, in order of identity; a later class knows the earlier ones, and not the other way round."""
    for identity in range(tables.people):
        campuses[people[identity].campus].members += 1
    first = 0
    for row in range(campuses.size):
        campuses[row].first_member = first
        first += campuses[row].members
        campuses[row].members = 0
    first_of_class = 0
    for identity in range(tables.people):
        campus = campuses[people[identity].campus]
        members[campus.first_member + campus.members] = identity
        campus.members += 1
        if identity + 1 == tables.people or people[identity + 1].entry_day != people[identity].entry_day:
            for classmate in range(first_of_class, identity + 1):
                people[classmate].circle = campuses[people[classmate].campus].members
            first_of_class = identity + 1
