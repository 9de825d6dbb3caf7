"""People, posts, beds, mentors and money balance at the end of every day, to the last unit."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.levers import LeverId
from sim.scenario import Scenario
from sim.states import (
    ACTIVITIES,
    PLACES,
    Activity,
    Cash,
    Count,
    Course,
    EventKind,
    Money,
    Place,
    Placement,
    PostState,
    Preparation,
    ServiceEntry,
    Stage,
    Stock,
)
from sim.world import World
from tests.every import every
from tests.levers import modules_of_levers

Balance = tuple[str, Any, Any]
Columns = dict[str, NDArray[Any]]


@pytest.fixture(scope="module")
def scenario_of(scenario_of: Callable[..., Scenario]) -> Callable[..., Scenario]:
    """Return a maker of small scenarios in which people age out."""
    return lambda **given: scenario_of(**given | {"population": {"youth_years": 5} | given.get("population", {})})


def columns(world: World, table: str) -> Columns:
    return {column.name: world.tables[table].column(column.name) for column in world.tables[table].columns}


def tally(rows: NDArray[Any], length: int, weights: NDArray[Any] | None = None) -> NDArray[np.int64]:
    """Count (or sum exact integers) by row; a row that does not exist fails."""
    total = np.zeros(length, np.int64)
    np.add.at(total, rows, 1 if weights is None else weights)
    return total


def balances_of_people(world: World, day: int) -> list[Balance]:
    people, stocks, counts = columns(world, "people"), world.stocks[day], world.counts
    activity, place = people["activity"], people["place"]
    entered = people["entry_day"] <= day
    crosstab = tally(activity.astype(int) * PLACES + place, ACTIVITIES * PLACES)
    began = (activity == Activity.EMPLOYED) & (people["employer"] >= 0)
    gone = (people["station"] >= 0) & (place == Place.ELSEWHERE)
    left_today = (people["job_start_day"] == day) | (people["left_day"] == day) | (people["departures"] > 1)  # left_day is the first time
    overstaying = (place == Place.VISITING) & (people["visit_end"] <= day) & (people["interview_day"] != day)
    old = activity == Activity.AGED_OUT
    searches = (activity == Activity.SEARCHING) | (people["next_search_day"] > day)
    days = ("next_search_day", "next_outside_day", "next_trip_day", "return_day", "separation_day", "contract_day")
    plans = ("employer", "post", "station", "mentor", *days)
    held = int(people["offers_in_hand"][old].sum()) + sum(int((people[column][old] >= 0).sum()) for column in plans)
    return [
        ("who has aged out has left school, and holds and plans nothing", held + int(((people["graduation_day"] > day) & old).sum()), 0),
        ("who has aged out is nowhere in the region", int((place[old] != Place.ELSEWHERE).sum()), 0),
        ("aged out or studying on, counted", int(old.sum()), int(counts[Count.AGED_OUT] + counts[Count.STUDYING_ON])),
        ("who studies on, counted", int((old & (people["preparing"] == Preparation.ADMITTED)).sum()), int(counts[Count.STUDYING_ON])),
        ("exams of people", int(people["exams"].sum()), int(counts[Count.EXAMS_SAT])),
        ("who will study on does not search", int((searches & (people["preparing"] == Preparation.ADMITTED)).sum()), 0),
        ("everybody below the mark has aged out", int((~old)[: int(world.rows_in_use["first_young"][0])].sum()), 0),
        ("absent are those who have not entered", (activity == Activity.ABSENT).tolist(), (~entered).tolist()),
        ("people by activity and place, recorded", stocks[: ACTIVITIES * PLACES].tolist(), crosstab.tolist()),
        ("people present", int(stocks[PLACES : ACTIVITIES * PLACES].sum()), int(entered.sum())),
        ("guests are here, or left today", int((gone & ~left_today).sum()), 0),
        ("visitors leave on their day, or after today's interview", int(overstaying.sum()), 0),
        ("applications of people", int(people["applications"].sum()), int(counts[Count.APPLICATIONS_SENT])),
        ("interviews of people", int(people["interviews"].sum()), int(counts[Count.INTERVIEWS_HELD])),
        ("offers to people", int(people["offers"].sum()), int(counts[Count.OFFERS_MADE])),
        ("the wage of who has no job", int(np.abs(people["wage"][activity != Activity.EMPLOYED]).sum()), 0),
        ("recorded employed", int(stocks[Stock.EMPLOYED_IN_REGION]), int((began | (activity == Activity.FOUNDER)).sum())),
    ]


def balances_of_jobs(world: World, day: int) -> list[Balance]:
    people, employers, posts, slots = (columns(world, name) for name in ("people", "employers", "posts", "slots"))
    counts, firms, activity = world.counts, len(employers["alive"]), people["activity"]
    working = (activity == Activity.EMPLOYED) & (people["employer"] >= 0)
    at = people["employer"][working]
    signed = (people["contract_day"] >= 0) & (people["contract_outside"] == 0)
    promised = people["contract_post"][signed]
    open_now = posts["state"] < PostState.FILLED
    numbers = np.flatnonzero(open_now)
    waiting = (posts["state"] == PostState.OFFERING) & (posts["holder"] >= 0)
    used = np.flatnonzero(slots["post"] >= 0)
    interns = people["employer"][(activity == Activity.INTERN) & (people["employer"] >= 0)]
    runs = (employers["founder"] >= 0) & (employers["alive"] == 1) & (employers["handed_on"] == 0)
    founders = np.flatnonzero(activity == Activity.FOUNDER)
    applications = world.applications_of(numbers)["person"]
    stages = world.applications_of(numbers)["stage"]
    on_pile = np.arange(stages.shape[1]) < posts["kept"][open_now][:, None]
    to_come = int(((stages == Stage.CALLED) & on_pile).sum())
    piles = [pile[:kept].tolist() for pile, kept in zip(applications, posts["kept"][open_now], strict=True)]
    return [
        ("staff", employers["staff"].tolist(), tally(at, firms).tolist()),
        ("wage bill", employers["wage_bill"].tolist(), tally(at, firms, people["wage"][working]).tolist()),
        ("nobody works for an employer closed before today", int(((employers["alive"][at] == 0) & (employers["closed_day"][at] < day)).sum()), 0),
        ("pending", employers["pending"].tolist(), tally(posts["employer"][promised], firms).tolist()),
        ("a contract is for a filled post", set(posts["state"][promised].tolist()) <= {int(PostState.FILLED)}, True),
        ("holders of posts", posts["holder"][promised].tolist(), np.flatnonzero(signed).tolist()),
        ("a contract has a post or is elsewhere", (people["contract_post"] >= 0).tolist(), signed.tolist()),
        ("open posts", employers["open_posts"].tolist(), tally(posts["employer"][open_now], firms).tolist()),
        (
            "start-ups closed before today advertise",
            int(((employers["alive"] == 0) & (employers["closed_day"] < day) & (employers["open_posts"] > 0)).sum()),
            0,
        ),
        ("vacancies recorded", int(world.stocks[day, Stock.VACANCIES_OPEN]), int(open_now.sum())),
        ("posts opened", int(counts[Count.POSTS_OPENED]), len(posts["state"])),
        (
            "opened are filled, lapsed, kept for somebody or open",
            int(counts[Count.POSTS_OPENED]),
            int(counts[Count.POSTS_FILLED] + counts[Count.POSTS_LAPSED] + counts[Count.POSTS_KEPT] + open_now.sum()),
        ),
        (
            "applications are for posts, or handed in on campus, from where an intent may come to a post",
            bool(0 <= posts["applications"].sum() + counts[Count.CAMPUS_CVS] - counts[Count.APPLICATIONS_SENT] <= counts[Count.CAMPUS_INTENTS]),
            True,
        ),
        (
            "called are held, missed, cancelled or to come",
            int(counts[Count.INTERVIEWS_CALLED]),
            int(counts[[Count.INTERVIEWS_HELD, Count.INTERVIEWS_MISSED, Count.INTERVIEWS_CANCELLED]].sum()) + to_come,
        ),
        (
            "offers made are signed, refused, withdrawn or in somebody's hand",
            int(counts[Count.OFFERS_MADE]),
            int(counts[[Count.CONTRACTS_SIGNED, Count.OFFERS_REFUSED, Count.OFFERS_WITHDRAWN]].sum() + waiting.sum()),
        ),
        (
            "offers in hand",
            people["offers_in_hand"].tolist(),
            (tally(posts["holder"][waiting], len(activity)) + (people["outside_offer"] > 0)).tolist(),
        ),
        (
            "whose offer waits is on the pile",
            sorted(applications[(stages == Stage.OFFERED) & on_pile].tolist()),
            sorted(posts["holder"][waiting].tolist()),
        ),
        ("an answer from elsewhere is due on a day to come", int((people["next_outside_day"] <= day)[people["outside_offer"] > 0].sum()), 0),
        ("an answer from here is due on a day to come", int((posts["offer_day"][waiting] <= day).sum()), 0),
        ("a contract fills a post", int(counts[Count.CONTRACTS_SIGNED]), int(counts[Count.POSTS_FILLED])),
        ("posts filled", int(counts[Count.POSTS_FILLED]), int((posts["state"] == PostState.FILLED).sum())),
        ("posts kept", int(counts[Count.POSTS_KEPT]), int((posts["state"] == PostState.KEPT).sum())),
        ("posts lapsed", int(counts[Count.POSTS_LAPSED]), int((posts["state"] == PostState.LAPSED).sum())),
        ("the post of a slot has that slot", posts["slot"][slots["post"][used]].tolist(), used.tolist()),
        ("the employer of a slot has its post", posts["employer"][slots["post"][used]].tolist(), slots["employer"][used].tolist()),
        ("open posts are advertised", slots["post"][posts["slot"][numbers]].tolist(), numbers.tolist()),
        ("advertised posts are open", len(used), len(numbers)),
        ("posts below the mark are closed", int(open_now[: int(world.rows_in_use["first_open_post"][0])].sum()), 0),
        ("nobody is on a pile twice", [pile for pile in piles if len(set(pile)) < len(pile) or min(pile, default=0) < 0], []),
        ("interns", employers["interns"].tolist(), tally(interns, firms).tolist()),
        ("firms of founders", sorted(people["employer"][founders].tolist()), np.flatnonzero(runs).tolist()),
        ("founders of firms", employers["founder"][people["employer"][founders]].tolist(), founders.tolist()),
        ("start-ups recorded", int(world.stocks[day, Stock.STARTUPS_ALIVE]), int(runs.sum())),
        ("employers that want fewer than no staff", int((employers["target_staff"] < 0).sum()), 0),
        ("contracts", bool(0 <= counts[Count.CONTRACTS_SIGNED] - counts[Count.HIRES] - signed.sum() <= counts[Count.CONTRACTS_BROKEN]), True),
    ]


def balances_of_services(world: World, day: int) -> list[Balance]:
    people, stations, services, events, mentors, employers, districts = (
        columns(world, name) for name in ("people", "stations", "services", "events", "mentors", "employers", "districts")
    )
    counts = world.counts
    used = tally(people["station"][people["station"] >= 0], len(stations["beds"]))
    opened = stations["opening_day"] <= day
    taught = np.concatenate([people["mentor"][people["mentor"] >= 0], employers["mentor"][employers["mentor"] >= 0]])
    visits, fairs = events["kind"] == EventKind.GROUP_VISIT, events["kind"] <= EventKind.EVENING_FAIR
    limited = services["budget"] >= 0
    lodging = world.services[day, LeverId.LODGING]
    by_desks = int(counts[int(world.rules["lodging"]["counts"]["desk_turned_away"][0])])
    return [
        ("beds used", stations["beds_used"].tolist(), used.tolist()),
        ("beds used beyond the beds", int((stations["beds_used"] > stations["beds"]).sum()), 0),
        (
            "beds of districts",
            districts["beds"].tolist(),
            tally(stations["district"][opened], len(districts["beds"]), stations["beds"][opened]).tolist(),
        ),
        ("beds used in districts", districts["beds_used"].tolist(), tally(stations["district"], len(districts["beds"]), used).tolist()),
        ("beds recorded", world.beds[day].tolist(), np.column_stack([districts["beds"], districts["beds_used"]]).tolist()),
        ("guests", int(stations["guests"].sum()), int(counts[Count.STATION_GUESTS])),
        ("guests served", int(lodging[ServiceEntry.SERVED]), int(counts[Count.STATION_GUESTS])),
        ("guests, person by person", int(people["guest_stays"].sum()), int(counts[Count.STATION_GUESTS])),
        ("nights", int(stations["nights"].sum()), int(counts[Count.STATION_NIGHTS])),
        ("nights paid for", int(services["units"][LeverId.LODGING]), int(counts[Count.STATION_NIGHTS])),
        ("nights, person by person", int(people["guest_nights"].sum()), int(counts[Count.STATION_NIGHTS])),
        ("turned away by stations", int(lodging[ServiceEntry.TURNED_AWAY]), int(counts[Count.STATION_TURNED_AWAY]) + by_desks),
        *(
            (name, int(people[column].sum()), int(counts[count]))
            for name, column, count in (
                ("guests interviewed", "guest_interviewed", Count.GUESTS_INTERVIEWED),
                ("guests signed", "guest_signed", Count.GUESTS_SIGNED),
                ("guests placed", "guest_placed", Count.GUESTS_PLACED),
                ("travelled", "travelled_aware", Count.LODGING_TRAVELLED),
                ("vouchers", "voucher", Count.VOUCHERS_USED),
                ("fairs attended", "fairs", Count.FAIR_ATTENDANCES),
            )
        ),
        ("mentees", mentors["mentees"].tolist(), tally(taught, len(mentors["mentees"])).tolist()),
        ("mentees beyond the places", int((mentors["mentees"] > mentors["capacity"]).sum()), 0),
        ("mentees taken on", int(mentors["served"].sum()), int(counts[Count.MENTEES])),
        ("places taken beyond the places", int((events["taken"] > events["places"])[visits | fairs].sum()), 0),
        ("places of visits", int(events["taken"][visits].sum()), int(counts[Count.VOUCHERS_USED])),
        ("places of fairs", int(events["taken"][fairs].sum()), int(counts[Count.FAIR_ATTENDANCES])),
        ("contacts", int(people["contacts"].sum()), int(services["served"][[LeverId.OUTREACH, LeverId.ORGANISATION]].sum())),
        ("CVs", int(services["served"][LeverId.CAMPUS_RECRUITMENT]), int(counts[Count.CAMPUS_CVS])),
        ("spending by unit", services["spent"].tolist(), (services["units"] * services["unit_cost"] + services["fixed_spent"]).tolist()),
        ("overspent", services["spent"][limited].tolist(), np.minimum(services["spent"], services["budget"])[limited].tolist()),
        ("spending recorded", world.services[day, :, ServiceEntry.SPENT].tolist(), services["spent"].tolist()),
        ("served beyond reached", int((services["served"] < 0).sum() + (services["turned_away"] < 0).sum()), 0),
    ]


COUNTERS = (
    ("hires", Count.HIRES),
    ("separations", Count.SEPARATIONS),
    ("contracts_signed", Count.CONTRACTS_SIGNED),
    ("contracts_broken", Count.CONTRACTS_BROKEN),
    ("interviews_missed", Count.INTERVIEWS_MISSED),
    ("arrivals", Count.ARRIVALS),
    ("departures", Count.LEFT_REGION),
    ("returns", Count.LOCALS_RETURNED),
    ("day_trips", Count.DAY_TRIPS),
    ("fair_hires", Count.FAIR_HIRES),
    ("campus_cvs", Count.CAMPUS_CVS),
    ("campus_intents", Count.CAMPUS_INTENTS),
    ("campus_hires", Count.CAMPUS_HIRES),
    ("internships", Count.INTERNS_STARTED),
    ("internships_kept", Count.INTERNS_KEPT),
    ("courses_finished", Count.TRAINED),
    ("firms_founded", Count.STARTUPS_FOUNDED),
    ("placements", Count.PLACEMENTS_STARTED),
    ("placements_kept", Count.PLACEMENTS_KEPT),
    ("menu_courses", Count.MENU_TRAINED),
    ("contracted_courses", Count.CONTRACTED_TRAINED),
    ("training_hires", Count.TRAINING_HIRED),
    ("startup_courses", Count.STARTUP_COURSES_ATTENDED),
)
"""Counters of persons and the counts that are their sums."""

WITH_PLACES = [
    EventKind.LECTURE,
    EventKind.ROLE_MODEL_TALK,
    EventKind.MENU_COURSE,
    EventKind.CONTRACTED_CLASS,
    EventKind.INTAKE,
    EventKind.STARTUP_LECTURE,
    EventKind.STARTUP_CAMP,
    EventKind.EQUITY_ROUND,
    EventKind.DEPUTIES,
    EventKind.LEADERS,
]


def balances_of_training(world: World, day: int) -> list[Balance]:
    people, employers, services, events = (columns(world, name) for name in ("people", "employers", "services", "events"))
    counts, activity, rules = world.counts, people["activity"], world.rules[0]
    intern, trainee = activity == Activity.INTERN, activity == Activity.TRAINING
    in_place = intern & (people["placement"] != Placement.OWN) & (people["placement"] != Placement.CONTRACTED)
    allowances = rules.internships
    allowance = np.where(people["placement"] == Placement.GRADUATE, allowances.stipend, allowances.student_allowance)
    allowance[people["placement"] == Placement.PRACTICE] = allowances.practice_allowance
    to_come = people["place_months"] * (allowance + rules.internships.administration)
    in_class = (trainee & (people["course"] == Course.CONTRACTED)) | (intern & (people["placement"] == Placement.CONTRACTED))
    hosted = people["course_host"] >= 0
    served, promised = services["served"], services["promised"]

    stake = max(1, int(rules.equity.amount) // max(1, int(rules.equity.investments)))

    def taken(*kinds: EventKind) -> int:
        return int(events["taken"][np.isin(events["kind"], kinds)].sum())

    return [
        *((name, int(people[name].sum()), int(counts[count])) for name, count in COUNTERS),
        ("lectures and talks", int(people["lectures"].sum() + people["talks"].sum()), int(counts[Count.LECTURES_ATTENDED])),
        ("seats of lectures", taken(EventKind.LECTURE, EventKind.ROLE_MODEL_TALK), int(counts[Count.LECTURES_ATTENDED])),
        ("guided", int(served[LeverId.GUIDANCE]), int(counts[Count.LECTURES_ATTENDED] + counts[Count.ADVICE_GIVEN])),
        (
            "openings kept or to be kept",
            (employers["held"] + employers["ordered"]).tolist(),
            tally(people["course_host"][hosted], len(employers["held"])).tolist(),
        ),
        ("an opening is held for a graduate intern or a class to order", int((hosted & ~in_class & ~in_place).sum()), 0),
        ("who is trained or placed comes back", int(((intern | trainee) & (people["return_day"] <= day)).sum()), 0),
        ("kind of a course", int(((people["course"] != Course.OWN) & ~trainee & ~in_class).sum()), 0),
        ("kind of a place", int(((people["placement"] != Placement.OWN) & ~intern).sum()), 0),
        ("seats of courses", taken(EventKind.MENU_COURSE, EventKind.CONTRACTED_CLASS), int(served[LeverId.SKILLS_TRAINING])),
        ("promised to interns", int(promised[LeverId.INTERNSHIPS]), int(to_come.sum())),
        ("months of places", int(people["place_months"][~in_place].sum()), 0),
        ("promised beyond the budget", int((promised < 0).sum()), 0),
        ("places taken", taken(EventKind.INTAKE), int(counts[Count.PLACEMENTS_STARTED])),
        ("places served", int(served[LeverId.INTERNSHIPS]), int(counts[Count.PLACEMENTS_STARTED])),
        ("places run or are over", bool(counts[Count.PLACEMENTS_ENDED] + in_place.sum() <= counts[Count.PLACEMENTS_STARTED]), True),
        ("stipends", int(people["stipends"].sum()), int(world.ledger[Money.STIPENDS])),
        ("members of the book club", int(services["in_use"][LeverId.STARTUP_COURSES]), int(people["book_club"].sum())),
        ("seats of start-up courses", taken(EventKind.STARTUP_LECTURE, EventKind.STARTUP_CAMP), int(people["startup_courses"].sum())),
        ("equity", int(employers["equity"].sum() + counts[Count.EQUITY_LOST]), int(counts[Count.EQUITY_INVESTED])),
        ("firms with equity", int((employers["equity"] > 0).sum() + counts[Count.EQUITY_LOST] // stake), int(counts[Count.EQUITY_FIRMS])),
        ("investments", int(served[LeverId.EQUITY]), int(counts[Count.EQUITY_FIRMS])),
        ("more than the seats", int((events["taken"] > events["places"])[np.isin(events["kind"], WITH_PLACES)].sum()), 0),
    ]


def balances_of_money(world: World, day: int) -> list[Balance]:
    people, employers, loans = (columns(world, name) for name in ("people", "employers", "loans"))
    counts = world.counts
    of_scheme = loans["scheme"] == 1
    running = of_scheme & (loans["defaulted"] == 0)
    lost = of_scheme & (loans["defaulted"] == 1)
    owed = np.flatnonzero(employers["loan"] >= 0)
    credit = int(world.rules["loans"]["credit_line"][0])
    return [
        ("savings", int(people["savings"].sum()), int(world.ledger.sum())),
        ("savings recorded", int(world.stocks[day, Stock.SAVINGS]), int(people["savings"].sum())),
        ("nobody is in the red", int((people["savings"] < 0).sum()), 0),
        ("cash of start-ups", int(employers["cash"].sum()), int(world.cashbook.sum())),
        ("cash recorded", int(world.stocks[day, Stock.STARTUP_CASH]), int(employers["cash"].sum())),
        ("a firm in the red is closed", int((employers["cash"] < 0).sum()), 0),
        ("invested by households is part of the capital", bool(-world.ledger[Money.CAPITAL_INVESTED] <= world.cashbook[Cash.CAPITAL]), True),
        ("profits leave the firm and reach the founder", int(world.ledger[Money.PROFITS] + world.cashbook[Cash.PROFITS_TAKEN]), 0),
        ("loans granted", int(counts[Count.LOANS_GRANTED]), int(of_scheme.sum())),
        ("bank loans granted", int(counts[Count.BANK_LOANS_GRANTED]), int((~of_scheme).sum())),
        ("amount granted", int(counts[Count.LOAN_AMOUNT_GRANTED]), int(loans["amount"][of_scheme].sum())),
        ("amount within the credit line", bool(counts[Count.LOAN_AMOUNT_GRANTED] <= credit), True),
        (
            "granted is outstanding, repaid or defaulted",
            int(counts[Count.LOAN_AMOUNT_GRANTED]),
            int(loans["outstanding"][running].sum() + counts[Count.LOAN_AMOUNT_REPAID] + counts[Count.LOAN_AMOUNT_DEFAULTED]),
        ),
        ("loans defaulted", int(counts[Count.LOANS_DEFAULTED]), int(lost.sum())),
        ("amount defaulted", int(counts[Count.LOAN_AMOUNT_DEFAULTED]), int(loans["outstanding"][lost].sum())),
        ("repaid beyond the amount", int(((loans["outstanding"] < 0) | (loans["outstanding"] > loans["amount"])).sum()), 0),
        ("who owes is the borrower", loans["employer"][employers["loan"][owed]].tolist(), owed.tolist()),
        (
            "every running loan is owed by somebody",
            np.sort(employers["loan"][owed]).tolist(),
            np.flatnonzero((loans["defaulted"] == 0) & (loans["outstanding"] > 0)).tolist(),
        ),
    ]


BY_PERSON = (
    ("cases of legal aid", "legal_cases", Count.LEGAL_CASES),
    ("money recovered", "recovered", Count.LEGAL_RECOVERED),
    ("subsidies", "subsidies", Count.SUBSIDIES_PAID),
    ("homes", "home_owner", Count.HOMES_BOUGHT),
    ("evenings", "social_events", Count.EVENTS_ATTENDED),
    ("couples", "partner", Count.COUPLES),
    ("case files", "case_files", Count.CASES_OPENED),
    ("referrals", "referrals", Count.REFERRALS),
    ("hires through referrals", "referral_hires", Count.REFERRALS_HIRED),
    ("accidents", "accidents", Count.ACCIDENTS),
    ("safety courses", "safety_courses", Count.SAFETY_TRAINED),
    ("visits at desks", "desk_visits", Count.DESK_CONSULTATIONS),
    ("firms", "firms_founded", Count.STARTUPS_FOUNDED),
)
"""What persons add up to a count."""


def balances_of_help(world: World, _: int) -> list[Balance]:
    """Balance what persons, firms and lenders have had against the books of the services, and the money that passed."""
    people, employers, services, cases, lenders, loans, events, stations = (
        columns(world, name) for name in ("people", "employers", "services", "cases", "lenders", "loans", "events", "stations")
    )
    counts, ledger, cashbook, rules = world.counts, world.ledger, world.cashbook, world.rules
    in_use, promised, served, units = (services[name] for name in ("in_use", "promised", "served", "units"))
    open_now = np.flatnonzero(cases["closed_day"] < 0)
    clients = np.flatnonzero(people["case_file"] >= 0)
    of_scheme = loans["scheme"] == 1
    to_founders = of_scheme & (employers["founder"][loans["employer"]] >= 0)
    desk_places = int(rules["lodging"]["desk_staff_per_station"][0] * rules["lodging"]["visits_per_desk_staff_day"][0])
    taken = {kind: int(events["taken"][events["kind"] == kind].sum()) for kind in EventKind}
    handed_over = int(counts[Count.SUBSIDIES_PAID])
    search_paid = int(people["search_paid"].sum())
    fares_paid, taken_in = int(people["fares_paid"].sum()), int(in_use[LeverId.TRANSPORT_SUPPORT])
    cards = int(people["card"].sum())
    limited = services["budget"] >= 0
    legal_units = int(rules["legal_aid"]["hours_per_case"][0] * rules["legal_aid"]["training_seats_per_hour"][0])
    return [
        *((f"{name}, person by person", int(people[column].sum()), int(counts[count])) for name, column, count in BY_PERSON),
        ("desks in use", int(in_use[LeverId.INCUBATOR]), int(employers["desk"].sum())),
        ("desks beyond the desks", bool(in_use[LeverId.INCUBATOR] <= max(0, int(rules["incubator"]["desks"][0]))), True),
        ("desks of closed firms", int(employers["desk"][employers["alive"] == 0].sum()), 0),
        ("firms without a desk are turned away once", int(services["turned_away"][LeverId.INCUBATOR]), int(employers["desk_refused"].sum())),
        ("open files", int(in_use[LeverId.CASEWORK]), len(open_now)),
        ("clients of open files", np.sort(cases["person"][open_now]).tolist(), clients.tolist()),
        ("files of clients", cases["person"][people["case_file"][clients]].tolist(), clients.tolist()),
        ("files below the mark are closed", int((open_now < int(world.rows_in_use["first_open_case"][0])).sum()), 0),
        ("contacts promised to files", int(promised[LeverId.CASEWORK]), int(cases["promised"].sum())),
        ("contacts of files", int(cases["contacts"].sum()), int(people["case_contacts"].sum())),
        ("contacts paid for", int(units[LeverId.CASEWORK]), int(people["case_contacts"].sum())),
        ("rent promised", int(promised[LeverId.SUBSIDIES]), int((people["rent_months"] * people["rent_subsidy"]).sum())),
        ("rent without months", int(people["rent_subsidy"][people["rent_months"] == 0].sum()), 0),
        ("hires to be paid for", int(promised[LeverId.HIRING_SUBSIDY]), int(people["hiring_claim"].sum())),
        ("hires with a place", int(in_use[LeverId.HIRING_SUBSIDY]), int(people["hiring_claim"].sum() + people["hires_paid_for"].sum())),
        ("who leaves leaves no claim behind", int(people["hiring_claim"][people["employer"] < 0].sum()), 0),
        ("promised is not negative", int((promised < 0).sum()), 0),
        (
            "promised beyond the budget",
            int(((services["spent"] + promised * services["unit_cost"]) > services["budget"])[limited].sum()),
            0,
        ),
        ("cards in use", int(in_use[LeverId.SUBSIDIES]), cards),
        ("subsidies and cards paid for", int(units[LeverId.SUBSIDIES]), handed_over + search_paid + cards * int(rules["subsidies"]["card_cost"][0])),
        ("grants reach the firms", int(counts[Count.STARTUP_GRANTS]), int(cashbook[Cash.GRANTS])),
        ("subsidies are rent, grants and homes", bool(handed_over + fares_paid >= ledger[Money.SUBSIDIES] + cashbook[Cash.GRANTS]), True),
        ("fares paid for", int(units[LeverId.TRANSPORT_SUPPORT]), fares_paid + taken_in * int(rules["transport_support"]["administration"][0])),
        ("persons with fares paid", taken_in, int((people["fares_supported"] > 0).sum())),
        ("homes cost", bool(ledger[Money.HOMES] <= 0), True),
        ("disputes cost", bool(cashbook[Cash.DISPUTES] <= 0), True),
        ("arrears recovered are part of what is recovered", bool(0 <= ledger[Money.ARREARS_RECOVERED] <= counts[Count.LEGAL_RECOVERED]), True),
        ("legal cases and seats", int(units[LeverId.LEGAL_AID]), int(counts[Count.LEGAL_CASES]) * legal_units + int(counts[Count.LEGAL_TRAINED])),
        ("legal trainings", taken[EventKind.LEGAL_TRAINING], int(counts[Count.LEGAL_TRAINED])),
        ("safety courses", taken[EventKind.SAFETY_COURSE], int(counts[Count.SAFETY_TRAINED])),
        ("preparations", taken[EventKind.SAFETY_CERTIFICATE], int(people["safety_preparations"].sum())),
        ("certificates of who prepared", int((people["safety_certificate"] > people["safety_preparations"]).sum()), 0),
        ("model units", taken[EventKind.SAFETY_UNITS], int(employers["model_unit"].sum())),
        ("evenings served", int(served[LeverId.INTEGRATION]), int(counts[Count.EVENTS_ATTENDED])),
        ("members of communities", int(in_use[LeverId.INTEGRATION]), int(people["community"].sum())),
        ("consultations within the staff's time", int((stations["desk_used"] > desk_places).sum()), 0),
        ("loans of founders", int(people["loans_granted"].sum()), int(to_founders.sum())),
        ("amounts of founders", int(people["loan_amount"].sum()), int(loans["amount"][to_founders].sum())),
        ("lenders' credit", int(lenders["granted"].sum()), int(counts[Count.LOAN_AMOUNT_GRANTED])),
        (
            "each lender's credit",
            lenders["granted"].tolist(),
            tally(loans["lender"][of_scheme], len(lenders["line"]), loans["amount"][of_scheme]).tolist(),
        ),
        ("credit beyond a lender's line", int((lenders["granted"] > lenders["line"]).sum()), 0),
        ("lines beyond the credit line", bool(lenders["line"].sum() <= int(rules["loans"]["credit_line"][0])), True),
        ("an own lender for founders", int((lenders["founders"][loans["lender"][to_founders]] == 0).sum()), 0),
        ("an own lender for firms", int((lenders["firms"][loans["lender"][of_scheme & ~to_founders]] == 0).sum()), 0),
        ("reached are served or turned away", (served + services["turned_away"])[HELP].tolist(), services["reached"][HELP].tolist()),
    ]


HELP = [LeverId.LEGAL_AID, LeverId.INCUBATOR, LeverId.SUBSIDIES, LeverId.INTEGRATION, LeverId.CASEWORK, LeverId.SAFETY_TRAINING]
"""Levers where whoever is reached is served or turned away."""


def imbalances(world: World, day: int) -> list[Balance]:
    """Name every balance that does not hold at the end of a day."""
    kinds = (balances_of_people, balances_of_jobs, balances_of_services, balances_of_training, balances_of_money, balances_of_help)
    every = [part for of in kinds for part in of(world, day)]
    return [(f"day {day}: {name}", left, right) for name, left, right in every if left != right]


def check_every_day(world: World) -> None:
    """Step through the run, checking all balances and what moved each stock since the first morning."""
    people, employers = world.tables["people"], world.tables["employers"]
    working = (people.column("activity") == Activity.EMPLOYED) & (people.column("employer") >= 0)
    jobs, firms = int(working.sum()), int((employers.column("founder") >= 0).sum())
    assert int(people.column("savings").sum()) == int(world.ledger[Money.OPENING_SAVINGS]) == int(world.ledger.sum())
    for day in range(world.scenario.days):
        world.advance(day, day + 1)
        assert imbalances(world, day) == []
        working = (people.column("activity") == Activity.EMPLOYED) & (people.column("employer") >= 0)
        ended = int(world.counts[Count.SEPARATIONS] + world.counts[Count.POSTS_TAKEN_ALONG])
        assert int(working.sum()) == jobs + int(world.counts[Count.HIRES]) - ended
        alive = int(world.stocks[day, Stock.STARTUPS_ALIVE])
        gone = int(world.counts[Count.STARTUPS_CLOSED] + world.counts[Count.FIRMS_HANDED_ON])
        assert alive == firms + int(world.counts[Count.STARTUPS_FOUNDED]) - gone


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("levers", ["none", "all"])
def test_everything_balances_every_day(
    seed: int, levers: str, scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any], world_of: Callable[..., World]
) -> None:
    scenario = scenario_of(graduates=500, days=400, policy=every_lever() if levers == "all" else {})
    check_every_day(world_of(scenario, seed))


def test_the_levers_of_the_balance_test_all_serve_and_all_run_out(run_of: Callable[..., World], every_lever: Callable[[], Any]) -> None:
    services = run_of(seed=3, graduates=500, days=400, policy=every_lever()).tables["services"]
    every(services.column("served") > 0)
    scarce = [LeverId.LODGING, LeverId.JOB_FAIRS, LeverId.TRAVEL_VOUCHERS, LeverId.MENTORING]
    every(services.column("turned_away")[scarce] > 0)


HARD_TIMES = {
    "exit_per_year": 1.0,
    "shrink_per_month": 0.3,
    "revenue_noise": 1.5,
    "opportunity_per_year": 2.0,
    "growth_per_year": 2.0,
    "separation_bachelor": 0.5,
    "separation_vocational": 0.5,
    "leave_per_month": 20.0,
    "internship_share": 1.0,
    "course_after_days": 20,
    "course_per_month": 0.5,
}
"""Everything that ends, moves or fails, often."""


@pytest.mark.parametrize("seed", [4, 5])
def test_everything_balances_in_hard_times(
    seed: int, scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any], world_of: Callable[..., World]
) -> None:
    policy = every_lever()
    policy["loans"]["credit_line"] = 60_000_000
    world = world_of(scenario_of(graduates=500, days=300, policy=policy, behaviour=HARD_TIMES), seed)
    check_every_day(world)
    happened = [
        Count.EMPLOYERS_CLOSED,
        Count.STARTUPS_CLOSED,
        Count.LOANS_DEFAULTED,
        Count.LEFT_REGION,
        Count.INTERNS_STARTED,
        Count.CONTRACTS_BROKEN,
    ]
    every(world.counts[happened] > 0)


def drawn(first: int, last: int | None, *also: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return what draws settings for any of some levers, in the order of `OWN`."""
    every_one = {name: tests.DRAWN for name, tests in modules_of_levers().items()}
    return st.fixed_dictionaries({}, optional={name: every_one[name] for name in [*list(every_one)[first:last], *also]})


POLICIES = drawn(0, 7)


@given(policy=POLICIES, seed=st.integers(0, 2**32 - 1), month=st.integers(1, 12))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], derandomize=True)
def test_everything_balances_for_any_levers(
    policy: Any, seed: int, month: int, scenario_of: Callable[..., Scenario], world_of: Callable[..., World]
) -> None:
    check_every_day(world_of(scenario_of(graduates=250, days=100, start=f"2021-{month:02}-01", policy=policy), seed))


POLICIES_OF_TRAINING = drawn(7, 12)


@given(policy=POLICIES_OF_TRAINING, seed=st.integers(0, 2**32 - 1), month=st.integers(1, 12), hard=st.booleans())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], derandomize=True)
def test_everything_balances_for_any_training(
    policy: Any, seed: int, month: int, hard: bool, scenario_of: Callable[..., Scenario], world_of: Callable[..., World]
) -> None:
    behaviour = HARD_TIMES if hard else {}
    check_every_day(world_of(scenario_of(graduates=250, days=130, start=f"2021-{month:02}-01", policy=policy, behaviour=behaviour), seed))


HELPING = drawn(12, None, "lodging", "loans")
TROUBLE = HARD_TIMES | {
    "arrears_per_year": 3.0,
    "dispute_per_year": 3.0,
    "accident_manufacturing": 2.0,
    "accident_elsewhere": 1.0,
    "home_considered_per_year": 6.0,
    "home_family_means": 150_000,
    "couple_share": 0.3,
    "explore_per_month": 1.0,
}


@pytest.mark.parametrize("seed", [6, 7])
def test_help_balances_where_much_goes_wrong(
    seed: int, scenario_of: Callable[..., Scenario], every_lever: Callable[[], Any], world_of: Callable[..., World]
) -> None:
    policy = every_lever()
    policy["loans"]["credit_line"] = 60_000_001
    policy["lodging"] |= {"newly_employed": True, "desk_staff_per_station": 1, "beds_per_room": 3}
    world = world_of(scenario_of(graduates=500, days=300, policy=policy, behaviour=TROUBLE), seed)
    check_every_day(world)
    assert [name for name, _, count in BY_PERSON if world.counts[count] == 0] == []


@given(policy=HELPING, seed=st.integers(0, 2**32 - 1), month=st.integers(1, 12))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], derandomize=True)
def test_help_balances_for_any_settings(
    policy: Any, seed: int, month: int, scenario_of: Callable[..., Scenario], world_of: Callable[..., World]
) -> None:
    known = {"initial_awareness": 1.0}
    policy = {name: lever | (known if name not in ("safety_training", "organisation", "hiring_subsidy") else {}) for name, lever in policy.items()}
    setting: dict[str, Any] = {"graduates": 250, "days": 100, "start": f"2021-{month:02}-01", "population": {"residents_from_elsewhere_share": 0.5}}
    check_every_day(world_of(scenario_of(**setting, policy=policy, behaviour=TROUBLE), seed))
