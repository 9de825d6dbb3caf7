"""Counter-based random numbers: the same person meets the same luck in every world.

A draw is a pure function of (seed, replicate, decision, day, identity, partner). Nothing is stored and no order matters, so a policy that
leaves a decision alone leaves its luck alone.

The generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC'11): counter =
(identity, partner, day, decision), key = (seed, replicate). Its published test vectors are in ``tests/sim/test_draws.py``. Other
distributions are inverse transforms of one uniform: rejection would break the pairing of worlds.
"""

from __future__ import annotations

import math
import zlib
from enum import IntEnum

import numpy as np

from sim.compiled import compiled, part_of_its_callers
from sim.tables import Tables

_WORD = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_ROUNDS = 10
_SHIFT_HIGH = np.uint64(20)
_SHIFT_LOW = np.uint64(12)
_TO_UNIT_52 = 2.0**-52
_TO_UNIT_32 = 2.0**-32

LONGEST_WAIT = 100_000
"""Days after which nothing that is waited for comes: longer than any run, and within 32 bits."""
NEGLIGIBLE = 1e-6
"""A rate, a day or a year, below which nothing is waited for."""


class Decision(IntEnum):
    """What a draw decides. Numbers are part of every result: add at the end, never renumber."""

    ORIGIN = 1
    EDUCATION = 2
    FIELD = 3
    SEX = 4
    SKILL = 5
    INTERVIEW_SKILL = 6
    SAVINGS = 7
    COHORT = 8
    HOME_DISTRICT = 9
    EXPECTATION = 10
    EFFORT = 11
    TARGETING = 12
    STATE_PREFERENCE = 13
    ATTACHMENT = 14
    REGION_INTEREST = 15
    CONFIDENCE = 16
    INITIAL_ACTIVITY = 17
    INITIAL_EMPLOYER = 18
    INITIAL_TENURE = 19
    INITIAL_WAGE = 20
    INITIAL_PLACE = 21
    INITIAL_AWARENESS = 22
    CREDIT_CONSTRAINT = 23
    EMPLOYER_SIZE = 30
    EMPLOYER_DISTRICT = 32
    EMPLOYER_STATE = 33
    EMPLOYER_WAGE = 34
    EMPLOYER_BAR = 35
    EMPLOYER_AGE = 36
    INITIAL_VACANCY = 39
    SLOW_EMPLOYMENT = 50
    RETURN_TO_SEARCH = 51
    SEARCH_START = 52
    PEER = 60
    TALK = 61
    FORGET = 62
    CONTACT_TARGET = 63
    CONTACT_RECALL = 64
    EMPLOYER_GROWTH = 70
    EMPLOYER_SHRINKAGE = 71
    EMPLOYER_CLOSURE = 72
    REPLACEMENT = 73
    POST_WAGE = 74
    POST_EDUCATION = 75
    POST_REVIEW = 76
    POST_LAPSE = 77
    POST_LAPSE_DAY = 78
    SEARCH_GAP = 80
    TARGETED_SESSION = 81
    SEE_POST = 82
    EMPLOYER_TASTE = 83
    ON_THE_JOB_SEARCH = 84
    CV_SIGNAL = 90
    INTERVIEW_DAY = 91
    INTERVIEW_SIGNAL = 92
    TASTE_AT_INTERVIEW = 93
    START_DELAY = 94
    TRIP_VALUE = 100
    TRIP_NIGHTS = 101
    EXPLORE_GAP = 102
    MOVE_IN_NIGHTS = 103
    SEPARATION = 110
    SEPARATION_CAUSE = 112
    OUTSIDE_OFFER_GAP = 113
    OUTSIDE_WAGE = 114
    OUTSIDE_ACCEPT = 115
    INTERNSHIP = 120
    INTERNSHIP_HOST = 121
    COURSE = 123
    OPPORTUNITY_GAP = 130
    CAPITAL_NEED = 131
    REVENUE = 134
    BANK_APPROVAL = 135
    GROWTH_OPPORTUNITY = 136
    GROWTH_NEED = 137
    GROWTH_RETURN = 138
    FIRM_AWARENESS = 139
    STARTUP_SLOT = 140
    INITIAL_STARTUP = 141
    LEAVING = 150
    FAIR_FIRM = 160
    FAIR_ATTENDANCE = 161
    FAIR_POST = 162
    TRIP_FIRM = 170
    CAMPUS_ATTENDANCE = 171
    CAMPUS_POST = 172
    CAMPUS_POST_WAGE = 173
    CAMPUS_DELIVERY = 175
    VISIT_ATTENDANCE = 180
    MENTOR_DEMAND = 190
    CAREER_MENTOR_DEMAND = 191
    QUEUE = 200
    DESK_POST = 203
    LECTURE = 210
    ADVICE = 211
    COURSE_DEMAND = 220
    COURSE_PARTNER = 221
    PLACEMENT_DEMAND = 230
    PLACEMENT_HOST = 231
    STARTUP_COURSE = 240
    BOOK_CLUB = 241
    EQUITY_CANDIDATE = 250
    EQUITY_RETURN = 251
    DISPUTE = 260
    DISPUTE_LOSS = 261
    DISPUTE_OUTCOME = 262
    ARREARS = 263
    ARREARS_OUTCOME = 264
    ARREARS_QUIT = 265
    LEGAL_TRAINING = 266
    DESK_DEMAND = 270
    HOME_CONSIDERED = 280
    HOME_PRICE = 281
    HOME_MEANS = 282
    CARD = 283
    SOCIAL_EVENT = 290
    PARLOUR = 291
    COMMUNITY = 292
    COUPLE = 294
    SINGLE = 295
    CASE_DEMAND = 300
    CASE_REFERRAL = 301
    CASE_POST = 302
    ACCIDENT = 310
    ACCIDENT_SEVERITY = 311
    SAFETY_COURSE = 312
    SAFETY_UNIT = 313
    VISIT_TARGET = 320
    DEPUTY = 321
    LEADER = 322
    INTRODUCTION_DEMAND = 330
    INTRODUCTION_WAGE = 331
    INTRODUCTION_ACCEPT = 332
    AGEING = 340
    ADVERT_RETURNS = 341
    EMPLOYER_CUT = 342
    POST_GIVEN_UP = 343
    QUEUE_OF_DAY = 350
    PLACES_OF_MONTH = 351
    LAST_SESSION = 360
    EMPLOYER_OUTPUT = 380
    PLANNED_FOR_CLASS = 381
    GIVING_UP = 390
    SECOND_ROUND = 400
    LOCAL = 420
    HOME_FROM_SCHOOL = 421
    IDEA = 440
    IDEA_SURPRISE = 441
    MARKET_DRIFT = 442
    SECOND_THOUGHTS = 443
    PEER_POSTS = 391
    FIRM_CONTACT = 424
    FIRM_RECALL = 425
    PASSED_ON = 422
    PARK = 423
    PREPARATION = 450
    EXAM = 451
    EXAM_AGAIN = 452
    BONUS = 453
    SUBSIDY_PAPER_WORK = 470
    SEEN_BEFORE = 480
    PROOF = 481
    SAFETY_EXAM = 482
    TROUBLE = 483
    TROUBLE_COMES_UP = 484
    TROUBLE_SETTLED = 485
    DESK_WALK_IN = 540
    VISIT_FIRM = 541
    FREE_BED = 542
    SAME_DAY = 560
    REGIONAL_EXAM = 561
    THINKS_OF_WHERE = 570
    WHERE_TO_LOOK = 571
    ROW_IN_MARKET = 572
    KNOWN_ELSEWHERE = 573
    CLASSMATE_ELSEWHERE = 574


def own_number(name: str) -> int:
    """Return a number for a decision of another package's lever: the same wherever it is installed, and of no decision of `Decision`.

    Args:
        name: Name of the decision with that of the lever, such as ``"job_club.joins"``.
    """
    return 2**31 + zlib.crc32(name.encode()) % 2**31


_TO_UNIT_VARIANCE = math.sqrt(3.0)
"""The sum of four uniforms has variance 1/3."""
RESERVED = (31, 37, 38, 95, 111, 116, 122, 132, 133, 174, 222, 232, 233, 303)
"""Numbers of decisions that nobody takes any more: never given to another one."""


@part_of_its_callers
def philox(
    counter_0: np.uint64, counter_1: np.uint64, counter_2: np.uint64, counter_3: np.uint64, key_0: np.uint64, key_1: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Philox4x32-10: four 32-bit words (each held in a uint64) from a 128-bit counter and a 64-bit key, all given as 32-bit words."""
    for _ in range(_ROUNDS):
        product_0 = _MULTIPLIER_0 * counter_0
        product_1 = _MULTIPLIER_1 * counter_2
        counter_0, counter_1, counter_2, counter_3 = (
            (product_1 >> _HALF) ^ counter_1 ^ key_0,
            product_1 & _WORD,
            (product_0 >> _HALF) ^ counter_3 ^ key_1,
            product_0 & _WORD,
        )
        key_0 = (key_0 + _WEYL_0) & _WORD
        key_1 = (key_1 + _WEYL_1) & _WORD
    return counter_0, counter_1, counter_2, counter_3


@compiled
def uniform(world: Tables, decision: int, day: int, identity: int, partner: int) -> float:
    """Draw one uniform number in the open interval (0, 1), with 52 random bits: one more, and the largest would round to 1.

    Args:
        world: The world.
        decision: A member of `Decision`.
        day: Day of the run; 0 or a fixed number where the draw does not depend on the day. Not negative.
        identity: Row of the one who decides. Not negative.
        partner: Row of the other one, or the number of the attempt. Not negative.
    """
    word_0, word_1, _, _ = philox(
        np.uint64(identity), np.uint64(partner), np.uint64(day), np.uint64(decision), world.rules.seed, world.rules.replicate
    )
    bits = (word_0 << _SHIFT_HIGH) ^ (word_1 >> _SHIFT_LOW)
    return (float(bits) + 0.5) * _TO_UNIT_52


@compiled
def four_uniforms(world: Tables, decision: int, day: int, identity: int, partner: int) -> tuple[float, float, float, float]:
    """Draw four independent uniforms in (0, 1) with 32 random bits each, at the price of one `uniform`."""
    word_0, word_1, word_2, word_3 = philox(
        np.uint64(identity), np.uint64(partner), np.uint64(day), np.uint64(decision), world.rules.seed, world.rules.replicate
    )
    return (
        (float(word_0) + 0.5) * _TO_UNIT_32,
        (float(word_1) + 0.5) * _TO_UNIT_32,
        (float(word_2) + 0.5) * _TO_UNIT_32,
        (float(word_3) + 0.5) * _TO_UNIT_32,
    )


@compiled
def exponential(world: Tables, decision: int, day: int, identity: int, partner: int) -> float:
    """Draw a standard exponential number (mean 1) by inverse transform."""
    return -math.log(uniform(world, decision, day, identity, partner))


@compiled
def days_until(world: Tables, decision: int, day: int, identity: int, partner: int, mean_days: float) -> int:
    """Draw a waiting time in whole days, at least 1, exponential with the given mean; at most 100,000 days."""
    wait = math.ceil(mean_days * exponential(world, decision, day, identity, partner))
    return int(max(1, min(LONGEST_WAIT, wait)))


@compiled
def normal(world: Tables, decision: int, day: int, identity: int, partner: int) -> float:
    """Draw a standard normal number by inverse transform."""
    return normal_quantile(uniform(world, decision, day, identity, partner))


@compiled
def bell(world: Tables, decision: int, day: int, identity: int, partner: int) -> float:
    """Draw a nearly normal number of mean 0 and standard deviation 1, never beyond 3.46: the sum of four uniforms, cheaper than `normal`."""
    draw_0, draw_1, draw_2, draw_3 = four_uniforms(world, decision, day, identity, partner)
    return (draw_0 + draw_1 + draw_2 + draw_3 - 2.0) * _TO_UNIT_VARIANCE


@compiled
def half_variance(spread: float) -> float:
    """Return half the variance of a log-normal factor: taken off its logarithm, it keeps the factor's mean at 1.

    Taken in per cent: spreads of whole per cents then give what their decimals say, to the last bit.
    """
    per_cent = 100.0 * spread
    return per_cent * per_cent / 20_000.0


@compiled
def poisson(world: Tables, decision: int, day: int, identity: int, partner: int, mean: float) -> int:
    """Draw a Poisson number by inverse transform; grows with `mean` for the same luck. At most 1,000."""
    target = uniform(world, decision, day, identity, partner)
    probability = math.exp(-mean)
    cumulative = probability
    count = 0
    while target > cumulative and count < 1_000:
        count += 1
        probability = probability * mean / count
        cumulative += probability
    return count


@compiled
def normal_quantile(probability: float) -> float:
    """Return the standard normal quantile (algorithm AS 241, Wichura 1988, Applied Statistics 37; about 16 digits)."""
    centred = probability - 0.5
    if abs(centred) <= 0.425:
        r = 0.180625 - centred * centred
        top = (
            (((((r * 2509.0809287301226727 + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r
               + 13731.693765509461125) * r + 1971.5909503065514427) * r + 133.14166789178437745
        ) * r + 3.387132872796366608  # fmt: skip
        bottom = (
            (((((r * 5226.495278852854561 + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) * r
               + 5394.1960214247511077) * r + 687.1870074920579083) * r + 42.313330701600911252
        ) * r + 1.0  # fmt: skip
        return centred * top / bottom
    tail = probability if centred < 0 else 1.0 - probability
    r = math.sqrt(-math.log(tail))
    if r <= 5.0:
        r -= 1.6
        top = (
            (((((r * 7.7454501427834140764e-4 + 0.0227238449892691845833) * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r
               + 3.64784832476320460504) * r + 5.7694972214606914055) * r + 4.6303378461565452959
        ) * r + 1.42343711074968357734  # fmt: skip
        bottom = (
            (((((r * 1.05075007164441684324e-9 + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
                + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r + 2.05319162663775882187
        ) * r + 1.0  # fmt: skip
    else:
        r -= 5.0
        top = (
            (((((r * 2.01033439929228813265e-7 + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
                + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r + 5.4637849111641143699
        ) * r + 6.6579046435011037772  # fmt: skip
        bottom = (
            (((((r * 2.04426310338993978564e-15 + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
                + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r + 0.59983220655588793769
        ) * r + 1.0  # fmt: skip
    quantile = top / bottom
    return -quantile if centred < 0 else quantile
