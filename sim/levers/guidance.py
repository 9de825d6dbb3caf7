"""Guidance 职业规划: lectures, role-model talks and one-to-one advice for seekers and students.

Mechanism: lectures, talks by somebody who found work nearby and one-to-one advice tell what work here usually pays and how offers come, which moves
what people believe, and so what they want and how much they search; a lecture and advice aim the search better, and advice makes an application
show more of the skill. Each is had once a search. Seats and advisers' time are finite.
"""

from __future__ import annotations

from typing import ClassVar

from sim.calendar import Horizon, planned_days
from sim.columns import Column, Told
from sim.compiled import Row, compiled
from sim.draws import Decision, uniform
from sim.fetching import FAR_AHEAD, fetch
from sim.lever import Lever, Rule
from sim.measures import NO_COLUMN, Outcome, of_service
from sim.parameters import parameter
from sim.rules.help import had_help, help_search, tell_of_market
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.services import admit, can_pay, has_place_this_month, is_admitted, knows, pay
from sim.states import Activity, Admission, Count, EventKind, Help, Place, ServiceEntry
from sim.tables import Tables
from sim.units import Words, both


class Guidance(Lever):
    """Parameters of guidance."""

    name: ClassVar[str] = "guidance"
    label: ClassVar[Words] = both("Guidance", "职业指导")
    summary: ClassVar[Words] = both(
        "Lectures, talks and advice aim the search better and tell what work pays and how offers come; seats and advisers are finite.",
        "讲座、分享会与一对一指导使求职更对口，并告知通常薪资与录用难易；座位与人员有限。",
    )
    bought: ClassVar[dict[str, int]] = {"lectures": 1, "talks": 0, "advisers": 1}
    services: ClassVar[dict[str, Admission]] = {"lectures": Admission.LECTURES, "advice": Admission.ADVICE}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "lectures", "i2", "count", "guidance lectures attended", took_part=True,
            told=Told("went to {n:a lecture|{n} lectures} on finding work", "听职业指导讲座{n}场"),
        ),
        Column(
            "talks", "i2", "count", "talks by employed local youth attended", took_part=True,
            told=Told("heard {n:a talk|{n} talks} by young people at work nearby", "听身边榜样分享{n}场"),
        ),
        Column(
            "advised", "i2", "count", "searches with one-to-one advice", took_part=True,
            told=Told("had one-to-one advice{n:times}", "接受一对一职业指导{n}次"),
        ),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        of_service("guidance_served", "person-times", "guidance", ServiceEntry.SERVED, "People in lectures, talks and advice", "职业指导服务人次", untraced=NO_COLUMN),
    )

    lectures: int = parameter(0, unit="sessions", low=0, high=10_000, source="choice of the planner", en="lectures and classes during the run", zh="讲座与课堂场次")
    seats_per_lecture: int = parameter(60, unit="persons", low=0, high=100_000, source="assumption", en="seats of a lecture", zh="每场讲座座位数")
    talks: int = parameter(0, unit="sessions", low=0, high=10_000, source="choice of the planner", en="talks by employed local youth during the run", zh="就业青年分享会场次")
    seats_per_talk: int = parameter(60, unit="persons", low=0, high=100_000, source="assumption", en="seats of a talk", zh="每场分享会座位数")
    advisers: int = parameter(0, unit="persons", low=0, high=10_000, source="choice of the planner", en="advisers for one-to-one advice", zh="一对一指导人员数")
    clients_per_adviser_month: int = parameter(20, unit="persons/month", low=0, high=1000, source="assumption", en="people advised by one adviser in a month", zh="每名指导人员月接待人数")
    demand: float = parameter(0.15, unit="share", low=0, high=1, prior=(0.05, 0.4), source="assumption", en="seekers and students who know of guidance and come to a session", zh="知晓者参加讲座比例")
    advice_demand: float = parameter(0.10, unit="1/month", low=0, high=1, prior=(0.03, 0.3), source="assumption", en="those who know of it and ask for advice, a month", zh="知晓者月咨询比例")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    cost_per_seat: int = parameter(20, unit="CNY/person", low=0, high=100_000, source="assumption", en="cost of a seat taken", zh="每人次讲座成本")
    advice_seats: int = parameter(8, unit="seats", low=1, high=1000, source="assumption", en="seats that cost as much as one person's advice", zh="一对一指导折合讲座人次")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": hold_lecture}

    @property
    def offers_something(self) -> bool:
        """Whether anybody can come."""
        seats = self.lectures * self.seats_per_lecture + self.talks * self.seats_per_talk
        return super().offers_something and seats + self.advisers * self.clients_per_adviser_month > 0

    @property
    def unit_cost(self) -> int:
        """Cost of a seat taken, CNY."""
        return self.cost_per_seat

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Lectures and talks, spread over the run."""
        lectures = planned_days(horizon.first_day, horizon.last_day, self.lectures)
        talks = planned_days(horizon.first_day, horizon.last_day, self.talks)
        return [{"kind": EventKind.LECTURE, "day": day, "places": self.seats_per_lecture} for day in lectures] + [
            {"kind": EventKind.ROLE_MODEL_TALK, "day": day, "places": self.seats_per_talk} for day in talks
        ]


@compiled
def is_guided(person: Row) -> bool:
    """Tell whether guidance is for this person: a resident who studies or searches, without a contract."""
    concerned = person.activity == Activity.SEARCHING or person.activity == Activity.STUDYING
    return concerned and person.place == Place.RESIDENT and person.contract_day < 0


@compiled
def hold_lecture(world: Tables, day: int, event_row: int) -> None:
    """Hold one lecture or talk."""
    event = world.events[event_row]
    number = event.key
    open_queue(world, world.rows_in_use.people - world.rows_in_use.first_young)
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        if not is_guided(person) or not knows(world, person, world.rules.guidance.row) or not is_admitted(person, Admission.LECTURES):
            continue
        if uniform(world, Decision.LECTURE, day, identity, number) >= world.rules.guidance.demand:
            continue
        join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, number))
    for index in range(call_in(world)):
        identity = world.queue[index]
        person = world.people[identity]
        if not admit(world, event, world.rules.guidance.row):
            continue
        world.counts[Count.LECTURES_ATTENDED] += 1
        if event.kind == EventKind.ROLE_MODEL_TALK:
            person.talks += 1
            if help_search(world, day, person, Help.TALK, 1.0, 0.0, 0.0, 0.0):
                tell_of_market(world, person, world.rules.behaviour.talk_news, world.rules.behaviour.talk_news)
            continue
        person.lectures += 1
        if help_search(world, day, person, Help.LECTURE, 1.0, 0.0, world.rules.behaviour.lecture_targeting, 0.0):
            tell_of_market(world, person, world.rules.behaviour.lecture_news, world.rules.behaviour.lecture_news)


@compiled
def take_advice(world: Tables, day: int, person: Row, quality: float) -> None:
    """One-to-one advice, once a search: a better aim, a better application, and what the market pays."""
    behaviour = world.rules.behaviour
    if help_search(world, day, person, Help.ADVICE, quality, 0.0, behaviour.advice_targeting, behaviour.advice_signal):
        person.advised += 1
        tell_of_market(world, person, quality * behaviour.advice_news, quality * behaviour.advice_news)


@compiled
def advise(world: Tables, day: int, identity: int) -> None:
    """Let a person ask for advice this month, while advisers have time."""
    person = world.people[identity]
    capacity = world.rules.guidance.advisers * world.rules.guidance.clients_per_adviser_month
    if capacity == 0 or had_help(person, Help.ADVICE) or not is_guided(person) or not knows(world, person, world.rules.guidance.row):
        return
    if not is_admitted(person, Admission.ADVICE) or uniform(world, Decision.ADVICE, day, identity, 0) >= world.rules.guidance.advice_demand:
        return
    service = world.services[world.rules.guidance.row]
    service.reached += 1
    free = has_place_this_month(world, day, world.rules.guidance.row, capacity)
    if not free or not can_pay(world, world.rules.guidance.row, world.rules.guidance.advice_seats):
        service.turned_away += 1
        return
    pay(world, world.rules.guidance.row, world.rules.guidance.advice_seats)
    service.this_month += 1
    service.served += 1
    world.counts[Count.ADVICE_GIVEN] += 1
    take_advice(world, day, person, 1.0)
