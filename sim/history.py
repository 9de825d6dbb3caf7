"""The case file of one person: the run lived again day by day, and what happened to the person, moment by moment.

A run is determined by scenario, seed and replicate, so nothing has to be written down while it runs: it is simulated again, and every evening the
person's row, and the rows that point to it, are compared with those of the evening before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sim.bilingual import sentence
from sim.levers import LEVERS
from sim.observers.money import Flows, flows_of
from sim.observers.places import observe_columns, observe_knowledge, observe_moves, observe_trips
from sim.observers.search import observe_answers, observe_applications
from sim.observers.sight import Change, Details, Observer, Sight, district_of, employer_of, look
from sim.observers.training import observe_training
from sim.observers.ventures import observe_firm
from sim.observers.work import observe_contracts, observe_exams, observe_jobs, observe_studies
from sim.scenario import Scenario
from sim.states import Activity, Education, FieldOfStudy, Place, Preparation
from sim.watched import RECEIVED_FROM
from sim.world import World, make_world

OBSERVERS: tuple[Observer, ...] = (
    observe_studies, observe_exams, observe_knowledge, observe_columns, observe_applications, observe_trips, observe_training, observe_answers,
    observe_contracts, observe_jobs, observe_firm, observe_moves,
)  # fmt: skip
"""In the order of the day's phases, so that the moments of a day follow one another as they happened."""


@dataclass(frozen=True)
class Moment:
    """Something that happened to a person.

    Attributes:
        day: Day of the run.
        date: Its date.
        kind: What happened: a name that `experiments/story/sentences.py` or `sim/watched.py` puts into words.
        details: What is known of it, as plain data.
    """

    day: int
    date: date
    kind: str
    details: Details


@dataclass(frozen=True)
class History:
    """The case file of one person.

    Attributes:
        person: Row of the person.
        seed: Seed of the run.
        replicate: Number of the replicate.
        opening: Portrait on the first morning, or on the day of entering the population.
        moments: What happened, in order.
        months: Month (YYYY-MM) → money that came in and went out, CNY by account.
        closing: Portrait at the end.
        received: Column of `RECEIVED_FROM` → how much of it the person received.
    """

    person: int
    seed: int
    replicate: int
    opening: Details
    moments: tuple[Moment, ...]
    months: dict[str, Flows]
    closing: Details
    received: dict[str, int]

    @property
    def money(self) -> Flows:
        """Money that came in and went out over the run, CNY by account."""
        total: Flows = {}
        for flows in self.months.values():
            for account, amount in flows.items():
                total[account] = total.get(account, 0) + amount
        return total

    def as_plain(self) -> dict[str, Any]:
        """Return the case file as plain data, for a file."""
        plain = asdict(self)
        plain["moments"] = [{**asdict(moment), "date": moment.date.isoformat()} for moment in self.moments]
        return plain


def relive(scenario: Scenario, seed: int, replicate: int, person: int, progress: Callable[[int], None] | None = None) -> History:
    """Live one replicate again and write down what happens to one person.

    Args:
        scenario: The scenario.
        seed: Seed of the run.
        replicate: Number of the replicate.
        person: Row of the person.
        progress: Called with the days simulated since the last call.

    Raises:
        IndexError: No such person.
    """
    world = make_world(scenario, seed, replicate)
    if not 0 <= person < world.tables["people"].capacity:
        last_person = world.tables["people"].capacity - 1
        message = sentence("no person {n}: there are persons 0 to {last}", "没有编号为 {n} 的人：编号为 0 至 {last}", n=person, last=last_person)
        raise IndexError(message)
    first = last = look(world, person)
    opening = portrait_of(world, first, max(0, int(first.person.entry_day)))
    moments: list[Moment] = []
    months: dict[str, Flows] = {}
    received = dict.fromkeys(RECEIVED_FROM, 0)
    for change in watch(world, [person]):
        last = change.after
        moments += moments_of(change)
        for name in received:
            received[name] += max(0, change.rise(name))
        flows = months.setdefault(f"{change.date_of(change.day):%Y-%m}", {})
        for account, amount in flows_of(change).items():
            flows[account] = flows.get(account, 0) + amount
        if progress is not None:
            progress(1)
    closing = portrait_of(world, last, scenario.days - 1)
    return History(person, seed, replicate, opening, tuple(moments), months, closing, received)


def watch(world: World, persons: Sequence[int]) -> Iterator[Change]:
    """Simulate a world from its first morning and yield each day's change of some persons, from the day on which they enter the population.

    Args:
        world: The world of the first morning.
        persons: Rows of the persons.
    """
    seen = {person: look(world, person) for person in persons}
    for day in range(world.scenario.days):
        world.advance(day, day + 1)
        for person, before in seen.items():
            after = look(world, person, before)
            seen[person] = after
            if after.person.activity != Activity.ABSENT and before.person.activity != Activity.AGED_OUT:
                yield Change(world, person, day, before, after)


ENDS_OUT_OF_SIGHT = ("job_left", "left_region", "firm_closed", "forgot")
"""What seems to have ended on the day on which a person ages out."""


def moments_of(change: Change) -> list[Moment]:
    """Return what happened to a person on one day, in the order of the day."""
    today = change.date_of(change.day)
    found = [Moment(change.day, today, kind, details) for observer in OBSERVERS for kind, details in observer(change)]
    if change.begins(Activity.AGED_OUT):  # nothing ends with it: life goes on as it was, out of sight
        left = change.rise("separations") > 0  # in truth, before
        found = [moment for moment in found if moment.kind not in ENDS_OUT_OF_SIGHT or (left and moment.kind == "job_left")]
        found.append(Moment(change.day, today, "studies_on" if change.was.preparing == Preparation.ADMITTED else "aged_out", {}))
    return found


def portrait_of(world: World, sight: Sight, day: int) -> Details:
    """Describe a person as plain data: who, doing what, where, with how much.

    Args:
        world: The world.
        sight: What was seen of the person.
        day: The day whose morning it is.
    """
    person, start = sight.person, world.scenario.start
    campus = world.scenario.region.campuses[int(person.campus)]
    on_offer = world.tables["services"].rows["on_offer"]
    known = [(row, lever.name) for row, lever in enumerate(LEVERS) if lever.is_to_be_known() and on_offer[row]]
    return {
        "date": (start + timedelta(days=day)).isoformat(),
        "from_elsewhere": bool(person.from_elsewhere),
        "female": bool(person.sex),
        "campus": campus.name,
        "distance_km": campus.distance_km,
        "education": Education(int(person.education)).name.lower(),
        "field": FieldOfStudy(int(person.field)).name.lower(),
        "graduation": (start + timedelta(days=int(person.graduation_day))).isoformat(),
        "skill": round(float(person.skill), 3),
        "expected_wage": round(float(person.expected_wage)),
        "reservation_wage": round(float(person.reservation_wage)),
        "district": district_of(world, person.district),
        "activity": Activity(int(person.activity)).name.lower(),
        "place": Place(int(person.place)).name.lower(),
        "employer": employer_of(world, person.employer) if person.employer >= 0 else None,
        "wage": int(person.wage),
        "contract": _contract_of(world, sight, start),
        "searching": bool(person.searching_since >= 0),
        "knows": [name for row, name in known if (int(person.aware) >> row) & 1],
        "staff": int(sight.firm.staff) if sight.firm is not None else 0,
        "owed": int(sight.loan.outstanding) if sight.loan is not None else 0,
        "savings": int(person.savings),
    }


def _contract_of(world: World, sight: Sight, start: date) -> Details | None:
    """Describe the contract that is signed and has not begun."""
    person = sight.person
    if person.contract_day < 0:
        return None
    row = world.tables["posts"].rows["employer"][int(person.contract_post)] if person.contract_outside == 0 else -1
    begins = (start + timedelta(days=int(person.contract_day))).isoformat()
    return {"employer": employer_of(world, row) if row >= 0 else None, "wage": int(person.contract_wage), "start": begins}
