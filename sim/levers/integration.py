"""Integration 青年会客厅, 社群, 相亲: evenings, events and communities that tie young people to the place.

Mechanism: who takes part knows more people here: ties grow, and leaving depends on ties. A couple formed at a matchmaking event is a strong tie.
Members of an online community pass on knowledge of services. There is no causal evidence of any of it (evidence 63): ties of an evening are small and uncertain.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sim.calendar import Horizon, planned_days
from sim.columns import Column, Told
from sim.compiled import Row, compiled
from sim.draws import Decision, uniform
from sim.fetching import FAR_AHEAD, fetch
from sim.lever import Lever, Rule
from sim.measures import Counts, Outcome, World, flow, in_column, outcome
from sim.parameters import parameter
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.services import admit, has_place_this_month, is_to_be_known, knows, learn, pay
from sim.states import Activity, Count, EventKind, Place
from sim.tables import Tables
from sim.units import Words, both


def _matched(world: World) -> float:
    events = world.tables["events"]
    return float(events.column("taken")[events.column("kind") == EventKind.MATCHMAKING].sum())


_at_matchmaking = in_column("matchmaking")


def _members(world: World) -> Counts:
    return np.asarray(world.tables["people"].column("community"), np.int64)


class Integration(Lever):
    """Parameters of integration."""

    name: ClassVar[str] = "integration"
    label: ClassVar[Words] = both("Integration", "青年融入")
    summary: ClassVar[Words] = both(
        "Parlours, events and communities tie young people to the place; there is no causal evidence of it.",
        "会客厅、活动与社群增进归属感；尚无因果证据。",
    )
    bought: ClassVar[dict[str, int]] = {"parlours": 1, "social_events": 1, "matchmaking_events": 0, "community_members": 0}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "community", "i1", "0/1", "member of an online community", line=5,
            told=Told("joined an online community", "加入青年社群", falls_en="left the online community", falls_zh="退出青年社群"),
        ),
        Column(
            "social_events", "i2", "count", "social events and parlour evenings attended", took_part=True, counts=("events_attended", "served.integration"),
            told=Told("went to {n:a social evening|{n} social evenings}", "参加青年活动{n}次"),
        ),
        Column(
            "matchmaking", "i2", "count", "of these, matchmaking events", counts=("matchmaking_attended",),
            left_out="told as a social evening",
        ),
        Column(
            "partner", "i1", "0/1", "found a partner at a matchmaking event", line=5, counts=("couples",),
            told=Told("found a partner at a matchmaking event", "在交友活动中脱单"),
        ),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("events_attended", "person-times", Count.EVENTS_ATTENDED, "Visitors of social events and parlours", "融入活动参加人次"),
        outcome("matchmaking_attended", "person-times", "of these, of matchmaking events", "其中婚恋交友活动", final=_matched),
        outcome(
            "matchmaking_persons", "persons", "Persons at matchmaking events, each counted once", "参加婚恋交友活动人数（不重复计）",
            final=lambda world: float(_at_matchmaking(world).sum()), persons=_at_matchmaking,
        ),
        outcome("community_members", "persons", "Members of online communities", "网上社群成员数", final=lambda world: float(_members(world).sum()), persons=_members),
        flow("couples", "persons", Count.COUPLES, "Found a partner at a matchmaking event", "婚恋活动脱单人数"),
    )

    parlours: int = parameter(0, unit="places", low=0, high=10_000, source="choice of the planner", en="parlours (meeting places)", zh="青年会客厅数量")
    visitors_per_parlour_month: int = parameter(60, unit="persons/month", low=0, high=100_000, source="assumption", en="visitors that a parlour holds in a month", zh="每处会客厅月接待人次")
    social_events: int = parameter(0, unit="events", low=0, high=100_000, source="choice of the planner", en="social and cultural events during the run", zh="青年活动场次")
    seats_per_event: int = parameter(200, unit="persons", low=0, high=1_000_000, source="assumption", en="people that an event holds", zh="每场活动名额")
    matchmaking_events: int = parameter(0, unit="events", low=0, high=10_000, source="choice of the planner", en="matchmaking events during the run", zh="婚恋交友活动场次")
    seats_per_matchmaking: int = parameter(100, unit="persons", low=0, high=1_000_000, source="assumption", en="people that a matchmaking event holds", zh="每场婚恋活动名额")
    community_members: int = parameter(0, unit="persons", low=0, high=100_000_000, source="choice of the planner", en="members that the online communities hold", zh="网上社群成员上限")
    demand: float = parameter(0.10, unit="share", low=0, high=1, prior=(0.02, 0.4), source="assumption", en="residents who know of an event and come; or join, or visit, in a month", zh="知晓者参与比例")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    cost_per_visit: int = parameter(20, unit="CNY/person", low=0, high=100_000, source="assumption", en="cost of a visitor of a parlour or event, or of taking in a member of a community", zh="每人次成本")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": hold_social_event}

    @property
    def offers_something(self) -> bool:
        """Whether anybody can take part."""
        places = self.parlours * self.visitors_per_parlour_month + self.social_events * self.seats_per_event
        return super().offers_something and places + self.matchmaking_events * self.seats_per_matchmaking + self.community_members > 0

    @property
    def unit_cost(self) -> int:
        """Cost of a visitor, CNY."""
        return self.cost_per_visit

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Events, spread over the run."""
        social = planned_days(horizon.first_day, horizon.last_day, self.social_events)
        matchmaking = planned_days(horizon.first_day, horizon.last_day, self.matchmaking_events)
        return [{"kind": EventKind.SOCIAL_EVENT, "day": day, "places": self.seats_per_event} for day in social] + [
            {"kind": EventKind.MATCHMAKING, "day": day, "places": self.seats_per_matchmaking} for day in matchmaking
        ]


@compiled
def hold_social_event(world: Tables, day: int, event_row: int) -> None:
    """Hold one event for residents; at a matchmaking event singles may find a partner."""
    event = world.events[event_row]
    number = event.key
    matchmaking = event.kind == EventKind.MATCHMAKING
    open_queue(world, world.rows_in_use.people - world.rows_in_use.first_young)
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        if person.place != Place.RESIDENT or not knows(world, person, world.rules.integration.row):
            continue
        if uniform(world, Decision.SOCIAL_EVENT, day, identity, number) >= world.rules.integration.demand:
            continue
        if matchmaking:
            single = person.partner == 0 and uniform(world, Decision.SINGLE, 0, identity, 0) < world.rules.behaviour.single_share
            if not single or person.activity == Activity.STUDYING:
                continue
        join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, number))
    for index in range(call_in(world)):
        identity = world.queue[index]
        person = world.people[identity]
        if not admit(world, event, world.rules.integration.row):
            continue
        take_part(world, person)
        person.matchmaking += int(matchmaking)
        if matchmaking and uniform(world, Decision.COUPLE, day, identity, number) < world.rules.behaviour.couple_share:
            person.partner = 1
            person.attachment += world.rules.behaviour.partner_attachment
            world.counts[Count.COUPLES] += 1


@compiled
def take_part(world: Tables, person: Row) -> None:
    """Take part in one evening: ties grow, less with each further one."""
    person.social_events += 1
    person.attachment += world.rules.behaviour.event_attachment / person.social_events
    world.counts[Count.EVENTS_ATTENDED] += 1


@compiled
def visit_parlour(world: Tables, day: int, identity: int) -> None:
    """Let a resident who knows of a parlour spend an evening there this month, while it holds more."""
    person = world.people[identity]
    capacity = world.rules.integration.parlours * world.rules.integration.visitors_per_parlour_month
    if capacity == 0 or person.place != Place.RESIDENT or not knows(world, person, world.rules.integration.row):
        return
    if uniform(world, Decision.PARLOUR, day, identity, 0) >= world.rules.integration.demand:
        return
    service = world.services[world.rules.integration.row]
    service.reached += 1
    if not has_place_this_month(world, day, world.rules.integration.row, capacity) or not pay(world, world.rules.integration.row, 1):
        service.turned_away += 1
        return
    service.this_month += 1
    service.served += 1
    take_part(world, person)


@compiled
def meet_online(world: Tables, day: int, identity: int) -> None:
    """One month of an online community: join while there is room, leave with the region or when it closes; members hear of services."""
    person = world.people[identity]
    service = world.services[world.rules.integration.row]
    if person.community == 1 and (person.place == Place.ELSEWHERE or service.on_offer == 0):
        person.community = 0
        service.in_use -= 1
    if world.rules.integration.community_members == 0 or person.place != Place.RESIDENT:
        return
    if person.community == 0:
        if not knows(world, person, world.rules.integration.row):
            return
        if uniform(world, Decision.COMMUNITY, day, identity, 0) >= world.rules.integration.demand:
            return
        service.reached += 1
        if service.in_use >= world.rules.integration.community_members or not pay(world, world.rules.integration.row, 1):
            service.turned_away += 1
            return
        service.in_use += 1
        service.served += 1
        person.community = 1
        take_part(world, person)
        return
    for lever in range(world.services.size):
        if is_to_be_known(world, lever):
            if uniform(world, Decision.COMMUNITY, day, identity, 1 + lever) < world.rules.behaviour.talk_recall:
                learn(person, lever)
