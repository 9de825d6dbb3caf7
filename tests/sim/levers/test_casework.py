"""Casework: one file a person, a plan once, referrals that reach a pile, follow-up that eases the first troubles at work."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.compiled import NEVER
from sim.levers import LeverId
from sim.outcomes import OUTCOMES
from sim.rules.working import has_trouble, talk_trouble_over
from sim.scenario import Scenario
from sim.states import Activity, Channel, Count, Place
from sim.tables import Tables
from sim.world import World
from tests.drawn import BUDGET, FEW, PEOPLE_HELPED
from tests.every import every
from tests.sim.tiny import advertise, know, move, seek

BUSY: dict[str, Any] = {"enabled": True, "caseworkers": 1, "clients_per_caseworker": 8, "initial_awareness": 0.8, "demand": 0.6}
"""A setting in which places and money run out among some hundred people."""

EMPTY: list[dict[str, Any]] = [{"caseworkers": 0}, {"clients_per_caseworker": 0}, {"budget": 0}]
"""Settings that leave it enabled with nothing to give."""

DRAWN = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "budget": BUDGET,
        "caseworkers": FEW,
        "clients_per_caseworker": PEOPLE_HELPED,
        "overload": st.floats(1, 4),
        "contact_interval_days": st.integers(1, 60),
        "longest_months": st.integers(1, 4),
        "followup_months": FEW,
        "demand": st.floats(0, 1),
    }
)
"""Any settings, for property tests."""

Run = Callable[..., World]

WIDE = {"enabled": True, "caseworkers": 100, "initial_awareness": 1.0, "demand": 1.0}
SETTING: dict[str, Any] = {"graduates": 800, "days": 200, "start": "2021-03-01"}
STRONG = {"plan_hours": 0.9, "application_cost": 0, "interview_cost": 0, "introduction_noise": 0.1, "referral_looks": 200}


def records_of(world: World) -> int:
    return int(world.counts[int(world.rules["casework"]["counts"]["records"][0])])


def service_of(world: World) -> Any:
    return world.tables["services"].rows[LeverId.CASEWORK]


@pytest.fixture(scope="module")
def casework(run_of: Run) -> Run:
    """Return a runner of the usual setting with some casework."""

    def run(*, replicate: int = 0, behaviour: dict[str, Any] | None = None, days: int = 200, **settings: Any) -> World:
        return run_of(**SETTING | {"days": days}, policy={"casework": WIDE | settings}, behaviour=behaviour or {}, replicate=replicate)

    return run


def test_more_caseworkers_open_more_files_and_dilute_less(casework: Run) -> None:
    idle = {"plan_hours": 0.0, "plan_news": 0.0, "plan_targeting": 0.0}  # files change nobody's life, so the same people ask
    worlds = [casework(caseworkers=number, clients_per_caseworker=10, referral_share=0.0, behaviour=idle) for number in (0, 1, 2, 4, 100)]
    opened = [int(world.counts[Count.CASES_OPENED]) for world in worlds]
    refused = [int(service_of(world).turned_away) for world in worlds]
    assert opened[0] == 0 < opened[1] < opened[2] < opened[3] <= opened[4]
    assert refused[1] > refused[2] > refused[3] >= refused[4] == 0
    assert worlds[0].services[:, LeverId.CASEWORK].max() <= 0
    for world, number in zip(worlds, (0, 1, 2, 4, 100), strict=True):
        assert service_of(world).in_use <= 20 * number, "twice the clients carried in full"
        assert service_of(world).reached == service_of(world).served + service_of(world).turned_away


def test_more_clients_than_are_carried_in_full_dilute_plan_and_referrals(casework: Run) -> None:
    pairs = [
        [casework(caseworkers=1, clients_per_caseworker=full, overload=400.0 / full, replicate=replicate) for replicate in range(2)]
        for full in (20, 60, 400)
    ]  # fmt: skip
    people = [[world.tables["people"] for world in pair] for pair in pairs]
    opened = [sum(int(world.counts[Count.CASES_OPENED]) for world in pair) for pair in pairs]
    contacts = [sum(int(table.column("case_contacts").sum()) for table in pair) for pair in people]
    referrals = [sum(int(world.counts[Count.REFERRALS]) for world in pair) / number for pair, number in zip(pairs, contacts, strict=True)]
    efforts = [np.mean([table.column("time_help")[table.column("case_files") > 0].mean() for table in pair]) for pair in people]
    assert min(opened) > 0.7 * max(opened)
    assert 1.5 * referrals[0] < referrals[1]
    assert 1.1 * referrals[1] < referrals[2]
    assert efforts[0] < efforts[1] < efforts[2]


def test_half_the_money_serves_about_half_and_turns_the_rest_away(casework: Run) -> None:
    free = service_of(casework(days=60))
    need = int(free.spent + free.promised * free.unit_cost)
    world = casework(days=60, budget=need // 2)
    service = service_of(world)
    assert 0.3 * free.served < service.served < 0.7 * free.served
    assert service.turned_away > 0 == free.turned_away
    assert service.spent == service.units * 40 <= need // 2
    assert service.spent + service.promised * 40 <= need // 2
    assert service.promised == world.tables["cases"].column("promised").sum() > 0


def test_a_file_is_closed_after_its_time_and_gives_back_what_it_does_not_need(casework: Run, run_of: Run) -> None:
    without_posts = {"tightness": 0, "demand": 0}
    policy = {"casework": WIDE | {"longest_months": 2, "contact_interval_days": 10}}
    hopeless = {"replacement_share": 0, "outside_finding": 0, "outside_finding_fresh": 0, "opportunity_per_year": 0, "separation_to_search_share": 0}
    world = run_of(**SETTING | {"days": 115}, policy=policy, market=without_posts, behaviour=hopeless)
    cases = world.tables["cases"]
    closed = cases.column("closed_day") >= 0
    lasted = (cases.column("closed_day") - cases.column("opened_day"))[closed]
    old = (cases.column("opened_day") <= 115 - 75) & (cases.column("hired_day") < 0)
    assert old.sum() > 10
    every(closed[old])
    assert lasted[cases.column("hired_day")[closed] < 0].max() <= 60 + 10
    assert cases.column("promised")[closed].sum() == 0
    assert service_of(world).in_use == (~closed).sum()
    ended = casework(longest_months=1, followup_months=0)
    assert service_of(ended).promised == ended.tables["cases"].column("promised").sum() >= 0


def test_one_file_at_a_time_and_one_a_search(scenario_of: Callable[..., Scenario], world_of: Run) -> None:
    short = {"separation_bachelor": 0.9, "separation_vocational": 0.9}
    setting = SETTING | {"start": "2021-08-01", "days": 300}
    world = world_of(scenario_of(**setting, policy={"casework": WIDE | {"followup_months": 0}}, behaviour=short))
    people, cases = world.tables["people"], world.tables["cases"]
    files = people.column("case_files").copy()
    unemployed, dated = [], []
    for day in range(300):
        before = people.column("activity").copy()
        world.advance(day, day + 1)
        open_now = np.flatnonzero(cases.column("closed_day") < 0)
        clients = cases.column("person")[open_now]
        assert people.column("case_file")[clients].tolist() == open_now.tolist()
        assert service_of(world).in_use == len(open_now) == (people.column("case_file") >= 0).sum()
        newly = people.column("case_files") > files
        unemployed.extend(np.isin(before[newly], (Activity.SEARCHING, Activity.INACTIVE)))
        dated.extend(people.column("last_case_day")[newly] == day)
        files = people.column("case_files").copy()
    every(unemployed)
    every(dated)
    assert (files > 1).sum() > 10
    assert files.tolist() == np.bincount(cases.column("person"), minlength=len(files)).tolist()


def test_a_second_file_in_a_search_adds_no_aim_and_saves_no_more(scenario_of: Callable[..., Scenario], world_of: Run) -> None:
    behaviour = {"separation_bachelor": 0.9, "separation_vocational": 0.9, "plan_hours": 0.3, "plan_targeting": 0.2, "help_half_life": 1e6}
    world = world_of(scenario_of(**SETTING | {"days": 400}, policy={"casework": WIDE}, behaviour=behaviour))
    people = world.tables["people"]
    world.advance(0, 400)
    saved, aim, again = people.column("time_help"), people.column("aim_help"), people.column("case_files") > 1
    assert again.sum() > 20
    assert saved[again].max() == pytest.approx(0.3, rel=1e-3)
    assert aim[again].max() == pytest.approx(0.2, rel=1e-3)
    every((saved <= 0.3 + 1e-9) & (aim <= 0.2 + 1e-9))
    every(saved[people.column("case_contacts") == 0] == 0.0)


def test_a_referral_is_an_application_with_an_introduction(scenario_of: Callable[..., Scenario], world_of: Run) -> None:
    world = world_of(scenario_of(**SETTING | {"graduates": 1600}, policy={"casework": WIDE}))
    people, applications, posts = world.tables["people"], world.tables["applications"].rows, world.tables["posts"]
    introduced: set[tuple[int, int]] = set()
    for day in range(110):
        before = people.column("referrals").copy()
        world.advance(day, day + 1)
        applications = world.applications_of(np.arange(posts.count))
        with_channel = np.argwhere((applications["channel"] == Channel.CASEWORK) & (applications["person"] >= 0))
        now = {(int(post), int(applications["person"][post, place])) for post, place in with_channel}
        referred = set(np.flatnonzero(people.column("referrals") > before).tolist())
        assert {person for _, person in now - introduced} <= referred
        introduced |= now
    assert len(introduced) > 10
    assert people.column("referrals").sum() == world.counts[Count.REFERRALS] >= len(introduced)
    every(people.column("case_files")[[person for _, person in introduced]] > 0)
    assert 0 < people.column("referral_hires").sum() == world.counts[Count.REFERRALS_HIRED]


@pytest.mark.parametrize(("key", "values"), [("firm_awareness", [0.0, 0.3, 1.0]), ("referral_share", [0.0, 0.3, 1.0])])
def test_more_knowledge_of_employers_is_more_referrals(key: str, values: list[float], casework: Run) -> None:
    referrals = [int(casework(**{key: value}).counts[Count.REFERRALS]) for value in values]
    assert referrals[0] == 0 < referrals[1] < referrals[2]


def test_clients_find_work_sooner_and_others_have_fewer_posts_left(run_of: Run) -> None:
    gained, lost = [], []
    for replicate in range(24):
        setting: dict[str, Any] = SETTING | {
            "graduates": 1500,
            "behaviour": STRONG | {"talk_recall": 0},
            "market": {"tightness": 0.4},
            "replicate": replicate,
        }
        full = {"firm_awareness": 1.0, "referral_share": 1.0, "initial_awareness": 0.5}
        helped, alone = (run_of(**setting, policy=policy).tables["people"] for policy in ({"casework": WIDE | full}, {}))
        client = helped.column("case_files") > 0
        seeks = helped.column("resident_since") < 0
        placed, otherwise = helped.column("hires") > 0, alone.column("hires") > 0
        gained.append(placed[client].mean() - otherwise[client].mean())
        lost.append((placed[~client & seeks] * 1.0 - otherwise[~client & seeks]).mean())
    assert np.mean(gained) > max(0.01, 3.0 * np.std(gained, ddof=1) / np.sqrt(len(gained)))
    assert np.mean(lost) < 0


def test_follow_up_keeps_clients_longer_in_their_jobs(casework: Run) -> None:
    hard = {"trouble_settled": 1.0, "trouble_days": 300, "separation_bachelor": 0.3, "separation_vocational": 0.3, "employed_search_share": 0}
    kept, left = [], []
    for months in (3, 0):
        worlds = [casework(behaviour=hard, followup_months=months, replicate=replicate, days=300) for replicate in range(3)]
        people = [world.tables["people"] for world in worlds]
        client = [(table.column("referral_hires") + table.column("case_contacts") > 0) & (table.column("hires") > 0) for table in people]
        left.append(sum(int(table.column("separations")[who].sum()) for table, who in zip(people, client, strict=True)))
        kept.append(sum(int(who.sum()) for who in client))
    assert left[0] / kept[0] < 0.8 * left[1] / kept[1]


def test_troubles_are_settled_at_a_contact_only(casework: Run) -> None:
    sure = {"trouble_settled": 1.0, "trouble_days": 300}
    seldom = casework(contact_interval_days=365, behaviour=sure).tables["people"]
    assert (seldom.column("referral_hires") + seldom.column("hires"))[seldom.column("case_contacts") > 0].sum() > 0
    assert seldom.column("troubles_settled").max() == 0, "the plan is the only contact"
    often = casework(behaviour=sure).tables["people"]
    assert often.column("troubles_settled").max() > 0
    every(often.column("case_contacts")[often.column("troubles_settled") > 0] > 1)


@numba.njit  # type: ignore[untyped-decorator]
def troubled(world: Tables, first: int, last: int, identity: int) -> NDArray[np.bool_]:
    """Return whether a person has a trouble, of each day before the last."""
    found = np.zeros(last - first, np.bool_)
    for day in range(first, last):
        found[day - first] = has_trouble(world, day, identity)
    return found


@numba.njit
def talk(world: Tables, day: int, identity: int, settled: float) -> None:
    talk_trouble_over(world, day, identity, settled)


def test_a_trouble_comes_up_before_it_ends_a_job_of_the_first_year(still_world: Run) -> None:
    """On average 20 days before; three quarters of the ends are of this kind, as later years have a quarter of the hazard; none in later years."""
    world = still_world(separation_later=0.25, trouble_days=20.0)
    first = np.full(60, 200)
    for identity in range(60):
        seek(world, identity, activity=Activity.EMPLOYED, employer=0, job_start_day=0, separation_day=200 + identity)
        days = np.flatnonzero(troubled(world.together, 0, 200 + identity, identity)).tolist()
        first[identity] = (200 + identity - days[0]) if days else 0
        assert days == list(range(200 + identity - first[identity], 200 + identity)), "until it ends the job"
        move(world, identity, separation_day=400 + identity)
        assert not troubled(world.together, 399 + identity, 400 + identity, identity)[0], "in the second year"
    assert (first > 0).mean() == pytest.approx(0.75, abs=0.12)
    assert first[first > 0].mean() == pytest.approx(20, abs=7)


def test_a_talk_settles_a_trouble_that_is_there_and_nothing_else(still_world: Run) -> None:
    world = still_world(separation_later=0.0, trouble_days=20.0, separation_bachelor=0.1, separation_to_search_share=1.0)
    people = world.tables["people"].rows
    for identity in range(20):
        seek(world, identity, activity=Activity.EMPLOYED, employer=0, wage=5_000, job_start_day=0, separation_day=200)
        came_up = int(np.flatnonzero(troubled(world.together, 0, 200, identity))[0])
        for day, settled in ((came_up - 1, 1.0), (came_up, 0.0)):
            talk(world.together, day, identity, settled)
            assert (people.separation_day[identity], people.troubles_settled[identity]) == (200, 0)
        talk(world.together, came_up, identity, 1.0)
        assert people.separation_day[identity] > 200
        assert people.troubles_settled[identity] == 1


def test_a_client_is_referred_to_a_post_of_the_own_field_that_suits(still_world: Run) -> None:
    """Of all people only the client wants little enough, and only in the client's field is there a post."""
    sure = {"caseworkers": 1, "clients_per_caseworker": 10, "demand": 1.0, "initial_awareness": 0.0, "firm_awareness": 1.0, "referral_share": 1.0}
    world = still_world(policy={"casework": {"enabled": True, **sure}}, referral_looks=200)
    people, employers = world.tables["people"].rows, world.tables["employers"].rows
    people["expected_wage"], people["field"] = 1e9, (employers["industry"][0] + 1) % 5
    number = advertise(world, 0, wage=6000, review_day=89)
    for identity in (7, 8):
        seek(world, identity, next_search_day=NEVER, field=employers["industry"][0])
    know(world, LeverId.CASEWORK, 7)
    world.advance(0, 23)
    assert world.counts[Count.CASES_OPENED] == 0
    world.advance(23, 24)  # who looks for help does so on one day a month: person 7 on days 23, 53, …
    assert (people.case_file[7], people.case_file[8], world.counts[Count.REFERRALS]) == (0, NEVER, 0)
    world.advance(24, 60)
    kept = world.tables["applications"].rows[number * world.scenario.behaviour.applications_kept]
    assert (kept.person, kept.channel, people.referrals[7], people.applications[7]) == (7, Channel.CASEWORK, 1, 1)
    assert (world.counts[Count.REFERRALS], world.counts[Count.APPLICATIONS_SENT], people.case_contacts[7]) == (1, 1, 3)


FEW_FILES = {"enabled": True, "caseworkers": 1, "clients_per_caseworker": 2, "overload": 1.0, "initial_awareness": 0.0, "demand": 0.0}


def test_visits_put_everybody_without_work_on_record_and_caseworkers_open_files_for_those_they_can_carry(still_world: Run) -> None:
    visits = {"enabled": True, "visits": 60_000}
    world = still_world(policy={"casework": FEW_FILES, "outreach": visits}, days=120, contact_recall=0.0, contact_news=0.0)
    people = world.tables["people"].rows
    for identity in range(5, 11):
        seek(world, identity, next_search_day=NEVER)
    seek(world, 11, activity=Activity.EMPLOYED)
    seek(world, 12, place=Place.ELSEWHERE)
    world.advance(0, 40)
    idle = np.isin(people["activity"], (Activity.SEARCHING, Activity.INACTIVE)) & (people["place"] == Place.RESIDENT)
    every((people["records"] == 1)[idle], "once each")
    every((people["records"] == 0)[~idle])
    assert records_of(world) == idle.sum()
    assert OUTCOMES["on_record_share"].at_end(world) == 1.0
    assert people["case_files"].sum() == 2, "as many as one can carry, without having heard of it"
    assert int(service_of(world).turned_away) >= 4
    move(world, 5, activity=Activity.EMPLOYED, job_start_day=41)
    world.advance(40, 80)
    move(world, 5, activity=Activity.SEARCHING, searching_since=80)
    world.advance(80, 81)
    assert people["records"][5] == 2, "a job ends it; the next time without work is another"


def test_who_cannot_be_admitted_is_not_put_on_record(still_world: Run) -> None:
    world = still_world(policy={"casework": FEW_FILES, "outreach": {"enabled": True, "visits": 60_000}}, days=2)
    world.tables["people"].rows["barred"] = 1 << LeverId.CASEWORK
    world.advance(0, 1)
    assert records_of(world) == 0


def test_without_casework_visits_leave_no_record(still_world: Run) -> None:
    world = still_world(policy={"outreach": {"enabled": True, "visits": 60_000}}, days=2)
    world.advance(0, 1)
    assert world.tables["people"].column("records").sum() == 0 < world.tables["people"].column("contacts").sum()
