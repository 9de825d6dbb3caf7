"""What has to balance at the end of every day: people, jobs and services."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.levers import LeverId
from sim.states import (
    ACTIVITIES,
    PLACES,
    Activity,
    Count,
    EventKind,
    Place,
    PostState,
    Preparation,
    ServiceEntry,
    Stage,
    Stock,
)
from sim.world import World

Balance = tuple[str, Any, Any]


def columns(world: World, table: str) -> NDArray[Any]:
    """Return the rows in use of a table, whose columns are looked up by name; each test looks at few of them."""
    return np.asarray(world.tables[table].rows[: world.tables[table].count])


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
