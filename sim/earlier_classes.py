"""Graduates of earlier classes on the first morning: where they live, what they do, and the job, the tenure and the money that they have by then.

Everything here goes by the time since graduation, as far as it has come in classes that grew up within a run: so the market begins at rest.
"""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS, YEAR_DAYS
from sim.columns import MOST_PAY
from sim.compiled import NEVER, Row, compiled, entry
from sim.draws import NEGLIGIBLE, Decision, days_until, exponential, half_variance, normal, uniform
from sim.rules.anchors import anchor_of_job, is_anchor
from sim.rules.effort import effort_of
from sim.rules.planning import weigh
from sim.rules.posts import usual_wage
from sim.rules.scoring import prove_by_practice
from sim.rules.searching import begin_search, schedule_search, session_rate
from sim.rules.utility import paid_for_home
from sim.rules.ventures import schedule_opportunity
from sim.rules.working import draw_separation_day
from sim.states import Activity, Education, Place, Preparation
from sim.tables import Tables

LOOKS_FOR_EMPLOYER, DRAWS_OF_EMPLOYER = 64, 5
"""Draws until somebody who works for none of the anchors has an employer, and what the keys of two of them lie apart."""


@entry
def assign_jobs(world: Tables) -> None:
    """Give the employed an employer (larger ones are likelier, as they have more slots), a tenure, a wage and what they have saved of it."""
    _assign_jobs(world)


@compiled
def remember_session(world: Tables, identity: int, since: int) -> None:
    """Say when somebody who has searched since some day before the first morning did so last."""
    person = world.people[identity]
    rate = session_rate(world, 0, identity, effort_of(world, 0, identity))
    ago = int(exponential(world, Decision.LAST_SESSION, 0, identity, 0) / rate) if rate > NEGLIGIBLE else -since
    if -1 - ago >= since:
        person.last_session_day = -1 - ago


@compiled
def years_since(person: Row) -> float:
    """Return the years since the graduation of somebody of an earlier class."""
    return -float(person.graduation_day) / YEAR_DAYS


@compiled
def classes_since(person: Row) -> int:
    """Return how many classes have graduated after that of a person: none after the class that graduated last."""
    return int(-person.graduation_day // YEAR_DAYS)


@compiled
def place_graduates(world: Tables) -> None:
    """Decide where the graduates of earlier classes live and what they do on the first morning, before anybody has an employer."""
    opening, behaviour = world.rules.opening, world.rules.behaviour
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
        if uniform(world, Decision.INTERNSHIP, 0, identity, 0) < behaviour.internship_share:
            person.skill += behaviour.internship_skill
            prove_by_practice(world, identity, 0, behaviour.internship_days)
        person.savings = int(person.savings * opening.savings_kept * (1 + classes_since(person)))
        person.applications_weighed = behaviour.offers_memory
        person.pay_signals = behaviour.pay_memory
        _place_graduate(world, identity)
        schedule_opportunity(world, 0, identity)
        _occupy(world, identity, usual)


@compiled
def _place_graduate(world: Tables, identity: int) -> None:
    """Decide whether a graduate of an earlier class lives here on the first morning; ties have grown or faded since."""
    person = world.people[identity]
    behaviour, opening = world.rules.behaviour, world.rules.opening
    here = uniform(world, Decision.INITIAL_PLACE, 0, identity, 0) < _chance_to_live_here(world, identity)
    person.place = Place.RESIDENT if here else Place.ELSEWHERE
    if not here:
        person.attachment *= math.exp(-behaviour.ties_fade_per_year * years_since(person))
        if person.from_elsewhere == 0:
            person.region_interest = min(person.region_interest, behaviour.locals_interest_away)
    elif person.from_elsewhere == 1 or world.campuses[person.campus].outside == 1:
        person.region_interest = max(person.region_interest, behaviour.local_interest)
        if person.from_elsewhere == 1:
            person.attachment = opening.newcomer_attachment * (1.0 + years_since(person))
            person.resident_since = min(-1, person.graduation_day + behaviour.free_after_days)


@compiled
def _chance_to_live_here(world: Tables, identity: int) -> float:
    """Return the chance to live here: of who has to come to it, by the years since graduation and how much of the search went here; by skill.

    The odds are multiplied, so that a share of nought or one leaves nobody out.
    """
    person = world.people[identity]
    population, opening = world.rules.population, world.rules.opening
    campus = world.campuses[person.campus]
    share, odds = population.locals_stayed_share, math.exp(opening.skill_of_residents * person.skill)
    if campus.outside == 1:
        share = population.locals_returned_share
        odds *= 1.0 - (1.0 - opening.settled_at_once) * math.exp(-years_since(person) / opening.settling_years)
    if person.from_elsewhere == 1:
        share = population.residents_from_elsewhere_share
        odds *= person.region_interest / max(NEGLIGIBLE, campus.interest)
    return float(share * odds / max(NEGLIGIBLE, share * odds + 1.0 - share))


@compiled
def _occupy(world: Tables, identity: int, usual_seekers: float) -> None:
    """Decide what a graduate of an earlier class does on the first morning: searches, pauses, prepares for an exam, runs a firm, or has a job."""
    person = world.people[identity]
    opening = world.rules.opening
    part = 1.0 / (1 + classes_since(person))
    draw = uniform(world, Decision.INITIAL_ACTIVITY, 0, identity, 0)
    searches = _share_who_search(world, person, part) / usual_seekers
    pauses = searches + part * part * opening.paused_recent
    prepares = pauses + part * part * opening.preparing_recent
    if draw < searches:
        _go_on_searching(world, identity)
    elif draw < pauses:
        person.activity = Activity.INACTIVE
        person.return_day = days_until(world, Decision.RETURN_TO_SEARCH, 0, identity, 0, world.rules.behaviour.slow_employment_days)
    elif draw < prepares:
        person.activity = Activity.INACTIVE
        bachelor = person.education == Education.BACHELOR
        person.preparing = Preparation.POSTGRADUATE if bachelor else Preparation.CIVIL_SERVICE
    elif person.place == Place.RESIDENT and draw < prepares + _share_who_founded(world, person):
        person.activity = Activity.FOUNDER
    else:
        person.activity = Activity.EMPLOYED


@compiled
def _share_who_search(world: Tables, person: Row, part: float) -> float:
    """Return the share of people like this one who search: it falls from class to class; more of who lives elsewhere, of less skill, or slower."""
    opening, population = world.rules.opening, world.rules.population
    share = population.unemployed_earlier + part * (population.unemployed_recent - population.unemployed_earlier)
    share *= opening.vocational_seekers if person.education == Education.VOCATIONAL else 1.0
    share *= _longer_elsewhere(world, person)
    share *= math.exp(-opening.skill_of_seekers * person.skill - half_variance(opening.skill_of_seekers))
    slope, spread = opening.effort_of_seekers, opening.effort_spread
    return float(share * math.exp(-slope * (math.log(person.effort) + half_variance(spread)) - half_variance(slope * spread)))


@compiled
def _longer_elsewhere(world: Tables, person: Row) -> float:
    """Return how many times as long people like this one search as who lives here, and how many times as many search at any time."""
    if person.place == Place.RESIDENT:
        return 1.0
    opening = world.rules.opening
    return float(opening.seekers_elsewhere if person.from_elsewhere == 1 else opening.locals_elsewhere)


@compiled
def _go_on_searching(world: Tables, identity: int) -> None:
    """Search, since some day before the first morning."""
    person = world.people[identity]
    opening = world.rules.opening
    begin_search(world, 0, identity)
    since = max(1.0, -float(person.graduation_day))
    usual = opening.search_age_days + opening.search_age_rise * since
    usual *= _longer_elsewhere(world, person)
    person.searching_since = -int(min(since, usual * exponential(world, Decision.INITIAL_TENURE, 0, identity, 0)))
    person.offer_belief *= opening.hope_of_seekers
    remember_session(world, identity, person.searching_since)


@compiled
def _share_who_founded(world: Tables, person: Row) -> float:
    """Return the share of residents like this one who run a firm: it rises from class to class, and with confidence."""
    opening = world.rules.opening
    risen = min(1.0, classes_since(person) / opening.earlier_classes)
    share = world.rules.population.founders_earlier * (opening.founders_recent + (1.0 - opening.founders_recent) * risen)
    slope = opening.confidence_of_founders
    return float(share * math.exp(slope * person.confidence - half_variance(slope)))


@compiled
def _assign_jobs(world: Tables) -> None:
    """Give the employed an employer (larger ones are likelier; many chose the better paid of two), a tenure, a wage and what they saved of it."""
    for row in range(world.rows_in_use.employers):
        employer = world.employers[row]
        for slot in range(employer.first_slot, employer.first_slot + employer.slots):
            world.slots[slot].employer = row
    if world.anchors.size > 0:
        _deal_to_anchors(world)
    for identity in range(world.rules.population.graduates):
        if world.people[identity].activity == Activity.EMPLOYED:
            _assign_job(world, identity)
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
def _deal_to_anchors(world: Tables) -> None:
    """Let each anchor employer have as many of those employed here as its part of the jobs comes to, dealt evenly over all of them."""
    staff, jobs, placed = 0, 0, 0
    for place in range(world.anchors.size):
        staff += world.anchors[place].staff
    for identity in range(world.rules.population.graduates):
        person = world.people[identity]
        jobs += person.activity == Activity.EMPLOYED and person.place == Place.RESIDENT
    for identity in range(world.rules.population.graduates):
        person = world.people[identity]
        if person.activity == Activity.EMPLOYED and person.place == Place.RESIDENT:
            dealt = placed * staff // jobs
            placed += 1
            if placed * staff // jobs > dealt:
                person.employer = anchor_of_job(world, dealt)


@compiled
def _assign_job(world: Tables, identity: int) -> None:
    """Give somebody who is employed a job, here or elsewhere, with its tenure, its end and what has been saved in it."""
    person = world.people[identity]
    behaviour, opening = world.rules.behaviour, world.rules.opening
    years = max(1.0, -float(person.graduation_day))
    tenure = int(years * min(1.0, opening.tenure_share * exponential(world, Decision.INITIAL_TENURE, 0, identity, 0)))
    person.job_start_day = -tenure
    person.skill += behaviour.learning_per_year * (tenure // YEAR_DAYS)
    risen = behaviour.raise_per_year * tenure / YEAR_DAYS
    if person.place == Place.RESIDENT:
        _take_job_here(world, identity, risen)
    else:
        _take_job_elsewhere(world, identity, risen)
    saved = person.wage - world.rules.region.living_cost - paid_for_home(world, person)
    person.savings += int(max(0, saved) * (tenure // MONTH_DAYS))
    person.separation_day = draw_separation_day(world, 0, identity, tenure)
    if uniform(world, Decision.ON_THE_JOB_SEARCH, 0, identity, 0) < opening.on_the_job_share * behaviour.employed_search_share:
        person.searches_on_the_job = 1
        schedule_search(world, 0, identity)


@compiled
def _take_job_here(world: Tables, identity: int, risen: float) -> None:
    """Work for an employer of the region."""
    person = world.people[identity]
    dealt = person.employer >= 0
    if not dealt:
        person.employer = _some_employer(world, identity, 0)
    world.employers[person.employer].first_target += 1
    if not dealt and uniform(world, Decision.INITIAL_EMPLOYER, 0, identity, 4) < world.rules.opening.better_job_share:
        other = _some_employer(world, identity, 1)
        if world.employers[other].wage_level > world.employers[person.employer].wage_level:
            person.employer = other
    employer = world.employers[person.employer]
    noise = world.rules.opening.wage_noise * normal(world, Decision.INITIAL_WAGE, 0, identity, 0)
    pay = noise + risen + world.rules.behaviour.skill_return * person.skill
    person.wage = int(min(MOST_PAY, usual_wage(world, person.education) * employer.wage_level * math.exp(pay)))
    employer.staff += 1
    employer.wage_bill += person.wage


@compiled
def _take_job_elsewhere(world: Tables, identity: int, risen: float) -> None:
    """Work elsewhere, at the pay of the better of two offers."""
    person = world.people[identity]
    behaviour = world.rules.behaviour
    offer = normal(world, Decision.INITIAL_WAGE, 0, identity, 0)
    better = max(offer, normal(world, Decision.INITIAL_WAGE, 0, identity, 1))
    pay = behaviour.outside_wage_premium + behaviour.outside_skill_pay * person.skill + behaviour.outside_wage_spread * better + risen
    person.wage = int(min(MOST_PAY, usual_wage(world, person.education) * math.exp(pay)))


@compiled
def _some_employer(world: Tables, identity: int, choice: int) -> int:
    """Draw an employer by its slots, of the own field or, sometimes, of any: the first choice or the second; anchors have been dealt to."""
    field = world.fields[world.people[identity].field]
    draw = choice + choice
    row = NEVER
    for attempt in range(LOOKS_FOR_EMPLOYER):
        place = uniform(world, Decision.INITIAL_EMPLOYER, 0, identity, draw)
        if uniform(world, Decision.INITIAL_EMPLOYER, 0, identity, draw + 1) < world.rules.opening.own_field_share and field.slots > 0:
            row = int(world.slots[field.first_slot + int(place * field.slots)].employer)
        else:
            row = int(world.slots[int(place * world.rows_in_use.regular_slots)].employer)
        if not is_anchor(world, row):
            break
        draw = DRAWS_OF_EMPLOYER * (attempt + 1) + choice + choice
    return row
