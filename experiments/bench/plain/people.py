"""People of the plain reference (see `experiments.bench.plain.market`): they study, search, work."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import mesa

from experiments.bench.plain.beliefs import effort_of, expect_answer, hear_from_peer, hear_of_pay, hours_free, left_wanted, months_to_wait
from experiments.bench.plain.judging import cost_of_waiting, effort_after_signing, expected_output, pay_at, worth_of_contract, worth_of_pay
from experiments.bench.plain.posts import (
    ADVERT,
    AGED_OUT,
    ELSEWHERE,
    EMPLOYED,
    INACTIVE,
    KEPT,
    MONTH,
    NEVER,
    PILE,
    REFERRAL,
    RESIDENT,
    SEARCHING,
    STUDYING,
    VOCATIONAL,
    YEAR,
    Application,
    Post,
    score_of,
)
from sim.rules.applying import LOOK_STEP
from sim.states import Count

if TYPE_CHECKING:
    from experiments.bench.plain.known import Employer, LabourMarket


class Graduate(mesa.Agent):  # type: ignore[misc]
    """A young person who studies, searches, works."""

    COPIED = (
        "graduation_day", "education", "field", "district", "prefers_state", "skill", "interview_skill", "attachment",
        "region_interest", "targeting", "effort", "expected_wage", "pay_signals", "offer_belief", "applications_weighed", "savings", "activity",
        "place", "searching_since", "next_search_day", "next_outside_day", "return_day", "wage", "separation_day", "job_start_day",
    )  # fmt: skip
    RESIDENT = RESIDENT
    __slots__ = (
        *COPIED, "contract_day", "contract_post", "contract_wage", "employer", "impressions", "offers", "outside_offer", "outside_worth", "peers",
        "refused_employer", "row", "seen", "tastes", "youth_ends",
    )  # fmt: skip

    model: LabourMarket
    row: int
    graduation_day: int
    education: int
    field: int
    district: int
    prefers_state: int
    skill: float
    interview_skill: float
    attachment: float
    region_interest: float
    targeting: float
    effort: float
    expected_wage: float
    pay_signals: float
    offer_belief: float
    applications_weighed: float
    savings: int
    activity: int
    place: int
    searching_since: int
    next_search_day: int
    next_outside_day: int
    return_day: int
    wage: int
    separation_day: int
    job_start_day: int

    def __init__(self, model: LabourMarket, row: int, values: dict[str, Any]) -> None:
        super().__init__(model)
        for name, value in values.items():
            setattr(self, name, value)
        self.row = row
        self.employer: Employer | None = None
        self.contract_post: Post | None = None
        self.contract_day = NEVER
        self.contract_wage = 0
        self.offers: list[Post] = []
        self.outside_offer = 0
        self.outside_worth = 0.0
        self.refused_employer: Employer | None = None
        self.youth_ends = self.graduation_day + YEAR * model.rules.population.youth_years - YEAR // 2 + int(YEAR * model.random.random())
        self.peers: list[Graduate] = []
        self.tastes: dict[Employer, float] = {}
        self.seen: dict[Employer, float] = {}
        self.impressions: dict[Employer, float] = {}

    # First pass of the day: university and search

    def search(self, day: int) -> None:
        """Follow the academic year; hold a session of search if it is the day for one."""
        activity = self.activity
        if activity == STUDYING:
            if day == self.graduation_day:
                self._graduate(day)
            elif day == self.return_day:
                self.return_day = NEVER
                self.schedule_search(day)
        elif activity == INACTIVE:
            if day == self.return_day:
                self.begin_search(day)
        if day == self.next_search_day:
            self._hold_session(day)
            self.schedule_session(day)

    def _graduate(self, day: int) -> None:
        model = self.model
        model.plan.heads += 1
        slow = self.return_day == day  # has not searched as a student either
        self.return_day = NEVER
        if self.contract_day >= 0:
            self.begin_search(day)
            return
        behaviour = model.rules.behaviour
        self.activity = INACTIVE
        self.next_search_day = self.next_outside_day = NEVER
        self.return_day = day + model.days_until(behaviour.slow_employment_days if slow else behaviour.search_after_days)

    def begin_search(self, day: int) -> None:
        """Begin to search for work, unemployed; after a pause, with some hope again."""
        behaviour = self.model.rules.behaviour
        if self.activity == INACTIVE:
            self.offer_belief += behaviour.hope_regained * max(0.0, behaviour.offers_expected - self.offer_belief)
        self.activity = SEARCHING
        self.searching_since = day
        self.return_day = NEVER
        self.schedule_search(day)

    def schedule_search(self, day: int) -> None:
        """Draw the next day of a session of search and the next day of an offer from elsewhere."""
        self.schedule_session(day)
        self.schedule_outside_offer(day)

    def schedule_session(self, day: int) -> None:
        """Draw the day of the next session of search."""
        rules = self.model.rules
        wanted = rules.behaviour.sessions_per_month * effort_of(self, day)
        rate = min(rules.behaviour.sessions_most, wanted) * hours_free(self) / MONTH * self.region_interest
        if self.contract_day >= 0:
            rate *= effort_after_signing(rules, day, self)
        self.next_search_day = day + self.model.days_until(1.0 / rate) if rate >= 1e-6 else NEVER

    def schedule_outside_offer(self, day: int) -> None:
        """Draw the next day on which an offer from elsewhere comes, unless one waits for an answer."""
        if self.outside_offer:
            return
        rules = self.model.rules
        finding = rules.behaviour.outside_finding_fresh if day - self.graduation_day < rules.behaviour.fresh_days else rules.behaviour.outside_finding
        rate = finding / MONTH * effort_of(self, day) * hours_free(self) * (1.0 - self.region_interest)
        if self.contract_day >= 0:
            rate *= effort_after_signing(rules, day, self)
        self.next_outside_day = day + self.model.days_until(1.0 / rate) if rate >= 1e-6 else NEVER

    def _end_search(self) -> None:
        self.next_search_day = self.next_outside_day = NEVER
        self.outside_offer = 0

    def _hold_session(self, day: int) -> None:
        """Apply for what appeals, the best first, up to as many posts as one session has time for."""
        behaviour = self.model.rules.behaviour
        found = self._look_through(day)
        sent, most = 0, min(behaviour.applications_per_session, self.savings // behaviour.application_cost)
        for post in sorted(found, key=found.__getitem__, reverse=True):
            if sent < most:
                sent += self._apply(day, post)
        self.savings -= sent * behaviour.application_cost

    def _look_through(self, day: int) -> dict[Post, float]:
        """Look through some advertising slots, evenly spread over those of the own field or over all; return what appeals, and how much."""
        model = self.model
        rules = model.rules
        random = model.random.random
        board = model.board
        places = model.places_of_field[self.field] if random() < self.targeting else model.places
        number = len(places)
        wanted = self.value_wanted(day, math.log(rules.behaviour.wage_floor_seen))
        education = self.education
        passed_by = self.employer if self.activity == EMPLOYED else self.refused_employer
        found: dict[Post, float] = {}
        begins = random()
        for look in range(rules.behaviour.posts_seen):
            post = board[places[int((begins + LOOK_STEP * look) % 1.0 * number)]]
            if post is None or post.education > education or post.employer is passed_by:
                continue
            worth = self.value_here(worth_of_pay(rules, day, self, post), post.employer) - wanted
            if worth > 0.0:
                found[post] = worth
        return found

    # What a job is worth, in log yuan a month: people of the region live at home here, and rent a room elsewhere

    def _log_left(self, pay: float, cost: float) -> float:
        return math.log(max(self.model.rules.living.least, pay - cost))

    def value_here(self, pay: float, employer: Employer) -> float:
        """Return what a job of the region is worth to who has not seen it."""
        model = self.model
        behaviour, living = model.rules.behaviour, model.rules.living
        taste = self.tastes.get(employer)
        if taste is None:
            taste = behaviour.taste_spread * model.random.gauss(0.0, 1.0)
            if employer.industry == self.field:
                taste += behaviour.field_match_taste
            if self.prefers_state and employer.state_owned:
                taste += behaviour.state_taste
            self.tastes[employer] = taste
        effort = 0.0 if self.place == RESIDENT else behaviour.moving_effort
        cost = living.way_near if employer.district == self.district else living.way_far
        return float(self._log_left(pay, cost) + min(behaviour.ties_most, self.attachment) - effort + taste)

    def value_elsewhere(self, pay: float) -> float:
        """Return what a job elsewhere is worth."""
        rules = self.model.rules
        return self._log_left(pay, rules.region.rent_elsewhere) - (rules.behaviour.moving_effort if self.place == RESIDENT else 0.0)

    def left_where_living(self, pay: float) -> float:
        """Return the log of what a job like any other leaves where the person lives."""
        rules = self.model.rules
        return self._log_left(pay, rules.living.way_near if self.place == RESIDENT else rules.region.rent_elsewhere)

    def value_where_living(self, pay: float) -> float:
        """Return what a job like any other is worth where the person lives."""
        ties = min(self.model.rules.behaviour.ties_most, self.attachment) if self.place == RESIDENT else 0.0
        return self.left_where_living(pay) + ties

    def seen_at_interview(self, employer: Employer) -> float:
        """Return what the person likes at an employer beyond what is known before."""
        shown = self.seen.get(employer)
        if shown is None:
            shown = self.seen[employer] = self.model.rules.behaviour.taste_at_interview * self.model.random.gauss(0.0, 1.0)
        return shown

    def value_with(self, pay: float, employer: Employer | None) -> float:
        """Return what a job is worth that the person knows, here or (no employer) elsewhere."""
        if employer is None:
            return self.value_elsewhere(pay)
        return self.value_here(pay, employer) + self.seen_at_interview(employer)

    def value_wanted(self, day: int, below: float) -> float:
        """Return what a new job has to be worth, with the best offer in hand."""
        wanted = self.value_without_offers(day, below)
        for post in self.offers:
            if post.offered is not None:
                wanted = max(wanted, post.offered.worth)
        return max(wanted, self.outside_worth) if self.outside_offer else wanted

    def is_engaged(self) -> bool:
        """Tell whether the person has a contract or an offer in hand."""
        return bool(self.contract_day >= 0 or self.offers or self.outside_offer)

    def value_without_offers(self, day: int, below: float) -> float:
        """Return what a job has to be worth, whatever offers are in hand."""
        behaviour = self.model.rules.behaviour
        if self.contract_day >= 0:
            employer = None if self.contract_post is None else self.contract_post.employer
            return self.value_with(worth_of_contract(self.model.rules, day, self), employer) + math.log(behaviour.break_gain)
        if self.activity == EMPLOYED:
            return self.value_with(self.wage, self.employer) + math.log(behaviour.employed_gain_wanted)
        return left_wanted(self, day) + (min(behaviour.ties_most, self.attachment) if self.place == RESIDENT else 0.0) + below

    def _apply(self, day: int, post: Post) -> bool:
        """Send one application; a peer at the employer makes it a referral; the pile keeps the best ten."""
        pile = post.pile
        for application in pile:
            if application.person is self:
                return False
        model = self.model
        rules = model.rules
        employer = post.employer
        luck = self.impressions.get(employer)
        if luck is None:
            luck = self.impressions[employer] = model.random.gauss(0.0, 1.0)
        channel = ADVERT
        for peer in self.peers:
            if peer.employer is employer:
                channel = REFERRAL
                break
        behaviour = rules.behaviour
        score = expected_output(rules, day, self, employer.industry, channel, behaviour.presentation_in_cv, behaviour.cv_noise, luck)
        score -= cost_of_waiting(rules, day, self, post)
        if len(pile) < PILE:
            pile.append(Application(self, score, channel))
        else:
            worst = min((one for one in pile if one.stage == KEPT), key=score_of, default=None)
            if worst is not None and score > worst.score:
                worst.person, worst.score, worst.channel = self, score, channel
        expect_answer(self)
        model.counts[Count.APPLICATIONS_SENT] += 1
        return True

    def gets_to_interview(self, employer: Employer) -> bool:
        """Pay for the way to an interview and for what one needs there, if there is the money."""
        if self.place != RESIDENT:
            return True
        living = self.model.rules.living
        cost = living.trip_near if self.district == employer.district else living.trip_far
        if self.savings < cost:
            return False
        self.savings -= cost
        return True

    # Second pass of the day: offers from elsewhere, work, pay

    def work(self, day: int, closing: bool, stocks: list[list[int]]) -> None:
        """Weigh an offer from elsewhere, begin a contract, end a job, once a month settle money; be counted."""
        if day == self.next_outside_day:
            if self.outside_offer:
                self.answer_offers(day)
            else:
                self._weigh_outside_offer(day)
            if day == self.next_outside_day:
                self.schedule_outside_offer(day)
        if day == self.contract_day:
            self._begin_contract(day)
        if self.activity == EMPLOYED:
            closed = closing and self.employer is not None and not self.employer.alive
            if closed or day >= self.separation_day:
                self._separate(day, closed=closed)
        turn = (day + self.row) % MONTH
        if turn == 0:
            self._settle_month(day)
        elif turn == MONTH // 2 and day >= self.youth_ends and self.activity != STUDYING and self.activity != AGED_OUT and not self.is_engaged():
            self._age_out()
        stocks[self.activity][self.place] += 1

    def _weigh_outside_offer(self, day: int) -> None:
        model = self.model
        rules = model.rules
        spread = 0.35 * model.random.gauss(0.0, 1.0) + rules.behaviour.outside_skill_pay * self.skill
        wage = int(model.usual_wage[self.education] * math.exp(rules.behaviour.outside_wage_premium + spread))
        shown = rules.behaviour.taste_at_interview * model.random.gauss(0.0, 1.0)
        worth = self.value_elsewhere(wage) + shown
        if worth >= self.value_without_offers(day, 0.0):
            self.outside_offer = wage
            self.outside_worth = worth
            self.next_outside_day = day + rules.behaviour.answer_days
        hear_of_pay(self, wage, 1.0)

    def answer_offers(self, day: int) -> None:
        """Take the best offer in hand, where it is worth what is wanted; refuse the others."""
        wanted = self.value_without_offers(day, 0.0)
        best = None
        for post in self.offers:
            if post.offered is not None and post.offered.worth >= wanted:
                best, wanted = post, post.offered.worth
        elsewhere = self.outside_offer if self.outside_offer and self.outside_worth >= wanted else 0
        others, self.offers = self.offers, []
        for post in others:
            if post.offered is not None and (elsewhere or post is not best):
                post.employer.hear_no(day, post, post.offered)
        waited, self.outside_offer = self.outside_offer, 0
        if elsewhere:
            self._sign(day, None, elsewhere)
        elif best is not None:
            self.sign_here(day, best)
            best.employer.hear_yes(day, best)
        elif waited:
            self.schedule_outside_offer(day)

    def sign_here(self, day: int, post: Post) -> None:
        """Sign a contract with an employer of the region."""
        self._sign(day, post, pay_at(self.model.rules, self, post))
        post.employer.pending += 1
        self.model.counts[Count.CONTRACTS_SIGNED] += 1
        if self.activity == EMPLOYED:
            self._end_search()

    def _sign(self, day: int, post: Post | None, wage: int) -> None:
        if self.contract_day >= 0:
            self._break_contract()
        self.contract_post = post
        self.contract_wage = wage
        start = day + self.model.days_until(self.model.rules.behaviour.start_days)
        if self.activity == STUDYING or self.graduation_day > day:
            start = max(start, self.graduation_day + 8)
        self.contract_day = start if post is None else max(start, post.wanted_day)
        self.schedule_search(day)

    def _break_contract(self) -> None:
        if self.contract_post is not None:
            self.contract_post.employer.pending -= 1
            self.contract_post.employer.planned_growth += self.contract_post.signed_for_class
        self.contract_post = None
        self.contract_day = NEVER
        self.model.counts[Count.CONTRACTS_BROKEN] += 1

    def _begin_contract(self, day: int) -> None:
        model = self.model
        rules = model.rules
        post = self.contract_post
        if post is not None and not post.employer.alive:
            self._break_contract()
            if self.activity == EMPLOYED:
                self._end_search()
            else:
                self.schedule_search(day)
            return
        if self.offers or self.outside_offer:
            self.answer_offers(day)
            if self.contract_day != day:
                return
        if self.activity == EMPLOYED:
            if self.employer is not None:
                self.employer.replace_leaver()
            self._leave_job()
        self.activity = EMPLOYED
        self.wage = self.contract_wage
        self.return_day = NEVER
        if post is not None:
            employer = self.employer = post.employer
            employer.pending -= 1
            employer.staff += 1
            employer.wage_bill += self.wage
            self._move(RESIDENT)
            model.counts[Count.HIRES] += 1
        else:
            self.employer = None
            self._move(ELSEWHERE)
            model.counts[Count.HIRES_OUTSIDE] += 1
        self.contract_post = None
        self.refused_employer = None
        self.contract_day = self.searching_since = NEVER
        self.separation_day = self._draw_separation_day(day)
        self.job_start_day = day
        if model.random.random() < rules.behaviour.employed_search_share:
            self.schedule_search(day)
        else:
            self._end_search()

    def _draw_separation_day(self, day: int) -> int:
        """Draw the last day of a new job from a hazard that is high in the first year and low after it."""
        rules = self.model.rules
        monthly = rules.behaviour.separation_vocational if self.education == VOCATIONAL else rules.behaviour.separation_bachelor
        discontent = self.value_where_living(self.expected_wage) - self.value_with(self.wage, self.employer)
        strain = rules.behaviour.discontent_quits * max(-rules.behaviour.content_most, discontent)
        first = monthly * rules.behaviour.separation_to_search_share / MONTH * math.exp(strain)
        life = -math.log(1.0 - self.random.random())
        if life < first * 365.0 or rules.behaviour.separation_later <= 0.0:
            wait = life / max(first, 1e-9)
        else:
            wait = 365.0 + (life - first * 365.0) / (first * rules.behaviour.separation_later)
        return day + int(min(100_000.0, wait)) + 1

    def _move(self, place: int) -> None:
        """Live where the job is; of whoever moves, the search goes to the region more or less from then on."""
        behaviour = self.model.rules.behaviour
        if place == RESIDENT and self.place != RESIDENT:
            self.region_interest = max(self.region_interest, behaviour.local_interest)
        elif place == ELSEWHERE and self.place == RESIDENT:
            self.region_interest = min(self.region_interest, behaviour.locals_interest_away)
        self.place = place

    def _leave_job(self) -> None:
        employer = self.employer
        if employer is not None:
            employer.staff -= 1
            employer.wage_bill -= self.wage
            self.model.counts[Count.SEPARATIONS] += 1
        self.employer = None
        self.wage = 0
        self.separation_day = NEVER

    def _separate(self, day: int, *, closed: bool) -> None:
        rules = self.model.rules
        if closed or self.random.random() >= rules.behaviour.voluntary_share:
            self.model.counts[Count.DISMISSALS] += 1
        if self.employer is not None and not closed:
            self.employer.replace_leaver()
        self._leave_job()
        self.begin_search(day)

    def _age_out(self) -> None:
        """Leave the youth population, with the post held."""
        if self.activity == EMPLOYED and self.employer is not None:
            employer = self.employer
            employer.staff -= 1
            employer.wage_bill -= self.wage
            employer.target_staff = max(0, employer.target_staff - 1)
        self.employer = None
        self.wage = 0
        self.separation_day = self.next_search_day = self.next_outside_day = self.return_day = NEVER
        self.activity = AGED_OUT
        self.place = ELSEWHERE
        self.model.plan.heads -= 1
        self.model.counts[Count.AGED_OUT] += 1

    def _settle_month(self, day: int) -> None:
        """Receive pay, pay for living; the family covers what is missing, a pocket for the search included; hear from a peer, or give up."""
        activity, rules = self.activity, self.model.rules
        if activity == AGED_OUT:
            return
        behaviour = rules.behaviour
        balance = self.savings - (0 if activity == STUDYING else rules.region.living_cost)
        if activity == EMPLOYED:
            balance += self.wage
        kept = 0
        if activity == STUDYING or activity == SEARCHING:
            later = activity == SEARCHING and (day - self.searching_since) / MONTH >= behaviour.family_months
            kept = int(behaviour.family_pocket * (behaviour.pocket_later if later else 1.0) * rules.living.month)
        self.savings = max(kept, balance)
        if self.next_search_day >= 0 and activity != EMPLOYED:
            hear_from_peer(self, day)
        if activity == SEARCHING and not self.is_engaged() and self.offer_belief < behaviour.give_up_offers:
            if self.model.random.random() < behaviour.give_up_per_month:
                part = months_to_wait(self, day) / behaviour.search_horizon_months
                self.activity = INACTIVE
                self._end_search()
                self.return_day = day + self.model.days_until(max(1.0, part * behaviour.give_up_days))
