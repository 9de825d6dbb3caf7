"""The engine's labour market as a plain Mesa model: the yardstick of ``yizhan bench``.

Same rules of search, screening and hiring, same parameters, same first morning (copied out of the engine's tables), ordinary Mesa: an agent
is a Python object, a phase is `AgentSet.do`. Written to be fast as plain Mesa goes: two passes over the people a day, days of events
compared as whole numbers before anything else happens, slots, local names, a person's view of an employer drawn once and remembered.
No phase depends on the order of activation, so nothing is shuffled unless asked for.

Left out, which favours this reference in a comparison of speed: travel and lodging, internships and courses, ventures and loans,
mentoring, outreach, events, exams, seasons, settling, knowledge of services, the books of money, later classes, pay and growth that answer to how
adverts fare.
The luck is its own: it agrees with the engine on average, not person by person (``tests/experiments/bench/test_plain.py``).
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import mesa

from experiments.bench.plain.employers import Employer
from experiments.bench.plain.people import Graduate
from experiments.bench.plain.posts import FILLED, INTERVIEWING, MONTH, OFFERING, OPEN, Post
from sim.states import Activity, Count, Place
from sim.world import World

PEERS = 4


class LabourMarket(mesa.Model):  # type: ignore[misc]
    """The market: people, employers, posts and the board on which the posts are seen.

    Args:
        world: A fresh world of the engine, whose first morning is copied. It is not changed.
            Its run must end before the next class enters.
        rng: Seed.
        shuffle: Activate people in random order, as many Mesa models do (`AgentSet.shuffle_do`); the results do not need it.

    Raises:
        ValueError: Somebody would enter during the run.

    Attributes:
        counts: Running counts by `Count`, as in the engine.
        board: Advertising slot → post, or None.
        series: Of each day: people by activity and place, posts on the list, running counts.
    """

    def __init__(self, world: World, rng: int = 1, *, shuffle: bool = False) -> None:
        people = world.tables["people"]
        if people.capacity > people.count:
            message = (
                f"the plain reference has no later classes, but {people.capacity - people.count} people enter during this run "
                f"of {world.scenario.days} days; make it end before 1 September"
            )
            raise ValueError(message)
        super().__init__(rng=rng)
        self.shuffle = shuffle
        self.rules = copy_rules(world.rules[0])
        self.usual_wage = (self.rules.region.wage_vocational, self.rules.region.wage_bachelor, self.rules.region.wage_master)
        self.plan = copy_rules(world.plan[0])
        self.coming = world.calendar["coming"].tolist()
        self.graduation = world.calendar["graduation"].tolist()
        self.next_working = world.calendar["next_working"].tolist()
        self.working = world.calendar["working"].tolist()
        self.counts: list[int] = world.counts.tolist()
        self.series: list[tuple[list[list[int]], int, list[int]]] = []
        self.board: list[Post | None] = []
        self.posts: list[Post] = []
        self.day = 0
        self.closures_handled = 0
        employers = self._copy_employers(world)
        self._copy_people(world, employers)
        self._copy_board(world, employers)

    def step(self) -> None:
        """Simulate one day."""
        day = self.day
        people = self.agents_by_type[Graduate]
        everybody = people.shuffle_do if self.shuffle else people.do
        self.let_posts_lapse(day)
        self.look_ahead(day)
        self.planned = self.advertised = 0
        self.agents_by_type[Employer].do(Employer.recruit, day)
        self.plan.planned = self.planned
        self.plan.advertised += self.advertised
        everybody(Graduate.search, day)
        self.interview_and_offer(day)
        closing = self.counts[Count.EMPLOYERS_CLOSED] > self.closures_handled
        self.closures_handled = self.counts[Count.EMPLOYERS_CLOSED]
        stocks = [[0] * len(Place) for _ in Activity]
        everybody(Graduate.work, day, closing, stocks)
        self.series.append((stocks, len(self.posts), self.counts.copy()))
        self.day = day + 1

    def let_posts_lapse(self, day: int) -> None:
        """Drop the posts that are closed, and close the open ones that are past their day."""
        left = []
        for post in self.posts:
            if post.state == OPEN and day > post.lapse_day:
                post.employer.lapse(day, post)
            elif post.state < FILLED:
                left.append(post)
        self.posts = left

    def look_ahead(self, day: int) -> None:
        """Say how many posts the region wants today: so many a head, more or less as adverts were filled sooner or later than usual."""
        plan, market, elasticity = self.plan, self.rules.market, self.rules.behaviour.creation_elasticity
        kept = math.exp(-1.0 / (MONTH * market.filling_months))
        filled = self.counts[Count.POSTS_FILLED]
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
            for employer in self.agents_by_type[Employer] if more < 0.0 else ():
                employer.planned_growth = 0
        plan.class_share = min(1.0, max(0.0, plan.class_posts) / max(1.0, plan.wanted - plan.planned))

    def interview_and_offer(self, day: int) -> None:
        """Let employers read applications, hold interviews and make offers on the days set for each post."""
        working = self.working[day]
        for post in self.posts:
            if post.offered is not None and post.state == OFFERING and post.offer_day <= day:
                post.offered.person.answer_offers(day)
        for post in self.posts:
            state = post.state
            if state == OPEN:
                if working and post.review_day <= day:
                    post.employer.read_applications(day, post)
            elif state == INTERVIEWING:
                if post.interview_day == day:
                    post.employer.hold_interviews(day, post)
            elif state == OFFERING and post.offer_day == day and post.offered is None:
                post.employer.make_offer(day, post)

    def days_until(self, mean_days: float) -> int:
        """Draw a waiting time in whole days, at least 1, exponential."""
        return max(1, min(100_000, math.ceil(-mean_days * math.log(1.0 - self.random.random()))))

    def poisson(self, mean: float) -> int:
        """Draw a Poisson number by inverse transform."""
        target = self.random.random()
        cumulative = probability = math.exp(-mean)
        count = 0
        while target > cumulative and count < 1_000:
            count += 1
            probability *= mean / count
            cumulative += probability
        return count

    def _copy_employers(self, world: World) -> list[Employer]:
        table = world.tables["employers"]
        columns = [table.column(name).tolist() for name in Employer.COPIED]
        return [Employer(self, row, dict(zip(Employer.COPIED, values, strict=True))) for row, values in enumerate(zip(*columns, strict=True))]

    def _copy_people(self, world: World, employers: list[Employer]) -> None:
        table = world.tables["people"]
        columns = [table.column(name).tolist() for name in Graduate.COPIED]
        people = [Graduate(self, row, dict(zip(Graduate.COPIED, values, strict=True))) for row, values in enumerate(zip(*columns, strict=True))]
        classmates: dict[int, list[Graduate]] = {}
        campuses = table.column("campus").tolist()
        for person, employer, campus in zip(people, table.column("employer").tolist(), campuses, strict=True):
            classmates.setdefault(campus, []).append(person)
            if employer >= 0:
                person.employer = employers[employer]
        for person, campus in zip(people, campuses, strict=True):
            person.peers = self.random.choices(classmates[campus], k=PEERS)

    def _copy_board(self, world: World, employers: list[Employer]) -> None:
        fields = world.tables["fields"].rows
        number = world.tables["slots"].count
        self.places = range(number)
        self.places_of_field = [
            [*range(row.first_slot, row.first_slot + row.slots), *range(row.first_startup_slot, row.first_startup_slot + row.startup_slots)]
            for row in fields
        ]
        self.board = [None] * number
        posts = world.tables["posts"]
        for row in posts.rows[: posts.count]:
            post = Post(
                employers[row.employer],
                int(row.slot),
                int(row.education),
                int(row.wage),
                int(row.review_day),
                int(row.lapse_day),
                int(row.wanted_day),
            )
            self.board[post.slot] = post
            self.posts.append(post)


def copy_rules(record: Any) -> SimpleNamespace:  # noqa: ANN401
    """Return the numbers of a record, and of the records inside it, as plain Python."""
    values = {name: record[name] for name in record.dtype.names}
    return SimpleNamespace(**{name: copy_rules(value) if value.dtype.names else value.item() for name, value in values.items()})
