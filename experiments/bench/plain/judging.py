"""What employers of the plain reference (see `experiments.bench.plain.market`) expect of applicants, and what waiting costs either side."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING

from experiments.bench.plain.posts import ELSEWHERE, EMPLOYED, MONTH, REFERRAL, SEARCHING, Post

LEAST_VARIANCE = 1e-12

if TYPE_CHECKING:
    from experiments.bench.plain.known import Graduate


def expected_output(
    rules: SimpleNamespace, day: int, person: Graduate, industry: int, channel: int, presentation: float, noise: float, luck: float
) -> float:
    """Return the skill that an employer expects: the signal, what a peer tells, and the mean of people like this one, by their precision.

    Args:
        rules: The parameters.
        day: Today.
        person: The applicant.
        industry: Industry of the employer.
        channel: How the application came.
        presentation: Weight of how the skill is shown.
        noise: Spread of other noise.
        luck: Standard normal.
    """
    behaviour = rules.behaviour
    shown = 1.0 / max(LEAST_VARIANCE, presentation * presentation + noise * noise)
    told = 1.0 / max(LEAST_VARIANCE, behaviour.referral_noise**2) if channel == REFERRAL else 0.0
    mean = 0.0
    if person.activity == SEARCHING:
        mean -= behaviour.unemployment_penalty * min(1.0, (day - person.searching_since) / MONTH / behaviour.penalty_months)
    if person.place == ELSEWHERE:
        mean -= behaviour.remote_penalty
    signal = person.skill + presentation * person.interview_skill + noise * luck
    expected: float = (mean + shown * signal + told * person.skill) / (1.0 + shown + told)
    return expected + (behaviour.fit_output if person.field == industry else 0.0)


def free_day(rules: SimpleNamespace, day: int, person: Graduate) -> int:
    """Return the day on which who signs today could usually begin."""
    start: int = day + rules.behaviour.start_days
    if person.graduation_day > day:
        start = max(start, person.graduation_day + rules.behaviour.free_after_days)
    return start


def cost_of_waiting(rules: SimpleNamespace, day: int, person: Graduate, post: Post) -> float:
    """Return what waiting for a person costs an employer (sd of skill)."""
    late = max(0, free_day(rules, day, person) - max(post.wanted_day, day + rules.behaviour.start_days)) / MONTH
    return float(late / (rules.behaviour.skill_output * rules.behaviour.match_months))


def months_without_pay(rules: SimpleNamespace, day: int, person: Graduate, begins: int) -> float:
    """Return the months for which a person without a job would wait for a start."""
    return 0.0 if person.activity == EMPLOYED else max(0, begins - free_day(rules, day, person)) / MONTH


def pay_at(rules: SimpleNamespace, person: Graduate, post: Post) -> int:
    """Return what a post would pay a person."""
    return int(post.wage * math.exp(rules.behaviour.skill_return * person.skill))


def worth_of_pay(rules: SimpleNamespace, day: int, person: Graduate, post: Post) -> float:
    """Return what the pay of a post is worth to a person: less where it begins later than the person could."""
    return pay_at(rules, person, post) * math.exp(-rules.behaviour.wait_discount * months_without_pay(rules, day, person, post.wanted_day))


def worth_of_contract(rules: SimpleNamespace, day: int, person: Graduate) -> float:
    """Return what the pay of a signed contract is worth to a person: less where it begins later than the person could."""
    waiting = months_without_pay(rules, day, person, person.contract_day)
    return float(person.contract_wage * math.exp(-rules.behaviour.wait_discount * waiting))


def effort_after_signing(rules: SimpleNamespace, day: int, person: Graduate) -> float:
    """Return how much of a search goes on after signing."""
    waiting = months_without_pay(rules, day, person, person.contract_day)
    return float(1.0 - (1.0 - rules.behaviour.signed_effort) * math.exp(-waiting / rules.behaviour.signed_wait_months))
