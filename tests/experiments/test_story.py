"""Stories: what `yizhan run trace=…` prints, writes and refuses; the same events in both languages, in words that a person would use."""

import csv
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments.shared.folding import width_of
from experiments.story import trace
from experiments.story.narrator import Story, describe, tell
from experiments.story.sentences import LANGUAGES, NAMES, PHRASES, SENTENCES, Number
from experiments.story.story import MOST_LINES, TURNS, Chapter, chapters_of, received_clauses
from sim.columns import Told
from sim.history import History, Moment, relive
from sim.scenario import Scenario
from sim.simulation import simulate
from sim.states import Activity
from sim.watched import RECEIVED_FROM, WATCHED
from tests.every import some

Command = Callable[..., Any]
RUN = ("programme=zibo", "population.graduates=400", "days=120", "start=2021-03-10", "replicates=2", "seed=3", "workers=1", "figures=false")
START = "policy.lodging.opening_date=null"
OVERRIDES = {"population.graduates": 400, "days": 120, "start": "2021-03-10", "policy.lodging.opening_date": None}
EMPLOYER = {"row": 12, "industry": "services", "district": "Zhangdian", "state_owned": False, "startup": False}
OTHER_EMPLOYER = EMPLOYER | {"row": 13, "state_owned": True}
PORTRAIT = {
    "date": "2021-03-01", "from_elsewhere": True, "female": True, "campus": "Qufu Normal University", "distance_km": 220.0, "education": "bachelor",
    "field": "services", "graduation": "2021-06-22", "skill": 0.9, "expected_wage": 6000, "reservation_wage": 5100, "district": "Zhangdian",
    "activity": "studying", "place": "elsewhere", "employer": None, "wage": 0, "contract": None, "searching": True, "knows": ["lodging"],
    "staff": 0, "owed": 0, "savings": 3000,
}  # fmt: skip


@pytest.fixture(scope="module")
def zibo() -> Scenario:
    """Return the city's programme."""
    return Scenario.load("zibo")


def made(*told: tuple[int, str, dict[str, Any]], money: dict[str, int] | None = None, received: dict[str, int] | None = None) -> History:
    """Make a case file by hand: days, kinds, details."""
    first = date(2021, 3, 1)
    moments = tuple(Moment(day, first + timedelta(days=day), kind, details) for day, kind, details in told)
    closing = PORTRAIT | {"date": "2021-08-31", "savings": 3000 + sum((money or {}).values())}
    return History(7, 1, 0, PORTRAIT, moments, {"2021-03": money or {}}, closing, {"contacts": 0, "guest_nights": 0} | (received or {}))


def post(number: int, wage: int = 5000, employer: dict[str, Any] = EMPLOYER, **more: Any) -> dict[str, Any]:
    return {"post": number, "employer": employer, "wage": wage, **more}


def texts(story: Story) -> list[str]:
    return [what for _, what in story.lines]


GUEST = (
    (0, "contacts", {"n": 1}), (0, "learned", {"lever": "lodging"}), (1, "applied", post(1, how="kept", channel="advert", score=0.1)),
    (3, "applied", {"how": "not_kept"}), (4, "applied", post(2, how="kept", channel="fair", score=0.2)), (8, "called", post(1, on="2021-03-12")),
    (10, "trip", {"how": "interview", "fare": 204, "station": "Linzi"}), (10, "guest_nights", {"n": 1}), (11, "guest_nights", {"n": 1}),
    (11, "interviewed", post(1)), (12, "offered", post(1, how="accepted")), (12, "signed", post(1, how="here", start="2021-07-01")),
    (13, "went_home", {}), (113, "graduated", {"how": "signed"}), (122, "job_began", post(1, how="here")), (122, "moved_in", {"how": "job"}),
)  # fmt: skip
GUEST_MONEY = {"family_support": 3300, "living_costs": -3300, "fares": -204}
GUEST_RECEIVED = {"contacts": 1, "guest_nights": 2}


def test_a_guest_s_story_word_for_word(zibo: Scenario) -> None:
    story = tell(made(*GUEST, money=GUEST_MONEY, received=GUEST_RECEIVED), zibo, "en")
    assert story.title == "The story of person 7"
    assert story.portrait == (
        ("A woman from elsewhere, drawn to Zhangdian. Studies for a bachelor's degree in services at Qufu Normal University (220 km away), "
        "class of 2021."),
        "Skill above average; expects 6,000 CNY a month and would take 5,100 or more.",
        "1 Mar 2021: studying and looking for work, away from the region, 3,000 CNY at hand; knows of lodging.",
    )
    assert story.lines == (
        ("1–9 Mar 2021", ("Was told of the services; learned of lodging; sent 3 applications (1 at a fair, 1 not kept); "
         "was called to an interview by employer 12 (services, Zhangdian).")),
        ("11–12 Mar 2021", ("Came to the region for an interview (fare 204 CNY there and back); slept 2 nights free of charge in a station in Linzi; "
         "was interviewed by employer 12.")),
        ("13 Mar 2021", "Was offered a job by employer 12 and signed: 5,000 CNY a month, from 1 Jul 2021."),
        ("14 Mar 2021", "Went home."),
        ("22 Jun 2021", "Graduated, with a contract in hand."),
        ("1 Jul 2021", "Began work with employer 12 for 5,000 CNY a month; moved to the region."),
    )  # fmt: skip
    assert story.ending == (
        "31 Aug 2021: studying and looking for work, away from the region, 2,796 CNY at hand.",
        "Through the programme she was told of the services and slept 2 nights free of charge in a station.",
        "Money: 3,000 CNY at first; in: family 3,300; out: living 3,300, fares 204; 2,796 CNY at the end.",
    )


def test_the_same_in_chinese_word_for_word(zibo: Scenario) -> None:
    story = tell(made(*GUEST, money=GUEST_MONEY, received=GUEST_RECEIVED), zibo, "zh")
    assert story.portrait[0] == "女，外地青年，意向地张店区；曲阜师范大学（距本地220公里）服务类本科在读，2021届。"
    assert story.lines == (
        ("2021年3月1日—9日", "收到服务宣传1次；得知青年驿站；投递简历3份（招聘会1份、1份未被留存）；收到12号单位（张店区，服务业）的面试邀请。"),
        ("2021年3月11日—12日", "来本地面试（往返路费204元）；在临淄区青年驿站免费住宿2晚；参加12号单位面试。"),
        ("2021年3月13日", "获12号单位录用并签约，月薪5000元，2021年7月1日入职。"),
        ("2021年3月14日", "返程。"),
        ("2021年6月22日", "毕业，此前已签约。"),
        ("2021年7月1日", "入职12号单位，月薪5000元；迁入本地。"),
    )
    assert story.ending[1:] == (
        "通过项目：收到服务宣传1次；在青年驿站免费住宿2晚。",
        "收支：期初3000元；收入：家庭支持3300元；支出：生活费3300元、路费204元；期末2796元。",
    )


def test_what_is_done_often_is_told_once(zibo: Scenario) -> None:
    told = [(day, "applied", post(day, how="kept", channel="advert", score=0.0)) for day in range(0, 60, 4)]
    told += [(70, "interviewed", post(4)), (75, "interviewed", post(8, employer=OTHER_EMPLOYER))]
    told += [(80, "passed_over", post(4, how="turned_down", stage="interviewed"))]
    told += [(81, "passed_over", post(12, how="filled", stage="kept")), (90, "offered", post(8, how="declined", employer=OTHER_EMPLOYER))]
    (line,) = tell(made(*told), zibo, "en").lines
    assert line == (
        "1 Mar – 30 May 2021",
        ("Sent 15 applications; had 2 interviews; turned down state-owned employer 13 (services, Zhangdian), which offered 5,000 CNY a month; "
        "was not chosen after the interview."),
    )


def test_offers_are_told_with_their_answers_and_with_which_was_preferred(zibo: Scenario) -> None:
    told = [(10, "offered", post(1, how="open", by="2021-03-18")), (12, "offered", post(2, how="open", by="2021-03-20", employer=OTHER_EMPLOYER))]
    told += [(13, "offered_outside", {"wage": 7000, "by": "2021-03-21"})]
    told += [(17, "answered", post(1, how="accepted", preferred=None)), (17, "signed", post(1, how="here", start=None, thought_over=True))]
    told += [(17, "answered", post(2, how="declined", employer=OTHER_EMPLOYER, preferred={"employer": post(1)["employer"]}))]
    assert texts(tell(made(*told), zibo, "en")) == [
        ("Was offered a job by employer 12 (services, Zhangdian): 5,000 CNY a month, to be answered by 18 Mar 2021; "
         "was offered a job outside the region: 7,000 CNY a month, to be answered by 21 Mar 2021; "
         "turned down state-owned employer 13 (services, Zhangdian), which offered 5,000 CNY a month, for employer 12."),
        "Took the offer of employer 12: 5,000 CNY a month.",
    ]  # fmt: skip
    assert texts(tell(made(*told), zibo, "zh"))[1] == "接受12号单位的录用并签约，月薪5000元。"
    lost = [(10, "offered", post(1, how="open", by="2021-03-18")), (12, "offer_withdrawn", post(1))]
    assert texts(tell(made(*lost), zibo, "en")) == ["Lost the offer of employer 12 (services, Zhangdian), which withdrew it."]


def test_what_is_learned_and_forgotten_again_is_not_worth_a_word(zibo: Scenario) -> None:
    told = [(0, "learned", {"lever": "loans"}), (5, "forgot", {"lever": "loans"}), (6, "learned", {"lever": "lodging"})]
    assert tell(made(*told, (9, "graduated", {"how": "search"}), (10, "fairs", {"n": 2})), zibo, "en").lines == (
        ("10 Mar 2021", "Graduated and went on looking for work."),
        ("11 Mar 2021", "Went to 2 job fairs; learned of lodging."),
    )


def test_many_trips_are_summed_up_to_keep_a_story_short(zibo: Scenario) -> None:
    told: list[tuple[int, str, dict[str, Any]]] = []
    for trip in range(30):
        told += [(5 * trip, "trip", {"how": "interview" if trip else "explore", "fare": 100, "station": None}), (5 * trip + 2, "went_home", {})]
    few, many = tell(made(*told[:20]), zibo, "en"), tell(made(*told), zibo, "en")
    assert len(few.lines) == 10
    assert texts(many) == ["Came to the region 30 times, 29 times for an interview; fares 3,000 CNY in all."]
    assert texts(tell(made(*told), zibo, "zh")) == ["30次来本地，其中赴面试29次，路费共3000元。"]


def test_a_founder_with_a_loan(zibo: Scenario) -> None:
    firm = EMPLOYER | {"row": 99, "startup": True}
    told = [
        (0, "job_left", post(1, how="here", days=1100, why="own_firm")),
        (0, "founded", {"employer": firm, "own": 9000, "family": 4000, "grant": 5000}),
        (0, "borrowed", {"amount": 100_000, "how": "scheme", "rate": 0.0385}), (40, "mentored", {"n": 1}),
        (60, "firm_staff", {"how": "hired", "n": 2, "staff": 2}),
        (130, "firm_closed", {"employer": firm, "days": 130, "owed": 80_000}),
    ]  # fmt: skip
    history = made(*told, received={"mentored": 1, "loan_amount": 100_000})
    assert texts(tell(history, zibo, "en")) == [
        ("Left employer 12 (services, Zhangdian) after 3 years to start a business; founded start-up 99 (services, Zhangdian) with 9,000 CNY of "
        "savings, 4,000 CNY from the family and a grant of 5,000 CNY; borrowed 100,000 CNY from the loan scheme at 3.85 %."),
        "Was taken on by a mentor; hired 2 people.",
        "Had to close the firm after 4 months and left 80,000 CNY of the loan unpaid.",
    ]
    assert texts(tell(history, zibo, "zh"))[2] == "经营4个月后企业关闭，贷款尚欠80,000元。"
    assert tell(history, zibo, "en").ending[1] == "Through the programme she was taken on by a mentor and borrowed 100,000 CNY."


def test_the_rest_of_a_day_follows_its_turning_point_where_nothing_came_before(zibo: Scenario) -> None:
    place = {"how": "industry", "employer": EMPLOYER, "until": "2021-04-10"}
    told = [(3, "stipends", {"n": 600}), (3, "trip", {"how": "place", "fare": 0, "station": None}), (3, "internship_began", place)]
    assert texts(tell(made(*told), zibo, "en")) == [
        "Took up a student place with employer 12 (services, Zhangdian), until 10 Apr 2021.",
        "Came to the region for a student place, with board and lodging; received 600 CNY of stipend.",
    ]


def test_many_services_are_counted(zibo: Scenario) -> None:
    told = [(0, "learned", {"lever": lever}) for lever in ("lodging", "loans", "guidance", "casework", "subsidies")]
    assert texts(tell(made(*told), zibo, "en")) == ["Learned of lodging, loans, guidance, casework and subsidies."]
    assert texts(tell(made(*told, (1, "learned", {"lever": "job_fairs"})), zibo, "en")) == ["Learned of 6 of the services."]


def test_nothing_from_the_programme_is_said_so(zibo: Scenario) -> None:
    assert tell(made(), zibo, "en").ending[1] == "Nothing came from the programme."
    assert tell(made(), zibo, "zh").ending[1] == "没有得到项目的服务或资金。"
    assert tell(made(), zibo, "en").lines == ()


def test_a_new_column_needs_one_line(zibo: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WATCHED, "referrals", Told("was put forward{n:times}", "获推荐{n}次", "lost a case", "结案"))
    monkeypatch.setitem(RECEIVED_FROM, "referrals", "mentoring")
    history = made((0, "referrals", {"n": 2}), (4, "referrals", {"n": 1}), (5, "referrals", {"n": 1, "falls": True}), received={"referrals": 3})
    assert texts(tell(history, zibo, "en")) == ["Was put forward 3 times; lost a case."]
    assert texts(tell(history, zibo, "zh")) == ["获推荐3次；结案。"]
    assert tell(history, zibo, "en").ending[1] == "Through the programme she was put forward 3 times."


@pytest.mark.parametrize(
    ("number", "spec", "en", "zh"),
    [(1, "", "1", "1"), (12_345, "", "12,345", "12,345"), (5000, "", "5,000", "5000"), (1, "times", "", ""), (2, "times", " twice", " twice"),
     (7, "times", " 7 times", " 7 times"), (1, "a fair|fairs", "a fair", "a fair"), (0, "a fair|fairs", "fairs", "fairs")],
)  # fmt: skip
def test_numbers(number: int, spec: str, en: str, zh: str) -> None:
    assert [format(Number(number, language), spec) for language in LANGUAGES] == [en, zh]


def test_every_sentence_is_there_in_both_languages() -> None:
    for table in (SENTENCES, PHRASES, NAMES):
        for key, words in some(table.items()):
            assert len(words) == 2, key
            assert all(words), key
            assert not re.search(r"[\u4e00-\u9fff]", words[0]), key
            assert not re.search(r"[a-zA-Z]", re.sub(r"\{[^}]*\}", "", words[1])), key
    stems = {key.partition(".")[0] for key in SENTENCES}
    assert set(TURNS) <= stems
    assert {activity.name.lower() for activity in Activity} <= set(PHRASES)


@pytest.fixture(scope="module")
def lives() -> list[tuple[History, Scenario]]:
    """Live the lives of persons who have met with as much as possible."""
    scenario = Scenario.load("zibo", OVERRIDES | {"behaviour.opportunity_per_year": 2.0, "behaviour.leave_per_month": 3.0})
    people = simulate(scenario, replicates=1, seed=1, workers=1, save_people=True).runs[0].people
    most = ("applications", "guest_nights", "voucher", "mentored", "fairs", "left_day", "offers", "trips")
    chosen = {int(np.argmax(people[column])) for column in most}
    chosen |= {int(np.flatnonzero(people["activity"] == activity)[-1]) for activity in (Activity.FOUNDER, Activity.SEARCHING, Activity.EMPLOYED)}
    return [(relive(scenario, 1, 0, person), scenario) for person in sorted(chosen)]


def test_both_languages_tell_the_same_events(lives: list[tuple[History, Scenario]]) -> None:
    assert len(lives) >= 8
    for history, scenario in some(lives):
        en, zh = (tell(history, scenario, language) for language in LANGUAGES)
        chapters = chapters_of(history)
        assert len(en.lines) == len(zh.lines) == len(chapters) <= 2 * MOST_LINES
        for chapter, (_, english), (_, chinese) in zip(chapters, en.lines, zh.lines, strict=True):
            assert english.count("; ") == chinese.count("；") == len(chapter.clauses) - 1
        assert [len(row) for row in en.months] == [len(row) for row in zh.months]


def test_stories_read_as_written_by_a_person(lives: list[tuple[History, Scenario]]) -> None:
    for history, scenario in some(lives):
        for language in LANGUAGES:
            story = tell(history, scenario, language)
            for text in (story.title, story.subtitle, *story.portrait, *texts(story), *story.ending):
                assert not re.search(r"[{}_]|None|True|False|  |\.\.|；；|\bnan\b", text), text
                assert text[0] == text[0].upper()
                if language == "zh":
                    assert not re.search(r"[A-Za-z]|[,;()](?!\d{3})", text), text
                else:
                    assert text.isascii() or "–" in text, text
                    assert not re.search(r"\b1 (times|nights|offers|applications|interviews|people|months|days)\b", text), text
            assert all(what.endswith("." if language == "en" else "。") for what in texts(story))


def test_chapters_follow_one_another_and_hold_every_application(lives: list[tuple[History, Scenario]]) -> None:
    for history, _ in some(lives):
        chapters: list[Chapter] = chapters_of(history)
        assert all(earlier.first <= later.first for earlier, later in pairwise(chapters))
        applied = [clause for chapter in chapters for clause in chapter.clauses if clause.key.startswith("applied")]
        told = sum(clause.values["n"] if clause.key == "applied" else 1 for clause in applied)
        assert told == sum(moment.kind == "applied" for moment in history.moments)
        received = {clause.key: clause.values["n"] for clause in received_clauses(history) if clause.key in WATCHED}
        assert received == {name: total for name, total in history.received.items() if total and name != "voucher"}


def test_a_story_on_the_terminal_and_in_files(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("run", *RUN, START, "trace=5", "trace_replicate=1", "output=out")
    assert said.status == 0, said.err
    history = relive(Scenario.load("zibo", OVERRIDES), 3, 1, 5)
    story = tell(history, Scenario.load("zibo", OVERRIDES), "en")
    flat = re.sub(r"\s+", " ", said.out)
    for part in (story.title, story.subtitle, *story.portrait, *(when for when, _ in story.lines), *story.ending):
        assert re.sub(r"\s+", " ", part) in flat
    assert said.out.index("Outcome") < said.out.index(story.title) < said.out.index("Result: out")
    assert (tmp_path / "out" / "story.md").read_text(encoding="utf-8") == story.as_markdown()
    plain = json.loads((tmp_path / "out" / "story.json").read_text(encoding="utf-8"))
    assert (plain["person"], plain["replicate"], plain["seed"]) == (5, 1, 3)
    assert len(plain["moments"]) == len(history.moments)
    assert plain["closing"] == json.loads(json.dumps(history.closing))
    assert "living replicate 1 again" in said.err
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "config.yaml", "provenance.json", "summary.json", "series.parquet", "story.md", "story.json"
    }  # fmt: skip


def test_a_story_in_chinese(yizhan: Command, tmp_path: Path) -> None:
    said = yizhan("run", *RUN, START, "trace=5", "language=zh", "output=out")
    assert said.status == 0, said.err
    assert "第5号青年的经历" in said.out
    assert "收支：期初" in re.sub(r"\s+", "", said.out)
    assert (tmp_path / "out" / "story.md").read_text(encoding="utf-8").startswith("# 第5号青年的经历\n")


@pytest.mark.parametrize("name", ["applications_sent", "station_guests_signed", "employed_in_region", "loans_granted"])
def test_the_persons_behind_a_count(yizhan: Command, tmp_path: Path, name: str) -> None:
    said = yizhan("run", *RUN, START, f"trace={name}", "trace_replicate=1", "save_people=true", "output=out")
    assert said.status == 0, said.err
    outcome = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["outcomes"][name]
    with (tmp_path / "out" / "persons.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    assert heads == ["person", "count", "who"]
    assert f": {outcome['values'][1]:,.0f} {outcome['unit']}; the persons behind it: {len(rows):,}" in said.out
    total = sum(int(count) for _, count, _ in rows)
    if name == "loans_granted":
        assert total <= outcome["values"][1]
        assert (total < outcome["values"][1]) == ("established firms" in said.out)
    else:
        assert total == outcome["values"][1]
    counts = [int(count) for _, count, _ in rows]
    assert counts == sorted(counts, reverse=True)
    assert min(counts, default=1) > 0
    assert len({person for person, _, _ in rows}) == len(rows)
    assert (f"… and {len(rows) - 20:,} more persons" in said.out) == (len(rows) > 20)
    if name == "applications_sent":
        table = pq.read_table(tmp_path / "out" / "people.parquet").to_pandas()
        column = table[table.replicate == 1].set_index("person").applications
        assert {int(person): int(count) for person, count, _ in rows} == {int(person): int(count) for person, count in column.items() if count}
        assert f"trace={rows[0][0]} trace_replicate=1" in said.out


def test_a_person_in_one_line(zibo: Scenario) -> None:
    who = describe(PORTRAIT | {"activity": "employed", "female": False, "from_elsewhere": False, "distance_km": 0.0}, zibo, "en")
    assert who == "A man of the region, at home in Zhangdian. Has a bachelor's degree in services from Qufu Normal University, class of 2021."


@pytest.mark.parametrize(
    ("words", "fragments"),
    [
        (["trace=400"], ["trace is 400", "a person, 0 … 399", "trace=station_guests"]),
        (["trace=-1"], ["trace is -1", "0 … 399"]),
        (["trace=1.5"], ["trace is 1.5", "0 … 399"]),
        (["trace=true"], ["trace is True", "0 … 399"]),
        (["trace="], ["trace is ''", "0 … 399"]),
        (["trace=[1]"], ["trace is [1]", "0 … 399"]),
        (["trace=1,2"], ["trace=1,2", "one person or outcome"]),
        (["trace=station_guest_signed"], ["unknown outcome 'station_guest_signed'", "Did you mean 'station_guests_signed'?", "yizhan list outcomes"]),
        (["trace=posts_opened"], ["trace=posts_opened", "counts posts, not persons", "applications_sent"]),
        (["trace=spending.lodging"], ["money spent on the service"]),
        (["trace=1", "trace_replicate=2"], ["trace_replicate is 2", "0 … 1"]),
        (["trace=1", "trace_replicate=-1"], ["trace_replicate is -1", "at least 0"]),
        (["trace=1", "trace_replicate=first"], ["trace_replicate is 'first'", "an integer"]),
        (["trace_replicate=1"], ["trace_replicate=1", "trace=PERSON or trace=OUTCOME"]),
        (["-m", "trace=1", "seed=1,2"], ["trace tells of one run", "leave out -m"]),
        (["trac=1"], ["unknown key 'trac'", "Did you mean 'trace'?"]),
    ],
)  # fmt: skip
def test_what_cannot_be_traced_is_refused_before_anything_runs(yizhan: Command, tmp_path: Path, words: list[str], fragments: list[str]) -> None:
    said = yizhan("run", "population.graduates=400", "days=30", "replicates=2", "figures=false", *words)
    assert said.status == 2
    assert [fragment for fragment in fragments if fragment not in said.err] == []
    assert "Traceback" not in said.err
    assert "simulated" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_knows_no_trace(yizhan: Command) -> None:
    said = yizhan("sweep", "-m", "policy.lodging.free_nights=1,2", "trace=1")
    assert said.status == 2
    assert "unknown key 'trace'" in said.err


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_printed_story_fits_the_terminal_and_loses_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int) -> None:
    monkeypatch.setattr(trace, "columns", lambda: width)
    long = "在周村区青年驿站免费住宿2晚；在驿站服务台咨询1次；接受一对一职业指导；经驿站服务台向394号单位（桓台县，制造业）投递简历" * 3
    story = Story("题", "副题", ("肖像" * 50,), (("2021年4月26日—27日", long), ("2021年5月1日", "Went to a job fair; " * 12)), ("结束。",), ())
    trace.print_story(story)
    out = capsys.readouterr().out
    assert max(map(width_of, out.splitlines())) <= width
    assert all("".join(part.split()) in "".join(out.split()) for part in (long, *story.portrait, "Went to a job fair; " * 12))
    assert "\n" + " " * 20 in out, "what happened hangs beside its date"


def test_a_place_that_is_named_by_a_key_is_named_in_words() -> None:
    county, of_town = Scenario.load("none", {"place": "county"}), PORTRAIT | {"district": "county_town"}
    assert "city university" in describe(of_town | {"campus": "city_university"}, county, "en")
    at_home = {"campus": "county_college", "from_elsewhere": False, "distance_km": 0.0}
    assert "county town" in describe(of_town | at_home, county, "en")
