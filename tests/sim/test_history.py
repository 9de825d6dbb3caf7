"""Case files: what is told of a person is what happened, nothing is missing, and the money adds up."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pytest

from experiments.story.sentences import SENTENCES
from sim.columns import UNITS_LEFT_OUT, needs_telling
from sim.compiled import NEVER
from sim.history import moments_of, relive, watch
from sim.observers.money import OTHER, UNSEEN, flows_of
from sim.observers.sight import Change, look
from sim.results import Results
from sim.scenario import Scenario
from sim.schema import GRADUATES
from sim.simulation import simulate
from sim.states import Activity, Count, Course, Money, Place
from sim.watched import LEFT_OUT, RECEIVED_FROM, TOLD, WATCHED
from sim.world import World, count_people
from tests.every import some
from tests.sim.tiny import PLAIN, STILL, advertise, interviewed, seek

Make = Callable[..., World]
BUSY = {
    "opportunity_per_year": 3.0, "monthly_revenue": 6500, "capital_need": 30_000, "course_after_days": 20, "course_per_month": 0.3,
    "leave_per_month": 3.0, "outside_finding": 0.4, "exit_per_year": 0.5, "home_considered_per_year": 6, "home_down_payment": 30_000,
    "arrears_per_year": 0.6, "dispute_per_year": 2.0, "accident_manufacturing": 0.5, "accident_grave_share": 0.5, "break_gain": 1.0,
    "signed_effort": 1.0,
}  # fmt: skip
"""Firms are founded and closed, homes bought, wages not paid, contracts broken, the region left: everything happens to somebody."""
RARE = ("deputy", "partner", "campus_intents", "campus_cvs", "desk_visits")
"""Columns that may be zero in so small a run."""
HINT = "give the column `told`, `told_by` or `left_out`"


@pytest.fixture(scope="module")
def scenario_of(scenario_of: Callable[..., Scenario]) -> Callable[..., Scenario]:
    """Return a maker of small scenarios in which people age out."""
    return lambda **given: scenario_of(**given | {"population": {"youth_years": 5} | given.get("population", {})})


@dataclass
class Watched:
    """Everything that was told of everybody in one run."""

    world: World
    opening: Any
    last_seen: dict[int, Any] = field(default_factory=dict)
    """Each person's row on the last evening in the youth population: who has aged out may still be made an offer, out of sight."""
    kinds: dict[int, Counter[str]] = field(default_factory=dict)
    flows: dict[int, Counter[str]] = field(default_factory=dict)

    def count(self, *names: str) -> int:
        return sum(kinds[name] for kinds in self.kinds.values() for name in names)


@pytest.fixture(scope="module")
def busy(scenario_of: Callable[..., Scenario], world_of: Make, every_levers: Any) -> Watched:
    """Watch everybody through a run with every lever, a graduation and a new class."""
    scenario = scenario_of(graduates=160, days=210, start="2021-02-20", policy=every_levers, behaviour=BUSY)
    world = world_of(scenario, 7)
    found = Watched(world, world.tables["people"].rows.copy())
    for change in watch(world, range(count_people(scenario))):
        found.last_seen[change.identity] = change.now
        kinds, flows = (table.setdefault(change.identity, Counter()) for table in (found.kinds, found.flows))
        for moment in moments_of(change):
            kinds[moment.kind] += moment.details.get("n", 1)
            kinds[f"{moment.kind}.falls"] += moment.details["n"] if moment.details.get("falls") else 0
            for variant in ("how", "why"):
                if variant in moment.details:
                    kinds[f"{moment.kind}.{moment.details[variant]}"] += moment.details.get("n", 1)
        flows.update(flows_of(change))
    return found


@pytest.fixture(scope="module")
def every_levers(every_lever: Callable[[], Any]) -> Any:
    """Return the settings in which every lever is on."""
    return every_lever()


def test_every_column_that_counts_something_is_told_or_left_out_for_a_reason() -> None:
    wanted = {column.name for column in GRADUATES if needs_telling(column)}
    told = [*WATCHED, *TOLD, *LEFT_OUT]
    assert sorted(wanted - set(told)) == [], HINT
    assert sorted(set(told) - {column.name for column in GRADUATES}) == [], f"no such column; {HINT}"
    assert [name for name, times in Counter(told).items() if times > 1] == []
    assert all([*LEFT_OUT.values(), *UNITS_LEFT_OUT.values()])
    assert {"contacts", "fairs", "guest_nights", "voucher", "mentored", "applications"} <= wanted


def test_a_column_of_a_service_tells_itself_in_both_languages() -> None:
    for watched in WATCHED.values():
        assert bool(watched.en) == bool(watched.zh)
        assert bool(watched.falls_en) == bool(watched.falls_zh)
        assert watched.en or watched.falls_en
    stems = {key.partition(".")[0] for key in SENTENCES}
    assert set(TOLD.values()) <= stems | {"offered"}


def test_what_is_told_sums_to_what_each_person_has_met_with(busy: Watched) -> None:
    def met_with(column: str) -> list[int]:
        return [int(row[column]) for _, row in sorted(busy.last_seen.items())]

    pairs = {
        "applications": "applied", "interviews": "interviewed", "interviews_missed": "missed", "offers": "offered", "trips": "trip",
        "contracts_signed": "signed.here", "contracts_broken": "contract_broken.here", "hires": "job_began.here", "separations": "job_left.here",
        "departures": "left_region", "internships": "internship_began", "courses_finished": "course_ended.finished", "firms_founded": "founded",
        "loans_granted": "borrowed.scheme",
    }  # fmt: skip
    for column, kind in some(pairs.items()):
        told = [kinds[kind] for _, kinds in sorted(busy.kinds.items())]
        assert told == met_with(column), column
    for column, watched in WATCHED.items():
        if (column in RECEIVED_FROM or column in ("accidents", "home_owner", "arrears")) and not watched.by:
            told = [kinds[column] - 2 * kinds[f"{column}.falls"] for _, kinds in sorted(busy.kinds.items())]
            assert told == met_with(column), column
            assert sum(told) > 0 or column in RARE, column


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (("called",), Count.INTERVIEWS_CALLED),
        (("missed",), Count.INTERVIEWS_MISSED),
        (("signed.here",), Count.CONTRACTS_SIGNED),
        (("contract_broken.here",), Count.CONTRACTS_BROKEN),
        (("job_began.here",), Count.HIRES),
        (("job_began.elsewhere",), Count.HIRES_OUTSIDE),
        (("job_left.here",), Count.SEPARATIONS),
        (("left_region",), Count.LEFT_REGION),
        (("internship_began",), Count.INTERNS_STARTED),
        (tuple(f"internship_began.{kind}" for kind in ("industry", "summer", "government", "practice")), Count.STUDENT_PLACEMENTS),
        (("course_ended.finished",), Count.TRAINED),
        (("home_owner",), Count.HOMES_BOUGHT),
        (("accidents",), Count.ACCIDENTS),
        (("founded",), Count.STARTUPS_FOUNDED),
        (("firm_closed",), Count.STARTUPS_CLOSED),
        (("mentored",), Count.MENTEES),
        (("guest_nights",), Count.STATION_NIGHTS),
        (("fairs",), Count.FAIR_ATTENDANCES),
        (("voucher",), Count.VOUCHERS_USED),
    ],
)
def test_what_is_told_of_all_sums_to_the_counts_of_the_run(names: tuple[str, ...], count: Count, busy: Watched) -> None:
    assert busy.count(*names) == busy.world.counts[count] > 0


def test_everybody_arrives_as_often_as_counted(busy: Watched) -> None:
    people = busy.world.tables["people"].rows
    for person, kinds in some(busy.kinds.items()):
        if people["from_elsewhere"][person]:
            with_a_bed = kinds["trip"] - people["day_trips"][person]
            assert with_a_bed <= people["arrivals"][person] <= with_a_bed + kinds["moved_in.job"]
    assert busy.count("trip") > 0


def test_the_money_of_each_person_adds_up_and_every_yuan_has_a_name(busy: Watched) -> None:
    people = busy.world.tables["people"].rows
    for person, flows in some(busy.flows.items()):
        assert busy.opening["savings"][person] + sum(flows.values()) == people["savings"][person]
        assert flows[OTHER] == 0, f"person {person}: savings changed by what sim/observers/money.py does not know (a new lever? see `Told.saved`)"


def test_the_money_of_all_is_the_ledger_of_the_run(busy: Watched) -> None:
    total: Counter[str] = Counter()
    for flows in busy.flows.values():
        total.update(flows)
    ledger = {account.name.lower(): int(busy.world.ledger[account]) for account in Money if account != Money.OPENING_SAVINGS}
    assert [account for account, amount in ledger.items() if amount == 0] == []
    for account in UNSEEN:  # on a pay day that leaves nothing at hand, these pass for family support
        assert total[account] == pytest.approx(ledger[account], rel=0.05)
    for flows in (total, ledger):
        flows["family_support"] += sum(flows.pop(account) for account in UNSEEN)
    assert {account: total[account] for account in ledger} == ledger


@pytest.fixture(scope="module")
def busy_run(scenario_of: Callable[..., Scenario], every_levers: Any) -> Results:
    scenario = scenario_of(graduates=160, days=210, start="2021-02-20", policy=every_levers, behaviour=BUSY)
    return simulate(scenario, replicates=2, seed=3, workers=1, save_people=True)


@pytest.mark.parametrize("person", [0, 17, 159, 170])
def test_a_life_lived_again_is_the_life_of_the_run(person: int, busy_run: Results) -> None:
    scenario, people = busy_run.scenario, busy_run.runs[1].people
    history = relive(scenario, 3, 1, person)
    row = {name: values[person].item() for name, values in people.items()}
    assert (history.closing["savings"], history.closing["wage"]) == (row["savings"], row["wage"])
    assert history.closing["activity"] == Activity(row["activity"]).name.lower()
    assert set(RECEIVED_FROM) == set(history.received)
    assert [name for name, total in history.received.items() if total != row[name] and not WATCHED[name].falls_en] == []
    assert history.opening["savings"] + sum(history.money.values()) == row["savings"]
    assert sum(moment.kind == "applied" for moment in history.moments) == row["applications"]
    assert relive(scenario, 3, 1, person) == history


def test_watching_changes_nothing(
    scenario_of: Callable[..., Scenario], every_levers: Any, world_of: Make, run_of: Make, snapshot_of: Callable[..., Any],
    difference_of: Callable[..., list[str]],
) -> None:  # fmt: skip
    settings = {"graduates": 150, "days": 60, "policy": every_levers}
    world = world_of(scenario_of(**settings), 2)
    for change in watch(world, [3, 4]):
        moments_of(change)
        flows_of(change)
    assert difference_of(snapshot_of(world), snapshot_of(run_of(seed=2, **settings))) == []


def test_a_later_class_begins_with_its_entry(scenario_of: Callable[..., Scenario]) -> None:
    scenario = scenario_of(graduates=60, days=100, start="2021-06-15")
    history = relive(scenario, 1, 0, count_people(scenario) - 1)
    assert history.opening["date"] == "2021-07-01"
    assert history.opening["activity"] == "absent"
    assert (history.moments[0].kind, history.moments[0].date) == ("entered", date(2021, 7, 1))
    assert list(history.months) == ["2021-07", "2021-08", "2021-09"]
    assert history.opening["savings"] + sum(history.money.values()) == history.closing["savings"]


@pytest.mark.parametrize("person", [-1, 81])
def test_a_person_who_is_not_there_is_an_error(person: int, scenario_of: Callable[..., Scenario]) -> None:
    with pytest.raises(IndexError, match="persons 0 to 80"):
        relive(scenario_of(graduates=60, days=100, start="2021-06-15", population={"cohort": 21}), 1, 0, person)


def still_world(scenario_of: Callable[..., Scenario], world_of: Make, days: int = 60, **behaviour: float) -> World:
    """Make a market at rest: nobody does anything until the test moves somebody."""
    settings = {"behaviour": STILL | PLAIN | behaviour, "market": {"tightness": 0}, "population": {"founders_earlier": 0}}
    world = world_of(scenario_of(graduates=40, days=days, start="2021-03-01", **settings))
    people = world.tables["people"].rows
    for column in ("next_search_day", "next_outside_day", "next_trip_day", "return_day", "graduation_day"):
        people[column] = NEVER
    people["activity"][people["activity"] == Activity.SEARCHING] = Activity.INACTIVE
    return world


def told_of(world: World, person: int) -> list[tuple[int, str]]:
    """Run a world and return what is told of a person: days and kinds."""
    found = [moment for change in watch(world, [person]) for moment in moments_of(change)]
    return [(moment.day, f"{moment.kind}.{moment.details['how']}" if "how" in moment.details else moment.kind) for moment in found]


def test_one_person_and_one_post_are_told_step_by_step(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    world = still_world(scenario_of, world_of, sessions_per_month=0.001)
    number = advertise(world, 0, review_day=10)
    fields = world.tables["fields"].rows  # a board of this one post
    fields["first_slot"], fields["slots"], fields["startup_slots"] = world.tables["posts"].rows["slot"][number], 1, 0
    seek(world, 7, skill=1.0, targeting=1.0, next_search_day=3)
    told = told_of(world, 7)
    post, person = world.tables["posts"].rows[number], world.tables["people"].rows[7]
    assert [kind for _, kind in told] == ["applied.kept", "called", "interviewed", "offered.accepted", "signed.here", "job_began.here"]
    days = [day for day, _ in told]
    assert days[:2] == [3, 10]
    assert days[2:] == [int(post.interview_day), int(post.closed_day), int(post.closed_day), int(person.job_start_day)]
    assert told_of(still_world(scenario_of, world_of), 8) == []


def test_offers_that_are_thought_over_are_told_with_their_answers(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """The better of two offers is taken on the day by which the first has to be answered."""
    world = still_world(scenario_of, world_of, answer_days=7)
    for firm, (wage, offer_day) in enumerate(((6000, 7), (6500, 10))):
        interviewed(world, advertise(world, firm, wage=wage), {7: 1.0}, offer_day)
    seek(world, 7, next_search_day=NEVER)
    moments = [moment for change in watch(world, [7]) for moment in moments_of(change)]
    told = [(moment.day, moment.kind, moment.details.get("how"), moment.details.get("wage")) for moment in moments[:5]]
    first, second = (7, "offered", "open", 6000), (10, "offered", "open", 6500)
    assert told == [first, second, (14, "answered", "declined", 6000), (14, "answered", "accepted", 6500), (14, "signed", "here", 6500)]
    assert (moments[0].details["by"], moments[1].details["by"], moments[4].details["thought_over"]) == ("2021-03-15", "2021-03-18", True)
    assert (moments[2].details["preferred"]["employer"]["row"], moments[3].details["preferred"]) == (1, None)


def test_who_is_second_is_told_so(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    world = still_world(scenario_of, world_of)
    advertise(world, 0, review_day=10)
    seek(world, 7, skill=1.0)
    seek(world, 8, skill=2.0)
    assert [kind for _, kind in told_of(world, 7)] == ["applied.kept", "called", "interviewed", "passed_over.filled"]


def test_a_post_that_lapses_is_told(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    world = still_world(scenario_of, world_of)
    advertise(world, 0, review_day=50, lapse_day=20)
    seek(world, 7)
    assert [kind for _, kind in told_of(world, 7)] == ["applied.kept", "passed_over.lapsed"]


def told_after(world: World, was: dict[str, int], now: dict[str, int]) -> list[tuple[str, Any]]:
    """Return what is told of a day on which these columns of person 7 were so in the evening before, and are so this evening."""
    sights: list[Any] = []
    for values in (was, now):
        for column, value in values.items():
            world.tables["people"].rows[column][7] = value
        sights.append(look(world, 7, *sights))
    return [(moment.kind, moment.details.get("how")) for moment in moments_of(Change(world, 7, 20, *sights))]


def test_both_trips_of_a_day_are_told(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    """Home from a fair in the morning, and off to an interview of tomorrow in the evening."""
    world = still_world(scenario_of, world_of)
    told = told_after(world, {"trips": 3, "day_trips": 1, "fairs": 0}, {"trips": 5, "day_trips": 2, "fairs": 1, "place": Place.VISITING})
    assert [how for kind, how in told if kind == "trip"] == ["fair", "explore"]


def test_a_course_that_ends_on_the_day_of_ageing_out_is_finished(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    world = still_world(scenario_of, world_of)
    was = {"activity": Activity.TRAINING, "course": Course.MENU, "return_day": 20}
    assert told_after(world, was, {"activity": Activity.AGED_OUT, "return_day": NEVER}) == [("course_ended", "finished"), ("aged_out", None)]
    assert told_after(world, was | {"return_day": 30}, {"activity": Activity.AGED_OUT})[0] == ("course_ended", "dropped")


@pytest.mark.parametrize("left", [0, 1])
def test_a_job_is_left_on_the_day_of_ageing_out_only_where_it_was(left: int, scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    world = still_world(scenario_of, world_of)
    was = {"activity": Activity.EMPLOYED, "employer": 0, "job_start_day": -10, "separations": 2}
    told = told_after(world, was, {"activity": Activity.AGED_OUT, "employer": NEVER, "separations": 2 + left})
    assert told == [("job_left", "here")] * left + [("aged_out", None)]


def test_money_of_a_worker_from_elsewhere_by_hand(scenario_of: Callable[..., Scenario], world_of: Make) -> None:
    world = still_world(scenario_of, world_of, days=60)
    people, rules = world.tables["people"].rows, world.rules[0]
    worker = int(np.flatnonzero((people.activity == Activity.EMPLOYED) & (people.employer >= 0))[0])
    people.from_elsewhere[worker], people.separation_day[worker], people.job_start_day[worker] = 1, NEVER, -10
    flows: Counter[str] = Counter()
    for change in watch(world, [worker]):
        flows.update(flows_of(change))
    wage = int(people.wage[worker])
    assert flows == {"wages": 2 * wage, "living_costs": -2 * int(rules.region.living_cost + rules.region.rent + rules.living.fare_near)}


def test_progress_counts_the_days(scenario_of: Callable[..., Scenario]) -> None:
    days: list[int] = []
    relive(scenario_of(graduates=20, days=12), 1, 0, 5, days.append)
    assert sum(days) == 12
