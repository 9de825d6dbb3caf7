"""From a scenario to the tables of the first morning: people, employers, posts, stations, mentors, events."""

from __future__ import annotations

import math

from sim.calendar import YEAR_DAYS
from sim.compiled import NEVER, Integers, Row, Rows, compiled, entry
from sim.draws import NEGLIGIBLE, Decision, days_until, exponential, half_variance, normal, uniform
from sim.phases.exams import hear_result
from sim.phases.vacancies import schedule_growth
from sim.rules.beliefs import begin_to_believe
from sim.rules.effort import effort_of
from sim.rules.planning import set_up, weigh
from sim.rules.posts import day_for_graduates, open_post, usual_wage
from sim.rules.preparing import has_studied_on, intention_of, is_slow, will_study
from sim.rules.scoring import prove_by_practice
from sim.rules.searching import begin_search, schedule_search, session_rate
from sim.rules.services import know_at_first, learn
from sim.rules.utility import note_reservation
from sim.rules.ventures import make_firm, schedule_opportunity
from sim.rules.working import draw_separation_day
from sim.rules.youth import DRAWS_FOR_SOMEBODY
from sim.states import FIELDS, Activity, Cash, Education, Money, Place, Preparation
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
    _list_members(world)
    _place_graduates(world)


@entry
def make_employers(world: Tables, job_weights: Rows) -> int:
    """Make the established employers, sorted by industry, `job_weights` jobs in each. Returns the number of advertising slots they need."""
    return _make_employers(world, job_weights)


@entry
def assign_jobs(world: Tables) -> None:
    """Give the employed an employer (larger ones are likelier, as they have more slots), a wage and a tenure."""
    _assign_jobs(world)


@entry
def open_market(world: Tables, share: float) -> None:
    """Found the start-ups that exist already, open the posts of the first morning on a share of the slots, and open the books."""
    _found_earlier_startups(world)
    _open_first_posts(world, share)
    _total_savings(world)


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
        person.campus = pick(uniform(world, Decision.ORIGIN, 0, identity, 0), campus_weights)
        campus = world.campuses[person.campus]
        local = campus.outside == 0 or uniform(world, Decision.LOCAL, 0, identity, 0) < campus.locals_share
        person.from_elsewhere = 0 if local else 1
        earlier_class = _draw_class(world, identity, first_graduation, cohort_size, cohort_entries)
        _draw_tier_and_skill(world, identity, campus, earlier_class)
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
def _draw_class(world: Tables, identity: int, first_graduation: int, cohort_size: int, cohort_entries: Integers) -> bool:
    """Draw when a person enters and, some days around that of the class by campus, graduates; tell whether that was before the first morning."""
    person = world.people[identity]
    population = world.rules.population
    shift = world.campuses[person.campus].graduation_shift
    if identity >= population.graduates:
        later = (identity - population.graduates) // cohort_size
        person.entry_day = cohort_entries[later, 0]
        person.graduation_day = max(person.entry_day + 1, cohort_entries[later, 1] + shift)
        return False
    earlier = world.rules.opening.earlier_classes
    draw = uniform(world, Decision.COHORT, 0, identity, 0)
    recent = population.final_year_share + population.recent_share
    if draw < population.final_year_share:
        person.graduation_day = max(0, first_graduation + shift)
        return False
    years = 1
    if draw >= recent:
        years = 2 + int((draw - recent) / max(1e-9, 1.0 - recent) * earlier)
    person.graduation_day = min(-1, first_graduation - YEAR_DAYS * min(years, 1 + earlier) + shift)
    return True


@compiled
def _draw_tier_and_skill(world: Tables, identity: int, campus: Row, earlier_class: bool) -> None:
    """Draw tier and skill. In place of somebody of an earlier class who has gone on to study stands another one who has not."""
    person = world.people[identity]
    for attempt in range(DRAWS_FOR_SOMEBODY):
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
        _remember_session(world, identity, begins)
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
def _remember_session(world: Tables, identity: int, since: int) -> None:
    """Say when somebody who has searched since some day before the first morning did so last."""
    person = world.people[identity]
    rate = session_rate(world, 0, identity, effort_of(world, 0, identity))
    ago = int(exponential(world, Decision.LAST_SESSION, 0, identity, 0) / rate) if rate > NEGLIGIBLE else -since
    if -1 - ago >= since:
        person.last_session_day = -1 - ago


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
def _place_graduates(world: Tables) -> None:
    """Decide what the graduates of earlier classes do on the first morning, before anybody has an employer."""
    opening = world.rules.opening
    vocational, everybody = 0, 0
    for identity in range(world.rules.population.graduates):
        if world.people[identity].graduation_day < 0:
            everybody += 1
            vocational += world.people[identity].education == Education.VOCATIONAL
    usual = 1.0 + (opening.vocational_seekers - 1.0) * vocational / max(1, everybody)
    for identity in range(world.rules.population.graduates):
        person = world.people[identity]
        if person.activity == Activity.STUDYING:
            continue
        recent = person.graduation_day > -YEAR_DAYS
        if uniform(world, Decision.INTERNSHIP, 0, identity, 0) < world.rules.behaviour.internship_share:
            person.skill += world.rules.behaviour.internship_skill
            prove_by_practice(world, identity, 0, world.rules.behaviour.internship_days)
        person.savings = int(person.savings * (opening.savings_recent if recent else opening.savings_earlier))
        _place_graduate(world, identity)
        schedule_opportunity(world, 0, identity)
        draw = uniform(world, Decision.INITIAL_ACTIVITY, 0, identity, 0)
        searching = world.rules.population.unemployed_recent if recent else world.rules.population.unemployed_earlier
        searching *= opening.vocational_seekers / usual if person.education == Education.VOCATIONAL else 1.0 / usual
        searching *= math.exp(-opening.skill_of_seekers * person.skill - half_variance(opening.skill_of_seekers))
        if draw < searching:
            begin_search(world, 0, identity)
            longest = opening.search_age_recent if recent else opening.search_age_earlier
            age = min(longest, opening.search_age_days * exponential(world, Decision.INITIAL_TENURE, 0, identity, 0))
            person.searching_since = -int(min(age, max(1.0, -float(person.graduation_day))))
            person.offer_belief *= opening.hope_of_seekers
            person.applications_weighed = world.rules.behaviour.offers_memory
            _remember_session(world, identity, person.searching_since)
        elif recent and draw < searching + opening.paused_recent:
            person.activity = Activity.INACTIVE
            person.return_day = days_until(world, Decision.RETURN_TO_SEARCH, 0, identity, 0, world.rules.behaviour.slow_employment_days)
        elif recent and draw < searching + opening.paused_recent + opening.preparing_recent:
            person.activity = Activity.INACTIVE
            bachelor = person.education == Education.BACHELOR
            person.preparing = Preparation.POSTGRADUATE if bachelor else Preparation.CIVIL_SERVICE
        elif not recent and person.place == Place.RESIDENT and draw < searching + world.rules.population.founders_earlier:
            person.activity = Activity.FOUNDER
        else:
            person.activity = Activity.EMPLOYED


@compiled
def _place_graduate(world: Tables, identity: int) -> None:
    """Decide whether a graduate of an earlier class lives here on the first morning."""
    person = world.people[identity]
    population, opening = world.rules.population, world.rules.opening
    share = population.residents_from_elsewhere_share
    if person.from_elsewhere == 0:
        share = population.locals_returned_share if world.campuses[person.campus].outside == 1 else population.locals_stayed_share
    here = uniform(world, Decision.INITIAL_PLACE, 0, identity, 0) < share
    person.place = Place.RESIDENT if here else Place.ELSEWHERE
    if here:
        person.region_interest = max(person.region_interest, world.rules.behaviour.local_interest)
        if person.from_elsewhere == 1:
            person.attachment = opening.newcomer_attachment
            person.resident_since = min(-1, person.graduation_day + world.rules.behaviour.free_after_days)
    elif person.from_elsewhere == 1:
        person.region_interest *= opening.interest_elsewhere
    else:
        person.region_interest = min(person.region_interest, world.rules.behaviour.locals_interest_away)


@compiled
def _make_employers(world: Tables, job_weights: Rows) -> int:
    """Make the established employers, sorted by industry. Returns the number of advertising slots they need."""
    total = 0.0
    for field in range(FIELDS):
        total += job_weights[field]
    slot = 0
    row = 0
    reached = 0.0
    district_weights = world.districts["share"]
    for field in range(FIELDS):
        reached += job_weights[field] / total
        world.fields[field].first_slot = slot
        while row < world.rows_in_use.employers and (row + 0.5) / world.rows_in_use.employers < reached + 1e-12:
            employer = world.employers[row]
            employer.alive = 1
            employer.industry = field
            employer.district = pick(uniform(world, Decision.EMPLOYER_DISTRICT, 0, row, 0), district_weights)
            employer.state_owned = 1 if uniform(world, Decision.EMPLOYER_STATE, 0, row, 0) < world.rules.market.state_owned_share else 0
            spread = world.rules.market.employer_size_spread
            size = world.rules.market.employer_size * math.exp(spread * normal(world, Decision.EMPLOYER_SIZE, 0, row, 0) - half_variance(spread))
            set_up(world, 0, row)
            employer.founded_day = -1 - int(world.rules.opening.firm_age_days * uniform(world, Decision.EMPLOYER_AGE, 0, row, 0))
            know_at_first(world, 0, employer, row)
            employer.first_slot = slot
            employer.slots = max(world.rules.market.fewest_slots, int(size * world.rules.market.slots_per_post + 0.5))
            slot += employer.slots
            schedule_growth(world, 0, row)
            row += 1
        world.fields[field].slots = slot - world.fields[field].first_slot
    return slot


@compiled
def _assign_jobs(world: Tables) -> None:
    """Give the employed an employer (larger ones are likelier; many chose the better paid of two), a wage and a tenure."""
    for row in range(world.rows_in_use.employers):
        employer = world.employers[row]
        for slot in range(employer.first_slot, employer.first_slot + employer.slots):
            world.slots[slot].employer = row
    for identity in range(world.rules.population.graduates):
        person = world.people[identity]
        if person.activity != Activity.EMPLOYED:
            continue
        years = max(1.0, -float(person.graduation_day))
        tenure = int(min(years, world.rules.opening.tenure_days * exponential(world, Decision.INITIAL_TENURE, 0, identity, 0)))
        person.job_start_day = -tenure
        person.skill += world.rules.behaviour.learning_per_year * (tenure // YEAR_DAYS)
        noise = world.rules.opening.wage_noise * normal(world, Decision.INITIAL_WAGE, 0, identity, 0)
        noise += world.rules.behaviour.raise_per_year * years / YEAR_DAYS
        if person.place != Place.RESIDENT:
            noise += world.rules.behaviour.outside_wage_premium + world.rules.behaviour.outside_skill_pay * person.skill
            person.wage = int(usual_wage(world, person.education) * math.exp(noise))
            person.separation_day = draw_separation_day(world, 0, identity, tenure)
            continue
        person.employer = _some_employer(world, identity, 0)
        world.employers[person.employer].first_target += 1
        if uniform(world, Decision.INITIAL_EMPLOYER, 0, identity, 4) < world.rules.opening.better_job_share:
            other = _some_employer(world, identity, 1)
            if world.employers[other].wage_level > world.employers[person.employer].wage_level:
                person.employer = other
        employer = world.employers[person.employer]
        noise += world.rules.behaviour.skill_return * person.skill
        person.wage = int(usual_wage(world, person.education) * employer.wage_level * math.exp(noise))
        employer.staff += 1
        employer.wage_bill += person.wage
        person.separation_day = draw_separation_day(world, 0, identity, tenure)
        if uniform(world, Decision.ON_THE_JOB_SEARCH, 0, identity, 0) < world.rules.behaviour.employed_search_share:
            person.searches_on_the_job = 1
            schedule_search(world, 0, identity)
    for row in range(world.rows_in_use.employers):
        employer = world.employers[row]
        employer.first_target = max(1, employer.first_target)
        employer.target_staff = employer.staff
        world.plan.sizes += employer.first_target
    for row in range(world.rows_in_use.employers):
        weigh(world, world.employers[row])
    for row in range(world.rows_in_use.employers):  # against the mean, which is known by now
        weigh(world, world.employers[row])


@compiled
def _some_employer(world: Tables, identity: int, choice: int) -> int:
    """Draw an employer by its slots, of the own field or, sometimes, of any: the first choice or the second. Returns its row."""
    draw = choice + choice
    field = world.fields[world.people[identity].field]
    place = uniform(world, Decision.INITIAL_EMPLOYER, 0, identity, draw)
    if uniform(world, Decision.INITIAL_EMPLOYER, 0, identity, draw + 1) < world.rules.opening.own_field_share and field.slots > 0:
        return int(world.slots[field.first_slot + int(place * field.slots)].employer)
    return int(world.slots[int(place * world.rows_in_use.regular_slots)].employer)


@compiled
def _found_earlier_startups(world: Tables) -> None:
    """Make the firms of those who run one already."""
    for identity in range(world.rules.population.graduates):
        person = world.people[identity]
        if person.activity != Activity.FOUNDER:
            continue
        founded = -1 - int(world.rules.opening.startup_age_days * uniform(world, Decision.INITIAL_STARTUP, 0, identity, 0))
        behaviour = world.rules.behaviour
        luck = abs(normal(world, Decision.IDEA_SURPRISE, 0, identity, 1))  # worse ideas have not been taken up, or have not lasted
        market = behaviour.monthly_revenue * math.exp(behaviour.idea_spread + behaviour.idea_surprise * luck)
        row = make_firm(world, identity, founded, founded + int(behaviour.registration_days), market, int(behaviour.capital_need))
        employer = world.employers[row]
        employer.capital = int(behaviour.capital_need)
        employer.cash = int(behaviour.working_capital * behaviour.capital_need)
        employer.sales_expected = market * math.exp(employer.business_skill)
        world.rows_in_use.startups += 1


@compiled
def _open_first_posts(world: Tables, share: float) -> None:
    """Open the posts of the first morning, some of them already for a while."""
    for row in range(world.rows_in_use.employers):
        employer = world.employers[row]
        for slot in range(employer.first_slot, employer.first_slot + employer.slots):
            if employer.founder >= 0 or uniform(world, Decision.INITIAL_VACANCY, 0, slot, 0) >= share:
                continue
            age = int(world.rules.opening.post_age_days * uniform(world, Decision.INITIAL_VACANCY, 0, slot, 1))
            employer.target_staff += 1
            post = world.posts[open_post(world, 0, row, slot)]
            if uniform(world, Decision.INITIAL_VACANCY, 0, slot, 2) < world.plan.class_share:
                post.wanted_day = day_for_graduates(world, 0)
            post.opened_day -= age
            post.review_day = max(1, post.review_day - age)
            post.lapse_day = max(1, post.lapse_day - age)


@compiled
def _total_savings(world: Tables) -> None:
    """Open the books: savings of people and cash of start-ups on the first morning."""
    for identity in range(world.rows_in_use.people):
        world.ledger[Money.OPENING_SAVINGS] += world.people[identity].savings
    for row in range(world.rows_in_use.employers):
        world.cashbook[Cash.CAPITAL] += world.employers[row].cash


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
