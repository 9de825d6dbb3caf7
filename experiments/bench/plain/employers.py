"""Employers of the plain reference (see `experiments.bench.plain.market`): they plan, advertise, read, interview, offer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import mesa

from experiments.bench.plain.beliefs import learn_from_offer
from experiments.bench.plain.judging import cost_of_waiting, expected_output, pay_at, worth_of_pay
from experiments.bench.plain.posts import (
    AGED_OUT,
    BACHELOR,
    BAR_FOR_CALL,
    CALLED,
    FILLED,
    INTERVIEWED,
    INTERVIEWING,
    KEPT,
    LAPSED,
    MASTER,
    MISSED,
    MONTH,
    OFFERED,
    OFFERING,
    OPEN,
    REFUSED,
    VOCATIONAL,
    Application,
    Post,
    score_of,
)
from sim.states import Count

if TYPE_CHECKING:
    from experiments.bench.plain.known import Graduate, LabourMarket


class Employer(mesa.Agent):  # type: ignore[misc]
    """An employer that plans, advertises and hires."""

    COPIED = (
        "alive", "district", "industry", "state_owned", "wage_level", "skill_bar", "first_target", "target_staff", "staff", "pending",
        "wage_bill", "open_posts", "paused", "first_slot", "slots", "planned_growth",
    )  # fmt: skip
    __slots__ = (*COPIED, "row", "two_rounds")

    model: LabourMarket
    row: int
    two_rounds: bool
    alive: int
    district: int
    industry: int
    state_owned: int
    wage_level: float
    skill_bar: float
    first_target: int
    target_staff: int
    staff: int
    pending: int
    wage_bill: int
    open_posts: int
    paused: int
    first_slot: int
    slots: int
    planned_growth: int

    def __init__(self, model: LabourMarket, row: int, values: dict[str, Any]) -> None:
        super().__init__(model)
        for name, value in values.items():
            setattr(self, name, value)
        self.row = row
        self.two_rounds = model.random.random() < model.rules.behaviour.second_round_share

    def recruit(self, day: int) -> None:
        """Plan once a month; look at the staff once a week and open the posts that are missing."""
        turn = day + self.row
        if turn % MONTH == 0:
            if self.alive:
                self._plan()
            else:
                self._succeed()
        if turn % 7 == 0 and self.alive:
            self._take_up_again()
            missing = self.openings()
            if missing > 0:
                board = self.model.board
                for slot in range(self.first_slot, self.first_slot + self.slots):
                    if board[slot] is None:
                        self._open_post(day, slot)
                        missing -= 1
                        if missing == 0:
                            break
        if self.alive:
            self.model.advertised += self.open_posts
            self.model.planned += self.target_staff

    def openings(self) -> int:
        """Return the posts to be advertised."""
        return self.target_staff - self.staff - self.pending - self.open_posts - self.paused

    def _growth(self) -> int:
        """Draw the posts planned this month: the part of those the region lacks that falls on these premises."""
        plan = self.model.plan
        part: float = self.first_target / max(1.0, plan.shares) * (plan.wanted - plan.planned) / self.model.rules.market.planning_months
        return self.model.poisson(part) if part > 0.0 else 0

    def _for_class(self, growth: int) -> int:
        """Draw how many of the posts planned are for the coming class."""
        plan, random = self.model.plan, self.model.random.random
        chosen = sum(random() < plan.class_share for _ in range(growth))
        plan.class_posts -= chosen
        return int(chosen)

    def _succeed(self) -> None:
        """Let growth of the region found a new firm where one has closed."""
        growth = self._growth() if self.first_target > 0 else 0
        if growth > 0:
            rules, gauss = self.model.rules, self.model.random.gauss
            self.alive = 1
            standing = gauss(0.0, 1.0)
            self.wage_level = math.exp(rules.market.wage_spread * standing)
            self.skill_bar = rules.behaviour.skill_bar_mean + rules.behaviour.skill_bar_by_pay * standing
            self.skill_bar += rules.behaviour.skill_bar_spread * gauss(0.0, 1.0)
            self.target_staff = growth
            self.planned_growth = self._for_class(growth)

    def _take_up_again(self) -> None:
        """Let some of the openings whose advert has lapsed be advertised again."""
        behaviour = self.model.rules.behaviour
        self.paused = max(0, min(self.paused, self.openings() + self.paused))
        for _ in range(self.paused):
            if self.model.random.random() * behaviour.readvertise_days < behaviour.staff_review_days:
                self.paused -= 1

    def _plan(self) -> None:
        model = self.model
        rules, plan = model.rules, model.plan
        growth = self._growth() if self.openings() <= 0 else 0
        self.target_staff += growth
        self.planned_growth += self._for_class(growth)
        surplus = (plan.planned - plan.wanted) / rules.market.planning_months
        if surplus > 0.0:
            cut = min(model.poisson(self.target_staff / max(1.0, plan.planned) * surplus), max(0, self.openings()))
            self.target_staff -= cut
            for_class = min(cut, self.planned_growth)
            self.planned_growth -= for_class
            plan.class_posts += for_class
        random = model.random.random
        if random() < rules.behaviour.shrink_per_month:
            self.target_staff -= (self.target_staff + 9) // 10
        if not self.state_owned and random() < self._closure_chance():
            self._close()

    def _closure_chance(self) -> float:
        """Return the chance that a private employer closes this month: usual up to the mean size, smaller above it."""
        rules = self.model.rules
        chance: float = rules.behaviour.exit_per_year / 12.0 * min(1.0, rules.market.employer_size / max(1.0, self.staff))
        return chance

    def _close(self) -> None:
        self.alive = 0
        self.target_staff = 0
        self.model.plan.class_posts += self.planned_growth
        self.planned_growth = 0
        self.model.counts[Count.EMPLOYERS_CLOSED] += 1
        for slot in range(self.first_slot, self.first_slot + self.slots):
            post = self.model.board[slot]
            if post is not None:
                self.lapse(self.model.day, post)
        self.paused = 0

    def _open_post(self, day: int, slot: int) -> None:
        model = self.model
        rules = model.rules
        random = model.random.random
        draw = random()
        education = VOCATIONAL if draw < 0.45 else (BACHELOR if draw < 0.95 else MASTER)
        wage = model.usual_wage[education] * self.wage_level * math.exp(rules.behaviour.post_wage_noise * model.random.gauss(0.0, 1.0))
        longest = max(10.0, rules.behaviour.post_days)
        days_open = 3 + int(random() * 0.6 * longest) if random() < rules.behaviour.withdrawn_share else int((0.5 + random()) * longest)
        review_day = day + 5 + model.days_until(max(1.0, rules.behaviour.review_days - 5.0))
        wanted_day = day + rules.behaviour.start_days
        if self.planned_growth > 0:
            self.planned_growth -= 1
            wanted_day = model.graduation[day] + rules.behaviour.free_after_days
        post = Post(self, slot, education, int(wage), review_day, day + days_open, wanted_day)
        model.board[slot] = post
        model.posts.append(post)
        self.open_posts += 1
        model.counts[Count.POSTS_OPENED] += 1

    def replace_leaver(self) -> None:
        """Decide whether a left job will be filled again."""
        if self.random.random() >= self.model.rules.behaviour.replacement_share:
            self.target_staff = max(0, self.target_staff - 1)

    def lapse(self, day: int, post: Post) -> None:
        """Take an unfilled post off the board: it is advertised again after a pause, or left to other employers."""
        self._take_down(post, LAPSED)
        for_class = int(post.wanted_day > day + self.model.rules.behaviour.start_days)
        returns = self.openings() > 0
        if returns and self.model.random.random() < self.model.rules.behaviour.given_up_share:
            self.target_staff -= 1
            returns = False
        if returns:
            self.paused += 1
            self.planned_growth += for_class
        else:
            self.model.plan.class_posts += for_class
        self.model.counts[Count.POSTS_LAPSED] += 1

    def _take_down(self, post: Post, state: int) -> None:
        post.state = state
        if post.offered is not None and state == LAPSED:
            post.offered.person.offers.remove(post)
        post.pile.clear()
        self.model.board[post.slot] = None
        self.open_posts -= 1

    def read_applications(self, day: int, post: Post) -> None:
        """Call the best applicants to an interview, or wait another week."""
        model = self.model
        bar = self.skill_bar - BAR_FOR_CALL
        fit = [application for application in post.pile if application.score >= bar]
        if not fit:
            post.review_day = day + 7
            return
        fit.sort(key=score_of, reverse=True)
        called = fit[: model.rules.behaviour.interviews_per_post]
        for application in called:
            application.stage = CALLED
        model.counts[Count.INTERVIEWS_CALLED] += len(called)
        post.state = INTERVIEWING
        post.interview_day = model.next_working[day + model.rules.behaviour.interview_days]

    def hold_interviews(self, day: int, post: Post) -> None:
        """Talk to everybody who was called and has not signed elsewhere for as much."""
        model = self.model
        rules = model.rules
        counts = model.counts
        for application in post.pile:
            if application.stage != CALLED:
                continue
            person = application.person
            absent = person.activity == AGED_OUT or (person.is_engaged() and self._is_too_late(day, post, person))
            if absent or not person.gets_to_interview(self):
                application.stage = MISSED
                counts[Count.INTERVIEWS_MISSED] += 1
                continue
            weight, noise = rules.behaviour.presentation_in_interview, rules.behaviour.interview_noise
            luck = model.random.gauss(0.0, 1.0)
            if post.second_round:
                luck, noise = (luck + application.signal) / 2.0, noise / math.sqrt(2.0)
            application.signal = luck
            application.score = expected_output(rules, day, person, self.industry, application.channel, weight, noise, luck)
            application.score -= cost_of_waiting(rules, day, person, post)
            application.stage = INTERVIEWED
            counts[Count.INTERVIEWS_HELD] += 1
        post.state = OFFERING
        post.offer_day = model.next_working[day + 1]

    def _is_too_late(self, day: int, post: Post, person: Graduate) -> bool:
        """Tell whether a person with a contract, or an offer, would not prefer this post."""
        rules = self.model.rules
        too_late: bool = person.value_here(worth_of_pay(rules, day, person, post), self) < person.value_wanted(day, 0.0)
        return too_late

    def make_offer(self, day: int, post: Post) -> None:
        """Offer the post to the best who is left, after a second round if one is held; refused, the next follows; nobody left, it opens again."""
        model = self.model
        rules = model.rules
        good = [one for one in post.pile if one.stage == INTERVIEWED and one.score >= self.skill_bar]
        if not good:
            post.pile[:] = [one for one in post.pile if one.stage == KEPT]
            post.state = OPEN
            post.second_round = False
            post.review_day = day + 10
            return
        good.sort(key=score_of, reverse=True)
        if self.two_rounds and post.education > VOCATIONAL and not post.second_round:
            self._call_again(day, post, good[: rules.behaviour.second_round_called])
            return
        best = good[0]
        model.counts[Count.OFFERS_MADE] += 1
        best.worth = best.person.value_with(worth_of_pay(rules, day, best.person, post), self)
        if best.person.activity == AGED_OUT or best.worth < best.person.value_without_offers(day, 0.0):
            self.hear_no(day, post, best)
        else:
            best.stage = OFFERED
            post.offered = best
            post.offer_day = model.next_working[day + rules.behaviour.answer_days]
            best.person.offers.append(post)
        learn_from_offer(best.person, pay_at(rules, best.person, post))

    def _call_again(self, day: int, post: Post, called: list[Application]) -> None:
        """Call the best of the first round to a second one."""
        for application in called:
            application.stage = CALLED
        self.model.counts[Count.INTERVIEWS_CALLED] += len(called)
        post.second_round = True
        post.state = INTERVIEWING
        post.interview_day = self.model.next_working[day + self.model.rules.behaviour.second_round_days]

    def hear_no(self, day: int, post: Post, application: Application) -> None:
        """Turn to the next candidate on the next office day."""
        application.stage = REFUSED
        application.person.refused_employer = self
        post.offered = None
        post.offer_day = self.model.next_working[day + 1]

    def hear_yes(self, day: int, post: Post) -> None:
        """Take the post off the board, filled."""
        post.signed_for_class = int(post.wanted_day > day + self.model.rules.behaviour.start_days)
        self._take_down(post, FILLED)
        self.model.counts[Count.POSTS_FILLED] += 1
