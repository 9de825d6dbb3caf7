"""The world of one run: every table, made from a scenario."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.agents.employer import ANCHORS, APPLICATIONS, LOANS, PLAN, POSTS, SEEN, SLOTS
from sim.agents.station import CAMPUSES, CASES, DISTRICTS, DUTIES, EVENTS, LENDERS, MENTORS, SERVICES, STATIONS
from sim.bilingual import sentence
from sim.calendar import MONTH_DAYS, YEAR_DAYS, make_calendar
from sim.columns import Column, Table, row_dtype
from sim.compiled import LONG_AGO, NEVER, Rows
from sim.day import PHASES, advance
from sim.earlier_classes import assign_jobs
from sim.errors import ConfigurationError
from sim.established import make_employers, open_market
from sim.fetching import AHEAD, SOON
from sim.furnishing import costs_of_living, furnish, lay_out_slots, places_of_levers, size_anchors
from sim.ledger.known_people import OF_DONORS, donors_of, pay_known, take_known
from sim.ledger.known_posts import advertisers_of
from sim.ledger.people_file import check_people
from sim.ledger.posts_file import check_posts
from sim.levers import LEVERS
from sim.marked import CHANGED
from sim.parameters import make_rules
from sim.population import make_people
from sim.recorder import COUNTED
from sim.rules.bureau import SEARCH_DAYS
from sim.rules.queues import ROOM
from sim.scenario import Scenario
from sim.schema import EMPLOYERS, GRADUATES
from sim.seasons import cohort_size, coming_class, first_graduation, joining_share, later_classes, note_year
from sim.states import FIELDS, Activity, Cash, Count, Money, OutreachChannel, Place, Repayment, ServiceEntry, Stock
from sim.tables import Tables

ROW_COUNTS = (
    "people", "employers", "posts", "applications", "loans", "stations", "mentors", "services", "events", "districts", "campuses",
    "slots", "fields", "cases", "lenders", "duties", "anchors",
)  # fmt: skip
ROWS_IN_USE = np.dtype(
    [(name, "i8") for name in ROW_COUNTS]
    + [
        (name, "i8")
        for name in (
            "first_open_post", "first_open_case", "regular_slots", "advertising_slots", "posts_a_day", "ventures_a_day", "startups",
            "closures_handled",
            "due", "posts_open", "posts_taken_up", "posts_due", "travellers", "new_visitors", "first_young", "in_queue",
            "queue_width", "piles",
        )
    ],
    align=True,
)
FIELD_SLOTS = (
    Column("first_slot", "i8", "row", "first advertising slot of established employers"),
    Column("slots", "i8", "count", "their slots"),
    Column("first_startup_slot", "i8", "row", "first slot kept for start-ups"),
    Column("startup_slots", "i8", "count", "slots kept for start-ups"),
)
COUNTS = len(Count) + sum(len(lever.counts) for lever in LEVERS)
"""Running counts: those of the economy, then those that levers bring."""
LISTS = ("members", "peers", "seen", "queue", "due", "posts_open", "posts_due", "travellers", "planned", "workplaces", "counted")
"""What days are lived with, and nobody reads when they are over."""
MOST_SEEN = 1_024
"""Posts that one look through the boards can list."""


@dataclass
class World:
    """Tables and running counts of one run.

    Attributes:
        tables: Name → table.
        counts: Running counts, shape (COUNTS,), int64.
        ledger: Money of households by account, shape (len(Money),), int64, CNY.
        cashbook: Money of start-ups by account, shape (len(Cash),), int64, CNY.
        flows: Counts at the end of each day, shape (days, COUNTS).
        stocks: Stocks at the end of each day, shape (days, stocks).
        services: Of each service at the end of each day, shape (days, levers, entries).
        beds: Beds open and used by district, shape (days, districts, 2).
    """

    scenario: Scenario
    rules: Rows
    calendar: Rows
    tables: dict[str, Table]
    rows_in_use: Rows
    plan: Rows
    counts: Any
    ledger: Any
    cashbook: Any
    members: Any
    peers: Any
    reach: Any
    event_contacts: Any
    scratch: Any
    seen: Any
    queue: Any
    due: Any
    posts_open: Any
    posts_due: Any
    travellers: Any
    planned: Any
    workplaces: Any
    counted: Any
    standing: Any
    searched: Any
    flows: Any
    stocks: Any
    services: Any
    beds: Any

    def advance(self, first_day: int, last_day: int, *, afresh: bool = True) -> None:
        """Simulate the days first_day … last_day - 1, giving tables more room where they need it.

        Args:
            first_day: First day.
            last_day: Day after the last.
            afresh: Look at everybody first. Without it the call goes on where the last one ended, and nobody may have been changed in between.
        """
        afresh |= self.begin_agenda()
        day = first_day
        while day < last_day:
            day = advance(self.together, day, last_day, afresh, 0, len(PHASES))
            afresh = False
            if day < last_day:
                self._make_room()

    def advance_within(self, day: int, first_phase: int, last_phase: int) -> None:
        """Simulate some phases of one day, between which Python may change whom it likes.

        In the morning everybody is looked at first, so whatever is planned for today happens today. Later in the day the lists of who has something
        to do today stand; what is changed then is counted in the evening, and what is planned then is for a later day, as with the phases themselves.

        Args:
            day: The day.
            first_phase: First phase, by its place among `sim.day.PHASES`; 0: a new day begins.
            last_phase: Phase after the last; `len(PHASES)`: the day ends.
        """
        morning = first_phase == 0
        if morning:
            self.begin_agenda()
        else:
            self.planned[: self.tables["people"].count] = CHANGED
        while advance(self.together, day, day + 1, morning, first_phase, last_phase) == day:
            self._make_room()

    def begin_agenda(self) -> bool:
        """Begin the lists of the evening anew if somebody has made room for more people; tell whether that was so."""
        people = self.tables["people"].capacity
        if self.planned.size == people:
            return False
        self.__dict__.update(_agenda_of(people))
        self.rows_in_use["in_queue"] = 0
        self.standing[:] = 0
        return True

    def close(self) -> None:
        """Give back what only a day that is lived needs: lists, drawn peers, and applications. What is read at the end of a run stays."""
        for name in LISTS:
            self.__dict__[name] = self.__dict__[name][:0].copy()
        for name in ("applications", "slots"):
            table = self.tables[name]
            self.tables[name] = table.only(np.zeros(table.count, np.bool_))

    @property
    def together(self) -> Tables:
        """What rules take. A table that is given more room moves: do not keep it."""
        rows = {name: table.rows for name, table in self.tables.items()}
        return Tables(
            rules=self.rules[0], rows_in_use=self.rows_in_use[0], plan=self.plan[0], calendar=self.calendar, **rows,
            members=self.members, peers=self.peers, reach=self.reach, event_contacts=self.event_contacts, scratch=self.scratch, seen=self.seen,
            queue=self.queue, due=self.due, posts_open=self.posts_open, posts_due=self.posts_due,
            travellers=self.travellers, planned=self.planned, workplaces=self.workplaces, counted=self.counted, standing=self.standing,
            searched=self.searched, counts=self.counts, ledger=self.ledger, cashbook=self.cashbook,
            flow_series=self.flows, stock_series=self.stocks, service_series=self.services, district_series=self.beds,
        )  # fmt: skip

    def applications_of(self, posts: Any, laid_down: Any = None) -> Rows:  # noqa: ANN401
        """Return the piles of some posts, none closed long ago, shape (posts, applications kept), laid down anew where they are given."""
        piles = np.asarray(self.tables["applications"].rows).reshape(-1, self.scenario.behaviour.applications_kept)
        numbers = np.asarray(posts) % len(piles)
        if laid_down is not None:
            piles[numbers] = laid_down
        return piles[numbers]

    def reserve_piles(self, number: int) -> None:
        """Give the table of applications room for so many piles, and the lists of posts for as many posts."""
        self.tables["applications"].reserve(number * self.scenario.behaviour.applications_kept)
        piles = self.tables["applications"].capacity // self.scenario.behaviour.applications_kept
        self.rows_in_use["piles"][0] = piles
        known = int(self.rows_in_use["posts_open"][0])
        self.posts_open = np.concatenate([self.posts_open[:known], np.zeros(piles + AHEAD - known, np.int32)])
        self.posts_due = np.zeros(piles + AHEAD, np.int32)

    def _make_room(self) -> None:
        posts = self.tables["posts"]
        margin = int(self.rows_in_use["posts_a_day"][0])
        if posts.capacity - posts.count <= margin:
            posts.reserve(posts.capacity * 5 // 4 + margin)
        last, first = posts.count, int(self.rows_in_use["first_open_post"][0])
        kept = self.scenario.behaviour.applications_kept
        piles = self.tables["applications"].capacity // kept
        if piles <= last - first + margin:
            in_use = self.applications_of(np.arange(first, last)).copy()
            self.reserve_piles(piles * 5 // 4 + margin)
            self.applications_of(np.arange(first, last), in_use)
        founded, startups = (int(self.rows_in_use[name][0]) for name in ("ventures_a_day", "startups"))
        for name, margin in (("employers", founded), ("loans", founded + startups)):
            table = self.tables[name]
            if table.capacity - table.count <= margin:
                table.reserve(table.capacity * 5 // 4 + margin)


def make_world(scenario: Scenario, seed: int, replicate: int) -> World:
    """Make the world of the first morning.

    Args:
        scenario: The scenario; where it has a set of behaviours, the world is one of the vector of its replicate.
        seed: Seed of all draws, below 2**32.
        replicate: Number of the replicate, below 2**32.

    Returns:
        The world. The same arguments give the same world, whatever the policy, but for what the policy gives.

    Raises:
        ValueError: A seed or a replicate out of range.
        ConfigurationError: A nation, which is many markets.
    """
    if not 0 <= seed < 2**32 or not 0 <= replicate < 2**32:
        message = sentence(
            "seed and replicate must be whole numbers from 0 to 2**32 - 1, not {seed} and {replicate}",
            "seed 与 replicate 应为 0 至 2**32 - 1 之间的整数，而不是 {seed} 与 {replicate}", seed=seed, replicate=replicate,
        )  # fmt: skip
        raise ValueError(message)
    if scenario.region.nation.provinces:
        raise ConfigurationError(sentence(
            "the region {name} is a nation of {count} markets, and no market: use simulate_nation or compare_nation of sim.nation, or yizhan run",
            "地区 {name} 由 {count} 个市场组成，不是一个市场：Python 中请用 sim.nation 的 simulate_nation、compare_nation，命令行请用 yizhan run",
            name=scenario.region.name, count=len(scenario.region.nation.provinces),
        ))  # fmt: skip
    scenario = scenario.of_replicate(replicate)
    world = _peopled(scenario, seed, replicate)
    known = check_people(scenario.population)
    if known is not None:
        take_known(world, known, _peopled(donors_of(scenario, known), seed, replicate ^ OF_DONORS))
    tables, opening = world.tables, scenario.opening
    people, employers, counts = tables["people"], tables["employers"], world.rows_in_use[0]
    jobs = max(1, int(((people.column("activity") == Activity.EMPLOYED) & (people.column("place") == Place.RESIDENT)).sum()))
    founders = int((people.column("activity") == Activity.FOUNDER).sum())
    weights = size_anchors(world, jobs)
    anchors = tables["anchors"]
    advertisers = advertisers_of(world, check_posts(scenario.market))
    others = round((jobs - int(anchors.column("staff").sum())) / scenario.market.employer_size) - len(advertisers.about)
    established = max(FIELDS, others) + anchors.count + len(advertisers.about)
    employers.reserve(established + founders + 2 * int(counts.ventures_a_day))
    employers.count = established
    slots = make_employers(world.together, weights, advertisers.about, advertisers.stands)
    lay_out_slots(world, slots)
    most_by_levers = sum(lever.most_posts_a_day for lever in scenario.policy.levers.values() if scenario.is_offered(lever))
    counts.posts_a_day = slots // 3 + 2 * most_by_levers + 64
    tables["posts"].reserve(3 * slots + 2 * int(counts.posts_a_day))
    world.reserve_piles(slots + 3 * int(counts.posts_a_day))
    assign_jobs(world.together)
    if known is not None:
        pay_known(world, known)
    share = _plan_posts(world, jobs, len(advertisers.posts)) / max(1, slots)
    people.count = scenario.population.graduates
    open_market(world.together, min(opening.slots_filled, share), advertisers.placed())
    world.plan["planned"] = employers.column("target_staff").sum()
    return world


def _peopled(scenario: Scenario, seed: int, replicate: int) -> World:
    """Return a world with everybody in it, and no employer yet."""
    world = _empty_world(scenario, seed, replicate)
    note_year(world.calendar, scenario)
    furnish(world)
    fields = np.array([campus.fields for campus in scenario.region.campuses], dtype=np.float64)
    awareness = np.array([getattr(lever, "initial_awareness", 0.0) for lever in scenario.policy.levers.values()])
    make_people(world.together, fields, first_graduation(scenario), cohort_size(scenario), later_classes(scenario), awareness)
    return world


def _plan_posts(world: World, jobs: int, known: int) -> float:
    """Say how many posts employers plan a head: held, underway, and open for seekers. Returns how many are open on the first morning.

    Args:
        world: The world.
        jobs: Jobs that are held.
        known: Posts that are known to be open; 0: the market's tightness says how many.
    """
    scenario, plan, market = world.scenario, world.plan[0], world.scenario.market
    people = world.tables["people"].rows[: scenario.population.graduates]
    left = people["graduation_day"] < 0
    unemployed = ((people["activity"] == Activity.SEARCHING) & (people["place"] == Place.RESIDENT)).sum()
    plan.heads = left.sum()
    first_class = int((~left).sum())
    joins = joining_share(scenario)
    world.calendar["coming"] = coming_class(scenario, len(world.calendar), first_class * joins, cohort_size(scenario) * joins)
    vacancies = known or market.tightness * unemployed
    if market.tightness > 0 or known:
        plan.posts_a_head = ((1.0 + scenario.opening.posts_underway) * jobs + vacancies) / max(1, plan.heads)
    plan.advertised = MONTH_DAYS * market.filling_months * vacancies
    plan.filled = plan.advertised * market.usual_filling / MONTH_DAYS
    a_head = plan.posts_a_head * market.demand
    plan.class_posts = a_head * world.calendar["coming"][0]
    lacking = max(0.0, a_head * plan.heads + plan.class_posts - jobs)
    plan.class_share = min(1.0, plan.class_posts / max(1.0, lacking))
    return float(min(lacking, vacancies))


def count_people(scenario: Scenario) -> int:
    """Return the number of persons of a run: those of the first morning and the classes that enter later."""
    return scenario.population.graduates + len(later_classes(scenario)) * cohort_size(scenario)


def _empty_world(scenario: Scenario, seed: int, replicate: int) -> World:
    levers = scenario.policy.levers
    groups = {name: getattr(scenario, name) for name in ("region", "population", "opening", "exams", "market", "behaviour")}
    extra = {"seed": np.uint64(seed), "replicate": np.uint64(replicate), "living": costs_of_living(scenario), **places_of_levers()}
    for lever in levers.values():
        extra[lever.name].update(lever.numbers)
    extra["behaviour"] = {"bank_product": int(Repayment[scenario.behaviour.bank_repayment.upper()])}
    rules = make_rules({**groups, **levers}, scenario.start, extra)
    counts = np.zeros(1, ROWS_IN_USE).view(np.recarray)
    people = count_people(scenario)
    lengths = {
        "people": (GRADUATES, people), "employers": (EMPLOYERS, 1), "posts": (POSTS, 1), "applications": (APPLICATIONS, 1),
        "loans": (LOANS, 1), "stations": (STATIONS, 0),
        "mentors": (MENTORS, 0), "services": (SERVICES, len(levers)), "events": (EVENTS, 0),
        "districts": (DISTRICTS, len(scenario.region.districts)), "campuses": (CAMPUSES, len(scenario.region.campuses)),
        "slots": (SLOTS, 1), "fields": (FIELD_SLOTS, FIELDS), "lenders": (LENDERS, 0), "duties": (DUTIES, 1),
        "cases": (CASES, 0), "anchors": (ANCHORS, 0),
    }  # fmt: skip
    tables = {name: Table(name, columns, length, counts) for name, (columns, length) in lengths.items()}
    for name in ("people", "services", "districts", "campuses", "fields", "duties"):
        tables[name].count = tables[name].capacity
    projects_a_day = (scenario.behaviour.opportunity_per_year + scenario.behaviour.growth_per_year) / YEAR_DAYS
    counts["ventures_a_day"][0] = 64 + math.ceil(people * min(1.0, max(0.002, 4.0 * projects_a_day)))  # four times the mean: no day has more
    tables["loans"].reserve(2 * int(counts["ventures_a_day"][0]))
    days = scenario.days
    return World(
        scenario=scenario,
        rules=rules,
        calendar=make_calendar(scenario.start, days, scenario.market.bonus_wait_days),
        tables=tables,
        rows_in_use=counts,
        plan=np.zeros(1, row_dtype(PLAN)).view(np.recarray),
        counts=np.zeros(COUNTS, np.int64),
        ledger=np.zeros(len(Money), np.int64),
        cashbook=np.zeros(len(Cash), np.int64),
        members=np.zeros(people, np.int32),
        peers=np.zeros(people * scenario.behaviour.peers, np.int32),
        reach=np.zeros(len(OutreachChannel), np.int64),
        event_contacts=np.zeros(1, np.int64),
        scratch=np.zeros(1, np.int64),
        seen=np.zeros(MOST_SEEN, row_dtype(SEEN)).view(np.recarray),
        posts_open=np.zeros(1, np.int32),
        posts_due=np.zeros(1, np.int32),
        **_agenda_of(people),
        standing=np.zeros(int(Stock.AWARE) + len(levers), np.int64),
        flows=np.zeros((days, COUNTS), np.int64),
        stocks=np.zeros((days, int(Stock.AWARE) + len(levers)), np.int64),
        services=np.zeros((days, len(levers), len(ServiceEntry)), np.int64),
        beds=np.zeros((days, len(scenario.region.districts), 2), np.int64),
    )


def _agenda_of(people: int) -> dict[str, Any]:
    """Return what the evening keeps of so many people (`sim/recorder.py`): nobody is counted yet."""
    counted = np.zeros(people, row_dtype(COUNTED)).view(np.recarray)
    counted["cell"] = NEVER
    counted["session"] = LONG_AGO
    return {
        "queue": np.zeros(people * 5 // 2 + ROOM, np.int64),
        "due": np.zeros(people + AHEAD + SOON, np.int32),
        "travellers": np.zeros(people + AHEAD, np.int32),
        "planned": np.zeros(people, np.int32),
        "workplaces": np.zeros(people, np.int32),
        "counted": counted,
        "searched": np.zeros(SEARCH_DAYS, np.int64),
    }


