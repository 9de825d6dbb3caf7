"""What employers expect of applicants, and who a person's peers are."""

from __future__ import annotations

import math

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.draws import Decision, four_uniforms, normal
from sim.rules.help import shown_skill_of
from sim.rules.visiting import is_here_for_the_day
from sim.states import Activity, Channel, Place, Proof
from sim.tables import Tables

LEAST_VARIANCE = 1e-12
"""Variance of a signal below which it counts as the skill itself."""


@compiled
def peer_of(world: Tables, identity: int, index: int) -> int:
    """Return a peer: somebody of the same campus and the same or an earlier class of the youth population, fixed for life.

    Args:
        world: The world.
        identity: Row of the person.
        index: Which peer, 0 … `peers` - 1.
    """
    return int(world.peers[identity * world.rules.behaviour.peers + index])


@compiled
def draw_peers(world: Tables, identity: int) -> None:
    """Draw the peers of a person, four at the price of one draw, and note them: who looks for one finds all in one cache line."""
    number = world.rules.behaviour.peers
    draws = four_uniforms(world, Decision.PEER, 0, identity, 0)
    for index in range(number):
        if index > 0 and index % 4 == 0:
            draws = four_uniforms(world, Decision.PEER, 0, identity, index // 4)
        world.peers[identity * number + index] = _member_at(world, identity, draws[index % 4])


@compiled
def _member_at(world: Tables, identity: int, draw: float) -> int:
    """Return the one on whom a draw falls, of those of the campus whom a person may know."""
    person = world.people[identity]
    campus = world.campuses[person.campus]
    known = min(person.circle, campus.first_members)
    return int(world.members[campus.first_member + person.circle - known + int(draw * known)])


@compiled
def fits(person: Row, employer: Row) -> bool:
    """Tell whether the person has studied, or holds a certificate, for the employer's industry."""
    return person.field == employer.industry or person.certificate == employer.industry


@compiled
def group_mean(world: Tables, day: int, person: Row) -> float:
    """Return the skill that employers expect of people like this one before they know more.

    Less after long unemployment, and of who is not here nor at a campus from which one could come to work every day: whoever has met the person
    there knows that too.
    """
    behaviour = world.rules.behaviour
    mean = 0.0
    if person.activity == Activity.SEARCHING:
        months = (day - person.searching_since) / MONTH_DAYS
        mean -= behaviour.unemployment_penalty * min(1.0, months / behaviour.penalty_months)
    if person.place == Place.ELSEWHERE and world.campuses[person.campus].way < 0 and not is_here_for_the_day(day, person):
        mean -= behaviour.remote_penalty
    return mean


@compiled
def precision_of(noise: float) -> float:
    """Return what an observation with noise (sd of skill) is worth: the inverse of its variance."""
    return 1.0 / max(LEAST_VARIANCE, noise * noise)


@compiled
def seen_before(world: Tables, person: Row, channel: int) -> float:
    """Return the precision of what an employer has seen or been told of a person beside CV and interview: by a channel without meeting nothing."""
    behaviour = world.rules.behaviour
    if channel == Channel.REFERRAL:
        return precision_of(behaviour.referral_noise)
    if channel == Channel.CASEWORK or channel == Channel.DESK:
        return precision_of(behaviour.introduction_noise)
    if channel == Channel.CAMPUS:
        return precision_of(behaviour.talk_noise)
    if channel == Channel.PLACEMENT or channel == Channel.CLASS:
        return precision_of(behaviour.host_noise) * person.host_days / MONTH_DAYS
    return 0.0


@compiled
def prove(world: Tables, identity: int, kind: int, number: int, precision: float) -> None:
    """Let every employer see something of a person's skill from now on: an exam behind a certificate, or what is said of a practice.

    Args:
        world: The world.
        identity: Row of the person.
        kind: What shows it, of `Proof`.
        number: Which of the kind.
        precision: Inverse of the variance of its noise.
    """
    person = world.people[identity]
    if precision <= 0.0:
        return
    error = normal(world, Decision.PROOF, number, identity, kind) / math.sqrt(precision)
    total = person.proof + precision
    person.proof_error = (person.proof * person.proof_error + precision * error) / total
    person.proof = total


@compiled
def prove_by_practice(world: Tables, identity: int, number: int, days: int) -> None:
    """Let a practice of some days show something of a person's skill, the more the longer it was."""
    prove(world, identity, Proof.PRACTICE, number, precision_of(world.rules.behaviour.practice_noise) * days / MONTH_DAYS)


@compiled
def training_saved(world: Tables, person: Row) -> float:
    """Return what a host or partner saves with whom it has trained, in sd of skill: output that is lost while others are broken in."""
    behaviour = world.rules.behaviour
    return min(behaviour.training_months, person.host_days / MONTH_DAYS) / (behaviour.skill_output * behaviour.match_months)


@compiled
def expected_output(world: Tables, day: int, identity: int, employer_row: int, channel: int, misled: float, variance: float) -> float:
    """Return the skill that an employer expects of a person (sd), with what the own field adds to the work.

    Bayes' rule: the mean of people like this one, whose skill has the variance one, and each observation count by their precision. One
    observation more lifts the good and lowers the weak, and adds nothing to the mean of all.

    Args:
        world: The world.
        day: Today.
        identity: Row of the person.
        employer_row: Row of the employer.
        channel: How the application came.
        misled: What the signal shows beside skill (sd).
        variance: Variance of that among people.
    """
    person = world.people[identity]
    shown = 1.0 / max(LEAST_VARIANCE, variance)
    known = 1.0 + shown + person.proof
    beyond_skill = shown * misled + person.proof * person.proof_error
    seen = seen_before(world, person, channel)
    if seen > 0.0:
        known += seen
        beyond_skill += math.sqrt(seen) * normal(world, Decision.SEEN_BEFORE, channel, identity, employer_row)
    expected = ((known - 1.0) * person.skill + beyond_skill + group_mean(world, day, person)) / known
    if channel == Channel.PLACEMENT or channel == Channel.CLASS:
        expected += training_saved(world, person)
    if fits(person, world.employers[employer_row]):
        expected += world.rules.behaviour.fit_output
    return expected


@compiled
def cv_score(world: Tables, day: int, identity: int, employer_row: int, channel: int) -> float:
    """Return what an employer expects of an applicant after reading the CV (sd of skill)."""
    behaviour = world.rules.behaviour
    misled = behaviour.presentation_in_cv * shown_skill_of(world, day, world.people[identity])
    misled += behaviour.cv_noise * normal(world, Decision.CV_SIGNAL, 0, identity, employer_row)
    variance = behaviour.presentation_in_cv * behaviour.presentation_in_cv + behaviour.cv_noise * behaviour.cv_noise
    return expected_output(world, day, identity, employer_row, channel, misled, variance)


@compiled
def interview_score(world: Tables, decision: int, day: int, identity: int, employer_row: int, channel: int) -> float:
    """Return what an employer expects of a person after an interview (sd of skill)."""
    return _score_of_interviews(world, decision, day, day, identity, employer_row, channel)


@compiled
def score_of_two(world: Tables, day: int, first_day: int, identity: int, employer_row: int, channel: int) -> float:
    """Return what an employer expects of a person after two interviews, of an earlier day and of today (sd of skill).

    Their mean is believed more than either: chance evens out; how well the skill is shown does not, as it is the same both times.
    """
    return _score_of_interviews(world, Decision.INTERVIEW_SIGNAL, day, first_day, identity, employer_row, channel)


@compiled
def _score_of_interviews(world: Tables, decision: int, day: int, first_day: int, identity: int, employer_row: int, channel: int) -> float:
    """Return what an employer expects after an interview, or after two, where the first was on another day (sd of skill)."""
    behaviour = world.rules.behaviour
    luck = normal(world, decision, day, identity, employer_row)
    noise = behaviour.interview_noise * behaviour.interview_noise
    if first_day < day:
        luck = (luck + normal(world, decision, first_day, identity, employer_row)) / 2.0
        noise /= 2.0
    misled = behaviour.presentation_in_interview * shown_skill_of(world, day, world.people[identity])
    misled += behaviour.interview_noise * luck
    shown = behaviour.presentation_in_interview * behaviour.presentation_in_interview
    return expected_output(world, day, identity, employer_row, channel, misled, shown + noise)
