"""What employers expect of applicants, and who a person's peers are."""

from __future__ import annotations

from sim.calendar import MONTH_DAYS
from sim.compiled import Row, compiled
from sim.draws import Decision, four_uniforms, normal
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
    return four_peers(world, identity, index // 4)[index % 4]


@compiled
def four_peers(world: Tables, identity: int, group: int) -> tuple[int, int, int, int]:
    """Return four peers at the price of one draw.

    Args:
        world: The world.
        identity: Row of the person.
        group: Which four: of the peers 4 x group, and the next three.
    """
    draw_0, draw_1, draw_2, draw_3 = four_uniforms(world, Decision.PEER, 0, identity, group)
    return (
        _member_at(world, identity, draw_0), _member_at(world, identity, draw_1),
        _member_at(world, identity, draw_2), _member_at(world, identity, draw_3),
    )  # fmt: skip


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
def group_mean(world: Tables, day: int, person: Row, channel: int) -> float:
    """Return the skill that employers expect of people like this one before they know more.

    Less after long unemployment, and of who is not here nor at a campus from which one could come to work every day.
    """
    behaviour = world.rules.behaviour
    mean = 0.0
    if person.activity == Activity.SEARCHING:
        months = (day - person.searching_since) / MONTH_DAYS
        mean -= behaviour.unemployment_penalty * min(1.0, months / behaviour.penalty_months)
    if person.place == Place.ELSEWHERE and channel != Channel.CAMPUS and world.campuses[person.campus].way < 0:
        mean -= behaviour.remote_penalty
    return mean


@compiled
def noise_left(world: Tables, channel: int) -> float:
    """Return how much of what misleads an employer is left, where somebody who knows the person speaks to it."""
    if channel == Channel.REFERRAL:
        return world.rules.behaviour.referral_noise
    if channel == Channel.CASEWORK or channel == Channel.DESK:
        return world.rules.behaviour.introduction_noise
    return 1.0


@compiled
def expected_output(world: Tables, day: int, identity: int, employer_row: int, channel: int, misled: float, variance: float) -> float:
    """Return the skill that an employer expects of a person (sd), with what the own field adds to the work.

    A signal is believed as far as it is worth: `trust` = 1 / (1 + variance of its noise), the share of skill in its variance; for the rest the
    employer goes by people like this one. A signal with less noise lifts the good and lowers the weak.

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
    trust = 1.0 / (1.0 + variance)
    expected = trust * (person.skill + misled) + (1.0 - trust) * group_mean(world, day, person, channel)
    if fits(person, world.employers[employer_row]):
        expected += world.rules.behaviour.fit_output
    return expected


@compiled
def cv_score(world: Tables, day: int, identity: int, employer_row: int, channel: int) -> float:
    """Return what an employer expects of an applicant after reading the CV (sd of skill)."""
    behaviour = world.rules.behaviour
    left = noise_left(world, channel)
    misled = behaviour.presentation_in_cv * shown_skill_of(world, day, world.people[identity])
    misled += behaviour.cv_noise * normal(world, Decision.CV_SIGNAL, 0, identity, employer_row)
    variance = left * left * (behaviour.presentation_in_cv * behaviour.presentation_in_cv + behaviour.cv_noise * behaviour.cv_noise)
    return expected_output(world, day, identity, employer_row, channel, left * misled, variance)


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
    if channel == Channel.PLACEMENT:
        return host_score(world, day, identity, employer_row)
    left = noise_left(world, channel)
    luck = normal(world, decision, day, identity, employer_row)
    noise = behaviour.interview_noise * behaviour.interview_noise
    if first_day < day:
        luck = (luck + normal(world, decision, first_day, identity, employer_row)) / 2.0
        noise /= 2.0
    misled = behaviour.presentation_in_interview * shown_skill_of(world, day, world.people[identity])
    misled += behaviour.interview_noise * luck
    shown = behaviour.presentation_in_interview * behaviour.presentation_in_interview
    return expected_output(world, day, identity, employer_row, channel, left * misled, left * left * (shown + noise))


@compiled
def host_score(world: Tables, day: int, identity: int, employer_row: int) -> float:
    """Return what a host expects of a former intern (sd of skill): it has seen the person work, and is wrong by little."""
    error = world.rules.behaviour.host_noise
    misled = error * normal(world, Decision.PLACEMENT_JUDGEMENT, 0, identity, employer_row)
    return expected_output(world, day, identity, employer_row, Channel.PLACEMENT, misled, error * error)
