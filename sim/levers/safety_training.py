"""Safety training 安全生产: courses for young workers, preparation for the certificate of a safety engineer, and model units.

Mechanism: accidents happen without it, more in manufacturing and where the employer's risk is high; an accident may end a job and keeps the person
out of work for a while. Who has had a course is more careful; a model unit makes its workplaces safer. Who prepares for the certificate does so beside
the job, learns, and sits an exam that few pass; the certificate shows employers something of the skill and counts as a field of study: manufacturing.
"""

from __future__ import annotations

import math
from typing import ClassVar

from sim.calendar import YEAR_MONTHS, Horizon, planned_days
from sim.columns import Column, Told
from sim.compiled import NEVER, compiled
from sim.draws import Decision, uniform
from sim.fetching import FAR_AHEAD, fetch
from sim.lever import Lever, Rule
from sim.measures import Outcome, flow, own_flow
from sim.parameters import parameter
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.scoring import precision_of, prove
from sim.rules.services import admit, is_admitted, pay
from sim.states import Activity, Count, EventKind, FieldOfStudy, Place, Proof
from sim.tables import Tables
from sim.units import Words, both


class SafetyTraining(Lever):
    """Parameters of safety training."""

    name: ClassVar[str] = "safety_training"
    label: ClassVar[Words] = both("Safety training", "安全培训")
    summary: ClassVar[Words] = both(
        "Courses and model units make accidents at work rarer; preparation for a certificate gives skill and, with luck, the certificate.",
        "安全培训与示范单位降低工伤风险；注册安全工程师备考培训提升技能，通过者获证。",
    )
    bought: ClassVar[dict[str, int]] = {"courses": 1, "certificate_courses": 0, "model_units": 0}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "safety_courses", "i2", "count", "safety courses attended", took_part=True, counts=("safety_trained",),
            told=Told("had {n:a safety course|{n} safety courses}", "参加安全培训{n}次"),
        ),
        Column(
            "safety_preparations", "i1", "0/1", "has prepared for the certificate of a safety engineer", took_part=True, counts=("safety_prepared",),
            told=Told("prepared for the certificate of a safety engineer", "参加注册安全工程师备考培训"),
        ),
        Column(
            "safety_certificate", "i1", "0/1", "has the certificate of a safety engineer", counts=("safety_certified",),
            told=Told("passed the exam of a safety engineer", "通过注册安全工程师考试"),
        ),
    )
    firm: ClassVar[tuple[Column, ...]] = (
        Column("model_unit", "i1", "0/1", "model unit of safety at work"),
    )
    counts: ClassVar[tuple[str, ...]] = ("prepared", "certified")
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("safety_trained", "person-times", Count.SAFETY_TRAINED, "Visitors of safety courses", "安全培训人次"),
        own_flow("safety_prepared", "persons", "safety_training", "prepared", "Prepared for the certificate of a safety engineer", "注册安全工程师备考培训人数"),
        own_flow("safety_certified", "persons", "safety_training", "certified", "of these, passed the exam", "其中通过考试"),
    )

    courses: int = parameter(0, unit="courses", low=0, high=10_000, source="choice of the planner", en="courses during the run", zh="培训期数")
    seats_per_course: int = parameter(50, unit="persons", low=0, high=100_000, source="assumption", en="seats of a course", zh="每期名额")
    all_industries: bool = parameter(default=False, unit="-", source="choice of the planner", en="open to all industries, not to manufacturing only", zh="面向全部行业")
    certificate_courses: int = parameter(0, unit="courses", low=0, high=10_000, source="choice of the planner", en="courses that prepare for the certificate of a safety engineer, during the run", zh="注册安全工程师备考培训期数")
    seats_per_certificate_course: int = parameter(100, unit="persons", low=0, high=1_000_000, source="assumption", en="seats of such a course", zh="每期备考培训名额")
    certificate_demand: float = parameter(0.05, unit="share", low=0, high=1, prior=(0.01, 0.3), source="assumption", en="employed residents of the industry who are asked and enrol", zh="行业内在职者报名比例")
    certificate_passed: float = parameter(0.2, unit="share", low=0, high=1, prior=(0.05, 0.5), source="assumption", en="who prepares and passes", zh="备考者通过比例")
    model_units: int = parameter(0, unit="employers", low=0, high=100_000, source="choice of the planner", en="employers that become model units at the start", zh="青安岗示范创建单位数")
    unit_candidates: int = parameter(20, unit="employers", low=1, high=10000, prior=(5, 50), source="assumption", en="employers asked at most to become one model unit", zh="每个示范单位最多询问的单位数")
    demand: float = parameter(0.10, unit="share", low=0, high=1, prior=(0.02, 0.4), source="assumption", en="employed who are asked and enrol", zh="报名比例")
    cost_per_seat: int = parameter(150, unit="CNY/person", low=0, high=100_000, source="assumption", en="cost of a seat taken", zh="每名额成本")
    unit_seats: int = parameter(20, unit="seats", low=1, high=10_000, source="assumption", en="seats that cost as much as one model unit", zh="示范单位折合培训名额")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": hold_event}

    @property
    def offers_something(self) -> bool:
        """Whether anybody becomes safer, or prepares for the certificate."""
        seats = self.courses * self.seats_per_course + self.certificate_courses * self.seats_per_certificate_course
        return super().offers_something and seats + self.model_units > 0

    @property
    def unit_cost(self) -> int:
        """Cost of a seat taken, CNY."""
        return self.cost_per_seat

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """Courses, spread over the run (of those with an exam, its day), and the naming of the model units on the first day."""
        days = planned_days(horizon.first_day, horizon.last_day, self.courses)
        named = [{"kind": EventKind.SAFETY_UNITS, "day": horizon.first_day, "places": self.model_units}] if self.model_units else []
        exams = planned_days(horizon.first_day, horizon.last_day, self.certificate_courses)
        return [
            *named,
            *({"kind": EventKind.SAFETY_COURSE, "day": day, "places": self.seats_per_course} for day in days),
            *({"kind": EventKind.SAFETY_CERTIFICATE, "day": day, "places": self.seats_per_certificate_course} for day in exams),
        ]


@compiled
def hold_event(world: Tables, day: int, event_row: int) -> None:
    """Hold what is planned: a course, one with an exam, or the naming of model units."""
    if world.events[event_row].kind == EventKind.SAFETY_UNITS:
        name_model_units(world, day, event_row)
    else:
        hold_safety_course(world, day, event_row)


@compiled
def hold_safety_course(world: Tables, day: int, event_row: int) -> None:
    """Hold one course for the employed, in their employers' time."""
    event = world.events[event_row]
    number = event.key
    exam = event.kind == EventKind.SAFETY_CERTIFICATE
    demand = world.rules.safety_training.certificate_demand if exam else world.rules.safety_training.demand
    open_queue(world, world.rows_in_use.people - world.rows_in_use.first_young)
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        if person.activity != Activity.EMPLOYED or person.employer < 0 or not is_admitted(person, world.rules.safety_training.row):
            continue
        if exam and (person.safety_preparations == 1 or person.place != Place.RESIDENT):
            continue
        if world.rules.safety_training.all_industries == 0 and world.employers[person.employer].industry != FieldOfStudy.MANUFACTURING:
            continue
        if uniform(world, Decision.SAFETY_COURSE, day, identity, number) >= demand:
            continue
        join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, number))
    for index in range(call_in(world)):
        identity = world.queue[index]
        person = world.people[identity]
        if not admit(world, event, world.rules.safety_training.row):
            continue
        if exam:
            _sit_exam(world, identity)
            continue
        person.safety_courses += 1
        person.safety += world.rules.behaviour.safety_knowledge / person.safety_courses
        world.counts[Count.SAFETY_TRAINED] += 1


@compiled
def _sit_exam(world: Tables, identity: int) -> None:
    """End a preparation: everybody has learned, as in a course from the menu; who passes has the certificate, once in life."""
    person = world.people[identity]
    person.safety_preparations = 1
    world.counts[world.rules.safety_training.counts.prepared] += 1
    person.skill += world.rules.behaviour.menu_skill
    if uniform(world, Decision.SAFETY_EXAM, 0, identity, 0) < world.rules.safety_training.certificate_passed:
        person.safety_certificate = 1
        person.certificate = FieldOfStudy.MANUFACTURING
        world.counts[world.rules.safety_training.counts.certified] += 1
        prove(world, identity, Proof.SAFETY_CERTIFICATE, 0, precision_of(world.rules.behaviour.certificate_noise))


@compiled
def name_model_units(world: Tables, day: int, event_row: int) -> None:
    """Name the model units: employers, larger ones likelier, that make their workplaces safer."""
    event = world.events[event_row]
    service = world.services[world.rules.safety_training.row]
    for index in range(event.places):
        row = _find_unit(world, day, index)
        if row < 0:
            continue
        service.reached += 1
        if not pay(world, world.rules.safety_training.row, world.rules.safety_training.unit_seats):
            service.turned_away += 1
            continue
        event.taken += 1
        service.served += 1
        world.employers[row].model_unit = 1
        world.employers[row].risk *= math.exp(-world.rules.behaviour.model_unit_safety)


@compiled
def _find_unit(world: Tables, day: int, index: int) -> int:
    """Return an employer that is no model unit yet; NEVER where none of those asked is."""
    for attempt in range(world.rules.safety_training.unit_candidates):
        row = int(world.slots[int(uniform(world, Decision.SAFETY_UNIT, day, index, attempt) * world.rows_in_use.regular_slots)].employer)
        if world.employers[row].alive == 1 and world.employers[row].model_unit == 0:
            return row
    return NEVER


@compiled
def has_accident(world: Tables, day: int, identity: int) -> bool:
    """Tell whether an employed person has an accident this month."""
    person = world.people[identity]
    employer = world.employers[person.employer]
    usual = world.rules.behaviour.accident_elsewhere
    if employer.industry == FieldOfStudy.MANUFACTURING:
        usual = world.rules.behaviour.accident_manufacturing
    chance = usual / YEAR_MONTHS * employer.risk * math.exp(-person.safety)
    return uniform(world, Decision.ACCIDENT, day, identity, 0) < chance
