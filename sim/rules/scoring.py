"""What employers see of applicants, and what seekers see in posts."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.draws import Decision, normal, uniform
from sim.fetching import fetch
from sim.rules.help import shown_skill_of
from sim.states import Activity, Channel, Place
from sim.tables import Tables


@compiled
def peer_of(world: Tables, identity: int, index: int) -> int:
    """Return a peer: somebody of the same campus and the same or an earlier class of the youth population, fixed for life.

    Args:
        world: The world.
        identity: Row of the person.
        index: Which peer, 0 … `peers` - 1.
    """
    person = world.people[identity]
    campus = world.campuses[person.campus]
    draw = uniform(world, Decision.PEER, 0, identity, index)
    known = min(person.circle, campus.first_members)
    return int(world.members[campus.first_member + person.circle - known + int(draw * known)])


@compiled
def has_peer_at(world: Tables, identity: int, employer: int) -> bool:
    """Tell whether a peer works at an employer."""
    row = peer_of(world, identity, 0)
    for index in range(world.rules.behaviour.peers):
        following = peer_of(world, identity, index + 1)
        fetch(world.people, following, 0)
        peer = world.people[row]
        if peer.employer == employer and peer.activity == Activity.EMPLOYED:
            return True
        row = following
    return False


@compiled
def fits(person: Row, employer: Row) -> bool:
    """Tell whether the person has studied, or holds a certificate, for the employer's industry."""
    return person.field == employer.industry or person.certificate == employer.industry


@compiled
def cv_score(world: Tables, day: int, identity: int, employer_row: int, channel: int, for_graduates: int) -> float:
    """Score an application as the employer reads it (sd of skill): what shows of the skill, fit, noise of the pair, and doubts."""
    person = world.people[identity]
    employer = world.employers[employer_row]
    score = world.rules.behaviour.skill_in_cv * person.skill + world.rules.behaviour.presentation_in_cv * shown_skill_of(world, day, person)
    score += world.rules.behaviour.cv_noise * normal(world, Decision.CV_SIGNAL, 0, identity, employer_row)
    if fits(person, employer):
        score += world.rules.behaviour.fit_weight
    if channel == Channel.REFERRAL:
        score += world.rules.behaviour.referral_weight
    elif channel == Channel.CASEWORK or channel == Channel.DESK:
        score += world.rules.behaviour.introduction_weight
    if person.activity == Activity.SEARCHING:
        months = (day - person.searching_since) / MONTH_DAYS
        score -= world.rules.behaviour.unemployment_penalty * min(1.0, months / world.rules.behaviour.penalty_months)
    if for_graduates == 0 and person.graduation_day > day:
        score -= world.rules.behaviour.wait_penalty * (person.graduation_day - day) / MONTH_DAYS
    if person.place == Place.ELSEWHERE and channel != Channel.CAMPUS:
        score -= world.rules.behaviour.remote_penalty
    return score


@compiled
def interview_score(world: Tables, day: int, identity: int, employer_row: int, channel: int) -> float:
    """Score a person after an interview (sd of skill)."""
    person = world.people[identity]
    employer = world.employers[employer_row]
    score = world.rules.behaviour.skill_in_interview * person.skill
    score += world.rules.behaviour.presentation_in_interview * shown_skill_of(world, day, person)
    score += world.rules.behaviour.interview_noise * normal(world, Decision.INTERVIEW_SIGNAL, day, identity, employer_row)
    if fits(person, employer):
        score += world.rules.behaviour.fit_weight
    if channel == Channel.REFERRAL:
        score += world.rules.behaviour.referral_in_interview * world.rules.behaviour.referral_weight
    return score


@compiled
def appeal(world: Tables, identity: int, wage: int, employer_row: int, wanted: float) -> float:
    """Return what a post is worth to a seeker, as log pay over the wanted pay; the post is not applied for below 0.

    The least pay is the share `wage_floor_seen` of the wage wanted or, for who has a job or a contract, a gain over its pay.

    Args:
        world: The world.
        identity: Row of the person.
        wage: Pay of the post, CNY a month.
        employer_row: Row of the employer.
        wanted: Reservation wage, CNY a month.
    """
    person = world.people[identity]
    employer = world.employers[employer_row]
    floor = world.rules.behaviour.wage_floor_seen * wanted
    if person.contract_day >= 0:
        floor = world.rules.behaviour.break_gain * person.contract_wage
    elif person.activity == Activity.EMPLOYED:
        floor = world.rules.behaviour.employed_gain_wanted * person.wage
    if wage < floor:
        return -1.0
    worth = math.log(wage / max(1.0, floor))
    if person.field == employer.industry:
        worth += world.rules.behaviour.field_match_taste
    if person.prefers_state == 1 and employer.state_owned == 1:
        worth += world.rules.behaviour.state_taste
    if person.district == employer.district:
        worth += world.rules.behaviour.other_district_cost
    taste = normal(world, Decision.EMPLOYER_TASTE, 0, identity, employer_row)
    return max(0.0, worth + world.rules.behaviour.taste_spread * taste)
