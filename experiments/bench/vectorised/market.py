"""The engine's labour market in vectorised NumPy: the second yardstick of ``yizhan bench``.

The rules of `experiments.bench.plain`, and the same first morning; a person, an employer and an advertising slot are places in arrays. Whatever
happens on a day happens to all whom it concerns at once, so that of several events of one person on one day the order is not kept. Luck that a person
and an employer keep for each other is a hash of both. Counts agree with the engine on average (``tests/experiments/bench/test_vectorised.py``).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from experiments.bench.plain.employers import Employer
from experiments.bench.plain.market import PEERS, copy_rules
from experiments.bench.plain.people import Graduate
from experiments.bench.plain.posts import AGED_OUT, MONTH, NEVER, OFFERING, OPEN, PILE, YEAR
from experiments.bench.vectorised.employers import EMPTY, fill_board, lapse, recruit
from experiments.bench.vectorised.hiring import interview_and_offer, let_answer
from experiments.bench.vectorised.searching import search
from experiments.bench.vectorised.working import work
from sim.states import Count, Place
from sim.world import World

Array = Any


class VectorisedMarket:
    """The market: people, employers, and the slots on which posts are seen.

    Args:
        world: A fresh world of the engine, whose first morning is copied. It is not changed. Its run must end before the next class enters.
        seed: Seed.

    Attributes:
        counts: Running counts by `Count`, as in the engine.
        series: Of each day: people by activity and place, running counts.
    """

    graduation_day: Array
    education: Array
    field: Array
    district: Array
    prefers_state: Array
    skill: Array
    interview_skill: Array
    attachment: Array
    region_interest: Array
    targeting: Array
    effort: Array
    expected_wage: Array
    pay_signals: Array
    offer_belief: Array
    applications_weighed: Array
    savings: Array
    activity: Array
    place: Array
    searching_since: Array
    next_search_day: Array
    next_outside_day: Array
    return_day: Array
    wage: Array
    separation_day: Array
    job_start_day: Array
    employer: Array
    alive: Array
    employer_district: Array
    industry: Array
    state_owned: Array
    wage_level: Array
    skill_bar: Array
    first_target: Array
    target_staff: Array
    staff: Array
    pending: Array
    wage_bill: Array
    open_posts: Array
    paused: Array
    first_slot: Array
    slots: Array
    planned_growth: Array
    post_employer: Array
    post_education: Array
    post_wage: Array
    review_day: Array
    lapse_day: Array
    wanted_day: Array
    interview_day: Array
    offer_day: Array

    def __init__(self, world: World, seed: int = 1) -> None:
        self.seed, self.luck = seed, np.random.default_rng(seed)
        self.rules, self.plan = copy_rules(world.rules[0]), copy_rules(world.plan[0])
        self.usual_wage = np.array([self.rules.region.wage_vocational, self.rules.region.wage_bachelor, self.rules.region.wage_master])
        self.coming, self.working = world.calendar["coming"].tolist(), world.calendar["working"].tolist()
        self.graduation, self.next_working = world.calendar["graduation"].tolist(), world.calendar["next_working"].tolist()
        self.counts = np.asarray(world.counts, np.int64).copy()
        self.series: list[tuple[Any, Any]] = []
        self.day, self.closures_handled = 0, 0
        self._copy_people(world)
        self._copy_employers(world)
        self._copy_board(world)

    def step(self) -> None:
        """Simulate one day."""
        day = self.day
        lapse(self, day, np.flatnonzero((self.post_state == OPEN) & (day > self.lapse_day)))
        self.look_ahead(day)
        recruit(self, day)
        self.plan.planned = int(self.target_staff[self.alive].sum())
        self.plan.advertised += int(self.open_posts[self.alive].sum())
        search(self, day)
        let_answer(self, day, np.flatnonzero((self.post_state == OFFERING) & (self.offered >= 0) & (self.offer_day <= day)))
        interview_and_offer(self, day)
        closing = self.counts[Count.EMPLOYERS_CLOSED] > self.closures_handled
        self.closures_handled = self.counts[Count.EMPLOYERS_CLOSED]
        work(self, day, closing=bool(closing))
        stocks = np.bincount(self.activity * len(Place) + self.place, minlength=(AGED_OUT + 1) * len(Place))
        self.series.append((stocks.reshape(-1, len(Place)), self.counts.copy()))
        self.day = day + 1

    def look_ahead(self, day: int) -> None:
        """Say how many posts the region wants today: so many a head, more or less as adverts were filled sooner or later than usual."""
        plan, market, elasticity = self.plan, self.rules.market, self.rules.behaviour.creation_elasticity
        kept = math.exp(-1.0 / (MONTH * market.filling_months))
        filled = int(self.counts[Count.POSTS_FILLED])
        plan.filled = kept * plan.filled + filled - plan.filled_before
        plan.filled_before = filled
        plan.advertised *= kept
        pace = math.log(max(1e-6, plan.filled) / max(1e-6, plan.advertised) * MONTH / market.usual_filling)
        change = elasticity * pace - (1.0 - elasticity) * plan.tilt
        plan.tilt = max(-1.0, min(1.0, plan.tilt + change / (MONTH * market.adjustment_months)))
        a_head = plan.posts_a_head * market.demand * math.exp(plan.tilt)
        plan.wanted = a_head * (plan.heads + self.coming[day])
        if day > 0:
            more = self.coming[day] - self.coming[day - 1]
            plan.class_posts = plan.class_posts + a_head * more if more >= 0.0 else 0.0
            if more < 0.0:
                self.planned_growth[:] = 0
        plan.class_share = min(1.0, max(0.0, plan.class_posts) / max(1.0, plan.wanted - plan.planned))

    def _copy_people(self, world: World) -> None:
        table = world.tables["people"]
        for name in (*Graduate.COPIED, "employer"):
            values = np.array(table.column(name))
            setattr(self, name, values.astype(np.float64 if values.dtype.kind == "f" else np.int64))
        number = len(self.activity)
        self.contract_day, self.contract_employer = np.full(number, NEVER), np.full(number, -1)
        self.contract_wage, self.contract_for_class = np.zeros(number, np.int64), np.zeros(number, np.int64)
        self.best_offer, self.outside_worth = np.full(number, -np.inf), np.zeros(number)
        self.outside_offer, self.refused_employer = np.zeros(number, np.int64), np.full(number, -1)
        begins = self.graduation_day + YEAR * self.rules.population.youth_years - YEAR // 2
        self.youth_ends = begins + (YEAR * self.luck.random(number)).astype(np.int64)
        campuses = np.asarray(table.column("campus"))
        self.peers = np.zeros((number, PEERS), np.int64)
        for campus in np.unique(campuses):
            mates = np.flatnonzero(campuses == campus)
            self.peers[mates] = self.luck.choice(mates, (len(mates), PEERS))

    def _copy_employers(self, world: World) -> None:
        table = world.tables["employers"]
        renamed = {"district": "employer_district"}
        for name in Employer.COPIED:
            values = np.array(table.column(name))
            setattr(self, renamed.get(name, name), values.astype(np.float64 if values.dtype.kind == "f" else np.int64))
        self.alive = self.alive.astype(bool)
        self.two_rounds = self.luck.random(len(self.alive)) < self.rules.behaviour.second_round_share

    def _copy_board(self, world: World) -> None:
        number = world.tables["slots"].count
        fields = world.tables["fields"].rows
        places = [
            np.r_[row.first_slot : row.first_slot + row.slots, row.first_startup_slot : row.first_startup_slot + row.startup_slots] for row in fields
        ]
        places.append(np.arange(number))  # the last: all boards
        self.places = np.concatenate(places)
        self.places_number = np.array([len(one) for one in places])
        self.places_begin = np.cumsum(self.places_number) - self.places_number
        self.post_state = np.full(number, EMPTY)
        self.slot_owner = np.full(number, -1)
        for row, (first, slots) in enumerate(zip(self.first_slot, self.slots, strict=True)):
            self.slot_owner[first : first + slots] = row
        for name in ("post_employer", "post_education", "post_wage", "review_day", "lapse_day", "wanted_day", "interview_day", "offer_day"):
            setattr(self, name, np.zeros(number, np.int64))
        self.offered, self.second_round = np.full(number, -1), np.zeros(number, bool)
        self.pile_person, self.pile_stage = np.full((number, PILE), -1), np.zeros((number, PILE), np.int64)
        self.pile_channel = np.zeros((number, PILE), np.int64)
        self.pile_score, self.pile_signal, self.pile_worth = (np.zeros((number, PILE)) for _ in range(3))
        posts = world.tables["posts"]
        rows = posts.rows[: posts.count]
        columns = ("employer", "education", "wage", "review_day", "lapse_day", "wanted_day")
        fill_board(self, *(np.array([int(row[name]) for row in rows], np.int64) for name in ("slot", *columns)))
