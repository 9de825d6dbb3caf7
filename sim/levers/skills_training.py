"""Skills training: courses from a menu (菜单式) and classes to order (订单式, 冠名班).

Mechanism: whoever attends searches less (lock-in) and comes out with more skill and a certificate, which shows employers something of that skill. A
class to order belongs to a partner firm that has heard of them, which keeps openings of its own staff plan off the boards for the trainees and
offers them at the end to those who have proved good enough: no post is added, and where the firm has no opening to keep, only the certificate
remains.
"""

from __future__ import annotations

from typing import ClassVar

from sim.calendar import MONTH_DAYS, Horizon, planned_days
from sim.columns import Column, Told
from sim.compiled import NEVER, Row, compiled
from sim.draws import Decision, uniform
from sim.fetching import FAR_AHEAD, fetch
from sim.lever import Lever, Rule
from sim.measures import Outcome, flow
from sim.parameters import parameter
from sim.rules.leaving_school import leave_school
from sim.rules.places import find_partner, leave_place, let_go_of_opening, offer_held_opening, order
from sim.rules.queues import call_in, join_queue, open_queue
from sim.rules.scoring import cv_score, precision_of, prove
from sim.rules.searching import begin_search, put_search_off, schedule_search, take_search_up
from sim.rules.services import is_admitted, knows, pay
from sim.states import Activity, Admission, Channel, Count, Course, EventKind, Place, Placement, Proof
from sim.tables import Tables
from sim.units import Words, both


class SkillsTraining(Lever):
    """Parameters of skills training."""

    name: ClassVar[str] = "skills_training"
    label: ClassVar[Words] = both("Skills training", "技能培训")
    summary: ClassVar[Words] = both(
        "Menu courses and classes to order give skill and a certificate; partner firms keep openings for their trainees.",
        "菜单式与订单式培训提升技能并发证；合作企业为学员预留自身岗位。",
    )
    bought: ClassVar[dict[str, int]] = {"menu_courses": 1, "contracted_classes": 1}
    services: ClassVar[dict[str, Admission]] = {"menu_courses": Admission.MENU_COURSES, "contracted_classes": Admission.CONTRACTED_CLASSES}
    person: ClassVar[tuple[Column, ...]] = (
        Column("course", "i1", "-", "kind of the course attended now"),
        Column("course_industry", "i1", "-", "industry of the class to order attended now or last, or none", NEVER),
        Column("course_host", "i4", "row", "partner firm that trains the person to order, or hosts a graduate, and keeps openings for them", NEVER),
        Column(
            "courses_begun", "i2", "count", "courses of the programme begun", took_part=True, counts=("served.skills_training",),
            left_out="repeats the beginning of a course, which is told",
        ),
        Column(
            "menu_courses", "i2", "count", "menu courses finished", counts=("menu_trained",),
            told=Told("took {n:a course|{n} courses} from the menu", "完成菜单式培训{n}期", by="course_ended"),
        ),
        Column(
            "contracted_courses", "i2", "count", "contracted classes finished", counts=("contracted_trained",),
            told=Told("took {n:a class|{n} classes} to order", "完成订单班培训{n}期", by="course_ended"),
        ),
        Column(
            "training_hires", "i2", "count", "jobs signed at the partner firm after a contracted class", counts=("training_hired",),
            left_out="repeats a contract that is told",
        ),
    )
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        flow("menu_trained", "persons", Count.MENU_TRAINED, "Menu courses finished", "菜单式培训结业人数"),
        flow("contracted_trained", "persons", Count.CONTRACTED_TRAINED, "Classes to order finished", "订单班结业人数"),
        flow("training_hired", "persons", Count.TRAINING_HIRED, "Signed at the partner firm after a class to order", "订单班结业签约人数"),
    )

    menu_courses: int = parameter(0, unit="courses", low=0, high=10_000, source="choice of the planner", en="courses from the menu during the run", zh="菜单式培训期数")
    seats_per_menu_course: int = parameter(30, unit="persons", low=0, high=100_000, source="assumption", en="seats of a menu course", zh="每期菜单式名额")
    menu_days: int = parameter(30, unit="days", low=1, high=720, source="assumption", en="length of a menu course", zh="菜单式培训天数")
    contracted_classes: int = parameter(0, unit="classes", low=0, high=10_000, source="choice of the planner", en="classes to order during the run", zh="订单班期数")
    seats_per_contracted_class: int = parameter(30, unit="persons", low=0, high=100_000, source="assumption", en="seats of a class to order", zh="每期订单班名额")
    contracted_days: int = parameter(90, unit="days", low=1, high=720, source="assumption", en="length of a class to order", zh="订单班天数")
    partner_firms: int = parameter(2, unit="firms", low=0, high=1000, source="assumption", en="partner firms, which take the classes in turn", zh="合作企业数")
    partner_industry: int = parameter(-1, unit="industry", low=-1, high=4, source="choice of the planner", en="industry of the partner firms: 0 manufacturing, 1 computing, 2 business, 3 services, 4 agriculture; -1 any", zh="合作企业行业（0 制造，1 信息，2 商务，3 服务，4 农业；-1 不限）")
    campuses: tuple[str, ...] = parameter((), unit="-", source="choice of the planner", en="names of the colleges that hold the classes to order, in turn: a class takes only those who study, or studied, there; none: of any", zh="开设订单班的院校（依次承办，只招本校在校生或毕业生）；空表示不限院校")
    for_students: bool = parameter(default=False, unit="-", source="choice of the planner", en="classes to order are for final-year students (school and firm in turn), not for seekers", zh="订单班面向应届在校生")
    demand: float = parameter(0.05, unit="share", low=0, high=1, prior=(0.01, 0.2), source="assumption", en="those who know of a course and want it", zh="知晓者报名比例")
    initial_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="evidence 45", en="people who know of the service at the start", zh="初始知晓率")
    firm_awareness: float = parameter(0.4, unit="share", low=0, high=1, prior=(0.2, 0.7), source="assumption", en="employers who know of classes to order when they open; the others come to know by outreach", zh="用人单位开业时知晓订单班的比例（其余靠宣传知晓）")
    cost_per_seat_month: int = parameter(800, unit="CNY/month", low=0, high=1_000_000, source="assumption", en="cost of a seat taken, a month of course", zh="每名额每月培训成本")

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it, besides the phases that call it by name."""
        return {"event": begin_course}

    @property
    def offers_something(self) -> bool:
        """Whether there is a seat in any course."""
        menu = self.menu_courses * self.seats_per_menu_course
        contracted = self.contracted_classes * self.seats_per_contracted_class * self.partner_firms
        return super().offers_something and menu + contracted > 0

    @property
    def most_posts_a_day(self) -> int:
        """Openings that partners have kept for those of all classes."""
        return self.contracted_classes * self.seats_per_contracted_class if self.offers_something else 0

    @property
    def unit_cost(self) -> int:
        """Cost of a seat for a month, CNY."""
        return self.cost_per_seat_month

    def events(self, horizon: Horizon) -> list[dict[str, int]]:
        """First days of the courses, spread over the run."""
        menu = planned_days(horizon.first_day, horizon.last_day, self.menu_courses)
        classes = planned_days(horizon.first_day, horizon.last_day, self.contracted_classes if self.partner_firms > 0 else 0)
        return [{"kind": EventKind.MENU_COURSE, "day": day, "places": self.seats_per_menu_course} for day in menu] + [
            {
                "kind": EventKind.CONTRACTED_CLASS, "day": day, "places": self.seats_per_contracted_class, "variant": index % self.partner_firms,
                "campus": horizon.campuses[index % len(horizon.campuses)] if self.campuses else NEVER,
            }
            for index, day in enumerate(classes)
        ]  # fmt: skip


@compiled
def may_enrol(world: Tables, day: int, kind: int, campus: int, person: Row) -> bool:
    """Tell whether a person can begin a course today: a resident seeker or, for students' classes, a student of the final year; of its college.

    Who has finished a course from the menu, or a class, has what it teaches and its certificate, and does not take another of the kind.
    """
    finished = person.contracted_courses if kind == EventKind.CONTRACTED_CLASS else person.menu_courses
    if person.contract_day >= 0 or finished > 0 or (campus >= 0 and person.campus != campus):
        return False
    if kind == EventKind.CONTRACTED_CLASS and world.rules.skills_training.for_students == 1:
        return person.activity == Activity.STUDYING and person.graduation_day > day
    return person.activity == Activity.SEARCHING and person.place == Place.RESIDENT


@compiled
def begin_course(world: Tables, day: int, event_row: int) -> None:
    """Fill one course: who knows of it and wants it enrols while there are seats, money and a partner; the whole course is paid at once."""
    event = world.events[event_row]
    number = event.key
    partner = NEVER
    kind = Admission.MENU_COURSES
    days = world.rules.skills_training.menu_days
    if event.kind == EventKind.CONTRACTED_CLASS:
        kind = Admission.CONTRACTED_CLASSES
        days = world.rules.skills_training.contracted_days
        lever = world.rules.skills_training
        partner = find_partner(world, lever.row, Decision.COURSE_PARTNER, event.variant, lever.partner_industry)
    units = (days + MONTH_DAYS - 1) // MONTH_DAYS
    service = world.services[world.rules.skills_training.row]
    open_queue(world, world.rows_in_use.people - world.rows_in_use.first_young)
    for identity in range(world.rows_in_use.first_young, world.rows_in_use.people):
        fetch(world.people, identity + FAR_AHEAD, 0)
        person = world.people[identity]
        if not may_enrol(world, day, event.kind, event.campus, person) or not knows(world, person, world.rules.skills_training.row) or not is_admitted(person, kind):
            continue
        if uniform(world, Decision.COURSE_DEMAND, day, identity, number) >= world.rules.skills_training.demand:
            continue
        join_queue(world, identity, uniform(world, Decision.QUEUE, day, identity, number))
    for index in range(call_in(world)):
        identity = world.queue[index]
        person = world.people[identity]
        service.reached += 1
        without_partner = event.kind == EventKind.CONTRACTED_CLASS and partner < 0
        if without_partner or event.taken >= event.places or not pay(world, world.rules.skills_training.row, units):
            service.turned_away += 1
            continue
        event.taken += 1
        service.served += 1
        if partner >= 0:
            order(world, day, person, partner)
        _enrol(world, day, identity, partner, days)


@compiled
def _enrol(world: Tables, day: int, identity: int, partner: int, days: int) -> None:
    person = world.people[identity]
    person.courses_begun += 1
    person.course = Course.CONTRACTED if partner >= 0 else Course.MENU
    if partner >= 0:
        person.course_industry = world.employers[partner].industry
        person.host_days = days
    if person.activity == Activity.STUDYING:
        person.activity = Activity.INTERN
        put_search_off(world, day, identity)
        person.placement = Placement.CONTRACTED
        person.employer = partner
        world.employers[partner].interns += 1
    else:
        person.activity = Activity.TRAINING
        schedule_search(world, day, identity)
    person.return_day = day + days


@compiled
def drop_out(world: Tables, day: int, person: Row) -> None:
    """Leave a course of the programme, or a place, with the region: nothing is earned, and the partner may advertise the opening it kept."""
    if person.activity == Activity.INTERN:
        leave_place(world, day, person)
    elif person.activity != Activity.TRAINING or person.course == Course.OWN:
        return
    person.activity = Activity.SEARCHING
    person.course = Course.OWN
    person.return_day = NEVER
    let_go_of_opening(world, person)


@compiled
def finish_course(world: Tables, day: int, identity: int) -> None:
    """End a course: skill and certificate; then the partner firm makes its offer, or the search goes on."""
    person = world.people[identity]
    kind = person.course
    sought = person.activity == Activity.TRAINING
    person.course = Course.OWN
    person.courses_finished += 1
    world.counts[Count.TRAINED] += 1
    if person.activity == Activity.INTERN:
        world.employers[person.employer].interns -= 1
        person.employer = NEVER
        person.placement = Placement.OWN
    if not sought and person.graduation_day > day:
        take_search_up(world, day, identity)
    else:
        since = person.searching_since
        if sought:
            begin_search(world, day, identity)
        else:
            leave_school(world, day, identity)
        if sought or since >= 0:  # a search that began before the first day has a negative day, and goes on like any other
            person.searching_since = since
    if kind == Course.OWN:
        person.skill += world.rules.behaviour.course_skill
    elif kind == Course.MENU:
        person.skill += world.rules.behaviour.menu_skill
        prove(world, identity, Proof.MENU_CERTIFICATE, 0, precision_of(world.rules.behaviour.certificate_noise))
        person.menu_courses += 1
        world.counts[Count.MENU_TRAINED] += 1
    else:
        person.skill += world.rules.behaviour.contracted_skill
        prove(world, identity, Proof.CLASS_CERTIFICATE, 0, precision_of(world.rules.behaviour.certificate_noise))
        person.contracted_courses += 1
        person.certificate = person.course_industry
        world.counts[Count.CONTRACTED_TRAINED] += 1
        host = person.course_host
        if host >= 0 and cv_score(world, day, identity, host, Channel.CLASS) < world.employers[host].skill_bar:
            let_go_of_opening(world, person)
        elif host >= 0:
            if offer_held_opening(world, day, identity, host, Channel.CLASS):
                person.training_hires += 1
                world.counts[Count.TRAINING_HIRED] += 1
